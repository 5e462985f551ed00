//! Texts whose authors took a part of them for hidden, which it is not.

use super::as_written::hidden_as_written;
use super::code::{code_ranges, is_within};
use super::comments::comments;
use super::hidden;
use super::names::hiding_names;
use super::scan::scan;
use super::types::FindingKind;

/// What in a text its author took for hidden: what another program hides, and in one that is no Markdown, and is shown as it
/// is written, HTML comments too.
pub(crate) fn seems_hidden(text: &str, is_markdown: bool) -> Option<String> {
    if !is_markdown {
        return hidden_as_written(text);
    }
    let shown = || {
        let found = scan(text).findings.into_iter().find(|found| found.kind == FindingKind::HidesText);
        found.map(|found| found.what)
    };
    let code = || code_ranges(text);
    // What Markdown hides is hidden.
    let names = || {
        let mut names = hiding_names(text, code);
        if !names.is_empty() {
            let cut: Vec<_> = hidden::ranges(text).into_iter().map(|hidden| hidden.range).collect();
            names.retain(|name| !is_within(&cut, name.range.start));
        }
        names.into_iter().next()
    };
    let html = text.contains(['<', '>']).then(shown).flatten();
    html.or_else(|| comments(text, true, code).into_iter().next().or_else(names).map(|comment| comment.mark))
}

#[cfg(test)]
mod tests {
    use super::super::hidden::without_hidden;
    use super::seems_hidden;

    #[test]
    fn signs_between_backticks_are_meant() {
        for text in ["ใช้ `{# … #}` และ `{% if x %}` … `{% endif %}`", "เขียน `<!-- ก -->`", "ลด 50%%"]
        {
            assert_eq!(seems_hidden(text, false), None, "{text}");
        }
        for text in ["ก <b hidden>ข</b>", "<p class=\"hidden\">ก</p>"] {
            assert_eq!(seems_hidden(text, true), None, "{text}");
            assert!(seems_hidden(text, false).is_some(), "{text}");
        }
        for text in ["{# `ก` #}", "<!-- `ก` -->", "`ก` %%ข%%", "    {# ก #}", "` {# ก #}"] {
            assert!(seems_hidden(text, false).is_some(), "{text}");
        }
    }

    #[test]
    fn white_letters_are_seen_on_the_dark_ground_that_browsers_give_them() {
        const DARK: &str = "style=\"background:#036\"";
        const WHITE: &str = "style=\"color:white\"";
        for (text, is_hidden) in [
            (format!("<ul><li {DARK}>ก<li {WHITE}>ข</ul>"), true),
            (format!("<ul><li {DARK}>ก<li {WHITE}>ข</li></ul>"), true),
            (format!("<p {DARK}>ก\n<p {WHITE}>ข"), true),
            (format!("<p {DARK}>ก\n<p {WHITE}>ข</p>"), true),
            (format!("<p {DARK}>ก\n\nข <span {WHITE}>ค</span>"), true),
            (format!("<ul {DARK}><li>ก<li {WHITE}>ข</ul>"), false),
            (format!("<p {DARK}>ก <span {WHITE}>ข</span>"), false),
            (format!("<div {DARK}>\n\nก <span {WHITE}>ข</span>\n\n</div>"), false),
        ] {
            assert_eq!(seems_hidden(&text, true).is_some() || without_hidden(&text).is_some(), is_hidden, "{text}");
        }
    }
}
