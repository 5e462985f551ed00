//! What a person sees in a sheet is what arrives.

use super::*;
use rust_xlsxwriter::{Format, Formula};
use sala::internals::authoring::convert::Cell;
use std::io::Write;

/// A workbook of one sheet with the given XML; the formats are `0.00%`, `0000` and `#,##0.00`.
fn raw(sheet: &str) -> Vec<u8> {
    raw_styled(
        sheet,
        r##"<numFmts><numFmt numFmtId="164" formatCode="0000"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs>"##,
    )
}

pub(super) fn raw_styled(sheet: &str, styles: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    part("xl/workbook.xml", r#"<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#);
    part(
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/styles" Target="/xl/styles.xml"/></Relationships>"#,
    );
    part("xl/styles.xml", &format!("<styleSheet>{styles}</styleSheet>"));
    part("xl/worksheets/sheet1.xml", sheet);
    zip.finish().unwrap().into_inner()
}

pub(super) fn read(bytes: &[u8]) -> Sheet {
    sheet::read("t.xlsx", bytes, None, &Limits::default()).unwrap()
}

pub(super) fn texts(sheet: &Sheet) -> Vec<(usize, Vec<String>)> {
    sheet.rows.iter().map(|(n, cells)| (*n, cells.iter().map(Cell::text).collect())).collect()
}

pub(super) fn said(sheet: &Sheet) -> String {
    sheet.notes.iter().map(|d| d.message.en.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn numbers_arrive_as_their_formats_show_them() {
    let sheet = read(&raw(
        r#"<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>0.785</v></c><c r="B1" s="2"><v>7</v></c><c r="C1" s="3"><v>1234.5</v></c><c r="D1"><v>1e+21</v></c><c r="E1" t="b"><v>1</v></c><c r="F1"><f>1+1</f></c></row></sheetData></worksheet>"#,
    ));
    let cells = &sheet.rows[0].1;
    assert_eq!(cells[0], Cell::Number(78.5, "78.50%".into()));
    let shown: Vec<String> = cells.iter().map(Cell::text).collect();
    assert_eq!(shown, ["78.50%", "0007", "1,234.50", "1000000000000000000000", "TRUE", ""]);
    assert_eq!(cells[5], Cell::Uncomputed);
}

#[test]
fn merged_cells_are_filled_and_a_banner_stays_one_cell() {
    let sheet = read(&raw(
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>รายงาน</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>ก</t></is></c><c r="B2" t="inlineStr"><is><t>g1</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>ข</t></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B2:B3"/></mergeCells></worksheet>"#,
    ));
    let rows = texts(&sheet);
    assert_eq!(rows[0].1, ["รายงาน"]);
    assert_eq!(rows[2], (3, vec!["ข".to_string(), "g1".into()]));
}

#[test]
fn what_is_hidden_is_left_out_and_told() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("ลับ").unwrap().set_hidden(true).write(0, 0, "ลับ").unwrap();
    let sheet = book.add_worksheet();
    for row in 0..4 {
        sheet.write(row, 0, format!("r{row}")).unwrap();
        sheet.write(row, 1, "โทร").unwrap();
    }
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(1).unwrap();
    sheet.set_active(true);
    let sheet = read(&book.save_to_buffer().unwrap());
    let rows: Vec<usize> = sheet.rows.iter().map(|(n, _)| *n).collect();
    assert_eq!(rows, [1, 2, 4]);
    assert!(!format!("{:?}", sheet.rows).contains("โทร"));
    let said = said(&sheet);
    assert!(said.contains("“ลับ”") && said.contains("hidden rows 3") && said.contains("hidden columns B"), "{said}");
}

#[test]
fn remarks_on_cells_are_told_without_their_words() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "ก").unwrap();
    sheet.write(1, 1, "ข").unwrap();
    for (row, column) in [(1, 1), (0, 27)] {
        sheet.insert_note(row, column, &rust_xlsxwriter::Note::new("ความลับ").set_author("ผู้ตรวจ")).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let sheet = read(&bytes);
    assert_eq!(said(&sheet), "remarks on cells are left out (sheet `Sheet1`): AB1, B2");
    let mut drawn = Workbook::new();
    drawn.add_worksheet().write(0, 0, "ก").unwrap();
    let shape = rust_xlsxwriter::Shape::textbox().set_text("ในกล่อง");
    drawn.worksheet_from_index(0).unwrap().insert_shape(2, 2, &shape).unwrap();
    let drawn = drawn.save_to_buffer().unwrap();
    assert_eq!(said(&read(&drawn)), "1 picture(s), chart(s) or text box(es) on the sheet `Sheet1` are left out");
    assert!(!format!("{:?}{}", sheet.rows, said(&sheet)).contains("ความลับ"));
    if !crate::tools::has("soffice") {
        return crate::tools::skip("remarks in .ods and .xls", "soffice is not installed");
    }
    for form in ["ods", "xls:MS Excel 97"] {
        let other = saved_as(&bytes, form);
        assert_eq!((said(&other), texts(&other)), (said(&sheet), texts(&sheet)), "{form}");
    }
    let other = said(&saved_as(&drawn, "ods"));
    assert!(other.starts_with("1 picture(s)"), "{other}");
}

/// The workbook as LibreOffice saves it in a form, read again.
pub(super) fn saved_as(bytes: &[u8], form: &str) -> Sheet {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a.xlsx");
    fs::write(&file, bytes).unwrap();
    super::shown::converted(form, &[file], dir.path());
    let name = format!("a.{}", &form[..3]);
    sheet::read(&name, &fs::read(dir.path().join(&name)).unwrap(), None, &Limits::default()).unwrap()
}

#[test]
fn other_sheets_with_rows_are_told_and_escaped_letters_read() {
    let mut book = Workbook::new();
    for (name, text) in [("หนึ่ง", "ก"), ("สอง", "ข"), ("ว่าง", ""), ("วิธีกรอก", "ของแบบกรอก")]
    {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write(0, 0, text).unwrap();
    }
    let sheet = read(&book.save_to_buffer().unwrap());
    assert_eq!(said(&sheet), "other sheets that hold rows are not read: “สอง”");
    let escaped = r#"<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>a_x0041__x005F_x0041_ _x_</v></c></row></sheetData></worksheet>"#;
    assert_eq!(texts(&read(&raw(escaped)))[0].1, ["aA_x0041_ _x_"]);
}

#[test]
fn days_times_and_formulas() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_with_format(0, 0, 45_153.0, &format("[$-107041E]d mmm yyyy")).unwrap();
    sheet.write_with_format(0, 1, 0.5, &format("hh:mm")).unwrap();
    sheet.write_with_format(0, 2, 45_153.5, &format("yyyy-mm-dd hh:mm")).unwrap();
    let plain = read(&book.save_to_buffer().unwrap());
    let cells = &plain.rows[0].1;
    assert!(matches!(&cells[0], Cell::Date(d, text) if d.iso() == "2023-08-15" && text == "15 ส.ค. 2566"), "{cells:?}");
    assert_eq!((cells[1].text(), cells[2].text()), ("12:00".to_string(), "2023-08-15 12:00".into()));
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, Formula::new("=1+1")).unwrap();
    assert_eq!(read(&book.save_to_buffer().unwrap()).rows[0].1[0], Cell::Uncomputed, "the writer left it to Excel");
}

