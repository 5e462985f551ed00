//! Splits a Markdown file into front matter and body.
//!
//! Front matter may be behind blank lines, invisible characters and HTML comments, and its marks may have spaces
//! around them. What looks like front matter and cannot be taken as such is an error: it would be published as text,
//! and with it a page that its author holds back.

use std::borrow::Cow;

use super::entry::is_reserved;
use super::guarded::{decides, holds_back};
use super::guarded_lines::{guarded_line, is_listed, key_of};
use super::raw::{Data, Key, Node, SyntaxError};
use super::stamps::{is_stamp, is_stamp_heading};
use super::{toml_node, yaml_node};
use crate::model::Span;
use crate::text::stamp::OPPOSITES;

/// A file in two parts.
#[derive(Debug)]
pub struct Split<'a> {
    /// The format, the text between the marks and its offset; `None` on plain pages.
    pub front: Option<(Format, &'a str, usize)>,
    /// Offset of the body.
    pub body: usize,
    /// A line at the top of the body that says that the page is not for everybody, where nothing else decides.
    pub doubt: Option<Unreadable>,
}

/// Format of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Between `+++` lines.
    Toml,
    /// Between `---` lines.
    Yaml,
}

/// Why a file cannot be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// The mark at this place is never closed.
    Open(Format, Span),
    /// At this place stands what looks like front matter and is none.
    Unmarked(Span),
    /// The same of a whole block behind marks.
    Block(Span),
    /// This line is a stamp that says that the page is not for everybody, and hides nothing.
    Stamped(Span),
}

impl Format {
    /// The line that opens and closes it.
    pub fn mark(self) -> &'static str {
        match self {
            Format::Toml => "+++",
            Format::Yaml => "---",
        }
    }

    fn of_mark(line: &str) -> Option<Format> {
        let line = line.trim_matches(is_blank);
        [Format::Toml, Format::Yaml].into_iter().find(|f| f.mark() == line)
    }

    fn closes(self, line: &str) -> bool {
        line == self.mark() || (self == Format::Yaml && line == "...")
    }
}

/// Lines at the top of a page that are looked at for keys outside front matter.
const TOP_LINES: usize = 20;
/// The same behind front matter that was taken.
const LINES_BEHIND: usize = 5;
/// Bytes of a term above its definition, where it may be a key.
const LONGEST_TERM: usize = 80;
/// Lines at the top of a text that are looked at for stamps.
const STAMP_LINES: usize = 3;

/// Splits `text`.
///
/// What stands between two `---` at the top is front matter where it reads as keys and values, and no text between two
/// rules.
///
/// # Errors
/// See [`Unreadable`].
pub fn split(text: &str) -> Result<Split<'_>, Unreadable> {
    let lead = lead(text);
    let top = Line::at(text, lead);
    let split = |front, body, found| match found {
        Some(block @ Unreadable::Block(_)) => Err(block),
        doubt => Ok(Split { front, body, doubt }),
    };
    let Some(format) = Format::of_mark(top.text) else {
        return split(None, 0, unmarked(text, 0, TOP_LINES));
    };
    if let Some(found) = unmarked(&text[..lead], 0, TOP_LINES) {
        return Err(found);
    }
    let start = top.next;
    let lines = || Line::all(text, start);
    // A mark with spaces before it closes only where no other does: YAML may hold such a line in a text.
    let end = lines().find(|l| format.closes(l.text.trim_end_matches(is_blank)));
    let end = end.or_else(|| lines().find(|l| format.closes(l.text.trim_matches(is_blank))));
    let inside = &text[start..end.as_ref().map_or(text.len(), |l| l.start)];
    if format == Format::Yaml && !holds_keys(inside, end.is_some()) {
        return split(None, 0, unmarked(text, 0, TOP_LINES));
    }
    let Some(end) = end else {
        let mark = lead + top.text.find(format.mark()).unwrap_or(0);
        return Err(Unreadable::Open(format, Span::new(mark, mark + format.mark().len())));
    };
    split(Some((format, inside, start)), end.next, unmarked(text, end.next, LINES_BEHIND))
}

