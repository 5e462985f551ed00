//! Number formats of spreadsheets: what a person sees of a stored number (ECMA-376 part 1, 18.8.31).

use crate::authoring::value::number as plain;
use crate::text::digits::to_thai;
use crate::text::era::{BE_OFFSET, Date, MONTHS_EN, MONTHS_TH, MONTHS_TH_SHORT};

/// What a number with its format means.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// A number as it is shown: per cent times 100, rounded to the decimals of the format; and its text.
    Number(f64, String),
    /// A day, with its text.
    Date(Date, String),
    /// A time of day, a duration, or a text.
    Text(String),
}

/// A format code, ready for use.
#[derive(Debug, Clone, Default)]
pub struct Format {
    sections: Vec<Section>,
}

#[derive(Debug, Clone, Default)]
struct Section {
    tokens: Vec<Token>,
    condition: Option<(String, f64)>,
    thai: bool,
    buddhist: bool,
    thai_digits: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
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
    /// `[h]`, `[m]`, `[s]`: time that has passed.
    Elapsed(char),
    HalfDay,
    /// `@`.
    Text,
}

/// Codes that workbooks name by number alone; those of the reader's own country (14, 22) are written year first.
pub fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

impl Format {
    /// Reads a format code; what it does not know is a literal.
    pub fn new(code: &str) -> Format {
        Format { sections: split(code).iter().map(|part| Section::new(part)).collect() }
    }

    /// Whether numbers of this format are days or times.
    pub fn is_date(&self) -> bool {
        self.sections.first().is_some_and(Section::is_date)
    }

    /// What a person sees of a number. `days` are added for workbooks that count from 1904.
    pub fn number(&self, value: f64, from_1904: bool) -> Seen {
        let Some((section, signed)) = self.section(value) else {
            return Seen::Number(value, plain(value));
        };
        // `;;;` hides what is in the cell.
        if section.tokens.is_empty() {
            return Seen::Text(String::new());
        }
        if section.is_date() {
            return section.date(value, from_1904).unwrap_or_else(|| Seen::Number(value, plain(value)));
        }
        let (number, shown) = section.number(value, signed);
        Seen::Number(number, if section.thai_digits { to_thai(&shown).into_owned() } else { shown })
    }

    /// What a person sees of a text.
    pub fn text(&self, text: &str) -> String {
        let own = self.sections.iter().rev().find(|s| s.tokens.contains(&Token::Text));
        let Some(section) = own else {
            return text.to_string();
        };
        let pieces = section.tokens.iter().map(|t| match t {
            Token::Text => text,
            Token::Literal(literal) => literal,
            _ => "",
        });
        pieces.collect()
    }

    /// The section for a value, and whether a minus sign is to be written.
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        let numeric: Vec<&Section> =
            self.sections.iter().filter(|s| !s.tokens.contains(&Token::Text)).take(3).collect();
        if numeric.iter().any(|s| s.condition.is_some()) {
            let fits = |s: &&&Section| match &s.condition {
                Some((sign, limit)) => match sign.as_str() {
                    "<" => value < *limit,
                    "<=" => value <= *limit,
                    ">" => value > *limit,
                    ">=" => value >= *limit,
                    "<>" => value != *limit,
                    _ => value == *limit,
                },
                None => true,
            };
            return numeric.iter().find(fits).map(|s| (*s, true));
        }
        match numeric[..] {
            [] => None,
            [only] => Some((only, true)),
            [_, negative, ..] if value < 0.0 => Some((negative, false)),
            [_, _, zero] if value == 0.0 => Some((zero, true)),
            [positive, ..] => Some((positive, true)),
        }
    }
}

