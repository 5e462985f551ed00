//! Columns of tables that say which rows are public, or that their rows are not, whatever the map makes of them.

use super::guarded::{OF_THINGS, STATES, hides, is_guarded, is_held_back, is_pending, plain, says_held_back, shows};
use super::stamps::is_internal_column;
use super::table_map::{Block, Rows, TableMap, misfit, placeholders};
use super::words::{boolean, is_cross, number, tells_crosses_apart};
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{FieldType, Schema, SourceFile, Span, Visibility};
use crate::text::stamp::{is_plain_stamp, is_stamp};

/// Columns that leave a doubt about what is published: two of one name, of which one is used, and one that says which rows
/// are public and that no block takes for it, be it shown or not. A block that says `visibility = "public"` means it.
pub(super) fn doubtful_columns(map: &TableMap, rows: &Rows, source: &SourceFile) -> Vec<Diagnostic> {
    let used: Vec<&str> = map.entries.iter().flat_map(Block::columns).collect();
    let head = Span::new(0, source.text.find('\n').unwrap_or(source.text.len()));
    let blocks = Counted::of(map, rows);
    let mut found = Vec::new();
    for (at, column) in rows.columns.iter().enumerate() {
        if used.contains(&column.as_str()) && rows.columns[..at].contains(column) {
            let (th, en) = (format!("คอลัมน์ “{column}” ซ้ำ"), format!("column `{column}` is there twice"));
            found.push(Diagnostic::at(Code::BadTable, source, head, th, en));
        } else if blocks.iter().any(|block| block.leaves_open(&blocks, rows, at)) {
            let (th, en) = (
                format!("คอลัมน์ “{column}” บอกว่าแถวใดเผยแพร่ แต่ไฟล์ .toml ของตารางไม่ได้ใช้ตัดสิน"),
                format!(
                    "column `{column}` seems to say which rows are public, and the table's .toml file does not decide by it"
                ),
            );
            let found_there = Diagnostic::at(Code::BadTable, source, head, th, en);
            found.push(if is_of_showing(&plain(column)) {
                found_there.hint(
                    format!("เขียน public หรือ internal ในคอลัมน์นี้ แล้วเพิ่ม visibility = \"{{{column}}}\" ใน [entries.set] (ถ้าเผยแพร่ทุกแถว เขียน visibility = \"public\") หรือเปลี่ยนชื่อคอลัมน์"),
                    format!("write public or internal in the column and add visibility = \"{{{column}}}\" to [entries.set] (where all rows are public: visibility = \"public\"), or rename the column"),
                )
            } else {
                found_there.hint(
                    format!("เพิ่ม visibility = \"{{{column}}}\" หรือ draft = \"{{{column}}}\" ใน [entries.set] (ถ้าเผยแพร่ทุกแถว เขียน visibility = \"public\") หรือเปลี่ยนชื่อคอลัมน์"),
                    format!("add visibility = \"{{{column}}}\" or draft = \"{{{column}}}\" to [entries.set] (where all rows are public: visibility = \"public\"), or rename the column"),
                )
            });
        }
    }
    found
}

/// A block, and for each row of the table whether it becomes an entry of the block.
struct Counted<'m> {
    block: &'m Block,
    is_there: Vec<bool>,
}

