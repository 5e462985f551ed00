//! The body of a .docx as blocks with Markdown inside.

use super::parts::{Parts, attribute};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A block of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Heading: level (0 is the title) and plain text.
    Heading(u8, String),
    /// Paragraph in Markdown.
    Paragraph(String),
    /// Item of a list: level from 0, numbered, Markdown.
    Item(u8, bool, String),
    /// Rows of cells in Markdown.
    Table(Vec<Vec<String>>),
    /// Picture: target and alternative text.
    Picture(String, String),
}

/// A stretch of text of one form.
#[derive(Debug, Clone, Default, PartialEq)]
struct Run {
    text: String,
    bold: bool,
    italic: bool,
    link: Option<String>,
}

#[derive(Default)]
struct Paragraph {
    style: String,
    list: Option<String>,
    level: u8,
    runs: Vec<Run>,
    pictures: Vec<(String, String)>,
}

/// Reads the blocks. XML that breaks off ends the document there.
pub fn blocks(parts: &Parts) -> Vec<Block> {
    let mut walker = Walker { parts, ..Walker::new(parts) };
    let mut reader = Reader::from_str(&parts.document);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => walker.start(&e),
            Ok(Event::Empty(e)) => {
                walker.start(&e);
                walker.end(e.local_name().as_ref());
            }
            Ok(Event::End(e)) => walker.end(e.local_name().as_ref()),
            Ok(Event::Text(text)) => walker.text(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => {
                if let Ok(Some(c)) = entity.resolve_char_ref() {
                    walker.text(&c.to_string());
                } else {
                    let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
                    let name = entity.xml10_content();
                    if let Some((_, text)) = known.iter().find(|(n, _)| *n == name) {
                        walker.text(text);
                    }
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            _ => {}
        }
    }
    walker.out
}

/// Most columns that one cell may take.
const WIDEST: usize = 60;

struct Walker<'a> {
    parts: &'a Parts,
    out: Vec<Block>,
    paragraph: Paragraph,
    run: Run,
    in_text: bool,
    skip: u32,
    properties: u32,
    tables: u32,
    rows: Vec<Vec<String>>,
    alt: String,
    /// Columns that the cell takes.
    span: usize,
}

