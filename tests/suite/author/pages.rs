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