pub(super) fn lesson_table(rows: &[&[&str]], drafts: bool) -> (Plan, Vec<String>) {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let sheet = read(&workbook(rows));
    let manifest = Manifest::default();
    let plan = plan(lessons_of(&portal), &sheet, &ImportMap::default(), &manifest, drafts, &|| {}).unwrap();
    let said = plan.diagnostics.iter().map(|d| d.message.en.clone()).collect();
    (plan, said)
}

pub(super) const GOOD: [&str; 5] = ["เรื่องหนึ่ง", "แบ่งกลุ่มก่อนเริ่มทุกครั้ง", "15/8/2566", "การอ่าน", "เล่า"];

#[test]
fn one_unknown_word_in_an_optional_column_costs_the_word_alone() {
    let rows: [&[&str]; 2] = [HEAD, &[GOOD[0], GOOD[1], GOOD[2], "การอ่าน; อื่น ๆ: ดนตรี", GOOD[4]]];
    let (plan, said) = lesson_table(&rows, false);
    assert_eq!((plan.entries.len(), plan.refused, plan.dropped), (1, 0, 1), "{said:?}");
    assert!(plan.entries[0].text.contains("topic = [\"reading\"]"), "{}", plan.entries[0].text);
    assert!(said.iter().any(|m| m.starts_with("row 2, column D") && m.contains("ดนตรี")), "{said:?}");
}

