//! Answers of an online form, as a supervisor gets them: questions as headings, a banner above, answers joined by commas,
//! Thai digits, blank rows, spaces at the ends.

use super::*;
use crate::tools::sala;
use sala::internals::authoring::import::{map, suggest};
use sala::internals::model::SourceFile;

const QUESTIONS: &[&str] = &[
    "ประทับเวลา",
    "ที่อยู่อีเมล",
    "โรงเรียนของท่าน ",
    "เครือข่าย",
    "ชื่อกิจกรรมที่ทบทวน",
    "วันที่จัดกิจกรรม",
    "ปีงบประมาณ",
    "องค์ประกอบคุณภาพที่เกี่ยวข้อง (เลือกได้มากกว่า 1 ข้อ)",
    "1. สิ่งที่คาดหวังว่าจะเกิดขึ้น",
    "2. สิ่งที่เกิดขึ้นจริงเป็นอย่างไร",
    "3. สิ่งที่ทำได้ดี ควรทำต่อ",
    "4. ข้อเสนอแนะสำหรับโรงเรียนอื่น",
    "5. หมวดของข้อเสนอแนะ",
    "สีของป้าย",
];
const NETWORK: &str = "เครือข่ายโรงเรียนอนุบาลสามเสน (สำนักงานสลากกินแบ่งรัฐบาล อุปถัมภ์)";

