//! Whole entries as JSON: what a table cannot hold in one cell stays together.

use super::cells::file_address;
use super::columns::{others, public_fields};
use super::tables::records;
use crate::html::context::absolute;
use crate::model::{Entry, EntryId, FieldDef, KindDef, KindId, Lang, Role, Value};
use crate::site::Site;
use crate::site::display;
use serde_json::{Map as Json, Value as JsonValue, json};

/// The entries of a kind, one a line. Linear in their number: what holds for all is found once.
pub(super) fn entries(site: &Site, k: KindId) -> Vec<u8> {
    let kind = &site.public.schema.kinds[k];
    let config = &site.public.config;
    let labels: Json<String, JsonValue> =
        config.languages().iter().map(|l| (l.code().to_owned(), json!(kind.label.get(*l)))).collect();
    let mut out = format!(
        "{{\n\"kind\": {},\n\"label\": {},\n\"language\": {},\n\"licence\": {},\n\"licence_url\": {},\n\"version\": {},\n\"entries\": [\n",
        json!(kind.id),
        json!(labels),
        json!(site.main().code()),
        json!(config.licence),
        json!(config.licence_url),
        json!(site.date.map(|d| d.iso())),
    );
    let all = records(site, k);
    let languages = others(site);
    for (at, i) in all.iter().enumerate() {
        out.push_str(&entry(site, kind, *i, &languages).to_string());
        out.push_str(if at + 1 < all.len() { ",\n" } else { "\n" });
    }
    out.push_str("]\n}\n");
    out.into_bytes()
}

fn entry(site: &Site, kind: &KindDef, i: EntryId, languages: &[Lang]) -> JsonValue {
    let entry = site.entry(i);
    let mut out = Json::new();
    let mut put = |name: &str, value: JsonValue| {
        let empty = value.as_str() == Some("")
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(Json::is_empty)
            || value == JsonValue::Bool(false);
        if !empty && !value.is_null() {
            out.insert(name.into(), value);
        }
    };
    put("id", json!(&*entry.id));
    put("title", json!(entry.title));
    put("title_en", json!(entry.title_en));
    put("summary", json!(entry.summary));
    put("address", json!(entry.path()));
    put("url", json!(absolute(&site.public.config.base_url, &entry.path())));
    put("names", json!(entry.names));
    put("tags", json!(entry.tags));
    put("illustrative", json!(entry.illustrative));
    put("licence", json!(display::of_role(site, i, Role::Licence, site.main()).first()));
    put("published", json!(entry.published.map(|d| d.iso())));
    put("updated", json!(entry.updated.map(|d| d.iso())));
    put("translations", translations(site, i, languages));
    let mut fields = Json::new();
    for (f, field) in public_fields(&kind.fields) {
        if let Some(value) = entry.value(f) {
            fields.insert(field.id.clone(), value_json(site, i, field, value));
        }
    }
    put("fields", fields.into());
    out.into()
}

fn translations(site: &Site, i: EntryId, languages: &[Lang]) -> JsonValue {
    let told = |entry: &Entry| json!({ "title": entry.title, "summary": entry.summary, "address": entry.path() });
    let all = languages
        .iter()
        .filter_map(|lang| Some((lang.code().to_owned(), told(site.entry(site.translation(i, *lang)?)))));
    all.collect::<Json<_, _>>().into()
}

fn value_json(site: &Site, i: EntryId, field: &FieldDef, value: &Value) -> JsonValue {
    match value {
        Value::Text(text) | Value::Markdown(text) | Value::Url(text) => json!(text),
        Value::Integer(n) => json!(n),
        Value::Decimal(n) | Value::Money(n) | Value::Percent(n) => json!(n),
        Value::Bool(b) => json!(b),
        Value::Year(year) => json!({ "be": year.be, "ce": year.ce() }),
        Value::Date(date) => json!(date.iso()),
        Value::Period(from, to) => json!({ "from": from.iso(), "to": to.map(|d| d.iso()) }),
        Value::Term(id) | Value::Ref(id) => {
            json!({ "id": id, "label": display::text(site, field, value, site.main()) })
        }
        Value::Image { src, alt, caption } => {
            json!({ "address": file_address(site, i, src), "alt": alt, "caption": caption })
        }
        Value::File { src, label } => json!({ "address": file_address(site, i, src), "label": label }),
        Value::List(items) => items.iter().map(|item| value_json(site, i, field, &item.value)).collect(),
        Value::Table(rows) => rows
            .iter()
            .map(|row| {
                let mut record = Json::new();
                for (c, column) in public_fields(&field.columns) {
                    if let Some(Some(cell)) = row.cells.get(c) {
                        record.insert(column.id.clone(), value_json(site, i, column, &cell.value));
                    }
                }
                JsonValue::Object(record)
            })
            .collect(),
    }
}