#[test]
fn answers_beside_the_given_ones_go_to_a_text() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let map: ImportMap = toml::from_str("kind = \"lesson\"\n[other]\ntopic = \"summary\"\n").unwrap();
    for answer in ["การอ่าน, อื่น ๆ: ดนตรี", "การอ่าน; ดนตรี"]
    {
        let rows: [&[&str]; 2] = [HEAD, &[GOOD[0], GOOD[1], GOOD[2], answer, GOOD[4]]];
        let plan = planned(&portal, lessons(&portal), &read(&workbook(&rows)), &map);
        let text = &plan.entries[0].text;
        assert!(text.contains("topic = [\"reading\"]") && text.contains("summary = \"ดนตรี\""), "{text}");
        assert_eq!(plan.dropped, 0);
    }
}

#[test]
fn drafts_take_every_row_whatever_the_reason() {
    let rows: [&[&str]; 5] =
        [HEAD, &["สั้น", "สั้น", "15/8/2566", "", "เล่า"], &["", GOOD[1], GOOD[2], "", "เล่า"], &GOOD, &GOOD];
    let (plan, said) = lesson_table(&rows, false);
    assert_eq!((plan.entries.len(), plan.refused), (1, 3), "{said:?}");
    assert!(said.iter().any(|m| m.starts_with("row 2, column B") && !m.contains("recommendation")), "{said:?}");
    let (plan, said) = lesson_table(&rows, true);
    assert_eq!((plan.entries.len(), plan.drafts, plan.refused), (4, 3, 0), "{said:?}");
    assert!(plan.entries[0].text.contains("(ในตาราง: “สั้น”)"), "{}", plan.entries[0].text);
    let ids: std::collections::HashSet<&str> = plan.entries.iter().map(|e| e.draft.id.as_str()).collect();
    assert_eq!(ids.len(), 4);
}

#[test]
fn sums_repeated_headings_and_bare_columns_are_told() {
    let head = ["ชื่อเรื่อง", "ข้อแนะนำ", "วันที่", "เรื่อง", "สิ่งที่เกิดขึ้น", "ข้อแนะนำ"];
    let mut one = GOOD.to_vec();
    one.extend(["แบ่งกลุ่มแบบอื่นทุกครั้ง", "เกิน"]);
    let (plan, said) = lesson_table(&[&head, &one, &["รวม", "3"]], true);
    assert_eq!((plan.rows, plan.entries.len()), (1, 1));
    let said = said.join("\n");
    assert!(
        said.contains("columns B, F") && said.contains("column(s) G") && said.contains("row(s) 3 hold totals"),
        "{said}"
    );
}

#[test]
fn headings_that_a_printed_table_repeats_are_no_rows() {
    let row = |title| [title, "แบ่งกลุ่มก่อนเริ่มทุกครั้ง", "15/8/2566", "เล่า"];
    let heads = ["ชื่อเรื่อง", "ข้อแนะนำ", "วันที่", "สิ่งที่เกิดขึ้น"];
    let (plan, said) = lesson_table(&[&heads, &row("ก"), &heads, &row("ข"), &["ค่าเฉลี่ยรวม", "", "", "5"]], false);
    assert_eq!((plan.entries.len(), plan.refused), (2, 0), "{said:?}");
    let said = said.join("\n");
    assert!(said.contains("row(s) 3 repeat the headings") && said.contains("row(s) 5 hold totals"), "{said}");
}

