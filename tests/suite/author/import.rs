//! Tables to entries.

use super::shown::files_of;
use super::*;
use sala::internals::authoring::convert::{Converter, SEPARATORS};
use sala::internals::authoring::import::template;
use sala::internals::authoring::names::NameIndex;

#[test]
fn workbooks_of_libreoffice_become_entries() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    for name in ["lessons.ods", "lessons.xlsx", "lessons.xls"] {
        let sheet = sheet::read(name, &fixture(name), None, &Limits::default()).unwrap();
        let plan = planned(&portal, lessons(&portal), &sheet, &ImportMap::default());
        assert_eq!((plan.rows, plan.entries.len(), plan.refused), (3, 2, 1), "{name}: {:#?}", plan.diagnostics);
        let text = &plan.entries[0].text;
        assert!(text.contains("date = 2566-08-15\n"), "{name}: {text}");
        assert!(text.contains("topic = [\"reading\", \"teamwork\"]"), "{text}");
        assert!(text.contains("group = \"gr-river\""));
        assert!(text.contains("## สิ่งที่เกิดขึ้น\n\nย่อหน้าหนึ่ง\\\nย่อหน้าสอง"), "{text}");
        assert!(plan.entries[1].text.contains("date = 2566-08-16\n"));
        let words: Vec<&str> = plan.diagnostics.iter().map(|d| d.message.en.as_str()).collect();
        assert!(plan.diagnostics.iter().all(|d| d.line == 5 && d.code.id() == "S901"), "{words:?}");
        assert!(plan.diagnostics.iter().any(|d| d.hint.as_ref().is_some_and(|h| h.th.contains("การอ่าน"))));
    }
}

#[test]
fn an_import_can_be_run_again_and_keeps_what_people_wrote() {
    let (_dir, root) = starter_portal();
    let read = |rows: &[&[&str]]| {
        let (portal, _) = load(&root);
        let sheet = sheet::read("t.xlsx", &workbook(rows), None, &Limits::default()).unwrap();
        let manifest = Manifest::read(&root, "lesson").unwrap();
        plan(lessons_of(&portal), &sheet, &ImportMap::default(), &manifest, false, &|| {}).unwrap()
    };
    let one = ["ก", "ข้อแนะนำที่หนึ่ง", "15/8/2566", "การอ่าน", "เล่า"];
    let two = ["ข", "ข้อแนะนำที่สอง", "2023-08-16", "numeracy", "เล่าอีก"];
    let first = put(&root, &read(&[HEAD, &one, &two]), false);
    assert_eq!((first.created.len(), first.updated.len()), (2, 0));
    let again = put(&root, &read(&[HEAD, &one, &two]), false);
    assert_eq!((again.created.len(), again.updated.len(), again.unchanged), (0, 0, 2));
    // A file that nobody touched follows the table.
    let better = ["ก", "ข้อแนะนำที่แก้แล้ว", "15/8/2566", "การอ่าน", "เล่า"];
    assert_eq!(put(&root, &read(&[HEAD, &better, &two]), false).updated.len(), 1);
    // One that a person changed stays, unless asked; then only the row's values change.
    let path = root.join(&first.created[1]);
    let hand = fs::read_to_string(&path).unwrap().replace("+++\n\n##", "tags = [\"มือ\"]\n+++\n\n##") + "\nเขียนเพิ่ม\n";
    fs::write(&path, &hand).unwrap();
    let other = ["ข", "ข้อแนะนำใหม่จากตาราง", "2023-08-16", "numeracy", "เล่าอีก"];
    let kept = put(&root, &read(&[HEAD, &better, &other]), false);
    assert_eq!((kept.kept.len(), kept.diagnostics.len()), (1, 1));
    assert_eq!(fs::read_to_string(&path).unwrap(), hand);
    assert_eq!(put(&root, &read(&[HEAD, &better, &other]), true).updated.len(), 1);
    let merged = fs::read_to_string(&path).unwrap();
    assert!(merged.contains("ข้อแนะนำใหม่จากตาราง") && merged.contains("เขียนเพิ่ม") && merged.contains("มือ"), "{merged}");
    let (_, found) = load(&root);
    assert_eq!(found, []);
}

