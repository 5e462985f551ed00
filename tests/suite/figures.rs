//! What figures of the data claim: on which day, of whom, and whether anything of it happened.

use crate::fixture::Portal;
use crate::views::{REVIEW, vocabulary};

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
    // The mark goes with the title in a letter, too.
    let page = portal.read("out/jobs/one.html").expect("the page");
    let (_, letter) = page.split_once("mailto:?subject=").expect("a letter");
    let (subject, body) = letter.split('"').next().and_then(|l| l.split_once("&amp;body=")).expect("its body");
    assert!(subject.contains("%20%5B") && body.contains("%20%5B"), "{subject} {body}");
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

/// In another language a figure names an entry as its translation does, and says its fields so.
#[test]
fn figures_speak_the_language_of_their_page() {
    let query = "```query\nview = \"table\"\nkind = \"job\"\ncolumns = [\"team\"]\n```\n";
    let portal = Portal::new()
        .kind("job", WORK)
        .kind("group", "")
        .file("content/_schema/vocabularies/state.toml", vocabulary("state", ["open", "done"]))
        .file("content/jobs/one.md", "+++\ntitle = \"หนึ่ง\"\nteam = \"ทีมใต้\"\n+++\n")
        .file("content/jobs/one.en.md", "+++\ntitle = \"Number one\"\nteam = \"South\"\n+++\n")
        .file("content/sum.md", format!("# สรุป\n\n{query}"))
        .file("content/sum.en.md", format!("# Summary\n\n{query}"));
    portal.done("build -o out");
    let (thai, english) = (portal.read("out/sum.html").expect("it"), portal.read("out/en/sum.html").expect("it"));
    assert!(plain(&row_of(&thai, ">หนึ่ง<")).contains("ทีมใต้"), "{thai}");
    assert!(plain(&row_of(&english, ">Number one<")).contains("South"), "{english}");
}

/// What readers must know first stands at the head of the page, and nowhere where there is nothing to know.
#[test]
fn a_notice_stands_at_the_head_of_its_page() {
    let kind = "[[field]]\nid = \"stage\"\ntype = \"term\"\nvocabulary = \"stage\"\nlabel = { th = \"ระยะ\", en = \"Stage\" }\n";
    let stage =
        vocabulary("stage", ["raw", "ready"]).replacen("en = \"raw\" }\n", "en = \"raw\" }\nnotice = true\n", 1);
    let page = |title: &str, stage: &str| format!("+++\ntitle = \"{title}\"\nstage = \"{stage}\"\n+++\n");
    let portal = Portal::new()
        .kind("note", kind)
        .file("content/_schema/vocabularies/stage.toml", stage)
        .file("content/notes/one.md", page("หนึ่ง", "raw"))
        .file("content/notes/two.md", page("สอง", "ready"));
    portal.done("build -o out");
    let head = |name: &str| {
        let page = portal.read(&format!("out/notes/{name}.html")).expect("the page");
        plain(page.split("<h1").next().unwrap_or_default())
    };
    assert!(head("one").contains("ระยะ: คำ-raw"), "{}", head("one"));
    assert!(!head("two").contains("ระยะ"), "{}", head("two"));
}

const MARKED: &str = r#"
[[field]]
id = "marks"
type = "table"
label = { th = "ไตรมาส", en = "Quarters" }
[[field.column]]
id = "year"
type = "fiscal-year"
label = { th = "ปี", en = "Year" }
[[field.column]]
id = "quarter"
type = "term"
vocabulary = "quarter"
label = { th = "ไตรมาส", en = "Quarter" }
[[field]]
id = "times"
type = "integer"
label = { th = "ครั้ง", en = "Times" }
[[field]]
id = "span"
type = "text"
label = { th = "ช่องช่วง", en = "Field of the period" }
"#;

