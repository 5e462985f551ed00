//! Parts of the schema that lead from one kind to another: rows of a table that are entries, values told by what refers to
//! an entry, shares that are released. A slip is told, with the name that was probably meant.

use crate::diagnostics::{Code, Diagnostic, Severity, nearest_hint};
use crate::model::{FieldDef, FieldType, KindDef, Label, Schema, SourceFile, Span, Visibility};

/// Checks a kind when all are known.
pub(super) fn check(source: &SourceFile, kind: &KindDef, schema: &Schema, found: &mut Vec<Diagnostic>) {
    for field in &kind.fields {
        if let Some(name) = &field.entries {
            rows(source, kind, field, name, schema, found);
        }
        if let Some(path) = &field.told_by {
            told(source, kind, field, path, schema, found);
        }
    }
    for share in &kind.shares {
        for name in share.by.iter().chain([&share.field]) {
            let field = kind.field_index(name).map(|f| &kind.fields[f]);
            if !field.is_some_and(FieldDef::is_countable) {
                let known = kind.fields.iter().filter(|f| f.is_countable()).map(|f| f.id.as_str());
                let (th, en) = (
                    format!("share “{}”: ไม่มีช่อง “{name}” ที่นับได้", share.id),
                    format!("share `{}`: there is no field `{name}` that can be counted", share.id),
                );
                problem(source, name, th, en, nearest_hint(name, known), found);
            }
        }
    }
}

/// `entries = "lesson"`: a kind whose fields fit the columns, and that refers to this kind.
fn rows(
    source: &SourceFile,
    kind: &KindDef,
    field: &FieldDef,
    name: &str,
    schema: &Schema,
    found: &mut Vec<Diagnostic>,
) {
    let Some((_, child)) = schema.kind(name).filter(|_| field.ty == FieldType::Table) else {
        let hint = nearest_hint(name, schema.kinds.iter().map(|k| k.id.as_str()));
        let (th, en) = (
            format!("entries: ช่อง “{}” ต้องเป็นตาราง และต้องมีชนิด “{name}”", field.id),
            format!("entries: field `{}` has to be a table, and kind `{name}` has to exist", field.id),
        );
        return problem(source, name, th, en, hint, found);
    };
    for column in &field.columns {
        let other = child.fields.iter().find(|f| f.id == column.id);
        if other.is_some_and(|other| other.ty != column.ty || other.many != column.many) {
            let id = &column.id;
            let (th, en) = (
                format!("entries: คอลัมน์ “{id}” กับช่อง “{id}” ของ “{name}” ต่างประเภทกัน"),
                format!("entries: column `{id}` and field `{id}` of `{name}` are of different types"),
            );
            problem(source, id, th, en, None, found);
        }
    }
    let back = |f: &FieldDef| f.ty == FieldType::Ref && f.kinds.contains(&kind.id);
    if !child.fields.iter().any(back) {
        let (th, en) = (
            format!("entries: ชนิด “{name}” ต้องมีช่องอ้างอิงที่รับ “{}”", kind.id),
            format!("entries: kind `{name}` needs a reference field that takes `{}`", kind.id),
        );
        problem(source, name, th, en, None, found);
    }
}

/// `told_by = "kind.field"` or `"kind.table.column"`.
fn told(
    source: &SourceFile,
    owner: &KindDef,
    field: &FieldDef,
    path: &str,
    schema: &Schema,
    found: &mut Vec<Diagnostic>,
) {
    let mut parts = path.split('.');
    let (kind, name, column) = (parts.next(), parts.next(), parts.next());
    let kind = kind.and_then(|id| schema.kind(id)).map(|(_, kind)| kind);
    let table = kind.and_then(|kind| kind.fields.iter().find(|f| Some(f.id.as_str()) == name));
    let teller = table.and_then(|teller| match column {
        Some(name) => teller.columns.iter().find(|c| c.id == name),
        None => Some(teller),
    });
    if teller.is_none_or(|teller| teller.ty != field.ty) {
        let (th, en) = (
            format!("told_by: “{path}” ต้องเป็น ชนิด.ช่อง หรือ ชนิด.ตาราง.คอลัมน์ ประเภท {}", field.ty.name()),
            format!("told_by: `{path}` has to be kind.field or kind.table.column of type {}", field.ty.name()),
        );
        problem(source, path, th, en, None, found);
    }
    let levels = [kind.map(|k| k.visibility), table.map(|f| f.visibility), teller.map(|f| f.visibility)];
    silent(source, owner, (field, path), levels.contains(&Some(Visibility::Internal)), found);
}

/// A public field that an internal one fills has no value in the site, and no figure could count it.
pub(super) fn silent(
    source: &SourceFile,
    owner: &KindDef,
    (field, path): (&FieldDef, &str),
    is_internal: bool,
    found: &mut Vec<Diagnostic>,
) {
    if !is_internal || [owner.visibility, field.visibility].contains(&Visibility::Internal) {
        return;
    }
    let id = &field.id;
    let (th, en) = (
        format!("ช่อง “{id}” เผยแพร่ แต่ค่ามาจาก “{path}” ซึ่งเป็นข้อมูลภายใน จึงไม่มีค่าเลย"),
        format!("field `{id}` is public, and all that it could hold comes from `{path}`, which is internal"),
    );
    let hint = Label::new(
        "เขียน visibility = \"internal\" ใต้ id ของช่องนี้ หรือลบช่องนี้",
        "write visibility = \"internal\" below its id, or delete it",
    );
    problem(source, path, th, en, Some(hint), found);
    // It tells no secret; what it makes is a figure of nothing.
    found.last_mut().into_iter().for_each(|told| told.severity = Severity::Warning);
}

/// A schema defect at the first place where `needle` stands in the file.
pub(super) fn problem(
    source: &SourceFile,
    needle: &str,
    th: String,
    en: String,
    hint: Option<Label>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // A minus before a name turns its order round.
    let places = ["\"", "\"-"].iter().filter_map(|mark| {
        let found = source.text.find(&format!("{mark}{needle}\""))?;
        Some(found + mark.len())
    });
    let at = places.min().unwrap_or(0);
    let len = if at == 0 { 0 } else { needle.len() };
    diagnostics.push(Diagnostic::at(Code::BadSchema, source, Span::new(at, at + len), th, en).maybe_hint(hint));
}