/// Whether YAML behind a mark at the top is front matter, as far as its parser reads it; a first line that is nearly a key
/// (`title = …`, `title:…`) counts as one.
///
/// A paragraph with a colon reads as a key as well. It is text where its rules stand apart from it, as rules do, or one of
/// them where the key is of several words, and where no key is one that pages have.
fn holds_keys(inside: &str, closed: bool) -> bool {
    let filled = |line: &Line<'_>| !is_empty(line.text) && !line.text.trim_start().starts_with('#');
    let Some(line) = Line::all(inside, 0).find(filled) else { return closed && is_empty(inside) };
    let keys = yaml_node::keys(&unix_lines(inside));
    let Some(first) = keys.first().map(|(key, _)| &*key.name).or_else(|| key_of(line.text)) else { return false };
    let speaks =
        |(key, value): &(Key, Node)| is_reserved(&key.name) || decides(&key.name) || holds_back(&key.name, value);
    let mut blank = Line::all(inside, 0).map(|line| is_empty(line.text));
    let above = blank.next() == Some(true);
    let below = !closed || blank.last() == Some(true);
    let (words, alone) = (first.contains(char::is_whitespace), keys.len() <= 1);
    let is_text = if above && below { words || alone } else { words && alone && (above || below) };
    // More lines of keys than its parser reads are no paragraph, but keys with a fault.
    let is_key = |line: &Line<'_>| line.text.starts_with(char::is_alphabetic) && key_of(line.text).is_some();
    let faulty = Line::all(inside, 0).filter(is_key).count() > keys.len().max(1);
    (closed || line.start == 0) && (!is_text || faulty || keys.iter().any(speaks))
}

/// Reads the front matter in its format. Spans are offsets in `text` plus `base`.
pub fn parse(format: Format, text: &str, base: usize) -> Result<Node, SyntaxError> {
    let text = &*unix_lines(text);
    match format {
        Format::Toml => toml_node::parse(text, base),
        Format::Yaml => yaml_node::parse(text, base).or_else(|error| match closed_in_line(text) {
            Some(text) => yaml_node::parse(&text, base),
            None => Err(error),
        }),
    }
}

