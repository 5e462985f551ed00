//! The typesetter: Typst compiled into the program, fed from memory.
//!
//! A [`Typesetter`] is made once and shared between threads; [`Typesetter::render`] makes one PDF. Files in reading order conform to
//! PDF/A-2a and PDF/UA-1; imposed sheets are for the printer, untagged, and conform to neither.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::visualize::{ExchangeFormat, RasterImage};
use typst::{Library, LibraryExt};

use super::assets::PdfAssets;
use super::job::Problem;
use super::lines::LineBreaker;
use super::{fonts, pictures, template_functions, template_texts, template_words};

/// Most marked texts held at once.
const MOST_MARKS: usize = 20_000;

/// Compiled templates, fonts and word lists, ready for any number of jobs.
pub struct Typesetter {
    pub(super) library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    pub(super) sources: HashMap<FileId, Source>,
    pub(super) files: HashMap<FileId, Bytes>,
    pub(super) data_id: FileId,
    covered: Vec<bool>,
    pub(super) mains: BTreeMap<String, FileId>,
    pub(super) breaker: LineBreaker,
    pub(super) assets: PdfAssets,
    words: template_words::Words,
    pictures: Mutex<HashMap<String, Option<Bytes>>>,
    marks: Mutex<HashMap<String, String>>,
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").field("templates", &self.mains.keys()).field("fonts", &self.fonts.len()).finish()
    }
}

impl Typesetter {
    /// Reads templates and fonts.
    ///
    /// # Errors
    /// A font file that is no font, assets without Sarabun, a template that is not UTF-8.
    pub fn new(assets: PdfAssets) -> Result<Self, Problem> {
        let (fonts, book) = fonts::of(&assets)?;
        let chars = fonts::covered(&fonts);
        let mut covered = vec![false; chars.last().map_or(0, |last| *last as usize + 1)];
        chars.into_iter().for_each(|c| covered[c as usize] = true);
        let breaker = LineBreaker::new(&assets.words)?;
        let (mut sources, mut files, mut mains) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        for (name, bytes) in &assets.templates {
            let Some(id) = file_id(&format!("/handout/{name}")) else {
                continue;
            };
            match name.strip_suffix(".typ") {
                Some(stem) => {
                    let text = std::str::from_utf8(bytes).map_err(|_| {
                        Problem::error(
                            "handout-template",
                            format!("handout/{name}"),
                            "แม่แบบไม่ได้เข้ารหัสแบบ UTF-8",
                            "this template is not UTF-8",
                        )
                    })?;
                    sources.insert(id, Source::new(id, template_texts::marked(text, &|text| breaker.mark(text))));
                    mains.insert(stem.to_owned(), id);
                }
                None => {
                    files.insert(id, Bytes::new(bytes.clone()));
                }
            }
        }
        let Some(data_id) = file_id("/data.json") else {
            return Err(Problem::error("handout-template", "data.json", "เปิดข้อมูลไม่ได้", "the data cannot be opened"));
        };
        let mut library = Library::default();
        template_functions::define(&mut library);
        Ok(Self {
            library: LazyHash::new(library),
            book: LazyHash::new(book),
            fonts,
            sources,
            files,
            data_id,
            covered,
            mains,
            breaker,
            words: template_words::of(&assets),
            assets,
            pictures: Mutex::default(),
            marks: Mutex::default(),
        })
    }

    /// Whether a template or a file that it imports names a word.
    pub(super) fn names(&self, template: &str, word: &str) -> bool {
        self.words.get(template).is_some_and(|words| words.contains(word))
    }

    /// Whether a font holds a character.
    pub(super) fn covers(&self, c: char) -> bool {
        self.covered.get(c as usize).copied().unwrap_or_default()
    }

    /// A text with its line ends marked; each text is read once.
    pub(super) fn marked(&self, text: &str) -> String {
        let known = lock(&self.marks).get(text).cloned();
        known.unwrap_or_else(|| {
            let marked = self.breaker.mark(text);
            let mut marks = lock(&self.marks);
            if marks.len() > MOST_MARKS {
                marks.clear();
            }
            marks.insert(text.to_owned(), marked.clone());
            marked
        })
    }

    /// A picture below one of the folders of assets, where the typesetter can set it.
    pub(super) fn picture(&self, src: &str) -> Option<Bytes> {
        let whole = |bytes: &Bytes| {
            ExchangeFormat::detect(bytes).is_none_or(|format| RasterImage::plain(bytes.clone(), format).is_ok())
        };
        let read = || pictures::printable(src, self.assets.picture(src)?).map(Bytes::new).filter(whole);
        lock(&self.pictures).entry(src.to_owned()).or_insert_with(read).clone()
    }
}

/// The guarded value, also after a panic elsewhere: these are caches only.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The id of a path in the project, or `None` for a path that leaves it.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}
