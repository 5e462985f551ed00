//! Attributes in braces behind images, links and paragraphs, as kramdown, Pandoc and MkDocs write them:
//! `![](x.png){width=300}`; and icons of MkDocs (`:material-check:`), which stand for pictures of another theme.

use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag};
use regex::{Captures, Regex};

use super::prepared::{ESCAPED, Edit, Spanned};
use crate::text::pattern::constant;

static LIST: LazyLock<Regex> = LazyLock::new(|| {
    let item = r#"(?:[.#][\w.:+-]+|[\w:@-]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'{}]+))?)"#;
    constant(&format!(r"^\{{:?\s*{item}(?:\s+{item})*\s*\}}"))
});
static ALT: LazyLock<Regex> = LazyLock::new(|| constant(r#"[{:\s]alt=(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+))"#));
static ID: LazyLock<Regex> = LazyLock::new(|| constant(r"[{:\s]#([\w.:+-]+)"));
static ICON: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"\u{fdd3}?:(?:material|fontawesome|octicons|simple|lucide)-[a-z0-9-]+:(?:\{:?[^{}]*\})? ?")
});

/// A list of attributes at the beginning of a text.
pub(super) struct List<'t> {
    /// Bytes that it takes.
    pub length: usize,
    /// Alternative text that it gives.
    pub alt: Option<&'t str>,
    /// Anchor that it gives.
    pub id: Option<&'t str>,
}

/// The list at the beginning of a text. Words alone (`{name}`) are none.
pub(super) fn of(text: &str) -> Option<List<'_>> {
    if !text.starts_with('{') {
        return None;
    }
    let list = LIST.find(text)?.as_str();
    if !list.contains(['.', '#', '=']) {
        return None;
    }
    let alt = ALT.captures(list).and_then(|c| c.iter().skip(1).flatten().next()).map(|m| m.as_str());
    let id = ID.captures(list).and_then(|c| c.get(1)).map(|m| m.as_str());
    Some(List { length: list.len(), alt, id })
}

/// The list that a paragraph's text ends with, and where it begins: behind white space, or alone in its line.
pub(super) fn at_end(text: &str) -> Option<(usize, List<'_>)> {
    let trimmed = text.trim_end();
    let at = trimmed.strip_suffix('}')?.rfind('{')?;
    let list = of(&trimmed[at..]).filter(|list| at + list.length == trimmed.len())?;
    let apart = at == 0 || trimmed[..at].ends_with([' ', '\t']);
    // `{x=1}` at the end of a sentence may be mathematics; a class or an anchor is nothing else.
    let plain = trimmed[at + 1..].trim_start_matches([':', ' ']).starts_with(['.', '#']);
    (apart && (plain || at == 0)).then(|| (trimmed[..at].trim_end().len(), list))
}

/// Braces at the ends of headings that are words (`## เซต {1, 2}`), which the parser takes for attributes and drops.
pub(super) fn words_of_headings(text: &str, events: &[Spanned<'_>]) -> Vec<Edit> {
    let headings = events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })));
    let words = headings.filter_map(|(_, range)| {
        let line = text[range.clone()].trim_end().trim_end_matches(['=', '-']).trim_end();
        let line = line.trim_end_matches('#').trim_end().strip_suffix('}')?;
        let open = line.rfind('{')?;
        let at = range.start + open;
        // A backslash before it says so already, and goes with it.
        let escaped = line[..open].bytes().rev().take_while(|b| *b == b'\\').count() % 2;
        (escaped > 0 || !is_list(line[open + 1..].trim())).then(|| (at - escaped..at + 1, "&#123;".into()))
    });
    words.collect()
}

/// Whether words in braces behind a heading are attributes: a class, an anchor, `-` of Pandoc, keys with values.
fn is_list(words: &str) -> bool {
    let is_key = |word: &str| {
        let key = word.split_once('=').map_or("", |(key, _)| key);
        key.len() > 1 && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
    };
    words.starts_with(['.', '#', ':']) || words == "-" || words.split_whitespace().next().is_some_and(is_key)
}

/// A text without icons; `None` where it has none.
pub(crate) fn without_icons(text: &str) -> Option<String> {
    if !text.contains('-') || !text.contains(':') {
        return None;
    }
    let kept = |icon: &Captures<'_>| if icon[0].starts_with(ESCAPED) { icon[0].to_owned() } else { String::new() };
    ICON.is_match(text).then(|| ICON.replace_all(text, kept).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_not_text() {
        let list = of("{width=300 alt='ภาพ'} ต่อ").expect("a list");
        assert_eq!((list.length, list.alt), ("{width=300 alt='ภาพ'}".len(), Some("ภาพ")));
        let text = "{: .wide #x.1 target=\"_blank\" download }";
        assert_eq!(of(text).map(|list| (list.length, list.id)), Some((text.len(), Some("x.1"))));
        for text in ["{x}", "{ก ข}", "x{.a}", "{}", "{a b}"] {
            assert!(of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn lists_end_paragraphs() {
        assert_eq!(at_end("ข้อความ {#x .a}").map(|(at, list)| (at, list.id)), Some(("ข้อความ".len(), Some("x"))));
        for text in ["f{.a}", "{{.Name}}", "เซต {x=1}", "{a} b"] {
            assert!(at_end(text).is_none(), "{text}");
        }
    }

    #[test]
    fn icons_are_taken_out() {
        assert_eq!(without_icons(":material-check:{ .big } ได้").as_deref(), Some("ได้"));
        assert_eq!(without_icons("12:30-13:00 a:b-c:"), None);
    }
}
