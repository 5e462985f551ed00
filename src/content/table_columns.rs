//! Columns of tables that say which rows are public, or that their rows are not, whatever the map makes of them.

use super::guarded::{PENDING, SHOWN, STATES, is_guarded, is_held_back, is_more, plain, says_held_back};
use super::stamps::is_internal_name;
use super::table_map::{Block, Rows, TableMap, misfit, placeholders};
use super::words::boolean;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Schema, SourceFile, Span, Visibility};
use crate::text::stamps::{ABOUT, WORDS as HELD_BACK, is_stamp};

/// Columns that leave a doubt about what is published: two of one name, of which one is used, and one that says which rows
/// are public and that no block takes for it, be it shown or not. A block that says `visibility = "public"` means it.
pub(super) fn doubtful_columns(map: &TableMap, rows: &Rows, source: &SourceFile) -> Vec<Diagnostic> {
    let used: Vec<&str> = map.entries.iter().flat_map(Block::columns).collect();
    let set = |block: &Block, key: &str| block.set.get(key).and_then(|v| v.as_str()).map(str::to_owned);
    let takes = |pattern: Option<String>, column: &str| pattern.is_some_and(|p| placeholders(&p).any(|c| c == column));
    let decides = |column: &str| {
        map.entries.iter().any(|block| ["visibility", "draft"].iter().any(|key| takes(set(block, key), column)))
    };
    let open = |block: &&Block| set(block, "visibility").as_deref() == Some("public");
    let shown = |(_, cells): &&(Span, Vec<String>)| {
        map.entries.iter().filter(|block| !open(block)).any(|block| block.counts(&|column| rows.cell(cells, column)))
    };
    let shown: Vec<&(Span, Vec<String>)> = rows.rows.iter().filter(shown).collect();
    let head = Span::new(0, source.text.find('\n').unwrap_or(source.text.len()));
    let mut found = Vec::new();
    for (at, column) in rows.columns.iter().enumerate() {
        let is_used = used.contains(&column.as_str());
        if is_used && rows.columns[..at].contains(column) {
            let (th, en) = (format!("คอลัมน์ “{column}” ซ้ำ"), format!("column `{column}` is there twice"));
            found.push(Diagnostic::at(Code::BadTable, source, head, th, en));
        } else if !decides(column)
            && (!is_used && is_guarded(column)
                || says_hidden(column, is_used, shown.iter().map(|(_, row)| row[at].as_str())))
        {
            let (th, en) = (
                format!("คอลัมน์ “{column}” บอกว่าแถวใดเผยแพร่ แต่ไฟล์ .toml ของตารางไม่ได้ใช้ตัดสิน"),
                format!(
                    "column `{column}` seems to say which rows are public, and the table's .toml file does not decide by it"
                ),
            );
            found.push(Diagnostic::at(Code::BadTable, source, head, th, en).hint(
                format!("เพิ่ม visibility = \"{{{column}}}\" หรือ draft = \"{{{column}}}\" ใน [entries.set] (ถ้าเผยแพร่ทุกแถว เขียน visibility = \"public\") หรือเปลี่ยนชื่อคอลัมน์"),
                format!("add visibility = \"{{{column}}}\" or draft = \"{{{column}}}\" to [entries.set] (where all rows are public: visibility = \"public\"), or rename the column"),
            ));
        }
    }
    found
}

/// Columns whose names say that they are internal, and that a public field shows.
pub(super) fn shown_columns(block: &Block, schema: &Schema, map: &SourceFile, found: &mut Vec<Diagnostic>) {
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
        for column in placeholders(pattern).filter(|column| is_internal_name(column)) {
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

/// The name of a table that is called nothing but `private` or `ร่าง`, which unlike a page is not about that, or that is put
/// aside (`_old.csv`).
pub(super) fn is_called_internal(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    (is_held_back(stem) || name.starts_with('_')).then_some(name)
}

/// Whether a column that fills nothing says of one of its rows that it is not for everybody.
pub(crate) fn hides_rows<'a>(column: &str, values: impl Iterator<Item = &'a str>) -> bool {
    says_hidden(column, false, values)
}

/// Whether a column of a table says of one of its rows that it is not for everybody: by its name and a value, or by a
/// value that means nothing else. What fills a field may be about that (`private` of a school).
fn says_hidden<'a>(column: &str, is_used: bool, mut values: impl Iterator<Item = &'a str>) -> bool {
    let column_name = plain(column);
    let tells_state =
        STATES.contains(&column_name.as_str()) || ["สถานะ", "ชั้นความลับ"].iter().any(|word| column_name.contains(word));
    let hides = |value: &str| {
        let plain = plain(value);
        says_held_back(value)
            || boolean(value) == Some(false)
            || plain.starts_with("ยังไม่")
            || is_more(&plain)
            || PENDING.contains(&plain.as_str())
    };
    values.any(|value| tells_state && hides(value) || holds_row_back(column, is_used, value))
}

/// Whether a cell holds its row back: it denies what its column says of publishing, affirms what it says of hiding, or is
/// a stamp that means nothing else whatever the column is called.
fn holds_row_back(column: &str, is_used: bool, value: &str) -> bool {
    /// Words in the names of columns that say whether a row is shown.
    const SHOWS: [&str; 11] =
        ["เผยแพร่", "เปิดเผย", "ยินยอม", "แสดงบน", "ขึ้นเว็บ", "ลงเว็บ", "แชร์", "publish", "showon", "consent", "release"];
    /// What a cell denies whatever its column is called.
    const DENIED: [&str; 4] = ["ไม่ยินยอม", "ไม่อนุ", "ไม่เผย", "ไม่เปิดเผย"];
    let is_filled = value.chars().any(|c| !c.is_whitespace() && !"-–—".contains(c));
    let (key, said, value) = (plain(column), boolean(value), plain(value));
    let denied = said == Some(false) || value.starts_with("ไม่") || matches!(value.as_str(), "f" | "n");
    let shows = SHOWN.contains(&key.as_str())
        || SHOWS.iter().any(|word| key.contains(word))
        || matches!(key.as_str(), "แสดง" | "public" | "ispublic");
    let hides = is_more(&key) || matches!(key.as_str(), "hide" | "ซ่อน" | "unlisted" | "isdraft");
    let seen = matches!(key.as_str(), "visibility" | "visible" | "access" | "การมองเห็น" | "การเผยแพร่" | "การเข้าถึง");
    let not_yet = HELD_BACK.contains(&value.as_str()) || PENDING.contains(&value.as_str()) || value.starts_with("รอ");
    (denied || not_yet) && shows
        || hides && !denied && is_filled
        || DENIED.iter().any(|start| value.starts_with(start))
        || seen && HELD_BACK.contains(&value.as_str())
        || is_stamp(&value) && !(is_used && ABOUT.contains(&value.as_str()))
}
