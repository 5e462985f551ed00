//! Long lists in pages: where each page is, and the letters that lead into them.

use std::ops::Range;
use std::sync::{Arc, PoisonError};

use tera::Value as Shape;

use super::builder::Context;
use super::place::Place;
use super::value::{list, map};
use crate::model::{EntryId, KindDef};
use crate::text::slug::is_letter_or_digit;

/// Up to here a list stays on one page.
const WHOLE: usize = 120;
/// Entries of a page of a longer list, at most.
const PAGE: usize = 100;

/// Number of pages of a list.
pub(in crate::html) fn pages(total: usize) -> usize {
    if total <= WHOLE { 1 } else { total.div_ceil(PAGE) }
}

/// Positions of the entries on a page; pages are of one length.
pub(super) fn range(total: usize, page: usize) -> Range<usize> {
    let size = total.div_ceil(pages(total)).max(1);
    (page * size).min(total)..((page + 1) * size).min(total)
}

/// Address of a page of a kind's list.
pub(crate) fn list_path(folder: &str, kind: &KindDef, page: usize) -> String {
    let folder = format!("{folder}{}", kind.folder);
    match page {
        0 => format!("{folder}/index.html"),
        n => format!("{folder}/all/{}.html", n + 1),
    }
}

/// Address of a page of the list of a facet's value.
pub(in crate::html) fn facet_path(folder: &str, kind: &KindDef, field: &str, slug: &str, page: usize) -> String {
    let stem = format!("{folder}{}/by/{field}/{slug}", kind.folder);
    match page {
        0 => format!("{stem}.html"),
        n => format!("{stem}/{}.html", n + 1),
    }
}

/// The letter a title is under in a Thai index: its first consonant, for a vowel written first too.
fn letter(title: &str) -> Option<char> {
    let first = title.chars().find(|c| !('\u{e40}'..='\u{e44}').contains(c) && is_letter_or_digit(*c))?;
    first.to_uppercase().next()
}

/// The words that nearly all titles of an ordered list begin with ("โรงเรียน…"): what the titles at a tenth and at
/// nine tenths of the list have in common.
fn common_start<'a>(titles: &[&'a str]) -> &'a str {
    let (Some(early), Some(late)) = (titles.get(titles.len() / 10), titles.get(titles.len() * 9 / 10)) else {
        return "";
    };
    let pairs = early.char_indices().zip(late.chars());
    let same = pairs.take_while(|((_, a), b)| a == b);
    same.last().map_or("", |((at, c), _)| &early[..at + c.len_utf8()])
}

/// Where each letter starts, when titles come in the order of their letters; empty otherwise. Words that nearly all
/// titles begin with do not count, and titles without them stand under no letter.
fn letters(titles: &[&str]) -> Vec<(char, usize)> {
    let start = common_start(titles);
    // Letter, first position, length.
    let mut runs: Vec<(char, usize, usize)> = Vec::new();
    for (at, title) in titles.iter().enumerate() {
        let Some(letter) = title.strip_prefix(start).and_then(letter) else {
            continue;
        };
        match runs.last_mut() {
            Some((last, _, length)) if *last == letter => *length += 1,
            _ => runs.push((letter, at, 1)),
        }
    }
    let total: usize = runs.iter().map(|run| run.2).sum();
    // A title out of line (with a sign before its first letter) does not move its letter: the longest run counts.
    let mut found: Vec<(char, usize, usize)> = Vec::new();
    for run in runs {
        match found.iter_mut().find(|known| known.0 == run.0) {
            Some(known) if known.2 < run.2 => *known = run,
            Some(_) => {}
            None => found.push(run),
        }
    }
    found.sort_by_key(|run| run.1);
    let held: usize = found.iter().map(|run| run.2).sum();
    if found.len() < 3 || held * 20 < total * 19 {
        return Vec::new();
    }
    found.into_iter().map(|(letter, at, _)| (letter, at)).collect()
}

