//! The file of an entry with changed values in it: comments, other keys, unchanged values and the rest of the text stay
//! as they are, and so do line ends.

use super::body;
use super::current::NOTE;
use crate::authoring::value::{Out, front_matter};
use crate::content::front_matter::{Format, split};
use crate::model::KindDef;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

/// What changes in a file.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// Keys with their new values; none: the key goes.
    pub keys: Vec<(String, Option<Out>)>,
    /// Sections by their place in the kind.
    pub sections: Vec<(usize, String)>,
    /// The text before the first section.
    pub lead: Option<String>,
    /// What is to be done, as notes at the top.
    pub notes: Vec<String>,
    /// Labels whose old notes are done with.
    pub noted: Vec<String>,
}

/// The changed file; none where its front matter is not TOML.
pub(super) fn changed(old: &str, kind: &KindDef, change: &Change) -> Option<String> {
    let has_mark = old.starts_with('\u{feff}');
    let is_crlf = old.contains("\r\n");
    let text = old.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let parts = split(&text).ok()?;
    let (front, close) = match parts.front {
        None => ("", "+++\n\n"),
        Some((Format::Toml, front, at)) => (front, &text[at + front.len()..parts.body]),
        Some(_) => return None,
    };
    let is_done = |line: &str| {
        let label = line.strip_prefix(NOTE).and_then(|note| note.split_once(':'));
        label.is_some_and(|(label, _)| change.noted.iter().any(|done| done == label))
    };
    let kept: String = front.split_inclusive('\n').filter(|line| !is_done(line)).collect();
    let mut document: DocumentMut = kept.parse().ok()?;
    let fresh: Vec<(String, Out)> =
        change.keys.iter().filter_map(|(key, value)| Some((key.clone(), value.clone()?))).collect();
    let fresh: DocumentMut = front_matter(&fresh).parse().ok()?;
    for (key, _) in &change.keys {
        let field = kind.fields.iter().find(|f| f.id == *key);
        field.iter().flat_map(|f| &f.was).for_each(|was| take(&mut document, was));
        match fresh.get(key) {
            Some(item) => put(&mut document, key, item),
            None => take(&mut document, key),
        }
    }
    let notes: String = change.notes.iter().map(|note| format!("{NOTE}{note}\n")).collect();
    let front = format!("{notes}{document}");
    let body = match change.lead.is_some() || !change.sections.is_empty() {
        true => body::replaced(kind, &text[parts.body..], change.lead.as_deref(), &change.sections),
        false => text[parts.body..].to_string(),
    };
    let open = match parts.front {
        Some((_, _, at)) => &text[..at],
        None => "+++\n",
    };
    let new = match parts.front.is_none() && front.trim().is_empty() {
        true => body,
        false => format!("{open}{front}{close}{body}"),
    };
    if new == text {
        return Some(old.to_string());
    }
    let new = if is_crlf { new.replace('\n', "\r\n") } else { new };
    Some(if has_mark { format!("\u{feff}{new}") } else { new })
}

/// Whether two items say the same texts, however they are written.
fn says(old: &Item, new: &Item) -> bool {
    let texts = |item: &Item| match item.as_value()? {
        Value::String(text) => Some(vec![text.value().trim().to_string()]),
        Value::Array(list) => list.iter().map(|one| one.as_str().map(|text| text.trim().to_string())).collect(),
        _ => None,
    };
    old.is_str() == new.is_str() && texts(old).is_some_and(|old| texts(new) == Some(old))
}

/// Puts a value in: the old key keeps its comment, and a single value what is behind it on its line.
fn put(document: &mut DocumentMut, key: &str, item: &Item) {
    match document.get_mut(key) {
        Some(Item::ArrayOfTables(old)) if item.is_array_of_tables() => {
            item.as_array_of_tables().into_iter().for_each(|new| rows(old, new));
        }
        Some(slot) if says(slot, item) => {}
        Some(slot) => {
            let mut fresh = item.clone();
            if let (Some(old), Some(new)) = (slot.as_value(), fresh.as_value_mut()) {
                *new.decor_mut() = old.decor().clone();
            }
            *slot = fresh;
        }
        None => drop(document.insert(key, item.clone())),
    }
}

/// Rows into rows, so that comments in them stay.
fn rows(old: &mut ArrayOfTables, new: &ArrayOfTables) {
    while old.len() > new.len() {
        old.remove(old.len() - 1);
    }
    for (i, row) in new.iter().enumerate() {
        let Some(slot) = old.get_mut(i) else {
            old.push(row.clone());
            continue;
        };
        let gone: Vec<String> =
            slot.iter().map(|(key, _)| key.to_string()).filter(|key| !row.contains_key(key)).collect();
        gone.iter().for_each(|key| drop(slot.remove(key)));
        row.iter().for_each(|(key, item)| cell(slot, key, item));
    }
}

