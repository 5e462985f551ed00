//! Names in the schema and the settings that lead to other parts of the schema: looked-up fields, counted fields, views,
//! kinds. A slip is told, with the name that was probably meant.
//! Rows that are entries, told values and shares have a file of their own (`schema_links`).

use super::guarded::decides;
use super::schema_links::{self, problem};
use super::stamps::is_internal_name;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest_hint};
use crate::model::arrangement::{self, Part};
use crate::model::ids::is_internal_path;
use crate::model::layout::Layout;
use crate::model::product::ProductDef;
use crate::model::{Config, FieldDef, FieldType, KindDef, Label, Role, Schema, SourceFile, Span, Visibility};

/// Checks a kind when all are known.
pub(super) fn check(source: &SourceFile, kind: &KindDef, schema: &Schema, found: &mut Vec<Diagnostic>) {
    roles(source, kind, found);
    in_internal(source, kind, schema, found);
    layout(source, kind, found);
    for field in &kind.fields {
        if let Some(path) = &field.via {
            via(source, kind, field, path, schema, found);
        }
    }
    schema_links::check(source, kind, schema, found);
    for field in &kind.fields {
        let known = || field.columns.iter().map(|c| c.id.as_str());
        let named = field.chart.iter().flat_map(|chart| chart.columns());
        for name in named.filter(|name| !known().any(|k| k == *name)) {
            let (th, en) = (
                format!("chart: ช่อง “{}” ไม่มีคอลัมน์ “{name}”", field.id),
                format!("chart: field `{}` has no column `{name}`", field.id),
            );
            problem(source, name, th, en, nearest_hint(name, known()), found);
        }
    }
    for name in &kind.aggregates {
        let field = kind.field_index(name).map(|f| &kind.fields[f]);
        if field.is_some_and(FieldDef::is_countable) {
            continue;
        }
        let (th, en) = match field {
            None => (format!("aggregates: ชนิดนี้ไม่มีช่อง “{name}”"), format!("aggregates: the kind has no field `{name}`")),
            Some(_) => (
                format!("aggregates: ช่อง “{name}” เป็นข้อความอิสระ นับได้เฉพาะคำในคลังคำ การอ้างอิง ปี และใช่/ไม่ใช่"),
                format!(
                    "aggregates: field `{name}` is free text; terms of a vocabulary, references, years and yes/no can be counted"
                ),
            ),
        };
        let known = kind.fields.iter().filter(|f| f.is_countable()).map(|f| f.id.as_str());
        problem(source, name, th, en, nearest_hint(name, known), found);
    }
    for name in kind.figures.iter().chain(&kind.overview).filter(|name| !schema.figures.contains_key(*name)) {
        let (th, en) = (format!("figures: ไม่มีภาพรวมชื่อ “{name}”"), format!("figures: there is no view `{name}`"));
        problem(source, name, th, en, nearest_hint(name, schema.figures.keys().map(String::as_str)), found);
    }
}

/// Kinds and fields that a product names.
pub(super) fn product(source: &SourceFile, product: &ProductDef, schema: &Schema, found: &mut Vec<Diagnostic>) {
    for name in product.kinds.iter().chain(&product.compares).filter(|name| schema.kind(name).is_none()) {
        let hint = nearest_hint(name, schema.kinds.iter().map(|k| k.id.as_str()));
        let (th, en) = (format!("ไม่มีชนิด “{name}”"), format!("there is no kind `{name}`"));
        problem(source, name, th, en, hint, found);
    }
    let fields = || schema.kinds.iter().flat_map(|kind| kind.fields.iter().map(|field| field.id.as_str()));
    for name in product.index.iter().filter(|name| fields().all(|field| field != *name)) {
        let (th, en) = (format!("index: ไม่มีช่อง “{name}”"), format!("index: there is no field `{name}`"));
        problem(source, name, th, en, nearest_hint(name, fields()), found);
    }
}

