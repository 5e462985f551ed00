//! Heading anchors: readable slugs, safe explicit ids, duplicates numbered.

use std::collections::{HashMap, VecDeque};

use pulldown_cmark::{Event, Tag};

use super::lookahead::closing;
use super::plain::text_of;
use super::prepared::{Prepared, Spanned};
use super::types::FindingKind;
use crate::text::slug::{github_slug, is_letter_or_digit, is_mark, slug};

/// Whether an author's id may be used as it is: letters, digits, `-`, `_`, `.`, `:`, `+`, with at least one letter
/// or digit.
#[must_use]
pub(super) fn safe_id(id: &str) -> bool {
    let ok = |c: char| is_letter_or_digit(c) || is_mark(c) || matches!(c, '-' | '_' | '.' | ':' | '+');
    id.len() <= 200 && id.chars().all(ok) && id.chars().any(is_letter_or_digit)
}

/// Ids of the frame around a text: what templates of entries and plain pages name.
const FRAME: [&str; 7] = ["content", "site-nav", "site-index", "related", "attached", "source", "backlinks"];

/// Ids given out on one page; those of the frame are taken.
#[derive(Debug)]
pub(super) struct IdSet {
    seen: HashMap<String, usize>,
}

impl Default for IdSet {
    fn default() -> IdSet {
        IdSet { seen: FRAME.iter().map(|id| ((*id).to_owned(), 1)).collect() }
    }
}

impl IdSet {
    /// Whether nothing has this id.
    pub(super) fn is_free(&self, id: &str) -> bool {
        !self.seen.contains_key(id)
    }

    /// Takes `wish`, or `wish-2`, `wish-3`, … when taken. The flag says that it was free.
    pub(super) fn take(&mut self, wish: &str) -> (String, bool) {
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

/// The anchors of all headings of a text, in order.
pub(super) fn heading_ids(
    prepared: &Prepared<'_>,
    events: &[Spanned<'_>],
    prefix: &str,
    ids: &mut IdSet,
) -> VecDeque<HeadingId> {
    let mut given: VecDeque<HeadingId> = VecDeque::new();
    for (at, (event, _)) in events.iter().enumerate() {
        let Event::Start(Tag::Heading { id, .. }) = event else {
            continue;
        };
        let title = text_of(prepared, &events[at + 1..closing(events, at + 1)]);
        let wish = id.as_ref().map(|w| prepared.clean(w).into_owned());
        let safe = wish.as_deref().filter(|w| safe_id(w));
        let base = safe.map_or_else(|| slug(&title), str::to_owned);
        let base = if base.is_empty() { "s".to_owned() } else { base };
        let (id, free) = ids.take(&format!("{prefix}{base}"));
        let (explicit, taken) = (safe.is_some(), safe.is_some() && !free);
        given.push_back(HeadingId { id, title, explicit, taken, wish, other: None });
    }
    if prefix.is_empty() {
        others(&mut given, ids);
    }
    given
}

/// GitHub's anchors, where they differ and are free. It numbers repeated ones with -1, -2.
fn others(given: &mut VecDeque<HeadingId>, ids: &mut IdSet) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for heading in given.iter_mut() {
        let base = github_slug(&heading.title);
        let count = counts.entry(base.clone()).or_default();
        let other = if *count == 0 { base } else { format!("{base}-{count}") };
        *count += 1;
        if !heading.explicit && ids.is_free(&other) && safe_id(&other) {
            ids.take(&other);
            heading.other = Some(other);
        }
    }
}

/// What a heading is called in addresses.
#[derive(Debug, Clone)]
pub(super) struct HeadingId {
    pub id: String,
    /// The same heading's anchor on GitHub, where it is another one.
    pub other: Option<String>,
    /// Plain text.
    pub title: String,
    /// The author chose the anchor.
    pub explicit: bool,
    /// The author's choice had another heading already.
    pub taken: bool,
    /// What the author asked for.
    pub wish: Option<String>,
}

impl HeadingId {
    /// What the author should know about the wish.
    pub(super) fn finding(&self) -> Option<(FindingKind, String)> {
        let wish = self.wish.clone()?;
        match (self.explicit, self.taken) {
            (false, _) => Some((FindingKind::HeadingId, wish)),
            (true, true) => Some((FindingKind::DuplicateId, wish)),
            _ => None,
        }
    }
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
    fn the_frame_keeps_its_ids() {
        assert_eq!(IdSet::default().take("content"), ("content-2".into(), false));
    }

    #[test]
    fn unsafe_ids() {
        assert!(safe_id("ผลลัพธ์-1") && safe_id("-sys-packages") && safe_id("fn:7"));
        assert!(!safe_id("a b"));
        assert!(!safe_id("\"onclick"));
        assert!(!safe_id("--"));
    }
}
