//! Browsing across kinds: one page per term, with everything filed under it.

use tera::{Map, Value as Shape};

use super::browse::{BrowseField, BrowseTerm};
use super::builder::Context;
use super::place::Place;
use super::value::{key, list, map};
use crate::model::Lang;
use crate::model::ids::path_part;

/// Entries of a kind that the page of a term shows; the rest is on the kind's own page of the term.
const GROUP: usize = 24;

impl Context<'_> {
    /// `site.vocabularies`: by vocabulary id, with the pages of its terms.
    pub(crate) fn vocabularies_value(&self, place: &Place) -> Shape {
        let mut map = Map::default();
        for (id, vocabulary) in &self.site.public.schema.vocabularies {
            // The field of the same name stands for the vocabulary, else the first that uses it.
            let fields = self.browse(place.lang);
            let field = fields
                .iter()
                .find(|b| b.vocabulary == *id && b.field == *id)
                .or_else(|| fields.iter().find(|b| b.vocabulary == *id));
            let terms = vocabulary.terms.iter().map(|term| {
                let page = field.and_then(|f| Some((f, f.terms.get(&path_part(&term.id))?)));
                let page = page.filter(|(_, t)| t.key == term.id);
                Shape::from(map! {
                    "id": term.id.as_str(),
                    "label": term.label.get(place.lang),
                    "short": term.short.get(place.lang),
                    "description": term.description.get(place.lang),
                    "href": page.map_or(String::new(), |(f, t)| place.own(&format!("browse/{}/{}.html", f.field, t.slug))),
                    "count": page.map_or(0, |(_, t)| t.count),
                })
            });
            let terms: Vec<Shape> = terms.collect();
            map.insert(key(id), Shape::from(map! { "label": vocabulary.label.get(place.lang), "terms": terms }));
        }
        Shape::from(map)
    }

    /// `vocabulary`: a field with all its terms.
    pub(crate) fn vocabulary(&self, place: &Place, field: &BrowseField) -> Map {
        let terms = field.terms.values().map(|term| {
            Shape::from(map! {
                "id": term.slug.as_str(),
                "label": term.label.get(place.lang),
                "description": term.description.get(place.lang),
                "href": place.own(&format!("browse/{}/{}.html", field.field, term.slug)),
                "count": term.count,
                "samples": term.samples,
            })
        });
        map! {
            "field": field.field.as_str(),
            "label": field.label.get(place.lang),
            "description": field.description.get(place.lang),
            "href": place.own(&format!("browse/{}/index.html", field.field)),
            "terms": terms.collect::<Vec<Shape>>(),
        }
    }

    /// `term`: one term of a field.
    pub(crate) fn term(&self, field: &BrowseField, term: &BrowseTerm, lang: Lang) -> Shape {
        Shape::from(map! {
            "id": term.slug.as_str(),
            "field": field.field.as_str(),
            "label": term.label.get(lang),
            "description": term.description.get(lang),
        })
    }

    /// `groups`: the entries of a term by kind.
    pub(crate) fn groups(&self, place: &Place, term: &BrowseTerm) -> Shape {
        let groups = term.groups.iter().map(|(k, f, v)| {
            let kind = &self.site.public.schema.kinds[*k];
            let facet = &self.site.facets[*k][place.lang][*f];
            let value = &facet.values[*v];
            let field = &kind.fields[facet.field].id;
            let path = super::paging::facet_path(&place.folder, kind, field, &value.slug, 0);
            let (href, most) =
                if super::has_list(kind) { (place.href(&path), GROUP) } else { (String::new(), usize::MAX) };
            let entries = self.cards(place, value.entries.iter().copied().take(most));
            Shape::from(map! {
                "kind": self.kind_map(place, *k),
                "href": href,
                "entries": entries,
                "count": value.entries.len(),
                "samples": self.site.samples_of(&value.entries),
            })
        });
        list(groups.collect())
    }
}
