//! What an import could not take: rows with the same reason are reported together, columns without a place in one finding.

use super::map::{Column, Header, is_called_internal, letters};
use super::places::{letter, ranges};
use super::sheet::Sheet;
use crate::authoring::convert::Cell;
use crate::authoring::names::fold;
use crate::authoring::target::{Headings, Target, is_public, label};
use crate::content::hides_rows;
use crate::content::words::boolean;
use crate::diagnostics::{Code, Diagnostic, Severity, nearest};
use crate::model::{KindDef, Label, Lang, Visibility};
use crate::text::stamp::is_stamp;
use indexmap::IndexMap;

/// Why a row, or a cell of it, was not taken.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    /// Row in the file, from 1.
    pub row: usize,
    /// Column from 1; 0: the row as a whole.
    pub column: usize,
    /// What the cell was to become.
    pub place: Option<Label>,
    /// The place itself.
    pub target: Option<Target>,
    /// The reason.
    pub message: Label,
    /// What to do.
    pub hint: Option<Label>,
    /// What the cell says.
    pub written: String,
}

impl Refusal {
    /// About a row as a whole.
    pub(crate) fn of_row(row: usize, message: Label, hint: Option<Label>) -> Refusal {
        Refusal { row, column: 0, place: None, target: None, message, hint, written: String::new() }
    }

    fn place(&self, lang: Lang) -> String {
        let name = self.place.as_ref().map(|p| p.get(lang));
        let letter = letter(self.column);
        match (lang, name, letter.as_str()) {
            (_, None, "") => String::new(),
            (Lang::TH, Some(name), "") => format!(" ช่อง “{name}”"),
            (_, Some(name), "") => format!(", “{name}”"),
            (Lang::TH, name, letter) => {
                format!(" คอลัมน์ {letter}{}", name.map_or_else(String::new, |n| format!(" “{n}”")))
            }
            (_, name, letter) => {
                format!(", column {letter}{}", name.map_or_else(String::new, |n| format!(" “{n}”")))
            }
        }
    }

    /// The reason with its place and what the cell says, for a note in a draft.
    pub(crate) fn note(&self) -> String {
        let place = self.place(Lang::TH);
        let mut text = format!("{}: {}", place.trim_start(), self.message.th);
        if !self.written.is_empty() && !self.message.th.contains(&self.written) {
            text.push_str(&format!(" (ในตาราง: “{}”)", self.written));
        }
        text.trim_start_matches(": ").replace(['\n', '\r'], " ")
    }

    /// Calls fields by their labels, where the loader's message has their ids.
    pub(crate) fn speak(&mut self, kind: &KindDef) {
        for field in kind.fields.iter().chain(kind.fields.iter().flat_map(|f| &f.columns)) {
            let name = |text: &str, lang: Lang, marks: [&str; 2]| {
                let [open, close] = marks;
                text.replace(&format!("{open}{}{close}", field.id), &format!("“{}”", field.label.get(lang)))
            };
            self.message.th = name(&self.message.th, Lang::TH, ["“", "”"]);
            self.message.en = name(&self.message.en, Lang::EN, ["`", "`"]);
        }
    }
}

/// Findings about one column beyond which the others are only counted.
const FINDINGS: usize = 12;

/// One finding for each reason, with all its rows; in the order of the first row.
pub(crate) fn grouped(file: &str, refusals: &[Refusal]) -> Vec<Diagnostic> {
    let mut groups: IndexMap<(usize, &str), (&Refusal, Vec<usize>)> = IndexMap::new();
    for refusal in refusals {
        let key = (refusal.column, refusal.message.th.as_str());
        let group = groups.entry(key).or_insert_with(|| (refusal, Vec::new()));
        group.1.push(refusal.row);
    }
    let mut reported: IndexMap<usize, usize> = IndexMap::new();
    let mut rest: IndexMap<usize, (&Refusal, Vec<usize>)> = IndexMap::new();
    let mut out = Vec::new();
    for (first, rows) in groups.into_values() {
        let count = reported.entry(first.column).or_default();
        *count += 1;
        if *count > FINDINGS {
            rest.entry(first.column).or_insert_with(|| (first, Vec::new())).1.extend(rows);
            continue;
        }
        out.push(finding(file, first, &rows, &first.message, first.hint.clone()));
    }
    for (first, rows) in rest.into_values() {
        let more = Label::new(
            format!("และค่าอื่นที่ใช้ไม่ได้อีก {} แถว", rows.len()),
            format!("and values of {} more rows that cannot be taken", rows.len()),
        );
        out.push(finding(file, first, &rows, &more, None));
    }
    out
}

