//! A row's values into a page that a person has changed: what the table changed, what the person did, and what both did.

use crate::authoring::files::hash;
use crate::authoring::names::fold;
use crate::authoring::value::{Out, front_matter};
use crate::content::front_matter::{Format, split};
use crate::model::KindDef;
use std::collections::BTreeMap;
use std::ops::Range;

/// The page with the table's changes in it.
pub(super) struct Merged {
    /// The new text.
    pub text: String,
    /// Keys and `section:id`s that were put in.
    pub changed: Vec<String>,
    /// Sections that the table and a person have both changed: the person's stays.
    pub open: Vec<String>,
}

/// The hash of each value and section, by which a later import sees what the table has changed.
pub(super) fn hashes(keys: &[(String, Out)], sections: &[(String, String)]) -> BTreeMap<String, String> {
    let values = front_matter(keys).parse::<toml_edit::DocumentMut>().unwrap_or_default();
    let keys = values.iter().filter_map(|(key, item)| Some((key.to_string(), canonical(item)?)));
    keys.chain(sections.iter().map(|(id, text)| (format!("section:{id}"), hash(text.trim())))).collect()
}

/// Puts the row's values into the old text; comments, other keys and the rest of the body stay. `earlier` are the hashes
/// of the values when they were last put in: what equals them has not been changed since.
///
/// None where the front matter is not TOML.
pub(super) fn merged(
    old: &str,
    kind: &KindDef,
    keys: &[(String, Out)],
    sections: &[(String, String)],
    earlier: &BTreeMap<String, String>,
) -> Option<Merged> {
    let parts = split(old).ok()?;
    let (Format::Toml, front, start) = parts.front? else {
        return None;
    };
    let mut document: toml_edit::DocumentMut = front.parse().ok()?;
    let new: toml_edit::DocumentMut = front_matter(keys).parse().ok()?;
    let (mut changed, mut open) = (Vec::new(), Vec::new());
    for (key, value) in new.iter() {
        let fresh = canonical(value);
        let now = document.get(key).and_then(canonical);
        if now == fresh || (fresh.is_some() && earlier.get(key) == fresh.as_ref()) {
            continue;
        }
        changed.push(key.to_string());
        // The old key keeps its comment; a single value keeps what is behind it on its line.
        match document.get_mut(key) {
            Some(slot) => {
                let mut fresh = value.clone();
                if let (Some(old), Some(new)) = (slot.as_value(), fresh.as_value_mut()) {
                    *new.decor_mut() = old.decor().clone();
                }
                *slot = fresh;
            }
            None => {
                document.insert(key, value.clone());
            }
        }
    }
    let mut body = old[start + front.len()..].to_string();
    for (id, text) in sections {
        let name = format!("section:{id}");
        let fresh = hash(text.trim());
        let before = earlier.get(&name);
        let place =
            kind.sections.iter().find(|s| s.id == *id).and_then(|s| section(&body, &[&s.label.th, &s.label.en]));
        let now = place.clone().map(|range| hash(body[range].trim()));
        if now.as_ref() == Some(&fresh) || before == Some(&fresh) {
            continue;
        }
        match place {
            // Nobody but the table has changed it, or nothing was written yet.
            Some(range) if now.as_ref() == before || body[range.clone()].trim().is_empty() => {
                body.replace_range(range, &format!("\n{}\n\n", text.trim()));
                changed.push(name);
            }
            None if before.is_none() => {
                let label = kind.sections.iter().find(|s| s.id == *id).map_or(id.as_str(), |s| s.label.th.as_str());
                body = format!("{}\n\n## {label}\n\n{}\n", body.trim_end(), text.trim());
                changed.push(name);
            }
            _ => open.push(name),
        }
    }
    let body = format!("{}\n", body.trim_end());
    Some(Merged { text: format!("{}{}{}", &old[..start], document, body), changed, open })
}

