//! Views of the data on a small portal of their own.

use crate::fixture::Portal;

/// Reviews with lessons of a topic, and what became of earlier lessons.
pub const REVIEW: &str = r#"
[[field]]
id = "team"
type = "text"
label = { th = "ทีม", en = "Team" }
[[field]]
id = "lessons"
type = "table"
label = { th = "บทเรียน", en = "Lessons" }
[[field.column]]
id = "say"
type = "text"
label = { th = "ข้อเสนอ", en = "Advice" }
[[field.column]]
id = "topic"
type = "term"
vocabulary = "topic"
label = { th = "หมวด", en = "Topic" }
[[field]]
id = "earlier"
type = "table"
label = { th = "บทเรียนเดิม", en = "Earlier" }
[[field.column]]
id = "say"
type = "text"
label = { th = "ข้อเสนอ", en = "Advice" }
[[field.column]]
id = "became"
type = "term"
vocabulary = "became"
label = { th = "ผล", en = "Became" }
[[field.column]]
id = "topic"
type = "term"
vocabulary = "topic"
label = { th = "หมวด", en = "Topic" }
"#;

pub fn vocabulary(id: &str, terms: [&str; 2]) -> String {
    let term = |t: &str| format!("[[term]]\nid = \"{t}\"\nlabel = {{ th = \"คำ-{t}\", en = \"{t}\" }}\n");
    format!("id = \"{id}\"\nlabel = {{ th = \"{id}\", en = \"{id}\" }}\n{}{}", term(terms[0]), term(terms[1]))
}

/// A lesson that did not hold stands as a counter-example of its own topic; one that was merely not used is none.
#[test]
fn counter_examples_stand_with_their_topic() {
    let query = "view = \"across\"\nkind = \"review\"\nrows = \"lessons.topic\"\ntext = \"lessons.say\"\nacross = \"team\"\n\
                 counter = \"earlier.became\"\ncounter_is = [\"refuted\"]\ncounter_rows = \"earlier.topic\"\n";
    let portal = Portal::new()
        .kind("review", REVIEW)
        .file("content/_schema/vocabularies/topic.toml", vocabulary("topic", ["time", "tools"]))
        .file("content/_schema/vocabularies/became.toml", vocabulary("became", ["refuted", "unused"]))
        .file(
            "content/reviews/one.md",
            "+++\ntitle = \"หนึ่ง\"\nteam = \"ก\"\n[[lessons]]\nsay = \"เริ่มเร็ว\"\ntopic = \"time\"\n\
             [[lessons]]\nsay = \"ใช้ของร่วม\"\ntopic = \"tools\"\n+++\n",
        )
        .file(
            "content/reviews/two.md",
            "+++\ntitle = \"สอง\"\nteam = \"ข\"\n\
             [[earlier]]\nsay = \"ของร่วมหายไป\"\nbecame = \"refuted\"\ntopic = \"tools\"\n\
             [[earlier]]\nsay = \"ไม่ได้ลอง\"\nbecame = \"unused\"\ntopic = \"time\"\n+++\n",
        )
        .file("content/summary.md", format!("# สรุป\n\n```query\n{query}```\n"));
    portal.done("build -o out");
    let page = portal.read("out/summary.html").expect("the page");
    let (_, table) = page.split_once("<table").expect("a table");
    let (table, _) = table.split_once("</table>").expect("its end");
    let row = |label: &str| table.split("<tr").find(|r| r.contains(label)).expect("a row").to_owned();
    assert!(row("คำ-tools").contains("ของร่วมหายไป") && row("คำ-tools").contains("ใช้ของร่วม"), "{table}");
    assert!(row("คำ-time").contains("เริ่มเร็ว") && !row("คำ-time").contains("ของร่วมหายไป"), "{table}");
    assert!(!table.contains("ไม่ได้ลอง"), "{table}");
}

