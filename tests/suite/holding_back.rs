//! Pages that are held back: one that is broken does not stop the others, and what guards people stops everything.

use crate::fixture::{Portal, files};

/// A portal of three pages of which the second is broken in some way.
fn broken(portal: Portal, page: &str) -> Portal {
    let settings = portal.read("portal.toml").expect("there") + "[build]\nbroken = \"hold\"\n";
    portal
        .file("portal.toml", settings)
        .kind("idea", "handout = \"page\"\n[[field]]\nid = \"other\"\ntype = \"ref\"\nlabel = { th = \"อีกเรื่อง\", en = \"Other\" }\n[[field]]\nid = \"n\"\ntype = \"integer\"\nlabel = { th = \"จำนวน\", en = \"Number\" }\n")
        .file("content/ideas/one.md", "+++\ntitle = \"เรื่องหนึ่ง\"\nother = \"two\"\n+++\nดู [เรื่องสอง](two.md) และมี [3](count:idea) เรื่อง\n")
        .file("content/ideas/two.md", page)
        .file("content/ideas/three.md", "+++\ntitle = \"เรื่องสาม\"\n+++\nปกติ\n")
}

#[test]
fn one_bad_page_does_not_hold_up_the_rest() {
    let bad = [
        "+++\ntitle = \"สองเสีย\"\nn = \"สิบ\"\n+++\nนำ\n",
        "+++\ntitle = สองเสีย\n+++\nนำ\n",
        "+++\ntitle = \"สองเสีย\"\n\nนำ\n",
        "+++\ntitle = \"สองเสีย\"\n+++\n![รูป](ไม่มี.png)\n",
        "+++\ntitle = \"สองเสีย\"\n+++\n```query\nview = \"nothing\"\nkind = \"idea\"\n```\n",
    ];
    for page in bad {
        let portal = broken(Portal::new(), page);
        let told = portal.run("build --no-search --lang en");
        assert!(told.ends_with("exit 0\n"), "{page}: {told}");
        assert!(told.contains("published without 1 page") && told.contains("content/ideas/two.md"), "{page}: {told}");
        assert!(!told.contains("error["), "what is held back is a warning: {told}");
        let one = portal.read("public/ideas/one.html").expect("published");
        assert!(one.contains("เรื่องสอง") && !one.contains("two.html"), "the link became text: {one}");
        assert!(portal.read("public/ideas/two.html").is_none() && portal.read("public/ideas/three.html").is_some());
        let all: Vec<u8> = files(&portal.path("public")).into_values().flatten().collect();
        assert!(!String::from_utf8_lossy(&all).contains("สองเสีย"), "{page}");
        assert!(portal.run("check").ends_with("exit 1\n"), "check still tells the error");
        assert!(portal.run("build --strict --no-search").ends_with("exit 1\n"));
    }
}

/// What would not be public without its errors was never counted: a wrong number stays an error.
#[test]
fn an_internal_page_with_errors_excuses_no_wrong_number() {
    let right = "+++\ntitle = \"สอง\"\n+++\nนำ\n";
    for (held, wrong) in [("", "[9]"), ("visibility = \"internal\"\n", "[9]"), ("draft = true\n", "[9]")] {
        let portal = broken(Portal::new(), right)
            .file("content/p.md", format!("# หน้า\n\nมี {wrong}(count:idea) เรื่อง\n"))
            .file("content/ideas/m.md", format!("+++\ntitle = \"สี่\"\nn = \"abc\"\n{held}+++\nx\n"));
        portal.run("build --no-search --lang en");
        // Without `held` the page may be what the number is wrong by.
        assert_eq!(portal.read("public/p.html").is_some(), held.is_empty(), "{held}");
    }
}