impl<'m> Counted<'m> {
    fn of(map: &'m TableMap, rows: &'m Rows) -> Vec<Counted<'m>> {
        let counted = |block: &'m Block| {
            let counts = |cells: &[String]| block.counts(&|column| rows.cell(cells, column));
            let is_there: Vec<bool> = rows.rows.iter().map(|(_, cells)| counts(cells)).collect();
            Counted { block, is_there }
        };
        map.entries.iter().map(counted).collect()
    }

    /// Whether a column says which of the rows are public, and neither the block nor another that takes the row decides by
    /// it. What another block looks at in its own rows (`when`) says nothing of these.
    fn leaves_open(&self, all: &[Counted<'_>], rows: &Rows, at: usize) -> bool {
        let column = rows.columns[at].as_str();
        let deciding: Vec<&Counted<'_>> = all.iter().filter(|other| other.block.decides_by(column)).collect();
        let is_open = |row: &usize| self.is_there[*row] && !deciding.iter().any(|other| other.is_there[*row]);
        let open: Vec<usize> = (0..rows.rows.len()).filter(is_open).collect();
        if self.block.says_of_all() || open.is_empty() && !deciding.is_empty() {
            return false;
        }
        let cell = |row: &usize| rows.rows[*row].1[at].as_str();
        let is_row = |row: &usize| all.iter().any(|other| other.is_there[*row] && !other.block.says_of_all());
        let others: Vec<&str> = (0..rows.rows.len()).filter(is_row).map(|row| cell(&row)).collect();
        // Readers see what a block shows of its own rows.
        let shows = |other: &Counted<'_>| other.block.shown().any(|shown| shown == column);
        let looks = self.block.when.contains_key(column);
        let is_used = |row: &usize| looks || all.iter().any(|other| other.is_there[*row] && shows(other));
        let (used, unused): (Vec<usize>, Vec<usize>) = open.into_iter().partition(is_used);
        let is_unused = !unused.is_empty() || used.is_empty() && !looks && !all.iter().any(shows);
        let holds =
            |rows: &[usize], is_used| holds_rows_back(column, is_used, rows.iter().map(cell), others.iter().copied());
        is_unused && is_guarded(column) && !counts(others.iter().copied())
            || holds(&used, true)
            || holds(&unused, false)
    }
}

/// Columns from which a block fills `draft` and whose names say the contrary: the rows that may be shown would be hidden, and
/// the others published.
pub(super) fn contrary_columns(block: &Block, map: &SourceFile, found: &mut Vec<Diagnostic>) {
    let pattern = block.set.get("draft").and_then(|value| value.as_str()).unwrap_or("");
    for column in placeholders(pattern).filter(|column| is_of_showing(&plain(column))) {
        let (th, en) = (
            format!("คอลัมน์ “{column}” บอกว่าแถวใดเผยแพร่ได้ แต่ draft ซ่อนแถวที่ตอบว่าใช่"),
            format!("column `{column}` says which rows may be published, and `draft` hides those that say yes"),
        );
        found.push(misfit(map, column, &th, &en, None).hint(
            "เขียน public หรือ internal ในคอลัมน์ แล้วใช้ visibility แทน draft",
            "write public or internal in the column, and use visibility in place of draft",
        ));
    }
}

/// Columns whose names say that they are internal, and that a public field shows. Beside one of the opposite name
/// (`score_external`) a column is about that; a block that says `visibility = "public"` means it.
pub(super) fn shown_columns(
    block: &Block,
    rows: &Rows,
    schema: &Schema,
    map: &SourceFile,
    found: &mut Vec<Diagnostic>,
) {
    if block.says_of_all() {
        return;
    }
    let is_paired = |column: &str| {
        let opposite = column.to_lowercase().replace("internal", "external").replace("ภายใน", "ภายนอก");
        rows.columns.iter().any(|other| other.to_lowercase() == opposite && other != column)
    };
    // A column that is called nothing but `private` may count the private ones.
    let is_held = |column: &str| {
        let words = |(_, cells): &(Span, Vec<String>)| {
            let cell = rows.cell(cells, column);
            !cell.is_empty() && number(cell).is_none() && boolean(cell).is_none()
        };
        is_held_back(column) && rows.rows.iter().any(words)
    };
    // Drafts may be counted: `draft_no`, `ร่างที่`.
    let is_called = |column: &str| is_internal_column(column) && !is_stamp(&plain(column)) || is_held(column);
    let Some((_, kind)) = schema.kind_named(&block.kind).filter(|(_, kind)| kind.visibility == Visibility::Public)
    else {
        return;
    };
    let set = block.set.iter().filter_map(|(field, value)| Some((field.as_str(), value.as_str()?)));
    let title = block.title.as_deref().map(|pattern| ("title", pattern));
    let append = block.append.iter().map(|(field, pattern)| (field.as_str(), pattern.as_str()));
    for (field, pattern) in set.chain(title).chain(append).chain([("id", block.id.as_str())]) {
        let decides = matches!(field, "visibility" | "draft");
        let def = kind.field_named(field).map(|at| &kind.fields[at]);
        if decides || def.is_some_and(|def| def.visibility == Visibility::Internal) {
            continue;
        }
        for column in placeholders(pattern).filter(|column| is_called(column) && !is_paired(column)) {
            let (th, en) = (
                format!("คอลัมน์ “{column}” ชื่อบอกว่าเป็นข้อมูลภายใน แต่ช่อง “{field}” เผยแพร่"),
                format!("column `{column}` is called internal, and field `{field}` publishes it"),
            );
            found.push(misfit(map, column, &th, &en, None).hint(
                "เขียน visibility = \"internal\" ที่ช่องนั้นในแบบแผนข้อมูล ถ้าเผยแพร่ได้ เปลี่ยนชื่อคอลัมน์",
                "write visibility = \"internal\" at that field of the schema; if it may be published, rename the column",
            ));
        }
    }
}

