//! Counts of internal entries that the schema releases. No entry can be told from them, nor computed from a total.

use super::options::{Options, is_public};
use crate::model::{Entry, FieldDef, FieldType, Portal, Value};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Counts of entries by a field that the schema releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// Kind of the counted entries.
    pub kind: String,
    /// Field counted by.
    pub field: String,
    /// Number of entries by value; groups that tell of fewer than [`LEAST_GROUP`] internal entries are left out.
    pub counts: BTreeMap<String, usize>,
    /// Number of all entries counted; 0 where even that would tell of fewer.
    pub total: usize,
}

/// Smallest group that an aggregate shows.
pub(crate) const LEAST_GROUP: usize = 3;

/// How many entries a group has, and how many of them are internal: readers can count the others themselves.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) all: usize,
    internal: usize,
}

impl Group {
    pub(super) fn add(&mut self, internal: bool) {
        self.all += 1;
        self.internal += usize::from(internal);
    }

    /// Both groups together.
    pub(super) fn and(self, other: Group) -> Group {
        Group { all: self.all + other.all, internal: self.internal + other.internal }
    }

    /// Whether nobody can be told from the size.
    pub(super) fn is_large(self) -> bool {
        self.all >= LEAST_GROUP && (self.internal == 0 || self.internal >= LEAST_GROUP)
    }
}

/// Every aggregate that the schema names.
pub(super) fn of(portal: &Portal) -> Vec<Aggregate> {
    let options = Options::default();
    let public: HashSet<&str> = portal.entries.iter().filter(|e| is_public(e, options)).map(|e| &*e.id).collect();
    let mut out = Vec::new();
    for (k, kind) in portal.schema.kinds.iter_ids() {
        let entries: Vec<&Entry> = portal.entries.iter().filter(|e| e.kind == k && e.main && !e.draft).collect();
        for name in &kind.aggregates {
            let Some(f) = kind.field_index(name).filter(|f| kind.fields[*f].is_countable()) else {
                continue;
            };
            let field = &kind.fields[f];
            let keys = |entry: &Entry| -> BTreeSet<String> {
                let items = entry.value(f).map(Value::items).unwrap_or_default();
                items
                    .into_iter()
                    .filter(|item| is_nameable(portal, field, item, &public))
                    .filter_map(Value::key)
                    .collect()
            };
            let counted: Vec<(bool, BTreeSet<String>)> =
                entries.iter().map(|e| (!is_public(e, options), keys(e))).collect();
            out.push(Aggregate { kind: kind.id.clone(), field: name.clone(), ..count(&counted) });
        }
    }
    out
}

/// Whether a value may name a group: no free text, no entry that is internal itself.
pub(super) fn is_nameable(portal: &Portal, field: &FieldDef, value: &Value, public: &HashSet<&str>) -> bool {
    match (field.ty, value) {
        (FieldType::Term, Value::Term(id)) => portal.schema.vocabulary_of(field).is_some_and(|v| v.term(id).is_some()),
        (FieldType::Ref, Value::Ref(id)) => public.contains(id.as_str()),
        _ => true,
    }
}

/// Counts entries, each with whether it is internal and with its values.
fn count(entries: &[(bool, BTreeSet<String>)]) -> Aggregate {
    let mut groups: BTreeMap<&String, Group> = BTreeMap::new();
    let mut all = Group::default();
    for (internal, keys) in entries {
        all.add(*internal);
        keys.iter().for_each(|key| groups.entry(key).or_default().add(*internal));
    }
    groups.retain(|_, group| group.is_large());
    // What is left out is the difference of total and groups: it must be a large group too.
    loop {
        let mut rest = Group::default();
        for (internal, keys) in entries {
            if !keys.iter().any(|key| groups.contains_key(key)) {
                rest.add(*internal);
            }
        }
        let smallest = groups.iter().min_by_key(|(key, group)| (group.all, *key)).map(|(key, _)| *key);
        match smallest {
            Some(key) if rest.all > 0 && !rest.is_large() => groups.remove(key),
            _ => break,
        };
    }
    Aggregate {
        kind: String::new(),
        field: String::new(),
        counts: groups.into_iter().map(|(key, group)| (key.clone(), group.all)).collect(),
        total: if all.is_large() { all.all } else { 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(groups: &[(&str, usize)]) -> (Vec<(String, usize)>, usize) {
        let entries: Vec<_> = groups
            .iter()
            .flat_map(|(key, n)| std::iter::repeat_n((true, BTreeSet::from([(*key).to_string()])), *n))
            .collect();
        let found = count(&entries);
        (found.counts.into_iter().collect(), found.total)
    }

    #[test]
    fn small_groups_cannot_be_computed_from_the_total() {
        let row = |key: &str, n: usize| (key.to_string(), n);
        assert_eq!(counted(&[("a", 5), ("b", 4)]), (vec![row("a", 5), row("b", 4)], 9));
        assert_eq!(counted(&[("a", 5), ("b", 4), ("c", 1)]), (vec![row("a", 5)], 10));
        assert_eq!(counted(&[("a", 5), ("b", 1), ("c", 2)]), (vec![row("a", 5)], 8));
        assert_eq!(counted(&[("a", 5), ("b", 1)]), (vec![], 6));
        assert_eq!(counted(&[("a", 2)]), (vec![], 0));
    }

    #[test]
    fn internal_entries_cannot_be_computed_from_public_ones() {
        let entry = |internal: bool| (internal, BTreeSet::from(["a".to_string()]));
        let mixed: Vec<_> = [true, false, false, false].map(entry).to_vec();
        assert_eq!(count(&mixed).counts.len(), 0);
        assert_eq!(count(&mixed).total, 0);
    }
}
