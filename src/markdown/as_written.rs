//! Texts that are shown as they are written.

use super::code::{code_ranges, is_within};
use super::comments::comments;
use super::names::hiding_names;

/// What in such a text its author took for hidden: an HTML comment, or what another program hides. Between backticks such
/// signs are meant.
pub(super) fn hidden_as_written(text: &str) -> Option<String> {
    let code = || {
        let mut ranges = code_ranges(text);
        ranges.retain(|range| text[range.clone()].starts_with('`'));
        ranges
    };
    let is_comment = text.contains("<!--") && text.match_indices("<!--").any(|(at, _)| !is_within(&code(), at));
    let names = || hiding_names(text, code).into_iter().next();
    let foreign = || comments(text, false, code).into_iter().next().or_else(names).map(|comment| comment.mark);
    is_comment.then(|| "<!--".to_owned()).or_else(foreign)
}
