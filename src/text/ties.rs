//! Spaces at which no line ends: between a number and the word that leads it (เขต 2, ข้อ 3), what it counts (5 คน, 5 จาก 6
//! ข้อ), its month (30 กันยายน) or the year of that (ก.ย. 2565). Paper and screen set Thai by the same rule.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::era::{MONTHS_TH, MONTHS_TH_SHORT};

/// Words that stay on the line of the number after them.
const LEADS: &[&str] =
    &["ร้อยละ", "พ.ศ.", "ค.ศ.", "B.E.", "ป.", "ม.", "อ.", "เขต", "ข้อ", "ที่", "ปี", "ไตรมาส", "หมายเลข", "จาก"];

/// Numbers in words, which stay with what they count.
pub(crate) const NUMBERS: &[&str] =
    &["หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "ยี่สิบ", "สามสิบ", "ครึ่ง", "กี่", "หลาย"];

/// Words that stay with the word before them: they point at it, or spread it (ครั้งละ).
const CLOSING: &[&str] = &["นี้", "นั้น", "ละ", "เดียว", "เดียวกัน", "แรก", "ใด"];

/// What numbers count.
const COUNTED: &[&str] = &[
    "minute",
    "hour",
    "days",
    "weeks",
    "months",
    "years",
    "คน",
    "โรงเรียน",
    "โรง",
    "แห่ง",
    "นาที",
    "ชั่วโมง",
    "วัน",
    "สัปดาห์",
    "เดือน",
    "ปี",
    "ครั้ง",
    "ข้อ",
    "เรื่อง",
    "ห้อง",
    "บาท",
    "แผน",
    "ชุด",
    "กลุ่ม",
    "คำ",
    "ฉบับ",
    "ชิ้น",
    "หน้า",
    "ระดับ",
    "ขั้น",
    "ช่อง",
    "ภาคเรียน",
    "เครือข่าย",
    "คู่",
    "คาบ",
    "หลัก",
    "ทักษะ",
    "รายการ",
    "รอบ",
    "เล่ม",
    "แผ่น",
    "ครอบครัว",
    "ประโยค",
    "ช่วง",
    "ด้าน",
    "วง",
    "มุม",
];

/// Stretches of a text that stay together, each with its one space: a word and its number, a number and its word.
pub(crate) fn tied(text: &str) -> Vec<Range<usize>> {
    text.match_indices(' ').filter_map(|(at, _)| around(text, at)).collect()
}

/// Stretches without a space that stay together: a number in words and what it counts (ห้านาที), a range and what it counts
/// (1–2 แห่ง).
pub(crate) fn joined(text: &str) -> Vec<Range<usize>> {
    static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let words = NUMBERS.iter().flat_map(|number| COUNTED.iter().map(move |counted| format!("{number}{counted}")));
        let mut search = AhoCorasick::builder();
        search.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA));
        search.build(words).ok()
    });
    let words = WORDS.iter().flat_map(|words| words.find_iter(text)).map(|found| found.range());
    let digit = |dash: usize| text[dash..].chars().take(2).map(char::len_utf8).sum::<usize>();
    words.chain(ranges(text).into_iter().map(|(from, dash)| from..dash + digit(dash))).collect()
}

/// Whether the first word of what follows a word belongs to it: ครั้งละ, วิธีนี้, คนหนึ่ง (but not ใช้หนึ่งคน).
pub(crate) fn closes(word: &str, first: &str, after: &str) -> bool {
    let one = || after.strip_prefix("หนึ่ง").filter(|_| COUNTED.contains(&word));
    let alone = |rest: &str| !COUNTED.iter().any(|counted| rest.starts_with(counted));
    !word.is_empty() && CLOSING.contains(&first) || one().is_some_and(alone)
}

/// Whether a text begins with a place in an order: ที่ 2, ที่สอง.
pub(crate) fn ordinal(text: &str) -> bool {
    let rest = text.strip_prefix("ที่").map(|rest| rest.trim_start_matches([' ', '\u{a0}']));
    rest.is_some_and(|r| r.starts_with(char::is_numeric) || NUMBERS.iter().any(|n| r.starts_with(n)))
}

