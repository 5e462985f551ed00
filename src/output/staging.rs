//! The folder being built: a sink for files, and the commit that publishes it.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use super::durable;
use super::error::{PublishError, UnsafeFolder};
use super::guard::{self, ProtectedPaths};
use super::lock::Lock;
use super::manifest::{MANIFEST, Manifest, Record};
use super::path::{PathProblem, check_path};
use super::sink::Sink;
use super::swap::{BUILDING, OutputPaths, remove_tree};
use crate::cache::{Links, open_plain};

const SHARDS: usize = 64;

/// What a publication did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// New or changed files.
    pub written: usize,
    /// Files equal to the published ones; their times are kept.
    pub unchanged: usize,
    /// Files of the old site that are gone.
    pub removed: usize,
    /// Files that Sala did not write, carried over.
    pub carried: usize,
    /// Bytes of the site.
    pub bytes: u64,
}

type File = (String, Record);

/// A site being built next to the published one.
#[derive(Debug)]
pub struct Staging {
    paths: OutputPaths,
    old: Option<Manifest>,
    out_exists: bool,
    /// What the published folder allows, or a new one would.
    permissions: std::fs::Permissions,
    folders: RwLock<HashSet<PathBuf>>,
    /// Lower-cased address → address and record, in shards to keep threads apart.
    files: Vec<Mutex<HashMap<String, File>>>,
    hasher: RandomState,
    failed: AtomicBool,
    written: AtomicUsize,
    unchanged: AtomicUsize,
    committed: bool,
    // Dropped last: the lock covers the cleaning up.
    _lock: Lock,
}

impl Staging {
    /// Checks the output folder, takes the lock, repairs leftovers and makes the new folder.
    ///
    /// # Errors
    /// A refused folder, a running build, or a failing machine. Nothing is changed then.
    pub fn begin(out: &Path, protected: &ProtectedPaths) -> Result<Self, PublishError> {
        let out = guard::resolve(out, &protected.portal)?;
        let paths = OutputPaths::of(&out);
        let lock = Lock::acquire(&paths.lock)?;
        paths.recover()?;
        let checked = guard::check(out, protected)?;
        std::fs::create_dir(&paths.new).map_err(PublishError::io(&paths.new))?;
        let own = std::fs::symlink_metadata(if checked.exists { &checked.out } else { &paths.new });
        let permissions = own.map_err(PublishError::io(&paths.new))?.permissions();
        // Until it is published, nobody else looks into it or puts anything there.
        close_folder(&paths.new).map_err(PublishError::io(&paths.new))?;
        let mark = paths.new.join(BUILDING);
        std::fs::write(&mark, b"").map_err(PublishError::io(mark))?;
        Ok(Staging {
            paths,
            old: checked.old,
            out_exists: checked.exists,
            permissions,
            folders: RwLock::default(),
            files: (0..SHARDS).map(|_| Mutex::default()).collect(),
            hasher: RandomState::new(),
            failed: AtomicBool::new(false),
            written: AtomicUsize::new(0),
            unchanged: AtomicUsize::new(0),
            committed: false,
            _lock: lock,
        })
    }

