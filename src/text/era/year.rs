//! Calendar, fiscal and academic years, and fiscal quarters.
//!
//! The fiscal year of the Thai state begins on 1 October of the calendar year
//! before and ends on 30 September; the academic year of basic education runs
//! from May to March. Both carry a Buddhist year and are different types of
//! year: they are never compared as if they were one.

use super::date::{BE_OFFSET, Date, days_in_month};
use serde::Deserialize;

/// What a year number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum YearKind {
    /// January to December.
    Calendar,
    /// October of the year before to September (ปีงบประมาณ).
    Fiscal,
    /// May to March of the next year (ปีการศึกษา).
    Academic,
}

/// A year of the Buddhist era and what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year {
    /// Year number in the Buddhist era.
    pub be: i32,
    /// Calendar, fiscal or academic.
    pub kind: YearKind,
}

impl Year {
    /// A year of a kind, from its Buddhist number.
    pub fn new(be: i32, kind: YearKind) -> Self {
        Self { be, kind }
    }

    /// A fiscal year, from its Buddhist number.
    pub fn fiscal(be: i32) -> Self {
        Self::new(be, YearKind::Fiscal)
    }

    /// The year number in the Christian era.
    pub fn ce(&self) -> i32 {
        self.be.saturating_sub(BE_OFFSET)
    }

    /// First and last day.
    pub fn range(&self) -> (Date, Date) {
        let ce = self.ce();
        match self.kind {
            YearKind::Calendar => (day(ce, 1, 1), day(ce, 12, 31)),
            YearKind::Fiscal => (day(ce.saturating_sub(1), 10, 1), day(ce, 9, 30)),
            YearKind::Academic => (day(ce, 5, 1), day(ce.saturating_add(1), 3, 31)),
        }
    }

    /// `2021`, `fiscal year 2021` or `academic year 2021` (Christian era).
    pub fn english(&self) -> String {
        match self.kind {
            YearKind::Calendar => self.ce().to_string(),
            YearKind::Fiscal => format!("fiscal year {}", self.ce()),
            YearKind::Academic => format!("academic year {}", self.ce()),
        }
    }
}

/// A quarter of a fiscal year: 1 is October to December of the calendar year
/// before, 2 January to March, 3 April to June, 4 July to September.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Buddhist number of the fiscal year.
    pub fiscal_be: i32,
    /// 1–4.
    pub number: u8,
}

impl Quarter {
    /// A quarter of a fiscal year; `None` unless the number is 1–4.
    pub fn new(fiscal_be: i32, number: u8) -> Option<Self> {
        (1..=4).contains(&number).then_some(Self { fiscal_be, number })
    }

    /// First and last day.
    pub fn range(&self) -> (Date, Date) {
        let ce = self.fiscal_be.saturating_sub(BE_OFFSET);
        let (year, month) = match self.number {
            ..=1 => (ce.saturating_sub(1), 10),
            2 => (ce, 1),
            3 => (ce, 4),
            _ => (ce, 7),
        };
        let last = month + 2;
        (day(year, month, 1), day(year, last, days_in_month(year, last)))
    }

    /// `ไตรมาส 1 ปีงบประมาณ 2564`.
    pub fn thai(&self) -> String {
        format!("ไตรมาส {} ปีงบประมาณ {}", self.number, self.fiscal_be)
    }

    /// `Q1 of fiscal year 2021`.
    pub fn english(&self) -> String {
        let year = Year::fiscal(self.fiscal_be);
        format!("Q{} of {}", self.number, year.english())
    }
}

/// The fiscal year that a day belongs to.
pub fn fiscal_year_of(date: Date) -> Year {
    Year::fiscal(date.year_be().saturating_add(i32::from(date.month >= 10)))
}

/// The fiscal quarter that a day belongs to.
pub fn quarter_of(date: Date) -> Quarter {
    Quarter {
        fiscal_be: fiscal_year_of(date).be,
        number: match date.month {
            10.. => 1,
            7..=9 => 4,
            4..=6 => 3,
            _ => 2,
        },
    }
}

fn day(year: i32, month: u8, day: u8) -> Date {
    Date { year, month, day }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fiscal_2564() {
        let (first, last) = Year::fiscal(2564).range();
        assert_eq!((first.iso(), last.iso()), ("2020-10-01".into(), "2021-09-30".into()));
        assert_eq!(fiscal_year_of(first).be, 2564);
        assert_eq!(fiscal_year_of(last).be, 2564);
        assert_eq!(fiscal_year_of(last.plus_days(1).unwrap()).be, 2565);
        assert_eq!(fiscal_year_of(first.plus_days(-1).unwrap()).be, 2563);
    }

    #[test]
    fn quarters_cover_the_year() {
        let year = Year::fiscal(2567);
        let (mut date, last) = year.range();
        let mut seen = vec![];
        while date <= last {
            let q = quarter_of(date);
            let (a, b) = q.range();
            assert!(a <= date && date <= b);
            if seen.last() != Some(&q) {
                seen.push(q);
            }
            date = date.plus_days(1).unwrap();
        }
        assert_eq!(seen, [1, 2, 3, 4].map(|number| Quarter { fiscal_be: 2567, number }));
        assert_eq!(seen[1].range().1.iso(), "2024-03-31");
        assert_eq!(seen[0].thai(), "ไตรมาส 1 ปีงบประมาณ 2567");
        assert_eq!(seen[0].english(), "Q1 of fiscal year 2024");
        assert_eq!(Quarter::new(2564, 5), None);
    }
}
