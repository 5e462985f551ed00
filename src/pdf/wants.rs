//! Which PDFs a portal asks for, and where each of them stands in the site.

use std::collections::BTreeSet;

use super::job::Paper;
use crate::model::Lang;
use crate::site::{Site, lang_index};

/// One PDF that somebody asked for. Numbers are positions of entries or kinds in the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// The sheet of an entry: its kind's template.
    Sheet(usize, Paper),
    /// The booklet of a forum.
    Booklet(usize, Paper),
    /// Slides of a forum.
    Slides(usize),
    /// All entries of a kind side by side.
    Poster(usize),
}

/// What `[handout]` of the portal asks for.
pub fn of_settings(site: &Site) -> Vec<Want> {
    let settings = &site.public.config.handout;
    let paper = settings.paper.as_deref().and_then(|p| p.parse().ok()).unwrap_or(Paper::A4);
    let mut wants = Vec::new();
    let thai = |kind: &String| -> Vec<usize> {
        site.public.schema.kind(kind).map(|(k, _)| site.order[k][lang_index(Lang::Th)].clone()).unwrap_or_default()
    };
    let sheets = [&settings.kinds, &settings.reports, &settings.forms];
    for i in sheets.into_iter().flatten().flat_map(thai) {
        wants.push(Want::Sheet(i, Paper::A4));
    }
    wants.extend(settings.booklets.iter().flat_map(thai).map(|i| Want::Booklet(i, paper)));
    wants.extend(settings.slides.iter().flat_map(thai).map(Want::Slides));
    wants
        .extend(settings.posters.iter().filter_map(|kind| site.public.schema.kind(kind)).map(|(k, _)| Want::Poster(k)));
    let mut seen = BTreeSet::new();
    wants.retain(|want| seen.insert(format!("{want:?}")));
    wants
}

/// Where a PDF stands in the site, and the entry whose own handout it is.
pub fn place(site: &Site, want: Want) -> (String, Option<usize>) {
    let of = |i: usize, suffix: &str| {
        let shown = site.entry(i);
        format!("handouts/{}{}{suffix}.pdf", shown.lang.folder(), shown.id)
    };
    match want {
        Want::Sheet(i, _) | Want::Booklet(i, _) => (of(i, ""), (site.entry(i).lang == Lang::Th).then_some(i)),
        Want::Slides(i) => (of(i, "-slides"), None),
        Want::Poster(k) => {
            let folder = &site.public.schema.kinds[k].folder;
            (format!("handouts/{folder}-poster.pdf"), None)
        }
    }
}
