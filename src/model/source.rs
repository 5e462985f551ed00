//! Source files and positions in them.

use super::{Facts, Text};
use crate::text::width::display_width;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Index of a file in [`Portal::sources`](super::Portal::sources).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// A byte range in a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
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
    pub facts: Option<Arc<Facts>>,
}

impl SourceFile {
    /// A file with its text.
    pub fn new(path: impl Into<String>, text: impl Into<Text>) -> SourceFile {
        SourceFile { path: path.into(), text: text.into(), facts: None }
    }

    /// Line and column of a byte offset, both from 1; the column counts characters that take a place
    /// of their own (combining Thai marks do not).
    pub fn line_col(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let before = &self.text.as_bytes()[..offset];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let column = display_width(&String::from_utf8_lossy(&before[start..])) + 1;
        (line, column)
    }

    /// The line that holds `offset`, without its end, and the offset where it starts.
    pub fn line_at(&self, offset: usize) -> (&str, usize) {
        let offset = offset.min(self.text.len());
        let bytes = self.text.as_bytes();
        let start = bytes[..offset].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
        let end = bytes[offset..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |i| offset + i);
        (self.text[start..end].trim_end_matches('\r'), start)
    }
}
