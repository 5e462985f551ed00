//! Figures: lists, tables, matrices and charts that are made from the data and never typed in.
//!
//! A `query` block in a body, or a file of `content/_schema/figures`, becomes a [`spec::Spec`]; [`make`] turns it
//! into a [`Block`] for a language. A block names entries by position, so the renderer makes the links.
//! [`counts`] checks numbers written in prose against the data.

mod actions;
pub mod chart;
pub mod counts;
mod duty;
pub mod flow;
mod groups;
mod layers;
mod lessons;
pub mod select;
pub mod spec;
mod spread;
mod views;
mod wrap;

use crate::model::{Label, Lang};
use crate::site::Site;
use spec::Spec;

/// A generated figure in one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// The view, which is also the template's name.
    pub view: String,
    /// Caption.
    pub title: String,
    /// Scope or how to read it.
    pub note: String,
    /// Columns beside the row's label.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Entries of `list` and `cards`.
    pub entries: Vec<usize>,
    /// The number of `count`, and the number of entries behind every other view.
    pub count: usize,
    /// A chart, as safe SVG without styles; empty where there is none.
    pub svg: String,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Field id or key.
    pub id: String,
    /// Heading.
    pub label: String,
    /// `text` or `number`.
    pub ty: &'static str,
    /// Entry that the heading links to.
    pub target: Option<usize>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Heading of the row.
    pub label: String,
    /// Entry that it links to.
    pub target: Option<usize>,
    /// Cells in the order of the columns.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Text.
    pub text: String,
    /// Entry that it links to.
    pub target: Option<usize>,
    /// Number behind the text.
    pub value: Option<f64>,
    /// Further links: text and entry.
    pub items: Vec<(String, Option<usize>)>,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// A number; zero is left blank by [`Cell::count`].
    pub fn number(value: f64) -> Cell {
        Cell { text: crate::site::display::number(value), value: Some(value), ..Cell::default() }
    }

    /// A number of entries with links to them; nothing where there are none.
    pub fn count(entries: &[usize], site: &Site, lang: Lang) -> Cell {
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

/// Titles and positions of entries.
pub fn links(entries: &[usize], site: &Site, lang: Lang) -> Vec<(String, Option<usize>)> {
    entries.iter().map(|i| (site.entry(*i).title_in(lang).to_string(), Some(*i))).collect()
}

/// Why a figure cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub message: Label,
    /// What to do.
    pub hint: Option<Label>,
}

impl Problem {
    /// A problem in both languages.
    pub fn new(th: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { message: Label::new(th, en), hint: None }
    }

    /// Adds a hint where there is one.
    pub fn hint(mut self, hint: Option<Label>) -> Problem {
        self.hint = hint;
        self
    }

    fn missing(key: &str, view: &str) -> Problem {
        Problem::new(format!("มุมมอง {view} ต้องมี {key}"), format!("view `{view}` needs `{key}`"))
    }
}

/// Names of all views.
pub const VIEWS: [&str; 15] = [
    "achieved",
    "actions",
    "aggregate",
    "bars",
    "cards",
    "count",
    "coverage",
    "duty",
    "lessons",
    "line",
    "list",
    "matrix",
    "rows",
    "seen",
    "spread",
];

/// Makes a figure. `page` is the entry on whose page it stands.
///
/// # Errors
/// A [`Problem`] where the query names what does not exist or lacks a key that its view needs.
pub fn make(site: &Site, spec: &Spec, page: Option<usize>, lang: Lang) -> Result<Block, Problem> {
    let view = if spec.view.is_empty() { "list" } else { spec.view.as_str() };
    let mut block = match view {
        "list" | "cards" | "count" => views::entries(site, spec, page)?,
        "table" => views::table(site, spec, page, lang)?,
        "rows" => views::rows(site, spec, page, lang)?,
        "matrix" => groups::matrix(site, spec, page, lang)?,
        "bars" => groups::bars(site, spec, page, lang)?,
        "line" => groups::line(site, spec, page, lang)?,
        "aggregate" => groups::aggregate(site, spec, lang)?,
        "duty" => duty::duty(site, spec, page, lang)?,
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
    // Charts come last: they are named by the title.
    match block.view.as_str() {
        "bars" | "line" => block.svg = chart::of(&block),
        "achieved" => block.svg = chart::pairs(&block),
        _ => {}
    }
    Ok(block)
}
