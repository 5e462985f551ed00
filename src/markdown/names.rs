//! Names of boxes, callouts, shortcodes, elements, attributes and classes that say that a text is not for everybody. Here is
//! found where such names stand; what they say is read alike everywhere ([`is_held`]).

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::classes::{hiding_among, is_held};
use super::code::is_within;
use super::hiding::says_hidden;
use super::marks::Comment;
use super::prepared::holds_pair;
use super::tags::is_element;
use crate::text::chars;
use crate::text::pattern::constant;
use crate::text::stamp;

/// Boxes and shortcodes that show their text on a condition, or nowhere.
const BOXES: [&str; 5] = ["comment", "only", "if", "ifdef", "unless"];
/// Elements of other programs that do, and such elements behind the name of a program (`xsl:if`).
const ELEMENTS: [&str; 3] = ["comment", "remark", "includeonly"];
const OF_PROGRAMS: [&str; 6] = ["if", "when", "unless", "comment", "remove", "choose"];

/// Whether what a place says, as its pattern finds it, hides.
type Says = fn(&Captures<'_>, &str) -> bool;

/// Where names stand, and who reads what stands there.
static PLACES: LazyLock<Vec<(Regex, Says)>> = LazyLock::new(|| {
    /// What may stand before a box in its line: quotations, lists, definitions, notes.
    const LEAD: &str = r"(?m)^(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t]|:[ \t]+|\[\^[^\]\n]+\]:)*";
    let at_line = |pattern: &str| constant(&format!("{LEAD}{pattern}"));
    vec![
        // `::: name`, `:::{name}`, `/// name`
        (at_line(r"(?::{3,}[ \t]*(?:\{[ \t]*|\.)?|/{3}[ \t]*)(?P<name>[^\s\[\]{}|.][^\s\[\]{}|]*)[\]}]?"), is_box),
        // `::: {.internal-note}`; what holds back by itself is read with its list, where others may show it again.
        (at_line(r":{3,}[ \t]*\{[ \t]*\.(?P<name>[^\s\[\]{}|]+)"), |found, _| {
            !is_held(&found["name"]) && is_box_name(&found["name"])
        }),
        // `!!! note name "title"`
        (at_line(r"(?:!{3}|\?{3}\+?)[ \t]*(?P<names>[^\x22\n]+)"), are_boxes),
        // `> [!name] title`
        (at_line(r">?[ \t]*\[!(?P<names>[^\]\n]+)\]?"), are_boxes),
        // `:::note name`: a title that says nothing else.
        (constant(r"(?m)^[ \t>]*:{3,}[ \t]*\{?[\w-]+[}\]]?[ \t]*\[?(?P<name>[^\[\]\n]+?)\]?[ \t]*$"), is_title),
        // `::name`, `:name[text]`
        (constant(r"(?m)^[ \t>]*::(?P<name>[^\s:\[\]{}]+)(?:\{[^}\n]*\})?[ \t]*$"), is_box),
        (constant(r":{1,2}(?P<name>[^\s:\[\]{}()]+)\["), is_name),
        (constant(r"(?m)^[ \t>]*:class:[ \t]+(?P<names>[^\n]+)"), are_classes),
        // `{{< name >}}`, `{{% notice name %}}`, `{% name %}`
        (constant(r"\{\{[<%]\s*(?:notice\s+)?(?P<name>[^\s/>%]+)[^\n]*?[>%]\}\}"), is_box),
        (constant(r"\{%[-+]?\s*(?P<name>[^\s%{}]+)[^%\n]*%\}"), |found, _| is_held(&found["name"])),
        // `[text]{.name}`, `{: name }`
        (constant(r"\{(?P<list>[^{}\n]*)\}"), is_list),
        (constant(r"<(?P<name>[^\s<>/!?\x22'=()\[\]{}&;,]+)(?P<list>(?:\s[^<>\n]*)?)/?>"), is_tag),
        // A role of AsciiDoc.
        (constant(r"(?m)^\[(?:\.|role=[\x22']?)(?P<name>[^\s\x22'\],]+)[\x22']?[\],][^\n]*"), |found, _| {
            is_held(&found["name"])
        }),
        // What opens a comment that nothing ends; macros of wikis; speaker's notes; parts of an outline that are not exported.
        (
            constant(concat!(
                r"(?mi)\{%[-+]?\s*comment(?-u:\b)[^%]{0,300}%\}|\{\{-?\s*/\*|\{\{!--|\{/\*|<%--|\{>>|\{::comment\}",
                r"|\\begin\{comment\}|^[ \t]*#\+begin_comment(?-u:\b)[^\n]*|<#--|\{#[ \t]",
                r"|\{(?:hide|hide-if|show-if)(?::[^{}\n]*)?\}|^[ \t>]*:{3,}[ \t]*\{?[ \t]*\.?notes[ \t]*\}?[ \t]*$",
                r"|^\*+[ \t]+(?-i:COMMENT)(?-u:\b)[^\n]*|^(?:\*+|#+)[ \t][^\n]*:noexport:[^\n]*"
            )),
            |_, _| true,
        ),
    ]
});

fn is_name(found: &Captures<'_>, _: &str) -> bool {
    let name = &found["name"];
    is_held(name) || name.eq_ignore_ascii_case("comment")
}

fn is_box(found: &Captures<'_>, _: &str) -> bool {
    is_box_name(&found["name"])
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || chars::is_mark(c) || c == '_'
}

/// The name of a box may have a word behind it: `internal-note`.
fn is_box_name(name: &str) -> bool {
    let first = name.split(|c| !is_of_word(c)).next().unwrap_or_default();
    is_held(name) || is_held(first) || BOXES.iter().any(|own| first.eq_ignore_ascii_case(own))
}

/// Several names: of an admonition and its classes, of a callout and what is told about it.
fn are_boxes(found: &Captures<'_>, _: &str) -> bool {
    const MOST: usize = 4;
    let names = &found["names"];
    let is_name = |name: &&str| name.chars().all(|c| is_of_word(c) || c == '-');
    let mut each = names.split(['|', ' ', '\t']).take_while(is_name).take(MOST);
    is_held(&names.trim().replace(' ', "-")) || each.any(is_box_name)
}

fn are_classes(found: &Captures<'_>, _: &str) -> bool {
    hiding_among(found["names"].split_whitespace()).is_some()
}

fn is_title(found: &Captures<'_>, _: &str) -> bool {
    let title: String = stamp::letters(&found["name"]).collect();
    stamp::titles().contains(&title.as_str())
}

/// A list of attributes in braces. Bare names in it are read where it is one beyond doubt.
fn is_list(found: &Captures<'_>, before: &str) -> bool {
    let list = &found["list"];
    let parts = || list.split_whitespace().filter(|part| !part.contains(['=', '"', '\'']));
    let classes = parts().flat_map(|part| part.split('.').skip(1));
    let own = list.trim_start_matches(':').trim_start();
    let is_sure = list.starts_with(':')
        || list.starts_with(['.', '#']) && !list[1..].starts_with(char::is_whitespace)
        || before.ends_with([']', ')'])
        || own.strip_prefix("hidden").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '=']));
    hiding_among(classes).is_some() || says_hidden(list, is_sure).is_some()
}

