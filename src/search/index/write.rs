//! Makes an index: texts are analysed in parallel and written in the order of the documents.

use rayon::prelude::*;
use tantivy::TantivyDocument;
use tantivy::directory::RamDirectory;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::segment::{COUNTED_TERMS, Fields, Index, Meta, facet_term, schema};
use crate::search::analysis::{Fragment, Lexicon, Terms, WORD, document_terms, script_safe, token_list};
use crate::search::codec::number_of_grade;
use crate::search::words::{fold, query_words};
use crate::search::{SearchDoc, SearchError, Settings};
use crate::text::collate::sort_key;
use crate::text::words::Words;

/// Documents that are analysed while those before them are written.
const CHUNK: usize = 256;
/// Fewest documents that one thread analyses in a row: a thread begins with an empty table of terms.
const LEAST: usize = 32;
/// Memory that Tantivy begins with, in bytes.
const MEMORY: usize = 16 << 20;

/// A document as it is written.
struct Analysed {
    /// Terms with their grades, as [`CountedTerms`] reads them.
    terms: String,
    /// Length in folded characters.
    length: u64,
    year: i64,
    strength: u64,
    /// Position of its kind in the settings.
    kind: Option<u32>,
    /// By which its title is sorted.
    sort_key: Vec<u8>,
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
        let kind = |id: &str| settings.kinds.iter().position(|kind| kind.id == id).map(|at| at as u32);
        let one = |terms: &mut Terms, number| {
            let document = document(number);
            analysed(&document, kind(&document.kind), words, terms)
        };
        numbers.map_init(Terms::default, one).collect()
    };
    let mut shown_bytes = 0;
    let mut runs: Vec<(u32, Option<u32>)> = Vec::new();
    let mut titles: Vec<(Vec<u8>, u32)> = Vec::with_capacity(count);
    let mut ready = analyse(0);
    let mut next = CHUNK;
    while !ready.is_empty() {
        shown_bytes += ready.iter().map(|document| document.shown.len() as u64).sum::<u64>();
        for document in &mut ready {
            titles.push((std::mem::take(&mut document.sort_key), titles.len() as u32));
            match runs.last_mut() {
                Some((count, kind)) if *kind == document.kind => *count += 1,
                _ => runs.push((1, document.kind)),
            }
        }
        let (written, analysed) = rayon::join(|| write(&mut writer, fields, ready), || analyse(next));
        written?;
        ready = analysed;
        next += CHUNK;
    }
    writer.finalize()?;
    let synonyms = settings.synonyms.iter().map(|group| group.iter().map(|word| token_list(word)).collect()).collect();
    titles.sort_unstable();
    let mut name_ranks = vec![0; count];
    for (rank, (_, doc)) in titles.into_iter().enumerate() {
        name_ranks[doc as usize] = rank as u32;
    }
    let mut settings = settings.clone();
    settings.kinds.iter_mut().for_each(|kind| fold(&mut kind.words));
    let meta = Meta {
        docs: count as u32,
        words: query_words(&settings.lang),
        settings,
        synonyms,
        runs,
        name_ranks,
        lexicon: Lexicon::default(),
        shown_bytes,
    };
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
        document.add_u64(fields.strength, analysed.strength);
        document.add_text(fields.shown, analysed.shown);
        writer.add_document(document)?;
    }
    Ok(())
}

fn analysed(document: &SearchDoc, kind: Option<u32>, words: &Words, terms: &mut Terms) -> Analysed {
    let length = document_terms(document, words, terms) as u64;
    let mut counted = String::with_capacity(32 << 10);
    terms.each_grade(|grade, term| {
        counted.push(char::from(b'0' + number_of_grade(grade)));
        counted.push_str(term);
        counted.push('\n');
    });
    let mut facets: Vec<String> = document.facets.iter().map(|(field, term)| facet_term(field, term)).collect();
    facets.sort_unstable();
    facets.dedup();
    let shown = serde_json::to_string(&Fragment::of(document)).unwrap_or_else(|_| "[]".into());
    let year = i64::from(document.year.unwrap_or(0));
    let strength = u64::from(document.strength);
    let sort_key = sort_key(&document.lang, &document.title);
    Analysed { terms: counted, length, year, strength, kind, sort_key, facets, shown: script_safe(&shown) }
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
    let settings = &index.meta.settings;
    let names = settings.kinds.iter().flat_map(|kind| &kind.words);
    let vocabulary: Vec<String> = settings.vocabulary.iter().chain(names).flat_map(|word| token_list(word)).collect();
    Ok(Lexicon::choose(candidates, &vocabulary))
}

/// Reads terms that are counted already: lines of the number of a grade (from '0' on) and a term. A term is given as
/// often as that number says, so that it becomes its frequency.
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
        let (grade, term) = line.split_at_checked(1).unwrap_or(("1", line));
        self.again = grade.as_bytes()[0].saturating_sub(b'1');
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
