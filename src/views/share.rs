//! `share`: so many of so many, by groups, from records of which the public may see the numbers only.

use super::block::{Block, Cell, Column, Row, word};
use super::problem::Problem;
use super::select::{self, Conditions, path, path_of_any};
use super::spec::Spec;
use super::wanted::{Wanted, is_wanted, wanted};
use crate::diagnostics::nearest_hint;
use crate::model::{EntryId, FieldType, KindDef, KindId, Lang, Value};
use crate::site::{Site, display};
use crate::visibility::{Samples, Share, groups::LEAST_GROUP};
use indexmap::IndexMap;
use std::collections::HashSet;

/// A row per value of `rows`, a column per value of `cols`; over them the sum that the share `total` gives and the targets
/// of the page's own table (`target`, `by_year`). Where `rows` leads to entries that have that table, each row has its
/// own targets.
pub(super) fn share(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind_of_any(site, &spec.kind)?;
    let need = |key: &Option<String>, name: &str| key.clone().ok_or_else(|| Problem::missing(name, "share"));
    let (of, rows, cols) = (need(&spec.of, "of")?, need(&spec.rows, "rows")?, need(&spec.cols, "cols")?);
    let groups = Groups { site, spec, page };
    let found = groups.of(&of)?;
    let (row_def, col_def) = (path_of_any(kind, &rows)?.def, path_of_any(kind, &cols)?.def);
    let totals = spec.total.as_deref().map(|name| groups.of(name)).transpose()?.unwrap_or_default();
    groups.apart(&of, &found, &[&rows, &cols])?;
    if let Some(total) = &spec.total {
        groups.apart(total, &totals, &[&cols])?;
    }
    let mut years: Vec<String> = found.iter().chain(&totals).filter_map(|g| g.get(&cols).cloned()).collect();
    let aimed = |(_, kind): &(KindId, &KindDef)| spec.target.as_ref().is_some_and(|name| path(kind, name).is_ok());
    let own = row_def.kinds.iter().filter_map(|id| site.public.schema.kind(id)).find(aimed);
    let aims = |of: Option<EntryId>| of.map_or(Ok(Vec::new()), |of| targets(site, spec, of));
    let targets = aims(page.filter(|_| own.is_none()))?;
    let mut keys: Vec<String> = found.iter().filter_map(|g| g.get(&rows).cloned()).collect();
    keys.sort();
    // What has a target is a row before there is a number too, in the order of its kind.
    let all =
        own.map_or(&[][..], |(kind, _)| &site.order[kind][site.main()]).iter().map(|i| site.entry(*i).id.to_string());
    let mut seen = HashSet::new();
    let keys = all.chain(keys).filter(|key| seen.insert(key.clone())).collect::<Vec<_>>();
    let lead = |key: String| {
        let target = (row_def.ty == FieldType::Ref).then(|| site.find(&key, site.main())).flatten();
        aims(target.filter(|_| own.is_some())).map(|aims| (key, target, aims))
    };
    let leads = keys.into_iter().map(lead).collect::<Result<Vec<_>, Problem>>()?;
    years.extend(leads.iter().flat_map(|(.., aims)| aims).map(|(year, _)| year.clone()));
    years.extend(targets.iter().map(|(year, _)| year.clone()));
    // What is aimed at in a year that was not asked for makes no column.
    if let Some(values) = spec.conditions.get(&cols) {
        let asked = wanted(site, col_def, page, values)?;
        years.retain(|year| is_wanted(&asked, year));
    }
    years.sort();
    years.dedup();
    let label = |def, key: &str| site.facet_label(def, key).get(lang).to_string();
    let columns = years
        .iter()
        .map(|key| Column { id: key.clone(), label: label(col_def, key), ty: "text", target: None })
        .collect();
    let mut out = Vec::new();
    if !targets.is_empty() {
        let cell = |year: &String| {
            let target = targets.iter().find(|(y, _)| y == year);
            target.map_or_else(Cell::default, |(_, value)| Cell::text(format!("{}%", display::number(*value, lang))))
        };
        out.push(Row {
            label: word(lang, "เป้าหมาย", "Target"), target: None, cells: years.iter().map(cell).collect()
        });
    }
    if !totals.is_empty() {
        let cells =
            years.iter().map(|year| cell_of(totals.iter().find(|g| g.get(&cols) == Some(year)), lang)).collect();
        out.push(Row { label: word(lang, "รวม", "All"), target: None, cells });
    }
    for (key, target, aims) in &leads {
        let of = |year: &String| found.iter().find(|g| g.get(&rows) == Some(key) && g.get(&cols) == Some(year));
        let cell = |year: &String| with_target(cell_of(of(year), lang), aims.iter().find(|(y, _)| y == year), lang);
        out.push(Row { label: label(row_def, key), target: *target, cells: years.iter().map(cell).collect() });
    }
    let count = totals.iter().chain(&found).map(|g| g.share.all).sum();
    let note = match lang {
        Lang::TH => format!("คำนวณจากบันทึกที่เป็นข้อมูลภายใน กลุ่มที่มีน้อยกว่า {LEAST_GROUP} รายการไม่แสดง"),
        _ => format!("computed from records that stay internal; groups under {LEAST_GROUP} are not shown"),
    };
    let note = note + &of_samples(Samples::together(totals.iter().chain(&found).map(|g| g.share.samples)), lang);
    Ok(Block { columns, rows: out, count, note, ..Block::default() })
}

