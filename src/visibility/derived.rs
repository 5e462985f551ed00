//! Whether the number of a small group follows from published ones by adding and subtracting them: networks that belong to
//! two offices, say, tell of the offices' other networks.

use crate::model::{EntryId, Id};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Smallest group that is shown.
pub(crate) const LEAST_GROUP: usize = 3;

/// Groups by what they are called, each with its entries in their order.
pub(crate) type Table = BTreeMap<Vec<String>, Vec<EntryId>>;

/// What is as good as nothing in sums of whole numbers.
const NOTHING: f64 = 1e-6;

/// A published group by its table and name; a whole that cannot be taken back has none.
type Name<'t> = Option<(usize, &'t Vec<String>)>;

/// Entries by what everybody can know of them: the group of each table that parts them.
struct Atoms<'t> {
    /// Per such table the group of each entry.
    parts: Vec<HashMap<EntryId, &'t Vec<String>>>,
    /// Per such table how many entries a group has, and how many have none.
    totals: Vec<HashMap<Option<&'t Vec<String>>, usize>>,
    /// The atom of each internal entry; the public ones can be counted by everybody.
    of: HashMap<EntryId, usize>,
    sizes: Vec<usize>,
}

/// The smallest published group from which, with others, the number of few internal entries follows. `all` are the tables
/// before anything was left out.
pub(super) fn telling<'t>(
    shown: &[bool],
    all: &'t [Table],
    published: &'t [Table],
    wholes: &[Vec<EntryId>],
) -> Option<(usize, &'t Vec<String>)> {
    let atoms = Atoms::of(shown, all, wholes)?;
    let mut names: Vec<Name<'t>> = Vec::new();
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let tables = published.iter().enumerate();
    let groups = tables.flat_map(|(at, table)| table.iter().map(move |(name, of)| (Some((at, name)), of)));
    for (name, entries) in groups.chain(wholes.iter().map(|whole| (None, whole))) {
        if let Some(row) = atoms.row(entries) {
            names.push(name);
            rows.push(row);
        }
    }
    let used = sum(rows, &atoms.sizes)?;
    let named = used.into_iter().filter_map(|row| names[row]);
    named.min_by_key(|(at, name)| (published[*at][*name].len(), *at, *name))
}

impl<'t> Atoms<'t> {
    fn of(shown: &[bool], all: &'t [Table], wholes: &[Vec<EntryId>]) -> Option<Atoms<'t>> {
        let place = |table: &'t Table| -> HashMap<EntryId, &'t Vec<String>> {
            table.iter().flat_map(|(name, entries)| entries.iter().map(move |e| (*e, name))).collect()
        };
        let parts: Vec<_> = all.iter().filter(|table| divides(table)).map(place).collect();
        let every: BTreeSet<EntryId> =
            all.iter().flat_map(|t| t.values()).chain(wholes).flat_map(|group| group.iter().copied()).collect();
        let (mut numbers, mut sizes, mut of) = (BTreeMap::new(), Vec::new(), HashMap::new());
        for entry in every.iter().filter(|e| !shown[e.index()]) {
            let sign: Vec<Option<&Vec<String>>> = parts.iter().map(|part| part.get(entry).copied()).collect();
            let next = sizes.len();
            let number = *numbers.entry(sign).or_insert(next);
            if number == next {
                sizes.push(0);
            }
            sizes[number] += 1;
            of.insert(*entry, number);
        }
        let totals = parts.iter().map(|part| count(part, every.iter())).collect();
        (!parts.is_empty() && !of.is_empty()).then_some(Atoms { parts, totals, of, sizes })
    }

    /// The atoms of a group, where everybody can know them: it is made of whole groups of a table that parts the entries.
    fn row(&self, entries: &[EntryId]) -> Option<Vec<f64>> {
        let whole = |(part, totals): (&HashMap<EntryId, &'t Vec<String>>, &HashMap<_, usize>)| {
            count(part, entries.iter()).iter().all(|(name, number)| totals.get(name) == Some(number))
        };
        if !self.parts.iter().zip(&self.totals).any(whole) {
            return None;
        }
        let mut row = vec![0.0; self.sizes.len()];
        entries.iter().filter_map(|e| self.of.get(e)).for_each(|atom| row[*atom] = 1.0);
        Some(row)
    }
}

/// Whether no entry is in two groups of a table.
pub(super) fn divides(table: &Table) -> bool {
    let mut seen = HashSet::new();
    table.values().flatten().all(|entry| seen.insert(entry))
}

fn count<'t, 'e>(
    part: &HashMap<EntryId, &'t Vec<String>>,
    entries: impl Iterator<Item = &'e EntryId>,
) -> HashMap<Option<&'t Vec<String>>, usize> {
    let mut counts = HashMap::new();
    entries.for_each(|e| *counts.entry(part.get(e).copied()).or_default() += 1);
    counts
}

