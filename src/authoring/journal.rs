//! The journal of what the last command of an author wrote, and the way back.
//!
//! Nothing is written outside the portal: not by way of a link, and not because a journal of somebody else says so.

use crate::cache::{Links, make_private, open_plain, write_atomic};
use crate::content::files::Outside;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Folder of the journal, in the portal.
pub(super) const JOURNAL: &str = ".sala/undo";
/// The journal of the command before, until the files of this one are in their places.
pub(super) const BEFORE: &str = ".sala/undo.old";
/// What says which kinds, fields and sections there are, and which are internal.
pub(super) const SCHEMA: &str = "content/_schema";
/// New texts that wait to be moved into their places; whoever holds the lock has it alone.
pub(super) const STAGED: &str = ".sala/new";
/// Locked while a journal and the files that it is about are written.
const LOCK: &str = ".sala/undo.lock";
/// The journal's list of files.
pub(super) const LIST: &str = "files.json";

/// A file of the journal.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Relative to the portal where it lies in it.
    pub(super) path: PathBuf,
    /// Whether there was a file before; its text is in the journal under its number.
    pub(super) existed: bool,
    /// Hash of what was written; empty where the file was removed.
    pub(super) written: String,
    /// Permissions that the file had.
    #[serde(default)]
    pub(super) mode: Option<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    /// The command.
    pub(super) command: String,
    pub(super) files: Vec<Entry>,
}

/// What became of the last command's files.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct UndoReport {
    /// The command.
    pub command: String,
    /// Files that are as they were before.
    pub restored: Vec<PathBuf>,
    /// Files that somebody has changed since, and that stay.
    pub kept: Vec<PathBuf>,
    /// Nothing was taken back: the command changed the schema, and what was written since goes with the new one.
    pub refused: bool,
}

/// Takes the files of the last command back; none where there is nothing to take back. A file that was changed since
/// then stays. Where a file went and its place is taken now, what the command made stays as well: the text of the one
/// may be nowhere but in the other.
///
/// # Errors
/// What the system says; the journal stays, so that it can be tried again.
pub(crate) fn undo(root: &Path) -> io::Result<Option<UndoReport>> {
    if !root.join(JOURNAL).join(LIST).exists() {
        return Ok(None);
    }
    let _lock = lock(root)?;
    let later = written_since(root)?;
    match later.is_empty() {
        true => take_back(root),
        false => Ok(Some(UndoReport { kept: later, refused: true, ..UndoReport::default() })),
    }
}

/// Where the command changed the schema: files that somebody changed since, and those in folders it made that it did not
/// write. The old schema may know nothing of them, and what it does not know is no longer held back.
fn written_since(root: &Path) -> io::Result<Vec<PathBuf>> {
    let place = root.join(JOURNAL);
    within(root, &place.join(LIST))?;
    let Some(list) = read(&place.join(LIST))? else { return Ok(Vec::new()) };
    let journal: Journal = serde_json::from_slice(&list)?;
    if journal.files.iter().all(|entry| !entry.path.starts_with(SCHEMA)) {
        return Ok(Vec::new());
    }
    let (mut later, mut folders) = (BTreeSet::new(), BTreeSet::new());
    let written: BTreeSet<&Path> = journal.files.iter().map(|entry| entry.path.as_path()).collect();
    for (number, entry) in journal.files.iter().enumerate() {
        let path = root.join(&entry.path);
        if within(root, &path).is_err() || path.is_symlink() {
            continue;
        }
        let now = read(&path)?;
        let old = if entry.existed { read(&place.join(number.to_string()))? } else { None };
        if now != old && now.as_deref().map(digest).unwrap_or_default() != entry.written {
            later.insert(entry.path.clone());
        }
        folders.extend(entry.path.parent().filter(|_| !entry.existed));
    }
    for folder in folders {
        for file in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
            let file = folder.join(file.file_name());
            // In the order of paths what lies in a folder comes right behind it.
            let next = written.range(file.as_path()..).next();
            if !next.is_some_and(|known| known.starts_with(&file)) {
                later.insert(file);
            }
        }
    }
    Ok(later.into_iter().collect())
}

/// Waits until no other command of this portal is writing, or taking back, its files.
pub(super) fn lock(root: &Path) -> io::Result<fs::File> {
    let path = root.join(LOCK);
    within(root, &path)?;
    // The journal holds texts of internal pages.
    make_private(path.parent().unwrap_or(root))?;
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK).bits() as i32);
    }
    let file = options.open(path)?;
    match file.lock() {
        // A file system without locks: better to write than to refuse.
        Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
        _ => Ok(file),
    }
}

