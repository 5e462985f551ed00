//! Documentation does not rot: relative links lead to files, commands named exist, views are documented.

use crate::tools::{repository, sala};
use sala::internals::markdown::{Dest, classify, scan};
use std::fs;

/// The documents beside the program and those of `docs`, with their paths.
fn documents() -> Vec<(std::path::PathBuf, String)> {
    let beside =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "tests/data/search/thai-pud/README.md"];
    let mut paths: Vec<_> = beside.iter().map(|path| repository().join(path)).collect();
    let docs = walkdir::WalkDir::new(repository().join("docs")).sort_by_file_name();
    paths
        .extend(docs.into_iter().flatten().map(|e| e.into_path()).filter(|p| p.extension().is_some_and(|e| e == "md")));
    paths.into_iter().map(|p| (p.clone(), fs::read_to_string(&p).unwrap())).collect()
}

#[test]
fn links_of_documents_lead_to_files() {
    let mut dead = Vec::new();
    for (path, text) in documents() {
        for link in scan(&text).links {
            if let Dest::Relative(target) = classify(&link.dest) {
                let target = target.split('#').next().unwrap_or("").to_string();
                if !target.is_empty() && !path.parent().unwrap().join(&target).exists() {
                    dead.push(format!("{}: {target}", path.display()));
                }
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn commands_named_in_documents_exist() {
    let help = sala().arg("--help").output().unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let mut count = 0;
    for (path, text) in documents() {
        for named in text.split("`sala ").skip(1) {
            let command = named.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or("");
            let exists = help.lines().any(|l| l.split_whitespace().next() == Some(command));
            assert!(command.is_empty() || exists, "{}: `sala {command}` is not a command", path.display());
            count += 1;
        }
    }
    assert!(count > 20, "{count} commands are named");
}

#[test]
fn every_view_is_documented() {
    let text = fs::read_to_string(repository().join("docs/figures-in-prose.md")).unwrap();
    for view in sala::internals::views::VIEWS {
        assert!(text.contains(&format!("`{view}`")), "view {view} is not in docs/figures-in-prose.md");
    }
}

/// `docs/dependencies.md` has a row for each crate of `Cargo.toml`, in the order of the alphabet, and no other.
#[test]
fn dependencies_are_explained() {
    let manifest: toml::Table = fs::read_to_string(repository().join("Cargo.toml")).unwrap().parse().unwrap();
    let targets = manifest["target"].as_table().unwrap().values().filter_map(|t| t.as_table());
    let tables = std::iter::once(&manifest).chain(targets);
    let named = tables.flat_map(|table| {
        let groups = ["dependencies", "dev-dependencies", "build-dependencies"];
        groups.into_iter().filter_map(|name| table.get(name)?.as_table()).flat_map(|group| group.keys().cloned())
    });
    let mut named: Vec<String> = named.collect();
    named.sort();
    let text = fs::read_to_string(repository().join("docs/dependencies.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(rows.collect::<Vec<_>>(), named);
}
