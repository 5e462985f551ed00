//! The tables as CSV (RFC 4180).

use super::cells::{cell, target};
use super::columns::{Cell, Column, Form};
use super::formula::safe_cell;
use super::tables::{Table, records, tables, vocabularies};
use crate::html::input::Input;
use crate::model::{KindId, Value};

/// A table: a byte order mark first, so that spreadsheets read Thai; cells cannot start a formula.
pub(super) fn csv(input: &Input<'_>, table: Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xef, 0xbb, 0xbf]);
    let columns = table.columns(input.site);
    let _ = writer.write_record(columns.iter().map(|column| &column.name));
    lines(input, table, &columns, &mut |line| {
        let _ = writer.write_record(line.iter().map(|text| safe_cell(text)));
    });
    writer.into_inner().unwrap_or_default()
}

fn lines(input: &Input<'_>, table: Table, columns: &[Column<'_>], put: &mut dyn FnMut(Vec<String>)) {
    let site = input.site;
    match table {
        Table::Kind(k) => {
            for i in records(site, k) {
                put(columns.iter().map(|column| cell(site, column, *i, None)).collect());
            }
        }
        Table::Rows(k, f) => {
            for i in records(site, k) {
                let Some(Value::Table(rows)) = site.entry(*i).value(f) else { continue };
                for (at, row) in rows.iter().enumerate() {
                    put(columns.iter().map(|column| cell(site, column, *i, Some((at, &row.cells)))).collect());
                }
            }
        }
        Table::Terms => terms(input, put),
        Table::Columns => {
            for table in tables(site).into_iter().filter(|table| *table != Table::Columns) {
                for column in table.columns(site) {
                    put(description(input, table, &column));
                }
            }
        }
    }
}

fn terms(input: &Input<'_>, put: &mut dyn FnMut(Vec<String>)) {
    let languages = input.site.public.config.languages();
    for vocabulary in vocabularies(input.site) {
        for term in &vocabulary.terms {
            let mut line = vec![
                vocabulary.id.clone(),
                term.id.clone(),
                term.parent.clone().unwrap_or_default(),
                term.value.map_or(String::new(), |n| n.to_string()),
                term.retired.to_string(),
                term.replaced_by.clone().unwrap_or_default(),
            ];
            line.extend(languages.iter().map(|lang| term.label.get(*lang).to_owned()));
            line.extend(languages.iter().map(|lang| term.description.get(*lang).to_owned()));
            put(line);
        }
    }
}

/// A line of the list of columns.
fn description(input: &Input<'_>, table: Table, column: &Column<'_>) -> Vec<String> {
    let field = column.field;
    let mut line = vec![
        format!("{}.csv", table.name(input.site)),
        column.name.clone(),
        column.ty.to_owned(),
        field.filter(|_| is_id(column)).and_then(|f| f.vocabulary.clone()).unwrap_or_default(),
        field.map_or(String::new(), |f| f.unit.get(input.site.main()).to_owned()),
    ];
    line.extend(input.site.public.config.languages().into_iter().map(|lang| told(input, column, lang)));
    line
}

fn is_id(column: &Column<'_>) -> bool {
    matches!(column.cell, Cell::Value(_, Form::Id))
}

/// What a column holds, in a language: the name of the field and the form that it stands in.
pub(super) fn told(input: &Input<'_>, column: &Column<'_>, lang: crate::model::Lang) -> String {
    let word = if column.word.is_empty() { "" } else { input.theme.words.word(lang, column.word) };
    let label = column.field.map_or("", |field| field.label.get(lang));
    match (label.is_empty(), word.is_empty()) {
        (false, false) => format!("{label} ({word})"),
        (false, true) => label.to_owned(),
        _ => word.to_owned(),
    }
}

/// The field of a Table Schema that describes a column, and the table that it refers to.
pub(super) fn schema(input: &Input<'_>, table: Table, column: &Column<'_>) -> (serde_json::Value, Option<KindId>) {
    let mut out = serde_json::Map::new();
    out.insert("name".into(), column.name.clone().into());
    out.insert("type".into(), column.ty.into());
    out.insert("title".into(), told(input, column, input.site.main()).into());
    if let Some(field) = column.field {
        if is_id(column)
            && let Some(vocabulary) = &field.vocabulary
        {
            out.insert("vocabulary".into(), vocabulary.clone().into());
        }
        let unit = field.unit.get(input.site.main());
        if !unit.is_empty() {
            out.insert("unit".into(), unit.into());
        }
    }
    if column.cell == Cell::Id && matches!(table, Table::Kind(_)) {
        out.insert("constraints".into(), serde_json::json!({ "required": true, "unique": true }));
    }
    let refers = match (table, column.cell) {
        (Table::Rows(k, _), Cell::Id) => Some(k),
        _ => target(input.site, table, column),
    };
    (out.into(), refers)
}
