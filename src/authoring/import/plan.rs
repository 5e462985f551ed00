//! Rows to Markdown texts. A row that does not fit is left out with a finding; the others are not affected.

use super::map::{Column, ImportMap, header};
use super::report::{Refusal, grouped, left_out};
use super::sheet::Sheet;
use super::template::help;
use crate::authoring::assemble::assemble;
use crate::authoring::convert::{Cell, Converter, SEPARATORS};
use crate::authoring::draft::{Draft, check};
use crate::authoring::names::{Names, fold};
use crate::authoring::target::{Target, label, parse};
use crate::authoring::value::Out;
use crate::diagnostics::{Code, Diagnostic};
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
    /// Entries that are drafts because something is missing.
    pub drafts: usize,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Plans the entries of a sheet. With `drafts`, rows that lack something become drafts that say what. `tick` is called
/// once per row.
///
/// # Errors
/// No headings are known, or the map names what the kind does not have.
pub fn plan(
    portal: &Portal,
    file: &str,
    sheet: &Sheet,
    kind: usize,
    map: &ImportMap,
    drafts: bool,
    tick: &(dyn Fn() + Sync),
) -> Result<Plan, Diagnostic> {
    let names = Names::new(portal);
    let header = header(file, map, &portal.schema.kinds[kind], &sheet.rows)?;
    let planner =
        Planner { portal, file, kind, map, columns: &header.columns, converter: converter(&names, map), drafts };
    planner.check_map()?;
    let rows = &sheet.rows[planner.first_row(sheet, header.at)..];
    let results: Vec<Read> = rows
        .par_iter()
        .map(|(number, cells)| {
            let result = planner.row(*number, cells);
            tick();
            result
        })
        .collect();
    let mut plan = Plan { rows: rows.len(), ..Plan::default() };
    let mut refusals = Vec::new();
    let mut ids: HashMap<String, usize> = HashMap::new();
    for read in results {
        refusals.extend(read.refusals);
        let Some(entry) = read.entry else {
            plan.refused += 1;
            continue;
        };
        match ids.get(&entry.draft.id) {
            Some(first) => {
                plan.refused += 1;
                refusals.push(same_id(&entry, *first));
            }
            None => {
                plan.drafts += usize::from(read.unfinished);
                ids.insert(entry.draft.id.clone(), entry.row);
                plan.entries.push(entry);
            }
        }
    }
    refusals.sort_by_key(|r| (r.row, r.column));
    plan.diagnostics.extend(left_out(file, &header, &portal.schema.kinds[kind]));
    plan.diagnostics.extend(grouped(file, &refusals));
    Ok(plan)
}

/// The converter that a map asks for.
pub(super) fn converter<'a>(names: &'a Names<'a>, map: &ImportMap) -> Converter<'a> {
    Converter { names, separators: map.separators.clone().unwrap_or_else(|| SEPARATORS.to_vec()) }
}

fn same_id(entry: &Planned, first: usize) -> Refusal {
    let id = &entry.draft.id;
    Refusal::of_row(
        entry.row,
        Label::new(format!("ได้รหัส {id} ซ้ำกับแถว {first}"), format!("the id {id} is that of row {first} already")),
        Some(Label::new(
            "ถ้าเป็นคนละเรื่อง ใส่คอลัมน์ id หรือบอก key ในแผนที่คอลัมน์ว่าคอลัมน์ใดแยกแถวได้",
            "if they differ, add a column `id`, or name in the map's `key` the columns that tell rows apart",
        )),
    )
}

/// A row as it was read.
struct Read {
    entry: Option<Planned>,
    /// Taken as a draft although something is missing.
    unfinished: bool,
    refusals: Vec<Refusal>,
}

impl Read {
    fn refused(refusals: Vec<Refusal>) -> Read {
        Read { entry: None, unfinished: false, refusals }
    }
}

