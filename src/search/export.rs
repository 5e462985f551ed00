//! The files of the static site: the same lists, in small scripts.
//!
//! `docs/ranking.md` ("Files") describes the format. Bytes depend on the index
//! alone, in every run the same, whatever was kept from an earlier one.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::SearchError;
use super::bytes::{Hash, hash};
use super::codec::{base64, encode, varint};
use super::frequent::{self, Candidate, Frequent};
use super::index::Index;
use super::memo::{Memo, keys};
use super::merge::{class, merge, sections};
use super::router::{Router, Zone};
use super::run::{SECTIONS, ZONE};
use super::shards::{Deal, Lists, Stamp, stamp};
use super::stock::Stock;

/// Size of a shard of n-grams before base64, in bytes.
const GRAM_SHARD: usize = 2600;
/// Size of a shard of words.
const WORD_SHARD: usize = 1400;
/// Text of fragments in a file, in bytes.
const FRAGMENT_FILE: usize = 7000;
/// Fragment files in a group.
const GROUP: usize = 32;
/// Sections read at a time when all are wanted.
const STEP: usize = 16;

/// Takes the files of an export, from many threads at once.
pub trait Target: Sync {
    /// Whether the file is there from an earlier export; its address tells its content.
    fn keep(&self, _path: &str) -> bool {
        false
    }
    /// Takes a file.
    fn put(&self, path: String, bytes: Vec<u8>);
}

/// What an export wrote.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// Files: path under `search/` and bytes, the router last.
    pub files: Vec<(String, Vec<u8>)>,
    /// Path of the router under `search/`.
    pub router: String,
}

impl Target for Mutex<Vec<(String, Vec<u8>)>> {
    fn put(&self, path: String, bytes: Vec<u8>) {
        let mut files = self.lock().unwrap_or_else(PoisonError::into_inner);
        files.push((path, bytes));
    }
}

/// Gives the files of the static search, to be written under `search/`.
pub fn export(index: &Index) -> Result<Exported, SearchError> {
    let files = Mutex::default();
    let script = export_to(&index.stock, &files)?;
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_unstable();
    let router = format!("router-{}.js", super::bytes::hex(&hash(&script)));
    files.push((router.clone(), script));
    Ok(Exported { files, router })
}

/// Gives all files but the router to `target`, and returns the router.
pub fn export_to(stock: &Stock, target: &dyn Target) -> Result<Vec<u8>, SearchError> {
    files(stock, target).inspect_err(|error| {
        if matches!(error, SearchError::Stale(_)) {
            Stock::forget(&stock.dir);
        }
    })
}

fn files(stock: &Stock, target: &dyn Target) -> Result<Vec<u8>, SearchError> {
    let mut memo = Memo::read(&stock.dir);
    let export = Export { stock, target, keys: keys(stock), lists: (0..SECTIONS).map(|_| OnceLock::new()).collect() };
    let sizes = export.sizes(&memo)?;
    let mut zones = Vec::new();
    for (z, size) in [GRAM_SHARD, WORD_SHARD].into_iter().enumerate() {
        let own = &sizes[z * ZONE..(z + 1) * ZONE];
        let deal = Deal::new(own.iter().map(|&s| s as usize).sum(), size);
        zones.push((deal, export.zone(z, deal, &memo)?));
    }
    memo = Memo { keys: export.keys.clone(), sizes, words: export.words(&memo), zones };
    memo.write(&stock.dir);
    let mut router = Router::new(stock);
    router.cuts(&Frequent::of(stock, memo.words.clone()));
    for (name, (deal, stamps)) in ["t", "w"].into_iter().zip(&memo.zones) {
        router.zone(name, Zone::new(deal.shards, deal.all(), stamps));
    }
    let (per_file, stamps) = export.fragments()?;
    router.zone("f", Zone::new(GROUP, per_file, &stamps));
    let (facets, stamps) = export.facets();
    router.facets(facets);
    router.zone("x", Zone::new(1, 1, &stamps));
    let years = format!("{:?}", stock.years());
    let stamp = stamp([years.as_bytes()].into_iter());
    export.put("y", &stamp, &years);
    router.zone("y", Zone::new(1, 1, &[stamp]));
    Ok(router.script())
}

