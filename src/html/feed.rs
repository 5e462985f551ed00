//! Feeds: what is new or changed in a language, in a kind, or around an entry, as Atom (RFC 4287) and as JSON Feed 1.1
//! (<https://www.jsonfeed.org/version/1.1/>).

use super::context::{absolute, paging};
use super::input::Input;
use crate::markdown::{escape_attr, escape_text};
use crate::model::{EntryId, KindId, Lang, Role};
use crate::site::{Site, display};
use crate::text::era::Date;
use serde_json::{Value, json};

/// Entries in a feed.
const NEWEST: usize = 30;

/// A feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Feed {
    pub lang: Lang,
    pub about: About,
}

/// What a feed is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Everything.
    Site,
    /// The entries of a kind.
    Kind(KindId),
    /// What refers to an entry.
    Entry(EntryId),
}

/// Day of the last change, else of publication.
fn day(site: &Site, i: EntryId) -> Option<Date> {
    site.entry(i).updated.or(site.entry(i).published)
}

/// All feeds: one a language, one for each kind with `feed`, one for each entry of a kind with `feed_each` that others
/// with a date refer to.
pub(super) fn feeds(site: &Site) -> Vec<Feed> {
    let mut out = Vec::new();
    for lang in site.public.config.languages() {
        out.push(Feed { lang, about: About::Site });
        for k in site.public.schema.kinds.ids() {
            let entries = site.order[k][lang].iter().map(|i| About::Entry(*i));
            let all = std::iter::once(About::Kind(k)).chain(entries).map(|about| Feed { lang, about });
            out.extend(all.filter(|feed| feed.exists(site)));
        }
    }
    out
}

impl Feed {
    /// Whether the schema asks for it and something would stand in it.
    pub(super) fn exists(self, site: &Site) -> bool {
        let kinds = &site.public.schema.kinds;
        let asked = match self.about {
            About::Site => true,
            About::Kind(k) => kinds[k].feed && !kinds[k].plain,
            About::Entry(i) => kinds[site.entry(i).kind].feed_each,
        };
        asked && (self.about == About::Site || !self.entries(site).is_empty())
    }

    /// The newest first.
    fn entries(self, site: &Site) -> Vec<EntryId> {
        let mut entries: Vec<EntryId> = match self.about {
            About::Site => site.public.entries.ids().filter(|i| site.entry(*i).lang == self.lang).collect(),
            About::Kind(k) => site.order[k][self.lang].clone(),
            About::Entry(i) => site.backlinks[i].iter().map(|link| link.from).collect(),
        };
        entries.retain(|i| day(site, *i).is_some());
        entries
            .sort_by(|a, b| day(site, *b).cmp(&day(site, *a)).then_with(|| site.entry(*a).id.cmp(&site.entry(*b).id)));
        entries.dedup();
        entries.truncate(NEWEST);
        entries
    }

    /// Address in the site; `ending` is that of the form.
    pub(super) fn path(self, site: &Site, ending: &str) -> String {
        let folder = site.public.config.folder(self.lang);
        match self.about {
            About::Site => format!("{folder}feed.{ending}"),
            About::Kind(k) => format!("{folder}{}/feed.{ending}", site.public.schema.kinds[k].folder),
            About::Entry(i) => {
                let page = site.entry(i).path();
                format!("{}.feed.{ending}", page.strip_suffix(".html").unwrap_or(&page))
            }
        }
    }

    /// Address of the page that shows the same.
    pub(super) fn page(self, site: &Site) -> String {
        let folder = site.public.config.folder(self.lang);
        match self.about {
            About::Site => format!("{folder}index.html"),
            About::Kind(k) => paging::list_path(&folder, &site.public.schema.kinds[k], 0),
            About::Entry(i) => site.entry(i).path(),
        }
    }

    /// Name without that of the site.
    pub(super) fn name(self, site: &Site) -> String {
        match self.about {
            About::Site => site.public.config.title.get(self.lang).to_owned(),
            About::Kind(k) => site.public.schema.kinds[k].plural().get(self.lang).to_owned(),
            About::Entry(i) => site.entry(i).title.clone(),
        }
    }

    fn title(self, site: &Site) -> String {
        let whole = site.public.config.title.get(self.lang);
        if self.about == About::Site { whole.to_owned() } else { format!("{}: {whole}", self.name(site)) }
    }
}

pub(super) fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>"));
    escape_text(text, out);
    out.push_str(&format!("</{name}>\n"));
}

fn link(out: &mut String, rel: &str, ty: &str, address: &str) {
    out.push_str(&format!("<link rel=\"{rel}\" type=\"{ty}\" href=\""));
    escape_attr(address, out);
    out.push_str("\"/>\n");
}

