//! The one way to the files of a portal: the content of each, within limits ([`super::listing`]: what there is).
//!
//! Every file is taken by its true path. A link may lead to another place of the folders that a portal is made from, and
//! what it leads to is judged by its own name there; a link to anywhere else is refused. Nothing but regular files is
//! opened, so that no device, pipe or socket can stop a build or be published.

use crate::cache::{Links, NO_FILE, open_plain};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::config::Limits;
use crate::model::held::nearly_internal_name;
use crate::model::{Label, SourceFile, ids};
use std::collections::HashMap;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Folders that a portal is made from, besides its settings.
pub(crate) const FOLDERS: [&str; 8] = ["content", "themes", "templates", "static", "i18n", "icons", "handout", "fonts"];

/// Access to the files of one portal.
pub struct Reader<'a> {
    /// The portal's folder.
    pub root: &'a Path,
    /// Limits on sizes.
    pub limits: Limits,
    /// The portal's true folder.
    pub(super) home: PathBuf,
    /// Whether a folder of it is where its path says: asked once for all its files.
    true_folders: Mutex<HashMap<PathBuf, bool>>,
}

impl<'a> Reader<'a> {
    /// For the portal in `root`.
    pub fn new(root: &'a Path, limits: Limits) -> Reader<'a> {
        let home = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        Reader { root, limits, home, true_folders: Mutex::default() }
    }

    /// The text of a file, or none with a diagnostic.
    pub fn text(&self, path: &str, found: &mut Vec<Diagnostic>) -> Option<SourceFile> {
        let most = self.limits.file_megabytes;
        let bytes = match self.open(path).and_then(|file| limited(file, most)) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(size)) => {
                found.push(too_large(path, size, most, "file_megabytes"));
                return None;
            }
            Err(error) => {
                found.push(unreadable(path, &describe(&error)));
                return None;
            }
        };
        match decode(bytes) {
            Ok(text) => Some(SourceFile::new(path, text)),
            Err((line, byte)) => {
                let mut d = Diagnostic::new(
                    Code::NotUtf8,
                    path,
                    format!("ไฟล์ไม่ใช่ UTF-8: พบไบต์ 0x{byte:02X} ในบรรทัด {line}"),
                    format!("the file is not UTF-8: byte 0x{byte:02X} on line {line}"),
                )
                .hint("บันทึกไฟล์ใหม่เป็น UTF-8", "save the file again as UTF-8");
                d.line = line;
                d.column = 1;
                found.push(d);
                None
            }
        }
    }

    /// The bytes of a file that is published or shown.
    ///
    /// # Errors
    /// A file that cannot be opened, is no file, leads out of the portal or is larger than `limits.media_megabytes`.
    pub fn bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        let most = self.limits.media_megabytes;
        limited(self.open(path)?, most)?
            .map_err(|size| io::Error::new(ErrorKind::FileTooLarge, too_large(path, size, most, MEDIA).message.en))
    }

    /// The size in bytes of a file that is published or shown.
    ///
    /// # Errors
    /// A file that cannot be opened, is no file or leads out of the portal.
    pub fn size(&self, path: &str) -> io::Result<u64> {
        Ok(self.open(path)?.metadata()?.len())
    }

    /// The true path of a file of the portal, relative to the portal's folder.
    pub(super) fn true_path(&self, path: &str) -> Option<String> {
        let real = self.root.join(path).canonicalize().ok()?;
        real.strip_prefix(&self.home).ok()?.to_str().map(str::to_owned)
    }

    /// Opens a regular file of the portal by its true path.
    fn open(&self, path: &str) -> io::Result<std::fs::File> {
        let plain = self.home.join(path);
        if let Some(file) = self.open_plain(&plain) {
            return Ok(file);
        }
        let real = self.root.join(path).canonicalize()?;
        // A page under another ending would be published as it is written, with all that it keeps internal.
        if real != plain && (ending(&real) != ending(&plain) || !self.admits(&real, &plain)) {
            return Err(Outside.into());
        }
        open_plain(&real, Links::Follow)
    }

    /// Opens a file that lies where its path says, with no link on the way; none where that is not sure.
    fn open_plain(&self, plain: &Path) -> Option<std::fs::File> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        let folder = plain.parent()?;
        let mut folders = self.true_folders.lock().unwrap_or_else(PoisonError::into_inner);
        let is_true = match folders.get(folder) {
            Some(known) => *known,
            None => {
                let is_true = folder.canonicalize().is_ok_and(|real| real == folder);
                folders.insert(folder.to_path_buf(), is_true);
                is_true
            }
        };
        drop(folders);
        if is_true { open_plain(plain, Links::Refuse).ok() } else { None }
    }

    /// Whether a link at `from` may lead to a place: in the folder of the portal that the link lies in, or in another that
    /// the portal is made from and under a name that is public there; into `content` only from there.
    pub(super) fn admits(&self, real: &Path, from: &Path) -> bool {
        let inside = |path: &Path| path.strip_prefix(&self.home).ok().and_then(Path::to_str).map(str::to_owned);
        let (Some(target), Some(link)) = (inside(real), inside(from)) else {
            return false;
        };
        let mut parts = target.split('/');
        let first = parts.next().unwrap_or_default();
        // What is published as it is, or read as code, lets nothing of the content pass the gate.
        let content = |path: &str| path == "content" || path.starts_with("content/");
        if content(&target) && !content(&link) {
            return false;
        }
        // A link between names that are both passed over (tables, schema) makes nothing public.
        let own = |part: &str| part.starts_with('_') && link.split('/').any(|p| p == part);
        FOLDERS.contains(&first)
            && !parts.any(|part| part.starts_with('.') || (part.starts_with('_') && !own(part)))
            && (!ids::is_internal_path(&target) || ids::is_internal_path(&link))
            && (nearly_internal_name(&target).is_none() || nearly_internal_name(&link).is_some())
    }
}

