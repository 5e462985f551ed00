//! The events of the parser, made the same for everybody who reads them: line ends, notes, labels, attributes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, LinkType, Tag, TagEnd};
use regex::Regex;

use super::attributes;
use super::prepared::{ESCAPED, MARK, Prepared, Spanned};
use super::text::joins;
use crate::text::pattern::constant;
use crate::text::slug::WIKI;

static RAISED: LazyLock<Regex> =
    LazyLock::new(|| constant(r"([\p{L}\p{M}\p{N}\])])(?:(\^)([^\s^~\u{fdd3}]{1,40})\^|(~)([^\s^~\u{fdd3}]{1,40})~)"));

/// Whether what stands between two marks is a step from one number to the next: `10^3-10^4`, `3~5,7~9`, `a^2+b^2`. Behind
/// letters it is none where it only counts (`text^1,2^more`) or stands below (`C~n~H~2n+2~O`).
fn is_arithmetic(base: Option<char>, mark: &str, inner: &str, next: Option<char>) -> bool {
    let digit = |c: char| c.is_numeric();
    let counts = inner.chars().all(|c| digit(c) || matches!(c, ',' | '-' | '–' | '.'));
    let figures = base.is_some_and(digit) && inner.starts_with(digit) && next.is_some_and(digit);
    let between = inner.trim_matches(|c: char| !c.is_alphanumeric());
    let signs = between.contains(['+', '-', '−', '–', '*', '/', '=', ':', '%', '×']);
    let letters = mark == "^" && signs && !counts && next.is_some_and(|c| c.is_ascii_alphanumeric());
    figures && !inner.chars().all(|c| digit(c) || c == '.') || letters
}

/// A text as events.
pub(super) struct Parsed<'a> {
    /// Events with their places in the prepared text.
    pub events: Vec<Spanned<'a>>,
    /// Notes by the index of their start event.
    pub callouts: HashMap<usize, Callout>,
}

/// What a block quote with a mark (`> [!tip]- Title`) says besides its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Callout {
    /// Its first paragraph is its title.
    pub titled: bool,
    /// Shown as a fold, and whether that is open.
    pub fold: Option<bool>,
}

/// Prepares the events of the parser.
pub(super) fn parsed<'a>(prepared: &'a Prepared<'_>, raw: Vec<Spanned<'a>>) -> Parsed<'a> {
    let mut made =
        Making { prepared, raw, out: Vec::new(), callouts: HashMap::new(), quotes: Vec::new(), in_code: false };
    made.out.reserve(made.raw.len());
    let mut at = 0;
    while at < made.raw.len() {
        at = made.step(at);
    }
    Parsed { events: made.out, callouts: made.callouts }
}

struct Making<'a, 'p> {
    prepared: &'a Prepared<'p>,
    raw: Vec<Spanned<'a>>,
    out: Vec<Spanned<'a>>,
    callouts: HashMap<usize, Callout>,
    /// Open block quotes: whether their ends are written.
    quotes: Vec<bool>,
    in_code: bool,
}