/// Fields, columns and sections whose names say that they are internal, and of which nothing says whether they are.
pub(super) fn public_by_default(source: &SourceFile, found: &mut Vec<Diagnostic>) {
    let Ok(kind) = source.text.parse::<toml::Table>() else { return };
    if kind.get("visibility").and_then(toml::Value::as_str) == Some("internal") {
        return;
    }
    let items =
        |table: &toml::Table, name: &str| table.get(name).and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let mut parts = [items(&kind, "field"), items(&kind, "section")].concat();
    while let Some(toml::Value::Table(part)) = parts.pop() {
        if part.contains_key("visibility") {
            continue;
        }
        parts.extend([items(&part, "column"), items(&part, "columns")].concat());
        let id = part.get("id").and_then(toml::Value::as_str).unwrap_or_default();
        let label = part.get("label");
        let labels = label.and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values).chain(label);
        let names = [id].into_iter().chain(labels.filter_map(toml::Value::as_str).collect::<Vec<_>>());
        let called = names.into_iter().find(|name| is_internal_name(name));
        let (name, (th, en)) = match called {
            // In pages of other kinds such a key holds the page back.
            _ if part.contains_key("type") && decides(id) => (
                id,
                (
                    format!("ช่อง “{id}” ไม่ซ่อนหน้าใด ไม่ว่าจะมีค่าใด หน้าก็เผยแพร่"),
                    format!("the field `{id}` hides no page: whatever it holds, the page is published"),
                ),
            ),
            Some(name) => (
                name,
                (
                    format!("“{name}” ชื่อบอกว่าเป็นข้อมูลภายใน แต่ไม่มีสิ่งใดซ่อน จึงเผยแพร่"),
                    format!("`{name}` is called internal, and nothing holds it back: it is published"),
                ),
            ),
            None => continue,
        };
        problem(source, name, th, en, None, found);
        if let Some(told) = found.last_mut() {
            told.severity = Severity::Warning;
            told.hint = Some(Label::new(
                "เขียน visibility = \"internal\" ใต้ id ถ้าเผยแพร่ได้ เขียน visibility = \"public\"",
                "write visibility = \"internal\" below its id; if it may be published, write visibility = \"public\"",
            ));
        }
    }
}

/// What a shared set holds internal stays so in a kind that repeats the field, and the kind says it too.
pub(super) fn stricter(source: &SourceFile, shared: &[FieldDef], own: &mut [FieldDef], found: &mut Vec<Diagnostic>) {
    let mut keep = |field: &mut FieldDef, name: &str, shared: &FieldDef| {
        if shared.visibility == Visibility::Public || field.visibility == Visibility::Internal {
            return;
        }
        field.visibility = Visibility::Internal;
        let (th, en) = (
            format!("ช่อง “{name}” เป็นข้อมูลภายในในชุดช่องที่ใช้ร่วมกัน แต่ชนิดนี้เขียนซ้ำโดยไม่ซ่อน"),
            format!("field `{name}` is internal in the shared set, and this kind repeats it without hiding it"),
        );
        let hint = Label::new(
            "เขียน visibility = \"internal\" ใต้ id หรือแก้ที่ชุดช่อง",
            "write visibility = \"internal\" below its id, or change the set",
        );
        problem(source, &field.id, th, en, Some(hint), found);
    };
    for field in own {
        let id = field.id.clone();
        for set in shared.iter().filter(|set| set.id == id) {
            keep(field, &id, set);
            for column in &mut field.columns {
                if let Some(shared) = set.columns.iter().find(|c| c.id == column.id) {
                    keep(column, &format!("{id}.{}", shared.id), shared);
                }
            }
        }
    }
}

/// Pages of a public kind do not lie within the folder of an internal one: what lies there is internal.
fn in_internal(source: &SourceFile, kind: &KindDef, schema: &Schema, found: &mut Vec<Diagnostic>) {
    let within = |other: &&KindDef| {
        let folders = std::iter::once(&other.folder).chain(&other.former_folders).filter(|folder| !folder.is_empty());
        other.visibility == Visibility::Internal
            && folders.into_iter().any(|f| kind.folder.starts_with(&format!("{f}/")))
    };
    if kind.visibility == Visibility::Internal {
        return;
    }
    if let Some(other) = schema.kinds.iter().find(within) {
        let (th, en) = (
            format!("โฟลเดอร์อยู่ในโฟลเดอร์ของชนิด “{}” ซึ่งเป็นข้อมูลภายใน", other.id),
            format!("the folder lies in that of kind `{}`, which is internal", other.id),
        );
        let hint = Label::new("ใช้โฟลเดอร์อื่น", "use another folder");
        problem(source, &kind.folder, th, en, Some(hint), found);
    }
}

