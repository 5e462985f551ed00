//! A query run over an index: the reference of the ranking.
//!
//! * [`mod@reading`]: kinds and questions in a typed text;
//! * [`mod@plan`]: from a text to the terms to look up;
//! * [`mod@score`]: the scores of the documents, and the best tier that each can reach;
//! * [`mod@settle`]: their order, with texts read where lists cannot tell: [`mod@literal`];
//! * [`mod@excerpt`]: what is shown of a hit, with marks, by its [`mod@needle`]s;
//! * [`mod@suggest`]: a nearer spelling, the other keyboard layout.

mod excerpt;
mod literal;
mod needle;
mod plan;
mod reading;
mod score;
mod settle;
mod suggest;

pub use excerpt::Piece;
pub use reading::Reading;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::analysis::{Fragment, Lexicon};
use super::ranking::{MAX_QUERY, MORE_SECTIONS};
use super::{Index, SearchError};
use excerpt::Prepared;
use needle::Needle;
use plan::tokens;
use reading::readings;
use score::{Scored, score_tokens, score_unglued};
use settle::{Folded, Order, is_named, is_near, named_lists};
use suggest::{has_thai, other_layout, suggest};

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By score.
    #[default]
    Relevance,
    /// Newest year first, then by score.
    Year,
    /// Strongest evidence first, then by score.
    Strength,
    /// By title.
    Name,
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
    /// Whether the text is taken as it is: no kind and no question is read out of it.
    pub literal: bool,
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
    /// What decides, as label and value.
    pub facts: Vec<(String, String)>,
    /// Further matches, by number, that only refer to it.
    pub folded: Vec<u32>,
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
    /// How the query was read, where that is not as it was typed.
    pub reading: Option<Reading>,
}

/// What is looked for, chosen among the readings of a query.
#[derive(Default)]
struct Chosen {
    /// `None` for browsing by facets only.
    scored: Option<Scored>,
    text: String,
    switched: Option<String>,
    reading: Option<Reading>,
    /// Lists that have what was typed as a name, where a kind was read out of it.
    lists: Vec<u32>,
}

/// Chooses what is looked for: what was typed, where something is named so; else a reading that explains kinds and
/// questions in it; else what was typed, its glued words apart, or the other keyboard layout.
fn choose(index: &Index, query: &Query) -> Result<Chosen, SearchError> {
    let typed = |scored| Chosen { scored, text: query.text.clone(), ..Chosen::default() };
    let own = tokens(&query.text);
    let Some(scored) = score_tokens(index, own.clone())? else {
        return Ok(typed(None));
    };
    if is_named(index, &scored)? {
        return Ok(typed(Some(scored)));
    }
    let meta = index.meta();
    let folded: String = crate::text::fold::Folded::new(&query.text).text().chars().take(MAX_QUERY).collect();
    let of_kind = query.facets.iter().any(|(field, _)| field == "kind");
    for reading in readings(&folded, &meta.settings.kinds, &meta.words) {
        if query.literal || (of_kind && reading.kind.is_some()) {
            continue;
        }
        let Some(other) = score_tokens(index, tokens(&reading.text))? else { continue };
        let kind = reading.kind.as_deref();
        let of = |doc: usize| kind.is_none_or(|kind| index.kind_of(doc as u32).is_some_and(|of| of.id == kind));
        if !(0..index.len()).any(|doc| other.held[doc] && of(doc)) || (reading.named && !is_named(index, &other)?) {
            continue;
        }
        let lists = if kind.is_some() { named_lists(index, &scored)? } else { Vec::new() };
        let text = reading.text.clone();
        return Ok(Chosen { scored: Some(other), text, reading: Some(reading), switched: None, lists });
    }
    if scored.exact || is_near(index, &scored)? {
        return Ok(typed(Some(scored)));
    }
    let found = scored.any();
    if (!found || !has_thai(&query.text))
        && let Some(other) = other_layout(&query.text)
        && let Some(switched) = score_tokens(index, tokens(&other))?
        && switched.any()
        && (!found || switched.exact)
    {
        return Ok(Chosen { scored: Some(switched), text: other.clone(), switched: Some(other), ..Chosen::default() });
    }
    if let Some(words) = score_unglued(index, &own)? {
        return Ok(typed(Some(words)));
    }
    Ok(typed(Some(scored)))
}

