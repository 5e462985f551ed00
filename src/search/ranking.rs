//! The numbers of the ranking, all of them and nowhere else: the script gets them as data ([`for_script`]).
//!
//! Everything is an integer, so that the browser computes the same. `docs/ranking.md` tells why each is what it is.

use serde_json::{Value, json};

/// Classes of weighted term counts, and the count each stands for.
pub(super) const CLASS_COUNT: [u32; 9] = [0, 1, 2, 3, 4, 5, 7, 11, 18];
/// Number of steps of document length.
pub(super) const LENGTH_STEPS: usize = 16;
/// Saturation and length share of BM25.
const K1: f64 = 1.5;
const B: f64 = 0.75;
/// Steps of document length per doubling.
const STEPS_PER_DOUBLING: f64 = 2.5;

/// Fields of a document: positions in [`FIELDS`].
pub(super) const TITLE: usize = 0;
/// See [`TITLE`].
pub(super) const HEADINGS: usize = 1;
/// See [`TITLE`].
pub(super) const SUMMARY: usize = 2;
/// Running text.
pub(super) const BODY: usize = 3;
/// Values of fields; each carries its own weight as its count.
pub(super) const VALUES: usize = 4;
/// Years and dates.
pub(super) const DATES: usize = 5;
/// Weight of each field.
pub(super) const FIELDS: [u32; 6] = [8, 3, 2, 1, 1, 1];
/// Greatest weight of a field's value.
pub(super) const MOST_FIELD_WEIGHT: u8 = 8;

/// Weights of the lists of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weights {
    /// Of an n-gram.
    pub gram: u32,
    /// Of a word key.
    pub word: u32,
    /// Of a beginning.
    pub start: u32,
    /// Bonus by 16ths of coverage.
    pub coverage: [u32; 17],
    /// Share of the coverage that a match needs where some document covers the whole query.
    pub need_whole: (u32, u32),
    /// The same, of the best coverage, where none does.
    pub need_part: (u32, u32),
}

/// A query of few words: n-grams carry it. Bonus: 128 × (share)⁸, rounded.
pub(super) const FEW: Weights = Weights {
    gram: 5,
    word: 10,
    start: 5,
    coverage: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 3, 6, 13, 24, 44, 76, 128],
    need_whole: (7, 10),
    need_part: (2, 5),
};
/// A query of many words: words carry it, and only the whole query earns a bonus.
pub(super) const MANY: Weights = Weights {
    gram: 2,
    word: 10,
    start: 5,
    coverage: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20],
    need_whole: (1, 2),
    need_part: (1, 3),
};
/// So many words are many.
pub(super) const MANY_WORDS: usize = 4;
/// A Thai run of a query is cut into words from this length on, in folded characters.
pub(super) const CUT_FROM: usize = 12;
/// At most this many words of cut runs are looked up.
pub(super) const MAX_CUT: usize = 16;
/// A word of a cut run is marked and chooses sections if no more than one in so many documents holds it.
pub(super) const RARE_WORD: usize = 4;
/// A word makes a page near if no more than this share of the documents holds it.
pub(super) const TELLING_WORD: (usize, usize) = (3, 4);
/// Synonyms are asked for too when fewer pages than this hold the whole query.
pub(super) const RARE: usize = 10;
/// What the score of a synonym counts.
pub(super) const SYNONYM: (u64, u64) = (9, 10);
/// At most this many n-grams of a query are looked up, evenly taken.
pub(super) const MAX_GRAMS: usize = 24;
/// At most this many tokens of a query are looked at.
pub(super) const MAX_TOKENS: usize = 12;
/// At most this many folded characters of a query are looked at.
pub(super) const MAX_QUERY: usize = 240;
/// At most this many synonym variants of a query.
pub(super) const MAX_VARIANTS: usize = 2;
/// Longest token that has a word key, in folded characters.
pub(super) const MAX_WORD: usize = 40;

