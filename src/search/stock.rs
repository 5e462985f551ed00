//! The folder of an index: which runs it is made of, and what it was made for.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::analyze::token_list;
use super::bytes::{Hash, hash, hex};
use super::document::Fragment;
use super::run::Run;
use super::{SearchError, Settings, rank};

/// Version of the stored index; another version is stale. To be raised with
/// every change of analysis, ranking classes or file formats.
pub const VERSION: u32 = 3;
/// The file that names the runs; written last, so that it is never ahead of them.
const LIST: &str = "index.json";
/// Folder of the runs.
const RUNS: &str = "runs";

/// What is written of an index as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    version: u32,
    /// Number of pages.
    pub docs: u32,
    /// What the index was made with.
    pub settings: Settings,
    /// Synonym groups as folded tokens.
    pub synonyms: Vec<Vec<Vec<String>>>,
    /// Names of the runs in order.
    pub runs: Vec<String>,
}

/// An index as its runs.
#[derive(Debug)]
pub struct Stock {
    /// Its folder.
    pub dir: PathBuf,
    /// What is written of it as a whole.
    pub meta: Meta,
    /// Its runs in order.
    pub runs: Vec<Run>,
    /// Number of the first page of each run, and at last the number of pages.
    pub bases: Vec<u32>,
}

/// Path of a run.
pub fn run_path(dir: &Path, name: &str) -> PathBuf {
    dir.join(RUNS).join(name).with_extension("run")
}

/// Reads what is written of the index in a folder as a whole.
pub fn meta(dir: &Path) -> Result<Meta, SearchError> {
    let path = dir.join(LIST);
    let text = std::fs::read(&path).map_err(|e| SearchError::Io(path, e))?;
    let meta: Meta = serde_json::from_slice(&text).map_err(|e| SearchError::Stale(e.to_string()))?;
    if meta.version == VERSION { Ok(meta) } else { Err(SearchError::Stale(format!("version {}", meta.version))) }
}

impl Stock {
    /// Opens the index in a folder.
    pub fn open(dir: &Path) -> Result<Stock, SearchError> {
        let meta = meta(dir)?;
        let runs: Result<Vec<Run>, _> = meta.runs.iter().map(|n| Run::open(&run_path(dir, n))).collect();
        let stock = Self::of(dir, meta, runs?);
        if stock.meta.docs == stock.docs() { Ok(stock) } else { Err(SearchError::Stale("other runs".into())) }
    }

    fn of(dir: &Path, meta: Meta, runs: Vec<Run>) -> Stock {
        let mut bases = vec![0];
        for run in &runs {
            bases.push(bases[bases.len() - 1] + run.pages.len() as u32);
        }
        Stock { dir: dir.to_owned(), meta, runs, bases }
    }

    /// Makes these runs the index of a folder, and removes those it had before.
    pub fn save(dir: &Path, settings: &Settings, runs: Vec<(String, Run)>) -> Result<Stock, SearchError> {
        let tokens = |group: &Vec<String>| group.iter().map(|word| token_list(word)).collect();
        let (names, runs): (Vec<String>, Vec<Run>) = runs.into_iter().unzip();
        let meta = Meta {
            version: VERSION,
            docs: 0,
            settings: settings.clone(),
            synonyms: settings.synonyms.iter().map(tokens).collect(),
            runs: names,
        };
        let mut stock = Self::of(dir, meta, runs);
        stock.meta.docs = stock.docs();
        let path = dir.join(LIST);
        let new = dir.join(format!("{LIST}.new{}", std::process::id()));
        let text = serde_json::to_vec(&stock.meta).unwrap_or_default();
        std::fs::write(&new, text).and_then(|()| std::fs::rename(&new, &path)).map_err(|e| SearchError::Io(path, e))?;
        stock.sweep();
        Ok(stock)
    }

    /// Removes the files of runs that are no part of the index.
    fn sweep(&self) {
        let keep: std::collections::HashSet<&str> = self.meta.runs.iter().map(String::as_str).collect();
        let Ok(files) = std::fs::read_dir(self.dir.join(RUNS)) else {
            return;
        };
        for file in files.flatten() {
            let path = file.path();
            let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("");
            if !keep.contains(stem) {
                let _ = std::fs::remove_file(&path);
            }
        }
    }

    /// Writes the Tantivy segment, if it is not there yet.
    pub fn write_segment(&self) -> Result<(), SearchError> {
        super::index::segment(self).map(|_| ())
    }

    /// Removes an index that turned out to be damaged, so that the next build makes all of it anew.
    pub fn forget(dir: &Path) {
        let _ = std::fs::remove_dir_all(dir);
    }

    /// Whether a folder holds an index of this version.
    pub fn is_there(dir: &Path) -> bool {
        meta(dir).is_ok()
    }

    /// Number of pages.
    pub fn docs(&self) -> u32 {
        self.bases[self.bases.len() - 1]
    }

    /// A name for exactly this content.
    pub fn name(&self) -> String {
        hex(&hash(&serde_json::to_vec(&self.meta).unwrap_or_default()))
    }

    /// Run and page of a page number.
    pub fn place(&self, doc: u32) -> Option<(&Run, usize)> {
        let at = self.bases.partition_point(|&base| base <= doc);
        let base = self.bases.get(at.checked_sub(1)?)?;
        Some((self.runs.get(at - 1)?, (doc - base) as usize))
    }

    /// What is kept of a page to show it.
    pub(super) fn fragment(&self, doc: u32) -> Result<Fragment, SearchError> {
        let damaged = || SearchError::Stale(format!("page {doc} is not readable"));
        let (run, page) = self.place(doc).ok_or_else(damaged)?;
        serde_json::from_slice(&run.shown(page)?).map_err(|_| damaged())
    }

    /// The same, as the JSON that the fragment files hold.
    pub fn shown_text(&self, doc: u32) -> Result<String, SearchError> {
        let damaged = || SearchError::Stale(format!("page {doc} is not readable"));
        let (run, page) = self.place(doc).ok_or_else(damaged)?;
        let text = run.shown(page)?;
        if hash(&text) != run.pages[page].shown {
            return Err(damaged());
        }
        String::from_utf8(text).map_err(|_| damaged())
    }

    /// Length steps of all pages.
    pub fn norms(&self) -> Vec<u8> {
        let lengths = || self.pages().map(|page| u64::from(page.length));
        let mean = lengths().sum::<u64>() as f64 / f64::from(self.docs().max(1));
        lengths().map(|length| rank::norm(length, mean)).collect()
    }

    /// Years of all pages.
    pub fn years(&self) -> Vec<i32> {
        self.pages().map(|page| page.year).collect()
    }

    /// All pages in order.
    pub fn pages(&self) -> impl Iterator<Item = &super::run::Page> {
        self.runs.iter().flat_map(|run| &run.pages)
    }

    /// Hashes of what is shown of all pages.
    pub fn shown(&self) -> Vec<Hash> {
        self.pages().map(|page| page.shown).collect()
    }
}
