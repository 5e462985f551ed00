//! Scenarios: a small portal in, a command, its exact output. Each `.txt` file of this folder is a test of its own.
//!
//! ```sh
//! cargo test --release --test scenarios                          # all
//! cargo test --release --test scenarios dead-links               # those whose name holds these words
//! SALA_BLESS=1 cargo test --release --test scenarios dead-links  # writes the output of those anew: read the diff
//! ```
//!
//! A file holds the files of the portal (over `_base`), then the command, then what it prints:
//!
//! ```text
//! What the scenario shows.
//! === content/notes/one.md
//! …
//! === $ sala check --lang en
//! …
//! exit 1
//! ```

#[allow(dead_code, reason = "the suite uses more of it")]
#[path = "../suite/fixture.rs"]
mod fixture;
#[allow(dead_code, reason = "the suite uses more of it")]
#[path = "../suite/tools.rs"]
mod tools;

use fixture::Portal;
use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const COMMAND: &str = "$ sala ";

/// A scenario's parts, borrowed from its text.
struct Scenario<'a> {
    head: &'a str,
    files: Vec<(&'a str, &'a str)>,
    command: &'a str,
    expected: &'a str,
}

fn parse(text: &str) -> Result<Scenario<'_>, Failed> {
    let mut parts = text.split("=== ");
    let mut scenario = Scenario { head: parts.next().unwrap_or(""), files: Vec::new(), command: "", expected: "" };
    for part in parts {
        let (name, body) = part.split_once('\n').unwrap_or((part, ""));
        match name.strip_prefix(COMMAND) {
            Some(line) => (scenario.command, scenario.expected) = (line, body),
            None => scenario.files.push((name, body)),
        }
    }
    if scenario.command.is_empty() { Err(format!("no line “=== {COMMAND}…”").into()) } else { Ok(scenario) }
}

fn play(path: &Path, bless: bool) -> Result<(), Failed> {
    let text = fs::read_to_string(path)?;
    let scenario = parse(&text)?;
    let portal = Portal::base();
    for (file, body) in &scenario.files {
        portal.write(file, body);
    }
    let found = portal.run(scenario.command);
    if found == scenario.expected {
        return Ok(());
    }
    if !bless {
        return Err(format!("--- expected\n{}--- found\n{found}", scenario.expected).into());
    }
    let mut out = scenario.head.to_owned();
    for (file, body) in &scenario.files {
        write!(out, "=== {file}\n{body}")?;
    }
    write!(out, "=== {COMMAND}{}\n{found}", scenario.command)?;
    Ok(fs::write(path, out)?)
}

fn main() -> ExitCode {
    let folder = tools::repository().join("tests/scenarios");
    let entries = fs::read_dir(&folder).expect("the folder of scenarios").flatten();
    let mut paths: Vec<PathBuf> =
        entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    assert!(paths.len() > 40, "scenarios are missing in {}", folder.display());
    let bless = std::env::var_os("SALA_BLESS").is_some();
    let trial = |path: PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(name, move || play(&path, bless))
    };
    libtest_mimic::run(&Arguments::from_args(), paths.into_iter().map(trial).collect()).exit_code()
}
