//! What the schema says is what is shown: every public value of an entry stands on its page and on its printed sheet, also
//! of a field that was added or renamed. The entries are made from the schema: each field gets a value of its own.

use crate::fixture::{Portal, copy, files};
use crate::tools::repository;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// A value in front matter, and the text by which readers know it; the label under which it may be named as left off.
struct Expected {
    field: String,
    labels: Vec<String>,
    text: String,
}

/// The kinds of a portal with the fields of their sets, and its vocabularies.
struct Forms {
    kinds: Vec<Table>,
    vocabularies: BTreeMap<String, Table>,
    count: usize,
}

fn list<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table).collect()
}

fn word<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn thai(table: &Table) -> String {
    match table.get("label") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Table(label)) => word(label, "th").to_owned(),
        _ => String::new(),
    }
}

impl Forms {
    fn read(portal: &Portal) -> Forms {
        let read = |folder: &str| -> Vec<Table> {
            let found = files(&portal.path("content/_schema").join(folder));
            let text = found.into_values().map(|bytes| String::from_utf8(bytes).expect("text"));
            text.map(|text| toml::from_str(&text).expect("TOML")).collect()
        };
        let sets = read("fields");
        let mut kinds = read("kinds");
        for kind in &mut kinds {
            let from: Vec<Value> = kind.get("fields_from").and_then(Value::as_array).cloned().unwrap_or_default();
            let mut fields: Vec<Value> = Vec::new();
            for set in sets.iter().filter(|set| from.iter().any(|id| id.as_str() == Some(word(set, "id")))) {
                fields.extend(list(set, "field").into_iter().cloned().map(Value::Table));
            }
            fields.extend(list(kind, "field").into_iter().cloned().map(Value::Table));
            kind.insert("field".to_owned(), Value::Array(fields));
        }
        let vocabularies = read("vocabularies").into_iter().map(|v| (word(&v, "id").to_owned(), v)).collect();
        Forms { kinds, vocabularies, count: 0 }
    }

