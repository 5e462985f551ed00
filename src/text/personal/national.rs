//! National ids: thirteen digits whose last one fits, and how sure it is that they are one.
//!
//! One in ten numbers of thirteen digits fits by chance. So what the text plainly calls a thing's number is none; what
//! only may be a thing's (a register, a code, a web address, a number glued to letters) is one that does not stop a build.

use super::digits::{AROUND, Gap, Group, Said, begins_with, gap, is_joined, is_web_address, said, sum_of_groups};
use super::labels::{COMPANIES, IDS, MONEY, STAMPS, UNITS};
use super::normal::Normal;
use crate::text::pattern::constant;
use regex::Regex;
use std::sync::LazyLock;

/// How the keys of times end: `created_at`, `updatedAt`, `startTime`, `exp`.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    constant("(?:at|time|date|stamp|ts|ms|expires|expiry|exp|iat|since|until|modified|created|updated)$")
});
/// What phones call their pictures.
static PICTURE: LazyLock<Regex> = LazyLock::new(|| constant("(?:img|image|photo|screenshot|video|vid|pic)[_-]?$"));
/// Most letters of a word that somebody glues to a number; longer ones are codes of programs.
const GLUED: usize = 8;

/// The number of groups from `i` on that form a national id, and whether that is certain.
pub(super) fn national_id(normal: &Normal, groups: &[Group], i: usize) -> Option<(usize, bool)> {
    let mut gaps = Vec::new();
    let mut n = 1;
    loop {
        match sum_of_groups(groups, i, n) {
            13 => break,
            14.. => return None,
            _ => {}
        }
        if n == 13 {
            return None;
        }
        gaps.push(gap(normal, groups, i + n - 1)?);
        n += 1;
    }
    let digits: Vec<u8> = groups[i..i + n].iter().flat_map(|g| g.digits.iter().copied()).collect();
    if !has_check_digit(&digits) {
        return None;
    }
    let (start, end) = (groups[i].range.start, groups[i + n - 1].range.end);
    let lengths: Vec<usize> = groups[i..i + n].iter().map(|g| g.digits.len()).collect();
    let official = lengths == [1, 4, 5, 2, 1];
    // Foods have numbers as long, parted otherwise: 50-2-32163-2-0023.
    let of_food = lengths == [2, 1, 5, 1, 4];
    // Other signs part the groups of the card alone: 1/2345/67890/12/3.
    if gaps.contains(&Gap::Sign) && !(official && gaps.iter().all(|g| *g == Gap::Sign)) {
        return None;
    }
    let said = match said(normal, start, &IDS) {
        // "บัตร ปชช. เลขที่": a number of the card, not of a thing.
        Said::Thing | Said::Register if is_number_of_card(normal, start) => Said::It,
        said => said,
    };
    let alone = n == 1 || official;
    let sure = sure_of_digits(normal, &digits, start, said)?
        & sure_of_edges(normal, start, end)?
        & sure_of_joints(normal, groups, i, n, alone)?
        & sure_of_address(normal, digits[0], start, said)?;
    let dashed = || gaps.iter().all(|g| *g == Gap::Dash) && !is_uuid(normal, start);
    // Who writes fewer dashes leaves some of the card's out; other numbers have others.
    let ends = lengths.iter().scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    let as_on_card = ends.into_iter().all(|end| [1, 5, 10, 12, 13].contains(&end));
    let certain = match (n, said) {
        (1, Said::Nothing | Said::Register) if is_time(&digits) && is_told_time(normal, start, end) => return None,
        (1, Said::Nothing | Said::Register) if is_time(&digits) && is_in_name(normal, end) => false,
        (_, Said::It) => true,
        _ if official => true,
        _ if of_food => return None,
        (1, Said::Nothing) => sure_of_unit(normal, end)? && !is_value(normal, start),
        // The code of a thing may be as long; that its last digit fits is a coincidence of one in ten.
        (1, Said::Register) => false,
        (2..=6, Said::Nothing) if dashed() => as_on_card,
        (2..=6, Said::Register) if dashed() => false,
        // A row of boxes, one for each digit, and nothing more in it.
        (13, Said::Nothing) => {
            let ends = |at: Option<usize>| at.is_none_or(|at| gap(normal, groups, at).is_none());
            let row = gaps.iter().all(|g| *g == Gap::Space) && ends(i.checked_sub(1)) && ends(Some(i + n - 1));
            row.then_some(false)?
        }
        _ => return None,
    };
    Some((n, certain && sure))
}

