//! Folding for search: the one form in which text is indexed, asked for and
//! highlighted, with a map back to what was written.
//!
//! The rules are written down in `docs/ranking.md` ("Analysis"); the browser
//! runs the same rules (`src/search/client/fold.js`), and the vectors in
//! `tests/data/search/fold.json` hold the two together. Nothing folded is ever
//! shown to a person.

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

/// What a character counts as after folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Thai letters, vowels and marks.
    Thai,
    /// 0–9.
    Digit,
    /// Every other letter.
    Other,
}

/// Base letters of U+00C0–U+017F, in order (a space: not a letter).
const LATIN: &str = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// True for a Thai vowel sign or mark that is written on another character.
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}')
}

const fn is_tone(c: char) -> bool {
    matches!(c, '\u{0e48}'..='\u{0e4b}')
}

const fn is_thai(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0e2e}' | '\u{0e30}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e45}' | '\u{0e47}'..='\u{0e4e}')
}

/// The script of a folded character; `None` for the space.
pub const fn script(c: char) -> Option<Script> {
    match c {
        ' ' => None,
        '0'..='9' => Some(Script::Digit),
        _ if is_thai(c) => Some(Script::Thai),
        _ => Some(Script::Other),
    }
}

/// One source character: removed (`None`), a space, or a folded character.
fn single(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{0e50}'..='\u{0e59}' => char::from(b'0' + (c as u32 - 0x0e50) as u8),
        _ if is_thai(c) => c,
        // Invisible, damaged, repetition and abbreviation signs, combining accents.
        '\u{00ad}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{fffd}'
        | '\u{0e2f}'
        | '\u{0e46}'
        | '\u{0300}'..='\u{036f}' => return None,
        '\u{00c0}'..='\u{017f}' => char::from(
            LATIN
                .as_bytes()
                .get(c as usize - 0xc0)
                .copied()
                .unwrap_or(b' '),
        ),
        // Letters of other scripts stay as written.
        '\u{0370}'..='\u{0dff}'
        | '\u{0e80}'..='\u{1fff}'
        | '\u{2c00}'..='\u{2dff}'
        | '\u{3040}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => c,
        _ => ' ',
    })
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Folded {
        let mut out = Folded {
            chars: Vec::with_capacity(text.len() / 2),
            spans: Vec::with_capacity(text.len() / 2),
        };
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
            if last == Some(' ')
                && self.chars.len() > 1
                && is_thai(self.chars[self.chars.len() - 2])
            {
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
            (Some(l), _) if l == c && matches!(c, 'ะ' | 'า' | 'ำ' | 'แ' | 'โ' | 'ใ' | 'ไ') =>
            {
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
        if c == '\u{0e4d}'
            && self
                .chars
                .get(at..)
                .is_some_and(|rest| rest.last() == Some(&'า'))
        {
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
        for (i, kept) in keep
            .iter_mut()
            .enumerate()
            .take(n.saturating_sub(1))
            .skip(1)
        {
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
        let mut start = 0;
        for i in 0..=self.chars.len() {
            let here = self.chars.get(i).and_then(|&c| script(c));
            let before = if i == 0 {
                None
            } else {
                script(self.chars[i - 1])
            };
            if here != before {
                if before.is_some() {
                    out.push(start..i);
                }
                start = i;
            }
        }
        out
    }
}

const DOT: char = '.';
const COMMA: char = ',';
const QUOTE: char = '\'';

const fn is_gap(c: char) -> bool {
    matches!(c, ' ' | DOT | COMMA | QUOTE)
}

/// The spelling-blind key of a folded Thai word: without tones, short and
/// silent signs, with long and short i and u, and letters of one sound, alike.
/// Never shown; two different words may share it.
pub fn key(word: &[char]) -> String {
    key_map(word).into_iter().map(|(c, _)| c).collect()
}

/// [`key`], each character with its place in the word.
pub fn key_map(word: &[char]) -> Vec<(char, usize)> {
    let mut out = Vec::with_capacity(word.len());
    key_into(word, &mut out);
    out
}

/// [`key_map`] into a buffer that is emptied first.
pub fn key_into(word: &[char], out: &mut Vec<(char, usize)>) {
    out.clear();
    for (i, &c) in word.iter().enumerate() {
        let folded = match c {
            '\u{0e47}'..='\u{0e4b}' | '\u{0e4d}' | '\u{0e4e}' => continue,
            '\u{0e4c}' => {
                // A silenced consonant goes, with the short vowel on it.
                if out
                    .last()
                    .is_some_and(|&(c, _)| matches!(c, '\u{0e34}' | '\u{0e38}'))
                {
                    out.pop();
                }
                if out
                    .last()
                    .is_some_and(|&(c, _)| matches!(c, '\u{0e01}'..='\u{0e2e}'))
                {
                    out.pop();
                }
                continue;
            }
            '\u{0e35}' => '\u{0e34}',
            '\u{0e37}' => '\u{0e36}',
            '\u{0e39}' => '\u{0e38}',
            'ณ' => 'น',
            'ศ' | 'ษ' => 'ส',
            'ฬ' => 'ล',
            'ไ' => 'ใ',
            c => c,
        };
        out.push((folded, i));
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
        assert_eq!(LATIN.len(), 0x180 - 0xc0);
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

    #[test]
    fn keys_are_blind_to_spelling() {
        let k = |w: &str| key(&Folded::new(w).chars);
        assert_eq!(k("เกา"), k("เก่า"));
        assert_eq!(k("ศึกษา"), k("สืกสา"));
        assert_eq!(k("สัมฤทธิ์"), "สัมฤท");
    }
}
