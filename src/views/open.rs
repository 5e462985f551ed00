//! Rows of a table that are not done yet: `open`.

use super::block::{Block, Cell, Row};
use super::block::{head, word};
use super::problem::Problem;
use super::select::{self, Chosen, Path, cell, path};
use super::spec::Spec;
use super::wanted;
use crate::model::{EntryId, KindDef, Lang, Value};
use crate::site::{Site, display};

/// Where a table keeps what is to be done, and what became of it.
pub(super) struct Table<'a> {
    pub field: usize,
    pub status: Path<'a>,
    pub due: Option<Path<'a>>,
    pub text: usize,
}

/// The table that `spec` names, with its columns of status and day.
pub(super) fn table_of<'a>(kind: &'a KindDef, spec: &Spec, view: &str) -> Result<Table<'a>, Problem> {
    let table = spec.table.as_deref().ok_or_else(|| Problem::missing("table", view))?;
    let status = spec.status.as_deref().ok_or_else(|| Problem::missing("status", view))?;
    let status = path(kind, &format!("{table}.{status}"))?;
    let due = spec.due.as_deref().map(|d| path(kind, &format!("{table}.{d}"))).transpose()?;
    let def = &kind.fields[status.field];
    let text = def.columns.iter().position(|c| c.ty == crate::model::FieldType::Text).unwrap_or(0);
    Ok(Table { field: status.field, status, due, text })
}

/// `open`: a row per row that is not done, those overdue first; counts per status in the note.
pub(super) fn open(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let table = table_of(kind, spec, "open")?;
    let Chosen { entries, conditions } = select::entries(site, spec, page)?;
    let done = wanted::terms(site, table.status.def, &spec.done)?;
    let today = select::judged_on(site, spec, page)?;
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut open: Vec<(Option<crate::text::era::Date>, EntryId, &crate::model::value::Row, String)> = Vec::new();
    let (mut total, mut overdue) = (0, 0);
    for i in &entries {
        for (row, told) in conditions.rows_told(site.entry(*i), site.told(*i, lang), table.field) {
            total += 1;
            let status =
                table.status.column.and_then(|c| cell(row, c).first().and_then(|v| v.key())).unwrap_or_default();
            match counts.iter_mut().find(|(s, _)| *s == status) {
                Some((_, n)) => *n += 1,
                None => counts.push((status.clone(), 1)),
            }
            if done.contains(&status) {
                continue;
            }
            let due = table.due.and_then(|d| d.column).and_then(|c| match cell(row, c).first() {
                Some(Value::Date(date)) => Some(*date),
                _ => None,
            });
            overdue += usize::from(late(due, today));
            open.push((due, *i, told, status));
        }
    }
    open.sort_by_key(|(due, i, ..)| (due.is_none(), *due, *i));
    let columns = vec![
        head("due", word(lang, "กำหนด", "Due"), "text"),
        head("status", table.status.def.label.get(lang).to_string(), "text"),
        head("entry", kind.label.get(lang).to_string(), "text"),
    ];
    let rows = open
        .iter()
        .map(|(due, i, told, status)| {
            let texts: Vec<String> = cell(told, table.text)
                .iter()
                .map(|v| display::text(site, &kind.fields[table.field].columns[table.text], v, lang))
                .collect();
            let due_text = match due {
                Some(date) if late(*due, today) => {
                    format!("{} ({})", display::date(site, date, lang), word(lang, "เลยกำหนด", "overdue"))
                }
                Some(date) => display::date(site, date, lang),
                None => "–".to_string(),
            };
            let status = display::text(site, table.status.def, &Value::Term(status.clone()), lang);
            let entry = Cell { target: Some(*i), ..Cell::text(site.title(*i, lang)) };
            Row { label: texts.join(", "), target: None, cells: vec![Cell::text(due_text), Cell::text(status), entry] }
        })
        .collect();
    if let Some(vocabulary) = site.public.schema.vocabulary_of(table.status.def) {
        counts.sort_by_key(|(s, _)| vocabulary.position(s));
    }
    let status_of = |status: &str| match status {
        "" => word(lang, "ไม่ระบุสถานะ", "no status"),
        status => display::text(site, table.status.def, &Value::Term(status.to_owned()), lang),
    };
    let parts: Vec<String> = counts.iter().map(|(s, n)| format!("{} {n}", status_of(s))).collect();
    // Late on which day: that of the content is not the reader's, nor that of a report on a year.
    let day = today.map(|day| format!(" ({} {})", word(lang, "ณ", "on"), display::date(site, &day, lang)));
    let day = day.filter(|_| overdue > 0).unwrap_or_default();
    // Without days, or one to look from, nobody knows what is overdue.
    let known = table.due.is_some() && today.is_some();
    let overdue = word(lang, &format!(" · เลยกำหนด {overdue}{day}"), &format!(" · overdue {overdue}{day}"));
    let overdue = if known { overdue } else { String::new() };
    let note = match lang {
        Lang::TH => format!("ทั้งหมด {total} ข้อ: {}{overdue}", parts.join(" · ")),
        _ => format!("{total} in all: {}{overdue}", parts.join(" · ")),
    };
    Ok(Block { columns, rows, count: total, note, ..Block::default() })
}

/// Whether a due day lies before the day from which the figure looks.
fn late(due: Option<crate::text::era::Date>, today: Option<crate::text::era::Date>) -> bool {
    matches!((due, today), (Some(due), Some(today)) if due < today)
}
