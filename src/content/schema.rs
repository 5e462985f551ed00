//! Reads `content/_schema`: kinds, field sets, vocabularies, synonyms and protected words.

use super::files::Reader;
use super::guarded::is_guarded;
use super::schema_links::problem;
use super::schema_names;
use super::schema_terms::check_vocabulary;
use super::{syntax, type_error};
use crate::diagnostics::{Code, Diagnostic, nearest_hint};
use crate::model::layout::Item;
use crate::model::product::ProductDef;
use crate::model::schema::{FieldDef, FieldType, GroupDef, KindDef, Schema, Vocabulary};
use crate::model::{Label, SectionDef, SourceFile, Span, Visibility};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Id of the built-in kind of pages without front matter.
pub const PLAIN: &str = "page";

/// Fields that several kinds share through `fields_from`, by the name of the file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct FieldSet {
    /// For people; the name of the file counts.
    #[serde(default, rename = "id")]
    _id: String,
    /// For people.
    #[serde(default, rename = "label")]
    _label: Label,
    /// Layout that kinds with the set begin with.
    #[serde(default)]
    layout: SetLayout,
    /// Heading groups of the fields.
    #[serde(default, rename = "group")]
    groups: Vec<GroupDef>,
    /// The fields.
    #[serde(default, rename = "field")]
    fields: Vec<FieldDef>,
}

/// `[layout]` of a set of fields.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct SetLayout {
    /// Beside the text, where the kind does not say it.
    side: Vec<Item>,
    /// After the text, where the kind does not say it.
    foot: Vec<Item>,
}

