//! Rendering: a small portal in, every file of the site out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::fixture::Portal;
use sala::internals::html::{Files, Input};
use sala::internals::output::MemorySink;

struct Folder<'a>(&'a Path);

impl Files for Folder<'_> {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        fs::read(self.0.join("content").join(path))
    }
}

const KIND: &str = r#"
id = "idea"
folder = "ideas"
label = { th = "แนวคิด", en = "Idea" }
plural = { th = "แนวคิด", en = "Ideas" }
card = ["topic", "year"]
compare = ["topic", "problem"]
nav = 1
[[section]]
id = "problem"
label = { th = "ปัญหา", en = "Problem" }
[[field]]
id = "topic"
type = "term"
vocabulary = "topic"
many = true
facet = true
label = { th = "หัวเรื่อง", en = "Topic" }
[[field]]
id = "year"
type = "fiscal-year"
facet = true
label = { th = "ปี", en = "Year" }
[[field]]
id = "from"
type = "ref"
label = { th = "ต่อยอดจาก", en = "Builds on" }
inverse = { th = "นำไปต่อยอดโดย", en = "Built on by" }
[[field]]
id = "full"
type = "text"
label = { th = "ชื่อเต็ม", en = "Full name" }
[[field]]
id = "secret"
type = "text"
visibility = "internal"
label = { th = "ลับ", en = "Secret" }
[[field]]
id = "costs"
type = "table"
label = { th = "ค่าใช้จ่าย", en = "Costs" }
[[field.column]]
id = "item"
type = "text"
label = { th = "รายการ", en = "Item" }
[[field.column]]
id = "amount"
type = "money"
label = { th = "บาท", en = "Baht" }
"#;

const TOPIC: &str = r#"
id = "topic"
label = { th = "หัวเรื่อง", en = "Topic" }
[[term]]
id = "lead"
label = { th = "การนำ", en = "Leading" }
[[term]]
id = "learn"
label = { th = "การเรียนรู้", en = "Learning" }
"#;

fn portal(config: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "portal.toml",
        &format!("title = {{ th = \"คลัง & ทดลอง\", en = \"Test\" }}\nlanguages = [\"th\", \"en\"]\n{config}"),
    );
    write("content/_schema/kinds/idea.toml", KIND);
    write("content/_schema/vocabularies/topic.toml", TOPIC);
    write(
        "content/ideas/one.md",
        "+++\ntitle = \"หนึ่ง <b>\"\nsummary = \"สรุป\"\ntopic = [\"lead\"]\nyear = 2565\nfull = \"หนึ่งที่เต็ม\"\nsecret = \"PLANTED-SECRET\"\naliases = [\"old/one\"]\nupdated = 2565-08-15\n[[costs]]\nitem = \"=HYPERLINK(1)\"\namount = 1500\n+++\nนำ\n\n## ปัญหา\n\n**หมายเหตุ:**ดู [](id:two) และ ![รูป](a.png)\n",
    );
    write(
        "content/ideas/two.md",
        "+++\ntitle = \"สอง\"\ntopic = [\"lead\", \"learn\"]\nyear = 2566\nfull = \"สอง\"\nfrom = \"one\"\n+++\n## อื่น\n\nข้อความ\n",
    );
    write("content/ideas/one.en.md", "+++\ntitle = \"One\"\n+++\n## Problem\n\nText\n");
    write("content/ideas/hidden.md", "+++\ntitle = \"PLANTED-HIDDEN\"\nvisibility = \"internal\"\n+++\n");
    write("content/docs/README.md", "# คู่มือ\n\nดู [หน้าอื่น](other.md#ก)\n");
    write("content/docs/other.md", "# อื่น ๆ\n\n## ก\n\nข้อความ\n");
    let png = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00(\x00\x00\x00\x1e\x08\x02\x00\x00\x00\xd1\xbf\xcb\x8a\x00\x00\x00\x09tEXtAuthor\x00me\x06 p\xfa\x00\x00\x00'IDATx\xda\xed\xcd1\x01\x00\x00\x0c\x02 \xfb\x97\xd6\x18\xdb\x01\x05H\x8fD,\x16\x8b\xc5b\xb1X,\x16\x8b\xc5\x7f\xe3\x01\x9c\xb9\x02\xc3\xedW&\x10\x00\x00\x00\x00IEND\xaeB`\x82";
    fs::write(dir.path().join("content/ideas/a.png"), png).unwrap();
    dir
}

