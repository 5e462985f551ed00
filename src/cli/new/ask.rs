//! Questions at the terminal: required fields, with completion from vocabularies and names.

use super::super::terminal::Terminal;
use crate::authoring::convert::{Cell, Converter};
use crate::authoring::draft::fault;
use crate::authoring::names::fold;
use crate::authoring::target::{self, RESERVED, Target};
use crate::cli::exit::Exit;
use crate::content::words::boolean;
use crate::model::{FieldDef, FieldType, KindDef, Label, Lang};
use inquire::autocompletion::{Autocomplete, Replacement};
use inquire::validator::Validation;
use inquire::{Confirm, CustomUserError, InquireError, MultiSelect, Select, Text};

/// Takes all answers given so far.
pub(super) type Keep<'a> = &'a dyn Fn(&[(Target, Cell)]);

/// What every question needs: the kind, and what is done with the answers so far.
pub(super) struct Asking<'a> {
    /// Reads the answers.
    pub converter: &'a Converter<'a>,
    /// Position of the kind.
    pub kind: usize,
    /// Keeps all answers, after each of them.
    pub keep: Keep<'a>,
    /// Where is asked.
    pub terminal: &'a Terminal,
}

/// Asks for the title and for each required field that has no value yet.
pub(super) fn required(asking: &Asking<'_>, kind: &KindDef, values: &mut Vec<(Target, Cell)>) -> Result<(), Exit> {
    let has = |values: &[(Target, Cell)], target: &Target| values.iter().any(|(t, _)| t == target);
    let title = Target::Reserved(0);
    if !has(values, &title) {
        let field = FieldDef {
            id: "title".into(), label: Label::new("ชื่อเรื่อง", "Title"), ..FieldDef::default()
        };
        let cell = one(asking, &field, &title)?;
        values.push((title, cell));
        (asking.keep)(values);
    }
    for (f, field) in kind.fields.iter().enumerate() {
        if !field.required || field.via.is_some() || field.default.is_some() {
            continue;
        }
        if field.ty == FieldType::Table {
            rows(asking, field, f, values)?;
        } else if !values.iter().any(|(t, _)| matches!(t, Target::Field(i) | Target::Part(i, _) if *i == f)) {
            let cell = one(asking, field, &Target::Field(f))?;
            values.push((Target::Field(f), cell));
            (asking.keep)(values);
        }
    }
    offered(asking, kind, values)
}

/// Yes or no, in the reader's words.
pub(super) fn confirm(question: &str, default: Option<bool>, terminal: &Terminal) -> Result<bool, InquireError> {
    let (yes, no) = (terminal.say("ใช่", "yes"), terminal.say("ไม่", "no"));
    let read = |answer: &str| boolean(answer).ok_or(());
    let shown = |answer: bool| if answer { yes } else { no }.to_string();
    let offer = |answer: bool| match (terminal.lang, answer) {
        (Lang::TH, true) => "ใช่/ไม่ Enter = ใช่".into(),
        (Lang::TH, false) => "ใช่/ไม่ Enter = ไม่".into(),
        (_, true) => "Y/n".into(),
        (_, false) => "y/N".to_string(),
    };
    let mut prompt = Confirm::new(question)
        .with_parser(&read)
        .with_formatter(&shown)
        .with_default_value_formatter(&offer)
        .with_error_message(terminal.say("พิมพ์ ใช่ หรือ ไม่ (y หรือ n)", "type yes or no (y or n)"));
    prompt.default = default;
    prompt.prompt()
}

/// Offers to write the summary and the sections at once; each may be left for later.
fn offered(asking: &Asking<'_>, kind: &KindDef, values: &mut Vec<(Target, Cell)>) -> Result<(), Exit> {
    let terminal = asking.terminal;
    let summary = RESERVED.iter().position(|r| r.key == "summary").map(Target::Reserved);
    let targets = summary.into_iter().chain((0..kind.sections.len()).map(Target::Section));
    let open: Vec<Target> = targets.filter(|target| !values.iter().any(|(t, _)| t == target)).collect();
    let question = terminal.say(
        "เขียนสรุปและเนื้อหาตอนนี้เลยหรือไม่ (ภายหลังเขียนในไฟล์ได้)",
        "write the summary and the text now? (they can be written in the file later)",
    );
    if open.is_empty() || !confirm(question, Some(false), terminal).map_err(|e| stopped(&e, terminal))? {
        return Ok(());
    }
    for target in open {
        let label = target::label(kind, &target);
        let about = match &target {
            Target::Section(s) => kind.sections[*s].help.get(terminal.lang),
            _ => terminal.say("หนึ่งประโยค ไม่เกิน 200 อักขระ", "one sentence, at most 200 characters"),
        };
        let help = format!("{about} · {}", terminal.say("Enter เปล่าเพื่อข้าม", "an empty Enter leaves it for later"));
        let question = format!("{}:", label.get(terminal.lang));
        let answer = Text::new(&question).with_help_message(help.trim_start_matches(" · ")).prompt();
        let text = answer.map_err(|error| stopped(&error, terminal))?;
        if !text.trim().is_empty() {
            values.push((target, Cell::Text(text)));
            (asking.keep)(values);
        }
    }
    Ok(())
}

