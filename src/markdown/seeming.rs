//! Texts whose authors took a part of them for hidden, which it is not.

use super::code::code_ranges;
use super::comments::{comments, hiding_names};
use super::scan::scan;
use super::types::FindingKind;

/// What in a text that is shown as written its author took for hidden: an HTML comment where the text is no Markdown, or
/// what another program hides.
pub(crate) fn seems_hidden(text: &str, is_markdown: bool) -> Option<String> {
    let code = || if is_markdown { code_ranges(text) } else { Vec::new() };
    let html = (!is_markdown && text.contains("<!--")).then(|| "<!--".to_owned());
    let shown = || {
        let found = scan(text).findings.into_iter().find(|found| found.kind == FindingKind::HidesText);
        found.map(|found| found.what)
    };
    let html = html.or_else(|| (is_markdown && text.contains(['<', '>'])).then(shown).flatten());
    let foreign = || {
        comments(text, is_markdown, code).into_iter().chain(hiding_names(text, code)).map(|comment| comment.mark).next()
    };
    html.or_else(foreign)
}
