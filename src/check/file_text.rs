//! The text of a file that readers can fetch: office documents and drawings as the text that their XML holds, PDFs as far
//! as [`super::pdf_text`] reads them, archives (ZIP, tar, gzip) with the archives in them. Pictures and films are not read.

use super::pdf_text;
use std::cell::Cell;
use std::io::Read;

/// Most bytes that one part of an archive may become, and all of them together.
const PART: u64 = 16 << 20;
const ALL: u64 = 64 << 20;

/// The ending of a file's name, in lower case.
pub(super) fn ending(path: &str) -> String {
    path.rsplit('.').next().unwrap_or("").to_ascii_lowercase()
}

/// Endings of files that are text themselves.
const PLAIN: [&str; 29] = [
    "csv", "tsv", "txt", "svg", "json", "geojson", "xml", "md", "vtt", "srt", "ics", "rtf", "htm", "html", "css", "js",
    "mjs", "xhtml", "vcf", "eml", "yaml", "yml", "toml", "log", "tex", "bib", "ris", "kml", "gpx",
];
/// Endings of archives whose parts are XML.
const OFFICE: [&str; 12] =
    ["docx", "xlsx", "pptx", "odt", "ods", "odp", "docm", "xlsm", "dotx", "xltx", "ppsx", "epub"];

/// Whether a file has text to look at.
pub(super) fn has_text(path: &str) -> bool {
    let ending = ending(path);
    let is = |list: &[&str]| list.contains(&ending.as_str());
    is(&PLAIN) || is(&OFFICE) || is(&["pdf", "zip", "gz", "tgz", "tar"])
}

/// Whether a file is text itself.
pub(super) fn is_plain(path: &str) -> bool {
    PLAIN.contains(&ending(path).as_str())
}

/// What a file says.
pub(super) struct FileText {
    /// Its text, as far as it can be read.
    pub text: String,
    /// Whether a part of it is locked, too deep, too large or damaged.
    pub unread: bool,
}

impl FileText {
    /// The text of a file, by the ending of its name.
    pub(super) fn of(path: &str, bytes: &[u8]) -> FileText {
        let left = Left { bytes: Cell::new(ALL), unread: Cell::new(false) };
        FileText { text: text_of(path, bytes, 0, &left), unread: left.unread.get() }
    }
}

fn text_of(path: &str, bytes: &[u8], depth: usize, left: &Left) -> String {
    let ending = ending(path);
    match ending.as_str() {
        plain if PLAIN.contains(&plain) => decoded(bytes),
        "pdf" => pdf_text::read(bytes),
        "tar" => tar_parts(bytes, depth, left),
        "gz" | "tgz" => {
            let name = match path.strip_suffix(".gz") {
                Some(name) => name.to_owned(),
                None => format!("{path}.tar"),
            };
            // What cannot be unpacked is read as far as it goes.
            let inside = left.unpacked(flate2::read::MultiGzDecoder::new(bytes), ALL);
            match has_text(&name) {
                true => part_text(&name, &inside, depth, left),
                false => String::from_utf8_lossy(&inside).into_owned(),
            }
        }
        "zip" => zip_parts(bytes, left, &has_text, &|name, inside| part_text(name, inside, depth, left)),
        _ => {
            let is_xml = |name: &str| [".xml", ".rels", ".xhtml", ".html"].iter().any(|end| name.ends_with(end));
            zip_parts(bytes, left, &is_xml, &|_, xml| untagged(&decoded(xml)))
        }
    }
}

/// The text of a part of an archive, which may be an archive itself.
fn part_text(name: &str, bytes: &[u8], depth: usize, left: &Left) -> String {
    const DEEPEST: usize = 4;
    let is_archive = ["zip", "gz", "tgz", "tar"].contains(&&*ending(name));
    if is_archive && depth >= DEEPEST {
        left.unread.set(true);
        return String::new();
    }
    if has_text(name) { text_of(name, bytes, depth + 1, left) } else { String::new() }
}

/// How much may still be unpacked of a file, and whether something of it was not read.
struct Left {
    bytes: Cell<u64>,
    unread: Cell<bool>,
}

