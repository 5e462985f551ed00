//! `map`: entries by place, on a map of equal tiles. Where a tile stands is data: `tile` of a term.

use super::block::{Block, Samples, word};
use super::drawn::{Place, Region};
use super::groups::groups;
use super::problem::Problem;
use super::select::{self, Chosen, path};
use super::spec::Spec;
use crate::model::drawing::Tile;
use crate::model::schema::Vocabulary;
use crate::model::{EntryId, FieldDef, Lang, Value};
use crate::site::Site;
use std::collections::{BTreeMap, BTreeSet};

/// `map`: entries of a kind by the term of a field (`rows`) whose vocabulary has tiles, or by that of what a reference
/// (`rows`) leads to, in its field `of`; `cols` names the field of the region, by which the list beside the map is
/// grouped. Entries without a place are counted in the note.
pub(crate) fn map(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let rows = spec.rows.as_deref().ok_or_else(|| Problem::missing("rows", "map"))?;
    let field = path(kind, rows)?;
    let chosen = select::entries(site, spec, page)?;
    let entries = &chosen.entries;
    let groups = groups(site, &field, &chosen, lang);
    let place = match &spec.of {
        Some(name) => groups.iter().find_map(|g| field_of(site, g.2?, name)),
        None => Some(field.def),
    };
    let vocabulary = place.and_then(|f| site.public.schema.vocabulary_of(f));
    let Some(vocabulary) = vocabulary.filter(|v| v.terms.iter().any(|t| t.tile.is_some())) else {
        if groups.is_empty() {
            return Ok(Block { count: entries.len(), ..Block::default() });
        }
        return Err(Problem::new(
            format!("คลังคำของช่อง “{rows}” ไม่มีตำแหน่งบนแผนที่ (tile)"),
            format!("the vocabulary of field `{rows}` has no places on a map (`tile`)"),
        ));
    };
    let mut found: BTreeMap<String, BTreeSet<EntryId>> = BTreeMap::new();
    for (key, _, target, members) in &groups {
        let keys = match (&spec.of, target) {
            (Some(name), Some(target)) => keys_of(site, *target, name),
            (Some(_), None) => Vec::new(),
            (None, _) => vec![key.clone()],
        };
        for key in keys {
            found.entry(key).or_default().extend(members);
        }
    }
    let most = found.values().map(BTreeSet::len).max().unwrap_or(0);
    let mut regions: Vec<Region> = Vec::new();
    let mut inside: Vec<BTreeSet<EntryId>> = Vec::new();
    for term in &vocabulary.terms {
        let Some(tile) = &term.tile else {
            continue;
        };
        let members: Vec<EntryId> = found.get(&term.id).into_iter().flatten().copied().collect();
        let label = region_of(site, spec, &members, &chosen, lang);
        let place = Place {
            key: term.id.clone(),
            label: term.label.get(lang).to_owned(),
            mark: tile.mark.get(lang).to_owned(),
            at: (tile.column, tile.row),
            count: members.len(),
            step: step(members.len(), most),
        };
        let at = regions.iter().position(|r| r.label == label).unwrap_or_else(|| {
            regions.push(Region { label, ..Region::default() });
            inside.push(BTreeSet::new());
            regions.len() - 1
        });
        regions[at].places.push(place);
        inside[at].extend(members);
        regions[at].count = inside[at].len();
    }
    let placed: BTreeSet<EntryId> = found.into_values().flatten().collect();
    let what = place.map_or("", |f| f.label.get(lang));
    let nowhere: Vec<EntryId> = entries.iter().copied().filter(|i| !placed.contains(i)).collect();
    let samples = nowhere.iter().filter(|i| site.entry(**i).illustrative).count();
    let mut note = unplaced(nowhere.len(), samples, what, lang);
    if regions.iter().any(|r| r.count < r.places.iter().map(|p| p.count).sum()) {
        let th = "รายการที่อยู่หลายแห่งนับครั้งเดียวในภาค";
        let several = word(lang, th, "an entry in several places of a region counts once in it");
        note = if note.is_empty() { several } else { format!("{note} · {several}") };
    }
    let samples = Samples::of(site, placed);
    Ok(Block { places: regions, count: entries.len(), note, samples, ..Block::default() })
}

