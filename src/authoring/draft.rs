//! A Markdown file of one entry: plain, as an import writes it, or with every field explained, as `sala new` does.

use super::names::fold;
use super::target::{RESERVED, Target};
use super::value::{Out, front_matter};
use crate::content::markdown_file;
pub(super) use crate::content::words::example;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::ids;
use crate::model::{Entry, FieldDef, FieldType, KindDef, KindId, Portal, Schema, SourceFile, SourceId};
use crate::text::slug::suggest_id;
use std::collections::BTreeMap;

/// What stands before each note at the top of an unfinished page.
pub(super) const TO_DO: &str = "# ต้องเติม · ";

/// What is known of a new entry.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The kind.
    pub kind: KindId,
    /// Id and file name.
    pub id: String,
    /// Front matter.
    pub keys: Vec<(String, Out)>,
    /// Texts of sections by id.
    pub sections: Vec<(String, String)>,
    /// Text before the first section.
    pub lead: String,
    /// Ids of sections that `lead` holds already.
    pub present: Vec<String>,
    /// What remains to be done, as comments at the top.
    pub notes: Vec<String>,
}

impl Draft {
    /// Path of the file, relative to the portal.
    pub fn path(&self, schema: &Schema) -> String {
        let folder = &schema.kinds[self.kind].folder;
        if folder.is_empty() { format!("content/{}.md", self.id) } else { format!("content/{folder}/{}.md", self.id) }
    }

    /// The file with the values only; required sections without a text keep their heading.
    pub fn plain(&self, schema: &Schema) -> String {
        let kind = &schema.kinds[self.kind];
        let notes: String = self.notes.iter().map(|note| format!("{TO_DO}{note}\n")).collect();
        format!("+++\n{notes}{}+++\n{}", front_matter(&self.keys), self.body(kind, false))
    }

    /// The file with every field of the kind explained in comments.
    pub fn guided(&self, schema: &Schema) -> String {
        let kind = &schema.kinds[self.kind];
        let notes: String = self.notes.iter().map(|note| format!("{TO_DO}{note}\n")).collect();
        let mut top = format!(
            "{notes}# {} · {}\n# บรรทัดที่ขึ้นต้นด้วย # เป็นคำอธิบาย ลบ # หน้าช่องที่ต้องการแล้วใส่ค่า ลบคำอธิบายที่ไม่ใช้ได้\n\n",
            kind.label.th, kind.description.th
        );
        for def in &RESERVED {
            let value = self.value(def.key);
            let shown = matches!(def.key, "title" | "title_en" | "summary" | "draft" | "tags");
            if value.is_none() && !shown {
                continue;
            }
            let must = if def.key == "title" { " (จำเป็น)" } else { "" };
            let note = if def.key == "summary" {
                ": ไม่เกิน 200 อักขระ แสดงในรายการและผลการค้นหา"
            } else {
                ""
            };
            top.push_str(&format!("# {}{must}{note}\n", def.th));
            // What is commented out and true would seem to hold the page back.
            let example = if def.key == "draft" { "false".to_owned() } else { example(&def.field(), schema) };
            top.push_str(&line(def.key, value, &example));
        }
        let mut tables = String::new();
        let mut group = None;
        for field in kind.fields.iter().filter(|f| f.via.is_none()) {
            if field.ty == FieldType::Table {
                tables.push_str(&self.table(field, schema));
                continue;
            }
            if field.group != group {
                group.clone_from(&field.group);
                if let Some(def) = kind.groups.iter().find(|g| Some(&g.id) == group.as_ref()) {
                    top.push_str(&format!("\n# ── {} ──\n", def.label.th));
                }
            }
            top.push_str(&comment(field, schema, ""));
            top.push_str(&line(&field.id, self.value(&field.id), &example(field, schema)));
        }
        format!("+++\n{top}{tables}+++\n{}", self.body(kind, true))
    }

