//! Whether a file is still the same, without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A file that was changed so shortly ago may change again without its times showing it: some file systems count in
/// two seconds.
const SETTLED: Duration = Duration::from_secs(3);

/// Size, times and number of a file: they change when its content does, once it has been left alone for a while
/// ([`FileState::is_settled`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileState {
    size: u64,
    modified: Duration,
    /// Time of the last change of the file's own record, number of the file and of its device; zero where the system
    /// does not say.
    changed: Duration,
    inode: u64,
    device: u64,
}

impl FileState {
    /// From what the system says of a file.
    #[must_use]
    pub(crate) fn of(metadata: &Metadata) -> FileState {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        #[cfg(unix)]
        let (changed, inode, device) = {
            use std::os::unix::fs::MetadataExt;
            let seconds = u64::try_from(metadata.ctime()).unwrap_or(0);
            let nanoseconds = u32::try_from(metadata.ctime_nsec()).unwrap_or(0);
            (Duration::new(seconds, nanoseconds), metadata.ino(), metadata.dev())
        };
        #[cfg(not(unix))]
        let (changed, inode, device) = (Duration::ZERO, 0, 0);
        FileState { size: metadata.len(), modified: modified.unwrap_or_default(), changed, inode, device }
    }

    /// Whether the file has been left alone long enough for its state to tell every later change.
    #[must_use]
    pub(crate) fn is_settled(&self, now: SystemTime) -> bool {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        now.checked_sub(self.modified.max(self.changed)).is_some_and(|age| age >= SETTLED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_has_another_state_and_is_not_settled() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let state = |text: &str| {
            std::fs::write(&path, text).unwrap();
            FileState::of(&std::fs::metadata(&path).unwrap())
        };
        let (one, two) = (state("one"), state("longer"));
        assert_ne!(one, two);
        let now = SystemTime::now();
        assert!(!two.is_settled(now));
        assert!(two.is_settled(now + SETTLED + Duration::from_secs(1)));
    }
}
