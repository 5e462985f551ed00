//! Views of the data on a small portal of their own.

use crate::fixture::Portal;

/// Reviews with lessons of a topic, and what became of earlier lessons.
const REVIEW: &str = r#"
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

fn vocabulary(id: &str, terms: [&str; 2]) -> String {
    let term = |t: &str| format!("[[term]]\nid = \"{t}\"\nlabel = {{ th = \"คำ-{t}\", en = \"{t}\" }}\n");
    format!("id = \"{id}\"\nlabel = {{ th = \"{id}\", en = \"{id}\" }}\n{}{}", term(terms[0]), term(terms[1]))
}

/// A lesson that did not hold stands as a counter-example of its own topic; one that was merely not used is none.
#[test]
fn counter_examples_stand_with_their_topic() {
    let query = "view = \"seen\"\nkind = \"review\"\nrows = \"lessons.topic\"\ntext = \"lessons.say\"\nacross = \"team\"\n\
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
