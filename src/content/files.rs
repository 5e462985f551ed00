//! Reads files of a portal: what there is, and the text of each, within limits.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::config::Limits;
use crate::model::{MediaFile, SourceFile};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Access to the files of one portal.
pub struct Reader<'a> {
    /// The portal's folder.
    pub root: &'a Path,
    /// Limits on sizes.
    pub limits: Limits,
}

/// What lies in the content folder, each list in order of the paths.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Markdown files, relative to the portal's folder.
    pub markdown: Vec<String>,
    /// All other files, relative to `content/`.
    pub media: Vec<MediaFile>,
}

impl Reader<'_> {
    /// Files under a folder with an ending, sorted; relative to the portal's folder.
    pub fn list(&self, folder: &str, ending: &str) -> Vec<String> {
        let suffix = format!(".{ending}");
        let mut paths: Vec<String> = WalkDir::new(self.root.join(folder))
            .into_iter()
            .filter_map(Result::ok)
            .filter(|e| e.file_type().is_file())
            .map(|e| self.relative(e.path()))
            .filter(|p| p.ends_with(&suffix))
            .collect();
        paths.sort();
        paths
    }

    /// Lists the content folder. Names that start with `_` or `.` are left out; links that loop or leave the
    /// portal are skipped with a warning.
    pub fn content(&self, diagnostics: &mut Vec<Diagnostic>) -> Listing {
        let mut listing = Listing::default();
        let base = self.root.join("content");
        let home = self.root.canonicalize().unwrap_or_else(|_| self.root.to_path_buf());
        let walk = WalkDir::new(&base).follow_links(true).sort_by_file_name().into_iter().filter_entry(|e| {
            let name = e.file_name().to_string_lossy();
            e.depth() == 0 || !(name.starts_with('_') || name.starts_with('.'))
        });
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    diagnostics.push(self.walk_error(&error));
                    continue;
                }
            };
            if entry.path_is_symlink() && entry.path().canonicalize().is_ok_and(|p| !p.starts_with(&home)) {
                diagnostics.push(link_loop(&self.relative(entry.path())));
                continue;
            }
            if !entry.file_type().is_file() {
                continue;
            }
            let path = self.relative(entry.path());
            if path.to_ascii_lowercase().ends_with(".md") {
                listing.markdown.push(path);
            } else if let Some(path) = path.strip_prefix("content/") {
                let size = entry.metadata().map(|m| m.len()).unwrap_or(0);
                listing.media.push(MediaFile { path: path.to_string(), size });
            }
        }
        listing
    }

    fn walk_error(&self, error: &walkdir::Error) -> Diagnostic {
        let path = error.path().map(|p| self.relative(p)).unwrap_or_default();
        if error.loop_ancestor().is_some() {
            return link_loop(&path);
        }
        let reason = error.io_error().map(ToString::to_string).unwrap_or_default();
        unreadable(&path, &reason)
    }

    /// The text of a file, or none with a diagnostic.
    pub fn text(&self, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<SourceFile> {
        let full: PathBuf = self.root.join(path);
        let limit = u64::from(self.limits.file_megabytes) * 1024 * 1024;
        match std::fs::metadata(&full) {
            Ok(meta) if meta.len() > limit => {
                let size = meta.len() / (1024 * 1024);
                let most = self.limits.file_megabytes;
                diagnostics.push(Diagnostic::new(
                    Code::FileTooLarge,
                    path,
                    format!("ไฟล์มีขนาด {size} MB เกินขีดจำกัด {most} MB"),
                    format!("the file has {size} MB, the limit is {most} MB"),
                ));
                return None;
            }
            Ok(_) => {}
            Err(error) => {
                diagnostics.push(unreadable(path, &describe(&error)));
                return None;
            }
        }
        match read(&full) {
            Err(error) => {
                diagnostics.push(unreadable(path, &describe(&error)));
                None
            }
            Ok(Ok(text)) => Some(SourceFile::new(path, text)),
            Ok(Err((line, byte))) => {
                let mut d = Diagnostic::new(
                    Code::NotUtf8,
                    path,
                    format!("ไฟล์ไม่ใช่ UTF-8: พบไบต์ 0x{byte:02X} ในบรรทัด {line}"),
                    format!("the file is not UTF-8: byte 0x{byte:02X} on line {line}"),
                )
                .hint("บันทึกไฟล์ใหม่เป็น UTF-8", "save the file again as UTF-8");
                d.line = line;
                d.column = 1;
                diagnostics.push(d);
                None
            }
        }
    }

    /// A path relative to the portal's folder, with `/`.
    pub fn relative(&self, path: &Path) -> String {
        let relative = path.strip_prefix(self.root).unwrap_or(path);
        relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}

/// The text of a file, or the place of its first bad byte.
fn read(path: &Path) -> std::io::Result<Result<String, BadByte>> {
    std::fs::read(path).map(decode)
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

fn describe(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "ไม่พบไฟล์ (not found)".into(),
        ErrorKind::PermissionDenied => "ไม่มีสิทธิ์อ่าน (permission denied)".into(),
        _ => error.to_string(),
    }
}

fn unreadable(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, path, format!("อ่านไม่ได้: {reason}"), format!("cannot be read: {reason}"))
}

fn link_loop(path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::LinkLoop,
        path,
        "ลิงก์นี้วนกลับมาที่เดิมหรือชี้ออกนอกพอร์ทัล จึงถูกข้ามไป",
        "this link loops or points outside the portal; it was skipped",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_told_with_its_reason() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("folder.md")).unwrap();
        let reader = Reader { root: dir.path(), limits: Limits::default() };
        for (path, reason) in [("none.md", "not found"), ("folder.md", "os error")] {
            let mut found = Vec::new();
            assert!(reader.text(path, &mut found).is_none());
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].code, Code::UnreadableFile);
            assert_eq!(found[0].file, path);
            assert!(found[0].message.en.contains(reason), "{}", found[0].message.en);
        }
    }
}
