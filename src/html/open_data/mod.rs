//! Open data: tables (CSV), whole entries (JSON), what describes them for programs and for catalogues, and what the
//! page of open data says. Everything comes from the public site; fields are known by type and role alone.

mod catalog;
mod cells;
mod columns;
mod formula;
mod json;
mod package;
mod sheet;
mod tables;
mod terms;
mod view;

pub(super) use catalog::datasets;
pub(super) use formula::safe_cell;
pub(super) use tables::exist;
pub(super) use view::view;

use super::input::Input;
use crate::model::KindId;
use tables::Table;

/// A file of open data.
#[derive(Debug, Clone, Copy)]
pub(super) enum File {
    /// A table as CSV.
    Csv(Table),
    /// The entries of a kind as JSON.
    Json(KindId),
    /// The description of all tables: a Frictionless Data Package.
    Package,
    /// The entry of the portal in a catalogue of data: DCAT and schema.org.
    Catalog,
    /// The vocabularies as SKOS.
    Terms,
}

/// The files about all tables: address, and key of the word that says what it is.
pub(super) const ABOUT: [(&str, &str); 3] =
    [(package::PATH, "data.package"), (catalog::PATH, "data.catalog"), (terms::PATH, "data.skos")];

/// The files, each below `data/`; none where the portal has no kind with entries.
pub(super) fn paths(input: &Input<'_>) -> Vec<(String, File)> {
    let site = input.site;
    let tables = tables::tables(site);
    let mut out = Vec::new();
    for table in &tables {
        out.push((table.path(site), File::Csv(*table)));
        if let Table::Kind(k) = table {
            out.push((format!("data/{}.json", site.public.schema.kinds[*k].id), File::Json(*k)));
        }
    }
    if !tables.is_empty() {
        out.push((package::PATH.into(), File::Package));
        out.push((catalog::PATH.into(), File::Catalog));
        out.push((terms::PATH.into(), File::Terms));
    }
    out
}

/// The bytes of a file.
pub(super) fn make(input: &Input<'_>, file: File) -> Vec<u8> {
    match file {
        File::Csv(table) => sheet::csv(input, table),
        File::Json(k) => json::entries(input.site, k),
        File::Package => text(&package::package(input)),
        File::Catalog => text(&catalog::catalog(input)),
        File::Terms => text(&terms::terms(input.site)),
    }
}

fn text(value: &serde_json::Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}
