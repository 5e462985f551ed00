//! From a typed query to the terms to look up: the same plan in the browser.

use std::collections::BTreeSet;

use crate::search::analysis::{Lexicon, NAME, START, WORD, name_beginning, trigrams};
use crate::search::ranking::{
    CUT_FROM, CUT_GLUED, MANY_WORDS, MAX_CUT, MAX_GRAMS, MAX_QUERY, MAX_TOKENS, MAX_VARIANTS, MAX_WORD,
};
use crate::text::fold::{Folded, Script, key, script};
use crate::text::stem::stem;

/// A token of the query with the terms it is looked up by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Token {
    /// Folded text.
    pub text: String,
    /// N-grams to look up.
    pub grams: Vec<String>,
    /// Terms of word keys, each with its text: of the token itself (none when it
    /// is too long), or of the words that it was cut into.
    pub words: Vec<(String, String)>,
    /// Whether it was cut into words.
    pub cut: bool,
    /// The beginning's term, for tokens of one or two characters.
    pub start: String,
}

/// A query, or a variant of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Whether it counts as a query of many words.
    pub many: bool,
    /// The term of the names that begin with it; empty for none.
    pub name: String,
    /// Whether the name's term stands for the whole query; else for its beginning.
    pub name_whole: bool,
}

/// Folded tokens of a typed query, cut to the limits.
pub(super) fn tokens(query: &str) -> Vec<String> {
    let mut folded = Folded::new(query);
    folded.chars.truncate(MAX_QUERY);
    let tokens = folded.tokens();
    tokens.into_iter().take(MAX_TOKENS).map(|t| folded.chars[t].iter().collect()).collect()
}

/// The plan of folded tokens. Whether the words are many is counted, unless it is given.
pub(super) fn plan(tokens: &[String], lexicon: &Lexicon, many: Option<bool>) -> Plan {
    let texts: Vec<Vec<char>> = tokens.iter().map(|t| t.chars().collect()).collect();
    let ends: Vec<Vec<usize>> = texts.iter().map(|chars| cut(chars, lexicon)).collect();
    let many = many.unwrap_or(ends.iter().map(Vec::len).sum::<usize>() >= MANY_WORDS);
    let mut seen = BTreeSet::new();
    let mut words = BTreeSet::new();
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for (chars, ends) in texts.iter().zip(ends) {
        let mut token = Token { text: chars.iter().collect(), cut: many && ends.len() > 1, ..Token::default() };
        if chars.len() >= 3 {
            token.grams = trigrams(chars, &mut seen);
        } else {
            token.start = format!("{START}{}", token.text);
        }
        let mut start = 0;
        for end in if token.cut { ends } else { vec![chars.len()] } {
            let part = &chars[start..end];
            start = end;
            let key = word_key(part);
            if part.len() > MAX_WORD || key.is_empty() {
                continue;
            }
            let term = format!("{WORD}{key}");
            // The words of cut runs, each once.
            if !token.cut || (words.len() < MAX_CUT && words.insert(term.clone())) {
                token.words.push((term, part.iter().collect()));
            }
        }
        out.push(token);
    }
    thin_out(&mut out);
    let whole: Vec<char> = texts.concat();
    let beginning = name_beginning(&whole);
    let name = if beginning.is_empty() { String::new() } else { format!("{NAME}{}", String::from_iter(beginning)) };
    Plan { tokens: out, many, name, name_whole: beginning.len() == whole.len() }
}

/// The key of a word: of an English one its stem.
pub(super) fn word_key(chars: &[char]) -> String {
    match chars.iter().all(char::is_ascii_lowercase) {
        true => stem(&chars.iter().collect::<String>()),
        false => key(chars),
    }
}

/// Ends of the words of a token: of a long Thai run as it is cut, else its end.
fn cut(chars: &[char], lexicon: &Lexicon) -> Vec<usize> {
    cut_from(chars, lexicon, CUT_FROM)
}

fn cut_from(chars: &[char], lexicon: &Lexicon, from: usize) -> Vec<usize> {
    let thai = chars.first().and_then(|&c| script(c)) == Some(Script::Thai);
    if thai && chars.len() >= from { lexicon.cut(chars) } else { vec![chars.len()] }
}

