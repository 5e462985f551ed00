//! Tables as schools make them: titles, numbers of columns, groups, sums, remarks, signatures, ditto marks, ticks.

use super::values::{read, run, saved_as, texts};
use super::*;
use rust_xlsxwriter::{Format, Worksheet};

const KIND: &str = r#"id = "reg"
folder = "regs"
label = { th = "ทะเบียน", en = "Register" }
field = [
    { id = "boys", type = "integer", label = { th = "นักเรียน ชาย", en = "Boys" } },
    { id = "girls", type = "integer", label = { th = "นักเรียน หญิง", en = "Girls" } },
    { id = "average", type = "decimal", label = { th = "คะแนน", en = "Score" } },
    { id = "level", type = "text", label = { th = "ระดับชั้น", en = "Level" } },
    { id = "day", type = "date", label = { th = "วันจัด", en = "Day" } },
    { id = "done", type = "bool", label = { th = "ทำแล้ว", en = "Done" } },
]
"#;

/// The entries of a sheet as `title key = value …`, and what was told.
fn taken(sheet: &Sheet) -> (Vec<String>, String) {
    let (_dir, root) = starter_portal();
    fs::write(root.join("content/_schema/kinds/reg.toml"), KIND).unwrap();
    let (portal, found) = load(&root);
    assert_eq!(found, []);
    let kind = portal.schema.kind("reg").unwrap().0;
    let plan = planned(&portal, kind, sheet, &ImportMap::default());
    let line = |text: &str| text.replace("+++\n", "").trim().replace('\n', " ").replacen("title = ", "", 1);
    let told = plan.diagnostics.iter().map(|d| d.message.en.clone()).collect::<Vec<_>>().join("\n");
    (plan.entries.iter().map(|e| line(&e.text)).collect(), told)
}

fn csv(text: &str) -> Sheet {
    sheet::read("t.csv", text.as_bytes(), None, &Limits::default()).unwrap()
}

/// A workbook of one sheet that is filled by hand.
fn made(fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

fn put_row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (c, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        match text.parse::<f64>() {
            Ok(number) => sheet.write(row, c as u16, number).unwrap(),
            Err(_) => sheet.write(row, c as u16, *text).unwrap(),
        };
    }
}

#[test]
fn a_printed_table_gives_its_rows_and_nothing_else() {
    let plain = Format::new();
    let bytes = made(|sheet| {
        sheet.merge_range(0, 0, 0, 5, "แบบสรุปข้อมูลนักเรียน ปีการศึกษา 2566", &plain).unwrap();
        for (c, name) in [(0, "ที่"), (1, "ชื่อเรื่อง"), (4, "คะแนน"), (5, "ระดับชั้น")]
        {
            sheet.merge_range(2, c, 3, c, name, &plain).unwrap();
        }
        sheet.merge_range(2, 2, 2, 3, "นักเรียน", &plain).unwrap();
        put_row(sheet, 3, &["", "", "ชาย", "หญิง"]);
        put_row(sheet, 4, &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]);
        sheet.merge_range(5, 0, 5, 5, "อำเภอเมือง", &plain).unwrap();
        put_row(sheet, 6, &["1", "โรงเรียนบ้านหนึ่ง", "120", "130", "2.5", "ป.1-6"]);
        put_row(sheet, 7, &["2", "รวมใจวิทยา", "๑,๒๓๔", "1,250", "3.5", "อ.2-ป.6"]);
        put_row(sheet, 8, &["", "รวมอำเภอเมือง", "1354", "1380", "3"]);
        put_row(sheet, 9, &["", "ร้อยละของผู้เรียนที่ผ่าน", "80", "81"]);
        put_row(sheet, 10, &["รวม 2 โรงเรียน", "", "1354", "1380"]);
        put_row(sheet, 12, &["", "หมายเหตุ : ข้อมูล ณ วันที่ 10 มิถุนายน 2566"]);
        put_row(sheet, 13, &["", "* โรงเรียนขยายโอกาส"]);
        put_row(sheet, 15, &["", "", "", "", "ลงชื่อ...............ผู้รายงาน"]);
        put_row(sheet, 16, &["", "", "", "", "(นายสมมติ ตัวอย่าง)"]);
    });
    let rows = [
        "\"โรงเรียนบ้านหนึ่ง\" boys = 120 girls = 130 average = 2.5 level = \"ป.1-6\"",
        "\"รวมใจวิทยา\" boys = 1234 girls = 1250 average = 3.5 level = \"อ.2-ป.6\"",
    ];
    let told = "row(s) 5 number the columns and are left out\nrow(s) 6 are headings between the rows and are left out\n\
                row(s) 9–11 hold totals and are left out\nrow(s) 13, 14, 16, 17 are remarks or signatures and are left out";
    assert_eq!(taken(&read(&bytes)), (rows.map(String::from).to_vec(), told.to_string()));
    if !crate::tools::has("soffice") {
        return crate::tools::skip("printed tables in .ods and .xls", "soffice is not installed");
    }
    for form in ["ods", "xls:MS Excel 97"] {
        assert_eq!(taken(&saved_as(&bytes, form)), (rows.map(String::from).to_vec(), told.to_string()), "{form}");
    }
}

