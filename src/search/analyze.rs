//! Terms of documents: n-grams and word keys of each field, counted.
//!
//! The written rules are in `docs/ranking.md` ("Terms").

use std::collections::BTreeSet;

use super::segment::Cutter;
use crate::thai::fold::{Folded, Script, key_into, script};
use crate::thai::words::Words;

/// First character of a word key's term.
pub const WORD: char = '=';
/// First character of a beginning's term.
pub const START: char = '^';
/// Longest token (characters) that has a word key.
pub const MAX_WORD: usize = 40;
/// Longest pair of words (characters) that has a common key.
const MAX_PAIR: usize = 12;
/// Counts beyond this are cut.
const MAX_COUNT: u8 = 7;

/// What a text is to its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Body,
    /// A title or a name: beginnings and whole runs are terms too.
    Title,
    /// A heading or a vocabulary label: beginnings are terms too.
    Heading,
}

/// Collects the terms of one field of one document.
#[derive(Debug, Default)]
pub struct Terms {
    grams: Vec<u64>,
    text: String,
    /// Hash, start and length of each term in `text`.
    keys: Vec<(u64, u32, u32)>,
    buffer: Vec<(char, usize)>,
    ends: Vec<usize>,
    cutter: Cutter,
    /// Folded characters seen, the length of the field.
    pub length: usize,
}

const fn pack(a: char, b: char, c: char) -> u64 {
    ((a as u64) << 42) | ((b as u64) << 21) | c as u64
}

fn unpack(gram: u64) -> [char; 3] {
    let part = |shift: u32| char::from_u32((gram >> shift) as u32 & 0x1f_ffff).unwrap_or(' ');
    [part(42), part(21), part(0)]
}

impl Terms {
    /// Empties the collection.
    pub fn clear(&mut self) {
        self.grams.clear();
        self.text.clear();
        self.keys.clear();
        self.length = 0;
    }

    /// A term with its prefix sign.
    pub fn add(&mut self, sign: char, term: &str) {
        self.add_chars(sign, term.chars());
    }

