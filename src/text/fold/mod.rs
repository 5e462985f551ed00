//! Folding for search: the one form in which text is indexed, asked for and
//! highlighted, with a map back to what was written.
//!
//! The rules are written down in `docs/ranking.md` ("Analysis"); the browser
//! runs the same rules (`src/search/client/fold.js`), and the vectors in
//! `tests/data/search/fold.json` hold the two together. Nothing folded is ever
//! shown to a person.

mod folded;
mod key;
mod letters;

pub use folded::Folded;
pub use key::{key, key_into, key_map};
pub use letters::{Script, is_mark, script};
