//! Theme files to a [`Theme`]: the built-in theme, the portal's theme folder, the portal's own overrides.
//!
//! - `themes/<name>/` is a theme. It extends the theme that its `theme.toml` names under `extends`, `default` where it names
//!   none: files that it leaves out are those of the extended theme.
//! - `default` is built in; files of a folder `themes/default` replace the built-in ones.
//! - `templates/`, `i18n/` and `icons/` of the portal replace templates, words and icons one by one.
//! - A theme is a folder in `themes/`: its name is no path.
//! - `static/` of the portal replaces static files of the same path; all others are published at the root as they are.

use crate::content::files::Reader;
use crate::content::listing::{Listed, PassOver, copy, is_left_over};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::config::Limits;
use crate::model::held::{begins_as_draft, is_picture, nearly_internal_file, nearly_internal_name};
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

/// The name of the theme that needs no folder and that others extend.
const DEFAULT: &str = "default";

/// `theme.toml`, as far as it says what the theme extends.
#[derive(Default, serde::Deserialize)]
struct Extends {
    #[serde(default)]
    extends: Option<String>,
}

/// The names of a theme and of those that it extends, the default theme first. What is amiss is a finding, and the rest
/// of the line stands.
pub(crate) fn line(root: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let reader = Reader::new(root, Limits::default());
    let mut names: Vec<String> = Vec::new();
    let (mut name, mut named_in) = (name.to_owned(), "portal.toml".to_owned());
    while name != DEFAULT {
        let mut refuse = |th: String, en: String, hint: (&str, &str)| {
            diagnostics.push(Diagnostic::new(Code::BadConfig, &*named_in, th, en).hint(hint.0, hint.1));
        };
        let folder = ("เขียนชื่อโฟลเดอร์ใน themes/", "write the name of a folder in themes/");
        if !is_name(&name) {
            refuse(format!("“{name}” ไม่ใช่ชื่อธีม"), format!("`{name}` is not the name of a theme"), folder);
            break;
        }
        if names.contains(&name) {
            let hint = ("ลบ extends ของธีมหนึ่งออก", "remove extends from one of them");
            refuse(format!("ธีม “{name}” ต่อยอดจากตัวเอง"), format!("theme “{name}” extends itself"), hint);
            break;
        }
        if !root.join("themes").join(&name).is_dir() {
            refuse(format!("ไม่มีธีม “{name}” ในโฟลเดอร์ themes"), format!("no theme “{name}” in themes/"), folder);
            break;
        }
        let file = format!("themes/{name}/theme.toml");
        // A file that cannot be read or understood is told where the theme itself is loaded.
        let text = reader.bytes(&file).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let read: Extends = toml::from_str(&text).unwrap_or_default();
        names.push(std::mem::replace(&mut name, read.extends.unwrap_or_else(|| DEFAULT.to_owned())));
        named_in = file;
    }
    names.push(DEFAULT.to_owned());
    names.reverse();
    names
}

/// The theme of the portal in `root`.
pub(crate) fn load(root: &Path, name: &str, limits: &Limits) -> (Theme, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let reader = Reader::new(root, limits.clone());
    let mut theme = built_in();
    for name in line(root, name, &mut diagnostics) {
        let folder = format!("themes/{name}");
        for (path, bytes) in files(&reader, &folder, &mut diagnostics) {
            theme.add(&path, &format!("{folder}/{path}"), bytes, &mut diagnostics);
        }
    }
    for part in ["templates", "i18n", "icons", "handout"] {
        for (path, bytes) in files(&reader, part, &mut diagnostics) {
            let path = format!("{part}/{path}");
            theme.add(&path, &path, bytes, &mut diagnostics);
        }
    }
    for (path, bytes) in files(&reader, "static", &mut diagnostics) {
        let file = || format!("static/{path}");
        // What hosts read by names of theirs, and parts of style sheets, begin with `_` as well.
        let serves = ["_headers", "_redirects", "_routes.json"].contains(&path.as_str()) || path.ends_with(".css");
        if is_internal_path(&path) || (!serves && path.split('/').any(|part| part.starts_with('_'))) {
            continue;
        }
        if is_left_over(&path) {
            diagnostics.push(copy(&file()));
            continue;
        }
        // Scripts and styles are called by what they do: `hidden.css`.
        let of_pages = [".css", ".js", ".mjs"].iter().any(|ending| path.ends_with(ending));
        let held = if of_pages { nearly_internal_name(&path) } else { nearly_internal_file(&path) };
        if let Some(name) = held {
            diagnostics.push(called_internal(file(), name));
            continue;
        }
        if let Some(name) = begins_as_draft(&path).filter(|_| !of_pages && !is_picture(&path)) {
            diagnostics.push(called_draft(file(), name));
        }
        match theme.assets.get_mut(&path) {
            Some(replaced) => {
                *replaced = bytes;
                theme.own.insert(path);
            }
            None => {
                theme.root_files.insert(path, bytes);
            }
        }
    }
    theme.settle();
    (theme, diagnostics)
}

/// The warning for a file that is not published for its name.
fn called_internal(file: String, name: &str) -> Diagnostic {
    let (th, en) = (
        format!("ชื่อ “{name}” บอกว่าเป็นข้อมูลภายในหรือฉบับร่าง จึงไม่เผยแพร่ไฟล์นี้"),
        format!("the name `{name}` says that it is internal or a draft: the file is not published"),
    );
    let told = Diagnostic::new(Code::FileRefused, file, th, en).severity(Severity::Warning);
    told.hint("ถ้าเผยแพร่ได้ ให้เปลี่ยนชื่อ", "if it may be published, rename it")
}

/// The warning for a file that is published although its name begins as that of a draft.
fn called_draft(file: String, name: &str) -> Diagnostic {
    let (th, en) = (
        format!("ชื่อ “{name}” ขึ้นต้นเหมือนฉบับร่าง แต่ไม่ซ่อนอะไร ไฟล์นี้เผยแพร่แล้ว"),
        format!("the name `{name}` begins as that of a draft and hides nothing: the file is published"),
    );
    let told = Diagnostic::new(Code::FileRefused, file, th, en).severity(Severity::Warning);
    told.hint("ถ้าไม่ใช่ฉบับร่าง ให้เปลี่ยนชื่อ ถ้าใช่ ให้ย้ายออก", "rename it; if it is a draft, take it away")
}

/// Whether a name is one of a folder, and no path.
pub(super) fn is_name(name: &str) -> bool {
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
