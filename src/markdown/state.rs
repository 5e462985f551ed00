//! What is known while a text is written.

use std::collections::{HashMap, VecDeque};

use pulldown_cmark::Alignment;

use super::events::Callout;
use super::ids::{HeadingId, IdSet};
use super::notes::Notes;
use super::plain::Plain;
use super::prepared::{Prepared, Spanned};
use super::types::{Links, Options, Part, Rendered};

/// What the end of an element writes.
pub(super) enum Close {
    Nothing,
    Tag(&'static str),
    Link(&'static str),
    Table,
    Footnote { label: String, outer: String },
}

/// The table being written.
#[derive(Debug, Default)]
pub(super) struct TableState {
    pub alignments: Vec<Alignment>,
    /// Number of the cell in its row, from 1; 0 outside cells.
    pub cell: usize,
    pub head: bool,
    pub body_open: bool,
    pub number: usize,
    /// Names of the columns, of a table whose rows are stacked on narrow screens.
    pub names: Vec<String>,
}

/// The writer of one text.
pub(super) struct Writer<'a> {
    pub prepared: &'a Prepared<'a>,
    pub events: &'a [Spanned<'a>],
    pub callouts: &'a HashMap<usize, Callout>,
    /// Anchors of the headings that are still to come.
    pub headings: VecDeque<HeadingId>,
    /// Index of the current event.
    pub at: usize,
    pub options: &'a Options<'a>,
    pub links: &'a dyn Links,
    /// HTML of the current part (or of the footnote being defined).
    pub out: String,
    pub parts: Vec<Part>,
    pub part: Part,
    pub result: Rendered,
    pub ids: IdSet,
    pub close: Vec<Close>,
    pub in_link: usize,
    /// Inside a heading, whose text is the title of its text part already.
    pub in_heading: bool,
    /// HTML of query blocks, put in after sanitising.
    pub slots: Vec<String>,
    pub notes: Notes,
    /// Reads the text for search.
    pub plain: Plain,
    pub table: TableState,
}
