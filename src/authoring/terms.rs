//! Finds the terms of a vocabulary by id, label or synonym, as people write them.

use super::Reason;
use super::fold::fold;
use crate::diagnostics::nearest;
use crate::model::schema::Vocabulary;
use crate::model::{Label, Lang};
use std::collections::HashMap;
use std::sync::Mutex;

/// A vocabulary with its folded names. Failures are remembered, because a table repeats its mistakes.
pub struct Terms<'a> {
    vocabulary: &'a Vocabulary,
    by_name: HashMap<String, usize>,
    failures: Mutex<HashMap<String, Reason>>,
}

/// Terms that a message lists where none is near.
const LISTED: usize = 8;

impl<'a> Terms<'a> {
    /// Folds ids, labels, short labels and synonyms; of two terms with one name the first counts.
    pub fn new(vocabulary: &'a Vocabulary) -> Terms<'a> {
        let mut by_name = HashMap::new();
        for (i, term) in vocabulary.terms.iter().enumerate() {
            let names = [&term.id, &term.label.th, &term.label.en, &term.short.th, &term.short.en];
            for name in names.into_iter().chain(&term.synonyms).chain(&term.was) {
                let key = fold(name);
                if !key.is_empty() {
                    by_name.entry(key).or_insert(i);
                }
            }
        }
        // `1 เป้าหมาย`: people leave the number out.
        for (i, term) in vocabulary.terms.iter().enumerate() {
            for name in [&term.label.th, &term.label.en] {
                let bare = fold(name.trim_start_matches(|c: char| c.is_numeric()));
                if !bare.is_empty() {
                    by_name.entry(bare).or_insert(i);
                }
            }
        }
        // … or write nothing but the number.
        let number = |label: &str| -> String { fold(label).chars().take_while(char::is_ascii_digit).collect() };
        let numbers: Vec<String> = vocabulary.terms.iter().map(|t| number(&t.label.th)).collect();
        for (i, own) in numbers.iter().enumerate() {
            if !own.is_empty() && numbers.iter().filter(|n| *n == own).count() == 1 {
                by_name.entry(own.clone()).or_insert(i);
            }
        }
        Terms { vocabulary, by_name, failures: Mutex::default() }
    }

    /// The id of the term that a text names; else why not, with the nearest term.
    pub fn find(&self, text: &str) -> Result<String, Reason> {
        let text = text.trim();
        let id = |i: usize| {
            let own = &self.vocabulary.terms[i];
            self.vocabulary.find(&own.id).unwrap_or(own).id.clone()
        };
        if let Some(term) = self.vocabulary.find(text) {
            return Ok(term.id.clone());
        }
        if let Some(i) = self.by_name.get(&fold(text)) {
            return Ok(id(*i));
        }
        // `goal (เป้าหมาย)` or `เป้าหมาย (goal)`: what drop-down lists show.
        if let Some((outer, inner)) = text.strip_suffix(')').and_then(|t| t.rsplit_once('('))
            && let Some(term) = self.vocabulary.find(outer.trim()).or(self.vocabulary.find(inner.trim()))
        {
            return Ok(term.id.clone());
        }
        if let Ok(failures) = self.failures.lock()
            && let Some(reason) = failures.get(text)
        {
            return Err(reason.clone());
        }
        let reason = self.unknown(text);
        if let Ok(mut failures) = self.failures.lock() {
            failures.insert(text.to_string(), reason.clone());
        }
        Err(reason)
    }

    fn unknown(&self, text: &str) -> Reason {
        let terms: Vec<_> = self.vocabulary.offered().collect();
        let names = terms.iter().flat_map(|t| {
            [t.id.as_str(), t.label.th.as_str(), t.label.en.as_str()]
                .into_iter()
                .chain(t.synonyms.iter().map(String::as_str))
        });
        let hint = match nearest(text, names.filter(|n| !n.is_empty())) {
            Some(near) => Label::new(format!("หมายถึง “{near}” ใช่หรือไม่"), format!("did you mean “{near}”?")),
            None => {
                let more = if terms.len() > LISTED { " …" } else { "" };
                let list = |lang: Lang| {
                    let words: Vec<&str> = terms.iter().take(LISTED).map(|t| t.label.get(lang)).collect();
                    format!("{}{more}", words.join(", "))
                };
                Label::new(format!("คำที่ใช้ได้: {}", list(Lang::TH)), format!("known terms: {}", list(Lang::EN)))
            }
        };
        Reason::new(
            format!("คลังคำ “{}” ไม่มีคำ “{text}”", self.vocabulary.label.th),
            format!("vocabulary `{}` has no term `{text}`", self.vocabulary.id),
        )
        .maybe_hint(Some(hint))
    }
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
                    id: "sky".into(), label: Label::new("2 ฟ้า (ท้องฟ้า)", "Sky blue"), ..Term::default()
                },
            ],
            ..Vocabulary::default()
        }
    }

    #[test]
    fn terms_are_found_by_whatever_they_are_called() {
        let vocabulary = vocabulary();
        let terms = Terms::new(&vocabulary);
        for text in ["red", "สีแดง", " สี แดง ", "RED", "แดงชาด", "สีแดง (red)"]
        {
            assert_eq!(terms.find(text).as_deref(), Ok("red"), "{text}");
        }
        for text in ["ฟ้า (ท้องฟ้า)", "๒ ฟ้า (ท้องฟ้า)", "2", "๒"] {
            assert_eq!(terms.find(text).as_deref(), Ok("sky"), "{text}");
        }
    }

    #[test]
    fn an_unknown_term_names_the_nearest() {
        let vocabulary = vocabulary();
        let terms = Terms::new(&vocabulary);
        let reason = terms.find("สีแดด").unwrap_err();
        assert_eq!(terms.find("สีแดด"), Err(reason.clone()), "told again");
        assert!(reason.hint.unwrap().th.contains("สีแดง"));
        let reason = terms.find("ม่วง").unwrap_err();
        assert!(reason.hint.unwrap().th.contains("คำที่ใช้ได้"));
    }
}
