//! The files of the static site: the same lists, in small scripts.
//!
//! `docs/ranking.md` ("Files") describes the format. Bytes depend on the index
//! alone, in every run the same.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tantivy::schema::IndexRecordOption;

use super::codec::{base64, encode, hash, varint};
use super::index::{gather, merge};
use super::{Index, SearchError, rank};

/// The client's core script, in its parts; it travels in the router, so that
/// the format and its reader always fit.
const CORE: [&str; 7] = [
    include_str!("client/fold.js"),
    include_str!("client/terms.js"),
    include_str!("client/files.js"),
    include_str!("client/rank.js"),
    include_str!("client/excerpt.js"),
    include_str!("client/near.js"),
    include_str!("client/site.js"),
];
/// Interface strings per language.
const STRINGS: &str = include_str!("client/strings.json");
/// Size of a shard of n-grams before base64, in bytes.
const GRAM_SHARD: usize = 2600;
/// Size of a shard of words.
const WORD_SHARD: usize = 1400;
/// Text of fragments in a file, in bytes.
const FRAGMENT_FILE: usize = 7000;

/// What the export wrote.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// Files: path under `search/` and bytes, the router last.
    pub files: Vec<(String, Vec<u8>)>,
    /// Path of the router under `search/`.
    pub router: String,
}

/// One term's coded list.
struct Coded {
    at: u32,
    key: u32,
    bytes: Vec<u8>,
}

/// Gives the files of the static search, to be written under `search/`.
pub fn export(index: &Index) -> Result<Exported, SearchError> {
    let lists = lists(index)?;
    let (grams, words): (Vec<_>, Vec<_>) = lists.into_iter().partition(|(term, _)| is_gram(term));
    // A seed under which no two terms of a shard have one key.
    let mut shards = None;
    for seed in 0..64u32 {
        let tried = [(&grams, GRAM_SHARD), (&words, WORD_SHARD)].map(|(l, s)| deal(l, s, seed));
        if let [Some(grams), Some(words)] = tried {
            shards = Some((seed, grams, words));
            break;
        }
    }
    let Some((seed, grams, words)) = shards else {
        return Err(SearchError::Stale("terms collide".into()));
    };
    let mut payloads: Vec<(String, String)> = Vec::new();
    let counts = (grams.len(), words.len());
    for (zone, shards) in [("t", grams), ("w", words)] {
        let coded: Vec<String> = shards
            .into_par_iter()
            .map(|bytes| format!("\"{}\"", base64(&bytes)))
            .collect();
        for (i, text) in coded.into_iter().enumerate() {
            payloads.push((format!("{zone}{i}"), text));
        }
    }
    let per_file = fragments(index, &mut payloads)?;
    let facets = facets(index, &mut payloads)?;
    payloads.push(("y".into(), format!("{:?}", index.years)));
    let mut router = serde_json::json!({
        "v": 1, "n": index.len(), "seed": seed, "t": counts.0, "w": counts.1, "f": per_file,
        "norms": base64(&nibbles(&index.norms)), "impacts": rank::impacts(),
        "lang": index.meta.settings.lang, "facets": facets, "syn": index.meta.synonyms,
        "s": strings(&index.meta.settings.lang),
    });
    let core = core();
    let mut hasher = blake3::Hasher::new();
    hasher.update(core.as_bytes());
    hasher.update(router.to_string().as_bytes());
    for (name, text) in &payloads {
        hasher.update(name.as_bytes());
        hasher.update(text.as_bytes());
    }
    let id = hasher.finalize().to_hex()[..10].to_owned();
    router["id"] = id.clone().into();
    let mut files: Vec<(String, Vec<u8>)> = payloads
        .into_par_iter()
        .map(|(name, text)| {
            let script = format!("SalaSearch.take(\"{id}\",\"{name}\",{text});\n");
            (format!("{id}/{name}.js"), script.into_bytes())
        })
        .collect();
    let path = format!("router-{id}.js");
    let script = format!("{core}SalaSearch.route({});\n", safe(&router.to_string()));
    files.push((path.clone(), script.into_bytes()));
    Ok(Exported {
        files,
        router: path,
    })
}

fn is_gram(term: &str) -> bool {
    !term.starts_with(super::analyze::WORD) && !term.starts_with(super::analyze::START)
}

