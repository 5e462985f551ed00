//! Views that count entries by values: matrices, bars, lines, public counts of internal records.

use super::block::{Block, Cell, Column, Row};
use super::problem::Problem;
use super::select::{self, Chosen, Path, path};
use super::spec::Spec;
use crate::model::{EntryId, FieldDef, FieldType, Lang, Visibility};
use crate::site::Site;
use std::collections::BTreeMap;

/// Entries that share a key: the key, its label, the entry that it names (references), the members.
pub(super) type Group = (String, String, Option<EntryId>, Vec<EntryId>);

/// Groups what a figure chose by the keys at a path, in the order of the vocabulary, of years, or of the alphabet.
pub(super) fn groups(site: &Site, path: &Path<'_>, chosen: &Chosen<'_>, lang: Lang) -> Vec<Group> {
    let mut groups: BTreeMap<Vec<u8>, Group> = BTreeMap::new();
    for i in &chosen.entries {
        for key in chosen.conditions.keys(path, site.entry(*i)) {
            let label = site.facet_label(path.def, &key).get(lang).to_string();
            let target = (path.def.ty == FieldType::Ref).then(|| site.find(&key, site.main())).flatten();
            let mut order = match site.public.schema.vocabulary_of(path.def) {
                Some(vocabulary) => vocabulary.position(&key).to_be_bytes().to_vec(),
                None if matches!(path.def.ty, FieldType::Ref | FieldType::Date) => key.as_bytes().to_vec(),
                None if path.def.ty.is_number() => ordered(key.parse().unwrap_or(0.0)).to_vec(),
                None => crate::text::collate::sort_key(lang.code(), &label),
            };
            order.extend(key.as_bytes());
            groups.entry(order).or_insert_with(|| (key, label, target, Vec::new())).3.push(*i);
        }
    }
    groups.into_values().collect()
}

/// Bytes that stand in the order of numbers.
fn ordered(n: f64) -> [u8; 8] {
    let bits = n.to_bits();
    if n.is_sign_negative() { !bits } else { bits | 1 << 63 }.to_be_bytes()
}

/// `matrix`: entries by two paths.
pub(super) fn matrix(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let rows = path(kind, spec.rows.as_deref().ok_or_else(|| Problem::missing("rows", "matrix"))?)?;
    let cols = path(kind, spec.cols.as_deref().ok_or_else(|| Problem::missing("cols", "matrix"))?)?;
    let chosen = select::entries(site, spec, page)?;
    let across = groups(site, &cols, &chosen, lang);
    let columns = across
        .iter()
        .map(|(key, label, target, _)| Column { id: key.clone(), label: label.clone(), ty: "number", target: *target })
        .collect();
    let rows = groups(site, &rows, &chosen, lang)
        .into_iter()
        .map(|(key, label, target, members)| {
            let cells = both(site, &chosen, (&rows, &key, &members), &cols, &across);
            Row { label, target, cells: cells.iter().map(|both| Cell::count(both, site, lang)).collect() }
        })
        .collect();
    Ok(Block { columns, rows, count: chosen.entries.len(), ..Block::default() })
}

