//! Typed values of fields.

use super::source::{SourceId, Span};
use crate::text::era::{Date, Year};

/// A value with the place where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// The value.
    pub value: Value,
    /// Where it is in its source file.
    pub span: Span,
    /// The file; it differs from the entry's own where a table or the Thai original gave the value.
    pub source: SourceId,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// One line or paragraph of plain text.
    Text(String),
    /// Markdown source.
    Markdown(String),
    /// Whole number.
    Integer(i64),
    /// Decimal number.
    Decimal(f64),
    /// Amount in baht.
    Money(f64),
    /// Percentage, 0–100 unless the schema says otherwise.
    Percent(f64),
    /// Yes or no.
    Bool(bool),
    /// A calendar, academic or fiscal year.
    Year(Year),
    /// A day.
    Date(Date),
    /// From a day to a day; an open end has none.
    Period(Date, Option<Date>),
    /// Absolute web address.
    Url(String),
    /// Id of a vocabulary's term, or free text in an open vocabulary.
    Term(String),
    /// Id of another entry.
    Ref(String),
    /// An image of the content folder.
    Image {
        /// Path as written.
        src: String,
        /// Alternative text.
        alt: String,
        /// Caption, may be empty.
        caption: String,
    },
    /// A file to download.
    File {
        /// Path as written.
        src: String,
        /// Label of the link.
        label: String,
    },
    /// Several values of one type.
    List(Vec<Located>),
    /// Rows; each has a value per column of the field definition, or none.
    Table(Vec<Row>),
}

/// A row of a table field: one optional value per column, in the order of the schema.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Values by column position.
    pub cells: Vec<Option<Located>>,
    /// Where the row starts.
    pub span: Span,
}

impl Located {
    /// Says that the value is in another file.
    pub fn relocate(&mut self, to: SourceId) {
        self.source = to;
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|i| i.relocate(to)),
            Value::Table(rows) => {
                rows.iter_mut().flat_map(|r| r.cells.iter_mut().flatten()).for_each(|cell| cell.relocate(to))
            }
            _ => {}
        }
    }
}

impl Value {
    /// The single values: the items of a list, else the value itself. Tables have none.
    pub fn items(&self) -> Vec<&Value> {
        match self {
            Value::List(items) => items.iter().map(|i| &i.value).collect(),
            Value::Table(_) => Vec::new(),
            other => vec![other],
        }
    }

    /// The years of a value that is several years; nothing of any other value.
    pub fn years(&self) -> Option<Vec<Year>> {
        let Value::List(items) = self else { return None };
        let years = items.iter().map(|item| if let Value::Year(year) = item.value { Some(year) } else { None });
        years.collect::<Option<Vec<Year>>>().filter(|years| years.len() > 1)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(t) | Value::Markdown(t) | Value::Url(t) | Value::Term(t) | Value::Ref(t) => t.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Table(rows) => rows.is_empty(),
            _ => false,
        }
    }

    /// The number of numeric values (years count as their Buddhist-era number).
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Integer(n) => Some(*n as f64),
            Value::Decimal(n) | Value::Money(n) | Value::Percent(n) => Some(*n),
            Value::Year(year) => Some(f64::from(year.be)),
            _ => None,
        }
    }

    /// The key by which facets, counts and filters compare a single value: term id, entry id, `true`/`false`,
    /// Buddhist-era year, ISO date or the text itself.
    pub fn key(&self) -> Option<String> {
        Some(match self {
            Value::Text(t) | Value::Term(t) | Value::Ref(t) | Value::Url(t) => t.clone(),
            Value::Bool(b) => b.to_string(),
            Value::Integer(n) => n.to_string(),
            Value::Decimal(n) | Value::Money(n) | Value::Percent(n) => n.to_string(),
            Value::Year(year) => year.be.to_string(),
            Value::Date(date) => date.iso(),
            _ => return None,
        })
    }
}
