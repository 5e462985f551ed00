//! The description of the tables: a Data Package of version 1 (<https://specs.frictionlessdata.io/data-package/>).

use super::cells::has_common_licence;
use super::sheet::schema;
use super::tables::{Table, kind_of, tables};
use crate::html::context::absolute;
use crate::html::input::Input;
use serde_json::{Map as Json, Value, json};

/// Address in the site.
pub(super) const PATH: &str = "data/datapackage.json";

/// The package of all tables.
pub(super) fn package(input: &Input<'_>) -> Value {
    let config = &input.site.public.config;
    let main = input.site.main();
    let mut out = Json::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() && value.as_str() != Some("") && value.as_array().is_none_or(|all| !all.is_empty()) {
            out.insert(name.into(), value);
        }
    };
    put("profile", json!("tabular-data-package"));
    put("name", json!("data"));
    put("title", json!(config.title.get(main)));
    put("description", json!(config.description.get(main)));
    put("homepage", json!(absolute(&config.base_url, "index.html")));
    put("version", json!(input.site.date.map(|day| day.iso())));
    put("keywords", json!(config.catalog.keywords));
    let tables = tables(input.site);
    // Where an entry has a licence of its own, only the tables without such entries have one that holds for all.
    let common = tables.iter().all(|table| has_common_licence(input.site, *table));
    if common {
        put("licenses", licences(&config.licence, &config.licence_url));
    }
    let mut people = Vec::new();
    for (title, role, mail) in [
        (config.publisher.get(main), "publisher", ""),
        (config.catalog.maintainer.get(main), "maintainer", config.catalog.mail.as_str()),
    ] {
        let mut person = json!({ "title": title, "role": role });
        if !mail.is_empty() {
            person["email"] = json!(mail);
        }
        people.extend((!title.is_empty()).then_some(person));
    }
    put("contributors", json!(people));
    let source = config.catalog.source.get(main);
    put("sources", if source.is_empty() { Value::Null } else { json!([{ "title": source }]) });
    let resource = |table: Table| {
        let mut out = resource(input, table);
        let own = licences(&config.licence, &config.licence_url);
        if !common && !own.is_null() && has_common_licence(input.site, table) {
            out["licenses"] = own;
        }
        out
    };
    put("resources", tables.into_iter().map(resource).collect());
    out.into()
}

/// A licence by its name in the list of Open Definition (`CC-BY-4.0`), its words and its address.
fn licences(words: &str, url: &str) -> Value {
    let name = words.replace(' ', "-");
    let known = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    let mut licence = Json::new();
    for (key, value) in [("name", if known { &name } else { "" }), ("path", url), ("title", words)] {
        if !value.is_empty() {
            licence.insert(key.into(), json!(value));
        }
    }
    if licence.contains_key("name") || licence.contains_key("path") { json!([licence]) } else { Value::Null }
}

fn resource(input: &Input<'_>, table: Table) -> Value {
    let site = input.site;
    let name = table.name(site);
    let mut fields = Vec::new();
    let mut keys = Vec::new();
    for column in table.columns(site) {
        let (field, refers) = schema(input, table, &column);
        fields.push(field);
        if let Some(k) = refers {
            let kind = Table::Kind(k);
            // A table refers to itself without a name.
            let resource = if kind == table { String::new() } else { kind.name(site) };
            keys.push(json!({ "fields": [column.name], "reference": { "resource": resource, "fields": ["id"] } }));
        }
    }
    let mut schema = json!({ "fields": fields });
    match table {
        Table::Kind(_) => schema["primaryKey"] = json!(["id"]),
        Table::Rows(..) => schema["primaryKey"] = json!(["entry", "row"]),
        Table::Terms => schema["primaryKey"] = json!(["vocabulary", "id"]),
        Table::Columns => {}
    }
    if !keys.is_empty() {
        schema["foreignKeys"] = json!(keys);
    }
    let mut out = json!({
        "name": name.to_lowercase(),
        "path": format!("{name}.csv"),
        "profile": "tabular-data-resource",
        "title": table.title(input, site.main()),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true },
        "schema": schema,
    });
    let about = kind_of(site, table).filter(|_| matches!(table, Table::Kind(_)));
    let about = about.map_or("", |kind| kind.description.get(site.main()));
    if !about.is_empty() {
        out["description"] = json!(about);
    }
    out
}
