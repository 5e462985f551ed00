//! Keeps what Markdown files became, so that the next load reads only those that changed.
//!
//! What a file becomes follows from its path, its text, the schema, the limits and the program; a change of the
//! last three empties the cache. A file is unchanged when its [`Stamp`] is, or when its text has the same hash.
//! Files with findings are not kept: their messages need the text anyway. The cache never makes a load fail: what
//! cannot be read or does not fit is read anew.

use super::Around;
use super::files::{Reader, read};
use super::markdown_file;
use super::packed::{pack, unpack};
use super::stamp::{SETTLED, Stamp, program};
use crate::diagnostics::Diagnostic;
use crate::model::facts::hash;
use crate::model::{Entry, Facts, Hash, Schema, SourceFile, SourceId, Text};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// So few changed files are read again sooner than the cache is written anew.
const FEW: usize = 40;

/// What files became, by path.
#[derive(Debug)]
pub struct Cache {
    /// How long a file must have been left alone before its stamp is trusted.
    pub settled: Duration,
    hold: bool,
    /// What stood around the files at the last load, where it is held.
    last: Option<Around>,
    /// The only files that may differ from the last load.
    touched: Option<HashSet<String>>,
    enabled: bool,
    pub(super) key: Hash,
    pub(super) files: HashMap<String, Known, ahash::RandomState>,
    /// The cache file.
    pub(super) packed: Vec<u8>,
    /// Files that the cache on disk does not have so.
    changed: usize,
    stale: Arc<AtomicBool>,
}

/// What one file became.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub stamp: Option<Stamp>,
    /// Of the text.
    pub hash: Hash,
    /// Of the text, in bytes.
    pub length: usize,
    pub text: Option<Text>,
    pub bytes: Bytes,
}

/// A [`Became`] in bytes.
#[derive(Debug, Clone)]
pub(super) enum Bytes {
    /// In the cache file.
    At(Range<usize>),
    Own(Arc<[u8]>),
}

/// Entry and facts of a file without findings.
pub(super) struct Became {
    pub entry: Option<Entry>,
    pub facts: Option<Arc<Facts>>,
}

/// A file as loaded.
pub(super) struct Loaded {
    pub source: SourceFile,
    pub entry: Option<Entry>,
    pub found: Vec<Diagnostic>,
    /// What the cache does not know yet.
    known: Option<Known>,
    /// Whether the cache has it so.
    current: bool,
}

impl Default for Cache {
    /// Keeps nothing.
    fn default() -> Cache {
        Cache {
            settled: SETTLED,
            hold: false,
            last: None,
            touched: None,
            enabled: false,
            key: Hash::default(),
            files: HashMap::default(),
            packed: Vec::new(),
            changed: 0,
            stale: Arc::default(),
        }
    }
}

impl Cache {
    /// Keeps what files become.
    pub(super) fn enabled() -> Cache {
        Cache { enabled: true, ..Cache::default() }
    }

    /// Keeps the texts too, in memory: for states that are shown after their files changed.
    #[must_use]
    pub fn holding(self) -> Cache {
        Cache { hold: true, ..self }
    }

    /// Says that at the next load nothing but these files can have changed since the last one.
    pub fn touch(&mut self, paths: HashSet<String>) {
        self.touched = Some(paths);
    }

    /// What stood around the files at the last load, if it still does.
    pub(super) fn around(&mut self) -> Option<Around> {
        let (Some(last), Some(touched)) = (&self.last, &self.touched) else {
            self.touched = None;
            return None;
        };
        let listed = last.listing.markdown.iter();
        if listed.filter(|path| touched.contains(*path)).count() < touched.len() {
            self.touched = None;
            return None;
        }
        Some(last.clone())
    }

    /// Whether a file changed between the look at it and the reading of its text: what was loaded is then no state
    /// that the portal ever had.
    pub fn is_stale(&self) -> bool {
        self.stale.load(Ordering::SeqCst)
    }

    /// Whether the cache on disk is not the same any more.
    pub(super) fn wants_saving(&self) -> bool {
        self.enabled && self.changed > FEW && !self.is_stale()
    }

