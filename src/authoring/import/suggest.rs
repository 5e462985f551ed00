//! A draft of a map for a table: every heading with the place that it probably means, and the words of the table that
//! no vocabulary and no entry has.

use super::map::{Column, Header, ImportMap, header};
use super::plan::converter;
use super::report::near;
use super::sheet::Sheet;
use crate::authoring::convert::{Cell, Converter};
use crate::authoring::names::NameIndex;
use crate::authoring::target::{Headings, RESERVED, Target, field_of, label, parse, written};
use crate::authoring::value::quote;
use crate::diagnostics::Diagnostic;
use crate::model::{FieldDef, FieldType, KindDef, KindId, Portal};
use std::fmt::Write;

/// Words of one column that a draft lists.
const WORDS: usize = 40;
/// Longest word that is listed, in characters.
const WORD: usize = 80;

/// The text of a map file for the sheet, with comments that say what is to be done.
///
/// # Errors
/// The given map names what the kind does not have.
pub fn draft(portal: &Portal, file: &str, sheet: &Sheet, kind: KindId, map: &ImportMap) -> Result<String, Diagnostic> {
    let def = &portal.schema.kinds[kind];
    let header = match header(file, map, def, sheet) {
        Ok(header) => header,
        Err(error) => first_row(sheet).ok_or(error)?,
    };
    let mut out = format!(
        "# แผนที่คอลัมน์ของ {file} / map of columns\n\
         # ซ้าย: หัวตารางในไฟล์  ขวา: รหัสหรือชื่อไทยของช่องปลายทาง ดูรายการท้ายไฟล์ (\"\" = ไม่นำเข้า, [\"a\", \"b\"] = ใส่สองช่อง) / left: heading, right: where it goes\n\
         # ตรวจแล้วนำเข้า / check, then: sala import FILE --map THIS.toml --dry-run\n\
         kind = {}\nheader = {}\n",
        quote(&def.id),
        header.row
    );
    out.push_str("# คอลัมน์ที่แยกแถวออกจากกัน ใช้เมื่อนำเข้าซ้ำ / columns that tell rows apart when the table comes again\n");
    let _ = writeln!(out, "key = [{}]", keys(&header).join(", "));
    out.push_str("\n[columns]\n");
    let columns = guessed(&header, def);
    for column in columns.iter().filter(|c| !c.heading.is_empty()) {
        let places: Vec<String> = column.targets.iter().map(|t| quote(&written(def, t))).collect();
        let place = match places.as_slice() {
            [] => "\"\"".to_string(),
            [one] => one.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let note = match (column.known, column.targets.first()) {
            (true, _) => String::new(),
            (false, None) => "  # ยังไม่รู้ช่อง / unknown".into(),
            (false, Some(t)) => format!("  # เดา ตรวจด้วย / a guess: {}", label(def, t).th),
        };
        let _ = writeln!(out, "{} = {place}{note}", quote(&one_line(&column.heading)));
    }
    out.push_str(
        "\n# ค่าที่ใส่ให้ทุกแถวที่ไม่มี อ้างคอลัมน์อื่นได้ / values for rows that give none\n[set]\n# title = \"เรื่อง {หัวตาราง}\"\n",
    );
    out.push_str(&words(portal, sheet, kind, map, header.end, &columns));
    out.push_str("\n# ช่องปลายทางที่ใช้ได้ (* ต้องมี) / places of this kind (* required):\n");
    for (target, required) in places(def) {
        let star = if required { "*" } else { " " };
        let _ = writeln!(out, "# {star} {:<32} {}", written(def, &target), label(def, &target).th);
    }
    Ok(out)
}

/// The first row with two cells, where no heading is known.
fn first_row(sheet: &Sheet) -> Option<Header> {
    let filled = |cells: &[Cell]| cells.iter().filter(|c| !c.is_empty()).count();
    let at = sheet.rows.iter().position(|(_, c)| filled(c) > 1)?;
    let (row, cells) = &sheet.rows[at];
    let columns =
        cells.iter().map(|cell| Column { heading: cell.text(), targets: Vec::new(), known: false, held: false });
    Some(Header { end: at, row: *row, columns: columns.collect() })
}

fn keys(header: &Header) -> Vec<String> {
    let stamp = header.columns.iter().find(|c| super::map::is_timestamp(&c.heading));
    let title = header.columns.iter().find(|c| c.targets.contains(&Target::Reserved(0)));
    stamp.or(title).map(|c| quote(&one_line(&c.heading))).into_iter().collect()
}

/// The columns; those that nothing is known about get their probable place, to be confirmed.
fn guessed(header: &Header, kind: &KindDef) -> Vec<Column> {
    let headings = Headings::new(kind);
    let names = headings.names();
    let mut columns = header.columns.clone();
    for column in columns.iter_mut().filter(|c| !c.known) {
        let found = near(&column.heading, &names).and_then(|n| headings.find(n));
        let taken = |t: &Target| header.columns.iter().any(|c| c.targets.contains(t));
        column.targets.extend(found.filter(|t| !taken(t)));
    }
    columns
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cells that their field does not take, by target, each with an empty place to be filled.
fn words(portal: &Portal, sheet: &Sheet, kind: KindId, map: &ImportMap, header: usize, columns: &[Column]) -> String {
    let names = NameIndex::new(portal);
    let converter = converter(&names, map);
    let def = &portal.schema.kinds[kind];
    let mut out = String::new();
    for (c, column) in columns.iter().enumerate() {
        for target in &column.targets {
            let Some(field) = field(def, target) else {
                continue;
            };
            let lines = refused(&converter, field, sheet, header, c);
            if !lines.is_empty() {
                let _ = writeln!(
                    out,
                    "\n# คำในตารางที่ “{}” ไม่รู้จัก ลบ # หน้าบรรทัด แล้วใส่รหัสหรือคำที่ตรงทางขวา / words to be translated: take the # away\n[values.{}]",
                    label(def, target).th,
                    quote(&written(def, target))
                );
                out.push_str(&lines.concat());
            }
        }
    }
    out
}

/// The field of names that a target is, if it is one.
fn field<'a>(kind: &'a KindDef, target: &Target) -> Option<&'a FieldDef> {
    field_of(kind, target).filter(|field| matches!(field.ty, FieldType::Term | FieldType::Ref))
}