/// The text under the heading of a section: from the line behind it to the next heading of its level or above.
fn section(body: &str, names: &[&str]) -> Option<Range<usize>> {
    let (mut at, mut start, mut fenced) = (0, None, false);
    for line in body.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let heading = line.strip_prefix("## ").filter(|_| !fenced);
        if start.is_some() && !fenced && (heading.is_some() || line.starts_with("# ")) {
            return start.map(|s| s..at);
        }
        at += line.len();
        let own = |text: &str| names.iter().any(|n| !n.is_empty() && fold(n) == fold(text));
        if start.is_none() && heading.is_some_and(|h| own(h.split(" {#").next().unwrap_or(h))) {
            start = Some(at);
        }
    }
    start.map(|s| s..body.len())
}

/// The hash of a value without spacing and comments.
fn canonical(item: &toml_edit::Item) -> Option<String> {
    let text = format!("x = {}", item.clone().into_value().ok()?);
    let value = toml::from_str::<toml::Table>(&text).ok()?.remove("x")?;
    Some(hash(&value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Label;
    use crate::model::schema::SectionDef;

    fn kind() -> KindDef {
        let section =
            |id: &str, th: &str| SectionDef { id: id.into(), label: Label::new(th, ""), ..SectionDef::default() };
        KindDef {
            sections: vec![section("problem", "ปัญหา"), section("how", "วิธีทำ")], ..KindDef::default()
        }
    }

    fn keys(title: &str) -> Vec<(String, Out)> {
        vec![("title".to_string(), Out::Text(title.into()))]
    }

    #[test]
    fn updating_keeps_comments_body_and_other_keys() {
        let old = "+++\n# ของเรา\ntitle = \"เดิม\" # ชื่อ\nnote = \"คงไว้\"\n+++\n\nเนื้อหา\n";
        let new = merged(old, &kind(), &keys("ใหม่"), &[], &BTreeMap::new()).unwrap();
        let text = &new.text;
        assert!(text.contains("# ของเรา") && text.contains("คงไว้") && text.ends_with("\nเนื้อหา\n"));
        assert!(text.contains("title = \"ใหม่\" # ชื่อ"));
        assert_eq!(new.changed, ["title"]);
        assert!(merged(text, &kind(), &keys("ใหม่"), &[], &BTreeMap::new()).unwrap().changed.is_empty());
        assert!(merged("---\ntitle: ก\n---\n", &kind(), &keys("ก"), &[], &BTreeMap::new()).is_none());
    }

    #[test]
    fn equal_values_in_another_spelling_change_nothing() {
        let old = "+++\nlist = [ \"a\",\n  \"b\" ]\nrows = [ { a = 1 } ]\n+++\n";
        let keys = vec![
            ("list".to_string(), Out::List(vec![Out::Text("a".into()), Out::Text("b".into())])),
            ("rows".to_string(), Out::Rows(vec![vec![("a".into(), Out::Bare("1".into()))]])),
        ];
        assert!(merged(old, &kind(), &keys, &[], &BTreeMap::new()).unwrap().changed.is_empty());
    }

    #[test]
    fn what_a_person_changed_stays_and_what_the_table_changed_comes() {
        let sections = |text: &str| vec![("problem".to_string(), text.to_string())];
        let earlier = hashes(&keys("ชื่อ"), &sections("เดิม"));
        let page =
            |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n\n## ปัญหา\n\n{text}\n\n## วิธีทำ\n\nทำ\n");
        // The table is as it was: a person's work is no conflict.
        let m = merged(&page("คนแก้", "คนแก้"), &kind(), &keys("ชื่อ"), &sections("เดิม"), &earlier).unwrap();
        assert!(m.changed.is_empty() && m.open.is_empty());
        // The table alone has changed the section.
        let m = merged(&page("คนแก้", "เดิม"), &kind(), &keys("ชื่อ"), &sections("ใหม่"), &earlier).unwrap();
        assert_eq!((m.changed, m.text), (vec!["section:problem".to_string()], page("คนแก้", "ใหม่")));
        // Both have: the person's stays.
        let m = merged(&page("ชื่อ", "คนแก้"), &kind(), &keys("ชื่อ"), &sections("ใหม่"), &earlier).unwrap();
        assert_eq!((m.open, m.text), (vec!["section:problem".to_string()], page("ชื่อ", "คนแก้")));
    }
}
