//! The text of a file that readers can fetch: office documents and drawings as the text that their XML holds, PDFs as far
//! as [`super::pdf_text`] reads them, archives (ZIP, tar, gzip) with what is in them, old office files as far as their letters
//! lie open. Pictures, sound, films and fonts are not read; what else is no text is told to be unread.

use super::pdf_text;
use super::written::{
    celled, expanded, from_escapes, from_rtf, json_rows, shared_strings, sheet_rows, unfolded, untagged,
};
use std::cell::{Cell, RefCell};
use std::io::Read;

/// Most bytes that one part of an archive may become, and all of them together.
const PART: u64 = 16 << 20;
const ALL: u64 = 64 << 20;
/// Most bytes of text that are looked at: the rest is told to be unread.
const TEXT: usize = 16 << 20;

/// The ending of a file's name, in lower case.
pub(super) fn ending(path: &str) -> String {
    path.rsplit('.').next().unwrap_or("").to_ascii_lowercase()
}

/// Endings of files that are text themselves; others are where their bytes are text.
const PLAIN: [&str; 29] = [
    "csv", "tsv", "txt", "svg", "json", "geojson", "xml", "md", "vtt", "srt", "ics", "rtf", "htm", "html", "css", "js",
    "mjs", "xhtml", "vcf", "eml", "yaml", "yml", "toml", "log", "tex", "bib", "ris", "kml", "gpx",
];
/// Endings of archives whose parts are XML.
const OFFICE: [&str; 12] =
    ["docx", "xlsx", "pptx", "odt", "ods", "odp", "docm", "xlsm", "dotx", "xltx", "ppsx", "epub"];
/// Endings of office files of before 2007: their letters lie open, their numbers do not.
const OLD: [&str; 6] = ["doc", "xls", "ppt", "dot", "xlt", "pps"];
/// Endings of pictures, sound, films, fonts and programs for browsers, and what office files hold for printers.
const UNREAD: [&str; 43] = [
    "png", "apng", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "avif", "heic", "heif", "tif", "tiff", "bmp", "ico",
    "jxl", "emf", "wmf", "mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac", "mp4", "m4v", "webm", "ogv", "mov",
    "woff", "woff2", "ttf", "otf", "eot", "wasm", "fntdata", "odttf", "wdp", "cur", "icns", "bin",
];

/// Whether a file is text itself.
pub(super) fn is_plain(path: &str) -> bool {
    PLAIN.contains(&ending(path).as_str())
}

/// Whether there may be text in a file to look at.
pub(super) fn has_text(path: &str) -> bool {
    // What is embedded in an office file may be another one.
    !UNREAD.contains(&ending(path).as_str()) || path.contains("embeddings/") || is_sheet(path)
}

/// Whether a part of an office file is a sheet that is no XML.
fn is_sheet(path: &str) -> bool {
    path.ends_with(".bin") && path.contains("worksheets/")
}

/// What a file says.
pub(super) struct FileText {
    /// Its text, as far as it can be read.
    pub text: String,
    /// The same as one reads it who sees more than the parts: rows of data, words of a drawing.
    pub again: String,
    /// Whether a part of it is locked, too deep, too large or damaged.
    pub unread: bool,
}

impl FileText {
    /// The text of a file, by the ending of its name.
    pub(super) fn of(path: &str, bytes: &[u8]) -> FileText {
        let left = Left { bytes: Cell::new(ALL), unread: Cell::new(false) };
        let mut text = text_of(path, bytes, 0, &left);
        if text.len() > TEXT {
            left.unread.set(true);
            text.truncate(text.floor_char_boundary(TEXT));
        }
        let again = match ending(path).as_str() {
            "json" | "geojson" => json_rows(&decoded(bytes)),
            "svg" => untagged(&text),
            _ => String::new(),
        };
        FileText { text, again, unread: left.unread.get() }
    }
}

fn text_of(path: &str, bytes: &[u8], depth: usize, left: &Left) -> String {
    let ending = ending(path);
    match ending.as_str() {
        "json" | "geojson" => {
            let json = decoded(bytes);
            let rows = if depth > 0 { json_rows(&json) } else { String::new() };
            from_escapes(&json) + &rows
        }
        "rtf" => from_rtf(bytes),
        "ics" | "vcf" => unfolded(&decoded(bytes)),
        "csv" | "tsv" => celled(&expanded(&decoded(bytes))),
        plain if PLAIN.contains(&plain) => decoded(bytes),
        "pdf" => {
            let read = pdf_text::read(bytes);
            left.unread.set(left.unread.get() || read.unread);
            read.text
        }
        "tar" => tar_parts(bytes, depth, left),
        "gz" | "tgz" => {
            let name = match path.strip_suffix(".gz") {
                Some(name) => name.to_owned(),
                None => format!("{path}.tar"),
            };
            // What cannot be unpacked is read as far as it goes.
            let inside = left.unpacked(flate2::read::MultiGzDecoder::new(bytes), ALL);
            part_text(&name, &inside, depth, left)
        }
        "zip" => zip_parts(bytes, left, &has_text, &|name, inside| part_text(name, inside, depth, left)),
        office if OFFICE.contains(&office) => {
            let (strings, sheets) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
            let text = zip_parts(bytes, left, &has_text, &|name, inside| match is_xml(name) {
                true => {
                    let xml = decoded(inside);
                    if name.ends_with("sharedstrings.xml") {
                        strings.replace(shared_strings(&xml));
                    } else if name.contains("worksheets/sheet") {
                        sheets.borrow_mut().push(xml.clone());
                    }
                    expanded(&untagged(&xml))
                }
                false => part_text(name, inside, depth, left),
            });
            let (strings, sheets) = (strings.into_inner(), sheets.into_inner());
            let rows = sheets.iter().map(|sheet| sheet_rows(sheet, &strings));
            // What the sheets hold a second time, as rows: a name may be parted by its cells.
            std::iter::once(text).chain(rows).collect::<Vec<_>>().join("\n\n")
        }
        _ => other_text(bytes, OLD.contains(&ending.as_str()), left),
    }
}

