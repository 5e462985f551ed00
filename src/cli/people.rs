//! `--people`: a list of people that is kept outside the portal. Its rows go into the files that are asked for and nowhere else.

use std::path::Path;

use serde_json::{Value, json};

use super::exit::Exit;
use super::import_input::bytes;
use super::terminal::Terminal;
use crate::authoring::convert::Cell;
use crate::authoring::import::guard::Limits;
use crate::authoring::import::sheet;
use crate::diagnostics::Severity;
use crate::model::product::PeopleColumn;

/// Rows of the list by the ids of the columns; other columns are left where they are.
pub(super) fn read(path: &Path, columns: &[&PeopleColumn], terminal: &Terminal) -> Result<Value, Exit> {
    let limits = Limits::default();
    let shown = path.display().to_string();
    let sheet = sheet::read(&shown, &bytes(path, limits.file, terminal)?, None, &limits).map_err(|found| {
        terminal.diagnostics(&[found]);
        Exit::Content
    })?;
    let mut notes = sheet.notes;
    notes.retain(|note| note.severity != Severity::Error);
    terminal.diagnostics(&notes);
    let place = |cells: &[Cell], column: &PeopleColumn| {
        cells.iter().position(|cell| {
            let head = cell.text().to_lowercase();
            column.heads.iter().any(|h| h.trim().to_lowercase() == head)
        })
    };
    // The head is the first row that has a known column: lists begin with titles.
    let head = sheet.rows.iter().position(|(_, cells)| columns.iter().any(|c| place(cells, c).is_some()));
    let found = |column: &&PeopleColumn| head.and_then(|h| place(&sheet.rows[h].1, column));
    if let Some(missing) = columns.iter().find(|c| c.required && found(c).is_none()) {
        let heads = missing.heads.join(" / ");
        terminal.error(
            &format!("{shown} ไม่มีคอลัมน์ “{heads}” ในแถวหัวตาราง ตั้งชื่อคอลัมน์หนึ่งให้ตรงกับคำใดคำหนึ่งนี้"),
            &format!("{shown} has no column “{heads}” in its head; give one column one of these names"),
        );
        return Err(Exit::Content);
    }
    let places: Vec<(&str, Option<usize>)> = columns.iter().map(|c| (c.id.as_str(), found(c))).collect();
    let rows: Vec<Value> = sheet
        .rows
        .iter()
        .skip(head.map_or(0, |h| h + 1))
        .map(|(_, cells)| {
            let cell = |at: &Option<usize>| at.and_then(|k| cells.get(k)).map(Cell::text).unwrap_or_default();
            places.iter().map(|(id, at)| ((*id).to_owned(), json!(cell(at)))).collect()
        })
        .filter(|row: &Value| row.as_object().is_some_and(|row| row.values().any(|cell| cell != "")))
        .collect();
    if rows.is_empty() {
        terminal.error(&format!("{shown} ไม่มีรายชื่อ"), &format!("{shown} names nobody"));
        return Err(Exit::Content);
    }
    Ok(json!(rows))
}