/// A file of the schema is not hidden by its name: the kind says so inside.
pub(super) fn no_internal_file(source: &SourceFile, found: &mut Vec<Diagnostic>) {
    if !is_internal_path(&source.path) {
        return;
    }
    let (th, en) = ("ชื่อไฟล์ในแบบแผนข้อมูลไม่ซ่อนสิ่งใด", "the name of a file of the schema hides nothing");
    let told = Diagnostic::new(Code::BadSchema, &*source.path, th, en).hint(
        "เปลี่ยนชื่อไฟล์ และเขียน visibility = \"internal\" ข้างใน",
        "rename the file and write visibility = \"internal\" in it",
    );
    found.push(told);
}

/// Roles are known words, and one field of a kind has each.
fn roles(source: &SourceFile, kind: &KindDef, found: &mut Vec<Diagnostic>) {
    let with_role = |fields: &[FieldDef], role: &str| fields.iter().filter(|f| f.role == role).count();
    for (i, field) in kind.fields.iter().enumerate().filter(|(_, f)| !f.role.is_empty()) {
        let (id, role) = (&field.id, &field.role);
        if field.has(Role::Sample) && (field.via.is_some() || field.told_by.is_some()) {
            let (th, en) = (
                format!("ช่อง “{id}”: บทบาท sample ต้องเป็นช่องที่เขียนในหน้าเอง"),
                format!("field `{id}`: the role sample is for a field that pages write themselves"),
            );
            problem(source, id, th, en, None, found);
        }
        if Role::parse(role).is_none() {
            let (th, en) =
                (format!("ช่อง “{id}”: ไม่มีบทบาทชื่อ “{role}”"), format!("field `{id}`: there is no role `{role}`"));
            problem(source, role, th, en, nearest_hint(role, Role::ALL.map(Role::name)), found);
        } else if !field.has(Role::Schema) && with_role(&kind.fields[..i], role) > 0 {
            let (th, en) = (
                format!("ช่อง “{id}”: มีช่องอื่นของชนิดนี้ที่มีบทบาท “{role}” แล้ว"),
                format!("field `{id}`: another field of the kind has the role `{role}`"),
            );
            let hint = Label::new("ให้บทบาทหนึ่งแก่ช่องเดียว", "give a role to one field of a kind");
            problem(source, role, th, en, Some(hint), found);
        }
    }
}

/// The layout and the groups name sections, groups and fields of the kind; groups hold no groups.
fn layout(source: &SourceFile, kind: &KindDef, found: &mut Vec<Diagnostic>) {
    let ids = || {
        let sections = kind.sections.iter().map(|s| s.id.as_str());
        sections.chain(kind.groups.iter().map(|g| g.id.as_str())).chain(kind.fields.iter().map(|f| f.id.as_str()))
    };
    let Layout { facts, act, side, body, foot, counts: _, completeness: _ } = &kind.layout;
    let items = facts.iter().flatten().chain(act).chain(side).chain(body).chain(foot);
    for (item, in_group) in
        items.map(|i| (i, false)).chain(kind.groups.iter().flat_map(|g| &g.items).map(|i| (i, true)))
    {
        let part = arrangement::find(kind, &item.id);
        let (th, en) = match part {
            None => (
                format!("layout: ชนิดนี้ไม่มีหัวข้อ กลุ่ม หรือช่อง “{}”", item.id),
                format!("layout: the kind has no section, group or field `{}`", item.id),
            ),
            Some(Part::Group(_)) if in_group => (
                format!("layout: กลุ่มอยู่ในกลุ่มไม่ได้: “{}”", item.id),
                format!("layout: a group holds no group: `{}`", item.id),
            ),
            Some(_) if !matches!(item.level, 0 | 2 | 3) => {
                (format!("layout: “{}” ใช้ level 2 หรือ 3", item.id), format!("layout: `{}` takes level 2 or 3", item.id))
            }
            Some(_) if !item.note.is_empty() && kind.field_index(&item.note).is_none() => (
                format!("layout: note ของ “{}” ไม่ใช่ช่องของชนิดนี้", item.id),
                format!("layout: the note of `{}` is no field of the kind", item.id),
            ),
            Some(_) => continue,
        };
        let hint = if part.is_none() { nearest_hint(&item.id, ids()) } else { None };
        problem(source, &item.id, th, en, hint, found);
    }
}