/// What is written as a tag, also where it is none to HTML: `<ภายใน>`, `<span ภายใน>`. `<your private key>` is a text.
fn is_tag(found: &Captures<'_>, before: &str) -> bool {
    // The target of a link may be called so.
    if before.ends_with("](") {
        return false;
    }
    let name = &found["name"];
    let program = name.split_once(':').map(|(_, own)| own);
    let is_own = |names: &[&str], name: &str| names.iter().any(|own| own.eq_ignore_ascii_case(name));
    is_held(name)
        || is_own(&ELEMENTS, name)
        || program.is_some_and(|own| is_own(&OF_PROGRAMS, own))
        || (is_element(name) || program.is_some()) && says_hidden(&found["list"], true).is_some()
}

/// Places where a box, callout, element or attribute has a name that says that it hides its text, which it does not.
pub(crate) fn hiding_names(text: &str, code: impl Fn() -> Vec<Range<usize>>) -> Vec<Comment> {
    let is_letter = |b: u8| b.is_ascii_alphabetic() | (b >= 0x80);
    let sign = |a: u8, b: u8| {
        (a == b'{')
            | ((a == b'[') & (b == b'!'))
            | ((a == b'<') & is_letter(b))
            | ((a == b'M') & (b == b'M'))
            | ((a == b'<') & ((b == b'%') | (b == b'#')))
            | ((a == b'\\') & (b == b'b'))
            | ((a == b'#') & (b == b'+'))
            | ((a == b':') & is_letter(b))
            | ((a == b't') & (b == b':'))
            | ((a == b'[') & ((b == b'.') | (b == b'r')))
            | ((a == b) & ((a == b':') | (a == b'!') | (a == b'?') | (a == b'/')))
    };
    if !holds_pair(text, sign) {
        return Vec::new();
    }
    let mut found: Vec<Comment> = Vec::new();
    for (place, says) in PLACES.iter() {
        for captures in place.captures_iter(text) {
            let Some(whole) = captures.get(0) else { continue };
            let before = &text[..whole.start()];
            // What is escaped is text.
            if !before.ends_with('\\') && says(&captures, before) {
                let mark = whole.as_str().trim_matches([' ', '\t', '>', '\n']).to_owned();
                found.push(Comment { range: whole.range(), mark });
            }
        }
    }
    if found.is_empty() {
        return found;
    }
    let code = code();
    found.retain(|comment| !is_within(&code, comment.range.end - 1));
    found.sort_by_key(|comment| (comment.range.start, std::cmp::Reverse(comment.range.end)));
    let mut end = 0;
    found.retain(|comment| {
        let apart = comment.range.start >= end;
        end = end.max(comment.range.end);
        apart
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::code_ranges;

    #[test]
    fn names_that_only_seem_to_hide_are_found() {
        let named = |text: &str| hiding_names(text, || code_ranges(text)).len();
        for text in [
            "::: hidden\nก\n:::",
            "::: {.internal}\nก\n:::",
            "> [!private] x\n> ก",
            "> [!ภายใน]\n> ก",
            "::: ภายใน\nก\n:::",
            "::: {.ห้ามเผยแพร่}\nก\n:::",
            "[ก]{.ภายใน}",
            ":::note ใช้ภายใน\nก\n:::",
            "!!! draft\n    ก",
            "[ก]{.hidden}",
            "[ก]{hidden}",
            "ก\n{: hidden}",
            "::: {.note visibility=\"internal\"}\nก\n:::",
            "[ก]{audience=internal}",
            ":::{note}\n:class: internal\nก\n:::",
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
            "- > [!internal]\n  > ก",
            "- ::: internal\n  ก\n  :::",
            "[^1]: > [!draft] ก",
            ":::note internal\nก\n:::",
            "::hidden\nก\n::",
            ":hidden[ก]",
            "ก ::internal[ก]",
            "<o:p hidden>ก</o:p>",
            "{% comment %}\nก",
            "{/* ก",
            "{{/* ก",
            "{# ก",
            "<%-- ก",
            "{: .staff-only }",
            "[ก]{.staff-only}",
            "::: {.note .staff-only}\nก\n:::",
            "::: staff-only\nก\n:::",
            "::: {.teachers-only}\nก\n:::",
            "/// staff-only\nก\n///",
            "> [!staff-only]\n> ก",
            "> [!do not publish]\n> ก",
            "> [!note|internal]\n> ก",
            "> [!internal-note]\n> ก",
            "!!! staff-only\n    ก",
            "{{< staff-only >}}ก{{< /staff-only >}}",
            "{% staff-only %}ก{% endstaff-only %}",
            "{% private %}ก{% endprivate %}",
            "{% do-not-publish %}",
            "{{% internal-note %}}",
            "<ภายใน>ก</ภายใน>",
            "<ใช้ภายใน>ก</ใช้ภายใน>",
            "<span ภายใน>ก</span>",
            "<span *ngIf=\"a\">ก</span>",
            "<p class=“hidden”>",
            "[ก]{internal}",
            "[ก]{.note internal}",
            "[ก]{class=\"x staff-only\"}",
            "[ก]{audience=staff}",
            "[ก]{.hiden}",
            "::: hiden\nก\n:::",
            "[ก]{style=\"dispaly:none\"}",
            ":staff-only[ก]",
            "[.staff-only]\nก",
            ":::{note}\n:class: tip staff-only\nก\n:::",
            "::: {.internal-note}\nก\n:::",
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
            ":::tip Hidden gems\nก\n:::",
            "::hidden:: และ a:hidden",
            ":::info ภายใน\nก\n:::",
            "::: {.d-none .d-md-block}\nก\n:::",
            "[ก]{.hidden .md:block}",
            "## ก {#id}",
            "{ a hidden }",
            "{#private hidden-lake} {#secret#}",
            "[ก](<internal budget.pdf>) ![ข](<draft plan.png>)",
            "[ก]{role=note}",
            "[ก]{audience=public} [ข]{.public .teacher}",
            "::: staff\nก\n:::",
            "> [!warning] ห้ามแชร์\n> ก",
            ":::warning Do not share\nรหัสผ่าน\n:::",
            "!!! warning \"staff-only\"\n    ก",
            "{% include draft.html %} {% raw %} {{ page.title }}",
            "<your private key> และ <insert internal name>",
            "สวัสดี {ชื่อ} และ {internal}",
            "{ a = hidden }",
            "$\\frac{1}{.5}$ {0.5}",
            "<harden> <teacher> <นักเรียน>",
            "{% if x %} {{< tabs >}}",
            "เวลา 10:30 <https://example.org/private> <a@b.c>",
        ] {
            assert_eq!(named(text), 0, "{text}");
        }
    }
}
