//! `sala new KIND`: a new page, from answers at the terminal or from options.

mod ask;
mod complete;

use super::exit::Exit;
use super::init::failed;
use super::terminal::Terminal;
use crate::authoring::assemble::assemble;
use crate::authoring::convert::{Cell, Converter, SEPARATORS};
use crate::authoring::draft::{Draft, check, missing, new_id};
use crate::authoring::files::Changes;
use crate::authoring::names::{NameIndex, fold};
use crate::authoring::target::{self, Headings, Target};
use crate::authoring::value::Out;
use crate::cache::{read_plain, write_atomic};
use crate::content;
use crate::diagnostics::{nearest, nearest_hint};
use crate::model::ids;
use crate::model::{Entry, KindDef, KindId, Label, Lang, Portal};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// `sala new`.
#[derive(clap::Args, Debug)]
pub(super) struct NewArgs {
    /// ชนิดของหน้า เป็นรหัสหรือชื่อ · kind of the page, by id or name
    #[arg(add = super::completion::kinds())]
    pub kind: Option<String>,
    /// ชื่อเรื่อง · title
    #[arg(long)]
    pub title: Option<String>,
    /// รหัสและชื่อไฟล์ · id and file name [default: made from the title]
    #[arg(long)]
    pub id: Option<String>,
    /// ค่าของช่อง เช่น component=goal, lessons.1.category=…, section:problem=… · value of a field, a table's cell or a section
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// ไม่ถาม · ask nothing
    #[arg(long)]
    pub no_input: bool,
}

/// The kind of an id, a label in either language or a folder, or a message with the nearest.
pub(super) fn kind_of<'a>(portal: &'a Portal, name: &str, terminal: &Terminal) -> Result<(KindId, &'a KindDef), Exit> {
    let kinds = &portal.schema.kinds;
    let called = |k: &KindDef| [&k.label.th, &k.label.en, &k.folder].iter().any(|n| fold(n) == fold(name));
    let by_label = || kinds.position(|k| !fold(name).is_empty() && called(k)).map(|i| (i, &kinds[i]));
    portal.schema.kind(name).or_else(by_label).ok_or_else(|| {
        let known = kinds.iter().flat_map(|k| [k.id.as_str(), k.label.th.as_str()]);
        let (th, en) = match nearest(name, known) {
            Some(n) => (format!(" หมายถึง {n} ใช่หรือไม่"), format!("; did you mean {n}?")),
            None => {
                let list: Vec<String> = kinds.iter().map(|k| format!("{} ({})", k.id, k.label.th)).collect();
                let list = list.join(", ");
                (format!(" ชนิดที่มี: {list}"), format!("; kinds: {list}"))
            }
        };
        terminal.error(&format!("ไม่มีชนิด {name}{th}"), &format!("there is no kind {name}{en}"));
        Exit::Usage
    })
}

/// The kinds of which pages can be made, for a call that names none.
fn no_kind(portal: &Portal, terminal: &Terminal) -> Exit {
    let list = |lang: Lang| {
        let typed = portal.schema.kinds.iter().filter(|k| !k.plain);
        typed.map(|k| format!("  sala new {}   {}", k.id, k.label.get(lang))).collect::<Vec<_>>().join("\n")
    };
    terminal
        .error(&format!("บอกชนิดของหน้าด้วย:\n{}", list(Lang::TH)), &format!("name a kind of page:\n{}", list(Lang::EN)));
    Exit::Usage
}

pub(super) fn run(root: &Path, options: &NewArgs, terminal: &Terminal) -> Exit {
    let (portal, _) = content::load(root);
    match make(root, &portal, options, terminal) {
        Ok(path) => {
            terminal.data(&path.display().to_string());
            Exit::Done
        }
        Err(exit) => exit,
    }
}

