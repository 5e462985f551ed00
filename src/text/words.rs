//! The Thai word list: which letter sequences are words, and how common.
//!
//! Held as a trie over the Thai block. A word's cost is the number of bits
//! that its share of running text is worth (7 for กับ, 26 for a word that the
//! corpus does not count). Origin and licence: `data/README.md`.

use std::io::Read;
use std::sync::OnceLock;

static PACKED: &[u8] = include_bytes!("data/words.txt.gz");
static EXTRA: &str = include_str!("data/extra.txt");
/// One bit for each word of [`PACKED`]: browsers split it.
static SPLIT: &[u8] = include_bytes!("data/split.bits");

/// Cost of a word that was added without a count.
const EXTRA_COST: u8 = 16;
/// Of a node's cost: browsers split the word.
const SPLIT_BIT: u8 = 0x80;
/// First character of the Thai block.
const BLOCK: u32 = 0x0e00;

/// A place in the trie; [`Words::ROOT`] is the empty beginning.
pub type Node = u32;

/// A word list.
#[derive(Debug)]
pub struct Words(Vec<TrieNode>);

/// A node of the trie; its children stand together, in order of their labels.
#[derive(Debug, Clone, Copy, Default)]
struct TrieNode {
    /// TrieNode of the first child.
    first: u32,
    /// One bit per label that has a child.
    labels: [u32; 3],
    /// Children before the second and the third of these numbers.
    before: [u8; 2],
    /// Cost of the word that ends here, and [`SPLIT_BIT`]; 0: no word.
    cost: u8,
}

/// A Thai character as a trie label.
pub(crate) fn label(c: char) -> Option<u8> {
    let offset = (c as u32).checked_sub(BLOCK)?;
    u8::try_from(offset).ok().filter(|l| (1..0x60).contains(l))
}

impl Words {
    /// The place of the empty beginning.
    pub const ROOT: Node = 0;

