//! The files of the static site: the lists of the index in small scripts.
//!
//! `docs/ranking.md` ("Files") describes the format. The bytes follow from the documents and their order alone: terms
//! come in the order of their hashes, and nothing of Tantivy's own shows in them.

mod router;
mod shards;

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde_json::json;
use tantivy::postings::TermInfo;

use super::analysis::{Fragment, is_signed, script_safe};
use super::codec::{base64, encode, hash, varint};
use super::packing::{Letters, pack};
use super::{Index, SearchError};
use crate::cache::Fingerprint;
use router::Router;
use shards::{Coded, ShardLayout, ShortHash, short_hash};

/// Size of a shard of n-grams before base64, in bytes.
const GRAM_SHARD: usize = 2600;
/// Size of a shard of words.
const WORD_SHARD: usize = 1400;
/// Text of fragments in a file, in bytes.
const FRAGMENT_FILE: usize = 7000;
/// Fragment files in a group.
const GROUP: usize = 32;
/// Terms that one thread codes at a time.
const CHUNK: usize = 4096;

/// Takes a file: its path below the folder of the search, and its bytes. Called from many threads at once.
pub(super) type Put<'a> = &'a (dyn Fn(String, Vec<u8>) + Sync);

/// What an export wrote.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// Files: path under `search/` and bytes, the router last.
    pub files: Vec<(String, Vec<u8>)>,
    /// Path of the router under `search/`.
    pub router: String,
}

/// Gives the files of the static search, to be written under `search/`.
///
/// # Errors
/// An index that cannot be read.
pub fn export(index: &Index) -> Result<Exported, SearchError> {
    let files = Mutex::new(Vec::new());
    let put = |path, bytes| files.lock().unwrap_or_else(PoisonError::into_inner).push((path, bytes));
    let script = export_to(index, &put)?;
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_unstable();
    let router = format!("router-{}.js", Fingerprint::of(&script).hex());
    files.push((router.clone(), script));
    Ok(Exported { files, router })
}

/// Gives all files but the router to `put`, and returns the router.
///
/// # Errors
/// An index that cannot be read.
pub(crate) fn export_to(index: &Index, put: Put<'_>) -> Result<Vec<u8>, SearchError> {
    let mut router = Router::default();
    let terms = Terms::of(index)?;
    let coded = terms.coded(index)?;
    let mut all: Vec<Coded<'_>> = coded.iter().flat_map(CodedTerms::iter).collect();
    all.par_sort_unstable_by(|a, b| (a.hash, a.term).cmp(&(b.hash, b.term)));
    let (words, grams): (Vec<Coded<'_>>, Vec<Coded<'_>>) =
        all.into_iter().partition(|coded| coded.term.starts_with(is_signed));
    for (letter, terms, size) in [("t", grams, GRAM_SHARD), ("w", words, WORD_SHARD)] {
        let layout = ShardLayout::new(terms.iter().map(Coded::size).sum(), size);
        let hashes: Vec<ShortHash> = (0..layout.groups)
            .into_par_iter()
            .map(|group| {
                let filled = layout.fill(group, layout.of_group(group, &terms));
                let hash = short_hash(filled.iter().map(Vec::as_slice));
                for (i, bytes) in filled.iter().enumerate() {
                    let name = format!("{letter}{}", group * layout.shards + i);
                    put_script(put, &name, &hash, &format!("\"{}\"", base64(bytes)));
                }
                hash
            })
            .collect();
        router.set(letter, layout.shards, layout.all(), &hashes);
    }
    let (per_file, window, hashes) = fragments(index, put)?;
    router.set("f", GROUP, per_file, &hashes);
    router.window = window;
    let hashes = facets(index, put, &mut router)?;
    router.set("x", 1, 1, &hashes);
    let orders = [json!(index.years()), json!(index.strengths()), json!(index.name_ranks())];
    let hashes = orders.map(|order| order.to_string()).map(|order| (short_hash([order.as_bytes()].into_iter()), order));
    for (i, (hash, order)) in hashes.iter().enumerate() {
        put_script(put, &format!("y{i}"), hash, order);
    }
    router.set("y", 1, 1, &hashes.map(|(hash, _)| hash));
    Ok(router.script(index))
}

/// All terms of an index: their texts one after the other.
#[derive(Default)]
struct Terms {
    texts: String,
    /// End of the text, and where the list is.
    list: Vec<(usize, TermInfo)>,
}

/// Some terms with their coded lists.
struct CodedTerms<'a> {
    texts: &'a str,
    /// First hash, end of the text and of the list.
    ends: Vec<(u32, usize, usize)>,
    lists: Vec<u8>,
}

impl Terms {
    fn of(index: &Index) -> Result<Terms, SearchError> {
        let mut terms = Terms::default();
        let Some(dictionary) = index.terms() else {
            return Ok(terms);
        };
        let mut stream = dictionary.stream()?;
        while let Some((term, info)) = stream.next() {
            terms.texts.push_str(std::str::from_utf8(term).map_err(|_| SearchError::Damaged)?);
            terms.list.push((terms.texts.len(), info.clone()));
        }
        Ok(terms)
    }

