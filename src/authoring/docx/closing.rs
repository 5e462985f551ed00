//! What ends: runs join their paragraph, paragraphs their cell or the document, formulas and symbols become letters.

use super::numbering::Mark;
use super::reader::{Block, Paragraph, Walker, is_former};
use super::text::{Run, markdown};
use crate::authoring::symbols::Font;
use crate::authoring::unseen::{Colour, Look, WHITE};

impl Walker<'_> {
    pub(super) fn end(&mut self, name: &str, full: &str) {
        match name {
            "trPr" => self.of_row = false,
            "tr" if self.rows_deleted.is_some() => self.close_deleted_row(),
            "tc" if self.rows_deleted.is_some() => self.deleted.iter_mut().for_each(|text| text.push(' ')),
            "del" if self.of_row => {}
            "del" | "moveFrom" => {
                self.skip = self.skip.saturating_sub(1);
                self.left.deleted.extend(self.deleted.take().filter(|text| !text.trim().is_empty()));
            }
            "delText" | "t" if self.deleted.is_some() => self.in_deleted = false,
            "Fallback" => self.skip = self.skip.saturating_sub(1),
            name if is_former(name) => self.skip = self.skip.saturating_sub(1),
            _ if self.skip > 0 => {}
            "AlternateContent" => drop(self.chosen.pop()),
            "rPr" => self.properties = self.properties.saturating_sub(1),
            "t" => self.in_text = false,
            "instrText" => self.read_instruction(),
            "checkBox" => {
                let mark = if self.tick.take() == Some(true) { '☑' } else { '☐' };
                self.frame.run.text.push(mark);
            }
            "sdt" => {
                self.controls.pop();
                // Only where its words are not in the text.
                let told = |prompt: &String| self.left.unfilled.last() == Some(prompt);
                let prompt = self.prompt.take().filter(|prompt| !told(prompt));
                self.left.unfilled.extend(prompt);
            }
            "rt" => self.in_reading = false,
            "drawing" | "pict" => self.concealed = false,
            "body" => self.close_stray(),
            "txbxContent" => {
                self.close_stray();
                self.behind.pop();
                if let Some(outer) = self.outer.pop() {
                    let inner = std::mem::replace(&mut self.frame, outer);
                    self.frame.paragraph.boxes.extend(inner.out);
                }
            }
            "footnote" | "endnote" => {
                self.behind.pop();
                if let Some(outer) = self.outer.pop() {
                    let inner = std::mem::replace(&mut self.frame, outer);
                    self.notes.insert(std::mem::take(&mut self.note), flat(&inner.out));
                }
            }
            "r" => self.close_run(),
            "hyperlink" => self.frame.run.link = None,
            "num" | "den" if full.starts_with("m:") => self.close_part(name == "num"),
            "sup" | "sub" if full.starts_with("m:") => self.raised = None,
            "rad" => self.sign(")"),
            "d" if full == "m:d" => self.sign(")"),
            "p" => {
                self.behind.pop();
                let paragraph = std::mem::take(&mut self.frame.paragraph);
                self.close(paragraph);
            }
            "tc" => {
                self.behind.pop();
                let span = std::mem::replace(&mut self.frame.span, 1);
                if let (1, Some(row)) = (self.frame.tables, self.frame.rows.last_mut()) {
                    row.extend(vec![String::new(); span - 1]);
                }
            }
            "tbl" => {
                self.behind.pop();
                self.frame.tables = self.frame.tables.saturating_sub(1);
                if self.frame.tables == 0 {
                    let rows = std::mem::take(&mut self.frame.rows);
                    if rows.iter().flatten().any(|c| !c.is_empty()) {
                        self.frame.out.push(Block::Table(rows));
                    }
                }
            }
            _ => {}
        }
    }

    /// Text outside of any paragraph, as damaged documents have it, is one of its own.
    pub(super) fn close_stray(&mut self) {
        let paragraph = std::mem::take(&mut self.frame.paragraph);
        if !paragraph.runs.is_empty() {
            self.close(paragraph);
        }
    }

    /// The end of a row that was deleted under tracking, or of one within it.
    fn close_deleted_row(&mut self) {
        self.rows_deleted = self.rows_deleted.and_then(|inner| inner.checked_sub(1));
        if self.rows_deleted.is_some() {
            return;
        }
        self.skip = self.skip.saturating_sub(1);
        self.left.deleted.extend(self.deleted.take().map(|t| t.trim().to_string()).filter(|text| !text.is_empty()));
        if self.frame.tables == 1 {
            self.frame.rows.pop();
        }
    }

    /// Gives the innermost open paragraph, cell, box or table a ground of its own.
    pub(super) fn ground(&mut self, own: Option<Colour>) {
        self.behind.iter_mut().last().into_iter().for_each(|ground| *ground = own.or(*ground));
    }

    /// Whether nobody sees the letters of the run.
    fn is_unseen(&self) -> bool {
        let style = |name: &String| self.parts.looks.get(name).cloned().unwrap_or_default();
        let frame = &self.frame;
        let below = Look { fill: None, ..style(&frame.paragraph.style).over(&style(&String::new())) };
        let look = frame.look.over(&style(&frame.run_style)).over(&below);
        let behind = self.behind.iter().rev().find_map(|own| *own).unwrap_or(WHITE);
        self.concealed || look.is_unseen(behind)
    }

    pub(super) fn close_run(&mut self) {
        let run = std::mem::take(&mut self.frame.run);
        self.frame.run.link.clone_from(&run.link);
        if run.text.is_empty() {
            return;
        }
        let aside = if self.in_reading {
            Some(&mut self.left.readings)
        } else if self.controls.contains(&true) {
            Some(&mut self.left.unfilled)
        } else {
            self.is_unseen().then_some(&mut self.left.hidden)
        };
        if let Some(aside) = aside {
            aside.extend(Some(run.text).filter(|text| !text.trim().is_empty()));
            return;
        }
        match self.frame.paragraph.runs.last_mut() {
            Some(last) if last.is_like(&run) => last.text.push_str(&run.text),
            _ => self.frame.paragraph.runs.push(run),
        }
    }

    /// Plain letters between runs.
    pub(super) fn sign(&mut self, text: &str) {
        self.frame.paragraph.runs.push(Run { text: text.to_string(), ..Run::default() });
    }

    /// A part of a fraction: with brackets where it is more than one name or number.
    pub(super) fn close_part(&mut self, above: bool) {
        let runs = &mut self.frame.paragraph.runs;
        let start = self.formula.pop().unwrap_or(0).min(runs.len());
        let text: String = runs[start..].iter().map(|r| r.text.as_str()).collect();
        if !text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',')) {
            runs.insert(start, Run { text: "(".into(), ..Run::default() });
            runs.push(Run { text: ")".into(), ..Run::default() });
        }
        if above {
            self.sign("/");
        }
    }

    pub(super) fn symbol(&mut self, font: &str, code: u32) {
        let known = match Font::named(font) {
            // Letters of picture fonts are in a range of their own, whatever font the document names.
            Font::Letters if (0xF000..0xF100).contains(&code) => {
                Font::Symbol.symbol(code).filter(|c| code > 0xF0A0 && *c != ' ')
            }
            Font::Letters => char::from_u32(code).filter(|c| !c.is_control()),
            pictures => pictures.symbol(code),
        };
        match known {
            Some(c) => self.frame.run.text.push(c),
            None => {
                self.frame.run.text.push('\u{fffd}');
                self.left.symbols.push(format!("{font} {:02X}", code & 0xFF));
            }
        }
    }

    pub(super) fn field(&mut self, kind: &str) {
        match kind {
            "begin" => (self.instruction, self.field_link) = (None, None),
            "end" => (self.instruction, self.field_link, self.frame.run.link) = (None, None, None),
            _ => {}
        }
    }

    /// An old form of links: `HYPERLINK "https://…"`.
    pub(super) fn read_instruction(&mut self) {
        let instruction = self.instruction.take().unwrap_or_default();
        if let Some((_, rest)) = instruction.split_once("HYPERLINK") {
            let target = rest.split('"').nth(1).unwrap_or_default();
            self.field_link = Some(target.to_string()).filter(|t| t.starts_with("http"));
        }
    }

    /// The words of a diagram or chart.
    pub(super) fn drawing(&mut self, relation: Option<String>) {
        let target = relation.and_then(|id| self.parts.relations.get(&id));
        let Some(words) = target.and_then(|t| self.parts.drawings.get(t)) else {
            self.left.objects += 1;
            return;
        };
        self.left.drawings += 1;
        let alt = std::mem::take(&mut self.alt);
        let words = words.iter().map(|w| Block::Item(0, None, super::text::escape(w, false)));
        let boxes = &mut self.frame.paragraph.boxes;
        if !alt.is_empty() {
            boxes.push(Block::Paragraph(super::text::escape(&alt, false), false));
        }
        boxes.extend(words);
    }

    pub(super) fn close(&mut self, paragraph: Paragraph) {
        if paragraph.ends_part {
            self.note_numbers.end_part(&self.parts.note_styles);
        }
        let boxes = paragraph.boxes;
        // A paragraph without words has its number as well, but not the one that is the end of a part alone.
        let list = paragraph.list.as_ref().filter(|_| !(paragraph.ends_part && paragraph.runs.is_empty()));
        let mark = list.map(|list| self.parts.numbering.next(&mut self.counters, list, paragraph.level));
        if self.frame.tables > 0 {
            let mut text = markdown(&paragraph.runs, true);
            text = match &mark {
                Some(Mark::Number(n)) => format!("{n}. {text}").trim_end().to_string(),
                Some(Mark::Label(label)) => format!("{} {text}", super::text::escape(label, true)).trim().to_string(),
                _ => text,
            };
            let inside = flat(&boxes);
            if !inside.is_empty() {
                text = format!("{text}{}{}", if text.is_empty() { "" } else { "<br>" }, inside.replace('|', "\\|"));
            }
            if let Some(cell) = self.frame.rows.last_mut().and_then(|r| r.last_mut())
                && !text.is_empty()
            {
                if !cell.is_empty() {
                    cell.push_str("<br>");
                }
                cell.push_str(&text);
            }
        } else {
            let heading = self.parts.headings.get(&paragraph.style).copied();
            let plain: String = paragraph.runs.iter().filter(|r| !r.raw).map(|r| r.text.as_str()).collect();
            let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            let noted = paragraph.runs.iter().any(|r| r.raw);
            let named = matches!(&mark, Some(Mark::Label(label)) if label.chars().any(char::is_alphabetic));
            if let Some(level) = heading.filter(|_| !plain.is_empty() || named) {
                self.frame.out.push(Block::Heading(
                    level,
                    match mark {
                        Some(Mark::Label(label)) => format!("{label} {plain}").trim_end().to_string(),
                        Some(Mark::Number(n)) => format!("{n}. {plain}"),
                        _ => plain,
                    },
                ));
                if noted {
                    let marks: String = paragraph.runs.iter().filter(|r| r.raw).map(|r| r.text.as_str()).collect();
                    self.frame.out.push(Block::Paragraph(marks, false));
                }
            } else if !plain.is_empty() || noted || named {
                let text = markdown(&paragraph.runs, false);
                let words = paragraph.runs.iter().filter(|r| !r.text.trim().is_empty());
                let bold = self.parts.bold.contains(&paragraph.style) || words.clone().all(|r| r.bold);
                self.frame.out.push(match mark {
                    Some(Mark::Number(n)) => Block::Item(paragraph.level, Some(n), text),
                    Some(Mark::Label(label)) => {
                        let label = super::text::escape(&label, false);
                        Block::Item(paragraph.level, None, format!("{label} {text}").trim().to_string())
                    }
                    Some(Mark::Bullet) => Block::Item(paragraph.level, None, text),
                    None => Block::Paragraph(text, bold),
                });
            }
            self.frame.out.extend(boxes);
        }
        for (target, alt, cut) in paragraph.pictures {
            self.frame.out.push(Block::Picture(target, alt, cut));
        }
    }
}

/// Blocks as one line for a cell or a note.
fn flat(blocks: &[Block]) -> String {
    let texts = blocks.iter().map(|block| match block {
        Block::Heading(_, text) | Block::Paragraph(text, _) | Block::Note(_, text) => text.replace("\\\n", "<br>"),
        Block::Item(_, number, text) => {
            let mark = number.map_or_else(|| "•".to_string(), |n| format!("{n}."));
            format!("{mark} {}", text.replace("\\\n", "<br>"))
        }
        Block::Table(rows) => rows.iter().map(|r| r.join(" · ")).collect::<Vec<_>>().join("<br>"),
        Block::Picture(..) => String::new(),
    });
    texts.filter(|t| !t.is_empty()).collect::<Vec<_>>().join("<br>")
}
