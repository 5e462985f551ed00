//! What a template sees. Every name in every template comes from this folder and nowhere else.
//!
//! Parts that many pages share (words, kinds, assets, cards) are built once per language and depth
//! of folder and then only pointed to: cloning a template value copies a pointer.

mod block;
mod body;
mod card;
mod display;
mod entry;
mod fields;
mod front;
mod list;
mod matrix;
mod meta;
mod page;
pub(super) mod paging;
mod referrers;
mod shared;
mod value;
mod vocabulary;

pub(super) use meta::absolute;
pub(super) use page::{PageInfo, Version};
pub(super) use shared::has_list;
pub use vocabulary::{BrowseField, BrowseTerm, browse};

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use tera::{Map, Value};

use super::Input;
use super::assets::Assets;
use super::templates::Templates;
use crate::diagnostics::Diagnostic;
use crate::markdown::Protected;
use crate::model::Lang;
use crate::site::{Site, lang_index};

/// Folder depths whose shared part is kept.
const DEPTHS: usize = 6;

/// Where a page is: what relative addresses are made from.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub lang: Lang,
    /// Address in the site, with the language folder.
    pub path: String,
    /// Way to the root: `""`, `"../"`, … or an absolute path for the 404 page.
    pub root: String,
}

impl Place {
    pub fn new(lang: Lang, path: &str) -> Self {
        Place { lang, path: path.to_owned(), root: "../".repeat(path.matches('/').count()) }
    }

    /// Address of a file of the site from here.
    pub fn href(&self, path: &str) -> String {
        let mut out = String::with_capacity(self.root.len() + path.len());
        out.push_str(&self.root);
        out.push_str(path);
        out
    }

    /// Language of a page of the site, where it is not the language of this page; else nothing.
    pub fn other(&self, path: &str) -> Option<&'static str> {
        let english = path.starts_with(Lang::En.folder());
        let lang = if english { Lang::En } else { Lang::Th };
        (lang != self.lang).then(|| lang.code())
    }

    /// Address of a page of this language from here.
    pub fn own(&self, path: &str) -> String {
        format!("{}{}{path}", self.root, self.lang.folder())
    }
}

/// Builds contexts; shared by all threads.
pub(super) struct Context<'a> {
    pub site: &'a Site,
    pub input: &'a Input<'a>,
    pub templates: &'a Templates,
    pub assets: &'a Assets,
    pub sizes: &'a HashMap<String, (u32, u32)>,
    /// Per language, the fields that readers browse by over all kinds.
    browse: [Vec<BrowseField>; 2],
    /// Per kind, whether other kinds belong to it.
    containers: Vec<bool>,
    /// Per entry, its place in the order of its kind.
    ranks: Vec<u32>,
    words: [Value; 2],
    cards: [Vec<OnceLock<Map>>; 2],
    sites: Vec<OnceLock<Value>>,
    absent: [Vec<Vec<Value>>; 2],
    /// Words that no line end may split.
    pub protected: Protected,
    /// Findings made while a body is rendered; locked on errors only.
    found: Mutex<Vec<Diagnostic>>,
}

impl<'a> Context<'a> {
    pub fn new(
        input: &'a Input<'a>,
        templates: &'a Templates,
        assets: &'a Assets,
        sizes: &'a HashMap<String, (u32, u32)>,
    ) -> Self {
        let site = input.site;
        let kinds = site.public.schema.kinds.len();
        let protected = Protected::new(site.public.schema.protected.iter().map(String::as_str));
        let cards = || site.public.entries.iter().map(|_| OnceLock::new()).collect();
        Context {
            site,
            input,
            templates,
            assets,
            sizes,
            browse: Lang::ALL.map(|lang| browse(site, lang)),
            containers: referrers::containers(site),
            ranks: referrers::ranks(site),
            words: Lang::ALL.map(|lang| shared::words(input.theme, lang)),
            cards: [cards(), cards()],
            sites: (0..2 * DEPTHS * (kinds + 1)).map(|_| OnceLock::new()).collect(),
            absent: Lang::ALL.map(|lang| fields::absent(site, lang, &protected)),
            protected,
            found: Mutex::default(),
        }
    }

    /// Keeps a finding for the end of rendering.
    fn report(&self, found: Diagnostic) {
        if let Ok(mut all) = self.found.lock() {
            all.push(found);
        }
    }

    /// The findings made so far.
    pub fn take_diagnostics(&self) -> Vec<Diagnostic> {
        self.found.lock().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default()
    }

    /// Fields to browse by in a language, with their terms over all kinds.
    pub fn browse(&self, lang: Lang) -> &[BrowseField] {
        &self.browse[lang_index(lang)]
    }

    pub fn word(&self, lang: Lang, key: &'a str) -> &'a str {
        self.input.theme.word(lang, key)
    }

    /// A text as safe HTML whose protected words no line end splits.
    pub fn unsplit(&self, text: &str) -> Value {
        value::unsplit(&self.protected, text)
    }

    /// A title or description with the number of its page, from the second page on.
    pub fn numbered(&self, lang: Lang, text: &str, page: usize) -> String {
        if page == 0 {
            return text.to_owned();
        }
        let number = self.word(lang, "list.page").replace("{n}", &(page + 1).to_string());
        format!("{text} ({number})")
    }

    /// The entry as readers of a language get it.
    pub fn in_language(&self, i: usize, lang: Lang) -> usize {
        if self.site.entry(i).lang == lang { i } else { self.site.translation(i, lang).unwrap_or(i) }
    }
}
