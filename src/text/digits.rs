//! Thai digits (๐–๙, U+0E50–U+0E59) and Arabic digits.

use std::borrow::Cow;

/// The value 0–9 of a Thai or an ASCII digit.
pub fn value(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '๐'..='๙' => Some((c as u32 - '๐' as u32) as u8),
        _ => None,
    }
}

/// True for ๐–๙.
pub fn is_thai_digit(c: char) -> bool {
    ('๐'..='๙').contains(&c)
}

/// Replaces ๐–๙ by 0–9; other characters stay.
///
/// ```
/// # use sala::internals::text::digits::to_arabic;
/// assert_eq!(to_arabic("พ.ศ. ๒๕๖๔"), "พ.ศ. 2564");
/// ```
pub fn to_arabic(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_thai_digit) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '๐'..='๙' => value(c).map_or(c, |v| (b'0' + v) as char),
                _ => c,
            })
            .collect(),
    )
}

/// Replaces 0–9 by ๐–๙; other characters stay.
pub fn to_thai(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '0'..='9' => char::from_u32('๐' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
                _ => c,
            })
            .collect(),
    )
}

/// A number in small Roman numerals; those of thousands end at 3999.
pub(crate) fn roman(n: u32) -> String {
    let signs = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let (mut left, mut out) = (n.min(3999), String::new());
    for (value, sign) in signs {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        assert_eq!(to_arabic("๐๑๒๓๔๕๖๗๘๙ก"), "0123456789ก");
        assert_eq!(to_thai("ปี 2564"), "ปี ๒๕๖๔");
        assert!(matches!(to_arabic("abc"), Cow::Borrowed(_)));
        assert_eq!(value('๙'), Some(9));
        assert_eq!(value('ก'), None);
    }
}
