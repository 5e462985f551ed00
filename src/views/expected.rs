//! `expected` and `coverage`: which records each subject should have in a year, which are there, which are missing.

use super::block::{Block, Cell, Column, Row, links, word};
use super::problem::Problem;
use super::select::{self, Conditions, Path, in_year, path};
use super::spec::Spec;
use crate::model::{Entry, EntryId, FieldType, KindDef, Lang, Value};
use crate::site::Site;
use crate::text::era::{Year, YearKind, fiscal_year_of};
use crate::text::locale;
use std::collections::HashMap;

/// Records per subject and check.
struct Expected<'a> {
    spec: &'a Spec,
    /// Subjects in their order.
    subjects: Vec<EntryId>,
    /// Per check: subject → records.
    found: Vec<HashMap<EntryId, Vec<EntryId>>>,
    year: Option<i32>,
}

fn collect<'a>(site: &Site, spec: &'a Spec, page: Option<EntryId>, view: &str) -> Result<Expected<'a>, Problem> {
    let name = spec.subjects.as_deref().ok_or_else(|| Problem::missing("subjects", view))?;
    if spec.checks.is_empty() {
        return Err(Problem::missing("checks", view));
    }
    let (k, subject_kind) = select::kind(site, name)?;
    let none = indexmap::IndexMap::new();
    let scope = Conditions::new(site, subject_kind, &spec.subject_where, &none, page)?;
    let subjects: Vec<EntryId> =
        site.order[k][site.main()].iter().copied().filter(|i| scope.fit(site.entry(*i))).collect();
    let year = year(site, spec, page, view)?;
    let mut found = Vec::new();
    for check in &spec.checks {
        let (rk, kind) = select::kind(site, &check.kind)?;
        if year.is_some() && check.period.is_none() {
            super::yearly::told(kind)?;
        }
        let by = path(kind, &check.by)?;
        if by.def.ty != FieldType::Ref || !(by.def.kinds.is_empty() || by.def.kinds.contains(&subject_kind.id)) {
            return Err(Problem::new(
                format!("ช่อง “{}” ของชนิด “{}” ไม่อ้างถึง “{name}”", check.by, kind.id),
                format!("field `{}` of kind `{}` leads to no `{name}`", check.by, kind.id),
            ));
        }
        let conditions = Conditions::new(site, kind, &check.conditions, &none, page)?;
        let period = check.period.as_deref().map(|name| period(kind, name)).transpose()?;
        let in_year = |entry: &Entry, wanted: i32| match period {
            Some(period) => period.values(entry).into_iter().any(|value| touches(value, wanted)),
            None => in_year(kind, entry, wanted),
        };
        let mut records: HashMap<EntryId, Vec<EntryId>> = HashMap::new();
        for i in &site.order[rk][site.main()] {
            let entry = site.entry(*i);
            if !conditions.fit(entry) || year.is_some_and(|y| !in_year(entry, y)) {
                continue;
            }
            for subject in conditions.keys(&by, entry).iter().filter_map(|id| site.find(id, site.main())) {
                records.entry(subject).or_default().push(*i);
            }
        }
        found.push(records);
    }
    Ok(Expected { spec, subjects, found, year })
}

/// The field that tells in which years a record counts.
pub(super) fn period<'a>(kind: &'a KindDef, name: &str) -> Result<Path<'a>, Problem> {
    let path = path(kind, name)?;
    match path.def.ty {
        FieldType::Period | FieldType::Date | FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
            Ok(path)
        }
        _ => Err(Problem::new(
            format!("ช่อง “{name}” ของชนิด “{}” ไม่ใช่ปี วันที่ หรือช่วงวันที่ ใช้เป็น period ไม่ได้", kind.id),
            format!("field `{name}` of kind `{}` holds no year, day or period: it cannot be the `period`", kind.id),
        )),
    }
}

/// Whether a period touches a fiscal year of the Buddhist era, or a year or a day is of it.
pub(super) fn touches(value: &Value, wanted: i32) -> bool {
    match value {
        Value::Period(from, to) => {
            (fiscal_year_of(*from).be..=to.map_or(i32::MAX, |to| fiscal_year_of(to).be)).contains(&wanted)
        }
        Value::Date(day) => fiscal_year_of(*day).be == wanted,
        Value::Year(year) => year.be == wanted,
        _ => false,
    }
}

