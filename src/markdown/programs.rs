//! Pieces of the programs in a text: tags of components, their values, statements.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::pattern::constant;

static VALUE: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*["'`]([^"'`{}]*)["'`]\s*\})"#));
static QUOTED: LazyLock<Regex> = LazyLock::new(|| constant(r#"^\s*["“]([^"”]+)["”]"#));

/// Most lines that one tag or import takes.
pub(super) const LINES: usize = 60;

/// Bytes of a statement of a program: to the first blank line outside its brackets.
pub(super) fn end_of_program(text: &str) -> usize {
    let (mut depth, mut from) = (0i32, 0);
    for line in text.split_inclusive('\n') {
        if depth <= 0 && line.trim().is_empty() {
            return text[..from].trim_end_matches(['\n', '\r']).len();
        }
        depth += line.chars().map(|c| i32::from("{([".contains(c)) - i32::from("})]".contains(c))).sum::<i32>();
        from += line.len();
    }
    from
}

/// Name of the component whose tag begins a text: it begins with a capital letter.
pub(super) fn name_of(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('<')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
    let ends = rest[end..].is_empty() || rest[end..].starts_with(['>', '/', ' ', '\t', '\n', '\r']);
    (ends && rest.starts_with(|c: char| c.is_ascii_uppercase())).then(|| &rest[..end])
}

/// Bytes of a tag; brackets within quotes and braces do not end it.
pub(super) fn tag_end(text: &str) -> Option<usize> {
    let (mut quote, mut depth, mut lines) = (None, 0usize, 0);
    for (i, b) in text.bytes().enumerate() {
        match (quote, b) {
            (Some(open), _) if open == b => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(b),
            (None, b'{') => depth += 1,
            (None, b'}') => depth = depth.saturating_sub(1),
            (None, b'>') if depth == 0 => return Some(i + 1),
            (None, b'\n') => {
                lines += 1;
                if lines > LINES {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

/// What the values of a tag show: a picture, a link, a label, a text.
pub(super) fn shown(values: &str, pad: &str) -> String {
    let value = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found = VALUE.captures_iter(values).find(|c| c[1].eq_ignore_ascii_case(name))?;
            let text = found.iter().skip(2).flatten().next()?.as_str().trim();
            (!text.is_empty()).then(|| text.to_owned())
        })
    };
    let first = QUOTED.captures(values).map(|c| c[1].to_owned());
    let label = value(&["label", "title", "header", "heading", "caption", "summary", "name"]).or(first);
    let label = label.or_else(|| value(&["value", "slot"]));
    let plain = |text: &str| text.replace(['[', ']', '*'], "").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    if let Some(src) = value(&["src"]).filter(|src| !src.contains("://")) {
        let alt = value(&["alt", "caption", "title"]).unwrap_or_default();
        out.push_str(&format!("{pad}![{}](<{src}>)\n\n", plain(&alt)));
    } else if let (Some(href), Some(label)) = (value(&["href", "link", "to"]), &label) {
        out.push_str(&format!("{pad}[{}](<{href}>)\n\n", plain(label)));
    } else if let Some(label) = label {
        out.push_str(&format!("{pad}**{}**\n\n", plain(&label)));
    }
    if let Some(text) = value(&["description"]) {
        out.push_str(&format!("{pad}{text}\n\n"));
    }
    out
}
