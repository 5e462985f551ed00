//! Generated blocks in bodies and the addresses of checked counts.

use super::{Context, Place};

impl Context<'_> {
    /// HTML of a query block.
    pub fn query(&self, _place: &Place, _entry: usize, _toml: &str) -> String {
        String::new()
    }

    /// The list that a count counts: `kind?field=term&…`.
    pub fn count_href(&self, place: &Place, spec: &str) -> Option<String> {
        let (kind, conditions) = spec.split_once('?').unwrap_or((spec, ""));
        let (_, kind) = self.site.public.schema.kind(kind)?;
        if kind.folder.is_empty() {
            return None;
        }
        let address = place.own(&format!("{}/index.html", kind.folder));
        Some(if conditions.is_empty() {
            address
        } else {
            format!("{address}?{conditions}")
        })
    }
}
