//! What machines read in the head: policy, JSON-LD, Dublin Core, Open Graph.

use serde_json::{Map as Json, Value as JsonValue, json};
use tera::Value as Shape;

use super::super::filters::safe_json;
use super::builder::Context;
use super::place::Place;
use super::value::{list, map};
use crate::html::input::Handout;
use crate::html::twins;
use crate::model::{Entry, EntryId, Lang, Role, Value, Visibility};
use crate::site::display;

/// The Content-Security-Policy of every page: nothing inline, nothing from elsewhere.
pub(super) const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/// How schema.org names types that are no creative works, with all their subtypes (`EducationEvent`): they have a name, no
/// author or licence.
const THINGS: [&str; 10] =
    ["Organization", "School", "Place", "Event", "Term", "Demand", "Offer", "Person", "Office", "University"];

/// Whether a type of schema.org is no creative work.
fn is_thing(ty: &str) -> bool {
    THINGS.iter().any(|thing| ty.ends_with(thing))
}

/// Absolute address of a site path; empty without a base address. Index pages are named by folder.
pub(in crate::html) fn absolute(base: &str, path: &str) -> String {
    if base.is_empty() {
        return String::new();
    }
    let path = path.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/')).unwrap_or(path);
    crate::markdown::clean_href(&format!("{base}{path}")).into_owned()
}

/// What the head says about a page.
pub(in crate::html) struct Head<'a> {
    pub title: &'a str,
    pub description: &'a str,
    /// The entry, on entry pages.
    pub entry: Option<EntryId>,
    /// Steps from the home page: title and site path.
    pub trail: &'a [(String, String)],
    /// The data sets that the page describes.
    pub datasets: Option<JsonValue>,
}

