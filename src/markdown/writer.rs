//! From events to HTML: the loop, headings and parts. Blocks and inlines are in their own files.

use crate::text::slug::github_slug;
use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::allowed::sanitise;
use super::escape::{escape_attr, escape_text};
use super::events::Parsed;
use super::ids::{IdSet, heading_ids};
use super::lookahead::{closing, is_block_end};
use super::notes::Notes;
use super::plain::Plain;
use super::prepared::Prepared;
use super::raw;
use super::state::{Close, TableState, Writer};
use super::types::{Finding, FindingKind, Links, MAX_DEPTH, Options, Part, Rendered, TextPart, TocItem};

/// Renders one Markdown text to safe HTML, search text and findings.
#[must_use]
pub fn render(source: &str, options: &Options<'_>, links: &dyn Links) -> Rendered {
    let prepared = Prepared::new(source);
    let Parsed { events, callouts } = prepared.parse();
    let mut ids = IdSet::default();
    let headings = heading_ids(&prepared, &events, options.id_prefix, &mut ids);
    let mut writer = Writer {
        prepared: &prepared,
        events: &events,
        callouts: &callouts,
        headings,
        at: 0,
        options,
        links,
        out: String::with_capacity(source.len() + source.len() / 4),
        parts: Vec::new(),
        part: Part::default(),
        result: Rendered {
            text: vec![TextPart::default()],
            raw_html: raw::has_raw(&prepared, &events),
            ..Rendered::default()
        },
        ids,
        close: Vec::new(),
        in_link: 0,
        in_heading: false,
        slots: Vec::new(),
        notes: Notes::default(),
        plain: Plain::new('\n'),
        table: TableState::default(),
    };
    let mut at = 0;
    while at < events.len() {
        at = writer.step(at);
    }
    writer.finish()
}

