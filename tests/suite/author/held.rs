//! What was held back stays so: pages when their table comes again, what stands in internal sections of reports, what was
//! cut off pictures.

use super::docx::{docx_with, made, p, r};
use super::values::run;
use super::*;
use std::io::Cursor;

const HEADS: &str = "ชื่อเรื่อง,ข้อแนะนำ,วันที่,สิ่งที่เกิดขึ้น";

/// A row of lessons.
fn lesson(title: &str, told: &str) -> String {
    format!("{title},แบ่งกลุ่มก่อนเริ่มทุกครั้ง,2566-08-15,{told}")
}

/// Imports a table and gives what is said.
fn import(root: &Path, name: &str, rows: &[String]) -> String {
    let table = root.join(name);
    fs::write(&table, rows.join("\n") + "\n").unwrap();
    run(root, &["import", table.to_str().unwrap(), "--kind", "lesson", "--update"]).1
}

/// The pages of lessons that a build would publish.
fn published(root: &Path) -> Vec<String> {
    let (portal, _) = load(root);
    let kind = lessons(&portal);
    let pages =
        portal.entries.iter().filter(|e| e.kind == kind && !e.draft && format!("{:?}", e.visibility) == "Public");
    pages.map(|e| e.title.clone()).filter(|title| title.starts_with("เรื่อง")).collect()
}

#[test]
fn a_table_that_says_less_makes_nothing_public() {
    for (column, cell, open) in [("visibility", "internal", "public"), ("draft", "ใช่", "ไม่")] {
        let (_dir, root) = starter_portal();
        let with = |cell: &str| [format!("{HEADS},{column}"), format!("{},{cell}", lesson("เรื่องหนึ่ง", "เล่า"))];
        let without = [HEADS.to_owned(), lesson("เรื่องหนึ่ง", "แก้")];
        import(&root, "a.csv", &with(cell));
        // The column is gone, its cell is empty, another table has the row: new values come, the page stays hidden.
        for (name, rows) in [("a.csv", &without), ("a.csv", &with("")), ("b.csv", &without)] {
            let said = import(&root, name, rows);
            assert!(said.contains("1 page(s) keep their `visibility` or `draft`"), "{column}: {said}");
            assert_eq!(published(&root), Vec::<String>::new(), "{column}");
        }
        assert!(import(&root, "a.csv", &without).contains("1 unchanged"));
        // What the table says in so many words is done, and told.
        let said = import(&root, "a.csv", &with(open));
        assert!(said.contains("1 page(s) that were held back are public now"), "{column}: {said}");
        assert_eq!(published(&root), ["เรื่องหนึ่ง"], "{column}");
    }
}

#[test]
fn a_draft_that_lacked_something_is_finished_by_its_table() {
    let (_dir, root) = starter_portal();
    let table = root.join("a.csv");
    let import = |told: &str| {
        fs::write(&table, format!("{HEADS}\n{}\n", lesson("เรื่องหนึ่ง", told))).unwrap();
        run(&root, &["import", table.to_str().unwrap(), "--kind", "lesson", "--drafts"]).1
    };
    import("");
    assert_eq!(published(&root), Vec::<String>::new());
    let said = import("เล่า");
    assert!(said.contains("are public now"), "{said}");
    assert_eq!(published(&root), ["เรื่องหนึ่ง"]);
}

#[test]
fn pages_that_were_taken_out_or_hidden_do_not_come_back() {
    let rows = [HEADS.to_owned(), lesson("เรื่องหนึ่ง", "เล่า"), lesson("เรื่องสอง", "เล่า")];
    for hidden in ["NAME.internal.md", "_NAME.md", "_drafts/NAME.md", "x.internal/NAME.md", ""] {
        let (_dir, root) = starter_portal();
        import(&root, "a.csv", &rows);
        let folder = root.join("content/lessons");
        let page = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path());
        let page = page.into_iter().find(|p| fs::read_to_string(p).is_ok_and(|t| t.contains("เรื่องหนึ่ง"))).unwrap();
        if hidden.is_empty() {
            fs::remove_file(&page).unwrap();
        } else {
            let to = folder.join(hidden.replace("NAME", page.file_stem().unwrap().to_str().unwrap()));
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::rename(&page, to).unwrap();
        }
        let said = import(&root, "a.csv", &rows);
        assert_eq!(published(&root), ["เรื่องสอง"], "{hidden}: {said}");
        let told = "1 row(s) are not taken, because their page was taken out, renamed or hidden";
        assert!(said.contains("0 new") && said.contains(told) != hidden.starts_with("x."), "{hidden}: {said}");
    }
}

