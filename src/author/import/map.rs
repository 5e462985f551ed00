//! Which column of a table is which value: a map file, or the headings themselves.

use super::refused;
use crate::author::convert::Cell;
use crate::author::names::fold;
use crate::author::target::{Headings, Target, parse};
use crate::diag::{Code, Diagnostic, nearest_hint};
use crate::load::schema::read_as;
use crate::model::{KindDef, SourceFile};
use indexmap::IndexMap;
use serde::Deserialize;

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
    /// Heading → target; an empty target leaves the column out.
    #[serde(default)]
    pub columns: IndexMap<String, String>,
    /// Target → written → value, before conversion.
    #[serde(default)]
    pub values: IndexMap<String, IndexMap<String, String>>,
    /// Target → value for every row that gives none.
    #[serde(default)]
    pub set: IndexMap<String, String>,
    /// Columns of the blank workbook, as targets; absent: all fields.
    #[serde(default)]
    pub template: Vec<String>,
}

/// Reads a map file.
pub fn read(source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<ImportMap> {
    read_as(Code::BadTableMap, source, diagnostics)
}

/// A column: its heading and where its cells go (none: left out).
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// As written in the table.
    pub heading: String,
    /// Where the cells go.
    pub target: Option<Target>,
}

/// The row of the headings and the columns; unknown headings are findings, and it is an error when none is known.
pub fn columns(
    file: &str,
    map: &ImportMap,
    kind: &KindDef,
    rows: &[(usize, Vec<Cell>)],
) -> Result<(usize, Vec<Column>, Vec<Diagnostic>), Diagnostic> {
    let headings = Headings::new(kind);
    let mapped: Vec<(String, Option<Target>)> = map
        .columns
        .iter()
        .map(|(heading, target)| (fold(heading), parse(kind, target)))
        .collect();
    for (heading, target) in &map.columns {
        if !target.is_empty() && parse(kind, target).is_none() {
            return Err(bad_target(file, kind, heading, target, &headings));
        }
    }
    let find = |heading: &str| -> Option<Option<Target>> {
        let key = fold(heading);
        mapped
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, target)| target.clone())
            .or_else(|| headings.find(heading).map(Some))
    };
    let known = |cells: &[Cell]| {
        cells
            .iter()
            .filter(|c| matches!(find(&c.text()), Some(Some(_))))
            .count()
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
    let Some((at, (number, cells))) = at.and_then(|i| rows.get(i).map(|r| (i, r))) else {
        let names = headings.names();
        let first = rows
            .first()
            .and_then(|(_, c)| c.iter().find(|c| !c.is_empty()))
            .map(Cell::text);
        return Err(refused(
            file,
            "ไม่พบหัวตารางที่ตรงกับช่องข้อมูลของชนิดนี้",
            "no row of the table has headings that name fields of this kind",
        )
        .maybe_hint(first.and_then(|f| nearest_hint(&f, names.iter().map(String::as_str))))
        .maybe_hint(
            rows.is_empty()
                .then(|| crate::model::Label::new("ตารางว่าง", "the table is empty")),
        ));
    };
    let mut findings = Vec::new();
    let mut seen: Vec<Target> = Vec::new();
    let columns = cells
        .iter()
        .enumerate()
        .map(|(c, cell)| {
            let heading = cell.text();
            let found = find(&heading);
            if found.is_none() && !heading.is_empty() && !is_timestamp(&heading) {
                let names = headings.names();
                let mut d = Diagnostic::new(
                    Code::ImportRow,
                    file,
                    format!("คอลัมน์ “{heading}” ไม่ตรงกับช่องใด จึงไม่นำเข้า"),
                    format!("column `{heading}` names no field and is left out"),
                )
                .maybe_hint(nearest_hint(&heading, names.iter().map(String::as_str)));
                (d.line, d.column) = (*number, c + 1);
                findings.push(d);
            }
            let target = found.flatten();
            if let Some(target) = &target {
                seen.push(target.clone());
            }
            Column { heading, target }
        })
        .collect();
    Ok((at, columns, findings))
}

/// Columns that online forms add; they help to tell rows apart.
pub fn is_timestamp(heading: &str) -> bool {
    let key = fold(heading);
    [
        "ประทับเวลา",
        "timestamp",
        "เวลาที่ส่ง",
        "starttime",
        "completiontime",
        "เวลาเริ่มต้น",
        "เวลาเสร็จสิ้น",
    ]
    .iter()
    .any(|n| fold(n) == key)
}

fn bad_target(
    file: &str,
    kind: &KindDef,
    heading: &str,
    target: &str,
    headings: &Headings<'_>,
) -> Diagnostic {
    let names = headings.names();
    Diagnostic::new(
        Code::BadTableMap,
        file,
        format!(
            "แผนที่คอลัมน์ส่ง “{heading}” ไปที่ “{target}” ซึ่งชนิด “{}” ไม่มี",
            kind.label.th
        ),
        format!(
            "the map sends `{heading}` to `{target}`, which kind `{}` does not have",
            kind.id
        ),
    )
    .maybe_hint(nearest_hint(target, names.iter().map(String::as_str)))
}