/// Whether a person's number begins so; none where only a thing's does. 0 begins the numbers of companies and offices,
/// and of people without a status; 978 and 979 those of books; 885 those of goods, and few people's.
fn sure_of_digits(normal: &Normal, digits: &[u8], start: usize, said: Said) -> Option<bool> {
    let before = normal.before(start, AROUND);
    let named = said == Said::It && ["ประชาชน", "บัตร", "ปชช"].iter().any(|word| before.contains(word));
    match digits {
        _ if named => Some(true),
        [0, ..] => {
            let head = normal.head(start);
            let company = COMPANIES.iter().any(|word| before.contains(word) || head.contains(word));
            (!company).then_some(false)
        }
        [9, 7, 8 | 9, ..] => None,
        [9, ..] => (said == Said::It).then_some(false),
        [8, 8, 5, ..] => Some(said == Said::It),
        _ => Some(true),
    }
}

/// Whether the number stands free; not where a word is glued to it, none where it is a part of a longer thing.
fn sure_of_edges(normal: &Normal, start: usize, end: usize) -> Option<bool> {
    let before = normal.before(start, 3 * GLUED);
    let word = &before[before.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()..];
    let behind = normal.after(end, 3 * GLUED);
    let rest = &behind[..behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len())];
    let label = ["tel", "t", "m", "id", "cid", "pid", "no", "phone", "mobile", "fax", "line"].contains(&word);
    // A second scan is called v2.
    let glued = |word: &str| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        (1..=GLUED).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let words = match (word, rest) {
        ("", "") => true,
        (_, "") if label => true,
        (word, "") | ("", word) if glued(word) && !begins_with(word, &MONEY) => false,
        _ => return None,
    };
    let signs = match normal.text[..start].chars().next_back() {
        // A formula: `$…$`.
        Some('$') if behind.starts_with('$') => true,
        Some('$' | '฿' | '^') => return None,
        Some('.') => dotted(normal, start, behind)?,
        _ => true,
    };
    let fraction = behind.strip_prefix('.').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let of_file = fraction.map(|rest| {
        let end = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        end.strip_prefix('.').is_some_and(|end| end.starts_with(|c: char| c.is_ascii_alphabetic()))
    });
    let goes_on = behind.starts_with(['%', '^']) || of_file == Some(false);
    (!goes_on).then_some(words && signs && of_file.is_none())
}

/// Whether a number behind a dot stands free: as an abbreviation's does (`no.1…`), or not for certain as that of a list
/// (`2.1…`). None where the dot is that of a fraction or an address.
fn dotted(normal: &Normal, start: usize, behind: &str) -> Option<bool> {
    let before = normal.before(start, 8).trim_end_matches('.');
    if !before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return Some(true);
    }
    if ["tel", "mobile", "fax", "no", "t", "m"].iter().any(|word| before.ends_with(word)) {
        return Some(true);
    }
    let number = &before[before.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let line = &normal.text[..start - 1 - number.len()];
    let line = line.trim_end_matches(' ');
    let first = line.is_empty() || line.ends_with(['\n', '|']);
    let of_list = first && (1..=2).contains(&number.len()) && !number.starts_with('0');
    (of_list && !behind.starts_with([',', '|', ';'])).then_some(false)
}

/// Whether no further digits are joined to the number; not where a short number is, none where a longer one or a fraction
/// is.
fn sure_of_joints(normal: &Normal, groups: &[Group], i: usize, n: usize, alone: bool) -> Option<bool> {
    let most =
        |at: usize, of: usize, most: usize| alone && is_dash(normal, groups, at) && groups[of].digits.len() <= most;
    let before = match i.checked_sub(1).filter(|at| is_joined(normal, groups, *at)) {
        // The dot of a list was looked at.
        Some(at) if most(at, at, 4) || !is_dash(normal, groups, at) => false,
        Some(_) => return None,
        None => true,
    };
    let last = i + n - 1;
    let behind = match is_joined(normal, groups, last) {
        true if alone && n > 1 => true,
        // A dot and digits were looked at as well.
        true if most(last, last + 1, 4) || !is_dash(normal, groups, last) => false,
        true => return None,
        false => true,
    };
    Some(before && behind)
}

