//! `backlinks` and `rollup`: who refers to an entry.
//!
//! Some kinds are containers: others belong to them, directly or through a member (a field with `via`
//! says so in the schema: an innovation belongs to the office of its network). What belongs to a
//! container is rolled up by kind; every other reference is a backlink under the field's inverse name.

use std::collections::HashSet;

use indexmap::IndexMap;
use tera::Value as Shape;

use super::builder::Context;
use super::place::Place;
use super::value::{list, map};
use crate::model::arrangement::is_shown;
use crate::model::{EntryId, FieldType, KindId, Value};

/// Both lists of one entry.
pub(in crate::html) struct Referrers {
    pub backlinks: Shape,
    pub rollup: Shape,
}

/// An entry under a named reference is not reported again under "referred to by".
fn drop_repeated(linked: &mut IndexMap<(KindId, Option<usize>), Vec<EntryId>>) {
    let named: Vec<(KindId, EntryId)> = linked
        .iter()
        .filter(|((_, field), _)| field.is_some())
        .flat_map(|((k, _), entries)| entries.iter().map(|e| (*k, *e)))
        .collect();
    linked.retain(|(k, field), entries| {
        if field.is_none() {
            entries.retain(|e| !named.contains(&(*k, *e)));
        }
        !entries.is_empty()
    });
}

/// What a group of backlinks is called: what the reference means and the kind, once where one of them says both.
fn heading(label: Option<&str>, kind: &str, plural: &str) -> String {
    let Some(label) = label else { return plural.to_owned() };
    let (said, one, many) = (label.to_lowercase(), kind.to_lowercase(), plural.to_lowercase());
    match () {
        () if many.contains(&said) => plural.to_owned(),
        () if said.contains(&many) || said.contains(&one) => label.to_owned(),
        () => format!("{label}: {plural}"),
    }
}

impl Context<'_> {
    /// Who refers to an entry.
    pub(crate) fn referrers(&self, place: &Place, i: EntryId) -> Referrers {
        let schema = &self.site.public.schema;
        let own = self.site.entry(i).kind;
        let container = self.containers[own];
        let mut rolled: IndexMap<KindId, Vec<EntryId>> = IndexMap::new();
        let mut linked: IndexMap<(KindId, Option<usize>), Vec<EntryId>> = IndexMap::new();
        for link in &self.site.backlinks[i] {
            let k = self.site.entry(link.from).kind;
            // Rows of this entry that are entries of their own stand in its table.
            if self.site.entry(link.from).row_of.as_deref() == Some(&*self.site.entry(i).id) {
                continue;
            }
            let from = self.in_language(link.from, place.lang);
            let field = link.field.map(|(f, _)| &schema.kinds[k].fields[f]);
            let belongs = field.is_some_and(|f| f.ty == FieldType::Ref && (!f.many || f.via.is_some()));
            // Only a field with an inverse name tells what the reference means.
            let named = link.field.map(|(f, _)| f).filter(|f| !schema.kinds[k].fields[*f].inverse.is_empty());
            let group = if container && k != own && belongs {
                rolled.entry(k).or_default()
            } else {
                linked.entry((k, named)).or_default()
            };
            if group.last() != Some(&from) {
                group.push(from);
            }
        }
        rolled.sort_keys();
        linked.sort_keys();
        // What the page itself refers to stands in its own fields.
        let named = self.referred(place, i);
        linked.values_mut().for_each(|entries| entries.retain(|e| !named.contains(e)));
        drop_repeated(&mut linked);
        let rollup = rolled.into_iter().map(|(k, entries)| {
            let entries = self.in_order(place, entries);
            Shape::from(map! {
                "kind": self.kind_map(place, k),
                "label": schema.kinds[k].plural().get(place.lang),
                "count": entries.len(),
                "entries": self.cards(place, entries),
            })
        });
        let backlinks = linked.into_iter().map(|((k, f), entries)| {
            let field = f.map(|f| &schema.kinds[k].fields[f]);
            let label = field.map(|f| f.inverse.get(place.lang));
            let entries = self.in_order(place, entries);
            let kind = &schema.kinds[k];
            Shape::from(map! {
                "kind": self.kind_map(place, k),
                "heading": heading(label, kind.label.get(place.lang), kind.plural().get(place.lang)),
                "field": field.map_or("", |f| f.id.as_str()),
                "label": label.unwrap_or(self.word(place.lang, "entry.referred")),
                "entries": self.cards(place, entries),
            })
        });
        Referrers { rollup: list(rollup.collect()), backlinks: list(backlinks.collect()) }
    }

    /// The entries that the fields of an entry name, and those that its rows are.
    fn referred(&self, place: &Place, i: EntryId) -> HashSet<EntryId> {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let shown = kind.fields.iter().enumerate().filter(|(_, field)| is_shown(field));
        let values = shown.filter_map(|(f, _)| entry.value(f)).flat_map(Value::items);
        let ids =
            values.filter_map(|value| if let Value::Ref(id) = value { self.site.find(id, place.lang) } else { None });
        let tables = kind.fields.iter().enumerate().filter(|(_, field)| is_shown(field) && field.entries.is_some());
        let of_rows = tables.flat_map(|(f, field)| {
            let rows = match entry.value(f) {
                Some(Value::Table(rows)) => rows.as_slice(),
                _ => &[],
            };
            rows.iter().enumerate().filter_map(move |(n, row)| self.entry_of_row(place, i, field, n, row))
        });
        ids.chain(of_rows.map(|(_, target)| target)).map(|other| self.in_language(other, place.lang)).collect()
    }

    /// Entries of a kind in its order, each once.
    fn in_order(&self, place: &Place, mut entries: Vec<EntryId>) -> Vec<EntryId> {
        if entries.len() > 1 {
            entries.sort_by_key(|e| (self.site.entry(*e).lang != place.lang, self.ranks[*e]));
            entries.dedup();
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::heading;

    #[test]
    fn a_group_of_backlinks_is_named_once() {
        let (one, many) = ("AAR", "การทบทวนหลังปฏิบัติ (AAR)");
        assert_eq!(heading(Some("AAR ที่กล่าวถึง"), one, many), "AAR ที่กล่าวถึง");
        assert_eq!(heading(Some("อ้างถึงในบทสังเคราะห์"), "บทสังเคราะห์", "บทสังเคราะห์"), "อ้างถึงในบทสังเคราะห์");
        assert_eq!(heading(Some("การเยี่ยม"), "การเยี่ยม", "การเยี่ยมและติดตาม"), "การเยี่ยมและติดตาม");
        assert_eq!(heading(Some("ใช้ในหน้าที่"), one, many), "ใช้ในหน้าที่: การทบทวนหลังปฏิบัติ (AAR)");
        assert_eq!(heading(None, one, many), many);
    }
}
