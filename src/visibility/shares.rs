//! Shares that the schema releases: of so many entries, internal ones too, so many have one of some values. Nobody can be
//! told from a group.

use super::aggregates::{Aggregate, Samples, add, names};
use super::groups::{Released, Table};
use super::via;
use crate::model::{Entry, EntryId, Id, KindDef, Portal, ShareDef, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A share of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Kind of the counted entries.
    pub kind: String,
    /// Name that the schema gives it.
    pub id: String,
    /// Values of the fields that make the groups, in the order of the schema.
    pub keys: Vec<String>,
    /// Entries that count.
    pub part: usize,
    /// All entries of the group.
    pub all: usize,
    /// How many of them are samples.
    pub samples: Samples,
}

/// Every aggregate and share that the schema names. `shown` says by position which entries the public reads.
pub(super) fn counted(portal: &mut Portal, shown: &[bool]) -> (Vec<Aggregate>, Vec<Share>) {
    if !portal.schema.kinds.iter().any(is_released) {
        return (Vec::new(), Vec::new());
    }
    // Groups may be made by looked-up fields. What is published is looked up again, through public entries alone.
    let looked_up = via::fill(portal);
    let counted = count(portal, shown);
    via::restore(portal, looked_up);
    counted
}

fn is_released(kind: &KindDef) -> bool {
    !kind.aggregates.is_empty() || !kind.shares.is_empty()
}

fn count(portal: &Portal, shown: &[bool]) -> (Vec<Aggregate>, Vec<Share>) {
    let (mut aggregates, mut shares) = (Vec::new(), Vec::new());
    let public: HashSet<&str> =
        portal.entries.iter_ids().filter(|(i, _)| shown[i.index()]).map(|(_, e)| &*e.id).collect();
    let hidden = tells_of(portal, shown);
    let of_kind = |k| portal.entries.iter_ids().filter(move |(_, e)| e.kind == k && e.main && !e.draft);
    for (k, kind) in portal.schema.kinds.iter_ids().filter(|(_, kind)| is_released(kind)) {
        let entries: Vec<(EntryId, &Entry)> = of_kind(k).collect();
        let all: Vec<EntryId> = entries.iter().map(|(id, _)| *id).collect();
        let mut released = Released::new(&hidden);
        let fields = add(portal, kind, &public, &entries, &mut released);
        let defs: Vec<(&ShareDef, usize)> = kind
            .shares
            .iter()
            .filter_map(|def| Some((def, divide(portal, kind, def, &public, &entries, &mut released)?)))
            .collect();
        released.close();
        let total = if released.is_large(&all) { all.len() } else { 0 };
        let mut tables = std::mem::take(&mut released.tables).into_iter();
        aggregates.extend(fields.into_iter().zip(tables.by_ref()).map(|(field, table)| Aggregate {
            kind: kind.id.clone(),
            field: field.id.clone(),
            counts: table.into_iter().map(|(mut name, entries)| (name.remove(0), entries.len())).collect(),
            total,
            samples: Samples::among(portal, &all),
        }));
        for ((def, counted), table) in defs.into_iter().zip(tables) {
            let is = |e: &EntryId| states(&portal.entries[*e], counted).iter().any(|s| def.is.contains(s));
            shares.extend(table.into_iter().map(|(keys, entries)| Share {
                kind: kind.id.clone(),
                id: def.id.clone(),
                keys,
                part: entries.iter().filter(|e| is(e)).count(),
                all: entries.len(),
                samples: Samples::among(portal, &entries),
            }));
        }
    }
    (aggregates, shares)
}

/// The internal entry that each entry tells of: rows that became entries tell of the one that they stand in.
fn tells_of(portal: &Portal, shown: &[bool]) -> Vec<Option<EntryId>> {
    let own = portal.entries.iter_ids().filter(|(_, e)| e.main && e.row_of.is_none());
    let own: HashMap<String, EntryId> = own.map(|(id, e)| (e.id.to_lowercase(), id)).collect();
    let of = |(id, entry): (EntryId, &Entry)| {
        let whose = entry.row_of.as_ref().and_then(|of| own.get(&of.to_lowercase()));
        (!shown[id.index()]).then(|| whose.copied().unwrap_or(id))
    };
    portal.entries.iter_ids().map(of).collect()
}

/// Adds the groups of a share; gives the field that it counts. Each divides all that the other fields make one group.
fn divide(
    portal: &Portal,
    kind: &KindDef,
    share: &ShareDef,
    public: &HashSet<&str>,
    entries: &[(EntryId, &Entry)],
    released: &mut Released<'_>,
) -> Option<usize> {
    let counted = kind.field_index(&share.field)?;
    let by: Vec<usize> = share.by.iter().map(|name| kind.field_index(name)).collect::<Option<_>>()?;
    let mut table = Table::new();
    for (id, entry) in entries {
        let states = states(entry, counted);
        if states.iter().any(|s| share.without.contains(s)) {
            continue;
        }
        let mut all: Vec<Vec<String>> = vec![Vec::new()];
        for f in &by {
            let values: Vec<String> = names(portal, entry, *f, &kind.fields[*f], public).collect();
            all = all
                .iter()
                .flat_map(|head| values.iter().map(move |v| [head.clone(), vec![v.clone()]].concat()))
                .collect();
        }
        for keys in all {
            let group = table.entry(keys).or_default();
            if group.last() != Some(id) {
                group.push(*id);
            }
        }
    }
    let mut wholes: BTreeMap<Vec<String>, Vec<EntryId>> = BTreeMap::new();
    for (keys, group) in &table {
        wholes.entry(keys[..keys.len().saturating_sub(1)].to_vec()).or_default().extend(group);
    }
    let wholes = wholes.into_values().map(|mut whole| {
        whole.sort_unstable();
        whole.dedup();
        whole
    });
    released.add(table, wholes);
    Some(counted)
}

fn states(entry: &Entry, field: usize) -> Vec<String> {
    entry.value(field).map(Value::items).unwrap_or_default().into_iter().filter_map(Value::key).collect()
}
