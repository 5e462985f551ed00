//! The default theme: interface texts are complete in both languages, every text and icon that a
//! template names exists, and the style sheets name only files that are there.

use std::collections::BTreeMap;
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
    }
}

#[test]
fn style_sheets_name_files_that_exist() {
    for sheet in ["main.css", "print.css"] {
        let text = fs::read_to_string(theme().join("static/css").join(sheet)).expect("style sheet");
        for file in named(&text, "url(\"") {
            assert!(theme().join("static/css").join(file).is_file(), "{sheet}: no file {file}");
        }
    }
}
