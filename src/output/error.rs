//! Why publishing did not happen.

use std::path::PathBuf;

use super::path::PathProblem;

/// Why an output folder is not touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnsafeFolder {
    /// Something that is not a folder is there.
    #[error("is not a folder")]
    NotAFolder,
    /// The output is a symbolic link, or one in the portal leads out to it.
    #[error("is a symbolic link, or is reached by one that leads out")]
    Symlink,
    /// The output is a mount point or the root of a file system.
    #[error("is a mount point")]
    MountPoint,
    /// Files are there, and no manifest of Sala.
    #[error("holds files and no .sala-manifest: Sala did not make it")]
    NotOurs,
    /// The output holds the portal.
    #[error("holds the portal itself")]
    ContainsPortal,
    /// The output is in one of the portal's source folders.
    #[error("lies in a source folder of the portal")]
    InsideSource,
}

/// An error of publishing.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The output folder may not be used.
    #[error("the output folder {path} {0}", path = .1.display())]
    Refused(UnsafeFolder, PathBuf),
    /// Another build is running (its process id when known).
    #[error("another build is running ({}{})", process(*.1), .0.display())]
    Locked(PathBuf, Option<u32>),
    /// A page or file asked for an address that cannot be written.
    #[error("the address {1:?} {0}")]
    Path(PathProblem, String),
    /// Something that Sala did not write has the address of a new file, or of a folder on the way to one.
    #[error("{0:?} in the output folder was not written by Sala and stands in the way: move or remove it")]
    ForeignFile(String),
    /// A file that Sala would replace is not one that Sala made.
    #[error("{} was not made by Sala: give another name, or --force to replace it", .0.display())]
    NotMadeHere(PathBuf),
    /// The manifest of the old output cannot be read.
    #[error("{} is damaged", .0.display())]
    BadManifest(PathBuf),
    /// The machine failed: disk full, no permission, …
    #[error("{path}: {1}", path = .0.display())]
    Io(PathBuf, std::io::Error),
    /// An earlier error stopped this build.
    #[error("stopped after an earlier error")]
    Stopped,
}

impl PublishError {
    /// Wraps an input or output error with the path it happened at.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| PublishError::Io(path, error)
    }
}

/// The process that holds the lock, where it is known.
fn process(id: Option<u32>) -> String {
    id.map(|id| format!("process {id}, ")).unwrap_or_default()
}
