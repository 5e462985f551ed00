//! Everything a site is rendered from.

use std::collections::BTreeMap;

use crate::model::Label;
use crate::site::Site;
use crate::theme::Theme;

/// Reads media files of the content folder.
pub trait Files: Sync {
    /// The bytes of a file, by its path relative to `content/`.
    ///
    /// # Errors
    /// What the system says.
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>>;

    /// What was made of a file's bytes in an earlier build, else what `make` makes of them now.
    fn kept(&self, _bytes: &[u8], make: &dyn Fn() -> Vec<u8>) -> Vec<u8> {
        make()
    }
}

/// A file made of an entry, to print or to work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handout {
    /// Address in the site.
    pub path: String,
    /// Number of pages; 0: not known.
    pub pages: usize,
    /// Size in bytes.
    pub size: u64,
    /// Its name, where it is not what the entry is printed as.
    pub label: Option<Label>,
    /// Whether it is the picture that messengers show beside a link to the page.
    pub of_link: bool,
}

/// Everything a site is rendered from.
pub struct Input<'a> {
    /// The public portal with what follows from it.
    pub site: &'a Site,
    /// Templates, static files, words.
    pub theme: &'a Theme,
    /// Media files.
    pub files: &'a dyn Files,
    /// Files made of entries, by the address of the page that links to them: of the entry, or of the list of a kind.
    pub handouts: &'a BTreeMap<String, Vec<Handout>>,
    /// Whether the site has search; the routers are at [`router_path`].
    pub search: bool,
}

/// Address of the search router of a language. It is the only file of search without a hash in its name: pages
/// name it, and they stay the same bytes when another page's text changes.
#[must_use]
pub(crate) fn router_path(lang: crate::model::Lang) -> String {
    format!("search/{}/router.js", lang.code())
}
