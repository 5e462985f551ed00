//! Noticing changes. The system tells that something happened; what is on disk decides whether it matters.
//!
//! Editors write by rename, write twice or leave backup files; folders are moved and hundreds of files change at
//! once. So events only say where to look: [`State`] compares names, sizes and times, of the files named where they are
//! plain files, else of all sources. A look at everything every second catches what the system does not tell (network
//! drives, folders that were replaced).

use crate::content::SOURCE_FOLDERS;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Quiet time after the last event before the change is taken.
const QUIET: Duration = Duration::from_millis(8);
/// Longest wait while events go on.
const LONGEST: Duration = Duration::from_millis(300);
/// How often the disk is looked at without an event.
const LOOK: Duration = Duration::from_secs(1);

/// Hash of the names and states of some files, in whatever order they come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum(u128);

/// State of the sources on disk. Hidden files and backup files of editors do not count.
#[derive(Debug, Default)]
pub struct State {
    files: HashMap<PathBuf, u128>,
    /// All sources.
    pub all: Sum,
    /// Those of the look: theme, templates, words, icons, static files, settings.
    pub look: Sum,
}

impl State {
    /// Looks at all sources.
    pub fn read(root: &Path) -> State {
        let mut state = State::default();
        let settings = root.join(crate::content::PORTAL_FILE);
        state.set(root, &settings, std::fs::metadata(&settings).ok().as_ref());
        for folder in SOURCE_FOLDERS {
            let walk = walkdir::WalkDir::new(root.join(folder)).into_iter();
            for entry in walk.filter_entry(|e| e.depth() == 0 || counts(e.file_name())).flatten() {
                if !entry.file_type().is_dir() {
                    state.set(root, entry.path(), entry.metadata().ok().as_ref());
                }
            }
        }
        state
    }

    /// Looks at some files only; gives those that changed, relative to the portal's folder. None: more happened than
    /// that plain files were written, and everything must be looked at.
    pub fn update(&mut self, root: &Path, paths: &HashSet<PathBuf>) -> Option<HashSet<String>> {
        let mut changed = HashSet::new();
        for path in paths {
            let relative = path.strip_prefix(root).ok()?;
            let mut steps = relative.components();
            let first = steps.next()?.as_os_str();
            let source = first == crate::content::PORTAL_FILE || SOURCE_FOLDERS.iter().any(|f| first == *f);
            if !source || !relative.iter().all(counts) {
                continue;
            }
            let metadata = std::fs::symlink_metadata(path).ok();
            let plain = metadata.as_ref().map(std::fs::Metadata::is_file);
            // A known file or a folder with known files is gone.
            let gone = || self.files.keys().any(|known| known.starts_with(path));
            if plain == Some(false) || plain.is_none() && gone() {
                return None;
            }
            if self.set(root, path, metadata.as_ref()) {
                let steps = relative.iter().map(|s| s.to_string_lossy());
                changed.insert(steps.collect::<Vec<_>>().join("/"));
            }
        }
        Some(changed)
    }

    /// Takes the state of one file; true where it is another than before.
    fn set(&mut self, root: &Path, path: &Path, metadata: Option<&std::fs::Metadata>) -> bool {
        let now = metadata.map(|m| hash(path, m));
        let before = match now {
            Some(now) => self.files.insert(path.to_path_buf(), now),
            None => self.files.remove(path),
        };
        let difference = now.unwrap_or(0).wrapping_sub(before.unwrap_or(0));
        self.all.0 = self.all.0.wrapping_add(difference);
        if !path.starts_with(root.join("content")) {
            self.look.0 = self.look.0.wrapping_add(difference);
        }
        before != now
    }
}

fn counts(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    !name.starts_with('.') && !name.ends_with('~')
}

fn hash(path: &Path, metadata: &std::fs::Metadata) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(path.as_os_str().as_encoded_bytes());
    hasher.update(&metadata.len().to_le_bytes());
    let modified = metadata.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    hasher.update(&modified.map_or(0, |d| d.as_nanos()).to_le_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        hasher.update(&metadata.ino().to_le_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    u128::from_le_bytes(bytes)
}

/// What the system told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// These files may have changed.
    Files(HashSet<PathBuf>),
    /// Anything may have changed.
    Anything,
}

impl Told {
    fn add(&mut self, more: Told) {
        match (&mut *self, more) {
            (Told::Files(all), Told::Files(more)) => all.extend(more),
            _ => *self = Told::Anything,
        }
    }
}

/// A bell that rings when sources may have changed.
pub struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    events: Receiver<Told>,
    // Keeps the channel open where there is no watcher.
    _bell: Sender<Told>,
    watched: Vec<(PathBuf, u64)>,
}

impl Watch {
    /// Starts watching; the text says why the system's service cannot be used.
    pub fn new(root: &Path) -> (Watch, Option<String>) {
        let (bell, events) = channel();
        let ring = bell.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let told = match event {
                Ok(event) if event.kind.is_access() => return,
                Ok(event) if !event.need_rescan() => Told::Files(event.paths.into_iter().collect()),
                _ => Told::Anything,
            };
            let _ = ring.send(told);
        });
        let (watcher, mut failed) = match watcher {
            Ok(watcher) => (Some(watcher), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let mut watch = Watch { root: root.to_path_buf(), watcher, events, _bell: bell, watched: Vec::new() };
        if let Some(watcher) = &mut watch.watcher
            && let Err(error) = watcher.watch(root, RecursiveMode::NonRecursive)
        {
            failed = Some(error.to_string());
        }
        if let Err(error) = watch.follow() {
            failed = failed.or(Some(error));
        }
        (watch, failed)
    }

    /// Watches source folders that came, forgets those that went or were replaced.
    fn follow(&mut self) -> Result<(), String> {
        let Some(watcher) = &mut self.watcher else {
            return Ok(());
        };
        let mut failed = None;
        for folder in SOURCE_FOLDERS {
            let path = self.root.join(folder);
            let now = identity(&path);
            let known = self.watched.iter().position(|(p, _)| *p == path);
            if known.map(|k| self.watched[k].1) == now {
                continue;
            }
            if let Some(known) = known {
                let _ = watcher.unwatch(&path);
                self.watched.remove(known);
            }
            if let Some(now) = now {
                match watcher.watch(&path, RecursiveMode::Recursive) {
                    Ok(()) => self.watched.push((path, now)),
                    Err(error) => failed = Some(error.to_string()),
                }
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Waits for an event and the quiet after it, or for the time of the next look.
    pub fn wait(&mut self) -> Told {
        let mut told = match self.events.recv_timeout(LOOK) {
            Ok(told) => told,
            Err(error) => {
                if error == RecvTimeoutError::Disconnected {
                    std::thread::sleep(LOOK);
                }
                let _ = self.follow();
                return Told::Anything;
            }
        };
        let first = Instant::now();
        while first.elapsed() < LONGEST
            && let Ok(more) = self.events.recv_timeout(QUIET)
        {
            told.add(more);
        }
        let _ = self.follow();
        told
    }
}

/// Tells a folder from another one of the same name.
fn identity(path: &Path) -> Option<u64> {
    let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some(metadata.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        Some(0)
    }
}
