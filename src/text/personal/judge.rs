//! Whether letters are a name: the lists of names and of words that are none, and what stands around.

use super::digits::{begins_with, last_at};
use super::labels::{FAMILY, LEARNERS, SAID_OF_CHILDREN, STAFF, STORIES};
use super::normal::Normal;
use crate::text::chars::{cells, is_thai_letter};
use crate::text::pattern::constant;
use crate::text::segment::Segmenter;
use crate::text::words::Words;
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Given names that are common in Thai schools.
static GIVEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/given_names.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});
/// Words that follow a child's title where no name does.
static OTHER: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/no_names.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// [`STAFF`] and [`STORIES`], each as one search: they are asked for around every name.
static GROWN: LazyLock<Regex> = LazyLock::new(|| constant(&STAFF.map(regex::escape).join("|")));
/// With the question of a sum, `กี่`, which the most common words hold as well (`เกี่ยวกับ`).
static STORY: LazyLock<Regex> =
    LazyLock::new(|| constant(&format!("{}|(?:^|[^เ])กี่", STORIES.map(regex::escape).join("|"))));

/// What follows the number of a village.
const PLACES: [&str; 16] =
    ["ต.", "ตำบล", "อ.", "อำเภอ", "จ.", "จังหวัด", "หมู่", "บ้าน", "ถ.", "ถนน", "ซ.", "ซอย", "แขวง", "เขต", "บ.", "ม."];

/// A child's title.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// ด.ช., ด.ญ.
    Short,
    /// เด็กชาย, เด็กหญิง
    Long,
    /// น้อง
    Pet,
    /// สามเณร
    Novice,
}

/// Judges the letters of one text.
pub(super) struct Judge<'a> {
    normal: &'a Normal,
    segmenter: Segmenter,
    words: &'static Words,
}

impl<'a> Judge<'a> {
    pub(super) fn new(normal: &'a Normal) -> Judge<'a> {
        Judge { normal, segmenter: Segmenter::default(), words: Words::get() }
    }

    /// The run of Thai letters from an offset on, as far as a name could go.
    fn chunk(&self, from: usize) -> &'a str {
        let rest = &self.normal.text[from..];
        let mut end = 0;
        for c in rest.chars().take(60).take_while(|c| is_thai_letter(*c)) {
            end += c.len_utf8();
        }
        &rest[..end]
    }

    /// The words of a chunk, and whether the word list knows each.
    fn cut(&mut self, chunk: &str) -> Vec<(String, bool)> {
        let chars: Vec<char> = chunk.chars().collect();
        let mut ends = Vec::new();
        self.segmenter.cut(self.words, &chars, &mut ends);
        let mut start = 0;
        ends.iter()
            .map(|end| {
                let word: String = chars[start..*end].iter().collect();
                start = *end;
                let known = self.words.contains(&word);
                (word, known)
            })
            .collect()
    }

    /// Whether a chunk is a common given name.
    pub(super) fn is_given(&self, chunk: &str) -> bool {
        GIVEN.contains(chunk)
    }

    /// Whether a chunk begins with a word that is no name.
    pub(super) fn is_other(&mut self, chunk: &str) -> bool {
        !GIVEN.contains(chunk)
            && (OTHER.contains(chunk) || self.cut(chunk).first().is_some_and(|(w, _)| OTHER.contains(w.as_str())))
    }

    /// Whether a chunk is running text: words of the list alone, of which one is no name or begins with one.
    pub(super) fn is_running(&mut self, chunk: &str) -> bool {
        let words = self.cut(chunk);
        let begins = |word: &str| word.char_indices().skip(2).any(|(at, c)| OTHER.contains(&word[..at + c.len_utf8()]));
        !GIVEN.contains(chunk)
            && words.iter().all(|(_, known)| *known)
            && words.iter().any(|(word, _)| OTHER.contains(word.as_str()) || begins(word))
    }

    /// Whether a chunk holds letters that are no word of the list, as most names do.
    fn is_rare(&mut self, chunk: &str) -> bool {
        self.cut(chunk).iter().any(|(_, known)| !known)
    }

    pub(super) fn is_name(&mut self, chunk: &str) -> bool {
        let length = cells(chunk).count();
        GIVEN.contains(chunk) || ((2..=9).contains(&length) && !self.is_other(chunk) && self.is_rare(chunk))
    }

    pub(super) fn is_surname(&mut self, chunk: &str) -> bool {
        let length = cells(chunk).count();
        let first = self.cut(chunk).first().map(|(word, _)| word.clone()).unwrap_or_default();
        let family = length <= 9 && !OTHER.contains(chunk) && FAMILY.contains(&first.as_str());
        (2..=16).contains(&length) && (family || !self.is_other(chunk))
    }

    /// Whether a chunk that begins with a word goes on with letters that are none, and is no longer than a name.
    fn goes_on_as_name(&mut self, chunk: &str) -> bool {
        let words = self.cut(chunk);
        (2..=9).contains(&cells(chunk).count())
            && !OTHER.contains(chunk)
            && words.get(1).is_some_and(|(_, known)| !known)
    }

