//! Entries from CSV tables, as `content/_data/*.toml` maps them.

use super::entry::{Origin, RESERVED, build};
use super::files::Reader;
use super::guarded::{hides_rows, is_guarded, is_held_back};
use super::raw::{Data, Key, Node, Scalar};
use super::schema::read_as;
use super::stamps::is_internal_name;
use super::words::boolean;
use crate::diagnostics::{Code, Diagnostic, nearest_hint};
use crate::model::held::nearly_internal_name;
use crate::model::ids::is_internal_path;
use crate::model::{Entry, KindId, Lang, Schema, SourceFile, SourceId, Span, Visibility};
use indexmap::IndexMap;
use serde::Deserialize;

/// A table whose rows become entries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableMap {
    /// The CSV file, relative to this one.
    file: String,
    /// Where the table comes from; for people.
    #[serde(default, rename = "source")]
    _source: String,
    /// What rows become; several may add to one entry.
    entries: Vec<Block>,
}

/// How rows become entries of one kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Block {
    /// Kind of the entries.
    kind: String,
    /// Id of a row's entry, with `{column}` for a cell.
    id: String,
    /// Columns and what they must hold for a row to count.
    #[serde(default)]
    when: IndexMap<String, String>,
    /// Title, with `{column}` for a cell.
    #[serde(default)]
    title: Option<String>,
    /// Fields and their values, with `{column}` for a cell; an empty cell sets nothing.
    #[serde(default)]
    set: IndexMap<String, toml::Value>,
    /// Fields to whose lists a value is added, with `{column}` for a cell.
    #[serde(default)]
    append: IndexMap<String, String>,
}

impl Block {
    /// Whether a row becomes an entry of the block.
    fn counts<'r>(&self, cell: &dyn Fn(&str) -> &'r str) -> bool {
        self.when.iter().all(|(column, value)| cell(column) == value)
    }

    /// Names of the columns that the block takes values from or looks at.
    fn columns(&self) -> impl Iterator<Item = &str> {
        let set = self.set.values().filter_map(|v| v.as_str());
        let patterns = set.chain(self.append.values().map(String::as_str)).chain([self.id.as_str()]);
        patterns.chain(self.title.as_deref()).flat_map(placeholders).chain(self.when.keys().map(String::as_str))
    }
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
    let mut entries = Vec::new();
    for path in reader.list("content/_data", "toml", diagnostics) {
        let Some(map_source) = reader.text(&path, diagnostics) else {
            continue;
        };
        let Some(map) = read_as::<TableMap>(Code::BadTableMap, &map_source, diagnostics) else {
            continue;
        };
        let Some(csv_path) = crate::model::ids::join(&path, &map.file).filter(|p| p.starts_with("content/_data/"))
        else {
            diagnostics.push(misfit(
                &map_source,
                &map.file,
                "ตารางอยู่นอก content/_data",
                "the table is outside content/_data",
                None,
            ));
            continue;
        };
        if let Some((place, name)) = [&path, &csv_path].into_iter().find_map(|p| {
            Some((p, nearly_internal_name(p).or(is_called_internal(p)).filter(|_| !is_internal_path(p))?))
        }) {
            let (th, en) = (
                format!("ชื่อ “{name}” บอกว่าเป็นข้อมูลภายในหรือฉบับร่าง จึงไม่ใช้ตารางนี้"),
                format!("the name `{name}` says that it is internal or a draft: the table is not used"),
            );
            diagnostics.push(Diagnostic::new(Code::BadVisibility, &**place, th, en).hint(
                "ถ้าเป็นข้อมูลภายใน ตั้งชื่อให้มี .internal. เช่น register.internal.csv ถ้าเผยแพร่ได้ ให้เปลี่ยนชื่อ",
                "if it is internal, put .internal. into the name (register.internal.csv); if it may be published, rename it",
            ));
            continue;
        }
        let Some(source) = reader.text(&csv_path, diagnostics) else {
            continue;
        };
        let source_id = SourceId((first + sources.len()) as u32);
        if let Some(rows) = rows(&source, diagnostics) {
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
            map.entries.iter().for_each(|block| shown_columns(block, schema, &map_source, diagnostics));
            let held = held(&map, &rows, &path);
            for block in &map.entries {
                collect(block, &rows, &held, schema, &map_source, &mut fronts, diagnostics);
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

/// The name of a table that is called nothing but `private` or `ร่าง`: unlike a page, it is not about that.
fn is_called_internal(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    is_held_back(stem).then_some(name)
}

/// Keys and values of each row that hold it back, whichever block says so: of a row nothing is more public than the rest. A
/// value without a column is about the block and not about the row. A map that is internal by its name holds back all.
fn held(map: &TableMap, rows: &Rows, path: &str) -> Vec<Vec<(&'static str, String)>> {
    let all = is_internal_path(path).then(|| ("visibility", "internal".to_owned()));
    let of_row = |(_, cells): &(Span, Vec<String>)| {
        let cell = |column: &str| rows.cell(cells, column);
        let blocks = map.entries.iter().filter(|block| block.counts(&cell));
        let keys = blocks.flat_map(|block| ["visibility", "draft"].map(|key| (key, block.set.get(key))));
        let said = keys.filter_map(|(key, value)| {
            let pattern = value?.as_str().filter(|pattern| pattern.contains('{'))?;
            let text = fill(pattern, &cell)?;
            (!is_open(key, &Node::scalar(Span::default(), text.clone(), Scalar::Plain))).then_some((key, text))
        });
        said.chain(all.clone()).collect()
    };
    rows.rows.iter().map(of_row).collect()
}

struct Rows {
    columns: Vec<String>,
    rows: Vec<(Span, Vec<String>)>,
}

impl Rows {
    /// The cell of a row in a column; empty where there is none.
    fn cell<'r>(&self, cells: &'r [String], column: &str) -> &'r str {
        self.columns.iter().position(|c| c == column).map_or("", |i| cells[i].as_str())
    }
}

fn rows(source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Option<Rows> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source.text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|h| h.trim().to_string()).collect(),
        Err(error) => {
            diagnostics.push(Diagnostic::new(Code::BadTable, &source.path, error.to_string(), error.to_string()));
            return None;
        }
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                diagnostics.push(Diagnostic::new(Code::BadTable, &source.path, error.to_string(), error.to_string()));
                continue;
            }
        };
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let line = source.text[start..].trim_start_matches(['\r', '\n']);
        let start = source.text.len() - line.len();
        let span = Span::new(start, start + line.find('\n').unwrap_or(line.len()));
        if record.len() != columns.len() {
            let (found, wanted) = (record.len(), columns.len());
            diagnostics.push(Diagnostic::at(
                Code::BadTable,
                source,
                span,
                format!("แถวมี {found} ช่อง แต่หัวตารางมี {wanted}"),
                format!("the row has {found} cells, the header {wanted}"),
            ));
            continue;
        }
        rows.push((span, record.iter().map(|cell| cell.trim().to_string()).collect()));
    }
    Some(Rows { columns, rows })
}

