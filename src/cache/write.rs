//! Replacing a file in one step.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// Writes a file in one step, with its folders: whoever reads it sees the old bytes or the new ones, also after a
/// power cut or on a full disk. The new file has the permissions of the old one. A link is replaced, not followed.
///
/// # Errors
/// What the system says; an old file is then as it was, and nothing is left next to it.
pub(crate) fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file);
    let file = complete(path, bytes)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(path)?;
    sync_folder(path)
}

/// Writes a file that does not exist yet, in one step and with its folders.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where there is something of that name, which stays as it is; else what the
/// system says, and no file is left.
pub(crate) fn create_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    complete(path, bytes)?.persist_noclobber(path)?;
    sync_folder(path)
}

/// The complete file under a temporary name in the folder of `path`; it is removed when it is dropped.
pub(crate) fn complete(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = folder(path);
    fs::create_dir_all(folder)?;
    complete_in(folder, bytes)
}

/// As [`complete`], in a folder that is there.
pub(crate) fn complete_in(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sala-").suffix(".new");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file, the user's umask decides who may read it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Exchanges two files or two folders in one step; false when the system cannot.
///
/// # Errors
/// What the system says; both are then as they were.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(crate) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Other systems cannot.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(crate) fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Removes what a command that was killed left of [`complete`] in a folder. What is young may be that of another command.
pub(crate) fn sweep(folder: &Path) {
    const OLD: std::time::Duration = std::time::Duration::from_secs(60);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(".sala-") && name.ends_with(".new"));
        let meta = entry.metadata().ok().filter(|meta| is_ours && meta.is_file());
        let age = meta.and_then(|meta| meta.modified().ok()?.elapsed().ok());
        if age.is_some_and(|age| age > OLD) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the new name itself durable.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    fs::File::open(folder(path))?.sync_all()
}

/// Other systems do not open folders; they write names by themselves.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_whole_files_and_leaves_nothing_beside_them() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b.md");
        write_atomic(&path, b"one").unwrap();
        write_atomic(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(create_new(&path, b"three").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        create_new(&dir.path().join("a/c.md"), b"three").unwrap();
        assert_eq!(names(&dir.path().join("a")), ["b.md", "c.md"]);
        // A folder in the way is an error, and nothing is left next to it.
        assert!(write_atomic(&dir.path().join("a"), b"x").is_err());
        assert_eq!(names(dir.path()), ["a"]);
    }

    #[test]
    fn what_a_killed_command_left_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(600);
        for (name, is_old) in [(".sala-a.new", true), (".sala-b.new", false), ("c.new", true), (".sala-d", true)] {
            let file = fs::File::create(dir.path().join(name)).unwrap();
            file.set_modified(if is_old { long_ago } else { std::time::SystemTime::now() }).unwrap();
        }
        sweep(dir.path());
        assert_eq!(names(dir.path()), [".sala-b.new", ".sala-d", "c.new"]);
        sweep(&dir.path().join("none"));
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_links_are_not_followed() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let (own, link) = (dir.path().join("own"), dir.path().join("link"));
        fs::write(&own, "own").unwrap();
        fs::set_permissions(&own, fs::Permissions::from_mode(0o640)).unwrap();
        write_atomic(&own, b"new").unwrap();
        assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o640);
        std::os::unix::fs::symlink(&own, &link).unwrap();
        write_atomic(&link, b"other").unwrap();
        assert_eq!((fs::read(&own).unwrap(), fs::read(&link).unwrap()), (b"new".to_vec(), b"other".to_vec()));
        assert_eq!(create_new(&dir.path().join("own"), b"").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }
}