/// The members of a group that stand in each of other groups; of two columns of one table, with both in one row.
fn both(
    site: &Site,
    chosen: &Chosen<'_>,
    (path, key, members): (&Path<'_>, &str, &[EntryId]),
    other: &Path<'_>,
    groups: &[Group],
) -> Vec<Vec<EntryId>> {
    let beside = |i: &EntryId| (*i, chosen.conditions.keys_beside(other, path, key, site.entry(*i)));
    let beside: Vec<(EntryId, Vec<String>)> = members.iter().map(beside).collect();
    let of = |key: &String| beside.iter().filter(|(_, keys)| keys.contains(key)).map(|(i, _)| *i).collect();
    groups.iter().map(|(key, ..)| of(key)).collect()
}

fn number_column(lang: Lang) -> Column {
    let label = match lang {
        Lang::TH => "จำนวน",
        _ => "Number",
    };
    Column { id: "count".into(), label: label.into(), ty: "number", target: None }
}

/// `bars`: number of entries per value.
pub(super) fn bars(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let rows = path(kind, spec.rows.as_deref().ok_or_else(|| Problem::missing("rows", "bars"))?)?;
    let chosen = select::entries(site, spec, page)?;
    let rows = groups(site, &rows, &chosen, lang)
        .into_iter()
        .map(|(_, label, target, members)| Row { label, target, cells: vec![Cell::number(members.len() as f64, lang)] })
        .collect();
    Ok(Block { columns: vec![number_column(lang)], rows, count: chosen.entries.len(), ..Block::default() })
}

/// Groups by years with those between the first and the last that have nothing: a line without them would lie.
fn with_empty_years(site: &Site, def: &FieldDef, groups: Vec<Group>, lang: Lang) -> Vec<Group> {
    let years: Vec<i32> = groups.iter().filter_map(|(key, ..)| key.parse().ok()).collect();
    let (Some(first), Some(last), Some(_)) = (years.iter().min(), years.iter().max(), def.ty.year_kind()) else {
        return groups;
    };
    let mut known: BTreeMap<i32, Group> = years.iter().copied().zip(groups).collect();
    let empty = |year: i32| {
        let key = year.to_string();
        (key.clone(), site.facet_label(def, &key).get(lang).to_string(), None, Vec::new())
    };
    (*first..=*last).map(|year| known.remove(&year).unwrap_or_else(|| empty(year))).collect()
}

/// `line`: number of entries per year, of all or per series, cumulative if asked.
pub(super) fn line(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let by_rows = path(kind, spec.rows.as_deref().ok_or_else(|| Problem::missing("rows", "line"))?)?;
    let chosen = select::entries(site, spec, page)?;
    let by = spec.series.as_deref().map(|name| path(kind, name)).transpose()?;
    let series = match &by {
        Some(by) => groups(site, by, &chosen, lang),
        None => vec![("count".into(), number_column(lang).label, None, chosen.entries.clone())],
    };
    let columns = series
        .iter()
        .map(|(id, label, target, _)| Column { id: id.clone(), label: label.clone(), ty: "number", target: *target })
        .collect();
    let mut before = vec![0.0; series.len()];
    let rows = with_empty_years(site, by_rows.def, groups(site, &by_rows, &chosen, lang), lang)
        .into_iter()
        .map(|(key, label, target, members)| {
            let of = match &by {
                Some(by) => both(site, &chosen, (&by_rows, &key, &members), by, &series),
                None => vec![members],
            };
            let cells = of.iter().zip(&mut before).map(|(of, sum)| {
                let n = of.len() as f64;
                *sum += n;
                Cell::number(if spec.cumulative { *sum } else { n }, lang)
            });
            Row { label, target, cells: cells.collect() }
        })
        .collect();
    Ok(Block { columns, rows, count: chosen.entries.len(), ..Block::default() })
}

/// `aggregate`: what the public gate released of internal entries.
pub(super) fn aggregate(site: &Site, spec: &Spec, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind_of_any(site, &spec.kind)?;
    let name = spec.rows.as_deref().ok_or_else(|| Problem::missing("rows", "aggregate"))?;
    let path = select::path_of_any(kind, name)?;
    let Some(found) = site.public.aggregates().iter().find(|a| a.kind == kind.id && a.field == name) else {
        return Err(Problem::new(
            format!("ช่อง “{name}” ไม่ได้เปิดให้นับ (aggregates ของชนิด)"),
            format!("field `{name}` is not released for counting (`aggregates` of the kind)"),
        ));
    };
    let rows = found
        .counts
        .iter()
        .map(|(key, n)| Row {
            label: site.facet_label(path.def, key).get(lang).to_string(),
            target: None,
            cells: vec![Cell::number(*n as f64, lang)],
        })
        .collect();
    // Of a kind that is not internal as a whole, public entries count as well.
    let is_internal = kind.visibility == Visibility::Internal;
    let note = match lang {
        Lang::TH => {
            let own = if is_internal { "บันทึกภายใน" } else { "บันทึก" };
            format!("จาก{own} {} รายการ กลุ่มที่มีน้อยกว่า {} ไม่แสดง", found.total, crate::visibility::groups::LEAST_GROUP)
        }
        _ => {
            format!(
                "from {} {}records; groups under {} are not shown",
                found.total,
                if is_internal { "internal " } else { "" },
                crate::visibility::groups::LEAST_GROUP
            )
        }
    };
    let note = note + &super::share::of_samples(found.samples, lang);
    Ok(Block { columns: vec![number_column(lang)], rows, count: found.total, note, ..Block::default() })
}
