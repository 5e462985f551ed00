//! The whole way from a portal's folder to a published site.
//!
//! [`prepare`] loads, checks, opens the public gate and derives; [`publish`] renders pages, search and handouts
//! into a staging folder and swaps it in. A portal with errors is not published: the old site stays as it was.

pub mod docs;
mod fresh;
pub mod handouts;
mod kept;
mod offline;
mod progress;
pub mod static_search;

use crate::content::cache::Cache;
use crate::diagnostics::{Code, Diagnostic, sort};
use crate::html::{self, Counts, Files, Input, former::Former};
use crate::model::{Label, Lang, Visibility};
use crate::output::{Places, PublishError, Report, Sink, Staging};
use crate::site::{self, Site};
use crate::theme::{self, Theme};
use crate::{check, content, search, views, visibility};
use kept::Kept;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use progress::{Step, Tell, silent};

/// How a site is built.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Show drafts (preview only).
    pub drafts: bool,
    /// Warnings stop the build.
    pub strict: bool,
    /// Another base address than that of `portal.toml`.
    pub base_url: Option<String>,
    /// Leave out search.
    pub no_search: bool,
    /// `SOURCE_DATE_EPOCH` in seconds.
    pub epoch: Option<i64>,
    /// For places without a server of the site's own (bundle, preview): no service worker.
    pub portable: bool,
    /// Folder of the search indexes, if not the portal's own.
    pub index: Option<PathBuf>,
    /// Only entries of these ids (lower case) are public.
    pub part: Option<BTreeSet<String>>,
    /// What the part is for, as its pages say.
    pub part_name: Label,
    /// Keep pages of the last build into the same folder that are still right, and leave word for the next.
    pub keep: bool,
}

/// A portal that is ready to be rendered, or would be without its errors.
#[derive(Debug)]
pub struct Prepared {
    /// The public site.
    pub site: Site,
    /// Templates and static files.
    pub theme: Theme,
    /// Everything found, in printed order.
    pub diagnostics: Vec<Diagnostic>,
    /// Digest of the files as they were before they were read, for `sala search`.
    files: Option<String>,
}

impl Prepared {
    /// Whether something stops publishing.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// What was published.
#[derive(Debug, Clone, Default)]
pub struct Built {
    /// Pages and files rendered.
    pub counts: Counts,
    /// Files written, unchanged, removed, carried over.
    pub report: Report,
    /// Pages in the search of each language.
    pub searched: Vec<(Lang, usize)>,
    /// Bytes of the static search files.
    pub search_bytes: usize,
    /// Findings of rendering; without errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why nothing was published.
#[derive(Debug)]
pub enum BuildError {
    /// Templates or media have errors.
    Content(Vec<Diagnostic>),
    /// The output folder was refused or is busy, as a diagnostic.
    Refused(Box<Diagnostic>),
    /// The machine failed, as a diagnostic.
    Machine(Box<Diagnostic>),
}

/// Loads, checks, opens the gate, derives.
pub fn prepare(root: &Path, options: &Options) -> Prepared {
    prepare_with(root, options, &mut Cache::default())
}

/// As [`prepare`]; files that the cache knows are not read.
pub fn prepare_with(root: &Path, options: &Options, cache: &mut Cache) -> Prepared {
    // The index of previews and parts is not the one that `sala search` asks.
    let whole = !options.portable && options.index.is_none() && !options.no_search;
    let files = whole.then(|| fresh::digest(root, options)).flatten();
    let (mut portal, mut diagnostics) = content::load_with(root, cache);
    if let Some(base) = &options.base_url {
        portal.config.base_url = if base.is_empty() || base.ends_with('/') { base.clone() } else { format!("{base}/") };
    }
    let (theme, found) = theme::load(root, portal.config.theme_name());
    diagnostics.extend(found);
    diagnostics.extend(check::check(&portal));
    if options.portable {
        portal.config.offline = Default::default();
    }
    if let Some(part) = &options.part {
        portal.config.part = options.part_name.clone();
        for entry in &mut portal.entries {
            if !part.contains(&entry.id.to_lowercase()) {
                entry.visibility = Visibility::Internal;
            }
        }
    }
    let public = visibility::open(portal, visibility::Options { drafts: options.drafts });
    let site = site::derive(public, options.epoch);
    // A part counts less than its prose says.
    if options.part.is_none() {
        diagnostics.extend(views::counts::check(&site));
    }
    if options.strict {
        check::promote(&mut diagnostics);
    }
    sort(&mut diagnostics);
    Prepared { site, theme, diagnostics, files }
}

/// Media files on disk.
#[derive(Debug)]
pub struct ContentFiles {
    /// The content folder.
    pub content: PathBuf,
}

impl Files for ContentFiles {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        std::fs::read(self.content.join(path))
    }
}

/// The folders that a portal is made from, beside its settings.
const SOURCES: [&str; 6] = ["content", "themes", "templates", "static", "i18n", "icons"];

/// The folders that the output may not touch.
pub fn places(root: &Path) -> Places {
    let sources = SOURCES.into_iter().chain([".sala", ".git", "src"]);
    Places { portal: root.to_path_buf(), sources: sources.map(|s| root.join(s)).collect() }
}

/// Renders a portal that was prepared with `cache` into `out`, telling every step. Nothing is published where a file
/// changed between the look at it and its reading: then prepare again, without a cache.
///
/// # Errors
/// See [`BuildError`]; the published folder is then as it was.
pub fn publish(
    root: &Path,
    out: &Path,
    prepared: &Prepared,
    options: &Options,
    cache: &Cache,
    tell: Tell<'_>,
) -> Result<Option<Built>, BuildError> {
    let staging = Staging::begin(out, &places(root)).map_err(stopped)?;
    let kept = options.keep.then(|| Kept::open(root, staging.out()));
    let kept = kept.flatten();
    let former = kept.as_ref().map(|k| k as &dyn Former);
    let mut built = render_from(root, prepared, options, former, &staging, tell)?;
    if cache.is_stale() {
        return Ok(None);
    }
    tell(Step::Swap);
    let report = staging.commit_with(|marks| {
        // A cache that cannot be written costs time, no more.
        let _ = kept.map(|kept| kept.save(root, marks));
    });
    built.report = report.map_err(stopped)?;
    Ok(Some(built))
}

/// Renders everything into a sink.
///
/// # Errors
/// See [`BuildError`].
pub fn render_into(
    root: &Path,
    prepared: &Prepared,
    options: &Options,
    sink: &dyn Sink,
    tell: Tell<'_>,
) -> Result<Built, BuildError> {
    render_from(root, prepared, options, None, sink, tell)
}

fn render_from(
    root: &Path,
    prepared: &Prepared,
    options: &Options,
    former: Option<&dyn Former>,
    sink: &dyn Sink,
    tell: Tell<'_>,
) -> Result<Built, BuildError> {
    let site = &prepared.site;
    let told = progress::Told { inner: sink, tell };
    let recorder = offline::Recorder::new(&told, &site.public.config);
    let searched = site.public.config.search.enabled && !options.no_search;
    let folder = |lang: Lang| match &options.index {
        Some(dir) => dir.join(lang.code()),
        None => index_dir(root, lang),
    };
    let texts = match searched {
        true => Some(docs::Texts::new(site, folder).map_err(search_failed)?),
        false => None,
    };
    let files = ContentFiles { content: root.join("content") };
    tell(Step::Handouts);
    let made = handouts::make(root, site, &prepared.theme, &files);
    if made.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(failed(made.diagnostics));
    }
    let input = Input {
        site,
        theme: &prepared.theme,
        files: &files,
        handouts: &made.links,
        search: searched,
        texts: texts.as_ref().map(|texts| texts as &dyn html::TextSink),
        former,
    };
    tell(Step::Pages(site.len()));
    let (counts, mut diagnostics) = html::render(&input, &recorder);
    for (path, bytes) in made.files {
        diagnostics.extend(recorder.put(&path, bytes).err().and_then(html::failure));
    }
    diagnostics.extend(made.diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(failed(diagnostics));
    }
    let mut built = Built { counts, diagnostics, ..Built::default() };
    if let Some(texts) = texts {
        tell(Step::Search);
        write_search(texts, &recorder, &mut built)?;
        if options.index.is_none() {
            fresh::store(root, prepared.files.clone());
        }
    }
    recorder.finish(&site.public.config).map_err(stopped)?;
    Ok(built)
}

