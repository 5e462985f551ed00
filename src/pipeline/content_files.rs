//! The files of a portal's `content/`, and what is made of their pictures.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::html::Files;
use crate::model::config::Limits;
use crate::{cache, content};

/// Media files on disk.
#[derive(Debug)]
pub struct ContentFiles {
    /// The portal's folder.
    pub root: PathBuf,
    /// Greatest sizes.
    pub limits: Limits,
    /// Pictures that this build made smaller, or found made.
    pictures: Mutex<Vec<cache::Fingerprint>>,
}

/// Where smaller pictures are kept between builds.
const PICTURES: &str = "pictures";

impl ContentFiles {
    /// The files of the portal in a folder.
    #[must_use]
    pub fn new(root: &Path, limits: Limits) -> ContentFiles {
        ContentFiles { root: root.to_path_buf(), limits, pictures: Mutex::default() }
    }

    /// Forgets the pictures of earlier builds that this one had no use for.
    pub(super) fn forget_others(&self) {
        let kept = self.pictures.lock().unwrap_or_else(PoisonError::into_inner).clone();
        cache::Store::new(&self.root, PICTURES).keep_only(kept);
    }
}

impl Files for ContentFiles {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        content::files::Reader::new(&self.root, self.limits.clone()).bytes(&format!("content/{path}"))
    }

    fn kept(&self, bytes: &[u8], make: &dyn Fn() -> Vec<u8>) -> Vec<u8> {
        let (store, key) = (cache::Store::new(&self.root, PICTURES), cache::Fingerprint::of(bytes));
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner).push(key);
        store.get(key).unwrap_or_else(|| {
            let made = make();
            store.put(key, &[&made]);
            made
        })
    }
}