/// Runs a query.
///
/// # Errors
/// An index that cannot be read.
pub fn query(index: &Index, query: &Query) -> Result<Answer, SearchError> {
    let Chosen { scored, text, switched, reading, lists } = choose(index, query)?;
    let mut facets = query.facets.clone();
    facets.extend(reading.iter().filter_map(|reading| Some(("kind".to_owned(), reading.kind.clone()?))));
    let sets = sets(index, &facets)?;
    let passes = |doc: u32| sets.values().all(|set| set[doc as usize]);
    let browsing = scored.is_none();
    let matches = |scored: &Option<Scored>, doc: u32| scored.as_ref().is_none_or(|s| s.scores[doc as usize] > 0);
    let mut order: Vec<u32> = (0..index.len() as u32).filter(|&doc| matches(&scored, doc) && passes(doc)).collect();
    let mut answer = Answer { switched, near: scored.as_ref().is_some_and(|s| !s.exact), ..Answer::default() };
    let scored = scored.unwrap_or_else(|| Scored::browsing(index.len()));
    answer.synonyms.clone_from(&scored.synonyms);
    let question = reading.as_ref().and_then(|reading| reading.question.as_deref());
    let mut ordered = Order { index, scored, question };
    if !browsing && (query.sort == Sort::Relevance || answer.near) {
        ordered.settle(&mut order)?;
    }
    let scored = &ordered.scored;
    // Hits that are only near are those that were read.
    let counted: Vec<bool> = match answer.near {
        true => (0..index.len() as u32).map(|doc| order.contains(&doc)).collect(),
        false => scored.scores.iter().map(|&score| browsing || score > 0).collect(),
    };
    answer.facets = counts(index, &sets, &counted)?;
    let score = |doc: u32| Reverse(scored.scores[doc as usize]);
    match query.sort {
        Sort::Relevance => {}
        Sort::Year => order.sort_by_key(|&doc| (Reverse(index.years()[doc as usize]), score(doc), doc)),
        Sort::Strength => order.sort_by_key(|&doc| (Reverse(index.strengths()[doc as usize]), score(doc), doc)),
        Sort::Name => order.sort_by_key(|&doc| (index.name_ranks()[doc as usize], doc)),
    }
    if query.sort == Sort::Relevance {
        order.retain(|doc| !lists.contains(doc));
        order.splice(0..0, lists);
    }
    answer.total = order.len();
    let folds = !browsing && !answer.near && query.sort == Sort::Relevance;
    let folded = if folds { ordered.fold(&mut order)? } else { Folded::new() };
    let scored = &ordered.scored;
    let needles = Needle::prepared(&shown_words(index, &scored.words), answer.near);
    for (i, &doc) in order.iter().take(query.limit).enumerate() {
        let fragment = index.fragment(doc)?;
        let mut hit = hit(i + 1, scored.scores[doc as usize], doc, &fragment, &needles, &index.meta().lexicon);
        hit.folded = folded.get(&doc).cloned().unwrap_or_default();
        answer.hits.push(hit);
    }
    if answer.near {
        let near: Result<Vec<_>, _> = order.iter().take(3).map(|&d| index.fragment(d)).collect();
        answer.suggestion = suggest(&text, &near?, &index.meta().lexicon);
    }
    answer.reading = reading;
    Ok(answer)
}

/// Words to mark: those that tell nothing are left out where others do.
fn shown_words(index: &Index, words: &[String]) -> Vec<String> {
    let stop = &index.meta().words.stop;
    let telling: Vec<String> = words.iter().filter(|word| !stop.contains(word)).cloned().collect();
    if telling.is_empty() { words.to_vec() } else { telling }
}

type Sets<'a> = BTreeMap<&'a str, Vec<bool>>;

/// Documents of the chosen facet values, per field.
fn sets<'a>(index: &Index, chosen: &'a [(String, String)]) -> Result<Sets<'a>, SearchError> {
    let mut sets: Sets<'a> = BTreeMap::new();
    for (field, term) in chosen {
        let set = sets.entry(field).or_insert_with(|| vec![false; index.len()]);
        for doc in index.facet(field, term)? {
            set[doc as usize] = true;
        }
    }
    Ok(sets)
}

/// Counts of the facets: of each field, were it not chosen.
fn counts(index: &Index, sets: &Sets<'_>, matches: &[bool]) -> Result<Vec<FacetCount>, SearchError> {
    let mut out = Vec::new();
    for facet in &index.meta().settings.facets {
        let others = || sets.iter().filter(|(field, _)| **field != facet.field);
        let base: Vec<bool> = (0..matches.len()).map(|d| matches[d] && others().all(|(_, set)| set[d])).collect();
        let mut terms = Vec::with_capacity(facet.terms.len());
        for (term, label) in &facet.terms {
            let docs = index.facet(&facet.field, term)?;
            let count = docs.iter().filter(|&&d| base[d as usize]).count() as u32;
            terms.push((term.clone(), label.clone(), count));
        }
        out.push(FacetCount { field: facet.field.clone(), label: facet.label.clone(), terms });
    }
    Ok(out)
}

fn with_anchor(url: &str, anchor: &str) -> String {
    if anchor.is_empty() { url.to_owned() } else { format!("{url}#{anchor}") }
}

/// What is shown of a page.
fn hit(rank: usize, score: u64, doc: u32, fragment: &Fragment, needles: &[Needle], lexicon: &Lexicon) -> Hit {
    let Fragment(url, title, breadcrumb, kind, id, year, sections, names, _, facts, _) = fragment;
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
        facts: facts.clone(),
        folded: Vec::new(),
    };
    if let Some((anchor, heading, text)) = sections.get(first) {
        hit.excerpt = Prepared::new(text).excerpt(needles, lexicon);
        if best > 0 {
            hit.url = with_anchor(url, anchor);
            hit.heading.clone_from(heading);
        }
    }
    if best == 0 {
        // What was typed is another name of the page.
        let mut others = std::iter::once(id).chain(names).map(|name| Prepared::new(name).marked(needles));
        if let Some(name) = others.find(|pieces| pieces.iter().any(|piece| piece.marked))
            && !hit.title.iter().any(|piece| piece.marked)
        {
            hit.excerpt = name;
        }
    }
    if best > 0 {
        for (i, (anchor, heading, text)) in sections.iter().enumerate() {
            let enough = 2 * scores[i] >= best && i != first && !anchor.is_empty();
            if enough && hit.sections.len() < MORE_SECTIONS {
                hit.sections.push(SubHit {
                    url: with_anchor(url, anchor),
                    heading: heading.clone(),
                    excerpt: Prepared::new(text).excerpt(needles, lexicon),
                });
            }
        }
    }
    hit
}
