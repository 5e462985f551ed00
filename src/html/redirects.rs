//! Pages at old addresses that lead to the new ones.

use crate::markdown::{clean_href, escape_attr, escape_text};
use crate::model::{Value, ids};
use crate::site::Site;
use std::collections::HashSet;

/// Where an alias stands in the site: folders get an `index.html`, names without an ending `.html`.
#[must_use]
pub(crate) fn alias_address(alias: &Value) -> Option<String> {
    match alias {
        Value::Text(text) => ids::alias_path(text).filter(|path| crate::output::check_path(path).is_ok()),
        _ => None,
    }
}

/// A page per alias.
pub(super) fn files(site: &Site) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    let all = site.public.entries.iter().flat_map(|e| &e.aliases);
    let aliases: HashSet<String> = all.filter_map(|a| alias_address(&a.value)).collect();
    let trees = site.public.config.languages().into_iter().map(|lang| &site.trees[lang]);
    let mut given: HashSet<String> =
        trees.flat_map(|tree| tree.made().map(|node| tree.nodes[node].path.to_lowercase())).collect();
    for entry in &site.public.entries {
        for alias in &entry.aliases {
            // A page of the site keeps its address, and of pages with the same old address the first has it.
            let mut free = |path: &String| site.at_path(path).is_none() && given.insert(path.to_lowercase());
            let Some(path) = alias_address(&alias.value).filter(&mut free) else { continue };
            let root = "../".repeat(path.matches('/').count());
            let target = clean_href(&format!("{root}{}", entry.path())).into_owned();
            out.push((path, page(entry.lang.code(), &entry.title, &target).into_bytes()));
        }
        let kind = &site.public.schema.kinds[entry.kind];
        for folder in kind.former_folders.iter().filter(|_| entry.typed) {
            let path = format!("{}{folder}/{}.html", site.public.config.folder(entry.lang), entry.id);
            // A page or an alias of its own comes first.
            let taken = site.at_path(&path).is_some() || aliases.contains(&path);
            if taken || crate::output::check_path(&path).is_err() {
                continue;
            }
            let target = format!("{}{}", "../".repeat(path.matches('/').count()), entry.path());
            out.push((path, page(entry.lang.code(), &entry.title, &clean_href(&target)).into_bytes()));
        }
    }
    out
}

fn page(lang: &str, title: &str, target: &str) -> String {
    let mut out = format!("<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n");
    out.push_str("<meta http-equiv=\"refresh\" content=\"0; url=");
    escape_attr(target, &mut out);
    out.push_str("\">\n<meta name=\"robots\" content=\"noindex\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<link rel=\"canonical\" href=\"");
    escape_attr(target, &mut out);
    out.push_str("\">\n<title>");
    escape_text(title, &mut out);
    out.push_str("</title>\n</head>\n<body>\n<main>\n<h1>");
    escape_text(title, &mut out);
    out.push_str("</h1>\n<p><a href=\"");
    escape_attr(target, &mut out);
    out.push_str("\">");
    escape_text(title, &mut out);
    out.push_str("</a></p>\n</main>\n</body>\n</html>\n");
    out
}
