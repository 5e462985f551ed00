//! Rows of cells from a workbook or a CSV file.

use super::guard::{self, Limits, too_large};
use super::refused;
use crate::authoring::convert::Cell;
use crate::diagnostics::{Diagnostic, nearest};
use crate::text::era::Date;
use calamine::{Data, Ods, Reader, Xlsx};
use std::io::{Cursor, Read};

/// One sheet: rows with their number in the file (from 1), without rows that hold nothing.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name, empty for CSV.
    pub name: String,
    /// Rows with content.
    pub rows: Vec<(usize, Vec<Cell>)>,
}

/// Reads a sheet of a file: the named one, else the first that holds rows. `file` is the name in messages.
pub fn read(file: &str, bytes: &[u8], name: Option<&str>, limits: &Limits) -> Result<Sheet, Diagnostic> {
    if bytes.len() as u64 > limits.file {
        let (size, most) = (bytes.len() >> 20, limits.file >> 20);
        return Err(refused(
            file,
            format!("ไฟล์มีขนาด {size} MB เกินขีดจำกัด {most} MB"),
            format!("the file has {size} MB, the limit is {most} MB"),
        ));
    }
    let ending = file.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let zipped = bytes.starts_with(b"PK");
    match (ending.as_str(), zipped) {
        ("xlsx" | "xlsm", true) => {
            guard::archive(file, bytes, limits)?;
            xlsx(file, bytes, name, limits)
        }
        ("ods", true) => {
            guard::archive(file, bytes, limits)?;
            ods(file, bytes, name, limits)
        }
        ("csv" | "tsv" | "txt", false) => csv(file, bytes, limits),
        ("xlsx" | "xlsm" | "ods", false) => Err(refused(
            file,
            "ไฟล์มีนามสกุลของตารางคำนวณแต่เนื้อในไม่ใช่",
            "the file has the ending of a workbook but is none",
        )),
        ("csv" | "tsv" | "txt", true) => {
            Err(refused(file, "ไฟล์มีนามสกุล .csv แต่เนื้อในเป็นไฟล์บีบอัด", "the file ends in .csv but is an archive")
                .hint("เปลี่ยนนามสกุลเป็น .xlsx หรือ .ods", "give it the ending .xlsx or .ods"))
        }
        ("xls", _) => Err(refused(file, "ไฟล์ .xls รุ่นเก่ายังไม่รองรับ", "old .xls files are not read")
            .hint("บันทึกใหม่เป็น .xlsx", "save it as .xlsx")),
        _ => Err(refused(file, format!("ไม่รู้จักไฟล์แบบ .{ending}"), format!("files ending in .{ending} are not read"))
            .hint("ใช้ .xlsx .ods .csv หรือ .docx", "use .xlsx, .ods, .csv or .docx")),
    }
}

fn broken(file: &str, error: &dyn std::fmt::Display) -> Diagnostic {
    refused(file, format!("อ่านตารางไม่ได้: {error}"), format!("cannot read the table: {error}"))
}

/// The sheet to read, or which there are.
fn choose(file: &str, names: &[String], wanted: Option<&str>) -> Result<Vec<String>, Diagnostic> {
    let Some(wanted) = wanted else {
        return Ok(names.to_vec());
    };
    if names.iter().any(|n| n == wanted) {
        return Ok(vec![wanted.to_string()]);
    }
    let near = nearest(wanted, names.iter().map(String::as_str));
    let list = near.map_or_else(|| names.join(", "), str::to_string);
    Err(refused(file, format!("ไม่มีแผ่นงานชื่อ “{wanted}”"), format!("there is no sheet named `{wanted}`"))
        .hint(format!("แผ่นงานที่มี: {list}"), format!("sheets: {list}")))
}

fn xlsx(file: &str, bytes: &[u8], name: Option<&str>, limits: &Limits) -> Result<Sheet, Diagnostic> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(file, &e))?;
    for name in choose(file, &book.sheet_names(), name)? {
        // Cells are read one by one: a range over the corners of a hostile sheet would fill the memory.
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(broken(file, &error)),
        };
        let mut sheet = Sheet { name, rows: Vec::new() };
        while let Some(cell) = reader.next_cell().map_err(|e| broken(file, &e))? {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize, column as usize);
            let value = from_data(cell.get_value().clone().into());
            if value.is_empty() {
                continue;
            }
            if column >= limits.columns || sheet.rows.len() > limits.rows {
                return Err(too_large(file, limits));
            }
            if sheet.rows.last().is_none_or(|(n, _)| *n != row + 1) {
                sheet.rows.push((row + 1, Vec::new()));
            }
            if let Some((_, cells)) = sheet.rows.last_mut() {
                if cells.len() <= column {
                    cells.resize(column + 1, Cell::Empty);
                }
                cells[column] = value;
            }
        }
        if !sheet.rows.is_empty() {
            return finish(file, sheet, limits);
        }
    }
    Ok(Sheet::default())
}

fn ods(file: &str, bytes: &[u8], name: Option<&str>, limits: &Limits) -> Result<Sheet, Diagnostic> {
    let mut content = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(file, &e))?;
    archive
        .by_name("content.xml")
        .map_err(|e| broken(file, &e))?
        .read_to_string(&mut content)
        .map_err(|e| broken(file, &e))?;
    guard::open_document(file, &content, limits)?;
    drop(content);
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|e| broken(file, &e))?;
    for name in choose(file, &book.sheet_names(), name)? {
        let range = book.worksheet_range(&name).map_err(|e| broken(file, &e))?;
        let Some((top, left)) = range.start() else {
            continue;
        };
        let mut sheet = Sheet { name, rows: Vec::new() };
        for (i, row) in range.rows().enumerate() {
            let mut cells = vec![Cell::Empty; left as usize];
            cells.extend(row.iter().map(|c| from_data(c.clone())));
            if cells.iter().any(|c| !c.is_empty()) {
                sheet.rows.push((top as usize + i + 1, cells));
            }
        }
        return finish(file, sheet, limits);
    }
    Ok(Sheet::default())
}

