//! The files of the static site: the lists of the index in small scripts.
//!
//! `docs/ranking.md` ("Files") describes the format. They are made from the documents, without the segment of the command
//! line: that costs a third of the time, and two makers of one ranking watch each other (`search_parity`). The bytes
//! follow from the documents and their order alone.

mod lists;
mod router;
mod shards;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde_json::json;

use super::analysis::{Fragment, Terms, WORD, is_signed};
use super::codec::{base64, encode, read_varint, varint};
use super::gather::{Meta, Reader, Row, facet_term};
use super::packing::{Letters, pack};
use super::{SearchDoc, Settings};
use crate::cache::Fingerprint;
use crate::search::analysis::script_safe;
use lists::{Collector, Lists, merged};
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
/// Fewest and most documents in a row that one thread reads; their numbers among themselves have 16 bits.
const PART: (usize, usize) = (64, 1024);

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

/// Gives the files of the static search of `count` documents, to be written under `search/`.
pub fn export(count: usize, document: impl Fn(usize) -> SearchDoc + Sync, settings: &Settings) -> Exported {
    let files = Mutex::new(Vec::new());
    let put = |path, bytes| files.lock().unwrap_or_else(PoisonError::into_inner).push((path, bytes));
    let script = export_to(count, document, settings, &put);
    let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    files.sort_unstable();
    let router = format!("router-{}.js", Fingerprint::of(&script).hex());
    files.push((router.clone(), script));
    Exported { files, router }
}

/// Gives all files but the router to `put`, and returns the router.
pub(crate) fn export_to(
    count: usize,
    document: impl Fn(usize) -> SearchDoc + Sync,
    settings: &Settings,
    put: Put<'_>,
) -> Vec<u8> {
    let reader = Reader::new(document, settings);
    let size = count.div_ceil(4 * rayon::current_num_threads()).clamp(PART.0, PART.1);
    let starts: Vec<usize> = (0..count).step_by(size).collect();
    let parts = starts.into_par_iter().with_max_len(1).map(|start| Part::read(&reader, start, count.min(start + size)));
    let mut parts: Vec<Part> = parts.collect();
    let mut meta = Meta::of(parts.iter().flat_map(|part| &part.rows), settings);
    let mut router = Router::default();
    let (hashes, per_file) = fragments(&reader, &mut parts, &mut router, put);
    router.set("f", GROUP, per_file, &hashes);
    let lists = merged(parts.iter_mut().map(|part| std::mem::take(&mut part.lists)).collect(), count as u32);
    let (words, grams): (Vec<Coded<'_>>, Vec<Coded<'_>>) =
        lists.iter().flat_map(Lists::iter).partition(|coded| coded.term.starts_with(is_signed));
    let keys =
        words.iter().filter_map(|coded| Some((read_varint(&mut { coded.list }), coded.term.strip_prefix(WORD)?)));
    meta.choose_lexicon(keys);
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
    let hashes = facets(&meta, parts.iter().flat_map(|part| &part.rows), put, &mut router);
    router.set("x", 1, 1, &hashes);
    let orders = [json!(meta.years), json!(meta.strengths), json!(meta.name_ranks)];
    let hashes = orders.map(|order| order.to_string()).map(|order| (short_hash([order.as_bytes()].into_iter()), order));
    for (i, (hash, order)) in hashes.iter().enumerate() {
        put_script(put, &format!("y{i}"), hash, order);
    }
    router.set("y", 1, 1, &hashes.map(|(hash, _)| hash));
    router.script(&meta)
}

/// Documents in a row.
struct Part {
    first: usize,
    rows: Vec<Row>,
    lists: Vec<Lists>,
    /// Letters of what is shown, and its bytes.
    letters: Letters,
    bytes: usize,
    /// What is shown of each, packed with the window of these letters.
    shown: Vec<String>,
}

