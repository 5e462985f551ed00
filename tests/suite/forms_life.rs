//! The life of a form: names that change, terms that go, fields that become required.

use crate::fixture::{Portal, files};
use regex::Regex;
use std::collections::BTreeMap;

const FIELDS: &str = r#"
card = ["topic", "reach"]
compare = ["reach", "how", "costs"]
aggregates = ["topic"]
figures = ["by-topic"]

# ความเห็นนี้อยู่ต่อ
[layout]
facts = ["topic", { id = "reach", note = "place" }]
body = ["section:how", { id = "field:costs", level = 3 }]

[[section]]
id = "how" # วิธีทำ
label = { th = "วิธีทำ", en = "How" }

[[field]]
id = "topic"
type = "term"
many = true
vocabulary = "topic"
facet = true
label = { th = "เรื่อง", en = "Topic" }

[[field]]
id = "reach" # ใช้แล้วที่ใด
type = "text"
label = { th = "ใช้แล้วที่ใด", en = "Reach" }

[[field]]
id = "group"
type = "ref"
kinds = ["group"]
inverse = { th = "เรื่องของกลุ่ม", en = "Ideas of the group" }
label = { th = "กลุ่ม", en = "Group" }

[[field]]
id = "place"
type = "text"
via = "group.place"
label = { th = "ที่ตั้ง", en = "Place" }

[[field]]
id = "costs"
type = "table"
label = { th = "ค่าใช้จ่าย", en = "Costs" }
[[field.column]]
id = "item"
type = "text"
label = { th = "รายการ", en = "Item" }
[[field.column]]
id = "state"
type = "term"
vocabulary = "topic"
label = { th = "สถานะ", en = "State" }
"#;

const TOPIC: &str = r#"id = "topic"
label = { th = "เรื่อง", en = "Topic" }
# คำแรก
[[term]]
id = "read"
label = { th = "การอ่าน", en = "Reading" }
[[term]]
id = "count"
label = { th = "การคำนวณ", en = "Counting" }
parent = "read"
"#;

const ONE: &str = r#"+++
title = "อ่านเช้า"
topic = ["read", "count"] # สองเรื่อง
# ใช้แล้ว
reach = "สามห้อง"
group = "river"

[[costs]]
item = "สมุด"
state = "read"
[[costs]]
item = "ดินสอ"
+++
นำ

## วิธีทำ {#how}

