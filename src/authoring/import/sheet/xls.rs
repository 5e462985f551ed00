//! Sheets of an old Excel workbook (.xls, Excel 97 to 2003): records of BIFF8 ([MS-XLS]) in a compound file.

use super::format::{Format, built_in};
use super::grid::Grid;
use super::table::{Sheet, SheetName, broken, counted, cut_off, first_with_rows, protected, text_cell};
use super::xlsx_styles::{Style, numbered};
use crate::authoring::convert::Cell;
use crate::authoring::import::guard::{Limits, too_large};
use crate::authoring::import::refused;
use crate::authoring::symbols::Font;
use crate::authoring::unseen::{Colour, Look, WHITE};
use crate::diagnostics::Diagnostic;
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// Reads a sheet: the named one, else the first that is shown and holds rows.
pub fn read(file: &str, bytes: &[u8], wanted: Option<&str>, limits: &Limits) -> Result<Sheet, Diagnostic> {
    let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|e| broken(file, &e))?;
    let Ok(mut stream) = compound.open_stream("/Workbook") else {
        // What Excel encrypts, it wraps in a compound file as well.
        return Err(if compound.exists("/EncryptionInfo") { protected(file) } else { too_old(file) });
    };
    let mut data = Vec::new();
    stream.read_to_end(&mut data).map_err(|e| broken(file, &e))?;
    let book = Book::read(file, &data)?;
    let names: Vec<SheetName> =
        book.sheets.iter().map(|(name, hidden, _)| SheetName { name: name.clone(), hidden: *hidden }).collect();
    first_with_rows(file, &names, wanted, |name| {
        let start = book.sheets.iter().find(|(n, ..)| n == name).map_or(0, |(.., start)| *start);
        book.sheet(file, &data, start, limits)?.finish(file, name, limits)
    })
}

fn too_old(file: &str) -> Diagnostic {
    refused(file, "ไฟล์ .xls นี้เก่ากว่า Excel 97 จึงอ่านไม่ได้", "this .xls file is older than Excel 97 and is not read")
        .hint("เปิดใน Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx", "open it in Excel or LibreOffice and save it as .xlsx")
}

/// A record: its kind and data, and where in the data those of `CONTINUE` records begin.
struct Record<'a> {
    kind: u16,
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The records from a place on, up to the end of the sheet or of the workbook's own part.
struct Records<'a> {
    data: &'a [u8],
    at: usize,
    depth: usize,
    /// The last record was the end.
    whole: bool,
}