/// A name that begins with `_` or a dot puts a table or its map aside.
#[test]
fn tables_that_are_put_aside_are_not_read() {
    let map = |file: &str| {
        format!("file = \"{file}\"\n[[entries]]\nkind = \"note\"\nid = \"{{id}}\"\ntitle = \"{{title}}\"\n")
    };
    for (at, csv, shown) in [
        ("t.toml", "t.csv", true),
        ("_t.toml", "t.csv", false),
        ("t.toml", "_t.csv", false),
        ("_old/t.toml", "t.csv", false),
        ("t.toml", "_old/t.csv", false),
        (".t.toml", "t.csv", false),
        ("t.toml", ".t.csv", false),
    ] {
        let file = if at.contains('/') { format!("../{csv}") } else { csv.to_owned() };
        let portal = Portal::new()
            .kind("note", "")
            .file(&format!("content/_data/{at}"), map(&file))
            .file(&format!("content/_data/{csv}"), "id,title\nr1,SECRET\n");
        let told = portal.run("build --no-search --lang en");
        assert!(told.ends_with("exit 0\n"), "{at} {csv}: {told}");
        assert_eq!(portal.read("public/notes/r1.html").is_some(), shown, "{at} {csv}: {told}");
    }
}

#[test]
fn what_guards_people_and_secrets_ends_with_an_error_in_both_modes() {
    let bad = [
        "+++\ntitle = \"สองเสีย\"\n+++\nเลข 1101700230708\n",
        "+++\ntitle = \"สองเสีย\"\nvisibility = \"intrenal\"\n+++\nนำ\n",
        "title = \"สองเสีย\"\nvisibility = \"internal\"\n\nนำ\n",
    ];
    for page in bad {
        let portal = broken(Portal::new(), page);
        let told = portal.run("build --no-search --lang en");
        assert!(told.ends_with("exit 1\n"), "{page}: {told}");
        let all: Vec<u8> = files(&portal.path("public")).into_values().flatten().collect();
        let all = String::from_utf8_lossy(&all).into_owned();
        assert!(!all.contains("สองเสีย") && !all.contains("1101700230708") && all.contains("เรื่องสาม"), "{page}");
        for command in ["bundle --lang en -o b.zip", "export search --lang en -o exp"] {
            let told = portal.run(command);
            assert!(told.contains("error[") && told.ends_with("exit 1\n"), "{command}: {told}");
        }
        let settings = portal.read("portal.toml").expect("there").replace("\"hold\"", "\"stop\"");
        portal.write("portal.toml", settings);
        assert!(portal.run("build --no-search -o other").ends_with("exit 1\n"));
        assert!(!portal.path("other").exists(), "nothing is published");
    }
}

#[test]
#[cfg_attr(not(feature = "pdf"), ignore = "needs the PDF engine")]
fn a_handout_needs_only_its_page_and_what_that_names() {
    let portal = broken(Portal::new(), "+++\ntitle = \"สองเสีย\"\nn = \"สิบ\"\n+++\nนำ\n");
    let settings = portal.read("portal.toml").expect("there").replace("\"hold\"", "\"stop\"");
    portal.write("portal.toml", settings);
    assert!(portal.run("handout three --lang en").ends_with("exit 0\n"));
    for id in ["one", "two"] {
        let told = portal.run(&format!("handout {id} --lang en"));
        assert!(told.contains("S303") && told.ends_with("exit 1\n"), "{id}: {told}");
    }
}