impl Left {
    /// What a packed stream holds, up to `most` bytes.
    fn unpacked(&self, stream: impl Read, most: u64) -> Vec<u8> {
        let most = most.min(self.bytes.get());
        let mut inside = Vec::new();
        let ended = stream.take(most + 1).read_to_end(&mut inside);
        if ended.is_err() || inside.len() as u64 > most {
            self.unread.set(true);
        }
        self.bytes.set(self.bytes.get().saturating_sub(inside.len() as u64));
        inside
    }
}

/// The names of the files of a tar archive and their texts.
fn tar_parts(bytes: &[u8], depth: usize, left: &Left) -> String {
    const BLOCK: usize = 512;
    let mut out = String::new();
    let mut rest = bytes;
    while let Some((head, body)) = rest.split_at_checked(BLOCK) {
        let field = |from: usize, to: usize| {
            let field = &head[from..to];
            &field[..field.iter().position(|b| *b == 0).unwrap_or(field.len())]
        };
        let name = decoded(field(0, 100)).to_lowercase();
        let size = usize::from_str_radix(decoded(field(124, 136)).trim(), 8);
        let Some(size) = size.ok().filter(|size| *size <= body.len()) else {
            // No head of a file: what is left is read as it is.
            out.push_str(&String::from_utf8_lossy(rest));
            return out;
        };
        out.push_str(&format!("{name}\n\n{}\n\n", part_text(&name, &body[..size], depth, left)));
        // Long names stand in a part of their own.
        if matches!(head[156], b'L' | b'x' | b'g') {
            out.push_str(&format!("{}\n\n", decoded(&body[..size])));
        }
        rest = &body[size.next_multiple_of(BLOCK).min(body.len())..];
    }
    out
}

/// A text in the encodings that Thai spreadsheets and editors write.
fn decoded(bytes: &[u8]) -> String {
    let by_mark = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    match (by_mark, std::str::from_utf8(bytes)) {
        (None, Ok(text)) => text.to_owned(),
        (None, Err(_)) => encoding_rs::WINDOWS_874.decode(bytes).0.into_owned(),
        (Some(encoding), _) => encoding.decode(bytes).0.into_owned(),
    }
}

/// The names of all parts of an archive, and the texts of those that are wanted, each followed by an empty line.
fn zip_parts(bytes: &[u8], left: &Left, wanted: &dyn Fn(&str) -> bool, text: &dyn Fn(&str, &[u8]) -> String) -> String {
    let mut out = String::new();
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        left.unread.set(true);
        return out;
    };
    for i in 0..archive.len() {
        let name = archive.by_index_raw(i).map(|part| decoded(part.name_raw()).to_lowercase()).unwrap_or_default();
        out.push_str(&name);
        out.push_str("\n\n");
        if !wanted(&name) || name.ends_with('/') {
            continue;
        }
        // A part with a password is one of which nobody knows what it holds.
        let Ok(part) = archive.by_index(i) else {
            left.unread.set(true);
            continue;
        };
        let inside = left.unpacked(part, PART);
        out.push_str(&text(&name, &inside));
        out.push_str("\n\n");
    }
    out
}

/// Attributes that people read: names of sheets and layers, texts in the place of pictures, addresses.
const READ: [&str; 5] = ["name=\"", "descr=\"", "title=\"", "label=\"", "Target=\""];

