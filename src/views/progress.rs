//! `progress` and `targets`: entries that moved a step or were taken up by others, and targets against what was reached.

use super::block::{Block, Cell, Column, Row};
use super::chart;
use super::problem::Problem;
use super::select::{self, Chosen, cell, path};
use super::spec::Spec;
use super::wanted;
use crate::model::{EntryId, FieldType, Lang, Value};
use crate::site::{Site, display};
use std::collections::BTreeMap;

/// A name, and the entry that it leads to.
type Named = (String, Option<EntryId>);

fn word(lang: Lang, th: &str, en: &str) -> String {
    if lang == Lang::TH { th.to_string() } else { en.to_string() }
}

fn head(id: &str, label: String, ty: &'static str) -> Column {
    Column { id: id.into(), label, ty, target: None }
}

/// `progress`: per entry, the steps of its history and who took it up, by year.
pub(super) fn progress(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let need = |key: &Option<String>, name: &str| key.clone().ok_or_else(|| Problem::missing(name, "progress"));
    let (history, uptake) = (need(&spec.history, "history")?, need(&spec.uptake, "uptake")?);
    let (step, by_year) = (need(&spec.step, "step")?, need(&spec.by_year, "by_year")?);
    let step = path(kind, &format!("{history}.{step}"))?;
    let step_year = path(kind, &format!("{history}.{by_year}"))?;
    let uptake_year = path(kind, &format!("{uptake}.{by_year}"))?;
    let who: Vec<usize> = kind.fields[uptake_year.field]
        .columns
        .iter()
        .enumerate()
        .filter(|(_, c)| c.ty == FieldType::Ref)
        .map(|(i, _)| i)
        .collect();
    let uptake_def = &kind.fields[uptake_year.field];
    // Who is interested, or has given up, is named with that word and is not counted.
    let status = spec.status.as_deref().map(|status| path(kind, &format!("{uptake}.{status}"))).transpose()?;
    let shown = |value: &Value| status.map(|s| display::text(site, s.def, value, lang)).unwrap_or_default();
    let done = match status {
        Some(status) => wanted::terms(site, status.def, &spec.done)?,
        None => Vec::new(),
    };
    let counted: Vec<String> = done.iter().map(|term| shown(&Value::Term(term.clone()))).collect();
    let uptake_label = match counted.is_empty() {
        true => uptake_def.label.get(lang).to_string(),
        false => format!("{} ({})", uptake_def.label.get(lang), counted.join(", ")),
    };
    let until = select::year(site, spec, page)?;
    let Chosen { entries, conditions } = select::entries(site, &Spec { year: None, ..spec.clone() }, page)?;
    let mut years: BTreeMap<Option<i32>, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    let (mut up, mut down) = (0, 0);
    for i in entries {
        let entry = site.entry(i);
        let mut steps: Vec<(i32, Value)> = conditions
            .rows(entry, step.field)
            .filter_map(|row| {
                let year = year_in(row, step_year.column)?;
                Some((year, (*cell(row, step.column?).first()?).clone()))
            })
            .filter(|(year, _)| until.is_none_or(|u| *year <= u))
            .collect();
        steps.sort_by_key(|(year, _)| *year);
        // Those whose year nobody wrote stand last; they are of no year that a figure ends with.
        let mut takers: BTreeMap<(bool, Option<i32>), Vec<Named>> = BTreeMap::new();
        let mut count = 0;
        for row in conditions.rows(entry, uptake_year.field) {
            let year = year_in(row, uptake_year.column);
            if until.is_some_and(|until| year.is_none_or(|year| year > until)) {
                continue;
            }
            let refs = who.iter().flat_map(|c| cell(row, *c)).filter_map(|v| match v {
                Value::Ref(id) => site.find(id, site.main()),
                _ => None,
            });
            let refs: Vec<EntryId> = refs.collect();
            let value = status.and_then(|s| s.column).and_then(|c| cell(row, c).first().copied());
            let counts = done.is_empty() || value.and_then(Value::key).is_some_and(|k| done.contains(&k));
            count += usize::from(counts);
            *years.entry(year).or_default() += usize::from(counts);
            // A row is one who took it up, whatever its columns name: a network and the school in it.
            let names: Vec<&str> = refs.iter().map(|t| site.title(*t, lang)).collect();
            let when = year.map_or_else(|| word(lang, "ไม่ระบุปี", "no year"), |year| year_text(site, year, lang));
            let when = value.map_or(when.clone(), |value| format!("{when}: {}", shown(value)));
            let text = format!("{} ({when})", names.join(" · "));
            takers.entry((year.is_none(), year)).or_default().push((text, refs.first().copied()));
        }
        let height = |value: &Value| match value {
            Value::Term(term) => site.public.schema.vocabulary_of(step.def).map(|v| v.position(term) as f64),
            other => other.number(),
        };
        let moves = || steps.windows(2).filter(|pair| pair[0].1 != pair[1].1);
        // Steps without an order are only left for others.
        let falls =
            |pair: &[(i32, Value)]| matches!((height(&pair[0].1), height(&pair[1].1)), (Some(a), Some(b)) if b < a);
        if moves().next().is_none() && takers.is_empty() {
            continue;
        }
        up += usize::from(moves().any(|pair| !falls(pair)));
        down += usize::from(moves().any(falls));
        let steps: Vec<String> = steps
            .iter()
            .map(|(year, value)| {
                format!("{}: {}", year_text(site, *year, lang), display::text(site, step.def, value, lang))
            })
            .collect();
        let items = takers.into_values().flatten().collect();
        rows.push(Row {
            label: site.title(i, lang).to_string(),
            target: Some(i),
            cells: vec![
                Cell::text(steps.join(" → ")),
                Cell { value: Some(count as f64), ..Cell::text(count.to_string()) },
                Cell { items, ..Cell::default() },
            ],
        });
    }
    let columns = vec![
        head("steps", kind.fields[step.field].label.get(lang).to_string(), "text"),
        head("count", uptake_label.clone(), "number"),
        head("takers", word(lang, "ใคร เมื่อใด", "Who and when"), "text"),
    ];
    let undated = years.remove(&None).unwrap_or(0);
    let mut sum = 0;
    // Years in which nobody took it up are years too.
    let ends = years.keys().next().copied().flatten().zip(years.keys().last().copied().flatten());
    let by_year: Vec<Row> = ends
        .map_or(0..0, |(first, last)| first..last + 1)
        .map(|year| {
            sum += years.get(&Some(year)).copied().unwrap_or(0);
            let label = year_text(site, year, lang);
            Row { label, target: None, cells: vec![Cell::number(f64::from(sum as u32), lang)] }
        })
        .collect();
    let growth = Block {
        view: "line".into(),
        title: format!("{uptake_label} ({})", word(lang, "สะสม", "cumulative")),
        columns: vec![head("sum", word(lang, "สะสม", "Cumulative"), "number")],
        rows: by_year,
        ..Block::default()
    };
    let sum = sum + undated;
    let mut parts = match lang {
        Lang::TH => vec![format!("ขยับขั้น {up} รายการ"), format!("{uptake_label} รวม {sum}")],
        _ => vec![format!("{up} moved a step"), format!("{uptake_label}: {sum} in all")],
    };
    if down > 0 {
        parts.insert(1, word(lang, &format!("ถอยขั้น {down} รายการ"), &format!("{down} moved back")));
    }
    if undated > 0 {
        parts.push(word(lang, &format!("ไม่ระบุปี {undated}"), &format!("{undated} of no year")));
    }
    let note = parts.join(" · ");
    Ok(Block { columns, count: rows.len(), rows, note, charts: chart::of(&growth, lang), ..Block::default() })
}

