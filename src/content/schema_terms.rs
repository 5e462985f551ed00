//! Checks a vocabulary: its ids, the terms above others, and those that another has replaced.

use super::schema_links::problem;
use crate::diagnostics::{Diagnostic, nearest_hint};
use crate::model::SourceFile;
use crate::model::schema::{Term, Vocabulary};
use std::collections::{HashMap, HashSet};

/// The terms whose `replaced_by` leads to a term that stands: each chain is walked once.
fn replaced_well(vocabulary: &Vocabulary) -> HashSet<&str> {
    let named: HashMap<&str, &Term> = vocabulary
        .terms
        .iter()
        .rev()
        .flat_map(|term| term.was.iter().chain([&term.id]).map(move |id| (id.as_str(), term)))
        .collect();
    let mut good: HashSet<&str> = HashSet::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for term in &vocabulary.terms {
        let mut path = Vec::new();
        let mut at = Some(term);
        while let Some(term) = at.filter(|term| seen.insert(&term.id)) {
            path.push(term.id.as_str());
            at = term.replaced_by.as_deref().and_then(|next| named.get(next).copied());
            if term.replaced_by.is_none() {
                at = Some(term);
                good.insert(&term.id);
            }
        }
        if at.is_some_and(|last| good.contains(last.id.as_str())) {
            good.extend(path);
        }
    }
    good
}

/// Checks one vocabulary.
pub(super) fn check_vocabulary(source: &SourceFile, vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) {
    let good = replaced_well(vocabulary);
    let all: HashSet<&str> = vocabulary.terms.iter().map(|term| term.id.as_str()).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    for term in &vocabulary.terms {
        let id = &term.id;
        if !crate::model::ids::is_id(id) {
            problem(source, id, format!("รหัสคำ “{id}” ไม่ถูกต้อง"), format!("bad term id `{id}`"), None, diagnostics);
        }
        if !seen.insert(id) {
            problem(source, id, format!("คำ “{id}” ซ้ำ"), format!("term `{id}` is repeated"), None, diagnostics);
        }
        if let Some(next) = &term.replaced_by
            && !good.contains(id.as_str())
        {
            problem(
                source,
                next,
                format!("replaced_by: ไม่มีคำ “{next}” หรือคำแทนกันเป็นวง"),
                format!("replaced_by: there is no term `{next}`, or terms replace each other in a circle"),
                vocabulary
                    .term(next)
                    .map_or_else(|| nearest_hint(next, vocabulary.offered().map(|t| t.id.as_str())), |_| None),
                diagnostics,
            );
        }
        if let Some(parent) = &term.parent
            && !all.contains(parent.as_str())
        {
            problem(
                source,
                parent,
                format!("ไม่มีคำแม่ “{parent}”"),
                format!("there is no parent term `{parent}`"),
                nearest_hint(parent, vocabulary.terms.iter().map(|t| t.id.as_str())),
                diagnostics,
            );
        }
    }
}
