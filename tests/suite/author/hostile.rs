//! Files that are made to do harm.

use super::*;
use sala::internals::authoring::docx::parts;
use std::io::Write;

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
