//! Letters that exist small, above and below the line: m², H₂O. Signs (10⁻³) exist as well, but few fonts hold them.

/// A letter, and what it is above and below the line; a blank where it is not.
const SMALL: [(char, char, char); 14] = [
    ('0', '⁰', '₀'),
    ('1', '¹', '₁'),
    ('2', '²', '₂'),
    ('3', '³', '₃'),
    ('4', '⁴', '₄'),
    ('5', '⁵', '₅'),
    ('6', '⁶', '₆'),
    ('7', '⁷', '₇'),
    ('8', '⁸', '₈'),
    ('9', '⁹', '₉'),
    ('(', '⁽', '₍'),
    (')', '⁾', '₎'),
    ('n', 'ⁿ', ' '),
    (' ', ' ', ' '),
];

/// A text in small letters, where all of its letters exist small.
pub(crate) fn small(text: &str, above: bool) -> Option<String> {
    let letter = |c: char| {
        let (_, high, low) = SMALL.iter().find(|(letter, ..)| *letter == c)?;
        let found = if above { *high } else { *low };
        (found != ' ' || c == ' ').then_some(found)
    };
    text.chars().map(letter).collect()
}

/// A text above or below the line in one line with what is before it: small where its letters exist, else behind a sign.
pub(crate) fn scripted(text: &str, above: bool) -> String {
    if text.is_empty() {
        return String::new();
    }
    small(text, above).unwrap_or_else(|| format!("{}{}", if above { '^' } else { '_' }, grouped(text)))
}

/// A text of more than one character in brackets.
pub(crate) fn grouped(text: &str) -> String {
    if text.chars().nth(1).is_none() { text.to_owned() } else { format!("({text})") }
}

/// The same of running text, where a name that is raised (1st) or lowered (H2O) says the same beside its word, and brackets
/// part a mark from it. What would make another number of the one before it does not.
pub(crate) fn beside(before: &str, text: &str, above: bool) -> String {
    let counts = |c: char| c.is_numeric();
    let apart = if above {
        !text.starts_with('[') && (text.contains(counts) || text.chars().nth(1).is_none())
    } else {
        before.ends_with(counts)
    };
    if apart { scripted(text, above) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_raised_makes_no_other_number() {
        let above = |before: &str, text: &str| format!("{before}{}", beside(before, text, true));
        assert_eq!(above("10", "2"), "10²");
        assert_eq!(above("10", "-3"), "10^(-3)");
        assert_eq!(above("10", "๒"), "10^๒");
        assert_eq!(above("10", "2.5"), "10^(2.5)");
        assert_eq!(above("10", "x"), "10^x");
        assert_eq!(above("1", "st"), "1st");
        assert_eq!(above("คน", "[1]"), "คน[1]");
        assert_eq!(above("คน", ""), "คน");
        assert_eq!(beside("H", "2", false), "2");
        assert_eq!(beside("1010", "2", false), "₂");
    }
}
