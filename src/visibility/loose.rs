//! What stands where titles stand and is no heading: lines of their own, emphasis, titles of boxes, cells of tables.

use crate::markdown::{decoded, without_icons};
use crate::text::chars;
use crate::text::plain::without_tags;

/// A line that readers take for a heading.
pub(super) struct Loose {
    pub start: usize,
    pub end: usize,
    pub level: u8,
    pub title: String,
    pub place: Place,
}

/// Where a title stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Heading,
    /// In bold, on a line of its own or before a colon.
    Label,
    /// In what may be an ordinary text: only the very label counts.
    Text,
}

/// Lines outside code that look like headings, and lines of code that nobody has closed: `#` with or without a space, HTML headings; and what stands where titles
/// stand: lines of their own, emphasis at the start of a line, titles of boxes and tabs, cells of tables. In quotations
/// and lists too. Headings of the outline are among them.
pub(super) fn loose_headings(body: &str) -> Vec<Loose> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut in_code = 0;
    let mut at = 0;
    for line in body.split_inclusive(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        let (start, end) = (at, at + line.len());
        at = end;
        let lead = |c: char| c.is_whitespace() || c.is_control() || chars::is_invisible(c) || ">-+•·\\".contains(c);
        let inner = line.trim_start_matches(lead);
        let inner = inner.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ' ']);
        let inner = inner.trim_end();
        let ticks = ["```", "~~~"].into_iter().find(|ticks| inner.starts_with(ticks));
        match (fence, ticks) {
            // What stands in code is shown as it is written.
            (Some(open), Some(ticks)) if open == ticks => {
                fence = None;
                found.truncate(in_code);
            }
            (None, ticks @ Some(_)) => {
                fence = ticks;
                in_code = found.len();
            }
            _ => {}
        }
        if ticks.is_some() || inner.is_empty() {
            continue;
        }
        let hashes = inner.chars().take_while(|c| chars::narrow(*c) == '#').count();
        let tag = html_heading(inner);
        let mut add = |level: u8, title: String, place| found.push(Loose { start, end, level, title, place });
        // An HTML heading may go over several lines.
        let whole = match tag.is_some() && !inner.contains("</") {
            true => body[start..].find("</").map_or(inner, |close| &body[start..start + close]),
            false => inner,
        };
        match (hashes, tag) {
            (1.., _) => add(hashes.min(6) as u8, inner.to_string(), Place::Heading),
            (_, Some(level)) => {
                add(level, without_tags(whole), Place::Heading);
                ids_in_tags(whole).for_each(|id| add(level, id.to_owned(), Place::Text));
            }
            _ => {
                labels(inner).into_iter().for_each(|title| add(6, title, Place::Label));
                titles(inner).into_iter().for_each(|title| add(6, title, Place::Text));
            }
        }
    }
    found
}

/// A line as it is read: without codes of letters and icons.
fn shown(line: &str) -> String {
    let line = decoded(line);
    without_icons(&line).unwrap_or(line)
}

/// What is bold in a line and stands alone in it or before a colon, whatever is before it: `**label**`, `text **label:** text`.
fn labels(line: &str) -> Vec<String> {
    const MARKS: [&str; 5] = ["__", "<b>", "</b>", "<strong>", "</strong>"];
    let bold = MARKS.iter().fold(shown(line), |line, mark| line.replace(mark, "**"));
    let parts: Vec<&str> = bold.split("**").collect();
    let is_colon = |c: char| matches!(chars::narrow(c), ':' | '–' | '—');
    let alone = parts.iter().step_by(2).all(|around| !around.contains(char::is_alphabetic));
    let inside = parts.chunks_exact(2).enumerate().filter(|(at, pair)| {
        let after = parts.get(2 * at + 2).map_or("", |after| after.trim_start());
        alone || pair[1].trim_end().ends_with(is_colon) || after.starts_with(is_colon)
    });
    inside.map(|(_, pair)| without_tags(pair[1])).collect()
}

