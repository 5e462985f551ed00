//! Sections of a body, as the schema names them.

use super::entry::Visibility;
use super::lang::Label;
use crate::text::plain::plain;
use serde::Deserialize;
use std::sync::OnceLock;

/// A section of the body: a level-2 heading.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionDef {
    /// Anchor and id.
    pub id: String,
    /// Heading.
    pub label: Label,
    /// What to write here.
    #[serde(default)]
    pub help: Label,
    /// Whether an entry must have it.
    #[serde(default)]
    pub required: bool,
    /// Internal sections are cut at the public gate.
    #[serde(default)]
    pub visibility: Visibility,
    /// Former ids and headings: texts that use one are read as before.
    #[serde(default)]
    pub was: Vec<String>,
    /// [`SectionDef::plain_names`], made when they are first asked for.
    #[serde(skip)]
    pub(crate) plain_names: OnceLock<Vec<String>>,
}

impl SectionDef {
    /// Most internal sections of a kind, and of a page: each is compared with each heading.
    pub(crate) const MOST_INTERNAL: usize = 300;

    /// Every name under which texts know the section: id, its label in all languages, and former ids and headings.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let was = self.was.iter().map(String::as_str);
        [self.id.as_str()].into_iter().chain(self.label.texts()).chain(was)
    }

    /// The names without what writers vary ([`crate::text::plain::plain`]), those left out that are nothing else.
    pub(crate) fn plain_names(&self) -> &[String] {
        let made = || self.names().map(plain).filter(|name| !name.is_empty()).collect();
        self.plain_names.get_or_init(made)
    }
}
