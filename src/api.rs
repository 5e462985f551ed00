//! The interface of the library: a portal's folder, and what one does with it.

use crate::authoring::starter;
use crate::cache;
use crate::content::PORTAL_FILE;
use crate::diagnostics::{Diagnostic, sort};
use crate::model::Lang;
use crate::pipeline::{self, BuildError, Built};
use crate::search::{Answer, Query, query};
use std::io;
use std::path::{Path, PathBuf};

/// A portal's folder. Nothing is read before it is asked for, so that each call sees the files as they are then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portal {
    root: PathBuf,
}

/// How a site is built. The default is what `sala build` does without options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Folder of the site; `public` in the portal's folder where none is given. A folder with files that Sala did not
    /// write is refused.
    pub out: Option<PathBuf>,
    /// Warnings stop the build.
    pub strict: bool,
    /// Another base address than that of `portal.toml`.
    pub base_url: Option<String>,
    /// Leave out search.
    pub no_search: bool,
    /// The time of the build for its texts, in seconds since 1970. Without it, dates come from the content alone.
    pub source_date_epoch: Option<i64>,
    /// Use nothing that earlier builds stored.
    pub fresh: bool,
}

/// Why a portal could not be opened, built or searched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder has no `portal.toml`.
    #[error("there is no portal.toml in {}", .0.display())]
    NotAPortal(PathBuf),
    /// A new portal needs a folder that does not exist or is empty.
    #[error("folder {} is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// A file could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Nothing was published.
    #[error(transparent)]
    Build(#[from] BuildError),
}

impl Portal {
    /// The portal in `dir`.
    ///
    /// # Errors
    /// [`Error::NotAPortal`] where `dir` has no `portal.toml`; [`Error::Io`] where it cannot be reached.
    pub fn open(dir: impl AsRef<Path>) -> Result<Portal, Error> {
        let dir = dir.as_ref();
        if !dir.join(PORTAL_FILE).is_file() {
            return Err(Error::NotAPortal(dir.to_path_buf()));
        }
        Ok(Portal { root: dir.canonicalize()? })
    }

    /// A new portal with the sample content of `sala init`.
    ///
    /// # Errors
    /// [`Error::NotEmpty`] where `dir` holds files; [`Error::Io`] where it cannot be written.
    pub fn create(dir: impl AsRef<Path>) -> Result<Portal, Error> {
        let dir = dir.as_ref();
        if !starter::is_free(dir)? {
            return Err(Error::NotEmpty(dir.to_path_buf()));
        }
        starter::write(dir, starter::Template::Small, "", None)?;
        Portal::open(dir)
    }

    /// The portal's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Everything that is wrong with the portal or could be better, in the order of files and lines.
    pub fn check(&self) -> Vec<Diagnostic> {
        pipeline::prepare(&self.root, &pipeline::Options::default()).diagnostics
    }

    /// Builds the site and swaps it for the published one. [`Built::diagnostics`] holds every finding; an error among them
    /// is about visibility or personal data on a page that was held back (`[build] broken = "hold"`).
    ///
    /// # Errors
    /// [`Error::Build`]; the published site is then as it was.
    pub fn build(&self, options: &Options) -> Result<Built, Error> {
        if options.fresh {
            cache::forget(&self.root);
        }
        let out = options.out.clone().unwrap_or_else(|| self.root.join("public"));
        let options = options.for_pipeline();
        let prepared = pipeline::prepare(&self.root, &options);
        if prepared.has_errors() {
            return Err(BuildError::Content(prepared.diagnostics).into());
        }
        let mut built = pipeline::publish(&self.root, &out, &prepared, &options, &pipeline::silent)?;
        built.diagnostics.extend(prepared.told());
        sort(&mut built.diagnostics);
        Ok(built)
    }

    /// The `limit` best public pages of a language for the typed words, with the ranking that the site's own search has.
    /// The index is stored in `.sala`; it is made again where a file of the portal changed.
    ///
    /// # Errors
    /// [`Error::Build`] where the index cannot be made or read.
    pub fn search(&self, words: &str, lang: Lang, limit: usize) -> Result<Answer, Error> {
        let index = pipeline::index(&self.root, lang, &pipeline::Options::default())?;
        let asked = Query { text: words.to_string(), limit, ..Query::default() };
        Ok(query(&index, &asked).map_err(pipeline::search_failed)?)
    }
}

impl Options {
    fn for_pipeline(&self) -> pipeline::Options {
        pipeline::Options {
            strict: self.strict,
            base_url: self.base_url.clone(),
            no_search: self.no_search,
            epoch: self.source_date_epoch,
            ..pipeline::Options::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_opened_only_if_it_is_a_portal() {
        let dir = tempfile::tempdir().unwrap();
        let error = Portal::open(dir.path()).unwrap_err();
        assert!(matches!(&error, Error::NotAPortal(_)) && error.to_string().contains("portal.toml"), "{error}");
        std::fs::write(dir.path().join("notes.txt"), "mine").unwrap();
        assert!(matches!(Portal::create(dir.path()), Err(Error::NotEmpty(_))));
        assert!(!dir.path().join("portal.toml").exists());
    }

    #[test]
    fn errors_of_the_content_stop_a_build_and_are_given() {
        let dir = tempfile::tempdir().unwrap();
        let portal = Portal::create(dir.path().join("p")).unwrap();
        assert_eq!(portal.check().iter().filter(|d| d.is_error()).count(), 0);
        std::fs::write(portal.root().join("content/groups/x.md"), "+++\nname = 3\n+++\n").unwrap();
        let Err(Error::Build(BuildError::Content(found))) = portal.build(&Options::default()) else {
            panic!("built a portal with errors");
        };
        assert!(found.iter().any(|d| d.is_error() && d.file == "content/groups/x.md"));
        assert!(!portal.root().join("public").exists());
    }
}
