//! Documentation does not rot: relative links lead to files, commands named exist, views are documented.

use crate::fixture::{Portal, copy, files};
use crate::plain_pages::{all_reached, joined};
use crate::tools::{repository, sala};
use sala::internals::markdown::{Dest, classify, scan};
use std::collections::BTreeMap;
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

/// Links of a built site that lead to no file of it.
fn dead_links(site: &BTreeMap<String, String>) -> Vec<String> {
    let href = regex::Regex::new("(?:href|src)=\"([^\"#?]+)").expect("a pattern");
    let mut dead = Vec::new();
    for (page, html) in site.iter().filter(|(path, _)| path.ends_with(".html") && *path != "404.html") {
        for link in href.captures_iter(html).map(|found| found[1].to_owned()) {
            let path = percent_encoding::percent_decode_str(&link).decode_utf8_lossy().into_owned();
            if !path.contains(':') && !path.starts_with("//") && !site.contains_key(&joined(page, &path)) {
                dead.push(format!("{page}: {link}"));
            }
        }
    }
    dead
}

/// Builds a portal that must be without a finding and without a link that leads nowhere.
fn whole(portal: &Portal, folder: &str) -> BTreeMap<String, String> {
    portal.done(&format!("--portal {folder} check --strict --lang en"));
    portal.done(&format!("--portal {folder} build --strict -o {folder}-site"));
    let site = files(&portal.path(&format!("{folder}-site"))).into_iter();
    let site: BTreeMap<String, String> =
        site.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect();
    assert_eq!(dead_links(&site), Vec::<String>::new());
    site
}

/// The documentation is a portal: `docs/portal.toml` over the pages of `docs`, as `.ci/docs` builds it.
#[test]
fn the_documentation_is_a_portal() {
    let portal = Portal::empty();
    copy(&repository().join("docs"), &portal.path("docs/content"));
    fs::rename(portal.path("docs/content/portal.toml"), portal.path("docs/portal.toml")).expect("settings");
    all_reached(&whole(&portal, "docs"));
    let page = portal.read("docs-site/forms.html").expect("a guide");
    assert!(page.contains("<nav class=\"tree\"") && page.contains("rel=\"next\""));
    assert!(portal.read("docs-site/th/tutorial.html").is_some_and(|page| page.contains("lang=\"th\"")));
}

/// The portals of `examples` are without a finding; that of a hospital, in English only, shows no Thai letter.
#[test]
fn examples_are_whole() {
    let portal = Portal::empty();
    copy(&repository().join("examples/knowledge-base"), &portal.path("kb"));
    whole(&portal, "kb");
    let thai = |text: &[u8]| String::from_utf8_lossy(text).chars().any(|c| ('ก'..='๛').contains(&c));
    for (path, bytes) in files(&portal.path("kb-site")) {
        let is_text = [".html", ".json", ".csv", ".xml", ".txt"].iter().any(|ending| path.ends_with(ending));
        assert!(!is_text || !thai(&bytes), "{path} has Thai letters");
    }
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

/// Who reads the first page alone meets every command, and the portal that starts with a programme.
#[test]
fn the_first_page_names_every_command() {
    let help = sala().args(["--lang", "en", "--help"]).output().unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let text = fs::read_to_string(repository().join("README.md")).unwrap();
    let list = help.lines().skip_while(|l| !l.starts_with("Commands:")).skip(1).take_while(|l| l.starts_with("  "));
    let commands: Vec<&str> = list.filter_map(|l| l.split_whitespace().next()).collect();
    assert!(commands.len() > 15, "{help}");
    let unnamed: Vec<&&str> = commands.iter().filter(|c| !text.contains(&format!("sala {c}"))).collect();
    assert!(unnamed.is_empty() && text.contains("--template networks"), "README.md does not name {unnamed:?}");
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
