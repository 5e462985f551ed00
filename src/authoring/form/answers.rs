//! The answers of a form: texts to values, and what is wrong with them.

use super::body::without_blank;
use super::current::Current;
use super::inputs::LEAD;
use super::page::Change;
use crate::authoring::Reason;
use crate::authoring::assemble::assemble;
use crate::authoring::convert::{Cell, Converter};
use crate::authoring::draft::{Draft, fault, faults};
use crate::authoring::names::NameIndex;
use crate::authoring::target::{self, RESERVED, Target, label, parse, written};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{FieldType, KindDef, KindId, Label};
use std::collections::{BTreeMap, BTreeSet};

/// Texts by the names of inputs, as a browser sends them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Answers(BTreeMap<String, String>);

impl Answers {
    /// From pairs; several of one name are the values of a list.
    pub(crate) fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Answers {
        let mut out: BTreeMap<String, String> = BTreeMap::new();
        for (name, text) in pairs {
            let text = text.replace("\r\n", "\n");
            let is_body = name == LEAD || name.starts_with(target::SECTION);
            let text = if is_body { without_blank(&text) } else { text.trim() };
            let all = out.entry(name).or_default();
            if !all.is_empty() && !text.is_empty() {
                all.push('\n');
            }
            all.push_str(text);
        }
        Answers(out)
    }

    /// The text of an input; none where it was not in the form.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// What a form shows: the answers over what the file holds.
    pub(crate) fn over(&self, current: &Current) -> BTreeMap<String, String> {
        let mut texts = current.texts.clone();
        texts.extend(self.0.clone());
        texts
    }
}

/// What is wrong, or worth knowing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    /// Name of the input; empty: the page as a whole.
    pub name: String,
    /// What is wrong.
    pub message: Label,
    /// What to write instead.
    pub hint: Option<Label>,
    /// Whether it stops publishing.
    pub is_error: bool,
}

impl Finding {
    fn error(name: impl Into<String>, reason: Reason) -> Finding {
        Finding { name: name.into(), message: reason.message, hint: reason.hint, is_error: true }
    }

    /// A finding of the loader or of the rules.
    pub(super) fn of(name: impl Into<String>, d: &Diagnostic) -> Finding {
        Finding { name: name.into(), message: d.message.clone(), hint: d.hint.clone(), is_error: d.is_error() }
    }
}

/// The values that differ from the file's, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// For the file. What cannot be taken is in its notes.
    pub change: Change,
    /// What cannot be taken, by input.
    pub findings: Vec<Finding>,
    /// The id that was asked for.
    pub id: Option<String>,
}

/// Reads the answers that differ from what the file holds.
pub(super) fn read(names: &NameIndex<'_>, kind: KindId, current: &Current, answers: &Answers) -> Read {
    let schema = &names.portal().schema;
    let def = &schema.kinds[kind];
    let differs = |name: &str, text: &str| differs(def, name, current.texts.get(name).map_or("", |t| t.as_str()), text);
    let changed: Vec<Target> =
        answers.0.iter().filter(|(name, text)| differs(name, text)).filter_map(|(name, _)| parse(def, name)).collect();
    let keys = changed.iter().filter_map(|t| key(def, t)).filter(|key| !current.locked.contains(key));
    let keys: BTreeSet<String> = keys.collect();
    let mut out = Read::default();
    // A key whose parts or rows are in several inputs is read whole.
    let cells: Vec<(Target, Cell)> = answers
        .over(current)
        .into_iter()
        // What is read with what has changed, and has not itself, is as the file has it.
        .map(|(name, text)| match current.texts.get(&name).filter(|_| !differs(&name, text.trim())) {
            Some(held) => (name, held.clone()),
            None => (name, text),
        })
        .filter_map(|(name, text)| Some((parse(def, &name)?, Cell::Text(text))))
        .filter(|(target, cell)| !cell.is_empty() && key(def, target).is_some_and(|k| keys.contains(&k)))
        .collect();
    let converter = Converter { names, separators: vec!['\n'], two_digit_years: None };
    let mut by_row: Vec<(Target, &Cell)> = cells.iter().map(|(t, c)| (t.clone(), c)).collect();
    // Names sort `10` before `2`.
    by_row.sort_by_key(|(t, _)| if let Target::Cell(f, r, c) = t { (*f, *r, *c) } else { (0, 0, 0) });
    let made = assemble(&converter, def, &by_row);
    for (place, reason) in &made.failures {
        let (target, cell) = &by_row[*place];
        let (name, text) = (label(def, target).th, cell.text().replace('\n', " "));
        out.change.notes.push(format!("{name}: {} (ที่เขียนไว้: “{text}”)", reason.message.th));
        out.findings.push(Finding::error(written(def, target), reason.clone()));
    }
    for (target, cell) in &by_row {
        let value = match target {
            Target::Reserved(i) => converter.value(&RESERVED[*i].field(), cell),
            Target::Field(f) => converter.value(&def.fields[*f], cell),
            Target::Cell(f, _, c) => converter.value(&def.fields[*f].columns[*c], cell),
            _ => continue,
        };
        if let Ok(Some(value)) = value
            && let Some(d) = fault(schema, kind, target, &value)
        {
            out.findings.push(Finding::of(written(def, target), &d));
        }
    }
    out.findings.extend(incomplete_rows(def, &by_row));
    for (key, value) in &made.keys {
        let is_parted = def.fields.iter().any(|f| f.id == *key && !f.many && !target::parts_of(f.ty).is_empty());
        let told = faults(schema, kind, (key.clone(), value.clone()));
        let told = told.iter().filter(|d| d.code == Code::BadCount || (is_parted && d.code != Code::MissingField));
        out.findings.extend(told.map(|d| Finding::of(key.clone(), d)));
    }
    let mut draft = Draft { kind, keys: made.keys, ..Draft::default() };
    draft.settle(schema);
    out.change.notes.append(&mut draft.notes);
    for key in keys {
        let value = draft.keys.iter().find(|(k, _)| *k == key).map(|(_, value)| value.clone());
        out.change.noted.extend(labels(def, &key, &changed));
        out.change.keys.push((key, value));
    }
    for target in &changed {
        if let Target::Section(s) = target {
            let text = answers.text(&written(def, target)).unwrap_or_default();
            out.change.sections.push((*s, text.to_string()));
        }
    }
    out.change.lead = answers.text(LEAD).filter(|text| differs(LEAD, text)).map(str::to_string);
    out.id = answers.text("id").filter(|id| !id.is_empty()).map(str::to_string);
    out
}