/// What is between the tags, and the attributes that people read; paragraphs, cells and lines end with a line end.
pub(super) fn untagged(xml: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(xml.len()), xml);
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tag = &rest[open..];
        let Some(close) = tag.find('>') else {
            rest = tag;
            break;
        };
        let inner = &tag[1..close];
        let name = inner.trim_start_matches('/').split([' ', '/', '\n', '\t']).next().unwrap_or("");
        let name = name.rsplit(':').next().unwrap_or(name);
        if matches!(
            name,
            "p" | "si"
                | "c"
                | "row"
                | "br"
                | "tab"
                | "h"
                | "li"
                | "td"
                | "table-cell"
                | "tr"
                | "text"
                | "title"
                | "creator"
                | "lastModifiedBy"
        ) {
            out.push('\n');
        }
        for value in READ.iter().filter_map(|name| inner.split_once(name)).map(|(_, value)| value) {
            out.push('\n');
            out.push_str(value.split('"').next().unwrap_or(""));
            out.push('\n');
        }
        rest = &tag[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::personal::search;
    use std::io::Write;

    fn text_in(path: &str, bytes: &[u8]) -> String {
        FileText::of(path, bytes).text
    }

    fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap().into_inner()
    }

    /// A tar archive of one file.
    fn tarred(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut out = vec![0; 512];
        out[..name.len()].copy_from_slice(name.as_bytes());
        out[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        out[156] = b'0';
        out.extend_from_slice(bytes);
        out.resize(out.len().next_multiple_of(512) + 1024, 0);
        out
    }

    #[test]
    fn archives_in_archives_are_read() {
        let text = "ชื่อ,โทร\nเด็กชายสมชาย ใจดี,081-234-5678\n".as_bytes();
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&tarred("a.csv", text)).unwrap();
        let gz = gz.finish().unwrap();
        for (path, bytes) in [
            ("a.zip", packed("b.zip", &packed("c.zip", &packed("d.csv", text)))),
            ("a.tar", tarred("b.zip", &packed("c.csv", text))),
            ("a.zip", packed("b.tar", &tarred("c.txt", text))),
            ("a.zip", packed("b.tar.gz", &gz)),
            ("a.tgz", gz.clone()),
            (
                "a.zip",
                packed("b.docx", &packed("word/document.xml", "<w:t>เด็กชายสมชาย ใจดี 081-234-5678</w:t>".as_bytes())),
            ),
        ] {
            assert_eq!(search(&text_in(path, &bytes)).len(), 2, "{path}");
        }
    }

    #[test]
    fn what_is_not_read_to_its_end_is_told() {
        let deep = (0..9).fold(packed("a.csv", b"x"), |inside, _| packed("a.zip", &inside));
        let mut locked = packed("a.csv", b"x");
        let central = locked.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        (locked[6], locked[central + 8]) = (1, 1);
        for (name, bytes) in [("deep", deep), ("locked", locked), ("damaged", b"PK no archive".to_vec())] {
            assert!(FileText::of("a.zip", &bytes).unread, "{name}");
        }
        assert!(!FileText::of("a.zip", &packed("b.zip", &packed("c.png", b"x"))).unread);
    }

    #[test]
    fn office_documents_are_read_across_runs() {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all("<w:p><w:r><w:t>โทร 081-</w:t></w:r><w:r><w:t>234-5678</w:t></w:r></w:p><w:p/>".as_bytes())
            .unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let text = text_in("a.docx", &bytes);
        assert_eq!(search(&text).len(), 1, "{text}");
        assert!(text_in("b.docx", b"no archive").is_empty());
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("ใน/a.docx", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        assert_eq!(search(&text_in("c.zip", &bytes)).len(), 1);
    }

    #[test]
    fn names_of_parts_sheets_and_pictures_are_read() {
        let archive = |name: &str, text: &str| {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
            zip.finish().unwrap().into_inner()
        };
        for (path, bytes) in [
            ("a.zip", archive("เด็กหญิงมะลิ ศรีสุข ป.3/x.bin", "")),
            (
                "a.xlsx",
                archive("xl/workbook.xml", "<sheets><sheet name=\"เด็กหญิงมะลิ ศรีสุข ป.3\" sheetId=\"1\"/></sheets>"),
            ),
            ("a.docx", archive("word/document.xml", "<wp:docPr id=\"1\" descr=\"เด็กหญิงมะลิ ศรีสุข ป.3\"/>")),
        ] {
            assert_eq!(search(&text_in(path, &bytes)).len(), 1, "{path}");
        }
        assert_eq!(search(&untagged("<text>081-<tspan>234-5678</tspan></text>")).len(), 1);
    }

    #[test]
    fn texts_are_read_in_the_encodings_of_thai_programs() {
        let text = "ชื่อ,โทร\nเด็กชายสมชาย ใจดี,081-234-5678\n";
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let old = encoding_rs::WINDOWS_874.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), &wide, &old] {
            assert_eq!(search(&text_in("a.tsv", bytes)).len(), 2, "{bytes:?}");
        }
    }
}
