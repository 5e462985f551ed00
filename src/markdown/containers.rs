//! Notes, folds and tabs as other tools write them, made block quotes with a mark.
//!
//! | written | by | becomes |
//! | --- | --- | --- |
//! | `:::tip Title` … `:::` | Docusaurus, VitePress | `> [!tip] Title` |
//! | `!!! note "Title"` and an indented body | MkDocs | `> [!note] Title` |
//! | `??? note`, `???+ note` and an indented body | MkDocs | `> [!note]-`, `> [!note]+` |
//! | `/// note \| Title` … `///` | PyMdown | `> [!note] Title` |
//! | `=== "Tab"` and an indented body | MkDocs | `> [!tab] Tab` |
//!
//! Only the beginnings of lines are rewritten; what a body says is never touched. Code blocks are left alone.

use std::ops::Range;

use super::prepared::{Edit, holds_pair};
use super::types::MAX_DEPTH;

/// A container whose body has not ended.
struct Open {
    /// Where its mark stands.
    start: usize,
    /// Column of its mark.
    indent: usize,
    /// Column where its body begins.
    content: usize,
    /// Character and length of the closing line; none where the indentation ends the body.
    close: Option<(u8, usize)>,
}

/// What opens a container.
struct Opening<'a> {
    kind: &'a str,
    fold: &'static str,
    /// Bytes of the title in the line.
    title: Range<usize>,
    close: Option<(u8, usize)>,
}

/// The edits of a text, in order, and where its containers stand.
pub(super) fn edits(source: &str) -> (Vec<Edit>, Vec<Range<usize>>) {
    let (mut edits, mut boxes) = (Vec::new(), Vec::new());
    if !holds_pair(source, |a, b| a == b && matches!(a, b'!' | b'?' | b':' | b'/' | b'='))
        || !["!!!", "???", ":::", "///", "=== \"", "===!", "===+"].iter().any(|mark| source.contains(mark))
    {
        return (edits, boxes);
    }
    let mut open: Vec<Open> = Vec::new();
    let mut fence: Option<(u8, usize)> = None;
    let (mut blank_before, mut in_list) = (true, false);
    let last_close = last_closes(source);
    let mut start = 0;
    for full in source.split_inclusive('\n') {
        let at = start;
        start += full.len();
        let line = full.trim_end_matches(['\n', '\r']);
        let text = line.trim_start_matches([' ', '\t']);
        let lead = line.len() - text.len();
        let indent = columns(&line[..lead]);
        if text.is_empty() {
            if !open.is_empty() {
                edits.push((at..at + lead, prefix(&open, None).trim_end().to_owned().into()));
            }
            blank_before = true;
            continue;
        }
        let mut left = false;
        while open.last().is_some_and(|o| o.close.is_none() && indent < o.content) {
            boxes.extend(open.pop().map(|o| o.start..at));
            fence = None;
            left = true;
        }
        let base = open.last().map_or(0, |o| o.content);
        let before =
            if left && !blank_before { format!("{}\n", prefix(&open, None).trim_end()) } else { String::new() };
        let plain = |open: &[Open]| format!("{before}{}", prefix(open, Some(indent)));
        let was_blank = std::mem::replace(&mut blank_before, false);
        if let Some((mark, length)) = fence {
            if run(text, mark) >= length && text.trim_end().bytes().all(|b| b == mark) {
                fence = None;
            }
        } else if run(text, b'`') >= 3 || run(text, b'~') >= 3 {
            let mark = text.as_bytes()[0];
            fence = Some((mark, run(text, mark)));
        } else if let Some(level) = closes(&open, text) {
            boxes.extend(open.drain(level..).map(|o| o.start..start));
            edits.push((at..at + line.len(), prefix(&open, None).trim_end().to_owned().into()));
            blank_before = true;
            continue;
        } else if indent < if in_list { 4 * MAX_DEPTH } else { base + 4 }
            && let Some(opening) = opening(text)
            && match opening.close {
                Some((mark, _)) => last_close[usize::from(mark == b':')] > start,
                None => has_body(&source[start..], indent),
            }
        {
            let outer = prefix(&open, Some(indent));
            let empty = prefix(&open, None);
            let empty = empty.trim_end();
            let head = format!("{before}{empty}\n{outer}> [!{}]{} ", opening.kind, opening.fold);
            edits.push((at..at + lead + opening.title.start, head.into()));
            edits.push((at + lead + opening.title.end..at + line.len(), format!("\n{outer}>").into()));
            let content = if opening.close.is_some() { indent } else { indent + 4 };
            open.push(Open { start: at + lead, indent, content, close: opening.close });
            blank_before = true;
            continue;
        } else if is_item(text) {
            in_list = true;
        } else if was_blank && indent <= base {
            in_list = false;
        }
        if !open.is_empty() || !before.is_empty() {
            edits.push((at..at + lead, plain(&open).into()));
        }
    }
    boxes.extend(open.iter().map(|o| o.start..source.len()));
    (edits, boxes)
}

