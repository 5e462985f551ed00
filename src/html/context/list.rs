//! `list`: the entries of a kind, all or with one facet value, and the facets to go on from.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tera::{Map, Value as Shape};

use super::builder::Context;
use super::paging;
use super::place::Place;
use super::value::{list, map, set};
use crate::html::rows;
use crate::model::KindId;
use crate::site::Facet;

/// Values of a facet that a page offers, the most frequent, but for the first page of a list, which has all: with all of
/// them on the page of each, a site would grow with the square of their number.
const MOST_OFFERED: usize = 200;

impl Context<'_> {
    /// `list` of a kind, or of one value of a facet of it (facet and value); `page` counts from 0.
    pub(crate) fn list(&self, place: &Place, k: KindId, current: Option<(usize, usize)>, page: usize) -> Map {
        let kind = &self.site.public.schema.kinds[k];
        let facets = &self.site.facets[k][place.lang];
        let entries = match current {
            Some((f, v)) => &facets[f].values[v].entries,
            None => &self.site.order[k][place.lang],
        };
        let paged = self.paged(place, entries, page, |n| match current {
            Some((f, v)) => {
                let field = &kind.fields[facets[f].field].id;
                paging::facet_path(&place.folder, kind, field, &facets[f].values[v].slug, n)
            }
            None => paging::list_path(&place.folder, kind, n),
        });
        let shown = &entries[paging::range(entries.len(), page)];
        let mut cards: Vec<Shape> = shown.iter().map(|i| self.card(place, *i)).collect();
        for (at, anchor) in paged.anchors {
            if let Some(mut card) = cards[at].clone().into_map() {
                set(&mut card, "anchor", anchor);
                cards[at] = Shape::from(card);
            }
        }
        let long = paging::pages(entries.len()) > 1;
        // Files of all entries of the kind are made in the main language.
        let made = self.input.handouts.get(&paging::list_path(&place.folder, kind, 0)).into_iter().flatten();
        let data = if long { place.own(&rows::path(kind)) } else { String::new() };
        let mut out = map! {
            "entries": cards,
            "total": entries.len(),
            "samples": self.site.samples_of(entries),
            "page": page + 1,
            "pages": paged.pages,
            "letters": paged.letters,
            "data": data,
            "sorts": self.sorts(place, k),
            "open": (self.site.count(k, self.site.main()) > 0).then(|| {
                let file = |ending: &str| place.href(&format!("data/{}.{ending}", kind.id));
                Shape::from(map! { "csv": file("csv"), "json": file("json") })
            }),
            "files_made": list(made.map(|file| self.file_made(place, file)).collect()),
        };
        // Of the other facets, what the entries of a value have.
        let mut within: BTreeMap<u32, BTreeMap<usize, usize>> = BTreeMap::new();
        if let Some((own, _)) = current {
            let others = entries.iter().flat_map(|i| &self.site.members[*i]).filter(|(f, _)| *f as usize != own);
            for (f, v) in others {
                *within.entry(*f).or_default().entry(*v as usize).or_default() += 1;
            }
        }
        let first = |f: &Facet| kind.facets.iter().position(|name| *name == kind.fields[f.field].id);
        let mut ordered: Vec<(usize, &Facet)> = facets.iter().enumerate().collect();
        ordered.sort_by_key(|(_, f)| first(f).unwrap_or(usize::MAX));
        let shown: Vec<Shape> = ordered
            .into_iter()
            .filter(|(f, facet)| is_useful(facet, self.site.count(k, place.lang)) || current.is_some_and(|c| c.0 == *f))
            .map(|(f, facet)| {
                let own = current.filter(|(own, _)| *own == f).map(|(_, v)| v);
                // In the facet that is chosen from, values stay on offer with their own counts.
                let all: Vec<(usize, usize)> = match current {
                    Some(_) if own.is_none() => within.remove(&(f as u32)).unwrap_or_default().into_iter().collect(),
                    _ => facet.values.iter().map(|value| value.entries.len()).enumerate().collect(),
                };
                let bounded = current.is_some() || page > 0;
                self.facet(place, k, facet, all, bounded, own)
            })
            .collect();
        set(&mut out, "facets", shown);
        let Some((f, v)) = current else {
            set(&mut out, "current", ());
            set(&mut out, "selected", list(Vec::new()));
            set(&mut out, "cross", list(Vec::new()));
            return out;
        };
        let (field, value) = (&kind.fields[facets[f].field], &facets[f].values[v]);
        let label = value.label.get(place.lang);
        set(
            &mut out,
            "current",
            map! {
                "field": field.id.as_str(),
                "term": value.slug.as_str(),
                "label": label,
                "field_label": field.label.get(place.lang),
                "description": value.description.get(place.lang),
            },
        );
        let text = format!("{}: {label}", field.label.get(place.lang));
        let without = place.href(&paging::list_path(&place.folder, kind, 0));
        let selected = map! { "label": text, "href_without": without };
        set(&mut out, "selected", list(vec![Shape::from(selected)]));
        set(&mut out, "cross", self.cross(place, k, &field.id, &value.slug));
        out
    }

    /// The ladders that a list can be sorted by; the cards carry their numbers.
    fn sorts(&self, place: &Place, k: KindId) -> Shape {
        let kind = &self.site.public.schema.kinds[k];
        let sorts = kind.orders.iter().filter_map(|name| {
            let (sign, id) = name.strip_prefix('-').map_or(("", name.as_str()), |id| ("-", id));
            let field = &kind.fields[kind.field_index(id)?];
            Some(Shape::from(map! { "key": format!("{sign}n-{id}"), "label": field.label.get(place.lang) }))
        });
        list(sorts.collect())
    }

    fn facet(
        &self,
        place: &Place,
        k: KindId,
        facet: &Facet,
        mut offered: Vec<(usize, usize)>,
        bounded: bool,
        current: Option<usize>,
    ) -> Shape {
        let kind = &self.site.public.schema.kinds[k];
        let field = &kind.fields[facet.field];
        let all = offered.len();
        if bounded && all > MOST_OFFERED {
            offered.select_nth_unstable_by_key(MOST_OFFERED, |(v, count)| (current != Some(*v), Reverse(*count), *v));
            offered.truncate(MOST_OFFERED);
            offered.sort_unstable();
        }
        let values = offered.iter().map(|(v, count)| {
            let value = &facet.values[*v];
            let path = paging::facet_path(&place.folder, kind, &field.id, &value.slug, 0);
            Shape::from(map! {
                "term": value.slug.as_str(),
                "label": value.label.get(place.lang),
                "label_html": self.unsplit(value.label.get(place.lang)),
                "count": *count,
                "href": place.href(&path),
                "selected": current == Some(*v),
            })
        });
        let values: Vec<Shape> = values.collect();
        Shape::from(map! {
            "field": field.id.as_str(),
            "label": field.label.get(place.lang),
            "first": kind.facets.contains(&field.id),
            "values": values,
            "rest": all - offered.len(),
            "rest_href": place.href(&paging::list_path(&place.folder, kind, 0)),
        })
    }

    /// The same value in other kinds.
    fn cross(&self, place: &Place, k: KindId, field: &str, slug: &str) -> Shape {
        let fields = self.browse(place.lang);
        let Some(shared) = fields.iter().find(|b| b.field == field) else {
            return list(Vec::new());
        };
        let Some(term) = shared.terms.get(slug) else {
            return list(Vec::new());
        };
        let others = term.groups.iter().filter(|(other, ..)| *other != k).filter_map(|(other, f, v)| {
            let kind = &self.site.public.schema.kinds[*other];
            if !super::has_list(kind) {
                return None;
            }
            let facet = &self.site.facets[*other][place.lang][*f];
            let id = &kind.fields[facet.field].id;
            let path = paging::facet_path(&place.folder, kind, id, slug, 0);
            Some(Shape::from(map! {
                "label": kind.plural().get(place.lang),
                "href": place.href(&path),
                "count": facet.values[*v].entries.len(),
            }))
        });
        list(others.collect())
    }
}

/// A facet helps when it parts the list.
fn is_useful(facet: &Facet, all: usize) -> bool {
    facet.values.len() > 1 || facet.values.first().is_some_and(|v| v.entries.len() < all)
}
