//! Sheets of an Excel workbook (.xlsx, .xlsm): every cell as a person sees it.

use super::format::Format;
use super::grid::Grid;
use super::table::{Sheet, SheetName, broken, counted, cut_off, first_with_rows, text_cell};
use super::xlsx_styles::{Style, colours, letters, styles};
use crate::authoring::convert::Cell;
use crate::authoring::import::guard::{Limits, too_large};
use crate::authoring::unseen::{Colour, Look, WHITE};
use crate::authoring::xml::{Archive, attribute, each, is_on, is_whole, text};
use crate::diagnostics::Diagnostic;
use crate::text::era::Date;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// What the cells of all sheets refer to.
#[derive(Default)]
struct Book {
    /// Texts in stretches of one look.
    strings: Vec<Vec<(Look, String)>>,
    styles: Vec<Style>,
    theme: Vec<Colour>,
    from_1904: bool,
    /// The writer of the file left formulas to be computed by whoever opens it.
    uncomputed: bool,
}

/// Sheets that are looked at.
const MOST_SHEETS: usize = 500;

/// Reads a sheet: the named one, else the first that is shown and holds rows.
pub fn read(file: &str, bytes: &[u8], wanted: Option<&str>, limits: &Limits) -> Result<Sheet, Diagnostic> {
    let mut archive = Archive::open(bytes).map_err(|e| broken(file, &e))?;
    let main = archive.main_part("xl/workbook.xml");
    let Some(workbook) = archive.text(&main) else {
        return Err(broken(file, &"xl/workbook.xml"));
    };
    let relations: HashMap<String, (String, String)> =
        archive.relations(&main).into_iter().map(|(id, kind, target)| (id, (kind, target))).collect();
    let mut book = Book::default();
    let (mut names, mut places) = (Vec::new(), HashMap::new());
    each(&workbook, |e| match e.local_name().as_ref() {
        "workbookPr" => book.from_1904 = is_on(e, "date1904"),
        "calcPr" => book.uncomputed = is_on(e, "fullCalcOnLoad"),
        "sheet" => {
            let name = attribute(e, "name").unwrap_or_default();
            let found = attribute(e, "id").and_then(|id| relations.get(&id));
            let found = found.filter(|(kind, target)| {
                (kind == "worksheet" || kind.is_empty()) && places.values().all(|known| known != target)
            });
            if let Some((_, target)) = found.filter(|_| names.len() < MOST_SHEETS) {
                places.insert(name.clone(), target.clone());
                let hidden = matches!(attribute(e, "state").as_deref(), Some("hidden" | "veryHidden"));
                names.push(SheetName { name, hidden });
            }
        }
        _ => {}
    });
    let part = |kind: &str, usual: &str| {
        relations.values().find(|(k, _)| k == kind).map_or_else(|| usual.to_string(), |(_, target)| target.clone())
    };
    book.theme = colours(&archive.text(&part("theme", "xl/theme/theme1.xml")).unwrap_or_default());
    if let Some(xml) = archive.text(&part("sharedStrings", "xl/sharedStrings.xml")) {
        if !is_whole(&xml) {
            return Err(cut_off(file));
        }
        book.strings = strings(&xml, &book.theme);
    }
    if let Some(xml) = archive.text(&part("styles", "xl/styles.xml")) {
        book.styles = styles(&xml, &book.theme);
    }
    first_with_rows(file, &names, wanted, |name| {
        let Some(xml) = places.get(name).and_then(|place| archive.text(place)) else {
            return Err(broken(file, &name));
        };
        if !is_whole(&xml) {
            return Err(cut_off(file));
        }
        let mut grid = book.sheet(file, &xml, limits)?;
        let parts = places.get(name).map_or_else(Vec::new, |place| archive.relations(place));
        for (_, kind, target) in &parts {
            if matches!(kind.as_str(), "comments" | "threadedComment") {
                each(&archive.text(target).unwrap_or_default(), |e| {
                    let cell = attribute(e, "ref").filter(|_| e.local_name().as_ref().ends_with("omment"));
                    if let Some((row, column)) = cell.and_then(|cell| place(&cell)) {
                        grid.remark(row, column);
                    }
                });
            }
        }
        for (_, kind, target) in &parts {
            each(&archive.text(target).filter(|_| kind == "table").unwrap_or_default(), |e| {
                if let Some((from, to)) = attribute(e, "ref").filter(|_| is_named(e, "table")).and_then(|r| range(&r)) {
                    grid.coloured(from, to);
                }
            });
        }
        for (_, _, target) in parts.iter().filter(|(_, kind, _)| kind == "drawing") {
            each(&archive.text(target).unwrap_or_default(), |e| {
                grid.drawings += usize::from(matches!(e.local_name().as_ref(), "pic" | "sp" | "graphicFrame"));
            });
        }
        grid.finish(file, name, limits)
    })
}

