//! Posting lists in memory: of some documents in a row, then of all of them as they are exported.

use rayon::prelude::*;

use super::shards::Coded;
use crate::search::analysis::Terms;
use crate::search::codec::{encode, hash, read_varint, varint};

/// Groups of terms by the first eight bits of their hashes. A group is merged at a time and let go of, so that the lists
/// of the parts and those of all documents are never both whole in memory.
const GROUPS: usize = 256;

/// Terms in the order of their hashes, then of their texts, each with its list: the number of documents, then what was
/// written of them.
#[derive(Debug, Default)]
pub(super) struct Lists {
    texts: String,
    bytes: Vec<u8>,
    /// First hash of a term, end of its text and of its list.
    ends: Vec<(u32, u32, u32)>,
}

impl Lists {
    fn push(&mut self, hash: u32, term: &str, write: impl FnOnce(&mut Vec<u8>)) {
        self.texts.push_str(term);
        write(&mut self.bytes);
        self.ends.push((hash, self.texts.len() as u32, self.bytes.len() as u32));
    }

    fn get(&self, at: usize) -> Coded<'_> {
        let (hash, text, list) = self.ends[at];
        let (_, from, first) = at.checked_sub(1).map_or((0, 0, 0), |before| self.ends[before]);
        Coded {
            hash,
            term: &self.texts[from as usize..text as usize],
            list: &self.bytes[first as usize..list as usize],
        }
    }

    /// The terms in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Coded<'_>> {
        (0..self.ends.len()).map(|at| self.get(at))
    }

    /// The same, without room for more.
    fn fitted(mut self) -> Lists {
        self.texts.shrink_to_fit();
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        self
    }
}

/// Collects the terms of documents in a row.
#[derive(Debug, Default)]
pub(super) struct Collector {
    /// Numbers of terms, one document after the other, and their grades.
    numbers: Vec<u32>,
    grades: Vec<u8>,
    /// End of each document.
    ends: Vec<usize>,
}

impl Collector {
    /// Takes the terms of the next document.
    pub(super) fn take(&mut self, terms: &mut Terms) {
        terms.each_number(|grade, term| {
            self.numbers.push(term);
            self.grades.push(grade);
        });
        self.ends.push(self.numbers.len());
    }

    /// The lists in [`GROUPS`], by the terms that gave the numbers; `first` is the number of the first document.
    pub(super) fn lists(self, terms: &Terms, first: u32) -> Vec<Lists> {
        // Sorted by term: where the list of each begins, and how far it is filled.
        let mut filled = vec![0usize; terms.known() + 1];
        for &term in &self.numbers {
            filled[term as usize + 1] += 1;
        }
        for term in 1..filled.len() {
            filled[term] += filled[term - 1];
        }
        let starts = filled.clone();
        // The number of a document among those in a row, and the grade.
        let mut sorted = vec![(0u16, 0u8); self.numbers.len()];
        let mut from = 0;
        for (doc, end) in (0..).zip(self.ends) {
            for (&term, &grade) in self.numbers[from..end].iter().zip(&self.grades[from..end]) {
                let place = &mut filled[term as usize];
                sorted[*place] = (doc, grade);
                *place += 1;
            }
            from = end;
        }
        drop((self.numbers, self.grades));
        let mut texts = String::new();
        let mut order: Vec<(u32, u32, std::ops::Range<usize>)> = Vec::with_capacity(terms.known());
        for term in 0..terms.known() as u32 {
            let start = texts.len();
            terms.write(term, &mut texts);
            order.push((hash(&texts[start..], 0), term, start..texts.len()));
        }
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| texts[a.2.clone()].cmp(&texts[b.2.clone()])));
        let group = |terms: &[(u32, u32, std::ops::Range<usize>)]| {
            let mut lists = Lists::default();
            for (hash, term, text) in terms {
                let list = &sorted[starts[*term as usize]..starts[*term as usize + 1]];
                lists.push(*hash, &texts[text.clone()], |out| {
                    varint(list.len() as u32, out);
                    let mut last = 0;
                    for &(doc, grade) in list {
                        let doc = first + u32::from(doc);
                        varint(doc - last, out);
                        out.push(grade);
                        last = doc;
                    }
                });
            }
            lists.fitted()
        };
        let mut rest = order.as_slice();
        let groups = (0..GROUPS).map(|number| {
            let (own, after) = rest.split_at(rest.partition_point(|(hash, ..)| (hash >> 24) as usize <= number));
            rest = after;
            group(own)
        });
        groups.collect()
    }
}

