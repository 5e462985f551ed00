//! A page as the index holds it: counted terms per field, and what is kept to
//! show it.

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::SearchDoc;
use super::analyze::{Role, START, Terms, WORD};
use crate::thai::words::Words;

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

/// The document of a page.
pub(super) fn document(
    doc: &SearchDoc,
    words: &Words,
    terms: &mut Terms,
    at: &[Field],
) -> TantivyDocument {
    let mut out = TantivyDocument::default();
    let mut length = 0;
    let mut add = |terms: &mut Terms, i: usize, counted: bool| {
        if counted {
            length += terms.length;
        }
        out.add_text(at[i], terms.encode());
        terms.clear();
    };
    terms.text(words, &doc.title, Role::Title, 1);
    for name in &doc.names {
        terms.text(words, name, Role::Title, 1);
    }
    add(terms, 0, false);
    for section in &doc.sections {
        terms.text(words, &section.heading, Role::Heading, 1);
    }
    add(terms, 1, true);
    terms.text(words, &doc.summary, Role::Body, 1);
    add(terms, 2, true);
    for section in &doc.sections {
        terms.text(words, &section.text, Role::Body, 1);
    }
    add(terms, 3, true);
    for (weight, text) in &doc.fields {
        if *weight > 0 {
            terms.text(words, text, Role::Heading, (*weight).min(8));
        }
    }
    add(terms, 4, true);
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
    add(terms, 5, false);
    for (field, term) in &doc.facets {
        terms.add(' ', &format!("{field}={term}"));
    }
    out.add_text(at[6], terms.encode());
    terms.clear();
    out.add_u64(at[7], length as u64);
    out.add_i64(at[8], i64::from(doc.year.unwrap_or(0)));
    let fragment = serde_json::to_vec(&fragment(doc)).unwrap_or_default();
    out.add_bytes(at[9], &fragment);
    out
}

fn fragment(doc: &SearchDoc) -> Fragment {
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
    values.extend(
        doc.fields
            .iter()
            .filter(|(w, _)| *w > 0)
            .map(|(_, text)| text.as_str()),
    );
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