struct Export<'a> {
    stock: &'a Stock,
    target: &'a dyn Target,
    keys: Vec<Hash>,
    /// Coded lists per section, as far as they were needed.
    lists: Vec<OnceLock<Lists>>,
}

impl Export<'_> {
    /// Sizes of all sections' lists; the lists of changed sections are made.
    fn sizes(&self, memo: &Memo) -> Result<Vec<u32>, SearchError> {
        let changed = |s: usize| !memo.same(s, &self.keys[s]);
        let steps: Vec<usize> = (0..SECTIONS).step_by(STEP).collect();
        steps.into_par_iter().try_for_each(|start| {
            let all = start..start + STEP;
            if all.clone().all(changed) {
                return self.make(all);
            }
            all.filter(|&s| changed(s)).try_for_each(|s| self.make(s..s + 1))
        })?;
        let size = |s: usize| match self.lists[s].get() {
            Some(lists) => lists.size() as u32,
            None => memo.sizes[s],
        };
        Ok((0..SECTIONS).map(size).collect())
    }

    /// The most frequent words of each section of words.
    fn words(&self, memo: &Memo) -> Vec<Vec<Candidate>> {
        let words = |s: usize| match self.lists[s].get() {
            Some(lists) => lists.words.clone(),
            None => memo.words[s - ZONE].clone(),
        };
        (ZONE..SECTIONS).map(words).collect()
    }

    /// Makes the lists of some sections.
    fn make(&self, range: std::ops::Range<usize>) -> Result<(), SearchError> {
        let read = sections(self.stock, range.clone())?;
        let docs = self.stock.docs();
        let mut list = Vec::new();
        for (i, s) in range.enumerate() {
            let mut lists = Lists::default();
            let mut words = Vec::new();
            let section = read.iter().filter_map(|r| r.get(i));
            merge(
                section,
                |_| true,
                |merged| {
                    list.clear();
                    let postings = merged.postings(&self.stock.bases);
                    list.extend(postings.map(|(doc, counts)| (doc, class(counts))));
                    let term = std::str::from_utf8(merged.term).unwrap_or_default();
                    lists.add(merged.hash, term, |out| {
                        varint(list.len() as u32, out);
                        encode(&list, docs, true, out);
                    });
                    words.extend(frequent::candidate(merged));
                },
            );
            frequent::keep(&mut words);
            lists.words = words;
            let _ = self.lists[s].set(lists);
        }
        Ok(())
    }

    /// Gives the files of a zone; returns the stamps of its groups.
    fn zone(&self, z: usize, deal: Deal, memo: &Memo) -> Result<Vec<Stamp>, SearchError> {
        let name = ["t", "w"][z];
        let known = memo.zones.get(z).filter(|(old, _)| *old == deal);
        (0..deal.groups)
            .into_par_iter()
            .map(|group| {
                let sections = deal.sections(group);
                let sections = sections.start + z * ZONE..sections.end + z * ZONE;
                let shards = group * deal.shards..(group + 1) * deal.shards;
                let same = |s: usize| memo.same(s, &self.keys[s]);
                if let Some((_, stamps)) = known
                    && sections.clone().all(same)
                    && shards.clone().all(|i| {
                        let path = path(&format!("{name}{i}"), &stamps[group]);
                        self.target.keep(&path)
                    })
                {
                    return Ok(stamps[group]);
                }
                for s in sections.clone() {
                    if self.lists[s].get().is_none() {
                        self.make(s..s + 1)?;
                    }
                }
                let lists = sections.filter_map(|s| self.lists[s].get());
                let filled = deal.fill(group, lists);
                let stamp = stamp(filled.iter().map(Vec::as_slice));
                for (i, bytes) in shards.zip(filled) {
                    let name = format!("{name}{i}");
                    self.put(&name, &stamp, &format!("\"{}\"", base64(&bytes)));
                }
                Ok(stamp)
            })
            .collect()
    }

    /// Gives the files of fragments; returns the number of pages in each, and stamps.
    fn fragments(&self) -> Result<(usize, Vec<Stamp>), SearchError> {
        let shown: Vec<Hash> = self.stock.shown();
        let size: usize = self.stock.pages().map(|page| page.at.1 as usize).sum();
        let per_file = coarse(shown.len() * FRAGMENT_FILE / size.max(1));
        let groups = shown.len().div_ceil(per_file * GROUP);
        let stamps: Result<Vec<Stamp>, SearchError> = (0..groups)
            .into_par_iter()
            .map(|group| {
                let start = group * GROUP * per_file;
                let docs = start..shown.len().min(start + GROUP * per_file);
                let stamp = stamp(shown[docs.clone()].iter().map(|h| h.as_slice()));
                let files = docs.step_by(per_file).enumerate();
                for (i, first) in files {
                    let name = format!("f{}", group * GROUP + i);
                    if self.target.keep(&path(&name, &stamp)) {
                        continue;
                    }
                    let mut text = String::from("[");
                    for doc in first..shown.len().min(first + per_file) {
                        if doc > first {
                            text.push(',');
                        }
                        text.push_str(&self.stock.shown_text(doc as u32)?);
                    }
                    text.push(']');
                    self.put(&name, &stamp, &text);
                }
                Ok(stamp)
            })
            .collect();
        Ok((per_file, stamps?))
    }

    /// Gives the files of facets; returns what the router says of them, and stamps.
    fn facets(&self) -> (serde_json::Value, Vec<Stamp>) {
        let mut all: HashMap<(&str, &str), Vec<(u32, u8)>> = HashMap::new();
        for (doc, page) in self.stock.pages().enumerate() {
            for (field, term) in &page.facets {
                all.entry((field, term)).or_default().push((doc as u32, 1));
            }
        }
        let (mut out, mut stamps) = (Vec::new(), Vec::new());
        for facet in &self.stock.meta.settings.facets {
            let mut bytes = Vec::new();
            let mut terms = Vec::new();
            for (term, label) in &facet.terms {
                let Some(list) = all.get(&(facet.field.as_str(), term.as_str())) else {
                    continue;
                };
                let mut coded = Vec::new();
                encode(list, self.stock.docs(), false, &mut coded);
                varint(list.len() as u32, &mut bytes);
                varint(coded.len() as u32, &mut bytes);
                bytes.extend_from_slice(&coded);
                terms.push((term, label));
            }
            if terms.is_empty() {
                continue;
            }
            let text = safe(&serde_json::json!([base64(&bytes), terms]).to_string());
            let stamp = stamp([text.as_bytes()].into_iter());
            self.put(&format!("x{}", stamps.len()), &stamp, &text);
            out.push(serde_json::json!([facet.field, facet.label, stamps.len()]));
            stamps.push(stamp);
        }
        (out.into(), stamps)
    }

    fn put(&self, name: &str, stamp: &Stamp, data: &str) {
        let path = path(name, stamp);
        if !self.target.keep(&path) {
            let script = format!("SalaSearch.take(\"{}\",\"{name}\",{data});\n", hex(stamp));
            self.target.put(path, script.into_bytes());
        }
    }
}

fn path(name: &str, stamp: &Stamp) -> String {
    format!("{}/{name}.js", hex(stamp))
}

fn hex(stamp: &Stamp) -> String {
    stamp.iter().map(|b| format!("{b:02x}")).collect()
}

/// The nearest smaller number of the form 2ⁿ or 3 · 2ⁿ, at least 1.
fn coarse(number: usize) -> usize {
    let power = 1 << number.max(1).ilog2();
    if number >= power / 2 * 3 && power > 1 { power / 2 * 3 } else { power }
}

/// JSON that is also JavaScript in every browser and harmless in a page.
pub fn safe(json: &str) -> String {
    if !json.contains(['<', '\u{2028}', '\u{2029}']) {
        return json.to_owned();
    }
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
