//! Counts of internal entries that the schema releases. No entry can be told from them, nor computed from a total.

use super::groups::{Released, Table};
use crate::model::{Entry, EntryId, FieldDef, FieldType, KindDef, Portal, Value};
use std::collections::{BTreeMap, HashSet};

/// Counts of entries by a field that the schema releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// Kind of the counted entries.
    pub kind: String,
    /// Field counted by.
    pub field: String,
    /// Number of entries by value; groups that tell of few internal entries are left out.
    pub counts: BTreeMap<String, usize>,
    /// Number of all entries counted; 0 where even that would tell of few.
    pub total: usize,
    /// How many of them are samples.
    pub samples: Samples,
}

/// How many entries of a group are samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Samples {
    /// None.
    None,
    /// Some.
    Some,
    /// Every one.
    All,
}

impl Samples {
    /// Counts the samples among entries.
    pub(super) fn among(portal: &Portal, entries: &[EntryId]) -> Samples {
        match entries.iter().filter(|e| portal.entries[**e].illustrative).count() {
            0 => Samples::None,
            n if n == entries.len() => Samples::All,
            _ => Samples::Some,
        }
    }

    /// Those of several groups together.
    pub(crate) fn together(groups: impl Iterator<Item = Samples>) -> Samples {
        let both = |a, b| if a == b { a } else { Samples::Some };
        groups.reduce(both).unwrap_or(Samples::None)
    }
}

/// Adds the groups of every aggregate of a kind, by field.
pub(super) fn add<'k>(
    portal: &Portal,
    kind: &'k KindDef,
    public: &HashSet<&str>,
    entries: &[(EntryId, &Entry)],
    released: &mut Released<'_>,
) -> Vec<&'k FieldDef> {
    let named = kind.aggregates.iter().filter_map(|name| kind.field_index(name));
    let fields: Vec<usize> = named.filter(|f| kind.fields[*f].is_countable()).collect();
    for f in &fields {
        let mut table = Table::new();
        for (id, entry) in entries {
            let names: HashSet<String> = names(portal, entry, *f, &kind.fields[*f], public).collect();
            names.into_iter().for_each(|name| table.entry(vec![name]).or_default().push(*id));
        }
        released.add(table, [entries.iter().map(|(id, _)| *id).collect()]);
    }
    fields.into_iter().map(|f| &kind.fields[f]).collect()
}

/// The groups to which a field of an entry belongs: none is named by free text, or by an entry that is internal itself.
pub(super) fn names<'a>(
    portal: &'a Portal,
    entry: &'a Entry,
    f: usize,
    field: &'a FieldDef,
    public: &'a HashSet<&str>,
) -> impl Iterator<Item = String> + 'a {
    let is_nameable = move |value: &&Value| match (field.ty, value) {
        (FieldType::Term, Value::Term(id)) => portal.schema.vocabulary_of(field).is_some_and(|v| v.term(id).is_some()),
        (FieldType::Ref, Value::Ref(id)) => public.contains(id.as_str()),
        _ => true,
    };
    entry.value(f).map(Value::items).unwrap_or_default().into_iter().filter(is_nameable).filter_map(Value::key)
}
