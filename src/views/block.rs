//! A generated figure, before it is HTML or print.

use super::drawn::{Chart, Region};
use crate::model::{EntryId, Lang};
use crate::site::{Site, display};
use std::collections::BTreeSet;

/// A generated figure in one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Block {
    /// The view, which is also the template's name.
    pub view: String,
    /// Caption.
    pub title: String,
    /// Scope or how to read it.
    pub note: String,
    /// Columns next to the row's label.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Entries of `list` and `cards`.
    pub entries: Vec<EntryId>,
    /// The number of `count`, and the number of entries behind every other view.
    pub count: usize,
    /// A file that goes with it, by its path in the site.
    pub file: Option<String>,
    /// Its charts, one for each unit; none where a table is all there is.
    pub charts: Vec<Chart>,
    /// How much of it is samples.
    pub samples: Samples,
    /// Places of the view `map`.
    pub places: Vec<Region>,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Column {
    /// Field id or key.
    pub id: String,
    /// Heading.
    pub label: String,
    /// `text` or `number`.
    pub ty: &'static str,
    /// Entry that the heading links to.
    pub target: Option<EntryId>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Row {
    /// Heading of the row.
    pub label: String,
    /// Entry that it links to.
    pub target: Option<EntryId>,
    /// Cells in the order of the columns.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Cell {
    /// Text.
    pub text: String,
    /// Entry that it links to.
    pub target: Option<EntryId>,
    /// Number behind the text.
    pub value: Option<f64>,
    /// Further links: text and entry.
    pub items: Vec<(String, Option<EntryId>)>,
}

impl Cell {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A number; zero is left blank by [`Cell::count`].
    pub(crate) fn number(value: f64, lang: Lang) -> Cell {
        Cell { text: display::number(value, lang), value: Some(display::tidy(value)), ..Cell::default() }
    }

    /// A number of entries with links to them; nothing where there are none.
    pub(crate) fn count(entries: &[EntryId], site: &Site, lang: Lang) -> Cell {
        if entries.is_empty() {
            return Cell { value: Some(0.0), ..Cell::default() };
        }
        Cell {
            text: entries.len().to_string(),
            target: (entries.len() == 1).then(|| entries[0]),
            value: Some(entries.len() as f64),
            items: if entries.len() == 1 { Vec::new() } else { links(entries, site, lang) },
        }
    }
}

/// Titles and ids of entries.
pub(super) fn links(entries: &[EntryId], site: &Site, lang: Lang) -> Vec<(String, Option<EntryId>)> {
    entries.iter().map(|i| (site.title(*i, lang).to_string(), Some(*i))).collect()
}

pub(super) fn word(lang: Lang, th: &str, en: &str) -> String {
    if lang == Lang::TH { th.to_string() } else { en.to_string() }
}

pub(super) fn head(id: &str, label: String, ty: &'static str) -> Column {
    Column { id: id.into(), label, ty, target: None }
}

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