#[test]
fn a_row_neither_takes_the_page_of_another_table_nor_from_its_own_what_it_needs() {
    let (_dir, root) = starter_portal();
    let import = |file: &str, rows: &[&[&str]], update: bool| {
        let (portal, _) = load(&root);
        let import = Import { file, ..lessons_of(&portal) };
        let sheet = sheet::read(file, &workbook(rows), None, &Limits::default()).unwrap();
        let manifest = Manifest::read(&root, "lesson").unwrap();
        let plan = plan(import, &sheet, &ImportMap::default(), &manifest, false, &|| {}).unwrap();
        write(&root, import, &plan.entries, &manifest, Mode { update, ..Mode::default() }, &|| {}).unwrap()
    };
    let spring = ["ค่าย", "ข้อแนะนำของภาคต้น", "15/8/2566", "การอ่าน", "เล่า"];
    let path = root.join(&import("t1.xlsx", &[HEAD, &spring], false).created[0]);
    let first = fs::read_to_string(&path).unwrap();
    // Another table has a row of the same title about another day; one of the same day is the same.
    let autumn = ["ค่าย", "ข้อแนะนำของภาคปลาย", "20/1/2567", "การอ่าน", "เล่า"];
    for update in [false, true] {
        let done = import("t2.xlsx", &[HEAD, &autumn], update);
        assert_eq!((done.unfit, done.updated.len(), done.created.len()), (1, 0, 0));
        assert!(done.diagnostics[0].message.en.contains("t1.xlsx"), "{:?}", done.diagnostics);
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
    }
    // A table of the same name may be another one: the same day, or a text that is the same, says that it is the row.
    let other = ["ค่าย", "ข้อแนะนำของภาคปลาย", "20/1/2567", "การอ่าน", "เล่าใหม่"];
    assert_eq!(import("t1.xlsx", &[HEAD, &other], false).unfit, 1);
    assert_eq!(import("t1.xlsx", &[HEAD, &autumn], false).updated.len(), 1);
    let second = fs::read_to_string(&path).unwrap();
    // What cannot be read, is empty or has no column any more takes nothing away that the page needs.
    let (unread, empty) = (["ค่าย", "ใหม่", "32 foo", "การอ่าน", "เล่า"], ["ค่าย", "", "20/1/2567", "การอ่าน", "เล่า"]);
    let fewer: [&[&str]; 2] = [&["ชื่อเรื่อง", "วันที่", "เรื่อง"], &["ค่าย", "20/1/2567", "การอ่าน"]];
    for rows in [&[HEAD, &unread][..], &[HEAD, &empty][..], &fewer[..]] {
        assert_eq!(import("t1.xlsx", rows, false).unfit, 1);
        assert_eq!(fs::read_to_string(&path).unwrap(), second);
    }
}

#[test]
fn rows_that_do_not_fit_say_row_and_reason() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let rows: &[&[&str]] = &[
        HEAD,
        &["", "ข้อแนะนำยาวพอสมควร", "2566-08-15", "", "เล่า"],
        &["สั้นไป", "สั้น", "2566-08-15", "", "เล่า"],
        &["ปีสองหลัก", "ข้อแนะนำยาวพอสมควร", "15/8/66", "", "เล่า"],
        &["ซ้ำ", "ข้อแนะนำยาวพอสมควร", "2566-08-15", "", "เล่า"],
        &["ซ้ำ", "ข้อแนะนำยาวพอสมควร", "2566-08-15", "", "เล่า"],
    ];
    let sheet = sheet::read("t.xlsx", &workbook(rows), None, &Limits::default()).unwrap();
    let plan = planned(&portal, lessons(&portal), &sheet, &ImportMap::default());
    assert_eq!((plan.entries.len(), plan.refused), (1, 4));
    let lines: Vec<usize> = plan.diagnostics.iter().map(|d| d.line).collect();
    assert_eq!(lines, [2, 3, 4, 6]);
}