impl<'a> Records<'a> {
    fn new(data: &'a [u8], at: usize) -> Records<'a> {
        Records { data, at, depth: 0, whole: false }
    }

    fn one(&self, at: usize) -> Option<(u16, &'a [u8])> {
        let head = self.data.get(at..at + 4)?;
        let length = usize::from(word(head, 2));
        Some((word(head, 0), self.data.get(at + 4..at + 4 + length)?))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one(self.at)?;
        self.at += 4 + data.len();
        let mut record = Record { kind, parts: vec![data] };
        while let Some((CONTINUE, more)) = self.one(self.at) {
            self.at += 4 + more.len();
            record.parts.push(more);
        }
        // Charts within a sheet are parts of their own.
        match kind {
            BOF => self.depth += 1,
            EOF if self.depth <= 1 => {
                self.whole = true;
                return None;
            }
            EOF => self.depth -= 1,
            _ => {}
        }
        Some(record)
    }
}

const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const BOF: u16 = 0x0809;

fn word(data: &[u8], at: usize) -> u16 {
    data.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn long(data: &[u8], at: usize) -> u32 {
    u32::from(word(data, at)) | u32::from(word(data, at + 2)) << 16
}

fn float(data: &[u8], at: usize) -> f64 {
    f64::from_bits(u64::from(long(data, at)) | u64::from(long(data, at + 4)) << 32)
}

/// A number in four bytes: an integer or the upper half of a float, perhaps in hundredths.
fn packed(code: u32) -> f64 {
    let value = if code & 2 != 0 { f64::from(code as i32 >> 2) } else { f64::from_bits(u64::from(code & !3) << 32) };
    if code & 1 != 0 { value / 100.0 } else { value }
}

/// Texts over the parts of a record: where one part ends within letters, the next says anew how wide they are.
struct Texts<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl Texts<'_> {
    fn take(&mut self, mut n: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        while n > 0 {
            let rest = self.parts.get(self.part)?.get(self.at..)?;
            if rest.is_empty() {
                (self.part, self.at) = (self.part + 1, 0);
                continue;
            }
            let some = n.min(rest.len());
            out.extend_from_slice(&rest[..some]);
            (n, self.at) = (n - some, self.at + some);
        }
        Some(out)
    }

    fn letters(&mut self, mut count: usize, mut wide: bool) -> Option<Vec<u16>> {
        let mut units: Vec<u16> = Vec::new();
        while count > 0 {
            if self.parts.get(self.part)?.len() <= self.at {
                (self.part, self.at) = (self.part + 1, 0);
                wide = self.take(1)?[0] & 1 != 0;
            }
            let left = self.parts.get(self.part)?.len() - self.at;
            let width = if wide { 2 } else { 1 };
            let some = count.min(left / width).max(1);
            let bytes = self.take(some * width)?;
            units.extend(
                bytes.chunks(width).map(|b| u16::from(b[0]) | b.get(1).map_or(0, |high| u16::from(*high) << 8)),
            );
            count -= some;
        }
        Some(units)
    }

    /// A text whose number of letters is one or two bytes wide, in stretches of one font.
    fn text(&mut self, short: bool) -> Option<Text> {
        let count = self.take(if short { 1 } else { 2 })?;
        let count = count.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b));
        let flags = self.take(1)?[0];
        let runs = if flags & 8 != 0 { usize::from(word(&self.take(2)?, 0)) } else { 0 };
        let extra = if flags & 4 != 0 { long(&self.take(4)?, 0) as usize } else { 0 };
        let letters = self.letters(count, flags & 1 != 0)?;
        let runs = self.take(runs * 4)?;
        self.take(extra)?;
        let (mut text, mut from, mut font) = (Text::new(), 0, None);
        for run in runs.chunks_exact(4) {
            let to = usize::from(word(run, 0)).clamp(from, letters.len());
            text.push((font, String::from_utf16_lossy(&letters[from..to])));
            (from, font) = (to, Some(word(run, 2)));
        }
        text.push((font, String::from_utf16_lossy(&letters[from..])));
        Some(text)
    }
}

/// Stretches of a text with the number of their font, where they have one of their own.
type Text = Vec<(Option<u16>, String)>;

fn styled(record: &Record<'_>, at: usize, short: bool) -> Text {
    Texts { parts: record.parts.clone(), part: 0, at }.text(short).unwrap_or_default()
}

fn text(record: &Record<'_>, at: usize, short: bool) -> String {
    styled(record, at, short).into_iter().map(|(_, text)| text).collect()
}

/// What the cells of all sheets refer to.
#[derive(Default)]
struct Book {
    strings: Vec<Text>,
    fonts: Vec<Look>,
    /// Format and look of a style.
    styles: Vec<Style>,
    from_1904: bool,
    /// Name, whether it is hidden, and where its records begin.
    sheets: Vec<(String, bool, usize)>,
}