impl<'a> Making<'a, '_> {
    /// Takes over one raw event; gives the index of the next.
    fn step(&mut self, at: usize) -> usize {
        let range = self.raw[at].1.clone();
        let event = std::mem::replace(&mut self.raw[at].0, Event::Rule);
        let event = match event {
            Event::Text(text) => {
                let rest = match self.out.last() {
                    _ if self.in_code => 0,
                    Some((
                        Event::End(TagEnd::Image | TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong) | Event::Code(_),
                        _,
                    )) => self.attributes(&text, &range),
                    _ => 0,
                };
                if rest == text.len() && rest > 0 {
                    return at + 1;
                }
                let text = if rest > 0 { text[rest..].to_owned().into() } else { text };
                let text = match attributes::without_icons(&text).filter(|_| !self.in_code) {
                    Some(text) => text.into(),
                    None => text,
                };
                if matches!(self.raw.get(at + 1), Some((Event::End(TagEnd::Paragraph), _)))
                    && let Some((kept, list)) = attributes::at_end(&text)
                {
                    let id = list.id.map(str::to_owned);
                    if kept == 0 && matches!(self.out.last(), Some((Event::SoftBreak, _))) {
                        self.out.pop();
                    }
                    if kept > 0 {
                        self.text(text[..kept].to_owned().into(), range.clone());
                    }
                    self.anchor(id.as_deref(), &range);
                    return at + 1;
                }
                self.text(text, range);
                return at + 1;
            }
            event @ Event::Start(Tag::CodeBlock(_)) => {
                self.in_code = true;
                event
            }
            event @ Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                event
            }
            Event::Start(Tag::Heading { level, id: None, classes, attrs }) => {
                let named = attrs.iter().find(|(name, _)| name.as_ref() == "id").and_then(|(_, value)| value.clone());
                let id = named.map(|id| id.trim_matches(['"', '\'']).to_owned().into());
                Event::Start(Tag::Heading { level, id, classes, attrs })
            }
            Event::SoftBreak if self.joined(at) => return at + 1,
            Event::FootnoteReference(label) => Event::FootnoteReference(folded(label)),
            Event::Start(Tag::FootnoteDefinition(label)) => Event::Start(Tag::FootnoteDefinition(folded(label))),
            Event::Start(Tag::Link { link_type: link_type @ LinkType::WikiLink { .. }, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: wiki(&dest_url), title, id })
            }
            Event::Start(Tag::Image { link_type: link_type @ LinkType::WikiLink { .. }, dest_url, title, id }) => {
                self.embedded(at, &dest_url);
                Event::Start(Tag::Image { link_type, dest_url: wiki(&dest_url), title, id })
            }
            Event::Start(Tag::BlockQuote(kind)) => return self.quote(at, kind),
            Event::End(TagEnd::BlockQuote(kind)) => {
                if !self.quotes.pop().unwrap_or(true) {
                    return at + 1;
                }
                Event::End(TagEnd::BlockQuote(kind))
            }
            event => event,
        };
        self.push((event, range));
        at + 1
    }

    /// Text that follows text belongs to it.
    fn push(&mut self, (event, range): Spanned<'a>) {
        if let (Event::Text(new), Some((Event::Text(old), before))) = (&event, self.out.last_mut()) {
            *old = format!("{old}{new}").into();
            before.end = range.end;
            return;
        }
        self.out.push((event, range));
    }

    /// Whether the line end at `at` is in a word, or between characters of a script that has no spaces.
    fn joined(&self, at: usize) -> bool {
        const REACH: usize = 24;
        let mut before: Vec<char> = Vec::new();
        'back: for (event, _) in self.out.iter().rev() {
            match event {
                Event::Text(text) => {
                    for c in text.chars().rev().filter(|c| *c != MARK) {
                        if before.len() == REACH {
                            break 'back;
                        }
                        before.push(c);
                    }
                }
                event if is_inline(event) => {}
                _ => break,
            }
        }
        before.reverse();
        let mut after: Vec<char> = Vec::new();
        for (event, _) in &self.raw[at + 1..] {
            match event {
                Event::Text(text) => after.extend(text.chars().filter(|c| !matches!(*c, MARK | ESCAPED)).take(REACH)),
                event if is_inline(event) => {}
                _ => break,
            }
            if after.len() >= REACH {
                break;
            }
        }
        joins(&before, &after)
    }

    /// Writes text with `x^2^` and `H~2~O` raised and lowered: straight after a letter, digit or bracket, and without
    /// white space inside. The parser has them between white space only, where nobody writes them. Arithmetic has the same
    /// marks and stays as it is (`a^2+b^2`, `3~5,7~9`), and so does a mark behind a backslash.
    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        let (mut done, mut at) = (0, 0);
        if !self.in_code && text.contains(['^', '~']) {
            while let Some(found) = RAISED.captures_at(&text, at) {
                let (Some(whole), Some(mark), Some(inner)) =
                    (found.get(0), found.get(2).or(found.get(4)), found.get(3).or(found.get(5)))
                else {
                    break;
                };
                let (base, next) = (text[..mark.start()].chars().next_back(), text[whole.end()..].chars().next());
                if is_arithmetic(base, mark.as_str(), inner.as_str(), next) {
                    at = mark.end();
                    continue;
                }
                let tag = if mark.as_str() == "^" { Tag::Superscript } else { Tag::Subscript };
                let end = tag.to_end();
                self.push((Event::Text(plain(&text[done..mark.start()]).into()), range.clone()));
                self.out.push((Event::Start(tag), range.clone()));
                self.out.push((Event::Text(inner.as_str().to_owned().into()), range.clone()));
                self.out.push((Event::End(end), range.clone()));
                (done, at) = (whole.end(), whole.end());
            }
        }
        match &text[done..] {
            _ if done == 0 && !text.contains(ESCAPED) => self.push((Event::Text(text), range)),
            "" => {}
            rest => self.push((Event::Text(plain(rest).into()), range)),
        }
    }

    /// An anchor of the author's, as raw HTML has it.
    fn anchor(&mut self, id: Option<&str>, range: &Range<usize>) {
        if let Some(id) = id {
            self.out.push((Event::InlineHtml(format!("<span id=\"{id}\"></span>").into()), range.clone()));
        }
    }

    /// Reads `{width=300 alt="…"}` behind an image, link or mark; gives the bytes it takes.
    fn attributes(&mut self, text: &str, place: &Range<usize>) -> usize {
        let Some(attributes::List { length, alt, id }) = attributes::of(text) else {
            return 0;
        };
        let ends_image = matches!(self.out.last(), Some((Event::End(TagEnd::Image), _)));
        let empty = matches!(self.out.iter().rev().nth(1), Some((Event::Start(Tag::Image { .. }), _)));
        if ends_image
            && empty
            && let Some(alt) = alt
        {
            let (end, range) = (Event::End(TagEnd::Image), self.out.last().map_or(0..0, |(_, r)| r.clone()));
            self.out.pop();
            self.out.push((Event::Text(alt.to_owned().into()), range.clone()));
            self.out.push((end, range));
        }
        self.anchor(id, place);
        length
    }

    fn quote(&mut self, at: usize, kind: Option<BlockQuoteKind>) -> usize {
        let range = self.raw[at].1.clone();
        if let Some(kind) = kind {
            self.callouts.insert(self.out.len(), Callout { titled: false, fold: None });
            self.quotes.push(true);
            self.out.push((Event::Start(Tag::BlockQuote(Some(kind))), range));
            return at + 1;
        }
        let (Some((Event::Start(Tag::Paragraph), paragraph)), Some((Event::Text(text), line))) =
            (self.raw.get(at + 1), self.raw.get(at + 2))
        else {
            self.plain_quote(range);
            return at + 1;
        };
        let (paragraph, line, text) = (paragraph.clone(), line.clone(), plain(&self.prepared.clean(text)));
        let Some(mark) = mark(&text) else {
            self.plain_quote(range);
            return at + 1;
        };
        // The title goes up to the first line end outside emphasis.
        let mut depth = 0usize;
        let mut end = at + 3;
        while let Some((event, _)) = self.raw.get(end) {
            match event {
                Event::SoftBreak | Event::HardBreak if depth == 0 => break,
                Event::End(TagEnd::Paragraph) => break,
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            end += 1;
        }
        let own = mark.title.is_empty() && end == at + 3;
        let title = match kind_of(mark.word) {
            _ if !own => Some(mark.title.to_owned()),
            Named { label: true, .. } => None,
            _ => Some(capital(mark.word)),
        };
        let named = kind_of(mark.word);
        self.quotes.push(named.kind.is_some());
        if let Some(kind) = named.kind {
            self.callouts.insert(self.out.len(), Callout { titled: title.is_some(), fold: mark.fold });
            self.out.push((Event::Start(Tag::BlockQuote(Some(kind))), range));
        }
        if let Some(title) = title {
            self.out.push((Event::Start(Tag::Paragraph), paragraph.clone()));
            self.out.push((Event::Start(Tag::Strong), line.clone()));
            let title = attributes::without_icons(&title).unwrap_or(title);
            self.push((Event::Text(title.into()), line.clone()));
            let mut inside = at + 3;
            while inside < end {
                inside = self.step(inside);
            }
            self.out.push((Event::End(TagEnd::Strong), line.clone()));
            self.out.push((Event::End(TagEnd::Paragraph), line));
        }
        match self.raw.get(end) {
            Some((Event::SoftBreak | Event::HardBreak, _)) => {
                self.out.push((Event::Start(Tag::Paragraph), paragraph));
                end + 1
            }
            Some(_) => end + 1,
            None => end,
        }
    }

    fn plain_quote(&mut self, range: Range<usize>) {
        self.quotes.push(true);
        self.out.push((Event::Start(Tag::BlockQuote(None)), range));
    }

    /// The text of an embedded file is its name, unless the author wrote another: a width (`|300`) is none.
    fn embedded(&mut self, at: usize, dest: &str) {
        if let Some((Event::Text(text), _)) = self.raw.get_mut(at + 1)
            && (text.as_ref() == dest || text.bytes().all(|b| b.is_ascii_digit() || b == b'x'))
        {
            let name = dest.split('#').next().unwrap_or(dest).rsplit('/').next().unwrap_or(dest);
            *text = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned().into();
        }
    }
}

