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
/// Additions in all tables of a kind, about a second; what would take more is not published.
pub(super) const MOST_WORK: usize = 200_000_000;
/// A sum of columns: each with its factor, in their order.
type Row = Vec<(usize, f64)>;

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
    /// The internal entries that an atom tells of.
    tells: Vec<BTreeSet<EntryId>>,
}

/// Whether the number of a small group follows.
#[derive(Debug, PartialEq)]
pub(super) enum Told<'t> {
    No,
    /// It does, of this group with others: the smallest that can be left out, by its table and name.
    By(usize, &'t Vec<String>),
    /// To find out would take too long.
    Unknown,
}

/// Whether from published groups the number of few internal entries follows. `all` are the tables before anything was left
/// out; `work` is what may still be added, and becomes less.
pub(super) fn telling<'t>(
    hidden: &[Option<EntryId>],
    all: &'t [Table],
    published: &'t [Table],
    wholes: &[Vec<EntryId>],
    work: &mut usize,
) -> Told<'t> {
    let Some(atoms) = Atoms::of(hidden, all, wholes) else { return Told::No };
    let mut names: Vec<Name<'t>> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let tables = published.iter().enumerate();
    let groups = tables.flat_map(|(at, table)| table.iter().map(move |(name, of)| (Some((at, name)), of)));
    for (name, entries) in groups.chain(wholes.iter().map(|whole| (None, whole))) {
        if let Some(row) = atoms.row(entries) {
            names.push(name);
            rows.push(row);
        }
    }
    let Some(found) = sums(rows, &atoms.tells, work) else { return Told::Unknown };
    let named = found.into_iter().filter_map(|row| names[row]);
    let smallest = named.min_by_key(|(at, name)| (published[*at][*name].len(), *at, *name));
    smallest.map_or(Told::No, |(at, name)| Told::By(at, name))
}