/// Adds what the rows say to the front matter of each entry; several blocks may add to one entry.
fn collect(
    block: &Block,
    rows: &Rows,
    held: &[Vec<(&'static str, String)>],
    schema: &Schema,
    map: &SourceFile,
    fronts: &mut IndexMap<(KindId, String), Node>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some((kind, def)) = schema.kind_named(&block.kind) else {
        let hint = nearest_hint(&block.kind, schema.kinds.iter().map(|k| k.id.as_str()));
        diagnostics.push(misfit(
            map,
            &block.kind,
            &format!("ไม่มีชนิด “{}”", block.kind),
            &format!("there is no kind `{}`", block.kind),
            hint,
        ));
        return;
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
        return;
    }
    for ((span, cells), held) in rows.rows.iter().zip(held) {
        let cell = |column: &str| rows.cell(cells, column);
        if !block.counts(&cell) {
            continue;
        }
        let Some(id) = fill(&block.id, &cell) else {
            continue;
        };
        let front = fronts.entry((kind, id)).or_insert_with(|| Node { span: *span, data: Data::Map(Vec::new()) });
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
                Some(_) => {}
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
}

/// Whether a value of a key that decides what is published holds nothing back.
fn is_open(key: &str, value: &Node) -> bool {
    match key {
        "visibility" => value.text().is_some_and(|text| text.trim() == "public"),
        "draft" => value.text().and_then(boolean) == Some(false),
        _ => false,
    }
}

/// Columns that leave a doubt about what is published: two of one name, of which one is used, and one that says which rows
/// are public and that no block takes for it, be it shown or not. A block that says `visibility = "public"` means it.
fn doubtful_columns(map: &TableMap, rows: &Rows, source: &SourceFile) -> Vec<Diagnostic> {
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
            && (!is_used && is_guarded(column) || hides_rows(column, shown.iter().map(|(_, row)| row[at].as_str())))
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
fn shown_columns(block: &Block, schema: &Schema, map: &SourceFile, found: &mut Vec<Diagnostic>) {
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
                "เขียน visibility = \"internal\" ที่ช่องนั้นในสคีมา ถ้าเผยแพร่ได้ เปลี่ยนชื่อคอลัมน์",
                "write visibility = \"internal\" at that field of the schema; if it may be published, rename the column",
            ));
        }
    }
}

/// Column names in a pattern such as `of-{office_no}`.
fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// Fills a pattern; `None` where it has placeholders and all of them are empty.
fn fill<'a>(pattern: &str, cell: &dyn Fn(&str) -> &'a str) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    let (mut any, mut filled) = (false, false);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        let value = cell(name);
        any = true;
        filled |= !value.is_empty();
        out.push_str(before);
        out.push_str(value);
        rest = tail;
    }
    out.push_str(rest);
    (!any || filled).then_some(out)
}

fn misfit(map: &SourceFile, needle: &str, th: &str, en: &str, hint: Option<crate::model::Label>) -> Diagnostic {
    let at = map.text.find(needle).unwrap_or(0);
    Diagnostic::at(Code::BadTableMap, map, Span::new(at, at + needle.len()), th, en).maybe_hint(hint)
}
