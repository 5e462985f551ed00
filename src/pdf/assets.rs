//! What the typesetter works with: templates, fonts, protected words and picture folders of theme and portal.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde_json::json;

use super::job::{Job, Problem};
use super::pictures::each_picture;
use crate::content::files::Reader;
use crate::content::listing::PassOver;
use crate::diagnostics::Diagnostic;
use crate::html::media;
use crate::model::config::Limits;

/// Raised whenever the same input gives another PDF than before.
const EDITION: u32 = 4;

/// Templates that are part of the program, so that a portal without a theme folder prints too.
const TEMPLATES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/handout_files.rs"));

/// Fonts that are part of the program.
#[cfg(feature = "pdf")]
const FONTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/font_files.rs"));

/// Without the typesetter no font is carried.
#[cfg(not(feature = "pdf"))]
const FONTS: &[(&str, &[u8])] = &[];

/// Everything of a theme and a portal that shapes a PDF besides its data.
#[derive(Debug, Clone, Default)]
pub struct PdfAssets {
    /// Template files by name (`page.typ`); the later folder wins.
    pub templates: BTreeMap<String, Vec<u8>>,
    /// Font files by name (TTF or OTF).
    pub fonts: BTreeMap<String, Vec<u8>>,
    /// Portals in whose content pictures named by `src` are looked up.
    pub media: Vec<PathBuf>,
    /// Words that no line end may split: names of schools, vocabulary terms, the portal's protected list.
    pub words: Vec<String>,
}

impl PdfAssets {
    /// The built-in theme, then the folders in the given order (themes first, portal last). In each, `handout/*.typ` and
    /// `fonts/*.ttf|otf` count.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn load(folders: &[PathBuf]) -> Result<Self, Problem> {
        let mut assets = Self::default();
        let own =
            |list: &[(&str, &[u8])]| list.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
        assets.templates = own(TEMPLATES);
        assets.fonts = own(FONTS);
        for folder in folders {
            let reader = Reader::new(folder, Limits::default());
            read_folder(&reader, "handout", &["typ", "svg", "png", "jpg"], &mut assets.templates)?;
            read_folder(&reader, "fonts", &["ttf", "otf"], &mut assets.fonts)?;
        }
        Ok(assets)
    }

    /// Changes when a template, a font or a protected word does.
    pub fn fingerprint(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.update(&EDITION.to_le_bytes());
        for (name, bytes) in self.templates.iter().chain(&self.fonts) {
            hasher.update(name.as_bytes());
            hasher.update(blake3::hash(bytes).as_bytes());
        }
        for word in &self.words {
            hasher.update(word.as_bytes());
            hasher.update(b"\0");
        }
        hasher.finalize()
    }

    /// Changes exactly when the PDF of this job could change: its data, its pictures, and what `fingerprint` stands for.
    pub fn key(&self, fingerprint: &blake3::Hash, job: &Job) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(fingerprint.as_bytes());
        let whole =
            json!([job.template, job.paper, job.file.ending(), job.title, job.lang, job.date, job.id, job.address]);
        hasher.update(whole.to_string().as_bytes());
        hasher.update(job.source.as_bytes());
        for problem in &job.problems {
            hasher.update(problem.to_string().as_bytes());
        }
        hasher.update(job.data.to_string().as_bytes());
        each_picture(&job.data, &mut |src| {
            hasher.update(&self.picture(src).unwrap_or_default());
        });
        hasher.finalize().to_hex().to_string()
    }

    /// A picture below one of the folders of pictures, without its metadata: a PDF holds its pictures as they are.
    pub fn picture(&self, src: &str) -> Option<Vec<u8>> {
        let inside = !src.is_empty() && Path::new(src).components().all(|part| matches!(part, Component::Normal(_)));
        let mut folders = self.media.iter().filter(|_| inside);
        let bytes =
            folders.find_map(|portal| Reader::new(portal, Limits::default()).bytes(&format!("content/{src}")).ok())?;
        Some(media::clean(src, bytes)?.bytes)
    }
}

/// Adds the files of a folder with one of the endings. A folder that does not exist adds nothing.
fn read_folder(
    reader: &Reader<'_>,
    folder: &str,
    endings: &[&str],
    into: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), Problem> {
    let mut found = Vec::new();
    let files = reader.files(folder, PassOver::Dots, &mut found);
    if let Some(found) = found.into_iter().find(Diagnostic::is_error) {
        return Err(Problem::error("handout-file", found.file, found.message.th, found.message.en));
    }
    let fits = |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending));
    for name in files.into_iter().map(|f| f.path).filter(|name| !name.contains('/') && fits(name)) {
        let bytes = reader.bytes(&format!("{folder}/{name}")).map_err(|why| {
            let (th, en) = (format!("อ่านไฟล์ไม่ได้: {why}"), format!("this file cannot be read: {why}"));
            Problem::error("handout-file", format!("{folder}/{name}"), th, en)
        })?;
        into.insert(name, bytes);
    }
    Ok(())
}
