//! Internal sections: every way to write the heading × what stands under it.

use super::portal::Plant;
use super::{refused, stays_inside};

/// Headings that are the section's own however they are written.
const HEADINGS: [(&str, &str); 15] = [
    ("label", "## บันทึกภายใน"),
    ("english", "## Internal notes"),
    ("case", "## INTERNAL NOTES"),
    ("id", "## อะไรก็ได้ {#secret}"),
    ("colon", "## บันทึกภายใน:"),
    ("spaces", "##  บันทึก  ภายใน "),
    ("number", "## 1. บันทึกภายใน"),
    ("thai number", "## ๑.๒ บันทึกภายใน"),
    ("letter", "## ก) บันทึกภายใน"),
    ("bold", "## **บันทึกภายใน**"),
    ("italic number", "## (2) *บันทึกภายใน*"),
    ("closing marks", "## บันทึกภายใน ##"),
    ("level 3", "### บันทึกภายใน"),
    ("level 1", "# บันทึกภายใน"),
    ("underlined", "บันทึกภายใน\n---"),
];

/// Headings and lines that are nearly so.
const NEAR: [(&str, &str); 33] = [
    ("slip", "## บันทึกภายไน"),
    ("slip in english", "## Internal note"),
    ("with words", "## บันทึกภายใน (Internal notes) ฉบับย่อ"),
    ("behind words", "## ส่วนที่สอง บันทึกภายใน"),
    ("for whom", "## บันทึกภายในสำหรับทีม"),
    ("quotation", "> ## บันทึกภายใน"),
    ("list", "- ## บันทึกภายใน"),
    ("numbered list", "1. ## บันทึกภายใน"),
    ("html", "<h2>บันทึกภายใน</h2>"),
    ("html with more", "<h3 class=\"x\"><b>บันทึกภายใน</b></h3>"),
    ("html of lines", "<h2>\nบันทึกภายใน\n</h2>"),
    ("html in a box", "<div><h2>บันทึกภายใน</h2></div>"),
    ("no space", "##บันทึกภายใน"),
    ("bold line", "**บันทึกภายใน**"),
    ("bold line with a colon", "**บันทึกภายใน:**"),
    ("html bold", "<b>บันทึกภายใน</b>"),
    ("summary", "<details><summary>บันทึกภายใน</summary>"),
    ("id nearly", "## อะไรก็ได้ {#secret-}"),
    ("goes on", "บันทึกภายใน (ต่อ)"),
    ("line with a slip", "Internal note:"),
    ("summary with words", "<details><summary>บันทึกภายใน (คลิก)</summary>"),
    ("stamp behind another name", "## ข้อสังเกต (ใช้ภายใน)"),
    ("stamp", "## ห้ามเผยแพร่"),
    ("called internal", "### หมายเหตุภายใน"),
    ("bold line with a slip", "**บันทึกภายไน:**"),
    ("bold line with words", "**บันทึกภายในของทีม**"),
    ("bold behind words", "สรุป **บันทึกภายไน:** เล่า"),
    ("first word", "## Internal n"),
    ("indented", "    ## บันทึกภายใน"),
    ("called by its id", "## SeCret"),
    ("html with the id", "<h2 id=\"secret\">อะไรก็ได้</h2>"),
    ("anchor with the id", "## อะไรก็ได้ <a id=\"secret\"></a>"),
    ("title of a pair", "[details=\"บันทึกภายใน\"]"),
];

/// What may or may not be meant to end a section, in one.
const ENDS: [(&str, &str); 18] = [
    ("rule below text", "SECRET\n---\n\nSECRET"),
    ("rule below lines", "SECRET\nลงชื่อ ก\n---\n\nSECRET"),
    ("one dash", "SECRET\n-\n\nSECRET"),
    ("equals", "SECRET\n====\n\nSECRET"),
    ("dashes below a day", "5 พ.ค. 2566\n----------\n\nSECRET"),
    ("rule below a cell", "| SECRET |\n---\n\nSECRET"),
    ("rule below a break", "SECRET<br>\n---\n\nSECRET"),
    ("rule below hashes", "##SECRET\n---\n\nSECRET"),
    ("empty heading", "##\n\nSECRET"),
    ("heading of a dash", "## -\n\nSECRET"),
    ("heading of a comment", "## <!-- ก -->\n\nSECRET"),
    ("heading in a fold", "<details>\n<summary>ก</summary>\n\n## ข\n\nSECRET\n\n</details>\n\nSECRET"),
    (
        "heading in an open element",
        "<div>\n<details>\n\n## ข\n\nSECRET\n\n</div>\n\nSECRET\n\n<details>\n\n# ง\n\nSECRET",
    ),
    ("heading in a formula", "$$\n\n## ข\n\nSECRET\n\n$$\n\nSECRET"),
    ("heading in an open box", ":::note\n\n## ข\n\nSECRET"),
    ("heading in a box with an id", "::: {#fig-1}\n\n## ข\n\nSECRET\n\n:::\n\nSECRET"),
    ("heading in a box of any name", "/// กล่อง\n\n## ข\n\nSECRET\n\n///\n\nSECRET"),
    ("heading in elements", "<section>\n<p>\n\n## ข\n\nSECRET\n\n</section>\n\nSECRET"),
];

