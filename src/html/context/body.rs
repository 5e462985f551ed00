//! Bodies: Markdown with the site's links, split into the sections of the schema.

use tera::{Map, Value as Shape};

use super::builder::Context;
use super::place::Place;
use super::value::{html, key, list, map, set};
use crate::html::smaller;
use crate::markdown::{
    self, Dest, Heading, Labels, Links, Options, Part, Rendered, Resolved, ResolvedImage, file_href,
};
use crate::model::ids::media_address;
use crate::model::index::Target;
use crate::model::{EntryId, KindId, Visibility};
use crate::visibility::sections;

/// Resolves the links of one page.
pub(super) struct PageLinks<'a> {
    pub context: &'a Context<'a>,
    pub place: &'a Place,
    pub entry: EntryId,
}

impl PageLinks<'_> {
    fn to_entry(&self, i: EntryId, anchor: &str) -> Resolved {
        let i = self.context.in_language(i, self.place.lang);
        let entry = self.context.site.entry(i);
        let path = entry.path();
        let mut href =
            if path == self.place.path && !anchor.is_empty() { String::new() } else { self.place.href(&path) };
        if !anchor.is_empty() {
            href.push('#');
            href.push_str(anchor);
        }
        Resolved {
            href: Some(href),
            text: Some(entry.title_in(self.place.lang).to_owned()),
            external: false,
            lang: self.place.other(&path),
        }
    }
}

impl Links for PageLinks<'_> {
    fn link(&self, dest: &str, _: usize) -> Resolved {
        let site = self.context.site;
        match markdown::classify(dest) {
            Dest::Id(id) => {
                let (id, anchor) = id.split_once('#').unwrap_or((&id, ""));
                match site.find(id, self.place.lang) {
                    Some(i) => self.to_entry(i, anchor),
                    None => Resolved::default(),
                }
            }
            Dest::Anchor(anchor) => Resolved { href: Some(format!("#{anchor}")), ..Resolved::default() },
            Dest::Relative(path) => match site.resolve(self.entry, &path) {
                Target::Entry(i, anchor) => self.to_entry(i, &anchor),
                Target::Page(page, anchor) => {
                    let page = self.context.own_page(self.place, page);
                    let mut href = self.place.href(&page);
                    if !anchor.is_empty() {
                        href = format!("{href}#{anchor}");
                    }
                    Resolved { href: Some(href), lang: self.place.other(&page), ..Resolved::default() }
                }
                Target::Media(path) => {
                    let published = site.has_media(&path);
                    let href = published.then(|| self.place.href(&file_href(&media_address(&path))));
                    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
                    Resolved { href, text: Some(name), ..Resolved::default() }
                }
                Target::Missing => Resolved::default(),
            },
            _ => Resolved::default(),
        }
    }

    fn image(&self, dest: &str, _: usize) -> ResolvedImage {
        let site = self.context.site;
        let Some(path) = site.media_path(self.entry, dest) else {
            return ResolvedImage::default();
        };
        let href = |path: &str| self.place.href(&file_href(&media_address(path)));
        let size = self.context.sizes.get(&path).copied();
        let short = smaller::short_path(&path);
        let made = self.context.sizes.get(&short).filter(|_| !site.has_media(&short));
        ResolvedImage { src: Some(href(&path)), size, small: made.map(|(wide, _)| (href(&short), *wide)) }
    }

    fn query(&self, toml: &str, _: usize) -> String {
        self.context.query(self.place, self.entry, toml)
    }

    fn count(&self, spec: &str, _: &str, _: usize) -> Resolved {
        let Some((href, lang)) = self.context.count_href(self.place, spec, self.entry) else {
            return Resolved::default();
        };
        Resolved { href: Some(href), lang, ..Resolved::default() }
    }
}

/// The rendered body of an entry as templates see it.
pub(in crate::html) struct Body {
    pub lead: Shape,
    pub html: Shape,
    pub sections: Shape,
    pub section_list: Shape,
    pub toc: Shape,
    /// Start of the text, for the description.
    pub opening: String,
    /// Some of its code is in colours.
    pub highlighted: bool,
}

