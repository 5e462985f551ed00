//! Open data: every kind as JSON and as CSV.

use std::collections::BTreeMap;

use serde_json::{Map as Json, Value as JsonValue, json};

use crate::model::{Entry, FieldDef, KindDef, Value, Visibility};
use crate::site::Site;
use crate::site::display::text;
use crate::text::chars::{is_invisible, steers};

/// A file of open data: its kind and form.
#[derive(Debug, Clone, Copy)]
pub(super) struct File {
    kind: usize,
    table: bool,
}

/// `data/<kind>.json` and `data/<kind>.csv` of every kind that has entries.
pub(super) fn paths(site: &Site) -> Vec<(String, File)> {
    let kinds = site.public.schema.kinds.iter().enumerate();
    kinds
        .filter(|(k, kind)| !kind.plain && site.count(*k, site.main()) > 0)
        .flat_map(|(kind, def)| {
            let file = |table, ending| {
                let path = format!("data/{}.{ending}", def.id);
                (path, File { kind, table })
            };
            [file(false, "json"), file(true, "csv")]
        })
        .collect()
}

/// The bytes of a file.
pub(super) fn make(site: &Site, file: File) -> Vec<u8> {
    if file.table { csv_file(site, file.kind) } else { json_file(site, file.kind) }
}

fn public_fields(kind: &KindDef) -> impl Iterator<Item = (usize, &FieldDef)> {
    kind.fields.iter().enumerate().filter(|(_, f)| f.visibility == Visibility::Public)
}

fn json_file(site: &Site, k: usize) -> Vec<u8> {
    let kind = &site.public.schema.kinds[k];
    let config = &site.public.config;
    let mut out = format!(
        "{{\n\"kind\": {},\n\"label\": {},\n\"licence\": {},\n\"version\": {},\n\"entries\": [\n",
        json!(kind.id),
        json!(config.languages().iter().map(|l| (l.code(), kind.label.get(*l))).collect::<BTreeMap<_, _>>()),
        json!(config.licence),
        json!(site.date.map(|d| d.iso())),
    );
    let entries = &site.order[k][site.main()];
    for (at, i) in entries.iter().enumerate() {
        out.push_str(&entry_json(site, kind, site.entry(*i)).to_string());
        out.push_str(if at + 1 < entries.len() { ",\n" } else { "\n" });
    }
    out.push_str("]\n}\n");
    out.into_bytes()
}

fn entry_json(site: &Site, kind: &KindDef, entry: &Entry) -> JsonValue {
    let mut out = Json::new();
    out.insert("id".into(), json!(&*entry.id));
    out.insert("title".into(), json!(entry.title));
    for (name, text) in [("title_en", &entry.title_en), ("summary", &entry.summary)] {
        if !text.is_empty() {
            out.insert(name.into(), json!(text));
        }
    }
    out.insert("address".into(), json!(entry.path()));
    if !entry.names.is_empty() {
        out.insert("names".into(), json!(entry.names));
    }
    if !entry.tags.is_empty() {
        out.insert("tags".into(), json!(entry.tags));
    }
    if entry.illustrative {
        out.insert("illustrative".into(), json!(true));
    }
    for (name, date) in [("published", entry.published), ("updated", entry.updated)] {
        if let Some(date) = date {
            out.insert(name.into(), json!(date.iso()));
        }
    }
    let mut fields = Json::new();
    for (f, field) in public_fields(kind) {
        if let Some(value) = entry.value(f) {
            fields.insert(field.id.clone(), value_json(site, field, value));
        }
    }
    out.insert("fields".into(), JsonValue::Object(fields));
    JsonValue::Object(out)
}

