//! The Tantivy segment, which the command line asks: written from the runs
//! when it is missing or of another state, and read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use super::collect::Collector;
use super::document::Fragment;
use super::stock::{Meta, Stock};
use super::write::{facet_term, write};
use super::{SearchDoc, SearchError, Settings, rank};

/// Text fields with their weight in the ranking.
pub(super) const FIELDS: [(&str, u32); 6] = [
    ("title", rank::TITLE),
    ("headings", rank::HEADINGS),
    ("summary", rank::SUMMARY),
    ("body", rank::BODY),
    ("fields", rank::BODY),
    ("dates", rank::BODY),
];
/// The folder of the segment begins with this.
const SEGMENT: &str = "segment-";

/// An open index.
pub struct Index {
    pub(super) stock: Stock,
    pub(super) reader: Option<SegmentReader>,
    pub(super) fields: Vec<(Arc<InvertedIndexReader>, Field, u32)>,
    pub(super) norms: Vec<u8>,
    pub(super) years: Vec<i32>,
    pub(super) frequent: std::sync::OnceLock<super::frequent::Frequent>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("docs", &self.len()).finish_non_exhaustive()
    }
}

/// Writes the index of these pages into `dir`, replacing what was there in one
/// step, and opens it. A page's place in `docs` is its number: it decides ties.
pub fn build(docs: &[SearchDoc], settings: &Settings, dir: &Path) -> Result<Index, SearchError> {
    let ids = docs.iter().map(|doc| doc.id.as_str());
    let collector = Collector::new(dir, settings, ids)?;
    docs.par_iter().enumerate().for_each(|(number, doc)| collector.put(number, doc.clone()));
    Index::of(collector.finish(|number| docs[number].clone())?)
}

/// Brings the segment of an index up to date; gives its folder.
pub(super) fn segment(stock: &Stock) -> Result<PathBuf, SearchError> {
    let dir = stock.dir.join(format!("{SEGMENT}{}", stock.name()));
    if dir.join("meta.json").exists() {
        return Ok(dir);
    }
    let io = |path: &Path| {
        let path = path.to_owned();
        move |e| SearchError::Io(path, e)
    };
    let new = stock.dir.join(format!("new-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&new);
    std::fs::create_dir_all(&new).map_err(io(&new))?;
    write(stock, &new)?;
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::rename(&new, &dir).map_err(io(&dir))?;
    // Segments of other states are of no more use.
    for entry in std::fs::read_dir(&stock.dir).map_err(io(&stock.dir))?.flatten() {
        let name = entry.file_name();
        let old = name.to_string_lossy().starts_with(SEGMENT);
        if old && entry.path() != dir {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    Ok(dir)
}

impl Index {
    /// Opens the index of a folder; its segment is made when it is missing.
    pub fn open(dir: &Path) -> Result<Index, SearchError> {
        Self::of(Stock::open(dir)?)
    }

    /// Opens the segment of an index.
    pub fn of(stock: Stock) -> Result<Index, SearchError> {
        let index = tantivy::Index::open_in_dir(segment(&stock)?)?;
        let schema = index.schema();
        let segments = index.searchable_segments()?;
        let mut out = Index {
            norms: stock.norms(),
            years: stock.years(),
            stock,
            reader: None,
            fields: Vec::new(),
            frequent: std::sync::OnceLock::new(),
        };
        let Some(segment) = segments.first() else {
            return Ok(out);
        };
        let reader = SegmentReader::open(segment)?;
        if segments.len() > 1 || reader.max_doc() as usize != out.len() {
            return Err(SearchError::Stale("not one segment".into()));
        }
        for (name, weight) in FIELDS {
            let field = schema.get_field(name)?;
            out.fields.push((reader.inverted_index(field)?, field, weight));
        }
        out.reader = Some(reader);
        Ok(out)
    }

    pub(super) fn meta(&self) -> &Meta {
        &self.stock.meta
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.stock.docs() as usize
    }

    /// True for an index without documents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn fragment(&self, doc: u32) -> Result<Fragment, SearchError> {
        self.stock.fragment(doc)
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
        let term = tantivy::Term::from_field_text(at, &facet_term(field, term));
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
fn gather(postings: &mut impl Postings, weight: u32) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    while postings.doc() != TERMINATED {
        out.push((postings.doc(), postings.term_freq() * weight));
        postings.advance();
    }
    out
}

/// Adds the fields' weighted counts up and gives their classes.
fn merge(mut parts: Vec<Vec<(u32, u32)>>) -> Vec<(u32, u8)> {
    let mut all = if parts.len() == 1 { parts.remove(0) } else { parts.concat() };
    all.sort_by_key(|&(doc, _)| doc);
    all.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, rank::class(same.iter().map(|s| s.1).sum()))).collect()
}
