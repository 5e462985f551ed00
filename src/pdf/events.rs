//! From Markdown events to the block tree.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::blocks::{Block, ListItem, Run, plain};

/// Deepest nesting of containers that is printed as such; what lies deeper keeps its text alone.
const MOST_DEEP: usize = 24;

/// Most blocks and cells of one body that are printed.
const MOST_BLOCKS: usize = 20_000;

/// A body as blocks.
#[derive(Debug, Default)]
pub struct Tree {
    /// The blocks of the first level, each with the byte offset in the source where it begins.
    pub blocks: Vec<(usize, Block)>,
    /// Where containers are nested deeper than is printed.
    pub deep: Option<usize>,
    /// Where more begins than is printed.
    pub long: Option<usize>,
}

/// Builds the tree from Markdown events with their offsets (the same stream that becomes HTML). Raw HTML is left out.
pub fn from_events<'a>(events: impl IntoIterator<Item = (Event<'a>, usize)>) -> Tree {
    let mut builder = Builder {
        stack: vec![Frame::new(Kind::Root)],
        marks: Run::default(),
        soft: false,
        link: (0, 0),
        skipped: 0,
        count: 0,
    };
    let mut tree = Tree::default();
    let mut start = 0;
    for (event, at) in events {
        if builder.stack.len() == 1 {
            start = at;
        }
        if builder.count > MOST_BLOCKS {
            tree.long = Some(at);
            break;
        }
        builder.event(event);
        if builder.skipped > 0 && tree.deep.is_none() {
            tree.deep = Some(at);
        }
        if builder.stack.len() == 1 {
            tree.take(&mut builder, start);
        }
    }
    while builder.stack.len() > 1 {
        builder.close();
    }
    tree.take(&mut builder, start);
    if let Some(at) = tree.long {
        tree.blocks.push((at, Block::Cut));
    }
    tree
}

impl Tree {
    /// Takes the finished blocks, which began at this offset.
    fn take(&mut self, builder: &mut Builder, start: usize) {
        let root = builder.top();
        root.flush();
        self.blocks.extend(std::mem::take(&mut root.blocks).into_iter().map(|block| (start, block)));
    }
}

/// What an open container will become.
enum Kind {
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
struct Frame {
    kind: Kind,
    runs: Vec<Run>,
    blocks: Vec<Block>,
    items: Vec<ListItem>,
    rows: Vec<Vec<Vec<Run>>>,
    cells: Vec<Vec<Run>>,
    done: Option<bool>,
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self { kind, runs: vec![], blocks: vec![], items: vec![], rows: vec![], cells: vec![], done: None }
    }

    /// The blocks inside; loose text of a tight list item becomes a paragraph.
    fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }

    fn flush(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        if runs.iter().any(|run| !run.t.trim().is_empty() || !run.href.is_empty()) {
            self.blocks.push(Block::P { runs });
        }
    }
}

struct Builder {
    stack: Vec<Frame>,
    marks: Run,
    /// A line end in the source that has not become text yet.
    soft: bool,
    /// Runs and characters of the open container when a link began.
    link: (usize, usize),
    /// Open containers that lie too deep.
    skipped: usize,
    /// Containers opened so far.
    count: usize,
}

impl Builder {
    fn top(&mut self) -> &mut Frame {
        if self.stack.is_empty() {
            self.stack.push(Frame::new(Kind::Root));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    fn text(&mut self, text: &str) {
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

    fn extent(&mut self) -> (usize, usize) {
        let runs = &self.top().runs;
        (runs.len(), runs.last().map_or(0, |run| run.t.len()))
    }

    fn open(&mut self, kind: Kind) {
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

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Code(text) => {
                self.marks.code = true;
                self.text(&text);
                self.marks.code = false;
            }
            Event::SoftBreak => self.soft = true,
            Event::HardBreak => self.text("\n"),
            Event::Rule => self.top().blocks.push(Block::Rule),
            Event::TaskListMarker(done) => self.top().done = Some(done),
            Event::FootnoteReference(label) => {
                self.marks.sup = true;
                self.text(&label);
                self.marks.sup = false;
            }
            Event::Html(_) | Event::InlineHtml(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open(Kind::Paragraph),
            Tag::Heading { level, .. } => self.open(Kind::Heading(level as u8)),
            Tag::List(start) => self.open(Kind::List(start)),
            Tag::Item => self.open(Kind::Item),
            Tag::BlockQuote(kind) => self.open(Kind::Quote(callout(kind).to_owned())),
            Tag::CodeBlock(kind) => self.open(Kind::Code(match kind {
                CodeBlockKind::Fenced(info) => info.into_string(),
                CodeBlockKind::Indented => String::new(),
            })),
            Tag::FootnoteDefinition(label) => self.open(Kind::Note(label.into_string())),
            Tag::Table(align) => self.open(Kind::Table(align.into_iter().map(|a| alignment(a).to_owned()).collect())),
            Tag::TableHead | Tag::TableRow => self.open(Kind::Row),
            Tag::TableCell => self.open(Kind::Cell),
            Tag::Image { dest_url, .. } => {
                self.open(Kind::Image(dest_url.into_string()));
            }
            // A term stands in bold on a line of its own, each explanation in a paragraph below it.
            Tag::DefinitionListTitle => {
                self.open(Kind::Paragraph);
                self.marks.b = true;
            }
            Tag::DefinitionListDefinition => self.open(Kind::Paragraph),
            Tag::Superscript => self.marks.sup = true,
            Tag::Emphasis => self.marks.i = true,
            Tag::Strong => self.marks.b = true,
            Tag::Strikethrough => self.marks.del = true,
            Tag::Link { dest_url, .. } => {
                self.marks.href = dest_url.into_string();
                self.link = self.extent();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::DefinitionListTitle => {
                self.marks.b = false;
                self.close();
            }
            TagEnd::Superscript => self.marks.sup = false,
            TagEnd::Emphasis => self.marks.i = false,
            TagEnd::Strong => self.marks.b = false,
            TagEnd::Strikethrough => self.marks.del = false,
            TagEnd::Link => {
                // A link without text gets the title of its target later.
                if self.extent() == self.link {
                    let run = self.marks.clone();
                    self.top().runs.push(run);
                }
                self.marks.href.clear();
            }
            TagEnd::DefinitionListDefinition
            | TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Image => self.close(),
            _ => {}
        }
    }

    fn close(&mut self) {
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
                let done = frame.done;
                let blocks = frame.finish();
                self.top().items.push(ListItem { done, blocks });
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
                self.top().blocks.push(Block::Figure { src, alt, caption: vec![] });
            }
            Kind::Note(label) => {
                let blocks = frame.finish();
                self.top().blocks.push(Block::Note { label, blocks });
            }
        }
    }
}

fn alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    }
}

