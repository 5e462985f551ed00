//! Comments of other programs: Obsidian's `%% … %%`, those of templates (`{# … #}`, `{{/* … */}}`, `{% comment %}`), of MDX,
//! LaTeX, Org, Kramdown and CriticMarkup; what other programs show on a condition (`{% if … %}`, `ifdef::…[]`); and HTML
//! comments that a word processor has changed (`<!— … —>`). Markdown shows them as text, and their authors wrote them so that
//! not everybody sees them. They are found in any text, shown nowhere and told as errors.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::between;
use super::definitions::shown_remarks;
use super::marks::{Comment, MARKS, NESTED};
use super::prepared::holds_pair;
use super::remarks::remarks;
use crate::text::pattern::constant;

/// Whether there is anything to find: one look at a text.
static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let opening: Vec<&str> = MARKS.iter().chain(NESTED).map(|(open, _)| *open).collect();
    constant(&opening.join("|"))
});
static EACH: LazyLock<[Vec<(Regex, Regex)>; 2]> = LazyLock::new(|| {
    [MARKS, NESTED].map(|marks| marks.iter().map(|(open, close)| (constant(open), constant(close))).collect())
});
/// The beginning of an expression of MDX that shows its text on a condition.
static EXPRESSION: LazyLock<Regex> =
    LazyLock::new(|| constant(r"\{[^{}\n]{1,120}?(?:&&\s*[(<'`\x22]|\s\?\s+[(<'`\x22])"));

/// Comments of other programs in a text, in their order and without overlap. Code shows what is written: its ranges are
/// given by `code`, which is asked only where there is something to find.
pub(super) fn comments(text: &str, is_markdown: bool, code: impl Fn() -> Vec<Range<usize>>) -> Vec<Comment> {
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
            | ((a == b'#') & ((b == b'*') | (b == b'.') | (b == b'h') | (b == b'f') | (b == b'm') | (b == b'd')))
            | ((a == b'[') & ((b == b'/') | (b == b'c')))
            | ((a == b'<') & (b == b'?'))
            | ((a == b'@') & (b == b'@'))
            | ((a == b'(') & (b == b':'))
            | ((a == b'.') & ((b == b'.') | (b == b'\\')))
            | ((a == b'-') & (b == b'#'))
            | ((a == b' ') & (b == b'/'))
            | ((a == b'`') & (b == b'{'))
            | ((a == b'~') & (b == b'{'))
            | ((a == b'\n') & ((b == b':') | (b == b'=') | (b == b'*')))
    };
    let begins = text.starts_with(['/', '.', ':', '=', '*']);
    if !(begins || holds_pair(text, sign)) {
        return Vec::new();
    }
    let lines = if is_markdown { remarks(text) } else { Vec::new() };
    let marked = FIRST.is_match(text);
    let conditions = EXPRESSION.is_match(text);
    let stamped = between::marks(text);
    if !marked && lines.is_empty() && !conditions && stamped.is_empty() && !text.contains("]:") {
        return Vec::new();
    }
    let code = code();
    let shown = |range: &Range<usize>| shown(text, &code, range);
    let mut found: Vec<Comment> = lines.into_iter().filter(|line| shown(&line.range)).collect();
    found.extend(between::stretches(text, stamped.into_iter().filter(|mark| shown(&mark.range))));
    let [simple, nested] = &*EACH;
    for (open, close) in nested.iter().filter(|_| marked) {
        found.extend(pairs(text, open, close, &shown));
    }
    for (mark, (open, close)) in simple.iter().enumerate().filter(|_| marked) {
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
            let starts =
                line.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || ">-*+.)".contains(c));
            let rest = (mark == 0 && starts.is_empty()).then_some(text.len()..text.len());
            let Some(end) = ends.find(|end| shown(end)).or(rest) else {
                if mark == 0 {
                    continue;
                }
                // What comes later is not closed either.
                break;
            };
            found.push(Comment::new(&start, end.end));
            at = end.end;
        }
    }
    found.extend(shown_remarks(text, is_markdown).into_iter().filter(|comment| shown(&comment.range)));
    found.extend(conditions.then(|| expressions(text, &shown)).into_iter().flatten());
    found.retain(|comment| !is_of_browsers(&comment.mark));
    found.sort_by_key(|comment| (comment.range.start, std::cmp::Reverse(comment.range.end)));
    let mut end = 0;
    found.retain(|comment| {
        let apart = comment.range.start >= end;
        end = end.max(comment.range.end);
        apart
    });
    found
}

/// Whether a condition is one of Word or of old browsers (`<!--[if !supportLists]-->`): every browser shows what it holds.
fn is_of_browsers(mark: &str) -> bool {
    const OF: [&str; 8] = ["!", "gte ", "lte ", "gt ", "lt ", "IE", "mso", "vml"];
    let condition = mark.strip_prefix("<!--[if ");
    condition.is_some_and(|condition| OF.iter().any(|start| condition.starts_with(start)))
}

