//! The cache on disk: `.sala/cache/files`.
//!
//! A line that names the format, a BLAKE3 hash of the rest, then what each file became. A file that is damaged, of
//! another program or of another format is as good as none. It holds internal content: it lies in the portal's own
//! `.sala` folder, which no output may touch and nothing publishes.

use super::cache::{Became, Bytes, Cache, Known};
use super::stamp::Stamp;
use crate::model::{Entry, Facts, Hash};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const HEAD: &[u8] = b"sala-files 1\n";

/// Where the caches of a portal are.
pub fn folder(root: &Path) -> PathBuf {
    root.join(".sala").join("cache")
}

#[derive(Serialize, Deserialize)]
struct Index {
    key: Hash,
    files: Vec<Line>,
    /// Bytes of everything that follows the index.
    bytes: usize,
}

#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    stamp: Option<Stamp>,
    hash: Hash,
    length: usize,
    size: usize,
}

/// What one file became; facts without findings are an outline.
#[derive(Serialize, Deserialize)]
struct Body {
    entry: Option<Entry>,
    facts: Option<Facts>,
}

/// Reads bytes of the cache; none where they make no sense.
pub(super) fn unpack(bytes: &[u8]) -> Option<Became> {
    let body: Body = postcard::from_bytes(bytes).ok()?;
    Some(Became { entry: body.entry, facts: body.facts.map(Arc::new) })
}

/// What a file became in bytes; none where there is more to say about it than its outline.
pub(super) fn pack(entry: &Option<Entry>, facts: Option<&Facts>) -> Option<Vec<u8>> {
    #[derive(Serialize)]
    struct Borrowed<'a> {
        entry: &'a Option<Entry>,
        facts: Option<&'a Facts>,
    }
    let clean = facts.is_none_or(|f| f.damage.is_empty() && f.personal.is_empty());
    clean.then(|| to_bytes(&Borrowed { entry, facts })).flatten()
}

/// Collects what postcard writes.
struct Collected(Vec<u8>);

impl postcard::ser_flavors::Flavor for Collected {
    type Output = Vec<u8>;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

/// A value in the compact form of postcard.
pub fn to_bytes<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    postcard::serialize_with_flavor(value, Collected(Vec::new())).ok()
}

/// Bytes of a cache file after its head and hash, if both are right.
pub fn checked<'a>(bytes: &'a [u8], head: &[u8]) -> Option<&'a [u8]> {
    let rest = bytes.strip_prefix(head)?;
    let (hash, rest) = rest.split_at_checked(16)?;
    (crate::model::facts::hash(rest) == *hash).then_some(rest)
}

/// Writes a cache file in one step; a failure leaves the old one and matters to nobody.
pub fn write(path: &Path, head: &[u8], parts: &[&[u8]]) -> std::io::Result<()> {
    let mut hasher = blake3::Hasher::new();
    parts.iter().for_each(|part| {
        hasher.update(part);
    });
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let new = path.with_extension(format!("{}.new", std::process::id()));
    let written = (|| {
        let mut file = std::io::BufWriter::new(std::fs::File::create(&new)?);
        file.write_all(head)?;
        file.write_all(&hasher.finalize().as_bytes()[..16])?;
        for part in parts {
            file.write_all(part)?;
        }
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        std::fs::rename(&new, path)
    })();
    written.inspect_err(|_| {
        let _ = std::fs::remove_file(&new);
    })
}

impl Cache {
    /// The cache of a portal; empty where there is none that fits.
    pub fn open(root: &Path) -> Cache {
        let mut cache = Cache::enabled();
        let Ok(bytes) = std::fs::read(folder(root).join("files")) else {
            return cache;
        };
        let Some(rest) = checked(&bytes, HEAD) else {
            return cache;
        };
        let Ok((index, rest)) = postcard::take_from_bytes::<Index>(rest) else {
            return cache;
        };
        if rest.len() != index.bytes {
            return cache;
        }
        let mut at = bytes.len() - rest.len();
        cache.key = index.key;
        cache.files.reserve(index.files.len());
        for line in index.files {
            let end = at.saturating_add(line.size);
            cache.files.insert(
                line.path,
                Known {
                    stamp: line.stamp,
                    hash: line.hash,
                    length: line.length,
                    text: None,
                    bytes: Bytes::At(at..end),
                },
            );
            at = end;
        }
        cache.packed = bytes;
        cache
    }

    /// Writes the cache of a portal, if enough changed since it was opened, and empties it.
    ///
    /// # Errors
    /// What the system says; the old file is then as it was.
    pub fn save(&mut self, root: &Path) -> std::io::Result<()> {
        let saved = match self.wants_saving() {
            true => self.write(root),
            false => Ok(()),
        };
        self.files = Default::default();
        self.packed = Vec::new();
        saved
    }

    fn write(&self, root: &Path) -> std::io::Result<()> {
        let mut paths: Vec<&String> = self.files.keys().collect();
        paths.sort_unstable();
        let (mut files, mut parts, mut total) = (Vec::new(), Vec::new(), 0);
        for path in paths {
            let known = &self.files[path];
            let bytes = self.bytes(&known.bytes);
            total += bytes.len();
            parts.push(bytes);
            files.push(Line {
                path: path.clone(),
                stamp: known.stamp,
                hash: known.hash,
                length: known.length,
                size: bytes.len(),
            });
        }
        let index = Index { key: self.key, files, bytes: total };
        let index = to_bytes(&index).ok_or(std::io::ErrorKind::InvalidData)?;
        parts.insert(0, &index);
        write(&folder(root).join("files"), HEAD, &parts)
    }
}
