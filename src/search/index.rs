//! The Tantivy segment: written in one go, replaced in one step, read back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tantivy::postings::Postings;
use tantivy::schema::document::Value;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyDocument};

use super::analyze::{Terms, token_list};
use super::document::{Fragment, document};
use super::{SearchDoc, SearchError, Settings, rank};
use crate::thai::words::Words;

/// Version of the stored index; another version is stale.
const VERSION: u32 = 1;
/// Documents analysed at a time.
const BATCH: usize = 128;
/// Name of the file beside the segment.
const META: &str = "sala-search.json";
/// Text fields with their weight in the ranking.
pub(super) const FIELDS: [(&str, u32); 6] = [
    ("title", rank::TITLE),
    ("headings", rank::HEADINGS),
    ("summary", rank::SUMMARY),
    ("body", rank::BODY),
    ("fields", rank::BODY),
    ("dates", rank::BODY),
];

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Meta {
    version: u32,
    pub docs: u32,
    pub settings: Settings,
    /// Synonym groups as folded tokens.
    pub synonyms: Vec<Vec<Vec<String>>>,
}

/// An open index.
pub struct Index {
    pub(super) meta: Meta,
    pub(super) reader: Option<SegmentReader>,
    pub(super) fields: Vec<(Arc<InvertedIndexReader>, Field, u32)>,
    pub(super) norms: Vec<u8>,
    pub(super) years: Vec<i32>,
    store: Option<(tantivy::store::StoreReader, Field)>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("docs", &self.meta.docs)
            .finish_non_exhaustive()
    }
}

/// Splits text encoded by [`Terms::encode`] into its terms.
#[derive(Clone, Default)]
struct Lines;

struct LineStream<'a> {
    rest: std::str::Lines<'a>,
    left: u8,
    token: Token,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        LineStream {
            rest: text.lines(),
            left: 0,
            token: Token::default(),
        }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return true;
        }
        let Some((line, count)) = self.rest.next().and_then(|l| Some((l, l.bytes().next()?)))
        else {
            return false;
        };
        self.left = count.saturating_sub(b'b');
        self.token.text.clear();
        self.token.text.push_str(line.get(1..).unwrap_or(""));
        self.token.position = 0;
        true
    }
    fn token(&self) -> &Token {
        &self.token
    }
    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

fn schema() -> Schema {
    let mut schema = Schema::builder();
    let text = |record| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("lines")
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
    schema.add_bytes_field("fragment", STORED);
    schema.build()
}

fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register("lines", Lines);
    manager
}

/// Writes the index of these pages into `dir`, replacing what was there in one
/// step, and opens it. A page's place in `docs` is its number: it decides ties.
pub fn build(docs: &[SearchDoc], settings: &Settings, dir: &Path) -> Result<Index, SearchError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |e| SearchError::Io(path, e)
    };
    let new = beside(dir, "new");
    let _ = std::fs::remove_dir_all(&new);
    std::fs::create_dir_all(&new).map_err(io(&new))?;
    write_segment(docs, settings, &new)?;
    let meta = Meta {
        version: VERSION,
        docs: docs.len() as u32,
        settings: settings.clone(),
        synonyms: settings
            .synonyms
            .iter()
            .map(|group| group.iter().map(|word| token_list(word)).collect())
            .collect(),
    };
    let path = new.join(META);
    let text = serde_json::to_vec(&meta).map_err(|e| io(&path)(e.into()))?;
    std::fs::write(&path, text).map_err(io(&path))?;
    let old = beside(dir, "old");
    let _ = std::fs::remove_dir_all(&old);
    if dir.exists() {
        std::fs::rename(dir, &old).map_err(io(dir))?;
    }
    std::fs::rename(&new, dir).map_err(io(dir))?;
    let _ = std::fs::remove_dir_all(&old);
    Index::open(dir)
}

fn beside(dir: &Path, what: &str) -> PathBuf {
    let name = dir
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    dir.with_file_name(format!(".{name}.{what}-{}", std::process::id()))
}

fn write_segment(docs: &[SearchDoc], settings: &Settings, dir: &Path) -> Result<(), SearchError> {
    let schema = schema();
    let at: Vec<Field> = schema.fields().map(|(field, _)| field).collect();
    let mmap = tantivy::directory::MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    let mut writer = tantivy::Index::builder()
        .schema(schema)
        .tokenizers(tokenizers())
        .single_segment_index_writer::<TantivyDocument>(mmap, 64 << 20)?;
    let own: Words;
    let words = if settings.vocabulary.is_empty() {
        Words::get()
    } else {
        let folded = settings.vocabulary.iter().flat_map(|w| token_list(w));
        own = Words::with_extra(folded);
        &own
    };
    let (send, receive) = sync_channel::<Vec<TantivyDocument>>(2);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let send = send;
            for batch in docs.chunks(BATCH) {
                let done: Vec<TantivyDocument> = batch
                    .par_chunks(16)
                    .flat_map_iter(|part| {
                        let mut terms = Terms::default();
                        part.iter()
                            .map(|doc| document(doc, words, &mut terms, &at))
                            .collect::<Vec<_>>()
                    })
                    .collect();
                if send.send(done).is_err() {
                    break;
                }
            }
        });
        for batch in &receive {
            for document in batch {
                writer.add_document(document)?;
            }
        }
        Ok::<(), SearchError>(())
    })?;
    writer.finalize()?;
    Ok(())
}

