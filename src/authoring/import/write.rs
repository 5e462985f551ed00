//! Puts planned entries into the content folder without losing what people wrote.
//!
//! `content/_import/<kind>.json` remembers the hash of every file as it was written. A file that still has that hash
//! is replaced by a newer import; one that somebody has changed stays, and only with `update` are the values of the
//! row put into it: its other fields, its comments and its body stay as they are.

use super::plan::Planned;
use crate::authoring::files::{create, hash, replace};
use crate::authoring::value::{Out, front_matter};
use crate::content::front_matter::{Format, split};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Lang, Portal};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

/// What became of the entries.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Outcome {
    /// New files.
    pub created: Vec<String>,
    /// Files that changed.
    pub updated: Vec<String>,
    /// Files that were as they should be.
    pub unchanged: usize,
    /// Files that somebody had changed and that stay.
    pub kept: Vec<String>,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// How to write.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mode {
    /// Put the row's values into files that people have changed.
    pub update: bool,
    /// Decide everything and write nothing.
    pub dry_run: bool,
}

/// Folder of the manifests.
pub const MANIFESTS: &str = "content/_import";

enum Step {
    Create,
    Replace(String),
    Same,
    Keep,
    Unclear,
}

/// What became of one entry.
struct Done {
    path: String,
    step: Step,
    /// Hash of the text that now stands in the file, where it is ours alone.
    ours: Option<String>,
}

