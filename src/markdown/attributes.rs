//! Attributes in braces behind images and links, as kramdown, Pandoc and MkDocs write them: `![](x.png){width=300}`.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::pattern::constant;

static LIST: LazyLock<Regex> = LazyLock::new(|| {
    let item = r#"(?:[.#][\w-]+|[\w:-]+=(?:"[^"]*"|'[^']*'|[^\s"'{}]+))"#;
    constant(&format!(r"^\{{:?\s*{item}(?:\s+{item})*\s*\}}"))
});
static ALT: LazyLock<Regex> = LazyLock::new(|| constant(r#"[{:\s]alt=(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+))"#));

/// Bytes that the list at the beginning of a text takes, and the alternative text that it gives.
pub(super) fn of(text: &str) -> Option<(usize, Option<&str>)> {
    if !text.starts_with('{') {
        return None;
    }
    let list = LIST.find(text)?.as_str();
    let alt = ALT.captures(list).and_then(|c| c.iter().skip(1).flatten().next()).map(|m| m.as_str());
    Some((list.len(), alt))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn lists_are_not_text() {
        assert_eq!(of("{width=300 alt='ภาพ'} ต่อ"), Some(("{width=300 alt='ภาพ'}".len(), Some("ภาพ"))));
        let list = "{: .wide #x target=\"_blank\" }";
        assert_eq!(of(list), Some((list.len(), None)));
        for text in ["{x}", "{ก ข}", "x{.a}", "{}", "{a b}"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
