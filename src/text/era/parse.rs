//! Reading dates and years as people write them.

use super::date::{BE_OFFSET, Date, EraError, MONTHS_EN, MONTHS_TH, MONTHS_TH_SHORT};
use crate::text::digits;
use serde::{Deserialize, Deserializer};

/// The era that a text names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    Buddhist,
    Christian,
}

const BE_MARKS: [&str; 7] = ["พุทธศักราช", "พ.ศ.", "พ.ศ", "พศ.", "พศ", "b.e.", "be"];
const CE_MARKS: [&str; 10] = ["คริสต์ศักราช", "คริสตศักราช", "ค.ศ.", "ค.ศ", "คศ.", "คศ", "c.e.", "ce", "a.d.", "ad"];
/// Words that may be before a year and say nothing about its era.
const YEAR_WORDS: [&str; 7] = ["ปีงบประมาณ", "ปีการศึกษา", "ปี", "fiscal year", "academic year", "year", "fy"];

/// Christian years that people write of their own time: after พ.ศ. they are slips of the pen.
const OF_TODAY_FIRST: i32 = 1950;
const OF_TODAY_LAST: i32 = 2100;
/// The first year of which a number without an era means the Christian one even where readers count by the Buddhist one.
const FIRST_CLEAR: i32 = 1900;

/// Lower-cased, ASCII digits, single spaces, without invisible characters.
fn prepare(text: &str) -> String {
    let visible: String = digits::to_arabic(text)
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts a leading or trailing era mark.
fn strip_era(text: &str) -> (&str, Option<Era>) {
    for (marks, era) in [(&BE_MARKS[..], Era::Buddhist), (&CE_MARKS[..], Era::Christian)] {
        for mark in marks {
            if let Some(rest) = text.strip_prefix(mark)
                && rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
            {
                return (rest.trim(), Some(era));
            }
            if let Some(rest) = text.strip_suffix(mark)
                && rest.trim_end().ends_with(|c: char| c.is_ascii_digit())
            {
                return (rest.trim(), Some(era));
            }
        }
    }
    (text.trim(), None)
}

fn bad_year(shown: &str) -> EraError {
    EraError::new(format!("อ่านปี “{shown}” ไม่ได้"), format!("cannot read the year “{shown}”"))
        .hint("เขียนปีสี่หลัก เช่น 2566 หรือ ค.ศ. 2023 / write four digits, such as 2566 or 2023")
}

/// The Christian year of a written year, or why it is refused.
fn year_ce(text: &str) -> Result<i32, EraError> {
    let (number, era) = strip_era(text);
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(bad_year(text));
    }
    if number.len() == 2 {
        return Err(EraError::new(
            format!("ปีสองหลัก “{number}” บอกศักราชไม่ได้"),
            format!("the two-digit year “{number}” does not say its era or century"),
        )
        .hint(format!(
            "เขียนสี่หลัก: 25{number} (พ.ศ.) หรือ 20{number} (ค.ศ.) / write four digits: 25{number} (B.E.) or 20{number} (C.E.)"
        )));
    }
    if number.len() != 4 {
        return Err(bad_year(text));
    }
    let year: i32 = number.parse().map_err(|_| bad_year(text))?;
    match (era, year) {
        (_, ..1000) => Err(bad_year(text)),
        (Some(Era::Buddhist), OF_TODAY_FIRST..=OF_TODAY_LAST) => Err(EraError::new(
            format!("พ.ศ. {year} น่าจะเป็นปี ค.ศ."),
            format!("B.E. {year} looks like a Christian year"),
        )
        .hint(format!(
            "ถ้าหมายถึง ค.ศ. {year} ให้เขียน {} (พ.ศ.); ถ้าหมายถึง พ.ศ. {year} จริง ให้เขียน ค.ศ. {} / write {} for C.E. {year}, or C.E. {} if B.E. {year} is meant",
            year + BE_OFFSET, year - BE_OFFSET, year + BE_OFFSET, year - BE_OFFSET
        ))),
        (Some(Era::Buddhist), _) => Ok(year - BE_OFFSET),
        (Some(Era::Christian), 2201..) => Err(EraError::new(
            format!("ค.ศ. {year} น่าจะเป็นปี พ.ศ."),
            format!("C.E. {year} looks like a Buddhist year"),
        )
        .hint(format!(
            "เขียน {year} หรือ ค.ศ. {} / write {year} or C.E. {}",
            year - BE_OFFSET, year - BE_OFFSET
        ))),
        (Some(Era::Christian), _) | (None, ..=2200) => Ok(year),
        (None, 2400..) => Ok(year - BE_OFFSET),
        (None, _) => Err(EraError::new(
            format!("ปี {year} ไม่ชัดว่าเป็น พ.ศ. หรือ ค.ศ."),
            format!("the year {year} could be of either era"),
        )
        .hint("เติม พ.ศ. หรือ ค.ศ. หน้าปี / write พ.ศ. or ค.ศ. before the year")),
    }
}

