//! The reference of what people write in TOML, and the JSON Schemas of these files, made from the types that read them:
//! what a key means is said once, in the comment of its field. `SALA_BLESS=1` writes both anew.

use crate::tools::repository;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use syn::{Attribute, Fields, GenericArgument, Item, PathArguments, Type};

/// What is written where: title, files, root type, name of the JSON Schema.
const FILES: &[(&str, &str, &str, &str)] = &[
    ("Settings", "portal.toml", "Config", "portal"),
    ("Kinds", "content/_schema/kinds/*.toml", "KindDef", "kind"),
    ("Sets of fields", "content/_schema/fields/*.toml", "FieldSet", "fields"),
    ("Vocabularies", "content/_schema/vocabularies/*.toml", "Vocabulary", "vocabulary"),
    ("Products", "content/_schema/print/*.toml", "ProductDef", "print"),
    ("Maps of imports", "content/_schema/import/*.toml", "ImportMap", "import"),
    ("Maps of tables", "content/_data/*.toml", "TableMap", "table"),
    ("Themes", "themes/*/theme.toml", "Settings", "theme"),
];

/// Where the types are looked for.
const SOURCES: &[&str] = &["src/model", "src/content", "src/theme", "src/authoring", "src/text"];

/// Types with a form of their own: what is written, and its JSON Schema.
fn known(name: &str) -> Option<(&'static str, Value)> {
    Some(match name {
        "String" => ("text", json!({ "type": "string" })),
        "PathBuf" => ("path", json!({ "type": "string" })),
        "bool" => ("`true` or `false`", json!({ "type": "boolean" })),
        "u8" | "u32" | "u64" | "usize" | "i32" | "i64" => ("whole number", json!({ "type": "integer" })),
        "f64" | "f32" => ("number", json!({ "type": "number" })),
        "char" => ("one character", json!({ "type": "string" })),
        "Label" => (
            "text, or a table with a text for each language",
            json!({ "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "type": "string" } }] }),
        ),
        "Date" => ("date", json!({ "type": "string" })),
        "Lang" => ("language tag", json!({ "type": "string" })),
        "Pattern" => ("regular expression", json!({ "type": "string", "format": "regex" })),
        "Since" => ("year or date", json!({ "type": ["integer", "string"] })),
        "Value" | "Table" => ("any value", json!({})),
        "NavItem" => (
            "path of a page, or a table with `title`, `page` and `pages` (a list of the same)",
            json!({ "anyOf": [{ "type": "string" }, { "type": "object" }] }),
        ),
        "Item" => (
            "id of a section, group or field, or a table with `id`, `label`, `level`, `as`, `icon`, `bare`, `note`",
            json!({ "anyOf": [{ "type": "string" }, {
                "type": "object",
                "properties": {
                    "id": { "type": "string" }, "label": {}, "level": { "type": "integer" }, "as": { "type": "string" },
                    "icon": { "type": "string" }, "bare": { "type": "boolean" }, "note": { "type": "string" },
                },
                "required": ["id"],
                "additionalProperties": false,
            }] }),
        ),
        "Places" => (
            "text or list of texts",
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] }),
        ),
        _ => return None,
    })
}

/// A key of a table.
struct Key {
    name: String,
    help: String,
    ty: Type,
    optional: bool,
}

enum Def {
    Table { help: String, keys: Vec<Key>, closed: bool },
    Words { help: String, words: Vec<(String, String)> },
}

#[derive(Default)]
struct Serde {
    rename: Option<String>,
    rename_all: String,
    default: bool,
    skip: bool,
    closed: bool,
}

fn serde_of(attributes: &[Attribute]) -> Serde {
    let mut found = Serde::default();
    for attribute in attributes.iter().filter(|a| a.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let text = |meta: &syn::meta::ParseNestedMeta<'_>| -> String {
                meta.value().and_then(|v| v.parse::<syn::LitStr>()).map(|t| t.value()).unwrap_or_default()
            };
            match meta.path.get_ident().map(ToString::to_string).unwrap_or_default().as_str() {
                "rename" => found.rename = Some(text(&meta)),
                "rename_all" => found.rename_all = text(&meta),
                "default" => {
                    found.default = true;
                    let _ = text(&meta);
                }
                "deny_unknown_fields" => found.closed = true,
                "skip" | "skip_deserializing" => found.skip = true,
                _ => drop(text(&meta)),
            }
            Ok(())
        });
    }
    found
}