fn refused(converter: &Converter<'_>, field: &FieldDef, sheet: &Sheet, header: usize, column: usize) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for (row, cells) in sheet.rows.iter().skip(header + 1) {
        let Some(cell) = cells.get(column).filter(|c| !c.is_empty()) else {
            continue;
        };
        // Of a list each item is a word of its own.
        let items = converter.parted(field, &cell.text()).into_iter().map(|(item, _)| one_line(&item));
        for text in items.filter(|t| !t.is_empty() && t.chars().count() <= WORD) {
            if seen.contains(&text) {
                continue;
            }
            if let Err(reason) = converter.value(field, &Cell::Text(text.clone())) {
                let hint = reason.hint.map_or_else(String::new, |h| format!(" · {}", one_line(&h.th)));
                lines.push(format!("# {} = \"\"  # แถว {row}{hint}\n", quote(&text)));
                if lines.len() >= WORDS {
                    return lines;
                }
            }
            seen.push(text);
        }
    }
    lines
}

/// What a table can give: reserved keys, fields, the first row of tables, sections.
fn places(kind: &KindDef) -> Vec<(Target, bool)> {
    let mut out = vec![(Target::Id, false)];
    out.extend((0..RESERVED.len()).map(|i| (Target::Reserved(i), i == 0)));
    for (f, field) in kind.fields.iter().enumerate() {
        match field.ty {
            _ if field.via.is_some() => {}
            FieldType::Table => out.extend(
                (0..field.columns.len()).map(|c| (Target::Cell(f, 0, c), field.required && field.columns[c].required)),
            ),
            FieldType::Period => {
                out.extend(["from", "to"].iter().map(|p| (Target::Part(f, p), field.required && *p == "from")))
            }
            _ => out.push((Target::Field(f), field.required)),
        }
    }
    out.extend((0..kind.sections.len()).map(|s| (Target::Section(s), kind.sections[s].required)));
    out.retain(|(t, _)| parse(kind, &written(kind, t)).is_some());
    out
}
