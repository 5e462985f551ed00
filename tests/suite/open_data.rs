//! Open data, feeds and what else programs read of a site; libraries of others judge it (`tests/validators`).

use crate::fixture::{Portal, files};
use crate::tools::{repository, site, skip};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const IDEA: &str = r#"
compare = ["topic"]
feed = true
schema_org = ["LearningResource"]

[[field]]
id = "topic"
type = "term"
vocabulary = "topic"
facet = true
schema_org = "about"
label = { th = "หัวข้อ", en = "Topic" }

[[field]]
id = "group"
type = "ref"
kinds = ["group"]
label = { th = "กลุ่ม", en = "Group" }

[[field]]
id = "year"
type = "fiscal-year"
label = { th = "ปี", en = "Year" }

[[field]]
id = "sheet"
type = "file"
label = { th = "ใบงาน", en = "Sheet" }

[[field]]
id = "rights"
type = "text"
role = "licence"
label = { th = "สิทธิ", en = "Rights" }

[[field]]
id = "cost"
type = "money"
visibility = "internal"
label = { th = "ต้นทุน", en = "Cost" }

[[field]]
id = "steps"
type = "table"
label = { th = "ขั้นตอน", en = "Steps" }

[[field.column]]
id = "do"
type = "text"
label = { th = "ทำ", en = "Do" }

[[field.column]]
id = "with"
type = "ref"
kinds = ["group"]
label = { th = "กับ", en = "With" }

[[field.column]]
id = "note"
type = "text"
visibility = "internal"
label = { th = "บันทึก", en = "Note" }
"#;

const TALK: &str = r#"
schema_org = ["EducationEvent"]

[[field]]
id = "day"
type = "date"
role = "start"
label = { th = "วัน", en = "Day" }

[[field]]
id = "hall"
type = "text"
role = "place"
label = { th = "ที่", en = "Hall" }
"#;

fn portal() -> Portal {
    Portal::new()
        .file(
            "portal.toml",
            "title = { th = \"คลังทดสอบ\", en = \"Test\" }\nlanguages = [\"th\", \"en\"]\ndate = \"2566-08-15\"\n\
             base_url = \"https://a.th/x/\"\nlicence = \"CC BY 4.0\"\n\
             licence_url = \"https://creativecommons.org/licenses/by/4.0/\"\n[catalog]\ncategory = \"ข้อมูลสาธารณะ\"\n",
        )
        .kind("group", "feed_each = true\n")
        .kind("idea", IDEA)
        .kind("talk", TALK)
        .file(
            "content/_schema/vocabularies/topic.toml",
            "id = \"topic\"\nlabel = { th = \"หัวข้อ\", en = \"Topic\" }\n\
             [[term]]\nid = \"read\"\nlabel = { th = \"การอ่าน\", en = \"Reading\" }\nsynonyms = [\"อ่าน\"]\n\
             [[term]]\nid = \"aloud\"\nlabel = { th = \"อ่านออกเสียง\", en = \"Aloud\" }\nparent = \"read\"\n",
        )
        .file("content/groups/g-1.md", "+++\ntitle = \"กลุ่มหนึ่ง\"\n+++\n")
        .file("content/groups/g-2.md", "+++\ntitle = \"กลุ่มสอง\"\n+++\n")
        .file("content/ideas/sheet.pdf", "%PDF-1.4 sheet")
        .file(
            "content/ideas/one.md",
            "+++\ntitle = \"=หนึ่ง\"\nsummary = \"เรื่องแรก\"\npublished = \"2566-01-05\"\nupdated = \"2566-02-06\"\n\
             topic = \"read\"\ngroup = \"G-1\"\nyear = 2566\nrights = \"สงวนลิขสิทธิ์\"\ncost = 4711\ntags = [\"ก\", \"ข\"]\n\
             sheet = { src = \"sheet.pdf\", label = \"ใบงาน\" }\n\
             [[steps]]\ndo = \"เริ่ม\"\nwith = \"G-2\"\nnote = \"PLANTED\"\n[[steps]]\ndo = \"จบ\"\n+++\n",
        )
        .file("content/ideas/one.en.md", "+++\ntitle = \"One\"\nsummary = \"The first\"\n+++\n")
        .file("content/ideas/two.md", "+++\ntitle = \"สอง\"\nillustrative = true\ntopic = \"aloud\"\n+++\n")
        .file("content/ideas/three.md", "+++\ntitle = \"PLANTED\"\nvisibility = \"internal\"\ngroup = \"g-2\"\n+++\n")
        .file("content/talks/t-1.md", "+++\ntitle = \"เวที\"\nday = \"2566-08-20\"\nhall = \"ห้องประชุม, ชั้น 2\"\n+++\n")
}