fn finding(file: &str, first: &Refusal, rows: &[usize], message: &Label, hint: Option<Label>) -> Diagnostic {
    let list = ranges(rows);
    let word = if rows.len() == 1 { "row" } else { "rows" };
    let mut d = Diagnostic::new(
        Code::ImportRow,
        file,
        format!("แถว {}{}: {}", list.th, first.place(Lang::TH), message.th),
        format!("{word} {}{}: {}", list.en, first.place(Lang::EN), message.get(Lang::EN)),
    )
    .maybe_hint(hint);
    (d.line, d.column) = (first.row, first.column);
    d
}

/// Rows that are no entries, such as sums: what they are, and what that is called in English.
pub(crate) fn no_entries(file: &str, rows: &[usize], th: &str, en: &str) -> Option<Diagnostic> {
    let first = *rows.first()?;
    let list = ranges(rows);
    let mut d = Diagnostic::new(
        Code::ImportRow,
        file,
        format!("แถว {} เป็น{th} จึงไม่นำเข้า", list.th),
        format!("row(s) {} {en} and are left out", list.en),
    )
    .severity(Severity::Note);
    d.line = first;
    Some(d)
}

/// Columns of one name or place, columns with cells but without a heading, and columns that nothing is known about.
pub(crate) fn columns(file: &str, header: &Header, kind: &KindDef, rows: &[(usize, Vec<Cell>)]) -> Vec<Diagnostic> {
    let mut out: Vec<Diagnostic> = repeated(file, header, kind, rows);
    let wide = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let filled = |c: usize| rows.iter().any(|(_, cells)| cells.get(c).is_some_and(|cell| !cell.is_empty()));
    let bare: Vec<String> = (0..wide)
        .filter(|c| header.columns.get(*c).is_none_or(|column| column.heading.is_empty()) && filled(*c))
        .map(|c| letter(c + 1))
        .collect();
    if !bare.is_empty() {
        let list = bare.join(", ");
        let mut d = Diagnostic::new(
            Code::ImportRow,
            file,
            format!("คอลัมน์ {list} มีข้อมูลแต่ไม่มีหัวตาราง จึงไม่นำเข้า"),
            format!("column(s) {list} hold cells but have no heading and are left out"),
        )
        .hint("เขียนหัวตารางให้คอลัมน์นั้น", "give the column a heading");
        d.line = header.row;
        out.push(d);
    }
    out.extend(held(file, header));
    out.extend(left_out(file, header, kind));
    out
}

/// Columns whose cells meet in one place that takes one value.
fn repeated(file: &str, header: &Header, kind: &KindDef, rows: &[(usize, Vec<Cell>)]) -> Vec<Diagnostic> {
    let mut places: IndexMap<&Target, Vec<usize>> = IndexMap::new();
    for (c, column) in header.columns.iter().enumerate() {
        column.targets.iter().for_each(|t| places.entry(t).or_default().push(c));
    }
    let many = |t: &Target| match t {
        Target::Field(f) => kind.fields[*f].many,
        Target::Cell(f, _, c) => kind.fields[*f].columns[*c].many,
        Target::Section(_) => true,
        _ => false,
    };
    let mut out = Vec::new();
    for (target, columns) in places.iter().filter(|(t, columns)| columns.len() > 1 && !many(t)) {
        let text = |cells: &[Cell], c: usize| cells.get(c).filter(|cell| !cell.is_empty()).map(Cell::text);
        let differ: Vec<usize> = rows
            .iter()
            .filter(|(_, cells)| {
                let mut said = columns.iter().filter_map(|c| text(cells, *c));
                said.next().is_some_and(|first| said.any(|other| fold(&other) != fold(&first)))
            })
            .map(|(row, _)| *row)
            .collect();
        if differ.is_empty() {
            continue;
        }
        let letters = columns.iter().map(|c| letter(c + 1)).collect::<Vec<_>>().join(", ");
        let (name, list) = (label(kind, target), ranges(&differ));
        let mut d = Diagnostic::new(
            Code::ImportRow,
            file,
            format!("คอลัมน์ {letters} เป็น “{}” เหมือนกัน แถว {} มีค่าต่างกัน จึงใช้ค่าจากคอลัมน์แรกที่มีค่า", name.th, list.th),
            format!(
                "columns {letters} are all “{}”; they differ in row(s) {}, where the first one that is filled counts",
                name.get(Lang::EN),
                list.en
            ),
        )
        .hint(
            "เปลี่ยนชื่อหัวตารางของคอลัมน์ที่เป็นเรื่องอื่น หรือบอกช่องปลายทางในแผนที่คอลัมน์",
            "rename the heading that means something else, or name its place in a map of columns",
        );
        d.line = header.row;
        out.push(d);
    }
    out
}

