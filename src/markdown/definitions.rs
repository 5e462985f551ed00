//! Definitions of links that are remarks: `[//]: # (text)`. Some of them Markdown shows as text, for they stand below text or
//! are not written as it has them; those that it hides still stand in a text that goes into open data as it is.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, LinkType, Tag};
use regex::Regex;

use super::code::is_within;
use super::code_ranges;
use super::dest::{Dest, classify};
use super::marks::Comment;
use super::prepared::Prepared;
use crate::text::pattern::constant;

/// A definition that is a comment: `[//]: # (text)`, `[note]: <> (text)`.
static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    constant(concat!(
        r"(?m)^(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*",
        r"(\[(?:(?://|comment|_|#|%)\]:|[^\]\n]+\]:[ \t]*(?:#|<>|/)[ \t]+[(\x22'])[^\n]*)",
        r"|(\[(?://|comment)\]:[ \t]*(?:#|<>|/)[ \t]+[(\x22'][^\n|]*)"
    ))
});
/// The line of any definition of a link.
static ANY: LazyLock<Regex> =
    LazyLock::new(|| constant(r"(?m)^(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*(\[([^\]\n^][^\]\n]*)\]:[^\n]*)"));

/// Comments in the form of definitions that Markdown shows as text.
pub(super) fn shown_remarks(text: &str, is_markdown: bool) -> Vec<Comment> {
    let lines: Vec<_> = REMARK.captures_iter(text).filter_map(|c| c.get(1).or(c.get(2))).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let words = if is_markdown { Words::of(text).shown } else { std::iter::once(0..text.len()).collect() };
    let mut found: Vec<Comment> = Vec::new();
    // Signs that no later line ends with.
    let mut endless: Vec<char> = Vec::new();
    for line in lines.into_iter().filter(|line| is_within(&words, line.start())) {
        if found.last().is_some_and(|last| line.start() < last.range.end) {
            continue;
        }
        let (mark, rest) = line.as_str().split_once(':').unwrap_or((line.as_str(), ""));
        let quote = rest.chars().find(|c| "('\"".contains(*c));
        let close = quote.map(|quote| if quote == '(' { ')' } else { quote });
        // It may go on in the next lines.
        let closes = |line: &str| close.is_none_or(|close| line.trim_end().ends_with(close));
        let mut end = line.start();
        let mut rest = text[line.start()..].split_inclusive('\n');
        let ended = !close.is_some_and(|close| endless.contains(&close))
            && rest.any(|line| {
                end += line.len();
                closes(line)
            });
        endless.extend(close.filter(|_| !ended));
        let end = if ended { text[..end].trim_end().len() } else { line.end() };
        found.push(Comment { range: line.start()..end, mark: mark.to_owned() });
    }
    found
}

/// Labels of definitions that are remarks whatever they lead to.
const REMARKS: [&str; 5] = ["//", "comment", "_", "#", "%"];

/// Definitions of links that nothing uses and that lead nowhere: where each begins, and its label. Their authors wrote a
/// text, `[หมายเหตุ]: ส่งภายในวันศุกร์`.
pub(super) fn unused_texts(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<_> = ANY.captures_iter(text).filter_map(|c| Some((c.get(1)?, c.get(2)?))).collect();
    let is_text = |(line, label): &(regex::Match<'_>, regex::Match<'_>)| {
        let behind = line.as_str()[label.len() + 3..].trim();
        // The address may stand in the next line.
        let below = || text[line.end()..].trim_start().trim_start_matches(['>', ' ']).lines().next().unwrap_or("");
        let dest = if behind.is_empty() { below() } else { behind };
        !REMARKS.contains(&label.as_str()) && !is_address(dest.split_whitespace().next().unwrap_or(""))
    };
    let lines: Vec<_> = lines.into_iter().filter(is_text).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let Words { shown, used } = Words::of(text);
    let code = code_ranges(text);
    let dropped = |line: &regex::Match<'_>| !is_within(&shown, line.start()) && !is_within(&code, line.start());
    let unused =
        lines.into_iter().filter(|(line, label)| dropped(line) && !used.contains(&label.as_str().to_lowercase()));
    unused.map(|(line, label)| (line.start(), label.as_str().to_owned())).collect()
}

