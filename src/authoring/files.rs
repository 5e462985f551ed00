//! Writes files for authors: all of them or none, never half, never over what a person or another command wrote since.
//!
//! Every new text is put down in `.sala` first, with its bytes on the disk; then a journal with the old texts; only
//! then do the files change their places. What fails before leaves everything as it was, what fails after is taken back,
//! and what is interrupted can be taken back with [`undo`] and leaves nothing beside the pages.

use super::journal::{
    BEFORE, Entry, JOURNAL, Journal, LIST, SCHEMA, STAGED, digest, forget, lock, mode, read, remove_empty, take_back,
    unmarked, within,
};
use crate::cache::{complete, complete_in, exchange, sweep, write_atomic};
use crate::content::files::Changed;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempPath;

pub(crate) use super::journal::{hash, undo};

/// Files that are written together.
pub(crate) struct Changes {
    root: PathBuf,
    list: Vec<Change>,
    /// The command has written files before, and they are taken back together.
    joined: bool,
}

struct Change {
    path: PathBuf,
    /// `None`: the file goes.
    text: Option<Vec<u8>>,
    was: Was,
    /// The file whose permissions a new one takes: where it was before.
    moved_from: Option<PathBuf>,
}

/// What stands under a name before it is changed: nothing, or the text (its hash) that the change was made from. Anything
/// else is an error: somebody wrote it since.
enum Was {
    Nothing,
    Text(String),
}

impl Changes {
    /// No changes yet; paths are relative to the portal.
    pub(crate) fn new(root: &Path) -> Changes {
        Changes { root: root.to_path_buf(), list: Vec::new(), joined: false }
    }

    /// Whether the files are a further part of what the last journal is about.
    pub(crate) fn joined(self, joined: bool) -> Changes {
        Changes { joined, ..self }
    }

    /// A new file with its folders; if one exists, nothing is written at all.
    pub(crate) fn create(&mut self, path: impl AsRef<Path>, text: impl Into<Vec<u8>>) {
        self.add(self.root.join(path), Some(text.into()), Was::Nothing);
    }

    /// A new text in the place of `old`, from which it was made; if another one stands there, nothing is written at all.
    pub(crate) fn replace(&mut self, path: impl AsRef<Path>, old: impl AsRef<[u8]>, text: impl Into<Vec<u8>>) {
        let (path, was) = (self.root.join(path), Was::Text(unmarked(old.as_ref())));
        // The file that a link names is replaced, not the link.
        let path = if path.is_symlink() { path.canonicalize().unwrap_or(path) } else { path };
        self.add(path, Some(text.into()), was);
    }

    /// A file that goes, with the folders that are empty then; if it no longer is `old`, nothing is written at all.
    pub(crate) fn remove(&mut self, path: impl AsRef<Path>, old: impl AsRef<[u8]>) {
        let was = Was::Text(unmarked(old.as_ref()));
        self.add(self.root.join(path), None, was);
    }

    /// A file with another name, and with the text and the permissions that it has, or a new text.
    pub(crate) fn rename(
        &mut self,
        from: impl AsRef<Path>,
        to: impl AsRef<Path>,
        old: &[u8],
        text: impl Into<Vec<u8>>,
    ) {
        let moved_from = Some(self.root.join(&from));
        self.put(Change { path: self.root.join(to), text: Some(text.into()), was: Was::Nothing, moved_from });
        self.remove(from, old);
    }

    fn add(&mut self, path: PathBuf, text: Option<Vec<u8>>, was: Was) {
        self.put(Change { path, text, was, moved_from: None });
    }

    /// What says which pages are internal comes first: whoever reads the portal meanwhile, or after a power cut, reads the
    /// pages by it.
    fn put(&mut self, change: Change) {
        let schema = self.root.join(SCHEMA);
        let is_first = |change: &Change| change.path.starts_with(&schema);
        let firsts = || self.list.iter().take_while(|change| is_first(change)).count();
        let at = if is_first(&change) { firsts() } else { self.list.len() };
        self.list.insert(at, change);
    }

    /// Writes all files, and a journal for [`undo`] that names the command.
    ///
    /// # Errors
    /// What the system says, and a place that is not in the portal; all files are then as they were.
    pub(crate) fn apply(self, command: &str) -> io::Result<()> {
        if self.list.is_empty() {
            return Ok(());
        }
        within(&self.root, &self.root.join(JOURNAL).join(LIST))?;
        self.list.iter().try_for_each(|change| within(&self.root, &change.path))?;
        let _lock = lock(&self.root)?;
        self.folders().into_iter().for_each(sweep);
        let mut folders = Vec::new();
        let done = self.stage(&mut folders).and_then(|staged| {
            self.still_there()?;
            self.journal(command)?;
            self.place(staged)
        });
        drop(fs::remove_dir_all(self.root.join(STAGED)));
        drop(fs::remove_dir_all(self.root.join(BEFORE)));
        if done.is_err() {
            folders.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        }
        done
    }