/// What every row is read with.
pub(super) struct Planner<'a> {
    pub(super) portal: &'a Portal,
    pub(super) file: &'a str,
    pub(super) kind: usize,
    pub(super) map: &'a ImportMap,
    pub(super) columns: &'a [Column],
    pub(super) converter: Converter<'a>,
    drafts: bool,
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
                    format!("the map names `{target}`, which kind `{}` does not have", kind.id),
                ));
            }
        }
        Ok(())
    }

    /// Position of the first row of data.
    fn first_row(&self, sheet: &Sheet, header: usize) -> usize {
        let next = sheet.rows.get(header + 1);
        let helped = next.is_some_and(|(_, cells)| self.is_help(cells));
        (header + 1 + self.map.skip.max(usize::from(helped))).min(sheet.rows.len())
    }

    /// Whether a row is the help row of a blank workbook.
    fn is_help(&self, cells: &[Cell]) -> bool {
        let kind = &self.portal.schema.kinds[self.kind];
        let mut any = false;
        for (column, cell) in self.columns.iter().zip(cells) {
            let Some(target) = column.targets.first().filter(|_| !cell.is_empty()) else {
                continue;
            };
            any = true;
            if cell.text() != help(&self.portal.schema, kind, target) {
                return false;
            }
        }
        any
    }

    fn row(&self, number: usize, cells: &[Cell]) -> Read {
        let schema = &self.portal.schema;
        let kind = &schema.kinds[self.kind];
        let values = self.values(cells);
        let given: Vec<(Target, &Cell)> = values.iter().map(|(t, c, _)| (t.clone(), c)).collect();
        let made = assemble(&self.converter, kind, &given);
        let mut refusals: Vec<Refusal> = made
            .failures
            .iter()
            .map(|(place, reason)| {
                let (target, _, column) = &values[*place];
                Refusal {
                    row: number,
                    column: *column,
                    place: Some(label(kind, target)),
                    message: reason.message.clone(),
                    hint: reason.hint.clone(),
                }
            })
            .collect();
        if !refusals.is_empty() && !self.drafts {
            return Read::refused(refusals);
        }
        let id = match self.id(number, cells, &made) {
            Ok(id) => id,
            Err(refusal) => return Read::refused(vec![refusal]),
        };
        let mut draft = Draft { kind: self.kind, id, keys: made.keys, sections: made.sections, ..Draft::default() };
        let failed: Vec<&Label> = refusals.iter().filter_map(|r| r.place.as_ref()).collect();
        let lacking = self.lacking(number, &draft, &failed);
        refusals.extend(lacking);
        let unfinished = !refusals.is_empty();
        if unfinished {
            let titled = draft.keys.iter().any(|(key, _)| key == "title");
            if !self.drafts || !titled {
                return Read::refused(refusals);
            }
            draft.notes = refusals.iter().map(Refusal::note).collect();
            draft.keys.retain(|(key, _)| key != "draft");
            draft.keys.push(("draft".into(), Out::Bare("true".into())));
        }
        let text = draft.plain(schema);
        let (_, found) = check(schema, &draft.path(schema), &text);
        let wrong: Vec<Refusal> = found
            .iter()
            .filter(|d| d.is_error())
            .map(|d| Refusal::of_row(number, d.message.clone(), d.hint.clone()))
            .collect();
        if !wrong.is_empty() {
            return Read::refused(wrong);
        }
        Read { entry: Some(Planned { row: number, draft, text }), unfinished, refusals }
    }

    /// The row's cells with their targets and columns, then what the map sets.
    fn values(&self, cells: &[Cell]) -> Vec<(Target, Cell, usize)> {
        let kind = &self.portal.schema.kinds[self.kind];
        let mut values: Vec<(Target, Cell, usize)> = Vec::new();
        for (c, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            for target in &column.targets {
                values.push((target.clone(), self.replaced(target, cell), c + 1));
            }
        }
        for (name, value) in &self.map.set {
            let Some(target) = parse(kind, name) else {
                continue;
            };
            let filled = |t: &Target, c: &Cell| !c.is_empty() && *t == target;
            if values.iter().any(|(t, c, _)| filled(t, c)) {
                continue;
            }
            if let Target::Cell(field, row, _) = target {
                let same_row = |t: &Target| matches!(t, Target::Cell(f, r, _) if (*f, *r) == (field, row));
                if !values.iter().any(|(t, c, _)| same_row(t) && !c.is_empty()) {
                    continue;
                }
            }
            if let Some(text) = self.composed(value, &values) {
                values.push((target, Cell::Text(text), 0));
            }
        }
        values
    }

    /// A value of the map with the cells that it names; none where one of them is empty.
    fn composed(&self, pattern: &str, values: &[(Target, Cell, usize)]) -> Option<String> {
        let kind = &self.portal.schema.kinds[self.kind];
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, tail) = after.split_once('}')?;
            let wanted = parse(kind, name);
            let named = fold(name);
            let (_, cell, _) = values.iter().find(|(target, cell, column)| {
                let heading = column.checked_sub(1).and_then(|c| self.columns.get(c));
                !cell.is_empty()
                    && (wanted.as_ref() == Some(target) || heading.is_some_and(|c| fold(&c.heading) == named))
            })?;
            out.push_str(before);
            out.push_str(&cell.text());
            rest = tail;
        }
        out.push_str(rest);
        Some(out)
    }

    /// The required fields and sections that the row leaves empty and no existing entry has.
    fn lacking(&self, number: usize, draft: &Draft, failed: &[&Label]) -> Option<Refusal> {
        let kind = &self.portal.schema.kinds[self.kind];
        let base = self.converter.names.entry(self.kind, &draft.id);
        let given = |id: &str| draft.keys.iter().any(|(key, _)| key == id);
        let mut lacks: Vec<(Label, &str)> = Vec::new();
        if !given("title") && base.is_none_or(|b| b.title.is_empty()) {
            lacks.push((Label::new("ชื่อเรื่อง", "Title"), "title"));
        }
        for (i, field) in kind.fields.iter().enumerate() {
            let known = given(&field.id) || base.is_some_and(|b| b.value(i).is_some());
            if field.required && field.via.is_none() && field.default.is_none() && !known {
                lacks.push((field.label.clone(), &field.id));
            }
        }
        // A draft that an earlier import left may lack its sections still.
        let written = base.is_some_and(|b| !b.draft);
        for section in kind.sections.iter().filter(|s| s.required) {
            if !written && !draft.sections.iter().any(|(id, _)| *id == section.id) {
                lacks.push((section.label.clone(), &section.id));
            }
        }
        // What could not be read has been told.
        lacks.retain(|(name, _)| !failed.contains(&name));
        if lacks.is_empty() {
            return None;
        }
        let list = |lang: Lang| {
            let names: Vec<String> = lacks.iter().map(|(name, id)| format!("“{}” ({id})", name.get(lang))).collect();
            names.join(", ")
        };
        let hint = (!self.drafts).then(|| {
            Label::new(
                "เติมในตาราง บอกแผนที่คอลัมน์ว่าอยู่คอลัมน์ใด หรือใช้ --drafts เพื่อรับเป็นฉบับร่างไปกรอกต่อ",
                "fill it in, tell the map which column holds it, or take such rows as drafts with --drafts",
            )
        });
        let message = Label::new(format!("ขาด {}", list(Lang::Th)), format!("lacks {}", list(Lang::En)));
        Some(Refusal::of_row(number, message, hint))
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
