//! Cutting folded Thai runs into words, for the word keys of the index.
//!
//! Only the build needs words: a query is matched by what was typed between
//! spaces and by its n-grams, so no dictionary travels to the browser and the
//! two sides can never cut differently.

use crate::text::fold::is_mark;
use crate::text::words::{Words, label};

/// Bits for beginning a stretch that is no word of the list.
const UNKNOWN_BITS: u32 = 16;
/// Bits for each character of such a stretch.
const UNKNOWN_CHAR: u32 = 6;
/// The paths to a place: a word ends there, or an unknown stretch goes on.
const KNOWN: usize = 0;
/// See [`KNOWN`].
const UNKNOWN: usize = 1;

/// A path of a place in one number.
const fn path(place: usize, kind: usize) -> u32 {
    (place << 1 | kind) as u32
}

/// Working memory of the segmenter, reused between calls.
#[derive(Debug, Default)]
pub struct Segmenter {
    places: Vec<Place>,
}

/// A place between two characters, and the character after it.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Cost of the cheapest path to here at whose end a word ends, and of the one that goes on within an unknown stretch.
    costs: [u32; 2],
    /// The place before on each of these paths, times two, and which of its paths.
    from: [u32; 2],
    /// The trie label of the character, 0 for none.
    label: u8,
    /// Whether a word may begin or end here.
    open: bool,
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
        self.places.clear();
        self.places.extend((0..=n).map(|at| Place {
            costs: [u32::MAX; 2],
            from: [0; 2],
            label: chars.get(at).and_then(|&c| label(c)).unwrap_or(0),
            open: open(chars, at),
        }));
        let places = self.places.as_mut_slice();
        places[0].costs[KNOWN] = 0;
        for i in 0..n {
            let here = &mut places[i];
            let [mut known, unknown] = here.costs;
            // Leaving an unknown stretch costs nothing.
            if here.open && unknown < known {
                known = unknown;
                here.from[KNOWN] = path(i, UNKNOWN);
            }
            let (mut further, mut from) = (u32::MAX, 0);
            if unknown != u32::MAX {
                (further, from) = (unknown + UNKNOWN_CHAR, path(i, UNKNOWN));
            }
            if known != u32::MAX && known + UNKNOWN_BITS + UNKNOWN_CHAR < further {
                (further, from) = (known + UNKNOWN_BITS + UNKNOWN_CHAR, path(i, KNOWN));
            }
            (places[i + 1].costs[UNKNOWN], places[i + 1].from[UNKNOWN]) = (further, from);
            if known == u32::MAX {
                continue;
            }
            let (mut node, mut label) = (Words::ROOT, places[i].label);
            for place in &mut places[i + 1..] {
                let Some(next) = words.step(node, label) else {
                    break;
                };
                node = next;
                label = place.label;
                if place.open
                    && let Some(bits) = words.cost_at(node)
                    && known + u32::from(bits) < place.costs[KNOWN]
                {
                    place.costs[KNOWN] = known + u32::from(bits);
                    place.from[KNOWN] = path(i, KNOWN);
                }
            }
        }
        let last = &mut places[n];
        if last.costs[UNKNOWN] < last.costs[KNOWN] {
            last.from[KNOWN] = path(n, UNKNOWN);
        }
        let (mut at, mut state) = (n, KNOWN);
        while at > 0 {
            if state == KNOWN {
                ends.push(at);
            }
            let from = places[at].from[state];
            (at, state) = ((from >> 1) as usize, (from & 1) as usize);
        }
        ends.reverse();
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
