//! What every reader of tables fills in.

use crate::authoring::convert::Cell;
use crate::authoring::import::refused;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest};
use crate::text::era::{BE_OFFSET, Date};

/// One sheet: rows with their number in the file (from 1), without rows that hold nothing.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name, empty for CSV.
    pub name: String,
    /// Rows with content.
    pub rows: Vec<(usize, Vec<Cell>)>,
    /// Cells that are shown as one.
    pub merges: Vec<Merge>,
    /// What was left out, and how the file was read.
    pub notes: Vec<Diagnostic>,
}

/// A merged range: rows from 1 and columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First and last row.
    pub rows: (usize, usize),
    /// First and last column.
    pub columns: (usize, usize),
}

impl Sheet {
    pub(super) fn with(mut self, mut notes: Vec<Diagnostic>) -> Sheet {
        notes.append(&mut self.notes);
        Sheet { notes, ..self }
    }
}

/// A sheet of a workbook by name.
pub(super) struct SheetName {
    pub(super) name: String,
    pub(super) hidden: bool,
}

pub(super) fn broken(file: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    refused(file, format!("อ่านตารางไม่ได้: {error}"), format!("cannot read the table: {error}"))
}

/// How old Excel files and those with a password begin.
pub(super) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

pub(super) fn protected(file: &str) -> Diagnostic {
    refused(file, "ไฟล์ตั้งรหัสผ่านไว้ จึงอ่านไม่ได้", "the file is protected by a password and cannot be read")
        .hint("เอารหัสผ่านออกแล้วบันทึกใหม่เป็น .xlsx หรือ .ods", "remove the password and save it again")
}

/// The sheets to read in order, and what is reported about those that are passed over.
pub(super) fn choose(
    file: &str,
    names: &[SheetName],
    wanted: Option<&str>,
) -> Result<(Vec<String>, Vec<Diagnostic>), Diagnostic> {
    if let Some(wanted) = wanted {
        if names.iter().any(|n| n.name == wanted) {
            return Ok((vec![wanted.to_string()], Vec::new()));
        }
        let all: Vec<&str> = names.iter().map(|n| n.name.as_str()).collect();
        let list = nearest(wanted, all.iter().copied()).map_or_else(|| all.join(", "), str::to_string);
        return Err(refused(file, format!("ไม่มีแผ่นงานชื่อ “{wanted}”"), format!("there is no sheet named `{wanted}`"))
            .hint(format!("แผ่นงานที่มี: {list}"), format!("sheets: {list}")));
    }
    let hidden: Vec<&str> = names.iter().filter(|n| n.hidden).map(|n| n.name.as_str()).collect();
    let list = hidden.join("”, “");
    let note = (!hidden.is_empty()).then(|| {
        Diagnostic::new(
            Code::ImportRow,
            file,
            format!("ไม่นำเข้าแผ่นงานที่ซ่อนไว้: “{list}”"),
            format!("hidden sheets are left out: “{list}”"),
        )
        .hint("ถ้าต้องการ ใช้ --sheet ชื่อแผ่นงาน", "to take one, name it with --sheet")
        .severity(Severity::Note)
    });
    Ok((names.iter().filter(|n| !n.hidden).map(|n| n.name.clone()).collect(), note.into_iter().collect()))
}

pub(super) fn text_cell(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
}

/// A day; somebody may have typed a Buddhist year into a sheet that counts Christian years.
pub(super) fn day(date: Date, shown: String) -> Cell {
    let typed = if date.year >= 2400 { Date::new(date.year - BE_OFFSET, date.month, date.day).ok() } else { None };
    Cell::Date(typed.unwrap_or(date), shown)
}