    fn value(&self, key: &str) -> Option<&Out> {
        self.keys.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    fn table(&self, field: &FieldDef, schema: &Schema) -> String {
        let mut out = format!("\n{}", comment(field, schema, ""));
        for column in &field.columns {
            out.push_str(&comment(column, schema, "  "));
        }
        match self.value(&field.id) {
            Some(Out::Rows(rows)) => {
                for row in rows {
                    out.push_str(&format!("[[{}]]\n", field.id));
                    for column in &field.columns {
                        let value = row.iter().find(|(k, _)| *k == column.id).map(|(_, v)| v);
                        out.push_str(&line(&column.id, value, &example(column, schema)));
                    }
                }
            }
            _ => {
                out.push_str(&format!("# [[{}]]\n", field.id));
                for column in &field.columns {
                    out.push_str(&line(&column.id, None, &example(column, schema)));
                }
            }
        }
        out
    }

    fn body(&self, kind: &KindDef, guided: bool) -> String {
        let mut out = String::new();
        if !self.lead.is_empty() {
            out.push_str(&format!("\n{}\n", self.lead.trim()));
        }
        for section in kind.sections.iter().filter(|s| !self.present.contains(&s.id)) {
            let text = self.sections.iter().find(|(id, _)| *id == section.id).map(|(_, t)| t.trim());
            if text.is_none() && !section.required && !guided {
                continue;
            }
            out.push_str(&format!("\n## {}\n", section.label.th));
            match text {
                Some(text) => out.push_str(&format!("\n{text}\n")),
                None if guided => {
                    let help =
                        if section.help.th.is_empty() { "เขียนที่นี่" } else { &section.help.th };
                    let must = if section.required {
                        "จำเป็น"
                    } else {
                        "ลบหัวข้อนี้ได้ถ้าไม่ใช้"
                    };
                    out.push_str(&format!("\n<!-- {} ({must}) -->\n", help.replace("--", "–")));
                }
                None => {}
            }
        }
        out
    }
}

/// `key = value`, or a commented example.
fn line(key: &str, value: Option<&Out>, example: &str) -> String {
    match value {
        Some(value) => format!("{key} = {}\n", value.inline()),
        None => format!("# {key} = {example}\n"),
    }
}

/// Name, need, help and known terms of a field as comment lines.
fn comment(field: &FieldDef, schema: &Schema, indent: &str) -> String {
    let must = if field.required { " (จำเป็น)" } else { "" };
    let help = if field.help.th.is_empty() { String::new() } else { format!(": {}", field.help.th) };
    let unit = if field.unit.th.is_empty() { String::new() } else { format!(" [{}]", field.unit.th) };
    let mut out = format!("#{indent} {}{must}{unit}{help}\n", field.label.th);
    if let Some(vocabulary) = schema.vocabulary_of(field) {
        let terms: Vec<String> = vocabulary.offered().map(|t| format!("{} = {}", t.id, t.label.th)).collect();
        out.push_str(&format!("#{indent}   คำที่ใช้ได้: {}\n", terms.join(" · ")));
    }
    out
}

/// Reads the text as the loader does and gives its findings.
pub fn check(schema: &Schema, path: &str, text: &str) -> (Option<Entry>, Vec<Diagnostic>) {
    let source = SourceFile::new(path, text);
    markdown_file::load(schema, &[], &source, SourceId(0))
}

/// Why the loader would refuse one value, looked at alone.
pub fn fault(schema: &Schema, kind: KindId, target: &Target, value: &Out) -> Option<Diagnostic> {
    let def = &schema.kinds[kind];
    let key = match target {
        Target::Reserved(i) => (RESERVED[*i].key.to_string(), value.clone()),
        Target::Field(f) => (def.fields[*f].id.clone(), value.clone()),
        Target::Cell(f, _, c) => {
            let cell = (def.fields[*f].columns[*c].id.clone(), value.clone());
            (def.fields[*f].id.clone(), Out::Rows(vec![vec![cell]]))
        }
        _ => return None,
    };
    faults(schema, kind, key).into_iter().find(|d| !matches!(d.code, Code::MissingField | Code::BadCount))
}

/// The errors of a page that holds one key.
pub(super) fn faults(schema: &Schema, kind: KindId, key: (String, Out)) -> Vec<Diagnostic> {
    let draft = Draft { kind, id: "x".into(), keys: vec![key], ..Draft::default() };
    let (_, found) = check(schema, &draft.path(schema), &draft.plain(schema));
    found.into_iter().filter(Diagnostic::is_error).collect()
}

impl Draft {
    /// Takes values out that the loader would refuse, so that the page opens; each stays in it as a note. Gives the
    /// reasons.
    pub fn settle(&mut self, schema: &Schema) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (key, value) in std::mem::take(&mut self.keys) {
            let field = schema.kinds[self.kind].fields.iter().find(|f| f.id == key);
            let name = field.map_or(key.as_str(), |f| f.label.th.as_str()).to_string();
            let mut refused = |value: &Out| {
                let found = faults(schema, self.kind, (key.clone(), value.clone()))
                    .into_iter()
                    .find(|d| d.code != Code::BadCount);
                if let Some(finding) = &found {
                    let written = value.shown().replace('\n', " ");
                    self.notes.push(format!("{name}: {} (ที่เขียนไว้: “{written}”)", finding.message.th));
                    out.push(finding.clone());
                }
                found.is_some()
            };
            match value {
                Out::Rows(mut rows) => {
                    rows.retain(|row| !refused(&Out::Rows(vec![row.clone()])));
                    if !rows.is_empty() {
                        self.keys.push((key, Out::Rows(rows)));
                    }
                }
                value => {
                    if !refused(&value) {
                        self.keys.push((key, value));
                    }
                }
            }
        }
        out
    }
}

