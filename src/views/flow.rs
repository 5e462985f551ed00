//! Flow diagrams: boxes and arrows from two tables of an entry, as SVG.
//!
//! The tables are known by their columns: boxes have `id` and `label` (and `group`), arrows `from` and `to` (and `label`).
//! No script and no style: the theme's sheet gives colours by class.

use super::layers::{Layers, layers, narrow};
use super::{select, wrap};
use crate::markdown::{escape_attr, escape_text};
use crate::model::schema::KindDef;
use crate::model::{Entry, Value};
use std::fmt::Write;

/// A box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// Id that edges name.
    pub id: String,
    /// Text.
    pub label: String,
    /// Group, shown over the text; may be empty.
    pub group: String,
}

/// An arrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Edge {
    /// Id of the box it leaves.
    pub from: String,
    /// Id of the box it reaches.
    pub to: String,
    /// Text beside it; may be empty.
    pub label: String,
}

const FONT: f64 = 14.0;
const SMALL: f64 = 12.5;
const LINE: f64 = 20.0;
const NOTE: f64 = 16.0;
/// Width of a drawing: what a phone of 360 pixels shows without scaling.
const WIDTH: f64 = 318.0;
/// Greatest width of a box.
const BOX: f64 = 210.0;
const PAD: f64 = 7.0;
const GAP: f64 = 30.0;
const PORT: f64 = 26.0;
const BETWEEN: f64 = 10.0;
const BEND: f64 = 10.0;

/// The diagram of these fields of an entry; empty where they hold no boxes.
pub(crate) fn of(kind: &KindDef, entry: &Entry, fields: &[usize]) -> String {
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
pub(crate) fn svg(nodes: &[Node], edges: &[Edge], title: &str) -> String {
    if nodes.is_empty() {
        return String::new();
    }
    let place = |id: &str| nodes.iter().position(|n| n.id == id);
    let known: Vec<(&Edge, (usize, usize))> =
        edges.iter().filter_map(|e| Some((e, (place(&e.from)?, place(&e.to)?)))).collect();
    let groups: Vec<&str> = nodes.iter().map(|n| n.group.as_str()).collect();
    let layers = layers(&groups, &known.iter().map(|k| k.1).collect::<Vec<_>>());
    let layers = narrow(layers.clone(), |boxes| beside(nodes, &layers, boxes));
    let labels: Vec<&str> = known.iter().map(|k| k.0.label.as_str()).collect();
    let drawing = Drawing::new(nodes, &layers, &labels);
    let mut name = String::new();
    escape_attr(title, &mut name);
    let mut out = format!(
        "<svg class=\"flow\" role=\"img\" aria-label=\"{name}\" viewBox=\"0 0 {WIDTH} {0}\" width=\"{WIDTH}\" height=\"{0}\" xmlns=\"http://www.w3.org/2000/svg\">",
        round(drawing.height)
    );
    drawing.edges(&mut out);
    drawing.boxes(&mut out);
    drawing.labels(&mut out);
    out.push_str("</svg>");
    out
}

/// How many of the boxes of a layer fit side by side, so that no word is wider than its box.
fn beside(nodes: &[Node], layers: &Layers, boxes: &[usize]) -> usize {
    let fits = |n: &usize| {
        let room = (WIDTH - 4.0 - BETWEEN * (*n + 1) as f64 - 2.0 * BEND) / *n as f64 - 2.0 * PAD;
        let within =
            |text: &str, size: f64| wrap::lines(text, room / size).iter().all(|l| wrap::width(l) * size <= room);
        let all = boxes.iter().flat_map(|u| &layers.units[*u].nodes).map(|n| &nodes[*n]);
        all.into_iter().all(|node| within(&node.label, FONT) && within(&node.group, SMALL))
    };
    (1..=boxes.len().min(3)).rev().find(fits).unwrap_or(1)
}

/// A place: left, top, width, height.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// Layers from top to bottom, so that the drawing is as wide as a phone and may be as long as it needs.
struct Drawing<'a> {
    nodes: &'a [Node],
    layers: &'a Layers,
    labels: &'a [&'a str],
    /// Per unit.
    at: Vec<Place>,
    /// Per link: the lines beside its first part, and the baseline of the first.
    notes: Vec<(Vec<String>, f64)>,
    /// Per unit: where the links that leave it begin to turn.
    turn: Vec<f64>,
    height: f64,
}

