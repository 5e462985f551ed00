//! The public gate: the one place that decides what is published.
//!
//! [`open`] takes the loaded portal and gives a [`Public`] one, from which internal entries, drafts, internal
//! fields, columns and sections, references to any of them, and files that no public page names are gone.
//! Everything after it (derive, render, search, handouts, data files, bundles) takes a [`Public`], and nothing
//! else can make one.

pub mod sections;

use crate::markdown::{self, Outline};
use crate::model::entry::{Body, Visibility};
use crate::model::index::{Index, Target};
use crate::model::{Entry, Facts, FieldDef, KindDef, Located, Portal, SourceFile, SourceId, Span, Value};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Deref;
use std::sync::Arc;

/// A portal that holds public things only.
#[derive(Debug)]
pub struct Public {
    portal: Portal,
    aggregates: Vec<Aggregate>,
}

/// Counts of internal entries by a field that the schema releases; no entry can be told from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// Kind of the counted entries.
    pub kind: String,
    /// Field counted by.
    pub field: String,
    /// Number of entries by value; groups smaller than [`LEAST_GROUP`] are left out.
    pub counts: BTreeMap<String, usize>,
    /// Number of all entries counted.
    pub total: usize,
}

/// Smallest group that an aggregate shows.
pub const LEAST_GROUP: usize = 3;

/// How the gate is opened.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Let drafts through: for the preview on the author's own machine.
    pub drafts: bool,
}

impl Deref for Public {
    type Target = Portal;

    fn deref(&self) -> &Portal {
        &self.portal
    }
}

impl Public {
    /// Released counts of internal entries.
    pub fn aggregates(&self) -> &[Aggregate] {
        &self.aggregates
    }
}

/// Cuts everything that is not public.
pub fn open(mut portal: Portal, options: Options) -> Public {
    let aggregates = aggregates(&portal);
    let index = Index::new(&portal);
    let keep: Vec<bool> = portal.entries.iter().map(|e| is_public(e, options)).collect();
    let mut hidden = ids(&portal, &keep, false);
    if !hidden.is_empty() {
        // An id with a public translation is public.
        let shown = ids(&portal, &keep, true);
        hidden.retain(|id| !shown.contains(id));
    }
    let named = named_media(&portal, &index, &keep);
    let mut at = 0;
    portal.entries.retain(|_| {
        at += 1;
        keep[at - 1]
    });
    let kinds = portal.schema.kinds.clone();
    for entry in &mut portal.entries {
        for (field, slot) in kinds[entry.kind].fields.iter().zip(&mut entry.fields) {
            *slot = slot.take().and_then(|located| public_value(field, located, &hidden));
        }
    }
    cut_sections(&mut portal);
    forget_sources(&mut portal);
    portal.media.retain(|m| named.contains(&m.path));
    Public { portal, aggregates }
}

/// Whether an entry is published.
pub fn is_public(entry: &Entry, options: Options) -> bool {
    entry.visibility == Visibility::Public && (options.drafts || !entry.draft)
}

/// Whether a file may be published at all: names with `.internal.` in them never are.
pub fn is_public_file(path: &str) -> bool {
    !path.rsplit('/').next().unwrap_or(path).to_lowercase().contains(".internal.")
}

fn ids(portal: &Portal, keep: &[bool], kept: bool) -> HashSet<String> {
    let entries = portal.entries.iter().zip(keep).filter(|(_, k)| **k == kept);
    entries.map(|(e, _)| e.id.to_lowercase()).collect()
}

fn public_value(field: &FieldDef, located: Located, hidden: &HashSet<String>) -> Option<Located> {
    if field.visibility == Visibility::Internal {
        return None;
    }
    let shown = |value: &Value| !matches!(value, Value::Ref(id) if hidden.contains(&id.to_lowercase()));
    let value = match located.value {
        Value::List(mut items) => {
            items.retain(|i| shown(&i.value));
            Value::List(items)
        }
        Value::Table(mut rows) => {
            for row in &mut rows {
                for (column, cell) in field.columns.iter().zip(&mut row.cells) {
                    *cell = cell.take().and_then(|c| public_value(column, c, hidden));
                }
            }
            rows.retain(|r| r.cells.iter().any(Option::is_some));
            Value::Table(rows)
        }
        value if shown(&value) => value,
        _ => return None,
    };
    Some(Located { value, ..located })
}

