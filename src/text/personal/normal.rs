//! The form in which personal data is looked for, with the way back to what was written.

use super::tables::Tables;
use crate::text::chars::{is_thai_letter, is_unseen, private_glyph};
use crate::text::clean::{self, OffsetMap};
use crate::text::plain::tag_end;
use std::ops::Range;

/// A text with one kind of digit, dash and space; lower case; without invisible characters, emphasis and entities.
pub(super) struct Normal {
    /// The form itself.
    pub text: String,
    /// Its characters with their byte offset in `text`.
    pub chars: Vec<(usize, char)>,
    /// Per character the bytes of the cleaned text that it stands for.
    written: Vec<Range<usize>>,
    map: OffsetMap,
    /// Whether the character was a capital letter.
    capital: Vec<bool>,
    /// The tables of the original text.
    pub tables: Tables,
}

/// Fewer digits than the shortest phone number are no phone number and no id.
pub(super) const FEWEST: usize = 9;

/// The value of a decimal digit of the scripts of this part of the world, of full width, and of those with which people decorate numbers.
pub(super) fn digit(c: char) -> Option<u32> {
    let code = c as u32;
    let zero = match code {
        0x30..=0x39 => 0x30,
        // Most characters are these.
        0..=0x7f | 0x0e00..=0x0e4f => return None,
        0x0660..=0x0669 => 0x0660,
        0x06f0..=0x06f9 => 0x06f0,
        0x0966..=0x096f => 0x0966,
        0x0e50..=0x0e59 => 0x0e50,
        0x0ed0..=0x0ed9 => 0x0ed0,
        0x09e6..=0x09ef => 0x09e6,
        0x0a66..=0x0a6f => 0x0a66,
        0x0ae6..=0x0aef => 0x0ae6,
        0x0be6..=0x0bef => 0x0be6,
        0x0c66..=0x0c6f => 0x0c66,
        0x0f20..=0x0f29 => 0x0f20,
        0x1040..=0x1049 => 0x1040,
        0x1090..=0x1099 => 0x1090,
        0x1810..=0x1819 => 0x1810,
        0x19d0..=0x19d9 => 0x19d0,
        0x1a80..=0x1a89 => 0x1a80,
        0x1a90..=0x1a99 => 0x1a90,
        0x17e0..=0x17e9 => 0x17e0,
        0xff10..=0xff19 => 0xff10,
        0x1fbf0..=0x1fbf9 => 0x1fbf0,
        0x1d7ce..=0x1d7ff => return Some((code - 0x1d7ce) % 10),
        // In circles.
        0x24ea | 0x24ff | 0x1f100 | 0x1f10b | 0x1f10c => return Some(0),
        0x2460..=0x2468 => 0x245f,
        0x24f5..=0x24fd => 0x24f4,
        // In brackets, with a point.
        0x2474..=0x247c => 0x2473,
        0x2488..=0x2490 => 0x2487,
        0x1f101..=0x1f10a => 0x1f101,
        0x2776..=0x277e => 0x2775,
        0x2780..=0x2788 => 0x277f,
        0x278a..=0x2792 => 0x2789,
        _ => return None,
    };
    Some(code - zero)
}

/// The value of a small digit, raised or lowered. One behind a number is the mark of a note, and no part of the number.
pub(super) fn small_digit(c: char) -> Option<u32> {
    match c {
        '\u{b9}' => Some(1),
        '\u{b2}' | '\u{b3}' => Some(c as u32 - 0xb0),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => Some(c as u32 - 0x2070),
        '\u{2080}'..='\u{2089}' => Some(c as u32 - 0x2080),
        _ => None,
    }
}

/// How a text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// As it is written.
    Written,
    /// Without its marks.
    Joined,
    /// Small digits as digits.
    Small,
}

/// Tags of blocks, breaks and cells: what stands before them is parted from what stands behind. All others only mark letters.
#[rustfmt::skip]
const PARTING: [&str; 66] = [
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "col", "colgroup", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "iframe", "legend", "li", "main", "menu", "nav",
    "object", "ol", "optgroup", "option", "p", "pre", "rp", "script", "search", "section", "select", "style", "summary",
    "svg", "table", "tbody", "td", "text", "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
];

impl Normal {
    /// The normal form of a text as it is written.
    pub(super) fn of(text: &str) -> Normal {
        Normal::read(text, Reading::Written)
    }

    /// The normal form of a text whose small digits make up numbers. None where there are too few for any.
    pub(super) fn of_small(text: &str) -> Option<Normal> {
        let small = text.chars().filter(|c| small_digit(*c).is_some()).count();
        (small >= FEWEST).then(|| Normal::read(text, Reading::Small))
    }

    /// The normal form of a text as it is read: what only marks it up (links, emphasis, tags, cells of a table, marks of
    /// quotations) parts nothing. None where there is no such mark.
    pub(super) fn as_read(text: &str) -> Option<Normal> {
        const MARKS: [&str; 6] = ["](", "][", "_", "<", "|", "\\\n"];
        (MARKS.iter().any(|mark| text.contains(mark)) || text.contains("\n>"))
            .then(|| Normal::read(text, Reading::Joined))
    }