#[test]
fn headings_of_two_rows_are_read_together() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new();
    for (c, name) in ["ชื่อเรื่อง", "ข้อแนะนำ", "วันที่"].iter().enumerate()
    {
        sheet.merge_range(0, c as u16, 1, c as u16, name, &format).unwrap();
        sheet.write(2, c as u16, GOOD[c]).unwrap();
    }
    sheet.merge_range(0, 3, 0, 4, "การเล่า", &format).unwrap();
    sheet.write(1, 3, "สิ่งที่เกิดขึ้น").unwrap();
    sheet.write(1, 4, "เรื่อง").unwrap();
    sheet.write(2, 3, "เล่า").unwrap();
    sheet.write(2, 4, "การอ่าน").unwrap();
    let plan = planned(&portal, lessons(&portal), &read(&book.save_to_buffer().unwrap()), &ImportMap::default());
    assert_eq!((plan.rows, plan.entries.len()), (1, 1), "{:#?}", plan.diagnostics);
    assert!(
        plan.entries[0].text.contains("topic = [\"reading\"]") && plan.entries[0].text.contains("date = 2566-08-15")
    );
}

#[test]
fn headings_of_two_rows_are_read_from_plain_text_too() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let text = format!("ชื่อเรื่อง,เนื้อหา,,เรื่อง\n,ข้อแนะนำ,วันที่,\n{},{},{},การอ่าน\n", GOOD[0], GOOD[1], GOOD[2]);
    let sheet = sheet::read("t.csv", text.as_bytes(), None, &Limits::default()).unwrap();
    let mut map: ImportMap = toml::from_str("kind = \"lesson\"\n[set]\n\"section:happened\" = \"เล่า\"\n").unwrap();
    let plan = planned(&portal, lessons(&portal), &sheet, &map);
    assert_eq!((plan.entries.len(), plan.rows), (1, 1), "{:?}", plan.diagnostics);
    assert!(plan.entries[0].text.contains("date = 2566-08-15"), "{}", plan.entries[0].text);
    // A word over several columns belongs to each of them.
    map.columns = toml::from_str("\"เนื้อหา วันที่\" = \"published\"").unwrap();
    let plan = planned(&portal, lessons(&portal), &sheet, &map);
    assert!(format!("{:?}", plan.diagnostics).contains("date"), "the date went elsewhere: {:?}", plan.diagnostics);
}

#[test]
fn an_entry_of_a_register_is_not_doubled() {
    let (dir, root) = starter_portal();
    let kind = "id = \"school\"\nfolder = \"schools\"\nlabel = { th = \"โรงเรียน\", en = \"School\" }\n[[field]]\nid = \"size\"\ntype = \"text\"\nlabel = { th = \"ขนาด\", en = \"Size\" }\n";
    fs::write(root.join("content/_schema/kinds/school.toml"), kind).unwrap();
    fs::create_dir_all(root.join("content/_data")).unwrap();
    fs::write(root.join("content/_data/schools.csv"), "id,title\nsc-1,โรงเรียนวัดดอนยาง\nsc-2,โรงเรียนบ้านหนองบัว\n")
        .unwrap();
    let table =
        "file = \"schools.csv\"\nsource = \"x\"\n[[entries]]\nkind = \"school\"\nid = \"{id}\"\ntitle = \"{title}\"\n";
    fs::write(root.join("content/_data/schools.toml"), table).unwrap();
    let file = dir.path().join("t.csv");
    let import = |rows: &str| {
        fs::write(&file, format!("รหัส,ชื่อเรื่อง,ขนาด\n{rows}\n")).unwrap();
        let map = root.join("content/_schema/import");
        fs::create_dir_all(&map).unwrap();
        fs::write(map.join("s.toml"), "kind = \"school\"\n[columns]\n\"รหัส\" = \"id\"\n").unwrap();
        run(&root, &["import", file.to_str().unwrap(), "--map", "s", "--dry-run"])
    };
    let (_, said) = import(",โรงเรียนวัดดอนยาง,ใหญ่");
    assert!(said.contains("schools/sc-1.md"), "{said}");
    for name in ["วัดดอนยาง", "ร.ร.วัดดอนยาง", "ดอนยาง"] {
        let (_, said) = import(&format!(",{name},ใหญ่"));
        assert!(
            said.contains("may be an entry of the register: sc-1") && !said.contains("content/schools/"),
            "{name}: {said}"
        );
    }
    let (_, said) = import("sc-9,วัดดอนยาง,เล็ก\n,โรงเรียนวัดหนองบัว,เล็ก");
    assert_eq!(said.matches("content/schools/").count(), 2, "{said}");
}

