//! Files that are made from the schema in a folder that somebody names: nothing that Sala did not make is replaced.

use super::journal::within;
use crate::cache::{read_plain, read_text, write_atomic};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The first place of generated files that holds something that Sala did not make: a link, a folder, another text in a
/// folder where the file `mark.0` does not hold the words `mark.1`, or whatever a link on the way leads to.
pub(crate) fn foreign(base: &Path, files: &[(String, String)], mark: (&str, &str)) -> Option<PathBuf> {
    let own = read_text(&base.join(mark.0)).is_ok_and(|text| text.contains(mark.1));
    let is_foreign = |(path, text): &(PathBuf, &String)| {
        let Ok(there) = fs::symlink_metadata(path) else { return base.exists() && within(base, path).is_err() };
        if within(base, path).is_err() {
            return true;
        }
        !there.is_file() || !own && read_plain(path).is_ok_and(|old| old != text.as_bytes())
    };
    files.iter().map(|(name, text)| (base.join(name), text)).find(is_foreign).map(|(path, _)| path)
}

/// Writes a generated file only where it differs; says whether it did.
pub(crate) fn refresh(path: &Path, text: &str) -> io::Result<bool> {
    if read_plain(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(false);
    }
    write_atomic(path, text.as_bytes())?;
    Ok(true)
}
