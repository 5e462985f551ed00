//! A query run over the Tantivy segment: the reference of the ranking.

use std::collections::BTreeMap;

use super::document::Fragment;
use super::excerpt::{Needle, Piece, Prepared};
use super::plan::{Plan, plan, tokens, variants};
use super::suggest::{has_thai, other_layout, suggest};
use super::{Index, SearchError, rank};

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
    /// Where the page stands.
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
    /// Words of the vocabulary that were asked for beside the typed ones.
    pub synonyms: Vec<String>,
}

/// Scores of one plan.
pub(super) struct Scored {
    /// Per document: score, 0 for no match.
    pub scores: Vec<u64>,
    /// Whether some document holds every n-gram.
    pub exact: bool,
    /// Number of documents that hold the whole query.
    pub whole: usize,
    /// Sum of the weights of what was looked up.
    pub total: u64,
    /// Words to mark and to choose sections by.
    pub words: Vec<String>,
}

/// What the documents hold of a query.
struct Held {
    /// Of the token at hand, of all tokens, of all by n-grams alone.
    own: Vec<u32>,
    all: Vec<u32>,
    plain: Vec<u32>,
}

impl Held {
    fn new(docs: usize) -> Held {
        Held {
            own: vec![0; docs],
            all: vec![0; docs],
            plain: vec![0; docs],
        }
    }

    fn add_plain(&mut self) {
        for (plain, own) in self.plain.iter_mut().zip(&self.own) {
            *plain += own;
        }
    }

    fn end_token(&mut self) {
        for (all, own) in self.all.iter_mut().zip(&mut self.own) {
            *all += std::mem::take(own);
        }
    }
}

/// Runs a plan over the lists; a variant matches only where it is covered whole.
pub(super) fn score(index: &Index, plan: &Plan, variant: bool) -> Result<Scored, SearchError> {
    let n = index.len();
    let impacts = rank::impacts();
    let weights = if plan.many { rank::MANY } else { rank::FEW };
    let mut scores = vec![0u64; n];
    let mut held = Held::new(n);
    let mut words = Vec::new();
    let (mut total, mut all) = (0u64, 0u32);
    let mut add = |list: &[(u32, u8)], weight: u32| {
        let idf = rank::idf(n as u32, list.len() as u32);
        for &(doc, class) in list {
            let step = usize::from(index.norms[doc as usize]);
            let impact = impacts[usize::from(class) * rank::NORMS + step];
            scores[doc as usize] += u64::from(weight * idf) * u64::from(impact);
        }
        idf
    };
    for token in &plan.tokens {
        // A token's units: its n-grams, or for a short one what it has of lists.
        let mut units = 0;
        for gram in &token.grams {
            let list = index.list(gram)?;
            let idf = add(&list, weights.gram);
            units += idf;
            for &(doc, _) in &list {
                held.own[doc as usize] += idf;
            }
        }
        let short = token.grams.is_empty() && token.text.chars().count() < 3;
        // A number is whole by its key: the other era's number has no n-grams.
        let by_key = short || token.text.starts_with(|c: char| c.is_ascii_digit());
        if !by_key {
            held.add_plain();
        }
        let mut lists = Vec::new();
        let shown = words.len();
        for (term, text) in &token.words {
            let list = index.list(term)?;
            let rare = list.len() * 4 <= n && text.chars().count() >= 3;
            if token.cut && rare && !words.contains(text) {
                words.push(text.clone());
            }
            lists.push((list, weights.word));
        }
        if words.len() == shown && !words.contains(&token.text) {
            words.push(token.text.clone());
        }
        if !token.start.is_empty() {
            lists.push((index.list(&token.start)?, weights.start));
        }
        for (list, weight) in &lists {
            if !list.is_empty() {
                let idf = add(list, *weight);
                units = if short { units.max(idf) } else { units };
            }
        }
        if !token.cut {
            for &(doc, _) in lists.iter().flat_map(|(list, _)| list) {
                held.own[doc as usize] = units;
            }
        }
        if by_key {
            held.add_plain();
        }
        total += u64::from(units);
        all += units;
        held.end_token();
    }
    let best = held.all.iter().copied().max().unwrap_or(0);
    let need = if variant {
        all
    } else {
        rank::needed(best, all, plan.many)
    };
    let mut whole = 0;
    for (score, &held) in scores.iter_mut().zip(&held.all) {
        if all == 0 || held < need {
            *score = 0;
        } else {
            *score += total * u64::from(weights.coverage[(16 * held / all) as usize]);
            whole += usize::from(held >= all);
        }
    }
    let exact = all > 0 && held.plain.iter().any(|&held| held >= all);
    Ok(Scored {
        scores,
        exact,
        whole,
        total,
        words,
    })
}

