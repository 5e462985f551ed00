//! Stretches of a source that no reader of the page sees: HTML comments and those of other programs, the content of
//! scripts and the like, elements with `hidden`, and footnotes that nothing visible cites. They are taken out of the source itself, so that they are in no output.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;

use super::code::code_ranges;
use super::comments::comments;
use super::hiding::unseen;
use super::prepared::{Prepared, Spanned};
use super::tags::{each_tag, end_of, tags};
use crate::text::pattern::constant;

/// Elements whose content is not shown.
pub(super) const ELEMENTS: [&str; 12] = [
    "script", "style", "template", "noscript", "iframe", "object", "noembed", "noframes", "title", "svg", "dialog",
    "datalist",
];
/// A remark in TeX: from `%` to the end of the line. A sign of percent without words behind it is none.
static REMARK: LazyLock<Regex> = LazyLock::new(|| constant(r"(?:^|[^\\])(%[ \t]*\p{L}[^\n]*)"));
/// What stands for a hidden piece of HTML: it keeps blocks apart as the piece did.
const NOTHING: &str = "<!---->";

/// A hidden stretch, in bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hidden {
    pub range: Range<usize>,
    kind: Kind,
    /// What opens a comment of another program: it hides nothing on the web, and is an error.
    pub foreign: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Within a paragraph.
    Inline,
    /// HTML that is a block.
    Block,
    Footnote,
    /// A comment of another program.
    Foreign,
}

/// A Markdown source without what is hidden; `None` where nothing is. Lines keep their numbers, but for comments of
/// several lines within a paragraph.
#[must_use]
pub fn without_hidden(source: &str) -> Option<String> {
    let mut out: Option<String> = None;
    // What is cut may have cited the last footnotes; each round takes the next.
    loop {
        let text = out.as_deref().unwrap_or(source);
        let found = ranges(text);
        if found.is_empty() {
            return out;
        }
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        for hidden in found {
            kept.push_str(&text[from..hidden.range.start]);
            if !matches!(hidden.kind, Kind::Footnote | Kind::Foreign) {
                kept.push_str(NOTHING);
            }
            if hidden.kind != Kind::Inline {
                kept.extend(text[hidden.range.clone()].chars().filter(|c| *c == '\n'));
            }
            from = hidden.range.end;
        }
        kept.push_str(&text[from..]);
        out = Some(kept);
    }
}

/// The hidden stretches of a source in their order, without overlap.
pub(super) fn ranges(source: &str) -> Vec<Hidden> {
    let foreign = comments(source, || code_ranges(source));
    let formulas = source.contains('%') && source.contains('$');
    let possible = source.contains('<') || source.contains("[^") || formulas;
    let mut found = if possible { of_html(source) } else { Vec::new() };
    found.extend(foreign.into_iter().map(|c| Hidden { range: c.range, kind: Kind::Foreign, foreign: Some(c.mark) }));
    found.sort_by_key(|hidden| (hidden.range.start, std::cmp::Reverse(hidden.range.end)));
    let mut end = 0;
    found.retain(|hidden| {
        let apart = hidden.range.start >= end;
        end = end.max(hidden.range.end);
        apart
    });
    found
}

/// Hidden HTML, footnotes and remarks in formulas.
fn of_html(source: &str) -> Vec<Hidden> {
    let prepared = Prepared::as_written(source);
    let events = prepared.raw_events();
    let mut found = html(&prepared, &events);
    let notes = footnotes(&events).into_iter();
    found.extend(notes.map(|range| Hidden { range, kind: Kind::Footnote, foreign: None }));
    for (event, range) in &events {
        if matches!(event, Event::InlineMath(_) | Event::DisplayMath(_)) {
            let remarks = REMARK.captures_iter(prepared.slice(range.clone())).filter_map(|c| c.get(1));
            found.extend(remarks.map(|remark| {
                let end = remark.start() + remark.as_str().trim_end_matches('$').len();
                let range = range.start + remark.start()..range.start + end;
                Hidden { range, kind: Kind::Foreign, foreign: Some("%".into()) }
            }));
        }
    }
    for hidden in &mut found {
        hidden.range = prepared.original(hidden.range.start)..prepared.original(hidden.range.end);
    }
    found
}

