//! Files that are written where a person says: a handout, a bundle. Nothing is replaced that Sala did not make.

use super::error::{PublishError, UnsafeFolder};
use super::guard::ProtectedPaths;
use super::manifest::{Manifest, Record};
use crate::cache::{read_plain, write_atomic};
use std::path::{Component, Path, PathBuf};

/// Name of the list of files that Sala made in a folder of somebody else.
const LIST: &str = ".sala-made";

/// Where a folder truly is, which need not exist. What leads back out of a folder that is not there (`x/../y`) leads on
/// from the folder around it.
///
/// # Errors
/// The folder is, or lies in, a source of the portal, or is no folder.
pub(crate) fn place(folder: &Path, protected: &ProtectedPaths) -> Result<PathBuf, PublishError> {
    let absolute = std::path::absolute(folder).map_err(PublishError::io(folder))?;
    let mut real = PathBuf::new();
    for part in absolute.components() {
        if part == Component::ParentDir {
            real.pop();
        } else {
            real.push(part);
            real = real.canonicalize().unwrap_or(real);
        }
    }
    let source = |s: &PathBuf| real.starts_with(s.canonicalize().unwrap_or_else(|_| s.clone()));
    if protected.sources.iter().any(source) {
        return Err(PublishError::Refused(UnsafeFolder::InsideSource, folder.to_owned()));
    }
    if real.exists() && !real.is_dir() {
        return Err(PublishError::Refused(UnsafeFolder::NotAFolder, folder.to_owned()));
    }
    Ok(real)
}

/// A folder as somebody named it; by its place where the name leads back out of a folder that is not there.
pub(crate) fn named(folder: &Path, place: PathBuf) -> PathBuf {
    let mut walked = PathBuf::new();
    for part in folder.components() {
        if part == Component::ParentDir && !walked.as_os_str().is_empty() && !walked.exists() {
            return place;
        }
        walked.push(part);
    }
    folder.to_owned()
}

/// A folder with files of Sala among others.
#[derive(Debug)]
pub struct Target {
    folder: PathBuf,
    made: Manifest,
    force: bool,
}

impl Target {
    /// Opens a folder, which need not exist. With `force` other files are replaced as well.
    ///
    /// # Errors
    /// The folder is a source of the portal, is no folder, or its list cannot be read.
    pub fn open(folder: &Path, protected: &ProtectedPaths, force: bool) -> Result<Target, PublishError> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let real = place(folder, protected)?;
        let made = Manifest::read_named(&real, LIST)?.unwrap_or_default();
        Ok(Target { folder: named(folder, real), made, force })
    }

    /// Whether a file of this name may be written.
    ///
    /// # Errors
    /// Something that Sala did not make, or that somebody changed since, is there.
    pub fn check(&self, name: &str) -> Result<(), PublishError> {
        let path = self.folder.join(name);
        let there = match std::fs::symlink_metadata(&path) {
            Ok(there) => there,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(PublishError::Io(path, error)),
        };
        let own = |record: &Record| {
            there.is_file()
                && there.len() == record.size
                && read_plain(&path).is_ok_and(|bytes| Record::of(&bytes) == *record)
        };
        let mut records = [name.to_owned(), coming(name)].into_iter().filter_map(|name| self.made.files.get(&name));
        let good = !name.is_empty() && !there.is_dir() && (self.force || records.any(own));
        if good { Ok(()) } else { Err(PublishError::NotMadeHere(path)) }
    }

    /// Writes a file whole or not at all, in place of one that Sala made and nobody changed since. A link is
    /// replaced, never followed.
    ///
    /// # Errors
    /// As [`Target::check`], or a failing machine.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<PathBuf, PublishError> {
        self.check(name)?;
        let path = self.folder.join(name);
        // The list knows the file of before and the one to come, until that is there: whichever is found is Sala's own.
        self.made.files.insert(coming(name), Record::of(bytes));
        self.list()?;
        write_atomic(&path, bytes).map_err(PublishError::io(&path))?;
        self.made.files.remove(&coming(name));
        self.made.files.insert(name.to_owned(), Record::of(bytes));
        self.list()?;
        Ok(path)
    }

    fn list(&self) -> Result<(), PublishError> {
        let list = self.folder.join(LIST);
        write_atomic(&list, self.made.to_text().as_bytes()).map_err(PublishError::io(&list))
    }

    /// Files that Sala made here before, and that are still there, besides those of these names.
    pub fn others(&self, names: &[String]) -> Vec<PathBuf> {
        let others = self.made.files.keys().filter(|name| !names.contains(name)).map(|name| self.folder.join(name));
        others.filter(|path| path.symlink_metadata().is_ok()).collect()
    }
}

/// The name on the list of a file that is being written: no file can have it beside that one.
fn coming(name: &str) -> String {
    format!("{name}/coming")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_before_and_after_it_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let open = || Target::open(dir.path(), &ProtectedPaths::default(), false).unwrap();
        let mut target = open();
        target.write("a.pdf", b"old").unwrap();
        // Stopped between the list and the file: that of before is there, or the new one.
        target.made.files.insert(coming("a.pdf"), Record::of(b"new"));
        target.list().unwrap();
        for there in ["old", "new"] {
            std::fs::write(dir.path().join("a.pdf"), there).unwrap();
            open().check("a.pdf").unwrap();
        }
        std::fs::write(dir.path().join("a.pdf"), "other").unwrap();
        assert!(open().check("a.pdf").is_err());
    }
}