/// Longest beginning of a name that has a term, in folded characters.
pub(super) const NAME_START: usize = 16;
/// Weight of a kind that names none, of 0–9.
pub(super) const KIND_WEIGHT: u8 = 5;
/// What a kind that answers the question weighs more.
pub(super) const ANSWERS: u8 = 10;
/// So many hits at the top take those under them that only refer to them.
pub(super) const FOLDING: usize = 3;
/// Added to a weight before it multiplies a score: the heaviest kind counts twice what the lightest does.
pub(super) const WEIGHT_BASE: u64 = 9;
/// So many hits at the top stand in their true order: their texts are read.
pub(super) const TOP: usize = 5;
/// At most this many texts are read for them.
pub(super) const MOST_READ: usize = 15;
/// At most this many documents that are only near are read; others are no hits.
pub(super) const NEAR: usize = 20;
/// Characters in which a near text may differ: one in so many of the query, and at most so many; one in a query of
/// [`NEAR_FROM`] characters or more.
pub(super) const NEAR_EDITS: (usize, usize) = (6, 3);
/// Shortest query or word that a text can be near to.
pub(super) const NEAR_FROM: usize = 4;
/// A glued Thai run of a query that nothing holds whole is cut into words from this length on.
pub(super) const CUT_GLUED: usize = 6;

/// Tiers of the order, the best first: where a document holds the query as it was typed.
pub(super) mod tier {
    /// A name is the query.
    pub(crate) const NAME: u8 = 1;
    /// A name begins with it.
    pub(crate) const BEGINS: u8 = 2;
    /// A name holds it.
    pub(crate) const HOLDS: u8 = 3;
    /// A heading holds it.
    pub(crate) const HEADING: u8 = 4;
    /// The summary holds it.
    pub(crate) const SUMMARY: u8 = 5;
    /// The text holds it.
    pub(crate) const TEXT: u8 = 6;
    /// All its words are in the name.
    pub(crate) const WORDS: u8 = 7;
    /// Everything else that matches.
    pub(crate) const REST: u8 = 8;
    /// From here on: near texts, two tiers for each character that differs.
    pub(crate) const NEAR: u8 = 10;
    /// Near only by a word of the query.
    pub(crate) const A_WORD: u8 = 30;
    /// No hit.
    pub(crate) const NONE: u8 = u8::MAX;
}

/// Most words of the lexicon.
pub(super) const LEXICON_WORDS: usize = 1000;
/// Bits of a word's hash in it: a false word is found once in about a thousand tries.
pub(super) const LEXICON_BITS: u32 = 20;
/// Longest word of it, in folded characters.
pub(super) const LEXICON_LONGEST: usize = 20;
/// Cost of a word when a run is cut.
pub(super) const LEXICON_WORD: u32 = 10;
/// Cost of beginning an unknown stretch.
pub(super) const LEXICON_UNKNOWN: u32 = 16;
/// Cost of each character of an unknown stretch.
pub(super) const LEXICON_UNKNOWN_CHAR: u32 = 6;

/// Folded characters in an excerpt.
pub(super) const EXCERPT: usize = 170;
/// Folded characters before the first match of an excerpt.
pub(super) const EXCERPT_LEAD: usize = 30;
/// An excerpt that would begin before this character begins with the text.
pub(super) const EXCERPT_FROM: usize = 12;
/// Most characters that an excerpt is longer at an end, so that no word is cut.
pub(super) const EXCERPT_WORD: usize = 20;
/// Further sections shown of a page.
pub(super) const MORE_SECTIONS: usize = 3;
/// Lengths of queries for which a nearer spelling is sought, in folded characters.
pub(super) const SUGGEST: (usize, usize) = (3, 40);
/// A nearer spelling may differ in one of so many characters.
pub(super) const SUGGEST_EDITS: usize = 4;

