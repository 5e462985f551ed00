//! Makes a run: the terms of a block of pages, counted and put in order.

use std::path::Path;

use super::SearchDoc;
use super::SearchError;
use super::analyze::{Counts, Terms, is_signed};
use super::bytes::{Hash, put_text};
use super::codec::{self, varint};
use super::document::{Fragment, document, fragment};
use super::export::safe;
use super::run::{self, BODY, COUNTED, Page, Postings, Run, SECTIONS, put_counts, section};
use crate::text::words::Words;

/// Codes below this are counts of running text alone; others are places in `more`.
const MORE: u32 = 8;

/// A term of a page of the block.
#[derive(Clone, Copy, Default)]
struct Posting {
    term: u32,
    /// Page in the block (8 bits) and code (24 bits).
    page: u32,
}

/// A block of pages being made.
#[derive(Default)]
pub struct Block {
    terms: Terms,
    postings: Vec<Posting>,
    more: Vec<Counts>,
    pages: Vec<Page>,
    texts: Vec<u8>,
    sums: [u64; COUNTED],
}

impl Block {
    /// Takes the next page.
    pub fn page(&mut self, key: Hash, text: Hash, doc: &SearchDoc, words: &Words) {
        let at = self.pages.len() as u32;
        let length = document(doc, words, &mut self.terms);
        let mut terms = std::mem::take(&mut self.terms);
        terms.document(|term, counts| self.post(term, at, counts));
        self.terms = terms;
        let shown = shown(&fragment(doc));
        let mut facets = doc.facets.clone();
        facets.sort_unstable();
        facets.dedup();
        self.put(
            Page {
                url: doc.url.clone(),
                key,
                text,
                length: length as u32,
                year: doc.year.unwrap_or(0),
                facets,
                ..Page::default()
            },
            &shown,
        );
    }

    fn put(&mut self, mut page: Page, shown: &[u8]) {
        page.shown = super::bytes::hash(shown);
        page.at = (self.texts.len() as u32, shown.len() as u32);
        self.texts.extend_from_slice(shown);
        self.pages.push(page);
    }

    fn post(&mut self, term: u32, page: u32, counts: Counts) {
        for (sum, count) in self.sums.iter_mut().zip(counts) {
            *sum += u64::from(count);
        }
        let mut rest = counts;
        let body = u32::from(std::mem::take(&mut rest[BODY]));
        let code = if rest == Counts::default() && body < MORE {
            body
        } else {
            self.more.push(counts);
            MORE + self.more.len() as u32 - 1
        };
        let page = page << 24 | code;
        self.postings.push(Posting { term, page });
    }

    /// Takes over pages of an earlier run: `from` are pages of the run, and each
    /// gets the number of the next page of this block with it.
    pub fn reuse(&mut self, old: &Run, pages: &[(u32, u32)]) -> Result<(), SearchError> {
        let mut now = [None; 256];
        for &(from, to) in pages {
            now[from as usize & 255] = Some(to);
        }
        let sections = old.sections(0..SECTIONS)?;
        for i in 0..SECTIONS {
            for (term, postings) in run::terms(sections.get(i).unwrap_or_default()) {
                let mut id = None;
                for (page, counts) in Postings::new(postings) {
                    let Some(to) = now[page as usize & 255] else {
                        continue;
                    };
                    let names = &mut self.terms;
                    let text = || std::str::from_utf8(term).unwrap_or_default();
                    let id = *id.get_or_insert_with(|| names.number(text()));
                    self.post(id, to, counts);
                }
            }
        }
        Ok(())
    }

    /// The next page, whose terms come by [`Self::reuse`].
    pub fn known(&mut self, page: &Page, shown: &[u8]) {
        self.put(page.clone(), shown);
    }

    /// Writes the run to `path` and what is shown beside it.
    pub fn write(mut self, path: &Path) -> Result<(), SearchError> {
        let sections = self.sections();
        let bytes = run::write(&self.pages, &self.sums, &sections);
        // The run comes last: where it is, its texts are.
        for (path, bytes) in [(run::texts_of(path), &self.texts), (path.to_owned(), &bytes)] {
            let new = path.with_extension(format!("new{}", std::process::id()));
            std::fs::write(&new, bytes)
                .and_then(|()| std::fs::rename(&new, &path))
                .map_err(|e| SearchError::Io(path, e))?;
        }
        Ok(())
    }

    /// Postings by term: per term where its postings begin, and all of them in
    /// order of term and page.
    fn grouped(&mut self) -> (Vec<usize>, Vec<u32>) {
        let mut starts = vec![0usize; self.terms.names().len() + 1];
        for posting in &self.postings {
            starts[posting.term as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut out = vec![0; self.postings.len()];
        for posting in self.postings.drain(..) {
            out[next[posting.term as usize]] = posting.page;
            next[posting.term as usize] += 1;
        }
        for term in starts.windows(2) {
            let group = &mut out[term[0]..term[1]];
            if !group.is_sorted() {
                group.sort_unstable_by_key(|page| page >> 24);
            }
        }
        (starts, out)
    }

    fn sections(&mut self) -> Vec<Vec<u8>> {
        let (starts, pages) = self.grouped();
        let names = self.terms.names();
        let mut text = Vec::new();
        let mut order: Vec<(u64, u32)> = (0..names.len() as u32)
            .filter(|&id| starts[id as usize] < starts[id as usize + 1])
            .map(|id| {
                names.write(id, &mut text);
                let term = std::str::from_utf8(&text).unwrap_or_default();
                let hash = codec::hash(term, 0);
                let gram = !term.starts_with(is_signed);
                ((section(gram, hash) as u64) << 32 | u64::from(hash), id)
            })
            .collect();
        let mut other = Vec::new();
        order.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| {
                names.write(a.1, &mut text);
                names.write(b.1, &mut other);
                text.cmp(&other)
            })
        });
        let mut out = vec![Vec::new(); SECTIONS];
        let mut list = Vec::new();
        for (place, id) in order {
            list.clear();
            let mut next = 0;
            for &page in &pages[starts[id as usize]..starts[id as usize + 1]] {
                list.push((page >> 24) as u8 - next);
                next = (page >> 24) as u8 + 1;
                let code = page & 0x00ff_ffff;
                match code.checked_sub(MORE) {
                    None => list.push(code as u8),
                    Some(more) => put_counts(self.more[more as usize], &mut list),
                }
            }
            let section = &mut out[(place >> 32) as usize];
            names.write(id, &mut text);
            put_text(&text, section);
            varint(list.len() as u32, section);
            section.extend_from_slice(&list);
        }
        out
    }
}

/// What is shown of a page, as the fragment files hold it.
fn shown(fragment: &Fragment) -> Vec<u8> {
    safe(&serde_json::to_string(fragment).unwrap_or_else(|_| "[]".into())).into_bytes()
}
