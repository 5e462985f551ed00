//! How well personal data is found, on sentences labelled by hand: `tests/data/personal/tune.tsv` was looked at while
//! the rules were made, `held.tsv` was not. Every number in them is made up (ids of a province that does not exist).

use crate::fixture::Portal;
use sala::internals::text::personal::{Class, search};
use std::collections::BTreeMap;

static TUNE: &str = include_str!("../data/personal/tune.tsv");
static HELD: &str = include_str!("../data/personal/held.tsv");

const CLASSES: [(&str, Class); 5] = [
    ("id", Class::NationalId),
    ("phone", Class::Phone),
    ("line", Class::Line),
    ("mail", Class::Mail),
    ("learner", Class::Learner),
];

/// Sentences of a class, found of them, found where there is none.
#[derive(Default)]
struct Count {
    there: usize,
    found: usize,
    wrong: usize,
}

/// Counts per class, and finds that stop a build: right and wrong ones.
fn measure(table: &str) -> (BTreeMap<&'static str, Count>, usize, usize) {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let (mut right, mut wrong) = (0, 0);
    for line in table.lines().skip(1) {
        let (classes, text) = line.split_once('\t').expect("classes and a text");
        let text = text.replace("\\n", "\n");
        let finds = search(&text);
        for find in &finds {
            assert!(text.is_char_boundary(find.range.start) && text.is_char_boundary(find.range.end), "{text}");
        }
        for (name, class) in CLASSES {
            let count = counts.entry(name).or_default();
            let there = classes.split(',').any(|c| c == name);
            let found = finds.iter().any(|f| f.class == class);
            count.there += usize::from(there);
            count.found += usize::from(there && found);
            count.wrong += usize::from(!there && found);
            let stops = matches!(class, Class::NationalId | Class::Learner);
            if stops && finds.iter().any(|f| f.class == class && f.certain) {
                if there { right += 1 } else { wrong += 1 }
            }
        }
    }
    (counts, right, wrong)
}

fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

/// Rows of the table of harms: both halves, by class.
pub fn table() {
    for (half, table) in [("looked at", TUNE), ("not looked at", HELD)] {
        let (counts, right, wrong) = measure(table);
        let stops = share(right, right + wrong);
        println!("| personal data that stops a build, {half} | {} | precision {stops:.3} |", right + wrong);
        for (class, count) in &counts {
            let (recall, precision) = (share(count.found, count.there), share(count.found, count.found + count.wrong));
            println!(
                "| personal data: {class}, {half} | {} | recall {recall:.3}, precision {precision:.3} |",
                count.there
            );
        }
    }
}

#[test]
fn recall_and_precision_of_every_class() {
    let sentences = TUNE.lines().count() + HELD.lines().count() - 2;
    assert!(sentences >= 400, "{sentences} sentences");
    for (half, table) in [("tune", TUNE), ("held", HELD)] {
        let (counts, right, wrong) = measure(table);
        for (class, count) in &counts {
            let recall = share(count.found, count.there);
            let precision = share(count.found, count.found + count.wrong);
            println!("{half}\t{class}\t{} sentences\trecall {recall:.3}\tprecision {precision:.3}", count.there);
            assert!(recall >= 0.95 && precision >= 0.95, "{half} {class}: {recall:.3} {precision:.3}");
        }
        let stops = share(right, right + wrong);
        println!("{half}\tstops a build\t{right} right, {wrong} wrong\tprecision {stops:.3}");
        assert!(stops >= 0.99, "{half}: {stops:.3}");
    }
}

#[test]
fn settings_and_formulas_are_looked_at() {
    let settings = "title = \"ก\"\nlanguages = [\"th\"]\n[catalog]\nobjective = \"OBJECTIVE\"\n";
    let id = "1-9999-00000-12-9";
    for (settings, body) in
        [(settings.replace("OBJECTIVE", id), "x".to_owned()), (settings.to_owned(), format!("${id}$"))]
    {
        let portal = Portal::empty().file("portal.toml", &settings).file("content/a.md", format!("# ก\n\n{body}\n"));
        let told = portal.run("check --lang en");
        assert!(told.contains("error[S601]"), "{settings}{body}: {told}");
    }
}

/// Lists of people are pasted into code, too; numbers of other things are at home there, so that it stops no build.
#[test]
fn ids_and_names_in_code_are_warnings() {
    let names = "เด็กหญิงมะลิ ศรีสุข ชั้น ป.3";
    for (text, code) in [("1-9999-00000-12-9", Some("S601")), (names, Some("S605")), ("081-234-5678", None)] {
        let portal = Portal::new().file("content/a.md", format!("# ก\n\n```csv\n{text}\n```\n"));
        let told = portal.done("build --lang en");
        let wanted = code.map(|code| format!("warning[{code}]"));
        assert!(wanted.is_none_or(|wanted| told.contains(&wanted)), "{text}: {told}");
        assert!(code.is_some() || !told.contains("[S60"), "{text}: {told}");
    }
}

