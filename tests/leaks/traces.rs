//! Hidden pages leave no trace: a portal with them publishes what it publishes without them, byte by byte.

use super::portal::{Plant, Portal, published};
use crate::fixture::run;

/// What everybody may see.
const OPEN: [(&str, &str); 9] = [
    ("content/pages/p.md", "# พี\n\nx\n"),
    ("content/pages/docs/README.md", "# เอกสาร\n\nx\n"),
    ("content/pages/docs/README.en.md", "# Documents\n\nx\n"),
    ("content/pages/docs/index-of-all.md", "# ดัชนี\n\nx\n"),
    ("content/pages/slugged.md", "---\nslug: here\n---\n# ที่นี่\n\nx\n"),
    ("content/notes/seen.md", "+++\ntitle = \"เห็น\"\nyear = 2566\ntopic = \"read\"\n+++\nx\n"),
    ("content/notes/seen.en.md", "+++\ntitle = \"Seen\"\n+++\nx\n"),
    ("content/notes/others.md", "+++\ntitle = \"อื่น\"\nother = \"seen\"\n+++\nดู [เห็น](seen.md)\n"),
    ("content/pages/both/index.md", "# ทั้งคู่\n\nx\n"),
];

/// What nobody may know of: name, file and text.
const HIDDEN: [(&str, &str, &str); 15] = [
    ("other case", "content/pages/P.md", "---\ndraft: true\n---\n# พี\n"),
    ("other case, internal", "content/pages/P.md", "+++\nvisibility = \"internal\"\n+++\n# พี\n"),
    ("index before README", "content/pages/docs/index.md", "---\ndraft: true\n---\n# x\n"),
    ("index of a section", "content/pages/docs/_index.md", "---\nvisibility: internal\n---\n# x\n"),
    ("translation of a hidden index", "content/pages/both/README.md", "---\ndraft: true\n---\n# x\n"),
    ("slug of another", "content/pages/taken.md", "---\nslug: here\ndraft: true\n---\n# x\n"),
    ("slug of a page", "content/pages/taken.md", "---\nslug: p\ndraft: true\n---\n# x\n"),
    ("page in a folder", "content/pages/p/index.md", "---\ndraft: true\n---\n# x\n"),
    ("alias", "content/notes/old.md", "+++\ntitle = \"x\"\ndraft = true\naliases = [\"notes/old-place\"]\n+++\nx\n"),
    ("reference", "content/notes/ref.md", "+++\ntitle = \"x\"\ndraft = true\nother = \"seen\"\n+++\n[x](seen.md)\n"),
    ("term", "content/notes/term.md", "+++\ntitle = \"x\"\ndraft = true\nopen = \"ใหม่\"\ntopic = \"read\"\n+++\nx\n"),
    ("day", "content/notes/day.md", "+++\ntitle = \"x\"\ndraft = true\nupdated = 2566-12-31\n+++\nx\n"),
    ("file name", "content/notes/alone.internal.md", "+++\ntitle = \"x\"\nid = \"other\"\n+++\nx\n"),
    ("language", "content/pages/p.fr.md", "---\ndraft: true\n---\n# x\n"),
    ("stamp", "content/notes/kept.md", "+++\ntitle = \"DRAFT\"\nvisibility = \"internal\"\n+++\nx\n"),
];

#[test]
fn hidden_pages_leave_no_trace() {
    let site = |files: &[(&str, &str)]| {
        let portal = Portal::with(&[Plant::new("open", files)], super::SECRETS[0]);
        let out = run(portal.path(), "build --lang en -o out");
        assert!(out.ends_with("exit 0\n"), "{files:?}: {out}");
        published(portal.path(), &["out"])
    };
    let without = site(&OPEN);
    for (name, path, text) in HIDDEN {
        let with = site(&[&OPEN[..], &[(path, text)]].concat());
        assert!(with.keys().eq(without.keys()), "{name}: other files");
        for (path, bytes) in &with {
            assert!(*bytes == without[path], "{name}: {path} differs");
        }
    }
}

/// A translation is that of the page beside it, not of another page that is the index of the same folder.
#[test]
fn a_translation_is_as_hidden_as_the_page_of_its_name() {
    for (name, english) in [("README", "README.en.md"), ("index", "index.en.md")] {
        let other = if name == "README" { "index" } else { "README" };
        let files = [
            (format!("content/pages/d/{english}"), "# SECRET\n\nSECRET\n"),
            (format!("content/pages/d/{name}.md"), "---\ndraft: true\n---\n# x\n"),
            (format!("content/pages/d/{other}.md"), "# y\n"),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        super::stays_inside(&[Plant::new(format!("translation of {name}"), &files)], name);
    }
}