#[test]
fn the_blank_workbook_reads_back_and_takes_a_row() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let (k, kind) = portal.schema.kind("innovation").unwrap();
    let bytes = template::workbook(&portal.schema, kind, None).unwrap();
    assert_eq!(bytes, template::workbook(&portal.schema, kind, None).unwrap());
    let sheet = sheet::read("t.xlsx", &bytes, None, &Limits::default()).unwrap();
    let heads = &sheet.rows[0].1;
    assert!(heads.iter().any(|c| c.text() == "ขั้นงาน 1: ทำอะไร"), "{heads:?}");
    // The help row under the headings is known as such.
    let plan = planned(&portal, k, &sheet, &ImportMap::default());
    assert_eq!((plan.rows, plan.diagnostics.len()), (0, 0), "{:#?}", plan.diagnostics);
}

#[test]
fn names_of_entries_and_terms_are_understood() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let names = NameIndex::new(&portal);
    let converter = Converter { names: &names, separators: SEPARATORS.to_vec(), two_digit_years: None };
    let kinds = ["group".to_string()];
    assert_eq!(converter.names.reference(&kinds, "กลุ่ม ริมน้ำ").as_deref(), Ok("gr-river"));
    assert!(names.reference(&kinds, "ริมน้ำ").unwrap_err().hint.unwrap().th.contains("gr-river"));
    assert!(names.reference(&kinds, "inn-reading-corner").is_err());
}

#[test]
fn the_map_of_the_thai_guide_takes_a_register_whose_headings_do_not_match() {
    let (_dir, root) = starter_portal();
    let guide = fs::read_to_string(repository().join("docs/import.th.md")).unwrap();
    let map = guide.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
    let table = root.join("ทะเบียน.csv");
    let head = "ที่,ชื่อผลงาน,กลุ่มโรงเรียน,ปีการศึกษา,ด้านที่พัฒนา,ปัญหาที่พบ,ขั้นตอนการดำเนินงาน,ครูผู้รับผิดชอบ,โทร.";
    let row = "๑,ตลาดนัดคิดเลข,กลุ่มริมน้ำ,๖๖,\"คณิต, การอ่าน\",กลัวการคิดในใจ,จัดทุกวันศุกร์,นายดำรง,089-111-2222";
    fs::write(&table, format!("{head}\n{row}\n")).unwrap();
    fs::write(root.join("form.toml"), map).unwrap();
    let (table, form) = (table.to_str().unwrap(), root.join("form.toml"));
    let import = || super::values::run(&root, &["import", table, "--map", form.to_str().unwrap()]);
    let (code, said) = import();
    assert_eq!(code, Some(0), "{said}");
    let pages = files_of(&root.join("content/innovations"), &["md"]);
    let text = pages.iter().map(|p| fs::read_to_string(p).unwrap()).find(|t| t.contains("ตลาดนัดคิดเลข")).unwrap();
    for line in
        ["year = 2566", "topic = [\"numeracy\", \"reading\"]", "evidence = \"described\"", "## วิธีทำ\n\nจัดทุกวันศุกร์"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("ดำรง") && !text.contains("089"), "{text}");
    // A place that is none is shown where it stands in the map.
    for (right, wrong) in [("= \"ชื่อเรื่อง\"", "= \"ชื่องาน\""), ("\"หลักฐาน\" =", "\"ระดับ\" =")]
    {
        assert!(map.contains(right));
        fs::write(root.join("form.toml"), map.replace(right, wrong)).unwrap();
        let line = map.lines().position(|line| line.contains(right)).unwrap() + 1;
        let (code, said) = import();
        assert_eq!(code, Some(1));
        assert!(said.contains(&format!("form.toml:{line}:")) && said.contains("--write-map"), "{said}");
    }
}
