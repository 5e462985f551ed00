//! Lists whose places have a type of their own: the number of a kind cannot be taken for that of an entry or of a field.

use rayon::prelude::*;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A place in a list of one sort of things.
pub trait Id: Copy + Debug + PartialEq {
    /// The id of a place, from 0. Needed where numbers come from outside: from a file, or from a count.
    fn new(place: usize) -> Self;

    /// The place. Needed where numbers go outside.
    fn index(self) -> usize;
}

macro_rules! id {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(u32);

        impl Id for $name {
            fn new(place: usize) -> $name {
                $name(place as u32)
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// A kind: index in [`Schema::kinds`](super::Schema::kinds), and in lists that hold something per kind.
    KindId
}

id! {
    /// An entry: index in [`Portal::entries`](super::Portal::entries) of one portal, and in lists that hold something per entry
    /// of it. What the public gate gives is another portal, whose entries are counted anew: an id does not pass the gate.
    EntryId
}

/// A list that is indexed by ids of one type. It is a [`Vec`] for everything else.
#[derive(Debug, Clone)]
pub struct IndexVec<I, T> {
    items: Vec<T>,
    id: PhantomData<I>,
}

/// Something per kind.
pub(crate) type ByKind<T> = IndexVec<KindId, T>;

/// Something per entry.
pub(crate) type ByEntry<T> = IndexVec<EntryId, T>;

impl<I: Id, T> IndexVec<I, T> {
    /// The ids, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.items.len()).map(I::new)
    }

    /// The items with their ids.
    pub fn iter_ids(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items.iter().enumerate().map(|(place, item)| (I::new(place), item))
    }

    /// The items with their ids, for all processors.
    pub fn par_iter_ids(&self) -> impl IndexedParallelIterator<Item = (I, &T)>
    where
        I: Send,
        T: Sync,
    {
        self.items.par_iter().enumerate().map(|(place, item)| (I::new(place), item))
    }

    /// The item of an id; `None` where the id is of another list.
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }

    /// The id of the first item for which `test` holds.
    pub fn position(&self, test: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(test).map(I::new)
    }
}

impl<I, T> Default for IndexVec<I, T> {
    fn default() -> IndexVec<I, T> {
        Vec::new().into()
    }
}

impl<I, T> From<Vec<T>> for IndexVec<I, T> {
    fn from(items: Vec<T>) -> IndexVec<I, T> {
        IndexVec { items, id: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> IndexVec<I, T> {
        Vec::from_iter(items).into()
    }
}

impl<I: Send, T: Send> FromParallelIterator<T> for IndexVec<I, T> {
    fn from_par_iter<A: IntoParallelIterator<Item = T>>(items: A) -> IndexVec<I, T> {
        Vec::from_par_iter(items).into()
    }
}

impl<I, T> Deref for IndexVec<I, T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.items
    }
}

impl<I, T> DerefMut for IndexVec<I, T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }
}

impl<I: Id, T> Index<I> for IndexVec<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}

impl<'a, I, T> IntoIterator for &'a IndexVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut IndexVec<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}
