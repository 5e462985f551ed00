//! Scores of the documents for a typed text, and the tier each can reach, from the lists of the index.

use super::plan::{Plan, plan, unglued, variants};
use crate::search::ranking::tier;
use crate::search::{Index, SearchError, ranking};

/// What the lists tell of one wording.
pub(super) struct Scored {
    /// Folded tokens of the wording.
    pub tokens: Vec<String>,
    /// Tokens of its synonyms that added something.
    pub variants: Vec<Vec<String>>,
    /// Per document: score, 0 for no match.
    pub scores: Vec<u64>,
    /// Per document: the best tier that its lists allow.
    pub tiers: Vec<u8>,
    /// Per document: whether it holds the whole query.
    pub held: Vec<bool>,
    /// Per document: whether a word of the query that tells something is a word of it.
    pub worded: Vec<bool>,
    /// Whether the lists tell for certain which names begin with it.
    pub certain: bool,
    /// Whether some document holds every n-gram.
    pub exact: bool,
    /// Number of documents that hold the whole query.
    pub whole: usize,
    /// Sum of the weights of what was looked up.
    pub total: u64,
    /// Words to mark and to choose sections by.
    pub words: Vec<String>,
    /// Words of the vocabulary that were asked for too.
    pub synonyms: Vec<String>,
}

impl Scored {
    /// What matches when nothing is typed.
    pub(super) fn browsing(docs: usize) -> Scored {
        Scored {
            tokens: Vec::new(),
            variants: Vec::new(),
            scores: vec![0; docs],
            tiers: vec![tier::REST; docs],
            held: Vec::new(),
            worded: Vec::new(),
            certain: true,
            exact: true,
            whole: 0,
            total: 0,
            words: Vec::new(),
            synonyms: Vec::new(),
        }
    }

    /// Whether something matches.
    pub(super) fn any(&self) -> bool {
        self.scores.iter().any(|&score| score > 0)
    }
}

/// What each document holds of a query, in units.
struct Coverage {
    /// Of the token at hand, then of all: by the positions below.
    own: [Vec<u32>; 5],
    all: [Vec<u32>; 5],
    /// Whether it holds a whole word of the query.
    word: Vec<bool>,
}

/// By n-grams.
const PLAIN: usize = 0;
/// By n-grams of headings, the summary and names.
const HEADING: usize = 1;
/// By n-grams of names.
const NAME: usize = 2;
/// By n-grams or by a key, which is blind to small differences of spelling.
const ANY: usize = 3;
/// The same, but by n-grams alone where the spelling was told with care.
const STRICT: usize = 4;

impl Coverage {
    fn new(docs: usize) -> Coverage {
        let zeros = || [(); 5].map(|()| vec![0; docs]);
        Coverage { own: zeros(), all: zeros(), word: vec![false; docs] }
    }

    /// What a place says: 32 for a name, 16 for a heading or the summary.
    fn places(grade: u8) -> std::ops::RangeInclusive<usize> {
        PLAIN..=usize::from(grade >> 4)
    }

    fn gram(&mut self, list: &[(u32, u8)], idf: u32) {
        for &(doc, grade) in list {
            for place in Coverage::places(grade) {
                self.own[place][doc as usize] += idf;
            }
        }
    }

    /// A list whose documents hold all of the token; `plain` where no n-grams tell of it.
    fn whole(&mut self, list: &[(u32, u8)], units: u32, plain: bool) {
        for &(doc, grade) in list {
            self.own[ANY][doc as usize] = units;
            if plain {
                for place in Coverage::places(grade) {
                    self.own[place][doc as usize] = units;
                }
            }
        }
    }

    /// Ends a token.
    fn end_token(&mut self, units: u32, careful: bool) {
        for doc in 0..self.word.len() {
            let plain = self.own[PLAIN][doc];
            let any = self.own[ANY][doc].max(plain);
            self.own[ANY][doc] = any;
            self.own[STRICT][doc] = if careful { plain } else { any };
            self.word[doc] |= units > 0 && any >= units;
            for place in 0..5 {
                self.all[place][doc] += std::mem::take(&mut self.own[place][doc]);
            }
        }
    }
}

/// Whether the spelling of a word is told by signs that a hurried writer leaves out.
fn is_careful(token: &str) -> bool {
    token.contains(['\u{e47}', '\u{e48}', '\u{e49}', '\u{e4a}', '\u{e4b}', '\u{e4c}'])
}

