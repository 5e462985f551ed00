//! The segment: its fields, and how it is read.

use std::sync::Arc;

use tantivy::directory::RamDirectory;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::store::StoreReader;
use tantivy::termdict::TermDictionary;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED, TantivyDocument};

use crate::search::analysis::Fragment;
use crate::search::codec::grade_of_number;
use crate::search::gather::{Meta, facet_term};
use crate::search::{SearchError, SearchKind};

/// An open index.
pub struct Index {
    pub(super) directory: RamDirectory,
    pub(super) meta: Meta,
    segment: Option<Segment>,
    /// Per document the position of its kind in the settings.
    kinds: Vec<Option<u32>>,
}

/// The readers of the segment.
struct Segment {
    terms: Arc<InvertedIndexReader>,
    facets: Arc<InvertedIndexReader>,
    store: StoreReader,
    fields: Fields,
}

/// The fields of the schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    pub terms: Field,
    pub facets: Field,
    pub shown: Field,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("docs", &self.len()).finish_non_exhaustive()
    }
}

/// Name of the tokenizer that reads counted terms.
pub(super) const COUNTED_TERMS: &str = "counted-terms";

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexed = |tokenizer, record| {
        let indexing = TextFieldIndexing::default();
        // Length counts by a step of its own, so Tantivy keeps none.
        let indexing = indexing.set_tokenizer(tokenizer).set_fieldnorms(false).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        terms: schema.add_text_field("terms", indexed(COUNTED_TERMS, IndexRecordOption::WithFreqs)),
        facets: schema.add_text_field("facets", indexed("raw", IndexRecordOption::Basic)),
        shown: schema.add_text_field("shown", STORED),
    };
    (schema.build(), fields)
}

impl Index {
    /// Opens the segment in a directory.
    pub(super) fn open(directory: RamDirectory, meta: Meta) -> Result<Index, SearchError> {
        let kinds = meta.runs.iter().flat_map(|&(count, kind)| std::iter::repeat_n(kind, count as usize)).collect();
        let mut open = Index { directory, meta, segment: None, kinds };
        if open.is_empty() {
            return Ok(open);
        }
        let index = tantivy::Index::open(open.directory.clone())?;
        let segments = index.searchable_segments()?;
        let Some(segment) = segments.first() else {
            return Err(SearchError::Damaged);
        };
        let reader = SegmentReader::open(segment)?;
        let meta = &open.meta;
        let columns = [meta.lengths.len(), meta.years.len(), meta.strengths.len(), meta.name_ranks.len()];
        if segments.len() > 1 || reader.max_doc() != meta.docs || columns != [meta.docs as usize; 4] {
            return Err(SearchError::Damaged);
        }
        let (_, fields) = schema();
        open.segment = Some(Segment {
            terms: reader.inverted_index(fields.terms)?,
            facets: reader.inverted_index(fields.facets)?,
            store: reader.get_store_reader(8)?,
            fields,
        });
        Ok(open)
    }

    /// What the index holds besides the segment.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.meta.docs as usize
    }

    /// True for an index without documents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Per document the step of its length.
    pub fn lengths(&self) -> &[u8] {
        &self.meta.lengths
    }

    /// Per document its year or 0.
    pub fn years(&self) -> &[i32] {
        &self.meta.years
    }

    /// Per document the strength of its evidence or 0.
    pub fn strengths(&self) -> &[u32] {
        &self.meta.strengths
    }

    /// Per document its place in the order of titles.
    pub fn name_ranks(&self) -> &[u32] {
        &self.meta.name_ranks
    }

    /// The kind of a document; `None` for one that the settings do not name.
    pub fn kind_of(&self, doc: u32) -> Option<&SearchKind> {
        let kind = *self.kinds.get(doc as usize)?;
        self.meta.settings.kinds.get(kind? as usize)
    }

    /// Whether a document is a page that lists others.
    pub fn is_list(&self, doc: u32) -> bool {
        self.kind_of(doc).is_some_and(|kind| kind.lists)
    }

    /// What is shown of a document, as JSON that is also JavaScript.
    pub fn shown(&self, doc: u32) -> Result<String, SearchError> {
        let Some(segment) = &self.segment else {
            return Err(SearchError::Damaged);
        };
        let document: TantivyDocument = segment.store.get(doc)?;
        let shown = document.get_first(segment.fields.shown).and_then(|value| value.as_str().map(str::to_owned));
        shown.ok_or(SearchError::Damaged)
    }

    /// What is shown of a document.
    pub fn fragment(&self, doc: u32) -> Result<Fragment, SearchError> {
        serde_json::from_str(&self.shown(doc)?).map_err(|_| SearchError::Damaged)
    }

    /// Documents of a term with its grade.
    pub fn list(&self, term: &str) -> Result<Vec<(u32, u8)>, SearchError> {
        let Some(segment) = &self.segment else {
            return Ok(Vec::new());
        };
        let term = tantivy::Term::from_field_text(segment.fields.terms, term);
        let Some(info) = segment.terms.get_term_info(&term)? else {
            return Ok(Vec::new());
        };
        let mut list = Vec::new();
        self.postings(&info, &mut list)?;
        Ok(list)
    }

    /// Reads the posting list of a term: documents in order with the term's grade.
    pub fn postings(&self, term: &TermInfo, list: &mut Vec<(u32, u8)>) -> Result<(), SearchError> {
        list.clear();
        let Some(segment) = &self.segment else {
            return Ok(());
        };
        let postings = segment.terms.read_block_postings_from_terminfo(term, IndexRecordOption::WithFreqs);
        let mut block = postings?;
        list.reserve(term.doc_freq as usize);
        loop {
            let docs = block.docs();
            if docs.is_empty() {
                return Ok(());
            }
            list.extend(docs.iter().zip(block.freqs()).map(|(&doc, &number)| (doc, grade_of_number(number))));
            block.advance();
        }
    }

    /// All terms.
    pub fn terms(&self) -> Option<&TermDictionary> {
        self.segment.as_ref().map(|segment| segment.terms.terms())
    }

    /// Documents of a facet term.
    pub fn facet(&self, field: &str, term: &str) -> Result<Vec<u32>, SearchError> {
        let Some(segment) = &self.segment else {
            return Ok(Vec::new());
        };
        let term = tantivy::Term::from_field_text(segment.fields.facets, &facet_term(field, term));
        let postings = segment.facets.read_postings(&term, IndexRecordOption::Basic)?;
        let mut out = Vec::new();
        if let Some(mut postings) = postings {
            while postings.doc() != TERMINATED {
                out.push(postings.doc());
                postings.advance();
            }
        }
        Ok(out)
    }
}
