//! Everything that was loaded.

use super::body_analysis::BodyAnalysis;
use super::config::Config;
use super::entry::Entry;
use super::index_vec::ByEntry;
use super::listed::Item;
use super::schema::Schema;
use super::source::SourceFile;
use std::sync::Arc;

/// Everything that was loaded: configuration, schema, source files and entries, in a deterministic order
/// (entries by kind, then id, then language).
#[derive(Debug, Default)]
pub struct Portal {
    /// Settings of `portal.toml`.
    pub config: Config,
    /// Kinds and vocabularies.
    pub schema: Schema,
    /// Every text file that entries came from; [`super::SourceId`] indexes it.
    pub sources: Vec<SourceFile>,
    /// All entries, public and internal.
    pub entries: ByEntry<Entry>,
    /// Lists of plain pages (`SUMMARY.md`) with their files; titles of pages that are not public are never shown.
    pub lists: Vec<(String, Vec<Item>)>,
    /// Files under `content/` that are neither Markdown nor tables, relative to `content/`, with their size in bytes.
    pub media: Vec<MediaFile>,
}

/// A file of the content folder that may be published as it is (image, PDF …).
#[derive(Debug, Clone)]
pub struct MediaFile {
    /// Path relative to `content/`, with `/`.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
}

impl Portal {
    /// The file of an entry's body.
    fn body_source(&self, entry: &Entry) -> Option<&SourceFile> {
        self.sources.get(entry.body?.source.0 as usize)
    }

    /// The Markdown of an entry's body; empty where it has none.
    pub fn body(&self, entry: &Entry) -> &str {
        match (self.body_source(entry), entry.body) {
            (Some(source), Some(body)) => &source.text[body.span.start as usize..body.span.end as usize],
            _ => "",
        }
    }

    /// What an entry's body says about itself; nothing where it has none. The text need not be read for it.
    pub fn analysis(&self, entry: &Entry) -> Arc<BodyAnalysis> {
        match self.body_source(entry) {
            None => Arc::default(),
            Some(source) => match &source.analysis {
                Some(analysis) => analysis.clone(),
                None => Arc::new(BodyAnalysis::of(self.body(entry))),
            },
        }
    }
}
