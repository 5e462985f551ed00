//! Sections of a body: how headings answer to the schema, and which stretches of a body are internal.
//!
//! A heading opens an internal section however it is written: in other case, with numbers, punctuation or emphasis, at
//! any level, in a quotation, a list or HTML. What is only nearly such a heading is cut as well, and is an error: the
//! author decides, not the program.

use crate::markdown::{Heading, Outline, decoded};
use crate::model::held::kinds_meant;
use crate::model::{Entry, KindDef, Portal, SectionDef, Visibility};
use crate::text::chars;
use crate::text::plain::{is_letter, plain, without_tags};

/// The schema's section that a heading opens: by explicit id, else by label in either language; former ids and headings
/// count where no present one does.
pub(crate) fn of_heading<'a>(kind: &'a KindDef, heading: &Heading) -> Option<&'a SectionDef> {
    if heading.level != 2 || heading.nested {
        return None;
    }
    let title = heading.title.trim();
    let now = |section: &&SectionDef| {
        (heading.explicit && section.id == heading.id)
            || section.label.texts().any(|label| label.eq_ignore_ascii_case(title))
            || section.id == title
    };
    let before = |section: &&SectionDef| {
        section.was.iter().any(|was| was.eq_ignore_ascii_case(title) || (heading.explicit && *was == heading.id))
    };
    kind.sections.iter().find(now).or_else(|| kind.sections.iter().find(before))
}

/// The id by which a section is known on its page: the schema's, else the anchor.
pub(crate) fn id_of<'a>(kind: &'a KindDef, heading: &'a Heading) -> &'a str {
    of_heading(kind, heading).map_or(&heading.id, |s| &s.id)
}

/// A stretch of a body that stays internal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// First byte in the body.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Whether the heading is only nearly that of an internal section, or stands where sections do not begin.
    pub doubtful: bool,
    /// Label of the internal section that is meant.
    pub name: String,
    /// Headings in it that were perhaps meant to end it: the section goes on behind them.
    pub passed: Vec<usize>,
}

/// The names of an entry's internal sections.
#[derive(Debug, Default)]
pub(crate) struct Internal {
    names: Vec<Name>,
    /// Plain names of public sections: a heading that is one of these is not taken for another.
    public: Vec<String>,
}

/// One internal section.
#[derive(Debug)]
struct Name {
    /// As the schema or the entry writes it.
    written: String,
    /// Whether the entry names it in `internal_sections`.
    listed: bool,
    /// Whether it is a section of another kind, whose folder the page lies in or nearly does.
    foreign: bool,
    /// Anchors.
    ids: Vec<String>,
    /// Labels without what writers vary.
    plain: Vec<String>,
}

/// Places of a section that are told of where it may have been meant to end.
const MOST_PASSED: usize = 20;

/// How a heading answers to an internal section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    Near,
}

impl Internal {
    /// What the schema and the entry itself keep internal.
    pub(crate) fn of(portal: &Portal, entry: &Entry) -> Internal {
        let kinds = &portal.schema.kinds;
        let own = &kinds[entry.kind];
        // A page without front matter in the folder of a kind has the sections of the kind.
        let path = &portal.sources[entry.source.0 as usize].path;
        let path = path.strip_prefix("content/").unwrap_or(path);
        let home = own.plain.then(|| portal.schema.kind_at(path)).flatten();
        let kind = home.map_or(own, |k| &kinds[k]);
        let mut internal = Internal::default();
        for section in &kind.sections {
            let listed = entry.internal_sections.iter().any(|name| names(section, name));
            if section.visibility == Visibility::Internal || listed {
                let plain = section.plain_names().to_vec();
                let ids = [&section.id].into_iter().chain(&section.was).cloned().collect();
                internal.names.push(Name { foreign: false, written: label_of(section), listed, ids, plain });
            } else {
                internal.public.extend(section.plain_names().iter().cloned());
            }
        }
        // In the folder of another kind, or nearly there, a page keeps what that kind keeps.
        let others = kinds_meant(&portal.schema, path, kind).flat_map(|kind| &kind.sections);
        for section in others.filter(|section| section.visibility == Visibility::Internal) {
            let plain = section.plain_names().to_vec();
            if !plain.iter().any(|name| internal.public.contains(name)) {
                let ids = [&section.id].into_iter().chain(&section.was).cloned().collect();
                internal.names.push(Name { foreign: true, written: label_of(section), listed: false, ids, plain });
            }
        }
        for name in &entry.internal_sections {
            if !kind.sections.iter().any(|section| names(section, name)) {
                let (written, ids) = (name.clone(), vec![name.trim().trim_start_matches('#').to_string()]);
                internal.names.push(Name { foreign: false, written, listed: true, ids, plain: vec![plain(name)] });
            }
        }
        internal
    }

