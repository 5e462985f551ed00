//! What is found.

use std::ops::Range;

/// What kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A national id number.
    NationalId,
    /// A phone number.
    Phone,
    /// A LINE id, or a link that adds somebody as a friend.
    Line,
    /// A mail address of a private person.
    Mail,
    /// The name of a learner.
    Learner,
}

/// A match in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// What it is.
    pub class: Class,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Whether there is no doubt: a name of which only the surroundings tell is not certain.
    pub certain: bool,
}
