//! The builder of contexts: what all pages share is made once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use tera::{Map, Value};

use super::browse::{BrowseField, browse};
use super::{once, value};
use crate::diagnostics::Diagnostic;
use crate::html::assets::Assets;
use crate::html::input::Input;
use crate::html::templates::Templates;
use crate::markdown::Protected;
use crate::model::arrangement::Arrangement;
use crate::model::{ByEntry, ByKind, ByLang, EntryId, KindId, Lang};
use crate::site::Site;

/// The letters of a list and where each starts; its pages share them.
type Letters = Arc<[(char, usize)]>;

/// Folder depths whose shared part is cached.
pub(super) const DEPTHS: usize = 6;

/// Builds contexts; shared by all threads.
pub(in crate::html) struct Context<'a> {
    pub site: &'a Site,
    pub input: &'a Input<'a>,
    pub templates: &'a Templates,
    pub assets: &'a Assets,
    pub sizes: &'a HashMap<String, (u32, u32)>,
    /// Per language, the fields that readers browse by over all kinds.
    pub(super) browse: ByLang<Vec<BrowseField>>,
    /// Per kind, whether other kinds belong to it.
    pub(super) containers: ByKind<bool>,
    /// Per kind, what its pages show in which order.
    pub(super) arranged: ByKind<Arrangement>,
    /// Per entry, its place in the order of its kind.
    pub(super) ranks: ByEntry<u32>,
    pub(super) words: ByLang<Value>,
    pub(super) cards: ByLang<ByEntry<OnceLock<Map>>>,
    pub(super) sites: ByLang<Vec<OnceLock<Value>>>,
    /// Per kind and field, the view of a field without a value; made when a page of the kind is.
    absent: ByLang<ByKind<OnceLock<Vec<Value>>>>,
    /// Words that no line end may split.
    pub protected: Protected,
    /// Findings made while a body is rendered; locked on errors only.
    /// Where each letter starts in a long list, by the address of its first page.
    pub(super) letters: Mutex<HashMap<String, Letters>>,
    found: Mutex<Vec<Diagnostic>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        input: &'a Input<'a>,
        templates: &'a Templates,
        assets: &'a Assets,
        sizes: &'a HashMap<String, (u32, u32)>,
    ) -> Self {
        let site = input.site;
        let kinds = site.public.schema.kinds.len();
        let protected = Protected::new(site.whole_words());
        let languages = &site.public.config.languages();
        let cards = |_| site.public.entries.iter().map(|_| OnceLock::new()).collect();
        let sites = |_| (0..DEPTHS * (kinds + 1)).map(|_| OnceLock::new()).collect();
        Context {
            site,
            input,
            templates,
            assets,
            sizes,
            browse: ByLang::new(languages, |lang| browse(site, lang)),
            containers: once::containers(site),
            arranged: site.public.schema.kinds.iter().map(Arrangement::of).collect(),
            ranks: once::ranks(site),
            words: ByLang::new(languages, |lang| once::words(input.theme, lang, languages)),
            cards: ByLang::new(languages, cards),
            sites: ByLang::new(languages, sites),
            absent: ByLang::new(languages, |_| (0..kinds).map(|_| OnceLock::new()).collect()),
            protected,
            letters: Mutex::default(),
            found: Mutex::default(),
        }
    }

    /// Keeps a finding for the end of rendering.
    pub(super) fn report(&self, found: Diagnostic) {
        if let Ok(mut all) = self.found.lock() {
            all.push(found);
        }
    }

    /// The findings made so far.
    pub(crate) fn take_diagnostics(&self) -> Vec<Diagnostic> {
        self.found.lock().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default()
    }

    /// Fields to browse by in a language, with their terms over all kinds.
    pub(crate) fn browse(&self, lang: Lang) -> &[BrowseField] {
        &self.browse[lang]
    }

    /// The view of a field without a value.
    pub(super) fn absent(&self, lang: Lang, kind: KindId, field: usize) -> &Value {
        let made = || once::absent(self.site, kind, lang, &self.protected, self.input.theme);
        &self.absent[lang][kind].get_or_init(made)[field]
    }

    pub(crate) fn word(&self, lang: Lang, key: &'a str) -> &'a str {
        self.input.theme.words.word(lang, key)
    }

    /// A value where the template asks for its name, else none: what nobody shows is not made.
    pub(in crate::html) fn asked<T: Into<Value>>(&self, template: &str, name: &str, make: impl FnOnce() -> T) -> Value {
        if self.templates.asks_for(template, name) { make().into() } else { Value::none() }
    }

    /// A text as safe HTML whose protected words no line end splits.
    pub(crate) fn unsplit(&self, text: &str) -> Value {
        value::unsplit(&self.protected, text)
    }

    /// A title or description with the number of its page, from the second page on.
    pub(crate) fn numbered(&self, lang: Lang, text: &str, page: usize) -> String {
        if page == 0 {
            return text.to_owned();
        }
        let number = self.word(lang, "list.page").replace("{n}", &(page + 1).to_string());
        format!("{text} ({number})")
    }

    /// The entry as readers of a language get it.
    pub(crate) fn in_language(&self, i: EntryId, lang: Lang) -> EntryId {
        if self.site.entry(i).lang == lang { i } else { self.site.translation(i, lang).unwrap_or(i) }
    }
}
