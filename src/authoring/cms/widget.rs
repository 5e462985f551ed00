//! Fields of the schema as fields of a form.

use super::options::Shared;
use crate::authoring::json_schema;
use crate::model::{FieldDef, FieldType, Lang, Schema};
use serde_json::{Map, Value, json};

/// The form field of a field.
pub(super) fn widget(options: &mut Shared<'_>, field: &FieldDef) -> Value {
    let mut out = base(options.lang(), field);
    let Some(map) = out.as_object_mut() else {
        return out;
    };
    let schema = &options.portal().schema;
    match field.ty {
        FieldType::Term if schema.vocabulary_of(field).is_some() && !field.open => {
            map.insert("widget".into(), json!("select"));
            map.insert("options".into(), options.terms(field.vocabulary.as_deref().unwrap_or_default()));
            many_select(field, map);
        }
        FieldType::Ref
            if field.kinds.len() == 1 && !options.tabled(&field.kinds[0]) && has_folder(schema, &field.kinds[0]) =>
        {
            map.insert("widget".into(), json!("relation"));
            map.insert("collection".into(), json!(field.kinds[0]));
            map.insert("search_fields".into(), json!(["title"]));
            map.insert("display_fields".into(), json!(["title"]));
            map.insert("value_field".into(), json!("{{slug}}"));
            many_select(field, map);
        }
        FieldType::Ref if !field.kinds.is_empty() => {
            map.insert("widget".into(), json!("select"));
            map.insert("options".into(), options.entries(&field.kinds));
            many_select(field, map);
        }
        FieldType::Table => {
            let columns: Vec<Value> = field.columns.iter().map(|c| widget(options, c)).collect();
            map.insert("widget".into(), json!("list"));
            map.insert("collapsed".into(), json!(true));
            map.insert("fields".into(), Value::Array(columns));
            limits(field, map);
        }
        _ if field.many => {
            let mut one = field.clone();
            (one.many, one.required) = (false, true);
            map.insert("widget".into(), json!("list"));
            limits(field, map);
            if matches!(field.ty, FieldType::Image | FieldType::File) {
                map.insert("fields".into(), media(options, field.ty));
            } else {
                let mut inner = json!({ "name": "item", "label": field.label.get(options.lang()) });
                if let Some(inner) = inner.as_object_mut() {
                    simple(options, &one, inner);
                }
                map.insert("field".into(), inner);
            }
        }
        FieldType::Image | FieldType::File => {
            map.insert("widget".into(), json!("object"));
            map.insert("fields".into(), media(options, field.ty));
        }
        FieldType::Period => {
            let part = |name: &str, label: &str| json!({ "name": name, "label": label, "widget": "string", "required": false, "pattern": [DAY, day_help(options)] });
            map.insert("widget".into(), json!("object"));
            map.insert(
                "fields".into(),
                json!([part("from", options.say("ตั้งแต่", "From")), part("to", options.say("ถึง", "To"))]),
            );
        }
        _ => simple(options, field, map),
    }
    out
}

/// A day as the loader reads it: year first, or day, month (a number or a Thai name) and year of four digits.
const DAY: &str = "^ *(?:[0-9๐-๙]{4}-[0-9๐-๙]{1,2}-[0-9๐-๙]{1,2}|[0-9๐-๙]{1,2} *[-/. ] *\
    (?:[0-9๐-๙]{1,2}|[ก-ฮ][ก-๙.]*) *[-/. ]? *[0-9๐-๙]{4}) *$";
/// A year of either era, in either digits.
const YEAR: &str = "^ *(?:[1๑][89๘๙]|[2๒][0-9๐-๙])[0-9๐-๙]{2} *$";

fn day_help(options: &Shared<'_>) -> &'static str {
    options.say("เช่น 15 ส.ค. 2566 หรือ 2566-08-15", "such as 2024-08-15")
}

fn has_folder(schema: &Schema, id: &str) -> bool {
    json_schema::kinds(schema).any(|(_, k, _)| k.id == id)
}

fn base(lang: Lang, field: &FieldDef) -> Value {
    let (unit, help) = (field.unit.get(lang), field.help.get(lang));
    let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
    let label = format!("{}{unit}", field.label.get(lang));
    let mut out = json!({ "name": field.id, "label": label, "required": field.required });
    if !help.is_empty() {
        out["hint"] = json!(help);
    }
    out
}

fn many_select(field: &FieldDef, map: &mut Map<String, Value>) {
    if field.many {
        map.insert("multiple".into(), json!(true));
        limits(field, map);
    }
}

fn limits(field: &FieldDef, map: &mut Map<String, Value>) {
    if let Some(n) = field.min_items {
        map.insert("min".into(), json!(n));
    }
    if let Some(n) = field.max_items {
        map.insert("max".into(), json!(n));
    }
}

fn media(options: &Shared<'_>, ty: FieldType) -> Value {
    let text = |name: &str, label: &str| json!({ "name": name, "label": label, "widget": "string", "required": false });
    if ty == FieldType::Image {
        json!([
            { "name": "src", "label": options.say("ภาพ", "Picture"), "widget": "image" },
            { "name": "alt", "label": options.say("คำบรรยายแทนภาพ", "Text in place of the picture"), "widget": "string" },
            text("caption", options.say("คำบรรยาย", "Caption")),
        ])
    } else {
        json!([
            { "name": "src", "label": options.say("ไฟล์", "File"), "widget": "file" },
            text("label", options.say("ชื่อที่แสดง", "Name shown")),
        ])
    }
}

/// Widgets of single plain values.
fn simple(options: &Shared<'_>, field: &FieldDef, map: &mut Map<String, Value>) {
    let widget = match field.ty {
        FieldType::Integer => {
            map.insert("value_type".into(), json!("int"));
            "number"
        }
        FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
            // Text: a field of numbers takes no Thai digits.
            map.insert(
                "pattern".into(),
                json!([YEAR, options.say("ปีสี่หลัก เช่น 2566 หรือ ๒๕๖๖", "a year of four digits")]),
            );
            "string"
        }
        FieldType::Decimal | FieldType::Money | FieldType::Percent => {
            map.insert("value_type".into(), json!("float"));
            map.insert("step".into(), json!(0.01));
            "number"
        }
        FieldType::Bool => "boolean",
        FieldType::Date => {
            // Plain text: the editor's calendar knows the Christian era only.
            map.insert("pattern".into(), json!([DAY, day_help(options)]));
            "string"
        }
        FieldType::Url => {
            map.insert(
                "pattern".into(),
                json!(["^https?://", options.say("ขึ้นต้นด้วย https://", "begins with https://")]),
            );
            "string"
        }
        FieldType::Markdown => "text",
        FieldType::Text if field.max_length.is_none_or(|n| n > 120) => "text",
        _ => "string",
    };
    map.insert("widget".into(), json!(widget));
    if widget == "number" {
        for (key, value) in [("min", field.min), ("max", field.max)] {
            if let Some(n) = value {
                map.insert(key.into(), json!(n));
            }
        }
    }
    if let Some(pattern) = &field.pattern {
        map.insert("pattern".into(), json!([&**pattern, field.help.get(options.lang())]));
    }
    for (key, value) in [("minlength", field.min_length), ("maxlength", field.max_length)] {
        if let Some(n) = value.filter(|_| matches!(widget, "string" | "text")) {
            map.insert(key.into(), json!(n));
        }
    }
}
