//! A table and the map that says what its rows become, as they are written.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Label, SourceFile, Span};
use indexmap::IndexMap;
use serde::Deserialize;

/// A table whose rows become entries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableMap {
    /// The CSV file, relative to this one.
    pub(super) file: String,
    /// Where the table comes from; for people.
    #[serde(default, rename = "source")]
    pub(super) _source: String,
    /// What rows become; several may add to one entry.
    pub(super) entries: Vec<Block>,
}

/// How rows become entries of one kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    /// Kind of the entries.
    pub(super) kind: String,
    /// Id of a row's entry, with `{column}` for a cell.
    pub(super) id: String,
    /// Columns and what they must hold for a row to count.
    #[serde(default)]
    pub(super) when: IndexMap<String, String>,
    /// Title, with `{column}` for a cell.
    #[serde(default)]
    pub(super) title: Option<String>,
    /// Fields and their values, with `{column}` for a cell; an empty cell sets nothing.
    #[serde(default)]
    pub(super) set: IndexMap<String, toml::Value>,
    /// Fields to whose lists a value is added, with `{column}` for a cell.
    #[serde(default)]
    pub(super) append: IndexMap<String, String>,
}

impl Block {
    /// Whether a row becomes an entry of the block.
    pub(super) fn counts<'r>(&self, cell: &dyn Fn(&str) -> &'r str) -> bool {
        self.when.iter().all(|(column, value)| cell(column) == value)
    }

    /// Names of the columns that the block takes values from or looks at.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.shown().chain(self.when.keys().map(String::as_str))
    }

    /// Names of the columns that the block takes values from.
    pub(super) fn shown(&self) -> impl Iterator<Item = &str> {
        let set = self.set.values().filter_map(|v| v.as_str());
        let patterns = set.chain(self.append.values().map(String::as_str)).chain([self.id.as_str()]);
        patterns.chain(self.title.as_deref()).flat_map(placeholders)
    }

    /// Whether the block takes from a column what decides whether its entries are published.
    pub(super) fn decides_by(&self, column: &str) -> bool {
        let patterns = ["visibility", "draft"].into_iter().filter_map(|key| self.set.get(key)?.as_str());
        patterns.flat_map(placeholders).any(|own| own == column)
    }

    /// Whether the block says of all its entries whether they are published.
    pub(super) fn says_of_all(&self) -> bool {
        let said = self.set.get("visibility").and_then(|value| value.as_str()).unwrap_or("").trim();
        ["public", "internal"].iter().any(|word| said.eq_ignore_ascii_case(word))
    }
}

/// A table: its head, and its rows with their places.
pub(super) struct Rows {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<(Span, Vec<String>)>,
}

impl Rows {
    /// The cell of a row in a column; empty where there is none.
    pub(super) fn cell<'r>(&self, cells: &'r [String], column: &str) -> &'r str {
        self.columns.iter().position(|c| c == column).map_or("", |i| cells[i].as_str())
    }
}

pub(super) fn rows(source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<Rows> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source.text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|h| h.trim().to_string()).collect(),
        Err(error) => {
            diagnostics.push(Diagnostic::new(Code::BadTable, &source.path, error.to_string(), error.to_string()));
            return None;
        }
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                diagnostics.push(Diagnostic::new(Code::BadTable, &source.path, error.to_string(), error.to_string()));
                continue;
            }
        };
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let line = source.text[start..].trim_start_matches(['\r', '\n']);
        let start = source.text.len() - line.len();
        let span = Span::new(start, start + line.find('\n').unwrap_or(line.len()));
        if record.len() != columns.len() {
            let (found, wanted) = (record.len(), columns.len());
            diagnostics.push(Diagnostic::at(
                Code::BadTable,
                source,
                span,
                format!("แถวมี {found} ช่อง แต่หัวตารางมี {wanted}"),
                format!("the row has {found} cells, the header {wanted}"),
            ));
            continue;
        }
        rows.push((span, record.iter().map(|cell| cell.trim().to_string()).collect()));
    }
    Some(Rows { columns, rows })
}

/// Column names in a pattern such as `of-{office_no}`.
pub(super) fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// Fills a pattern; `None` where it has placeholders and all of them are empty.
pub(super) fn fill<'a>(pattern: &str, cell: &dyn Fn(&str) -> &'a str) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    let (mut any, mut filled) = (false, false);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        let value = cell(name);
        any = true;
        filled |= !value.is_empty();
        out.push_str(before);
        out.push_str(value);
        rest = tail;
    }
    out.push_str(rest);
    (!any || filled).then_some(out)
}

/// A finding about a word of a map.
pub(super) fn misfit(map: &SourceFile, needle: &str, th: &str, en: &str, hint: Option<Label>) -> Diagnostic {
    let at = map.text.find(needle).unwrap_or(0);
    Diagnostic::at(Code::BadTableMap, map, Span::new(at, at + needle.len()), th, en).maybe_hint(hint)
}
