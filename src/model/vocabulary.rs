//! Vocabularies: lists of terms, with what became of terms that are used no more.

use super::drawing::Tile;
use super::lang::Label;
use serde::Deserialize;

/// A closed list of terms.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// ASCII id.
    pub id: String,
    /// Name.
    pub label: Label,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// What it classifies.
    #[serde(default)]
    pub description: Label,
    /// Whether its terms have colours of the theme, each the one with the number of its `value`.
    #[serde(default)]
    pub hues: bool,
    /// Terms in their order.
    #[serde(default, rename = "term")]
    pub terms: Vec<Term>,
}

/// A term of a vocabulary.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// ASCII id.
    pub id: String,
    /// Name.
    pub label: Label,
    /// Shorter name for tables.
    #[serde(default)]
    pub short: Label,
    /// What it means.
    #[serde(default)]
    pub description: Label,
    /// Other words for it.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// A broader term.
    #[serde(default)]
    pub parent: Option<String>,
    /// Place on a ladder.
    #[serde(default)]
    pub value: Option<f64>,
    /// Place on a map of equal tiles.
    #[serde(default)]
    pub tile: Option<Tile>,
    /// Former ids: values that use one are read as this term, with a notice.
    #[serde(default)]
    pub was: Vec<String>,
    /// Kept for old entries; forms offer it no more.
    #[serde(default)]
    pub retired: bool,
    /// The term that is used instead: values are read as that one, with a notice.
    #[serde(default)]
    pub replaced_by: Option<String>,
    /// What readers must know before they read on: paper says it under the title.
    #[serde(default)]
    pub notice: bool,
}

impl Term {
    /// Whether forms offer the term.
    pub fn is_offered(&self) -> bool {
        !self.retired && self.replaced_by.is_none()
    }
}

impl Vocabulary {
    /// The term of an id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.terms.iter().find(|t| t.id == id)
    }

    /// The terms that forms offer.
    pub fn offered(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|t| t.is_offered())
    }

    /// The term that a written id stands for: its own, one that was renamed, or one that another replaced.
    pub fn find(&self, written: &str) -> Option<&Term> {
        let named = |id: &str| self.term(id).or_else(|| self.terms.iter().find(|t| t.was.iter().any(|w| w == id)));
        let mut term = named(written)?;
        // The schema's check refuses circles; the limit is for a schema that has one.
        for _ in 0..self.terms.len() {
            match term.replaced_by.as_deref().and_then(named) {
                Some(next) => term = next,
                None => break,
            }
        }
        Some(term)
    }

    /// Place of a term in the vocabulary's order; unknown terms come last.
    pub fn position(&self, id: &str) -> usize {
        self.terms.iter().position(|t| t.id == id).unwrap_or(self.terms.len())
    }
}
