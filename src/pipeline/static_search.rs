//! The files of the static search on their way into the site.

use crate::model::Lang;
use crate::output::{PublishError, Sink};
use crate::search::Target;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Puts the search files of a language into a sink.
pub struct Files<'a> {
    folder: String,
    sink: &'a dyn Sink,
    bytes: AtomicUsize,
    failed: Mutex<Option<PublishError>>,
}

impl<'a> Files<'a> {
    /// For a language.
    pub fn new(lang: Lang, sink: &'a dyn Sink) -> Files<'a> {
        Files { folder: format!("search/{}/", lang.code()), sink, bytes: AtomicUsize::new(0), failed: Mutex::default() }
    }

    /// Puts a file at an address of the site.
    pub fn put(&self, path: String, bytes: Vec<u8>) {
        self.bytes.fetch_add(bytes.len(), Ordering::Relaxed);
        if let Err(error) = self.sink.put(&path, bytes) {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.get_or_insert(error);
        }
    }

    /// Bytes of all files.
    ///
    /// # Errors
    /// The first error of the sink.
    pub fn finish(self) -> Result<usize, PublishError> {
        let failed = self.failed.into_inner();
        match failed.unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(self.bytes.into_inner()),
        }
    }
}

impl Target for Files<'_> {
    fn put(&self, path: String, bytes: Vec<u8>) {
        Files::put(self, format!("{}{path}", self.folder), bytes);
    }
}
