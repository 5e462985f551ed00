//! What is made up says so wherever it is shown, counted, drawn or handed on.

use crate::fixture::Portal;

const IDEA: &str = r#"
compare = ["scores"]
[[field]]
id = "topic"
type = "term"
vocabulary = "topic"
facet = true
label = { th = "เรื่อง", en = "Topic" }
[[field]]
id = "team"
type = "ref"
kinds = ["team"]
label = { th = "ทีม", en = "Team" }
[[field]]
id = "year"
type = "fiscal-year"
label = { th = "ปี", en = "Year" }
[[field]]
id = "scores"
type = "table"
label = { th = "ผล", en = "Scores" }
[[field.column]]
id = "no"
type = "integer"
label = { th = "ลำดับ", en = "No." }
[[field.column]]
id = "what"
type = "text"
label = { th = "อะไร", en = "What" }
[[field.column]]
id = "year"
type = "fiscal-year"
label = { th = "ปี", en = "Year" }
[[field.column]]
id = "state"
type = "term"
vocabulary = "state"
label = { th = "สถานะ", en = "State" }
[[field.column]]
id = "goal"
type = "decimal"
label = { th = "เป้า", en = "Goal" }
[[field.column]]
id = "value"
type = "decimal"
label = { th = "ได้", en = "Value" }
"#;

const VIEWS: [(&str, &str); 13] = [
    ("count", "kind = \"idea\"\n"),
    ("table", "kind = \"idea\"\ncolumns = [\"topic\"]\n"),
    ("rows", "kind = \"idea\"\ntable = \"scores\"\ncolumns = [\"what\", \"year\", \"value\"]\n"),
    ("bars", "kind = \"idea\"\nrows = \"topic\"\n"),
    ("line", "kind = \"idea\"\nrows = \"year\"\n"),
    ("matrix", "kind = \"idea\"\nrows = \"topic\"\ncols = \"year\"\n"),
    ("open", "kind = \"idea\"\ntable = \"scores\"\nstatus = \"state\"\ndone = [\"done\"]\n"),
    ("statuses", "kind = \"idea\"\ntable = \"scores\"\nstatus = \"state\"\n"),
    ("targets", "kind = \"idea\"\ntable = \"scores\"\ntarget = \"goal\"\nactual = \"value\"\nname = \"what\"\n"),
    ("across", "kind = \"idea\"\nrows = \"scores.state\"\nacross = \"team\"\ntext = \"scores.what\"\n"),
    (
        "expected",
        "subjects = \"team\"\n[[checks]]\nkind = \"idea\"\nby = \"team\"\nlabel = { th = \"มี\", en = \"Has\" }\n",
    ),
    (
        "coverage",
        "subjects = \"team\"\n[[checks]]\nkind = \"idea\"\nby = \"team\"\nlabel = { th = \"มี\", en = \"Has\" }\n",
    ),
    ("tally", "[[checks]]\nkind = \"idea\"\nby = \"team\"\nlabel = { th = \"มี\", en = \"Has\" }\n"),
];

fn terms(id: &str, all: [&str; 2]) -> String {
    let term = |id: &str| format!("[[term]]\nid = \"{id}\"\nlabel = {{ th = \"คำ-{id}\", en = \"Term {id}\" }}\n");
    format!("id = \"{id}\"\nlabel = {{ th = \"คลัง\", en = \"Terms\" }}\n{}", all.map(term).concat())
}

fn idea(title: &str, sample: bool) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nillustrative = {sample}\ntopic = \"a\"\nteam = \"t1\"\nyear = 2565\n\
         [[scores]]\nno = 1\nwhat = \"อ่าน {title}\"\nstate = \"open\"\ngoal = 3\nvalue = 2\n+++\nเล่าเรื่องบัตรคำ\n"
    )
}

fn portal() -> Portal {
    let mut portal = Portal::new()
        .kind("idea", IDEA)
        .kind("team", "")
        .file("content/_schema/vocabularies/topic.toml", terms("topic", ["a", "b"]))
        .file("content/_schema/vocabularies/state.toml", terms("state", ["open", "done"]))
        .file("content/teams/t1.md", "+++\ntitle = \"ทีมหนึ่ง\"\n+++\n")
        .file("content/ideas/i1.md", idea("บัตรคำ", true));
    for (view, rest) in VIEWS {
        let page = format!("# รูป {view}\n\n```query\nview = \"{view}\"\ntitle = \"ชื่อ\"\n{rest}```\n");
        portal = portal.file(&format!("content/fig-{view}.md"), page);
    }
    portal
}