/// Scores of a typed text; where few pages hold it whole, with its synonyms.
fn score_text(index: &Index, text: &str) -> Result<Option<(Scored, Vec<String>)>, SearchError> {
    let tokens = tokens(text);
    if tokens.is_empty() {
        return Ok(None);
    }
    let frequent = index.frequent()?;
    let own = plan(&tokens, frequent, None);
    let mut scored = score(index, &own, false)?;
    let mut synonyms = Vec::new();
    if scored.whole >= rank::RARE {
        return Ok(Some((scored, synonyms)));
    }
    for (variant, word) in variants(&tokens, &index.meta().synonyms) {
        let other = score(index, &plan(&variant, frequent, Some(own.many)), true)?;
        if other.whole == 0 {
            continue;
        }
        synonyms.push(word);
        // A longer wording sums up more weight: scores are brought to one scale.
        let all = other.total.max(1);
        let own = if scored.total == 0 { all } else { scored.total };
        for (mine, other) in scored.scores.iter_mut().zip(other.scores) {
            *mine = (*mine).max(other * 9 * own / (10 * all));
        }
        scored.exact |= other.exact;
        for word in other.words {
            if !scored.words.contains(&word) {
                scored.words.push(word);
            }
        }
    }
    Ok(Some((scored, synonyms)))
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
        (
            Scored {
                scores: vec![0; index.len()],
                exact: true,
                whole: 0,
                total: 0,
                words: Vec::new(),
            },
            Vec::new(),
        )
    });
    answer.near = !scored.exact;
    answer.synonyms = synonyms;
    let matches: Vec<bool> = scored.scores.iter().map(|&s| browsing || s > 0).collect();
    let shown = facets(index, query, &matches, &mut answer)?;
    let mut order: Vec<u32> = (0..index.len() as u32)
        .filter(|&d| shown[d as usize])
        .collect();
    let key = |d: u32| std::cmp::Reverse(scored.scores[d as usize]);
    match query.sort {
        Sort::Relevance => order.sort_by_key(|&d| (key(d), d)),
        Sort::Year => {
            order.sort_by_key(|&d| (std::cmp::Reverse(index.years[d as usize]), key(d), d));
        }
    }
    answer.total = order.len();
    let needles = Needle::all(&scored.words);
    for (i, &doc) in order.iter().take(query.limit).enumerate() {
        let fragment = index.fragment(doc)?;
        answer.hits.push(hit(
            i + 1,
            scored.scores[doc as usize],
            doc,
            &fragment,
            &needles,
        ));
    }
    if !scored.exact {
        let near: Result<Vec<_>, _> = order.iter().take(3).map(|&d| index.fragment(d)).collect();
        answer.suggestion = suggest(&typed, &near?);
    }
    Ok(answer)
}

/// Counts the facets and gives the documents that pass all of them.
fn facets(
    index: &Index,
    query: &Query,
    matches: &[bool],
    answer: &mut Answer,
) -> Result<Vec<bool>, SearchError> {
    let mut chosen: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for (field, term) in &query.facets {
        let set = chosen
            .entry(field)
            .or_insert_with(|| vec![false; matches.len()]);
        for doc in index.facet(field, term)? {
            set[doc as usize] = true;
        }
    }
    let without = |field: &str| -> Vec<bool> {
        let others = || chosen.iter().filter(|(f, _)| **f != field);
        (0..matches.len())
            .map(|d| matches[d] && others().all(|(_, set)| set[d]))
            .collect()
    };
    for facet in &index.meta().settings.facets {
        let base = without(&facet.field);
        let mut terms = Vec::with_capacity(facet.terms.len());
        for (term, label) in &facet.terms {
            let docs = index.facet(&facet.field, term)?;
            let count = docs.iter().filter(|&&d| base[d as usize]).count() as u32;
            terms.push((term.clone(), label.clone(), count));
        }
        answer.facets.push(FacetCount {
            field: facet.field.clone(),
            label: facet.label.clone(),
            terms,
        });
    }
    Ok(without(""))
}

fn with_anchor(url: &str, anchor: &str) -> String {
    if anchor.is_empty() {
        url.to_owned()
    } else {
        format!("{url}#{anchor}")
    }
}

/// What is shown of a page.
fn hit(rank: usize, score: u64, doc: u32, fragment: &Fragment, needles: &[Needle]) -> Hit {
    let Fragment(url, title, breadcrumb, kind, id, year, sections) = fragment;
    let scores: Vec<u32> = sections
        .iter()
        .map(|(_, heading, text)| {
            2 * Prepared::new(heading).score(needles) + Prepared::new(text).score(needles)
        })
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
            if enough && hit.sections.len() < 3 {
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