fn category(out: &mut String, term: &str, label: &str) {
    out.push_str("<category term=\"");
    escape_attr(term, out);
    out.push_str("\" label=\"");
    escape_attr(label, out);
    out.push_str("\"/>\n");
}

/// Midnight of a day in Thailand.
fn stamp(date: &Date) -> String {
    format!("{}T00:00:00+07:00", date.iso())
}

/// A title, with a mark where the entry is a sample.
fn title(input: &Input<'_>, i: EntryId, lang: Lang) -> String {
    let entry = input.site.entry(i);
    match entry.illustrative {
        true => format!("{}: {}", input.theme.words.word(lang, "card.illustrative"), entry.title),
        false => entry.title.clone(),
    }
}

/// A feed as Atom.
pub(super) fn atom(input: &Input<'_>, base: &str, feed: Feed) -> String {
    let site = input.site;
    let (config, lang) = (&site.public.config, feed.lang);
    let entries = feed.entries(site);
    let newest = entries.first().and_then(|i| day(site, *i)).or(site.date);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", lang.code()));
    element(&mut out, "title", &feed.title(site));
    if feed.about == About::Site && !config.subtitle.get(lang).is_empty() {
        element(&mut out, "subtitle", config.subtitle.get(lang));
    }
    let page = absolute(base, &feed.page(site));
    element(&mut out, "id", &if matches!(feed.about, About::Entry(_)) { format!("{page}#feed") } else { page.clone() });
    link(&mut out, "self", "application/atom+xml", &absolute(base, &feed.path(site, "xml")));
    link(&mut out, "alternate", "text/html", &page);
    link(&mut out, "alternate", "application/feed+json", &absolute(base, &feed.path(site, "json")));
    element(&mut out, "updated", &newest.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |d| stamp(&d)));
    let publisher = config.publisher.get(lang);
    out.push_str("<author>");
    element(&mut out, "name", if publisher.is_empty() { config.title.get(lang) } else { publisher });
    out.push_str("</author>\n");
    if !config.licence.is_empty() {
        element(&mut out, "rights", &config.licence);
    }
    for i in entries {
        let entry = site.entry(i);
        let kind = &site.public.schema.kinds[entry.kind];
        let address = absolute(base, &entry.path());
        out.push_str("<entry>\n");
        element(&mut out, "title", &title(input, i, lang));
        element(&mut out, "id", &address);
        link(&mut out, "alternate", "text/html", &address);
        if let Some(date) = day(site, i) {
            element(&mut out, "updated", &stamp(&date));
        }
        if let Some(date) = entry.published {
            element(&mut out, "published", &stamp(&date));
        }
        if !kind.plain {
            category(&mut out, &kind.id, kind.label.get(lang));
        }
        if entry.illustrative {
            category(&mut out, "illustrative", input.theme.words.word(lang, "card.illustrative"));
        }
        if let Some(own) = display::of_role(site, i, Role::Licence, lang).first() {
            element(&mut out, "rights", own);
        }
        if !entry.summary.is_empty() {
            element(&mut out, "summary", &entry.summary);
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

/// The same feed as JSON Feed.
pub(super) fn json_feed(input: &Input<'_>, base: &str, feed: Feed) -> String {
    let site = input.site;
    let (config, lang) = (&site.public.config, feed.lang);
    let publisher = config.publisher.get(lang);
    let item = |i: EntryId| -> Value {
        let entry = site.entry(i);
        let kind = &site.public.schema.kinds[entry.kind];
        let address = absolute(base, &entry.path());
        let shown = if entry.summary.is_empty() { &entry.title } else { &entry.summary };
        let mut tags: Vec<&str> = if kind.plain { Vec::new() } else { vec![kind.label.get(lang)] };
        tags.extend(entry.illustrative.then(|| input.theme.words.word(lang, "card.illustrative")));
        tags.extend(entry.tags.iter().map(String::as_str));
        let mut out = json!({
            "id": address,
            "url": address,
            "title": title(input, i, lang),
            "content_text": shown,
            "tags": tags,
            "language": entry.lang.code(),
        });
        for (key, date) in [("date_published", entry.published), ("date_modified", day(site, i))] {
            if let Some(date) = date {
                out[key] = json!(stamp(&date));
            }
        }
        out
    };
    let mut out = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title(site),
        "home_page_url": absolute(base, &feed.page(site)),
        "feed_url": absolute(base, &feed.path(site, "json")),
        "language": lang.code(),
        "authors": [{ "name": if publisher.is_empty() { config.title.get(lang) } else { publisher } }],
    });
    if feed.about == About::Site && !config.description.get(lang).is_empty() {
        out["description"] = json!(config.description.get(lang));
    }
    out["items"] = feed.entries(site).into_iter().map(item).collect();
    format!("{out}\n")
}
