//! The most frequent words of the index: what a browser needs to cut a long
//! run of a query into words, small enough to travel in the router.
//!
//! The set holds hashes of word keys, so a word is found however its tones are
//! typed. `docs/ranking.md` ("Query") has the rules; `client/terms.js` cuts the same.

use std::collections::HashSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::analyze::{WORD as SIGN, token_list};
use super::codec::{encode, hash};
use super::memo::{Memo, keys};
use super::merge::{Merged, merge, sections};
use super::run::{BODY, Postings, SECTIONS, ZONE};
use super::stock::Stock;
use super::{Index, SearchError};
use crate::text::fold::{Script, key, key_into, script};
use crate::text::words::Words;

/// At most this many words.
const MOST: usize = 1000;
/// Chosen among so many keys of each section of terms.
const EACH: usize = 24;
/// Bits of a word's hash: a false word is found once in about a thousand tries.
const BITS: u32 = 20;
/// Longest word, in folded characters.
const LONGEST: usize = 20;
/// Cost of a word, of beginning an unknown stretch, of a character of it.
const WORD: u32 = 10;
const UNKNOWN: u32 = 16;
const UNKNOWN_CHAR: u32 = 6;

/// A set of frequent words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frequent {
    hashes: Vec<u32>,
}

fn is_thai(key: &str) -> bool {
    key.chars().next().and_then(script) == Some(Script::Thai)
}

fn digest(key: &str) -> u32 {
    hash(key, 1) >> (32 - BITS)
}

/// Keys of the built-in word list, as hashes.
fn listed() -> &'static HashSet<u32> {
    static KEYS: OnceLock<HashSet<u32>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let mut out = HashSet::new();
        Words::get().each(|word| {
            out.insert(hash(&key(&word.chars().collect::<Vec<_>>()), 1));
        });
        out
    })
}

/// A word key with the number of pages whose text holds it.
pub type Candidate = (u32, String);

/// A merged term as a candidate: a Thai word key in the texts of two pages or more.
pub fn candidate(merged: &Merged<'_>) -> Option<Candidate> {
    let key = std::str::from_utf8(merged.term).ok()?.strip_prefix(SIGN)?;
    if !is_thai(key) {
        return None;
    }
    let postings = merged.parts.iter().flat_map(|(_, bytes)| Postings::new(bytes));
    let pages = postings.filter(|(_, counts)| counts[BODY] > 0).count();
    (pages > 1).then(|| (pages as u32, key.to_owned()))
}

/// Keeps the most frequent candidates of a section.
pub fn keep(words: &mut Vec<Candidate>) {
    words.sort_unstable_by(order);
    words.truncate(EACH);
}

/// The most frequent first, then in order of the keys.
fn order(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1))
}

impl Index {
    /// The most frequent words of the pages' texts.
    pub(super) fn frequent(&self) -> Result<&Frequent, SearchError> {
        if let Some(known) = self.frequent.get() {
            return Ok(known);
        }
        let (memo, keys) = (Memo::read(&self.stock.dir), keys(&self.stock));
        let words: Result<Vec<Vec<Candidate>>, SearchError> = (ZONE..SECTIONS)
            .into_par_iter()
            .map(|s| {
                if memo.same(s, &keys[s]) {
                    return Ok(memo.words[s - ZONE].clone());
                }
                let read = sections(&self.stock, s..s + 1)?;
                let mut words = Vec::new();
                let section = read.iter().filter_map(|r| r.get(0));
                merge(section, |_| true, |merged| words.extend(candidate(merged)));
                keep(&mut words);
                Ok(words)
            })
            .collect();
        let words = Frequent::of(&self.stock, words?);
        Ok(self.frequent.get_or_init(|| words))
    }
}

impl Frequent {
    /// The set of an index, from the candidates of its sections.
    pub fn of(stock: &Stock, words: Vec<Vec<Candidate>>) -> Frequent {
        let vocabulary = &stock.meta.settings.vocabulary;
        let vocabulary: Vec<String> = vocabulary.iter().flat_map(|w| token_list(w)).collect();
        Self::choose(words.into_iter().flatten().collect(), &vocabulary)
    }

    /// Chooses among word keys with the number of documents whose text holds
    /// them: the most frequent ones of two letters or more. Two words side by
    /// side have a key too; such a key is passed over unless it is a word of the
    /// list or of `vocabulary` (folded): both its parts are at least as frequent.
    pub fn choose(mut keys: Vec<Candidate>, vocabulary: &[String]) -> Frequent {
        let own: HashSet<u32> =
            vocabulary.iter().map(|word| hash(&key(&word.chars().collect::<Vec<_>>()), 1)).collect();
        keys.sort_unstable_by(order);
        let mut seen: HashSet<&str> = HashSet::new();
        let mut hashes = Vec::new();
        for (_, key) in &keys {
            let word = hash(key, 1);
            let two = || {
                let mut at = key.char_indices().map(|(i, _)| i).skip(1);
                at.any(|i| seen.contains(&key[..i]) && seen.contains(&key[i..]))
            };
            let whole = listed().contains(&word) || own.contains(&word) || !two();
            if whole && (2..=LONGEST).contains(&key.chars().count()) {
                hashes.push(digest(key));
                if hashes.len() == MOST {
                    break;
                }
            }
            seen.insert(key);
        }
        hashes.sort_unstable();
        hashes.dedup();
        Frequent { hashes }
    }

