//! `sala import FILE.docx`: a report becomes a draft with its pictures.

use super::exit::Exit;
use super::import_input::{ImportArgs, bytes};
use super::init::failed;
use super::new::kind_of;
use super::terminal::Terminal;
use crate::authoring::docx::{draft, parts, reader};
use crate::authoring::files::Changes;
use crate::authoring::import::guard::Limits;
use crate::model::{KindId, Lang, Portal};
use std::path::Path;

/// The parts of a report, and the kind that it becomes.
pub(super) fn open(
    portal: &Portal,
    file: &Path,
    options: &ImportArgs,
    terminal: &Terminal,
) -> Result<(String, parts::Parts, KindId), Exit> {
    let limits = Limits::default();
    let Some(kind) = &options.kind else {
        let typed = || portal.schema.kinds.iter().filter(|k| !k.plain);
        let list =
            |lang: Lang| typed().map(|k| format!("  --kind {}   {}\n", k.id, k.label.get(lang))).collect::<String>();
        terminal.error(
            &format!("บอกชนิดของหน้าด้วย:\n{}", list(Lang::TH)),
            &format!("name the kind of page:\n{}", list(Lang::EN)),
        );
        return Err(Exit::Usage);
    };
    let (kind, _) = kind_of(portal, kind, terminal)?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let data = bytes(file, limits.file, terminal)?;
    let parts = parts::read(&name, &data, &limits).map_err(|d| {
        terminal.diagnostics(&[d]);
        Exit::Content
    })?;
    Ok((name, parts, kind))
}

/// Writes the draft; `more`: it belongs to a command that has written files already.
pub(super) fn run(
    root: &Path,
    portal: &Portal,
    file: &Path,
    options: &ImportArgs,
    more: bool,
    terminal: &Terminal,
) -> Result<Exit, Exit> {
    let (name, parts, k) = open(portal, file, options, terminal)?;
    let def = &portal.schema.kinds[k];
    let (blocks, left) = reader::blocks(&parts);
    let map = super::import_input::named_map(root, &def.id).unwrap_or_default();
    let document = draft::Document { file: &name, parts: &parts, blocks, left };
    let report = draft::draft(portal, k, document, &map, None);
    let path = report.draft.path(&portal.schema);
    let text = report.draft.guided(&portal.schema);
    terminal.diagnostics(&report.diagnostics);
    if !options.dry_run {
        let mut changes = Changes::new(root).joined(more);
        let folder = Path::new("content").join(&def.folder);
        changes.create(&path, text);
        for (picture, bytes) in &report.pictures {
            changes.create(folder.join(picture), bytes.clone());
        }
        let command = format!("import {name}");
        changes.apply(&command).map_err(|error| failed(terminal, &root.join(&path), &error))?;
    }
    terminal.data(&path);
    let (pictures, repaired) = (report.pictures.len(), report.repaired);
    terminal.message(&match terminal.lang {
        Lang::TH => format!("ร่างใหม่ ภาพ {pictures} ภาพ ซ่อมข้อความไทย {repaired} แห่ง\nขั้นต่อไป: เติมช่องที่จำเป็นในไฟล์หรือใน sala serve --edit ดูหน้าด้วย sala serve --drafts แล้วลบบรรทัด draft = true เมื่อพร้อมเผยแพร่"),
        _ => format!(
            "new draft, {pictures} picture(s), {repaired} Thai repair(s)\nnext: fill in the required fields, in the file or with `sala serve --edit`; see it with `sala serve --drafts`; delete `draft = true` when it may be published"
        ),
    });
    Ok(Exit::Done)
}
