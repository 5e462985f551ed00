//! Filters and functions of templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

use crate::markdown;
use crate::model::{Config, Lang};
use crate::text::era::Date;
use crate::text::locale;
use crate::theme::Theme;

/// Registers everything templates may call.
pub(super) fn register(tera: &mut Tera, theme: &Theme, config: &Config) {
    let main = config.main();
    // The language of the page; components that were not given it show the main one.
    let lang = move |state: &State| {
        let tag = state.get::<String>("lang").ok().flatten();
        tag.and_then(|tag| Lang::parse(&tag)).unwrap_or(main)
    };
    tera.register_filter("thai_digits", |text: Value, _: Kwargs, _: &State| thai_digits(&text.to_string()));
    let calendars = config.clone();
    tera.register_filter("date", move |text: StringInput<'_>, _: Kwargs, state: &State| {
        let lang = lang(state);
        let shown = |day| locale::date(lang.code(), calendars.calendar(lang), &day);
        Date::parse(text.as_str()).map_or_else(|_| text.as_str().to_owned(), shown)
    });
    tera.register_filter("number", move |value: Value, _: Kwargs, state: &State| {
        locale::number(lang(state).code(), &value.to_string())
    });
    let words = Arc::clone(&theme.words);
    tera.register_function("count", move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
        Ok(words.count(lang(state), kwargs.must_get::<&str>("key")?, kwargs.must_get::<usize>("n")?))
    });
    tera.register_filter("truncate_thai", |text: StringInput<'_>, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let length = kwargs.get::<usize>("length")?.unwrap_or(160);
        Ok(truncate(text.as_str(), length))
    });
    tera.register_filter("json", |value: Value, _: Kwargs, _: &State| json(&value));
    tera.register_filter("slug", |text: StringInput<'_>, _: Kwargs, _: &State| crate::text::slug::slug(text.as_str()));
    tera.register_filter("markdown", |text: StringInput<'_>, _: Kwargs, _: &State| {
        let html = markdown::render(text.as_str(), &markdown::Options::plain(), &markdown::PlainLinks).into_html();
        Value::safe_string(&html)
    });
    let icons: Arc<BTreeMap<String, Value>> =
        Arc::new(theme.icons.iter().map(|(name, svg)| (name.clone(), Value::safe_string(svg))).collect());
    tera.register_function("icon", move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let name = kwargs.must_get::<&str>("name")?;
        Ok(icons.get(name).cloned().unwrap_or_else(|| Value::from("")))
    });
}

/// Arabic digits as Thai ones.
#[must_use]
pub(crate) fn thai_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) if c.is_ascii_digit() => char::from_u32(0x0e50 + digit).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// At most `length` characters that take a place of their own, never between a base and its marks;
/// cut at a space when one is near. `…` marks the cut.
#[must_use]
pub(crate) fn truncate(text: &str, length: usize) -> String {
    let wide =
        |c: char| !matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{300}'..='\u{36f}');
    let mut count = 0;
    let mut end = None;
    let mut space = None;
    for (at, c) in text.char_indices() {
        if wide(c) {
            // A leading vowel (เ แ โ ใ ไ) belongs to the consonant after it.
            if count == length {
                end = Some(at);
                break;
            }
            count += 1;
        }
        if c == ' ' && count * 4 >= length * 3 {
            space = Some(at);
        }
    }
    let Some(mut end) = end else {
        return text.to_owned();
    };
    if let Some(space) = space {
        end = space;
    } else if let Some(last) = text[..end].chars().next_back()
        && ('\u{e40}'..='\u{e44}').contains(&last)
    {
        end -= last.len_utf8();
    }
    format!("{}…", text[..end].trim_end())
}

/// JSON that may be in a `<script type="application/json">` element.
fn json(value: &Value) -> TeraResult<String> {
    let text = serde_json::to_string(value).map_err(|e| tera::Error::message(e.to_string()))?;
    Ok(safe_json(&text))
}

/// Escapes what could end a script element; the JSON value stays the same.
#[must_use]
pub(crate) fn safe_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits() {
        assert_eq!(thai_digits("ปี 2564"), "ปี ๒๕๖๔");
    }

    #[test]
    fn cut_never_parts_a_mark_from_its_base() {
        assert_eq!(truncate("ที่นี่ดี", 3), "ที่นี่ดี");
        assert_eq!(truncate("ที่นี่ดีมาก", 3), "ที่นี่ดี…");
        assert_eq!(truncate("ดีเลย", 2), "ด…".replace('ด', "ดี"));
        assert_eq!(truncate("หนึ่ง สอง สาม", 9), "หนึ่ง สอง…");
    }
}