/// Paragraphs of one line that are all in bold: they stand as titles. Of a line without any mark nobody knows: many languages write
/// no full stop.
pub(super) fn bold_lines(body: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = [""].into_iter().chain(body.lines()).chain([""]).map(str::trim).collect();
    let alone = |at: &usize| lines[at - 1].is_empty() && lines[at + 1].is_empty();
    let alone: Vec<&str> = (1..lines.len() - 1).filter(alone).map(|at| lines[at]).collect();
    alone.into_iter().filter(|line| {
        let inside = |mark: &str| line.trim_end_matches(':').strip_prefix(mark)?.strip_suffix(mark);
        let is_title =
            |mark| inside(mark).is_some_and(|text| text.contains(char::is_alphabetic) && !text.contains(mark));
        is_title("**") || is_title("__")
    })
}

/// Parts of a line that stand where titles do: lines, also behind a break, emphasis at their start, what stands before
/// a colon, titles of boxes and tabs, cells of tables; with and without a number before them.
fn titles(line: &str) -> Vec<String> {
    let line = shown(line);
    let mut found: Vec<String> = Vec::new();
    for part in line.split("<br").map(|part| part.trim_start_matches([' ', '/', '>'])) {
        let part = ["[ ] ", "[x] ", "[X] "].into_iter().find_map(|task| part.strip_prefix(task)).unwrap_or(part);
        // `:::note[title]`, `!!! note "title"`, `=== "title"`, `> [!NOTE] title`, `/// note | title`, `{{< tab "title" >}}`
        let is_box =
            [":::", "!!!", "???", "===", "[!", "///", "{{", "{%", "<"].iter().any(|mark| part.starts_with(mark));
        // `[details="title"]`
        let values = part.strip_prefix('[').and_then(|pair| pair.split_once('='));
        let is_pair = values.is_some_and(|(name, values)| !name.contains(']') && values.trim_end().ends_with(']'));
        let marks: &[char] = match (is_box, part.contains('|')) {
            _ if is_pair => &['[', ']', '"', '“', '”', '\'', '='],
            (true, _) => &['[', ']', '"', '“', '”', '\'', '|', '<', '>'],
            (_, true) => &['|'],
            _ => &[],
        };
        found.extend(part.split(marks).filter(|_| !marks.is_empty()).map(str::to_owned));
        if is_box {
            found.extend(part.match_indices(' ').take(3).map(|(at, _)| part[at..].to_owned()));
        }
        let text = if part.contains('<') { without_tags(part) } else { part.to_owned() };
        for text in [text.as_str()].into_iter().chain(behind_number(&text)) {
            found.extend(text.split_once(':').map(|(label, _)| label.to_owned()));
            let emphasis = ["**", "__", "*", "_"].into_iter().find_map(|mark| {
                let (inside, _) = text.strip_prefix(mark)?.split_once(mark)?;
                (!inside.is_empty()).then_some(inside)
            });
            let inside = emphasis.into_iter().flat_map(|inside| [inside].into_iter().chain(behind_number(inside)));
            found.extend(inside.chain([text]).map(str::to_owned));
        }
    }
    found
}

/// What stands behind a number near the beginning of a line: `ข้อ 1 ชื่อ`.
fn behind_number(line: &str) -> Option<&str> {
    const NEAR: usize = 12;
    let (at, _) = line.char_indices().take(NEAR).find(|(_, c)| c.is_numeric())?;
    let rest = line[at..].trim_start_matches(|c: char| c.is_numeric() || ".)/ ".contains(c));
    (!rest.is_empty()).then_some(rest)
}

/// What tags in a text are called by `id` or `name`.
pub(super) fn ids_in_tags(text: &str) -> impl Iterator<Item = &str> {
    let tags = text.split('<').skip(1).filter_map(|tag| tag.split('>').next());
    let attributes = tags.flat_map(str::split_ascii_whitespace).filter_map(|attribute| attribute.split_once('='));
    let is_id = |key: &str| ["id", "name"].iter().any(|name| key.eq_ignore_ascii_case(name));
    attributes.filter(move |(key, _)| is_id(key)).map(|(_, value)| value.trim_matches(['"', '\'', '/']))
}

/// Level of an HTML heading that begins in a line.
fn html_heading(line: &str) -> Option<u8> {
    let lower = line.to_ascii_lowercase();
    lower.match_indices("<h").find_map(|(i, _)| match lower.as_bytes().get(i + 2) {
        Some(level @ b'1'..=b'6') => Some(level - b'0'),
        _ => None,
    })
}
