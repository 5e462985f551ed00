//! Cleaned media files, kept while the file on disk does not change.

use crate::html::Files;
use crate::html::media::{Cleaned, clean, is_image};
use crate::model::MediaFile;
use crate::pipeline::ContentFiles;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

type Stamp = (u64, Option<SystemTime>);

/// Greatest total size of kept files in bytes.
const MOST: u64 = 200_000_000;

#[derive(Debug, Default)]
struct Kept {
    files: HashMap<String, (Stamp, Arc<Cleaned>)>,
    bytes: u64,
}

/// The media of a portal.
#[derive(Debug)]
pub struct Media {
    files: ContentFiles,
    kept: Mutex<Kept>,
}

impl Media {
    /// Media below the portal's content folder.
    pub fn new(root: &Path) -> Media {
        Media { files: ContentFiles { root: root.to_path_buf(), limits: Default::default() }, kept: Mutex::default() }
    }

    /// The portal's folder.
    pub fn root(&self) -> &Path {
        &self.files.root
    }

    /// A cleaned file; none where it cannot be read or is no image although it says so.
    pub fn get(&self, path: &str) -> Option<Arc<Cleaned>> {
        let stamp = self.stamp(path)?;
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, cleaned)) = lock().files.get(path)
            && *known == stamp
        {
            return Some(cleaned.clone());
        }
        let cleaned = Arc::new(clean(path, self.files.read(path).ok()?)?);
        let mut kept = lock();
        let size = cleaned.bytes.len() as u64;
        if kept.bytes + size > MOST {
            *kept = Kept::default();
        }
        kept.bytes += size;
        kept.files.insert(path.to_owned(), (stamp, cleaned.clone()));
        Some(cleaned)
    }

    /// Width and height of images by path.
    pub fn sizes(&self, media: &[MediaFile]) -> HashMap<String, (u32, u32)> {
        let images = media.par_iter().filter(|m| is_image(&m.path));
        images.filter_map(|m| Some((m.path.clone(), self.get(&m.path)?.size?))).collect()
    }

    /// Changes when any of these files does.
    pub fn hash(&self, media: &[MediaFile]) -> blake3::Hash {
        let mut hash = blake3::Hasher::new();
        for file in media {
            hash.update(file.path.as_bytes());
            hash.update(format!("{:?}", self.stamp(&file.path)).as_bytes());
        }
        hash.finalize()
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let metadata = std::fs::metadata(self.files.root.join("content").join(path)).ok()?;
        metadata.is_file().then(|| (metadata.len(), metadata.modified().ok()))
    }
}

impl Files for Media {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        self.files.read(path)
    }
}
