//! Rows of a table that are entries of their own: `entries = "lesson"` on a table field gives each row an address, the
//! fields of its columns, and a reference to the entry in which it is written.

use super::entry::{Entry, Visibility};
use super::index_vec::KindId;
use super::value::{Located, Row, Value};
use super::{FieldDef, FieldType, KindDef, Portal};
use std::collections::HashSet;
use std::sync::Arc;

/// The entries of all rows. A row is as public as the strictest of its entry, its field, and its kind; a column that is
/// internal gives it nothing. Rows of a translation are those that the translation wrote itself.
pub(crate) fn entries(portal: &Portal) -> Vec<Entry> {
    let mut made = Vec::new();
    for parent in &portal.entries {
        let kind = &portal.schema.kinds[parent.kind];
        for (f, field) in kind.fields.iter().enumerate() {
            let Some((k, child)) = field.entries.as_deref().and_then(|id| portal.schema.kind(id)) else { continue };
            let Some(located) = parent.fields[f].as_ref() else { continue };
            let Value::Table(rows) = &located.value else { continue };
            if !parent.main && located.source != parent.source {
                continue;
            }
            let table = Table { parent, parent_kind: kind, field, located, kind: (k, child) };
            made.extend(rows.iter().enumerate().filter_map(|(n, row)| table.entry(n, row)));
        }
    }
    let originals: HashSet<Arc<str>> = made.iter().filter(|e| e.main).map(|e| e.id.clone()).collect();
    made.retain(|e| e.main || originals.contains(&e.id));
    made
}

/// Id of a row's entry: `aar-1-lesson-2`, or with what its column `id` says in place of the number, where that is public.
pub(crate) fn id(parent: &str, kind: &str, field: &FieldDef, n: usize, row: &Row) -> String {
    let column = field.columns.iter().position(|c| c.id == "id" && c.visibility == Visibility::Public);
    let named = column
        .and_then(|c| row.cells[c].as_ref())
        .and_then(|cell| cell.value.key())
        .map(|name| super::ids::path_part(&name));
    format!("{parent}-{kind}-{}", named.unwrap_or_else(|| (n + 1).to_string()))
}

struct Table<'a> {
    parent: &'a Entry,
    parent_kind: &'a KindDef,
    field: &'a FieldDef,
    located: &'a Located,
    kind: (KindId, &'a KindDef),
}

impl Table<'_> {
    /// The entry of a row; none where its first column, which is its title, has nothing that may be shown.
    fn entry(&self, n: usize, row: &Row) -> Option<Entry> {
        let (k, kind) = self.kind;
        let cell = |id: &str| -> Option<Located> {
            let c = self.field.columns.iter().position(|c| c.id == id)?;
            row.cells.get(c)?.clone().filter(|_| self.field.columns[c].visibility == Visibility::Public)
        };
        let first = self.field.columns.iter().find(|c| c.id != "id")?;
        let title = match cell(&first.id)?.value {
            Value::Text(text) | Value::Markdown(text) => text,
            other => format!("{} · {}", self.parent.title, other.key()?),
        };
        let id = id(&self.parent.id, &kind.id, self.field, n, row);
        let back =
            Located { value: Value::Ref(self.parent.id.to_string()), span: row.span, source: self.located.source };
        let names_parent = |f: &&FieldDef| f.ty == FieldType::Ref && f.kinds.contains(&self.parent_kind.id);
        let parent_field = kind.fields.iter().find(names_parent).map(|f| &f.id);
        let value = |f: &FieldDef| if Some(&f.id) == parent_field { Some(back.clone()) } else { cell(&f.id) };
        let fields = kind.fields.iter().map(value).collect();
        Some(Entry {
            address: kind.address(&id),
            id: id.as_str().into(),
            kind: k,
            title,
            title_en: String::new(),
            sort_key: Vec::new(),
            summary: String::new(),
            names: Vec::new(),
            aliases: Vec::new(),
            tags: Vec::new(),
            internal_sections: Vec::new(),
            visibility: self.parent.visibility.max(self.field.visibility).max(kind.visibility),
            fields,
            source: self.located.source,
            span: row.span,
            // A page that says itself who may see it says so of its rows.
            keys: self.parent.keys.iter().filter(|(key, _)| key == "visibility").cloned().collect(),
            body: None,
            typed: true,
            row_of: Some(self.parent.id.to_string()),
            lang: self.parent.lang,
            main: self.parent.main,
            menu: String::new(),
            weight: None,
            draft: self.parent.draft,
            illustrative: self.parent.illustrative,
            // News of the entry is told once.
            updated: None,
            published: None,
            allow_personal: None,
        })
    }
}