fn built() -> (Portal, BTreeMap<String, String>) {
    let portal = portal();
    let site = site_of(&portal);
    (portal, site)
}

/// Builds, and reads every file of the site.
fn site_of(portal: &Portal) -> BTreeMap<String, String> {
    portal.done("build");
    let all = files(&portal.path("public")).into_iter();
    all.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// The lines of a table: name of the column → cell.
fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(|line| line.expect("a line")).collect()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn tables_join_by_ids_and_say_what_is_a_sample() {
    let (_portal, site) = built();
    let ideas = table(&site["data/idea.csv"]);
    assert_eq!(ideas.len(), 2);
    let one = ideas.iter().find(|line| line["id"] == "one").unwrap();
    for (column, cell) in [
        ("title", "'=หนึ่ง"),
        ("title_en", "One"),
        ("summary_en", "The first"),
        ("address", "ideas/one.html"),
        ("url", "https://a.th/x/ideas/one.html"),
        ("languages", "th; en"),
        ("tags", "ก; ข"),
        ("illustrative", "false"),
        ("licence", "สงวนลิขสิทธิ์"),
        ("published", "2023-01-05"),
        ("updated", "2023-02-06"),
        ("topic", "การอ่าน"),
        ("topic_id", "read"),
        ("group", "กลุ่มหนึ่ง"),
        ("group_id", "g-1"),
        ("year", "2566"),
        ("year_ce", "2023"),
        ("sheet", "ใบงาน"),
        ("sheet_file", "https://a.th/x/media/ideas/sheet.pdf"),
    ] {
        assert_eq!(one[column], cell, "{column}");
    }
    assert!(!one.contains_key("cost") && !one.contains_key("rights") && !one.contains_key("steps"));
    let two = ideas.iter().find(|line| line["id"] == "two").unwrap();
    assert_eq!((&*two["illustrative"], &*two["licence"]), ("true", "CC BY 4.0"));
    let steps = table(&site["data/idea.steps.csv"]);
    assert_eq!(steps.len(), 2);
    assert_eq!((&*steps[0]["entry"], &*steps[0]["row"], &*steps[0]["with_id"]), ("one", "1", "g-2"));
    assert_eq!(steps[0]["licence"], "สงวนลิขสิทธิ์", "the rows of an entry have its licence");
    assert!(!steps[0].contains_key("note"));
    let terms = table(&site["data/vocabularies.csv"]);
    assert!(terms.iter().any(|t| t["id"] == "aloud" && t["parent"] == "read" && t["label_en"] == "Aloud"));
    let columns = table(&site["data/columns.csv"]);
    let about = |file: &str, name: &str| columns.iter().find(|c| c["file"] == file && c["column"] == name).cloned();
    assert_eq!(about("idea.csv", "topic_id").unwrap()["vocabulary"], "topic");
    assert!(about("idea.steps.csv", "with_id").is_some() && about("idea.csv", "cost").is_none());
    let entries = json(&site["data/idea.json"]);
    assert_eq!(entries["entries"][0]["translations"]["en"]["title"], "One");
    assert_eq!(entries["entries"][0]["fields"]["sheet"]["address"], "https://a.th/x/media/ideas/sheet.pdf");
    for (path, text) in &site {
        assert!(!text.contains("PLANTED") && !text.contains("4711"), "{path}");
    }
}

#[test]
fn the_data_is_described_listed_and_linked() {
    let (_portal, site) = built();
    let package = json(&site["data/datapackage.json"]);
    let resources = package["resources"].as_array().unwrap();
    let steps = resources.iter().find(|r| r["name"] == "idea.steps").unwrap();
    let keys: Vec<&str> = steps["schema"]["foreignKeys"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|k| k["reference"]["resource"].as_str())
        .collect();
    assert_eq!(keys, ["idea", "group"]);
    for resource in resources {
        assert!(site.contains_key(&format!("data/{}", resource["path"].as_str().unwrap())), "{resource}");
    }
    for (path, language) in [("data/index.html", "ข้อมูลเปิด"), ("en/data/index.html", "Open data")]
    {
        let page = &site[path];
        for file in site.keys().filter(|file| file.starts_with("data/") && !file.ends_with(".html")) {
            assert!(page.contains(&format!("{file}\"").replace("data/", "")), "{path} lacks {file}");
        }
        assert!(page.contains(language) && page.contains("\"@type\":\"DataDownload\""), "{page}");
    }
    assert!(site["ideas/one.html"].contains("href=\"../data/index.html\""));
    assert!(site["en/index.html"].contains("href=\"../en/data/index.html\""));
    let catalog = &site["data/catalog.jsonld"];
    assert!(catalog.contains("ข้อมูลสาธารณะ") && catalog.contains("https://a.th/x/data/idea.steps.csv"));
    assert!(site["data/vocabularies.jsonld"].contains("skos:broader"));
}

#[test]
fn pages_have_twins_in_markdown_where_the_portal_asks_for_them() {
    let (portal, site) = built();
    let twins = |site: &BTreeMap<String, String>| site.keys().filter(|path| path.ends_with(".html.md")).count();
    assert_eq!(twins(&site), 0);
    let settings = portal.read("portal.toml").expect("settings");
    let portal = portal.file("portal.toml", format!("{settings}[build]\nmarkdown = true\n"));
    let site = site_of(&portal);
    let hidden = ["404.html", "search.html", "en/search.html", "compare.html", "en/compare.html"];
    let asked = site.keys().filter(|path| path.ends_with(".html") && !hidden.contains(&path.as_str())).count();
    assert_eq!(twins(&site), asked);
    let twin = &site["ideas/one.html.md"];
    assert!(twin.contains("\n# ") && !twin.contains('<') && !twin.contains("ต้นทุน"), "{twin}");
    assert!(site["ideas/one.html"].contains("rel=\"alternate\" type=\"text/markdown\" href=\"../ideas/one.html.md\""));
    assert!(site["llms.txt"].contains("https://a.th/x/ideas/index.html.md"), "{}", site["llms.txt"]);
}

#[test]
fn a_licence_of_its_own_is_told_everywhere() {
    let (_portal, site) = built();
    let page = &site["ideas/one.html"];
    assert!(page.contains("สงวนลิขสิทธิ์") && !page.contains("creativecommons.org"), "{page}");
    assert!(site["ideas/two.html"].contains("creativecommons.org"));
    let feed = &site["ideas/feed.xml"];
    assert!(feed.contains("<rights>สงวนลิขสิทธิ์</rights>"), "{feed}");
}

#[test]
fn feeds_calendars_and_clients_find_the_site() {
    let (_portal, site) = built();
    assert!(site["ideas/one.html"].contains("\"about\":[{\"@type\":\"DefinedTerm\",\"name\":\"การอ่าน\""));
    // Group g-2 is named by an internal entry alone besides a row of a public one.
    assert!(site["groups/g-1.feed.xml"].contains("ideas/one.html"));
    assert!(site["groups/g-1.html"].contains("href=\"../groups/g-1.feed.xml\""));
    let feed = json(&site["feed.json"]);
    assert_eq!(feed["items"][0]["url"], "https://a.th/x/ideas/one.html");
    let calendar = &site["talks/calendar.ics"];
    assert!(calendar.contains("DTSTART;VALUE=DATE:20230820") && calendar.contains("LOCATION:ห้องประชุม\\, ชั้น 2"));
    let talk = &site["talks/t-1.html"];
    assert!(talk.contains("\"startDate\":\"2023-08-20\"") && !talk.contains("\"headline\""), "{talk}");
    assert!(site["updates.html"].contains("talks/calendar.ics") && site["updates.html"].contains("ideas/feed.xml"));
    assert!(
        site["index.html"].contains("rel=\"search\"") && site["opensearch.xml"].contains("search.html?q={searchTerms}")
    );
    assert_eq!(json(&site["en/site.webmanifest"])["scope"], "../");
    assert!(site["en/site.webmanifest"].contains("\"src\":\"../assets/icon-192."));
    assert!(site["llms.txt"].contains("https://a.th/x/ideas/"));
    let map = &site["sitemap.xml"];
    assert!(map.contains("/ideas/one.html") && map.contains("/data/") && !map.contains("/by/"), "{map}");
}

/// Runs the validators on a built site.
fn validated(site: &Path) {
    let ready = Command::new("python3")
        .args(["-c", "import extruct, feedparser, frictionless, icalendar, pyld, rdflib"])
        .output();
    if !ready.is_ok_and(|done| done.status.success()) {
        return skip("validators of data and feeds", "pip install -r tests/validators/requirements.txt");
    }
    let done = Command::new("python3").arg(repository().join("tests/validators/check.py")).arg(site).output().unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{told}");
}

#[test]
fn libraries_of_others_read_the_outputs_of_a_small_portal() {
    let (portal, _) = built();
    validated(&portal.path("public"));
}

#[test]
fn libraries_of_others_read_the_outputs_of_the_portal() {
    validated(site());
}

#[test]
fn a_build_tells_the_time_of_its_steps() {
    let portal = portal();
    let told = portal.done("build --timings=json");
    let line = told.lines().find(|line| line.starts_with('{')).unwrap();
    let steps = json(line)["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["step"].as_str().unwrap().to_owned())
        .collect::<Vec<_>>();
    assert_eq!(steps, ["read", "check", "site", "handouts", "pages", "search", "publish"]);
    assert!(portal.done("build --lang en --timings").contains("total"));
}
