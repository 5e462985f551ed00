//! Chooses entries and reads paths such as `lessons.category` from them.

use super::problem::Problem;
use super::spec::{AnyOf, Scalar, Spec};
use crate::diagnostics::nearest_hint;
use crate::model::value::Row;
use crate::model::{Entry, EntryId, FieldDef, FieldType, KindDef, KindId, Label, Value, Visibility};
use crate::site::Site;
use crate::text::era::{Date, fiscal_year_of};
use indexmap::IndexMap;

/// A field of a kind, or a column of one of its tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<'a> {
    /// Position of the field.
    pub field: usize,
    /// Position of the column.
    pub column: Option<usize>,
    /// Definition of the field or column.
    pub def: &'a FieldDef,
}

/// Finds a path in a kind. Of what is internal nothing is known in public, and none would be told as a number.
pub(crate) fn path<'a>(kind: &'a KindDef, name: &str) -> Result<Path<'a>, Problem> {
    let path = path_of_any(kind, name)?;
    match kind.fields[path.field].visibility.max(path.def.visibility) {
        Visibility::Public => Ok(path),
        Visibility::Internal => Err(Problem::new(
            format!("ช่อง “{name}” ของชนิด “{}” เป็นข้อมูลภายใน ตัวเลขสาธารณะใช้ไม่ได้", kind.id),
            format!("field `{name}` of kind `{}` is internal: no public figure can use it", kind.id),
        )),
    }
}

/// [`path`], of what is internal too.
pub(super) fn path_of_any<'a>(kind: &'a KindDef, name: &str) -> Result<Path<'a>, Problem> {
    let (field, column) = name.split_once('.').map_or((name, None), |(f, c)| (f, Some(c)));
    let unknown = |known: &mut dyn Iterator<Item = &'a str>| {
        Problem::new(format!("ชนิด “{}” ไม่มีช่อง “{name}”", kind.id), format!("kind `{}` has no field `{name}`", kind.id))
            .hint(nearest_hint(column.unwrap_or(field), known))
    };
    let Some(position) = kind.field_index(field) else {
        return Err(unknown(&mut kind.fields.iter().map(|f| f.id.as_str())));
    };
    let def = &kind.fields[position];
    match column {
        None => Ok(Path { field: position, column: None, def }),
        Some(name) => match def.columns.iter().position(|c| c.id == name) {
            Some(c) => Ok(Path { field: position, column: Some(c), def: &def.columns[c] }),
            None => Err(unknown(&mut def.columns.iter().map(|c| c.id.as_str()))),
        },
    }
}

impl Path<'_> {
    /// Every single value at the path.
    pub(crate) fn values<'e>(&self, entry: &'e Entry) -> Vec<&'e Value> {
        let Some(value) = entry.value(self.field) else {
            return Vec::new();
        };
        match (value, self.column) {
            (Value::Table(rows), Some(column)) => rows.iter().flat_map(|row| cell(row, column)).collect(),
            (value, _) => value.items(),
        }
    }

    /// The keys at the path, each once.
    pub(crate) fn keys(&self, entry: &Entry) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for key in self.values(entry).into_iter().filter_map(Value::key) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}

/// The single values of a cell.
pub(crate) fn cell(row: &Row, column: usize) -> Vec<&Value> {
    row.cells.get(column).and_then(Option::as_ref).map(|c| c.value.items()).unwrap_or_default()
}

/// The rows of a table field.
pub(crate) fn rows(entry: &Entry, field: usize) -> &[Row] {
    match entry.value(field) {
        Some(Value::Table(rows)) => rows,
        _ => &[],
    }
}

/// A kind by name. Entries of an internal kind are not there in public, and would be told as none.
pub(crate) fn kind<'a>(site: &'a Site, name: &str) -> Result<(KindId, &'a KindDef), Problem> {
    match kind_of_any(site, name)? {
        (_, kind) if kind.visibility == Visibility::Internal => Err(Problem::new(
            format!("ชนิด “{name}” เป็นข้อมูลภายใน ตัวเลขสาธารณะใช้ไม่ได้"),
            format!("kind `{name}` is internal: no public figure can use it"),
        )
        .hint(Some(Label::new(
            "ใช้มุมมอง aggregate หรือ share กับสิ่งที่ชนิดเปิดเผยไว้ใน aggregates หรือ shares",
            "use the view `aggregate` or `share`, for what the kind releases in `aggregates` or `shares`",
        )))),
        found => Ok(found),
    }
}