    /// A value of a field that no other has, as TOML, and its text; `None` for what is looked up or is a file.
    fn value(&mut self, field: &Table, kind: &str) -> Option<(Value, String)> {
        self.count += 1;
        let n = self.count;
        let hidden = word(field, "visibility") == "internal" || matches!(word(field, "role"), "order" | "sample");
        // What a view reads as the id of a kind is no free text.
        let names_a_kind = word(field, "id") == "record_kind";
        if hidden || names_a_kind || field.contains_key("via") || field.contains_key("pattern") {
            return None;
        }
        let most = field.get("max").and_then(Value::as_integer);
        let number = most.unwrap_or(7000 + i64::try_from(n).expect("small"));
        let grouped = |n: i64| if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) };
        Some(match word(field, "type") {
            "text" | "markdown" => {
                let text = format!("ข้อความเฉพาะช่องที่ {n} ครบ");
                (Value::String(text.clone()), text)
            }
            "integer" | "decimal" | "money" => (Value::Integer(number), grouped(number)),
            "percent" => (Value::Integer(41), "41%".to_owned()),
            "bool" => (Value::Boolean(true), "ใช่".to_owned()),
            "year" | "academic-year" | "fiscal-year" => (Value::Integer(2566), "2566".to_owned()),
            "date" => (Value::String("2566-08-15".to_owned()), "2566".to_owned()),
            "period" => (Value::String("2566-08-15/2566-08-16".to_owned()), "2566".to_owned()),
            "url" => (Value::String(format!("https://example.go.th/{n}")), format!("example.go.th/{n}")),
            "term" => {
                let term = list(self.vocabularies.get(word(field, "vocabulary"))?, "term").first().copied()?.clone();
                (Value::String(word(&term, "id").to_owned()), thai(&term))
            }
            "ref" => {
                let kinds = field.get("kinds").and_then(Value::as_array).cloned().unwrap_or_default();
                let is_public = |id: &&str| {
                    let found = self.kinds.iter().find(|k| word(k, "id") == *id);
                    *id != "page" && found.is_some_and(|k| word(k, "visibility") != "internal")
                };
                let mut known = kinds.iter().filter_map(Value::as_str);
                let target = if kinds.is_empty() { kind.to_owned() } else { known.find(is_public)?.to_owned() };
                (Value::String(format!("{target}-other")), format!("เรื่องอื่นของ {target}"))
            }
            _ => return None,
        })
    }

    /// The front matter and body of an entry of a kind with every field filled, and what readers must find.
    fn entry(&mut self, kind: &Table, whole: bool) -> (String, Vec<Expected>) {
        let id = word(kind, "id").to_owned();
        let title = if whole {
            format!("เรื่องของ {id}")
        } else {
            format!("เรื่องอื่นของ {id}")
        };
        let mut front = Table::new();
        let mut found = Vec::new();
        front.insert("title".to_owned(), Value::String(title));
        for field in list(kind, "field") {
            let required = field.get("required").and_then(Value::as_bool) == Some(true);
            if !whole && (!required || field.contains_key("acyclic")) {
                continue;
            }
            let groups = list(kind, "group").into_iter().filter(|g| word(g, "id") == word(field, "group"));
            let labels: Vec<String> = groups.map(thai).chain([thai(field)]).collect();
            let mut expect = |text: String| {
                found.push(Expected { field: word(field, "id").to_owned(), labels: labels.clone(), text });
            };
            if word(field, "type") == "table" {
                let mut row = Table::new();
                for column in list(field, "column") {
                    if let Some((value, text)) = self.value(column, &id) {
                        let many = column.get("many").and_then(Value::as_bool) == Some(true);
                        row.insert(word(column, "id").to_owned(), if many { Value::Array(vec![value]) } else { value });
                        expect(text);
                    }
                }
                front.insert(word(field, "id").to_owned(), Value::Array(vec![Value::Table(row)]));
            } else if let Some((value, text)) = self.value(field, &id) {
                let many = field.get("many").and_then(Value::as_bool) == Some(true);
                front.insert(word(field, "id").to_owned(), if many { Value::Array(vec![value]) } else { value });
                expect(text);
            }
        }
        let mut text = format!("+++\n{}+++\n", toml::to_string(&front).expect("TOML"));
        for section in list(kind, "section") {
            self.count += 1;
            let words = format!("เนื้อความเฉพาะหัวข้อที่ {} ครบ", self.count);
            text.push_str(&format!("\n## {}\n\n{words}\n", thai(section)));
            if word(section, "visibility") != "internal" {
                let labels = vec![thai(section)];
                found.push(Expected { field: word(section, "id").to_owned(), labels, text: words });
            }
        }
        (text, found)
    }
}

/// Fields whose look reads their columns as instructions: a blank form, and boxes and arrows.
fn drawn(kind: &Table) -> Vec<String> {
    let layout = kind.get("layout").and_then(Value::as_table);
    let body = layout.map(|layout| list(layout, "body")).unwrap_or_default();
    let looks = body.into_iter().filter(|item| matches!(word(item, "as"), "blank" | "flow"));
    let in_group = |id: &str| {
        let fields = list(kind, "field").into_iter().filter(|f| word(f, "group") == id && word(f, "type") == "table");
        fields.map(|f| word(f, "id").to_owned()).collect::<Vec<_>>()
    };
    looks.flat_map(|item| [in_group(word(item, "id")), vec![word(item, "id").to_owned()]].concat()).collect()
}

/// The text of a page without tags and spaces.
pub fn page_text(html: &str) -> String {
    let tags = regex::Regex::new(r"(?s)<script.*?</script>|<[^>]*>").expect("a pattern");
    let main = html.split("<main").nth(1).unwrap_or(html);
    squeezed(&tags.replace_all(main, "").replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'"))
}

pub fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}'))
        .collect()
}

