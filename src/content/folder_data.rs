//! Files with which other programs give keys to all pages of a folder (Quarto, Eleventy, Lume, MkDocs, Hugo, Jekyll, Docusaurus): where
//! such a key holds the pages back, they are held back here too.

use super::files::Reader;
use super::front_matter::{Format, parse, split};
use super::guarded::hold_back_all;
use super::last_load::Parsed;
use super::raw::{Data, Key, Node, Scalar};
use super::words::boolean;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::{Entry, SourceFile, Span, Visibility};
use crate::text::pattern::constant;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

/// Names of such files; `*` stands for the name of the folder.
const NAMES: [&str; 21] = [
    "_metadata.yml",
    "_metadata.yaml",
    ".meta.yml",
    ".meta.yaml",
    "_data.yml",
    "_data.yaml",
    "_data.json",
    "_data.js",
    "_data.ts",
    "*.json",
    "*.11tydata.json",
    "*.11tydata.js",
    "*.11tydata.cjs",
    "*.11tydata.mjs",
    "*.11tydata.ts",
    "_config.yml",
    "_config.yaml",
    "_category_.json",
    "_category_.yml",
    "_category_.yaml",
    "_index.html",
];
/// A key and its value in a file that is a program, or that is not what its ending says.
static PAIR: LazyLock<Regex> = LazyLock::new(|| constant(r#"["']?([\w-]+)["']?[ \t]*[:=][ \t]*["']?([^"'\n,{}]+)"#));

/// Holds back the entries below folders whose data says so, and tells each such folder.
pub(super) fn hold_back(reader: &Reader<'_>, read: &mut [Parsed], found: &mut Vec<Diagnostic>) {
    let mut held: BTreeMap<String, Diagnostic> = BTreeMap::new();
    let folders: BTreeSet<String> = read.iter().flat_map(|file| above(&file.source.path)).map(str::to_owned).collect();
    for folder in &folders {
        let own = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        for path in NAMES.map(|name| format!("{folder}{}", name.replace('*', own))) {
            read_data(reader, &path, folder, &mut held);
        }
    }
    // Eleventy: data of one page.
    for file in read.iter() {
        let path = &file.source.path;
        let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
        for end in ["json", "11tydata.json", "11tydata.js", "11tydata.cjs", "11tydata.mjs", "11tydata.ts"] {
            read_data(reader, &format!("{stem}.{end}"), path, &mut held);
        }
    }
    for file in read.iter().filter(|file| is_index(&file.source.path) && file.source.text.contains("cascade")) {
        let folder = above(&file.source.path).next().unwrap_or_default();
        if cascades(&file.source) {
            held.entry(folder.to_owned()).or_insert_with(|| told(&file.source, folder));
        }
    }
    // A section of Zola that is a draft keeps its pages from the site.
    let drafts = read.iter().filter(|file| file.entry.as_ref().is_some_and(|entry| entry.draft));
    for file in drafts.filter(|file| file.source.path.rsplit('/').next().is_some_and(|name| name == "_index.md")) {
        let folder = above(&file.source.path).next().unwrap_or_default();
        held.entry(folder.to_owned()).or_insert_with(|| told(&file.source, folder));
    }
    if held.is_empty() {
        return;
    }
    let mut used = BTreeSet::new();
    for file in read {
        // A draft is held back already.
        if file.entry.as_ref().is_some_and(|entry| entry.draft) {
            continue;
        }
        let path = &*file.source.path;
        // A link is judged by the place that it leads to as well.
        let real = reader.true_path(path).unwrap_or_else(|| path.to_owned());
        let places = [path, &*real].into_iter().chain(above(path)).chain(above(&real));
        let Some(folder) = places.into_iter().find(|place| held.contains_key(*place)) else { continue };
        used.insert(folder.to_owned());
        if let Some(entry) = file.entry.as_mut().filter(|entry| !says_itself(entry)) {
            entry.visibility = Visibility::Internal;
        }
    }
    found.extend(held.into_iter().filter(|(folder, _)| used.contains(folder)).map(|(_, told)| told));
}

/// Adds what a file of data says of a folder or a page, where there is such a file.
fn read_data(reader: &Reader<'_>, data: &str, place: &str, held: &mut BTreeMap<String, Diagnostic>) {
    if !reader.root.join(data).symlink_metadata().is_ok_and(|file| !file.is_dir()) {
        return;
    }
    let mut unread = Vec::new();
    if let Some(source) = reader.text(data, &mut unread) {
        for place in pages_of(place, &source) {
            let found = told(&source, &place);
            held.entry(place).or_insert(found);
        }
    }
    // What cannot be read may hold the pages back.
    for found in unread {
        held.entry(place.to_owned()).or_insert(found);
    }
}

/// The folders that a file lies in, the nearest first, each with `/` at its end.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..=at])
}

/// Whether an entry says itself whether it is published.
fn says_itself(entry: &Entry) -> bool {
    entry.keys.iter().any(|(key, _)| key == "visibility")
}

fn is_index(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("_index.") || name.starts_with("index.")
}

/// Whether the page of a folder hands on a key to the pages below it that holds them back.
fn cascades(source: &SourceFile) -> bool {
    let Ok(Some((format, front, base))) = split(&source.text).map(|parts| parts.front) else { return false };
    let node = parse(format, front, base).ok();
    node.and_then(|node| node.get("cascade").map(hold_back_all)).unwrap_or(false)
}

/// Whether the page of a folder is a draft.
fn is_draft(source: &SourceFile) -> bool {
    let Ok(Some((format, front, base))) = split(&source.text).map(|parts| parts.front) else { return false };
    let node = parse(format, front, base).ok();
    node.and_then(|node| node.get("draft").and_then(Node::text).and_then(boolean)).unwrap_or(false)
}

/// The folders whose pages a file of data holds back.
fn pages_of(folder: &str, source: &SourceFile) -> Vec<String> {
    let is_program =
        ["js", "cjs", "mjs", "ts"].iter().any(|e| Path::new(&source.path).extension().is_some_and(|x| x == *e));
    let node = if is_program { None } else { parse(Format::Yaml, &source.text, 0).ok() };
    // Hugo reads keys of a section from its page in HTML too.
    if source.path.ends_with(".html") {
        return if cascades(source) || is_draft(source) { vec![folder.to_owned()] } else { Vec::new() };
    }
    if ["/_config.yml", "/_config.yaml"].iter().any(|name| source.path.ends_with(name)) {
        return node.iter().filter_map(|node| node.get("defaults")).flat_map(|d| scopes(folder, d)).collect();
    }
    let holds = match &node {
        Some(node) => hold_back_all(node),
        // A list is data of something else.
        None if source.text.trim_start().starts_with('[') => false,
        None => PAIR.captures_iter(&source.text).any(|pair| {
            let span = Span::default();
            let text = pair[2].trim().trim_end_matches(';').to_owned();
            let key = Key { name: pair[1].to_owned(), span };
            let value = Node { span, data: Data::Scalar(text, Scalar::Plain) };
            hold_back_all(&Node { span, data: Data::Map(vec![(key, value)]) })
        }),
    };
    if holds { vec![folder.to_owned()] } else { Vec::new() }
}

/// The folders of Jekyll's `defaults`, each with a `scope` and `values`, that are held back.
fn scopes(folder: &str, defaults: &Node) -> Vec<String> {
    let Data::List(items) = &defaults.data else { return Vec::new() };
    let held = items.iter().filter(|item| item.get("values").is_some_and(hold_back_all));
    held.map(|item| {
        let path = item.get("scope").and_then(|scope| scope.get("path")).and_then(Node::text).unwrap_or("");
        // What a pattern names is held back from its first `*` on: more than it says.
        let path = path.trim_start_matches("./").split('*').next().unwrap_or("").trim_matches('/');
        match path {
            "" => folder.to_owned(),
            page if Path::new(page).extension().is_some() => format!("{folder}{page}"),
            path => format!("{folder}{path}/"),
        }
    })
    .collect()
}

fn told(source: &SourceFile, folder: &str) -> Diagnostic {
    let folder = folder.strip_prefix("content/").filter(|rest| !rest.is_empty()).unwrap_or(folder);
    let (th, en) = (
        format!("ไฟล์นี้ซ่อนหน้าใน {folder} ในโปรแกรมอื่น จึงไม่เผยแพร่หน้าเหล่านั้น"),
        format!("in another program this file holds back the pages in {folder}: they are not published"),
    );
    Diagnostic::at(Code::BadVisibility, source, Span::default(), th, en).severity(Severity::Warning).hint(
        "หน้าที่เผยแพร่ได้ ให้เขียน visibility = \"public\" ในส่วนหัว",
        "write visibility = \"public\" in the front matter of what may be published",
    )
}
