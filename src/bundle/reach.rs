//! What belongs to a part: the pages around one entry.
//!
//! 1. Down: what refers to the entry, and what refers to that (an office, its networks, their pages).
//! 2. Out: what all of these name in fields and bodies, two steps (a page, its network, its school).
//! 3. Plain pages (about, glossary …) belong to every part.

use crate::derive::Site;
use std::collections::{BTreeSet, HashMap};

/// Steps against the direction of references.
const DOWN: usize = 2;
/// Steps along references.
const OUT: usize = 2;

/// Ids of the entries of a part, in lower case.
pub fn reach(site: &Site, start: usize) -> BTreeSet<String> {
    let id = |i: usize| site.entry(i).id.to_lowercase();
    let mut down: HashMap<String, BTreeSet<String>> = HashMap::new();
    let mut out: HashMap<String, BTreeSet<String>> = HashMap::new();
    for (target, links) in site.backlinks.iter().enumerate() {
        for link in links {
            out.entry(id(link.from)).or_default().insert(id(target));
            // A link in running text does not make a page part of another.
            if link.field.is_some() {
                down.entry(id(target)).or_default().insert(id(link.from));
            }
        }
    }
    let mut part = BTreeSet::from([id(start)]);
    spread(&mut part, &down, DOWN);
    spread(&mut part, &out, OUT);
    let kinds = &site.public.schema.kinds;
    part.extend(
        site.public
            .entries
            .iter()
            .filter(|e| kinds[e.kind].plain)
            .map(|e| e.id.to_lowercase()),
    );
    part
}

fn spread(part: &mut BTreeSet<String>, links: &HashMap<String, BTreeSet<String>>, steps: usize) {
    let mut edge: Vec<String> = part.iter().cloned().collect();
    for _ in 0..steps {
        let next: BTreeSet<&String> = edge
            .iter()
            .filter_map(|id| links.get(id))
            .flatten()
            .collect();
        edge = next
            .into_iter()
            .filter(|id| part.insert((*id).clone()))
            .cloned()
            .collect();
    }
}