/// Line ends of old Macs are none to the parsers; the length stays.
fn unix_lines(text: &str) -> Cow<'_, str> {
    match text.contains('\r') && !text.contains('\n') {
        true => Cow::Owned(text.replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// YAML whose lists in brackets end at the beginning of a line, as other tools read them: the bracket goes to the end of the
/// line before it. The length stays.
fn closed_in_line(text: &str) -> Option<String> {
    let closes = ["\n]", "\n}"].iter().any(|mark| text.contains(mark));
    closes.then(|| text.replace("\n]", " ]").replace("\n}", " }"))
}

/// A block that begins behind a mark.
struct Fenced {
    /// Where the mark stands that ends it.
    end: usize,
    /// What it holds, where that is nothing but keys.
    keys: Vec<(Key, Node)>,
}

impl Fenced {
    fn of(text: &str, opening: &Line<'_>) -> Option<Fenced> {
        let mark = opening.text.trim_matches(is_blank);
        let closing = if mark == "{" { "}" } else { mark.trim_end_matches(|c: char| c.is_ascii_alphabetic()) };
        let closes = |line: &str| line == closing || closing == "---" && line == "...";
        let end = Line::all(text, opening.next).find(|line| closes(line.text.trim_matches(is_blank)))?;
        let inside = match closing {
            // The marks belong to the map.
            "}" => &text[opening.start..end.next],
            _ => &text[opening.next..end.start],
        };
        let keys = match parse(Format::of_mark(mark).unwrap_or(Format::Yaml), inside, 0) {
            Ok(Node { data: Data::Map(keys), .. }) => keys,
            _ => Vec::new(),
        };
        // What has a fault is no text where it stands between its marks without an empty line.
        let tight = Line::all(inside, 0).all(|line| !is_empty(line.text));
        (tight || !keys.is_empty()).then_some(Fenced { end: end.start, keys })
    }
}

/// What looks like front matter among the first lines from an offset; a block of keys that begins there is looked at to its
/// end.
fn unmarked(text: &str, from: usize, most: usize) -> Option<Unreadable> {
    let mut fence: Option<&str> = None;
    let mut mark = false;
    let filled = Line::all(text, from).filter(|l| !is_empty(l.text));
    let mut term = "";
    let mut block = from;
    let words =
        Line::all(text, from).filter(|l| is_listed(l.text.trim()) && l.text.contains([':', '|'])).take(2).count() > 1;
    for (n, line) in filled.enumerate() {
        if n >= most && line.start >= block {
            break;
        }
        let trimmed = line.text.trim_matches(is_blank);
        // Code by indentation, behind a blank line.
        let indented = line.text.starts_with("    ") || line.text.starts_with('\t');
        if n > 0 && indented && text[..line.start].trim_end_matches(['\r', ' ']).ends_with("\n\n") {
            continue;
        }
        let above = std::mem::replace(&mut term, trimmed);
        // Within a pair of shortcodes of Hugo stands code as well.
        let pair = |mark: &&str| !mark.starts_with('{') || fence.is_some() || text[line.next..].contains("\n{{< /");
        let ticks = ["```", "~~~", "{{<"].into_iter().find(|ticks| trimmed.starts_with(ticks)).filter(pair);
        match (fence, ticks) {
            (Some(open), Some(ticks)) if open == ticks => fence = None,
            (Some(_), _) => continue,
            // As the very first line a fence stands for the mark of other programs, but for that of a figure.
            (None, Some(ticks))
                if n > 0
                    || ticks.starts_with('{')
                    || &trimmed[3..] == "query"
                    || shows_front_matter(text, &line, ticks) =>
            {
                fence = Some(ticks);
                continue;
            }
            (None, ticks) if n == 0 => mark = ticks.is_some() || is_other_mark(trimmed),
            _ => {}
        }
        let span = || {
            let start = line.start + line.text.find(trimmed).unwrap_or(0);
            Span::new(start, start + trimmed.len())
        };
        let opens = n < most && (mark && n == 0 || Format::of_mark(trimmed).is_some());
        if let Some(found) = opens.then(|| Fenced::of(text, &line)).flatten() {
            block = found.end;
            if found.keys.iter().any(|(key, value)| holds_back(&key.name, value)) {
                return Some(Unreadable::Block(span()));
            }
            if n == 0 && found.keys.iter().any(|(key, _)| is_reserved(&key.name)) {
                return Some(Unreadable::Unmarked(span()));
            }
        }
        let is_heading = n == 0 && is_stamp_heading(trimmed) && !is_opposed(text, trimmed);
        if n < STAMP_LINES && is_stamp(trimmed) || is_heading {
            return Some(Unreadable::Stamped(span()));
        }
        let behind_mark = mark && n == 1 && key_of(trimmed).is_some_and(is_reserved);
        // A definition below its term.
        let defined = || {
            let definition = trimmed.strip_prefix(": ").filter(|_| above.len() <= LONGEST_TERM);
            definition.is_some_and(|value| guarded_line(&format!("- {above}: {value}"), false, true))
        };
        if behind_mark || guarded_line(trimmed, n == 0, words) || fence.is_none() && defined() {
            return Some(Unreadable::Unmarked(span()));
        }
    }
    None
}

/// Whether the code that a line opens shows front matter between its marks and nothing else, and a text about it follows. A
/// page that stands in a fence as a whole is a page that somebody pasted.
fn shows_front_matter(text: &str, opening: &Line<'_>, ticks: &str) -> bool {
    let mut lines = Line::all(text, opening.next).filter(|line| !is_empty(line.text));
    let mark = lines.next().and_then(|line| Format::of_mark(line.text.trim_end()));
    let closes = |line: &Line<'_>| line.text.trim_start().starts_with(ticks);
    let end = lines.find(|line| closes(line) || mark.is_some() && Format::of_mark(line.text.trim_end()) == mark);
    mark.is_some()
        && end.is_some_and(|end| !closes(&end))
        && lines.next().is_some_and(|line| closes(&line))
        && lines.next().is_some()
}

/// Whether another heading says the opposite of one: `## ข้อมูลภายใน` and `## ข้อมูลภายนอก` are what the page is about.
fn is_opposed(text: &str, heading: &str) -> bool {
    let own = super::guarded::plain_line(heading);
    let others: Vec<String> = OPPOSITES
        .into_iter()
        .filter(|(word, _)| own.contains(word))
        .map(|(word, other)| own.replace(word, other))
        .collect();
    let is_other = |line: &str| line.starts_with('#') && others.contains(&super::guarded::plain_line(line));
    !others.is_empty() && text.lines().any(is_other)
}

/// A line of nothing but signs, or a sign with the name of a format: `----`, `———`, `;;;`, `---toml`, `{`.
fn is_other_mark(line: &str) -> bool {
    let signs = line.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !crate::text::chars::is_thai(c);
    !signs.is_empty() && signs.chars().all(sign) && line.len() - signs.len() <= 5
}

/// Offset of the first line that is neither blank nor an HTML comment.
fn lead(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let start = at + rest.len() - rest.trim_start_matches(is_blank).len();
        match text[start..].strip_prefix("<!--").and_then(|comment| comment.find("-->")) {
            Some(end) => at = start + 4 + end + 3,
            // Spaces before the mark belong to its line.
            None => return text[..start].rfind(['\n', '\r']).map_or(at.min(start), |i| (i + 1).max(at)),
        }
    }
}

/// White space, and what nobody sees.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || super::guarded::is_invisible(c)
}

