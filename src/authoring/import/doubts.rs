//! Cells that can be read in two ways, as other cells of their column show: they are refused, not guessed.

use crate::authoring::Reason;
use crate::authoring::convert::Cell;
use crate::authoring::target::{RESERVED, Target, field_of};
use crate::content::words::{bare, is_cross, number, number_hint, tells_crosses_apart};
use crate::model::{FieldType, KindDef, Label};
use crate::text::digits::to_arabic;
use std::collections::HashSet;

/// Columns, from 1, in which a cell may mean two things.
pub(super) struct Doubts {
    /// Their numbers have decimal commas.
    commas: HashSet<usize>,
    /// Their dates begin with the month.
    months: HashSet<usize>,
    /// They have ticks or other words for yes, beside which a cross may be no.
    ticks: HashSet<usize>,
}

impl Doubts {
    /// What the rows of a table leave open.
    pub(super) fn of(rows: &[(usize, Vec<Cell>)]) -> Doubts {
        let with = |is_so: fn(&Cell) -> bool| {
            let cells = rows.iter().flat_map(|(_, cells)| cells.iter().enumerate());
            cells.filter(|(_, cell)| is_so(cell)).map(|(column, _)| column + 1).collect()
        };
        let ticks = with(|cell| tells_crosses_apart(&cell.text()));
        Doubts { commas: with(has_decimal_comma), months: with(has_month_first), ticks }
    }

    /// Why a cell cannot be taken for its target, if it can be read in two ways.
    pub(super) fn about(&self, kind: &KindDef, (target, cell, column): &(Target, Cell, usize)) -> Option<Reason> {
        let ty = match target {
            Target::Reserved(i) => RESERVED[*i].field().ty,
            target => field_of(kind, target)?.ty,
        };
        let text = cell.text();
        match ty {
            FieldType::Date if self.months.contains(column) && may_begin_with_month(cell) => Some(two_dates(&text)),
            FieldType::Bool if self.ticks.contains(column) && is_cross(&text) => Some(two_answers(&text)),
            ty if ty.is_number() && self.commas.contains(column) => {
                matches!(cell, Cell::Text(text) if may_have_thousands(text)).then(|| two_numbers(&text))
            }
            _ => None,
        }
    }
}

/// Whether a number has a decimal comma.
fn has_decimal_comma(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if number_hint(text).is_some() && number(bare(text)).is_none())
}

/// Whether a date can only be month, day and year: `8/15/2023`.
fn has_month_first(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if day_and_month(text).is_some_and(|(day, month)| day <= 12 && month > 12))
}

/// The first two numbers of a date in figures, the year being the last: `8/15/2023 10:30`.
fn day_and_month(text: &str) -> Option<(u32, u32)> {
    let date = text.split([' ', ',', 'T']).next()?;
    let parts: Vec<&str> = date.split(['/', '-', '.']).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let figures = |text: &str| to_arabic(text).parse::<u32>().ok();
    figures(year).filter(|_| day.chars().count() <= 2)?;
    Some((figures(day)?, figures(month)?))
}

/// Whether the point of a number may part thousands.
fn may_have_thousands(text: &str) -> bool {
    let mut groups = bare(text).split('.');
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.chars().all(|c| c.is_ascii_digit() || ('๐'..='๙').contains(&c));
    (1..=3).contains(&first.chars().count())
        && bare(text).contains('.')
        && digits(first)
        && groups.all(|group| group.chars().count() == 3 && digits(group))
}

/// Whether a date may be day and month or month and day. A spreadsheet has read some dates of such a column itself, its
/// own way.
fn may_begin_with_month(cell: &Cell) -> bool {
    let either = |(day, month): (u32, u32)| day <= 12 && month <= 12 && day != month;
    match cell {
        Cell::Date(date, _) => either((date.day.into(), date.month.into())),
        cell => day_and_month(&cell.text()).is_some_and(either),
    }
}

fn two_dates(text: &str) -> Reason {
    Reason::new(
        format!("“{text}” อ่านได้สองอย่าง เพราะคอลัมน์นี้มีวันที่ที่เขียนเดือนก่อนวัน"),
        format!("`{text}` can be read in two ways, because the column has dates that begin with the month"),
    )
    .maybe_hint(Some(Label::new(
        "เขียนปีก่อน เช่น 2566-02-01 ทั้งคอลัมน์",
        "write the year first in the whole column: 2023-02-01",
    )))
}

fn two_numbers(text: &str) -> Reason {
    let whole: String = text.chars().filter(|c| *c != '.').collect();
    Reason::new(
        format!("“{text}” อ่านได้สองอย่าง เพราะคอลัมน์นี้มีจุลภาคเป็นจุดทศนิยม"),
        format!("`{text}` can be read in two ways, because the column has decimal commas"),
    )
    .maybe_hint(Some(Label::new(
        format!("ถ้าจุดคั่นหลักพัน เขียน {whole} และเปลี่ยนจุลภาคในคอลัมน์เป็นจุด"),
        format!("if the point parts thousands write {whole}, and points for the commas of the column"),
    )))
}

fn two_answers(text: &str) -> Reason {
    Reason::new(
        format!("“{text}” อ่านได้สองอย่าง เพราะคอลัมน์นี้มีคำหรือเครื่องหมายอื่นที่แปลว่าใช่ หรือมี ✗"),
        format!("`{text}` can be read in two ways, because the column also has other signs or words for yes, or ✗"),
    )
    .maybe_hint(Some(Label::new("เขียน “ใช่” หรือ “ไม่” แทนกากบาท", "write yes or no for the crosses")))
}
