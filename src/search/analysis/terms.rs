//! N-grams and word keys of a text, counted per field.

use std::collections::BTreeSet;

use super::interner::{Interner, START, WORD, pack};
use crate::search::ranking;
use crate::text::fold::{Folded, Script, key_into, script};
use crate::text::segment::Segmenter;
use crate::text::words::Words;

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

/// Counts of a term in the fields of a document, by [`Terms::field`].
type Counts = [u8; 8];

/// Collects and counts the terms of documents, one document after the other. A term has a number that stays the same
/// for all of them, so that counting needs neither sorting nor text.
#[derive(Debug, Default)]
pub struct Terms {
    interner: Interner,
    /// Counts of the document at hand, by number of the term.
    counts: Vec<u64>,
    /// Terms of the document at hand.
    touched: Vec<u32>,
    field: usize,
    times: u8,
    buffer: Vec<(char, usize)>,
    ends: Vec<usize>,
    segmenter: Segmenter,
    /// Folded characters seen since it was last set.
    pub length: usize,
}

impl Terms {
    /// What follows belongs to this field: a position in [`ranking::FIELDS`].
    pub fn field(&mut self, field: usize) {
        self.field = field;
        self.times = 1;
    }

    /// Gives each term of the document with the class of its weighted count, and begins the next document.
    pub fn each_class(&mut self, mut take: impl FnMut(u8, &str)) {
        let mut text = String::new();
        for id in self.touched.drain(..) {
            let counts: Counts = std::mem::take(&mut self.counts[id as usize]).to_le_bytes();
            let weighted = counts.iter().zip(ranking::FIELDS).map(|(count, weight)| u32::from(*count) * weight);
            self.interner.write(id, &mut text);
            take(ranking::class(weighted.sum()), &text);
        }
    }

    fn count(&mut self, id: u32) {
        let at = id as usize;
        if at >= self.counts.len() {
            self.counts.resize(at + 1, 0);
        }
        let mut counts = self.counts[at].to_le_bytes();
        if self.counts[at] == 0 {
            self.touched.push(id);
        }
        let here = &mut counts[self.field];
        *here = here.saturating_add(self.times).min(MAX_COUNT);
        self.counts[at] = u64::from_le_bytes(counts);
    }

    /// A term with its prefix sign.
    pub fn add(&mut self, sign: char, term: &str) {
        self.add_chars(sign, term.chars());
    }

    fn add_chars(&mut self, sign: char, term: impl Iterator<Item = char>) {
        let id = self.interner.chars(std::iter::once(sign).chain(term));
        self.count(id);
    }

    /// Adds a text `times` times.
    pub fn text(&mut self, words: &Words, text: &str, role: Role, times: u8) {
        let folded = Folded::new(text);
        self.length += folded.chars.len();
        self.times = times;
        self.grams_of(&folded);
        self.words_of(words, &folded, role);
        self.times = 1;
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
                let id = self.interner.gram(pack(run[0], run[1], run[2]));
                self.count(id);
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
                    self.segmenter.cut(words, chars, &mut ends);
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
        if chars.len() <= ranking::MAX_WORD {
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

    /// A year written next to an era sign is found by the other era's number too.
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
    } else if ends("พศ") || ends("ปี") || ends("การศึกษา") || ends("งบประมาณ") {
        Some(true)
    } else {
        None
    }
}

/// Distinct word tokens of a text as folded token lists (for synonyms).
pub fn token_list(text: &str) -> Vec<String> {
    let folded = Folded::new(text);
    folded.tokens().into_iter().map(|t| folded.chars[t].iter().collect()).collect()
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