/// Whether a mark is no code. Fences and HTML comments that are marks themselves begin a stretch of what counts as code.
fn shown(text: &str, code: &[Range<usize>], range: &Range<usize>) -> bool {
    let mark = text[range.clone()].trim_start_matches(['\n', ' ', '\t', '>']);
    let own = mark.starts_with("<!--") || mark.starts_with("```") || mark.starts_with("~~~");
    [range.start, range.end.saturating_sub(1)].into_iter().all(|at| {
        let next = code.partition_point(|range| range.start <= at);
        let within = next.checked_sub(1).map(|n| &code[n]).filter(|code| at < code.end);
        within.is_none_or(|code| own && (text[code.clone()].starts_with(mark) || text[..code.end].ends_with(mark)))
    })
}

/// What opens and closes, where the same may stand in each other; what is not closed, or is escaped, is text.
fn pairs(text: &str, open: &Regex, close: &Regex, shown: &impl Fn(&Range<usize>) -> bool) -> Vec<Comment> {
    let opens = |m: &regex::Match<'_>| shown(&m.range()) && !text[..m.start()].ends_with('\\');
    let mut opened = open.find_iter(text).filter(opens).peekable();
    let (mut waiting, mut found) = (Vec::new(), Vec::new());
    for end in close.find_iter(text).filter(|m| shown(&m.range())) {
        while let Some(start) = opened.next_if(|start| start.start() < end.start()) {
            waiting.push(start);
        }
        if let Some(start) = waiting.pop() {
            found.push(Comment::new(&start, end.end()));
        }
    }
    found
}

