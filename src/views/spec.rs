//! The query of a figure: what a `query` block or a figure file says.

use crate::model::Label;
use indexmap::IndexMap;
use serde::Deserialize;

/// A condition's values: one, or any of several.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(untagged)]
pub(crate) enum AnyOf {
    /// Any of these.
    Many(Vec<Scalar>),
    /// This one.
    One(Scalar),
}

/// A value in a condition.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(untagged)]
pub(crate) enum Scalar {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Float(f64),
    /// A day without quotes.
    Day(toml::value::Datetime),
    /// Term, id, text; `@field` is the value of the page's own field.
    Text(String),
}

impl Scalar {
    /// What is written.
    pub(crate) fn text(&self) -> String {
        match self {
            Scalar::Bool(b) => b.to_string(),
            Scalar::Integer(n) => n.to_string(),
            Scalar::Float(n) => n.to_string(),
            Scalar::Day(day) => day.to_string(),
            Scalar::Text(text) => text.clone(),
        }
    }
}

impl AnyOf {
    /// The values.
    pub(crate) fn scalars(&self) -> &[Scalar] {
        match self {
            AnyOf::Many(all) => all,
            AnyOf::One(one) => std::slice::from_ref(one),
        }
    }
}

/// What a subject should have: so many records of a kind that name it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// Name of what is expected.
    pub label: Label,
    /// Kind of the records.
    pub kind: String,
    /// Field of the records that names the subject.
    pub by: String,
    /// Number of records needed.
    #[serde(default = "one")]
    pub at_least: usize,
    /// Field with a period: the record counts in every fiscal year that the period touches, not only in its first.
    #[serde(default)]
    pub period: Option<String>,
    /// Which records count.
    #[serde(default, rename = "where")]
    pub conditions: IndexMap<String, AnyOf>,
}

fn one() -> usize {
    1
}

/// `[register]` of the view `due`: which fields of a register of duties say what.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Register {
    /// How often: a field of terms.
    pub frequency: String,
    /// Terms of `frequency` whose duties are done once and for all.
    pub once: Vec<String>,
    /// Terms of `frequency` that have the day of `[due] yearly` where no quarter is marked.
    pub yearly: Vec<String>,
    /// Number of records that a year needs.
    pub times: Option<String>,
    /// Table of the quarters in which it is due: columns with a fiscal year and with a term, whose place in its vocabulary
    /// is the number of the quarter.
    pub marks: Option<String>,
    /// Field with the kind of the records that show it done; an entry without it is not counted.
    pub kind: String,
    /// Field with the name of the records' field that names the subject.
    pub by: String,
    /// Field with conditions on the records: `field=value`.
    pub only: Option<String>,
    /// Field with the name of the records' field that holds a period.
    pub period: Option<String>,
}

/// Everything a figure may say. Which keys a view reads is told in the documentation of views.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Spec {
    pub view: String,
    #[serde(rename = "use")]
    pub base: Option<String>,
    pub kind: String,
    #[serde(rename = "where")]
    pub conditions: IndexMap<String, AnyOf>,
    pub not: IndexMap<String, AnyOf>,
    pub year: Option<Scalar>,
    pub sort: Option<String>,
    pub limit: Option<usize>,
    pub title: Option<Label>,
    /// A long table is open on phones too: the page is for it.
    #[serde(default)]
    pub open: bool,
    pub note: Option<Label>,
    pub columns: Vec<String>,
    pub rows: Option<String>,
    pub cols: Option<String>,
    pub series: Option<String>,
    pub cumulative: bool,
    pub table: Option<String>,
    pub subjects: Option<String>,
    pub subject_where: IndexMap<String, AnyOf>,
    pub checks: Vec<Check>,
    pub only: Option<String>,
    pub text: Option<String>,
    pub across: Option<String>,
    pub counter: Option<String>,
    pub counter_is: Vec<String>,
    pub counter_rows: Option<String>,
    pub status: Option<String>,
    pub done: Vec<String>,
    pub due: Option<String>,
    pub judged_on: Option<String>,
    pub of: Option<String>,
    pub name: Option<String>,
    pub target: Option<String>,
    pub actual: Option<String>,
    pub unit: Option<String>,
    pub uptake: Option<String>,
    pub history: Option<String>,
    pub step: Option<String>,
    pub by_year: Option<String>,
    pub total: Option<String>,
    pub register: Option<Register>,
}

