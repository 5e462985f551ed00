//! Limits of fields: range, length, pattern, number of items.

use super::typing::Typing;
use crate::diagnostics::Code;
use crate::model::{FieldDef, FieldType, Located, Value};

/// Checks a single value.
pub(super) fn single(typing: &mut Typing<'_>, field: &FieldDef, located: &Located) {
    if let Some(number) = located.value.number() {
        range(typing, field, located, number);
    }
    let (Value::Text(text) | Value::Markdown(text)) = &located.value else {
        return;
    };
    let length = text.chars().count();
    if length > 0
        && let Some((th, en)) = beyond(length, field.min_length, field.max_length)
    {
        typing.report(
            Code::BadLength,
            located.span,
            format!("ช่อง “{}” มี {length} อักขระ {th}", field.id),
            format!("field `{}` has {length} characters, {en}", field.id),
            None,
        );
    }
    if let Some(pattern) = &field.pattern
        && !text.is_empty()
        && !pattern.is_match(text)
    {
        typing.report(
            Code::BadPattern,
            located.span,
            format!("“{text}” ไม่ตรงกับรูปแบบของช่อง “{}”: {}", field.id, &**pattern),
            format!("`{text}` does not match the pattern of field `{}`: {}", field.id, &**pattern),
            None,
        );
    }
}

fn range(typing: &mut Typing<'_>, field: &FieldDef, located: &Located, number: f64) {
    // A percentage lies within the whole where the schema does not say otherwise.
    let percent = |limit: f64| (field.ty == FieldType::Percent).then_some(limit);
    let (min, max) = (field.min.or(percent(0.0)), field.max.or(percent(100.0)));
    let below = min.is_some_and(|min| number < min);
    let above = max.is_some_and(|max| number > max);
    if !below && !above {
        return;
    }
    let bounds = match (min, max) {
        (Some(min), Some(max)) => (format!("{min} ถึง {max}"), format!("{min} to {max}")),
        (Some(min), None) => (format!("{min} ขึ้นไป"), format!("{min} or more")),
        (None, Some(max)) => (format!("ไม่เกิน {max}"), format!("at most {max}")),
        (None, None) => return,
    };
    typing.report(
        Code::OutOfRange,
        located.span,
        format!("ช่อง “{}” เป็น {number} ค่าที่ใช้ได้คือ {}", field.id, bounds.0),
        format!("field `{}` is {number}, allowed is {}", field.id, bounds.1),
        None,
    );
}

/// Checks the number of items of lists and of rows of tables.
pub(super) fn items(typing: &mut Typing<'_>, field: &FieldDef, located: &Located) {
    let count = match &located.value {
        Value::List(items) => items.len(),
        Value::Table(rows) => rows.len(),
        _ => return,
    };
    let Some((th, en)) = beyond(count, field.min_items, field.max_items) else {
        return;
    };
    typing.report(
        Code::BadCount,
        located.span,
        format!("ช่อง “{}” มี {count} รายการ {th} รายการ", field.id),
        format!("field `{}` has {count} items, {en}", field.id),
        None,
    );
}

/// How many are needed or allowed, in Thai and English, where a number is beyond its limits.
fn beyond(number: usize, least: Option<usize>, most: Option<usize>) -> Option<(String, String)> {
    match (least, most) {
        (Some(least), _) if number < least => {
            Some((format!("ต้องมีอย่างน้อย {least}"), format!("at least {least} are needed")))
        }
        (_, Some(most)) if number > most => Some((format!("มีได้ไม่เกิน {most}"), format!("at most {most} are allowed"))),
        _ => None,
    }
}
