//! Analysis: from texts to counted terms.
//!
//! * [`mod@terms`]: n-grams and word keys of a text, counted per field;
//! * [`mod@fields`]: which text of a document is in which field, and what of it is shown;
//! * [`mod@lexicon`]: the frequent words by which long runs of a query are cut;
//! * [`mod@interner`]: numbers for terms.
//!
//! The written rules are in `docs/ranking.md` ("Terms").

mod fields;
mod interner;
mod lexicon;
mod terms;

pub(super) use fields::{Fragment, document_terms, script_safe};
pub(super) use interner::{NAME, START, WORD, is_signed};
pub(super) use lexicon::Lexicon;
#[cfg(test)]
pub(super) use terms::Role;
pub(super) use terms::{Terms, name_beginning, token_list, trigrams};
