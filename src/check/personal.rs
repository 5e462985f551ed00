//! Personal data that must not be published by accident.
//!
//! National ids are 13 digits whose last is `(11 − Σ dᵢ·(14 − i) mod 11) mod 10` over the first twelve
//! (Department of Provincial Administration); the rest are shapes of phone numbers, LINE ids, private mail
//! addresses and children's titles followed by a name. Only what the public gate lets through is looked at.

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Entry, FieldDef, Located, SourceFile, Span, Value, Visibility};
use crate::text::digits::value as digit;
use crate::visibility;
use regex::Regex;
use std::sync::LazyLock;

/// Mail providers for private persons.
const PRIVATE_MAIL: &str =
    r"(?i)[a-z0-9._%+-]+@(?:gmail|hotmail|outlook|live|yahoo|icloud|msn|protonmail|windowslive)\.[a-z.]{2,8}";

static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PRIVATE_MAIL).ok());
static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\bline\s*(?:id)?|ไลน์(?:ไอดี)?|ไอดีไลน์)\s*[:=：]\s*@?[a-z0-9._-]{3,}|line\.me/(?:ti/p|R/ti/p)/\S+")
        .ok()
});
static LEARNER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:ด\.\s?[ชญ]\.|เด็กชาย|เด็กหญิง)\s?[ก-ฮเ-ไ][ก-๎]{1,30}(?:\s[ก-ฮเ-ไ][ก-๎]{1,30})?").ok());

/// A find in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// Which rule.
    pub code: Code,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

pub fn check(context: &Context<'_>, entry: &Entry) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !visibility::is_public(entry, visibility::Options { drafts: true }) {
        return found;
    }
    let mut add = |source: &SourceFile, base: usize, text: &str| {
        for find in search(text) {
            if !allowed(entry, find.code) {
                let span = Span::new(base, base);
                let what = &text[find.start..find.end];
                found.push(report(source, span, find.code, what));
            }
        }
    };
    let source = context.source(entry.source);
    for (key, text) in [("title", &entry.title), ("summary", &entry.summary)] {
        add(source, entry.key_span(key).start as usize, text);
    }
    let kind = &context.portal.schema.kinds[entry.kind];
    for (field, slot) in kind.fields.iter().zip(&entry.fields) {
        if let Some(located) = slot
            && field.visibility == Visibility::Public
        {
            texts(field, located, &mut |located, text| {
                add(context.source(located.source), located.span.start as usize, text);
            });
        }
    }
    if let Some((file, base)) = context.body(entry) {
        for find in &context.portal.facts(entry).personal {
            if !allowed(entry, find.code) {
                let span = Span::new(base + find.start, base + find.end);
                let what = &file.text[base + find.start..base + find.end];
                found.push(report(file, span, find.code, what));
            }
        }
    }
    found
}

fn allowed(entry: &Entry, code: Code) -> bool {
    entry.allow_personal.as_ref().is_some_and(|a| a.codes.is_empty() || a.codes.iter().any(|c| c == code.id()))
}

fn texts(field: &FieldDef, located: &Located, add: &mut dyn FnMut(&Located, &str)) {
    match &located.value {
        Value::Text(t) | Value::Markdown(t) | Value::Url(t) => add(located, t),
        Value::List(items) => items.iter().for_each(|i| texts(field, i, add)),
        Value::Table(rows) => {
            for row in rows {
                for (column, cell) in field.columns.iter().zip(&row.cells) {
                    if let Some(cell) = cell
                        && column.visibility == Visibility::Public
                    {
                        texts(column, cell, add);
                    }
                }
            }
        }
        _ => {}
    }
}

fn report(source: &SourceFile, span: Span, code: Code, what: &str) -> Diagnostic {
    let (th, en) = (code.title().th, code.title().en);
    let masked = mask(what);
    Diagnostic::at(code, source, span, format!("{th}: {masked}"), format!("{en}: {masked}")).hint(
        "ลบออก หรือถ้าเผยแพร่ได้จริง ใส่ [allow_personal] reason = \"เหตุผล\" ในส่วนหัว",
        "remove it, or if it may be public, add [allow_personal] reason = \"…\" to the front matter",
    )
}

/// The message itself must not spread the data: only the first characters are shown.
fn mask(what: &str) -> String {
    let shown: String = what.chars().take(4).collect();
    format!("{shown}{}", "•".repeat(what.chars().count().saturating_sub(4).min(8)))
}

