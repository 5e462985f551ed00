//! Rendering: the public portal becomes files. Pure: bytes in, bytes out, no file is opened here.
//!
//! 1. [`mod@assets`] and [`mod@media`] give static files their names and clean what authors uploaded;
//! 2. [`mod@plan`] lists every page of the site, [`mod@pages`] makes each, unless [`mod@former`] knows that the
//!    published one is still right;
//! 3. [`mod@context`] builds what a template sees (the only place that does), [`templates`] runs Tera,
//!    and the finished page goes to the [`Sink`], in parallel;
//! 4. [`mod@feeds`], [`mod@data`], [`mod@rows`] and [`mod@redirects`] write what is not a page.
//!
//! The output is a function of [`Input`]: no clock, no order of a hash map, no number of threads
//! shows in it.

pub mod assets;
pub mod context;
mod data;
mod feeds;
pub mod filters;
pub mod former;
pub mod media;
pub mod on_demand;
mod pages;
mod plan;
mod redirects;
mod rows;
pub mod templates;

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic};
use crate::markdown::TextPart;
use crate::output::{PublishError, Sink};
use crate::site::{Site, reads};
use crate::theme::Theme;
use context::Context;
use former::{Former, Known};
use plan::{Page, What};

/// Reads media files of the content folder.
pub trait Files: Sync {
    /// The bytes of a file, by its path relative to `content/`.
    ///
    /// # Errors
    /// What the system says.
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>>;
}

/// Takes the search text of each entry's page, once, while the page is rendered.
pub trait TextSink: Sync {
    /// Text of an entry (position in the site) by heading.
    fn text(&self, entry: usize, parts: Vec<TextPart>);
}

/// A printed form of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handout {
    /// Address in the site.
    pub path: String,
    /// Number of pages; 0: not known.
    pub pages: usize,
    /// Size in bytes.
    pub size: u64,
}

/// Everything a site is rendered from.
pub struct Input<'a> {
    /// The public portal with what follows from it.
    pub site: &'a Site,
    /// Templates, static files, words.
    pub theme: &'a Theme,
    /// Media files.
    pub files: &'a dyn Files,
    /// Handouts by entry id.
    pub handouts: &'a BTreeMap<String, Handout>,
    /// Whether the site has search; the routers are at [`router_path`].
    pub search: bool,
    /// Who wants the text of pages.
    pub texts: Option<&'a dyn TextSink>,
    /// What a former rendering left.
    pub former: Option<&'a dyn Former>,
}

/// Address of the search router of a language. It is the only file of search without a hash in its name: pages
/// name it, and they stay the same bytes when another page's text changes.
#[must_use]
pub fn router_path(lang: crate::model::Lang) -> String {
    format!("search/{}/router.js", lang.code())
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// HTML pages.
    pub pages: usize,
    /// Static and media files.
    pub files: usize,
}

/// Renders the whole site into the sink.
pub fn render(input: &Input<'_>, sink: &dyn Sink) -> (Counts, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut counts = Counts::default();
    let templates = match templates::Templates::compile(input.theme) {
        Ok(templates) => templates,
        Err(error) => return (counts, vec![*error]),
    };
    let assets = assets::Assets::build(&input.theme.assets);
    let (sizes, found) = publish_media(input, sink);
    counts.files = sizes.len() + assets.files.len() + input.theme.root_files.len();
    diagnostics.extend(found);
    let files = assets.files.par_iter().chain(input.theme.root_files.par_iter());
    let failed: Vec<Diagnostic> =
        files.filter_map(|(path, bytes)| sink.put(path, bytes.to_vec()).err()).filter_map(failure).collect();
    diagnostics.extend(failed);
    let context = Context::new(input, &templates, &assets, &sizes);
    let plan = plan::plan(input.site);
    counts.pages = plan.len();
    let known = input.former.map(|former| {
        let known = Known::new(input, &plan, &sizes);
        former.begin(former::look(input, &context), &|read| known.of(read));
        (former, known)
    });
    let making = Making { input, context: &context, sink };
    let failed: Vec<Option<Diagnostic>> = plan.par_iter().map(|page| making.page(page)).collect();
    diagnostics.extend(failed.into_iter().flatten());
    diagnostics.extend(making.extra(&plan));
    if let Some((former, known)) = &known {
        former.finish(&|read| known.of(read));
    }
    diagnostics.extend(context.take_diagnostics());
    (counts, diagnostics)
}

/// Makes files or keeps former ones.
struct Making<'a> {
    input: &'a Input<'a>,
    context: &'a Context<'a>,
    sink: &'a dyn Sink,
}