/// The sections of a code: `;` outside of quotes.
fn split(code: &str) -> Vec<String> {
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
    fn new(code: &str) -> Section {
        let mut section = Section::default();
        let chars: Vec<char> = code.chars().collect();
        let mut at = 0;
        if code.trim().eq_ignore_ascii_case("general") || code.trim().eq_ignore_ascii_case("standard") {
            section.tokens.push(Token::General);
            return section;
        }
        while let Some(&c) = chars.get(at) {
            at += 1;
            match c {
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
            self.tokens.push(Token::Elapsed(lower.chars().next().unwrap_or('h')));
        } else if inner.starts_with(['<', '>', '=']) {
            let end = inner.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(inner.len());
            self.condition = inner[end..].trim().parse().ok().map(|limit| (inner[..end].to_string(), limit));
        }
    }

    fn is_date(&self) -> bool {
        self.tokens.iter().any(|t| matches!(t, Token::Date(..) | Token::Elapsed(_)))
    }

    fn number(&self, value: f64, signed: bool) -> (f64, String) {
        let digits = |t: &Token| matches!(t, Token::Digit(_));
        let last = self.tokens.iter().rposition(digits);
        let percents = self.tokens.iter().filter(|t| **t == Token::Percent).count();
        let scaled = value * 100f64.powi(percents as i32);
        let sign = if signed && value < 0.0 { "-" } else { "" };
        if self.tokens.contains(&Token::General) || last.is_none() {
            if self.tokens.iter().all(|t| matches!(t, Token::General)) {
                return (value, plain(value));
            }
            // Only a text: what the sheet says instead of the number.
            let text: String = self.tokens.iter().filter_map(literal).collect();
            return (value, text);
        }
        if self.tokens.contains(&Token::Exponent) || self.tokens.contains(&Token::Slash) {
            return (
                value,
                if self.tokens.contains(&Token::Slash) { fraction(value, &self.tokens) } else { plain(value) },
            );
        }
        let last = last.unwrap_or(0);
        let point = self.tokens.iter().position(|t| *t == Token::Point).unwrap_or(self.tokens.len());
        // Commas behind the last place of the whole part divide by a thousand each.
        let whole_end = self.tokens[..point].iter().rposition(digits).unwrap_or(0);
        let tail = &self.tokens[whole_end..point.min(self.tokens.len())];
        let thousands = tail.iter().filter(|t| **t == Token::Comma).count()
            + self.tokens[last..].iter().filter(|t| point < last && **t == Token::Comma).count();
        let scaled = scaled / 1000f64.powi(thousands as i32);
        let grouped = self.tokens[..whole_end].contains(&Token::Comma);
        let decimals = self.tokens.iter().skip(point).filter(|t| digits(t)).count();
        let (whole, part) = rounded(scaled.abs(), decimals);
        let number: f64 = format!("{whole}.{part}0").parse().unwrap_or(scaled);
        let zero = whole == "0" && part.chars().all(|c| c == '0');
        let sign = if zero { "" } else { sign };
        let shown = self.laid_out(&whole, &part, point, grouped);
        (if value < 0.0 { -number } else { number }, format!("{sign}{}", shown.trim()))
    }

    /// The digits at their places, literals between them.
    fn laid_out(&self, whole: &str, part: &str, point: usize, grouped: bool) -> String {
        let places: Vec<char> = self.tokens[..point.min(self.tokens.len())]
            .iter()
            .filter_map(|t| if let Token::Digit(c) = t { Some(*c) } else { None })
            .collect();
        let least = places.iter().position(|c| *c == '0').map_or(0, |first| places.len() - first);
        let whole = if whole == "0" { "" } else { whole };
        let padded = format!("{}{whole}", "0".repeat(least.saturating_sub(whole.len())));
        let digits: Vec<char> = padded.chars().collect();
        let shown = |from: usize, to: usize, out: &mut String| {
            for i in from..to {
                out.push(digits[i]);
                let right = digits.len() - 1 - i;
                if grouped && right > 0 && right.is_multiple_of(3) {
                    out.push(',');
                }
            }
        };
        let (mut out, mut seen, mut done, mut decimals) = (String::new(), 0, 0, 0);
        let kept = part.trim_end_matches('0').len();
        for (i, token) in self.tokens.iter().enumerate() {
            match token {
                Token::Digit(_) if i < point => {
                    seen += 1;
                    let upto = digits.len().saturating_sub(places.len() - seen);
                    shown(done, upto.max(done), &mut out);
                    done = upto.max(done);
                }
                Token::Digit(mark) => {
                    if let Some(c) = part.chars().nth(decimals).filter(|_| *mark == '0' || decimals < kept) {
                        out.push(c);
                    }
                    decimals += 1;
                }
                Token::Point if places.is_empty() => {
                    shown(0, digits.len(), &mut out);
                    out.push('.');
                }
                Token::Point => out.push('.'),
                Token::Percent => out.push('%'),
                Token::Literal(text) => out.push_str(text),
                _ => {}
            }
        }
        if out.ends_with('.') { out.trim_end_matches('.').to_string() } else { out }
    }

    /// A day, a time of day, or the time that has passed.
    fn date(&self, value: f64, from_1904: bool) -> Option<Seen> {
        let seconds = (value * 86_400.0).round();
        let (day, second) = (seconds.div_euclid(86_400.0), seconds.rem_euclid(86_400.0) as i64);
        if self.tokens.iter().any(|t| matches!(t, Token::Elapsed(_))) {
            return Some(Seen::Text(self.clock(None, second, seconds.abs() as i64, value < 0.0)));
        }
        // Days count from 30 December 1899; before March 1900 Excel is a day ahead (it knows a 29 February 1900).
        let base = if from_1904 { -24_107 } else { -25_569 };
        let early = i64::from(!from_1904 && (1.0..60.0).contains(&day));
        let date = (day >= 0.0).then(|| Date::from_days(day as i64 + base + early)).flatten()?;
        let has_day = self.tokens.iter().any(|t| matches!(t, Token::Date('y' | 'd' | 'b' | 'e', _)))
            || (self.tokens.iter().any(|t| matches!(t, Token::Date('m', 3..))));
        let text = self.clock(Some(date), second, 0, false);
        let text = if self.thai_digits { to_thai(&text).into_owned() } else { text };
        Some(if has_day { Seen::Date(date, text) } else { Seen::Text(text) })
    }

    fn clock(&self, date: Option<Date>, second: i64, elapsed: i64, negative: bool) -> String {
        let half = self.tokens.contains(&Token::HalfDay);
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let mut out = String::from(if negative { "-" } else { "" });
        for (i, token) in self.tokens.iter().enumerate() {
            let minutes = || {
                let near = |t: &&Token| matches!(t, Token::Date(..) | Token::Elapsed(_));
                let before = self.tokens[..i].iter().rev().find(near);
                let after = self.tokens[i + 1..].iter().find(near);
                matches!(before, Some(Token::Date('h', _) | Token::Elapsed('h')))
                    || matches!(after, Some(Token::Date('s', _) | Token::Elapsed('s')))
            };
            let two = |n: i64, length: usize| if length > 1 { format!("{n:02}") } else { n.to_string() };
            match token {
                Token::Elapsed('h') => out.push_str(&(elapsed / 3600).to_string()),
                Token::Elapsed('m') => out.push_str(&(elapsed / 60).to_string()),
                Token::Elapsed(_) => out.push_str(&elapsed.to_string()),
                Token::Date('h', n) if half => out.push_str(&two((hour + 11) % 12 + 1, *n)),
                Token::Date('h', n) => out.push_str(&two(hour, *n)),
                Token::Date('s', n) => out.push_str(&two(second % 60, *n)),
                Token::Date('m', n) if *n < 3 && minutes() => out.push_str(&two(minute, *n)),
                Token::HalfDay => out.push_str(if hour < 12 { "AM" } else { "PM" }),
                Token::Date(letter, n) => out.push_str(&date.map_or_else(String::new, |d| self.day(d, *letter, *n))),
                Token::Literal(text) => out.push_str(text),
                Token::Slash => out.push('/'),
                Token::Comma => out.push(','),
                Token::Point => out.push('.'),
                Token::Digit(_) => out.push('0'),
                _ => {}
            }
        }
        out.trim().to_string()
    }

    fn day(&self, date: Date, letter: char, n: usize) -> String {
        let month = usize::from(date.month).clamp(1, 12) - 1;
        let year = if self.buddhist || letter == 'b' { date.year + BE_OFFSET } else { date.year };
        match (letter, n) {
            ('y' | 'b', 1..=2) => format!("{:02}", year.rem_euclid(100)),
            ('y' | 'b' | 'e', _) => year.to_string(),
            ('m', 1) => date.month.to_string(),
            ('m', 2) => format!("{:02}", date.month),
            ('m', 3) if self.thai => MONTHS_TH_SHORT[month].to_string(),
            ('m', 3) => MONTHS_EN[month][..3].to_string(),
            ('m', 5..) => (if self.thai { MONTHS_TH[month] } else { MONTHS_EN[month] }).chars().take(1).collect(),
            ('m', _) if self.thai => MONTHS_TH[month].to_string(),
            ('m', _) => MONTHS_EN[month].to_string(),
            ('d', 1) => date.day.to_string(),
            ('d', 2) => format!("{:02}", date.day),
            ('d', n) => weekday(date, self.thai, n == 3),
            _ => String::new(),
        }
    }
}

fn literal(token: &Token) -> Option<&str> {
    if let Token::Literal(text) = token { Some(text) } else { None }
}

/// Length of `AM/PM` or `A/P` at the start.
fn half_day(chars: &[char]) -> Option<usize> {
    ["AM/PM", "A/P"].iter().find_map(|mark| {
        let same = mark.chars().zip(chars).filter(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        (same == mark.len()).then_some(same)
    })
}

fn weekday(date: Date, thai: bool, short: bool) -> String {
    let place = (date.days() + 3).rem_euclid(7) as usize;
    let (th, en) = [
        (("จันทร์", "จ."), "Monday"),
        (("อังคาร", "อ."), "Tuesday"),
        (("พุธ", "พ."), "Wednesday"),
        (("พฤหัสบดี", "พฤ."), "Thursday"),
        (("ศุกร์", "ศ."), "Friday"),
        (("เสาร์", "ส."), "Saturday"),
        (("อาทิตย์", "อา."), "Sunday"),
    ][place];
    match (thai, short) {
        (true, true) => th.1.into(),
        (true, false) => th.0.into(),
        (false, true) => en[..3].into(),
        (false, false) => en.into(),
    }
}

/// Whole part and decimals, a half rounded up, of the fifteen digits that spreadsheets count with.
fn rounded(value: f64, decimals: usize) -> (String, String) {
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    // The digits stand for 0.d1d2… × 10^(exponent + 1).
    let mut whole = exponent + 1;
    if whole < 0 {
        digits.splice(0..0, std::iter::repeat_n(0, whole.unsigned_abs() as usize));
        whole = 0;
    }
    let keep = whole as usize + decimals;
    let up = digits.get(keep).is_some_and(|d| *d >= 5);
    digits.resize(keep, 0);
    let mut at = keep;
    let mut carry = up;
    while carry && at > 0 {
        at -= 1;
        digits[at] = (digits[at] + 1) % 10;
        carry = digits[at] == 0;
    }
    if carry {
        digits.insert(0, 1);
        whole += 1;
    }
    let text: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
    let (left, right) = text.split_at(whole as usize);
    let left = left.trim_start_matches('0');
    (if left.is_empty() { "0".into() } else { left.into() }, right.into())
}

/// `1 1/2`: the nearest fraction whose denominator has as many places as the format, or the one that it names.
fn fraction(value: f64, tokens: &[Token]) -> String {
    let slash = tokens.iter().position(|t| *t == Token::Slash).unwrap_or(0);
    let named: String = tokens[slash + 1..].iter().filter_map(literal).collect();
    let places = tokens[slash..].iter().filter(|t| matches!(t, Token::Digit(_))).count().clamp(1, 3);
    let (whole, rest) = (value.abs().trunc(), value.abs().fract());
    let most = 10u32.pow(places as u32) - 1;
    let candidates = named.trim().parse::<u32>().map_or(1..=most, |n| n..=n);
    let error = |d: u32| (rest - (rest * f64::from(d)).round() / f64::from(d)).abs();
    let down = candidates.min_by(|a, b| error(*a).total_cmp(&error(*b))).unwrap_or(1);
    let up = (rest * f64::from(down)).round() as u32;
    let sign = if value < 0.0 { "-" } else { "" };
    match (up, whole) {
        (0, w) => format!("{sign}{w}"),
        (u, w) if u == down => format!("{sign}{}", w + 1.0),
        (u, 0.0) => format!("{sign}{u}/{down}"),
        (u, w) => format!("{sign}{w} {u}/{down}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(code: &str, value: f64) -> String {
        match Format::new(code).number(value, false) {
            Seen::Number(_, text) | Seen::Date(_, text) | Seen::Text(text) => text,
        }
    }

    #[test]
    fn numbers_are_shown_as_spreadsheets_show_them() {
        for (code, value, shown) in [
            ("General", 1.5, "1.5"),
            ("0000", 7.0, "0007"),
            ("00000000", 1_020_305.0, "01020305"),
            ("0.00%", 0.785, "78.50%"),
            ("0%", 1.0, "100%"),
            ("#,##0.00", 1_234_567.005, "1,234,567.01"),
            ("#,##0", 999_999.5, "1,000,000"),
            ("0.00", 1.005, "1.01"),
            ("0.0#", 2.5, "2.5"),
            ("#.##", 0.25, ".25"),
            ("#,##0.00;(#,##0.00)", -1_200.0, "(1,200.00)"),
            ("[$฿-41E]#,##0.00", 1_200.5, "฿1,200.50"),
            ("#,##0\" บาท\"", 1_500.0, "1,500 บาท"),
            ("0-0000-00000-00-0", 1_234_567_890_123.0, "1-2345-67890-12-3"),
            ("000-000-0000", 812_345_678.0, "081-234-5678"),
            ("0,", 12_400.0, "12"),
            ("# ?/?", 1.5, "1 1/2"),
            ("0;-0;\"ไม่มี\"", 0.0, "ไม่มี"),
            ("[>=100]\"มาก\";0", 120.0, "มาก"),
            ("[>=100]\"มาก\";0", 12.0, "12"),
            ("[$-D000000]0.0", 12.5, "๑๒.๕"),
            ("0", 1e15, "1000000000000000"),
        ] {
            assert_eq!(seen(code, value), shown, "{code} {value}");
        }
    }

    #[test]
    fn the_number_is_the_one_that_is_shown() {
        assert_eq!(Format::new("0.00%").number(0.785, false), Seen::Number(78.5, "78.50%".into()));
        assert_eq!(Format::new("0.0").number(-3.46, false), Seen::Number(-3.5, "-3.5".into()));
        assert_eq!(Format::new("0.00E+00").number(12_345.678, false), Seen::Number(12_345.678, "12345.678".into()));
    }

    #[test]
    fn days_and_times() {
        for (code, value, shown) in [
            ("yyyy-mm-dd", 45_153.0, "2023-08-15"),
            ("[$-D07041E]d mmmm yyyy", 45_153.0, "๑๕ สิงหาคม ๒๕๖๖"),
            ("[$-107041E]d mmm yyyy;@", 45_153.0, "15 ส.ค. 2566"),
            ("d/m/bbbb", 45_153.0, "15/8/2566"),
            ("dd/mm/yyyy hh:mm", 45_153.604_166_666_664, "15/08/2023 14:30"),
            ("h:mm", 0.5, "12:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("[h]:mm", 1.5, "36:00"),
            ("mm:ss", 0.000_868_055_555_555_555_6, "01:15"),
            ("dddd d mmmm", 45_153.0, "Tuesday 15 August"),
        ] {
            assert_eq!(seen(code, value), shown, "{code} {value}");
        }
        assert!(matches!(Format::new("h:mm").number(0.5, false), Seen::Text(_)));
        let date = Date::new(2023, 8, 15).unwrap();
        assert_eq!(Format::new("yyyy-mm-dd").number(43_691.0, true), Seen::Date(date, "2023-08-15".into()));
    }
}
