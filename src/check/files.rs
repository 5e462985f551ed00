//! Files that readers can fetch as they are: files that public pages name, and those of `static/`. Their size, and
//! personal data in their texts.
//!
//! Office documents and drawings are read as the text that their XML holds, PDFs as far as [`super::pdf_text`] reads
//! them, archives (ZIP, tar, gzip) one level deep. Pictures and films are not read.

use super::context::Context;
use super::{pdf_text, personal};
use crate::content::files::{MEDIA, Reader, too_large};
use crate::content::listing::PassOver;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{Entry, SourceFile, Span};
use crate::text::personal::{Class, search};
use crate::visibility;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Most bytes that one part of an archive may become, and all of them together.
const PART: u64 = 16 << 20;
const ALL: u64 = 64 << 20;

/// Looks at every file that is published, as the portal's folder holds it.
pub(crate) fn check(context: &Context<'_>, root: &Path) -> Vec<Diagnostic> {
    let mut named: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in &context.portal.entries {
        if visibility::is_public(entry, visibility::Options::default()) {
            for path in visibility::files_of(context.portal, context.index, entry) {
                named.entry(format!("content/{path}")).or_default().push(entry);
            }
        }
    }
    // What cannot be listed is told where the theme is loaded.
    let reader = Reader::new(root, context.portal.config.limits.clone());
    for file in reader.files("static", PassOver::Dots, &mut Vec::new()) {
        named.entry(format!("static/{}", file.path)).or_default();
    }
    let named: Vec<_> = named.into_iter().collect();
    named.par_iter().flat_map_iter(|(path, pages)| file(context, &reader, path, pages)).collect()
}

/// Bytes from which a picture is told to be heavy.
const HEAVY: u64 = 1_000_000;

/// A picture that readers on phones wait for. Photographs are made smaller by the build; what it leaves as it is, is told.
fn heavy(path: &str, bytes: u64) -> Option<Diagnostic> {
    let is_picture = ["webp", "gif", "avif"].contains(&ending(path).as_str());
    (is_picture && bytes > HEAVY).then(|| {
        let size = bytes as f64 / HEAVY as f64;
        let (th, en) = (
            format!("รูปนี้ใหญ่ {size:.1} MB ผู้อ่านบนมือถือต้องรอนาน"),
            format!("the picture has {size:.1} MB: long to wait for on a phone"),
        );
        Diagnostic::new(Code::FileTooLarge, path, th, en).severity(Severity::Note).hint(
            "บันทึกเป็น JPEG ซึ่ง Sala ย่อให้เองตอนสร้างเว็บ หรือย่อให้กว้างไม่เกิน 1600 จุด",
            "save it as JPEG, which the build makes smaller, or make it 1,600 points wide at most",
        )
    })
}

fn file(context: &Context<'_>, reader: &Reader<'_>, path: &str, pages: &[&Entry]) -> Vec<Diagnostic> {
    let Ok(size) = reader.size(path) else {
        // A file that is missing or may not be read is reported where it is named.
        return Vec::new();
    };
    let most = context.portal.config.limits.media_megabytes;
    if size > u64::from(most) << 20 {
        return vec![too_large(path, size, most, MEDIA)];
    }
    let mut found: Vec<Diagnostic> = heavy(path, size).into_iter().collect();
    let allowed = |class: Class| !pages.is_empty() && pages.iter().all(|page| personal::allowed(page, class));
    for find in search(path).into_iter().filter(|f| !allowed(f.class)) {
        found.push(personal::in_file(path, &find));
    }
    if !has_text(path) {
        return found;
    }
    let Ok(bytes) = reader.bytes(path) else {
        return found;
    };
    let text = text_of(path, &bytes);
    let plain = PLAIN.contains(&ending(path).as_str());
    let source = SourceFile::new(path, text.as_str());
    let mut finds = search(&text);
    // What a drawing writes in several parts is one text to who reads it.
    let whole = if plain && finds.is_empty() && path.ends_with(".svg") { Some(untagged(&text)) } else { None };
    let plain = plain && whole.is_none();
    finds.extend(whole.iter().flat_map(|text| search(text)));
    for find in finds.into_iter().filter(|f| !allowed(f.class)) {
        found.push(match plain {
            true => personal::report(&source, Span::new(find.range.start, find.range.end), &find),
            false => personal::in_file(path, &find),
        });
    }
    found
}

