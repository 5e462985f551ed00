//! What a condition wants: a value is read as front matter of its field is read, so that no spelling of it finds nothing in
//! silence; what cannot be a value of the field is a [`Problem`].

use super::problem::Problem;
use super::spec::{AnyOf, Scalar};
use crate::content::raw::{Node, Scalar as Written};
use crate::content::typed::Typing;
use crate::content::words::{bare, expected, number};
use crate::diagnostics::{Diagnostic, nearest_hint};
use crate::model::{EntryId, FieldDef, FieldType, Label, SourceFile, SourceId, Span, Value};
use crate::site::Site;
use crate::text::era::{Date, Year, YearKind, parse_year};

/// Before a value: any day, year or number up to it.
const UP_TO: &str = "..";

/// What one value of a condition asks of the key of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wanted {
    /// This key.
    Is(String),
    /// The entry of this id, which is written in any case.
    Entry(String),
    /// Any number, year or day up to this key.
    UpTo(String),
}

impl Wanted {
    fn of(value: &Value) -> Option<Wanted> {
        let key = value.key()?;
        Some(if let Value::Ref(_) = value { Wanted::entry(&key) } else { Wanted::Is(key) })
    }

    fn entry(id: &str) -> Wanted {
        Wanted::Entry(id.to_lowercase())
    }

    /// The one key that is wanted; none where it is an end.
    pub(super) fn key(&self) -> Option<&str> {
        match self {
            Wanted::Is(key) | Wanted::Entry(key) => Some(key),
            Wanted::UpTo(_) => None,
        }
    }

    /// Whether a value of this key is wanted.
    fn takes(&self, key: &str) -> bool {
        match self {
            Wanted::Is(wanted) => wanted == key,
            Wanted::Entry(id) => *id == key.to_lowercase(),
            // Keys of days are in the order of their letters.
            Wanted::UpTo(end) => match (end.parse::<f64>(), key.parse::<f64>()) {
                (Ok(end), Ok(key)) => key <= end,
                _ => key <= end.as_str(),
            },
        }
    }
}

/// Whether a key is one of those wanted.
pub(super) fn is_wanted(wanted: &[Wanted], key: &str) -> bool {
    wanted.iter().any(|one| one.takes(key))
}

/// The values that a condition on a field wants: those of the page for `@field`, an end for `..` before a day, a year or a
/// number.
pub(super) fn wanted(
    site: &Site,
    def: &FieldDef,
    page: Option<EntryId>,
    values: &AnyOf,
) -> Result<Vec<Wanted>, Problem> {
    comparable(def)?;
    let mut all = Vec::new();
    for scalar in values.scalars() {
        let text = scalar.text();
        if let Some(end) = text.strip_prefix(UP_TO) {
            let ends = match own(site, page, end)? {
                Some(own) => own.iter().map(|value| end_of_value(def, value)).collect::<Result<_, _>>()?,
                None => vec![end_of_text(def, end)?],
            };
            all.extend(ends.into_iter().map(Wanted::UpTo));
        } else if let Some(own) = own(site, page, &text)? {
            all.extend(own.iter().filter_map(Wanted::of));
        } else {
            all.extend(Wanted::of(&read(site, def, scalar)?));
        }
    }
    Ok(all)
}

/// The terms of a key such as `done`, read as front matter of their field is.
pub(super) fn terms(site: &Site, def: &FieldDef, written: &[String]) -> Result<Vec<String>, Problem> {
    let read = |text: &String| Ok(read(site, def, &Scalar::Text(text.clone()))?.key().unwrap_or_default());
    written.iter().map(read).collect()
}

/// The ids that a condition on `id` wants. A set of pages may name one that a portal does not have; a figure file of a schema
/// may name none that it has.
pub(super) fn ids(site: &Site, kind: &str, page: Option<EntryId>, values: &AnyOf) -> Result<Vec<Wanted>, Problem> {
    let (mut all, mut unknown) = (Vec::new(), None);
    for scalar in values.scalars() {
        let text = scalar.text();
        match own(site, page, &text)? {
            Some(own) => all.extend(own.iter().filter_map(Value::key).map(|id| Wanted::entry(&id))),
            None => match known(site, &[kind.to_owned()], text.trim()) {
                Ok(id) => all.push(Wanted::entry(id)),
                Err(problem) => unknown = Some(Problem { unfinished: page.is_none(), ..problem }),
            },
        }
    }
    match unknown {
        Some(problem) if all.is_empty() => Err(problem),
        _ => Ok(all),
    }
}

