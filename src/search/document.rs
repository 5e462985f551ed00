//! Documents and settings as the index gets them.

use serde::{Deserialize, Serialize};

/// A section of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Section {
    /// The `id` of its heading in the page; empty for text before the first heading.
    pub anchor: String,
    /// The heading as plain text.
    pub heading: String,
    /// The text, plain.
    pub text: String,
}

/// A public page as search sees it. Nothing that is not public may be in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SearchDoc {
    /// The id of the entry or page.
    pub id: String,
    /// The id of its kind.
    pub kind: String,
    /// The language of the page, `th` or `en`.
    pub lang: String,
    /// Address from the root of the site, without a leading slash.
    pub url: String,
    /// Title, plain.
    pub title: String,
    /// Other names that the page is known by.
    pub names: Vec<String>,
    /// Summary, plain; shown when nothing of the text fits better.
    pub summary: String,
    /// Sections in reading order.
    pub sections: Vec<Section>,
    /// Field values with their search weight (1–8; 0 is passed over).
    pub fields: Vec<(u8, String)>,
    /// Facet values: field and term id.
    pub facets: Vec<(String, String)>,
    /// Years of the page in Buddhist era; found by both eras' numbers.
    pub years: Vec<i32>,
    /// Dates as written.
    pub dates: Vec<String>,
    /// Where the page is, for display.
    pub breadcrumb: String,
    /// The year to sort by, Buddhist era.
    pub year: Option<i32>,
}

/// A facet field with its terms in display order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Field id as in [`SearchDoc::facets`]; `kind` is the field of kinds.
    pub field: String,
    /// Name for people, in the language of the index.
    pub label: String,
    /// Terms: id and name.
    pub terms: Vec<(String, String)>,
}

/// What the index needs besides the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Language of the index, `th` or `en`; chooses the interface strings.
    pub lang: String,
    /// Facets in display order. Terms of documents that are not listed are passed over.
    pub facets: Vec<Facet>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Words that the Thai word list lacks (names, terms of the vocabularies).
    pub vocabulary: Vec<String>,
}