/// Of too many n-grams, keeps some evenly.
fn thin_out(tokens: &mut [Token]) {
    let all: usize = tokens.iter().map(|t| t.grams.len()).sum();
    if all > MAX_GRAMS {
        let kept: BTreeSet<usize> = (0..MAX_GRAMS).map(|i| i * all / MAX_GRAMS).collect();
        let mut at = 0;
        for token in tokens {
            token.grams.retain(|_| {
                at += 1;
                kept.contains(&(at - 1))
            });
        }
    }
}

/// The tokens with glued Thai runs cut into words; `None` where nothing is cut.
pub(super) fn unglued(tokens: &[String], lexicon: &Lexicon) -> Option<Vec<String>> {
    let mut out = Vec::new();
    for token in tokens {
        let chars: Vec<char> = token.chars().collect();
        let mut start = 0;
        for end in cut_from(&chars, lexicon, CUT_GLUED) {
            out.push(chars[start..end].iter().collect());
            start = end;
        }
    }
    out.truncate(MAX_TOKENS);
    (out.len() > tokens.len()).then_some(out)
}

/// The query with a word of a synonym group replaced by another of its group,
/// and that other word.
///
/// `groups` are folded token lists. Groups, places and words are tried in
/// order; the first [`MAX_VARIANTS`] count.
pub(super) fn variants(tokens: &[String], groups: &[Vec<Vec<String>>]) -> Vec<(Vec<String>, String)> {
    let mut out: Vec<(Vec<String>, String)> = Vec::new();
    for group in groups {
        for word in group {
            let found =
                word.len().checked_sub(1).and_then(|_| tokens.windows(word.len()).position(|w| w == word.as_slice()));
            let Some(at) = found else { continue };
            for other in group {
                if other == word || other.is_empty() {
                    continue;
                }
                let mut variant = tokens[..at].to_vec();
                variant.extend(other.iter().cloned());
                variant.extend(tokens[at + word.len()..].iter().cloned());
                variant.truncate(MAX_TOKENS);
                out.push((variant, other.join(" ")));
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
        let none = Lexicon::default();
        let p = plan(&tokens("โรงเรียน ๑๒"), &none, None);
        assert_eq!((p.tokens.len(), p.many), (2, false));
        assert_eq!(p.tokens[0].grams.len(), 6);
        let short = &p.tokens[1];
        assert_eq!((short.words[0].0.as_str(), short.start.as_str()), ("=12", "^12"));
        let long = plan(&tokens(&"กขคงจฉชซ".repeat(300)), &none, None);
        assert!(long.tokens.iter().map(|t| t.grams.len()).sum::<usize>() <= MAX_GRAMS);
        assert!(tokens("\u{0}<script>").len() == 1);
        assert!(plan(&tokens("ก ข ค ง"), &none, None).many);
    }

    #[test]
    fn long_runs_are_cut_into_words() {
        let known = ["การ", "พัฒนา", "คุณภาพ", "ผู้เรียน"];
        let keys = known.map(|w| (9, key(&w.chars().collect::<Vec<_>>())));
        let lexicon = Lexicon::choose(keys.into(), &known.map(String::from));
        let shown = |query: &str| -> Vec<String> {
            let plan = plan(&tokens(query), &lexicon, None);
            let words = plan.tokens.into_iter().flat_map(|t| t.words);
            words.map(|(_, text)| text).collect()
        };
        assert_eq!(shown("การพัฒนาคุณภาพผู้เรียน"), ["การ", "พัฒนา", "คุณภาพ", "ผู้เรียน"]);
        // Of few words the run stays whole, and so does a short run.
        assert_eq!(shown("การพัฒนาคุณภาพ"), ["การพัฒนาคุณภาพ"]);
        assert_eq!(shown("การพัฒนา"), ["การพัฒนา"]);
    }

    #[test]
    fn replaces_synonyms() {
        let groups = vec![vec![tokens("ผอ."), tokens("ผู้อำนวยการ")]];
        assert_eq!(variants(&tokens("ผอ.ใหม่"), &groups), [(tokens("ผู้อำนวยการ ใหม่"), "ผู้อำนวยการ".to_owned())]);
        assert!(variants(&tokens("ครู"), &groups).is_empty());
    }
}