fn make(root: &Path, portal: &Portal, options: &NewArgs, terminal: &Terminal) -> Result<PathBuf, Exit> {
    let Some(name) = &options.kind else {
        return Err(no_kind(portal, terminal));
    };
    let (k, kind) = kind_of(portal, name, terminal)?;
    let names = NameIndex::new(portal);
    let converter = Converter { names: &names, separators: SEPARATORS.to_vec(), two_digit_years: None };
    let mut values = given(kind, options, terminal)?;
    let asks = !options.no_input && std::io::stdin().is_terminal() && terminal.interactive;
    let kept = root.join(format!(".sala/new/{}.json", kind.id));
    if asks {
        let fixed = values.len();
        resume(&kept, kind, &mut values, terminal);
        let keep = |values: &[(Target, Cell)]| keep(&kept, kind, values);
        ask::required(
            &ask::Asking { converter: &converter, kind: k, keep: &keep, terminal },
            kind,
            fixed,
            &mut values,
        )?;
    }
    let cells: Vec<(Target, &Cell)> = values.iter().map(|(t, c)| (t.clone(), c)).collect();
    let made = assemble(&converter, kind, &cells);
    let title = made.text("title").unwrap_or_default().to_string();
    if title.is_empty() {
        terminal.error("ต้องมีชื่อเรื่อง ใส่ --title \"…\"", "a title is needed: --title \"…\"");
        return Err(Exit::Usage);
    }
    let id = made.id.clone().unwrap_or_else(|| new_id(portal, k, &title));
    free(portal, &id, terminal)?;
    let mut draft = Draft { kind: k, id, keys: made.keys, sections: made.sections, ..Draft::default() };
    // What cannot be taken stays in the page as a note; nothing that was written is lost.
    let mut wrong: Vec<(Label, Option<Label>)> = Vec::new();
    for (place, reason) in made.failures {
        let (target, cell) = &values[place];
        let name = target::label(kind, target);
        draft.notes.push(format!("{}: {} (ที่เขียนไว้: “{}”)", name.th, reason.message.th, cell.text().replace('\n', " ")));
        let en = format!("{}: {}", name.get(Lang::EN), reason.message.en);
        wrong.push((Label::new(format!("{}: {}", name.th, reason.message.th), en), reason.hint));
    }
    wrong.extend(draft.settle(&portal.schema).into_iter().map(|d| (d.message, d.hint)));
    if !wrong.is_empty() {
        draft.keys.retain(|(key, _)| key != "draft");
        draft.keys.push(("draft".into(), Out::Bare("true".into())));
    }
    let path = draft.path(&portal.schema);
    let text = draft.guided(&portal.schema);
    let (entry, found) = check(&portal.schema, &path, &text);
    if found.iter().any(crate::diagnostics::Diagnostic::is_error) {
        terminal.diagnostics(&found);
        return Err(Exit::Usage);
    }
    let full = root.join(&path);
    let mut changes = Changes::new(root);
    changes.create(&path, text);
    changes.apply(&format!("new {}", kind.id)).map_err(|error| failed(terminal, &full, &error))?;
    // The page holds the answers now.
    drop(std::fs::remove_file(&kept));
    let hint =
        |hint: &Option<Label>, lang: Lang| hint.as_ref().map_or_else(String::new, |h| format!(" · {}", h.get(lang)));
    for (message, note) in &wrong {
        terminal.error(
            &format!("{}{}", message.th, hint(note, Lang::TH)),
            &format!("{}{}", message.get(Lang::EN), hint(note, Lang::EN)),
        );
    }
    next_steps(kind, entry.as_ref(), &draft.sections, !wrong.is_empty(), &full, terminal);
    if wrong.is_empty() { Ok(full) } else { Err(Exit::Content) }
}

/// What is still to be written, and how to see the page.
fn next_steps(
    kind: &KindDef,
    entry: Option<&Entry>,
    written: &[(String, String)],
    draft: bool,
    path: &Path,
    terminal: &Terminal,
) {
    let lang = terminal.lang;
    let fields = entry.filter(|e| e.typed).map(|e| missing(kind, e)).unwrap_or_default();
    let fields = fields.iter().map(|f| format!("{} ({})", f.id, f.label.get(lang)));
    let sections = kind.sections.iter().filter(|s| s.required && !written.iter().any(|(id, _)| *id == s.id));
    let sections = sections.map(|s| format!("## {}", s.label.get(lang)));
    let open: Vec<String> = fields.chain(sections).collect();
    let list = open.join(", ");
    if !open.is_empty() {
        terminal.message(&match lang {
            Lang::TH => format!("ยังต้องเขียนในไฟล์: {list}"),
            _ => format!("still to be written in the file: {list}"),
        });
    }
    if draft {
        let path = path.display();
        terminal.message(&match lang {
            Lang::TH => format!("บันทึกเป็นฉบับร่าง {path} แก้ตามบรรทัด “ต้องเติม” บนสุดของไฟล์ แล้วลบบรรทัด draft = true"),
            _ => format!("kept as the draft {path}: mend what its first lines say, then delete `draft = true`"),
        });
    }
    let see = if draft { "sala serve --drafts" } else { "sala serve" };
    terminal.message(&match lang {
        Lang::TH => format!("ขั้นต่อไป: เขียนเนื้อหาในไฟล์หรือใน sala serve --edit ตรวจด้วย sala check ดูหน้าด้วย {see}"),
        _ => format!("next: write the text in the file or with `sala serve --edit`, check it with `sala check`, see it with `{see}`"),
    });
}

