//! Figures: lists, tables, matrices and charts that are made from the data and never typed in.
//!
//! A `query` block in a body, or a file of `content/_schema/figures`, becomes a [`spec::Spec`]; [`make`] turns it
//! into a [`Block`] for a language. A block names entries by position, so the renderer makes the links.
//! [`counts`] checks numbers written in prose against the data.

mod actions;
mod block;
pub(crate) mod chart;
pub(crate) mod counts;
pub(crate) mod drawn;
pub(crate) mod due;
mod duty;
mod entries;
pub(crate) mod flow;
mod groups;
mod layers;
mod lessons;
pub(crate) mod map;
mod problem;
pub(crate) mod select;
mod share;
pub(crate) mod spec;
mod spread;
mod wrap;

pub(crate) use block::{Block, Cell};
pub(crate) use problem::Problem;

use crate::model::Lang;
use crate::site::Site;
use spec::Spec;

/// Names of all views.
pub const VIEWS: [&str; 19] = [
    "achieved",
    "actions",
    "aggregate",
    "bars",
    "cards",
    "count",
    "coverage",
    "due",
    "duty",
    "lessons",
    "line",
    "list",
    "map",
    "matrix",
    "rows",
    "seen",
    "share",
    "spread",
    "tally",
];

/// Makes a figure. `page` is the entry on whose page it stands.
///
/// # Errors
/// A [`Problem`] where the query names what does not exist or lacks a key that its view needs.
pub(crate) fn make(site: &Site, spec: &Spec, page: Option<usize>, lang: Lang) -> Result<Block, Problem> {
    let view = if spec.view.is_empty() { "list" } else { spec.view.as_str() };
    let mut block = match view {
        "list" | "cards" | "count" => entries::entries(site, spec, page)?,
        "table" => entries::table(site, spec, page, lang)?,
        "rows" => entries::rows(site, spec, page, lang)?,
        "matrix" => groups::matrix(site, spec, page, lang)?,
        "bars" => groups::bars(site, spec, page, lang)?,
        "map" => map::map(site, spec, page, lang)?,
        "line" => groups::line(site, spec, page, lang)?,
        "aggregate" => groups::aggregate(site, spec, lang)?,
        "duty" => duty::duty(site, spec, page, lang)?,
        "due" => due::due(site, spec, page, lang)?,
        "tally" => duty::tally(site, spec, page, lang)?,
        "share" => share::share(site, spec, page, lang)?,
        "coverage" => duty::coverage(site, spec, page, lang)?,
        "seen" => lessons::seen(site, spec, page, lang)?,
        "actions" => actions::actions(site, spec, page, lang)?,
        "lessons" => lessons::used(site, spec, page, lang)?,
        "achieved" => spread::achieved(site, spec, page, lang)?,
        "spread" => spread::spread(site, spec, page, lang)?,
        other => {
            let known = VIEWS.iter().copied().chain(["table"]);
            return Err(Problem::new(format!("ไม่มีมุมมอง “{other}”"), format!("there is no view `{other}`"))
                .hint(crate::diagnostics::nearest_hint(other, known)));
        }
    };
    block.view = view.to_string();
    if let Some(title) = &spec.title {
        block.title = title.get(lang).to_string();
    }
    if let Some(note) = &spec.note {
        block.note = note.get(lang).to_string();
    }
    if matches!(view, "bars" | "line") {
        block.charts = chart::of(&block);
    }
    Ok(block)
}
