//! Conditions of figures: values are read as front matter reads them, rows count where they fit themselves, and what cannot
//! be looked for is an error, no zero.

use crate::fixture::Portal;

/// Projects with a value of each type that a condition may be put on, and rows.
const PROJECT: &str = r#"
[[field]]
id = "group"
type = "ref"
kinds = ["group"]
label = { th = "กลุ่ม", en = "Group" }
[[field]]
id = "fy"
type = "fiscal-year"
facet = true
label = { th = "ปีงบ", en = "Fiscal year" }
[[field]]
id = "start"
type = "date"
label = { th = "เริ่ม", en = "Start" }
[[field]]
id = "span"
type = "period"
label = { th = "ช่วง", en = "Span" }
[[field]]
id = "cost"
type = "decimal"
label = { th = "เงิน", en = "Cost" }
[[field]]
id = "open"
type = "bool"
label = { th = "เปิด", en = "Open" }
[[field]]
id = "step"
type = "term"
vocabulary = "step"
label = { th = "ขั้น", en = "Step" }
[[field]]
id = "share"
type = "percent"
label = { th = "ร้อยละ", en = "Share" }
[[field]]
id = "todo"
type = "table"
label = { th = "งาน", en = "Work" }
[[field.column]]
id = "say"
type = "text"
label = { th = "ทำอะไร", en = "What" }
[[field.column]]
id = "state"
type = "term"
vocabulary = "state"
label = { th = "สถานะ", en = "State" }
[[field.column]]
id = "topic"
type = "text"
label = { th = "เรื่อง", en = "Topic" }
"#;

fn vocabulary(id: &str, terms: &[&str]) -> String {
    let term = |t: &&str| format!("[[term]]\nid = \"{t}\"\nlabel = {{ th = \"คำ-{t}\", en = \"{t}\" }}\n");
    let head = format!("id = \"{id}\"\nlabel = {{ th = \"{id}\", en = \"{id}\" }}\n");
    (head + &terms.iter().map(term).collect::<String>()).replacen("[[term]]\n", "[[term]]\nwas = [\"seed\"]\n", 1)
}

fn todo(say: &str, state: &str, topic: &str) -> String {
    format!("[[todo]]\nsay = \"{say}\"\nstate = \"{state}\"\ntopic = \"{topic}\"\n")
}

fn portal() -> Portal {
    let one = "+++\ntitle = \"หนึ่ง\"\ngroup = \"g1\"\nfy = 2565\nstart = 2565-05-10\ncost = 0.4\nopen = true\nstep = \"low\"\n";
    let two = "+++\ntitle = \"สอง\"\ngroup = \"g2\"\nfy = 2567\nstart = 2567-02-29\ncost = 1500\nopen = false\nstep = \"high\"\n";
    Portal::new()
        .kind("project", PROJECT)
        .kind("group", "[[field]]\nid = \"since\"\ntype = \"fiscal-year\"\nlabel = { th = \"ปี\", en = \"Year\" }\n")
        .file("content/_schema/vocabularies/step.toml", vocabulary("step", &["low", "high"]))
        .file("content/_schema/vocabularies/state.toml", vocabulary("state", &["open", "done"]))
        .file("content/groups/g1.md", "+++\ntitle = \"กลุ่มหนึ่ง\"\nsince = 2565\n+++\n")
        .file("content/groups/g2.md", "+++\ntitle = \"กลุ่มสอง\"\n+++\n")
        .file(
            "content/projects/p1.md",
            one.to_owned()
                + &todo("ก", "done", "art")
                + &todo("ข", "open", "math")
                + &todo("ค", "open", "art")
                + "+++\n",
        )
        .file(
            "content/projects/p2.md",
            two.to_owned() + &todo("ง", "done", "math") + &todo("จ", "open", "art") + "+++\n",
        )
        .file("content/projects/p3.md", "+++\ntitle = \"สาม\"\ncost = 0.9\n+++\n")
}

fn query(text: &str) -> String {
    format!("\n```query\n{text}\n```\n")
}

