//! Groups of digits, what parts them, and the words around.

use super::labels::{AMOUNTS, REGISTERS, THINGS};
use super::normal::Normal;
use std::ops::Range;

/// Characters looked at before and after a number.
pub(super) const AROUND: usize = 30;
/// Most characters between the name of a thing and its number.
const NEAR: usize = 20;
/// Most digits of what is looked at; longer runs are no phone number and no id.
pub(super) const MOST: usize = 16;

pub(super) struct Group {
    /// Bytes of the normal form.
    pub range: Range<usize>,
    pub digits: Vec<u8>,
}

/// What is between two groups that may belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    Dash,
    Space,
    Dot,
    Break,
    /// A sign that parts a phone number only where one is announced.
    Sign,
}

/// What the words before a number say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    Thing,
    /// The number of a thing or of somebody in a register.
    Register,
    It,
}

/// How the group `i` is joined to the next one; none where another thing begins.
pub(super) fn gap(normal: &Normal, groups: &[Group], i: usize) -> Option<Gap> {
    let between = &normal.text[groups[i].range.end..groups.get(i + 1)?.range.start];
    if matches!(between, "/" | "," | "_") {
        return Some(Gap::Sign);
    }
    if between.is_empty() || between.len() > 4 || !between.bytes().all(|b| b" -.()\n".contains(&b)) {
        return None;
    }
    let count = |b: u8| between.bytes().filter(|x| *x == b).count();
    match (count(b'-'), count(b'.'), count(b'\n')) {
        (_, _, 2..) | (2.., ..) | (_, 2.., _) => None,
        (_, _, 1) => Some(Gap::Break),
        (1, 0, 0) => Some(Gap::Dash),
        (0, 1, 0) if between.len() == 1 => Some(Gap::Dot),
        (0, 0, 0) if between.len() <= 3 => Some(Gap::Space),
        _ => None,
    }
}

/// Whether a single dash or dot joins the group `i` to the next one.
pub(super) fn is_joined(normal: &Normal, groups: &[Group], i: usize) -> bool {
    let tight = groups.get(i + 1).is_some_and(|next| next.range.start - groups[i].range.end == 1);
    tight && matches!(gap(normal, groups, i), Some(Gap::Dash | Gap::Dot))
}

pub(super) fn sum_of_groups(groups: &[Group], i: usize, n: usize) -> usize {
    groups[i..i + n].iter().map(|g| g.digits.len()).sum()
}

/// Which of the lists of words was said last before an offset: in the cell or line, else at the head of its column.
pub(super) fn said(normal: &Normal, byte: usize, it: &[&str]) -> Said {
    let before = normal.before(byte, AROUND);
    // A cell or line that ended says nothing about what follows.
    let before = before.rfind(['|', ';', '\n']).map_or(before, |i| &before[i + 1..]);
    let single = normal.after(byte, 10).bytes().take_while(u8::is_ascii_digit).count() > 8;
    match said_in(before, single, it) {
        Said::Nothing => said_in(normal.head(byte), single, it),
        said => said,
    }
}

fn said_in(before: &str, single: bool, it: &[&str]) -> Said {
    // Tables are numbers beside numbers.
    if !before.contains(char::is_alphabetic) {
        return Said::Nothing;
    }
    let end_of = |word: &&str| {
        let at = last_at(before, word)?;
        let inside = word.is_ascii() && before[..at].ends_with(|c: char| c.is_ascii_alphabetic());
        // Of two that end there the longer one counts.
        (!inside).then_some((at + word.len(), word.len()))
    };
    let last = |words: &[&str]| words.iter().filter_map(end_of).max();
    let near = |words: &[&str]| last(words).filter(|(end, _)| before[*end..].chars().count() <= NEAR);
    // "โครงการ 2565-…": the year is a part of the number.
    let joined = before.strip_suffix('-').map(|before| before.trim_end_matches(|c: char| c.is_ascii_digit()));
    let close = joined.unwrap_or(before).trim_end_matches([' ', ':', '.']);
    // "order no. 12": the number of the thing.
    let close = ["no", "number", "#", "_id", "เลขที่", "หมายเลข"]
        .iter()
        .find_map(|word| close.strip_suffix(word))
        .unwrap_or(close)
        .trim_end();
    let amount = single && AMOUNTS.iter().any(|word| close.ends_with(word));
    let thing = near(&THINGS).or(amount.then_some((before.len(), 0)));
    let register = near(&REGISTERS);
    match (last(it), thing.max(register)) {
        (Some(it), Some(other)) if it >= other => Said::It,
        (Some(_), None) => Said::It,
        // "ครุภัณฑ์เลขที่": the number of the thing.
        (_, Some(_)) if thing > last(it) => Said::Thing,
        (_, Some(_)) => Said::Register,
        (None, None) => Said::Nothing,
    }
}

/// Where a word stands last in a short text: the search of the standard library prepares itself for long ones. All Thai letters
/// begin with the same byte, so the last one is looked at first.
pub(super) fn last_at(text: &str, word: &str) -> Option<usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let last = *word.last()?;
    let places = 0..=text.len().checked_sub(word.len())?;
    places.rev().find(|at| text[at + word.len() - 1] == last && text[*at..].starts_with(word))
}

/// Whether a text begins with one of the words.
pub(super) fn begins_with(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Whether the word that an offset is in is a web address without a phone number's scheme.
pub(super) fn is_address(normal: &Normal, byte: usize) -> bool {
    let before = normal.before(byte, 80);
    let word = before.rsplit([' ', '\n', '"', '(', '<', '|']).next().unwrap_or("");
    !["tel:", "wa.me", "line.me", "sms:"].iter().any(|scheme| word.contains(scheme))
        && (word.contains("//") || word.contains("www.") || word.bytes().any(|b| b.is_ascii_alphanumeric()))
}

/// Whether a web address holds the offset.
pub(super) fn is_web_address(normal: &Normal, byte: usize) -> bool {
    let before = normal.before(byte, 400);
    let word = before.rsplit([' ', '\n', '"', '(', '<', '|']).next().unwrap_or("");
    word.contains("://") || word.contains("www.")
}
