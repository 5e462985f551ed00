//! Attributes in braces behind images and links, as kramdown, Pandoc and MkDocs write them: `![](x.png){width=300}`.

use std::sync::LazyLock;

use regex::Regex;

static LIST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let item = r#"(?:[.#][\w-]+|[\w:-]+=(?:"[^"]*"|'[^']*'|[^\s"'{}]+))"#;
    Regex::new(&format!(r"^\{{:?\s*{item}(?:\s+{item})*\s*\}}")).ok()
});
static ALT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"[{:\s]alt=(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+))"#).ok());

/// Bytes that the list at the beginning of a text takes, and the alternative text that it gives.
pub(super) fn of(text: &str) -> Option<(usize, Option<&str>)> {
    if !text.starts_with('{') {
        return None;
    }
    let list = LIST.as_ref()?.find(text)?.as_str();
    let alt = ALT.as_ref()?.captures(list).and_then(|c| c.iter().skip(1).flatten().next()).map(|m| m.as_str());
    Some((list.len(), alt))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn lists_are_told_from_text() {
        assert_eq!(of("{width=300 alt='ภาพ'} ต่อ"), Some(("{width=300 alt='ภาพ'}".len(), Some("ภาพ"))));
        let list = "{: .wide #x target=\"_blank\" }";
        assert_eq!(of(list), Some((list.len(), None)));
        for text in ["{x}", "{ก ข}", "x{.a}", "{}", "{a b}"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
