//! Rows to Markdown texts. A row that does not fit is left out with a finding; the others are not affected.

use super::map::{Column, ImportMap, columns};
use super::sheet::Sheet;
use super::template::help;
use crate::author::assemble::assemble;
use crate::author::convert::{Cell, Converter, SEPARATORS};
use crate::author::draft::{Draft, check, missing};
use crate::author::names::{Names, fold};
use crate::author::target::{Target, label, parse};
use crate::diag::{Code, Diagnostic, sort};
use crate::model::{Label, Lang, Portal};
use rayon::prelude::*;
use std::collections::HashMap;

/// An entry that is to be written.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Row in the table, from 1.
    pub row: usize,
    /// What is written.
    pub draft: Draft,
    /// The whole text of the file.
    pub text: String,
}

/// The result of reading a table.
#[derive(Debug, Default)]
pub struct Plan {
    /// Entries in the order of the rows.
    pub entries: Vec<Planned>,
    /// Number of data rows.
    pub rows: usize,
    /// Rows that were not taken.
    pub refused: usize,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Plans the entries of a sheet. `tick` is called once per row.
pub fn plan(
    portal: &Portal,
    file: &str,
    sheet: &Sheet,
    kind: usize,
    map: &ImportMap,
    tick: &(dyn Fn() + Sync),
) -> Result<Plan, Diagnostic> {
    let names = Names::new(portal);
    let (header, columns, mut diagnostics) =
        columns(file, map, &portal.schema.kinds[kind], &sheet.rows)?;
    let planner = Planner {
        portal,
        file,
        kind,
        map,
        columns: &columns,
        converter: Converter {
            names: &names,
            separators: map
                .separators
                .clone()
                .unwrap_or_else(|| SEPARATORS.to_vec()),
        },
    };
    planner.check_map()?;
    let helped = sheet
        .rows
        .get(header + 1)
        .is_some_and(|(_, cells)| planner.is_help(cells));
    let start = (header + 1 + map.skip.max(usize::from(helped))).min(sheet.rows.len());
    let rows = &sheet.rows[start..];
    let results: Vec<Result<Planned, Vec<Diagnostic>>> = rows
        .par_iter()
        .map(|(number, cells)| {
            let result = planner.row(*number, cells);
            tick();
            result
        })
        .collect();
    let mut plan = Plan {
        rows: rows.len(),
        ..Plan::default()
    };
    let mut ids: HashMap<String, usize> = HashMap::new();
    for result in results {
        match result {
            Err(found) => {
                plan.refused += 1;
                diagnostics.extend(found);
            }
            Ok(entry) => match ids.get(&entry.draft.id) {
                Some(first) => {
                    plan.refused += 1;
                    diagnostics.push(finding(
                        file,
                        entry.row,
                        0,
                        Label::new(
                            format!("แถว {} ได้รหัส {} ซ้ำกับแถว {first}", entry.row, entry.draft.id),
                            format!("row {} has the same id {} as row {first}", entry.row, entry.draft.id),
                        ),
                        Some(Label::new(
                            "ใส่คอลัมน์ id หรือบอก key ในแผนที่คอลัมน์ว่าคอลัมน์ใดแยกแถวได้",
                            "add a column `id`, or name in the map's `key` the columns that tell rows apart",
                        )),
                    ));
                }
                None => {
                    ids.insert(entry.draft.id.clone(), entry.row);
                    plan.entries.push(entry);
                }
            },
        }
    }
    sort(&mut diagnostics);
    plan.diagnostics = diagnostics;
    Ok(plan)
}

/// What every row is read with.
pub(super) struct Planner<'a> {
    pub(super) portal: &'a Portal,
    pub(super) file: &'a str,
    pub(super) kind: usize,
    pub(super) map: &'a ImportMap,
    pub(super) columns: &'a [Column],
    pub(super) converter: Converter<'a>,
}

/// A finding about a cell; column 0: about the row.
pub(super) fn finding(
    file: &str,
    row: usize,
    column: usize,
    message: Label,
    hint: Option<Label>,
) -> Diagnostic {
    let mut d = Diagnostic::new(Code::ImportRow, file, message.th, message.en).maybe_hint(hint);
    (d.line, d.column) = (row, column);
    d
}

