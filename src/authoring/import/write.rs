//! Puts planned entries into the content folder without losing what people wrote.
//!
//! A file that still is as the last import left it is replaced by a newer one; one that somebody has changed stays, and
//! only with `update` are those values of the row put into it that the table has changed: its other fields, its comments
//! and its body stay as they are, and a section that both have changed stays the person's.

use super::kept::{Withdrawn, opens, with_holds};
use super::manifest::{Manifest, Record};
use super::merge::{Merged, hashes, merged};
use super::plan::{Import, Planned};
use super::report::{Refusal, grouped};
use super::unfit;
use crate::authoring::files::{Changes, hash};
use crate::cache::{read_plain, read_text};
use crate::content::files::Changed;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{KindDef, KindId, Portal};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    /// Files of an earlier import of this table that no row gives any more; they stay.
    pub vanished: Vec<String>,
    /// Rows that are not taken, because their page was taken out, renamed or hidden.
    pub withdrawn: Vec<String>,
    /// Number of rows that would have taken a page from another row, or from a page what it needs.
    pub unfit: usize,
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
    /// The table belongs to a command that has written files already.
    pub more: bool,
}

enum Step {
    Create,
    /// The old text and the new one.
    Replace(String, String),
    /// The old text, the file with the table's changes in it, and what both sides have changed.
    Merge(String, String, Vec<String>),
    Same,
    /// The page was taken out, or is hidden by its name.
    Withdrawn,
    /// The page is another row's, or would lose what it needs.
    Unfit(Box<Refusal>),
    /// What of the row is not in the file.
    Keep(Vec<String>),
    Unclear,
}

/// What became of one entry.
struct Done {
    path: String,
    step: Step,
    /// What is remembered of it; none: what was remembered stays.
    record: Option<Record>,
    /// `visibility` or `draft` stay that the table gives no more.
    held: bool,
    /// The page was held back and is public now.
    opened: bool,
}

