//! A small working portal for `sala init`.

use crate::cache::create_new;
use std::io;
use std::path::Path;

/// Files of the sample, by path.
const FILES: &[(&str, &str)] = &[
    ("portal.toml", include_str!("starter/portal.toml")),
    ("README.md", include_str!("starter/README.md")),
    (".gitignore", "/public\n/.sala\n/handouts\n/cms\n/*.zip\n"),
    ("content/index.md", include_str!("starter/index.md")),
    ("content/_schema/kinds/innovation.toml", include_str!("starter/innovation.toml")),
    ("content/_schema/kinds/lesson.toml", include_str!("starter/lesson.toml")),
    ("content/_schema/kinds/group.toml", include_str!("starter/group.toml")),
    ("content/_schema/vocabularies/topic.toml", include_str!("starter/topic.toml")),
    ("content/_schema/vocabularies/evidence.toml", include_str!("starter/evidence.toml")),
    ("content/innovations/inn-reading-corner.md", include_str!("starter/inn-reading-corner.md")),
    ("content/lessons/lesson-short-cards.md", include_str!("starter/lesson-short-cards.md")),
    ("content/groups/gr-river.md", include_str!("starter/gr-river.md")),
];

/// Whether a folder can take a new portal: it does not exist, or holds nothing but a `.git` folder.
pub fn is_free(dir: &Path) -> io::Result<bool> {
    match std::fs::read_dir(dir) {
        Ok(entries) => {
            for entry in entries {
                if entry?.file_name() != ".git" {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Writes the sample portal; the paths written.
pub fn write(dir: &Path) -> io::Result<Vec<&'static str>> {
    for (path, text) in FILES {
        create_new(&dir.join(path), text.as_bytes())?;
    }
    Ok(FILES.iter().map(|(path, _)| *path).collect())
}