/// The fingerprint that the index in `dir` was built with; `None` when there
/// is no readable index of this version.
pub fn stored_fingerprint(dir: &Path) -> Option<String> {
    let meta: Meta = serde_json::from_slice(&std::fs::read(dir.join(META)).ok()?).ok()?;
    (meta.version == VERSION).then_some(meta.settings.fingerprint)
}

impl Index {
    /// Opens an index that [`build`] wrote.
    pub fn open(dir: &Path) -> Result<Index, SearchError> {
        let path = dir.join(META);
        let text = std::fs::read(&path).map_err(|e| SearchError::Io(path, e))?;
        let meta: Meta =
            serde_json::from_slice(&text).map_err(|e| SearchError::Stale(e.to_string()))?;
        if meta.version != VERSION {
            return Err(SearchError::Stale(format!("version {}", meta.version)));
        }
        let index = tantivy::Index::open_in_dir(dir)?;
        let schema = index.schema();
        let segments = index.searchable_segments()?;
        let docs = meta.docs as usize;
        let mut out = Index {
            meta,
            reader: None,
            fields: Vec::new(),
            norms: vec![8; docs],
            years: vec![0; docs],
            store: None,
        };
        let Some(segment) = segments.first() else {
            return Ok(out);
        };
        let reader = SegmentReader::open(segment)?;
        if segments.len() > 1 || reader.max_doc() as usize != docs {
            return Err(SearchError::Stale("not one segment".into()));
        }
        for (name, weight) in FIELDS {
            let field = schema.get_field(name)?;
            out.fields
                .push((reader.inverted_index(field)?, field, weight));
        }
        let lengths = reader.fast_fields().u64("length")?;
        let years = reader.fast_fields().i64("year")?;
        let all: Vec<u64> = (0..docs)
            .map(|d| lengths.first(d as u32).unwrap_or(0))
            .collect();
        let mean = all.iter().sum::<u64>() as f64 / docs.max(1) as f64;
        for (d, &length) in all.iter().enumerate() {
            out.norms[d] = rank::norm(length, mean);
            out.years[d] = i32::try_from(years.first(d as u32).unwrap_or(0)).unwrap_or(0);
        }
        let store = reader
            .get_store_reader(4)
            .map_err(tantivy::TantivyError::from)?;
        out.store = Some((store, schema.get_field("fragment")?));
        out.reader = Some(reader);
        Ok(out)
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.meta.docs as usize
    }

    /// True for an index without documents.
    pub fn is_empty(&self) -> bool {
        self.meta.docs == 0
    }

    /// The fingerprint that the index was built with.
    pub fn fingerprint(&self) -> &str {
        &self.meta.settings.fingerprint
    }

    pub(super) fn fragment(&self, doc: u32) -> Result<Fragment, SearchError> {
        let Some((store, field)) = &self.store else {
            return Ok(Fragment::default());
        };
        let stored: TantivyDocument = store.get(doc)?;
        stored
            .get_first(*field)
            .and_then(|v| v.as_bytes())
            .and_then(|bytes| serde_json::from_slice(bytes).ok())
            .ok_or_else(|| SearchError::Stale(format!("page {doc} is not readable")))
    }

    /// Documents of a term with the class of its weighted count.
    pub(super) fn list(&self, term: &str) -> Result<Vec<(u32, u8)>, SearchError> {
        let mut parts = Vec::new();
        for (index, field, weight) in &self.fields {
            let term = tantivy::Term::from_field_text(*field, term);
            let postings = index.read_postings(&term, IndexRecordOption::WithFreqs);
            if let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? {
                parts.push(gather(&mut postings, *weight));
            }
        }
        Ok(merge(parts))
    }

    /// Documents of a facet term.
    pub(super) fn facet(&self, field: &str, term: &str) -> Result<Vec<u32>, SearchError> {
        let Some(reader) = &self.reader else {
            return Ok(Vec::new());
        };
        let at = reader.schema().get_field("facets")?;
        let term = tantivy::Term::from_field_text(at, &format!(" {field}={term}"));
        let index = reader.inverted_index(at)?;
        let postings = index.read_postings(&term, IndexRecordOption::Basic);
        let mut out = Vec::new();
        if let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? {
            while postings.doc() != TERMINATED {
                out.push(postings.doc());
                postings.advance();
            }
        }
        Ok(out)
    }
}

/// Documents of one field's postings with weighted counts.
pub(super) fn gather(postings: &mut impl Postings, weight: u32) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    while postings.doc() != TERMINATED {
        out.push((postings.doc(), postings.term_freq() * weight));
        postings.advance();
    }
    out
}

/// Adds the fields' weighted counts up and gives their classes.
pub(super) fn merge(mut parts: Vec<Vec<(u32, u32)>>) -> Vec<(u32, u8)> {
    let mut all = if parts.len() == 1 {
        parts.remove(0)
    } else {
        parts.concat()
    };
    all.sort_by_key(|&(doc, _)| doc);
    all.chunk_by(|a, b| a.0 == b.0)
        .map(|same| (same[0].0, rank::class(same.iter().map(|s| s.1).sum())))
        .collect()
}
