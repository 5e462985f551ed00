//! Chooses entries and reads paths such as `lessons.category` from them.

use super::problem::Problem;
use super::spec::{AnyOf, Scalar, Spec};
use super::wanted::{self, Wanted, comparable, is_wanted, own};
use crate::diagnostics::nearest_hint;
use crate::model::value::Row;
use crate::model::{Entry, EntryId, FieldDef, FieldType, KindDef, KindId, Label, Value, Visibility};
use crate::site::{Site, order};
use crate::text::era::{Date, EraError, fiscal_year_of, parse_year};
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
    let Some(position) = kind.field_index(field) else {
        return Err(Problem::unknown_field(kind, name, field, kind.fields.iter().map(|f| f.id.as_str())));
    };
    let def = &kind.fields[position];
    match column {
        None => Ok(Path { field: position, column: None, def }),
        Some(name) => match def.columns.iter().position(|c| c.id == name) {
            Some(c) => Ok(Path { field: position, column: Some(c), def: &def.columns[c] }),
            None => Err(Problem::unknown_field(kind, name, name, def.columns.iter().map(|c| c.id.as_str()))),
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
        once(self.values(entry))
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

/// A condition: the path, what it wants there, and whether it is wanted at all (`not`).
type Condition<'a> = (Path<'a>, Vec<Wanted>, bool);

/// The conditions of a figure. Those on fields choose entries; those on columns choose the rows of their table, and of the
/// entries those that have such a row. What a figure counts and shows of a table are the rows that fit.
#[derive(Default, Clone)]
pub(crate) struct Conditions<'a> {
    all: Vec<Condition<'a>>,
    ids: Vec<(Vec<Wanted>, bool)>,
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
        let mut conditions = Conditions::default();
        for (set, expected) in [(wanted, true), (unwanted, false)] {
            for (name, values) in set {
                if values.scalars().is_empty() {
                    return Err(Problem::new(
                        format!("เงื่อนไขของ “{name}” ไม่มีค่า"),
                        format!("the condition on `{name}` has no value"),
                    ));
                }
                if name == "id" {
                    conditions.ids.push((wanted::ids(site, &kind.id, page, values)?, expected));
                    continue;
                }
                let path = path(kind, name)?;
                conditions.all.push((path, wanted::wanted(site, path.def, page, values)?, expected));
            }
        }
        Ok(conditions)
    }

    /// Whether an entry fits.
    pub(crate) fn fit(&self, entry: &Entry) -> bool {
        self.ids.iter().all(|(ids, expected)| is_wanted(ids, &entry.id) == *expected)
            && self.all.iter().all(|(path, wanted, expected)| match path.column {
                Some(_) => self.rows(entry, path.field).next().is_some(),
                None => holds(&path.values(entry), wanted) == *expected,
            })
    }

    /// The rows of a table field that fit the conditions on its columns.
    pub(crate) fn rows<'e>(&self, entry: &'e Entry, field: usize) -> impl Iterator<Item = &'e Row> {
        rows(entry, field).iter().filter(move |row| self.fit_row(field, row))
    }

    /// The same, each with the row as `told` has it: the entry or its translation, whose rows are the same.
    pub(crate) fn rows_told<'o, 'e>(
        &self,
        entry: &'o Entry,
        told: &'e Entry,
        field: usize,
    ) -> impl Iterator<Item = (&'o Row, &'e Row)> {
        rows(entry, field).iter().zip(rows(told, field)).filter(move |(row, _)| self.fit_row(field, row))
    }

    fn fit_row(&self, field: usize, row: &Row) -> bool {
        self.all.iter().filter(|(path, ..)| path.field == field).all(|(path, wanted, expected)| {
            path.column.is_none_or(|column| holds(&cell(row, column), wanted) == *expected)
        })
    }

    /// Every single value at a path, of the rows that fit, as `told` has them.
    pub(crate) fn values<'e>(&self, path: &Path<'_>, entry: &Entry, told: &'e Entry) -> Vec<&'e Value> {
        let Some(column) = path.column.filter(|_| self.all.iter().any(|(p, ..)| p.field == path.field)) else {
            return path.values(told);
        };
        self.rows_told(entry, told, path.field).flat_map(|(_, row)| cell(row, column)).collect()
    }

    /// The keys at a path, each once, of the rows that fit.
    pub(crate) fn keys(&self, path: &Path<'_>, entry: &Entry) -> Vec<String> {
        once(self.values(path, entry, entry))
    }

    /// [`keys`](Conditions::keys), where the path is a column of the same table as another only of rows that have a key there.
    pub(crate) fn keys_beside(&self, path: &Path<'_>, other: &Path<'_>, key: &str, entry: &Entry) -> Vec<String> {
        let (Some(column), Some(beside)) = (path.column, other.column.filter(|_| other.field == path.field)) else {
            return self.keys(path, entry);
        };
        let has = |row: &&Row| cell(row, beside).iter().any(|v| v.key().as_deref() == Some(key));
        once(self.rows(entry, path.field).filter(has).flat_map(|row| cell(row, column)))
    }
}

fn holds(values: &[&Value], wanted: &[Wanted]) -> bool {
    values.iter().filter_map(|v| v.key()).any(|key| is_wanted(wanted, &key))
}

