//! What a kind keeps internal stays so by whatever way a page or a figure comes to it, and what is not known is not none.

use crate::fixture::{Portal, files};

const KIND: &str = "[[field]]\nid = \"told\"\ntype = \"bool\"\nvisibility = \"internal\"\nlabel = { th = \"บอกแล้ว\", en = \"Told\" }\n[[section]]\nid = \"who\"\nlabel = { th = \"ผู้ให้ข้อมูล\", en = \"Informants\" }\nvisibility = \"internal\"\n";
const PAGE: &str = "+++\ntitle = \"คุย\"\n+++\nเปิดเผย\n\n## ผู้ให้ข้อมูล\n\nQZQSECRET\n";

/// All bytes of the site.
fn published(portal: &Portal) -> String {
    let all: Vec<u8> = files(&portal.path("public")).into_values().flatten().collect();
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn a_public_figure_of_what_is_internal_is_an_error_and_no_zero() {
    let figures = [
        "view = \"count\"\nkind = \"talk\"\nwhere = { told = true }",
        "view = \"list\"\nkind = \"talk\"\nnot = { told = true }",
        "view = \"bars\"\nkind = \"talk\"\nrows = \"told\"",
        "view = \"count\"\nkind = \"memo\"",
        "view = \"list\"\nkind = \"memo\"",
    ];
    for figure in figures {
        let portal = Portal::new()
            .kind("talk", KIND)
            .kind("memo", "visibility = \"internal\"\n")
            .file("content/talks/one.md", "+++\ntitle = \"หนึ่ง\"\ntold = true\n+++\nก\n")
            .file("content/about.md", format!("+++\ntitle = \"สรุป\"\n+++\n\nก\n\n```query\n{figure}\n```\n"));
        let told = portal.run("check --lang en");
        assert!(told.contains("error[S508]") && told.contains("is internal"), "{figure}: {told}");
    }
    let portal = Portal::new()
        .kind("memo", "visibility = \"internal\"\n")
        .file("content/about.md", "+++\ntitle = \"สรุป\"\n+++\n\nมี [0](count:memo) ฉบับ\n");
    assert!(portal.run("check --lang en").contains("error[S508]"));
}

/// Where the field that tells the year is internal, every year would be told to have nothing; so where there is none.
#[test]
fn a_year_that_nothing_public_tells_is_an_error_and_no_zero() {
    let day = |more: &str| {
        format!(
            "[[field]]\nid = \"group\"\ntype = \"ref\"\nkinds = [\"group\"]\nlabel = \"ก\"\n\
             [[field]]\nid = \"day\"\ntype = \"date\"\nlabel = \"ข\"\n{more}"
        )
    };
    let texts =
        ["often", "shows", "whose"].map(|id| format!("[[field]]\nid = \"{id}\"\ntype = \"text\"\nlabel = \"{id}\"\n"));
    let check = "[[checks]]\nlabel = \"ค\"\nkind = \"talk\"\nby = \"group\"\n";
    let figures = [
        "view = \"count\"\nkind = \"talk\"\nyear = 2566\n".to_owned(),
        format!("view = \"coverage\"\nkind = \"talk\"\nsubjects = \"group\"\nyear = 2566\n{check}"),
        format!("view = \"expected\"\nkind = \"talk\"\nsubjects = \"group\"\nyear = 2566\n{check}"),
        "view = \"due\"\nkind = \"duty\"\nsubjects = \"group\"\nyear = 2566\n[register]\nfrequency = \"often\"\n\
         yearly = [\"yearly\"]\nkind = \"shows\"\nby = \"whose\"\n"
            .to_owned(),
    ];
    for figure in &figures {
        let portal = |kind: &str| {
            Portal::new()
                .kind("talk", kind)
                .kind("group", "")
                .kind("duty", &texts.concat())
                .file("content/groups/g1.md", "+++\ntitle = \"กลุ่ม\"\n+++\nก\n")
                .file(
                    "content/dutys/d.md",
                    "+++\ntitle = \"งาน\"\noften = \"yearly\"\nshows = \"talk\"\nwhose = \"group\"\n+++\nก\n",
                )
                .file("content/talks/one.md", "+++\ntitle = \"หนึ่ง\"\ngroup = \"g1\"\nday = 2566-08-15\n+++\nก\n")
                .file("content/about.md", format!("+++\ntitle = \"สรุป\"\n+++\n\nก\n\n```query\n{figure}```\n"))
                .run("check --lang en")
        };
        let told = portal(&day("visibility = \"internal\"\n"));
        assert!(told.contains("error[S508]") && told.contains("field `day`"), "{figure}: {told}");
        assert!(!portal(&day("")).contains("S508"), "{figure}: {}", portal(&day("")));
    }
    let without = day("").replace("type = \"date\"", "type = \"text\"");
    let portal = Portal::new()
        .kind("talk", &without)
        .kind("group", "")
        .file("content/talks/one.md", "+++\ntitle = \"หนึ่ง\"\n+++\nก\n")
        .file("content/about.md", format!("+++\ntitle = \"สรุป\"\n+++\n\nก\n\n```query\n{}```\n", figures[0]));
    assert!(portal.run("check --lang en").contains("cannot be counted by year"));
}

#[test]
fn the_former_folder_of_a_kind_keeps_what_the_kind_keeps() {
    let portal = Portal::new()
        .kind("talk", &format!("former_folders = [\"chats\"]\n{KIND}"))
        .kind("memo", "visibility = \"internal\"\nwas = [\"circular\"]\nformer_folders = [\"letters\"]\n")
        .file("content/chats/one.md", PAGE)
        .file("content/letters/two.md", "+++\ntitle = \"สอง\"\n+++\nQZQSECRET\n")
        .file("content/letters/plain.md", "QZQSECRET\n")
        .file("content/letters/d.txt", "QZQSECRET\n")
        .file("content/about.md", "+++\ntitle = \"สรุป\"\n+++\n\n[ไฟล์](letters/d.txt)\n");
    portal.run("build --no-search");
    let all = published(&portal);
    assert!(!all.contains("QZQSECRET"));
    for near in ["leters", "letterss", "circular", "circulars"] {
        portal.write(&format!("content/{near}/x.md"), "+++\ntitle = \"ส\"\n+++\nQZQSECRET\n");
        let told = portal.run("check --lang en");
        assert!(told.contains("error[S314]") && told.contains(&format!("--> content/{near}/x.md")), "{told}");
    }
    let portal =
        Portal::new().kind("talk", &format!("former_folders = [\"chats\"]\n{KIND}")).file("content/chats/one.md", PAGE);
    portal.done("build --no-search");
    assert!(
        portal.read("public/talks/one.html").is_some_and(|page| page.contains("เปิดเผย") && !page.contains("QZQSECRET"))
    );
}

#[test]
fn nearly_in_the_folder_of_a_kind_its_internal_sections_are_kept_and_told() {
    for path in
        ["talk/one.md", "talks-old/one.md", "talks2/one.md", "archive/talks/one.md", "tallks/one.md", "talks.md"]
    {
        let portal = Portal::new().kind("talk", KIND).file(&format!("content/{path}"), PAGE);
        let told = portal.run("build --no-search --lang en");
        assert!(told.contains("error[S510]") && told.ends_with("exit 1\n"), "{path}: {told}");
        assert!(!published(&portal).contains("QZQSECRET"), "{path}");
    }
    let other = PAGE.replace("title", "kind = \"idea\"\ntitle");
    let portal = Portal::new().kind("talk", KIND).kind("idea", "").file("content/talks/one.md", other);
    assert!(portal.run("build --no-search --lang en").contains("error[S510]"));
    // The same heading elsewhere is a heading.
    let portal = Portal::new().kind("talk", KIND).file("content/guides/one.md", PAGE);
    portal.done("build --no-search");
    assert!(published(&portal).contains("QZQSECRET"));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_and_nothing_is_made_of_the_rest() {
    for place in ["content/talks/p.md", "content/_schema/kinds/p.toml"] {
        let portal = Portal::new().kind("talk", KIND).file("content/talks/one.md", "+++\ntitle = \"หนึ่ง\"\n+++\nก\n");
        portal.done("cms");
        let before = files(portal.root());
        assert!(std::process::Command::new("mkfifo").arg(portal.path(place)).status().unwrap().success());
        for line in ["cms", "schema", "rename kind talk word --folder words", "list talk", "search หนึ่ง"] {
            let told = portal.run(&format!("{line} --lang en"));
            assert!(told.contains("S201") && told.ends_with("exit 1\n"), "{place}, {line}: {told}");
        }
        std::fs::remove_file(portal.path(place)).unwrap();
        let mut after = files(portal.root());
        after.retain(|path, _| before.contains_key(path) || !path.starts_with(".sala"));
        assert!(after == before, "{place}");
    }
}

#[test]
fn what_undo_cannot_take_back_does_not_take_back_another_command() {
    let elsewhere = tempfile::tempdir().unwrap();
    let portal = Portal::new().kind("talk", KIND);
    portal.done("new talk --title Hello --no-input");
    let pages = || std::fs::read_dir(portal.path("content/talks")).unwrap().count();
    assert_eq!(pages(), 1);
    portal.done(&format!("cms -o {}", elsewhere.path().join("cms").display()));
    assert!(portal.run("undo").ends_with("exit 2\n"));
    assert_eq!(pages(), 1);
}

#[test]
fn control_characters_of_values_reach_no_file() {
    let portal = Portal::new()
        .kind("talk", "[[field]]\nid = \"day\"\ntype = \"date\"\nlabel = { th = \"วัน\", en = \"Day\" }\n")
        .file("content/talks/one.md", "+++\ntitle = \"ก\\u0000ข\\u0007ค\\u001b[31m\"\nday = 2566-01-02\n+++\nก\n");
    portal.done("build");
    let text = ["csv", "ics", "html", "json", "xml", "bib", "ris", "js", "txt"];
    let made = files(&portal.path("public"));
    let of_text = made.iter().filter(|(path, _)| text.iter().any(|ending| path.ends_with(&format!(".{ending}"))));
    for (path, bytes) in of_text {
        assert!(!bytes.iter().any(|b| *b < 32 && !b"\n\r\t".contains(b)), "{path}");
    }
}

#[test]
fn nothing_in_the_schema_makes_public_what_is_internal() {
    let set = "[[field]]\nid = \"who\"\ntype = \"text\"\nvisibility = \"internal\"\nlabel = \"ใคร\"\n";
    let own = "fields_from = [\"common\"]\n[[field]]\nid = \"who\"\ntype = \"text\"\nlabel = \"ใคร\"\n";
    let talk = |schema: &str| {
        Portal::new()
            .file("content/_schema/fields/common.toml", set)
            .kind("talk", schema)
            .file("content/talks/one.md", "+++\ntitle = \"หนึ่ง\"\nwho = \"QZQSECRET\"\n+++\nก\n")
    };
    let portal = talk(own);
    assert!(portal.run("build --no-search --lang en").contains("error[S102]"));
    assert!(!published(&portal).contains("QZQSECRET"));
    let portal = talk(&format!("{own}visibility = \"internal\"\n"));
    portal.done("build --no-search");
    assert!(!published(&portal).contains("QZQSECRET"));

    let portal = Portal::new()
        .file(
            "content/_schema/kinds/memo.toml",
            "id = \"memo\"\nfolder = \"memos\"\nvisibility = \"internal\"\nlabel = \"ก\"\n",
        )
        .file("content/_schema/kinds/talk.toml", "id = \"talk\"\nfolder = \"memos/talks\"\nlabel = \"ข\"\n")
        .file("content/memos/talks/one.md", "+++\ntitle = \"หนึ่ง\"\n+++\nQZQSECRET\n");
    assert!(portal.run("check --lang en").contains("which is internal"));
    let portal = Portal::new()
        .file("content/_schema/kinds/memo.internal.toml", "id = \"memo\"\nfolder = \"memos\"\nlabel = \"ก\"\n");
    assert!(portal.run("check --lang en").contains("error[S102]"));
    for column in ["visibility", "draft", "Visibility"] {
        let steps = format!(
            "[[field]]\nid = \"steps\"\ntype = \"table\"\nlabel = \"ก\"\n[[field.column]]\nid = \"{column}\"\ntype = \"text\"\nlabel = \"ข\"\n"
        );
        assert!(Portal::new().kind("talk", &steps).run("check --lang en").contains("hides no row"), "{column}");
    }
    let field = "[[field]]\nid = \"confidential\"\ntype = \"bool\"\nlabel = \"ก\"\n";
    assert!(Portal::new().kind("talk", field).run("check --lang en").contains("hides no page"));
    let meant = format!("{field}visibility = \"public\"\n");
    assert!(!Portal::new().kind("talk", &meant).run("check --lang en").contains("hides no page"));
}

#[test]
fn ids_in_handouts_icons_themes_and_tiles_stop_the_build() {
    const ID: &str = "1101700230708";
    let places = [
        ("handout/page.typ", format!("ID {ID}")),
        ("icons/check.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{ID}</title></svg>")),
        ("themes/default/theme.toml", format!("[[front.figures]]\nlabel = \"{ID}\"\ncount = \"talk\"\n")),
        (
            "content/_schema/vocabularies/area.toml",
            format!(
                "id = \"area\"\nlabel = \"พื้นที่\"\n[[term]]\nid = \"a\"\nlabel = \"ก\"\ntile = {{ column = 1, row = 1, mark = \"{ID}\" }}\n"
            ),
        ),
    ];
    for (place, text) in places {
        let told = Portal::new().kind("talk", "").file(place, text).run("check --lang en");
        assert!(told.contains("error[S601]") && !told.contains(ID), "{place}: {told}");
    }
}

#[test]
fn tables_whose_names_nearly_say_internal_make_nothing() {
    let map =
        |csv: &str| format!("file = \"{csv}\"\n[[entries]]\nkind = \"talk\"\nid = \"{{id}}\"\ntitle = \"{{t}}\"\n");
    for (name, is_told) in [
        ("staff-only/r", true),
        ("r.intrenal", true),
        ("r-internal", true),
        ("r (internal)", true),
        ("draft", true),
        ("ร่าง", true),
        ("แผน_ลับ", true),
        ("r.internal", false),
        ("r", false),
    ] {
        let csv = name.rsplit('/').next().unwrap();
        let portal = Portal::new()
            .kind("talk", "")
            .file(&format!("content/_data/{name}.toml"), map(&format!("{csv}.csv")))
            .file(&format!("content/_data/{name}.csv"), "id,t\nr1,QZQSECRET\n");
        let told = portal.run("build --no-search --lang en");
        assert_eq!(told.contains("error[S314]"), is_told, "{name}: {told}");
        assert_eq!(published(&portal).contains("QZQSECRET"), name == "r", "{name}");
    }
}

#[test]
fn a_column_that_is_not_mapped_and_hides_its_row_is_an_error() {
    let check = |column: &str, cell: &str| {
        let map = "file = \"r.csv\"\n[[entries]]\nkind = \"talk\"\nid = \"{id}\"\ntitle = \"{t}\"\n";
        let portal = Portal::new()
            .kind("talk", "")
            .file("content/_data/r.toml", map)
            .file("content/_data/r.csv", format!("id,t,{column}\nr1,ก,{cell}\n"));
        portal.run("check --lang en").contains("error[S207]")
    };
    for (column, cell) in [
        ("เผยแพร่", "ไม่เผยแพร่"),
        ("เปิดเผยได้", "ไม่ได้"),
        ("แสดง", "ไม่"),
        ("หมายเหตุ", "ห้ามเผยแพร่"),
        ("remark", "ใช้ภายในเท่านั้น"),
        ("is_public", "f"),
        ("hide", "x"),
        ("level", "CONFIDENTIAL"),
        ("state", "archived"),
        ("internal", "x"),
        ("ข้อมูลภายใน", "ใช่"),
        ("การมองเห็น", "ภายใน"),
        ("อนุญาตให้เผยแพร่", "ไม่อนุญาต"),
        ("published", "internal"),
        ("เผยแพร่", "รอตรวจ"),
        ("สถานะ", "รอตรวจ"),
        ("สถานะเอกสาร", "ร่าง"),
        ("ระดับชั้นความลับ", "ลับ"),
        ("ยินยอมให้เผยแพร่หรือไม่", "ไม่ยินยอม"),
        ("Consent to publish", "no"),
        ("ความยินยอม", "ไม่มี"),
        ("ภายใน", "✓"),
        ("ลับ", "/"),
        ("PDPA", "ไม่ยินยอม"),
        ("ลงเว็บ", "ไม่"),
        ("แชร์", "ไม่"),
        ("แชร์ได้", "✗"),
        ("ยินยอมให้แชร์", "ไม่ใช่"),
        ("การส่งต่อ", "no"),
        ("privacy", "private"),
        ("หมายเหตุ", "ห้ามคัดลอก ห้ามเผยแพร่"),
        ("หมายเหตุ", "ยังไม่ให้เผยแพร่"),
        ("หมายเหตุ", "เผยแพร่ไม่ได้"),
        ("หมายเหตุ", "ขอสงวน ไม่เผยแพร่"),
        ("Remarks", "Do not publish yet"),
        ("Remark", "No permission to publish"),
        ("Remark", "did not consent"),
        ("Photo consent", "No"),
        ("Consent form", "not returned"),
        ("Consent", "withdrawn"),
        ("Agree", "No"),
        ("Agreed to publication", "no"),
        ("OK to share", "no"),
        ("Permission", "refused"),
        ("permission given", "no"),
        ("opt-out", "yes"),
        ("ลงเว็บไซต์", "ไม่"),
        ("on website", "no"),
        ("Website ready", "N"),
        ("สถานะ", "เอกสารภายในหน่วยงาน"),
        ("โน้ต", "parent refused consent"),
        ("โน้ต", "ขอถอนเรื่อง"),
        ("Withdrawn", "TRUE"),
        ("ไม่ประสงค์ให้เผยแพร่", "ใช่"),
        ("Embargo until", "2030-01-01"),
        ("status", "withdrawn"),
        ("status", "on hold"),
        ("status", "retracted"),
        ("status", "Pending review"),
        ("สถานะ", "รออนุมัติ"),
        ("สถานะ", "รอลงนาม"),
    ] {
        assert!(check(column, cell), "{column} = {cell}");
    }
    // Shown or imported, such a column decides as well, unless somebody says that all rows are public.
    let shows = |more: &str| {
        let map = format!(
            "file = \"r.csv\"\n[[entries]]\nkind = \"talk\"\nid = \"{{id}}\"\ntitle = \"{{t}} {{status}}\"\n{more}"
        );
        let portal = Portal::new()
            .kind("talk", "")
            .file("content/_data/r.toml", map)
            .file("content/_data/r.csv", "id,t,status\nr1,ก,draft\nr2,ข,done\n");
        portal.run("check --lang en").contains("error[S207]")
    };
    assert!(shows("") && shows("when = { status = \"draft\" }\n"));
    assert!(!shows("when = { status = \"done\" }\n") && !shows("[entries.set]\nvisibility = \"public\"\n"));
    assert!(!shows("[entries.set]\nvisibility = \"{status}\"\n"));
    // Nor does a map that leaves the column out, as a drafted one does with what it does not know; stamps in headings, cells,
    // above the headings and as the name of the sheet stop the import too.
    let left = "kind = \"talk\"\n[columns]\n\"สถานะ\" = \"\"\n";
    for (table, map) in [
        ("title,สถานะ\nก,ร่าง\nข,\n", ""),
        ("title,สถานะ\nก,ร่าง\nข,\n", " --map m.toml"),
        ("title,ลับ\nก,/\nข,\n", ""),
        ("title,ประเภทข้อมูล\nก,ภายใน\n", ""),
        ("ใช้ภายในเท่านั้น,\ntitle,ปี\nก,1\n", ""),
        ("ตารางสรุป (ลับ),\ntitle,ปี\nก,1\n", ""),
    ] {
        let portal = Portal::new().kind("talk", "").file("t.csv", table).file("m.toml", left);
        let told = portal.run(&format!("import t.csv --kind talk --lang en{map}"));
        assert!(told.contains("nothing is imported") && !portal.path("content/talks").exists(), "{table}: {told}");
    }
    for table in ["title,ลับ\nก,ไม่\n", "ใช้ภายในเท่านั้น,\ntitle,visibility\nก,internal\n"]
    {
        let portal = Portal::new().kind("talk", "").file("t.csv", table);
        let told = portal.run("import t.csv --kind talk --lang en");
        assert!(portal.path("content/talks").exists(), "{table}: {told}");
    }
    for (column, cell) in [
        ("เผยแพร่", "ใช่"),
        ("public", "yes"),
        ("hide", "no"),
        ("ยินยอม", "ใช่"),
        ("สถานะ", "เสร็จแล้ว"),
        ("การเผยแพร่ผลงาน", "วารสาร"),
        ("hide", ""),
        ("สังกัด", "private"),
        ("หมายเหตุ", "ไม่มี"),
        ("การตรวจสอบ", "ภายใน"),
        ("private", "12"),
        ("ร่าง", "2.5"),
        ("ปีที่เผยแพร่", "ไม่ปรากฏ"),
        ("จำนวนครั้งที่เผยแพร่", "0"),
        ("ชั้นความลับ", "ไม่มี"),
        ("งบประมาณ", "รออนุมัติ"),
        ("หมายเหตุ", "รอตรวจสอบ"),
        ("visibility", "10 km"),
        ("draft_no", "3"),
        ("ร่างที่", "2"),
        ("ร่างที่", "1"),
        ("draft_no", "1"),
        ("เผยแพร่ผลงาน", "ไม่ใช่"),
        ("ประเภทยา", "ใช้ภายใน\nr2,ข,ใช้ภายนอก"),
        ("Agreement", "no"),
        ("Photo", "no"),
        ("Show photo", "x"),
        ("embargo", "none"),
        ("เว็บไซต์", "ไม่มี"),
        ("status", "in progress"),
        ("ยังไม่เผยแพร่", "ไม่"),
        ("Withdrawn", "no"),
    ] {
        assert!(!check(column, cell), "{column} = {cell}");
    }
}

/// What one block decides by, or looks at in its own rows, says nothing of the rows that another takes.
#[test]
fn each_block_of_a_map_is_judged_by_the_rows_that_it_takes() {
    let told = |blocks: &[&str], table: &str| {
        let blocks = blocks.iter().enumerate().map(|(n, more)| {
            format!("[[entries]]\nkind = \"talk\"\nid = \"b{n}-{{id}}\"\ntitle = \"{{t}}\"\n{more}\n")
        });
        let map = format!("file = \"r.csv\"\n{}", blocks.collect::<String>());
        let portal = Portal::new().kind("talk", "").file("content/_data/r.toml", map);
        portal.file("content/_data/r.csv", table).run("check --lang en").contains("error[S207]")
    };
    let decides = "[entries.set]\nvisibility = \"{visibility}\"";
    let table = "id,t,type,visibility\nr1,ก,a,public\nr2,ข,b,internal\n";
    let of = |kind: &str, more: &str| format!("when = {{ type = \"{kind}\" }}\n{more}");
    assert!(told(&[&of("a", decides), &of("b", "")], table));
    assert!(told(&["when = { visibility = \"public\" }", &of("b", "")], &table.replace("internal", "team")));
    for blocks in [
        [&*of("a", decides), &*of("b", decides)],
        [decides, ""],
        [&of("a", decides), &of("b", "[entries.set]\nvisibility = \"public\"")],
        ["when = { visibility = \"public\" }", "when = { visibility = \"public\" }"],
    ] {
        assert!(!told(&blocks, table), "{blocks:?}");
    }
    // Readers of a field see that a project waits.
    let projects = "id,t,status\nr1,ก,pending\nr2,ข,on hold\n";
    assert!(told(&[""], projects) && !told(&["append = { words = \"{status}\" }"], projects));
    assert!(told(&["append = { words = \"{status}\" }"], &projects.replace("pending", "draft")));
    let drugs = "id,t,use\nr1,ก,ใช้ภายใน\nr2,ข,ใช้ภายนอก\n";
    assert!(!told(&["when = { use = \"ใช้ภายใน\" }", "when = { use = \"ใช้ภายนอก\" }"], drugs));
    // A table that shows who is private tells what its rows are.
    let schools = "id,t,private\nr1,ก,yes\nr2,ข,no\n";
    let shows = "append = { words = \"{private}\" }";
    assert!(told(&[""], schools) && !told(&[shows], schools) && !told(&["", shows], schools));
    assert!(told(&["", &format!("when = {{ t = \"ข\" }}\n{shows}")], schools), "shown of other rows");
    assert!(!told(&["[entries.set]\nvisibility = \"Public\""], schools));
}

/// `draft` hides the rows of which its column says yes: one that says which rows may be shown would publish the others.
#[test]
fn a_column_that_says_yes_to_publishing_fills_no_draft() {
    for (column, is_contrary) in [
        ("เปิดเผยข้อมูล", true),
        ("public", true),
        ("Photo consent", true),
        ("แชร์", true),
        ("ส่งต่อได้", true),
        ("ไม่เผยแพร่", false),
        ("private", false),
        ("ร่าง", false),
    ] {
        let check = |set: &str| {
            let map = "file = \"r.csv\"\n[[entries]]\nkind = \"talk\"\nid = \"{id}\"\ntitle = \"{t}\"\n";
            let portal = Portal::new()
                .kind("talk", "")
                .file("content/_data/r.toml", format!("{map}{set}"))
                .file("content/_data/r.csv", format!("id,t,{column}\nr1,ก,ใช่\nr2,ข,ไม่\n"));
            portal.run("check --lang en")
        };
        let told = check(&format!("[entries.set]\ndraft = \"{{{column}}}\"\n"));
        assert_eq!(told.contains("hides those that say yes"), is_contrary, "{column}: {told}");
        assert_eq!(told.ends_with("exit 1\n"), is_contrary, "{column}: {told}");
        let told = check("");
        assert!(told.contains("error[S207]"), "{column}: {told}");
        assert_eq!(told.contains("or draft ="), !is_contrary, "{column}: {told}");
    }
}

#[test]
fn data_of_other_programs_hides_folders_and_pages_however_it_is_written() {
    for (file, text) in [
        ("sec/sec.11tydata.js", "module.exports = { draft: true };"),
        ("sec/sec.11tydata.js", "export default () => { return { permalink: false } }"),
        ("sec/p.11tydata.json", "{\"draft\": true}"),
        ("sec/p.json", "{\"published\": false}"),
        ("sec/_index.html", "---\ncascade:\n  draft: true\n---\n"),
        ("sec/_index.html", "+++\ndraft = true\n+++\n"),
        ("_config.yml", "defaults:\n  - scope: {path: \"sec/*\"}\n    values: {published: false}\n"),
        ("_config.yaml", "defaults:\n  - scope: {path: ./sec/p.md}\n    values: {published: false}\n"),
    ] {
        let portal = Portal::new()
            .file("content/sec/p.md", "# ก\n\nQZQSECRET\n")
            .file("content/o.md", "# ข\n")
            .file(&format!("content/{file}"), text);
        assert!(portal.run("build --no-search --lang en").contains("S314"), "{file}");
        let all = published(&portal);
        assert!(!all.contains("QZQSECRET") && portal.path("public/o.html").exists(), "{file}: {text}");
    }
    // What is not read is told.
    for (file, text) in [
        ("hugo.toml", "[[cascade]]\ndraft = true\n"),
        ("_quarto.yml", "website:\n  draft-mode: gone\n  drafts: [p.md]\n"),
        ("mkdocs.yml", "plugins:\n  - exclude:\n      glob: [\"sec/*\"]\n"),
        ("conf.py", "exclude_patterns += [\"sec\"]\n"),
        (".eleventy.js", "config.ignores.add(\"sec\");\n"),
        (".obsidian/publish.json", "{\"excluded\": [\"sec\"]}\n"),
    ] {
        let portal = Portal::new().file("content/p.md", "# ก\n").file(&format!("content/{file}"), text);
        assert!(portal.run("check --lang en").contains("warning[S314]"), "{file}");
    }
}

#[test]
fn an_allowance_is_no_wider_than_it_is_written_and_programs_are_never_allowed() {
    for key in ["code = [\"S602\"]", "until = \"2566-12-31\"", "codes = [\"S602\"]"] {
        let front = format!("[allow_personal]\nreason = \"ก\"\nby = \"ข\"\ndate = \"2566-08-15\"\n{key}\n");
        let page = format!("+++\ntitle = \"ก\"\n{front}+++\n\nเลขประจำตัวประชาชน 1101700230708\n");
        let told = Portal::new().file("content/p.md", page).run("check --lang en");
        assert!(told.contains("error[S601]"), "{key}: {told}");
        assert_eq!(told.contains("has no key"), !key.starts_with("codes"), "{key}: {told}");
    }
    let settings = |ending: &str| format!("title = \"ก\"\nlanguages = [\"th\"]\n[files]\nallow = [\"{ending}\"]\n");
    for ending in ["wsf", "pif", "url", "xhtm", "php8", "jspx", "apk", "desktop", "atom"] {
        let told = Portal::empty().file("portal.toml", settings(ending)).run("check --lang en");
        assert!(told.contains("error[S101]"), "{ending}: {told}");
    }
    assert!(!Portal::empty().file("portal.toml", settings("ggb")).run("check --lang en").contains("error["));
}

#[test]
fn what_is_a_sample_is_written_in_the_page() {
    let portal = Portal::new()
        .kind("group", "[[field]]\nid = \"made_up\"\ntype = \"bool\"\nlabel = \"ก\"\n")
        .kind(
            "talk",
            "[[field]]\nid = \"group\"\ntype = \"ref\"\nlabel = \"ข\"\n[[field]]\nid = \"sample\"\ntype = \"bool\"\nrole = \"sample\"\nvia = \"group.made_up\"\nlabel = \"ค\"\n",
        );
    assert!(portal.run("check --lang en").contains("the role sample is for a field that pages write"));
}

#[cfg(unix)]
#[test]
fn a_link_is_judged_by_the_place_that_it_leads_to() {
    for (target, link) in [
        ("private/d.txt", "open.txt"),
        ("plan-draft.txt", "plan.txt"),
        ("old-memos/d.txt", "open.txt"),
        ("private/d.md", "open.md"),
        ("old-memos/d.md", "open.md"),
        ("sec/d.md", "open.md"),
    ] {
        let portal = Portal::new()
            .kind("memo", "visibility = \"internal\"\n")
            .file("content/sec/_metadata.yml", "draft: true\n")
            .file(&format!("content/{target}"), "# ก\n\nQZQSECRET\n")
            .file("content/p.md", format!("# ข\n\n[ก]({link})\n"));
        portal.write("portal.toml", portal.read("portal.toml").unwrap() + "[build]\nbroken = \"hold\"\n");
        std::os::unix::fs::symlink(target, portal.path(&format!("content/{link}"))).unwrap();
        portal.run("build --no-search");
        assert!(!published(&portal).contains("QZQSECRET"), "{target}");
    }
    // A link to what is public stays one.
    let portal = Portal::new().file("content/a/d.txt", "QZQOPEN").file("content/p.md", "# ข\n\n[ก](open.txt)\n");
    std::os::unix::fs::symlink("a/d.txt", portal.path("content/open.txt")).unwrap();
    portal.done("build --no-search");
    assert!(published(&portal).contains("QZQOPEN"));
}

#[test]
fn names_with_an_underscore_are_kept_in_the_folder_of_static_files_too() {
    let portal = Portal::new()
        .file("static/_notes/c.txt", "QZQSECRET")
        .file("static/_a.txt", "QZQSECRET")
        .file("static/_headers", "/*\n")
        .file("static/css/_own.css", "a{color:red}")
        .file("content/p.md", "# ข\n");
    portal.done("build --no-search");
    assert!(!published(&portal).contains("QZQSECRET") && portal.path("public/_headers").exists());
}

#[test]
fn undo_of_a_changed_schema_leaves_no_page_to_a_schema_that_does_not_know_it() {
    let portal = Portal::new()
        .kind("memo", "visibility = \"internal\"\n")
        .file("content/memos/one.md", "+++\ntitle = \"หนึ่ง\"\n+++\nQZQSECRET\n");
    portal.done("rename kind memo circular --folder letters");
    portal.write("content/letters/two.md", "+++\ntitle = \"สอง\"\n+++\nQZQSECRET\n");
    let told = portal.run("undo --lang en");
    assert!(told.contains("nothing was taken back") && told.contains("content/letters/two.md"), "{told}");
    assert!(portal.path("content/letters/one.md").exists());
    portal.done("build --no-search");
    assert!(!published(&portal).contains("QZQSECRET"));
    std::fs::remove_file(portal.path("content/letters/two.md")).unwrap();
    portal.done("undo");
    assert!(portal.path("content/memos/one.md").exists() && !portal.path("content/letters").exists());
    portal.done("build --no-search");
    assert!(!published(&portal).contains("QZQSECRET"));
}

#[test]
fn labels_of_all_languages_keep_a_section_and_translations_name_theirs() {
    let settings = |languages: &str| format!("title = \"ก\"\nlanguages = [{languages}]\n");
    let kind = |label: &str| format!("[[section]]\nid = \"team\"\nlabel = {label}\nvisibility = \"internal\"\n");
    let page = |heading: &str| format!("+++\ntitle = \"G\"\n+++\n\n## Geral\n\nx\n\n## {heading}\n\nQZQSECRET\n");
    for label in ["{ pt = \"Notas da equipe\" }", "{ pt = \"Notas da equipe\", en = \"Notes\" }", "\"Notas da equipe\""]
    {
        let portal = Portal::new()
            .file("portal.toml", settings("\"pt\""))
            .kind("talk", &kind(label))
            .file("content/talks/one.md", page("Notas da equipe"));
        portal.done("build --no-search");
        assert!(!published(&portal).contains("QZQSECRET"), "{label}");
    }
    let made = |translation: String| {
        Portal::new()
            .file("portal.toml", settings("\"th\", \"en\", \"lo\""))
            .kind("talk", &kind("{ th = \"บันทึกของทีม\", en = \"Team notes\", lo = \"ບັນທຶກ\" }"))
            .file("content/talks/one.md", page("บันทึกของทีม"))
            .file("content/talks/one.lo.md", translation)
    };
    let portal = made(page("ບັນທຶກ"));
    portal.done("build --no-search");
    assert!(!published(&portal).contains("QZQSECRET"));
    let portal = made(page("ອື່ນ"));
    let told = portal.run("build --no-search --lang en");
    assert!(told.contains("error[S314]") && !published(&portal).contains("QZQSECRET"), "{told}");
    let names =
        "the original hides its section `บันทึกของทีม`, and this translation does not say which of its own that is";
    assert!(told.contains(names) && told.contains("`internal_sections = []`"), "{told}");
    made(page("ອື່ນ").replace("+++\n\n##", "internal_sections = []\n+++\n\n##")).done("build --no-search");
    // Of what is hidden anyway nothing is asked.
    for key in ["draft = true", "visibility = \"internal\""] {
        let portal = made(format!("+++\ntitle = \"G\"\n{key}\n+++\n\n**QZQSECRET**\n"));
        portal.done("build --no-search");
        assert!(!published(&portal).contains("QZQSECRET"), "{key}");
    }
    let told = made("+++\ntitle = \"G\"\n+++\n\n**ກຳລັງແປ**\n".to_owned()).run("build --no-search --lang en");
    assert!(told.contains("error[S314]: the original hides its section"), "{told}");
    // A translation may leave the section out, and a short sentence is no title; one all in bold is.
    let text = |line: &str| format!("+++\ntitle = \"G\"\n+++\n\n{line}\n\nQZQSECRET\n");
    for line in ["ນັກຮຽນອ່ານຄ່ອງຂຶ້ນ", "นักเรียน 120 คน", "ไม่มี", "Pupils read more", "**ก** และ **ข**", "____"]
    {
        made(text(line)).done("build --no-search");
    }
    for line in ["**ອື່ນ**", "__Other words__:", "**รอแปล**"] {
        assert!(made(text(line)).run("build --no-search --lang en").contains("error[S314]"), "{line}");
    }
}

#[test]
fn names_of_boxes_classes_and_attributes_keep_pages_of_a_kind_from_being_published() {
    let made = |text: &str| {
        Portal::new()
            .kind("talk", KIND)
            .file("content/talks/one.md", format!("+++\ntitle = \"ก\"\n+++\n\nเปิด\n\n{text}\n\nจบ\n"))
            .file("content/two.md", format!("# ข\n\nเปิด\n\n{text}\n\nจบ\n"))
    };
    for text in [
        "::: {.staff-only}\nQZQSECRET\n:::",
        "[QZQSECRET]{.staff-only}",
        "QZQSECRET\n{: .staff-only }",
        "> [!staff-only]\n> QZQSECRET",
        "{% staff-only %}QZQSECRET{% endstaff-only %}",
        "{% ภายใน %}QZQSECRET{% endภายใน %}",
        "<div internal>\n\nQZQSECRET\n\n</div>",
        "ก <span private>QZQSECRET</span>",
        "<ภายใน>QZQSECRET</ภายใน>",
        "<p hiden>QZQSECRET</p>",
        "<p style=\"dispaly:none\">QZQSECRET</p>",
        "```query\nview = \"count\"\nkind = \"talk\"\ntitle = \"ก <!-- QZQSECRET -->\"\n```",
        "```query\nview = \"count\"\nkind = \"talk\"\nnote = { th = \"ก %%QZQSECRET%%\" }\n```",
        "```query\nview = \"count\"\nkind = \"talk\"\nnote = \"<span hidden>QZQSECRET</span>\"\n```",
    ] {
        let portal = made(text);
        let told = portal.run("build --no-search --lang en");
        assert!(told.contains("error[S509]") && told.contains("warning[S509]"), "{text}: {told}");
        assert!(!published(&portal).contains("QZQSECRET"), "{text}");
        // The plain page alone stops nothing.
        std::fs::remove_file(portal.path("content/talks/one.md")).unwrap();
        portal.done("build --no-search");
        assert!(!published(&portal).contains("QZQSECRET"), "{text}");
    }
    for text in [
        "::: {.teacher}\nQZQSECRET\n:::",
        "<a href=\"https://example.org/private/draft\" title=\"an internal view\">QZQSECRET</a>",
        "`<your private key>` และ <your private key> QZQSECRET",
        "```query\n# <!-- ก -->\nview = \"count\"\nkind = \"talk\"\ntitle = \"QZQSECRET `{# ก #}` 50%% และ 30%%\"\n```",
    ] {
        let portal = made(text);
        let told = portal.run("build --no-search --lang en");
        assert!(!told.contains("S509") && published(&portal).contains("QZQSECRET"), "{text}: {told}");
    }
}

#[test]
fn remarks_of_fields_are_in_no_file_and_headings_of_internal_sections_errors() {
    let kind = format!(
        "{KIND}[[field]]\nid = \"fm\"\ntype = \"markdown\"\nlabel = \"ก\"\n[[field]]\nid = \"ft\"\ntype = \"text\"\nlabel = \"ข\"\n"
    );
    let made = |keys: &str| {
        Portal::new().kind("talk", &kind).file("content/talks/one.md", format!("+++\ntitle = \"ก\"\n{keys}\n+++\nx\n"))
    };
    for keys in ["fm = \"\"\"ก\n\n[//]: # (QZQSECRET)\"\"\"", "fm = \"\"\"ก\n\n[x]: QZQSECRET\"\"\""] {
        let portal = made(keys);
        portal.done("build --no-search");
        assert!(!published(&portal).contains("QZQSECRET"), "{keys}");
    }
    for (keys, code) in [
        ("fm = \"\"\"ก <!-- QZQSECRET\"\"\"", "S509"),
        ("ft = \"\"\"ก\n\n## ผู้ให้ข้อมูล\n\nQZQSECRET\"\"\"", "S510"),
        ("summary = \"\"\"ก\n\n## ผู้ให้ข้อมูล\n\nQZQSECRET\"\"\"", "S510"),
        ("ft = \"ก [//]: # (QZQSECRET)\"", "S509"),
    ] {
        let told = made(keys).run("build --no-search --lang en");
        assert!(told.contains(&format!("error[{code}]")), "{keys}: {told}");
    }
}

#[test]
fn a_heading_in_a_comment_of_another_program_ends_no_internal_section() {
    let page = "---\ntitle: ก\ninternal_sections: [เรื่องของเรา]\n---\n## เรื่องของเรา\n\nก\n\n%%\n## ข\n%%\n\nQZQSECRET\n\n## เปิด\n\nเปิดเผย\n";
    let portal = Portal::new().file("content/plain.md", page);
    portal.done("build --no-search");
    let all = published(&portal);
    assert!(!all.contains("QZQSECRET") && all.contains("เปิดเผย"));
}

#[test]
fn a_heading_in_a_box_ends_no_internal_section_that_began_before_it() {
    let made = |inside: &str| {
        let page = format!("+++\ntitle = \"ก\"\n+++\n## ผู้ให้ข้อมูล\n\nก\n\n{inside}\n\nQZQSECRET\n\n## เปิด\n\nเปิดเผย\n");
        Portal::new().kind("talk", KIND).file("content/talks/one.md", page)
    };
    for inside in [
        "=== \"ข\"\n\n    ## ค\n\n    ง",
        "{{% tab %}}\n\n## ค\n\n{{% /tab %}}",
        "{{< tab >}}\n\n## ค\n\n{{< /tab >}}",
        "{% tab x %}\n\n## ค\n\n{% endtab %}",
        "[details=\"x\"]\n## ค\n\n[/details]",
        "::::\n\n## ค\n\n::::",
        "///\n\n## ค\n\n///",
        "<Tabs>\n\n## ค\n\n</Tabs>",
        "$$\n## ค\n$$",
        "::: {#fig-1}\n\n## ค\n\n:::",
        "::: ข้อควรจำ\n\n## ค\n\n:::",
        "/// { .note }\n\n## ค\n\n///",
        ":::tip\nข\n:::\n\n::: 🎉\n\n## ค\n\n:::",
        ":::: 1\n\n::: 2\nข\n:::\n\n## ค\n\n::::",
        "::: a.b\n\n## ค",
        "[su_box]\n## ค\n\n[/su_box]",
        "[กล่อง-2 a=\"b\"]\n## ค\n\n[/กล่อง-2]",
        "{% tab x %}\n\n## ค\n\n{% end_tab %}",
    ] {
        let portal = made(inside);
        let told = portal.run("build --no-search --lang en");
        assert!(told.contains("error[S510]") && !published(&portal).contains("QZQSECRET"), "{inside}: {told}");
    }
    // What is over is no box around the next heading, and headings in quotations, as boxes are, are no doubt.
    for inside in [
        "!!! note\n    ## ค",
        ":::tip\n\n## ค\n\n:::",
        "- ข\n\n    === \"ข\"\n\n        ## ค",
        "{{% tab %}}\n\nข\n\n{{% /tab %}}",
        "=== \"ข\"\n\n    ค\n",
        "[toc]",
        "{% toc %}",
        ":::tip\nข\n:::",
        "::: {#fig-1}\nข\n:::",
        "::: 🎉\n\n:::tip\nข\n:::\n\n:::",
        ":::: กล่อง\n::: 2\nข\n:::\n::::",
        "```\n::: กล่อง\n```",
        "> ::: กล่อง",
        "//////",
        "- ข\n\n  :::tip\n  ข\n  :::",
        "[กล่อง]\n\nข\n\n[/กล่อง]",
        "[กล่อง]",
    ] {
        let portal = made(inside);
        portal.done("build --no-search");
        let all = published(&portal);
        assert!(!all.contains("QZQSECRET") && all.contains("เปิดเผย"), "{inside}");
    }
    // A mark before the section ends no box that begins in it, and where no section is internal no box is looked at.
    for before in [":::\n", "::::::::\n", "//////\n", "::: 🎉\nก\n:::\n", "- ก\n  :::\n", "::: note\nก\n"] {
        let page = |heading: &str, inside: &str| {
            let page = format!(
                "+++\ntitle = \"ก\"\n+++\n{before}\n{heading}\n\nก\n\n{inside}\n\nQZQSECRET\n\n## เปิด\n\nเปิดเผย\n"
            );
            let portal = Portal::new().kind("talk", KIND).file("content/talks/one.md", page);
            (portal.run("build --no-search --lang en"), published(&portal))
        };
        for inside in [":::\n\n## ค\n\n:::", "::: {#x}\n\n## ค\n\n:::"] {
            let (told, all) = page("## ผู้ให้ข้อมูล", inside);
            assert!(told.contains("error[S510]") && !all.contains("QZQSECRET"), "{before}, {inside}: {told}");
            let (told, all) = page("## ข้อมูล", inside);
            assert!(!told.contains("S510") && all.contains("QZQSECRET") && all.contains("เปิดเผย"), "{before}: {told}");
        }
        let (told, all) = page("## ผู้ให้ข้อมูล", "ข");
        assert!(!told.contains("S510") && !all.contains("QZQSECRET"), "{before}: {told}");
    }
}

#[test]
fn the_id_of_an_internal_section_in_html_and_its_label_in_a_pair_of_shortcodes_are_told() {
    let made = |heading: &str| {
        let page = format!("+++\ntitle = \"ก\"\n+++\n## เปิด\n\nเปิดเผย\n\n{heading}\n\nQZQSECRET\n");
        let portal = Portal::new().kind("talk", KIND).file("content/talks/one.md", page);
        (portal.run("build --no-search --lang en"), published(&portal))
    };
    for heading in [
        "<h2 id=\"who\">ก</h2>",
        "<h3 class=\"a\" ID=who>ก</h3>",
        "## ก <a id=\"who\"></a>",
        "## <a name='who'/> ก",
        "[details=\"ผู้ให้ข้อมูล\"]\nQZQSECRET\n[/details]",
        "[details=Informants]\nQZQSECRET\n[/details]",
        "[toggle open=1 title=\"Informants\"]\nQZQSECRET\n[/toggle]",
    ] {
        let (told, all) = made(heading);
        assert!(told.contains("error[S510]") && !all.contains("QZQSECRET"), "{heading}: {told}");
    }
    for heading in [
        "<h2 id=\"whose\">ก</h2>",
        "## ก <a id=\"w\" title=\"who\"></a>",
        "[details=\"ใครคือผู้ให้ข้อมูลของเราในปีนี้\"]\nก\n[/details]",
        "[details=\"ก\"]\nก\n[/details]",
    ] {
        let (told, all) = made(heading);
        assert!(!told.contains("S510") && all.contains("QZQSECRET"), "{heading}: {told}");
    }
}

#[test]
fn a_note_that_is_called_internal_is_told_beside_its_opposite() {
    for (one, other, stops) in [
        ("หมายเหตุ (ภายใน)", "หมายเหตุ (ภายนอก)", true),
        ("หมายเหตุภายใน", "หมายเหตุภายนอก", true),
        ("Internal remarks", "External remarks", true),
        ("Notes (internal)", "Notes (external)", true),
        ("ส่วนภายใน", "ส่วนภายนอก", false),
        ("จุดอ่อน (ภายใน)", "โอกาส (ภายนอก)", false),
    ] {
        let page = format!("+++\ntitle = \"ก\"\n+++\n## {one}\n\nQZQSECRET\n\n## {other}\n\nเปิดเผย\n");
        let portal = Portal::new().kind("talk", KIND).file("content/talks/one.md", page);
        let told = portal.run("build --no-search --lang en");
        assert_eq!(told.contains("error[S510]"), stops, "{one}: {told}");
        assert_eq!(published(&portal).contains("QZQSECRET"), !stops, "{one}");
    }
}

#[test]
fn a_body_of_more_internal_sections_than_anybody_writes_is_an_error() {
    for (count, stops) in [(1_001, true), (100, false)] {
        let sections = "## ผู้ให้ข้อมูล\n\nQZQSECRET\n\n".repeat(count);
        let page = format!("+++\ntitle = \"ก\"\n+++\n{sections}# จบ\n\nเปิดเผย\n");
        let portal = Portal::new().kind("talk", KIND).file("content/talks/one.md", page);
        let told = portal.run("build --no-search --lang en");
        let all = published(&portal);
        assert!(told.contains("error[S510]") == stops && all.contains("เปิดเผย") != stops, "{count}: {told}");
        assert!(!all.contains("QZQSECRET"), "{count}");
    }
}

#[test]
fn a_field_between_rules_is_no_text_in_the_folder_of_its_kind() {
    let made = |page: &str| Portal::new().kind("talk", KIND).file("content/talks/one.md", page);
    for page in [
        "---\n\ntold: QZQSECRET\n\n---\n\nก\n",
        "---\n\nMeeting date: 2566\ntold: QZQSECRET\n\n---\n\nก\n",
        "---\nMeeting date: 2566\ntold: QZQSECRET\n---\n\nก\n",
    ] {
        let portal = made(page);
        let told = portal.run("build --no-search --lang en");
        assert!(told.contains("error[S") && !published(&portal).contains("QZQSECRET"), "{page}: {told}");
    }
    let portal = made("---\n\nหมายเหตุ: เปิดเผย\n\n---\n\nก\n");
    assert!(portal.run("build --no-search --lang en").contains("exit 0"));
    assert!(published(&portal).contains("หมายเหตุ: เปิดเผย"));
}

#[test]
fn the_label_of_an_internal_section_behind_an_icon_is_a_heading() {
    let page = "+++\ntitle = \"ก\"\n+++\n## เปิด\n\n:material-lock: ผู้ให้ข้อมูล\n\nQZQSECRET\n";
    let portal = Portal::new().kind("talk", KIND).file("content/talks/one.md", page);
    let told = portal.run("build --no-search --lang en");
    assert!(told.contains("error[S510]") && !published(&portal).contains("QZQSECRET"), "{told}");
}

#[test]
fn comments_that_browsers_end_at_once_are_told() {
    for (text, stops) in [
        ("<!--> QZQSECRET -->", true),
        ("<!---> QZQSECRET -->", true),
        ("ก <!--> QZQSECRET --> ข", true),
        ("<! QZQSECRET >", true),
        ("<!-–QZQSECRET–>", true),
        ("<!----> ก", false),
        ("<!--> ก", false),
        ("ก --> ข", false),
        ("<!--> ก <!-- ข -->", false),
        ("ก <! ข", false),
    ] {
        let page = format!("+++\ntitle = \"ก\"\n+++\n{text}\n");
        let portal = Portal::new().kind("talk", KIND).file("content/talks/one.md", page);
        let told = portal.run("build --no-search --lang en");
        assert_eq!(told.contains("error[S509]"), stops, "{text}: {told}");
        assert!(!published(&portal).contains("QZQSECRET"), "{text}");
    }
}

#[test]
fn a_public_field_that_only_an_internal_one_fills_is_told() {
    let secret = "[[field]]\nid = \"state\"\ntype = \"text\"\nvisibility = \"internal\"\nlabel = \"ก\"\n[[field]]\nid = \"of\"\ntype = \"ref\"\nkinds = [\"talk\"]\nlabel = \"ข\"\n";
    let told = "[[field]]\nid = \"told\"\ntype = \"text\"\ntold_by = \"memo.state\"\nlabel = \"ค\"\n";
    let via = "[[field]]\nid = \"of\"\ntype = \"ref\"\nkinds = [\"memo\"]\nlabel = \"ง\"\n[[field]]\nid = \"state\"\ntype = \"text\"\nvia = \"of.state\"\nlabel = \"จ\"\n";
    for (memo, talk) in [(secret.to_owned(), told), (secret.to_owned(), via)] {
        let check = |memo: &str| Portal::new().kind("memo", memo).kind("talk", talk).run("check --lang en");
        assert!(check(&memo).contains("which is internal"), "{talk}");
        let public = memo.replace("visibility = \"internal\"\n", "");
        assert!(!check(&public).contains("which is internal"), "{talk}");
        assert!(check(&format!("visibility = \"internal\"\n{public}")).contains("which is internal"), "{talk}");
    }
}

#[test]
fn a_share_by_more_fields_than_are_shown_is_an_error() {
    let kind = "visibility = \"internal\"\n[[field]]\nid = \"topic\"\ntype = \"year\"\nlabel = \"ก\"\n[[field]]\nid = \"year\"\ntype = \"year\"\nlabel = \"ข\"\n[[field]]\nid = \"size\"\ntype = \"bool\"\nlabel = \"ค\"\n[[field]]\nid = \"ok\"\ntype = \"bool\"\nlabel = \"ง\"\n[[share]]\nid = \"s\"\nfield = \"ok\"\nis = [\"true\"]\nby = [\"year\", \"topic\", \"size\"]\n";
    let check = |more: &str| {
        let figure =
            format!("view = \"share\"\nkind = \"memo\"\nof = \"s\"\nrows = \"topic\"\ncols = \"year\"\n{more}");
        let mut portal = Portal::new()
            .kind("memo", kind)
            .file("content/about.md", format!("+++\ntitle = \"สรุป\"\n+++\n\nก\n\n```query\n{figure}\n```\n"));
        for n in 0..16 {
            let (ok, size) = (n % 2 == 0, n < 8);
            let page = format!("+++\ntitle = \"{n}\"\nyear = 2566\ntopic = 2560\nok = {ok}\nsize = {size}\n+++\nก\n");
            portal = portal.file(&format!("content/memos/m{n}.md"), page);
        }
        portal.run("check --lang en")
    };
    let told = check("");
    assert!(told.contains("error[S508]") && told.contains("is by size too"), "{told}");
    assert!(check("where = { size = true }\n").contains("no findings"));
}

#[test]
fn a_share_is_out_of_all_with_a_value_or_without() {
    let field = |id: &str, ty: &str| format!("[[field]]\nid = \"{id}\"\ntype = \"{ty}\"\nlabel = \"{id}\"\n");
    let kind = ["visibility = \"internal\"\n", &field("year", "year"), &field("topic", "year"), &field("ok", "bool")]
        .concat()
        + "[[share]]\nid = \"s\"\nfield = \"ok\"\nis = [\"true\"]\nby = [\"year\", \"topic\"]\n";
    let figure = "```query\nview = \"share\"\nkind = \"memo\"\nof = \"s\"\nrows = \"topic\"\ncols = \"year\"\n```\n";
    let mut portal = Portal::new().kind("memo", &kind).file("content/about.md", format!("# สรุป\n\n{figure}"));
    for n in 0..10 {
        let ok = ["ok = true\n", "ok = false\n", ""][(n + 2) / 4];
        let page = format!("+++\ntitle = \"{n}\"\nyear = 2566\ntopic = 2560\n{ok}+++\nก\n");
        portal = portal.file(&format!("content/memos/m{n}.md"), page);
    }
    portal.run("build --no-search --lang en");
    let page = portal.read("public/about.html").expect("a page");
    assert!(page.contains("20%") && page.contains("(2\u{a0}จาก\u{a0}10)"), "{page}");
}

#[test]
fn a_page_that_hides_a_row_needs_no_front_matter() {
    for text in ["ขอปิดแถวนี้ไว้ก่อน\n", "", "<!-- ปิด -->\n", "+++\ntitle = \"ก\"\n+++\n"]
    {
        let portal = Portal::new()
            .kind("talk", "")
            .file(
                "content/_data/t.toml",
                "file = \"t.csv\"\n[[entries]]\nkind = \"talk\"\nid = \"{id}\"\ntitle = \"{t}\"\n",
            )
            .file("content/_data/t.csv", "id,t\ngx,QZQSECRET\ngy,QZQOPEN\n")
            .file("content/talks/gx.internal.md", text);
        portal.run("build --no-search");
        let all = published(&portal);
        assert!(!all.contains("QZQSECRET") && all.contains("QZQOPEN"), "{text}");
    }
}

#[test]
fn labels_that_say_internal_are_told_in_either_form() {
    for label in ["\"หมายเหตุ (ภายใน)\"", "{ th = \"หมายเหตุ (ภายใน)\" }"]
    {
        let field = format!("[[field]]\nid = \"n\"\ntype = \"text\"\nlabel = {label}\n");
        assert!(Portal::new().kind("talk", &field).run("check --lang en").contains("warning[S102]"), "{label}");
    }
}