fn cell(row: &mut Table, key: &str, item: &Item) {
    match row.get_mut(key) {
        Some(slot) if says(slot, item) => {}
        Some(slot) => {
            let mut fresh = item.clone();
            if let (Some(old), Some(new)) = (slot.as_value(), fresh.as_value_mut()) {
                *new.decor_mut() = old.decor().clone();
            }
            *slot = fresh;
        }
        None => drop(row.insert(key, item.clone())),
    }
}

/// Takes a key out; the comment above it stays.
fn take(document: &mut DocumentMut, key: &str) {
    let above = document.key(key).and_then(|k| k.leaf_decor().prefix()).and_then(|p| p.as_str()).unwrap_or("");
    let above = above.to_string();
    let next = document.iter().skip_while(|(k, _)| *k != key).skip(1).find(|(_, item)| item.is_value());
    let next = next.map(|(k, _)| k.to_string());
    if document.remove(key).is_none() || above.trim().is_empty() {
        return;
    }
    match next.and_then(|next| document.key_mut(&next)) {
        Some(mut next) => {
            let own = next.leaf_decor().prefix().and_then(|p| p.as_str()).unwrap_or("").to_string();
            next.leaf_decor_mut().set_prefix(format!("{above}{own}"));
        }
        None => {
            let end = document.trailing().as_str().unwrap_or("").to_string();
            document.set_trailing(format!("{above}{end}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FieldDef;

    fn kind() -> KindDef {
        KindDef {
            fields: vec![FieldDef { id: "year".into(), was: vec!["since".into()], ..FieldDef::default() }],
            ..KindDef::default()
        }
    }

    fn text(value: &str) -> Option<Out> {
        Some(Out::Text(value.into()))
    }

    #[test]
    fn what_is_not_changed_stays_byte_for_byte() {
        let old = "+++\r\n# ของเรา\r\ntitle   =   \"เดิม\" # ชื่อ\r\nx_own = 1\r\n\r\n[[steps]]\r\n# ขั้นแรก\r\na = \"ก\"\r\n+++\r\n\r\nเนื้อหา  \r\n";
        assert_eq!(changed(old, &kind(), &Change::default()).as_deref(), Some(old));
        let row = |a: &str| vec![("a".to_string(), Out::Text(a.into()))];
        let keys = vec![
            ("title".to_string(), text("ใหม่")),
            ("steps".to_string(), Some(Out::Rows(vec![row("ก"), row("ข")]))),
            ("year".to_string(), Some(Out::Bare("2566".into()))),
        ];
        let new = changed(old, &kind(), &Change { keys, ..Change::default() }).unwrap();
        assert_eq!(
            new,
            "+++\r\n# ของเรา\r\ntitle   =   \"ใหม่\" # ชื่อ\r\nx_own = 1\r\nyear = 2566\r\n\r\n[[steps]]\r\n# ขั้นแรก\r\na = \"ก\"\r\n\r\n[[steps]]\r\na = \"ข\"\r\n+++\r\n\r\nเนื้อหา  \r\n"
        );
    }

    #[test]
    fn a_key_that_goes_leaves_the_comments() {
        let old = "+++\n# หนึ่ง\na = 1\n# สอง\nb = 2\n# สาม\nsince = 2566\n+++\n";
        let keys = vec![("a".to_string(), None), ("year".to_string(), None)];
        let new = changed(old, &kind(), &Change { keys, ..Change::default() }).unwrap();
        assert_eq!(new, "+++\n# หนึ่ง\n# สอง\nb = 2\n# สาม\n+++\n");
    }

    #[test]
    fn notes_come_and_go_with_their_fields() {
        let old = "+++\n# ต้องเติม · ปี: ไม่ใช่ปี (ที่เขียนไว้: “๖๖”)\n# ต้องเติม · ที่มา: ขาด\ntitle = \"ก\"\n+++\n";
        let change = Change {
            notes: vec!["ชื่อ: ยาวไป".into()], noted: vec!["ปี".into()], ..Change::default()
        };
        let new = changed(old, &kind(), &change).unwrap();
        assert_eq!(new, "+++\n# ต้องเติม · ชื่อ: ยาวไป\n# ต้องเติม · ที่มา: ขาด\ntitle = \"ก\"\n+++\n");
    }

    #[test]
    fn a_page_without_front_matter_gets_one_when_it_needs_it() {
        let change = Change { lead: Some("ใหม่".into()), ..Change::default() };
        assert_eq!(changed("เดิม\n", &kind(), &change).as_deref(), Some("\nใหม่\n"));
        let change = Change { keys: vec![("title".into(), text("ก"))], ..Change::default() };
        assert_eq!(changed("เดิม\n", &kind(), &change).as_deref(), Some("+++\ntitle = \"ก\"\n+++\n\nเดิม\n"));
        assert_eq!(changed("---\ntitle: ก\n---\n", &kind(), &change), None);
    }
}
