//! Full-text search: one Tantivy segment, one written ranking, and the static files by which a browser runs the same
//! ranking without a server.
//!
//! 1. [`documents()`]: what search is given of a language, a function of the [`Site`](crate::site::Site) alone;
//! 2. [`mod@analysis`]: texts become counted terms;
//! 3. [`mod@gather`]: documents are read, and what is known of all of them besides their lists;
//! 4. [`mod@index`]: the segment, [`build`] makes it and [`Index`] reads it;
//! 5. [`mod@query`]: the ranking over an index, for `sala search`; its numbers are in [`mod@ranking`] alone;
//! 6. [`mod@export`]: the files of the static site, made from the same documents; the script is in `client/`;
//! 7. [`mod@server`]: the documents for a search server, where a portal has outgrown static files.
//!
//! There is one index per language of the site: a page in Thai and its English translation never compete, and an English
//! reader loads no Thai postings. `docs/ranking.md` describes the analysis, the ranking and the file format.

mod analysis;
mod codec;
mod document;
mod documents;
mod error;
mod export;
pub(crate) mod facets;
mod gather;
mod index;
mod packing;
mod query;
mod ranking;
pub(crate) mod server;
mod words;

pub(crate) use document::SearchKind;
pub use document::{Facet, SearchDoc, Section, Settings};
pub(crate) use documents::Documents;
pub use documents::documents;
pub(crate) use error::SearchError;
pub use export::export;
use export::export_to;
pub use index::{Index, build};
pub use packing::pack;
pub use query::{Answer, FacetCount, Hit, Piece, Query, Reading, Sort, SubHit, query};
