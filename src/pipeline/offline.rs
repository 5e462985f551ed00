//! The service worker of a hosted site: pages that were visited, and as many others as the limit allows, stay
//! readable without a connection. Written only where `portal.toml` asks for it.

use crate::model::Config;
use crate::output::{PublishError, Sink};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

const WORKER: &str = include_str!("offline/sw.js");
const WITHDRAWN: &str = include_str!("offline/withdrawn.js");

/// Cache limit where none is set, in megabytes.
const MEGABYTES: u32 = 50;

/// Passes files on and remembers their hashes and sizes, where a service worker is written.
pub(super) struct Recorder<'a> {
    inner: &'a dyn Sink,
    files: Option<Mutex<BTreeMap<String, (String, usize)>>>,
}

impl<'a> Recorder<'a> {
    /// In front of another sink.
    pub(super) fn new(inner: &'a dyn Sink, config: &Config) -> Recorder<'a> {
        let wanted = config.offline.enabled && !config.offline.withdraw;
        Recorder { inner, files: wanted.then(Mutex::default) }
    }

    /// Writes `sw.js` and the list of files; nothing where offline use is not asked for.
    ///
    /// # Errors
    /// As [`Sink::put`].
    pub(super) fn finish(self, config: &Config) -> Result<(), PublishError> {
        if config.offline.withdraw {
            return self.inner.put("sw.js", WITHDRAWN.into());
        }
        let Some(files) = self.files else {
            return Ok(());
        };
        let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let rows: Vec<_> = ordered(&files).into_iter().map(|(p, (h, n))| json!([p, h, n])).collect();
        let list = json!({ "files": rows }).to_string();
        let version = &blake3::hash(list.as_bytes()).to_hex()[..16];
        let core: Vec<&String> = files.keys().filter(|p| is_core(p)).collect();
        let limit = u64::from(config.offline.max_megabytes.unwrap_or(MEGABYTES)) * 1_000_000;
        let settings = json!({ "version": version, "core": core, "limit": limit }).to_string();
        self.inner.put("sw.js", WORKER.replace("\"SETTINGS\"", &settings).into_bytes())?;
        self.inner.put("offline.json", list.into_bytes())
    }
}

impl Sink for Recorder<'_> {
    fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), PublishError> {
        if let Some(files) = &self.files {
            let hash = blake3::hash(&bytes).to_hex()[..12].to_owned();
            let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
            files.insert(path.to_owned(), (hash, bytes.len()));
        }
        self.inner.put(path, bytes)
    }
}

/// Kept at the first visit: home, search page, styles and scripts.
fn is_core(path: &str) -> bool {
    matches!(path, "index.html" | "en/index.html" | "search.html")
        || path.starts_with("assets/") && (path.ends_with(".css") || path.ends_with(".js"))
}

/// Search first, then pages from the top down, then the rest.
fn ordered(files: &BTreeMap<String, (String, usize)>) -> Vec<(&String, &(String, usize))> {
    let rank = |path: &str| match path {
        p if p.starts_with("assets/LICENSE") => 30,
        p if p.starts_with("assets/") => 0,
        p if p.starts_with("search/th/") => 1,
        p if p.ends_with(".html") && !p.contains("/by/") => 2 + p.matches('/').count(),
        p if p.ends_with(".html") || p.starts_with("media/") => 20,
        _ => 30,
    };
    let mut all: Vec<_> = files.iter().filter(|(p, _)| rank(p) < 30).collect();
    all.sort_by_key(|(path, _)| (rank(path), *path));
    all
}
