//! New portals and new pages.

use super::*;
use sala::internals::authoring::draft::{Draft, check};

#[test]
fn a_new_portal_is_sound_and_a_full_folder_is_refused() {
    let (_dir, root) = starter_portal();
    assert!(!starter::is_free(&root).unwrap());
    let (portal, mut found) = load(&root);
    found.extend(sala::internals::check::check(&portal));
    assert_eq!(found, [], "the sample portal has no findings");
    assert_eq!(portal.entries.iter().filter(|e| e.typed).count(), 3);
}

#[test]
fn one_fault_is_one_finding_and_a_draft_holds_nothing_up() {
    let (_dir, root) = starter_portal();
    let page = root.join("content/innovations/inn-reading-corner.md");
    let sound = fs::read_to_string(&page).unwrap();
    let codes = |text: &str| {
        fs::write(&page, text).unwrap();
        let (portal, mut found) = load(&root);
        found.extend(sala::internals::check::check(&portal));
        found.iter().map(|d| (d.code.id(), d.is_error())).collect::<Vec<_>>()
    };
    for (right, wrong, code) in [
        ("topic = [\"reading\"]", "topic = [\"การอ่าน\"]", "S304"),
        ("year = 2566", "year = 66", "S305"),
        ("group = \"gr-river\"", "group = [\"gr-river\"]", "S303"),
    ] {
        assert!(sound.contains(right), "{right}");
        assert_eq!(codes(&sound.replace(right, wrong)), [(code, true)], "{wrong}");
    }
    let picture = format!("{sound}\n![](https://example.org/a.png)\n");
    assert!(codes(&picture).contains(&("S505", true)));
    let draft = picture.replacen("+++\n", "+++\ndraft = true\n", 1);
    let found = codes(&draft);
    assert!(found.contains(&("S505", false)) && found.iter().all(|(_, error)| !error), "{found:?}");
}

#[test]
fn what_writers_get_wrong_is_told_with_what_to_write() {
    let (_dir, root) = starter_portal();
    let folder = root.join("content/innovations");
    fs::write(folder.join("p.heic"), "x").unwrap();
    fs::write(folder.join("final-draft.txt"), "x").unwrap();
    let front = "title = \"ก\"\ngroup = \"gr-river\"\nyear = 2566\ntopic = [\"reading\"]\nevidence = \"described\"\n";
    let body = "\n## ปัญหาและที่มา\n\nเล่า\n\n## วิธีทำ\n\nทำ\n\n";
    let page = |front: &str, body: &str| format!("+++\n{front}+++\n{body}");
    let with = |more: &str| page(front, &format!("{body}{more}\n"));
    let other = |from: &str, to: &str| page(&front.replace(from, to), body);
    for (text, code, hint) in [
        (format!("{front}{body}"), "S209", "begin the file with a line +++"),
        (page(front, "\n## ปัญหาและที่มา\n\nเล่า\n\n## วิธีทำ\n"), "S501", "write its text"),
        (with("![นักเรียน](รูปที่ 1.JPG)"), "S504", "(<รูปที่ 1.JPG>)"),
        (with("[แผน](แผน การสอน.pdf)"), "S502", "(<แผน การสอน.pdf>)"),
        (with("![](https://example.org/pic.png)"), "S505", "write between [ and ]"),
        (with("<img src=\"https://example.org/pic.png\">"), "S505", "alt="),
        (with("![ภาพ](p.heic)"), "S511", "save it as JPEG"),
        (with("[แผน](final-draft.txt)"), "S511", "if it may be published, rename it"),
        (other("\"ก\"", "\"การนํามา\""), "S701", "`sala fix` repairs it"),
        (with("๑. หนึ่ง\n๒. สอง"), "S515", "`1. `"),
        (with("• หนึ่ง\n• สอง"), "S515", "`- `"),
        (other("2566", "“2566”"), "S205", "year = \"2566\""),
        (page(&format!("{front}date = 15 ส.ค. 2566\n"), body), "S205", "date = \"15 ส.ค. 2566\""),
        (page(&format!("{front}กลุ่ม = \"x\"\n"), body), "S205", "group = \"x\""),
        (other("described", "เล่าไว้"), "S304", "`described`"),
        (other("gr-river", "กลุ่มริมน้ำ"), "S404", "`gr-river`"),
        (with("![ภ](C:\\Users\\a\\pic.png)"), "S506", "of your own machine"),
        (with("[สพฐ](www.obec.go.th)"), "S502", "https://www.obec.go.th"),
    ] {
        fs::write(folder.join("b.md"), &text).unwrap();
        let (portal, mut found) = load(&root);
        found.extend(sala::internals::check::check(&portal));
        let told = found.first().filter(|d| d.code.id() == code);
        let hint_en = told.and_then(|d| d.hint.as_ref()).map(|label| label.en.clone()).unwrap_or_default();
        assert!(hint_en.contains(hint), "{text}\n{found:?}");
        let more = if text.contains("p.heic") { 2 } else { 1 };
        assert_eq!(found.len(), more, "{text}\n{found:?}");
    }
}

#[test]
fn a_kind_that_cannot_be_read_is_one_finding_and_a_wrong_name_is_shown_where_it_stands() {
    let (_dir, root) = starter_portal();
    let file = root.join("content/_schema/kinds/lesson.toml");
    let sound = fs::read_to_string(&file).unwrap();
    let told = |text: &str| {
        fs::write(&file, text).unwrap();
        let (portal, mut found) = load(&root);
        found.extend(sala::internals::check::check(&portal));
        found.iter().map(|d| (d.code.id(), d.line, d.column)).collect::<Vec<_>>()
    };
    let line = sound.lines().position(|line| line.starts_with("sort")).unwrap() + 1;
    assert_eq!(told(&sound.replace("\"-date\"", "\"-dat\"")), [("S102", line, 11)]);
    let found = told(&format!("{sound}\n[[field]\n"));
    assert!(found.iter().all(|(code, ..)| *code != "S301"), "{found:?}");
    assert_eq!(found.iter().filter(|(code, ..)| *code == "S102").count(), 1, "{found:?}");
}

#[test]
fn a_new_page_explains_its_fields_and_reads_back() {
    let (_dir, root) = starter_portal();
    let (portal, _) = load(&root);
    for (k, kind) in portal.schema.kinds.iter_ids().filter(|(_, k)| !k.plain) {
        let keys = vec![("title".to_string(), sala::internals::authoring::value::Out::Text("ทดลอง \"หนึ่ง\"".into()))];
        let draft = Draft { kind: k, id: "x-1".into(), keys, ..Draft::default() };
        let text = draft.guided(&portal.schema);
        let (entry, found) = check(&portal.schema, &draft.path(&portal.schema), &text);
        assert_eq!(found, [], "{text}");
        assert_eq!(entry.unwrap().title, "ทดลอง \"หนึ่ง\"");
        for field in &kind.fields {
            assert!(text.contains(&field.id) && text.contains(&field.label.th));
        }
    }
}
