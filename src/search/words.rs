//! Words of queries: data of the language, folded as texts are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::fold::Folded;

/// The words of a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryWords {
    /// Between a kind and a name.
    #[serde(default)]
    pub between: Vec<String>,
    /// Words that tell nothing of a text.
    #[serde(default)]
    pub stop: Vec<String>,
    /// Questions.
    #[serde(default, rename = "question")]
    pub questions: Vec<Question>,
}

/// A question, known by the words before or after what it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// As kinds name it that answer it.
    pub id: String,
    /// Words before.
    #[serde(default)]
    pub before: Vec<String>,
    /// Words after.
    #[serde(default)]
    pub after: Vec<String>,
}

const WORDS: &str = include_str!("words.toml");

/// Words of a language, folded; none for a language that has no list.
pub(super) fn query_words(lang: &str) -> QueryWords {
    let mut all: BTreeMap<String, QueryWords> = toml::from_str(WORDS).unwrap_or_default();
    let mut words = all.remove(lang).unwrap_or_default();
    fold(&mut words.between);
    fold(&mut words.stop);
    for question in &mut words.questions {
        fold(&mut question.before);
        fold(&mut question.after);
    }
    words
}

/// Folds words; the longest come first, so that a word is never cut short by another.
pub(super) fn fold(words: &mut Vec<String>) {
    for word in words.iter_mut() {
        *word = Folded::new(word).text();
    }
    words.retain(|word| !word.is_empty());
    words.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
    words.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_words() {
        for lang in ["th", "en"] {
            let words = query_words(lang);
            assert!(!words.between.is_empty() && words.questions.len() == 3, "{lang}");
        }
        assert_eq!(query_words("xx"), QueryWords::default());
        assert_eq!(query_words("th").questions[0].after[0].chars().count(), 15);
    }
}
