//! One build at a time. The lock belongs to the process: when it dies, the system releases it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::error::{PublishError, UnsafeFolder};

/// A held lock; released on drop.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock file at `path`, which also says the process id.
    ///
    /// # Errors
    /// [`PublishError::Locked`] when a living process holds it; an input or output error.
    pub(super) fn acquire(path: &Path) -> Result<Self, PublishError> {
        // The file may be removed by its last holder between open and lock: then try again.
        for _ in 0..16 {
            let mut file = open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut text = String::new();
                    let _ = file.read_to_string(&mut text);
                    return Err(PublishError::Locked(path.to_owned(), text.trim().parse().ok()));
                }
                // A file system without locks: better to build than to refuse.
                Err(TryLockError::Error(e)) if e.kind() == std::io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(e)) => return Err(PublishError::Io(path.to_owned(), e)),
            }
            if !same_file(&file, path) {
                continue;
            }
            let mut text = String::new();
            let read = (&mut file).take(32).read_to_string(&mut text);
            // A lock holds a process id or nothing; anything else is somebody's own file.
            if read.is_err() || !text.trim().bytes().all(|b| b.is_ascii_digit()) {
                return Err(PublishError::NotMadeHere(path.to_owned()));
            }
            let _ = file.rewind();
            let _ = file.set_len(0);
            let _ = write!(file, "{}", std::process::id());
            return Ok(Lock { file, path: path.to_owned() });
        }
        Err(PublishError::Locked(path.to_owned(), None))
    }
}

/// Opens the lock file, made when it is missing. A link in its place is not followed.
fn open(path: &Path) -> Result<File, PublishError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits() as i32);
    }
    let refused = |why| PublishError::Refused(why, path.to_owned());
    let file = options.open(path).map_err(|error| match std::fs::symlink_metadata(path) {
        Ok(there) if there.is_symlink() => refused(UnsafeFolder::Symlink),
        _ => PublishError::Io(path.to_owned(), error),
    })?;
    let plain = file.metadata().map_err(PublishError::io(path))?.is_file();
    if plain { Ok(file) } else { Err(PublishError::NotMadeHere(path.to_owned())) }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(a), Ok(b)) => a.ino() == b.ino() && a.dev() == b.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
