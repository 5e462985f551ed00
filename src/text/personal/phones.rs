//! Phone numbers: how people write them, and the words that announce them.

use super::digits::{Gap, Group, MOST, Said, begins_with, gap, is_address, is_joined, said, sum_of_groups};
use super::labels::{CALLS, UNITS};
use super::normal::Normal;

/// The number of groups from `i` on that form a phone number.
pub(super) fn phone(normal: &Normal, groups: &[Group], i: usize) -> Option<usize> {
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
    if matches!(said, Said::Thing | Said::Register)
        || is_part(normal, &groups[i..i + n], &gaps[..n - 1])
        || (said == Said::Nothing && begins_with(normal.after(end, 8).trim_start(), &UNITS))
    {
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

/// Whether groups of digits are a part of a longer thing: a word, a version, an amount.
fn is_part(normal: &Normal, groups: &[Group], gaps: &[Gap]) -> bool {
    let (first, last_group) = (&groups[0], &groups[groups.len() - 1]);
    let (start, end) = (first.range.start, last_group.range.end);
    let mut before = normal.text[..start].chars().rev();
    let (last, second) = (before.next(), before.next());
    let word_before = || {
        let before = normal.before(start, 12).trim_end_matches('-');
        let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        !["tel", "t", "m", "id", "cid", "pid", "no", "phone", "mobile", "fax", "line"].contains(&word)
    };
    let left = match last {
        Some(c) if c.is_ascii_alphabetic() => word_before(),
        Some('/') => second.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/') && is_address(normal, start),
        // A formula: `$…$`.
        Some('$') if normal.text[end..].starts_with('$') => false,
        Some('=' | '_' | '#' | '$' | '฿' | '^') => true,
        Some('.') => {
            let dotted = normal.before(start, 8).trim_end_matches('.');
            second.is_some_and(|c| c.is_ascii_alphanumeric())
                && !["tel", "mobile", "fax", "no", "t", "m"].iter().any(|w| dotted.ends_with(w))
        }
        // An amount has three digits behind a comma, and no dash behind these.
        Some(',') => {
            second.is_some_and(|c| c.is_ascii_digit()) && first.digits.len() == 3 && gaps.first() != Some(&Gap::Dash)
        }
        Some('-') => second.is_some_and(|c| c.is_ascii_alphanumeric()) && word_before(),
        _ => false,
    };
    let mut after = normal.text[end..].chars();
    let digits_after = |skip: usize| normal.text[end + skip..].bytes().take_while(u8::is_ascii_digit).count();
    let right = match after.next() {
        Some(c) if c.is_ascii_alphabetic() => true,
        Some('%' | '^' | '_') => true,
        Some(',') => last_group.digits.len() <= 3 && digits_after(1) == 3,
        Some('.') => digits_after(1) > 0,
        Some('-') => digits_after(1) > 2 || after.next().is_some_and(|c| c.is_ascii_alphabetic()),
        Some('/') => digits_after(1) == 4 && matches!(&normal.text[end + 1..end + 3], "24" | "25" | "20"),
        _ => false,
    };
    left || right
}
