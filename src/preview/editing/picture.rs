//! A picture or document that is put beside a page.

use super::{Ask, Editing, Reply, editable_file};
use crate::authoring::files::Changes;
use crate::cache::read_plain;
use crate::model::ids::path_part;
use serde_json::json;

/// Endings that are taken; what no browser shows is not.
const TAKEN: [&str; 12] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "pdf", "docx", "xlsx", "pptx", "odt"];

impl Editing {
    /// Whether a token is that of this server's forms.
    pub(crate) fn knows(&self, token: &str) -> bool {
        token == self.token
    }

    /// Writes a file into the folder of the page, under a name that is free there.
    pub(super) fn picture(&self, ask: &Ask<'_>) -> Reply {
        let portal = self.portal();
        let file = ask.query("file");
        let folder = match ask.query("new") {
            "" => {
                let place = editable_file(&portal, file).and_then(|_| file.rsplit_once('/'));
                place.map(|(folder, _)| folder.to_string())
            }
            kind => portal.schema.kind(kind).map(|(_, kind)| format!("content/{}", kind.folder)),
        };
        let name = ask.query("name");
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let ending = ending.to_lowercase();
        let Some(folder) = folder.filter(|_| TAKEN.contains(&ending.as_str()) && !ask.file.is_empty()) else {
            return Reply::Data(json!({ "refused": self.words["picture.refused"] }));
        };
        let folder = folder.trim_end_matches('/');
        let stem = path_part(stem);
        let names = (1..100).map(|n| if n == 1 { format!("{stem}.{ending}") } else { format!("{stem}-{n}.{ending}") });
        for name in names {
            let path = format!("{folder}/{name}");
            let old = read_plain(&self.root.join(&path)).ok();
            if old.as_deref() == Some(ask.file) {
                return Reply::Data(json!({ "name": name }));
            }
            if old.is_some() {
                continue;
            }
            let mut changes = Changes::new(&self.root);
            changes.create(&path, ask.file);
            let done = changes.apply(&format!("edit {path}"));
            self.forget();
            return Reply::Data(match done {
                Ok(()) => json!({ "name": name }),
                Err(error) => json!({ "refused": error.to_string() }),
            });
        }
        Reply::Data(json!({ "refused": self.words["picture.refused"] }))
    }
}
