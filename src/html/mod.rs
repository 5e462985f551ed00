//! Rendering: the public portal becomes files. Pure: bytes in, bytes out, no file is opened here.
//!
//! 1. [`mod@assets`] and [`mod@media`] give static files their names and clean what authors uploaded;
//! 2. [`mod@plan`] lists every page of the site, [`mod@pages`] makes each;
//! 3. [`mod@context`] builds what a template sees (the only place that does), [`templates`] runs Tera,
//!    and the finished page goes to the [`Sink`], in parallel, with its Markdown ([`mod@twins`]) where the portal asks for it;
//! 4. [`mod@feeds`], [`mod@open_data`], [`mod@rows`] and [`mod@redirects`] write what is not a page.
//!
//! [`own`] are templates of the program itself, for pages that are no part of a site.
//!
//! The output is a function of [`Input`]: no clock, no order of a hash map, no number of threads
//! shows in it.

pub(crate) mod assets;
mod calendar;
mod clients;
pub(crate) mod context;
mod exif;
mod feed;
mod feeds;
pub(crate) mod filters;
mod icc;
mod icon;
mod input;
pub(crate) mod lists;
pub mod media;
mod metadata;
mod names;
pub(crate) mod on_demand;
mod open_data;
pub(crate) mod own;
mod pages;
mod plan;
mod redirects;
mod rows;
pub(crate) mod smaller;
mod svg;
mod svg_look;
mod svg_place;
mod svg_style;
mod svg_unseen;
pub(crate) mod templates;
mod twins;

pub(crate) use context::paging::list_path;
pub use input::{Files, Input};
pub(crate) use input::{Handout, router_path};
pub(crate) use redirects::alias_address;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::diagnostics::{Code, Diagnostic};
use crate::model::ids::media_address;
use crate::model::{EntryId, Lang};
use crate::output::{PublishError, Sink};
use context::Context;
use plan::Page;

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
    let templates = match templates::Templates::compile(input.theme, &input.site.public.config) {
        Ok(templates) => templates,
        Err(error) => return (counts, vec![*error]),
    };
    let assets = assets::Assets::build(&input.theme.assets, input.theme.settings.minify);
    let (sizes, found) = publish_media(input, sink);
    counts.files = sizes.len() + assets.files.len() + input.theme.root_files.len();
    diagnostics.extend(found);
    let files = assets.files.par_iter().chain(input.theme.root_files.par_iter());
    let failed: Vec<Diagnostic> =
        files.filter_map(|(path, bytes)| sink.put(path, bytes.to_vec()).err()).filter_map(failure).collect();
    diagnostics.extend(failed);
    let context = Context::new(input, &templates, &assets, &sizes);
    context.report_unknown_looks();
    let plan = plan::plan(input.site);
    counts.pages = plan.len();
    let put = |path: &str, bytes: Vec<u8>| sink.put(path, bytes).err().and_then(failure);
    let failed: Vec<Option<Diagnostic>> = plan
        .par_iter()
        .map(|page| match pages::render(&context, page) {
            Ok(bytes) => {
                let twin = twins::has(&input.site.public.config, page).then(|| twins::of(&bytes));
                put(&page.path, bytes).or_else(|| put(&twins::path(&page.path), twin?))
            }
            Err(error) => Some(*error),
        })
        .collect();
    diagnostics.extend(failed.into_iter().flatten());
    diagnostics.extend(data_files(&context, &plan, &put));
    diagnostics.extend(context.take_diagnostics());
    (counts, diagnostics)
}

/// Puts everything that is not a page.
fn data_files(
    context: &Context<'_>,
    plan: &[Page],
    put: &(dyn Fn(&str, Vec<u8>) -> Option<Diagnostic> + Sync),
) -> Vec<Diagnostic> {
    let (input, site) = (context.input, context.site);
    let (data, feeds, lists) = (open_data::paths(input), feeds::paths(input), rows::paths(site));
    let data = data.par_iter().map(|(path, file)| put(path, open_data::make(input, *file)));
    let feeds =
        feeds.par_iter().map(|(path, file)| put(path, feeds::make(input, plan, &context.assets.addresses, *file)));
    let lists = lists.par_iter().map(|(path, (lang, k))| put(path, rows::make(context, *lang, *k)));
    let mut failed: Vec<Diagnostic> = data.chain(feeds).chain(lists).flatten().collect();
    failed.extend(calendar::files(input).into_iter().filter_map(|(path, bytes)| put(&path, bytes)));
    failed.extend(redirects::files(site).into_iter().filter_map(|(path, bytes)| put(&path, bytes)));
    failed
}

/// A media file with its width and height.
type Sized = (String, (u32, u32));

