//! Sections of bodies: those that a kind asks for, and those that stay internal.

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest_hint};
use crate::markdown::{self, Outline};
use crate::model::{Entry, FieldDef, Label, Lang, Located, SourceFile, Span, Value, Visibility, public_texts};
use crate::visibility::sections::{self, Internal};
use crate::visibility::unnamed_sections;

/// Sections that every entry of a kind has to have.
pub(super) fn required(context: &Context<'_>, entry: &Entry, outline: &Outline) -> Vec<Diagnostic> {
    let kind = &context.portal.schema.kinds[entry.kind];
    let mut found = Vec::new();
    if !entry.typed || !entry.main || entry.body.is_none() {
        return found;
    }
    for section in kind.sections.iter().filter(|s| s.required) {
        let there = outline.headings.iter().any(|h| sections::of_heading(kind, h).is_some_and(|s| s.id == section.id));
        if !there {
            let (source, span) = context.key(entry, "");
            found.push(
                Diagnostic::at(
                    Code::MissingSection,
                    source,
                    span,
                    format!("ขาดหัวข้อ “{}”", section.label.th),
                    format!("section “{}” is missing", section.label.get(Lang::EN)),
                )
                .hint(format!("เพิ่มบรรทัด ## {}", section.label.th), format!("add a line ## {}", section.label.th)),
            );
        }
    }
    found
}

/// Internal sections: each name has a heading in the text's own language, and no heading leaves a doubt.
pub(super) fn internal(context: &Context<'_>, entry: &Entry, outline: &Outline) -> Vec<Diagnostic> {
    let internal = Internal::of(context.portal, entry);
    let mut found = Vec::new();
    let (source, span) = context.key(entry, "internal_sections");
    let own = entry.keys.iter().any(|(key, _)| key == "internal_sections");
    if entry.main || !own {
        let portal = context.portal;
        let original = context.index.entries(&entry.id).iter().map(|i| &portal.entries[*i]).find(|e| e.main);
        let unnamed = match entry.main {
            true => internal.unmatched(outline).map(str::to_owned).collect(),
            false => unnamed_sections(portal, entry, original),
        };
        for name in &unnamed {
            let (th, en, hint) = match entry.main {
                true => (
                    format!("internal_sections ระบุ “{name}” แต่ไม่มีหัวข้อนี้"),
                    format!("internal_sections names `{name}`, but there is no such section"),
                    nearest_hint(name, outline.headings.iter().map(|h| h.id.as_str())),
                ),
                false => (
                    format!("ต้นฉบับซ่อนหัวข้อ “{name}” แต่คำแปลนี้ไม่บอกว่าหัวข้อใดของตนคือหัวข้อนั้น"),
                    format!(
                        "the original hides its section `{name}`, and this translation does not say which of its own that is"
                    ),
                    Some(Label::new(
                        "เขียน internal_sections = [\"หัวข้อของคำแปล\"] หรือ internal_sections = [] ถ้าคำแปลไม่มีหัวข้อนี้",
                        "write `internal_sections = [\"its heading here\"]`, or `internal_sections = []` where the translation leaves it out",
                    )),
                ),
            };
            let told = Diagnostic::at(Code::BadVisibility, source, span, th, en).maybe_hint(hint);
            // What a draft lacks holds up nothing.
            found.push(if entry.draft { told.severity(Severity::Note) } else { told });
        }
    }
    if internal.is_empty() {
        return found;
    }
    let kind = &context.portal.schema.kinds[entry.kind];
    for (field, slot) in kind.fields.iter().zip(&entry.fields) {
        each_markdown(field, slot.as_ref(), &mut |text, located| {
            for cut in internal.cuts(text, &markdown::scan(text)) {
                found.push(doubtful(context.source(located.source), located.span, &cut.name));
            }
        });
    }
    // Texts of several lines that are no Markdown.
    public_texts(context.portal, entry, &mut |text| {
        if !text.markdown && text.text.contains('\n') {
            for cut in internal.cuts(&text.text, &markdown::scan(&text.text)) {
                found.push(doubtful(context.source(text.source), text.span, &cut.name));
            }
        }
    });
    let Some((file, base)) = context.body(entry) else {
        return found;
    };
    let body = context.portal.body(entry);
    let line = |start: usize| {
        let end = body[start..].find('\n').map_or(body.len(), |i| start + i);
        Span::new(base + start, base + end)
    };
    let cuts = internal.cuts(body, outline);
    for heading in outline.headings.iter().filter(|h| !cuts.iter().any(|cut| (cut.start..cut.end).contains(&h.offset)))
    {
        found.extend(internal.spoken_of(heading).map(|name| spoken_of(file, line(heading.offset), name)));
    }
    for cut in cuts {
        found.extend(cut.doubtful.then(|| doubtful(file, line(cut.start), &cut.name)));
        found.extend(cut.passed.iter().map(|at| passed(file, line(*at), &cut.name)));
    }
    found
}

