//! Makes the data of a job ready for print: drops HTML, checks glyphs, marks line ends, splits sentences.
//!
//! The shape of the data stays as it is. Every shown string is cleaned; for a template that reads them a paragraph's `runs`
//! gain `units`, its sentences, each a list of runs.

use serde_json::{Map, Value, json};

use super::glyphs::Missing;
use super::sentences;

/// Keys whose strings are machine names or addresses and stay untouched.
const RAW: &[&str] = &[
    "id", "kind_id", "type", "href", "src", "raw", "term", "ref", "lang", "svg", "paper", "align", "template", "view",
    "url", "label_id", "iso",
];

/// Keys that no template of a handout reads.
pub(super) const DROPPED: &[&str] = &[
    "html",
    "lead_html",
    "jsonld",
    "csp",
    "meta",
    "nav",
    "assets",
    "toc",
    "facets",
    "languages",
    "alternates",
    "source_path",
];

/// How a shown string is made printable: cleaned for the fonts, then marked for line ends.
pub(crate) struct Cleaner<'a> {
    /// Replaces characters without a glyph and notes them.
    pub clean: &'a dyn Fn(&str, &mut Missing) -> String,
    /// Marks stretches that stay on one line.
    pub mark: &'a dyn Fn(&str) -> String,
    /// Whether paragraphs gain their sentences: each is then in the data twice.
    pub units: bool,
}

/// The data as the templates get it, and the characters that no font holds.
pub(crate) fn data(value: &Value, cleaner: &Cleaner<'_>) -> (Value, Missing) {
    let mut missing = Missing::default();
    let value = walk(value, cleaner, &mut missing);
    (value, missing)
}

fn walk(value: &Value, cleaner: &Cleaner<'_>, missing: &mut Missing) -> Value {
    match value {
        Value::String(text) => Value::String(shown(text, cleaner, missing)),
        Value::Array(list) => Value::Array(list.iter().map(|item| walk(item, cleaner, missing)).collect()),
        Value::Object(map) => Value::Object(object(map, cleaner, missing)),
        other => other.clone(),
    }
}

fn object(map: &Map<String, Value>, cleaner: &Cleaner<'_>, missing: &mut Missing) -> Map<String, Value> {
    let mut out = Map::with_capacity(map.len() + 1);
    for (key, value) in map {
        if DROPPED.contains(&key.as_str()) {
            continue;
        }
        if RAW.contains(&key.as_str()) && value.is_string() {
            out.insert(key.clone(), value.clone());
            continue;
        }
        match (key.as_str(), value) {
            ("runs", Value::Array(runs)) if cleaner.units => {
                let units: Vec<Value> =
                    units(runs).into_iter().map(|unit| walk(&Value::Array(unit), cleaner, missing)).collect();
                out.insert("units".into(), Value::Array(units));
                out.insert("runs".into(), walk(value, cleaner, missing));
            }
            // What its fields hold stands in `fields`.
            ("groups", Value::Array(groups)) => {
                let groups = groups.iter().map(|group| walk(&by_id(group), cleaner, missing)).collect();
                out.insert(key.clone(), Value::Array(groups));
            }
            // A formula has no line ends of its own.
            ("math", Value::String(text)) => {
                out.insert(key.clone(), Value::String((cleaner.clean)(text, missing)));
            }
            _ => {
                out.insert(key.clone(), walk(value, cleaner, missing));
            }
        }
    }
    out
}

/// A group of fields that names them alone.
fn by_id(group: &Value) -> Value {
    let mut group = group.clone();
    for field in group["fields"].as_array_mut().into_iter().flatten() {
        if let Some(id) = field.get("id").filter(|_| field.is_object()).cloned() {
            *field = json!({ "id": id });
        }
    }
    group
}

fn shown(text: &str, cleaner: &Cleaner<'_>, missing: &mut Missing) -> String {
    if text.is_empty() {
        return String::new();
    }
    (cleaner.mark)(&(cleaner.clean)(text, missing))
}

/// The sentences of a paragraph, each as its runs.
fn units(runs: &[Value]) -> Vec<Vec<Value>> {
    let whole: String = runs.iter().filter_map(|run| run["t"].as_str()).collect();
    let mut ends: Vec<usize> = Vec::new();
    let mut at = 0;
    for piece in sentences::split(&whole) {
        at += piece.len();
        ends.push(at);
    }
    let mut units = vec![Vec::new(); ends.len().max(1)];
    let mut at = 0;
    let mut unit = 0;
    for run in runs {
        let mut text = run["t"].as_str().unwrap_or_default();
        while !text.is_empty() {
            let end = ends.get(unit).copied().unwrap_or(usize::MAX);
            // A formula stays whole.
            let room = if run["math"].is_string() { text.len() } else { end.saturating_sub(at) };
            let (now, rest) = text.split_at(room.min(text.len()));
            let mut part = run.clone();
            part["t"] = json!(now);
            units[unit].push(part);
            at += now.len();
            text = rest;
            if ends.get(unit).is_some_and(|&end| at >= end) && unit + 1 < units.len() {
                unit += 1;
            }
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_gain_sentences_and_html_goes() {
        let cleaner = |units| Cleaner { clean: &|t, _| t.to_owned(), mark: &|t| t.to_owned(), units };
        let text = "ครูอ่านออกเสียงให้ฟังทุกเช้าก่อนเรียน นักเรียนจับคู่ทบทวนคำยากด้วยตนเอง";
        let page = json!({"html": "<p>", "blocks": [{"type": "p", "runs": [{"t": &text[..30]}, {"t": &text[30..], "b": true}]}]});
        let (out, _) = data(&page, &cleaner(true));
        assert_eq!(out.get("html"), None);
        let units = out["blocks"][0]["units"].as_array().map(Vec::len);
        assert_eq!(units, Some(2), "{out}");
        assert_eq!(out["blocks"][0]["units"][1][0]["b"], true);
        let grouped = json!({"groups": [{"label": "a", "fields": [{"id": "x", "text": "long"}, "y"]}]});
        let (slim, _) = data(&grouped, &cleaner(false));
        assert_eq!(slim, json!({"groups": [{"label": "a", "fields": [{"id": "x"}, "y"]}]}));
        let (out, _) = data(&page, &cleaner(false));
        assert_eq!(out["blocks"][0].get("units"), None);
    }
}
