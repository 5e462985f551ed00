//! Figures: lists, tables, matrices and charts that are made from the data and never typed in.
//!
//! A `query` block in a body, or a file of `content/_schema/figures`, becomes a [`spec::Spec`]; [`make`] turns it
//! into a [`Block`] for a language. A block names entries by position, so the renderer makes the links.
//! [`counts`] checks numbers written in prose against the data.

mod across;
mod block;
pub(crate) mod chart;
pub(crate) mod counts;
pub(crate) mod drawn;
pub(crate) mod due;
mod entries;
mod expected;
pub(crate) mod flow;
mod groups;
mod layers;
pub(crate) mod map;
mod open;
pub(crate) mod picture;
mod problem;
mod progress;
mod samples;
pub(crate) mod select;
mod share;
pub(crate) mod spec;
mod units;
mod wanted;
mod wrap;
mod yearly;

pub(crate) use block::{Block, Cell};
pub(crate) use problem::Problem;

use crate::model::{EntryId, Lang};
use crate::site::Site;
use spec::Spec;

/// Names of all views.
pub const VIEWS: [&str; 19] = [
    "across",
    "aggregate",
    "bars",
    "cards",
    "count",
    "coverage",
    "due",
    "expected",
    "line",
    "list",
    "map",
    "matrix",
    "open",
    "progress",
    "rows",
    "share",
    "statuses",
    "tally",
    "targets",
];

/// Makes a figure. `page` is the entry on whose page it stands.
///
/// # Errors
/// A [`Problem`] where the query names what does not exist or lacks a key that its view needs.
pub(crate) fn make(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
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
        "expected" => expected::expected(site, spec, page, lang)?,
        "due" => due::due(site, spec, page, lang)?,
        "tally" => expected::tally(site, spec, page, lang)?,
        "share" => share::share(site, spec, page, lang)?,
        "coverage" => expected::coverage(site, spec, page, lang)?,
        "across" => across::across(site, spec, page, lang)?,
        "open" => open::open(site, spec, page, lang)?,
        "statuses" => across::statuses(site, spec, page, lang)?,
        "targets" => progress::targets(site, spec, page, lang)?,
        "progress" => progress::progress(site, spec, page, lang)?,
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
    block.samples = samples::of(site, spec, page, view, &block, || expected::expected(site, spec, page, lang))?;
    // Lists and cards mark their entries one by one; a page that is a sample says so at its top.
    let own = page.is_some_and(|page| site.entry(page).illustrative);
    let told = block.samples.told(lang);
    let said = matches!(view, "list" | "cards") || own && block.samples.only();
    if !said && !told.is_empty() {
        block.note = if block.note.is_empty() { told } else { format!("{} · {told}", block.note) };
    }
    if matches!(view, "bars" | "line") {
        block.charts = chart::of(&block, lang);
    }
    Ok(block)
}