    /// Whether what begins here is the item of a list or the cell of a row that a number begins: `1. ด.ช. …`.
    fn is_listed(&self, start: usize) -> bool {
        let before = self.normal.before(start, 8).trim_end_matches([' ', '.', ')', '|']);
        before.ends_with(|c: char| c.is_ascii_digit())
    }

    /// The longest given name that a chunk of running text begins with, where a word that is no name follows.
    fn glued(&mut self, chunk: &str) -> Option<usize> {
        let ends = chunk.char_indices().map(|(i, c)| i + c.len_utf8()).filter(|end| (9..chunk.len()).contains(end));
        let names: Vec<usize> = ends.filter(|end| GIVEN.contains(&chunk[..*end])).collect();
        names.into_iter().rev().find(|end| self.is_other(&chunk[*end..]))
    }

    /// Where a name after a child's title ends, and whether it is certain to be one.
    pub(super) fn after_title(&mut self, found: Range<usize>, title: Title) -> Option<(usize, bool)> {
        let (text, end) = (self.normal.text.as_str(), found.end);
        let sign = |c: &char| matches!(c, ' ' | '\n' | '.' | ':' | ',' | '(' | '"' | '“' | '\'' | '‘');
        let gap: usize = text[end..].chars().take(3).take_while(sign).map(char::len_utf8).sum();
        if text[end..end + gap].contains("\n\n") {
            return None;
        }
        let named = if title == Title::Pet { None } else { text[end + gap..].strip_prefix("ชื่อ") };
        let first_at = named.map_or(end + gap, |rest| text.len() - rest.trim_start_matches([' ', ':']).len());
        let first = self.chunk(first_at);
        if first.is_empty() {
            return self.latin(first_at, title).map(|end| (end, self.is_class(end) || self.is_listed(found.start)));
        }
        let first_end = first_at + first.len();
        if let Some(end) = self.initial(first_at) {
            return (title != Title::Pet).then_some((end, false));
        }
        if cells(first).count() < 2 || self.is_false_name(first_end) {
            return None;
        }
        let space: usize = text[first_end..].bytes().take(2).take_while(|b| matches!(b, b' ' | b'\n')).count();
        let last = if space > 0 { self.chunk(first_end + space) } else { "" };
        let last_end = first_end + space + last.len();
        let surname = !last.is_empty() && self.is_surname(last);
        if self.is_other(first) {
            // A name may begin with a word: กัน|ตภณ แสงทอง.
            // Or be one, behind a title that is shortened: ด.ญ.เก่ง แซ่ลี้.
            let rare_last = title == Title::Short && (self.is_rare(last) || last.starts_with("แซ่"));
            let name = title != Title::Pet && (rare_last || self.goes_on_as_name(first));
            return (name && surname && !self.is_false_name(last_end)).then_some((last_end, false));
        }
        let to = if surname { last_end } else { first_end };
        if surname && self.is_false_name(last_end) {
            return None;
        }
        let (known, length) = (GIVEN.contains(first), cells(first).count());
        let rare = self.is_rare(first);
        let rare_last = surname && self.is_rare(last);
        let indicated = self.is_class(to)
            || named.is_some()
            || self.normal.before(end, 24).contains("ชื่อ")
            || self.is_listed(found.start);
        if known && title != Title::Pet {
            let certain = !SAID_OF_CHILDREN.contains(&first) || rare_last || surname && indicated;
            return Some((to, certain && (title != Title::Novice || surname)));
        }
        match title {
            Title::Pet => ((known || rare) && self.is_class(to) && length <= 8).then_some((to, false)),
            Title::Novice => (surname && (rare || rare_last)).then_some((to, false)),
            // What is set apart by a space may be what a row of a table is about: ด.ช. ครบทุกคน.
            Title::Short if length <= 12 => {
                let certain = rare || rare_last || surname && (indicated || gap == 0);
                (certain || !self.is_running(first)).then_some((to, certain))
            }
            _ => {
                if let Some(end) = self.glued(first) {
                    return Some((first_at + end, !SAID_OF_CHILDREN.contains(&&first[..end])));
                }
                if length > 10 || self.is_running(first) {
                    return None;
                }
                match (surname, rare, rare_last, indicated) {
                    (true, true, _, _) | (true, _, true, _) | (_, true, _, true) | (true, _, _, true) => {
                        Some((to, true))
                    }
                    (_, true, ..) | (true, ..) | (.., true) => Some((to, false)),
                    _ => None,
                }
            }
        }
    }

    /// Where two names in Latin letters end: ด.ช. John Smith.
    fn latin(&self, at: usize, title: Title) -> Option<usize> {
        let text = self.normal.text.as_str();
        let name = |at: usize| {
            let length = text[at..].bytes().take_while(|b| b.is_ascii_alphabetic()).count();
            (length > 1 && self.normal.is_capital(at) && !self.normal.is_capital(at + 1)).then_some(at + length)
        };
        let first = name(at).filter(|_| title != Title::Pet)?;
        text[first..].starts_with(' ').then(|| name(first + 1)).flatten()
    }

