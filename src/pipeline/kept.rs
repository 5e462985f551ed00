//! Pages of the last build that need not be made again: `.sala/cache/pages`.
//!
//! For every file of the site the cache holds what was read while it was made, the digests of these readings, and the
//! mark of the published file. A file is kept where the look and all digests are the same and the published file is
//! still the one that was written. The cache names one output folder; a build into another one starts afresh.

use crate::content::packed::{checked, folder, to_bytes, write};
use crate::html::former::{DigestOf, Former};
use crate::model::Hash;
use crate::model::facts::hash;
use crate::output::{Mark, Marks, Sink};
use crate::site::reads::Read;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

const HEAD: &[u8] = b"sala-pages 1\n";

/// Files that read no more than this together are made again sooner than the cache is written anew: what it says is
/// compared with the portal and with the published files, so an older one is as right, and keeps a little less.
const LITTLE: usize = 4000;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    look: Hash,
    /// Every reading with what it found; none where nobody can know.
    reads: Vec<(Read, Option<Hash>)>,
    /// In order of the paths.
    files: Vec<File>,
}

#[derive(Debug, Serialize, Deserialize)]
struct File {
    path: String,
    mark: Mark,
    /// Positions in the readings.
    reads: Vec<u32>,
}

/// The pages of the last build, and those of this one.
#[derive(Debug)]
pub struct Kept {
    salt: Hash,
    stored: Stored,
    now: OnceLock<Now>,
    /// Readings of the files that were made, and positions of those that were kept.
    made: Mutex<HashMap<String, Vec<Read>, ahash::RandomState>>,
    done: OnceLock<Stored>,
}

#[derive(Debug)]
struct Now {
    look: Hash,
    /// Per stored reading, whether it would find the same.
    same: Vec<bool>,
}

impl Kept {
    /// What is left of the last build of a portal into `out`; nothing where that cannot be used.
    pub fn open(root: &Path, out: &Path) -> Option<Kept> {
        let program = crate::content::stamp::program()?;
        let salt = hash(format!("{program:?} {out:?}").as_bytes());
        let bytes = std::fs::read(folder(root).join("pages")).unwrap_or_default();
        let stored: Stored = checked(&bytes, HEAD).and_then(|rest| postcard::from_bytes(rest).ok()).unwrap_or_default();
        Some(Kept { salt, stored, now: OnceLock::new(), made: Mutex::default(), done: OnceLock::new() })
    }

    /// Writes what the next build may use.
    ///
    /// # Errors
    /// What the system says.
    pub fn save(self, root: &Path, marks: Marks<'_>) -> std::io::Result<()> {
        let Some(mut stored) = self.done.into_inner() else {
            return Ok(());
        };
        stored.files.retain_mut(|file| match marks(&file.path) {
            Some(mark) => {
                file.mark = mark;
                true
            }
            None => false,
        });
        let bytes = to_bytes(&stored).ok_or(std::io::ErrorKind::InvalidData)?;
        write(&folder(root).join("pages"), HEAD, &[&bytes])
    }

    fn is_same(&self, file: &File) -> bool {
        let Some(now) = self.now.get() else {
            return false;
        };
        let same = |read: &u32| now.same.get(*read as usize).copied().unwrap_or(false);
        now.look == self.stored.look && file.reads.iter().all(same)
    }
}

impl Former for Kept {
    fn begin(&self, look: Hash, digest: DigestOf<'_>) {
        let look = hash(&[self.salt, look].concat());
        let reads = &self.stored.reads;
        let same = |(read, found): &(Read, Option<Hash>)| found.is_some() && digest(*read) == *found;
        let same = match look == self.stored.look {
            true => reads.par_iter().map(same).collect(),
            false => Vec::new(),
        };
        let _ = self.now.set(Now { look, same });
    }

    fn keep(&self, path: &str, sink: &dyn Sink) -> bool {
        let files = &self.stored.files;
        let Ok(place) = files.binary_search_by(|file| file.path.as_str().cmp(path)) else {
            return false;
        };
        let file = &files[place];
        // An error comes again when the file is put.
        self.is_same(file) && sink.keep(path, &file.mark).unwrap_or(false)
    }

    fn made(&self, path: &str, reads: Vec<Read>) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.insert(path.to_owned(), reads);
    }

    fn finish(&self, digest: DigestOf<'_>) {
        let made = std::mem::take(&mut *self.made.lock().unwrap_or_else(PoisonError::into_inner));
        let cost: usize = made.values().map(|reads| 10 + reads.len()).sum();
        let known = self.now.get().is_some_and(|now| now.look == self.stored.look);
        if known && cost < LITTLE {
            return;
        }
        let mut places: HashMap<Read, u32, ahash::RandomState> = HashMap::default();
        let mut reads: Vec<(Read, Option<Option<Hash>>)> = Vec::new();
        let mut files = Vec::with_capacity(made.len() + self.stored.files.len());
        let mut place = |read: Read, found: Option<Option<Hash>>| {
            *places.entry(read).or_insert_with(|| {
                reads.push((read, found));
                reads.len() as u32 - 1
            })
        };
        for file in &self.stored.files {
            if !made.contains_key(&file.path) && self.is_same(file) {
                // What it read is the same, and so is its digest.
                let stored = file.reads.iter().map(|r| self.stored.reads[*r as usize]);
                files.push(File {
                    path: file.path.clone(),
                    mark: file.mark,
                    reads: stored.map(|(read, found)| place(read, Some(found))).collect(),
                });
            }
        }
        // Marks are known after the commit; until then an old one or none.
        for (path, found) in made {
            files.push(File {
                path,
                mark: Mark::default(),
                reads: found.into_iter().map(|read| place(read, None)).collect(),
            });
        }
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let look = self.now.get().map_or_else(Hash::default, |now| now.look);
        let reads = reads.into_par_iter().map(|(read, found)| (read, found.unwrap_or_else(|| digest(read)))).collect();
        let _ = self.done.set(Stored { look, reads, files });
    }
}
