//! Noticing changes. The system reports that something happened; what is on disk decides whether it matters.
//!
//! Editors write by rename, write twice or leave backup files; folders are moved and hundreds of files change at
//! once. So events only say where to look: [`State`] compares the [`FileState`] of the files that an event names where
//! they are plain files, else of all sources. All sources are compared every second as well: that catches what the
//! system does not report (network drives, folders that were replaced).

use crate::cache::FileState;
use crate::content::{PORTAL_FILE, SOURCE_FOLDERS};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Quiet time after the last event before the change is read: one save is several events.
const QUIET: Duration = Duration::from_millis(8);
/// Longest wait while events go on.
const LONGEST: Duration = Duration::from_millis(300);
/// How often the disk is read without an event.
const RESCAN: Duration = Duration::from_secs(1);

/// State of the sources on disk. Hidden files and backup files of editors do not count.
#[derive(Debug, Default)]
pub(crate) struct State {
    files: HashMap<PathBuf, FileState>,
}

/// What is different from the state before.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// The files, relative to the portal's folder.
    pub files: HashSet<String>,
    /// More happened than that plain files were written: any file may be another one.
    pub anything: bool,
    /// Whether something of the theme is among it: templates, words, icons, static files, settings.
    pub theme: bool,
}

impl Change {
    /// Whether nothing is different.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.anything
    }
}

impl State {
    /// The state of all sources.
    pub(crate) fn read(root: &Path) -> State {
        let mut files = HashMap::new();
        for source in SOURCE_FOLDERS.into_iter().chain([PORTAL_FILE]) {
            let walk = walkdir::WalkDir::new(root.join(source)).into_iter();
            for entry in walk.filter_entry(|e| e.depth() == 0 || counts(e.file_name())).flatten() {
                if let Some(metadata) = entry.metadata().ok().filter(|m| !m.is_dir()) {
                    files.insert(entry.into_path(), FileState::of(&metadata));
                }
            }
        }
        State { files }
    }

    /// Reads the state of all sources again.
    pub(crate) fn read_again(&mut self, root: &Path) -> Change {
        let now = State::read(root);
        let all = self.files.keys().chain(now.files.keys());
        let other: Vec<&PathBuf> = all.filter(|path| self.files.get(*path) != now.files.get(*path)).collect();
        let theme = other.iter().any(|path| is_of_theme(root, path));
        let change = Change { files: HashSet::new(), anything: !other.is_empty(), theme };
        *self = now;
        change
    }

    /// Reads the state of some files only. None: more happened than that plain files were written, and everything must
    /// be read again.
    pub(crate) fn update(&mut self, root: &Path, paths: &HashSet<PathBuf>) -> Option<Change> {
        let mut change = Change::default();
        for path in paths {
            let relative = path.strip_prefix(root).ok()?;
            let first = relative.components().next()?.as_os_str();
            let source = first == PORTAL_FILE || SOURCE_FOLDERS.iter().any(|f| first == *f);
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
            let now = metadata.as_ref().map(FileState::of);
            let before = match now {
                Some(now) => self.files.insert(path.clone(), now),
                None => self.files.remove(path),
            };
            if before != now {
                let steps: Vec<_> = relative.iter().map(|s| s.to_string_lossy()).collect();
                change.files.insert(steps.join("/"));
                change.theme |= is_of_theme(root, path);
            }
        }
        Some(change)
    }
}

fn is_of_theme(root: &Path, path: &Path) -> bool {
    !path.starts_with(root.join("content"))
}

fn counts(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    !name.starts_with('.') && !name.ends_with('~')
}

/// What the system reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WatchEvent {
    /// These files may have changed.
    Files(HashSet<PathBuf>),
    /// Anything may have changed.
    Anything,
}

impl WatchEvent {
    fn add(&mut self, more: WatchEvent) {
        match (&mut *self, more) {
            (WatchEvent::Files(all), WatchEvent::Files(more)) => all.extend(more),
            _ => *self = WatchEvent::Anything,
        }
    }
}

/// Reports that sources may have changed.
pub(crate) struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    events: Receiver<WatchEvent>,
    // Keeps the channel open where there is no watcher.
    _bell: Sender<WatchEvent>,
    watched: Vec<(PathBuf, u64)>,
}

impl Watch {
    /// Starts watching; the text says why the system's service cannot be used.
    pub(crate) fn new(root: &Path) -> (Watch, Option<String>) {
        let (bell, events) = channel();
        let ring = bell.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let change = match event {
                Ok(event) if event.kind.is_access() => return,
                Ok(event) if !event.need_rescan() => WatchEvent::Files(event.paths.into_iter().collect()),
                _ => WatchEvent::Anything,
            };
            let _ = ring.send(change);
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

    /// Waits for an event and the quiet after it, or until all sources are to be compared.
    pub(crate) fn wait(&mut self) -> WatchEvent {
        let mut event = match self.events.recv_timeout(RESCAN) {
            Ok(event) => event,
            Err(error) => {
                if error == RecvTimeoutError::Disconnected {
                    std::thread::sleep(RESCAN);
                }
                let _ = self.follow();
                return WatchEvent::Anything;
            }
        };
        let first = Instant::now();
        while first.elapsed() < LONGEST
            && let Ok(more) = self.events.recv_timeout(QUIET)
        {
            event.add(more);
        }
        let _ = self.follow();
        event
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
