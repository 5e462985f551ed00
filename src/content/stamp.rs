//! Whether a file is still the same, without reading it.
//!
//! Size, times and inode of a file change when its content does, but for one case: a write within the same tick of
//! the file system's clock as the look before. A file that was changed a moment ago therefore has no stamp yet, and
//! its text decides. Systems without a time of status changes have none at all: other times can be set at will.

use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::Duration;

/// A file that has not been changed for so long has a stamp; file systems count in up to two seconds.
pub const SETTLED: Duration = Duration::from_millis(2500);

/// State of a file on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    inode: u64,
    device: u64,
}

impl Stamp {
    /// The stamp of a file that has been left alone for `settled`.
    #[cfg(unix)]
    pub fn of(path: &Path, settled: Duration) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt;
        let metadata = std::fs::metadata(path).ok()?;
        let stamp = Stamp {
            size: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
            device: metadata.dev(),
        };
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
        let latest = stamp.modified.max(stamp.changed);
        let latest = Duration::new(latest.0.try_into().ok()?, latest.1.try_into().ok()?);
        (now.checked_sub(latest)? >= settled).then_some(stamp)
    }

    /// No stamp can be trusted here.
    #[cfg(not(unix))]
    pub fn of(_: &Path, _: Duration) -> Option<Stamp> {
        None
    }
}

/// Tells one build of this program from another; none where the system does not say.
pub fn program() -> Option<crate::model::Hash> {
    let path = std::env::current_exe().ok()?;
    let metadata = std::fs::metadata(&path).ok()?;
    let modified = metadata.modified().ok()?;
    let version = env!("CARGO_PKG_VERSION");
    let text = format!("{version} {path:?} {} {modified:?}", metadata.len());
    Some(crate::model::facts::hash(text.as_bytes()))
}
