//! Groups of which only the size is published: which of them tell of few internal entries, alone or as the difference of
//! what else is published.

pub(crate) use super::derived::LEAST_GROUP;
pub(super) use super::derived::Table;
use super::derived::{self, MOST_WORK, Told, divides};
use crate::model::{EntryId, Id};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Of how many internal entries a group tells, and how many entries it has: readers can count the public ones themselves.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    all: usize,
    internal: usize,
}

impl Group {
    /// Whether nobody can be told from the size.
    fn is_large(self) -> bool {
        self.all >= LEAST_GROUP && (self.internal == 0 || self.internal >= LEAST_GROUP)
    }
}

/// The released groups of one kind: all its tables together, for what one leaves out is not to follow from the others.
pub(super) struct Released<'a> {
    /// The internal entry that an entry tells of, by its position: a row of a table that of the entry it stands in, another one
    /// itself; none where the public reads it.
    hidden: &'a [Option<EntryId>],
    /// Tables that are published.
    pub(super) tables: Vec<Table>,
    /// Groups whose size may be known as well: all that a table divides. Of small ones nobody knows it.
    wholes: Vec<Vec<EntryId>>,
}

impl<'a> Released<'a> {
    /// Nothing yet.
    pub(super) fn new(hidden: &'a [Option<EntryId>]) -> Released<'a> {
        Released { hidden, tables: Vec::new(), wholes: Vec::new() }
    }

    /// Adds a table, with the groups that it divides.
    pub(super) fn add(&mut self, table: Table, wholes: impl IntoIterator<Item = Vec<EntryId>>) {
        self.tables.push(table);
        self.wholes.extend(wholes);
    }

    /// Whether nobody can be told from the number of these entries.
    pub(super) fn is_large(&self, entries: &[EntryId]) -> bool {
        self.size(entries).is_large()
    }

    /// Takes out what tells of few, and as much more as it takes that it cannot be computed: of a group (an office) and
    /// the published groups inside it (its networks), what is between them must be large as well.
    pub(super) fn close(&mut self) {
        // Which groups lie inside which is known where a table divides the entries, or another divides its groups; else a
        // group is inside another one by chance (all schools of a network name one difficulty), which nobody can know.
        let knows = |inner: &Table| self.tables.iter().map(|outer| divides(outer) || nests(inner, outer)).collect();
        let known: Vec<Vec<bool>> = self.tables.iter().map(knows).collect();
        let (hidden, all) = (self.hidden, self.tables.clone());
        self.wholes.retain(|whole| size(hidden, whole.iter().copied()).is_large());
        self.tables.iter_mut().for_each(|t| t.retain(|_, entries| size(hidden, entries.iter().copied()).is_large()));
        let mut work = MOST_WORK;
        loop {
            let mut removed = false;
            for (at, known) in known.iter().enumerate() {
                let telling = self.telling(&self.tables[at], known);
                removed |= !telling.is_empty();
                self.tables[at].retain(|name, _| !telling.contains(name));
            }
            if removed {
                continue;
            }
            match derived::telling(hidden, &all, &self.tables, &self.wholes, &mut work) {
                Told::No => return,
                Told::By(at, name) => {
                    let name = name.clone();
                    self.tables[at].remove(&name);
                }
                Told::Unknown => {
                    let largest = self.tables.iter_mut().max_by_key(|table| table.len());
                    largest.into_iter().for_each(|table| table.clear());
                    work = MOST_WORK;
                }
            }
        }
    }

    /// Groups of a table that tell of few entries of another group; `known` says of which tables.
    fn telling(&self, table: &Table, known: &[bool]) -> BTreeSet<Vec<String>> {
        let mut of: HashMap<EntryId, Vec<&Vec<String>>> = HashMap::new();
        for (name, entries) in table {
            entries.iter().for_each(|e| of.entry(*e).or_default().push(name));
        }
        let tables = self.tables.iter().zip(known).filter(|(_, known)| **known);
        let outer = tables.flat_map(|(table, _)| table.values()).chain(&self.wholes);
        outer.filter_map(|outer| self.between(outer, table, &of)).cloned().collect()
    }

    /// The smallest group inside another one that leaves few entries between them, alone or with its neighbours.
    fn between<'t>(
        &self,
        outer: &[EntryId],
        table: &'t Table,
        of: &HashMap<EntryId, Vec<&'t Vec<String>>>,
    ) -> Option<&'t Vec<String>> {
        let names = |entry: &EntryId| of.get(entry).into_iter().flatten();
        let mut shared: BTreeMap<&Vec<String>, usize> = BTreeMap::new();
        outer.iter().flat_map(names).for_each(|name| *shared.entry(name).or_default() += 1);
        shared.retain(|name, count| *count == table[*name].len() && *count < outer.len());
        let tells = |rest: Group| rest.all > 0 && !rest.is_large();
        let all = self.size(outer);
        let alone = |name: &Vec<String>| {
            let inner = self.size(&table[name]);
            let least = Group { all: all.all - inner.all, internal: all.internal.saturating_sub(inner.internal) };
            if least.internal >= LEAST_GROUP {
                return least;
            }
            // Rows of one entry may lie on both sides.
            let inner: HashSet<EntryId> = table[name].iter().copied().collect();
            size(self.hidden, outer.iter().copied().filter(|entry| !inner.contains(entry)))
        };
        let smallest = |of: &mut dyn Iterator<Item = (&&'t Vec<String>, &usize)>| {
            of.min_by_key(|(name, count)| (**count, **name)).map(|(name, _)| *name)
        };
        smallest(&mut shared.iter().filter(|(name, _)| tells(alone(name)))).or_else(|| {
            let rest = outer.iter().filter(|entry| !names(entry).any(|name| shared.contains_key(name)));
            tells(size(self.hidden, rest.copied())).then(|| smallest(&mut shared.iter())).flatten()
        })
    }

    fn size(&self, entries: &[EntryId]) -> Group {
        size(self.hidden, entries.iter().copied())
    }
}