    /// The set as a list of the exported files: its size, then the hashes.
    pub fn coded(&self) -> Vec<u8> {
        let list: Vec<(u32, u8)> = self.hashes.iter().map(|&h| (h, 1)).collect();
        let mut out = Vec::new();
        super::codec::varint(list.len() as u32, &mut out);
        encode(&list, 1 << BITS, false, &mut out);
        out
    }

    fn holds(&self, key: &str) -> bool {
        self.hashes.binary_search(&digest(key)).is_ok()
    }

    /// Ends of the words of a folded Thai run, the last being its length: the
    /// cheapest path, an unknown stretch being one word, the first of equal paths.
    pub fn cut(&self, chars: &[char]) -> Vec<usize> {
        let n = chars.len();
        // Per place: cost and origin of the best path that ends with a word, or within an unknown stretch.
        let mut best = vec![[(u32::MAX, 0usize, 0usize); 2]; n + 1];
        best[0][0].0 = 0;
        let mut word = Vec::new();
        for i in 0..n {
            if open(chars, i) && best[i][1].0 < best[i][0].0 {
                best[i][0] = (best[i][1].0, i, 1);
            }
            let [known, unknown] = best[i].map(|b| b.0);
            let mut relax = |at: usize, state: usize, cost: u32, from: usize| {
                if cost < best[at][state].0 {
                    best[at][state] = (cost, i, from);
                }
            };
            if unknown != u32::MAX {
                relax(i + 1, 1, unknown + UNKNOWN_CHAR, 1);
            }
            if known == u32::MAX {
                continue;
            }
            relax(i + 1, 1, known + UNKNOWN + UNKNOWN_CHAR, 0);
            for end in i + 2..=n.min(i + LONGEST) {
                if !open(chars, end) {
                    continue;
                }
                key_into(&chars[i..end], &mut word);
                let key: String = word.iter().map(|&(c, _)| c).collect();
                if self.holds(&key) {
                    relax(end, 0, known + WORD, 0);
                }
            }
        }
        if best[n][1].0 < best[n][0].0 {
            best[n][0] = (best[n][1].0, n, 1);
        }
        let mut ends = Vec::new();
        let (mut at, mut state) = (n, 0);
        while at > 0 {
            if state == 0 {
                ends.push(at);
            }
            (at, state) = (best[at][state].1, best[at][state].2);
        }
        ends.reverse();
        ends
    }
}

/// True where a word may begin or end.
fn open(chars: &[char], at: usize) -> bool {
    crate::text::segment::open(chars, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(known: &[&str], text: &str) -> Vec<String> {
        let keys = known.iter().map(|w| (9, key(&w.chars().collect::<Vec<_>>()))).collect();
        let chars: Vec<char> = text.chars().collect();
        let mut start = 0;
        let ends = Frequent::choose(keys, &[]).cut(&chars);
        ends.into_iter()
            .map(|end| {
                let word = chars[start..end].iter().collect();
                start = end;
                word
            })
            .collect()
    }

    #[test]
    fn cuts_by_known_words() {
        let known = ["การ", "พัฒนา", "คุณภาพ", "เรียน", "โรงเรียน"];
        assert_eq!(cut(&known, "การพัฒนาคุณภาพ"), ["การ", "พัฒนา", "คุณภาพ"]);
        assert_eq!(cut(&known, "โรงเรียน"), ["โรงเรียน"]);
        // Unknown stretches stay whole; a dropped tone changes nothing.
        assert_eq!(cut(&known, "การฆฌญฎพัฒนา"), ["การ", "ฆฌญฎ", "พัฒนา"]);
        assert_eq!(cut(&["ก้าวหน้า"], "กาวหนา"), ["กาวหนา"]);
        assert_eq!(cut(&[], "คุณภาพ"), ["คุณภาพ"]);
        assert!(cut(&known, "").is_empty());
    }

    #[test]
    fn two_words_are_no_word() {
        let words = |keys: &[(u32, &str)]| -> usize {
            let keys = keys.iter().map(|(n, w)| (*n, key(&w.chars().collect::<Vec<_>>())));
            Frequent::choose(keys.collect(), &[]).hashes.len()
        };
        // Not of the list, and both parts are words as frequent.
        assert_eq!(words(&[(9, "ครู"), (8, "พัฒนา"), (5, "ครูพัฒนา")]), 2);
        // Of the list, or with a part that is no word.
        assert_eq!(words(&[(9, "โรง"), (8, "เรียน"), (5, "โรงเรียน")]), 3);
        assert_eq!(words(&[(9, "ครู"), (5, "ครูฆฌญ")]), 2);
    }
}
