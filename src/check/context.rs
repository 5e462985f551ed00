//! What rules look at.

use crate::model::index::Index;
use crate::model::{Entry, Portal, SourceFile, SourceId, Span};

/// What rules look at.
pub struct Context<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// Look-up tables.
    pub index: &'a Index,
}

impl Context<'_> {
    /// A source file.
    pub fn source(&self, id: SourceId) -> &SourceFile {
        &self.portal.sources[id.0 as usize]
    }

    /// The file of an entry's body and the offset of the body in it.
    pub fn body(&self, entry: &Entry) -> Option<(&SourceFile, usize)> {
        let body = entry.body?;
        Some((self.source(body.source), body.span.start as usize))
    }

    /// The place of a reserved key, or of the entry.
    pub fn key(&self, entry: &Entry, key: &str) -> (&SourceFile, Span) {
        (self.source(entry.source), entry.key_span(key))
    }
}
