//! Pages of a new portal through their forms.

use super::{Answers, Page, Unusable, inputs};
use crate::authoring::files::undo;
use crate::authoring::names::NameIndex;
use crate::authoring::starter::{Template, write};
use crate::content::load;
use crate::model::Portal;
use std::fs;
use std::path::Path;

fn portal() -> (tempfile::TempDir, Portal) {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), Template::Small).unwrap();
    let (portal, _) = load(dir.path());
    (dir, portal)
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    Answers::new(pairs.iter().map(|(name, text)| ((*name).to_string(), (*text).to_string())))
}

fn open(root: &Path, path: &str) -> (Page, Portal) {
    let (portal, _) = load(root);
    let page = Page::open(&NameIndex::new(&portal), path).unwrap();
    (page, portal)
}

const SOUND: [(&str, &str); 8] = [
    ("title", "คำเช้า"),
    ("group", "กลุ่มริมน้ำ"),
    ("year", "๒๕๖๖"),
    ("topic", "การอ่าน"),
    ("evidence", "described"),
    ("steps.1.action", "ติดคำ"),
    ("section:problem", "อ่านได้น้อย"),
    ("section:how", "อ่านทุกเช้า"),
];

#[test]
fn every_page_of_a_portal_opens_and_stays_as_it_is() {
    let (dir, first) = portal();
    let mut seen = 0;
    for source in first.sources.iter().filter(|s| s.path.ends_with(".md")) {
        let (page, mut portal) = open(dir.path(), &source.path);
        // Every text that the form shows comes back.
        let texts = page.current.texts.clone();
        let filled = page.fill(&mut portal, &Answers::new(texts), false);
        page.save(dir.path(), &filled).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join(&source.path)).unwrap(), *source.text, "{}", source.path);
        seen += 1;
    }
    assert!(seen >= 4, "{seen}");
}

#[test]
fn a_new_page_is_made_of_what_people_write() {
    let (dir, mut portal) = portal();
    let kind = portal.schema.kind("innovation").unwrap().0;
    let page = Page::blank(kind);
    let filled = page.fill(&mut portal, &answers(&SOUND), false);
    assert!(filled.is_sound(), "{:?}", filled.findings);
    page.save(dir.path(), &filled).unwrap();
    let text = fs::read_to_string(dir.path().join(&filled.path)).unwrap();
    assert!(text.contains("year = 2566") && text.contains("group = \"gr-river\""), "{text}");
    let (page, mut again) = open(dir.path(), &filled.path);
    assert_eq!(page.current.texts["group"], "กลุ่มริมน้ำ");
    // A part of a table changes; the rest of the file stays.
    let filled = page.fill(&mut again, &answers(&[("steps.2.action", "อ่าน"), ("steps.2.minutes", "๕")]), false);
    page.save(dir.path(), &filled).unwrap();
    let changed = fs::read_to_string(dir.path().join(&filled.path)).unwrap();
    assert_eq!(changed, text.replace("+++\n\n##", "\n[[steps]]\naction = \"อ่าน\"\nminutes = 5\n+++\n\n##"));
    undo(dir.path()).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join(&filled.path)).unwrap(), text);
}

#[test]
fn what_is_wrong_is_said_at_its_input() {
    let (_dir, mut portal) = portal();
    let kind = portal.schema.kind("innovation").unwrap().0;
    let wrong = answers(&[
        ("title", "ก"),
        ("group", "ไม่มีกลุ่มนี้"),
        ("year", "66"),
        ("cost_per_learner", "-5"),
        ("steps.1.minutes", "ห้า"),
        ("section:how", "ทำนํ้า [ลิงก์](ไม่มี.md)"),
    ]);
    let filled = Page::blank(kind).fill(&mut portal, &wrong, false);
    let at = |name: &str| filled.findings.iter().find(|f| f.name == name && f.is_error).map(|f| f.message.th.as_str());
    for name in ["group", "year", "cost_per_learner", "steps.1.minutes", "topic", "evidence", "section:how"] {
        assert!(at(name).is_some(), "{name}: {:#?}", filled.findings);
    }
    assert_eq!(at("steps.1.action"), Some("ต้องกรอก"));
    assert_eq!(at("section:problem"), Some("ต้องเขียน"));
    assert_eq!(filled.findings.iter().filter(|f| f.name == "year").count(), 1, "one finding for one fault");
}

#[test]
fn a_draft_keeps_what_cannot_be_taken() {
    let (dir, mut portal) = portal();
    let kind = portal.schema.kind("innovation").unwrap().0;
    let page = Page::blank(kind);
    let filled = page.fill(&mut portal, &answers(&[("title", "ร่าง"), ("year", "ปีก่อน")]), true);
    page.save(dir.path(), &filled).unwrap();
    let (page, mut again) = open(dir.path(), &filled.path);
    assert!(page.current.notes[0].contains("ปีก่อน"), "{:?}", page.current.notes);
    let filled = page.fill(&mut again, &answers(&SOUND), false);
    assert!(filled.is_sound(), "{:?}", filled.findings);
    page.save(dir.path(), &filled).unwrap();
    let text = fs::read_to_string(dir.path().join(&filled.path)).unwrap();
    assert!(!text.contains("ต้องเติม") && !text.contains("draft"), "{text}");
}

#[test]
fn what_a_form_cannot_hold_is_not_opened_or_not_touched() {
    let (dir, _) = portal();
    let path = "content/innovations/inn-reading-corner.md";
    let full = dir.path().join(path);
    let old = fs::read_to_string(&full).unwrap();
    // A cell that is a table itself: the field is locked, the rest is edited.
    let odd = old.replacen("+++\n", "+++\nsteps = [{ action = { a = 1 } }]\n", 1).replace("[[steps]]", "[[x_steps]]");
    fs::write(&full, &odd).unwrap();
    let (page, mut portal) = open(dir.path(), path);
    assert!(page.current.locked.contains("steps"));
    let filled = page.fill(&mut portal, &answers(&[("title", "ใหม่"), ("steps.1.action", "")]), true);
    page.save(dir.path(), &filled).unwrap();
    assert!(fs::read_to_string(&full).unwrap().contains("action = { a = 1 }"));
    for (text, why) in [("---\ntitle: ก\n---\n", Unusable::Yaml), ("+++\ntitle = ก\n+++\n", Unusable::Unreadable)] {
        fs::write(&full, text).unwrap();
        let (portal, _) = load(dir.path());
        assert_eq!(Page::open(&NameIndex::new(&portal), path).err(), Some(why));
    }
    let (portal, _) = load(dir.path());
    assert_eq!(Page::open(&NameIndex::new(&portal), "portal.toml").err(), Some(Unusable::Unknown));
}

#[test]
fn every_field_that_people_write_is_asked_for_once() {
    let (_dir, portal) = portal();
    for (k, kind) in portal.schema.kinds.iter().enumerate() {
        let groups = inputs::groups(&portal.schema, k, false);
        let mut names: Vec<&str> = groups.iter().flat_map(|g| &g.inputs).map(|i| i.name.as_str()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{}", kind.id);
        let asked = kind.fields.iter().filter(|f| f.via.is_none() && !f.computed && f.told_by.is_none());
        assert!(asked.clone().all(|f| names.contains(&f.id.as_str())), "{}", kind.id);
        assert_eq!(groups[0].inputs[0].name, "title");
    }
}
