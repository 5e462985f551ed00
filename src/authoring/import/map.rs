//! Which column of a table is which value: a map file, or the headings themselves.

use super::refused;
use super::sheet::Sheet;
use crate::authoring::convert::{Cell, Century};
use crate::authoring::names::fold;
use crate::authoring::target::{Headings, Target, is_public, written};
use crate::content::schema::read_as;
use crate::diagnostics::{Code, Diagnostic, nearest_hint};
use crate::model::{KindDef, Label, SourceFile, Span};
use crate::text::stamp::is_stamp;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// A map file: `content/_schema/import/<name>.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportMap {
    /// Kind of the entries.
    #[serde(default)]
    pub kind: String,
    /// What the table is, for the list of maps.
    #[serde(default)]
    pub label: Label,
    /// Sheet of a workbook; absent: the first with rows.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Row of the headings, from 1; absent: the first row in which most cells name a column.
    #[serde(default)]
    pub header: Option<usize>,
    /// Rows after the headings that are no data.
    #[serde(default)]
    pub skip: usize,
    /// Id of a row's entry, with `{heading or target}` placeholders.
    #[serde(default)]
    pub id: Option<String>,
    /// Find an existing entry by this target's text (usually `title`); its id is taken.
    #[serde(default, rename = "match")]
    pub match_by: Option<String>,
    /// Targets or headings whose cells distinguish rows where no id is given.
    #[serde(default)]
    pub key: Vec<String>,
    /// Characters between the items of a list.
    #[serde(default)]
    pub separators: Option<Vec<char>>,
    /// Heading → target or targets; an empty target leaves the column out.
    #[serde(default)]
    pub columns: IndexMap<String, Places>,
    /// Target → written → value or values, before conversion; of a list each item is looked up.
    #[serde(default)]
    pub values: IndexMap<String, IndexMap<String, Places>>,
    /// Era of years of two digits; without it they are refused, because they do not say it.
    #[serde(default)]
    pub two_digit_years: Option<Century>,
    /// Target of terms → target of a text that takes the answers which are none of them (`อื่น ๆ: …`).
    #[serde(default)]
    pub other: IndexMap<String, String>,
    /// Target → value for every row that gives none; `{heading or target}` stands for another cell of the row. A column
    /// of a table's row is set only where the row has another value.
    #[serde(default)]
    pub set: IndexMap<String, String>,
    /// Columns of the blank workbook, as targets; absent: all fields.
    #[serde(default)]
    pub template: Vec<String>,
    /// The file, to show the place of what does not fit.
    #[serde(skip)]
    source: Option<SourceFile>,
}

impl ImportMap {
    /// The map with the places of `set`, `values` and `other` as the program writes them; people may call them as the
    /// page does.
    ///
    /// # Errors
    /// One of them is none of the kind.
    pub(super) fn placed(&self, file: &str, kind: &KindDef) -> Result<ImportMap, Diagnostic> {
        let headings = Headings::new(kind);
        let place = |name: &String| match headings.place(name) {
            Some(target) => Ok(written(kind, &target)),
            None => Err(self.misplaced(file, kind, name, &headings)),
        };
        let mut map = self.clone();
        map.set = self.set.iter().map(|(to, value)| Ok((place(to)?, value.clone()))).collect::<Result<_, _>>()?;
        map.values = self.values.iter().map(|(of, words)| Ok((place(of)?, words.clone()))).collect::<Result<_, _>>()?;
        map.other = self.other.iter().map(|(from, to)| Ok((place(from)?, place(to)?))).collect::<Result<_, _>>()?;
        Ok(map)
    }

