//! What every OOXML file is packed of.

use std::io::{Cursor, Write};

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::pdf::job::{Date, Job};
use crate::pdf::lines::{BREAK, JOINER, SOFT_BREAK};

/// The font of the offices, and those that are near it where it is missing. Its 16 pt are as large as 11 pt of others.
pub(super) const FONT: &str = "TH Sarabun New";

/// The parts of a package: paths and XML.
pub(super) type Parts = Vec<(String, String)>;

/// The package: the same bytes for the same parts.
pub(super) fn packed(parts: &Parts, date: Date) -> std::io::Result<Vec<u8>> {
    let time = u16::try_from(date.year).ok();
    let time = time.and_then(|year| DateTime::from_date_and_time(year, date.month, date.day, 0, 0, 0).ok());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time.unwrap_or_default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, xml) in parts {
        archive.start_file(path.as_str(), options)?;
        archive.write_all(xml.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Text in XML. Characters that XML does not know are left out, and so are marks of line ends.
pub(super) fn text(value: &Value) -> String {
    escaped(&value.as_str().unwrap_or_default().replace(JOINER, ""))
}

/// The same of a text in a column: ranges stay whole, as on paper. Inside Thai a joiner would be no help: offices look for
/// the words on each side of it by themselves, and find others.
pub(super) fn column_text(value: &Value) -> String {
    escaped(value.as_str().unwrap_or_default())
}

/// How many letters wide the longest piece is that no line should split; `weak`: but for names and terms, if it must.
pub(super) fn longest_piece(text: &str, weak: bool) -> usize {
    let end = |c: char| matches!(c, BREAK | ' ' | '\n') || weak && c == SOFT_BREAK;
    text.split(end).map(letters).max().unwrap_or(0)
}

/// How many letters wide a text is: marks above and below take no room.
pub(super) fn letters(text: &str) -> usize {
    let wide = |c: &char| !matches!(*c, 'ั' | 'ิ'..='ฺ' | '็'..='๎' | BREAK | SOFT_BREAK | JOINER);
    text.chars().filter(wide).count()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            BREAK | SOFT_BREAK | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}

pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// `[Content_Types].xml`.
pub(super) fn content_types(parts: &[(String, &str)]) -> (String, String) {
    let mut xml = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    for (path, kind) in parts {
        xml += &format!(
            "<Override PartName=\"/{path}\" \
             ContentType=\"application/vnd.openxmlformats-officedocument.{kind}+xml\"/>"
        );
    }
    ("[Content_Types].xml".into(), xml + "</Types>")
}

/// Relationships of a part: id, type below those of office documents, target.
pub(super) fn relations(path: &str, list: &[(String, &str, String)]) -> (String, String) {
    let mut xml = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (id, kind, target) in list {
        let kind = if *kind == "core-properties" {
            format!("{PACKAGE}/relationships/metadata/core-properties")
        } else {
            format!("{DOCUMENT}/{kind}")
        };
        xml += &format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    (format!("{folder}_rels/{name}.rels"), xml + "</Relationships>")
}

/// Title, language and day of a file.
pub(super) fn core(job: &Job) -> (String, String) {
    let title = text(&Value::String(job.title.clone()));
    let day = format!("{:04}-{:02}-{:02}T00:00:00Z", job.date.year, job.date.month, job.date.day);
    let xml = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:language>{}</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created>\
         </cp:coreProperties>",
        language(job)
    );
    ("docProps/core.xml".into(), xml)
}

/// The language of a file as offices write it.
pub(super) fn language(job: &Job) -> String {
    match job.lang.as_str() {
        "th" => "th-TH".into(),
        "en" => "en-GB".into(),
        other => other.into(),
    }
}

/// The package's own relationships.
pub(super) fn root(main: &str) -> (String, String) {
    let list = [
        ("rId1".to_owned(), "officeDocument", main.to_owned()),
        ("rId2".to_owned(), "core-properties", "docProps/core.xml".to_owned()),
    ];
    let (_, xml) = relations("", &list);
    ("_rels/.rels".into(), xml)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{column_text, longest_piece, text};

    #[test]
    fn marks_say_what_stays_whole_and_are_not_written() {
        let said = "ที่\u{200b}โรงเรียน\u{e000}บ้าน\u{e000}\u{a0}(หนองแวง) เขต\u{a0}2 หน้า 1–\u{2060}2";
        assert_eq!(column_text(&json!(said)), "ที่โรงเรียนบ้าน\u{a0}(หนองแวง) เขต\u{a0}2 หน้า 1–\u{2060}2");
        assert_eq!(text(&json!(said)), "ที่โรงเรียนบ้าน\u{a0}(หนองแวง) เขต\u{a0}2 หน้า 1–2");
        assert_eq!((longest_piece(said, false), longest_piece(said, true)), (20, 10));
    }
}
