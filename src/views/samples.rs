//! How much of a figure is samples, which every figure says where its entries are not shown with their own marks.

use super::block::Block;
use super::problem::Problem;
use super::select;
use super::spec::Spec;
use crate::model::{EntryId, Lang};
use crate::site::Site;
use std::collections::BTreeSet;

/// What a figure is made of: samples, and all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Samples {
    /// Samples among them.
    pub samples: usize,
    /// Entries that the figure counts or shows.
    pub all: usize,
}

impl Samples {
    pub(super) fn of(site: &Site, entries: impl IntoIterator<Item = EntryId>) -> Samples {
        let entries: BTreeSet<EntryId> = entries.into_iter().collect();
        let samples = entries.iter().filter(|i| site.entry(**i).illustrative).count();
        Samples { samples, all: entries.len() }
    }

    /// Whether nothing in the figure is real.
    pub(crate) fn only(self) -> bool {
        self.samples > 0 && self.samples == self.all
    }

    /// The sentence under the figure; empty where there are none.
    pub(crate) fn told(self, lang: Lang) -> String {
        let Samples { samples, all } = self;
        match lang {
            _ if samples == 0 => String::new(),
            Lang::TH if self.only() => "ทุกรายการเป็นตัวอย่างสมมติ".to_owned(),
            Lang::TH => format!("ตัวอย่างสมมติ {samples} จาก {all} รายการ"),
            _ if self.only() => "All are illustrative examples".to_owned(),
            _ => format!("{samples} of {all} are illustrative examples"),
        }
    }
}

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
        _ => Samples::of(site, select::entries(site, spec, page)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_how_much_of_it_is_samples() {
        let told = |samples, all, lang| Samples { samples, all }.told(lang);
        assert_eq!(told(0, 3, Lang::TH), "");
        assert_eq!(told(0, 0, Lang::TH), "");
        assert_eq!(told(3, 3, Lang::TH), "ทุกรายการเป็นตัวอย่างสมมติ");
        assert_eq!(told(2, 3, Lang::TH), "ตัวอย่างสมมติ 2 จาก 3 รายการ");
        assert_eq!(told(2, 3, Lang::EN), "2 of 3 are illustrative examples");
    }
}
