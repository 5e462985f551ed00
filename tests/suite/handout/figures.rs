//! Figures on paper say what they say on the page: title, year, day, unit and note.

use super::*;
use crate::fixture::Portal;

const ITEM: &str = r#"
[[field]]
id = "group"
type = "ref"
kinds = ["group"]
label = { th = "กลุ่ม", en = "Group" }
[[field]]
id = "year"
type = "fiscal-year"
label = { th = "ปี", en = "Year" }
[[field]]
id = "goals"
type = "table"
label = { th = "เป้า", en = "Goals" }
[[field.column]]
id = "what"
type = "text"
label = { th = "อะไร", en = "What" }
[[field.column]]
id = "goal"
type = "decimal"
label = { th = "ตั้ง", en = "Goal" }
[[field.column]]
id = "value"
type = "decimal"
label = { th = "ได้", en = "Value" }
[[field.column]]
id = "unit"
type = "text"
label = { th = "หน่วย", en = "Unit" }
"#;

#[test]
fn figures_on_paper_keep_what_says_what_they_mean() {
    let query = |text: &str| format!("```query\n{text}```\n\n");
    let body = [
        query("view = \"list\"\nkind = \"item\"\ntitle = \"รายการทั้งหมด\"\nnote = \"หมายเหตุรายการ\"\n"),
        query("view = \"count\"\nkind = \"item\"\ntitle = \"นับแล้ว\"\nnote = \"หมายเหตุนับ\"\n"),
        query("view = \"bars\"\nkind = \"item\"\nrows = \"year\"\ntitle = \"รายปี\"\nnote = \"หมายเหตุแท่ง\"\n"),
        query(
            "view = \"coverage\"\nsubjects = \"group\"\nyear = 2565\ntitle = \"ความครบ\"\n[[checks]]\nkind = \"item\"\nby = \"group\"\n\
             label = { th = \"มี\", en = \"Has\" }\n",
        ),
        query(
            "view = \"targets\"\nkind = \"item\"\ntable = \"goals\"\nname = \"what\"\ntarget = \"goal\"\nactual = \"value\"\nunit = \"unit\"\n",
        ),
    ];
    let item = "+++\ntitle = \"หนึ่ง\"\nillustrative = true\ngroup = \"g1\"\nyear = 2565\n\
                [[goals]]\nwhat = \"อบรม\"\ngoal = 10\nvalue = 5\nunit = \"หลักสูตร\"\n\
                [[goals]]\nwhat = \"ผ่าน\"\ngoal = 50\nvalue = 60\nunit = \"ร้อยละ\"\n+++\n";
    let portal = Portal::new()
        .kind("item", ITEM)
        .kind("group", "")
        .kind("report", "")
        .file("content/_schema/print/sheet.toml", "label = \"Sheet\"\nkinds = [\"report\"]\nbuild = true\n")
        .file("content/items/i1.md", item)
        .file("content/groups/g1.md", "+++\ntitle = \"กลุ่มหนึ่ง\"\n+++\n")
        .file("content/reports/r1.md", format!("+++\ntitle = \"รายงาน\"\n+++\n\n{}", body.concat()));
    portal.done("build -o out");
    let pdf = std::fs::read(portal.path("out/handouts/r1.pdf")).expect("a PDF");
    let Some(text) = poppler("pdftotext", &["-raw"], &pdf) else { return };
    let flat: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let page = portal.read("out/reports/r1.html").expect("the page");
    for (part, on_page) in [
        ("รายการทั้งหมด", true),
        ("หมายเหตุรายการ", true),
        ("หนึ่ง(ตัวอย่างสมมติ)", false),
        ("หมายเหตุนับ·ทุกรายการเป็นตัวอย่างสมมติ", false),
        ("หมายเหตุแท่ง", true),
        ("ปี2565", false),
        ("อบรม(หลักสูตร)", false),
        ("ผ่าน(ร้อยละ)", false),
        ("ถึงเป้าหมาย1จาก2รายการ", false),
    ] {
        assert!(flat.contains(part), "{part}: {text}");
        assert!(!on_page || page.contains(part), "{part}: {page}");
    }
}

/// What has no room as a table stands as cards, whose first cell has its heading too.
#[test]
fn cards_of_a_table_have_the_heading_of_every_column() {
    if !crate::tools::has("pdftotext") {
        return crate::tools::skip("cards_of_a_table", "pdftotext is not installed");
    }
    let cells = |text: &str| (0..14).map(|n| format!("\"{text}{n}{}\"", "x".repeat(14))).collect::<Vec<_>>().join(", ");
    let table = format!("#show: sheet.with(footer: none)\n#data-table(({}), (({}),))", cells("head"), cells("cell"));
    let (words, _) = super::layout::planted(&table);
    let said: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
    for n in [0, 13] {
        let head = format!("head{n}{}", "x".repeat(14));
        assert!(said.iter().any(|word| word.trim_end_matches(':') == head), "{said:?}");
    }
}
