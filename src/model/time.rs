//! When an entry counts: the one place that answers it.

use super::role::Role;
use super::since::Since;
use super::{Entry, KindDef, Value};
use crate::text::era::{Date, Year};

/// When an entry counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// In a year of a calendar.
    Year(Year),
    /// On a day, or from it on.
    Day(Date),
}

/// The time of an entry: the field with the role `start`; else the first field, in the schema's order, that is a year, a
/// day or a period and has a value; else its day of publication, else that of its last change.
pub(crate) fn of(kind: &KindDef, entry: &Entry) -> Option<When> {
    let fields = kind.role_index(Role::Start).into_iter().chain(0..kind.fields.len());
    let fields = fields.filter_map(|i| match entry.value(i)? {
        Value::Year(year) => Some(When::Year(*year)),
        Value::Date(day) | Value::Period(day, _) => Some(When::Day(*day)),
        _ => None,
    });
    fields.chain(entry.published.map(When::Day)).chain(entry.updated.map(When::Day)).next()
}

/// Whether an entry is older than a rule; `None` where it has no date.
pub(crate) fn is_before(kind: &KindDef, entry: &Entry, since: Since) -> Option<bool> {
    Some(match of(kind, entry)? {
        When::Year(year) => since.is_after_year(year.be),
        When::Day(day) => since.is_after(day),
    })
}
