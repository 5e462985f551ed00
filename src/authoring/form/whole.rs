//! The rules of the whole portal about a file as it would be.

use crate::check;
use crate::content::markdown_file;
use crate::diagnostics::Diagnostic;
use crate::model::{BodyAnalysis, Portal, SourceFile, SourceId};
use std::sync::Arc;

/// Puts the file into the portal in memory and gives what the rules find about it.
pub(super) fn findings(portal: &mut Portal, path: &str, text: &str) -> Vec<Diagnostic> {
    let languages = portal.config.languages();
    let known = portal.sources.iter().position(|s| s.path == path);
    let id = SourceId(known.unwrap_or(portal.sources.len()) as u32);
    let mut source = SourceFile::new(path, text.trim_start_matches('\u{feff}'));
    let (entry, mut found) = markdown_file::load(&portal.schema, &languages, &source, id);
    source.analysis = entry.as_ref().and_then(|e| e.body).map(|body| {
        let range = body.span.start as usize..body.span.end as usize;
        Arc::new(BodyAnalysis::of(&source.text[range]))
    });
    match known {
        Some(i) => portal.sources[i] = source,
        None => portal.sources.push(source),
    }
    if let Some(mut entry) = entry {
        entry.sort_key = entry.title_key();
        let is_own = |e: &&mut crate::model::Entry| e.row_of.is_none() && e.body.is_some_and(|b| b.source == id);
        match portal.entries.iter_mut().find(is_own) {
            Some(old) => {
                if old.kind == entry.kind {
                    // What a table or another language gives it is still given.
                    for (new, old) in entry.fields.iter_mut().zip(&old.fields) {
                        if new.is_none() && old.as_ref().is_some_and(|o| o.source != id) {
                            new.clone_from(old);
                        }
                    }
                    entry.address.clone_from(&old.address);
                }
                *old = entry;
            }
            None => portal.entries.push(entry),
        }
    }
    found.extend(check::check_file(portal, path));
    found
}