/// Whether a row or a column has no height or width.
fn is_none(e: &BytesStart<'_>, name: &str) -> bool {
    attribute(e, name).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size <= 0.0)
}

/// The texts that cells share, without the reading aids of Japanese.
fn strings(xml: &str, theme: &[Colour]) -> Vec<Vec<(Look, String)>> {
    let mut reader = Reader::from_str(xml);
    let (mut out, mut inside, mut aid): (Vec<Vec<(Look, String)>>, bool, bool) = (Vec::new(), false, false);
    let mut look = Look::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => match e.local_name().as_ref() {
                "si" | "r" => {
                    look = Look::default();
                    if e.local_name().as_ref() == "si" {
                        out.push(Vec::new());
                    }
                }
                "t" => {
                    inside = !aid;
                    if let (true, Some(last)) = (inside, out.last_mut()) {
                        last.push((look.clone(), String::new()));
                    }
                }
                "rPh" => aid = true,
                _ => letters(&mut look, &e, theme),
            },
            Ok(Event::Empty(e)) if e.local_name().as_ref() == "si" => out.push(Vec::new()),
            Ok(Event::Empty(e)) => letters(&mut look, &e, theme),
            Ok(Event::End(e)) => match e.local_name().as_ref() {
                "t" => inside = false,
                "rPh" => aid = false,
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => return out,
            Ok(event) => {
                let last = out.last_mut().and_then(|pieces| pieces.last_mut());
                if let (true, Some(text), Some((_, last))) = (inside, text(&event), last) {
                    last.push_str(&text);
                }
            }
        }
    }
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    row: usize,
    column: usize,
    kind: String,
    style: usize,
    formula: bool,
    value: String,
    valued: bool,
    /// Stretches of a text that the cell has to itself, the last one's look first said.
    own: Vec<(Look, String)>,
    look: Look,
}

impl Book {
    fn sheet(&self, file: &str, xml: &str, limits: &Limits) -> Result<Grid, Diagnostic> {
        let mut reader = Reader::from_str(xml);
        let mut grid = Grid::default();
        let (mut row, mut next) = (0usize, 0usize);
        let mut open: Option<Open> = None;
        let (mut inside, mut aid) = (false, false);
        loop {
            let event = reader.read_event().map_err(|e| broken(file, &e))?;
            match &event {
                Event::Start(e) | Event::Empty(e) => {
                    let empty = matches!(event, Event::Empty(_));
                    match e.local_name().as_ref() {
                        "col" if is_on(e, "hidden") || is_none(e, "width") => {
                            grid.hide_columns(number(e, "min"), number(e, "max"))
                        }
                        "row" => {
                            row = number(e, "r").unwrap_or(row + 1);
                            next = 0;
                            if is_on(e, "hidden") || is_none(e, "ht") {
                                grid.hide_row(row);
                            }
                        }
                        "c" => {
                            let at = attribute(e, "r").and_then(|r| place(&r));
                            let (r, column) = at.unwrap_or((row, next));
                            next = column + 1;
                            open = Some(Open {
                                row: r,
                                column,
                                kind: attribute(e, "t").unwrap_or_default(),
                                style: number(e, "s").unwrap_or(0),
                                ..Open::default()
                            });
                            if empty {
                                open = None;
                            }
                        }
                        "f" => open.iter_mut().for_each(|o| o.formula = true),
                        "v" if !empty => inside = true,
                        "t" if !empty && !aid => {
                            inside = true;
                            open.iter_mut().for_each(|cell| cell.own.push((cell.look.clone(), String::new())));
                        }
                        "r" => open.iter_mut().for_each(|cell| cell.look = Look::default()),
                        "rPh" => aid = !empty,
                        "mergeCell" => {
                            if let Some((from, to)) = attribute(e, "ref").and_then(|r| range(&r)) {
                                grid.merge(from, to);
                            }
                        }
                        "conditionalFormatting" => {
                            let ranges = attribute(e, "sqref").unwrap_or_default();
                            ranges.split(' ').filter_map(range).for_each(|(from, to)| grid.coloured(from, to));
                        }
                        _ => open.iter_mut().for_each(|cell| letters(&mut cell.look, e, &self.theme)),
                    }
                }
                Event::End(e) => match e.local_name().as_ref() {
                    "v" | "t" => inside = false,
                    "rPh" => aid = false,
                    "c" => {
                        if let Some(cell) = open.take() {
                            let value = self.cell(&cell);
                            if value == Cell::Empty && self.holds(&cell) {
                                grid.conceal(cell.row, cell.column);
                            }
                            match self.unseen(&cell) {
                                Some(Some(look)) => grid.faint(cell.row, cell.column, &look),
                                Some(None) => grid.conceal(cell.row, cell.column),
                                None => {}
                            }
                            if !grid.put(cell.row, cell.column, value, limits) {
                                return Err(too_large(file, limits));
                            }
                        }
                    }
                    _ => {}
                },
                Event::Eof => return Ok(grid),
                event => {
                    if let (true, Some(text), Some(cell)) = (inside, text(event), open.as_mut()) {
                        cell.own.iter_mut().last().into_iter().for_each(|(_, own)| own.push_str(&text));
                        cell.value.push_str(&text);
                        cell.valued = true;
                    }
                }
            }
        }
    }