/// Runs a plan over the lists; a variant matches only where it is covered whole.
fn score(index: &Index, plan: &Plan, variant: bool) -> Result<Scored, SearchError> {
    let n = index.len();
    let impacts = ranking::impacts();
    let weights = if plan.many { ranking::MANY } else { ranking::FEW };
    let mut scores = vec![0u64; n];
    let mut held = Coverage::new(n);
    let mut words = Vec::new();
    let mut worded = vec![false; n];
    let (mut total, mut all) = (0u64, 0u32);
    let mut add = |list: &[(u32, u8)], weight: u32| {
        let idf = ranking::idf(n as u32, list.len() as u32);
        for &(doc, grade) in list {
            let step = usize::from(index.lengths()[doc as usize]);
            let impact = impacts[usize::from(grade & 15) * ranking::LENGTH_STEPS + step];
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
            held.gram(&list, idf);
        }
        let short = token.grams.is_empty() && token.text.chars().count() < 3;
        // A number is whole by its key: the other era's number has no n-grams.
        let by_key = short || token.text.starts_with(|c: char| c.is_ascii_digit());
        // The stem of an English word tells as much as its form.
        let latin = token.text.chars().all(|c| c.is_ascii_lowercase());
        let mut lists = Vec::new();
        let shown = words.len();
        for (term, text) in &token.words {
            let list = index.list(term)?;
            let rare = list.len() * ranking::RARE_WORD <= n && text.chars().count() >= 3;
            if token.cut && rare {
                list.iter().for_each(|&(doc, _)| held.word[doc as usize] = true);
                if !words.contains(text) {
                    words.push(text.clone());
                }
            }
            if text.chars().count() >= 3 && list.len() * ranking::TELLING_WORD.1 <= n * ranking::TELLING_WORD.0 {
                list.iter().for_each(|&(doc, _)| worded[doc as usize] = true);
            }
            lists.push((list, weights.word));
        }
        if words.len() == shown {
            // No word of it is rare: all that tell something are shown.
            let parts = token.words.iter().map(|(_, text)| text).filter(|text| text.chars().count() > 2);
            let parts: Vec<&String> = if token.cut { parts.collect() } else { vec![&token.text] };
            for part in if parts.is_empty() { vec![&token.text] } else { parts } {
                if !words.contains(part) {
                    words.push(part.clone());
                }
            }
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
            for (list, _) in &lists {
                held.whole(list, units, by_key || latin);
            }
        }
        total += u64::from(units);
        all += units;
        held.end_token(units, !by_key && is_careful(&token.text));
    }
    let names = if plan.name.is_empty() { Vec::new() } else { index.list(&plan.name)? };
    // A whole name counts twice.
    let is_whole = |grade: u8| grade & 15 > ranking::class(8);
    for &(doc, _) in names.iter().filter(|(_, grade)| plan.name_whole && is_whole(*grade)) {
        // An id is a name that stands in no text.
        let doc = doc as usize;
        held.word[doc] = true;
        held.all.iter_mut().for_each(|held| held[doc] = all);
        scores[doc] = scores[doc].max(1);
    }
    let exact = all > 0 && held.all[PLAIN].iter().any(|&plain| plain >= all);
    let cover = &held.all[if exact { STRICT } else { ANY }];
    let best = cover.iter().copied().max().unwrap_or(0);
    let need = if variant { all } else { ranking::needed(best, all, &weights) };
    let mut tiers = vec![tier::NONE; n];
    let mut whole = 0;
    let mut is_held = vec![false; n];
    for doc in 0..n {
        if all == 0 || cover[doc] < need || (exact && !held.word[doc]) {
            scores[doc] = 0;
            continue;
        }
        scores[doc] += total * u64::from(weights.coverage[(16 * cover[doc] / all) as usize]);
        is_held[doc] = cover[doc] >= all;
        whole += usize::from(is_held[doc]);
        let holds = |place: usize| held.all[place][doc] >= all;
        tiers[doc] = match () {
            () if holds(NAME) => tier::HOLDS,
            () if holds(HEADING) => tier::HEADING,
            () if holds(PLAIN) => tier::TEXT,
            // Where others hold the query, all its words are in names only that hold half of it.
            () if exact && held.all[NAME][doc] * 2 < all => tier::REST,
            () => tier::WORDS,
        };
    }
    for (doc, grade) in names {
        let reached = &mut tiers[doc as usize];
        if *reached != tier::NONE && (plan.name_whole || *reached <= tier::HOLDS) {
            *reached = if !plan.name_whole || is_whole(grade) { tier::NAME } else { tier::BEGINS };
        }
    }
    let tokens = plan.tokens.iter().map(|token| token.text.clone()).collect();
    let (variants, synonyms) = (Vec::new(), Vec::new());
    let (held, certain) = (is_held, plan.name_whole);
    Ok(Scored { tokens, variants, scores, tiers, held, worded, certain, exact, whole, total, words, synonyms })
}

/// Scores of folded tokens; where few pages hold them whole, with their synonyms.
pub(super) fn score_tokens(index: &Index, tokens: Vec<String>) -> Result<Option<Scored>, SearchError> {
    if tokens.is_empty() {
        return Ok(None);
    }
    let lexicon = &index.meta().lexicon;
    let own = plan(&tokens, lexicon, None);
    let mut scored = score(index, &own, false)?;
    if scored.whole >= ranking::RARE {
        return Ok(Some(scored));
    }
    for (variant, word) in variants(&tokens, &index.meta().synonyms) {
        let other = score(index, &plan(&variant, lexicon, Some(own.many)), true)?;
        if other.whole == 0 {
            continue;
        }
        scored.synonyms.push(word);
        scored.variants.push(variant);
        // A longer wording sums up more weight: scores are brought to one scale.
        let (share, of) = ranking::SYNONYM;
        let all = other.total.max(1);
        let own = if scored.total == 0 { all } else { scored.total };
        for doc in 0..scored.scores.len() {
            scored.scores[doc] = scored.scores[doc].max(other.scores[doc] * share * own / (of * all));
            // What is named by a synonym stands with what has all words in its name.
            let reached = if other.tiers[doc] <= tier::HOLDS { tier::WORDS } else { other.tiers[doc].max(tier::REST) };
            scored.tiers[doc] = scored.tiers[doc].min(reached);
            scored.held[doc] |= other.held[doc];
        }
        scored.exact |= other.exact;
        for word in other.words {
            if !scored.words.contains(&word) {
                scored.words.push(word);
            }
        }
    }
    Ok(Some(scored))
}

/// The same of glued runs cut into words.
pub(super) fn score_unglued(index: &Index, tokens: &[String]) -> Result<Option<Scored>, SearchError> {
    match unglued(tokens, &index.meta().lexicon) {
        Some(words) => Ok(score_tokens(index, words)?.filter(Scored::any)),
        None => Ok(None),
    }
}
