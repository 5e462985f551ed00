//! Cleaned media files, cached while the file on disk does not change.

use crate::cache::FileState;
use crate::html::Files;
use crate::html::media::{Cleaned, clean, is_image};
use crate::model::MediaFile;
use crate::pipeline::ContentFiles;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Greatest total size of cached files in bytes.
const MOST: u64 = 200_000_000;

#[derive(Debug, Default)]
struct MediaCache {
    files: HashMap<String, (FileState, Arc<Cleaned>)>,
    bytes: u64,
}

/// The media of a portal.
#[derive(Debug)]
pub struct Media {
    files: ContentFiles,
    cache: Mutex<MediaCache>,
}

impl Media {
    /// Media below the portal's content folder.
    pub fn new(root: &Path) -> Media {
        Media { files: ContentFiles::new(root, Default::default()), cache: Mutex::default() }
    }

    /// The portal's folder.
    pub fn root(&self) -> &Path {
        &self.files.root
    }

    /// A cleaned file; none where it cannot be read or is no image although it says so.
    pub fn get(&self, path: &str) -> Option<Arc<Cleaned>> {
        let state = self.state(path)?;
        let lock = || self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, cleaned)) = lock().files.get(path)
            && *known == state
        {
            return Some(cleaned.clone());
        }
        let cleaned = Arc::new(clean(path, self.files.read(path).ok()?)?);
        let mut cache = lock();
        let size = cleaned.bytes.len() as u64;
        if cache.bytes + size > MOST {
            *cache = MediaCache::default();
        }
        cache.bytes += size;
        cache.files.insert(path.to_owned(), (state, cleaned.clone()));
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
            hash.update(format!("{:?}", self.state(&file.path)).as_bytes());
        }
        hash.finalize()
    }

    fn state(&self, path: &str) -> Option<FileState> {
        let metadata = std::fs::metadata(self.files.root.join("content").join(path)).ok()?;
        metadata.is_file().then(|| FileState::of(&metadata))
    }
}

impl Files for Media {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        self.files.read(path)
    }
}
