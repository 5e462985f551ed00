//! What the last export found, so that the next one need not look at sections
//! of terms that are the same: their keys, the sizes of their lists, and the
//! stamps of groups.

use std::path::Path;

use super::bytes::{Hash, Reader, hash, put_text};
use super::codec::varint;
use super::frequent::Candidate;
use super::run::{SECTIONS, ZONE};
use super::shards::{Deal, Stamp};
use super::stock::{Stock, VERSION};

const FILE: &str = "export.memo";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memo {
    /// Per section: hash of what its lists are made from.
    pub keys: Vec<Hash>,
    /// Per section: size of its lists.
    pub sizes: Vec<u32>,
    /// Per section of words: the most frequent ones.
    pub words: Vec<Vec<Candidate>>,
    /// Per zone: how it is dealt out, and the stamps of its groups.
    pub zones: Vec<(Deal, Vec<Stamp>)>,
}

/// Keys of all sections: hashes of all runs' sections with their places.
pub fn keys(stock: &Stock) -> Vec<Hash> {
    let mut bases = VERSION.to_le_bytes().to_vec();
    bases.extend(stock.bases.iter().flat_map(|base| base.to_le_bytes()));
    (0..SECTIONS)
        .map(|section| {
            let mut text = bases.clone();
            for run in &stock.runs {
                text.extend_from_slice(&run.hashes[section]);
            }
            hash(&text)
        })
        .collect()
}

impl Memo {
    /// Reads the memo of an index folder; empty when there is none.
    pub fn read(dir: &Path) -> Memo {
        let bytes = std::fs::read(dir.join(FILE)).unwrap_or_default();
        Self::parse(&bytes).unwrap_or_default()
    }

    fn parse(bytes: &[u8]) -> Option<Memo> {
        let mut reader = Reader(bytes);
        if reader.hash()? != hash(reader.0) {
            return None;
        }
        let mut out = Memo::default();
        for _ in 0..SECTIONS {
            out.keys.push(reader.hash()?);
            out.sizes.push(reader.number()?);
        }
        for _ in ZONE..SECTIONS {
            let mut words = Vec::new();
            for _ in 0..reader.varint()? {
                words.push((reader.number()?, reader.text()?.to_owned()));
            }
            out.words.push(words);
        }
        while !reader.0.is_empty() {
            let deal = Deal { groups: reader.number()? as usize, shards: reader.number()? as usize };
            let mut stamps = Vec::new();
            for _ in 0..deal.groups.min(ZONE) {
                stamps.push(reader.take(4)?.try_into().ok()?);
            }
            out.zones.push((deal, stamps));
        }
        Some(out)
    }

    /// Writes the memo; a failure only makes the next export slower.
    pub fn write(&self, dir: &Path) {
        let mut bytes = Vec::new();
        for (key, size) in self.keys.iter().zip(&self.sizes) {
            bytes.extend_from_slice(key);
            bytes.extend_from_slice(&size.to_le_bytes());
        }
        for words in &self.words {
            varint(words.len() as u32, &mut bytes);
            for (pages, word) in words {
                bytes.extend_from_slice(&pages.to_le_bytes());
                put_text(word.as_bytes(), &mut bytes);
            }
        }
        for (deal, stamps) in &self.zones {
            for number in [deal.groups, deal.shards] {
                bytes.extend_from_slice(&(number as u32).to_le_bytes());
            }
            bytes.extend(stamps.iter().flatten());
        }
        let mut out = hash(&bytes).to_vec();
        out.extend_from_slice(&bytes);
        let new = dir.join(format!("{FILE}.new{}", std::process::id()));
        let written = std::fs::write(&new, out);
        let _ = written.and_then(|()| std::fs::rename(&new, dir.join(FILE)));
    }

    /// Whether a section is as it was.
    pub fn same(&self, section: usize, key: &Hash) -> bool {
        self.keys.get(section) == Some(key)
    }
}
