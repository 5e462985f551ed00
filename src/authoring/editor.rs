//! Set-up for VS Code: schemas, completion and checking of front matter.
//!
//! No extension of the editor applies a schema inside a Markdown file for both TOML and YAML, so completion comes from
//! snippets and checking from a task whose problem matcher reads `sala check`: both work for both formats and need no
//! extension. The TOML extension applies the schemas of the files that people edit to change a form: settings, kinds, sets
//! of fields, vocabularies and maps; `.taplo.toml` says the same to `taplo` on the command line.

use super::draft::{Draft, example};
use super::json_schema;
use super::value::Out;
use crate::model::{FieldDef, FieldType, KindDef, KindId, Lang, Portal, Schema};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// JSON Schemas of what is written in TOML beside the pages, made from the types that read it: name, files, text.
const SCHEMAS: [(&str, &str, &str); 8] = [
    ("portal", "portal.toml", include_str!("schemas/portal.json")),
    ("kind", "content/_schema/kinds/*.toml", include_str!("schemas/kind.json")),
    ("fields", "content/_schema/fields/*.toml", include_str!("schemas/fields.json")),
    ("vocabulary", "content/_schema/vocabularies/*.toml", include_str!("schemas/vocabulary.json")),
    ("print", "content/_schema/print/*.toml", include_str!("schemas/print.json")),
    ("import", "content/_schema/import/*.toml", include_str!("schemas/import.json")),
    ("table", "content/_data/*.toml", include_str!("schemas/table.json")),
    ("theme", "themes/*/theme.toml", include_str!("schemas/theme.json")),
];