/// Every term with its coded list, in the order of the terms.
fn lists(index: &Index) -> Result<Vec<(String, Vec<u8>)>, SearchError> {
    type Parts = Vec<Vec<(u32, u32)>>;
    let mut terms: BTreeMap<String, Parts> = BTreeMap::new();
    let io = tantivy::TantivyError::from;
    let mut body: Vec<(String, tantivy::postings::TermInfo)> = Vec::new();
    let most = index.fields.get(3);
    for (at, (reader, _, weight)) in index.fields.iter().enumerate() {
        let mut stream = reader.terms().stream().map_err(io)?;
        while let Some((key, info)) = stream.next() {
            let term = String::from_utf8_lossy(key).into_owned();
            if at == 3 {
                body.push((term, info.clone()));
                continue;
            }
            let mut postings = reader
                .read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)
                .map_err(io)?;
            terms
                .entry(term)
                .or_default()
                .push(gather(&mut postings, *weight));
        }
    }
    let docs = index.len() as u32;
    let code = |parts: Parts| {
        let list = merge(parts);
        let mut out = Vec::new();
        varint(list.len() as u32, &mut out);
        encode(&list, docs, true, &mut out);
        out
    };
    let mut out: Vec<(String, Vec<u8>)> = body
        .par_iter()
        .map(|(term, info)| {
            let mut parts = terms.get(term).cloned().unwrap_or_default();
            if let Some((reader, _, weight)) = most {
                let mut postings = reader
                    .read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)
                    .map_err(io)?;
                parts.push(gather(&mut postings, *weight));
            }
            Ok((term.clone(), code(parts)))
        })
        .collect::<Result<_, tantivy::TantivyError>>()?;
    let known: std::collections::HashSet<String> = body.into_iter().map(|(t, _)| t).collect();
    out.extend(
        terms
            .into_iter()
            .filter(|(t, _)| !known.contains(t))
            .map(|(t, p)| (t, code(p))),
    );
    out.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(out)
}

/// Deals terms out to shards by hash; `None` when two of a shard share a key.
fn deal(lists: &[(String, Vec<u8>)], size: usize, seed: u32) -> Option<Vec<Vec<u8>>> {
    let bytes: usize = lists.iter().map(|(_, b)| b.len() + 4).sum();
    let shards = bytes.div_ceil(size).max(1);
    let mut coded: Vec<Coded> = lists
        .iter()
        .map(|(term, bytes)| Coded {
            at: ((u64::from(hash(term, seed * 2)) * shards as u64) >> 32) as u32,
            key: hash(term, seed * 2 + 1) >> 4,
            bytes: bytes.clone(),
        })
        .collect();
    coded.sort_by_key(|c| (c.at, c.key));
    let mut out = vec![Vec::new(); shards];
    for group in coded.chunk_by(|a, b| a.at == b.at) {
        let shard = &mut out[group[0].at as usize];
        let mut last = 0;
        for (i, term) in group.iter().enumerate() {
            if i > 0 && term.key == last {
                return None;
            }
            varint(term.key - last, shard);
            last = term.key;
            varint(term.bytes.len() as u32, shard);
            shard.extend_from_slice(&term.bytes);
        }
    }
    Some(out)
}

/// Files of fragments; gives the number of pages in each.
fn fragments(index: &Index, payloads: &mut Vec<(String, String)>) -> Result<usize, SearchError> {
    let mut texts = Vec::with_capacity(index.len());
    for doc in 0..index.len() as u32 {
        let fragment = index.fragment(doc)?;
        texts.push(safe(
            &serde_json::to_string(&fragment).unwrap_or_else(|_| "[]".into()),
        ));
    }
    let all: usize = texts.iter().map(String::len).sum();
    let per_file = (texts.len() * FRAGMENT_FILE / all.max(1)).max(1);
    for (i, part) in texts.chunks(per_file).enumerate() {
        payloads.push((format!("f{i}"), format!("[{}]", part.join(","))));
    }
    Ok(per_file)
}

/// Files of facets; gives what the router says of them.
fn facets(
    index: &Index,
    payloads: &mut Vec<(String, String)>,
) -> Result<serde_json::Value, SearchError> {
    let mut out = Vec::new();
    for (i, facet) in index.meta.settings.facets.iter().enumerate() {
        let mut bytes = Vec::new();
        let mut terms = Vec::new();
        for (term, label) in &facet.terms {
            let docs = index.facet(&facet.field, term)?;
            if docs.is_empty() {
                continue;
            }
            let list: Vec<(u32, u8)> = docs.into_iter().map(|d| (d, 1)).collect();
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
        let data = serde_json::json!([base64(&bytes), terms]);
        payloads.push((format!("x{i}"), safe(&data.to_string())));
        out.push(serde_json::json!([facet.field, facet.label, i]));
    }
    Ok(out.into())
}

/// Two document lengths in a byte.
fn nibbles(norms: &[u8]) -> Vec<u8> {
    norms
        .chunks(2)
        .map(|two| two[0] | two.get(1).copied().unwrap_or(0) << 4)
        .collect()
}

fn strings(lang: &str) -> serde_json::Value {
    let all: serde_json::Value = serde_json::from_str(STRINGS).unwrap_or_default();
    let chosen = if all.get(lang).is_some() { lang } else { "th" };
    all[chosen].clone()
}

/// JSON that is also JavaScript in every browser and harmless in a page.
fn safe(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// The core script without comment lines and indentation.
fn core() -> String {
    let mut out = String::from("(function(){\n'use strict';\n");
    for line in CORE.iter().flat_map(|part| part.lines()).map(str::trim) {
        if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.push_str("self.SalaSearch=S;\n})();\n");
    out
}
