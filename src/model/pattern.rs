//! A regular expression of the schema, compiled once.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use std::ops::Deref;

/// Greatest size of a compiled expression in bytes: larger ones are refused like wrong ones.
const MOST: usize = 1 << 20;

/// A regular expression as it was written, and compiled where it makes sense.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "String")]
pub struct Pattern {
    written: String,
    compiled: Option<Regex>,
}

impl Pattern {
    /// Whether the expression cannot be used; the loader makes an error of it.
    pub fn is_broken(&self) -> bool {
        self.compiled.is_none()
    }

    /// Whether a text fits. Nothing fits a broken expression.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

impl From<String> for Pattern {
    fn from(written: String) -> Pattern {
        let compiled = RegexBuilder::new(&written).size_limit(MOST).build().ok();
        Pattern { written, compiled }
    }
}

impl Deref for Pattern {
    type Target = str;

    fn deref(&self) -> &str {
        &self.written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_fits_what_cannot_be_used() {
        assert!(Pattern::from("^[0-9]{3}$".to_string()).is_match("123"));
        for broken in ["(", "((a{500}){500}){500}"] {
            let pattern = Pattern::from(broken.to_string());
            assert!(pattern.is_broken() && !pattern.is_match("a"), "{broken}");
            assert_eq!(&*pattern, broken);
        }
    }
}
