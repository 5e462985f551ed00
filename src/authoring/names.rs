//! Finds entries by id or name, and vocabulary terms through [`super::terms`], as people write them.

use super::Reason;
pub use super::fold::fold;
use super::terms::Terms;
use crate::diagnostics::nearest_hint;
use crate::model::{Entry, EntryId, KindId, Label, Portal};
use std::collections::HashMap;
use std::sync::Mutex;

/// Look-up of entries and terms by folded names, each folded once. Failures are remembered, because a table repeats
/// its mistakes.
pub struct NameIndex<'a> {
    portal: &'a Portal,
    by_name: HashMap<String, Vec<EntryId>>,
    by_id: HashMap<(KindId, &'a str), EntryId>,
    /// Thai entries with their folded titles, for hints.
    titles: Vec<(EntryId, String)>,
    terms: HashMap<&'a str, Terms<'a>>,
    failures: Mutex<HashMap<(Vec<String>, String), Reason>>,
}

/// Greatest number of candidates that a message lists.
const LISTED: usize = 5;
/// Shortest part of a title, in characters, that finds it.
const SHORTEST: usize = 3;
/// Least number of last letters that must agree.
const ENDING: usize = 5;

impl<'a> NameIndex<'a> {
    /// Reads the names of all Thai entries: id, title, English title, other names and text fields that the schema
    /// searches with the greatest weight.
    pub fn new(portal: &'a Portal) -> NameIndex<'a> {
        let mut by_name: HashMap<String, Vec<EntryId>> = HashMap::new();
        let mut by_id = HashMap::new();
        let mut titles = Vec::new();
        for (i, entry) in portal.entries.iter_ids() {
            if !entry.main {
                continue;
            }
            by_id.entry((entry.kind, &*entry.id)).or_insert(i);
            titles.push((i, fold(&entry.title)));
            let mut add = |text: &str| {
                let key = fold(text);
                if !key.is_empty() {
                    let places = by_name.entry(key).or_default();
                    if places.last() != Some(&i) {
                        places.push(i);
                    }
                }
            };
            add(&entry.id);
            add(&entry.title);
            add(&entry.title_en);
            entry.names.iter().for_each(|n| add(n));
            let kind = &portal.schema.kinds[entry.kind];
            for (field, _) in kind.fields.iter().zip(&entry.fields) {
                if field.search.is_some_and(|w| w >= 3)
                    && let Some(crate::model::Value::Text(text)) =
                        entry.value(kind.field_index(&field.id).unwrap_or(usize::MAX))
                {
                    add(text);
                }
            }
        }
        NameIndex {
            portal,
            by_name,
            by_id,
            titles,
            terms: portal
                .schema
                .vocabularies
                .iter()
                .map(|(id, vocabulary)| (id.as_str(), Terms::new(vocabulary)))
                .collect(),
            failures: Mutex::new(HashMap::new()),
        }
    }

    /// The portal whose names these are.
    pub fn portal(&self) -> &'a Portal {
        self.portal
    }

