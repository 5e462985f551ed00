//! Stretches of a source that no reader of the page sees: HTML comments and those of other programs, the content of
//! scripts and the like, elements with `hidden`, and footnotes that nothing visible cites. They are taken out of the source itself, so that they are in no output.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;

use super::code::{code_ranges, comment_length};
use super::comments::comments;
use super::elements::{ELEMENTS, Ends, MOST_LOOKS, end_of_element, hidden_element, hiding, tag_length};
use super::grounds::Grounds;
use super::lookahead::is_block_start;
use super::prepared::{Prepared, Spanned};
use super::tags::{each_tag, end_of};
use crate::text::pattern::constant;

/// A remark in TeX: from `%` to the end of the line. A sign of percent without words behind it is none.
static REMARK: LazyLock<Regex> = LazyLock::new(|| constant(r"(?:^|[^\\])(%[ \t]*\p{L}[^\n]*)"));
/// What takes room in a formula and is not seen, with the words in it.
static PHANTOM: LazyLock<Regex> = LazyLock::new(|| {
    constant(r"(\\(?:[hv]?phantom\s*|textcolor\s*\{white\}\s*|color\s*\{white\}\s*)\{?(?:[^{}$]|\{[^{}]*\})*\}?)")
});
/// A command of TeX.
static COMMAND: LazyLock<Regex> = LazyLock::new(|| constant(r"\\[A-Za-z]+(?:\{white\})?"));
/// Letters in room that is left for a sign or a term: no words.
const TERM: usize = 3;
/// What stands for a hidden piece of HTML: it keeps blocks apart as the piece did.
const NOTHING: &str = "<!---->";

/// A hidden stretch, in bytes of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hidden {
    pub range: Range<usize>,
    kind: Kind,
    /// What hides it in another program, or only in a browser: on a typed page it is an error.
    pub foreign: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Within a paragraph.
    Inline,
    /// HTML that is a block.
    Block,
    Footnote,
    /// What another program hides.
    Foreign,
}

impl Hidden {
    /// Whether it is a footnote that nothing visible cites.
    pub(super) fn is_note(&self) -> bool {
        self.kind == Kind::Footnote
    }
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
    let foreign = comments(source, true, || code_ranges(source));
    let formulas = source.contains('$') && ["%", "phantom", "color"].iter().any(|sign| source.contains(sign));
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
            let text = prepared.slice(range.clone());
            let unseen =
                PHANTOM.captures_iter(text).filter_map(|c| c.get(1)).filter(|found| holds_words(found.as_str()));
            let remarks = REMARK.captures_iter(text).filter_map(|c| c.get(1)).chain(unseen);
            found.extend(remarks.map(|remark| {
                let end = remark.start() + remark.as_str().trim_end_matches('$').len();
                let range = range.start + remark.start()..range.start + end;
                let mark = COMMAND.find(remark.as_str()).filter(|m| m.start() == 0).map_or("%", |m| m.as_str());
                Hidden { range, kind: Kind::Foreign, foreign: Some(mark.into()) }
            }));
        }
    }
    for hidden in &mut found {
        hidden.range = prepared.original(hidden.range.start)..prepared.original(hidden.range.end);
    }
    found
}

/// Whether room in a formula holds words: letters beside each other. Those that signs part are terms, and a formula has no
/// spaces.
fn holds_words(room: &str) -> bool {
    let letters = COMMAND.replace_all(room, "");
    let letters: String = letters.chars().filter(|c| !c.is_whitespace() && !"{}".contains(*c)).collect();
    let is_word = |c: char| c.is_alphabetic() || crate::text::chars::is_mark(c);
    letters.split(|c| !is_word(c)).any(|run| run.chars().filter(|c| c.is_alphabetic()).count() > TERM)
}