    /// A place that the kind does not have.
    fn misplaced(&self, file: &str, kind: &KindDef, place: &str, headings: &Headings<'_>) -> Diagnostic {
        let th = format!("แผนที่คอลัมน์อ้างช่องปลายทาง “{place}” ซึ่งชนิด “{}” ไม่มี", kind.label.th);
        let en = format!("the map names the place `{place}`, which kind `{}` does not have", kind.id);
        let found = self.source.as_ref().and_then(|s| Some((s, s.text.find(&format!("\"{place}\""))?)));
        let finding = match found {
            Some((source, at)) => {
                Diagnostic::at(Code::BadTableMap, source, Span::new(at + 1, at + 1 + place.len()), th, en)
            }
            None => Diagnostic::new(Code::BadTableMap, file, th, en),
        };
        let near = nearest_hint(place, headings.names().iter().map(String::as_str));
        finding.maybe_hint(near.or_else(|| {
            Some(Label::new(
                "ช่องปลายทางที่ใช้ได้อยู่ท้ายแผนที่ที่ --write-map ร่างให้ เขียนรหัสหรือชื่อไทยก็ได้",
                "the places stand at the end of a map that --write-map drafts; write their id or their name",
            ))
        }))
    }
}

/// Where a column goes, or what a word stands for: one, several, or none.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Places {
    /// One; empty: none.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Places {
    /// What is written, without empty ones.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let all = match self {
            Places::One(one) => std::slice::from_ref(one),
            Places::Many(all) => all.as_slice(),
        };
        all.iter().map(String::as_str).filter(|t| !t.is_empty())
    }
}

/// Reads a map file.
pub fn read(source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<ImportMap> {
    let map = read_as::<ImportMap>(Code::BadTableMap, source, diagnostics)?;
    Some(ImportMap { source: Some(source.clone()), ..map })
}

/// A column: its heading and where its cells go.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// As written in the table.
    pub heading: String,
    /// Where the cells go; empty: left out.
    pub targets: Vec<Target>,
    /// Whether the heading means something, if only that the column is left out.
    pub known: bool,
    /// Whether it is left out because it is called internal, and readers would see it.
    pub held: bool,
}

/// The headings of a table.
#[derive(Debug)]
pub struct Header {
    /// Position of the last of them among the rows.
    pub end: usize,
    /// First row in the file, from 1.
    pub row: usize,
    /// One for each cell.
    pub columns: Vec<Column>,
}

impl Header {
    /// Whether a row holds nothing but the headings of its columns, two at least.
    pub(super) fn is_again(&self, cells: &[Cell]) -> bool {
        let filled = || cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let same = |(c, cell): (usize, &Cell)| {
            self.columns.get(c).is_some_and(|column| fold(&column.heading) == fold(&cell.text()))
        };
        filled().count() > 1 && filled().all(same)
    }
}

/// Places by what they are called: in the map first, then in the schema.
pub struct Finder<'a> {
    headings: Headings<'a>,
    mapped: HashMap<String, Vec<Target>>,
}

