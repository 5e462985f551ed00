//! The terms of a block of neighbouring pages: a small inverted index in one
//! file, and what is shown of the pages in another.
//!
//! A run is a pure function of its pages, and its name is a hash of them: a
//! build reads the runs of unchanged blocks instead of making them anew.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::SearchError;
pub use super::analyze::Counts;
use super::bytes::{Hash, Reader, hash, put_text};
use super::codec::varint;

/// Fields with counts.
pub const COUNTED: usize = 6;
/// The field of running text, whose counts stand alone in most postings.
pub const BODY: usize = 3;
/// Most pages in a block.
pub const MOST: usize = 250;
/// Sections of one zone; a section holds the terms whose hash has its number in the highest bits.
pub const ZONE: usize = 512;
/// Sections of a run: trigrams, then words.
pub const SECTIONS: usize = 2 * ZONE;
const MAGIC: &[u8; 8] = b"salarun1";

/// What a run knows of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Address.
    pub url: String,
    /// Hash of all that search is given of the page.
    pub key: Hash,
    /// Hash of its sections.
    pub text: Hash,
    /// Length in folded characters.
    pub length: u32,
    /// Year or 0.
    pub year: i32,
    /// Facet values: field and term.
    pub facets: Vec<(String, String)>,
    /// Hash of what is shown.
    pub shown: Hash,
    /// Place of what is shown in the block's text file.
    pub at: (u32, u32),
}

/// A run on disk.
#[derive(Debug)]
pub struct Run {
    /// Its pages in order.
    pub pages: Vec<Page>,
    /// Sums of all counts per field.
    pub sums: [u64; COUNTED],
    /// Hash of each section.
    pub hashes: Vec<Hash>,
    offsets: Vec<u32>,
    start: u64,
    path: PathBuf,
}

/// Neighbouring sections of a run.
#[derive(Debug)]
pub struct Sections {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Sections {
    /// A section by its place among those that were read.
    pub fn get(&self, i: usize) -> Option<&[u8]> {
        self.bytes.get(*self.ends.get(i)?..*self.ends.get(i + 1)?)
    }
}

/// The section of a term in a run, from the term's first hash.
pub const fn section(gram: bool, hash: u32) -> usize {
    (if gram { 0 } else { ZONE }) + (hash >> 23) as usize
}

/// Writes a posting's counts: one byte for running text alone, else a byte that
/// tells the fields, and one for each.
pub fn put_counts(counts: Counts, out: &mut Vec<u8>) {
    let fields = (0..COUNTED).filter(|&f| counts[f] > 0);
    let mask = fields.clone().fold(0u8, |mask, f| mask | 1 << f);
    if mask == 1 << BODY {
        out.push(counts[BODY]);
    } else {
        out.push(0x80 | mask);
        out.extend(fields.map(|f| counts[f]));
    }
}

/// A page of a term's postings in a run, with its counts.
pub struct Postings<'a> {
    reader: Reader<'a>,
    next: u32,
}

impl<'a> Postings<'a> {
    /// Reads postings as a run holds them.
    pub fn new(bytes: &'a [u8]) -> Self {
        Postings { reader: Reader(bytes), next: 0 }
    }
}

impl Iterator for Postings<'_> {
    type Item = (u32, Counts);
    fn next(&mut self) -> Option<(u32, Counts)> {
        let [gap, code, ..] = *self.reader.0 else {
            return None;
        };
        self.reader.0 = &self.reader.0[2..];
        let page = self.next + u32::from(gap);
        self.next = page + 1;
        let mut counts = Counts::default();
        if code < 0x80 {
            counts[BODY] = code;
        } else {
            for (f, count) in counts.iter_mut().enumerate().take(COUNTED) {
                if code >> f & 1 == 1 {
                    *count = self.reader.take(1)?[0];
                }
            }
        }
        Some((page, counts))
    }
}

/// Terms of a section with their postings, in order of hash and term.
pub fn terms(section: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut reader = Reader(section);
    std::iter::from_fn(move || Some((reader.bytes()?, reader.bytes()?)))
}

/// The bytes of a run file.
pub fn write(pages: &[Page], sums: &[u64; COUNTED], sections: &[Vec<u8>]) -> Vec<u8> {
    let mut head = Vec::new();
    varint(pages.len() as u32, &mut head);
    for page in pages {
        put_text(page.url.as_bytes(), &mut head);
        head.extend_from_slice(&page.key);
        head.extend_from_slice(&page.text);
        head.extend_from_slice(&page.shown);
        for number in [page.length, page.year as u32, page.at.0, page.at.1] {
            head.extend_from_slice(&number.to_le_bytes());
        }
        varint(page.facets.len() as u32, &mut head);
        for (field, term) in &page.facets {
            put_text(field.as_bytes(), &mut head);
            put_text(term.as_bytes(), &mut head);
        }
    }
    for sum in sums {
        head.extend_from_slice(&sum.to_le_bytes());
    }
    let mut at = 0u32;
    for section in sections {
        head.extend_from_slice(&hash(section));
        at += section.len() as u32;
        head.extend_from_slice(&at.to_le_bytes());
    }
    let mut out = Vec::with_capacity(head.len() + at as usize + 32);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&(head.len() as u32).to_le_bytes());
    out.extend_from_slice(&hash(&head));
    out.extend_from_slice(&head);
    for section in sections {
        out.extend_from_slice(section);
    }
    out
}

