//! Double brackets that are no links to pages: citations (`[[1]](https://…)`), places in lists (`a[[0]]`), matrices, tests of
//! shells, lists of contents of other programs (`[[toc]]`).

use pulldown_cmark::{Event, LinkType, Tag};

use super::definitions::is_address;
use super::prepared::{Edit, Spanned};

/// Places where the brackets are text; those of a citation are the text of its link.
pub(super) fn edits(text: &str, events: &[Spanned<'_>]) -> Vec<Edit> {
    let mut found: Vec<Edit> = Vec::new();
    for (event, range) in events {
        let Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. }) = event else { continue };
        let written = &text[range.clone()];
        if !written.starts_with("[[") || !written.ends_with("]]") {
            continue;
        }
        let behind = text[range.end..].strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let is_cited = behind.is_some_and(|(dest, _)| !dest.contains(char::is_whitespace) && is_address(dest));
        if is_cited && !dest_url.contains(['[', ']']) {
            found.push((range.start + 1..range.start + 2, "\\[".into()));
            found.push((range.end - 2..range.end - 1, "\\]".into()));
        } else if !is_name(dest_url) || text[..range.start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            // Straight behind a name it is a place in a list.
            found.push((range.start..range.start + 2, "\\[\\[".into()));
        }
    }
    found
}

/// Whether a page or a file may be called so.
fn is_name(dest: &str) -> bool {
    let dest = dest.trim();
    dest.contains(char::is_alphanumeric)
        && !dest.contains(['[', ']', '$', '{', '}'])
        && !dest.starts_with([':', '-', '!'])
        && !dest.trim_matches('_').eq_ignore_ascii_case("toc")
}
