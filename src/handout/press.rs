//! The press: Typst compiled into the program, fed from memory.
//!
//! A [`Press`] is made once and shared between threads; [`Press::render`] makes one PDF. Files in reading order conform to
//! PDF/A-2a and PDF/UA-1; imposed sheets embed the pages of such a file and conform to neither.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::layout::PageRanges;
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::job::{Job, Pdf, Problem};
use super::kit::Kit;
use super::lines::{Keeper, WEAK};
use super::pictures::{add_codes, clear_pictures, each_picture, is_picture};
use super::world::{Sheet, file_id, stays_inside};
use super::{compact, glyphs, impose, prepare, qr};

/// Families that a kit must hold: text and headings of the default templates.
const FAMILIES: &[&str] = &["sarabun"];

/// Most marked texts held at once.
const MOST_MARKS: usize = 20_000;

/// Documents after which unused results of the typesetter are dropped.
const EVICT_EVERY: usize = 8;

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
    mains: BTreeMap<String, FileId>,
    keeper: Keeper,
    kit: Kit,
    pictures: Mutex<HashMap<String, Option<Bytes>>>,
    marks: Mutex<HashMap<String, String>>,
    printed: AtomicUsize,
    fingerprint: blake3::Hash,
    covered: BTreeSet<char>,
}

impl std::fmt::Debug for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Press")
            .field("templates", &self.mains.keys())
            .field("fonts", &self.fonts.len())
            .finish()
    }
}

