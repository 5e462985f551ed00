//! Sheets of OpenDocument (.ods): every cell as a person sees it; its text is in the file.

use super::grid::Grid;
use super::ods_styles::Looks;
use super::table::{Sheet, SheetName, broken, cut_off, day, first_with_rows, text_cell};
use crate::authoring::convert::Cell;
use crate::authoring::import::guard::{Limits, too_large};
use crate::authoring::import::refused;
use crate::authoring::unseen::{Look, WHITE};
use crate::authoring::xml::{Archive, attribute, each, is_whole, text};
use crate::content::words::number;
use crate::diagnostics::Diagnostic;
use crate::text::era::Date;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;

/// Longest text of a cell, in bytes: one short element may stand for any number of spaces.
const LONGEST: usize = 1 << 20;

/// Reads a sheet: the named one, else the first that is shown and holds rows.
pub fn read(file: &str, bytes: &[u8], wanted: Option<&str>, limits: &Limits) -> Result<Sheet, Diagnostic> {
    let mut archive = Archive::open(bytes).map_err(|e| broken(file, &e))?;
    if archive.text("META-INF/manifest.xml").is_some_and(|m| m.contains("encryption-data")) {
        return Err(super::protected(file));
    }
    let Some(content) = archive.text("content.xml") else {
        return Err(refused(file, "ไฟล์นี้ไม่มีตารางของ OpenDocument", "the file holds no OpenDocument table"));
    };
    if !is_whole(&content) {
        return Err(cut_off(file));
    }
    let names = names(&content);
    let looks = Looks::new([&archive.text("styles.xml").unwrap_or_default(), &content]);
    let read = |name: &str| sheet(file, &content, &looks, name, limits)?.finish(file, name, limits);
    first_with_rows(file, &names, wanted, read)
}

fn names(content: &str) -> Vec<SheetName> {
    let (mut style, mut hidden) = (String::new(), HashSet::new());
    let mut out = Vec::new();
    each(content, |e| match e.name().as_ref() {
        "style:style" => style = attribute(e, "name").unwrap_or_default(),
        "style:table-properties" if attribute(e, "display").as_deref() == Some("false") => {
            hidden.insert(style.clone());
        }
        "table:table" => {
            let own = attribute(e, "style-name").unwrap_or_default();
            out.push(SheetName { name: attribute(e, "name").unwrap_or_default(), hidden: hidden.contains(&own) });
        }
        _ => {}
    });
    out
}

/// A cell that is being read.
struct Open {
    kind: String,
    value: String,
    formula: bool,
    failed: bool,
    repeated: usize,
    spanned: (usize, usize),
    shown: String,
    paragraphs: usize,
    /// Styles of the cell and of the stretches of its text that are open.
    styles: Vec<String>,
    /// Whether it holds more than it shows.
    conceals: bool,
}

fn count(e: &BytesStart<'_>, name: &str) -> usize {
    attribute(e, name).and_then(|v| v.parse().ok()).unwrap_or(1).max(1)
}

fn collapsed(e: &BytesStart<'_>) -> bool {
    matches!(attribute(e, "visibility").as_deref(), Some("collapse" | "filter"))
}