/// Ending of a file's name in small letters; empty without one.
pub(super) fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// A path that leads out of the portal or to what is internal.
#[derive(Debug, thiserror::Error)]
#[error("{}", OUTSIDE.1)]
pub(crate) struct Outside;

impl From<Outside> for io::Error {
    fn from(outside: Outside) -> io::Error {
        io::Error::new(ErrorKind::PermissionDenied, outside)
    }
}

/// A file that is no longer what a command has read, and over which it would have written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", .0.display(), CHANGED.1)]
pub(crate) struct Changed(pub PathBuf);

impl Changed {
    /// What an error says of this, if it does.
    pub(crate) fn of(error: &io::Error) -> Option<&Changed> {
        error.get_ref().and_then(|inner| inner.downcast_ref())
    }
}

impl From<Changed> for io::Error {
    fn from(changed: Changed) -> io::Error {
        io::Error::other(changed)
    }
}

const CHANGED: (&str, &str) = (
    "ไฟล์ถูกแก้หรือย้ายระหว่างที่คำสั่งทำงาน จึงไม่เขียนไฟล์ใดเลย สั่งใหม่อีกครั้ง",
    "the file was changed or moved while the command was at work; nothing was written, run it again",
);

pub(super) const OUTSIDE: (&str, &str) = (
    "ลิงก์นี้ชี้ออกนอกโฟลเดอร์เนื้อหาของพอร์ทัล หรือชี้ไปยังไฟล์ภายใน จึงไม่อ่าน",
    "this link leads out of the folders of the portal or to what is internal; it is not read",
);

