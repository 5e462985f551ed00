//! Layout of a flow diagram in layers: which layer (here: column) a box stands in, and in what order.
//!
//! Boxes with the same group, the same sources and the same targets are one block, so that a fan of ten boxes needs
//! two arrows. Edges that close a circle are turned for the layout only. Every step goes by position in the input, so
//! the same data always gives the same drawing.

/// A box of the drawing: one node, or several that share their edges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Positions of nodes; empty for the bend of a long edge.
    pub nodes: Vec<usize>,
}

/// An edge between units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// Units from left to right, with the bends between.
    pub path: Vec<usize>,
    /// Whether the arrow points to the left end.
    pub turned: bool,
    /// Position of the (first) edge in the input.
    pub edge: usize,
}

/// Units in columns from left to right and the links between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layers {
    /// All units.
    pub units: Vec<Unit>,
    /// Units per column, from top to bottom.
    pub columns: Vec<Vec<usize>>,
    /// Links.
    pub links: Vec<Link>,
}

/// Least number of equal boxes that become one block.
const BLOCK: usize = 3;

/// Lays out `groups.len()` nodes with edges between their positions.
pub(super) fn layers(groups: &[&str], edges: &[(usize, usize)]) -> Layers {
    let (units, of) = units(groups, edges);
    let mut links: Vec<(usize, usize, bool, usize)> = Vec::new();
    for (i, (a, b)) in edges.iter().enumerate() {
        let (a, b) = (of[*a], of[*b]);
        if a != b && !links.iter().any(|l| (l.0, l.1) == (a, b)) {
            links.push((a, b, false, i));
        }
    }
    turn_circles(units.len(), &mut links);
    let rank = ranks(units.len(), &links);
    let mut out =
        Layers { units, columns: vec![Vec::new(); rank.iter().max().map_or(0, |m| m + 1)], links: Vec::new() };
    for (unit, rank) in rank.iter().enumerate() {
        out.columns[*rank].push(unit);
    }
    for (a, b, turned, edge) in links {
        let mut path = vec![a];
        for column in rank[a] + 1..rank[b] {
            out.units.push(Unit { nodes: Vec::new() });
            let bend = out.units.len() - 1;
            out.columns[column].push(bend);
            path.push(bend);
        }
        path.push(b);
        out.links.push(Link { path, turned, edge });
    }
    order(&mut out);
    out
}

/// Parts the layers that hold more boxes than fit side by side into rows below each other. `fit` tells how many boxes of a
/// layer fit. Links that pass a row bend there; links with the same end share a bend.
pub(super) fn narrow(layers: Layers, fit: impl Fn(&[usize]) -> usize) -> Layers {
    let mut out = Layers { units: layers.units.clone(), columns: Vec::new(), links: Vec::new() };
    // Per unit of the input: its layer, its row in it, and the number of rows.
    let mut place = vec![(0, 0, 1); layers.units.len()];
    let mut first = Vec::new();
    for (c, column) in layers.columns.iter().enumerate() {
        let boxes: Vec<usize> = column.iter().copied().filter(|u| !layers.units[*u].nodes.is_empty()).collect();
        let rows = boxes.len().div_ceil(fit(&boxes).max(1)).max(1);
        let each = boxes.len().div_ceil(rows).max(1);
        first.push(out.columns.len());
        for r in 0..rows {
            let own = boxes.iter().enumerate().filter(|(i, _)| i / each == r).map(|(_, u)| *u);
            let bends = column.iter().copied().filter(|u| r == 0 && layers.units[*u].nodes.is_empty());
            let row: Vec<usize> = own.chain(bends).collect();
            for unit in &row {
                place[*unit] = (c, r, rows);
            }
            out.columns.push(row);
        }
    }
    let mut shared: Vec<((usize, bool, usize), usize)> = Vec::new();
    for link in layers.links {
        let mut path = Vec::new();
        let mut bend = |out: &mut Layers, row: usize, leaving: bool, end: usize| {
            let key = (row, leaving, end);
            if let Some((_, unit)) = shared.iter().find(|(k, _)| *k == key) {
                return *unit;
            }
            out.units.push(Unit { nodes: Vec::new() });
            let unit = out.units.len() - 1;
            let middle = out.columns[row].len() / 2;
            out.columns[row].insert(middle, unit);
            shared.push((key, unit));
            unit
        };
        for (i, unit) in link.path.iter().enumerate() {
            let (layer, row, rows) = place[*unit];
            for r in 0..if i > 0 { row } else { 0 } {
                path.push(bend(&mut out, first[layer] + r, false, *unit));
            }
            path.push(*unit);
            if let Some(next) = link.path.get(i + 1) {
                for r in row + 1..rows {
                    path.push(bend(&mut out, first[layer] + r, true, *next));
                }
            }
        }
        out.links.push(Link { path, ..link });
    }
    out
}

/// Gathers equal nodes; also tells the unit of each node.
fn units(groups: &[&str], edges: &[(usize, usize)]) -> (Vec<Unit>, Vec<usize>) {
    let ends = |node: usize| {
        let mut from: Vec<usize> = edges.iter().filter(|e| e.1 == node).map(|e| e.0).collect();
        let mut to: Vec<usize> = edges.iter().filter(|e| e.0 == node).map(|e| e.1).collect();
        from.sort_unstable();
        to.sort_unstable();
        (groups[node], from, to)
    };
    let keys: Vec<_> = (0..groups.len()).map(ends).collect();
    let mut units: Vec<Unit> = Vec::new();
    let mut of = vec![0; groups.len()];
    for node in 0..groups.len() {
        let equal: Vec<usize> = (0..groups.len()).filter(|n| keys[*n] == keys[node]).collect();
        let lonely = keys[node].1.is_empty() && keys[node].2.is_empty();
        if equal.len() >= BLOCK && !lonely {
            if equal[0] == node {
                units.push(Unit { nodes: equal.clone() });
                for n in equal {
                    of[n] = units.len() - 1;
                }
            }
        } else {
            units.push(Unit { nodes: vec![node] });
            of[node] = units.len() - 1;
        }
    }
    (units, of)
}

