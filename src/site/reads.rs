//! What a page reads of the site is noted, so that a file is made again only where something it read has changed.
//!
//! The parts of a [`Site`](super::Site) are reached through its functions and through [`Tracked`] lists; both note
//! the reading while a file is made within [`collect`]. One file is made by one thread from beginning to end, so the
//! notes are the thread's own and cost nothing where nobody collects.

use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::ops::Index;
use std::sync::Arc;

/// Parts of a site that are read one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Of {
    /// Everything about an entry but its body.
    Entry,
    /// The body of an entry.
    Body,
    /// Who refers to an entry.
    Backlinks,
    /// Entries like an entry.
    Related,
    /// Facet values of an entry.
    Members,
    /// The handout of an entry.
    Handout,
    /// Which entries have an id.
    Id,
    /// Entries of a kind in their order.
    Order,
    /// How many entries a kind has.
    Count,
    /// Facets of a kind with the entries of each value.
    Facets,
    /// Which pages and media files there are.
    Names,
    /// Something that cannot be known again.
    Never,
}

/// A reading: a part and which one. Entries and ids are known by hashes, kinds by their position in the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Read {
    /// The part.
    pub of: Of,
    /// Which one.
    pub key: u64,
}

thread_local! {
    static ON: Cell<bool> = const { Cell::new(false) };
    static NOTES: RefCell<HashSet<Read, ahash::RandomState>> = RefCell::default();
}

/// Notes a reading.
pub fn note(of: Of, key: impl FnOnce() -> u64) {
    if ON.get() {
        let read = Read { of, key: key() };
        NOTES.with_borrow_mut(|notes| notes.insert(read));
    }
}

/// Notes readings that were made before, for something that is kept and used again.
pub fn note_again(reads: &[Read]) {
    if ON.get() {
        NOTES.with_borrow_mut(|notes| notes.extend(reads));
    }
}

/// Does something and gives what was read for it, in order. Who collects around it gets the readings too.
pub fn collect<T>(make: impl FnOnce() -> T) -> (T, Vec<Read>) {
    let (was, outer) = (ON.replace(true), NOTES.take());
    let made = make();
    let own = NOTES.replace(outer);
    ON.set(was);
    let mut reads: Vec<Read> = own.into_iter().collect();
    reads.sort_unstable();
    note_again(&reads);
    (made, reads)
}

/// Does something whose readings are accounted for elsewhere.
pub fn quietly<T>(make: impl FnOnce() -> T) -> T {
    let was = ON.replace(false);
    let made = make();
    ON.set(was);
    made
}

/// A list of which every reading is noted.
#[derive(Debug)]
pub struct Tracked<T> {
    of: Of,
    /// Keys of the items; none: their positions.
    keys: Option<Arc<[u64]>>,
    items: Vec<T>,
}

impl<T> Tracked<T> {
    /// Items known by their position.
    pub fn by_position(of: Of, items: Vec<T>) -> Tracked<T> {
        Tracked { of, keys: None, items }
    }

    /// Items known by keys.
    pub fn by_key(of: Of, keys: &Arc<[u64]>, items: Vec<T>) -> Tracked<T> {
        Tracked { of, keys: Some(keys.clone()), items }
    }

    /// All items, all of them noted.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.note_all();
        self.items.iter()
    }

    /// Notes all items, for what was derived from them.
    pub fn note_all(&self) {
        if ON.get() {
            (0..self.items.len()).for_each(|i| note(self.of, || self.key(i)));
        }
    }

    /// The items without a note: for what is derived from them and has notes of its own.
    pub fn unnoted(&self) -> &[T] {
        &self.items
    }

    fn key(&self, i: usize) -> u64 {
        self.keys.as_ref().and_then(|keys| keys.get(i).copied()).unwrap_or(i as u64)
    }
}

impl<T> Index<usize> for Tracked<T> {
    type Output = T;

    fn index(&self, i: usize) -> &T {
        note(self.of, || self.key(i));
        &self.items[i]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_noted_where_somebody_collects() {
        let list = Tracked::by_position(Of::Order, vec!['a', 'b', 'c']);
        let read = |key| Read { of: Of::Order, key };
        assert_eq!(list[0], 'a');
        let ((inner, _), outer) = collect(|| {
            let inner = collect(|| list[1]).1;
            quietly(|| list[0]);
            (inner, list[2])
        });
        assert_eq!(inner, [read(1)]);
        assert_eq!(outer, [read(1), read(2)]);
        assert_eq!(collect(|| note_again(&inner)).1, inner);
        assert_eq!(collect(|| list.iter().count()).1.len(), 3);
        assert!(collect(|| ()).1.is_empty());
    }
}