/// Reads a year and returns it in the Buddhist era: `2564`, `๒๕๖๔`, `2021`,
/// `พ.ศ. 2564`, `ค.ศ. 2021`, `ปีงบประมาณ 2564`.
///
/// ```
/// # use sala::internals::text::era::parse_year;
/// assert_eq!(parse_year("๒๕๖๔")?, 2564);
/// assert_eq!(parse_year("ค.ศ. 2021")?, 2564);
/// # Ok::<(), sala::internals::text::era::EraError>(())
/// ```
pub fn parse_year(text: &str) -> Result<i32, EraError> {
    let prepared = prepare(text);
    let mut rest = prepared.as_str();
    for word in YEAR_WORDS {
        if let Some(after) = rest.strip_prefix(word) {
            rest = after.trim_start();
            break;
        }
    }
    Ok(year_ce(rest)? + BE_OFFSET)
}

/// Whether a Christian year was read of a text that names no era, and a reader who counts by the Buddhist era would take it for
/// one of this: `1893`, the year in which Ayutthaya was founded, or of the war of 1893.
pub(crate) fn is_of_either_era(text: &str, year_ce: i32) -> bool {
    let text = prepare(text);
    let named = |mark: &str| !mark.is_ascii() && text.contains(mark);
    let bare = !BE_MARKS.iter().chain(&CE_MARKS).any(|mark| named(mark)) && strip_era(&text).1.is_none();
    bare && !(FIRST_CLEAR..=OF_TODAY_LAST).contains(&year_ce) && text.contains(&year_ce.to_string())
}

fn bad_date(shown: &str) -> EraError {
    EraError::new(format!("อ่านวันที่ “{shown}” ไม่ได้"), format!("cannot read the date “{shown}”"))
        .hint("เขียน ปี-เดือน-วัน เช่น 2566-08-15 / write year-month-day, such as 2566-08-15 or 2023-08-15")
}

