//! Blocks: paragraphs, figures, lists, tables, callouts, code and query blocks.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag};

use super::escape::{escape_attr, escape_text};
use super::highlight;
use super::lookahead::{closing, lone_image};
use super::plain::text_of;
use super::prepared::SLOT;
use super::state::{Close, TableState, Writer};

/// So many columns fit a phone.
const FITTING: usize = 3;

impl Writer<'_> {
    /// Writes the start of an element; gives the index of the next event.
    pub(super) fn start(&mut self, tag: &Tag<'_>, at: usize) -> usize {
        match tag {
            Tag::Paragraph => {
                if let Some(end) = lone_image(self.events, at)
                    && self.figure(at + 1, end)
                {
                    return end + 2;
                }
                self.open("<p>", "</p>\n");
            }
            Tag::BlockQuote(None) => self.open("<blockquote>\n", "</blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => return self.callout(*kind, at),
            Tag::CodeBlock(kind) => return self.code_block(kind, at),
            Tag::List(None) => self.open("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n", "</ol>\n"),
            Tag::List(Some(from)) => {
                self.out.push_str("<ol start=\"");
                self.out.push_str(&from.min(&999_999_999).to_string());
                self.open("\">\n", "</ol>\n");
            }
            Tag::Item => self.open("<li>", "</li>\n"),
            Tag::FootnoteDefinition(label) => {
                let label = self.prepared.clean(label).into_owned();
                let outer = std::mem::take(&mut self.out);
                self.close.push(Close::Footnote { label, outer });
            }
            Tag::Table(alignments) => self.table_start(alignments),
            Tag::TableHead => {
                self.table.head = true;
                self.table.cell = 0;
                self.open("<thead>\n<tr>", "</tr>\n</thead>\n");
            }
            Tag::TableRow => {
                self.table.head = false;
                self.table.cell = 0;
                if !self.table.body_open {
                    self.table.body_open = true;
                    self.out.push_str("<tbody>\n");
                }
                self.open("<tr>", "</tr>\n");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.open("<em>", "</em>"),
            Tag::Strong => self.open("<strong>", "</strong>"),
            Tag::Strikethrough => self.open("<del>", "</del>"),
            Tag::Superscript => self.open("<sup>", "</sup>"),
            Tag::Subscript => self.open("<sub>", "</sub>"),
            Tag::DefinitionList => self.open("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open("<dd>", "</dd>\n"),
            Tag::Link { .. } => return self.link(tag, at),
            Tag::Image { .. } => return self.inline_image(at),
            _ => self.close.push(Close::Nothing),
        }
        at + 1
    }

    pub(super) fn open(&mut self, open: &str, close: &'static str) {
        self.out.push_str(open);
        self.close.push(Close::Tag(close));
    }

    /// A note with its title: the author's, else the word of the interface.
    fn callout(&mut self, kind: BlockQuoteKind, at: usize) -> usize {
        let callout = self.callouts.get(&at).copied();
        let labels = self.options.labels;
        let (class, label) = match kind {
            BlockQuoteKind::Note => ("note", &labels.note),
            BlockQuoteKind::Tip => ("tip", &labels.tip),
            BlockQuoteKind::Important => ("important", &labels.important),
            BlockQuoteKind::Warning => ("warning", &labels.warning),
            BlockQuoteKind::Caution => ("caution", &labels.caution),
        };
        let fold = callout.and_then(|c| c.fold);
        let (open, title, title_end, close) = match fold {
            None => ("<div class=\"callout callout-", " role=\"note\">\n<p", "</p>\n", "</div>\n"),
            Some(true) => {
                ("<details open=\"\" class=\"callout callout-", ">\n<summary", "</summary>\n", "</details>\n")
            }
            Some(false) => ("<details class=\"callout callout-", ">\n<summary", "</summary>\n", "</details>\n"),
        };
        self.out.push_str(&format!("{open}{class}\"{title} class=\"callout-title\">"));
        self.close.push(Close::Tag(close));
        if callout.is_some_and(|c| c.titled) {
            self.close.push(Close::Tag(title_end));
            return at + 2;
        }
        escape_text(label, &mut self.out);
        self.out.push_str(title_end);
        at + 1
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, at: usize) -> usize {
        let info = match kind {
            CodeBlockKind::Fenced(info) => self.prepared.clean(info).into_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let language = info.split([' ', ',', '{', '\t']).next().unwrap_or("");
        if language == "query" {
            return self.query(at);
        }
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !language.is_empty() && language.len() < 40 {
            self.out.push_str(" class=\"language-");
            escape_attr(language, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        if !language.is_empty() {
            let end = closing(self.events, at + 1);
            let code = self.code_of(at + 1, end);
            if let Some(html) = highlight::html(language, &code) {
                self.result.highlighted = true;
                self.out.push_str(&html);
                self.out.push_str("</code></pre>\n");
                self.saw(&code);
                return end + 1;
            }
        }
        // The parser ends code with a line feed of its own; addresses in code stay text.
        self.in_link += 1;
        self.close.push(Close::Link("</code></pre>\n"));
        at + 1
    }

    /// The text of a code block.
    fn code_of(&self, from: usize, to: usize) -> String {
        let texts = self.events[from..to].iter().filter_map(|(event, _)| match event {
            Event::Text(text) => Some(self.prepared.clean(text)),
            _ => None,
        });
        texts.collect()
    }

    fn query(&mut self, at: usize) -> usize {
        let end = closing(self.events, at + 1);
        let toml = self.code_of(at + 1, end);
        let position = self.events.get(at + 1).map_or(self.events[at].1.start, |(_, r)| r.start);
        let html = self.links.query(&toml, self.prepared.original(position));
        self.made(html, "div");
        end + 1
    }

    /// Writes HTML that is safe already; on a page that is sanitised as a whole it is put in afterwards.
    pub(super) fn made(&mut self, html: String, wrapper: &str) {
        if !self.result.raw_html {
            self.out.push_str(&html);
            return;
        }
        self.out.push_str(&format!("<{wrapper}>{SLOT}{}{SLOT}</{wrapper}>", self.slots.len()));
        self.slots.push(html);
    }

    fn table_start(&mut self, alignments: &[Alignment]) {
        let number = self.table.number + 1;
        self.table = TableState { alignments: alignments.to_vec(), number, ..TableState::default() };
        let stack = if self.is_stacked() { " stack" } else { "" };
        self.out.push_str(&format!("<div class=\"table-wrap{stack}\" tabindex=\"0\" role=\"region\" aria-label=\""));
        escape_attr(&self.options.labels.table, &mut self.out);
        self.out.push(' ');
        self.out.push_str(&number.to_string());
        if let Some(title) = self.result.toc.last().map(|t| t.title.clone()) {
            self.out.push_str(": ");
            escape_attr(&title, &mut self.out);
        }
        self.out.push_str(if stack.is_empty() { "\">\n<table>\n" } else { "\">\n<table class=\"lines\">\n" });
        self.close.push(Close::Table);
    }

    /// Ends a table.
    pub(super) fn table_end(&mut self) {
        self.table.cell = 0;
        if self.table.body_open {
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n</div>\n");
    }

    /// Whether the rows of the table stand one below the other on narrow screens: it has more columns than fit, and
    /// each cell then says its column.
    fn is_stacked(&self) -> bool {
        self.table.alignments.len() > FITTING
    }

    fn table_cell(&mut self) {
        let column = self.table.cell;
        self.table.cell += 1;
        let (stacked, empty) = (self.is_stacked(), matches!(self.peek_after_start(), Some(Event::End(_))));
        // An empty header cell is a plain cell: a header without text has no meaning. Below it stand names of rows.
        let (open, close) = if self.table.head && !empty {
            ("<th scope=\"col\"", "</th>")
        } else if stacked && !self.table.head && column == 0 && self.table.names.first().is_some_and(String::is_empty) {
            ("<th scope=\"row\"", "</th>")
        } else {
            ("<td", "</td>")
        };
        self.out.push_str(open);
        if stacked && self.table.head {
            let name = text_of(self.prepared, &self.events[self.at + 1..closing(self.events, self.at + 1)]);
            self.table.names.push(name);
        } else if stacked && close == "</td>" {
            self.out.push_str(" data-label=\"");
            escape_attr(self.table.names.get(column).map_or("", String::as_str), &mut self.out);
            self.out.push('"');
        }
        self.out.push_str(match self.table.alignments.get(column) {
            Some(Alignment::Right) => " class=\"ta-r\"",
            Some(Alignment::Center) => " class=\"ta-c\"",
            _ => "",
        });
        self.open(">", close);
    }

    pub(super) fn task(&mut self, done: bool) {
        let label = if done { &self.options.labels.done } else { &self.options.labels.open };
        self.out.push_str(if done {
            "<span class=\"task task-done\" role=\"img\" aria-label=\""
        } else {
            "<span class=\"task\" role=\"img\" aria-label=\""
        });
        escape_attr(label, &mut self.out);
        self.out.push_str(if done { "\">☑</span> " } else { "\">☐</span> " });
    }
}