/// The numbers that the script needs, under the names by which it knows them.
pub(super) fn for_script() -> Value {
    let weights = |w: Weights| {
        json!({
            "gram": w.gram, "word": w.word, "start": w.start, "bonus": w.coverage,
            "whole": w.need_whole, "part": w.need_part,
        })
    };
    json!({
        "few": weights(FEW), "many": weights(MANY), "manyWords": MANY_WORDS, "steps": LENGTH_STEPS,
        "cutFrom": CUT_FROM, "cutWords": MAX_CUT, "rareWord": RARE_WORD, "tellingWord": TELLING_WORD, "rare": RARE, "synonym": SYNONYM,
        "grams": MAX_GRAMS, "tokens": MAX_TOKENS, "query": MAX_QUERY, "variants": MAX_VARIANTS, "word": MAX_WORD,
        "lexicon": {
            "bits": LEXICON_BITS, "longest": LEXICON_LONGEST, "word": LEXICON_WORD, "unknown": LEXICON_UNKNOWN,
            "char": LEXICON_UNKNOWN_CHAR,
        },
        "excerpt": EXCERPT, "lead": EXCERPT_LEAD, "from": EXCERPT_FROM, "ends": EXCERPT_WORD, "sections": MORE_SECTIONS,
        "suggest": SUGGEST, "edits": SUGGEST_EDITS, "nameStart": NAME_START, "kindWeight": KIND_WEIGHT,
        "answers": ANSWERS, "weightBase": WEIGHT_BASE, "top": TOP, "folding": FOLDING, "read": MOST_READ, "near": NEAR,
        "nearEdits": NEAR_EDITS, "nearFrom": NEAR_FROM, "tierNear": tier::NEAR, "tierWord": tier::A_WORD, "cutGlued": CUT_GLUED,
    })
}

/// The class of a weighted count.
pub(super) const fn class(count: u32) -> u8 {
    match count {
        0..=4 => count as u8,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        _ => 8,
    }
}

/// The step of a document's length against the mean length.
pub(super) fn length_step(length: u64, mean: f64) -> u8 {
    if mean <= 0.0 {
        return 8;
    }
    let step = ((length.max(1) as f64 / mean).log2() * STEPS_PER_DOUBLING).round() + 8.0;
    step.clamp(0.0, (LENGTH_STEPS - 1) as f64) as u8
}

/// Impact of a class in a document of a length step, BM25 × 64, as a table
/// with 16 steps per class.
pub(super) fn impacts() -> Vec<u32> {
    let mut out = Vec::with_capacity(CLASS_COUNT.len() * LENGTH_STEPS);
    for count in CLASS_COUNT {
        for step in 0..LENGTH_STEPS {
            let ratio = ((step as f64 - 8.0) / STEPS_PER_DOUBLING).exp2();
            let tf = f64::from(count);
            let value = 64.0 * tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * ratio));
            out.push(value.round() as u32);
        }
    }
    out
}

/// Inverse document frequency in 16ths of a bit: 16 · log₂((N+1)/(df+½)), at
/// least 1. Only exact operations, so that every machine agrees.
pub(super) fn idf(docs: u32, df: u32) -> u32 {
    let mut r = f64::from(2 * docs + 2) / f64::from(2 * df + 1);
    let mut out = 0;
    while r >= 2.0 {
        r /= 2.0;
        out += 16;
    }
    for bit in [8, 4, 2, 1] {
        r *= r;
        if r >= 2.0 {
            r /= 2.0;
            out += bit;
        }
    }
    out.max(1)
}

/// Characters in which a text may differ from one of so many and be near to it.
pub(super) fn near_edits(length: usize) -> usize {
    let (share, most) = NEAR_EDITS;
    if length < NEAR_FROM { 0 } else { (length / share).clamp(1, most) }
}

/// Coverage that a document needs to match: a share of the whole query where some document covers it, else of the best
/// coverage.
pub(super) const fn needed(best: u32, all: u32, weights: &Weights) -> u32 {
    let ((share, of), units) = if best >= all { (weights.need_whole, all) } else { (weights.need_part, best) };
    let need = (share * units).div_ceil(of);
    if need == 0 { 1 } else { need }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(idf(1000, 1000), 1);
        assert!(idf(10_000, 1) > 12 * 16);
        assert_eq!(length_step(100, 100.0), 8);
        assert_eq!(length_step(1, 1e9), 0);
        let all = |w: &Weights| [needed(1, 1, w), needed(99, 99, w), needed(40, 99, w)];
        assert_eq!((all(&FEW), all(&MANY)), ([1, 70, 16], [1, 50, 14]));
        assert_eq!(impacts().len(), 144);
        for (i, &bonus) in FEW.coverage.iter().enumerate() {
            assert_eq!(bonus, (128.0 * (i as f64 / 16.0).powi(8)).round() as u32);
        }
    }
}
