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

/// Work with a day, notes with a day, and a report with a day and a year of its own.
const WORK: &str = r#"
[[field]]
id = "team"
type = "text"
label = { th = "ทีม", en = "Team" }
[[field]]
id = "todo"
type = "table"
chart = { label = ["say"], when = "due" }
label = { th = "งาน", en = "Work" }
[[field.column]]
id = "say"
type = "text"
label = { th = "งาน", en = "Work" }
[[field.column]]
id = "due"
type = "date"
label = { th = "กำหนด", en = "Due" }
[[field.column]]
id = "state"
type = "term"
vocabulary = "state"
label = { th = "สถานะ", en = "State" }
[[field]]
id = "steps"
type = "table"
label = { th = "ขั้น", en = "Steps" }
[[field.column]]
id = "step"
type = "text"
label = { th = "ขั้น", en = "Step" }
[[field.column]]
id = "year"
type = "fiscal-year"
label = { th = "ปี", en = "Year" }
[[field]]
id = "takers"
type = "table"
label = { th = "ผู้รับไปใช้", en = "Taken up by" }
[[field.column]]
id = "team"
type = "ref"
kinds = ["group"]
label = { th = "กลุ่ม", en = "Group" }
[[field.column]]
id = "school"
type = "ref"
kinds = ["group"]
label = { th = "แห่ง", en = "Place" }
[[field.column]]
id = "year"
type = "fiscal-year"
label = { th = "ปี", en = "Year" }
[[field.column]]
id = "state"
type = "term"
vocabulary = "state"
label = { th = "สถานะ", en = "State" }
"#;

const REPORT: &str = r#"
[[field]]
id = "cutoff"
type = "date"
label = { th = "ถึงวันที่", en = "Until" }
"#;

fn row_of(page: &str, label: &str) -> String {
    page.split("<tr").find(|row| row.contains(label)).unwrap_or_else(|| panic!("no row {label}: {page}")).to_owned()
}