impl Context<'_> {
    /// A generated page in the language of the place, where that language has it.
    fn own_page(&self, place: &Place, page: String) -> String {
        let has_entries = |(k, kind): (KindId, &crate::model::KindDef)| {
            format!("{}/index.html", kind.folder) == page && self.site.count(k, place.lang) > 0
        };
        let everywhere = ["index.html", "search.html", "compare.html"];
        let mut kinds = self.site.public.schema.kinds.iter_ids();
        if everywhere.contains(&page.as_str()) || kinds.any(has_entries) {
            format!("{}{page}", place.folder)
        } else {
            page
        }
    }

    /// Renders the body of an entry.
    pub(crate) fn body(&self, place: &Place, i: EntryId) -> Body {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let source = self.site.body(i);
        let options = Options {
            labels: Labels::of(place.lang.code()),
            sectioned: !kind.plain,
            title: Some(self.site.shown_title(entry, place.lang)),
            id_prefix: "",
            protected: Some(&self.protected),
        };
        let links = PageLinks { context: self, place, entry: i };
        let rendered = markdown::render(source, &options, &links);
        let highlighted = rendered.highlighted;
        let toc = rendered
            .toc
            .iter()
            .map(|h| Shape::from(map! { "level": u64::from(h.level), "id": h.id.as_str(), "title": h.title.as_str() }));
        let toc = list(toc.collect());
        let opening = rendered.text.iter().find(|p| !p.text.is_empty()).map_or(String::new(), |p| opening(&p.text));
        if kind.plain {
            let body = html(&rendered.into_html());
            let (none, empty) = (list(Vec::new()), Shape::from(Map::default()));
            return Body {
                lead: Shape::from(""),
                html: body,
                sections: empty,
                section_list: none,
                toc,
                opening,
                highlighted,
            };
        }
        let lead = html(rendered.lead());
        let (sections, section_list) = self.sections(place, i, rendered);
        Body { lead, html: Shape::from(""), sections, section_list, toc, opening, highlighted }
    }

    /// Sections by id (those of the schema even when absent), and those present in the schema's order.
    fn sections(&self, place: &Place, i: EntryId, rendered: Rendered) -> (Shape, Shape) {
        let kind = &self.site.public.schema.kinds[self.site.entry(i).kind];
        let mut by_id = Map::default();
        for section in kind.sections.iter().filter(|section| section.visibility == Visibility::Public) {
            let absent = map! {
                "id": section.id.as_str(), "label": section.label.get(place.lang), "title": "", "html": "",
                "present": false, "blocks": list(Vec::new()),
            };
            by_id.insert(key(&section.id), Shape::from(absent));
        }
        let (headings, texts): (Vec<Heading>, Vec<String>) =
            rendered.parts.into_iter().skip(1).map(|part| (heading_of(&part), part.html)).unzip();
        let mut found: Vec<(usize, Shape)> = Vec::new();
        let ids = sections::ids_of(kind, &headings);
        for ((heading, id), mut text) in headings.iter().zip(&ids).zip(texts) {
            let known = sections::of_heading(kind, heading);
            if !ids.contains(&heading.id) {
                // Links to the heading's own slug still arrive.
                let mut anchor = String::from("<span id=\"");
                markdown::escape_attr(&heading.id, &mut anchor);
                anchor.push_str("\"></span>\n");
                text.insert_str(0, &anchor);
            }
            let label = known.map_or(heading.title.as_str(), |s| s.label.get(place.lang));
            let mut section = map! { "id": id.as_str(), "label": label, "title": heading.title.as_str() };
            set(&mut section, "html", html(&text));
            set(&mut section, "present", true);
            set(&mut section, "blocks", list(Vec::new()));
            let section = Shape::from(section);
            let order = known.and_then(|s| kind.sections.iter().position(|k| k.id == s.id)).unwrap_or(usize::MAX);
            by_id.insert(key(id), section.clone());
            found.push((order, section));
        }
        found.sort_by_key(|(order, _)| *order);
        (Shape::from(by_id), list(found.into_iter().map(|(_, s)| s).collect()))
    }
}

/// The heading of a part, as the schema is asked about it.
fn heading_of(part: &Part) -> Heading {
    Heading {
        level: 2,
        id: part.id.clone(),
        explicit: part.explicit,
        nested: false,
        within: None,
        title: part.title.clone(),
        offset: part.offset,
        end: part.offset,
    }
}

fn opening(text: &str) -> String {
    super::super::filters::truncate(&text.split_whitespace().collect::<Vec<_>>().join(" "), 160)
}
