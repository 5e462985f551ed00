//! `entry`: everything about one entry on its own page.

use tera::{Map, Value as Shape};

use super::body::Body;
use super::builder::Context;
use super::place::Place;
use super::value::{key, list, map, set};
use crate::html::Handout;
use crate::model::{EntryId, FieldDef, Lang, Value, Visibility};
use crate::site::display;

impl Context<'_> {
    /// `entry` without its body, for outputs that are not pages.
    pub(crate) fn bare_entry(&self, place: &Place, i: EntryId) -> Map {
        let nothing = || Shape::from("");
        let body = Body {
            lead: nothing(),
            html: nothing(),
            sections: Shape::from(Map::default()),
            section_list: list(Vec::new()),
            toc: list(Vec::new()),
            opening: String::new(),
            highlighted: false,
        };
        self.parts(place, i, &body, None).0
    }

    /// `entry` as a template shows it, with the layout of its page.
    pub(crate) fn entry(&self, place: &Place, i: EntryId, body: &Body, template: &str) -> Map {
        let (mut entry, fields) = self.parts(place, i, body, Some(template));
        set(&mut entry, "layout", self.asked(template, "layout", || self.layout(place, i, body, &fields)));
        entry
    }

    /// `entry` without the layout of its page; the views of its fields by position. Of a template, what it names.
    fn parts(&self, place: &Place, i: EntryId, body: &Body, template: Option<&str>) -> (Map, Vec<Option<Shape>>) {
        let asks = |name: &&str| template.is_none_or(|template| self.templates.asks_for(template, name));
        let asked = |names: &[&str]| names.iter().any(asks);
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let lang = place.lang;
        let mut fields = Map::with_capacity(kind.fields.len());
        let mut shown = Vec::with_capacity(kind.fields.len());
        let mut views = vec![None; kind.fields.len()];
        let fields_asked = asked(&["fields", "field_list", "groups", "layout"]);
        for (f, field) in kind.fields.iter().enumerate() {
            if field.visibility == Visibility::Internal || !fields_asked {
                continue;
            }
            let view = self.field(place, i, f);
            fields.insert(key(&field.id), view.clone());
            views[f] = Some(view.clone());
            shown.push((field, view));
        }
        let in_group = |id: &str| -> Vec<Shape> {
            let known = |g: &str| kind.groups.iter().any(|k| k.id == g);
            let belongs = |g: Option<&str>| g.filter(|g| known(g)).unwrap_or("") == id;
            shown.iter().filter(|(f, _)| belongs(f.group.as_deref())).map(|(_, v)| v.clone()).collect()
        };
        let mut groups: Vec<Shape> = kind
            .groups
            .iter()
            .map(|g| {
                let fields = in_group(&g.id);
                Shape::from(map! { "id": g.id.as_str(), "label": g.label.get(lang), "fields": fields })
            })
            .collect();
        let rest = in_group("");
        if !rest.is_empty() {
            groups.push(Shape::from(map! { "id": "", "label": "", "fields": rest }));
        }
        let date = |d: Option<crate::text::era::Date>| d.map_or(String::new(), |d| display::date(self.site, &d, lang));
        let iso = |d: Option<crate::text::era::Date>| d.map_or(String::new(), |d| d.iso());
        let list_of_fields: Vec<Shape> = shown.iter().map(|(_, v)| v.clone()).collect();
        let referrers = asked(&["backlinks", "rollup"]).then(|| self.referrers(place, i));
        let (backlinks, rollup) = referrers.map_or_else(|| (Shape::none(), Shape::none()), |r| (r.backlinks, r.rollup));
        let none = Shape::none;
        let mut out = map! {
            "id": &*entry.id,
            "kind": kind.id.as_str(),
            "title": entry.title.as_str(),
            "title_en": entry.title_en.as_str(),
            "names": entry.names.clone(),
            "tags": entry.tags.clone(),
            "summary": entry.summary.as_str(),
            "summary_html": self.unsplit(&entry.summary),
            "href": place.href(&entry.path()),
            "illustrative": entry.illustrative,
            "draft": entry.draft,
            "notices": self.notices(i, lang),
            "visibility": "public",
            "updated": date(entry.updated),
            "published": date(entry.published),
            "updated_iso": iso(entry.updated),
            "published_iso": iso(entry.published),
            "source_path": self.site.source_path(i),
            "fields": fields,
            "field_list": list_of_fields,
            "groups": groups,
            "sections": body.sections.clone(),
            "section_list": body.section_list.clone(),
            "lead_html": body.lead.clone(),
            "highlighted": body.highlighted,
            "figures": if asked(&["figures"]) { self.figures_of(place, i) } else { none() },
            "locator": if asked(&["locator"]) { self.locator(place, i) } else { none() },
            "related": if asked(&["related"]) { self.cards(place, self.site.related[i].iter().copied()) } else { none() },
            "completeness": if asked(&["completeness"]) { self.completeness(place, i).into() } else { none() },
            "backlinks": backlinks,
            "rollup": rollup,
            "translations": self.translations(place, i),
            "previous": if asked(&["previous"]) { self.neighbour(place, i, -1) } else { none() },
            "next": if asked(&["next"]) { self.neighbour(place, i, 1) } else { none() },
            "card": if asked(&["card"]) { self.card(place, i) } else { none() },
        };
        let made = self.input.handouts.get(&entry.path()).map(Vec::as_slice).unwrap_or_default();
        let file = |h: &Handout| self.file_made(place, h);
        let handout = made.iter().find(|h| h.label.is_none()).map(file);
        set(&mut out, "handout", handout);
        set(&mut out, "files_made", list(made.iter().filter(|h| h.label.is_some() && !h.of_link).map(file).collect()));
        (out, views)
    }

    /// Terms of an entry that readers must know of before they read on, as `notice` of a term says.
    fn notices(&self, i: EntryId, lang: Lang) -> Shape {
        let entry = self.site.entry(i);
        let schema = &self.site.public.schema;
        let of_field = |(f, field): (usize, &FieldDef)| {
            let vocabulary = schema.vocabulary_of(field)?;
            let keys = entry.value(f)?.items().into_iter().filter_map(Value::key);
            let terms = keys.filter_map(|key| vocabulary.term(&key).filter(|term| term.notice));
            let texts: Vec<&str> = terms.map(|term| term.label.get(lang)).collect();
            let told = map! { "label": field.label.get(lang), "text": texts.join(", ") };
            (!texts.is_empty()).then(|| Shape::from(told))
        };
        list(schema.kinds[entry.kind].fields.iter().enumerate().filter_map(of_field).collect())
    }

    /// A file made of entries: address, size, pages, name, ending.
    pub(super) fn file_made(&self, place: &Place, file: &Handout) -> Shape {
        let label = file.label.as_ref().map_or("", |label| label.get(place.lang));
        let ending = file.path.rsplit('.').next().unwrap_or_default();
        let href = place.href(&file.path);
        Shape::from(map! { "href": href, "pages": file.pages, "size": file.size, "label": label, "ending": ending })
    }

    fn completeness(&self, place: &Place, i: EntryId) -> Map {
        let found = &self.site.completeness[i];
        let fields = &self.site.public.schema.kinds[self.site.entry(i).kind].fields;
        let missing: Vec<&str> = found.missing.iter().map(|f| fields[*f].label.get(place.lang)).collect();
        map! {
            "filled": found.filled,
            "total": found.filled + found.missing.len(),
            "percent": found.percent(),
            "missing": missing,
        }
    }

    /// The entry before or after one in the order of its kind: title and address.
    fn neighbour(&self, place: &Place, i: EntryId, step: isize) -> Shape {
        let order = &self.site.order[self.site.entry(i).kind][self.site.entry(i).lang];
        let at = usize::try_from(self.ranks[i]).ok().and_then(|rank| rank.checked_add_signed(step));
        at.and_then(|at| order.get(at)).map_or_else(Shape::none, |other| {
            let other = self.site.entry(*other);
            Shape::from(map! { "title": self.unsplit(&other.title), "href": place.href(&other.path()) })
        })
    }

    fn translations(&self, place: &Place, i: EntryId) -> Shape {
        let languages = self.site.public.config.languages();
        let others = languages.iter().filter(|l| **l != self.site.entry(i).lang).filter_map(|lang| {
            let other = self.site.entry(self.site.translation(i, *lang)?);
            Some(Shape::from(map! {
                "lang": lang.code(),
                "href": place.href(&other.path()),
                "title": other.title.as_str(),
            }))
        });
        list(others.collect())
    }
}
