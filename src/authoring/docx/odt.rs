//! Reports of OpenDocument (.odt), told in the words of a .docx, so that one reader reads both.

use super::document::{Parts, cut_off, locked};
use super::numbering::Numbering;
use super::odt_styles::{Looks, OUTLINE};

use crate::authoring::import::refused;
use crate::authoring::xml::{Archive, attribute, is_on, is_whole, text};
use crate::diagnostics::Diagnostic;
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write;

/// Most spaces that one element stands for.
const SPACES: usize = 1000;

/// Reads the parts of a report; none where the archive holds none of OpenDocument.
///
/// # Errors
/// It has a password, or breaks off.
pub(super) fn read(file: &str, zip: &mut Archive<'_>) -> Result<Option<Parts>, Diagnostic> {
    let Some(content) = zip.text("content.xml") else {
        return Ok(None);
    };
    if zip.text("META-INF/manifest.xml").is_some_and(|m| m.contains("encryption-data")) {
        return Err(locked(file));
    }
    if !is_whole(&content) {
        return Err(cut_off(file));
    }
    if !content.contains("<office:text") {
        return Err(refused(file, "ไฟล์นี้ไม่มีเนื้อหาของเอกสาร", "the file holds no text document"));
    }
    let mut teller = Teller::default();
    let styles = zip.text("styles.xml").unwrap_or_default();
    teller.looks.read(&styles);
    teller.looks.read(&content);
    teller.walk(&content);
    let margins = teller.margins(&styles);
    let mut parts = Parts {
        document: format!("<w:document><w:body>{}</w:body></w:document>", teller.out),
        headings: (0..=9).map(|level| (format!("h{level}"), level)).collect(),
        numbering: Numbering::new(&teller.numbering()),
        comments: std::mem::take(&mut teller.comments),
        notes: [Some(format!("<w:footnotes>{}</w:footnotes>", teller.notes)), None],
        margins,
        ..Parts::default()
    };
    for target in std::mem::take(&mut teller.targets) {
        if let Some(bytes) = zip.bytes(&target) {
            parts.pictures.insert(target.clone(), bytes);
        }
        parts.relations.insert(target.clone(), target);
    }
    Ok(Some(parts))
}

/// Tells the events of OpenDocument as those of a .docx.
#[derive(Default)]
struct Teller {
    out: String,
    notes: String,
    comments: Vec<String>,
    targets: Vec<String>,
    looks: Looks,
    /// Lists in their order: style, and a number that an item begins with.
    numbers: Vec<(String, Option<(usize, u32)>)>,
    /// Open lists, by their place in `numbers`.
    open: Vec<usize>,
    /// The next paragraph is the first of an item.
    item: bool,
    /// Styles of the open paragraphs and stretches.
    spans: Vec<String>,
    paragraphs: usize,
    /// For each open section, whether it is hidden.
    sections: Vec<bool>,
    /// Text that is told and left out: a remark, or what was deleted.
    aside: Option<String>,
    /// Its paragraphs that are open; around them stand names and days of writers.
    aside_paragraphs: usize,
    /// Texts around notes that are open.
    outer: Vec<String>,
    note: usize,
    /// Whether the note stands at the end of the document.
    ending: bool,
    citing: bool,
    picture: Option<String>,
    alt: String,
    describing: bool,
    /// Whether the picture of the frame that is read is cut.
    cut: bool,
    /// Cells that a wide one covers.
    covered: usize,
}

impl Teller {
    fn run(&mut self, inner: &str) {
        if self.paragraphs > 0 && self.aside.is_none() {
            let mut marks = self.looks.marks(&self.spans);
            if self.sections.contains(&true) {
                marks.push_str("<w:vanish/>");
            }
            let _ = write!(self.out, "<w:r><w:rPr>{marks}</w:rPr>{inner}</w:r>");
        }
    }

