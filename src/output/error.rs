//! Why publishing did not happen.

use std::fmt;
use std::path::PathBuf;

use super::path::PathProblem;

/// Why an output folder is not touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Something that is not a folder is there.
    NotAFolder,
    /// The output is a symbolic link.
    Symlink,
    /// The output is a mount point or the root of a file system.
    MountPoint,
    /// Files are there, and no manifest of Sala.
    NotOurs,
    /// The output holds the portal.
    ContainsPortal,
    /// The output is in one of the portal's source folders.
    InsideSource,
}

/// An error of publishing.
#[derive(Debug)]
pub enum PublishError {
    /// The output folder may not be used.
    Refused(Refusal, PathBuf),
    /// Another build is running (its process id when known).
    Locked(PathBuf, Option<u32>),
    /// A page or file asked for an address that cannot be written.
    Path(PathProblem, String),
    /// Something that Sala did not write has the address of a new file, or of a folder on the way to one.
    ForeignFile(String),
    /// A file that Sala would replace is not one that Sala made.
    NotMadeHere(PathBuf),
    /// The manifest of the old output cannot be read.
    BadManifest(PathBuf),
    /// The machine failed: disk full, no permission, …
    Io(PathBuf, std::io::Error),
    /// An earlier error stopped this build.
    Stopped,
}

impl PublishError {
    /// Wraps an input or output error with the path it happened at.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| PublishError::Io(path, error)
    }

    /// Stable name of the kind of error, for diagnostics.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            PublishError::Refused(Refusal::NotAFolder, _) => "not-a-folder",
            PublishError::Refused(Refusal::Symlink, _) => "symlink",
            PublishError::Refused(Refusal::MountPoint, _) => "mount-point",
            PublishError::Refused(Refusal::NotOurs, _) => "not-ours",
            PublishError::Refused(Refusal::ContainsPortal, _) => "contains-portal",
            PublishError::Refused(Refusal::InsideSource, _) => "inside-source",
            PublishError::Locked(..) => "locked",
            PublishError::Path(..) => "bad-path",
            PublishError::ForeignFile(_) | PublishError::NotMadeHere(_) => "foreign-file",
            PublishError::BadManifest(_) => "bad-manifest",
            PublishError::Io(_, e) if is_full(e) => "disk-full",
            PublishError::Io(_, e) if e.kind() == std::io::ErrorKind::PermissionDenied => "permission",
            PublishError::Io(..) => "io",
            PublishError::Stopped => "stopped",
        }
    }
}

fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded)
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PublishError::Refused(why, path) => {
                let why = match why {
                    Refusal::NotAFolder => "is not a folder",
                    Refusal::Symlink => "is a symbolic link",
                    Refusal::MountPoint => "is a mount point",
                    Refusal::NotOurs => "holds files and no .sala-manifest: Sala did not make it",
                    Refusal::ContainsPortal => "holds the portal itself",
                    Refusal::InsideSource => "lies in a source folder of the portal",
                };
                write!(f, "the output folder {} {why}", path.display())
            }
            PublishError::Locked(path, Some(pid)) => {
                write!(f, "another build is running (process {pid}, {})", path.display())
            }
            PublishError::Locked(path, None) => {
                write!(f, "another build is running ({})", path.display())
            }
            PublishError::Path(problem, path) => write!(f, "the address {path:?} {problem}"),
            PublishError::ForeignFile(path) => {
                write!(
                    f,
                    "{path:?} in the output folder was not written by Sala and stands in the way: move or remove it"
                )
            }
            PublishError::NotMadeHere(path) => {
                write!(f, "{} was not made by Sala: give another name, or --force to replace it", path.display())
            }
            PublishError::BadManifest(path) => write!(f, "{} is damaged", path.display()),
            PublishError::Io(path, error) => write!(f, "{}: {error}", path.display()),
            PublishError::Stopped => write!(f, "stopped after an earlier error"),
        }
    }
}

impl std::error::Error for PublishError {}
