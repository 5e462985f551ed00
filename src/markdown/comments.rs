//! Comments of other programs: Obsidian's `%% … %%`, those of templates (`{# … #}`, `{{/* … */}}`, `{% comment %}`), of MDX,
//! LaTeX, Org, Kramdown and CriticMarkup; what other programs show on a condition (`{% if … %}`, `ifdef::…[]`); and HTML
//! comments that a word processor has changed (`<!— … —>`). Markdown shows them as text, and their authors wrote them so that
//! not everybody sees them. They are found in any text, shown nowhere and told as errors.

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
const MARKS: [(&str, &str); 32] = [
    (r"%%", r"%%"),
    (r"\{#", r"#\}"),
    (r"\{%-?\s*comment(?-u:\b)[^%\n]*%\}", r"\{%-?\s*endcomment\s*-?%\}"),
    (r"\{\{-?\s*/\*", r"\*/\s*-?\}\}"),
    (r"\{\{!--", r"--\}\}"),
    (r"\{\{!", r"\}\}"),
    (r"\{\{[<%]\s*comment\s*[>%]\}\}", r"\{\{[<%]\s*/\s*comment\s*[>%]\}\}"),
    (r"\{/\*", r"\*/\}"),
    (r"<%--", r"--%>"),
    (r"<%(?:[#=]|\s)", r"%>"),
    (r"\{>>", r"<<\}"),
    (r"\{--", r"--\}"),
    (r"\{::comment\}", r"\{:/(?:comment)?\}"),
    (r"\\begin\{comment\}", r"\\end\{comment\}"),
    (r"(?m)^[ \t]*(?i:#\+begin_comment)(?-u:\b)", r"(?m)^[ \t]*(?i:#\+end_comment)(?-u:\b)"),
    (r"(?m)^[ \t]*/\*", r"\*/"),
    (r"(?m)^////+[ \t]*$", r"(?m)^////+[ \t]*$"),
    (r"<![–—]", r"[-–—]\s*>"),
    (r"<!\s+[-–—]", r"[-–—]\s*>"),
    (r"<!-[^->\n]", r"-\s*>"),
    (r"\{[\w.!()=' ]{1,60}&&", r"(?m)\}[ \t]*$"),
    (r"\{[\w.!()=&|' ]{1,60}\?\s*[(<'`\x22]", r"(?m):\s*(?:null|undefined|false|''|\x22\x22)\s*\}|\}[ \t]*$"),
    (r"<#--", r"-->"),
    (r"@\*", r"\*@"),
    (r"\{%-?\s*(?:if|unless)(?-u:\b)[^%\n]*%\}", r"\{%-?\s*end(?:if|unless)\s*-?%\}"),
    (r"\{\{-?\s*(?:if|with|range|block|define)(?-u:\b)[^}\n]*\}\}", r"\{\{-?\s*end\s*-?\}\}"),
    (r"\{\{#(?:if|unless)(?-u:\b)[^}\n]*\}\}", r"\{\{/(?:if|unless)\}\}"),
    (r"\{#(?:if|key|await)(?-u:\b)[^}\n]*\}", r"\{/(?:if|key|await)\}"),
    (r"<#if(?-u:\b)[^>\n]*>", r"</#if>"),
    (
        r"(?m)^[ \t]*@(?:if|unless|auth|guest|can|env)(?-u:\b)[ \t]*(?:\([^\n]*\))?[ \t]*$",
        r"@end(?:if|unless|auth|guest|can|env)(?-u:\b)",
    ),
    (r"(?m)^(?:if(?:n?def|eval)::[^\n]*\[[^\]\n]*\]|#if(?:n?def)?(?-u:\b)[^\n]*)$", r"(?m)^(?:endif::|#endif)[^\n]*"),
    (r"(?m)^\$if\([^)\n]*\)\$", r"\$endif\$"),
];
/// The first of the marks that may stand in each other.
const NESTED: usize = 24;

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
        r"(?mi)^[ \t>]*(?::{3,}[ \t]*\{?[ \t]*\.?|(?:!{3}|\?{3}\+?)[ \t]*(?:[\w-]+[ \t]+){0,3}|/{3}[ \t]*|>?[ \t]*\[!)",
        r"(internal|private|hidden|secret|confidential|draft|comment|only\}|ภายใน|ลับ|ร่าง|ฉบับร่าง)(?:[\]\s}|-]|$)",
        r"|\{[^{}\n]*[.](hidden|hide|internal|private|invisible|d-none|content-hidden|content-visible)(?-u:\b)[^{}\n]*\}",
        r"|\{:?[ \t]*(?:[.#][\w-]+[ \t]+)*hidden(?:[ =][^{}\n]*)?\}|\{[^{}\n]*style=[^{}\n]*(?:display:\s*none|visibility:\s*hidden)[^{}\n]*\}",
        r"|\{\{[<%]\s*(?:notice\s+)?(hidden|hide|internal|private|secret|draft)(?-u:\b)[^\n]*[>%]\}\}",
        r"|<(hidden|hide|internal|private|secret|confidential|draft|comment|(?:internal|private|staff|admin|teacher|team|member|editor|author)s?-?only)",
        r"(?:[\s/][^<>\n]*)?>"
    ))
});

