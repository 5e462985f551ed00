//! The texts of a PDF, as far as numbers, addresses and names need it: what its pages show, by the interpreter that draws PDFs
//! elsewhere, each letter where it stands; what is said about the document, its remarks and fields; files attached to it that
//! are text. What is encrypted, attached otherwise, in hidden layers, or without letters (pages from a scanner) is unread.

use super::pdf_bounds::{Bounds, STACK, Watched, unpacked};
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{Filter, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

/// What a PDF says.
#[derive(Default)]
pub(super) struct PdfText {
    /// Its text, as far as it can be read.
    pub text: String,
    /// Whether there is more.
    pub unread: bool,
}

/// Fewer letters are no text of a page; where a picture covers half of it, that is a stamp on a scan.
const FEWEST: usize = 8;
const FEWEST_ON_PICTURE: usize = 100;
/// So many letters in a row of which the file does not say what they are could be a name.
const UNKNOWN: usize = 4;
/// So many lines and no letters: letters may be drawn.
const DRAWN: usize = 50;

/// The text of a PDF.
pub(super) fn read(bytes: &[u8]) -> PdfText {
    let unread = || PdfText { text: String::new(), unread: true };
    let Some(bounds) = Bounds::of(bytes) else { return unread() };
    // What lies deep in each other takes a stack of its own.
    std::thread::scope(|scope| {
        let reading = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || bounded(bytes, bounds));
        reading.ok().and_then(|reading| reading.join().ok()).unwrap_or_else(unread)
    })
}

