//! One zip with the whole site, or a part of it, for a USB stick: opened by double-click, searched without a server.
//!
//! [`mod@reach`] decides what belongs to a part, before the public gate; [`mod@start`] writes the start page;
//! [`mod@pack`] writes the archive. The same content gives the same bytes.

pub(crate) mod pack;
pub(crate) mod reach;
pub(crate) mod start;

use start::SITE;

use crate::diagnostics::{Code, Diagnostic, nearest_hint};
use crate::model::{Label, Lang};
use crate::output::{MemorySink, Target};
use crate::pipeline::{self, BuildError, Options};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was packed.
#[derive(Debug)]
pub(crate) struct Bundled {
    /// Pages of the site.
    pub pages: usize,
    /// Files in the archive.
    pub files: usize,
    /// Size unpacked in bytes.
    pub unpacked: u64,
    /// Size of the archive in bytes.
    pub packed: u64,
    /// Findings without errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// Builds the portal, or the part around an entry, and packs it into `out`.
///
/// # Errors
/// Errors in the content, an unknown entry, or a failing machine; `out` is then as it was.
pub(crate) fn bundle(
    root: &Path,
    out: &Path,
    part: Option<&str>,
    epoch: Option<i64>,
    force: bool,
) -> Result<Bundled, BuildError> {
    // What cannot be written is reported before anything is built.
    let mut target = Target::open(folder_of(out), &pipeline::protected(root), force).map_err(pipeline::stopped)?;
    let name = out.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    target.check(&name).map_err(pipeline::stopped)?;
    let mut options = Options { epoch, portable: true, ..Options::default() };
    let whole = pipeline::prepare(root, &options);
    if whole.has_errors() {
        return Err(BuildError::Content(whole.diagnostics));
    }
    let diagnostics = whole.told();
    let mut of = None;
    let prepared = match part {
        None => whole,
        Some(id) => {
            let Some(entry) = whole.site.find(id, whole.site.main()) else {
                let (th, en) =
                    (format!("ไม่มีหน้าที่มีรหัส “{id}” ในพอร์ทัล"), format!("the portal has no page with the id “{id}”"));
                let known = whole.site.public.entries.iter().map(|e| &*e.id);
                let finding = Diagnostic::new(Code::UnknownReference, "", th, en)
                    .hint("ดูรหัสด้วย sala list", "see `sala list`")
                    .maybe_hint(nearest_hint(id, known));
                return Err(BuildError::Refused(Box::new(finding)));
            };
            let thai = whole.site.entry(entry).title.clone();
            let other = whole.site.find(id, Lang::EN).map(|e| whole.site.entry(e));
            let english = other.map_or_else(|| thai.clone(), |e| e.title.clone());
            options.part_name = Label::new(thai.clone(), english);
            of = Some(thai);
            options.part = Some(reach::reach(&whole.site, entry));
            pipeline::prepare(root, &options)
        }
    };
    let sink = MemorySink::default();
    let built = pipeline::render_into(root, &prepared, &options, &sink, &pipeline::silent)?;
    let site = sink.into_files();
    let unpacked_site: u64 = site.values().map(|b| b.len() as u64).sum();
    let about = start::About {
        config: &prepared.site.public.config,
        date: prepared.site.date,
        part: of.as_deref(),
        pages: built.counts.pages,
        bytes: unpacked_site,
        version: start::version(&site),
        style: site.keys().find(|p| p.starts_with("assets/main.") && p.ends_with(".css")).cloned(),
        search: prepared.site.public.config.search.enabled,
    };
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    files.insert("index.html".into(), start::page(&about).into_bytes());
    files.insert("README.txt".into(), start::readme(&about).into_bytes());
    files.extend(site.into_iter().map(|(path, bytes)| (format!("{SITE}/{path}"), bytes)));
    let unpacked = files.values().map(|b| b.len() as u64).sum();
    let (count, folder) = (files.len(), folder_name(out));
    let archive = pack::pack(&folder, &files, prepared.site.date).map_err(|error| {
        let (th, en) = (format!("เขียน {} ไม่สำเร็จ: {error}", out.display()), format!("{}: {error}", out.display()));
        BuildError::Machine(Box::new(Diagnostic::new(Code::WriteFailed, "", th, en)))
    })?;
    target.write(&name, &archive).map_err(pipeline::stopped)?;
    let packed = archive.len() as u64;
    Ok(Bundled { pages: built.counts.pages, files: count, unpacked, packed, diagnostics })
}

fn folder_of(out: &Path) -> &Path {
    out.parent().unwrap_or(Path::new(""))
}

/// Where a bundle goes if nobody says it.
pub(crate) fn default_name(root: &Path, part: Option<&str>) -> PathBuf {
    let safe = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect()
    };
    PathBuf::from(match part {
        Some(id) => format!("portal-{}.zip", safe(id)),
        None => "portal.zip".to_owned(),
    })
    .file_name()
    .map_or_else(|| root.join("portal.zip"), |name| root.join(name))
}

/// Name of the folder in the archive: that of the archive.
fn folder_name(out: &Path) -> String {
    let stem = out.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    if crate::output::check_path(&stem).is_ok() { stem } else { "portal".to_owned() }
}
