//! What rules read.

use crate::model::index::Index;
use crate::model::{Entry, Portal, SourceFile, SourceId, Span};
use crate::visibility::{self, sections};
use std::collections::HashSet;
use std::sync::OnceLock;

/// What rules read.
pub(crate) struct Context<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// Look-up tables.
    pub index: &'a Index,
    /// Per file with a body, what links to a place on its page may name; found when it is first asked for.
    anchors: Vec<OnceLock<HashSet<String>>>,
}

impl<'a> Context<'a> {
    /// What rules read of a portal.
    pub(crate) fn new(portal: &'a Portal, index: &'a Index) -> Context<'a> {
        Context { portal, index, anchors: portal.sources.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Whether a link may lead to this place on the page of an entry; of one without a body nothing is known.
    pub(crate) fn has_anchor(&self, entry: &Entry, anchor: &str) -> bool {
        let Some(body) = entry.body.filter(|_| !anchor.is_empty() && anchor != "top") else {
            return true;
        };
        let anchors = self.anchors[body.source.0 as usize].get_or_init(|| {
            let kind = &self.portal.schema.kinds[entry.kind];
            let analysis = self.portal.analysis(entry);
            let outline = &analysis.outline;
            let ids = outline.headings.iter().map(|heading| sections::id_of(kind, heading).to_owned());
            ids.chain(outline.anchors.iter().cloned()).collect()
        });
        anchors.contains(anchor)
    }

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
