//! The fields of a document: what is counted where, and what is shown.

use serde::{Deserialize, Serialize};

use super::interner::{START, WORD};
use super::terms::{Role, Terms};
use crate::search::SearchDoc;
use crate::search::ranking::{BODY, DATES, HEADINGS, MOST_FIELD_WEIGHT, SUMMARY, TITLE, VALUES};
use crate::text::words::Words;

/// What is kept of a page to show it: the same in the index and in the
/// exported fragments, where it is an array in this order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Fragment(
    /// Address.
    pub String,
    /// Title.
    pub String,
    /// Breadcrumb.
    pub String,
    /// Kind.
    pub String,
    /// Id.
    pub String,
    /// Year or 0.
    pub i32,
    /// Sections: anchor, heading, text; the summary first, field values last.
    pub Vec<(String, String, String)>,
    /// Names besides the title.
    pub Vec<String>,
    /// Numbers of the documents that refer to it and fold under it.
    pub Vec<u32>,
    /// What decides, as label and value.
    pub Vec<(String, String)>,
    /// The title without the kind before it.
    pub Vec<String>,
);

/// Counts the terms of a document; gives its length in folded characters.
pub(crate) fn document_terms(doc: &SearchDoc, words: &Words, terms: &mut Terms) -> usize {
    terms.field(TITLE);
    terms.text(words, &doc.title, Role::Title, 1);
    for name in &doc.names {
        terms.text(words, name, Role::Title, 1);
    }
    terms.names(doc.all_names(), &doc.shorts);
    terms.length = 0;
    terms.field(HEADINGS);
    for section in &doc.sections {
        terms.text(words, &section.heading, Role::Heading, 1);
    }
    terms.field(SUMMARY);
    terms.text(words, &doc.summary, Role::Body, 1);
    terms.field(BODY);
    for section in &doc.sections {
        terms.text(words, &section.text, Role::Body, 1);
    }
    terms.field(VALUES);
    for (weight, text) in &doc.fields {
        if *weight > 0 {
            terms.text(words, text, Role::Heading, (*weight).min(MOST_FIELD_WEIGHT));
        }
    }
    let length = std::mem::take(&mut terms.length);
    terms.field(DATES);
    for year in &doc.years {
        for number in [*year, *year - 543] {
            for _ in 0..2 {
                terms.add(WORD, &number.to_string());
            }
            terms.add(START, number.to_string().get(..2).unwrap_or(""));
        }
    }
    for date in &doc.dates {
        terms.text(words, date, Role::Body, 2);
    }
    terms.length = 0;
    length
}

impl Fragment {
    /// What is shown of a document.
    pub fn of(doc: SearchDoc) -> Fragment {
        let mut sections = Vec::with_capacity(doc.sections.len() + 2);
        if !doc.summary.is_empty() {
            sections.push((String::new(), String::new(), doc.summary));
        }
        for s in doc.sections {
            if !s.text.is_empty() || !s.heading.is_empty() {
                sections.push((s.anchor, s.heading, s.text));
            }
        }
        let mut values: Vec<&str> = doc.names.iter().map(String::as_str).collect();
        values.extend(doc.fields.iter().filter(|(w, _)| *w > 0).map(|(_, text)| text.as_str()));
        values.extend(doc.dates.iter().map(String::as_str));
        if !values.is_empty() {
            sections.push((String::new(), String::new(), values.join(" · ")));
        }
        let year = doc.year.unwrap_or(0);
        let (referrers, facts) = (doc.referrers, doc.facts);
        Fragment(
            doc.url,
            doc.title,
            doc.breadcrumb,
            doc.kind,
            doc.id,
            year,
            sections,
            doc.names,
            referrers,
            facts,
            doc.shorts,
        )
    }

    /// As JSON that is also JavaScript.
    pub fn to_json(&self) -> String {
        script_safe(&serde_json::to_string(self).unwrap_or_else(|_| "[]".into()))
    }
}

/// JSON that is also JavaScript in every browser and harmless in a page.
pub(crate) fn script_safe(json: &str) -> String {
    // Of what is replaced, the characters beyond ASCII begin with this byte.
    if !json.bytes().any(|byte| matches!(byte, b'<' | 0xe2)) {
        return json.to_owned();
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
