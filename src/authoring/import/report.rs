//! What an import could not take: rows with the same reason are told together, columns without a place in one finding.

use super::map::Header;
use crate::authoring::names::fold;
use crate::authoring::target::Headings;
use crate::diagnostics::{Code, Diagnostic, nearest};
use crate::model::{KindDef, Label, Lang};
use indexmap::IndexMap;
use rust_xlsxwriter::utility::column_number_to_name;

/// Why a row, or a cell of it, was not taken.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Row in the file, from 1.
    pub row: usize,
    /// Column from 1; 0: the row as a whole.
    pub column: usize,
    /// What the cell was to become.
    pub place: Option<Label>,
    /// The reason.
    pub message: Label,
    /// What to do.
    pub hint: Option<Label>,
}

impl Refusal {
    /// About a row as a whole.
    pub fn of_row(row: usize, message: Label, hint: Option<Label>) -> Refusal {
        Refusal { row, column: 0, place: None, message, hint }
    }

    fn place(&self, lang: Lang) -> String {
        let name = self.place.as_ref().map(|p| p.get(lang));
        let letter = letter(self.column);
        match (lang, name, letter.as_str()) {
            (_, None, "") => String::new(),
            (Lang::Th, Some(name), "") => format!(" ช่อง “{name}”"),
            (Lang::En, Some(name), "") => format!(", “{name}”"),
            (Lang::Th, name, letter) => {
                format!(" คอลัมน์ {letter}{}", name.map_or_else(String::new, |n| format!(" “{n}”")))
            }
            (Lang::En, name, letter) => {
                format!(", column {letter}{}", name.map_or_else(String::new, |n| format!(" “{n}”")))
            }
        }
    }

    /// The reason with its place, for a note in a draft.
    pub fn note(&self) -> String {
        let place = self.place(Lang::Th);
        let text = format!("{}: {}", place.trim_start(), self.message.th);
        text.trim_start_matches(": ").replace(['\n', '\r'], " ")
    }
}

/// The letters that a spreadsheet gives to a column, counted from 1.
fn letter(column: usize) -> String {
    let number = column.checked_sub(1).and_then(|c| u16::try_from(c).ok());
    number.map_or_else(String::new, column_number_to_name)
}

/// One finding for each reason, with all its rows; in the order of the first row.
pub fn grouped(file: &str, refusals: &[Refusal]) -> Vec<Diagnostic> {
    let mut groups: IndexMap<(usize, &str), (&Refusal, Vec<usize>)> = IndexMap::new();
    for refusal in refusals {
        let key = (refusal.column, refusal.message.th.as_str());
        let group = groups.entry(key).or_insert_with(|| (refusal, Vec::new()));
        group.1.push(refusal.row);
    }
    groups
        .into_values()
        .map(|(first, rows)| {
            let list = ranges(&rows);
            let word = if rows.len() == 1 { "row" } else { "rows" };
            let mut d = Diagnostic::new(
                Code::ImportRow,
                file,
                format!("แถว {list}{}: {}", first.place(Lang::Th), first.message.th),
                format!("{word} {list}{}: {}", first.place(Lang::En), first.message.get(Lang::En)),
            )
            .maybe_hint(first.hint.clone());
            (d.line, d.column) = (first.row, first.column);
            d
        })
        .collect()
}

/// `2, 5–9`.
fn ranges(rows: &[usize]) -> String {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows.dedup();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let start = rows[at];
        while at + 1 < rows.len() && rows[at + 1] == rows[at] + 1 {
            at += 1;
        }
        out.push(match rows[at] - start {
            0 => start.to_string(),
            1 => format!("{start}, {}", rows[at]),
            _ => format!("{start}–{}", rows[at]),
        });
        at += 1;
    }
    out.join(", ")
}

/// The columns that nothing is known about, with the nearest field where there is one.
pub fn left_out(file: &str, header: &Header, kind: &KindDef) -> Option<Diagnostic> {
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
pub fn near<'a>(heading: &str, names: &'a [String]) -> Option<&'a str> {
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
            hint: None,
        };
        let all = [one(2, "a"), one(3, "b"), one(4, "a"), one(5, "a"), one(6, "a")];
        let found = grouped("t.xlsx", &all);
        let said: Vec<&str> = found.iter().map(|d| d.message.en.as_str()).collect();
        assert_eq!(said, ["rows 2, 4–6, column AB “Year”: a", "row 3, column AB “Year”: b"]);
        assert_eq!((found[0].line, found[0].column), (2, 28));
    }

    #[test]
    fn a_longer_question_is_near_to_the_field_in_it() {
        let names = ["กิจกรรมที่ทบทวน".to_string(), "วันที่".to_string()];
        assert_eq!(near("3. ชื่อกิจกรรมที่ทบทวนในครั้งนี้", &names), Some("กิจกรรมที่ทบทวน"));
        assert_eq!(near("อีเมล", &names), None);
    }
}
