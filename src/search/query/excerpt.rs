//! What is shown of a hit: its best section, an excerpt, and the marks, which
//! map back to what was written. The same rules run in the browser.

use super::needle::Needle;
use crate::search::analysis::Lexicon;
use crate::search::ranking::{EXCERPT, EXCERPT_FROM, EXCERPT_LEAD, EXCERPT_WORD};
use crate::text::fold::{Folded, Script, is_mark, key_map, script};
use crate::text::stem::stem;

/// A piece of shown text; marked when the query matched it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    /// The text as written.
    pub text: String,
    /// Whether it matched.
    pub marked: bool,
}

/// A text prepared for matching: folded, without the spaces.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    text: &'a str,
    chars: Vec<char>,
    spans: Vec<(u32, u32)>,
    /// True where a token begins.
    begins: Vec<bool>,
    keys: std::cell::OnceCell<Vec<(char, usize)>>,
}

/// Places of `needle` in `hay`.
fn places<'a>(hay: &'a [char], needle: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    let first = needle.first().copied();
    hay.iter().enumerate().filter_map(move |(i, &c)| (Some(c) == first && hay[i..].starts_with(needle)).then_some(i))
}

impl<'a> Prepared<'a> {
    /// Prepares a text.
    pub(super) fn new(text: &'a str) -> Self {
        let folded = Folded::new(text);
        let mut out = Prepared {
            text,
            chars: Vec::with_capacity(folded.chars.len()),
            spans: Vec::with_capacity(folded.chars.len()),
            begins: Vec::with_capacity(folded.chars.len()),
            keys: std::cell::OnceCell::new(),
        };
        let mut before = None;
        for (&c, &span) in folded.chars.iter().zip(&folded.spans) {
            let here = script(c);
            if here.is_some() {
                out.chars.push(c);
                out.spans.push(span);
                out.begins.push(here != before);
            }
            before = here;
        }
        out
    }

    /// The folded characters, without gaps.
    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Whether a token begins at a place.
    pub(super) fn begins(&self, at: usize) -> bool {
        self.begins[at]
    }

    /// Places of some characters.
    pub(super) fn places<'b>(&'b self, needle: &'b [char]) -> impl Iterator<Item = usize> + 'b {
        places(&self.chars, needle)
    }

    /// Whether the text holds a token, whole or by its key.
    pub(super) fn holds(&self, needle: &Needle) -> bool {
        !self.whole(needle).is_empty() || !self.by_key(needle).is_empty()
    }

