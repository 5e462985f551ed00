//! `sala init DIR`: a small working portal in a new folder.

use super::exit::Exit;
use super::terminal::{Terminal, this_day};
use crate::authoring::starter::{self, Template};
use crate::model::Lang;
use std::path::Path;

/// `lang` is the language of the portal, where one is asked for.
pub(super) fn run(dir: &Path, template: Template, lang: Option<Lang>, terminal: &Terminal) -> Exit {
    if let (Template::Networks, Some(other)) = (template, lang.filter(|lang| ![Lang::TH, Lang::EN].contains(lang))) {
        let tag = other.code();
        terminal.error(
            &format!("แม่แบบ networks เป็นภาษาไทยกับอังกฤษ ไม่มีภาษา {tag}"),
            &format!("the template networks is in Thai and English, not in `{tag}`"),
        );
        return Exit::Usage;
    }
    let shown = dir.display();
    match starter::is_free(dir) {
        Ok(true) => {}
        Ok(false) => {
            terminal.error(
                &format!("โฟลเดอร์ {shown} มีไฟล์อยู่แล้ว จึงไม่เขียนทับ เลือกโฟลเดอร์ใหม่หรือโฟลเดอร์ว่าง"),
                &format!("folder {shown} is not empty and is left as it is; choose a new or empty folder"),
            );
            return Exit::Usage;
        }
        Err(error) => return failed(terminal, dir, &error),
    }
    match starter::write(dir, template, &this_day().iso(), lang) {
        Ok(paths) => {
            for path in paths.iter().filter(|path| template != Template::Networks || !path.starts_with("content/")) {
                terminal.data(&dir.join(path).display().to_string());
            }
            terminal.message(terminal.say("พร้อมใช้แล้ว ขั้นต่อไป:", "The portal is ready. Next:"));
            let new = template.first_kind().map_or_else(String::new, |kind| format!("  sala new {kind}\n"));
            // Languages whose interface words do not come with the program.
            let words =
                lang.filter(|lang| ![Lang::TH, Lang::EN].contains(lang)).map_or("", |_| "  sala schema --words\n");
            let shown = shown.to_string();
            let shown = if shown.contains(' ') { format!("\"{shown}\"") } else { shown };
            terminal.message(&format!("  cd {shown}\n{words}{new}  sala serve --open"));
            Exit::Done
        }
        Err(error) => failed(terminal, dir, &error),
    }
}

/// A failure of the machine, with the place.
pub(super) fn failed(terminal: &Terminal, place: &Path, error: &std::io::Error) -> Exit {
    let place = place.display();
    let why = crate::content::files::describe(error);
    terminal.error(&format!("เขียน {place} ไม่ได้: {}", why.th), &format!("cannot write {place}: {}", why.get(Lang::EN)));
    Exit::Machine
}
