//! How much of an entry's record is filled in.

use crate::model::{Entry, Visibility};
use crate::visibility::Public;

/// Filled and missing public fields of an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Fields with a value.
    pub filled: usize,
    /// Positions of fields without one.
    pub missing: Vec<usize>,
}

impl Completeness {
    /// Filled fields in percent, rounded down.
    pub fn percent(&self) -> usize {
        let total = self.filled + self.missing.len();
        (self.filled * 100).checked_div(total).unwrap_or(100)
    }
}

/// Counts the fields of an entry that readers could see: those the kind names in `record`, else all.
pub(crate) fn of(public: &Public, entry: &Entry) -> Completeness {
    let mut found = Completeness::default();
    let kind = &public.schema.kinds[entry.kind];
    for (i, field) in kind.fields.iter().enumerate() {
        let wanted = kind.record.is_empty() || kind.record.contains(&field.id);
        if !wanted || field.visibility == Visibility::Internal || field.via.is_some() {
            continue;
        }
        if entry.value(i).is_some() {
            found.filled += 1;
        } else {
            found.missing.push(i);
        }
    }
    found
}
