//! The press: Typst compiled into the program, fed from memory.
//!
//! A [`Press`] is made once and shared between threads; [`Press::render`] makes one PDF. Files in reading order conform to
//! PDF/A-2a and PDF/UA-1; imposed sheets are for the printer, untagged, and conform to neither.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;

use serde_json::json;
use typst::foundations::Bytes;
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::visualize::{ExchangeFormat, RasterImage};
use typst::{Library, LibraryExt};
use typst_pdf::{PdfStandard, PdfStandards};

use super::job::{Job, Pdf, Problem};
use super::kit::Kit;
use super::lines::{Keeper, WEAK};
use super::world::{Sheet, file_id};
use super::{fill, fonts, impose, pictures, typeset};

/// Most marked texts held at once.
const MOST_MARKS: usize = 20_000;

/// Stack of a thread that typesets.
const STACK: usize = 64 << 20;

/// Compiled templates, fonts and word lists, ready for any number of jobs.
pub struct Press {
    pub(super) library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    pub(super) sources: HashMap<FileId, Source>,
    pub(super) files: HashMap<FileId, Bytes>,
    pub(super) data_id: FileId,
    pub(super) covered: BTreeSet<char>,
    mains: BTreeMap<String, FileId>,
    keeper: Keeper,
    kit: Kit,
    pictures: Mutex<HashMap<String, Option<Bytes>>>,
    marks: Mutex<HashMap<String, String>>,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press").field("templates", &self.mains.keys()).field("fonts", &self.fonts.len()).finish()
    }
}

impl Press {
    /// Reads templates and fonts.
    ///
    /// # Errors
    /// A font file that is no font, a kit without Sarabun, a template that is not UTF-8.
    pub fn new(kit: Kit) -> Result<Self, Problem> {
        let (fonts, book) = fonts::of(&kit)?;
        let covered = fonts::covered(&fonts);
        let keeper = Keeper::new(&kit.words)?;
        let (mut sources, mut files, mut mains) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        for (name, bytes) in &kit.templates {
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
                    // The words of the templates themselves may end lines too.
                    sources.insert(id, Source::new(id, keeper.mark(text).replace(WEAK, "")));
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
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            sources,
            files,
            data_id,
            covered,
            mains,
            keeper,
            kit,
            pictures: Mutex::default(),
            marks: Mutex::default(),
        })
    }

    /// Makes the PDF of a job. May be called from any number of threads at once.
    ///
    /// # Errors
    /// Everything that prevented it. No half-made file is ever returned.
    pub fn render(&self, job: &Job) -> Result<Pdf, Vec<Problem>> {
        // Typst nests deeply and splits its work over rayon: it gets a thread with a large stack that is its own pool, so
        // that a caller's workers neither overflow nor wait for each other.
        let work = || {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
            match pool {
                Ok(pool) => pool.install(|| self.render_here(job)),
                Err(_) => self.render_here(job),
            }
        };
        let done = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            match thread {
                Ok(thread) => thread.join().map_err(|_| internal(job, "the typesetter stopped")),
                Err(why) => Err(internal(job, &why.to_string())),
            }
        });
        done.unwrap_or_else(|problem| Err(vec![problem]))
    }

    /// The work of [`Press::render`] on the current thread.
    fn render_here(&self, job: &Job) -> Result<Pdf, Vec<Problem>> {
        let Some(&main) = self.mains.get(&job.template) else {
            let known: Vec<&str> = self.mains.keys().map(String::as_str).collect();
            return Err(vec![Problem::error(
                "handout-template",
                &job.source,
                format!("ไม่มีแม่แบบ handout/{}.typ", job.template),
                format!("there is no template handout/{}.typ; there are {}", job.template, known.join(", ")),
            )]);
        };
        let mut problems = job.problems.clone();
        let data = fill::data(self, job, &mut problems);
        let sheet = Sheet { press: self, main, data: Bytes::new(data.to_string().into_bytes()), extra: vec![] };
        // The pages of imposed sheets are for the printer: no standard asks anything of them.
        let asked: &[PdfStandard] = if job.paper.imposed() { &[] } else { &[PdfStandard::A_2a, PdfStandard::Ua_1] };
        let standards = PdfStandards::new(asked).map_err(|why| vec![internal(job, why.message())])?;
        let (mut bytes, mut pages) = typeset::print(job, &sheet, standards, &mut problems)?;
        if job.paper.imposed() {
            (bytes, pages) = self.impose(job, bytes, pages, &mut problems)?;
        }
        Ok(Pdf { bytes, pages, problems })
    }

    /// Puts finished pages on sheets, two a side.
    fn impose(
        &self,
        job: &Job,
        flat: Vec<u8>,
        pages: usize,
        problems: &mut Vec<Problem>,
    ) -> Result<(Vec<u8>, usize), Vec<Problem>> {
        let (Some(&main), Some(id)) = (self.mains.get("impose"), file_id("/pages.pdf")) else {
            return Err(vec![internal(job, "handout/impose.typ")]);
        };
        let sides: Vec<[Option<usize>; 2]> =
            impose::sides(pages).into_iter().map(|(left, right)| [left, right]).collect();
        let data = json!({ "sides": sides, "paper": job.paper.name(), "title": job.title, "lang": job.lang,
            "date": { "year": job.date.year, "month": job.date.month, "day": job.date.day } });
        let sheet = Sheet {
            press: self,
            main,
            data: Bytes::new(data.to_string().into_bytes()),
            extra: vec![(id, Bytes::new(flat))],
        };
        typeset::print(job, &sheet, PdfStandards::default(), problems)
    }

    /// A text with its line ends marked; each text is read once.
    pub(super) fn marked(&self, text: &str) -> String {
        let known = lock(&self.marks).get(text).cloned();
        known.unwrap_or_else(|| {
            let marked = self.keeper.mark(text);
            let mut marks = lock(&self.marks);
            if marks.len() > MOST_MARKS {
                marks.clear();
            }
            marks.insert(text.to_owned(), marked.clone());
            marked
        })
    }

    /// A picture below one of the kit's folders, where the typesetter can set it.
    pub(super) fn picture(&self, src: &str) -> Option<Bytes> {
        let whole = |bytes: &Bytes| {
            ExchangeFormat::detect(bytes).is_none_or(|format| RasterImage::plain(bytes.clone(), format).is_ok())
        };
        let read = || pictures::printable(src, self.kit.picture(src)?).map(Bytes::new).filter(whole);
        lock(&self.pictures).entry(src.to_owned()).or_insert_with(read).clone()
    }
}

/// The guarded value, also after a panic elsewhere: these are caches only.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn internal(job: &Job, what: &str) -> Problem {
    Problem::error("handout-typst", &job.source, format!("พิมพ์ไม่ได้: {what}"), format!("cannot be printed: {what}"))
}
