//! What a page shows stays what it is in everything that is plain text, and on paper: description, data files, twin, search.

use crate::fixture::Portal;
use crate::tools;

const KIND: &str = r#"
[[section]]
id = "how"
label = "วิธี"
[[field]]
id = "md"
type = "markdown"
label = "เอ็มดี"
[[field]]
id = "nums"
type = "decimal"
many = true
label = "เลขหลายตัว"
unit = "กก."
[[field]]
id = "tab"
type = "table"
label = "ตาราง"
[[field.column]]
id = "name"
type = "text"
label = "ชื่อ"
[[field.column]]
id = "far"
type = "decimal"
label = "ระยะ"
unit = "กม."
[[field.column]]
id = "cost"
type = "money"
label = "ราคา"
"#;

const ITEM: &str = r#"+++
title = "หนึ่ง"
nums = [1.5, 2000]
md = """
- ครู 5
  - 3 คน

| หัวก | หัวข |
|---|---|
| เซล 10^2^ | เซลข |

<p>ย่อหน้าในฟิลด์</p>
"""
[[tab]]
name = "ก"
far = 12.5
cost = 1500
+++
พื้นที่ 10^2^ และ 3<sup>4</sup> หน่วย สูตร $\frac{1}{2}$ และ 2<br>3 คน

- รายการ 71
  - 72 ย่อย

## วิธี

<table><tr><th>หัวตาราง</th></tr><tr><td>ช่องตาราง</td></tr></table>

<details><summary>หัวพับ 41</summary>42 ในพับ</details>
"#;

fn portal() -> Portal {
    let product = "label = \"ใบ\"\nkinds = [\"item\"]\nbuild = true\npapers = [\"a4\"]\n";
    let portal = Portal::new().kind("item", KIND).file("content/items/one.md", ITEM);
    let settings = portal.read("portal.toml").expect("settings") + "[build]\nmarkdown = true\n";
    portal.file("portal.toml", settings).file("content/_schema/print/sheet.toml", product)
}

#[test]
fn numbers_are_those_of_the_page_wherever_they_stand() {
    let portal = portal();
    portal.done("build");
    let page = portal.read("public/items/one.html").expect("a page");
    let said = "พื้นที่ 10² และ 3⁴ หน่วย สูตร 1/2 และ 2 3 คน รายการ 71 72 ย่อย";
    assert!(page.contains(&format!("<meta name=\"description\" content=\"{said}")), "{page}");
    assert!(page.contains("ระยะ (กม.)") && page.contains("ราคา (บาท)"), "{page}");
    let twin = portal.read("public/items/one.html.md").expect("a twin");
    assert!(twin.contains("10² และ 3⁴ หน่วย สูตร 1/2 และ 2"), "{twin}");
    let table = portal.read("public/data/item.csv").expect("a table");
    assert!(table.contains("ครู 5 3 คน หัวก หัวข เซล 10² เซลข ย่อหน้าในฟิลด์"), "{table}");
    let found = portal.done("search หัวพับ --json");
    assert!(found.contains("41\\n42 ในพับ"), "{found}");
}

#[test]
fn a_sheet_prints_html_and_fields_as_the_page_shows_them() {
    if !tools::has("pdftotext") {
        return tools::skip("a_sheet_prints_html_and_fields", "pdftotext is not installed");
    }
    let portal = portal();
    portal.done("build");
    let file = portal.path("public/handouts/one.pdf");
    let output =
        std::process::Command::new("pdftotext").args(["-layout"]).arg(file).arg("-").output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for said in ["หัวตาราง", "ช่องตาราง", "หัวพับ 41", "42 ในพับ", "ย่อหน้าในฟิลด์", "กก.", "ระยะ (กม.)", "ราคา (บาท)"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    // A list and its items have lines of their own, and so have rows.
    let line =
        |said: &str| text.lines().position(|line| line.contains(said)).unwrap_or_else(|| panic!("{said}: {text}"));
    assert!(line("• ครู 5") < line("• 3 คน") && line("หัวก") < line("เซลข"), "{text}");
}

#[test]
fn a_note_that_a_heading_cites_stands_in_its_section() {
    let body = "## วิธี[^a]\n\nเนื้อหา\n\n[^a]: QZQจากหัวข้อ\n";
    let portal =
        Portal::new().kind("item", KIND).file("content/items/one.md", format!("+++\ntitle = \"หนึ่ง\"\n+++\n{body}"));
    portal.done("build --no-search");
    let page = portal.read("public/items/one.html").expect("a page");
    assert!(page.contains("QZQจากหัวข้อ") && page.contains("class=\"footnote-ref\""), "{page}");
}

/// Headings of one section, in its words and by its id, and one with its anchor: none takes the place of the other.
#[test]
fn no_section_takes_the_place_of_another_on_page_sheet_and_in_search() {
    let kind = "[[section]]\nid = \"lessons\"\nlabel = { th = \"บทเรียน\", en = \"What was learnt\" }\n";
    let product = "label = \"ใบ\"\nkinds = [\"item\"]\nbuild = true\npapers = [\"a4\"]\n";
    let body = "## Lessons\n\nQZQONE\n\n## บทเรียน\n\nQZQTWO\n\n## lessons\n\nQZQTHREE\n";
    let portal = Portal::new()
        .kind("item", kind)
        .file("content/items/one.md", format!("+++\ntitle = \"หนึ่ง\"\n+++\n{body}"))
        .file("content/_schema/print/sheet.toml", product);
    portal.done("build");
    let page = portal.read("public/items/one.html").expect("a page");
    let words = ["QZQONE", "QZQTWO", "QZQTHREE"];
    for word in words {
        assert!(page.contains(word), "{word}: {page}");
        assert!(portal.run(&format!("search {word} --json")).contains("one"), "{word}");
    }
    assert_eq!(page.matches(" id=\"lessons\"").count(), 1, "{page}");
    if tools::has("pdftotext") {
        let file = portal.path("public/handouts/one.pdf");
        let output = std::process::Command::new("pdftotext").arg(file).arg("-").output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    }
}
