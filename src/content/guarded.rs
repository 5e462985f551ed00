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
const HELD_BACK: [&str; 11] =
    ["draft", "internal", "private", "hidden", "unpublished", "secret", "confidential", "ร่าง", "ฉบับร่าง", "ภายใน", "ลับ"];

/// Keys that people give the state of a page.
const STATES: [&str; 7] = ["status", "state", "stage", "สถานะ", "สถานะหน้า", "ชั้นความลับ", "การเผยแพร่"];

/// Characters that nobody sees.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Letters of a key without case, quotes, spaces and what joins words; wide letters are narrow.
fn plain(name: &str) -> String {
    name.chars()
        .map(crate::text::chars::narrow)
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
pub(super) fn holds_back(name: &str, node: &Node) -> bool {
    let inside = match &node.data {
        Data::Scalar(text, _) => HELD_BACK.contains(&plain(text).as_str()),
        Data::List(items) => items.iter().any(|item| holds_back("", item)),
        Data::Map(pairs) => pairs.iter().any(|(key, node)| holds_back(&key.name, node)),
    };
    is_guarded(name) || inside
}

/// Whether a name says of something else that it decides what is published.
pub(super) fn is_guarded(name: &str) -> bool {
    let name = plain(name);
    is_near(&name) || OTHERS.contains(&name.as_str())
}

/// Whether a column of a table tells the state of its rows, and one of the values holds a row back.
pub(super) fn tells_state<'a>(column: &str, mut values: impl Iterator<Item = &'a str>) -> bool {
    STATES.contains(&plain(column).as_str()) && values.any(|value| HELD_BACK.contains(&plain(value).as_str()))
}

/// The key of a line `key: value` or `key = value`.
pub(super) fn key_of(line: &str) -> Option<&str> {
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
pub(super) fn guarded_line(line: &str, first: bool) -> bool {
    // Keys of other programs: `#draft: true`, `#+draft: true`, `:draft: true`, `.. draft: true`, `1. draft: true`.
    let hash = line.strip_prefix('#').filter(|rest| !rest.starts_with([' ', '#'])).unwrap_or(line);
    let count = hash.trim_start_matches(|c: char| c.is_ascii_digit());
    let line = if count.starts_with(['.', ')']) { count } else { hash };
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || ">*-_+|{[(<!;%/`\"'.:)".contains(c));
    let pieces: Vec<&str> = if first { line.split(['{', ',', ';']).collect() } else { vec![line] };
    pieces.into_iter().any(holds)
}

/// Whether a piece of a line gives a value to a key that decides what is published, or to one of the state of a page a
/// value that holds it back; a row of a table may do so too.
fn holds(piece: &str) -> bool {
    let (name, value) = match (key_of(piece), piece.split_once('|')) {
        (Some(name), _) => (
            name,
            piece[piece.find([':', '=', '：', '＝']).unwrap_or(0)..].trim_start_matches(|c| ":=：＝".contains(c)),
        ),
        (None, Some((name, value))) => (name, value),
        _ => return false,
    };
    let (name, value) = (plain(name), plain(value.trim_end_matches('|')));
    let decides = OTHERS.contains(&name.as_str()) || matches!(name.as_str(), "published" | "public");
    let held = HELD_BACK.contains(&value.as_str()) && STATES.contains(&name.as_str());
    let answer = super::words::boolean(&value).is_some();
    (is_near(&name) && (key_of(piece).is_some() || answer || HELD_BACK.contains(&value.as_str())))
        || matches!(name.as_str(), "ฉบับร่าง" | "การมองเห็น") && key_of(piece).is_some()
        || decides && (answer || HELD_BACK.contains(&value.as_str()))
        || held
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
