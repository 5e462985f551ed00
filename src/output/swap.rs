//! The exchange of old and new, and the repair of what a killed build left.
//!
//! OutputPaths the output `site` there may be `.site.sala-new` (being built, or the old site after an
//! exchange) and `.site.sala-old` (the old site between two renames).

use std::path::{Path, PathBuf};

use super::error::{PublishError, UnsafeFolder};
use super::manifest::MANIFEST;
use crate::cache::exchange;

/// Marks a folder that is being built.
pub(super) const BUILDING: &str = ".sala-building";

/// Paths next to the output.
#[derive(Debug, Clone)]
pub(super) struct OutputPaths {
    pub out: PathBuf,
    pub new: PathBuf,
    pub old: PathBuf,
    pub lock: PathBuf,
}

impl OutputPaths {
    pub(super) fn of(out: &Path) -> Self {
        let name = out.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let sibling = |end: &str| out.with_file_name(format!(".{name}.sala-{end}"));
        OutputPaths { out: out.to_owned(), new: sibling("new"), old: sibling("old"), lock: sibling("lock") }
    }

    /// Repairs the state after a killed build; the lock is held.
    pub(super) fn recover(&self) -> Result<(), PublishError> {
        if exists(&self.old) {
            plain_folder(&self.old)?;
            if exists(&self.out) {
                remove_ours(&self.old)?;
            } else {
                // Killed between the two renames: the old site comes back.
                std::fs::rename(&self.old, &self.out).map_err(PublishError::io(&self.out))?;
            }
        }
        if exists(&self.new) {
            remove_ours(&self.new)?;
        }
        Ok(())
    }

    /// Puts the finished folder in place of the old one; the old one is then at the given path.
    pub(super) fn swap(&self, out_exists: bool) -> Result<Option<PathBuf>, PublishError> {
        plain_folder(&self.new)?;
        if !out_exists {
            rename(&self.new, &self.out).map_err(PublishError::io(&self.out))?;
            return Ok(None);
        }
        if exchange(&self.new, &self.out).map_err(PublishError::io(&self.out))? {
            return Ok(Some(self.new.clone()));
        }
        rename(&self.out, &self.old).map_err(PublishError::io(&self.out))?;
        if let Err(error) = rename(&self.new, &self.out) {
            let _ = rename(&self.old, &self.out);
            return Err(PublishError::Io(self.out.clone(), error));
        }
        Ok(Some(self.old.clone()))
    }
}

fn exists(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Refuses a link, or what is no folder: the names next to an output can be guessed by others.
fn plain_folder(path: &Path) -> Result<(), PublishError> {
    let there = std::fs::symlink_metadata(path).map_err(PublishError::io(path))?;
    match (there.is_symlink(), there.is_dir()) {
        (true, _) => Err(PublishError::Refused(UnsafeFolder::Symlink, path.to_owned())),
        (_, false) => Err(PublishError::Refused(UnsafeFolder::NotAFolder, path.to_owned())),
        _ => Ok(()),
    }
}

/// Removes a leftover folder, only when it bears a mark of Sala or is empty.
fn remove_ours(path: &Path) -> Result<(), PublishError> {
    plain_folder(path)?;
    let marked = |name| std::fs::symlink_metadata(path.join(name)).is_ok_and(|there| there.is_file());
    if marked(BUILDING) || marked(MANIFEST) {
        remove_tree(path)
    } else {
        std::fs::remove_dir(path).map_err(PublishError::io(path))
    }
}

/// Removes a folder with everything in it, its subfolders in parallel. Links are not followed.
pub(super) fn remove_tree(path: &Path) -> Result<(), PublishError> {
    use rayon::prelude::*;
    // Somebody may have put a link in its place while it was built.
    plain_folder(path)?;
    let entries: Vec<_> = std::fs::read_dir(path).map_err(PublishError::io(path))?.flatten().collect();
    entries.par_iter().for_each(|entry| {
        let _ = match entry.file_type() {
            Ok(kind) if kind.is_dir() => std::fs::remove_dir_all(entry.path()),
            _ if is_mark(&entry.path()) => Ok(()),
            _ => std::fs::remove_file(entry.path()),
        };
    });
    // The marks go last, so that a killed removal is recognised.
    std::fs::remove_dir_all(path).map_err(PublishError::io(path))
}

fn is_mark(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n == BUILDING || n == MANIFEST)
}

/// Renames a folder. On Windows a program that holds a file of it open for a moment (a virus scanner, the Explorer) makes
/// that fail: it is tried again for two seconds.
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    let tries = if cfg!(windows) { 20 } else { 1 };
    patiently(tries, std::time::Duration::from_millis(100), || std::fs::rename(from, to))
}

/// Tries an action so many times while it is refused, with a pause between.
fn patiently(
    tries: u32,
    pause: std::time::Duration,
    mut action: impl FnMut() -> std::io::Result<()>,
) -> std::io::Result<()> {
    for _ in 1..tries {
        match action() {
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => std::thread::sleep(pause),
            done => return done,
        }
    }
    action()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};
    use std::time::Duration;

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_folder_is_neither_emptied_nor_published() {
        let dir = tempfile::tempdir().unwrap();
        let other = dir.path().join("other");
        std::fs::create_dir(&other).unwrap();
        std::fs::write(other.join("mine"), "x").unwrap();
        let paths = OutputPaths::of(&dir.path().join("site"));
        std::os::unix::fs::symlink(&other, &paths.new).unwrap();
        assert!(remove_tree(&paths.new).is_err() && paths.swap(false).is_err());
        assert_eq!(std::fs::read_to_string(other.join("mine")).unwrap(), "x");
        assert!(std::fs::symlink_metadata(&paths.out).is_err());
    }

    #[test]
    fn what_is_refused_is_tried_again_and_what_fails_is_not() {
        let mut left = 2;
        let done = patiently(3, Duration::ZERO, || match left {
            0 => Ok(()),
            _ => {
                left -= 1;
                Err(Error::from(ErrorKind::PermissionDenied))
            }
        });
        assert!(done.is_ok());
        let mut count = 0;
        let failed = patiently(3, Duration::ZERO, || {
            count += 1;
            Err(Error::from(ErrorKind::NotFound))
        });
        assert!(failed.is_err() && count == 1);
        let refused = patiently(3, Duration::ZERO, || Err(Error::from(ErrorKind::PermissionDenied)));
        assert_eq!(refused.map_err(|e| e.kind()), Err(ErrorKind::PermissionDenied));
    }
}