#[test]
fn every_figure_says_how_much_of_it_is_made_up() {
    let portal = portal();
    portal.done("build -o out");
    let told = |view: &str, text: &str| {
        let page = portal.read(&format!("out/fig-{view}.html")).unwrap_or_else(|| panic!("no page of {view}"));
        let (_, page) = page.split_once("<main").expect("a page");
        assert!(page.contains(text), "{view}: {page}");
    };
    for (view, _) in VIEWS {
        told(view, "ทุกรายการเป็นตัวอย่างสมมติ");
    }
    // What leaves the page says it too: the table and the picture of a chart.
    let bars = portal.read("out/fig-bars.html").expect("the page");
    let saved = |media: &str| bars.split(media).nth(1).and_then(|rest| rest.split('"').next()).expect("a file");
    assert!(saved("data:text/csv").contains("ทุกรายการเป็นตัวอย่างสมมติ"), "{bars}");
    assert!(saved("data:image/svg+xml").contains("ทุกรายการเป็นตัวอย่างสมมติ"), "{bars}");

    portal.write("content/ideas/i2.md", idea("จับคู่", false));
    portal.done("build -o out");
    for (view, _) in VIEWS {
        told(view, "ตัวอย่างสมมติ 1 จาก 2 รายการ");
    }
    let page = portal.read("out/fig-table.html").expect("the page");
    assert_eq!(page.matches("· ตัวอย่างสมมติ</span>").count(), 1, "the link to the sample: {page}");

    portal.write("content/ideas/i1.md", idea("บัตรคำ", false));
    portal.done("build -o out");
    for (view, _) in VIEWS {
        assert!(!portal.read(&format!("out/fig-{view}.html")).expect("a page").contains("ตัวอย่างสมมติ"), "{view}");
    }
}

/// A row that does not tell its year has that of its entry.
#[test]
fn rows_have_the_year_of_their_entry() {
    let portal = portal();
    portal.done("build -o out");
    let page = portal.read("out/fig-rows.html").expect("the page");
    let (_, row) = page.split_once("<tbody>").expect("a table");
    assert!(row.contains("2565"), "{row}");
}

/// A comparison names rows of a table by their words, not by their numbers.
#[test]
fn comparisons_name_rows_by_words() {
    let portal = portal();
    portal.write("content/ideas/i2.md", idea("จับคู่", false));
    portal.done("build -o out");
    let page = portal.read("out/ideas/compare.html").expect("the page");
    assert!(page.contains("อ่าน บัตรคำ"), "{page}");
}

/// Numbers of lists and topics name their samples.
#[test]
fn counts_name_their_samples() {
    let portal = portal();
    portal.write("content/ideas/i2.md", idea("จับคู่", false));
    portal.write("content/ideas/i3.md", idea("เล่า", false).replace("topic = \"a\"", "topic = \"b\""));
    portal.done("build -o out");
    let text = |page: &str| portal.read(&format!("out/{page}")).expect(page).split_whitespace().collect::<String>();
    let list = text("ideas/index.html");
    assert!(list.contains("2รายการและตัวอย่าง1"), "{list}");
    assert!(list.contains("จำนวนในตัวกรองรวมตัวอย่างสมมติ"), "{list}");
    for (page, real) in [("browse/index.html", 1), ("browse/topic/index.html", 1), ("index.html", 2)] {
        let page = text(page);
        let told = format!("<spanclass=\"count\">{real}</span><small>และตัวอย่าง1</small>");
        assert!(page.contains(&told), "{told}: {page}");
    }
}

