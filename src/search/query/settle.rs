//! The order of the matches. Lists tell how good each can be at best; the texts of those that would stand at the top are
//! read until their order is the true one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::literal::{Wanted, near_tier, tier_of};
use super::score::Scored;
use crate::search::document::SearchKind;
use crate::search::ranking::{ANSWERS, FOLDING, KIND_WEIGHT, MOST_READ, NEAR, TOP, WEIGHT_BASE, tier};
use crate::search::{Index, SearchError};

/// What the order follows from.
pub(super) struct Order<'a> {
    pub index: &'a Index,
    pub scored: Scored,
    /// The question that is asked: kinds that answer it weigh more.
    pub question: Option<&'a str>,
}

/// Matches under the hit that they only refer to.
pub(super) type Folded = BTreeMap<u32, Vec<u32>>;

type Key = (u8, Reverse<u8>, Reverse<u64>, u32);

/// The first documents of a tier or better, those with the greatest scores.
fn first(scored: &Scored, most: usize, takes: impl Fn(u32) -> bool) -> Vec<u32> {
    let all = 0..scored.scores.len() as u32;
    let mut docs: Vec<u32> = all.filter(|&doc| scored.scores[doc as usize] > 0 && takes(doc)).collect();
    docs.sort_by_key(|&doc| (scored.tiers[doc as usize], Reverse(scored.scores[doc as usize]), doc));
    docs.truncate(most);
    docs
}

/// Whether an entry is named so, in whole or in part.
///
/// # Errors
/// An index that cannot be read.
pub(super) fn is_named(index: &Index, scored: &Scored) -> Result<bool, SearchError> {
    let docs = first(scored, TOP, |doc| scored.tiers[doc as usize] <= tier::HOLDS && !index.is_list(doc));
    if scored.certain && docs.first().is_some_and(|&doc| scored.tiers[doc as usize] <= tier::BEGINS) {
        return Ok(true);
    }
    let wanted = Wanted::new(&scored.tokens, &scored.words);
    for doc in docs {
        if tier_of(&index.fragment(doc)?, &wanted, &[]) <= tier::HOLDS {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a text differs from it in a few characters only.
///
/// # Errors
/// An index that cannot be read.
pub(super) fn is_near(index: &Index, scored: &Scored) -> Result<bool, SearchError> {
    let wanted = Wanted::new(&scored.tokens, &scored.words);
    for doc in first(scored, NEAR, |_| true) {
        if near_tier(&index.fragment(doc)?, &wanted) < tier::A_WORD {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Lists that have the query as a name.
///
/// # Errors
/// An index that cannot be read.
pub(super) fn named_lists(index: &Index, scored: &Scored) -> Result<Vec<u32>, SearchError> {
    let docs = first(scored, TOP, |doc| scored.tiers[doc as usize] == tier::NAME && index.is_list(doc));
    let wanted = Wanted::new(&scored.tokens, &scored.words);
    let mut out = Vec::new();
    for doc in docs {
        if tier_of(&index.fragment(doc)?, &wanted, &[]) == tier::NAME {
            out.push(doc);
        }
    }
    Ok(out)
}

impl Order<'_> {
    fn answers(&self, kind: &SearchKind) -> bool {
        self.question.is_some_and(|question| kind.answers.iter().any(|known| known == question))
    }

    fn key(&self, doc: u32) -> Key {
        let mut reached = self.scored.tiers[doc as usize];
        let mut weight = KIND_WEIGHT;
        if let Some(kind) = self.index.kind_of(doc) {
            let answers = self.answers(kind);
            weight = kind.weight + if answers { ANSWERS } else { 0 };
            reached = match reached {
                // A list answers to its whole name only; what answers the question needs not be named by it alone.
                tier::BEGINS..=tier::TEXT if kind.lists => tier::WORDS,
                tier::NAME if answers => 0,
                tier::BEGINS | tier::HOLDS if answers => tier::NAME,
                other => other,
            };
        }
        let value = self.scored.scores[doc as usize] * (WEIGHT_BASE + u64::from(weight));
        (reached, Reverse(if reached <= tier::HOLDS { weight } else { 0 }), Reverse(value), doc)
    }

    /// Takes out of the order what only refers to one of the first hits, which are named so; parts of a list too.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub(super) fn fold(&self, order: &mut Vec<u32>) -> Result<Folded, SearchError> {
        let mut folded = Folded::new();
        let tiers = &self.scored.tiers;
        for doc in order.iter().copied().take(FOLDING).collect::<Vec<u32>>() {
            let own = tiers[doc as usize];
            if own > tier::HOLDS || folded.values().any(|under: &Vec<u32>| under.contains(&doc)) {
                continue;
            }
            let refers = self.index.fragment(doc)?.8;
            let lists = self.index.is_list(doc);
            let goes = |other: u32| {
                let reached = tiers[other as usize];
                reached > own && (lists || reached > tier::HOLDS) && refers.contains(&other)
            };
            let under: Vec<u32> = order.iter().copied().filter(|&other| goes(other)).collect();
            order.retain(|other| !under.contains(other));
            if !under.is_empty() {
                folded.insert(doc, under);
            }
        }
        Ok(folded)
    }

    /// Puts the documents in order; those that are no hits go.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub(super) fn settle(&mut self, docs: &mut Vec<u32>) -> Result<(), SearchError> {
        docs.sort_by_cached_key(|&doc| self.key(doc));
        let wanted = Wanted::new(&self.scored.tokens, &self.scored.words);
        if !self.scored.exact {
            docs.truncate(NEAR);
            for &doc in docs.iter() {
                let reached = near_tier(&self.index.fragment(doc)?, &wanted);
                let no_word = reached == tier::A_WORD && !self.scored.worded[doc as usize];
                self.scored.tiers[doc as usize] = if no_word { tier::NONE } else { reached };
            }
            docs.retain(|&doc| self.scored.tiers[doc as usize] < tier::NONE);
            docs.sort_by_cached_key(|&doc| self.key(doc));
            return Ok(());
        }
        let variants: Vec<Wanted> = self.scored.variants.iter().map(|tokens| Wanted::new(tokens, &[])).collect();
        let mut read: Vec<u32> = Vec::new();
        while read.len() < MOST_READ {
            let next: Vec<u32> = docs.iter().take(TOP).copied().filter(|doc| !read.contains(doc)).collect();
            if next.is_empty() {
                break;
            }
            for doc in next {
                self.scored.tiers[doc as usize] = tier_of(&self.index.fragment(doc)?, &wanted, &variants);
                read.push(doc);
            }
            docs.sort_by_cached_key(|&doc| self.key(doc));
        }
        Ok(())
    }
}
