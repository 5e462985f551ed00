//! What is asked for.

/// What kind of name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A field of a kind or field set, or a column of a table.
    Field,
    /// A section of a kind's text.
    Section,
    /// A term of a vocabulary.
    Term,
    /// A kind.
    Kind,
}

/// A renaming as asked for.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// What kind of name.
    pub what: What,
    /// `field`, `kind.field`, `set.field`, `kind.table.column`, `*.field`; a section, term or kind likewise.
    pub old: String,
    /// The new id alone.
    pub new: String,
    /// Another folder for a kind.
    pub folder: Option<String>,
}

impl Request {
    /// The old id alone.
    pub(crate) fn last(&self) -> &str {
        self.old.rsplit('.').next().unwrap_or(&self.old)
    }
}
