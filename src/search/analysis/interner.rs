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
/// Stands behind each text; no folded text holds it.
const END: char = '\0';
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

/// A key with its number, and where its text stands: one look in memory instead of two.
#[derive(Debug, Clone, Copy)]
struct Slot {
    key: u64,
    id: u32,
    place: u32,
}

/// Open addressing over 64-bit keys.
#[derive(Debug, Default)]
struct Table {
    slots: Vec<Slot>,
    used: usize,
}

impl Table {
    /// The number under the key of a text at a place that `same` accepts, or `next` when it was put there.
    fn find(&mut self, next: Slot, same: impl Fn(u32) -> bool) -> u32 {
        if self.used * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = spread(next.key) & mask;
        loop {
            match self.slots[at] {
                Slot { id: EMPTY, .. } => {
                    self.slots[at] = next;
                    self.used += 1;
                    return next.id;
                }
                Slot { key, id, place } if key == next.key && same(place) => return id,
                _ => at = (at + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 12);
        let old = std::mem::replace(&mut self.slots, vec![Slot { key: 0, id: EMPTY, place: 0 }; size]);
        for slot in old.into_iter().filter(|slot| slot.id != EMPTY) {
            let mut at = spread(slot.key) & (size - 1);
            while self.slots[at].id != EMPTY {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
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
        let id = self.grams.find(Slot { key: gram, id: next, place: 0 }, |_| true);
        if id == next {
            self.of.push(Term::Gram(gram));
        }
        id
    }

    /// The number of a term given by its characters; never one of three
    /// characters without a sign, which are [`Self::gram`]'s.
    pub(super) fn chars(&mut self, term: &[char]) -> u32 {
        let hash = term.iter().fold(0u64, |hash, &c| {
            let mixed = (hash ^ u64::from(c as u32)).wrapping_mul(MIX);
            mixed ^ (mixed >> 29)
        });
        let next = self.of.len() as u32;
        let arena = &self.arena;
        let slot = Slot { key: hash, id: next, place: arena.len() as u32 };
        let id = self.texts.find(slot, |place| {
            arena[place as usize..].starts_with(term) && arena.get(place as usize + term.len()) == Some(&END)
        });
        if id == next {
            self.of.push(Term::Text(slot.place, term.len() as u32));
            self.arena.extend_from_slice(term);
            self.arena.push(END);
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
            _ => interner.chars(&chars),
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