/// Removes the journal, and its folder where nothing else is in it.
pub(super) fn forget(root: &Path) {
    drop(fs::remove_dir_all(root.join(JOURNAL)));
    drop(fs::remove_file(root.join(LOCK)));
    drop(root.join(LOCK).parent().map(fs::remove_dir));
}

/// [`undo`] for who holds the lock.
pub(super) fn take_back(root: &Path) -> io::Result<Option<UndoReport>> {
    let place = root.join(JOURNAL);
    within(root, &place.join(LIST))?;
    let Some(list) = read(&place.join(LIST))? else {
        return Ok(None);
    };
    let journal: Journal = serde_json::from_slice(&list)?;
    let mut undone = UndoReport { command: journal.command, ..UndoReport::default() };
    let is_taken = |(number, entry): (usize, &Entry)| -> io::Result<bool> {
        let went = entry.existed && entry.written.is_empty();
        let path = root.join(&entry.path);
        let now = if went && !path.is_symlink() { read(&path)? } else { None };
        Ok(now.is_some() && now != read(&place.join(number.to_string()))?)
    };
    let taken = journal.files.iter().enumerate().map(is_taken).collect::<io::Result<Vec<bool>>>()?.contains(&true);
    for (number, entry) in journal.files.iter().enumerate().rev() {
        let path = root.join(&entry.path);
        if within(root, &path).is_err() || path.is_symlink() {
            undone.kept.push(entry.path.clone());
            continue;
        }
        let old = if entry.existed { read(&place.join(number.to_string()))? } else { None };
        let now = read(&path)?;
        if now == old {
            continue;
        }
        if now.as_deref().map(digest).unwrap_or_default() != entry.written {
            undone.kept.push(entry.path.clone());
            continue;
        }
        match &old {
            Some(text) => {
                fs::create_dir_all(path.parent().unwrap_or(root))?;
                let was_there = now.is_some();
                write_atomic(&path, text)?;
                if !was_there {
                    set_mode(&path, entry.mode)?;
                }
            }
            None if taken => {
                undone.kept.push(entry.path.clone());
                continue;
            }
            None => remove(root, &path)?,
        }
        undone.restored.push(entry.path.clone());
    }
    undone.restored.reverse();
    fs::remove_dir_all(&place)?;
    Ok(Some(undone))
}

/// Refuses a path that does not lie in the portal, or only by way of a link, and one in the store of `git`: what stands
/// there can be a command.
pub(super) fn within(root: &Path, path: &Path) -> io::Result<()> {
    let outside = || io::Error::from(Outside);
    let climbs = |path: &Path| path.components().any(|part| part == Component::ParentDir);
    if climbs(path.strip_prefix(root).unwrap_or(path)) {
        return Err(outside());
    }
    let own = if root.as_os_str().is_empty() { Path::new(".") } else { root }.canonicalize()?;
    let mut folder = path.parent();
    while let Some(missing) = folder.filter(|folder| folder.symlink_metadata().is_err()) {
        folder = missing.parent().filter(|above| !above.as_os_str().is_empty());
    }
    let real = folder.map_or(Ok(own.clone()), Path::canonicalize).map_err(|_| outside())?;
    let below = real.strip_prefix(&own).map_err(|_| outside())?;
    let named = path.strip_prefix(root).unwrap_or(path);
    let is_git = |part: Component<'_>| part.as_os_str().eq_ignore_ascii_case(".git");
    if below.components().chain(named.components()).any(is_git) { Err(outside()) } else { Ok(()) }
}

/// Removes a file, and the folders above it that are empty then.
fn remove(root: &Path, path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    remove_empty(root, path);
    Ok(())
}

/// Removes the folders above a file that is gone, as far as they are empty.
pub(super) fn remove_empty(root: &Path, path: &Path) {
    let mut folder = path.parent();
    while let Some(empty) = folder.filter(|f| *f != root && fs::remove_dir(f).is_ok()) {
        folder = empty.parent();
    }
}

/// The permissions of a file.
#[cfg(unix)]
pub(super) fn mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().ok().map(|meta| meta.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
pub(super) fn mode(_: &Path) -> Option<u32> {
    None
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: Option<u32>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    mode.map_or(Ok(()), |mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: Option<u32>) -> io::Result<()> {
    Ok(())
}

pub(super) fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_string()
}

/// Short hash of a text, for manifests and ids.
pub(crate) fn hash(text: &str) -> String {
    digest(text.as_bytes())
}

/// The hash of a text but for its byte order mark, past which the loader reads.
pub(super) fn unmarked(bytes: &[u8]) -> String {
    digest(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

/// The bytes of a file, if there is one. A link is an error: what came with a portal leads nowhere else.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    match open_plain(path, Links::Refuse).and_then(|mut file| file.read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
