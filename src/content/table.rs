//! Entries from CSV tables, as `content/_data/*.toml` maps them.

use super::entry::{Origin, RESERVED, build, is_visibility};
use super::files::Reader;
use super::listing::PassOver;
use super::raw::{Data, Key, Node, Scalar};
use super::schema::read_as;
use super::table_columns::{contrary_columns, doubtful_columns, doubtful_crosses, is_called_internal, shown_columns};
use super::table_map::{Block, Rows, TableMap, fill, misfit, rows};
use super::words::boolean;
use crate::diagnostics::{Code, Diagnostic, nearest_hint};
use crate::model::held::nearly_internal_name;
use crate::model::ids::is_internal_path;
use crate::model::{Entry, KindId, Lang, Schema, SourceFile, SourceId, Span};
use indexmap::IndexMap;
use std::collections::HashMap;

/// A map with the table that it names.
struct Mapped {
    path: String,
    csv_path: String,
    map: TableMap,
    map_source: SourceFile,
    source: SourceFile,
}

/// Reads every mapped table; the files of tables are numbered from `first`.
pub(super) fn load(
    reader: &Reader<'_>,
    schema: &Schema,
    main: Lang,
    first: usize,
    sources: &mut Vec<SourceFile>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut tables = Vec::new();
    for path in reader.list("content/_data", "toml", diagnostics) {
        tables.extend(mapped(reader, path, diagnostics).map(|mapped| (rows(&mapped.source, diagnostics), mapped)));
    }
    // A row is as public as the strictest of all maps of its table says.
    let mut held: HashMap<String, Vec<Held>> = HashMap::new();
    for (rows, Mapped { csv_path, map, .. }) in &tables {
        let Some(rows) = rows else { continue };
        let all = held.entry(csv_path.clone()).or_insert_with(|| vec![Vec::new(); rows.rows.len()]);
        all.iter_mut().zip(held_by(map, rows)).for_each(|(all, own)| all.extend(own));
    }
    let mut entries = Vec::new();
    for (rows, Mapped { path, csv_path, map, map_source, source }) in tables {
        let source_id = SourceId((first + sources.len()) as u32);
        if let Some(rows) = rows {
            // Each block makes an entry of each row: a few lines could make more than anybody can publish.
            let (count, most) = (entries.len() + rows.rows.len() * map.entries.len(), reader.limits.table_entries);
            if count > most {
                let th =
                    format!("ตารางสร้าง {count} รายการ เกินขีดจำกัด {most} (table_entries ใน [limits] ของ portal.toml)");
                let en = format!(
                    "tables make {count} entries, the limit is {most} (table_entries in [limits] of portal.toml)"
                );
                diagnostics.push(Diagnostic::new(Code::FileTooLarge, &*path, th, en));
                continue;
            }
            let mut fronts = IndexMap::new();
            diagnostics.extend(doubtful_columns(&map, &rows, &source));
            map.entries.iter().for_each(|block| contrary_columns(block, &map_source, diagnostics));
            map.entries.iter().for_each(|block| doubtful_crosses(block, &rows, schema, &map_source, diagnostics));
            map.entries.iter().for_each(|block| shown_columns(block, &rows, schema, &map_source, diagnostics));
            let mut held = held[&csv_path].clone();
            if is_internal_path(&path) {
                held.iter_mut().for_each(|held| held.push(("visibility", "internal".to_owned())));
            }
            for block in &map.entries {
                let differing = collect(block, &rows, &held, schema, &map_source, &mut fronts, diagnostics);
                diagnostics.extend(differing.iter().map(|rows| rows.told(&source)));
            }
            for ((kind, id), front) in fronts {
                let (lang, source) = (main, &source);
                let origin = Origin { schema, kind, source, source_id, lang, main, id, address: None, body: None };
                let (entry, found) = build(&origin, &front);
                diagnostics.extend(found);
                entries.push(entry);
            }
        }
        sources.push(source);
    }
    entries
}

