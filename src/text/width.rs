//! How wide a text is in a terminal.

/// Number of terminal columns of a text, as far as Thai and Latin go: marks that are above or below a
/// consonant and invisible characters take none.
pub(crate) fn display_width(text: &str) -> usize {
    text.chars()
        .filter(|c| {
            !matches!(*c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}'
                | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{0300}'..='\u{036F}')
        })
        .count()
}