    /// [`apply`](Self::apply) in a folder that is no portal: no journal is left there.
    ///
    /// # Errors
    /// As of `apply`.
    pub(crate) fn apply_without_undo(self) -> io::Result<()> {
        let root = self.root.clone();
        let had_one = root.join(JOURNAL).exists();
        let done = self.apply("");
        if !had_one {
            forget(&root);
        }
        done
    }

    /// The new texts in a folder of their own; next to their files where these lie on another disk. For a file that goes
    /// it is an empty one, a place for what is taken away. They go with what is returned, and none is held open: there may be more
    /// of them than a system opens.
    fn stage(&self, folders: &mut Vec<PathBuf>) -> io::Result<Vec<TempPath>> {
        let place = self.root.join(STAGED);
        // Of a command that was killed: whoever holds the lock is alone.
        drop(fs::remove_dir_all(&place));
        fs::create_dir_all(&place)?;
        let mut staged = Vec::new();
        for change in &self.list {
            let old = change.path.symlink_metadata();
            if matches!(change.was, Was::Nothing) && old.is_ok() {
                let shown = change.path.display().to_string();
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, shown));
            }
            let text = change.text.as_deref().unwrap_or_default();
            let folder = change.path.parent().unwrap_or(Path::new("."));
            make(folder, folders)?;
            let file =
                if on_one_disk(folder, &place) { complete_in(&place, text) } else { complete(&change.path, text) }?;
            let old = change.moved_from.as_ref().map_or(old, fs::symlink_metadata);
            if let Some(old) = old.ok().filter(fs::Metadata::is_file) {
                file.as_file().set_permissions(old.permissions())?;
            }
            staged.push(file.into_temp_path());
        }
        Ok(staged)
    }

    /// Every file that changes still is the one that was read.
    fn still_there(&self) -> io::Result<()> {
        self.list.iter().try_for_each(|change| {
            let now = read(&change.path)?.map(|now| unmarked(&now));
            match &change.was {
                Was::Text(was) if now.as_ref() == Some(was) => Ok(()),
                Was::Nothing => Ok(()),
                _ => Err(self.changed(change)),
            }
        })
    }

    /// Old texts, then the list: a list that stands says that everything before it does.
    fn journal(&self, command: &str) -> io::Result<()> {
        let place = self.root.join(JOURNAL);
        let fresh = self.root.join(format!("{JOURNAL}.new"));
        drop(fs::remove_dir_all(&fresh));
        fs::create_dir_all(&fresh)?;
        let mut files: Vec<Entry> = Vec::new();
        let mut places: HashMap<PathBuf, usize> = HashMap::new();
        if let Some(list) = read(&place.join(LIST))?.filter(|_| self.joined) {
            let before: Journal = serde_json::from_slice(&list)?;
            for number in (0..before.files.len()).filter(|n| before.files[*n].existed) {
                fs::copy(place.join(number.to_string()), fresh.join(number.to_string()))?;
            }
            places.extend(before.files.iter().enumerate().map(|(n, entry)| (entry.path.clone(), n)));
            files = before.files;
        }
        for change in &self.list {
            let path = change.path.strip_prefix(&self.root).unwrap_or(&change.path).to_path_buf();
            let written = change.text.as_deref().map(digest).unwrap_or_default();
            // A file that was written before keeps the text that it had before all.
            if let Some(number) = places.get(&path) {
                files[*number].written = written;
                continue;
            }
            places.insert(path.clone(), files.len());
            let old = read(&change.path)?;
            if let Some(old) = &old {
                write_atomic(&fresh.join(files.len().to_string()), old)?;
            }
            let mode = mode(&change.path);
            files.push(Entry { path, existed: old.is_some(), written, mode });
        }
        let list = serde_json::to_vec_pretty(&Journal { command: command.into(), files })?;
        write_atomic(&fresh.join(LIST), &list)?;
        let before = self.root.join(BEFORE);
        drop(fs::remove_dir_all(&before));
        drop(fs::rename(&place, &before));
        fs::rename(&fresh, &place)
    }

    /// Moves the new texts into their places; takes back what was moved where one cannot be, and the journal with it.
    fn place(&self, staged: Vec<TempPath>) -> io::Result<()> {
        for (change, file) in self.list.iter().zip(staged) {
            let placed = match &change.was {
                // What appeared since the look at it is somebody's.
                Was::Nothing => file.persist_noclobber(&change.path).map_err(|e| e.error),
                Was::Text(was) if change.text.is_some() => self.swap(change, was, file),
                Was::Text(was) => self.take_away(change, was, file),
            };
            if let Err(error) = placed {
                take_back(&self.root)?;
                drop(fs::rename(self.root.join(BEFORE), self.root.join(JOURNAL)));
                return Err(error);
            }
        }
        self.folders().into_iter().for_each(sync_folder);
        Ok(())
    }

    /// Exchanges a file with its new text, and puts it back where it is not what was read: somebody has saved it since.
    fn swap(&self, change: &Change, was: &str, file: TempPath) -> io::Result<()> {
        if exchange(&file, &change.path)? {
            if is_still(&file, was) {
                return Ok(());
            }
            exchange(&file, &change.path)?;
        } else if is_still(&change.path, was) {
            return file.persist(&change.path).map_err(|e| e.error);
        }
        Err(self.changed(change))
    }

    /// Moves a file away, and puts it back where it is not what was read.
    fn take_away(&self, change: &Change, was: &str, file: TempPath) -> io::Result<()> {
        fs::rename(&change.path, &file)?;
        if !is_still(&file, was) {
            file.persist_noclobber(&change.path).map_err(|e| e.error)?;
            return Err(self.changed(change));
        }
        remove_empty(&self.root, &change.path);
        Ok(())
    }

    fn changed(&self, change: &Change) -> io::Error {
        Changed(change.path.strip_prefix(&self.root).unwrap_or(&change.path).to_path_buf()).into()
    }

    /// The folders of the files, each once.
    fn folders(&self) -> Vec<&Path> {
        let mut folders: Vec<&Path> = self.list.iter().filter_map(|c| c.path.parent()).collect();
        folders.sort_unstable();
        folders.dedup();
        folders
    }
}

