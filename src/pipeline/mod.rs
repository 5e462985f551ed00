//! The whole way from a portal's folder to a published site.
//!
//! [`prepare`] loads, checks, opens the public gate and derives; [`publish`] renders pages, search and handouts
//! into a staging folder and swaps it in. A portal with errors is not published: the old site stays as it was.

mod content_files;
pub mod handouts;
mod hold;
mod offline;
mod progress;
mod source_state;
mod trial;

use crate::cache::Store;
use crate::content::last_load::LastLoad;
use crate::diagnostics::{Code, Diagnostic, Severity, sort};
use crate::html::{self, Counts, Input};
use crate::model::config::{Broken, Config};
use crate::model::{Label, Lang, Visibility};
use crate::output::{ProtectedPaths, PublishError, Report, Sink, Staging};
use crate::site::{self, Site};
use crate::theme::{self, Theme};
use crate::{cache, check, content, search, views, visibility};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub use content_files::ContentFiles;
pub(crate) use hold::{Held, HeldPage, guards};
pub use progress::silent;
pub(crate) use progress::{Progress, Step};

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
    /// Only entries of these ids (lower case) are public.
    pub part: Option<BTreeSet<String>>,
    /// What the part is for, as its pages say.
    pub part_name: Label,
    /// Leave out samples, whatever `portal.toml` says.
    pub without_samples: bool,
    /// What becomes of pages with errors, where it is not for `portal.toml` to say.
    pub broken: Option<Broken>,
    /// Look for errors of rendering as well.
    pub trial: bool,
}

/// A portal that is ready to be rendered, or would be without its errors.
#[derive(Debug)]
pub struct Prepared {
    /// The public site.
    pub site: Site,
    /// Templates and static files.
    pub theme: Arc<Theme>,
    /// Everything found, in printed order.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages that are held back, where the portal holds back instead of stopping.
    pub held: Held,
    /// Whether pages with errors are held back.
    holds: bool,
}

impl Prepared {
    /// Whether something stops publishing: an error about anything but a page that is held back.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.is_error() && !self.held.covers(d))
    }

    /// The findings as a build tells them: errors of pages that are held back are warnings.
    pub fn told(&self) -> Vec<Diagnostic> {
        self.held.told(&self.diagnostics)
    }

    /// Whether an error about visibility or personal data was found.
    pub fn has_guarded(&self) -> bool {
        self.diagnostics.iter().any(|d| d.is_error() && guards(d))
    }
}

/// What the last [`prepare_with`] read, for a program that prepares again and again: the preview.
#[derive(Debug, Default)]
pub(crate) struct Last {
    /// Files of the content.
    pub load: LastLoad,
    /// The theme with its findings; for whoever remembers, until somebody changes what is not content.
    pub theme: Option<(Arc<Theme>, Vec<Diagnostic>)>,
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
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Content, templates or media have errors; warnings may stand among them.
    #[error("{}", first_error(.0))]
    Content(Vec<Diagnostic>),
    /// The output folder was refused or is busy, as a diagnostic.
    #[error("{0}")]
    Refused(Box<Diagnostic>),
    /// The machine failed, as a diagnostic.
    #[error("{0}")]
    Machine(Box<Diagnostic>),
}

fn first_error(found: &[Diagnostic]) -> String {
    found.iter().find(|d| d.is_error()).map(Diagnostic::to_string).unwrap_or_default()
}

/// Loads, checks, opens the gate, derives.
pub fn prepare(root: &Path, options: &Options) -> Prepared {
    prepare_with(root, options, &mut Last::default(), &silent)
}

/// As [`prepare`], reporting every step.
pub(crate) fn prepare_telling(root: &Path, options: &Options, progress: Progress<'_>) -> Prepared {
    prepare_with(root, options, &mut Last::default(), progress)
}

/// As [`prepare`], for a portal that was loaded before.
pub(crate) fn prepare_with(root: &Path, options: &Options, last: &mut Last, progress: Progress<'_>) -> Prepared {
    let mut held = Held::default();
    loop {
        let (mut prepared, late) = attempt(root, options, last, &mut held, progress);
        // A page with an error behind the gate is held back as well: once more, without it.
        if !(prepared.holds && held.learn(&late)) {
            prepared.held = held;
            return prepared;
        }
    }
}

