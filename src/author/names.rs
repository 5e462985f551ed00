//! Finds vocabulary terms and entries by id, label or synonym, as people write them.

use super::Reason;
use crate::diag::{nearest, nearest_hint};
use crate::model::schema::Vocabulary;
use crate::model::{Label, Lang, Portal};
use crate::thai::clean::clean;
use crate::thai::digits::to_arabic;
use std::collections::HashMap;
use std::sync::Mutex;

/// A text without what people write in different ways: case, spaces, punctuation, digit set, invisible characters.
pub fn fold(text: &str) -> String {
    let cleaned = clean(text);
    to_arabic(&cleaned.text)
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !is_punctuation(*c))
        .collect()
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '“' | '”' | '‘' | '’' | '–' | '—' | '…' | '·')
}

/// Look-up of entries by folded names. Failures are remembered, because a table repeats its mistakes.
pub struct Names<'a> {
    portal: &'a Portal,
    by_name: HashMap<String, Vec<usize>>,
    failures: Mutex<HashMap<(Vec<String>, String), Reason>>,
}

/// Greatest number of candidates that a message lists.
const LISTED: usize = 5;

impl<'a> Names<'a> {
    /// Reads the names of all Thai entries: id, title, English title, other names and text fields that the schema
    /// searches with the greatest weight.
    pub fn new(portal: &'a Portal) -> Names<'a> {
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, entry) in portal.entries.iter().enumerate() {
            if entry.lang != Lang::Th {
                continue;
            }
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
        Names {
            portal,
            by_name,
            failures: Mutex::new(HashMap::new()),
        }
    }

    /// The portal whose names these are.
    pub fn portal(&self) -> &'a Portal {
        self.portal
    }

    /// Positions of the entries of the given kinds (empty: any) that carry the name.
    pub fn entries(&self, kinds: &[String], text: &str) -> Vec<usize> {
        let of_kind = |i: &usize| {
            kinds.is_empty()
                || kinds.contains(&self.portal.schema.kinds[self.portal.entries[*i].kind].id)
        };
        self.by_name
            .get(&fold(text))
            .map(|found| found.iter().copied().filter(of_kind).collect())
            .unwrap_or_default()
    }

    /// The id of the one entry that is meant.
    pub fn reference(&self, kinds: &[String], text: &str) -> Result<String, Reason> {
        let found = self.entries(kinds, text);
        if let Some(exact) = found.iter().find(|i| {
            self.portal.entries[**i]
                .id
                .eq_ignore_ascii_case(text.trim())
        }) {
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
                .maybe_hint(Some(Label::new(
                    format!("ใช้รหัสแทนชื่อ: {list}"),
                    format!("use an id: {list}"),
                ))))
            }
        }
    }

    fn list(&self, entries: &[usize]) -> String {
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
        let candidates: Vec<usize> = (0..self.portal.entries.len())
            .filter(|i| {
                let entry = &self.portal.entries[*i];
                entry.lang == Lang::Th
                    && (kinds.is_empty()
                        || kinds.contains(&self.portal.schema.kinds[entry.kind].id))
            })
            .collect();
        let folded = fold(text);
        let holding: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|i| {
                folded.chars().count() >= 4
                    && fold(&self.portal.entries[*i].title).contains(&folded)
            })
            .take(LISTED)
            .collect();
        let hint = if holding.is_empty() {
            let names = candidates.iter().flat_map(|i| {
                let entry = &self.portal.entries[*i];
                [&*entry.id, entry.title.as_str()]
            });
            nearest_hint(text.trim(), names)
        } else {
            let list = self.list(&holding);
            Some(Label::new(
                format!("หมายถึง {list} ใช่หรือไม่"),
                format!("did you mean {list}?"),
            ))
        };
        let reason = Reason::new(
            format!("ไม่พบหน้าชื่อ “{text}”"),
            format!("there is no entry named `{text}`"),
        )
        .maybe_hint(hint);
        if let Ok(mut failures) = self.failures.lock() {
            failures.insert(key, reason.clone());
        }
        reason
    }
}