#[test]
fn a_sum_is_told_from_a_name_by_its_numbers() {
    let head = "ชื่อเรื่อง,นักเรียน ชาย,คะแนน\n";
    let (entries, told) = taken(&csv(&format!(
        "{head}ก,10,1.5\nข,20,2.5\nรวมตำบลหนึ่ง,30,4\nค,5,3\nรวมพลังวิทยา,7,3.5\nเฉลี่ยรวมทุกแห่ง,10.5,2.63\n"
    )));
    assert_eq!(entries.len(), 4, "{entries:?}");
    assert!(entries[3].contains("รวมพลังวิทยา") && told.contains("row(s) 4, 7 hold totals"), "{entries:?}\n{told}");
    let (entries, told) =
        taken(&csv(&format!("{head}ก,10,1.5\nข,20,2.5\nS.D.,1,0.5\nคะแนนสูงสุด,20,2.5\nรวมทั้งหมด (คน),30\n")));
    assert_eq!((entries.len(), told.as_str()), (2, "row(s) 4–6 hold totals and are left out"));
}

#[test]
fn a_cross_beside_ticks_can_be_read_in_two_ways() {
    let answers = |cells: &[&str]| {
        let rows: Vec<String> = cells.iter().enumerate().map(|(n, cell)| format!("เรื่อง {n},{cell}")).collect();
        let (entries, told) = taken(&csv(&format!("ชื่อเรื่อง,ทำแล้ว\n{}\n", rows.join("\n"))));
        let answer = |entry: &String| entry.split("done = ").nth(1).unwrap_or("-").to_owned();
        assert_eq!(entries.len(), cells.len(), "{told}");
        (entries.iter().map(answer).collect::<Vec<_>>().join(" "), told)
    };
    for cells in [["/", "x", "/"], ["✓", "X", ""], ["√", "x", "-"], ["☑", "☒", "☐"], ["มี", "x", "ไม่มี"], ["✗", "x", ""]]
    {
        let (read, told) = answers(&cells);
        assert!(
            read.split(' ').nth(1) == Some("-") && told.contains("can be read in two ways"),
            "{cells:?}: {read}\n{told}"
        );
        assert!(cells[0] == "✗" || read.starts_with("true"), "{cells:?}: {read}");
    }
    for (cells, read) in [
        (["x", "", "X"], "true - true"),
        (["☒", "☐", "☒"], "true false true"),
        (["x", "ไม่", "x"], "true false true"),
        (["/", "✗", "✓"], "true false true"),
        (["1", "x", "0"], "true true false"),
    ] {
        assert_eq!(answers(&cells), (read.to_owned(), String::new()), "{cells:?}");
    }
}

