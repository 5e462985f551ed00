//! Finds the cheapest reading of a line: which words it holds, when marks may
//! have slipped one letter late and spaces may have fallen into words.
//!
//! A reading is a path over the cells of the line. A step is a word of the
//! list or one unknown cell; a state is a cell and the set of its marks that
//! the letter before took back. The cheapest path is found in one pass
//! (Viterbi), in time linear in the line for a given word list.

use super::cells::{Cell, MAX_MARKS, Marks, legal};
use super::reading::{Choice, Freedom, Reading, Visit, cost, undouble};
use crate::text::chars;
use crate::text::words::{Node, Words, label};

pub(super) struct Decoder<'a> {
    cells: &'a [Cell],
    words: &'a Words,
    freedom: Freedom,
    /// Next cell that is not gone.
    next: Vec<usize>,
    /// First state of each cell.
    state: Vec<usize>,
    /// The marks of the cell cannot all stand there.
    bad: Vec<bool>,
}

const UNREACHED: u32 = u32::MAX;

fn subset(cell: &Cell, mask: u8) -> impl Iterator<Item = char> + '_ {
    let picked = move |i: &usize| mask & (1 << i) != 0;
    (0..cell.marks.len().min(MAX_MARKS)).filter(picked).map(|i| cell.marks[i])
}

/// The marks that stay on a cell and those taken from the next, sorted.
pub(super) fn joined_marks(cells: &[Cell], k: usize, taken: u8, next: usize, take: u8) -> Marks {
    let mut marks = Marks::default();
    subset(&cells[k], !taken).for_each(|m| marks.insert(m));
    if take != 0 {
        subset(&cells[next], take).for_each(|m| marks.insert(m));
    }
    marks
}

impl<'a> Decoder<'a> {
    pub(super) fn new(cells: &'a [Cell], words: &'a Words, freedom: Freedom) -> Self {
        let mut next = vec![cells.len(); cells.len()];
        for k in (0..cells.len().saturating_sub(1)).rev() {
            next[k] = if cells[k + 1].gone { next[k + 1] } else { k + 1 };
        }
        let mut state = Vec::with_capacity(cells.len() + 2);
        let mut total = 0;
        for cell in cells {
            state.push(total);
            total += 1 << if cell.frozen { 0 } else { cell.marks.len() };
        }
        state.extend([total, total + 1]);
        let bad = (0..cells.len())
            .map(|k| {
                let cell = &cells[k];
                let stranded = cell.marks.contains(&'\u{0e31}')
                    && !cell.marks.contains(&'\u{0e4c}')
                    && !cells.get(next[k]).is_some_and(Cell::is_consonant);
                !cell.frozen && !cell.marks.is_empty() && (stranded || !legal(cell.base, &cell.marks))
            })
            .collect();
        Self { cells, words, freedom, next, state, bad }
    }

    fn all(&self, k: usize) -> u8 {
        let cell = &self.cells[k];
        if cell.frozen { 0 } else { (1u8 << cell.marks.len()) - 1 }
    }