impl<'a> Finder<'a> {
    /// The names of a map and a kind.
    ///
    /// # Errors
    /// The map names a target that the kind does not have.
    pub fn new(file: &str, map: &ImportMap, kind: &'a KindDef) -> Result<Finder<'a>, Diagnostic> {
        let headings = Headings::new(kind);
        let mut mapped: HashMap<String, Vec<Target>> = HashMap::new();
        for (heading, places) in &map.columns {
            let mut targets = Vec::new();
            for place in places.iter() {
                targets.push(headings.place(place).ok_or_else(|| map.misplaced(file, kind, place, &headings))?);
            }
            mapped.entry(fold(heading)).or_insert(targets);
        }
        Ok(Finder { headings, mapped })
    }

    /// The places of a heading; empty where it is known to be left out.
    pub fn find(&self, heading: &str) -> Option<Vec<Target>> {
        let own = |name: &str| self.mapped.get(&fold(name)).cloned();
        let known = |name: &str| own(name).or_else(|| self.headings.find(name).map(|t| vec![t]));
        let nothing = || (is_timestamp(heading) || is_order(heading)).then(Vec::new);
        known(heading).or_else(|| known(bare_question(heading))).or_else(nothing)
    }
}

/// The row of the headings and what they mean.
///
/// # Errors
/// The map names a target that the kind does not have, or no row has a known heading.
pub fn header(file: &str, map: &ImportMap, kind: &KindDef, sheet: &Sheet) -> Result<Header, Diagnostic> {
    let rows = &sheet.rows;
    let finder = Finder::new(file, map, kind)?;
    let find = |heading: &str| finder.find(heading);
    // A banner over many columns is one heading, however wide it is.
    let known = |cells: &[Cell]| {
        let found: HashSet<Target> =
            cells.iter().filter(|c| !c.is_empty()).filter_map(|c| find(&c.text())).flatten().collect();
        found.len()
    };
    let at = match map.header {
        Some(number) => rows.iter().position(|(n, _)| *n == number),
        None => rows
            .iter()
            .take(20)
            .enumerate()
            .filter(|(_, (_, cells))| known(cells) > 0)
            .max_by_key(|(i, (_, cells))| (known(cells), std::cmp::Reverse(*i)))
            .map(|(i, _)| i),
    };
    let Some(at) = at else {
        return Err(no_header(file, rows, &finder.headings));
    };
    let (start, end) = block(sheet, at, &|heading| find(heading).is_some());
    let width = rows[start..=end].iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let columns = (0..width).map(|c| {
        let mut parts: Vec<String> = Vec::new();
        for (_, cells) in &rows[start..=end] {
            let mut text = cells.get(c).map(Cell::text).unwrap_or_default();
            // A table of plain text does not say how wide a heading is: it stands over all that follow it.
            let below = |c: usize| rows[end].1.get(c).is_some_and(|cell| !cell.is_empty());
            if text.is_empty() && parts.is_empty() && sheet.merges.is_empty() && start < end && below(c) {
                let above = (0..c)
                    .rev()
                    .take_while(|left| below(*left))
                    .find_map(|left| cells.get(left).map(Cell::text).filter(|t| !t.is_empty()));
                text = above.unwrap_or_default();
            }
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        let heading = parts.join(" ");
        let found = parts.is_empty().then(Vec::new).or_else(|| find(&heading));
        let found = found.or_else(|| parts.iter().rev().find_map(|part| find(part)));
        let internal = parts.iter().any(|part| is_called_internal(part))
            || parts.iter().rev().skip(1).chain(&banners(sheet, start, c)).any(|part| is_stamp(&letters(part)));
        let known = found.is_some();
        let (held, targets): (Vec<Target>, _) =
            found.unwrap_or_default().into_iter().partition(|target| internal && is_public(kind, target));
        Column { known, held: !held.is_empty(), targets, heading }
    });
    Ok(Header { end, row: rows[start].0, columns: columns.collect() })
}

/// What stands above the headings in cells that are merged over a column.
fn banners(sheet: &Sheet, start: usize, column: usize) -> Vec<String> {
    let above = sheet.rows[..start].iter();
    let over = above.filter_map(|(row, cells)| {
        let merge = sheet.merges.iter().find(|merge| merge.holds((*row, column)))?;
        cells.get(merge.columns.0).map(Cell::text)
    });
    over.collect()
}

/// Whether a heading bears a stamp in brackets: `สมาชิก (ภายใน)`.
pub(crate) fn is_called_internal(heading: &str) -> bool {
    const OPENING: [char; 5] = ['(', '[', '（', '【', '〔'];
    const CLOSING: [char; 5] = [')', ']', '）', '】', '〕'];
    let inside = heading.split(OPENING).skip(1).filter_map(|rest| rest.split(CLOSING).next());
    inside.into_iter().any(|word| is_stamp(&letters(word)))
}

/// The letters of a name, as stamps are compared: of a version only its word.
pub(super) fn letters(name: &str) -> String {
    fold(name).chars().filter(|c| !c.is_numeric()).collect()
}

/// The rows of headings around one of them: headings may be merged over two rows, or stand under a wider one.
fn block(sheet: &Sheet, at: usize, known: &dyn Fn(&str) -> bool) -> (usize, usize) {
    let rows = &sheet.rows;
    let number = rows[at].0;
    let place = |row: usize| rows.iter().position(|(n, _)| *n == row);
    let upright = sheet.merges.iter().filter(|m| m.rows.0 < m.rows.1 && m.rows.0 <= number && number <= m.rows.1);
    let (mut start, mut end) = (number, number);
    for merge in upright.filter(|m| m.rows.1 - m.rows.0 < HEADING_ROWS) {
        (start, end) = (start.min(merge.rows.0), end.max(merge.rows.1));
    }
    let wide = |row: usize| {
        let merged: Vec<_> = sheet.merges.iter().filter(|m| m.rows == (row, row)).map(|m| m.columns).collect();
        move |c: usize| merged.iter().any(|(left, right)| (*left..=*right).contains(&c))
    };
    if (start, end) == (number, number)
        && let Some((_, below)) = rows.get(at + 1).filter(|(n, _)| *n == number + 1)
    {
        let under = wide(number);
        let mut filled = below.iter().enumerate().filter(|(_, c)| !c.is_empty()).peekable();
        // In plain text nothing is merged: all name fields, and none stands under a heading that does.
        let above = |c: usize| rows[at].1.get(c).map(Cell::text).unwrap_or_default();
        let split =
            |c: usize, cell: &Cell| sheet.merges.is_empty() && c > 0 && known(&cell.text()) && !known(&above(c));
        let fits = |(c, cell): (usize, &Cell)| matches!(cell, Cell::Text(_)) && (under(c) || split(c, cell));
        if filled.peek().is_some() && filled.all(fits) {
            end = number + 1;
        }
    }
    (place(start).unwrap_or(at), place(end).unwrap_or(at))
}

/// Most rows that the headings of a table take.
const HEADING_ROWS: usize = 3;

fn no_header(file: &str, rows: &[(usize, Vec<Cell>)], headings: &Headings<'_>) -> Diagnostic {
    let names = headings.names();
    let first = rows.first().and_then(|(_, c)| c.iter().find(|c| !c.is_empty())).map(Cell::text);
    refused(file, "ไม่พบหัวตารางที่ตรงกับช่องข้อมูลของชนิดนี้", "no row of the table has headings that name fields of this kind")
        .hint(
            "ใช้ --write-map แผนที่.toml ให้ร่างแผนที่คอลัมน์จากไฟล์นี้",
            "draft a map of columns from this file with --write-map MAP.toml",
        )
        .maybe_hint(first.and_then(|f| nearest_hint(&f, names.iter().map(String::as_str))))
        .maybe_hint(rows.is_empty().then(|| Label::new("ตารางว่าง", "the table is empty")))
}

/// A question of a form without its number and without what is in brackets at its end.
pub fn bare_question(heading: &str) -> &str {
    let text = heading.trim().trim_end_matches(['*', ':', '?']).trim();
    let text = match text.strip_suffix(')').and_then(|t| t.rsplit_once('(')) {
        Some((outer, _)) if !outer.trim().is_empty() => outer.trim(),
        _ => text,
    };
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c));
    let rest = digits.trim_start_matches(['.', ')', ':', ' ']);
    if digits.len() < text.len() && rest.len() < digits.len() && !rest.is_empty() { rest } else { text }
}

/// Columns that online forms add; they help to distinguish rows.
pub fn is_timestamp(heading: &str) -> bool {
    let key = fold(heading);
    ["ประทับเวลา", "timestamp", "เวลาที่ส่ง", "starttime", "completiontime", "เวลาเริ่มต้น", "เวลาเสร็จสิ้น"]
        .iter()
        .any(|n| fold(n) == key)
}

/// Columns that count the rows.
pub(super) fn is_order(heading: &str) -> bool {
    ["ที่", "ลำดับ", "ลำดับที่", "no"].contains(&fold(heading).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_lose_numbers_and_brackets() {
        for (asked, bare) in [
            ("1. วันที่จัด *", "วันที่จัด"),
            ("๒) องค์ประกอบ (เลือกได้มากกว่า 1 ข้อ)", "องค์ประกอบ"),
            ("ปี 1", "ปี 1"),
            ("2566", "2566"),
            ("(ว่าง)", "(ว่าง)"),
            ("3 ปีที่ผ่านมา", "ปีที่ผ่านมา"),
        ] {
            assert_eq!(bare_question(asked), bare);
        }
    }
}
