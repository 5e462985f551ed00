//! Containers of a body while their blocks are read: paragraphs, lists, tables and what they become when they end.

use super::blocks::{Block, ListItem, Run, plain};

/// Deepest nesting of containers that is printed as such; what lies deeper keeps its text alone.
const MOST_DEEP: usize = 24;

/// What an open container will become.
pub(super) enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    List(Option<u64>),
    Item,
    Quote(String),
    Table(Vec<String>),
    Row,
    Cell,
    Code(String),
    Image(String),
    Note(String),
}

/// A container that is still open.
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) runs: Vec<Run>,
    pub(super) blocks: Vec<Block>,
    pub(super) items: Vec<ListItem>,
    pub(super) rows: Vec<Vec<Vec<Run>>>,
    pub(super) cells: Vec<Vec<Run>>,
    pub(super) done: Option<bool>,
    pub(super) number: Option<String>,
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            runs: vec![],
            blocks: vec![],
            items: vec![],
            rows: vec![],
            cells: vec![],
            done: None,
            number: None,
        }
    }

    /// The blocks inside; loose text of a tight list item becomes a paragraph.
    fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }

    pub(super) fn flush(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        if runs.iter().any(|run| !run.t.trim().is_empty() || !run.href.is_empty()) {
            self.blocks.push(Block::P { runs });
        }
    }
}

/// Builds the block tree: the open containers, the outermost first, and the form of the text that is read.
pub(super) struct Builder {
    pub(super) stack: Vec<Frame>,
    pub(super) marks: Run,
    /// A line end in the source that has not become text yet.
    pub(super) soft: bool,
    /// Runs and characters of the open container when a link began.
    pub(super) link: (usize, usize),
    /// Open containers that lie too deep.
    pub(super) skipped: usize,
    /// Containers opened so far.
    pub(super) count: usize,
}

impl Builder {
    pub(super) fn new() -> Self {
        let stack = vec![Frame::new(Kind::Root)];
        Self { stack, marks: Run::default(), soft: false, link: (0, 0), skipped: 0, count: 0 }
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        if self.stack.is_empty() {
            self.stack.push(Frame::new(Kind::Root));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    pub(super) fn text(&mut self, text: &str) {
        if std::mem::take(&mut self.soft) {
            self.text(" ");
        }
        let run = Run { t: text.to_owned(), ..self.marks.clone() };
        let top = self.top();
        match top.runs.last_mut() {
            Some(last) if (Run { t: String::new(), ..last.clone() }) == (Run { t: String::new(), ..run.clone() }) => {
                last.t.push_str(text)
            }
            _ => top.runs.push(run),
        }
    }

    pub(super) fn extent(&mut self) -> (usize, usize) {
        let runs = &self.top().runs;
        (runs.len(), runs.last().map_or(0, |run| run.t.len()))
    }

    pub(super) fn open(&mut self, kind: Kind) {
        self.count += 1;
        if self.skipped > 0 || self.stack.len() > MOST_DEEP {
            self.skipped += 1;
            self.soft = true;
            return;
        }
        // Text of a tight list item before a nested block is a paragraph of its own.
        if !matches!(kind, Kind::Image(_)) {
            self.top().flush();
        }
        self.stack.push(Frame::new(kind));
    }

    pub(super) fn close(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            self.soft = true;
            return;
        }
        if self.stack.len() < 2 {
            return;
        }
        let Some(mut frame) = self.stack.pop() else {
            return;
        };
        let kind = std::mem::replace(&mut frame.kind, Kind::Root);
        match kind {
            Kind::Root => {}
            Kind::Paragraph => {
                let blocks = frame.finish();
                self.top().blocks.extend(blocks);
            }
            Kind::Heading(level) => {
                let runs = frame.runs;
                // A heading without words would be none to a screen reader.
                if !plain(&runs).trim().is_empty() {
                    self.top().blocks.push(Block::H { level, runs });
                }
            }
            Kind::List(start) => {
                let items = frame.items;
                self.top().blocks.push(Block::List { start, items });
            }
            Kind::Item => {
                let (done, number) = (frame.done, frame.number.take());
                let blocks = frame.finish();
                self.top().items.push(ListItem { done, number, blocks });
            }
            Kind::Quote(kind) => {
                let blocks = frame.finish();
                self.top().blocks.push(Block::Quote { kind, blocks });
            }
            Kind::Table(align) => {
                let mut rows = frame.rows;
                if !rows.is_empty() {
                    let head = rows.remove(0);
                    self.top().blocks.push(Block::Table { align, head, rows });
                }
            }
            Kind::Row => {
                let cells = frame.cells;
                self.top().rows.push(cells);
            }
            Kind::Cell => {
                let runs = frame.runs;
                self.top().cells.push(runs);
            }
            Kind::Code(info) => {
                let text = plain(&frame.runs).trim_end().to_owned();
                self.top().blocks.push(Block::Code { info, text });
            }
            Kind::Image(src) => {
                let alt = plain(&frame.runs);
                // Among words alone stand those of the picture.
                if matches!(self.top().kind, Kind::Cell | Kind::Heading(_)) {
                    return self.text(&alt);
                }
                self.top().blocks.push(Block::Figure { src, alt, caption: vec![] });
            }
            Kind::Note(label) => {
                let blocks = frame.finish();
                self.top().blocks.push(Block::Note { label, blocks });
            }
        }
    }
}
