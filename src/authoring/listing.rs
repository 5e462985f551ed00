//! Numbers of lists as they were written: Markdown counts the items of a list itself.

/// Where the items of a list stand.
#[derive(Default)]
pub(super) struct Listing {
    open: Vec<Level>,
}

/// A level of a list that is open.
#[derive(Clone, Copy)]
struct Level {
    level: u8,
    /// Column of the items' texts.
    column: usize,
    /// Whether numbers have the other mark, `1)`.
    other: bool,
    last: u32,
}

impl Listing {
    /// The mark of an item with what is before it, and the column of its text. A list that begins again directly
    /// behind another one gets another mark, or Markdown would join them.
    pub(super) fn item(&mut self, level: u8, number: Option<u32>) -> (String, usize) {
        let mut before = None;
        while let Some(top) = self.open.pop_if(|top| top.level >= level) {
            before = Some(top);
        }
        let indent = self.open.last().map_or(0, |l| l.column);
        let mut other = before.is_some_and(|b| b.other);
        if before.is_some_and(|b| b.level == level && number.is_some_and(|n| n != b.last + 1)) {
            other = !other;
        }
        let mark = match number {
            Some(n) if other => format!("{n})"),
            Some(n) => format!("{n}."),
            None => "-".to_string(),
        };
        let column = indent + mark.len() + 1;
        self.open.push(Level { level, column, other, last: number.unwrap_or(0) });
        (format!("{}{mark} ", " ".repeat(indent)), column)
    }
}