#[test]
fn what_check_passes_build_publishes() {
    let kind = "[[field]]\nid = \"photo\"\ntype = \"image\"\nlabel = { th = \"ภาพ\", en = \"Photo\" }\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"/>";
    // Names that differ in case, a file that is no picture, an alias that is a page of Sala's own.
    let bad = [
        ("+++\ntitle = \"ก\"\n+++\n![ก](Pic.svg)\n![ข](pic.svg)\n", "S402", ":5"),
        ("+++\ntitle = \"ก\"\n+++\nนำ\n\n![ก](no.png)\n", "S802", ":6"),
        ("+++\ntitle = \"ก\"\nphoto = { src = \"no.png\", alt = \"ก\" }\n+++\nนำ\n", "S802", ":3"),
        ("+++\ntitle = \"ก\"\naliases = [\"ideas/\"]\n+++\nนำ\n", "S402", ":3"),
    ];
    for (page, code, line) in bad {
        let portal = Portal::new()
            .kind("idea", kind)
            .file("content/ideas/Pic.svg", svg)
            .file("content/ideas/pic.svg", svg)
            .file("content/ideas/no.png", "no picture")
            .file("content/ideas/one.md", page);
        let found = portal.run("check --lang en");
        assert!(found.contains(code) && found.contains(&format!("content/ideas/one.md{line}")), "{page}: {found}");
        assert!(found.ends_with("exit 1\n"), "{page}: {found}");
        assert!(portal.run("build --no-search").ends_with("exit 1\n"), "{page}");
        portal.write("portal.toml", portal.read("portal.toml").expect("there") + "[build]\nbroken = \"hold\"\n");
        let told = portal.run("build --no-search --lang en");
        assert!(told.ends_with("exit 0\n") && told.contains("published without 1 page"), "{page}: {told}");
    }
}

/// A page that cannot be read may hide the row of its name: the row is held back with it.
#[test]
fn a_page_that_cannot_be_read_holds_back_its_row() {
    let pages: [(&str, &[u8]); 3] = [
        ("content/ideas/hidden.md", b"---\ntitle: x\nvisibility: internal\n---\n\xff\xfe\xfa\n"),
        ("content/ideas/hidden.md", b"---\ntitle: x\nvisibility: internal\n  a: [\n---\nx\n"),
        ("content/ideas/other.md", b"+++\nid = \"hidden\"\nvisibility = \"internal\"\ntitle = x\n+++\nx\n"),
    ];
    for (path, page) in pages {
        let portal = broken(Portal::new(), "+++\ntitle = \"สอง\"\n+++\nนำ\n")
            .file(
                "content/_data/t.toml",
                "file = \"t.csv\"\n[[entries]]\nkind = \"idea\"\nid = \"{id}\"\ntitle = \"{title}\"\n",
            )
            .file("content/_data/t.csv", "id,title\nhidden,SECRET\nshown,เปิดเผย\n")
            .file(path, page);
        let told = portal.run("build --no-search --lang en");
        let all: Vec<u8> = files(&portal.path("public")).into_values().flatten().collect();
        let all = String::from_utf8_lossy(&all);
        assert!(!all.contains("SECRET") && all.contains("เปิดเผย"), "{path}: {told}");
    }
}

/// What is held back is no internal record that the schema releases counts of.
#[test]
fn what_is_held_back_is_not_counted() {
    let case = |n: usize, more: &str| {
        (format!("content/cases/c{n}.md"), format!("+++\ntitle = \"{n}\"\ntopic = \"lead\"\n{more}+++\nx\n"))
    };
    let portal = broken(Portal::new(), "+++\ntitle = \"สอง\"\n+++\nนำ\n")
        .kind("case", "visibility = \"internal\"\naggregates = [\"topic\"]\n[[field]]\nid = \"topic\"\ntype = \"term\"\nvocabulary = \"topic\"\nlabel = \"T\"\n[[field]]\nid = \"n\"\ntype = \"integer\"\nlabel = \"N\"\n")
        .file("content/_schema/vocabularies/topic.toml", "id = \"topic\"\nlabel = \"T\"\n[[term]]\nid = \"lead\"\nlabel = \"LEADING\"\n")
        .file("content/sum.md", "# รวม\n\n```query\nview = \"aggregate\"\nkind = \"case\"\nrows = \"topic\"\n```\n");
    for n in 0..3 {
        let (path, page) = case(n, if n == 0 { "n = \"x\"\n" } else { "" });
        portal.write(&path, page);
    }
    portal.run("build --no-search --lang en");
    assert!(!portal.read("public/sum.html").expect("published").contains("LEADING"), "two entries are left");
    let (path, page) = case(0, "");
    portal.write(&path, page);
    portal.run("build --no-search --lang en");
    assert!(portal.read("public/sum.html").expect("published").contains("LEADING"));
}

