//! From a typed query to the terms to look up: the same plan in the browser.

use std::collections::BTreeSet;

use super::analyze::{MAX_WORD, START, WORD, trigrams};
use super::rank::{MAX_GRAMS, MAX_QUERY, MAX_TOKENS, MAX_VARIANTS};
use crate::thai::fold::{Folded, key};

/// A token of the query with the terms it is looked up by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Token {
    /// Folded text.
    pub text: String,
    /// N-grams to look up.
    pub grams: Vec<String>,
    /// The word key's term; empty for a token that is too long.
    pub word: String,
    /// The beginning's term, for tokens of one or two characters.
    pub start: String,
}

/// A query, or a variant of it.
pub type Plan = Vec<Token>;

/// Folded tokens of a typed query, cut to the limits.
pub fn tokens(query: &str) -> Vec<String> {
    let mut folded = Folded::new(query);
    folded.chars.truncate(MAX_QUERY);
    let tokens = folded.tokens();
    tokens
        .into_iter()
        .take(MAX_TOKENS)
        .map(|t| folded.chars[t].iter().collect())
        .collect()
}

/// The plan of folded tokens.
pub fn plan(tokens: &[String]) -> Plan {
    let mut seen = BTreeSet::new();
    let mut out: Plan = Vec::with_capacity(tokens.len());
    for text in tokens {
        let chars: Vec<char> = text.chars().collect();
        let mut token = Token {
            text: text.clone(),
            ..Token::default()
        };
        if chars.len() >= 3 {
            token.grams = trigrams(&chars, &mut seen);
        } else {
            token.start = format!("{START}{text}");
        }
        if chars.len() <= MAX_WORD {
            let key = key(&chars);
            if !key.is_empty() {
                token.word = format!("{WORD}{key}");
            }
        }
        out.push(token);
    }
    let all: usize = out.iter().map(|t| t.grams.len()).sum();
    if all > MAX_GRAMS {
        let kept: BTreeSet<usize> = (0..MAX_GRAMS).map(|i| i * all / MAX_GRAMS).collect();
        let mut at = 0;
        for token in &mut out {
            token.grams.retain(|_| {
                at += 1;
                kept.contains(&(at - 1))
            });
        }
    }
    out
}

/// The query with a word of a synonym group replaced by another of its group.
///
/// `groups` are folded token lists. Groups, places and words are tried in
/// order; the first [`MAX_VARIANTS`] count.
pub fn variants(tokens: &[String], groups: &[Vec<Vec<String>>]) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    for group in groups {
        for word in group {
            let found = word.len().checked_sub(1).and_then(|_| {
                tokens
                    .windows(word.len())
                    .position(|w| w == word.as_slice())
            });
            let Some(at) = found else { continue };
            for other in group {
                if other == word || other.is_empty() {
                    continue;
                }
                let mut variant = tokens[..at].to_vec();
                variant.extend(other.iter().cloned());
                variant.extend(tokens[at + word.len()..].iter().cloned());
                variant.truncate(MAX_TOKENS);
                out.push(variant);
                if out.len() == MAX_VARIANTS {
                    return out;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans() {
        let p = plan(&tokens("โรงเรียน ๑๒"));
        assert_eq!(p.len(), 2);
        assert_eq!(p[0].grams.len(), 6);
        assert_eq!((p[1].word.as_str(), p[1].start.as_str()), ("=12", "^12"));
        let long = plan(&tokens(&"กขคงจฉชซ".repeat(300)));
        assert!(long.iter().map(|t| t.grams.len()).sum::<usize>() <= MAX_GRAMS);
        assert!(tokens("\u{0}<script>").len() == 1);
    }

    #[test]
    fn replaces_synonyms() {
        let groups = vec![vec![tokens("ผอ."), tokens("ผู้อำนวยการ")]];
        assert_eq!(
            variants(&tokens("ผอ.ใหม่"), &groups),
            [tokens("ผู้อำนวยการ ใหม่")]
        );
        assert!(variants(&tokens("ครู"), &groups).is_empty());
    }
}
