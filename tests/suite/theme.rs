//! The default theme: interface texts are complete in both languages, every text and icon that a
//! template names exists, and the style sheets name only files that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn theme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default")
}

fn words(lang: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(theme().join(format!("i18n/{lang}.toml"))).expect("interface texts");
    toml::from_str(&text).expect("flat texts")
}

fn templates() -> Vec<(String, String)> {
    walkdir::WalkDir::new(theme().join("templates"))
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(|e| (e.path().display().to_string(), fs::read_to_string(e.path()).expect("template")))
        .collect()
}

/// All text that may name a word or a class: templates, scripts and the program.
fn sources() -> String {
    let folders = [theme().join("templates"), theme().join("static"), theme().join("../../src")];
    let files = folders.iter().flat_map(walkdir::WalkDir::new).filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    let texts = files.filter(|path| path.extension().is_some_and(|e| e == "html" || e == "js" || e == "rs"));
    texts.map(|path| fs::read_to_string(path).expect("text")).collect()
}

fn style_sheets() -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(theme().join("static")).into_iter().filter_map(Result::ok);
    let sheets = files.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "css"));
    sheets.collect()
}

/// Every text between `before` and the next quote.
fn named<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn interface_texts_exist_in_both_languages() {
    let (th, en) = (words("th"), words("en"));
    let keys = |w: &BTreeMap<String, String>| w.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&th), keys(&en));
    for (key, text) in th.iter().chain(&en) {
        assert!(!text.trim().is_empty(), "{key} is empty");
    }
    for key in th.keys() {
        let holes = |text: &str| [text.matches("{n}").count(), text.matches("{total}").count()];
        assert_eq!(holes(&th[key]), holes(&en[key]), "{key} has other places to fill in");
    }
}

#[test]
fn templates_name_texts_and_icons_that_exist() {
    let th = words("th");
    for (file, text) in templates() {
        for key in named(&text, "t[\"") {
            assert!(th.contains_key(key) || key.ends_with('.'), "{file}: no text {key}");
        }
        for icon in named(&text, "icon(name=\"") {
            assert!(theme().join(format!("icons/{icon}.svg")).is_file(), "{file}: no icon {icon}");
        }
        assert!(!text.contains(" style=\""), "{file}: a style attribute, which the policy of the page forbids");
        let long = text.lines().find(|line| line.chars().count() > 120);
        assert_eq!(long, None, "{file}: more than 120 characters in a line");
    }
}

#[test]
fn every_interface_text_is_shown_somewhere() {
    let sources = sources();
    // `t["aar." ~ f.id]` shows all texts of that name.
    let families = named(&sources, "t[\"").into_iter().filter(|name| name.ends_with('.')).collect::<Vec<_>>();
    let unused = |key: &&String| {
        !sources.contains(&format!("\"{key}\"")) && !families.iter().any(|family| key.starts_with(family))
    };
    let keys = words("th");
    assert_eq!(keys.keys().filter(unused).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_class_of_a_style_sheet_is_given_somewhere() {
    let sources = sources();
    let names: BTreeSet<&str> = sources.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').collect();
    let css = style_sheets().into_iter().map(|sheet| fs::read_to_string(sheet).expect("style sheet"));
    let class = regex::Regex::new(r"\.(-?[a-zA-Z][\w-]*)").expect("pattern");
    let mut unused = BTreeSet::new();
    for text in css {
        let selectors = text.lines().filter(|line| line.ends_with('{') || line.ends_with(','));
        for name in selectors.flat_map(|line| class.captures_iter(line)) {
            let name = name[1].to_owned();
            // `box-{% if … %}tall` and `s{}`: a class may be put together.
            let built = (1..name.len())
                .any(|at| ["\"", " "].iter().any(|before| sources.contains(&format!("{before}{}{{", &name[..at]))));
            if !names.contains(name.as_str()) && !built {
                unused.insert(name);
            }
        }
    }
    assert_eq!(unused, BTreeSet::new());
}

#[test]
fn style_sheets_name_files_that_exist() {
    for sheet in style_sheets() {
        let text = fs::read_to_string(&sheet).expect("style sheet");
        for file in named(&text, "url(\"").into_iter().chain(named(&text, "@import \"")) {
            assert!(sheet.with_file_name("").join(file).is_file(), "{}: no file {file}", sheet.display());
        }
    }
}
