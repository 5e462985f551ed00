//! `sala undo`: takes the files of the last command back that wrote files in the portal (import, new, fix, rename, cms,
//! schema).

use super::exit::Exit;
use super::init::failed;
use super::terminal::Terminal;
use crate::authoring::files::undo;
use crate::model::Lang;
use std::path::Path;

pub(super) fn run(root: &Path, terminal: &Terminal) -> Exit {
    let undone = match undo(root) {
        Ok(Some(undone)) => undone,
        Ok(None) => {
            terminal.error("ไม่มีคำสั่งที่ย้อนได้", "there is nothing to undo");
            return Exit::Usage;
        }
        Err(error) => return failed(terminal, root, &error),
    };
    for path in &undone.restored {
        terminal.data(&path.display().to_string());
    }
    for path in &undone.kept {
        let path = path.display();
        terminal.message(&match terminal.lang {
            Lang::TH => format!("คงไว้เพราะมีผู้แก้หลังจากนั้น: {path}"),
            _ => format!("kept because it was changed since: {path}"),
        });
    }
    if undone.refused {
        terminal.error(
            "ไม่ได้ย้อน: คำสั่งนั้นแก้แบบแผนข้อมูล และไฟล์ข้างบนเขียนหลังจากนั้น ย้ายหรือลบไฟล์เหล่านั้นก่อน หรือแก้แบบแผนด้วย sala rename",
            "nothing was taken back: the command changed the schema, and the files above were written since; move or delete them first, or change the schema with `sala rename`",
        );
        return Exit::Content;
    }
    let (command, back, kept) = (&undone.command, undone.restored.len(), undone.kept.len());
    terminal.message(&match terminal.lang {
        Lang::TH => format!("ย้อน “{command}”: คืนสภาพ {back} ไฟล์ คงไว้ {kept}"),
        _ => format!("took back `{command}`: {back} files as they were, {kept} kept"),
    });
    Exit::Done
}
