//! Scenarios: a small portal in, a command, its exact output. Each file of `tests/scenarios` holds the files of the
//! portal (over `_base`), the command and what it prints; `SALA_BLESS=1` writes the output anew.

use crate::tools::{repository, sala};
use std::fs;
use std::path::Path;

struct Scenario {
    head: String,
    files: Vec<(String, String)>,
    command: String,
    expected: String,
}

fn parse(text: &str) -> Scenario {
    let (mut head, mut files, mut command, mut expected) = (String::new(), Vec::new(), String::new(), String::new());
    let mut parts = text.split("=== ");
    head.push_str(parts.next().unwrap_or(""));
    for part in parts {
        let (name, body) = part.split_once('\n').unwrap_or((part, ""));
        match name.strip_prefix("$ sala ") {
            Some(line) => {
                command = line.to_string();
                expected = body.to_string();
            }
            None => files.push((name.to_string(), body.to_string())),
        }
    }
    Scenario { head, files, command, expected }
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            fs::copy(entry.path(), target).map(|_| ()).unwrap()
        }
    }
}

/// The base portal in a new folder.
pub fn base() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&repository().join("tests/scenarios/_base"), dir.path());
    dir
}

/// Writes a file of a portal.
pub fn write(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs a command line in a portal; standard output, then standard error, then the exit code.
pub fn run(dir: &Path, line: &str) -> String {
    let output = sala().args(line.split_whitespace()).current_dir(dir).output().unwrap();
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    text.push_str(&format!("exit {}\n", output.status.code().unwrap_or(-1)));
    text.replace(&dir.canonicalize().unwrap().display().to_string(), "PORTAL")
}

#[test]
fn scenarios_print_exactly_this() {
    let folder = repository().join("tests/scenarios");
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    assert!(paths.len() > 40, "scenarios are missing");
    let bless = std::env::var_os("SALA_BLESS").is_some();
    let mut wrong = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let scenario = parse(&text);
        let dir = base();
        for (file, body) in &scenario.files {
            write(dir.path(), file, body);
        }
        let found = run(dir.path(), &scenario.command);
        if found == scenario.expected {
            continue;
        }
        if bless {
            let mut out = scenario.head.clone();
            for (file, body) in &scenario.files {
                out.push_str(&format!("=== {file}\n{body}"));
            }
            out.push_str(&format!("=== $ sala {}\n{found}", scenario.command));
            fs::write(&path, out).unwrap();
        } else {
            wrong.push(format!("{}\n--- expected\n{}--- found\n{found}", path.display(), scenario.expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
