//! Words that no line end may split: browsers break Thai by a word list of their own, which splits names and terms
//! (เครือ|ข่าย). Such words are set in `<span class="nb">`, which the theme does not wrap.

use super::escape::escape_text;
use crate::text::chars::is_thai_letter;
use crate::text::segment::Segmenter;
use crate::text::ties::{joined, tied};
use crate::text::width::display_width;
use crate::text::words::Words;
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;

/// Words wider than this many columns would not fit a phone's line and stay breakable.
const WIDEST: usize = 24;

/// What is no wider fits every column: it is no box of its own, so that marks before and after it, in other elements too,
/// stay with it.
const SHORT: usize = 8;

/// Brackets narrower than this hold a syllable, which browsers keep.
const NAME: usize = 5;

/// A part of a name that is shorter needs no keeping.
const PART: usize = 5;

/// Bits of words that are rare enough to be a part of a name alone, which common texts seldom hold.
const RARE: u8 = 20;

/// The widest word that the line of a heading on a phone keeps.
const HEADING: usize = 18;

/// Words that belong to the one after them.
const BOUND: &[&str] = &["ผู้", "ข้อ", "การ", "ความ", "นัก", "ราย", "เขต"];

/// Finds protected words, the longest at a place first.
#[derive(Debug, Default)]
pub struct Protected(Option<AhoCorasick>);

impl Protected {
    /// A finder for these words. Of a name that is too wide for a line or holds spaces its parts are kept: what the word
    /// list does not hold, or holds as a rare word.
    #[must_use]
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let fits = |w: &str| !w.contains(' ') && display_width(w) <= WIDEST;
        let split = |w: &'a str| if fits(w) { vec![w] } else { parts(w) };
        let words: Vec<&str> = words.into_iter().flat_map(split).filter(|w| !w.is_empty()).collect();
        if words.is_empty() {
            return Protected(None);
        }
        Protected(AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok())
    }

    /// Writes escaped text with what stays together in spans: protected words with the marks beside them, numbers with
    /// their words, a name in brackets, and words that are made of words: browsers split them (เป้า|หมาย), which is seen in
    /// cells and labels with their short lines.
    pub fn write(&self, text: &str, out: &mut String) {
        let words = words_of(text, &[]).into_iter().filter(|r| {
            let word = &text[r.clone()];
            (PART - 1..=HEADING).contains(&display_width(word)) && Words::get().is_split(word)
        });
        spans(text, &self.wholes(text, WIDEST, words.collect()), SHORT, out);
    }

    /// [`write`](Self::write) for the long lines of paragraphs, but for words that are made of words.
    pub fn write_prose(&self, text: &str, out: &mut String) {
        spans(text, &self.wholes(text, WIDEST, Vec::new()), SHORT, out);
    }

    /// Writes a heading: its letters are large and its lines few, so all its words stay together, and lines end between
    /// them alone.
    pub fn write_heading(&self, text: &str, out: &mut String) {
        let words =
            words_of(text, BOUND).into_iter().filter(|r| (3..=HEADING).contains(&display_width(&text[r.clone()])));
        spans(text, &self.wholes(text, HEADING, words.collect()), HEADING, out);
    }

    /// What stays together, in order and no wider than `widest`; none touches another.
    fn wholes(&self, text: &str, widest: usize, more: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let words = self.0.iter().flat_map(|words| words.find_iter(text)).map(|found| found.start()..found.end());
        let words = words.filter(|r| display_width(&text[r.clone()]) <= widest);
        // A mark after the match belongs to its last letter: then it is another word.
        let words = words.filter(|r| !text[r.end..].starts_with(is_mark));
        let marked = tied(text).into_iter().chain(joined(text)).chain(bracketed(text));
        let mut found: Vec<Range<usize>> = words.chain(marked).chain(more).collect();
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
                    if display_width(&text[last.start..end]) <= widest {
                        last.end = end;
                    }
                }
                _ => out.push(whole),
            }
        }
        out
    }
}

/// Writes escaped text with these ranges in spans, those up to `short` columns without a box. A box that a narrow column has
/// no room for ends its lines between words.
fn spans(text: &str, wholes: &[Range<usize>], short: usize, out: &mut String) {
    let mut done = 0;
    for whole in wholes {
        escape_text(&text[done..whole.start], out);
        let part = &text[whole.clone()];
        let width = display_width(part);
        out.push_str(if width <= short { "<span class=\"nb s\">" } else { "<span class=\"nb\">" });
        let fits = |r: &Range<usize>| (PART..=HEADING).contains(&display_width(&part[r.clone()]));
        let words = if width > HEADING { words_of(part, BOUND) } else { Vec::new() };
        spans(part, &words.into_iter().filter(fits).collect::<Vec<_>>(), HEADING, out);
        out.push_str("</span>");
        done = whole.end;
    }
    escape_text(&text[done..], out);
}