impl Planner<'_> {
    fn check_map(&self) -> Result<(), Diagnostic> {
        let kind = &self.portal.schema.kinds[self.kind];
        for target in self.map.set.keys().chain(self.map.values.keys()) {
            if parse(kind, target).is_none() {
                return Err(Diagnostic::new(
                    Code::BadTableMap,
                    self.file,
                    format!("แผนที่คอลัมน์อ้าง “{target}” ซึ่งชนิด “{}” ไม่มี", kind.label.th),
                    format!(
                        "the map names `{target}`, which kind `{}` does not have",
                        kind.id
                    ),
                ));
            }
        }
        Ok(())
    }

    /// Whether a row is the help row of a blank workbook.
    fn is_help(&self, cells: &[Cell]) -> bool {
        let kind = &self.portal.schema.kinds[self.kind];
        let mut any = false;
        for (column, cell) in self.columns.iter().zip(cells) {
            let Some(target) = column.target.as_ref().filter(|_| !cell.is_empty()) else {
                continue;
            };
            any = true;
            if cell.text() != help(&self.portal.schema, kind, target) {
                return false;
            }
        }
        any
    }

    fn row(&self, number: usize, cells: &[Cell]) -> Result<Planned, Vec<Diagnostic>> {
        let schema = &self.portal.schema;
        let kind = &schema.kinds[self.kind];
        let mut values: Vec<(Target, Cell, usize)> = Vec::new();
        for (c, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            if let Some(target) = &column.target {
                values.push((target.clone(), self.replaced(target, cell), c + 1));
            }
        }
        for (target, value) in &self.map.set {
            if let Some(target) = parse(kind, target)
                && !values
                    .iter()
                    .any(|(t, cell, _)| *t == target && !cell.is_empty())
            {
                values.push((target, Cell::Text(value.clone()), 0));
            }
        }
        let given: Vec<(Target, &Cell)> = values.iter().map(|(t, c, _)| (t.clone(), c)).collect();
        let made = assemble(&self.converter, kind, &given);
        if !made.failures.is_empty() {
            return Err(made
                .failures
                .iter()
                .map(|(place, reason)| {
                    let (target, _, column) = &values[*place];
                    let name = label(kind, target);
                    let message = Label::new(
                        format!("แถว {number} ช่อง “{}”: {}", name.th, reason.message.th),
                        format!(
                            "row {number}, {}: {}",
                            name.get(Lang::En),
                            reason.message.en
                        ),
                    );
                    finding(self.file, number, *column, message, reason.hint.clone())
                })
                .collect());
        }
        let id = self.id(number, cells, &made).map_err(|d| vec![d])?;
        let draft = Draft {
            kind: self.kind,
            id,
            keys: made.keys,
            sections: made.sections,
            ..Draft::default()
        };
        let text = draft.plain(schema);
        let problems = self.problems(number, &draft, &text);
        if problems.is_empty() {
            Ok(Planned {
                row: number,
                draft,
                text,
            })
        } else {
            Err(problems)
        }
    }

    /// What the loader finds in the text, and what is missing in it.
    fn problems(&self, number: usize, draft: &Draft, text: &str) -> Vec<Diagnostic> {
        let schema = &self.portal.schema;
        let kind = &schema.kinds[self.kind];
        let (entry, found) = check(schema, &draft.path(schema), text);
        let mut problems: Vec<Diagnostic> = found
            .iter()
            .filter(|d| d.is_error())
            .map(|d| {
                let message = Label::new(
                    format!("แถว {number}: {}", d.message.th),
                    format!("row {number}: {}", d.message.en),
                );
                finding(self.file, number, 0, message, d.hint.clone())
            })
            .collect();
        let Some(entry) = entry else {
            return problems;
        };
        let base = self.converter.names.entry(self.kind, &draft.id);
        let lacks = |name: &Label, id: &str| {
            let message = Label::new(
                format!("แถว {number} ขาดช่อง “{}” ({id})", name.th),
                format!("row {number} lacks `{id}` ({})", name.get(Lang::En)),
            );
            finding(self.file, number, 0, message, None)
        };
        if entry.title.trim().is_empty() && base.is_none_or(|b| b.title.is_empty()) {
            problems.push(lacks(&Label::new("ชื่อเรื่อง", "Title"), "title"));
        }
        for field in missing(kind, &entry) {
            let known = kind
                .field_index(&field.id)
                .is_some_and(|i| base.is_some_and(|b| b.value(i).is_some()));
            if !known {
                problems.push(lacks(&field.label, &field.id));
            }
        }
        problems
    }

    /// The cell after the map's own replacements.
    fn replaced(&self, target: &Target, cell: &Cell) -> Cell {
        if self.map.values.is_empty() || cell.is_empty() {
            return cell.clone();
        }
        let kind = &self.portal.schema.kinds[self.kind];
        let text = fold(&cell.text());
        self.map
            .values
            .iter()
            .filter(|(name, _)| parse(kind, name).as_ref() == Some(target))
            .flat_map(|(_, table)| table)
            .find(|(from, _)| fold(from) == text)
            .map_or_else(|| cell.clone(), |(_, to)| Cell::Text(to.clone()))
    }
}
