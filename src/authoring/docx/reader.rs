//! The body of a .docx as blocks with Markdown inside.

use super::notes::{NoteId, NoteNumbers};
use super::numbering::Counters;
use super::parts::Parts;
use super::picture::{Cut, cut};
use super::text::Run;
use crate::authoring::symbols::Font;
use crate::authoring::unseen::{Colour, Look, WHITE};
use crate::authoring::xml::{attribute, is_on, text};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// A block of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Heading: level (0 is the title) and plain text.
    Heading(u8, String),
    /// Paragraph in Markdown; bold as a whole or not.
    Paragraph(String, bool),
    /// Item of a list: level from 0, number, Markdown.
    Item(u8, Option<u32>, String),
    /// Rows of cells in Markdown.
    Table(Vec<Vec<String>>),
    /// Picture: target, alternative text and what was cut off.
    Picture(String, String, Cut),
    /// Text of a note: its name and Markdown.
    Note(String, String),
}

/// What is in the document and not, or not as it was, in the blocks.
#[derive(Debug, Default)]
pub struct Omissions {
    /// Texts that nobody sees.
    pub hidden: Vec<String>,
    /// What stands in fields that nobody filled in.
    pub unfilled: Vec<String>,
    /// Texts that were deleted or moved away while changes were tracked.
    pub deleted: Vec<String>,
    /// Symbols that no letter shows, as font and code.
    pub symbols: Vec<String>,
    /// Diagrams and charts, of which the words were taken.
    pub drawings: usize,
    /// Embedded objects and parts of other files.
    pub objects: usize,
    /// Small letters above a text that say how it is read.
    pub readings: Vec<String>,
}

#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) style: String,
    pub(super) list: Option<String>,
    pub(super) level: u8,
    pub(super) runs: Vec<Run>,
    pub(super) pictures: Vec<(String, String, Cut)>,
    /// What is in text boxes of the paragraph.
    pub(super) boxes: Vec<Block>,
    /// Whether a part of the document ends with it.
    pub(super) ends_part: bool,
}

/// What is read on its own: the document, a text box, a note.
#[derive(Default)]
pub(super) struct Frame {
    pub(super) out: Vec<Block>,
    pub(super) paragraph: Paragraph,
    pub(super) run: Run,
    pub(super) font: String,
    pub(super) look: Look,
    pub(super) run_style: String,
    pub(super) tables: u32,
    pub(super) rows: Vec<Vec<String>>,
    /// Columns that the cell takes.
    pub(super) span: usize,
}

/// Reads the blocks. XML that breaks off ends the document there.
pub fn blocks(parts: &Parts) -> (Vec<Block>, Omissions) {
    let mut walker = Walker::new(parts);
    walker.walk(&parts.document);
    let mut blocks = std::mem::take(&mut walker.frame.out);
    let noted = walker.noted.clone();
    parts.notes.iter().flatten().for_each(|xml| walker.walk(xml));
    // In the order of their marks in the text.
    for (note, name) in noted {
        blocks.extend(walker.notes.remove(&note).map(|text| Block::Note(name, text)));
    }
    (blocks, walker.left)
}

/// Most columns that one cell may take.
const WIDEST: usize = 60;

