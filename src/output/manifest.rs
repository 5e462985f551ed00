//! The manifest: what Sala wrote into an output folder, with sizes and hashes.
//!
//! A text file, one line a file, sorted: `<hash> <size> <path>`. It holds nothing but what is
//! public already, and no times, so that two builds give the same bytes.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::PublishError;
use crate::cache::read_plain;

/// Name of the manifest in the output folder.
pub const MANIFEST: &str = ".sala-manifest";
const HEAD: &str = "sala-manifest 1";

/// One file of the manifest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// First 16 bytes of the BLAKE3 hash.
    pub hash: [u8; 16],
    /// Size in bytes.
    pub size: u64,
}

impl Record {
    /// The record of some bytes.
    #[must_use]
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut hash = [0; 16];
        hash.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
        Record { hash, size: bytes.len() as u64 }
    }
}

/// Files of an output folder by address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// Records by address.
    pub files: BTreeMap<String, Record>,
}

impl Manifest {
    /// Reads the manifest of a folder; `None` when there is none.
    ///
    /// # Errors
    /// An unreadable or damaged manifest.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, PublishError> {
        Self::read_named(folder, MANIFEST)
    }

    /// As [`Manifest::read`], under another name.
    ///
    /// # Errors
    /// As [`Manifest::read`].
    pub(super) fn read_named(folder: &Path, name: &str) -> Result<Option<Self>, PublishError> {
        let path = folder.join(name);
        // A link could lead to the manifest of another folder.
        if std::fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
            return Err(PublishError::BadManifest(path));
        }
        let text = match read_plain(&path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| PublishError::BadManifest(path.clone()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PublishError::Io(path, error)),
        };
        Self::parse(&text).map(Some).ok_or(PublishError::BadManifest(path))
    }

    /// Parses a manifest; `None` when it is damaged.
    #[must_use]
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in lines {
            let (hash, rest) = line.split_once(' ')?;
            let (size, path) = rest.split_once(' ')?;
            super::path::check_path(path).ok()?;
            let mut bytes = [0; 16];
            if hash.len() != 32 || !hash.is_ascii() {
                return None;
            }
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = u8::from_str_radix(&hash[at * 2..at * 2 + 2], 16).ok()?;
            }
            files.insert(path.to_owned(), Record { hash: bytes, size: size.parse().ok()? });
        }
        Some(Manifest { files })
    }

    /// The manifest as text.
    #[must_use]
    pub(super) fn to_text(&self) -> String {
        use std::fmt::Write;
        let mut out = String::with_capacity(64 + self.files.len() * 80);
        out.push_str(HEAD);
        out.push('\n');
        for (path, record) in &self.files {
            for byte in record.hash {
                let _ = write!(out, "{byte:02x}");
            }
            let _ = writeln!(out, " {} {path}", record.size);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let mut manifest = Manifest::default();
        manifest.files.insert("a/ข b.html".into(), Record::of(b"x"));
        manifest.files.insert("index.html".into(), Record::of(b""));
        assert_eq!(Manifest::parse(&manifest.to_text()), Some(manifest));
        assert_eq!(Manifest::parse("x"), None);
        assert_eq!(Manifest::parse("sala-manifest 1\nzz 1 ../a"), None);
    }
}
