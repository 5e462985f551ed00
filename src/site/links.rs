//! Who refers to whom: by reference fields and by links in bodies.

use crate::markdown::{self, Dest};
use crate::model::index::{Index, Target};
use crate::model::{ByEntry, Entry, EntryId, FieldDef, FieldType, Value};
use crate::visibility::Public;
use rayon::prelude::*;

/// A reference to an entry, seen from its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backlink {
    /// The entry that refers.
    pub from: EntryId,
    /// Field and, in tables, column that refer; none for a link in the body.
    pub field: Option<(usize, Option<usize>)>,
}

/// Per entry, the references to it in order of the referring entries; translations of one entry count once, by
/// the entry in the target's language where there is one.
pub(crate) fn backlinks(public: &Public, index: &Index) -> ByEntry<Vec<Backlink>> {
    let outgoing: Vec<Vec<(EntryId, Backlink)>> = public
        .entries
        .par_iter_ids()
        .map(|(from, entry)| {
            let mut out = Vec::new();
            let kind = &public.schema.kinds[entry.kind];
            for (f, field) in kind.fields.iter().enumerate() {
                if let Some(value) = entry.value(f)
                    && refers(field)
                {
                    references(field, value, &mut |id, column| {
                        for target in targets(public, index, id, entry) {
                            out.push((target, Backlink { from, field: Some((f, column)) }));
                        }
                    });
                }
            }
            for target in linked(public, index, entry) {
                let id = &public.entries[target].id;
                for target in targets(public, index, id, entry) {
                    if target != from && !out.iter().any(|(t, _)| *t == target) {
                        out.push((target, Backlink { from, field: None }));
                    }
                }
            }
            out
        })
        .collect();
    let mut backlinks: ByEntry<Vec<Backlink>> = vec![Vec::new(); public.entries.len()].into();
    for (target, link) in outgoing.into_iter().flatten() {
        backlinks[target].push(link);
    }
    for links in &mut backlinks {
        links.sort();
        links.dedup();
    }
    backlinks
}

/// The entry of an id in the referring entry's language; Thai pages also get the links of nobody else.
fn targets(public: &Public, index: &Index, id: &str, from: &Entry) -> Vec<EntryId> {
    let all = index.entries(id);
    let same: Vec<EntryId> = all.iter().copied().filter(|i| public.entries[*i].lang == from.lang).collect();
    // An English page is reached from Thai entries too where those have no translation of their own.
    let translated = |lang| index.entries(&from.id).iter().any(|i| public.entries[*i].lang == lang);
    let others = all.iter().copied().filter(|i| {
        let lang = public.entries[*i].lang;
        lang != from.lang && !translated(lang)
    });
    same.iter().copied().chain(others).collect()
}

fn refers(field: &FieldDef) -> bool {
    field.ty == FieldType::Ref || field.columns.iter().any(|c| c.ty == FieldType::Ref)
}

/// Calls `add` with every id and the table column it is in.
pub(crate) fn references<'a>(field: &FieldDef, value: &'a Value, add: &mut dyn FnMut(&'a str, Option<usize>)) {
    match value {
        Value::Table(rows) => {
            for row in rows {
                for (c, (column, cell)) in field.columns.iter().zip(&row.cells).enumerate() {
                    if let Some(cell) = cell
                        && column.ty == FieldType::Ref
                    {
                        references(column, &cell.value, &mut |id, _| add(id, Some(c)));
                    }
                }
            }
        }
        Value::List(items) => items.iter().for_each(|i| references(field, &i.value, add)),
        Value::Ref(id) => add(id, None),
        _ => {}
    }
}

fn linked(public: &Public, index: &Index, entry: &Entry) -> Vec<EntryId> {
    let analysis = public.analysis(entry);
    let mut found: Vec<EntryId> = analysis
        .outline
        .links
        .iter()
        .filter_map(|link| match markdown::classify(&link.dest) {
            Dest::Id(id) => index.entry(public, id.split('#').next().unwrap_or(&id), entry.lang),
            Dest::Relative(path) => match index.resolve(public, entry, &path) {
                Target::Entry(i, _) => Some(i),
                _ => None,
            },
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
