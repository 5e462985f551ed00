//! The one Thai text module: every step that reads, repairs, sorts, cuts or
//! dates Thai text does it through here.
//!
//! * [`chars`]: classes of characters, cells, clusters, safe truncation.
//! * [`clean`]: the display form, with a map back to what was written.
//! * [`collate`]: alphabetical order.
//! * [`digits`]: Thai and Arabic digits.
//! * [`era`]: dates and years of both eras, fiscal and academic years.
//! * [`fold`]: the form that search compares, with a map back to the source.
//! * [`lint`]: damaged places, cheaply.
//! * [`locale`]: how other languages write numbers, lists, dates and plurals.
//! * [`personal`]: personal data in running text.
//! * [`repair`]: damage by PDF and word processors, found and mended.
//! * [`slug`]: slugs of headings and suggested ids.
//! * `stamp`: words on papers that are not for everybody.
//! * `small`: figures above and below the line.
//! * [`stem`]: stems of English words.
//! * `ties`: spaces at which no line ends.
//! * [`words`]: the word list.

pub mod chars;
pub mod clean;
pub mod collate;
pub mod digits;
pub mod era;
pub mod fold;
pub mod lint;
pub(crate) mod locale;
pub(crate) mod pattern;
pub mod personal;
pub(crate) mod plain;
pub mod repair;
pub mod segment;
pub mod slug;
pub(crate) mod small;
pub(crate) mod stamp;
pub(crate) mod stem;
pub(crate) mod ties;
pub(crate) mod width;
pub mod words;