/// The words of the Thai in a text, as the word list cuts it; a bound word goes with the next one.
fn words_of(text: &str, bound: &[&str]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut segmenter = Segmenter::default();
    let mut ends = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let thai = rest.starts_with(is_thai_letter);
        let run = rest.find(|c| is_thai_letter(c) != thai).unwrap_or(rest.len());
        if thai {
            let letters: Vec<char> = rest[..run].chars().collect();
            segmenter.cut(Words::get(), &letters, &mut ends);
            let (mut start, mut done) = (at, 0);
            for &end in &ends {
                let stop = start + letters[done..end].iter().map(|c| c.len_utf8()).sum::<usize>();
                match out.last_mut() {
                    Some(last) if done > 0 && bound.contains(&&text[last.clone()]) => last.end = stop,
                    _ => out.push(start..stop),
                }
                (start, done) = (stop, end);
            }
        }
        at += run;
    }
    out
}

/// The parts of a name that common texts seldom hold: what spaces part, or the words of what is still too wide.
fn parts<'a>(name: &'a str) -> Vec<&'a str> {
    let words = |part: &'a str| words_of(part, &[]).into_iter().map(move |r| &part[r]);
    let rare = |word: &str| Words::get().cost(word).is_none_or(|bits| bits >= RARE);
    let telling = |part: &&'a str| (PART..=WIDEST).contains(&display_width(part)) && words(part).any(rare);
    let split = |part| if display_width(part) <= WIDEST { vec![part] } else { words(part).collect() };
    name.split([' ', '(', ')']).flat_map(split).filter(telling).collect()
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
    fn words_made_of_words_stay_whole_but_in_paragraphs() {
        let written = |prose: bool| {
            let mut out = String::new();
            let words = Protected::new(["นวัตกรรม"]);
            let text = "เป้าหมายของคณะกรรมการทุกคน";
            if prose {
                words.write_prose(text, &mut out)
            } else {
                words.write(text, &mut out)
            }
            out.replace("<span class=\"nb s\">", "[").replace("<span class=\"nb\">", "[").replace("</span>", "]")
        };
        assert_eq!(written(false), "[เป้าหมาย]ของ[คณะกรรมการ]ทุกคน");
        assert_eq!(written(true), "เป้าหมายของคณะกรรมการทุกคน");
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
        assert_eq!(written("ภาคเรียนที่ 2/2563"), "[ภาคเรียน][ที่ 2/2563]");
        assert_eq!(written("(เครือข่าย ข้อ 3) มี 5 คน"), "[(เครือข่าย] [ข้อ 3)] มี [5 คน]");
    }

    #[test]
    fn of_names_that_do_not_fit_their_telling_parts_are_kept() {
        let written = |text: &str| {
            let mut out = String::new();
            let names =
                ["โรงเรียนบางกล่ำวิทยา รัชมง์คลาภิเษก", "การอ่าน และการเขียนของผู้เรียน", "เครือข่ายโรงเรียนอนุบาลทุ่งกุลาประชาสามัคคี"];
            Protected::new(names).write_prose(text, &mut out);
            out.replace("<span class=\"nb s\">", "[").replace("<span class=\"nb\">", "[").replace("</span>", "]")
        };
        assert_eq!(written("ที่ รัชมง์คลาภิเษก นี้"), "ที่ [รัชมง์คลาภิเษก] นี้");
        assert_eq!(written("โรงเรียนของเรา อ่านและการเขียน"), "โรงเรียนของเรา อ่านและการเขียน");
    }

    #[test]
    fn a_name_as_wide_as_a_line_ends_its_lines_between_words() {
        let mut out = String::new();
        let name = "โรงเรียนช้างมิ่งพิทยานุกูล";
        Protected::new([name]).write(name, &mut out);
        assert!(out.starts_with("<span class=\"nb\">") && out.contains(">พิทยานุกูล</span>"), "{out}");
    }

    #[test]
    fn a_heading_keeps_its_words() {
        let written = |text: &str| {
            let mut out = String::new();
            Protected::new(["สำนักงานเขตพื้นที่การศึกษา", "สถานศึกษา"]).write_heading(text, &mut out);
            out.replace("<span class=\"nb s\">", "[").replace("</span>", "]")
        };
        assert_eq!(written("ร่างข้อเสนอเชิงนโยบาย <2>"), "[ร่าง][ข้อเสนอ][เชิง][นโยบาย] &lt;2&gt;");
        assert_eq!(written("ข้อมูลพื้นฐานสถานศึกษา"), "[ข้อมูล][พื้นฐาน][สถานศึกษา]");
        // What fits no phone's line is cut between its words.
        let office = written("สำนักงานเขตพื้นที่การศึกษา");
        assert!(office.contains("[การศึกษา]") && office.matches('[').count() > 1, "{office}");
    }

    #[test]
    fn a_word_with_another_mark_is_another_word() {
        let mut out = String::new();
        Protected::new(["กา"]).write("กา้", &mut out);
        assert_eq!(out, "กา้");
    }
}
