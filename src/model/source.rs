//! Source files and positions in them.

use super::places::Places;
use super::{BodyAnalysis, Text};
use crate::text::width::display_width;
use std::sync::Arc;

/// Index of a file in [`Portal::sources`](super::Portal::sources).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub u32);

/// A byte range in a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end.max(start) as u32 }
    }

    /// The span moved by `by` bytes to the right.
    pub fn shifted(self, by: usize) -> Span {
        Span { start: self.start + by as u32, end: self.end + by as u32 }
    }
}

/// Bytes behind a place that are shown of its line at most.
const REACH: usize = 4096;

/// A text file of the portal, kept whole so that messages can show the line.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path relative to the portal's folder, with `/` on every system.
    pub path: String,
    /// The whole text (UTF-8; a byte order mark is kept out).
    pub text: Text,
    /// What the body in it says about itself, where it is known already.
    pub analysis: Option<Arc<BodyAnalysis>>,
    /// Lines and columns, once asked for.
    pub places: Places,
}

impl SourceFile {
    /// A file with its text.
    pub fn new(path: impl Into<String>, text: impl Into<Text>) -> SourceFile {
        SourceFile { path: path.into(), text: text.into(), analysis: None, places: Places::default() }
    }

    /// Line and column of a byte offset, both from 1; the column counts characters that take a place
    /// of their own (combining Thai marks do not).
    pub fn line_col(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let place = self.places.before(&self.text, offset);
        let rest = &self.text.as_bytes()[place.offset..offset];
        (place.line, place.columns + display_width(&String::from_utf8_lossy(rest)) + 1)
    }

    /// The line that holds `offset`, without its end, and the offset where it starts. Of a very long line [`REACH`]
    /// bytes behind the offset are enough: thousands of findings may stand in one.
    pub fn line_at(&self, offset: usize) -> (&str, usize) {
        let offset = offset.min(self.text.len());
        let start = self.places.before(&self.text, offset).start;
        let ahead = &self.text.as_bytes()[offset..self.text.len().min(offset + REACH)];
        let mut end = offset + ahead.iter().position(|b| *b == b'\n').unwrap_or(ahead.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        (self.text[start..end].trim_end_matches('\r'), start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_short_and_long_lines() {
        let text = format!("ที่\r\n\n{}x\nจบ", "กี่".repeat(5000));
        let source = SourceFile::new("a.md", text.as_str());
        for offset in (0..=text.len()).step_by(97).chain([0, 9, 11, 12, text.len()]) {
            let before = &text.as_bytes()[..offset];
            let line = before.iter().filter(|b| **b == b'\n').count() + 1;
            let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
            let column = display_width(&String::from_utf8_lossy(&before[start..])) + 1;
            assert_eq!(source.line_at(offset).1, start);
            // A place inside a character is that of the character or the one behind it.
            let (found_line, found_column) = source.line_col(offset);
            assert_eq!(found_line, line);
            assert!(found_column.abs_diff(column) <= 1, "{offset}: {found_column} {column}");
        }
        assert_eq!(source.line_at(0).0, "ที่");
        assert_eq!(source.line_at(text.len()), ("จบ", text.len() - 6));
    }

    #[test]
    fn of_a_long_line_the_part_around_a_place_is_read() {
        let source = SourceFile::new("a.md", "กี่".repeat(50_000));
        assert!((700..10_000).contains(&source.line_at(600).0.len()));
        assert_eq!(source.line_at(450_000 - 9).0.len(), 450_000);
    }

    #[test]
    fn a_place_is_found_from_a_known_one_near_it() {
        for text in ["line:\n".repeat(1000), "เด็กชาย".repeat(6000)] {
            let source = SourceFile::new("a.md", text.as_str());
            for offset in (0..text.len()).step_by(97) {
                assert!(offset - source.places.before(&text, offset).offset <= 1024 + 3, "{offset}");
            }
        }
    }
}
