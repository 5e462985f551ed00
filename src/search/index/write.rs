//! Makes an index: texts are analysed in parallel and written in the order of the documents.

use rayon::prelude::*;
use tantivy::TantivyDocument;
use tantivy::directory::RamDirectory;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::segment::{COUNTED_TERMS, Fields, Index, schema};
use crate::search::analysis::{Terms, WORD};
use crate::search::codec::number_of_grade;
use crate::search::gather::{Meta, Reader, Row};
use crate::search::{SearchDoc, SearchError, Settings};

/// Documents that are analysed while those before them are written.
const CHUNK: usize = 256;
/// Fewest documents that one thread analyses in a row: a thread begins with an empty table of terms.
const LEAST: usize = 32;
/// Memory that Tantivy begins with, in bytes.
const MEMORY: usize = 16 << 20;

/// A document as it is written.
struct Analysed {
    row: Row,
    /// Terms with their grades, as [`CountedTerms`] reads them.
    terms: String,
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
    let reader = Reader::new(document, settings);
    let (schema, fields) = schema();
    let directory = RamDirectory::create();
    let tokenizers = tantivy::tokenizer::TokenizerManager::default();
    tokenizers.register(COUNTED_TERMS, CountedTerms);
    let builder = tantivy::Index::builder().schema(schema).tokenizers(tokenizers);
    let mut writer: SingleSegmentIndexWriter = builder.single_segment_index_writer(directory.clone(), MEMORY)?;
    let analyse = |from: usize| -> Vec<Analysed> {
        let numbers = (from..count.min(from + CHUNK)).into_par_iter().with_min_len(LEAST);
        numbers.map_init(Terms::default, |terms, number| analysed(&reader, number, terms)).collect()
    };
    let mut rows: Vec<Row> = Vec::with_capacity(count);
    let mut ready = analyse(0);
    let mut next = CHUNK;
    while !ready.is_empty() {
        let (written, analysed) = rayon::join(|| write(&mut writer, fields, ready, &mut rows), || analyse(next));
        written?;
        ready = analysed;
        next += CHUNK;
    }
    writer.finalize()?;
    let mut index = Index::open(directory, Meta::of(rows.iter(), settings))?;
    choose_lexicon(&mut index)?;
    Ok(index)
}

fn write(
    writer: &mut SingleSegmentIndexWriter,
    fields: Fields,
    documents: Vec<Analysed>,
    rows: &mut Vec<Row>,
) -> Result<(), SearchError> {
    for mut analysed in documents {
        let mut document = TantivyDocument::default();
        document.add_text(fields.terms, analysed.terms);
        for facet in std::mem::take(&mut analysed.row.facets) {
            document.add_text(fields.facets, facet);
        }
        document.add_text(fields.shown, analysed.shown);
        writer.add_document(document)?;
        rows.push(analysed.row);
    }
    Ok(())
}

fn analysed<D: Fn(usize) -> SearchDoc + Sync>(reader: &Reader<'_, D>, number: usize, terms: &mut Terms) -> Analysed {
    let (row, shown) = reader.read(number, terms);
    let mut counted = String::with_capacity(32 << 10);
    terms.each_grade(|grade, term| {
        counted.push(char::from(b'0' + number_of_grade(grade)));
        counted.push_str(term);
        counted.push('\n');
    });
    Analysed { row, terms: counted, shown: shown.to_json() }
}

/// Chooses the lexicon among the Thai word keys of the segment.
fn choose_lexicon(index: &mut Index) -> Result<(), SearchError> {
    let mut keys = Vec::new();
    if let Some(terms) = index.terms() {
        let first = [WORD as u8];
        let after = [WORD as u8 + 1];
        let mut words = terms.range().ge(first).lt(after).into_stream()?;
        while let Some((term, info)) = words.next() {
            keys.push((info.doc_freq, String::from_utf8_lossy(&term[1..]).into_owned()));
        }
    }
    index.meta.choose_lexicon(keys.iter().map(|(docs, key)| (*docs, key.as_str())));
    Ok(())
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
