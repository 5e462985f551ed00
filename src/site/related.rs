//! Related entries: those that share the rarest facet values.
//!
//! The weight of a shared value is `ln(N / n)`, its inverse document frequency (Spärck Jones 1972), with N entries
//! of the kind and n that have the value; values that nearly everyone has add nothing. What shares little of an
//! entry's own weight is not related: better no entry than a far one.

use super::facets::Facet;
use super::links::Backlink;
use crate::model::{ByEntry, ByKind, ByLang, EntryId, KindId};
use crate::visibility::Public;
use rayon::prelude::*;
use std::collections::HashMap;

/// Greatest number of related entries.
const MOST: usize = 4;
/// Least part of an entry's own weight that a related entry shares.
const LEAST: f64 = 0.4;
/// Values that more entries have say little and would cost much.
const COMMON: usize = 200;

/// Per entry, the most similar entries of its kind and language; what one of its fields names already stands on its page.
pub(crate) fn related(
    public: &Public,
    facets: &ByKind<ByLang<Vec<Facet>>>,
    backlinks: &ByEntry<Vec<Backlink>>,
) -> ByEntry<Vec<EntryId>> {
    let mut groups: ByEntry<Vec<(&[EntryId], f64)>> = vec![Vec::new(); public.entries.len()].into();
    let mut sizes: HashMap<(KindId, crate::model::Lang), usize> = HashMap::new();
    for entry in &public.entries {
        *sizes.entry((entry.kind, entry.lang)).or_default() += 1;
    }
    for facet in facets.iter().flat_map(ByLang::iter).flatten() {
        for value in facet.values.iter().filter(|v| v.entries.len() > 1 && v.entries.len() <= COMMON) {
            let entry = &public.entries[value.entries[0]];
            let all = sizes.get(&(entry.kind, entry.lang)).copied().unwrap_or(1);
            let weight = (all as f64 / value.entries.len() as f64).ln();
            for i in &value.entries {
                groups[*i].push((&value.entries, weight));
            }
        }
    }
    groups
        .par_iter_ids()
        .map(|(i, groups)| {
            let named = |other: EntryId| backlinks[other].iter().any(|link| link.from == i && link.field.is_some());
            let mut scores: HashMap<EntryId, f64> = HashMap::new();
            for (entries, weight) in groups {
                for other in entries.iter().filter(|o| **o != i) {
                    *scores.entry(*other).or_default() += weight;
                }
            }
            let least = groups.iter().map(|(_, weight)| weight).sum::<f64>() * LEAST;
            let mut ranked: Vec<(EntryId, f64)> = scores.into_iter().filter(|(_, s)| *s > 0.0 && *s >= least).collect();
            ranked.retain(|(other, _)| !named(*other));
            ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            ranked.into_iter().take(MOST).map(|(i, _)| i).collect()
        })
        .collect()
}