/// Keys that every view reads.
const COMMON: [&str; 11] = ["view", "use", "kind", "where", "not", "year", "sort", "limit", "title", "note", "open"];

/// Keys of every view that one does not read: what it shows is chosen elsewhere, in `checks` or by the schema, and a number
/// of the first entries alone would be none of them.
fn unread(view: &str) -> &'static [&'static str] {
    match view {
        "" | "list" | "cards" | "table" | "rows" => &[],
        "tally" | "aggregate" => &["where", "not", "year", "sort", "limit"],
        "share" => &["not", "year", "sort", "limit"],
        _ => &["limit"],
    }
}

/// Keys that a view reads besides; `None` for a view that does not exist.
fn keys(view: &str) -> Option<&'static [&'static str]> {
    Some(match view {
        "" | "list" | "cards" | "count" => &[],
        "table" => &["columns"],
        "rows" => &["table", "columns"],
        "matrix" => &["rows", "cols"],
        "bars" | "aggregate" => &["rows"],
        "line" => &["rows", "series", "cumulative"],
        "map" => &["rows", "cols", "of"],
        "expected" | "coverage" => &["subjects", "subject_where", "checks", "only"],
        "tally" => &["checks"],
        "due" => &["subjects", "subject_where", "register"],
        "share" => &["of", "total", "rows", "cols", "target", "by_year"],
        "across" => &["rows", "text", "across", "counter", "counter_is", "counter_rows", "only"],
        "open" => &["table", "status", "done", "due", "judged_on"],
        "statuses" => &["table", "status"],
        "targets" => &["table", "of", "name", "target", "actual", "unit"],
        "progress" => &["history", "step", "uptake", "by_year", "status", "done"],
        _ => return None,
    })
}

/// A key of a query that its view does not read would change nothing, in silence.
fn known_keys(query: &toml::Table) -> Result<(), (String, String)> {
    let view = query.get("view").and_then(toml::Value::as_str).unwrap_or_default();
    let Some(own) = keys(view) else { return Ok(()) };
    let common = || COMMON.iter().filter(|key| !unread(view).contains(key));
    let known = |key: &&String| common().chain(own).any(|known| known == key);
    let Some(key) = query.keys().find(|key| !known(key)) else { return Ok(()) };
    let list: Vec<String> = own.iter().chain(common().skip(2)).map(|key| format!("`{key}`")).collect();
    let view = if view.is_empty() { "list" } else { view };
    Err((key.clone(), format!("the view `{view}` does not know the key `{key}`; it knows {}", list.join(", "))))
}

/// The query that shows a figure file as it is.
pub(crate) fn named(figure: &str) -> String {
    format!("use = {}", toml::Value::from(figure))
}

/// Reads a query, with the figure file that it uses (`use`, or the file named as the view) underneath.
///
/// # Errors
/// The parser's message and the byte range in `text`.
pub(crate) fn parse(
    text: &str,
    figures: &IndexMap<String, toml::Table>,
) -> Result<Spec, (String, std::ops::Range<usize>)> {
    let own: Spec = toml::from_str(text).map_err(|e| (e.message().to_string(), e.span().unwrap_or(0..0)))?;
    let table: toml::Table = toml::from_str(text).map_err(|e| (e.message().to_string(), 0..0))?;
    let check = |query: &toml::Table| {
        known_keys(query).map_err(|(key, message)| {
            let at = text.find(&key).map_or(0..text.len(), |at| at..at + key.len());
            (message, at)
        })
    };
    let base = own.base.as_deref().unwrap_or(&own.view);
    let Some(figure) = figures.get(base) else {
        return match &own.base {
            Some(name) => Err((format!("there is no figure `{name}`"), 0..text.len())),
            None => check(&table).map(|()| own),
        };
    };
    let mut merged = figure.clone();
    merged.extend(table);
    check(&merged)?;
    merged.try_into().map_err(|e: toml::de::Error| (e.message().to_string(), 0..text.len()))
}
