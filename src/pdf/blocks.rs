//! The block tree: a Markdown body as data, for templates that know no HTML.
//!
//! It holds text and structure only. A handout template gets it as JSON in `entry.sections.<id>.blocks` and sets it with
//! its own styles, so nothing that an author writes can become markup of the printed page.

use serde::{Deserialize, Serialize};

/// A stretch of text with one set of marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Run {
    /// The text; `\n` is a forced line end.
    pub t: String,
    /// Strong.
    #[serde(skip_serializing_if = "is_false")]
    pub b: bool,
    /// Emphasised.
    #[serde(skip_serializing_if = "is_false")]
    pub i: bool,
    /// Code.
    #[serde(skip_serializing_if = "is_false")]
    pub code: bool,
    /// Struck out.
    #[serde(skip_serializing_if = "is_false")]
    pub del: bool,
    /// Mark of a footnote; set raised.
    #[serde(skip_serializing_if = "is_false")]
    pub sup: bool,
    /// Set lowered: H₂O.
    #[serde(skip_serializing_if = "is_false")]
    pub sub: bool,
    /// A formula: its MathML; `t` is then what the author wrote.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub math: String,
    /// A formula, or what is raised or lowered, in one line of plain text, for files that set none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub line: String,
    /// Target of a link, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub href: String,
}

/// What parts two marks of notes that follow each other: 1, 2 and not 12.
pub(super) const NOTES_APART: &str = ", ";

/// One block of a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    P { runs: Vec<Run> },
    /// A heading below the section's own (level 3 and deeper as written).
    H { level: u8, runs: Vec<Run> },
    /// A list; `start` is absent in lists without numbers. `done` of an item is set in task lists.
    List { start: Option<u64>, items: Vec<ListItem> },
    /// A quotation, or a callout when `kind` is set (`note`, `tip`, `important`, `warning`, `caution`).
    Quote { kind: String, blocks: Vec<Block> },
    /// A table; `align` has `left`, `center`, `right` or an empty string for each column.
    Table { align: Vec<String>, head: Vec<Vec<Run>>, rows: Vec<Vec<Vec<Run>>> },
    /// Preformatted text; `info` is the word after the fence.
    Code {
        #[serde(default)]
        info: String,
        text: String,
    },
    /// A picture with its description and caption.
    Figure { src: String, alt: String, caption: Vec<Run> },
    /// A generated figure: how it is drawn (the view; templates draw bars, lines and pairs), what it shows in words, its
    /// table, the numbers behind the cells of each row (without the row's label), and what it says of itself below it.
    Chart {
        title: String,
        #[serde(default)]
        note: String,
        view: String,
        alt: String,
        head: Vec<String>,
        rows: Vec<Vec<String>>,
        values: Vec<Vec<Option<f64>>>,
    },
    /// A footnote's text.
    Note { label: String, blocks: Vec<Block> },
    /// A thematic break.
    Rule,
    /// More follows that is not printed.
    Cut,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListItem {
    /// In task lists: whether it is ticked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// What stands before it (`c.`), where that does not follow from the list's `start`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its content.
    pub blocks: Vec<Block>,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The text of runs without marks.
pub(crate) fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.t.as_str()).collect()
}
