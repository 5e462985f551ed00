//! Diagnostics: what is wrong, where, and what to do, in Thai and English.
//!
//! A [`Diagnostic`] carries everything that a message shows, so that printing needs no other data.
//! [`codes`] lists every code with its severity and explanation; [`print`](mod@print) writes them out.

pub(crate) mod codes;
pub(crate) mod print;

pub use codes::{Code, Severity};

use crate::model::{Label, SourceFile, Span};
use crate::text::personal;
use serde::Serialize;
use std::borrow::Cow;

/// A finding about the portal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: Code,
    /// How bad it is here.
    pub severity: Severity,
    /// File, relative to the portal's folder; empty where there is none.
    pub file: String,
    /// Line from 1; 0 where there is no position.
    pub line: usize,
    /// Column from 1, counted in characters that take a place of their own.
    pub column: usize,
    /// Message.
    pub message: Label,
    /// What to do about it.
    pub hint: Option<Label>,
    /// The source line and the part of it that is meant.
    pub excerpt: Option<Excerpt>,
}

/// A line of source with the marked part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Excerpt {
    /// The line, shortened around the mark where it is long.
    pub text: String,
    /// First marked byte in `text`.
    pub start: usize,
    /// Byte after the last marked one.
    pub end: usize,
}

impl Diagnostic {
    /// A finding about a whole file or about no file at all (empty `file`).
    pub fn new(code: Code, file: impl Into<String>, th: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity(),
            file: file.into(),
            line: 0,
            column: 0,
            message: Label::new(masked(th), masked(en)),
            hint: None,
            excerpt: None,
        }
    }

    /// A finding at a place in a source file.
    pub fn at(code: Code, source: &SourceFile, span: Span, th: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        let (line, column) = source.line_col(span.start as usize);
        Diagnostic { line, column, excerpt: Some(excerpt(source, span)), ..Diagnostic::new(code, &source.path, th, en) }
    }

    /// Covers the marked part of the source line: what is meant must not spread with the message.
    pub fn covered(mut self) -> Diagnostic {
        if let Some(excerpt) = &mut self.excerpt {
            let mut text = excerpt.text[..excerpt.start].to_string();
            personal::cover(&excerpt.text[excerpt.start..excerpt.end], &mut text);
            let end = text.len();
            text.push_str(&excerpt.text[excerpt.end..]);
            (excerpt.text, excerpt.end) = (text, end);
        }
        self
    }

    /// Adds a hint.
    pub fn hint(mut self, th: impl Into<String>, en: impl Into<String>) -> Diagnostic {
        self.hint = Some(Label::new(masked(th), masked(en)));
        self
    }

    /// Adds a hint where there is one.
    pub fn maybe_hint(self, hint: Option<Label>) -> Diagnostic {
        match hint {
            Some(hint) => self.hint(hint.th, hint.en),
            None => self,
        }
    }

    /// Sets another severity than the code's own.
    pub fn severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
        self
    }

    /// Whether it stops a build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// A text of a message: what it quotes of the content must not spread personal data. Quotations are looked at alone as
/// well: the words of the message around a number (`รหัส “…”`) say nothing about it.
fn masked(text: impl Into<String>) -> String {
    let text: String = text.into().split_inclusive(['“', '”', '`']).map(personal::mask).collect();
    match personal::mask(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(masked) => masked,
    }
}

/// Greatest number of characters of a shown source line.
const EXCERPT_CHARS: usize = 100;

fn excerpt(source: &SourceFile, span: Span) -> Excerpt {
    let (line, line_start) = source.line_at(span.start as usize);
    let mut start = (span.start as usize).saturating_sub(line_start).min(line.len());
    let mut end = (span.end as usize).saturating_sub(line_start).clamp(start, line.len());
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    while !line.is_char_boundary(end) {
        end += 1;
    }
    let from = line[..start].char_indices().rev().take(EXCERPT_CHARS / 2).last().map_or(start, |(i, _)| i);
    let to = line[start..].char_indices().nth(EXCERPT_CHARS / 2).map_or(line.len(), |(i, _)| start + i);
    let (lead, tail) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
    let end = end.min(to);
    let covered = covered_line(line, from, to);
    let part = |from: usize, to: usize| covered.iter().filter(move |(at, _)| *at >= from && *at < to).map(|(_, c)| *c);
    let before: String = part(from, start).collect();
    let marked: String = part(start, end).collect();
    let after: String = part(end, to).collect();
    let start = lead.len() + before.len();
    let end = start + marked.len();
    Excerpt { text: format!("{lead}{before}{marked}{after}{tail}"), start, end }
}

