//! How data is drawn: charts of tables and places on a map.

use super::lang::Label;
use serde::Deserialize;

/// How a table is drawn: its columns by what they mean. With `when` it is a time line, else bars of `value`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChartDef {
    /// Columns that name a row; of several, those that are filled in.
    pub label: Vec<String>,
    /// Column of the number.
    pub value: Option<String>,
    /// Column of the number before.
    pub before: Option<String>,
    /// Column of the number aimed at.
    pub goal: Option<String>,
    /// Column of the unit; without it the unit of the number's own column.
    pub unit: Option<String>,
    /// Column that says when a row happens.
    pub when: Option<String>,
}

impl ChartDef {
    /// Every column that it names.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        let single = [&self.value, &self.before, &self.goal, &self.unit, &self.when];
        self.label.iter().map(String::as_str).chain(single.into_iter().filter_map(|name| name.as_deref()))
    }
}

/// A place on a map of equal tiles.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    /// Column from 1, from the west.
    pub column: u8,
    /// Row from 1, from the north.
    pub row: u8,
    /// One to three letters that name the place on its tile.
    pub mark: Label,
}
