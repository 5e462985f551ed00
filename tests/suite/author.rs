//! Authoring: new portals and pages, imports from workbooks made by LibreOffice and by another library than the one that
//! reads them, bad input, editor set-up, documentation of kinds.

use rust_xlsxwriter::Workbook;
use sala::author::convert::{Converter, SEPARATORS};
use sala::author::docx::{draft as report, parts, reader};
use sala::author::draft::{Draft, check};
use sala::author::import::guard::Limits;
use sala::author::import::map::ImportMap;
use sala::author::import::plan::{Plan, plan};
use sala::author::import::sheet::{self, Sheet};
use sala::author::import::template;
use sala::author::import::write::{Mode, Outcome, write};
use sala::author::names::Names;
use sala::author::{cms, editor, json_schema, kind_docs, starter};
use sala::load::load;
use sala::model::Portal;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/author")
            .join(name),
    )
    .unwrap()
}

fn starter_portal() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("พอร์ทัล");
    assert!(starter::is_free(&root).unwrap());
    starter::write(&root).unwrap();
    (dir, root)
}

fn lessons(portal: &Portal) -> usize {
    portal.schema.kind("lesson").unwrap().0
}

fn planned(portal: &Portal, kind: usize, sheet: &Sheet, map: &ImportMap) -> Plan {
    plan(portal, "t.xlsx", sheet, kind, map, &|| {}).unwrap()
}

fn put(root: &Path, plan: &Plan, update: bool) -> Outcome {
    let (portal, _) = load(root);
    write(
        root,
        &portal,
        lessons(&portal),
        "t.xlsx",
        &plan.entries,
        Mode {
            update,
            dry_run: false,
        },
        &|| {},
    )
    .unwrap()
}

#[test]
fn a_new_portal_is_sound_and_a_full_folder_is_refused() {
    let (_dir, root) = starter_portal();
    assert!(!starter::is_free(&root).unwrap());
    let (portal, mut found) = load(&root);
    found.extend(sala::check::check(&portal));
    assert_eq!(found, [], "the sample portal has no findings");
    assert_eq!(portal.entries.iter().filter(|e| e.typed).count(), 3);
}