/// Texts of the settings, the schema and the words of the interface.
#[test]
fn whatever_settings_and_schema_show_is_looked_at() {
    let name = "เด็กหญิงมะลิ ศรีสุข ชั้น ป.3";
    let settings = "title = \"ก\"\nlanguages = [\"th\"]\n";
    let kind = "id = \"report\"\nfolder = \"reports\"\nlabel = { th = \"ข\" }\n";
    let group = format!("[[group]]\nid = \"g\"\nlabel = \"ก\"\nitems = [{{ id = \"title\", label = \"{name}\" }}]\n");
    for (path, text, code) in [
        ("portal.toml", format!("{settings}[answer]\nmail = \"somchai.jaidee@gmail.com\"\n"), "S604"),
        ("portal.toml", format!("{settings}[answer]\nfeedback = \"mailto:somchai.jaidee@gmail.com\"\n"), "S604"),
        ("portal.toml", format!("{settings}[catalog]\nmail = \"somchai.jaidee@gmail.com\"\n"), "S604"),
        ("portal.toml", format!("{settings}contact = \"{name}\"\n"), "S605"),
        ("portal.toml", format!("{settings}nav = [{{ title = \"{name}\", pages = [\"a.md\"] }}]\n"), "S605"),
        ("content/SUMMARY.md", format!("- [{name}](a.md)\n"), "S605"),
        ("i18n/th.toml", format!("\"nav.home\" = \"{name}\"\n"), "S605"),
        ("content/_schema/kinds/report.toml", format!("{kind}search = {{ words = [\"{name}\"] }}\n"), "S605"),
        ("content/_schema/kinds/report.toml", format!("{kind}{group}"), "S605"),
    ] {
        let portal = Portal::new().file("content/a.md", "# ก\n\nx\n").file(path, &text);
        let told = portal.run("check --lang en");
        assert!(told.contains(&format!("[{code}]")), "{path}: {text}: {told}");
    }
    // An office may be called.
    let portal = Portal::empty().file("portal.toml", format!("{settings}contact = \"โทร 02-281-5555\"\n"));
    assert!(!portal.run("check --lang en").contains("S602"));
}

/// Names that people see and nobody writes into a text: folders in the menu, titles of figures, columns, products.
#[test]
fn names_of_folders_figures_columns_and_products_are_looked_at() {
    let name = "เด็กหญิงมะลิ ศรีสุข ชั้น ป.3";
    let query = format!("view = \"list\"\nkind = \"idea\"\ntitle = \"{name}\"\n");
    let table = format!(
        "[[field]]\nid = \"rows\"\ntype = \"table\"\nlabel = {{ th = \"ก\" }}\n[[field.column]]\nid = \"a\"\n\
         type = \"text\"\nlabel = {{ th = \"{name}\" }}\n"
    );
    let page = "# ก\n\nx\n";
    for (path, text) in [
        (format!("content/{name}/a.md"), page.to_owned()),
        (format!("content/{name}.md"), page.to_owned()),
        ("content/a.md".to_owned(), format!("{page}\n```query\n{query}```\n")),
        ("content/_schema/figures/f.toml".to_owned(), query.clone()),
        ("content/_schema/print/p.toml".to_owned(), format!("label = \"{name}\"\nkinds = [\"idea\"]\n")),
        (
            "content/_schema/kinds/report.toml".to_owned(),
            format!("id = \"report\"\nfolder = \"reports\"\nlabel = {{ th = \"ข\" }}\n{table}"),
        ),
        ("content/b.md".to_owned(), "# ก\n\n[ก](081%20234%205678.txt)\n".to_owned()),
    ] {
        let told = Portal::new().kind("idea", "").file(&path, &text).run("check --lang en");
        assert!(told.contains("[S605]") || told.contains("[S602]"), "{path}: {told}");
    }
}

/// What no page could allow is allowed in the settings, with a reason that is listed and never published.
#[test]
fn settings_allow_what_stands_outside_of_pages() {
    use crate::fixture::Portal;
    let number = "โทร 081-234-5678";
    for (path, text) in [
        ("i18n/th.toml", format!("menu = \"{number}\"\n")),
        ("templates/kinds/idea.html", format!("<p>{number}</p>\n")),
        ("content/_schema/protected.toml", format!("words = [\"{number}\"]\n")),
        ("content/_schema/synonyms.toml", format!("[[group]]\nwords = [\"ก\", \"{number}\"]\n")),
        ("static/a.txt", number.to_owned()),
    ] {
        let portal = Portal::new().kind("idea", "").file(path, text);
        let told = portal.run("check --strict --lang en");
        assert!(told.contains("S602") && told.contains(path) && told.ends_with("exit 1\n"), "{path}: {told}");
        let settings = portal.read("portal.toml").unwrap();
        let allow = |codes: &str| {
            format!(
                "{settings}[allow_personal]\nreason = \"หมายเลขกลาง\"\nby = \"ผู้อำนวยการ\"\ndate = \"2566-08-15\"\n{codes}"
            )
        };
        portal.write("portal.toml", allow("codes = [\"S603\"]\n"));
        assert!(portal.run("check --strict").ends_with("exit 1\n"), "{path}: of another code");
        portal.write("portal.toml", allow(""));
        portal.done("check --strict");
        assert!(portal.done("check --allowances --lang en").contains("portal.toml:4"), "{path}");
        portal.done("build --no-search");
        let published = crate::fixture::files(&portal.path("public"));
        let reason = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("หมายเลขกลาง");
        assert!(!published.values().any(reason), "{path}: the reason is published");
    }
    // No code at all would allow everything.
    let portal = Portal::new();
    let empty = "[allow_personal]\nreason = \"ก\"\nby = \"ข\"\ndate = \"2566-08-15\"\ncodes = []\n";
    portal.write("portal.toml", portal.read("portal.toml").unwrap() + empty);
    assert!(portal.run("check --lang en").contains("codes is empty"));
    let portal = Portal::new();
    portal.write("portal.toml", portal.read("portal.toml").unwrap() + "[allow_personal]\nreason = \" \"\n");
    let told = portal.run("check --lang en");
    assert!(told.contains("error[S606]") && told.contains("portal.toml:4"), "{told}");
}