/// What MDX shows on a condition: `{team && <b>…</b>}`, `{team ? (…) : null}`, to the brace that ends it.
fn expressions(text: &str, shown: &impl Fn(&Range<usize>) -> bool) -> Vec<Comment> {
    const MOST_BYTES: usize = 1 << 22;
    let (mut found, mut left) = (Vec::new(), MOST_BYTES);
    let mut at = 0;
    while let Some(start) = EXPRESSION.find_at(text, at) {
        at = start.end();
        // In double braces, and as the value of an attribute, it is none.
        if text[..start.start()].ends_with(['{', '=', '$', '\\']) || !shown(&start.range()) {
            continue;
        }
        let mut depth = 0usize;
        let end = text[start.start()..].char_indices().find_map(|(i, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(start.start() + i + 1)
        });
        let Some(end) = end else { break };
        left = left.saturating_sub(end - start.start());
        if left == 0 {
            break;
        }
        if start.as_str().contains("&&") || text[start.end()..end].contains(':') {
            found.push(Comment::new(&start, end));
            at = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::code_ranges;

    fn found(text: &str) -> Vec<&str> {
        comments(text, true, || code_ranges(text)).into_iter().map(|c| &text[c.range]).collect()
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
            "{a === \"b\" && <b>SECRET</b>}",
            "{a?.b && <b>{SECRET}</b>}",
            "{a > 2 && (\n<b>SECRET</b>\n)}",
            "{a[\"b\"] ? <b>SECRET</b> : null}",
            "{% if a\n and b %}\nSECRET\n{% endif %}",
            "{%+ if a %}SECRET{% endif %}",
            "{{ if and\n .a .b }}SECRET{{ end }}",
            "<!-- internal-only -->\nSECRET\n<!-- /internal-only -->",
            "<!-- INTERNAL ONLY START -->\nSECRET\n<!-- INTERNAL ONLY END -->",
            "<!-- begin internal notes -->\nSECRET\n<!-- end internal notes -->",
            "<!-- staff-only -->\nSECRET\n<!-- /staff-only -->",
            "<!— SECRET —>",
            "<!– SECRET -->",
            "<! -- SECRET -- >",
            "<!- SECRET ->",
            "<!-–SECRET–>",
            "<! SECRET >",
            "<! SECRET\nSECRET>",
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
            "<!--[if team]-->SECRET<!--[endif]-->",
            "@if(false) SECRET @endif",
            "@if(a == \"b\")SECRET@if (c) SECRET @endif SECRET@endif",
            "@can('a') SECRET @endcan",
            "<!-- ห้ามเผยแพร่ -->\nSECRET\n<!-- /ห้ามเผยแพร่ -->",
            "<!-- ใช้ภายใน --> SECRET <!-- สิ้นสุด -->",
            "<!-- do not publish -->SECRET<!-- end -->",
            "<!-- #region internal -->\nSECRET\n<!-- #endregion -->",
            "<!-- region: draft -->\nSECRET\n<!-- endregion: draft -->",
            "<!-- เริ่มส่วนภายใน -->\nSECRET\n<!-- จบส่วนภายใน -->",
            "<!-- not for web -->SECRET<!-- end: not for web -->",
            "<!-- editors only -->SECRET<!-- /editors only -->",
            "<!-- internal -->SECRET<!-- draft -->SECRET<!-- /draft -->SECRET<!-- /internal -->",
            "<!-- internal -->SECRET<!-- table -->SECRET<!-- end -->SECRET<!-- /internal -->",
            "[ภายใน]SECRET[/ภายใน]",
            "[staff]\nSECRET\n[/staff]",
            "[hide=10]SECRET[/hide]",
            "[do not publish]SECRET[/do not publish]",
        ] {
            assert_eq!(found(&format!("ก\n{comment}\nข")).concat().trim(), comment);
        }
        assert_eq!(found("ก%%ลับ%%ข %%ค%%"), ["%%ลับ%%", "%%ค%%"]);
        assert_eq!(found("ก\n%% ไม่ปิด\n\nข"), ["%% ไม่ปิด\n\nข"]);
        assert_eq!(found("- ก\n- %% ไม่ปิด"), ["%% ไม่ปิด"]);
        assert_eq!(found("ก {a && <b>ข</b>} ค"), ["{a && <b>ข</b>}"]);
        for definition in
            ["[//]: # (ก (ข) ค)", "[comment]: # (ก\n\nข)", "> ก\n> [//]: # (ข)", "- ก\n  - ข\n    [//]: # (ค)"]
        {
            let text = format!("ก\n\n{definition}\n\nข");
            let found = found(&text);
            assert!(found.len() == 1 && definition.ends_with(found[0]), "{definition}: {found:?}");
        }
    }

    #[test]
    fn what_is_shown_is_no_comment() {
        for text in [
            "`%%ก%%` และ\n\n```\n{# ก #}\n```\n",
            "เขียน `{# ก #}` ใน Jinja และ `{# ข` ด้วย",
            "ลด 50%% และ 30%%",
            "## หัวข้อ {#id}\n\n{#id}",
            "ก \\%%ข%%",
            "[//]: # (ซ่อนอยู่แล้ว)",
            "{{ ชื่อ }} และ {% if x %}",
            "5 /* 3 */",
            "ก %% ไม่ปิด",
            "{% if ไม่ปิด %}",
            "5 <! 6 และ ก <% ข",
            "ก <! ข\n\n> ค",
            "{ก && ข",
            "[^1]: a -> b",
            "{ชื่อ?} และ {a ? b : c}",
            "@if ใช้ในแม่แบบ และ @endif",
            "ถาม @ครู *ข้อนี้* ตอบ a@b.c",
            "ผ่านเกณฑ์ 80\n% ของโรงเรียน",
            "% of schools\n\n% ของครู",
            "% ผ่านเกณฑ์: 85.5\n\n% pass rate = ๙๐",
            "% ผลได้ = (ผลได้จริง / ผลได้ทฤษฎี) × 100\n\n$\\frac{a}{b}$ และ $$\\text{ผล}$$",
            "% w/v, % v/v และ % w/w",
            "https://example.org // และ //example.org",
            "ดูต่อ...\n... จบ",
            "## บท {-}\n\nก - ข -}",
            ".. _ชื่อ: x\n\n.. note:: ก",
            "    % ก\n\n```\n// ก\n```",
            "<!-- if you see this, tell us -->ก",
            "<!--[if !supportLists]-->๑. <!--[endif]-->ข้อแรก",
            "<!--teamstart-->ก<!--teamend-->",
            "[private](x.md) และ [draft]",
            "[b]ก[/b] [ภายใน] ข [หมายเหตุ]ค[/หมายเหตุ]",
            "<!-- ร่าง -->ก\n\n<!-- begin table -->ข<!-- end table -->",
            "<!-- ห้ามเผยแพร่ภาพนี้ -->ก<!-- end -->",
            "<!-- toc -->ก<!-- /toc --> <!-- prettier-ignore-start -->ข<!-- prettier-ignore-end -->",
            "<!-- ใช้ภายในห้องเรียนเท่านั้น -->ก<!-- จบ -->",
            "\\@if(a) ก @endif",
            "a@if(b) และ @media (c)",
            "$a \\phantom{0} b$ และ \\iff",
            "* ข้อ #1\n* ข้อ *#2*",
            "1. ก\n///\n/// note",
            "[//]: # (ซ่อนอยู่แล้ว)\n\n> [//]: # (ก)\n\n- [x]: / (ข)",
            "{{ a && 'b' }} และ <Tabs a={b && \"c\"}>",
            "{{< x title=\"a ?\" y=\"b: c\" >}}",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