/// What a line begins with inside these containers; with the indentation of its text, where it has one. Of containers
/// that are nested too deeply, which is told, the outer ones.
fn prefix(open: &[Open], indent: Option<usize>) -> String {
    let mut out = String::new();
    let mut at = 0;
    for container in open.iter().take(MAX_DEPTH) {
        out.push_str(&" ".repeat(container.indent.saturating_sub(at)));
        out.push_str("> ");
        at = container.content;
    }
    if let Some(indent) = indent {
        out.push_str(&" ".repeat(indent.saturating_sub(at)));
    }
    out
}

fn columns(lead: &str) -> usize {
    lead.bytes().fold(0, |at, b| if b == b'\t' { at / 4 * 4 + 4 } else { at + 1 })
}

fn run(text: &str, mark: u8) -> usize {
    text.bytes().take_while(|b| *b == mark).count()
}

fn is_item(text: &str) -> bool {
    let digits = run_of_digits(text);
    let rest = if digits > 0 { text[digits..].strip_prefix(['.', ')']) } else { text.strip_prefix(['-', '*', '+']) };
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

fn run_of_digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The container that a closing line ends: the innermost of that length, else the innermost of that mark.
fn closes(open: &[Open], text: &str) -> Option<usize> {
    let text = text.trim_end();
    let mark = *text.as_bytes().first().filter(|b| matches!(b, b':' | b'/'))?;
    let length = run(text, mark);
    if length < 3 || length < text.len() {
        return None;
    }
    let of_mark = |o: &Open| o.close.is_some_and(|(m, _)| m == mark);
    let near = open.len().saturating_sub(MAX_DEPTH);
    let same = open[near..].iter().rposition(|o| o.close == Some((mark, length)));
    Some(near + same.or_else(|| open[near..].iter().rposition(of_mark))?)
}

/// Behind which byte the last lines stand that close containers of `/` and of `:`.
fn last_closes(source: &str) -> [usize; 2] {
    let (mut last, mut end) = ([0; 2], 0);
    for line in source.split_inclusive('\n') {
        end += line.len();
        let text = line.trim();
        for (of, mark) in [b'/', b':'].into_iter().enumerate() {
            if text.len() >= 3 && text.bytes().all(|b| b == mark) {
                last[of] = end;
            }
        }
    }
    last
}

/// Whether the next line that is not empty is indented as a body.
fn has_body(rest: &str, indent: usize) -> bool {
    rest.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| {
        let text = line.trim_start_matches([' ', '\t']);
        columns(&line[..line.len() - text.len()]) >= indent + 4
    })
}

fn opening(text: &str) -> Option<Opening<'_>> {
    let text = text.trim_end();
    match text.as_bytes().first()? {
        mark @ (b':' | b'/') if run(text, *mark) >= 3 => fenced(text, *mark),
        b'!' => indented(text, "!!!", ""),
        b'?' if text.starts_with("???+") => indented(text, "???+", "+"),
        b'?' => indented(text, "???", "-"),
        b'=' => {
            let rest = text.strip_prefix("===")?;
            let rest = rest.strip_prefix(['!', '+']).unwrap_or(rest).trim_start();
            let title = quoted(rest)?;
            let at = text.len() - rest.len();
            Some(Opening { kind: "tab", fold: "", title: at + title.start..at + title.end, close: None })
        }
        _ => None,
    }
}

