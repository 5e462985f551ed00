//! Which entry a row is: an id that it gives, an existing entry of its name, the map's pattern, or a name of its own that
//! stays the same when the table is imported again.

use super::map::is_timestamp;
use super::planner::{Planner, Reading, same_id};
use super::report::Refusal;
use crate::authoring::assemble::Assembled;
use crate::authoring::convert::Cell;
use crate::authoring::files::hash;
use crate::authoring::names::fold;
use crate::authoring::target::Target;
use crate::authoring::value::Out;
use crate::model::ids;
use crate::model::{EntryId, Label, Value, Visibility};
use crate::text::slug::suggest_id;
use std::collections::{HashMap, HashSet};

impl Planner<'_> {
    /// The id of each row's entry, in the order of the rows, each once; and why one cannot have the id that it should.
    pub(super) fn ids(&self, readings: &[Reading<'_>]) -> Vec<(String, Option<Refusal>)> {
        let mut taken: HashMap<String, usize> = HashMap::new();
        let mut keys: HashMap<&str, usize> = HashMap::new();
        let earlier: HashSet<&str> = self.known.values().copied().collect();
        let mut out = Vec::with_capacity(readings.len());
        for reading in readings {
            let (fixed, mut refusal) = match self.given(reading) {
                Ok(id) => (id, None),
                Err(refusal) => (None, Some(refusal)),
            };
            let known = || self.known.get(reading.key.as_str()).map(|id| id.to_string());
            let own = fixed.or_else(known);
            let is_new = own.is_none();
            let mut id = own.unwrap_or_else(|| self.fresh(reading, &taken, &earlier));
            if is_new && refusal.is_none() && self.converter.names.entry(self.kind, &id).is_none() {
                refusal = self.hidden_twin(reading, &earlier);
            }
            let alike = keys.get(reading.key.as_str()).copied();
            let first = alike.or_else(|| taken.get(&id).copied());
            if let Some(first) = first.filter(|_| refusal.is_none()) {
                refusal = Some(same_id(reading.number, alike.is_none().then_some(&id), first));
            }
            if taken.contains_key(&id) {
                id = self.fresh(reading, &taken, &earlier);
            }
            // A row that is not taken keeps no id from others.
            if refusal.is_none() || self.drafts {
                taken.insert(id.clone(), reading.number);
                keys.insert(&reading.key, reading.number);
            }
            out.push((id, refusal));
        }
        out
    }

    /// The id that the row itself, an existing entry or the map gives.
    fn given(&self, reading: &Reading<'_>) -> Result<Option<String>, Refusal> {
        let (number, made) = (reading.number, &reading.made);
        if let Some(id) = &made.id {
            let id = id.to_lowercase();
            if ids::is_id(&id) {
                return Ok(Some(id));
            }
            let suggestion = ids::suggested(&id);
            return Err(Refusal::of_row(
                number,
                Label::new(format!("รหัส “{id}” ใช้ไม่ได้"), format!("`{id}` cannot be an id")),
                Some(Label::new(format!("ลองใช้ “{suggestion}”"), format!("try `{suggestion}`"))),
            ));
        }
        let by = self.map.match_by.as_deref().unwrap_or("title");
        if let Some(id) = self.matched(by, number, made)? {
            return Ok(Some(id));
        }
        let id = self.map.id.as_ref().map(|pattern| self.filled(pattern, reading.cells, made));
        Ok(id.filter(|id| ids::is_id(id)))
    }

    /// An id made from the title, as for a page that is written by hand. An entry of that id and title that no other
    /// row became is the row's own.
    fn fresh(&self, reading: &Reading<'_>, taken: &HashMap<String, usize>, earlier: &HashSet<&str>) -> String {
        let title = reading.made.text("title").map_or_else(|| format!("row {}", reading.number), str::to_string);
        let base = self.naming.base(&title);
        let number = |n: usize| if n == 1 { base.clone() } else { format!("{base}-{n}") };
        let free = |id: &String| {
            if taken.contains_key(id) {
                return false;
            }
            match self.converter.names.entry(self.kind, id) {
                // The page of an earlier row; where it is gone, nobody knows whether it was this one.
                entry if earlier.contains(id.as_str()) => entry.is_none(),
                Some(entry) => fold(&entry.title) == fold(&title) && self.fits(entry, &reading.made),
                None => !self.naming.is_taken(id),
            }
        };
        (1..).map(number).find(free).unwrap_or(base.clone())
    }

    /// Whether an entry has no other reference, day or year than the row.
    fn fits(&self, entry: &crate::model::Entry, made: &Assembled) -> bool {
        let kind = &self.portal.schema.kinds[self.kind];
        made.keys.iter().all(|(key, value)| {
            let here = match value {
                Out::Text(text) | Out::Bare(text) => text,
                _ => return true,
            };
            match kind.field_index(key).and_then(|f| entry.value(f)) {
                Some(Value::Ref(there)) => here == there,
                Some(Value::Year(year)) => *here == year.be.to_string(),
                Some(Value::Date(date)) => crate::authoring::convert::date_out(*date).shown() == *here,
                _ => true,
            }
        })
    }

    /// The existing entry that the row is about; several of one name are distinguished by the row's references.
    fn matched(&self, by: &str, number: usize, made: &Assembled) -> Result<Option<String>, Refusal> {
        let kind = &self.portal.schema.kinds[self.kind];
        let Some(name) = made.text(by) else {
            return Ok(None);
        };
        let found = self.converter.names.entries(std::slice::from_ref(&kind.id), name);
        let entries = &self.portal.entries;
        // An entry of a register is the one that is meant; a page of its own only where the map says so.
        let asked = self.map.match_by.is_some();
        let register = |i: &EntryId| entries[*i].body.is_none();
        let fitting: Vec<EntryId> =
            found.iter().copied().filter(|i| asked || register(i)).filter(|i| self.fits(&entries[*i], made)).collect();
        match fitting[..] {
            [one] => Ok(Some(entries[one].id.to_string())),
            [] if by == "title" && found.is_empty() => match self.doubled(name, &register) {
                Some(list) => Err(Refusal::of_row(
                    number,
                    Label::new(
                        format!("“{name}” อาจเป็นหน้าในทะเบียน: {list}"),
                        format!("`{name}` may be an entry of the register: {list}"),
                    ),
                    Some(Label::new(
                        "เขียนชื่อเต็มหรือใส่รหัสนั้นในคอลัมน์ id ถ้าเป็นแห่งใหม่ ใส่รหัสใหม่",
                        "write the full name, or that id in a column `id`; for a new one, a new id",
                    )),
                )),
                None => Ok(None),
            },
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

    /// Why a row becomes no new page: one of its name is there that is not published and that no row became.
    fn hidden_twin(&self, reading: &Reading<'_>, earlier: &HashSet<&str>) -> Option<Refusal> {
        let kind = std::slice::from_ref(&self.portal.schema.kinds[self.kind].id);
        let title = reading.made.text("title")?;
        let found = self.converter.names.entries(kind, title);
        let twin = found.into_iter().map(|i| &self.portal.entries[i]).find(|entry| {
            let held = entry.draft || entry.visibility == Visibility::Internal;
            held && !earlier.contains(&*entry.id) && self.fits(entry, &reading.made)
        })?;
        Some(Refusal::of_row(
            reading.number,
            Label::new(
                format!("“{title}” อาจเป็นหน้าที่ไม่เผยแพร่: {}", twin.id),
                format!("`{title}` may be a page that is not published: {}", twin.id),
            ),
            Some(Label::new(
                "ใส่รหัสของหน้านั้นในคอลัมน์ id ถ้าเป็นคนละเรื่อง ใส่รหัสใหม่",
                "write its id in a column `id`; if it is another page, a new id",
            )),
        ))
    }

    /// Entries of a register that have nearly this name: a page of its own would stand beside them.
    fn doubled(&self, name: &str, register: &dyn Fn(&EntryId) -> bool) -> Option<String> {
        let near = self.converter.names.nearly(self.kind, name).into_iter().filter(register);
        let titled = near.map(|i| &self.portal.entries[i]).map(|entry| format!("{} ({})", entry.id, entry.title));
        Some(titled.collect::<Vec<_>>().join(", ")).filter(|list| !list.is_empty())
    }

    /// Hash of the cells that distinguish the row, and whether more than its title does.
    pub(super) fn key(&self, cells: &[Cell], made: &Assembled) -> (String, bool) {
        let mut parts: Vec<String> = Vec::new();
        let mut sure = made.id.is_some();
        for name in &self.map.key {
            parts.push(self.placeholder(name, cells, made));
        }
        sure |= !parts.iter().all(String::is_empty);
        if parts.iter().all(String::is_empty) {
            parts.clear();
            for (column, cell) in self.columns.iter().zip(cells) {
                let timestamp = is_timestamp(&column.heading);
                if timestamp || column.targets.contains(&Target::Reserved(0)) {
                    sure |= timestamp && !cell.text().is_empty();
                    parts.push(cell.text());
                }
            }
        }
        if parts.iter().all(String::is_empty) {
            parts = cells.iter().map(Cell::text).collect();
        }
        let folded: Vec<String> = parts.iter().map(|p| fold(p)).collect();
        (hash(&folded.join("\u{1f}")), sure)
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
