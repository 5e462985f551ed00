//! Comments of other programs: Obsidian's `%% … %%`, those of templates (`{# … #}`, `{{/* … */}}`, `{% comment %}`), of MDX,
//! LaTeX, Org, Kramdown and CriticMarkup. Markdown shows them as text, and their authors wrote them so that nobody sees
//! them. They are found in any text, shown nowhere and told as errors.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::code::is_within;
use super::prepared::holds_pair;
use crate::text::pattern::constant;

/// A stretch that its author took for hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    pub range: Range<usize>,
    /// What opens it.
    pub mark: String,
}

/// How comments open and close.
const MARKS: [(&str, &str); 17] = [
    (r"%%", r"%%"),
    (r"\{#", r"#\}"),
    (r"\{%-?\s*comment(?-u:\b)[^%\n]*%\}", r"\{%-?\s*endcomment\s*-?%\}"),
    (r"\{\{-?\s*/\*", r"\*/\s*-?\}\}"),
    (r"\{\{!--", r"--\}\}"),
    (r"\{\{!", r"\}\}"),
    (r"\{\{[<%]\s*comment\s*[>%]\}\}", r"\{\{[<%]\s*/\s*comment\s*[>%]\}\}"),
    (r"\{/\*", r"\*/\}"),
    (r"<%--", r"--%>"),
    (r"<%#", r"%>"),
    (r"\{>>", r"<<\}"),
    (r"\{--", r"--\}"),
    (r"\{::comment\}", r"\{:/(?:comment)?\}"),
    (r"\\begin\{comment\}", r"\\end\{comment\}"),
    (r"(?m)^[ \t]*(?i:#\+begin_comment)(?-u:\b)", r"(?m)^[ \t]*(?i:#\+end_comment)(?-u:\b)"),
    (r"(?m)^[ \t]*/\*", r"\*/"),
    (r"(?m)^////+[ \t]*$", r"(?m)^////+[ \t]*$"),
];

/// Whether there is anything to find: one look at a text.
static FIRST: LazyLock<Regex> = LazyLock::new(|| constant(&MARKS.map(|(open, _)| open).join("|")));
static EACH: LazyLock<Vec<(Regex, Regex)>> =
    LazyLock::new(|| MARKS.iter().map(|(open, close)| (constant(open), constant(close))).collect());
/// A definition that is a comment (`[//]: # (text)`) where it stands below text: there it is text.
static DEFINED: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?m)^[^\n\[\]]*\S[^\n]*\n([ \t]{0,3}\[(?://|comment|_|#|%)\]:[^\n]*)"));
/// Boxes, callouts and attributes whose name says that they are not for everybody.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?mi)^[ \t>]*(?::{3,}[ \t]*\{?[ \t]*\.?|!{3}[ \t]*|\?{3}\+?[ \t]*|/{3}[ \t]*|>?[ \t]*\[!)",
        r"(internal|private|hidden|secret|confidential|draft|comment|ภายใน|ลับ|ร่าง|ฉบับร่าง)(?:[\]\s}|-]|$)",
        r"|\{[^{}\n]*[.](hidden|internal|private|invisible|d-none)(?-u:\b)[^{}\n]*\}"
    ))
});

/// Comments of other programs in a text, in their order and without overlap. Code shows what is written: its ranges are
/// given by `code`, which is asked only where there is something to find.
pub(crate) fn comments(text: &str, code: impl Fn() -> Vec<Range<usize>>) -> Vec<Comment> {
    let sign = |a: u8, b: u8| {
        (a == b'%')
            | (a == b'{')
            | (a == b'\\')
            | (b == b'%')
            | ((a == b']') & (b == b':'))
            | ((a == b'/') & (b == b'*'))
            | ((a == b'#') & (b == b'+'))
            | ((a == b'\n') & (b == b'/'))
    };
    let begins = text.starts_with('/');
    if !(begins || holds_pair(text, sign)) || (!FIRST.is_match(text) && !text.contains("]:")) {
        return Vec::new();
    }
    let code = code();
    let shown = |range: &Range<usize>| !is_within(&code, range.start) && !is_within(&code, range.end - 1);
    let mut found: Vec<Comment> = Vec::new();
    for (mark, (open, close)) in EACH.iter().enumerate() {
        let mut at = 0;
        while let Some(start) = open.find_at(text, at) {
            at = start.end();
            // "50%% and 30%%", and an escaped mark, are text.
            let before = text[..start.start()].chars().next_back();
            if !shown(&start.range()) || before == Some('\\') || mark == 0 && before.is_some_and(char::is_numeric) {
                continue;
            }
            let mut ends = close.find_iter(&text[at..]).map(|end| at + end.start()..at + end.end());
            if let Some(end) = ends.find(|end| shown(end)) {
                found.push(Comment { range: start.start()..end.end, mark: start.as_str().trim().to_owned() });
                at = end.end;
            }
        }
    }
    for line in DEFINED.captures_iter(text).filter_map(|c| c.get(1)) {
        if shown(&line.range()) {
            let mark = line.as_str().trim_start().chars().take_while(|c| *c != ':').collect();
            found.push(Comment { range: line.range(), mark });
        }
    }
    found.sort_by_key(|comment| (comment.range.start, std::cmp::Reverse(comment.range.end)));
    let mut end = 0;
    found.retain(|comment| {
        let apart = comment.range.start >= end;
        end = end.max(comment.range.end);
        apart
    });
    found
}

