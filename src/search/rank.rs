//! The numbers of the ranking: everything is an integer, so that the browser
//! computes the same. `docs/ranking.md` tells why each is what it is.

/// Classes of weighted term counts, and the count each stands for.
pub const CLASS_COUNT: [u32; 9] = [0, 1, 2, 3, 4, 5, 7, 11, 18];
/// Number of steps of document length.
pub const NORMS: usize = 16;
/// Saturation and length share of BM25.
const K1: f64 = 1.5;
const B: f64 = 0.75;
/// Steps of document length per doubling.
const NORM_STEPS: f64 = 2.5;
/// Weights of the lists of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Of an n-gram.
    pub gram: u32,
    /// Of a word key.
    pub word: u32,
    /// Of a beginning.
    pub start: u32,
    /// Bonus in 16ths of coverage.
    pub coverage: [u32; 17],
}

/// A query of few words: n-grams carry it. Bonus: 128 × (share)⁸, rounded.
pub const FEW: Weights =
    Weights { gram: 5, word: 10, start: 5, coverage: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 3, 6, 13, 24, 44, 76, 128] };
/// A query of many words: words carry it, and only the whole query earns a bonus.
pub const MANY: Weights =
    Weights { gram: 2, word: 10, start: 5, coverage: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20] };
/// So many words are many.
pub const MANY_WORDS: usize = 4;
/// A Thai run of a query is cut into words from this length on, in folded characters.
pub const CUT_FROM: usize = 12;
/// At most this many words of cut runs are looked up.
pub const MAX_CUT: usize = 16;
/// Synonyms are asked for too when fewer pages than this hold the whole query.
pub const RARE: usize = 10;
/// At most this many n-grams of a query are looked up, evenly taken.
pub const MAX_GRAMS: usize = 24;
/// At most this many tokens of a query are looked at.
pub const MAX_TOKENS: usize = 12;
/// At most this many folded characters of a query are looked at.
pub const MAX_QUERY: usize = 240;
/// At most this many synonym variants of a query.
pub const MAX_VARIANTS: usize = 2;
/// Weights of the fields.
pub const TITLE: u32 = 8;
/// See [`TITLE`].
pub const HEADINGS: u32 = 3;
/// See [`TITLE`].
pub const SUMMARY: u32 = 2;
/// See [`TITLE`]; also of field values, which carry their own weight as counts.
pub const BODY: u32 = 1;

/// The class of a weighted count.
pub const fn class(count: u32) -> u8 {
    match count {
        0..=4 => count as u8,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        _ => 8,
    }
}

/// The step of a document's length against the mean length.
pub fn norm(length: u64, mean: f64) -> u8 {
    if mean <= 0.0 {
        return 8;
    }
    let step = ((length.max(1) as f64 / mean).log2() * NORM_STEPS).round() + 8.0;
    step.clamp(0.0, (NORMS - 1) as f64) as u8
}

/// Impact of a class in a document of a length step, BM25 × 64, as a table
/// with 16 steps per class.
pub fn impacts() -> Vec<u32> {
    let mut out = Vec::with_capacity(CLASS_COUNT.len() * NORMS);
    for count in CLASS_COUNT {
        for step in 0..NORMS {
            let ratio = ((step as f64 - 8.0) / NORM_STEPS).exp2();
            let tf = f64::from(count);
            let value = 64.0 * tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * ratio));
            out.push(value.round() as u32);
        }
    }
    out
}

/// Inverse document frequency in 16ths of a bit: 16 · log₂((N+1)/(df+½)), at
/// least 1. Only exact operations, so that every machine agrees.
pub fn idf(docs: u32, df: u32) -> u32 {
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

/// Coverage a document needs to match. Where some document holds all of the
/// query: seven tenths, of many words half. Else two fifths of the best, of
/// many words a third.
pub const fn needed(best: u32, all: u32, many: bool) -> u32 {
    let need = match (best >= all, many) {
        (true, false) => (7 * all).div_ceil(10),
        (true, true) => all.div_ceil(2),
        (false, false) => (2 * best).div_ceil(5),
        (false, true) => best.div_ceil(3),
    };
    if need == 0 { 1 } else { need }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(idf(1000, 1000), 1);
        assert!(idf(10_000, 1) > 12 * 16);
        assert_eq!(norm(100, 100.0), 8);
        assert_eq!(norm(1, 1e9), 0);
        let all = |many| [needed(1, 1, many), needed(99, 99, many), needed(40, 99, many)];
        assert_eq!((all(false), all(true)), ([1, 70, 16], [1, 50, 14]));
        assert_eq!(impacts().len(), 144);
        for (i, &bonus) in FEW.coverage.iter().enumerate() {
            assert_eq!(bonus, (128.0 * (i as f64 / 16.0).powi(8)).round() as u32);
        }
    }
}