    /// Publishes: carries over what Sala did not write, writes the manifest, swaps.
    ///
    /// # Errors
    /// Any earlier error of [`Sink::put`], a collision with a file of somebody else, or a failing
    /// machine. The published folder is then as it was.
    pub fn commit(mut self) -> Result<Report, PublishError> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(PublishError::Stopped);
        }
        let mut files = BTreeMap::new();
        for shard in &mut self.files {
            let shard = shard.get_mut().unwrap_or_else(PoisonError::into_inner);
            files.extend(shard.values().cloned());
        }
        let manifest = Manifest { files };
        let mut report = Report {
            written: self.written.load(Ordering::Relaxed),
            unchanged: self.unchanged.load(Ordering::Relaxed),
            bytes: manifest.files.values().map(|r| r.size).sum(),
            ..Report::default()
        };
        if self.out_exists {
            self.carry_over(&manifest, &mut report)?;
        }
        let path = self.paths.new.join(MANIFEST);
        self.write_manifest(&path, &manifest)?;
        let mark = self.paths.new.join(BUILDING);
        std::fs::remove_file(&mark).map_err(PublishError::io(mark))?;
        std::fs::set_permissions(&self.paths.new, self.permissions.clone())
            .map_err(PublishError::io(&self.paths.new))?;
        // After a power cut there is the old site or the new one, not a new one with empty files.
        durable::folder(&self.paths.new).map_err(PublishError::io(&self.paths.new))?;
        let old = self.paths.swap(self.out_exists)?;
        self.committed = true;
        if let Some(parent) = self.paths.out.parent() {
            durable::name(parent).map_err(PublishError::io(parent))?;
        }
        if let Some(old) = old {
            // The new site is in place; what cannot be removed now goes at the next build.
            let _ = remove_tree(&old);
        }
        Ok(report)
    }

    fn write_manifest(&self, path: &Path, manifest: &Manifest) -> Result<(), PublishError> {
        let text = manifest.to_text();
        let published = self.paths.out.join(MANIFEST);
        if self.old.is_some() && self.link_if_equal(&published, path, text.as_bytes()) {
            return Ok(());
        }
        std::fs::write(path, text).map_err(PublishError::io(path))
    }

    /// Links everything in the published folder that Sala did not write into the new one.
    fn carry_over(&self, manifest: &Manifest, report: &mut Report) -> Result<(), PublishError> {
        let taken = LazyCell::new(|| {
            let folded = manifest.files.keys().map(|path| fold(path));
            folded.collect::<HashSet<String>>()
        });
        let empty = BTreeMap::new();
        let ours = self.old.as_ref().map_or(&empty, |m| &m.files);
        let mut folders: Vec<(PathBuf, std::fs::Permissions)> = Vec::new();
        for entry in walkdir::WalkDir::new(&self.paths.out).follow_links(false) {
            let entry = entry.map_err(|e| {
                let path = e.path().unwrap_or(&self.paths.out).to_owned();
                let error = e.into_io_error().unwrap_or_else(|| std::io::Error::other("walk"));
                PublishError::Io(path, error)
            })?;
            let Ok(relative) = entry.path().strip_prefix(&self.paths.out) else {
                continue;
            };
            let address = relative.to_string_lossy().replace('\\', "/");
            if entry.file_type().is_dir() {
                if !address.is_empty() {
                    // What is mounted there would be emptied with the old folder.
                    if guard::is_mount_point(entry.path()) {
                        return Err(PublishError::Refused(UnsafeFolder::MountPoint, entry.into_path()));
                    }
                    let metadata = entry.metadata().map_err(|_| PublishError::ForeignFile(address.clone()))?;
                    let target = self.paths.new.join(relative);
                    if !is_above(ours, &address) {
                        // A folder of somebody else, empty or not.
                        if taken.contains(&fold(&address)) {
                            return Err(PublishError::ForeignFile(address));
                        }
                        std::fs::create_dir_all(&target).map_err(PublishError::io(&target))?;
                    }
                    folders.push((target, metadata.permissions()));
                }
                continue;
            }
            if address == MANIFEST {
                continue;
            }
            // An address that Sala gave out is Sala's, whoever changed what is there: what is withdrawn must go.
            if ours.contains_key(&address) {
                report.removed += usize::from(!manifest.files.contains_key(&address));
                continue;
            }
            if taken.contains(&fold(&address)) || is_above(&manifest.files, &address) {
                return Err(PublishError::ForeignFile(address));
            }
            let target = self.paths.new.join(relative);
            self.make_parent(&target)?;
            carry(entry.path(), &target).map_err(PublishError::io(entry.path()))?;
            report.carried += 1;
        }
        // The deepest first: a folder that may not be written to takes nothing more.
        for (target, permissions) in folders.into_iter().rev().filter(|(target, _)| target.is_dir()) {
            std::fs::set_permissions(&target, permissions).map_err(PublishError::io(&target))?;
        }
        Ok(())
    }

    fn make_parent(&self, target: &Path) -> Result<(), PublishError> {
        let Some(parent) = target.parent() else {
            return Ok(());
        };
        if self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(parent) {
            return Ok(());
        }
        std::fs::create_dir_all(parent).map_err(PublishError::io(parent))?;
        self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(parent.to_owned());
        Ok(())
    }

    /// Links a published file with the same bytes; false when it is missing or different.
    fn link_if_equal(&self, published: &Path, target: &Path, bytes: &[u8]) -> bool {
        let metadata = std::fs::symlink_metadata(published);
        if !metadata.is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64) {
            return false;
        }
        let Ok(mut file) = open_plain(published, Links::Refuse) else {
            return false;
        };
        let mut buffer = vec![0; bytes.len().clamp(1, 64 * 1024)];
        let mut rest = bytes;
        while !rest.is_empty() {
            match file.read(&mut buffer) {
                Ok(n) if n > 0 && n <= rest.len() && buffer[..n] == rest[..n] => rest = &rest[n..],
                _ => return false,
            }
        }
        std::fs::hard_link(published, target).is_ok()
    }

    /// Takes an address for a file; none may be taken twice.
    fn claim(&self, path: &str, record: Record) -> Result<(), PublishError> {
        check_path(path).map_err(|problem| PublishError::Path(problem, path.to_owned()))?;
        let key = fold(path);
        let mut shard = self.shard(&key);
        if let Some((other, _)) = shard.get(&key) {
            let problem = PathProblem::Duplicate(other.clone());
            return Err(PublishError::Path(problem, path.to_owned()));
        }
        shard.insert(key, (path.to_owned(), record));
        Ok(())
    }

    fn shard(&self, key: &str) -> MutexGuard<'_, HashMap<String, File>> {
        self.files[self.hasher.hash_one(key) as usize % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn store(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let record = Record::of(bytes);
        self.claim(path, record)?;
        let target = self.paths.new.join(path);
        self.make_parent(&target)?;
        let known = self.old.as_ref().and_then(|m| m.files.get(path));
        if known == Some(&record) && self.link_if_equal(&self.paths.out.join(path), &target, bytes) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&target)
            .map_err(PublishError::io(&target))?;
        file.write_all(bytes).map_err(PublishError::io(&target))?;
        self.written.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// The form of an address that distinguishes addresses where upper and lower case are the same.
fn fold(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.to_lowercase() }
}

