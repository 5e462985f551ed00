//! JSON Schema (draft-07) of the front matter of each kind, for editors.
//!
//! The schema accepts what the loader accepts, in TOML and in YAML; what it cannot say (references that exist, dates of
//! the calendar) `sala check` says.

use crate::model::{FieldDef, FieldType, KindDef, KindId, Lang, Portal, Schema};
use serde_json::{Map, Value, json};

/// The schema of a kind's front matter.
pub fn kind(portal: &Portal, position: KindId) -> Value {
    let schema = &portal.schema;
    let kind = &schema.kinds[position];
    let mut properties = Map::new();
    for (key, value) in reserved() {
        properties.insert(key.into(), value);
    }
    for field in &kind.fields {
        properties.insert(field.id.clone(), property(schema, field));
    }
    // An entry that a table makes may be enriched by a file that says only what is new.
    let tabled =
        portal.entries.iter().any(|e| e.kind == position && !portal.sources[e.source.0 as usize].path.ends_with(".md"));
    let mut required = vec![json!("title")];
    required.extend(kind.fields.iter().filter(|f| needed(f)).map(|f| json!(f.id)));
    let mut out = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format!("{} · {}", kind.label.th, kind.label.get(Lang::EN)),
        "description": both(&kind.description.th, &kind.description.en),
        "type": "object",
        "properties": properties,
        "additionalProperties": kind.plain,
    });
    if !tabled && !kind.plain {
        out["required"] = Value::Array(required);
    }
    out
}

fn needed(field: &FieldDef) -> bool {
    field.required && field.via.is_none() && field.default.is_none()
}

fn both(th: &str, en: &str) -> String {
    match (th.is_empty(), en.is_empty()) {
        (false, false) => format!("{th}\n\n{en}"),
        (true, _) => en.into(),
        _ => th.into(),
    }
}

fn reserved() -> Vec<(&'static str, Value)> {
    let text = |th: &str, en: &str| json!({ "type": "string", "description": both(th, en) });
    let list = |th: &str, en: &str| json!({ "type": ["array", "string"], "items": { "type": "string" }, "description": both(th, en) });
    let yes = |th: &str, en: &str| json!({ "type": "boolean", "description": both(th, en) });
    let mut id = text("รหัส (ปกติคือชื่อไฟล์)", "Id (normally the file name)");
    id["pattern"] = json!("^[a-z0-9][a-z0-9._-]{0,79}$");
    let mut summary = text("สรุปหนึ่งประโยค ไม่เกิน 200 อักขระ", "One sentence, at most 200 characters");
    summary["maxLength"] = json!(crate::content::entry::SUMMARY_CHARS);
    vec![
        ("id", id),
        ("kind", text("ชนิด (ปกติตามโฟลเดอร์)", "Kind (normally by the folder)")),
        ("title", text("ชื่อเรื่อง", "Title")),
        ("title_en", text("ชื่อเรื่องภาษาอังกฤษ", "English title")),
        ("summary", summary),
        ("names", list("ชื่ออื่นที่คนใช้ค้นหา", "Other names that people search for")),
        ("tags", list("แท็ก", "Tags")),
        ("aliases", list("ที่อยู่เดิมของหน้า", "Old addresses")),
        (
            "visibility",
            json!({ "enum": ["public", "internal"], "description": both("เผยแพร่หรือภายใน", "Published or internal") }),
        ),
        ("internal_sections", list("หัวข้อที่ไม่เผยแพร่", "Sections that stay internal")),
        ("draft", yes("ฉบับร่าง", "Draft")),
        ("illustrative", yes("ตัวอย่างสมมติ", "Made-up example")),
        ("published", date()),
        ("updated", date()),
        ("template", text("แม่แบบ", "Template")),
        (
            "allow_personal",
            json!({
                "type": "object",
                "description": both("เหตุผลที่เผยแพร่ข้อมูลส่วนบุคคล", "Why personal data may be published"),
                "properties": {
                    "reason": { "type": "string", "minLength": 1 },
                    "by": { "type": "string", "description": both("ตำแหน่งของผู้อนุญาต", "Role of who allowed it") },
                    "date": date(),
                    "codes": { "type": "array", "items": { "type": "string" } },
                },
                "required": ["reason", "by", "date"],
            }),
        ),
    ]
}

fn date() -> Value {
    json!({
        "type": "string",
        "description": both("วันที่ เช่น 2566-08-15 (พ.ศ.) หรือ 2023-08-15 (ค.ศ.)", "A day: 2566-08-15 (B.E.) or 2023-08-15 (C.E.)"),
        "examples": ["2566-08-15"],
    })
}