#[test]
fn a_hidden_page_that_a_person_wrote_gets_no_public_twin() {
    let page = |keys: &str| {
        format!(
            "+++\ntitle = \"เรื่องหนึ่ง\"\nrecommendation = \"แบ่งกลุ่มก่อนเริ่ม\"\ndate = 2566-08-15\n{keys}+++\n\n## สิ่งที่เกิดขึ้น\n\nก\n"
        )
    };
    let by_id = |id: &str| [format!("{HEADS},id"), format!("{},{id}", lesson("เรื่องอื่น", "เล่า"))];
    let by_title = [HEADS.to_owned(), lesson("เรื่องหนึ่ง", "เล่า")];
    for (name, keys, rows) in [
        ("kk.md", "visibility = \"internal\"\n", &by_title),
        ("kk.md", "draft = true\n", &by_title),
        ("kk.internal.md", "", &by_title),
        ("kk.internal.md", "", &by_id("kk")),
        ("_kk.md", "", &by_id("kk")),
    ] {
        let (_dir, root) = starter_portal();
        fs::write(root.join("content/lessons").join(name), page(keys)).unwrap();
        let said = import(&root, "a.csv", rows);
        assert!(said.contains("0 new") && said.contains("1 not taken"), "{name} {keys}: {said}");
        assert_eq!(published(&root), Vec::<String>::new(), "{name} {keys}");
    }
}

#[test]
fn cells_that_a_map_puts_into_a_section_bring_no_headings() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let map = "kind = \"lesson\"\n[set]\n\"section:happened\" = \"**ครู** {ชื่ออื่น}\"\n";
    let map: ImportMap = toml::from_str(map).unwrap();
    let heads = ["ชื่อเรื่อง", "ข้อแนะนำ", "วันที่", "ชื่ออื่น", "สรุป"];
    let row = ["ก", "แบ่งกลุ่มก่อนเริ่มทุกครั้ง", "2566-08-15", "ก\n# ข\n- # ค", "ง"];
    let sheet = sheet::read("t.xlsx", &workbook(&[&heads, &row]), None, &Limits::default()).unwrap();
    let plan = planned(&portal, lessons(&portal), &sheet, &map);
    let text = &plan.entries.first().unwrap_or_else(|| panic!("{:?}", plan.diagnostics)).text;
    assert!(text.ends_with("**ครู** ก\\\n\\# ข\n\n- \\# ค\n"), "{text}");
}

/// The body that a report becomes in a kind with a public, an internal and another public section, and what is said.
fn report(body: &str) -> (String, String) {
    let (_dir, root) = starter_portal();
    let kind = root.join("content/_schema/kinds/lesson.toml");
    let section = |id: &str, th: &str, more: &str| {
        format!("\n[[section]]\nid = \"{id}\"\nlabel = {{ th = \"{th}\", en = \"{id}\" }}\n{more}")
    };
    let own = section("notes", "บันทึกภายใน", "visibility = \"internal\"\n") + &section("advice", "ข้อเสนอแนะ", "");
    fs::write(&kind, fs::read_to_string(&kind).unwrap() + &own).unwrap();
    let (portal, found) = load(&root);
    assert_eq!(found, []);
    let made = made(&portal, "a.docx", &docx_with(body, b""), Some("r"));
    let said: Vec<String> = made.diagnostics.iter().map(|d| d.message.en.clone()).collect();
    (made.draft.lead, said.join("\n"))
}

fn heading(level: u8, text: &str) -> String {
    p(&format!("<w:pPr><w:pStyle w:val=\"a{level}\"/></w:pPr>{}", r(text)))
}

fn bold(text: &str) -> String {
    p(&format!("<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t>{text}</w:t></w:r>"))
}

