//! The modules of `src` stand in one line, each may use only those before it, and no two files use each other.
//!
//! The line is the table in `docs/architecture.md`.

mod imports;

use imports::{Arrow, arrows, sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The modules in their order: first cells of the table under "The line".
fn line() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).expect("docs/architecture.md");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `src/"));
    rows.filter_map(|row| row.split('`').next()).map(|name| name.trim_end_matches(".rs").to_string()).collect()
}

/// The top module of a file.
fn top(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// Arrows that run against the line.
fn against(line: &[String], arrows: &BTreeSet<Arrow>) -> Vec<String> {
    let place = |file: &str| line.iter().position(|name| name == top(file));
    let back = arrows.iter().filter(|a| top(&a.from) != top(&a.to) && top(&a.from) != "lib" && top(&a.from) != "main");
    back.filter(|a| match (place(&a.from), place(&a.to)) {
        (Some(from), Some(to)) => from < to,
        _ => true,
    })
    .map(|a| format!("{} uses {} of {}", a.from, a.path, a.to))
    .collect()
}

/// The files that can be reached from each other, one group a circle.
fn circles(arrows: &BTreeSet<Arrow>) -> Vec<Vec<String>> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for arrow in arrows {
        next.entry(&arrow.from).or_default().insert(&arrow.to);
    }
    let reach = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            for to in next.get(file).into_iter().flatten() {
                if seen.insert(*to) {
                    open.push(to);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|file| (*file, reach(file))).collect();
    let mut circles = BTreeSet::new();
    for (file, to) in &reached {
        if to.contains(file) {
            let with = |other: &&str| reached.get(other).is_some_and(|back| back.contains(file));
            circles.insert(to.iter().copied().filter(with).map(str::to_string).collect::<Vec<_>>());
        }
    }
    circles.into_iter().collect()
}

#[test]
fn modules_use_only_those_before_them() {
    let line = line();
    let sources = sources(&root().join("src"));
    let tops: BTreeSet<&str> = sources.keys().map(|f| top(f)).filter(|t| *t != "lib" && *t != "main").collect();
    let named: BTreeSet<&str> = line.iter().map(String::as_str).collect();
    assert_eq!(tops, named, "docs/architecture.md names other modules than src has");
    let against = against(&line, &arrows(&sources));
    assert!(against.is_empty(), "{} imports run back:\n{}", against.len(), against.join("\n"));
}

#[test]
fn no_two_files_use_each_other() {
    let arrows = arrows(&sources(&root().join("src")));
    let circles = circles(&arrows);
    let inside = |circle: &Vec<String>| {
        let has = |file: &String| circle.contains(file);
        let rows = arrows.iter().filter(|a| has(&a.from) && has(&a.to));
        rows.map(|a| format!("  {} -> {} ({})", a.from, a.to, a.path)).collect::<Vec<_>>().join("\n")
    };
    let rows: Vec<String> = circles.iter().map(inside).collect();
    assert!(circles.is_empty(), "{} circles:\n{}", circles.len(), rows.join("\n--\n"));
}

/// The table of crates that one module alone knows: crate → module.
fn crates_of_one_module() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).expect("docs/architecture.md");
    let rows = text.lines().skip_while(|line| *line != "| crate | known to |").skip(2);
    let mut table = BTreeMap::new();
    for row in rows.take_while(|line| line.starts_with('|')) {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let (crates, module) = (cells.next().expect("crates"), cells.next().expect("a module"));
        for name in crates.split(", ") {
            table.insert(name.trim_matches('`').to_string(), module.trim_matches('`').to_string());
        }
    }
    table
}

/// Files that name a crate which belongs to another module.
fn strangers(table: &BTreeMap<String, String>, sources: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for (file, text) in sources {
        for name in imports::names(text) {
            if table.get(&name).is_some_and(|module| module != top(file)) {
                found.push(format!("{file} uses {name}"));
            }
        }
    }
    found
}

