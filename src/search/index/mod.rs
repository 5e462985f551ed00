//! The index of a language: one Tantivy segment whose documents are in the site's order.
//!
//! Sala analyses texts itself (`docs/ranking.md`, "Terms"); Tantivy keeps the posting lists, the facets and what is
//! shown of a document. The frequency of a term in a document is the *class* of its weighted count.
//!
//! [`mod@write`] makes it, [`mod@segment`] reads it, [`mod@stored`] writes it as bytes.

mod segment;
mod stored;
mod write;

pub use segment::Index;
pub use write::build;
