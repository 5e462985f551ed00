//! Questions at the terminal: required fields, with completion from vocabularies and names.

use super::super::terminal::Terminal;
use super::complete::ReferenceCompleter;
use crate::authoring::convert::{Cell, Converter};
use crate::authoring::draft::fault;
use crate::authoring::target::{self, RESERVED, Target};
use crate::cli::exit::Exit;
use crate::content::words::boolean;
use crate::model::{FieldDef, FieldType, KindDef, KindId, Label, Lang};
use inquire::validator::Validation;
use inquire::{Confirm, CustomUserError, InquireError, MultiSelect, Select, Text};

/// Takes all answers given so far.
pub(super) type Keep<'a> = &'a dyn Fn(&[(Target, Cell)]);

/// What every question needs: the kind, and what is done with the answers so far.
pub(super) struct Asking<'a> {
    /// Reads the answers.
    pub converter: &'a Converter<'a>,
    /// The kind.
    pub kind: KindId,
    /// Keeps all answers, after each of them.
    pub keep: Keep<'a>,
    /// Where is asked.
    pub terminal: &'a Terminal,
}

/// What was answered: going back takes the last of these away.
#[derive(PartialEq)]
enum Step {
    Value(Target),
    /// Left to be written in the file.
    Later(Target),
    /// Another row of a table, and none.
    Row(usize, usize),
    NoRow(usize),
    /// The text is written now.
    TextNow,
}

/// Why a question has no answer.
enum Stop {
    /// The one before it is asked again.
    Back,
    Ended(Exit),
}

/// The answers so far, and the way to them.
struct Answers<'a> {
    values: &'a mut Vec<(Target, Cell)>,
    steps: Vec<Step>,
}

impl Answers<'_> {
    fn has(&self, target: &Target) -> bool {
        self.values.iter().any(|(t, _)| t == target)
    }

    fn add(&mut self, asking: &Asking<'_>, target: Target, cell: Cell) {
        self.steps.push(Step::Value(target.clone()));
        self.values.push((target, cell));
        (asking.keep)(self.values);
    }
}

/// Asks for the title and for each required field that has no value yet. `fixed` values were given with the command: going
/// back does not ask for them.
pub(super) fn required(
    asking: &Asking<'_>,
    kind: &KindDef,
    fixed: usize,
    values: &mut Vec<(Target, Cell)>,
) -> Result<(), Exit> {
    let terminal = asking.terminal;
    terminal.message(terminal.say(
        "แก้ข้อก่อนหน้า: พิมพ์ < หรือ ย้อน หรือกด Esc · หยุด: Ctrl-C คำตอบเก็บไว้ให้",
        "to the question before: type < or press Esc · stop: Ctrl-C; your answers are kept",
    ));
    let steps = values[fixed..].iter().map(|(t, _)| Step::Value(t.clone())).collect();
    let mut answers = Answers { values, steps };
    loop {
        match questions(asking, kind, &mut answers) {
            Ok(()) => return Ok(()),
            Err(Stop::Ended(exit)) => return Err(exit),
            Err(Stop::Back) => match answers.steps.pop() {
                Some(Step::Value(target)) => answers.values.retain(|(t, _)| *t != target),
                Some(_) => {}
                None => terminal.message(terminal.say("  นี่คือคำถามแรก", "  this is the first question")),
            },
        }
    }
}

fn questions(asking: &Asking<'_>, kind: &KindDef, answers: &mut Answers<'_>) -> Result<(), Stop> {
    let title = Target::Reserved(0);
    if !answers.has(&title) {
        let field = FieldDef {
            id: "title".into(), label: Label::new("ชื่อเรื่อง", "Title"), ..FieldDef::default()
        };
        let cell = one(asking, &field, &title)?;
        answers.add(asking, title, cell);
    }
    for (f, field) in kind.fields.iter().enumerate() {
        if !field.required || field.via.is_some() || field.default.is_some() {
            continue;
        }
        if field.ty == FieldType::Table {
            rows(asking, field, f, answers)?;
        } else if !answers.values.iter().any(|(t, _)| matches!(t, Target::Field(i) | Target::Part(i, _) if *i == f)) {
            let cell = one(asking, field, &Target::Field(f))?;
            answers.add(asking, Target::Field(f), cell);
        }
    }
    offered(asking, kind, answers)
}

/// Whether an answer asks for the question before.
fn is_back(answer: &str) -> bool {
    matches!(answer.trim(), "<" | "ย้อน" | "ย้อนกลับ")
}

/// Yes or no of a question of the dialogue.
fn agreed(question: &str, default: Option<bool>, terminal: &Terminal) -> Result<bool, Stop> {
    let back = std::cell::Cell::new(false);
    let answer = yes_or_no(question, default, &back, terminal).map_err(|error| stopped(&error, terminal))?;
    if back.get() { Err(Stop::Back) } else { Ok(answer) }
}

/// Yes or no, in the reader's words.
pub(super) fn confirm(question: &str, default: Option<bool>, terminal: &Terminal) -> Result<bool, InquireError> {
    yes_or_no(question, default, &std::cell::Cell::new(false), terminal)
}