/// Hidden HTML, in bytes of the prepared text.
fn html(prepared: &Prepared<'_>, events: &[Spanned<'_>]) -> Vec<Hidden> {
    let mut found: Vec<Hidden> = Vec::new();
    let whole = events.last().map_or(0, |(_, range)| range.end);
    let mut until = 0;
    // Elements that nothing closes from here on.
    let mut endless: Vec<&'static str> = Vec::new();
    for (at, (event, range)) in events.iter().enumerate() {
        let kind = match event {
            Event::Start(Tag::HtmlBlock) => Kind::Block,
            Event::InlineHtml(_) => Kind::Inline,
            _ => continue,
        };
        let mut from = range.start.max(until);
        while from < range.end {
            let Some(piece) = first_piece(prepared.slice(from..range.end)) else {
                break;
            };
            let start = from + piece.start;
            let end = match piece.end {
                End::At(end) => from + end,
                // Text about an element that is never closed: it is shown as written.
                End::Behind(name) if endless.contains(&name) => break,
                End::Behind(name) => match closing_tag(prepared, &events[at + 1..], range.end, name) {
                    Some(end) => end,
                    None => {
                        endless.push(name);
                        break;
                    }
                },
                End::Never if kind == Kind::Inline => break,
                End::Never => whole,
            };
            if prepared.slice(start..end) != NOTHING {
                found.push(Hidden { range: start..end, kind, foreign: None });
            }
            until = end;
            from = end;
        }
    }
    found
}

/// End of the first closing tag of an element in the HTML behind a place.
fn closing_tag(prepared: &Prepared<'_>, events: &[Spanned<'_>], from: usize, name: &str) -> Option<usize> {
    events.iter().filter(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_))).find_map(|(_, range)| {
        let start = range.start.max(from);
        Some(start + end_of(prepared.slice(start..range.end.max(start)), name)?)
    })
}

struct Piece {
    start: usize,
    end: End,
}

enum End {
    At(usize),
    /// The closing tag of this element is behind this HTML, if anywhere.
    Behind(&'static str),
    Never,
}

/// The first hidden piece of some HTML.
fn first_piece(html: &str) -> Option<Piece> {
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|i| at + i) {
        let rest = &html[start..];
        let until = |mark: &str| rest.find(mark).map_or(End::Never, |end| End::At(start + end + mark.len()));
        if let Some(comment) = rest.strip_prefix("<!--") {
            // Browsers end these two at once.
            let short = [">", "->"].into_iter().find(|short| comment.starts_with(short));
            let end = short.map(|short| End::At(start + 4 + short.len()));
            let end = end.unwrap_or_else(|| comment.find("-->").map_or(End::Never, |e| End::At(start + 4 + e + 3)));
            return Some(Piece { start, end });
        }
        if rest.starts_with("<![CDATA[") {
            return Some(Piece { start, end: until("]]>") });
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return Some(Piece { start, end: until(if rest.starts_with("<?") { "?>" } else { ">" }) });
        }
        let name = rest[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if let Some(name) = ELEMENTS.into_iter().find(|element| name.eq_ignore_ascii_case(element)) {
            let end = end_of(rest, name).map(|end| start + end);
            return Some(Piece { start, end: end.map_or(End::Behind(name), End::At) });
        }
        if let Some(length) = hidden_element(rest) {
            return Some(Piece { start, end: End::At(start + length) });
        }
        at = start + tag_length(rest);
    }
    None
}

/// Tags in a hidden element; one with more is not taken out but told.
const MOST_TAGS: usize = 1000;

/// Bytes of the element at the beginning of some HTML that its author hides (`hidden`, `display: none`), where its end is
/// beyond doubt: nothing else in it may open or close elements of the same name out of turn.
fn hidden_element(html: &str) -> Option<usize> {
    let opening = tags(&html[..tag_length(html)]);
    let first = opening.first().filter(|tag| tag.range.start == 0 && unseen(tag))?;
    let mut depth = 0usize;
    for tag in each_tag(html).take(MOST_TAGS).filter(|tag| tag.name.eq_ignore_ascii_case(first.name)) {
        depth = if tag.closing { depth.checked_sub(1)? } else { depth + 1 };
        if depth == 0 {
            let inside = html[..tag.range.end].to_ascii_lowercase();
            let doubtful = inside.contains("<!") || ELEMENTS.iter().any(|name| inside.contains(&format!("<{name}")));
            return (!doubtful).then_some(tag.range.end);
        }
    }
    None
}

/// Bytes of a tag; a bracket within quotes does not end it.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (i, byte) in html.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return i + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that is never closed quotes nothing.
    html.find('>').map_or(html.len(), |end| end + 1)
}

