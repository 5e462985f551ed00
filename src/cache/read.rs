//! Opening a file that may be anything: what stands under a name is not always a file.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Why something is not read that is neither a file nor a folder, in Thai and in English.
pub(crate) const NO_FILE: (&str, &str) = ("ไม่ใช่ไฟล์ธรรมดา", "neither a file nor a folder");

/// Whether a name that is a link may be opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    /// What it leads to is opened.
    Follow,
    /// It is an error.
    Refuse,
}

/// Opens a plain file; no pipe, device or socket, and without waiting for one.
///
/// # Errors
/// What the system says; [`ErrorKind::InvalidInput`] with [`NO_FILE`] for anything but a file.
pub(crate) fn open_plain(path: &Path, links: Links) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let refuse = if links == Links::Refuse { rustix::fs::OFlags::NOFOLLOW } else { rustix::fs::OFlags::empty() };
        options.custom_flags((rustix::fs::OFlags::NONBLOCK | refuse).bits() as i32);
    }
    #[cfg(not(unix))]
    let _ = links;
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::new(ErrorKind::InvalidInput, NO_FILE.1)),
    }
}

/// The bytes of a plain file.
///
/// # Errors
/// As [`open_plain`].
pub(crate) fn read_plain(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_plain(path, Links::Follow)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a plain file.
///
/// # Errors
/// As [`open_plain`], and bytes that are no UTF-8.
pub(crate) fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read_plain(path)?).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_files_is_read_and_nothing_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let (pipe, file, link) = (dir.path().join("pipe"), dir.path().join("file"), dir.path().join("link"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        fs::write(&file, "ก").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        for path in [pipe.as_path(), dir.path(), Path::new("/dev/zero")] {
            assert!(read_plain(path).is_err(), "{}", path.display());
        }
        assert_eq!(read_text(&link).unwrap(), "ก");
        assert!(open_plain(&link, Links::Refuse).is_err());
    }
}
