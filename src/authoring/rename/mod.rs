//! `sala rename`: another id for a field, column, section, term or kind, wherever a portal writes it.
//!
//! Files are edited at the places of the old id alone, so that comments, order and spacing stay. What names the id:
//! * [`schema_files`]: kinds, field sets, vocabularies, views and products, maps of imports and tables, `portal.toml`;
//! * [`pages`]: front matter, query blocks, counts, anchors and, where a folder moves, links;
//! * [`names`]: which text means the renamed thing, in one place for all of them.
//!
//! The schema keeps the old id in `was`, so that sheets and pages from elsewhere are still read.

mod edits;
mod file;
mod names;
mod pages;
mod request;
mod scan;
mod schema_files;
mod walk;

pub(crate) use edits::Edits;
pub(crate) use request::{Request, What};

use super::Reason;
use crate::cache::read_text;
use crate::content::files::Reader;
use crate::model::Portal;
use names::Renaming;
use std::path::Path;

/// Everything that the renaming changes.
///
/// # Errors
/// The id is unknown, stands in several places, or the new one cannot be taken.
pub(crate) fn plan(root: &Path, portal: &Portal, request: &Request) -> Result<Edits, Reason> {
    let reader = Reader::new(root, portal.config.limits.clone());
    let files = file::read(&reader);
    let renaming = Renaming::new(portal, &files, request)?;
    let mut edits = Edits::new(root);
    for file in &files {
        schema_files::edit(&renaming, &reader, file, &mut edits);
    }
    pages::edit(&renaming, &mut edits);
    if let Some((from, to)) = &renaming.folder {
        pages::move_folder(root, from, to, &mut edits);
    }
    Ok(edits)
}

/// Lines of the portal's own templates that name the old id: `path:line`. Templates are programs; people change them.
pub(crate) fn in_templates(root: &Path, request: &Request) -> Vec<String> {
    let old = request.last();
    let mut found = Vec::new();
    for folder in ["templates", "themes", "handout"] {
        for entry in walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten() {
            let path = entry.path();
            let is_template = path.extension().is_some_and(|e| ["html", "typ", "toml"].iter().any(|end| e == *end));
            let Some(text) = is_template.then(|| read_text(path).ok()).flatten() else {
                continue;
            };
            let shown = path.strip_prefix(root).unwrap_or(path).display();
            let lines = text.lines().enumerate().filter(|(_, line)| has_word(line, old));
            found.extend(lines.map(|(n, _)| format!("{shown}:{}", n + 1)));
        }
    }
    found
}

fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}
