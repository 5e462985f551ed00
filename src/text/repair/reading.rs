//! What a reading of a line is: the costs, the freedoms and the choices.

use super::cells::Marks;

/// Costs in bits.
pub(super) mod cost {
    /// A cell that belongs to no known word.
    pub(crate) const UNKNOWN: u32 = 12;
    /// A letter with marks that it cannot carry.
    pub(crate) const ILLEGAL: u32 = 16;
    /// Each word, so that one long word beats two short ones.
    pub(crate) const WORD: u32 = 2;
    /// Taking back a mark that cannot stand where it is.
    pub(crate) const TAKE_BAD: u32 = 1;
    /// Joining over a space that the damage made.
    pub(crate) const CHEAP_SPACE: u32 = 2;
    /// Writing a mark once that occurs twice.
    pub(crate) const DOUBLED: u32 = 5;
    /// Reading a split sara am as sara aa: without and with a tone mark.
    pub(crate) const AA: [u32; 2] = [5, 1];
    /// Reading a split sara am as sara am under a tone mark.
    pub(crate) const AM_TONE: u32 = 2;
}

/// What a reading may do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Freedom {
    /// Cost of taking back a mark that could stand where it is; `None` forbids.
    pub take: Option<u32>,
    /// Cost of joining over an ordinary space; `None` forbids it.
    pub space: Option<u32>,
}

/// What a reading does with one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Choice {
    /// Index of the cell.
    pub cell: usize,
    /// Marks of the next cell that this one takes back (bit set).
    pub take: u8,
    /// The base to write.
    pub base: char,
    /// The cell is a space inside a word and goes.
    pub joined: bool,
    /// The cell belongs to a known word.
    pub known: bool,
}

/// The cheapest reading of a line.
#[derive(Debug)]
pub(super) struct Reading {
    /// One choice per cell that is not gone.
    pub choices: Vec<Choice>,
    /// Places where words meet: (cell, marks of it taken back, cost so far).
    pub joints: Vec<(usize, u8, u32)>,
}

/// Takes a way onward: next cell, marks of it taken back, cost, choices made.
pub(super) type Visit<'v> = dyn FnMut(usize, u8, u32, &[Choice]) + 'v;

/// Marks that fit: sorted, without doubles, and how many doubles were dropped.
pub(super) fn undouble(mut marks: Marks) -> (Marks, u32) {
    let dropped = marks.dedup();
    (marks, dropped)
}
