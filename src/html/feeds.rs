//! Atom feeds, sitemap and robots.txt.

use super::context::absolute;
use super::input::Input;
use super::plan::{Page, What};
use crate::markdown::{escape_attr, escape_text};
use crate::model::Lang;
use crate::text::era::Date;

/// Entries in the feed.
const NEWEST: usize = 30;

/// One of these files.
#[derive(Debug, Clone, Copy)]
pub(super) enum File {
    Feed(Lang),
    Robots,
    Sitemap,
}

/// The files; feeds and sitemap only with a base address.
pub(super) fn paths(input: &Input<'_>) -> Vec<(String, File)> {
    let config = &input.site.public.config;
    let mut paths = vec![("robots.txt".to_owned(), File::Robots)];
    if !config.base_url.is_empty() {
        paths.push(("sitemap.xml".into(), File::Sitemap));
        let feed = |lang| (format!("{}feed.xml", config.folder(lang)), File::Feed(lang));
        paths.extend(config.languages().into_iter().map(feed));
    }
    paths
}

/// The bytes of a file.
pub(super) fn make(input: &Input<'_>, plan: &[Page], file: File) -> Vec<u8> {
    let base = &input.site.public.config.base_url;
    let text = match file {
        File::Feed(lang) => feed(input, base, lang),
        File::Sitemap => sitemap(input, plan, base),
        File::Robots => robots(base),
    };
    text.into_bytes()
}

fn robots(base: &str) -> String {
    let mut robots = String::from("User-agent: *\nAllow: /\n");
    if !base.is_empty() {
        robots.push_str(&format!("Sitemap: {}\n", absolute(base, "sitemap.xml")));
    }
    robots
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>"));
    escape_text(text, out);
    out.push_str(&format!("</{name}>\n"));
}

/// Midnight of a day in Thailand.
fn stamp(date: &Date) -> String {
    format!("{}T00:00:00+07:00", date.iso())
}

fn feed(input: &Input<'_>, base: &str, lang: Lang) -> String {
    let site = input.site;
    let config = &site.public.config;
    let day = |i: usize| site.entry(i).updated.or(site.entry(i).published);
    let mut entries: Vec<usize> =
        (0..site.len()).filter(|i| site.entry(*i).lang == lang && day(*i).is_some()).collect();
    entries.sort_by(|a, b| day(*b).cmp(&day(*a)).then_with(|| site.entry(*a).id.cmp(&site.entry(*b).id)));
    entries.truncate(NEWEST);
    let newest = entries.first().and_then(|i| day(*i)).or(site.date);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", lang.code()));
    element(&mut out, "title", config.title.get(lang));
    if !config.subtitle.get(lang).is_empty() {
        element(&mut out, "subtitle", config.subtitle.get(lang));
    }
    let folder = config.folder(lang);
    let home = absolute(base, &format!("{folder}index.html"));
    element(&mut out, "id", &home);
    for (rel, address) in [("self", absolute(base, &format!("{folder}feed.xml"))), ("alternate", home)] {
        out.push_str(&format!("<link rel=\"{rel}\" href=\""));
        escape_attr(&address, &mut out);
        out.push_str("\"/>\n");
    }
    element(&mut out, "updated", &newest.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |d| stamp(&d)));
    let publisher = config.publisher.get(lang);
    out.push_str("<author>");
    element(&mut out, "name", if publisher.is_empty() { config.title.get(lang) } else { publisher });
    out.push_str("</author>\n");
    for i in entries {
        let entry = site.entry(i);
        let address = absolute(base, &entry.path());
        out.push_str("<entry>\n");
        if entry.illustrative {
            let word = input.theme.words.word(lang, "card.illustrative");
            element(&mut out, "title", &format!("{word}: {}", entry.title));
            out.push_str("<category term=\"illustrative\" label=\"");
            escape_attr(word, &mut out);
            out.push_str("\"/>\n");
        } else {
            element(&mut out, "title", &entry.title);
        }
        element(&mut out, "id", &address);
        out.push_str("<link href=\"");
        escape_attr(&address, &mut out);
        out.push_str("\"/>\n");
        if let Some(date) = day(i) {
            element(&mut out, "updated", &stamp(&date));
        }
        if let Some(date) = entry.published {
            element(&mut out, "published", &stamp(&date));
        }
        if !entry.summary.is_empty() {
            element(&mut out, "summary", &entry.summary);
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

fn sitemap(input: &Input<'_>, plan: &[Page], base: &str) -> String {
    let site = input.site;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    // The format allows 50,000 addresses a file.
    let shown = plan.iter().filter(|p| !matches!(p.what, What::Search | What::Compare | What::NotFound));
    for page in shown.take(50_000) {
        out.push_str("<url>\n");
        element(&mut out, "loc", &absolute(base, &page.path));
        if let What::Entry(i) = page.what {
            if let Some(date) = site.entry(i).updated.or(site.entry(i).published) {
                element(&mut out, "lastmod", &date.iso());
            }
            for lang in site.public.config.languages() {
                let other = if site.entry(i).lang == lang { Some(i) } else { site.translation(i, lang) };
                if let Some(other) = other.filter(|_| site.of_id(&site.entry(i).id).len() > 1) {
                    out.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"", lang.code()));
                    escape_attr(&absolute(base, &site.entry(other).path()), &mut out);
                    out.push_str("\"/>\n");
                }
            }
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}
