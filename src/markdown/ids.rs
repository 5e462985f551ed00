//! Heading anchors: readable slugs, safe explicit ids, duplicates numbered.

use std::collections::HashMap;

use crate::text::slug::{is_mark, slug};

/// Whether an author's id may be used as it is: letters, digits, `-`, `_`, `.`, starting with a
/// letter or digit.
#[must_use]
pub fn safe_id(id: &str) -> bool {
    let ok = |c: char| c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '_' | '.');
    !id.is_empty() && id.len() <= 200 && id.chars().all(ok) && id.chars().next().is_some_and(char::is_alphanumeric)
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
pub(super) fn heading_id(ids: &mut IdSet, prefix: &str, title: &str, wish: Option<&str>) -> HeadingId {
    let safe = wish.filter(|w| safe_id(w));
    let base = safe.map_or_else(|| slug(title), str::to_owned);
    let base = if base.is_empty() { "s".to_owned() } else { base };
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
