//! A civil date, and the months it falls in.

use serde::{Serialize, Serializer};
use std::fmt;

/// Buddhist year minus Christian year.
pub const BE_OFFSET: i32 = 543;

/// Thai month names, January first.
pub const MONTHS_TH: [&str; 12] = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
];

/// Thai month abbreviations, January first.
pub const MONTHS_TH_SHORT: [&str; 12] =
    ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."];

/// English month names, January first.
pub const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A civil date, stored with its Christian year. Orders by time.
///
/// The fields are public for reading; values made through [`Date::new`] and
/// [`Date::parse`] are real dates, the formats never panic on others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year of the Christian era.
    pub year: i32,
    /// Month 1–12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// Why a date or a year was refused, in both languages, with a way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message_th} / {message_en}")]
pub struct EraError {
    /// What is wrong, in Thai.
    pub message_th: String,
    /// What is wrong, in English.
    pub message_en: String,
    /// What to write instead (Thai and English).
    pub hint: Option<String>,
}

impl EraError {
    pub(crate) fn new(th: impl Into<String>, en: impl Into<String>) -> Self {
        Self { message_th: th.into(), message_en: en.into(), hint: None }
    }

    /// What to write instead, in Thai and in English.
    pub(crate) fn way_out(&self) -> Option<(&str, &str)> {
        self.hint.as_deref().map(|hint| hint.split_once(" / ").unwrap_or((hint, hint)))
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// True for a leap year of the Christian era.
fn is_leap(year_ce: i32) -> bool {
    (year_ce % 4 == 0 && year_ce % 100 != 0) || year_ce % 400 == 0
}

/// Days of a month (1–12) of a Christian year; 0 for any other month.
pub(super) fn days_in_month(year_ce: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year_ce) => 29,
        2 => 28,
        _ => 0,
    }
}

impl Date {
    /// A date that exists, from a Christian year.
    pub fn new(year_ce: i32, month: u8, day: u8) -> Result<Self, EraError> {
        if !(1..=12).contains(&month) {
            return Err(EraError::new(format!("ไม่มีเดือนที่ {month}"), format!("there is no month {month}"))
                .hint("เดือนต้องเป็น 1–12 / the month must be 1–12"));
        }
        let last = days_in_month(year_ce, month);
        if day == 0 || day > last {
            let m = usize::from(month - 1);
            let be = year_ce.saturating_add(BE_OFFSET);
            return Err(EraError::new(
                format!("ไม่มีวันที่ {day} {} {be}", MONTHS_TH[m]),
                format!("{} {year_ce} has no day {day}", MONTHS_EN[m]),
            )
            .hint(format!("เดือนนี้มี {last} วัน / this month has {last} days")));
        }
        Ok(Self { year: year_ce, month, day })
    }

    /// Year of the Buddhist era.
    pub fn year_be(&self) -> i32 {
        self.year.saturating_add(BE_OFFSET)
    }

    /// `2023-08-15`.
    pub fn iso(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `15 สิงหาคม 2566`.
    pub fn thai(&self) -> String {
        format!("{} {} {}", self.day, self.name(&MONTHS_TH), self.year_be())
    }

    /// `15 ส.ค. 2566`.
    pub fn thai_short(&self) -> String {
        let month = self.name(&MONTHS_TH_SHORT);
        format!("{} {month} {}", self.day, self.year_be())
    }

    /// `15 August 2023`.
    pub fn english(&self) -> String {
        format!("{} {} {}", self.day, self.name(&MONTHS_EN), self.year)
    }

    fn name(&self, names: &[&'static str; 12]) -> &'static str {
        names.get(usize::from(self.month).wrapping_sub(1)).copied().unwrap_or("?")
    }

    /// Days since 1 January 1970 (negative before).
    pub fn days(&self) -> i64 {
        // Counts from 1 March, so that the leap day ends the counted year.
        let month = i64::from(self.month.clamp(1, 12));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The date `days` after 1 January 1970; `None` outside years ±999,999.
    pub fn from_days(days: i64) -> Option<Self> {
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let doe = shifted.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        if year.abs() > 999_999 {
            return None;
        }
        Some(Self {
            year: i32::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(doy - (153 * mp + 2) / 5 + 1).ok()?,
        })
    }

    /// This date moved by a number of days.
    pub fn plus_days(&self, days: i64) -> Option<Self> {
        Self::from_days(self.days().checked_add(days)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let d = Date::new(2023, 8, 15).unwrap();
        assert_eq!(d.iso(), "2023-08-15");
        assert_eq!(d.thai(), "15 สิงหาคม 2566");
        assert_eq!(d.thai_short(), "15 ส.ค. 2566");
        assert_eq!(d.english(), "15 August 2023");
        assert_eq!(serde_json::to_string(&d).unwrap(), "\"2023-08-15\"");
        assert_eq!(serde_json::from_str::<Date>("\"2566-08-15\"").unwrap(), d);
    }

    #[test]
    fn days_round_trip() {
        assert_eq!(Date::new(1970, 1, 1).unwrap().days(), 0);
        assert_eq!(Date::new(2000, 3, 1).unwrap().days(), 11_017);
        for n in (-800_000..800_000).step_by(37) {
            let d = Date::from_days(n).unwrap();
            assert_eq!(d.days(), n);
            assert_eq!(Date::new(d.year, d.month, d.day).unwrap(), d);
        }
        let d = Date::new(2024, 2, 28).unwrap();
        assert_eq!(d.plus_days(2).unwrap().iso(), "2024-03-01");
        assert_eq!(Date::from_days(i64::MAX), None);
    }

    #[test]
    fn leap_days() {
        assert!(Date::new(2024, 2, 29).is_ok());
        let err = Date::new(2023, 2, 29).unwrap_err();
        assert!(err.message_th.contains("2566"));
        assert!(Date::new(1900, 2, 29).is_err());
        assert!(Date::new(2000, 2, 29).is_ok());
        assert!(Date::new(2000, 13, 1).is_err());
        assert!(Date::new(2000, 0, 1).is_err());
    }
}