/// Where a range of numbers begins, and its dash: no line ends in it.
pub(crate) fn ranges(text: &str) -> Vec<(usize, usize)> {
    let number = |c: char| c.is_numeric();
    let begins = |at: usize| {
        let start = text[..at].trim_end_matches(|c| number(c) || matches!(c, '.' | ',')).len();
        let start = start + text[start..at].find(number)?;
        text[at + '–'.len_utf8()..].starts_with(number).then_some((start, at))
    };
    text.match_indices('–').filter_map(|(at, _)| begins(at)).collect()
}

fn around(text: &str, at: usize) -> Option<Range<usize>> {
    let (before, after) = (&text[..at], &text[at + 1..]);
    let number = |c: char| c.is_numeric();
    if after.starts_with(number) {
        let lead = LEADS.iter().chain(&MONTHS_TH).chain(&MONTHS_TH_SHORT).find(|lead| before.ends_with(**lead))?;
        // A slash or a dash goes on with the number: ที่ 1/2565, ปี 2564–2566.
        let part = |c: char| number(c) || matches!(c, '.' | ',' | '/' | '-' | '–');
        let figures = after.find(|c: char| !part(c)).unwrap_or(after.len());
        let figures = after[..figures].trim_end_matches(|c| !number(c)).len();
        return Some(at - lead.len()..at + 1 + figures);
    }
    if before.ends_with(number) {
        // A part and its whole: 5 จาก 6.
        let whole = |word: &str| word == "จาก" && after[word.len()..].trim_start().starts_with(number);
        let begins = |word: &&&str| after.starts_with(**word) && (**word != "จาก" || whole(word));
        let word = COUNTED.iter().chain(&MONTHS_TH).chain(&MONTHS_TH_SHORT).chain(&["จาก"]).find(begins)?;
        let start = before.rfind(|c: char| !number(c) && !matches!(c, '.' | ','));
        let start = start.map_or(0, |k| k + before[k..].chars().next().map_or(0, char::len_utf8));
        // “ป.2 ปีการศึกษา 2565”: the digit is part of a name.
        if !before[start..].starts_with(number) {
            return None;
        }
        // The number of a thing counts nothing: “ข้อ 3 ข้อตกลง”.
        if before[..start]
            .strip_suffix(' ')
            .is_some_and(|named| LEADS.iter().any(|lead| *lead != "จาก" && named.ends_with(lead)))
        {
            return None;
        }
        return Some(start..at + 1 + word.len());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_their_words() {
        let tied = |text: &'static str| tied(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(tied("ประถมศึกษาเชียงราย เขต ๒"), ["เขต ๒"]);
        assert_eq!(tied("ครั้งที่ 1 ปี 2564 มี 1,250 คน ถึง 30 กันยายน"), ["ที่ 1", "ปี 2564", "1,250 คน", "30 กันยายน"]);
        assert_eq!(tied("30 กันยายน 2565 และ ก.ย. 2565"), ["30 กันยายน", "กันยายน 2565", "ก.ย. 2565"]);
        assert_eq!(tied("ได้ 14 จาก 40 คำ ปี 2565 จากเดิม"), ["14 จาก", "จาก 40", "40 คำ", "ปี 2565"]);
        assert_eq!(tied("ป.2 ภาคเรียนที่ 1/2565, ปี 2564–2566."), ["ที่ 1/2565", "ปี 2564–2566"]);
        assert_eq!(tied("fiscal year 2022 (B.E. 2565, sample)"), ["B.E. 2565"]);
        assert!(tied("Lesson Study กับ PLC ป.2 ปีการศึกษา").is_empty());
    }

    #[test]
    fn numbers_in_words_and_ranges_stay_whole() {
        let joined = |text: &'static str| joined(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(joined("ใช้ห้านาทีกับหนึ่งคน ชั้น ป.4–6"), ["ห้านาที", "หนึ่งคน", "4–6"]);
        assert_eq!(joined("ชั้น ๔–๖"), ["๔–๖"]);
        assert!(joined("อ่าน – เขียน สอง").is_empty());
    }
}
