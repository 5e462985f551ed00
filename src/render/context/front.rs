//! `front`: what the home page shows besides the kinds.

use tera::{Map, Value as Shape};

use super::value::{key, list, map, set};
use super::{Context, Place, shared::has_list};
use crate::derive::lang_index;

/// Newest entries shown.
const NEWEST: usize = 6;
/// News items shown.
const NEWS: usize = 5;

impl Context<'_> {
    /// `front` of the home page.
    pub fn front(&self, place: &Place) -> Map {
        let settings = &self.input.theme.settings;
        let mut front = map! { "chooser": self.chooser(place) };
        let (newest, newest_href) = self.latest(place, &settings.front.newest, NEWEST);
        set(&mut front, "newest", self.cards(place, newest));
        set(&mut front, "newest_href", newest_href);
        let (news, news_href) = self.latest(place, &settings.front.news, NEWS);
        set(&mut front, "news", self.cards(place, news));
        set(&mut front, "news_href", news_href);
        let (synthesis, _) = self.latest(place, &settings.front.synthesis, 1);
        let synthesis = synthesis.first().map(|i| {
            let card = self.card(place, *i);
            Shape::from(map! { "card": card, "figures": list(Vec::new()) })
        });
        set(&mut front, "synthesis", synthesis);
        set(&mut front, "figures", self.figures(place));
        front
    }

    /// The newest entries of a kind by published, updated or the kind's own order; and its list.
    fn latest(&self, place: &Place, kind: &str, most: usize) -> (Vec<usize>, String) {
        let Some((k, def)) = self.site.public.schema.kind(kind) else {
            return (Vec::new(), String::new());
        };
        let mut entries = self.site.order[k][lang_index(place.lang)].clone();
        entries.sort_by_key(|i| {
            let entry = self.site.entry(*i);
            std::cmp::Reverse(entry.published.or(entry.updated))
        });
        entries.truncate(most);
        let href = if entries.is_empty() || !has_list(def) {
            String::new()
        } else {
            place.own(&format!("{}/index.html", def.folder))
        };
        (entries, href)
    }

    fn figures(&self, place: &Place) -> Shape {
        let schema = &self.site.public.schema;
        let kinds = schema
            .kinds
            .iter()
            .enumerate()
            .filter(|(_, k)| has_list(k) && k.nav.is_some());
        let figures = kinds.filter_map(|(k, kind)| {
            let count = self.site.order[k][lang_index(place.lang)].len();
            (count > 0).then(|| {
                Shape::from(map! {
                    "label": kind.plural().get(place.lang),
                    "value": count,
                    "href": place.own(&format!("{}/index.html", kind.folder)),
                })
            })
        });
        list(figures.collect())
    }

    /// The chooser: facet values of one kind, with what every entry has, for the script.
    fn chooser(&self, place: &Place) -> Shape {
        let settings = &self.input.theme.settings.chooser;
        let Some((k, kind)) = self.site.public.schema.kind(&settings.kind) else {
            return Shape::none();
        };
        let l = lang_index(place.lang);
        let entries = &self.site.order[k][l];
        if entries.is_empty() || !has_list(kind) {
            return Shape::none();
        }
        let facets = &self.site.facets[k][l];
        let chosen: Vec<_> = settings
            .fields
            .iter()
            .filter_map(|id| facets.iter().find(|f| kind.fields[f.field].id == *id))
            .filter(|f| !f.values.is_empty())
            .collect();
        let fields = chosen.iter().map(|facet| {
            let field = &kind.fields[facet.field];
            let values = facet.values.iter().map(|value| {
                let path = format!("{}/by/{}/{}.html", kind.folder, field.id, value.slug);
                let href = if place.lang == crate::model::Lang::Th {
                    place.href(&path)
                } else {
                    place.own(&format!("{}/index.html?{}={}", kind.folder, field.id, value.slug))
                };
                Shape::from(map! {
                    "term": value.slug.as_str(),
                    "label": value.label.get(place.lang),
                    "count": value.entries.len(),
                    "href": href,
                })
            });
            let values: Vec<Shape> = values.collect();
            Shape::from(map! { "field": field.id.as_str(), "label": field.label.get(place.lang), "values": values })
        });
        let fields: Vec<Shape> = fields.collect();
        let data = entries.iter().map(|i| {
            let mut record = Map::default();
            for facet in &chosen {
                let slugs: Vec<&str> = facet
                    .values
                    .iter()
                    .filter(|v| v.entries.contains(i))
                    .map(|v| v.slug.as_str())
                    .collect();
                if !slugs.is_empty() {
                    record.insert(key(&kind.fields[facet.field].id), Shape::from(slugs));
                }
            }
            Shape::from(record)
        });
        let data: Vec<Shape> = data.collect();
        Shape::from(map! { "kind": self.kind_map(place, k), "fields": fields, "data": data })
    }
}
