//! Values as YAML: block maps and lists, JSON strings, anchors for shared lists.

use serde_json::Value;
use std::fmt::Write;

/// Writes a value as YAML: block maps and lists, JSON strings, anchors for shared lists.
pub(super) fn emit(out: &mut String, value: &Value, depth: usize) {
    let pad = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let _ = write!(out, "{pad}{key}:");
                inner(out, value, depth + 1);
            }
        }
        Value::Array(items) => {
            for item in items {
                let mut text = String::new();
                match item {
                    Value::Object(_) => emit(&mut text, item, depth + 1),
                    other => text = format!("{pad}  {other}\n"),
                }
                // The first line of the item takes the dash.
                let _ = write!(out, "{pad}- {}", text.get(pad.len() + 2..).unwrap_or_default());
            }
        }
        scalar => {
            let _ = writeln!(out, "{pad}{scalar}");
        }
    }
}

fn inner(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(map) if map.contains_key("*") => {
            let _ = writeln!(out, " *{}", map["*"].as_str().unwrap_or_default());
        }
        Value::Object(map) if map.contains_key("&") => {
            let name = map["&"].as_str().unwrap_or_default();
            match map["list"].as_array() {
                Some(items) if !items.is_empty() => {
                    let _ = writeln!(out, " &{name}");
                    for item in items {
                        let _ = writeln!(out, "{}- {}", "  ".repeat(depth), flow(item));
                    }
                }
                _ => {
                    let _ = writeln!(out, " &{name} []");
                }
            }
        }
        Value::Array(items) if items.iter().all(|i| !i.is_object()) => {
            let items: Vec<String> = items.iter().map(ToString::to_string).collect();
            let _ = writeln!(out, " [{}]", items.join(", "));
        }
        Value::Object(_) | Value::Array(_) => {
            out.push('\n');
            emit(out, value, depth);
        }
        scalar => {
            let _ = writeln!(out, " {scalar}");
        }
    }
}

fn flow(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let pairs: Vec<String> = map.iter().map(|(k, v)| format!("{k}: {v}")).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}