    fn read(text: &str, reading: Reading) -> Normal {
        let cleaned = clean::clean(text);
        let mut normal = Normal {
            text: String::with_capacity(cleaned.text.len()),
            chars: Vec::new(),
            written: Vec::new(),
            map: cleaned.map,
            capital: Vec::new(),
            tables: Tables::of(text, &|head| Normal::of(head).text),
        };
        let text: &str = &cleaned.text;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            if let Some((put, length)) = if reading == Reading::Joined { markup(&text[..at], rest) } else { None } {
                if let Some(c) = put {
                    normal.push(c, at..at + length);
                }
                at += length;
                continue;
            }
            let (put, length) = match c {
                '&' => entity(rest).map_or((Some('&'), 1), |(c, length)| (Some(c), length)),
                '<' => tag(rest).unwrap_or((Some('<'), 1)),
                '%' => percent(rest).map_or((Some('%'), 1), |(c, length)| (Some(c), length)),
                '\\' if rest.as_bytes().get(1).is_some_and(u8::is_ascii_punctuation) => (None, 1),
                '*' => (None, 1),
                c if reading == Reading::Small && small_digit(c).is_some() => {
                    (small_digit(c).and_then(|d| char::from_digit(d, 10)), c.len_utf8())
                }
                '_' | '~' if rest.as_bytes().get(1) == Some(&(c as u8)) => (None, 2),
                c => (Some(c), c.len_utf8()),
            };
            if let Some(c) = put {
                normal.push(c, at..at + length);
            }
            at += length;
        }
        normal
    }

    fn push(&mut self, c: char, written: Range<usize>) {
        let c = private_glyph(c).unwrap_or(c);
        let folded = match c {
            c if is_unseen(c) => return,
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{02d7}' | '\u{207b}' | '\u{2500}' => '-',
            '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2e3a}' | '\u{2e3b}' => '-',
            '\u{b7}' | '\u{2219}' | '\u{22c5}' | '\u{2027}' | '\u{2024}' => '.',
            '\u{fe6b}' => '@',
            '\u{fe55}' | '\u{a789}' => ':',
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => '\n',
            c if c.is_whitespace() => ' ',
            c => match digit(c) {
                Some(d) => char::from_digit(d, 10).unwrap_or(c),
                None if ('\u{ff01}'..='\u{ff5e}').contains(&c) => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
                None => c,
            },
        };
        self.capital.push(folded.is_ascii_uppercase());
        let folded = folded.to_ascii_lowercase();
        self.chars.push((self.text.len(), folded));
        self.text.push(folded);
        self.written.push(written);
    }

    /// The bytes of the original text that a range of the form stands for.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        let first = self.index(range.start);
        let last = self.index(range.end).max(first + 1) - 1;
        let (Some(start), Some(end)) = (self.written.get(first), self.written.get(last)) else {
            return 0..0;
        };
        self.map.to_original(start.start..end.end)
    }

    /// The character at a byte offset of the form.
    pub(super) fn index(&self, byte: usize) -> usize {
        self.chars.partition_point(|(at, _)| *at < byte)
    }

    /// Whether the character at a byte offset was written as a capital letter.
    pub(super) fn is_capital(&self, byte: usize) -> bool {
        self.capital.get(self.index(byte)).copied().unwrap_or(false)
    }

    /// The head of the column that a byte offset stands in.
    pub(super) fn head(&self, byte: usize) -> &str {
        self.tables.head(self.original(byte..byte + 1).start)
    }

    /// Up to `most` characters before a byte offset, on the same paragraph.
    pub(super) fn before(&self, byte: usize, most: usize) -> &str {
        let end = self.index(byte);
        let from = self.chars.get(end.saturating_sub(most)).map_or(self.text.len(), |c| c.0);
        let part = &self.text[from.min(byte)..byte];
        part.rfind("\n\n").map_or(part, |at| &part[at + 2..])
    }

    /// Up to `most` characters from a byte offset on.
    pub(super) fn after(&self, byte: usize, most: usize) -> &str {
        let to = self.chars.get(self.index(byte) + most).map_or(self.text.len(), |c| c.0);
        &self.text[byte..to]
    }
}