fn is_xml(name: &str) -> bool {
    [".xml", ".rels", ".xhtml", ".html", ".vml", ".opf", ".ncx"].iter().any(|end| name.ends_with(end))
}

/// The text of a file of another kind: what is text, and of what is none the letters that lie open.
fn other_text(bytes: &[u8], is_old: bool, left: &Left) -> String {
    const LOOKED_AT: usize = 8192;
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    if encoding_rs::Encoding::for_bom(bytes).is_some() || !is_old && !head.contains(&0) {
        let is_text = |c: &&u8| !c.is_ascii_control() || c.is_ascii_whitespace();
        left.unread.set(left.unread.get() || head.iter().filter(is_text).count() * 100 < head.len() * 95);
        return decoded(bytes);
    }
    left.unread.set(true);
    // Letters of one byte, and of two from even and from odd places.
    let wide = |bytes: &[u8]| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    let narrow = encoding_rs::WINDOWS_874.decode_without_bom_handling(bytes).0;
    [narrow.as_ref(), &wide(bytes), &wide(bytes.get(1..).unwrap_or_default())].join("\n\n")
}

/// The text of a part of an archive, which may be an archive itself.
fn part_text(name: &str, bytes: &[u8], depth: usize, left: &Left) -> String {
    const DEEPEST: usize = 4;
    let ending = ending(name);
    let is_archive = ["zip", "gz", "tgz", "tar"].contains(&&*ending) || OFFICE.contains(&&*ending);
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
        // Long names have their folders behind.
        let name = format!("{} {}", decoded(field(345, 500)), decoded(field(0, 100))).trim().to_lowercase();
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
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        left.unread.set(true);
        return String::new();
    };
    let mut out = format!("{}\n\n", decoded(archive.comment()));
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
    fn what_other_files_hold_is_read_or_told() {
        let (id, name) = ("1101700230708", "เด็กชายสมชาย ใจดี");
        let cell = |text: &str| format!("<w:tc><w:t>{text}</w:t></w:tc>");
        let office = |part: &str, text: &str| packed(part, text.as_bytes());
        let wide: Vec<u8> = [0xd0, 0xcf, 0].into_iter().chain(id.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let json: String = name.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        let mut commented = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        commented.set_comment(id).unwrap();
        let commented = commented.finish().unwrap().into_inner();
        for (path, bytes, unread) in [
            ("a.json", format!("{{\"n\": \"{json}\"}}").into_bytes(), false),
            ("a.ics", "SUMMARY:เด็กชายสม\r\n ชาย ใจดี\r\n".as_bytes().to_vec(), false),
            ("a.csv", b"id\n1.101700230708E+12\n".to_vec(), false),
            ("a.sql", format!("insert {id};").into_bytes(), false),
            ("list", id.as_bytes().to_vec(), false),
            ("a.zip", office("a.markdown", id), false),
            ("a.zip", commented, false),
            ("a.doc", wide.clone(), true),
            ("a.zip", packed("b.xls", &wide), true),
            ("a.xlsx", office("xl/worksheets/sheet1.xml", "<c><v>1.101700230708E12</v></c>"), false),
            ("a.xlsx", office("xl/pivotCache/p.xml", &format!("<s v='{name}'/>")), false),
            ("a.docx", packed("word/embeddings/a.xlsx", &packed("xl/a.xml", id.as_bytes())), false),
            ("a.docx", office("word/embeddings/o.bin", &format!("\0{id}")), true),
            ("a.docx", office("word/media/a.svg", &format!("<text>{id}</text>")), false),
            ("a.docx", office("word/comments.xml", &format!("<w:comment w:author=\"{name} ป.3\"/>")), false),
            ("a.docx", office("word/document.xml", &format!("<w:t><![CDATA[{id}]]></w:t>")), false),
            ("a.ods", office("content.xml", &format!("<table:table-cell office:value=\"{id}\"/>")), false),
            ("a.7z", b"7z\xbc\xaf'\x1c\0\x04".to_vec(), true),
            ("a.rtf", br"{\rtf1 11017{\b 00230708}}".to_vec(), false),
        ] {
            let read = FileText::of(path, &bytes);
            assert_eq!(read.unread, unread, "{path}: {}", read.text);
            assert!(unread || !search(&read.text).is_empty(), "{path}: {}", read.text);
        }
        assert!(!search(&FileText::of("a.doc", &wide).text).is_empty());
        assert!(!FileText::of("a.xlsx", &office("xl/printerSettings/p.bin", "\0\u{1}")).unread);
        assert!(search(&untagged(&cell("ก > ข"))).is_empty() && untagged("<a x=\"1>2\">ก</a>") == "ก");
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
