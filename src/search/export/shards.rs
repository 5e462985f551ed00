//! Terms dealt out to shards, and shards to groups.
//!
//! The address of a file holds the hash of what the files of its group hold, and so does the router: files of two
//! states of a site never mix, and a change touches the groups of its own terms only.

use crate::cache::Fingerprint;
use crate::search::codec::{hash, varint};

/// Most groups of shards.
const MOST_GROUPS: usize = 512;

/// A term with its coded list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coded<'a> {
    /// First hash of the term, which names its shard.
    pub hash: u32,
    /// The term.
    pub term: &'a str,
    /// Its list.
    pub list: &'a [u8],
}

impl Coded<'_> {
    /// Size in a shard, as far as it counts for the number of shards.
    pub(super) fn size(&self) -> usize {
        self.list.len() + 4
    }
}

/// Bytes of a shard: the first seed under which no two keys are equal, then
/// the terms in order of their keys.
fn shard(terms: &[Coded<'_>]) -> Vec<u8> {
    for seed in 0..=u8::MAX {
        let mut keyed: Vec<(u32, &[u8])> =
            terms.iter().map(|coded| (hash(coded.term, u32::from(seed) + 1) >> 4, coded.list)).collect();
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

/// How terms are dealt out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShardLayout {
    /// Number of groups, a power of two.
    pub groups: usize,
    /// Shards in a group.
    pub shards: usize,
}

impl ShardLayout {
    /// For terms of so many bytes and shards of about `size` bytes. The steps are coarse, so that a small change of the
    /// content leaves them as they are.
    pub(super) fn new(bytes: usize, size: usize) -> ShardLayout {
        let shards = bytes.div_ceil(size).max(1);
        let mut groups = 1;
        while groups < MOST_GROUPS && shards / groups >= 32 {
            groups *= 2;
        }
        ShardLayout { groups, shards: shards.div_ceil(groups) }
    }

    /// Number of shards.
    pub(super) fn all(&self) -> usize {
        self.groups * self.shards
    }

    /// The terms of a group, of all terms in the order of their hashes.
    pub(super) fn of_group<'t, 'a>(&self, group: usize, terms: &'t [Coded<'a>]) -> &'t [Coded<'a>] {
        // Groups are powers of two, so that each has the hashes that begin with its number.
        let first = |group: usize| ((group as u64) << 32) / self.groups as u64;
        let place = |group: usize| terms.partition_point(|coded| u64::from(coded.hash) < first(group));
        &terms[place(group)..place(group + 1)]
    }

    /// Bytes of a group's shards, from its terms in the order of their hashes.
    pub(super) fn fill(&self, group: usize, terms: &[Coded<'_>]) -> Vec<Vec<u8>> {
        let shard_of = |coded: &Coded<'_>| ((u64::from(coded.hash) * self.all() as u64) >> 32) as usize;
        let mut out = vec![vec![0]; self.shards];
        for same in terms.chunk_by(|a, b| shard_of(a) == shard_of(b)) {
            out[shard_of(&same[0]) - group * self.shards] = shard(same);
        }
        out
    }
}

/// The hash in an address: 32 bits of a fingerprint.
pub(super) type ShortHash = [u8; 4];

/// The hash of what some files hold.
pub(super) fn short_hash<'a>(contents: impl Iterator<Item = &'a [u8]>) -> ShortHash {
    let [a, b, c, d, ..] = Fingerprint::of_parts(contents).0;
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_dealt_out_in_coarse_steps() {
        let layout = |bytes| ShardLayout::new(bytes, 1000);
        assert_eq!((layout(0).all(), layout(1500).all(), layout(31_000).all()), (1, 2, 31));
        assert_eq!(layout(390_500), layout(390_900));
        assert_eq!(layout(390_500).groups, 16);
        assert_eq!(layout(1 << 30).groups, MOST_GROUPS);
    }

    #[test]
    fn shards_are_filled_by_hash() {
        let mut terms: Vec<(u32, String)> = (0..100u32).map(|i| format!("={i}")).map(|t| (hash(&t, 0), t)).collect();
        terms.sort();
        let coded: Vec<Coded> = terms.iter().map(|(hash, term)| Coded { hash: *hash, term, list: &[7] }).collect();
        let layout = ShardLayout { groups: 2, shards: 3 };
        let groups = [0, 1].map(|group| layout.of_group(group, &coded));
        assert_eq!(groups[0].len() + groups[1].len(), 100);
        for (group, terms) in groups.into_iter().enumerate() {
            let filled = layout.fill(group, terms);
            assert_eq!(filled.len(), 3);
            assert!(filled.iter().all(|shard| shard.len() > 20));
        }
    }
}
