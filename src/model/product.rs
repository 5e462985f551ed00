//! What a portal prints, as data: products made from entries of some kinds, on paper or as files for offices.

use super::lang::Label;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A product, `content/_schema/print/ID.toml`: the name of the file is how it is asked for, and how its files end.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductDef {
    /// The name of the file.
    #[serde(skip)]
    pub id: String,
    /// Name for people: on links of pages and in messages.
    pub label: Label,
    /// Its place among the products of a kind, the least first; the first one is what an entry of the kind is printed as.
    #[serde(default)]
    pub order: i64,
    /// Kinds whose entries it is made of.
    pub kinds: Vec<String>,
    /// Template in `handout/`; without it the one that the kind names, else `page`.
    #[serde(default)]
    pub template: Option<String>,
    /// Papers that it can be printed on, the usual one first; without it `a4` and `a5`.
    #[serde(default)]
    pub papers: Vec<Paper>,
    /// What kind of file it is.
    #[serde(default)]
    pub file: FileKind,
    /// Whether `sala build` makes it; `sala handout` makes every product.
    #[serde(default)]
    pub build: bool,
    /// One file of all entries of a kind side by side, in place of one for each.
    #[serde(default)]
    pub together: bool,
    /// Whether its template gets the entries that the entry names in fields for many: a booklet, slides.
    #[serde(default)]
    pub with_refs: bool,
    /// The kind whose entries it compares, by the rows that the kind's `compare` names.
    #[serde(default)]
    pub compares: Option<String>,
    /// Fields whose terms and references stand in its index.
    #[serde(default)]
    pub index: Vec<String>,
    /// Lined pages at its end.
    #[serde(default)]
    pub notes: usize,
    /// Columns of a list of people, kept outside the portal, that it is made from. Such a product is made by hand only, and
    /// never stored or published.
    #[serde(default)]
    pub people: Vec<PeopleColumn>,
}

impl ProductDef {
    /// The papers that it can be printed on, the usual one first.
    pub fn on(&self) -> &[Paper] {
        if self.papers.is_empty() { &[Paper::A4, Paper::A5] } else { &self.papers }
    }
}

/// What kind of file a product is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// To print.
    #[default]
    Pdf,
    /// To be filled in or changed in a word processor.
    Docx,
    /// To be changed and shown by a speaker.
    Pptx,
    /// A picture of its first page, to be passed on in chats.
    Png,
}

impl FileKind {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Pptx => "pptx",
            Self::Png => "png",
        }
    }
}

/// Size and order of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// A4 pages in reading order.
    A4,
    /// A5 pages in reading order.
    A5,
    /// A3 across: posters, cards for a wall.
    A3,
    /// 16:9 slides.
    Slides,
    /// A5 pages, two on each side of an A4 sheet, to be folded.
    A5Booklet,
    /// A4 pages, two on each side of an A3 sheet, to be folded.
    A4Booklet,
    /// A picture four wide and five high, for chats.
    Card,
    /// A wide picture that messengers show beside a link to the page: its head names it, and the page does not offer it.
    Link,
}

impl Paper {
    /// Name on the command line, in `portal.toml` and in template data.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::A3 => "a3",
            Self::Slides => "slides",
            Self::A5Booklet => "a5-booklet",
            Self::A4Booklet => "a4-booklet",
            Self::Card => "card",
            Self::Link => "link",
        }
    }

    /// The paper of the pages themselves: imposed papers are set on their page first.
    pub fn page(self) -> Self {
        match self {
            Self::A5Booklet => Self::A5,
            Self::A4Booklet => Self::A4,
            other => other,
        }
    }

    /// Whether pages are put on sheets in booklet order.
    pub fn imposed(self) -> bool {
        self != self.page()
    }
}

impl Paper {
    /// Every paper.
    pub const ALL: [Self; 8] =
        [Self::A4, Self::A5, Self::A3, Self::Slides, Self::A5Booklet, Self::A4Booklet, Self::Card, Self::Link];
}

impl FromStr for Paper {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|paper| paper.name() == text)
            .ok_or_else(|| format!("unknown paper “{text}”: a4, a5, a3, slides, a5-booklet, a4-booklet, card or link"))
    }
}

/// A column of a list of people.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleColumn {
    /// How the template names it.
    pub id: String,
    /// Heads that the column may have, in any case of letters.
    pub heads: Vec<String>,
    /// Whether there must be such a column.
    #[serde(default)]
    pub required: bool,
}
