//! What nobody sees in a sheet, texts that read as something else, and headings that forms use.

use super::values::{GOOD, lesson_table, raw_styled, read, said, saved_as, texts};
use super::*;
use rust_xlsxwriter::{Format, FormatScript};

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
    let struck = Format::new().set_font_strikethrough();
    sheet.write_with_format(4, 0, "ยกเลิก", &struck).unwrap();
    sheet.write_with_format(4, 1, 8, &struck).unwrap();
    sheet.write_rich_string(4, 2, &[(&struck, "เดิม"), (&plain, "ใหม่")]).unwrap();
    sheet.set_column_format(5, &white).unwrap();
    sheet.write_with_format(3, 5, "ตามคอลัมน์", &white).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let told = "values that nobody sees or that are struck out (number format `;;;`, the colour of the cell, tiny letters) are left out \
                (sheet `Sheet1`): A2, B2, E2, A3, B3, D3, A4, F4, A5, B5, C5";
    let mut files = vec![read(&bytes)];
    if crate::tools::has("soffice") {
        files.extend(["ods", "xls:MS Excel 97"].map(|form| saved_as(&bytes, form)));
    } else {
        crate::tools::skip("letters that nobody sees in .ods and .xls", "soffice is not installed");
    }
    for (n, sheet) in files.iter().enumerate() {
        let rows = texts(sheet);
        let seen: Vec<&str> = rows.iter().flat_map(|(_, r)| r).map(String::as_str).filter(|t| !t.is_empty()).collect();
        let open = vec!["ก", "“ข”", "หัวตาราง", "เห็น", "ใหม่"];
        assert_eq!((seen, said(sheet)), (open, told.to_string()), "file {n}");
    }
    // What conditions and tables colour may be seen, and what is struck out is not.
    let cell = r#"<row r="2"><c r="A2" s="4" t="inlineStr"><is><t>ก</t></is></c></row>"#;
    let coloured = r#"<conditionalFormatting sqref="C1 A2:B9"/>"#;
    let white = r#"<color theme="0"/>"#;
    for (font, rest, seen) in [(white, "", 0), (white, coloured, 1), ("<strike/>", coloured, 0)] {
        let styles = format!(
            "<fonts><font/><font>{font}</font></fonts><cellXfs><xf/><xf/><xf/><xf/><xf fontId=\"1\"/></cellXfs>"
        );
        let bytes = raw_styled(&format!("<worksheet><sheetData>{cell}</sheetData>{rest}</worksheet>"), &styles);
        assert_eq!(read(&bytes).rows.len(), seen, "{font} {rest}");
    }
    // Stretches of a text that a cell has to itself.
    let runs = "<is><r><rPr><strike/></rPr><t>เดิม</t></r><r><t>ใหม่</t></r></is>";
    let cell = format!(r#"<row r="1"><c r="A1" t="inlineStr">{runs}</c></row>"#);
    let sheet = read(&raw_styled(&format!("<worksheet><sheetData>{cell}</sheetData></worksheet>"), "<fonts/>"));
    assert_eq!((texts(&sheet)[0].1[0].as_str(), said(&sheet).contains("struck out")), ("ใหม่", true));
}

#[test]
fn what_a_person_sees_in_a_cell_is_what_a_section_shows() {
    for (cell, written) in [
        ("ขนาด 2*3*4 ม. __init__", r"ขนาด 2\*3\*4 ม. \_\_init\_\_"),
        (">80 คะแนน", r"\>80 คะแนน"),
        ("ก\nข", "ก\\\nข"),
        ("# ก\n---\n: ข", "\\# ก\\\n\\---\\\n\\: ข"),
        ("ก {#id} %%x%% 10^2^ $x$ ![ก](x)", r"ก \{#id} \%\%x\%\% 10\^2\^ \$x\$ !\[ก\](x)"),
        ("ก:\n1. ข\n2. ค\n• ง", "ก:\n\n1. ข\n2. ค\n- ง"),
        ("ก\n\nข", "ก\n\nข"),
        ("import a from 'b'", "&#105;mport a from 'b'"),
        ("ก\nexport const x = 1", "ก\\\n&#101;xport const x = 1"),
        ("export ข้าว import แร่", "export ข้าว import แร่"),
        ("% ก\n// ข\n.. ค", "\\% ก\\\n\\// ข\\\n\\.. ค"),
        (":material-check: 10:30 น. ก:ข", r"\:material-check: 10:30 น. ก:ข"),
    ] {
        let (plan, said) = lesson_table(&[HEAD, &[GOOD[0], GOOD[1], GOOD[2], GOOD[3], cell]], false);
        assert!(plan.entries[0].text.contains(&format!("\n{written}\n")), "{cell}: {} {said:?}", plan.entries[0].text);
    }
}