fn once<'e>(values: impl IntoIterator<Item = &'e Value>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in values.into_iter().filter_map(Value::key) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// The fiscal year (Buddhist era) of the query's `year`, if it has one: a written year, or one of the page's own field.
pub(crate) fn year(site: &Site, spec: &Spec, page: Option<EntryId>) -> Result<Option<i32>, Problem> {
    let Some(text) = spec.year.as_ref().map(Scalar::text) else { return Ok(None) };
    if let Some(own) = own(site, page, &text)? {
        let year = own.iter().find_map(|value| match value {
            Value::Year(year) => Some(year.be),
            Value::Date(day) | Value::Period(day, _) => Some(fiscal_year_of(*day).be),
            _ => None,
        });
        return match year {
            None if !own.is_empty() => Err(Problem::new(
                format!("ช่องที่ year = \"{text}\" ชี้ไป ไม่ใช่ปี วันที่ หรือช่วงวันที่"),
                format!("the field that `year = \"{text}\"` names holds no year, day or period"),
            )),
            year => Ok(year),
        };
    }
    parse_year(&text).map(Some).map_err(|error| era(&error))
}

fn era(error: &EraError) -> Problem {
    let hint = error.way_out().map(|(th, en)| Label::new(th, en));
    Problem::new(&error.message_th, &error.message_en).hint(hint)
}

/// The day from which a figure looks at its rows: that of its `judged_on`, else that of the content. A page without such a
/// field has none of its own.
pub(super) fn judged_on(site: &Site, spec: &Spec, page: Option<EntryId>) -> Result<Option<Date>, Problem> {
    let Some(text) = &spec.judged_on else { return Ok(site.date) };
    if text.starts_with('@') {
        let own = own(site, page, text).ok().flatten().unwrap_or_default();
        let day = own.iter().find_map(|value| if let Value::Date(day) = value { Some(*day) } else { None });
        return Ok(day.or(site.date));
    }
    Date::parse(text).map(Some).map_err(|error| era(&error))
}

/// Whether an entry belongs to a year: by its first field with a year, or with several, else by the fiscal year of its first
/// day.
pub(crate) fn in_year(kind: &KindDef, entry: &Entry, wanted: i32) -> bool {
    let values = || kind.fields.iter().enumerate().filter_map(|(i, _)| entry.value(i)).map(Value::items);
    let years = |items: Vec<&Value>| {
        let years = items.into_iter().filter_map(|v| if let Value::Year(year) = v { Some(year.be) } else { None });
        Some(years.collect::<Vec<i32>>()).filter(|years| !years.is_empty())
    };
    if let Some(years) = values().find_map(years) {
        return years.contains(&wanted);
    }
    let day = |v: &&Value| match v {
        Value::Date(day) | Value::Period(day, _) => Some(*day),
        _ => None,
    };
    values().find_map(|items| items.iter().find_map(day)).is_some_and(|day| fiscal_year_of(day).be == wanted)
}

/// The entries that a figure chose, and its conditions, which choose rows of their tables.
pub(crate) struct Chosen<'a> {
    /// Originals, in the kind's order or in that of the query.
    pub entries: Vec<EntryId>,
    /// The conditions.
    pub conditions: Conditions<'a>,
}

/// Entries of a kind that fit a query.
pub(crate) fn entries<'a>(site: &'a Site, spec: &Spec, page: Option<EntryId>) -> Result<Chosen<'a>, Problem> {
    let (k, kind) = kind(site, &spec.kind)?;
    if spec.year.is_some() {
        super::yearly::told(kind)?;
    }
    let conditions = Conditions::new(site, kind, &spec.conditions, &spec.not, page)?;
    let wanted = year(site, spec, page)?;
    let of_year = |i: &EntryId| wanted.is_none_or(|wanted| in_year(kind, site.entry(*i), wanted));
    let all = site.order[k][site.main()].iter().copied();
    let mut entries: Vec<EntryId> = all.filter(|i| conditions.fit(site.entry(*i))).filter(of_year).collect();
    if let Some(sort) = &spec.sort {
        sort_by(site, kind, sort, &conditions, &mut entries)?;
    }
    if let Some(limit) = spec.limit {
        entries.truncate(limit);
    }
    Ok(Chosen { entries, conditions })
}

/// In the order of a field, or of `-field` for the greatest first, as lists of the kind are; equals stay as they were.
fn sort_by(
    site: &Site,
    kind: &KindDef,
    sort: &str,
    conditions: &Conditions<'_>,
    entries: &mut Vec<EntryId>,
) -> Result<(), Problem> {
    let name = sort.trim_start_matches('-');
    let path = if order::is_own(name) { None } else { Some(path(kind, name)?) };
    if let Some(path) = path.filter(|path| path.def.ty != FieldType::Period) {
        comparable(path.def)?;
    }
    let mut keyed: Vec<(order::Key, EntryId)> = entries
        .iter()
        .map(|i| {
            let entry = site.entry(*i);
            let key = match &path {
                None => order::own_key(entry, name),
                Some(path) => {
                    let values = conditions.values(path, entry, entry);
                    order::value_key(&site.public, path.def, entry, &values, sort.starts_with('-'))
                }
            };
            (key, *i)
        })
        .collect();
    keyed.sort_by(|(a, _), (b, _)| order::compare_by(sort, a, b));
    *entries = keyed.into_iter().map(|(_, i)| i).collect();
    Ok(())
}