/// What stands under the heading.
const CONTENTS: [(&str, &str); 10] = [
    ("text", "SECRET"),
    ("deeper heading", "#### SECRET\n\nSECRET"),
    ("table", "| ก |\n| --- |\n| SECRET |"),
    ("picture", "![SECRET](SECRET.svg)"),
    ("file", "[SECRET](SECRET.txt)"),
    ("note", "ก[^1]"),
    ("quotation with a heading", "> # SECRET\n>\n> SECRET"),
    ("html heading", "<h2>SECRET</h2>\n\nSECRET"),
    ("rule", "SECRET\n\n---\n\nSECRET\n\n- SECRET\n---\n\nSECRET"),
    ("fold", "<details>\n<summary>SECRET</summary>\n\nSECRET\n\n</details>\n\nSECRET"),
];

fn page(heading: &str, content: &str) -> String {
    format!(
        "+++\ntitle = \"ก\"\n+++\n# บท\n\n## เกิดอะไรขึ้น\n\nเล่า\n\n{heading}\n\n{content}\n\n# จบ\n\nจบ\n\n[^1]: SECRET\n"
    )
}

fn files(content: &str) -> Vec<(&'static str, &'static str)> {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"><title>SECRET</title></svg>";
    match content.contains("SECRET.") {
        true => vec![("content/notes/SECRET.svg", svg), ("content/notes/SECRET.txt", "SECRET")],
        false => Vec::new(),
    }
}

/// Every heading × every content.
pub fn plants() -> Vec<Plant> {
    let mut plants = Vec::new();
    for (h, (way, heading)) in HEADINGS.into_iter().enumerate() {
        for (c, (place, content)) in CONTENTS.into_iter().enumerate() {
            // A level of its own or above ends the section.
            let page = page(heading, content);
            let page = if way == "level 1" { page.replace("# จบ\n\nจบ\n", "") } else { page };
            let path = format!("content/notes/s{h}-{c}.md");
            let mut all = vec![(path.as_str(), page.as_str())];
            all.extend(files(content));
            plants.push(Plant::new(format!("{way}: {place}"), &all));
        }
    }
    let listed = "+++\ntitle = \"ก\"\ninternal_sections = [\"next\", \"เรื่องของเรา\"]\n+++\n## ขั้นต่อไป\n\nSECRET\n\n## 3. เรื่องของเรา!\n\nSECRET\n";
    plants.push(Plant::new("listed", &[("content/notes/listed.md", listed)]));
    let english = "+++\ntitle = \"a\"\n+++\n## Next steps\n\nSECRET\n";
    let thai = "+++\ntitle = \"ก\"\ninternal_sections = [\"ขั้นต่อไป\"]\n+++\n## ขั้นต่อไป\n\nSECRET\n";
    plants.push(Plant::new("translated", &[("content/notes/st.en.md", english), ("content/notes/st.md", thai)]));
    let plain = "# หน้า\n\nเล่า\n\n## บันทึกภายใน\n\nSECRET\n";
    plants.push(Plant::new("page without front matter", &[("content/notes/readme.md", plain)]));
    let titled = "---\ninternal_sections: [sala-title]\n---\n# SECRET {#sala-title}\n\nSECRET\n\n# เปิด\n\nเล่า\n";
    plants.push(Plant::new("title of a page", &[("content/pages/titled.md", titled)]));
    plants
}

/// Every heading that is nearly one, each with text under it.
pub fn doubtful() -> Vec<Plant> {
    let near = NEAR.into_iter().enumerate().map(|(h, (way, heading))| {
        Plant::new(format!("nearly: {way}"), &[(&format!("content/notes/d{h}.md"), &page(heading, "SECRET"))])
    });
    let ends = ENDS.into_iter().enumerate().map(|(n, (way, content))| {
        let page = page("## บันทึกภายใน", content);
        Plant::new(format!("perhaps ended: {way}"), &[(&format!("content/notes/e{n}.md"), &page)])
    });
    near.chain(ends).collect()
}

#[test]
fn internal_sections_stay_inside() {
    stays_inside(&plants(), "sections");
}

#[test]
fn what_is_nearly_an_internal_section_is_cut_and_an_error() {
    refused(&doubtful(), "S510", "sections");
}

/// A translation that does not say which of its headings is the hidden one is not published.
#[test]
fn a_translation_names_its_internal_sections() {
    let english = "+++\ntitle = \"a\"\n+++\n## Our own matters\n\nSECRET\n";
    let thai = "+++\ntitle = \"ก\"\ninternal_sections = [\"เรื่องของเรา\"]\n+++\n## เรื่องของเรา\n\nSECRET\n";
    let files = [("content/notes/st.en.md", english), ("content/notes/st.md", thai)];
    refused(&[Plant::new("translated alone", &files)], "S314", "translations");
    let named = english.replacen("+++\n", "+++\ninternal_sections = [\"our-own-matters\"]\n", 1);
    stays_inside(&[Plant::new("translated", &[("content/notes/st.en.md", &named), files[1]])], "translations");
    let thai = "+++\ntitle = \"ก\"\n+++\n## เกิดอะไรขึ้น\n\nเล่า\n\n## บันทึกภายใน\n\nSECRET\n";
    for title in ["**Our own matters**", "__Our own matters__:"] {
        let english = format!("+++\ntitle = \"a\"\n+++\nIt began.\n\n{title}\n\nSECRET\n");
        let files = [("content/notes/st.en.md", &*english), ("content/notes/st.md", thai)];
        refused(&[Plant::new(title, &files)], "S314", "titles of translations");
    }
    let short = "+++\ntitle = \"a\"\n+++\nIt began.\n";
    stays_inside(
        &[Plant::new("left out", &[("content/notes/st.en.md", short), ("content/notes/st.md", thai)])],
        "left out",
    );
}
