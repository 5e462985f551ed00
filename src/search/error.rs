//! Why search fails.

/// Why an index could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Tantivy refused.
    #[error("ดัชนีค้นหาผิดพลาด / search index error: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
    /// The bytes are not those of an index.
    #[error("ดัชนีค้นหาเสียหาย / the search index is damaged")]
    Damaged,
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Tantivy(error.into())
    }
}