#[test]
fn workbooks_of_libreoffice_become_entries() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    for name in ["lessons.ods", "lessons.xlsx"] {
        let sheet = sheet::read(name, &fixture(name), None, &Limits::default()).unwrap();
        let plan = planned(&portal, lessons(&portal), &sheet, &ImportMap::default());
        assert_eq!(
            (plan.rows, plan.entries.len(), plan.refused),
            (3, 2, 1),
            "{name}: {:#?}",
            plan.diagnostics
        );
        let text = &plan.entries[0].text;
        assert!(text.contains("date = 2566-08-15\n"), "{name}: {text}");
        assert!(
            text.contains("topic = [\"reading\", \"teamwork\"]"),
            "{text}"
        );
        assert!(text.contains("group = \"gr-river\""));
        assert!(text.contains("## สิ่งที่เกิดขึ้น\n\nย่อหน้าหนึ่ง\nย่อหน้าสอง"), "{text}");
        assert!(plan.entries[1].text.contains("date = 2566-08-16\n"));
        let words: Vec<&str> = plan
            .diagnostics
            .iter()
            .map(|d| d.message.en.as_str())
            .collect();
        assert!(
            plan.diagnostics
                .iter()
                .all(|d| d.line == 5 && d.code.id() == "S901"),
            "{words:?}"
        );
        assert!(
            plan.diagnostics
                .iter()
                .any(|d| d.hint.as_ref().is_some_and(|h| h.th.contains("การอ่าน")))
        );
    }
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate() {
            sheet.write(r as u32, c as u16, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

const HEAD: &[&str] = &["ชื่อเรื่อง", "ข้อแนะนำ", "วันที่", "เรื่อง", "สิ่งที่เกิดขึ้น"];

#[test]
fn an_import_can_be_run_again_and_keeps_what_people_wrote() {
    let (_dir, root) = starter_portal();
    let read = |rows: &[&[&str]]| {
        let (portal, _) = load(&root);
        let sheet = sheet::read("t.xlsx", &workbook(rows), None, &Limits::default()).unwrap();
        planned(&portal, lessons(&portal), &sheet, &ImportMap::default())
    };
    let one = ["ก", "ข้อแนะนำที่หนึ่ง", "15/8/2566", "การอ่าน", "เล่า"];
    let two = ["ข", "ข้อแนะนำที่สอง", "2023-08-16", "numeracy", ""];
    let first = put(&root, &read(&[HEAD, &one, &two]), false);
    assert_eq!((first.created.len(), first.updated.len()), (2, 0));
    let again = put(&root, &read(&[HEAD, &one, &two]), false);
    assert_eq!(
        (again.created.len(), again.updated.len(), again.unchanged),
        (0, 0, 2)
    );
    // A file that nobody touched follows the table.
    let better = ["ก", "ข้อแนะนำที่แก้แล้ว", "15/8/2566", "การอ่าน", "เล่า"];
    assert_eq!(
        put(&root, &read(&[HEAD, &better, &two]), false)
            .updated
            .len(),
        1
    );
    // One that a person changed stays, unless asked; then only the row's values change.
    let path = root.join(&first.created[1]);
    let hand = fs::read_to_string(&path)
        .unwrap()
        .replace("+++\n\n##", "tags = [\"มือ\"]\n+++\n\n##")
        + "\nเขียนเพิ่ม\n";
    fs::write(&path, &hand).unwrap();
    let other = ["ข", "ข้อแนะนำใหม่จากตาราง", "2023-08-16", "numeracy", ""];
    let kept = put(&root, &read(&[HEAD, &better, &other]), false);
    assert_eq!((kept.kept.len(), kept.diagnostics.len()), (1, 1));
    assert_eq!(fs::read_to_string(&path).unwrap(), hand);
    assert_eq!(
        put(&root, &read(&[HEAD, &better, &other]), true)
            .updated
            .len(),
        1
    );
    let merged = fs::read_to_string(&path).unwrap();
    assert!(
        merged.contains("ข้อแนะนำใหม่จากตาราง")
            && merged.contains("เขียนเพิ่ม")
            && merged.contains("มือ"),
        "{merged}"
    );
    let (_, found) = load(&root);
    assert_eq!(found, []);
}

#[test]
fn rows_that_do_not_fit_say_row_and_reason() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let rows: &[&[&str]] = &[
        HEAD,
        &["", "ข้อแนะนำยาวพอสมควร", "2566-08-15", "", ""],
        &["สั้นไป", "สั้น", "2566-08-15", "", ""],
        &["ปีสองหลัก", "ข้อแนะนำยาวพอสมควร", "15/8/66", "", ""],
        &["ซ้ำ", "ข้อแนะนำยาวพอสมควร", "2566-08-15", "", ""],
        &["ซ้ำ", "ข้อแนะนำยาวพอสมควร", "2566-08-15", "", ""],
    ];
    let sheet = sheet::read("t.xlsx", &workbook(rows), None, &Limits::default()).unwrap();
    let plan = planned(&portal, lessons(&portal), &sheet, &ImportMap::default());
    assert_eq!((plan.entries.len(), plan.refused), (1, 4));
    let lines: Vec<usize> = plan.diagnostics.iter().map(|d| d.line).collect();
    assert_eq!(lines, [2, 3, 4, 6]);
}

#[test]
fn hostile_files_are_refused_before_they_are_parsed() {
    let limits = Limits::default();
    let bomb = |name: &str, inner: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(inner).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let zeros = bomb("xl/worksheets/sheet1.xml", &vec![b' '; 20 << 20]);
    assert!(
        sheet::read("a.xlsx", &zeros, None, &limits)
            .unwrap_err()
            .message
            .en
            .contains("expands")
    );
    assert!(
        parts::read("a.docx", &zeros, &limits)
            .unwrap_err()
            .message
            .en
            .contains("expands")
    );
    let content = "<office:document-content><table:table><table:table-row table:number-rows-repeated=\"1000000\">\
        <table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16000\"><text:p>x</text:p></table:table-cell>\
        </table:table-row></table:table></office:document-content>";
    let wide = bomb("content.xml", content.as_bytes());
    assert!(
        sheet::read("a.ods", &wide, None, &limits)
            .unwrap_err()
            .message
            .en
            .contains("larger than the limit")
    );
    let whole = fixture("lessons.xlsx");
    assert_eq!(
        sheet::read("a.xlsx", &whole[..whole.len() / 2], None, &limits)
            .unwrap_err()
            .code
            .id(),
        "S902"
    );
    let small = Limits { rows: 1, ..limits };
    assert!(sheet::read("a.xlsx", &whole, None, &small).is_err());
    let small = Limits { file: 10, ..limits };
    assert!(sheet::read("a.xlsx", &whole, None, &small).is_err());
}

#[test]
fn the_blank_workbook_reads_back_and_takes_a_row() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let (k, kind) = portal.schema.kind("innovation").unwrap();
    let bytes = template::workbook(&portal.schema, kind, None).unwrap();
    assert_eq!(
        bytes,
        template::workbook(&portal.schema, kind, None).unwrap()
    );
    let sheet = sheet::read("t.xlsx", &bytes, None, &Limits::default()).unwrap();
    let heads = &sheet.rows[0].1;
    assert!(
        heads.iter().any(|c| c.text() == "ขั้นงาน 1: ทำอะไร"),
        "{heads:?}"
    );
    // The help row under the headings is known as such.
    let plan = planned(&portal, k, &sheet, &ImportMap::default());
    assert_eq!(
        (plan.rows, plan.diagnostics.len()),
        (0, 0),
        "{:#?}",
        plan.diagnostics
    );
}

