//! Words that no line end may split: browsers break Thai by a word list of their own, which splits names and terms
//! (เครือ|ข่าย). Such words are set in `<span class="nb">`, which the theme does not wrap.

use super::escape::escape_text;
use crate::text::width::display_width;
use aho_corasick::{AhoCorasick, MatchKind};

/// Words wider than this many columns would not fit a phone's line and stay breakable.
const WIDEST: usize = 24;

/// Finds protected words, the longest at a place first.
#[derive(Debug, Default)]
pub struct Protected(Option<AhoCorasick>);

impl Protected {
    /// A finder for these words; words that are too wide or hold spaces are passed over.
    #[must_use]
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let fit = |w: &&str| !w.is_empty() && !w.contains(' ') && display_width(w) <= WIDEST;
        let words: Vec<&str> = words.into_iter().filter(fit).collect();
        if words.is_empty() {
            return Protected(None);
        }
        Protected(AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok())
    }

    /// Writes escaped text with the protected words in spans.
    pub fn write(&self, text: &str, out: &mut String) {
        let Some(words) = &self.0 else {
            return escape_text(text, out);
        };
        let mut done = 0;
        for found in words.find_iter(text) {
            // A mark after the match belongs to its last letter: then it is another word.
            if text[found.end()..].chars().next().is_some_and(is_mark) {
                continue;
            }
            escape_text(&text[done..found.start()], out);
            out.push_str("<span class=\"nb\">");
            escape_text(&text[found.start()..found.end()], out);
            out.push_str("</span>");
            done = found.end();
        }
        escape_text(&text[done..], out);
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_kept_together_and_text_is_escaped() {
        let words = Protected::new(["เครือข่าย", "ภาคีเครือข่าย", "กว้างเกินบรรทัดของโทรศัพท์มากเกินไปจริงๆ"]);
        let mut out = String::new();
        words.write("<ภาคีเครือข่าย>และเครือข่าย", &mut out);
        assert_eq!(out, "&lt;<span class=\"nb\">ภาคีเครือข่าย</span>&gt;และ<span class=\"nb\">เครือข่าย</span>");
    }

    #[test]
    fn a_word_with_another_mark_is_another_word() {
        let mut out = String::new();
        Protected::new(["กา"]).write("กา้", &mut out);
        assert_eq!(out, "กา้");
    }
}