#[test]
fn what_stands_above_or_below_the_line_stays_there() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let script = |script| Format::new().set_font_script(script);
    let (plain, up, down) = (Format::new(), script(FormatScript::Superscript), script(FormatScript::Subscript));
    for (row, runs) in [
        [(&plain, "10"), (&up, "2"), (&plain, " เท่า")],
        [(&plain, "10"), (&up, "-3"), (&plain, " ม.")],
        [(&plain, "H"), (&down, "2"), (&plain, "O")],
        [(&plain, "1"), (&up, "st"), (&plain, " of May")],
    ]
    .iter()
    .enumerate()
    {
        sheet.write_rich_string(row as u32, 0, runs).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut files = vec![read(&bytes)];
    if crate::tools::has("soffice") {
        files.extend(["ods", "xls:MS Excel 97"].map(|form| saved_as(&bytes, form)));
    } else {
        crate::tools::skip("raised letters in .ods and .xls", "soffice is not installed");
    }
    for (n, sheet) in files.iter().enumerate() {
        let rows = texts(sheet);
        let seen: Vec<&str> = rows.iter().map(|(_, row)| row[0].as_str()).collect();
        assert_eq!(seen, ["10² เท่า", "10^(-3) ม.", "H₂O", "1st of May"], "file {n}");
    }
}

#[test]
fn headings_that_are_called_internal_fill_no_public_field() {
    for heading in ["เรื่อง (ภายใน)", "topic (internal)", "4. เรื่อง (ใช้ภายในเท่านั้น) *", "เรื่อง (ลับ) (เลือกได้หลายข้อ)"]
    {
        let (plan, said) = lesson_table(&[&[HEAD[0], HEAD[1], HEAD[2], heading, HEAD[4]], &GOOD], false);
        let told =
            said.iter().any(|m| m.starts_with("column(s) called internal") && m.contains(&format!("D “{heading}”")));
        assert!(told && !plan.entries[0].text.contains("reading"), "{heading}: {said:?}");
    }
    // The map may name such a heading, and a wider heading above may say it.
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let map: ImportMap = toml::from_str("kind = \"lesson\"\n[columns]\n\"กลุ่มงาน (ภายใน)\" = \"topic\"\n").unwrap();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let head = [HEAD[0], HEAD[1], HEAD[2], HEAD[3], "กลุ่มงาน (ภายใน)", HEAD[4]];
    sheet.merge_range(0, 3, 0, 4, "ใช้ภายใน", &Format::new()).unwrap();
    sheet.write(0, 0, "บทเรียน").unwrap();
    head.iter().enumerate().for_each(|(c, name)| assert!(sheet.write(1, c as u16, *name).is_ok()));
    let row = [GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[3], GOOD[4]];
    row.iter().enumerate().for_each(|(c, cell)| assert!(sheet.write(2, c as u16, *cell).is_ok()));
    let plan = planned(&portal, lessons(&portal), &read(&book.save_to_buffer().unwrap()), &map);
    assert!(!plan.entries[0].text.contains("reading"), "{}", plan.entries[0].text);
    // An internal field of that name takes it.
    let kind = root.join("content/_schema/kinds/lesson.toml");
    let own = "\n[[field]]\nid = \"note\"\ntype = \"text\"\nvisibility = \"internal\"\nlabel = { th = \"ข้อสังเกต\", en = \"Note\" }\n";
    std::fs::write(&kind, std::fs::read_to_string(&kind).unwrap() + own).unwrap();
    let (portal, _) = load(&root);
    let rows: [&[&str]; 2] =
        [&[HEAD[0], HEAD[1], HEAD[2], "ข้อสังเกต (ภายใน)", HEAD[4]], &[GOOD[0], GOOD[1], GOOD[2], "จำไว้", GOOD[4]]];
    let plan = planned(&portal, lessons(&portal), &read(&workbook(&rows)), &ImportMap::default());
    assert!(plan.entries[0].text.contains("note = \"จำไว้\""), "{}", plan.entries[0].text);
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
    assert!(page("ข").contains("draft = true") && page("ข").contains("draft: true"), "{}", page("ข"));
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
