//! Front matter of plain pages as other tools write it: keys whose meaning is plain are read, and what cannot be read stops
//! nothing.

use super::guarded::holds_back;
use super::raw::{Data, Key, Node};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::Entry;
use crate::model::ids::path_part;
use crate::text::chars::truncate;
use crate::text::era::Date;

/// Keys of other tools that tell the day of publishing. `date` may be that of what a page tells of: an event of next year.
pub(crate) const OF_PUBLISHING: [&str; 4] = ["publishDate", "publish_date", "published_at", "วันที่เผยแพร่"];

/// Takes a key of Hugo, MkDocs, Docusaurus, Jekyll or Obsidian; false where it is none of theirs.
/// `longest`: greatest length of a summary in characters.
pub(super) fn take(entry: &mut Entry, key: &Key, node: &Node, longest: usize) -> bool {
    let text = node.text().unwrap_or("").trim();
    match key.name.as_str() {
        // Jekyll and WordPress say here whether, Sala says when.
        "published" | "publish" if text == "true" => {}
        "published" | "publish" if super::words::boolean(text) == Some(false) => entry.draft = true,
        "published" if matches!(text, "never" | "none" | "off") => entry.draft = true,
        "description" | "summary" if !text.is_empty() => {
            if entry.summary.is_empty() || key.name == "summary" {
                entry.summary = truncate(text, longest).to_owned();
            }
        }
        "description" => {}
        _ if holds_back(&key.name, node) => return false,
        "date" => {
            entry.published = entry.published.or(day(text));
            entry.keys.push((key.name.clone(), node.span));
        }
        name if OF_PUBLISHING.contains(&name) => {
            entry.published = day(text).or(entry.published);
            entry.keys.push((key.name.clone(), node.span));
        }
        "lastmod" | "last_modified_at" | "last_update" => entry.updated = entry.updated.or(day(text)),
        "updated" | "published" if day(text).is_some() => {
            let slot = if key.name == "updated" { &mut entry.updated } else { &mut entry.published };
            *slot = day(text);
            entry.keys.push((key.name.clone(), node.span));
        }
        "weight" | "order" | "sidebar_position" | "nav_order" => match text.parse::<f64>() {
            Ok(weight) if weight.is_finite() => entry.weight = Some(weight),
            _ => return false,
        },
        "linkTitle" | "linktitle" | "sidebar_label" | "nav_title" if !text.is_empty() => entry.menu = text.into(),
        "slug" if !text.is_empty() => slug(entry, text),
        "keywords" | "categories" | "tags" => entry.tags.extend(texts(node)),
        "aliases" => return names(entry, node),
        _ => return false,
    }
    true
}

/// Whether a key decides what is published: what is wrong with it stays an error.
pub(super) fn decides(key: &str) -> bool {
    matches!(key, "draft" | "visibility" | "internal_sections" | "allow_personal")
}

/// What is wrong with the keys of a plain page is told and stops nothing; what may hide something stays an error.
pub(super) fn tolerate(found: &mut [Diagnostic]) {
    let guards = [Code::UnknownField, Code::BadVisibility];
    let unguarded = |d: &&mut Diagnostic| !guards.contains(&d.code) && d.is_error();
    found.iter_mut().filter(unguarded).for_each(|d| d.severity = Severity::Warning);
}

/// The day of a date with or without a time.
fn day(text: &str) -> Option<Date> {
    Date::parse(text.split(['T', ' ']).next().unwrap_or(text)).ok()
}

/// The texts of a list, or of a text with commas.
fn texts(node: &Node) -> Vec<String> {
    let found: Vec<&str> = match &node.data {
        Data::List(items) => items.iter().filter_map(Node::text).collect(),
        _ => node.text().unwrap_or("").split(',').collect(),
    };
    found.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Another last part of the address, or another address where it begins with `/`.
fn slug(entry: &mut Entry, text: &str) {
    let (folder, name) = entry.address.rsplit_once('/').unwrap_or(("", &entry.address));
    let parts = || text.split('/').filter(|part| !part.is_empty()).map(path_part);
    if name == "index.html" || parts().next().is_none() {
        return;
    }
    let above: Vec<String> = match text.starts_with('/') || folder.is_empty() {
        true => Vec::new(),
        false => vec![folder.to_owned()],
    };
    let path = above.into_iter().chain(parts()).collect::<Vec<_>>().join("/");
    entry.address = format!("{path}.html");
}

/// Obsidian writes other names where others write old addresses. False where there are addresses only.
fn names(entry: &mut Entry, node: &Node) -> bool {
    let all = texts(node);
    let is_name = |text: &String| !text.contains('/') && !text.ends_with(".html");
    if !all.iter().any(is_name) {
        return false;
    }
    entry.names.extend(all.into_iter().filter(is_name));
    true
}
