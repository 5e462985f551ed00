//! A query run over an index: the reference of the ranking.
//!
//! * [`mod@plan`]: from a typed text to the terms to look up;
//! * [`mod@score`]: the scores of the documents;
//! * [`mod@excerpt`]: what is shown of a hit, with marks;
//! * [`mod@suggest`]: a nearer spelling, the other keyboard layout.

mod excerpt;
mod plan;
mod score;
mod suggest;

pub use excerpt::Piece;

use std::collections::BTreeMap;

use super::analysis::Fragment;
use super::ranking::MORE_SECTIONS;
use super::{Index, SearchError};
use excerpt::{Needle, Prepared};
use score::{Scored, score_text};
use suggest::{has_thai, other_layout, suggest};

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By score.
    #[default]
    Relevance,
    /// Newest year first, then by score.
    Year,
}

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The typed words; empty to browse by facets only.
    pub text: String,
    /// Chosen facet values: field and term. Values of one field widen, fields narrow.
    pub facets: Vec<(String, String)>,
    /// Number of hits wanted.
    pub limit: usize,
    /// Their order.
    pub sort: Sort,
}

/// A further section of a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubHit {
    /// Address with anchor.
    pub url: String,
    /// Its heading.
    pub heading: String,
    /// Its excerpt.
    pub excerpt: Vec<Piece>,
}

/// A page that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Place in the order, from 1.
    pub rank: usize,
    /// Score; only to be compared within one answer.
    pub score: u64,
    /// Document number.
    pub doc: u32,
    /// Entry id.
    pub id: String,
    /// Kind id.
    pub kind: String,
    /// Address with the anchor of the best section.
    pub url: String,
    /// Title, marked.
    pub title: Vec<Piece>,
    /// Heading of the best section.
    pub heading: String,
    /// Where the page is.
    pub breadcrumb: String,
    /// Year or 0.
    pub year: i32,
    /// Excerpt of the best section.
    pub excerpt: Vec<Piece>,
    /// Further sections that match.
    pub sections: Vec<SubHit>,
}

/// Counts of a facet field's terms: of the matches, were this field not chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// Field id.
    pub field: String,
    /// Its name.
    pub label: String,
    /// Term id, name and count, in display order.
    pub terms: Vec<(String, String, u32)>,
}

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Number of matching pages.
    pub total: usize,
    /// The first of them.
    pub hits: Vec<Hit>,
    /// Counts per facet.
    pub facets: Vec<FacetCount>,
    /// A nearer spelling found in the pages.
    pub suggestion: Option<String>,
    /// The text that was searched instead, typed with the other keyboard layout.
    pub switched: Option<String>,
    /// Whether no page holds the whole query as it was typed: the hits are near it.
    pub near: bool,
    /// Words of the vocabulary that were asked for besides the typed ones.
    pub synonyms: Vec<String>,
}

/// Runs a query.
pub fn query(index: &Index, query: &Query) -> Result<Answer, SearchError> {
    let mut answer = Answer::default();
    let mut typed = query.text.clone();
    let mut scored = score_text(index, &typed)?;
    let any = |s: &Scored| s.scores.iter().any(|&s| s > 0);
    let found = scored.as_ref().is_some_and(|(s, _)| any(s));
    let doubtful = scored.as_ref().is_some_and(|(s, _)| !s.exact) && !has_thai(&query.text);
    if scored.is_some()
        && (!found || doubtful)
        && let Some(other) = other_layout(&query.text)
        && let Some(switched) = score_text(index, &other)?
        && any(&switched.0)
        && (!found || switched.0.exact)
    {
        typed.clone_from(&other);
        answer.switched = Some(other);
        scored = Some(switched);
    }
    let browsing = scored.is_none();
    let (scored, synonyms) = scored.unwrap_or_else(|| {
        (Scored { scores: vec![0; index.len()], exact: true, whole: 0, total: 0, words: Vec::new() }, Vec::new())
    });
    answer.near = !scored.exact;
    answer.synonyms = synonyms;
    let matches: Vec<bool> = scored.scores.iter().map(|&s| browsing || s > 0).collect();
    let shown = facets(index, query, &matches, &mut answer)?;
    let mut order: Vec<u32> = (0..index.len() as u32).filter(|&d| shown[d as usize]).collect();
    let key = |d: u32| std::cmp::Reverse(scored.scores[d as usize]);
    match query.sort {
        Sort::Relevance => order.sort_by_key(|&d| (key(d), d)),
        Sort::Year => {
            order.sort_by_key(|&d| (std::cmp::Reverse(index.years()[d as usize]), key(d), d));
        }
    }
    answer.total = order.len();
    let needles = Needle::all(&scored.words);
    for (i, &doc) in order.iter().take(query.limit).enumerate() {
        let fragment = index.fragment(doc)?;
        answer.hits.push(hit(i + 1, scored.scores[doc as usize], doc, &fragment, &needles));
    }
    if !scored.exact {
        let near: Result<Vec<_>, _> = order.iter().take(3).map(|&d| index.fragment(d)).collect();
        answer.suggestion = suggest(&typed, &near?);
    }
    Ok(answer)
}