    /// Loads Markdown files in their order.
    pub(super) fn load(&mut self, reader: &Reader<'_>, around: &Around) -> Vec<Loaded> {
        let (schema, paths) = (&around.schema, &around.listing.markdown);
        let program = program();
        self.enabled &= program.is_some();
        self.stale = Arc::default();
        if self.enabled && self.touched.is_none() {
            let rest = format!("{program:?} {:?} {schema:?}", reader.limits);
            let key = hash(rest.as_bytes());
            if key != self.key {
                self.files.clear();
                self.changed = usize::MAX / 2;
                self.key = key;
            }
        }
        let mut loaded: Vec<Loaded> =
            paths.par_iter().enumerate().map(|(i, path)| self.file(reader, schema, path, SourceId(i as u32))).collect();
        let mut current = 0;
        for file in &mut loaded {
            current += usize::from(file.current);
            match file.known.take() {
                Some(known) => {
                    self.changed += 1;
                    current += 1;
                    self.files.insert(file.source.path.clone(), known);
                }
                None if !file.current => self.changed += self.forget(&file.source.path),
                None => {}
            }
        }
        if current < self.files.len() {
            self.changed += self.files.len() - current;
            let listed: HashSet<&String> = paths.iter().collect();
            self.files.retain(|path, _| listed.contains(path));
        }
        if self.hold && self.touched.is_none() {
            self.last = Some(around.clone());
        }
        self.touched = None;
        loaded
    }

    fn file(&self, reader: &Reader<'_>, schema: &Schema, path: &str, id: SourceId) -> Loaded {
        let full = reader.root.join(path);
        let known = self.files.get(path);
        let alone = self.touched.as_ref().is_some_and(|t| !t.contains(path));
        if alone
            && let Some(known) = known
            && let Some(text) = &known.text
            && let Some(became) = self.became(known, id)
        {
            return unchanged(path, text.clone(), became, None);
        }
        let stamp = match self.enabled {
            true => Stamp::of(&full, self.settled),
            false => None,
        };
        if let Some(known) = known
            && stamp.is_some()
            && stamp == known.stamp
            && (known.text.is_some() || !self.hold)
            && let Some(became) = self.became(known, id)
        {
            let held = known.text.clone();
            let text = held.unwrap_or_else(|| self.later(&full, known));
            return unchanged(path, text, became, None);
        }
        let mut found = Vec::new();
        let Some(mut source) = reader.text(path, &mut found) else {
            return Loaded { source: SourceFile::new(path, ""), entry: None, found, known: None, current: false };
        };
        let own = match self.enabled {
            true => hash(source.text.as_bytes()),
            false => Hash::default(),
        };
        if let Some(known) = known
            && own == known.hash
            && let Some(became) = self.became(known, id)
        {
            let same = stamp == known.stamp && (known.text.is_some() || !self.hold);
            let known = (!same).then(|| Known { stamp, text: self.hold.then(|| source.text.clone()), ..known.clone() });
            return unchanged(path, source.text, became, known);
        }
        let (mut entry, found) = markdown_file::load(schema, &source, id);
        if let Some(entry) = &mut entry {
            entry.sort_key = entry.title_key();
        }
        let body = entry.as_ref().and_then(|e| e.body);
        source.facts = body.map(|b| {
            let range = b.span.start as usize..b.span.end as usize;
            Arc::new(Facts::of(&source.text[range]))
        });
        let known =
            (self.enabled && found.is_empty()).then(|| pack(&entry, source.facts.as_deref())).flatten().map(|bytes| {
                Known {
                    stamp,
                    hash: own,
                    length: source.text.len(),
                    text: self.hold.then(|| source.text.clone()),
                    bytes: Bytes::Own(bytes.into()),
                }
            });
        Loaded { source, entry, found, known, current: false }
    }

    /// Forgets a file; 1 where it was known.
    fn forget(&mut self, path: &str) -> usize {
        usize::from(self.files.remove(path).is_some())
    }

    /// What a known file became, as the file with this number; none where the cache is damaged.
    fn became(&self, known: &Known, id: SourceId) -> Option<Became> {
        let mut became = unpack(self.bytes(&known.bytes))?;
        if let Some(entry) = &mut became.entry {
            entry.relocate(id);
        }
        Some(became)
    }

    pub(super) fn bytes<'a>(&'a self, bytes: &'a Bytes) -> &'a [u8] {
        match bytes {
            Bytes::At(range) => self.packed.get(range.clone()).unwrap_or_default(),
            Bytes::Own(bytes) => bytes,
        }
    }

    /// The text of an unchanged file. Should it change before it is read, it becomes spaces and the cache stale.
    fn later(&self, full: &Path, known: &Known) -> Text {
        let (full, wanted, length) = (full.to_path_buf(), known.hash, known.length);
        let stale = self.stale.clone();
        Text::later(move || match read(&full) {
            Ok(Ok(text)) if hash(text.as_bytes()) == wanted => text,
            _ => {
                stale.store(true, Ordering::SeqCst);
                " ".repeat(length)
            }
        })
    }
}

fn unchanged(path: &str, text: Text, became: Became, known: Option<Known>) -> Loaded {
    Loaded {
        source: SourceFile { path: path.to_owned(), text, facts: became.facts },
        entry: became.entry,
        found: Vec::new(),
        current: known.is_none(),
        known,
    }
}