/// [`kind`], of what is internal too.
pub(super) fn kind_of_any<'a>(site: &'a Site, name: &str) -> Result<(KindId, &'a KindDef), Problem> {
    site.public.schema.kind(name).ok_or_else(|| {
        Problem::new(format!("ไม่มีชนิด “{name}”"), format!("there is no kind `{name}`"))
            .hint(nearest_hint(name, site.public.schema.kinds.iter().map(|k| k.id.as_str())))
    })
}

/// Conditions with `@field` replaced by the page's own values.
pub(crate) struct Conditions<'a> {
    all: Vec<(Path<'a>, Vec<String>, bool)>,
    ids: Vec<(Vec<String>, bool)>,
}

impl<'a> Conditions<'a> {
    /// Reads the conditions for a kind; `page` is the entry on whose page the figure stands.
    pub(crate) fn new(
        site: &Site,
        kind: &'a KindDef,
        wanted: &IndexMap<String, AnyOf>,
        unwanted: &IndexMap<String, AnyOf>,
        page: Option<EntryId>,
    ) -> Result<Conditions<'a>, Problem> {
        let mut conditions = Conditions { all: Vec::new(), ids: Vec::new() };
        for (set, expected) in [(wanted, true), (unwanted, false)] {
            for (name, values) in set {
                let keys = values.keys().into_iter().flat_map(|k| wanted_keys(site, page, &k)).collect();
                if name == "id" {
                    conditions.ids.push((keys, expected));
                    continue;
                }
                let path = path(kind, name)?;
                known_terms(site, path.def, &keys)?;
                conditions.all.push((path, keys, expected));
            }
        }
        Ok(conditions)
    }

    /// Whether an entry fits.
    pub(crate) fn fit(&self, entry: &Entry) -> bool {
        self.ids.iter().all(|(keys, expected)| keys.iter().any(|k| *k == *entry.id) == *expected)
            && self.all.iter().all(|(path, keys, expected)| {
                path.values(entry).iter().filter_map(|v| v.key()).any(|k| is_wanted(keys, &k)) == *expected
            })
    }

    /// Whether a row of the table at `field` fits the conditions on its columns.
    pub(crate) fn fit_row(&self, field: usize, row: &Row) -> bool {
        self.all.iter().filter(|(p, _, _)| p.field == field).all(|(path, keys, expected)| {
            let Some(column) = path.column else {
                return true;
            };
            cell(row, column).iter().filter_map(|v| v.key()).any(|k| is_wanted(keys, &k)) == *expected
        })
    }
}

/// A term that the vocabulary does not hold would silently find nothing.
fn known_terms(site: &Site, def: &FieldDef, keys: &[String]) -> Result<(), Problem> {
    let Some(vocabulary) = site.public.schema.vocabulary_of(def).filter(|_| def.ty == FieldType::Term && !def.open)
    else {
        return Ok(());
    };
    match keys.iter().find(|k| vocabulary.term(k).is_none()) {
        None => Ok(()),
        Some(key) => Err(Problem::new(
            format!("คลังคำ “{}” ไม่มีคำ “{key}”", vocabulary.id),
            format!("vocabulary `{}` has no term `{key}`", vocabulary.id),
        )
        .hint(nearest_hint(key, vocabulary.terms.iter().map(|t| t.id.as_str())))),
    }
}

/// Before a value: any up to it. Keys of days and years are in the order of their letters.
const UP_TO: &str = "..";

/// The keys that a condition wants: those of the page for `@field`, an end for `..` before a day or a year.
pub(super) fn wanted_keys(site: &Site, page: Option<EntryId>, key: &str) -> Vec<String> {
    match key.strip_prefix(UP_TO) {
        None => own(site, page, key.to_owned()),
        Some(end) => {
            let ends = own(site, page, end.to_owned()).into_iter();
            ends.map(|end| format!("{UP_TO}{}", Date::parse(&end).map_or(end, |day| day.iso()))).collect()
        }
    }
}

