//! Lines and columns of byte offsets: the text is read once, each question costs little.

use crate::text::width::display_width;
use std::sync::{Arc, OnceLock};

/// Bytes of a line between two known places: what has to be read to find a column.
const STRIDE: usize = 1024;

/// A place whose line and column are known: the start of a line, or one further on in a long line.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Byte offset.
    pub offset: usize,
    /// Line from 1.
    pub line: usize,
    /// Columns of the line before it.
    pub columns: usize,
    /// Byte offset of the start of the line.
    pub start: usize,
}

/// The known places of a text, found when they are first asked for; clones made later share them.
#[derive(Debug, Clone, Default)]
pub struct Places(OnceLock<Arc<[Place]>>);

impl Places {
    /// The last known place at or before a byte offset of `text`, which is the same text at every call.
    pub fn before(&self, text: &str, offset: usize) -> Place {
        let places = self.0.get_or_init(|| find(text));
        places[places.partition_point(|p| p.offset <= offset).max(1) - 1]
    }
}

fn find(text: &str) -> Arc<[Place]> {
    let mut places = Vec::new();
    let mut start = 0;
    for (number, line) in text.split('\n').enumerate() {
        let mut last = Place { offset: start, line: number + 1, columns: 0, start };
        places.push(last);
        while start + line.len() - last.offset > STRIDE {
            let mut next = last.offset + STRIDE;
            while !text.is_char_boundary(next) {
                next -= 1;
            }
            let columns = last.columns + display_width(&text[last.offset..next]);
            last = Place { offset: next, columns, ..last };
            places.push(last);
        }
        start += line.len() + 1;
    }
    places.into()
}
