//! Cells of one sheet while it is read: what is hidden is left out, what is merged is filled.

use super::table::{Merge, Sheet};
use crate::authoring::convert::Cell;
use crate::authoring::import::guard::{Limits, too_large};
use crate::authoring::import::places::{letter, ranges};
use crate::authoring::unseen::Look;
use crate::diagnostics::{Code, Diagnostic, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// A sheet as it is read; rows from 1, columns from 0.
#[derive(Default)]
pub(super) struct Grid {
    rows: BTreeMap<usize, Vec<Cell>>,
    hidden_rows: BTreeSet<usize>,
    /// Of each column whether it is hidden; none where none is.
    hidden_columns: Vec<bool>,
    merges: Vec<Merge>,
    /// Cells to which somebody wrote a remark.
    remarks: BTreeSet<(usize, usize)>,
    concealed: BTreeSet<(usize, usize)>,
    /// Cells whose letters are unseen on their own ground, and whether they are on any.
    faint: BTreeMap<(usize, usize), bool>,
    /// Ranges that something else may colour: conditions, styles of tables.
    coloured: Vec<Merge>,
    /// Pictures, charts and text boxes.
    pub(super) drawings: usize,
    /// Bytes that all this takes.
    bytes: usize,
}

/// Most columns whose hiding is remembered: those that a sheet may have.
const COLUMNS: usize = 16_384;

impl Grid {
    /// Puts a cell; false where the sheet is larger than the limits.
    pub(super) fn put(&mut self, row: usize, column: usize, cell: Cell, limits: &Limits) -> bool {
        if cell == Cell::Empty {
            return true;
        }
        if column >= limits.columns || (self.rows.len() > limits.rows && !self.rows.contains_key(&row)) {
            return false;
        }
        let cells = self.rows.entry(row).or_default();
        self.bytes += cell.text().len();
        if cells.len() <= column {
            self.bytes += (column + 1 - cells.len()) * size_of::<Cell>();
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        self.bytes <= limits.cells
    }

    /// Whether so many remembered places more are within the limits.
    pub(super) fn takes(&mut self, places: usize, limits: &Limits) -> bool {
        self.bytes = self.bytes.saturating_add(places.saturating_mul(size_of::<Cell>()));
        self.bytes <= limits.cells
    }

    /// Columns from and to, counted from 1.
    pub(super) fn hide_columns(&mut self, from: Option<usize>, to: Option<usize>) {
        let (from, to) = (from.unwrap_or(1).max(1), to.unwrap_or(1).min(COLUMNS));
        self.hidden_columns.resize(COLUMNS, false);
        if let Some(columns) = self.hidden_columns.get_mut(from - 1..to) {
            columns.fill(true);
        }
    }

    /// A row that the sheet does not show.
    pub(super) fn hide_row(&mut self, row: usize) {
        self.hidden_rows.insert(row);
    }

    /// A cell to which somebody wrote a remark: it is no part of what the cell shows.
    pub(super) fn remark(&mut self, row: usize, column: usize) {
        self.remarks.insert((row, column));
    }

    /// A cell that holds what it does not show; it has been left out.
    pub(super) fn conceal(&mut self, row: usize, column: usize) {
        self.concealed.insert((row, column));
    }

    /// A cell whose letters nobody sees; where only their colour is why, something else may colour it.
    pub(super) fn faint(&mut self, row: usize, column: usize, look: &Look) {
        self.faint.insert((row, column), look.is_off());
    }

    /// A range in which conditions or the style of a table choose colours.
    pub(super) fn coloured(&mut self, from: (usize, usize), to: (usize, usize)) {
        self.coloured.push(Merge { rows: (from.0, to.0), columns: (from.1, to.1) });
    }

    /// Cells that are shown as one, from the upper left to the lower right.
    pub(super) fn merge(&mut self, from: (usize, usize), to: (usize, usize)) {
        if to.0 >= from.0 && to.1 >= from.1 && from != to {
            self.merges.push(Merge { rows: (from.0, to.0), columns: (from.1, to.1) });
        }
    }

    /// The sheet: merged cells filled, hidden rows and columns left out and reported.
    ///
    /// # Errors
    /// More rows, columns or merged cells than the limits allow.
    pub(super) fn finish(mut self, file: &str, name: &str, limits: &Limits) -> Result<Sheet, Diagnostic> {
        for (place, off) in std::mem::take(&mut self.faint) {
            let cell = self.rows.get_mut(&place.0).and_then(|cells| cells.get_mut(place.1));
            let seen = !off && self.coloured.iter().any(|m| m.holds(place));
            if let Some(cell) = cell.filter(|cell| !cell.is_empty() && !seen) {
                *cell = Cell::Empty;
                self.concealed.insert(place);
            }
        }
        self.fill(file, limits)?;
        let mut notes = Vec::new();
        let hidden: Vec<usize> = self.rows.keys().filter(|r| self.hidden_rows.contains(r)).copied().collect();
        if !hidden.is_empty() {
            let list = ranges(&hidden);
            notes.push(left_out(file, name, format!("แถวที่ซ่อนไว้ {}", list.th), format!("hidden rows {}", list.en)));
            self.rows.retain(|row, _| !self.hidden_rows.contains(row));
        }
        let held = |c: &usize| self.rows.values().any(|cells| cells.get(*c).is_some_and(|cell| !cell.is_empty()));
        let columns = self.hidden_columns.iter().enumerate().filter(|(_, hidden)| **hidden);
        let hidden: Vec<usize> = columns.map(|(c, _)| c).filter(held).collect();
        if !hidden.is_empty() {
            let list = hidden.iter().map(|c| letter(c + 1)).collect::<Vec<_>>().join(", ");
            notes.push(left_out(file, name, format!("คอลัมน์ที่ซ่อนไว้ {list}"), format!("hidden columns {list}")));
            for cells in self.rows.values_mut() {
                for c in &hidden {
                    if let Some(cell) = cells.get_mut(*c) {
                        *cell = Cell::Empty;
                    }
                }
            }
        }
        let rows: Vec<(usize, Vec<Cell>)> =
            self.rows.into_iter().filter(|(_, cells)| cells.iter().any(|c| !c.is_empty())).collect();
        if rows.len() > limits.rows + 1 {
            return Err(too_large(file, limits));
        }
        Ok(Sheet {
            name: name.to_string(),
            rows,
            merges: self.merges,
            remarks: self.remarks,
            concealed: self.concealed,
            drawings: self.drawings,
            notes,
        })
    }

    /// Every cell of a merged range gets its value. A row that holds nothing else is a banner and keeps one cell.
    fn fill(&mut self, file: &str, limits: &Limits) -> Result<(), Diagnostic> {
        for merge in &self.merges {
            let ((top, bottom), (left, right)) = (merge.rows, merge.columns);
            let Some(value) = self.rows.get(&top).and_then(|cells| cells.get(left)).filter(|c| !c.is_empty()).cloned()
            else {
                continue;
            };
            let right = right.min(limits.columns - 1);
            for (_, cells) in self.rows.range_mut(top..=bottom) {
                let beside = |(c, cell): (usize, &Cell)| (c < left || c > right) && !cell.is_empty();
                if !cells.iter().enumerate().any(beside) {
                    continue;
                }
                self.bytes += (right + 1 - left) * (size_of::<Cell>() + value.text().len());
                if self.bytes > limits.cells {
                    return Err(too_large(file, limits));
                }
                if cells.len() <= right {
                    cells.resize(right + 1, Cell::Empty);
                }
                cells[left..=right].iter_mut().filter(|c| c.is_empty()).for_each(|c| *c = value.clone());
            }
        }
        Ok(())
    }
}

fn left_out(file: &str, sheet: &str, th: String, en: String) -> Diagnostic {
    Diagnostic::new(
        Code::ImportRow,
        file,
        format!("ไม่นำเข้า{th} ของแผ่นงาน “{sheet}”"),
        format!("{en} of the sheet `{sheet}` are left out"),
    )
    .hint("ถ้าต้องการ ให้เลิกซ่อนแล้วบันทึกไฟล์", "to take them, unhide them and save the file")
    .severity(Severity::Note)
}
