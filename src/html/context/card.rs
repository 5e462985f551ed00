//! `Card`: an entry on somebody else's page.

use tera::{Map, Value as Shape};

use super::builder::Context;
use super::once::{number, unit};
use super::place::Place;
use super::value::{heading, key, list, map, set};
use crate::model::{EntryId, FieldDef, FieldType, Lang, Value};
use crate::site::display;

/// Items of a deciding field that a card shows.
const ITEMS: usize = 3;

impl Context<'_> {
    /// The card of an entry, in the page's language where it is translated.
    pub(crate) fn card(&self, place: &Place, i: EntryId) -> Shape {
        let i = self.in_language(i, place.lang);
        let base = self.shared_card(place.lang, i);
        let mut card = base.clone();
        set(&mut card, "href", place.href(&self.site.entry(i).path()));
        Shape::from(card)
    }

    /// A card without its address, made once.
    fn shared_card(&self, lang: Lang, i: EntryId) -> &Map {
        self.cards[lang][i].get_or_init(|| self.build_card(lang, i))
    }

    /// What a row of a long list shows besides its title: the deciding facts, and the badges.
    pub(crate) fn row(&self, lang: Lang, i: EntryId) -> (String, Vec<String>) {
        let card = self.shared_card(lang, i);
        let text = |map: &Map, name: &str| {
            map.get(&key(name)).and_then(Shape::as_str).map(str::to_owned).filter(|t| !t.is_empty())
        };
        let facts = card.get(&key("deciding")).and_then(Shape::as_array);
        let facts = facts.into_iter().flatten().filter_map(Shape::as_map);
        let facts: Vec<String> = facts.filter_map(|fact| text(fact, "text")).collect();
        let entry = self.site.entry(i);
        let badge = entry.illustrative.then(|| self.word(lang, "card.illustrative").to_owned());
        let badges = badge.into_iter().chain(text(card, "year")).collect();
        (facts.join(" · "), badges)
    }

    /// Cards of several entries.
    pub(crate) fn cards(&self, place: &Place, entries: impl IntoIterator<Item = EntryId>) -> Shape {
        list(entries.into_iter().map(|i| self.card(place, i)).collect())
    }

    fn build_card(&self, lang: Lang, i: EntryId) -> Map {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        // A Thai entry on an English page shows its English title, where it has one.
        let shown = if lang == Lang::EN && !entry.title_en.is_empty() { Lang::EN } else { entry.lang };
        let summary = if shown == entry.lang { entry.summary.as_str() } else { "" };
        let (mut year, mut date) = (String::new(), String::new());
        for (f, field) in kind.fields.iter().enumerate() {
            let Some(value) = entry.value(f) else {
                continue;
            };
            match field.ty {
                FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear if year.is_empty() => {
                    year = display::text(self.site, field, value, lang);
                }
                FieldType::Date if date.is_empty() => {
                    let first = value.items().first().map(|v| display::text(self.site, field, v, lang));
                    date = first.unwrap_or_default();
                }
                _ => {}
            }
        }
        if date.is_empty() {
            date = entry.published.or(entry.updated).map_or(String::new(), |d| display::date(self.site, &d, lang));
        }
        map! {
            "id": &*entry.id,
            "kind": map! { "id": kind.id.as_str(), "label": kind.label.get(lang), "plural": kind.plural().get(lang) },
            "title": entry.title_in(lang),
            "title_html": heading(&self.protected, entry.title_in(lang)),
            "href": "",
            "summary": summary,
            "summary_html": self.unsplit(summary),
            "deciding": self.deciding(lang, i),
            "numbers": self.numbers(i),
            "hue": self.hue(i),
            "illustrative": entry.illustrative,
            "year": year,
            "date": date,
            "day": entry.published.or(entry.updated).map_or(String::new(), |d| d.iso()),
            "lang": shown.code(),
            "facets": self.card_facets(i),
            "compare": !kind.compare.is_empty() && entry.lang == lang,
            "anchor": "",
            "hreflang": if entry.lang == lang { "" } else { entry.lang.code() },
        }
    }

    /// The deciding fields in one line, for entries without a text of their own.
    pub(crate) fn facts(&self, i: EntryId, lang: Lang) -> String {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let facts = kind.card.iter().filter_map(|id| {
            let f = kind.field_index(id)?;
            let text = display::text(self.site, &kind.fields[f], entry.value(f)?, lang);
            (!text.is_empty()).then(|| format!("{}: {text}", kind.fields[f].label.get(lang)))
        });
        let facts: Vec<String> = facts.collect();
        let facts = if facts.is_empty() { kind.description.get(lang).to_owned() } else { facts.join(" · ") };
        super::super::filters::truncate(&format!("{}: {facts}", entry.title_in(lang)), 200)
    }

    /// The colour of an entry: the number of the first term on its card that has one. So the card tells it in words too.
    fn hue(&self, i: EntryId) -> Shape {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let mut fields = kind.card.iter().filter_map(|id| kind.field_index(id));
        let first = fields.find_map(|f| self.hue_of(&kind.fields[f], entry.value(f)?));
        first.map_or_else(Shape::none, number)
    }

    /// The number of the colour of a value's first term, where its vocabulary has colours.
    fn hue_of(&self, field: &FieldDef, value: &Value) -> Option<f64> {
        let coloured = self.site.public.schema.vocabulary_of(field).filter(|set| set.hues)?;
        match value.items().first() {
            Some(Value::Term(id)) => coloured.term(id)?.value,
            _ => None,
        }
    }

    /// The numbers of ladders by which a list can be sorted, of those on the card and of those that are not.
    fn numbers(&self, i: EntryId) -> Shape {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let orders = kind.orders.iter().map(|name| name.trim_start_matches('-'));
        let orders = orders.filter(|name| !kind.card.iter().any(|shown| shown == name));
        let shown = kind.card.iter().map(String::as_str).chain(orders).filter_map(|id| {
            let f = kind.field_index(id)?;
            let vocabulary = self.site.public.schema.vocabulary_of(&kind.fields[f])?;
            match entry.value(f)?.items()[..] {
                [Value::Term(term)] => {
                    let value = vocabulary.term(term)?.value?;
                    Some(Shape::from(map! { "id": id, "value": number(value) }))
                }
                _ => None,
            }
        });
        list(shown.collect())
    }

    fn deciding(&self, lang: Lang, i: EntryId) -> Shape {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let shown = kind.card.iter().filter_map(|id| {
            let f = kind.field_index(id)?;
            let (field, value) = (&kind.fields[f], entry.value(f)?);
            let items = value.items();
            let vocabulary = self.site.public.schema.vocabulary_of(field);
            let mut texts: Vec<String> = items
                .iter()
                .take(ITEMS)
                .map(|v| match (v, vocabulary) {
                    (Value::Term(id), Some(vocabulary)) => vocabulary.term(id).map_or_else(
                        || id.clone(),
                        |t| if t.short.is_empty() { t.label.get(lang) } else { t.short.get(lang) }.to_owned(),
                    ),
                    _ => display::text(self.site, field, v, lang),
                })
                .collect();
            if value.years().is_some() {
                texts = vec![display::text(self.site, field, value, lang)];
            } else if items.len() > ITEMS {
                texts.push(format!("+{}", items.len() - ITEMS));
            }
            let unit = unit(field, lang, self.input.theme);
            let mut text = texts.join(", ");
            if !unit.is_empty() && !text.is_empty() {
                text = format!("{text} {unit}");
            }
            let step = match (&items[..], vocabulary) {
                ([Value::Term(id)], Some(v)) => v.term(id).and_then(|t| t.value),
                _ => None,
            };
            let most = vocabulary
                .and_then(|v| v.terms.iter().filter_map(|t| t.value).max_by(f64::total_cmp))
                .filter(|_| step.is_some());
            // A year says no label beside its label.
            let bare = text.replacen(&format!("{} ", field.label.get(lang)), "", 1);
            Some(Shape::from(map! {
                "id": field.id.as_str(),
                "role": field.role.as_str(),
                "label": field.label.get(lang),
                "label_html": self.unsplit(field.label.get(lang)),
                "html": self.unsplit(&bare),
                "text": text,
                "term": match items.first() { Some(Value::Term(id)) => id.as_str(), _ => "" },
                "value": step.map(number),
                "max": most.map(number),
                "hue": self.hue_of(field, value).map(number),
            }))
        });
        list(shown.collect())
    }

    fn card_facets(&self, i: EntryId) -> Map {
        let entry = self.site.entry(i);
        let facets = &self.site.facets[entry.kind][entry.lang];
        let fields = &self.site.public.schema.kinds[entry.kind].fields;
        let mut map = Map::default();
        for own in self.site.members[i].chunk_by(|a, b| a.0 == b.0) {
            let facet = &facets[own[0].0 as usize];
            let slugs = own.iter().map(|(_, v)| Shape::from(facet.values[*v as usize].slug.as_str()));
            map.insert(key(&fields[facet.field].id), list(slugs.collect()));
        }
        map
    }
}