impl Run {
    /// Opens a run file; an error when it is missing or damaged.
    pub fn open(path: &Path) -> Result<Run, SearchError> {
        let io = |e| SearchError::Io(path.to_owned(), e);
        let damaged = || SearchError::Stale(path.display().to_string());
        let mut file = File::open(path).map_err(io)?;
        let mut start = [0; 28];
        file.read_exact(&mut start).map_err(io)?;
        let mut reader = Reader(&start);
        if reader.take(8) != Some(MAGIC) {
            return Err(damaged());
        }
        let length = reader.number().ok_or_else(damaged)?;
        if u64::from(length) > file.metadata().map_err(io)?.len() {
            return Err(damaged());
        }
        let mut head = vec![0; length as usize];
        file.read_exact(&mut head).map_err(io)?;
        if reader.hash() != Some(hash(&head)) {
            return Err(damaged());
        }
        let start = 28 + u64::from(length);
        Self::parse(&head, start, path).ok_or_else(damaged)
    }

    fn parse(head: &[u8], start: u64, path: &Path) -> Option<Run> {
        let mut reader = Reader(head);
        let count = reader.varint()? as usize;
        let mut pages = Vec::with_capacity(count.min(MOST));
        for _ in 0..count {
            let mut page = Page {
                url: reader.text()?.to_owned(),
                key: reader.hash()?,
                text: reader.hash()?,
                shown: reader.hash()?,
                length: reader.number()?,
                year: reader.number()? as i32,
                at: (reader.number()?, reader.number()?),
                ..Page::default()
            };
            for _ in 0..reader.varint()? {
                let field = reader.text()?.to_owned();
                page.facets.push((field, reader.text()?.to_owned()));
            }
            pages.push(page);
        }
        let mut sums = [0; COUNTED];
        for sum in &mut sums {
            *sum = u64::from_le_bytes(reader.take(8)?.try_into().ok()?);
        }
        let (mut hashes, mut offsets) = (Vec::with_capacity(SECTIONS), vec![0]);
        for _ in 0..SECTIONS {
            hashes.push(reader.hash()?);
            offsets.push(reader.number()?);
        }
        if !offsets.is_sorted() {
            return None;
        }
        let path = path.to_owned();
        Some(Run { pages, sums, hashes, offsets, start, path })
    }

    /// Reads neighbouring sections; each is checked against its hash.
    pub fn sections(&self, range: std::ops::Range<usize>) -> Result<Sections, SearchError> {
        let io = |e| SearchError::Io(self.path.clone(), e);
        let base = self.offsets[range.start];
        let mut file = File::open(&self.path).map_err(io)?;
        file.seek(SeekFrom::Start(self.start + u64::from(base))).map_err(io)?;
        let length = self.offsets[range.end].saturating_sub(base);
        let mut bytes = Vec::with_capacity(length as usize);
        file.take(u64::from(length)).read_to_end(&mut bytes).map_err(io)?;
        let ends = self.offsets[range.start..=range.end].iter();
        let out = Sections { bytes, ends: ends.map(|end| (end - base) as usize).collect() };
        for (i, at) in range.enumerate() {
            if out.get(i).map(hash) != Some(self.hashes[at]) {
                return Err(SearchError::Stale(self.path.display().to_string()));
            }
        }
        Ok(out)
    }

    /// Bytes of all sections.
    pub fn size(&self) -> u64 {
        u64::from(self.offsets[SECTIONS])
    }

    /// What is shown of a page, as JSON.
    pub fn shown(&self, page: usize) -> Result<Vec<u8>, SearchError> {
        let path = texts_of(&self.path);
        let io = |e| SearchError::Io(path.clone(), e);
        let (at, length) = self.pages[page].at;
        let mut file = File::open(&path).map_err(io)?;
        file.seek(SeekFrom::Start(u64::from(at))).map_err(io)?;
        let mut out = Vec::with_capacity(length as usize);
        file.take(u64::from(length)).read_to_end(&mut out).map_err(io)?;
        if out.len() == length as usize { Ok(out) } else { Err(SearchError::Stale(path.display().to_string())) }
    }

    /// All that is shown of the block's pages.
    pub fn texts(&self) -> Result<Vec<u8>, SearchError> {
        let path = texts_of(&self.path);
        std::fs::read(&path).map_err(|e| SearchError::Io(path, e))
    }
}

/// The text file beside a run file.
pub fn texts_of(run: &Path) -> PathBuf {
    run.with_extension("texts")
}