fn small(text: &str) -> Option<u8> {
    if (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Month number of a Thai or English name or abbreviation (lower case).
fn month_number(name: &str) -> Option<u8> {
    let bare: String = name.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let found = (0..12).find(|&i| {
        let short: String = MONTHS_TH_SHORT[i].chars().filter(|&c| c != '.').collect();
        let english = MONTHS_EN[i].to_ascii_lowercase();
        let stem = MONTHS_TH[i].trim_end_matches("คม").trim_end_matches("ยน").trim_end_matches("พันธ์");
        bare == MONTHS_TH[i]
            || bare == stem
            || bare == short
            || bare == english
            || (bare.len() == 3 && english.starts_with(&bare))
            || (bare == "sept" && i == 8)
    })?;
    u8::try_from(found + 1).ok()
}

/// Splits at `-`, `/` or `.` into exactly three parts of digits.
fn numeric_parts(text: &str) -> Option<[&str; 3]> {
    for separator in ['-', '/', '.'] {
        let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
        if let [a, b, c] = parts[..]
            && [a, b, c].iter().all(|p| !p.is_empty() && p.bytes().all(|x| x.is_ascii_digit()))
        {
            return Some([a, b, c]);
        }
    }
    None
}

fn parse_date(text: &str) -> Result<Date, EraError> {
    let shown = text.trim();
    let prepared = prepare(text);
    let mut rest = prepared.as_str();
    // A weekday and the word for "date" may be before the day.
    if let Some(at) = rest.find("ที่") {
        let before = &rest[..at];
        if before.starts_with("วัน") && !before.contains(|c: char| c.is_ascii_digit()) {
            rest = rest[at + "ที่".len()..].trim_start();
        }
    }
    // A time of day after an ISO date is refused rather than dropped.
    if let Some([a, b, c]) = numeric_parts(rest) {
        let (year, month, day) = if a.len() > 2 { (a, b, c) } else { (c, b, a) };
        let year = year_ce(year)?;
        let (Some(month), Some(day)) = (small(month), small(day)) else {
            return Err(bad_date(shown));
        };
        return Date::new(year, month, day);
    }
    if rest.contains(['/', '-'])
        && let Some((front, year)) = rest.rsplit_once(['/', '-'])
        && let Some((day, month)) = front.split_once(['/', '-'])
        && let (Some(day), Some(month)) = (small(day.trim()), small(month.trim()))
    {
        return Date::new(year_ce(year.trim())?, month, day);
    }
    named_month(rest).unwrap_or_else(|| Err(bad_date(shown)))
}

/// `15 สิงหาคม 2566`, `15 ส.ค. พ.ศ. 2566`, `August 15, 2023`.
fn named_month(text: &str) -> Option<Result<Date, EraError>> {
    let digits_end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if let Some(day) = small(&text[..digits_end]) {
        let rest = text[digits_end..].trim_start_matches([' ', '-', '.']);
        let rest = rest.strip_prefix("เดือน").unwrap_or(rest).trim_start();
        let name_end = rest.find(|c: char| c.is_ascii_digit())?;
        let mut name = rest[..name_end].trim();
        let mut year = rest[name_end..].trim().to_string();
        for mark in BE_MARKS.iter().chain(&CE_MARKS) {
            if let Some(cut) = name.strip_suffix(mark)
                && (month_number(cut.trim()).is_some())
            {
                name = cut.trim();
                year = format!("{mark} {year}");
                break;
            }
        }
        let name = name.trim_matches(['-', ',', ' ']);
        let month = month_number(name)?;
        return Some(year_ce(&year).and_then(|y| Date::new(y, month, day)));
    }
    // English: month first.
    let (name, rest) = text.split_once(' ')?;
    let (day, year) = rest.split_once([',', ' '])?;
    let month = month_number(name)?;
    let day = small(day.trim())?;
    Some(year_ce(year.trim()).and_then(|y| Date::new(y, month, day)))
}

impl Date {
    /// Reads `2566-08-15`, `2023-08-15`, `15/8/2566`, `๑๕ สิงหาคม ๒๕๖๖`,
    /// `15 ส.ค. 2566`, `15 August 2023`, with or without พ.ศ. or ค.ศ.
    ///
    /// ```
    /// # use sala::internals::text::era::Date;
    /// assert_eq!(Date::parse("๑๕ สิงหาคม ๒๕๖๖")?.iso(), "2023-08-15");
    /// assert!(Date::parse("15 ส.ค. 66").is_err());
    /// # Ok::<(), sala::internals::text::era::EraError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, EraError> {
        parse_date(text)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> String {
        match Date::parse(text) {
            Ok(d) => d.iso(),
            Err(e) => format!("{e}"),
        }
    }

    #[test]
    fn accepts() {
        for text in [
            "2566-08-15",
            "2023-08-15",
            "๒๕๖๖-๐๘-๑๕",
            "๑๕ สิงหาคม ๒๕๖๖",
            "15 สิงหาคม พ.ศ. 2566",
            "15 สิงหาคม พ.ศ.2566",
            "วันที่ 15 เดือนสิงหาคม พ.ศ. ๒๕๖๖",
            "วันอังคารที่ 15 สิงหาคม 2566",
            "15 ส.ค. 2566",
            "15 ส.ค. ค.ศ. 2023",
            "15 สค 2566",
            "15 สิงหา 2566",
            "15/8/2566",
            "15/08/2023",
            "15-8-2566",
            "15.8.2566",
            "2566/8/15",
            "15 August 2023",
            "15 Aug 2566",
            "August 15, 2023",
            "15สิงหาคม2566",
            " 15  สิงหาคม\u{200b} 2566 ",
        ] {
            assert_eq!(iso(text), "2023-08-15", "{text}");
        }
        assert_eq!(iso("29 ก.พ. 2567"), "2024-02-29");
        assert_eq!(iso("10 มิ.ย. 2563"), "2020-06-10");
        assert_eq!(iso("3 พ.ค. 2563"), "2020-05-03");
        assert_eq!(iso("18 พฤษภาคม 2563"), "2020-05-18");
    }

    #[test]
    fn refuses_with_hint() {
        let err = Date::parse("15 ส.ค. 66").unwrap_err();
        assert!(err.hint.unwrap().contains("2566"));
        let err = Date::parse("15/8/66").unwrap_err();
        assert!(err.message_en.contains("two-digit"));
        for text in [
            "",
            "2566",
            "2300-01-01",
            "2566-02-29",
            "2023-02-29",
            "31 เมษายน 2566",
            "15 สิงหา",
            "0 มกราคม 2566",
            "2566-13-01",
            "2566-8",
            "ค.ศ. 2566",
            "15 สิงหาคม พ.ศ. 2023",
            "2023-08-15T10:00",
            "15 ก.ก. 2566",
            "9999999999-1-1",
            "1-1-",
        ] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn years() {
        for text in ["2564", "๒๕๖๔", "2021", "พ.ศ. 2564", "ค.ศ. 2021", "พ.ศ.๒๕๖๔", "ปี 2564"]
        {
            assert_eq!(parse_year(text), Ok(2564), "{text}");
        }
        assert_eq!(parse_year("ปีงบประมาณ พ.ศ. 2564"), Ok(2564));
        assert_eq!(parse_year("ปีการศึกษา 2561"), Ok(2561));
        assert_eq!(parse_year("2564 B.E."), Ok(2564));
        for text in ["64", "256", "25640", "2300", "", "พ.ศ.", "สอง", "2564-2566", "-2564"] {
            assert!(parse_year(text).is_err(), "{text}");
        }
        // Of history: what names its era is read.
        for (text, be) in [("พ.ศ. 1893", 1893), ("พ.ศ. ๒๑๑๒", 2112), ("พ.ศ. 2310", 2310), ("ค.ศ. 1350", 1893)]
        {
            assert_eq!(parse_year(text), Ok(be), "{text}");
        }
        assert!(parse_year("พ.ศ. 2023").is_err());
        let either = |text| is_of_either_era(text, parse_year(text).unwrap() - BE_OFFSET);
        assert!(["1893", "ปี ๒๑๑๒", "2112"].map(either).iter().all(|either| *either));
        assert!(!["2023", "1932", "2310 BE", "ค.ศ. 1893", "พ.ศ. 2112", "2436", "1893 CE"].map(either).contains(&true));
        assert!(is_of_either_era("8 สิงหาคม 2112", 2112) && !is_of_either_era("8 สิงหาคม พ.ศ. 2112", 1569));
        assert!(parse_year("64").unwrap_err().hint.unwrap().contains("2564"));
    }
}