/// Writes the entries of one kind: all or none. `tick` is called once per entry.
///
/// # Errors
/// What the system says about the first file that failed; then every file is as it was.
pub fn write(
    root: &Path,
    import: Import<'_>,
    entries: &[Planned],
    manifest: &Manifest,
    mode: Mode,
    tick: &(dyn Fn() + Sync),
) -> io::Result<Outcome> {
    let Import { portal, file, kind } = import;
    let def = &portal.schema.kinds[kind];
    let existing = sources(portal, kind);
    let table = table_of(manifest, entries, file);
    let withdrawn = Withdrawn::new(import, manifest);
    let results: Vec<io::Result<Done>> = entries
        .par_iter()
        .map(|planned| {
            let path = existing
                .get(planned.draft.id.as_str())
                .map_or_else(|| planned.draft.path(&portal.schema), |p| (*p).to_string());
            let done = one(root, import, planned, path, (manifest, &withdrawn), (&table, entries.len()), mode);
            tick();
            done
        })
        .collect();
    let mut next = manifest.clone();
    let mut outcome = Outcome::default();
    let mut changes = Changes::new(root).joined(mode.more);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let (mut held, mut opened, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
    for (planned, result) in entries.iter().zip(results) {
        let done = result?;
        seen.insert(done.path.clone());
        held.extend(done.held.then(|| done.path.clone()));
        opened.extend(done.opened.then(|| done.path.clone()));
        match &done.step {
            Step::Unfit(refusal) => refusals.push((**refusal).clone()),
            Step::Create => changes.create(&done.path, planned.text.as_bytes()),
            Step::Replace(old, text) | Step::Merge(old, text, _) => changes.replace(&done.path, old, text.as_bytes()),
            _ => {}
        }
        if let Some(record) = done.record {
            next.files.insert(done.path.clone(), record);
        }
        outcome.take(file, planned.row, done.path, done.step);
    }
    let gone = |(path, record): &(&String, &Record)| {
        record.table == table && !seen.contains(*path) && root.join(path).is_file()
    };
    outcome.vanished = manifest.files.iter().filter(gone).map(|(path, _)| path.clone()).collect();
    outcome.diagnostics.extend(grouped(file, &refusals));
    outcome.diagnostics.extend(vanished(file, &outcome.vanished));
    outcome.diagnostics.extend(withdrawn_rows(file, &outcome.withdrawn, &Manifest::path(&def.id)));
    outcome.diagnostics.extend(still_held(file, &held));
    outcome.diagnostics.extend(now_public(file, &opened));
    if mode.dry_run {
        return Ok(outcome);
    }
    if next != *manifest {
        let path = Manifest::path(&def.id);
        match read_plain(&root.join(&path)) {
            // Another import has remembered its pages meanwhile.
            Ok(_) if Manifest::read(root, &def.id)? != *manifest => return Err(Changed(path.into()).into()),
            Ok(old) => changes.replace(path, old, next.text()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => changes.create(path, next.text()),
            Err(error) => return Err(error),
        }
    }
    changes.apply(&format!("import {file}"))?;
    Ok(outcome)
}

/// The name under which earlier imports remember the table: that of most rows that came before, else the file's.
fn table_of(manifest: &Manifest, entries: &[Planned], file: &str) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let keys: BTreeSet<&str> = entries.iter().map(|e| e.key.as_str()).collect();
    for record in manifest.files.values().filter(|r| keys.contains(r.key.as_str()) || r.table == file) {
        *counts.entry(record.table.as_str()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, n)| *n).map(|(table, _)| table);
    most.filter(|t| !t.is_empty()).unwrap_or(file).to_string()
}

/// Decides about one entry.
fn one(
    root: &Path,
    import: Import<'_>,
    planned: &Planned,
    path: String,
    (manifest, withdrawn): (&Manifest, &Withdrawn<'_>),
    (table, rows): (&str, usize),
    mode: Mode,
) -> io::Result<Done> {
    let schema = &import.portal.schema;
    let old = match read_text(&root.join(&path)) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let before = manifest.files.get(&path);
    let holding = old.as_deref().and_then(|old| with_holds(schema, planned, old, before));
    let held = holding.is_some();
    let planned = holding.as_ref().unwrap_or(planned);
    let step = match step(&schema.kinds[import.kind], planned, old.as_deref(), before, mode.update) {
        Step::Create if withdrawn.holds(root, &path, &planned.draft.id) => Step::Withdrawn,
        step => step,
    };
    let values = hashes(&planned.draft.keys, &planned.draft.sections);
    // A table that was renamed or loaded down again has most of its rows from before.
    let is_same = |before: &Record| before.table == import.file || rows >= 3 && before.table == table;
    let changes = matches!(step, Step::Replace(..) | Step::Merge(..) | Step::Keep(_));
    let refusal =
        before.filter(|_| changes).and_then(|before| unfit::refusal(import, planned, before, &values, is_same(before)));
    let step = refusal.map_or(step, |refusal| Step::Unfit(Box::new(refusal)));
    let opened = match &step {
        Step::Replace(old, new) | Step::Merge(old, new, _) => opens(schema, &path, old, new),
        _ => false,
    };
    let record = |written: String, values: BTreeMap<String, String>| Record {
        hash: written,
        key: planned.key.clone(),
        table: table.to_string(),
        values,
    };
    let record = match &step {
        Step::Create | Step::Replace(..) => Some(record(hash(&planned.text), values)),
        // Also after an import that was interrupted before it could remember the file.
        Step::Same if old.as_ref() == Some(&planned.text) => Some(record(hash(&planned.text), values)),
        // The file is a person's, but it holds what the table says.
        Step::Same => before.map(|b| record(b.hash.clone(), values)),
        Step::Merge(.., open) => {
            let mut values = values;
            let earlier = before.map(|b| &b.values);
            for name in open {
                match earlier.and_then(|e| e.get(name)) {
                    Some(hash) => values.insert(name.clone(), hash.clone()),
                    None => values.remove(name),
                };
            }
            Some(record(before.map_or_else(String::new, |b| b.hash.clone()), values))
        }
        Step::Keep(_) | Step::Unclear | Step::Withdrawn | Step::Unfit(_) => None,
    };
    Ok(Done { path, step, record, held, opened })
}

impl Outcome {
    fn take(&mut self, file: &str, row: usize, path: String, step: Step) {
        match step {
            Step::Create => self.created.push(path),
            Step::Replace(..) => self.updated.push(path),
            Step::Same => self.unchanged += 1,
            Step::Withdrawn => self.withdrawn.push(path),
            Step::Unfit(_) => self.unfit += 1,
            Step::Merge(.., open) if open.is_empty() => self.updated.push(path),
            Step::Merge(.., open) => {
                let list = open.join(", ");
                self.diagnostics.push(note(
                    file,
                    row,
                    format!("แถว {row}: {path} มีผู้เขียนส่วนนี้ใหม่ และตารางก็เปลี่ยน จึงคงของผู้เขียนไว้: {list}"),
                    format!("row {row}: both {path} and the table have changed these; the page's stay: {list}"),
                    "คัดลอกข้อความใหม่จากตารางไปใส่เองถ้าต้องการ",
                    "copy the table's new text by hand if it is wanted",
                ));
                self.updated.push(path);
            }
            Step::Keep(open) => {
                let list = open.join(", ");
                self.diagnostics.push(note(
                    file,
                    row,
                    format!("แถว {row}: มีผู้แก้ {path} แล้ว จึงไม่เขียนทับ ค่าที่ไม่ได้ใส่: {list}"),
                    format!("row {row}: {path} was changed by hand and is kept; not put in: {list}"),
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

/// A finding about pages: what is so of them, before their number and their names.
fn about(file: &str, paths: &[String], [th, en]: [&str; 2]) -> Option<Diagnostic> {
    let (count, most) = (paths.len(), 8);
    let mut list = paths.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    if count > most {
        list.push_str(" …");
    }
    let told = Diagnostic::new(Code::ImportRow, file, format!("{count} {th}: {list}"), format!("{count} {en}: {list}"));
    (count > 0).then_some(told)
}

/// Rows of which the page was taken out or hidden.
fn withdrawn_rows(file: &str, paths: &[String], manifest: &str) -> Option<Diagnostic> {
    let th = "แถวไม่นำเข้า เพราะหน้าของแถวถูกนำออก เปลี่ยนชื่อ หรือซ่อนไว้";
    let en = "row(s) are not taken, because their page was taken out, renamed or hidden";
    let hint_th = format!("ถ้าเผยแพร่ได้ วางไฟล์คืนที่เดิม หรือลบชื่อไฟล์ออกจาก {manifest} แล้วนำเข้าใหม่");
    let hint_en =
        format!("if it may be published, put the file back, or delete its name from {manifest} and import again");
    Some(about(file, paths, [th, en])?.hint(hint_th, hint_en))
}

/// Pages that are held back by what the table said earlier.
fn still_held(file: &str, paths: &[String]) -> Option<Diagnostic> {
    let th = "หน้ายังคง visibility หรือ draft ไว้ แม้ตารางไม่บอกแล้ว";
    let en = "page(s) keep their `visibility` or `draft`, which the table gives no more";
    let told = about(file, paths, [th, en])?.severity(Severity::Note);
    Some(told.hint(
        "ถ้าเผยแพร่ได้ เขียน public ในคอลัมน์ visibility และ ไม่ ในคอลัมน์ draft",
        "if they may be published, write public in a column `visibility` and no in a column `draft`",
    ))
}

/// Pages that the table makes public.
fn now_public(file: &str, paths: &[String]) -> Option<Diagnostic> {
    let th = "หน้าที่เคยไม่เผยแพร่ จะเผยแพร่ตามตาราง";
    let en = "page(s) that were held back are public now, as the table says";
    about(file, paths, [th, en])
}

/// Pages that no row gives any more.
fn vanished(file: &str, paths: &[String]) -> Option<Diagnostic> {
    let th = "หน้าที่เคยมาจากตารางนี้ไม่มีแถวแล้ว คงไว้";
    let en = "page(s) that came from this table have no row any more and are kept";
    let hint_th = "ถ้าแถวถูกลบ ให้ลบหน้าเอง ถ้าเปลี่ยนชื่อหรือคอลัมน์ที่แยกแถว จะได้หน้าใหม่ ให้ลบหน้าเดิมหรือใส่คอลัมน์ id";
    let hint_en = "if the row was deleted, delete the page; if its name changed there is a new page now: delete the old one, or give a column `id`";
    Some(about(file, paths, [th, en])?.hint(hint_th, hint_en))
}

fn note(file: &str, row: usize, th: String, en: String, hint_th: &str, hint_en: &str) -> Diagnostic {
    let mut d = Diagnostic::new(Code::ImportRow, file, th, en).hint(hint_th, hint_en);
    d.line = row;
    d
}

/// Markdown files of the kind's Thai entries by id.
fn sources(portal: &Portal, kind: KindId) -> HashMap<&str, &str> {
    portal
        .entries
        .iter()
        .filter(|e| e.kind == kind && e.main)
        .filter_map(|e| {
            let body = e.body?;
            Some((&*e.id, portal.sources[body.source.0 as usize].path.as_str()))
        })
        .collect()
}

fn step(kind: &KindDef, planned: &Planned, old: Option<&str>, before: Option<&Record>, update: bool) -> Step {
    let Some(old) = old else {
        return Step::Create;
    };
    if old == planned.text {
        return Step::Same;
    }
    if before.is_some_and(|b| b.hash == hash(old)) {
        return Step::Replace(old.to_owned(), planned.text.clone());
    }
    let none = BTreeMap::new();
    let earlier = before.map_or(&none, |b| &b.values);
    match merged(old, kind, &planned.draft.keys, &planned.draft.sections, earlier) {
        Some(Merged { changed, open, .. }) if changed.is_empty() && open.is_empty() => Step::Same,
        Some(Merged { text, changed, open }) if update => {
            if changed.is_empty() {
                Step::Keep(open)
            } else {
                Step::Merge(old.to_owned(), text, open)
            }
        }
        Some(Merged { changed, open, .. }) => Step::Keep([changed, open].concat()),
        None if update => Step::Unclear,
        None => Step::Keep(vec!["?".into()]),
    }
}
