//! The tables of open data: a table for each kind; one for each table field, whose rows name their entry; the terms of
//! the vocabularies; the list of all columns.

use super::columns::{Cell, Column, Columns, public_fields};
use crate::html::input::Input;
use crate::model::schema::Vocabulary;
use crate::model::{EntryId, FieldDef, FieldType, KindDef, KindId, Lang, Value};
use crate::site::Site;
use std::collections::BTreeSet;

/// A table of open data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) enum Table {
    /// The entries of a kind in the main language.
    Kind(KindId),
    /// The rows of a table field: kind and field.
    Rows(KindId, usize),
    /// The terms of the vocabularies.
    Terms,
    /// The columns of all tables.
    Columns,
}

/// All tables: kinds that have entries, each followed by its table fields; none where there is no such kind.
pub(super) fn tables(site: &Site) -> Vec<Table> {
    let mut out = Vec::new();
    let schema = &site.public.schema;
    for (k, kind) in schema.kinds.iter_ids().filter(|(k, kind)| !kind.plain && site.count(*k, site.main()) > 0) {
        out.push(Table::Kind(k));
        for (f, _) in public_fields(&kind.fields).filter(|(_, field)| is_table(field)) {
            if records(site, k).iter().any(|i| site.entry(*i).value(f).is_some()) {
                out.push(Table::Rows(k, f));
            }
        }
    }
    let free = |name: &str| schema.kind(name).is_none();
    let exist = !out.is_empty();
    out.extend([Table::Terms, Table::Columns].into_iter().filter(|table| exist && free(&table.name(site))));
    out
}

/// Whether the portal has open data.
pub(in crate::html) fn exist(site: &Site) -> bool {
    let mut kinds = site.public.schema.kinds.iter_ids();
    kinds.any(|(k, kind)| !kind.plain && site.count(k, site.main()) > 0)
}

/// A table field whose rows are entries of a kind is told by that kind.
fn is_table(field: &FieldDef) -> bool {
    field.ty == FieldType::Table && field.entries.is_none()
}

/// The entries of a kind that its tables hold: the originals, in the order of the kind.
pub(super) fn records(site: &Site, k: KindId) -> &[EntryId] {
    &site.order[k][site.main()]
}

/// The vocabularies of the public fields that the tables show.
pub(super) fn vocabularies(site: &Site) -> Vec<&Vocabulary> {
    let mut used = BTreeSet::new();
    for table in tables(site) {
        let (Table::Kind(k) | Table::Rows(k, _)) = table else { continue };
        for (_, field) in public_fields(&site.public.schema.kinds[k].fields) {
            let columns = public_fields(&field.columns).map(|(_, column)| column);
            used.extend(std::iter::once(field).chain(columns).filter_map(|f| f.vocabulary.as_deref()));
        }
    }
    site.public.schema.vocabularies.values().filter(|v| used.contains(v.id.as_str())).collect()
}

impl Table {
    /// Name of the table and of its file.
    pub(super) fn name(self, site: &Site) -> String {
        let kinds = &site.public.schema.kinds;
        match self {
            Table::Kind(k) => kinds[k].id.clone(),
            Table::Rows(k, f) => format!("{}.{}", kinds[k].id, kinds[k].fields[f].id),
            Table::Terms => "vocabularies".into(),
            Table::Columns => "columns".into(),
        }
    }

    /// Address in the site.
    pub(super) fn path(self, site: &Site) -> String {
        format!("data/{}.csv", self.name(site))
    }

    /// Number of its lines without the first; `None` for tables about the others.
    pub(super) fn count(self, site: &Site) -> Option<usize> {
        match self {
            Table::Kind(k) => Some(records(site, k).len()),
            Table::Rows(k, f) => Some(records(site, k).iter().map(|i| rows(site, *i, f)).sum()),
            Table::Terms | Table::Columns => None,
        }
    }

    /// What it holds, in a language.
    pub(super) fn title(self, input: &Input<'_>, lang: Lang) -> String {
        let kinds = &input.site.public.schema.kinds;
        match self {
            Table::Kind(k) => kinds[k].plural().get(lang).to_owned(),
            Table::Rows(k, f) => format!("{}: {}", kinds[k].plural().get(lang), kinds[k].fields[f].label.get(lang)),
            Table::Terms => input.theme.words.word(lang, "data.terms").to_owned(),
            Table::Columns => input.theme.words.word(lang, "data.columns").to_owned(),
        }
    }

    /// Its columns.
    pub(super) fn columns(self, site: &Site) -> Vec<Column<'_>> {
        let kinds = &site.public.schema.kinds;
        let mut out = Columns::default();
        match self {
            Table::Kind(k) => {
                out.of_entry(site);
                out.of_fields(&kinds[k].fields);
            }
            Table::Rows(k, f) => {
                out.add("entry", "string", "data.column.entry", Cell::Id);
                out.add("row", "integer", "data.column.row", Cell::Row);
                out.add("illustrative", "boolean", "data.column.illustrative", Cell::Sample);
                out.add("licence", "string", "data.column.licence", Cell::Licence);
                out.of_fields(&kinds[k].fields[f].columns);
            }
            Table::Terms => {
                let names = ["vocabulary", "id", "parent", "value", "retired", "replaced_by"];
                let words = ["vocabulary", "id", "parent", "value", "retired", "replaced_by"].map(term_word);
                for (at, (name, word)) in names.into_iter().zip(words).enumerate() {
                    let ty = ["string", "string", "string", "number", "boolean", "string"][at];
                    out.add(name, ty, word, Cell::Own(at));
                }
                out.in_languages(site, &[("label", "data.column.label"), ("description", "data.column.summary")], 6);
            }
            Table::Columns => {
                let own = [
                    ("file", "data.column.table"),
                    ("column", "data.column.column"),
                    ("type", "data.column.type"),
                    ("vocabulary", "data.column.vocabulary"),
                    ("unit", "data.column.unit"),
                ];
                for (at, (name, word)) in own.into_iter().enumerate() {
                    out.add(name, "string", word, Cell::Own(at));
                }
                out.in_languages(site, &[("description", "data.column.summary")], 5);
            }
        }
        out.0
    }
}

fn term_word(name: &str) -> &'static str {
    match name {
        "vocabulary" => "data.column.vocabulary",
        "id" => "data.column.id",
        "parent" => "data.column.parent",
        "value" => "data.column.value",
        "retired" => "data.column.retired",
        _ => "data.column.replaced_by",
    }
}

/// The kind that a table belongs to.
pub(super) fn kind_of(site: &Site, table: Table) -> Option<&KindDef> {
    match table {
        Table::Kind(k) | Table::Rows(k, _) => Some(&site.public.schema.kinds[k]),
        Table::Terms | Table::Columns => None,
    }
}

/// Number of rows of a table field of an entry.
pub(super) fn rows(site: &Site, i: EntryId, f: usize) -> usize {
    match site.entry(i).value(f) {
        Some(Value::Table(rows)) => rows.len(),
        _ => 0,
    }
}
