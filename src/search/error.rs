//! Why search fails.

/// Why an index could not be made or read.
#[derive(Debug)]
pub enum SearchError {
    /// Tantivy refused.
    Tantivy(tantivy::TantivyError),
    /// The bytes are not those of an index.
    Damaged,
}

impl std::fmt::Display for SearchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tantivy(error) => write!(f, "ดัชนีค้นหาผิดพลาด / search index error: {error}"),
            Self::Damaged => write!(f, "ดัชนีค้นหาเสียหาย / the search index is damaged"),
        }
    }
}

impl std::error::Error for SearchError {}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Tantivy(error)
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Tantivy(error.into())
    }
}