/// Whether a file holds the text with that hash.
fn is_still(path: &Path, was: &str) -> bool {
    read(path).is_ok_and(|now| now.is_some_and(|now| unmarked(&now) == was))
}

/// Makes a folder and those above it, and remembers which.
fn make(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make(above, made)?;
    }
    fs::create_dir(folder)?;
    made.push(folder.to_path_buf());
    Ok(())
}

/// Whether a file can be moved from the one folder into the other.
#[cfg(unix)]
fn on_one_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |folder: &Path| folder.metadata().map(|meta| meta.dev()).ok();
    disk(one) == disk(other)
}

/// Other systems do not tell; a text next to its file can always be moved.
#[cfg(not(unix))]
fn on_one_disk(_: &Path, _: &Path) -> bool {
    false
}

/// The names of a folder reach the disk; where a system cannot do this, they do so later.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        drop(folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &Path) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    #[test]
    fn what_was_written_can_be_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::write(root.join("a.md"), "เดิม").unwrap();
        fs::write(root.join("b.md"), "เดิม").unwrap();
        let mut changes = Changes::new(root);
        changes.replace("a.md", "เดิม", "ใหม่");
        changes.replace("b.md", "เดิม", "ใหม่");
        changes.create("content/x/c.md", "ใหม่");
        changes.apply("ทดสอบ").unwrap();
        assert_eq!(text(&root.join("content/x/c.md")).as_deref(), Some("ใหม่"));
        fs::write(root.join("b.md"), "มีผู้แก้").unwrap();
        let undone = undo(root).unwrap().unwrap();
        assert_eq!(undone.restored, [Path::new("a.md"), Path::new("content/x/c.md")]);
        assert_eq!((undone.kept, undone.command.as_str()), (vec![PathBuf::from("b.md")], "ทดสอบ"));
        assert_eq!(text(&root.join("a.md")).as_deref(), Some("เดิม"));
        assert_eq!(text(&root.join("b.md")).as_deref(), Some("มีผู้แก้"));
        assert!(!root.join("content").exists(), "folders that were made are gone");
        assert_eq!(undo(root).unwrap(), None);
    }

    #[test]
    fn what_was_moved_is_not_lost_where_its_old_place_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir(root.join("old")).unwrap();
        fs::write(root.join("old/a.md"), "เดิม").unwrap();
        let mut changes = Changes::new(root);
        changes.remove("old/a.md", "เดิม");
        changes.create("new/a.md", "เดิม");
        changes.apply("ทดสอบ").unwrap();
        fs::create_dir(root.join("old")).unwrap();
        fs::write(root.join("old/a.md"), "ของใหม่").unwrap();
        assert_eq!(undo(root).unwrap().unwrap().kept.len(), 2);
        assert_eq!(text(&root.join("old/a.md")).as_deref(), Some("ของใหม่"));
        assert_eq!(text(&root.join("new/a.md")).as_deref(), Some("เดิม"));
    }

    /// Commands that write at the same time do so one after the other, and nobody else reads what they keep.
    #[test]
    fn several_at_once_write_whole_files_and_a_whole_journal() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::write(root.join("a.md"), "").unwrap();
        fs::write(root.join("b.md"), "").unwrap();
        let done: Vec<bool> = std::thread::scope(|scope| {
            let write = |n: usize| {
                let mut changes = Changes::new(root);
                changes.replace("a.md", "", format!("{n}"));
                changes.replace("b.md", "", format!("{n}"));
                changes.create("new.md", format!("{n}"));
                changes.apply(&n.to_string()).is_ok()
            };
            let threads: Vec<_> = (0..8).map(|n| scope.spawn(move || write(n))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "one makes the new file: {done:?}");
        let number = done.iter().position(|done| *done).unwrap().to_string();
        for name in ["a.md", "b.md", "new.md"] {
            assert_eq!(text(&root.join(name)).as_deref(), Some(number.as_str()), "{name}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(root.join(".sala")).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }

    #[test]
    fn what_somebody_wrote_since_it_was_read_stays() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::write(root.join("b.md"), "มีผู้แก้").unwrap();
        fs::write(root.join("a.md"), "\u{feff}เดิม").unwrap();
        let [mut changed, mut gone, mut moved, mut sound] = [0; 4].map(|_| Changes::new(root));
        changed.replace("b.md", "เดิม", "ใหม่");
        gone.replace("c.md", "เดิม", "ใหม่");
        moved.remove("b.md", "เดิม");
        for mut changes in [changed, gone, moved] {
            changes.replace("a.md", "เดิม", "ใหม่");
            assert!(Changed::of(&changes.apply("ทดสอบ").unwrap_err()).is_some());
            let now = ["a.md", "b.md"].map(|name| text(&root.join(name)).unwrap());
            assert_eq!(now, ["\u{feff}เดิม", "มีผู้แก้"]);
        }
        assert_eq!(undo(root).unwrap(), None, "the journal of what was written before stays");
        sound.replace("a.md", "เดิม", "ใหม่");
        sound.apply("ทดสอบ").unwrap();
        assert_eq!(text(&root.join("a.md")).as_deref(), Some("ใหม่"));
    }

    /// No moment has pages without the schema that says which of them are internal.
    #[test]
    fn the_schema_is_written_first_and_a_new_file_of_it_before_the_old_one_goes() {
        let mut changes = Changes::new(Path::new("portal"));
        changes.rename("content/a/x.md", "content/b/x.md", b"", "");
        changes.rename("content/_schema/kinds/a.toml", "content/_schema/kinds/b.toml", b"", "");
        let order: Vec<_> = changes.list.iter().map(|c| (c.path.to_str().unwrap(), c.moved_from.is_some())).collect();
        let places = [
            ("portal/content/_schema/kinds/b.toml", true),
            ("portal/content/_schema/kinds/a.toml", false),
            ("portal/content/b/x.md", true),
            ("portal/content/a/x.md", false),
        ];
        assert_eq!(order, places);
    }

    /// Somebody saves a file between the last look at all of them and the move of this one.
    #[test]
    fn what_somebody_saves_at_the_last_moment_stays() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for (saved, name) in [("replaced", "b.md"), ("removed", "c.md"), ("made", "d.md")] {
            for name in ["a.md", "b.md", "c.md"] {
                fs::write(root.join(name), "เดิม").unwrap();
            }
            drop(fs::remove_file(root.join("d.md")));
            let mut changes = Changes::new(root);
            changes.replace("a.md", "เดิม", "ใหม่");
            changes.replace("b.md", "เดิม", "ใหม่");
            changes.remove("c.md", "เดิม");
            changes.create("d.md", "ใหม่");
            let _lock = lock(root).unwrap();
            let staged = changes.stage(&mut Vec::new()).unwrap();
            changes.journal("ทดสอบ").unwrap();
            fs::write(root.join(name), "มีผู้แก้").unwrap();
            assert!(changes.place(staged).is_err(), "{saved}");
            for other in ["a.md", "b.md", "c.md"].into_iter().filter(|other| *other != name) {
                assert_eq!(text(&root.join(other)).as_deref(), Some("เดิม"), "{saved}: {other}");
            }
            assert_eq!(text(&root.join(name)).as_deref(), Some("มีผู้แก้"), "{saved}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_what_it_names_changes() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::write(root.join("a.md"), "เดิม").unwrap();
        std::os::unix::fs::symlink("a.md", root.join("b.md")).unwrap();
        let mut changes = Changes::new(root);
        changes.replace("b.md", "เดิม", "ใหม่");
        changes.apply("ทดสอบ").unwrap();
        assert!(root.join("b.md").is_symlink() && text(&root.join("a.md")).as_deref() == Some("ใหม่"));
        undo(root).unwrap().unwrap();
        assert!(root.join("b.md").is_symlink() && text(&root.join("a.md")).as_deref() == Some("เดิม"));
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_outside_the_portal() {
        use std::os::unix::fs::symlink;
        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = dir.path();
        let names = || fs::read_dir(other.path()).unwrap().count();
        let write = |path: &str| {
            let mut changes = Changes::new(root);
            changes.create(path, "ใหม่");
            changes.apply("ทดสอบ").map_err(|error| error.kind())
        };
        symlink(other.path(), root.join("notes")).unwrap();
        for path in ["notes/a.md", "notes/b/a.md", "../a.md", "c/../../a.md"] {
            assert_eq!(write(path), Err(io::ErrorKind::PermissionDenied), "{path}");
        }
        for path in [".git/hooks/a", ".GIT/config", "content/.git/config"] {
            assert_eq!(write(path), Err(io::ErrorKind::PermissionDenied), "{path}");
        }
        // A journal that came with the portal.
        let beyond = other.path().join("a.txt");
        let journal = |path: &str| {
            let file = Entry { path: path.into(), existed: true, ..Entry::default() };
            let list = serde_json::to_vec(&Journal { command: "x".into(), files: vec![file] }).unwrap();
            write_atomic(&root.join(JOURNAL).join("0"), b"x").unwrap();
            write_atomic(&root.join(JOURNAL).join(LIST), &list).unwrap();
            undo(root).unwrap().unwrap()
        };
        for path in [beyond.to_str().unwrap(), "notes/a.txt", "content/../notes/a.txt", ".git/commondir"] {
            assert!(journal(path).restored.is_empty(), "{path}");
        }
        assert_eq!(journal("content/x.md").restored, [Path::new("content/x.md")]);
        // Its texts lead nowhere else.
        let kept = root.join(JOURNAL).join("0");
        let file = Entry { path: "content/y.md".into(), existed: true, ..Entry::default() };
        let list = serde_json::to_vec(&Journal { command: "x".into(), files: vec![file] }).unwrap();
        write_atomic(&root.join(JOURNAL).join(LIST), &list).unwrap();
        symlink(root.join("content/x.md"), kept).unwrap();
        assert!(undo(root).is_err() && !root.join("content/y.md").exists());
        fs::remove_dir_all(root.join(".sala")).unwrap();
        symlink(other.path(), root.join(".sala")).unwrap();
        assert_eq!(write("content/a.md"), Err(io::ErrorKind::PermissionDenied));
        assert_eq!(names(), 0);
    }

    #[test]
    fn one_file_that_fails_leaves_all_as_they_were() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::write(root.join("a.md"), "เดิม").unwrap();
        fs::write(root.join("taken"), "").unwrap();
        let mut changes = Changes::new(root);
        changes.replace("a.md", "เดิม", "ใหม่");
        changes.create("made/b.md", "ใหม่");
        changes.create("taken/c.md", "ใหม่");
        assert!(changes.apply("ทดสอบ").is_err());
        let names = |folder: &Path| fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name()).collect::<Vec<_>>();
        assert_eq!(text(&root.join("a.md")).as_deref(), Some("เดิม"));
        assert_eq!(names(root).len(), 3, "{:?}", names(root));
        assert_eq!(names(&root.join(".sala")), ["undo.lock"]);
        // A folder in the place of a file: found when the texts move. What came before can still be taken back.
        let mut earlier = Changes::new(root);
        earlier.create("earlier.md", "ก่อน");
        earlier.apply("ก่อน").unwrap();
        let mut changes = Changes::new(root);
        changes.replace("a.md", "เดิม", "ใหม่");
        fs::create_dir_all(root.join("d.md/e")).unwrap();
        changes.replace("d.md", "", "ใหม่");
        assert!(changes.apply("ทดสอบ").is_err());
        assert_eq!(text(&root.join("a.md")).as_deref(), Some("เดิม"));
        assert_eq!(undo(root).unwrap().unwrap().command, "ก่อน");
        let mut changes = Changes::new(root);
        changes.create("a.md", "ใหม่");
        assert_eq!(changes.apply("ทดสอบ").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }
}
