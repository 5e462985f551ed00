//! What was seen in how many groups, and what became of rows: `across` and `statuses`.

use super::block::{Block, Cell, Row, head, word};
use super::groups::groups;
use super::open::table_of;
use super::problem::Problem;
use super::select::{self, Conditions, Path, cell, path};
use super::spec::{AnyOf, Scalar, Spec};
use super::wanted::{self, is_wanted};
use crate::model::{EntryId, Lang, Value};
use crate::site::{Site, display};
use std::collections::BTreeSet;

/// `across`: per category, in how many groups (of those with any entry) it was seen, with the sentences, and where one of
/// before was not confirmed.
pub(super) fn across(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let need = |key: &Option<String>, name: &str| key.clone().ok_or_else(|| Problem::missing(name, "across"));
    let rows = path(kind, &need(&spec.rows, "rows")?)?;
    let across = path(kind, &need(&spec.across, "across")?)?;
    let text = path(kind, &need(&spec.text, "text")?)?;
    let counter = spec.counter.as_deref().map(|name| path(kind, name)).transpose()?;
    let counter_rows = spec.counter_rows.as_deref().map(|name| path(kind, name)).transpose()?;
    let chosen = select::entries(site, spec, page)?;
    let (entries, conditions) = (&chosen.entries, &chosen.conditions);
    let all: BTreeSet<String> = entries.iter().flat_map(|i| conditions.keys(&across, site.entry(*i))).collect();
    // Several groups have the name of their kind.
    let many = across.def.kinds.first().and_then(|kind| site.public.schema.kind(kind));
    let across_label = many.map_or(across.def.label.get(lang), |(_, kind)| kind.plural().get(lang));
    let columns = vec![
        head("seen", word(lang, "พบใน", "Seen in"), "text"),
        head("sentences", text.def.label.get(lang).to_string(), "text"),
        head("counter", word(lang, "กรณีที่ไม่เป็นเช่นนั้น", "Counter-examples"), "text"),
    ];
    // `only`: one category, such as that of the page.
    let only = spec.only.as_ref().map(|only| AnyOf::One(Scalar::Text(only.clone())));
    let only = only.map(|only| wanted::wanted(site, rows.def, page, &only)).transpose()?;
    let against = match &counter {
        Some(status) => wanted::terms(site, status.def, &spec.counter_is)?,
        None => Vec::new(),
    };
    let rows = groups(site, &rows, &chosen, lang)
        .into_iter()
        .filter(|(key, ..)| only.as_ref().is_none_or(|only| is_wanted(only, key)))
        .map(|(key, label, target, members)| {
            let seen = members.iter().flat_map(|i| conditions.keys_beside(&across, &rows, &key, site.entry(*i)));
            let n = seen.collect::<BTreeSet<String>>().len();
            let of = match lang {
                Lang::TH => format!("{n} จาก {} {across_label}", all.len()),
                _ => format!("{n} of {} ({across_label})", all.len()),
            };
            let found = sentences(site, conditions, &rows, &text, &members, &key, lang);
            let counted = counter.map(|status| {
                let counter = Counter { status, against: &against, group: counter_rows, conditions };
                counter.items(site, &rows, entries, &key, lang)
            });
            Row {
                label,
                target,
                cells: vec![
                    Cell { value: Some(n as f64), ..Cell::text(of) },
                    Cell { items: found, ..Cell::default() },
                    Cell { items: counted.unwrap_or_default(), ..Cell::default() },
                ],
            }
        })
        .collect();
    let note = match lang {
        Lang::TH => format!("จาก {} {} {} {across_label}", entries.len(), kind.label.th, all.len()),
        _ => format!("{} {}, {} {across_label}", entries.len(), kind.plural().get(lang), all.len()),
    };
    Ok(Block { columns, rows, count: entries.len(), note, ..Block::default() })
}

/// The sentences of one category, each linked to its entry.
fn sentences(
    site: &Site,
    conditions: &Conditions<'_>,
    rows: &Path<'_>,
    text: &Path<'_>,
    members: &[EntryId],
    key: &str,
    lang: Lang,
) -> Vec<(String, Option<EntryId>)> {
    let mut items = Vec::new();
    for i in members {
        for (own, row) in conditions.rows_told(site.entry(*i), site.told(*i, lang), rows.field) {
            let here = rows.column.is_none_or(|c| cell(own, c).iter().any(|v| v.key().as_deref() == Some(key)));
            if let (true, Some(column)) = (here, text.column) {
                let words: Vec<String> =
                    cell(row, column).iter().map(|v| display::text(site, text.def, v, lang)).collect();
                items.push((words.join(", "), Some(*i)));
            }
        }
    }
    items
}

/// Rows of another table whose status speaks against what was said before.
struct Counter<'a> {
    status: Path<'a>,
    against: &'a [String],
    /// The group a row belongs to. Without it: the groups of the entry that the row refers to.
    group: Option<Path<'a>>,
    conditions: &'a Conditions<'a>,
}

impl Counter<'_> {
    fn items(
        &self,
        site: &Site,
        rows: &Path<'_>,
        entries: &[EntryId],
        key: &str,
        lang: Lang,
    ) -> Vec<(String, Option<EntryId>)> {
        let mut items = Vec::new();
        let holds = |row: &crate::model::value::Row, path: &Path<'_>, keys: &[String]| {
            path.column
                .is_some_and(|column| cell(row, column).iter().any(|v| v.key().is_some_and(|k| keys.contains(&k))))
        };
        let group = [key.to_string()];
        for i in entries {
            let told = site.told(*i, lang);
            for (row, told) in self.conditions.rows_told(site.entry(*i), told, self.status.field) {
                if !holds(row, &self.status, self.against) {
                    continue;
                }
                let here = match &self.group {
                    Some(path) => holds(row, path, &group),
                    None => row.cells.iter().flatten().any(|c| match &c.value {
                        Value::Ref(id) => site
                            .find(id, site.main())
                            .is_some_and(|a| rows.keys(site.entry(a)).iter().any(|k| k == key)),
                        _ => false,
                    }),
                };
                if here {
                    let text = told.cells.iter().flatten().find_map(|c| match &c.value {
                        Value::Text(t) => Some(t.clone()),
                        _ => None,
                    });
                    items.push((text.unwrap_or_else(|| site.title(*i, lang).to_string()), Some(*i)));
                }
            }
        }
        items
    }
}

/// `statuses`: rows of a table by their status, with links to their entries.
pub(super) fn statuses(site: &Site, spec: &Spec, page: Option<EntryId>, lang: Lang) -> Result<Block, Problem> {
    let (_, kind) = select::kind(site, &spec.kind)?;
    let table = table_of(kind, spec, "statuses")?;
    let chosen = select::entries(site, spec, page)?;
    let rows: Vec<Row> = groups(site, &table.status, &chosen, lang)
        .into_iter()
        .map(|(key, label, _, members)| {
            let items = sentences(
                site,
                &chosen.conditions,
                &table.status,
                &Path {
                    field: table.field,
                    column: Some(table.text),
                    def: &kind.fields[table.field].columns[table.text],
                },
                &members,
                &key,
                lang,
            );
            let n = Cell::number(items.len() as f64, lang);
            Row { label, target: None, cells: vec![n, Cell { items, ..Cell::default() }] }
        })
        .collect();
    let columns = vec![
        head("count", word(lang, "จำนวน", "Number"), "number"),
        head("rows", kind.fields[table.field].label.get(lang).to_string(), "text"),
    ];
    Ok(Block { columns, count: rows.len(), rows, ..Block::default() })
}