/// The year of the figure: its `year`, or one given as a condition: `where = { fiscal_year = 2565 }`. Other conditions say
/// of which records they are in `checks`, of which subjects in `subject_where`.
fn year(site: &Site, spec: &Spec, page: Option<EntryId>, view: &str) -> Result<Option<i32>, Problem> {
    let mut all = spec.conditions.iter().chain(&spec.not);
    let Some((name, values)) = all.next() else { return select::year(site, spec, page) };
    match (values.scalars(), all.next()) {
        ([one], None) if spec.not.is_empty() && spec.year.is_none() => {
            select::year(site, &Spec { year: Some(one.clone()), ..Spec::default() }, page)
        }
        _ => Err(Problem::new(
            format!("มุมมอง {view} รับเงื่อนไขได้เพียงปีเดียว เงื่อนไขของ “{name}” เขียนใน where ของ checks หรือใน subject_where"),
            format!(
                "view `{view}` takes one year as condition; put `{name}` into `where` of `checks` or into `subject_where`"
            ),
        )),
    }
}

impl Expected<'_> {
    fn records(&self, check: usize, subject: EntryId) -> &[EntryId] {
        self.found[check].get(&subject).map_or(&[], Vec::as_slice)
    }

    fn met(&self, check: usize, subject: EntryId) -> bool {
        self.records(check, subject).len() >= self.spec.checks[check].at_least
    }

    fn recorded(&self, subject: EntryId) -> bool {
        (0..self.spec.checks.len()).any(|c| !self.records(c, subject).is_empty())
    }

    fn scope(&self, site: &Site, lang: Lang) -> String {
        let recorded = self.subjects.iter().filter(|s| self.recorded(**s)).count();
        let all = self.subjects.len();
        match (lang, self.year) {
            (Lang::TH, Some(year)) => {
                let year = locale::era_year(lang.code(), site.public.config.calendar(lang), Year::fiscal(year).ce());
                format!("ปี {year}: มีบันทึกอย่างน้อยหนึ่งรายการ {recorded} จาก {all}")
            }
            (Lang::TH, None) => format!("มีบันทึกอย่างน้อยหนึ่งรายการ {recorded} จาก {all}"),
            (_, Some(year)) => {
                let calendar = site.public.config.calendar(lang);
                let year = locale::year(lang.code(), calendar, &Year::new(year, YearKind::Calendar));
                format!("{year}: {recorded} of {all} have at least one record")
            }
            (_, None) => format!("{recorded} of {all} have at least one record"),
        }
    }
}

/// `expected`: a row per subject, a column per check; the first row counts all subjects.
pub(super) fn expected(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let found = collect(site, spec, page, "expected")?;
    let columns = spec
        .checks
        .iter()
        .enumerate()
        .map(|(i, c)| Column { id: i.to_string(), label: c.label.get(lang).into(), ty: "text", target: None })
        .collect();
    let all = found.subjects.len();
    let word = |th: &'static str, en: &'static str| if lang == Lang::TH { th } else { en };
    let mut rows = vec![Row {
        label: word("มีครบ", "Complete").to_string(),
        target: None,
        cells: (0..spec.checks.len())
            .map(|c| {
                let met = found.subjects.iter().filter(|s| found.met(c, **s)).count();
                Cell { value: Some(met as f64), ..Cell::text(format!("{met} {} {all}", word("จาก", "of"))) }
            })
            .collect(),
    }];
    let only_recorded = spec.only.as_deref() != Some("all");
    for subject in found.subjects.iter().copied().filter(|s| !only_recorded || found.recorded(*s)) {
        let cells = spec
            .checks
            .iter()
            .enumerate()
            .map(|(c, check)| {
                let records = found.records(c, subject);
                let text = match (records.len(), check.at_least) {
                    (0, _) => word("ไม่มีบันทึก", "no record").to_string(),
                    (n, 1) => format!("{} ({n})", word("มี", "yes")),
                    (n, needed) if n >= needed => {
                        format!("{} {n}/{needed}", word("ครบ", "complete"))
                    }
                    (n, needed) => format!("{} {n}/{needed}", word("ขาด", "incomplete")),
                };
                Cell { value: Some(records.len() as f64), items: links(records, site, lang), ..Cell::text(text) }
            })
            .collect();
        rows.push(Row { label: site.title(subject, lang).into(), target: Some(subject), cells });
    }
    Ok(Block { columns, rows, count: all, note: found.scope(site, lang), ..Block::default() })
}