/// The lists of all documents as they are exported, from those of documents in a row: each of the result has the terms
/// that follow those of the one before.
pub(super) fn merged(mut parts: Vec<Vec<Lists>>, docs: u32) -> Vec<Lists> {
    let of_group = |number: usize| parts.iter_mut().map(|part| std::mem::take(&mut part[number])).collect();
    let groups: Vec<Vec<Lists>> = (0..GROUPS).map(of_group).collect();
    let merged = |parts: Vec<Lists>| {
        let mut terms: Vec<Coded<'_>> = parts.iter().flat_map(Lists::iter).collect();
        // A sort that keeps the order of the parts.
        terms.sort_by(|a, b| (a.hash, a.term).cmp(&(b.hash, b.term)));
        let (mut lists, mut list) = (Lists::default(), Vec::new());
        for same in terms.chunk_by(|a, b| a.hash == b.hash && a.term == b.term) {
            list.clear();
            for part in same {
                let mut rest = part.list;
                let (count, mut doc) = (read_varint(&mut rest), 0);
                for _ in 0..count {
                    doc += read_varint(&mut rest);
                    let (&grade, after) = rest.split_first().unwrap_or((&1, &[]));
                    rest = after;
                    list.push((doc, grade));
                }
            }
            lists.push(same[0].hash, same[0].term, |out| {
                varint(list.len() as u32, out);
                encode(&list, docs, true, out);
            });
        }
        lists.fitted()
    };
    groups.into_par_iter().map(merged).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::Words;

    /// Lists of texts, so many of them in a part.
    fn lists(texts: &[&str], in_part: usize) -> Vec<Lists> {
        let part = |(number, texts): (usize, &[&str])| {
            let (mut terms, mut collector) = (Terms::default(), Collector::default());
            for text in texts {
                terms.field(0);
                terms.text(Words::get(), text, crate::search::analysis::Role::Body, 1);
                collector.take(&mut terms);
            }
            collector.lists(&terms, (number * in_part) as u32)
        };
        let parts = texts.chunks(in_part).enumerate().map(part).collect();
        merged(parts, texts.len() as u32)
    }

    #[test]
    fn parts_change_nothing() {
        let texts = ["ครูและนักเรียน", "ครู ครู ครู", "", "teachers and pupils", "นักเรียน"];
        let plain = |lists: Vec<Lists>| -> Vec<(u32, String, Vec<u8>)> {
            let all = lists.iter().flat_map(Lists::iter);
            all.map(|coded| (coded.hash, coded.term.to_owned(), coded.list.to_vec())).collect()
        };
        let whole = plain(lists(&texts, 5));
        assert!(whole.is_sorted_by_key(|(hash, term, _)| (*hash, term.clone())));
        for in_part in 1..5 {
            assert_eq!(whole, plain(lists(&texts, in_part)), "{in_part}");
        }
        // In documents 0 and 1 of five; in the second three times: its class is in unary.
        // In the names of documents 0 and 1 of five, once and three times.
        let (_, _, list) = whole.iter().find(|(_, term, _)| term == "ครู").expect("a term");
        let mut wanted = vec![2];
        encode(&[(0, 6 | 32), (1, 8 | 32)], 5, true, &mut wanted);
        assert_eq!(*list, wanted);
        assert_eq!(plain(lists(&[], 1)), []);
    }
}
