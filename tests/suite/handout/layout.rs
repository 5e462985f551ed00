//! How sheets fill their pages: sides, widths of columns, the foot.

use sala::internals::pdf::{PdfAssets, Typesetter};
use serde_json::json;

use super::portal::{Word, files, printed, words};
use crate::tools;

#[test]
fn sheets_have_their_sides_and_no_page_holds_a_few_lines_alone() {
    if !tools::has("pdftotext") {
        return tools::skip("sheets_have_their_sides", "pdftotext is not installed");
    }
    let mut bad = Vec::new();
    for path in files(printed()) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let (words, widths) = words(&path).expect("poppler reads it");
        let part = |head: &str| name.starts_with(head) && !name.ends_with("-wall");
        let sides =
            if part("inn-") || part("model-") || part("nw-") || part("sn-") { 2 } else { usize::from(part("aar-")) };
        if sides > 0 && widths.len() != sides {
            bad.push(format!("{}: {} sides", path.display(), widths.len()));
        }
        // What stands above the foot of the last page: a sheet of its own needs more than a remark.
        let above: f64 =
            words.iter().filter(|w| w.page == widths.len() && w.bottom < 780.0).map(|w| w.bottom).fold(0.0, f64::max);
        // A signature alone ends at 156 pt.
        let least = if part("form-") { 160.0 } else { 1.0 };
        if above < least && !part("forum-") {
            bad.push(format!("{}: the last page ends at {above} pt", path.display()));
        }
        // No slide holds what the one before had no room for.
        for page in (1..=widths.len()).filter(|_| name.ends_with("-slides")) {
            let mut lines: Vec<i64> =
                words.iter().filter(|w| w.page == page && w.top < 450.0).map(|w| w.bottom.round() as i64).collect();
            lines.dedup();
            if lines.len() < 2 {
                bad.push(format!("{}: one line alone on slide {page}", path.display()));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}

/// The words of a template of its own with their boxes, and the widths of its pages.
pub(super) fn planted(body: &str) -> (Vec<Word>, Vec<f64>) {
    let mut assets = PdfAssets::load(&[super::theme()]).expect("a kit");
    let template = format!("#import \"lib.typ\": *\n{body}\n");
    assets.templates.insert("planted.typ".into(), template.into_bytes());
    let data = json!({ "entry": { "title": "ทดสอบ" } });
    let pdf = Typesetter::new(assets).expect("a press").render(&super::job("planted", data)).expect("a PDF");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), &pdf.bytes).expect("written");
    words(file.path()).expect("poppler reads it")
}

#[test]
fn a_column_of_long_texts_gets_the_room_that_makes_the_table_low() {
    if !tools::has("pdftotext") {
        return tools::skip("a_column_of_long_texts", "pdftotext is not installed");
    }
    // Terms that no line should split, short names, and one column that holds the text; the last one holds a word once.
    let term = "การวางแผน\\u{e000}และ\\u{e000}กำหนด\\u{e000}เป้าหมาย\\u{e000}มาตรฐาน\\u{e000}คุณภาพ";
    let long = "ข้อแนะนำ\\u{200b}ที่\\u{200b}ยาว\\u{200b}กว่า\\u{200b}ช่อง\\u{200b}อื่น ".repeat(12);
    let row = format!("(\"ชื่อ\\u{{200b}}ของ\\u{{200b}}เรื่อง\", \"{term}\", \"{long}\", \"\", \"{term}\")");
    let head = "(\"เรื่อง\", \"หมวด\", \"ข้อแนะนำ\", \"กรณี\\u{200b}ที่\\u{200b}ไม่\\u{200b}เป็น\\u{200b}เช่นนั้น\", \"ระยะ\")";
    let (words, _) = planted(&format!("#show: sheet.with(footer: none)\n#data-table({head}, ({row}, {row}, {row}))"));
    let mut lines: Vec<i64> = words.iter().map(|w| w.bottom.round() as i64).collect();
    lines.sort_unstable();
    lines.dedup_by(|b, a| *b - *a < 4);
    assert!(lines.len() <= 32, "{} lines", lines.len());
}

#[test]
fn lines_of_titles_stand_apart_where_low_marks_meet_high_ones() {
    if !tools::has("pdftotext") {
        return tools::skip("lines_of_titles_stand_apart", "pdftotext is not installed");
    }
    let apart = |title: &str| {
        let (words, _) = planted(&format!(
            "#show: sheet.with(footer: none)\n#set par(leading: 0.28em)\n#title-1(\"{title}\", size: 40pt)"
        ));
        let mut lines: Vec<f64> = words.iter().map(|w| w.bottom).collect();
        lines.sort_by(f64::total_cmp);
        lines.dedup_by(|b, a| *b - *a < 10.0);
        lines.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max)
    };
    // A mark below reaches 0.36 em down, a tone above a vowel 1.25 em up.
    assert!(apart(&"ครูชู เรื่องที่ ".repeat(4)) > 40.0 * 1.6);
    assert!(apart(&"โรงเรียน ".repeat(8)) < 40.0 * 1.4);
}

#[test]
fn the_foot_is_one_line_whatever_the_size_of_the_page() {
    if !tools::has("pdftotext") {
        return tools::skip("the_foot_is_one_line", "pdftotext is not installed");
    }
    let (words, _) = planted("#show: sheet\n#set text(size: 24pt)\nx");
    let foot: Vec<_> = words.iter().filter(|w| w.top > 780.0).map(|w| w.bottom.round()).collect();
    assert!(foot.len() > 3 && foot.iter().all(|b| *b == foot[0]), "{foot:?}");
}

#[test]
fn targets_share_one_scale_and_rows_of_one_name_say_what_they_are_from() {
    if !tools::has("pdftotext") {
        return tools::skip("targets_share_one_scale", "pdftotext is not installed");
    }
    let (words, _) = planted(
        "#import \"charts.typ\": pairs\n#show: sheet.with(footer: none)\n#pairs((head: (\"\", \"Target\", \"Result\", \"From\"), \
         values: ((80, 67), (10, 40), (5, 5)), rows: ((\"Same\", \"80\", \"67\", \"North\"), (\"Same\", \"10\", \"40\", \"South\"), (\"Other\", \"5\", \"5\", \"East\"))))",
    );
    let said: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
    assert!(said.windows(3).any(|w| w == ["=", "100", "%"]), "{said:?}");
    assert!(said.contains(&"North") && said.contains(&"South") && !said.contains(&"East"), "{said:?}");
}
