//! Values with their targets to the keys and sections of one entry.

use super::Reason;
use super::convert::{Cell, Converter};
use super::target::{RESERVED, Target};
use super::value::Out;
use crate::model::{FieldDef, FieldType, KindDef};
use std::collections::BTreeMap;

/// Keys, sections and what could not be taken.
#[derive(Debug, Default)]
pub(crate) struct Assembled {
    /// The id, where one was given.
    pub id: Option<String>,
    /// Front matter in writing order.
    pub keys: Vec<(String, Out)>,
    /// Sections by id, in the order of the kind.
    pub sections: Vec<(String, String)>,
    /// Position in the input and reason.
    pub failures: Vec<(usize, Reason)>,
}

impl Assembled {
    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.keys.iter().find(|(k, _)| k == key).and_then(|(_, v)| match v {
            Out::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

/// Converts and orders values. Several values for one list are put together; for one single field the first that is
/// not empty counts.
pub(crate) fn assemble(converter: &Converter<'_>, kind: &KindDef, cells: &[(Target, &Cell)]) -> Assembled {
    let mut out = Assembled::default();
    let mut reserved: Vec<Option<Out>> = vec![None; RESERVED.len()];
    let mut fields: Vec<Option<Out>> = vec![None; kind.fields.len()];
    let mut tables: BTreeMap<(usize, usize), BTreeMap<usize, Out>> = BTreeMap::new();
    let mut sections: BTreeMap<usize, String> = BTreeMap::new();
    for (place, (target, cell)) in cells.iter().enumerate() {
        if cell.is_empty() {
            continue;
        }
        let mut take = |field: &FieldDef| {
            let (value, reasons) = converter.read(field, cell);
            out.failures.extend(reasons.into_iter().map(|reason| (place, reason)));
            value
        };
        match target {
            Target::Id => out.id = out.id.take().or_else(|| Some(cell.text()).filter(|id| !id.is_empty())),
            Target::Reserved(i) => {
                let value = take(&RESERVED[*i].field());
                merge(&mut reserved[*i], value);
            }
            Target::Field(f) => {
                let value = take(&kind.fields[*f]);
                merge(&mut fields[*f], value);
            }
            Target::Part(f, part) => {
                let ty = if kind.fields[*f].ty == FieldType::Period { FieldType::Date } else { FieldType::Text };
                let field = FieldDef { id: (*part).to_string(), ty, ..FieldDef::default() };
                if let Some(value) = take(&field) {
                    let Some(Out::Map(pairs)) = &mut fields[*f] else {
                        fields[*f] = Some(Out::Map(vec![((*part).to_string(), value)]));
                        continue;
                    };
                    pairs.push(((*part).to_string(), value));
                }
            }
            Target::Cell(f, row, column) => {
                if let Some(value) = take(&kind.fields[*f].columns[*column]) {
                    tables.entry((*f, *row)).or_default().entry(*column).or_insert(value);
                }
            }
            Target::Section(s) => {
                let field = FieldDef { ty: crate::model::FieldType::Markdown, ..FieldDef::default() };
                let Some(Out::Text(text)) = take(&field) else {
                    continue;
                };
                let section = sections.entry(*s).or_default();
                if !section.is_empty() {
                    section.push_str("\n\n");
                }
                section.push_str(&text);
            }
        }
    }
    for ((field, _), columns) in tables {
        let def = &kind.fields[field];
        let row = columns.into_iter().map(|(c, value)| (def.columns[c].id.clone(), value)).collect();
        match &mut fields[field] {
            Some(Out::Rows(rows)) => rows.push(row),
            slot => *slot = Some(Out::Rows(vec![row])),
        }
    }
    for (def, value) in RESERVED.iter().zip(reserved) {
        out.keys.extend(value.map(|v| (def.key.to_string(), v)));
    }
    for (def, value) in kind.fields.iter().zip(fields) {
        out.keys.extend(value.map(|v| (def.id.clone(), v)));
    }
    out.sections = sections.into_iter().map(|(s, text)| (kind.sections[s].id.clone(), text)).collect();
    out
}

fn merge(slot: &mut Option<Out>, value: Option<Out>) {
    match (slot.as_mut(), value) {
        (Some(Out::List(old)), Some(Out::List(new))) => {
            old.extend(new.into_iter().filter(|n| !old.contains(n)).collect::<Vec<_>>());
        }
        (None, Some(value)) => *slot = Some(value),
        _ => {}
    }
}