    /// The Thai entry of a kind with this id.
    pub fn entry(&self, kind: KindId, id: &str) -> Option<&'a Entry> {
        let place = self.by_id.get(&(kind, id))?;
        self.portal.entries.get(*place)
    }

    /// The terms of a vocabulary.
    pub fn terms(&self, vocabulary: &str) -> Option<&Terms<'a>> {
        self.terms.get(vocabulary)
    }

    /// The entries of the given kinds (empty: any) that carry the name.
    pub fn entries(&self, kinds: &[String], text: &str) -> Vec<EntryId> {
        let of_kind = |i: &EntryId| {
            kinds.is_empty() || kinds.contains(&self.portal.schema.kinds[self.portal.entries[*i].kind].id)
        };
        self.by_name.get(&fold(text)).map(|found| found.iter().copied().filter(of_kind).collect()).unwrap_or_default()
    }

    /// The id of the one entry that is meant.
    pub fn reference(&self, kinds: &[String], text: &str) -> Result<String, Reason> {
        let found = self.entries(kinds, text);
        if let Some(exact) = found.iter().find(|i| self.portal.entries[**i].id.eq_ignore_ascii_case(text.trim())) {
            return Ok(self.portal.entries[*exact].id.to_string());
        }
        match found[..] {
            [one] => Ok(self.portal.entries[one].id.to_string()),
            [] => Err(self.unknown(kinds, text)),
            _ => {
                let list = self.list(&found);
                Err(Reason::new(
                    format!("ชื่อ “{text}” ตรงกับหลายหน้า"),
                    format!("`{text}` is the name of several entries"),
                )
                .maybe_hint(Some(Label::new(format!("ใช้รหัสแทนชื่อ: {list}"), format!("use an id: {list}")))))
            }
        }
    }

    /// Entries of a kind that have the name with something else before it: “โรงเรียน”, “ร.ร.”, nothing.
    pub fn nearly(&self, kind: KindId, name: &str) -> Vec<EntryId> {
        let folded = fold(name);
        let letters = folded.chars().count();
        let same = |title: &str| {
            let common = folded.chars().rev().zip(title.chars().rev()).take_while(|(a, b)| a == b).count();
            common >= ENDING && common * 3 >= letters.min(title.chars().count()) * 2
        };
        let of_kind = self.titles.iter().filter(|(i, _)| self.portal.entries[*i].kind == kind);
        of_kind.filter(|(_, title)| same(title)).map(|(i, _)| *i).take(LISTED).collect()
    }

    /// Entries whose titles end as the text does: an abbreviation in front is the usual difference.
    fn ending(&self, candidates: &[&(EntryId, String)], folded: &str) -> Vec<EntryId> {
        let letters = folded.chars().count();
        let tail: String = folded.chars().skip(letters / 3).collect();
        if tail.chars().count() < ENDING {
            return Vec::new();
        }
        candidates.iter().filter(|(_, title)| title.ends_with(&tail)).map(|(i, _)| *i).take(LISTED).collect()
    }

    fn list(&self, entries: &[EntryId]) -> String {
        let named: Vec<String> = entries
            .iter()
            .take(LISTED)
            .map(|i| {
                let entry = &self.portal.entries[*i];
                format!("{} ({})", entry.id, entry.title)
            })
            .collect();
        named.join(", ")
    }

    fn unknown(&self, kinds: &[String], text: &str) -> Reason {
        let key = (kinds.to_vec(), text.to_string());
        if let Ok(failures) = self.failures.lock()
            && let Some(reason) = failures.get(&key)
        {
            return reason.clone();
        }
        let of_kind = |entry: &Entry| kinds.is_empty() || kinds.contains(&self.portal.schema.kinds[entry.kind].id);
        let candidates: Vec<&(EntryId, String)> =
            self.titles.iter().filter(|(i, _)| of_kind(&self.portal.entries[*i])).collect();
        let folded = fold(text);
        let holding: Vec<EntryId> = candidates
            .iter()
            .filter(|(_, title)| folded.chars().count() >= SHORTEST && title.contains(&folded))
            .map(|(i, _)| *i)
            .take(LISTED)
            .collect();
        let holding = if holding.is_empty() { self.ending(&candidates, &folded) } else { holding };
        let hint = if holding.is_empty() {
            let names = candidates.iter().flat_map(|(i, _)| {
                let entry = &self.portal.entries[*i];
                [&*entry.id, entry.title.as_str()]
            });
            nearest_hint(text.trim(), names)
        } else {
            let list = self.list(&holding);
            Some(Label::new(format!("หมายถึง {list} ใช่หรือไม่"), format!("did you mean {list}?")))
        };
        let reason =
            Reason::new(format!("ไม่พบหน้าชื่อ “{text}”"), format!("there is no entry named `{text}`")).maybe_hint(hint);
        if let Ok(mut failures) = self.failures.lock() {
            failures.insert(key, reason.clone());
        }
        reason
    }
}
