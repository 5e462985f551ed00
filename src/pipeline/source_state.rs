//! The state of a portal's files, without reading them: whether a stored search index is still theirs.

use crate::cache::{FileState, Fingerprint, FingerprintBuilder};
use crate::content::{PORTAL_FILE, SOURCE_FOLDERS};
use crate::model::Lang;
use std::path::Path;
use std::time::SystemTime;

/// The state of all files that an index is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceState(Fingerprint);

impl SourceState {
    /// The key of a language's index.
    pub(super) fn of_language(self, lang: Lang) -> Fingerprint {
        Fingerprint::of_parts([&self.0.0[..], lang.code().as_bytes()])
    }
}

/// The state as it is now, with what else was `asked` for; none where a file was changed a moment ago, so that its times
/// do not show the next change.
pub(super) fn of(root: &Path, asked: &str) -> Option<SourceState> {
    let mut state = FingerprintBuilder::default();
    state.part(asked.as_bytes());
    let now = SystemTime::now();
    for source in SOURCE_FOLDERS.into_iter().chain([PORTAL_FILE]) {
        let walk = walkdir::WalkDir::new(root.join(source)).sort_by_file_name();
        for entry in walk.into_iter().flatten() {
            let metadata = entry.metadata().ok()?;
            if metadata.is_dir() {
                continue;
            }
            let file = FileState::of(&metadata);
            if !file.is_settled(now) {
                return None;
            }
            state.part(entry.path().as_os_str().as_encoded_bytes());
            state.part(format!("{file:?}").as_bytes());
        }
    }
    Some(SourceState(state.finish()))
}