/// Builds the portal with an entry of every kind, and tells what its pages and its sheets lack.
fn lacking(portal: &Portal) -> Vec<String> {
    let mut forms = Forms::read(portal);
    let kinds = forms.kinds.clone();
    let mut all = Vec::new();
    let public = |kind: &&Table| word(kind, "id") != "page" && word(kind, "visibility") != "internal";
    for kind in kinds.iter().filter(public) {
        let (id, folder) = (word(kind, "id"), word(kind, "folder"));
        let (text, mut found) = forms.entry(kind, true);
        let drawn = drawn(kind);
        found.retain(|expected| !drawn.contains(&expected.field));
        portal.write(&format!("content/{folder}/{id}-whole.md"), text);
        portal.write(&format!("content/{folder}/{id}-other.md"), forms.entry(kind, false).0);
        all.push((id.to_owned(), folder.to_owned(), found));
    }
    // Booklets are no sheets of one entry.
    let has_sheet = |kind: &&Table| {
        let themes = [repository().join("themes/default"), portal.path("themes/networks")];
        let template = Some(word(kind, "handout")).filter(|name| !name.is_empty()).unwrap_or("page");
        public(kind) && themes.iter().any(|t| t.join(format!("handout/{template}.typ")).is_file())
    };
    let ids: Vec<String> = kinds.iter().filter(has_sheet).map(|kind| format!("{:?}", word(kind, "id"))).collect();
    let product = format!("label = \"Sheet\"\norder = 100\nkinds = [{}]\nbuild = true\n", ids.join(", "));
    std::fs::remove_dir_all(portal.path("content/_schema/print")).ok();
    portal.write("content/_schema/print/sheet.toml", product);
    portal.done("build -o out");
    let mut lacks = Vec::new();
    for (id, folder, found) in &all {
        let page = page_text(&portal.read(&format!("out/{folder}/{id}-whole.html")).expect("a page"));
        let sheet = std::fs::read(portal.path(&format!("out/handouts/{id}-whole.pdf"))).ok();
        let sheet = sheet.and_then(|bytes| printed(&bytes));
        for Expected { field, labels, text } in found {
            if !page.contains(&squeezed(text)) {
                lacks.push(format!("page of {id}: {field} “{text}”"));
            }
            let named = |sheet: &str| {
                let rest = sheet.split(&squeezed("อ่านต่อในหน้าเว็บ")).skip(1).collect::<String>();
                labels.iter().any(|label| rest.contains(&squeezed(label)))
            };
            if sheet.as_ref().is_some_and(|sheet| !sheet.contains(&squeezed(text)) && !named(sheet)) {
                lacks.push(format!("sheet of {id}: {field} “{text}”"));
            }
        }
    }
    lacks
}

#[cfg(feature = "pdf")]
pub fn printed(bytes: &[u8]) -> Option<String> {
    crate::handout::poppler("pdftotext", &["-raw"], bytes).map(|text| squeezed(&text))
}

#[cfg(not(feature = "pdf"))]
pub fn printed(_: &[u8]) -> Option<String> {
    None
}

/// The shipped schema and theme, without the shipped entries.
fn shipped() -> Portal {
    let portal = Portal::new();
    copy(&repository().join("content/_schema"), &portal.path("content/_schema"));
    copy(&repository().join("themes/networks"), &portal.path("themes/networks"));
    let settings = portal.read("portal.toml").expect("settings");
    portal.write("portal.toml", format!("{settings}theme = \"networks\"\n"));
    portal
}

#[test]
fn every_value_of_the_shipped_kinds_is_shown() {
    assert_eq!(lacking(&shipped()), Vec::<String>::new());
}

#[test]
fn every_value_of_the_tutorials_kinds_is_shown() {
    let portal = Portal::empty();
    portal.done("init p");
    let inside = Portal::empty();
    copy(&portal.path("p"), inside.root());
    assert_eq!(lacking(&inside), Vec::<String>::new());
}

#[test]
fn an_added_and_a_renamed_field_are_shown() {
    let portal = shipped();
    for kind in ["innovation", "aar", "news", "model"] {
        let path = format!("content/_schema/kinds/{kind}.toml");
        let text = portal.read(&path).expect("a kind").replace("\"reach\"", "\"coverage\"");
        let added = "\n[[field]]\nid = \"award\"\ntype = \"text\"\nlabel = { th = \"รางวัลที่ได้รับ\", en = \"Award\" }\n";
        portal.write(&path, text + added);
    }
    assert_eq!(lacking(&portal), Vec::<String>::new());
}
