//! Civil dates and years in the Buddhist and the Christian era.
//!
//! A date is stored with its Christian year and written in either era. A year
//! of four digits says its own era: 2400 and above is Buddhist, 2200 and below
//! is Christian, and what lies between is refused, as are two-digit years; any
//! year of four digits that names its era is read, but for a Christian year of
//! today after พ.ศ.
//! The eras differ by 543 years in every month (the convention of the civil
//! calendar since 1941, applied to earlier dates as well).

mod date;
mod parse;
mod year;

pub use date::{BE_OFFSET, Date, EraError, MONTHS_EN, MONTHS_TH, MONTHS_TH_SHORT};
pub(crate) use parse::is_of_either_era;
pub use parse::parse_year;
pub use year::{Quarter, Year, YearKind, fiscal_year_of, quarter_of};