#[test]
fn ten_thousand_rows_in_seconds() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let mut csv = HEAD.join(",") + "\n";
    for i in 0..10_000 {
        csv.push_str(&format!(
            "บทเรียน {i},ข้อแนะนำที่ {i} ยาวพอ,15 ส.ค. 2566,การอ่าน;numeracy,เล่าสั้น\n"
        ));
    }
    let start = std::time::Instant::now();
    let sheet = sheet::read("t.csv", csv.as_bytes(), None, &Limits::default()).unwrap();
    let plan = planned(&portal, lessons(&portal), &sheet, &ImportMap::default());
    let done = put(&root, &plan, false);
    println!("10,000 rows: {:?}", start.elapsed());
    assert_eq!(done.created.len(), 10_000);
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn a_new_page_explains_its_fields_and_reads_back() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    for (k, kind) in portal
        .schema
        .kinds
        .iter()
        .enumerate()
        .filter(|(_, k)| !k.plain)
    {
        let keys = vec![(
            "title".to_string(),
            sala::author::value::Out::Text("ทดลอง \"หนึ่ง\"".into()),
        )];
        let draft = Draft {
            kind: k,
            id: "x-1".into(),
            keys,
            ..Draft::default()
        };
        let text = draft.guided(&portal.schema);
        let (entry, found) = check(&portal.schema, &draft.path(&portal.schema), &text);
        assert_eq!(found, [], "{text}");
        assert_eq!(entry.unwrap().title, "ทดลอง \"หนึ่ง\"");
        for field in &kind.fields {
            assert!(text.contains(&field.id) && text.contains(&field.label.th));
        }
    }
}