fn help_of(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|a| a.path().is_ident("doc")).filter_map(|a| match &a.meta {
        syn::Meta::NameValue(doc) => match &doc.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value().trim().to_string()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ").trim().to_string()
}

fn words_case(name: &str, case: &str) -> String {
    let mut out = String::new();
    for (i, c) in name.chars().enumerate() {
        if c.is_uppercase() && i > 0 && case.contains('-') {
            out.push('-');
        }
        if c.is_uppercase() && i > 0 && case == "snake_case" {
            out.push('_');
        }
        out.extend(if case.is_empty() { vec![c] } else { c.to_lowercase().collect() });
    }
    out
}

/// Every type of the sources that serde reads.
fn definitions() -> BTreeMap<String, Def> {
    let mut found = BTreeMap::new();
    for folder in SOURCES {
        let files = walkdir::WalkDir::new(repository().join(folder)).sort_by_file_name().into_iter().flatten();
        for file in files.filter(|f| f.path().extension().is_some_and(|e| e == "rs")) {
            let tree = syn::parse_file(&fs::read_to_string(file.path()).expect("readable")).expect("sources parse");
            for item in tree.items {
                match item {
                    Item::Struct(item) => {
                        let Fields::Named(fields) = &item.fields else { continue };
                        let whole = serde_of(&item.attrs);
                        let keys = fields.named.iter().filter_map(|field| {
                            let own = serde_of(&field.attrs);
                            let name = own.rename.or_else(|| field.ident.as_ref().map(ToString::to_string))?;
                            let optional = own.default || whole.default || inner(&field.ty, "Option").is_some();
                            (!own.skip).then(|| Key {
                                name,
                                help: help_of(&field.attrs),
                                ty: field.ty.clone(),
                                optional,
                            })
                        });
                        let def = Def::Table { help: help_of(&item.attrs), keys: keys.collect(), closed: whole.closed };
                        found.entry(item.ident.to_string()).or_insert(def);
                    }
                    Item::Enum(item) if item.variants.iter().all(|v| v.fields.is_empty()) => {
                        let case = serde_of(&item.attrs).rename_all;
                        let word = |v: &syn::Variant| {
                            let name =
                                serde_of(&v.attrs).rename.unwrap_or_else(|| words_case(&v.ident.to_string(), &case));
                            (name, help_of(&v.attrs))
                        };
                        let words = item.variants.iter().map(word).collect();
                        found.entry(item.ident.to_string()).or_insert(Def::Words { help: help_of(&item.attrs), words });
                    }
                    _ => {}
                }
            }
        }
    }
    found
}

/// The argument of a generic type of this name; of a map the last one.
fn inner<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.last()? {
        GenericArgument::Type(ty) if last.ident == name => Some(ty),
        _ => None,
    }
}

