//! Scores of the documents for a typed text, from the lists of the index.

use super::plan::{Plan, plan, tokens, variants};
use crate::search::{Index, SearchError, ranking};

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
struct Coverage {
    /// Of the token at hand, of all tokens, of all by n-grams alone.
    own: Vec<u32>,
    all: Vec<u32>,
    plain: Vec<u32>,
}

impl Coverage {
    fn new(docs: usize) -> Coverage {
        Coverage { own: vec![0; docs], all: vec![0; docs], plain: vec![0; docs] }
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
fn score(index: &Index, plan: &Plan, variant: bool) -> Result<Scored, SearchError> {
    let n = index.len();
    let impacts = ranking::impacts();
    let weights = if plan.many { ranking::MANY } else { ranking::FEW };
    let mut scores = vec![0u64; n];
    let mut held = Coverage::new(n);
    let mut words = Vec::new();
    let (mut total, mut all) = (0u64, 0u32);
    let mut add = |list: &[(u32, u8)], weight: u32| {
        let idf = ranking::idf(n as u32, list.len() as u32);
        for &(doc, class) in list {
            let step = usize::from(index.lengths()[doc as usize]);
            let impact = impacts[usize::from(class) * ranking::LENGTH_STEPS + step];
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
            let rare = list.len() * ranking::RARE_WORD <= n && text.chars().count() >= 3;
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
    let need = if variant { all } else { ranking::needed(best, all, &weights) };
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
    Ok(Scored { scores, exact, whole, total, words })
}

/// Scores of a typed text; where few pages hold it whole, with its synonyms.
pub(super) fn score_text(index: &Index, text: &str) -> Result<Option<(Scored, Vec<String>)>, SearchError> {
    let tokens = tokens(text);
    if tokens.is_empty() {
        return Ok(None);
    }
    let lexicon = &index.meta().lexicon;
    let own = plan(&tokens, lexicon, None);
    let mut scored = score(index, &own, false)?;
    let mut synonyms = Vec::new();
    if scored.whole >= ranking::RARE {
        return Ok(Some((scored, synonyms)));
    }
    for (variant, word) in variants(&tokens, &index.meta().synonyms) {
        let other = score(index, &plan(&variant, lexicon, Some(own.many)), true)?;
        if other.whole == 0 {
            continue;
        }
        synonyms.push(word);
        // A longer wording sums up more weight: scores are brought to one scale.
        let (share, of) = ranking::SYNONYM;
        let all = other.total.max(1);
        let own = if scored.total == 0 { all } else { scored.total };
        for (mine, other) in scored.scores.iter_mut().zip(other.scores) {
            *mine = (*mine).max(other * share * own / (of * all));
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