/// One way from the files to a site; errors that were found behind the gate are told beside it.
fn attempt(
    root: &Path,
    options: &Options,
    last: &mut Last,
    held: &mut Held,
    progress: Progress<'_>,
) -> (Prepared, Vec<Diagnostic>) {
    progress(Step::Read);
    let (mut portal, mut diagnostics) = content::load_with(root, &mut last.load);
    if let Some(base) = &options.base_url {
        portal.config.base_url = if base.is_empty() || base.ends_with('/') { base.clone() } else { format!("{base}/") };
    }
    let (theme, found) = last.theme.get_or_insert_with(|| load_theme(root, &portal.config)).clone();
    diagnostics.extend(found);
    diagnostics.extend(html::templates::missing(&theme, &portal.schema));
    progress(Step::Check);
    diagnostics.extend(check::check(&portal));
    diagnostics.extend(check::check_files(&portal, root));
    diagnostics.extend(held.late().iter().cloned());
    if options.strict {
        check::promote(&mut diagnostics);
    }
    let broken = options.broken.unwrap_or(portal.config.build.broken);
    let holds = broken == Broken::Hold && !options.strict;
    if holds {
        hold::hold(&mut portal, &diagnostics, held);
    }
    if options.portable {
        portal.config.offline = Default::default();
    }
    if options.part.is_some() {
        portal.config.part = options.part_name.clone();
    }
    if options.without_samples || !portal.config.samples.publish {
        // As a draft too: what the schema releases of internal entries, counts and shares, is not made of samples.
        for entry in portal.entries.iter_mut().filter(|e| e.illustrative) {
            entry.visibility = Visibility::Internal;
            entry.draft = true;
        }
    }
    progress(Step::Site);
    let public = visibility::open_part(portal, visibility::Options { drafts: options.drafts }, options.part.as_ref());
    let site = site::derive(public, options.epoch);
    let mut late = Vec::new();
    // A part counts less than its prose says, and so does a portal of which pages are held back.
    if options.part.is_none() {
        late.extend(views::counts::check(&site));
        // What would not be public without its errors was never counted.
        let counted = |page: &HeldPage| page.unread || (page.public && (options.drafts || !page.draft));
        let held_back = held.pages.iter().any(counted);
        let fewer = |d: &mut Diagnostic| {
            if d.code == Code::WrongCount && held_back {
                d.severity = Severity::Warning;
            }
        };
        late.iter_mut().for_each(fewer);
    }
    let sound = !diagnostics.iter().chain(&late).any(|d| d.is_error() && !held.covers(d));
    // The preview, which decides for itself, renders pages when they are asked for.
    if sound && (options.trial || (holds && options.broken.is_none())) {
        let search = site.public.config.search.enabled && !options.no_search;
        let files = ContentFiles::new(root, site.public.config.limits.clone());
        late.extend(trial::errors(root, &site, &theme, &files, search));
    }
    if options.strict {
        check::promote(&mut late);
    }
    diagnostics.extend(late.iter().cloned());
    sort(&mut diagnostics);
    (Prepared { site, theme, diagnostics, held: Held::default(), holds }, late)
}

/// The theme and what is wrong with it.
fn load_theme(root: &Path, config: &Config) -> (Arc<Theme>, Vec<Diagnostic>) {
    let (mut theme, mut found) = theme::load(root, config.theme_name(), &config.limits);
    found.extend(html::media::clean_static(&mut theme));
    found.extend(theme.words.check(&config.languages()));
    found.extend(check::check_theme(config, theme.words.texts(), theme.texts()));
    (Arc::new(theme), found)
}

/// The folders that the output may not touch.
pub(crate) fn protected(root: &Path) -> ProtectedPaths {
    let sources = content::SOURCE_FOLDERS.into_iter().chain([cache::FOLDER, ".git", "src"]);
    ProtectedPaths { portal: root.to_path_buf(), sources: sources.map(|s| root.join(s)).collect() }
}