pub(super) struct Walker<'a> {
    pub(super) parts: &'a Parts,
    pub(super) frame: Frame,
    pub(super) outer: Vec<Frame>,
    pub(super) counters: Counters,
    pub(super) left: Omissions,
    /// Notes with their names in the order of their marks, and their texts.
    pub(super) noted: Vec<(NoteId, String)>,
    pub(super) notes: HashMap<NoteId, String>,
    pub(super) note_numbers: NoteNumbers,
    pub(super) in_text: bool,
    pub(super) skip: u32,
    /// Deleted text, while it is passed over.
    pub(super) deleted: Option<String>,
    pub(super) in_deleted: bool,
    /// Rows within a row that was deleted, while it is passed over.
    pub(super) rows_deleted: Option<u32>,
    /// Whether the properties of a row are read.
    pub(super) of_row: bool,
    pub(super) properties: u32,
    pub(super) alt: String,
    /// For each choice between a new and an old drawing, whether the new one was there.
    pub(super) chosen: Vec<bool>,
    /// Instruction of a field, while it is read, and the link that it is.
    pub(super) instruction: Option<String>,
    pub(super) field_link: Option<String>,
    pub(super) tick: Option<bool>,
    /// The note that is read.
    pub(super) note: NoteId,
    /// Runs before each part of a formula, and whether it is above or below the line.
    pub(super) formula: Vec<usize>,
    pub(super) raised: Option<bool>,
    /// Grounds of the page, of open tables, cells, boxes and paragraphs, where they have their own.
    pub(super) behind: Vec<Option<Colour>>,
    /// Colour of the shape that is read, and whether its filling is.
    pub(super) shape: (Option<Colour>, bool),
    /// Whether the drawing that is read is hidden.
    pub(super) concealed: bool,
    /// For each open control, whether it shows what is to be filled in.
    pub(super) controls: Vec<bool>,
    /// What the list of a control that nobody filled in offers first.
    pub(super) prompt: Option<String>,
    /// Whether small letters above a text are read.
    pub(super) in_reading: bool,
}

