//! What browsers are told of findings. The terminal of the author shows everything; a page in a browser may be seen by
//! others, and a screen is shared: nothing internal is quoted there.

use crate::diagnostics::{Code, Diagnostic};
use crate::pipeline::HeldPage;
use crate::visibility::Public;
use std::collections::HashSet;

/// Findings without what they quote: source lines, and messages that name a value of a page that is not public, or of a
/// field that may be internal.
pub(crate) fn for_browsers(found: &[Diagnostic], public: &Public, held: &[HeldPage]) -> Vec<Diagnostic> {
    let held = held.iter().filter(|page| page.public).map(|page| page.file.as_str());
    let shown: HashSet<&str> = public
        .entries
        .iter()
        .flat_map(|entry| [Some(entry.source), entry.body.map(|body| body.source)])
        .flatten()
        .map(|source| public.sources[source.0 as usize].path.as_str())
        .chain(held)
        .filter(|path| path.ends_with(".md"))
        .collect();
    // What other messages quote may be the value of an internal field, or stand in an internal section.
    let open = |d: &Diagnostic| {
        let quotes_nothing = matches!(d.code, Code::MissingField | Code::BadLength | Code::BadCount);
        let content = d.file.starts_with("content/") && !d.file.starts_with("content/_schema/");
        !content || (shown.contains(d.file.as_str()) && quotes_nothing)
    };
    found
        .iter()
        .map(|d| match open(d) {
            true => Diagnostic { excerpt: None, ..d.clone() },
            false => Diagnostic { excerpt: None, hint: None, message: d.code.title(), ..d.clone() },
        })
        .collect()
}
