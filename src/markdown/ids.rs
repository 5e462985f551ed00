//! Heading anchors: readable slugs, safe explicit ids, duplicates numbered.

use std::collections::HashMap;

/// Longest slug in characters.
const MAX_SLUG: usize = 60;

/// A readable anchor of a heading: Thai letters and marks stay, Latin is lower-cased, everything
/// between words becomes one hyphen. Empty when nothing is left.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut gap = false;
    let mut count = 0;
    for c in title.chars().flat_map(lower) {
        let keep = is_thai(c) || c.is_alphanumeric() || is_mark(c);
        if !keep {
            gap = !out.is_empty();
            continue;
        }
        // Never cut between a base letter and its marks.
        if count >= MAX_SLUG && !is_mark(c) {
            break;
        }
        if gap {
            out.push('-');
            gap = false;
        }
        out.push(c);
        count += 1;
    }
    out
}

/// Lower case; Thai has none, and asking the tables of Unicode for every letter would take long.
fn lower(c: char) -> impl Iterator<Item = char> {
    let (same, lower) = match is_thai(c) {
        true => (Some(c), None),
        false => (None, Some(c.to_lowercase())),
    };
    same.into_iter().chain(lower.into_iter().flatten())
}

/// Thai letters, marks and digits.
fn is_thai(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' | '\u{e50}'..='\u{e59}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e45}'..='\u{e4e}' | '\u{300}'..='\u{36f}')
}

/// Whether an author's id may be used as it is: letters, digits, `-`, `_`, `.`, starting with a
/// letter or digit.
#[must_use]
pub fn safe_id(id: &str) -> bool {
    let ok = |c: char| c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '_' | '.');
    !id.is_empty()
        && id.len() <= 200
        && id.chars().all(ok)
        && id.chars().next().is_some_and(char::is_alphanumeric)
}

/// Ids given out on one page.
#[derive(Debug, Default)]
pub struct IdSet {
    seen: HashMap<String, usize>,
}

impl IdSet {
    /// Takes `wish`, or `wish-2`, `wish-3`, … when taken. The flag says that it was free.
    pub fn take(&mut self, wish: &str) -> (String, bool) {
        let wish = if wish.is_empty() { "s" } else { wish };
        if !self.seen.contains_key(wish) {
            self.seen.insert(wish.to_owned(), 1);
            return (wish.to_owned(), true);
        }
        let mut number = self.seen.get(wish).copied().unwrap_or(1);
        loop {
            number += 1;
            let next = format!("{wish}-{number}");
            if !self.seen.contains_key(&next) {
                self.seen.insert(wish.to_owned(), number);
                self.seen.insert(next.clone(), 1);
                return (next, false);
            }
        }
    }
}

/// The anchor of a heading from its text and its `{#id}`.
pub(super) fn heading_id(
    ids: &mut IdSet,
    prefix: &str,
    title: &str,
    wish: Option<&str>,
) -> HeadingId {
    let safe = wish.filter(|w| safe_id(w));
    let base = safe.map_or_else(|| slug(title), str::to_owned);
    let base = if base.is_empty() {
        "s".to_owned()
    } else {
        base
    };
    let (id, free) = ids.take(&format!("{prefix}{base}"));
    HeadingId {
        id,
        unsafe_wish: wish.is_some() && safe.is_none(),
        duplicate_wish: safe.is_some() && !free,
        explicit: safe.is_some(),
    }
}

/// Result of [`heading_id`].
pub(super) struct HeadingId {
    pub id: String,
    pub unsafe_wish: bool,
    pub duplicate_wish: bool,
    pub explicit: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_readable() {
        assert_eq!(slug("ปัญหาและที่มา (Problem)"), "ปัญหาและที่มา-problem");
        assert_eq!(slug("  ๑. ขั้นตอน / วิธีการ "), "๑-ขั้นตอน-วิธีการ");
        assert_eq!(slug("***"), "");
    }

    #[test]
    fn duplicates_are_numbered() {
        let mut ids = IdSet::default();
        assert_eq!(ids.take("a"), ("a".into(), true));
        assert_eq!(ids.take("a-2"), ("a-2".into(), true));
        assert_eq!(ids.take("a"), ("a-3".into(), false));
        assert_eq!(ids.take("a"), ("a-4".into(), false));
    }

    #[test]
    fn unsafe_ids() {
        assert!(safe_id("ผลลัพธ์-1"));
        assert!(!safe_id("a b"));
        assert!(!safe_id("\"onclick"));
        assert!(!safe_id("-a"));
    }
}
