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
