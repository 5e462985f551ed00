//! Files that are made from the schema in a folder that somebody names: nothing that Sala did not make is replaced.

use super::files::Changes;
use super::journal::{forget, read, within};
use crate::cache::{read_plain, read_text};
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

/// Writes the files that differ, all of them or none; gives their paths. What lies in the portal can be taken back with
/// `sala undo`, which names the command; elsewhere no journal is left, and what the command before it wrote can no longer
/// be taken back. A link in the place of a file goes first.
///
/// # Errors
/// What the system says; all files but such links are then as they were.
pub(crate) fn refresh(
    portal: &Path,
    base: &Path,
    files: &[(String, String)],
    command: &str,
) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(base)?;
    // Both by their true places: what somebody names is relative to where the program was started.
    let (root, base) = (portal.canonicalize()?, base.canonicalize()?);
    let is_own = within(&root, &base.join("file")).is_ok();
    let root = if is_own { root } else { base.clone() };
    let mut changes = Changes::new(&root);
    let mut written = Vec::new();
    for (name, text) in files {
        let path = base.join(name);
        // A link was refused, or is replaced by the user's will: what it names is not written.
        if path.is_symlink() {
            fs::remove_file(&path)?;
        }
        match read(&path)? {
            Some(old) if old == text.as_bytes() => continue,
            Some(old) => changes.replace(&path, old, text.as_bytes()),
            None => changes.create(&path, text.as_bytes()),
        }
        written.push(path);
    }
    if is_own {
        changes.apply(command)?;
    } else if !written.is_empty() {
        changes.apply_without_undo()?;
        // Else `undo` would take back the command before this one.
        forget(portal);
    }
    Ok(written)
}
