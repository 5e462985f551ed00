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
    /// Its title without the kind before it: who asks so asks for its beginning, not for all of it.
    pub shorts: Vec<String>,
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
    /// Whether it is a sample, which its place says as well.
    pub sample: bool,
    /// The year to sort by, Buddhist era.
    pub year: Option<i32>,
    /// Numbers of the documents that refer to the page and whose kind weighs less.
    pub referrers: Vec<u32>,
    /// What decides, as label and value, in the order of the card.
    pub facts: Vec<(String, String)>,
    /// Strength of the evidence, to sort by: greater is stronger, 0 for none.
    pub strength: u32,
}

impl SearchDoc {
    /// Its names, the title first, and the id.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        let others = self.names.iter().map(String::as_str);
        [self.title.as_str(), self.id.as_str()].into_iter().chain(others)
    }
}

/// A kind of pages as search sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchKind {
    /// Kind id.
    pub id: String,
    /// Name of many.
    pub label: String,
    /// Weight among documents of one tier, 0–9.
    pub weight: u8,
    /// Names of it that a query may begin or end with ("แบบฟอร์ม", "ฟอร์ม").
    pub words: Vec<String>,
    /// Questions that it answers, as [`crate::search::words`] names them.
    pub answers: Vec<String>,
    /// Its facets in the order of the schema.
    pub facets: Vec<String>,
    /// Whether they are pages that list others: such a page answers to its whole name only.
    pub lists: bool,
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
    /// Kinds; documents of others have the mean weight.
    pub kinds: Vec<SearchKind>,
    /// Facets in display order. Terms of documents that are not listed are passed over.
    pub facets: Vec<Facet>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Words that the Thai word list lacks (names, terms of the vocabularies).
    pub vocabulary: Vec<String>,
}
