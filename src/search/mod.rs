//! Full-text search: one Tantivy segment, one written ranking, and the static
//! files by which a browser runs the same ranking without a server.
//!
//! * [`Collector`] takes pages and makes the runs, [`Stock`] is an index as its runs;
//! * [`export_to`] gives the files of the static site;
//! * [`Index::open`] opens the Tantivy segment, which [`query`] asks for `sala search`.
//!
//! There is one index per language of the site: a page in Thai and its English
//! translation never compete, and an English reader loads no Thai postings.
//! `docs/ranking.md` describes the analysis, the ranking and the file format.

mod analyze;
mod block;
mod bytes;
mod codec;
mod collect;
mod document;
mod excerpt;
mod export;
mod frequent;
mod index;
mod key;
mod memo;
mod merge;
mod names;
mod plan;
mod query;
mod rank;
mod router;
mod run;
mod score;
mod shards;
mod stock;
mod suggest;
mod write;

pub use collect::Collector;
pub use excerpt::Piece;
pub use export::{Exported, Target, export, export_to};
pub use index::{Index, build};
pub use query::{Answer, FacetCount, Hit, Query, Sort, SubHit, query};
pub use stock::Stock;

use serde::{Deserialize, Serialize};

/// A section of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Section {
    /// The `id` of its heading in the page; empty for text before the first heading.
    pub anchor: String,
    /// The heading as plain text.
    pub heading: String,
    /// The text, plain.
    pub text: String,
}

/// A public page as search sees it. Nothing that is not public may be in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SearchDoc {
    /// The id of the entry or page.
    pub id: String,
    /// The id of its kind.
    pub kind: String,
    /// The language of the page, `th` or `en`.
    pub lang: String,
    /// Address from the root of the site, without a leading slash.
    pub url: String,
    /// Title, plain.
    pub title: String,
    /// Other names that the page is known by.
    pub names: Vec<String>,
    /// Summary, plain; shown when nothing of the text fits better.
    pub summary: String,
    /// Sections in reading order.
    pub sections: Vec<Section>,
    /// Field values with their search weight (1–8; 0 is passed over).
    pub fields: Vec<(u8, String)>,
    /// Facet values: field and term id.
    pub facets: Vec<(String, String)>,
    /// Years of the page in Buddhist era; found by both eras' numbers.
    pub years: Vec<i32>,
    /// Dates as written.
    pub dates: Vec<String>,
    /// Where the page stands, for display.
    pub breadcrumb: String,
    /// The year to sort by, Buddhist era.
    pub year: Option<i32>,
}

/// A facet field with its terms in display order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Field id as in [`SearchDoc::facets`]; `kind` is the field of kinds.
    pub field: String,
    /// Name for people, in the language of the index.
    pub label: String,
    /// Terms: id and name.
    pub terms: Vec<(String, String)>,
}

/// What the index needs besides the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Language of the index, `th` or `en`; chooses the interface strings.
    pub lang: String,
    /// Facets in display order. Terms of documents that are not listed are passed over.
    pub facets: Vec<Facet>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Words that the Thai word list lacks (names, terms of the vocabularies).
    pub vocabulary: Vec<String>,
}

/// Why the index could not be written or read.
#[derive(Debug)]
pub enum SearchError {
    /// A file could not be read or written.
    Io(std::path::PathBuf, std::io::Error),
    /// Tantivy refused.
    Tantivy(tantivy::TantivyError),
    /// The stored index is damaged or of another version: build it anew.
    Stale(String),
}

impl std::fmt::Display for SearchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(path, error) => {
                write!(f, "อ่านหรือเขียนดัชนีค้นหาไม่ได้: {} / cannot read or write the search index: {error}", path.display())
            }
            Self::Tantivy(error) => {
                write!(f, "ดัชนีค้นหาผิดพลาด / search index error: {error}")
            }
            Self::Stale(reason) => {
                write!(f, "ดัชนีค้นหาใช้ไม่ได้ ให้สร้างใหม่ / the search index must be built again: {reason}")
            }
        }
    }
}

impl std::error::Error for SearchError {}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Tantivy(error)
    }
}
