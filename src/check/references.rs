//! References between entries: they exist, are of the right kind, and form no circle where that makes no sense.

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic, nearest_hint};
use crate::model::{Entry, FieldDef, Label, Located, Value};
use crate::visibility;
use std::collections::{HashMap, HashSet};

pub(super) fn check(context: &Context<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let kind = &context.portal.schema.kinds[entry.kind];
    for (field, slot) in kind.fields.iter().zip(&entry.fields) {
        if let Some(located) = slot.as_ref().filter(|l| l.source == entry.source || entry.main) {
            value(context, entry, field, located, &mut found);
        }
    }
    found
}

fn value(context: &Context<'_>, entry: &Entry, field: &FieldDef, located: &Located, found: &mut Vec<Diagnostic>) {
    match &located.value {
        Value::Ref(id) => {
            let source = context.source(located.source);
            let Some(target) = context.index.entry(context.portal, id, entry.lang) else {
                found.push(
                    Diagnostic::at(
                        Code::UnknownReference,
                        source,
                        located.span,
                        format!("ไม่มีหน้ารหัส “{id}”"),
                        format!("there is no entry `{id}`"),
                    )
                    .maybe_hint(id_hint(context, id, &field.kinds)),
                );
                return;
            };
            let target = &context.portal.entries[target];
            let kind = &context.portal.schema.kinds[target.kind];
            if !field.kinds.is_empty() && !field.kinds.contains(&kind.id) {
                found.push(Diagnostic::at(
                    Code::WrongReference,
                    source,
                    located.span,
                    format!("“{id}” เป็น{} ช่อง “{}” รับ: {}", kind.label.th, field.id, field.kinds.join(", ")),
                    format!("`{id}` is of kind `{}`; field `{}` takes: {}", kind.id, field.id, field.kinds.join(", ")),
                ));
            }
            let options = visibility::Options::default();
            if visibility::is_public(entry, options)
                && !context.has_public(&target.id)
                && field.visibility == crate::model::Visibility::Public
            {
                found.push(Diagnostic::at(
                    Code::HiddenReference,
                    source,
                    located.span,
                    format!("“{id}” เป็นข้อมูลภายในหรือฉบับร่าง ลิงก์จะไม่แสดง"),
                    format!("`{id}` is internal or a draft; the link will not be shown"),
                ));
            }
        }
        Value::List(items) => items.iter().for_each(|i| value(context, entry, field, i, found)),
        Value::Table(rows) => {
            for row in rows {
                for (column, cell) in field.columns.iter().zip(&row.cells) {
                    if let Some(cell) = cell {
                        value(context, entry, column, cell, found);
                    }
                }
            }
        }
        _ => {}
    }
}

/// The id of the page of this title, else the nearest id, of the allowed kinds or of any kind.
pub(super) fn id_hint(context: &Context<'_>, id: &str, kinds: &[String]) -> Option<Label> {
    let portal = context.portal;
    let of = |e: &&Entry| kinds.is_empty() || kinds.contains(&portal.schema.kinds[e.kind].id);
    let allowed = || portal.entries.iter().filter(of);
    let written = squeezed(id);
    let titled = allowed().find(|e| squeezed(&e.title) == written || squeezed(&e.title_en) == written);
    match titled.filter(|_| !written.is_empty()) {
        Some(e) => Some(Label::new(format!("ใช้รหัส “{}”", e.id), format!("use the id `{}`", e.id))),
        None => nearest_hint(id, allowed().map(|e| &*e.id)),
    }
}

/// A name without what people write in different ways.
fn squeezed(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Circles in reference fields that the schema marks `acyclic`.
pub(super) fn circles(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let portal = context.portal;
    for (k, kind) in portal.schema.kinds.iter_ids() {
        for (f, _) in kind.fields.iter().enumerate().filter(|(_, f)| f.acyclic) {
            let edges: HashMap<&str, (&Entry, &Located)> = portal
                .entries
                .iter()
                .filter(|e| e.kind == k && e.main)
                .filter_map(|e| Some((&*e.id, (e, e.fields[f].as_ref()?))))
                .collect();
            let mut starts: Vec<&str> = in_circles(&edges);
            starts.sort_unstable();
            let mut told: HashSet<&str> = HashSet::new();
            for start in starts {
                if !told.contains(start)
                    && let Some(path) = circle_from(start, &edges)
                {
                    told.extend(&path);
                    let (_, located) = edges[start];
                    let path = path.join(" → ");
                    found.push(Diagnostic::at(
                        Code::CyclicReference,
                        context.source(located.source),
                        located.span,
                        format!("การอ้างอิงวนเป็นวง: {path}"),
                        format!("references form a circle: {path}"),
                    ));
                }
            }
        }
    }
    found
}

/// The entries that may lie in a circle: what leads nowhere is taken away until nothing does, each reference once.
fn in_circles<'a>(edges: &HashMap<&'a str, (&'a Entry, &'a Located)>) -> Vec<&'a str> {
    let mut open: HashMap<&str, usize> = HashMap::new();
    let mut back: HashMap<&str, Vec<&'a str>> = HashMap::new();
    for (from, (_, located)) in edges {
        let to = located.value.items().into_iter().filter_map(|item| match item {
            Value::Ref(id) => edges.get_key_value(id.as_str()).map(|(id, _)| *id),
            _ => None,
        });
        let to: Vec<&str> = to.collect();
        open.insert(from, to.len());
        to.into_iter().for_each(|to| back.entry(to).or_default().push(from));
    }
    let mut ended: Vec<&str> = open.iter().filter(|(_, n)| **n == 0).map(|(id, _)| *id).collect();
    while let Some(id) = ended.pop() {
        for from in back.get(id).into_iter().flatten() {
            if let Some(n) = open.get_mut(from) {
                *n -= 1;
                if *n == 0 {
                    ended.push(from);
                }
            }
        }
    }
    edges.keys().copied().filter(|id| open[id] > 0).collect()
}

/// The circle through `start`, reported once: from its smallest id.
fn circle_from<'a>(start: &'a str, edges: &HashMap<&'a str, (&'a Entry, &'a Located)>) -> Option<Vec<&'a str>> {
    let mut stack = vec![vec![start]];
    let mut seen = std::collections::HashSet::new();
    while let Some(path) = stack.pop() {
        let last = *path.last()?;
        let Some((_, located)) = edges.get(last) else {
            continue;
        };
        for item in located.value.items() {
            let Value::Ref(next) = item else { continue };
            if next == start {
                let mut path = path.clone();
                let smallest = path.iter().min() == Some(&start);
                path.push(start);
                return smallest.then_some(path);
            }
            if let Some((next, _)) = edges.get_key_value(next.as_str())
                && seen.insert(*next)
            {
                let mut longer = path.clone();
                longer.push(next);
                stack.push(longer);
            }
        }
    }
    None
}
