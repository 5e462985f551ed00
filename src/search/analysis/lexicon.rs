//! The most frequent words of an index: what a browser needs to cut a long run of a query into words, small enough to
//! travel in the router.
//!
//! The set holds hashes of word keys, so a word is found however its tones are typed. `docs/ranking.md` ("Query") has
//! the rules; `client/terms.js` cuts the same.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::search::codec::{encode, hash, varint};
use crate::search::ranking::{LEXICON_BITS as BITS, LEXICON_UNKNOWN as UNKNOWN, LEXICON_UNKNOWN_CHAR as UNKNOWN_CHAR};
use crate::search::ranking::{LEXICON_LONGEST as LONGEST, LEXICON_WORD as WORD, LEXICON_WORDS as MOST};
use crate::text::fold::{Script, key, key_into, script};
use crate::text::words::Words;

/// A set of frequent words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
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

/// A word key with the number of documents that hold it.
pub(super) type Candidate = (u32, String);

impl Lexicon {
    /// Whether a word key may be in the set, or be a part of one that is.
    pub fn is_candidate(key: &str) -> bool {
        is_thai(key) && key.chars().count() <= LONGEST
    }

    /// Chooses the most frequent of some word keys, and those of `vocabulary` (folded) among them. Two words side by side
    /// have a key too; such a key is passed over unless it is a word of the list or of `vocabulary`: both its parts are
    /// at least as frequent.
    pub fn choose(mut keys: Vec<Candidate>, vocabulary: &[String]) -> Lexicon {
        let own: HashSet<u32> =
            vocabulary.iter().map(|word| hash(&key(&word.chars().collect::<Vec<_>>()), 1)).collect();
        // The most frequent first, then in order of the keys.
        keys.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut seen: HashSet<&str> = HashSet::new();
        let mut hashes = Vec::new();
        let mut taken = 0;
        for (_, key) in &keys {
            let word = hash(key, 1);
            let two = || {
                let mut at = key.char_indices().map(|(i, _)| i).skip(1);
                at.any(|i| seen.contains(&key[..i]) && seen.contains(&key[i..]))
            };
            let named = own.contains(&word);
            let whole = named || listed().contains(&word) || !two();
            if whole && (named || taken < MOST) && (2..=LONGEST).contains(&key.chars().count()) {
                hashes.push(digest(key));
                taken += 1;
            }
            seen.insert(key);
        }
        hashes.sort_unstable();
        hashes.dedup();
        Lexicon { hashes }
    }

    /// The set as a list of the exported files: its size, then the hashes.
    pub fn coded(&self) -> Vec<u8> {
        let list: Vec<(u32, u8)> = self.hashes.iter().map(|&h| (h, 1)).collect();
        let mut out = Vec::new();
        varint(list.len() as u32, &mut out);
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
        let ends = Lexicon::choose(keys, &[]).cut(&chars);
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
            Lexicon::choose(keys.collect(), &[]).hashes.len()
        };
        // Not of the list, and both parts are words as frequent.
        assert_eq!(words(&[(9, "ครู"), (8, "พัฒนา"), (5, "ครูพัฒนา")]), 2);
        // Of the list, or with a part that is no word.
        assert_eq!(words(&[(9, "โรง"), (8, "เรียน"), (5, "โรงเรียน")]), 3);
        assert_eq!(words(&[(9, "ครู"), (5, "ครูฆฌญ")]), 2);
    }
}
