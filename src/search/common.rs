//! The words that most pages hold, found without looking at all terms again:
//! each section of words keeps its own most frequent ones.

use rayon::prelude::*;

use super::SearchError;
use super::analyze::WORD;
use super::bytes::{Hash, Reader, hash, put_text};
use super::codec::varint;
use super::memo::keys;
use super::merge::{merge, sections};
use super::run::{BODY, SECTIONS, ZONE};
use super::stock::Stock;

/// Words kept of each section.
const MOST: usize = 40;
const FILE: &str = "words.memo";

/// Words of a section with the number of pages whose running text holds them.
type Found = Vec<(u32, String)>;

impl Stock {
    /// Word keys (without their sign) of running text with the number of pages
    /// that hold them: of each section the most frequent ones of at least two
    /// pages, in order of number and key.
    pub fn frequent(&self) -> Result<Vec<(u32, String)>, SearchError> {
        let keys = keys(self);
        let path = self.dir.join(FILE);
        let known = read(&std::fs::read(&path).unwrap_or_default()).unwrap_or_default();
        let all: Vec<Found> = (ZONE..SECTIONS)
            .into_par_iter()
            .map(|section| match known.get(section - ZONE) {
                Some((key, found)) if *key == keys[section] => Ok(found.clone()),
                _ => self.frequent_in(section),
            })
            .collect::<Result<_, SearchError>>()?;
        if !known.iter().map(|(key, _)| key).eq(&keys[ZONE..]) {
            // Without the file the next look takes longer.
            let new = self.dir.join(format!("{FILE}.new{}", std::process::id()));
            let written = std::fs::write(&new, write(&keys[ZONE..], &all));
            let _ = written.and_then(|()| std::fs::rename(&new, &path));
        }
        Ok(ordered(all))
    }

    fn frequent_in(&self, section: usize) -> Result<Found, SearchError> {
        let read = sections(self, section..section + 1)?;
        let mut found = Found::new();
        merge(
            read.iter().filter_map(|s| s.get(0)),
            |term| term.first() == Some(&(WORD as u8)),
            |merged| {
                let postings = merged.postings(&self.bases);
                let pages = postings.filter(|(_, counts)| counts[BODY] > 0).count();
                if pages > 1 {
                    let key = String::from_utf8_lossy(&merged.term[1..]).into_owned();
                    found.push((pages as u32, key));
                }
            },
        );
        let mut found = ordered(vec![found]);
        found.truncate(MOST);
        Ok(found)
    }
}

/// The most frequent first, of equals in order of their text.
fn ordered(all: Vec<Found>) -> Found {
    let mut out: Found = all.into_iter().flatten().collect();
    out.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    out
}

fn write(keys: &[Hash], all: &[Found]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (key, found) in keys.iter().zip(all) {
        bytes.extend_from_slice(key);
        varint(found.len() as u32, &mut bytes);
        for (pages, word) in found {
            varint(*pages, &mut bytes);
            put_text(word.as_bytes(), &mut bytes);
        }
    }
    let mut out = hash(&bytes).to_vec();
    out.extend_from_slice(&bytes);
    out
}

fn read(bytes: &[u8]) -> Option<Vec<(Hash, Found)>> {
    let mut reader = Reader(bytes);
    if reader.hash()? != hash(reader.0) {
        return None;
    }
    let mut out = Vec::new();
    while !reader.0.is_empty() {
        let key = reader.hash()?;
        let mut found = Found::new();
        for _ in 0..reader.varint()? {
            let pages = reader.varint()?;
            found.push((pages, reader.text()?.to_owned()));
        }
        out.push((key, found));
    }
    Some(out)
}