/// As [`confirm`]; `back` is set where the question before was asked for.
fn yes_or_no(
    question: &str,
    default: Option<bool>,
    back: &std::cell::Cell<bool>,
    terminal: &Terminal,
) -> Result<bool, InquireError> {
    let (yes, no) = (terminal.say("ใช่", "yes"), terminal.say("ไม่", "no"));
    let read = |answer: &str| {
        back.set(is_back(answer));
        if back.get() { Ok(false) } else { boolean(answer).ok_or(()) }
    };
    let shown = |answer: bool| {
        if back.get() {
            "<"
        } else if answer {
            yes
        } else {
            no
        }
        .to_string()
    };
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
fn offered(asking: &Asking<'_>, kind: &KindDef, answers: &mut Answers<'_>) -> Result<(), Stop> {
    let terminal = asking.terminal;
    let summary = RESERVED.iter().position(|r| r.key == "summary").map(Target::Reserved);
    let targets = summary.into_iter().chain((0..kind.sections.len()).map(Target::Section));
    let open: Vec<Target> =
        targets.filter(|t| !answers.has(t) && !answers.steps.contains(&Step::Later(t.clone()))).collect();
    let question = terminal.say(
        "เขียนสรุปและเนื้อหาตอนนี้เลยหรือไม่ (ภายหลังเขียนในไฟล์ได้)",
        "write the summary and the text now? (they can be written in the file later)",
    );
    if open.is_empty() {
        return Ok(());
    }
    if !answers.steps.contains(&Step::TextNow) {
        if !agreed(question, Some(false), terminal)? {
            return Ok(());
        }
        answers.steps.push(Step::TextNow);
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
        match text.trim() {
            "" => answers.steps.push(Step::Later(target)),
            answer if is_back(answer) => return Err(Stop::Back),
            _ => answers.add(asking, target, Cell::Text(text)),
        }
    }
    Ok(())
}

fn rows(asking: &Asking<'_>, field: &FieldDef, f: usize, answers: &mut Answers<'_>) -> Result<(), Stop> {
    let terminal = asking.terminal;
    // Answers that were kept go on where they ended.
    let least = field.min_items.unwrap_or(1).max(1);
    for row in 0..field.max_items.unwrap_or(20) {
        let begun = (0..field.columns.len()).any(|c| answers.has(&Target::Cell(f, row, c)));
        if answers.steps.contains(&Step::NoRow(f)) {
            break;
        }
        if row >= least && !begun && !answers.steps.contains(&Step::Row(f, row)) {
            let question =
                format!("{} {}?", terminal.say("เพิ่มแถวของ", "another row of"), field.label.get(terminal.lang));
            let another = agreed(&question, Some(false), terminal)?;
            answers.steps.push(if another { Step::Row(f, row) } else { Step::NoRow(f) });
            if !another {
                break;
            }
        }
        for (c, column) in field.columns.iter().enumerate().filter(|(_, c)| c.required) {
            let target = Target::Cell(f, row, c);
            if answers.has(&target) {
                continue;
            }
            let mut asked = column.clone();
            let number = format!(" {}: ", row + 1);
            asked.label = Label::new(
                format!("{}{number}{}", field.label.th, column.label.th),
                format!("{}{number}{}", field.label.get(Lang::EN), column.label.get(Lang::EN)),
            );
            let cell = one(asking, &asked, &target)?;
            answers.add(asking, target, cell);
        }
    }
    Ok(())
}

fn one(asking: &Asking<'_>, field: &FieldDef, target: &Target) -> Result<Cell, Stop> {
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
        FieldType::Bool => return Ok(Cell::Text(agreed(&question, None, terminal)?.to_string())),
        _ => text(asking, field, target, &question, &help),
    };
    let answer = answer.map_err(|error| stopped(&error, terminal))?;
    if is_back(&answer) { Err(Stop::Back) } else { Ok(Cell::Text(answer)) }
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
        if is_back(&answer) {
            return Ok(answer);
        }
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

/// Escape asks what is meant; Ctrl-C ends.
fn stopped(error: &InquireError, terminal: &Terminal) -> Stop {
    let ended = matches!(error, InquireError::OperationCanceled | InquireError::OperationInterrupted);
    if !ended {
        terminal.error(
            &format!("ถามที่หน้าจอไม่ได้ ({error}) ใช้ --no-input กับ --set"),
            &format!("cannot ask here ({error}); use --no-input with --set"),
        );
        return Stop::Ended(Exit::Machine);
    }
    let question =
        terminal.say("ย้อนไปคำถามก่อนหน้าหรือไม่ (ไม่ = หยุดไว้ก่อน)", "back to the question before? (no: stop for now)");
    if matches!(error, InquireError::OperationCanceled) && confirm(question, Some(true), terminal).unwrap_or(false) {
        return Stop::Back;
    }
    terminal.message(terminal.say(
        "หยุดไว้ ยังไม่ได้เขียนไฟล์ คำตอบที่พิมพ์แล้วเก็บไว้ เรียกคำสั่งเดิมเพื่อตอบต่อ",
        "stopped; nothing was written. Your answers are kept: the same command goes on with them",
    ));
    Stop::Ended(Exit::Usage)
}
