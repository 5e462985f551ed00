//! The router: the core script and what a page must know before it asks.

use serde_json::{Map, Value, json};

use super::codec::base64;
use super::export::safe;
use super::frequent::Frequent;
use super::rank;
use super::shards::Stamp;
use super::stock::Stock;

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

/// The files of one sort: files in a group, a number of their own, stamps of the groups.
#[derive(Debug, Clone)]
pub struct Zone(Value);

impl Zone {
    /// `number`: shards in all, or pages in a file of fragments.
    pub fn new(group: usize, number: usize, stamps: &[Stamp]) -> Zone {
        Zone(json!([group, number, base64(stamps.as_flattened())]))
    }
}

/// The router being made.
#[derive(Debug)]
pub struct Router<'a> {
    stock: &'a Stock,
    zones: Map<String, Value>,
    facets: Value,
    cuts: String,
}

impl<'a> Router<'a> {
    /// Of an index, still without files.
    pub fn new(stock: &'a Stock) -> Router<'a> {
        Router { stock, zones: Map::new(), facets: Value::Null, cuts: String::new() }
    }

    /// The files whose names begin with a letter.
    pub fn zone(&mut self, letter: &str, zone: Zone) {
        self.zones.insert(letter.into(), zone.0);
    }

    /// What is said of the facets.
    pub fn facets(&mut self, facets: Value) {
        self.facets = facets;
    }

    /// The words by which long runs of a query are cut.
    pub fn cuts(&mut self, frequent: &Frequent) {
        self.cuts = base64(&frequent.coded());
    }

    /// The finished script.
    pub fn script(self) -> Vec<u8> {
        let meta = &self.stock.meta;
        let data = json!({
            "v": 2, "n": self.stock.docs(), "z": self.zones, "cuts": self.cuts,
            "norms": base64(&nibbles(&self.stock.norms())), "impacts": rank::impacts(),
            "lang": meta.settings.lang, "facets": self.facets, "syn": meta.synonyms,
            "s": strings(&meta.settings.lang),
        });
        let core = core();
        format!("{core}SalaSearch.route({});\n", safe(&data.to_string())).into_bytes()
    }
}

/// Two document lengths in a byte.
fn nibbles(norms: &[u8]) -> Vec<u8> {
    norms.chunks(2).map(|two| two[0] | two.get(1).copied().unwrap_or(0) << 4).collect()
}

fn strings(lang: &str) -> Value {
    let all: Value = serde_json::from_str(STRINGS).unwrap_or_default();
    let chosen = if all.get(lang).is_some() { lang } else { "th" };
    all[chosen].clone()
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
