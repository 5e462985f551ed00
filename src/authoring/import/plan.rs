//! Rows to Markdown texts. A row that does not fit is left out with a finding; the others are not affected.

use super::aside::{repeated, sorted};
use super::doubts::Doubts;
use super::manifest::Manifest;
use super::map::{Finder, ImportMap, header};
pub use super::planner::Planned;
use super::planner::{Planner, Read, Reading};
use super::report::{Refusal, columns, columns_that_hide, grouped, stamped_sheet};
use super::sheet::Sheet;
use super::template::help;
use crate::authoring::Reason;
use crate::authoring::assemble::assemble;
use crate::authoring::convert::{Cell, Converter, SEPARATORS, readable};
use crate::authoring::docx::text::from_plain;
use crate::authoring::draft::Naming;
use crate::authoring::names::{NameIndex, fold};
use crate::authoring::target::{RESERVED, Target, field_of, label, parse};
use crate::diagnostics::Diagnostic;
use crate::model::{FieldType, KindDef, KindId, Portal};
use rayon::prelude::*;
use std::borrow::Cow;

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
    /// Values that were left out of rows that were taken.
    pub dropped: usize,
    /// Findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file whose rows become entries of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// Name of the file, as messages and the manifest have it.
    pub file: &'a str,
    /// The kind.
    pub kind: KindId,
}

/// Plans the entries of a sheet. With `drafts`, rows that do not fit become drafts that say why. `tick` is called once
/// per row.
///
/// # Errors
/// No headings are known, or the map names what the kind does not have.
pub fn plan(
    import: Import<'_>,
    sheet: &Sheet,
    map: &ImportMap,
    manifest: &Manifest,
    drafts: bool,
    tick: &(dyn Fn() + Sync),
) -> Result<Plan, Diagnostic> {
    let Import { portal, file, kind } = import;
    let names = NameIndex::new(portal);
    let map = &map.placed(file, &portal.schema.kinds[kind])?;
    let header = header(file, map, &portal.schema.kinds[kind], sheet)?;
    let planner = Planner {
        portal,
        kind,
        map,
        columns: &header.columns,
        converter: converter(&names, map),
        known: manifest.ids(),
        naming: Naming::new(portal, kind),
        drafts,
        doubts: Doubts::of(&sheet.rows[header.end + 1..]),
    };
    let all = &sheet.rows[planner.first_row(sheet, header.end)..];
    let (all, ditto) = match repeated(file, all) {
        Some((rows, told)) => (Cow::Owned(rows), Some(told)),
        None => (Cow::Borrowed(all), None),
    };
    let finder = Finder::new(file, map, &portal.schema.kinds[kind])?;
    let (rows, aside) = sorted(file, sheet, (&header, &finder), &all);
    let readings: Vec<Reading<'_>> = rows.par_iter().map(|(number, cells)| planner.read(*number, cells)).collect();
    let named = planner.ids(&readings);
    let results: Vec<Read> = readings
        .into_par_iter()
        .zip(named)
        .map(|(reading, (id, refusal))| {
            let result = planner.finish(reading, id, refusal);
            tick();
            result
        })
        .collect();
    let stamped = stamped_sheet(file, sheet, &header, &portal.schema.kinds[kind]);
    if let Some(told) = stamped.or_else(|| columns_that_hide(file, &header, &sheet.rows[header.end + 1..])) {
        return Err(told);
    }
    let mut plan = Plan { rows: rows.len(), ..Plan::default() };
    let mut refusals = Vec::new();
    for read in results {
        refusals.extend(read.refusals);
        match read.entry {
            Some(entry) => {
                plan.drafts += usize::from(read.unfinished);
                plan.dropped += read.dropped;
                plan.entries.push(entry);
            }
            None => plan.refused += 1,
        }
    }
    refusals.sort_by_key(|r| (r.row, r.column));
    plan.diagnostics.extend(sheet.notes.iter().cloned());
    plan.diagnostics.extend(columns(file, &header, &portal.schema.kinds[kind], &sheet.rows[header.end + 1..]));
    plan.diagnostics.extend(aside);
    plan.diagnostics.extend(ditto);
    plan.diagnostics.extend(grouped(file, &refusals));
    Ok(plan)
}

/// The converter that a map asks for.
pub(super) fn converter<'a>(names: &'a NameIndex<'a>, map: &ImportMap) -> Converter<'a> {
    Converter {
        names,
        separators: map.separators.clone().unwrap_or_else(|| SEPARATORS.to_vec()),
        two_digit_years: map.two_digit_years,
    }
}

/// A cell for a place that takes Markdown shows there what it shows in the sheet.
fn as_written(kind: &KindDef, target: &Target, cell: Cell) -> Cell {
    let markdown = matches!(target, Target::Section(_))
        || field_of(kind, target).is_some_and(|field| field.ty == FieldType::Markdown);
    match cell {
        Cell::Text(text) if markdown && !matches!(text.trim(), "-" | "–" | "—") => {
            Cell::Text(from_plain(&readable(&text)))
        }
        cell => cell,
    }
}