/// A column that is not taken and that says of a row that it is not for everybody: without it the row would be published.
pub(crate) fn columns_that_hide(file: &str, header: &Header, rows: &[(usize, Vec<Cell>)]) -> Option<Diagnostic> {
    let hides = |(c, column): &(usize, &Column)| {
        let cells: Vec<String> = rows.iter().filter_map(|(_, cells)| cells.get(*c)).map(Cell::text).collect();
        let filled = |cell: &String| !Cell::Text(cell.clone()).is_empty() && boolean(cell) != Some(false);
        let stamp = is_stamp(&letters(&column.heading)) && cells.iter().any(filled);
        let stamped = cells.iter().any(|cell| is_stamp(&letters(cell)));
        let hides = || hides_rows(&column.heading, false, cells.iter().map(String::as_str));
        column.targets.is_empty() && !column.heading.is_empty() && (stamp || stamped || hides())
    };
    let (c, column) = header.columns.iter().enumerate().find(hides)?;
    let (letter, name) = (letter(c + 1), &column.heading);
    let mut d = Diagnostic::new(
        Code::ImportRow,
        file,
        format!("คอลัมน์ {letter} “{name}” บอกว่าบางแถวไม่เผยแพร่ จึงไม่นำเข้าเลย"),
        format!("column {letter} “{name}” says that some rows are not for everybody: nothing is imported"),
    )
    .severity(Severity::Error)
    .hint(
        "เปลี่ยนหัวตารางเป็น draft (ใช่/ไม่) หรือ visibility (public/internal) หรือลบแถวที่ไม่เผยแพร่ ถ้าคอลัมน์เป็นเรื่องอื่น ให้เปลี่ยนหัวตาราง",
        "rename the heading to draft (yes/no) or visibility (public/internal), or delete those rows; if the column means something else, rename its heading",
    );
    d.line = header.row;
    Some(d)
}

/// Columns that are called internal and would fill what readers see.
fn held(file: &str, header: &Header) -> Option<Diagnostic> {
    let held = header.columns.iter().enumerate().filter(|(_, column)| column.held);
    let list: Vec<String> = held.map(|(c, column)| format!("{} “{}”", letter(c + 1), column.heading)).collect();
    if list.is_empty() {
        return None;
    }
    let list = list.join(", ");
    let mut d = Diagnostic::new(
        Code::ImportRow,
        file,
        format!("หัวตารางบอกว่าเป็นข้อมูลภายใน แต่ช่องที่ตรงกันเผยแพร่ จึงไม่นำเข้า: {list}"),
        format!("column(s) called internal, of which the fields are public, are left out: {list}"),
    )
    .hint(
        "เพิ่มช่องที่มี visibility = \"internal\" ในแบบแผนข้อมูล ถ้าเผยแพร่ได้ เปลี่ยนหัวตาราง",
        "give the kind a field with visibility = \"internal\"; if it may be published, rename the heading",
    );
    d.line = header.row;
    Some(d)
}

/// A stamp on the sheet as a whole: its name, or a line above the headings.
pub(crate) fn stamped_sheet(file: &str, sheet: &Sheet, header: &Header, kind: &KindDef) -> Option<Diagnostic> {
    let decides = header.columns.iter().flat_map(|column| &column.targets).any(|target| !is_public(kind, target));
    let above = sheet.rows.iter().take_while(|(row, _)| *row < header.row);
    let alone = above.filter_map(|(_, cells)| {
        let mut filled = cells.iter().filter(|cell| !cell.is_empty());
        filled.next().filter(|_| filled.next().is_none()).map(Cell::text)
    });
    let stamp = alone.chain([sheet.name.clone()]).find(|text| is_stamp(&letters(text)) || is_called_internal(text));
    let stamp = stamp.filter(|_| kind.visibility == Visibility::Public && !decides)?;
    let told = Diagnostic::new(
        Code::ImportRow,
        file,
        format!("ตารางบอกว่าไม่ใช่สำหรับทุกคน (“{stamp}”) จึงไม่นำเข้าเลย"),
        format!("the table says that it is not for everybody (“{stamp}”): nothing is imported"),
    );
    Some(told.severity(Severity::Error).hint(
        "ถ้าเผยแพร่ได้ ลบหรือเปลี่ยนข้อความนั้น ถ้าไม่ ให้เพิ่มคอลัมน์ visibility (internal) หรือ draft (ใช่)",
        "if it may be published, remove or change those words; else add a column visibility (internal) or draft (yes)",
    ))
}

