//! Writes the Tantivy segment of an index from its runs.
//!
//! Tantivy's own writer counts tokens one by one; here every term comes
//! once with its pages, so its serializer is used directly.

use std::path::Path;

use rayon::prelude::*;
use tantivy::TantivyDocument;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use super::SearchError;
use super::bytes::{Reader, put_text};
use super::codec::varint;
use super::index::FIELDS;
use super::merge::{merge, sections};
use super::run::{BODY, COUNTED, Postings, Run, SECTIONS, ZONE};
use super::stock::Stock;

/// Sections read at a time.
const STEP: usize = 16;
/// Bytes of runs that are gathered at a time.
const PART: u64 = 128 << 20;

/// The fields of the segment.
pub fn schema() -> Schema {
    let mut schema = Schema::builder();
    let text = |record| {
        // Terms are counted before Tantivy sees them: its tokenizer is never asked.
        let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false).set_index_option(record);
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
    let directory = tantivy::directory::MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    let mut writer =
        tantivy::Index::builder().schema(schema).single_segment_index_writer::<TantivyDocument>(directory, 16 << 20)?;
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

/// Terms at which the index is parted, so that no part's postings take more than [`PART`] bytes: as a sample of
/// the terms tells.
fn bounds(stock: &Stock) -> Result<Vec<Vec<u8>>, SearchError> {
    let size: u64 = stock.runs.iter().map(Run::size).sum();
    let parts = size.div_ceil(PART);
    if parts < 2 {
        return Ok(Vec::new());
    }
    let mut sample: Vec<(Vec<u8>, usize)> = Vec::new();
    for section in [0, ZONE] {
        let read = sections(stock, section..section + 1)?;
        merge(
            read.iter().filter_map(|s| s.get(0)),
            |_| true,
            |merged| {
                let bytes = merged.parts.iter().map(|(_, bytes)| bytes.len());
                sample.push((merged.term.to_vec(), bytes.sum()));
            },
        );
    }
    sample.sort_unstable();
    let all: usize = sample.iter().map(|(_, bytes)| bytes).sum();
    let (mut out, mut seen) = (Vec::new(), 0);
    for (term, bytes) in sample {
        seen += bytes;
        if seen as u64 * parts > all as u64 * (out.len() as u64 + 1) {
            out.push(term);
        }
    }
    Ok(out)
}

/// The terms of a part in order, gathered from the runs.
fn gather(stock: &Stock, bounds: &[Vec<u8>], part: usize) -> Result<Vec<Term>, SearchError> {
    let from = part.checked_sub(1).map(|i| bounds[i].as_slice());
    let to = bounds.get(part).map(Vec::as_slice);
    let wanted = |term: &[u8]| from.is_none_or(|from| term >= from) && to.is_none_or(|to| term < to);
    let steps: Vec<usize> = (0..SECTIONS).step_by(STEP).collect();
    let parts: Vec<Vec<Term>> = steps
        .into_par_iter()
        .map(|start| {
            let all = sections(stock, start..start + STEP)?;
            let mut out = Vec::new();
            for i in 0..STEP {
                let section = all.iter().filter_map(|s| s.get(i));
                merge(section, wanted, |merged| {
                    let size = merged.parts.iter().map(|(_, bytes)| bytes.len() + 4).sum();
                    let mut postings = Vec::with_capacity(size);
                    for &(run, bytes) in merged.parts {
                        varint(stock.bases[run as usize], &mut postings);
                        put_text(bytes, &mut postings);
                    }
                    out.push(Term { term: merged.term.into(), postings });
                });
            }
            Ok(out)
        })
        .collect::<Result<_, SearchError>>()?;
    let mut out: Vec<Term> = parts.into_iter().flatten().collect();
    out.par_sort_unstable_by(|a, b| a.term.cmp(&b.term));
    Ok(out)
}

/// Pages with counts.
type List = Vec<(u32, u8)>;

fn terms(stock: &Stock, serializer: &mut InvertedIndexSerializer, at: &[Field]) -> Result<(), SearchError> {
    let sum = |f: usize| stock.runs.iter().map(|run| run.sums[f]).sum();
    let mut field = serializer.new_field(at[BODY], sum(BODY), None).map_err(tantivy::TantivyError::from)?;
    // Few terms are in fields other than running text.
    let mut others: [Vec<(Box<[u8]>, List)>; COUNTED] = Default::default();
    let mut lists: [List; COUNTED] = Default::default();
    let bounds = bounds(stock)?;
    for part in 0..=bounds.len() {
        for term in gather(stock, &bounds, part)? {
            let mut reader = Reader(&term.postings);
            while let (Some(base), Some(bytes)) = (reader.varint(), reader.bytes()) {
                for (page, counts) in Postings::new(bytes) {
                    for (list, &count) in lists.iter_mut().zip(&counts) {
                        if count > 0 {
                            list.push((base + page, count));
                        }
                    }
                }
            }
            put(&mut field, &term.term, &lists[BODY])?;
            lists[BODY].clear();
            for f in (0..COUNTED).filter(|&f| f != BODY) {
                if !lists[f].is_empty() {
                    others[f].push((term.term.clone(), std::mem::take(&mut lists[f])));
                }
            }
        }
    }
    field.close().map_err(tantivy::TantivyError::from)?;
    for f in (0..COUNTED).filter(|&f| f != BODY) {
        let mut field = serializer.new_field(at[f], sum(f), None).map_err(tantivy::TantivyError::from)?;
        for (term, list) in &others[f] {
            put(&mut field, term, list)?;
        }
        field.close().map_err(tantivy::TantivyError::from)?;
    }
    Ok(())
}

/// Writes a term of a field, if it has pages.
fn put(field: &mut FieldSerializer<'_>, term: &[u8], list: &[(u32, u8)]) -> Result<(), tantivy::TantivyError> {
    if !list.is_empty() {
        field.new_term(term, list.len() as u32, true)?;
        for &(doc, count) in list {
            field.write_doc(doc, u32::from(count), &[]);
        }
        field.close_term()?;
    }
    Ok(())
}

fn facets(stock: &Stock, serializer: &mut InvertedIndexSerializer, at: Field) -> Result<(), SearchError> {
    let tantivy = tantivy::TantivyError::from;
    let mut all: std::collections::BTreeMap<String, Vec<u32>> = Default::default();
    for (doc, page) in stock.pages().enumerate() {
        for (field, term) in &page.facets {
            all.entry(facet_term(field, term)).or_default().push(doc as u32);
        }
    }
    let sum = all.values().map(|docs| docs.len() as u64).sum();
    let mut field = serializer.new_field(at, sum, None).map_err(tantivy)?;
    for (term, docs) in &all {
        field.new_term(term.as_bytes(), docs.len() as u32, false).map_err(tantivy)?;
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
