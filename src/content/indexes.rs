//! Plain pages that want one address: of the index files of a folder one is its index, and no name is lost.

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::ids::path_part;
use crate::model::{Entry, EntryId, Lang, Portal, Visibility};
use std::collections::HashMap;

/// Names of index files without ending, the one that wins first.
const INDEXES: [&str; 3] = ["_index", "index", "readme"];

/// Whether a file name without ending is that of a folder's index.
pub(super) fn is_index(stem: &str) -> bool {
    rank(stem).is_some()
}

fn rank(stem: &str) -> Option<usize> {
    INDEXES.iter().position(|name| stem.eq_ignore_ascii_case(name))
}

/// Gives each plain page an id and an address of its own; translations follow their `originals`. What is not published
/// comes last: it takes no address from a page that is, for that would tell of it.
pub(super) fn settle(portal: &mut Portal, originals: &HashMap<EntryId, EntryId>, found: &mut Vec<Diagnostic>) {
    let mut order: Vec<(bool, bool, Option<usize>, EntryId)> = Vec::new();
    for (i, entry) in portal.entries.iter_ids().filter(|(_, e)| !e.typed && e.body.is_some()) {
        let hidden = entry.visibility == Visibility::Internal || entry.draft;
        order.push((originals.contains_key(&i), hidden, rank(&stem(portal, entry)), i));
    }
    // Pages that are no index keep what they have; index files follow by their rank.
    order.sort();
    let place = |e: &Entry| (e.id.clone(), e.address.clone());
    let before: HashMap<EntryId, _> = originals.values().map(|o| (*o, place(&portal.entries[*o]))).collect();
    let mut ids: HashMap<(Lang, String), EntryId> = HashMap::new();
    let mut addresses: HashMap<(Lang, String), EntryId> = HashMap::new();
    for (_, _, index, i) in order {
        if let Some((original, (id, address))) = originals.get(&i).and_then(|o| Some((o, before.get(o)?))) {
            let (new_id, new_address) = place(&portal.entries[*original]);
            let entry = &mut portal.entries[i];
            if entry.id == *id {
                entry.id = new_id;
            }
            if entry.address == *address {
                entry.address = new_address;
            }
        }
        let lang = portal.entries[i].lang;
        let id = |name: &str| (lang, name.to_lowercase());
        let same = addresses.get(&id(&portal.entries[i].address)).copied();
        if let Some(first) = same {
            if index.is_none() {
                found.push(clash(portal, i, first));
            }
            let name = path_part(&stem(portal, &portal.entries[i]));
            let name = if name.starts_with("p-") && index.is_some() { "readme".to_owned() } else { name };
            let name = if index.is_some() {
                INDEXES.into_iter().find(|n| name.contains(n)).unwrap_or("readme")
            } else {
                name.as_str()
            };
            let entry = &mut portal.entries[i];
            let folder = entry.address.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            let name = name.trim_start_matches('_');
            let free = |name: &String| !addresses.contains_key(&id(name)) && name != &format!("{folder}index.html");
            let wished = std::iter::once(format!("{folder}{name}.html"));
            let mut names = wished.chain((2..).map(|n| format!("{folder}{name}-{n}.html")));
            entry.address = names.find(free).unwrap_or_default();
            entry.id = entry.address.trim_end_matches(".html").into();
        }
        if ids.contains_key(&id(&portal.entries[i].id)) {
            let entry = &mut portal.entries[i];
            let base = entry.address.trim_end_matches(".html").to_owned();
            let mut names = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}-{n}")));
            entry.id = names.find(|name| !ids.contains_key(&id(name))).unwrap_or_default().as_str().into();
        }
        let entry = &portal.entries[i];
        ids.insert(id(&entry.id), i);
        addresses.insert(id(&entry.address), i);
    }
}

/// Name of a page's file without language and ending.
fn stem(portal: &Portal, entry: &Entry) -> String {
    let path = &portal.sources[entry.source.0 as usize].path;
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let tagged = stem.rsplit_once('.').filter(|(_, tag)| Lang::parse(tag) == Some(entry.lang));
    tagged.map_or(stem, |(stem, _)| stem).to_owned()
}

fn clash(portal: &Portal, i: EntryId, first: EntryId) -> Diagnostic {
    let entry = &portal.entries[i];
    let other = &portal.sources[portal.entries[first].source.0 as usize].path;
    let address = &entry.address;
    Diagnostic::at(
        Code::DuplicateAddress,
        &portal.sources[entry.source.0 as usize],
        entry.span,
        format!("หน้า {address} เป็นของ {other} แล้ว หน้านี้จึงได้ที่อยู่อื่น"),
        format!("page {address} is already that of {other}; this page gets another address"),
    )
    .severity(Severity::Warning)
}