    /// Whether a cell that shows nothing holds something; nothing is lost of a zero that is not shown.
    fn holds(&self, cell: &Open) -> bool {
        let hides = self.styles.get(cell.style).is_some_and(|style| style.format.hides());
        match cell.kind.as_str() {
            "s" | "inlineStr" => self.pieces(cell).iter().any(|(_, text)| !text.trim().is_empty()),
            "" | "n" => cell.value.trim().parse::<f64>().is_ok_and(|value| hides || value != 0.0),
            _ => !cell.value.trim().is_empty(),
        }
    }

    /// The stretches of a text.
    fn pieces<'a>(&'a self, cell: &'a Open) -> &'a [(Look, String)] {
        if cell.kind == "inlineStr" {
            return &cell.own;
        }
        let shared = cell.value.trim().parse::<usize>().ok().filter(|_| cell.kind == "s");
        shared.and_then(|i| self.strings.get(i)).map_or(&[], Vec::as_slice)
    }

    /// The look of a stretch of a text in its cell.
    fn look(&self, cell: &Open, look: &Look) -> Look {
        self.styles.get(cell.style).map_or_else(|| look.clone(), |style| look.over(&style.look))
    }

    /// Whether nobody sees all of what a cell holds, by its look, or some of it.
    fn unseen(&self, cell: &Open) -> Option<Option<Look>> {
        let pieces = self.pieces(cell);
        if pieces.len() < 2 {
            let look = self.look(cell, &pieces.first().map(|(look, _)| look.clone()).unwrap_or_default());
            return look.is_unseen(WHITE).then_some(Some(look));
        }
        let lost = |(look, text): &(Look, String)| !text.trim().is_empty() && self.look(cell, look).is_unseen(WHITE);
        pieces.iter().any(lost).then_some(None)
    }

    fn cell(&self, cell: &Open) -> Cell {
        let default = Format::default();
        let format = self.styles.get(cell.style).map_or(&default, |style| &style.format);
        let shown = |text: &str| self.look(cell, &Look::default()).shown(text).into_owned();
        let as_text = |text: &str| text_cell(&format.text(&unescaped(text)));
        if cell.formula && (self.uncomputed || (!cell.valued && cell.kind != "str")) {
            return Cell::Uncomputed;
        }
        match cell.kind.as_str() {
            "s" | "inlineStr" => {
                let pieces = self.pieces(cell);
                let mut seen = String::new();
                for (own, text) in pieces {
                    // Where a stretch stands in its line it says itself.
                    let look = Look { raised: own.raised, ..self.look(cell, own) };
                    if pieces.len() < 2 || !look.is_unseen(WHITE) {
                        let piece = look.beside(&seen, text);
                        seen.push_str(&piece);
                    }
                }
                as_text(&seen)
            }
            "str" => as_text(&shown(&cell.value)),
            "b" => Cell::Bool(cell.value.trim() == "1"),
            "e" => Cell::Error(cell.value.clone()),
            "d" => {
                let day = cell.value.split('T').next().unwrap_or_default();
                Date::parse(day).map_or_else(|_| text_cell(&cell.value), |d| Cell::Date(d, d.iso()))
            }
            _ => match cell.value.trim().parse::<f64>() {
                Ok(value) => counted(format, value, self.from_1904),
                Err(_) => text_cell(&cell.value),
            },
        }
    }
}

/// `_x000D_` stands for the character of that number (ECMA-376 part 1, 22.4.2.4).
fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 2..].get(4..5) == Some("_"));
        let c = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        out.push_str(&rest[..at]);
        match c {
            Some(c) => out.push(c),
            None => out.push_str("_x"),
        }
        rest = &rest[at + if c.is_some() { 7 } else { 2 }..];
    }
    out.push_str(rest);
    out.into()
}

/// First and last cell of a name such as `B2:D9`.
fn range(name: &str) -> Option<((usize, usize), (usize, usize))> {
    let (from, to) = name.split_once(':').unwrap_or((name, name));
    Some((place(from)?, place(to)?))
}

fn is_named(e: &BytesStart<'_>, name: &str) -> bool {
    e.local_name().as_ref() == name
}

fn number(e: &BytesStart<'_>, name: &str) -> Option<usize> {
    attribute(e, name)?.parse().ok()
}

/// Row from 1 and column from 0 of a name such as `AB12`.
fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let row = name[letters..].parse().ok()?;
    let column = name[..letters]
        .bytes()
        .fold(0usize, |n, b| n.saturating_mul(26).saturating_add(usize::from(b.to_ascii_uppercase() - b'A') + 1));
    Some((row, column.checked_sub(1)?))
}