    /// Sets of marks that cell `k` may take back from its next cell.
    fn takes(&self, k: usize) -> impl Iterator<Item = (u8, u32)> + '_ {
        let next = self.next[k];
        let open = next == k + 1
            && next < self.cells.len()
            && self.cells[k].is_consonant()
            && !self.cells[k].frozen
            && self.cells[next].base != '\0';
        let all = if open { self.all(next) } else { 0 };
        let price = if open && self.bad[next] { Some(cost::TAKE_BAD) } else { self.freedom.take };
        let some = (1..=all).filter_map(move |set| price.map(|p| (set, p * set.count_ones())));
        std::iter::once((0, 0)).chain(some)
    }

    /// Visits every word that begins at a state: (next cell, marks of it taken,
    /// cost, choices).
    fn words_from(&self, k: usize, taken: u8, visit: &mut Visit<'_>) {
        let mut trail = Vec::with_capacity(16);
        self.walk(Words::ROOT, k, taken, 0, &mut trail, visit);
    }

    fn walk(&self, node: Node, k: usize, taken: u8, spent: u32, trail: &mut Vec<Choice>, visit: &mut Visit<'_>) {
        let Some(cell) = self.cells.get(k).filter(|c| c.is_letter() && !c.frozen) else {
            return;
        };
        let toned = trail.last().is_some_and(|last| {
            let marks = self.marks_of(last, trail);
            marks.iter().any(|&m| chars::mark_rank(m) == 2)
        });
        let readings: [(char, u32); 2] = match (cell.broken_am, toned) {
            (true, false) => [('ำ', 0), ('า', cost::AA[0])],
            (true, true) => [('า', cost::AA[1]), ('ำ', cost::AM_TONE)],
            (false, _) => [(cell.base, 0), ('\0', 0)],
        };
        for (base, price) in readings {
            let Some(after) = label(base).and_then(|l| self.words.step(node, l)) else {
                continue;
            };
            for (take, take_price) in self.takes(k) {
                let next = self.next[k];
                let (marks, doubled) = undouble(joined_marks(self.cells, k, taken, next, take));
                let price = spent + price + take_price + cost::DOUBLED * doubled;
                let end = marks.iter().try_fold(after, |n, &m| self.words.step(n, label(m)?));
                let Some(end) = end.filter(|_| legal(base, &marks)) else {
                    continue;
                };
                trail.push(Choice { cell: k, take, base, joined: false, known: true });
                if let Some(bits) = self.words.cost_at(end) {
                    visit(next, take, price + u32::from(bits) + cost::WORD, trail);
                }
                self.walk(end, next, take, price, trail, visit);
                if let Some(space) = self.cells.get(next).filter(|c| c.is_space() && c.marks.is_empty()) {
                    let toll = if space.cheap_space { Some(cost::CHEAP_SPACE) } else { self.freedom.space };
                    if let Some(toll) = toll {
                        trail.push(Choice { cell: next, take: 0, base: ' ', joined: true, known: true });
                        self.walk(end, self.next[next], 0, price + toll, trail, visit);
                        trail.pop();
                    }
                }
                trail.pop();
            }
        }
    }

    fn marks_of(&self, choice: &Choice, trail: &[Choice]) -> Marks {
        let taken = trail
            .iter()
            .rev()
            .nth(1)
            .filter(|before| self.next[before.cell] == choice.cell)
            .map_or(0, |before| before.take);
        joined_marks(self.cells, choice.cell, taken, self.next[choice.cell], choice.take)
    }

    /// Visits the ways to pass over one cell without a word.
    fn unknown_from(&self, k: usize, taken: u8, visit: &mut Visit<'_>) {
        let cell = &self.cells[k];
        let next = self.next[k];
        let letter = cell.is_letter();
        let base = if cell.broken_am {
            let toned = k > 1 && self.cells[k - 2].marks.iter().any(|&m| chars::mark_rank(m) == 2);
            if toned { 'า' } else { 'ำ' }
        } else {
            cell.base
        };
        for (take, price) in self.takes(k) {
            if take != 0 && !self.bad[next] {
                continue;
            }
            let (marks, doubled) = undouble(joined_marks(self.cells, k, taken, next, take));
            let fits = legal(cell.base, &marks) && !cell.frozen;
            let rest: Vec<char> = if take == 0 { vec![] } else { subset(&self.cells[next], !take).collect() };
            if take != 0 && !(fits && legal(self.cells[next].base, &rest)) {
                continue;
            }
            let stranded = marks.contains(&'\u{0e31}') && !self.cells.get(next).is_some_and(Cell::is_consonant);
            let total = price
                + doubled * cost::DOUBLED
                + if letter { cost::UNKNOWN } else { 0 }
                + if fits { 0 } else { cost::ILLEGAL }
                + if stranded { cost::ILLEGAL / 2 } else { 0 };
            visit(next, take, total, &[Choice { cell: k, take, base, joined: false, known: !letter }]);
        }
    }

    /// The cheapest reading.
    pub(super) fn read(&self) -> Reading {
        let count = self.cells.len();
        let states = self.state[count] + 1;
        let mut best = vec![UNREACHED; states];
        let mut from: Vec<(u32, bool)> = vec![(0, false); states];
        let start = self.cells.iter().position(|c| !c.gone).unwrap_or(count);
        best[self.state[start]] = 0;
        for k in start..count {
            if self.cells[k].gone {
                continue;
            }
            for taken in 0..=self.all(k) {
                let here = self.state[k] + usize::from(taken);
                let so_far = best[here];
                if so_far == UNREACHED {
                    continue;
                }
                let source = u32::try_from(here).unwrap_or(u32::MAX);
                for known in [false, true] {
                    let mut relax = |next: usize, take: u8, price: u32, _: &[Choice]| {
                        let there = self.state[next] + usize::from(take);
                        let total = so_far.saturating_add(price);
                        if total < best[there] {
                            best[there] = total;
                            from[there] = (source, known);
                        }
                    };
                    if known {
                        self.words_from(k, taken, &mut relax);
                    } else {
                        self.unknown_from(k, taken, &mut relax);
                    }
                }
            }
        }
        self.trace(start, &best, &from)
    }

    /// Walks back from the end and collects the choices in order.
    fn trace(&self, start: usize, best: &[u32], from: &[(u32, bool)]) -> Reading {
        let mut at = (self.cells.len(), 0u8);
        let mut joints = vec![];
        let mut pieces: Vec<Vec<Choice>> = vec![];
        while at != (start, 0) {
            let here = self.state[at.0] + usize::from(at.1);
            joints.push((at.0, at.1, best[here]));
            let (source, known) = from[here];
            let source = source as usize;
            let k = self.state.partition_point(|&s| s <= source) - 1;
            let taken = u8::try_from(source - self.state[k]).unwrap_or(0);
            let price = best[here].wrapping_sub(best[source]);
            let mut piece = vec![];
            let mut find = |next: usize, take: u8, total: u32, trail: &[Choice]| {
                if (next, take, total) == (at.0, at.1, price) && piece.is_empty() {
                    piece = trail.to_vec();
                }
            };
            if known {
                self.words_from(k, taken, &mut find);
            } else {
                self.unknown_from(k, taken, &mut find);
            }
            pieces.push(piece);
            if (k, taken) == at {
                break;
            }
            at = (k, taken);
        }
        joints.push((start, 0, 0));
        joints.reverse();
        Reading { choices: pieces.into_iter().rev().flatten().collect(), joints }
    }
}