#[test]
fn some_crates_are_known_to_one_module() {
    let table = crates_of_one_module();
    assert!(table.len() > 15, "the table is in docs/architecture.md");
    let sources = sources(&root().join("src"));
    for (name, module) in &table {
        let mut files = sources.iter().filter(|(file, _)| top(file) == module);
        assert!(files.any(|(_, text)| imports::names(text).contains(name)), "{module} does not use {name}");
    }
    assert_eq!(strangers(&table, &sources), Vec::<String>::new());
    let planted = BTreeMap::from([("site/mod.rs".to_string(), "#[derive(Debug, clap::Args)] struct A;".to_string())]);
    assert_eq!(strangers(&table, &planted), ["site/mod.rs uses clap"]);
}

/// Modules that read and write files; `api` is the library's door, and its tests make portals.
const WITH_FILES: [&str; 7] = ["api", "authoring", "cache", "cli", "content", "output", "preview"];

#[test]
fn files_are_touched_by_few_modules() {
    let names_fs = |text: &str| imports::names(text).contains("fs");
    let sources = sources(&root().join("src"));
    let with = sources.iter().filter(|(_, text)| names_fs(text)).map(|(file, _)| top(file)).collect::<BTreeSet<_>>();
    assert_eq!(with.into_iter().collect::<Vec<_>>(), WITH_FILES);
    assert!(names_fs("fn f() { std::fs::read(\"a\"); }") && !names_fs("fn f() { files() }"));
}

/// The library shows what `src/lib.rs` names: no module but the one for tests can be reached from outside.
#[test]
fn modules_are_private() {
    let text = std::fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let tree = syn::parse_file(&text).expect("Rust");
    let modules = tree.items.iter().filter_map(|item| if let syn::Item::Mod(item) = item { Some(item) } else { None });
    let open: Vec<String> =
        modules.filter(|m| !matches!(m.vis, syn::Visibility::Inherited)).map(|m| m.ident.to_string()).collect();
    assert_eq!(open, ["internals"]);
}

/// The proof of the tests of imports: planted imports, each in another dress, are seen.
#[test]
fn planted_imports_are_seen() {
    let plant = |text: &str| {
        let mut files = BTreeMap::new();
        files.insert("lib.rs".to_string(), "pub mod first; pub mod second;".to_string());
        files.insert("second/mod.rs".to_string(), "mod deep; pub use deep::Thing; pub use deep as alias;".to_string());
        files.insert("second/deep.rs".to_string(), "pub struct Thing; pub fn make() {} use crate::first;".to_string());
        files.insert("first.rs".to_string(), text.to_string());
        arrows(&files)
    };
    let line = ["first".to_string(), "second".to_string()];
    for text in [
        "use crate::second::Thing;",
        "use crate::second; fn f() { second::alias::make() }",
        "fn f() -> Option<crate::second::Thing> { None }",
        "fn f() { println!(\"{:?}\", crate::second::alias::make()) }",
        "struct S { #[arg(value_parser = crate::second::deep::make)] s: u8 }",
        "mod inner { use super::super::second::*; fn f(_: Thing) {} }",
        "use crate::{second::{self as other}}; type T = other::Thing;",
    ] {
        let found = against(&line, &plant(text));
        assert!(!found.is_empty(), "not seen: {text}");
    }
    assert!(against(&line, &plant("use std::fmt; fn f() {}")).is_empty());
    let mut files = BTreeMap::new();
    files.insert("a/mod.rs".to_string(), "mod b; pub fn base() { b::leaf() }".to_string());
    files.insert("a/b.rs".to_string(), "pub fn leaf() { super::base() }".to_string());
    assert_eq!(circles(&arrows(&files)), [["a/b.rs".to_string(), "a/mod.rs".to_string()]]);
    // A function that is called by the name of its module.
    files.insert("a/mod.rs".to_string(), "mod b; mod scan; pub use scan::scan;".to_string());
    files.insert("a/b.rs".to_string(), "pub fn leaf() { super::scan() }".to_string());
    files.insert("a/scan.rs".to_string(), "pub fn scan() { super::b::leaf() }".to_string());
    assert_eq!(circles(&arrows(&files)), [["a/b.rs".to_string(), "a/scan.rs".to_string()]]);
}
