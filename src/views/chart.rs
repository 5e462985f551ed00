//! Charts as numbers: bars with marks, pairs of numbers, lines. Nothing is drawn here: the theme's templates draw them
//! in HTML at the reader's width, print in Typst.
//!
//! One chart has one unit and one scale, which begins at zero. Numbers of another unit make another chart; negative
//! numbers make none and stay in their table.

use super::block::Block;
use super::drawn::{Bar, Chart, Line, Mark};
use super::units::whole_of;
use crate::model::{EntryId, Lang};
use crate::site::display::number;

/// What one row of a chart is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Datum {
    /// Name of the row.
    pub label: String,
    /// Entry that the name links to.
    pub target: Option<EntryId>,
    /// Whose number it is; may be empty.
    pub note: String,
    /// Unit of all its numbers.
    pub unit: String,
    /// The number before.
    pub before: Option<f64>,
    /// The number itself.
    pub value: Option<f64>,
    /// The number aimed at.
    pub goal: Option<f64>,
}

/// Rows of bars: a chart for each unit, in the order of their first rows. Rows without a number of their own are left
/// to the table.
pub(crate) fn bars(data: &[Datum], lang: Lang) -> Vec<Chart> {
    let mut units: Vec<&str> = Vec::new();
    for datum in data.iter().filter(|d| d.value.is_some()) {
        if !units.contains(&datum.unit.as_str()) {
            units.push(&datum.unit);
        }
    }
    units.into_iter().filter_map(|unit| chart_of(unit, data, lang)).collect()
}

fn chart_of(unit: &str, data: &[Datum], lang: Lang) -> Option<Chart> {
    let own: Vec<&Datum> = data.iter().filter(|d| d.unit == unit && d.value.is_some()).collect();
    let numbers = own.iter().flat_map(|d| [d.before, d.value, d.goal]).flatten();
    let scale = Scale::new(numbers, whole_of(unit), lang)?;
    let bars = own.into_iter().map(|d| Bar {
        label: d.label.clone(),
        target: d.target,
        note: d.note.clone(),
        before: d.before.map(|n| scale.mark(n)),
        value: d.value.map(|n| scale.mark(n)),
        goal: d.goal.map(|n| scale.mark(n)),
    });
    Some(Chart { unit: unit.to_owned(), ticks: scale.ticks(), bars: bars.collect(), ..Chart::default() })
}