impl<'t> Atoms<'t> {
    fn of(hidden: &[Option<EntryId>], all: &'t [Table], wholes: &[Vec<EntryId>]) -> Option<Atoms<'t>> {
        let place = |table: &'t Table| -> HashMap<EntryId, &'t Vec<String>> {
            table.iter().flat_map(|(name, entries)| entries.iter().map(move |e| (*e, name))).collect()
        };
        let parts: Vec<_> = all.iter().filter(|table| divides(table)).map(place).collect();
        let every: BTreeSet<EntryId> =
            all.iter().flat_map(|t| t.values()).chain(wholes).flat_map(|group| group.iter().copied()).collect();
        // In the order of names, so that what is left out does not depend on the names of files.
        let mut signs: BTreeMap<Vec<Option<&Vec<String>>>, Vec<EntryId>> = BTreeMap::new();
        for entry in every.iter().filter(|e| hidden[e.index()].is_some()) {
            let sign = parts.iter().map(|part| part.get(entry).copied()).collect();
            signs.entry(sign).or_default().push(*entry);
        }
        let of: HashMap<EntryId, usize> =
            signs.values().enumerate().flat_map(|(number, atom)| atom.iter().map(move |e| (*e, number))).collect();
        let whose = |atom: Vec<EntryId>| atom.iter().filter_map(|e| hidden[e.index()]).collect();
        let tells = signs.into_values().map(whose).collect();
        let totals = parts.iter().map(|part| count(part, every.iter())).collect();
        (!parts.is_empty() && !of.is_empty()).then_some(Atoms { parts, totals, of, tells })
    }

    /// The atoms of a group, where everybody can know them: it is made of whole groups of a table that parts the entries.
    fn row(&self, entries: &[EntryId]) -> Option<Row> {
        let whole = |(part, totals): (&HashMap<EntryId, &'t Vec<String>>, &HashMap<_, usize>)| {
            count(part, entries.iter()).iter().all(|(name, number)| totals.get(name) == Some(number))
        };
        if !self.parts.iter().zip(&self.totals).any(whole) {
            return None;
        }
        let atoms: BTreeSet<usize> = entries.iter().filter_map(|e| self.of.get(e)).copied().collect();
        Some(atoms.into_iter().map(|atom| (atom, 1.0)).collect())
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

/// The rows of which sums are the numbers of few entries, of one atom or of two together; none where that is more than
/// `work`. Rows are few columns each, as groups lie inside each other, so only those are kept.
fn sums(mut rows: Vec<Row>, atoms: &[BTreeSet<EntryId>], work: &mut usize) -> Option<BTreeSet<usize>> {
    // Behind the atoms stands of which rows it is the sum.
    for (at, row) in rows.iter_mut().enumerate() {
        row.push((atoms.len() + at, 1.0));
    }
    let mut done = 0;
    for column in 0..atoms.len() {
        let left = (done..rows.len()).filter(|at| factor(&rows[*at], column) != 0.0);
        let Some(pivot) = left.min_by_key(|at| (rows[*at].len(), *at)) else { continue };
        rows.swap(done, pivot);
        let by = factor(&rows[done], column).recip();
        rows[done].iter_mut().for_each(|(_, n)| *n *= by);
        let own = rows[done].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            let by = factor(row, column);
            if at != done && by != 0.0 {
                *work = work.checked_sub(row.len() + own.len())?;
                *row = less(row, &own, by);
            }
        }
        done += 1;
    }
    telling_rows(&rows[..done], atoms, work)
}

/// Of solved rows, each of which begins with an atom that no other has, those that tell: what they are sums of. Atoms whose
/// rows have the contrary behind them are known together, though neither is alone.
fn telling_rows(rows: &[Row], atoms: &[BTreeSet<EntryId>], work: &mut usize) -> Option<BTreeSet<usize>> {
    let of_atoms = |row: &Row| row.partition_point(|(column, _)| *column < atoms.len());
    let few = |summed: &[(usize, f64)]| {
        let of: BTreeSet<EntryId> = summed.iter().flat_map(|(atom, _)| &atoms[*atom]).copied().collect();
        of.len() < LEAST_GROUP
    };
    let mut found = BTreeSet::new();
    let mut add = |row: &Row| found.extend(row[of_atoms(row)..].iter().map(|(column, _)| column - atoms.len()));
    let mut behind: BTreeMap<Vec<(usize, i64)>, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().filter(|row| few(&row[..1])) {
        let summed = &row[..of_atoms(row)];
        if summed.iter().all(|(_, n)| (n - 1.0).abs() < NOTHING) && few(summed) {
            add(row);
        } else {
            let rest =
                |sign: f64| summed[1..].iter().map(move |(atom, n)| (*atom, (sign * n / NOTHING).round() as i64));
            for contrary in behind.get(&rest(-1.0).collect::<Vec<_>>()).into_iter().flatten() {
                *work = work.checked_sub(1)?;
                if few(&[row[0], contrary[0]]) {
                    add(row);
                    add(contrary);
                }
            }
            behind.entry(rest(1.0).collect()).or_default().push(row);
        }
    }
    Some(found)
}

fn factor(row: &Row, column: usize) -> f64 {
    row.binary_search_by_key(&column, |(at, _)| *at).map_or(0.0, |at| row[at].1)
}

/// A row less another one times `by`, without what becomes nothing.
fn less(row: &Row, other: &Row, by: f64) -> Row {
    let (mut a, mut b) = (row.iter().peekable(), other.iter().peekable());
    let mut out = Row::with_capacity(row.len() + other.len());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some((x, n)), Some((y, m))) if x == y => (*x, n - by * m, true, true),
            (Some((x, n)), other) if other.is_none_or(|(y, _)| x < y) => (*x, *n, true, false),
            (_, Some((y, m))) => (*y, -by * m, false, true),
            _ => return out,
        };
        let (column, n, first, second) = next;
        if first {
            a.next();
        }
        if second {
            b.next();
        }
        if n.abs() > NOTHING {
            out.push((column, n));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(groups: &[(&str, &[usize])]) -> Table {
        let ids = |of: &[usize]| of.iter().map(|n| EntryId::new(*n)).collect();
        groups.iter().map(|(name, of)| (vec![(*name).to_owned()], ids(of))).collect()
    }

    fn hidden(all: usize) -> Vec<Option<EntryId>> {
        (0..all).map(|n| Some(EntryId::new(n))).collect()
    }

    #[test]
    fn networks_of_two_offices_tell_of_the_others() {
        // n1 of o1, n2 of both, n3 of o2.
        let networks = table(&[("n1", &[0, 1]), ("n2", &[2, 3, 4]), ("n3", &[5, 6, 7, 8])]);
        let offices = table(&[("o1", &[0, 1, 2, 3, 4]), ("o2", &[2, 3, 4, 5, 6, 7, 8])]);
        let all = [networks, offices];
        let some = [table(&[("n3", &[5, 6, 7, 8])]), all[1].clone()];
        // o1 − (o2 − n3) is the number of n1.
        let n3 = vec!["n3".to_owned()];
        assert_eq!(telling(&hidden(9), &all, &some, &[], &mut MOST_WORK.clone()), Told::By(0, &n3));
        let offices = [Table::new(), all[1].clone()];
        assert_eq!(telling(&hidden(9), &all, &offices, &[], &mut MOST_WORK.clone()), Told::No);
        assert_eq!(telling(&hidden(9), &all, &some, &[], &mut 3), Told::Unknown);
        // Everybody can count what is public.
        let mut hidden = hidden(9);
        hidden[2..].fill(None);
        assert_eq!(telling(&hidden, &all, &offices, &[], &mut MOST_WORK.clone()), Told::By(1, &vec!["o1".to_owned()]));
    }

    #[test]
    fn what_nobody_can_know_tells_nothing() {
        let several = table(&[("a", &[0, 1, 2, 3]), ("b", &[2, 3, 4, 5, 6])]);
        assert_eq!(
            telling(
                &hidden(9),
                std::slice::from_ref(&several),
                std::slice::from_ref(&several),
                &[],
                &mut MOST_WORK.clone()
            ),
            Told::No
        );
    }
}
