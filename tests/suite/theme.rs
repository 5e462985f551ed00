//! The themes of the repository: interface texts are complete in both languages, every text and icon that a template
//! names exists, and the style sheets name only files that are there. A theme extends another.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::Portal;

/// The default theme, and the one of the portal, which extends it.
const THEMES: [&str; 2] = ["default", "networks"];

fn folder(theme: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(theme)
}

fn theme() -> PathBuf {
    folder("default")
}

fn words(theme: &str, lang: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder(theme).join(format!("i18n/{lang}.toml"))).expect("interface texts");
    toml::from_str(&text).expect("flat texts")
}

/// Templates of a theme: file and text.
fn templates(theme: &str) -> Vec<(String, String)> {
    walkdir::WalkDir::new(folder(theme).join("templates"))
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(|e| (e.path().display().to_string(), fs::read_to_string(e.path()).expect("template")))
        .collect()
}

/// All text that may name a word or a class: templates, scripts and the program.
fn sources(themes: &[&str]) -> String {
    let folders = themes.iter().flat_map(|name| ["templates", "static"].map(|part| folder(name).join(part)));
    let folders = folders.chain([theme().join("../../src")]);
    let files = folders.flat_map(walkdir::WalkDir::new).filter_map(Result::ok).map(walkdir::DirEntry::into_path);
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
    for theme in THEMES {
        let (th, en) = (words(theme, "th"), words(theme, "en"));
        // Thai has one form for any number.
        let own = |key: &&String| !key.ends_with(".one");
        let keys = |w: &BTreeMap<String, String>| w.keys().filter(own).cloned().collect::<Vec<_>>();
        assert_eq!(keys(&th), keys(&en));
        for (key, text) in th.iter().chain(&en) {
            assert!(!text.trim().is_empty(), "{key} is empty");
        }
        for key in th.keys() {
            let holes = |text: &str| [text.matches("{n}").count(), text.matches("{total}").count()];
            assert_eq!(holes(&th[key]), holes(&en[key]), "{key} has other places to fill in");
        }
    }
}

#[test]
fn templates_name_texts_and_icons_that_exist() {
    let (mut th, mut icons) = (BTreeMap::new(), Vec::new());
    for name in THEMES {
        th.extend(words(name, "th"));
        icons.push(folder(name).join("icons"));
        for (file, text) in templates(name) {
            for key in named(&text, "t[\"") {
                assert!(th.contains_key(key) || key.ends_with('.'), "{file}: no text {key}");
            }
            for icon in named(&text, "icon(name=\"") {
                // The rest of a name that ends so is that of a kind.
                let whole = !icon.ends_with('-');
                let known = !whole || icons.iter().any(|folder| folder.join(format!("{icon}.svg")).is_file());
                assert!(known, "{file}: no icon {icon}");
            }
            assert!(!text.contains(" style=\""), "{file}: a style attribute, which the policy of the page forbids");
            let long = text.lines().find(|line| line.chars().count() > 120);
            assert_eq!(long, None, "{file}: more than 120 characters in a line");
        }
    }
}

#[test]
fn every_interface_text_is_shown_somewhere() {
    for (at, name) in THEMES.into_iter().enumerate() {
        let sources = sources(&THEMES[..=at]);
        // `t["aar." ~ f.id]` shows all texts of that name.
        let families = named(&sources, "t[\"").into_iter().filter(|name| name.ends_with('.')).collect::<Vec<_>>();
        let unused = |key: &&String| {
            !sources.contains(&format!("\"{key}\"")) && !families.iter().any(|family| key.starts_with(family))
        };
        let keys = words(name, "th");
        assert_eq!(keys.keys().filter(unused).collect::<Vec<_>>(), Vec::<&String>::new());
    }
}

/// A portal with two themes: `b` extends `a`, which extends the default theme.
fn themed() -> Portal {
    Portal::base()
        .file("portal.toml", "title = \"ก\"\ntheme = \"b\"\n")
        .file("content/notes/one.md", "+++\ntitle = \"เรื่องหนึ่ง\"\ngroup = \"small\"\n+++\n## เกิดอะไรขึ้น\n\nเล่า\n")
        .file("themes/a/theme.toml", "[front]\nnews = \"note\"\nnewest = \"none\"\n")
        .file("themes/a/i18n/th.toml", "\"home.news\" = \"ข่าวของเอ\"\n\"home.newest\" = \"ใหม่ของเอ\"\n")
        .file(
            "themes/a/templates/404.html",
            "{% extends \"default/404.html\" %}{% block body_class %} from-a{% endblock %}",
        )
        .file("themes/b/theme.toml", "extends = \"a\"\n[front]\nnewest = \"note\"\n")
        .file("themes/b/i18n/th.toml", "\"home.newest\" = \"ใหม่ของบี\"\n")
}

#[test]
fn a_theme_takes_what_it_leaves_out_from_the_one_that_it_extends() {
    let portal = themed();
    portal.done("build -o out");
    let home = portal.read("out/index.html").expect("home");
    // The word of b, the setting of b; the word of a is not b's.
    assert!(home.contains("ใหม่ของบี") && !home.contains("ใหม่ของเอ"), "{home}");
    portal.write("themes/b/theme.toml", "extends = \"a\"\n");
    portal.done("build -o out");
    assert!(!portal.read("out/index.html").expect("home").contains("ใหม่ของบี"), "no kind is the newest now");
    portal.write("portal.toml", "title = \"ก\"\ntheme = \"b\"\nbase_url = \"https://a.example/\"\n");
    portal.done("build -o out");
    // A template that replaces one of the extended theme may extend it.
    assert!(portal.read("out/404.html").expect("a page").contains("from-a"));
}

#[test]
fn a_line_of_themes_has_an_end_and_known_names() {
    let portal = themed();
    portal.write("themes/a/theme.toml", "extends = \"b\"\n");
    let out = portal.run("check --lang en");
    let built = portal.run("build --lang en -o out");
    assert!(built.contains("theme “b” extends itself") && built.contains("--> themes/a/theme.toml"), "{out}{built}");
    portal.write("themes/a/theme.toml", "extends = \"c\"\n");
    let built = portal.run("build --lang en -o out");
    assert!(built.contains("no theme “c” in themes/") && built.ends_with("exit 1\n"), "{built}");
}

#[test]
fn every_class_of_a_style_sheet_is_given_somewhere() {
    let sources = sources(&THEMES);
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

/// A drawing in the place of the theme's loses what it does not draw; one that cannot be read stops the build.
#[test]
fn pictures_in_the_place_of_the_themes_are_cleaned() {
    let portal = |svg: &str| Portal::new().file("content/a.md", "# ก\n").file("static/icons/favicon.svg", svg);
    let hidden = "<svg xmlns=\"http://www.w3.org/2000/svg\"><defs><text>SECRET</text></defs><path d=\"M1 1\"/></svg>";
    let own = portal(hidden);
    own.done("build");
    for (path, bytes) in crate::fixture::files(&own.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("SECRET"), "{path}");
    }
    let told = portal("SECRET").run("build --lang en");
    assert!(told.contains("error[S511]") && told.contains("static/icons/favicon.svg"), "{told}");
}
