//! From when a rule holds: a year or a day.

use crate::text::era::{Date, parse_year};
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

/// The first year (Buddhist-era number) or day on which something holds: `2569`, `"2569-10-01"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Since {
    /// From the beginning of a year, of the calendar in which an entry counts.
    Year(i32),
    /// From a day.
    Day(Date),
}

impl Since {
    /// Whether an entry of this year falls before.
    pub fn is_after_year(self, be: i32) -> bool {
        match self {
            Since::Year(year) => be < year,
            Since::Day(day) => be < day.year_be(),
        }
    }

    /// Whether a day falls before.
    pub fn is_after(self, day: Date) -> bool {
        match self {
            Since::Year(year) => day.year_be() < year,
            Since::Day(first) => day < first,
        }
    }
}

impl<'de> Deserialize<'de> for Since {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Since, D::Error> {
        let written = match toml::Value::deserialize(from)? {
            toml::Value::String(text) => text,
            other => other.to_string(),
        };
        let read = match written.contains(['-', '/', ' ']) {
            true => Date::parse(&written).map(Since::Day),
            false => parse_year(&written).map(Since::Year),
        };
        read.map_err(|error| D::Error::custom(error.message_en))
    }
}
