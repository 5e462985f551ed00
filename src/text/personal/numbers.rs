//! National ids and phone numbers: groups of digits, what parts them, and the words around.

use super::find::{Class, Match};
use super::labels::{AMOUNTS, CALLS, IDS, THINGS, UNITS};
use super::normal::Normal;
use std::ops::Range;

/// Characters looked at before and after a number.
const AROUND: usize = 30;
/// Most characters between the name of a thing and its number.
const NEAR: usize = 20;
/// Most digits of what is looked at; longer runs are no phone number and no id.
const MOST: usize = 16;

struct Group {
    /// Bytes of the normal form.
    range: Range<usize>,
    digits: Vec<u8>,
}

/// What is between two groups that may belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Dash,
    Space,
    Dot,
    Break,
    /// A sign that parts a phone number only where one is announced.
    Sign,
}

/// What the words before a number say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Thing,
    It,
}

/// The matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal) -> Vec<Match> {
    let mut finds = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    let chars = &normal.chars;
    while at < chars.len() {
        if !chars[at].1.is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && chars[at].1.is_ascii_digit() {
            at += 1;
        }
        let end = chars.get(at).map_or(normal.text.len(), |c| c.0);
        let digits = normal.text.as_bytes()[chars[start].0..end].iter().map(|b| b - b'0').take(MOST + 1).collect();
        groups.push(Group { range: chars[start].0..end, digits });
    }
    let mut i = 0;
    while i < groups.len() {
        let found = national_id(normal, &groups, i)
            .map(|(n, certain)| (Class::NationalId, n, certain))
            .or_else(|| phone(normal, &groups, i).map(|n| (Class::Phone, n, true)));
        match found {
            Some((class, n, certain)) => {
                let range = groups[i].range.start..groups[i + n - 1].range.end;
                finds.push(Match { class, range, certain });
                i += n;
            }
            None => i += 1,
        }
    }
    finds
}

