//! Makes an index: texts are analysed in parallel and written in the order of the documents.

use rayon::prelude::*;
use tantivy::TantivyDocument;
use tantivy::directory::RamDirectory;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::segment::{COUNTED_TERMS, Fields, Index, Meta, facet_term, schema};
use crate::search::analysis::{Fragment, Lexicon, Terms, WORD, document_terms, script_safe, token_list};
use crate::search::{SearchDoc, SearchError, Settings};
use crate::text::words::Words;

/// Documents that are analysed while those before them are written.
const CHUNK: usize = 256;
/// Fewest documents that one thread analyses in a row: a thread begins with an empty table of terms.
const LEAST: usize = 32;
/// Memory that Tantivy begins with, in bytes.
const MEMORY: usize = 16 << 20;

/// A document as it is written.
struct Analysed {
    /// Terms with their classes, as [`CountedTerms`] reads them.
    terms: String,
    /// Length in folded characters.
    length: u64,
    year: i64,
    facets: Vec<String>,
    /// What is shown of it, as JSON that is also JavaScript.
    shown: String,
}

/// Makes an index of `count` documents in memory; a document's number decides ties.
///
/// # Errors
/// Tantivy's.
pub fn build(
    count: usize,
    document: impl Fn(usize) -> SearchDoc + Sync,
    settings: &Settings,
) -> Result<Index, SearchError> {
    let extra;
    let words = match settings.vocabulary.is_empty() {
        true => Words::get(),
        false => {
            extra = Words::with_extra(settings.vocabulary.iter().flat_map(|word| token_list(word)));
            &extra
        }
    };
    let (schema, fields) = schema();
    let directory = RamDirectory::create();
    let tokenizers = tantivy::tokenizer::TokenizerManager::default();
    tokenizers.register(COUNTED_TERMS, CountedTerms);
    let builder = tantivy::Index::builder().schema(schema).tokenizers(tokenizers);
    let mut writer: SingleSegmentIndexWriter = builder.single_segment_index_writer(directory.clone(), MEMORY)?;
    let analyse = |from: usize| -> Vec<Analysed> {
        let numbers = (from..count.min(from + CHUNK)).into_par_iter().with_min_len(LEAST);
        numbers.map_init(Terms::default, |terms, number| analysed(&document(number), words, terms)).collect()
    };
    let mut shown_bytes = 0;
    let mut ready = analyse(0);
    let mut next = CHUNK;
    while !ready.is_empty() {
        shown_bytes += ready.iter().map(|document| document.shown.len() as u64).sum::<u64>();
        let (written, analysed) = rayon::join(|| write(&mut writer, fields, ready), || analyse(next));
        written?;
        ready = analysed;
        next += CHUNK;
    }
    writer.finalize()?;
    let synonyms = settings.synonyms.iter().map(|group| group.iter().map(|word| token_list(word)).collect()).collect();
    let meta =
        Meta { docs: count as u32, settings: settings.clone(), synonyms, lexicon: Lexicon::default(), shown_bytes };
    let mut index = Index::open(directory, meta)?;
    index.meta.lexicon = lexicon(&index)?;
    Ok(index)
}

fn write(writer: &mut SingleSegmentIndexWriter, fields: Fields, documents: Vec<Analysed>) -> Result<(), SearchError> {
    for analysed in documents {
        let mut document = TantivyDocument::default();
        document.add_text(fields.terms, analysed.terms);
        for facet in analysed.facets {
            document.add_text(fields.facets, facet);
        }
        document.add_u64(fields.length, analysed.length);
        document.add_i64(fields.year, analysed.year);
        document.add_text(fields.shown, analysed.shown);
        writer.add_document(document)?;
    }
    Ok(())
}

fn analysed(document: &SearchDoc, words: &Words, terms: &mut Terms) -> Analysed {
    let length = document_terms(document, words, terms) as u64;
    let mut counted = String::with_capacity(32 << 10);
    terms.each_class(|class, term| {
        counted.push(char::from(b'0' + class));
        counted.push_str(term);
        counted.push('\n');
    });
    let mut facets: Vec<String> = document.facets.iter().map(|(field, term)| facet_term(field, term)).collect();
    facets.sort_unstable();
    facets.dedup();
    let shown = serde_json::to_string(&Fragment::of(document)).unwrap_or_else(|_| "[]".into());
    let year = i64::from(document.year.unwrap_or(0));
    Analysed { terms: counted, length, year, facets, shown: script_safe(&shown) }
}

/// The most frequent Thai word keys.
fn lexicon(index: &Index) -> Result<Lexicon, SearchError> {
    let mut candidates = Vec::new();
    if let Some(terms) = index.terms() {
        let first = [WORD as u8];
        let after = [WORD as u8 + 1];
        let mut words = terms.range().ge(first).lt(after).into_stream()?;
        while let Some((term, info)) = words.next() {
            let key = std::str::from_utf8(&term[1..]).unwrap_or_default();
            if info.doc_freq > 1 && Lexicon::is_candidate(key) {
                candidates.push((info.doc_freq, key.to_owned()));
            }
        }
    }
    let vocabulary: Vec<String> = index.meta.settings.vocabulary.iter().flat_map(|word| token_list(word)).collect();
    Ok(Lexicon::choose(candidates, &vocabulary))
}

/// Reads terms that are counted already: lines of a class (a digit) and a term. A term is given as often as its
/// class says, so that its class becomes its frequency.
#[derive(Debug, Clone, Copy, Default)]
struct CountedTerms;

/// The terms of one document.
struct CountedStream<'a> {
    rest: &'a str,
    /// How often the term at hand is given again.
    again: u8,
    token: Token,
}

impl Tokenizer for CountedTerms {
    type TokenStream<'a> = CountedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CountedStream<'a> {
        CountedStream { rest: text, again: 0, token: Token { position: 0, ..Token::default() } }
    }
}

impl TokenStream for CountedStream<'_> {
    fn advance(&mut self) -> bool {
        if self.again > 0 {
            self.again -= 1;
            return true;
        }
        let Some((line, rest)) = self.rest.split_once('\n') else {
            return false;
        };
        self.rest = rest;
        let (class, term) = line.split_at_checked(1).unwrap_or(("1", line));
        self.again = class.as_bytes()[0].saturating_sub(b'1');
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
