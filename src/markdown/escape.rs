//! Escaping of text and attribute values, and back.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// Appends `text` escaped for element content.
pub(crate) fn escape_text(text: &str, out: &mut String) {
    escape(text, out, false);
}

/// Appends `text` escaped for a double-quoted attribute.
pub(crate) fn escape_attr(text: &str, out: &mut String) {
    escape(text, out, true);
}

/// Bytes that are replaced: in text, and in attributes.
static SPECIAL: [[bool; 256]; 2] = [specials(false), specials(true)];

const fn specials(attr: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = byte != b'\n' as usize && byte != b'\t' as usize;
        byte += 1;
    }
    table[0x7f] = true;
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = attr;
    table
}

fn escape(text: &str, out: &mut String, attr: bool) {
    let table = &SPECIAL[usize::from(attr)];
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) = bytes[from..].iter().position(|b| table[usize::from(*b)]) {
        let at = from + found;
        push_characters(&text[from..at], out);
        out.push_str(match bytes[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "",
        });
        from = at + 1;
    }
    push_characters(&text[from..], out);
}

/// Appends what XML takes: U+FFFE and U+FFFF are no characters.
fn push_characters(text: &str, out: &mut String) {
    // Both begin with this byte, which Thai and Latin text never holds.
    if !text.as_bytes().contains(&0xef) {
        return out.push_str(text);
    }
    text.split(['\u{fffe}', '\u{ffff}']).for_each(|part| out.push_str(part));
}

/// The value of an attribute of HTML without its quotes and entities.
pub(super) fn unquote(value: &str) -> Cow<'_, str> {
    let value = value.trim_matches(['"', '\'']);
    if value.contains('&') { Cow::Owned(decoded(value)) } else { Cow::Borrowed(value) }
}

/// A text with its entities decoded: the Markdown parser knows them all.
pub(crate) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '#').map_or(rest.len(), |i| i + 1);
        let end = if rest[end..].starts_with(';') { end + 1 } else { end };
        for event in Parser::new(&rest[..end]) {
            if let Event::Text(text) = event {
                out.push_str(&text);
            }
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let mut out = String::new();
        escape_text("a<b>&\"ก\u{0}\u{7f}\u{fffe}\u{ffff}", &mut out);
        assert_eq!(out, "a&lt;b&gt;&amp;\"ก");
        out.clear();
        escape_attr("\"x\"", &mut out);
        assert_eq!(out, "&quot;x&quot;");
    }
}