impl<'a> Walker<'a> {
    fn new(parts: &'a Parts) -> Walker<'a> {
        Walker {
            parts,
            out: Vec::new(),
            paragraph: Paragraph::default(),
            run: Run::default(),
            in_text: false,
            skip: 0,
            properties: 0,
            tables: 0,
            rows: Vec::new(),
            alt: String::new(),
            span: 1,
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        let on = || !matches!(attribute(e, "val").as_deref(), Some("0" | "false" | "off" | "none"));
        match e.local_name().as_ref() {
            // The older form of the same drawing, and text that was deleted under tracking.
            "Fallback" | "del" | "moveFrom" => self.skip += 1,
            _ if self.skip > 0 => {}
            "rPr" => self.properties += 1,
            "p" => self.paragraph = Paragraph::default(),
            "pStyle" => {
                self.paragraph.style = attribute(e, "val").unwrap_or_default();
                if let Some((list, level)) = self.parts.listed.get(&self.paragraph.style) {
                    (self.paragraph.list, self.paragraph.level) = (Some(list.clone()), *level);
                }
            }
            "gridSpan" if self.tables == 1 => {
                let wide = attribute(e, "val").and_then(|v| v.parse().ok());
                self.span = wide.unwrap_or(1).clamp(1, WIDEST);
            }
            "numId" => self.paragraph.list = attribute(e, "val").filter(|v| v != "0"),
            "ilvl" => self.paragraph.level = attribute(e, "val").and_then(|v| v.parse().ok()).unwrap_or(0).min(8),
            "r" => {
                let link = self.run.link.take();
                self.run = Run { link, ..Run::default() };
            }
            // Word keeps a second switch for scripts such as Thai.
            "b" | "bCs" if self.properties > 0 => self.run.bold |= on(),
            "i" | "iCs" if self.properties > 0 => self.run.italic |= on(),
            "t" => self.in_text = true,
            "tab" if self.properties == 0 => self.run.text.push(' '),
            "br" | "cr" => self.run.text.push('\n'),
            "hyperlink" => {
                let target = attribute(e, "id").and_then(|id| self.parts.relations.get(&id).cloned());
                self.run.link = target.filter(|t| t.starts_with("http://") || t.starts_with("https://"));
            }
            "docPr" => {
                self.alt = attribute(e, "descr").or_else(|| attribute(e, "title")).unwrap_or_default();
            }
            "blip" => {
                if let Some(target) = attribute(e, "embed").and_then(|id| self.parts.relations.get(&id)) {
                    let alt = std::mem::take(&mut self.alt);
                    self.paragraph.pictures.push((target.clone(), alt));
                }
            }
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.rows.clear();
                }
            }
            "tr" if self.tables == 1 => self.rows.push(Vec::new()),
            "tc" if self.tables == 1 => {
                self.span = 1;
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skip == 0 {
            self.run.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" | "del" | "moveFrom" => self.skip = self.skip.saturating_sub(1),
            _ if self.skip > 0 => {}
            "rPr" => self.properties = self.properties.saturating_sub(1),
            "t" => self.in_text = false,
            "r" => {
                let run = std::mem::take(&mut self.run);
                self.run.link.clone_from(&run.link);
                if !run.text.is_empty() {
                    match self.paragraph.runs.last_mut() {
                        Some(last) if (last.bold, last.italic, &last.link) == (run.bold, run.italic, &run.link) => {
                            last.text.push_str(&run.text);
                        }
                        _ => self.paragraph.runs.push(run),
                    }
                }
            }
            "hyperlink" => self.run.link = None,
            "p" => {
                let paragraph = std::mem::take(&mut self.paragraph);
                self.close(paragraph);
            }
            "tc" if self.tables == 1 => {
                if let Some(row) = self.rows.last_mut() {
                    row.extend(vec![String::new(); self.span - 1]);
                }
                self.span = 1;
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    let rows = std::mem::take(&mut self.rows);
                    if rows.iter().flatten().any(|c| !c.is_empty()) {
                        self.out.push(Block::Table(rows));
                    }
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, paragraph: Paragraph) {
        if self.tables > 0 {
            let text = markdown(&paragraph.runs, true);
            if let Some(cell) = self.rows.last_mut().and_then(|r| r.last_mut())
                && !text.is_empty()
            {
                if !cell.is_empty() {
                    cell.push_str("<br>");
                }
                cell.push_str(&text);
            }
        } else {
            let heading = self.parts.headings.get(&paragraph.style).copied();
            let plain: String = paragraph.runs.iter().map(|r| r.text.as_str()).collect();
            let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(level) = heading.filter(|_| !plain.is_empty()) {
                self.out.push(Block::Heading(level, plain));
            } else if !plain.is_empty() {
                let text = markdown(&paragraph.runs, false);
                self.out.push(match &paragraph.list {
                    Some(list) => {
                        let key = (list.clone(), paragraph.level);
                        let numbered = &self.parts.numbered;
                        let first = (list.clone(), 0);
                        let numbered = numbered.get(&key).or(numbered.get(&first)).copied();
                        Block::Item(paragraph.level, numbered.unwrap_or(false), text)
                    }
                    None => Block::Paragraph(text),
                });
            }
        }
        for (target, alt) in paragraph.pictures {
            self.out.push(Block::Picture(target, alt));
        }
    }
}

/// Runs as Markdown on one line per line break; in a cell, line breaks are `<br>` and bars are escaped.
fn markdown(runs: &[Run], cell: bool) -> String {
    let mut out = String::new();
    for run in runs {
        let text = escape(&run.text, cell);
        let inner = text.trim();
        if inner.is_empty() {
            out.push_str(&text);
            continue;
        }
        let (lead, tail) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
        let mark = match (run.bold, run.italic) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        out.push_str(lead);
        match &run.link {
            Some(link) => out.push_str(&format!("[{mark}{inner}{mark}](<{}>)", link.replace(['<', '>', '\n'], ""))),
            None => out.push_str(&format!("{mark}{inner}{mark}")),
        }
        out.push_str(tail);
    }
    let line = if cell { "<br>" } else { "\\\n" };
    let lines: Vec<&str> = out.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    lines.join(line)
}

/// What Markdown would read as markup is escaped.
fn escape(text: &str, cell: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' => {
                out.push('\\');
                out.push(c);
            }
            '|' if cell => out.push_str("\\|"),
            '\u{a0}' => out.push(' '),
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}
