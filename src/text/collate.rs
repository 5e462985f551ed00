//! Alphabetical order by language, by sort keys that can be made once and kept.

use super::clean;
use icu_collator::options::{AlternateHandling, CollatorOptions};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::{Locale, locale};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

type Known = Option<&'static CollatorBorrowed<'static>>;

/// The collator of a language; a portal has few, so they are kept for the rest of the run.
fn collator(tag: &str) -> Known {
    static KNOWN: RwLock<Option<HashMap<String, Known>>> = RwLock::new(None);
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(|all| all.get(tag).copied());
    known.unwrap_or_else(|| {
        let mut options = CollatorOptions::default();
        options.alternate_handling = Some(AlternateHandling::NonIgnorable);
        let locale: Locale = tag.parse().unwrap_or(locale!("und"));
        let made = Collator::try_new(locale.into(), options).ok();
        let made: Known = made.map(|made| &*Box::leak(Box::new(made)));
        let mut all = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        *all.get_or_insert_default().entry(tag.to_owned()).or_insert(made)
    })
}

/// The sort key of a text in a language: keys compared as bytes give the order of its dictionaries (in Thai leading
/// vowels after their consonant, tones last), with runs of digits by their value. Texts that look the same have the
/// same key but for its end, which is the text itself, so that the order is total.
///
/// ```
/// # use sala::internals::text::collate::sort_key;
/// let mut words = ["ขา", "ไก่", "เกม", "แก้ว", "เก่า"];
/// words.sort_by_cached_key(|w| sort_key("th", w));
/// assert_eq!(words, ["เกม", "เก่า", "แก้ว", "ไก่", "ขา"]);
/// ```
pub fn sort_key(tag: &str, text: &str) -> Vec<u8> {
    let shown = clean::clean(text);
    let padded = pad_numbers(&shown.text);
    let mut key: Vec<u8> = Vec::with_capacity(padded.len() + text.len() + 8);
    match collator(tag) {
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

/// Sorts in the order of a language; each key is made once.
pub fn sort_by_text<T>(tag: &str, items: &mut [T], text: impl Fn(&T) -> &str) {
    items.sort_by_cached_key(|item| sort_key(tag, text(item)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders() {
        let mut words = vec!["ข", "ก10", "ก๒", "แก", "กา", "น้ำ", "นํ้า", "นา", "B", "a"];
        sort_by_text("th", &mut words, |w| w);
        assert!(sort_key("th", "ก๒") < sort_key("th", "ก10"));
        let at = |w| words.iter().position(|&x| x == w).unwrap();
        assert_eq!(at("น้ำ").abs_diff(at("นํ้า")), 1);
        assert!(at("กา") < at("แก") && at("แก") < at("ข"));
        // Thai comes before Latin, capitals next to their small letters.
        assert!(at("ข") < at("a") && at("a") < at("B"));
        assert_ne!(sort_key("th", "น้ำ"), sort_key("th", "นํ้า"));
        // In Swedish ä comes after z, in German beside a.
        assert!(sort_key("sv", "ä") > sort_key("sv", "z") && sort_key("de", "ä") < sort_key("de", "b"));
    }
}