fn is_empty(line: &str) -> bool {
    line.trim_matches(is_blank).is_empty()
}

/// A line without its end.
struct Line<'a> {
    text: &'a str,
    start: usize,
    next: usize,
}

impl<'a> Line<'a> {
    /// The line that starts at an offset; it ends with `\n`, `\r\n` or `\r`.
    fn at(text: &'a str, start: usize) -> Line<'a> {
        let rest = &text[start..];
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let end = match &rest[length..] {
            tail if tail.starts_with("\r\n") => 2,
            "" => 0,
            _ => 1,
        };
        Line { text: &rest[..length], start, next: start + length + end }
    }

    fn all(text: &'a str, from: usize) -> impl Iterator<Item = Line<'a>> {
        let mut at = from;
        std::iter::from_fn(move || {
            (at < text.len()).then(|| {
                let line = Line::at(text, at);
                at = line.next;
                line
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> Option<(Format, &str)> {
        split(text).unwrap().front.map(|(format, text, _)| (format, text))
    }

    #[test]
    fn splits_both_formats_and_windows_line_ends() {
        let split_toml = split("+++\r\na = 1\r\n+++\r\nตัว").unwrap();
        assert_eq!(split_toml.front, Some((Format::Toml, "a = 1\r\n", 5)));
        assert_eq!(split_toml.body, 17);
        assert_eq!(split("---\na: 1\n---\nx").unwrap().front.unwrap().0, Format::Yaml);
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        assert!(front("---\n\n# หัวเรื่อง\n").is_none());
        assert!(front("---\n\n# หัวเรื่อง\n\nเล่า\n\n---\n\nจบ\n").is_none());
        assert!(front("# หัวเรื่อง\n").is_none());
        assert!(front("").is_none());
    }

    #[test]
    fn keys_of_several_words_are_front_matter() {
        for keys in [
            "Meeting date: 2566-05-12",
            "Meeting date:",
            "วันที่ ประชุม: 2566",
            "$schema: x",
            "title/name: x",
            "title (th): x",
            "A & B: x",
            "1. x: y",
            "\"Meeting: date\": x",
            "'a b': x",
            "? a b\n: x",
            "aliases:\n- a\n- b",
            "Agenda:\n\n- a\n\n- b\n",
        ] {
            let long = "- x\n".repeat(30);
            for text in [
                format!("---\n{keys}\ninternal_sections: [a]\n---\nx"),
                format!("---\n{keys}\n\nInternal sections: [a]\n\n---\nx"),
                format!("---\n\n{keys}\ndraft: true\n\n---\nx"),
                format!("---\n{keys}\nOne more: x\n---\nx"),
                format!("---\n{keys}\nOne more:\n{long}internal only: true\n---\nx"),
                format!("---\n{keys}\nOne more: [\ndraft: true\n---\nx"),
            ] {
                assert!(front(&text).is_some(), "{text}");
            }
            let open = split(&format!("---\n{keys}\ninternal_sections: [a]\n\nx")).unwrap_err();
            assert!(matches!(open, Unreadable::Open(Format::Yaml, _)), "{keys}: {open:?}");
        }
        for text in [
            "---\nMeeting date: x\n---\n",
            "---\nis draft: true\n\n---\n",
            "---\nvisible to: staff\n---\nx",
            "---\nauthor = \"x\"\na = 1\n---\n",
            "---\nauthor:x\na:1\n---\n",
        ] {
            assert!(front(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_text_between_two_rules_is_text() {
        for text in [
            "---\n\nNote: see below\n\n---\n\nx",
            "---\n\nหมายเหตุ: เล่า\n\nเล่าต่อ\n\n---\n\nx",
            "---\n\nWe have three parts: a, b and c.\n\nThe first part is long.\n\n---\n\nx",
            "---\nWe have three parts: a, b and c.\n\n---\n\nx",
            "---\nWe have three parts: a, b and c.\nThe first part is long.\n\nx",
            "---\n\nOur first goal: to read\n\nOur second goal: to write\n\n---\n\nx",
            "---\n\n# ก\n\nผู้เขียน: ก\n\n---\n\nx",
            "---\n- ก: ข\n- ค\n---\nx",
            "---\n*ก* ข: ค\n---\nx",
            "---\nเล่า\n---\nx",
            "---\n\n10:30 น. ประชุม\n\n---\n\nx",
            "---\n\n**Date:** 5 May\n**Place:** hall\n\n---\n\nx",
            "---\n\n`code`: what is run\n`text`: what is read\n\n---\n\nx",
            "---\n\nOur rule: the first step: read\n\nNote: see below\n\n---\n\nx",
        ] {
            let split = split(text).unwrap();
            assert!(split.front.is_none() && split.doubt.is_none() && split.body == 0, "{text}");
        }
        // Keys of which the first has a fault.
        for key in ["course: a: b", "หัวข้อ: อ่าน: ก้าวแรก", "author: @nok", "aliases: [a, b", "Course title: a: b"]
        {
            let text = format!("---\n\n{key}\ndraft: true\ntags: x\n\n---\n\nx");
            assert!(front(&text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_missing_end_is_told() {
        assert_eq!(split("+++\na = 1\n").unwrap_err(), Unreadable::Open(Format::Toml, Span::new(0, 3)));
        assert_eq!(split("\n---\na: 1\n").unwrap_err(), Unreadable::Open(Format::Yaml, Span::new(1, 4)));
    }

    #[test]
    fn comments_blank_lines_and_spaces_around_the_marks_are_read() {
        for text in [
            "\n---\ndraft: true\n---\nx",
            "  \n\u{feff}---\ndraft: true\n---\nx",
            " --- \ndraft: true\n---\t\nx",
            "---\n# ฝ่ายข้อมูล\ndraft: true\n---\nx",
            "---\n\ndraft: true\n---\nx",
            "---\ndraft: true\n...\nx",
            "---\n\"draft\": true\n---\nx",
            "---\n{draft: true}\n---\nx",
            "---\rdraft: true\r---\rx",
            "<!-- แก้โดยฝ่ายข้อมูล -->\n---\ndraft: true\n---\nx",
            "\u{200b}---\ndraft: true\n ---\nx",
        ] {
            let split = split(text).unwrap_or_else(|e| panic!("{text:?}: {e:?}"));
            let (format, inside, base) = split.front.unwrap_or_else(|| panic!("{text:?}"));
            let node = parse(format, inside, base).unwrap();
            assert_eq!(node.get("draft").and_then(Node::text), Some("true"), "{text:?}");
            assert_eq!(&text[split.body..], "x", "{text:?}");
        }
        assert_eq!(front("\n+++\ndraft = true\n+++\n").unwrap().1, "draft = true\n");
    }

    #[test]
    fn what_looks_like_front_matter_is_not_taken_as_text() {
        for text in [
            "draft: true\n\nx",
            "# ก\n\nvisibility: internal\n",
            "----\ndraft: true\n----\nx",
            "———\ntitle: ก\n———\n",
            "```yaml\ndraft: true\n```\nx",
            "{\n  \"title\": \"ก\",\n  \"draft\": true\n}\nx",
            "{\"title\": \"ก\", \"draft\": true}\nx",
            "<!--\ndraft: true\n-->\nx",
            "<!-- draft: true -->\n---\ntitle: ก\n---\nx",
            ";;;\n\"visibility\": \"internal\"\n;;;\n",
            "+++toml\ntitle = \"ก\"\n+++\n",
            "+++\ntitle = \"ก\"\n+++\n---\ndraft: true\n---\nx",
            "---\nคำนำ\ndraft: true\n---\nx",
            "---\ntitle: ก\n---\n\n---\nlayout: page\nname: ก\nauthor: ข\nmenu: main\ntags:\n- ค\ndraft: true\n---\n\nx",
            "+++\ntitle = \"ก\"\n+++\n\n+++\na = 1\nb = 1\nc = 1\nd = 1\ne = 1\ndraft = true\n+++\nx",
            "---\ntitle: ก\n---\n<!-- ย้ายมา -->\n---\nlayout: page\na: 1\nb: 2\nc: 3\nd: 4\npublished: false\n---\nx",
            "---\ntitle: ก\n---\n# ก\n\n---\nlayout: page\na: 1\nb: 2\nc: 3\nembargo_until: 2590-01-01\n---\nx",
            "Visiblity = internal\n",
            "----\nMeeting date: x\ntitle: y\n----\nx",
            "{\n  \"Meeting date\": \"x\",\n  \"title\": \"y\"\n}\nx",
            "---\n@id: x\ninternal_sections: [a]\n---\nx",
            "# ก\n\ninternal_sections:\n- a\n",
            "---\ntitle: ก\n---\n\n---\ntitle: a: b\na: 1\nb: 2\nc: 3\nd: 4\ne: 5\ndraft: true\n---\n\nx",
            "> draft: true\n",
            "visibility\n: internal\n",
            "ชั้นความลับ\n: ลับ\n",
            "# ก\n\nสถานะ\n: ฉบับร่าง\n",
            "```markdown\n---\ntitle: ก\ndraft: true\n---\nข้อความ\n```\n",
            "````md\n---\ndraft: true\n---\n\nข้อความ\n",
            "~~~\n---\ndraft: true\n---\n~~~\n",
            "- draft: ร่าง\n\nข้อความ\n",
            "- visibility: ครู\n- draft: ฉบับร่างที่ 2\n\nข้อความ\n",
        ] {
            let found = split(text).map_or_else(Some, |split| split.doubt);
            assert!(matches!(found, Some(Unreadable::Unmarked(_) | Unreadable::Block(_))), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn words_about_front_matter_are_text() {
        for text in [
            "# วิธีเขียน\n\n```toml\ndraft = true\n```\n",
            "# วิธีเขียน\n\nเขียน `draft = true` ในส่วนหัว\n",
            "# ร่างแผน\n\nร่างแผนนี้ปรับปรุงเมื่อ 10:30 น.\n",
            "***\n\nหมายเหตุ: เล่า\n",
            "# ก\n\n---\n\nหมายเหตุ: เล่า\nผู้เขียน: ก\n\n---\n\nเล่า\n",
            "## ใช้ภายใน\n\nกิน\n\n## ใช้ภายนอก\n\nทา\n",
            "```yaml\n---\ntitle: My page\ndraft: true\n---\n```\n\nก\n",
            "# Python\n\nข้อความ\n\n    draft = True\n",
            "# คำ\n\n| คำ | ความหมาย |\n| --- | --- |\n| visibility | public |\n| draft | ร่าง |\n| internal | ภายใน |\n",
            "# คำ\n\n- draft: ร่าง\n- public: เผยแพร่\n",
            "# คำ\n\nข้อมูล\n: ก\n\nvisibility\n: การมองเห็น\n",
            "# คำ\n\nInternal sections: heart, lungs\n\n`internal_sections = [\"x\"]` ซ่อนหัวข้อ\n",
        ] {
            let split = split(text).unwrap();
            assert!(split.front.is_none() && split.doubt.is_none(), "{text:?}");
        }
    }
}
