//! Files that are written where a person says: a handout, a bundle. Nothing is replaced that Sala did not make.

use super::error::{PublishError, UnsafeFolder};
use super::guard::{ProtectedPaths, real_place};
use super::manifest::{self, Record};
use crate::cache::{read_plain, write_atomic};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// Name of the list of files that Sala made in a folder of somebody else.
const LIST: &str = ".sala-made";

/// Where a folder for files of Sala truly is.
///
/// # Errors
/// The folder is, or lies in, a source of the portal, is no folder, or is one that a link in the portal leads out to.
pub(crate) fn place(folder: &Path, protected: &ProtectedPaths) -> Result<PathBuf, PublishError> {
    let real = real_place(folder, &protected.portal)?;
    let source = |s: &PathBuf| real.starts_with(s.canonicalize().unwrap_or_else(|_| s.clone()));
    if protected.sources.iter().any(source) {
        return Err(PublishError::Refused(UnsafeFolder::InsideSource, folder.to_owned()));
    }
    if real.exists() && !real.is_dir() {
        return Err(PublishError::Refused(UnsafeFolder::NotAFolder, folder.to_owned()));
    }
    Ok(real)
}

/// A folder as somebody named it; by its place where the name leads back out of a folder that is not there.
pub(crate) fn named(folder: &Path, place: PathBuf) -> PathBuf {
    let mut walked = PathBuf::new();
    for part in folder.components() {
        if part == Component::ParentDir && !walked.as_os_str().is_empty() && !walked.exists() {
            return place;
        }
        walked.push(part);
    }
    folder.to_owned()
}

/// A folder with files of Sala among others.
#[derive(Debug)]
pub struct Target {
    folder: PathBuf,
    /// Where it truly is.
    real: PathBuf,
    /// What Sala made: of a file the text that is there, and the one that replaces it.
    made: BTreeSet<(String, Record)>,
    force: bool,
}

impl Target {
    /// Opens a folder, which need not exist. With `force` other files are replaced as well.
    ///
    /// # Errors
    /// The folder is a source of the portal, is no folder, or its list cannot be read.
    pub fn open(folder: &Path, protected: &ProtectedPaths, force: bool) -> Result<Target, PublishError> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let real = place(folder, protected)?;
        let made = manifest::read(&real.join(LIST))?.unwrap_or_default();
        Ok(Target { folder: named(folder, real.clone()), real, made: made.into_iter().collect(), force })
    }

    /// Whether a file of this name may be written.
    ///
    /// # Errors
    /// Something that Sala did not make, or that somebody changed since, is there.
    pub fn check(&self, name: &str) -> Result<(), PublishError> {
        self.replaced(name).map(drop)
    }

    /// The record of the file that another of this name would replace; none where nothing of Sala is there.
    fn replaced(&self, name: &str) -> Result<Option<Record>, PublishError> {
        let path = self.folder.join(name);
        if let Some(Ok(parent)) = path.parent().map(Path::canonicalize)
            && !name.is_empty()
            && !parent.starts_with(&self.real)
        {
            return Err(PublishError::Refused(UnsafeFolder::Symlink, parent));
        }
        let there = match std::fs::symlink_metadata(&path) {
            Ok(there) => there,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PublishError::Io(path, error)),
        };
        let mut sizes = self.made.iter().filter(|(made, _)| made == name).map(|(_, record)| record.size);
        let alike = there.is_file() && sizes.any(|size| size == there.len());
        let own = alike.then(|| read_plain(&path).ok().map(|bytes| Record::of(&bytes))).flatten();
        let own = own.filter(|record| self.made.contains(&(name.to_owned(), *record)));
        let good = !name.is_empty() && !there.is_dir() && (self.force || own.is_some());
        if good { Ok(own) } else { Err(PublishError::NotMadeHere(path)) }
    }

    /// Writes a file whole or not at all, in place of one that Sala made and nobody changed since. A link is
    /// replaced, never followed.
    ///
    /// # Errors
    /// As [`Target::check`], or a failing machine.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<PathBuf, PublishError> {
        let replaced = self.replaced(name)?;
        let path = self.folder.join(name);
        // The list first: a name on it that is not there does no harm. What is there stays on it, for it may have to stay
        // (a full disk).
        self.made.retain(|(made, record)| made != name || Some(*record) == replaced);
        self.made.insert((name.to_owned(), Record::of(bytes)));
        let list = self.folder.join(LIST);
        let text = manifest::to_text(self.made.iter().map(|(name, record)| (name, record)));
        write_atomic(&list, text.as_bytes()).map_err(PublishError::io(&list))?;
        write_atomic(&path, bytes).map_err(PublishError::io(&path))?;
        Ok(path)
    }

    /// Files that Sala made here before, and that are still there, besides those of these names.
    pub fn others(&self, names: &[String]) -> Vec<PathBuf> {
        let others: BTreeSet<&String> = self.made.iter().map(|(name, _)| name).collect();
        let others = others.into_iter().filter(|name| !names.contains(name)).map(|name| self.folder.join(name));
        others.filter(|path| path.symlink_metadata().is_ok()).collect()
    }
}
