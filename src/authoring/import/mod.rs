//! Tables to entries: workbooks (.xlsx, .ods) and CSV files.
//!
//! 1. [`guard`]: refuses what is too large or expands too far, before anything is parsed;
//! 2. [`sheet`]: rows of cells from any of the formats;
//! 3. [`map`]: which column is which value;
//! 4. [`plan`]: rows to Markdown texts, checked by the loader, with a finding for every row not taken
//!    (`aside`: rows that are none; `doubts`: cells that can be read in two ways; `identity`: which entry a row is; [`report`]: how the findings are put together);
//! 5. [`write`](mod@write): puts the files down; a manifest knows which of them nobody has changed since (`kept`: what
//!    was held back or taken out stays so; `unfit`: rows that would take a page from another row, or values from it).
//!
//! [`template`] writes the blank workbook of a kind, [`suggest`] drafts the map of a table.

mod aside;
mod doubts;
pub mod guard;
mod identity;
mod kept;
pub mod manifest;
pub mod map;
mod merge;
mod places;
pub mod plan;
mod planner;
pub(crate) mod report;
mod row;
pub mod sheet;
pub mod suggest;
pub mod template;
mod unfit;
pub mod write;

use crate::diagnostics::{Code, Diagnostic};

/// A finding about the whole file.
pub(crate) fn refused(file: &str, th: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::ImportFile, file, th, en)
}
