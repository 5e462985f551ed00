//! Flow diagrams: boxes and arrows from two tables of an entry, as SVG.
//!
//! The tables are known by their columns: boxes have `id` and `label` (and `group`), arrows `from` and `to` (and `label`).
//! No script and no style: the theme's sheet gives colours by class.

use super::layers::{Layers, layers};
use super::{select, wrap};
use crate::markdown::{escape_attr, escape_text};
use crate::model::schema::KindDef;
use crate::model::{Entry, Value};
use std::fmt::Write;

/// A box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Id that edges name.
    pub id: String,
    /// Text.
    pub label: String,
    /// Group, shown over the text; may be empty.
    pub group: String,
}

/// An arrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    /// Id of the box it leaves.
    pub from: String,
    /// Id of the box it reaches.
    pub to: String,
    /// Text beside it; may be empty.
    pub label: String,
}

const FONT: f64 = 14.0;
const SMALL: f64 = 12.0;
const LINE: f64 = 20.0;
const BOX: f64 = 120.0;
const PAD: f64 = 8.0;
const GAP: f64 = 28.0;
const LABEL: f64 = 62.0;
const PORT: f64 = 22.0;
const BETWEEN: f64 = 14.0;
const BEND: f64 = 12.0;

/// The diagram of these fields of an entry; empty where they hold no boxes.
pub fn of(kind: &KindDef, entry: &Entry, fields: &[usize]) -> String {
    let table = |needed: [&str; 2], third: &str| -> Vec<[String; 3]> {
        let column = |f: usize, id: &str| kind.fields[f].columns.iter().position(|c| c.id == id);
        let Some(&f) = fields.iter().find(|f| needed.iter().all(|id| column(**f, id).is_some())) else {
            return Vec::new();
        };
        let at = [needed[0], needed[1], third].map(|id| column(f, id));
        let read = |row, at: Option<usize>| match at.map(|at| select::cell(row, at)).unwrap_or_default().first() {
            Some(Value::Text(text) | Value::Markdown(text)) => text.clone(),
            _ => String::new(),
        };
        select::rows(entry, f).iter().map(|row| at.map(|at| read(row, at))).collect()
    };
    let nodes = table(["id", "label"], "group").into_iter().map(|[id, label, group]| Node { id, label, group });
    let edges = table(["from", "to"], "label").into_iter().map(|[from, to, label]| Edge { from, to, label });
    let (nodes, edges): (Vec<Node>, Vec<Edge>) = (nodes.collect(), edges.collect());
    svg(&nodes, &edges, &entry.title)
}

/// Draws boxes and arrows; edges that name no box are left out.
pub fn svg(nodes: &[Node], edges: &[Edge], title: &str) -> String {
    if nodes.is_empty() {
        return String::new();
    }
    let place = |id: &str| nodes.iter().position(|n| n.id == id);
    let known: Vec<(&Edge, (usize, usize))> =
        edges.iter().filter_map(|e| Some((e, (place(&e.from)?, place(&e.to)?)))).collect();
    let groups: Vec<&str> = nodes.iter().map(|n| n.group.as_str()).collect();
    let layers = layers(&groups, &known.iter().map(|k| k.1).collect::<Vec<_>>());
    let labels: Vec<&str> = known.iter().map(|k| k.0.label.as_str()).collect();
    let drawing = Drawing::new(nodes, &layers, &labels);
    let mut name = String::new();
    escape_attr(title, &mut name);
    let mut out = format!(
        "<svg class=\"chart flow\" role=\"img\" aria-label=\"{name}\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" xmlns=\"http://www.w3.org/2000/svg\">",
        round(drawing.width),
        round(drawing.height),
        round(drawing.width),
        round(drawing.height)
    );
    drawing.edges(&mut out);
    drawing.boxes(&mut out);
    drawing.labels(&mut out);
    out.push_str("</svg>");
    out
}

struct Drawing<'a> {
    nodes: &'a [Node],
    layers: &'a Layers,
    labels: &'a [&'a str],
    /// Per unit: left, top, height.
    at: Vec<(f64, f64, f64)>,
    width: f64,
    height: f64,
}

