//! A report whose archive has been opened: its text, and what the text refers to.

use super::notes::NoteStyles;
use super::numbering::Numbering;
use crate::authoring::import::refused;
use crate::authoring::unseen::Look;
use crate::diagnostics::Diagnostic;
use std::collections::{HashMap, HashSet};

/// Look-up tables of one document.
#[derive(Debug, Default)]
pub struct Parts {
    /// The document's text.
    pub document: String,
    /// Heading level by style id; 0 is the title.
    pub headings: HashMap<String, u8>,
    /// How text of a style is seen; of the empty style, what holds everywhere.
    pub(crate) looks: HashMap<String, Look>,
    /// Paragraph styles whose text is bold.
    pub bold: HashSet<String>,
    /// Lists and their numbers.
    pub numbering: Numbering,
    /// Target by relation id.
    pub relations: HashMap<String, String>,
    /// Bytes of pictures by their target.
    pub pictures: HashMap<String, Vec<u8>>,
    /// Texts of diagrams and charts by their target.
    pub drawings: HashMap<String, Vec<String>>,
    /// How foot- and endnotes are numbered.
    pub(super) note_styles: NoteStyles,
    /// XML of footnotes and endnotes.
    pub notes: [Option<String>; 2],
    /// Remarks of reviewers.
    pub comments: Vec<String>,
    /// Texts above and below the pages.
    pub margins: Vec<String>,
}

/// What cannot be opened.
pub(super) fn locked(file: &str) -> Diagnostic {
    refused(file, "ไฟล์นี้ไม่ใช่ .docx หรือ .odt หรือตั้งรหัสผ่านไว้", "the file is no .docx or .odt, or has a password")
        .hint("เปิดใน Word เอารหัสผ่านออก แล้วบันทึกเป็น .docx", "open it in Word, remove the password and save it as .docx")
}

/// What breaks off.
pub(super) fn cut_off(file: &str) -> Diagnostic {
    refused(
        file,
        "เอกสารเสียหายหรือบันทึกไม่ครบ ข้อความส่วนหลังอ่านไม่ได้ จึงไม่นำเข้า",
        "the document is damaged or cut off; its later text cannot be read, so nothing was taken",
    )
    .hint("เปิดใน Word หรือ LibreOffice แล้วบันทึกใหม่", "open it in Word or LibreOffice and save it again")
}