impl Press {
    /// Reads templates and fonts.
    ///
    /// # Errors
    /// A font file that is no font, a kit without Sarabun, a template that is not UTF-8.
    pub fn new(kit: Kit) -> Result<Self, Problem> {
        let mut fonts = Vec::new();
        for (name, bytes) in &kit.fonts {
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(bytes.clone())));
            if fonts.len() == before {
                return Err(Problem::error(
                    "handout-font",
                    format!("fonts/{name}"),
                    "ไฟล์นี้ไม่ใช่แบบอักษร TTF หรือ OTF",
                    "this file is not a TTF or OTF font",
                ));
            }
        }
        let book = FontBook::from_fonts(&fonts);
        for family in FAMILIES {
            if !book.contains_family(family) {
                return Err(Problem::error(
                    "handout-font",
                    "fonts/",
                    "ไม่พบแบบอักษร Sarabun ซึ่งใบแจกทุกแบบใช้ วางไฟล์ Sarabun-*.ttf ไว้ในโฟลเดอร์ fonts ของธีม",
                    "the font Sarabun, which every handout uses, is missing; put Sarabun-*.ttf into the theme's fonts folder",
                ));
            }
        }
        let covered = covered(&fonts);
        let keeper = Keeper::new(&kit.words)?;
        let (mut sources, mut files, mut mains) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        for (name, bytes) in &kit.templates {
            let Some(id) = file_id(&format!("/handout/{name}")) else {
                continue;
            };
            match name.strip_suffix(".typ") {
                Some(stem) => {
                    let text = String::from_utf8(bytes.clone()).map_err(|_| {
                        Problem::error(
                            "handout-template",
                            format!("handout/{name}"),
                            "แม่แบบไม่ได้เข้ารหัสแบบ UTF-8",
                            "this template is not UTF-8",
                        )
                    })?;
                    // The words of the templates themselves may end lines too.
                    sources.insert(id, Source::new(id, keeper.mark(&text).replace(WEAK, "")));
                    mains.insert(stem.to_owned(), id);
                }
                None => {
                    files.insert(id, Bytes::new(bytes.clone()));
                }
            }
        }
        let Some(data_id) = file_id("/data.json") else {
            return Err(Problem::error(
                "handout-template",
                "data.json",
                "เปิดข้อมูลไม่ได้",
                "the data cannot be opened",
            ));
        };
        let fingerprint = kit.fingerprint();
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            sources,
            files,
            data_id,
            mains,
            keeper,
            kit,
            pictures: Mutex::default(),
            marks: Mutex::default(),
            printed: AtomicUsize::new(0),
            fingerprint,
            covered,
        })
    }

    /// Changes exactly when the PDF of this job could change: data, templates, fonts, words, pictures, program version.
    pub fn key(&self, job: &Job) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.fingerprint.as_bytes());
        let whole = json!([
            job.template,
            job.data,
            job.paper,
            job.title,
            job.lang,
            job.date,
            job.id,
            job.address
        ]);
        hasher.update(whole.to_string().as_bytes());
        each_picture(&job.data, &mut |src| {
            if let Some(bytes) = self.picture(src) {
                hasher.update(&bytes);
            }
        });
        hasher.finalize().to_hex().to_string()
    }

    /// Makes the PDF of a job. May be called from any number of threads at once.
    ///
    /// # Errors
    /// Everything that prevented it. No half-made file is ever returned.
    pub fn render(&self, job: &Job) -> Result<Pdf, Vec<Problem>> {
        // Typst nests deeply and splits its work over rayon: it gets a thread with a large stack that is its own pool, so
        // that a caller's workers neither overflow nor wait for each other.
        let work = || {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(1)
                .use_current_thread()
                .build();
            match pool {
                Ok(pool) => pool.install(|| self.render_here(job)),
                Err(_) => self.render_here(job),
            }
        };
        let done = std::thread::scope(|scope| {
            let thread = std::thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work);
            match thread {
                Ok(thread) => thread
                    .join()
                    .map_err(|_| internal(job, "the typesetter stopped")),
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
                &job.output,
                format!("ไม่มีแม่แบบ handout/{}.typ", job.template),
                format!(
                    "there is no template handout/{}.typ; there are {}",
                    job.template,
                    known.join(", ")
                ),
            )]);
        };
        let mut problems = Vec::new();
        let data = self.data(job, &mut problems);
        let sheet = Sheet {
            press: self,
            main,
            data: Bytes::new(data.to_string().into_bytes()),
            extra: vec![],
        };
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|why| vec![internal(job, why.message())])?;
        let flat = self.print(job, &sheet, standards, &mut problems)?;
        if !job.paper.imposed() {
            return Ok(Pdf {
                bytes: flat.0,
                pages: flat.1,
                problems,
            });
        }
        let (bytes, pages) = self.impose(job, flat, &mut problems)?;
        Ok(Pdf {
            bytes,
            pages,
            problems,
        })
    }

    /// A text with its line ends marked; each text is read once.
    fn marked(&self, text: &str) -> String {
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

    /// The template's data: the page context, cleaned, with what the press adds under `press`.
    fn data(&self, job: &Job, problems: &mut Vec<Problem>) -> Value {
        let mut source = job.data.clone();
        self.check_pictures(&mut source, job, problems);
        let clean = |text: &str, missing: &mut BTreeSet<char>| {
            glyphs::printable(text, &|c| self.covered.contains(&c), missing)
        };
        let mark = |text: &str| self.marked(text);
        let (mut data, missing) = prepare::data(
            &source,
            &prepare::Cleaner {
                clean: &clean,
                mark: &mark,
            },
        );
        if !missing.is_empty() {
            let list: Vec<String> = missing
                .iter()
                .map(|c| format!("{c} (U+{:04X})", u32::from(*c)))
                .collect();
            let list = list.join(", ");
            problems.push(Problem::warning(
                "handout-glyph",
                &job.output,
                format!("แบบอักษรไม่มีอักขระ {list} จึงพิมพ์เป็น {} แทน", glyphs::SUBSTITUTE),
                format!("no font holds {list}; printed as {}", glyphs::SUBSTITUTE),
            ));
        }
        let title = glyphs::printable(
            &job.title,
            &|c| self.covered.contains(&c),
            &mut BTreeSet::new(),
        );
        if let Value::Object(map) = &mut data {
            map.insert(
                "press".into(),
                json!({
                    "title": title,
                    "lang": job.lang,
                    "date": { "year": job.date.year, "month": job.date.month, "day": job.date.day },
                    "id": job.id,
                    "paper": job.paper.page().name(),
                    "address": job.address,
                    "short": qr::short(&job.address),
                }),
            );
        }
        add_codes(&mut data);
        data
    }

    /// Takes unusable pictures out (their description is printed instead) and says so.
    fn check_pictures(&self, data: &mut Value, job: &Job, problems: &mut Vec<Problem>) {
        let mut bad = BTreeSet::new();
        each_picture(data, &mut |src| {
            if !self.picture(src).is_some_and(|bytes| is_picture(&bytes)) {
                bad.insert(src.to_owned());
            }
        });
        for src in &bad {
            problems.push(Problem::warning(
                "handout-image",
                &job.output,
                format!("{src} ไม่ใช่รูปภาพ PNG, JPEG, GIF, WebP หรือ SVG หรือไม่มีไฟล์นี้ จึงพิมพ์คำบรรยายแทน"),
                format!("{src} is missing or not a PNG, JPEG, GIF, WebP or SVG picture; its description is printed instead"),
            ));
        }
        if !bad.is_empty() {
            clear_pictures(data, &bad);
        }
    }

    /// A picture below one of the kit's folders.
    pub(super) fn picture(&self, src: &str) -> Option<Bytes> {
        if !stays_inside(src) {
            return None;
        }
        let mut pictures = lock(&self.pictures);
        pictures
            .entry(src.to_owned())
            .or_insert_with(|| {
                self.kit
                    .media
                    .iter()
                    .find_map(|folder| std::fs::read(folder.join(src)).ok())
                    .map(Bytes::new)
            })
            .clone()
    }

    /// Compiles and exports.
    fn print(
        &self,
        job: &Job,
        sheet: &Sheet<'_>,
        standards: PdfStandards,
        problems: &mut Vec<Problem>,
    ) -> Result<(Vec<u8>, usize), Vec<Problem>> {
        let done = typst::compile::<PagedDocument>(sheet);
        for warning in &done.warnings {
            problems.push(told(job, sheet, warning));
        }
        let tell = |list: &[SourceDiagnostic]| {
            list.iter().map(|d| told(job, sheet, d)).collect::<Vec<_>>()
        };
        let document = done.output.map_err(|list| tell(&list))?;
        let ranges: Option<PageRanges> = None;
        let options = PdfOptions {
            ident: Smart::Custom(job.id.clone()),
            creator: Smart::Custom(Some(concat!("Sala ", env!("CARGO_PKG_VERSION")).to_owned())),
            timestamp: Datetime::from_ymd(job.date.year, job.date.month, job.date.day)
                .map(typst_pdf::Timestamp::new_utc),
            page_ranges: ranges,
            standards,
            tagged: true,
            pretty: false,
        };
        let bytes = typst_pdf::pdf(&document, &options).map_err(|list| tell(&list))?;
        if self.printed.fetch_add(1, Ordering::Relaxed) % EVICT_EVERY == EVICT_EVERY - 1 {
            comemo::evict(EVICT_EVERY);
        }
        Ok((compact::finish(bytes), document.pages().len()))
    }

    /// Puts finished pages on sheets, two a side.
    fn impose(
        &self,
        job: &Job,
        flat: (Vec<u8>, usize),
        problems: &mut Vec<Problem>,
    ) -> Result<(Vec<u8>, usize), Vec<Problem>> {
        let (Some(&main), Some(id)) = (self.mains.get("impose"), file_id("/pages.pdf")) else {
            return Err(vec![internal(job, "handout/impose.typ")]);
        };
        let sides: Vec<[Option<usize>; 2]> = impose::sides(flat.1)
            .into_iter()
            .map(|(left, right)| [left, right])
            .collect();
        let data = json!({ "sides": sides, "paper": job.paper.name(), "title": job.title, "lang": job.lang,
            "date": { "year": job.date.year, "month": job.date.month, "day": job.date.day } });
        let extra = vec![(id, Bytes::new(flat.0))];
        let sheet = Sheet {
            press: self,
            main,
            data: Bytes::new(data.to_string().into_bytes()),
            extra,
        };
        self.print(job, &sheet, PdfStandards::default(), problems)
    }
}

