//! Views of entries one by one: lists, tables, rows of table fields.

use super::block::{Block, Cell, Column, Row};
use super::problem::Problem;
use super::select::{self, Chosen, Path, path};
use super::spec::Spec;
use crate::model::{Entry, EntryId, FieldType, KindDef, Lang, Value};
use crate::site::{Site, display};

/// `list`, `cards`, `count`.
pub(super) fn entries(site: &Site, spec: &Spec, page: Option<EntryId>) -> Result<Block, Problem> {
    let entries = select::entries(site, spec, page)?.entries;
    Ok(Block { count: entries.len(), entries, ..Block::default() })
}

/// Text and link of a field of an entry.
pub(super) fn value_cell(site: &Site, kind: &KindDef, entry: &Entry, name: &str, lang: Lang) -> Result<Cell, Problem> {
    match name {
        "title" => return Ok(Cell::text(entry.title_in(lang))),
        "id" => return Ok(Cell::text(&*entry.id)),
        "summary" => return Ok(Cell::text(&entry.summary)),
        _ => {}
    }
    let path = path(kind, name)?;
    Ok(cell_of(site, &path, &path.values(entry), lang))
}

fn cell_of(site: &Site, path: &Path<'_>, values: &[&Value], lang: Lang) -> Cell {
    let shown = |value: &Value| {
        let target = match value {
            Value::Ref(id) => site.find(id, site.main()),
            _ => None,
        };
        (display::under(path.def, display::text(site, path.def, value, lang), lang), target)
    };
    match values {
        [] => Cell::default(),
        [one] => {
            let (text, target) = shown(one);
            Cell { text, target, value: one.number(), items: Vec::new() }
        }
        many => {
            let items: Vec<_> = many.iter().map(|v| shown(v)).collect();
            let text = items.iter().map(|(t, _)| t.as_str()).collect::<Vec<_>>().join(", ");
            let linked = items.iter().any(|(_, t)| t.is_some());
            if linked { Cell { items, ..Cell::default() } } else { Cell::text(text) }
        }
    }
}

fn number_type(ty: FieldType) -> &'static str {
    match ty {
        FieldType::Integer | FieldType::Decimal | FieldType::Money | FieldType::Percent => "number",
        _ => "text",
    }
}

/// Heading of a column that names a field.
pub(super) fn column(kind: &KindDef, name: &str, lang: Lang) -> Result<Column, Problem> {
    let word = |th: &str, en: &str| match lang {
        Lang::TH => th.to_string(),
        _ => en.to_string(),
    };
    let label = match name {
        "title" => word("เรื่อง", "Title"),
        "id" => word("รหัส", "Id"),
        "summary" => word("สรุป", "Summary"),
        "entry" => kind.label.get(lang).to_string(),
        _ => {
            let path = path(kind, name)?;
            let (label, unit) = (path.def.label.get(lang), path.def.unit_in(lang));
            let told = unit.is_empty() || label.contains(unit);
            return Ok(Column {
                id: name.to_string(),
                label: if told { label.to_owned() } else { format!("{label} ({unit})") },
                ty: number_type(path.def.ty),
                target: None,
            });
        }
    };
    Ok(Column { id: name.to_string(), label, ty: "text", target: None })
}

/// `table`: one row per entry.
pub(super) fn table(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let Chosen { entries, conditions } = select::entries(site, spec, page)?;
    let names: Vec<&str> = spec.columns.iter().map(String::as_str).filter(|c| *c != "title").collect();
    let mut columns = Vec::new();
    for name in &names {
        columns.push(column(kind, name, lang)?);
    }
    let mut rows = Vec::new();
    for i in &entries {
        let entry = site.entry(*i);
        let told = site.told(*i, lang);
        let cells = names.iter().map(|name| match path(kind, name) {
            Ok(path) if path.column.is_some() => Ok(cell_of(site, &path, &conditions.values(&path, entry, told), lang)),
            _ => value_cell(site, kind, told, name, lang),
        });
        let cells: Result<_, _> = cells.collect();
        rows.push(Row { label: site.title(*i, lang).to_string(), target: Some(*i), cells: cells? });
    }
    Ok(Block { columns, rows, count: entries.len(), ..Block::default() })
}

/// `rows`: one row per row of a table field.
pub(super) fn rows(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let name = spec.table.as_deref().ok_or_else(|| Problem::missing("table", "rows"))?;
    let table = path(kind, name)?;
    // A column of the table by its name, or by its path, which means no field of the entry that is called so too.
    let inside = |written: &str| {
        let own = written.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
        table.def.columns.iter().position(|c| c.id == own.unwrap_or(written))
    };
    let mut columns = Vec::new();
    for written in &spec.columns {
        let full = inside(written).map(|c| format!("{name}.{}", table.def.columns[c].id));
        columns.push(column(kind, full.as_deref().unwrap_or(written), lang)?);
    }
    let mut block = Block { columns, ..Block::default() };
    let Chosen { entries, conditions } = select::entries(site, &Spec { limit: None, ..spec.clone() }, page)?;
    for i in entries {
        let told = site.told(i, lang);
        for (_, row) in conditions.rows_told(site.entry(i), told, table.field) {
            block.count += 1;
            if spec.limit.is_some_and(|limit| block.rows.len() >= limit) {
                continue;
            }
            let mut cells = Vec::new();
            for name in &spec.columns {
                cells.push(match inside(name) {
                    // What a row does not say for itself, its entry says for all.
                    Some(c) if select::cell(row, c).is_empty() && kind.field_index(name).is_some() => {
                        value_cell(site, kind, told, name, lang)?
                    }
                    Some(c) => {
                        let path = Path { field: table.field, column: Some(c), def: &table.def.columns[c] };
                        cell_of(site, &path, &select::cell(row, c), lang)
                    }
                    None if name == "entry" => Cell { target: Some(i), ..Cell::text(site.title(i, lang)) },
                    None => value_cell(site, kind, told, name, lang)?,
                });
            }
            block.rows.push(Row { label: site.title(i, lang).to_string(), target: Some(i), cells });
        }
    }
    Ok(block)
}
