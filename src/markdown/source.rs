//! The prepared text: what the parser gets, with the way back to the offsets of the file.
//!
//! Three changes, each of them a list of edits:
//! 1. components and shortcodes of other tools become what they hold ([`mod@components`](super::components)), and their
//!    containers block quotes ([`mod@containers`](super::containers));
//! 2. emphasis works next to Thai letters. CommonMark decides by white space and punctuation whether `**` opens or
//!    closes. Thai is written without spaces, so `**หมายเหตุ:**ข้อความ` and `คำ**(สพฐ.)**กำหนด` stay literal asterisks
//!    there. A mark that counts as a letter is put between the punctuation and the delimiter run; it is taken out of
//!    every event again, so code, addresses and escapes are never changed by it;
//! 3. what looks like a tag and is none (`<username>`, `Vec<T>`) becomes text ([`mod@tags`](super::tags)).

use std::borrow::Cow;

use super::events::{self, Parsed};
use super::prepared::{ESCAPED, Edit, MARK, Prepared, REPLACEMENT, SLOT, is_escaped};
use super::{attributes, components, containers, money, tags, wiki};

impl<'a> Prepared<'a> {
    /// Prepares a source text.
    pub(super) fn new(source: &'a str) -> Self {
        let mut prepared = Prepared::as_written(source);
        let braced = |line: &str| line.contains('{') && line.trim_end_matches(['#', ' ', '\t', '\r']).ends_with('}');
        let priced = prepared.text.matches('$').nth(1).is_some();
        if priced || prepared.text.contains("[[") || prepared.text.lines().any(braced) {
            let events = prepared.raw_events();
            let mut found = wiki::edits(&prepared.text, &events);
            found.extend(money::edits(&prepared.text, &events));
            found.extend(attributes::words_of_headings(&prepared.text, &events));
            found.sort_by_key(|(range, _)| range.start);
            prepared.change(found);
        }
        // What becomes text may make text of a block of HTML, in which more is found.
        for _ in 0..tags::ROUNDS {
            if !tags::possible(&prepared.text) {
                break;
            }
            let found = tags::edits(&prepared.text, &prepared.raw_events());
            if found.is_empty() {
                break;
            }
            prepared.change(found);
        }
        prepared
    }

    /// Prepares a source text in which tags stay tags, also those that are shown as text.
    pub(super) fn as_written(source: &'a str) -> Self {
        // All noncharacters start with this byte, which Thai and Latin text never holds.
        let rare = source.as_bytes().iter().fold(false, |found, b| found | (*b == 0xef));
        let text = if rare && source.contains([MARK, SLOT, ESCAPED]) {
            // Same length, so offsets stay true.
            Cow::Owned(source.replace([MARK, SLOT, ESCAPED], REPLACEMENT))
        } else {
            Cow::Borrowed(source)
        };
        let mut prepared = Prepared { text, maps: Vec::new(), marked: false, boxes: Vec::new() };
        prepared.take(components::edits(&prepared.text));
        prepared.take(containers::edits(&prepared.text));
        let marks: Vec<Edit> = mark_places(&prepared.text).into_iter().map(|at| (at..at, MARK_TEXT.into())).collect();
        prepared.marked = !marks.is_empty();
        prepared.change(marks);
        prepared
    }

    /// Parses the text.
    pub(super) fn parse(&self) -> Parsed<'_> {
        events::parsed(self, self.raw_events_with_escapes())
    }
}

const MARK_TEXT: &str = "\u{fdd0}";

/// Positions in `source` where a mark is needed, ascending.
fn mark_places(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut places = Vec::new();
    // Without a branch, so that the compiler looks at many bytes at once.
    let holds = |mark: u8| bytes.iter().fold(false, |found, b| found | (*b == mark));
    let (stars, tildes) = (holds(b'*'), holds(b'~'));
    let next = |from: usize| match (stars, tildes) {
        (true, false) => source[from..].find('*'),
        (false, true) => source[from..].find('~'),
        (true, true) => source[from..].find(['*', '~']),
        (false, false) => None,
    };
    let mut at = 0;
    while let Some(found) = next(at) {
        let mut start = at + found;
        let mut end = start;
        while end < bytes.len() && bytes[end] == bytes[start] {
            end += 1;
        }
        at = end;
        if is_escaped(bytes, start) {
            start += 1;
        }
        let longest = if bytes[start.min(end - 1)] == b'~' { 2 } else { 3 };
        if start == end || end - start > longest {
            continue;
        }
        let (Some(before), Some(after)) = (source[..start].chars().next_back(), source[end..].chars().next()) else {
            continue;
        };
        if is_letter(after) && is_punct(before) && !opens(before) && thai_near(after, &source[..start], end - start) {
            places.push(start);
        } else if is_letter(before) && is_punct(after) && !closes(after) && is_thai(before) {
            places.push(end);
        }
    }
    places
}

/// Closing: the letter after is Thai, or (for `**`) the emphasised text before is.
fn thai_near(after: char, before: &str, run: usize) -> bool {
    is_thai(after) || run >= 2 && before.chars().rev().find(|c| is_letter(*c)).is_some_and(is_thai)
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e50}'..='\u{e59}')
}

fn is_letter(c: char) -> bool {
    is_thai(c) || c.is_alphanumeric()
}

fn is_punct(c: char) -> bool {
    !is_letter(c) && !c.is_whitespace() && !c.is_control()
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<' | '“' | '‘' | '«' | '|' | '\\')
}

fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '>' | '”' | '’' | '»' | '|' | '.' | ',' | ';' | ':' | '!' | '?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_only_where_needed() {
        for text in ["**ก** ข", "a * b", "ก*ข*ค", "(**ก**)", "* (ก)", "`x`", "**a:**b", r"ก\*(ข)\*ค", "2*(3+4)*5"]
        {
            assert!(mark_places(text).is_empty(), "{text}");
        }
        assert_eq!(mark_places("**ก:**ข"), ["**ก:".len()]);
        assert_eq!(mark_places("ก**(ข)**ค"), ["ก**".len(), "ก**(ข)".len()]);
        assert_eq!(mark_places("~~ก)~~ข"), ["~~ก)".len()]);
    }

    #[test]
    fn offsets_survive() {
        let source = "**ก:**ข\n\n# หัว";
        let prepared = Prepared::new(source);
        let heading = prepared.text.find('#').unwrap();
        assert_eq!(prepared.original(heading), source.find('#').unwrap());
    }
}