/// Writes the entries of one kind, several at a time. `tick` is called once per entry.
///
/// # Errors
/// What the system says about the first file that failed; what was written before is remembered all the same.
pub fn write(
    root: &Path,
    portal: &Portal,
    kind: usize,
    file: &str,
    entries: &[Planned],
    mode: Mode,
    tick: &(dyn Fn() + Sync),
) -> io::Result<Outcome> {
    let place = root.join(MANIFESTS).join(format!("{}.json", portal.schema.kinds[kind].id));
    let before: BTreeMap<String, String> = match std::fs::read(&place) {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Err(_) => BTreeMap::new(),
    };
    let existing = sources(portal, kind);
    let results: Vec<io::Result<Done>> = entries
        .par_iter()
        .map(|planned| {
            let path = existing
                .get(planned.draft.id.as_str())
                .map_or_else(|| planned.draft.path(&portal.schema), |p| (*p).to_string());
            let done = one(root, planned, path, &before, mode);
            tick();
            done
        })
        .collect();
    let mut manifest = before.clone();
    let mut outcome = Outcome::default();
    let mut failed = None;
    for (planned, result) in entries.iter().zip(results) {
        match result {
            Ok(done) => {
                if let Some(hash) = done.ours.filter(|_| !mode.dry_run) {
                    manifest.insert(done.path.clone(), hash);
                }
                outcome.take(file, planned.row, done.path, done.step);
            }
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    if manifest != before {
        let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        text.push('\n');
        replace(&place, text.as_bytes())?;
    }
    failed.map_or(Ok(outcome), Err)
}

/// Decides about one entry and writes its file.
fn one(
    root: &Path,
    planned: &Planned,
    path: String,
    manifest: &BTreeMap<String, String>,
    mode: Mode,
) -> io::Result<Done> {
    let full = root.join(&path);
    let old = match std::fs::read_to_string(&full) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let step = step(planned, old.as_deref(), manifest.get(&path), mode.update);
    let ours = match &step {
        Step::Create => true,
        Step::Replace(text) => *text == planned.text,
        // Also after an import that was interrupted before it could remember the file.
        Step::Same => old.as_ref() == Some(&planned.text),
        Step::Keep | Step::Unclear => false,
    };
    if !mode.dry_run {
        match &step {
            Step::Create => create(&full, planned.text.as_bytes())?,
            Step::Replace(text) => replace(&full, text.as_bytes())?,
            _ => {}
        }
    }
    Ok(Done { path, step, ours: ours.then(|| hash(&planned.text)) })
}

impl Outcome {
    fn take(&mut self, file: &str, row: usize, path: String, step: Step) {
        match step {
            Step::Create => self.created.push(path),
            Step::Replace(_) => self.updated.push(path),
            Step::Same => self.unchanged += 1,
            Step::Keep => {
                self.diagnostics.push(note(
                    file,
                    row,
                    format!("แถว {row}: มีผู้แก้ {path} แล้ว จึงไม่เขียนทับ"),
                    format!("row {row}: {path} was changed by hand and is kept"),
                    "ใช้ --update เพื่อใส่ค่าจากตารางลงในไฟล์ เนื้อหาและช่องอื่นไม่เปลี่ยน",
                    "use --update to put the row's values into it; its body and other fields stay",
                ));
                self.kept.push(path);
            }
            Step::Unclear => {
                self.diagnostics.push(note(
                    file,
                    row,
                    format!("แถว {row}: ใส่ค่าลงใน {path} ไม่ได้ เพราะส่วนหัวไม่ใช่ TOML"),
                    format!("row {row}: the values cannot be put into {path}: its front matter is not TOML"),
                    "แก้ไฟล์ด้วยมือ หรือเปลี่ยนส่วนหัวเป็น TOML",
                    "edit the file by hand, or give it TOML front matter",
                ));
                self.kept.push(path);
            }
        }
    }
}

fn note(file: &str, row: usize, th: String, en: String, hint_th: &str, hint_en: &str) -> Diagnostic {
    let mut d = Diagnostic::new(Code::ImportRow, file, th, en).hint(hint_th, hint_en);
    d.line = row;
    d
}

/// Markdown files of the kind's Thai entries by id.
fn sources(portal: &Portal, kind: usize) -> HashMap<&str, &str> {
    portal
        .entries
        .iter()
        .filter(|e| e.kind == kind && e.lang == Lang::Th)
        .filter_map(|e| {
            let body = e.body?;
            Some((&*e.id, portal.sources[body.source.0 as usize].path.as_str()))
        })
        .collect()
}

fn step(planned: &Planned, old: Option<&str>, written: Option<&String>, update: bool) -> Step {
    let Some(old) = old else {
        return Step::Create;
    };
    if old == planned.text {
        return Step::Same;
    }
    if written.is_some_and(|h| *h == hash(old)) {
        return Step::Replace(planned.text.clone());
    }
    match merged(old, &planned.draft.keys) {
        Some(text) if text == old => Step::Same,
        Some(text) if update => Step::Replace(text),
        None if update => Step::Unclear,
        _ => Step::Keep,
    }
}

/// The old file with the given keys set; comments, other keys and the body stay.
fn merged(old: &str, keys: &[(String, Out)]) -> Option<String> {
    let parts = split(old).ok()?;
    let (Format::Toml, front, start) = parts.front? else {
        return None;
    };
    let mut document: toml_edit::DocumentMut = front.parse().ok()?;
    let new: toml_edit::DocumentMut = front_matter(keys).parse().ok()?;
    for (key, value) in new.iter() {
        let same = document.get(key).is_some_and(|old| bare(old) == bare(value));
        if same {
            continue;
        }
        // The old key keeps its comment; a single value keeps what stands behind it on its line.
        match document.get_mut(key) {
            Some(slot) => {
                let mut fresh = value.clone();
                if let (Some(old), Some(new)) = (slot.as_value(), fresh.as_value_mut()) {
                    *new.decor_mut() = old.decor().clone();
                }
                *slot = fresh;
            }
            None => {
                document.insert(key, value.clone());
            }
        }
    }
    let text = document.to_string();
    Some(format!("{}{}{}", &old[..start], text, &old[start + front.len()..]))
}

/// A value without spacing and comments, for comparison.
fn bare(item: &toml_edit::Item) -> Option<toml::Value> {
    let text = format!("x = {}", item.clone().into_value().ok()?);
    toml::from_str::<toml::Table>(&text).ok()?.remove("x")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updating_keeps_comments_body_and_other_keys() {
        let old = "+++\n# ของเรา\ntitle = \"เดิม\" # ชื่อ\nnote = \"คงไว้\"\n+++\n\nเนื้อหา\n";
        let keys = vec![("title".to_string(), Out::Text("ใหม่".into()))];
        let new = merged(old, &keys).unwrap();
        assert!(new.contains("# ของเรา") && new.contains("คงไว้") && new.ends_with("\nเนื้อหา\n"));
        assert!(new.contains("title = \"ใหม่\""));
        assert_eq!(merged(&new, &keys).as_deref(), Some(new.as_str()));
        assert!(merged("---\ntitle: ก\n---\n", &keys).is_none());
    }

    #[test]
    fn equal_values_in_another_spelling_change_nothing() {
        let old = "+++\nlist = [ \"a\",\n  \"b\" ]\nrows = [ { a = 1 } ]\n+++\n";
        let keys = vec![
            ("list".to_string(), Out::List(vec![Out::Text("a".into()), Out::Text("b".into())])),
            ("rows".to_string(), Out::Rows(vec![vec![("a".into(), Out::Bare("1".into()))]])),
        ];
        assert_eq!(merged(old, &keys).as_deref(), Some(old));
    }
}
