//! Charts as SVG: bars, lines, pairs of bars, flow diagrams. No script, no style; colours come from classes.
//!
//! Every chart stands beside the table of its numbers, which is its text equivalent; `title` and `desc` name it.

use super::block::Block;
use crate::markdown::{escape_attr, escape_text};
use crate::site::display::number;
use std::fmt::Write;

/// Width of every chart in user units; the page scales it.
const WIDTH: f64 = 640.0;
const LABELS: f64 = 220.0;
const BAR: f64 = 26.0;

/// The chart of a `bars` or `line` block; empty where there is nothing to draw.
pub fn of(block: &Block) -> String {
    match block.view.as_str() {
        "bars" => bars(block),
        "line" => lines(block),
        _ => String::new(),
    }
}

fn open(out: &mut String, block: &Block, class: &str, height: f64) {
    let mut title = String::new();
    escape_attr(&block.title, &mut title);
    let _ = write!(
        out,
        "<svg class=\"chart {class}\" role=\"img\" aria-label=\"{title}\" viewBox=\"0 0 {} {}\" xmlns=\"http://www.w3.org/2000/svg\">",
        round(WIDTH),
        round(height)
    );
}

fn round(n: f64) -> f64 {
    (n * 10.0).round() / 10.0
}

fn label(out: &mut String, class: &str, x: f64, y: f64, anchor: &str, text: &str) {
    let _ = write!(out, "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">", round(x), round(y));
    escape_text(text, out);
    out.push_str("</text>");
}

/// Shortens a label to the space beside a bar without cutting a cluster.
fn short(text: &str, characters: usize) -> String {
    crate::text::chars::truncate(text, characters).to_string()
}

fn bars(block: &Block) -> String {
    let values: Vec<f64> = block.rows.iter().map(|r| r.cells.first().and_then(|c| c.value).unwrap_or(0.0)).collect();
    let most = values.iter().copied().fold(0.0, f64::max);
    if most <= 0.0 {
        return String::new();
    }
    let mut out = String::new();
    open(&mut out, block, "bars", BAR * values.len() as f64 + 8.0);
    for (i, (row, value)) in block.rows.iter().zip(&values).enumerate() {
        let y = BAR * i as f64 + 4.0;
        let width = (WIDTH - LABELS - 60.0) * value / most;
        label(&mut out, "label", LABELS - 8.0, y + 16.0, "end", &short(&row.label, 29));
        let _ = write!(
            out,
            "<rect class=\"bar\" x=\"{LABELS}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            round(y + 3.0),
            round(width.max(1.0)),
            BAR - 8.0
        );
        label(&mut out, "value", LABELS + width + 6.0, y + 16.0, "start", &number(*value));
    }
    out.push_str("</svg>");
    out
}

/// Planned and achieved as two bars per row; rows without both numbers are left to the table.
pub fn pairs(block: &Block) -> String {
    let rows: Vec<(&str, f64, f64)> = block
        .rows
        .iter()
        .filter_map(|r| Some((r.label.as_str(), r.cells.first()?.value?, r.cells.get(1)?.value?)))
        .take(14)
        .collect();
    let most = rows.iter().flat_map(|(_, a, b)| [*a, *b]).fold(0.0, f64::max);
    if most <= 0.0 {
        return String::new();
    }
    let step = BAR + 12.0;
    let mut out = String::new();
    open(&mut out, block, "pairs", step * rows.len() as f64 + 30.0);
    for (i, (name, planned, achieved)) in rows.iter().enumerate() {
        let y = step * i as f64 + 4.0;
        label(&mut out, "label", LABELS - 8.0, y + 20.0, "end", &short(name, 29));
        for (class, value, at) in [("planned", planned, 4.0), ("achieved", achieved, 18.0)] {
            let width = (WIDTH - LABELS - 70.0) * value / most;
            let _ = write!(
                out,
                "<rect class=\"bar {class}\" x=\"{LABELS}\" y=\"{}\" width=\"{}\" height=\"11\"/>",
                round(y + at),
                round(width.max(1.0))
            );
            label(&mut out, "value", LABELS + width + 6.0, y + at + 10.0, "start", &number(*value));
        }
    }
    let foot = step * rows.len() as f64 + 20.0;
    let mut x = LABELS;
    for (class, column) in ["planned", "achieved"].iter().zip(&block.columns) {
        let _ = write!(
            out,
            "<rect class=\"bar {class}\" x=\"{}\" y=\"{}\" width=\"14\" height=\"11\"/>",
            round(x),
            round(foot - 10.0)
        );
        label(&mut out, "label", x + 20.0, foot, "start", &short(&column.label, 20));
        x += 180.0;
    }
    out.push_str("</svg>");
    out
}

fn lines(block: &Block) -> String {
    let count = block.rows.len();
    let values = |c: usize| -> Vec<f64> {
        block.rows.iter().map(|r| r.cells.get(c).and_then(|c| c.value).unwrap_or(0.0)).collect()
    };
    let most = (0..block.columns.len()).flat_map(values).fold(0.0, f64::max);
    if count < 2 || most <= 0.0 {
        return String::new();
    }
    let (left, right, top, bottom, height) = (40.0, 150.0, 30.0, 36.0, 240.0);
    let x = |i: usize| left + (WIDTH - left - right) * i as f64 / (count - 1) as f64;
    let y = |v: f64| height - bottom - (height - top - bottom) * v / most;
    let mut out = String::new();
    open(&mut out, block, "lines", height);
    let _ = write!(out, "<path class=\"axis\" d=\"M{left} {} H{}\"/>", round(y(0.0)), round(WIDTH - right));
    for (i, row) in block.rows.iter().enumerate() {
        label(&mut out, "label", x(i), height - 14.0, "middle", &short(&row.label, 20));
    }
    for (c, column) in block.columns.iter().enumerate() {
        let values = values(c);
        let points: Vec<String> =
            values.iter().enumerate().map(|(i, v)| format!("{} {}", round(x(i)), round(y(*v)))).collect();
        let _ = write!(out, "<path class=\"line s{}\" d=\"M{}\"/>", c % 6, points.join(" L"));
        for (i, v) in values.iter().enumerate() {
            let _ = write!(
                out,
                "<circle class=\"dot s{}\" cx=\"{}\" cy=\"{}\" r=\"3.5\"/>",
                c % 6,
                round(x(i)),
                round(y(*v))
            );
            if block.columns.len() == 1 {
                label(&mut out, "value", x(i), y(*v) - 8.0, "middle", &number(*v));
            }
        }
        if let Some(last) = values.last() {
            label(&mut out, "label", WIDTH - right + 10.0, y(*last) + 4.0, "start", &short(&column.label, 22));
        }
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::block::{Block, Cell, Column, Row};

    fn block(view: &str, numbers: &[f64]) -> Block {
        let rows = numbers
            .iter()
            .enumerate()
            .map(|(i, n)| Row { label: format!("<{i}>"), target: None, cells: vec![Cell::number(*n)] })
            .collect();
        Block {
            view: view.into(), title: "\"ชื่อ\"".into(), columns: vec![Column::default()], rows, ..Block::default()
        }
    }

    #[test]
    fn charts_escape_text_and_carry_no_style() {
        for view in ["bars", "line"] {
            let svg = of(&block(view, &[1.0, 3.0]));
            assert!(svg.contains("&lt;0&gt;") && !svg.contains("style=") && svg.ends_with("</svg>"), "{svg}");
            assert!(svg.contains("aria-label=\"&quot;ชื่อ&quot;\""), "{svg}");
        }
        assert_eq!(of(&block("bars", &[0.0])), "");
        assert_eq!(of(&block("line", &[2.0])), "");
    }

    #[test]
    fn the_longest_bar_belongs_to_the_greatest_number() {
        let svg = of(&block("bars", &[1.0, 2.0]));
        assert!(svg.contains("width=\"180\"") && svg.contains("width=\"360\""), "{svg}");
    }
}