/// The text of a PDF that is within the bounds.
fn bounded(bytes: &[u8], bounds: Bounds) -> PdfText {
    let mut reading = Reading { bounds, ..Reading::default() };
    // What a damaged file makes of the interpreter ends with the file, and so does one that draws without end.
    let ended = catch_unwind(AssertUnwindSafe(|| reading.whole(bytes)));
    let letters = reading.read.text.chars().filter(|c| c.is_alphanumeric()).take(FEWEST).count();
    PdfText { unread: reading.read.unread || ended.is_err() || letters < FEWEST, text: reading.read.text }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

/// Keys whose strings people read: about the document, remarks, fields of forms, texts in the place of pictures.
const KEYS: [&[u8]; 13] = [
    b"Title",
    b"Author",
    b"Subject",
    b"Keywords",
    b"Contents",
    b"V",
    b"TU",
    b"Alt",
    b"ActualText",
    b"UF",
    b"F",
    b"URI",
    b"JS",
];

/// What a drawing within a drawing costs beside a letter.
const FORM: usize = 50;

/// A PDF that is being read.
#[derive(Default)]
struct Reading {
    read: PdfText,
    /// What has been drawn: letters, lines and other steps, in all.
    steps: usize,
    page: Page,
    bounds: Bounds,
}

/// The page that is being read.
#[derive(Default)]
struct Page {
    size: f64,
    letters: usize,
    lines: usize,
    /// The greatest part of the page that a picture covers, where there is one.
    picture: Option<f64>,
    /// Drawings within drawings, and parts that are cut out.
    parts: usize,
    /// Letters in a row that are not known.
    unknown: usize,
    /// Where the last letter began and ended.
    last: Option<(Point, Point)>,
}

impl Reading {
    fn whole(&mut self, bytes: &[u8]) {
        let watched = Arc::new(Watched::new(bytes));
        let Ok(pdf) = Pdf::new(watched.clone()) else {
            self.read.unread = true;
            return;
        };
        watched.opened();
        for object in pdf.objects() {
            self.said(&object, 0);
        }
        let cache = InterpreterCache::new();
        for page in pdf.pages().iter() {
            let (width, height) = page.base_dimensions();
            self.page = Page { size: f64::from(width * height).max(1.0), ..Page::default() };
            let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
            let settings = InterpreterSettings::default();
            self.content(page);
            let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings);
            interpret_page(page, &mut context, self);
            self.read.text.push_str("\n\n");
            let covered = self.page.picture.unwrap_or(0.0);
            let fewest = if covered >= 0.5 { FEWEST_ON_PICTURE } else { FEWEST };
            let shows = self.page.picture.is_some() || self.page.lines >= DRAWN;
            // Letters that cut out a picture are not drawn.
            let content = page.page_stream();
            let lost = content.is_none() && page.raw().contains_key("Contents");
            let cuts = content.is_some_and(|content| find(content, b"7 Tr").is_some());
            self.read.unread |= shows && self.page.letters < fewest || cuts || lost;
        }
    }

    /// Ends the reading where the contents of pages, each as often as it is named, are too large.
    fn content(&mut self, page: &PdfPage<'_>) {
        /// Bytes that cost as much as a letter.
        const BYTES: usize = 20;
        if let Some(parts) = page.raw().get::<Array<'_>>("Contents") {
            let before = self.steps;
            for part in parts.iter::<Stream<'_>>() {
                self.step(1 + part.decoded().map_or(0, |content| content.len()) / BYTES);
            }
            self.steps = before;
        }
        self.step(page.page_stream().map_or(0, <[u8]>::len) / BYTES);
    }

    /// The strings of an object under [`KEYS`], the description of the document, and what is attached to it.
    fn said(&mut self, object: &Object<'_>, depth: usize) {
        const DEEPEST: usize = 16;
        self.step(1);
        if depth > DEEPEST {
            self.read.unread = true;
            return;
        }
        match object {
            Object::Dict(dict) => self.said_of(dict, depth),
            Object::Array(items) => items.raw_iter().filter_map(direct).for_each(|item| self.said(&item, depth + 1)),
            Object::Stream(stream) => {
                self.packed(stream);
                let dict = stream.dict();
                self.said_of(dict, depth);
                let kind = dict.get::<Name<'_>>("Type");
                let is = |name: &[u8]| kind.as_ref().is_some_and(|kind| kind.as_ref() == name);
                self.read.unread |= is(b"EmbeddedFile");
                if let (true, Ok(inside)) = (is(b"EmbeddedFile") || is(b"Metadata"), stream.decoded()) {
                    self.read.text.push_str(std::str::from_utf8(&inside).unwrap_or_default());
                    self.read.text.push_str("\n\n");
                }
            }
            _ => {}
        }
    }

    /// Looks at how a stream is packed: what may grow without bound ends the reading, what breaks off is told.
    fn packed(&mut self, stream: &Stream<'_>) {
        /// Most bytes of a packed stream that is written in letters.
        const LETTERS: usize = 1 << 18;
        let filters = stream.filters();
        let grows =
            |filter: &&Filter| matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
        let raw = stream.raw_data();
        let columns = columns(stream.dict());
        match (filters.first(), filters.iter().filter(grows).count()) {
            (_, 0) => {}
            (Some(Filter::FlateDecode), 1) => match unpacked(&raw, None) {
                Some(size) => {
                    self.read.unread |= size.is_err();
                    let size = size.unwrap_or_else(|size| size);
                    if self.bounds.differs(size, columns).is_none() {
                        resume_unwind(Box::new(()));
                    }
                }
                None => resume_unwind(Box::new(())),
            },
            (Some(Filter::AsciiHexDecode | Filter::Ascii85Decode), 1) if raw.len() <= LETTERS => {
                let inside = stream.decoded().map(|inside| self.bounds.take(&inside, false));
                if inside.is_ok_and(|taken| taken.is_none()) {
                    resume_unwind(Box::new(()));
                }
            }
            _ => resume_unwind(Box::new(())),
        }
    }

    fn said_of(&mut self, dict: &Dict<'_>, depth: usize) {
        // Whoever opens the file may show its layers.
        self.read.unread |= dict.contains_key("OCProperties");
        for (key, value) in dict.entries() {
            match direct(value) {
                Some(Object::String(string)) if KEYS.contains(&key.as_ref()) => {
                    let bytes = string.as_bytes();
                    match bytes.strip_prefix(b"\xfe\xff") {
                        Some(wide) => self.read.text.push_str(&encoding_rs::UTF_16BE.decode(wide).0),
                        None => self.read.text.push_str(&String::from_utf8_lossy(bytes)),
                    }
                    self.read.text.push_str("\n\n");
                }
                Some(value) => self.said(&value, depth + 1),
                None => {}
            }
        }
    }

    /// Ends what has no end: a step costs as much as so many letters.
    fn step(&mut self, cost: usize) {
        const STEPS: usize = 10_000_000;
        const TEXT: usize = 64 << 20;
        self.steps += cost;
        if self.steps > STEPS || self.read.text.len() > TEXT {
            resume_unwind(Box::new(()));
        }
    }
}