impl Context<'_> {
    /// Absolute address of a site path; empty without a base address.
    pub(crate) fn absolute(&self, path: &str) -> String {
        absolute(&self.site.public.config.base_url, path)
    }

    /// JSON-LD, safe in a script element.
    pub(crate) fn jsonld(&self, place: &Place, head: &Head<'_>) -> String {
        let config = &self.site.public.config;
        let lang = place.lang;
        let url = self.absolute(&place.path);
        let mut node = Json::new();
        node.insert("@context".into(), json!("https://schema.org"));
        let entry = head.entry.map(|i| self.site.entry(i));
        let kind = entry.map(|entry| &self.site.public.schema.kinds[entry.kind]);
        let of_role = |role| head.entry.map_or(Vec::new(), |i| display::of_role(self.site, i, role, lang));
        let day = |role| match entry?.value(kind?.role_index(role)?)? {
            Value::Date(day) => Some(day.iso()),
            _ => None,
        };
        let types: Vec<&str> = match kind {
            Some(kind) if !kind.schema_org.is_empty() => kind.schema_org.iter().map(String::as_str).collect(),
            Some(_) => vec!["WebPage"],
            None if place.path == format!("{}index.html", place.folder) => vec!["WebSite"],
            None if head.datasets.is_some() => vec!["DataCatalog"],
            None => vec!["CollectionPage"],
        };
        let thing = types.iter().all(|t| is_thing(t));
        node.insert("@type".into(), if let [only] = types[..] { json!(only) } else { json!(types) });
        node.insert("name".into(), json!(head.title));
        let mut put = |name: &str, value: JsonValue| {
            let empty = value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
            if !empty {
                node.insert(name.into(), value);
            }
        };
        put("description", json!(head.description));
        if head.entry.is_some_and(|i| self.site.entry(i).illustrative) {
            let word = json!(self.word(lang, "card.illustrative"));
            put("disambiguatingDescription", word.clone());
            put(if thing { "" } else { "creativeWorkStatus" }, if thing { JsonValue::Null } else { word });
        }
        put("url", json!(url));
        put("dataset", json!(head.datasets));
        if let Some(entry) = entry {
            put("identifier", json!(&*entry.id));
            put("alternateName", json!(entry.names));
            if types.iter().any(|t| t.ends_with("Event")) {
                put("startDate", json!(day(Role::Start)));
                put("endDate", json!(day(Role::End)));
                for place in of_role(Role::Place) {
                    put("location", json!({ "@type": "Place", "name": place }));
                }
            }
            for (property, value) in self.told_to_machines(lang, head.entry) {
                put(&property, value);
            }
            if !thing {
                if types.contains(&"LearningResource") {
                    put("isAccessibleForFree", json!(true));
                }
                let printed = self
                    .printed(entry)
                    .map(|handout| self.absolute(&handout.path))
                    .filter(|address| !address.is_empty());
                let media = |address| json!({ "@type": "MediaObject", "contentUrl": address, "encodingFormat": "application/pdf" });
                put("encoding", printed.map(media).collect());
                put("headline", json!(head.title));
                put("datePublished", json!(entry.published.map(|d| d.iso())));
                put("dateModified", json!(entry.updated.map(|d| d.iso())));
                put("keywords", json!([&entry.tags[..], &of_role(Role::Subject)].concat()));
                put("creator", json!(of_role(Role::Creator)));
                put("citation", json!(of_role(Role::Source)));
            }
        }
        if !thing {
            put("inLanguage", json!(lang.code()));
            match of_role(Role::Licence).into_iter().next() {
                Some(own) if !own.contains("://") => put("license", json!({ "@type": "CreativeWork", "name": own })),
                Some(own) => put("license", json!(own)),
                None => put("license", json!(config.licence_url)),
            }
            let publisher = config.publisher.get(lang);
            if !publisher.is_empty() {
                put("publisher", json!({ "@type": "Organization", "name": publisher }));
            }
        }
        let node = JsonValue::Object(node);
        if url.is_empty() || head.trail.is_empty() {
            return safe_json(&node.to_string());
        }
        let items: Vec<JsonValue> = head
            .trail
            .iter()
            .enumerate()
            .map(|(at, (title, path))| {
                json!({ "@type": "ListItem", "position": at + 1, "name": title, "item": self.absolute(path) })
            })
            .collect();
        let trail = json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items });
        safe_json(&JsonValue::Array(vec![node, trail]).to_string())
    }

    /// The fields that name a property of schema.org, with their values: terms of vocabularies as `DefinedTerm`.
    fn told_to_machines(&self, lang: Lang, entry: Option<EntryId>) -> Vec<(String, JsonValue)> {
        let Some(entry) = entry.map(|i| self.site.entry(i)) else { return Vec::new() };
        let fields = &self.site.public.schema.kinds[entry.kind].fields;
        let named = fields.iter().enumerate().filter(|(_, f)| !f.schema_org.is_empty());
        let named = named.filter(|(_, field)| field.visibility == Visibility::Public);
        named
            .filter_map(|(f, field)| {
                let told = |item: &Value| {
                    let name = display::text(self.site, field, item, lang);
                    match (item, &field.vocabulary) {
                        (Value::Term(id), Some(set)) => {
                            let set = format!("{}#{set}", self.absolute("data/vocabularies.jsonld"));
                            json!({ "@type": "DefinedTerm", "name": name, "termCode": id, "inDefinedTermSet": set })
                        }
                        _ => json!(name),
                    }
                };
                let values: Vec<JsonValue> = entry.value(f)?.items().into_iter().map(told).collect();
                Some((field.schema_org.clone(), values.into()))
            })
            .collect()
    }

    /// The PDFs that are made of an entry.
    fn printed(&self, entry: &Entry) -> impl Iterator<Item = &Handout> {
        let made = self.input.handouts.get(&entry.path()).into_iter().flatten();
        made.filter(|handout| handout.path.ends_with(".pdf"))
    }

    /// Typed links of a page (<https://signposting.org>): the PDFs of its entry; its Markdown twin, unless it is hidden.
    pub(crate) fn typed_links(&self, place: &Place, entry: Option<EntryId>, hidden: bool) -> Shape {
        let link =
            |rel: &str, ty: &str, path: &str| Shape::from(map! { "rel": rel, "type": ty, "href": place.href(path) });
        let printed = entry.into_iter().flat_map(|i| self.printed(self.site.entry(i)));
        let printed = printed.map(|handout| link("item", "application/pdf", &handout.path));
        let twin = self.site.public.config.build.markdown && !hidden;
        let twin = twin.then(|| link("alternate", "text/markdown", &twins::path(&place.path)));
        list(printed.chain(twin).collect())
    }

    /// The picture that messengers show beside a link: the entry's own, else the theme's for the kind or the site. A full
    /// address, so none without a base address.
    fn picture(&self, entry: Option<EntryId>) -> String {
        let entry = entry.map(|i| self.site.entry(i));
        let made = entry.and_then(|entry| self.input.handouts.get(&entry.path())).into_iter().flatten();
        if let Some(own) = made.into_iter().find(|file| file.of_link) {
            return self.absolute(&own.path);
        }
        let kind = entry.map(|entry| &self.site.public.schema.kinds[entry.kind].id);
        let kinds = kind.and_then(|kind| self.assets.addresses.get(&format!("og/{kind}.png")));
        let found = kinds.or_else(|| self.assets.addresses.get("og/site.png"));
        found.map_or(String::new(), |address| self.absolute(address))
    }

    /// Dublin Core and Open Graph.
    pub(crate) fn meta(&self, place: &Place, head: &Head<'_>) -> Shape {
        let config = &self.site.public.config;
        let lang = place.lang;
        let mut out = Vec::new();
        let mut put = |attribute: &str, name: &str, content: &str| {
            if content.is_empty() {
                return;
            }
            out.push(Shape::from(if attribute == "property" {
                map! { "property": name, "content": content }
            } else {
                map! { "name": name, "content": content }
            }));
        };
        let sample = head.entry.is_some_and(|i| self.site.entry(i).illustrative);
        let marked = |text: &str| match sample && !text.is_empty() {
            true => format!("{}: {text}", self.word(lang, "card.illustrative")),
            false => text.to_owned(),
        };
        put("name", "DC.title", head.title);
        put("name", "DC.description", &marked(head.description));
        put("name", "DC.language", lang.code());
        put("name", "DC.publisher", config.publisher.get(lang));
        let of_role = |role| head.entry.map_or(Vec::new(), |i| display::of_role(self.site, i, role, lang));
        put("name", "DC.rights", of_role(Role::Licence).first().unwrap_or(&config.licence));
        put("name", "DC.format", "text/html");
        if let Some(entry) = head.entry.map(|i| self.site.entry(i)) {
            let kind = &self.site.public.schema.kinds[entry.kind];
            put("name", "DC.identifier", &entry.id);
            put("name", "DC.type", kind.label.get(lang));
            let day = entry.updated.or(entry.published).map_or(String::new(), |d| d.iso());
            put("name", "DC.date", &day);
            let creators = of_role(Role::Creator);
            if !creators.is_empty() && !sample {
                // Reference managers and Google Scholar read these (Highwire Press).
                put("name", "citation_title", head.title);
                creators.iter().for_each(|who| put("name", "citation_author", who));
                put("name", "citation_publication_date", &entry.published.map_or(String::new(), |d| d.iso()));
                let pdf = self.printed(entry).next();
                put("name", "citation_pdf_url", &pdf.map_or(String::new(), |h| self.absolute(&h.path)));
            }
            for subject in entry.tags.iter().chain(&of_role(Role::Subject)) {
                put("name", "DC.subject", subject);
            }
            for (role, name) in
                [(Role::Creator, "DC.creator"), (Role::Source, "DC.source"), (Role::Place, "DC.coverage")]
            {
                of_role(role).iter().for_each(|text| put("name", name, text));
            }
        }
        put("property", "og:title", &marked(head.title));
        put("property", "og:description", &marked(head.description));
        put("property", "og:type", if head.entry.is_some() { "article" } else { "website" });
        put("property", "og:site_name", config.title.get(lang));
        let locale = match lang {
            Lang::TH => "th_TH".to_owned(),
            Lang::EN => "en_GB".to_owned(),
            other => other.code().replace('-', "_"),
        };
        put("property", "og:locale", &locale);
        put("property", "og:url", &self.absolute(&place.path));
        put("property", "og:image", &self.picture(head.entry));
        list(out)
    }
}
