//! What a file holds, as the texts of a form's inputs.

use super::body;
use super::inputs::LEAD;
use crate::authoring::names::NameIndex;
use crate::authoring::target::{MAX_ROWS, RESERVED, Target, parts_of, written};
use crate::content::front_matter::{Format, parse, split};
use crate::content::raw::{Data, Node};
use crate::model::{FieldDef, FieldType, KindDef, KindId};
use std::collections::{BTreeMap, BTreeSet};

/// Why a page has no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// No page has this file.
    Unknown,
    /// Its front matter cannot be read.
    Unreadable,
    /// Its front matter is YAML, whose comments no form can keep.
    Yaml,
}

/// How a line of the front matter begins that says what is still to be done.
pub(super) const NOTE: &str = "# ต้องเติม · ";

/// The texts of a file.
#[derive(Debug, Default, Clone)]
pub(crate) struct Current {
    /// Texts by the names of inputs; an input without a text is not in it.
    pub texts: BTreeMap<String, String>,
    /// Rows of tables, by the id of the field.
    pub rows: BTreeMap<String, usize>,
    /// Keys whose values no input can hold: they stay as they are, and are edited in the file.
    pub locked: BTreeSet<String>,
    /// Keys that the file has.
    pub keys: BTreeSet<String>,
    /// What the file says is still to be done.
    pub notes: Vec<String>,
}

/// Reads a file.
///
/// # Errors
/// Its front matter is none that a form can change.
pub(crate) fn of(names: &NameIndex<'_>, kind: &KindDef, text: &str) -> Result<Current, Unusable> {
    // Browsers send line ends of their own.
    let text = &*text.replace("\r\n", "\n");
    let parts = split(text).map_err(|_| Unusable::Unreadable)?;
    let mut out = Current::default();
    if let Some((format, front, base)) = parts.front {
        if format == Format::Yaml {
            return Err(Unusable::Yaml);
        }
        let Node { data: Data::Map(pairs), .. } = parse(format, front, base).map_err(|_| Unusable::Unreadable)? else {
            return Err(Unusable::Unreadable);
        };
        out.notes = front.lines().filter_map(|l| l.strip_prefix(NOTE)).map(str::to_string).collect();
        for (key, node) in &pairs {
            out.keys.insert(key.name.clone());
            out.value(names, kind, &key.name, node);
        }
    }
    let body = &text[parts.body..];
    let (lead, sections) = body::parts(kind, body);
    out.put(LEAD.into(), body::without_blank(&body[lead]));
    for part in sections {
        out.put(written(kind, &Target::Section(part.section)), body::without_blank(&body[part.text]));
    }
    Ok(out)
}

impl Current {
    fn put(&mut self, name: String, text: &str) {
        if !text.is_empty() {
            self.texts.insert(name, text.to_string());
        }
    }

    fn value(&mut self, names: &NameIndex<'_>, kind: &KindDef, key: &str, node: &Node) {
        if let Some(reserved) = RESERVED.iter().find(|r| r.key == key) {
            match shown(names, &reserved.field(), node) {
                Some(text) => self.put(key.into(), &text),
                None => drop(self.locked.insert(key.into())),
            }
            return;
        }
        let Some(f) = kind.field_named(key) else {
            return;
        };
        let def = &kind.fields[f];
        let pieces = match (def.ty, &node.data) {
            (FieldType::Table, Data::List(rows)) if rows.len() <= MAX_ROWS => {
                self.rows.insert(def.id.clone(), rows.len());
                rows.iter().enumerate().try_fold(Vec::new(), |all, (r, row)| cells(names, kind, f, r, row, all))
            }
            (FieldType::Table, _) => None,
            (FieldType::Period | FieldType::Image | FieldType::File, Data::Map(pairs)) if !def.many => {
                pairs.iter().try_fold(Vec::new(), |mut all, (part, node)| {
                    let known = parts_of(def.ty).contains(&part.name.as_str());
                    all.push((format!("{}.{}", def.id, part.name), node.text().filter(|_| known)?.to_string()));
                    Some(all)
                })
            }
            (FieldType::Image | FieldType::File, Data::Scalar(src, _)) if !def.many => {
                Some(vec![(format!("{}.src", def.id), src.clone())])
            }
            (FieldType::Period, _) if !def.many => None,
            _ => shown(names, def, node).map(|text| vec![(def.id.clone(), text)]),
        };
        match pieces {
            Some(pieces) => pieces.iter().for_each(|(name, text)| self.put(name.clone(), text)),
            None => drop(self.locked.insert(def.id.clone())),
        }
    }
}

/// The texts of a row's cells behind those of the rows before it.
fn cells(
    names: &NameIndex<'_>,
    kind: &KindDef,
    f: usize,
    r: usize,
    row: &Node,
    mut all: Vec<(String, String)>,
) -> Option<Vec<(String, String)>> {
    let Data::Map(pairs) = &row.data else {
        return None;
    };
    for (key, node) in pairs {
        let c = kind.fields[f].column_named(&key.name)?;
        all.push((written(kind, &Target::Cell(f, r, c)), shown(names, &kind.fields[f].columns[c], node)?));
    }
    Some(all)
}

/// A value as its input shows it; none where no text can stand for it.
fn shown(names: &NameIndex<'_>, def: &FieldDef, node: &Node) -> Option<String> {
    match &node.data {
        Data::Scalar(..) if node.is_null() => Some(String::new()),
        Data::Scalar(text, _) => Some(said(names, def, text)),
        Data::List(items) if def.many => {
            let items: Option<Vec<String>> = items.iter().map(|item| item_text(names, def, item)).collect();
            items.map(|items| items.join("\n"))
        }
        _ => None,
    }
}

fn item_text(names: &NameIndex<'_>, def: &FieldDef, item: &Node) -> Option<String> {
    match &item.data {
        Data::Scalar(text, _) => Some(said(names, def, text)).filter(|text| !text.contains('\n')),
        // `picture | what it shows | caption`, as the converter reads it.
        Data::Map(pairs) if matches!(def.ty, FieldType::Image | FieldType::File) => {
            let known = parts_of(def.ty);
            let text = |part: &str| pairs.iter().find(|(k, _)| k.name == part).and_then(|(_, n)| n.text());
            let whole = pairs
                .iter()
                .all(|(k, n)| known.contains(&k.name.as_str()) && n.text().is_some_and(|t| !t.contains(['|', '\n'])));
            let texts: Vec<&str> = known.iter().map(|part| text(part).unwrap_or("")).collect();
            whole.then(|| texts.join(" | ").trim_end_matches([' ', '|']).to_string())
        }
        _ => None,
    }
}

/// A term by its id, an entry by its title where that finds it.
fn said(names: &NameIndex<'_>, def: &FieldDef, text: &str) -> String {
    match def.ty {
        FieldType::Term => {
            let vocabulary = names.portal().schema.vocabulary_of(def);
            vocabulary.and_then(|v| v.find(text)).map_or_else(|| text.to_string(), |term| term.id.clone())
        }
        FieldType::Ref => {
            let portal = names.portal();
            let of_kind = |kind: KindId| def.kinds.is_empty() || def.kinds.contains(&portal.schema.kinds[kind].id);
            let entry = portal.entries.iter().find(|e| e.main && *e.id == *text && of_kind(e.kind));
            let title = entry.map(|e| e.title.trim()).filter(|t| !t.contains([',', ';', '\n']));
            let finds = |title: &&str| names.reference(&def.kinds, title).is_ok_and(|id| id == text);
            title.filter(finds).unwrap_or(text).to_string()
        }
        _ => text.to_string(),
    }
}