/// However a value is written, the figure counts what a page that says it counts.
#[test]
fn a_condition_reads_its_value_as_a_page_does() {
    let portal = portal();
    let rows = [
        ("start = \"2567-02-29\"", 1),
        ("start = \"2024-02-29\"", 1),
        ("start = \"29 ก.พ. 2567\"", 1),
        ("start = 2022-05-10", 1),
        ("start = \"..2566\"", 1),
        ("start = \"..2024\"", 2),
        ("fy = 2022", 1),
        ("fy = \"๒๕๖๕\"", 1),
        ("fy = \"ปีงบประมาณ 2565\"", 1),
        ("fy = \"..2022\"", 1),
        ("fy = \"..2566-09-30\"", 1),
        ("fy = \"..2566-10-01\"", 2),
        ("cost = \"1,500\"", 1),
        ("cost = 1500.0", 1),
        ("cost = \"..900\"", 2),
        ("open = \"ใช่\"", 1),
        ("step = \"seed\"", 1),
        ("group = \"G1\"", 1),
        ("id = [\"P1\", \"p2\"]", 2),
    ];
    let head = "view = \"count\"\nkind = \"project\"\n";
    let figures: String = rows
        .iter()
        .enumerate()
        .map(|(i, (w, _))| query(&format!("{head}where = {{ {w} }}\ntitle = \"ข้อที่-{i}-\"")))
        .collect();
    let prose = "\n[1](count:project?start=2567-02-29) [1](count:project?cost=1%2C500) [1](count:project?year=2022)\n";
    portal.write("content/sum.md", format!("# สรุป\n{figures}{prose}"));
    portal.done("build -o out --strict");
    let page = portal.read("out/sum.html").expect("the page");
    let text: String = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    for (i, (written, counted)) in rows.iter().enumerate() {
        assert!(text.contains(&format!("{counted} ข้อที่-{i}-")), "{written}: {text}");
    }
}

/// What cannot be a value of the field, or is nowhere, is told with what to write.
#[test]
fn what_cannot_be_found_is_an_error() {
    let portal = portal();
    let count = |rest: &str| format!("view = \"count\"\nkind = \"project\"\n{rest}");
    let cases = [
        (count("where = { group = \"กลุ่มหนึ่ง\" }"), "use the id `g1`"),
        (count("where = { group = \"g9\" }"), "there is no entry `g9`"),
        (count("where = { group = \"p1\" }"), "is of kind `project`"),
        (count("where = { id = \"p9\" }"), "there is no entry `p9`"),
        (count("where = { start = \"soon\" }"), "cannot read the date"),
        (count("where = { cost = \"15x\" }"), "takes a number"),
        (count("where = { open = \"maybe\" }"), "takes true or false"),
        (count("where = { step = \"middle\" }"), "has no term `middle`"),
        (count("where = { step = \"..low\" }"), "`..` is for days"),
        (count("where = { span = \"2565-10-01\" }"), "no condition can be put on it"),
        (count("where = { todo = \"x\" }"), "todo.state"),
        (count("where = { fy = [] }"), "has no value"),
        (count("where = { fy = \"@sicne\" }"), "no field `sicne`"),
        (count("year = \"@since\""), "has no value in field `since`"),
        (count("year = \"2566x\""), "cannot read the year"),
        ("view = \"bars\"\nkind = \"project\"\nrows = \"fy\"\nsort = \"todo\"".to_owned(), "`todo` is a table"),
        ("view = \"tally\"\nwhere = { fy = 2565 }".to_owned(), "does not know the key `where`"),
        (
            "view = \"open\"\nkind = \"project\"\ntable = \"todo\"\nstatus = \"state\"\ndone = [\"dnoe\"]".to_owned(),
            "has no term `dnoe`",
        ),
        (
            "view = \"coverage\"\nsubjects = \"group\"\n[[checks]]\nlabel = \"x\"\nkind = \"project\"\nby = \"group\"\nperiod = \"cost\""
                .to_owned(),
            "holds no year, day or period",
        ),
        (
            "view = \"coverage\"\nsubjects = \"group\"\n[[checks]]\nlabel = \"x\"\nkind = \"project\"\nby = \"step\"".to_owned(),
            "leads to no `group`",
        ),
    ];
    for (text, told) in cases {
        portal.write("content/groups/g2.md", format!("+++\ntitle = \"กลุ่มสอง\"\n+++\n## ข้อมูล\n{}", query(&text)));
        let found = portal.run("check --lang en");
        assert!(found.contains("error[S508]") && found.contains(told), "{text}: {found}");
    }
    // What is only not published is no error: the page that names it waits with it.
    portal.write("content/groups/g2.md", "+++\ntitle = \"กลุ่มสอง\"\ndraft = true\n+++\n");
    portal.write("content/sum.md", format!("# สรุป\n{}", query(&count("where = { group = \"g2\" }"))));
    assert!(!portal.run("check --lang en").contains("S508"));
}