/// The rows of which a sum is the number of few entries: of one atom, or of two together.
fn sum(mut rows: Vec<Vec<f64>>, sizes: &[usize]) -> Option<Vec<usize>> {
    let count = rows.len();
    // Behind each row stands of which rows it is the sum.
    for (at, row) in rows.iter_mut().enumerate() {
        row.resize(sizes.len() + count, 0.0);
        row[sizes.len() + at] = 1.0;
    }
    let mut done = 0;
    for column in 0..sizes.len() {
        let size = |row: &Vec<f64>| row[column].abs();
        let largest = (done..count).max_by(|a, b| size(&rows[*a]).total_cmp(&size(&rows[*b])));
        let Some(pivot) = largest.filter(|row| size(&rows[*row]) > NOTHING) else { continue };
        rows.swap(done, pivot);
        let own = rows[done].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            let by = row[column] / own[column];
            if at == done {
                row.iter_mut().for_each(|n| *n /= own[column]);
            } else if by.abs() > NOTHING {
                row.iter_mut().zip(&own).for_each(|(n, of)| *n -= by * of);
            }
        }
        done += 1;
    }
    let tells = |row: &&Vec<f64>| {
        let atoms: Vec<usize> = (0..sizes.len()).filter(|atom| row[*atom].abs() > NOTHING).collect();
        let added = atoms.iter().all(|atom| (row[*atom] - 1.0).abs() < NOTHING);
        added && atoms.iter().map(|atom| sizes[*atom]).sum::<usize>() < LEAST_GROUP
    };
    let found = rows[..done].iter().find(tells)?;
    Some((0..count).filter(|at| found[sizes.len() + at].abs() > NOTHING).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(groups: &[(&str, &[usize])]) -> Table {
        let ids = |of: &[usize]| of.iter().map(|n| EntryId::new(*n)).collect();
        groups.iter().map(|(name, of)| (vec![(*name).to_owned()], ids(of))).collect()
    }

    #[test]
    fn networks_of_two_offices_tell_of_the_others() {
        // n1 of o1, n2 of both, n3 of o2.
        let networks = table(&[("n1", &[0, 1]), ("n2", &[2, 3, 4]), ("n3", &[5, 6, 7, 8])]);
        let offices = table(&[("o1", &[0, 1, 2, 3, 4]), ("o2", &[2, 3, 4, 5, 6, 7, 8])]);
        let all = [networks, offices];
        let some = [table(&[("n3", &[5, 6, 7, 8])]), all[1].clone()];
        // o1 − (o2 − n3) is the number of n1.
        assert_eq!(telling(&[false; 9], &all, &some, &[]), Some((0, &vec!["n3".to_owned()])));
        assert_eq!(telling(&[false; 9], &all, &[Table::new(), all[1].clone()], &[]), None);
        // Everybody can count what is public.
        let shown = [false, false, true, true, true, true, true, true, true];
        assert!(telling(&shown, &all, &[Table::new(), all[1].clone()], &[]).is_some());
    }

    #[test]
    fn what_nobody_can_know_tells_nothing() {
        let several = table(&[("a", &[0, 1, 2, 3]), ("b", &[2, 3, 4, 5, 6])]);
        assert_eq!(telling(&[false; 9], &[several.clone()], &[several], &[]), None);
    }
}
