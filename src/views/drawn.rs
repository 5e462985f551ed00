//! What charts and maps consist of, before it is HTML or print.

use crate::model::EntryId;

/// A number on a scale.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Mark {
    /// The number as people read it.
    pub text: String,
    /// Its place, in per cent of the scale.
    pub share: f64,
}

/// A row of a chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bar {
    /// Name.
    pub label: String,
    /// Entry that the name links to.
    pub target: Option<EntryId>,
    /// Whose number it is; may be empty.
    pub note: String,
    /// The number before.
    pub before: Option<Mark>,
    /// The number itself.
    pub value: Option<Mark>,
    /// The number aimed at.
    pub goal: Option<Mark>,
}

/// A line of a chart: a mark for every position of the axis that has a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    /// Name.
    pub label: String,
    /// Marks by position.
    pub marks: Vec<Option<Mark>>,
}

/// A chart: bars, or lines over positions.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Chart {
    /// Unit of its numbers; may be empty.
    pub unit: String,
    /// Zero, the middle where it is a round number, and the end of the scale.
    pub ticks: Vec<Mark>,
    /// Bars.
    pub bars: Vec<Bar>,
    /// Positions of the lines: name, place in per cent.
    pub positions: Vec<Mark>,
    /// Lines.
    pub lines: Vec<Line>,
}

/// A part of the map, with its places from north to south as the vocabulary has them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Region {
    /// Its name; empty where places have no region.
    pub label: String,
    /// Entries in it: one with two places counts once.
    pub count: usize,
    /// Its places.
    pub places: Vec<Place>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Place {
    /// Term.
    pub key: String,
    /// Name.
    pub label: String,
    /// Letters on the tile.
    pub mark: String,
    /// Column and row from 1.
    pub at: (u8, u8),
    /// Number of entries.
    pub count: usize,
    /// Depth of its colour: 0 for none, 1 to 4.
    pub step: u8,
}