impl Making<'_> {
    fn page(&self, page: &Page) -> Option<Diagnostic> {
        let kept = self.file(&page.path, || pages::render(self.context, page));
        match (kept, &page.what) {
            (Ok(true), What::Entry(i)) => {
                // Search wants its text all the same.
                if self.input.texts.is_some() {
                    let place = context::Place::new(page.lang, &page.path);
                    self.context.body(&place, *i);
                }
                None
            }
            (kept, _) => kept.err().flatten(),
        }
    }

    /// Puts a file into the sink; true where a former one is kept.
    fn file(
        &self,
        path: &str,
        make: impl FnOnce() -> Result<Vec<u8>, Box<Diagnostic>>,
    ) -> Result<bool, Option<Diagnostic>> {
        let Some(former) = self.input.former else {
            let bytes = make().map_err(|error| Some(*error))?;
            self.sink.put(path, bytes).map_err(failure)?;
            return Ok(false);
        };
        if former.keep(path, self.sink) {
            return Ok(true);
        }
        let (bytes, reads) = reads::collect(make);
        let bytes = bytes.map_err(|error| Some(*error))?;
        self.sink.put(path, bytes).map_err(failure)?;
        former.made(path, reads);
        Ok(false)
    }

    /// Everything that is not a page.
    fn extra(&self, plan: &[Page]) -> Vec<Diagnostic> {
        let (input, site) = (self.input, self.input.site);
        let (data, feeds, lists) = (data::paths(site), feeds::paths(input), rows::paths(site));
        let data = data.par_iter().map(|(path, file)| self.file(path, || Ok(data::make(site, *file))));
        let feeds = feeds.par_iter().map(|(path, file)| self.file(path, || Ok(feeds::make(input, plan, *file))));
        let lists =
            lists.par_iter().map(|(path, (lang, k))| self.file(path, || Ok(rows::make(self.context, *lang, *k))));
        let kept = data.chain(feeds).chain(lists);
        let mut failed: Vec<Diagnostic> = kept.filter_map(|kept| kept.err().flatten()).collect();
        let redirects = redirects::files(site).into_iter();
        failed.extend(redirects.filter_map(|(path, bytes)| self.sink.put(&path, bytes).err().and_then(failure)));
        failed
    }
}

/// A media file with its width and height.
type Sized = (String, (u32, u32));

/// `entry` of the page context for outputs that are not pages (handouts), without bodies.
///
/// # Errors
/// A template of the theme that does not compile.
pub fn entry_views(input: &Input<'_>, wanted: &[usize]) -> Result<Vec<serde_json::Value>, Box<Diagnostic>> {
    let templates = templates::Templates::compile(input.theme)?;
    let assets = assets::Assets::build(&input.theme.assets);
    let sizes = HashMap::new();
    let context = Context::new(input, &templates, &assets, &sizes);
    let view = |i: &usize| {
        let entry = input.site.entry(*i);
        let place = context::Place::new(entry.lang, &entry.path());
        let shape = tera::Value::from(context.bare_entry(&place, *i));
        serde_json::to_value(shape).unwrap_or_default()
    };
    Ok(wanted.par_iter().map(view).collect())
}

/// Cleans and publishes media; gives the size of images.
fn publish_media(input: &Input<'_>, sink: &dyn Sink) -> (HashMap<String, (u32, u32)>, Vec<Diagnostic>) {
    let results: Vec<Result<Option<Sized>, Option<Diagnostic>>> = input
        .site
        .public
        .media
        .par_iter()
        .map(|file| {
            let name = format!("content/{}", file.path);
            let bytes = input.files.read(&file.path).map_err(|e| {
                let th = format!("อ่านไฟล์ไม่ได้: {e}");
                Some(Diagnostic::new(Code::UnreadableFile, &name, th, format!("cannot read the file: {e}")))
            })?;
            let Some(cleaned) = media::clean(&file.path, bytes) else {
                let th = "ไฟล์นี้ไม่ใช่รูปภาพที่อ่านได้ จึงไม่เผยแพร่";
                return Err(Some(Diagnostic::new(
                    Code::BadImage,
                    &name,
                    th,
                    "not a readable image; it is not published",
                )));
            };
            sink.put(&format!("media/{}", file.path), cleaned.bytes).map_err(failure)?;
            Ok(cleaned.size.map(|size| (file.path.clone(), size)))
        })
        .collect();
    let mut sizes = HashMap::new();
    let mut diagnostics = Vec::new();
    for result in results {
        match result {
            Ok(size) => sizes.extend(size),
            Err(found) => diagnostics.extend(found),
        }
    }
    (sizes, diagnostics)
}

/// An error of publishing as a diagnostic; follow-up errors say nothing new.
#[must_use]
pub fn failure(error: PublishError) -> Option<Diagnostic> {
    let (code, th) = match &error {
        PublishError::Stopped => return None,
        PublishError::Refused(_, path) => (Code::OutputRefused, format!("ไม่เขียนลงโฟลเดอร์ {}", path.display())),
        PublishError::ForeignFile(path) => {
            (Code::OutputRefused, format!("{path} ในโฟลเดอร์ปลายทางไม่ใช่ไฟล์ที่ Sala สร้าง จึงไม่เขียนทับ"))
        }
        PublishError::BadManifest(path) => (Code::OutputRefused, format!("บัญชีไฟล์ {} เสียหาย", path.display())),
        PublishError::Locked(..) => (Code::OutputBusy, "มีการสร้างเว็บไซต์นี้อยู่แล้ว".to_owned()),
        PublishError::Path(_, path) => (Code::DuplicateAddress, format!("เขียนไฟล์ตามที่อยู่ {path} ไม่ได้")),
        PublishError::Io(path, e) => (Code::WriteFailed, format!("เขียน {} ไม่สำเร็จ: {e}", path.display())),
    };
    Some(Diagnostic::new(code, "", th, error.to_string()))
}