/// What is said of entries without a place: invented ones are none of those that readers would look for.
fn unplaced(all: usize, samples: usize, what: &str, lang: Lang) -> String {
    match (all, samples, lang) {
        (0, ..) => String::new(),
        (n, s, Lang::TH) if n == s => format!("ตัวอย่างสมมติ {n} รายการไม่นับในแผนที่"),
        (n, s, _) if n == s => format!("{n} invented samples are not on the map"),
        (n, 0, Lang::TH) => format!("อีก {n} รายการไม่ระบุ{what}"),
        (n, 0, _) => format!("{n} more without “{what}”"),
        (n, s, Lang::TH) => format!("อีก {n} รายการไม่ระบุ{what} ในจำนวนนี้ตัวอย่างสมมติ {s}"),
        (n, s, _) => format!("{n} more without “{what}”, {s} of them invented samples"),
    }
}

fn field_of<'a>(site: &'a Site, entry: EntryId, name: &str) -> Option<&'a FieldDef> {
    let kind = &site.public.schema.kinds[site.entry(entry).kind];
    kind.field_index(name).map(|f| &kind.fields[f])
}

fn keys_of(site: &Site, entry: EntryId, name: &str) -> Vec<String> {
    let entry = site.entry(entry);
    let field = site.public.schema.kinds[entry.kind].field_index(name);
    let value = field.and_then(|f| entry.value(f));
    value.into_iter().flat_map(|v| v.items()).filter_map(Value::key).collect()
}

/// The region of a place is the one that most of its entries name.
fn region_of(site: &Site, spec: &Spec, members: &[EntryId], chosen: &Chosen<'_>, lang: Lang) -> String {
    let Some((name, first)) = spec.cols.as_deref().zip(members.first()) else {
        return String::new();
    };
    let kind = &site.public.schema.kinds[site.entry(*first).kind];
    let of = Chosen { entries: members.to_vec(), conditions: chosen.conditions.clone() };
    let found = path(kind, name).map(|p| groups(site, &p, &of, lang)).unwrap_or_default();
    found.into_iter().max_by_key(|g| g.3.len()).map_or(String::new(), |g| g.1)
}

/// Four depths of colour, equal parts of the greatest number.
fn step(count: usize, most: usize) -> u8 {
    if count == 0 { 0 } else { u8::try_from((count * 4).div_ceil(most.max(1))).unwrap_or(4).clamp(1, 4) }
}

/// All tiles of a vocabulary as one SVG path, with its width and height; for a small map that shows one place.
pub(crate) fn outline(vocabulary: &Vocabulary) -> (String, u32, u32) {
    let (mut path, mut width, mut height) = (String::new(), 0, 0);
    for tile in vocabulary.terms.iter().filter_map(|t| t.tile.as_ref()) {
        path.push_str(&square(tile));
        (width, height) = (width.max(u32::from(tile.column) * 10), height.max(u32::from(tile.row) * 10));
    }
    (path, width, height)
}

/// One tile as SVG path, a little smaller than its cell of ten units.
pub(crate) fn square(tile: &Tile) -> String {
    let at = |n: u8| u32::from(n.saturating_sub(1)) * 10;
    format!("M{} {}h9v9h-9z", at(tile.column), at(tile.row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_have_four_depths() {
        assert_eq!([0, 1, 3, 6, 9, 12].map(|n| step(n, 12)), [0, 1, 1, 2, 3, 4]);
        assert_eq!(step(1, 1), 4);
    }

    #[test]
    fn samples_without_a_place_are_named_as_such() {
        assert_eq!(unplaced(0, 0, "จังหวัด", Lang::TH), "");
        assert_eq!(unplaced(18, 18, "จังหวัด", Lang::TH), "ตัวอย่างสมมติ 18 รายการไม่นับในแผนที่");
        assert_eq!(unplaced(3, 0, "จังหวัด", Lang::TH), "อีก 3 รายการไม่ระบุจังหวัด");
        assert_eq!(unplaced(3, 1, "จังหวัด", Lang::TH), "อีก 3 รายการไม่ระบุจังหวัด ในจำนวนนี้ตัวอย่างสมมติ 1");
    }

    #[test]
    fn tiles_are_squares_of_a_grid() {
        let at = |column, row| square(&Tile { column, row, ..Tile::default() });
        assert_eq!(at(1, 1), "M0 0h9v9h-9z");
        assert_eq!(at(3, 2), "M20 10h9v9h-9z");
    }
}