/// Generated files: path below the target folder, and text. What people have in the settings, tasks and recommendations of
/// their own stays; `old` reads a file that is there.
///
/// # Errors
/// The path of a file that is not plain JSON.
pub fn files(
    portal: &Portal,
    old: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<(String, String)>, (&'static str, serde_json::Error)> {
    let schema = &portal.schema;
    let mut out = Vec::new();
    for (position, _, name) in json_schema::kinds(schema) {
        out.push((format!(".vscode/schemas/{name}"), pretty(&json_schema::kind(portal, position))));
    }
    for (name, _, text) in SCHEMAS {
        out.push((format!(".vscode/schemas/files/{name}.json"), text.to_string()));
    }
    out.push((".taplo.toml".into(), taplo()));
    out.push((".vscode/sala.code-snippets".into(), pretty(&snippets(schema))));
    let extensions = json!({ "recommendations": ["tamasfe.even-better-toml", "redhat.vscode-yaml"] });
    for (name, new, joined) in [
        (".vscode/tasks.json", tasks(), true),
        (".vscode/extensions.json", extensions, true),
        (".vscode/settings.json", associations(schema), false),
    ] {
        let old = old(name).map_or_else(|| Ok(json!({})), |text| serde_json::from_str(&text));
        let old = old.map_err(|error| (name, error))?;
        out.push((name.into(), pretty(&merge(old, new, joined))));
    }
    Ok(out)
}

/// The file that nobody else shares with Sala, and words of it by which it is known again.
pub const MARK: (&str, &str) = (".taplo.toml", ".vscode/schemas/files/");

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// Our keys over the old ones, objects key by key; lists that are `joined` keep the items of others.
fn merge(old: Value, new: Value, joined: bool) -> Value {
    match (old, new) {
        (Value::Object(mut old), Value::Object(new)) => {
            for (key, value) in new {
                let before = old.remove(&key).unwrap_or(Value::Null);
                old.insert(key, merge(before, value, joined));
            }
            Value::Object(old)
        }
        (Value::Array(old), Value::Array(new)) if joined => {
            let others = old.into_iter().filter(|item| new.iter().all(|own| name(own) != name(item)));
            Value::Array(others.chain(new.clone()).collect())
        }
        (_, new) => new,
    }
}

/// Whether a file is written over what people have in it, all of which stays.
pub fn keeps(name: &str) -> bool {
    [".vscode/tasks.json", ".vscode/extensions.json", ".vscode/settings.json"].contains(&name)
}

/// What tells an item of a list from the others: its label, or itself.
fn name(item: &Value) -> Option<&str> {
    item.get("label").unwrap_or(item).as_str()
}

/// Rules for `taplo` and the extensions that read them.
fn taplo() -> String {
    let rule = |(name, files, _): &(&str, &str, &str)| {
        format!("[[rule]]\ninclude = [\"{files}\"]\n[rule.schema]\npath = \".vscode/schemas/files/{name}.json\"\n")
    };
    SCHEMAS.iter().map(rule).collect::<Vec<_>>().join("\n")
}

fn associations(schema: &Schema) -> Value {
    let (mut toml, mut yaml) = (Map::new(), Map::new());
    for (_, kind, name) in json_schema::kinds(schema) {
        let file = format!(".vscode/schemas/{name}");
        let folder = regex::escape(&kind.folder);
        toml.insert(format!(".*/content/{folder}/.*\\.toml$"), json!(format!("./{file}")));
        yaml.insert(
            format!("./{file}"),
            json!([format!("content/{0}/**/*.yaml", kind.folder), format!("content/{0}/**/*.yml", kind.folder)]),
        );
    }
    for (name, files, _) in SCHEMAS {
        let pattern = regex::escape(files).replace("\\*", "[^/]*");
        toml.insert(format!(".*/{pattern}$"), json!(format!("./.vscode/schemas/files/{name}.json")));
    }
    json!({
        "yaml.schemas": yaml,
        "evenBetterToml.schema.enabled": true,
        "evenBetterToml.schema.associations": toml,
        "files.associations": { "**/content/**/*.md": "markdown" },
        "[markdown]": {
            "editor.quickSuggestions": { "other": "on", "comments": "on", "strings": "on" },
            "editor.snippetSuggestions": "top",
            "editor.wordWrap": "on",
            "editor.unicodeHighlight.ambiguousCharacters": false,
        },
    })
}

fn tasks() -> Value {
    json!({
        "version": "2.0.0",
        "tasks": [{
            "label": "sala check",
            "type": "shell",
            "command": "sala",
            "args": ["check", "--format", "github"],
            "group": { "kind": "build", "isDefault": true },
            "presentation": { "reveal": "never", "revealProblems": "onProblem" },
            "problemMatcher": {
                "owner": "sala",
                "fileLocation": ["relative", "${workspaceFolder}"],
                "pattern": {
                    "regexp": "^::(error|warning|notice) title=([^,]+),file=([^,]+),line=(\\d+),col=(\\d+)::(.*)$",
                    "severity": 1, "code": 2, "file": 3, "line": 4, "column": 5, "message": 6,
                },
            },
        }],
    })
}

/// Snippets: a whole new entry per kind and format, and one per field and format.
fn snippets(schema: &Schema) -> Value {
    let mut out = Map::new();
    let mut add = |name: String, prefix: String, body: String, description: String| {
        let lines: Vec<&str> = body.lines().collect();
        out.insert(name, json!({ "scope": "markdown", "prefix": prefix, "body": lines, "description": description }));
    };
    let mut fields: BTreeMap<(String, String, String), (String, Vec<String>)> = BTreeMap::new();
    for (position, kind, _) in json_schema::kinds(schema) {
        let label = format!("{} · {}", kind.label.th, kind.label.get(Lang::EN));
        add(
            format!("{} (TOML)", kind.id),
            format!("+++{}", kind.id),
            whole(schema, position, kind, true),
            label.clone(),
        );
        add(format!("{} (YAML)", kind.id), format!("---{}", kind.id), whole(schema, position, kind, false), label);
        for field in kind.fields.iter().filter(|f| f.via.is_none()) {
            let (toml, yaml) = (toml_line(schema, field), yaml_line(schema, field));
            let entry =
                fields.entry((field.id.clone(), toml, yaml)).or_insert_with(|| (field.label.th.clone(), Vec::new()));
            entry.1.push(kind.id.clone());
        }
    }
    let mut last = (String::new(), 0);
    for ((id, toml, yaml), (label, kinds)) in fields {
        last = if last.0 == id { (id.clone(), last.1 + 1) } else { (id.clone(), 1) };
        let number = if last.1 > 1 { format!(" {}", last.1) } else { String::new() };
        let description = format!("{label} ({})", kinds.join(", "));
        add(format!("{id}{number} ="), id.clone(), toml, description.clone());
        add(format!("{id}{number}:"), format!("{id}:"), yaml, description);
    }
    Value::Object(out)
}

/// A new entry with its required fields and sections.
fn whole(schema: &Schema, position: KindId, kind: &KindDef, toml: bool) -> String {
    let mut stop = 1;
    let mut lines = vec![if toml { "+++" } else { "---" }.to_string()];
    let needed: Vec<&FieldDef> = kind.fields.iter().filter(|f| f.required && f.via.is_none()).collect();
    let mut put = |line: String| {
        // Each line brings tab stops numbered from 1: they continue the count.
        let mut text = line;
        for n in (1..=9).rev() {
            text = text.replace(&format!("${{{n}"), &format!("${{{}", n + 100));
        }
        for n in 1..=9 {
            let mark = format!("${{{}", n + 100);
            if text.contains(&mark) {
                text = text.replace(&mark, &format!("${{{stop}"));
                stop += 1;
            }
        }
        lines.push(text);
    };
    let title = FieldDef { id: "title".into(), ..FieldDef::default() };
    let line = |field: &FieldDef| {
        if toml { toml_line(schema, field) } else { yaml_line(schema, field) }
    };
    put(line(&title));
    for field in needed.iter().filter(|f| f.ty != FieldType::Table) {
        put(line(field));
    }
    for field in needed.iter().filter(|f| f.ty == FieldType::Table) {
        put(line(field));
    }
    lines.push(if toml { "+++" } else { "---" }.into());
    let body = Draft { kind: position, keys: vec![("title".into(), Out::Text(String::new()))], ..Draft::default() }
        .plain(schema);
    lines.push(body.rsplit("+++\n").next().unwrap_or_default().to_string());
    lines.join("\n")
}

fn choice(schema: &Schema, field: &FieldDef, stop: usize) -> Option<String> {
    let vocabulary = schema.vocabulary_of(field).filter(|v| v.offered().next().is_some())?;
    let ids: Vec<&str> = vocabulary.offered().map(|t| t.id.as_str()).collect();
    Some(format!("\"${{{stop}|{}|}}\"", ids.join(",")))
}

fn value(schema: &Schema, field: &FieldDef, stop: usize) -> String {
    let one = match field.ty {
        FieldType::Term => choice(schema, field, stop),
        FieldType::Text | FieldType::Markdown | FieldType::Ref => Some(format!("\"${{{stop}}}\"")),
        FieldType::Url => Some(format!("\"${{{stop}:https://}}\"")),
        FieldType::Bool => Some(format!("${{{stop}|true,false|}}")),
        FieldType::Image | FieldType::File | FieldType::Period | FieldType::Table => None,
        _ => {
            let sample = example(&FieldDef { many: false, ..field.clone() }, schema);
            Some(format!("${{{stop}:{sample}}}"))
        }
    };
    let one = one.unwrap_or_else(|| example(&FieldDef { many: false, ..field.clone() }, schema).replace('}', "\\}"));
    if field.many { format!("[{one}]") } else { one }
}

fn toml_line(schema: &Schema, field: &FieldDef) -> String {
    if field.ty == FieldType::Table {
        let columns: Vec<String> =
            field.columns.iter().enumerate().map(|(i, c)| format!("{} = {}", c.id, value(schema, c, i + 1))).collect();
        return format!("[[{}]]\n{}", field.id, columns.join("\n"));
    }
    format!("{} = {}", field.id, value(schema, field, 1))
}

fn yaml_line(schema: &Schema, field: &FieldDef) -> String {
    let flat = |field: &FieldDef, stop: usize| match field.ty {
        FieldType::Image => "{ src: \"ภาพ.jpg\", alt: \"ภาพแสดงอะไร\" \\}".to_string(),
        FieldType::File => "{ src: \"เอกสาร.pdf\", label: \"ชื่อที่แสดง\" \\}".to_string(),
        FieldType::Period => "{ from: 2565-10-01, to: 2566-09-30 \\}".to_string(),
        _ => value(schema, field, stop),
    };
    if field.ty == FieldType::Table {
        let columns: Vec<String> = field
            .columns
            .iter()
            .enumerate()
            .map(|(i, c)| format!("{} {}: {}", if i == 0 { "  -" } else { "   " }, c.id, flat(c, i + 1)))
            .collect();
        return format!("{}:\n{}", field.id, columns.join("\n"));
    }
    format!("{}: {}", field.id, flat(field, 1))
}