/// The text of a row, without its marks of line ends.
fn plain(row: &str) -> String {
    row.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

fn work() -> Portal {
    let todo = |say: &str, due: &str| format!("[[todo]]\nsay = \"{say}\"\ndue = {due}\nstate = \"open\"\n");
    let taker = |team: &str, school: &str, state: &str| {
        let school = if school.is_empty() { String::new() } else { format!("school = \"{school}\"\n") };
        format!("[[takers]]\nteam = \"{team}\"\n{school}year = 2565\nstate = \"{state}\"\n")
    };
    let one = [
        "+++\ntitle = \"หนึ่ง\"\n".to_owned(),
        todo("งานปลาย", "2566-06-30"),
        todo("งานต้น", "2566-01-05"),
        todo("งานกลาง", "2566-01-31"),
        taker("g1", "g2", "done"),
        taker("g3", "", "open"),
        "+++\n".to_owned(),
    ];
    let query = |text: &str| format!("\n```query\n{text}```\n");
    let open =
        "view = \"open\"\nkind = \"job\"\ntable = \"todo\"\nstatus = \"state\"\ndone = [\"done\"]\ndue = \"due\"\n";
    let rows = "view = \"rows\"\nkind = \"job\"\ntable = \"todo\"\ncolumns = [\"say\", \"due\"]\n\
                where = { \"todo.due\" = \"..@cutoff\" }\ntitle = \"ถึงวันนั้น\"\n";
    let spread = "view = \"progress\"\nkind = \"job\"\nhistory = \"steps\"\nstep = \"step\"\nuptake = \"takers\"\n\
                  by_year = \"year\"\nstatus = \"state\"\ndone = [\"done\"]\n";
    let report = |queries: &[&str]| {
        let queries: String = queries.iter().map(|q| query(q)).collect();
        format!("+++\ntitle = \"รายงาน\"\ncutoff = 2566-01-10\n+++\n## ข้อมูล\n{queries}")
    };
    Portal::new()
        .kind("job", WORK)
        .kind("group", "")
        .kind("report", REPORT)
        .file("content/_schema/vocabularies/state.toml", vocabulary("state", ["open", "done"]))
        .file("content/jobs/one.md", one.concat())
        .file("content/groups/g1.md", "+++\ntitle = \"กลุ่มหนึ่ง\"\n+++\n")
        .file("content/groups/g2.md", "+++\ntitle = \"แห่งสอง\"\n+++\n")
        .file("content/groups/g3.md", "+++\ntitle = \"กลุ่มสาม\"\n+++\n")
        .file("content/reports/now.md", report(&[open]))
        .file("content/reports/then.md", report(&[&format!("{open}judged_on = \"@cutoff\"\n"), rows]))
        .file("content/reports/spread.md", report(&[spread]))
        .file("content/reports/count.md", report(&[]) + "\nนับได้ [1](count:job/todo?todo.due=..@cutoff)\n")
}

/// What is overdue is judged on the report's own day, which the figure says; what is noted later is not in it.
#[test]
fn a_report_looks_from_its_own_day() {
    let portal = work();
    portal.done("build -o out");
    let read = |name: &str| portal.read(&format!("out/reports/{name}.html")).expect("the page");
    assert!(read("now").contains("เลยกำหนด 3 (ณ 15 สิงหาคม 2566)"), "{}", read("now"));
    let then = read("then");
    assert!(then.contains("เลยกำหนด 1 (ณ 10 มกราคม 2566)"), "{then}");
    let (_, rows) = then.split_once("ถึงวันนั้น").expect("the second figure");
    assert!(rows.contains("งานต้น") && !rows.contains("งานกลาง"), "{rows}");
}

/// A row of who took it up is one, whatever it names; without the status that counts it is named and not counted.
#[test]
fn only_who_took_it_up_is_counted() {
    let portal = work();
    portal.done("build -o out");
    let page = portal.read("out/reports/spread.html").expect("the page");
    assert!(page.contains("ผู้รับไปใช้ (คำ-done) รวม 1"), "{page}");
    let row = row_of(&page, "หนึ่ง</a></th>");
    assert!(row.contains(">1<") && row.contains("กลุ่มหนึ่ง · แห่งสอง (2565: คำ-done)"), "{row}");
    assert!(row.contains("กลุ่มสาม (2565: คำ-open)"), "{row}");
}

/// Numbers of samples alone say that they are samples, wherever they stand; one page that is none, and they do not.
#[test]
fn figures_of_samples_alone_say_so() {
    let invented =
        |title: &str, made_up: bool| format!("+++\ntitle = \"{title}\"\nillustrative = {made_up}\nteam = \"ก\"\n+++\n");
    let portal = Portal::new()
        .kind("job", WORK)
        .kind("group", "")
        .file("content/_schema/vocabularies/state.toml", vocabulary("state", ["open", "done"]))
        .file("content/jobs/one.md", invented("หนึ่ง", true))
        .file("content/sum.md", "# สรุป\n\n```query\nview = \"table\"\nkind = \"job\"\ncolumns = [\"team\"]\n```\n");
    portal.done("build -o out");
    let told = "ทุกรายการเป็นตัวอย่างสมมติ";
    assert!(portal.read("out/sum.html").expect("the page").contains(told));
    portal.write("content/jobs/two.md", invented("สอง", false));
    portal.done("build -o out");
    assert!(!portal.read("out/sum.html").expect("the page").contains(told));
}

/// A time line runs forwards, in whatever order its rows were written.
#[test]
fn a_time_line_runs_forwards() {
    let portal = work();
    portal.done("build -o out");
    let page = portal.read("out/jobs/one.html").expect("the page");
    let (_, line) = page.split_once("<ol class=\"time\">").expect("a time line");
    let at = |say: &str| line.find(say).unwrap_or_else(|| panic!("{say}: {line}"));
    assert!(at("งานต้น") < at("งานกลาง") && at("งานกลาง") < at("งานปลาย"), "{line}");
}

/// “In so many of so many”: of all groups with any entry, also where one category alone is shown.
#[test]
fn the_share_of_groups_is_of_all_groups() {
    let query = "view = \"across\"\nkind = \"review\"\nrows = \"lessons.topic\"\ntext = \"lessons.say\"\nacross = \"team\"\n\
                 only = \"tools\"\n";
    let review = |team: &str, topic: &str| {
        format!(
            "+++\ntitle = \"{team}\"\nteam = \"{team}\"\n[[lessons]]\nsay = \"ข้อ {team}\"\ntopic = \"{topic}\"\n+++\n"
        )
    };
    let portal = Portal::new()
        .kind("review", REVIEW)
        .file("content/_schema/vocabularies/topic.toml", vocabulary("topic", ["time", "tools"]))
        .file("content/_schema/vocabularies/became.toml", vocabulary("became", ["refuted", "unused"]))
        .file("content/reviews/one.md", review("ก", "tools"))
        .file("content/reviews/two.md", review("ข", "time"))
        .file("content/reviews/three.md", review("ค", "time"))
        .file("content/summary.md", format!("# สรุป\n\n```query\n{query}```\n"));
    portal.done("build -o out");
    let page = portal.read("out/summary.html").expect("the page");
    assert!(row_of(&page, "คำ-tools").contains("1 จาก 3"), "{page}");
    assert!(!page.contains("ข้อ ข"), "one category alone");
}

const DUTY: &str = r#"
[[field]]
id = "often"
type = "term"
vocabulary = "often"
label = { th = "ความถี่", en = "How often" }
[[field]]
id = "shows"
type = "text"
label = { th = "ชนิดที่นับ", en = "Kind" }
[[field]]
id = "whose"
type = "text"
label = { th = "ช่องเจ้าของ", en = "Field" }
"#;

const RECORD: &str = r#"
[[field]]
id = "group"
type = "ref"
kinds = ["group"]
label = { th = "กลุ่ม", en = "Group" }
[[field]]
id = "fiscal_year"
type = "fiscal-year"
label = { th = "ปี", en = "Year" }
"#;

/// What is done once counts by a record of any year; what comes back by one of the year, and the cell says which.
#[test]
fn a_duty_done_once_counts_its_record_of_any_year() {
    let duty = |title: &str, often: &str| {
        format!("+++\ntitle = \"{title}\"\noften = \"{often}\"\nshows = \"record\"\nwhose = \"group\"\n+++\n")
    };
    let query = "view = \"due\"\nkind = \"duty\"\nsubjects = \"group\"\n[register]\nfrequency = \"often\"\n\
                 once = [\"once\"]\nyearly = [\"yearly\"]\nkind = \"shows\"\nby = \"whose\"\n";
    let portal = Portal::new()
        .kind("group", "")
        .kind("duty", DUTY)
        .kind("record", RECORD)
        .file("content/_schema/vocabularies/often.toml", vocabulary("often", ["once", "yearly"]))
        .file("content/dutys/sign.md", duty("ลงนาม", "once"))
        .file("content/dutys/tell.md", duty("รายงาน", "yearly"))
        .file("content/records/old.md", "+++\ntitle = \"ของปี 2564\"\ngroup = \"g1\"\nfiscal_year = 2564\n+++\n")
        .file("content/groups/g1.md", format!("+++\ntitle = \"กลุ่ม\"\n+++\n## งาน\n\n```query\n{query}```\n"));
    portal.done("build -o out");
    let page = portal.read("out/groups/g1.html").expect("the page");
    let (_, table) = page.split_once("<table").expect("a table");
    assert!(!table.contains("บันทึกปี 2566</th>"), "the heading claims no year: {table}");
    assert!(
        row_of(table, ">ลงนาม<").contains("มีบันทึก 1/1") && plain(&row_of(table, ">ลงนาม<")).contains("ของปี 2564"),
        "{table}"
    );
    assert!(plain(&row_of(table, ">รายงาน<")).contains("ยังไม่มีบันทึกปี 2566"), "{table}");
}
