//! A format code as tokens (ECMA-376 part 1, 18.8.31): what is not known is a literal.

#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub(super) tokens: Vec<Token>,
    pub(super) condition: Option<(String, f64)>,
    pub(super) thai: bool,
    pub(super) buddhist: bool,
    pub(super) thai_digits: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    General,
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Exponent,
    Slash,
    /// A letter of a date with its repetitions: y m d h s b e.
    Date(char, usize),
    /// `[h]`, `[mm]`, `[s]`: time that has passed, with its least number of digits.
    Elapsed(char, usize),
    HalfDay,
    /// `@`.
    Text,
}

impl Token {
    /// The text of a literal.
    pub(super) fn literal(&self) -> Option<&str> {
        if let Token::Literal(text) = self { Some(text) } else { None }
    }
}

/// The sections of a code: `;` outside of quotes.
pub(super) fn split(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in code.chars() {
        let last = parts.len() - 1;
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            ';' if !quoted => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts[last].push(c);
    }
    parts
}

impl Section {
    pub(super) fn new(code: &str) -> Section {
        let mut section = Section::default();
        let chars: Vec<char> = code.chars().collect();
        let mut at = 0;
        while let Some(&c) = chars.get(at) {
            at += 1;
            match c {
                'G' | 'g' | 'S' | 's' if general(&chars[at - 1..]).is_some() => {
                    section.tokens.push(Token::General);
                    at += general(&chars[at - 1..]).unwrap_or(1) - 1;
                }
                '"' => {
                    let end = chars[at..].iter().position(|c| *c == '"').map_or(chars.len(), |n| at + n);
                    section.literal(&chars[at..end].iter().collect::<String>());
                    at = end + 1;
                }
                '\\' => {
                    section.literal(&chars.get(at).map(char::to_string).unwrap_or_default());
                    at += 1;
                }
                // The width of a letter, and a letter that fills the cell.
                '_' => {
                    section.literal(" ");
                    at += 1;
                }
                '*' => at += 1,
                '[' => {
                    let end = chars[at..].iter().position(|c| *c == ']').map_or(chars.len(), |n| at + n);
                    section.bracket(&chars[at..end].iter().collect::<String>());
                    at = end + 1;
                }
                '0' | '#' | '?' => section.tokens.push(Token::Digit(c)),
                '.' => section.tokens.push(Token::Point),
                ',' => section.tokens.push(Token::Comma),
                '%' => section.tokens.push(Token::Percent),
                '/' => section.tokens.push(Token::Slash),
                '@' => section.tokens.push(Token::Text),
                'E' | 'e' if matches!(chars.get(at), Some('+' | '-')) => {
                    section.tokens.push(Token::Exponent);
                    at += 1;
                }
                'A' | 'a' if half_day(&chars[at - 1..]).is_some() => {
                    section.tokens.push(Token::HalfDay);
                    at += half_day(&chars[at - 1..]).unwrap_or(1) - 1;
                }
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'b' | 'B' | 'e' | 'E' => {
                    let letter = c.to_ascii_lowercase();
                    let run = chars[at..].iter().take_while(|c| c.to_ascii_lowercase() == letter).count();
                    section.tokens.push(Token::Date(letter, run + 1));
                    at += run;
                }
                // The switch of LibreOffice for Thai digits.
                't' if section.tokens.is_empty() => section.thai_digits = true,
                c => section.literal(&c.to_string()),
            }
        }
        section
    }

    fn literal(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Literal(last)) => last.push_str(text),
            _ => self.tokens.push(Token::Literal(text.to_string())),
        }
    }

    /// `[Red]`, `[>=100]`, `[h]`, `[$฿-41E]`, `[$-D07041E]`.
    fn bracket(&mut self, inner: &str) {
        let lower = inner.to_ascii_lowercase();
        if let Some(money) = inner.strip_prefix('$') {
            let (symbol, locale) = money.rsplit_once('-').unwrap_or((money, ""));
            if !symbol.is_empty() {
                self.literal(symbol);
            }
            // Digits and calendar stand in front of the language: `D` Thai digits, `07` Buddhist era, `041E` Thai.
            let number = locale.split(',').next().and_then(|l| u32::from_str_radix(l, 16).ok()).unwrap_or(0);
            self.thai |= number & 0xFFFF == 0x041E || lower.contains("th-th");
            self.buddhist |= (number >> 16) & 0xFF == 0x07;
            self.thai_digits |= number >> 24 == 0x0D;
        } else if lower.contains("buddhist") {
            self.buddhist = true;
        } else if !lower.is_empty() && ['h', 'm', 's'].iter().any(|l| lower.chars().all(|c| c == *l)) {
            self.tokens.push(Token::Elapsed(lower.chars().next().unwrap_or('h'), lower.len()));
        } else if inner.starts_with(['<', '>', '=']) {
            let end = inner.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(inner.len());
            self.condition = inner[end..].trim().parse().ok().map(|limit| (inner[..end].to_string(), limit));
        }
    }

    pub(super) fn is_date(&self) -> bool {
        self.tokens.iter().any(|t| matches!(t, Token::Date(..) | Token::Elapsed(..)))
    }
}

/// Length of the name of a number without a form, in Excel or LibreOffice, at the start.
fn general(chars: &[char]) -> Option<usize> {
    begins(&["General", "Standard"], chars)
}

/// Length of `AM/PM` or `A/P` at the start.
fn half_day(chars: &[char]) -> Option<usize> {
    begins(&["AM/PM", "A/P"], chars)
}

/// Length of the first of these words that stands at the start.
fn begins(words: &[&str], chars: &[char]) -> Option<usize> {
    words.iter().find_map(|word| {
        let same = word.chars().zip(chars).filter(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        (same == word.len()).then_some(same)
    })
}