/// `entry` of the page context for outputs that are not pages (handouts), without bodies.
///
/// # Errors
/// A template of the theme that does not compile.
pub(crate) fn entry_views(
    input: &Input<'_>,
    wanted: &[(EntryId, Lang)],
) -> Result<Vec<serde_json::Value>, Box<Diagnostic>> {
    let templates = templates::Templates::compile(input.theme, &input.site.public.config)?;
    let assets = assets::Assets::build(&input.theme.assets, input.theme.settings.minify);
    let sizes = HashMap::new();
    let context = Context::new(input, &templates, &assets, &sizes);
    let view = |(i, lang): &(EntryId, Lang)| {
        let place = context::Place::new(&input.site.public.config, *lang, &input.site.entry(*i).path());
        let shape = tera::Value::from(context.bare_entry(&place, *i));
        serde_json::to_value(shape).unwrap_or_default()
    };
    Ok(wanted.par_iter().map(view).collect())
}

/// Cleans and publishes media; gives the size of images.
fn publish_media(input: &Input<'_>, sink: &dyn Sink) -> (HashMap<String, (u32, u32)>, Vec<Diagnostic>) {
    let results: Vec<Result<Vec<Sized>, Option<Diagnostic>>> = input
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
                let th = "ไฟล์นี้ไม่ใช่รูปภาพที่อ่านได้ หรือเป็นภาพวาดที่ซ้อนลึกเกินไป จึงไม่เผยแพร่";
                return Err(Some(Diagnostic::new(
                    Code::BadImage,
                    &name,
                    th,
                    "not a readable image, or a drawing nested too deeply; it is not published",
                )));
            };
            let most = input.site.public.config.limits.picture_megapixels;
            let is_drawing = file.path.to_ascii_lowercase().ends_with(".svg");
            if let Some((wide, high)) = cleaned.size.filter(|_| !is_drawing)
                && u64::from(wide) * u64::from(high) > u64::from(most) * 1_000_000
            {
                return Err(Some(too_many_points(&name, wide, high, most)));
            }
            let short = smaller::short_path(&file.path);
            let taken = input.site.public.media.iter().any(|other| other.path.eq_ignore_ascii_case(&short));
            if let Some(made) = (!taken).then(|| smaller::of(&file.path, &cleaned, input.files)).flatten() {
                sink.put(&media_address(&file.path), made.long.0).map_err(failure)?;
                sink.put(&media_address(&short), made.short.0).map_err(failure)?;
                return Ok(vec![(file.path.clone(), made.long.1), (short, made.short.1)]);
            }
            sink.put(&media_address(&file.path), cleaned.bytes).map_err(failure)?;
            Ok(cleaned.size.map(|size| (file.path.clone(), size)).into_iter().collect())
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

/// The finding about a picture that a phone of a reader could not show: a small file may declare any size.
fn too_many_points(name: &str, wide: u32, high: u32, most: u32) -> Diagnostic {
    Diagnostic::new(
        Code::FileTooLarge,
        name,
        format!("รูปมีขนาด {wide} × {high} จุด เกินขีดจำกัด {most} ล้านจุด (picture_megapixels ใน [limits] ของ portal.toml)"),
        format!(
            "the picture has {wide} × {high} points, the limit is {most} million (picture_megapixels in [limits] of portal.toml)"
        ),
    )
    .hint("ย่อรูปก่อน หน้าเว็บต้องการด้านยาวไม่เกิน 2,000 จุด", "make it smaller: pages need no more than 2,000 points a side")
}

/// An error of publishing as a diagnostic; follow-up errors say nothing new.
#[must_use]
pub(crate) fn failure(error: PublishError) -> Option<Diagnostic> {
    let (code, th) = match &error {
        PublishError::Stopped => return None,
        PublishError::Refused(_, path) => (Code::OutputRefused, format!("ไม่เขียนลงโฟลเดอร์ {}", path.display())),
        PublishError::ForeignFile(path) => {
            (Code::OutputRefused, format!("{path} ในโฟลเดอร์ปลายทางไม่ใช่ของที่ Sala สร้าง และขวางอยู่ ย้ายหรือลบออกก่อน"))
        }
        PublishError::NotMadeHere(path) => {
            (Code::OutputRefused, format!("{} ไม่ใช่ไฟล์ที่ Sala สร้าง ใช้ชื่ออื่น หรือใส่ --force เพื่อเขียนทับ", path.display()))
        }
        PublishError::BadManifest(path) => (Code::OutputRefused, format!("บัญชีไฟล์ {} เสียหาย", path.display())),
        PublishError::Locked(..) => (Code::OutputBusy, "มีการสร้างเว็บไซต์นี้อยู่แล้ว".to_owned()),
        PublishError::Path(_, path) => (Code::DuplicateAddress, format!("เขียนไฟล์ตามที่อยู่ {path} ไม่ได้")),
        PublishError::Io(path, e) => (Code::WriteFailed, format!("เขียน {} ไม่สำเร็จ: {e}", path.display())),
    };
    Some(Diagnostic::new(code, "", th, error.to_string()))
}
