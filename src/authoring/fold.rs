//! How names are compared.

use crate::text::clean::clean;
use crate::text::digits::to_arabic;

/// A text without what people write in different ways: case, spaces, punctuation, digit set, invisible characters.
pub fn fold(text: &str) -> String {
    let cleaned = clean(text);
    to_arabic(&cleaned.text).to_lowercase().chars().filter(|c| !c.is_whitespace() && !is_punctuation(*c)).collect()
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '“' | '”' | '‘' | '’' | '–' | '—' | '…' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_spacing_digits_and_case() {
        assert_eq!(fold("บทเรียน ๑: ข้อแนะนำ"), fold("บทเรียน1 ข้อแนะนำ"));
        assert_ne!(fold("ก่อน"), fold("กอน"));
    }
}