/// What a page of a list shows of its place in the whole.
pub(super) struct Paged {
    /// `pages`: number, address, whether it is this one, titles of its first and last entry.
    pub pages: Shape,
    /// `letters`: letter and address.
    pub letters: Shape,
    /// Positions of entries where a letter starts, with their anchors.
    pub anchors: Vec<(usize, String)>,
}

impl Context<'_> {
    /// The pages of a list that is longer than one page; `path` gives the address of a page.
    pub(super) fn paged(
        &self,
        place: &Place,
        entries: &[EntryId],
        page: usize,
        path: impl Fn(usize) -> String,
    ) -> Paged {
        let total = entries.len();
        let count = pages(total);
        let title = |at: usize| self.site.entry(entries[at]).title_in(place.lang);
        if count < 2 {
            return Paged { pages: list(Vec::new()), letters: list(Vec::new()), anchors: Vec::new() };
        }
        let shown = (0..count).map(|n| {
            let range = range(total, n);
            Shape::from(map! {
                "number": n + 1,
                "href": place.href(&path(n)),
                "current": n == page,
                "first": title(range.start),
                "last": title(range.end - 1),
            })
        });
        let pages = list(shown.collect());
        // All pages of a list share its letters: found anew for each page they would cost the square of its length.
        let starts = {
            let mut known = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
            let of_list =
                known.entry(path(0)).or_insert_with(|| letters(&(0..total).map(title).collect::<Vec<_>>()).into());
            Arc::clone(of_list)
        };
        let size = range(total, 0).len();
        let anchor = |at: usize| format!("letter-{}", at + 1);
        let index = starts.iter().enumerate().map(|(at, (letter, start))| {
            let target = start / size;
            let address = if target == page { String::new() } else { place.href(&path(target)) };
            Shape::from(map! {
                "letter": letter.to_string(),
                "href": format!("{address}#{}", anchor(at)),
            })
        });
        let index = list(index.collect());
        let own = range(total, page);
        let anchors = starts
            .iter()
            .enumerate()
            .filter(|(_, (_, start))| own.contains(start))
            .map(|(at, (_, start))| (start - own.start, anchor(at)))
            .collect();
        Paged { pages, letters: index, anchors }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_hold_every_entry_once() {
        for total in [0, 1, 120, 121, 175, 723, 10_000] {
            let all: Vec<usize> = (0..pages(total)).flat_map(|n| range(total, n)).collect();
            assert_eq!(all, (0..total).collect::<Vec<_>>(), "{total}");
            assert!(total <= WHOLE || (0..pages(total)).all(|n| range(total, n).len() <= PAGE));
        }
        assert_eq!(pages(120), 1);
        assert_eq!(pages(121), 2);
    }

    #[test]
    fn letters_of_an_ordered_list() {
        let found = letters(&["เกาะ", "ก้าว", "แขม", "“ไข่”", "บ้าน"]);
        assert_eq!(found, [('ก', 0), ('ข', 2), ('บ', 4)]);
        let found = letters(&["โรงเรียนเกาะ", "โรงเรียนขาม", "โรงเรียนบ้านบัว", "ศูนย์ขาม"]);
        assert!(found.is_empty(), "too few titles to tell a common start: {found:?}");
        let schools = ["โรงเรียนเกาะ", "โรงเรียนขาม", "โรงเรียนบัว", "โรงเรียนวัด", "ศูนย์ขาม"];
        let many: Vec<&str> = schools.iter().flat_map(|s| std::iter::repeat_n(*s, 9)).take(38).collect();
        assert_eq!(letters(&many), [('ก', 0), ('ข', 9), ('บ', 18), ('ว', 27)]);
        let out_of_line: Vec<&str> = ["โรงเรียน ว.ขาม"].into_iter().chain(many).collect();
        assert_eq!(letters(&out_of_line)[0], ('ก', 1));
        assert!(letters(&["ก", "ข", "ค", "ก"]).is_empty());
    }
}
