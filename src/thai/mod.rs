//! The one Thai text module: every step that reads, repairs, sorts, cuts or
//! dates Thai text does it through here.
//!
//! * [`era`]: dates and years of both eras, fiscal and academic years.
//! * [`digits`]: Thai and Arabic digits.

pub mod digits;
pub mod era;