impl Book {
    fn read(file: &str, data: &[u8]) -> Result<Book, Diagnostic> {
        let mut book = Book::default();
        let mut own: HashMap<u16, String> = HashMap::new();
        let mut styles: Vec<(u16, u16, [u8; 2])> = Vec::new();
        let mut records = Records::new(data, 0);
        for record in records.by_ref() {
            let d = record.data();
            match record.kind {
                BOF if word(d, 0) != 0x0600 => return Err(too_old(file)),
                0x002F => return Err(protected(file)),
                0x0022 => book.from_1904 = word(d, 0) == 1,
                0x041E => drop(own.insert(word(d, 0), text(&record, 2, false))),
                0x0031 => book.fonts.push(Look {
                    sizes: [Some(f32::from(word(d, 0)) / 20.0), None],
                    struck: Some(word(d, 2) & 8 != 0),
                    colour: Some(numbered(usize::from(word(d, 4)))),
                    font: Some(Font::named(&text(&record, 14, true))),
                    raised: [None, Some(true), Some(false)].get(usize::from(word(d, 8))).copied().flatten(),
                    ..Look::default()
                }),
                // Font, format, and the pattern behind: its kind and its colour.
                0x00E0 => styles.push((
                    word(d, 0),
                    word(d, 2),
                    [d.get(17).map_or(0, |b| b >> 2), d.get(18).map_or(0, |b| b & 0x7F)],
                )),
                // Only sheets of cells; not charts or macros.
                0x0085 if d.get(5) == Some(&0) => {
                    let hidden = d.get(4).is_some_and(|state| state & 3 != 0);
                    book.sheets.push((text(&record, 6, true), hidden, long(d, 0) as usize));
                }
                0x00FC => {
                    let mut texts = Texts { parts: record.parts.clone(), part: 0, at: 8 };
                    book.strings = std::iter::from_fn(|| texts.text(false)).collect();
                }
                _ => {}
            }
        }
        if !records.whole {
            return Err(cut_off(file));
        }
        let format = |id: &u16| own.get(id).map(String::as_str).or_else(|| built_in(u32::from(*id)));
        let style = |(font, id, [pattern, behind]): &(u16, u16, [u8; 2])| {
            let fill = match pattern {
                0 => None,
                1 => Some(numbered(usize::from(*behind))),
                _ => Some(Colour::Open),
            };
            let look = Look { fill, ..book.font(*font).cloned().unwrap_or_default() };
            Style { format: Format::new(format(id).unwrap_or("General")), look }
        };
        book.styles = styles.iter().map(style).collect();
        Ok(book)
    }

    fn font(&self, number: u16) -> Option<&Look> {
        // There is no font of number 4.
        self.fonts.get(usize::from(number) - usize::from(number > 4))
    }