/// The characters of a part of a line, personal data covered. A number that the part would cut in two is read whole.
fn covered_line(line: &str, from: usize, to: usize) -> Vec<(usize, char)> {
    let wide_from = line[..from].char_indices().rev().take(EXCERPT_CHARS).last().map_or(from, |(i, _)| i);
    let wide_to = line[to..].char_indices().nth(EXCERPT_CHARS).map_or(line.len(), |(i, _)| to + i);
    let finds = personal::search(&line[wide_from..wide_to]);
    let is_covered = |at: usize| finds.iter().any(|f| f.range.contains(&(at - wide_from)));
    line[from..to]
        .char_indices()
        .map(|(at, c)| (from + at, c))
        .filter_map(|(at, c)| if is_covered(at) { personal::covered(c).map(|c| (at, c)) } else { Some((at, c)) })
        .collect()
}

/// Puts diagnostics in their printed order: by file, line, column, code; exact repetitions fall out.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.file, a.line, a.column, a.code.id(), &a.message.en).cmp(&(
            &b.file,
            b.line,
            b.column,
            b.code.id(),
            &b.message.en,
        ))
    });
    diagnostics.dedup();
}

/// A draft may lack what a published page must have: nothing of it is published, so it does not hold up the rest.
pub(crate) fn tolerate_unfinished(found: &mut [Diagnostic]) {
    for finding in found {
        if matches!(finding.code, Code::MissingField | Code::MissingSection | Code::MissingAlt) {
            finding.severity = Severity::Note;
        }
    }
}

/// The known name nearest to a mistyped one, if it is near enough to be meant.
pub(crate) fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let (letters, length) = letters(&wrong);
    known
        .into_iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            let (own, own_length) = self::letters(&lower);
            let most = 1 + own_length.min(length) / 4;
            // Letters that only one of the two has cost an edit each: most names need no closer look.
            if own_length.abs_diff(length) > most || differing(&letters, &own) > most {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&wrong, &lower);
            (distance <= most).then_some((distance, name))
        })
        .min_by_key(|(distance, name)| (*distance, name.to_string()))
        .map(|(_, name)| name)
}

/// How often letters occur, in 64 classes, and how many there are.
fn letters(text: &str) -> ([u8; 64], usize) {
    let (mut counts, mut length) = ([0u8; 64], 0);
    for c in text.chars() {
        let class = &mut counts[c as usize % 64];
        *class = class.saturating_add(1);
        length += 1;
    }
    (counts, length)
}

/// Edits that two texts are apart at least: a changed letter takes one away and adds one.
fn differing(a: &[u8; 64], b: &[u8; 64]) -> usize {
    let surplus =
        |x: &[u8; 64], y: &[u8; 64]| -> usize { x.iter().zip(y).map(|(x, y)| usize::from(x.saturating_sub(*y))).sum() };
    surplus(a, b).max(surplus(b, a))
}

/// A hint that names the nearest known name.
pub(crate) fn nearest_hint<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Label> {
    nearest(wrong, known).map(|name| Label::new(format!("หมายถึง “{name}” ใช่หรือไม่"), format!("did you mean “{name}”?")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_thai_marks_as_part_of_their_consonant() {
        let source = SourceFile::new("a.md", "title = 1\nที่นี่ผิด");
        let offset = source.text.find("ผิด").unwrap();
        let d = Diagnostic::at(Code::WrongType, &source, Span::new(offset, offset + 9), "ก", "a");
        assert_eq!((d.line, d.column), (2, 3));
        let excerpt = d.excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "ผิด");
    }

    #[test]
    fn long_lines_are_shortened_around_the_mark() {
        let text = format!("{}ตรงนี้{}", "ก".repeat(300), "ข".repeat(300));
        let source = SourceFile::new("a.md", text.as_str());
        let d = Diagnostic::at(Code::WrongType, &source, Span::new(900, 918), "", "");
        let excerpt = d.excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "ตรงนี้");
        assert!(excerpt.text.chars().count() <= EXCERPT_CHARS + 2);
    }

    #[test]
    fn what_a_message_quotes_is_covered_whatever_it_says_around() {
        let d = Diagnostic::new(Code::UnknownReference, "", "ไม่มีหน้ารหัส “1101700230708”", "no `1101700230708`")
            .maybe_hint(Some(Label::new("ลองใช้ “081-234-5678”", "try `081-234-5678`")));
        let told = format!("{:?} {:?}", d.message, d.hint);
        assert!(!told.contains("1101700230708") && !told.contains("5678"), "{told}");
    }

    #[test]
    fn nearest_name_is_found_only_when_near() {
        assert_eq!(nearest("componant", ["component", "network"]), Some("component"));
        assert_eq!(nearest("xyz", ["component", "network"]), None);
        assert_eq!(nearest("ab", ["ba"]), Some("ba"));
        assert_eq!(nearest("โรงเรียนบ้านดอย", ["โรงเรียนบ้านดอน", "โรงเรียนวัดดอย"]), Some("โรงเรียนบ้านดอน"));
    }
}
