//! TOML front matter to [`Node`]s.

use super::raw::{Data, Key, MAX_DEPTH, Node, Scalar, SyntaxError};
use crate::model::Span;
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads TOML; spans are byte offsets in `text` plus `base`.
pub(super) fn parse(text: &str, base: usize) -> Result<Node, SyntaxError> {
    if let Some(at) = depth_exceeded(text) {
        return Err(SyntaxError::deep(Span::new(base + at, base + at + 1)));
    }
    let readable = buddhist_leap_days(text);
    let table = DeTable::parse(&readable).map_err(|error| {
        let range = error.span().unwrap_or(0..0);
        let message = error.message().to_string();
        SyntaxError {
            repeated_key: message.contains("duplicate key"),
            ..SyntaxError::new(Span::new(base + range.start, base + range.end), message)
        }
    })?;
    let span = table.span();
    Ok(map(table.get_ref(), Span::new(base + span.start, base + span.end), text, base))
}

/// A schema default as if it had been written in front matter.
pub(super) fn literal(value: &toml::Value, span: Span) -> Node {
    match value {
        toml::Value::String(s) => Node::scalar(span, s.clone(), Scalar::Text),
        toml::Value::Integer(n) => Node::scalar(span, n.to_string(), Scalar::Number),
        toml::Value::Float(n) => Node::scalar(span, n.to_string(), Scalar::Number),
        toml::Value::Boolean(b) => Node::scalar(span, b.to_string(), Scalar::Bool),
        toml::Value::Datetime(d) => Node::scalar(span, d.to_string(), Scalar::Date),
        toml::Value::Array(items) => {
            Node { span, data: Data::List(items.iter().map(|item| literal(item, span)).collect()) }
        }
        toml::Value::Table(table) => Node {
            span,
            data: Data::Map(table.iter().map(|(k, v)| (Key { name: k.clone(), span }, literal(v, span))).collect()),
        },
    }
}

/// A bare 29 February of a Buddhist leap year is no valid TOML date (2567 is no leap year of the Gregorian count), so the
/// parser is given the day before; [`node`] takes the day of the text.
fn buddhist_leap_days(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    for (at, _) in text.match_indices(LEAP_DAY) {
        let Some(start) = at.checked_sub(4) else {
            continue;
        };
        let bytes = text.as_bytes();
        let time = |b: &u8| matches!(b, b'T' | b't');
        let bare = bytes[start..at].iter().all(u8::is_ascii_digit)
            && text[..start].trim_end().ends_with(['=', '[', ','])
            && !bytes.get(at + 6).is_some_and(|b| (b.is_ascii_alphanumeric() && !time(b)) || *b == b'"');
        if bare {
            out.to_mut().replace_range(at..at + 6, DAY_BEFORE);
        }
    }
    out
}

const LEAP_DAY: &str = "-02-29";
const DAY_BEFORE: &str = "-02-28";

fn depth_exceeded(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' if depth <= 2 => depth = 0,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

fn map(table: &DeTable<'_>, span: Span, text: &str, base: usize) -> Node {
    let mut pairs: Vec<(Key, Node)> = table
        .iter()
        .map(|(key, value)| {
            let range = key.span();
            let key = Key { name: key.get_ref().to_string(), span: Span::new(base + range.start, base + range.end) };
            (key, node(value, text, base))
        })
        .collect();
    pairs.sort_by_key(|(key, _)| key.span.start);
    Node { span, data: Data::Map(pairs) }
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, base: usize) -> Node {
    let range = value.span();
    let span = Span::new(base + range.start, base + range.end);
    let written = text.get(range.clone()).unwrap_or("");
    match value.get_ref() {
        DeValue::String(s) => Node::scalar(span, s.as_ref(), Scalar::Text),
        DeValue::Integer(n) => Node::scalar(span, n.to_string(), Scalar::Number),
        DeValue::Float(n) => Node::scalar(span, n.to_string(), Scalar::Number),
        DeValue::Boolean(b) => Node::scalar(span, b.to_string(), Scalar::Bool),
        DeValue::Datetime(d) if written.contains(LEAP_DAY) => {
            Node::scalar(span, d.to_string().replacen(DAY_BEFORE, LEAP_DAY, 1), Scalar::Date)
        }
        DeValue::Datetime(d) => Node::scalar(span, d.to_string(), Scalar::Date),
        DeValue::Array(items) => {
            Node { span, data: Data::List(items.iter().map(|item| node(item, text, base)).collect()) }
        }
        DeValue::Table(table) => map(table, span, text, base),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_positions() {
        let node = parse("b = 1\na = \"x\"\n[[t]]\nc = true\n", 10).unwrap();
        let Data::Map(pairs) = &node.data else { panic!("a map") };
        assert_eq!(pairs.iter().map(|(k, _)| k.name.as_str()).collect::<Vec<_>>(), ["b", "a", "t"]);
        assert_eq!(pairs[1].1.span, Span::new(20, 23));
    }

    #[test]
    fn buddhist_leap_day_is_a_date() {
        let node = parse("d = 2567-02-29\n", 0).unwrap();
        assert_eq!(node.get("d").unwrap().data, Data::Scalar("2567-02-29".into(), Scalar::Date));
        assert!(parse("d = \"2567-02-29\"\n", 0).is_ok());
        for time in ["T08:00:00+07:00", " 08:00:00", "t08:00:00"] {
            let node = parse(&format!("d = 2567-02-29{time}\n"), 0).unwrap();
            assert!(
                matches!(&node.get("d").unwrap().data, Data::Scalar(d, Scalar::Date) if d.starts_with("2567-02-29"))
            );
        }
    }

    #[test]
    fn repeated_keys_and_deep_nesting_are_told_apart() {
        assert!(parse("a = 1\na = 2\n", 0).unwrap_err().repeated_key);
        assert!(parse(&format!("a = {}{}", "[".repeat(5000), "]".repeat(5000)), 0).unwrap_err().too_deep);
    }
}