/// All finds in a text, in order.
pub fn search(text: &str) -> Vec<Find> {
    let mut finds = numbers(text);
    for (code, pattern) in [(Code::PrivateEmail, &EMAIL), (Code::LineId, &LINE), (Code::LearnerName, &LEARNER)] {
        if let Some(pattern) = pattern.as_ref() {
            finds.extend(pattern.find_iter(text).map(|m| Find { code, start: m.start(), end: m.end() }));
        }
    }
    finds.sort_by_key(|f| (f.start, f.end));
    finds
}

/// National ids and phone numbers: runs of digits in either digit set, with spaces or hyphens between.
fn numbers(text: &str) -> Vec<Find> {
    let mut finds = Vec::new();
    if !text.chars().any(|c| digit(c).is_some()) {
        return finds;
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut i = 0;
    while i < chars.len() {
        if digit(chars[i].1).is_none() {
            i += 1;
            continue;
        }
        let (mut digits, mut last, mut j) = (Vec::new(), i, i);
        while j < chars.len() {
            match (digit(chars[j].1), chars[j].1) {
                (Some(d), _) => {
                    digits.push(d);
                    last = j;
                }
                (None, '-' | ' ' | '.' | '\u{2011}' | '(' | ')') if j - last < 2 => {}
                _ => break,
            }
            j += 1;
        }
        let before = i.checked_sub(1).map(|k| chars[k].1);
        // A full stop after a Latin letter or digit is part of an address or a version; after โทร. it is not.
        let dotted = before == Some('.') && i.checked_sub(2).is_none_or(|k| chars[k].1.is_ascii_alphanumeric());
        let bounded = !dotted
            && !matches!(before, Some(c) if c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '='))
            && !chars.get(last + 1).is_some_and(|(_, c)| c.is_ascii_alphabetic() || matches!(c, '/' | '_' | '%'));
        let (start, end) = (chars[i].0, chars[last].0 + chars[last].1.len_utf8());
        let plus = before == Some('+');
        if bounded && is_national_id(&digits) {
            finds.push(Find { code: Code::NationalId, start, end });
        } else if bounded && is_phone(&digits, plus) {
            finds.push(Find { code: Code::PhoneNumber, start, end });
        }
        i = last + 1;
    }
    finds
}

fn is_national_id(digits: &[u8]) -> bool {
    if digits.len() != 13 || digits[0] == 0 {
        return false;
    }
    let sum: u32 = digits[..12].iter().zip((2..=13).rev()).map(|(d, weight)| u32::from(*d) * weight).sum();
    (11 - sum % 11) % 10 == u32::from(digits[12])
}

/// Thai numbers: mobile 06, 08, 09 with ten digits, fixed lines 02–07 with nine, or +66 without the zero.
fn is_phone(digits: &[u8], plus: bool) -> bool {
    match digits {
        [0, 6 | 8 | 9, ..] => digits.len() == 10,
        [0, 2..=5 | 7, ..] => digits.len() == 9,
        [6, 6, 2..=9, ..] => plus && (digits.len() == 10 || digits.len() == 11),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        search(text).iter().map(|f| f.code.id()).collect()
    }

    #[test]
    fn national_ids_need_the_checksum() {
        assert_eq!(codes("เลข 1-1037-02071-81-1 นี้"), ["S601"]);
        assert_eq!(codes("เลข ๑๑๐๓๗๐๒๐๗๑๘๑๑ นี้"), ["S601"]);
        assert!(codes("เลข 1-1037-02071-81-2 นี้").is_empty());
    }

    #[test]
    fn phones_in_many_spellings() {
        for text in ["โทร 081-234-5678", "โทร.๐๘๑ ๒๓๔ ๕๖๗๘", "02-123-4567", "+66 81 234 5678"]
        {
            assert_eq!(codes(text), ["S602"], "{text}");
        }
        for text in ["ปี 2564-2566", "งบ 081,000 บาท", "รหัส 10200101", "2564-08-15"] {
            assert!(codes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn contacts_and_learners() {
        assert_eq!(codes("ไลน์: kru_somchai"), ["S603"]);
        assert_eq!(codes("Line ID: @krusom"), ["S603"]);
        assert_eq!(codes("ส่งที่ somchai@gmail.com"), ["S604"]);
        assert_eq!(codes("ด.ช.สมชาย ใจดี ได้รางวัล"), ["S605"]);
        assert_eq!(codes("เด็กหญิงมานี มีนา"), ["S605"]);
        assert!(codes("กลุ่มไลน์ของเครือข่าย ติดต่อ office@obec.go.th").is_empty());
    }
}