fn callout(kind: Option<BlockQuoteKind>) -> &'static str {
    match kind {
        None => "",
        Some(BlockQuoteKind::Note) => "note",
        Some(BlockQuoteKind::Tip) => "tip",
        Some(BlockQuoteKind::Important) => "important",
        Some(BlockQuoteKind::Warning) => "warning",
        Some(BlockQuoteKind::Caution) => "caution",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    fn blocks(text: &str) -> Tree {
        let events = Parser::new_ext(text, Options::all()).into_offset_iter();
        from_events(events.map(|(event, range)| (event, range.start)))
    }

    #[test]
    fn terms_stand_apart_from_their_explanations() {
        let list = blocks("คำ\n: ความหมาย\n: อีกอย่าง\n").blocks;
        let texts: Vec<(String, bool)> = list
            .iter()
            .map(|(_, block)| {
                let Block::P { runs } = block else { panic!("a paragraph") };
                (plain(runs), runs[0].b)
            })
            .collect();
        let text = |t: &str, bold| (t.to_owned(), bold);
        assert_eq!(texts, [text("คำ", true), text("ความหมาย", false), text("อีกอย่าง", false)]);
    }

    #[test]
    fn a_body_becomes_data() {
        let text = "ย่อหน้า **หนา** [ลิงก์](a.html)\n\n1. หนึ่ง\n2. สอง\n   - ย่อย\n\n| ก | ข |\n|---|--:|\n| 1 | |\n\n> [!TIP]\n> ลองดู\n\n###\n\n<script>x</script>\n";
        let list = blocks(text).blocks;
        let kinds: Vec<String> = list
            .iter()
            .map(|(_, b)| {
                serde_json::to_value(b).ok().and_then(|v| v["type"].as_str().map(str::to_owned)).unwrap_or_default()
            })
            .collect();
        assert_eq!(kinds, ["p", "list", "table", "quote"]);
        assert!(list.iter().all(|(at, _)| text.is_char_boundary(*at)));
        assert!(text[list[2].0..].starts_with("| ก"));
        let Block::P { runs } = &list[0].1 else { panic!("a paragraph") };
        assert!(runs[1].b && runs[3].href == "a.html");
        let Block::List { start: Some(1), items } = &list[1].1 else { panic!("a numbered list") };
        assert_eq!(items[1].blocks.len(), 2);
        let Block::Table { head, rows, align } = &list[2].1 else { panic!("a table") };
        assert_eq!((head.len(), rows.len(), align[1].as_str()), (2, 1, "right"));
    }

    #[test]
    fn deep_nesting_keeps_its_text_and_is_told() {
        for lead in ["- ", "> ", "1. ", "> - "] {
            let text = format!("ก\n\n{}ลึก\n\nหลัง", lead.repeat(3000));
            let tree = blocks(&text);
            assert!(tree.deep.is_some_and(|at| at > 4), "{lead}");
            let json = serde_json::to_string(&tree.blocks).expect("JSON");
            assert!(json.contains("ลึก") && json.contains("หลัง"), "{lead}: {json}");
        }
    }

    #[test]
    fn a_body_without_end_is_cut_and_says_so() {
        let tree = blocks(&"ย่อหน้า\n\n".repeat(MOST_BLOCKS + 10));
        assert!(tree.long.is_some());
        assert!(matches!(tree.blocks.last(), Some((_, Block::Cut))));
    }
}