/// The length of a row of a stream whose rows are told by the one before them; none of others.
fn columns(dict: &Dict<'_>) -> Option<u64> {
    let key = ["DecodeParms", "DP"].into_iter().find(|key| dict.contains_key(*key))?;
    let all = dict.get::<Array<'_>>(key);
    let all =
        all.into_iter().flat_map(|all| all.iter::<Dict<'_>>().collect::<Vec<_>>()).chain(dict.get::<Dict<'_>>(key));
    let predicted = all.filter(|dict| dict.get::<i32>("Predictor").is_some_and(|kind| kind > 1));
    predicted.map(|dict| dict.get::<i32>("Columns").and_then(|n| u64::try_from(n).ok()).unwrap_or(1)).min()
}

/// What stands in its place itself: what is referred to comes by itself.
fn direct<'a>(value: MaybeRef<Object<'a>>) -> Option<Object<'a>> {
    match value {
        MaybeRef::NotRef(object) => Some(object),
        MaybeRef::Ref(_) => None,
    }
}

impl Page {
    /// What parts a letter from the one before it: a new line, a cell, a word or nothing. None: it is drawn once more.
    fn gap(&self, place: Affine, again: bool) -> Option<&'static str> {
        // Parts of the size of a letter: what is another line, another cell, another word, the same letter again.
        const LINE: f64 = 0.6;
        const CELL: f64 = 1.5;
        const WORD: f64 = 0.3;
        const SAME: f64 = 0.05;
        let Some((start, end)) = self.last else { return Some("") };
        let here = place * Point::ORIGIN;
        let size = (place * Point::new(0.0, EM) - here).hypot().max(1e-9);
        let along = place * Point::new(EM, 0.0) - here;
        let along = along / along.hypot().max(1e-9);
        let way = here - end;
        let (gap, off) = (way.dot(along) / size, way.cross(along).abs() / size);
        match gap {
            _ if again && (here - start).hypot() < SAME * size => None,
            gap if off > LINE || gap < -1.0 => Some("\n"),
            gap if gap > CELL => Some(" | "),
            gap if gap > WORD => Some(" "),
            _ => Some(""),
        }
    }
}

/// What the size of a letter is in its own measure.
const EM: f64 = 1000.0;

