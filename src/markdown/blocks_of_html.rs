//! Raw HTML as events of Markdown, for outputs that know no HTML: what a page shows of it is a paragraph, list, quotation,
//! table, heading, code, picture, link or mark of letters there too.
//!
//! Tags need not be balanced and may stand around blocks of Markdown. What is given out is balanced: an element ends with
//! the block that it stands in, and a heading of the text ends all that are open.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::items::Items;
use super::lookahead::is_block_end;
use super::pieces::{Piece, Pieces, attribute, parts_lines};
use super::prepared::{Prepared, Spanned};
use super::table_of_html::Table;
use super::tags::{HtmlTag, MAX_TAGS, is_empty};

/// Events for outputs other than HTML, each with the byte offset in the source where it begins. Of HTML there is no other than
/// what stands before an item of a numbered list ([`Items`]): it begins with its number, or with nothing.
pub(super) fn events<'a>(prepared: &'a Prepared<'_>, events: Vec<Spanned<'a>>) -> Vec<(Event<'a>, usize)> {
    let mut made = Making {
        out: Vec::with_capacity(events.len()),
        at: 0,
        open: Vec::new(),
        tables: Vec::new(),
        lists: Vec::new(),
        in_line: false,
        begins: 0,
        broken: false,
    };
    let mut pieces = Pieces::default();
    for (event, range) in events {
        made.at = prepared.original(range.start);
        match event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {
                made.end_paragraph();
                pieces.begin();
            }
            Event::Html(ref html) | Event::InlineHtml(ref html) => {
                // Between the words of Markdown a tag begins no block.
                made.in_line = matches!(event, Event::InlineHtml(_));
                pieces.read(&prepared.clean(html), |piece| match piece {
                    Piece::Text(text) => made.words(&text),
                    Piece::Tag(name, tag) if tag.closing => made.end_tag(name),
                    Piece::Tag(name, tag) => made.start_tag(name, &tag),
                });
                made.in_line = false;
            }
            Event::Start(tag) => made.start(tag),
            Event::End(end) => made.end(end),
            // Of an element that no page shows nothing is printed.
            _ if pieces.is_unseen() => {}
            event => made.push(event),
        }
    }
    made.close_to(0);
    made.out
}

/// What an open element holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// What the element around it holds.
    Same,
    Blocks,
    /// Words that no tag of a paragraph stands around.
    Words,
    /// A line of words: what begins a block begins a line.
    Line,
    Items,
    Rows,
    Cells,
}

/// An open element of HTML, or a container of Markdown, which has no name.
struct Open {
    name: String,
    holds: Holds,
    end: Option<TagEnd>,
}

struct Making<'a> {
    out: Vec<(Event<'a>, usize)>,
    at: usize,
    open: Vec<Open>,
    tables: Vec<Table<'a>>,
    /// The numbered lists that are open.
    lists: Vec<Items>,
    in_line: bool,
    /// How many events stand before the line of words.
    begins: usize,
    /// Whether a line of words has ended and the next not begun.
    broken: bool,
}

impl<'a> Making<'a> {
    /// Gives out an event of a line.
    fn push(&mut self, event: Event<'a>) {
        if std::mem::take(&mut self.broken) && self.out.len() > self.begins {
            self.out.push((Event::HardBreak, self.at));
        }
        self.out.push((event, self.at));
    }

    fn holds(&self) -> Holds {
        self.open.iter().rev().map(|open| open.holds).find(|holds| *holds != Holds::Same).unwrap_or(Holds::Blocks)
    }

    /// How many of the open elements hold the container of Markdown that is open, with it.
    fn floor(&self) -> usize {
        self.open.iter().rposition(|open| open.name.is_empty()).map_or(0, |at| at + 1)
    }

    fn enter(&mut self, name: &str, holds: Holds, tag: Option<Tag<'a>>) {
        let end = tag.as_ref().map(Tag::to_end);
        if let Some(tag) = tag {
            self.push(Event::Start(tag));
        }
        if matches!(holds, Holds::Line | Holds::Words) {
            self.begins = self.out.len();
        }
        self.open.push(Open { name: name.to_owned(), holds, end });
    }

    /// Ends all elements but the outer `keep`.
    fn close_to(&mut self, keep: usize) {
        while self.open.len() > keep {
            let Some(open) = self.open.pop() else { break };
            if open.name == "ol" && open.holds == Holds::Items {
                self.number_items();
            }
            match (open.holds, self.tables.last_mut()) {
                (Holds::Rows, Some(_)) => {
                    let events = self.tables.pop().map(|table| table.events(self.at)).unwrap_or_default();
                    self.out.extend(events);
                }
                (Holds::Line, Some(table)) if open.name == "td" => {
                    self.broken = false;
                    table.end_cell(&mut self.out);
                }
                _ => {
                    if let Some(end) = open.end {
                        self.broken &= !is_block_end(&end);
                        self.out.push((Event::End(end), self.at));
                    }
                }
            }
        }
    }

