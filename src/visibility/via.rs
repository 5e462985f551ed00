//! Fields whose value comes from a referenced entry: `via = "network.office"` gives an innovation the office of
//! its network, so that facets and roll-ups need no second entry of the same fact. A reference that is itself of a
//! kind the field takes stands for itself: with `via = "subject.office"` a record about an office has that office.
//!
//! Runs on what is public already: a value comes only from a public field of a public entry, through a public reference.

use crate::model::{EntryId, Located, Portal, Value, Visibility};
use std::collections::HashMap;

/// How many looked-up values may lie between a value and where it was written.
const STEPS: usize = 4;

/// A field that was filled, and what it was before: nothing, or a value that is empty.
pub(super) type Filled = (EntryId, usize, Option<Located>);

/// Fills every public `via` field that the author left open, and gives the fields that were filled. A looked-up value can
/// itself be looked up.
pub(super) fn fill(portal: &mut Portal) -> Vec<Filled> {
    let mut all = Vec::new();
    for _ in 0..STEPS {
        let filled = fill_once(portal);
        if filled.is_empty() {
            break;
        }
        all.extend(filled);
    }
    all
}

/// Makes every field what it was before [`fill`].
pub(super) fn restore(portal: &mut Portal, filled: Vec<Filled>) {
    for (entry, field, before) in filled {
        portal.entries[entry].fields[field] = before;
    }
}

/// Fills what can be looked up now.
fn fill_once(portal: &mut Portal) -> Vec<Filled> {
    let kinds = &portal.schema.kinds;
    if !kinds.iter().any(|k| k.fields.iter().any(|f| f.via.is_some())) {
        return Vec::new();
    }
    let originals: HashMap<&str, EntryId> =
        portal.entries.iter_ids().filter(|(_, e)| e.main).map(|(i, e)| (&*e.id, i)).collect();
    let mut filled = Vec::new();
    for (i, entry) in portal.entries.iter_ids() {
        let kind = &kinds[entry.kind];
        for (f, field) in kind.fields.iter().enumerate().filter(|(_, f)| f.visibility == Visibility::Public) {
            let Some((through, wanted)) = field.via.as_deref().and_then(|v| v.split_once('.')) else {
                continue;
            };
            if entry.value(f).is_some() {
                continue;
            }
            let Some(origin) = kind.field_index(through).and_then(|t| entry.fields[t].as_ref()) else {
                continue;
            };
            let mut items: Vec<Located> = Vec::new();
            for reference in origin.value.items() {
                let Value::Ref(id) = reference else { continue };
                let Some(target) = originals.get(id.as_str()).map(|t| &portal.entries[*t]) else {
                    continue;
                };
                if field.kinds.contains(&portal.schema.kinds[target.kind].id) {
                    items.push(Located { value: reference.clone(), ..origin.clone() });
                    continue;
                }
                let Some(w) = portal.schema.kinds[target.kind].field_index(wanted) else {
                    continue;
                };
                let Some(located) = target.fields[w].as_ref() else {
                    continue;
                };
                match &located.value {
                    Value::List(list) => items.extend(list.iter().cloned()),
                    _ => items.push(located.clone()),
                }
            }
            items.dedup_by(|a, b| a.value == b.value);
            if let Some(first) = items.first().cloned() {
                let value = if field.many { Value::List(items) } else { first.value };
                filled.push((i, f, Located { value, ..first }));
            }
        }
    }
    let fill = |(entry, field, located): (EntryId, usize, Located)| {
        let before = portal.entries[entry].fields[field].replace(located);
        (entry, field, before)
    };
    filled.into_iter().map(fill).collect()
}
