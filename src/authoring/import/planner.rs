//! What rows are planned with, and what becomes of them.

use super::doubts::Doubts;
use super::map::{Column, ImportMap};
use super::report::Refusal;
use crate::authoring::assemble::Assembled;
use crate::authoring::convert::{Cell, Converter};
use crate::authoring::draft::{Draft, Naming};
use crate::model::{KindId, Label, Portal};
use std::collections::BTreeMap;

/// An entry that is to be written.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Row in the table, from 1.
    pub row: usize,
    /// Hash of the cells that distinguish the row.
    pub key: String,
    /// Whether it is a column that tells rows apart, and not the title alone.
    pub sure: bool,
    /// What is written.
    pub draft: Draft,
    /// The whole text of the file.
    pub text: String,
}

/// A row whose cells have been converted.
pub(super) struct Reading<'c> {
    pub(super) number: usize,
    pub(super) cells: &'c [Cell],
    pub(super) made: Assembled,
    /// Cells that could not be taken.
    pub(super) failures: Vec<Refusal>,
    pub(super) key: String,
    pub(super) sure: bool,
}

/// A row as it was read.
pub(super) struct Read {
    pub(super) entry: Option<Planned>,
    /// Taken as a draft although something is missing.
    pub(super) unfinished: bool,
    /// Values that were left out.
    pub(super) dropped: usize,
    pub(super) refusals: Vec<Refusal>,
}

/// What every row is read with.
pub(super) struct Planner<'a> {
    pub(super) portal: &'a Portal,
    pub(super) kind: KindId,
    pub(super) map: &'a ImportMap,
    pub(super) columns: &'a [Column],
    pub(super) converter: Converter<'a>,
    /// Ids of earlier imports by key.
    pub(super) known: BTreeMap<&'a str, &'a str>,
    pub(super) naming: Naming<'a>,
    pub(super) drafts: bool,
    /// Which cells can be read in two ways.
    pub(super) doubts: Doubts,
}

/// The finding that another row has the same id, or nothing that tells the two apart.
pub(super) fn same_id(row: usize, id: Option<&String>, first: usize) -> Refusal {
    let message = match id {
        Some(id) => {
            Label::new(format!("ได้รหัส {id} ซ้ำกับแถว {first}"), format!("the id {id} is that of row {first} already"))
        }
        None => Label::new(
            format!("เป็นรายการเดียวกับแถว {first} เพราะชื่อเรื่องหรือคอลัมน์ที่แยกแถวเหมือนกัน"),
            format!("is the same as row {first}: title, or the columns that tell rows apart, are alike"),
        ),
    };
    Refusal::of_row(
        row,
        message,
        Some(Label::new(
            "ถ้าเป็นคนละเรื่อง ใส่คอลัมน์ id หรือบอก key ในแผนที่คอลัมน์ว่าคอลัมน์ใดแยกแถวได้",
            "if they differ, add a column `id`, or name in the map's `key` the columns that tell rows apart",
        )),
    )
}