/// Keeps the answers so far; where this fails the questions go on all the same.
fn keep(place: &Path, kind: &KindDef, values: &[(Target, Cell)]) {
    let answers: Vec<(String, String)> = values.iter().map(|(t, c)| (target::written(kind, t), c.text())).collect();
    if let Ok(bytes) = serde_json::to_vec_pretty(&answers) {
        drop(write_atomic(place, &bytes));
    }
}

/// Answers of questions that were stopped, if the writer wants to go on with them.
fn resume(place: &Path, kind: &KindDef, values: &mut Vec<(Target, Cell)>, terminal: &Terminal) {
    let Some(answers) = read_plain(place).ok().and_then(|b| serde_json::from_slice::<Vec<(String, String)>>(&b).ok())
    else {
        return;
    };
    let title = answers.iter().find(|(name, _)| name == "title").map_or("…", |(_, text)| text.as_str());
    let count = answers.len();
    let question = match terminal.lang {
        Lang::TH => format!("มีคำตอบของ “{title}” ค้างไว้ {count} ข้อ ตอบต่อหรือไม่"),
        _ => format!("{count} answers about “{title}” were kept; go on with them?"),
    };
    if !ask::confirm(&question, Some(true), terminal).unwrap_or(false) {
        return;
    }
    for (name, text) in answers {
        if let Some(target) = target::parse(kind, &name)
            && !values.iter().any(|(t, _)| *t == target)
        {
            values.push((target, Cell::Text(text)));
        }
    }
}

/// Values of the options.
fn given(kind: &KindDef, options: &NewArgs, terminal: &Terminal) -> Result<Vec<(Target, Cell)>, Exit> {
    let headings = Headings::new(kind);
    let mut values = Vec::new();
    if let Some(title) = &options.title {
        values.push((Target::Reserved(0), Cell::Text(title.clone())));
    }
    if let Some(id) = &options.id {
        values.push((Target::Id, Cell::Text(id.clone())));
    }
    for option in &options.set {
        let target = option.split_once('=').and_then(|(name, value)| Some((headings.find(name)?, value)));
        match target {
            Some((target, value)) => values.push((target, Cell::Text(value.to_string()))),
            None => {
                let name = option.split('=').next().unwrap_or(option);
                let known = headings.names();
                let hint = nearest_hint(name, known.iter().map(String::as_str)).unwrap_or_else(|| {
                    let list = fields(kind);
                    Label::new(
                        format!("รูปแบบคือ --set ช่อง=ค่า ช่องที่มี: {list}"),
                        format!("the form is --set FIELD=VALUE; fields: {list}"),
                    )
                });
                terminal.error(
                    &format!("ชนิด {} ไม่มีช่อง “{name}” · {}", kind.id, hint.th),
                    &format!("kind {} has no field `{name}` · {}", kind.id, hint.en),
                );
                return Err(Exit::Usage);
            }
        }
    }
    Ok(values)
}

/// Ids of the fields, for a hint.
fn fields(kind: &KindDef) -> String {
    let own = kind.fields.iter().filter(|f| f.via.is_none());
    own.map(|f| f.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn free(portal: &Portal, id: &str, terminal: &Terminal) -> Result<(), Exit> {
    if !ids::is_id(id) {
        let suggestion = ids::suggested(id);
        terminal.error(
            &format!("รหัส “{id}” ใช้ไม่ได้ ลองใช้ {suggestion}"),
            &format!("`{id}` cannot be an id; try {suggestion}"),
        );
        return Err(Exit::Usage);
    }
    let Some(taken) = portal.entries.iter().find(|e| e.id.eq_ignore_ascii_case(id)) else {
        return Ok(());
    };
    // An entry of a table has no file yet: the new one enriches it.
    if taken.body.is_none() {
        return Ok(());
    }
    let place = &portal.sources[taken.source.0 as usize].path;
    terminal.error(&format!("รหัส {id} ใช้แล้วใน {place}"), &format!("the id {id} is taken by {place}"));
    Err(Exit::Usage)
}
