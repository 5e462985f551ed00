//! Keys that decide what is published, however they are written: a slip of the pen must not publish a page.

use super::raw::{Data, Node};

/// What authors of other programs write for these keys, and how the two are called in Thai.
const OTHERS: [&str; 14] = [
    "visible",
    "drafts",
    "isdraft",
    "internal",
    "private",
    "hidden",
    "unlisted",
    "unpublished",
    "publish",
    "access",
    "ร่าง",
    "ฉบับร่าง",
    "การมองเห็น",
    "การเผยแพร่",
];

/// Values that hold a page back under whatever key.
const HELD_BACK: [&str; 8] = ["draft", "internal", "private", "hidden", "unpublished", "ร่าง", "ฉบับร่าง", "ภายใน"];

/// Characters that nobody sees.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Letters of a key without case, quotes, spaces and what joins words.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric() || crate::text::chars::is_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a key is nearly one that decides what is published.
fn is_near(name: &str) -> bool {
    let near = |key: &str, most: usize| strsim::damerau_levenshtein(name, key) <= most;
    near("visibility", 2)
        || near("internalsections", 3)
        || (name.starts_with('d') && name.len() > 3 && near("draft", 1))
}

/// Whether a key that no page has was meant to hold the page back, by its name, by its value, or by a key in it.
pub fn holds_back(name: &str, node: &Node) -> bool {
    let name = plain(name);
    let inside = match &node.data {
        Data::Scalar(text, _) => HELD_BACK.contains(&plain(text).as_str()),
        Data::List(items) => items.iter().any(|item| holds_back("", item)),
        Data::Map(pairs) => pairs.iter().any(|(key, node)| holds_back(&key.name, node)),
    };
    is_near(&name) || OTHERS.contains(&name.as_str()) || inside
}

/// The key of a line `key: value` or `key = value`.
pub fn key_of(line: &str) -> Option<&str> {
    let at = line.find([':', '=', '：', '＝'])?;
    let name =
        line[..at].trim_matches(|c: char| c.is_whitespace() || is_invisible(c) || matches!(c, '"' | '\'' | '*' | '`'));
    let letter =
        |c: char| c.is_alphanumeric() || c == '_' || c == '-' || is_invisible(c) || crate::text::chars::is_mark(c);
    let address = line[at..].starts_with("://");
    (!name.is_empty() && !address && name.len() <= 120 && name.chars().all(letter)).then_some(name)
}

/// Whether a line of text gives a value to a key that decides what is published. The first line of a page may hold
/// several keys: `{ title: …, draft: true }`.
pub fn guarded_line(line: &str, first: bool) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || ">*-_+|{[(<!;%/`\"'".contains(c));
    let pieces: Vec<&str> = if first { line.split(['{', ',', ';']).collect() } else { vec![line] };
    pieces
        .into_iter()
        .filter_map(key_of)
        .map(plain)
        .any(|name| is_near(&name) || name == "ฉบับร่าง" || name == "การมองเห็น")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::raw::Scalar;
    use crate::model::Span;

    #[test]
    fn slips_of_the_pen_are_seen() {
        let node = |text: &str| Node::scalar(Span::default(), text, Scalar::Plain);
        for key in [
            "Visibility",
            "visiblity",
            "visibilty",
            "VISIBILITY",
            "visi\u{200b}bility",
            "Draft",
            "darft",
            "draf",
            "is_draft",
        ] {
            assert!(holds_back(key, &node("x")), "{key}");
        }
        assert!(holds_back("status", &node("Draft")) && holds_back("internal-section", &node("x")));
        for key in ["layout", "date", "craft", "author", "ช่อง"] {
            assert!(!holds_back(key, &node("ก")), "{key}");
        }
    }
}
