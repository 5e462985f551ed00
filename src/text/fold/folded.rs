//! A text in its folded form.

use super::letters::{is_mark, is_thai, is_tone, script, single};

/// Folded text: characters, and for each the bytes of the source it stands for.
///
/// Characters are letters, marks and digits; everything else is one space
/// between them (never first, last or doubled).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded characters.
    pub chars: Vec<char>,
    /// Start and end byte in the source of each folded character.
    pub spans: Vec<(u32, u32)>,
}

const DOT: char = '.';
const COMMA: char = ',';
const QUOTE: char = '\'';

const fn is_gap(c: char) -> bool {
    matches!(c, ' ' | DOT | COMMA | QUOTE)
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Folded {
        let mut out = Folded { chars: Vec::with_capacity(text.len() / 2), spans: Vec::with_capacity(text.len() / 2) };
        for (at, source) in text.char_indices() {
            let end = (at + source.len_utf8()) as u32;
            match single(source) {
                None => {}
                Some(' ') => out.space(source, at as u32, end),
                Some(c) => out.push(c, at as u32, end),
            }
        }
        if out.chars.last().is_some_and(|&c| is_gap(c)) {
            out.chars.pop();
            out.spans.pop();
        }
        out.join_abbreviations();
        out
    }

    /// A gap; what was written in it is kept for [`Folded::join_abbreviations`].
    fn space(&mut self, source: char, start: u32, end: u32) {
        let gap = match source {
            '.' => DOT,
            ',' => COMMA,
            '\'' | '\u{2019}' => QUOTE,
            _ => ' ',
        };
        match self.chars.last() {
            None => {}
            Some(&last) if is_gap(last) => {
                let i = self.chars.len() - 1;
                self.chars[i] = ' ';
                self.spans[i].1 = end;
            }
            Some(_) => {
                self.chars.push(gap);
                self.spans.push((start, end));
            }
        }
    }

    fn push(&mut self, c: char, start: u32, end: u32) {
        let last = self.chars.last().copied();
        if is_mark(c) {
            // A mark after a blank belongs to the letter before the blank.
            if last == Some(' ') && self.chars.len() > 1 && is_thai(self.chars[self.chars.len() - 2]) {
                self.chars.pop();
                self.spans.pop();
            }
            return self.mark(c, start, end);
        }
        match (last, c) {
            (Some('เ'), 'เ') => {
                let i = self.chars.len() - 1;
                self.chars[i] = 'แ';
                self.spans[i].1 = end;
                return;
            }
            (Some(l), 'ๅ') if !matches!(l, 'ฤ' | 'ฦ') => return self.push('า', start, end),
            (Some('\u{0e4d}'), 'า') => {
                // Nikhahit and sara aa are sara am; a tone stays before it.
                self.chars.pop();
                let span = self.spans.pop().unwrap_or((start, end));
                return self.push('ำ', span.0, end);
            }
            (Some(l), 'า') if is_tone(l) => {
                let at = self.chars.len().wrapping_sub(2);
                if self.chars.get(at) == Some(&'\u{0e4d}') {
                    self.chars.remove(at);
                    self.spans.remove(at);
                    return self.push('ำ', start, end);
                }
            }
            (Some(l), _) if l == c && matches!(c, 'ะ' | 'า' | 'ำ' | 'แ' | 'โ' | 'ใ' | 'ไ') => {
                let i = self.chars.len() - 1;
                self.spans[i].1 = end;
                return;
            }
            _ => {}
        }
        self.chars.push(c);
        self.spans.push((start, end));
    }

    /// A mark: vowel signs first, then one tone, then a silencer; a mark after
    /// า or ำ goes before it.
    fn mark(&mut self, c: char, start: u32, end: u32) {
        let mut at = self.chars.len();
        if at > 0 && matches!(self.chars[at - 1], 'า' | 'ำ') {
            at -= 1;
        }
        let class = |c: char| match c {
            '\u{0e48}'..='\u{0e4b}' => 1,
            '\u{0e4c}' | '\u{0e4e}' => 2,
            _ => 0,
        };
        let mine = class(c);
        let mut i = at;
        while i > 0 && is_mark(self.chars[i - 1]) {
            let other = self.chars[i - 1];
            if other == c || (mine > 0 && class(other) == mine) {
                // The same sign again, or of two tones the last.
                self.chars[i - 1] = c;
                self.spans[i - 1] = (start, end);
                return;
            }
            i -= 1;
        }
        while at > 0 && is_mark(self.chars[at - 1]) && class(self.chars[at - 1]) > mine {
            at -= 1;
        }
        if c == '\u{0e4d}' && self.chars.get(at..).is_some_and(|rest| rest.last() == Some(&'า')) {
            let last = self.chars.len() - 1;
            self.chars[last] = 'ำ';
            self.spans[last].1 = end;
            return;
        }
        self.chars.insert(at, c);
        self.spans.insert(at, (start, end));
    }

    /// ร.ร. is one word (a dot between two single Thai letters), 1,000 one
    /// number, don't one word; every other gap is a space.
    fn join_abbreviations(&mut self) {
        let gap = |c: &char| is_gap(*c);
        if !self.chars.iter().any(|&c| is_gap(c) && c != ' ') {
            return;
        }
        let n = self.chars.len();
        let mut keep = vec![true; n];
        for (i, kept) in keep.iter_mut().enumerate().take(n.saturating_sub(1)).skip(1) {
            let (before, after) = (self.chars[i - 1], self.chars[i + 1]);
            let joined = match self.chars[i] {
                DOT => {
                    let alone_before = i < 2 || gap(&self.chars[i - 2]);
                    let alone_after = i + 2 >= n || gap(&self.chars[i + 2]);
                    is_thai(before) && is_thai(after) && alone_before && alone_after
                }
                COMMA => before.is_ascii_digit() && after.is_ascii_digit(),
                QUOTE => before.is_ascii_lowercase() && after.is_ascii_lowercase(),
                _ => continue,
            };
            *kept = !joined;
        }
        let mut i = 0;
        self.chars.retain(|_| {
            i += 1;
            keep[i - 1]
        });
        i = 0;
        self.spans.retain(|_| {
            i += 1;
            keep[i - 1]
        });
        for c in &mut self.chars {
            if is_gap(*c) {
                *c = ' ';
            }
        }
    }

    /// The folded characters as text.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// Tokens as ranges of `chars`: between spaces, and where the script changes.
    pub fn tokens(&self) -> Vec<std::ops::Range<usize>> {
        let mut out = Vec::new();
        let (mut start, mut before) = (0, None);
        for i in 0..=self.chars.len() {
            let here = self.chars.get(i).and_then(|&c| script(c));
            if here != before {
                if before.is_some() {
                    out.push(start..i);
                }
                (start, before) = (i, here);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::new(text).text()
    }

    #[test]
    fn folds_typed_variants() {
        for (typed, right) in [
            ("นํ้าใจ", "น้ำใจ"),
            ("น้ํา", "น้ำ"),
            ("นำ้", "น้ำ"),
            ("เเกนนำ", "แกนนำ"),
            ("ท่ี", "ที่"),
            ("สัมฤทธ์ิ", "สัมฤทธิ์"),
            ("เขา้", "เข้า"),
            ("ที ่", "ที่"),
            ("๑๒", "12"),
            ("ร.ร.", "รร"),
            ("1,000", "1000"),
            ("Café", "cafe"),
            ("ต่าง ๆ", "ต่าง"),
            ("มาาา", "มา"),
        ] {
            assert_eq!(folded(typed), folded(right), "{typed}");
        }
        assert_eq!(folded("ผอ.โรงเรียน"), "ผอ โรงเรียน");
        assert_eq!(folded("  a - b. "), "a b");
        assert_eq!(crate::text::fold::letters::LATIN.len(), 0x180 - 0xc0);
    }

    #[test]
    fn maps_back_to_the_source() {
        let text = "x เเก้ว";
        let f = Folded::new(text);
        assert_eq!(f.text(), "x แก้ว");
        let (start, end) = f.spans[2];
        assert_eq!(&text[start as usize..end as usize], "เเ");
        for &(start, end) in &f.spans {
            assert!(text.get(start as usize..end as usize).is_some());
        }
    }
}
