//! The cells of the tables.

use super::columns::{Cell, Column, Form};
use super::tables::{Table, records};
use crate::html::context::absolute;
use crate::model::ids::media_address;
use crate::model::value::Row;
use crate::model::{EntryId, FieldDef, FieldType, KindId, Lang, Located, Role, Value};
use crate::site::{Site, display};
use std::collections::BTreeSet;

/// A licence of the entry's own, else the portal's.
pub(super) fn licence(site: &Site, i: EntryId) -> String {
    let own = display::of_role(site, i, Role::Licence, site.main()).into_iter().next();
    own.unwrap_or_else(|| site.public.config.licence.clone())
}

/// Whether all that a table tells has the portal's licence, so that it may be told of the table as a whole.
pub(super) fn has_common_licence(site: &Site, table: Table) -> bool {
    match table {
        Table::Kind(k) | Table::Rows(k, _) => {
            records(site, k).iter().all(|i| licence(site, *i) == site.public.config.licence)
        }
        Table::Terms | Table::Columns => true,
    }
}

/// The address of a file or picture of an entry: full with a base address, else from the root of the site.
pub(super) fn file_address(site: &Site, i: EntryId, src: &str) -> Option<String> {
    let path = media_address(&site.field_file(i, src)?);
    let full = absolute(&site.public.config.base_url, &path);
    Some(if full.is_empty() { path } else { full })
}

/// Parts several values in one cell.
const PARTED: &str = "; ";

/// Several values in one cell: parted by semicolons, by lines where one of them holds a semicolon itself.
fn together(parts: &[String]) -> String {
    let holds = |mark| parts.iter().any(|part| part.contains(mark));
    parts.join(if holds(';') && !holds('\n') { "\n" } else { PARTED })
}

/// The cell of a column about an entry; `row` is the row of a table field: its number and values.
pub(super) fn cell(site: &Site, column: &Column<'_>, i: EntryId, row: Option<(usize, &[Option<Located>])>) -> String {
    let entry = site.entry(i);
    let other = |lang: Lang| site.translation(i, lang).map(|t| site.entry(t));
    match column.cell {
        Cell::Id => entry.id.to_string(),
        Cell::Row => row.map_or(String::new(), |(at, _)| (at + 1).to_string()),
        Cell::Title => entry.title.clone(),
        Cell::TitleIn(lang) => match other(lang) {
            Some(translation) => translation.title.clone(),
            None if lang == Lang::EN => entry.title_en.clone(),
            None => String::new(),
        },
        Cell::Summary => entry.summary.clone(),
        Cell::SummaryIn(lang) => other(lang).map_or(String::new(), |translation| translation.summary.clone()),
        Cell::Address => entry.path(),
        Cell::Url => absolute(&site.public.config.base_url, &entry.path()),
        Cell::Languages => {
            let all = site.public.config.languages().into_iter();
            let has = |lang: &Lang| *lang == entry.lang || other(*lang).is_some();
            all.filter(has).map(Lang::code).collect::<Vec<_>>().join(PARTED)
        }
        Cell::Names => together(&entry.names),
        Cell::Tags => together(&entry.tags),
        Cell::Sample => entry.illustrative.to_string(),
        Cell::Licence => licence(site, i),
        Cell::Published => entry.published.map_or(String::new(), |day| day.iso()),
        Cell::Updated => entry.updated.map_or(String::new(), |day| day.iso()),
        Cell::Value(f, form) => {
            let value = match row {
                Some((_, cells)) => cells.get(f).and_then(Option::as_ref).map(|l| &l.value),
                None => entry.value(f),
            };
            match (value, column.field) {
                (Some(value), Some(field)) => written(site, i, field, value, form),
                _ => String::new(),
            }
        }
        Cell::Own(_) => String::new(),
    }
}

fn written(site: &Site, i: EntryId, field: &FieldDef, value: &Value, form: Form) -> String {
    match value {
        Value::List(items) => {
            let parts: Vec<String> = items.iter().map(|item| written(site, i, field, &item.value, form)).collect();
            together(&parts)
        }
        Value::Integer(n) => n.to_string(),
        Value::Decimal(n) | Value::Money(n) | Value::Percent(n) => n.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Year(year) => if form == Form::Ce { year.ce() } else { year.be }.to_string(),
        Value::Date(day) => day.iso(),
        Value::Period(from, to) => {
            let to = to.map(|day| day.iso());
            match form {
                Form::From => from.iso(),
                Form::To => to.unwrap_or_default(),
                // ISO 8601-2; `..` is an end that is not known yet.
                _ => format!("{}/{}", from.iso(), to.as_deref().unwrap_or("..")),
            }
        }
        Value::Term(id) | Value::Ref(id) if form == Form::Id => id.clone(),
        Value::Image { src, .. } | Value::File { src, .. } if form == Form::File => {
            file_address(site, i, src).unwrap_or_default()
        }
        other => display::text(site, field, other, site.main()),
    }
}

/// Where a single reference to one kind leads: the kind whose table holds every entry that is named.
pub(super) fn target(site: &Site, table: Table, column: &Column<'_>) -> Option<KindId> {
    let (Cell::Value(f, Form::Id), Some(field)) = (column.cell, column.field) else { return None };
    let ([only], FieldType::Ref, false) = (&field.kinds[..], field.ty, field.many) else { return None };
    let (k, _) = site.public.schema.kind(only)?;
    let known: BTreeSet<&str> = records(site, k).iter().map(|i| &*site.entry(*i).id).collect();
    let named = |value: Option<&Value>| match value {
        Some(Value::Ref(id)) => known.contains(id.as_str()),
        Some(_) => false,
        None => true,
    };
    let all = match table {
        Table::Kind(own) => records(site, own).iter().all(|i| named(site.entry(*i).value(f))),
        Table::Rows(own, t) => records(site, own).iter().all(|i| match site.entry(*i).value(t) {
            Some(Value::Table(rows)) => {
                let cell = |row: &Row| named(row.cells.get(f).and_then(Option::as_ref).map(|l| &l.value));
                rows.iter().all(cell)
            }
            _ => true,
        }),
        Table::Terms | Table::Columns => false,
    };
    (all && !known.is_empty()).then_some(k)
}

#[cfg(test)]
mod tests {
    use super::together;

    #[test]
    fn values_in_one_cell_can_be_parted() {
        let cell = |parts: &[&str]| together(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>());
        assert_eq!(cell(&["ก", "ข"]), "ก; ข");
        assert_eq!(cell(&["ก; ข", "ค"]), "ก; ข\nค");
        assert_eq!(cell(&["ก;\nข", "ค"]), "ก;\nข; ค");
        assert_eq!(cell(&[]), "");
    }
}
