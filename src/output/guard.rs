//! Which folders Sala may replace.

use std::path::{Component, Path, PathBuf};

use super::error::{PublishError, UnsafeFolder};
use super::manifest::Manifest;

/// Folders of a portal that an output may not touch.
#[derive(Debug, Clone, Default)]
pub struct ProtectedPaths {
    /// The portal's folder: the output may not be it or hold it.
    pub portal: PathBuf,
    /// Source folders (content, themes, templates, cache): the output may not lie in them.
    pub sources: Vec<PathBuf>,
}

/// The output folder, checked: absolute path with a resolved parent, and the old manifest.
#[derive(Debug)]
pub(super) struct Checked {
    pub out: PathBuf,
    pub old: Option<Manifest>,
    pub exists: bool,
}

/// Where a folder truly is, which need not exist. What leads back out of a folder that is not there (`x/../y`) leads on
/// from the folder around it.
///
/// # Errors
/// A link in the portal leads out to the folder.
pub(crate) fn real_place(folder: &Path, portal: &Path) -> Result<PathBuf, PublishError> {
    let absolute = std::path::absolute(folder).map_err(PublishError::io(folder))?;
    let portal = portal.canonicalize().ok();
    let mut real = PathBuf::new();
    for part in absolute.components() {
        if part == Component::ParentDir {
            real.pop();
        } else {
            let in_portal = |real: &PathBuf| portal.as_ref().is_some_and(|portal| real.starts_with(portal));
            let within = in_portal(&real);
            real.push(part);
            real = real.canonicalize().unwrap_or(real);
            // It may have come with the portal.
            if within && !in_portal(&real) {
                return Err(PublishError::Refused(UnsafeFolder::Symlink, folder.to_owned()));
            }
        }
    }
    Ok(real)
}

/// The absolute output path: its parent (made when missing) resolved, its own name kept. No link in the portal leads out to it.
pub(super) fn resolve(out: &Path, portal: &Path) -> Result<PathBuf, PublishError> {
    let absolute = std::path::absolute(out).map_err(PublishError::io(out))?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(PublishError::Refused(UnsafeFolder::MountPoint, absolute));
    };
    real_place(parent, portal)?;
    std::fs::create_dir_all(parent).map_err(PublishError::io(parent))?;
    let parent = parent.canonicalize().map_err(PublishError::io(parent))?;
    Ok(parent.join(name))
}

/// Checks that `out` (resolved) may be replaced.
pub(super) fn check(out: PathBuf, protected: &ProtectedPaths) -> Result<Checked, PublishError> {
    let refuse = |why| Err(PublishError::Refused(why, out.clone()));
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if !protected.portal.as_os_str().is_empty() && real(&protected.portal).starts_with(&out) {
        return refuse(UnsafeFolder::ContainsPortal);
    }
    for source in &protected.sources {
        let source = real(source);
        if out.starts_with(&source) || source.starts_with(&out) {
            return refuse(UnsafeFolder::InsideSource);
        }
    }
    let metadata = match std::fs::symlink_metadata(&out) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Checked { out, old: None, exists: false });
        }
        Err(error) => return Err(PublishError::Io(out, error)),
    };
    if metadata.is_symlink() {
        return refuse(UnsafeFolder::Symlink);
    }
    if !metadata.is_dir() {
        return refuse(UnsafeFolder::NotAFolder);
    }
    if is_mount_point(&out) {
        return refuse(UnsafeFolder::MountPoint);
    }
    let old = Manifest::read(&out)?;
    if old.is_none() {
        let mut entries = std::fs::read_dir(&out).map_err(PublishError::io(&out))?;
        if entries.next().is_some() {
            return refuse(UnsafeFolder::NotOurs);
        }
    }
    Ok(Checked { out, old, exists: true })
}

#[cfg(target_os = "linux")]
pub(super) fn is_mount_point(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    if let Ok(stat) = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::BASIC_STATS)
        && stat.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT)
    {
        return stat.stx_attributes.contains(StatxAttributes::MOUNT_ROOT);
    }
    other_device(path)
}

#[cfg(all(unix, not(target_os = "linux")))]
pub(super) fn is_mount_point(path: &Path) -> bool {
    other_device(path)
}

#[cfg(unix)]
fn other_device(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Some(parent), Ok(own)) = (path.parent(), std::fs::metadata(path)) else {
        return true;
    };
    std::fs::metadata(parent).is_ok_and(|p| p.dev() != own.dev() || p.ino() == own.ino())
}

#[cfg(not(unix))]
pub(super) fn is_mount_point(path: &Path) -> bool {
    path.parent().is_none()
}
