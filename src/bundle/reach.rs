//! What belongs to a part: the pages around one entry.
//!
//! 1. Own: entries that have more than half of what one of their fields names in the part, and what belongs to these in
//!    turn (an office, its networks, their schools and reviews). A yearly report over many offices belongs to none.
//! 2. Named: what these name in fields and bodies (a form, a guide, the innovation of another network).
//! 3. Their homes: what a named entry names in a field of one value (its network, the network's office), so that it
//!    cannot stand alone.
//! 4. Plain pages (about, glossary …) belong to every part.

use crate::model::EntryId;
use crate::site::Site;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Steps from the entry to what belongs to it.
const DOWN: usize = 3;
/// Steps from what is named to where it belongs.
const HOMES: usize = 2;

/// Where a reference is: field and column; none in a body.
type Place = Option<(usize, Option<usize>)>;

/// References of one entry, translations taken together, by place.
type Named = BTreeMap<Place, BTreeSet<String>>;

/// Ids of the entries of a part, in lower case.
pub(crate) fn reach(site: &Site, start: EntryId) -> BTreeSet<String> {
    let id = |i: EntryId| site.entry(i).id.to_lowercase();
    let mut out: HashMap<String, Named> = HashMap::new();
    for (target, links) in site.backlinks.iter_ids() {
        for link in links {
            let named = out.entry(id(link.from)).or_default();
            named.entry(link.field).or_default().insert(id(target));
        }
    }
    let mut part = own(&out, id(start));
    let named: BTreeSet<String> =
        part.iter().filter_map(|id| out.get(id)).flat_map(BTreeMap::values).flatten().cloned().collect();
    let mut edge: Vec<String> = named.difference(&part).cloned().collect();
    part.extend(named);
    for _ in 0..HOMES {
        let homes: BTreeSet<&String> = edge
            .iter()
            .filter_map(|id| out.get(id))
            .flatten()
            .filter(|(place, targets)| place.is_some() && targets.len() == 1)
            .flat_map(|(_, targets)| targets)
            .collect();
        edge = homes.into_iter().filter(|id| part.insert((*id).clone())).cloned().collect();
    }
    let kinds = &site.public.schema.kinds;
    part.extend(site.public.entries.iter().filter(|e| kinds[e.kind].plain).map(|e| e.id.to_lowercase()));
    part
}

/// The entry and what belongs to it.
fn own(out: &HashMap<String, Named>, start: String) -> BTreeSet<String> {
    let mut part = BTreeSet::from([start]);
    for _ in 0..DOWN {
        let belongs = |named: &Named| {
            named.iter().any(|(place, targets)| {
                let inside = targets.iter().filter(|t| part.contains(*t)).count();
                place.is_some() && inside * 2 > targets.len()
            })
        };
        let more: Vec<String> =
            out.iter().filter(|(id, named)| !part.contains(*id) && belongs(named)).map(|(id, _)| id.clone()).collect();
        if more.is_empty() {
            break;
        }
        part.extend(more);
    }
    part
}
