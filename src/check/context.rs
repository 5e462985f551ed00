//! What rules read.

use crate::model::index::Index;
use crate::model::{Entry, Portal, SourceFile, SourceId, Span};
use crate::visibility;

/// What rules read.
pub(crate) struct Context<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// Look-up tables.
    pub index: &'a Index,
}

impl Context<'_> {
    /// A source file.
    pub(crate) fn source(&self, id: SourceId) -> &SourceFile {
        &self.portal.sources[id.0 as usize]
    }

    /// The file of an entry's body and the offset of the body in it.
    pub(crate) fn body(&self, entry: &Entry) -> Option<(&SourceFile, usize)> {
        let body = entry.body?;
        Some((self.source(body.source), body.span.start as usize))
    }

    /// Whether an entry of this id, in any language, is published: references and links to the id then lead there.
    pub(crate) fn has_public(&self, id: &str) -> bool {
        let mut entries = self.index.entries(id).iter().map(|i| &self.portal.entries[*i]);
        entries.any(|entry| visibility::is_public(entry, visibility::Options::default()))
    }

    /// The place of a reserved key, or of the entry.
    pub(crate) fn key(&self, entry: &Entry, key: &str) -> (&SourceFile, Span) {
        (self.source(entry.source), entry.key_span(key))
    }
}