impl Part {
    fn read<D: Fn(usize) -> SearchDoc + Sync>(reader: &Reader<'_, D>, first: usize, end: usize) -> Part {
        let (mut terms, mut collector) = (Terms::default(), Collector::default());
        let (mut letters, mut bytes) = (Letters::default(), 0);
        let (mut rows, mut shown) = (Vec::with_capacity(end - first), Vec::with_capacity(end - first));
        for number in first..end {
            let (row, fragment) = reader.read(number, &mut terms);
            collector.take(&mut terms);
            let json = fragment.to_json();
            letters = letters.and(Letters::of(&json));
            bytes += json.len();
            rows.push(row);
            shown.push(fragment);
        }
        let window = letters.window();
        let shown = shown.into_iter().map(|fragment| packed(fragment, window)).collect();
        Part { first, rows, lists: collector.lists(&terms, first as u32), letters, bytes, shown }
    }
}

/// Puts the files of fragments; gives the hashes of their groups, and the number of documents in each file.
fn fragments<D: Fn(usize) -> SearchDoc + Sync>(
    reader: &Reader<'_, D>,
    parts: &mut [Part],
    router: &mut Router,
    put: Put<'_>,
) -> (Vec<ShortHash>, usize) {
    let letters = parts.iter().fold(Letters::default(), |all, part| all.and(part.letters));
    let window = letters.window();
    router.window = window;
    // Documents in a row whose letters are unlike those of all are read again.
    parts.par_iter_mut().filter(|part| part.letters.window() != window).for_each(|part| {
        let numbers = part.first..part.first + part.rows.len();
        part.shown = numbers.map(|number| packed(reader.shown(number), window)).collect();
    });
    let bytes: usize = parts.iter().map(|part| part.bytes).sum();
    let shown: Vec<String> = parts.iter_mut().flat_map(|part| std::mem::take(&mut part.shown)).collect();
    let per_file = coarse(shown.len() * FRAGMENT_FILE / bytes.max(1));
    let groups = shown.par_chunks(per_file * GROUP).enumerate();
    let hashes = groups.map(|(group, shown)| {
        let texts: Vec<String> = shown.chunks(per_file).map(|file| format!("[{}]", file.join(","))).collect();
        let hash = short_hash(texts.iter().map(String::as_bytes));
        for (i, text) in texts.iter().enumerate() {
            put_script(put, &format!("f{}", group * GROUP + i), &hash, text);
        }
        hash
    });
    (hashes.collect(), per_file)
}

/// What is shown of a document, with its texts packed.
fn packed(mut shown: Fragment, window: u32) -> String {
    let Fragment(_, title, crumb, .., sections, names, _, facts, shorts) = &mut shown;
    let pairs = facts.iter_mut().flat_map(|(label, value)| [label, value]);
    let parts = sections.iter_mut().flat_map(|(anchor, heading, text)| [anchor, heading, text]);
    for text in [title, crumb].into_iter().chain(parts).chain(names).chain(shorts).chain(pairs) {
        *text = pack(text, window);
    }
    shown.to_json()
}

/// Puts the files of facets and gives them to the router; gives the hashes of their groups.
fn facets<'r>(meta: &Meta, rows: impl Iterator<Item = &'r Row>, put: Put<'_>, router: &mut Router) -> Vec<ShortHash> {
    let mut held: HashMap<&str, Vec<(u32, u8)>> = HashMap::new();
    for (doc, row) in (0..).zip(rows) {
        for facet in &row.facets {
            held.entry(facet).or_default().push((doc, 1));
        }
    }
    let (mut told, mut hashes) = (Vec::new(), Vec::new());
    for facet in &meta.settings.facets {
        let (mut bytes, mut terms) = (Vec::new(), Vec::new());
        for (term, label) in &facet.terms {
            let Some(list) = held.get(facet_term(&facet.field, term).as_str()) else {
                continue;
            };
            let mut coded = Vec::new();
            encode(list, meta.docs, false, &mut coded);
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
    hashes
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
