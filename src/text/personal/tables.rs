//! The heads of columns: what a cell of a table is read under.

/// A line farther from its beginning than this has no columns that anybody reads.
const LINE: usize = 4000;
/// Most columns that a head is kept of, and most bytes of a head.
const COLUMNS: usize = 64;
const HEAD: usize = 120;

/// The tables of a text, whose cells a `|` parts.
#[derive(Debug, Default)]
pub(super) struct Tables {
    text: String,
    /// Where the rows below a head begin, in order, and the table of each.
    rows: Vec<(usize, usize)>,
    /// Per table the heads of its columns, in their normal form.
    heads: Vec<Vec<String>>,
}

impl Tables {
    /// The tables of a text; `normal` gives the normal form of a head.
    pub(super) fn of(text: &str, normal: &dyn Fn(&str) -> String) -> Tables {
        let mut tables = Tables::default();
        if !text.contains('|') {
            return tables;
        }
        tables.text = text.to_owned();
        let (mut start, mut is_open, mut caption) = (0, false, String::new());
        for line in text.split_inclusive('\n') {
            let row = start;
            start += line.len();
            if !line.contains('|') {
                (is_open, caption) = (false, String::new());
                continue;
            }
            if is_open {
                tables.rows.push((row, tables.heads.len() - 1));
                continue;
            }
            let cells: Vec<&str> = cells(line).take(COLUMNS).collect();
            // A title stands alone above the head, as spreadsheets have it.
            if cells.iter().filter(|cell| !cell.is_empty()).count() < 2 {
                caption.push_str(cut(cells.iter().find(|cell| !cell.is_empty()).unwrap_or(&"")));
                caption.push(' ');
                continue;
            }
            let head = |cell: &&str| normal(&format!("{caption}{}", cut(cell)));
            tables.heads.push(cells.iter().map(head).collect());
            is_open = true;
        }
        tables
    }

    /// Whether a column has a head with one of the words.
    pub(super) fn have(&self, words: &[&str]) -> bool {
        self.heads.iter().flatten().any(|head| words.iter().any(|word| head.contains(word)))
    }

    /// The head of the column that an offset of the text stands in; empty outside of tables and in heads.
    pub(super) fn head(&self, offset: usize) -> &str {
        let above = self.rows.partition_point(|(start, _)| *start <= offset);
        let Some((start, table)) = above.checked_sub(1).and_then(|at| self.rows.get(at)) else { return "" };
        let before = if offset - start > LINE { None } else { self.text.get(*start..offset) };
        let before = before.filter(|before| !before.contains('\n')).map(inside);
        let column = before.map(|before| before.matches('|').count());
        column.and_then(|column| self.heads[*table].get(column)).map_or("", String::as_str)
    }
}

/// A row without the mark that it may begin with.
fn inside(row: &str) -> &str {
    let row = row.trim_start();
    row.strip_prefix('|').unwrap_or(row)
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    inside(row).split('|').map(str::trim)
}

fn cut(cell: &str) -> &str {
    let end = cell.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= HEAD).last();
    &cell[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::Tables;

    #[test]
    fn a_cell_is_read_under_the_head_of_its_column() {
        let text = "ก่อน\n| ที่ | Line ID |\n| --- | --- |\n| 1 | ก |\n\nหลัง\nรายชื่อครู||\nที่|ชื่อ|ป\n1|ข|2\n";
        let tables = Tables::of(text, &str::to_lowercase);
        for (what, head) in
            [("ก่อน", ""), ("Line", ""), ("1 | ก", "ที่"), ("ก |\n\n", "line id"), ("หลัง", ""), ("ข|2", "รายชื่อครู ชื่อ")]
        {
            assert_eq!(tables.head(text.find(what).unwrap()), head, "{what}");
        }
        assert_eq!(Tables::of("ไม่มี", &str::to_lowercase).head(3), "");
    }
}
