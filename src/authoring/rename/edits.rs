//! Edits of files, collected before any is written.

use crate::authoring::files::Changes;
use crate::cache::read_plain;
use crate::model::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// Edits by file: text ranges with what stands there afterwards, and files that move.
pub(crate) struct Edits {
    root: PathBuf,
    files: BTreeMap<String, File>,
    moves: Vec<(String, String)>,
}

struct File {
    text: String,
    parts: BTreeMap<(usize, usize), String>,
}

/// A text file before and after.
pub(crate) struct Written {
    /// Path in the portal; where it moves, the new one.
    pub path: String,
    /// As it is.
    pub old: String,
    /// As it will be.
    pub new: String,
}

impl Edits {
    /// No edits yet.
    pub(crate) fn new(root: &Path) -> Edits {
        Edits { root: root.to_path_buf(), files: BTreeMap::new(), moves: Vec::new() }
    }

    /// Puts `new` in the place of a range of a file's text. Of two edits of one range the first counts.
    pub(crate) fn replace(&mut self, path: &str, text: &str, range: std::ops::Range<usize>, new: impl Into<String>) {
        let file = self.files.entry(path.to_string());
        let file = file.or_insert_with(|| File { text: text.to_string(), parts: BTreeMap::new() });
        file.parts.entry((range.start, range.end)).or_insert_with(|| new.into());
    }

    /// Puts `new` in the place of `old` where a written scalar is `old`, with or without quotes.
    pub(crate) fn scalar(&mut self, path: &str, text: &str, span: Span, old: &str, new: &str) {
        let (start, end) = (span.start as usize, span.end as usize);
        let Some(written) = text.get(start..end) else { return };
        let bare = written.trim().trim_matches(['"', '\'']);
        if bare == old
            && let Some(at) = written.find(old)
        {
            self.replace(path, text, start + at..start + at + old.len(), new);
        }
    }

    /// Moves a file.
    pub(crate) fn relocate(&mut self, from: String, to: String) {
        self.moves.push((from, to));
    }

    /// Files that move: from, to.
    pub(crate) fn moves(&self) -> &[(String, String)] {
        &self.moves
    }

    /// The text files that change.
    pub(crate) fn written(&self) -> Vec<Written> {
        let target = |path: &str| self.moves.iter().find(|(from, _)| from == path).map(|(_, to)| to.clone());
        let written = |(path, file): (&String, &File)| {
            let mut new = String::with_capacity(file.text.len());
            let mut at = 0;
            for ((start, end), text) in &file.parts {
                if *start >= at {
                    new.push_str(&file.text[at..*start]);
                    new.push_str(text);
                    at = *end;
                }
            }
            new.push_str(&file.text[at..]);
            Written { path: target(path).unwrap_or_else(|| path.clone()), old: file.text.clone(), new }
        };
        self.files.iter().map(written).collect()
    }

    /// Writes everything, with a journal for `sala undo`.
    ///
    /// # Errors
    /// What the system says; all files are then as they were.
    pub(crate) fn apply(&self, command: &str) -> io::Result<()> {
        let mut changes = Changes::new(&self.root);
        // Old and new texts.
        let mut texts: BTreeMap<String, (Vec<u8>, Vec<u8>)> = BTreeMap::new();
        for (path, written) in self.files.keys().zip(self.written()) {
            // The loader reads past a byte order mark; the file keeps it.
            let old = read_plain(&self.root.join(path))?;
            let mark: &[u8] = if old.starts_with(b"\xef\xbb\xbf") { b"\xef\xbb\xbf" } else { b"" };
            texts.insert(path.clone(), (written.old.into_bytes(), [mark, written.new.as_bytes()].concat()));
        }
        for (from, to) in &self.moves {
            let (old, new) = match texts.remove(from) {
                Some(texts) => texts,
                None => {
                    let text = read_plain(&self.root.join(from))?;
                    (text.clone(), text)
                }
            };
            changes.rename(from, to, &old, new);
        }
        // A file that is a link as well is one file.
        let mut seen = BTreeSet::new();
        for (path, (old, new)) in texts {
            let real = std::fs::canonicalize(self.root.join(&path))?;
            if seen.insert(real.clone()) {
                changes.replace(real, old, new);
            }
        }
        changes.apply(command)
    }
}