    /// Whether no section is internal.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Names in `internal_sections` that no heading of the body answers to.
    pub(crate) fn unmatched<'a>(&'a self, outline: &'a Outline) -> impl Iterator<Item = &'a str> {
        let there = |name: &Name| outline.headings.iter().any(|h| name.fit(&h.title, Some(h), &[]) == Some(Fit::Same));
        self.names.iter().filter(|n| n.listed).filter(move |n| !there(n)).map(|n| n.written.as_str())
    }

    /// Names of internal sections that the original has and a translation does not, where one of its own headings may be theirs:
    /// one of no known section, and not below those of the original.
    pub(crate) fn untranslated<'a>(
        &'a self,
        kind: &'a KindDef,
        original: &'a Outline,
        own: &'a Outline,
    ) -> impl Iterator<Item = &'a str> {
        let level = |outline: &Outline, name: &Name| {
            let same = |h: &&Heading| name.fit(&h.title, Some(h), &[]) == Some(Fit::Same);
            outline.headings.iter().find(same).map(|h| h.level)
        };
        let unknown = |most: u8| {
            let tops = own.headings.iter().filter(|h| !h.nested && (2..=most.max(2)).contains(&h.level));
            let known = |h: &Heading| of_heading(kind, h).is_some() || self.fit(&h.title, Some(h)).is_some();
            tops.into_iter().any(|h| !known(h))
        };
        let missing = move |name: &&Name| level(own, name).is_none() && level(original, name).is_some_and(&unknown);
        self.names.iter().filter(|name| !name.listed).filter(missing).map(|name| name.written.as_str())
    }

    /// The internal stretches of a body in their order, without overlap. A section ends at the next heading of its own
    /// level or above that is one beyond doubt.
    pub(crate) fn cuts(&self, body: &str, outline: &Outline) -> Vec<Cut> {
        if self.is_empty() {
            return Vec::new();
        }
        // A schema that has more is refused: nothing is compared, and nothing is published.
        if self.names.len() > 2 * SectionDef::MOST_INTERNAL {
            return vec![Cut { start: 0, end: body.len(), doubtful: false, name: String::new(), passed: Vec::new() }];
        }
        let tops: Vec<(&Heading, bool)> =
            outline.headings.iter().filter(|h| !h.nested).map(|h| (h, is_marked(body, h))).collect();
        let cut = |start: usize, after: usize, level: u8, doubtful: bool, name: &Name| {
            let below = &tops[tops.partition_point(|(h, _)| h.offset <= after)..];
            let (mut end, mut passed) = (body.len(), Vec::new());
            for (heading, is_marked) in below.iter().filter(|(h, _)| h.level <= level) {
                if *is_marked && heading.within.is_none_or(|element| element < start) {
                    end = heading.offset;
                    break;
                }
                if passed.len() < MOST_PASSED {
                    passed.push(heading.offset);
                }
            }
            Cut { start, end, doubtful, name: name.written.clone(), passed }
        };
        let mut found: Vec<Cut> = Vec::new();
        for heading in &outline.headings {
            if let Some((name, fit)) = self.fit(&heading.title, Some(heading)) {
                let line = body[..heading.offset].rfind('\n').map_or(0, |i| i + 1);
                let start = if heading.nested { line } else { heading.offset };
                let doubtful = fit == Fit::Near || heading.nested || name.foreign;
                found.push(cut(start, heading.offset, heading.level, doubtful, name));
            }
        }
        for line in loose_headings(body) {
            let known = |h: &Heading| h.offset >= line.start && h.offset < line.end;
            if !outline.headings.iter().any(known)
                && let Some(name) = self.meant(&line)
            {
                found.push(cut(line.start, line.start, line.level, true, name));
            }
        }
        found.sort_by_key(|cut| (cut.start, std::cmp::Reverse(cut.end)));
        let mut cuts: Vec<Cut> = Vec::new();
        for cut in found {
            match cuts.last_mut() {
                // Within a section that is cut as it was meant nothing is doubtful.
                Some(last) if cut.start < last.end => {
                    last.passed.extend(cut.passed.iter().filter(|_| cut.end > last.end));
                    last.end = last.end.max(cut.end);
                }
                _ => cuts.push(cut),
            }
        }
        cuts
    }

    fn fit(&self, title: &str, heading: Option<&Heading>) -> Option<(&Name, Fit)> {
        let fits = self.names.iter().filter_map(|name| Some((name, name.fit(title, heading, &self.public)?)));
        fits.min_by_key(|(_, fit)| *fit == Fit::Near)
    }

    /// The section that a line which is no heading means. What may be an ordinary text means only what it says to the letter.
    fn meant(&self, line: &Loose) -> Option<&Name> {
        let found = self.fit(&line.title, None).filter(|(_, fit)| *fit == Fit::Same || !line.text);
        found.or_else(|| self.fits_all(&line.title)).map(|(name, _)| name)
    }

    /// The section that a title of several names means, all of which are its own: `บันทึกภายใน (Internal notes)`.
    fn fits_all(&self, title: &str) -> Option<(&Name, Fit)> {
        let mut parts =
            title.split(['(', ')', '/', '–', '—', ':']).filter(|part| part.chars().any(is_letter)).peekable();
        let first = self.fit(parts.peek()?, None)?;
        parts.all(|part| self.fit(part, None).is_some_and(|(_, fit)| fit == Fit::Same)).then_some(first)
    }
}