/// The columns that nothing is known about, with the nearest field where there is one.
fn left_out(file: &str, header: &Header, kind: &KindDef) -> Option<Diagnostic> {
    let names = Headings::new(kind).names();
    let unknown: Vec<String> = header
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.known)
        .map(|(c, column)| {
            let near = near(&column.heading, &names);
            let near = near.map_or_else(String::new, |n| format!(" (≈ {n})"));
            format!("{} “{}”{near}", letter(c + 1), column.heading)
        })
        .collect();
    if unknown.is_empty() {
        return None;
    }
    let (count, list) = (unknown.len(), unknown.join(", "));
    let mut d = Diagnostic::new(
        Code::ImportRow,
        file,
        format!("{count} คอลัมน์ไม่ตรงกับช่องใด จึงไม่นำเข้า: {list}"),
        format!("{count} column(s) name no field and are left out: {list}"),
    )
    .hint(
        "ให้ร่างแผนที่คอลัมน์จากไฟล์นี้ด้วย --write-map แผนที่.toml เติมช่องปลายทาง แล้วนำเข้าด้วย --map แผนที่.toml",
        "draft a map from this file with --write-map MAP.toml, fill in where the columns go, and import with --map MAP.toml",
    );
    d.line = header.row;
    Some(d)
}

/// The name that a heading is near to: by spelling, or because one holds the other.
pub(crate) fn near<'a>(heading: &str, names: &'a [String]) -> Option<&'a str> {
    let bare = super::map::bare_question(heading);
    if let Some(name) = nearest(bare, names.iter().map(String::as_str)) {
        return Some(name);
    }
    let wanted = fold(bare);
    let holds = |name: &&String| {
        let name = fold(name);
        name.chars().count() >= SHORTEST && (wanted.contains(&name) || name.contains(&wanted))
    };
    (wanted.chars().count() >= SHORTEST)
        .then(|| names.iter().filter(holds).max_by_key(|n| n.chars().count()))
        .flatten()
        .map(String::as_str)
}

/// Shortest text, in characters, that counts as a part of another.
const SHORTEST: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_reason_stand_together() {
        let one = |row, text: &str| Refusal {
            row,
            column: 28,
            place: Some(Label::new("ปี", "Year")),
            message: Label::new(text, text),
            ..Refusal::of_row(row, Label::default(), None)
        };
        let all = [one(2, "a"), one(3, "b"), one(4, "a"), one(5, "a"), one(6, "a")];
        let found = grouped("t.xlsx", &all);
        let said: Vec<&str> = found.iter().map(|d| d.message.en.as_str()).collect();
        assert_eq!(said, ["rows 2, 4–6, column AB “Year”: a", "row 3, column AB “Year”: b"]);
        assert_eq!((found[0].line, found[0].column), (2, 28));
    }

    #[test]
    fn many_rows_and_reasons_stay_short() {
        let alternate: Vec<usize> = (1..=600).map(|n| n * 5).collect();
        assert_eq!(ranges(&alternate).en, "5, 10, 15, 20, 25, 30, 35, 40 and 592 more");
        assert_eq!(ranges(&(3..=602).collect::<Vec<_>>()).en, "3–602");
        let all: Vec<Refusal> =
            (1..100).map(|n| Refusal::of_row(n, Label::new(format!("{n}"), format!("{n}")), None)).collect();
        let found = grouped("t.xlsx", &all);
        assert_eq!(found.len(), FINDINGS + 1);
        assert!(found[FINDINGS].message.en.contains("87 more rows"), "{}", found[FINDINGS].message.en);
    }

    #[test]
    fn a_longer_question_is_near_to_the_field_in_it() {
        let names = ["กิจกรรมที่ทบทวน".to_string(), "วันที่".to_string()];
        assert_eq!(near("3. ชื่อกิจกรรมที่ทบทวนในครั้งนี้", &names), Some("กิจกรรมที่ทบทวน"));
        assert_eq!(near("อีเมล", &names), None);
    }
}
