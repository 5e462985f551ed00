//! Rows to Markdown texts. A row that does not fit is left out with a finding; the others are not affected.

use super::map::{Column, ImportMap, columns, is_timestamp};
use super::sheet::Sheet;
use super::template::help;
use crate::author::assemble::{Assembled, assemble};
use crate::author::convert::{Cell, Converter, SEPARATORS};
use crate::author::draft::{Draft, check, missing};
use crate::author::files::hash;
use crate::author::names::{Names, fold};
use crate::author::target::{Target, label, parse};
use crate::author::value::Out;
use crate::diag::{Code, Diagnostic, sort};
use crate::load::ids;
use crate::model::{Label, Lang, Portal, Value};
use crate::thai::slug::suggest_id;
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

struct Planner<'a> {
    portal: &'a Portal,
    file: &'a str,
    kind: usize,
    map: &'a ImportMap,
    columns: &'a [Column],
    converter: Converter<'a>,
}

fn finding(
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
        let base = self
            .portal
            .entries
            .iter()
            .find(|e| e.kind == self.kind && e.lang == Lang::Th && *e.id == *draft.id);
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

    fn id(&self, number: usize, cells: &[Cell], made: &Assembled) -> Result<String, Diagnostic> {
        let kind = &self.portal.schema.kinds[self.kind];
        if let Some(id) = &made.id {
            let id = id.to_lowercase();
            if ids::is_id(&id) {
                return Ok(id);
            }
            let suggestion = ids::path_part(&id);
            return Err(finding(
                self.file,
                number,
                0,
                Label::new(
                    format!("แถว {number}: รหัส “{id}” ใช้ไม่ได้"),
                    format!("row {number}: `{id}` cannot be an id"),
                ),
                Some(Label::new(
                    format!("ลองใช้ “{suggestion}”"),
                    format!("try `{suggestion}`"),
                )),
            ));
        }
        if let Some(by) = &self.map.match_by
            && let Some(id) = self.matched(by, number, made)?
        {
            return Ok(id);
        }
        if let Some(pattern) = &self.map.id {
            let id = self.filled(pattern, cells, made);
            if ids::is_id(&id) {
                return Ok(id);
            }
        }
        let key = self.key(cells, made);
        let stem = made.text("title").map(suggest_id).unwrap_or_default();
        let stem: String = stem.chars().take(32).collect();
        let stem = stem.trim_matches('-');
        let tail = &hash(&key)[..8];
        let id = if stem.is_empty() {
            format!("{}-{tail}", kind.id)
        } else {
            format!("{stem}-{tail}")
        };
        Ok(if ids::is_id(&id) {
            id
        } else {
            ids::path_part(&id)
        })
    }

    /// The existing entry that the row is about; several of one name are told apart by the row's references.
    fn matched(
        &self,
        by: &str,
        number: usize,
        made: &Assembled,
    ) -> Result<Option<String>, Diagnostic> {
        let kind = &self.portal.schema.kinds[self.kind];
        let Some(name) = made.text(by) else {
            return Ok(None);
        };
        let found = self
            .converter
            .names
            .entries(std::slice::from_ref(&kind.id), name);
        let entries = &self.portal.entries;
        let fitting: Vec<usize> = found
            .iter()
            .copied()
            .filter(|i| {
                made.keys.iter().all(|(key, value)| {
                    let Some(Value::Ref(there)) =
                        kind.field_index(key).and_then(|f| entries[*i].value(f))
                    else {
                        return true;
                    };
                    !matches!(value, Out::Text(here) if here != there)
                })
            })
            .collect();
        match fitting[..] {
            [one] => Ok(Some(entries[one].id.to_string())),
            [] => Ok(None),
            _ => {
                let list: Vec<&str> = fitting.iter().take(6).map(|i| &*entries[*i].id).collect();
                let list = list.join(", ");
                Err(finding(
                    self.file,
                    number,
                    0,
                    Label::new(
                        format!("แถว {number}: ชื่อ “{name}” ตรงกับหลายหน้า"),
                        format!("row {number}: several entries are named `{name}`"),
                    ),
                    Some(Label::new(
                        format!("ใส่รหัสในคอลัมน์ id: {list}"),
                        format!("give one of these in a column `id`: {list}"),
                    )),
                ))
            }
        }
    }

    /// Text of the cells that tell the row apart.
    fn key(&self, cells: &[Cell], made: &Assembled) -> String {
        let mut parts: Vec<String> = Vec::new();
        for name in &self.map.key {
            parts.push(self.placeholder(name, cells, made));
        }
        if parts.iter().all(String::is_empty) {
            parts.clear();
            for (column, cell) in self.columns.iter().zip(cells) {
                if is_timestamp(&column.heading)
                    || matches!(column.target, Some(Target::Reserved(0)))
                {
                    parts.push(cell.text());
                }
            }
        }
        if parts.iter().all(String::is_empty) {
            parts = cells.iter().map(Cell::text).collect();
        }
        let folded: Vec<String> = parts.iter().map(|p| fold(p)).collect();
        folded.join("\u{1f}")
    }

    fn filled(&self, pattern: &str, cells: &[Cell], made: &Assembled) -> String {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else {
                break;
            };
            out.push_str(before);
            let text = self.placeholder(name, cells, made);
            let plain = text.to_lowercase();
            out.push_str(&if ids::is_id(&plain) {
                plain
            } else {
                suggest_id(&text)
            });
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// The converted value of a target, else the cell under a heading.
    fn placeholder(&self, name: &str, cells: &[Cell], made: &Assembled) -> String {
        if let Some((_, value)) = made.keys.iter().find(|(k, _)| k == name) {
            return match value {
                Out::Text(text) | Out::Bare(text) => text.clone(),
                other => other.inline(),
            };
        }
        let key = fold(name);
        self.columns
            .iter()
            .zip(cells)
            .find(|(column, _)| fold(&column.heading) == key)
            .map(|(_, cell)| cell.text())
            .unwrap_or_default()
    }
}