    fn add_chars(&mut self, sign: char, term: impl Iterator<Item = char>) {
        let start = self.text.len();
        self.text.push(sign);
        let mut hash = u64::from(sign as u32);
        for c in term {
            self.text.push(c);
            hash = (hash ^ u64::from(c as u32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 29;
        }
        let length = self.text.len() - start;
        self.keys.push((hash, start as u32, length as u32));
    }

    /// Adds a text `times` times.
    pub fn text(&mut self, words: &Words, text: &str, role: Role, times: u8) {
        let folded = Folded::new(text);
        let (grams, keys) = (self.grams.len(), self.keys.len());
        self.length += folded.chars.len();
        self.grams_of(&folded);
        self.words_of(words, &folded, role);
        let (grams, keys) = (grams..self.grams.len(), keys..self.keys.len());
        for _ in 1..times {
            self.grams.extend_from_within(grams.clone());
            self.keys.extend_from_within(keys.clone());
        }
    }

    fn grams_of(&mut self, folded: &Folded) {
        let chars = &folded.chars;
        let mut run: [char; 3] = [' '; 3];
        let mut filled = 0;
        let mut last: Option<Script> = None;
        for (i, &c) in chars.iter().enumerate() {
            let kind = script(c);
            if kind.is_none() {
                // A blank between Thai letters does not part them.
                let next = chars.get(i + 1).and_then(|&c| script(c));
                if last == Some(Script::Thai) && next == Some(Script::Thai) {
                    continue;
                }
                last = None;
                filled = 0;
                continue;
            }
            if kind != last {
                filled = 0;
                last = kind;
            }
            run = [run[1], run[2], c];
            filled += 1;
            if filled >= 3 {
                self.grams.push(pack(run[0], run[1], run[2]));
            }
        }
    }

    fn words_of(&mut self, words: &Words, folded: &Folded, role: Role) {
        let mut ends = std::mem::take(&mut self.ends);
        let mut era: Option<bool> = None;
        let tokens = folded.tokens();
        for token in &tokens {
            let chars = &folded.chars[token.clone()];
            match script(chars[0]) {
                Some(Script::Thai) => {
                    era = era_sign(chars);
                    self.cutter.cut(words, chars, &mut ends);
                    let mut before = None;
                    let mut start = 0;
                    for &end in &ends {
                        self.word(&chars[start..end]);
                        if let Some(first) = before
                            && end - first <= MAX_PAIR
                        {
                            self.word(&chars[first..end]);
                        }
                        if role != Role::Body {
                            self.starts(&chars[start..end]);
                        }
                        before = Some(start);
                        start = end;
                    }
                    if role == Role::Title && ends.len() > 2 {
                        self.word(chars);
                    }
                    continue;
                }
                Some(Script::Digit) => {
                    self.word(chars);
                    if let Some(buddhist) = era {
                        self.other_era(chars, buddhist);
                    }
                }
                _ => self.word(chars),
            }
            if role != Role::Body {
                self.starts(chars);
            }
            era = None;
        }
        if role == Role::Title && tokens.len() > 1 {
            let joined: Vec<char> = folded.chars.iter().copied().filter(|&c| c != ' ').collect();
            self.word(&joined);
        }
        self.ends = ends;
    }

    fn word(&mut self, chars: &[char]) {
        if chars.len() <= MAX_WORD {
            let mut word = std::mem::take(&mut self.buffer);
            key_into(chars, &mut word);
            if !word.is_empty() {
                self.add_chars(WORD, word.iter().map(|&(c, _)| c));
            }
            self.buffer = word;
        }
    }

    fn starts(&mut self, chars: &[char]) {
        for length in 1..=chars.len().min(2) {
            self.add_chars(START, chars[..length].iter().copied());
        }
    }

    /// A year written beside an era sign is found by the other era's number too.
    fn other_era(&mut self, digits: &[char], buddhist: bool) {
        if digits.len() == 4
            && let Ok(year) = digits.iter().collect::<String>().parse::<i32>()
        {
            let other = if buddhist { year - 543 } else { year + 543 };
            if (1800..2200).contains(&other.min(year)) {
                self.add(WORD, &other.to_string());
            }
        }
    }

    /// The counted terms, written for the index: per term one character for
    /// the count (`a` is none), the term, a line end.
    pub fn encode(&mut self) -> String {
        let mut out = String::with_capacity(self.grams.len() * 8 + self.text.len());
        self.grams.sort_unstable();
        for group in self.grams.chunk_by(|a, b| a == b) {
            push(&mut out, group.len());
            out.extend(unpack(group[0]));
            out.push('\n');
        }
        // Equal terms have equal hashes; a collision of two would only add a count.
        self.keys
            .sort_unstable_by_key(|&(hash, start, _)| (hash, start));
        for group in self.keys.chunk_by(|a, b| a.0 == b.0) {
            push(&mut out, group.len());
            let (_, start, length) = group[0];
            out.push_str(&self.text[start as usize..(start + length) as usize]);
            out.push('\n');
        }
        out
    }
}

fn push(out: &mut String, count: usize) {
    let count = count.min(usize::from(MAX_COUNT)) as u8;
    out.push(char::from(b'a' + count));
}

/// Whether a Thai token ends with a word that makes the next number a year:
/// `Some(true)` Buddhist, `Some(false)` Christian.
fn era_sign(chars: &[char]) -> Option<bool> {
    let ends = |sign: &str| {
        let mut at = chars.iter().rev();
        sign.chars().rev().all(|c| at.next() == Some(&c))
    };
    if ends("คศ") {
        Some(false)
    } else if ends("พศ") || ends("ปี") || ends("การศึกษา") || ends("งบประมาณ")
    {
        Some(true)
    } else {
        None
    }
}

/// Distinct word tokens of a text as folded token lists (for synonyms).
pub fn token_list(text: &str) -> Vec<String> {
    let folded = Folded::new(text);
    folded
        .tokens()
        .into_iter()
        .map(|t| folded.chars[t].iter().collect())
        .collect()
}

/// Distinct trigrams of a folded token, in order of first appearance.
pub fn trigrams(chars: &[char], seen: &mut BTreeSet<String>) -> Vec<String> {
    let mut out = Vec::new();
    for gram in chars.windows(3) {
        let gram: String = gram.iter().collect();
        if seen.insert(gram.clone()) {
            out.push(gram);
        }
    }
    out
}