/// The bytes of a file, or its size where it is larger than so many megabytes.
fn limited(file: std::fs::File, megabytes: u32) -> io::Result<Result<Vec<u8>, u64>> {
    let (size, limit) = (file.metadata()?.len(), u64::from(megabytes) * 1024 * 1024);
    if size > limit {
        return Ok(Err(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(limit + 1).read_to_end(&mut bytes)?;
    let read = bytes.len() as u64;
    Ok(if read > limit { Err(read) } else { Ok(bytes) })
}

/// Line and value of a byte that is not UTF-8.
type BadByte = (usize, u8);

/// UTF-8 text without a byte order mark.
fn decode(bytes: Vec<u8>) -> Result<String, BadByte> {
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        (bytes[..at].iter().filter(|b| **b == b'\n').count() + 1, bytes[at])
    })
}

/// Why the system refused a file, in words of a writer.
pub(crate) fn describe(error: &io::Error) -> Label {
    match error.kind() {
        ErrorKind::NotFound => {
            Label::new("ไม่พบไฟล์ ตรวจชื่อและโฟลเดอร์", "there is no such file; check its name and folder")
        }
        ErrorKind::PermissionDenied if error.get_ref().is_some_and(|e| e.is::<Outside>()) => {
            Label::new(OUTSIDE.0, OUTSIDE.1)
        }
        ErrorKind::InvalidInput if error.get_ref().is_some() => Label::new(NO_FILE.0, NO_FILE.1),
        ErrorKind::PermissionDenied => {
            Label::new("ไม่มีสิทธิ์ หรือโปรแกรมอื่นเปิดไฟล์ค้างไว้", "permission denied, or another program holds the file open")
        }
        ErrorKind::AlreadyExists => Label::new(
            format!("มีไฟล์อยู่แล้ว จึงไม่เขียนทับ: {error}"),
            format!("there is such a file, and it is left as it is: {error}"),
        ),
        ErrorKind::IsADirectory => Label::new("เป็นโฟลเดอร์ ไม่ใช่ไฟล์", "it is a folder, no file"),
        ErrorKind::StorageFull => Label::new("ดิสก์เต็ม", "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => Label::new("ดิสก์นี้เขียนไม่ได้ อ่านได้อย่างเดียว", "this disk can only be read"),
        _ => match Changed::of(error) {
            Some(Changed(path)) => Label::new(format!("{}: {}", path.display(), CHANGED.0), error.to_string()),
            None => Label::new(error.to_string(), error.to_string()),
        },
    }
}

pub(super) fn unreadable(path: &str, reason: &Label) -> Diagnostic {
    let (th, en) = (format!("อ่านไม่ได้: {}", reason.th), format!("cannot be read: {}", reason.en));
    Diagnostic::new(Code::UnreadableFile, path, th, en)
}

/// The setting that limits what is published as it is.
pub(crate) const MEDIA: &str = "media_megabytes";

/// A file that is larger than the `setting` of `[limits]` allows.
pub(crate) fn too_large(path: &str, size: u64, most: u32, setting: &str) -> Diagnostic {
    let size = size.div_ceil(1024 * 1024);
    Diagnostic::new(
        Code::FileTooLarge,
        path,
        format!("ไฟล์มีขนาด {size} MB เกินขีดจำกัด {most} MB ({setting} ใน [limits] ของ portal.toml)"),
        format!("the file has {size} MB, the limit is {most} MB ({setting} in [limits] of portal.toml)"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_told_with_its_reason() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("folder.md")).unwrap();
        let reader = Reader::new(dir.path(), Limits::default());
        for (path, reason) in [("none.md", "no such file"), ("folder.md", "neither a file")] {
            let mut found = Vec::new();
            assert!(reader.text(path, &mut found).is_none());
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].code, Code::UnreadableFile);
            assert_eq!(found[0].file, path);
            assert!(found[0].message.en.contains(reason), "{}", found[0].message.en);
        }
    }

    #[test]
    fn files_beyond_the_limits_are_not_read() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("big.md"), vec![b'x'; 2 * 1024 * 1024]).unwrap();
        let reader = Reader::new(dir.path(), Limits { file_megabytes: 1, media_megabytes: 1, ..Limits::default() });
        let mut found = Vec::new();
        assert!(reader.text("big.md", &mut found).is_none());
        assert_eq!(found[0].code, Code::FileTooLarge);
        assert_eq!(reader.bytes("big.md").unwrap_err().kind(), ErrorKind::FileTooLarge);
    }
}