    fn coded(&self, index: &Index) -> Result<Vec<CodedTerms<'_>>, SearchError> {
        let starts: Vec<usize> = (0..self.list.len()).step_by(CHUNK).collect();
        starts.into_par_iter().map(|start| self.code(index, start)).collect()
    }

    fn code(&self, index: &Index, start: usize) -> Result<CodedTerms<'_>, SearchError> {
        let terms = &self.list[start..self.list.len().min(start + CHUNK)];
        let first = start.checked_sub(1).map_or(0, |before| self.list[before].0);
        let last = terms.last().map_or(first, |(end, _)| *end);
        let texts = &self.texts[first..last];
        let mut out = CodedTerms { texts, ends: Vec::with_capacity(terms.len()), lists: Vec::new() };
        let (mut list, mut from) = (Vec::new(), 0);
        for (end, info) in terms {
            index.postings(info, &mut list)?;
            varint(list.len() as u32, &mut out.lists);
            encode(&list, index.len() as u32, true, &mut out.lists);
            let end = end - first;
            out.ends.push((hash(&texts[from..end], 0), end, out.lists.len()));
            from = end;
        }
        Ok(out)
    }
}

impl CodedTerms<'_> {
    fn iter(&self) -> impl Iterator<Item = Coded<'_>> {
        let mut from = (0, 0);
        self.ends.iter().map(move |&(hash, text, list)| {
            let coded = Coded { hash, term: &self.texts[from.0..text], list: &self.lists[from.1..list] };
            from = (text, list);
            coded
        })
    }
}

/// Puts the files of fragments; gives the number of documents in each, the window of their letters, and the hashes of
/// the groups.
fn fragments(index: &Index, put: Put<'_>) -> Result<(usize, u32, Vec<ShortHash>), SearchError> {
    let docs = index.len();
    let window = window(index)?;
    let per_file = coarse(docs * FRAGMENT_FILE / (index.meta().shown_bytes as usize).max(1));
    let groups = docs.div_ceil(per_file * GROUP);
    let hashes: Result<Vec<ShortHash>, SearchError> = (0..groups)
        .into_par_iter()
        .map(|group| {
            let first = group * GROUP * per_file;
            let starts = (first..docs.min(first + GROUP * per_file)).step_by(per_file);
            let texts: Result<Vec<String>, SearchError> = starts
                .map(|start| {
                    let docs = start..docs.min(start + per_file);
                    let shown = docs.map(|doc| Ok(packed(index.fragment(doc as u32)?, window)));
                    Ok(format!("[{}]", shown.collect::<Result<Vec<_>, SearchError>>()?.join(",")))
                })
                .collect();
            let texts = texts?;
            let hash = short_hash(texts.iter().map(String::as_bytes));
            for (i, text) in texts.iter().enumerate() {
                put_script(put, &format!("f{}", group * GROUP + i), &hash, text);
            }
            Ok(hash)
        })
        .collect();
    Ok((per_file, window, hashes?))
}

/// The window that holds most letters of the pages.
fn window(index: &Index) -> Result<u32, SearchError> {
    let counts: Result<Vec<Letters>, SearchError> =
        (0..index.len() as u32).into_par_iter().map(|doc| Ok(Letters::of(&index.shown(doc)?))).collect();
    Ok(counts?.into_iter().fold(Letters::default(), Letters::and).window())
}

/// What is shown of a document, with its texts packed.
fn packed(mut shown: Fragment, window: u32) -> String {
    let Fragment(_, title, crumb, .., sections, names, _, facts, shorts) = &mut shown;
    let pairs = facts.iter_mut().flat_map(|(label, value)| [label, value]);
    let parts = sections.iter_mut().flat_map(|(anchor, heading, text)| [anchor, heading, text]);
    for text in [title, crumb].into_iter().chain(parts).chain(names).chain(shorts).chain(pairs) {
        *text = pack(text, window);
    }
    script_safe(&serde_json::to_string(&shown).unwrap_or_else(|_| "[]".into()))
}

/// Puts the files of facets and gives them to the router; gives the hashes of their groups.
fn facets(index: &Index, put: Put<'_>, router: &mut Router) -> Result<Vec<ShortHash>, SearchError> {
    let (mut told, mut hashes) = (Vec::new(), Vec::new());
    for facet in &index.meta().settings.facets {
        let (mut bytes, mut terms) = (Vec::new(), Vec::new());
        for (term, label) in &facet.terms {
            let list: Vec<(u32, u8)> = index.facet(&facet.field, term)?.into_iter().map(|doc| (doc, 1)).collect();
            if list.is_empty() {
                continue;
            }
            let mut coded = Vec::new();
            encode(&list, index.len() as u32, false, &mut coded);
            varint(list.len() as u32, &mut bytes);
            varint(coded.len() as u32, &mut bytes);
            bytes.extend_from_slice(&coded);
            terms.push((term, label));
        }
        if terms.is_empty() {
            continue;
        }
        let text = script_safe(&json!([base64(&bytes), terms]).to_string());
        let hash = short_hash([text.as_bytes()].into_iter());
        put_script(put, &format!("x{}", hashes.len()), &hash, &text);
        told.push(json!([facet.field, facet.label, hashes.len()]));
        hashes.push(hash);
    }
    router.facets = told.into();
    Ok(hashes)
}

fn put_script(put: Put<'_>, name: &str, hash: &ShortHash, data: &str) {
    let folder: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let script = format!("SalaSearch.take(\"{folder}\",\"{name}\",{data});\n");
    put(format!("{folder}/{name}.js"), script.into_bytes());
}

/// The nearest smaller number of the form 2ⁿ or 3 · 2ⁿ, at least 1.
fn coarse(number: usize) -> usize {
    let power = 1 << number.max(1).ilog2();
    if number >= power / 2 * 3 && power > 1 { power / 2 * 3 } else { power }
}