/// Renders a prepared portal into `out`, reporting every step.
///
/// # Errors
/// See [`BuildError`]; the published folder is then as it was.
pub fn publish(
    root: &Path,
    out: &Path,
    prepared: &Prepared,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Built, BuildError> {
    let staging = Staging::begin(out, &protected(root)).map_err(stopped)?;
    let mut built = render_into(root, prepared, options, &staging, progress)?;
    progress(Step::Swap);
    built.report = staging.commit().map_err(stopped)?;
    Ok(built)
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
    progress: Progress<'_>,
) -> Result<Built, BuildError> {
    let site = &prepared.site;
    let reporting = progress::Reporting { inner: sink, progress };
    let recorder = offline::Recorder::new(&reporting, &site.public.config);
    let searched = site.public.config.search.enabled && !options.no_search;
    let files = ContentFiles::new(root, site.public.config.limits.clone());
    progress(Step::Handouts);
    let made = handouts::make(root, site, &prepared.theme, &files);
    if made.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(failed(made.diagnostics));
    }
    let input = Input { site, theme: &prepared.theme, files: &files, handouts: &made.links, search: searched };
    progress(Step::Pages(site.len()));
    let (counts, mut diagnostics) = html::render(&input, &recorder);
    for (path, bytes) in made.files {
        diagnostics.extend(recorder.put(&path, bytes).err().and_then(html::failure));
    }
    if options.part.is_none() {
        files.forget_others();
    }
    diagnostics.extend(made.diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(failed(diagnostics));
    }
    let mut built = Built { counts, diagnostics, ..Built::default() };
    if searched {
        progress(Step::Search);
        for lang in site.public.config.languages() {
            let (count, bytes) = put_search(site, lang, &recorder)?;
            built.searched.push((lang, count));
            built.search_bytes += bytes;
        }
    }
    recorder.finish(&site.public.config).map_err(stopped)?;
    Ok(built)
}

/// The index of a language for queries: the stored one if no file of the portal changed since, else a new one. Nothing is
/// rendered or typeset for it.
///
/// # Errors
/// See [`BuildError`].
pub fn index(root: &Path, lang: Lang, options: &Options) -> Result<search::Index, BuildError> {
    let store = Store::new(root, "search");
    // Taken before the files are read: what changes meanwhile makes the next state another one.
    let asked = format!("{:?}", (options.drafts, options.epoch, &options.part));
    let key = |lang| source_state::of(root, &asked).map(|state| state.of_language(lang));
    let now = key(lang);
    if let Some(stored) = now.and_then(|key| store.get(key))
        && let Ok(index) = search::Index::from_bytes(&stored)
    {
        return Ok(index);
    }
    let prepared = prepare(root, options);
    let unknown = content::unknown(prepared.diagnostics.clone());
    if !unknown.is_empty() {
        return Err(BuildError::Content(unknown));
    }
    let index = search::documents(&prepared.site, lang).index().map_err(search_failed)?;
    if let Some(now) = now {
        let parts = index.to_parts().map_err(search_failed)?;
        store.keep_only(prepared.site.public.config.languages().into_iter().filter_map(key));
        store.put(now, &parts.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }
    Ok(index)
}

/// Removes everything that earlier builds of a portal stored.
pub(crate) fn forget(root: &Path) {
    cache::forget(root);
}

/// Puts the files of the static search of a language; gives the number of its pages and bytes.
///
/// # Errors
/// See [`BuildError`].
pub(crate) fn put_search(site: &Site, lang: Lang, sink: &dyn Sink) -> Result<(usize, usize), BuildError> {
    let documents = search::documents(site, lang);
    let (bytes, failed) = (AtomicUsize::new(0), Mutex::new(None));
    let put = |path: String, file: Vec<u8>| {
        bytes.fetch_add(file.len(), Ordering::Relaxed);
        if let Err(error) = sink.put(&path, file) {
            failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    };
    let folder = format!("search/{}", lang.code());
    let router = documents.export_to(&|path, file| put(format!("{folder}/{path}"), file));
    put(html::router_path(lang), router);
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(stopped(error)),
        None => Ok((documents.len(), bytes.into_inner())),
    }
}

/// An error of search as the error of a build.
pub(crate) fn search_failed(error: search::SearchError) -> BuildError {
    let text = error.to_string();
    BuildError::Machine(Box::new(Diagnostic::new(Code::SearchFailed, "", text.clone(), text)))
}

fn failed(diagnostics: Vec<Diagnostic>) -> BuildError {
    match diagnostics.iter().find(|d| d.code == Code::WriteFailed) {
        Some(machine) => BuildError::Machine(Box::new(machine.clone())),
        None => BuildError::Content(diagnostics),
    }
}

/// An error of publishing as the error of a build.
pub(crate) fn stopped(error: PublishError) -> BuildError {
    let machine = matches!(error, PublishError::Io(..) | PublishError::Stopped);
    let text = error.to_string();
    let found = html::failure(error).unwrap_or_else(|| Diagnostic::new(Code::WriteFailed, "", text.clone(), text));
    if machine { BuildError::Machine(Box::new(found)) } else { BuildError::Refused(Box::new(found)) }
}