fn property(schema: &Schema, field: &FieldDef) -> Value {
    let one = single(schema, field);
    let mut out = if field.ty == FieldType::Table {
        let mut list = json!({ "type": "array", "items": one });
        items(field, &mut list);
        list
    } else if field.many {
        let mut list = json!({ "type": "array", "items": one.clone() });
        items(field, &mut list);
        json!({ "anyOf": [list, one] })
    } else {
        one
    };
    let unit = if field.unit.th.is_empty() { String::new() } else { format!(" ({})", field.unit.th) };
    out["title"] = json!(format!("{}{unit}", field.label.th));
    let mut lines = vec![format!("**{}** · {}", field.label.th, field.label.get(Lang::EN))];
    if !field.help.is_empty() {
        lines.push(both(&field.help.th, &field.help.en));
    }
    out["description"] = json!(lines.join("\n\n"));
    out
}

fn items(field: &FieldDef, list: &mut Value) {
    if let Some(n) = field.min_items {
        list["minItems"] = json!(n);
    }
    if let Some(n) = field.max_items {
        list["maxItems"] = json!(n);
    }
}

fn single(schema: &Schema, field: &FieldDef) -> Value {
    match field.ty {
        FieldType::Text | FieldType::Markdown => {
            let mut out = json!({ "type": ["string", "number"] });
            for (key, value) in [("minLength", field.min_length), ("maxLength", field.max_length)] {
                if let Some(n) = value {
                    out[key] = json!(n);
                }
            }
            if let Some(pattern) = &field.pattern {
                out["pattern"] = json!(&**pattern);
            }
            out
        }
        FieldType::Integer => limited(field, json!({ "type": ["integer", "string"] })),
        FieldType::Decimal | FieldType::Money | FieldType::Percent => {
            limited(field, json!({ "type": ["number", "string"] }))
        }
        FieldType::Bool => json!({ "type": ["boolean", "string"] }),
        FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
            json!({ "type": ["integer", "string"], "pattern": "[0-9๐-๙]{4}", "examples": [2566] })
        }
        FieldType::Date => date(),
        FieldType::Period => json!({
            "anyOf": [
                { "type": "object", "properties": { "from": date(), "to": date() }, "required": ["from"], "additionalProperties": false },
                { "type": "string" },
            ],
        }),
        FieldType::Url => json!({ "type": "string", "pattern": "^[hH][tT][tT][pP][sS]?://\\S+$" }),
        FieldType::Term => match schema.vocabulary_of(field) {
            Some(vocabulary) => {
                let ids: Vec<&str> = vocabulary.terms.iter().map(|t| t.id.as_str()).collect();
                let names: Vec<String> =
                    vocabulary.terms.iter().map(|t| format!("{} · {}", t.label.th, t.label.get(Lang::EN))).collect();
                let known = json!({ "type": "string", "enum": ids, "enumDescriptions": names });
                if field.open { json!({ "anyOf": [known, { "type": "string" }] }) } else { known }
            }
            None => json!({ "type": "string" }),
        },
        FieldType::Ref => json!({ "type": ["string", "integer"] }),
        FieldType::Image => media(&["src", "alt", "caption"]),
        FieldType::File => media(&["src", "label"]),
        FieldType::Table => {
            let columns: Map<String, Value> =
                field.columns.iter().map(|c| (c.id.clone(), property(schema, c))).collect();
            let required: Vec<&str> = field.columns.iter().filter(|c| needed(c)).map(|c| c.id.as_str()).collect();
            json!({ "type": "object", "properties": columns, "required": required, "additionalProperties": false })
        }
    }
}

fn limited(field: &FieldDef, mut out: Value) -> Value {
    if let Some(n) = field.min {
        out["minimum"] = json!(n);
    }
    if let Some(n) = field.max {
        out["maximum"] = json!(n);
    }
    out
}

fn media(keys: &[&str]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|k| ((*k).to_string(), json!({ "type": "string" }))).collect();
    json!({ "anyOf": [
        { "type": "object", "properties": properties, "required": ["src"], "additionalProperties": false },
        { "type": "string" },
    ] })
}

/// All kinds whose entries lie in a folder, with the file name of their schema.
pub fn kinds(schema: &Schema) -> impl Iterator<Item = (KindId, &KindDef, String)> {
    schema
        .kinds
        .iter_ids()
        .filter(|(_, k)| !k.plain && !k.folder.is_empty())
        .map(|(i, k)| (i, k, format!("{}.schema.json", k.id)))
}