    fn walk(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        let mut inside = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) if inside => self.start(&e),
                Ok(Event::Empty(e)) if inside => {
                    self.start(&e);
                    self.end(e.name().as_ref());
                }
                Ok(Event::Start(e)) => inside = e.name().as_ref() == "office:text",
                Ok(Event::End(e)) if inside => self.end(e.name().as_ref()),
                Ok(Event::Eof) | Err(_) => return,
                Ok(event) => {
                    if let Some(text) = text(&event).filter(|_| inside) {
                        self.text(&text);
                    }
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        let flat = text.split(['\n', '\r', '\t']).collect::<Vec<_>>().join(" ");
        if self.describing {
            self.alt.push_str(&flat);
        } else if let Some(aside) = &mut self.aside {
            if self.aside_paragraphs > 0 {
                aside.push_str(&flat);
            }
        } else if !self.citing {
            self.run(&format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(flat)));
        }
    }

    fn start(&mut self, e: &BytesStart<'_>) {
        match e.name().as_ref() {
            "text:p" | "text:h" if self.aside.is_some() => self.aside_paragraphs += 1,
            "text:p" | "text:h" => {
                let style = attribute(e, "style-name").unwrap_or_default();
                let level =
                    attribute(e, "outline-level").and_then(|l| l.parse().ok()).or_else(|| self.looks.heading(&style));
                let ground = self.looks.ground(&style);
                let is_heading = e.name().as_ref() == "text:h" && !is_on(e, "is-list-header");
                let counted = is_heading && self.looks.is_numbered(&style);
                let _ = write!(self.out, "<w:p><w:pPr>{ground}");
                self.spans.push(style);
                self.paragraphs += 1;
                if let Some(level) = level {
                    let _ = write!(self.out, "<w:pStyle w:val=\"h{}\"/>", level.min(9));
                }
                if let Some(number) = self.open.last().filter(|_| std::mem::take(&mut self.item)) {
                    let level = self.open.len() - 1;
                    let mark = format!("<w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/>", number + 1);
                    let _ = write!(self.out, "<w:numPr>{mark}</w:numPr>");
                } else if let Some(level) = level.filter(|level| counted && *level > 0) {
                    let mark = format!("<w:ilvl w:val=\"{}\"/><w:numId w:val=\"outline\"/>", level.min(9) - 1);
                    let _ = write!(self.out, "<w:numPr>{mark}</w:numPr>");
                }
                self.out.push_str("</w:pPr>");
            }
            "text:span" => self.spans.push(attribute(e, "style-name").unwrap_or_default()),
            "text:placeholder" => self.out.push_str("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"),
            "text:section" => self.sections.push(attribute(e, "display").is_some_and(|display| display == "none")),
            "text:a" => {
                let target = attribute(e, "href").unwrap_or_default();
                let _ = write!(self.out, "<w:hyperlink r:id=\"{}\">", escape(&target));
                self.targets.push(target);
            }
            "text:s" => {
                let count = attribute(e, "c").and_then(|c| c.parse().ok()).unwrap_or(1usize).min(SPACES);
                self.run(&format!("<w:t xml:space=\"preserve\">{}</w:t>", " ".repeat(count)));
            }
            "text:tab" => self.run("<w:tab/>"),
            "text:line-break" => self.run("<w:br/>"),
            "text:list" => self.list(e),
            "text:list-item" => {
                self.item = true;
                let start = attribute(e, "start-value").and_then(|v| v.parse().ok());
                if let (Some(start), Some(number)) = (start, self.open.last().copied()) {
                    let style = self.numbers[number].0.clone();
                    self.numbers.push((style, Some((self.open.len() - 1, start))));
                    if let Some(last) = self.open.last_mut() {
                        *last = self.numbers.len() - 1;
                    }
                }
            }
            "text:note" => {
                self.note += 1;
                self.ending = attribute(e, "note-class").is_some_and(|class| class == "endnote");
            }
            "text:note-citation" => {
                // A mark that the writer chose, such as a star, stands behind; a number is given anew.
                let own = attribute(e, "label");
                let (sort, marked) = (if self.ending { "end" } else { "foot" }, u8::from(own.is_some()));
                self.run(&format!("<w:{sort}noteReference w:id=\"{}\" w:customMarkFollows=\"{marked}\"/>", self.note));
                own.into_iter().for_each(|mark| self.text(&mark));
                self.citing = true;
            }
            "text:note-body" => self.outer.push(std::mem::take(&mut self.out)),
            "office:annotation" | "text:tracked-changes" => self.aside = Some(String::new()),
            "table:table" => {
                let ground = self.looks.ground(&attribute(e, "style-name").unwrap_or_default());
                let _ = write!(self.out, "<w:tbl>{ground}");
            }
            "table:table-row" => {
                self.out.push_str("<w:tr>");
                self.covered = 0;
            }
            "table:table-cell" => {
                let span = attribute(e, "number-columns-spanned").and_then(|n| n.parse().ok()).unwrap_or(1usize);
                self.covered = span.saturating_sub(1);
                let ground = self.looks.ground(&attribute(e, "style-name").unwrap_or_default());
                let _ = write!(self.out, "<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>{ground}</w:tcPr>");
            }
            "table:covered-table-cell" => {
                let count = attribute(e, "number-columns-repeated").and_then(|n| n.parse().ok()).unwrap_or(1usize);
                for _ in self.covered..count.min(SPACES) {
                    self.out.push_str("<w:tc></w:tc>");
                }
                self.covered = self.covered.saturating_sub(count);
                self.aside = Some(String::new());
            }
            "draw:text-box" | "draw:custom-shape" | "draw:rect" | "draw:ellipse" => {
                self.around("<w:r><w:pict><w:txbxContent>", true);
            }
            "draw:frame" => self.cut = self.looks.is_cut(&attribute(e, "style-name").unwrap_or_default()),
            "draw:image" => self.picture = attribute(e, "href").map(|href| href.trim_start_matches("./").to_string()),
            "draw:object" | "draw:object-ole" => self.around("<w:r><w:OLEObject/></w:r>", false),
            "svg:title" | "svg:desc" => {
                self.describing = true;
                if !self.alt.is_empty() {
                    self.alt.push(' ');
                }
            }
            _ => {}
        }
    }

    /// What is anchored to the page stands in a paragraph of its own.
    fn around(&mut self, inner: &str, open: bool) {
        let bare = self.paragraphs == 0;
        if bare {
            self.out.push_str("<w:p>");
        }
        self.out.push_str(inner);
        if bare && !open {
            self.out.push_str("</w:p>");
        }
    }

    fn list(&mut self, e: &BytesStart<'_>) {
        let outer = self.open.last().copied();
        let style = attribute(e, "style-name").or_else(|| outer.map(|o| self.numbers[o].0.clone())).unwrap_or_default();
        let last = || self.numbers.iter().rposition(|(name, _)| *name == style);
        let continued = attribute(e, "continue-numbering").is_some_and(|v| v == "true");
        let going_on = continued.then(last).flatten();
        let number = outer.filter(|o| self.numbers[*o].0 == style).or(going_on).unwrap_or_else(|| {
            self.numbers.push((style.clone(), None));
            self.numbers.len() - 1
        });
        self.open.push(number);
        self.item = false;
    }

    fn end(&mut self, name: &str) {
        match name {
            "text:p" | "text:h" => {
                if let Some(aside) = &mut self.aside {
                    aside.push(' ');
                    self.aside_paragraphs = self.aside_paragraphs.saturating_sub(1);
                    return;
                }
                self.spans.pop();
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.out.push_str("</w:p>");
            }
            "text:span" => drop(self.spans.pop()),
            "text:placeholder" => self.out.push_str("</w:sdt>"),
            "text:section" => drop(self.sections.pop()),
            "text:a" => self.out.push_str("</w:hyperlink>"),
            "text:list" => drop(self.open.pop()),
            "text:list-item" => self.item = false,
            "text:note-citation" => self.citing = false,
            "text:note-body" => {
                let body = std::mem::replace(&mut self.out, self.outer.pop().unwrap_or_default());
                let (sort, n) = (if self.ending { "end" } else { "foot" }, self.note);
                let _ = write!(self.notes, "<w:{sort}note w:id=\"{n}\">{body}</w:{sort}note>");
            }
            "office:annotation" => {
                let text = self.aside.take().unwrap_or_default();
                self.comments.extend(Some(text.trim().to_string()).filter(|t| !t.is_empty()));
            }
            "text:tracked-changes" => {
                let text = self.aside.take().unwrap_or_default();
                let text = escape(text.trim());
                let _ = write!(self.out, "<w:p><w:del><w:r><w:delText>{text}</w:delText></w:r></w:del></w:p>");
            }
            "table:table" => self.out.push_str("</w:tbl>"),
            "table:table-row" => self.out.push_str("</w:tr>"),
            "table:table-cell" => self.out.push_str("</w:tc>"),
            "table:covered-table-cell" => self.aside = None,
            "draw:text-box" | "draw:custom-shape" | "draw:rect" | "draw:ellipse" => {
                self.out.push_str("</w:txbxContent></w:pict></w:r>");
                if self.paragraphs == 0 {
                    self.out.push_str("</w:p>");
                }
            }
            "svg:title" | "svg:desc" => self.describing = false,
            "draw:frame" => {
                let alt = std::mem::take(&mut self.alt);
                // The picture that stands for an object has no ending.
                if let Some(target) = self.picture.take().filter(|t| t.contains('.')) {
                    let (alt, place) = (escape(&alt), escape(&target));
                    let cut = if self.cut { "100000" } else { "0" };
                    let drawing = format!(
                        "<w:r><w:drawing><wp:docPr descr=\"{alt}\"/><a:blip r:embed=\"{place}\"/>\
                         <a:srcRect l=\"{cut}\"/></w:drawing></w:r>"
                    );
                    self.around(&drawing, false);
                    self.targets.push(target);
                }
            }
            _ => {}
        }
    }

    /// The lists as numbering.xml.
    fn numbering(&self) -> String {
        let mut out = String::from("<w:numbering>");
        for (n, (style, start)) in self.numbers.iter().enumerate() {
            let levels = self.looks.lists.get(style).map_or("", String::as_str);
            let _ = write!(out, "<w:abstractNum w:abstractNumId=\"{n}\">{levels}</w:abstractNum>");
            let over = start.map_or_else(String::new, |(level, first)| {
                format!("<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{first}\"/></w:lvlOverride>")
            });
            let id = n + 1;
            let _ = write!(out, "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{n}\"/>{over}</w:num>");
        }
        // The numbers of headings.
        let levels = self.looks.lists.get(OUTLINE).map_or("", String::as_str);
        let _ = write!(out, "<w:abstractNum w:abstractNumId=\"outline\">{levels}</w:abstractNum>");
        out.push_str("<w:num w:numId=\"outline\"><w:abstractNumId w:val=\"outline\"/></w:num></w:numbering>");
        out
    }

    /// The texts above and below the pages.
    fn margins(&self, styles: &str) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut reader = Reader::from_str(styles);
        let mut depth = 0usize;
        loop {
            match reader.read_event() {
                Ok(Event::Start(e)) if e.name().as_ref().starts_with("style:header") => depth += 1,
                Ok(Event::Start(e)) if e.name().as_ref().starts_with("style:footer") => depth += 1,
                Ok(Event::Start(e)) if depth > 0 && e.name().as_ref() == "text:p" => out.push(String::new()),
                Ok(Event::End(e)) if e.name().as_ref().starts_with("style:header") => depth -= 1,
                Ok(Event::End(e)) if e.name().as_ref().starts_with("style:footer") => depth -= 1,
                Ok(Event::Eof) | Err(_) => break,
                Ok(event) => {
                    if let (true, Some(text), Some(last)) = (depth > 0, text(&event), out.last_mut()) {
                        last.push_str(&text);
                    }
                }
            }
        }
        out.retain(|text| text.chars().any(char::is_alphabetic));
        out.dedup();
        out
    }
}
