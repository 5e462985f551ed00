//! Authoring: new portals and pages, imports from workbooks made by LibreOffice and by another library than the one that
//! reads them, reports, editor set-up, questions at a terminal.

mod aside;
mod dialogue;
mod docx;
mod editor;
mod forms;
mod held;
mod hostile;
mod import;
mod notes;
mod pages;
mod shown;
mod unseen;
mod values;
mod words;
mod workbooks;

use rust_xlsxwriter::Workbook;
use sala::internals::authoring::import::guard::Limits;
use sala::internals::authoring::import::manifest::Manifest;
use sala::internals::authoring::import::map::ImportMap;
use sala::internals::authoring::import::plan::{Import, Plan, plan};
use sala::internals::authoring::import::sheet::{self, Sheet};
use sala::internals::authoring::import::write::{Mode, Outcome, write};
use sala::internals::authoring::starter;
use sala::internals::content::load;
use sala::internals::model::{KindId, Portal};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/author").join(name)).unwrap()
}

fn starter_portal() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("พอร์ทัล");
    assert!(starter::is_free(&root).unwrap());
    starter::write(&root, starter::Template::Small, "", None).unwrap();
    (dir, root)
}

fn lessons(portal: &Portal) -> KindId {
    portal.schema.kind("lesson").unwrap().0
}

fn lessons_of(portal: &Portal) -> Import<'_> {
    Import { portal, file: "t.xlsx", kind: lessons(portal) }
}

fn planned(portal: &Portal, kind: KindId, sheet: &Sheet, map: &ImportMap) -> Plan {
    plan(Import { portal, file: "t.xlsx", kind }, sheet, map, &Manifest::default(), false, &|| {}).unwrap()
}

fn put(root: &Path, plan: &Plan, update: bool) -> Outcome {
    let (portal, _) = load(root);
    let (manifest, mode) = (Manifest::read(root, "lesson").unwrap(), Mode { update, ..Mode::default() });
    write(root, lessons_of(&portal), &plan.entries, &manifest, mode, &|| {}).unwrap()
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

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