/// Codes of an allowance that cannot be read allow nothing: without codes it would be everything.
#[test]
fn codes_that_cannot_be_read_allow_nothing() {
    let page = |codes: &str| {
        format!(
            "+++\nid = \"a\"\ntitle = \"ก\"\nallow_personal = {{ reason = \"หมายเลขกลาง\", by = \"ผอ.\", date = \"2566-08-15\"{codes} }}\n\
             +++\n\nโทร 081-234-5678\n"
        )
    };
    for (codes, allowed) in [
        ("", true),
        (", codes = [\"S602\"]", true),
        (", codes = \"S602\"", true),
        (", codes = \"S603\"", false),
        (", codes = []", false),
        (", codes = [[\"S602\"]]", false),
        (", codes = { a = 1 }", false),
        (", codes = 602", false),
        // A key that is not known may be one that allows less.
        (", code = [\"S602\"]", false),
        (", until = \"2566-12-31\"", false),
    ] {
        let told = Portal::new().kind("idea", "").file("content/ideas/a.md", page(codes)).run("check --lang en");
        assert_eq!(told.contains("[S602]"), !allowed, "{codes}: {told}");
    }
}

/// A name may be parted by the cells of a table in front matter, or by the keys of linked data.
#[test]
fn class_lists_in_tables_and_in_json_are_read_as_rows() {
    let column = |id: &str, label: &str| {
        format!("[[field.column]]\nid = \"{id}\"\ntype = \"text\"\nlabel = {{ th = \"{label}\" }}\n")
    };
    let columns = [column("title", "คำนำหน้า"), column("first", "ชื่อ"), column("last", "สกุล")].concat();
    let field = format!("[[field]]\nid = \"who\"\ntype = \"table\"\nlabel = {{ th = \"ผู้ร่วม\" }}\n{columns}");
    let row = "[[who]]\ntitle = \"เด็กหญิง\"\nfirst = \"มะลิ\"\nlast = \"ศรีสุข\"\n";
    let page = format!("+++\ntitle = \"ก\"\n{row}+++\n");
    let portal = Portal::new().kind("talk", &field).file("content/talks/a.md", page);
    let told = portal.run("check --lang en");
    assert!(told.contains("error[S605]"), "{told}");
    let fields = "[[field]]\nid = \"pre\"\ntype = \"text\"\nlabel = { th = \"คำนำหน้า\" }\n[[field]]\nid = \"name\"\ntype = \"text\"\nlabel = { th = \"ชื่อ-สกุล\" }\n[[field]]\nid = \"team\"\ntype = \"text\"\nmany = true\nlabel = { th = \"รายชื่อนักเรียน\" }\n";
    for (keys, told) in
        [("pre = \"เด็กหญิง\"\nname = \"มะลิ ศรีสุข\"", "error[S605]"), ("team = [\"มะลิ ศรีสุข\"]", "warning[S605]")]
    {
        let page = format!("+++\ntitle = \"ก\"\n{keys}\n+++\n");
        let portal = Portal::new().kind("talk", fields).file("content/talks/a.md", page);
        assert!(portal.run("check --lang en").contains(told), "{keys}");
    }
    for json in [
        "[{\"คำนำหน้า\": \"เด็กหญิง\", \"ชื่อ\": \"มะลิ\", \"สกุล\": \"ศรีสุข\"}]",
        "{\"rows\": [[\"เด็กหญิง\", \"มะลิ\", \"ศรีสุข\"]]}",
        "{\"n\": 1}\n{\"p\": \"\\u0e40\\u0e14\\u0e47\\u0e01\\u0e2b\\u0e0d\\u0e34\\u0e07\", \"a\": \"มะลิ\", \"b\": \"ศรีสุข\"}",
    ] {
        let portal = Portal::new().file("content/a.md", "# ก\n\n[ข](d.json)\n").file("content/d.json", json);
        let told = portal.run("check --lang en");
        assert!(told.contains("error[S605]") && told.contains("content/d.json"), "{json}: {told}");
    }
}
