//! Files that are made to do harm.

use super::*;
use sala::internals::authoring::docx::parts;
use std::io::{Cursor, Write};

/// An archive of some parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A compound file that holds one stream.
fn compound(stream: &str, data: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(data).unwrap();
    file.into_inner().into_inner()
}

/// All files of a portal with their texts.
fn files(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let all = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten();
    all.filter(|f| f.file_type().is_file()).map(|f| (f.path().into(), fs::read(f.path()).unwrap())).collect()
}

#[test]
fn bad_files_are_refused_in_words_and_nothing_is_written() {
    let (dir, root) = starter_portal();
    let before = files(&root);
    let spaces = vec![b' '; 20 << 20];
    let entities =
        b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:document>&b;</w:document>";
    let whole = fixture("lessons.xlsx");
    let cut = b"<w:document><w:body><w:p><w:r><w:t>one</w:t></w:r></w:p><w:p>";
    let sheet = r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let relations =
        r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let half_sheet = archive(&[
        ("xl/workbook.xml", sheet.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row"),
    ]);
    // A part that is found by one name and has another one before its data.
    let mut two_names = archive(&[("word/document.xml", b"<w:document><w:body/></w:document>")]);
    let name = b"word/document.xml";
    let last = two_names.windows(name.len()).rposition(|w| w == name).unwrap();
    two_names[last + name.len() - 5] = b'T';
    // BIFF8 that ends before its end, and one that a password protects.
    let begin: &[u8] = &[0x09, 0x08, 0x04, 0, 0, 6, 5, 0];
    let locked = [begin, &[0x2F, 0, 2, 0, 1, 0]].concat();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("bomb.xlsx", archive(&[("xl/worksheets/sheet1.xml", &spaces)]), "expands"),
        ("bomb.docx", archive(&[("word/document.xml", &spaces)]), "expands"),
        ("entities.docx", archive(&[("word/document.xml", entities)]), "entities"),
        ("cut.docx", archive(&[("word/document.xml", cut)]), "cut off"),
        ("names.docx", two_names, "two names"),
        ("half.xlsx", whole[..whole.len() / 2].to_vec(), "damaged"),
        ("sheet.xlsx", half_sheet, "cut off"),
        ("half.xls", compound("/Workbook", begin), "cut off"),
        ("locked.xls", compound("/Workbook", &locked), "password"),
        ("locked.xlsx", compound("/EncryptionInfo", b"x"), "password"),
        ("locked.docx", compound("/EncryptionInfo", b"x"), "password"),
        ("older.xls", compound("/Book", b"x"), "older"),
        ("page.xls", "<table><tr><td>ชื่อเรื่อง</td></tr></table>".into(), "web page"),
        ("old.doc", compound("/WordDocument", b"x"), "as .docx"),
        ("slides.pptx", archive(&[("ppt/presentation.xml", b"<p/>")]), "slides"),
        ("photo.heic", b"\0\0\0\x18ftypheic".to_vec(), "beside its page"),
        ("chat.txt", "[LINE] ประวัติการแชท\n2023.08.15 วันอังคาร\n08:30\tครู\tอ่านได้\n".into(), "history of a chat"),
        ("empty.xlsx", Vec::new(), "none"),
        ("empty.csv", Vec::new(), "headings"),
        ("picture.csv", vec![0x89, b'P', b'N', b'G', 0, 1, 2, 3], "headings"),
    ];
    for (name, bytes, why) in cases {
        let file = dir.path().join(name);
        fs::write(&file, bytes).unwrap();
        let (code, said) = super::values::run(&root, &["import", file.to_str().unwrap(), "--kind", "lesson"]);
        assert!(code == Some(1) && said.contains(why), "{name}: {code:?} {said}");
        assert!(files(&root) == before, "{name} wrote a file");
    }
}

#[test]
fn several_files_are_one_step_and_a_bad_one_stops_all() {
    let (dir, root) = starter_portal();
    let before = files(&root);
    let (one, two, bad) = (dir.path().join("one.csv"), dir.path().join("two.csv"), dir.path().join("bad.xlsx"));
    let table = |title: &str| format!("ชื่อเรื่อง,ข้อแนะนำ,วันที่,สิ่งที่เกิดขึ้น\n{title},แบ่งกลุ่มก่อนเริ่มทุกครั้ง,15/8/2566,เล่า\n");
    fs::write(&one, table("เรื่องแรก")).unwrap();
    fs::write(&two, table("เรื่องที่สอง")).unwrap();
    fs::write(&bad, b"PK no workbook").unwrap();
    let import = |paths: &[&PathBuf]| {
        let paths: Vec<&str> = paths.iter().map(|p| p.to_str().unwrap()).collect();
        super::values::run(&root, &[&["import", "--kind", "lesson"][..], &paths].concat())
    };
    let (code, said) = import(&[&one, &bad]);
    assert_eq!(code, Some(1), "{said}");
    assert!(files(&root) == before, "{said}");
    let (code, said) = import(&[&one, &two]);
    assert_eq!((code, said.matches("1 new").count()), (Some(0), 2), "{said}");
    assert_eq!(super::values::run(&root, &["undo"]).0, Some(0));
    assert!(
        files(&root)
            .iter()
            .all(|(path, _)| before.iter().any(|(p, _)| p == path) || path.starts_with(root.join(".sala")))
    );
}

#[test]
fn hostile_files_are_refused_before_they_are_parsed() {
    let limits = Limits::default();
    let bomb = |name: &str, inner: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(inner).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let zeros = bomb("xl/worksheets/sheet1.xml", &vec![b' '; 20 << 20]);
    assert!(sheet::read("a.xlsx", &zeros, None, &limits).unwrap_err().message.en.contains("expands"));
    assert!(parts::read("a.docx", &zeros, &limits).unwrap_err().message.en.contains("expands"));
    let content = "<office:document-content><table:table><table:table-row table:number-rows-repeated=\"1000000\">\
        <table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16000\"><text:p>x</text:p></table:table-cell>\
        </table:table-row></table:table></office:document-content>";
    let wide = bomb("content.xml", content.as_bytes());
    assert!(sheet::read("a.ods", &wide, None, &limits).unwrap_err().message.en.contains("larger than the limit"));
    let whole = fixture("lessons.xlsx");
    assert_eq!(sheet::read("a.xlsx", &whole[..whole.len() / 2], None, &limits).unwrap_err().code.id(), "S902");
    let small = Limits { rows: 1, ..limits };
    assert!(sheet::read("a.xlsx", &whole, None, &small).is_err());
    let small = Limits { file: 10, ..limits };
    assert!(sheet::read("a.xlsx", &whole, None, &small).is_err());
}