/// How the group `i` is joined to the next one; none where another thing begins.
fn gap(normal: &Normal, groups: &[Group], i: usize) -> Option<Gap> {
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
fn is_joined(normal: &Normal, groups: &[Group], i: usize) -> bool {
    let tight = groups.get(i + 1).is_some_and(|next| next.range.start - groups[i].range.end == 1);
    tight && matches!(gap(normal, groups, i), Some(Gap::Dash | Gap::Dot))
}

fn sum_of_groups(groups: &[Group], i: usize, n: usize) -> usize {
    groups[i..i + n].iter().map(|g| g.digits.len()).sum()
}

/// Which of two lists of words was said last before an offset.
fn said(normal: &Normal, byte: usize, it: &[&str]) -> Said {
    let before = normal.before(byte, AROUND);
    // A cell or line that ended says nothing about what follows.
    let before = before.rfind(['|', ';', '\n']).map_or(before, |i| &before[i + 1..]);
    let end_of = |word: &&str| {
        let at = before.rfind(*word)?;
        let inside = word.is_ascii() && before[..at].ends_with(|c: char| c.is_ascii_alphabetic());
        (!inside).then_some(at + word.len())
    };
    let last = |words: &[&str]| words.iter().filter_map(end_of).max();
    let thing = last(&THINGS).filter(|end| before[*end..].chars().count() <= NEAR);
    let close = before.trim_end_matches([' ', ':', '.']);
    let single = normal.after(byte, 10).bytes().take_while(u8::is_ascii_digit).count() > 8;
    let amount = single && AMOUNTS.iter().any(|word| close.ends_with(word));
    match (last(it), thing.or(amount.then_some(before.len()))) {
        (Some(it), Some(thing)) if it < thing => Said::Thing,
        (Some(_), _) => Said::It,
        (None, Some(_)) => Said::Thing,
        (None, None) => Said::Nothing,
    }
}

fn is_amount(normal: &Normal, byte: usize) -> bool {
    let after = normal.after(byte, 8).trim_start();
    UNITS.iter().any(|unit| after.starts_with(unit))
}

/// Whether the number from `start` to `end` is a part of a longer thing: a word, a version, an amount.
fn is_part(normal: &Normal, start: usize, end: usize, loose: bool) -> bool {
    let mut before = normal.text[..start].chars().rev();
    let (last, second) = (before.next(), before.next());
    let word_before = || {
        let before = normal.before(start, 12).trim_end_matches('-');
        let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        !["tel", "t", "m", "id", "cid", "pid", "no", "phone", "mobile", "fax", "line"].contains(&word)
    };
    let left = match last {
        Some(c) if c.is_ascii_alphabetic() => word_before(),
        Some('/' | '=' | '_' | '#') if loose => false,
        Some('/') => second.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/') && is_address(normal, start),
        // A formula: `$…$`.
        Some('$') if normal.text[end..].starts_with('$') => false,
        Some('=' | '_' | '#' | '$' | '฿' | '^') => true,
        Some('.') => {
            let dotted = normal.before(start, 8).trim_end_matches('.');
            second.is_some_and(|c| c.is_ascii_alphanumeric())
                && !["tel", "mobile", "fax", "no", "t", "m"].iter().any(|w| dotted.ends_with(w))
        }
        Some(',') => {
            let first = normal.after(start, 4).bytes().take_while(u8::is_ascii_digit).count();
            second.is_some_and(|c| c.is_ascii_digit()) && first == 3
        }
        Some('-') if !loose => second.is_some_and(|c| c.is_ascii_alphanumeric()) && word_before(),
        _ => false,
    };
    let mut after = normal.text[end..].chars();
    let digits_after = |skip: usize| normal.text[end + skip..].bytes().take_while(u8::is_ascii_digit).count();
    let right = match after.next() {
        Some(c) if c.is_ascii_alphabetic() => true,
        Some('%' | '^') => true,
        Some('_') => !loose,
        Some(',') => digits_after(1) == 3,
        Some('.') => digits_after(1) > 0,
        Some('-') if !loose => digits_after(1) > 2 || after.next().is_some_and(|c| c.is_ascii_alphabetic()),
        Some('/') if !loose => digits_after(1) == 4 && matches!(&normal.text[end + 1..end + 3], "24" | "25" | "20"),
        _ => false,
    };
    left || right
}

/// Whether the word that an offset is in is a web address without a phone number's scheme.
fn is_address(normal: &Normal, byte: usize) -> bool {
    let before = normal.before(byte, 80);
    let word = before.rsplit([' ', '\n', '"', '(', '<', '|']).next().unwrap_or("");
    !["tel:", "wa.me", "line.me", "sms:"].iter().any(|scheme| word.contains(scheme))
        && (word.contains("//") || word.contains("www.") || word.bytes().any(|b| b.is_ascii_alphanumeric()))
}

/// The number of groups from `i` on that form a national id, and whether that is certain.
fn national_id(normal: &Normal, groups: &[Group], i: usize) -> Option<(usize, bool)> {
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
    let said = match said(normal, start, &IDS) {
        // "บัตร ปชช. เลขที่": a number of the card, not of a thing.
        Said::Thing if is_number_of_card(normal, start) => Said::It,
        said => said,
    };
    let lengths: Vec<usize> = groups[i..i + n].iter().map(|g| g.digits.len()).collect();
    let official = lengths == [1, 4, 5, 2, 1];
    // Other signs part the groups of the card alone: 1/2345/67890/12/3.
    if gaps.contains(&Gap::Sign) && !(official && gaps.iter().all(|g| *g == Gap::Sign)) {
        return None;
    }
    // 0 begins the numbers of companies and offices, 9 those of books; people have them very rarely.
    let card = || ["ประชาชน", "บัตร", "ปชช"].iter().any(|word| normal.before(start, AROUND).contains(word));
    if matches!(digits[0], 0 | 9) && !(said == Said::It && card()) {
        return None;
    }
    let joined_before = i > 0 && is_joined(normal, groups, i - 1);
    let joined_after = is_joined(normal, groups, i + n - 1);
    if is_part(normal, start, end, true) || joined_before || (joined_after && !official) {
        return None;
    }
    let good = match (n, said) {
        (_, Said::It) => true,
        _ if official => true,
        (1, Said::Nothing) => !is_amount(normal, end),
        // The code of a thing may be as long; that its last digit fits is a coincidence of one in ten.
        (1, Said::Thing) => {
            let close = normal.before(start, AROUND).trim_end_matches([' ', ':', '.']);
            close.ends_with("รหัส") || close.ends_with("code")
        }
        (2..=6, Said::Nothing) => gaps.iter().all(|g| *g == Gap::Dash) && !is_uuid(normal, start),
        // A row of boxes, one for each digit, and nothing more in it.
        (13, Said::Nothing) => {
            let alone = |at: Option<usize>| at.is_none_or(|at| gap(normal, groups, at).is_none());
            gaps.iter().all(|g| *g == Gap::Space) && alone(i.checked_sub(1)) && alone(Some(i + n - 1))
        }
        _ => false,
    };
    good.then_some((n, n < 13 || said == Said::It))
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
    let sum: u32 = digits.iter().take(12).zip((2..=13).rev()).map(|(d, weight)| u32::from(*d) * weight).sum();
    digits.len() == 13 && digits[..12].iter().any(|d| *d != digits[0]) && (11 - sum % 11) % 10 == u32::from(digits[12])
}

/// The number of groups from `i` on that form a phone number.
fn phone(normal: &Normal, groups: &[Group], i: usize) -> Option<usize> {
    let start = groups[i].range.start;
    let before = normal.before(start, 3);
    let plus = before.ends_with('+') || before.ends_with("(+") || before.ends_with("+ ");
    let mut said_it: Option<Said> = None;
    let mut gaps = Vec::new();
    let mut best = None;
    for n in 1..=10 {
        if n > 1 {
            match groups.get(i + n - 1).and_then(|_| gap(normal, groups, i + n - 2)) {
                Some(gap) => gaps.push(gap),
                None => break,
            }
        }
        let total = sum_of_groups(groups, i, n);
        if total > MOST {
            break;
        }
        if total < 9 {
            continue;
        }
        let said = *said_it.get_or_insert_with(|| said(normal, start, &CALLS));
        if is_phone(normal, &groups[i..i + n], &gaps, plus, said) {
            best = Some(n);
            if !plus {
                break;
            }
        }
    }
    let n = best?;
    let end = groups[i + n - 1].range.end;
    let said = said_it.unwrap_or(Said::Nothing);
    if said == Said::Nothing && normal.before(start, 4).trim_end().ends_with('=') {
        return None;
    }
    if said == Said::Thing || is_part(normal, start, end, false) || (said == Said::Nothing && is_amount(normal, end)) {
        return None;
    }
    // A number that goes on behind a dash is a longer code, but for one or two digits: a row of lines.
    let next = groups.get(i + n).map_or(0, |g| g.digits.len());
    let row = said == Said::It || sum_of_groups(groups, i, n) == 9;
    let longer =
        is_joined(normal, groups, i + n - 1) && (next > 2 || !row || gap(normal, groups, i + n - 1) == Some(Gap::Dot));
    let joined = i > 0 && is_joined(normal, groups, i - 1);
    (!longer && !joined).then_some(n)
}

/// Whether groups are written as a phone number is. Thai numbers: mobile 06, 08, 09 with ten digits, fixed lines
/// 02–05 and 07 with nine (NBTC numbering plan); +66 or 0066 takes the place of the zero.
fn is_phone(normal: &Normal, groups: &[Group], gaps: &[Gap], plus: bool, said: Said) -> bool {
    let digits: Vec<u8> = groups.iter().flat_map(|g| g.digits.iter().copied()).collect();
    let lengths: Vec<usize> = groups.iter().map(|g| g.digits.len()).collect();
    let dots = gaps.iter().filter(|g| **g == Gap::Dot).count();
    let has = |gap: Gap| gaps.contains(&gap);
    if has(Gap::Sign) {
        let usual = matches!(lengths[..], [3, 3, 4] | [3, 7] | [2, 3, 4] | [2, 7] | [3, 3, 3] | [3, 6] | [2, 4, 4]);
        return said == Said::It
            && usual
            && gaps.iter().all(|g| *g == Gap::Sign)
            && digits[0] == 0
            && is_national(&digits[1..]);
    }
    if dots > 0 && (dots < gaps.len() || (dots < 2 && said != Said::It) || lengths[0] == 1) {
        return false;
    }
    if has(Gap::Break) && !(has(Gap::Dash) || said == Said::It || dashed_break(normal, groups)) {
        return false;
    }
    let foreign = plus || digits.starts_with(&[0, 0, 6, 6]) || (digits.starts_with(&[6, 6]) && said == Said::It);
    if foreign {
        let from = if digits.starts_with(&[0, 0]) { 2 } else { 0 };
        if digits[from..].starts_with(&[6, 6]) {
            let own = &digits[from + 2..];
            let own = if own.first() == Some(&0) { &own[1..] } else { own };
            return is_national(own);
        }
        return plus && digits[0] != 0 && (9..=15).contains(&digits.len()) && (gaps.len() > 1 || said == Said::It);
    }
    if digits[0] != 0 {
        // Spreadsheets drop the zero.
        return said == Said::It && digits.len() == 9 && matches!(digits[0], 6 | 8 | 9) && lengths.len() != 2;
    }
    if !is_national(&digits[1..]) {
        return false;
    }
    let first_alone = lengths[0] == 1;
    let only_spaces = !has(Gap::Dash) && !has(Gap::Dot);
    if lengths.len() > 1 && lengths[1..].contains(&1) {
        return said == Said::It && only_spaces;
    }
    if said != Said::It && lengths == [2, 4, 3] && is_year(&groups[1].digits) {
        return false;
    }
    if said != Said::It && only_spaces && lengths.len() > 1 {
        let years = groups[1..].iter().filter(|g| is_year(&g.digits)).count();
        let short = lengths[1..].iter().any(|l| *l < 3);
        return years < 2 && !short && (!first_alone || lengths.len() == 3) && lengths.len() <= 4;
    }
    let pairs = lengths[1..].iter().filter(|l| **l == 2).count();
    said == Said::It || (pairs <= 1 && lengths.len() <= 4) || (pairs == 2 && lengths[0] == 3)
}

/// Whether a line ends with the dash of a number.
fn dashed_break(normal: &Normal, groups: &[Group]) -> bool {
    groups.windows(2).any(|w| {
        let between = &normal.text[w[0].range.end..w[1].range.start];
        between.contains('\n') && between.contains('-')
    })
}

/// A number without its zero.
fn is_national(digits: &[u8]) -> bool {
    match digits.first() {
        Some(6 | 8 | 9) => digits.len() == 9,
        Some(2..=5 | 7) => digits.len() == 8,
        _ => false,
    }
}

fn is_year(digits: &[u8]) -> bool {
    digits.len() == 4 && matches!(digits[..2], [2, 4 | 5 | 0] | [1, 9])
}