impl<'a> Device<'a> for Reading {
    fn draw_glyph(&mut self, glyph: &Glyph<'a>, all: Affine, own: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        self.step(1);
        let place = all * own;
        let (width, blank) = match glyph {
            Glyph::Outline(letter) => {
                let is_blank = letter.glyph_id().to_u32() > 0 && letter.outline().elements().is_empty();
                (letter.advance_width().unwrap_or(0.0), is_blank)
            }
            Glyph::Type3(_) => (0.0, false),
        };
        let letter = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(letters)) => letters,
            None if blank => " ".to_owned(),
            None => char::REPLACEMENT_CHARACTER.to_string(),
        };
        let Some(gap) = self.page.gap(place, self.read.text.ends_with(&letter)) else { return };
        self.page.last = Some((place * Point::ORIGIN, place * Point::new(f64::from(width), 0.0)));
        let is_known = |c: char| !c.is_control() && c != char::REPLACEMENT_CHARACTER;
        self.page.unknown = if letter.chars().all(is_known) { 0 } else { self.page.unknown + 1 };
        self.read.unread |= self.page.unknown >= UNKNOWN;
        self.page.letters += usize::from(letter.chars().any(char::is_alphanumeric));
        self.read.text.push_str(gap);
        self.read.text.push_str(&letter);
    }

    fn draw_image(&mut self, picture: Image<'a, '_>, transform: Affine) {
        self.step(FORM);
        // The interpreter says where each of its points is.
        let points = f64::from(picture.width()) * f64::from(picture.height());
        let part = transform.determinant().abs() * points / self.page.size;
        self.page.picture = Some(self.page.picture.unwrap_or(0.0).max(part));
    }

    fn draw_path(&mut self, path: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.step(1);
        self.page.lines += path.elements().len().min(DRAWN);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        /// Beyond what a page's own streams say: drawings that draw each other grow without end.
        const MORE: usize = 1_000;
        self.step(FORM);
        self.page.parts += 1;
        if self.page.parts > self.bounds.drawn + MORE {
            resume_unwind(Box::new(()));
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(FORM);
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::personal::search;

    /// A PDF of one page with two fonts: one of ASCII, and F2 whose codes only its table tells. `more` are other objects.
    fn page(content: &str, more: &str) -> Vec<u8> {
        let table = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <01> <0E14> endbfchar \
                     1 beginbfrange <10> <19> <0030> endbfrange";
        let stream =
            |dict: &str, inside: &str| format!("<< {dict} /Length {} >> stream\n{inside}\nendstream", inside.len());
        let widths = "500 ".repeat(26);
        let font = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica";
        let coded = format!("{font} /FirstChar 0 /LastChar 25 /Widths [{widths}]");
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /I 8 0 R >> \
             /Font << /F1 5 0 R /F2 6 0 R /F3 9 0 R >> >> >>"
                .to_owned(),
            stream("", content),
            format!("<< {font} >>"),
            format!("<< {coded} /ToUnicode 7 0 R >>"),
            stream("", table),
            stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "'"),
            format!("<< {coded} /Encoding << /Differences [0 /a1x /a2x /a3x /a4x /a5x] >> >>"),
            more.to_owned(),
        ];
        let mut out = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (n, object) in objects.iter().enumerate() {
            places.push(format!("{:010} 00000 n \n", out.len()));
            out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
        }
        let start = out.len();
        out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n{}", objects.len() + 1, places.concat()));
        out.push_str(&format!(
            "trailer << /Size {} /Root 1 0 R /Info 10 0 R >>\nstartxref\n{start}\n%%EOF",
            objects.len() + 1
        ));
        out.into_bytes()
    }

    fn shown(content: &str) -> PdfText {
        read(&page(&format!("BT /F1 10 Tf 50 700 Td {content} ET"), "<< >>"))
    }

    #[test]
    fn letters_are_read_through_the_font_that_draws_them() {
        let PdfText { text, unread } =
            shown("(tel 081-) Tj /F2 10 Tf (\\022) Tj <131415> Tj /F1 10 Tf (-5678 to call) Tj");
        assert!(text.contains("tel 081-2345-5678") && !unread, "{text}");
    }

    #[test]
    fn lines_cells_words_and_letters_are_told_by_their_places() {
        let one = "081-234-5678".chars().map(|c| format!("({c}) Tj 5.2 0 Td ")).collect::<String>();
        assert!(shown(&one).text.contains("081-234-5678"));
        let rows = "(tel 081-2) Tj 0 -12 Td (34-5678) Tj 90 0 Td (9) Tj";
        assert!(shown(rows).text.contains("tel 081-2\n34-5678 | 9"), "{}", shown(rows).text);
        assert!(shown("[(one) -500 (two) 20 (three)] TJ").text.contains("one twothree"));
        assert!(shown("2 Tr (twice) Tj").text.contains("twice"));
    }

    #[test]
    fn what_is_said_about_a_document_is_read() {
        let wide: String = "โทร 081 234 5678".encode_utf16().map(|unit| format!("{unit:04x}")).collect();
        let said =
            format!("<< /Author (tel. 081-234-5678) /Title <feff{wide}> /A << /Contents (tel. 081-234-5679) >> >>");
        assert_eq!(search(&read(&page("", &said)).text).len(), 3);
        let described = "<< /Type /Metadata >> stream\n<dc:title>tel. 081-234-5678</dc:title>\nendstream";
        assert_eq!(search(&read(&page("", described)).text).len(), 1);
        let attached = read(&page("", "<< /Type /EmbeddedFile >> stream\ntel. 081-234-5678\nendstream"));
        assert!(attached.unread && search(&attached.text).len() == 1);
    }

    #[test]
    fn what_is_not_read_to_its_end_is_told() {
        let words = "BT /F1 10 Tf 50 700 Td (some words of a page) Tj ET";
        let line = "0 0 m 9 9 l S ".repeat(DRAWN);
        for (content, more, unread) in [
            (words.to_owned(), "<< >>", false),
            (format!("{words} q 60 0 0 60 0 0 cm /I Do Q"), "<< >>", false),
            (format!("{words} q 600 0 0 800 0 0 cm /I Do Q"), "<< >>", true),
            ("q 60 0 0 60 0 0 cm /I Do Q".to_owned(), "<< /Title (a long enough title) >>", true),
            (line, "<< /Title (a long enough title) >>", true),
            (format!("{words} BT /F3 10 Tf 50 600 Td <0001020304> Tj ET"), "<< >>", true),
            (words.to_owned(), "<< /OCProperties << >> >>", true),
        ] {
            assert_eq!(read(&page(&content, more)).unread, unread, "{content} {more}");
        }
        // A scan has many points: they are all of the page, however small each is.
        let scan = |content: &str| {
            let one = String::from_utf8(page(content, "<< >>")).unwrap();
            read(one.replace("/Width 1 /Height 1", "/Width 9 /Height 9").as_bytes()).unread
        };
        assert!(scan(&format!("{words} q 600 0 0 800 0 0 cm /I Do Q")));
        assert!(!scan(&format!("{words} q 60 0 0 60 0 0 cm /I Do Q")));
        let packed = String::from_utf8(page(words, "<< >>")).unwrap();
        for filter in [
            "[/FlateDecode /FlateDecode]",
            "/FlateDecode",
            "/LZWDecode",
            "/L#5aWDecode",
            "[/RunLengthDecode]",
            "[/ASCII85Decode /LZWDecode]",
        ] {
            let filtered = packed.replace("<< /Type /XObject", &format!("<< /Filter {filter} /Type /XObject"));
            assert!(read(filtered.as_bytes()).unread, "{filter}");
        }
        assert!(read(b"no PDF").unread);
    }

    #[test]
    fn drawings_within_drawings_end() {
        let started = std::time::Instant::now();
        let more = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >> /Length 50 >> stream\n\
                    /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do \nendstream";
        let bytes = String::from_utf8(page("/I Do", more)).unwrap().replace("/I 8 0 R", "/I 10 0 R");
        assert!(read(bytes.as_bytes()).unread);
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }

    /// A stack, a memory or hours are not taken by a small file.
    #[test]
    fn what_lies_without_bound_in_itself_is_told() {
        let started = std::time::Instant::now();
        for deep in ["[", "<<", "<</A", "q ", "[(])", "[%]\n", "BI ID ( EI [", "([", "[<5d>"] {
            let many = deep.repeat(300_000);
            assert!(read(&page(&many, "<< >>")).unread, "content {deep}");
            let object = format!("{many} endobj");
            if deep != "q " && !deep.starts_with("BI") {
                assert!(read(&page("BT /F1 10 Tf 50 700 Td (some words of a page) Tj ET", &object)).unread, "{deep}");
            }
        }
        let tree: String =
            (20..40_000).map(|n| format!("{n} 0 obj << /Type /Pages /Kids [{} 0 R] >> endobj\n", n + 1)).collect();
        assert!(
            read(
                format!("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 20 0 R >> endobj\n{tree}trailer << /Root 1 0 R >>")
                    .as_bytes()
            )
            .unread
        );
        let form = |n: usize| {
            format!(
                "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >> /Length 50 >> stream\n\
                 {}\nendstream endobj {} 0 obj ",
                n + 1,
                "/X Do ".repeat(8),
                n + 1
            )
        };
        let forms: String = (10..24).map(form).collect();
        let bytes =
            String::from_utf8(page("/I Do", &format!("{forms} << >>"))).unwrap().replace("/I 8 0 R", "/I 10 0 R");
        assert!(read(bytes.as_bytes()).unread);
        // Many arrays beside each other are a text.
        let rows = "[(some) -200 (words)] TJ 0 -1 Td ".repeat(120_000);
        assert!(!shown(&rows).unread);
        assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
    }

    /// Pages, their parts and rows of tables may be named again and again: that ends too.
    #[test]
    fn what_is_named_without_bound_is_told() {
        use std::io::Write;
        let started = std::time::Instant::now();
        let words = "BT /F1 10 Tf 50 700 Td (some words of a page) Tj ET ";
        let of = |content: &str| String::from_utf8(page(content, "<< >>")).unwrap();
        let again = |what: &str, times: usize| format!("[{}]", format!("{what} ").repeat(times));
        let parts = |content: &str, times| {
            of(content).replace("/Contents 4 0 R", &format!("/Contents {}", again("4 0 R", times)))
        };
        let pages =
            |content: &str, times| of(content).replace("/Kids [3 0 R]", &format!("/Kids {}", again("3 0 R", times)));
        let large = format!("{words}{}", "0 0 m ".repeat(100_000));
        assert!(read(parts(&large, 1_000).as_bytes()).unread);
        assert!(read(pages(&large, 1_000).as_bytes()).unread);
        for few in [parts(words, 20), pages(words, 20)] {
            let shown = read(few.as_bytes());
            assert!(!shown.unread && shown.text.contains("some words of a page"), "{}", shown.text);
        }
        let node = |n: usize| format!("{n} 0 obj << /Type /Pages /Kids [{0} 0 R {0} 0 R] >> endobj\n", n + 1);
        let leaf = "60 0 obj << /Type /Page /Contents 61 0 R >> endobj 61 0 obj << /Length 9 >> stream\n(a) Tj   \nendstream endobj\n";
        let catalog = "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 20 0 R >> endobj\n";
        let tree = format!("{catalog}{}{leaf}trailer << /Root 1 0 R >>", (20..60).map(node).collect::<String>());
        assert!(read(tree.as_bytes()).unread);
        // Tables of objects without rows, and rows that are told by the one before them.
        let packed = |dict: &str, inside: &[u8]| {
            let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            out.write_all(inside).unwrap();
            let mut object = format!("%PDF-1.7\n1 0 obj << {dict} /Filter /FlateDecode >> stream\n").into_bytes();
            object.extend(out.finish().unwrap());
            object.extend(b"\nendstream endobj\nstartxref\n9\n%%EOF");
            object
        };
        let table = "/Type /XRef /Index [0 2000000000] /Size 2000000000 /Root 2 0 R";
        for width in ["/W [0 0 0]", "/#57 [0 0 0]", "/W [0%1\n 0 0]", "/W [0.5 0 0]", "/W [1 1 1] /W [0 0 0]"] {
            assert!(read(&packed(&format!("{table} {width}"), b"")).unread, "{width}");
        }
        let rows = vec![2; 10_000_000];
        for columns in ["", "/Columns 1", "/Columns 9 0 R"] {
            let predicted = format!("{table} /W [1 2 1] /DecodeParms << /Predictor 15 {columns} >>");
            assert!(Bounds::of(&packed(&predicted, &rows)).is_none(), "{columns}");
        }
        let predicted = format!("{table} /W [1 2 1] /DecodeParms << /Predictor 12 /Columns 4 >>");
        assert!(Bounds::of(&packed(&predicted, &rows[..1_000_000])).is_some());
        assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
    }

    #[test]
    fn nothing_panics() {
        let whole = page("BT /F1 10 Tf (words) Tj ET /I Do", "<< /Title (x) >>");
        for at in (0..whole.len()).step_by(7) {
            let _ = read(&whole[..at]);
            let mut changed = whole.clone();
            changed[at] = b'<';
            let _ = read(&changed);
        }
    }
}