impl<'a> Drawing<'a> {
    fn new(nodes: &'a [Node], layers: &'a Layers, labels: &'a [&'a str]) -> Self {
        let heights: Vec<f64> = layers.units.iter().map(|u| height(nodes, &u.nodes)).collect();
        let column_height = |column: &[usize]| {
            column.iter().map(|u| heights[*u]).sum::<f64>() + BETWEEN * column.len().saturating_sub(1) as f64
        };
        let most = layers.columns.iter().map(|c| column_height(c)).fold(0.0, f64::max);
        let mut at = vec![(0.0, 0.0, 0.0); layers.units.len()];
        let mut x = 2.0;
        for (i, column) in layers.columns.iter().enumerate() {
            let mut y = 2.0 + (most - column_height(column)) / 2.0;
            for unit in column {
                at[*unit] = (x, y, heights[*unit]);
                y += heights[*unit] + BETWEEN;
            }
            // An arrow's text stands over its first part.
            let text = layers.links.iter().filter(|l| column.contains(&l.path[0]));
            let text =
                text.flat_map(|l| wrap::lines(labels[l.edge], LABEL / SMALL)).map(|l| wrap::width(&l) * SMALL + 8.0);
            x += BOX + GAP + text.fold(0.0, f64::max);
            if i + 1 == layers.columns.len() {
                x += 2.0 - GAP;
            }
        }
        Drawing { nodes, layers, labels, at, width: x, height: most + 4.0 }
    }

    /// Left and right end of a unit at its middle.
    fn ends(&self, unit: usize) -> ((f64, f64), (f64, f64)) {
        let (x, y, height) = self.at[unit];
        let middle = y + height / 2.0;
        ((x, middle), (x + BOX, middle))
    }

    /// Where a link leaves its first unit: several links leave one below the other, in the order of their targets.
    fn start(&self, link: usize) -> (f64, f64) {
        let path = &self.layers.links[link].path;
        let (_, (x, y)) = self.ends(path[0]);
        let mut same: Vec<(f64, usize)> = (0..self.layers.links.len())
            .filter(|l| self.layers.links[*l].path[0] == path[0])
            .map(|l| (self.at[self.layers.links[l].path[1]].1, l))
            .collect();
        same.sort_by(|a, b| a.0.total_cmp(&b.0));
        let place = same.iter().position(|s| s.1 == link).unwrap_or(0) as f64;
        let step = PORT.min(self.at[path[0]].2 / (same.len() + 1) as f64);
        (x, y + (place - (same.len() - 1) as f64 / 2.0) * step)
    }

    fn edges(&self, out: &mut String) {
        for (l, link) in self.layers.links.iter().enumerate() {
            let mut path = String::new();
            for (i, pair) in link.path.windows(2).enumerate() {
                let ((_, (x1, y1)), ((x2, y2), _)) = (self.ends(pair[0]), self.ends(pair[1]));
                let (x1, y1) = if i == 0 { self.start(l) } else { (x1, y1) };
                if i == 0 {
                    let _ = write!(path, "M{} {}", round(x1 + if link.turned { 8.0 } else { 0.0 }), round(y1));
                }
                let arrow = i + 2 == link.path.len() && !link.turned;
                let (turn, end) = (x2 - GAP / 2.0, if arrow { x2 - 8.0 } else { x2 });
                let _ = write!(
                    path,
                    " H{} C{turn} {} {turn} {} {} {}",
                    round(x2 - GAP),
                    round(y1),
                    round(y2),
                    round(end),
                    round(y2)
                );
            }
            let turned = if link.turned { " turned" } else { "" };
            let _ = write!(out, "<path class=\"edge{turned}\" d=\"{path}\"/>");
            let ((lx, ly), _) = self.ends(link.path[link.path.len() - 1]);
            let (rx, ry) = self.start(l);
            let (x, y, back) = if link.turned { (rx, ry, 9.0) } else { (lx, ly, -9.0) };
            let _ = write!(out, "<path class=\"arrow\" d=\"M{} {} l{back} -4.5 v9 z\"/>", round(x), round(y));
        }
    }

    fn boxes(&self, out: &mut String) {
        let mut groups: Vec<&str> = Vec::new();
        for node in self.nodes {
            if !groups.contains(&node.group.as_str()) {
                groups.push(&node.group);
            }
        }
        for (unit, (x, top, height)) in self.layers.units.iter().zip(&self.at) {
            let Some(first) = unit.nodes.first().map(|n| &self.nodes[*n]) else {
                continue;
            };
            let tone = groups.iter().position(|g| *g == first.group).unwrap_or(0) % 6;
            let block = unit.nodes.len() > 1;
            let class = if block { "block" } else { "node" };
            let _ = write!(
                out,
                "<rect class=\"{class} s{tone}\" x=\"{}\" y=\"{}\" width=\"{BOX}\" height=\"{}\" rx=\"6\"/>",
                round(*x),
                round(*top),
                round(*height)
            );
            let mut y = top + PAD;
            for line in wrap::lines(&first.group, (BOX - 2.0 * PAD) / SMALL) {
                y += LINE - 4.0;
                text(out, "group", x + BOX / 2.0, y - 3.0, &line);
            }
            for (i, node) in unit.nodes.iter().enumerate() {
                if block {
                    let _ = write!(out, "<path class=\"rule\" d=\"M{} {} h{}\"/>", round(*x), round(y + 3.0), BOX);
                    y += if i == 0 { 4.0 } else { 3.0 };
                }
                for line in label(&self.nodes[*node]) {
                    y += LINE;
                    text(out, "name", x + BOX / 2.0, y - 5.0, &line);
                }
                y += if block { 3.0 } else { 0.0 };
            }
        }
    }

    fn labels(&self, out: &mut String) {
        for (l, link) in self.layers.links.iter().enumerate().filter(|(_, l)| !self.labels[l.edge].is_empty()) {
            let (x, y) = self.start(l);
            let lines = wrap::lines(self.labels[link.edge], LABEL / SMALL);
            for (i, line) in lines.iter().enumerate() {
                let up = (lines.len() - 1 - i) as f64 * (SMALL + 3.0);
                let start = if link.turned { 12.0 } else { 6.0 };
                let _ = write!(out, "<text class=\"note\" x=\"{}\" y=\"{}\">", round(x + start), round(y - 5.0 - up));
                escape_text(line, out);
                out.push_str("</text>");
            }
        }
    }
}

