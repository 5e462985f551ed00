//! The plan of the site: every page, its address and how it is made.

use std::collections::HashSet;

use tera::Value as Shape;

use super::context::{Context, PageInfo, Place, browse};
use crate::derive::{Site, lang_index};
use crate::diag::Diagnostic;
use crate::model::{KindDef, Lang};

/// One page to render.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub lang: Lang,
    /// Address in the site.
    pub path: String,
    pub what: What,
}

/// What a page shows. Numbers are positions in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Home,
    List(usize),
    /// Kind, facet, value.
    Facet(usize, usize, usize),
    Matrix(usize),
    Entry(usize),
    Vocabularies,
    Vocabulary(usize),
    Term(usize, usize),
    Search,
    Compare,
    NotFound,
}

fn has_list(kind: &KindDef) -> bool {
    !kind.plain && !kind.folder.is_empty()
}

/// All pages. Two pages never have one address: the first stays.
pub(super) fn plan(site: &Site) -> Vec<Page> {
    let mut pages = Vec::with_capacity(site.public.entries.len() + 256);
    let mut add = |lang: Lang, path: String, what: What| pages.push(Page { lang, path, what });
    let schema = &site.public.schema;
    for lang in site.public.config.languages() {
        add(lang, format!("{}index.html", lang.folder()), What::Home);
        for (k, kind) in schema.kinds.iter().enumerate().filter(|(_, k)| has_list(k)) {
            let count = site.order[k][lang_index(lang)].len();
            if count == 0 {
                continue;
            }
            add(
                lang,
                format!("{}{}/index.html", lang.folder(), kind.folder),
                What::List(k),
            );
            if lang != Lang::Th {
                continue;
            }
            if !kind.compare.is_empty() {
                add(
                    lang,
                    format!("{}/compare.html", kind.folder),
                    What::Matrix(k),
                );
            }
            for (f, facet) in site.facets[k][lang_index(lang)].iter().enumerate() {
                let field = &kind.fields[facet.field].id;
                for (v, value) in facet.values.iter().enumerate() {
                    add(
                        lang,
                        format!("{}/by/{field}/{}.html", kind.folder, value.slug),
                        What::Facet(k, f, v),
                    );
                }
            }
        }
    }
    let fields = browse(site);
    add(Lang::Th, "browse/index.html".into(), What::Vocabularies);
    for (b, field) in fields.iter().enumerate() {
        add(
            Lang::Th,
            format!("browse/{}/index.html", field.field),
            What::Vocabulary(b),
        );
        for (t, term) in field.terms.iter().enumerate() {
            add(
                Lang::Th,
                format!("browse/{}/{}.html", field.field, term.slug),
                What::Term(b, t),
            );
        }
    }
    add(Lang::Th, "search.html".into(), What::Search);
    add(Lang::Th, "compare.html".into(), What::Compare);
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

/// The plain page that an author wrote for the address of a generated one (home, list).
fn written_for(context: &Context<'_>, path: &str) -> Option<usize> {
    let entries = &context.site.public.entries;
    entries
        .iter()
        .position(|e| e.path() == path && context.site.public.schema.kinds[e.kind].plain)
}

/// Renders a page to bytes.
pub(super) fn render(context: &Context<'_>, page: &Page) -> Result<Vec<u8>, Box<Diagnostic>> {
    let site = context.site;
    let lang = page.lang;
    let mut place = Place::new(lang, &page.path);
    let config = &site.public.config;
    let word = |key| context.word(lang, key).to_owned();
    let both = |path: &str, exists: bool| -> Vec<(Lang, String)> {
        let langs = config.languages();
        if langs.len() < 2 || !exists {
            return Vec::new();
        }
        langs
            .iter()
            .map(|l| (*l, format!("{}{path}", l.folder())))
            .collect()
    };
    match page.what {
        What::Home => {
            let body = written_for(context, &page.path).map(|i| context.body(&place, i).html);
            let info = PageInfo {
                kind_of_page: "home",
                template: "home.html",
                title: config.title.get(lang).to_owned(),
                html: body,
                languages: both("index.html", true),
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("front", Shape::from(context.front(&place)));
            context.templates.render("home.html", &tera, &page.path)
        }
        What::List(k) => {
            let kind = &site.public.schema.kinds[k];
            let path = format!("{}/index.html", kind.folder);
            let translated = site.order[k].iter().all(|l| !l.is_empty());
            let body = written_for(context, &page.path).map(|i| context.body(&place, i).html);
            let info = PageInfo {
                kind_of_page: "list",
                template: "list.html",
                title: kind.plural().get(lang).to_owned(),
                description: kind.description.get(lang).to_owned(),
                html: body,
                languages: both(&path, translated),
                current: Some(k),
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("kind", context.kind_value(&place, k));
            tera.insert_value("list", Shape::from(context.list(&place, k, None)));
            context.templates.render("list.html", &tera, &page.path)
        }
        What::Facet(k, f, v) => {
            let kind = &site.public.schema.kinds[k];
            let facet = &site.facets[k][lang_index(lang)][f];
            let value = &facet.values[v];
            let title = format!("{}: {}", kind.plural().get(lang), value.label.get(lang));
            let field = kind.fields[facet.field].label.get(lang);
            let info = PageInfo {
                kind_of_page: "facet",
                template: "facet.html",
                description: format!(
                    "{} · {field}: {}",
                    kind.plural().get(lang),
                    value.label.get(lang)
                ),
                title,
                above: vec![(
                    kind.plural().get(lang).to_owned(),
                    format!("{}/index.html", kind.folder),
                )],
                current: Some(k),
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("kind", context.kind_value(&place, k));
            tera.insert_value("list", Shape::from(context.list(&place, k, Some((f, v)))));
            context.templates.render("facet.html", &tera, &page.path)
        }
        What::Matrix(k) => {
            let kind = &site.public.schema.kinds[k];
            let info = PageInfo {
                kind_of_page: "matrix",
                template: "matrix.html",
                title: format!("{}: {}", word("compare.title"), kind.plural().get(lang)),
                description: kind.description.get(lang).to_owned(),
                above: vec![(
                    kind.plural().get(lang).to_owned(),
                    format!("{}/index.html", kind.folder),
                )],
                current: Some(k),
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("kind", context.kind_value(&place, k));
            tera.insert_value("matrix", Shape::from(context.matrix(&place, k)));
            context.templates.render("matrix.html", &tera, &page.path)
        }
        What::Entry(i) => entry(context, &place, i),
        What::Vocabularies | What::Vocabulary(_) | What::Term(..) => {
            vocabulary(context, &place, page)
        }
        What::Search => {
            let info = PageInfo {
                kind_of_page: "search",
                template: "search.html",
                title: word("search.title"),
                hidden: true,
                ..PageInfo::default()
            };
            context
                .templates
                .render("search.html", &context.assemble(&place, info), &page.path)
        }
        What::Compare => {
            let info = PageInfo {
                kind_of_page: "compare",
                template: "compare.html",
                title: word("compare.title"),
                hidden: true,
                ..PageInfo::default()
            };
            context
                .templates
                .render("compare.html", &context.assemble(&place, info), &page.path)
        }
        What::NotFound => {
            let Some(root) = root_path(&config.base_url) else {
                return Ok(bare_not_found(context));
            };
            place.root = root;
            let info = PageInfo {
                kind_of_page: "notfound",
                template: "404.html",
                title: word("notfound.title"),
                hidden: true,
                ..PageInfo::default()
            };
            context
                .templates
                .render("404.html", &context.assemble(&place, info), &page.path)
        }
    }
}

fn entry(context: &Context<'_>, place: &Place, i: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let site = context.site;
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    let body = context.body(place, i);
    let own = format!(
        "kinds/{}.html",
        if kind.template.is_empty() {
            &kind.id
        } else {
            &kind.template
        }
    );
    let fallback = if kind.plain {
        "page.html"
    } else {
        "entry.html"
    };
    let template = context
        .templates
        .first(&[if kind.plain { "page.html" } else { &own }, fallback])
        .unwrap_or(fallback);
    let languages: Vec<(Lang, String)> = Lang::ALL
        .iter()
        .filter_map(|lang| {
            let other = if *lang == entry.lang {
                Some(i)
            } else {
                site.translation(i, *lang)
            };
            other.map(|o| (*lang, site.entry(o).path()))
        })
        .collect();
    let mut above = Vec::new();
    if has_list(kind) {
        let path = format!("{}{}/index.html", place.lang.folder(), kind.folder);
        above.push((kind.plural().get(place.lang).to_owned(), path));
    }
    let info = PageInfo {
        kind_of_page: if kind.plain { "page" } else { "entry" },
        template,
        title: entry.title.clone(),
        description: [&entry.summary, &body.opening]
            .into_iter()
            .find(|t| !t.is_empty())
            .cloned()
            .unwrap_or_else(|| context.facts(i, place.lang)),
        html: Some(body.html.clone()),
        toc: Some(body.toc.clone()),
        above,
        entry: Some((entry, kind)),
        languages: if languages.len() > 1 {
            languages
        } else {
            Vec::new()
        },
        current: has_list(kind).then_some(entry.kind),
        ..PageInfo::default()
    };
    let mut tera = context.assemble(place, info);
    tera.insert_value("kind", context.kind_value(place, entry.kind));
    tera.insert_value("entry", Shape::from(context.entry(place, i, &body)));
    context.templates.render(template, &tera, &place.path)
}

fn vocabulary(
    context: &Context<'_>,
    place: &Place,
    page: &Page,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let lang = page.lang;
    let index = (
        context.word(lang, "nav.browse").to_owned(),
        "browse/index.html".to_owned(),
    );
    let mut info = PageInfo {
        kind_of_page: "vocabulary",
        template: "vocabulary.html",
        ..PageInfo::default()
    };
    let (mut term, mut groups, mut one, mut all) = (None, None, None, Vec::new());
    match page.what {
        What::Vocabulary(b) => {
            let field = &context.browse[b];
            info.title = field.label.get(lang).to_owned();
            info.above = vec![index];
            one = Some(Shape::from(context.vocabulary(place, field)));
        }
        What::Term(b, t) => {
            let field = &context.browse[b];
            let found = &field.terms[t];
            info.title = format!("{}: {}", field.label.get(lang), found.label.get(lang));
            info.description = found.description.get(lang).to_owned();
            info.above = vec![
                index,
                (
                    field.label.get(lang).to_owned(),
                    format!("browse/{}/index.html", field.field),
                ),
            ];
            term = Some(context.term(field, found, lang));
            groups = Some(context.groups(place, found));
        }
        _ => {
            info.title = index.0;
            all = context
                .browse
                .iter()
                .map(|field| Shape::from(context.vocabulary(place, field)))
                .collect();
        }
    }
    let mut tera = context.assemble(place, info);
    tera.insert_value("vocabularies", Shape::from(all));
    tera.insert_value("vocabulary", one.unwrap_or_else(Shape::none));
    tera.insert_value("term", term.unwrap_or_else(Shape::none));
    tera.insert_value(
        "groups",
        groups.unwrap_or_else(|| Shape::from(Vec::<Shape>::new())),
    );
    context
        .templates
        .render("vocabulary.html", &tera, &page.path)
}

/// Path of the base address; `None` without one.
fn root_path(base: &str) -> Option<String> {
    let rest = base.split_once("://")?.1;
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    Some(if path.ends_with('/') {
        path.to_owned()
    } else {
        format!("{path}/")
    })
}

/// Without a base address nobody knows how deep the missing page was: no link, no asset.
fn bare_not_found(context: &Context<'_>) -> Vec<u8> {
    let mut out =
        String::from("<!doctype html>\n<html lang=\"th\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n<title>");
    crate::markdown::escape_text(context.word(Lang::Th, "notfound.title"), &mut out);
    out.push_str("</title>\n</head>\n<body>\n<main>\n");
    for (at, lang) in context
        .site
        .public
        .config
        .languages()
        .into_iter()
        .enumerate()
    {
        let (code, heading) = (lang.code(), if at == 0 { "h1" } else { "h2" });
        out.push_str(&format!("<section lang=\"{code}\">\n<{heading}>"));
        crate::markdown::escape_text(context.word(lang, "notfound.title"), &mut out);
        out.push_str(&format!("</{heading}>\n<p>"));
        crate::markdown::escape_text(context.word(lang, "notfound.text"), &mut out);
        out.push_str("</p>\n</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::root_path;

    #[test]
    fn root_of_the_404_page() {
        assert_eq!(root_path(""), None);
        assert_eq!(root_path("https://a.th/").as_deref(), Some("/"));
        assert_eq!(root_path("https://a.th").as_deref(), Some("/"));
        assert_eq!(root_path("https://a.th/sala/").as_deref(), Some("/sala/"));
    }
}