/// `via = "reference.field"`: a reference of this kind, and a field of the kinds that it points to.
fn via(
    source: &SourceFile,
    kind: &KindDef,
    field: &FieldDef,
    path: &str,
    schema: &Schema,
    found: &mut Vec<Diagnostic>,
) {
    let (through, wanted) = path.split_once('.').unwrap_or((path, ""));
    let references = || kind.fields.iter().filter(|f| f.ty == FieldType::Ref).map(|f| f.id.as_str());
    let reference = kind.fields.iter().find(|f| f.id == through && f.ty == FieldType::Ref);
    let Some(reference) = reference else {
        let (th, en) =
            (format!("via: ชนิดนี้ไม่มีช่องอ้างอิง “{through}”"), format!("via: the kind has no reference field `{through}`"));
        return problem(source, path, th, en, nearest_hint(through, references()), found);
    };
    let leads = |k: &&KindDef| reference.kinds.is_empty() || reference.kinds.contains(&k.id);
    let fields = || schema.kinds.iter().filter(leads).flat_map(|k| &k.fields);
    if !fields().any(|f| f.id == wanted) {
        let (th, en) = (
            format!("via: หน้าที่ “{through}” อ้างถึงไม่มีช่อง “{wanted}”"),
            format!("via: what `{through}` refers to has no field `{wanted}`"),
        );
        problem(source, path, th, en, nearest_hint(wanted, fields().map(|f| f.id.as_str())), found);
    } else if !fields().any(|f| f.id == wanted && f.ty == field.ty) {
        let (th, en) = (
            format!("via: ช่อง “{wanted}” ไม่ใช่ประเภท {}", field.ty.name()),
            format!("via: field `{wanted}` is not of type {}", field.ty.name()),
        );
        problem(source, path, th, en, None, found);
    }
    let shown = |k: &&KindDef| {
        let has = |f: &FieldDef| f.id == wanted && f.visibility == Visibility::Public;
        k.visibility == Visibility::Public && k.fields.iter().any(has)
    };
    let told = reference.visibility == Visibility::Public && schema.kinds.iter().filter(leads).any(|k| shown(&k));
    schema_links::silent(source, kind, (field, path), !told && fields().any(|f| f.id == wanted), found);
}

/// Checks names of kinds and endings of files in `portal.toml`.
pub(super) fn settings(source: &SourceFile, config: &Config, schema: &Schema, found: &mut Vec<Diagnostic>) {
    let at = |name: &str| {
        let start = source.text.find(&format!("\"{name}\"")).map_or(0, |i| i + 1);
        Span::new(start, if start == 0 { 0 } else { start + name.len() })
    };
    for name in config.search.exclude_kinds.iter().filter(|name| schema.kind(name).is_none()) {
        let hint = nearest_hint(name, schema.kinds.iter().map(|k| k.id.as_str()));
        let (th, en) = (format!("ไม่มีชนิด “{name}”"), format!("there is no kind `{name}`"));
        found.push(Diagnostic::at(Code::BadConfig, source, at(name), th, en).maybe_hint(hint));
    }
    for ending in &config.files.allow {
        if !crate::model::endings::may_be_allowed(ending) {
            let (th, en) = (
                format!("“{ending}” อนุญาตไม่ได้ เพราะไฟล์แบบนี้ทำงานเป็นส่วนของเว็บหรือเป็นโปรแกรม"),
                format!("`{ending}` cannot be allowed: such files run as part of the site, or are programs"),
            );
            let (hint_th, hint_en) = (
                "ไฟล์ของผู้ดูแลเว็บเองวางไว้ใน static/ หรือบีบอัดเป็น .zip",
                "what the web master answers for goes into static/; else put it into a .zip",
            );
            found.push(Diagnostic::at(Code::BadConfig, source, at(ending), th, en).hint(hint_th, hint_en));
            continue;
        }
        let (th, en) = (
            format!("ไฟล์ .{ending} จะเผยแพร่ตามที่เป็น ตรวจให้แน่ใจว่าไม่ทำงานบนเว็บและไม่มีข้อมูลภายใน"),
            format!(
                "files .{ending} are published as they are; make sure that they neither run on the site nor tell what is internal"
            ),
        );
        let d = Diagnostic::at(Code::BadConfig, source, at(ending), th, en);
        found.push(d.severity(crate::diagnostics::Severity::Warning));
    }
}
