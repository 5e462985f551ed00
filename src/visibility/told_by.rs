//! Fields whose values come from what refers to an entry: `told_by = "aar.earlier_lessons.used"` gives a lesson what later
//! reviews say of it, `told_by = "adoption.state"` gives an innovation the states of those who try it.
//!
//! Runs on what is public already, after fields that are looked up through references.

use crate::model::value::Row;
use crate::model::{Entry, FieldType, KindId, Located, Portal, Value, Visibility};
use crate::text::era::Date;
use std::collections::HashMap;

/// A field that others tell: kind and field of the told, kind, field and column of the telling.
struct Told {
    to: (KindId, usize),
    from: (KindId, usize, Option<usize>),
}

/// What is told of an entry, with the day of what tells it.
type Telling = (Option<Date>, Located);

/// Fills every public `told_by` field: each value once, in the order of the entries that tell it; a field of one value has
/// that of the latest, by its day or year.
pub(super) fn fill(portal: &mut Portal) {
    for told in fields(portal) {
        let mut values: HashMap<String, Vec<Telling>> = HashMap::new();
        let (kind, field, column) = told.from;
        for entry in portal.entries.iter().filter(|e| e.kind == kind && e.main) {
            tell(portal, entry, field, column, &mut values);
        }
        let many = portal.schema.kinds[told.to.0].fields[told.to.1].many;
        for entry in portal.entries.iter_mut().filter(|e| e.kind == told.to.0) {
            let Some(found) = values.get(&entry.id.to_lowercase()) else { continue };
            let Some((_, last)) = found.iter().max_by_key(|(day, _)| *day) else { continue };
            let value = if many { Value::List(once(found)) } else { last.value.clone() };
            entry.fields[told.to.1] = Some(Located { value, ..found[0].1.clone() });
        }
    }
}

fn once(found: &[Telling]) -> Vec<Located> {
    let mut all: Vec<Located> = Vec::new();
    for (_, told) in found {
        if all.iter().all(|known| known.value != told.value) {
            all.push(told.clone());
        }
    }
    all
}

/// The first day of an entry, else the last one of its first year.
fn day_of(entry: &Entry) -> Option<Date> {
    let values = || entry.fields.iter().flatten().map(|located| &located.value);
    let day = values().find_map(|value| match value {
        Value::Date(day) | Value::Period(day, _) => Some(*day),
        _ => None,
    });
    day.or_else(|| values().find_map(|value| if let Value::Year(year) = value { Some(year.range().1) } else { None }))
}

fn fields(portal: &Portal) -> Vec<Told> {
    let kinds = portal.schema.kinds.iter_ids();
    let of = kinds.flat_map(|(k, kind)| kind.fields.iter().enumerate().map(move |(f, field)| (k, f, field)));
    let public = of.filter(|(_, _, field)| field.visibility == Visibility::Public);
    public
        .filter_map(|(k, f, field)| {
            let mut parts = field.told_by.as_deref()?.split('.');
            let (from, kind) = portal.schema.kind(parts.next()?)?;
            let told = kind.field_index(parts.next()?)?;
            let column = match parts.next() {
                Some(name) => Some(kind.fields[told].columns.iter().position(|c| c.id == name)?),
                None => None,
            };
            Some(Told { to: (k, f), from: (from, told, column) })
        })
        .collect()
}

/// Adds what one entry tells of others: of those that its fields name, or that the cells of the same row name.
fn tell(
    portal: &Portal,
    entry: &Entry,
    field: usize,
    column: Option<usize>,
    values: &mut HashMap<String, Vec<Telling>>,
) {
    let day = day_of(entry);
    let mut add = |id: &str, told: &Located| {
        let all = values.entry(id.to_lowercase()).or_default();
        let items = match &told.value {
            Value::List(items) => items.clone(),
            _ => vec![told.clone()],
        };
        all.extend(items.into_iter().map(|item| (day, item)));
    };
    let Some(told) = entry.fields[field].as_ref() else { return };
    let named = |located: &Located| -> Vec<String> {
        located
            .value
            .items()
            .into_iter()
            .filter_map(|v| if let Value::Ref(id) = v { Some(id.clone()) } else { None })
            .collect()
    };
    match (&told.value, column) {
        (Value::Table(rows), Some(column)) => {
            for row in rows {
                let Some(told) = cell(row, column) else { continue };
                let others =
                    row.cells.iter().enumerate().filter(|(c, _)| *c != column).filter_map(|(_, cell)| cell.as_ref());
                others.flat_map(named).for_each(|id| add(&id, told));
            }
        }
        (_, None) => {
            let kind = &portal.schema.kinds[entry.kind];
            let others = kind.fields.iter().zip(&entry.fields).filter(|(f, _)| f.ty == FieldType::Ref);
            others.filter_map(|(_, slot)| slot.as_ref()).flat_map(named).for_each(|id| add(&id, told));
        }
        _ => {}
    }
}

fn cell(row: &Row, column: usize) -> Option<&Located> {
    row.cells.get(column)?.as_ref()
}
