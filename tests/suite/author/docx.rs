//! Reports of a word processor.

use super::*;
use sala::authoring::docx::{draft as report, parts, reader};
use std::io::Write;

/// A .docx with the given body; styles and numbering as Word writes them.
fn docx(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &[u8]| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    };
    part("word/styles.xml", br#"<w:styles><w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="a2"><w:name w:val="heading 2"/></w:style></w:styles>"#);
    part("word/numbering.xml", br#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#);
    part(
        "word/_rels/document.xml.rels",
        br#"<Relationships><Relationship Id="rId1" Target="media/image1.png"/></Relationships>"#,
    );
    part("word/media/image1.png", b"\x89PNG");
    part("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes());
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_report_keeps_headings_lists_tables_and_pictures() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let p = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p("", text));
    let body = [
        p("a1", "รายงานการอ่าน"),
        p("a2", "๑. สิ่งที่เกิดขึ้น"),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>หมายเหตุ:</w:t></w:r><w:r><w:t xml:space=\"preserve\"> a &amp; b * c</w:t></w:r><w:del><w:r><w:t>ลบ</w:t></w:r></w:del></w:p>".to_string(),
        item("หนึ่ง"),
        item("สอง"),
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("ก"), cell("ข"), cell("1"), cell("2|3")),
        "<w:p><w:r><w:drawing><wp:docPr descr=\"ป้าย\"/><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p>".to_string(),
    ]
    .concat();
    let parts = parts::read("a.docx", &docx(&body), &Limits::default()).unwrap();
    let made = report::draft(&portal, lessons(&portal), "a.docx", &parts, &reader::blocks(&parts), None, Some("r-1"));
    let text = made.draft.plain(&portal.schema);
    let expected = "\n## สิ่งที่เกิดขึ้น\n\n**หมายเหตุ:** a & b \\* c\n\n1. หนึ่ง\n1. สอง\n\n| ก | ข |\n| --- | --- |\n| 1 | 2\\|3 |\n\n![ป้าย](r-1/image-1.png)\n";
    assert!(text.contains("title = \"รายงานการอ่าน\""), "{text}");
    assert!(text.ends_with(expected), "{text}");
    assert_eq!(made.pictures, [("r-1/image-1.png".to_string(), b"\x89PNG".to_vec())]);
    assert!(parts::read("a.docx", b"no zip", &Limits::default()).is_err());
}

#[test]
fn a_report_of_libreoffice_is_read_and_its_thai_repaired() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let parts = parts::read("report.docx", &fixture("report.docx"), &Limits::default()).unwrap();
    let blocks = reader::blocks(&parts);
    let made = report::draft(&portal, lessons(&portal), "report.docx", &parts, &blocks, None, None);
    let text = made.draft.plain(&portal.schema);
    assert!(text.contains("**หมายเหตุ:**ข้อความติดกัน และ*ตัวเอน* เกิดขึ้น น้ำ"), "{text}");
    assert!(text.contains("1. ข้อหนึ่ง\n1. ข้อสอง\n- จุด\n\n| ก | ข |\n| --- | --- |\n"));
    assert!(text.contains("[ลิงก์](<https://example.org/x>)"));
    assert!(made.repaired >= 2);
}

#[test]
fn lists_by_style_and_merged_cells_keep_their_form() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &[u8]| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    };
    part("word/styles.xml", br#"<w:styles><w:style w:styleId="n1"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style><w:style w:styleId="n2"><w:name w:val="List Number 2"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>"#);
    part("word/numbering.xml", br#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#);
    let item = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let cell = |span: &str, text: &str| format!("<w:tc><w:tcPr>{span}</w:tcPr>{}</w:tc>", item("", text));
    let wide = "<w:gridSpan w:val=\"2\"/>";
    let body = [
        item("n1", "หนึ่ง"),
        item("n2", "ย่อย"),
        format!(
            "<w:tbl><w:tr>{}{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            cell("", "ก"),
            cell("", "ข"),
            cell("", "ค"),
            cell(wide, "รวม"),
            cell("", "8")
        ),
    ]
    .concat();
    part("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes());
    let bytes = zip.finish().unwrap().into_inner();
    let parts = parts::read("a.docx", &bytes, &Limits::default()).unwrap();
    let blocks = reader::blocks(&parts);
    let made = report::draft(&portal, lessons(&portal), "a.docx", &parts, &blocks, None, Some("r"));
    let text = made.draft.plain(&portal.schema);
    assert!(text.contains("1. หนึ่ง\n   1. ย่อย\n"), "{text}");
    assert!(text.contains("| รวม |  | 8 |"), "{text}");
}