/// Whether a key is one of those wanted.
pub(super) fn is_wanted(keys: &[String], key: &str) -> bool {
    keys.iter().any(|wanted| wanted.strip_prefix(UP_TO).map_or(wanted == key, |end| key <= end))
}

pub(super) fn own(site: &Site, page: Option<EntryId>, key: String) -> Vec<String> {
    let Some(name) = key.strip_prefix('@') else {
        return vec![key];
    };
    let Some(page) = page.map(|p| site.entry(p)) else {
        return Vec::new();
    };
    if name == "id" {
        return vec![page.id.to_string()];
    }
    let kind = &site.public.schema.kinds[page.kind];
    kind.field_index(name)
        .and_then(|f| page.value(f))
        .map(|v| v.items().into_iter().filter_map(Value::key).collect())
        .unwrap_or_default()
}

/// The Buddhist-era years of the query's `year`, if it has one.
pub(crate) fn year(site: &Site, spec: &Spec, page: Option<EntryId>) -> Option<i32> {
    let key = match spec.year.as_ref()? {
        Scalar::Text(text) => own(site, page, text.clone()).into_iter().next()?,
        other => other.key(),
    };
    key.parse().ok()
}

/// The day from which a figure looks at its rows: that of its `judged_on`, else that of the content.
pub(super) fn judged_on(site: &Site, spec: &Spec, page: Option<EntryId>) -> Option<Date> {
    let own = spec.judged_on.iter().flat_map(|key| own(site, page, key.clone()));
    own.filter_map(|day| Date::parse(&day).ok()).next().or(site.date)
}

/// Whether an entry belongs to a year: by its first year field, else by the fiscal year of its first date field.
pub(crate) fn in_year(kind: &KindDef, entry: &Entry, wanted: i32) -> bool {
    let values = || kind.fields.iter().enumerate().filter_map(|(i, _)| entry.value(i));
    if let Some(year) = values().find_map(|v| match v {
        Value::Year(year) => Some(year.be),
        _ => None,
    }) {
        return year == wanted;
    }
    values().any(|v| match v {
        Value::Date(date) | Value::Period(date, _) => fiscal_year_of(*date).be == wanted,
        _ => false,
    })
}

/// Entries of a kind (Thai originals, in the kind's order) that fit a query.
pub(crate) fn entries(site: &Site, spec: &Spec, page: Option<EntryId>) -> Result<Vec<EntryId>, Problem> {
    let (k, kind) = kind(site, &spec.kind)?;
    if spec.year.is_some() {
        super::yearly::told(kind)?;
    }
    let conditions = Conditions::new(site, kind, &spec.conditions, &spec.not, page)?;
    let wanted = year(site, spec, page);
    let mut found: Vec<EntryId> = site.order[k][site.main()]
        .iter()
        .copied()
        .filter(|i| conditions.fit(site.entry(*i)))
        .filter(|i| wanted.is_none_or(|y| in_year(kind, site.entry(*i), y)))
        .collect();
    if let Some(sort) = &spec.sort {
        sort_by(site, kind, sort, &mut found)?;
    }
    if let Some(limit) = spec.limit {
        found.truncate(limit);
    }
    Ok(found)
}

fn sort_by(site: &Site, kind: &KindDef, sort: &str, found: &mut [EntryId]) -> Result<(), Problem> {
    let name = sort.trim_start_matches('-');
    let by_title = |i: &EntryId| crate::text::collate::sort_key(site.main().code(), &site.entry(*i).title);
    if name == "title" {
        found.sort_by_cached_key(by_title);
    } else {
        let path = path(kind, name)?;
        let vocabulary = site.public.schema.vocabulary_of(path.def);
        found.sort_by_cached_key(|i| {
            let first = path.values(site.entry(*i)).into_iter().next();
            match (first, vocabulary) {
                (None, _) => (1, Vec::new()),
                (Some(Value::Term(t)), Some(v)) => (0, v.position(t).to_be_bytes().to_vec()),
                (Some(value), _) => match value.number() {
                    Some(n) => (0, ((n + 1e15) as u64).to_be_bytes().to_vec()),
                    None => (0, crate::text::collate::sort_key(site.main().code(), &value.key().unwrap_or_default())),
                },
            }
        });
    }
    if sort.starts_with('-') {
        found.reverse();
    }
    Ok(())
}
