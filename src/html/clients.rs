//! Files by which browsers and assistants know a site: the manifest, the description of its search, `llms.txt`.

use super::context::{Place, absolute, has_list, paging};
use super::feed::element;
use super::input::Input;
use super::{open_data, twins};
use crate::markdown::escape_attr;
use crate::model::{Config, Lang};
use serde_json::json;
use std::collections::BTreeMap;

/// Address of the manifest of a language.
pub(super) fn manifest_path(config: &Config, lang: Lang) -> String {
    format!("{}site.webmanifest", config.folder(lang))
}

/// Address of the description of the search in a language.
pub(super) fn search_path(config: &Config, lang: Lang) -> String {
    format!("{}opensearch.xml", config.folder(lang))
}

/// The theme's icons: path in the theme, size, purpose.
const ICONS: [(&str, &str, &str); 3] = [
    ("icons/icon-192.png", "192x192", "any"),
    ("icons/icon-512.png", "512x512", "any"),
    ("icons/icon-mask.png", "512x512", "maskable"),
];

/// The web app manifest (<https://www.w3.org/TR/appmanifest/>): a phone can keep the site on its first screen.
pub(super) fn manifest(input: &Input<'_>, assets: &BTreeMap<String, String>, lang: Lang) -> String {
    let config = &input.site.public.config;
    let place = Place::new(config, lang, &manifest_path(config, lang));
    let name = config.title.get(lang);
    let icons = ICONS.iter().filter_map(|(path, sizes, purpose)| {
        let src = place.href(assets.get(*path)?);
        Some(json!({ "src": src, "sizes": sizes, "type": "image/png", "purpose": purpose }))
    });
    // Every page loads it: what pages say of the portal is not said again.
    let out = json!({
        "name": name,
        "lang": lang.code(),
        "dir": lang.direction(),
        "id": "./",
        "start_url": "./index.html",
        "scope": if place.root.is_empty() { "./" } else { &place.root },
        "display": "minimal-ui",
        "icons": icons.collect::<Vec<_>>(),
    });
    format!("{out}\n")
}

/// The search page as a search engine of the browser (<https://github.com/dewitt/opensearch>).
pub(super) fn open_search(input: &Input<'_>, assets: &BTreeMap<String, String>, lang: Lang) -> String {
    let config = &input.site.public.config;
    let base = &config.base_url;
    let folder = config.folder(lang);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
    // The format allows 16 and 1024 characters.
    let title = config.title.get(lang);
    element(&mut out, "ShortName", &title.chars().take(16).collect::<String>());
    element(&mut out, "LongName", &title.chars().take(48).collect::<String>());
    let about = config.description.get(lang);
    element(
        &mut out,
        "Description",
        &(if about.is_empty() { title } else { about }).chars().take(1024).collect::<String>(),
    );
    element(&mut out, "InputEncoding", "UTF-8");
    element(&mut out, "Language", lang.code());
    if let Some(icon) = assets.get("icons/icon-192.png") {
        out.push_str("<Image width=\"192\" height=\"192\" type=\"image/png\">");
        crate::markdown::escape_text(&absolute(base, icon), &mut out);
        out.push_str("</Image>\n");
    }
    out.push_str("<Url type=\"text/html\" template=\"");
    escape_attr(&format!("{}?q={{searchTerms}}", absolute(base, &format!("{folder}search.html"))), &mut out);
    out.push_str("\"/>\n<Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"");
    escape_attr(&absolute(base, &search_path(config, lang)), &mut out);
    out.push_str("\"/>\n</OpenSearchDescription>\n");
    out
}

/// What an assistant that reads the site should know first (<https://llmstxt.org>): the lists of all kinds, the data. Pages are
/// named by their Markdown twins, where they have such.
pub(super) fn llms(input: &Input<'_>) -> String {
    let site = input.site;
    let (config, lang) = (&site.public.config, site.main());
    let address = |path: &str| match absolute(&config.base_url, path) {
        full if full.is_empty() => path.to_owned(),
        full => full,
    };
    let page = |path: String| address(&if config.build.markdown { twins::path(&path) } else { path });
    let mut out = format!("# {}\n\n", config.title.get(lang));
    let about = config.description.get(lang);
    if !about.is_empty() {
        out.push_str(&format!("> {about}\n\n"));
    }
    let word = |key| input.theme.words.word(lang, key);
    if site.samples.iter().any(|by| by[lang] > 0) {
        out.push_str(&format!("{}\n\n", word("llms.samples")));
    }
    out.push_str(&format!("## {}\n\n", word("nav.everything")));
    let folder = config.folder(lang);
    for (k, kind) in site.public.schema.kinds.iter_ids() {
        if has_list(kind) && site.count(k, lang) > 0 {
            let about = match kind.description.get(lang) {
                "" => String::new(),
                about => format!(": {about}"),
            };
            let list = page(paging::list_path(&folder, kind, 0));
            out.push_str(&format!("- [{}]({list}){about}\n", kind.plural().get(lang)));
        }
    }
    for i in site.public.entries.ids() {
        let entry = site.entry(i);
        if entry.lang == lang && site.public.schema.kinds[entry.kind].plain {
            out.push_str(&format!("- [{}]({})\n", entry.title, page(entry.path())));
        }
    }
    if open_data::exist(site) {
        out.push_str(&format!("\n## {}\n\n", word("data.title")));
        for (path, key) in open_data::ABOUT {
            out.push_str(&format!("- [{}]({})\n", word(key), address(path)));
        }
    }
    out
}
