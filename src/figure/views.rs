//! General views: entries, tables, rows of tables, matrices, bars, lines, public counts.

use super::select::{self, Path, path};
use super::spec::Spec;
use super::{Block, Cell, Column, Problem, Row};
use crate::derive::{Site, display, facets};
use crate::model::{Entry, FieldType, KindDef, Lang, Value};
use std::collections::BTreeMap;

/// `list`, `cards`, `count`.
pub fn entries(site: &Site, spec: &Spec, page: Option<usize>) -> Result<Block, Problem> {
    let entries = select::entries(site, spec, page)?;
    Ok(Block {
        count: entries.len(),
        entries,
        ..Block::default()
    })
}

/// Text and link of a field of an entry.
pub fn value_cell(
    site: &Site,
    kind: &KindDef,
    entry: &Entry,
    name: &str,
    lang: Lang,
) -> Result<Cell, Problem> {
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
            Value::Ref(id) => site.find(id, Lang::Th),
            _ => None,
        };
        (display::text(site, path.def, value, lang), target)
    };
    match values {
        [] => Cell::default(),
        [one] => {
            let (text, target) = shown(one);
            Cell {
                text,
                target,
                value: one.number(),
                items: Vec::new(),
            }
        }
        many => {
            let items: Vec<_> = many.iter().map(|v| shown(v)).collect();
            let text = items
                .iter()
                .map(|(t, _)| t.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            let linked = items.iter().any(|(_, t)| t.is_some());
            if linked {
                Cell {
                    items,
                    ..Cell::default()
                }
            } else {
                Cell::text(text)
            }
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
pub fn column(kind: &KindDef, name: &str, lang: Lang) -> Result<Column, Problem> {
    let word = |th: &str, en: &str| match lang {
        Lang::Th => th.to_string(),
        Lang::En => en.to_string(),
    };
    let label = match name {
        "title" => word("เรื่อง", "Title"),
        "id" => word("รหัส", "Id"),
        "summary" => word("สรุป", "Summary"),
        "entry" => kind.label.get(lang).to_string(),
        _ => {
            let path = path(kind, name)?;
            return Ok(Column {
                id: name.to_string(),
                label: path.def.label.get(lang).to_string(),
                ty: number_type(path.def.ty),
                target: None,
            });
        }
    };
    Ok(Column {
        id: name.to_string(),
        label,
        ty: "text",
        target: None,
    })
}

/// `table`: one row per entry.
pub fn table(site: &Site, spec: &Spec, page: Option<usize>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let entries = select::entries(site, spec, page)?;
    let names: Vec<&str> = spec
        .columns
        .iter()
        .map(String::as_str)
        .filter(|c| *c != "title")
        .collect();
    let mut columns = Vec::new();
    for name in &names {
        columns.push(column(kind, name, lang)?);
    }
    let mut rows = Vec::new();
    for i in &entries {
        let entry = site.entry(*i);
        let cells: Result<_, _> = names
            .iter()
            .map(|name| value_cell(site, kind, entry, name, lang))
            .collect();
        rows.push(Row {
            label: entry.title_in(lang).to_string(),
            target: Some(*i),
            cells: cells?,
        });
    }
    Ok(Block {
        columns,
        rows,
        count: entries.len(),
        ..Block::default()
    })
}

/// `rows`: one row per row of a table field.
pub fn rows(site: &Site, spec: &Spec, page: Option<usize>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let name = spec
        .table
        .as_deref()
        .ok_or_else(|| Problem::missing("table", "rows"))?;
    let table = path(kind, name)?;
    let conditions = select::Conditions::new(site, kind, &spec.conditions, &spec.not, page)?;
    let full = |column: &str| {
        let inside = table.def.columns.iter().any(|c| c.id == column);
        if inside {
            format!("{name}.{column}")
        } else {
            column.to_string()
        }
    };
    let mut columns = Vec::new();
    for name in &spec.columns {
        columns.push(column(kind, &full(name), lang)?);
    }
    let mut block = Block {
        columns,
        ..Block::default()
    };
    for i in select::entries(
        site,
        &Spec {
            limit: None,
            ..spec.clone()
        },
        page,
    )? {
        let entry = site.entry(i);
        for row in select::rows(entry, table.field)
            .iter()
            .filter(|r| conditions.fit_row(table.field, r))
        {
            block.count += 1;
            if spec.limit.is_some_and(|limit| block.rows.len() >= limit) {
                continue;
            }
            let mut cells = Vec::new();
            for name in &spec.columns {
                cells.push(match table.def.columns.iter().position(|c| c.id == *name) {
                    Some(c) => {
                        let path = Path {
                            field: table.field,
                            column: Some(c),
                            def: &table.def.columns[c],
                        };
                        cell_of(site, &path, &select::cell(row, c), lang)
                    }
                    None if name == "entry" => Cell {
                        target: Some(i),
                        ..Cell::text(entry.title_in(lang))
                    },
                    None => value_cell(site, kind, entry, name, lang)?,
                });
            }
            block.rows.push(Row {
                label: entry.title_in(lang).to_string(),
                target: Some(i),
                cells,
            });
        }
    }
    Ok(block)
}

/// Entries that share a key: the key, its label, the entry that it names (references), the members.
pub type Group = (String, String, Option<usize>, Vec<usize>);

/// Groups entries by the keys at a path, in the order of the vocabulary, of years, or of the alphabet.
pub fn groups(site: &Site, path: &Path<'_>, entries: &[usize], lang: Lang) -> Vec<Group> {
    let mut groups: BTreeMap<Vec<u8>, Group> = BTreeMap::new();
    for i in entries {
        for key in path.keys(site.entry(*i)) {
            let label = facets::label(&site.public, path.def, &key)
                .get(lang)
                .to_string();
            let target = (path.def.ty == FieldType::Ref)
                .then(|| site.find(&key, Lang::Th))
                .flatten();
            let mut order = match site.public.schema.vocabulary_of(path.def) {
                Some(vocabulary) => vocabulary.position(&key).to_be_bytes().to_vec(),
                None if path.def.ty == FieldType::Ref => key.as_bytes().to_vec(),
                None => crate::thai::collate::sort_key(&label),
            };
            order.extend(key.as_bytes());
            groups
                .entry(order)
                .or_insert_with(|| (key, label, target, Vec::new()))
                .3
                .push(*i);
        }
    }
    groups.into_values().collect()
}

/// `matrix`: entries by two paths.
pub fn matrix(site: &Site, spec: &Spec, page: Option<usize>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let rows = path(
        kind,
        spec.rows
            .as_deref()
            .ok_or_else(|| Problem::missing("rows", "matrix"))?,
    )?;
    let cols = path(
        kind,
        spec.cols
            .as_deref()
            .ok_or_else(|| Problem::missing("cols", "matrix"))?,
    )?;
    let entries = select::entries(site, spec, page)?;
    let across = groups(site, &cols, &entries, lang);
    let columns = across
        .iter()
        .map(|(key, label, target, _)| Column {
            id: key.clone(),
            label: label.clone(),
            ty: "number",
            target: *target,
        })
        .collect();
    let rows = groups(site, &rows, &entries, lang)
        .into_iter()
        .map(|(_, label, target, members)| {
            let cells = across
                .iter()
                .map(|(_, _, _, column)| {
                    let both: Vec<usize> = members
                        .iter()
                        .copied()
                        .filter(|i| column.contains(i))
                        .collect();
                    Cell::count(&both, site, lang)
                })
                .collect();
            Row {
                label,
                target,
                cells,
            }
        })
        .collect();
    Ok(Block {
        columns,
        rows,
        count: entries.len(),
        ..Block::default()
    })
}

fn number_column(lang: Lang) -> Column {
    let label = match lang {
        Lang::Th => "จำนวน",
        Lang::En => "Number",
    };
    Column {
        id: "count".into(),
        label: label.into(),
        ty: "number",
        target: None,
    }
}

/// `bars`: number of entries per value.
pub fn bars(site: &Site, spec: &Spec, page: Option<usize>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let rows = path(
        kind,
        spec.rows
            .as_deref()
            .ok_or_else(|| Problem::missing("rows", "bars"))?,
    )?;
    let entries = select::entries(site, spec, page)?;
    let rows = groups(site, &rows, &entries, lang)
        .into_iter()
        .map(|(_, label, target, members)| Row {
            label,
            target,
            cells: vec![Cell::number(members.len() as f64)],
        })
        .collect();
    Ok(Block {
        columns: vec![number_column(lang)],
        rows,
        count: entries.len(),
        ..Block::default()
    })
}

/// `line`: number of entries per year, of all or per series, cumulative if asked.
pub fn line(site: &Site, spec: &Spec, page: Option<usize>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let rows = path(
        kind,
        spec.rows
            .as_deref()
            .ok_or_else(|| Problem::missing("rows", "line"))?,
    )?;
    let entries = select::entries(site, spec, page)?;
    let series = match &spec.series {
        Some(name) => groups(site, &path(kind, name)?, &entries, lang),
        None => vec![(
            "count".into(),
            number_column(lang).label,
            None,
            entries.clone(),
        )],
    };
    let columns = series
        .iter()
        .map(|(id, label, target, _)| Column {
            id: id.clone(),
            label: label.clone(),
            ty: "number",
            target: *target,
        })
        .collect();
    let mut before = vec![0.0; series.len()];
    let rows = groups(site, &rows, &entries, lang)
        .into_iter()
        .map(|(_, label, target, members)| {
            let cells = series
                .iter()
                .zip(&mut before)
                .map(|((_, _, _, of), sum)| {
                    let n = members.iter().filter(|i| of.contains(i)).count() as f64;
                    *sum += n;
                    Cell::number(if spec.cumulative { *sum } else { n })
                })
                .collect();
            Row {
                label,
                target,
                cells,
            }
        })
        .collect();
    Ok(Block {
        columns,
        rows,
        count: entries.len(),
        ..Block::default()
    })
}

/// `aggregate`: what the public gate released of internal entries.
pub fn aggregate(site: &Site, spec: &Spec, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let name = spec
        .rows
        .as_deref()
        .ok_or_else(|| Problem::missing("rows", "aggregate"))?;
    let path = path(kind, name)?;
    let Some(found) = site
        .public
        .aggregates()
        .iter()
        .find(|a| a.kind == kind.id && a.field == name)
    else {
        return Err(Problem::new(
            format!("ช่อง “{name}” ไม่ได้เปิดให้นับ (aggregates ของชนิด)"),
            format!("field `{name}` is not released for counting (`aggregates` of the kind)"),
        ));
    };
    let rows = found
        .counts
        .iter()
        .map(|(key, n)| Row {
            label: facets::label(&site.public, path.def, key)
                .get(lang)
                .to_string(),
            target: None,
            cells: vec![Cell::number(*n as f64)],
        })
        .collect();
    let note = match lang {
        Lang::Th => format!(
            "จากบันทึกภายใน {} รายการ กลุ่มที่มีน้อยกว่า {} ไม่แสดง",
            found.total,
            crate::gate::LEAST_GROUP
        ),
        Lang::En => format!(
            "from {} internal records; groups under {} are not shown",
            found.total,
            crate::gate::LEAST_GROUP
        ),
    };
    Ok(Block {
        columns: vec![number_column(lang)],
        rows,
        count: found.total,
        note,
        ..Block::default()
    })
}