/// A .docx with the given body; styles and numbering as Word writes them.
fn docx(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &[u8]| {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text).unwrap();
    };
    part("word/styles.xml", br#"<w:styles><w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="a2"><w:name w:val="heading 2"/></w:style></w:styles>"#);
    part("word/numbering.xml", br#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#);
    part(
        "word/_rels/document.xml.rels",
        br#"<Relationships><Relationship Id="rId1" Target="media/image1.png"/></Relationships>"#,
    );
    part("word/media/image1.png", b"\x89PNG");
    part(
        "word/document.xml",
        format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes(),
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_report_keeps_headings_lists_tables_and_pictures() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let p = |style: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p("", text));
    let body = [
        p("a1", "รายงานการอ่าน"),
        p("a2", "๑. สิ่งที่เกิดขึ้น"),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>หมายเหตุ:</w:t></w:r><w:r><w:t xml:space=\"preserve\"> a &amp; b * c</w:t></w:r><w:del><w:r><w:t>ลบ</w:t></w:r></w:del></w:p>".to_string(),
        item("หนึ่ง"),
        item("สอง"),
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("ก"), cell("ข"), cell("1"), cell("2|3")),
        "<w:p><w:r><w:drawing><wp:docPr descr=\"ป้าย\"/><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p>".to_string(),
    ]
    .concat();
    let parts = parts::read("a.docx", &docx(&body), &Limits::default()).unwrap();
    let made = report::draft(
        &portal,
        lessons(&portal),
        "a.docx",
        &parts,
        &reader::blocks(&parts),
        None,
        Some("r-1"),
    );
    let text = made.draft.plain(&portal.schema);
    let expected = "\n## สิ่งที่เกิดขึ้น\n\n**หมายเหตุ:** a & b \\* c\n\n1. หนึ่ง\n1. สอง\n\n| ก | ข |\n| --- | --- |\n| 1 | 2\\|3 |\n\n![ป้าย](r-1/image-1.png)\n";
    assert!(text.contains("title = \"รายงานการอ่าน\""), "{text}");
    assert!(text.ends_with(expected), "{text}");
    assert_eq!(
        made.pictures,
        [("r-1/image-1.png".to_string(), b"\x89PNG".to_vec())]
    );
    assert!(parts::read("a.docx", b"no zip", &Limits::default()).is_err());
}

#[test]
fn a_report_of_libreoffice_is_read_and_its_thai_repaired() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let parts = parts::read("report.docx", &fixture("report.docx"), &Limits::default()).unwrap();
    let blocks = reader::blocks(&parts);
    let made = report::draft(
        &portal,
        lessons(&portal),
        "report.docx",
        &parts,
        &blocks,
        None,
        None,
    );
    let text = made.draft.plain(&portal.schema);
    assert!(
        text.contains("**หมายเหตุ:**ข้อความติดกัน และ*ตัวเอน* เกิดขึ้น น้ำ"),
        "{text}"
    );
    assert!(text.contains("1. ข้อหนึ่ง\n1. ข้อสอง\n- จุด\n\n| ก | ข |\n| --- | --- |\n"));
    assert!(text.contains("[ลิงก์](<https://example.org/x>)"));
    assert!(made.repaired >= 2);
}