/// The page's own values of `@field`; nothing where the text names none. A figure that stands on no page has none either.
pub(super) fn own(site: &Site, page: Option<EntryId>, text: &str) -> Result<Option<Vec<Value>>, Problem> {
    let Some(name) = text.trim().strip_prefix('@') else { return Ok(None) };
    let Some(page) = page.map(|p| site.entry(p)) else { return Ok(Some(Vec::new())) };
    if name == "id" {
        return Ok(Some(vec![Value::Ref(page.id.to_string())]));
    }
    let kind = &site.public.schema.kinds[page.kind];
    let Some(field) = kind.field_index(name) else {
        return Err(Problem::unknown_field(kind, name, name, kind.fields.iter().map(|f| f.id.as_str())));
    };
    let values = page.value(field).map(Value::items).unwrap_or_default();
    match values.is_empty() {
        false => Ok(Some(values.into_iter().cloned().collect())),
        // Nothing is equal to what is not told: a figure of it would say nought, or all.
        true => Err(Problem::new(
            format!("หน้านี้ไม่มีค่าในช่อง “{name}” ที่ตัวเลขนี้ใช้ (@{name})"),
            format!("this page has no value in field `{name}`, which the figure takes (`@{name}`)"),
        )),
    }
}

/// A written value as a value of the field.
fn read(site: &Site, def: &FieldDef, scalar: &Scalar) -> Result<Value, Problem> {
    let text = scalar.text();
    let written = match scalar {
        Scalar::Bool(_) => Written::Bool,
        Scalar::Integer(_) | Scalar::Float(_) => Written::Number,
        Scalar::Day(_) => Written::Date,
        Scalar::Text(_) => Written::Plain,
    };
    let source = SourceFile::new("", text.clone());
    let mut typing = Typing {
        schema: &site.public.schema,
        source: &source,
        source_id: SourceId::default(),
        buddhist: false,
        diagnostics: Vec::new(),
    };
    let found = typing.single(def, &Node::scalar(Span::default(), text.clone(), written));
    if let Some(wrong) = typing.diagnostics.into_iter().find(Diagnostic::is_error) {
        return Err(Problem { hint: wrong.hint, ..Problem::new(wrong.message.th, wrong.message.en) });
    }
    match found.map(|located| located.value) {
        Some(Value::Ref(id)) => Ok(Value::Ref(known(site, &def.kinds, &id)?.to_owned())),
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(unreadable(def, &text)),
    }
}

/// The id of an entry that the portal has. Of what is cut from this site it is not told more: a condition finds none of it.
fn known<'a>(site: &Site, kinds: &[String], id: &'a str) -> Result<&'a str, Problem> {
    let Some(found) = site.find(id, site.main()) else {
        if site.public.hides(id) {
            return Ok(id);
        }
        let of = |e: &&crate::model::Entry| kinds.is_empty() || kinds.contains(&site.public.schema.kinds[e.kind].id);
        let titled = site.public.entries.iter().filter(of).find(|e| e.title == id || e.title_en == id);
        let hint = match titled {
            Some(e) => Some(Label::new(format!("ใช้รหัส “{}”", e.id), format!("use the id `{}`", e.id))),
            None => nearest_hint(id, site.public.entries.iter().filter(of).map(|e| &*e.id)),
        };
        return Err(Problem::new(format!("ไม่มีหน้ารหัส “{id}”"), format!("there is no entry `{id}`")).hint(hint));
    };
    let kind = &site.public.schema.kinds[site.entry(found).kind];
    if kinds.is_empty() || kinds.contains(&kind.id) {
        return Ok(id);
    }
    Err(Problem::new(
        format!("“{id}” เป็น{} เงื่อนไขนี้รับ: {}", kind.label.th, kinds.join(", ")),
        format!("`{id}` is of kind `{}`; this condition takes: {}", kind.id, kinds.join(", ")),
    ))
}

