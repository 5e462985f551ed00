//! Stretches between two marks that bear a stamp: HTML comments (`<!-- internal -->` … `<!-- /internal -->`), and brackets
//! (`[ลับ]` … `[/ลับ]`). Their authors took what is between for hidden.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::marks::Comment;
use crate::text::pattern::constant;
use crate::text::stamp::{is_stamp, letters};

static COMMENT: LazyLock<Regex> = LazyLock::new(|| constant(r"<!--([^<>]{1,200}?)-->"));
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| constant(r"\[([^\[\]\n]{1,80})\]"));

/// How stretches that may be hidden are begun and ended in words, before or behind their name.
const STARTS: [&str; 4] = ["begin", "start", "region", "เริ่ม"];
const ENDS: [&str; 3] = ["end", "จบ", "สิ้นสุด"];
/// What a stretch may be called behind its stamp: `internal notes`.
const PARTS: [&str; 6] = ["notes", "note", "section", "content", "block", "text"];
/// Names of stretches in brackets that are no stamps.
const OF_BRACKETS: [&str; 4] = ["comment", "restrict", "loggedin", "hide"];

/// A mark that opens or closes a stretch.
pub(super) struct Mark {
    /// Where it is.
    pub range: Range<usize>,
    /// The letters of its stamp; none where it ends whatever was opened.
    name: String,
    closes: bool,
    in_brackets: bool,
}

/// The marks of a text.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut add = |pattern: &Regex, in_brackets: bool| {
        for mark in pattern.captures_iter(text) {
            let (Some(whole), Some(words)) = (mark.get(0), mark.get(1)) else { continue };
            let read = if in_brackets { in_bracket(words.as_str()) } else { in_comment(words.as_str()) };
            let escaped = text[..whole.start()].ends_with('\\');
            if let Some((name, closes)) = read.filter(|_| !escaped) {
                found.push(Mark { range: whole.range(), name, closes, in_brackets });
            }
        }
    };
    if text.contains("<!--") {
        add(&COMMENT, false);
    }
    if text.contains("[/") {
        add(&BRACKETS, true);
    }
    // Without an end nothing is between.
    if found.iter().all(|mark| !mark.closes) { Vec::new() } else { found }
}

/// The stamp of a comment, and whether it closes what the comment of that stamp opened.
fn in_comment(words: &str) -> Option<(String, bool)> {
    let all: String = letters(words).collect();
    let without = |affixes: &[&str]| {
        affixes.iter().find_map(|word| all.strip_prefix(word).or_else(|| all.strip_suffix(word))).map(str::to_owned)
    };
    let closed = if words.trim_start().starts_with('/') { Some(all.clone()) } else { without(&ENDS) };
    if let Some(name) = closed.map(|rest| rest.strip_prefix("region").unwrap_or(&rest).to_owned()) {
        let name = stamp_of(&name).map(str::to_owned).or_else(|| is_part(&name).then(String::new));
        if name.is_some() {
            return name.map(|name| (name, true));
        }
    }
    let opened = without(&STARTS).unwrap_or_else(|| all.clone());
    stamp_of(&opened).map(|name| (name.to_owned(), false))
}

fn is_part(name: &str) -> bool {
    name.is_empty() || PARTS.contains(&name)
}

fn stamp_of(name: &str) -> Option<&str> {
    let short = PARTS.iter().find_map(|part| name.strip_suffix(part)).unwrap_or(name);
    [name, short].into_iter().find(|name| is_stamp(name) || *name == "hide")
}

/// The same of what stands in brackets: a stamp, people who alone may see it (`[staff]`), or a name of other programs.
fn in_bracket(words: &str) -> Option<(String, bool)> {
    let whole: String = letters(words).collect();
    let first: String = letters(words.split([' ', '=', ':']).next().unwrap_or_default()).collect();
    let held = |name: &String| is_stamp(name) || is_stamp(&format!("{name}only")) || OF_BRACKETS.contains(&&**name);
    let name = [whole, first].into_iter().find(|name| !name.is_empty() && held(name))?;
    Some((name, words.starts_with('/')))
}

/// The stretches between marks. One that is closed by its name ends there, whatever was ended within it; another ends what
/// was opened last.
pub(super) fn stretches(text: &str, marks: impl Iterator<Item = Mark>) -> Vec<Comment> {
    struct Open {
        mark: Mark,
        end: Option<usize>,
        by_name: bool,
    }
    let mut opened: Vec<Open> = Vec::new();
    for mark in marks {
        if !mark.closes {
            opened.push(Open { mark, end: None, by_name: false });
            continue;
        }
        let alike = |open: &Open| open.mark.in_brackets == mark.in_brackets;
        let named = |open: &Open| alike(open) && !open.by_name && open.mark.name == mark.name;
        let place = opened.iter().rposition(named);
        let by_name = place.is_some();
        if let Some(at) = place.or_else(|| opened.iter().rposition(|open| alike(open) && open.end.is_none())) {
            (opened[at].end, opened[at].by_name) = (Some(mark.range.end), by_name);
        }
    }
    let closed = opened.into_iter().filter_map(|open| Some((open.mark.range, open.end?)));
    closed.map(|(mark, end)| Comment { mark: text[mark.clone()].to_owned(), range: mark.start..end }).collect()
}