fn sheet(file: &str, content: &str, looks: &Looks, wanted: &str, limits: &Limits) -> Result<Grid, Diagnostic> {
    let mut reader = Reader::from_str(content);
    let mut grid = Grid::default();
    let (mut inside, mut tables, mut skipped) = (false, 0usize, 0usize);
    let (mut row, mut repeated_row, mut column, mut columns) = (1usize, 1usize, 0usize, 0usize);
    let mut cells: Vec<(usize, Cell, (usize, usize))> = Vec::new();
    let mut open: Option<Open> = None;
    let mut writing = false;
    // Styles of cells that have none of their own, by column, and of the row.
    let (mut usual, mut of_row): (Vec<(usize, String)>, String) = (Vec::new(), String::new());
    loop {
        let event = reader.read_event().map_err(|e| broken(file, &e))?;
        match &event {
            Event::Start(e) | Event::Empty(e) => {
                let empty = matches!(event, Event::Empty(_));
                let name = e.name();
                match name.as_ref() {
                    "table:table" if !empty => {
                        tables += 1;
                        if tables == 1 {
                            inside = attribute(e, "name").unwrap_or_default() == wanted;
                        }
                    }
                    _ if !inside || tables != 1 => {}
                    // Remarks and drawings that belong to a cell are not what it shows.
                    "office:annotation" | "draw:frame" | "draw:custom-shape" | "table:shapes" | "ruby-text"
                        if !empty =>
                    {
                        if name.as_ref() == "office:annotation" && skipped == 0 && open.is_some() {
                            grid.remark(row, column);
                        }
                        if matches!(name.as_ref(), "draw:frame" | "draw:custom-shape") {
                            grid.drawings += 1;
                        }
                        skipped += 1;
                    }
                    _ if skipped > 0 => {}
                    "table:table-column" => {
                        let number = count(e, "number-columns-repeated");
                        if collapsed(e) {
                            grid.hide_columns(Some(columns + 1), Some(columns.saturating_add(number)));
                        }
                        columns = columns.saturating_add(number);
                        usual.push((columns, attribute(e, "default-cell-style-name").unwrap_or_default()));
                    }
                    "table:table-row" => {
                        repeated_row = count(e, "number-rows-repeated");
                        column = 0;
                        cells.clear();
                        of_row = attribute(e, "default-cell-style-name").unwrap_or_default();
                        if collapsed(e) {
                            // Rows that hold nothing may be repeated to the end of the sheet.
                            (row..row.saturating_add(repeated_row.min(limits.rows + 1))).for_each(|r| grid.hide_row(r));
                        }
                        if empty {
                            row = row.saturating_add(repeated_row);
                        }
                    }
                    "table:table-cell" | "table:covered-table-cell" => {
                        let mut one = Open::new(e);
                        let of_column = || usual.iter().find(|(to, _)| column < *to).map(|(_, style)| style.clone());
                        let row_style = Some(of_row.clone()).filter(|style| !style.is_empty());
                        one.styles.extend(attribute(e, "style-name").or(row_style).or_else(of_column));
                        if empty {
                            column = one.close(column, &mut cells);
                        } else {
                            open = Some(one);
                        }
                    }
                    "text:span" if !empty => {
                        let style = attribute(e, "style-name").unwrap_or_default();
                        open.iter_mut().for_each(|cell| cell.styles.push(style.clone()));
                    }
                    "text:p" | "text:h" => {
                        if let Some(cell) = open.as_mut() {
                            if cell.paragraphs > 0 {
                                cell.shown.push('\n');
                            }
                            cell.paragraphs += 1;
                            writing = !empty;
                        }
                    }
                    "text:s" | "text:tab" | "text:line-break" => {
                        if let Some(cell) = open.as_mut() {
                            let times = count(e, "c");
                            if cell.shown.len().saturating_add(times) > LONGEST {
                                return Err(too_large(file, limits));
                            }
                            let blank = match name.as_ref() {
                                "text:line-break" => "\n",
                                "text:tab" => "\t",
                                _ => " ",
                            };
                            cell.shown.push_str(&blank.repeat(times));
                        }
                    }
                    _ => {}
                }
            }
            Event::End(e) => match e.name().as_ref() {
                "table:table" => {
                    if tables == 1 && inside {
                        return Ok(grid);
                    }
                    tables = tables.saturating_sub(1);
                }
                _ if !inside || tables != 1 => {}
                "office:annotation" | "draw:frame" | "draw:custom-shape" | "table:shapes" | "ruby-text" => {
                    skipped = skipped.saturating_sub(1);
                }
                _ if skipped > 0 => {}
                "text:p" | "text:h" => writing = false,
                "text:span" => open.iter_mut().for_each(|cell| drop(cell.styles.pop())),
                "table:table-cell" | "table:covered-table-cell" => {
                    if let Some(mut cell) = open.take() {
                        let look = looks.of(cell.styles.first().map_or("", String::as_str));
                        let unseen = look.is_unseen(WHITE);
                        // A format may show nothing of what is there.
                        let holds = cell.value.parse::<f64>().map_or(!cell.value.is_empty(), |value| value != 0.0);
                        cell.conceals |= holds && cell.paragraphs > 0 && cell.shown.trim().is_empty();
                        let places = column..column.saturating_add(cell.repeated.min(limits.columns));
                        let marked = (unseen && cell.kind != "covered") || cell.conceals;
                        let count = places.len().saturating_mul(repeated_row.min(limits.rows));
                        if marked && !grid.takes(count, limits) {
                            return Err(too_large(file, limits));
                        }
                        let rows = if marked { repeated_row.min(limits.rows) } else { 0 };
                        for (r, c) in (row..row.saturating_add(rows)).flat_map(|r| places.clone().map(move |c| (r, c)))
                        {
                            if unseen && cell.kind != "covered" {
                                grid.faint(r, c, &look);
                            }
                            if cell.conceals {
                                grid.conceal(r, c);
                            }
                        }
                        column = cell.close(column, &mut cells);
                    }
                }
                "table:table-row" => {
                    let next = row.saturating_add(repeated_row);
                    if !cells.is_empty() {
                        if repeated_row > limits.rows {
                            return Err(too_large(file, limits));
                        }
                        put(&mut grid, row..next, &cells, limits).ok_or_else(|| too_large(file, limits))?;
                    }
                    row = next;
                }
                _ => {}
            },
            Event::Eof => return Ok(grid),
            event => {
                if let (true, 0, Some(text), Some(cell)) = (writing, skipped, text(event), open.as_mut()) {
                    let look: Look =
                        cell.styles.iter().fold(Default::default(), |look, style| looks.of(style).over(&look));
                    let in_cell = cell.styles.len() > 1;
                    let look = Look { raised: look.raised.filter(|_| in_cell), ..look };
                    let text = look.beside(&cell.shown, &text);
                    let is_stretch = in_cell && !text.trim().is_empty();
                    if is_stretch && look.is_unseen(WHITE) && !looks.of(&cell.styles[0]).is_unseen(WHITE) {
                        cell.conceals = true;
                        continue;
                    }
                    // Line ends and several blanks of the file are one blank of the text.
                    for (i, word) in text.split([' ', '\n', '\t', '\r']).enumerate() {
                        if i > 0 && !cell.shown.ends_with([' ', '\n']) {
                            cell.shown.push(' ');
                        }
                        cell.shown.push_str(word);
                    }
                }
            }
        }
    }
}

