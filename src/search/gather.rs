//! What follows from all documents besides their posting lists: the same for the segment of the command line and for the
//! files of the site.

use serde::{Deserialize, Serialize};

use super::analysis::{Fragment, Lexicon, Terms, document_terms, token_list};
use super::words::{QueryWords, fold, query_words};
use super::{SearchDoc, Settings, ranking};
use crate::text::collate::sort_key;
use crate::text::words::Words;

/// What is known of an index besides its lists and texts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Meta {
    /// Number of documents.
    pub docs: u32,
    /// What the index was made with.
    pub settings: Settings,
    /// Synonym groups as folded tokens.
    pub synonyms: Vec<Vec<Vec<String>>>,
    /// Words of queries in the language.
    pub words: QueryWords,
    /// Kinds of the documents in their order: how many, and the position in [`Settings::kinds`].
    pub runs: Vec<(u32, Option<u32>)>,
    /// Per document the step of its length.
    pub lengths: Vec<u8>,
    /// Per document its year or 0.
    pub years: Vec<i32>,
    /// Per document the strength of its evidence or 0.
    pub strengths: Vec<u32>,
    /// Per document its place in the order of titles.
    pub name_ranks: Vec<u32>,
    /// The words by which long runs of a query are cut.
    pub lexicon: Lexicon,
}

/// A document that was read, without its terms.
#[derive(Debug)]
pub(super) struct Row {
    /// Length in folded characters.
    length: u64,
    year: i32,
    strength: u32,
    /// Position of its kind in the settings.
    kind: Option<u32>,
    /// By which its title is sorted.
    sort_key: Vec<u8>,
    /// Its facets as [`facet_term`] writes them, sorted.
    pub facets: Vec<String>,
}

/// Reads documents: their texts become counted terms.
pub(super) struct Reader<'s, D> {
    document: D,
    settings: &'s Settings,
    /// The word list with the words of the settings, if there are any.
    words: Option<Words>,
}

impl<'s, D: Fn(usize) -> SearchDoc + Sync> Reader<'s, D> {
    /// Of documents by their numbers.
    pub(super) fn new(document: D, settings: &'s Settings) -> Reader<'s, D> {
        let extra = || Words::with_extra(settings.vocabulary.iter().flat_map(|word| token_list(word)));
        let words = (!settings.vocabulary.is_empty()).then(extra);
        Reader { document, settings, words }
    }

    /// Reads a document; its terms are counted in `terms`.
    pub(super) fn read(&self, number: usize, terms: &mut Terms) -> (Row, Fragment) {
        let document = (self.document)(number);
        let words = self.words.as_ref().unwrap_or_else(|| Words::get());
        let mut facets: Vec<String> = document.facets.iter().map(|(field, term)| facet_term(field, term)).collect();
        facets.sort_unstable();
        facets.dedup();
        let kind = self.settings.kinds.iter().position(|kind| kind.id == document.kind);
        let row = Row {
            length: document_terms(&document, words, terms) as u64,
            year: document.year.unwrap_or(0),
            strength: document.strength,
            kind: kind.map(|at| at as u32),
            sort_key: sort_key(&document.lang, &document.title),
            facets,
        };
        (row, Fragment::of(document))
    }

    /// What is shown of a document.
    pub(super) fn shown(&self, number: usize) -> Fragment {
        Fragment::of((self.document)(number))
    }
}

/// The term of a facet value.
pub(super) fn facet_term(field: &str, term: &str) -> String {
    format!("{field}={term}")
}

impl Meta {
    /// Of all documents in their order; without a lexicon.
    pub(super) fn of<'r>(rows: impl Iterator<Item = &'r Row> + Clone, settings: &Settings) -> Meta {
        let mut runs: Vec<(u32, Option<u32>)> = Vec::new();
        for row in rows.clone() {
            match runs.last_mut() {
                Some((count, kind)) if *kind == row.kind => *count += 1,
                _ => runs.push((1, row.kind)),
            }
        }
        let mut titles: Vec<(&[u8], usize)> = rows.clone().map(|row| row.sort_key.as_slice()).zip(0..).collect();
        titles.sort_unstable();
        let mut name_ranks = vec![0; titles.len()];
        for (rank, (_, doc)) in titles.into_iter().enumerate() {
            name_ranks[doc] = rank as u32;
        }
        let mean = rows.clone().map(|row| row.length).sum::<u64>() as f64 / name_ranks.len().max(1) as f64;
        let group = |group: &Vec<String>| group.iter().map(|word| token_list(word)).collect();
        let synonyms = settings.synonyms.iter().map(group).collect();
        let mut settings = settings.clone();
        settings.kinds.iter_mut().for_each(|kind| fold(&mut kind.words));
        Meta {
            docs: name_ranks.len() as u32,
            words: query_words(&settings.lang),
            settings,
            synonyms,
            runs,
            lengths: rows.clone().map(|row| ranking::length_step(row.length, mean)).collect(),
            years: rows.clone().map(|row| row.year).collect(),
            strengths: rows.map(|row| row.strength).collect(),
            name_ranks,
            lexicon: Lexicon::default(),
        }
    }

    /// Chooses the lexicon among word keys, each with the number of documents that hold it.
    pub(super) fn choose_lexicon<'k>(&mut self, keys: impl Iterator<Item = (u32, &'k str)>) {
        let keys = keys.filter(|(docs, key)| *docs > 1 && Lexicon::is_candidate(key));
        let candidates = keys.map(|(docs, key)| (docs, key.to_owned())).collect();
        let names = self.settings.kinds.iter().flat_map(|kind| &kind.words);
        let words = self.settings.vocabulary.iter().chain(names);
        let vocabulary: Vec<String> = words.flat_map(|word| token_list(word)).collect();
        self.lexicon = Lexicon::choose(candidates, &vocabulary);
    }
}
