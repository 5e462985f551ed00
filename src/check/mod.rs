//! Rules over the whole portal, before the public gate: internal entries are checked as well.
//!
//! Each rule set is a file: [`ids`](mod@ids), [`fields`], [`references`], [`body`], [`personal`]. Rules return
//! diagnostics and change nothing; per-entry rules run in parallel.

pub mod body;
mod fields;
mod ids;
pub mod personal;
mod references;

use crate::diagnostics::{Diagnostic, Severity, sort};
use crate::model::index::Index;
use crate::model::{Entry, Portal, SourceFile, SourceId, Span};
use rayon::prelude::*;

/// Runs every rule.
pub fn check(portal: &Portal) -> Vec<Diagnostic> {
    let index = Index::new(portal);
    let context = Context { portal, index: &index };
    let mut diagnostics = ids::check(&context);
    diagnostics.extend(references::circles(&context));
    let found: Vec<Vec<Diagnostic>> = portal
        .entries
        .par_iter()
        .map(|entry| {
            let mut found = fields::check(&context, entry);
            found.extend(references::check(&context, entry));
            found.extend(body::check(&context, entry));
            found.extend(personal::check(&context, entry));
            found
        })
        .collect();
    diagnostics.extend(found.into_iter().flatten());
    sort(&mut diagnostics);
    diagnostics
}

/// Makes every warning an error.
pub fn promote(diagnostics: &mut [Diagnostic]) {
    for d in diagnostics.iter_mut().filter(|d| d.severity == Severity::Warning) {
        d.severity = Severity::Error;
    }
}

/// What rules look at.
pub struct Context<'a> {
    /// The portal.
    pub portal: &'a Portal,
    /// Look-up tables.
    pub index: &'a Index,
}

impl Context<'_> {
    /// A source file.
    pub fn source(&self, id: SourceId) -> &SourceFile {
        &self.portal.sources[id.0 as usize]
    }

    /// The file of an entry's body and the offset of the body in it.
    pub fn body(&self, entry: &Entry) -> Option<(&SourceFile, usize)> {
        let body = entry.body?;
        Some((self.source(body.source), body.span.start as usize))
    }

    /// The place of a reserved key, or of the entry.
    pub fn key(&self, entry: &Entry, key: &str) -> (&SourceFile, Span) {
        (self.source(entry.source), entry.key_span(key))
    }
}