/// Whether an address is a folder on the way to a file.
fn is_above(files: &BTreeMap<String, Record>, address: &str) -> bool {
    let inside = format!("{address}/");
    files.range(inside.clone()..).next().is_some_and(|(path, _)| path.starts_with(&inside))
}

#[cfg(unix)]
fn close_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn close_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Hard link, else copy; a symbolic link is made again. Pipes and the like are linked, or stop the build.
fn carry(from: &Path, to: &Path) -> std::io::Result<()> {
    let metadata = std::fs::symlink_metadata(from)?;
    #[cfg(unix)]
    if metadata.is_symlink() {
        return std::os::unix::fs::symlink(std::fs::read_link(from)?, to);
    }
    let linked = std::fs::hard_link(from, to);
    if !metadata.is_file() {
        return linked;
    }
    if linked.is_err() {
        std::fs::copy(from, to)?;
        let file = std::fs::File::options().write(true).open(to)?;
        file.set_modified(metadata.modified()?)?;
    }
    Ok(())
}

impl Sink for Staging {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), PublishError> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(PublishError::Stopped);
        }
        self.store(path, &bytes).inspect_err(|_| self.failed.store(true, Ordering::Relaxed))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.committed {
            let _ = remove_tree(&self.paths.new);
        }
    }
}
