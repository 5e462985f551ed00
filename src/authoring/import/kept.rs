//! What was held back stays so until the table or a person says otherwise: pages that are internal or drafts, and rows of
//! which the page was taken out, renamed or hidden.

use super::manifest::{Manifest, Record};
use super::plan::{Import, Planned};
use crate::authoring::draft::{TO_DO, check};
use crate::authoring::files::hash;
use crate::authoring::target::RESERVED;
use crate::authoring::value::Out;
use crate::content::front_matter::split;
use crate::content::hides;
use crate::model::{Schema, Visibility};
use std::collections::HashSet;
use std::path::Path;

/// The row with the `visibility` and `draft` that its page has from the table and that the table gives no more; none where
/// it gives all, or the page is not as the table left it. A draft that only lacked something is one no longer.
pub(super) fn with_holds(schema: &Schema, planned: &Planned, old: &str, before: Option<&Record>) -> Option<Planned> {
    before.filter(|before| before.hash == hash(old))?;
    let (_, front, _) = split(old).ok()?.front?;
    let front: toml_edit::DocumentMut = front.parse().ok()?;
    let lacked = old.lines().nth(1).is_some_and(|line| line.starts_with(TO_DO));
    let rank = |key: &str| RESERVED.iter().position(|def| def.key == key).unwrap_or(RESERVED.len());
    let mut draft = planned.draft.clone();
    for key in ["visibility", "draft"] {
        let given = draft.keys.iter().any(|(own, _)| own == key);
        let Some(value) = front.get(key).filter(|_| !(given || lacked && key == "draft")) else { continue };
        let at = draft.keys.iter().position(|(own, _)| rank(own) > rank(key)).unwrap_or(draft.keys.len());
        draft.keys.insert(at, (key.to_owned(), Out::Bare(value.to_string().trim().to_owned())));
    }
    let text = draft.plain(schema);
    (draft.keys.len() > planned.draft.keys.len()).then(|| Planned { draft, text, ..planned.clone() })
}

/// Whether a page that was held back would be public.
pub(super) fn opens(schema: &Schema, path: &str, old: &str, new: &str) -> bool {
    let held = |text: &str| {
        let entry = check(schema, path, text).0;
        entry.is_none_or(|entry| entry.draft || entry.visibility == Visibility::Internal)
    };
    held(old) && !held(new)
}

/// The ids of which no new page is made.
pub(super) struct Withdrawn<'a>(HashSet<&'a str>, HashSet<String>);

impl<'a> Withdrawn<'a> {
    /// Those that earlier imports have made a page of, and those that a page `ID.internal.md` holds back.
    pub(super) fn new(import: Import<'_>, manifest: &'a Manifest) -> Withdrawn<'a> {
        let remembered = manifest.files.keys().filter_map(|path| path.rsplit('/').next()?.strip_suffix(".md"));
        let pages = import.portal.entries.iter().filter(|entry| entry.kind == import.kind || !entry.typed);
        Withdrawn(remembered.collect(), pages.flat_map(hides).collect())
    }

    /// Whether a row whose page is not there is of these, or its page is beside the place with `_` before the name.
    pub(super) fn holds(&self, root: &Path, path: &str, id: &str) -> bool {
        let aside =
            path.rsplit_once('/').is_some_and(|(folder, name)| root.join(folder).join(format!("_{name}")).exists());
        aside || self.0.contains(id) || self.1.contains(&id.to_lowercase())
    }
}