fn is_dash(normal: &Normal, groups: &[Group], i: usize) -> bool {
    gap(normal, groups, i) == Some(Gap::Dash)
}

/// Whether no web address holds the number: those of news sites and drives count the milliseconds since 1970 in thirteen
/// digits. None where the address says that it is a time or a version, and where it begins as no person's does.
fn sure_of_address(normal: &Normal, first: u8, start: usize, said: Said) -> Option<bool> {
    if said == Said::It || !is_web_address(normal, start) {
        return Some(true);
    }
    let before = normal.before(start, 12).strip_suffix('=');
    let key = before.map(|before| before.rsplit(['?', '&', ';']).next().unwrap_or(""));
    (first != 0 && !key.is_some_and(|key| STAMPS.contains(&key))).then_some(false)
}

/// Whether digits may count milliseconds since 1970, of 2012 to 2035.
fn is_time(digits: &[u8]) -> bool {
    let time = digits.iter().fold(0u64, |number, digit| number * 10 + u64::from(*digit));
    (1_325_000_000_000..2_083_000_000_000).contains(&time)
}

/// Whether what stands before a number says that it is a time: the key of a value (`created_at: …`), or the name that a
/// program gives its pictures (`IMG_….jpg`).
fn is_told_time(normal: &Normal, start: usize, end: usize) -> bool {
    let before = normal.before(start, AROUND);
    let latin = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if before.ends_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return PICTURE.is_match(before) && is_in_name(normal, end);
    }
    let key = before.trim_end_matches([' ', ':', '=', '"', '\'', '>']);
    let key_of_value = before[key.len()..].contains([':', '=', '>']);
    let word = &key[key.trim_end_matches(latin).len()..];
    key_of_value && TIME.is_match(word)
}

/// Whether a number is the value of a key in quotes, as in JSON, which names no id: `"views": …`.
fn is_value(normal: &Normal, start: usize) -> bool {
    let key = normal.before(start, AROUND).trim_end_matches([' ', '"']).strip_suffix(':').unwrap_or("").trim_end();
    let word = key.strip_suffix('"').and_then(|key| key.rsplit('"').next()).unwrap_or("");
    !word.is_empty() && word.is_ascii() && !["id", "no", "number", "card", "name"].iter().any(|end| word.ends_with(end))
}

/// Whether a number stands in the name of a file.
fn is_in_name(normal: &Normal, end: usize) -> bool {
    const LONGEST: usize = 40;
    let name = normal.after(end, LONGEST).trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let ending = name.strip_prefix('.').map(|rest| rest.bytes().take_while(u8::is_ascii_alphanumeric).count());
    ending.is_some_and(|length| (2..=5).contains(&length))
}

/// Whether no unit follows; none where it is one that comes in such amounts.
fn sure_of_unit(normal: &Normal, end: usize) -> Option<bool> {
    let after = normal.after(end, 12).trim_start();
    (!begins_with(after, &MONEY)).then(|| !begins_with(after, &UNITS))
}

fn is_number_of_card(normal: &Normal, start: usize) -> bool {
    let before = normal.before(start, AROUND).trim_end_matches([' ', ':', '.']);
    let card = ["เลขที่", "หมายเลข", "รหัส"].iter().find_map(|word| before.strip_suffix(word));
    card.is_some_and(|before| ["ประชาชน", "ปชช", "บัตรประจำตัว"].iter().any(|word| before.contains(word)))
}

fn is_uuid(normal: &Normal, start: usize) -> bool {
    let before = normal.before(start, 3);
    before.ends_with('-') && before.chars().rev().nth(1).is_some_and(|c| c.is_ascii_alphanumeric())
}

fn has_check_digit(digits: &[u8]) -> bool {
    if digits.len() != 13 {
        return false;
    }
    let sum: u32 = digits.iter().take(12).zip((2..=13).rev()).map(|(d, weight)| u32::from(*d) * weight).sum();
    // The number of every manual.
    let shown = digits[..12] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2];
    !shown && digits[..12].iter().any(|d| *d != digits[0]) && (11 - sum % 11) % 10 == u32::from(digits[12])
}