fn label(node: &Node) -> Vec<String> {
    wrap::lines(&node.label, (BOX - 2.0 * PAD) / FONT)
}

fn height(nodes: &[Node], unit: &[usize]) -> f64 {
    let Some(first) = unit.first() else {
        return BEND;
    };
    let group = wrap::lines(&nodes[*first].group, (BOX - 2.0 * PAD) / SMALL).len() as f64 * (LINE - 4.0);
    let block = unit.len() > 1;
    let names: f64 = unit.iter().map(|n| label(&nodes[*n]).len() as f64 * LINE + if block { 6.0 } else { 0.0 }).sum();
    group + names + 2.0 * PAD
}

fn text(out: &mut String, class: &str, x: f64, y: f64, line: &str) {
    let _ = write!(out, "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">", round(x), round(y));
    escape_text(line, out);
    out.push_str("</text>");
}

fn round(n: f64) -> f64 {
    (n * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str, label: &str, group: &str) -> Node {
        Node { id: id.into(), label: label.into(), group: group.into() }
    }

    fn edge(from: &str, to: &str, label: &str) -> Edge {
        Edge { from: from.into(), to: to.into(), label: label.into() }
    }

    #[test]
    fn draws_boxes_and_arrows() {
        let nodes = [node("a", "โรงเรียน <1>", "คู่"), node("b", "ข้อตกลงความร่วมมือ", "ขั้นที่ 1"), node("c", "ผล", "")];
        let edges = [edge("a", "b", "ริเริ่ม"), edge("b", "c", ""), edge("c", "a", "กลับ"), edge("a", "none", "")];
        let svg = svg(&nodes, &edges, "แผนภาพ \"หนึ่ง\"");
        assert_eq!(svg.matches("<rect").count(), 3);
        assert_eq!(svg.matches("class=\"arrow\"").count(), 3);
        assert!(svg.contains("&lt;1&gt;") && !svg.contains("style=") && !svg.contains("NaN"));
        assert!(svg.contains("edge turned"));
        assert_eq!(svg, super::svg(&nodes, &edges, "แผนภาพ \"หนึ่ง\""));
        assert_eq!(super::svg(&[], &edges, "x"), "");
    }
}