/// Definitions of footnotes that no visible text cites, also not by way of another footnote.
fn footnotes(events: &[Spanned<'_>]) -> Vec<Range<usize>> {
    let mut defined: Vec<(String, Range<usize>)> = Vec::new();
    let mut cited: Vec<(Option<String>, String)> = Vec::new();
    let mut inside: Vec<String> = Vec::new();
    for (event, range) in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                defined.push((label.to_lowercase(), range.clone()));
                inside.push(label.to_lowercase());
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                inside.pop();
            }
            Event::FootnoteReference(label) => cited.push((inside.last().cloned(), label.to_lowercase())),
            _ => {}
        }
    }
    let mut shown: Vec<&String> = cited.iter().filter(|(from, _)| from.is_none()).map(|(_, label)| label).collect();
    let mut next = 0;
    while next < shown.len() {
        let from = shown[next];
        let more = cited.iter().filter(|(place, label)| place.as_ref() == Some(from) && !shown.contains(&label));
        let more: Vec<&String> = more.map(|(_, label)| label).collect();
        shown.extend(more);
        next += 1;
    }
    // The first definition of a label is the one that is cited.
    let mut left: std::collections::HashSet<&String> = shown.into_iter().collect();
    defined.iter().filter(|(label, _)| !left.remove(label)).map(|(_, range)| range.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::without_hidden;

    #[test]
    fn nothing_of_what_is_hidden_stays() {
        for text in [
            "ก <!-- SECRET --> ข",
            "<!-- a -> SECRET -->\n\nข",
            "<!--\nSECRET\n\nSECRET\n-->\nข",
            "<div>\n<!-- SECRET --></div>\n\nข",
            "<div><!-- a\n\nSECRET\n\n--></div>",
            "<script>\nSECRET\n\nSECRET\n</script>\nข",
            "ก <script>SECRET</script> ข",
            "ก <STYLE>SECRET</STYLE > ข",
            "<div><script>\n\nSECRET\n\n</script></div>\n\nข",
            "<template><img src=\"SECRET.png\" alt=\"x\"></template>\n",
            "<?php SECRET ?>\n\nข",
            "<![CDATA[ SECRET ]]>\n\nข",
            "> <!-- SECRET\n> SECRET -->\n> ข",
            "- ก\n  <!-- SECRET\n  SECRET -->\n- ข",
            "ก\n\n[^1]: SECRET\n",
            "ก[^2]\n\n[^2]: ข\n\n[^1]: SECRET[^3]\n\n[^3]: SECRET\n",
            "ก[^1]\n\n[^1]: ข\n\n[^1]: SECRET\n",
            "<svg><title>SECRET</title></svg>\n",
            "ก <noembed>SECRET</noembed> ข",
            "ก %%SECRET%% ข",
            "%%\nSECRET\n\nSECRET\n%%\nข",
            "> {# SECRET\n> SECRET #}\n> ข",
            "## ก {>>SECRET<<}\n",
            "$$\na % SECRET\nb\n$$\n",
            "ก $a %SECRET$ ข",
            "<!— SECRET —>",
            "<P HIDDEN>SECRET</P>\n",
        ] {
            let out = without_hidden(text).unwrap_or_else(|| panic!("{text:?} is kept"));
            assert!(!out.contains("SECRET"), "{text:?} → {out:?}");
            assert_eq!(without_hidden(&out), None, "{out:?}");
        }
    }

    #[test]
    fn what_is_shown_stays() {
        for text in [
            "`<!-- x -->` และ\n\n```html\n<script>x</script>\n```\n",
            "ก[^1]\n\n[^1]: ข[^2]\n\n[^2]: ค\n",
            "<div title=\"a > b\">ก</div>\n",
            "แท็ก <script> ใช้ไม่ได้",
            "ก < ข และ ค > ง",
            "<a title=\"a hidden place\" href=\"x\">ก</a>",
            "$50%$ และ $50\\% ก$",
        ] {
            assert_eq!(without_hidden(text), None, "{text:?}");
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let out = without_hidden("<!--\nก\nข\n-->\nค\n\n[^1]: ง\n    จ\n\nฉ\n").unwrap();
        assert_eq!(out.lines().position(|l| l == "ค"), Some(4));
        assert_eq!(out.lines().position(|l| l == "ฉ"), Some(9));
    }
}
