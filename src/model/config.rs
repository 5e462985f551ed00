//! Settings of `portal.toml`.

use super::entry::Allowance;
use super::lang::{Label, Lang};
use crate::text::era::BE_OFFSET;
use crate::text::locale::Calendar;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The settings of a portal.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the portal.
    pub title: Label,
    /// A line under the name.
    #[serde(default)]
    pub subtitle: Label,
    /// One or two sentences for search engines and feeds.
    #[serde(default)]
    pub description: Label,
    /// Absolute address of the site's root, `https://…/`; empty: no absolute addresses are written.
    #[serde(default)]
    pub base_url: String,
    /// Languages of the site by BCP 47 tag; the first is the main one; Thai alone where none are given.
    #[serde(default)]
    pub languages: Vec<Lang>,
    /// Calendars of languages that are not to have their usual one: Buddhist for Thai, Gregorian for all others.
    #[serde(default)]
    pub calendars: BTreeMap<Lang, Calendar>,
    /// Folder under `themes/`.
    #[serde(default)]
    pub theme: String,
    /// Order and names of plain pages; pages that it does not name follow.
    #[serde(default)]
    pub nav: Vec<NavItem>,
    /// Who publishes.
    #[serde(default)]
    pub publisher: Label,
    /// Contact unit, shown in the foot.
    #[serde(default)]
    pub contact: Label,
    /// Licence of the content, e.g. `CC BY 4.0`.
    #[serde(default)]
    pub licence: String,
    /// Address of the licence.
    #[serde(default)]
    pub licence_url: String,
    /// Day of the content, `2566-08-15`; `SOURCE_DATE_EPOCH` overrides it; absent: the newest `published` or `updated`.
    #[serde(default)]
    pub date: Option<String>,
    /// Offline copy by a service worker.
    #[serde(default)]
    pub offline: Offline,
    /// Search.
    #[serde(default)]
    pub search: SearchSettings,
    /// What becomes of pages with errors.
    #[serde(default)]
    pub build: BuildSettings,
    /// Where readers answer.
    #[serde(default)]
    pub answer: Answer,
    /// Files that pages name.
    #[serde(default)]
    pub files: Files,
    /// Sample pages.
    #[serde(default)]
    pub samples: Samples,
    /// When what has no day of its own is due.
    #[serde(default)]
    pub due: Due,
    /// The open data, as catalogues of data ask about it.
    #[serde(default)]
    pub catalog: Catalog,
    /// Limits on what is read and printed.
    #[serde(default)]
    pub limits: Limits,
    /// Why what looks like personal data outside of pages may be published: in settings, schema, words, templates, `static/`.
    #[serde(default)]
    pub allow_personal: Option<Allowance>,
    /// What the site is a part for, where a bundle holds a part only; never read from the file.
    #[serde(skip)]
    pub part: Label,
}

/// A line of `nav`: the path of a page below `content/`, or a name with a page, pages under it, or both.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum NavItem {
    /// `"guide/start.md"`.
    Page(String),
    /// `{ title = "Guide", page = "guide/index.md", pages = [ … ] }`.
    Named {
        /// Name in navigation; empty: that of the page.
        #[serde(default)]
        title: String,
        /// Path of the page.
        #[serde(default)]
        page: Option<String>,
        /// What stands under it.
        #[serde(default)]
        pages: Vec<NavItem>,
    },
}

/// `[offline]`: the service worker of the hosted site.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offline {
    /// Write a service worker.
    #[serde(default)]
    pub enabled: bool,
    /// Withdraw an earlier service worker: clears its caches and unregisters it.
    #[serde(default)]
    pub withdraw: bool,
    /// Greatest size of the page cache in megabytes.
    #[serde(default)]
    pub max_megabytes: Option<u32>,
}

/// `[search]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchSettings {
    /// Build the index and the search page.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Kinds that are not searched.
    #[serde(default)]
    pub exclude_kinds: Vec<String>,
    /// Facets offered on the search page, in order; empty: every facet of the schema.
    #[serde(default)]
    pub facets: Vec<String>,
}

impl Default for SearchSettings {
    fn default() -> Self {
        SearchSettings { enabled: true, exclude_kinds: Vec::new(), facets: Vec::new() }
    }
}

fn yes() -> bool {
    true
}

/// `[build]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuildSettings {
    /// What becomes of the site where a page has an error.
    #[serde(default)]
    pub broken: Broken,
    /// Whether each page has a twin in Markdown beside it (`page.html.md`), for programs that read text.
    #[serde(default)]
    pub markdown: bool,
}

