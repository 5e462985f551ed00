//! Whether the search index is still that of the files, without reading them: a digest of the sizes and times of
//! everything that a portal is made from.

use super::{Options, SOURCES};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A file changed so shortly ago may change again without its time showing it (some file systems count in two seconds).
const SETTLED: Duration = Duration::from_secs(3);

fn file(root: &Path) -> PathBuf {
    root.join(".sala").join("index").join("fresh")
}

/// The digest of a portal's files as they are now; `None` when they cannot be told by their times.
#[must_use]
pub fn digest(root: &Path, options: &Options) -> Option<String> {
    let mut hash = blake3::Hasher::new();
    let program = std::env::current_exe().ok()?;
    let asked = (options.drafts, options.epoch, &options.part);
    hash.update(format!("{} {asked:?}", env!("CARGO_PKG_VERSION")).as_bytes());
    hash.update(mark(&program, &std::fs::metadata(&program).ok()?)?.as_bytes());
    let now = SystemTime::now();
    for source in SOURCES.into_iter().chain([crate::content::PORTAL_FILE]) {
        let walk = walkdir::WalkDir::new(root.join(source)).sort_by_file_name();
        for entry in walk.follow_links(true) {
            let Ok(entry) = entry else { continue };
            let metadata = entry.metadata().ok()?;
            if metadata.is_dir() {
                continue;
            }
            if now.duration_since(metadata.modified().ok()?).ok()? < SETTLED {
                return None;
            }
            hash.update(mark(entry.path(), &metadata)?.as_bytes());
        }
    }
    Some(hash.finalize().to_hex()[..32].to_owned())
}

fn mark(path: &Path, metadata: &std::fs::Metadata) -> Option<String> {
    let modified = metadata.modified().ok()?;
    let since = modified.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    #[cfg(unix)]
    let more = {
        use std::os::unix::fs::MetadataExt;
        (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
    };
    #[cfg(not(unix))]
    let more = ();
    Some(format!("{path:?} {} {since:?} {more:?}\n", metadata.len()))
}

/// The digest of the files that the indexes were made from.
#[must_use]
pub fn stored(root: &Path) -> Option<String> {
    std::fs::read_to_string(file(root)).ok()
}

/// Remembers what the indexes were made from; `None` forgets it. Taken before the files were read.
pub fn store(root: &Path, digest: Option<String>) {
    // Without it the next search looks at everything again.
    let _ = match digest {
        Some(digest) => std::fs::write(file(root), digest),
        None => std::fs::remove_file(file(root)),
    };
}
