//! Which entry a row is: an id that it gives, an existing entry of its name, the map's pattern, or a name of its own that
//! stays the same when the table is imported again.

use super::map::is_timestamp;
use super::plan::Planner;
use super::report::Refusal;
use crate::authoring::assemble::Assembled;
use crate::authoring::convert::Cell;
use crate::authoring::files::hash;
use crate::authoring::names::fold;
use crate::authoring::target::Target;
use crate::authoring::value::Out;
use crate::model::ids;
use crate::model::{Label, Value};
use crate::text::slug::suggest_id;

/// Greatest length of the part of an id that is made from the title.
const STEM: usize = 32;

impl Planner<'_> {
    /// The id of the row's entry.
    pub(super) fn id(&self, number: usize, cells: &[Cell], made: &Assembled) -> Result<String, Refusal> {
        let kind = &self.portal.schema.kinds[self.kind];
        if let Some(id) = &made.id {
            let id = id.to_lowercase();
            if ids::is_id(&id) {
                return Ok(id);
            }
            let suggestion = ids::path_part(&id);
            return Err(Refusal::of_row(
                number,
                Label::new(format!("รหัส “{id}” ใช้ไม่ได้"), format!("`{id}` cannot be an id")),
                Some(Label::new(format!("ลองใช้ “{suggestion}”"), format!("try `{suggestion}`"))),
            ));
        }
        if let Some(by) = &self.map.match_by
            && let Some(id) = self.matched(by, number, made)?
        {
            return Ok(id);
        }
        if let Some(pattern) = &self.map.id {
            let id = self.filled(pattern, cells, made);
            if ids::is_id(&id) {
                return Ok(id);
            }
        }
        let key = self.key(cells, made);
        let stem = made.text("title").map(suggest_id).unwrap_or_default();
        let stem: String = stem.chars().take(STEM).collect();
        let stem = stem.trim_matches('-');
        let tail = &hash(&key)[..8];
        let id = if stem.is_empty() { format!("{}-{tail}", kind.id) } else { format!("{stem}-{tail}") };
        Ok(if ids::is_id(&id) { id } else { ids::path_part(&id) })
    }

    /// The existing entry that the row is about; several of one name are told apart by the row's references.
    fn matched(&self, by: &str, number: usize, made: &Assembled) -> Result<Option<String>, Refusal> {
        let kind = &self.portal.schema.kinds[self.kind];
        let Some(name) = made.text(by) else {
            return Ok(None);
        };
        let found = self.converter.names.entries(std::slice::from_ref(&kind.id), name);
        let entries = &self.portal.entries;
        let fitting: Vec<usize> = found
            .iter()
            .copied()
            .filter(|i| {
                made.keys.iter().all(|(key, value)| {
                    let Some(Value::Ref(there)) = kind.field_index(key).and_then(|f| entries[*i].value(f)) else {
                        return true;
                    };
                    !matches!(value, Out::Text(here) if here != there)
                })
            })
            .collect();
        match fitting[..] {
            [one] => Ok(Some(entries[one].id.to_string())),
            [] => Ok(None),
            _ => {
                let list: Vec<&str> = fitting.iter().take(6).map(|i| &*entries[*i].id).collect();
                let list = list.join(", ");
                Err(Refusal::of_row(
                    number,
                    Label::new(format!("ชื่อ “{name}” ตรงกับหลายหน้า"), format!("several entries are named `{name}`")),
                    Some(Label::new(
                        format!("ใส่รหัสในคอลัมน์ id: {list}"),
                        format!("give one of these in a column `id`: {list}"),
                    )),
                ))
            }
        }
    }

    /// Text of the cells that tell the row apart.
    fn key(&self, cells: &[Cell], made: &Assembled) -> String {
        let mut parts: Vec<String> = Vec::new();
        for name in &self.map.key {
            parts.push(self.placeholder(name, cells, made));
        }
        if parts.iter().all(String::is_empty) {
            parts.clear();
            for (column, cell) in self.columns.iter().zip(cells) {
                if is_timestamp(&column.heading) || column.targets.contains(&Target::Reserved(0)) {
                    parts.push(cell.text());
                }
            }
        }
        if parts.iter().all(String::is_empty) {
            parts = cells.iter().map(Cell::text).collect();
        }
        let folded: Vec<String> = parts.iter().map(|p| fold(p)).collect();
        folded.join("\u{1f}")
    }

    fn filled(&self, pattern: &str, cells: &[Cell], made: &Assembled) -> String {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else {
                break;
            };
            out.push_str(before);
            let text = self.placeholder(name, cells, made);
            let plain = text.to_lowercase();
            out.push_str(&if ids::is_id(&plain) { plain } else { suggest_id(&text) });
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// The converted value of a target, else the cell under a heading.
    fn placeholder(&self, name: &str, cells: &[Cell], made: &Assembled) -> String {
        if let Some((_, value)) = made.keys.iter().find(|(k, _)| k == name) {
            return match value {
                Out::Text(text) | Out::Bare(text) => text.clone(),
                other => other.inline(),
            };
        }
        let key = fold(name);
        self.columns
            .iter()
            .zip(cells)
            .find(|(column, _)| fold(&column.heading) == key)
            .map(|(_, cell)| cell.text())
            .unwrap_or_default()
    }
}
