//! What the last load of a portal read, for a program that loads it again and again: the preview.
//!
//! It lives in memory only. A file that somebody wrote is read again; it is parsed again only where its text, the
//! schema or the limits are other ones than before.

use super::files::Reader;
use super::listing::Listing;
use super::markdown_file;
use crate::diagnostics::Diagnostic;
use crate::model::{BodyAnalysis, Config, Entry, Lang, Schema, SourceFile, SourceId};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Everything but what the Markdown files say.
#[derive(Debug, Clone)]
pub(super) struct PortalInputs {
    pub config: Config,
    pub schema: Schema,
    pub listing: Listing,
    /// Entries of tables, and the files of the tables; they are numbered after the Markdown files.
    pub tabled: Vec<Entry>,
    pub tables: Vec<SourceFile>,
    pub found: Vec<Diagnostic>,
}

/// The files of the last load, and what they became.
#[derive(Debug, Default)]
pub(crate) struct LastLoad {
    /// Nothing is remembered otherwise: a program that loads once needs no second copy.
    remember: bool,
    inputs: Option<PortalInputs>,
    /// The only files that can differ from the last load.
    changed: Option<HashSet<String>>,
    /// Schema, languages and limits of the last load, as text.
    rules: String,
    files: HashMap<String, Parsed, ahash::RandomState>,
}

/// A Markdown file as parsed.
#[derive(Debug, Clone)]
pub(super) struct Parsed {
    pub source: SourceFile,
    pub entry: Option<Entry>,
    pub found: Vec<Diagnostic>,
    /// Whether the file could be read.
    readable: bool,
}

impl LastLoad {
    /// Remembers every load.
    #[must_use]
    pub(crate) fn remembering() -> LastLoad {
        LastLoad { remember: true, ..LastLoad::default() }
    }

    /// Says that at the next load nothing but these files can differ from the last one.
    pub(crate) fn changed(&mut self, paths: HashSet<String>) {
        self.changed = Some(paths);
    }

    /// Everything but the Markdown files, as at the last load, where only Markdown files that were there changed.
    pub(super) fn inputs(&mut self) -> Option<PortalInputs> {
        let known = match (&self.inputs, &self.changed) {
            (Some(last), Some(changed)) => {
                let listed = last.listing.markdown.iter().filter(|path| changed.contains(*path));
                (listed.count() == changed.len()).then(|| last.clone())
            }
            _ => None,
        };
        if known.is_none() {
            self.changed = None;
        }
        known
    }

    /// Loads the Markdown files in their order.
    pub(super) fn load(&mut self, reader: &Reader<'_>, inputs: &PortalInputs) -> Vec<Parsed> {
        let (schema, paths) = (&inputs.schema, &inputs.listing.markdown);
        let languages = inputs.config.languages();
        if self.remember && self.changed.is_none() {
            let rules = format!("{:?} {languages:?} {schema:?}", reader.limits);
            if rules != self.rules {
                self.files.clear();
                self.rules = rules;
            }
            self.inputs = Some(inputs.clone());
        }
        let load = |(i, path): (usize, &String)| self.file(reader, schema, &languages, path, SourceId(i as u32));
        let parsed: Vec<Parsed> = paths.par_iter().enumerate().map(load).collect();
        if self.remember {
            let readable = paths.iter().zip(&parsed).filter(|(_, file)| file.readable);
            self.files = readable.map(|(path, file)| (path.clone(), file.clone())).collect();
        }
        self.changed = None;
        parsed
    }

    fn file(&self, reader: &Reader<'_>, schema: &Schema, languages: &[Lang], path: &str, id: SourceId) -> Parsed {
        let known = self.files.get(path);
        if let Some(known) = known
            && self.changed.as_ref().is_some_and(|changed| !changed.contains(path))
        {
            return known.as_source(id);
        }
        let mut found = Vec::new();
        let Some(mut source) = reader.text(path, &mut found) else {
            return Parsed { source: SourceFile::new(path, ""), entry: None, found, readable: false };
        };
        if let Some(known) = known.filter(|known| *known.source.text == *source.text) {
            return known.as_source(id);
        }
        let (mut entry, found) = markdown_file::load(schema, languages, &source, id);
        if let Some(entry) = &mut entry {
            entry.sort_key = entry.title_key();
        }
        let body = entry.as_ref().and_then(|e| e.body);
        source.analysis = body.map(|b| {
            let range = b.span.start as usize..b.span.end as usize;
            Arc::new(BodyAnalysis::of(&source.text[range]))
        });
        Parsed { source, entry, found, readable: true }
    }
}

impl Parsed {
    /// The same file with another number in the list of files.
    fn as_source(&self, id: SourceId) -> Parsed {
        let mut parsed = self.clone();
        if let Some(entry) = &mut parsed.entry {
            entry.relocate(id);
        }
        parsed
    }
}