/// Reads a map and its table; none where one of them cannot be read, or is put aside or internal by its name.
fn mapped(reader: &Reader<'_>, path: String, diagnostics: &mut Vec<Diagnostic>) -> Option<Mapped> {
    if is_aside(&path) {
        diagnostics.push(aside(&path));
        return None;
    }
    let map_source = reader.text(&path, diagnostics)?;
    let map = read_as::<TableMap>(Code::BadTableMap, &map_source, diagnostics)?;
    let Some(csv_path) = crate::model::ids::join(&path, &map.file).filter(|p| p.starts_with("content/_data/")) else {
        let (th, en) = ("ตารางอยู่นอก content/_data", "the table is outside content/_data");
        diagnostics.push(misfit(&map_source, &map.file, th, en, None));
        return None;
    };
    if is_aside(&csv_path) {
        diagnostics.push(aside(&csv_path));
        return None;
    }
    if let Some((place, name)) = [&path, &csv_path]
        .into_iter()
        .find_map(|p| Some((p, nearly_internal_name(p).or(is_called_internal(p)).filter(|_| !is_internal_path(p))?)))
    {
        let (th, en) = (
            format!("ชื่อ “{name}” บอกว่าเป็นข้อมูลภายในหรือฉบับร่าง จึงไม่ใช้ตารางนี้"),
            format!("the name `{name}` says that it is internal or a draft: the table is not used"),
        );
        diagnostics.push(Diagnostic::new(Code::BadVisibility, &**place, th, en).hint(
            "ถ้าเป็นข้อมูลภายใน ตั้งชื่อให้มี .internal. เช่น register.internal.csv ถ้าเผยแพร่ได้ ให้เปลี่ยนชื่อ",
            "if it is internal, put .internal. into the name (register.internal.csv); if it may be published, rename it",
        ));
        return None;
    }
    let source = reader.text(&csv_path, diagnostics)?;
    Some(Mapped { path, csv_path, map, map_source, source })
}

/// Keys that decide what is published.
const HOLDING: [&str; 2] = ["visibility", "draft"];

/// Whether a map or a table is put aside by its name, or by that of a folder within `content/_data`.
fn is_aside(path: &str) -> bool {
    path.split('/').skip(2).any(|name| PassOver::DotsAndUnderscores.fits(name))
}

fn aside(path: &str) -> Diagnostic {
    let (th, en) = ("ชื่อขึ้นต้นด้วย _ หรือจุด จึงไม่ใช้ตารางนี้", "the name begins with _ or a dot: the table is not used");
    Diagnostic::new(Code::PassedOver, path, th, en)
}

