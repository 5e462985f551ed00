//! Theme files to a [`Theme`]: the built-in theme, the portal's theme folder, the portal's own overrides.
//!
//! - `themes/<name>/` is the theme; `default` is built in and needs no folder; another theme may leave files out
//!   and gets those of the default theme.
//! - `templates/` and `i18n/` of the portal replace templates and words one by one.
//! - A theme is a folder in `themes/`: its name is no path.
//! - `static/` of the portal replaces static files of the same path; all others are published at the root as they are.

use crate::content::files::Reader;
use crate::content::listing::{Listed, PassOver};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::config::Limits;
use crate::model::ids::is_internal_path;
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
pub fn load(root: &Path, name: &str, limits: &Limits) -> (Theme, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let reader = Reader::new(root, limits.clone());
    if !is_name(name) {
        let (th, en) = (format!("“{name}” ไม่ใช่ชื่อธีม"), format!("`{name}` is not the name of a theme"));
        let d = Diagnostic::new(Code::BadConfig, "portal.toml", th, en);
        diagnostics.push(d.hint("เขียนชื่อโฟลเดอร์ใน themes/", "write the name of a folder in themes/"));
        return (built_in(), diagnostics);
    }
    let folder = format!("themes/{name}");
    let exists = root.join(&folder).is_dir();
    let mut theme = if exists && name == "default" { Theme::default() } else { built_in() };
    if !exists && name != "default" {
        let th = format!("ไม่มีธีม “{name}” ในโฟลเดอร์ themes");
        diagnostics.push(Diagnostic::new(Code::BadConfig, "portal.toml", th, format!("no theme “{name}” in themes/")));
    }
    for (path, bytes) in files(&reader, &folder, &mut diagnostics) {
        theme.add(&path, &format!("themes/{name}/{path}"), bytes, &mut diagnostics);
    }
    for part in ["templates", "i18n", "icons"] {
        for (path, bytes) in files(&reader, part, &mut diagnostics) {
            let path = format!("{part}/{path}");
            theme.add(&path, &path, bytes, &mut diagnostics);
        }
    }
    for (path, bytes) in files(&reader, "static", &mut diagnostics) {
        if is_internal_path(&path) {
            continue;
        }
        match theme.assets.get_mut(&path) {
            Some(replaced) => *replaced = bytes,
            None => {
                theme.root_files.insert(path, bytes);
            }
        }
    }
    (theme, diagnostics)
}

/// Whether a name is one of a folder, and no path.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
}

/// Files below a folder of the portal with their paths from there, sorted. Hidden files are passed over.
fn files(reader: &Reader<'_>, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, Bytes)> {
    let mut found = Vec::new();
    for Listed { path, .. } in reader.files(folder, PassOver::Dots, diagnostics) {
        let file = format!("{folder}/{path}");
        match reader.bytes(&file) {
            Ok(bytes) => found.push((path, Cow::Owned(bytes))),
            Err(error) => {
                let th = format!("อ่านไฟล์ไม่ได้: {error}");
                diagnostics.push(Diagnostic::new(Code::UnreadableFile, file, th, format!("cannot read: {error}")));
            }
        }
    }
    found
}