#[test]
fn what_is_below_an_internal_section_of_a_report_stays_below_it() {
    let text = || p(&r("SECRET"));
    let styled = [
        heading(1, "สิ่งที่เกิดขึ้น"),
        heading(1, "บันทึกภายใน"),
        heading(2, "ปัญหารายบุคคล"),
        text(),
        heading(2, "ข้อเสนอแนะ"),
        text(),
        heading(1, "ข้อเสนอแนะ"),
        heading(2, "ต่อไป"),
        heading(1, "อื่น ๆ"),
    ];
    let secret = "## บันทึกภายใน\n\n### ปัญหารายบุคคล\n\nSECRET\n\n### ข้อเสนอแนะ\n\nSECRET\n\n## ข้อเสนอแนะ\n";
    let (lead, _) = report(&styled.concat());
    assert_eq!(lead, format!("## สิ่งที่เกิดขึ้น\n\n{secret}\n### ต่อไป\n\n## อื่น ๆ\n"));
    let plain = [
        bold("รายงาน"),
        bold("1. สิ่งที่เกิดขึ้น"),
        bold("2. บันทึกภายใน"),
        bold("2.1 ปัญหารายบุคคล"),
        text(),
        bold("3. ข้อเสนอแนะ"),
    ];
    let (lead, _) = report(&plain.concat());
    assert!(lead.ends_with("## บันทึกภายใน\n\n### 2.1 ปัญหารายบุคคล\n\nSECRET\n\n## ข้อเสนอแนะ\n"), "{lead}");
    // A line of a paragraph is no heading either, and the section goes on where it is named again.
    let lines = "<w:r><w:t>ก</w:t><w:br/><w:t># ข</w:t></w:r>";
    let again =
        [heading(2, "บันทึกภายใน"), p(lines), heading(2, "บันทึกภายใน (ต่อ)"), text(), heading(2, "บันทึกภานใน"), text()];
    let (lead, said) = report(&again.concat());
    let more = "## บันทึกภายใน\n\nSECRET\n";
    assert_eq!(lead, format!("## บันทึกภายใน\n\nก\\\n\\# ข\n\n{more}\n{more}"), "{said}");
}

#[test]
fn headings_that_a_draft_changes_are_told_and_stamps_stay() {
    let (lead, said) = report(&[heading(2, "ข้อเสนอเเนะ"), p(&r("ก")), heading(2, "สิ่งที่เกิดขั้น")].concat());
    assert_eq!(lead, "## ข้อเสนอแนะ\n\nก\n\n## สิ่งที่เกิดขึ้น\n", "{said}");
    assert!(said.contains("the heading “สิ่งที่เกิดขั้น” is written as “สิ่งที่เกิดขึ้น”"), "{said}");
    for stamped in ["ข้อเสนอแนะลับ", "ข้อเสนอลับ", "ข้อเสนอแนะ (ลับ)", "ข้อเสนอแนะ ร่าง"]
    {
        let (lead, _) = report(&[heading(2, "สิ่งที่เกิดขึ้น"), heading(2, stamped), p(&r("ก"))].concat());
        assert_eq!(lead, format!("## สิ่งที่เกิดขึ้น\n\n## {stamped}\n\nก\n"));
    }
}

#[test]
fn what_was_cut_off_a_picture_does_not_come_along() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let half = image::RgbImage::from_fn(100, 50, |x, _| image::Rgb([if x < 50 { 0 } else { 255 }, 0, 0]));
    let mut png = Cursor::new(Vec::new());
    half.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let shown = |inner: &str, alt: &str| {
        let drawing = format!("<w:r><w:drawing><wp:docPr descr=\"{alt}\"/>{inner}</w:drawing></w:r>");
        let made = made(&portal, "a.docx", &docx_with(&p(&drawing), png.get_ref()), Some("r"));
        let sizes = made.pictures.iter().map(|(_, bytes)| image::load_from_memory(bytes).unwrap().into_rgb8());
        let sizes: Vec<_> = sizes.map(|i| (i.dimensions(), i.pixels().any(|p| p.0[0] > 0))).collect();
        (sizes, made.draft.lead, made.diagnostics)
    };
    let blip = "<a:blip r:embed=\"rId1\"/>";
    for (cut, size) in [
        ("<a:srcRect/>", Some(((100, 50), true))),
        ("<a:srcRect r=\"50000\" b=\"-3000\"/>", Some(((50, 50), false))),
        ("<a:srcRect r=\"50%\" t=\"20%\"/>", Some(((50, 40), false))),
        ("<a:srcRect r=\"half\"/>", None),
        ("<a:srcRect l=\"50000\" r=\"50000\"/>", None),
    ] {
        let (sizes, lead, said) = shown(&format!("{blip}{cut}"), "ภาพ");
        assert_eq!(sizes, size.into_iter().collect::<Vec<_>>(), "{cut}");
        assert_eq!((lead.contains("![ภาพ]"), said.len()), (size.is_some(), usize::from(size.is_none())), "{said:?}");
    }
    let (sizes, ..) = shown("<v:imagedata r:id=\"rId1\" cropright=\"32768f\"/>", "ภาพ");
    assert_eq!(sizes, [((50, 50), false)]);
    // The place of a file is no text for the picture.
    for place in [r"C:\Users\NAME\Desktop\IMG.jpg", "/home/name/a.heic", "file:///a", "IMG_1.JPG"] {
        let (_, lead, said) = shown(blip, place);
        assert!(lead.starts_with("![](r/") && said[0].code.id() == "S505", "{lead} {said:?}");
    }
}