fn value_json(site: &Site, field: &FieldDef, value: &Value) -> JsonValue {
    match value {
        Value::Text(text) | Value::Markdown(text) | Value::Url(text) => json!(text),
        Value::Integer(n) => json!(n),
        Value::Decimal(n) | Value::Money(n) | Value::Percent(n) => json!(n),
        Value::Bool(b) => json!(b),
        Value::Year(year) => json!({ "be": year.be, "ce": year.ce() }),
        Value::Date(date) => json!(date.iso()),
        Value::Period(from, to) => json!({ "from": from.iso(), "to": to.map(|d| d.iso()) }),
        Value::Term(id) | Value::Ref(id) => {
            json!({ "id": id, "label": text(site, field, value, site.main()) })
        }
        Value::Image { alt, caption, .. } => json!({ "alt": alt, "caption": caption }),
        Value::File { label, .. } => json!({ "label": label }),
        Value::List(items) => items.iter().map(|i| value_json(site, field, &i.value)).collect(),
        Value::Table(rows) => rows
            .iter()
            .map(|row| {
                let cells = field.columns.iter().zip(&row.cells).filter(|(c, _)| c.visibility == Visibility::Public);
                let mut record = Json::new();
                for (column, cell) in cells {
                    if let Some(cell) = cell {
                        record.insert(column.id.clone(), value_json(site, column, &cell.value));
                    }
                }
                JsonValue::Object(record)
            })
            .collect(),
    }
}

/// A byte order mark first, so that spreadsheets read Thai; cells cannot start a formula.
fn csv_file(site: &Site, k: usize) -> Vec<u8> {
    let kind = &site.public.schema.kinds[k];
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xef, 0xbb, 0xbf]);
    let mut header = vec![
        "id".to_owned(),
        "title".into(),
        "title_en".into(),
        "summary".into(),
        "address".into(),
        "illustrative".into(),
    ];
    header.extend(public_fields(kind).map(|(_, f)| f.id.clone()));
    let _ = writer.write_record(&header);
    for i in &site.order[k][site.main()] {
        let entry = site.entry(*i);
        let mut row =
            vec![cell(&entry.id), cell(&entry.title), cell(&entry.title_en), cell(&entry.summary), cell(&entry.path())];
        row.push(if entry.illustrative { "true".into() } else { String::new() });
        for (f, field) in public_fields(kind) {
            row.push(entry.value(f).map_or(String::new(), |v| cell(&csv_text(site, field, v))));
        }
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

fn csv_text(site: &Site, field: &FieldDef, value: &Value) -> String {
    match value {
        Value::Integer(n) => n.to_string(),
        Value::Decimal(n) | Value::Money(n) | Value::Percent(n) => n.to_string(),
        Value::Year(year) => year.be.to_string(),
        Value::Date(date) => date.iso(),
        Value::List(items) => {
            let parts: Vec<String> = items.iter().map(|i| csv_text(site, field, &i.value)).collect();
            parts.join("; ")
        }
        Value::Table(rows) => {
            let rows = rows.iter().map(|row| {
                let cells = field.columns.iter().zip(&row.cells).filter(|(c, _)| c.visibility == Visibility::Public);
                let cells =
                    cells.map(|(c, cell)| cell.as_ref().map_or(String::new(), |cell| csv_text(site, c, &cell.value)));
                cells.collect::<Vec<_>>().join(" | ")
            });
            rows.collect::<Vec<_>>().join("\n")
        }
        other => text(site, field, other, site.main()),
    }
}

/// A cell that a spreadsheet will not run: an apostrophe before what would start a formula. Plain
/// negative numbers stay numbers.
#[must_use]
pub(super) fn cell(text: &str) -> String {
    // What takes no room before the sign does not keep a spreadsheet from reading it.
    let shown = text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c) || steers(c));
    let risky = shown.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    if risky && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_never_start_a_formula() {
        for bad in [
            "=1+1",
            "+cmd",
            "-x",
            "@sum",
            "\t=1",
            " =1",
            "＝1",
            "\u{feff}=1",
            "\u{200b} =1",
            "\0=1",
            "\u{202e}=1",
            "\u{a0}=1",
        ] {
            assert!(cell(bad).starts_with('\''), "{bad:?}");
        }
        assert_eq!(cell("-5.5"), "-5.5");
        assert_eq!(cell("ก=ข"), "ก=ข");
    }
}