/// A message of Typst as a problem, with the template's line.
fn told(job: &Job, sheet: &Sheet<'_>, diagnostic: &SourceDiagnostic) -> Problem {
    let mut place = String::new();
    if let Some(id) = diagnostic.span.id() {
        place = id.get().vpath().get_without_slash().to_owned();
        if let (Some(range), Some(source)) =
            (sheet.range(diagnostic.span), sheet.press.sources.get(&id))
            && let Some(line) = source.lines().byte_to_line(range.start)
        {
            place = format!("{place}:{}", line + 1);
        }
    }
    let mut text = diagnostic.message.to_string();
    for hint in &diagnostic.hints {
        text = format!("{text}; {}", hint.v);
    }
    let error = diagnostic.severity == Severity::Error;
    let (th, en) = (
        format!("แม่แบบ {place}: {text}"),
        format!("template {place}: {text}"),
    );
    if error {
        Problem::error("handout-typst", &job.output, th, en)
    } else {
        Problem::warning("handout-typst", &job.output, th, en)
    }
}

/// The guarded value, also after a panic elsewhere: these are caches only.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn internal(job: &Job, what: &str) -> Problem {
    Problem::error(
        "handout-typst",
        &job.output,
        format!("พิมพ์ไม่ได้: {what}"),
        format!("cannot be printed: {what}"),
    )
}

/// The characters that every face of the text family holds.
fn covered(fonts: &[Font]) -> BTreeSet<char> {
    let mut sets = fonts
        .iter()
        .filter(|font| font.info().family.eq_ignore_ascii_case("sarabun"))
        .map(|font| {
            font.info()
                .coverage
                .iter()
                .filter_map(char::from_u32)
                .collect::<BTreeSet<char>>()
        });
    let first = sets.next().unwrap_or_default();
    sets.fold(first, |all, set| all.intersection(&set).copied().collect())
}
