//! Shares that the schema releases: of so many entries, internal ones too, so many have one of some values. Nobody can be
//! told from a group: small ones are left out, and so is what could be computed from the rest.

use super::aggregates::{Group, is_nameable};
use super::options::{Options, is_public};
use super::via;
use crate::model::{Entry, FieldDef, Portal, ShareDef, Value};
use std::collections::{BTreeMap, HashSet};

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
}

/// Every share that the schema names.
pub(super) fn of(portal: &Portal) -> Vec<Share> {
    if portal.schema.kinds.iter().all(|k| k.shares.is_empty()) {
        return Vec::new();
    }
    // Groups may be made by looked-up fields; what is published is made of the portal itself, not of this copy.
    let mut whole = Portal { schema: portal.schema.clone(), entries: portal.entries.clone(), ..Portal::default() };
    via::fill(&mut whole);
    let public: HashSet<&str> =
        portal.entries.iter().filter(|e| is_public(e, Options::default())).map(|e| &*e.id).collect();
    let mut out = Vec::new();
    for (k, kind) in whole.schema.kinds.iter_ids() {
        let entries: Vec<&Entry> = whole.entries.iter().filter(|e| e.kind == k && e.main && !e.draft).collect();
        for share in &kind.shares {
            let fields = share.by.iter().chain([&share.field]).map(|name| kind.field_index(name));
            let Some(fields) = fields.collect::<Option<Vec<usize>>>() else { continue };
            let Some((counted, by)) = fields.split_last() else { continue };
            let groups = groups(&whole, kind.fields.as_slice(), (share, *counted, by), &entries, &public);
            out.extend(groups.into_iter().map(|(keys, (group, part))| Share {
                kind: kind.id.clone(),
                id: share.id.clone(),
                keys,
                part,
                all: group.all,
            }));
        }
    }
    out
}

type Groups = BTreeMap<Vec<String>, (Group, usize)>;

fn groups(
    portal: &Portal,
    fields: &[FieldDef],
    (share, counted, by): (&ShareDef, usize, &[usize]),
    entries: &[&Entry],
    public: &HashSet<&str>,
) -> Groups {
    let mut groups = Groups::new();
    for entry in entries {
        let states: Vec<String> = keys(entry, counted);
        if states.is_empty() || states.iter().any(|s| share.without.contains(s)) {
            continue;
        }
        let part = usize::from(states.iter().any(|s| share.is.contains(s)));
        let mut all: Vec<Vec<String>> = vec![Vec::new()];
        for field in by {
            let items = entry.value(*field).map(Value::items).unwrap_or_default();
            let named = items.into_iter().filter(|v| is_nameable(portal, &fields[*field], v, public));
            let values: Vec<String> = named.filter_map(Value::key).collect();
            all = all
                .iter()
                .flat_map(|head| values.iter().map(move |v| [head.clone(), vec![v.clone()]].concat()))
                .collect();
        }
        for keys in all {
            let (group, hits) = groups.entry(keys).or_default();
            group.add(!is_public(entry, Options::default()));
            *hits += part;
        }
    }
    released(groups)
}

/// Groups that tell of nobody. Where a single small group would follow from the others of the same head, the smallest of
/// them goes too.
fn released(groups: Groups) -> Groups {
    let mut kept = Groups::new();
    let mut heads: BTreeMap<Vec<String>, Vec<_>> = BTreeMap::new();
    for (keys, group) in groups {
        let head = keys[..keys.len().saturating_sub(1)].to_vec();
        heads.entry(head).or_default().push((keys, group));
    }
    for mut all in heads.into_values() {
        all.sort_by_key(|(keys, (group, _))| (group.all, keys.clone()));
        let mut rest = Group::default();
        let mut hidden = all.iter().take_while(|(_, (group, _))| !group.is_large()).count();
        all[..hidden].iter().for_each(|(_, (group, _))| rest = rest.and(*group));
        while hidden < all.len() && rest.all > 0 && !rest.is_large() {
            rest = rest.and(all[hidden].1.0);
            hidden += 1;
        }
        kept.extend(all.into_iter().skip(hidden).filter(|(_, (group, _))| group.is_large()));
    }
    kept
}

fn keys(entry: &Entry, field: usize) -> Vec<String> {
    entry.value(field).map(Value::items).unwrap_or_default().into_iter().filter_map(Value::key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(sizes: &[(&str, usize)]) -> Vec<String> {
        let mut groups = Groups::new();
        for (key, size) in sizes {
            let mut group = Group::default();
            (0..*size).for_each(|_| group.add(true));
            groups.insert(vec!["2565".into(), (*key).into()], (group, 0));
        }
        released(groups).into_keys().map(|keys| keys[1].clone()).collect()
    }

    #[test]
    fn a_small_group_follows_from_no_other() {
        assert_eq!(made(&[("a", 4), ("b", 5)]), ["a", "b"]);
        assert_eq!(made(&[("a", 4), ("b", 5), ("c", 1)]), ["b"]);
        assert_eq!(made(&[("a", 4), ("c", 2)]), Vec::<String>::new());
        assert_eq!(made(&[("a", 4), ("c", 2), ("d", 1)]), ["a"]);
    }
}
