//! Working portals for `sala init`.

use crate::cache::create_new;
use crate::model::Lang;
use std::io;
use std::path::Path;

const IGNORED: (&str, &str) = (".gitignore", "/public\n/.sala\n/handouts\n/cms\n/*.zip\n");

/// Files of the sample, by path.
const FILES: &[(&str, &str)] = &[
    ("portal.toml", include_str!("starter/portal.toml")),
    ("README.md", include_str!("starter/README.md")),
    IGNORED,
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

/// The sample pages of [`FILES`] in English, for portals in another language than Thai.
const ENGLISH: &[(&str, &str)] = &[
    ("README.md", include_str!("starter/en/README.md")),
    ("content/index.md", include_str!("starter/en/index.md")),
    ("content/innovations/inn-reading-corner.md", include_str!("starter/en/inn-reading-corner.md")),
    ("content/lessons/lesson-short-cards.md", include_str!("starter/en/lesson-short-cards.md")),
    ("content/groups/gr-river.md", include_str!("starter/en/gr-river.md")),
];

/// The portal of the school-quality networks: its schema, registry and guideline pages, without samples.
const NETWORKS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/networks.rs"));

macro_rules! example {
    ($($path:literal)*) => {
        &[IGNORED, $(($path, include_str!(concat!("../../examples/knowledge-base/", $path)))),*]
    };
}

/// The portal of `examples/knowledge-base`.
const KNOWLEDGE_BASE: &[(&str, &str)] = example![
    "portal.toml"
    "README.md"
    "content/index.md"
    "content/_schema/kinds/practice.toml"
    "content/_schema/kinds/review.toml"
    "content/_schema/kinds/ward.toml"
    "content/_schema/vocabularies/risk.toml"
    "content/_schema/vocabularies/setting.toml"
    "content/practices/bedside-handover.md"
    "content/practices/clear-floor-round.md"
    "content/practices/teach-back.md"
    "content/reviews/review-night-fall.md"
    "content/wards/ward-three.md"
    "content/wards/day-clinic.md"
];

/// Plain pages.
const DOCS: &[(&str, &str)] = &[
    IGNORED,
    ("portal.toml", include_str!("starter/docs/portal.toml")),
    ("content/index.md", include_str!("starter/docs/index.md")),
    ("content/guide/README.md", include_str!("starter/docs/guide.md")),
    ("content/guide/first-steps.md", include_str!("starter/docs/first-steps.md")),
    ("content/guide/questions.md", include_str!("starter/docs/questions.md")),
];

/// What a new portal starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Template {
    /// Three kinds with a sample page each.
    #[default]
    Small,
    /// The portal of the school-quality networks, without samples.
    Networks,
    /// Practices, reviews and wards of a hospital, in English.
    KnowledgeBase,
    /// Plain pages, in English.
    Docs,
}

impl Template {
    /// A kind of which the first page can be made; none where pages are plain.
    pub fn first_kind(self) -> Option<&'static str> {
        match self {
            Template::Small | Template::Networks => Some("innovation"),
            Template::KnowledgeBase => Some("practice"),
            Template::Docs => None,
        }
    }
}

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

/// Writes a new portal; the paths written. `today` (`2026-11-28`) is the day of its content where the template has one.
/// `lang` becomes the language of the portal, but of the networks; sample pages are in Thai or in English.
///
/// # Errors
/// A file cannot be written; the folder is then as it was, so that it takes a second try.
pub fn write(dir: &Path, template: Template, today: &str, lang: Option<Lang>) -> io::Result<Vec<&'static str>> {
    let in_english = lang.is_some_and(|lang| lang != Lang::TH);
    let texts = |files: &[(&'static str, &'static str)]| -> Vec<(&'static str, Vec<u8>)> {
        let text = |path: &'static str, text: &'static str| {
            let english =
                ENGLISH.iter().find(|(p, _)| *p == path).filter(|_| in_english && template == Template::Small);
            let text = english.map_or(text, |(_, english)| english);
            if path == "portal.toml" { spoken(text, lang) } else { text.to_owned() }
        };
        files.iter().map(|(path, content)| (*path, text(path, content).into_bytes())).collect()
    };
    let files: Vec<(&'static str, Vec<u8>)> = match template {
        Template::Small => texts(FILES),
        Template::KnowledgeBase => texts(KNOWLEDGE_BASE),
        Template::Docs => texts(DOCS),
        Template::Networks => {
            let own = NETWORKS.iter().map(|(path, bytes)| (*path, unnamed(path, bytes, today)));
            own.chain(texts(&[IGNORED])).collect()
        }
    };
    let is_new = !dir.exists();
    for (n, (path, bytes)) in files.iter().enumerate() {
        if let Err(error) = create_new(&dir.join(path), bytes) {
            files[..n].iter().for_each(|(path, _)| drop(std::fs::remove_file(dir.join(path))));
            let above = files[..=n].iter().flat_map(|(path, _)| Path::new(path).ancestors().skip(1));
            let mut folders: Vec<&Path> = above.filter(|folder| is_new || *folder != Path::new("")).collect();
            // The inner ones first; what holds something of somebody else stays.
            folders.sort_unstable_by_key(|folder| std::cmp::Reverse(folder.components().count()));
            folders.into_iter().for_each(|folder| drop(std::fs::remove_dir(dir.join(folder))));
            return Err(error);
        }
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// The settings with the one language of the portal.
fn spoken(settings: &str, lang: Option<Lang>) -> String {
    let Some(lang) = lang else { return settings.to_owned() };
    let own = |line: &str| match line.starts_with("languages = ") {
        true => format!("languages = [\"{}\"]\n", lang.code()),
        false => line.to_owned(),
    };
    settings.split_inclusive('\n').map(own).collect()
}

/// The settings as of today and without the address of the example: a new portal has none yet.
fn unnamed(path: &str, bytes: &[u8], today: &str) -> Vec<u8> {
    if path != "portal.toml" {
        return bytes.to_vec();
    }
    let own = |line: &str| match line.split(" = ").next() {
        Some("base_url") => "base_url = \"\"\n".to_string(),
        Some("date") => format!("date = \"{today}\"\n"),
        _ => line.to_string(),
    };
    String::from_utf8_lossy(bytes).split_inclusive('\n').map(own).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_could_not_be_filled_is_as_it_was() {
        let (dir, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(dir.path().join("content"), "ของคนอื่น").unwrap();
        assert!(write(dir.path(), Template::Small, "2566-08-15", None).is_err());
        let names: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["content"]);
        let place = new.path().join("portal");
        assert!(write(&place.join("a"), Template::Docs, "2566-08-15", None).is_ok());
        assert!(write(&place.join("a/portal.toml/b"), Template::Docs, "2566-08-15", None).is_err());
        assert!(is_free(dir.path()).is_ok_and(|free| !free) && place.join("a/portal.toml").is_file());
    }
}