/// The finding about a heading in an internal section that may be none.
fn passed(file: &SourceFile, span: Span, name: &str) -> Diagnostic {
    let (th, en) = (
        format!("ไม่แน่ว่าบรรทัดนี้เป็นหัวข้อใหม่ที่จบหัวข้อภายใน “{name}” หรือไม่ จึงไม่เผยแพร่จนถึงหัวข้อที่เขียนด้วย #"),
        format!(
            "it is not certain that a new heading ends the internal section “{name}” here; up to the next heading with `#` nothing is published"
        ),
    );
    Diagnostic::at(Code::DoubtfulHeading, file, span, th, en).hint(
        "หัวข้อใหม่ เขียน ## และข้อความในบรรทัดของตัวเอง นอกกล่องและแท็ก HTML ส่วนเส้นคั่น เว้นบรรทัดว่างไว้ข้างบน",
        "write a new heading as ## and its text on a line of its own, outside boxes and elements of HTML; leave an empty line above a rule",
    )
}

/// The finding about a heading that holds the name of an internal section and is shown.
fn spoken_of(file: &SourceFile, span: Span, name: &str) -> Diagnostic {
    let (th, en) = (
        format!("หัวข้อนี้มีชื่อของหัวข้อภายใน “{name}” อยู่ในข้อความอื่น จึงเผยแพร่"),
        format!("this heading holds the name of the internal section “{name}” among other words: it is published"),
    );
    let told = Diagnostic::at(Code::DoubtfulHeading, file, span, th, en).severity(Severity::Warning);
    told.hint(
        format!("ถ้าเป็นข้อมูลภายใน เขียน ## {name} ถ้าไม่ใช่ ใช้คำอื่นในหัวข้อ"),
        format!("if it is internal, write ## {name}; if not, use another word in the heading"),
    )
}

/// The finding about a heading that may be that of an internal section.
fn doubtful(file: &SourceFile, span: Span, name: &str) -> Diagnostic {
    let (th, en) = (
        format!("หัวข้อนี้คล้ายหัวข้อภายใน “{name}” จึงไม่เผยแพร่จนถึงหัวข้อถัดไป"),
        format!(
            "this heading is nearly that of the internal section “{name}”; up to the next heading nothing is published"
        ),
    );
    Diagnostic::at(Code::DoubtfulHeading, file, span, th, en).hint(
        format!("ถ้าเป็นข้อมูลภายใน เขียน ## {name} ในบรรทัดของตัวเองในเนื้อหา ถ้าไม่ใช่ ใช้ชื่อหัวข้ออื่น"),
        format!("if it is internal, write ## {name} on a line of its own in the body; if not, use another heading"),
    )
}

/// Gives every public Markdown text of a field.
fn each_markdown<'a>(field: &FieldDef, value: Option<&'a Located>, take: &mut dyn FnMut(&'a str, &'a Located)) {
    let Some(located) = value.filter(|_| field.visibility == Visibility::Public) else { return };
    match &located.value {
        Value::Markdown(text) => take(text, located),
        Value::List(items) => items.iter().for_each(|item| each_markdown(field, Some(item), take)),
        Value::Table(rows) => {
            for (column, cell) in rows.iter().flat_map(|row| field.columns.iter().zip(&row.cells)) {
                each_markdown(column, cell.as_ref(), take);
            }
        }
        _ => {}
    }
}
