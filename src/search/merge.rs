//! Runs put together: each term once, with its postings in all runs.

use super::SearchError;
use super::codec;
use super::run::{COUNTED, Counts, Postings, Sections, terms};
use super::stock::Stock;
use super::{index::FIELDS, rank};

/// A term with its postings in each run that has it.
pub struct Merged<'a> {
    /// The term's first hash.
    pub hash: u32,
    /// The term.
    pub term: &'a [u8],
    /// Number of the run and its postings, in order of the runs.
    pub parts: &'a [(u32, &'a [u8])],
}

/// The same sections of all runs.
pub fn sections(stock: &Stock, range: std::ops::Range<usize>) -> Result<Vec<Sections>, SearchError> {
    stock.runs.iter().map(|run| run.sections(range.clone())).collect()
}

/// Gives the wanted terms of one section of all runs, in order of hash and term.
pub fn merge<'a>(
    sections: impl Iterator<Item = &'a [u8]>,
    wanted: impl Fn(&[u8]) -> bool,
    mut take: impl FnMut(&Merged<'_>),
) {
    let mut all: Vec<(u32, &[u8], u32, &[u8])> = Vec::new();
    for (run, section) in sections.enumerate() {
        for (term, postings) in terms(section).filter(|(term, _)| wanted(term)) {
            let text = std::str::from_utf8(term).unwrap_or_default();
            all.push((codec::hash(text, 0), term, run as u32, postings));
        }
    }
    all.sort_unstable_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    let mut parts = Vec::new();
    for same in all.chunk_by(|a, b| a.0 == b.0 && a.1 == b.1) {
        parts.clear();
        parts.extend(same.iter().map(|&(_, _, run, postings)| (run, postings)));
        take(&Merged { hash: same[0].0, term: same[0].1, parts: &parts });
    }
}

impl Merged<'_> {
    /// Page numbers with counts.
    pub fn postings<'a>(&'a self, bases: &'a [u32]) -> impl Iterator<Item = (u32, Counts)> + 'a {
        self.parts.iter().flat_map(move |&(run, bytes)| {
            let base = bases[run as usize];
            Postings::new(bytes).map(move |(page, counts)| (base + page, counts))
        })
    }
}

/// The class of a page's counts of a term.
pub fn class(counts: Counts) -> u8 {
    let weighted = (0..COUNTED).map(|f| u32::from(counts[f]) * FIELDS[f].1);
    rank::class(weighted.sum())
}
