//! Making what was written outlast a power cut.

use std::path::Path;

/// Writes all that a folder holds to the disk.
#[cfg(target_os = "linux")]
pub(super) fn folder(path: &Path) -> std::io::Result<()> {
    let folder = std::fs::File::open(path)?;
    match rustix::fs::syncfs(&folder) {
        // Some file systems of networks and containers cannot; what they do with files is theirs to know.
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::INVAL | rustix::io::Errno::OPNOTSUPP) => Ok(()),
        other => other.map_err(Into::into),
    }
}

/// Writes all that a folder holds to the disk.
#[cfg(not(target_os = "linux"))]
pub(super) fn folder(path: &Path) -> std::io::Result<()> {
    for entry in walkdir::WalkDir::new(path) {
        let entry = entry.map_err(std::io::Error::other)?;
        if entry.file_type().is_file() {
            std::fs::File::open(entry.path())?.sync_all()?;
        }
    }
    Ok(())
}

/// Writes the names in a folder to the disk.
#[cfg(unix)]
pub(super) fn name(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Other systems write names by themselves.
#[cfg(not(unix))]
pub(super) fn name(_: &Path) -> std::io::Result<()> {
    Ok(())
}