    /// Writes the numbers of the items of the innermost list where they do not follow from its first one.
    fn number_items(&mut self) {
        for (at, number) in self.lists.pop().map(Items::numbers).unwrap_or_default() {
            if let Some((event, _)) = self.out.get_mut(at) {
                *event = Event::InlineHtml(number.into());
            }
        }
    }

    /// Begins an item; in a numbered list there is room for its number.
    fn item(&mut self, tag: &HtmlTag<'_>) {
        let numbered = self.open.iter().rev().find(|open| open.holds == Holds::Items).is_some_and(|o| o.name == "ol");
        self.enter("li", Holds::Blocks, Some(Tag::Item));
        if let Some(list) = self.lists.last_mut().filter(|_| numbered) {
            list.add(self.out.len(), tag);
            self.out.push((Event::InlineHtml("".into()), self.at));
        }
    }

    fn end_paragraph(&mut self) {
        let floor = self.floor();
        if let Some(at) = self.open[floor..].iter().position(|open| open.holds == Holds::Words) {
            self.close_to(floor + at);
        }
    }

    /// Begins a block: what stands before it in its element is a paragraph of its own, or a line. Whether it may be one.
    fn block(&mut self) -> bool {
        self.end_paragraph();
        match self.holds() {
            holds if self.in_line || holds == Holds::Line => {
                self.broken = true;
                return false;
            }
            Holds::Items => self.enter("li", Holds::Blocks, Some(Tag::Item)),
            Holds::Rows => {
                self.row();
                self.cell(1, 1, false);
                return false;
            }
            Holds::Cells => {
                self.cell(1, 1, false);
                return false;
            }
            _ => {}
        }
        true
    }

    /// Words of HTML stand in a paragraph.
    fn line(&mut self) {
        if !self.in_line && !matches!(self.holds(), Holds::Line | Holds::Words) && self.block() {
            self.enter("-", Holds::Words, Some(Tag::Paragraph));
        }
    }

    fn is_code(&self) -> bool {
        self.open.iter().any(|open| open.end == Some(TagEnd::CodeBlock))
    }