/// The index of a language, as it is if nothing changed, else built anew.
///
/// # Errors
/// See [`BuildError`].
pub fn index(root: &Path, lang: Lang, options: &Options) -> Result<search::Index, BuildError> {
    let dir = index_dir(root, lang);
    let now = fresh::digest(root, options);
    if now.is_some()
        && now == fresh::stored(root)
        && let Ok(index) = search::Index::open(&dir)
    {
        return Ok(index);
    }
    let prepared = prepare(root, options);
    render_into(root, &prepared, options, &Discard, &silent)?;
    search::Index::open(&dir).map_err(search_failed)
}

/// A sink for renderings whose text alone is wanted.
struct Discard;

impl Sink for Discard {
    fn put(&self, _: &str, _: Vec<u8>) -> Result<(), PublishError> {
        Ok(())
    }
}

/// Forgets what earlier builds of a portal left beside it: read files, pages, search indexes, PDFs.
pub fn forget(root: &Path) {
    for kept in ["cache", "index", "handouts"] {
        // What cannot be removed is still only used where it fits.
        let _ = std::fs::remove_dir_all(root.join(".sala").join(kept));
    }
}

/// Folder of a language's index beside `portal.toml`.
pub fn index_dir(root: &Path, lang: Lang) -> PathBuf {
    root.join(".sala").join("index").join(lang.code())
}

/// Finishes the indexes and puts the files of the static search.
fn write_search(texts: docs::Texts<'_>, sink: &dyn Sink, built: &mut Built) -> Result<(), BuildError> {
    for (lang, stock) in texts.finish().map_err(search_failed)? {
        let files = static_search::Files::new(lang, sink);
        let router = search::export_to(&stock, &files).map_err(search_failed)?;
        files.put(html::router_path(lang), router);
        built.searched.push((lang, stock.docs() as usize));
        built.search_bytes += files.finish().map_err(stopped)?;
    }
    Ok(())
}

fn search_failed(error: search::SearchError) -> BuildError {
    let text = error.to_string();
    BuildError::Machine(Box::new(Diagnostic::new(Code::SearchFailed, "", text.clone(), text)))
}

fn failed(diagnostics: Vec<Diagnostic>) -> BuildError {
    match diagnostics.iter().find(|d| d.code == Code::WriteFailed) {
        Some(machine) => BuildError::Machine(Box::new(machine.clone())),
        None => BuildError::Content(diagnostics),
    }
}

fn stopped(error: PublishError) -> BuildError {
    let machine = matches!(error, PublishError::Io(..) | PublishError::Stopped);
    let text = error.to_string();
    let found = html::failure(error).unwrap_or_else(|| Diagnostic::new(Code::WriteFailed, "", text.clone(), text));
    if machine { BuildError::Machine(Box::new(found)) } else { BuildError::Refused(Box::new(found)) }
}