/// A duty that is marked twice is due twice, the year of a record counts by any field of years, days are of the calendar of
/// the page, and the number of a quarter is the value of its term, wherever that stands.
#[test]
fn a_duty_is_due_in_every_quarter_that_is_marked() {
    let quarter = |id: &str, value: u8| {
        format!("[[term]]\nid = \"{id}\"\nvalue = {value}\nlabel = {{ th = \"{id}\", en = \"{id}\" }}\n")
    };
    let quarters =
        ["id = \"quarter\"\nlabel = \"ไตรมาส\"\n".to_owned(), quarter("third", 3), quarter("first", 1)].concat();
    let duty = "+++\ntitle = \"รายงาน\"\noften = \"yearly\"\nshows = \"record\"\nwhose = \"group\"\nspan = \"fiscal_year\"\ntimes = 2\n\
                [[marks]]\nyear = 2566\nquarter = \"third\"\n[[marks]]\nyear = 2566\nquarter = \"first\"\n+++\n";
    let query = "view = \"due\"\nkind = \"duty\"\nsubjects = \"group\"\n[register]\nfrequency = \"often\"\nyearly = [\"yearly\"]\n\
                 times = \"times\"\nmarks = \"marks\"\nkind = \"shows\"\nby = \"whose\"\nperiod = \"span\"\n";
    let portal = Portal::new()
        .kind("group", "")
        .kind("duty", &format!("{DUTY}{MARKED}"))
        .kind("record", RECORD)
        .file("content/_schema/vocabularies/often.toml", vocabulary("often", ["once", "yearly"]))
        .file("content/_schema/vocabularies/quarter.toml", quarters)
        .file("content/_schema/figures/duties.toml", query)
        .file("content/dutys/tell.md", duty)
        .file("content/records/one.md", "+++\ntitle = \"ฉบับแรก\"\ngroup = \"g1\"\nfiscal_year = 2566\n+++\n")
        .file("content/groups/g1.md", format!("+++\ntitle = \"กลุ่ม\"\n+++\n## งาน\n\n```query\n{query}```\n"));
    let settings = portal.read("portal.toml").expect("settings");
    portal.write("portal.toml", format!("{settings}[calendars]\nth = \"gregorian\"\nen = \"buddhist\"\n"));
    portal.done("build -o out");
    let page = portal.read("out/groups/g1.html").expect("the page");
    let (_, table) = page.split_once("<table").expect("a table");
    let rows: Vec<String> = table.split("<tr").filter(|row| row.contains("รายงาน")).map(plain).collect();
    assert!(
        rows.len() == 2 && rows[0].contains("31 ธ.ค. ค.ศ. 2022") && rows[1].contains("30 มิ.ย. ค.ศ. 2023"),
        "{rows:?}"
    );
    assert!(rows[0].contains("มีบันทึกปี ค.ศ. 2023 1/1") && rows[1].contains("1/2"), "{rows:?}");
    let page = plain(&page);
    assert!(page.contains("ไตรมาส 4 ปีงบประมาณ ค.ศ. 2023") && !page.contains("2566"), "{page}");
    let days = portal.read("out/calendar/g1.ics").expect("a calendar");
    assert!(days.contains("DTSTART;VALUE=DATE:20221231") && days.contains("DTSTART;VALUE=DATE:20230630"), "{days}");
    let told = portal.run("due g1 --date 2566-08-15 --lang en");
    assert!(told.contains("done\t2022-12-31") && told.contains("late\t2023-06-30"), "{told}");
    // What was missed stays late in the next year, and is told no more when its year has no record.
    let told = portal.run("due g1 --date 2566-10-01 --lang en");
    assert!(told.contains("late\t2023-06-30") && !told.contains("2022-12-31"), "{told}");
    let told = portal.run("due g1 --date 2567-10-01 --lang en");
    assert!(!told.contains("2023-06-30"), "{told}");
}

/// What went up a step moved; who took it up in a year that nobody wrote is one of all.
#[test]
fn a_step_is_a_move_and_every_taker_counts() {
    let portal = work();
    let fields =
        WORK.replacen("id = \"step\"\ntype = \"text\"", "id = \"step\"\ntype = \"term\"\nvocabulary = \"state\"", 1);
    portal.write("content/_schema/kinds/job.toml", {
        let kind = portal.read("content/_schema/kinds/job.toml").expect("the kind");
        kind.replace(WORK, &fields)
    });
    let step = |step: &str, year: u16| format!("[[steps]]\nstep = \"{step}\"\nyear = {year}\n");
    let job = |title: &str, rows: &str| format!("+++\ntitle = \"{title}\"\n{rows}+++\n");
    portal.write("content/jobs/up.md", job("ขึ้น", &(step("open", 2564) + &step("done", 2565))));
    portal.write("content/jobs/same.md", job("คงที่", &(step("open", 2564) + &step("open", 2565))));
    portal.write("content/jobs/down.md", job("ลง", &(step("done", 2564) + &step("open", 2565))));
    portal.write("content/jobs/late.md", job("ไม่บอกปี", "[[takers]]\nteam = \"g1\"\nstate = \"done\"\n"));
    portal.done("build -o out");
    let page = portal.read("out/reports/spread.html").expect("the page");
    assert!(plain(&page).contains("ขยับขั้น 1 รายการ · ถอยขั้น 1 รายการ"), "{page}");
    assert!(page.contains("รวม 2 · ไม่ระบุปี 1") && page.contains("กลุ่มหนึ่ง (ไม่ระบุปี: คำ-done)"), "{page}");
    assert!(!page.contains("คงที่"), "{page}");
}

/// A field of one value that others tell has that of the latest of them, whatever their files are called.
#[test]
fn a_told_value_is_the_latest() {
    let told = "[[field]]\nid = \"last\"\ntype = \"term\"\nvocabulary = \"state\"\ntold_by = \"record.state\"\n\
                label = { th = \"ล่าสุด\", en = \"Latest\" }\n";
    let state = "[[field]]\nid = \"state\"\ntype = \"term\"\nvocabulary = \"state\"\nlabel = { th = \"สถานะ\", en = \"State\" }\n";
    let record = |year: u16, state: &str| {
        format!("+++\ntitle = \"ปี {year}\"\ngroup = \"g1\"\nfiscal_year = {year}\nstate = \"{state}\"\n+++\n")
    };
    let portal = Portal::new()
        .kind("group", told)
        .kind("record", &format!("{RECORD}{state}"))
        .file("content/_schema/vocabularies/state.toml", vocabulary("state", ["open", "done"]))
        .file("content/records/a.md", record(2564, "done"))
        .file("content/records/b.md", record(2566, "done"))
        .file("content/records/c.md", record(2565, "open"))
        .file("content/groups/g1.md", "+++\ntitle = \"กลุ่ม\"\n+++\n");
    portal.done("build -o out");
    let page = portal.read("out/groups/g1.html").expect("the page");
    let (_, main) = page.split_once("<main").expect("the page");
    let facts = plain(main.split("ปี 256").next().unwrap_or_default());
    assert!(facts.contains("คำ-done") && !facts.contains("คำ-open"), "{facts}");
}
