//! Small portals for tests: a folder of its own that goes with the test, files written by name, commands run in it.

use crate::tools::{repository, sala};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A portal in a folder of its own. Made in one sentence:
/// `Portal::new().kind("idea", "").file("content/ideas/one.md", "…")`.
pub struct Portal {
    dir: tempfile::TempDir,
}

impl Portal {
    /// An empty folder.
    pub fn empty() -> Portal {
        Portal { dir: tempfile::tempdir().expect("a folder") }
    }

    /// A portal with settings alone: Thai and English, a fixed date.
    pub fn new() -> Portal {
        let settings =
            "title = { th = \"คลังทดสอบ\", en = \"Test\" }\nlanguages = [\"th\", \"en\"]\ndate = \"2566-08-15\"\n";
        Portal::empty().file("portal.toml", settings)
    }

    /// The portal that every scenario starts from.
    pub fn base() -> Portal {
        let portal = Portal::empty();
        copy(&repository().join("tests/scenarios/_base"), portal.root());
        portal
    }

    /// With a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Portal {
        self.write(path, text);
        self
    }

    /// With a kind: its folder is its name with an “s”; `fields` is the rest of its schema, in TOML.
    pub fn kind(self, id: &str, fields: &str) -> Portal {
        let head =
            format!("id = \"{id}\"\nfolder = \"{id}s\"\nlabel = {{ th = \"ชนิด {id}\", en = \"{id}\" }}\nnav = 1\n");
        self.file(&format!("content/_schema/kinds/{id}.toml"), head + fields)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// The path of a file.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file, with the folders around it.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        write(self.root(), path, text);
    }

    /// The text of a file; `None` where there is none.
    pub fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path(path)).ok()
    }

    /// Runs a command line: standard output, then standard error, then the exit code.
    pub fn run(&self, line: &str) -> String {
        run(self.root(), line)
    }

    /// Runs a command that must succeed.
    pub fn done(&self, line: &str) -> String {
        let text = self.run(line);
        assert!(text.ends_with("exit 0\n"), "sala {line}: {text}");
        text
    }
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Every file under a folder by its path, with its bytes.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(root).into_iter().flatten().filter(|e| e.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
    all.map(|e| (name(e.path()), fs::read(e.path()).expect("a file"))).collect()
}

/// The base portal in a new folder.
pub fn base() -> tempfile::TempDir {
    Portal::base().dir
}

/// Writes a file of a portal.
pub fn write(dir: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// Runs a command line in a portal; standard output, then standard error, then the exit code.
pub fn run(dir: &Path, line: &str) -> String {
    let output = sala().args(line.split_whitespace()).current_dir(dir).output().expect("the program starts");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text.push_str(&format!("exit {}\n", output.status.code().unwrap_or(-1)));
    text.replace(&dir.canonicalize().expect("a folder").display().to_string(), "PORTAL")
}
