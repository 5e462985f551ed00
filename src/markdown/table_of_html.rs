//! A table of HTML as one of Markdown: cells that span others stand in the first of them.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// Most columns, so that a short text makes no endless table.
const MOST_COLUMNS: usize = 100;

/// The table that is read.
#[derive(Debug, Default)]
pub(super) struct Table<'a> {
    rows: Vec<Vec<Cell<'a>>>,
    /// Where the cell that is open begins among the events, and which of its row it is.
    from: usize,
    cell: usize,
    /// Of each column, how many of the next rows a cell above spans.
    spanned: Vec<usize>,
}

#[derive(Debug, Default)]
struct Cell<'a> {
    head: bool,
    events: Vec<(Event<'a>, usize)>,
}

impl<'a> Table<'a> {
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
        self.skip();
    }

    /// Leaves room for cells of rows above.
    fn skip(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while let Some(left) = self.spanned.get_mut(row.len()).filter(|left| **left > 0) {
            *left -= 1;
            row.push(Cell::default());
        }
    }

    /// Begins a cell, whose events are those from here on.
    pub(super) fn begin_cell(&mut self, from: usize, (columns, rows): (usize, usize), head: bool) {
        self.from = from;
        let Some(row) = self.rows.last_mut() else { return };
        let first = row.len();
        self.cell = first;
        row.push(Cell { head, events: Vec::new() });
        for _ in 1..columns.min(MOST_COLUMNS.saturating_sub(first)) {
            row.push(Cell { head, events: Vec::new() });
        }
        let end = row.len();
        self.spanned.resize(self.spanned.len().max(end), 0);
        self.spanned[first..end].fill(rows.clamp(1, MOST_COLUMNS) - 1);
    }

    /// Ends the cell: takes its events.
    pub(super) fn end_cell(&mut self, out: &mut Vec<(Event<'a>, usize)>) {
        let events = out.split_off(self.from.min(out.len()));
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.get_mut(self.cell)) {
            cell.events = events;
        }
        self.skip();
    }

    /// The whole table. A first row of heads is its head.
    pub(super) fn events(self, at: usize) -> Vec<(Event<'a>, usize)> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return Vec::new();
        }
        let mut out = vec![(Event::Start(Tag::Table(vec![Alignment::None; columns])), at)];
        let headed = self.rows.first().is_some_and(|row| row.iter().all(|cell| cell.head || cell.events.is_empty()));
        if !headed {
            out.extend([(Event::Start(Tag::TableHead), at), (Event::End(TagEnd::TableHead), at)]);
        }
        for (n, row) in self.rows.into_iter().enumerate() {
            let is_head = headed && n == 0;
            let tag = if is_head { Tag::TableHead } else { Tag::TableRow };
            let end = tag.to_end();
            out.push((Event::Start(tag), at));
            for cell in row {
                let strong = cell.head && !is_head;
                out.push((Event::Start(Tag::TableCell), at));
                out.extend(strong.then_some((Event::Start(Tag::Strong), at)));
                out.extend(cell.events);
                out.extend(strong.then_some((Event::End(TagEnd::Strong), at)));
                out.push((Event::End(TagEnd::TableCell), at));
            }
            out.push((Event::End(end), at));
        }
        out.push((Event::End(TagEnd::Table), at));
        out
    }
}
