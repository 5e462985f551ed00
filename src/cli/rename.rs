//! `sala rename`: another id wherever a portal writes it, as a diff or in the files.

use super::args::RenameArgs;
use super::exit::Exit;
use super::fix;
use super::init::failed;
use super::terminal::Terminal;
use crate::authoring::files::undo;
use crate::authoring::rename::{self, Edits, Request};
use crate::check;
use crate::content;
use crate::diagnostics::Diagnostic;
use crate::model::{Lang, Portal};
use crate::site;
use crate::views;
use crate::visibility;
use std::path::Path;

/// Places in templates that are listed.
const LISTED: usize = 12;

pub(super) fn run(root: &Path, args: &RenameArgs, terminal: &Terminal) -> Exit {
    let (portal, mut before) = content::load(root);
    let broken = content::unknown(before.clone());
    if !broken.is_empty() {
        terminal.diagnostics(&broken);
        return Exit::Content;
    }
    let request =
        Request { what: args.what, old: args.old.clone(), new: args.new.clone(), folder: args.folder.clone() };
    let edits = match rename::plan(root, &portal, &request) {
        Ok(edits) => edits,
        Err(reason) => {
            let hint = |lang: Lang| reason.hint.as_ref().map_or_else(String::new, |h| format!(" · {}", h.get(lang)));
            let (th, en) = (&reason.message.th, &reason.message.en);
            terminal.error(&format!("{th}{}", hint(Lang::TH)), &format!("{en}{}", hint(Lang::EN)));
            return Exit::Usage;
        }
    };
    if let Err(error) = show(&edits, args.dry_run) {
        return failed(terminal, root, &error);
    }
    if !args.dry_run {
        before.extend(errors(portal));
        let command = format!("rename {} {}", args.old, args.new);
        if let Err(error) = edits.apply(&command) {
            return failed(terminal, root, &error);
        }
        let new = new_errors(root, &before);
        if !new.is_empty() {
            if let Err(error) = undo(root) {
                return failed(terminal, root, &error);
            }
            terminal.diagnostics(&new);
            terminal.error(
                "ทุกไฟล์กลับเป็นเหมือนเดิม เพราะการเปลี่ยนชื่อจะทำให้เกิดข้อผิดพลาดข้างบน",
                "all files are as they were: renaming would have caused the errors above",
            );
            return Exit::Content;
        }
    }
    told(root, &request, &edits, args.dry_run, terminal);
    Exit::Done
}

/// The changes on standard output.
fn show(edits: &Edits, whole: bool) -> std::io::Result<()> {
    let mut out = anstream::stdout().lock();
    for file in edits.written() {
        match whole {
            true => fix::diff(&mut out, &file.path, &file.old, &file.new)?,
            false => std::io::Write::write_fmt(&mut out, format_args!("{}\n", file.path))?,
        }
    }
    for (from, to) in edits.moves() {
        std::io::Write::write_fmt(&mut out, format_args!("{from} → {to}\n"))?;
    }
    Ok(())
}

/// What is wrong with pages, and with the figures on them.
fn errors(portal: Portal) -> Vec<Diagnostic> {
    let mut found = check::check(&portal);
    let public = visibility::open(portal, visibility::Options::default());
    found.extend(views::counts::check(&site::derive(public, None)));
    found
}

/// Errors that were not there before, told by what they say and not where: files may have moved.
fn new_errors(root: &Path, before: &[Diagnostic]) -> Vec<Diagnostic> {
    let (portal, mut after) = content::load(root);
    after.extend(errors(portal));
    let count = |all: &[Diagnostic]| all.iter().filter(|d| d.is_error()).count();
    if count(&after) <= count(before) {
        return Vec::new();
    }
    let known = |d: &Diagnostic| before.iter().any(|b| b.code == d.code && b.file == d.file && b.message == d.message);
    after.retain(|d| d.is_error() && !known(d));
    after
}

fn told(root: &Path, request: &Request, edits: &Edits, dry: bool, terminal: &Terminal) {
    let places = rename::in_templates(root, request);
    if !places.is_empty() {
        let old = request.last();
        terminal.message(&match terminal.lang {
            Lang::TH => format!("แม่แบบที่อาจใช้ “{old}” แก้เอง:"),
            _ => format!("templates that may use `{old}`; change them yourself:"),
        });
        places.iter().take(LISTED).for_each(|place| terminal.message(&format!("  {place}")));
        if let Some(more) = places.len().checked_sub(LISTED).filter(|more| *more > 0) {
            terminal.message(&match terminal.lang {
                Lang::TH => format!("  … และอีก {more} แห่ง"),
                _ => format!("  … and {more} more"),
            });
        }
    }
    let (files, moved) = (edits.written().len(), edits.moves().len());
    terminal.message(&match (terminal.lang, dry) {
        (Lang::TH, true) => format!("จะแก้ {files} ไฟล์ ย้าย {moved} ไฟล์"),
        (Lang::TH, false) => format!("แก้ {files} ไฟล์ ย้าย {moved} ไฟล์ ย้อนได้ด้วย sala undo"),
        (_, true) => format!("would change {files} files and move {moved}"),
        (_, false) => format!("changed {files} files, moved {moved}; `sala undo` takes it back"),
    });
}
