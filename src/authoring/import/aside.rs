//! Rows of a table that are no entries: sums, headings that are repeated or stand between rows, numbers of columns,
//! remarks and signatures below. Marks that stand for the cell above are replaced by what is there.

use super::map::{Finder, Header, is_order};
use super::report::no_entries;
use super::sheet::Sheet;
use crate::authoring::convert::Cell;
use crate::authoring::import::places::letter;
use crate::authoring::names::fold;
use crate::content::words::{bare, number};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::Label;

/// Why a row is no entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Total,
    Heading,
    Numbers,
    Part,
    Remark,
    Other,
}

const REASONS: [(Aside, &str, &str); 6] = [
    (Aside::Numbers, "เลขคอลัมน์ใต้หัวตาราง", "number the columns"),
    (Aside::Heading, "หัวตารางที่เขียนซ้ำ", "repeat the headings"),
    (Aside::Part, "หัวข้อคั่นระหว่างแถว", "are headings between the rows"),
    (Aside::Total, "แถวรวม", "hold totals"),
    (Aside::Remark, "หมายเหตุหรือลายมือชื่อ", "are remarks or signatures"),
    (Aside::Other, "ตารางอื่นในแผ่นงานเดียวกัน", "are another table on the sheet"),
];

/// Words with which sums and averages begin.
const TOTALS: [&str; 17] = [
    "รวม",
    "ยอดรวม",
    "ผลรวม",
    "เฉลี่ย",
    "ค่าเฉลี่ย",
    "คะแนนเฉลี่ย",
    "ร้อยละ",
    "คิดเป็น",
    "ส่วนเบี่ยงเบน",
    "สูงสุด",
    "ต่ำสุด",
    "สรุป",
    "total",
    "grandtotal",
    "subtotal",
    "average",
    "sum",
];

/// What a sum or average is called as a whole.
const WHOLE: [&str; 29] = [
    "รวม",
    "รวมทั้งสิ้น",
    "รวมทั้งหมด",
    "ยอดรวม",
    "ผลรวม",
    "รวมยอด",
    "รวมจำนวน",
    "รวมคะแนน",
    "รวมเป็นเงิน",
    "เฉลี่ย",
    "เฉลี่ยรวม",
    "ค่าเฉลี่ย",
    "ค่าเฉลี่ยรวม",
    "คะแนนเฉลี่ย",
    "คิดเป็นร้อยละ",
    "ส่วนเบี่ยงเบนมาตรฐาน",
    "sd",
    "สูงสุด",
    "ต่ำสุด",
    "คะแนนสูงสุด",
    "คะแนนต่ำสุด",
    "ค่าสูงสุด",
    "ค่าต่ำสุด",
    "total",
    "grandtotal",
    "subtotal",
    "sum",
    "average",
    "mean",
];

/// The rows that are entries, and findings about the others.
pub(super) fn sorted<'a>(
    file: &str,
    sheet: &Sheet,
    (header, finder): (&Header, &Finder<'_>),
    rows: &'a [(usize, Vec<Cell>)],
) -> (Vec<&'a (usize, Vec<Cell>)>, Vec<Diagnostic>) {
    let heads = |(_, cells): &(usize, Vec<Cell>)| is_heading(finder, cells) && !header.is_again(cells);
    // A table below, with its name; and one above of which the headings were not taken.
    let below = rows.iter().position(heads).unwrap_or(rows.len());
    let named = below.checked_sub(1).filter(|at| below < rows.len() && filled(&rows[*at].1) == 1);
    let (rows, others) = rows.split_at(named.unwrap_or(below));
    let above = &sheet.rows[..sheet.rows.iter().position(|(row, _)| *row == header.row).unwrap_or(0)];
    let above = &above[above.iter().position(heads).unwrap_or(above.len())..];
    let mut asides: Vec<(Aside, usize)> = above.iter().chain(others).map(|(row, _)| (Aside::Other, *row)).collect();
    let table = Table::new(sheet, header, rows);
    let mut entries: Vec<&(usize, Vec<Cell>)> = Vec::new();
    // Where the rows begin that the next sum is of.
    let mut since = 0;
    for (at, row) in rows.iter().enumerate() {
        match table.aside(at, row, &entries, since) {
            Some(aside) => {
                asides.push((aside, row.0));
                since = if matches!(aside, Aside::Total | Aside::Part) { entries.len() } else { since };
            }
            None => entries.push(row),
        }
    }
    let told = REASONS.iter().filter_map(|(aside, th, en)| {
        let numbers: Vec<usize> = asides.iter().filter(|(a, _)| a == aside).map(|(_, row)| *row).collect();
        let told = no_entries(file, &numbers, th, en)?;
        let apart = Label::new(
            "แยกไว้คนละแผ่นงาน หรือบอกแถวของหัวตารางด้วย header ในแผนที่คอลัมน์",
            "put it on a sheet of its own, or name the row of its headings with `header` in a map",
        );
        Some(told.maybe_hint((*aside == Aside::Other).then_some(apart)))
    });
    (entries, told.collect())
}