/// `tally`: how many different values of a field the records of each check have; nothing where there is none.
pub(super) fn tally(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    if spec.checks.is_empty() {
        return Err(Problem::missing("checks", "tally"));
    }
    let none = indexmap::IndexMap::new();
    let mut rows = Vec::new();
    for check in &spec.checks {
        let (k, kind) = select::kind(site, &check.kind)?;
        let by = path(kind, &check.by)?;
        let conditions = Conditions::new(site, kind, &check.conditions, &none, page)?;
        let all = site.order[k][site.main()].iter().copied();
        let records: Vec<EntryId> = all.filter(|i| conditions.fit(site.entry(*i))).collect();
        let keys = records.iter().flat_map(|i| conditions.keys(&by, site.entry(*i)));
        let keys: std::collections::BTreeSet<String> = keys.collect();
        let cell = Cell { items: links(&records, site, lang), ..Cell::number(keys.len() as f64, lang) };
        rows.push(Row { label: check.label.get(lang).into(), target: None, cells: vec![cell] });
    }
    if rows.iter().all(|row| row.cells[0].value == Some(0.0)) {
        return Ok(Block::default());
    }
    // Numbers of different fields have no name in common.
    let mut labels = Vec::new();
    for check in &spec.checks {
        labels.push(path(select::kind(site, &check.kind)?.1, &check.by)?.def.label.get(lang).to_string());
    }
    let all_alike = labels.iter().all(|label| *label == labels[0]);
    let label = if all_alike { labels.remove(0) } else { word(lang, "จำนวน", "Number") };
    let columns = vec![Column { id: "count".into(), label, ty: "number", target: None }];
    Ok(Block { columns, count: rows.len(), rows, ..Block::default() })
}

/// Greatest number of missing subjects that a row names.
const NAMED: usize = 12;

/// `coverage`: a row per check: how many subjects have it, in percent, and who is missing among those with records.
pub(super) fn coverage(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let found = collect(site, spec, page, "coverage")?;
    let all = found.subjects.len();
    let word = |th: &'static str, en: &'static str| if lang == Lang::TH { th } else { en };
    let head = |id: &str, label: &str, ty| Column { id: id.into(), label: label.into(), ty, target: None };
    // What is counted is said with its kind: a bare number could be records.
    let subjects = select::kind(site, spec.subjects.as_deref().unwrap_or_default())?.1;
    let subject = if lang == Lang::TH { &subjects.label.th } else { subjects.plural().get(lang) };
    let columns = vec![
        head("met", &format!("{} ({subject})", word("มีครบ", "Complete")), "number"),
        head("of", word("จากทั้งหมด", "Of all"), "number"),
        head("share", word("ร้อยละ", "Per cent"), "number"),
        head("missing", word("ยังขาด (ในกลุ่มที่มีบันทึกอื่น)", "Missing (among those with other records)"), "text"),
    ];
    let recorded = found.subjects.iter().any(|s| found.recorded(*s));
    let rows = spec
        .checks
        .iter()
        .enumerate()
        .map(|(c, check)| {
            let met = found.subjects.iter().filter(|s| found.met(c, **s)).count();
            let missing: Vec<EntryId> =
                found.subjects.iter().copied().filter(|s| found.recorded(*s) && !found.met(c, *s)).collect();
            // “And one more” takes the line that the one would take.
            let shown = if missing.len() == NAMED + 1 { missing.len() } else { missing.len().min(NAMED) };
            let rest = missing.len() - shown;
            let mut items = links(&missing[..shown], site, lang);
            if rest > 0 {
                items.push((format!("{} {rest}", word("และอีก", "and")), None));
            }
            let share = if all == 0 { 0.0 } else { (met as f64 * 1000.0 / all as f64).round() / 10.0 };
            // Where nobody has a record there is nobody to name: a nought would say that none is missing.
            let names =
                if recorded { Cell { items, ..Cell::text(missing.len().to_string()) } } else { Cell::default() };
            Row {
                label: check.label.get(lang).into(),
                target: None,
                cells: vec![
                    Cell::number(met as f64, lang),
                    Cell::number(all as f64, lang),
                    Cell::number(share, lang),
                    names,
                ],
            }
        })
        .collect();
    Ok(Block { columns, rows, count: all, note: found.scope(site, lang), ..Block::default() })
}
