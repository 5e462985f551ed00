//! What programs find a site by: feeds, sitemap, robots.txt, llms.txt, the description of its search, its manifest.

use super::clients;
use super::context::absolute;
use super::feed::{self, Feed, element};
use super::input::Input;
use super::plan::{Page, What};
use crate::markdown::escape_attr;
use crate::model::Lang;
use std::collections::BTreeMap;

/// One of these files.
#[derive(Debug, Clone, Copy)]
pub(super) enum File {
    Atom(Feed),
    Json(Feed),
    Robots,
    Sitemap,
    Llms,
    OpenSearch(Lang),
    Manifest(Lang),
}

/// The files; those that hold full addresses only with a base address.
pub(super) fn paths(input: &Input<'_>) -> Vec<(String, File)> {
    let config = &input.site.public.config;
    let mut paths = vec![("robots.txt".to_owned(), File::Robots), ("llms.txt".to_owned(), File::Llms)];
    if config.base_url.is_empty() {
        return paths;
    }
    paths.push(("sitemap.xml".into(), File::Sitemap));
    for lang in config.languages() {
        paths.push((clients::manifest_path(config, lang), File::Manifest(lang)));
        if input.search {
            paths.push((clients::search_path(config, lang), File::OpenSearch(lang)));
        }
    }
    for feed in feed::feeds(input.site) {
        paths.push((feed.path(input.site, "xml"), File::Atom(feed)));
        paths.push((feed.path(input.site, "json"), File::Json(feed)));
    }
    paths
}

/// The bytes of a file; `assets` are the addresses of the theme's files.
pub(super) fn make(input: &Input<'_>, plan: &[Page], assets: &BTreeMap<String, String>, file: File) -> Vec<u8> {
    let base = &input.site.public.config.base_url;
    let text = match file {
        File::Atom(feed) => feed::atom(input, base, feed),
        File::Json(feed) => feed::json_feed(input, base, feed),
        File::Sitemap => sitemap(input, plan, base),
        File::Robots => robots(base),
        File::Llms => clients::llms(input),
        File::OpenSearch(lang) => clients::open_search(input, assets, lang),
        File::Manifest(lang) => clients::manifest(input, assets, lang),
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

fn sitemap(input: &Input<'_>, plan: &[Page], base: &str) -> String {
    let site = input.site;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str(
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    // Pages of a facet show again what lists and entries hold. The format allows 50,000 addresses a file.
    let left_out = |p: &Page| matches!(p.what, What::Search | What::Compare | What::NotFound | What::Facet(..));
    let shown = plan.iter().filter(|p| !left_out(p));
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
