//! What goes into the typesetter and what comes out: jobs, papers, dates, problems.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

/// One PDF to be made.
#[derive(Debug, Clone)]
pub struct Job {
    /// Stem of the template: `innovation` is set with `handout/innovation.typ`.
    pub template: String,
    /// The page context, the same that HTML templates get; never holds Typst markup.
    pub data: Value,
    /// Path below the output folder, for example `handouts/nw-001.pdf`.
    pub output: String,
    /// The file that its author writes, relative to the portal's folder: findings name it.
    pub source: String,
    /// What was found while the data was gathered; it goes with the PDF.
    pub problems: Vec<Problem>,
    /// Size and order of the pages.
    pub paper: Paper,
    /// Document title (PDF metadata; required by PDF/UA).
    pub title: String,
    /// Language of the text, `th` or `en`.
    pub lang: String,
    /// Date of the content: the only date in the file.
    pub date: Date,
    /// Stable identifier; the PDF's own identifier is derived from it.
    pub id: String,
    /// Full address of the page that the sheet stands for; the QR code holds it. Empty: no code is printed.
    pub address: String,
}

/// A finished PDF.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages (of sheet sides, when imposed).
    pub pages: usize,
    /// Things that a reader of the build log should know; the file is valid all the same.
    pub problems: Vec<Problem>,
}

/// Size and order of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// A4 pages in reading order.
    A4,
    /// A5 pages in reading order.
    A5,
    /// One A3 sheet (posters).
    A3,
    /// 16:9 slides.
    Slides,
    /// A5 pages, two on each side of an A4 sheet, to be folded.
    A5Booklet,
    /// A4 pages, two on each side of an A3 sheet, to be folded.
    A4Booklet,
}

impl Paper {
    /// Name on the command line, in `portal.toml` and in template data.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::A3 => "a3",
            Self::Slides => "slides",
            Self::A5Booklet => "a5-booklet",
            Self::A4Booklet => "a4-booklet",
        }
    }

    /// The paper of the pages themselves: imposed papers are set on their page first.
    pub fn page(self) -> Self {
        match self {
            Self::A5Booklet => Self::A5,
            Self::A4Booklet => Self::A4,
            other => other,
        }
    }

    /// Whether pages are put on sheets in booklet order.
    pub fn imposed(self) -> bool {
        self != self.page()
    }
}

impl Paper {
    /// Every paper.
    pub const ALL: [Self; 6] = [Self::A4, Self::A5, Self::A3, Self::Slides, Self::A5Booklet, Self::A4Booklet];
}

impl FromStr for Paper {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|paper| paper.name() == text)
            .ok_or_else(|| format!("unknown paper “{text}”: a4, a5, a3, slides, a5-booklet or a4-booklet"))
    }
}

/// A day of the Common Era calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Date {
    /// Common Era year.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// Reads `2023-08-15`; anything after the day is ignored.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.get(..10)?.split('-');
        let date = Self {
            year: parts.next()?.parse().ok()?,
            month: parts.next()?.parse().ok()?,
            day: parts.next()?.parse().ok()?,
        };
        ((1..=12).contains(&date.month) && (1..=31).contains(&date.day) && date.year > 1000).then_some(date)
    }
}

/// Something wrong with a handout or noteworthy about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Short stable name, for example `handout-glyph`.
    pub code: &'static str,
    /// Whether no PDF could be made.
    pub fatal: bool,
    /// The author's file, where it is known with its line (`content/a.md:12`), or the template or font in question.
    pub place: String,
    /// Message in Thai.
    pub th: String,
    /// Message in English.
    pub en: String,
}

impl Problem {
    /// A problem that prevents the PDF.
    pub fn error(code: &'static str, place: impl Into<String>, th: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, fatal: true, place: place.into(), th: th.into(), en: en.into() }
    }

    /// A problem that the PDF survives.
    pub fn warning(code: &'static str, place: impl Into<String>, th: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fatal: false, ..Self::error(code, place, th, en) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {} / {}", self.place, self.code, self.th, self.en)
    }
}