#[test]
fn words_of_a_list_are_replaced_one_by_one_and_short_years_by_the_map() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let text = "kind = \"lesson\"\ntwo_digit_years = \"be\"\n[values.topic]\n\"2\" = \"reading\"\n\"3\" = [\"teamwork\", \"reading\"]\n";
    let source = sala::internals::model::SourceFile::new("m.toml", text);
    let map = sala::internals::authoring::import::map::read(&source, &mut Vec::new()).unwrap();
    let rows: [&[&str]; 2] = [HEAD, &[GOOD[0], GOOD[1], "15/8/66", "3; 2", GOOD[4]]];
    let plan = planned(&portal, lessons(&portal), &read(&workbook(&rows)), &map);
    let text = &plan.entries[0].text;
    assert!(text.contains("topic = [\"teamwork\", \"reading\"]") && text.contains("date = 2566-08-15"), "{text}");
}

pub(super) fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let done = crate::tools::sala().args(["--lang", "en", "--portal"]).arg(root).args(arguments).output().unwrap();
    (done.status.code(), String::from_utf8_lossy(&[done.stderr, done.stdout].concat()).into_owned())
}

#[test]
fn answers_that_do_not_fit_stay_in_the_page_as_notes() {
    let (_dir, root) = starter_portal();
    let set = ["--set", "recommendation=สั้น", "--set", "date=15 ส.ค. 2566"];
    let (code, said) = run(&root, &[&["new", "บทเรียน", "--no-input", "--title", "ทดลอง"][..], &set].concat());
    assert_eq!(code, Some(1), "{said}");
    let made = fs::read_dir(root.join("content/lessons")).unwrap().map(|e| e.unwrap().path());
    let text = made.map(|p| fs::read_to_string(p).unwrap()).find(|t| t.contains("ทดลอง")).unwrap();
    assert!(
        text.contains("(ที่เขียนไว้: “สั้น”)") && text.contains("date = 2566-08-15") && text.contains("draft = true"),
        "{text}"
    );
    assert_eq!(run(&root, &["undo"]).0, Some(0));
    assert_eq!(fs::read_dir(root.join("content/lessons")).unwrap().count(), 1);
    assert_eq!(run(&root, &["undo"]).0, Some(2), "there is nothing more to take back");
}

#[test]
fn a_table_comes_again_and_everything_is_told() {
    let (_dir, root) = starter_portal();
    let csv = |rows: &[&str]| format!("ชื่อเรื่อง,ข้อแนะนำ,วันที่,สิ่งที่เกิดขึ้น\n{}\n", rows.join("\n"));
    let file = root.join("t.csv");
    let import = |text: String, more: &[&str]| {
        fs::write(&file, text).unwrap();
        run(&root, &[&["import", file.to_str().unwrap(), "--kind", "lesson"], more].concat())
    };
    let (one, two) = ("ก,แบ่งกลุ่มก่อนเริ่มทุกครั้ง,15/8/2566,เล่า", "ข,แบ่งกลุ่มก่อนเริ่มทุกครั้ง,15/8/2566,เล่า");
    let (code, said) = import(csv(&[one, two]), &[]);
    assert_eq!(code, Some(0), "{said}");
    // A person changes a section; then the table changes the same one.
    let page = fs::read_dir(root.join("content/lessons"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| fs::read_to_string(p).unwrap().contains("title = \"ก\""))
        .unwrap();
    let hand = fs::read_to_string(&page).unwrap().replace("\nเล่า\n", "\nเล่าด้วยมือ\n");
    fs::write(&page, &hand).unwrap();
    let (_, said) = import(csv(&[one, two]), &[]);
    assert!(said.contains("2 unchanged") && !said.contains("S901"), "the table is as it was: {said}");
    let (_, said) = import(csv(&[&one.replace("เล่า", "เล่าใหม่"), two]), &[]);
    assert!(said.contains("1 kept") && said.contains("section:happened"), "{said}");
    let (_, said) = import(csv(&[&one.replace("เล่า", "เล่าใหม่"), two]), &["--update"]);
    assert!(
        said.contains("1 kept") && said.contains("section:happened"),
        "a person's text is never overwritten: {said}"
    );
    assert_eq!(fs::read_to_string(&page).unwrap(), hand);
    // A row is gone.
    let (_, said) = import(csv(&[one]), &[]);
    assert!(said.contains("have no row any more") && said.contains("1 pages without a row"), "{said}");
}