fn ending(path: &str) -> String {
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

fn has_text(path: &str) -> bool {
    let ending = ending(path);
    let is = |list: &[&str]| list.contains(&ending.as_str());
    is(&PLAIN) || is(&OFFICE) || is(&["pdf", "zip", "gz", "tgz", "tar"])
}

fn text_of(path: &str, bytes: &[u8]) -> String {
    let ending = ending(path);
    match ending.as_str() {
        plain if PLAIN.contains(&plain) => decoded(bytes),
        "pdf" => pdf_text::read(bytes),
        "tar" => String::from_utf8_lossy(bytes).into_owned(),
        "gz" | "tgz" => {
            let mut out = Vec::new();
            // What cannot be unpacked is read as far as it goes.
            let _ = flate2::read::MultiGzDecoder::new(bytes).take(ALL).read_to_end(&mut out);
            String::from_utf8_lossy(&out).into_owned()
        }
        "zip" => {
            parts(bytes, &|name| has_text(name) && !["zip", "gz", "tgz"].contains(&&*self::ending(name)), &text_of)
        }
        _ => {
            let is_xml = |name: &str| [".xml", ".rels", ".xhtml", ".html"].iter().any(|end| name.ends_with(end));
            parts(bytes, &is_xml, &|_, xml| untagged(&decoded(xml)))
        }
    }
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
fn parts(bytes: &[u8], wanted: &dyn Fn(&str) -> bool, text: &dyn Fn(&str, &[u8]) -> String) -> String {
    let mut out = String::new();
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return out;
    };
    let mut left = ALL;
    for i in 0..archive.len() {
        let Ok(part) = archive.by_index(i) else { continue };
        let name = decoded(part.name_raw()).to_lowercase();
        out.push_str(&name);
        out.push_str("\n\n");
        if !wanted(&name) {
            continue;
        }
        let mut inside = Vec::new();
        let _ = part.take(PART.min(left)).read_to_end(&mut inside);
        left -= inside.len() as u64;
        out.push_str(&text(&name, &inside));
        out.push_str("\n\n");
    }
    out
}

/// Attributes that people read: names of sheets and layers, texts in the place of pictures, addresses.
const READ: [&str; 5] = ["name=\"", "descr=\"", "title=\"", "label=\"", "Target=\""];

/// What is between the tags, and the attributes that people read; paragraphs, cells and lines end with a line end.
fn untagged(xml: &str) -> String {
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
    use std::io::Write;

    #[test]
    fn office_documents_are_read_across_runs() {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all("<w:p><w:r><w:t>โทร 081-</w:t></w:r><w:r><w:t>234-5678</w:t></w:r></w:p><w:p/>".as_bytes())
            .unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let text = text_of("a.docx", &bytes);
        assert_eq!(search(&text).len(), 1, "{text}");
        assert!(text_of("b.docx", b"no archive").is_empty());
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("ใน/a.docx", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        assert_eq!(search(&text_of("c.zip", &bytes)).len(), 1);
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
            assert_eq!(search(&text_of(path, &bytes)).len(), 1, "{path}");
        }
        assert_eq!(search(&untagged("<text>081-<tspan>234-5678</tspan></text>")).len(), 1);
    }

    #[test]
    fn texts_are_read_in_the_encodings_of_thai_programs() {
        let text = "ชื่อ,โทร\nเด็กชายสมชาย ใจดี,081-234-5678\n";
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let old = encoding_rs::WINDOWS_874.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), &wide, &old] {
            assert_eq!(search(&text_of("a.tsv", bytes)).len(), 2, "{bytes:?}");
        }
    }
}