    fn sheet(&self, file: &str, data: &[u8], start: usize, limits: &Limits) -> Result<Grid, Diagnostic> {
        let mut grid = Grid::default();
        // The text of a formula stands in the next record.
        let mut waiting: Option<(usize, usize, u16)> = None;
        let mut records = Records::new(data, start);
        for record in records.by_ref() {
            let d = record.data();
            let (row, column, style) = (usize::from(word(d, 0)) + 1, usize::from(word(d, 2)), word(d, 4));
            let mut cells: Vec<(usize, usize, u16, (Cell, Held))> = Vec::new();
            match record.kind {
                0x0208 if d.get(12).is_some_and(|flags| flags & 0x20 != 0) => grid.hide_row(row),
                0x007D if word(d, 8) & 1 != 0 => {
                    grid.hide_columns(Some(usize::from(word(d, 0)) + 1), Some(usize::from(word(d, 2)) + 1));
                }
                0x00E5 => d.get(2..).unwrap_or_default().chunks_exact(8).for_each(|m| {
                    let at = |i: usize| usize::from(word(m, i * 2));
                    grid.merge((at(0) + 1, at(2)), (at(1) + 1, at(3)));
                }),
                0x001C => grid.remark(row, column),
                0x01B0 => {
                    grid.coloured(
                        (usize::from(word(d, 4)) + 1, usize::from(word(d, 8))),
                        (usize::from(word(d, 6)) + 1, usize::from(word(d, 10))),
                    );
                }
                0x00FD => {
                    let shared = self.strings.get(long(d, 6) as usize);
                    cells.extend(shared.map(|text| (row, column, style, self.text(style, text))));
                }
                0x0204 | 0x00D6 => cells.push((row, column, style, self.text(style, &styled(&record, 6, false)))),
                0x0203 => cells.push((row, column, style, self.number(style, float(d, 6)))),
                0x027E => cells.push((row, column, style, self.number(style, packed(long(d, 6))))),
                0x00BD => {
                    cells.extend(d.get(4..).unwrap_or_default().chunks_exact(6).enumerate().map(|(i, one)| {
                        (row, column + i, word(one, 0), self.number(word(one, 0), packed(long(one, 2))))
                    }))
                }
                0x0205 => {
                    cells.push((row, column, style, (sign(d.get(6).copied(), d.get(7) == Some(&1)), Held::default())))
                }
                0x0006 => match (word(d, 12), d.get(6)) {
                    (0xFFFF, Some(0)) => waiting = Some((row, column, style)),
                    (0xFFFF, Some(1 | 2)) => {
                        cells.push((
                            row,
                            column,
                            style,
                            (sign(d.get(8).copied(), d.get(6) == Some(&2)), Held::default()),
                        ));
                    }
                    (0xFFFF, _) => {}
                    _ => cells.push((row, column, style, self.number(style, float(d, 6)))),
                },
                0x0207 => {
                    cells.extend(waiting.take().map(|(r, c, s)| (r, c, s, self.text(s, &styled(&record, 0, false)))));
                }
                _ => {}
            }
            for (row, column, style, (cell, held)) in cells {
                let style = self.styles.get(usize::from(style));
                if held.conceals {
                    grid.conceal(row, column);
                }
                if let Some(style) = style.filter(|style| !held.parted && style.look.is_unseen(WHITE)) {
                    grid.faint(row, column, &style.look);
                }
                if !grid.put(row, column, cell, limits) {
                    return Err(too_large(file, limits));
                }
            }
        }
        if records.whole { Ok(grid) } else { Err(cut_off(file)) }
    }

    fn number(&self, style: u16, value: f64) -> (Cell, Held) {
        let default = Format::default();
        let format = self.styles.get(usize::from(style)).map_or(&default, |style| &style.format);
        let cell = counted(format, value, self.from_1904);
        let conceals = cell == Cell::Empty && (value != 0.0 || format.hides());
        (cell, Held { conceals, parted: false })
    }

    /// The text of a cell without stretches that nobody sees, and whether it holds any that is not shown.
    fn text(&self, style: u16, text: &Text) -> (Cell, Held) {
        let (look, format) = match self.styles.get(usize::from(style)) {
            Some(style) => (style.look.clone(), Some(&style.format)),
            None => (Look::default(), None),
        };
        let parted = text.iter().filter(|(_, text)| !text.is_empty()).count() > 1;
        let (mut shown, mut lost) = (String::new(), false);
        for (font, text) in text {
            let own = font.and_then(|font| self.font(font)).map_or_else(|| look.clone(), |own| own.over(&look));
            match parted && own.is_unseen(WHITE) {
                true => lost |= !text.trim().is_empty(),
                false => {
                    let raised = own.raised.filter(|_| parted && font.is_some());
                    let piece = Look { raised, ..own }.beside(&shown, text);
                    shown.push_str(&piece);
                }
            }
        }
        let cell = text_cell(&format.map_or_else(|| shown.clone(), |format| format.text(&shown)));
        let conceals = lost || cell == Cell::Empty && !shown.trim().is_empty();
        (cell, Held { conceals, parted })
    }
}

/// What the text of a cell holds: whether more than it shows, and whether its stretches, not the cell, say how it looks.
#[derive(Default)]
struct Held {
    conceals: bool,
    parted: bool,
}

/// Yes or no, or what a spreadsheet shows for a failed formula.
fn sign(code: Option<u8>, failed: bool) -> Cell {
    let error = match code.unwrap_or_default() {
        on if !failed => return Cell::Bool(on != 0),
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Cell::Error(error.into())
}
