//! Rows of cells from a workbook or a CSV file, as a person sees them.
//!
//! The readers of public libraries give stored values without their formats, so that 78.50 % would arrive as 0.785, and
//! do not say which cells are merged or hidden; so workbooks are read here from their XML.
//!
//! * [`xlsx`] and [`xls`] with the number formats of [`mod@format`], [`ods`], [`csv`];
//! * `grid`: what is hidden is left out and reported, what is merged is filled.

pub mod csv;
pub mod format;
mod grid;
pub mod ods;
mod ods_styles;
mod table;
pub mod xls;
pub mod xlsx;
mod xlsx_styles;

pub(crate) use table::{GUIDE_SHEET, WORDS_SHEET};
pub use table::{Merge, Sheet};

use super::guard::{self, Limits};
use super::refused;
use crate::diagnostics::Diagnostic;
use crate::model::Label;
use table::{COMPOUND, protected};

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
        // An old workbook under a new ending, and one that a password protects.
        ("xls" | "xlsx" | "xlsm", false) if bytes.starts_with(COMPOUND) => xls::read(file, bytes, name, limits),
        ("xls", false) if is_page(bytes) => Err(refused(
            file,
            "ไฟล์ .xls นี้เนื้อในเป็นหน้าเว็บหรือ XML ไม่ใช่ตาราง Excel",
            "this .xls file holds a web page or XML, not a workbook",
        )
        .hint("เปิดใน Excel แล้วบันทึกเป็น .xlsx", "open it in Excel and save it as .xlsx")),
        ("xls" | "xlsx" | "xlsm", true) => {
            guard::archive(file, bytes, limits)?;
            xlsx::read(file, bytes, name, limits)
        }
        ("ods", true) => {
            guard::archive(file, bytes, limits)?;
            ods::read(file, bytes, name, limits)
        }
        ("txt", false) if is_chat(bytes) => {
            Err(refused(file, "นี่คือประวัติการแชท ไม่ใช่ตาราง", "this is the history of a chat, no table").hint(
                "คัดลอกข้อความที่ใช้ลงใน Word แล้วนำเข้าไฟล์ .docx หรือเขียนใน sala serve --edit",
                "copy what is of use into Word and import the .docx, or write with `sala serve --edit`",
            ))
        }
        ("csv" | "tsv" | "txt", false) => csv::read(file, bytes, limits),
        ("ods", false) if bytes.starts_with(COMPOUND) => Err(protected(file)),
        ("xls" | "xlsx" | "xlsm" | "ods", false) => Err(refused(
            file,
            "ไฟล์มีนามสกุลของตารางคำนวณแต่เนื้อในไม่ใช่",
            "the file has the ending of a workbook but is none",
        )),
        ("csv" | "tsv" | "txt", true) => {
            Err(refused(file, "ไฟล์มีนามสกุล .csv แต่เนื้อในเป็นไฟล์บีบอัด", "the file ends in .csv but is an archive")
                .hint("เปลี่ยนนามสกุลเป็น .xlsx หรือ .ods", "give it the ending .xlsx or .ods"))
        }
        _ => Err(refused(file, format!("ไม่รู้จักไฟล์แบบ .{ending}"), format!("files ending in .{ending} are not read"))
            .maybe_hint(Some(way_in(&ending)))),
    }
}

/// How the content of a file of another form comes in.
fn way_in(ending: &str) -> Label {
    match ending {
        "doc" | "dot" | "rtf" | "wps" | "pages" | "gdoc" => Label::new(
            "เปิดไฟล์ในโปรแกรมเดิมหรือ LibreOffice แล้วบันทึก (ดาวน์โหลด) เป็น .docx",
            "open it in its program or in LibreOffice and save it (download it) as .docx",
        ),
        "numbers" | "gsheet" | "xlsb" => Label::new(
            "เปิดไฟล์ในโปรแกรมเดิมหรือ LibreOffice แล้วบันทึก (ดาวน์โหลด) เป็น .xlsx",
            "open it in its program or in LibreOffice and save it (download it) as .xlsx",
        ),
        "ppt" | "pptx" | "odp" | "key" => Label::new(
            "คัดลอกข้อความของสไลด์ลงใน Word แล้วนำเข้าไฟล์ .docx",
            "copy the text of the slides into Word and import the .docx",
        ),
        "pdf" => Label::new(
            "ใช้ไฟล์ Word หรือ Excel ต้นฉบับ ไฟล์ PDF วางไว้ข้างหน้าที่เขียนแล้วทำลิงก์ได้",
            "use the Word or Excel file that it was made of; a PDF can lie beside a page and be linked",
        ),
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "heic" | "heif" | "mp4" | "mov" => Label::new(
            "ภาพไม่ต้องนำเข้า วางไฟล์ (.jpg .png) ไว้ข้างหน้าที่เขียน แล้วเขียน ![ภาพแสดงอะไร](ชื่อไฟล์)",
            "pictures are not imported: put the file (.jpg, .png) beside its page and write ![what it shows](its name)",
        ),
        _ => Label::new("ใช้ .xlsx .xls .ods .csv .docx หรือ .odt", "use .xlsx, .xls, .ods, .csv, .docx or .odt"),
    }
}

/// Whether a text is what LINE saves of a chat.
fn is_chat(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).starts_with(b"[LINE]")
}

/// Whether a text begins with a tag, as pages do that systems hand out as .xls.
fn is_page(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::convert::Cell;

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