/// Comments of other programs in a text, in their order and without overlap. Code shows what is written: its ranges are
/// given by `code`, which is asked only where there is something to find.
pub(crate) fn comments(text: &str, code: impl Fn() -> Vec<Range<usize>>) -> Vec<Comment> {
    // Each of the marks begins with one of these; a mark without its sign fails in the test of its comment.
    let sign = |a: u8, b: u8| {
        (a == b'%')
            | (a == b'{')
            | (a == b'\\')
            | (b == b'%')
            | ((a == b']') & (b == b':'))
            | ((a == b'/') & (b == b'*'))
            | ((a == b'#') & (b == b'+'))
            | ((a == b'\n') & (b == b'/'))
            | ((a == b'<') & ((b == b'!') | (b == b'#')))
            | ((a == b'@') & ((b == b'*') | b.is_ascii_lowercase()))
            | ((a == b':') & (b == b':'))
            | (((a == b'#') | (a == b'$')) & (b == b'i'))
    };
    let begins = text.starts_with('/');
    if !(begins || holds_pair(text, sign)) || (!FIRST.is_match(text) && !text.contains("]:")) {
        return Vec::new();
    }
    let code = code();
    let shown = |range: &Range<usize>| !is_within(&code, range.start) && !is_within(&code, range.end - 1);
    let mut found: Vec<Comment> = Vec::new();
    for (mark, (open, close)) in EACH.iter().enumerate() {
        if mark >= NESTED {
            found.extend(pairs(text, open, close, &shown));
            continue;
        }
        let mut at = 0;
        while let Some(start) = open.find_at(text, at) {
            at = start.end();
            // "50%% and 30%%", and an escaped mark, are text.
            let before = text[..start.start()].chars().next_back();
            if !shown(&start.range()) || before == Some('\\') || mark == 0 && before.is_some_and(char::is_numeric) {
                continue;
            }
            let mut ends = close.find_iter(&text[at..]).map(|end| at + end.start()..at + end.end());
            // Obsidian hides the rest of a text behind a mark at the start of a line that is not closed.
            let line = text[..start.start()].rsplit('\n').next().unwrap_or("");
            let rest = (mark == 0 && line.trim().is_empty()).then_some(text.len()..text.len());
            let Some(end) = ends.find(|end| shown(end)).or(rest) else {
                if mark == 0 {
                    continue;
                }
                // What comes later is not closed either.
                break;
            };
            found.push(Comment { range: start.start()..end.end, mark: start.as_str().trim().to_owned() });
            at = end.end;
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

/// What opens and closes, where the same may stand in each other; what is not closed is text.
fn pairs(text: &str, open: &Regex, close: &Regex, shown: &impl Fn(&Range<usize>) -> bool) -> Vec<Comment> {
    let mut opened = open.find_iter(text).filter(|m| shown(&m.range())).peekable();
    let (mut waiting, mut found) = (Vec::new(), Vec::new());
    for end in close.find_iter(text).filter(|m| shown(&m.range())) {
        while let Some(start) = opened.next_if(|start| start.start() < end.start()) {
            waiting.push(start);
        }
        if let Some(start) = waiting.pop() {
            found.push(Comment { range: start.start()..end.end(), mark: start.as_str().trim().to_owned() });
        }
    }
    found
}

/// What in a text that is shown as written its author took for hidden: an HTML comment where the text is no Markdown, or
/// what another program hides.
pub(crate) fn seems_hidden(text: &str, is_markdown: bool) -> Option<String> {
    let code = || if is_markdown { super::code_ranges(text) } else { Vec::new() };
    let html = (!is_markdown && text.contains("<!--")).then(|| "<!--".to_owned());
    let foreign =
        || comments(text, code).into_iter().chain(hiding_names(text, code)).map(|comment| comment.mark).next();
    html.or_else(foreign)
}

/// Places where a box, callout or attribute has a name that says that it hides its text, which it does not.
pub(crate) fn hiding_names(text: &str, code: impl Fn() -> Vec<Range<usize>>) -> Vec<Comment> {
    let sign = |a: u8, b: u8| {
        (a == b'{')
            | ((a == b'[') & (b == b'!'))
            | ((a == b'<') & b.is_ascii_alphabetic())
            | ((a == b) & ((a == b':') | (a == b'!') | (a == b'?') | (a == b'/')))
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
            "<!— SECRET —>",
            "<!– SECRET -->",
            "<! -- SECRET -- >",
            "<!- SECRET ->",
            "<% SECRET %>",
            "<%= SECRET %>",
            "{false && (\n<b>{SECRET}</b>\n)}",
            "{% if a %}SECRET{% if b %}SECRET{% endif %}SECRET{% endif %}",
            "{% unless a %}\nSECRET\n{% endunless %}",
            "{{ if .Draft }}SECRET{{ range .A }}SECRET{{ end }}SECRET{{ end }}",
            "{{#if a}}SECRET{{/if}}",
            "ifdef::a[]\nSECRET\nendif::[]",
            "#ifdef A\nSECRET\n#endif",
            "$if(a)$\nSECRET\n$endif$",
            "{#if a}SECRET{#if b}SECRET{/if}SECRET{/if}",
            "{team ? 'SECRET' : null}",
            "{team ? (\n<b>{SECRET}</b>\n) : null}",
            "<#-- SECRET -->",
            "<#if a>SECRET</#if>",
            "@* SECRET *@",
            "@if($a)\nSECRET\n@endif",
            "@auth\nSECRET\n@endauth",
        ] {
            assert_eq!(found(&format!("ก\n{comment}\nข")).concat().trim(), comment);
        }
        assert_eq!(found("ก%%ลับ%%ข %%ค%%"), ["%%ลับ%%", "%%ค%%"]);
        assert_eq!(found("ก\n%% ไม่ปิด\n\nข"), ["%% ไม่ปิด\n\nข"]);
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
            "ก %% ไม่ปิด",
            "{% if ไม่ปิด %}",
            "5 <! 6 และ ก <% ข",
            "{ก && ข",
            "[^1]: a -> b",
            "{ชื่อ?} และ {a ? b : c}",
            "@if ใช้ในแม่แบบ และ @endif",
            "ถาม @ครู *ข้อนี้* ตอบ a@b.c",
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
            "[ก]{hidden}",
            "ก\n{: hidden}",
            "[ก]{style=\"display: none\"}",
            "::: {.content-hidden when-format=\"html\"}\nก\n:::",
            "::: {only} internal\nก\n:::",
            "!!! note hidden\n    ก",
            "{{% hidden %}}\nก\n{{% /hidden %}}",
            "{{< private >}}ก{{< /private >}}",
            "{{% notice internal %}}",
            "<Hidden>\nก\n</Hidden>",
            "<StaffOnly>ก</StaffOnly>",
            "<comment>ก</comment>",
        ] {
            assert_eq!(named(text), 1, "{text}");
        }
        for text in [
            "::: note\nก\n:::",
            "> [!NOTE]\n> ก",
            "[ก]{.mark}",
            "`{.hidden}`",
            "::: internals\nก\n:::",
            "<ClientOnly>ก</ClientOnly>",
            "!!! note \"the hidden lake\"",
            "{ a hidden }",
        ] {
            assert_eq!(named(text), 0, "{text}");
        }
    }
}
