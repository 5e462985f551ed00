//! Which PDFs a portal asks for, and where each of them is in the site.

use std::collections::BTreeSet;

use super::job::Paper;
use crate::model::Lang;
use crate::site::Site;

/// One PDF that somebody asked for. Numbers are positions of entries or kinds in the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// The sheet of an entry: its kind's template.
    TypstWorld(usize, Paper),
    /// The booklet of a forum.
    Booklet(usize, Paper),
    /// Slides of a forum.
    Slides(usize),
    /// All entries of a kind side by side.
    Poster(usize),
}

/// What `[handout]` of the portal asks for, in every language that has entries of the kinds.
pub(crate) fn of_settings(site: &Site) -> Vec<Request> {
    let settings = &site.public.config.handout;
    let paper = settings.paper.as_deref().and_then(|p| p.parse().ok()).unwrap_or(Paper::A4);
    let of_kind = |kind: &String| site.public.schema.kind(kind).map(|(k, _)| all(site, k)).unwrap_or_default();
    let sheets = [&settings.kinds, &settings.reports, &settings.forms].into_iter().flatten().flat_map(of_kind);
    let mut requests: Vec<Request> = sheets.map(|i| Request::TypstWorld(i, Paper::A4)).collect();
    requests.extend(settings.booklets.iter().flat_map(of_kind).map(|i| Request::Booklet(i, paper)));
    requests.extend(settings.slides.iter().flat_map(of_kind).map(Request::Slides));
    requests.extend(
        settings.posters.iter().filter_map(|kind| site.public.schema.kind(kind)).map(|(k, _)| Request::Poster(k)),
    );
    let mut seen = BTreeSet::new();
    requests.retain(|request| seen.insert(*request));
    requests
}

/// The entries of a kind in their order, each in the languages that it is written in.
pub(crate) fn all(site: &Site, kind: usize) -> Vec<usize> {
    let own = |lang: Lang| {
        let list = site.order[kind][lang].clone().into_iter();
        list.filter(move |i| site.entry(*i).lang == lang)
    };
    site.public.config.languages().into_iter().flat_map(own).collect()
}

/// What an entry can be on a paper; none where there is no such product. `templates` knows the templates by their stems.
pub(crate) fn on_paper(site: &Site, i: usize, paper: Paper, templates: &dyn Fn(&str) -> bool) -> Option<Request> {
    let settings = &site.public.config.handout;
    let kind = &site.public.schema.kinds[site.entry(i).kind];
    let one_of = |list: &[String]| list.contains(&kind.id);
    let template = kind.handout.as_deref().unwrap_or("page");
    match paper {
        Paper::A3 if templates(&wall(template)) => Some(Request::TypstWorld(i, paper)),
        Paper::A3 => one_of(&settings.posters).then_some(Request::Poster(site.entry(i).kind)),
        Paper::Slides => one_of(&settings.slides).then_some(Request::Slides(i)),
        _ if one_of(&settings.booklets) => Some(Request::Booklet(i, paper)),
        Paper::A4 | Paper::A5 => Some(Request::TypstWorld(i, paper)),
        Paper::A5Booklet | Paper::A4Booklet => None,
    }
}

/// The template of the card for the wall that belongs to a sheet's template.
pub(crate) fn wall(template: &str) -> String {
    format!("{template}-wall")
}

/// Where a PDF is in the site, and the entry whose own handout it is. Two papers of a product have two places.
pub(crate) fn place(site: &Site, request: Request) -> (String, Option<usize>) {
    let of = |i: usize, suffix: &str| {
        let shown = site.entry(i);
        format!("handouts/{}{}{suffix}.pdf", site.public.config.folder(shown.lang), shown.id)
    };
    let named = |i: usize, paper: Paper| match paper {
        Paper::A4 => of(i, ""),
        other => of(i, &format!("-{}", other.name())),
    };
    match request {
        Request::TypstWorld(i, paper) | Request::Booklet(i, paper) => (named(i, paper), Some(i)),
        Request::Slides(i) => (of(i, "-slides"), None),
        Request::Poster(k) => {
            let folder = &site.public.schema.kinds[k].folder;
            (format!("handouts/{folder}-poster.pdf"), None)
        }
    }
}