/// Required fields that an entry lacks; values that come from a referenced entry are not asked for.
pub fn missing<'a>(kind: &'a KindDef, entry: &Entry) -> Vec<&'a FieldDef> {
    kind.fields
        .iter()
        .enumerate()
        .filter(|(i, f)| f.required && f.via.is_none() && entry.value(*i).is_none())
        .map(|(_, f)| f)
        .collect()
}

/// Ids for new entries of a kind.
pub struct Naming<'a> {
    portal: &'a Portal,
    prefix: String,
}

/// Longest id that is made from a title.
const LONGEST_ID: usize = 60;

impl<'a> Naming<'a> {
    /// Finds the prefix that most ids of the kind have; else it is the kind's own id.
    pub fn new(portal: &'a Portal, kind: KindId) -> Naming<'a> {
        let def = &portal.schema.kinds[kind];
        let mut prefixes: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in portal.entries.iter().filter(|e| e.kind == kind) {
            if let Some((prefix, _)) = entry.id.split_once('-') {
                *prefixes.entry(prefix).or_default() += 1;
            }
        }
        let total: usize = prefixes.values().sum();
        let common = prefixes.iter().max_by_key(|(p, n)| (**n, p.len())).filter(|(_, n)| **n * 2 > total);
        let prefix = if def.plain { "" } else { common.map_or(def.id.as_str(), |(p, _)| *p) };
        Naming { portal, prefix: prefix.to_string() }
    }

    /// The title in Latin letters behind the prefix.
    pub fn base(&self, title: &str) -> String {
        let mut stem = suggest_id(title);
        if stem.is_empty() {
            stem = super::files::hash(&fold(title))[..8].to_string();
        }
        let base = match self.prefix.as_str() {
            "" => stem,
            prefix if stem == prefix || stem.starts_with(&format!("{prefix}-")) => stem,
            prefix => format!("{prefix}-{stem}"),
        };
        let base: String = base.chars().take(LONGEST_ID).collect();
        let base = base.trim_end_matches('-').to_string();
        if ids::is_id(&base) { base } else { ids::path_part(&base) }
    }

    /// Whether an entry of any kind has the id.
    pub fn is_taken(&self, id: &str) -> bool {
        self.portal.entries.iter().any(|e| e.id.eq_ignore_ascii_case(id))
    }
}

/// An id for a new entry: the prefix that ids of the kind have, and the title in Latin letters; numbered where taken.
pub fn new_id(portal: &Portal, kind: KindId, title: &str) -> String {
    let naming = Naming::new(portal, kind);
    let base = naming.base(title);
    if !naming.is_taken(&base) {
        return base;
    }
    (2..10_000).map(|n| format!("{base}-{n}")).find(|id| !naming.is_taken(id)).unwrap_or(base)
}
