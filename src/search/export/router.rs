//! The router: the core script and what a page must know before it asks.

use serde_json::{Map, Value, json};

use super::shards::ShortHash;
use crate::search::analysis::script_safe;
use crate::search::codec::base64;
use crate::search::gather::Meta;
use crate::search::ranking;
use crate::theme::minify;

/// The client's core script, in its parts; it travels in the router, so that
/// the format and its reader always fit.
const CORE: [&str; 10] = [
    include_str!("../client/fold.js"),
    include_str!("../client/stem.js"),
    include_str!("../client/terms.js"),
    include_str!("../client/reading.js"),
    include_str!("../client/files.js"),
    include_str!("../client/rank.js"),
    include_str!("../client/excerpt.js"),
    include_str!("../client/near.js"),
    include_str!("../client/site.js"),
    include_str!("../client/settle.js"),
];
/// Interface strings per language.
const STRINGS: &str = include_str!("../client/strings.json");

/// The router being made.
#[derive(Debug, Default)]
pub(super) struct Router {
    sets: Map<String, Value>,
    /// What is said of the facets.
    pub facets: Value,
    /// First character of the window of packed texts, 0 for none.
    pub window: u32,
}

impl Router {
    /// The files whose names begin with a letter: how many are in a group, a number of their own (shards in all, or
    /// documents in a file of fragments), and the hashes of the groups.
    pub(super) fn set(&mut self, letter: &str, group: usize, number: usize, hashes: &[ShortHash]) {
        self.sets.insert(letter.into(), json!([group, number, base64(hashes.as_flattened())]));
    }

    /// The finished script.
    pub(super) fn script(self, meta: &Meta) -> Vec<u8> {
        let kinds: Vec<Value> = meta
            .settings
            .kinds
            .iter()
            .map(|k| json!([k.id, k.label, k.weight, k.words, k.answers, k.facets, k.lists]))
            .collect();
        let questions: Vec<Value> = meta.words.questions.iter().map(|q| json!([q.id, q.before, q.after])).collect();
        let data = json!({
            "v": 4, "base": self.window, "kinds": kinds, "runs": meta.runs, "between": meta.words.between,
            "stop": meta.words.stop, "strong": meta.strengths.iter().any(|&strength| strength > 0), "questions": questions, "n": meta.docs, "z": self.sets, "k": ranking::for_script(),
            "cuts": base64(&meta.lexicon.coded()),
            "norms": base64(&nibbles(&meta.lengths)), "impacts": ranking::impacts(),
            "lang": meta.settings.lang, "facets": self.facets, "syn": meta.synonyms,
            "s": strings(&meta.settings.lang),
        });
        let core = core();
        format!("{core}SalaSearch.route({});\n", script_safe(&data.to_string())).into_bytes()
    }
}

/// Two document lengths in a byte.
fn nibbles(steps: &[u8]) -> Vec<u8> {
    steps.chunks(2).map(|two| two[0] | two.get(1).copied().unwrap_or(0) << 4).collect()
}

fn strings(lang: &str) -> Value {
    let all: Value = serde_json::from_str(STRINGS).unwrap_or_default();
    let chosen = if all.get(lang).is_some() { lang } else { "en" };
    all[chosen].clone()
}

/// The core script without comments and spaces.
fn core() -> String {
    let parts = CORE.concat();
    minify::script(&format!("(function(){{\n'use strict';\n{parts}\nself.SalaSearch=S;\n}})();\n")) + "\n"
}