/// What is known of a table as a whole.
struct Table<'a> {
    sheet: &'a Sheet,
    header: &'a Header,
    /// The column that counts the rows.
    order: Option<usize>,
    /// Row from which on there are remarks only, counted in the rows.
    end: usize,
}

impl<'a> Table<'a> {
    fn new(sheet: &'a Sheet, header: &'a Header, rows: &[(usize, Vec<Cell>)]) -> Table<'a> {
        let counts = |c: usize| rows.iter().filter(|(_, cells)| counted(cells, c)).count() > 1;
        let order = header.columns.iter().position(|column| is_order(&column.heading));
        let order = order.filter(|c| counts(*c));
        let mut table = Table { sheet, header, order, end: rows.len() };
        // Behind the first remark there is nothing else, if no row follows that has as many cells as an entry.
        let last = rows.iter().rposition(|(_, cells)| !table.is_thin(cells));
        let below = last.map_or(0, |last| last + 1);
        table.end = (below..rows.len()).find(|at| is_remark(&rows[*at].1)).unwrap_or(rows.len());
        table
    }

    fn aside(
        &self,
        at: usize,
        row: &(usize, Vec<Cell>),
        entries: &[&(usize, Vec<Cell>)],
        since: usize,
    ) -> Option<Aside> {
        let (number, cells) = row;
        let uncounted = self.order.is_some_and(|c| !counted(cells, c));
        if at >= self.end || (self.is_thin(cells) && is_remark(cells) && (uncounted || filled(cells) == 1)) {
            return Some(Aside::Remark);
        }
        if at == 0 && self.numbers_columns(cells) {
            return Some(Aside::Numbers);
        }
        if self.header.is_again(cells) {
            return Some(Aside::Heading);
        }
        let first = first(cells);
        if is_total(&first) {
            return Some(Aside::Total);
        }
        if TOTALS.iter().any(|word| first.starts_with(word))
            && (uncounted || adds_up(cells, &entries[since..]) || adds_up(cells, entries))
        {
            return Some(Aside::Total);
        }
        let wide = |c: usize| {
            self.sheet
                .merges
                .iter()
                .any(|m| m.rows == (*number, *number) && m.columns.0 < m.columns.1 && m.columns.0 == c)
        };
        let alone = cells.iter().position(|cell| !cell.is_empty()).filter(|_| filled(cells) == 1);
        alone.filter(|c| wide(*c) || (uncounted && self.order == Some(*c))).map(|_| Aside::Part)
    }

    /// Whether a row has too few cells for an entry of a table of several columns.
    fn is_thin(&self, cells: &[Cell]) -> bool {
        let wide = self.header.columns.iter().filter(|column| !column.heading.is_empty()).count();
        filled(cells) <= if wide > 3 { 2 } else { 1 }
    }

    /// `(1) (2) (3)`, or `1 2 3 4` under all headings.
    fn numbers_columns(&self, cells: &[Cell]) -> bool {
        let all: Vec<String> = cells.iter().filter(|c| !c.is_empty()).map(Cell::text).collect();
        let bracketed = |(n, text): (usize, &String)| {
            let inner = text.trim().strip_prefix('(').and_then(|rest| rest.split_once(')'));
            inner.and_then(|(inner, _)| self::number(inner)) == Some((n + 1) as f64)
        };
        let plain = |(n, text): (usize, &String)| self::number(text) == Some((n + 1) as f64);
        let headed = self.header.columns.iter().filter(|column| !column.heading.is_empty()).count();
        (all.len() > 1 && all.iter().enumerate().all(bracketed))
            || (all.len() > 3 && all.len() == headed && all.iter().enumerate().all(plain))
    }
}

/// Whether a row names places and nothing else, two at least.
fn is_heading(finder: &Finder<'_>, cells: &[Cell]) -> bool {
    let known = |cell: &Cell| matches!(cell, Cell::Text(text) if finder.find(text).is_some_and(|t| !t.is_empty()));
    filled(cells) > 1 && cells.iter().filter(|cell| !cell.is_empty()).all(known)
}

