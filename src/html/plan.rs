//! The plan of the site: every page, its address, and the same page in another language.

use std::collections::HashSet;

use super::context::{BrowseField, browse, has_list, paging};
use crate::model::Lang;
use crate::site::{Site, lang_index};

/// One page to render.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub lang: Lang,
    /// Address in the site.
    pub path: String,
    pub what: What,
}

/// What a page shows. Numbers are positions in the site; the last one of a list is the number of its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Home,
    List(usize, usize),
    /// Kind, facet, value, page.
    Facet(usize, usize, usize, usize),
    Matrix(usize),
    Entry(usize),
    Vocabularies,
    Vocabulary(usize),
    Term(usize, usize),
    Search,
    Compare,
    /// What is new and changed, by month.
    Updates,
    NotFound,
}

/// All pages. Two pages never have one address: the first stays.
pub(super) fn plan(site: &Site) -> Vec<Page> {
    let mut pages = Vec::with_capacity(site.public.entries.len() + 256);
    for lang in site.public.config.languages() {
        let mut add = |path: String, what: What| pages.push(Page { lang, path, what });
        add(home(lang), What::Home);
        lists(site, lang, &mut add);
        for (b, field) in browse(site, lang).iter().enumerate() {
            if b == 0 {
                add(vocabularies(lang), What::Vocabularies);
            }
            add(vocabulary(lang, &field.field), What::Vocabulary(b));
            for (t, term) in field.terms.iter().enumerate() {
                add(self::term(lang, &field.field, &term.slug), What::Term(b, t));
            }
        }
        add(format!("{}search.html", lang.folder()), What::Search);
        add(format!("{}compare.html", lang.folder()), What::Compare);
        add(updates(lang), What::Updates);
    }
    let mut add = |lang: Lang, path: String, what: What| pages.push(Page { lang, path, what });
    add(Lang::Th, "404.html".into(), What::NotFound);
    let languages = site.public.config.languages();
    for (i, entry) in site.public.entries.iter().enumerate() {
        if languages.contains(&entry.lang) {
            add(entry.lang, entry.path(), What::Entry(i));
        }
    }
    let mut seen = HashSet::with_capacity(pages.len());
    pages.retain(|page| seen.insert(page.path.to_lowercase()));
    pages
}

/// Lists, facet pages and matrices of a language.
fn lists(site: &Site, lang: Lang, add: &mut impl FnMut(String, What)) {
    let schema = &site.public.schema;
    for (k, kind) in schema.kinds.iter().enumerate().filter(|(_, k)| has_list(k)) {
        let count = site.count(k, lang);
        if count == 0 {
            continue;
        }
        for n in 0..paging::pages(count) {
            add(paging::list_path(lang, kind, n), What::List(k, n));
        }
        if !kind.compare.is_empty() {
            add(matrix(lang, &kind.folder), What::Matrix(k));
        }
        for (f, facet) in site.facets[k][lang_index(lang)].iter().enumerate() {
            let field = &kind.fields[facet.field].id;
            for (v, value) in facet.values.iter().enumerate() {
                for n in 0..paging::pages(value.entries.len()) {
                    add(paging::facet_path(lang, kind, field, &value.slug, n), What::Facet(k, f, v, n));
                }
            }
        }
    }
}

/// Address of the page of what is new and changed.
pub(super) fn updates(lang: Lang) -> String {
    format!("{}updates.html", lang.folder())
}

fn home(lang: Lang) -> String {
    format!("{}index.html", lang.folder())
}

fn matrix(lang: Lang, folder: &str) -> String {
    format!("{}{folder}/compare.html", lang.folder())
}

fn vocabularies(lang: Lang) -> String {
    format!("{}browse/index.html", lang.folder())
}

fn vocabulary(lang: Lang, field: &str) -> String {
    format!("{}browse/{field}/index.html", lang.folder())
}

pub(super) fn term(lang: Lang, field: &str, slug: &str) -> String {
    format!("{}browse/{field}/{slug}.html", lang.folder())
}

/// Where readers of another language go on from a page.
pub(super) struct Counterpart {
    /// Address in the site.
    pub path: String,
    /// Whether it is the same page; else it is the nearest one: the list of the kind, or the home page.
    pub exact: bool,
}

/// The page in another language.
pub(super) fn counterpart(site: &Site, fields: [&[BrowseField]; 2], page: &Page, lang: Lang) -> Counterpart {
    let schema = &site.public.schema;
    let exact = |path: String| Counterpart { path, exact: true };
    let near = |path: String| Counterpart { path, exact: false };
    let has = |k: usize| has_list(&schema.kinds[k]) && site.count(k, lang) > 0;
    let list = |k: usize| {
        if has(k) { near(paging::list_path(lang, &schema.kinds[k], 0)) } else { near(home(lang)) }
    };
    let own = fields[lang_index(page.lang)];
    let other = fields[lang_index(lang)];
    match page.what {
        What::Home => exact(home(lang)),
        What::NotFound => near(home(lang)),
        What::Search => exact(format!("{}search.html", lang.folder())),
        What::Compare => exact(format!("{}compare.html", lang.folder())),
        What::Updates => exact(updates(lang)),
        What::List(k, n) => Counterpart { exact: n == 0 && has(k), ..list(k) },
        What::Matrix(k) if has(k) => exact(matrix(lang, &schema.kinds[k].folder)),
        What::Matrix(_) => near(home(lang)),
        What::Facet(k, f, v, n) => {
            let kind = &schema.kinds[k];
            let facet = &site.facets[k][lang_index(page.lang)][f];
            let slug = &facet.values[v].slug;
            let same = site.facets[k][lang_index(lang)]
                .iter()
                .find(|g| g.field == facet.field)
                .is_some_and(|g| g.values.iter().any(|w| w.slug == *slug));
            if !same {
                return list(k);
            }
            let field = &kind.fields[facet.field].id;
            Counterpart { path: paging::facet_path(lang, kind, field, slug, 0), exact: n == 0 }
        }
        What::Entry(i) => match site.translation(i, lang) {
            Some(j) => exact(site.entry(j).path()),
            None => list(site.entry(i).kind),
        },
        What::Vocabularies if !other.is_empty() => exact(vocabularies(lang)),
        What::Vocabularies => near(home(lang)),
        What::Vocabulary(b) | What::Term(b, _) => {
            let Some(found) = other.iter().find(|o| o.field == own[b].field) else {
                return near(if other.is_empty() { home(lang) } else { vocabularies(lang) });
            };
            let What::Term(_, t) = page.what else {
                return exact(vocabulary(lang, &found.field));
            };
            let slug = &own[b].terms[t].slug;
            if found.terms.iter().any(|w| w.slug == *slug) {
                exact(term(lang, &found.field, slug))
            } else {
                near(vocabulary(lang, &found.field))
            }
        }
    }
}
