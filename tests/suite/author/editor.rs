//! What is made from the schema: JSON Schemas, editor set-up, documentation, forms in the browser.

use super::*;
use sala::internals::authoring::{cms, editor, json_schema, kind_docs};

#[test]
fn the_portals_front_matter_fits_its_json_schemas() {
    let (portal, _) = load(&repository());
    let mut checked = 0;
    for (k, kind, _) in json_schema::kinds(&portal.schema) {
        let schema = json_schema::kind(&portal, k);
        for entry in portal
            .entries
            .iter()
            .filter(|e| e.kind == k && e.lang == sala::internals::model::Lang::TH && e.row_of.is_none())
        {
            let text = &portal.sources[entry.source.0 as usize].text;
            let Some((front, _)) = text.strip_prefix("+++\n").and_then(|t| t.split_once("\n+++")) else {
                continue;
            };
            let table: toml::Table = toml::from_str(front).unwrap();
            let value = plain(&toml::Value::Table(table));
            let wrong = misfit(&schema, &value, &kind.id);
            assert_eq!(wrong, None, "{}", entry.id);
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
}

fn plain(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(d) => d.to_string().into(),
        toml::Value::Array(items) => items.iter().map(plain).collect(),
        toml::Value::Table(t) => serde_json::Value::Object(t.iter().map(|(k, v)| (k.clone(), plain(v))).collect()),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// Where a value does not fit the part of JSON Schema that is generated here.
fn misfit(schema: &serde_json::Value, value: &serde_json::Value, at: &str) -> Option<String> {
    let bad = |why: &str| Some(format!("{at}: {why}: {value}"));
    if let Some(any) = schema["anyOf"].as_array() {
        let all: Option<Vec<String>> = any.iter().map(|s| misfit(s, value, at)).collect();
        return all.map(|v| v.join(" / "));
    }
    if let Some(known) = schema["enum"].as_array()
        && !known.contains(value)
    {
        return bad("not in enum");
    }
    let types: Vec<&str> = match &schema["type"] {
        serde_json::Value::String(one) => vec![one.as_str()],
        serde_json::Value::Array(all) => all.iter().filter_map(|t| t.as_str()).collect(),
        _ => vec![],
    };
    let is = |t: &str| match t {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    if !types.is_empty() && !types.iter().any(|t| is(t)) {
        return bad("wrong type");
    }
    if let Some(object) = value.as_object() {
        for need in schema["required"].as_array().into_iter().flatten() {
            if !object.contains_key(need.as_str()?) {
                return bad(&format!("lacks {need}"));
            }
        }
        for (key, inner) in object {
            let property = &schema["properties"][key];
            if property.is_null() {
                if schema["additionalProperties"] == false {
                    return bad(&format!("unknown {key}"));
                }
            } else if let Some(wrong) = misfit(property, inner, &format!("{at}.{key}")) {
                return Some(wrong);
            }
        }
    }
    value.as_array().into_iter().flatten().find_map(|item| misfit(&schema["items"], item, at))
}

#[test]
fn the_editor_set_up_keeps_own_settings() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let old = |name: &str| {
        let text = match name {
            ".vscode/settings.json" => "{\"editor.tabSize\": 3, \"yaml.schemas\": {\"a\": \"b\"}}",
            ".vscode/tasks.json" => {
                "{\"tasks\": [{\"label\": \"mine\"}, {\"label\": \"sala check\", \"type\": \"x\"}]}"
            }
            ".vscode/extensions.json" => "{\"recommendations\": [\"their.own\", \"redhat.vscode-yaml\"]}",
            _ => return None,
        };
        Some(text.to_owned())
    };
    let files = editor::files(&portal, &old).unwrap();
    let written = |name: &str| -> serde_json::Value {
        serde_json::from_str(&files.iter().find(|(p, _)| p == name).unwrap().1).unwrap()
    };
    let tasks = written(".vscode/tasks.json");
    assert_eq!((&tasks["tasks"][0]["label"], &tasks["tasks"][1]["command"]), (&"mine".into(), &"sala".into()));
    let both = serde_json::json!(["their.own", "tamasfe.even-better-toml", "redhat.vscode-yaml"]);
    assert_eq!(written(".vscode/extensions.json")["recommendations"], both);
    let settings = &files.iter().find(|(p, _)| p.ends_with("settings.json")).unwrap().1;
    assert!(settings.contains("\"editor.tabSize\": 3") && settings.contains("\"a\": \"b\""));
    assert!(editor::files(&portal, &|_| Some("{ // mine\n}".into())).is_err());
    let snippets = &files.iter().find(|(p, _)| p.ends_with("code-snippets")).unwrap().1;
    let snippets: serde_json::Value = serde_json::from_str(snippets).unwrap();
    assert_eq!(snippets["evidence ="]["body"][0], "evidence = \"${1|described,counted,compared|}\"");
    assert_eq!(snippets["evidence:"]["body"][0], "evidence: \"${1|described,counted,compared|}\"");
}

#[test]
fn documentation_of_kinds_is_up_to_date() {
    let (portal, _) = load(&repository());
    let docs = repository().join("docs/kinds");
    for (name, text) in kind_docs::pages(&portal.schema) {
        let old = fs::read_to_string(docs.join(&name)).unwrap_or_default();
        assert!(old == text, "docs/kinds/{name} is out of date: run `sala schema --docs docs/kinds`");
    }
}

#[test]
fn the_cms_set_up_is_sound_yaml_and_loads_one_local_script() {
    let (portal, _) = load(&repository());
    let files = cms::files(&portal, "owner/repository", "main");
    let page = &files.iter().find(|(n, _)| n == "index.html").unwrap().1;
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("<script src=\"sveltia-cms.js\">") && page.contains("default-src 'none'"));
    let config = &files.iter().find(|(n, _)| n == "config.yml").unwrap().1;
    assert!(config.contains("name: \"innovation\"") && config.contains("format: \"toml-frontmatter\""));
    for line in config.lines() {
        assert!(!line.contains('\t'));
    }
    for (name, _) in config.lines().filter_map(|l| l.trim().strip_prefix("options: *").map(|n| (n, l))) {
        assert_eq!(config.matches(&format!("options: &{name}\n")).count(), 1, "{name}");
    }
}

#[test]
fn the_cms_set_up_keeps_its_host_and_may_speak_to_it() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let first = cms::files(&portal, "owner/repository", "main");
    let text = |files: &[(String, String)], name: &str| files.iter().find(|(n, _)| n == name).unwrap().1.clone();
    let own = "backend:\n  name: gitlab\n  repo: group/name\n  base_url: https://git.example.go.th/\n  app_id: 1\n";
    let old = format!("# x\n{own}media_folder: y\n");
    let mut files = first.clone();
    cms::keep_backend(&mut files, &old);
    let config = text(&files, "config.yml");
    assert!(
        config.contains(own) && !config.contains("owner/repository") && config.contains("collections:"),
        "{config}"
    );
    assert!(text(&files, "index.html").contains("https://gitlab.com https://git.example.go.th;"));
    let mut same = first.clone();
    cms::keep_backend(&mut same, "");
    cms::keep_backend(&mut same, &text(&first, "config.yml"));
    assert_eq!(same, first);
}

/// The form of an English portal has no Thai word but the examples of what is also understood, in patterns.
#[test]
fn the_cms_speaks_the_language_of_the_portal() {
    let (portal, _) = load(&repository().join("examples/knowledge-base"));
    for (name, text) in cms::files(&portal, "owner/repository", "main") {
        let thai = |line: &&str| line.chars().any(|c| ('ก'..='๛').contains(&c));
        let found: Vec<&str> =
            text.lines().filter(thai).filter(|l| !l.starts_with('#') && !l.contains("๐-๙")).collect();
        assert!(name == "README.md" || name == "index.html" || found.is_empty(), "{name}: {found:?}");
        assert!(name != "index.html" || text.contains("<html lang=\"en\">"), "{text}");
    }
}
