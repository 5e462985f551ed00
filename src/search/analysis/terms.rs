//! N-grams and word keys of a text, counted per field.

use std::collections::{BTreeMap, BTreeSet};

use super::interner::{Interner, NAME, START, WORD, pack};
use crate::search::ranking;
use crate::text::fold::{Folded, Script, key_into, script};
use crate::text::segment::{Segmenter, open};
use crate::text::stem::stem;
use crate::text::words::Words;

/// Longest pair of words (characters) that has a common key.
const MAX_PAIR: usize = 12;
/// Counts beyond this are cut.
const MAX_COUNT: u8 = 7;

/// What a text is to its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
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
pub(crate) struct Terms {
    interner: Interner,
    /// Counts of the document at hand, by number of the term.
    counts: Vec<u64>,
    /// Terms of the document at hand.
    touched: Vec<u32>,
    field: usize,
    times: u8,
    buffer: Vec<(char, usize)>,
    /// A term with its sign, while its number is looked up.
    key: Vec<char>,
    ends: Vec<usize>,
    segmenter: Segmenter,
    /// Folded characters seen since it was last set.
    pub length: usize,
}

impl Terms {
    /// What follows belongs to this field: a position in [`ranking::FIELDS`].
    pub(crate) fn field(&mut self, field: usize) {
        self.field = field;
        self.times = 1;
    }

    /// Gives each term of the document with its grade, and begins the next document.
    pub(crate) fn each_grade(&mut self, mut take: impl FnMut(u8, &str)) {
        let mut graded = Vec::with_capacity(self.touched.len());
        self.each_number(|grade, id| graded.push((grade, id)));
        let mut text = String::new();
        for (grade, id) in graded {
            text.clear();
            self.interner.write(id, &mut text);
            take(grade, &text);
        }
    }

    /// Gives the number of each term of the document with its grade, and begins the next document.
    pub(crate) fn each_number(&mut self, mut take: impl FnMut(u8, u32)) {
        for id in self.touched.drain(..) {
            let counts: Counts = std::mem::take(&mut self.counts[id as usize]).to_le_bytes();
            let weighted = counts.iter().zip(ranking::FIELDS).map(|(count, weight)| u32::from(*count) * weight);
            let place = match counts {
                _ if counts[ranking::TITLE] > 0 => 32,
                _ if counts[ranking::HEADINGS] > 0 || counts[ranking::SUMMARY] > 0 => 16,
                _ => 0,
            };
            take(ranking::class(weighted.sum()) | place, id);
        }
    }

    /// How many terms have numbers, from 0 on.
    pub(crate) fn known(&self) -> usize {
        self.interner.len()
    }

    /// Adds the text of a term to `out`.
    pub(crate) fn write(&self, number: u32, out: &mut String) {
        self.interner.write(number, out);
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
    pub(crate) fn add(&mut self, sign: char, term: &str) {
        self.add_chars(sign, term.chars());
    }

    fn add_chars(&mut self, sign: char, term: impl Iterator<Item = char>) {
        self.key.clear();
        self.key.push(sign);
        self.key.extend(term);
        let id = self.interner.chars(&self.key);
        self.count(id);
    }

    /// Adds a text `times` times.
    pub(crate) fn text(&mut self, words: &Words, text: &str, role: Role, times: u8) {
        let folded = Folded::new(text);
        self.length += folded.chars.len();
        self.times = times;
        self.grams_of(&folded);
        self.words_of(words, &folded, role);
        self.times = 1;
    }

    /// Adds the beginnings of the names of a document, to which it answers before all others. What is a whole name counts
    /// twice: its class tells.
    pub(crate) fn names<'a>(&mut self, names: impl Iterator<Item = &'a str>, shorts: &'a [String]) {
        let mut beginnings: BTreeMap<String, u8> = BTreeMap::new();
        let shorts = shorts.iter().map(|name| (name.as_str(), 1));
        for (name, times) in names.map(|name| (name, 2)).chain(shorts) {
            let chars: Vec<char> = Folded::new(name).chars.into_iter().filter(|&c| c != ' ').collect();
            let longest = chars.len().min(ranking::NAME_START);
            for end in (3..=longest).filter(|&end| open(&chars, end)) {
                beginnings.entry(chars[..end].iter().collect()).or_insert(1);
            }
            if chars.len() <= ranking::NAME_START && !chars.is_empty() {
                let whole = beginnings.entry(chars.iter().collect()).or_insert(times);
                *whole = times.max(*whole);
            }
        }
        for (beginning, times) in beginnings {
            self.times = times;
            self.add(NAME, &beginning);
        }
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
        for (i, token) in tokens.iter().enumerate() {
            let chars = &folded.chars[token.clone()];
            if let Some(next) = tokens.get(i + 1)
                && next.start == token.end + 1
                && is_joined(chars, &folded.chars[next.clone()])
            {
                self.word(&[chars, &folded.chars[next.clone()]].concat());
            }
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
                _ => {
                    self.word(chars);
                    // Words of two letters stand in longer runs where no gap parts words.
                    if chars.len() > 2 && is_unspaced(chars[0]) {
                        chars.windows(2).for_each(|two| self.word(two));
                    }
                }
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
            if chars.iter().all(char::is_ascii_lowercase) {
                let stem = stem(&chars.iter().collect::<String>());
                return self.add(WORD, &stem);
            }
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

/// Whether two words are often written as one: "Wi-Fi", "R&D", "e-mail".
fn is_joined(first: &[char], second: &[char]) -> bool {
    let latin = |word: &[char]| word.len() <= 4 && word.iter().all(char::is_ascii_lowercase);
    latin(first) && latin(second) && first.len().min(second.len()) <= 2
}

/// Chinese, Japanese and Korean letters.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
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

/// The beginning by which the names that begin with a text (folded, without gaps) are looked up: at most
/// [`ranking::NAME_START`] characters, and no letter parted from its marks.
pub(crate) fn name_beginning(chars: &[char]) -> &[char] {
    if chars.len() <= ranking::NAME_START {
        return chars;
    }
    let mut end = chars.len().min(ranking::NAME_START);
    while end > 0 && !open(chars, end) {
        end -= 1;
    }
    &chars[..end]
}

/// Distinct word tokens of a text as folded token lists (for synonyms).
pub(crate) fn token_list(text: &str) -> Vec<String> {
    let folded = Folded::new(text);
    folded.tokens().into_iter().map(|t| folded.chars[t].iter().collect()).collect()
}

/// Distinct trigrams of a folded token, in order of first appearance.
pub(crate) fn trigrams(chars: &[char], seen: &mut BTreeSet<String>) -> Vec<String> {
    let mut out = Vec::new();
    for gram in chars.windows(3) {
        let gram: String = gram.iter().collect();
        if seen.insert(gram.clone()) {
            out.push(gram);
        }
    }
    out
}
