//! What every reader of tables fills in.

use super::format::{Format, Shown};
use crate::authoring::convert::Cell;
use crate::authoring::import::places::letter;
use crate::authoring::import::refused;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest};
use crate::model::Label;
use crate::text::era::{BE_OFFSET, Date};
use std::collections::BTreeSet;

/// One sheet: rows with their number in the file (from 1), without rows that hold nothing.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name, empty for CSV.
    pub name: String,
    /// Rows with content.
    pub rows: Vec<(usize, Vec<Cell>)>,
    /// Cells that are shown as one.
    pub merges: Vec<Merge>,
    /// Cells to which somebody wrote a remark: row from 1, column from 0.
    pub remarks: BTreeSet<(usize, usize)>,
    /// Cells that hold what is struck out or what nobody sees: a format hides it, it has the colour of the cell, or is tiny.
    pub concealed: BTreeSet<(usize, usize)>,
    /// Pictures, charts and text boxes that lie on the sheet.
    pub drawings: usize,
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

impl Merge {
    /// Whether a cell lies in the range.
    pub(crate) fn holds(&self, (row, column): (usize, usize)) -> bool {
        (self.rows.0..=self.rows.1).contains(&row) && (self.columns.0..=self.columns.1).contains(&column)
    }
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

/// A part of a workbook that breaks off: rows behind the break would be missing.
pub(super) fn cut_off(file: &str) -> Diagnostic {
    refused(
        file,
        "ไฟล์เสียหายหรือบันทึกไม่ครบ แถวส่วนหลังอ่านไม่ได้ จึงไม่นำเข้า",
        "the file is damaged or cut off; its later rows cannot be read, so nothing was taken",
    )
    .hint("เปิดใน Excel หรือ LibreOffice แล้วบันทึกใหม่", "open it in Excel or LibreOffice and save it again")
}

/// How old Excel files and those with a password begin.
pub(super) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0";

pub(super) fn protected(file: &str) -> Diagnostic {
    refused(file, "ไฟล์ตั้งรหัสผ่านไว้ จึงอ่านไม่ได้", "the file is protected by a password and cannot be read")
        .hint("เอารหัสผ่านออกแล้วบันทึกใหม่เป็น .xlsx หรือ .ods", "remove the password and save it again")
}

/// The sheets to read in order, and what is reported about those that are passed over.
fn choose(file: &str, names: &[SheetName], wanted: Option<&str>) -> Result<(Vec<String>, Vec<Diagnostic>), Diagnostic> {
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

/// Sheets that Sala's own blank workbooks have beside the first one.
pub(crate) const WORDS_SHEET: &str = "คำที่ใช้ได้";
pub(crate) const GUIDE_SHEET: &str = "วิธีกรอก";

/// Pictures, charts and text boxes belong to no row.
fn drawings_told(file: &str, sheet: &Sheet) -> Option<Diagnostic> {
    let (count, name) = (sheet.drawings, &sheet.name);
    let (th, en) = (
        format!("ไม่นำเข้าภาพ แผนภูมิ หรือกล่องข้อความ {count} ชิ้นที่วางบนแผ่นงาน “{name}”"),
        format!("{count} picture(s), chart(s) or text box(es) on the sheet `{name}` are left out"),
    );
    let told = Diagnostic::new(Code::ImportRow, file, th, en)
        .hint("บันทึกภาพเป็นไฟล์แล้วใส่ในหน้าเอง", "save the pictures as files and put them into their pages")
        .severity(Severity::Note);
    (count > 0).then_some(told)
}

/// Most cells that a message names.
const NAMED: usize = 20;

/// What is in cells and is not taken: where it stands, without its words.
fn cells_told(file: &str, sheet: &Sheet) -> Vec<Diagnostic> {
    let list = |cells: &BTreeSet<(usize, usize)>| {
        let names = cells.iter().take(NAMED).map(|(row, column)| format!("{}{row}", letter(column + 1)));
        names.collect::<Vec<_>>().join(", ") + if cells.len() > NAMED { " …" } else { "" }
    };
    let told = |cells: &BTreeSet<(usize, usize)>, (th, en): (&str, &str), hint: Label| {
        let (name, list) = (&sheet.name, list(cells));
        let (th, en) =
            (format!("ไม่นำเข้า{th} {list} ของแผ่นงาน “{name}”"), format!("{en} are left out (sheet `{name}`): {list}"));
        let finding = Diagnostic::new(Code::ImportRow, file, th, en).hint(hint.th, hint.en).severity(Severity::Note);
        (!cells.is_empty()).then_some(finding)
    };
    let remarks = ("ความเห็นที่ติดกับช่อง", "remarks on cells");
    let write = Label::new("ถ้าต้องการ ให้เขียนลงในคอลัมน์", "to take them, write them into a column");
    let concealed = (
        "ค่าที่มองไม่เห็นหรือขีดฆ่าไว้ (รูปแบบ ;;; สีเดียวกับพื้น ตัวเล็กมาก) ในช่อง",
        "values that nobody sees or that are struck out (number format `;;;`, the colour of the cell, tiny letters)",
    );
    let show = Label::new(
        "ถ้าต้องการ ให้เปลี่ยนรูปแบบหรือสีของช่องแล้วบันทึกไฟล์",
        "to take them, give the cells another format or colour and save the file",
    );
    let both = [told(&sheet.remarks, remarks, write), told(&sheet.concealed, concealed, show)];
    both.into_iter().flatten().collect()
}

/// The named sheet, else the first that is shown and holds rows; others that hold rows are reported.
///
/// # Errors
/// There is no such sheet, or it cannot be read.
pub(super) fn first_with_rows(
    file: &str,
    names: &[SheetName],
    wanted: Option<&str>,
    mut read: impl FnMut(&str) -> Result<Sheet, Diagnostic>,
) -> Result<Sheet, Diagnostic> {
    let (chosen, mut notes) = choose(file, names, wanted)?;
    let mut found: Option<Sheet> = None;
    let mut others: Vec<&str> = Vec::new();
    for name in &chosen {
        if found.is_none() {
            found = Some(read(name)?).filter(|sheet| !sheet.rows.is_empty() || wanted.is_some());
        } else if name != WORDS_SHEET && name != GUIDE_SHEET && !read(name).is_ok_and(|sheet| sheet.rows.is_empty()) {
            others.push(name);
        }
    }
    if !others.is_empty() {
        let list = others.join("”, “");
        notes.push(
            Diagnostic::new(
                Code::ImportRow,
                file,
                format!("แผ่นงานอื่นที่มีข้อมูลไม่ได้นำเข้า: “{list}”"),
                format!("other sheets that hold rows are not read: “{list}”"),
            )
            .hint("นำเข้าทีละแผ่นด้วย --sheet ชื่อแผ่นงาน", "import them one by one with --sheet NAME")
            .severity(Severity::Note),
        );
    }
    let mut sheet = found.unwrap_or_default();
    // The headings of Sala's own workbooks have remarks on what belongs under them.
    if names.iter().any(|n| n.name == GUIDE_SHEET) {
        sheet.remarks.retain(|(row, _)| *row > 1);
    }
    notes.extend(cells_told(file, &sheet));
    notes.extend(drawings_told(file, &sheet));
    Ok(sheet.with(notes))
}

/// A number as its format shows it.
pub(super) fn counted(format: &Format, value: f64, from_1904: bool) -> Cell {
    match format.number(value, from_1904) {
        Shown::Number(number, shown) => Cell::Number(number, shown),
        Shown::Date(date, shown) => day(date, shown),
        Shown::Text(shown) => text_cell(&shown),
    }
}

pub(super) fn text_cell(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
}

/// A day; somebody may have typed a Buddhist year into a sheet that counts Christian years.
pub(super) fn day(date: Date, shown: String) -> Cell {
    let typed = if date.year >= 2400 { Date::new(date.year - BE_OFFSET, date.month, date.day).ok() } else { None };
    Cell::Date(typed.unwrap_or(date), shown)
}