/// Places with a table that is drawn: one chart for each unit, the target as a mark, the map as a list of links.
#[test]
fn tables_are_drawn_and_places_are_on_the_map() {
    let kind = r#"
[[field]]
id = "place"
type = "term"
vocabulary = "place"
facet = true
label = { th = "ที่", en = "Place" }
[[field]]
id = "results"
type = "table"
chart = { label = ["what"], before = "before", value = "after", goal = "goal", unit = "unit" }
label = { th = "ผล", en = "Results" }
[[field.column]]
id = "what"
type = "text"
label = { th = "อะไร", en = "What" }
[[field.column]]
id = "before"
type = "decimal"
label = { th = "ก่อน", en = "Before" }
[[field.column]]
id = "after"
type = "decimal"
label = { th = "หลัง", en = "After" }
[[field.column]]
id = "goal"
type = "decimal"
label = { th = "เป้า", en = "Goal" }
[[field.column]]
id = "unit"
type = "text"
label = { th = "หน่วย", en = "Unit" }
"#;
    let places = "id = \"place\"\nlabel = { th = \"ที่\", en = \"Place\" }\n\
                  [[term]]\nid = \"north\"\nlabel = { th = \"เหนือ\", en = \"North\" }\n\
                  tile = { column = 2, row = 1, mark = { th = \"หน\", en = \"N\" } }\n\
                  [[term]]\nid = \"south\"\nlabel = { th = \"ใต้\", en = \"South\" }\n\
                  tile = { column = 1, row = 3, mark = { th = \"ตต\", en = \"S\" } }\n";
    let rows = "[[results]]\nwhat = \"อ่านคล่อง\"\nbefore = 40\nafter = 80\ngoal = 60\nunit = \"ร้อยละ\"\n\
                [[results]]\nwhat = \"คำ\"\nafter = 250\nunit = \"คำ\"\n";
    let portal = Portal::new()
        .kind("trial", kind)
        .file("content/_schema/vocabularies/place.toml", places)
        .file("content/trials/one.md", format!("+++\ntitle = \"หนึ่ง\"\nplace = \"south\"\n{rows}+++\n"))
        .file("content/trials/two.md", "+++\ntitle = \"สอง\"\n+++\n")
        .kind("plan", &kind.replace("[[field]]\nid = \"results\"", "[[field]]\nid = \"sums\""))
        .file("content/plans/three.md", "+++\ntitle = \"สาม\"\n+++\n")
        .file("content/none.md", "# ไม่มี\n\n```query\nview = \"map\"\nkind = \"plan\"\nrows = \"place\"\n```\n")
        .file("content/where.md", "# ที่ใด\n\n```query\nview = \"map\"\nkind = \"trial\"\nrows = \"place\"\n```\n");
    portal.done("build -o out");
    let page = portal.read("out/trials/one.html").expect("the page");
    assert_eq!(page.matches("<div class=\"chart\">").count(), 2, "a chart for each unit");
    assert!(page.contains("width=\"80%\"") && page.contains("width=\"40%\""), "after and before on one scale");
    assert!(page.contains("x1=\"60%\" x2=\"60%\""), "the target is a mark");
    assert!(page.contains("class=\"locator\"") && page.contains("<path class=\"here\" d=\"M0 20h9v9h-9z\"/>"));
    let map = portal.read("out/where.html").expect("the page");
    assert!(map.contains("<li class=\"x1 y3 n4\">") && map.contains("<li class=\"x2 y1 n0\">"), "{map}");
    assert!(map.contains("trials/by/place/south.html"), "a tile leads to its list");
    assert!(map.contains("อีก 1 รายการไม่ระบุที่"), "what has no place is said");
    assert!(!portal.read("out/none.html").expect("the page").contains("<li class=\"x"), "no map of noughts alone");
}

#[test]
fn what_is_written_is_shown_and_years_say_how_they_are_read() {
    let field =
        |id: &str, ty: &str, label: &str| format!("[[field]]\nid = \"{id}\"\ntype = \"{ty}\"\nlabel = \"{label}\"\n");
    let kind = [
        field("work", "text", "งาน"),
        field("year", "academic-year", "ปีการศึกษา"),
        field("cost", "money", "ราคา"),
        field("share", "percent", "ส่วน"),
        field("founded", "year", "ก่อตั้ง"),
    ];
    let query = |rest: &str| format!("```query\nkind = \"plan\"\n{rest}\n```\n\n");
    let about = query("view = \"table\"\ncolumns = [\"work\", \"year\"]")
        + &query("view = \"bars\"\nrows = \"cost\"")
        + &query("view = \"bars\"\nrows = \"share\"");
    let portal = Portal::new()
        .kind("plan", &kind.concat())
        .file("content/about.md", format!("# สรุป\n\n{about}"))
        .file(
            "content/plans/a.md",
            "+++\ntitle = \"ก\"\nwork = \"งาน 0 แห่ง\"\nyear = 2566\ncost = 1234.5\nshare = 12.5\nfounded = 1893\n+++\n",
        )
        .file("content/plans/b.md", "+++\ntitle = \"ข\"\nyear = 2566\ncost = 234\nfounded = \"พ.ศ. 2112\"\n+++\n");
    let told = portal.done("build --no-search --lang en");
    assert!(told.contains("warning[S305]") && told.contains("read as C.E. 1893 (B.E. 2436)"), "{told}");
    assert_eq!(told.matches("S305").count(), 1, "{told}");
    let page = portal.read("public/about.html").expect("a page").replace('\u{a0}', " ");
    assert!(page.contains("งาน <span class=\"nb s\">0 แห่ง</span>") && !page.contains("ปีการศึกษา 2566"), "{page}");
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(place("234 บาท") < place("1,234.5 บาท") && place("12.5%") > 0);
    assert!(portal.read("public/plans/b.html").expect("a page").contains("2112"));
}
