//! The one Thai text module: every step that reads, repairs, sorts, cuts or
//! dates Thai text does it through here.
//!
//! * [`chars`]: classes of characters, cells, clusters, safe truncation.
//! * [`digits`]: Thai and Arabic digits.
//! * [`era`]: dates and years of both eras, fiscal and academic years.
//! * [`repair`]: damage by PDF and word processors, found and mended.
//! * [`words`]: the word list.

pub mod chars;
pub mod digits;
pub mod era;
pub mod repair;
pub mod words;
