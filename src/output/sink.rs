//! Where rendered files go.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::error::PublishError;
use super::path::{PathProblem, check_path};

/// Takes finished files, from many threads at once.
pub trait Sink: Sync {
    /// Takes one file. The address is relative with `/`.
    ///
    /// # Errors
    /// A bad or doubled address, or a failing machine.
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), PublishError>;
}

/// Keeps everything in memory: for tests and previews.
#[derive(Debug, Default)]
pub struct MemorySink {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl MemorySink {
    /// The files by address.
    #[must_use]
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Sink for MemorySink {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), PublishError> {
        check_path(path).map_err(|problem| PublishError::Path(problem, path.to_owned()))?;
        let mut files = self.files.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if files.contains_key(path) {
            let problem = PathProblem::Duplicate(path.to_owned());
            return Err(PublishError::Path(problem, path.to_owned()));
        }
        files.insert(path.to_owned(), bytes);
        Ok(())
    }
}
