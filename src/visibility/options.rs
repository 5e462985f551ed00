//! Which entries are public.

use crate::model::{Entry, Visibility};

/// How the gate is opened.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Let drafts through: for the preview on the author's own machine.
    pub drafts: bool,
}

/// Whether an entry is published.
pub fn is_public(entry: &Entry, options: Options) -> bool {
    entry.visibility == Visibility::Public && (options.drafts || !entry.draft)
}
