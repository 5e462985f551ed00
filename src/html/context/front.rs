//! `front`: what the home page shows besides the kinds.

use tera::{Map, Value as Shape};

use super::builder::Context;
use super::paging;
use super::place::{Place, has_list};
use super::value::{key, list, map, set};
use crate::model::Value;
use crate::model::{EntryId, KindId, Lang};
use crate::site::Facet;
use crate::theme::Figure;
use crate::views::counts;

/// Newest entries shown.
const NEWEST: usize = 6;
/// News items shown.
const NEWS: usize = 5;

/// Entries on the page of what is new.
const UPDATES: usize = 60;

impl Context<'_> {
    /// `front` of the home page.
    pub(crate) fn front(&self, place: &Place) -> Map {
        let settings = &self.input.theme.settings;
        let mut front = map! { "chooser": self.chooser(place) };
        let (newest, newest_href) = self.latest(place, &settings.front.newest, NEWEST);
        set(&mut front, "newest", self.cards(place, newest));
        set(&mut front, "newest_href", newest_href);
        let (news, news_href) = self.latest(place, &settings.front.news, NEWS);
        set(&mut front, "news", self.cards(place, news));
        set(&mut front, "news_href", news_href);
        let (featured, _) = self.latest(place, &settings.front.featured, 1);
        let featured = featured.first().map(|i| {
            let card = self.card(place, *i);
            let figures = settings.front.figures.iter();
            let figures = figures.filter_map(|figure| self.figure(place, *i, figure));
            Shape::from(map! { "card": card, "figures": list(figures.collect()) })
        });
        set(&mut front, "featured", featured);
        set(&mut front, "figures", self.figures(place));
        set(&mut front, "overview", self.named_figures(place, None, &settings.front.overview));
        front
    }

    /// The newest entries of a kind by published, updated or the kind's own order; and its list.
    fn latest(&self, place: &Place, kind: &str, most: usize) -> (Vec<EntryId>, String) {
        let Some((k, def)) = self.site.public.schema.kind(kind) else {
            return (Vec::new(), String::new());
        };
        let mut entries = self.site.order[k][place.lang].clone();
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

    /// The newest and last changed entries of a language, under the month of their day.
    pub(crate) fn updates(&self, place: &Place) -> Shape {
        let day = |i: EntryId| self.site.entry(i).updated.or(self.site.entry(i).published);
        let mut entries: Vec<EntryId> = self
            .site
            .public
            .entries
            .ids()
            .filter(|i| self.site.entry(*i).lang == place.lang && day(*i).is_some())
            .collect();
        entries.sort_by_key(|i| (std::cmp::Reverse(day(*i)), self.site.entry(*i).id.clone()));
        entries.truncate(UPDATES);
        let month = |i: &EntryId| {
            day(*i).map_or(String::new(), |d| {
                let text = crate::site::display::date(self.site, &d, place.lang);
                text.split_once(' ').map_or(text.clone(), |(_, month)| month.to_owned())
            })
        };
        let months = entries.chunk_by(|a, b| month(a) == month(b)).map(|part| {
            Shape::from(map! { "label": month(&part[0]), "entries": self.cards(place, part.iter().copied()) })
        });
        list(months.collect())
    }

    fn figures(&self, place: &Place) -> Shape {
        let schema = &self.site.public.schema;
        let kinds = schema.kinds.iter_ids().filter(|(_, k)| has_list(k) && k.nav.is_some());
        let figures = kinds.filter_map(|(k, kind)| {
            let count = self.site.count(k, place.lang);
            (count > 0).then(|| {
                Shape::from(map! {
                    "label": kind.plural().get(place.lang),
                    "value": count,
                    "samples": self.site.samples[k][place.lang],
                    "href": place.own(&format!("{}/index.html", kind.folder)),
                })
            })
        });
        list(figures.collect())
    }

    /// A number about the featured entry; nothing where the portal lacks what it counts.
    fn figure(&self, place: &Place, featured: EntryId, figure: &Figure) -> Option<Shape> {
        let entry = self.site.entry(featured);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let mut spec = figure.count.clone();
        for (f, field) in kind.fields.iter().enumerate() {
            let mark = format!("@{}", field.id);
            if spec.contains(&mark) {
                let keys = entry.value(f)?.items().into_iter().filter_map(Value::key);
                spec = spec.replace(&mark, &keys.collect::<Vec<_>>().join(","));
            }
        }
        let count = counts::count(self.site, &spec, Some(featured)).ok()?;
        let (href, hreflang) = self.count_href(place, &spec, featured).unwrap_or_default();
        Some(Shape::from(map! {
            "label": figure.label.get(place.lang),
            "value": count,
            "href": href,
            "hreflang": hreflang.unwrap_or(""),
        }))
    }

    /// The chooser: facet values of one kind, with what every entry has, for the script; other kinds that have
    /// some of these facets are counted next to it.
    fn chooser(&self, place: &Place) -> Shape {
        let settings = &self.input.theme.settings.chooser;
        let known = settings.kinds.iter().filter_map(|id| {
            let (k, kind) = self.site.public.schema.kind(id)?;
            (has_list(kind) && self.site.count(k, place.lang) > 0).then_some(k)
        });
        let kinds: Vec<KindId> = known.collect();
        let Some(&k) = kinds.first() else {
            return Shape::none();
        };
        let kind = &self.site.public.schema.kinds[k];
        let fields = self.offered(k, place.lang).into_iter().map(|(_, facet)| {
            let field = &kind.fields[facet.field];
            let values = facet.values.iter().map(|value| {
                let path = paging::facet_path(&place.folder, kind, &field.id, &value.slug, 0);
                Shape::from(map! {
                    "term": value.slug.as_str(),
                    "label": value.label.get(place.lang),
                    "count": value.entries.len(),
                    "href": place.href(&path),
                })
            });
            let values: Vec<Shape> = values.collect();
            Shape::from(map! { "field": field.id.as_str(), "label": field.label.get(place.lang), "values": values })
        });
        let fields: Vec<Shape> = fields.collect();
        let counted = kinds
            .iter()
            .map(|k| Shape::from(map! { "kind": self.kind_map(place, *k), "data": self.choices(*k, place.lang) }));
        Shape::from(map! { "kind": self.kind_map(place, k), "fields": fields, "kinds": list(counted.collect()) })
    }

    /// The facets of the chooser that a kind has, in the chooser's order.
    fn offered(&self, k: KindId, lang: Lang) -> Vec<(usize, &Facet)> {
        let kind = &self.site.public.schema.kinds[k];
        let fields = self.input.theme.settings.chooser.fields.iter();
        let facets = fields.filter_map(|id| {
            let mut all = self.site.facets[k][lang].iter().enumerate();
            all.find(|(_, f)| kind.fields[f.field].id == *id)
        });
        facets.filter(|(_, f)| !f.values.is_empty()).collect()
    }

    /// Per entry of a kind, the terms of the chooser's facets.
    fn choices(&self, k: KindId, lang: Lang) -> Map {
        let kind = &self.site.public.schema.kinds[k];
        let offered = self.offered(k, lang);
        let entries = self.site.order[k][lang].iter().map(|i| {
            let mut record = Map::default();
            for (f, facet) in &offered {
                let values = self.site.members[*i].iter().filter(|(own, _)| *own as usize == *f);
                let slugs: Vec<&str> = values.map(|(_, v)| facet.values[*v as usize].slug.as_str()).collect();
                if !slugs.is_empty() {
                    record.insert(key(&kind.fields[facet.field].id), Shape::from(slugs));
                }
            }
            Shape::from(record)
        });
        let entries: Vec<Shape> = entries.collect();
        let fields: Vec<&str> = offered.iter().map(|(_, f)| kind.fields[f.field].id.as_str()).collect();
        map! { "fields": fields, "entries": entries }
    }
}