impl Name {
    fn fit(&self, title: &str, heading: Option<&Heading>, public: &[String]) -> Option<Fit> {
        let own = plain(title);
        let id = heading.map_or("", |h| h.id.as_str());
        if self.ids.iter().any(|i| i == id || *i == title.trim()) || self.plain.contains(&own) {
            return Some(Fit::Same);
        }
        let explicit = heading.is_some_and(|h| h.explicit);
        if explicit && self.ids.iter().any(|i| plain(i) == plain(id)) {
            return Some(Fit::Near);
        }
        if public.contains(&own) {
            return None;
        }
        self.plain.iter().any(|label| is_near(label, &own, title)).then_some(Fit::Near)
    }
}

/// Whether a heading is one beyond doubt: text behind `#` marks. What is underlined may be a text above a rule.
fn is_marked(body: &str, heading: &Heading) -> bool {
    let line = body[heading.offset..].trim_start_matches(' ');
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    marks == usize::from(heading.level)
        && line[marks..].starts_with([' ', '\t'])
        && heading.title.chars().any(char::is_alphanumeric)
}

/// The label of a section, as messages call it.
fn label_of(section: &SectionDef) -> String {
    section.label.texts().next().unwrap_or(&section.id).to_owned()
}

/// Whether a name of `internal_sections` means a section of the schema.
fn names(section: &SectionDef, name: &str) -> bool {
    let own = plain(name);
    section.id == *name
        || own.is_empty() && section.names().any(|n| plain(n).is_empty())
        || section.plain_names().contains(&own)
}

/// Letters below which a label is too common a word to be looked for within headings.
const LONG: usize = 8;

/// Whether a heading is nearly a label: a few letters apart, the label with more words, or most of the label.
fn is_near(label: &str, heading: &str, title: &str) -> bool {
    let (label_length, length) = (label.chars().count(), heading.chars().count());
    if label_length < 3 || length < 3 {
        return false;
    }
    let edits = (label_length / 5).max(usize::from(label_length > 3));
    if label_length.abs_diff(length) <= edits && strsim::damerau_levenshtein(label, heading) <= edits {
        return true;
    }
    if heading.contains(label) {
        let word = || title.split(|c: char| !is_letter(c)).any(|word| plain(word) == label);
        return label_length >= LONG || label_length * 10 >= length * 6 || word();
    }
    label.contains(heading) && length * 10 >= label_length * 6
}

/// A line that readers take for a heading.
struct Loose {
    start: usize,
    end: usize,
    level: u8,
    title: String,
    /// What may be an ordinary text: only the very label counts.
    text: bool,
}

/// Lines outside code that look like headings, and lines of code that nobody has closed: `#` with or without a space, HTML headings; and what stands where titles
/// stand: lines of their own, emphasis at the start of a line, titles of boxes and tabs, cells of tables. In quotations
/// and lists too. Headings of the outline are among them.
fn loose_headings(body: &str) -> Vec<Loose> {
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
        let mut add = |level: u8, title: String, text: bool| found.push(Loose { start, end, level, title, text });
        // An HTML heading may go over several lines.
        let whole = match tag.is_some() && !inner.contains("</") {
            true => body[start..].find("</").map_or(inner, |close| &body[start..start + close]),
            false => inner,
        };
        match (hashes, tag) {
            (1.., _) => add(hashes.min(6) as u8, inner.to_string(), false),
            (_, Some(level)) => add(level, without_tags(whole), false),
            _ => titles(inner).into_iter().for_each(|title| add(6, title, true)),
        }
    }
    found
}

/// Parts of a line that stand where titles do: lines, also behind a break, emphasis at their start, what stands before
/// a colon, titles of boxes and tabs, cells of tables; with and without a number before them.
fn titles(line: &str) -> Vec<String> {
    let line = decoded(line);
    let mut found: Vec<String> = Vec::new();
    for part in line.split("<br").map(|part| part.trim_start_matches([' ', '/', '>'])) {
        let part = ["[ ] ", "[x] ", "[X] "].into_iter().find_map(|task| part.strip_prefix(task)).unwrap_or(part);
        // `:::note[title]`, `!!! note "title"`, `=== "title"`, `> [!NOTE] title`, `/// note | title`, `{{< tab "title" >}}`
        let is_box =
            [":::", "!!!", "???", "===", "[!", "///", "{{", "{%", "<"].iter().any(|mark| part.starts_with(mark));
        let marks: &[char] = match (is_box, part.contains('|')) {
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

/// Level of an HTML heading that begins in a line.
fn html_heading(line: &str) -> Option<u8> {
    let lower = line.to_ascii_lowercase();
    lower.match_indices("<h").find_map(|(i, _)| match lower.as_bytes().get(i + 2) {
        Some(level @ b'1'..=b'6') => Some(level - b'0'),
        _ => None,
    })
}
