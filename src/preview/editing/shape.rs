//! What templates see of a form.

use crate::authoring::form::inputs::{Group, Input, Widget};
use crate::authoring::form::{Current, Finding};
use crate::authoring::names::NameIndex;
use crate::authoring::target::MAX_ROWS;
use crate::model::{FieldType, KindId, Label, Lang, Portal};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// A form that is being shaped.
pub(super) struct Form<'a> {
    portal: &'a Portal,
    current: &'a Current,
    texts: &'a BTreeMap<String, String>,
    lang: Lang,
    /// Lists of names that inputs complete from, by the kinds in them.
    lists: Vec<Vec<String>>,
    count: usize,
}

impl<'a> Form<'a> {
    pub(super) fn new(
        portal: &'a Portal,
        current: &'a Current,
        texts: &'a BTreeMap<String, String>,
        lang: Lang,
    ) -> Form<'a> {
        Form { portal, current, texts, lang, lists: Vec::new(), count: 0 }
    }

    pub(super) fn group(&mut self, group: &Group) -> Json {
        let inputs: Vec<Json> = group.inputs.iter().map(|input| self.input(input, &input.name)).collect();
        json!({ "label": self.say(&group.label), "help": self.say(&group.help), "folded": group.is_folded,
                "open": false, "inputs": inputs })
    }

    /// The lists of names: what is written, and the id.
    pub(super) fn names(&self) -> Vec<Json> {
        if self.lists.is_empty() {
            return Vec::new();
        }
        let index = NameIndex::new(self.portal);
        let list = |kinds: &Vec<String>| {
            let of_kind = |k: KindId| kinds.is_empty() || kinds.contains(&self.portal.schema.kinds[k].id);
            let entries = self.portal.entries.iter().filter(|e| e.main && of_kind(e.kind));
            let names = entries.map(|e| {
                // A name that two entries have says nothing.
                let is_clear = index.reference(kinds, &e.title).is_ok_and(|id| id == *e.id);
                json!([if is_clear { e.title.trim() } else { &*e.id }, &*e.id])
            });
            json!(names.collect::<Vec<_>>())
        };
        self.lists.iter().map(list).collect()
    }

    fn say(&self, label: &Label) -> String {
        label.get(self.lang).to_string()
    }

    fn input(&mut self, input: &Input, name: &str) -> Json {
        self.count += 1;
        let value = self.texts.get(name).cloned().unwrap_or_default();
        let mut out = Map::new();
        let mut put = |key: &str, value: Json| drop(out.insert(key.into(), value));
        put("name", json!(name));
        put("id", json!(format!("f{}", self.count)));
        put("label", json!(self.say(&input.label)));
        put("help", json!(self.say(&input.help)));
        put("unit", json!(self.say(&input.unit)));
        put("required", json!(input.is_required));
        put("internal", json!(input.is_internal));
        put("value", json!(value));
        put("locked", json!(self.current.locked.contains(name)));
        put("type", json!("text"));
        put("pick", json!(""));
        put("told", json!([]));
        put("wrong", json!(false));
        let (widget, more) = match &input.widget {
            Widget::Line(ty) => ("line", json!({ "type": of(*ty), "pick": pick(*ty) })),
            Widget::Area => ("area", json!({})),
            Widget::Prose => ("prose", json!({})),
            Widget::Lines(ty) => ("lines", json!({ "type": of(*ty), "pick": pick(*ty) })),
            Widget::Flag => ("flag", json!({ "on": value == "true" })),
            Widget::Choice(terms) => ("choice", json!({ "options": self.options(terms, &value) })),
            Widget::Choices(terms) => ("choices", json!({ "options": self.options(terms, &value) })),
            Widget::Name(kinds) => ("name", json!({ "list": self.list(kinds) })),
            Widget::Names(kinds) => ("names", json!({ "list": self.list(kinds) })),
            Widget::Parts(parts) => {
                let parts: Vec<Json> = parts.iter().map(|part| self.input(part, &part.name)).collect();
                ("parts", json!({ "inputs": parts }))
            }
            Widget::Rows(columns) => ("rows", self.rows(name, columns)),
        };
        put("widget", json!(widget));
        if let Json::Object(more) = more {
            out.extend(more);
        }
        Json::Object(out)
    }

    /// The rows that there are, and an empty one.
    fn rows(&mut self, name: &str, columns: &[Input]) -> Json {
        let prefix = format!("{name}.");
        let number = |text: &String| text.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok();
        let filled = self.texts.iter().filter(|(_, text)| !text.is_empty());
        let last = filled.filter_map(|(text, _)| number(text)).max().unwrap_or(0);
        let count = (last + 1).max(self.current.rows.get(name).copied().unwrap_or(0)).min(MAX_ROWS);
        let rows: Vec<Json> = (1..=count)
            .map(|n| {
                let cells = columns.iter().map(|column| self.input(column, &format!("{name}.{n}.{}", column.name)));
                json!({ "n": n, "inputs": cells.collect::<Vec<_>>() })
            })
            .collect();
        json!({ "rows": rows, "most": MAX_ROWS })
    }

    /// The terms, and what the file holds besides: nothing is changed by being shown.
    fn options(&self, terms: &[(String, Label)], value: &str) -> Vec<Json> {
        let held: Vec<&str> = value.lines().filter(|line| !line.is_empty()).collect();
        let known = terms.iter().map(|(id, label)| (id.as_str(), self.say(label)));
        let others = held.iter().filter(|h| !terms.iter().any(|(id, _)| id == *h)).map(|h| (*h, (*h).to_string()));
        known
            .chain(others)
            .map(|(id, label)| json!({ "value": id, "label": label, "on": held.contains(&id) }))
            .collect()
    }

    fn list(&mut self, kinds: &[String]) -> usize {
        self.lists.iter().position(|list| list == kinds).unwrap_or_else(|| {
            self.lists.push(kinds.to_vec());
            self.lists.len() - 1
        })
    }
}