/// Counts the facets and gives the documents that pass all of them.
fn facets(index: &Index, query: &Query, matches: &[bool], answer: &mut Answer) -> Result<Vec<bool>, SearchError> {
    let mut chosen: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for (field, term) in &query.facets {
        let set = chosen.entry(field).or_insert_with(|| vec![false; matches.len()]);
        for doc in index.facet(field, term)? {
            set[doc as usize] = true;
        }
    }
    let without = |field: &str| -> Vec<bool> {
        let others = || chosen.iter().filter(|(f, _)| **f != field);
        (0..matches.len()).map(|d| matches[d] && others().all(|(_, set)| set[d])).collect()
    };
    for facet in &index.meta().settings.facets {
        let base = without(&facet.field);
        let mut terms = Vec::with_capacity(facet.terms.len());
        for (term, label) in &facet.terms {
            let docs = index.facet(&facet.field, term)?;
            let count = docs.iter().filter(|&&d| base[d as usize]).count() as u32;
            terms.push((term.clone(), label.clone(), count));
        }
        answer.facets.push(FacetCount { field: facet.field.clone(), label: facet.label.clone(), terms });
    }
    Ok(without(""))
}

fn with_anchor(url: &str, anchor: &str) -> String {
    if anchor.is_empty() { url.to_owned() } else { format!("{url}#{anchor}") }
}

/// What is shown of a page.
fn hit(rank: usize, score: u64, doc: u32, fragment: &Fragment, needles: &[Needle]) -> Hit {
    let Fragment(url, title, breadcrumb, kind, id, year, sections) = fragment;
    let scores: Vec<u32> = sections
        .iter()
        .map(|(_, heading, text)| 2 * Prepared::new(heading).score(needles) + Prepared::new(text).score(needles))
        .collect();
    let best = scores.iter().copied().max().unwrap_or(0);
    let first = scores.iter().position(|&s| s == best).unwrap_or(0);
    let mut hit = Hit {
        rank,
        score,
        doc,
        id: id.clone(),
        kind: kind.clone(),
        url: url.clone(),
        title: Prepared::new(title).marked(needles),
        heading: String::new(),
        breadcrumb: breadcrumb.clone(),
        year: *year,
        excerpt: Vec::new(),
        sections: Vec::new(),
    };
    if let Some((anchor, heading, text)) = sections.get(first) {
        hit.excerpt = Prepared::new(text).excerpt(needles);
        if best > 0 {
            hit.url = with_anchor(url, anchor);
            hit.heading.clone_from(heading);
        }
    }
    if best > 0 {
        for (i, (anchor, heading, text)) in sections.iter().enumerate() {
            let enough = 2 * scores[i] >= best && i != first && !anchor.is_empty();
            if enough && hit.sections.len() < MORE_SECTIONS {
                hit.sections.push(SubHit {
                    url: with_anchor(url, anchor),
                    heading: heading.clone(),
                    excerpt: Prepared::new(text).excerpt(needles),
                });
            }
        }
    }
    hit
}
