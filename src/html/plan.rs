//! The plan of the site: every page, its address, and the same page in another language.

use std::collections::HashSet;

use super::context::{BrowseField, browse, has_list, paging};
use super::open_data;
use crate::model::{ByLang, EntryId, KindId, Lang};
use crate::site::Site;

/// One page to render.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub lang: Lang,
    /// Address in the site.
    pub path: String,
    pub what: What,
}

/// What a page shows. Plain numbers are positions in the site; the last one of a list is the number of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Home,
    List(KindId, usize),
    /// Kind, facet, value, page.
    Facet(KindId, usize, usize, usize),
    Matrix(KindId),
    /// A folder of plain pages without an index: its node in the tree.
    Folder(usize),
    Entry(EntryId),
    Vocabularies,
    Vocabulary(usize),
    Term(usize, usize),
    Search,
    Compare,
    /// What is new and changed, by month.
    Updates,
    /// The files of open data.
    Data,
    NotFound,
}

/// All pages. Two pages never have one address: the first stays.
pub(super) fn plan(site: &Site) -> Vec<Page> {
    let mut pages = Vec::with_capacity(site.public.entries.len() + 256);
    let config = &site.public.config;
    for lang in config.languages() {
        let folder = &config.folder(lang);
        let mut add = |path: String, what: What| pages.push(Page { lang, path, what });
        add(home(folder), What::Home);
        lists(site, lang, &mut add);
        for (b, field) in browse(site, lang).iter().enumerate() {
            if b == 0 {
                add(vocabularies(folder), What::Vocabularies);
            }
            add(vocabulary(folder, &field.field), What::Vocabulary(b));
            for (t, term) in field.terms.values().enumerate() {
                add(self::term(folder, &field.field, &term.slug), What::Term(b, t));
            }
        }
        add(format!("{folder}search.html"), What::Search);
        if site.public.schema.kinds.iter().any(|kind| !kind.compare.is_empty()) {
            add(format!("{folder}compare.html"), What::Compare);
        }
        add(updates(folder), What::Updates);
        if open_data::exist(site) {
            add(data(folder), What::Data);
        }
    }
    let mut add = |lang: Lang, path: String, what: What| pages.push(Page { lang, path, what });
    add(config.main(), "404.html".into(), What::NotFound);
    let languages = config.languages();
    for (i, entry) in site.public.entries.iter_ids() {
        if languages.contains(&entry.lang) {
            add(entry.lang, entry.path(), What::Entry(i));
        }
    }
    for lang in languages {
        let tree = &site.trees[lang];
        let made = tree.made().map(|node| Page { lang, path: tree.nodes[node].path.clone(), what: What::Folder(node) });
        pages.extend(made);
    }
    let mut seen = HashSet::with_capacity(pages.len());
    pages.retain(|page| seen.insert(page.path.to_lowercase()));
    pages
}

/// Lists, facet pages and matrices of a language.
fn lists(site: &Site, lang: Lang, add: &mut impl FnMut(String, What)) {
    let schema = &site.public.schema;
    let folder = &site.public.config.folder(lang);
    for (k, kind) in schema.kinds.iter_ids().filter(|(_, k)| has_list(k)) {
        let count = site.count(k, lang);
        if count == 0 {
            continue;
        }
        for n in 0..paging::pages(count) {
            add(paging::list_path(folder, kind, n), What::List(k, n));
        }
        if !kind.compare.is_empty() {
            add(matrix(folder, &kind.folder), What::Matrix(k));
        }
        for (f, facet) in site.facets[k][lang].iter().enumerate() {
            let field = &kind.fields[facet.field].id;
            for (v, value) in facet.values.iter().enumerate() {
                for n in 0..paging::pages(value.entries.len()) {
                    add(paging::facet_path(folder, kind, field, &value.slug, n), What::Facet(k, f, v, n));
                }
            }
        }
    }
}

/// Address of the page of what is new and changed.
pub(super) fn updates(folder: &str) -> String {
    format!("{folder}updates.html")
}

/// Address of the page of open data.
pub(super) fn data(folder: &str) -> String {
    format!("{folder}data/index.html")
}

fn home(folder: &str) -> String {
    format!("{folder}index.html")
}

fn matrix(folder: &str, kind: &str) -> String {
    format!("{folder}{kind}/compare.html")
}

fn vocabularies(folder: &str) -> String {
    format!("{folder}browse/index.html")
}

fn vocabulary(folder: &str, field: &str) -> String {
    format!("{folder}browse/{field}/index.html")
}

pub(super) fn term(folder: &str, field: &str, slug: &str) -> String {
    format!("{folder}browse/{field}/{slug}.html")
}

/// Where readers of another language go on from a page.
pub(super) struct Counterpart {
    /// Address in the site.
    pub path: String,
    /// Whether it is the same page; else it is the nearest one: the list of the kind, or the home page.
    pub exact: bool,
}

/// The page in another language.
pub(super) fn counterpart(site: &Site, fields: &ByLang<&[BrowseField]>, page: &Page, lang: Lang) -> Counterpart {
    let schema = &site.public.schema;
    let folder = &site.public.config.folder(lang);
    let exact = |path: String| Counterpart { path, exact: true };
    let near = |path: String| Counterpart { path, exact: false };
    let has = |k: KindId| has_list(&schema.kinds[k]) && site.count(k, lang) > 0;
    let list = |k: KindId| {
        if has(k) { near(paging::list_path(folder, &schema.kinds[k], 0)) } else { near(home(folder)) }
    };
    let own = fields[page.lang];
    let other = fields[lang];
    match page.what {
        What::Home => exact(home(folder)),
        What::NotFound | What::Folder(_) => near(home(folder)),
        What::Search => exact(format!("{folder}search.html")),
        What::Compare => exact(format!("{folder}compare.html")),
        What::Updates => exact(updates(folder)),
        What::Data => exact(data(folder)),
        What::List(k, n) => Counterpart { exact: n == 0 && has(k), ..list(k) },
        What::Matrix(k) if has(k) => exact(matrix(folder, &schema.kinds[k].folder)),
        What::Matrix(_) => near(home(folder)),
        What::Facet(k, f, v, n) => {
            let kind = &schema.kinds[k];
            let facet = &site.facets[k][page.lang][f];
            let slug = &facet.values[v].slug;
            let same = site.facets[k][lang].iter().find(|g| g.field == facet.field).is_some_and(|g| g.has(slug));
            if !same {
                return list(k);
            }
            let field = &kind.fields[facet.field].id;
            Counterpart { path: paging::facet_path(folder, kind, field, slug, 0), exact: n == 0 }
        }
        What::Entry(i) => match site.translation(i, lang) {
            Some(j) => exact(site.entry(j).path()),
            None => list(site.entry(i).kind),
        },
        What::Vocabularies if !other.is_empty() => exact(vocabularies(folder)),
        What::Vocabularies => near(home(folder)),
        What::Vocabulary(b) | What::Term(b, _) => {
            let Some(found) = other.iter().find(|o| o.field == own[b].field) else {
                return near(if other.is_empty() { home(folder) } else { vocabularies(folder) });
            };
            let What::Term(_, t) = page.what else {
                return exact(vocabulary(folder, &found.field));
            };
            let slug = &own[b].terms[t].slug;
            if found.terms.contains_key(slug) {
                exact(term(folder, &found.field, slug))
            } else {
                near(vocabulary(folder, &found.field))
            }
        }
    }
}