impl Planner<'_> {
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

    fn read<'c>(&self, number: usize, cells: &'c [Cell]) -> Reading<'c> {
        let kind = &self.portal.schema.kinds[self.kind];
        let mut values = self.values(cells);
        self.set_apart(&mut values);
        let (values, doubtful): (Vec<_>, Vec<_>) = values
            .into_iter()
            .map(|value| (self.doubts.about(kind, &value), value))
            .partition(|(doubt, _)| doubt.is_none());
        let values: Vec<_> = values.into_iter().map(|(_, value)| value).collect();
        let given: Vec<(Target, &Cell)> = values.iter().map(|(t, c, _)| (t.clone(), c)).collect();
        let mut made = assemble(&self.converter, kind, &given);
        let refused = |(target, cell, column): &(Target, Cell, usize), reason: Reason| Refusal {
            row: number,
            column: *column,
            place: Some(label(kind, target)),
            target: Some(target.clone()),
            message: reason.message,
            hint: reason.hint,
            written: cell.text(),
        };
        let unread = std::mem::take(&mut made.failures).into_iter();
        let mut failures: Vec<Refusal> = unread.map(|(place, reason)| refused(&values[place], reason)).collect();
        failures.extend(doubtful.into_iter().filter_map(|(doubt, value)| Some(refused(&value, doubt?))));
        let (key, sure) = self.key(cells, &made);
        Reading { number, cells, made, failures, key, sure }
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
            if let Some(text) = self.composed(value, &target, &values) {
                values.push((target, Cell::Text(text), 0));
            }
        }
        // What the map writes itself may be Markdown.
        let shown = |(target, cell, column): (Target, Cell, usize)| {
            let cell = if column > 0 { as_written(kind, &target, cell) } else { cell };
            (target, cell, column)
        };
        values.into_iter().map(shown).collect()
    }

    /// Answers beside the given ones go where the map says.
    fn set_apart(&self, values: &mut Vec<(Target, Cell, usize)>) {
        let kind = &self.portal.schema.kinds[self.kind];
        for (from, to) in &self.map.other {
            let (Some(from), Some(to)) = (parse(kind, from), parse(kind, to)) else {
                continue;
            };
            let Some(field) = field_of(kind, &from) else { continue };
            for i in (0..values.len()).filter(|i| values[*i].0 == from).collect::<Vec<_>>() {
                let (known, others) = self.converter.sorted(field, &values[i].1);
                if others.is_empty() {
                    continue;
                }
                values[i].1 = known;
                let text = as_written(kind, &to, Cell::Text(others.join("; "))).text();
                match values.iter_mut().find(|(target, cell, _)| *target == to && !cell.is_empty()) {
                    Some((_, cell, _)) => *cell = Cell::Text(format!("{}; {text}", cell.text())),
                    None => values.push((to.clone(), Cell::Text(text), values[i].2)),
                }
            }
        }
    }

    /// A value of the map with the cells that it names; none where one of them is empty.
    fn composed(&self, pattern: &str, target: &Target, values: &[(Target, Cell, usize)]) -> Option<String> {
        let kind = &self.portal.schema.kinds[self.kind];
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, tail) = after.split_once('}')?;
            let wanted = parse(kind, name);
            let named = fold(name);
            let (_, cell, column) = values.iter().find(|(target, cell, column)| {
                let heading = column.checked_sub(1).and_then(|c| self.columns.get(c));
                !cell.is_empty()
                    && (wanted.as_ref() == Some(target) || heading.is_some_and(|c| fold(&c.heading) == named))
            })?;
            out.push_str(before);
            // A value of the map is in it as written already.
            let shown = if *column > 0 { as_written(kind, target, cell.clone()) } else { cell.clone() };
            out.push_str(&shown.text());
            rest = tail;
        }
        out.push_str(rest);
        Some(out)
    }

    /// The cell after the map's own replacements: as a whole, else each item of a list.
    fn replaced(&self, target: &Target, cell: &Cell) -> Cell {
        if self.map.values.is_empty() || cell.is_empty() {
            return cell.clone();
        }
        let kind = &self.portal.schema.kinds[self.kind];
        let mark = self.converter.separators.first().copied().unwrap_or(SEPARATORS[0]).to_string();
        let table: Vec<(String, String)> = self
            .map
            .values
            .iter()
            .filter(|(name, _)| parse(kind, name).as_ref() == Some(target))
            .flat_map(|(_, table)| table)
            .map(|(from, to)| (fold(from), to.iter().collect::<Vec<_>>().join(&mark)))
            .collect();
        let find = |text: &str| table.iter().find(|(from, _)| *from == fold(text)).map(|(_, to)| to.clone());
        let text = cell.text();
        if let Some(whole) = find(&text) {
            return Cell::Text(whole);
        }
        let field = match target {
            Target::Reserved(i) => Some(Cow::Owned(RESERVED[*i].field())),
            target => field_of(kind, target).map(Cow::Borrowed),
        };
        let Some(field) = field.filter(|field| field.many && !table.is_empty()) else {
            return cell.clone();
        };
        let items: Vec<String> = self.converter.parted(&field, &text).into_iter().map(|(item, _)| item).collect();
        if !items.iter().any(|item| find(item).is_some()) {
            return cell.clone();
        }
        let items: Vec<String> = items.into_iter().map(|item| find(&item).unwrap_or(item)).collect();
        Cell::Text(items.join(&mark))
    }
}