#[test]
fn a_cross_beside_ticks_in_a_table_of_the_portal_is_an_error() {
    let (_dir, root) = starter_portal();
    fs::write(root.join("content/_schema/kinds/reg.toml"), KIND).unwrap();
    fs::create_dir_all(root.join("content/_data")).unwrap();
    let map = "file = \"t.csv\"\n[[entries]]\nkind = \"reg\"\nid = \"{id}\"\ntitle = \"{t}\"\n[entries.set]\ndone = \"{d}\"\nlevel = \"{l}\"\n";
    fs::write(root.join("content/_data/t.toml"), map).unwrap();
    for (cells, is_doubtful) in [("/ x", true), ("มี X", true), ("x x", false), ("✓ ✗", false), ("x ไม่", false)]
    {
        let (one, other) = cells.split_once(' ').unwrap();
        fs::write(root.join("content/_data/t.csv"), format!("id,t,d,l\na,ก,{one},/\nb,ข,{other},x\n")).unwrap();
        let (_, said) = run(&root, &["check"]);
        assert_eq!(said.contains("error[S103]: crosses in column `d`"), is_doubtful, "{cells}: {said}");
        assert!(!said.contains("column `l`"), "a text says what it says: {said}");
    }
}

#[test]
fn a_title_that_sounds_like_a_remark_stays_an_entry() {
    let (entries, told) =
        taken(&csv("ชื่อเรื่อง,นักเรียน ชาย,ระดับชั้น,คะแนน\nที่มาของคำขวัญ,5,ป.1,3\nหมายเหตุท้ายบท,6,ป.2,4\nชื่อเดียว\nที่มา: ระบบ\n"));
    assert_eq!(entries.len(), 3, "{entries:?}");
    assert_eq!(told, "row(s) 5 are remarks or signatures and are left out");
}

#[test]
fn a_second_table_on_the_sheet_is_told() {
    let first = "ชื่อเรื่อง,นักเรียน ชาย\nก,1\nข,2\n\n";
    let second = "ตารางที่ 2\nชื่อเรื่อง,คะแนน\nค,50\n";
    let (entries, told) = taken(&csv(&format!("{first}{second}")));
    assert_eq!((entries.len(), told.as_str()), (2, "row(s) 5–7 are another table on the sheet and are left out"));
    // The one with more known headings is taken, wherever it stands.
    let wide = "ชื่อเรื่อง,คะแนน,ระดับชั้น\nค,50,ป.1\n";
    let (entries, told) = taken(&csv(&format!("{first}{wide}")));
    assert_eq!((entries.len(), told.as_str()), (1, "row(s) 1–3 are another table on the sheet and are left out"));
}

#[test]
fn ditto_marks_stand_for_the_cell_above() {
    let (entries, told) =
        taken(&csv("ชื่อเรื่อง,ระดับชั้น,นักเรียน ชาย\nก,ป.1,5\nข,\"\"\"\",″\nค,”,-\"-\nง,ป.2,-\n\"จ\",〃,6\n"));
    let levels: Vec<bool> = entries.iter().map(|e| e.contains("level = \"ป.1\" ") || e.ends_with("\"ป.1\"")).collect();
    assert_eq!(levels, [true, true, true, false, false], "{entries:?}");
    assert_eq!(entries.iter().filter(|e| e.contains("boys = 5")).count(), 3, "{entries:?}");
    assert!(entries[4].contains("ป.2"), "{entries:?}");
    assert_eq!(told, "cell(s) B3, C3, B4, C4, B6 hold a ditto mark (\") and take the value above");
}

#[test]
fn ticks_of_picture_fonts_are_ticks() {
    let font = |name: &str| Format::new().set_font_name(name);
    let bytes = made(|sheet| {
        put_row(sheet, 0, &["ชื่อเรื่อง", "ทำแล้ว"]);
        for (r, (text, name)) in
            [("ü", "Wingdings"), ("û", "Wingdings"), ("R", "Wingdings 2"), ("P", "TH Sarabun New"), ("√", "Arial")]
                .into_iter()
                .enumerate()
        {
            sheet.write(r as u32 + 1, 0, format!("t{r}")).unwrap();
            sheet.write_with_format(r as u32 + 1, 1, text, &font(name)).unwrap();
        }
        sheet.write(6, 0, "t5").unwrap();
        sheet.write_rich_string(6, 1, &[(&font("Wingdings"), "ü"), (&font("Arial"), " P")]).unwrap();
    });
    let mut files = vec![read(&bytes)];
    if crate::tools::has("soffice") {
        files.extend(["ods", "xls:MS Excel 97"].map(|form| saved_as(&bytes, form)));
    } else {
        crate::tools::skip("ticks in .ods and .xls", "soffice is not installed");
    }
    for (n, sheet) in files.iter().enumerate() {
        let seen: Vec<String> = texts(sheet)[1..6].iter().map(|(_, row)| row[1].clone()).collect();
        assert_eq!(seen, ["✓", "✗", "☑", "P", "√"], "file {n}");
        // Stretches of one text are not looked at in the old form.
        assert!(n == 2 || texts(sheet)[6].1[1] == "✓ P", "file {n}: {:?}", texts(sheet)[6]);
        let (entries, told) = taken(sheet);
        assert_eq!(entries.iter().filter(|e| e.contains("done = true")).count(), 3, "file {n}: {entries:?}\n{told}");
    }
}