    /// Where a family name behind the first letter of a name ends: เด็กหญิง ก. ใจดี. Other letters shorten places and classes.
    fn initial(&mut self, at: usize) -> Option<usize> {
        let rest = self.normal.text[at..].strip_prefix(|c: char| is_thai_letter(c) && !"ปมตอจรถซหงคช".contains(c))?;
        let gap = rest.strip_prefix('.')?.bytes().take_while(|b| *b == b' ').count();
        let last = self.chunk(self.normal.text.len() - rest.len() + 1 + gap);
        let named = !last.is_empty() && !self.is_running(last) && self.is_surname(last);
        named.then(|| self.normal.text.len() - rest.len() + 1 + gap + last.len())
    }

    /// Whether a class is one that people of fifteen years and more sit in, and no number of a village.
    pub(super) fn is_class_of_grown(&self, class: Range<usize>) -> bool {
        let name = &self.normal.text[class.clone()];
        (!name.starts_with('ป') || name.starts_with("ปว")) && !self.is_address(class)
    }

    /// Whether ม. and a number are those of a village (หมู่): no class has the number, or a place follows.
    pub(super) fn is_address(&self, class: Range<usize>) -> bool {
        let name = &self.normal.text[class.clone()];
        let Some(number) = name.chars().last().and_then(|c| c.to_digit(10)) else { return false };
        let after = self.normal.after(class.end, 12);
        let place = after.trim_start_matches([' ', ',']);
        !(1..=6).contains(&number)
            || after.starts_with(|c: char| c.is_ascii_digit())
            || name.starts_with('ม') && begins_with(place, &PLACES)
    }

    /// Whether the title of a grown-up stands before a name.
    pub(super) fn is_titled(&self, start: usize) -> bool {
        let before = self.normal.before(start, 8).trim_end();
        ["นาย", "นาง", "นางสาว", "น.ส.", "นส.", "คุณ"].iter().any(|title| before.ends_with(title))
    }

    /// Whether a name stands in a story or a task of a book.
    pub(super) fn is_story(&self, start: usize) -> bool {
        const AROUND: usize = 60;
        let before = self.normal.before(start, AROUND);
        let behind = self.normal.after(start, 2 * AROUND).lines().next().unwrap_or("");
        STORY.is_match(before)
            || STORY.is_match(behind)
            || ["เรื่อง", "เช่น", "ตัวอย่างการกรอก"]
                .iter()
                .any(|word| before.trim_end_matches([' ', '“', '"', '‘', '(']).ends_with(word))
    }

    /// Whether a class, an age or a school follows.
    fn is_class(&self, at: usize) -> bool {
        let after = self.normal.after(at, 14);
        let after = after.trim_start_matches([' ', ',', '(', '\n']);
        let number = |rest: &str| rest.trim_start_matches(['.', ' ']).starts_with(|c: char| c.is_ascii_digit());
        ["ชั้น", "นักเรียน", "โรงเรียน", "อายุ", "เลขที่", "ประถมศึกษาปีที่", "มัธยมศึกษาปีที่", "อนุบาล"]
            .iter()
            .any(|w| after.starts_with(w))
            || after.strip_prefix(['ป', 'ม', 'อ']).is_some_and(number)
    }

    /// Whether the name is said to be made up, or hidden.
    fn is_false_name(&self, at: usize) -> bool {
        let after = self.normal.after(at, 22);
        ["นามสมมติ", "นามสมมุติ", "นามแฝง", "ชื่อสมมติ", "ชื่อสมมุติ", "สมมติ)", "สมมุติ)"]
            .iter()
            .any(|w| last_at(after, w).is_some())
    }

    /// Whether the words around a name, or the head of its column, say that it is that of a grown-up.
    pub(super) fn is_staff(&self, start: usize, end: usize) -> bool {
        const NEAR: usize = 16;
        const LABEL: usize = 120;
        let beside = [self.normal.before(start, NEAR), self.normal.after(end, NEAR), self.normal.head(start)];
        if beside.iter().any(|text| behind_staff(text).is_some()) {
            return true;
        }
        // "ครูประจำชั้น ได้แก่ …": a word before a list speaks of all of it.
        let lists = ["ได้แก่", "คือ", "ดังนี้", ":", "\n"];
        behind_staff(self.normal.before(start, LABEL)).is_some_and(|rest| lists.iter().any(|sign| rest.contains(sign)))
    }
}

/// What follows the last word for a grown-up, if it does not speak of learners.
fn behind_staff(text: &str) -> Option<&str> {
    let end = GROWN.find_iter(text).last()?.end();
    let rest = &text[end..];
    (!LEARNERS.iter().any(|word| last_at(rest, word).is_some())).then_some(rest)
}
