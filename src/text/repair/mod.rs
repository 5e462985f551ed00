//! Repairs Thai text that a PDF, a word processor or a chat program damaged.
//!
//! A repair is *certain* when the written sequence can be in no Thai text
//! and only one repair is possible, or when the word list leaves no doubt;
//! else it is *suggested*, with the reason. How much doubt a place needs to
//! overcome depends on how much certain damage the rest of the text shows.
//!
//! * [`Rule`]: what can be wrong.
//! * `cells`: a line as letters with marks, and repairs that need no words.
//! * `decode`: the cheapest reading of a line by the word list.
//! * `edits`: readings compared and turned into edits.
//! * `reading`: what a reading is, and what it costs.
//! * `latin`: letter-spaced Latin words.
//! * [`file`](mod@file): the same for files; code, addresses and keys stay.

mod cells;
mod decode;
mod edit;
mod edits;
pub mod file;
mod latin;
mod reading;
mod rule;

pub use edit::{Confidence, Edit};
pub use rule::Rule;

use crate::text::words::Words;

/// What a repair may use.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The word list; the built-in one when `None`.
    pub words: Option<&'a Words>,
}

/// Passes over a line until nothing certain is left to do.
const PASSES: usize = 12;

/// The repairs of a text, in order, without overlaps.
///
/// ```
/// # use sala::internals::text::repair::{Options, apply, repair};
/// let text = "ส านกังานเขตพ้ืนท่ีการศกึษา";
/// assert_eq!(apply(text, &repair(text, Options::default())), "สำนักงานเขตพื้นที่การศึกษา");
/// ```
pub fn repair(text: &str, options: Options<'_>) -> Vec<Edit> {
    let words = options.words.unwrap_or_else(|| Words::get());
    let mut all = pass(text, words);
    // How damaged a text is decides what is certain in it, and a repair changes that: repeat until nothing changes.
    for _ in 0..ROUNDS {
        let sure = only_certain(&all);
        if sure.is_empty() {
            break;
        }
        let now = apply(text, &sure);
        let again = pass(&now, words);
        if only_certain(&again).is_empty() {
            break;
        }
        all = compose(text, &now, &sure, &again);
    }
    all
}

/// Greatest number of further passes over a whole text.
const ROUNDS: usize = 4;

/// The repairs of every line, by the damage of the whole text.
fn pass(text: &str, words: &Words) -> Vec<Edit> {
    let damage = edits::Damage::of(text);
    let mut found = vec![];
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let body = line.trim_end_matches(['\n', '\r']);
        if !body.is_ascii() {
            found.extend(repair_line(body, words, damage).into_iter().map(|mut e| {
                e.range = e.range.start + start..e.range.end + start;
                e
            }));
        }
        latin::spaced(body, start, &mut found);
        start += line.len();
    }
    found.sort_by_key(|e| (e.range.start, e.range.end));
    found
}

/// Repairs one line until a further pass finds nothing certain.
fn repair_line(line: &str, words: &Words, damage: edits::Damage) -> Vec<Edit> {
    let mut all = edits::of_line(line, words, damage);
    for _ in 1..PASSES {
        if !all.iter().any(|e| e.confidence == Confidence::Certain) {
            break;
        }
        let sure = only_certain(&all);
        let now = apply(line, &sure);
        let again = edits::of_line(&now, words, damage);
        if !again.iter().any(|e| e.confidence == Confidence::Certain) {
            break;
        }
        all = compose(line, &now, &sure, &again);
    }
    all
}

/// The certain ones of a list of repairs.
pub fn only_certain(edits: &[Edit]) -> Vec<Edit> {
    edits.iter().filter(|e| e.confidence == Confidence::Certain).cloned().collect()
}

/// The text with the repairs made. Repairs that overlap an earlier one, or
/// that lie outside the text, are passed over.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let Some(kept) = text.get(done..edit.range.start) else {
            continue;
        };
        if text.get(edit.range.clone()).is_none() {
            continue;
        }
        out.push_str(kept);
        out.push_str(&edit.replacement);
        done = edit.range.end;
    }
    out.push_str(&text[done..]);
    out
}

/// Edits of `line` that do what `first` and then `second` (edits of `middle`,
/// the text that `first` makes) do.
fn compose(line: &str, middle: &str, first: &[Edit], second: &[Edit]) -> Vec<Edit> {
    let mut out: Vec<Edit> = vec![];
    let mut firsts = first.iter().peekable();
    let mut shift = 0isize;
    let back = |at: usize, shift: isize| at.saturating_add_signed(-shift);
    for later in second {
        // Earlier edits that end before this one stand as they are.
        let mut range = None;
        let mut replaced: Option<(usize, usize)> = None;
        while let Some(edit) = firsts.peek() {
            let at = edit.range.start.saturating_add_signed(shift);
            let end = at + edit.replacement.len();
            if end <= later.range.start && !(end == later.range.start && at == end) {
                shift += edit.replacement.len() as isize - edit.range.len() as isize;
                out.extend(firsts.next().cloned());
            } else if at < later.range.end {
                let from = range.get_or_insert_with(|| back(later.range.start.min(at), shift)..edit.range.end);
                from.end = edit.range.end;
                let touched = replaced.get_or_insert((at.min(later.range.start), end));
                touched.1 = end;
                shift += edit.replacement.len() as isize - edit.range.len() as isize;
                firsts.next();
            } else {
                break;
            }
        }
        let Some((from, to)) = replaced else {
            let mut edit = later.clone();
            edit.range = back(later.range.start, shift)..back(later.range.end, shift);
            out.push(edit);
            continue;
        };
        let original = range.map_or(0, |r| r.start);
        let end = to.max(later.range.end);
        let source_end = back(end, shift);
        let mut replacement = String::new();
        replacement.push_str(middle.get(from..later.range.start).unwrap_or(""));
        replacement.push_str(&later.replacement);
        replacement.push_str(middle.get(later.range.end..end).unwrap_or(""));
        out.push(Edit { range: original..source_end, replacement, rule: later.rule, confidence: later.confidence });
    }
    out.extend(firsts.cloned());
    out.retain(|e| line.get(e.range.clone()).is_some_and(|s| s != e.replacement));
    out
}