fn put(
    grid: &mut Grid,
    rows: std::ops::Range<usize>,
    cells: &[(usize, Cell, (usize, usize))],
    limits: &Limits,
) -> Option<()> {
    for row in rows {
        for (column, cell, (down, right)) in cells {
            grid.put(row, *column, cell.clone(), limits).then_some(())?;
            if (*down, *right) != (1, 1) {
                grid.merge((row, *column), (row.saturating_add(down - 1), column.saturating_add(right - 1)));
            }
        }
    }
    Some(())
}

impl Open {
    fn new(e: &BytesStart<'_>) -> Open {
        // What is under a merged cell is not shown.
        let covered = e.name().as_ref() == "table:covered-table-cell";
        let mut cell = Open {
            kind: String::new(),
            value: String::new(),
            formula: false,
            failed: false,
            repeated: count(e, "number-columns-repeated"),
            spanned: (count(e, "number-rows-spanned"), count(e, "number-columns-spanned")),
            shown: String::new(),
            paragraphs: 0,
            styles: Vec::new(),
            conceals: false,
        };
        if covered {
            cell.kind = "covered".into();
            return cell;
        }
        for a in e.attributes().flatten() {
            let value = || a.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default().into_owned();
            match a.key.as_ref() {
                "office:value-type" => cell.kind = value(),
                "calcext:value-type" => cell.failed = value() == "error",
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => cell.value = value(),
                "table:formula" => cell.formula = true,
                _ => {}
            }
        }
        cell
    }

    /// Adds the cell where it is; gives the next column.
    fn close(self, column: usize, cells: &mut Vec<(usize, Cell, (usize, usize))>) -> usize {
        let next = column.saturating_add(self.repeated);
        let (repeated, spanned) = (self.repeated, self.spanned);
        let value = self.value();
        if value != Cell::Empty {
            // Beyond the widest sheet there is only what the limits refuse anyway.
            for c in column..column.saturating_add(repeated.min(WIDEST)) {
                cells.push((c, value.clone(), spanned));
            }
        }
        next
    }

    fn value(self) -> Cell {
        let shown = self.shown.trim().to_string();
        match self.kind.as_str() {
            _ if self.failed => Cell::Error(shown),
            "covered" => Cell::Empty,
            "" if self.formula => Cell::Uncomputed,
            // A format may hide a number.
            "float" | "currency" | "percentage" if self.paragraphs > 0 && shown.is_empty() => Cell::Empty,
            "float" if matches!(shown.as_str(), "TRUE" | "FALSE") => Cell::Bool(shown == "TRUE"),
            "float" | "currency" | "percentage" => match self.value.trim().parse::<f64>() {
                Ok(value) => seen(if self.kind == "percentage" { value * 100.0 } else { value }, shown),
                Err(_) => text_cell(&shown),
            },
            "date" => {
                let date = Date::parse(self.value.split('T').next().unwrap_or_default());
                match date {
                    Ok(date) => day(date, shown),
                    Err(_) => text_cell(&shown),
                }
            }
            "boolean" => Cell::Bool(self.value == "true"),
            "time" => text_cell(&shown),
            _ if self.shown.is_empty() && self.paragraphs == 0 => text_cell(&self.value),
            _ => text_cell(&self.shown),
        }
    }
}

/// Columns that a sheet can have.
const WIDEST: usize = 16_384;

/// A number as it is shown: the digits of the text, where they are those of the value.
fn seen(value: f64, shown: String) -> Cell {
    let digits: String =
        shown.chars().filter(|c| c.is_ascii_digit() || ('๐'..='๙').contains(c) || matches!(c, '.' | ',')).collect();
    let decimals = digits.rsplit_once('.').map_or(0, |(_, d)| d.chars().count());
    // A format may show thousands or millions.
    let near = |n: &f64| {
        let within = |scale: f64| (n - value.abs() / scale).abs() <= 0.5001 * 10f64.powi(-(decimals as i32));
        [1.0, 1e3, 1e6, 1e9].into_iter().any(within)
    };
    let digits = digits.trim_start_matches(',').trim_end_matches(['.', ',']);
    let digits = if digits.starts_with('.') { format!("0{digits}") } else { digits.to_string() };
    match number(&digits).filter(near) {
        Some(n) => Cell::Number(if value < 0.0 { -n } else { n }, shown),
        None if shown.is_empty() || shown.contains(['E', 'e']) => {
            Cell::Number(value, crate::authoring::value::number(value))
        }
        None => Cell::Number(value, shown),
    }
}
