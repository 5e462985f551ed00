//! A token of the query as excerpts look for it.

use crate::search::analysis::trigrams;
use crate::search::ranking::near_edits;
use crate::text::fold::key_map;
use crate::text::stem::stem;
use std::collections::BTreeSet;

/// A token of the query prepared for matching.
#[derive(Debug)]
pub(super) struct Needle {
    pub(super) chars: Vec<char>,
    pub(super) key: Vec<char>,
    /// Stem of an English word, else empty.
    pub(super) stem: String,
    pub(super) grams: Vec<Vec<char>>,
    /// In how many characters a text may differ from it and still be marked.
    pub(super) limit: usize,
}

impl Needle {
    /// Prepares folded tokens.
    pub(super) fn all(tokens: &[String]) -> Vec<Needle> {
        Needle::prepared(tokens, false)
    }

    /// The same; where nothing holds the query as it was typed, near texts are marked too.
    pub(super) fn prepared(tokens: &[String], near: bool) -> Vec<Needle> {
        let limit = |length: usize| if near { near_edits(length) } else { 0 };
        tokens
            .iter()
            .map(|token| {
                let chars: Vec<char> = token.chars().collect();
                let grams = trigrams(&chars, &mut BTreeSet::new());
                Needle {
                    stem: if chars.iter().all(char::is_ascii_lowercase) { stem(token) } else { String::new() },
                    key: key_map(&chars).into_iter().map(|(c, _)| c).collect(),
                    grams: grams.iter().map(|g| g.chars().collect()).collect(),
                    limit: limit(chars.len()),
                    chars,
                }
            })
            .collect()
    }

    /// Whether it is long enough to tell something alone.
    pub(super) fn is_long(&self) -> bool {
        self.chars.len() > 2
    }

    /// How much it counts where an excerpt is chosen: its trigrams.
    pub(super) fn weight(&self) -> u32 {
        self.grams.len().max(1) as u32
    }
}
