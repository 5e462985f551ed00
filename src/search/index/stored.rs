//! An index as bytes: what `sala search` stores for the next query.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::RamDirectory;

use super::segment::Index;
use crate::search::SearchError;
use crate::search::gather::Meta;

/// The first part; the files follow one after the other.
#[derive(Serialize, Deserialize)]
struct Head {
    meta: Meta,
    /// Name and size of each file of the segment.
    files: Vec<(String, usize)>,
}

impl Index {
    /// The index as parts of one value.
    ///
    /// # Errors
    /// Tantivy's.
    pub fn to_parts(&self) -> Result<Vec<Vec<u8>>, SearchError> {
        let index = tantivy::Index::open(self.directory.clone())?;
        let mut names: Vec<_> = index.directory().list_managed_files().into_iter().collect();
        names.sort();
        let mut head = Head { meta: self.meta.clone(), files: Vec::new() };
        let mut parts = vec![Vec::new()];
        for name in names {
            // A name of a file that was never written, such as a lock, is passed over.
            if let Ok(file) = self.directory.open_read(&name) {
                let bytes = file.read_bytes()?.to_vec();
                head.files.push((name.to_string_lossy().into_owned(), bytes.len()));
                parts.push(bytes);
            }
        }
        let head = serde_json::to_vec(&head).map_err(|_| SearchError::Damaged)?;
        parts[0].extend_from_slice(&(head.len() as u64).to_le_bytes());
        parts[0].extend_from_slice(&head);
        Ok(parts)
    }

    /// Opens an index from its parts in one piece.
    ///
    /// # Errors
    /// [`SearchError::Damaged`] where the bytes are none of an index.
    pub fn from_bytes(bytes: &[u8]) -> Result<Index, SearchError> {
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(SearchError::Damaged)?;
        let size = usize::try_from(u64::from_le_bytes(*size)).map_err(|_| SearchError::Damaged)?;
        let (head, mut rest) = rest.split_at_checked(size).ok_or(SearchError::Damaged)?;
        let head: Head = serde_json::from_slice(head).map_err(|_| SearchError::Damaged)?;
        let directory = RamDirectory::create();
        for (name, size) in head.files {
            let (file, after) = rest.split_at_checked(size).ok_or(SearchError::Damaged)?;
            directory.atomic_write(Path::new(&name), file)?;
            rest = after;
        }
        Index::open(directory, head.meta)
    }
}