/// A text whose escapes have been looked at.
fn plain(text: &str) -> String {
    text.replace(ESCAPED, "")
}

fn is_inline(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
    )
}

/// Labels of footnotes match without regard to letter case.
fn folded(label: CowStr<'_>) -> CowStr<'_> {
    if label.chars().any(char::is_uppercase) { label.to_lowercase().into() } else { label }
}

/// A wiki link is told from a path by its mark; in tables its bar is escaped.
fn wiki<'a>(name: &str) -> CowStr<'a> {
    format!("{WIKI}{}", name.trim_end_matches('\\').trim()).into()
}

/// `[!word]`, `[!word]-`, `[!word]+` at the beginning of a text, and the title behind it.
struct Mark<'t> {
    word: &'t str,
    fold: Option<bool>,
    title: &'t str,
}

fn mark(text: &str) -> Option<Mark<'_>> {
    let (word, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let plain = |c: char| c.is_alphanumeric() || crate::text::slug::is_mark(c) || matches!(c, '-' | '_' | ' ' | '|');
    if word.is_empty() || word.len() > 40 || !word.chars().all(plain) {
        return None;
    }
    let fold = rest.chars().next().filter(|c| matches!(c, '-' | '+')).map(|c| c == '+');
    let title = if fold.is_some() { &rest[1..] } else { rest };
    Some(Mark { word: word.split('|').next().unwrap_or(word).trim(), fold, title: title.trim() })
}

/// What a mark's word stands for.
#[derive(Clone, Copy)]
struct Named {
    /// None for a tab: its title and its body, without a frame.
    kind: Option<BlockQuoteKind>,
    /// Whether the interface has a word for it; else the author's own is the title.
    label: bool,
}

fn kind_of(word: &str) -> Named {
    let word = word.to_lowercase();
    let (kind, label) = match word.as_str() {
        "tab" => return Named { kind: None, label: false },
        "note" | "info" => (BlockQuoteKind::Note, true),
        "tip" | "hint" => (BlockQuoteKind::Tip, true),
        "important" => (BlockQuoteKind::Important, true),
        "warning" | "attention" => (BlockQuoteKind::Warning, true),
        "caution" | "danger" => (BlockQuoteKind::Caution, true),
        "success" | "check" | "done" => (BlockQuoteKind::Tip, false),
        "error" | "failure" | "fail" | "missing" | "bug" => (BlockQuoteKind::Caution, false),
        _ => (BlockQuoteKind::Note, false),
    };
    Named { kind: Some(kind), label }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}