/// Whether what a definition leads to is an address, a path or a place on a page.
pub(super) fn is_address(dest: &str) -> bool {
    let Dest::Relative(path) = classify(dest) else { return true };
    let (name, _) = path.split_once(['#', '?']).unwrap_or((&path, ""));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending = (1..=5).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && !ending.bytes().all(|b| b.is_ascii_digit());
    let is_path = name.contains('/') && name.is_ascii() && name.contains(|c: char| c.is_ascii_alphabetic());
    dest.starts_with(['/', '.', '?', '<']) || is_ending || is_path || name.is_empty()
}

/// A text without the definitions of links that nothing in it uses; `None` where there are none.
pub(crate) fn without_definitions(text: &str) -> Option<String> {
    let lines: Vec<_> = ANY.captures_iter(text).filter_map(|c| Some((c.get(1)?, c.get(2)?))).collect();
    if lines.is_empty() {
        return None;
    }
    let Words { shown, mut used } = Words::of(text);
    let code = code_ranges(text);
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (line, label) in lines {
        // Of two definitions of a label the first one counts.
        let is_text = is_within(&shown, line.start()) || is_within(&code, line.start());
        if line.start() < from || is_text || used.remove(&label.as_str().to_lowercase()) {
            continue;
        }
        // Its title may go on in the next lines.
        let below = text[line.end()..].split_inclusive('\n').scan(line.end(), |at, line| {
            *at += line.len();
            Some((*at - line.len(), line))
        });
        let more = below.skip(1).take_while(|(at, line)| {
            let inner = *at + line.len() - line.trim_start().len();
            !line.trim().is_empty() && !is_within(&shown, inner) && !line.trim_start().starts_with('[')
        });
        let end = more.last().map_or(line.end(), |(at, line)| at + line.len());
        kept.push_str(&text[from..line.start()]);
        from = end;
    }
    kept.push_str(&text[from..]);
    (from > 0).then_some(kept)
}

/// Where the words of a text stand, and which definitions it uses.
struct Words {
    shown: Vec<Range<usize>>,
    used: HashSet<String>,
}

impl Words {
    fn of(text: &str) -> Words {
        let prepared = Prepared::as_written(text);
        let mut words = Words { shown: Vec::new(), used: HashSet::new() };
        for (event, range) in prepared.raw_events() {
            let of_label = |kind| matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
            match event {
                Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                    if of_label(link_type) =>
                {
                    words.used.insert(id.to_lowercase());
                }
                Event::Text(_)
                | Event::Code(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_) => {
                    words.shown.push(prepared.original(range.start)..prepared.original(range.end));
                }
                _ => {}
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::without_definitions;

    #[test]
    fn definitions_that_nothing_uses_go() {
        for text in [
            "ก\n\n[//]: # (SECRET)",
            "ก\n\n[x]: SECRET\n",
            "ก\n\n[x]: https://a.b\n  'SECRET'\n\nข",
            "[a]\n\n[a]: b\n[a]: SECRET\n",
            "> ก\n>\n> [//]: # (SECRET)",
        ] {
            let out = without_definitions(text).unwrap_or_else(|| panic!("{text}"));
            assert!(!out.contains("SECRET") && out.contains(text.chars().next().unwrap()), "{text}: {out}");
        }
        for text in ["[ก][A]\n\n[a]: b\n", "![ก]\n\n[ก]: b 'ข'\n", "ก\n[x]: b", "```\n[x]: b\n```", "ก[^1]\n\n[^1]: ข"]
        {
            assert_eq!(without_definitions(text), None, "{text}");
        }
    }
}
