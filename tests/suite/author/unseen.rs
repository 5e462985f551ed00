//! What nobody sees in a sheet, texts that read as something else, and headings that forms use.

use super::values::{GOOD, lesson_table, raw_styled, read, said, saved_as, texts};
use super::*;
use rust_xlsxwriter::Format;

#[test]
fn what_nobody_sees_in_a_sheet_is_left_out_and_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let form = |code: &str| Format::new().set_num_format(code);
    let letters = |colour: u32, ground: Option<u32>| {
        let form = Format::new().set_font_color(colour);
        ground.map_or(form.clone(), |ground| form.set_background_color(ground))
    };
    sheet.write(0, 0, "ก").unwrap();
    sheet.write_with_format(1, 0, "ความลับ", &form(";;;")).unwrap();
    sheet.write_with_format(1, 1, 7, &form(";;;")).unwrap();
    sheet.write_with_format(1, 2, "ข", &form("0;-0;0;\"“\"@\"”\"")).unwrap();
    sheet.write_with_format(1, 3, 0, &form("0;-0;;@")).unwrap();
    sheet.write_with_format(1, 4, -5, &form("0;;0")).unwrap();
    sheet.write_with_format(2, 0, "ขาว", &letters(0xFF_FFFF, None)).unwrap();
    sheet.write_with_format(2, 1, 5, &letters(0xFF_0000, Some(0xFF_0000))).unwrap();
    sheet.write_with_format(2, 2, "หัวตาราง", &letters(0xFF_FFFF, Some(0x00_3366))).unwrap();
    sheet.write_with_format(2, 3, "จิ๋ว", &Format::new().set_font_size(1)).unwrap();
    let (plain, white) = (Format::new(), letters(0xFF_FFFF, None));
    sheet.write_rich_string(3, 0, &[(&plain, "เห็น"), (&white, "ลับ")]).unwrap();
    sheet.set_column_format(5, &white).unwrap();
    sheet.write_with_format(3, 5, "ตามคอลัมน์", &white).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let told = "values that nobody sees (number format `;;;`, the colour of the cell, tiny letters) are left out \
                (sheet `Sheet1`): A2, B2, E2, A3, B3, D3, A4, F4";
    let mut files = vec![read(&bytes)];
    if crate::tools::has("soffice") {
        files.extend(["ods", "xls:MS Excel 97"].map(|form| saved_as(&bytes, form)));
    } else {
        crate::tools::skip("letters that nobody sees in .ods and .xls", "soffice is not installed");
    }
    for (n, sheet) in files.iter().enumerate() {
        let rows = texts(sheet);
        let seen: Vec<&str> = rows.iter().flat_map(|(_, r)| r).map(String::as_str).filter(|t| !t.is_empty()).collect();
        // Stretches of one text are not looked at in the old form.
        let (rest, told) = match n {
            2 => ("เห็นลับ", told.replace("A4, ", "")),
            _ => ("เห็น", told.to_string()),
        };
        assert_eq!((seen, said(sheet)), (vec!["ก", "“ข”", "หัวตาราง", rest], told), "file {n}");
    }
    // What conditions and tables colour may be seen.
    let cell = r#"<row r="2"><c r="A2" s="4" t="inlineStr"><is><t>ก</t></is></c></row>"#;
    let styles = r##"<fonts><font/><font><color theme="0"/></font></fonts><cellXfs><xf/><xf/><xf/><xf/><xf fontId="1"/></cellXfs>"##;
    for (rest, seen) in [("", 0), (r#"<conditionalFormatting sqref="C1 A2:B9"/>"#, 1)] {
        let bytes = raw_styled(&format!("<worksheet><sheetData>{cell}</sheetData>{rest}</worksheet>"), styles);
        assert_eq!(read(&bytes).rows.len(), seen, "{rest}");
    }
}

#[test]
fn rows_whose_texts_look_like_front_matter_become_drafts() {
    let text = "---\ndraft: true\n---\nเล่า";
    let advice = "แบ่งกลุ่มก่อนเริ่มทุกครั้ง\n+++\nvisibility = \"public\"\nต่อ";
    let rows: [&[&str]; 5] = [
        HEAD,
        &["---", GOOD[1], GOOD[2], "", GOOD[4]],
        &["+++", GOOD[1], GOOD[2], "", text],
        &["ก", advice, GOOD[2], "", GOOD[4]],
        &["ข", GOOD[1], GOOD[2], "", text],
    ];
    let (plan, said) = lesson_table(&rows, true);
    assert_eq!((plan.entries.len(), plan.refused, plan.drafts), (4, 0, 2), "{said:?}");
    let page = |title: &str| {
        let entry = plan.entries.iter().find(|e| e.text.contains(&format!("title = \"{title}\""))).unwrap();
        entry.text.as_str()
    };
    assert!(page("ก").contains("+++\\nvisibility = \\\"public\\\"\\nต่อ\""), "{}", page("ก"));
    assert!(page("ข").contains("draft = true") && page("ข").contains("(ในตาราง: “--- draft: true"), "{}", page("ข"));
}

#[test]
fn the_name_of_the_kind_heads_the_titles_and_ids_are_those_of_new_pages() {
    for name in ["ชื่อบทเรียน", "Lesson name"] {
        let head = [name, HEAD[1], HEAD[2], HEAD[3], HEAD[4]];
        let (plan, said) = lesson_table(&[&head, &GOOD], false);
        assert_eq!((plan.entries.len(), plan.refused), (1, 0), "{said:?}");
        assert!(plan.entries[0].text.contains("title = \"เรื่องหนึ่ง\""), "{}", plan.entries[0].text);
        assert!(plan.entries[0].draft.id.starts_with("lesson-"), "{}", plan.entries[0].draft.id);
    }
}