fn site(dir: &Path) -> BTreeMap<String, String> {
    let (loaded, _) = sala::internals::content::load(dir);
    let site = sala::internals::site::derive(sala::internals::visibility::open(loaded, Default::default()), None);
    let theme = sala::internals::theme::built_in();
    let handouts = BTreeMap::new();
    let input = Input { site: &site, theme: &theme, files: &Folder(dir), handouts: &handouts, search: true };
    let sink = MemorySink::default();
    let (_, diagnostics) = sala::internals::html::render(&input, &sink);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    sink.into_files().into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

#[test]
fn the_site_of_a_small_portal() {
    let dir = portal("base_url = \"https://a.th/x/\"\n");
    let files = site(dir.path());
    for path in [
        "index.html",
        "en/index.html",
        "ideas/index.html",
        "en/ideas/index.html",
        "ideas/one.html",
        "ideas/two.html",
        "en/ideas/one.html",
        "ideas/by/topic/lead.html",
        "ideas/by/year/2565.html",
        "ideas/compare.html",
        "browse/index.html",
        "browse/topic/index.html",
        "browse/topic/learn.html",
        "search.html",
        "compare.html",
        "404.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "data/idea.json",
        "data/idea.csv",
        "old/one.html",
        "docs/index.html",
        "docs/other.html",
        "media/ideas/a.png",
    ] {
        assert!(files.contains_key(path), "{path} is missing from {:#?}", files.keys());
    }
    for (path, text) in &files {
        assert!(!text.contains("PLANTED"), "{path} leaks");
        if path.ends_with(".html") {
            assert!(text.starts_with("<!doctype html>"), "{path}");
            let own = path != "404.html" && text.contains("<style");
            assert!(!text.contains(" style=") && !own && !text.contains(" onclick="), "{path}");
            assert!(text.contains("Content-Security-Policy"), "{path}");
        }
    }
    let one = &files["ideas/one.html"];
    assert!(one.contains("หนึ่ง &lt;b&gt;"));
    assert!(one.contains("<strong>หมายเหตุ:</strong>ดู <a href=\"../ideas/two.html\">สอง</a>"), "{one}");
    assert!(one.contains("<img src=\"../media/ideas/a.png\" alt=\"รูป\" width=\"40\" height=\"30\""), "{one}");
    assert!(one.contains("<link rel=\"canonical\" href=\"https://a.th/x/ideas/one.html\">"));
    assert!(one.contains("hreflang=\"en\" href=\"https://a.th/x/en/ideas/one.html\""));
    assert!(one.contains("นำไปต่อยอดโดย"));
    assert!(files["docs/index.html"].contains("href=\"../docs/other.html#ก\""));
    assert!(files["404.html"].contains("/x/assets/"));
    assert!(files["old/one.html"].contains("url=../ideas/one.html"));
    assert!(files["data/idea.costs.csv"].contains("'=HYPERLINK(1)"), "{}", files["data/idea.costs.csv"]);
    assert!(!files["media/ideas/a.png"].contains("Author"));
    assert!(files["feed.xml"].contains("<id>https://a.th/x/ideas/one.html</id>"));
}

#[test]
fn a_value_that_says_the_title_again_is_not_shown() {
    let dir = portal("");
    let files = site(dir.path());
    assert!(files["ideas/one.html"].contains("ชื่อเต็ม") && files["ideas/one.html"].contains("หนึ่งที่เต็ม"));
    assert!(!files["ideas/two.html"].contains("ชื่อเต็ม"));
}

#[test]
fn without_a_base_address_nothing_absolute_is_written() {
    let dir = portal("");
    let files = site(dir.path());
    assert!(!files.contains_key("feed.xml") && !files.contains_key("sitemap.xml"));
    assert!(!files["ideas/one.html"].contains("rel=\"canonical\""));
    assert!(!files["404.html"].contains("assets/"));
}

/// A page that is served for any address, or opened as a file, looks right without a file beside it.
#[test]
fn the_page_for_missing_ones_holds_its_styles() {
    for (base, font) in [("base_url = \"https://a.th/x/\"\n", Some("url(\"/x/assets/")), ("", None)] {
        let files = site(portal(base).path());
        let page = &files["404.html"];
        let styles = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("styles");
        for rule in [":root{", ".wrap{", "@media"] {
            assert!(styles.contains(rule), "{base}: {rule} is not in {styles}");
        }
        assert_eq!(styles.matches("@font-face").count() > 0, font.is_some(), "{base}");
        assert!(styles.matches("url(\"").count() == font.map_or(0, |font| styles.matches(font).count()), "{base}");
        let policy = page.split("Content-Security-Policy").nth(1).map(|rest| rest.split('>').next().unwrap());
        assert!(policy.is_none_or(|policy| policy.contains("unsafe-inline")), "{policy:?}");
        assert!(files.iter().all(|(path, text)| path == "404.html" || !text.contains("unsafe-inline")));
    }
}

#[test]
fn every_link_of_the_site_has_a_target() {
    let dir = portal("base_url = \"https://a.th/x/\"\n");
    let files = site(dir.path());
    for (path, text) in files.iter().filter(|(p, _)| p.ends_with(".html") && *p != "404.html") {
        for part in text.split(" href=\"").skip(1).chain(text.split(" src=\"").skip(1)) {
            let link = part.split('"').next().unwrap();
            let elsewhere = ["mailto:", "data:"].iter().any(|scheme| link.starts_with(scheme));
            if link.contains("://") || elsewhere || link.is_empty() {
                continue;
            }
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = target.split('?').next().unwrap();
            let mut steps: Vec<&str> = path.split('/').collect();
            steps.pop();
            for step in target.split('/').filter(|_| !target.is_empty()) {
                if step == ".." { assert!(steps.pop().is_some(), "{path}: {link}") } else { steps.push(step) }
            }
            let found = if target.is_empty() { path.clone() } else { steps.join("/") };
            let page = files.get(&found).unwrap_or_else(|| panic!("{path}: {link} leads nowhere ({found})"));
            assert!(anchor.is_empty() || page.contains(&format!("id=\"{anchor}\"")), "{path}: {link}");
        }
    }
}

#[test]
fn two_renderings_are_the_same() {
    let dir = portal("base_url = \"https://a.th/x/\"\n");
    assert_eq!(site(dir.path()), site(dir.path()));
}

/// Of a facet with very many values every page offers the most frequent and its own; the list alone has all.
#[test]
fn pages_of_a_facet_do_not_grow_with_its_values() {
    let fields = "[[field]]\nid = \"word\"\ntype = \"text\"\nmany = true\nfacet = true\nlabel = \"คำ\"\n";
    let words = |range: std::ops::Range<usize>| -> String {
        range.map(|n| format!("\"w{n:03}\"")).collect::<Vec<_>>().join(", ")
    };
    let page = |words: String| format!("+++\ntitle = \"ก\"\nword = [{words}]\n+++\nข้อความ\n");
    let portal = Portal::new()
        .kind("idea", fields)
        .file("content/ideas/a.md", page(words(0..260)))
        .file("content/ideas/b.md", page(words(200..260)));
    portal.done("build --no-search");
    let terms = |path: &str| -> Vec<String> {
        let page = portal.read(path).unwrap();
        let terms = page.split("data-term=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        terms.collect()
    };
    assert_eq!(terms("public/ideas/index.html").len(), 260);
    let first = "public/ideas/by/word/w000.html";
    assert_eq!((terms(first).len(), terms(first)[0].as_str()), (200, "w000"));
    let own = "public/ideas/by/word/w190.html";
    assert_eq!(terms(own).len(), 200);
    assert!(terms(own).iter().any(|term| term == "w190"), "the value of the page");
    assert!((200..260).all(|n| terms(own).contains(&format!("w{n}"))), "the most frequent");
    let rest = "/index.html#facets\">อีก 60 รายการ</a>";
    assert!(
        portal.read(own).unwrap().contains(rest) && !portal.read("public/ideas/index.html").unwrap().contains("อีก 60")
    );
}

#[test]
fn related_entries_are_not_those_that_the_page_names() {
    let fields = "[[field]]\nid = \"topic\"\ntype = \"term\"\nvocabulary = \"topic\"\nfacet = true\nlabel = { th = \"เรื่อง\", en = \"Topic\" }\n\
                  [[field]]\nid = \"from\"\ntype = \"ref\"\nlabel = { th = \"จาก\", en = \"From\" }\n";
    let page = |title: &str, topic: &str, more: &str| {
        format!("+++\ntitle = \"{title}\"\ntopic = \"{topic}\"\n{more}+++\nข้อความ\n")
    };
    let portal = Portal::new()
        .kind("idea", fields)
        .file("content/_schema/vocabularies/topic.toml", TOPIC)
        .file("content/ideas/a.md", page("ก", "lead", "from = \"d\"\n"))
        .file("content/ideas/b.md", page("ข", "learn", ""))
        .file("content/ideas/c.md", page("ค", "lead", ""))
        .file("content/ideas/d.md", page("ง", "lead", ""));
    portal.done("build --no-search");
    let first = portal.read("public/ideas/a.html").unwrap();
    let (_, related) = first.split_once("id=\"related\"").unwrap();
    let (related, _) = related.split_once("</section>").unwrap();
    assert!(related.contains("c.html") && !related.contains("d.html"), "{related}");
    // What stands after it is not told again.
    let third = portal.read("public/ideas/c.html").unwrap();
    let related = third.split_once("id=\"related\"").unwrap().1.split_once("</section>").unwrap().0;
    assert!(related.contains("a.html") && !related.contains("d.html"), "{related}");
}

/// A name is not split on screens either, wherever it is told: the words of a browser's list are not those of names.
#[test]
fn names_of_entries_stay_whole_on_pages_of_others() {
    let names = "[[field]]\nid = \"at\"\ntype = \"text\"\nlabel = \"ที่\"\n";
    let portal = Portal::new()
        .kind("school", "protect_titles = true\n")
        .kind("idea", names)
        .file("content/schools/school.md", "+++\ntitle = \"บ้านนระเวน\"\n+++\n")
        .file("content/ideas/one.md", "+++\ntitle = \"ก\"\nat = \"ลองที่บ้านนระเวนปีนี้\"\n+++\n\nครูของบ้านนระเวนลอง\n");
    portal.done("build -o out");
    let page = portal.read("out/ideas/one.html").expect("the page");
    assert!(page.contains("ลองที่<span class=\"nb\">บ้านนระเวน</span>ปีนี้"), "{page}");
    assert!(page.contains("ครูของ<span class=\"nb\">บ้านนระเวน</span>ลอง"), "{page}");
}

/// An entry that names a part of the schema tells readers its label; its data keep the id.
#[test]
fn ids_of_the_schema_are_shown_by_their_labels() {
    let text = |id: &str| format!("[[field]]\nid = \"{id}\"\ntype = \"text\"\nrole = \"schema\"\nlabel = \"{id}\"\n");
    let state = "[[field]]\nid = \"state\"\ntype = \"term\"\nvocabulary = \"state\"\nlabel = \"สถานะ\"\n";
    let portal = Portal::new()
        .kind("plan", state)
        .kind("task", &["counts", "by", "only", "other"].map(text).concat())
        .file(
            "content/_schema/vocabularies/state.toml",
            "id = \"state\"\nlabel = \"สถานะ\"\n[[term]]\nid = \"done\"\nlabel = \"ทำแล้ว\"\n",
        )
        .file(
            "content/tasks/one.md",
            "+++\ntitle = \"ก\"\ncounts = \"plan\"\nby = \"state\"\nonly = \"state=done\"\nother = \"nothing\"\n+++\n",
        );
    portal.done("build -o out");
    let page = portal.read("out/tasks/one.html").expect("the page");
    let plain = page.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect::<String>();
    for shown in ["ชนิด plan", "สถานะ", "สถานะ: ทำแล้ว", "nothing"] {
        assert!(plain.contains(shown), "{shown}: {plain}");
    }
    assert!(!plain.contains("state=done"), "{plain}");
    assert!(portal.read("out/data/task.csv").expect("the data").contains("state=done"));
}

/// Where nobody has a record there is nobody to name, and a nought would say that none is missing.
#[test]
fn who_is_missing_is_told_only_among_those_with_records() {
    let query = |checks: &str| format!("view = \"coverage\"\nsubjects = \"team\"\n{checks}");
    let check = |kind: &str| format!("[[checks]]\nlabel = \"{kind}\"\nkind = \"{kind}\"\nby = \"of\"\n");
    let of = "[[field]]\nid = \"of\"\ntype = \"ref\"\nlabel = \"ของ\"\n";
    let page = |checks: String| format!("# ก\n\n```query\n{}```\n", query(&checks));
    let portal = Portal::new()
        .kind("team", "")
        .kind("plan", of)
        .kind("talk", of)
        .file("content/teams/t.md", "+++\ntitle = \"ที\"\n+++\n")
        .file("content/plans/p.md", "+++\ntitle = \"แผน\"\nof = \"t\"\n+++\n")
        .file("content/some.md", page(check("plan") + &check("talk")))
        .file("content/none.md", page(check("talk")));
    portal.done("build -o out");
    let cells = |path: &str| {
        let page = portal.read(path).expect("the page");
        page.split("<td data-label=\"ยังขาด").skip(1).map(|cell| cell.contains('–')).collect::<Vec<_>>()
    };
    assert_eq!((cells("out/some.html"), cells("out/none.html")), (vec![false, false], vec![true]));
}

/// A page of the Common Era tells no year of another one.
#[test]
fn scopes_tell_years_of_the_calendar_of_the_page() {
    let year = "[[field]]\nid = \"year\"\ntype = \"fiscal-year\"\nlabel = \"ปี\"\n\
                [[field]]\nid = \"of\"\ntype = \"ref\"\nlabel = \"ของ\"\n";
    let query = "view = \"coverage\"\nsubjects = \"team\"\nwhere = { year = 2565 }\n\
                 [[checks]]\nlabel = \"แผน\"\nkind = \"plan\"\nby = \"of\"\n";
    let portal = Portal::new()
        .kind("team", "")
        .kind("plan", year)
        .file("content/teams/t.md", "+++\ntitle = \"ที\"\n+++\n")
        .file("content/plans/p.md", "+++\ntitle = \"แผน\"\nyear = 2565\nof = \"t\"\n+++\n")
        .file("content/sum.md", format!("# ก\n\n```query\n{query}```\n"))
        .file("content/sum.en.md", format!("# a\n\n```query\n{query}```\n"));
    portal.done("build -o out");
    let page = |path: &str| portal.read(path).expect("the page");
    assert!(page("out/sum.html").contains("ปี 2565: มีบันทึก"), "{}", page("out/sum.html"));
    assert!(page("out/en/sum.html").contains("2022: 1 of 1 have"), "{}", page("out/en/sum.html"));
}
