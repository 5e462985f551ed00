//! Latin words that a PDF broke by spaces between letters.

use super::edit::{Confidence, Edit};
use super::rule::Rule;

/// Adds suggestions for `opera t ions` and `o p e r a t i o n s`; `offset` is
/// where the line begins in the text. English is not in the word list, so
/// these are never certain.
pub(super) fn spaced(line: &str, offset: usize, edits: &mut Vec<Edit>) {
    let words: Vec<(usize, &str)> = pieces(line);
    let lower = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase());
    // a, i and o stand alone in running text of one language or another.
    let single = |w: &str| w.len() == 1 && lower(w) && !matches!(w, "a" | "i" | "o" | "e" | "y" | "x" | "n");
    let mut k = 1;
    while k + 1 < words.len() {
        let alpha = |w: &str| w.bytes().all(|b| b.is_ascii_alphabetic());
        let (_, word) = words[k];
        if !(single(word) && alpha(words[k - 1].1) && lower(words[k + 1].1)) {
            k += 1;
            continue;
        }
        let from = k - 1;
        let mut to = k + 1;
        while to + 2 < words.len() && single(words[to + 1].1) && lower(words[to + 2].1) {
            to += 2;
        }
        let start = words[from].0;
        let end = words[to].0 + words[to].1.len();
        // Pieces that touch by one space only.
        let tight = words[from..=to].windows(2).all(|w| w[0].0 + w[0].1.len() + 1 == w[1].0);
        if tight {
            edits.push(Edit {
                range: offset + start..offset + end,
                replacement: words[from..=to].iter().map(|w| w.1).collect(),
                rule: Rule::SpacedLatin,
                confidence: Confidence::Suggested,
            });
        }
        k = to + 1;
    }
}

fn pieces(line: &str) -> Vec<(usize, &str)> {
    let mut out = vec![];
    let mut start = 0;
    for (at, c) in line.char_indices() {
        if c == ' ' {
            if at > start {
                out.push((start, &line[start..at]));
            }
            start = at + 1;
        }
    }
    if start < line.len() {
        out.push((start, &line[start..]));
    }
    out
}