/// What is said under released numbers of samples: where all are invented, that every one is.
pub(super) fn of_samples(samples: Samples, lang: Lang) -> String {
    match samples {
        Samples::All => word(lang, " ทุกตัวเลขเป็นตัวอย่างสมมติ", "; every number is an invented sample"),
        Samples::Some => word(lang, " มีตัวอย่างสมมติอยู่ในจำนวนนี้", "; samples are among them"),
        Samples::None => String::new(),
    }
}

/// A released group with the values of its fields by name.
struct Found<'a> {
    share: &'a Share,
    values: IndexMap<&'a str, &'a String>,
}

impl<'a> Found<'a> {
    fn get(&self, field: &str) -> Option<&'a String> {
        self.values.get(field).copied()
    }
}

fn cell_of(found: Option<&Found<'_>>, lang: Lang) -> Cell {
    let Some(Found { share, .. }) = found else { return Cell::default() };
    let percent = (share.part as f64 * 1000.0 / share.all.max(1) as f64).round() / 10.0;
    let of = word(lang, "จาก", "of");
    // No line ends inside the brackets.
    let text = format!("{}% ({}\u{a0}{of}\u{a0}{})", display::number(percent, lang), share.part, share.all);
    Cell { value: Some(percent), ..Cell::text(text) }
}

/// A cell with what was aimed at, which stands there before there is a number too.
fn with_target(cell: Cell, target: Option<&(String, f64)>, lang: Lang) -> Cell {
    let Some((_, target)) = target else { return cell };
    let told = format!("{}\u{a0}{}%", word(lang, "เป้าหมาย", "target"), display::number(*target, lang));
    let text = if cell.text.is_empty() { told } else { format!("{}, {told}", cell.text) };
    Cell { text, ..cell }
}

struct Groups<'a> {
    site: &'a Site,
    spec: &'a Spec,
    page: Option<EntryId>,
}

impl<'a> Groups<'a> {
    /// Refuses a share that is made by more fields than those shown: of several groups for one cell none is its number.
    fn apart(&self, name: &str, found: &[Found<'_>], shown: &[&str]) -> Result<(), Problem> {
        let mut seen = HashSet::new();
        if found.iter().all(|group| seen.insert(shown.iter().map(|field| group.get(field)).collect::<Vec<_>>())) {
            return Ok(());
        }
        let (_, kind) = select::kind_of_any(self.site, &self.spec.kind)?;
        let by = kind.shares.iter().find(|s| s.id == name).map(|s| s.by.as_slice()).unwrap_or_default();
        let more = by.iter().filter(|field| !shown.contains(&field.as_str())).cloned().collect::<Vec<_>>().join(", ");
        Err(Problem::new(
            format!("share “{name}” แบ่งตาม {more} ด้วย จึงมีหลายจำนวนในช่องเดียว เลือกค่าเดียวด้วย where"),
            format!(
                "share `{name}` is by {more} too, so that a cell has several numbers: choose one value with `where`"
            ),
        ))
    }

    /// The groups of a share that fit the conditions on the fields by which it is made.
    fn of(&self, name: &str) -> Result<Vec<Found<'a>>, Problem> {
        let (_, kind) = select::kind_of_any(self.site, &self.spec.kind)?;
        let Some(def) = kind.shares.iter().find(|s| s.id == name) else {
            return Err(Problem::new(
                format!("ชนิด “{}” ไม่ได้เปิดเผย share ชื่อ “{name}”", kind.id),
                format!("kind `{}` releases no share `{name}`", kind.id),
            )
            .hint(nearest_hint(name, kind.shares.iter().map(|s| s.id.as_str()))));
        };
        // Conditions are read as those of entries are: wrong names and terms are told.
        Conditions::new(self.site, kind, &self.spec.conditions, &IndexMap::new(), self.page)?;
        let mut asked: Vec<(&String, Vec<Wanted>)> = Vec::new();
        for (field, values) in &self.spec.conditions {
            asked.push((field, wanted(self.site, path(kind, field)?.def, self.page, values)?));
        }
        let shares = self.site.public.shares().iter().filter(|s| s.kind == kind.id && s.id == def.id);
        let found =
            shares.map(|share| Found { share, values: def.by.iter().map(String::as_str).zip(&share.keys).collect() });
        let fits = |g: &Found<'_>| asked.iter().all(|(field, keys)| g.get(field).is_some_and(|v| is_wanted(keys, v)));
        Ok(found.filter(fits).collect())
    }
}

/// Targets of an entry's own table: year and value.
fn targets(site: &Site, spec: &Spec, of: EntryId) -> Result<Vec<(String, f64)>, Problem> {
    let (Some(planned), Some(by_year)) = (&spec.target, &spec.by_year) else {
        return Ok(Vec::new());
    };
    let entry = site.entry(of);
    let kind = &site.public.schema.kinds[entry.kind];
    let (planned, by_year) = (path(kind, planned)?, path(kind, by_year)?);
    let (Some(p), Some(y)) = (planned.column, by_year.column) else { return Ok(Vec::new()) };
    let row = |row| {
        let year = select::cell(row, y).first().and_then(|v: &&Value| v.key())?;
        Some((year, select::cell(row, p).first().and_then(|v| v.number())?))
    };
    Ok(select::rows(entry, planned.field).iter().filter_map(row).collect())
}
