//! The Thai text module as a whole: repairs measured, files mended, nothing
//! broken by any input.

mod accuracy;
mod clean_text;
mod fix;
mod properties;
