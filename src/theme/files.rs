//! A theme: templates, static files, icons, interface texts and settings. Made from files that the
//! caller read; files added later replace earlier ones, words and settings one by one.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;

use super::words::Words;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Label, Lang};

/// Bytes of a theme file; the built-in theme is borrowed from the program.
pub(crate) type Bytes = Cow<'static, [u8]>;

/// A template with the file it came from, for messages.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// Tera source.
    pub text: String,
    /// File to name in diagnostics.
    pub file: String,
}

/// `theme.toml`: what the engine must know about a theme.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether scripts and style sheets are published without comments and needless spaces.
    pub minify: bool,
    /// The home page's chooser.
    pub chooser: Chooser,
    /// Kinds that feed the home page.
    pub front: Front,
}

/// The chooser on the home page: kinds and the facets offered.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Chooser {
    /// Kind ids: the choices are those of the first, the others are counted beside it.
    pub kinds: Vec<String>,
    /// Facet fields in order.
    pub fields: Vec<String>,
}

/// A number beside the featured entry on the home page.
#[derive(Debug, Clone, Deserialize)]
pub struct Figure {
    /// What is counted.
    pub label: Label,
    /// What counts: `kind?field=value` or `kind/table?…`; `@field` stands for the featured entry's own values.
    pub count: String,
}

/// Kinds shown on the home page; absent kinds are skipped.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Front {
    /// Kind of the newest entries.
    pub newest: String,
    /// Kind whose newest entry is featured.
    pub featured: String,
    /// Kind of news.
    pub news: String,
    /// Numbers beside the featured entry.
    pub figures: Vec<Figure>,
    /// Named figures (`content/_schema/figures`) after the news.
    pub overview: Vec<String>,
}

/// Everything a theme consists of.
#[derive(Debug, Default)]
pub struct Theme {
    /// Templates by name (`base.html`, `kinds/lesson.html`).
    pub templates: BTreeMap<String, TemplateFile>,
    /// Templates that a later one replaced, by theme and name (`default/entry.html`): that one may extend them.
    replaced: BTreeMap<String, TemplateFile>,
    /// Texts of icons, settings and templates of handouts, by file.
    others: BTreeMap<String, String>,
    /// Static files by path, published under hashed names.
    pub assets: BTreeMap<String, Bytes>,
    /// Paths of those static files in whose place the portal has put its own.
    pub own: BTreeSet<String>,
    /// Files of the portal published at the root as they are.
    pub root_files: BTreeMap<String, Bytes>,
    /// Inline SVG by name.
    pub icons: BTreeMap<String, String>,
    /// Interface texts by language and key.
    pub words: Arc<Words>,
    /// Settings.
    pub settings: Settings,
    /// `theme.toml` of all themes, the later keys in place of the earlier.
    table: toml::Table,
}

impl Theme {
    /// Texts that the theme brings to pages and paper, by their files: templates of both, icons, settings.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let templates = self.templates.values().chain(self.replaced.values());
        templates
            .map(|t| (t.file.as_str(), t.text.as_str()))
            .chain(self.others.iter().map(|(f, t)| (f.as_str(), t.as_str())))
    }

    /// Adds one file; later files replace earlier ones. `path` is relative to the theme's folder
    /// (`templates/base.html`, `static/css/main.css`, `icons/sala.svg`, `i18n/th.toml`,
    /// `theme.toml`), `file` is named in diagnostics.
    pub fn add(&mut self, path: &str, file: &str, bytes: Bytes, diagnostics: &mut Vec<Diagnostic>) {
        if let Some(path) = path.strip_prefix("static/") {
            self.assets.insert(path.to_owned(), bytes);
            return;
        }
        let part = path.split('/').next().unwrap_or("");
        let on_paper = part == "handout" && path.ends_with(".typ");
        if !on_paper && !matches!(part, "templates" | "icons" | "i18n" | "theme.toml") {
            return;
        }
        let Ok(text) = String::from_utf8(bytes.into_owned()) else {
            let (th, en) = ("ไฟล์ของธีมไม่ใช่ UTF-8", "a file of the theme is not UTF-8");
            diagnostics.push(Diagnostic::new(Code::NotUtf8, file, th, en));
            return;
        };
        if on_paper || matches!(part, "icons" | "theme.toml") {
            self.others.insert(file.to_owned(), text.clone());
        }
        match part {
            "handout" => {}
            "templates" => {
                let name = path["templates/".len()..].to_owned();
                if let Some(old) = self.templates.insert(name.clone(), TemplateFile { text, file: file.to_owned() }) {
                    let theme = old.file.strip_prefix("themes/").and_then(|rest| rest.split('/').next());
                    if let Some(theme) = theme.filter(|_| old.file != file) {
                        self.replaced.insert(format!("{theme}/{name}"), old);
                    }
                }
            }
            "icons" => {
                if let Some(name) = path.strip_prefix("icons/").and_then(|n| n.strip_suffix(".svg")) {
                    self.icons.insert(name.to_owned(), text.trim().to_owned());
                }
            }
            "i18n" => match toml::from_str::<BTreeMap<String, String>>(&text) {
                Ok(words) => {
                    let lang = path["i18n/".len()..].strip_suffix(".toml").and_then(Lang::parse);
                    if let Some(lang) = lang {
                        Arc::make_mut(&mut self.words).add(lang, words);
                    }
                }
                Err(error) => diagnostics.push(bad_toml(file, &error)),
            },
            _ => match toml::from_str::<toml::Table>(&text) {
                Ok(table) => {
                    merge(&mut self.table, table);
                    match self.table.clone().try_into() {
                        Ok(settings) => self.settings = settings,
                        Err(error) => diagnostics.push(bad_toml(file, &error)),
                    }
                }
                Err(error) => diagnostics.push(bad_toml(file, &error)),
            },
        }
    }

    /// Keeps those replaced templates that another template names: called when all files are added.
    pub fn settle(&mut self) {
        for (name, old) in std::mem::take(&mut self.replaced) {
            let quoted = format!("\"{name}\"");
            if self.templates.values().any(|template| template.text.contains(&quoted)) {
                self.templates.insert(name, old);
            }
        }
    }
}

/// Puts the keys of one table over those of another; tables within tables likewise.
fn merge(into: &mut toml::Table, from: toml::Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) => merge(old, new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

fn bad_toml(file: &str, error: &toml::de::Error) -> Diagnostic {
    let message = error.message();
    Diagnostic::new(
        Code::TemplateError,
        file,
        format!("ไฟล์ของธีมไม่ใช่ TOML ที่ถูกต้อง: {message}"),
        format!("a file of the theme is not valid TOML: {message}"),
    )
}