/// The id of the term that a text names: by id, label, short label or synonym; else why not, with the nearest term.
pub fn term(vocabulary: &Vocabulary, text: &str) -> Result<String, Reason> {
    let text = text.trim();
    if let Some(term) = vocabulary.term(text) {
        return Ok(term.id.clone());
    }
    let folded = fold(text);
    let named = vocabulary.terms.iter().find(|t| {
        [&t.id, &t.label.th, &t.label.en, &t.short.th, &t.short.en]
            .into_iter()
            .chain(&t.synonyms)
            .any(|n| !n.is_empty() && fold(n) == folded)
    });
    if let Some(term) = named {
        return Ok(term.id.clone());
    }
    // `goal (เป้าหมาย)` or `เป้าหมาย (goal)`: what drop-down lists show.
    if let Some((outer, inner)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('('))
        && let Some(term) = vocabulary
            .term(outer.trim())
            .or(vocabulary.term(inner.trim()))
    {
        return Ok(term.id.clone());
    }
    let names = vocabulary.terms.iter().flat_map(|t| {
        [t.id.as_str(), t.label.th.as_str(), t.label.en.as_str()]
            .into_iter()
            .chain(t.synonyms.iter().map(String::as_str))
    });
    let hint = match nearest(text, names.filter(|n| !n.is_empty())) {
        Some(near) => Label::new(
            format!("หมายถึง “{near}” ใช่หรือไม่"),
            format!("did you mean “{near}”?"),
        ),
        None => {
            let some: Vec<&Label> = vocabulary.terms.iter().take(8).map(|t| &t.label).collect();
            let more = if vocabulary.terms.len() > 8 {
                " …"
            } else {
                ""
            };
            let list = |lang: Lang| {
                let words: Vec<&str> = some.iter().map(|l| l.get(lang)).collect();
                format!("{}{more}", words.join(", "))
            };
            Label::new(
                format!("คำที่ใช้ได้: {}", list(Lang::Th)),
                format!("known terms: {}", list(Lang::En)),
            )
        }
    };
    Err(Reason::new(
        format!("คลังคำ “{}” ไม่มีคำ “{text}”", vocabulary.label.th),
        format!("vocabulary `{}` has no term `{text}`", vocabulary.id),
    )
    .maybe_hint(Some(hint)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::Term;

    fn vocabulary() -> Vocabulary {
        Vocabulary {
            id: "colour".into(),
            label: Label::new("สี", "Colour"),
            terms: vec![
                Term {
                    id: "red".into(),
                    label: Label::new("สีแดง", "Red"),
                    synonyms: vec!["แดงชาด".into()],
                    ..Term::default()
                },
                Term {
                    id: "sky".into(),
                    label: Label::new("ฟ้า (ท้องฟ้า)", "Sky blue"),
                    ..Term::default()
                },
            ],
            ..Vocabulary::default()
        }
    }

    #[test]
    fn terms_are_found_by_whatever_they_are_called() {
        let v = vocabulary();
        for text in ["red", "สีแดง", " สี แดง ", "RED", "แดงชาด", "สีแดง (red)"]
        {
            assert_eq!(term(&v, text).as_deref(), Ok("red"), "{text}");
        }
        assert_eq!(term(&v, "ฟ้า (ท้องฟ้า)").as_deref(), Ok("sky"));
    }

    #[test]
    fn an_unknown_term_names_the_nearest() {
        let reason = term(&vocabulary(), "สีแดด").unwrap_err();
        assert!(reason.hint.unwrap().th.contains("สีแดง"));
        let reason = term(&vocabulary(), "ม่วง").unwrap_err();
        assert!(reason.hint.unwrap().th.contains("คำที่ใช้ได้"));
    }

    #[test]
    fn folding_ignores_spacing_digits_and_case() {
        assert_eq!(fold("บทเรียน ๑: ข้อแนะนำ"), fold("บทเรียน1 ข้อแนะนำ"));
        assert_ne!(fold("ก่อน"), fold("กอน"));
    }
}