impl<'a> Drawing<'a> {
    fn new(nodes: &'a [Node], layers: &'a Layers, labels: &'a [&'a str]) -> Self {
        let units = layers.units.len();
        let mut drawing = Drawing {
            nodes,
            layers,
            labels,
            at: vec![Place::default(); units],
            notes: vec![(Vec::new(), 0.0); layers.links.len()],
            turn: vec![0.0; units],
            height: 0.0,
        };
        for row in &layers.columns {
            drawing.across(row);
        }
        let mut y = 2.0;
        for row in &layers.columns {
            let tallest = row.iter().map(|u| drawing.at[*u].height).fold(0.0, f64::max);
            for unit in row {
                let place = &mut drawing.at[*unit];
                if layers.units[*unit].nodes.is_empty() {
                    place.height = tallest;
                }
                place.y = y + (tallest - place.height) / 2.0;
            }
            y = drawing.below(row, y + tallest);
        }
        drawing.height = y + 2.0;
        drawing
    }

    /// Gives the units of a row their places from left to right.
    fn across(&mut self, row: &[usize]) {
        let boxes = row.iter().filter(|u| !self.layers.units[**u].nodes.is_empty()).count().max(1) as f64;
        let bends = row.len() as f64 - boxes;
        let room = WIDTH - 4.0 - BETWEEN * row.len().saturating_sub(1) as f64 - BEND * bends.max(0.0);
        let width = (room / boxes).min(BOX);
        let used = WIDTH - 4.0 - room + width * boxes;
        let mut x = 2.0 + (WIDTH - 4.0 - used) / 2.0;
        for unit in row {
            let nodes = &self.layers.units[*unit].nodes;
            let width = if nodes.is_empty() { BEND } else { width };
            self.at[*unit] = Place { x, y: 0.0, width, height: height(self.nodes, nodes, width) };
            x += width + BETWEEN;
        }
    }

    /// Lays the texts of the links that leave a row below it, one under the other; returns where the next row begins.
    fn below(&mut self, row: &[usize], bottom: f64) -> f64 {
        let mut links: Vec<(f64, usize)> = (0..self.layers.links.len())
            .filter(|l| row.contains(&self.layers.links[*l].path[0]))
            .map(|l| (self.start(l).0, l))
            .collect();
        if links.is_empty() && !row.iter().any(|u| self.layers.links.iter().any(|l| l.path.contains(u))) {
            return bottom;
        }
        links.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut y = bottom + 4.0;
        for (x, l) in links {
            let text = self.labels[self.layers.links[l].edge];
            let lines = wrap::lines(text, room(x, self.rightwards(l)) / SMALL);
            let first = y + NOTE - 3.0;
            y += NOTE * lines.len() as f64;
            self.notes[l] = (lines, first);
        }
        for unit in row {
            self.turn[*unit] = y;
        }
        let last = self.layers.columns.last().is_some_and(|c| c == row);
        if last { bottom } else { y + GAP }
    }

    /// Whether the text of a link stands to its right: outside of the links that leave beside it, so that none of them
    /// strikes it through; on the side with more room where it is alone, or a word has no room outside.
    fn rightwards(&self, link: usize) -> bool {
        let x = self.start(link).0;
        let more = x < WIDTH / 2.0;
        let outside = match self.port(link) {
            (_, 1) => more,
            (place, all) => 2 * place >= all,
        };
        let room = room(x, outside);
        let room = room * 0.9;
        let lines = wrap::lines(self.labels[self.layers.links[link].edge], room / SMALL);
        let fits = lines.iter().all(|line| wrap::width(line) * SMALL <= room);
        if fits { outside } else { more }
    }

    /// The place of a link among those that leave the same unit, in the order of their targets, and their number.
    fn port(&self, link: usize) -> (usize, usize) {
        let path = &self.layers.links[link].path;
        let middle = |unit: usize| self.at[unit].x + self.at[unit].width / 2.0;
        let mut same: Vec<(f64, usize)> = (0..self.layers.links.len())
            .filter(|l| self.layers.links[*l].path[0] == path[0])
            .map(|l| (middle(self.layers.links[l].path[1]), l))
            .collect();
        same.sort_by(|a, b| a.0.total_cmp(&b.0));
        (same.iter().position(|s| s.1 == link).unwrap_or(0), same.len())
    }

    /// Where a link leaves its first unit: several links leave beside each other.
    fn start(&self, link: usize) -> (f64, f64) {
        let from = self.at[self.layers.links[link].path[0]];
        let (place, all) = self.port(link);
        let step = PORT.min(from.width / (all + 1) as f64);
        (from.x + from.width / 2.0 + (place as f64 - (all - 1) as f64 / 2.0) * step, from.y + from.height)
    }

    fn edges(&self, out: &mut String) {
        for (l, link) in self.layers.links.iter().enumerate() {
            let (mut x, y) = self.start(l);
            let mut path = format!("M{} {}", round(x), round(y + if link.turned { 8.0 } else { 0.0 }));
            for (i, pair) in link.path.windows(2).enumerate() {
                let (turn, next) = (self.turn[pair[0]], self.at[pair[1]]);
                let arrow = i + 2 == link.path.len() && !link.turned;
                let (to, end) = (next.x + next.width / 2.0, next.y - if arrow { 8.0 } else { 0.0 });
                let middle = (turn + end) / 2.0;
                let _ = write!(
                    path,
                    " V{} C{} {} {} {} {} {}",
                    round(turn),
                    round(x),
                    round(middle),
                    round(to),
                    round(middle),
                    round(to),
                    round(end)
                );
                x = to;
            }
            let turned = if link.turned { " turned" } else { "" };
            let _ = write!(out, "<path class=\"edge{turned}\" d=\"{path}\"/>");
            let last = self.at[link.path[link.path.len() - 1]];
            let (x, y, back) = if link.turned {
                let (x, y) = self.start(l);
                (x, y, 9.0)
            } else {
                (last.x + last.width / 2.0, last.y, -9.0)
            };
            let _ = write!(out, "<path class=\"arrow\" d=\"M{} {} l-4.5 {back} h9 z\"/>", round(x), round(y));
        }
    }

    fn boxes(&self, out: &mut String) {
        let mut groups: Vec<&str> = Vec::new();
        for node in self.nodes {
            if !groups.contains(&node.group.as_str()) {
                groups.push(&node.group);
            }
        }
        for (unit, place) in self.layers.units.iter().zip(&self.at) {
            let Some(first) = unit.nodes.first().map(|n| &self.nodes[*n]) else {
                continue;
            };
            let tone = groups.iter().position(|g| *g == first.group).unwrap_or(0) % 6;
            let block = unit.nodes.len() > 1;
            let class = if block { "block" } else { "node" };
            let _ = write!(
                out,
                "<rect class=\"{class} s{tone}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>",
                round(place.x),
                round(place.y),
                round(place.width),
                round(place.height)
            );
            let middle = place.x + place.width / 2.0;
            let mut y = place.y + PAD;
            for line in wrap::lines(&first.group, (place.width - 2.0 * PAD) / SMALL) {
                y += LINE - 3.0;
                text(out, "group", middle, y - 3.0, &line);
            }
            for (i, node) in unit.nodes.iter().enumerate() {
                if block {
                    let (x, width) = (round(place.x), round(place.width));
                    let _ = write!(out, "<path class=\"rule\" d=\"M{x} {} h{width}\"/>", round(y + 3.0));
                    y += if i == 0 { 4.0 } else { 3.0 };
                }
                for line in label(&self.nodes[*node], place.width) {
                    y += LINE;
                    text(out, "name", middle, y - 5.0, &line);
                }
                y += if block { 3.0 } else { 0.0 };
            }
        }
    }

    fn labels(&self, out: &mut String) {
        for (l, (lines, first)) in self.notes.iter().enumerate() {
            let x = self.start(l).0;
            let (x, anchor) = if self.rightwards(l) { (x + 6.0, "start") } else { (x - 6.0, "end") };
            for (i, line) in lines.iter().enumerate() {
                let y = first + NOTE * i as f64;
                let (x, y) = (round(x), round(y));
                let _ = write!(out, "<text class=\"note\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">");
                escape_text(line, out);
                out.push_str("</text>");
            }
        }
    }
}