/// Columns with crosses and ticks of which a block fills a field of yes and no: a cross beside a tick may say no.
pub(super) fn doubtful_crosses(
    block: &Block,
    rows: &Rows,
    schema: &Schema,
    map: &SourceFile,
    found: &mut Vec<Diagnostic>,
) {
    let Some((_, kind)) = schema.kind_named(&block.kind) else { return };
    let of_answers = |field: &str| {
        let own = kind.field_named(field).map(|at| kind.fields[at].ty == FieldType::Bool);
        own.unwrap_or(field == "draft")
    };
    let filled = block.set.iter().filter(|(field, _)| of_answers(field)).filter_map(|(_, pattern)| pattern.as_str());
    for column in filled.flat_map(placeholders) {
        let cells = || rows.rows.iter().map(|(_, cells)| rows.cell(cells, column));
        if cells().any(is_cross) && cells().any(tells_crosses_apart) {
            let (th, en) = (
                format!("กากบาทในคอลัมน์ “{column}” อ่านได้สองอย่าง เพราะมีคำหรือเครื่องหมายอื่นที่แปลว่าใช่ หรือมี ✗"),
                format!(
                    "crosses in column `{column}` can be read in two ways, because it also has other signs or words for yes, or ✗"
                ),
            );
            found.push(
                misfit(map, column, &th, &en, None)
                    .hint("เขียน “ใช่” หรือ “ไม่” แทนกากบาท", "write yes or no for the crosses"),
            );
        }
    }
}

/// The name of a table that is called nothing but `private` or `ร่าง`: unlike a page, it is not about that.
pub(super) fn is_called_internal(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    is_held_back(stem).then_some(name)
}

/// Whether a column counts or measures something: it has numbers besides 0 and 1, which may be answers (`12`, `10 km`).
fn counts<'a>(mut values: impl Iterator<Item = &'a str>) -> bool {
    let measures = |value: &str| {
        let parts = value.split_once(' ');
        parts.is_some_and(|(amount, unit)| number(amount).is_some() && !unit.starts_with(char::is_numeric))
    };
    values.any(|value| number(value).is_some() && boolean(value).is_none() || measures(value))
}

/// Whether a column, by its letters, asks for a number, of which 1 is one: `draft_no`, `ร่างที่`.
fn asks_which(column: &str) -> bool {
    ["no", "number", "version", "ที่"].iter().any(|end| column.ends_with(end))
}

/// Whether a column, by its letters, says of rows that they may be shown.
fn is_of_showing(column: &str) -> bool {
    /// Words in front of these with which they are about something else: the day, the place.
    const OTHER: [&str; 7] = ["วันที่", "ปีที่", "สถานที่", "จำนวน", "ผู้", "ช่องทาง", "date"];
    let starts = |words: &[&str]| words.iter().any(|word| column.starts_with(word));
    // Teachers publish their works.
    let works = ["ผลงาน", "บทความ", "งานวิจัย"].iter().any(|work| column.ends_with(work));
    let shows_word = SHOWS.iter().any(|word| column.contains(word)) && !starts(&OTHER) && !works;
    (shows(column) || shows_word) && !hides(column) && !starts(&DENIES)
}

/// Words in the names of columns that say whether a row is shown.
const SHOWS: [&str; 7] = ["เผยแพร่", "เปิดเผย", "ยินยอม", "แสดงบน", "ขึ้นเว็บ", "publish", "showon"];
/// How cells and names of columns deny.
const DENIES: [&str; 7] = ["ไม่", "ยังไม่", "งด", "ห้าม", "รอ", "not", "declin"];