fn rows(asking: &Asking<'_>, field: &FieldDef, f: usize, values: &mut Vec<(Target, Cell)>) -> Result<(), Exit> {
    let terminal = asking.terminal;
    // Answers that were kept go on where they ended.
    let has = |values: &[(Target, Cell)], row: usize, c: usize| {
        values.iter().any(|(t, _)| matches!(t, Target::Cell(i, r, d) if (*i, *r, *d) == (f, row, c)))
    };
    let least = field.min_items.unwrap_or(1).max(1);
    for row in 0..field.max_items.unwrap_or(20) {
        let begun = (0..field.columns.len()).any(|c| has(values, row, c));
        if row >= least && !begun {
            let question =
                format!("{} {}?", terminal.say("เพิ่มแถวของ", "another row of"), field.label.get(terminal.lang));
            if !confirm(&question, Some(false), terminal).map_err(|e| stopped(&e, terminal))? {
                break;
            }
        }
        for (c, column) in field.columns.iter().enumerate().filter(|(_, c)| c.required) {
            if has(values, row, c) {
                continue;
            }
            let mut asked = column.clone();
            let number = format!(" {}: ", row + 1);
            asked.label = Label::new(
                format!("{}{number}{}", field.label.th, column.label.th),
                format!("{}{number}{}", field.label.get(Lang::EN), column.label.get(Lang::EN)),
            );
            let target = Target::Cell(f, row, c);
            let cell = one(asking, &asked, &target)?;
            values.push((target, cell));
            (asking.keep)(values);
        }
    }
    Ok(())
}

fn one(asking: &Asking<'_>, field: &FieldDef, target: &Target) -> Result<Cell, Exit> {
    let (converter, terminal) = (asking.converter, asking.terminal);
    let lang = terminal.lang;
    let question = format!("{}:", field.label.get(lang));
    let help = help(field, terminal);
    let answer = match field.ty {
        FieldType::Term => match converter.names.portal().schema.vocabulary_of(field) {
            Some(vocabulary) if !field.open => {
                let options: Vec<String> =
                    vocabulary.offered().map(|t| format!("{} ({})", t.label.get(lang), t.id)).collect();
                let id = |shown: &str| {
                    let place = options.iter().position(|o| o == shown);
                    place.and_then(|i| vocabulary.offered().nth(i)).map_or_else(String::new, |term| term.id.clone())
                };
                if field.many {
                    let chosen =
                        MultiSelect::new(&question, options.clone())
                            .with_help_message(terminal.say(
                                "เว้นวรรคเพื่อเลือก พิมพ์เพื่อกรอง Enter เมื่อครบ",
                                "space selects, typing filters, Enter ends",
                            ))
                            .with_validator(inquire::min_length!(
                                1,
                                terminal.say("ต้องเลือกอย่างน้อยหนึ่งข้อ", "choose one at least")
                            ))
                            .prompt();
                    chosen.map(|all| all.iter().map(|s| id(s)).collect::<Vec<_>>().join(";"))
                } else {
                    let help = terminal.say("↑↓ เลื่อน พิมพ์เพื่อกรอง Enter เลือก", "↑↓ moves, typing filters, Enter chooses");
                    Select::new(&question, options.clone()).with_help_message(help).prompt().map(|s| id(&s))
                }
            }
            _ => text(asking, field, target, &question, &help),
        },
        FieldType::Bool => confirm(&question, None, terminal).map(|b| b.to_string()),
        _ => text(asking, field, target, &question, &help),
    };
    answer.map(Cell::Text).map_err(|error| stopped(&error, terminal))
}

