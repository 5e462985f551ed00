//! Thai alphabetical order, by sort keys that can be made once and kept.

use super::clean;
use icu_collator::options::{AlternateHandling, CollatorOptions};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use std::sync::OnceLock;

fn collator() -> Option<&'static CollatorBorrowed<'static>> {
    static COLLATOR: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    COLLATOR
        .get_or_init(|| {
            let mut options = CollatorOptions::default();
            options.alternate_handling = Some(AlternateHandling::NonIgnorable);
            Collator::try_new(locale!("th").into(), options).ok()
        })
        .as_ref()
}

/// The sort key of a text: keys compared as bytes give the order of Thai
/// dictionaries (leading vowels after their consonant, tones last), with runs
/// of digits by their value. Texts that look the same have the same key but
/// for its end, which is the text itself, so that the order is total.
///
/// ```
/// # use sala::internals::text::collate::sort_key;
/// let mut words = ["ขา", "ไก่", "เกม", "แก้ว", "เก่า"];
/// words.sort_by_cached_key(|w| sort_key(w));
/// assert_eq!(words, ["เกม", "เก่า", "แก้ว", "ไก่", "ขา"]);
/// ```
pub fn sort_key(text: &str) -> Vec<u8> {
    let shown = clean::clean(text);
    let padded = pad_numbers(&shown.text);
    let mut key: Vec<u8> = Vec::with_capacity(padded.len() + text.len() + 8);
    match collator() {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_to(&padded, &mut key);
        }
        None => key.extend(padded.as_bytes()),
    }
    key.push(0);
    key.extend(text.as_bytes());
    key
}

/// Digits with leading zeros, so that 2 comes before 10; Thai digits as Arabic.
fn pad_numbers(text: &str) -> String {
    const WIDTH: usize = 12;
    let mut out = String::with_capacity(text.len() + WIDTH);
    let mut number = String::new();
    let flush = |number: &mut String, out: &mut String| {
        if !number.is_empty() {
            let digits = number.trim_start_matches('0');
            out.extend(std::iter::repeat_n('0', WIDTH.saturating_sub(digits.len())));
            out.push_str(digits);
            number.clear();
        }
    };
    for c in text.chars() {
        if let Some(value) = super::digits::value(c) {
            number.push(char::from(b'0' + value));
        } else {
            flush(&mut number, &mut out);
            out.push(c);
        }
    }
    flush(&mut number, &mut out);
    out
}

/// Sorts by Thai order; each key is made once.
pub fn sort_by_text<T>(items: &mut [T], text: impl Fn(&T) -> &str) {
    items.sort_by_cached_key(|item| sort_key(text(item)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders() {
        let mut words = vec!["ข", "ก10", "ก๒", "แก", "กา", "น้ำ", "นํ้า", "นา", "B", "a"];
        sort_by_text(&mut words, |w| w);
        assert!(sort_key("ก๒") < sort_key("ก10"));
        let at = |w| words.iter().position(|&x| x == w).unwrap();
        assert_eq!(at("น้ำ").abs_diff(at("นํ้า")), 1);
        assert!(at("กา") < at("แก") && at("แก") < at("ข"));
        // Thai comes before Latin, capitals next to their small letters.
        assert!(at("ข") < at("a") && at("a") < at("B"));
        assert_ne!(sort_key("น้ำ"), sort_key("นํ้า"));
    }
}
