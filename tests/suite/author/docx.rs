//! Reports of a word processor.

use super::*;
use sala::internals::authoring::docx::{draft as report, parts, reader};
use std::io::Write;

/// The draft of a report, as the command makes it.
pub(super) fn made(portal: &Portal, file: &str, bytes: &[u8], id: Option<&str>) -> report::Report {
    let parts = parts::read(file, bytes, &Limits::default()).unwrap();
    let (blocks, left) = reader::blocks(&parts);
    let document = report::Document { file, parts: &parts, blocks, left };
    report::draft(portal, lessons(portal), document, &ImportMap::default(), id)
}

/// A .docx with the given body; styles and numbering as Word writes them.
fn docx(body: &str) -> Vec<u8> {
    docx_with(body, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\0IEND\xaeB`\x82")
}

/// The same with a picture of its own.
pub(super) fn docx_with(body: &str, picture: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &[u8]| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    };
    part("word/styles.xml", br#"<w:styles><w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="a2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="f"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="faint"><w:basedOn w:val="f"/></w:style></w:styles>"#);
    part("word/numbering.xml", br#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#);
    part(
        "word/_rels/document.xml.rels",
        br#"<Relationships><Relationship Id="rId1" Target="media/image1.png"/></Relationships>"#,
    );
    part("word/media/image1.png", picture);
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
    let made = made(&portal, "a.docx", &docx(&body), Some("r-1"));
    let text = made.draft.plain(&portal.schema);
    let expected = "\n## สิ่งที่เกิดขึ้น\n\n**หมายเหตุ:** a & b \\* c\n\n1. หนึ่ง\n2. สอง\n\n| ก | ข |\n| --- | --- |\n| 1 | 2\\|3 |\n\n![ป้าย](r-1/image-1.png)\n";
    assert!(text.contains("title = \"รายงานการอ่าน\""), "{text}");
    assert!(text.ends_with(expected), "{text}");
    assert_eq!(made.pictures[0].0, "r-1/image-1.png");
    assert!(made.pictures[0].1.starts_with(b"\x89PNG"));
    assert!(parts::read("a.docx", b"no zip", &Limits::default()).is_err());
}

#[test]
fn a_report_of_libreoffice_is_read_and_its_thai_repaired() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    for name in ["report.docx", "report.odt"] {
        let made = made(&portal, name, &fixture(name), None);
        let text = made.draft.plain(&portal.schema);
        assert!(text.contains("**หมายเหตุ:**ข้อความติดกัน และ*ตัวเอน* เกิดขึ้น น้ำ"), "{name}: {text}");
        assert!(text.contains("1. ข้อหนึ่ง\n2. ข้อสอง\n- จุด\n\n| ก | ข |\n| --- | --- |\n"), "{name}: {text}");
        assert!(text.contains("[ลิงก์](<https://example.org/x>)"), "{name}: {text}");
        assert!(made.repaired >= 2, "{name}");
    }
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
    part("word/numbering.xml", br#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#);
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
    let made = made(&portal, "a.docx", &bytes, Some("r"));
    let text = made.draft.plain(&portal.schema);
    assert!(text.contains("1. หนึ่ง\n   1. ย่อย\n"), "{text}");
    assert!(text.contains("| รวม |  | 8 |"), "{text}");
}

pub(super) fn p(inner: &str) -> String {
    format!("<w:p>{inner}</w:p>")
}

pub(super) fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// The body of the draft of a document with this body.
fn body_of(body: &str) -> (String, Vec<String>) {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let made = made(&portal, "a.docx", &docx(body), Some("r"));
    let said = made.diagnostics.iter().map(|d| d.message.en.clone()).collect();
    (made.draft.lead, said)
}

#[test]
fn text_boxes_take_no_text_with_them() {
    let inner = p(&r("ในกล่อง"));
    let choice = format!(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    let old = format!("<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>");
    for form in [choice, old] {
        let (text, _) = body_of(&p(&format!("{}{form}{}", r("ก่อน "), r("หลัง"))));
        assert_eq!(text, "ก่อน หลัง\n\nในกล่อง\n");
        let cell =
            format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&format!("{}{form}{}", r("ก่อน "), r("หลัง"))));
        assert!(body_of(&cell).0.contains("| ก่อน หลัง<br>ในกล่อง |"));
    }
}

#[test]
fn signs_formulas_and_small_letters_keep_their_meaning() {
    let sym = |code: &str| format!("<w:r><w:sym w:font=\"Wingdings\" w:char=\"{code}\"/></w:r>");
    let high =
        |kind: &str, text: &str| format!("<w:r><w:rPr><w:vertAlign w:val=\"{kind}\"/></w:rPr><w:t>{text}</w:t></w:r>");
    let fraction =
        "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>";
    let checkbox = "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox><w:default w:val=\"1\"/></w:checkBox></w:ffData></w:fldChar></w:r>";
    for (inner, text) in [
        ("<w:r><w:t>ก</w:t><w:noBreakHyphen/><w:t>ข</w:t></w:r>".to_string(), "ก-ข"),
        (format!("{}{}", sym("F0FE"), sym("F0A8")), "☑☐"),
        (format!("{}{}", r("x"), high("superscript", "2")), "x²"),
        (format!("{}{}{}", r("H"), high("subscript", "2"), r("O")), "H₂O"),
        (format!("{}{}", r("1"), high("superscript", "st")), "1<sup>st</sup>"),
        (fraction.to_string(), "(a+b)/2"),
        (checkbox.to_string(), "☑"),
        (r("AT&amp;amp;T ~~ก~~"), "AT\\&amp;T \\~\\~ก\\~\\~"),
    ] {
        assert_eq!(body_of(&p(&inner)).0, format!("{text}\n"), "{inner}");
    }
}

#[test]
fn what_is_left_out_is_told_word_for_word() {
    for mark in ["vanish", "strike", "dstrike"] {
        let hidden = format!("<w:r><w:rPr><w:{mark}/></w:rPr><w:t>ความลับ</w:t></w:r>");
        let (text, said) = body_of(&p(&format!("{}{hidden}", r("เห็น"))));
        assert_eq!(text, "เห็น\n", "{mark}");
        assert!(said.iter().any(|m| m.contains("ความลับ")), "{said:?}");
    }
    let (_, said) = body_of(&p("<w:r><w:drawing><w:docPr descr=\"ผัง\"/><dgm:relIds r:dm=\"rId9\"/></w:drawing></w:r>"));
    assert!(said.iter().any(|m| m.contains("diagram")), "{said:?}");
    let (text, said) = body_of(&p("<w:r><w:drawing><a:blip r:embed=\"rId1\"/></w:drawing></w:r>"));
    assert_eq!(text, "![](r/image-1.png)\n");
    assert!(said.iter().any(|m| m.contains("alternative text")), "{said:?}");
}

#[test]
fn letters_that_nobody_sees_are_left_out_and_told() {
    let look = |marks: &str| format!("<w:r><w:rPr>{marks}</w:rPr><w:t>ลับ</w:t></w:r>");
    let white = look("<w:color w:val=\"FFFFFF\"/>");
    let shaded = "<w:shd w:val=\"clear\" w:fill=\"1F3864\"/>";
    let cell = |shade: &str| format!("<w:tbl><w:tr><w:tc><w:tcPr>{shade}</w:tcPr>{}</w:tc></w:tr></w:tbl>", p(&white));
    let boxed = |hidden: &str, fill: &str| {
        p(&format!(
            "<w:r><w:drawing><wp:docPr id=\"1\"{hidden}/><wps:wsp><wps:spPr>{fill}</wps:spPr><w:txbxContent>{}\
             </w:txbxContent></wps:wsp></w:drawing></w:r>",
            p(if hidden.is_empty() { &white } else { "<w:r><w:t>ลับ</w:t></w:r>" })
        ))
    };
    let filled = "<a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill>";
    let control =
        |marks: &str| format!("<w:sdt><w:sdtPr>{marks}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", r("ลับ"));
    for (body, seen) in [
        (p(&white), false),
        (p(&format!("<w:pPr>{shaded}</w:pPr>{white}")), true),
        (cell(""), false),
        (cell(shaded), true),
        (p(&look("<w:color w:val=\"000000\"/><w:highlight w:val=\"black\"/>")), false),
        (p(&look("<w:color w:val=\"auto\"/><w:highlight w:val=\"black\"/>")), true),
        (p(&look("<w:sz w:val=\"2\"/>")), false),
        (p(&look("<w:sz w:val=\"2\"/><w:szCs w:val=\"32\"/>")), true),
        (p(&look("<w:rStyle w:val=\"faint\"/>")), false),
        (p(&format!("<w:pPr><w:pStyle w:val=\"faint\"/></w:pPr>{}", r("ลับ"))), false),
        (boxed(" hidden=\"1\"", ""), false),
        (boxed("", filled), false),
        (boxed("", ""), true),
        (
            p(&format!(
                "<w:r><w:pict><v:rect style=\"top:0; visibility: hidden\"><w:txbxContent>{}</w:txbxContent></v:rect></w:pict></w:r>",
                p(&r("ลับ"))
            )),
            false,
        ),
        (p(&control("<w:showingPlcHdr/>")), false),
        (p(&control("<w:showingPlcHdr w:val=\"0\"/>")), true),
    ] {
        let (text, said) = body_of(&format!("{}{body}{}", p(&r("ก่อน")), p(&r("หลัง"))));
        let told = said.iter().any(|m| m.contains("“ลับ”"));
        assert_eq!((text.contains("ลับ"), told), (seen, !seen), "{body}\n{text}\n{said:?}");
        assert!(text.starts_with("ก่อน") && text.ends_with("หลัง\n"), "{body}\n{text}");
    }
}

#[test]
fn text_outside_of_paragraphs_and_former_looks_take_nothing_away() {
    let (text, _) = body_of(&format!("{}<w:p2>{}</w:p2>{}{}", p(&r("ก่อน")), r("ใน"), p(&r("หลัง")), r("ท้าย")));
    assert_eq!(text, "ก่อน\n\nใน\n\nหลัง\n\nท้าย\n");
    // What a run looked like before a change that was tracked.
    let former = "<w:rPr><w:b/><w:rPrChange w:id=\"1\"><w:rPr><w:vanish/><w:strike/></w:rPr></w:rPrChange></w:rPr>";
    let (text, said) = body_of(&p(&format!(
        "<w:pPr><w:pPrChange w:id=\"2\"><w:pPr><w:pStyle w:val=\"faint\"/></w:pPr></w:pPrChange></w:pPr><w:r>{former}<w:t>เห็น</w:t></w:r>{}",
        r(" ด้วย")
    )));
    assert_eq!((text.as_str(), said.len()), ("**เห็น** ด้วย\n", 0), "{said:?}");
    // Symbols by their font, also where the text has plain letters.
    let run =
        |font: &str, text: &str| format!("<w:r><w:rPr><w:rFonts w:ascii=\"{font}\"/></w:rPr><w:t>{text}</w:t></w:r>");
    let (text, said) = body_of(&p(&[run("Wingdings", "ü"), run("Symbol", "a\u{f0b3}"), run("Arial", "ü")].concat()));
    assert_eq!((text.as_str(), said.len()), ("✓α≥ü\n", 0), "{said:?}");
}

#[test]
fn headings_of_opendocument_have_the_numbers_of_their_outline() {
    let level = |n: u8, format: &str| {
        format!(
            "<text:outline-level-style text:level=\"{n}\" style:num-format=\"{format}\" text:display-levels=\"{n}\" style:num-suffix=\".\"/>"
        )
    };
    let styles = format!(
        "<office:document-styles><style:style style:name=\"free\" style:list-style-name=\"\"/><text:outline-style>{}{}</text:outline-style></office:document-styles>",
        level(1, "1"),
        level(2, "a")
    );
    let heading = |level: u8, style: &str, text: &str| {
        format!("<text:h text:outline-level=\"{level}\" text:style-name=\"{style}\">{text}</text:h>")
    };
    let body =
        [heading(1, "", "ก"), heading(2, "", "ข"), heading(2, "free", "ค"), heading(2, "", "ง"), heading(1, "", "จ")];
    let content = format!(
        "<office:document-content><office:body><office:text><text:p>นำ</text:p>{}</office:text></office:body></office:document-content>",
        body.concat()
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("styles.xml", styles), ("content.xml", content)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let made = made(&portal, "a.odt", &zip.finish().unwrap().into_inner(), Some("r"));
    assert!(made.draft.plain(&portal.schema).contains("title = \"1. ก\""), "{}", made.draft.plain(&portal.schema));
    assert_eq!(made.draft.lead, "นำ\n\n## 1.a. ข\n\n## ค\n\n## 1.b. ง\n\n## 2. จ\n");
}

#[test]
fn rows_that_were_deleted_are_told_and_drawn_letters_read() {
    let row =
        |gone: &str, text: &str| format!("<w:tr>{gone}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", p(&r(text)), p(&r("ข")));
    let gone = "<w:trPr><w:del w:id=\"1\" w:author=\"ผู้แก้\"/></w:trPr>";
    let (text, said) =
        body_of(&format!("<w:tbl>{}{}{}</w:tbl>{}", row("", "อยู่"), row(gone, "ลบแล้ว"), row("", "ท้าย"), p(&r("ต่อ"))));
    assert_eq!(text, "| อยู่ | ข |\n| --- | --- |\n| ท้าย | ข |\n\nต่อ\n");
    let said = said.join("\n");
    assert!(said.contains("“ลบแล้ว ข”") && !said.contains("ผู้แก้"), "{said}");
    // A row with a table in it.
    let inner = format!("<w:tbl>{}</w:tbl>", row("", "ใน"));
    let (text, said) = body_of(&format!(
        "<w:tbl>{}<w:tr>{gone}<w:tc>{inner}{}</w:tc></w:tr></w:tbl>{}",
        row("", "อยู่"),
        p(&r("ลบ")),
        p(&r("ต่อ"))
    ));
    assert_eq!(text, "| อยู่ | ข |\n| --- | --- |\n\nต่อ\n");
    assert!(said.iter().any(|m| m.contains("ใน") && m.contains("ลบ")), "{said:?}");
    let art = "<w:r><w:pict><v:shape><v:textpath string=\"อักษรศิลป์\"/></v:shape></w:pict></w:r>";
    assert_eq!(body_of(&p(&format!("{}{art}", r("ก่อน ")))).0, "ก่อน อักษรศิลป์\n");
}

#[test]
fn pictures_of_a_report_bring_no_place_and_no_name() {
    let exif = b"Exif\0\0GPS 13.75 SECRETCAM";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let size = [0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0];
    let scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0, 0xff, 0xd9];
    let photo = [&[0xff, 0xd8, 0xff, 0xe1][..], &length, exif, &size, &scan].concat();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, bytes: &[u8]| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    };
    part(
        "word/_rels/document.xml.rels",
        br#"<Relationships><Relationship Id="rId1" Type="x/image" Target="media/a.jpg"/></Relationships>"#,
    );
    part("word/media/a.jpg", &photo);
    part("word/document.xml", b"<w:document><w:body><w:p><w:r><w:drawing><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p></w:body></w:document>");
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let made = made(&portal, "a.docx", &zip.finish().unwrap().into_inner(), Some("r"));
    let (_, bytes) = &made.pictures[0];
    assert!(bytes.starts_with(&[0xff, 0xd8]) && !bytes.windows(9).any(|part| part == b"SECRETCAM"), "{bytes:?}");
}

#[test]
fn lists_go_on_start_elsewhere_and_jump() {
    let item = |list: u8, level: u8, text: &str| {
        p(&format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}",
            r(text)
        ))
    };
    let (text, _) =
        body_of(&[item(1, 0, "ก"), item(1, 0, "ข"), p(&r("คั่น")), item(1, 0, "ค"), item(1, 2, "ย่อย")].concat());
    assert_eq!(text, "1. ก\n2. ข\n\nคั่น\n\n3. ค\n   1. ย่อย\n");
    let row = |text: &str| format!("<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>", item(1, 0, ""), p(&r(text)));
    let (text, _) = body_of(&format!("{}<w:tbl>{}{}</w:tbl>{}", item(1, 0, ""), row("ก"), row("ข"), item(1, 0, "ค")));
    assert_eq!(text, "| 2. | ก |\n| --- | --- |\n| 3. | ข |\n\n4. ค\n", "numbers stand without words, too");
    let (text, _) = body_of(&[item(1, 2, "ลึก"), item(1, 0, "ตื้น")].concat());
    assert_eq!(text, "1. ลึก\n2. ตื้น\n", "a list may begin deep: the number above is implied");
}

#[test]
fn a_report_without_styles_has_a_title_headings_fields_and_lists() {
    let bold = |text: &str| p(&format!("<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>{text}</w:t></w:r>"));
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(&r(text)));
    let row = |name: &str, value: &str| format!("<w:tr>{}{}</w:tr>", cell(name), cell(value));
    let body = [
        bold("รายงานการทบทวน"),
        format!("<w:tbl>{}{}</w:tbl>", row("วันที่", "๑๕ สิงหาคม ๒๕๖๖"), row("ผู้รายงาน", "ครู")),
        bold("๑. สิ่งที่เกิดขึ้น"),
        p(&r("๑. ข้อแรก")),
        p(&r("๒. ข้อสอง")),
    ]
    .concat();
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let made = made(&portal, "a.docx", &docx(&body), None);
    let text = made.draft.plain(&portal.schema);
    assert!(text.contains("title = \"รายงานการทบทวน\"") && text.contains("date = 2566-08-15"), "{text}");
    assert!(text.contains("| ผู้รายงาน | ครู |"), "what is no field stays: {text}");
    assert!(text.ends_with("## สิ่งที่เกิดขึ้น\n\n1. ข้อแรก\n2. ข้อสอง\n"), "{text}");
}

#[test]
fn the_text_may_lie_anywhere_in_the_file() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let to = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Type=\"x/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    part("_rels/.rels", &to("officeDocument", "/word/document2.xml"));
    part("word/_rels/document2.xml.rels", &to("footnotes", "notes9.xml"));
    let note = format!("<w:footnotes><w:footnote w:id=\"3\">{}</w:footnote></w:footnotes>", p(&r("เชิง")));
    part("word/notes9.xml", &note);
    let body = p(&format!("{}<w:r><w:footnoteReference w:id=\"3\"/></w:r>", r("เนื้อหา")));
    part("word/document2.xml", &format!("<w:document><w:body>{body}</w:body></w:document>"));
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let made = made(&portal, "a.docx", &zip.finish().unwrap().into_inner(), Some("r"));
    assert_eq!(made.draft.lead, "เนื้อหา[^1]\n\n[^1]: เชิง\n", "the number is that which Word shows");
}