/// What is handed to calendars, to other programs and to search servers says it as well.
#[test]
fn what_is_handed_on_says_what_is_made_up() {
    let duty = "[[field]]\nid = \"often\"\ntype = \"term\"\nvocabulary = \"often\"\nlabel = \"ความถี่\"\n\
                [[field]]\nid = \"shows\"\ntype = \"text\"\nlabel = \"ชนิด\"\n[[field]]\nid = \"whose\"\ntype = \"text\"\nlabel = \"ช่อง\"\n";
    let figure = "view = \"due\"\nkind = \"duty\"\nsubjects = \"team\"\n[register]\nfrequency = \"often\"\nonce = [\"once\"]\n\
                  yearly = [\"yearly\"]\nkind = \"shows\"\nby = \"whose\"\n";
    let portal = portal()
        .kind("duty", duty)
        .file("content/_schema/vocabularies/often.toml", terms("often", ["once", "yearly"]))
        .file("content/_schema/figures/owed.toml", figure)
        .file(
            "content/dutys/d1.md",
            "+++\ntitle = \"รายงาน\"\noften = \"yearly\"\nshows = \"idea\"\nwhose = \"team\"\n+++\n",
        )
        .file("content/teams/t2.md", "+++\ntitle = \"ทีมสมมติ\"\nillustrative = true\n+++\n");
    let settings = portal.read("portal.toml").expect("settings");
    portal.write("portal.toml", format!("{settings}[due]\nyearly = \"09-30\"\n"));
    portal.done("build -o out");
    let calendar = |id: &str| portal.read(&format!("out/calendar/{id}.ics")).expect("a calendar").replace("\r\n ", "");
    assert!(calendar("t2").contains("SUMMARY:ตัวอย่างสมมติ: รายงาน"), "{}", calendar("t2"));
    assert!(calendar("t1").contains("SUMMARY:รายงาน"), "{}", calendar("t1"));

    let owed = portal.done("due --date 2022-08-01");
    assert!(owed.contains("ทีมสมมติ [ตัวอย่างสมมติ]") && !owed.contains("ทีมหนึ่ง ["), "{owed}");
    let owed = portal.done("due t1 --date 2022-08-01");
    assert!(owed.contains("i1 [ตัวอย่างสมมติ]"), "{owed}");
    let owed = portal.done("due t1 --date 2022-08-01 --json");
    assert!(owed.contains("\"sample\":false") && owed.contains("\"sample_records\":[\"i1\"]"), "{owed}");
    // A sample shows nothing done by a body that is none, in the lines of all bodies and in the letters.
    assert!(owed.contains("\"state\":\"due now\""), "{owed}");
    portal.write("content/ideas/i3.md", idea("ของทีมสมมติ", true).replace("t1", "t2"));
    let owed = portal.done("due --date 2022-08-01 --lang en");
    let line = |id: &str| owed.lines().find(|l| l.starts_with(id)).expect("a line").to_owned();
    assert!(line("t1").contains("due now 1, open 0, done 0\tno record at all"), "{owed}");
    assert!(line("t2").contains("done 1") && owed.contains("1 of 2 have no record at all"), "{owed}");

    let found = portal.done("search บัตรคำ --json");
    assert!(found.contains("\"illustrative\":true"), "{found}");
    assert!(portal.done("search บัตรคำ").contains("บัตรคำ [ตัวอย่างสมมติ]"));
    portal.done("export search -o server --base-url https://portal.example/");
    let lines = portal.read("server/sala-th.ndjson").expect("documents");
    let line =
        |id: &str| lines.lines().find(|l| l.contains(&format!("\"id\":\"{id}\""))).expect("a document").to_owned();
    assert!(line("i1").contains("\"illustrative\":true") && line("t1").contains("\"illustrative\":false"), "{lines}");
    assert!(portal.read("server/sala-th.yaml").expect("a mapping").contains("name: illustrative, type: bool"));
}

/// Fields of one id that hold terms here and pages there are two filters of the search.
#[test]
fn filters_of_search_keep_terms_and_pages_apart() {
    let about = "[[field]]\nid = \"topic\"\ntype = \"ref\"\nkinds = [\"team\"]\nfacet = true\nlabel = \"เกี่ยวกับ\"\n";
    let portal = portal()
        .kind("account", about)
        .file("content/accounts/one.md", "+++\ntitle = \"บันทึกบัตรคำ\"\ntopic = \"t1\"\n+++\n");
    portal.done("build -o out");
    let router = crate::fixture::files(&portal.path("out/search"));
    let router =
        router.iter().find(|(name, _)| name.ends_with("th/router.js")).map(|(_, bytes)| bytes).expect("a router");
    let router = String::from_utf8_lossy(router);
    assert!(router.contains("\"topic\"") && router.contains("\"topic-ref\""), "{router}");
    assert!(portal.done("search บัตรคำ --facet topic=t1").contains("บันทึกบัตรคำ"));
    let ideas = portal.done("search บัตรคำ --facet topic=a");
    assert!(ideas.contains("ideas/i1.html") && !ideas.contains("accounts/"), "{ideas}");
}
