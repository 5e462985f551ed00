//! Rules over the whole portal, before the public gate: internal entries are checked as well.
//!
//! Each rule set is a file: [`ids`](mod@ids), [`fields`], [`references`], [`body`], [`sections`], [`writing`], [`mod@days`], [`files`], [`personal`]. Rules return
//! diagnostics and change nothing; per-entry rules run in parallel.

pub(crate) mod body;
mod context;
mod days;
mod fields;
mod file_text;
pub(crate) mod files;
mod ids;
mod pdf_bounds;
mod pdf_text;
pub(crate) mod personal;
mod references;
mod sections;
mod unshown;
pub(crate) mod writing;
mod written;

pub(crate) use context::Context;
pub(crate) use personal::check_theme;

use crate::diagnostics::{Diagnostic, Severity, sort};
use crate::model::index::Index;
use crate::model::{Entry, Portal};
use crate::text::era::Date;
use rayon::prelude::*;

/// Runs every rule.
pub fn check(portal: &Portal) -> Vec<Diagnostic> {
    let index = Index::new(portal);
    let context = Context::new(portal, &index);
    let mut diagnostics = ids::check(&context);
    diagnostics.extend(references::circles(&context));
    diagnostics.extend(personal::check_shared(&context));
    diagnostics.extend(writing::check_shared(&context));
    let tomorrow = days::tomorrow();
    let found: Vec<Vec<Diagnostic>> = portal
        .entries
        .par_iter()
        // A row is checked where it is written.
        .filter(|entry| entry.row_of.is_none())
        .map(|entry| of_entry(&context, entry, tomorrow))
        .collect();
    diagnostics.extend(found.into_iter().flatten());
    sort(&mut diagnostics);
    diagnostics
}

fn of_entry(context: &Context<'_>, entry: &Entry, tomorrow: Option<Date>) -> Vec<Diagnostic> {
    let mut found = fields::check(context, entry);
    found.extend(references::check(context, entry));
    found.extend(body::check(context, entry));
    found.extend(writing::check(context, entry));
    found.extend(days::check(context, entry, tomorrow));
    found.extend(personal::check(context, entry));
    found.extend(ids::check_reserved(context, entry));
    found
}

/// Runs the rules that can find a fault in one file: on its own entries, and where it does not go with others.
pub(crate) fn check_file(portal: &Portal, path: &str) -> Vec<Diagnostic> {
    let index = Index::new(portal);
    let context = Context::new(portal, &index);
    let tomorrow = days::tomorrow();
    let is_own = |e: &&Entry| e.row_of.is_none() && portal.sources[e.source.0 as usize].path == path;
    let own = portal.entries.iter().filter(is_own).flat_map(|entry| of_entry(&context, entry, tomorrow));
    let mut found: Vec<Diagnostic> = own.collect();
    found.extend(ids::check(&context));
    found.extend(references::circles(&context));
    found.retain(|d| d.file == path);
    found
}

/// Runs the rules about files that readers can fetch as they are; `root` is the portal's folder.
pub fn check_files(portal: &Portal, root: &std::path::Path) -> Vec<Diagnostic> {
    let index = Index::new(portal);
    files::check(&Context::new(portal, &index), root)
}

/// Makes every warning an error.
pub(crate) fn promote(diagnostics: &mut [Diagnostic]) {
    for d in diagnostics.iter_mut().filter(|d| d.severity == Severity::Warning) {
        d.severity = Severity::Error;
    }
}