    /// The built-in list, unpacked at the first call.
    pub fn get() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| Words::with_extra(std::iter::empty::<&str>()))
    }

    /// The built-in list and further words (those with other than Thai
    /// letters are passed over).
    pub fn with_extra<S: AsRef<str>>(extra: impl IntoIterator<Item = S>) -> Words {
        let mut text = String::new();
        // The list is part of the program: a failure leaves it empty, which
        // makes every ambiguous repair abstain.
        flate2::read::GzDecoder::new(PACKED).read_to_string(&mut text).expect("the word list of the program");
        let mut entries: Vec<(Vec<u8>, u8)> = Vec::with_capacity(64_000);
        let mut add = |word: &str, cost: u8| {
            if let Some(labels) = word.chars().map(label).collect::<Option<Vec<u8>>>()
                && !labels.is_empty()
            {
                entries.push((labels, cost));
            }
        };
        for line in text.lines() {
            if let Some((word, cost)) = line.split_once('\t')
                && let Ok(cost) = cost.parse()
            {
                add(word, cost);
            }
        }
        let own = EXTRA.lines().filter(|l| !l.starts_with('#'));
        for word in own.flat_map(str::split_whitespace) {
            add(word, EXTRA_COST);
        }
        for word in extra {
            add(word.as_ref().trim(), EXTRA_COST);
        }
        // The list is in order already, which a sort that keeps order sees.
        entries.sort();
        entries.dedup_by(|later, earlier| later.0 == earlier.0);
        let mut words = Self::build(&entries);
        for (n, line) in text.lines().enumerate() {
            if SPLIT.get(n / 8).is_some_and(|bits| bits >> (n % 8) & 1 == 1)
                && let Some(node) = words.node(line.split('\t').next().unwrap_or_default())
            {
                words.0[node as usize].cost |= SPLIT_BIT;
            }
        }
        words
    }

    /// Builds the trie level by level from sorted entries.
    fn build(entries: &[(Vec<u8>, u8)]) -> Words {
        let mut places = vec![TrieNode::default()];
        let mut queue = std::collections::VecDeque::from([(0usize, 0usize, entries.len(), 0)]);
        while let Some((node, mut lo, hi, depth)) = queue.pop_front() {
            if let Some((word, cost)) = entries[lo..hi].first()
                && word.len() == depth
            {
                places[node].cost = (*cost).max(1);
                lo += 1;
            }
            places[node].first = u32::try_from(places.len()).unwrap_or(u32::MAX);
            while lo < hi {
                let next = entries[lo].0[depth];
                let end = lo + entries[lo..hi].partition_point(|(w, _)| w[depth] == next);
                places[node].labels[usize::from(next >> 5)] |= 1 << (next & 31);
                queue.push_back((places.len(), lo, end, depth + 1));
                places.push(TrieNode::default());
                lo = end;
            }
            let [first, second, _] = places[node].labels.map(|labels| labels.count_ones() as u8);
            places[node].before = [first, first + second];
        }
        Words(places)
    }

    /// The place one character further, when some word goes on with it.
    pub(crate) fn step(&self, node: Node, label: u8) -> Option<Node> {
        let place = &self.0[node as usize];
        let (at, bit) = (usize::from(label >> 5), 1 << (label & 31));
        if place.labels.get(at)? & bit == 0 {
            return None;
        }
        let before = if at == 0 { 0 } else { place.before[at - 1] };
        Some(place.first + u32::from(before) + (place.labels[at] & (bit - 1)).count_ones())
    }

    /// Cost in bits when a word ends here.
    pub(crate) fn cost_at(&self, node: Node) -> Option<u8> {
        Some(self.0[node as usize].cost & !SPLIT_BIT).filter(|&c| c > 0)
    }

    /// Cost in bits of a word; `None` when it is not in the list.
    pub fn cost(&self, word: &str) -> Option<u8> {
        self.cost_at(self.node(word)?)
    }

    /// Whether browsers end lines within a word (เป้า|หมาย): their list has its parts alone.
    pub(crate) fn is_split(&self, word: &str) -> bool {
        self.node(word).is_some_and(|node| self.0[node as usize].cost & SPLIT_BIT != 0)
    }

    /// The place at the end of a text.
    fn node(&self, text: &str) -> Option<Node> {
        text.chars().try_fold(Self::ROOT, |node, c| self.step(node, label(c)?))
    }

    /// True for a word of the list.
    pub fn contains(&self, word: &str) -> bool {
        self.cost(word).is_some()
    }

    /// Gives every word to `take`, in the order of their letters.
    pub fn each(&self, mut take: impl FnMut(&str)) {
        fn walk(words: &Words, node: Node, text: &mut String, take: &mut impl FnMut(&str)) {
            if words.cost_at(node).is_some() {
                take(text);
            }
            for (at, labels) in (0..).zip(words.0[node as usize].labels) {
                for label in (0..32).filter(|bit| labels >> bit & 1 == 1).map(|bit| at * 32 + bit) {
                    let Some(next) = words.step(node, label) else { continue };
                    text.extend(char::from_u32(BLOCK + u32::from(label)));
                    walk(words, next, text, take);
                    text.pop();
                }
            }
        }
        walk(self, Self::ROOT, &mut String::new(), &mut take);
    }

    /// Lengths in bytes of the words that a text begins with, shortest first.
    pub fn prefixes<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut node = Some(Self::ROOT);
        text.char_indices()
            .map_while(move |(at, c)| {
                node = label(c).and_then(|l| self.step(node?, l));
                node.map(|n| (at + c.len_utf8(), n))
            })
            .filter_map(|(end, n)| self.cost_at(n).map(|_| end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words() {
        let words = Words::get();
        assert!(words.contains("พัฒนา"));
        assert!(words.contains("เครือข่าย"));
        assert!(!words.contains("พฒันา"));
        assert!(!words.contains(""));
        assert!(!words.contains("abc"));
        assert!(words.cost("กับ") < words.cost("กบ"));
        let ends: Vec<&str> = words.prefixes("การศึกษาไทย").map(|e| &"การศึกษาไทย"[..e]).collect();
        assert!(ends.contains(&"การศึกษา"), "{ends:?}");
    }

    #[test]
    fn takes_extra_words() {
        let words = Words::with_extra(["กขคง"]);
        assert!(words.contains("กขคง"));
        assert!(words.contains("พัฒนา"));
    }
}
