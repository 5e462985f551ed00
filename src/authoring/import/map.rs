//! Which column of a table is which value: a map file, or the headings themselves.

use super::refused;
use crate::authoring::convert::Cell;
use crate::authoring::names::fold;
use crate::authoring::target::{Headings, Target, parse};
use crate::content::schema::read_as;
use crate::diagnostics::{Code, Diagnostic, nearest_hint};
use crate::model::{KindDef, SourceFile};
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::HashMap;

/// A map file: `content/_schema/import/<name>.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportMap {
    /// Kind of the entries.
    #[serde(default)]
    pub kind: String,
    /// What the table is, for the list of maps.
    #[serde(default)]
    pub label: crate::model::Label,
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
    /// Targets or headings whose cells tell rows apart where no id is given.
    #[serde(default)]
    pub key: Vec<String>,
    /// Characters between the items of a list.
    #[serde(default)]
    pub separators: Option<Vec<char>>,
    /// Heading → target or targets; an empty target leaves the column out.
    #[serde(default)]
    pub columns: IndexMap<String, Places>,
    /// Target → written → value, before conversion.
    #[serde(default)]
    pub values: IndexMap<String, IndexMap<String, String>>,
    /// Target → value for every row that gives none; `{heading or target}` stands for another cell of the row. A column
    /// of a table's row is set only where the row has another value.
    #[serde(default)]
    pub set: IndexMap<String, String>,
    /// Columns of the blank workbook, as targets; absent: all fields.
    #[serde(default)]
    pub template: Vec<String>,
}

/// Where a column goes: one target, several, or none.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Places {
    /// One target; empty: none.
    One(String),
    /// The same cell in several places.
    Many(Vec<String>),
}

impl Places {
    /// Written targets without empty ones.
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
    read_as(Code::BadTableMap, source, diagnostics)
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
}

/// The headings of a table.
#[derive(Debug)]
pub struct Header {
    /// Position among the rows.
    pub at: usize,
    /// Row in the file, from 1.
    pub row: usize,
    /// One for each cell.
    pub columns: Vec<Column>,
}

/// The row of the headings and what they mean.
///
/// # Errors
/// The map names a target that the kind does not have, or no row has a known heading.
pub fn header(file: &str, map: &ImportMap, kind: &KindDef, rows: &[(usize, Vec<Cell>)]) -> Result<Header, Diagnostic> {
    let headings = Headings::new(kind);
    let mut mapped: HashMap<String, Vec<Target>> = HashMap::new();
    for (heading, places) in &map.columns {
        let mut targets = Vec::new();
        for place in places.iter() {
            let target = parse(kind, place);
            targets.push(target.ok_or_else(|| bad_target(file, kind, heading, place, &headings))?);
        }
        mapped.entry(fold(heading)).or_insert(targets);
    }
    let find = |heading: &str| -> Option<Vec<Target>> {
        let own = |name: &str| mapped.get(&fold(name)).cloned();
        own(heading)
            .or_else(|| headings.find(heading).map(|t| vec![t]))
            .or_else(|| {
                let short = bare_question(heading);
                own(short).or_else(|| headings.find(short).map(|t| vec![t]))
            })
            .or_else(|| is_timestamp(heading).then(Vec::new))
    };
    let known = |cells: &[Cell]| {
        cells.iter().filter(|c| !c.is_empty() && find(&c.text()).is_some_and(|t| !t.is_empty())).count()
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
    let Some((at, (row, cells))) = at.and_then(|i| rows.get(i).map(|r| (i, r))) else {
        return Err(no_header(file, rows, &headings));
    };
    let columns = cells.iter().map(|cell| {
        let heading = cell.text();
        let found = (!heading.is_empty()).then(|| find(&heading)).flatten();
        Column { known: heading.is_empty() || found.is_some(), targets: found.unwrap_or_default(), heading }
    });
    Ok(Header { at, row: *row, columns: columns.collect() })
}

fn no_header(file: &str, rows: &[(usize, Vec<Cell>)], headings: &Headings<'_>) -> Diagnostic {
    let names = headings.names();
    let first = rows.first().and_then(|(_, c)| c.iter().find(|c| !c.is_empty())).map(Cell::text);
    refused(file, "ไม่พบหัวตารางที่ตรงกับช่องข้อมูลของชนิดนี้", "no row of the table has headings that name fields of this kind")
        .hint(
            "ใช้ --write-map แผนที่.toml ให้ร่างแผนที่คอลัมน์จากไฟล์นี้",
            "draft a map of columns from this file with --write-map MAP.toml",
        )
        .maybe_hint(first.and_then(|f| nearest_hint(&f, names.iter().map(String::as_str))))
        .maybe_hint(rows.is_empty().then(|| crate::model::Label::new("ตารางว่าง", "the table is empty")))
}

/// A question of a form without its number and without what stands in brackets at its end.
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

/// Columns that online forms add; they help to tell rows apart.
pub fn is_timestamp(heading: &str) -> bool {
    let key = fold(heading);
    ["ประทับเวลา", "timestamp", "เวลาที่ส่ง", "starttime", "completiontime", "เวลาเริ่มต้น", "เวลาเสร็จสิ้น"]
        .iter()
        .any(|n| fold(n) == key)
}

fn bad_target(file: &str, kind: &KindDef, heading: &str, target: &str, headings: &Headings<'_>) -> Diagnostic {
    let names = headings.names();
    Diagnostic::new(
        Code::BadTableMap,
        file,
        format!("แผนที่คอลัมน์ส่ง “{heading}” ไปที่ “{target}” ซึ่งชนิด “{}” ไม่มี", kind.label.th),
        format!("the map sends `{heading}` to `{target}`, which kind `{}` does not have", kind.id),
    )
    .maybe_hint(nearest_hint(target, names.iter().map(String::as_str)))
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
