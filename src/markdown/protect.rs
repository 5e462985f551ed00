//! Words that no line end may split: browsers break Thai by a word list of their own, which splits names and terms
//! (เครือ|ข่าย). Such words are set in `<span class="nb">`, which the theme does not wrap.

use super::escape::escape_text;
use crate::text::ties::{joined, tied};
use crate::text::width::display_width;
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;

/// Words wider than this many columns would not fit a phone's line and stay breakable.
const WIDEST: usize = 24;

/// What is no wider fits every column: it is no box of its own, so that marks before and after it, in other elements too,
/// stay with it.
const SHORT: usize = 8;

/// Brackets narrower than this hold an abbreviation or a short word, which browsers keep.
const NAME: usize = 10;

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

    /// Writes escaped text with what stays together in spans: protected words with the marks beside them, numbers with
    /// their words, a name in brackets.
    pub fn write(&self, text: &str, out: &mut String) {
        let mut done = 0;
        for whole in self.wholes(text) {
            escape_text(&text[done..whole.start], out);
            let short = display_width(&text[whole.clone()]) <= SHORT;
            out.push_str(if short { "<span class=\"nb s\">" } else { "<span class=\"nb\">" });
            escape_text(&text[whole.clone()], out);
            out.push_str("</span>");
            done = whole.end;
        }
        escape_text(&text[done..], out);
    }

    /// What stays together, in order; none touches another.
    fn wholes(&self, text: &str) -> Vec<Range<usize>> {
        let words = self.0.iter().flat_map(|words| words.find_iter(text)).map(|found| found.start()..found.end());
        // A mark after the match belongs to its last letter: then it is another word.
        let words = words.filter(|r| !text[r.end..].starts_with(is_mark));
        let mut found: Vec<Range<usize>> = words.chain(tied(text)).chain(joined(text)).chain(bracketed(text)).collect();
        found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
        let mut out: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for mut whole in found {
            // A line may end before an element: the marks that no line begins or ends with go into it.
            let opening = text[..whole.start].chars().next_back().filter(|c| is_opening(*c));
            whole.start -= opening.map_or(0, char::len_utf8);
            whole.end += text[whole.end..].chars().take_while(|c| is_closing(*c)).map(char::len_utf8).sum::<usize>();
            match out.last_mut() {
                Some(last) if whole.start < last.end => {
                    let end = last.end.max(whole.end);
                    if display_width(&text[last.start..end]) <= WIDEST {
                        last.end = end;
                    }
                }
                _ => out.push(whole),
            }
        }
        out
    }
}

/// Names in brackets that a phone's line has room for; with a space inside, a line may end there.
fn bracketed(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let closed = |(at, _)| text[at..].find(')').map(|end| at..at + end + 1);
    let fits = |r: &Range<usize>| {
        let name = &text[r.clone()];
        !name.contains(' ') && (NAME..=WIDEST).contains(&display_width(name))
    };
    text.match_indices('(').filter_map(closed).filter(fits)
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '“' | '‘' | '«')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '”' | '’' | '»' | ':' | ';' | ',' | '.' | '!' | '?' | '*' | 'ๆ' | 'ฯ')
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
        assert_eq!(out, "&lt;<span class=\"nb\">ภาคีเครือข่าย</span>&gt;และ<span class=\"nb s\">เครือข่าย</span>");
    }

    #[test]
    fn marks_numbers_and_names_in_brackets_stay() {
        let written = |text: &str| {
            let mut out = String::new();
            Protected::new(["เครือข่าย"]).write(text, &mut out);
            out.replace("<span class=\"nb s\">", "[").replace("<span class=\"nb\">", "[").replace("</span>", "]")
        };
        assert_eq!(written("เวทีสองเครือข่าย: อ่านคู่"), "เวที[สองเครือข่าย:] อ่านคู่");
        assert_eq!(written("“เครือข่าย” ที่ดี"), "[“เครือข่าย”] ที่ดี");
        assert_eq!(written("เชียงราย เขต ๒"), "เชียงราย [เขต ๒]");
        assert_eq!(written("ใช้ห้านาทีกับ 1–2 แห่ง"), "ใช้[ห้านาที]กับ [1–2 แห่ง]");
        assert_eq!(written("บ้านใหม่ (จินาภักดีวิทยา)"), "บ้านใหม่ [(จินาภักดีวิทยา)]");
        assert_eq!(written("ภาคเรียนที่ 2/2563"), "ภาคเรียน[ที่ 2/2563]");
        assert_eq!(written("(เครือข่าย ข้อ 3) มี 5 คน"), "[(เครือข่าย] [ข้อ 3)] มี [5 คน]");
    }

    #[test]
    fn a_word_with_another_mark_is_another_word() {
        let mut out = String::new();
        Protected::new(["กา"]).write("กา้", &mut out);
        assert_eq!(out, "กา้");
    }
}
