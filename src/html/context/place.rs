//! Where a page is, and whether it has a list.

use crate::model::{Config, KindDef, Lang, Visibility};

/// Where a page is: what relative addresses are made from.
#[derive(Debug, Clone)]
pub(in crate::html) struct Place {
    pub lang: Lang,
    /// Folder of the language's pages: empty, or `en/`.
    pub folder: String,
    /// Languages of the site, the main one first.
    languages: Vec<Lang>,
    /// Address in the site, with the language folder.
    pub path: String,
    /// Way to the root: `""`, `"../"`, … or an absolute path for the 404 page.
    pub root: String,
}

impl Place {
    pub(crate) fn new(config: &Config, lang: Lang, path: &str) -> Self {
        let (folder, languages) = (config.folder(lang), config.languages());
        Place { lang, folder, languages, path: path.to_owned(), root: "../".repeat(path.matches('/').count()) }
    }

    /// Address of a file of the site from here.
    pub(crate) fn href(&self, path: &str) -> String {
        let mut out = String::with_capacity(self.root.len() + path.len());
        out.push_str(&self.root);
        out.push_str(path);
        out
    }

    /// Language of a page of the site, where it is not the language of this page; else nothing.
    pub(crate) fn other(&self, path: &str) -> Option<&'static str> {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let (main, others) = self.languages.split_first()?;
        let lang = others.iter().find(|lang| lang.code() == folder).unwrap_or(main);
        (*lang != self.lang).then(|| lang.code())
    }

    /// Address of a page of this language from here.
    pub(crate) fn own(&self, path: &str) -> String {
        format!("{}{}{path}", self.root, self.folder)
    }
}

/// Whether a kind has pages of its own in the site.
pub(in crate::html) fn has_list(kind: &KindDef) -> bool {
    !kind.plain && !kind.folder.is_empty() && kind.visibility == Visibility::Public
}