/// The room of a text at a side of a link.
fn room(x: f64, right: bool) -> f64 {
    if right { WIDTH - x - 10.0 } else { x - 10.0 }
}

fn label(node: &Node, width: f64) -> Vec<String> {
    wrap::lines(&node.label, (width - 2.0 * PAD) / FONT)
}

fn height(nodes: &[Node], unit: &[usize], width: f64) -> f64 {
    let Some(first) = unit.first() else {
        return BEND;
    };
    let group = wrap::lines(&nodes[*first].group, (width - 2.0 * PAD) / SMALL).len() as f64 * (LINE - 3.0);
    let block = unit.len() > 1;
    let names: f64 =
        unit.iter().map(|n| label(&nodes[*n], width).len() as f64 * LINE + if block { 6.0 } else { 0.0 }).sum();
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
        assert!(svg.contains("viewBox=\"0 0 318 "), "as wide as a phone");
        assert_eq!(svg, super::svg(&nodes, &edges, "แผนภาพ \"หนึ่ง\""));
        assert_eq!(super::svg(&[], &edges, "x"), "");
    }

    #[test]
    fn texts_of_links_from_one_box_stand_on_both_sides() {
        let nodes = [node("a", "เขต", ""), node("b", "ก", ""), node("c", "ข", "")];
        let svg = svg(&nodes, &[edge("a", "b", "ร่วมติดตาม"), edge("a", "c", "รับรู้")], "x");
        let anchor = |text: &str| svg.split("<text").find(|t| t.contains(text)).map(|t| t.contains("\"end\"")).unwrap();
        assert!(anchor("ร่วมติดตาม") && !anchor("รับรู้"), "{svg}");
    }
}
