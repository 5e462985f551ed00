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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
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
        Ok(read(&folder.join(MANIFEST))?.map(|files| Manifest { files: files.into_iter().collect() }))
    }

    /// The manifest as text.
    #[must_use]
    pub(super) fn to_text(&self) -> String {
        to_text(&self.files)
    }
}

/// Reads a list of files as a manifest is written; `None` when there is none.
///
/// # Errors
/// An unreadable or damaged list.
pub(super) fn read(path: &Path) -> Result<Option<Vec<(String, Record)>>, PublishError> {
    // A link could lead to the manifest of another folder.
    if std::fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(PublishError::BadManifest(path.to_owned()));
    }
    let text = match read_plain(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| PublishError::BadManifest(path.to_owned()))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(PublishError::Io(path.to_owned(), error)),
    };
    parse(&text).map(Some).ok_or_else(|| PublishError::BadManifest(path.to_owned()))
}

/// Parses such a list; `None` when it is damaged.
fn parse(text: &str) -> Option<Vec<(String, Record)>> {
    let mut lines = text.lines();
    if lines.next() != Some(HEAD) {
        return None;
    }
    let file = |line: &str| {
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
        Some((path.to_owned(), Record { hash: bytes, size: size.parse().ok()? }))
    };
    lines.map(file).collect()
}

/// A list of files as text.
pub(super) fn to_text<'f>(files: impl IntoIterator<Item = (&'f String, &'f Record)>) -> String {
    use std::fmt::Write;
    let mut out = format!("{HEAD}\n");
    for (path, record) in files {
        for byte in record.hash {
            let _ = write!(out, "{byte:02x}");
        }
        let _ = writeln!(out, " {} {path}", record.size);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let mut manifest = Manifest::default();
        manifest.files.insert("a/ข b.html".into(), Record::of(b"x"));
        manifest.files.insert("index.html".into(), Record::of(b""));
        assert_eq!(parse(&manifest.to_text()), Some(manifest.files.into_iter().collect()));
        assert_eq!(parse("x"), None);
        assert_eq!(parse("sala-manifest 1\nzz 1 ../a"), None);
    }
}