    /// The part that differs from some characters in the fewest places, at most `limit`: edits, begin, end. Of equal
    /// ones the first; no letter is parted from its marks.
    pub(super) fn nearest(&self, needle: &[char], limit: usize) -> Option<(usize, usize, usize)> {
        let n = needle.len();
        // Per beginning of the needle: edits, and where the part begins.
        let mut row: Vec<(usize, usize)> = (0..=n).map(|i| (i, 0)).collect();
        let mut found: Option<(usize, usize, usize)> = None;
        for (j, &c) in self.chars.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = (0, j + 1);
            for i in 1..=n {
                let swap = (diagonal.0 + usize::from(needle[i - 1] != c), diagonal.1);
                diagonal = row[i];
                let mut least = swap;
                if row[i].0 + 1 < least.0 {
                    least = (row[i].0 + 1, row[i].1);
                }
                if row[i - 1].0 + 1 < least.0 {
                    least = (row[i - 1].0 + 1, row[i - 1].1);
                }
                row[i] = least;
            }
            let (edits, start) = row[n];
            if edits <= limit && found.is_none_or(|(best, ..)| edits < best) && start <= j && self.may_cut(j + 1) {
                found = Some((edits, start, j + 1));
            }
        }
        found
    }

    /// The end of the English word that begins at a place, if its stem is that of a needle.
    fn stem_at(&self, at: usize, needle: &Needle) -> Option<usize> {
        if self.chars.get(at) != needle.chars.first() {
            return None;
        }
        let end = (at + 1..self.chars.len()).find(|&i| self.begins[i]).unwrap_or(self.chars.len());
        let word: String = self.chars[at..end].iter().collect();
        (stem(&word) == needle.stem).then_some(end)
    }

    /// Whether English words stand side by side whose stems are those of the needles.
    pub(super) fn holds_stems(&self, needles: &[Needle]) -> bool {
        if needles.is_empty() || needles.iter().any(|needle| needle.stem.is_empty()) {
            return false;
        }
        let follow = |at: usize| needles.iter().try_fold(at, |at, needle| self.stem_at(at, needle)).is_some();
        (0..self.chars.len()).any(|at| self.begins[at] && follow(at))
    }

    /// A part made greater until it begins and ends with a word: where a token does, or a word of the lexicon.
    pub(super) fn whole_words(&self, start: usize, end: usize, lexicon: &Lexicon) -> (usize, usize) {
        let n = self.chars.len();
        let mut from = start;
        while !self.begins[from] {
            from -= 1;
        }
        let mut to = end;
        while to < n && !self.begins[to] {
            to += 1;
        }
        let mut ends = vec![from, to];
        let mut at = from;
        while at < to {
            let next = (at + 1..to).find(|&i| self.begins[i]).unwrap_or(to);
            if script(self.chars[at]) == Some(Script::Thai) {
                ends.extend(lexicon.cut(&self.chars[at..next]).into_iter().map(|end| at + end));
            }
            ends.push(next);
            at = next;
        }
        let low = ends.iter().copied().filter(|&i| i <= start).max();
        let high = ends.iter().copied().filter(|&i| i >= end).min();
        (low.unwrap_or(from), high.unwrap_or(to))
    }

    /// A part as it is written.
    pub(super) fn written(&self, start: usize, end: usize) -> String {
        let (a, b) = self.range(start, end);
        self.text.get(a..b).unwrap_or_default().trim().to_owned()
    }

    fn keys(&self) -> &[(char, usize)] {
        self.keys.get_or_init(|| key_map(&self.chars))
    }

    /// Places of a token: whole; a short one only where a token begins.
    fn whole(&self, needle: &Needle) -> Vec<usize> {
        let short = needle.chars.len() < 3;
        places(&self.chars, &needle.chars).filter(|&at| !short || self.begins[at]).collect()
    }

    /// Ranges of a token's spelling-blind key.
    fn by_key(&self, needle: &Needle) -> Vec<(usize, usize)> {
        if !needle.stem.is_empty() {
            let starts = (0..self.chars.len()).filter(|&at| self.begins[at]);
            return starts.filter_map(|at| Some((at, self.stem_at(at, needle)?))).collect();
        }
        if needle.key.len() < 2 || needle.chars.len() < 3 {
            return Vec::new();
        }
        let keys = self.keys();
        let chars: Vec<char> = keys.iter().map(|&(c, _)| c).collect();
        places(&chars, &needle.key).map(|at| (keys[at].1, keys[at + needle.key.len() - 1].1 + 1)).collect()
    }

    /// How much of the query the text holds, for choosing a section.
    pub(super) fn score(&self, needles: &[Needle]) -> u32 {
        let mut score = 0;
        for needle in needles {
            if !self.whole(needle).is_empty() {
                score += 2 * needle.weight();
            } else if !self.by_key(needle).is_empty() {
                score += needle.weight();
            } else {
                let held = needle.grams.iter().filter(|g| places(&self.chars, g).next().is_some());
                score += held.count() as u32 / 2;
            }
        }
        score
    }

    /// Which characters match.
    fn marks(&self, needles: &[Needle]) -> Vec<bool> {
        let n = self.chars.len();
        let mut marks = vec![false; n];
        for needle in needles {
            let whole = self.whole(needle);
            let mut ranges: Vec<(usize, usize)> = whole.iter().map(|&at| (at, at + needle.chars.len())).collect();
            if ranges.is_empty() {
                ranges = self.by_key(needle);
            }
            if ranges.is_empty() && needle.limit > 0 {
                ranges.extend(self.nearest(&needle.chars, needle.limit).map(|(_, start, end)| (start, end)));
            }
            for (start, end) in ranges {
                marks[start..end].fill(true);
            }
        }
        // Never part a letter from its marks.
        for i in 0..n {
            if i > 0 && is_mark(self.chars[i]) && marks[i - 1] {
                marks[i] = true;
            }
        }
        for i in (1..n).rev() {
            if is_mark(self.chars[i]) && marks[i] {
                marks[i - 1] = true;
            }
        }
        marks
    }

    /// True where the shown text may be cut before this character.
    fn may_cut(&self, at: usize) -> bool {
        at == 0
            || at >= self.chars.len()
            || !(is_mark(self.chars[at])
                || matches!(self.chars[at], 'ะ' | 'า' | 'ำ')
                || matches!(self.chars[at - 1], 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ'))
    }

    /// The whole text with its matches marked.
    pub(super) fn marked(&self, needles: &[Needle]) -> Vec<Piece> {
        let marks = self.marks(needles);
        self.pieces(&marks, 0, self.chars.len())
    }

    /// The part of the text with the most matches, from the beginning of a token or word to the end of one where those are near.
    pub(super) fn excerpt(&self, needles: &[Needle], lexicon: &Lexicon) -> Vec<Piece> {
        let marks = self.marks(needles);
        let n = self.chars.len();
        if n <= EXCERPT + EXCERPT_LEAD {
            return self.pieces(&marks, 0, n);
        }
        let mut sums = vec![0u32; n + 1];
        for i in 0..n {
            sums[i + 1] = sums[i] + u32::from(marks[i]);
        }
        let (mut best, mut most) = (0, 0);
        for i in 0..n {
            if marks[i] && (i == 0 || !marks[i - 1]) {
                let held = sums[(i + EXCERPT - EXCERPT_LEAD).min(n)] - sums[i];
                if held > most {
                    (best, most) = (i, held);
                }
            }
        }
        let mut start = best.saturating_sub(EXCERPT_LEAD);
        // Rather begin where a token begins.
        if let Some(better) = (start..best).find(|&i| self.begins[i]) {
            start = better;
        }
        if start < EXCERPT_FROM {
            start = 0;
        }
        while !self.may_cut(start) {
            start -= 1;
        }
        let mut end = (start + EXCERPT).min(n);
        while !self.may_cut(end) {
            end += 1;
        }
        let (low, high) = self.whole_words(start, end, lexicon);
        let (least, last) = (start.saturating_sub(EXCERPT_WORD), (end + EXCERPT_WORD).min(n));
        let begun = (least..=start).rev().find(|&i| self.begins[i]);
        let start = begun.unwrap_or(if low >= least { low } else { start });
        let ended = (end..=last).find(|&i| i == n || self.begins[i]);
        let end = ended.unwrap_or(if high <= last { high } else { end });
        self.pieces(&marks, start, end)
    }

    fn pieces(&self, marks: &[bool], start: usize, end: usize) -> Vec<Piece> {
        let n = self.chars.len();
        let mut out: Vec<Piece> = Vec::new();
        let mut push = |text: &str, marked: bool| match out.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.marked == marked => last.text.push_str(text),
            _ => out.push(Piece { text: text.to_owned(), marked }),
        };
        let cut = |a: usize, b: usize| self.text.get(a..b).unwrap_or("");
        let from = if start == 0 { 0 } else { self.low(start) };
        let to = if end >= n { self.text.len() } else { self.low(end) };
        if start > 0 {
            push("…", false);
        }
        let mut at = from;
        let mut i = start;
        while i < end {
            if !marks[i] {
                i += 1;
                continue;
            }
            let stop = (i..end).find(|&j| !marks[j]).unwrap_or(end);
            let (a, b) = self.range(i, stop);
            let (a, b) = (a.max(at), b.min(to));
            if a < b {
                push(cut(at, a), false);
                push(cut(a, b), true);
                at = b;
            }
            i = stop;
        }
        push(cut(at, to.max(at)), false);
        if end < n {
            push("…", false);
        }
        out
    }

    /// Byte where a character begins, of it and the marks that fold moved.
    fn low(&self, at: usize) -> usize {
        let mut low = self.spans[at].0;
        let mut i = at + 1;
        while i < self.chars.len() && (is_mark(self.chars[i]) || is_mark(self.chars[i - 1])) {
            low = low.min(self.spans[i].0);
            i += 1;
            if i > at + 4 {
                break;
            }
        }
        low as usize
    }

    fn range(&self, start: usize, end: usize) -> (usize, usize) {
        let spans = &self.spans[start..end];
        let a = spans.iter().map(|s| s.0).min().unwrap_or(0);
        let b = spans.iter().map(|s| s.1).max().unwrap_or(0);
        (a as usize, b as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::plan::tokens;

    fn show(text: &str, query: &str) -> String {
        let needles = Needle::all(&tokens(query));
        let key = |word: &str| crate::text::fold::key(&word.chars().collect::<Vec<_>>());
        let words = ["โรงเรียน", "ขนาดเล็ก"].map(|word| (9, key(word)));
        let pieces = Prepared::new(text).excerpt(&needles, &Lexicon::choose(words.into(), &[]));
        pieces.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn marks_what_was_written() {
        assert_eq!(show("เเกนนำ และนํ้าใจ", "แกนนำ"), "[เเกนนำ] และนํ้าใจ");
        assert_eq!(show("เเกนนำ และนํ้าใจ", "น้ำใจ"), "เเกนนำ และ[นํ้าใจ]");
        assert_eq!(show("ปี ๒๕๖๔", "2564"), "ปี [๒๕๖๔]");
        assert_eq!(show("ที่ประชุมก่อน", "ทีประชุม"), "[ที่ประชุม]ก่อน");
        assert_eq!(show("<b>", "b"), "<[b]>");
        assert_eq!(show("", "x"), "");
    }

    #[test]
    fn cuts_long_text_around_the_match() {
        let text = format!("{}ครูดีเด่น{}", "กขค ".repeat(200), " งจฉ".repeat(200));
        let shown = show(&text, "ครูดีเด่น");
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert!(shown.contains("[ครูดีเด่น]"));
        assert!(shown.chars().count() < 300);
        // Words stay whole at both ends.
        let text = "โรงเรียนขนาดเล็ก".repeat(30) + " ครูดีเด่น " + &"โรงเรียนขนาดเล็ก".repeat(30);
        let shown = show(&text, "ครูดีเด่น");
        let inner = shown.trim_matches('…');
        let whole = |text: &str| text.starts_with("โรงเรียน") || text.starts_with("ขนาดเล็ก");
        assert!(shown.starts_with('…') && whole(inner), "{shown}");
        assert!(inner.ends_with("โรงเรียน") || inner.ends_with("ขนาดเล็ก"), "{shown}");
    }
}
