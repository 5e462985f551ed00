//! National ids and phone numbers in a text.

use super::digits::{Group, MOST};
use super::find::{Class, Match};
use super::national::national_id;
use super::normal::Normal;
use super::phones::phone;

/// The matches; ranges are bytes of the normal form.
pub(super) fn find(normal: &Normal) -> Vec<Match> {
    let mut finds = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    let chars = &normal.chars;
    while at < chars.len() {
        if !chars[at].1.is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && chars[at].1.is_ascii_digit() {
            at += 1;
        }
        let end = chars.get(at).map_or(normal.text.len(), |c| c.0);
        let digits = normal.text.as_bytes()[chars[start].0..end].iter().map(|b| b - b'0').take(MOST + 1).collect();
        groups.push(Group { range: chars[start].0..end, digits });
    }
    let mut i = 0;
    while i < groups.len() {
        let found = national_id(normal, &groups, i)
            .map(|(n, certain)| (Class::NationalId, n, certain))
            .or_else(|| phone(normal, &groups, i).map(|n| (Class::Phone, n, true)));
        match found {
            Some((class, n, certain)) => {
                let range = groups[i].range.start..groups[i + n - 1].range.end;
                finds.push(Match { class, range, certain });
                i += n;
            }
            None => i += 1,
        }
    }
    finds
}