อ่านก่อนเรียน ดู [อีกเรื่อง](two.md#how)

```query
view = "table"
kind = "idea"
where = { topic = "read" }
columns = ["title", "reach"]
title = "ทุกเรื่อง"
```

มี [2](count:idea?topic=read) เรื่อง
"#;

const TWO: &str = "---\ntitle: อ่านเย็น\ntopic: read # เดียว\nreach: \"หนึ่งห้อง\"\ncosts:\n  - item: โคม\n    state: count\n---\nนำ\n\n## วิธีทำ {#how}\n\nอ่านก่อนนอน [กลับ](../ideas/one.md#how)\n";

/// A small portal in which everything that can be renamed is named everywhere.
fn portal() -> Portal {
    let sheet = "id,name,topic\ng-sea,กลุ่มทะเล,read\ng-hill,กลุ่มเขา,count\n";
    let map = "file = \"groups.csv\"\n[[entries]]\nkind = \"group\"\nid = \"{id}\"\ntitle = \"{name}\"\nwhen = { topic = \"read\" }\n[entries.set]\nabout = \"{topic}\"\nplace = \"ทะเล\"\n";
    let import = "kind = \"idea\"\nlabel = { th = \"ตาราง\", en = \"Table\" }\nkey = [\"title\", \"reach\"]\ntemplate = [\"title\", \"topic\", \"costs.1.item\", \"section:how\"]\n[columns]\n\"ใช้\" = \"reach\"\n[values.topic]\n\"อ่าน\" = \"read\"\n";
    let group = "[[field]]\nid = \"place\"\ntype = \"text\"\nlabel = { th = \"ที่ตั้ง\", en = \"Place\" }\n[[field]]\nid = \"ideas\"\ntype = \"ref\"\nmany = true\nkinds = [\"idea\"]\ntold_by = \"idea.group\"\nlabel = { th = \"เรื่องของเรา\", en = \"Our ideas\" }\n[[field]]\nid = \"about\"\ntype = \"term\"\nvocabulary = \"topic\"\nlabel = { th = \"เรื่อง\", en = \"About\" }\n";
    let view = "view = \"table\"\nkind = \"idea\"\ncolumns = [\"title\", \"topic\"]\nwhere = { topic = [\"read\", \"count\"] }\ntitle = { th = \"ภาพรวม\", en = \"Overview\" }\n";
    Portal::new()
        .kind("idea", FIELDS)
        .kind("group", group)
        .file("content/_schema/vocabularies/topic.toml", TOPIC)
        .file("content/_schema/figures/by-topic.toml", view)
        .file("content/_schema/import/ideas.toml", import)
        .file("content/_data/groups.csv", sheet)
        .file("content/_data/groups.toml", map)
        .file("content/ideas/one.md", ONE)
        .file("content/ideas/two.md", TWO)
        .file("content/groups/river.md", "+++\ntitle = \"กลุ่มแม่น้ำ\"\nplace = \"ริมน้ำ\"\n+++\nดู [เรื่อง](../ideas/one.md)\n")
}

/// What a reader sees of every page, by title: no addresses, which hold ids.
fn seen(portal: &Portal) -> Vec<String> {
    portal.done("build --no-search --lang en");
    let tags = Regex::new(r"(?s)<(script|style)\b.*?</(script|style)>|<[^>]*>").unwrap();
    let pages = files(&portal.path("public")).into_iter().filter(|(path, _)| path.ends_with(".html"));
    let text = |bytes: Vec<u8>| {
        let page = String::from_utf8(bytes).unwrap();
        tags.replace_all(&page, " ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // Pages at old addresses only lead on.
    let pages = pages
        .map(|(_, bytes)| bytes)
        .filter(|bytes| !String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\""));
    let mut pages: Vec<String> = pages.map(text).collect();
    pages.sort();
    pages
}

#[test]
fn everything_can_be_renamed_and_readers_see_no_difference() {
    let portal = portal();
    let before = seen(&portal);
    assert!(before.iter().any(|page| page.contains("สามห้อง")), "the value is on a page");
    let renames = [
        "field idea.topic qtopic",
        "field reach qreach",
        "field idea.costs.item qitem",
        "field idea.costs.state qstate",
        "field costs qcosts",
        "field idea.group qgroup",
        "field group.place qhome",
        "field idea.place qplace",
        "field about qabout",
        "section how qhow",
        "term read qread",
        "term topic.count qcount",
        "kind idea qidea --folder qideas",
        "kind group qgroups --folder qgroupfolder",
    ];
    for rename in renames {
        portal.done(&format!("rename --lang en {rename}"));
        let found = portal.run("check --lang en");
        assert!(found.ends_with("exit 0\n") && !found.contains("[S"), "{rename}: {found}");
    }
    for (after, before) in seen(&portal).iter().zip(&before) {
        assert_eq!(after, before);
    }
    assert_eq!(seen(&portal).len(), before.len());
    let one = portal.read("content/qideas/one.md").expect("moved with its kind");
    assert!(one.contains("# ใช้แล้ว\nqreach") && one.contains("qtopic = [\"qread\", \"qcount\"] # สองเรื่อง"), "{one}");
    assert!(one.contains("[[qcosts]]\nqitem = \"สมุด\"\nqstate = \"qread\"\n[[qcosts]]\nqitem"), "{one}");
    assert!(
        one.contains("{#qhow}") && one.contains("two.md#qhow") && one.contains("count:qidea?qtopic=qread"),
        "{one}"
    );
    let group = portal.read("content/_schema/kinds/group.toml").expect("kept");
    assert!(group.contains("told_by = \"qidea.qgroup\""), "{group}");
    let two = portal.read("content/qideas/two.md").expect("moved");
    assert!(two.contains("qtopic: qread # เดียว") && two.contains("../qideas/one.md#qhow"), "{two}");
    let kind = portal.read("content/_schema/kinds/idea.toml").expect("kept");
    assert!(kind.contains("{ id = \"qreach\", note = \"qplace\" }") && kind.contains("\"field:qcosts\""), "{kind}");
    assert!(kind.contains("# ความเห็นนี้อยู่ต่อ") && kind.contains("id = \"qhow\" # วิธีทำ"), "{kind}");
    assert!(portal.read("content/_data/groups.csv").is_some_and(|csv| csv.contains("กลุ่มทะเล,qread")));
    let import = portal.read("content/_schema/import/ideas.toml").expect("kept");
    assert!(import.contains("\"qcosts.1.qitem\", \"section:qhow\"") && import.contains("= \"qread\""), "{import}");
    // The old names are still read where they come from elsewhere, with a notice.
    portal.write("content/qideas/three.md", "+++\ntitle = \"จากที่อื่น\"\nreach = \"ไกล\"\ntopic = \"count\"\n+++\nนำ\n");
    let found = portal.run("check --lang en");
    assert!(found.contains("S315") && found.contains("read as `qreach`") && found.ends_with("exit 0\n"), "{found}");
    // Old addresses lead on.
    portal.done("build --no-search");
    assert!(portal.read("public/ideas/one.html").is_some_and(|page| page.contains("qideas/one.html")));
}

#[test]
fn a_renaming_is_shown_first_and_can_be_taken_back() {
    let portal = portal();
    let before = files(portal.root());
    let shown = portal.done("rename field reach coverage --dry-run --lang en");
    assert!(shown.contains("-reach = \"สามห้อง\"") && shown.contains("+coverage = \"สามห้อง\""), "{shown}");
    assert_eq!(files(portal.root()), before, "a dry run writes nothing");
    portal.done("rename kind idea thing --folder things --lang en");
    assert!(portal.read("content/ideas/one.md").is_none());
    portal.done("undo");
    let after: BTreeMap<_, _> = files(portal.root()).into_iter().filter(|(p, _)| !p.starts_with(".sala")).collect();
    assert_eq!(after, before);
}

#[test]
fn what_cannot_be_renamed_is_refused_with_the_name_that_was_meant() {
    let portal = portal();
    let refused = [
        ("field raech coverage", "did you mean"),
        ("field place home", "idea.place"),
        ("field idea.reach topic", "taken"),
        ("field idea.reach title", "taken"),
        ("field idea.reach Coverage", "cannot be an id"),
        ("term topic.read count", "taken"),
    ];
    let before = files(portal.root());
    for (rename, why) in refused {
        let told = portal.run(&format!("rename --lang en {rename}"));
        assert!(told.contains(why) && told.ends_with("exit 2\n"), "{rename}: {told}");
    }
    assert_eq!(files(portal.root()), before);
}

#[test]
fn terms_retire_and_give_way_and_fields_become_required() {
    let portal = portal();
    let topic = TOPIC.replace(
        "parent = \"read\"\n",
        "retired = true\n[[term]]\nid = \"old\"\nlabel = { th = \"เดิม\" }\nreplaced_by = \"read\"\n",
    );
    portal.write("content/_schema/vocabularies/topic.toml", &topic);
    let kind = portal.read("content/_schema/kinds/idea.toml").expect("there");
    let more = "\n[[field]]\nid = \"year\"\ntype = \"year\"\nlabel = { th = \"ปี\", en = \"Year\" }\n[[field]]\nid = \"proof\"\ntype = \"text\"\nrequired_from = 2569\nlabel = { th = \"หลักฐาน\", en = \"Proof\" }\n";
    portal.write("content/_schema/kinds/idea.toml", kind + more);
    portal.write("content/ideas/one.md", ONE.replace("[2](count", "[3](count"));
    portal.write("content/ideas/old.md", "+++\ntitle = \"ก่อน\"\nyear = 2568\ntopic = \"old\"\n+++\nนำ\n");
    let found = portal.run("check --lang en --format json");
    let of = |file: &str| -> Vec<&str> {
        found
            .lines()
            .filter(|line| line.contains(file))
            .filter_map(|line| line.split("\"severity\":").nth(1))
            .map(|rest| &rest[..6])
            .collect()
    };
    assert!(of("ideas/old.md").iter().all(|severity| *severity == "\"note\""), "{found}");
    assert!(
        found.contains("`old` is a former name, read as `read`") && found.contains("term `count` is retired"),
        "{found}"
    );
    assert!(found.ends_with("exit 0\n"), "no error: {found}");
    portal.write("content/ideas/new.md", "+++\ntitle = \"หลัง\"\nyear = 2569\n+++\nนำ\n");
    let found = portal.run("check --lang en");
    assert!(
        found.contains("new.md") && found.contains("`proof` (Proof) is missing") && found.ends_with("exit 1\n"),
        "{found}"
    );
    portal.write("content/ideas/new.md", "+++\ntitle = \"หลัง\"\nyear = 2569\nproof = \"นับแล้ว\"\n+++\nนำ\n");
    portal.done("build --no-search");
    assert!(portal.read("public/ideas/old.html").is_some_and(|page| page.contains("การอ่าน")));
    portal.write(
        "content/_schema/vocabularies/topic.toml",
        topic.replace("replaced_by = \"read\"", "replaced_by = \"old\""),
    );
    assert!(portal.run("check --lang en").contains("replace each other in a circle"));
}

#[test]
fn a_heading_of_before_is_still_that_section() {
    let portal = Portal::new().kind(
        "idea",
        "[[section]]\nid = \"fact\"\nlabel = { th = \"เหตุการณ์จริง\", en = \"Facts\" }\nrequired = true\nvisibility = \"internal\"\nwas = [\"สิ่งที่เกิดขึ้น\"]\n",
    );
    portal.write(
        "content/ideas/one.md",
        "+++\ntitle = \"หนึ่ง\"\n+++\nนำ\n\n## สิ่งที่เกิดขึ้น\n\nHIDDENFACT\n\n## ต่อไป\n\nเห็นได้\n",
    );
    portal.done("check --strict");
    portal.done("build --no-search");
    let page = portal.read("public/ideas/one.html").expect("there");
    assert!(page.contains("เห็นได้") && !page.contains("HIDDENFACT"), "a former name of an internal section hides it");
}

#[test]
fn every_template_is_a_working_portal() {
    for (template, page) in [
        ("small", "innovations/inn-reading-corner.html"),
        ("knowledge-base", "practices/teach-back.html"),
        ("docs", "guide/first-steps.html"),
    ] {
        let portal = Portal::empty();
        portal.done(&format!("init new --template {template}"));
        let inside = |line: &str| portal.run(&format!("--portal new {line}"));
        let found = inside("check --lang en");
        assert!(found.ends_with("exit 0\n") && !found.contains("error"), "{template}: {found}");
        assert!(inside("build --no-search -o site").ends_with("exit 0\n"), "{template}");
        assert!(portal.path("site").join(page).exists(), "{template}: {page}");
        assert!(inside("schema").ends_with("exit 0\n"));
        assert!(portal.read("new/.taplo.toml").is_some_and(|rules| rules.contains("_schema/kinds/*.toml")));
    }
    // The example is the template: one portal, shown in the repository.
    let portal = Portal::empty();
    portal.done("init new --template knowledge-base");
    let example = files(&crate::tools::repository().join("examples/knowledge-base"));
    let new: BTreeMap<_, _> = files(&portal.path("new")).into_iter().filter(|(path, _)| path != ".gitignore").collect();
    assert_eq!(new, example);
}

/// Links by id with the anchor of a section, columns that stand in a figure without their table, and blocks that use a figure.
#[test]
fn names_are_renamed_where_their_kind_or_table_is_said_elsewhere() {
    let item = "[[section]]\nid = \"how\"\nlabel = { th = \"วิธี\", en = \"How\" }\n\
                [[field]]\nid = \"topic\"\ntype = \"term\"\nvocabulary = \"topic\"\nlabel = { th = \"เรื่อง\", en = \"Topic\" }\n\
                [[field]]\nid = \"costs\"\ntype = \"table\"\nchart = { label = [\"item\"], value = \"sum\" }\nlabel = { th = \"ราคา\", en = \"Costs\" }\n\
                [[field.column]]\nid = \"item\"\ntype = \"text\"\nlabel = { th = \"รายการ\", en = \"Item\" }\n\
                [[field.column]]\nid = \"sum\"\ntype = \"integer\"\nlabel = { th = \"จำนวน\", en = \"Sum\" }\n";
    let terms = "id = \"topic\"\nlabel = { th = \"เรื่อง\", en = \"Topic\" }\n[[term]]\nid = \"lead\"\nlabel = { th = \"นำ\", en = \"Lead\" }\n";
    let page =
        "+++\ntitle = \"สอง\"\ntopic = \"lead\"\n[[costs]]\nitem = \"สมุด\"\nsum = 3\n+++\n\n## วิธี {#how}\n\nทำ\n";
    let text = "# หน้า\n\n[ลิงก์](id:i2#how) [](id:i2#how)\n\n```query\nuse = \"f1\"\nwhere = { topic = \"lead\" }\n```\n\n\
                ```query\nkind = \"item\"\nview = \"rows\"\ntable = \"costs\"\ncolumns = [\"entry\", \"item\", \"sum\"]\n```\n";
    let portal = Portal::new()
        .kind("item", item)
        .file("content/_schema/vocabularies/topic.toml", terms)
        .file("content/_schema/figures/f1.toml", "view = \"list\"\nkind = \"item\"\n")
        .file("content/items/i2.md", page)
        .file("content/page.md", text);
    for rename in
        ["section item.how steps", "field item.topic matter", "term topic.lead head", "field item.costs.item thing"]
    {
        portal.done(&format!("rename {rename}"));
    }
    let text = portal.read("content/page.md").expect("the page");
    assert!(text.contains("[ลิงก์](id:i2#steps) [](id:i2#steps)"), "{text}");
    assert!(text.contains("{ matter = \"head\" }") && text.contains("[\"entry\", \"thing\", \"sum\"]"), "{text}");
    let kind = portal.read("content/_schema/kinds/item.toml").expect("the kind");
    assert!(kind.contains("label = [\"thing\"]"), "{kind}");
    // Without the former names too.
    for path in ["content/_schema/kinds/item.toml", "content/_schema/vocabularies/topic.toml"] {
        let file = portal.read(path).expect("the file");
        portal
            .write(path, file.lines().filter(|l| !l.starts_with("was")).map(|l| format!("{l}\n")).collect::<String>());
    }
    assert!(portal.run("check --strict").ends_with("exit 0\n"), "{}", portal.run("check --strict"));
}

/// `@field` is renamed behind `..`, in counts and in figures that a page names; and where a figure would be wrong with the
/// new name, all is put back.
#[test]
fn the_pages_own_field_is_renamed_in_every_form() {
    let year = "[[field]]\nid = \"started\"\ntype = \"year\"\nlabel = { th = \"เริ่ม\", en = \"Started\" }\n";
    let body = "## ข้อมูล\n\n```query\nview = \"count\"\nkind = \"note\"\nwhere = { started = \"..@started\" }\n```\n\n\
                [1](count:note?started=..@started) [1](count:note?year=@started)\n\n```query\nuse = \"same\"\n```\n";
    let portal = Portal::new()
        .kind("group", year)
        .kind("note", year)
        .file("content/_schema/figures/same.toml", "view = \"count\"\nkind = \"note\"\nyear = \"@started\"\n")
        .file("content/groups/g1.md", format!("+++\ntitle = \"กลุ่ม\"\nstarted = 2566\n+++\n{body}"))
        .file("content/notes/n1.md", "+++\ntitle = \"หนึ่ง\"\nstarted = 2566\n+++\n");
    portal.done("rename field group.started begun");
    let page = portal.read("content/groups/g1.md").expect("the page");
    assert!(page.contains("started = \"..@begun\"") && page.contains("started=..@begun)"), "{page}");
    assert!(page.contains("count:note?year=@begun"), "{page}");
    assert!(portal.read("content/_schema/figures/same.toml").expect("the figure").contains("@begun"));
    assert!(portal.run("check --strict").ends_with("exit 0\n"));
    // A figure that the new name would break: a note has no `begun`.
    portal
        .write("content/notes/n2.md", "+++\ntitle = \"สอง\"\nstarted = 2567\n+++\n\n```query\nuse = \"other\"\n```\n");
    portal.write("content/_schema/figures/other.toml", "view = \"count\"\nkind = \"note\"\nyear = \"@started\"\n");
    let group = portal.read("content/groups/g1.md").expect("the page");
    portal.write("content/groups/g1.md", group.replace("\"same\"", "\"other\"").replace("begun", "started"));
    let before = portal.read("content/groups/g1.md").expect("the page");
    portal.write("content/_schema/kinds/group.toml", {
        let kind = portal.read("content/_schema/kinds/group.toml").expect("the kind");
        kind.replace("\"begun\"", "\"started\"")
            .lines()
            .filter(|l| !l.starts_with("was"))
            .map(|l| format!("{l}\n"))
            .collect::<String>()
    });
    let told = portal.run("rename field group.started begun --lang en");
    assert!(told.contains("S508") && told.contains("all files are as they were"), "{told}");
    assert_eq!(portal.read("content/groups/g1.md").as_ref(), Some(&before));
}
