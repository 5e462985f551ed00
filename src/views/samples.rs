//! How much of a figure is samples, which every figure says where its entries are not shown with their own marks.

use super::block::{Block, Samples};
use super::problem::Problem;
use super::select;
use super::spec::Spec;
use crate::model::EntryId;
use crate::site::Site;

/// The samples of a figure that is made. What it names is what it is made of where it names everything that it counts;
/// else what it chooses.
pub(super) fn of(
    site: &Site,
    spec: &Spec,
    page: Option<EntryId>,
    view: &str,
    block: &Block,
    records: impl FnOnce() -> Result<Block, Problem>,
) -> Result<Samples, Problem> {
    let items = |block: &Block| -> Vec<EntryId> {
        block.rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.items).filter_map(|(_, i)| *i).collect()
    };
    Ok(match view {
        // They tell it themselves: of internal records nothing else is known, and the map leaves some out.
        "aggregate" | "share" | "map" => block.samples,
        "expected" | "tally" => Samples::of(site, items(block)),
        "coverage" => Samples::of(site, items(&records()?)),
        "due" => Samples::of(site, items(block).into_iter().chain(block.rows.iter().filter_map(|r| r.target))),
        "rows" | "open" | "targets" | "progress" | "statuses" => {
            let (kind, _) = select::kind(site, &spec.kind)?;
            let cells = block.rows.iter().flat_map(|r| &r.cells).filter_map(|c| c.target);
            let named = block.rows.iter().filter_map(|r| r.target).chain(cells).chain(items(block));
            Samples::of(site, named.filter(|i| site.entry(*i).kind == kind))
        }
        _ => Samples::of(site, select::entries(site, spec, page)?.entries),
    })
}
