//! A generated figure, before it is HTML or print.

use super::drawn::{Chart, Region};
use super::samples::Samples;
use crate::model::{EntryId, Lang};
use crate::site::Site;

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
    pub(crate) fn number(value: f64) -> Cell {
        Cell { text: crate::site::display::number(value), value: Some(value), ..Cell::default() }
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
