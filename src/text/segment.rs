//! Cutting folded Thai runs into words, for the word keys of the index.
//!
//! Only the build needs words: a query is matched by what was typed between
//! spaces and by its n-grams, so no dictionary travels to the browser and the
//! two sides can never cut differently.

use crate::text::fold::is_mark;
use crate::text::words::{Words, label};

/// Bits for beginning a stretch that is no word of the list.
const UNKNOWN: u32 = 16;
/// Bits for each character of such a stretch.
const UNKNOWN_CHAR: u32 = 6;

/// Working memory of the segmenter, reused between calls.
#[derive(Debug, Default)]
pub struct Segmenter {
    cost: Vec<[u32; 2]>,
    from: Vec<[(u32, u8); 2]>,
    /// Per character its trie label, 0 for none.
    labels: Vec<u8>,
    /// Per place whether a word may begin or end there.
    opens: Vec<bool>,
}

/// True where a word may begin or end: never before a mark or a following
/// vowel, never after a leading vowel.
pub fn open(chars: &[char], at: usize) -> bool {
    if at == 0 || at >= chars.len() {
        return true;
    }
    let (before, here) = (chars[at - 1], chars[at]);
    !is_mark(here) && !matches!(here, 'ะ' | 'า' | 'ำ' | 'ๅ') && !matches!(before, 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ')
}

impl Segmenter {
    /// Ends of the words of a folded Thai run, the last being its length.
    ///
    /// The cheapest path through the word list, a stretch of unknown letters
    /// being one word; of equal paths the one with the later cut.
    pub fn cut(&mut self, words: &Words, chars: &[char], ends: &mut Vec<usize>) {
        let n = chars.len();
        ends.clear();
        self.cost.clear();
        self.cost.resize(n + 1, [u32::MAX; 2]);
        self.from.clear();
        self.from.resize(n + 1, [(0, 0); 2]);
        self.cost[0][0] = 0;
        self.labels.clear();
        self.labels.extend(chars.iter().map(|&c| label(c).unwrap_or(0)));
        self.opens.clear();
        self.opens.extend((0..=n).map(|at| open(chars, at)));
        for i in 0..n {
            // Leaving an unknown stretch costs nothing.
            if self.opens[i] && self.cost[i][1] < self.cost[i][0] {
                self.cost[i][0] = self.cost[i][1];
                self.from[i][0] = (i as u32, 1);
            }
            let [known, unknown] = self.cost[i];
            if unknown != u32::MAX {
                self.relax(i + 1, 1, unknown + UNKNOWN_CHAR, i, 1);
            }
            if known == u32::MAX {
                continue;
            }
            self.relax(i + 1, 1, known + UNKNOWN + UNKNOWN_CHAR, i, 0);
            let mut node = Words::ROOT;
            for j in i..n {
                let label = self.labels[j];
                if label == 0 {
                    break;
                }
                let Some(next) = words.step(node, label) else {
                    break;
                };
                node = next;
                if self.opens[j + 1]
                    && let Some(bits) = words.cost_at(node)
                {
                    self.relax(j + 1, 0, known + u32::from(bits), i, 0);
                }
            }
        }
        if self.cost[n][1] < self.cost[n][0] {
            self.from[n][0] = (n as u32, 1);
        }
        let (mut at, mut state) = (n, 0u8);
        while at > 0 {
            if state == 0 {
                ends.push(at);
            }
            let (before, kind) = self.from[at][usize::from(state)];
            at = before as usize;
            state = kind;
        }
        ends.reverse();
    }

    fn relax(&mut self, at: usize, state: usize, cost: u32, from: usize, kind: u8) {
        if cost < self.cost[at][state] {
            self.cost[at][state] = cost;
            self.from[at][state] = (from as u32, kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut ends = Vec::new();
        Segmenter::default().cut(Words::get(), &chars, &mut ends);
        let mut start = 0;
        ends.iter()
            .map(|&end| {
                let word = chars[start..end].iter().collect();
                start = end;
                word
            })
            .collect()
    }

    #[test]
    fn cuts_words() {
        assert_eq!(cut("ครูและนักเรียน"), ["ครู", "และ", "นักเรียน"]);
        assert_eq!(cut(""), Vec::<String>::new());
        assert_eq!(cut("ๆๆ").concat(), "ๆๆ");
        assert_eq!(cut("คฆฌญฎ"), ["คฆฌญฎ"]);
    }
}