fn filled(cells: &[Cell]) -> usize {
    cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// The first word of a row, as words are compared.
fn first(cells: &[Cell]) -> String {
    cells.iter().find(|cell| !cell.is_empty()).map(|cell| fold(&cell.text())).unwrap_or_default()
}

fn amount(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(n, _) => Some(*n),
        Cell::Text(text) => number(bare(text)),
        _ => None,
    }
}

/// Whether a row has its number in a column.
fn counted(cells: &[Cell], column: usize) -> bool {
    cells.get(column).is_some_and(|cell| {
        let text = cell.text();
        number(text.trim_end_matches(['.', ')'])).is_some_and(|n| n.fract() == 0.0)
    })
}

/// Whether a name is that of a sum or average; `รวม 3 โรงเรียน`: a number behind the word.
fn is_total(first: &str) -> bool {
    let number_behind =
        |w: &&str| first.strip_prefix(*w).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let plain = first.split("คน").next().unwrap_or(first);
    WHOLE.iter().any(|w| first == *w || plain == *w || number_behind(w))
}

/// Whether the numbers of a row are the sums or the averages of rows; of a single row, two numbers at least.
fn adds_up(cells: &[Cell], rows: &[&(usize, Vec<Cell>)]) -> bool {
    let mut agreeing = 0;
    for (c, cell) in cells.iter().enumerate() {
        if *cell == Cell::Uncomputed {
            agreeing += 1;
            continue;
        }
        let Some(here) = amount(cell) else { continue };
        let above: Vec<f64> = rows.iter().filter_map(|(_, cells)| amount(cells.get(c)?)).collect();
        let sum: f64 = above.iter().sum();
        let near = |n: f64| (n - here).abs() <= 0.01 + here.abs() * 1e-9;
        if above.is_empty() || !(near(sum) || near(sum / above.len() as f64)) {
            return false;
        }
        agreeing += 1;
    }
    agreeing > usize::from(rows.len() < 2)
}

/// Whether a row says something about the table, or is signed.
fn is_remark(cells: &[Cell]) -> bool {
    let text = cells.iter().find(|cell| !cell.is_empty()).map(Cell::text).unwrap_or_default();
    let text = text.trim();
    let word = |w: &str| text.strip_prefix(w).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic()));
    text.starts_with('*')
        || text.starts_with("หมายเหตุ")
        || text.starts_with("ลงชื่อ")
        || text.starts_with("ข้อมูล ณ")
        || ["ที่มา", "แหล่งข้อมูล", "แหล่งที่มา", "ผู้รายงาน", "ผู้จัดทำ", "ผู้รับรอง", "คำชี้แจง", "Note", "Notes", "Source", "Remark"]
            .into_iter()
            .any(word)
}

/// Whether a cell holds the mark for what stands above it: `"`, `″`, `-"-`.
fn is_ditto(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else { return false };
    let mark = text.trim().trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '_' | ' '));
    matches!(mark, "\"" | "″" | "”" | "“" | "〃" | "''" | "’’" | ",," | "„" | "״")
}

/// Rows with their numbers in the file.
type Rows = Vec<(usize, Vec<Cell>)>;

/// Most cells that a message names.
const NAMED: usize = 20;

/// The rows with marks such as `"` replaced by what stands above them; none where there are no such marks.
pub(super) fn repeated(file: &str, rows: &[(usize, Vec<Cell>)]) -> Option<(Rows, Diagnostic)> {
    if !rows.iter().any(|(_, cells)| cells.iter().any(is_ditto)) {
        return None;
    }
    let mut out = rows.to_vec();
    let mut names = Vec::new();
    for at in 1..out.len() {
        let (above, here) = out.split_at_mut(at);
        let (Some((_, above)), Some((row, cells))) = (above.last(), here.first_mut()) else { continue };
        for (c, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| is_ditto(cell)) {
            if let Some(value) = above.get(c).filter(|cell| !cell.is_empty() && !is_ditto(cell)) {
                *cell = value.clone();
                names.push(format!("{}{row}", letter(c + 1)));
            }
        }
    }
    let list = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let list = list + if names.len() > NAMED { " …" } else { "" };
    let told = Diagnostic::new(
        Code::ImportRow,
        file,
        format!("ช่อง {list} เขียนเครื่องหมายบุพสัญญา (\") จึงใช้ค่าของช่องข้างบน"),
        format!("cell(s) {list} hold a ditto mark (\") and take the value above"),
    );
    (!names.is_empty()).then(|| (out, told.severity(Severity::Note)))
}