/// Rows that are entries tell of the entry that they stand in: many rows of one are no group.
#[test]
fn rows_of_few_internal_entries_are_not_counted() {
    let rows = |states: &[&str]| -> String {
        states.iter().map(|state| format!("[[rows]]\nabout = \"one\"\nstate = \"{state}\"\n")).collect()
    };
    let page = |rows: &str| format!("+++\ntitle = \"T\"\n{rows}+++\nx\n");
    let term = "type = \"term\"\nvocabulary = \"topic\"\nlabel = \"S\"\n";
    let about = "type = \"ref\"\nlabel = \"A\"\n";
    let portal = Portal::new()
        .kind("subject", "")
        .kind("visit", &format!("visibility = \"internal\"\n[[field]]\nid = \"rows\"\ntype = \"table\"\nentries = \"finding\"\nlabel = \"R\"\n[[field.column]]\nid = \"about\"\n{about}[[field.column]]\nid = \"state\"\n{term}"))
        .kind("finding", &format!("visibility = \"internal\"\naggregates = [\"state\"]\n[[share]]\nid = \"all\"\nfield = \"state\"\nis = [\"lead\"]\nby = [\"about\", \"state\"]\n[[field]]\nid = \"of\"\ntype = \"ref\"\nkinds = [\"visit\"]\nlabel = \"O\"\n[[field]]\nid = \"about\"\n{about}[[field]]\nid = \"state\"\n{term}"))
        .file("content/_schema/vocabularies/topic.toml", "id = \"topic\"\nlabel = \"T\"\n[[term]]\nid = \"lead\"\nlabel = \"LEADING\"\n")
        .file("content/subjects/one.md", page(""))
        .file("content/visits/v0.md", page(&rows(&["lead"; 4])))
        .file("content/sum.md", "# รวม\n\n```query\nview = \"aggregate\"\nkind = \"finding\"\nrows = \"state\"\n```\n\n```query\nview = \"share\"\nkind = \"finding\"\nof = \"all\"\ntotal = \"all\"\nrows = \"about\"\ncols = \"state\"\n```\n");
    let told = portal.run("build --no-search --lang en");
    let sum = || portal.read("public/sum.html").expect("published");
    assert!(told.ends_with("exit 0\n"), "{told}");
    assert!(!sum().contains("LEADING") && !sum().contains("100%"), "four rows of one visit");
    for n in 1..3 {
        portal.write(&format!("content/visits/v{n}.md"), page(&rows(&["lead"])));
    }
    portal.run("build --no-search --lang en");
    assert!(sum().contains("LEADING") && sum().contains("100%"), "three visits");
}

/// The table of a kind names no field or section that is internal.
#[test]
fn the_comparison_names_nothing_internal() {
    let field =
        |id: &str, more: &str| format!("[[field]]\nid = \"{id}\"\ntype = \"text\"\n{more}label = \"LABEL-{id}\"\n");
    let hidden = "visibility = \"internal\"\n";
    let schema = format!(
        "compare = [\"a\", \"b\", \"s\"]\n[[section]]\nid = \"s\"\n{hidden}label = \"LABEL-s\"\n{}{}",
        field("a", ""),
        field("b", hidden)
    );
    let portal = Portal::new()
        .kind("idea", &schema)
        .file("content/ideas/one.md", "+++\ntitle = \"หนึ่ง\"\na = \"x\"\nb = \"y\"\n+++\nx\n");
    let told = portal.run("build --no-search --lang en");
    let page = portal.read("public/ideas/compare.html").expect(&told);
    assert!(page.contains("LABEL-a") && !page.contains("LABEL-b") && !page.contains("LABEL-s"), "{page}");
}