fn answers() -> Vec<u8> {
    let rows: [&[&str]; 4] = [
        &[
            "15/8/2023, 14:03:22",
            "kru@example.org",
            "โรงเรียนวัดโสมนัส ",
            NETWORK,
            "ประชุมแลกเปลี่ยนเรียนรู้ครั้งที่ ๑ ",
            "15/8/2566",
            "๒๕๖๖",
            "การกำหนดเป้าหมายมาตรฐานคุณภาพ, ขับเคลื่อนคุณภาพ",
            "ครูทุกคนได้แผน ๑ แผน",
            "ครู ๘ จาก ๑๐ คนมีแผน",
            "จับคู่ครูข้ามโรงเรียน\nมีตัวอย่างให้ดู",
            "ส่งแบบฟอร์มแผนให้ครูล่วงหน้าสองสัปดาห์",
            "การวางแผนและเป้าหมาย",
            "เขียว",
        ],
        &[
            "16/8/2023, 9:12:01",
            "kru@example.org",
            "โรงเรียนพระตำหนักสวนกุหลาบ",
            "nw-001",
            "นิเทศชั้นเรียน",
            "๑๖ ส.ค. ๒๕๖๖",
            "2566",
            "องค์ประกอบที่ 3",
            "เยี่ยมครบทุกห้อง",
            "เยี่ยมได้ครึ่งหนึ่ง",
            "-",
            "นัดวันเยี่ยมชั้นเรียนก่อนเปิดภาคเรียน",
            "แผน",
            "แดง",
        ],
        &[
            "16/8/2023, 9:15:44",
            "kru@example.org",
            "รร.วัดโสมนัส",
            "อนุบาลสามเสน",
            "อบรมครู",
            "16/8/66",
            "2566",
            "",
            "ครูใช้เครื่องมือได้",
            "ใช้ได้บางส่วน",
            "",
            "ให้ครูลองเครื่องมือก่อนวันอบรม",
            "การวางแผนและเป้าหมาย",
            "",
        ],
        &[
            "17/8/2023, 20:00:00",
            "kru@example.org",
            "โรงเรียนวัดโสมนัส",
            "nw-001",
            "ตลาดนัด",
            "17 สิงหาคม 2566",
            "2566",
            "",
            "มีผู้ร่วมงาน 200 คน",
            "",
            "",
            "จัดป้ายบอกทางทุกมุมอาคาร",
            "การวางแผนและเป้าหมาย",
            "",
        ],
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 12, "แบบบันทึกการทบทวนหลังปฏิบัติ", &format).unwrap();
    sheet.merge_range(1, 0, 1, 3, "ผู้ตอบ", &format).unwrap();
    sheet.merge_range(1, 4, 1, 12, "กิจกรรม", &format).unwrap();
    let all = [&[QUESTIONS], &rows[..]].concat();
    for (r, row) in all.iter().enumerate() {
        // A blank row after the first answer.
        let at = r as u32 + 2 + u32::from(r > 1);
        for (c, text) in row.iter().enumerate() {
            sheet.write(at, c as u16, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn form_map() -> ImportMap {
    let path = "content/_schema/import/aar-form.toml";
    let text = fs::read_to_string(repository().join(path)).unwrap();
    let source = SourceFile::new(path, text);
    map::read(&source, &mut Vec::new()).unwrap()
}

#[test]
fn answers_become_reviews_through_the_shipped_map() {
    let (portal, _) = load(&repository());
    let (kind, _) = portal.schema.kind("aar").unwrap();
    let sheet = sheet::read("a.xlsx", &answers(), None, &Limits::default()).unwrap();
    let map = form_map();
    let made =
        plan(Import { portal: &portal, file: "a.xlsx", kind }, &sheet, &map, &Manifest::default(), false, &|| {})
            .unwrap();
    let said: Vec<&str> = made.diagnostics.iter().map(|d| d.message.en.as_str()).collect();
    assert_eq!((made.rows, made.entries.len(), made.refused), (4, 2, 2), "{said:#?}");
    let text = &made.entries[0].text;
    for line in [
        "title = \"ทบทวนประชุมแลกเปลี่ยนเรียนรู้ครั้งที่ ๑\"\n",
        "date = 2566-08-15\n",
        "fiscal_year = 2566\n",
        "subject = \"nw-001\"\n",
        "schools = [\"sc-0003\"]\n",
        "component = [\"goal\", \"drive\"]\n",
        "keep = [\"จับคู่ครูข้ามโรงเรียน\", \"มีตัวอย่างให้ดู\"]\n",
        "planned = \"ครูทุกคนได้แผน ๑ แผน\"\nactual = \"ครู ๘ จาก ๑๐ คนมีแผน\"\n",
        "category = \"planning\"\n",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(!text.contains("example.org"), "addresses of persons stay out: {text}");
    assert!(!made.entries[1].text.contains("keep"), "a dash is no answer");
    // Rows are counted as a spreadsheet shows them; columns by letter.
    assert!(said.contains(&"1 column(s) name no field and are left out: N “สีของป้าย”"), "{said:#?}");
    let refused: Vec<(usize, usize)> = made.diagnostics.iter().map(|d| (d.line, d.column)).collect();
    assert_eq!(refused, [(3, 0), (7, 3), (7, 4), (7, 6), (8, 0)], "{said:#?}");
    assert!(said.iter().any(|m| m.starts_with("row 7, column F “Date”")), "{said:#?}");
    let hints: Vec<&str> = made.diagnostics.iter().filter_map(|d| Some(d.hint.as_ref()?.th.as_str())).collect();
    assert!(hints[1].contains("sc-0003") && hints[2].contains("nw-001"), "{hints:#?}");
}

#[test]
fn unfinished_rows_become_drafts_that_say_what_is_missing() {
    let (portal, _) = load(&repository());
    let (kind, _) = portal.schema.kind("aar").unwrap();
    let sheet = sheet::read("a.xlsx", &answers(), None, &Limits::default()).unwrap();
    let made =
        plan(Import { portal: &portal, file: "a.xlsx", kind }, &sheet, &form_map(), &Manifest::default(), true, &|| {})
            .unwrap();
    assert_eq!((made.entries.len(), made.drafts, made.refused), (4, 2, 0));
    let text = &made.entries[2].text;
    assert!(text.contains("# ต้องเติม · คอลัมน์ F “วันที่”") && text.contains("draft = true"), "{text}");
    assert!(!made.entries[0].text.contains("draft"));
}

#[test]
fn a_draft_does_not_hold_up_the_portal() {
    let (_dir, root) = starter_portal();
    let csv = "ชื่อเรื่อง,ข้อแนะนำ,วันที่\n\"เล่า\nสองบรรทัด\",แบ่งกลุ่มก่อนเริ่มทุกครั้ง,15/8/2566\nไม่มีวัน,แบ่งกลุ่มก่อนเริ่มทุกครั้ง,พรุ่งนี้\n";
    fs::write(root.join("t.csv"), csv).unwrap();
    let run = |arguments: &[&str]| {
        let done = sala().args(["--lang", "en", "--portal"]).arg(&root).args(arguments).output().unwrap();
        let said = [done.stderr, done.stdout].concat();
        (done.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    let table = root.join("t.csv");
    let table = table.to_str().unwrap();
    let (code, said) = run(&["import", table, "--kind", "lesson"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("row 3, column C “Date”") && said.contains("rows 2, 3: lacks"), "{said}");
    let (code, said) = run(&["import", table, "--kind", "lesson", "--drafts"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("2 new") && said.contains("(2 unfinished drafts)"), "{said}");
    let (code, said) = run(&["check", "--strict"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("field `date` (Date) is missing"), "what is missing is told all the same: {said}");
    let (code, said) = run(&["build", "--no-search"]);
    assert_eq!(code, Some(0), "{said}");
    let again = run(&["import", table, "--kind", "lesson", "--drafts"]).1;
    assert!(again.contains("0 new, 0 updated, 2 unchanged"), "{again}");
}

#[test]
fn a_map_is_drafted_from_the_table() {
    let (portal, _) = load(&repository());
    let (kind, _) = portal.schema.kind("aar").unwrap();
    let sheet = sheet::read("a.xlsx", &answers(), None, &Limits::default()).unwrap();
    let text = suggest::draft(&portal, "a.xlsx", &sheet, kind, &ImportMap::default()).unwrap();
    let source = SourceFile::new("m.toml", text.as_str());
    let mut found = Vec::new();
    let map = map::read(&source, &mut found);
    assert_eq!(found, [], "{text}");
    let map = map.unwrap();
    assert_eq!((map.kind.as_str(), map.header), ("aar", Some(3)));
    let place = |heading: &str| map.columns[heading].iter().collect::<Vec<_>>();
    assert_eq!(place("เครือข่าย"), ["subject"]);
    assert_eq!(place("ชื่อกิจกรรมที่ทบทวน"), ["activity"]);
    assert_eq!(place("สีของป้าย"), [""; 0]);
    assert!(text.contains("# \"อนุบาลสามเสน\" = \"\"  # แถว 7 · หมายถึง nw-001"), "{text}");
    assert!(text.contains("# * activity "), "required places are marked: {text}");
}

#[test]
fn the_workbook_of_a_form_has_its_questions_and_reads_back_untouched() {
    let (portal, _) = load(&repository());
    for name in ["aar-form", "news"] {
        let map = (name == "aar-form").then(form_map);
        let (k, kind) = portal.schema.kind(if map.is_some() { "aar" } else { name }).unwrap();
        let bytes = sala::internals::authoring::import::template::workbook(&portal.schema, kind, map.as_ref()).unwrap();
        let sheet = sheet::read("t.xlsx", &bytes, None, &Limits::default()).unwrap();
        let heads: Vec<String> = sheet.rows[0].1.iter().map(|c| c.text()).collect();
        assert!(map.is_none() || (10..25).contains(&heads.len()), "{heads:?}");
        let different: std::collections::HashSet<&String> = heads.iter().collect();
        assert_eq!(different.len(), heads.len(), "each heading stands once: {heads:?}");
        let plan = planned(&portal, k, &sheet, &map.unwrap_or_default());
        assert_eq!((plan.rows, plan.diagnostics.len()), (0, 0), "{name}: {:#?}", plan.diagnostics);
    }
}

#[test]
fn every_map_of_the_portal_names_places_that_are_there() {
    let (portal, _) = load(&repository());
    let mut kinds = Vec::new();
    for entry in fs::read_dir(repository().join("content/_schema/import")).unwrap() {
        let path = entry.unwrap().path();
        let mut found = Vec::new();
        let map = map::read(&SourceFile::new("m.toml", fs::read_to_string(&path).unwrap()), &mut found);
        let map = map.unwrap_or_else(|| panic!("{}: {found:?}", path.display()));
        let (k, kind) = portal.schema.kind(&map.kind).unwrap();
        kinds.push(map.kind.clone());
        // Its blank workbook comes back untouched without a word.
        let blank = sala::internals::authoring::import::template::workbook(&portal.schema, kind, Some(&map)).unwrap();
        let sheet = sheet::read("t.xlsx", &blank, None, &Limits::default()).unwrap();
        let plan = planned(&portal, k, &sheet, &map);
        assert_eq!((plan.rows, plan.diagnostics.len()), (0, 0), "{}: {:#?}", path.display(), plan.diagnostics);
        let there = |t: &str| sala::internals::authoring::target::parse(kind, t).is_some();
        let places = map.columns.values().flat_map(|p| p.iter()).chain(map.template.iter().map(String::as_str));
        for place in places.chain(map.set.keys().map(String::as_str)) {
            assert!(there(place), "{}: {place}", path.display());
        }
    }
    for kind in ["school", "result", "adoption", "aar", "innovation", "indicator", "supervision", "visit"] {
        assert!(kinds.iter().any(|k| k == kind), "schools report {kind}");
    }
}