fn finish(file: &str, mut sheet: Sheet, limits: &Limits) -> Result<Sheet, Diagnostic> {
    sheet.rows.sort_by_key(|(n, _)| *n);
    if sheet.rows.len() > limits.rows + 1 || sheet.rows.iter().any(|(_, c)| c.len() > limits.columns) {
        return Err(too_large(file, limits));
    }
    Ok(sheet)
}

fn from_data(data: Data) -> Cell {
    match data {
        Data::String(text) => text_cell(&text),
        Data::Int(n) => Cell::Number(n as f64),
        Data::Float(n) => Cell::Number(n),
        Data::Bool(b) => Cell::Bool(b),
        Data::DateTime(when) if when.is_datetime() => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            Date::new(i32::from(year), month, day).map_or(Cell::Number(when.as_f64()), |d| Cell::Date(era(d)))
        }
        Data::DateTime(when) => Cell::Number(when.as_f64()),
        Data::DateTimeIso(text) => {
            let day = text.split('T').next().unwrap_or(&text);
            Date::parse(day).map_or_else(|_| text_cell(&text), Cell::Date)
        }
        Data::DurationIso(text) => text_cell(&text),
        Data::Error(error) => Cell::Error(error.to_string()),
        Data::Empty => Cell::Empty,
        #[allow(unreachable_patterns)]
        _ => Cell::Empty,
    }
}

fn text_cell(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
}

/// A day that somebody typed with a Buddhist year into a sheet that counts Christian years.
fn era(date: Date) -> Date {
    if date.year >= 2400 { Date::new(date.year - 543, date.month, date.day).unwrap_or(date) } else { date }
}

fn csv(file: &str, bytes: &[u8], limits: &Limits) -> Result<Sheet, Diagnostic> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => thai_code_page(bytes).ok_or_else(|| {
            refused(
                file,
                "ไฟล์ไม่ใช่ UTF-8 และไม่ใช่รหัสภาษาไทยของ Windows",
                "the file is neither UTF-8 nor the Thai code page of Windows",
            )
            .hint("บันทึกใหม่เป็น CSV UTF-8", "save it as CSV UTF-8")
        })?,
    };
    let first = text.lines().next().unwrap_or("");
    let count = |c: char| first.matches(c).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|c| (count(*c), *c == ',')).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    // Line breaks inside cells make lines, but no rows as a spreadsheet counts them.
    let mut inside = 0;
    for record in reader.records() {
        let record = record.map_err(|e| broken(file, &e))?;
        let line = record.position().map_or(0, |p| p.line() as usize) - inside;
        inside += record.iter().map(|c| c.matches('\n').count()).sum::<usize>();
        let cells: Vec<Cell> = record.iter().map(text_cell).collect();
        if cells.len() > limits.columns || sheet.rows.len() > limits.rows {
            return Err(too_large(file, limits));
        }
        if cells.iter().any(|c| !c.is_empty()) {
            sheet.rows.push((line.max(1), cells));
        }
    }
    Ok(sheet)
}

/// Text of the Thai code page of Windows (874, a superset of TIS-620); none where a byte has no meaning in it.
fn thai_code_page(bytes: &[u8]) -> Option<String> {
    bytes
        .iter()
        .map(|b| match b {
            0..=0x7F => Some(char::from(*b)),
            0x80 => Some('€'),
            0x85 => Some('…'),
            0x91 => Some('‘'),
            0x92 => Some('’'),
            0x93 => Some('“'),
            0x94 => Some('”'),
            0x95 => Some('•'),
            0x96 => Some('–'),
            0x97 => Some('—'),
            0xA0 => Some(' '),
            0xA1..=0xDA | 0xDF..=0xFB => char::from_u32(0x0E00 + u32::from(*b) - 0xA0),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_of_both_encodings_and_separators() {
        let limits = Limits::default();
        let utf8 = "\u{feff}ชื่อ,ปี\n\"ก\nและ\nข\",2565\n\n,\nข,2566\n";
        let sheet = read("a.csv", utf8.as_bytes(), None, &limits).unwrap();
        assert_eq!(sheet.rows.len(), 3);
        assert_eq!(sheet.rows[2].0, 5);
        let old: Vec<u8> = "ชื่อ;ปี\nก;2565\n"
            .chars()
            .map(|c| if c.is_ascii() { c as u8 } else { (c as u32 - 0x0E00 + 0xA0) as u8 })
            .collect();
        let sheet = read("a.csv", &old, None, &limits).unwrap();
        assert_eq!(sheet.rows[0].1[0], Cell::Text("ชื่อ".into()));
    }

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        let limits = Limits::default();
        for (name, bytes) in [
            ("a.xlsx", &b"not a zip"[..]),
            ("a.ods", b"PK\x03\x04 cut off"),
            ("a.csv", b"PK\x03\x04"),
            ("a.xls", b"\xD0\xCF\x11\xE0"),
            ("a.pdf", b"%PDF"),
            ("a.csv", b"\xFF\xFE\x00a"),
        ] {
            let d = read(name, bytes, None, &limits).unwrap_err();
            assert_eq!(d.code.id(), "S902", "{name}");
        }
    }

    #[test]
    fn rows_beyond_the_limit_are_refused() {
        let limits = Limits { rows: 10, ..Limits::default() };
        let text = "ก\n".repeat(20);
        assert!(read("a.csv", text.as_bytes(), None, &limits).unwrap_err().message.en.contains("limit"));
    }
}