/// A row counts where it fits itself, whatever the other rows of its entry say.
#[test]
fn conditions_on_columns_choose_rows_in_every_view() {
    let portal = portal();
    let done = "where = { \"todo.state\" = \"done\" }\n";
    let figure =
        |view: &str, rest: &str| query(&format!("view = \"{view}\"\nkind = \"project\"\n{rest}title = \"{view}\""));
    let page = [
        figure("bars", &format!("rows = \"todo.topic\"\n{done}")),
        figure("matrix", "rows = \"todo.topic\"\ncols = \"todo.state\"\n"),
        figure("statuses", "table = \"todo\"\nstatus = \"state\"\nwhere = { \"todo.topic\" = \"math\" }\n"),
        figure("across", &format!("rows = \"todo.topic\"\ntext = \"todo.say\"\nacross = \"group\"\n{done}")),
        figure("rows", "table = \"todo\"\ncolumns = [\"say\"]\nnot = { \"todo.state\" = \"done\" }\n"),
        query(
            "view = \"rows\"\nkind = \"project\"\ntable = \"todo\"\ncolumns = [\"entry\", \"todo.say\"]\nnot = { \"todo.state\" = \"done\" }\ntitle = \"paths\"",
        ),
        figure("table", &format!("columns = [\"todo.say\"]\n{done}")),
        figure("count", "where = { \"todo.state\" = \"done\", \"todo.topic\" = \"art\" }\n"),
    ];
    portal.write(
        "content/sum.md",
        format!("# สรุป\n{}\n[2](count:project/todo?todo.state=open&todo.topic=art)\n", page.concat()),
    );
    portal.done("build -o out");
    let page = portal.read("out/sum.html").expect("the page");
    let text = |html: &str| -> String {
        let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        parts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let of = |view: &str| {
        let at = page
            .find(&format!("<caption>{view}"))
            .or_else(|| page.find(&format!(">{view}<")))
            .unwrap_or_else(|| panic!("{view}"));
        let end = page[at..].find("</table>").unwrap_or(400);
        text(&page[at..at + end])
    };
    assert!(of("bars").contains("art 1") && of("bars").contains("math 1"), "{}", of("bars"));
    // One project has a done row of art, and another row of it that is open: no row of math is done there.
    let matrix = page.split("<tr").filter(|row| row.contains(">math<")).map(text).collect::<Vec<_>>();
    assert!(matrix.iter().any(|row| row.contains("math หนึ่ง") || row.contains("math 1")), "{matrix:?}");
    let statuses = of("statuses");
    assert!(
        statuses.contains("คำ-open 1 ข") && statuses.contains("คำ-done 1 ง") && !statuses.contains("ค "),
        "{statuses}"
    );
    let across = of("across");
    assert!(across.contains("art 1 จาก 2") && across.contains("math 1 จาก 2") && !across.contains('ข'), "{across}");
    let rows = of("rows");
    assert!(["ข", "ค", "จ"].iter().all(|say| rows.contains(&format!(" {say}"))) && !rows.contains(" ง"), "{rows}");
    // A column that is named by its path is that of the row, too.
    let paths = of("paths");
    assert!(["ข", "ค", "จ"].iter().all(|say| paths.matches(&format!(" {say}")).count() == 1), "{paths}");
    assert!(!paths.contains(" ง"), "{paths}");
    let table = of("table");
    assert!(table.contains('ก') && table.contains('ง') && !table.contains("ข") && !table.contains('จ'), "{table}");
    let (_, count) = page.split_once(">count<").expect("the count");
    assert!(text(count).contains('1'), "{}", text(count));
}

/// Decimals are in their order, and what has no value stands last either way.
#[test]
fn a_figure_is_sorted_as_its_list_is() {
    let portal = portal();
    portal.write("content/projects/p4.md", "+++\ntitle = \"สี่\"\nspan = \"2564-10-01/2565-09-30\"\n+++\n");
    let figure =
        |sort: &str| query(&format!("view = \"table\"\nkind = \"project\"\ncolumns = [\"cost\"]\nsort = \"{sort}\""));
    let order = |sort: &str| {
        portal.write("content/sum.md", format!("# สรุป\n{}", figure(sort)));
        portal.done("build -o out");
        let page = portal.read("out/sum.html").expect("the page");
        let (_, table) = page.split_once("<table").expect("a table");
        assert!(page.contains("aria-label=\"ชนิด project\""), "a figure without a title is named by its kind");
        let mut at: Vec<(usize, &str)> = ["หนึ่ง", "สอง", "สาม", "สี่"]
            .into_iter()
            .map(|t| (table.find(&format!(">{t}<")).expect("a row"), t))
            .collect();
        at.sort_unstable();
        at.into_iter().map(|(_, title)| title).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order("cost"), "หนึ่ง สาม สอง สี่");
    assert_eq!(order("-cost"), "สอง สาม หนึ่ง สี่");
    assert!(order("-start").starts_with("สอง หนึ่ง "));
    assert!(order("span").starts_with("สี่ "));
}

/// `limit` is of what a figure lists: a number that counts only the first entries would be none.
#[test]
fn a_limit_is_of_entries_that_are_listed() {
    let portal = portal();
    for view in ["bars", "matrix", "count", "line"] {
        let keys = "rows = \"fy\"\ncols = \"step\"\n".lines().take(match view {
            "matrix" => 2,
            "count" => 0,
            _ => 1,
        });
        let keys: String = keys.map(|line| format!("{line}\n")).collect();
        portal.write(
            "content/sum.md",
            format!("# ส\n{}", query(&format!("view = \"{view}\"\nkind = \"project\"\n{keys}limit = 1"))),
        );
        let told = portal.run("check --lang en");
        assert!(told.contains("S508") && told.contains("does not know the key `limit`"), "{view}: {told}");
    }
}

/// Years between the first and the last are on the line, with nothing.
#[test]
fn a_line_has_every_year() {
    let portal = portal();
    portal.write("content/sum.md", format!("# ส\n{}", query("view = \"line\"\nkind = \"project\"\nrows = \"fy\"")));
    portal.done("build -o out");
    let page = portal.read("out/sum.html").expect("the page");
    let axis = "<span>2565 <b>1</b></span><span>2566 <b>0</b></span><span>2567 <b>1</b></span>";
    assert!(page.contains(axis), "{page}");
}

/// A percentage is one of the whole.
#[test]
fn a_percentage_lies_within_the_whole() {
    let portal = portal();
    for (share, wrong) in [("1010", true), ("-5", true), ("100", false), ("0", false)] {
        portal.write("content/projects/p3.md", format!("+++\ntitle = \"สาม\"\nshare = {share}\n+++\n"));
        assert_eq!(portal.run("check --lang en").contains("allowed is 0 to 100"), wrong, "{share}");
    }
}

/// Without a day to look from nobody knows what is overdue, and nothing says that nothing is.
#[test]
fn nothing_is_said_to_be_overdue_without_a_day() {
    let due = "[[field]]\nid = \"todo\"\ntype = \"table\"\nlabel = { th = \"งาน\", en = \"Work\" }\n\
               [[field.column]]\nid = \"state\"\ntype = \"term\"\nvocabulary = \"state\"\nlabel = { th = \"ส\", en = \"s\" }\n\
               [[field.column]]\nid = \"by\"\ntype = \"date\"\nlabel = { th = \"วัน\", en = \"day\" }\n";
    let open = "view = \"open\"\nkind = \"job\"\ntable = \"todo\"\nstatus = \"state\"\ndone = [\"done\"]\ndue = \"by\"";
    let portal = Portal::new()
        .kind("job", due)
        .file("content/_schema/vocabularies/state.toml", vocabulary("state", &["open", "done"]))
        .file(
            "content/jobs/one.md",
            "+++\ntitle = \"หนึ่ง\"\n[[todo]]\nstate = \"open\"\nby = 2550-01-01\n[[todo]]\nby = 2550-01-01\n+++\n",
        )
        .file("content/sum.md", format!("# ส\n{}", query(open)));
    let settings = portal.read("portal.toml").expect("settings");
    let without: String = settings.lines().filter(|l| !l.starts_with("date")).map(|l| format!("{l}\n")).collect();
    portal.write("portal.toml", without);
    portal.done("build -o out");
    let page = portal.read("out/sum.html").expect("the page");
    assert!(page.contains("ทั้งหมด 2 ข้อ: คำ-open 1 · ไม่ระบุสถานะ 1") && !page.contains("เลยกำหนด"), "{page}");
}

/// A checked number leads to the list that it counts, with what the filters of the list know; where they know it not it
/// leads nowhere, for the list would show more.
#[test]
fn a_checked_number_leads_to_what_it_counts() {
    let portal = portal();
    portal
        .write("content/sum.md", "# ส\n\n[1](count:project?fy=2022) [3](count:project) [1](count:project?cost=1500)\n");
    portal.done("build -o out");
    let page = portal.read("out/sum.html").expect("the page");
    assert!(page.contains("<a href=\"projects/index.html?fy=2565\">1</a>"), "{page}");
    assert!(page.contains("<a href=\"projects/index.html\">3</a>") && !page.contains("cost=1500"), "{page}");
}

/// In another language a group is called as its own page there is, and a list is sorted by every ladder that it offers.
#[test]
fn groups_have_their_own_names_and_ladders_their_numbers() {
    let portal = portal();
    portal.write("content/groups/g1.en.md", "+++\ntitle = \"Group one\"\n+++\n");
    let bars = query("view = \"bars\"\nkind = \"project\"\nrows = \"group\"")
        + &query("view = \"bars\"\nkind = \"project\"\nrows = \"start\"");
    portal.write("content/sum.md", format!("# ส\n{bars}"));
    portal.write("content/sum.en.md", format!("# S\n{bars}"));
    let kind = portal.read("content/_schema/kinds/project.toml").expect("the kind");
    portal.write("content/_schema/kinds/project.toml", kind.replacen("nav = 1\n", "nav = 1\norders = [\"step\"]\n", 1));
    let steps = portal.read("content/_schema/vocabularies/step.toml").expect("the words");
    portal
        .write("content/_schema/vocabularies/step.toml", steps.replacen("id = \"low\"", "id = \"low\"\nvalue = 7", 1));
    portal.done("build -o out");
    let (thai, english) = (portal.read("out/sum.html").expect("it"), portal.read("out/en/sum.html").expect("it"));
    assert!(thai.contains("กลุ่มหนึ่ง") && english.contains("Group one") && !english.contains("กลุ่มหนึ่ง"), "{english}");
    let at = |day: &str| thai.find(day).unwrap_or_else(|| panic!("{day}: {thai}"));
    assert!(at("10 พฤษภาคม 2565") < at("29 กุมภาพันธ์ 2567") && english.contains("29 February 2024"), "{thai}");
    let list = portal.read("out/projects/index.html").expect("the list");
    assert!(list.contains("data-n-step=\"7\""), "{list}");
}