/// Whether an answer says something else than the file. Terms are ticked in the order of their vocabulary, whatever the
/// file's is.
fn differs(kind: &KindDef, name: &str, held: &str, answer: &str) -> bool {
    let def = match parse(kind, name) {
        Some(Target::Section(_)) | None => return without_blank(held) != answer,
        Some(Target::Reserved(i)) => Some(RESERVED[i].field()),
        Some(Target::Field(f)) => Some(kind.fields[f].clone()),
        Some(Target::Cell(f, _, c)) => Some(kind.fields[f].columns[c].clone()),
        Some(Target::Id | Target::Part(..)) => None,
    };
    let ticked = |text: &str| {
        let mut all: Vec<String> = text.lines().map(|line| line.trim().to_string()).filter(|l| !l.is_empty()).collect();
        all.sort_unstable();
        all
    };
    match def {
        Some(def) if def.many && def.ty == FieldType::Term => ticked(held) != ticked(answer),
        _ => held.trim() != answer,
    }
}

/// The key that holds a target's value.
fn key(kind: &KindDef, target: &Target) -> Option<String> {
    match target {
        Target::Reserved(i) => Some(RESERVED[*i].key.to_string()),
        Target::Field(f) | Target::Part(f, _) | Target::Cell(f, ..) => Some(kind.fields[*f].id.clone()),
        Target::Id | Target::Section(_) => None,
    }
}

/// What notes about a key's values begin with.
fn labels(kind: &KindDef, key_id: &str, changed: &[Target]) -> Vec<String> {
    let targets = changed.iter().filter(|t| key(kind, t).as_deref() == Some(key_id)).map(|t| label(kind, t).th);
    targets.chain(kind.fields.iter().filter(|f| f.id == key_id).map(|f| f.label.th.clone())).collect()
}

/// Rows in which a column is empty that every row must have.
fn incomplete_rows(kind: &KindDef, cells: &[(Target, &Cell)]) -> Vec<Finding> {
    let filled = |t: &Target| if let Target::Cell(f, r, _) = t { Some((*f, *r)) } else { None };
    let rows: BTreeSet<(usize, usize)> = cells.iter().filter_map(|(t, _)| filled(t)).collect();
    let has = |wanted: &Target| cells.iter().any(|(t, _)| t == wanted);
    let needed = rows.into_iter().flat_map(|(f, r)| {
        let columns = kind.fields[f].columns.iter().enumerate().filter(|(_, c)| c.required);
        columns.map(move |(c, _)| Target::Cell(f, r, c))
    });
    needed.filter(|target| !has(target)).map(|t| Finding::error(written(kind, &t), needed_answer())).collect()
}

/// What is said where an answer is missing.
pub(super) fn needed_answer() -> Reason {
    Reason::new("ต้องกรอก", "an answer is needed")
}