/// Whether a column of a table says of one of its rows that it is not for everybody: by its name and a value, or by a
/// value that means nothing else, in a column that no field shows also by one that may tell what something is about. Numbers are no answers where the column has others than 0 and 1.
pub(crate) fn hides_rows<'a>(column: &str, is_used: bool, values: impl Iterator<Item = &'a str> + Clone) -> bool {
    holds_rows_back(column, is_used, values.clone(), values)
}

/// The same of some rows beside others, which tell how the column is meant.
fn holds_rows_back<'a>(
    column: &str,
    is_used: bool,
    mut values: impl Iterator<Item = &'a str>,
    all: impl Iterator<Item = &'a str> + Clone,
) -> bool {
    let name = plain(column);
    let counts = asks_which(&name) || counts(all.clone());
    let tells_state = STATES.contains(&name.as_str()) || ["สถานะ", "ชั้นความลับ"].iter().any(|word| name.contains(word));
    let held_state = |value: &str| {
        let plain = plain(value);
        // Readers of a field see that something waits or was refused.
        let waits = !is_used && (plain.starts_with("ไม่อนุ") || is_pending(&plain));
        says_held_back(value) || waits || hides(&plain)
    };
    // What is used inside stands beside what is used outside: medicines, not rows.
    let paired = |value: &str| {
        let opposite = value.to_lowercase().replace("internal", "external").replace("ภายใน", "ภายนอก");
        opposite != value.to_lowercase() && all.clone().any(|other| other.to_lowercase() == opposite)
    };
    values.any(|value| {
        !(counts && number(value).is_some())
            && (tells_state && held_state(value)
                || holds_row_back(&name, is_used, value) && (tells_state || !paired(value)))
    })
}

/// Whether a cell holds its row back: it denies what its column, given by its letters, says of publishing, affirms what it
/// says of hiding, or is a stamp that means nothing else whatever the column is called.
fn holds_row_back(column: &str, is_used: bool, cell: &str) -> bool {
    /// Names of columns that hide where they are affirmed, besides those of keys.
    const HIDES: &str = "hide unlisted isdraft optout optedout withdrawn retracted redact";
    /// Words in the names of columns that say how a row is to be taken.
    const TELLS: [&str; 8] = ["ระดับ", "ผู้อ่าน", "ประเภทข้อมูล", "privacy", "level", "remark", "หมายเหตุ", "flag"];
    /// Denials that only say that something is not known, or that there is none.
    const UNKNOWN: [&str; 7] = ["ไม่ระบุ", "ไม่ปรากฏ", "ไม่มี", "ไม่เคย", "ไม่ทราบ", "ไม่พบ", "notknown"];
    let (said, value) = (boolean(cell), plain(cell));
    let starts = |words: &[&str], text: &str| words.iter().any(|word| text.starts_with(word));
    let denied = (shows(column) || !starts(&UNKNOWN, &value))
        && (said == Some(false)
            || starts(&DENIES, &value)
            || "f n denied refused withdrawn revoked".split(' ').any(|word| word == value));
    let shown = is_of_showing(column);
    let denying = starts(&DENIES, column) && SHOWS.iter().any(|word| column.contains(word));
    let hidden = hides(column) || denying || HIDES.split(' ').any(|word| word == column);
    let embargo = column.starts_with("embargo") && !value.is_empty() && said != Some(false) && value != "none";
    let seen = matches!(column, "visibility" | "visible" | "access" | "การมองเห็น" | "การเผยแพร่" | "การเข้าถึง");
    let is_held = is_stamp(&value);
    (denied || is_held || is_pending(&value)) && shown
        || embargo
        || hidden && !(is_used && OF_THINGS.contains(&column)) && (said == Some(true) || is_held)
        || seen && is_held
        || is_plain_stamp(&value)
        || !is_used && value == "ขอถอนเรื่อง"
        || is_held
            && !is_used
            && (matches!(value.as_str(), "ลับ" | "ร่าง" | "draft") || TELLS.iter().any(|word| column.contains(word)))
}
