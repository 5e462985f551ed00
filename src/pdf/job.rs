//! What goes into the typesetter and what comes out: jobs, papers, dates, problems.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

pub use crate::model::product::{FileKind, Paper};

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
    /// What kind of file it becomes.
    pub file: FileKind,
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

/// A finished file.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Number of pages (of sheet sides, when imposed; of slides). A file for a word processor has none.
    pub pages: usize,
    /// Things that a reader of the build log should know; the file is valid all the same.
    pub problems: Vec<Problem>,
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
