//! One repair of a text.

use super::rule::Rule;
use std::ops::Range;

/// How sure a repair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Worth a look; never applied without being asked for.
    Suggested,
    /// Safe to apply.
    Certain,
}

/// One repair of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the text to replace.
    pub range: Range<usize>,
    /// What to write there.
    pub replacement: String,
    /// What was wrong.
    pub rule: Rule,
    /// Whether it may be applied unasked.
    pub confidence: Confidence,
}