/// Whether every group of a table lies inside one of another.
fn nests(inner: &Table, outer: &Table) -> bool {
    let mut of: HashMap<EntryId, HashSet<&Vec<String>>> = HashMap::new();
    for (name, entries) in outer {
        for entry in entries {
            of.entry(*entry).or_default().insert(name);
        }
    }
    let within = |entries: &Vec<EntryId>| {
        let of = |entry: &EntryId| of.get(entry).cloned().unwrap_or_default();
        let names = entries.iter().map(of).reduce(|a, b| &a & &b);
        names.is_some_and(|names| !names.is_empty())
    };
    inner.values().all(within)
}

fn size(hidden: &[Option<EntryId>], entries: impl Iterator<Item = EntryId>) -> Group {
    let (mut all, mut internal) = (0, HashSet::new());
    for entry in entries {
        all += 1;
        internal.extend(hidden[entry.index()]);
    }
    Group { all, internal: internal.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(range: &std::ops::Range<usize>) -> Vec<EntryId> {
        range.clone().map(EntryId::new).collect()
    }

    /// What is released of tables of internal entries, and of the whole that they divide.
    fn released(tables: &[&[(&str, std::ops::Range<usize>)]], whole: std::ops::Range<usize>) -> Vec<Vec<String>> {
        let hidden: Vec<_> = (0..40).map(|n| Some(EntryId::new(n))).collect();
        let mut released = Released::new(&hidden);
        for table in tables {
            let groups = table.iter().map(|(name, range)| (vec![(*name).to_string()], ids(range)));
            released.add(groups.collect(), [ids(&whole)]);
        }
        released.close();
        released.tables.into_iter().map(|t| t.into_keys().map(|mut names| names.remove(0)).collect()).collect()
    }

    #[test]
    fn small_groups_cannot_be_computed_from_the_total() {
        assert_eq!(released(&[&[("a", 0..5), ("b", 5..9)]], 0..9), [["a", "b"]]);
        assert_eq!(released(&[&[("a", 0..5), ("b", 5..9), ("c", 9..10)]], 0..10), [["a"]]);
        assert_eq!(released(&[&[("a", 0..5), ("b", 5..6), ("c", 6..8)]], 0..8), [["a"]]);
        assert!(released(&[&[("a", 0..5), ("b", 5..6)]], 0..6)[0].is_empty());
    }

    #[test]
    fn small_groups_cannot_be_computed_from_another_table() {
        let offices: &[_] = &[("o1", 0..5), ("o2", 5..15)];
        let networks: &[_] = &[("n1", 0..4), ("n2", 4..5), ("n3", 5..9), ("n4", 9..15)];
        assert_eq!(released(&[offices, networks], 0..15), [vec!["o1", "o2"], vec!["n3", "n4"]]);
    }

    #[test]
    fn small_groups_cannot_be_computed_from_networks_of_two_offices() {
        let offices: &[_] = &[("o1", 0..5), ("o2", 2..9), ("o3", 9..14)];
        let networks: &[_] = &[("n1", 0..2), ("n2", 2..5), ("n3", 5..9), ("n4", 9..14)];
        let found = released(&[networks, offices], 0..14);
        let has = |name: &str| found.iter().flatten().any(|n| n == name);
        // o1 − (o2 − n3) is n1; and so is all − o2 − o3 where n3 and n4 are known.
        assert!(!has("n1") && !has("n2") && !(has("o1") && has("o2") && (has("n3") || has("o3"))), "{found:?}");
    }

    #[test]
    fn what_lies_inside_a_group_by_chance_tells_nothing() {
        let networks: &[_] = &[("n1", 0..4), ("n2", 4..8)];
        let difficulties: &[_] = &[("a", 0..5), ("b", 2..7)];
        assert_eq!(released(&[networks, difficulties], 0..8), [vec!["n1", "n2"], vec!["b"]]);
        // A table of which entries are in several groups, and each of them divided by years.
        let several: &[_] = &[("n1", 0..5), ("n2", 3..9)];
        let years: &[_] = &[("n1 2565", 0..4), ("n1 2566", 4..5), ("n2 2565", 3..6), ("n2 2566", 6..9)];
        assert_eq!(released(&[several, years], 0..9)[1], ["n2 2565", "n2 2566"]);
    }

    #[test]
    fn those_without_a_value_cannot_be_computed_where_entries_have_several() {
        assert_eq!(released(&[&[("a", 0..9), ("b", 1..10), ("c", 4..10)]], 0..10), [["c"]]);
    }

    #[test]
    fn internal_entries_cannot_be_computed_from_public_ones() {
        let hidden = [Some(EntryId::new(0)), None, None, None];
        let mut released = Released::new(&hidden);
        released.add(Table::from([(vec!["a".to_string()], ids(&(0..4)))]), [ids(&(0..4))]);
        released.close();
        assert!(released.tables[0].is_empty() && !released.is_large(&ids(&(0..4))));
    }

    #[test]
    fn rows_of_one_entry_are_one_entry() {
        // Four rows of the first entry, then a row each of three others; every second row of the first is in `b`.
        let hidden = [0, 0, 0, 0, 4, 5, 6, 7].map(|n| Some(EntryId::new(n)));
        let groups = |groups: &[(&str, &[usize])]| {
            let mut released = Released::new(&hidden);
            let table = groups
                .iter()
                .map(|(name, of)| (vec![(*name).to_string()], of.iter().map(|n| EntryId::new(*n)).collect::<Vec<_>>()));
            released.add(table.collect(), [ids(&(0..8))]);
            released.close();
            released.tables.remove(0).into_keys().map(|mut names| names.remove(0)).collect::<Vec<_>>()
        };
        assert!(groups(&[("a", &[0, 1, 2, 3])]).is_empty());
        assert!(groups(&[("a", &[0, 1, 2, 3]), ("b", &[4, 5, 6, 7])]).is_empty());
        assert_eq!(groups(&[("a", &[0, 2, 4, 5]), ("b", &[1, 3, 6, 7])]), ["a", "b"]);
    }

    /// What linear algebra knows of sums: rows that were reduced by each other, in numbers of a large prime.
    #[derive(Default)]
    struct Known(Vec<Vec<i64>>);

    impl Known {
        const PRIME: i64 = 2_147_483_647;

        fn rest(&self, mut row: Vec<i64>) -> Vec<i64> {
            for own in &self.0 {
                let at = own.iter().position(|n| *n != 0).unwrap();
                let by = row[at];
                row.iter_mut().zip(own).for_each(|(n, own)| *n = (*n - by * own).rem_euclid(Self::PRIME));
            }
            row
        }

        fn follows(&self, row: Vec<i64>) -> bool {
            self.rest(row).iter().all(|n| *n == 0)
        }

        fn add(&mut self, row: Vec<i64>) {
            let row = self.rest(row);
            let Some(first) = row.iter().copied().find(|n| *n != 0) else { return };
            // The inverse by Fermat.
            let (mut inverse, mut base, mut power) = (1, first, Self::PRIME - 2);
            while power > 0 {
                inverse = if power % 2 == 1 { inverse * base % Self::PRIME } else { inverse };
                (base, power) = (base * base % Self::PRIME, power / 2);
            }
            self.0.push(row.iter().map(|n| n * inverse % Self::PRIME).collect());
        }
    }

    /// Tables of entries with three values: by one, and by two of them as shares are; with the wholes of these.
    fn tables_of(entries: &[[usize; 3]], by: &[&[usize]]) -> Vec<(Table, Vec<Vec<EntryId>>)> {
        let grouped = |by: &[usize]| {
            let mut table = Table::new();
            for (at, values) in entries.iter().enumerate() {
                let name: Vec<String> = by.iter().map(|f| format!("{f}{}", values[*f])).collect();
                table.entry(name).or_default().push(EntryId::new(at));
            }
            table
        };
        let wholes = |by: &[usize]| grouped(&by[..by.len() - 1]).into_values().collect();
        by.iter().map(|by| (grouped(by), wholes(by))).collect()
    }

    /// What is released of entries with three values each, and the small groups of which the number follows from that.
    fn told(entries: &[[usize; 3]], by: &[&[usize]]) -> (Vec<Vec<Vec<String>>>, Vec<Vec<String>>) {
        let hidden: Vec<_> = (0..entries.len()).map(|n| Some(EntryId::new(n))).collect();
        let mut released = Released::new(&hidden);
        let tables = tables_of(entries, by);
        tables.iter().for_each(|(table, wholes)| released.add(table.clone(), wholes.clone()));
        released.close();
        let mut known = Known::default();
        let row = |of: &[EntryId]| -> Vec<i64> {
            let mut row = vec![0; 64];
            of.iter().map(|e| entries[e.index()]).for_each(|[a, b, c]| row[a * 16 + b * 4 + c] = 1);
            row
        };
        known.add(row(&ids(&(0..entries.len()))));
        released.tables.iter().flat_map(Table::values).for_each(|group| known.add(row(group)));
        let mut told = Vec::new();
        for ((table, _), shown) in tables.iter().zip(&released.tables) {
            let small: Vec<_> = table.iter().filter(|(name, _)| !shown.contains_key(*name)).collect();
            let together = |(n, of): &(&Vec<String>, &Vec<EntryId>), (other, more): &(&Vec<String>, &Vec<EntryId>)| {
                (
                    if n == other { (*n).clone() } else { [(*n).clone(), (*other).clone()].concat() },
                    [&of[..], more].concat(),
                )
            };
            let pairs = small.iter().enumerate().flat_map(|(at, one)| small[at..].iter().map(|o| together(one, o)));
            let few = |of: &[EntryId]| of.iter().collect::<BTreeSet<_>>().len() < LEAST_GROUP;
            told.extend(pairs.filter(|(_, of)| few(of) && known.follows(row(of))).map(|(name, _)| name));
        }
        (released.tables.into_iter().map(|t| t.into_keys().collect()).collect(), told)
    }

    #[test]
    fn no_small_group_follows_from_all_that_is_published() {
        // A whole of one entry stands first, in the order of files and of names.
        let some = |values: [usize; 3], n: usize| std::iter::repeat_n(values, n);
        let rest = || some([0, 1, 0], 7).chain(some([0, 1, 1], 6)).chain(some([1, 2, 0], 3)).chain(some([1, 2, 1], 1));
        let first: Vec<_> = some([0, 0, 0], 1).chain(rest()).collect();
        assert_eq!(told(&first, &[&[1], &[2], &[1, 2]]).1, <Vec<Vec<String>>>::new());
        let mut seed = 1_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % below
        };
        let mut shown = 0;
        for _ in 0..150 {
            let (count, most) = (5 + next(26), 2 + next(3));
            let mut value = |most: usize| next(most).min(next(most));
            let mut entries: Vec<_> = (0..count).map(|_| [value(most), value(most), value(2)]).collect();
            let all: &[&[usize]] = &[&[1], &[2], &[1, 2], &[0], &[0, 1]];
            let by = &all[..3 + next(3)];
            let (names, small) = told(&entries, by);
            assert_eq!(small, <Vec<Vec<String>>>::new(), "{entries:?} {names:?}");
            entries.reverse();
            assert_eq!(told(&entries, by).0, names, "{entries:?}");
            shown += names.concat().len();
        }
        assert!(shown > 150, "{shown}");
    }
}