fn name_of(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|s| s.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// What is written for a type, in words; types of their own are added to `more`.
fn form(ty: &Type, more: &mut Vec<String>) -> String {
    if let Some(ty) = inner(ty, "Option").or_else(|| inner(ty, "Box")) {
        return form(ty, more);
    }
    if let Some(ty) = inner(ty, "Vec").or_else(|| inner(ty, "BTreeSet")) {
        let own = form(ty, more);
        return format!("list: {own}");
    }
    if let Some(ty) = ["IndexMap", "BTreeMap", "HashMap"].iter().find_map(|map| inner(ty, map)) {
        return format!("table, for each name: {}", form(ty, more));
    }
    let name = name_of(ty);
    match known(&name) {
        Some((words, _)) => words.to_string(),
        None => {
            if !more.contains(&name) {
                more.push(name.clone());
            }
            format!("[{name}](#{})", name.to_lowercase())
        }
    }
}

fn schema_of(ty: &Type, more: &mut Vec<String>) -> Value {
    if let Some(ty) = inner(ty, "Option").or_else(|| inner(ty, "Box")) {
        return schema_of(ty, more);
    }
    if let Some(ty) = inner(ty, "Vec").or_else(|| inner(ty, "BTreeSet")) {
        return json!({ "type": "array", "items": schema_of(ty, more) });
    }
    if let Some(ty) = ["IndexMap", "BTreeMap", "HashMap"].iter().find_map(|map| inner(ty, map)) {
        return json!({ "type": "object", "additionalProperties": schema_of(ty, more) });
    }
    let name = name_of(ty);
    known(&name).map(|(_, schema)| schema).unwrap_or_else(|| {
        if !more.contains(&name) {
            more.push(name.clone());
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    })
}

fn table(out: &mut String, defs: &BTreeMap<String, Def>, name: &str, more: &mut Vec<String>) {
    match defs.get(name).unwrap_or_else(|| panic!("no type {name} below {SOURCES:?}")) {
        Def::Table { help, keys, .. } => {
            let _ = write!(out, "{help}\n\n| key | what is written | meaning |\n| --- | --- | --- |\n");
            for key in keys {
                assert!(!key.help.is_empty(), "{name}.{} has no comment", key.name);
                let (must, form) = (if key.optional { "" } else { " **required**" }, form(&key.ty, more));
                let _ = writeln!(out, "| `{}`{must} | {form} | {} |", key.name, key.help.replace('|', "\\|"));
            }
        }
        Def::Words { help, words } => {
            let _ = write!(out, "{help}\n\n");
            for (word, help) in words {
                let colon = if help.is_empty() { "" } else { ": " };
                let _ = writeln!(out, "- `{word}`{colon}{help}");
            }
        }
    }
}

fn schema(defs: &BTreeMap<String, Def>, name: &str, more: &mut Vec<String>) -> Value {
    match &defs[name] {
        Def::Table { help, keys, closed } => {
            let mut properties = Map::new();
            for key in keys {
                let mut own = schema_of(&key.ty, more);
                if own.get("$ref").is_some() {
                    own = json!({ "allOf": [own] });
                }
                own["description"] = json!(key.help);
                properties.insert(key.name.clone(), own);
            }
            let required: Vec<&str> = keys.iter().filter(|k| !k.optional).map(|k| k.name.as_str()).collect();
            json!({ "type": "object", "description": help, "properties": properties, "required": required, "additionalProperties": !closed })
        }
        Def::Words { help, words } => {
            let words: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
            json!({ "description": help, "enum": words })
        }
    }
}

/// The pages of the reference and the schemas, by path.
fn generated() -> BTreeMap<String, String> {
    let defs = definitions();
    let mut out = BTreeMap::new();
    let mut page = String::from(
        "# Reference of settings and schema\n\nEvery key of every file that a portal is described by. This page is made from the program's own types and cannot\ndiffer from it. A key that is not listed is an error, with the nearest one as a hint. Guides are in\n[forms.md](forms.md), [templates.md](templates.md), [handouts.md](handouts.md) and [import.md](import.md).\n",
    );
    for (title, files, root, name) in FILES {
        let mut todo = vec![(*root).to_string()];
        let mut definitions = Map::new();
        let mut at = 0;
        let _ = write!(page, "\n## {title}: `{files}`\n\n");
        let mut written: Vec<String> = Vec::new();
        while at < todo.len() {
            let own = todo[at].clone();
            at += 1;
            let anchor = format!("### {own}\n");
            // A type that several files share is described once.
            if !page.contains(&anchor) && !written.contains(&own) {
                if own != *root {
                    let _ = write!(page, "\n{anchor}\n");
                }
                table(&mut page, &defs, &own, &mut todo);
                written.push(own.clone());
            } else {
                table(&mut String::new(), &defs, &own, &mut todo);
            }
            definitions.insert(own.clone(), schema(&defs, &own, &mut todo));
        }
        let mut whole = definitions.remove(*root).expect("the root itself");
        whole["$schema"] = json!("http://json-schema.org/draft-07/schema#");
        whole["title"] = json!(format!("Sala: {title}"));
        whole["definitions"] = Value::Object(definitions);
        let text = serde_json::to_string_pretty(&whole).expect("JSON") + "\n";
        out.insert(format!("src/authoring/schemas/{name}.json"), text);
    }
    out.insert("docs/reference.md".into(), page);
    out
}

#[test]
fn the_reference_says_what_the_program_reads() {
    for (path, text) in generated() {
        let place = repository().join(&path);
        if std::env::var_os("SALA_BLESS").is_some() {
            fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            fs::write(&place, &text).expect("written");
        }
        let there = fs::read_to_string(&place).unwrap_or_default();
        assert!(there == text, "{path} differs from the types; SALA_BLESS=1 writes it anew");
    }
}

/// What the schemas allow, the program reads; what it refuses they refuse as well.
#[test]
fn schemas_know_every_key_of_this_portal() {
    let files = walkdir::WalkDir::new(repository().join("content")).into_iter().flatten();
    let kinds = files.filter(|f| f.path().to_string_lossy().contains("_schema/kinds/"));
    let generated = generated();
    let schema: Value = serde_json::from_str(&generated["src/authoring/schemas/kind.json"]).expect("JSON");
    let mut count = 0;
    for file in kinds.filter(|f| f.path().extension().is_some_and(|e| e == "toml")) {
        let text = fs::read_to_string(file.path()).expect("readable");
        let table: toml::Table = toml::from_str(&text).expect("TOML");
        for key in table.keys() {
            assert!(schema["properties"].get(key).is_some(), "{}: {key}", file.path().display());
        }
        count += 1;
    }
    assert!(count > 20, "{count}");
    assert!(schema["definitions"]["FieldDef"]["properties"]["required_from"]["description"].is_string());
}
