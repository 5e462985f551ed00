//! Writes the Tantivy segment of an index from its runs.
//!
//! Tantivy's own writer counts tokens one by one; here every term comes
//! once with its pages, so its serializer is used directly.

use std::path::Path;

use rayon::prelude::*;
use tantivy::TantivyDocument;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use super::SearchError;
use super::bytes::Reader;
use super::codec::varint;
use super::index::FIELDS;
use super::merge::{merge, sections};
use super::run::{BODY, COUNTED, Postings, SECTIONS};
use super::stock::Stock;

/// Sections read at a time.
const STEP: usize = 16;

/// The fields of the segment.
pub fn schema() -> Schema {
    let mut schema = Schema::builder();
    let text = |record| {
        // Terms are counted before Tantivy sees them: its tokenizer is never asked.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    for (name, _) in FIELDS {
        schema.add_text_field(name, text(IndexRecordOption::WithFreqs));
    }
    schema.add_text_field("facets", text(IndexRecordOption::Basic));
    schema.add_u64_field("length", FAST);
    schema.add_i64_field("year", FAST);
    schema.build()
}

/// A term with all its postings, coded as in runs but with wide gaps.
struct Term {
    term: Box<[u8]>,
    postings: Vec<u8>,
}

/// Writes the segment into an empty folder.
pub fn write(stock: &Stock, dir: &Path) -> Result<(), SearchError> {
    let schema = schema();
    let at: Vec<Field> = schema.fields().map(|(field, _)| field).collect();
    let directory =
        tantivy::directory::MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    let mut writer = tantivy::Index::builder()
        .schema(schema)
        .single_segment_index_writer::<TantivyDocument>(directory, 16 << 20)?;
    for page in stock.pages() {
        let mut document = TantivyDocument::default();
        document.add_u64(at[COUNTED + 1], u64::from(page.length));
        document.add_i64(at[COUNTED + 2], i64::from(page.year));
        writer.add_document(document)?;
    }
    let index = writer.finalize()?;
    let Some(segment) = index.searchable_segments()?.into_iter().next() else {
        return Ok(());
    };
    // The postings so far are empty; the real ones take their place.
    use tantivy::index::SegmentComponent::{Positions, Postings, Terms};
    for part in [Positions, Postings, Terms] {
        let path = dir.join(segment.relative_path(part));
        std::fs::remove_file(&path).map_err(|e| SearchError::Io(path, e))?;
    }
    let mut serializer = InvertedIndexSerializer::open(&segment)?;
    terms(stock, &mut serializer, &at)?;
    facets(stock, &mut serializer, at[COUNTED])?;
    serializer.close().map_err(tantivy::TantivyError::from)?;
    Ok(())
}

/// All terms in order, gathered from the runs.
fn gather(stock: &Stock) -> Result<Vec<Term>, SearchError> {
    let steps: Vec<usize> = (0..SECTIONS).step_by(STEP).collect();
    let parts: Vec<Vec<Term>> = steps
        .into_par_iter()
        .map(|start| {
            let all = sections(stock, start..start + STEP)?;
            let mut out = Vec::new();
            for i in 0..STEP {
                merge(all.iter().filter_map(|s| s.get(i)), |merged| {
                    let size = merged.parts.iter().map(|(_, bytes)| bytes.len() + 4).sum();
                    let mut postings = Vec::with_capacity(size);
                    for &(run, bytes) in merged.parts {
                        varint(stock.bases[run as usize], &mut postings);
                        varint(bytes.len() as u32, &mut postings);
                        postings.extend_from_slice(bytes);
                    }
                    out.push(Term {
                        term: merged.term.into(),
                        postings,
                    });
                });
            }
            Ok(out)
        })
        .collect::<Result<_, SearchError>>()?;
    let mut out: Vec<Term> = parts.into_iter().flatten().collect();
    out.par_sort_unstable_by(|a, b| a.term.cmp(&b.term));
    Ok(out)
}

fn terms(
    stock: &Stock,
    serializer: &mut InvertedIndexSerializer,
    at: &[Field],
) -> Result<(), SearchError> {
    let tantivy = tantivy::TantivyError::from;
    let all = gather(stock)?;
    // Of the fields other than running text, which few terms have: place of the term, and its pages.
    let mut others: [Vec<(usize, u32, u8)>; COUNTED] = Default::default();
    let sum = |f: usize| stock.runs.iter().map(|run| run.sums[f]).sum();
    let mut field = serializer
        .new_field(at[BODY], sum(BODY), None)
        .map_err(tantivy)?;
    let mut body: Vec<(u32, u8)> = Vec::new();
    for (i, term) in all.iter().enumerate() {
        body.clear();
        let mut reader = Reader(&term.postings);
        while let (Some(base), Some(bytes)) = (reader.varint(), reader.bytes()) {
            for (page, counts) in Postings::new(bytes) {
                if counts[BODY] > 0 {
                    body.push((base + page, counts[BODY]));
                }
                for f in (0..COUNTED).filter(|&f| f != BODY && counts[f] > 0) {
                    others[f].push((i, base + page, counts[f]));
                }
            }
        }
        if !body.is_empty() {
            let df = body.len() as u32;
            field.new_term(&term.term, df, true).map_err(tantivy)?;
            for &(doc, count) in &body {
                field.write_doc(doc, u32::from(count), &[]);
            }
            field.close_term().map_err(tantivy)?;
        }
    }
    field.close().map_err(tantivy)?;
    for f in (0..COUNTED).filter(|&f| f != BODY) {
        let mut field = serializer.new_field(at[f], sum(f), None).map_err(tantivy)?;
        for same in others[f].chunk_by(|a, b| a.0 == b.0) {
            let term = &all[same[0].0].term;
            field
                .new_term(term, same.len() as u32, true)
                .map_err(tantivy)?;
            for &(_, doc, count) in same {
                field.write_doc(doc, u32::from(count), &[]);
            }
            field.close_term().map_err(tantivy)?;
        }
        field.close().map_err(tantivy)?;
    }
    Ok(())
}

fn facets(
    stock: &Stock,
    serializer: &mut InvertedIndexSerializer,
    at: Field,
) -> Result<(), SearchError> {
    let tantivy = tantivy::TantivyError::from;
    let mut all: std::collections::BTreeMap<String, Vec<u32>> = Default::default();
    for (doc, page) in stock.pages().enumerate() {
        for (field, term) in &page.facets {
            all.entry(facet_term(field, term))
                .or_default()
                .push(doc as u32);
        }
    }
    let sum = all.values().map(|docs| docs.len() as u64).sum();
    let mut field = serializer.new_field(at, sum, None).map_err(tantivy)?;
    for (term, docs) in &all {
        field
            .new_term(term.as_bytes(), docs.len() as u32, false)
            .map_err(tantivy)?;
        for &doc in docs {
            field.write_doc(doc, 1, &[]);
        }
        field.close_term().map_err(tantivy)?;
    }
    field.close().map_err(tantivy)?;
    Ok(())
}

/// The term of a facet value in the field `facets`.
pub fn facet_term(field: &str, term: &str) -> String {
    format!("{field}={term}")
}
