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

    /// The line that holds `offset`, without its end, and the offset where it starts.
    pub fn line_at(&self, offset: usize) -> (&str, usize) {
        let place = self.places.before(&self.text, offset.min(self.text.len()));
        let rest = &self.text[place.start..];
        let end = rest.find('\n').unwrap_or(rest.len());
        (rest[..end].trim_end_matches('\r'), place.start)
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
    fn a_hundred_thousand_places_cost_little() {
        for text in ["line:\n".repeat(100_000), "เด็กชาย".repeat(60_000)] {
            let source = SourceFile::new("a.md", text.as_str());
            let started = std::time::Instant::now();
            (0..100_000).for_each(|i| assert!(source.line_col(i * 5).0 > 0));
            assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
        }
    }
}
