//! What a unit says of its numbers: whether they are parts, and of what. Its words are data of the languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::digits::to_arabic;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    hundred: Vec<String>,
    of: Vec<String>,
}

/// A test reads the file, so that its words are never missing.
static WORDS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| toml::from_str(include_str!("units.toml")).unwrap_or_default());

/// The whole that a unit counts parts of: a hundred of a share, eight of `ฉบับ จาก 8 ฉบับ` and of `of 8 reports`.
pub(super) fn whole_of(unit: &str) -> Option<f64> {
    let unit = unit.trim().to_lowercase();
    if WORDS.values().flat_map(|words| &words.hundred).any(|word| *word == unit) {
        return Some(100.0);
    }
    let mut words = unit.split_whitespace();
    while let Some(word) = words.next() {
        let Some(rest) = WORDS.values().flat_map(|words| &words.of).find_map(|of| word.strip_prefix(of.as_str()))
        else {
            continue;
        };
        // Thai may write the number without a space.
        let number = if rest.is_empty() { words.clone().next() } else { Some(rest) };
        let number = number.and_then(|number| to_arabic(number).replace(',', "").parse::<f64>().ok());
        if let Some(whole) = number.filter(|n| *n > 0.0 && n.is_finite()) {
            return Some(whole);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_every_language_tell_their_whole() {
        assert!(WORDS.contains_key("th") && WORDS.contains_key("en"));
        for words in WORDS.values() {
            assert!(words.hundred.iter().all(|word| whole_of(word) == Some(100.0)), "{words:?}");
            assert!(words.of.iter().all(|word| whole_of(&format!("x {word} 8 y")) == Some(8.0)), "{words:?}");
        }
        assert_eq!(
            (whole_of(" Per Cent "), whole_of("ข้อ จาก๖ ข้อ"), whole_of("Of 1,200")),
            (Some(100.0), Some(6.0), Some(1200.0))
        );
        assert_eq!((whole_of("offset 8"), whole_of("จากเดิม"), whole_of("")), (None, None, None));
    }
}