/// `:::tip Title`, `:::tip[Title]`, `:::{tip} Title`, `::: {.callout-tip}`, `/// tip | Title`.
fn fenced(text: &str, mark: u8) -> Option<Opening<'_>> {
    let length = run(text, mark);
    let rest = text[length..].trim_start().trim_start_matches(['{', '.']);
    let rest = rest.strip_prefix("callout-").unwrap_or(rest);
    let kind = word(rest)?;
    let after = &rest[kind.len()..];
    // A dotted name asks another tool for the documentation of a program.
    if after.starts_with(['.', '(', ':', '/']) {
        return None;
    }
    let title = after.trim_start_matches([' ', '}', '[', '|', '\t']).trim_end_matches([']', '}']);
    let at = title.as_ptr() as usize - text.as_ptr() as usize;
    let (kind, fold) = if kind == "details" { ("note", "-") } else { (kind, "") };
    Some(Opening { kind, fold, title: at..at + title.len(), close: Some((mark, length)) })
}

/// `!!! note "Title"`, `!!! note inline end`.
fn indented<'a>(text: &'a str, mark: &str, fold: &'static str) -> Option<Opening<'a>> {
    let rest = text.strip_prefix(mark)?.trim_start();
    let kind = word(rest)?;
    let after = &rest[kind.len()..];
    let at = text.len() - after.len();
    let title = match after.find('"') {
        Some(quote) => {
            let found = quoted(&after[quote..])?;
            at + quote + found.start..at + quote + found.end
        }
        None if after.is_empty() || after.starts_with(' ') => text.len()..text.len(),
        None => return None,
    };
    Some(Opening { kind, fold, title, close: None })
}

fn word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    text[..end].starts_with(|c: char| c.is_ascii_alphabetic()).then(|| &text[..end])
}

/// Bytes between the quotation marks that a text begins and ends with.
fn quoted(text: &str) -> Option<Range<usize>> {
    let inner = text.strip_prefix('"')?;
    inner.rfind('"').map(|end| 1..1 + end)
}

#[cfg(test)]
mod tests {
    use super::edits;

    fn rewritten(source: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for (range, new) in edits(source).0 {
            out.push_str(&source[from..range.start]);
            out.push_str(&new);
            from = range.end;
        }
        out.push_str(&source[from..]);
        out
    }

    #[test]
    fn containers_become_quotes() {
        for (source, expected) in [
            (":::tip ชื่อ\nก\n\nข\n:::\nต่อ", "\n> [!tip] ชื่อ\n>\n> ก\n>\n> ข\n\nต่อ"),
            ("!!! note \"ชื่อ\"\n    ก\n\n        โค้ด\n\nต่อ", "\n> [!note] ชื่อ\n>\n> ก\n>\n>     โค้ด\n>\nต่อ"),
            ("??? info\n    ก", "\n> [!info]- \n>\n> ก"),
            ("/// note | ชื่อ\nก\n///", "\n> [!note] ชื่อ\n>\n> ก\n"),
            ("=== \"ก\"\n\n    ข", "\n> [!tab] ก\n>\n>\n> ข"),
            ("- ก\n\n    !!! tip\n        ข", "- ก\n\n\n    > [!tip] \n    >\n    > ข"),
        ] {
            assert_eq!(rewritten(source), expected, "{source}");
        }
    }

    #[test]
    fn containers_are_found_where_they_are_rewritten() {
        let boxes =
            |source: &str| edits(source).1.into_iter().map(|range| source[range].to_owned()).collect::<Vec<_>>();
        for (source, expected) in [
            ("ก\n=== \"ข\"\n\n    ค\n\nง", vec!["=== \"ข\"\n\n    ค\n\n"]),
            (
                "!!! tip\n    ก\n    ??? tip\n        ข\nค",
                vec!["??? tip\n        ข\n", "!!! tip\n    ก\n    ??? tip\n        ข\n"],
            ),
            (":::tip\nก\n:::\nข", vec![":::tip\nก\n:::\n"]),
            (":::: tip\nก\n/// tip\n::::\nข", vec![":::: tip\nก\n/// tip\n::::\n"]),
            ("/// tip\nก\n::::\nข", vec![]),
            ("=== \"ก\"\n    ข", vec!["=== \"ก\"\n    ข"]),
            ("```\n:::\n```\n!!! ก\nข ::: ค", vec![]),
        ] {
            assert_eq!(boxes(source), expected, "{source}");
        }
    }

    #[test]
    fn what_is_no_container_stays() {
        for source in [
            "```\n:::tip\nx\n:::\n```",
            "::: fastapi.FastAPI\n    options:\n",
            ":::tip\nnever closed",
            "!!! wow\nno body",
            "    !!! note\n        code",
            "ชื่อ\n===\n",
        ] {
            assert_eq!(rewritten(source), source);
        }
    }
}
