//! A page as the index holds it: terms counted per field, and what is kept to
//! show it.

use serde::{Deserialize, Serialize};

use super::SearchDoc;
use super::analyze::{Role, START, Terms, WORD};
use super::run::BODY;
use crate::text::words::Words;

/// What is kept of a page to show it: the same in the index and in the
/// exported fragments, where it is an array in this order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Fragment(
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
);

/// Counts the terms of a page; gives its length in folded characters.
pub(super) fn document(doc: &SearchDoc, words: &Words, terms: &mut Terms) -> usize {
    terms.field(0);
    terms.text(words, &doc.title, Role::Title, 1);
    for name in &doc.names {
        terms.text(words, name, Role::Title, 1);
    }
    terms.length = 0;
    terms.field(1);
    for section in &doc.sections {
        terms.text(words, &section.heading, Role::Heading, 1);
    }
    terms.field(2);
    terms.text(words, &doc.summary, Role::Body, 1);
    terms.field(BODY);
    for section in &doc.sections {
        terms.text(words, &section.text, Role::Body, 1);
    }
    terms.field(4);
    for (weight, text) in &doc.fields {
        if *weight > 0 {
            terms.text(words, text, Role::Heading, (*weight).min(8));
        }
    }
    let length = std::mem::take(&mut terms.length);
    terms.field(5);
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

/// What is kept of a page.
pub(super) fn fragment(doc: &SearchDoc) -> Fragment {
    let mut sections = Vec::with_capacity(doc.sections.len() + 2);
    if !doc.summary.is_empty() {
        sections.push((String::new(), String::new(), doc.summary.clone()));
    }
    for s in &doc.sections {
        if !s.text.is_empty() || !s.heading.is_empty() {
            sections.push((s.anchor.clone(), s.heading.clone(), s.text.clone()));
        }
    }
    let mut values: Vec<&str> = doc.names.iter().map(String::as_str).collect();
    values.extend(doc.fields.iter().filter(|(w, _)| *w > 0).map(|(_, text)| text.as_str()));
    values.extend(doc.dates.iter().map(String::as_str));
    if !values.is_empty() {
        sections.push((String::new(), String::new(), values.join(" · ")));
    }
    Fragment(
        doc.url.clone(),
        doc.title.clone(),
        doc.breadcrumb.clone(),
        doc.kind.clone(),
        doc.id.clone(),
        doc.year.unwrap_or(0),
        sections,
    )
}