/// Keys and values that hold a row back.
type Held = Vec<(&'static str, String)>;

/// What holds each row back, whichever block of a map says so: of a row nothing is more public than the rest. A value
/// without a column is about the block and not about the row.
fn held_by(map: &TableMap, rows: &Rows) -> Vec<Held> {
    let of_row = |(_, cells): &(Span, Vec<String>)| {
        let cell = |column: &str| rows.cell(cells, column);
        let blocks = map.entries.iter().filter(|block| block.counts(&cell));
        let keys = blocks.flat_map(|block| HOLDING.map(|key| (key, block.set.get(key))));
        let said = keys.filter_map(|(key, value)| {
            let pattern = value?.as_str().filter(|pattern| pattern.contains('{'))?;
            let text = fill(pattern, &cell)?;
            (!is_open(key, &Node::scalar(Span::default(), text.clone(), Scalar::Plain))).then_some((key, text))
        });
        said.collect()
    };
    rows.rows.iter().map(of_row).collect()
}

/// A row that says another thing of an entry than a row before it.
struct Differing {
    id: String,
    field: String,
    before: Span,
    row: Span,
}

impl Differing {
    fn told(&self, source: &SourceFile) -> Diagnostic {
        let (id, field, line) = (&self.id, &self.field, source.line_col(self.before.start as usize).0);
        let th = format!("แถวนี้กับบรรทัด {line} มีรหัสเดียวกันคือ “{id}” แต่ให้ค่าของ “{field}” ต่างกัน ค่าในแถวนี้จึงไม่มีใครเห็น");
        let en = format!(
            "this row and line {line} have the same id `{id}` and give different values of `{field}`: nobody would see this row's"
        );
        Diagnostic::at(Code::DuplicateId, source, self.row, th, en)
            .hint("แก้รหัสที่พิมพ์ซ้ำ หรือทำให้ค่าตรงกัน", "correct the id that was typed twice, or make the values agree")
    }
}

/// Adds what the rows say to the front matter of each entry; several blocks may add to one entry. Gives the rows that
/// contradict others.
fn collect(
    block: &Block,
    rows: &Rows,
    held: &[Held],
    schema: &Schema,
    map: &SourceFile,
    fronts: &mut IndexMap<(KindId, String), Node>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Differing> {
    let mut differing: Vec<Differing> = Vec::new();
    let Some((kind, def)) = schema.kind_named(&block.kind) else {
        let hint = nearest_hint(&block.kind, schema.kinds.iter().map(|k| k.id.as_str()));
        diagnostics.push(misfit(
            map,
            &block.kind,
            &format!("ไม่มีชนิด “{}”", block.kind),
            &format!("there is no kind `{}`", block.kind),
            hint,
        ));
        return differing;
    };
    let mut fits = true;
    for field in block.set.keys().chain(block.append.keys()) {
        if def.field_named(field).is_none() && !RESERVED.contains(&field.as_str()) {
            let hint = nearest_hint(field, def.fields.iter().map(|f| f.id.as_str()));
            let (th, en) = (format!("ชนิดนี้ไม่มีช่อง “{field}”"), format!("the kind has no field `{field}`"));
            diagnostics.push(misfit(map, field, &th, &en, hint));
            fits = false;
        }
    }
    // A condition on a column that is not there would let every row pass.
    for column in block.columns().filter(|c| !rows.columns.iter().any(|k| k == c)) {
        let hint = nearest_hint(column, rows.columns.iter().map(String::as_str));
        let (th, en) = (format!("ตารางไม่มีคอลัมน์ “{column}”"), format!("the table has no column `{column}`"));
        diagnostics.push(misfit(map, column, &th, &en, hint));
        fits = false;
    }
    if !fits {
        return differing;
    }
    for ((span, cells), held) in rows.rows.iter().zip(held) {
        let cell = |column: &str| rows.cell(cells, column);
        if !block.counts(&cell) {
            continue;
        }
        let Some(id) = fill(&block.id, &cell) else {
            continue;
        };
        let front =
            fronts.entry((kind, id.clone())).or_insert_with(|| Node { span: *span, data: Data::Map(Vec::new()) });
        let Data::Map(pairs) = &mut front.data else {
            continue;
        };
        let title = block.title.clone().map(toml::Value::String);
        let set = block.set.iter().map(|(k, v)| (k.as_str(), v)).chain(title.as_ref().map(|t| ("title", t)));
        for (field, pattern) in set {
            let value = match pattern {
                toml::Value::String(pattern) => fill(pattern, &cell).map(|text| (text, Scalar::Plain)),
                toml::Value::Boolean(value) => Some((value.to_string(), Scalar::Bool)),
                other => Some((other.to_string(), Scalar::Number)),
            };
            let Some((text, scalar)) = value else { continue };
            let node = Node::scalar(*span, text, scalar);
            match pairs.iter_mut().find(|(k, _)| k.name == field) {
                // Several rows make one entry: it is as public as the strictest of them.
                Some((_, old)) if is_open(field, old) => *old = node,
                Some((_, old)) => {
                    let told = HOLDING.contains(&field) || differing.last().is_some_and(|last| last.row == *span);
                    if old.text().map(str::trim) != node.text().map(str::trim) && !told {
                        let (id, field) = (id.clone(), field.to_owned());
                        differing.push(Differing { id, field, before: old.span, row: *span });
                    }
                }
                None => pairs.push((Key { name: field.to_string(), span: *span }, node)),
            }
        }
        for (key, text) in held {
            let node = Node::scalar(*span, text.clone(), Scalar::Plain);
            match pairs.iter_mut().find(|(k, _)| k.name == *key) {
                Some((_, old)) if is_open(key, old) => *old = node,
                Some(_) => {}
                None => pairs.push((Key { name: (*key).to_owned(), span: *span }, node)),
            }
        }
        for (field, pattern) in &block.append {
            let Some(text) = fill(pattern, &cell) else {
                continue;
            };
            let item = Node::scalar(*span, text, Scalar::Plain);
            match pairs.iter_mut().find(|(k, _)| k.name == *field) {
                Some((_, Node { data: Data::List(items), .. })) => {
                    if !items.iter().any(|i| i.data == item.data) {
                        items.push(item);
                    }
                }
                _ => pairs.push((
                    Key { name: field.clone(), span: *span },
                    Node { span: *span, data: Data::List(vec![item]) },
                )),
            }
        }
    }
    differing
}

/// Whether a value of a key that decides what is published holds nothing back.
fn is_open(key: &str, value: &Node) -> bool {
    match key {
        "visibility" => is_visibility(value.text(), "public"),
        "draft" => value.text().and_then(boolean) == Some(false),
        _ => false,
    }
}