impl FieldSet {
    /// Gives a kind the groups, the side and the foot of the set, where it has none of its own.
    fn lay_out(&self, kind: &mut KindDef) {
        for group in &self.groups {
            match kind.groups.iter_mut().find(|own| own.id == group.id) {
                Some(own) if own.items.is_empty() => own.items.clone_from(&group.items),
                Some(_) => {}
                None => kind.groups.push(group.clone()),
            }
        }
        for (own, set) in [(&mut kind.layout.side, &self.layout.side), (&mut kind.layout.foot, &self.layout.foot)] {
            if own.is_empty() {
                own.clone_from(set);
            }
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Synonyms {
    #[serde(default, rename = "group")]
    groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    words: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Protected {
    #[serde(default)]
    words: Vec<String>,
}

/// Reads the schema; every defect is a diagnostic, and what can be read is returned.
pub fn load(reader: &Reader<'_>, diagnostics: &mut Vec<Diagnostic>) -> Schema {
    let mut schema = Schema::default();
    let mut sets: Vec<(String, FieldSet)> = Vec::new();
    let mut kinds: Vec<(SourceFile, KindDef)> = Vec::new();
    let mut vocabularies: Vec<(SourceFile, Vocabulary)> = Vec::new();
    let mut products: Vec<(SourceFile, ProductDef)> = Vec::new();
    for path in reader.list("content/_schema", "toml", diagnostics) {
        let Some(source) = reader.text(&path, diagnostics) else {
            continue;
        };
        let folder = path.trim_start_matches("content/_schema/");
        let stem = folder.rsplit('/').next().unwrap_or(folder).trim_end_matches(".toml").to_string();
        schema_names::no_internal_file(&source, diagnostics);
        if folder.starts_with("kinds/") || folder.starts_with("fields/") {
            schema_names::public_by_default(&source, diagnostics);
        }
        if folder.starts_with("kinds/") {
            kinds.extend(read(&source, diagnostics).map(|kind| (source, kind)));
        } else if folder.starts_with("vocabularies/") {
            vocabularies.extend(read(&source, diagnostics).map(|vocabulary| (source, vocabulary)));
        } else if folder.starts_with("fields/") {
            sets.extend(read(&source, diagnostics).map(|set| (stem, set)));
        } else if folder.starts_with("figures/") {
            schema.figures.extend(read(&source, diagnostics).map(|figure| (stem, figure)));
        } else if folder.starts_with("print/") {
            let product: Option<ProductDef> = read(&source, diagnostics);
            products.extend(product.map(|product| (source, ProductDef { id: stem, ..product })));
        } else if folder == "synonyms.toml" {
            let read: Option<Synonyms> = read(&source, diagnostics);
            schema.synonyms = read.unwrap_or_default().groups.into_iter().map(|g| g.words).collect();
        } else if folder == "protected.toml" {
            let read: Option<Protected> = read(&source, diagnostics);
            schema.protected = read.unwrap_or_default().words;
        }
    }
    for (source, vocabulary) in vocabularies {
        check_vocabulary(&source, &vocabulary, diagnostics);
        schema.vocabularies.insert(vocabulary.id.clone(), vocabulary);
    }
    let ids: Vec<String> = kinds.iter().map(|(_, kind)| kind.id.clone()).collect();
    let mut sources = Vec::new();
    for (source, mut kind) in kinds {
        let mut fields = Vec::new();
        for name in &kind.fields_from.clone() {
            match sets.iter().find(|(id, _)| id == name) {
                Some((_, set)) => {
                    fields.extend(set.fields.iter().cloned());
                    set.lay_out(&mut kind);
                }
                None => problem(
                    &source,
                    name,
                    format!("ไม่มีชุดช่อง “{name}”"),
                    format!("there is no field set `{name}`"),
                    nearest_hint(name, sets.iter().map(|(id, _)| id.as_str())),
                    diagnostics,
                ),
            }
        }
        let mut own = std::mem::take(&mut kind.fields);
        schema_names::stricter(&source, &fields, &mut own, diagnostics);
        fields.retain(|f| own.iter().all(|o| o.id != f.id));
        fields.extend(own);
        kind.fields = fields;
        for field in &mut kind.fields {
            field.required |= field.required_from.is_some();
        }
        check_kind(&source, &kind, &schema, &ids, diagnostics);
        if schema.kinds.iter().any(|k| k.id == kind.id) {
            let id = kind.id.clone();
            problem(&source, &id, format!("ชนิด “{id}” ซ้ำ"), format!("kind `{id}` is repeated"), None, diagnostics);
            continue;
        }
        schema.kinds.push(kind);
        sources.push(source);
    }
    for (source, kind) in sources.iter().zip(&schema.kinds) {
        schema_names::check(source, kind, &schema, diagnostics);
    }
    for (source, product) in products {
        schema_names::product(&source, &product, &schema, diagnostics);
        schema.print.push(product);
    }
    schema.print.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    schema.kinds.sort_by(|a, b| a.id.cmp(&b.id));
    match schema.kinds.iter_mut().find(|k| k.id == PLAIN) {
        Some(kind) => kind.plain = true,
        None => schema.kinds.push(KindDef {
            id: PLAIN.into(),
            label: Label::new("หน้า", "Page"),
            plural: Label::new("หน้า", "Pages"),
            template: PLAIN.into(),
            plain: true,
            ..KindDef::default()
        }),
    }
    schema
}

/// Reads a TOML file into a type, with the parser's position in the diagnostic.
pub fn read<T: DeserializeOwned>(source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    read_as(Code::BadSchema, source, diagnostics)
}

/// As [`read`], with another code.
pub fn read_as<T: DeserializeOwned>(code: Code, source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<T> {
    match toml::from_str(&source.text) {
        Ok(value) => Some(value),
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            let message = error.message().trim();
            diagnostics.push(match type_error::is_one(message) {
                true => {
                    let told = type_error::told(message);
                    Diagnostic::at(code, source, Span::new(range.start, range.end), told.th, told.en)
                        .maybe_hint(unknown_key_hint(message))
                }
                false => {
                    let fault = syntax::toml(&source.text, range.start, message, &|_| None);
                    Diagnostic::at(code, source, fault.span, fault.message.th, fault.message.en)
                        .hint(fault.hint.th, fault.hint.en)
                }
            });
            None
        }
    }
}

/// Serde's message lists the expected keys; the nearest of them makes the hint.
fn unknown_key_hint(message: &str) -> Option<Label> {
    let mut names = message.strip_prefix("unknown field ")?.split('`').skip(1).step_by(2);
    let wrong = names.next()?;
    nearest_hint(wrong, names)
}

/// Whether pages may lie in a folder of this name: its parts are ids, and none is the name of a file of the site.
fn is_folder(folder: &str) -> bool {
    let is_file = |part: &str| [".html", ".xml", ".json", ".txt", ".js", ".css"].iter().any(|end| part.ends_with(end));
    folder.split('/').all(|part| part.is_empty() || crate::model::ids::is_id(part) && !is_file(part))
}

fn check_kind(
    source: &SourceFile,
    kind: &KindDef,
    schema: &Schema,
    kinds: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut folders = std::iter::once(&kind.folder).chain(&kind.former_folders);
    let bad = folders.find(|folder| !is_folder(folder));
    if let Some(place) = bad.or((!crate::model::ids::is_id(&kind.id)).then_some(&kind.id)) {
        let (th, en) = ("รหัสหรือโฟลเดอร์ของชนิดไม่ถูกต้อง".to_string(), "bad id or folder of the kind".to_string());
        problem(source, place, th, en, None, diagnostics);
    }
    let most = SectionDef::MOST_INTERNAL;
    if kind.sections.iter().filter(|s| s.visibility == Visibility::Internal).count() > most {
        let (th, en) = (format!("ตอนภายในเกิน {most} ตอน"), format!("more than {most} internal sections"));
        problem(source, &kind.id, th, en, None, diagnostics);
    }
    for (i, field) in kind.fields.iter().enumerate() {
        if kind.fields[..i].iter().any(|f| f.id == field.id) || super::entry::RESERVED.contains(&field.id.as_str()) {
            let id = &field.id;
            let (th, en) = (format!("ช่อง “{id}” ซ้ำหรือเป็นชื่อสงวน"), format!("field `{id}` is repeated or reserved"));
            problem(source, id, th, en, None, diagnostics);
        }
        for column in field.columns.iter().filter(|column| is_guarded(&column.id)) {
            let id = &column.id;
            let (th, en) = (
                format!("คอลัมน์ “{id}” ไม่ซ่อนแถวใด จึงใช้ชื่อนี้ไม่ได้"),
                format!("a column `{id}` hides no row: it needs another name"),
            );
            problem(source, id, th, en, None, diagnostics);
        }
        for field in std::iter::once(field).chain(&field.columns) {
            check_field(source, field, schema, kinds, diagnostics);
        }
    }
    let known = || {
        let fields = kind.fields.iter().map(|f| f.id.as_str());
        fields.chain(kind.sections.iter().map(|s| s.id.as_str())).chain([
            "title",
            "id",
            "summary",
            "updated",
            "published",
        ])
    };
    for name in kind
        .sort
        .iter()
        .chain(&kind.card)
        .chain(&kind.facets)
        .chain(&kind.orders)
        .chain(&kind.compare)
        .chain(&kind.record)
    {
        let name = name.trim_start_matches('-');
        if !known().any(|k| k == name) {
            problem(
                source,
                name,
                format!("ชนิดนี้ไม่มีช่องหรือหัวข้อ “{name}”"),
                format!("the kind has no field or section `{name}`"),
                nearest_hint(name, known()),
                diagnostics,
            );
        }
    }
}

fn check_field(
    source: &SourceFile,
    field: &FieldDef,
    schema: &Schema,
    kinds: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let id = &field.id;
    if let Some(name) = &field.vocabulary
        && !schema.vocabularies.contains_key(name)
    {
        let hint = nearest_hint(name, schema.vocabularies.keys().map(String::as_str));
        let (th, en) = (
            format!("ช่อง “{id}” ใช้คลังคำ “{name}” ซึ่งไม่มี"),
            format!("field `{id}` names vocabulary `{name}`, which does not exist"),
        );
        problem(source, name, th, en, hint, diagnostics);
    }
    for name in field.kinds.iter().filter(|name| !kinds.contains(name) && *name != PLAIN) {
        let hint = nearest_hint(name, kinds.iter().map(String::as_str));
        let (th, en) = (
            format!("ช่อง “{id}” อ้างชนิด “{name}” ซึ่งไม่มี"),
            format!("field `{id}` refers to kind `{name}`, which does not exist"),
        );
        problem(source, name, th, en, hint, diagnostics);
    }
    if (field.ty == FieldType::Table) == field.columns.is_empty() {
        let (th, en) = (
            format!("ช่อง “{id}”: ตารางต้องมีคอลัมน์ ประเภทอื่นต้องไม่มี"),
            format!("field `{id}`: tables have columns, other types have none"),
        );
        problem(source, id, th, en, None, diagnostics);
    }
    if field.ty == FieldType::Term && field.vocabulary.is_none() && !field.open {
        let (th, en) = (format!("ช่อง “{id}” ต้องระบุคลังคำ"), format!("field `{id}` needs a vocabulary"));
        problem(source, id, th, en, None, diagnostics);
    }
    if let Some(pattern) = &field.pattern
        && pattern.is_broken()
    {
        let (th, en) = (format!("รูปแบบของช่อง “{id}” ไม่ถูกต้อง"), format!("the pattern of field `{id}` is invalid"));
        problem(source, pattern, th, en, None, diagnostics);
    }
}
