//! The display form of Thai text, with a map back to what was written.
//!
//! Marks are put into their one order, a split sara am and a doubled sara e
//! are composed, characters of private font areas and invisible ones go. No
//! mark is ever dropped and no word list is asked: what a reader sees stays.
//! Never NFKC, which takes sara am apart.

use super::chars;
use std::borrow::Cow;
use std::ops::Range;

/// Where the bytes of a changed text come from.
///
/// Holds the changed stretches only; all else moves as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// (bytes of the new text, bytes of the original), in order.
    changes: Vec<(Range<usize>, Range<usize>)>,
}

impl OffsetMap {
    /// Notes that `new` was written for `original`. To be called in order.
    pub fn push(&mut self, new: Range<usize>, original: Range<usize>) {
        self.changes.push((new, original));
    }

    /// The bytes of the original that a range of the new text shows. A range
    /// that touches a changed stretch covers all of what the stretch replaced.
    pub fn to_original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.place(range.start, false);
        let end = self.place(range.end, true);
        start..end.max(start)
    }

    fn place(&self, at: usize, is_end: bool) -> usize {
        let after = self.changes.partition_point(|(new, _)| if is_end { new.start < at } else { new.start <= at });
        let Some((new, original)) = after.checked_sub(1).and_then(|i| self.changes.get(i)) else {
            return at;
        };
        if at < new.end || (is_end && at == new.end) {
            return if is_end { original.end } else { original.start };
        }
        at - new.end + original.end
    }
}

/// A text in display form and its way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned<'a> {
    /// The display form; borrowed when nothing was to be done.
    pub text: Cow<'a, str>,
    /// From bytes of `text` to bytes of what was given.
    pub map: OffsetMap,
}

/// The display form of a text.
///
/// ```
/// # use sala::internals::text::clean::clean;
/// let cleaned = clean("ท\u{e48}ี\u{200b}น\u{e4d}้า");
/// assert_eq!(cleaned.text, "ที่น้ำ");
/// ```
pub fn clean(text: &str) -> Cleaned<'_> {
    if is_clean(text) {
        return Cleaned { text: Cow::Borrowed(text), map: OffsetMap::default() };
    }
    let mut out = String::with_capacity(text.len());
    let mut map = OffsetMap::default();
    let mut rest = text.char_indices().peekable();
    let mut thai_before = true;
    while let Some((start, c)) = rest.next() {
        // A unit: a base and what follows it inside one written letter.
        let base = chars::private_glyph(c).unwrap_or(c);
        let mut end = start + c.len_utf8();
        let mut unit = String::new();
        let mut marks: Vec<char> = vec![];
        let mut tail = None;
        if chars::is_mark(base) {
            marks.push(base);
        } else if !(chars::is_invisible(base) && droppable(thai_before, rest.peek())) {
            unit.push(base);
        }
        let thai = chars::is_thai(base);
        while let Some(&(at, c)) = rest.peek() {
            let plain = chars::private_glyph(c).unwrap_or(c);
            if !thai {
                break;
            }
            if chars::is_mark(plain) {
                marks.push(plain);
            } else if chars::is_invisible(plain) {
                // Dropped inside and behind Thai.
            } else if plain == 'า' && marks.contains(&'\u{0e4d}') && chars::is_consonant(base) {
                marks.retain(|&m| m != '\u{0e4d}');
                tail = Some('ำ');
            } else if plain == 'ำ' && tail.is_none() && chars::is_consonant(base) {
                tail = Some('ำ');
            } else if plain == 'เ' && base == 'เ' && unit == "เ" && marks.is_empty() {
                unit = "แ".to_string();
            } else {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        marks.sort_by_key(|&m| chars::mark_rank(m));
        unit.extend(marks);
        unit.extend(tail);
        if !unit.is_empty() {
            thai_before = thai || base.is_ascii();
        }
        let from = out.len();
        out.push_str(&unit);
        if unit != text[start..end] {
            map.push(from..out.len(), start..end);
        }
    }
    Cleaned { text: Cow::Owned(out), map }
}

/// Whether a text surely is in display form: one look for what [`clean`] could change.
fn is_clean(text: &str) -> bool {
    let (mut before, mut rank) = ('\n', 0);
    for c in text.chars() {
        if chars::is_mark(c) {
            let next = chars::mark_rank(c);
            if next < rank || matches!(c, '\u{0e4d}') || before == 'ำ' {
                return false;
            }
            rank = next;
        } else {
            if chars::is_invisible(c) || (c == 'เ' && before == 'เ') || chars::private_glyph(c).is_some() {
                return false;
            }
            rank = 0;
        }
        before = c;
    }
    true
}

/// An invisible character goes next to Thai and ASCII, and stays between others
/// (a joiner makes one picture of several, and shapes other scripts).
fn droppable(before: bool, next: Option<&(usize, char)>) -> bool {
    before && next.is_none_or(|&(_, c)| chars::is_thai(c) || c.is_ascii() || chars::is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_marks_in_order() {
        for (written, shown) in [
            ("ท่ี", "ที่"),
            ("สัมฤทธ์ิ", "สัมฤทธิ์"),
            ("นํ้า", "น้ำ"),
            ("น้ํา", "น้ำ"),
            ("นำ้", "น้ำ"),
            ("เเก้", "แก้"),
            ("ก\u{200b}า\u{feff}ร", "การ"),
            ("\u{feff}ก", "ก"),
            ("ท\u{f70a}า\u{f700}", "ท่าฐ"),
            ("คน คืน ค้น", "คน คืน ค้น"),
            ("👨\u{200d}👩", "👨\u{200d}👩"),
            ("เก็บ ก็ ฤๅ", "เก็บ ก็ ฤๅ"),
        ] {
            assert_eq!(clean(written).text, shown, "{written}");
        }
        for text in ["plain text", "ที่น้ำ แก้ สัมฤทธิ์ เก็บ ก็ ฤๅ 👨\u{1f469}"]
        {
            assert!(is_clean(text) && clean(text).map.changes.is_empty());
        }
    }

    #[test]
    fn maps_back() {
        let text = "ก\u{200b}ท่ี ข";
        let cleaned = clean(text);
        assert_eq!(cleaned.text, "กที่ ข");
        let at = cleaned.text.find("ที่").unwrap();
        let back = cleaned.map.to_original(at..at + "ที่".len());
        assert_eq!(&text[back], "ท่ี");
        let at = cleaned.text.find('ข').unwrap();
        assert_eq!(&text[cleaned.map.to_original(at..at + 3)], "ข");
    }
}