/// Turns the edges that close a circle, found by walking the units in order.
fn turn_circles(count: usize, links: &mut [(usize, usize, bool, usize)]) {
    let mut state = vec![0u8; count];
    for start in 0..count {
        if state[start] != 0 {
            continue;
        }
        let mut stack = vec![(start, 0)];
        state[start] = 1;
        while let Some((unit, from)) = stack.pop() {
            let Some(i) = (from..links.len()).find(|i| links[*i].0 == unit && !links[*i].2) else {
                state[unit] = 2;
                continue;
            };
            stack.push((unit, i + 1));
            let target = links[i].1;
            match state[target] {
                0 => {
                    state[target] = 1;
                    stack.push((target, 0));
                }
                1 => {
                    let (a, b, _, edge) = links[i];
                    links[i] = (b, a, true, edge);
                }
                _ => {}
            }
        }
    }
}

/// Columns: the longest way from a source; sources then move as far right as their targets allow.
fn ranks(count: usize, links: &[(usize, usize, bool, usize)]) -> Vec<usize> {
    let mut rank = vec![0usize; count];
    for _ in 0..count {
        for (a, b, ..) in links {
            rank[*b] = rank[*b].max(rank[*a] + 1).min(count);
        }
    }
    for unit in 0..count {
        let source = links.iter().all(|l| l.1 != unit);
        if let Some(first) = links.iter().filter(|l| l.0 == unit).map(|l| rank[l.1]).min()
            && source
        {
            rank[unit] = first.saturating_sub(1);
        }
    }
    rank
}

/// Orders each column by the middle of its neighbours, first from the left, then from the right, twice.
fn order(layers: &mut Layers) {
    let pairs: Vec<(usize, usize)> =
        layers.links.iter().flat_map(|l| l.path.windows(2).map(|w| (w[0], w[1]))).collect();
    let count = layers.columns.len();
    for sweep in 0..4 {
        let forward = sweep % 2 == 0;
        for step in 1..count {
            let column = if forward { step } else { count - 1 - step };
            let beside = if forward { column - 1 } else { column + 1 };
            let place = |unit: usize| layers.columns[beside].iter().position(|u| *u == unit);
            let size = layers.columns[beside].len().max(1) as f64;
            let own = layers.columns[column].len().max(1) as f64;
            let mut keyed: Vec<(f64, usize)> = layers.columns[column]
                .iter()
                .enumerate()
                .map(|(at, unit)| {
                    let near: Vec<usize> = pairs
                        .iter()
                        .filter(|p| if forward { p.1 == *unit } else { p.0 == *unit })
                        .filter_map(|p| place(if forward { p.0 } else { p.1 }))
                        .collect();
                    let middle = near.iter().sum::<usize>() as f64 / near.len().max(1) as f64;
                    (if near.is_empty() { at as f64 / own } else { middle / size }, *unit)
                })
                .collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            layers.columns[column] = keyed.into_iter().map(|k| k.1).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_nodes_become_a_block() {
        let made = layers(&["a", "b", "b", "b", "c"], &[(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 4)]);
        assert_eq!(made.columns.len(), 3);
        assert_eq!(made.units[1].nodes, [1, 2, 3]);
        assert_eq!(made.links.len(), 2);
    }

    #[test]
    fn a_wide_layer_becomes_rows_and_links_go_around_boxes() {
        let made = layers(&["a", "b", "c", "d", "e", "z"], &[(0, 5), (1, 5), (2, 5), (3, 5), (4, 5)]);
        assert_eq!(made.columns.iter().map(Vec::len).max(), Some(5));
        let rows = narrow(made, |_| 2);
        let boxes = |row: &Vec<usize>| row.iter().filter(|u| !rows.units[**u].nodes.is_empty()).count();
        assert_eq!(rows.columns.iter().map(boxes).collect::<Vec<_>>(), [2, 2, 1, 1]);
        // One bend for all that pass a row to the same end.
        assert_eq!(rows.units.len(), 8);
        for link in &rows.links {
            let at: Vec<usize> =
                link.path.iter().filter_map(|u| rows.columns.iter().position(|c| c.contains(u))).collect();
            assert!(at.windows(2).all(|w| w[1] == w[0] + 1) && at.len() == link.path.len(), "{at:?}");
        }
    }

    #[test]
    fn circles_and_long_edges_are_laid_out() {
        let made = layers(&["x"; 4], &[(0, 1), (1, 2), (2, 0), (0, 3), (2, 3)]);
        assert!(made.links.iter().any(|l| l.turned));
        assert!(made.links.iter().any(|l| l.path.len() > 2));
        for link in &made.links {
            let columns: Vec<usize> =
                link.path.iter().filter_map(|u| made.columns.iter().position(|c| c.contains(u))).collect();
            assert!(columns.windows(2).all(|w| w[1] == w[0] + 1), "{columns:?}");
        }
        assert_eq!(layers(&[], &[]), Layers::default());
    }
}