/// What marks up a text at its beginning: the character that it stands for, if any, and its length.
fn markup(before: &str, text: &str) -> Option<(Option<char>, usize)> {
    const LONGEST: usize = 400;
    if !matches!(text.as_bytes()[0], b'[' | b'!' | b']' | b'<' | b'_' | b'|' | b' ' | b'\\' | b'>') {
        return None;
    }
    // Never the whole line: it may be as long as the text.
    let head = &text[..text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at)];
    let line = head.lines().next().unwrap_or("");
    let at_start = || before.is_empty() || before.ends_with('\n');
    match text.as_bytes()[0] {
        b'[' => Some((None, 1)),
        b'!' if text.starts_with("![") => Some((None, 2)),
        // A link without its address, which is looked at as it is written.
        b']' => {
            let end = match line.as_bytes().get(1) {
                Some(b'(') => line.find(')').map(|end| end + 1),
                Some(b'[') => line[1..].find(']').map(|end| end + 2),
                _ => None,
            };
            Some((None, end.unwrap_or(1)))
        }
        b'<' if head.starts_with("<!--") => Some((None, head.find("-->")? + 3)),
        b'<' => {
            let name = tag_name(head).filter(|name| !PARTING.contains(&&*name.to_ascii_lowercase()));
            name.and_then(|_| tag_end(head)).map(|end| (None, end + 1))
        }
        b'_' => {
            let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let inside = word(before.chars().next_back()) && word(text[1..].chars().next());
            // In names of files it stands for a space.
            let thai = |c: Option<char>| c.is_some_and(is_thai_letter);
            let space = thai(before.chars().next_back().filter(|c| *c != '.')) && thai(text[1..].chars().next());
            if space { Some((Some(' '), 1)) } else { (!inside).then_some((None, 1)) }
        }
        // Between two cells, with the spaces around it.
        b'|' | b' ' if line.trim_start_matches(' ').starts_with('|') && !at_start() => {
            let rest = line.trim_start_matches(' ').trim_start_matches('|').trim_start_matches(' ');
            Some((Some(' '), line.len() - rest.len()))
        }
        b'\\' if text.starts_with("\\\n") => Some((None, 1)),
        b'>' if at_start() => Some((None, line.len() - line[1..].trim_start_matches(' ').len())),
        _ => None,
    }
}

/// What an address writes as `%20`, and its length: signs that stand in numbers and mail addresses, and letters beyond
/// ASCII, as browsers copy them (`%E0%B8%94`).
fn percent(text: &str) -> Option<(char, usize)> {
    let signs = [("%20", ' '), ("%2d", '-'), ("%2e", '.'), ("%2b", '+'), ("%40", '@')];
    let head = text.get(..3)?.to_ascii_lowercase();
    if let Some((_, sign)) = signs.iter().find(|(written, _)| *written == head) {
        return Some((*sign, 3));
    }
    let byte = |at: usize| text.get(at..at + 3)?.strip_prefix('%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
    let length = byte(0).filter(|first| *first >= 0xc2)?.leading_ones() as usize;
    let bytes: Vec<u8> = (0..length).map_while(|at| byte(3 * at)).collect();
    let c = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((c, 3 * length))
}

/// The longest character reference that is read: `&NegativeVeryThinSpace;`.
const LONGEST: usize = 24;

/// A character reference and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            char::from_u32(hex.map_or_else(|| number.parse().ok(), |h| u32::from_str_radix(h, 16).ok())?)?
        }
        None => match name {
            "nbsp" | "ensp" | "emsp" | "thinsp" | "emsp13" | "emsp14" | "numsp" | "puncsp" | "hairsp" => ' ',
            "NonBreakingSpace" | "ThinSpace" | "VeryThinSpace" | "MediumSpace" | "ThickSpace" | "Tab" => ' ',
            "ndash" | "mdash" | "minus" | "hyphen" | "dash" | "horbar" | "boxh" => '-',
            "shy" | "zwj" | "zwnj" | "lrm" | "rlm" | "NoBreak" | "ZeroWidthSpace" => '\u{200b}',
            "ApplyFunction" | "af" | "InvisibleTimes" | "it" | "InvisibleComma" | "ic" => '\u{200b}',
            "NegativeVeryThinSpace" | "NegativeThinSpace" | "NegativeMediumSpace" => '\u{200b}',
            "NewLine" => '\n',
            "commat" => '@',
            "period" => '.',
            "colon" => ':',
            "lowbar" => '_',
            "lpar" => '(',
            "rpar" => ')',
            "plus" => '+',
            "amp" => '&',
            "sol" => '/',
            "num" => '#',
            _ => return None,
        },
    };
    Some((c, end + 1))
}

/// The name of the tag that a text begins with.
fn tag_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix('<')?;
    let name = name.strip_prefix('/').unwrap_or(name);
    let (name, rest) =
        name.split_at(name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(name.len()));
    let ends = rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
    (ends && name.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(name)
}

/// A tag without attributes: nothing where it parts no words, else a line end. Tags with attributes stay, since
/// these are published as well. What is raised behind a number may be the mark of a note.
fn tag(text: &str) -> Option<(Option<char>, usize)> {
    let end = text.bytes().take(24).position(|b| b == b'>')?;
    let name = tag_name(text)?.to_ascii_lowercase();
    let bare = text.get(1..end)?.trim_start_matches('/').trim_end_matches([' ', '/']).len() == name.len();
    let parts = PARTING.contains(&name.as_str()) || matches!(name.as_str(), "sup" | "sub");
    bare.then_some((parts.then_some('\n'), end + 1))
}
