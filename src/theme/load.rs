//! Theme files to a [`Theme`]: the built-in theme, the portal's theme folder, the portal's own overrides.
//!
//! - `themes/<name>/` is the theme; `default` is built in and needs no folder; another theme may leave files out
//!   and gets those of the default theme.
//! - `templates/` and `i18n/` of the portal replace templates and words one by one.
//! - `static/` of the portal replaces static files of the same path; all others are published at the root as they are.

use crate::diagnostics::{Code, Diagnostic};
use crate::theme::{Bytes, Theme};
use std::borrow::Cow;
use std::path::Path;

/// Files of the default theme.
static BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme_files.rs"));

/// The default theme alone.
pub fn built_in() -> Theme {
    let mut theme = Theme::default();
    for (path, bytes) in BUILT_IN {
        theme.add(path, &format!("themes/default/{path}"), Cow::Borrowed(bytes), &mut Vec::new());
    }
    theme
}

/// The theme of the portal in `root`.
pub fn load(root: &Path, name: &str) -> (Theme, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let folder = root.join("themes").join(name);
    let exists = folder.is_dir();
    let mut theme = if exists && name == "default" { Theme::default() } else { built_in() };
    if !exists && name != "default" {
        let th = format!("ไม่มีธีม “{name}” ในโฟลเดอร์ themes");
        diagnostics.push(Diagnostic::new(Code::BadConfig, "portal.toml", th, format!("no theme “{name}” in themes/")));
    }
    for (path, bytes) in files(&folder, &mut diagnostics) {
        theme.add(&path, &format!("themes/{name}/{path}"), bytes, &mut diagnostics);
    }
    for part in ["templates", "i18n", "icons"] {
        for (path, bytes) in files(&root.join(part), &mut diagnostics) {
            let path = format!("{part}/{path}");
            theme.add(&path, &path, bytes, &mut diagnostics);
        }
    }
    for (path, bytes) in files(&root.join("static"), &mut diagnostics) {
        match theme.assets.get_mut(&path) {
            Some(replaced) => *replaced = bytes,
            None => {
                theme.root_files.insert(path, bytes);
            }
        }
    }
    (theme, diagnostics)
}

/// Files below a folder with their relative paths, sorted. Hidden files and links are passed over.
fn files(folder: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, Bytes)> {
    let mut found = Vec::new();
    let visible = |name: &std::ffi::OsStr| !name.to_string_lossy().starts_with('.');
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|e| e.depth() == 0 || visible(e.file_name())).flatten() {
        if !entry.file_type().is_file() {
            continue;
        }
        let Ok(relative) = entry.path().strip_prefix(folder) else {
            continue;
        };
        let path = relative.to_string_lossy().replace('\\', "/");
        match std::fs::read(entry.path()) {
            Ok(bytes) => found.push((path, Cow::Owned(bytes))),
            Err(error) => {
                let file = entry.path().display().to_string();
                let th = format!("อ่านไฟล์ไม่ได้: {error}");
                diagnostics.push(Diagnostic::new(Code::UnreadableFile, file, th, format!("cannot read: {error}")));
            }
        }
    }
    found
}