/// Values without a key are equal to none.
pub(super) fn comparable(def: &FieldDef) -> Result<(), Problem> {
    let none = [FieldType::Table, FieldType::Period, FieldType::Markdown, FieldType::Image, FieldType::File];
    if !none.contains(&def.ty) {
        return Ok(());
    }
    let (th, en) = expected(def);
    let hint = (def.ty == FieldType::Table).then(|| {
        let columns = def.columns.iter().map(|c| format!("{}.{}", def.id, c.id)).collect::<Vec<_>>().join(", ");
        Label::new(format!("เขียนเงื่อนไขของคอลัมน์: {columns}"), format!("put it on a column: {columns}"))
    });
    Err(Problem::new(
        format!("ช่อง “{}” เป็น{th} ใช้ในเงื่อนไขหรือเรียงลำดับไม่ได้", def.id),
        format!("field `{}` is {en}: no condition can be put on it", def.id),
    )
    .hint(hint))
}

fn unreadable(def: &FieldDef, text: &str) -> Problem {
    let (th, en) = expected(def);
    Problem::new(
        format!("“{text}” เป็นค่าของช่อง “{}” ไม่ได้ ช่องนี้เป็น{th}", def.id),
        format!("`{text}` is no value of field `{}`, which is {en}", def.id),
    )
}

/// The last key that `..` before a written end takes.
fn end_of_text(def: &FieldDef, text: &str) -> Result<String, Problem> {
    if !(def.ty.is_number() || def.ty == FieldType::Date || def.ty.year_kind().is_some()) {
        return Err(endless(def));
    }
    let kind = def.ty.year_kind().unwrap_or(YearKind::Calendar);
    let year = || parse_year(text).map(|be| Value::Year(Year::new(be, kind)));
    let read = match def.ty.is_number() {
        true => number(bare(text)).map(Value::Decimal),
        false => Date::parse(text).map(Value::Date).or_else(|_| year()).ok(),
    };
    read.map_or_else(|| Err(unreadable(def, text)), |value| end_of_value(def, &value))
}

/// A year ends a field of days with its last day, a day a field of years with the year that it lies in.
fn end_of_value(def: &FieldDef, value: &Value) -> Result<String, Problem> {
    let key = match (def.ty, value) {
        (FieldType::Date, Value::Date(day)) => Some(day.iso()),
        (FieldType::Date, Value::Year(year)) => Some(year.range().1.iso()),
        (ty, Value::Year(year)) if ty.year_kind().is_some() => Some(year.be.to_string()),
        (ty, Value::Date(day)) => ty.year_kind().map(|kind| year_of(*day, kind).to_string()),
        (ty, value) if ty.is_number() => value.number().map(|n| n.to_string()),
        _ => None,
    };
    key.ok_or_else(|| endless(def))
}

fn endless(def: &FieldDef) -> Problem {
    let (th, en) = expected(def);
    Problem::new(
        format!("“..” ใช้กับวันที่ ปี และตัวเลข ช่อง “{}” เป็น{th}", def.id),
        format!("`..` is for days, years and numbers; field `{}` is {en}", def.id),
    )
}

/// The year of a kind in which a day lies; between two academic years the one that has ended.
fn year_of(day: Date, kind: YearKind) -> i32 {
    let be = day.year_be();
    (be - 1..=be + 1).rev().find(|be| Year::new(*be, kind).range().0 <= day).unwrap_or(be)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lies_in_one_year_of_each_kind() {
        let of = |day: &str| {
            let day = Date::parse(day).unwrap();
            [YearKind::Calendar, YearKind::Fiscal, YearKind::Academic].map(|kind| year_of(day, kind))
        };
        assert_eq!(of("2566-01-15"), [2566, 2566, 2565]);
        assert_eq!(of("2566-05-15"), [2566, 2566, 2566]);
        assert_eq!(of("2566-10-01"), [2566, 2567, 2566]);
        assert_eq!(of("2566-04-15"), [2566, 2566, 2565]);
    }

    #[test]
    fn ends_compare_numbers_and_days() {
        let up_to = |end: &str| Wanted::UpTo(end.into());
        assert!(up_to("10").takes("9") && !up_to("10").takes("10.5") && up_to("2566").takes("2566"));
        assert!(up_to("2023-08-15").takes("2023-08-15") && !up_to("2023-08-15").takes("2023-08-16"));
        assert!(Wanted::entry("GR-River").takes("gr-river"));
    }
}
