//! The prepared text: emphasis made to work beside Thai letters, offsets kept.
//!
//! CommonMark decides by white space and punctuation whether `**` opens or closes. Thai is written
//! without spaces, so `**หมายเหตุ:**ข้อความ` and `คำ**(สพฐ.)**กำหนด` stay literal asterisks there. A
//! mark that counts as a letter is put between the punctuation and the delimiter run; it is taken
//! out of every event again, so code, addresses and escapes are never changed by it.

use std::borrow::Cow;

use pulldown_cmark::{Options, Parser, TextMergeWithOffset};

use super::lookahead::Spanned;

/// A noncharacter: never in real text, no white space, no punctuation.
pub(super) const MARK: char = '\u{fdd0}';
/// A second noncharacter, used by the writer for slots.
pub(super) const SLOT: char = '\u{fdd1}';
const REPLACEMENT: &str = "\u{fffd}";

/// Text ready for the parser.
pub(super) struct Prepared<'a> {
    text: Cow<'a, str>,
    /// Positions (in the prepared text) of inserted marks.
    inserted: Vec<usize>,
}

impl<'a> Prepared<'a> {
    /// Prepares a source text.
    pub fn new(source: &'a str) -> Self {
        // Both noncharacters start with this byte, which Thai and Latin text never holds.
        let rare = source.as_bytes().iter().fold(false, |found, b| found | (*b == 0xef));
        let source = if rare && source.contains([MARK, SLOT]) {
            // Same length, so offsets stay true.
            Cow::Owned(source.replace([MARK, SLOT], REPLACEMENT))
        } else {
            Cow::Borrowed(source)
        };
        let places = mark_places(&source);
        if places.is_empty() {
            return Prepared { text: source, inserted: places };
        }
        let mut text = String::with_capacity(source.len() + places.len() * 3);
        let mut inserted = Vec::with_capacity(places.len());
        let mut from = 0;
        for place in places {
            text.push_str(&source[from..place]);
            inserted.push(text.len());
            text.push(MARK);
            from = place;
        }
        text.push_str(&source[from..]);
        Prepared { text: Cow::Owned(text), inserted }
    }

    /// Parses the text.
    pub fn events(&self) -> Vec<Spanned<'_>> {
        TextMergeWithOffset::new(Parser::new_ext(&self.text, options()).into_offset_iter()).collect()
    }

    /// A stretch of the prepared text.
    pub fn slice(&self, range: std::ops::Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// Byte offset in the original source of a position in the prepared text.
    pub fn original(&self, position: usize) -> usize {
        let before = self.inserted.partition_point(|m| *m < position);
        position - before * MARK.len_utf8()
    }

    /// Text of an event without marks.
    pub fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.inserted.is_empty() || !text.contains(MARK) {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace(MARK, ""))
        }
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

/// Positions in `source` where a mark is needed, ascending.
fn mark_places(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut places = Vec::new();
    // Without a branch, so that the compiler looks at many bytes at once.
    if !bytes.iter().fold(false, |found, b| found | (*b == b'*') | (*b == b'~')) {
        return places;
    }
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|b| matches!(b, b'*' | b'~')) {
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

fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
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