/// Removes internal sections from bodies: a body that loses one becomes a text of its own.
fn cut_sections(portal: &mut Portal) {
    let mut added: Vec<SourceFile> = Vec::new();
    let first = portal.sources.len();
    for entry in &mut portal.entries {
        let Some(body) = entry.body else { continue };
        let kind = &portal.schema.kinds[entry.kind];
        if entry.internal_sections.is_empty() && kind.sections.iter().all(|s| s.visibility == Visibility::Public) {
            continue;
        }
        let source = &portal.sources[body.source.0 as usize];
        let facts = source.facts.clone();
        let text = || &source.text[body.span.start as usize..body.span.end as usize];
        let outline = facts.map_or_else(|| markdown::scan(text()), |f| f.outline.clone());
        let length = (body.span.end - body.span.start) as usize;
        let ranges = internal_ranges(entry, kind, &outline, length);
        if ranges.is_empty() {
            continue;
        }
        let text = text();
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        for (start, end) in ranges {
            kept.push_str(&text[from..start]);
            from = end;
        }
        kept.push_str(&text[from..]);
        let span = Span::new(0, kept.len());
        let facts = Some(Arc::new(Facts::of(&kept)));
        added.push(SourceFile { facts, ..SourceFile::new(&source.path, kept) });
        entry.body = Some(Body { source: SourceId((first + added.len() - 1) as u32), span });
    }
    portal.sources.extend(added);
}

/// Byte ranges of internal sections: from the heading to the next heading of level 1 or 2 at the top level.
fn internal_ranges(entry: &Entry, kind: &KindDef, outline: &Outline, length: usize) -> Vec<(usize, usize)> {
    let tops: Vec<_> = outline.headings.iter().filter(|h| h.level <= 2 && !h.nested).collect();
    let mut ranges = Vec::new();
    for (i, heading) in tops.iter().enumerate() {
        let section = sections::of_heading(kind, heading);
        let internal = section.is_some_and(|s| s.visibility == Visibility::Internal)
            || entry
                .internal_sections
                .iter()
                .any(|id| *id == heading.id || heading.title.trim() == id || section.is_some_and(|s| s.id == *id));
        if heading.level == 2 && internal {
            ranges.push((heading.offset, tops.get(i + 1).map_or(length, |next| next.offset)));
        }
    }
    ranges
}

/// Source texts that no public body needs are emptied, so that nothing after the gate can reach them.
fn forget_sources(portal: &mut Portal) {
    let used: HashSet<u32> = portal.entries.iter().filter_map(|e| e.body.map(|b| b.source.0)).collect();
    for (i, source) in portal.sources.iter_mut().enumerate() {
        if !used.contains(&(i as u32)) {
            source.text = "".into();
            source.facts = None;
        }
    }
}

/// Files that public fields and public bodies name.
fn named_media(portal: &Portal, index: &Index, keep: &[bool]) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (entry, _) in portal.entries.iter().zip(keep).filter(|(_, k)| **k) {
        let kind = &portal.schema.kinds[entry.kind];
        let mut add = |written: &str| {
            if let Some(path) = index.media_path(portal, entry, written).filter(|p| is_public_file(p)) {
                named.insert(path);
            }
        };
        for (field, slot) in kind.fields.iter().zip(&entry.fields) {
            if let Some(located) = slot
                && field.visibility == Visibility::Public
            {
                each_file(field, &located.value, &mut add);
            }
        }
        let Some(body) = entry.body else { continue };
        let facts = portal.facts(entry);
        let outline = &facts.outline;
        if outline.images.is_empty() && outline.links.is_empty() {
            continue;
        }
        let length = (body.span.end - body.span.start) as usize;
        let hidden = internal_ranges(entry, kind, outline, length);
        let outside = |offset: usize| !hidden.iter().any(|(start, end)| offset >= *start && offset < *end);
        for image in outline.images.iter().filter(|i| outside(i.offset)) {
            add(&image.dest);
        }
        for link in outline.links.iter().filter(|l| outside(l.offset)) {
            if let markdown::Dest::Relative(dest) = markdown::classify(&link.dest)
                && let Target::Media(path) = index.resolve(portal, entry, &dest)
            {
                add(&format!("/{path}"));
            }
        }
    }
    named
}

fn each_file(field: &FieldDef, value: &Value, add: &mut dyn FnMut(&str)) {
    match value {
        Value::Image { src, .. } | Value::File { src, .. } => add(src),
        Value::List(items) => items.iter().for_each(|i| each_file(field, &i.value, add)),
        Value::Table(rows) => {
            for row in rows {
                for (column, cell) in field.columns.iter().zip(&row.cells) {
                    if let Some(cell) = cell
                        && column.visibility == Visibility::Public
                    {
                        each_file(column, &cell.value, add);
                    }
                }
            }
        }
        _ => {}
    }
}

/// Counts what the schema releases of internal entries.
fn aggregates(portal: &Portal) -> Vec<Aggregate> {
    let mut out = Vec::new();
    for (k, kind) in portal.schema.kinds.iter().enumerate() {
        for name in &kind.aggregates {
            let Some(field) = kind.field_index(name) else {
                continue;
            };
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            let mut total = 0;
            for entry in portal.entries.iter().filter(|e| e.kind == k && e.lang == crate::model::Lang::Th && !e.draft) {
                total += 1;
                for item in entry.value(field).map(Value::items).unwrap_or_default() {
                    *counts.entry(item.key().unwrap_or_default()).or_default() += 1;
                }
            }
            counts.retain(|_, n| *n >= LEAST_GROUP);
            out.push(Aggregate { kind: kind.id.clone(), field: name.clone(), counts, total });
        }
    }
    out
}