impl Writer<'_> {
    /// Writes the event at `at`, gives the index of the next one.
    fn step(&mut self, at: usize) -> usize {
        let events = self.events;
        self.at = at;
        let (event, range) = &events[at];
        self.mark(event);
        match event {
            Event::Start(Tag::Heading { level, .. }) => return self.heading(at, *level),
            Event::Start(tag) => {
                if self.close.len() >= MAX_DEPTH {
                    self.close.push(Close::Nothing);
                } else {
                    return self.start(tag, at);
                }
            }
            Event::End(end) => {
                self.end();
                if is_block_end(end) {
                    self.in_heading = false;
                }
            }
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                let code = self.prepared.clean(code).into_owned();
                self.out.push_str("<code>");
                escape_text(&code, &mut self.out);
                self.out.push_str("</code>");
                self.saw(&code);
            }
            Event::SoftBreak => {
                self.out.push('\n');
                if !self.in_heading {
                    self.text_part().push(' ');
                }
            }
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.text_part().push('\n');
            }
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(html, range.start),
            Event::FootnoteReference(label) => self.note_reference(label),
            Event::TaskListMarker(done) => self.task(*done),
            Event::InlineMath(tex) => self.math(tex, false, range.start),
            Event::DisplayMath(tex) => self.math(tex, true, range.start),
        }
        at + 1
    }

    fn end(&mut self) {
        match self.close.pop() {
            Some(Close::Tag(tag)) => self.out.push_str(tag),
            Some(Close::Link(tag)) => {
                self.in_link = self.in_link.saturating_sub(1);
                self.out.push_str(tag);
            }
            Some(Close::Table) => self.table_end(),
            Some(Close::Footnote { label, outer }) => {
                let html = std::mem::replace(&mut self.out, outer);
                self.notes.define(label, html);
            }
            Some(Close::Nothing) | None => {}
        }
    }

    fn heading(&mut self, at: usize, level: HeadingLevel) -> usize {
        let end = closing(self.events, at + 1);
        let level = level as u8;
        let start = self.events[at].1.start;
        let Some(given) = self.headings.pop_front() else {
            return end + 1;
        };
        if let Some((kind, what)) = given.finding() {
            self.finding(start, kind, what);
        }
        let title = given.title.clone();
        self.result.text.push(TextPart { level, id: given.id.clone(), title: title.clone(), text: String::new() });
        if level == 1 && self.result.title.is_none() {
            self.result.title = Some(title.clone());
            let again = |shown| github_slug(shown) == github_slug(&title);
            if self.close.is_empty() && self.options.title.is_some_and(again) {
                self.result.chars += title.chars().count();
                self.other_anchor(Some(&given.id));
                self.other_anchor(given.other.as_deref());
                return end + 1;
            }
        }
        // The page's own title is the only h1.
        let shown = level.max(2);
        self.result.toc.push(TocItem { level: shown, id: given.id.clone(), title: title.clone() });
        if self.options.sectioned && level == 2 && self.close.is_empty() {
            self.result.chars += title.chars().count();
            self.flush_part();
            self.part = Part {
                id: given.id,
                title,
                html: String::new(),
                offset: self.prepared.original(start),
                explicit: given.explicit,
            };
            self.other_anchor(given.other.as_deref());
            // Templates show the words of the heading; what it cites stands at the beginning of its part.
            let events = self.events;
            for (event, _) in &events[at + 1..end] {
                if let Event::FootnoteReference(label) = event {
                    self.note_reference(label);
                }
            }
            return end + 1;
        }
        let tags: [(&str, &str); 5] = [
            ("<h2 id=\"", "</h2>\n"),
            ("<h3 id=\"", "</h3>\n"),
            ("<h4 id=\"", "</h4>\n"),
            ("<h5 id=\"", "</h5>\n"),
            ("<h6 id=\"", "</h6>\n"),
        ];
        let (open, close) = tags[usize::from(shown.clamp(2, 6)) - 2];
        self.out.push_str(open);
        escape_attr(&given.id, &mut self.out);
        self.out.push_str("\">");
        self.other_anchor(given.other.as_deref());
        self.close.push(Close::Tag(close));
        self.in_heading = true;
        at + 1
    }

    /// A second anchor of the heading.
    fn other_anchor(&mut self, id: Option<&str>) {
        if let Some(id) = id {
            self.out.push_str("<span id=\"");
            escape_attr(id, &mut self.out);
            self.out.push_str("\"></span>");
        }
    }

    /// Search text of the current heading.
    pub(super) fn text_part(&mut self) -> &mut String {
        if self.result.text.is_empty() {
            self.result.text.push(TextPart::default());
        }
        let last = self.result.text.len() - 1;
        &mut self.result.text[last].text
    }

    /// Records visible text that is already written.
    pub(super) fn saw(&mut self, text: &str) {
        if !self.in_heading {
            let mut said = std::mem::take(self.text_part());
            self.plain.words(text, &mut said);
            *self.text_part() = said;
        }
        self.result.chars += text.chars().count();
    }

    /// What an event says besides its words, for the search text; a heading's is in its title.
    fn mark(&mut self, event: &Event<'_>) {
        if !self.in_heading {
            let mut said = std::mem::take(self.text_part());
            let before = said.len();
            self.plain.mark(event, self.prepared, &mut said);
            self.result.chars += said.get(before..).map_or(0, |new| new.trim().chars().count());
            *self.text_part() = said;
        }
    }

    pub(super) fn finding(&mut self, position: usize, kind: FindingKind, what: String) {
        let offset = self.prepared.original(position);
        self.result.findings.push(Finding { offset, kind, what });
    }

    fn flush_part(&mut self) {
        let mut part = std::mem::take(&mut self.part);
        part.html = std::mem::take(&mut self.out);
        self.parts.push(part);
        self.notes.next_part();
    }

    fn finish(mut self) -> Rendered {
        while !self.close.is_empty() {
            self.end();
        }
        self.flush_part();
        let mut parts = std::mem::take(&mut self.parts);
        for (number, part) in parts.iter_mut().enumerate() {
            self.notes.append(number, self.options, &mut part.html);
            if self.result.raw_html {
                part.html = raw::fill_slots(&sanitise(&part.html), &self.slots);
            }
        }
        self.result.parts = parts;
        for part in &mut self.result.text {
            part.text.truncate(part.text.trim_end().len());
        }
        if self.result.text.len() > 1 && self.result.text[0].level == 0 && self.result.text[0].text.is_empty() {
            self.result.text.remove(0);
        }
        self.result
    }
}
