//! How each page is made.

use tera::Value as Shape;

use super::calendar;
use super::context::{Context, PageInfo, Place, Version, has_list, paging};
use super::feed::{About, Feed};
use super::open_data;
use super::plan::{Page, What, counterpart};
use crate::diagnostics::Diagnostic;
use crate::model::{ByLang, EntryId, Lang};

/// The plain page that an author wrote for the address of a generated one (home, list).
fn written_for(context: &Context<'_>, path: &str) -> Option<EntryId> {
    let site = context.site;
    let found = site.at_path(path)?;
    site.public.schema.kinds[site.entry(found).kind].plain.then_some(found)
}

/// Renders a page to bytes.
pub(super) fn render(context: &Context<'_>, page: &Page) -> Result<Vec<u8>, Box<Diagnostic>> {
    let site = context.site;
    let lang = page.lang;
    let mut place = Place::new(&context.site.public.config, lang, &page.path);
    let config = &site.public.config;
    let word = |key| context.word(lang, key).to_owned();
    let versions = versions(context, page);
    match page.what {
        What::Home => {
            let body = written_for(context, &page.path).map(|i| context.body(&place, i).html);
            let info = PageInfo {
                kind_of_page: "home",
                template: "home.html",
                title: config.title.get(lang).to_owned(),
                html: body,
                versions,
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("front", Shape::from(context.front(&place)));
            tera.insert_value("folder", context.folder(&place, 0));
            context.templates.render("home.html", &tera, &page.path)
        }
        What::List(k, n) => {
            let kind = &site.public.schema.kinds[k];
            let title = kind.plural().get(lang);
            let body = written_for(context, &page.path).map(|i| context.body(&place, i).html);
            let info = PageInfo {
                kind_of_page: "list",
                template: "list.html",
                title: context.numbered(lang, title, n),
                description: context.numbered(lang, kind.description.get(lang), n),
                html: body,
                above: above(n, title, &paging::list_path(&place.folder, kind, 0)),
                versions,
                current: Some(k),
                feed: feed_of(context, lang, About::Kind(k)),
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("kind", context.kind_value(&place, k));
            tera.insert_value("list", Shape::from(context.list(&place, k, None, n)));
            let figures = if n == 0 { &kind.overview[..] } else { &[] };
            tera.insert_value("overview", context.named_figures(&place, None, figures));
            context.templates.render("list.html", &tera, &page.path)
        }
        What::Facet(k, f, v, n) => {
            let kind = &site.public.schema.kinds[k];
            let facet = &site.facets[k][lang][f];
            let value = &facet.values[v];
            let plural = kind.plural().get(lang);
            let title = format!("{plural}: {}", value.label.get(lang));
            let field = &kind.fields[facet.field];
            let description = format!("{plural} · {}: {}", field.label.get(lang), value.label.get(lang));
            let mut steps = vec![(plural.to_owned(), paging::list_path(&place.folder, kind, 0))];
            let first = paging::facet_path(&place.folder, kind, &field.id, &value.slug, 0);
            steps.extend(above(n, &title, &first));
            let info = PageInfo {
                kind_of_page: "facet",
                template: "facet.html",
                title: context.numbered(lang, &title, n),
                description: context.numbered(lang, &description, n),
                above: steps,
                versions,
                current: Some(k),
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("kind", context.kind_value(&place, k));
            let list = context.list(&place, k, Some((f, v)), n);
            tera.insert_value("overview", context.named_figures(&place, None, &[]));
            tera.insert_value("list", Shape::from(list));
            context.templates.render("facet.html", &tera, &page.path)
        }
        What::Matrix(k) => {
            let kind = &site.public.schema.kinds[k];
            let info = PageInfo {
                kind_of_page: "matrix",
                template: "matrix.html",
                title: format!("{}: {}", word("compare.title"), kind.plural().get(lang)),
                description: format!("{}: {}", word("compare.title"), kind.description.get(lang)),
                above: vec![(kind.plural().get(lang).to_owned(), paging::list_path(&place.folder, kind, 0))],
                versions,
                current: Some(k),
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("kind", context.kind_value(&place, k));
            tera.insert_value("matrix", Shape::from(context.matrix(&place, k)));
            context.templates.render("matrix.html", &tera, &page.path)
        }
        What::Folder(node) => {
            let info = PageInfo {
                kind_of_page: "folder",
                template: "folder.html",
                title: site.trees[lang].nodes[node].title.clone(),
                description: format!("{}: {}", config.title.get(lang), site.trees[lang].nodes[node].title),
                above: context.folders_above(&place),
                versions,
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("folder", context.folder(&place, node));
            context.templates.render("folder.html", &tera, &page.path)
        }
        What::Entry(i) => entry(context, &place, i, versions),
        What::Vocabularies | What::Vocabulary(_) | What::Term(..) => vocabulary(context, &place, page, versions),
        What::Search => {
            let info = PageInfo {
                kind_of_page: "search",
                template: "search.html",
                title: word("search.title"),
                hidden: true,
                versions,
                ..PageInfo::default()
            };
            context.templates.render("search.html", &context.assemble(&place, info), &page.path)
        }
        What::Compare => {
            let info = PageInfo {
                kind_of_page: "compare",
                template: "compare.html",
                title: word("compare.title"),
                hidden: true,
                versions,
                ..PageInfo::default()
            };
            context.templates.render("compare.html", &context.assemble(&place, info), &page.path)
        }
        What::Updates => {
            let info = PageInfo {
                kind_of_page: "updates",
                template: "updates.html",
                title: word("updates.title"),
                description: word("updates.intro"),
                versions,
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("months", context.updates(&place));
            tera.insert_value("feeds", Shape::from_serializable(&followed(context, &place)));
            context.templates.render("updates.html", &tera, &page.path)
        }
        What::Data => {
            let absolute = !config.base_url.is_empty();
            let info = PageInfo {
                kind_of_page: "data",
                template: "data.html",
                title: word("data.title"),
                description: word("data.intro"),
                datasets: absolute.then(|| open_data::datasets(context.input, lang)),
                versions,
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("data", Shape::from_serializable(&open_data::view(context.input, &place)));
            context.templates.render("data.html", &tera, &page.path)
        }
        What::NotFound => {
            let Some(root) = root_path(&config.base_url) else {
                return Ok(bare_not_found(context));
            };
            let styles = context.assets.inline(SHEET, Some(&root));
            place.root = root;
            let info = PageInfo {
                kind_of_page: "notfound",
                template: "404.html",
                title: word("notfound.title"),
                hidden: true,
                styled: true,
                versions,
                ..PageInfo::default()
            };
            let mut tera = context.assemble(&place, info);
            tera.insert_value("styles", Shape::safe_string(&styles));
            context.templates.render("404.html", &tera, &page.path)
        }
    }
}

/// A sentence about a page that lists others: no two pages have the same.
fn told(context: &Context<'_>, lang: Lang, title: &str, about: &str, count: usize) -> String {
    let count = context.input.theme.words.count(lang, "list.count", count);
    if about.is_empty() { format!("{title} · {count}") } else { format!("{title} · {about}") }
}

/// The feed of a kind or an entry: name and address, where there is one.
fn feed_of(context: &Context<'_>, lang: Lang, about: About) -> Option<(String, String)> {
    let site = context.site;
    let feed = Feed { lang, about };
    let exists = !site.public.config.base_url.is_empty() && feed.exists(site);
    exists.then(|| (feed.name(site), feed.path(site, "xml")))
}

/// What readers of a language can follow: feeds of kinds, and calendars of what takes place.
fn followed(context: &Context<'_>, place: &Place) -> Vec<serde_json::Value> {
    let site = context.site;
    let kinds = site.public.schema.kinds.ids();
    let mut out = Vec::new();
    for k in kinds {
        let feed = feed_of(context, place.lang, About::Kind(k));
        let calendar =
            calendar::of_kind(site, place.lang, k).filter(|_| !calendar::days(site, place.lang, k).is_empty());
        if feed.is_none() && calendar.is_none() {
            continue;
        }
        out.push(serde_json::json!({
            "title": site.public.schema.kinds[k].plural().get(place.lang),
            "atom": feed.map(|(_, path)| place.href(&path)),
            "calendar": calendar.map(|path| place.href(&path)),
        }));
    }
    out
}

/// The page itself and its counterpart in every other language.
fn versions(context: &Context<'_>, page: &Page) -> Vec<Version> {
    let languages = context.site.public.config.languages();
    let fields = ByLang::new(&languages, |lang| context.browse(lang));
    if languages.len() < 2 {
        return Vec::new();
    }
    let version = |lang: Lang| {
        if lang == page.lang {
            return Version { lang, path: page.path.clone(), exact: true };
        }
        let found = counterpart(context.site, &fields, page, lang);
        Version { lang, path: found.path, exact: found.exact }
    };
    languages.into_iter().map(version).collect()
}

/// The first page of a list is a step above its other pages.
fn above(page: usize, title: &str, first: &str) -> Vec<(String, String)> {
    if page == 0 { Vec::new() } else { vec![(title.to_owned(), first.to_owned())] }
}

fn entry(context: &Context<'_>, place: &Place, i: EntryId, versions: Vec<Version>) -> Result<Vec<u8>, Box<Diagnostic>> {
    let site = context.site;
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    let body = context.body(place, i);
    let own = format!("kinds/{}.html", if kind.template.is_empty() { &kind.id } else { &kind.template });
    let fallback = if kind.plain { "page.html" } else { "entry.html" };
    let template =
        context.templates.first(&[if kind.plain { "page.html" } else { &own }, fallback]).unwrap_or(fallback);
    let mut above = context.folders_above(place);
    if has_list(kind) {
        let path = paging::list_path(&place.folder, kind, 0);
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
        entry: Some(i),
        feed: feed_of(context, entry.lang, About::Entry(i)),
        versions,
        current: has_list(kind).then_some(entry.kind),
        ..PageInfo::default()
    };
    let mut tera = context.assemble(place, info);
    tera.insert_value("kind", context.kind_value(place, entry.kind));
    tera.insert_value("entry", Shape::from(context.entry(place, i, &body, template)));
    tera.insert_value("answer", context.asked(template, "answer", || context.answer(place, i)));
    context.templates.render(template, &tera, &place.path)
}

fn vocabulary(
    context: &Context<'_>,
    place: &Place,
    page: &Page,
    versions: Vec<Version>,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let lang = page.lang;
    let fields = context.browse(lang);
    let folder = format!("{}browse", place.folder);
    let index = (context.word(lang, "nav.browse").to_owned(), format!("{folder}/index.html"));
    let mut info =
        PageInfo { kind_of_page: "vocabulary", template: "vocabulary.html", versions, ..PageInfo::default() };
    let (mut term, mut groups, mut one, mut all) = (None, None, None, Vec::new());
    match page.what {
        What::Vocabulary(b) => {
            let field = &fields[b];
            info.title = field.label.get(lang).to_owned();
            info.description = told(context, lang, &info.title, field.description.get(lang), field.terms.len());
            info.above = vec![index];
            one = Some(Shape::from(context.vocabulary(place, field)));
        }
        What::Term(b, t) => {
            let field = &fields[b];
            let found = &field.terms[t];
            info.title = format!("{}: {}", field.label.get(lang), found.label.get(lang));
            info.description = told(context, lang, &info.title, found.description.get(lang), found.count);
            info.above =
                vec![index, (field.label.get(lang).to_owned(), format!("{folder}/{}/index.html", field.field))];
            term = Some(context.term(field, found, lang));
            groups = Some(context.groups(place, found));
        }
        _ => {
            info.title = index.0;
            info.description = context.word(lang, "vocabulary.intro").to_owned();
            all = fields.iter().map(|field| Shape::from(context.vocabulary(place, field))).collect();
        }
    }
    let mut tera = context.assemble(place, info);
    tera.insert_value("vocabularies", Shape::from(all));
    tera.insert_value("vocabulary", one.unwrap_or_else(Shape::none));
    tera.insert_value("term", term.unwrap_or_else(Shape::none));
    tera.insert_value("groups", groups.unwrap_or_else(|| Shape::from(Vec::<Shape>::new())));
    context.templates.render("vocabulary.html", &tera, &page.path)
}

/// Path of the base address; `None` without one.
fn root_path(base: &str) -> Option<String> {
    let rest = base.split_once("://")?.1;
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    Some(if path.ends_with('/') { path.to_owned() } else { format!("{path}/") })
}

/// The style sheet of the page for missing ones, which holds it: it looks right wherever it is served, and as a file.
const SHEET: &str = "css/main.css";

/// Without a base address nobody knows how deep the missing page was: no link, no asset.
fn bare_not_found(context: &Context<'_>) -> Vec<u8> {
    let main = context.site.main();
    let (code, direction) = (main.code(), main.direction());
    let mut out =
        format!("<!doctype html>\n<html lang=\"{code}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(
        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n<title>",
    );
    crate::markdown::escape_text(context.word(main, "notfound.title"), &mut out);
    let styles = context.assets.inline(SHEET, None);
    out.push_str(&format!("</title>\n<style>{styles}</style>\n</head>\n<body>\n<main class=\"wrap\">\n"));
    for (at, lang) in context.site.public.config.languages().into_iter().enumerate() {
        let (code, heading) = (lang.code(), if at == 0 { "h1" } else { "h2" });
        out.push_str(&format!("<section lang=\"{code}\" dir=\"{}\">\n<{heading}>", lang.direction()));
        crate::markdown::escape_text(context.word(lang, "notfound.title"), &mut out);
        out.push_str(&format!("</{heading}>\n<p>"));
        crate::markdown::escape_text(context.word(lang, "notfound.text"), &mut out);
        let part = context.site.public.config.part.get(lang);
        if !part.is_empty() {
            out.push_str("</p>\n<p class=\"notice\">");
            let [before, after] = ["bundle.part", "bundle.part_note"].map(|word| context.word(lang, word));
            crate::markdown::escape_text(&format!("{before} {part} · {after}"), &mut out);
        }
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