/// What becomes of the site where a page has an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Broken {
    /// Nothing is published until the error is corrected.
    #[default]
    Stop,
    /// The page is held back like a draft; the rest is published.
    Hold,
}

/// `[answer]`: where readers tell the publisher something. Patterns are addresses (`https:` or `mailto:`) in which
/// `{id}`, `{title}`, `{url}` and `{lang}` stand for the page's own values.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// Pattern of a form for remarks on a page.
    pub feedback: String,
    /// Pattern of a form for those who try what a page describes.
    pub tried: String,
    /// Mailbox for both, where a pattern is not given.
    pub mail: String,
}

/// `[files]`: what may be published beside pages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// Endings, without the dot, beyond documents, pictures, sheets, sound, film and archives.
    pub allow: Vec<String>,
}

/// `[samples]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    /// Whether samples are published; without them the site is as if they were not written.
    pub publish: bool,
}

impl Default for Samples {
    fn default() -> Self {
        Samples { publish: true }
    }
}

/// `[due]`: days that no source gives and that the portal decides. Figures that use one say so.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Due {
    /// Month and day of what is due once a year, `09-30`; absent: it has no day.
    pub yearly: Option<String>,
}

/// `[catalog]`: what a catalogue of open data (data.go.th, CKAN) asks about the portal's data, besides what the other
/// settings say. What is empty is left out of `data/catalog.jsonld` and `data/datapackage.json`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Catalog {
    /// Unit that keeps the data; no person.
    pub maintainer: Label,
    /// Mail address of that unit.
    pub mail: String,
    /// What the data was collected for.
    pub objective: Label,
    /// How often it is renewed, in the words of the catalogue, e.g. `ปี`.
    pub frequency: String,
    /// What area it is about, in the words of the catalogue, e.g. `ประเทศ`.
    pub coverage: String,
    /// Where it comes from.
    pub source: Label,
    /// Kind of data, in the words of the catalogue, e.g. `ข้อมูลระเบียน`.
    pub data_type: String,
    /// Class of data, in the words of the catalogue, e.g. `ข้อมูลสาธารณะ`.
    pub category: String,
    /// Words by which it is found.
    pub keywords: Vec<String>,
}

/// `[limits]` on what is read and printed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Greatest size of a Markdown, table or schema file in megabytes.
    pub file_megabytes: u32,
    /// Greatest size of a media file in megabytes.
    pub media_megabytes: u32,
    /// Greatest number of points that a published picture declares, in millions.
    pub picture_megapixels: u32,
    /// Greatest number of entries that tables in `content/_data` make.
    pub table_entries: usize,
    /// Greatest number of rows that one table or list of a handout prints.
    pub printed_rows: usize,
    /// Greatest number of handouts that a build makes.
    pub printed_files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_megabytes: 10,
            media_megabytes: 50,
            picture_megapixels: 100,
            table_entries: 200_000,
            printed_rows: 2_000,
            printed_files: 5_000,
        }
    }
}

impl Config {
    /// Languages of the site, the main one first; Thai alone where none are given.
    pub fn languages(&self) -> Vec<Lang> {
        let mut langs: Vec<Lang> = Vec::with_capacity(self.languages.len().max(1));
        for lang in &self.languages {
            if !langs.contains(lang) {
                langs.push(*lang);
            }
        }
        if langs.is_empty() {
            langs.push(Lang::TH);
        }
        langs
    }

    /// The language of originals; its pages stand at the root of the site.
    pub fn main(&self) -> Lang {
        self.languages.first().copied().unwrap_or_default()
    }

    /// Folder of a language's pages: none for the main language, `en/` for another.
    pub fn folder(&self, lang: Lang) -> String {
        if lang == self.main() { String::new() } else { format!("{}/", lang.code()) }
    }

    /// The calendar that dates and years are shown in.
    pub fn calendar(&self, lang: Lang) -> Calendar {
        let usual = if lang == Lang::TH { Calendar::Buddhist } else { Calendar::Gregorian };
        self.calendars.get(&lang).copied().unwrap_or(usual)
    }

    /// The number of a year of the Buddhist era as it is shown in a language.
    pub fn year_number(&self, lang: Lang, be: i32) -> i32 {
        match self.calendar(lang) {
            Calendar::Buddhist => be,
            Calendar::Gregorian => be.saturating_sub(BE_OFFSET),
        }
    }

    /// Name of the theme's folder.
    pub fn theme_name(&self) -> &str {
        if self.theme.is_empty() { "default" } else { &self.theme }
    }
}
