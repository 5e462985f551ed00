//! `page` and the assembly of a whole context.

use tera::{Context as TeraContext, Map, Value as Shape};

use super::builder::Context;
use super::meta::{CSP, Head};
use super::place::Place;
use super::value::{heading, list, map, set};
use crate::model::{EntryId, KindId, Lang, Role};

/// A page in a language.
pub(in crate::html) struct Version {
    pub lang: Lang,
    /// Site path.
    pub path: String,
    /// Whether it is the same page, not only the nearest one of that language.
    pub exact: bool,
}

/// What differs from page to page in `page`.
#[derive(Default)]
pub(in crate::html) struct PageInfo<'a> {
    pub kind_of_page: &'a str,
    pub template: &'a str,
    pub title: String,
    pub description: String,
    pub html: Option<Shape>,
    pub toc: Option<Shape>,
    /// Steps above this page: title and site path.
    pub above: Vec<(String, String)>,
    /// The entry, on its own page.
    pub entry: Option<EntryId>,
    /// This page and its counterparts in other languages; empty in a site of one language.
    pub versions: Vec<Version>,
    pub hidden: bool,
    /// Whether it holds its style sheet.
    pub styled: bool,
    /// A feed of the page's own: name and site path.
    pub feed: Option<(String, String)>,
    /// The data sets that the page describes, for machines.
    pub datasets: Option<serde_json::Value>,
    /// Kind marked in the navigation.
    pub current: Option<KindId>,
}

impl Context<'_> {
    /// The names every template has: words, way to the root, site, page.
    pub(crate) fn assemble(&self, place: &Place, info: PageInfo<'_>) -> TeraContext {
        let mut context = TeraContext::new();
        context.insert_value("lang", Shape::from(place.lang.code()));
        context.insert_value("dir", Shape::from(place.lang.direction()));
        context.insert_value("t", self.words(place.lang));
        context.insert_value("root", Shape::from(place.root.as_str()));
        context.insert_value("home", Shape::from(place.own("index.html")));
        context.insert_value("site", self.site_value(place, info.current));
        context.insert_value("page", Shape::from(self.page(place, info)));
        context
    }

    fn page(&self, place: &Place, info: PageInfo<'_>) -> Map {
        let config = &self.site.public.config;
        let lang = place.lang;
        let mut trail = Vec::new();
        if info.kind_of_page != "home" {
            trail.push((self.word(lang, "nav.home").to_owned(), format!("{}index.html", place.folder)));
            trail.extend(info.above);
            trail.push((info.title.clone(), place.path.clone()));
        }
        let last = trail.len().saturating_sub(1);
        let breadcrumb = trail.iter().enumerate().map(|(at, (title, path))| {
            let href = if at == last || path.is_empty() { String::new() } else { place.href(path) };
            Shape::from(map! { "title": title.as_str(), "href": href })
        });
        let breadcrumb: Vec<Shape> = breadcrumb.collect();
        let description = if info.description.is_empty() { config.description.get(lang) } else { &info.description };
        let head = Head { title: &info.title, description, entry: info.entry, trail: &trail, datasets: info.datasets };
        let canonical = if info.hidden { String::new() } else { self.absolute(&place.path) };
        let same: Vec<&Version> = info.versions.iter().filter(|v| v.exact).collect();
        let alternates = same.iter().filter(|_| same.len() > 1).map(|version| {
            Shape::from(map! {
                "lang": version.lang.code(),
                "href": place.href(&version.path),
                "absolute": self.absolute(&version.path),
            })
        });
        let alternates: Vec<Shape> = alternates.collect();
        let others = info.versions.iter().filter(|v| v.lang != lang).map(|version| {
            Shape::from(map! {
                "href": place.href(&version.path),
                "label": version.lang.own_name().unwrap_or(version.lang.code()),
                "lang": version.lang.code(),
                "exact": version.exact,
            })
        });
        let others: Vec<Shape> = others.collect();
        let address = self.absolute(&place.path);
        let print_address = address.split_once("://").map_or("", |(_, rest)| rest).trim_end_matches('/');
        let updated = info.entry.and_then(|i| self.site.entry(i).updated);
        let own_feed = info.feed.map(|(name, path)| Shape::from(map! { "title": name, "href": place.href(&path) }));
        let licence =
            info.entry.map_or(Vec::new(), |i| crate::site::display::of_role(self.site, i, Role::Licence, lang));
        let licence = licence.into_iter().next().unwrap_or_default();
        let mut page = map! {
            "type": info.kind_of_page,
            "title": info.title.as_str(),
            "heading": info.title.as_str(),
            "heading_html": heading(&self.protected, &info.title),
            "description": description,
            "url": place.path.as_str(),
            "canonical": canonical,
            "alternates": alternates,
            "breadcrumb": breadcrumb,
            "toc": info.toc.unwrap_or_else(|| list(Vec::new())),
            "html": info.html.unwrap_or_else(|| Shape::from("")),
            "languages": others,
            "jsonld": self.asked(info.template, "jsonld", || if info.hidden { String::new() } else { self.jsonld(place, &head) }),
            "meta": self.asked(info.template, "meta", || self.meta(place, &head)),
            "csp": if info.styled { CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") } else { CSP.to_owned() },
            "template": info.template,
            "feed": !config.base_url.is_empty(),
            "own_feed": own_feed,
            "licence": licence,
            "links": self.typed_links(place, info.entry, info.hidden),
            "search_excluded": info.hidden,
            "print_address": print_address,
        };
        if ["tree", "previous", "next"].iter().any(|name| self.templates.asks_for(info.template, name)) {
            self.set_beside(&mut page, place);
        }
        set(&mut page, "updated", updated.map_or(String::new(), |d| crate::site::display::date(self.site, &d, lang)));
        page
    }
}