#[test]
fn names_of_entries_and_terms_are_understood() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let names = Names::new(&portal);
    let converter = Converter {
        names: &names,
        separators: SEPARATORS.to_vec(),
    };
    let kinds = ["group".to_string()];
    assert_eq!(
        converter.names.reference(&kinds, "กลุ่ม ริมน้ำ").as_deref(),
        Ok("gr-river")
    );
    assert!(
        names
            .reference(&kinds, "ริมน้ำ")
            .unwrap_err()
            .hint
            .unwrap()
            .th
            .contains("gr-river")
    );
    assert!(names.reference(&kinds, "inn-reading-corner").is_err());
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_portals_front_matter_fits_its_json_schemas() {
    let (portal, _) = load(&repository());
    let mut checked = 0;
    for (k, kind, _) in json_schema::kinds(&portal.schema) {
        let schema = json_schema::kind(&portal, k);
        for entry in portal
            .entries
            .iter()
            .filter(|e| e.kind == k && e.lang == sala::model::Lang::Th)
        {
            let text = &portal.sources[entry.source.0 as usize].text;
            let Some((front, _)) = text
                .strip_prefix("+++\n")
                .and_then(|t| t.split_once("\n+++"))
            else {
                continue;
            };
            let table: toml::Table = toml::from_str(front).unwrap();
            let value = plain(&toml::Value::Table(table));
            let wrong = misfit(&schema, &value, &kind.id);
            assert_eq!(wrong, None, "{}", entry.id);
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
}

fn plain(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(d) => d.to_string().into(),
        toml::Value::Array(items) => items.iter().map(plain).collect(),
        toml::Value::Table(t) => {
            serde_json::Value::Object(t.iter().map(|(k, v)| (k.clone(), plain(v))).collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

/// Where a value does not fit the part of JSON Schema that is generated here.
fn misfit(schema: &serde_json::Value, value: &serde_json::Value, at: &str) -> Option<String> {
    let bad = |why: &str| Some(format!("{at}: {why}: {value}"));
    if let Some(any) = schema["anyOf"].as_array() {
        let all: Option<Vec<String>> = any.iter().map(|s| misfit(s, value, at)).collect();
        return all.map(|v| v.join(" / "));
    }
    if let Some(known) = schema["enum"].as_array()
        && !known.contains(value)
    {
        return bad("not in enum");
    }
    let types: Vec<&str> = match &schema["type"] {
        serde_json::Value::String(one) => vec![one.as_str()],
        serde_json::Value::Array(all) => all.iter().filter_map(|t| t.as_str()).collect(),
        _ => vec![],
    };
    let is = |t: &str| match t {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    if !types.is_empty() && !types.iter().any(|t| is(t)) {
        return bad("wrong type");
    }
    if let Some(object) = value.as_object() {
        for need in schema["required"].as_array().into_iter().flatten() {
            if !object.contains_key(need.as_str()?) {
                return bad(&format!("lacks {need}"));
            }
        }
        for (key, inner) in object {
            let property = &schema["properties"][key];
            if property.is_null() {
                if schema["additionalProperties"] == false {
                    return bad(&format!("unknown {key}"));
                }
            } else if let Some(wrong) = misfit(property, inner, &format!("{at}.{key}")) {
                return Some(wrong);
            }
        }
    }
    value
        .as_array()
        .into_iter()
        .flatten()
        .find_map(|item| misfit(&schema["items"], item, at))
}

#[test]
fn the_editor_set_up_keeps_own_settings() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    let files = editor::files(
        &portal,
        Some("{\"editor.tabSize\": 3, \"yaml.schemas\": {\"a\": \"b\"}}"),
    )
    .unwrap();
    let settings = &files
        .iter()
        .find(|(p, _)| p.ends_with("settings.json"))
        .unwrap()
        .1;
    assert!(settings.contains("\"editor.tabSize\": 3") && settings.contains("\"a\": \"b\""));
    assert!(editor::files(&portal, Some("{ // mine\n}")).is_err());
    let snippets = &files
        .iter()
        .find(|(p, _)| p.ends_with("code-snippets"))
        .unwrap()
        .1;
    let snippets: serde_json::Value = serde_json::from_str(snippets).unwrap();
    assert_eq!(
        snippets["evidence ="]["body"][0],
        "evidence = \"${1|described,counted,compared|}\""
    );
    assert_eq!(
        snippets["evidence:"]["body"][0],
        "evidence: \"${1|described,counted,compared|}\""
    );
}

#[test]
fn documentation_of_kinds_is_up_to_date() {
    let (portal, _) = load(&repository());
    let docs = repository().join("docs/kinds");
    for (name, text) in kind_docs::pages(&portal.schema) {
        let old = fs::read_to_string(docs.join(&name)).unwrap_or_default();
        assert!(
            old == text,
            "docs/kinds/{name} is out of date: run `sala schema --docs docs/kinds`"
        );
    }
}

#[test]
fn the_cms_set_up_is_sound_yaml_and_loads_one_local_script() {
    let (portal, _) = load(&repository());
    let files = cms::files(&portal, "owner/repository", "main");
    let page = &files.iter().find(|(n, _)| n == "index.html").unwrap().1;
    assert_eq!(page.matches("<script").count(), 1);
    assert!(
        page.contains("<script src=\"sveltia-cms.js\">") && page.contains("default-src 'none'")
    );
    let config = &files.iter().find(|(n, _)| n == "config.yml").unwrap().1;
    assert!(
        config.contains("name: \"innovation\"") && config.contains("format: \"toml-frontmatter\"")
    );
    for line in config.lines() {
        assert!(!line.contains('\t'));
    }
    for (name, _) in config
        .lines()
        .filter_map(|l| l.trim().strip_prefix("options: *").map(|n| (n, l)))
    {
        assert_eq!(
            config.matches(&format!("options: &{name}\n")).count(),
            1,
            "{name}"
        );
    }
}
