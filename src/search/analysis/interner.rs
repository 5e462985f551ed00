//! Numbers for terms: each distinct term of some documents gets the next number. Trigrams, the most by far, are looked
//! up without their text; that is why no map of texts is used.

/// First character of a word key's term.
pub(crate) const WORD: char = '=';
/// First character of a beginning's term.
pub(crate) const START: char = '^';
/// First character of the term of a name's beginning.
pub(crate) const NAME: char = '!';
/// True for the sign of a word key, a beginning or a name; no trigram begins with one.
pub(crate) const fn is_signed(first: char) -> bool {
    first == WORD || first == START || first == NAME
}

/// A trigram in one number.
pub(super) const fn pack(a: char, b: char, c: char) -> u64 {
    ((a as u64) << 42) | ((b as u64) << 21) | c as u64
}

const EMPTY: u32 = u32::MAX;
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Terms with their numbers.
#[derive(Debug, Default)]
pub(super) struct Interner {
    /// Per number: a packed trigram, or the place of a text in `arena`.
    of: Vec<Term>,
    grams: Table,
    texts: Table,
    arena: Vec<char>,
}

#[derive(Debug, Clone, Copy)]
enum Term {
    Gram(u64),
    Text(u32, u32),
}

/// Open addressing over 64-bit keys.
#[derive(Debug, Default)]
struct Table {
    slots: Vec<(u64, u32)>,
    used: usize,
}

impl Table {
    /// The number under a key that `same` accepts, or `next` when it was put there.
    fn find(&mut self, key: u64, next: u32, same: impl Fn(u32) -> bool) -> u32 {
        if self.used * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = spread(key) & mask;
        loop {
            match self.slots[at] {
                (_, EMPTY) => {
                    self.slots[at] = (key, next);
                    self.used += 1;
                    return next;
                }
                (other, id) if other == key && same(id) => return id,
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 12);
        let old = std::mem::replace(&mut self.slots, vec![(0, EMPTY); size]);
        for (key, id) in old.into_iter().filter(|&(_, id)| id != EMPTY) {
            let mut at = spread(key) & (size - 1);
            while self.slots[at].1 != EMPTY {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (key, id);
        }
    }
}

fn spread(key: u64) -> usize {
    let mixed = key.wrapping_mul(MIX);
    (mixed ^ (mixed >> 32)) as usize
}

fn unpack(gram: u64) -> [char; 3] {
    let part = |shift: u32| char::from_u32((gram >> shift) as u32 & 0x1f_ffff).unwrap_or(' ');
    [part(42), part(21), part(0)]
}

impl Interner {
    /// The number of a packed trigram.
    pub(super) fn gram(&mut self, gram: u64) -> u32 {
        let next = self.of.len() as u32;
        let id = self.grams.find(gram, next, |_| true);
        if id == next {
            self.of.push(Term::Gram(gram));
        }
        id
    }

    /// The number of a term given by its characters; never one of three
    /// characters without a sign, which are [`Self::gram`]'s.
    pub(super) fn chars(&mut self, term: impl Iterator<Item = char>) -> u32 {
        let start = self.arena.len();
        self.arena.extend(term);
        let hash = self.arena[start..].iter().fold(0u64, |hash, &c| {
            let mixed = (hash ^ u64::from(c as u32)).wrapping_mul(MIX);
            mixed ^ (mixed >> 29)
        });
        let next = self.of.len() as u32;
        let (of, arena) = (&self.of, &self.arena);
        let (old, new) = arena.split_at(start);
        let id = self.texts.find(hash, next, |id| match of[id as usize] {
            Term::Text(at, length) => old.get(at as usize..(at + length) as usize) == Some(new),
            Term::Gram(_) => false,
        });
        if id == next {
            let length = (self.arena.len() - start) as u32;
            self.of.push(Term::Text(start as u32, length));
        } else {
            self.arena.truncate(start);
        }
        id
    }

    /// How many terms have a number.
    pub(super) fn len(&self) -> usize {
        self.of.len()
    }

    /// Adds a term's text to `out`.
    pub(super) fn write(&self, id: u32, out: &mut String) {
        match self.of[id as usize] {
            Term::Text(at, length) => out.extend(&self.arena[at as usize..(at + length) as usize]),
            Term::Gram(gram) => out.extend(unpack(gram)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(interner: &mut Interner, term: &str) -> u32 {
        let chars: Vec<char> = term.chars().collect();
        match chars[..] {
            [a, b, c] if !is_signed(a) => interner.gram(pack(a, b, c)),
            _ => interner.chars(chars.into_iter()),
        }
    }

    #[test]
    fn numbers_terms_once() {
        let mut interner = Interner::default();
        let terms: Vec<String> = (0..9000u32)
            .map(|i| format!("={i}"))
            .chain((0..9000u32).filter_map(|i| Some(format!("กข{}", char::from_u32(0x4e00 + i)?))))
            .chain(["^ก", "=กข"].map(String::from))
            .collect();
        let ids: Vec<u32> = terms.iter().map(|t| number(&mut interner, t)).collect();
        assert_eq!(ids, (0..terms.len() as u32).collect::<Vec<_>>());
        let mut out = String::new();
        for (id, term) in ids.iter().zip(&terms) {
            assert_eq!(number(&mut interner, term), *id);
            out.clear();
            interner.write(*id, &mut out);
            assert_eq!(out, *term);
        }
    }
}
