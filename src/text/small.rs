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

/// Whether a raised number, a stroke and a lowered number are a fraction: ¹/₃.
pub(crate) fn is_fraction(above: &str, stroke: &str, below: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.chars().all(char::is_numeric);
    number(above) && matches!(stroke, "/" | "⁄" | "∕") && number(below)
}

/// Whether a fraction is parted by a space from what stands before it, which it would make another number: 2 1/3.
pub(crate) fn parts_from(before: &str, text: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && text.starts_with(char::is_alphanumeric)
}

/// Raised and lowered stretches of a text that is written in one line.
#[derive(Debug, Default)]
pub(crate) struct Stretches {
    /// Where those that are open begin (raised: true), the innermost last.
    open: Vec<(usize, bool)>,
    /// The last raised one: where it stands in the line, and its text.
    raised: Option<(std::ops::Range<usize>, String)>,
}

impl Stretches {
    /// Forgets what is open.
    pub(crate) fn clear(&mut self) {
        *self = Stretches::default();
    }

    /// A stretch begins at the end of the line.
    pub(crate) fn begin(&mut self, line: &str, above: bool) {
        self.open.push((line.len(), above));
    }

    /// The innermost stretch ends at the end of the line.
    pub(crate) fn end(&mut self, line: &mut String) {
        let Some((from, above)) = self.open.pop().filter(|(from, _)| line.is_char_boundary(*from)) else { return };
        let text = line.split_off(from);
        let text = text.trim();
        match self.raised.take().filter(|_| !above) {
            Some((range, over)) if is_fraction(&over, line.get(range.end..).unwrap_or_default().trim(), text) => {
                line.truncate(range.start);
                if parts_from(line, &over) {
                    line.push(' ');
                }
                line.push_str(&format!("{over}/{text}"));
            }
            _ => line.push_str(&beside(line, text, above)),
        }
        if above {
            self.raised = Some((from..line.len(), text.to_owned()));
        }
    }
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

    #[test]
    fn a_fraction_of_raised_and_lowered_figures_is_no_other_number() {
        let line = |parts: &[(&str, Option<bool>)]| {
            let (mut line, mut stretches) = (String::new(), Stretches::default());
            for (text, above) in parts {
                above.iter().for_each(|above| stretches.begin(&line, *above));
                line.push_str(text);
                above.iter().for_each(|_| stretches.end(&mut line));
            }
            line
        };
        let (up, down) = (Some(true), Some(false));
        assert_eq!(line(&[("2", None), ("1", up), ("/", None), ("3", down), (" ถ้วย", None)]), "2 1/3 ถ้วย");
        assert_eq!(line(&[("1", up), ("⁄", None), ("2", down)]), "1/2");
        assert_eq!(line(&[("๒", None), ("๑", up), ("/", None), ("๓", down)]), "๒ ๑/๓");
        assert_eq!(line(&[("10", None), ("2", up), ("/", None), ("x", down)]), "10²/x");
        assert_eq!(line(&[("m", None), ("2", up), ("/", None), ("s", None), ("2", up)]), "m²/s²");
        assert_eq!(line(&[("x", None), ("2", up), (" และ H", None), ("2", down), ("O", None)]), "x² และ H2O");
    }
}