#[test]
fn a_point_beside_decimal_commas_is_not_guessed() {
    let (entries, told) = taken(&csv("ชื่อเรื่อง;คะแนน;ระดับชั้น\nก;12,5;1.234\nข;1.234;1.2\nค;12;x\nง;1.5;x\n"));
    let scores: Vec<bool> = entries.iter().map(|e| e.contains("average = ")).collect();
    assert_eq!(scores, [false, false, true, true], "{entries:?}");
    assert!(entries[0].contains("level = \"1.234\""), "{entries:?}");
    assert!(told.contains("row 3, column B “Score”: `1.234` can be read in two ways"), "{told}");
    let (entries, _) = taken(&csv("ชื่อเรื่อง,คะแนน\nก,1.234\nข,\"1,234.5\"\n"));
    assert!(entries[0].contains("average = 1.234") && entries[1].contains("average = 1234.5"), "{entries:?}");
}

#[test]
fn a_date_beside_dates_that_begin_with_the_month_is_not_guessed() {
    let (entries, told) = taken(&csv(
        "ชื่อเรื่อง,วันจัด,ระดับชั้น\nก,8/15/2023,1/2/2023\nข,1/2/2023,\nค,2566-02-01,\nง,3/3/2023 10:30:00,\nจ,๑/๒/๒๕๖๖,\n",
    ));
    let days: Vec<bool> = entries.iter().map(|e| e.contains("day = ")).collect();
    assert_eq!(days, [false, false, true, true, false], "{entries:?}");
    assert!(entries[0].contains("level = \"1/2/2023\""), "{entries:?}");
    assert!(told.contains("`1/2/2023` can be read in two ways"), "{told}");
    // A spreadsheet made a day of what it could, and left the rest as it was written.
    let bytes = made(|sheet| {
        put_row(sheet, 0, &["ชื่อเรื่อง", "วันจัด"]);
        put_row(sheet, 1, &["ก", "8/15/2023"]);
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2023, 2, 1).unwrap();
        sheet.write(2, 0, "ข").unwrap();
        sheet.write_with_format(2, 1, &day, &Format::new().set_num_format("d/m/yyyy")).unwrap();
    });
    let (entries, told) = taken(&read(&bytes));
    assert!(entries.iter().all(|e| !e.contains("day = ")), "{entries:?}\n{told}");
    let (entries, _) = taken(&csv("ชื่อเรื่อง,วันจัด\nก,15/8/2023\nข,1/2/2023\nค,32/13/2023\n"));
    assert!(entries[1].contains("day = 2566-02-01"), "{entries:?}");
}

#[test]
fn amounts_and_headings_are_read_as_they_are_written() {
    let (entries, told) =
        taken(&csv("ลำดับที่,ชื่อเรื่อง,คะแนน,วัน/เดือน/ปี\n1,ก,\"50,000.-\",15/8/2566\n2,ข,\u{2212}5,๑๕ ส.ค. ๒๕๖๖\n"));
    assert_eq!(entries, ["\"ก\" average = 50000 day = 2566-08-15", "\"ข\" average = -5 day = 2566-08-15"]);
    assert_eq!(told, "");
}

#[test]
fn rows_that_nothing_tells_apart_say_so() {
    let (_, told) = taken(&csv("ชื่อเรื่อง,คะแนน\nก,1\nก,2\n"));
    assert!(told.starts_with("row 3: is the same as row 2"), "{told}");
}