    fn words(&mut self, text: &str) {
        if self.is_code() {
            let text = if self.out.len() == self.begins { text.trim_start_matches('\n') } else { text };
            return self.push(Event::Text(text.to_owned().into()));
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() && !matches!(self.holds(), Holds::Line | Holds::Words) {
            return;
        }
        self.line();
        let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
        // At the beginning of a line there is no space.
        let begins =
            self.broken || self.out.len() == self.begins || matches!(self.out.last(), Some((Event::HardBreak, _)));
        let mut said = if before && !begins { String::from(" ") } else { String::new() };
        said.push_str(&words.join(" "));
        if after && !words.is_empty() {
            said.push(' ');
        }
        if !said.is_empty() {
            self.push(Event::Text(said.into()));
        }
    }

    fn start_tag(&mut self, name: &str, tag: &HtmlTag<'_>) {
        if self.open.len() >= MAX_TAGS {
            return;
        }
        let named = |name: &str| attribute(tag, name);
        match name {
            "br" => {
                self.line();
                return self.push(Event::HardBreak);
            }
            "img" => {
                self.line();
                let (dest_url, none) = (CowStr::from(named("src").unwrap_or_default()), CowStr::from(""));
                let (link_type, title, id) = (LinkType::Inline, none.clone(), none);
                self.push(Event::Start(Tag::Image { link_type, dest_url, title, id }));
                self.push(Event::Text(named("alt").unwrap_or_default().into()));
                return self.push(Event::End(TagEnd::Image));
            }
            "hr" if self.block() => return self.push(Event::Rule),
            _ if is_empty(tag) => return,
            _ => {}
        }
        let mark = match name {
            "a" => named("href").map(|href| {
                let (title, id) = (CowStr::from(""), CowStr::from(""));
                Tag::Link { link_type: LinkType::Inline, dest_url: href.into(), title, id }
            }),
            "b" | "strong" => Some(Tag::Strong),
            "i" | "em" => Some(Tag::Emphasis),
            "del" | "s" | "strike" => Some(Tag::Strikethrough),
            "sup" => Some(Tag::Superscript),
            "sub" => Some(Tag::Subscript),
            _ => None,
        };
        if !parts_lines(name) {
            if mark.is_some() && !self.is_code() {
                self.line();
                self.enter(name, Holds::Same, mark);
            }
            return;
        }
        self.ends_before(name);
        if matches!(name, "td" | "th") && matches!(self.holds(), Holds::Rows | Holds::Cells) {
            if self.holds() == Holds::Rows {
                self.row();
            }
            let span = |name: &str| named(name).and_then(|n| n.parse().ok()).unwrap_or(1);
            return self.cell(span("colspan"), span("rowspan"), name == "th");
        }
        match (name, self.holds()) {
            ("tr", Holds::Rows) => return self.row(),
            ("li", Holds::Items) => return self.item(tag),
            ("thead" | "tbody" | "tfoot" | "colgroup", _) => return,
            ("caption", Holds::Rows) => return self.enter("caption", Holds::Blocks, None),
            _ => {}
        }
        if !self.block() {
            // The ends of these are told from those of the table around them.
            if matches!(name, "table" | "tr" | "td" | "th") {
                self.enter(if name == "th" { "td" } else { name }, Holds::Same, None);
            }
            return;
        }
        match name {
            "ul" | "menu" => self.enter(name, Holds::Items, Some(Tag::List(None))),
            "ol" => {
                let items = Items::of(tag);
                self.enter(name, Holds::Items, Some(Tag::List(Some(items.first()))));
                self.lists.push(items);
            }
            "blockquote" => self.enter(name, Holds::Blocks, Some(Tag::BlockQuote(None))),
            "pre" => self.enter(name, Holds::Line, Some(Tag::CodeBlock(CodeBlockKind::Indented))),
            "dt" => self.enter(name, Holds::Blocks, Some(Tag::DefinitionListTitle)),
            "dd" => self.enter(name, Holds::Blocks, Some(Tag::DefinitionListDefinition)),
            "table" => {
                self.tables.push(Table::default());
                self.enter(name, Holds::Rows, None);
            }
            "summary" => {
                self.line();
                self.enter(name, Holds::Same, Some(Tag::Strong));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name[1..].parse().ok().and_then(|n: usize| HeadingLevel::try_from(n.max(2)).ok());
                let level = level.unwrap_or(HeadingLevel::H6);
                let heading = Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
                self.enter(name, Holds::Line, Some(heading));
            }
            _ => {}
        }
    }

    fn row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.begin_row();
        }
        self.enter("tr", Holds::Cells, None);
    }

    fn cell(&mut self, columns: usize, rows: usize, head: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.begin_cell(self.out.len(), (columns, rows), head);
        }
        self.broken = false;
        self.enter("td", Holds::Line, None);
    }

    /// Ends an element of which the next of its kind is the end: an item, a row, a cell, a term.
    fn ends_before(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "tr" => (&["tr", "caption"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &[]),
            _ => return,
        };
        let floor = self.floor();
        let inner = self.open[floor..].iter().rposition(|o| ended.contains(&&*o.name) || within.contains(&&*o.name));
        if let Some(at) = inner.filter(|at| ended.contains(&&*self.open[floor + at].name)) {
            self.close_to(floor + at);
        }
    }

    fn end_tag(&mut self, name: &str) {
        let name = if name == "th" { "td" } else { name };
        let floor = self.floor();
        // The end of a row or table within a cell of another table is that of the inner one.
        let found = self.open[floor..].iter().rposition(|open| open.name == name);
        if let Some(at) = found {
            self.close_to(floor + at);
        }
        if parts_lines(name) {
            self.end_paragraph();
            self.broken |= self.in_line || self.holds() == Holds::Line;
        }
    }

    /// A container or mark of Markdown begins.
    fn start(&mut self, tag: Tag<'a>) {
        let end = tag.to_end();
        if !is_block_end(&end) {
            return self.enter("", Holds::Same, Some(tag));
        }
        if matches!(tag, Tag::Heading { .. }) && self.floor() == 0 {
            self.close_to(0);
        }
        // In a line only its words stand. Parts of a list or table of Markdown are in it already.
        let is_part = matches!(tag, Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell);
        if self.holds() == Holds::Line || !is_part && !self.block() {
            self.broken = true;
            return self.enter("", Holds::Same, None);
        }
        let holds = match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::DefinitionListTitle | Tag::CodeBlock(_) => {
                Holds::Line
            }
            _ => Holds::Blocks,
        };
        self.enter("", holds, Some(tag));
    }

    fn end(&mut self, end: TagEnd) {
        let floor = self.floor();
        let Some(at) = floor.checked_sub(1) else { return };
        let stands = self.open[at].end.is_some();
        self.close_to(at);
        if !stands && is_block_end(&end) {
            self.broken = true;
        }
    }
}