/// What a browser offers for the type: a keyboard of digits, or nothing.
fn of(ty: FieldType) -> &'static str {
    match ty {
        FieldType::Integer | FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => "numeric",
        FieldType::Decimal | FieldType::Money | FieldType::Percent => "decimal",
        FieldType::Url => "url",
        _ => "text",
    }
}

/// The key of the words that say how the type is written.
fn pick(ty: FieldType) -> &'static str {
    match ty {
        FieldType::Date => "how.date",
        FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => "how.year",
        FieldType::Url => "how.url",
        FieldType::Image => "how.image",
        FieldType::File => "how.file",
        _ => "",
    }
}

/// A finding as templates and scripts show it.
pub(super) fn finding(finding: &Finding, lang: Lang) -> Json {
    json!({
        "name": finding.name,
        "text": finding.message.get(lang),
        "hint": finding.hint.as_ref().map_or("", |hint| hint.get(lang)),
        "error": finding.is_error,
    })
}

/// Puts findings to their inputs and marks each with the input's id and label.
pub(super) fn place(groups: &mut Json, told: &[Json]) {
    match groups {
        Json::Array(all) => all.iter_mut().for_each(|one| place(one, told)),
        Json::Object(one) => {
            if let Some(name) = one.get("name").cloned() {
                let own: Vec<&Json> = told.iter().filter(|f| f["name"] == name).collect();
                let opens = own.iter().any(|f| f["error"] == true);
                one.insert("wrong".into(), json!(opens));
                one.insert("told".into(), json!(own));
            }
            for inner in ["inputs", "rows"] {
                one.get_mut(inner).into_iter().for_each(|inner| place(inner, told));
            }
            // A folded group opens where something in it is wrong.
            if one.get("folded").is_some() {
                let text = one.get("inputs").map(Json::to_string).unwrap_or_default();
                one.insert("open".into(), json!(text.contains("\"wrong\":true")));
            }
        }
        _ => {}
    }
}
