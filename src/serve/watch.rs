//! Noticing changes. The system tells that something happened; what is on disk decides whether it matters.
//!
//! Editors write by rename, write twice or leave backup files; folders are moved and hundreds of files change at
//! once. So events are only a bell: [`Stamp`] compares names, sizes and times of all sources. A look every second
//! catches what the system does not tell (network drives, folders that were replaced).

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Folders that are sources of a portal.
pub const FOLDERS: [&str; 6] = ["content", "themes", "templates", "static", "i18n", "icons"];
/// Quiet time after the last event before the change is taken.
const QUIET: Duration = Duration::from_millis(8);
/// Longest wait while events go on.
const LONGEST: Duration = Duration::from_millis(300);
/// How often the disk is looked at without an event.
const LOOK: Duration = Duration::from_secs(1);

/// State of the sources on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// All sources.
    pub all: blake3::Hash,
    /// Those of the look: theme, templates, words, icons, static files, settings.
    pub look: blake3::Hash,
}

/// Reads the state of all sources. Hidden files and backup files of editors do not count.
pub fn stamp(root: &Path) -> Stamp {
    let (mut all, mut look) = (blake3::Hasher::new(), blake3::Hasher::new());
    let settings = root.join(crate::load::PORTAL_FILE);
    for hasher in [&mut all, &mut look] {
        add(
            hasher,
            &settings,
            std::fs::metadata(&settings).ok().as_ref(),
        );
    }
    for folder in FOLDERS {
        let walk = walkdir::WalkDir::new(root.join(folder))
            .sort_by_file_name()
            .into_iter();
        for entry in walk
            .filter_entry(|e| e.depth() == 0 || counts(e.file_name()))
            .flatten()
        {
            if entry.file_type().is_dir() {
                continue;
            }
            let metadata = entry.metadata().ok();
            add(&mut all, entry.path(), metadata.as_ref());
            if folder != "content" {
                add(&mut look, entry.path(), metadata.as_ref());
            }
        }
    }
    Stamp {
        all: all.finalize(),
        look: look.finalize(),
    }
}

fn counts(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    !name.starts_with('.') && !name.ends_with('~')
}

fn add(hasher: &mut blake3::Hasher, path: &Path, metadata: Option<&std::fs::Metadata>) {
    hasher.update(path.as_os_str().as_encoded_bytes());
    let Some(metadata) = metadata else {
        hasher.update(&[0]);
        return;
    };
    hasher.update(&metadata.len().to_le_bytes());
    let modified = metadata
        .modified()
        .ok()
        .and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    hasher.update(&modified.map_or(0, |d| d.as_nanos()).to_le_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        hasher.update(&metadata.ino().to_le_bytes());
    }
}

/// A bell that rings when sources may have changed.
pub struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    events: Receiver<()>,
    // Keeps the channel open where there is no watcher.
    _bell: Sender<()>,
    watched: Vec<(PathBuf, u64)>,
}

impl Watch {
    /// Starts watching; the text says why the system's service cannot be used.
    pub fn new(root: &Path) -> (Watch, Option<String>) {
        let (bell, events) = channel();
        let ring = bell.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.as_ref().is_ok_and(|e| e.kind.is_access()) {
                return;
            }
            let _ = ring.send(());
        });
        let (watcher, mut failed) = match watcher {
            Ok(watcher) => (Some(watcher), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let mut watch = Watch {
            root: root.to_path_buf(),
            watcher,
            events,
            _bell: bell,
            watched: Vec::new(),
        };
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
        for folder in FOLDERS {
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
    pub fn wait(&mut self) {
        match self.events.recv_timeout(LOOK) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => {
                let _ = self.follow();
                return;
            }
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
        }
        let first = Instant::now();
        while first.elapsed() < LONGEST && self.events.recv_timeout(QUIET).is_ok() {}
        let _ = self.follow();
    }
}

/// Tells a folder from another one of the same name.
fn identity(path: &Path) -> Option<u64> {
    let metadata = std::fs::metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_dir)?;
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
