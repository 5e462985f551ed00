//! Where a page holds a query: read in its text, where the lists cannot tell whether words stand side by side.

use super::excerpt::Prepared;
use super::needle::Needle;
use crate::search::analysis::Fragment;
use crate::search::ranking::{near_edits, tier};
use crate::text::fold::{Script, script};

/// A wording to look for.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Its folded characters without gaps.
    chars: Vec<char>,
    tokens: Vec<Needle>,
    /// Those words of it that are shown marked.
    words: Vec<Needle>,
}

impl Wanted {
    pub(super) fn new(tokens: &[String], words: &[String]) -> Wanted {
        let chars = tokens.iter().flat_map(|token| token.chars()).collect();
        Wanted { chars, tokens: Needle::all(tokens), words: Needle::all(words) }
    }

    /// Whether a text holds it. A Thai word may begin anywhere; others begin where a token does.
    fn is_in(&self, text: &Prepared<'_>) -> bool {
        if text.holds_stems(&self.tokens) {
            return true;
        }
        let anywhere = self.chars.len() > 2 && self.chars.first().and_then(|&c| script(c)) == Some(Script::Thai);
        // A number is no part of another.
        let ends = |end: usize| {
            let number = self.chars.last().is_some_and(char::is_ascii_digit);
            !number || end == text.chars().len() || text.begins(end)
        };
        text.places(&self.chars).any(|at| (anywhere || text.begins(at)) && ends(at + self.chars.len()))
    }
}

fn names(page: &Fragment) -> Vec<Prepared<'_>> {
    let names = [&page.1, &page.4].into_iter().chain(&page.7);
    names.map(|name| Prepared::new(name)).collect()
}

/// The tier of a page.
pub(super) fn tier_of(page: &Fragment, wanted: &Wanted, variants: &[Wanted]) -> u8 {
    let names = names(page);
    let shorts: Vec<Prepared<'_>> = page.10.iter().map(|name| Prepared::new(name)).collect();
    let named = |wanted: &Wanted| {
        let of = |name: &Prepared<'_>| match () {
            () if name.chars() == wanted.chars => tier::NAME,
            () if name.chars().starts_with(&wanted.chars) => tier::BEGINS,
            () if wanted.is_in(name) => tier::HOLDS,
            () => tier::NONE,
        };
        let begins = |short: &Prepared<'_>| short.chars().starts_with(&wanted.chars);
        let short = if shorts.iter().any(begins) { tier::BEGINS } else { tier::NONE };
        names.iter().map(of).min().unwrap_or(tier::NONE).min(short)
    };
    let own = named(wanted);
    if own < tier::NONE {
        return own;
    }
    let is_in = |text: &str| wanted.is_in(&Prepared::new(text));
    if page.6.iter().any(|(_, heading, _)| is_in(heading)) {
        return tier::HEADING;
    }
    for (i, (anchor, heading, text)) in page.6.iter().enumerate() {
        if is_in(text) {
            return if i == 0 && anchor.is_empty() && heading.is_empty() { tier::SUMMARY } else { tier::TEXT };
        }
    }
    let words = |wanted: &Wanted| wanted.tokens.iter().all(|token| names.iter().any(|name| name.holds(token)));
    if words(wanted) || variants.iter().any(|other| named(other) < tier::NONE || words(other)) {
        return tier::WORDS;
    }
    tier::REST
}

/// The tier of a page where nothing holds the query as it was typed: how many characters differ, in a name or elsewhere;
/// else whether a word of the query is in it.
pub(super) fn near_tier(page: &Fragment, wanted: &Wanted) -> u8 {
    let limit = near_edits(wanted.chars.len());
    let mut best = tier::NONE;
    if limit > 0 {
        for name in names(page) {
            if let Some((edits, ..)) = name.nearest(&wanted.chars, limit) {
                best = best.min(tier::NEAR + 2 * edits as u8);
            }
        }
        for text in page.6.iter().flat_map(|(_, heading, text)| [heading, text]) {
            if let Some((edits, ..)) = Prepared::new(text).nearest(&wanted.chars, limit) {
                best = best.min(tier::NEAR + 2 * edits as u8 + 1);
            }
        }
    }
    if best < tier::NONE {
        return best;
    }
    let texts = || page.6.iter().flat_map(|(_, heading, text)| [heading, text]).map(|text| Prepared::new(text));
    let held =
        wanted.words.iter().any(|word| texts().chain(names(page)).any(|text| word.is_long() && text.holds(word)));
    if held { tier::A_WORD } else { tier::NONE }
}
