//! What earlier imports wrote: `content/_import/<kind>.json`.
//!
//! A file that still has the hash of a record is nobody's work but the table's. The key of the row finds its page again,
//! and the hashes of the values tell what has changed since: in the table, in the file, or in both.

use crate::cache::read_plain;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// Folder of the manifests.
pub const MANIFESTS: &str = "content/_import";

/// What is remembered of one file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Hash of the text as it was written.
    pub hash: String,
    /// Hash of the cells that distinguish the row.
    #[serde(default)]
    pub key: String,
    /// Name of the table.
    #[serde(default)]
    pub table: String,
    /// Hash of each value of the row by key, of a section by `section:id`.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// Records by path.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Manifest {
    /// Path relative to the portal and what is remembered.
    pub files: BTreeMap<String, Record>,
}

impl Manifest {
    /// Path of the manifest of a kind.
    pub fn path(kind: &str) -> String {
        format!("{MANIFESTS}/{kind}.json")
    }

    /// The manifest of a kind; empty where nothing was imported yet.
    ///
    /// # Errors
    /// The file cannot be read or is not a manifest: then nobody knows what people have changed.
    pub fn read(root: &Path, kind: &str) -> io::Result<Manifest> {
        match read_plain(&root.join(Manifest::path(kind))) {
            Ok(bytes) => {
                let read = serde_json::from_slice(&bytes);
                read.map_err(|e| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {e}", Manifest::path(kind))))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Manifest::default()),
            Err(error) => Err(error),
        }
    }

    /// The ids of the pages that rows became, by the key of the row.
    pub fn ids(&self) -> BTreeMap<&str, &str> {
        let keyed = self.files.iter().filter(|(_, record)| !record.key.is_empty());
        keyed
            .filter_map(|(path, record)| Some((record.key.as_str(), path.rsplit('/').next()?.strip_suffix(".md")?)))
            .collect()
    }

    /// The file's text.
    pub fn text(&self) -> String {
        format!("{}\n", serde_json::to_string_pretty(self).unwrap_or_default())
    }
}