/// Hidden HTML, in bytes of the prepared text.
fn html(prepared: &Prepared<'_>, events: &[Spanned<'_>]) -> Vec<Hidden> {
    let mut found: Vec<Hidden> = Vec::new();
    let whole = events.last().map_or(0, |(_, range)| range.end);
    let mut until = 0;
    let mut grounds = Grounds::default();
    // Elements that nothing closes from here on.
    let mut endless: Vec<&'static str> = Vec::new();
    let mut left = MOST_LOOKS;
    for (at, (event, range)) in events.iter().enumerate() {
        let kind = match event {
            Event::Start(Tag::HtmlBlock) => Kind::Block,
            Event::InlineHtml(_) => Kind::Inline,
            Event::Start(tag) => {
                if is_block_start(tag) {
                    grounds.take_block();
                }
                continue;
            }
            _ => continue,
        };
        let mut from = range.start.max(until);
        while from < range.end {
            let Some(piece) = first_piece(prepared.slice(from..range.end), &mut grounds) else {
                break;
            };
            let start = from + piece.start;
            let mut foreign = piece.foreign;
            let end = match piece.end {
                End::At(end) => from + end,
                End::Element { opened, depth } => {
                    let tag = start..from + opened;
                    let Some(end) = end_of_element(prepared, &events[at + 1..], &tag, range.end, depth, &mut left)
                    else {
                        grounds.look(prepared.slice(tag));
                        from += opened;
                        continue;
                    };
                    foreign = foreign.or_else(|| hiding(prepared.slice(tag), None).map(|(_, what)| what));
                    end
                }
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
                let kind = if foreign.is_some() { Kind::Foreign } else { kind };
                found.push(Hidden { range: start..end, kind, foreign });
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
    /// What hides it where browsers would show it.
    foreign: Option<String>,
}

enum End {
    At(usize),
    /// The element of a hiding tag, which ends at `opened`, goes on behind this HTML.
    Element {
        opened: usize,
        depth: usize,
    },
    /// The closing tag of this element is behind this HTML, if anywhere.
    Behind(&'static str),
    Never,
}

/// The first hidden piece of some HTML; takes over the colours of what stands before it.
fn first_piece(html: &str, grounds: &mut Grounds) -> Option<Piece> {
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|i| at + i) {
        let rest = &html[start..];
        let until = |mark: &str| rest.find(mark).map_or(End::Never, |end| End::At(start + end + mark.len()));
        if rest.starts_with("<!--") {
            let end = comment_length(rest).map_or(End::Never, |length| End::At(start + length));
            return Some(Piece { start, end, foreign: None });
        }
        if rest.starts_with("<![CDATA[") {
            return Some(Piece { start, end: until("]]>"), foreign: None });
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            let end = until(if rest.starts_with("<?") { "?>" } else { ">" });
            return Some(Piece { start, end, foreign: None });
        }
        let name = rest[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if let Some(name) = ELEMENTS.into_iter().find(|element| name.eq_ignore_ascii_case(element)) {
            let end = end_of(rest, name).map(|end| start + end);
            return Some(Piece { start, end: end.map_or(End::Behind(name), End::At), foreign: None });
        }
        let length = tag_length(rest);
        let tag = each_tag(&rest[..length]).next().filter(|tag| tag.range.start == 0);
        let ground = tag.as_ref().and_then(|tag| grounds.behind(tag));
        if let Some((end, foreign)) = hidden_element(rest, ground) {
            let end = match end {
                Ends::At(end) => End::At(start + end),
                Ends::Later { opened, depth } => End::Element { opened: start + opened, depth },
            };
            return Some(Piece { start, end, foreign });
        }
        at = start + length;
        grounds.look(&html[start..at]);
    }
    None
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
    let mut by_place: HashMap<Option<&String>, Vec<&String>> = HashMap::new();
    for (place, label) in &cited {
        by_place.entry(place.as_ref()).or_default().push(label);
    }
    let mut shown: HashSet<&String> = HashSet::new();
    let mut next = by_place.remove(&None).unwrap_or_default();
    while let Some(label) = next.pop() {
        if shown.insert(label) {
            next.extend(by_place.remove(&Some(label)).unwrap_or_default());
        }
    }
    // The first definition of a label is the one that is cited.
    defined.iter().filter(|(label, _)| !shown.remove(label)).map(|(_, range)| range.clone()).collect()
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
