//! Numbers laid out by a format code: digits, groups, decimals, fractions.

use super::code::{Section, Token};
use crate::authoring::value::number as plain;

impl Section {
    /// The number as it is shown, and its text.
    pub(super) fn number(&self, value: f64, signed: bool) -> (f64, String) {
        let digits = |t: &Token| matches!(t, Token::Digit(_));
        let last = self.tokens.iter().rposition(digits);
        let percents = self.tokens.iter().filter(|t| **t == Token::Percent).count();
        let scaled = value * 100f64.powi(percents as i32);
        let sign = if signed && value < 0.0 { "-" } else { "" };
        if self.tokens.contains(&Token::General) {
            let shown = |t: &Token| match t {
                Token::General => plain(value.abs()),
                t => t.literal().unwrap_or_default().to_owned(),
            };
            return (value, format!("{sign}{}", self.tokens.iter().map(shown).collect::<String>().trim()));
        }
        if last.is_none() {
            // Only a text: what the sheet says instead of the number.
            let text: String = self.tokens.iter().filter_map(Token::literal).collect();
            return (value, text.trim().to_string());
        }
        if self.tokens.contains(&Token::Slash) {
            return fraction(value, &self.tokens);
        }
        if self.tokens.contains(&Token::Exponent) {
            return (value, plain(value));
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

/// `1 1/2`: the nearest fraction whose denominator has as many places as the format, or the one that it names. A number
/// that is shown without a fraction is that number.
fn fraction(value: f64, tokens: &[Token]) -> (f64, String) {
    let slash = tokens.iter().position(|t| *t == Token::Slash).unwrap_or(0);
    // `/10`: the nought of a denominator that is named is no place of one that is not.
    let named: String = tokens[slash + 1..]
        .iter()
        .filter_map(|t| if *t == Token::Digit('0') { Some("0") } else { t.literal() })
        .collect();
    let places = tokens[slash..].iter().filter(|t| matches!(t, Token::Digit(_))).count().clamp(1, 3);
    let (whole, rest) = (value.abs().trunc(), value.abs().fract());
    let most = 10u32.pow(places as u32) - 1;
    let candidates = named.trim().parse::<u32>().ok().filter(|n| *n > 0).map_or(1..=most, |n| n..=n);
    let error = |d: u32| (rest - (rest * f64::from(d)).round() / f64::from(d)).abs();
    let down = candidates.min_by(|a, b| error(*a).total_cmp(&error(*b))).unwrap_or(1);
    let up = (rest * f64::from(down)).round() as u32;
    let sign = if value < 0.0 { "-" } else { "" };
    let shown_whole = |w: f64| (if value < 0.0 { -w } else { w }, format!("{sign}{w}"));
    match (up, whole) {
        (0, w) => shown_whole(w),
        (u, w) if u == down => shown_whole(w + 1.0),
        (u, 0.0) => (value, format!("{sign}{u}/{down}")),
        (u, w) => (value, format!("{sign}{w} {u}/{down}")),
    }
}
