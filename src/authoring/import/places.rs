//! How columns and rows are named in messages.

use crate::model::Label;
use rust_xlsxwriter::utility::column_number_to_name;

/// The letters that a spreadsheet gives to a column, counted from 1.
pub(super) fn letter(column: usize) -> String {
    let number = column.checked_sub(1).and_then(|c| u16::try_from(c).ok());
    number.map_or_else(String::new, column_number_to_name)
}

/// Runs of rows that a message lists.
const RUNS: usize = 8;

/// `2, 5–9`; of many, the first runs and how many more rows there are.
pub(super) fn ranges(rows: &[usize]) -> Label {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows.dedup();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < rows.len() && out.len() < RUNS {
        let start = rows[at];
        while at + 1 < rows.len() && rows[at + 1] == rows[at] + 1 {
            at += 1;
        }
        out.push(match rows[at] - start {
            0 => start.to_string(),
            1 => format!("{start}, {}", rows[at]),
            _ => format!("{start}–{}", rows[at]),
        });
        at += 1;
    }
    let list = out.join(", ");
    match rows.len() - at {
        0 => Label::new(list.clone(), list),
        more => Label::new(format!("{list} และอีก {more} แถว"), format!("{list} and {more} more")),
    }
}
