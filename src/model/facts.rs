//! What a body says about itself. It follows from the text alone, so it is found once and kept.

use crate::markdown::{self, Outline};
use crate::text::lint::{self, Finding};
use crate::text::personal::{self, Find};
use serde::{Deserialize, Serialize};

/// First 16 bytes of a BLAKE3 hash.
pub type Hash = [u8; 16];

/// The hash of some bytes.
#[must_use]
pub fn hash(bytes: &[u8]) -> Hash {
    let mut out = Hash::default();
    out.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    out
}

/// What a body says about itself. Offsets count from the start of the body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Hash of the text.
    pub hash: Hash,
    /// Headings, links, images, query blocks.
    pub outline: Outline,
    /// Damaged Thai.
    #[serde(skip)]
    pub damage: Vec<Finding>,
    /// What looks like personal data, code left out.
    #[serde(skip)]
    pub personal: Vec<Find>,
}

impl Facts {
    /// Reads a body.
    #[must_use]
    pub fn of(body: &str) -> Facts {
        Facts {
            hash: hash(body.as_bytes()),
            outline: markdown::scan(body),
            damage: lint::lint(body),
            personal: personal_of(body),
        }
    }
}

fn personal_of(body: &str) -> Vec<Find> {
    let mut finds = personal::search(body);
    if !finds.is_empty() {
        let code = markdown::code_ranges(body);
        finds.retain(|f| !code.iter().any(|c| f.range.start < c.end && c.start < f.range.end));
    }
    finds
}
