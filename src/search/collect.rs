//! Takes the pages of an index from many threads, in any order, and makes the
//! runs: each as soon as its block is complete, so that no more than a few
//! blocks of text are held at a time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::analyze::token_list;
use super::block::Block;
use super::bytes::{Hash, hash, hex};
use super::codec;
use super::key;
use super::run::{MOST, Run, texts_of};
use super::stock::{self, Stock, VERSION, run_path};
use super::{SearchDoc, SearchError, Settings};
use crate::text::words::Words;

/// A block ends at one of so many pages, as their ids tell: so pages that come
/// or go leave the blocks around them as they are.
const ENDS: u32 = 128;
/// Fewest pages of a block that ends so.
const LEAST: usize = 64;

/// A page that has arrived: its key, and its content unless an earlier run has it.
type Arrived = (Hash, Option<SearchDoc>);

/// What is shown of an earlier run's pages, and which of them (first number) become which.
type Reused = (Vec<u8>, Vec<(u32, u32)>);

#[derive(Default)]
struct Part {
    pages: Vec<Option<Arrived>>,
    left: usize,
    made: Option<(String, Run)>,
}

/// Collects the pages of an index.
pub struct Collector {
    dir: PathBuf,
    settings: Settings,
    words: OnceLock<Words>,
    /// Hash of what the terms depend on besides the pages.
    base: Hash,
    old: Vec<Run>,
    known: HashMap<Hash, (u32, u32)>,
    parts: Vec<Mutex<Part>>,
    places: Vec<(u32, u32)>,
    failed: Mutex<Option<SearchError>>,
}

impl std::fmt::Debug for Collector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collector").field("pages", &self.places.len()).finish_non_exhaustive()
    }
}

/// Sizes of the blocks of pages with these ids.
fn blocks<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let (mut out, mut size) = (Vec::new(), 0);
    for id in ids {
        size += 1;
        if size == MOST || size >= LEAST && codec::hash(id, 0).is_multiple_of(ENDS) {
            out.push(std::mem::take(&mut size));
        }
    }
    if size > 0 {
        out.push(size);
    }
    out
}

impl Collector {
    /// For an index in `dir` of pages with these ids in this order; a page's place decides ties.
    pub fn new<'a>(
        dir: &Path,
        settings: &Settings,
        ids: impl Iterator<Item = &'a str>,
    ) -> Result<Collector, SearchError> {
        let folder = dir.join("runs");
        std::fs::create_dir_all(&folder).map_err(|e| SearchError::Io(folder, e))?;
        let base = hash(format!("{VERSION} {:?}", settings.vocabulary).as_bytes());
        let mut old: Vec<Run> = Vec::new();
        if let Ok(meta) = stock::meta(dir)
            && meta.settings.vocabulary == settings.vocabulary
        {
            let opened = meta.runs.par_iter();
            old = opened.filter_map(|name| Run::open(&run_path(dir, name)).ok()).collect();
        }
        let mut known = HashMap::new();
        for (r, run) in old.iter().enumerate() {
            for (p, page) in run.pages.iter().enumerate() {
                known.insert(page.key, (r as u32, p as u32));
            }
        }
        let (mut parts, mut places) = (Vec::new(), Vec::new());
        for (block, size) in blocks(ids).into_iter().enumerate() {
            places.extend((0..size as u32).map(|page| (block as u32, page)));
            let mut pages = Vec::new();
            pages.resize_with(size, || None);
            parts.push(Mutex::new(Part { pages, left: size, made: None }));
        }
        Ok(Collector {
            dir: dir.to_owned(),
            settings: settings.clone(),
            words: OnceLock::new(),
            base,
            old,
            known,
            parts,
            places,
            failed: Mutex::default(),
        })
    }

    /// Takes the page of a number, once.
    pub fn put(&self, number: usize, doc: SearchDoc) {
        let key = key::page(&doc, &key::text(&doc));
        let doc = (!self.known.contains_key(&key)).then_some(doc);
        self.arrived(number, (key, doc));
    }

    /// Whether no page of an earlier index is there to be taken over.
    pub fn is_new(&self) -> bool {
        self.known.is_empty()
    }

    fn arrived(&self, number: usize, page: Arrived) {
        let Some(&(block, at)) = self.places.get(number) else {
            return;
        };
        let mut part = lock(&self.parts[block as usize]);
        let place = &mut part.pages[at as usize];
        if place.replace(page).is_some() {
            return;
        }
        part.left -= 1;
        if part.left > 0 {
            return;
        }
        let pages = std::mem::take(&mut part.pages);
        drop(part);
        match self.make(pages.into_iter().flatten().collect()) {
            Ok(made) => lock(&self.parts[block as usize]).made = Some(made),
            Err(error) => *lock(&self.failed) = Some(error),
        }
    }

    /// Makes the run of a block, or finds it.
    fn make(&self, pages: Vec<Arrived>) -> Result<(String, Run), SearchError> {
        let mut text = self.base.to_vec();
        pages.iter().for_each(|(key, _)| text.extend_from_slice(key));
        let name = hex(&hash(&text));
        let path = run_path(&self.dir, &name);
        if texts_of(&path).exists()
            && let Ok(run) = Run::open(&path)
        {
            return Ok((name, run));
        }
        let mut block = Block::default();
        let mut reused: HashMap<u32, Reused> = HashMap::new();
        for (number, (key, doc)) in pages.iter().enumerate() {
            if let Some(doc) = doc {
                block.page(*key, key::text(doc), doc, self.words());
                continue;
            }
            let (r, p) = self.known[key];
            let run = &self.old[r as usize];
            let (texts, places) = match reused.entry(r) {
                std::collections::hash_map::Entry::Occupied(e) => e.into_mut(),
                std::collections::hash_map::Entry::Vacant(e) => e.insert((run.texts()?, Vec::new())),
            };
            places.push((p, number as u32));
            let page = &run.pages[p as usize];
            let (at, length) = (page.at.0 as usize, page.at.1 as usize);
            let shown = texts
                .get(at..at + length)
                .filter(|shown| hash(shown) == page.shown)
                .ok_or_else(|| SearchError::Stale("texts".into()))?;
            block.known(page, shown);
        }
        drop(pages);
        for (r, (_, places)) in reused {
            block.reuse(&self.old[r as usize], &places)?;
        }
        block.write(&path)?;
        Ok((name, Run::open(&path)?))
    }

    fn words(&self) -> &Words {
        if self.settings.vocabulary.is_empty() {
            return Words::get();
        }
        self.words.get_or_init(|| Words::with_extra(self.settings.vocabulary.iter().flat_map(|w| token_list(w))))
    }

    /// Writes the index, after `missing` gave the pages that did not arrive.
    pub fn finish(self, missing: impl Fn(usize) -> SearchDoc + Sync) -> Result<Stock, SearchError> {
        (0..self.places.len()).into_par_iter().for_each(|number| {
            let (block, at) = self.places[number];
            let here = {
                let part = lock(&self.parts[block as usize]);
                part.pages.get(at as usize).is_none_or(Option::is_some)
            };
            if !here {
                self.put(number, missing(number));
            }
        });
        if let Some(error) = lock(&self.failed).take() {
            if matches!(error, SearchError::Stale(_)) {
                Stock::forget(&self.dir);
            }
            return Err(error);
        }
        let runs = self.parts.into_iter().filter_map(|part| {
            let part = part.into_inner().unwrap_or_else(PoisonError::into_inner);
            part.made
        });
        Stock::save(&self.dir, &self.settings, runs.collect())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