impl<'a> Walker<'a> {
    fn new(parts: &'a Parts) -> Walker<'a> {
        Walker {
            parts,
            frame: Frame { span: 1, ..Frame::default() },
            outer: Vec::new(),
            counters: Counters::default(),
            left: Omissions::default(),
            noted: Vec::new(),
            notes: HashMap::new(),
            note_numbers: NoteNumbers::default(),
            in_text: false,
            skip: 0,
            deleted: None,
            in_deleted: false,
            rows_deleted: None,
            of_row: false,
            properties: 0,
            alt: String::new(),
            chosen: Vec::new(),
            instruction: None,
            field_link: None,
            tick: None,
            note: NoteId::default(),
            formula: Vec::new(),
            raised: None,
            behind: vec![None],
            shape: (None, false),
            concealed: false,
            controls: Vec::new(),
            prompt: None,
            in_reading: false,
        }
    }

    fn walk(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) => self.start(&e),
                Ok(Event::Empty(e)) => {
                    self.start(&e);
                    self.end(e.local_name().as_ref(), e.name().as_ref());
                }
                Ok(Event::End(e)) => self.end(e.local_name().as_ref(), e.name().as_ref()),
                Ok(Event::Eof) | Err(_) => break,
                Ok(event) => {
                    if let Some(text) = text(&event) {
                        self.text(&text);
                    }
                }
            }
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        let on = || !matches!(attribute(e, "val").as_deref(), Some("0" | "false" | "off" | "none"));
        let frame = &mut self.frame;
        match e.local_name().as_ref() {
            "trPr" => self.of_row = true,
            "tr" if self.rows_deleted.is_some() => self.rows_deleted = self.rows_deleted.map(|inner| inner + 1),
            // A row of a table that was deleted under tracking: its cells follow.
            "del" if self.of_row => {
                self.rows_deleted = Some(0);
                self.skip += 1;
                self.deleted.get_or_insert_default();
            }
            // Text that was deleted under tracking.
            "del" | "moveFrom" => {
                self.skip += 1;
                self.deleted.get_or_insert_default();
            }
            "delText" | "t" if self.deleted.is_some() => self.in_deleted = true,
            // How something looked before a change that was tracked.
            name if is_former(name) => self.skip += 1,
            _ if self.skip > 0 && e.local_name().as_ref() != "Fallback" => {}
            "AlternateContent" => self.chosen.push(false),
            "Choice" => self.chosen.iter_mut().last().into_iter().for_each(|c| *c = true),
            // The older form of the same drawing.
            "Fallback" => self.skip += u32::from(self.skip > 0 || self.chosen.last() == Some(&true)),
            "rPr" => self.properties += 1,
            "txbxContent" | "footnote" | "endnote" => {
                if let Some(id) = attribute(e, "id") {
                    self.note = (e.local_name().as_ref() == "endnote", id);
                }
                let inner = Frame { span: 1, ..Frame::default() };
                self.outer.push(std::mem::replace(frame, inner));
                // Behind a box without a plain filling may be anything.
                let own = self.shape.0.take().unwrap_or(Colour::Open);
                self.behind.push((e.local_name().as_ref() == "txbxContent").then_some(own));
            }
            "p" => {
                self.close_stray();
                self.behind.push(None);
            }
            "pStyle" => {
                frame.paragraph.style = attribute(e, "val").unwrap_or_default();
                self.ground(self.parts.looks.get(&self.frame.paragraph.style).and_then(|look| look.fill));
                let frame = &mut self.frame;
                if let Some((list, level)) = self.parts.numbering.styles.get(&frame.paragraph.style) {
                    (frame.paragraph.list, frame.paragraph.level) = (Some(list.clone()), *level);
                }
            }
            "gridSpan" if frame.tables == 1 => {
                let wide = attribute(e, "val").and_then(|v| v.parse().ok());
                frame.span = wide.unwrap_or(1).clamp(1, WIDEST);
            }
            "numId" => frame.paragraph.list = attribute(e, "val").filter(|v| v != "0"),
            "ilvl" => frame.paragraph.level = attribute(e, "val").and_then(|v| v.parse().ok()).unwrap_or(0).min(8),
            "r" => {
                let link = self.field_link.clone().or(frame.run.link.take());
                frame.run = Run { link, raised: self.raised, ..Run::default() };
                (frame.look, frame.run_style, frame.font) = (Look::default(), String::new(), String::new());
            }
            // Word keeps a second switch for scripts such as Thai.
            "b" | "bCs" if self.properties > 0 => frame.run.bold |= on(),
            "i" | "iCs" if self.properties > 0 => frame.run.italic |= on(),
            "rStyle" if self.properties > 0 => frame.run_style = attribute(e, "val").unwrap_or_default(),
            "vanish" | "strike" | "dstrike" | "color" | "sz" | "szCs" | "highlight" | "shd" if self.properties > 0 => {
                frame.look.take_word(e);
            }
            // The colour of the page is shown in some views only.
            "background" => {
                self.ground(attribute(e, "color").filter(|c| Colour::hex(c) != WHITE).map(|_| Colour::Open))
            }
            // A style of tables may shade any of its cells.
            "tblStyle" => {
                let style = attribute(e, "val").unwrap_or_default();
                self.ground(self.parts.looks.get(&style).and_then(|look| look.fill).map(|_| Colour::Open));
            }
            "shd" => {
                let mut own = Look::default();
                own.take_word(e);
                self.ground(own.fill);
            }
            "sdt" => {
                self.controls.push(false);
                self.prompt = None;
            }
            // What a list shows before somebody chooses.
            "listItem" if self.controls.last() == Some(&true) && self.prompt.is_none() => {
                self.prompt = attribute(e, "displayText").or_else(|| attribute(e, "value"));
            }
            "rt" => self.in_reading = true,
            "sectPr" => frame.paragraph.ends_part = true,
            "showingPlcHdr" => self.controls.iter_mut().last().into_iter().for_each(|control| *control = on()),
            // A picture behind the text.
            "anchor" if is_on(e, "behindDoc") => self.behind[0] = Some(Colour::Open),
            "wsp" => self.shape = (None, false),
            "shape" | "rect" | "roundrect" | "oval" => {
                self.shape = (attribute(e, "fillcolor").map(|c| Colour::hex(&c)), false);
                self.concealed |=
                    attribute(e, "style").is_some_and(|s| s.replace(' ', "").contains("visibility:hidden"));
            }
            "spPr" => self.shape.1 = true,
            "ln" => self.shape.1 = false,
            "srgbClr" if self.shape.1 => {
                self.shape = (attribute(e, "val").map(|c| Colour::hex(&c)), false);
            }
            "cNvPr" => self.concealed |= is_on(e, "hidden"),
            "vertAlign" if self.properties > 0 => {
                frame.run.raised = match attribute(e, "val").as_deref() {
                    Some("superscript") => Some(true),
                    Some("subscript") => Some(false),
                    _ => None,
                };
            }
            "rFonts" if self.properties > 0 => frame.font = attribute(e, "ascii").unwrap_or_default(),
            "t" => self.in_text = true,
            "tab" | "ptab" if self.properties == 0 => frame.run.text.push(' '),
            "br" | "cr" => frame.run.text.push('\n'),
            "noBreakHyphen" => frame.run.text.push('-'),
            "sym" => {
                let font = attribute(e, "font").unwrap_or_default();
                let code = attribute(e, "char").and_then(|c| u32::from_str_radix(&c, 16).ok()).unwrap_or(0);
                self.symbol(&font, code);
            }
            "footnoteReference" | "endnoteReference" => {
                let note = (e.local_name().as_ref() == "endnoteReference", attribute(e, "id").unwrap_or_default());
                let own_mark = is_on(e, "customMarkFollows");
                let name = self.note_numbers.name(&self.parts.note_styles, &note, own_mark);
                frame.paragraph.runs.push(Run { text: format!("[^{name}]"), raw: true, ..Run::default() });
                self.noted.push((note, name));
            }
            "hyperlink" => {
                let target = attribute(e, "id").and_then(|id| self.parts.relations.get(&id).cloned());
                frame.run.link = target.filter(|t| t.starts_with("http://") || t.starts_with("https://"));
            }
            "fldChar" => self.field(&attribute(e, "fldCharType").unwrap_or_default()),
            "instrText" => {
                self.instruction.get_or_insert_default();
            }
            "checkBox" => self.tick = Some(false),
            "default" | "checked" if self.tick.is_some() => self.tick = Some(on()),
            "docPr" => {
                self.alt = attribute(e, "descr").or_else(|| attribute(e, "title")).unwrap_or_default();
                self.concealed = is_on(e, "hidden");
            }
            "blip" | "imagedata" if self.concealed => self.left.objects += 1,
            "blip" | "imagedata" => {
                let id = attribute(e, "embed").or_else(|| attribute(e, "id"));
                if let Some(target) = id.and_then(|id| self.parts.relations.get(&id)) {
                    let alt = std::mem::take(&mut self.alt);
                    frame.paragraph.pictures.push((target.clone(), alt, cut(e)));
                }
            }
            "srcRect" if !self.concealed => {
                frame.paragraph.pictures.last_mut().into_iter().for_each(|(_, _, own)| *own = cut(e));
            }
            // Letters drawn as a picture.
            "textpath" => frame.run.text.push_str(&attribute(e, "string").unwrap_or_default()),
            "relIds" | "chart" => self.drawing(attribute(e, "dm").or_else(|| attribute(e, "id"))),
            "OLEObject" | "altChunk" => self.left.objects += 1,
            // Formulas: a fraction, what is above and below, roots, large signs.
            "num" | "den" if e.name().as_ref().starts_with("m:") => self.formula.push(frame.paragraph.runs.len()),
            "sup" if e.name().as_ref() == "m:sup" => self.raised = Some(true),
            "sub" if e.name().as_ref() == "m:sub" => self.raised = Some(false),
            "rad" => self.sign("√("),
            "d" if e.name().as_ref() == "m:d" => self.sign("("),
            "chr" => self.sign(&attribute(e, "val").unwrap_or_default()),
            "tbl" => {
                frame.tables += 1;
                if frame.tables == 1 {
                    frame.rows.clear();
                }
                self.behind.push(None);
            }
            "tr" if frame.tables == 1 => frame.rows.push(Vec::new()),
            "tc" => {
                self.behind.push(None);
                if let (1, Some(row)) = (frame.tables, frame.rows.last_mut()) {
                    frame.span = 1;
                    row.push(String::new());
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skip > 0 {
            self.deleted.iter_mut().filter(|_| self.in_deleted).for_each(|deleted| deleted.push_str(text));
            return;
        }
        if let Some(instruction) = &mut self.instruction {
            instruction.push_str(text);
        } else if self.in_text {
            let font = self.frame.font.clone();
            for c in Font::named(&font).shown(text).chars() {
                match u32::from(c) {
                    code @ 0xF020..=0xF0FF => self.symbol(&font, code),
                    _ => self.frame.run.text.push(c),
                }
            }
        }
    }
}

/// Whether an element holds the properties that something had before a tracked change.
pub(super) fn is_former(name: &str) -> bool {
    name.ends_with("PrChange") || matches!(name, "tblPrExChange" | "numberingChange" | "tblGridChange")
}