fn year_in(row: &crate::model::value::Row, column: Option<usize>) -> Option<i32> {
    match cell(row, column?).first()? {
        Value::Year(year) => Some(year.be),
        Value::Date(date) => Some(crate::text::era::fiscal_year_of(*date).be),
        _ => None,
    }
}

fn year_text(site: &Site, be: i32, lang: Lang) -> String {
    site.public.config.year_number(lang, be).to_string()
}

/// `targets`: target and actual numbers of table rows, with their difference.
pub(super) fn targets(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let need = |key: &Option<String>, name: &str| key.clone().ok_or_else(|| Problem::missing(name, "targets"));
    let table = need(&spec.table, "table")?;
    let find = |name: &str| path(kind, &format!("{table}.{name}"));
    let aim = find(&need(&spec.target, "target")?)?;
    let actual = find(&need(&spec.actual, "actual")?)?;
    let of = spec.of.as_deref().map(find).transpose()?;
    let name = spec.name.as_deref().map(find).transpose()?;
    let unit = spec.unit.as_deref().map(find).transpose()?;
    let (mut rows, mut data) = (Vec::new(), Vec::new());
    let (mut reached, mut judged) = (0, 0);
    let Chosen { entries, conditions } = select::entries(site, spec, page)?;
    for i in entries {
        for (row, told) in conditions.rows_told(site.entry(i), site.told(i, lang), aim.field) {
            let number = |p: &select::Path<'_>| p.column.and_then(|c| cell(row, c).first().and_then(|v| v.number()));
            let (plan, result) = (number(&aim), number(&actual));
            if let (Some(plan), Some(result)) = (plan, result) {
                judged += 1;
                reached += usize::from(result >= plan);
            }
            let label = [&of, &name].into_iter().flatten().find_map(|p| {
                let value = *cell(told, p.column?).first()?;
                Some((display::text(site, p.def, value, lang), value.clone()))
            });
            let (label, value) = label.unwrap_or_default_label();
            let target = match value {
                Some(Value::Ref(id)) => site.find(&id, site.main()),
                _ => None,
            };
            let unit =
                unit.as_ref().and_then(|p| Some(display::text(site, p.def, *cell(told, p.column?).first()?, lang)));
            data.push(chart::Datum {
                label: label.clone(),
                target,
                note: site.title(i, lang).to_owned(),
                unit: unit.clone().unwrap_or_default(),
                value: result,
                goal: plan,
                ..chart::Datum::default()
            });
            let label = match &unit {
                Some(unit) if !unit.is_empty() => format!("{label} ({unit})"),
                _ => label,
            };
            let missing = || Cell::text(word(lang, "ยังไม่มีข้อมูล", "no data yet"));
            let show = |n: Option<f64>| n.map_or_else(missing, |n| Cell::number(n, lang));
            let difference = plan.zip(result).map(|(p, r)| display::difference(r, p));
            let mut gap = show(difference);
            if difference.is_some_and(|d| d > 0.0) {
                gap.text = format!("+{}", gap.text);
            }
            let source = Cell { target: Some(i), ..Cell::text(site.title(i, lang)) };
            rows.push(Row { label, target, cells: vec![show(plan), show(result), gap, source] });
        }
    }
    let columns = vec![
        head("target", aim.def.label.get(lang).to_string(), "number"),
        head("actual", actual.def.label.get(lang).to_string(), "number"),
        head("gap", word(lang, "ต่าง", "Difference"), "number"),
        head("entry", kind.label.get(lang).to_string(), "text"),
    ];
    let note = match lang {
        Lang::TH => format!("ถึงเป้าหมาย {reached} จาก {judged} รายการที่มีทั้งเป้าหมายและผล"),
        _ => {
            format!("{reached} of {judged} with a target and a result reached the target")
        }
    };
    Ok(Block { columns, count: rows.len(), rows, note, charts: chart::bars(&data, lang), ..Block::default() })
}

trait LabelOr {
    fn unwrap_or_default_label(self) -> (String, Option<Value>);
}

impl LabelOr for Option<(String, Value)> {
    fn unwrap_or_default_label(self) -> (String, Option<Value>) {
        self.map_or_else(|| ("–".to_string(), None), |(text, value)| (text, Some(value)))
    }
}
