//! From Markdown events to the block tree.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::blocks::{Block, NOTES_APART, Run};
use super::containers::{Builder, Kind};
use crate::markdown;

/// Most blocks and cells of one body that are printed.
const MOST_BLOCKS: usize = 20_000;

/// A body as blocks.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The blocks of the first level, each with the byte offset in the source where it begins.
    pub blocks: Vec<(usize, Block)>,
    /// Where containers are nested deeper than is printed.
    pub deep: Option<usize>,
    /// Where more begins than is printed.
    pub long: Option<usize>,
}

/// Builds the tree from Markdown events with their offsets.
pub(crate) fn from_events<'a>(events: impl IntoIterator<Item = (Event<'a>, usize)>) -> Tree {
    let mut builder = Builder::new();
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

impl Builder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::InlineMath(tex) => self.formula(&tex, false),
            Event::DisplayMath(tex) => self.formula(&tex, true),
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
                if std::mem::take(&mut self.soft) {
                    self.text(" ");
                }
                if self.top().runs.last().is_some_and(|run| run.sup) && !self.marks.sup {
                    self.text(NOTES_APART);
                }
                self.marks.sup = true;
                self.text(&label);
                self.marks.sup = false;
            }
            // What a page shows of HTML came as other events, but for the number of an item.
            Event::InlineHtml(number) if self.skipped == 0 && !number.is_empty() => {
                self.top().number = Some(number.into_string());
            }
            Event::InlineHtml(_) | Event::Html(_) => {}
        }
    }

    /// A formula; one that cannot be read is printed as it was written.
    fn formula(&mut self, tex: &str, block: bool) {
        let Some(math) = markdown::mathml(tex, block) else {
            self.marks.code = true;
            self.text(tex);
            self.marks.code = false;
            return;
        };
        if std::mem::take(&mut self.soft) {
            self.text(" ");
        }
        let line = markdown::line_of(&math);
        let run = Run { t: tex.trim().to_owned(), math, line, ..self.marks.clone() };
        self.top().runs.push(run);
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
            // A term is in bold on a line of its own, each explanation in a paragraph below it.
            Tag::DefinitionListTitle => {
                self.open(Kind::Paragraph);
                self.marks.b = true;
            }
            Tag::DefinitionListDefinition => self.open(Kind::Paragraph),
            Tag::Superscript => self.marks.sup = true,
            Tag::Subscript => self.marks.sub = true,
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
            TagEnd::Subscript => self.marks.sub = false,
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
    use super::super::blocks::{ListItem, plain};
    use super::*;

    fn blocks(text: &str) -> Tree {
        markdown::with_events(text, |events| from_events(events))
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
    fn a_formula_keeps_its_source_and_its_place() {
        let list = blocks("ก $x^2$ ข $\\frac$\n").blocks;
        let Block::P { runs } = &list[0].1 else { panic!("a paragraph") };
        let said: Vec<(&str, bool, bool)> = runs.iter().map(|r| (&*r.t, r.math.is_empty(), r.code)).collect();
        assert_eq!(said, [("ก ", true, false), ("x^2", false, false), (" ข ", true, false), ("\\frac", true, true)]);
        assert!(runs[1].math.contains("<msup>"), "{}", runs[1].math);
    }

    #[test]
    fn letters_are_raised_and_lowered() {
        let list = blocks("H<sub>2</sub>O x^2^ <SUP>2</SUP>\n").blocks;
        let Block::P { runs } = &list[0].1 else { panic!("a paragraph") };
        let said: Vec<(&str, bool, bool)> = runs.iter().map(|r| (&*r.t, r.sub, r.sup)).collect();
        assert_eq!(
            said,
            [
                ("H", false, false),
                ("2", true, false),
                ("O x", false, false),
                ("2", false, true),
                (" ", false, false),
                ("2", false, true)
            ]
        );
    }

    #[test]
    fn marks_of_notes_stand_apart() {
        let said = |text: &str| -> String {
            let list = blocks(text).blocks;
            let Block::P { runs } = &list[0].1 else { panic!("a paragraph") };
            runs.iter().map(|r| if r.sup { format!("^{}^", r.t) } else { r.t.clone() }).collect()
        };
        let notes = "\n\n[^1]: หนึ่ง\n[^2]: สอง\n";
        assert_eq!(said(&format!("ก[^1][^2] ข[^2]{notes}")), "ก^1^, ^2^ ข^2^");
        assert_eq!(said(&format!("x^2^[^1] ก[^1]\n[^2]{notes}")), "x^2^, ^1^ ก^1^ ^2^");
    }

    #[test]
    fn marks_inside_words_are_those_of_pages() {
        // The marks come from the Markdown of pages, which reads them inside words too.
        let text = |t: &'static str| (Event::Text(t.into()), 0);
        let events = [
            (Event::Start(Tag::Paragraph), 0),
            text("H"),
            (Event::Start(Tag::Subscript), 0),
            text("2"),
            (Event::End(TagEnd::Subscript), 0),
            text("O"),
            (Event::End(TagEnd::Paragraph), 0),
        ];
        let list = from_events(events).blocks;
        let Block::P { runs } = &list[0].1 else { panic!("a paragraph") };
        let said: Vec<(&str, bool)> = runs.iter().map(|r| (&*r.t, r.sub)).collect();
        assert_eq!(said, [("H", false), ("2", true), ("O", false)]);
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

    /// What a page shows of HTML is printed, whatever its tags are and wherever they stand.
    #[test]
    fn html_is_printed() {
        let said = |text: &str| {
            fn runs(list: &[Run]) -> String {
                list.iter().map(|r| if r.b { format!("*{}*", r.t) } else { r.t.clone() }).collect()
            }
            fn all(list: &[Block]) -> String {
                let row = |cells: &[Vec<Run>]| cells.iter().map(|c| runs(c)).collect::<Vec<_>>().join("|");
                let one = |block: &Block| match block {
                    Block::P { runs: r } => format!("p:{}", runs(r)),
                    Block::H { level, runs: r } => format!("h{level}:{}", runs(r)),
                    Block::List { items, start } => {
                        let number = |item: &ListItem| item.number.clone().unwrap_or_default();
                        let items: Vec<String> = items.iter().map(|item| number(item) + &all(&item.blocks)).collect();
                        format!("{}({})", start.map_or("ul".to_owned(), |n| format!("ol{n}")), items.join("; "))
                    }
                    Block::Quote { blocks, .. } => format!("q({})", all(blocks)),
                    Block::Table { head, rows, .. } => {
                        let rows: Vec<String> = std::iter::once(head).chain(rows).map(|r| row(r)).collect();
                        format!("t[{}]", rows.join(" / "))
                    }
                    Block::Code { text, .. } => format!("code:{text}"),
                    Block::Figure { src, alt, .. } => format!("fig:{src}:{alt}"),
                    other => format!("{other:?}"),
                };
                list.iter().map(one).collect::<Vec<_>>().join(", ")
            }
            all(&blocks(text).blocks.into_iter().map(|(_, block)| block).collect::<Vec<_>>())
        };
        for (text, expected) in [
            ("<p>ก <b>ข</b></p><p>ค", "p:ก *ข*, p:ค"),
            ("<div>ก<div>ข</div>ค</div>", "p:ก, p:ข, p:ค"),
            (
                "<table>\n<caption>ชื่อ</caption>\n<tr><th>ก</th><th>ข</th></tr>\n<tr><td>1<td>2</table>",
                "p:ชื่อ, t[ก|ข / 1|2]",
            ),
            (
                "<table><tr><td colspan=\"2\">ก</td><td rowspan=2>ข</td></tr><tr><td>1</td><td>2</td></tr></table>",
                "t[ / ก||ข / 1|2|]",
            ),
            ("<table><tr><td rowspan=2>ก</td><td>1</td></tr><tr><td>2</td></tr></table>", "t[ / ก|1 / |2]"),
            ("<table><tr><td>\n\n- ก\n- **ข**\n\n</td><td><p>ค</p><p>ง</p></td></tr></table>", "t[ / ก\n*ข*|ค\nง]"),
            ("<table><tr><td><table><tr><td>ก</td></tr></table>ข</td><td>ค</td></tr></table>", "t[ / ก\nข|ค]"),
            ("<ul>\n<li>ก\n<li>ข<ol start=3><li>ค</ol>\n</ul>\nหลัง", "ul(p:ก ; p:ข, ol3(p:ค)), p:หลัง"),
            ("<ul>ก<li>ข</ul>", "ul(p:ก; p:ข)"),
            ("<ol start=3><li>ก</li><li>ข</li></ol>", "ol3(p:ก; p:ข)"),
            ("<ol type=\"1\"><li>ก<li>ข</ol>", "ol1(p:ก; p:ข)"),
            ("<ol type=a start='26'><li>ก<li>ข</ol>", "ol26(z.p:ก; aa.p:ข)"),
            ("<ol type=\"I\">\n<li>ก</li>\n<li type=1>ข</li>\n</ol>", "ol1(I.p:ก; 2.p:ข)"),
            ("<ol reversed><li>ก<li>ข<ul><li value=9>ค</ul><li>ง</ol>", "ol1(3.p:ก; 2.p:ข, ul(p:ค); 1.p:ง)"),
            ("<ol reversed=\"\" start=\"10\"><li>ก<li>ข</ol>", "ol10(10.p:ก; 9.p:ข)"),
            ("<ol title=\"x reversed\"><li>ก<li value=7>ข<li>ค</ol>", "ol1(1.p:ก; 7.p:ข; 8.p:ค)"),
            ("<ol><li>ก<ol type=i><li>ข<li>ค</ol><li>ง</ol>", "ol1(p:ก, ol1(i.p:ข; ii.p:ค); p:ง)"),
            ("<ol type=i start=-1><li>ก<li>ข<li>ค</ol>", "ol1(-1.p:ก; 0.p:ข; i.p:ค)"),
            ("<ol type=a>\n<li>\n\n- ก\n\n</li>\n<li>\n\nข\n\n</li>\n</ol>", "ol1(a.ul(p:ก); b.p:ข)"),
            ("<details><summary>หัว</summary>ใน</details>", "p:*หัว*, p:ใน"),
            ("<details><summary>หัว</summary>\n\nใน\n\n</details>\n\nหลัง", "p:*หัว*, p:ใน, p:หลัง"),
            ("<h3>ก</h3><blockquote>ข</blockquote><pre>\nค  ง\n จ</pre>", "h3:ก, q(p:ข), code:ค  ง\n จ"),
            ("<dl><dt>ก<dd>ข</dl>", "p:*ก*, p:ข"),
            ("<figure><img src=\"a.png\" alt=\"ก\"><figcaption>ข</figcaption></figure>", "fig:a.png:ก, p:ข"),
            ("- ก <b>ข</b><br>ค\n- ง", "ul(p:ก *ข*\nค; p:ง)"),
            ("ก <div>ข</div> ค", "p:ก \nข\n ค"),
            ("<blockquote>\n\nก\n\n## ข\n\nค\n\n</blockquote>", "q(p:ก), h2:ข, p:ค"),
            ("<script>x</script>\n\n<p>ก<!-- ข --></p>", "p:ก"),
            ("| ก |\n|---|\n| ![ข](a.png) |", "t[ก / ข]"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_keeps_its_text_and_is_reported() {
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