/// Places where a box, callout or attribute has a name that says that it hides its text, which it does not.
pub(crate) fn hiding_names(text: &str, code: impl Fn() -> Vec<Range<usize>>) -> Vec<Comment> {
    let sign = |a: u8, b: u8| {
        (a == b'{') | ((a == b'[') & (b == b'!')) | ((a == b) & ((a == b':') | (a == b'!') | (a == b'?') | (a == b'/')))
    };
    if !holds_pair(text, sign) {
        return Vec::new();
    }
    let found: Vec<Comment> = NAMED
        .captures_iter(text)
        .filter_map(|c| c.get(0))
        .map(|m| Comment { range: m.range(), mark: m.as_str().trim_matches([' ', '\t', '>', '\n']).to_owned() })
        .collect();
    if found.is_empty() {
        return found;
    }
    let code = code();
    found.into_iter().filter(|c| !is_within(&code, c.range.end - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::code_ranges;

    fn found(text: &str) -> Vec<&str> {
        comments(text, || code_ranges(text)).into_iter().map(|c| &text[c.range]).collect()
    }

    #[test]
    fn comments_of_other_programs_are_found() {
        for comment in [
            "%%SECRET%%",
            "%%\nSECRET\n\nSECRET\n%%",
            "{# SECRET #}",
            "{#\nSECRET\n#}",
            "{% comment %}SECRET{% endcomment %}",
            "{%- comment -%}SECRET{%- endcomment -%}",
            "{{/* SECRET */}}",
            "{{- /* SECRET */ -}}",
            "{{!-- SECRET }} --}}",
            "{{! SECRET }}",
            "{{< comment >}}SECRET{{< /comment >}}",
            "{/* SECRET */}",
            "<%# SECRET %>",
            "<%-- SECRET --%>",
            "{>>SECRET<<}",
            "{--SECRET--}",
            "{::comment}\nSECRET\n{:/comment}",
            "\\begin{comment}\nSECRET\n\\end{comment}",
            "#+BEGIN_COMMENT\nSECRET\n#+END_COMMENT",
            "/* SECRET */",
            "////\nSECRET\n////",
            "[//]: # (SECRET)",
        ] {
            assert_eq!(found(&format!("ก\n{comment}\nข")).concat().trim(), comment);
        }
        assert_eq!(found("ก%%ลับ%%ข %%ค%%"), ["%%ลับ%%", "%%ค%%"]);
    }

    #[test]
    fn what_is_shown_is_no_comment() {
        for text in [
            "`%%ก%%` และ\n\n```\n{# ก #}\n```\n",
            "ลด 50%% และ 30%%",
            "## หัวข้อ {#id}\n\n{#id}",
            "ก \\%%ข%%",
            "[//]: # (ซ่อนอยู่แล้ว)",
            "{{ ชื่อ }} และ {% if x %}",
            "5 /* 3 */",
            "%% ไม่ปิด",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn names_that_only_seem_to_hide_are_found() {
        let named = |text: &str| hiding_names(text, || code_ranges(text)).len();
        for text in [
            "::: hidden\nก\n:::",
            "::: {.internal}\nก\n:::",
            "> [!private] x\n> ก",
            "> [!ภายใน]\n> ก",
            "!!! draft\n    ก",
            "[ก]{.hidden}",
        ] {
            assert_eq!(named(text), 1, "{text}");
        }
        for text in ["::: note\nก\n:::", "> [!NOTE]\n> ก", "[ก]{.mark}", "`{.hidden}`", "::: internals\nก\n:::"]
        {
            assert_eq!(named(text), 0, "{text}");
        }
    }
}
