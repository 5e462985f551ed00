//! Terms dealt out to shards, shards to groups, and the stamps of groups.
//!
//! A stamp is a hash of what a group's files hold, and stands in their address
//! and in the router: files of two states of a site never mix, and a change
//! touches the groups of its own terms only.

use super::bytes::hash as digest;
use super::codec::{hash, varint};
use super::frequent::Candidate;
use super::run::ZONE;

/// Coded lists of a section, in order of the first hash.
#[derive(Debug, Default)]
pub struct Lists {
    /// Per term: first hash, end of its text, end of its list.
    terms: Vec<(u32, u32, u32)>,
    texts: String,
    bytes: Vec<u8>,
    /// The most frequent words among the terms.
    pub words: Vec<Candidate>,
}

/// A term of a shard: number of the shard, text, list.
type Dealt<'a> = (usize, &'a str, &'a [u8]);

impl Lists {
    /// Adds a term and, by `code`, its list.
    pub fn add(&mut self, first: u32, term: &str, code: impl FnOnce(&mut Vec<u8>)) {
        self.texts.push_str(term);
        code(&mut self.bytes);
        let ends = (self.texts.len() as u32, self.bytes.len() as u32);
        self.terms.push((first, ends.0, ends.1));
    }

    /// Size in a shard, as far as it counts for the number of shards.
    pub fn size(&self) -> usize {
        self.bytes.len() + 4 * self.terms.len()
    }

    fn iter(&self) -> impl Iterator<Item = (u32, &str, &[u8])> {
        let mut start = (0, 0);
        self.terms.iter().map(move |&(first, text, list)| {
            let (text, list) = (text as usize, list as usize);
            let out = (first, &self.texts[start.0..text], &self.bytes[start.1..list]);
            start = (text, list);
            out
        })
    }
}

/// Bytes of a shard: the first seed under which no two keys are equal, then
/// the terms in order of their keys.
fn shard(terms: &[Dealt<'_>]) -> Vec<u8> {
    for seed in 0..=u8::MAX {
        let mut keyed: Vec<(u32, &[u8])> =
            terms.iter().map(|&(_, term, list)| (hash(term, u32::from(seed) + 1) >> 4, list)).collect();
        keyed.sort_unstable_by_key(|&(key, _)| key);
        if keyed.windows(2).any(|two| two[0].0 == two[1].0) {
            continue;
        }
        let mut out = vec![seed];
        let mut last = 0;
        for (key, list) in keyed {
            varint(key - last, &mut out);
            last = key;
            varint(list.len() as u32, &mut out);
            out.extend_from_slice(list);
        }
        return out;
    }
    // Not reached by distinct terms: 256 seeds each fail once in a million.
    vec![0]
}

/// How the terms of a zone are dealt out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deal {
    /// Number of groups, a power of two.
    pub groups: usize,
    /// Shards in a group.
    pub shards: usize,
}

impl Deal {
    /// For terms of so many bytes and shards of about `size` bytes. The steps
    /// are coarse, so that a small change of the content leaves them as they are.
    pub fn new(bytes: usize, size: usize) -> Deal {
        let shards = bytes.div_ceil(size).max(1);
        let mut groups = 1;
        while groups < ZONE && shards / groups >= 32 {
            groups *= 2;
        }
        Deal { groups, shards: shards.div_ceil(groups) }
    }

    /// Number of shards.
    pub fn all(&self) -> usize {
        self.groups * self.shards
    }

    /// The sections of a zone that hold a group's terms.
    pub fn sections(&self, group: usize) -> std::ops::Range<usize> {
        let each = ZONE / self.groups;
        group * each..(group + 1) * each
    }

    /// Bytes of a group's shards.
    pub fn fill<'a>(&self, group: usize, sections: impl Iterator<Item = &'a Lists>) -> Vec<Vec<u8>> {
        let mut terms: Vec<Dealt> = Vec::new();
        for lists in sections {
            for (first, text, list) in lists.iter() {
                let shard = (u64::from(first) * self.all() as u64) >> 32;
                terms.push((shard as usize - group * self.shards, text, list));
            }
        }
        let mut out = vec![vec![0]; self.shards];
        // Sections follow the first hash, and so do shards.
        for same in terms.chunk_by(|a, b| a.0 == b.0) {
            out[same[0].0] = shard(same);
        }
        out
    }
}

/// A stamp: 32 bits of a hash.
pub type Stamp = [u8; 4];

/// The stamp of what some files hold.
pub fn stamp<'a>(contents: impl Iterator<Item = &'a [u8]>) -> Stamp {
    let mut hasher = blake3::Hasher::new();
    for content in contents {
        hasher.update(&digest(content));
    }
    let hash = hasher.finalize();
    let bytes = hash.as_bytes();
    [bytes[0], bytes[1], bytes[2], bytes[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deals_in_coarse_steps() {
        let deal = |bytes| Deal::new(bytes, 1000);
        assert_eq!((deal(0).all(), deal(1500).all(), deal(31_000).all()), (1, 2, 31));
        assert_eq!(deal(390_500), deal(390_900));
        assert_eq!(deal(390_500).groups, 16);
        assert_eq!(deal(1 << 30).groups, ZONE);
    }

    #[test]
    fn fills_shards_by_hash() {
        let mut lists = Lists::default();
        let mut terms: Vec<(u32, String)> = (0..100u32).map(|i| format!("={i}")).map(|t| (hash(&t, 0), t)).collect();
        terms.sort();
        for (first, term) in &terms {
            lists.add(*first, term, |out| out.push(7));
        }
        let deal = Deal { groups: 1, shards: 5 };
        let filled = deal.fill(0, [&lists].into_iter());
        assert_eq!(filled.len(), 5);
        assert!(filled.iter().all(|shard| shard.len() > 20));
    }
}