/// The field's own help, and how its type is written.
fn help(field: &FieldDef, terminal: &Terminal) -> String {
    let mut parts = vec![field.help.get(terminal.lang).to_string()];
    parts.push(match field.ty {
        FieldType::Date => terminal.say("เช่น 15 ส.ค. 2566", "such as 15 Aug 2023").into(),
        FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
            terminal.say("เช่น 2566", "such as 2566 or 2023").into()
        }
        FieldType::Period => {
            terminal.say("เช่น 1 ต.ค. 2565 ถึง 30 ก.ย. 2566", "such as 1 Oct 2022 to 30 Sep 2023").into()
        }
        FieldType::Ref => terminal.say("พิมพ์ส่วนหนึ่งของชื่อ แล้วกด Tab", "type a part of the name, then Tab").into(),
        _ => String::new(),
    });
    if field.many {
        parts.push(terminal.say("หลายค่าคั่นด้วย ;", "separate several by ;").into());
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

fn text(
    asking: &Asking<'_>,
    field: &FieldDef,
    target: &Target,
    question: &str,
    help: &str,
) -> Result<String, InquireError> {
    let (converter, terminal) = (asking.converter, asking.terminal);
    let lang = terminal.lang;
    // The prompt library checks answers with a function of its own life; answers are checked here instead.
    loop {
        let mut prompt = Text::new(question).with_validator(move |answer: &str| {
            Ok::<_, CustomUserError>(if answer.trim().is_empty() {
                Validation::Invalid(match lang {
                    Lang::TH => "ต้องกรอก".into(),
                    _ => "an answer is needed".into(),
                })
            } else {
                Validation::Valid
            })
        });
        if !help.is_empty() {
            prompt = prompt.with_help_message(help);
        }
        if field.ty == FieldType::Ref {
            prompt = prompt.with_autocomplete(ReferenceCompleter::new(converter, field));
        }
        let answer = prompt.prompt()?;
        // What the loader would refuse at the end is refused here, where it can be answered again.
        let refused = match converter.value(field, &Cell::Text(answer.clone())) {
            Ok(value) => value
                .and_then(|v| fault(&converter.names.portal().schema, asking.kind, target, &v))
                .map(|finding| (finding.message, finding.hint)),
            Err(reason) => Some((reason.message, reason.hint)),
        };
        let Some((message, hint)) = refused else {
            return Ok(answer);
        };
        let hint = hint.map_or_else(String::new, |h| format!(" · {}", h.get(lang)));
        terminal.message(&format!("  {}{hint}", message.get(lang)));
    }
}

/// Completion of references: what was typed after the last `;` is looked for in ids and titles.
#[derive(Clone)]
struct ReferenceCompleter {
    names: Vec<(String, String, String)>,
}

impl ReferenceCompleter {
    fn new(converter: &Converter<'_>, field: &FieldDef) -> ReferenceCompleter {
        let portal = converter.names.portal();
        let names = portal
            .entries
            .iter()
            .filter(|e| e.main)
            .filter(|e| field.kinds.is_empty() || field.kinds.contains(&portal.schema.kinds[e.kind].id))
            .map(|e| {
                let key = fold(&format!("{} {}", e.id, e.title));
                (e.id.to_string(), format!("{} · {}", e.id, e.title), key)
            })
            .collect();
        ReferenceCompleter { names }
    }
}

impl Autocomplete for ReferenceCompleter {
    fn get_suggestions(&mut self, input: &str) -> Result<Vec<String>, CustomUserError> {
        let (_, last) = split(input);
        let wanted = fold(last);
        let found = self.names.iter().filter(|(_, _, key)| key.contains(&wanted));
        Ok(found.take(50).map(|(_, shown, _)| shown.clone()).collect())
    }

    fn get_completion(&mut self, input: &str, highlighted: Option<String>) -> Result<Replacement, CustomUserError> {
        let (before, _) = split(input);
        // Without a choice, Tab takes the first of the list.
        let shown = match highlighted {
            Some(shown) => Some(shown),
            None => self.get_suggestions(input)?.into_iter().next(),
        };
        let chosen = self.names.iter().find(|(_, s, _)| Some(s) == shown.as_ref());
        Ok(chosen.map(|(id, _, _)| format!("{before}{id}")))
    }
}

fn split(input: &str) -> (&str, &str) {
    let at = input.rfind(';').map_or(0, |i| i + 1);
    (&input[..at], input[at..].trim())
}

fn stopped(error: &InquireError, terminal: &Terminal) -> Exit {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            terminal.message(terminal.say(
                "หยุดไว้ ยังไม่ได้เขียนไฟล์ คำตอบที่พิมพ์แล้วเก็บไว้ เรียกคำสั่งเดิมเพื่อตอบต่อ",
                "stopped; nothing was written. Your answers are kept: the same command goes on with them",
            ));
            Exit::Usage
        }
        other => {
            terminal.error(
                &format!("ถามที่หน้าจอไม่ได้ ({other}) ใช้ --no-input กับ --set"),
                &format!("cannot ask here ({other}); use --no-input with --set"),
            );
            Exit::Machine
        }
    }
}