/// The chart of a `bars` or `line` block. Two positions are no line: they are two numbers for each series.
pub(crate) fn of(block: &Block, lang: Lang) -> Vec<Chart> {
    let value = |row: usize, column: usize| block.rows.get(row).and_then(|r| r.cells.get(column)).and_then(|c| c.value);
    match (block.view.as_str(), block.rows.len()) {
        ("bars", _) => {
            let data = block.rows.iter().enumerate().map(|(r, row)| Datum {
                label: row.label.clone(),
                target: row.target,
                value: value(r, 0),
                ..Datum::default()
            });
            bars(&data.collect::<Vec<_>>(), lang)
        }
        ("line", 2) => {
            let years = format!("{} → {}", block.rows[0].label, block.rows[1].label);
            let data = block.columns.iter().enumerate().map(|(c, column)| Datum {
                label: column.label.clone(),
                target: column.target,
                note: years.clone(),
                before: value(0, c),
                value: value(1, c),
                ..Datum::default()
            });
            bars(&data.collect::<Vec<_>>(), lang)
        }
        ("line", 3..) => lines(block, lang).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn lines(block: &Block, lang: Lang) -> Option<Chart> {
    let values = |c: usize| block.rows.iter().map(move |r| r.cells.get(c).and_then(|cell| cell.value));
    let scale = Scale::new((0..block.columns.len()).flat_map(values).flatten(), None, lang)?;
    let last = (block.rows.len() - 1) as f64;
    let positions = block
        .rows
        .iter()
        .enumerate()
        .map(|(i, r)| Mark { text: r.label.clone(), share: round(i as f64 / last * 100.0) });
    let lines = block.columns.iter().enumerate().map(|(c, column)| Line {
        label: column.label.clone(),
        marks: values(c).map(|n| n.map(|n| scale.mark(n))).collect(),
    });
    Some(Chart { ticks: scale.ticks(), positions: positions.collect(), lines: lines.collect(), ..Chart::default() })
}

/// A scale from zero to a round number, or to the whole of which the numbers are parts.
struct Scale {
    top: f64,
    whole: bool,
    lang: Lang,
}

impl Scale {
    /// Nothing where there is nothing to show, or a number below zero.
    fn new(numbers: impl Iterator<Item = f64>, of: Option<f64>, lang: Lang) -> Option<Scale> {
        let (mut most, mut whole) = (0.0_f64, true);
        for n in numbers {
            if n < 0.0 || !n.is_finite() {
                return None;
            }
            most = most.max(n);
            whole &= n.fract() == 0.0;
        }
        if most <= 0.0 {
            return None;
        }
        let top = of.filter(|of| most <= *of).unwrap_or_else(|| above(most, whole));
        Some(Scale { top, whole, lang })
    }

    fn mark(&self, n: f64) -> Mark {
        Mark { text: number(n, self.lang), share: round(n / self.top * 100.0) }
    }

    /// Whole numbers are counted: their axis has no half.
    fn ticks(&self) -> Vec<Mark> {
        let middle = self.top / 2.0;
        let with_middle = !self.whole || middle.fract() == 0.0;
        [Some(0.0), with_middle.then_some(middle), Some(self.top)].into_iter().flatten().map(|n| self.mark(n)).collect()
    }
}

/// The least round number (1, 2, 2.5, 4, 5, 6, 8 or 10 times a power of ten) that is not below a number.
fn above(n: f64, whole: bool) -> f64 {
    let power = 10.0_f64.powf(n.log10().floor());
    let steps = [1.0, 2.0, 2.5, 4.0, 5.0, 6.0, 8.0, 10.0].into_iter().map(|step| step * power);
    steps.filter(|s| !whole || s.fract() == 0.0).find(|s| *s >= n).unwrap_or(10.0 * power)
}

fn round(n: f64) -> f64 {
    (n * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::block::{Cell, Column, Row};

    fn block(view: &str, numbers: &[f64]) -> Block {
        let rows = numbers.iter().enumerate();
        let rows =
            rows.map(|(i, n)| Row { label: i.to_string(), target: None, cells: vec![Cell::number(*n, Lang::TH)] });
        Block { view: view.into(), columns: vec![Column::default()], rows: rows.collect(), ..Block::default() }
    }

    fn texts(marks: &[Mark]) -> Vec<&str> {
        marks.iter().map(|m| m.text.as_str()).collect()
    }

    #[test]
    fn bars_share_one_scale_from_zero() {
        let made = of(&block("bars", &[1.0, 3.0]), Lang::TH);
        let shares: Vec<f64> = made[0].bars.iter().map(|b| b.value.as_ref().unwrap().share).collect();
        assert_eq!(shares, [25.0, 75.0]);
        assert_eq!(texts(&made[0].ticks), ["0", "2", "4"]);
        assert!(
            of(&block("bars", &[0.0]), Lang::TH).is_empty() && of(&block("bars", &[-1.0, 3.0]), Lang::TH).is_empty()
        );
    }

    #[test]
    fn counts_have_no_half_on_their_axis() {
        assert_eq!(texts(&of(&block("bars", &[1.0]), Lang::TH)[0].ticks), ["0", "1"]);
        assert_eq!(texts(&of(&block("bars", &[4.5]), Lang::TH)[0].ticks), ["0", "2.5", "5"]);
    }

    #[test]
    fn each_unit_is_a_chart_of_its_own() {
        let datum = |unit: &str, value| Datum { unit: unit.into(), value: Some(value), ..Datum::default() };
        let made = bars(&[datum("ร้อยละ", 69.0), datum("คำต่อนาที", 240.0), datum("ร้อยละ", 44.0)], Lang::TH);
        assert_eq!(
            made.iter().map(|c| (c.unit.as_str(), c.bars.len())).collect::<Vec<_>>(),
            [("ร้อยละ", 2), ("คำต่อนาที", 1)]
        );
        assert_eq!(texts(&made[0].ticks), ["0", "50", "100"]);
        assert_eq!(made[0].bars[0].value.as_ref().unwrap().share, 69.0);
    }

    #[test]
    fn parts_of_a_whole_are_drawn_on_a_scale_that_ends_at_it() {
        let ends = |unit: &str, n| {
            let made = bars(&[Datum { unit: unit.into(), value: Some(n), ..Datum::default() }], Lang::TH);
            (made[0].bars[0].value.as_ref().unwrap().share, made[0].ticks.last().unwrap().text.clone())
        };
        assert_eq!(ends("ฉบับ จาก 8 ฉบับ", 6.0), (75.0, "8".to_owned()));
        assert_eq!(ends("ข้อ จาก ๖ ข้อ", 3.0), (50.0, "6".to_owned()));
        assert_eq!(ends("of 40 words", 10.0), (25.0, "40".to_owned()));
        // More than the whole, or no whole, is a scale of its own.
        assert_eq!(ends("ฉบับ จาก 8 ฉบับ", 9.0).1, "10");
        assert_eq!(ends("จากเดิม", 3.0).1, "4");
    }

    #[test]
    fn two_positions_are_two_numbers_and_more_are_a_line() {
        let two = of(&block("line", &[2.0, 4.0]), Lang::TH);
        assert_eq!(two[0].bars[0].before.as_ref().unwrap().share, 50.0);
        assert_eq!(two[0].bars[0].note, "0 → 1");
        let three = of(&block("line", &[0.0, 2.0, 4.0]), Lang::TH);
        assert_eq!(texts(&three[0].positions), ["0", "1", "2"]);
        assert_eq!(three[0].lines[0].marks[1].as_ref().unwrap().share, 50.0);
        assert!(of(&block("line", &[2.0]), Lang::TH).is_empty());
    }
}
