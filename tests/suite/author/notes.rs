//! Notes of reports bear the numbers that Word shows.

use super::docx::made;
use super::*;
use std::io::Write;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The text of the draft of a report with notes 2 to 9 of both sorts.
fn draft(file: &str, parts: &[(&str, &str)]) -> String {
    let note =
        |sort: &str, n: u32| format!("<w:{sort} w:id=\"{n}\"><w:p><w:r><w:t>{sort}{n}</w:t></w:r></w:p></w:{sort}>");
    let notes = ["footnote", "endnote"].map(|sort| {
        let notes: String = (2..10).map(|n| note(sort, n)).collect();
        format!("<w:{sort}s>{notes}</w:{sort}s>")
    });
    let mut all = vec![("word/footnotes.xml", notes[0].as_str()), ("word/endnotes.xml", notes[1].as_str())];
    all.extend(parts);
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    made(&portal, file, &zipped(&all), Some("r")).draft.lead
}

/// A paragraph with a word and the marks of notes: `f2`, `e3`, or `*` after one with a mark of its own.
fn p(word: &str, marks: &[&str], part: &str) -> String {
    let mark = |mark: &&str| {
        let sort = if mark.starts_with('e') { "endnote" } else { "footnote" };
        let own = if mark.ends_with('*') { " w:customMarkFollows=\"1\"" } else { "" };
        let id = mark[1..].trim_end_matches('*');
        let star = if own.is_empty() { "" } else { "<w:t>*</w:t>" };
        format!("<w:r><w:{sort}Reference{own} w:id=\"{id}\"/>{star}</w:r>")
    };
    let marks: String = marks.iter().map(mark).collect();
    format!("<w:p><w:pPr>{part}</w:pPr><w:r><w:t>{word}</w:t></w:r>{marks}</w:p>")
}

#[test]
fn a_note_has_the_number_that_word_shows() {
    let document = |body: &str| format!("<w:document><w:body>{body}</w:body></w:document>");
    let body = [p("ก", &["f4", "e2"], ""), p("ข", &["f3*"], ""), p("ค", &["f2", "e5"], "")].concat();
    let text = draft("a.docx", &[("word/document.xml", &document(&body))]);
    let (body, notes) = text.split_once("\n\n[^1]: ").unwrap();
    assert_eq!(body, "ก[^1][^i]\n\nข[^note-1]\\*\n\nค[^2][^ii]", "{text}");
    let notes: Vec<&str> = notes.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(notes, ["footnote4", "[^i]: endnote2", "[^note-1]: footnote3", "[^2]: footnote2", "[^ii]: endnote5"]);
}

#[test]
fn numbers_of_notes_follow_the_settings_and_the_parts_of_the_document() {
    let settings = "<w:settings><w:footnotePr><w:numFmt w:val=\"thaiNumbers\"/><w:numStart w:val=\"5\"/>\
        <w:footnote w:id=\"0\"/></w:footnotePr><w:endnotePr><w:numFmt w:val=\"chicago\"/></w:endnotePr></w:settings>";
    let part = "<w:sectPr><w:footnotePr><w:numFmt w:val=\"decimal\"/><w:numStart w:val=\"1\"/><w:numRestart w:val=\"eachSect\"/></w:footnotePr>\
        <w:sectPrChange><w:sectPr/></w:sectPrChange></w:sectPr>";
    let body = [p("ก", &["f2", "f3", "e2"], "<w:sectPr/>"), p("ข", &["f4"], part), p("ค", &["f5"], part)].concat();
    let document = format!("<w:document><w:body>{body}<w:sectPr/></w:body></w:document>");
    let text = draft("a.docx", &[("word/settings.xml", settings), ("word/document.xml", &document)]);
    assert!(text.starts_with("ก[^๕][^๖][^1]\n\nข[^1-2]\n\nค[^1-3]\n"), "{text}");
    assert!(text.contains("\n[^1]: endnote2\n") && text.contains("\n[^1-3]: footnote5\n"), "{text}");
}

#[test]
fn notes_of_opendocument_keep_their_sorts_and_marks() {
    let note = |class: &str, label: &str, n: &str, text: &str| {
        format!(
            "<text:note text:note-class=\"{class}\"><text:note-citation{label}>{n}</text:note-citation>\
             <text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
        )
    };
    let body = [
        note("endnote", "", "i", "ท้าย"),
        note("footnote", "", "1", "เชิง"),
        note("footnote", " text:label=\"*\"", "*", "ดาว"),
        note("footnote", "", "2", "เชิงสอง"),
    ]
    .concat();
    let content = format!(
        "<office:document-content><office:body><office:text><text:p>คำ{body}</text:p></office:text></office:body></office:document-content>"
    );
    let parts = [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content.as_str())];
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let text = made(&portal, "a.odt", &zipped(&parts), Some("r")).draft.lead;
    assert!(text.starts_with("คำ[^i][^1][^note-1]\\*[^2]\n"), "{text}");
    assert!(text.contains("\n[^i]: ท้าย\n") && text.contains("\n[^note-1]: ดาว\n"), "{text}");
}
