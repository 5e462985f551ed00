//! Types of fields.

use crate::text::era::YearKind;
use serde::Deserialize;

/// Types of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// One line or paragraph of plain text.
    #[default]
    Text,
    /// Markdown, several paragraphs.
    Markdown,
    /// Whole number.
    Integer,
    /// Decimal number.
    Decimal,
    /// Amount in baht.
    Money,
    /// Percentage, 0–100 unless limits say otherwise.
    Percent,
    /// Yes or no.
    Bool,
    /// Calendar year.
    Year,
    /// Academic year, May to March.
    AcademicYear,
    /// Fiscal year, October to September.
    FiscalYear,
    /// A day.
    Date,
    /// From a day to a day, or without an end.
    Period,
    /// Absolute web address.
    Url,
    /// Word of a vocabulary.
    Term,
    /// Another entry, by its id.
    Ref,
    /// Picture of the content folder.
    Image,
    /// File of the content folder to download.
    File,
    /// Rows of columns.
    Table,
}

impl FieldType {
    /// The name used in schema files.
    pub fn name(self) -> &'static str {
        match self {
            FieldType::Text => "text",
            FieldType::Markdown => "markdown",
            FieldType::Integer => "integer",
            FieldType::Decimal => "decimal",
            FieldType::Money => "money",
            FieldType::Percent => "percent",
            FieldType::Bool => "bool",
            FieldType::Year => "year",
            FieldType::AcademicYear => "academic-year",
            FieldType::FiscalYear => "fiscal-year",
            FieldType::Date => "date",
            FieldType::Period => "period",
            FieldType::Url => "url",
            FieldType::Term => "term",
            FieldType::Ref => "ref",
            FieldType::Image => "image",
            FieldType::File => "file",
            FieldType::Table => "table",
        }
    }

    /// Whether values are written as numbers that are counted or measured.
    pub fn is_number(self) -> bool {
        matches!(self, FieldType::Integer | FieldType::Decimal | FieldType::Money | FieldType::Percent)
    }

    /// The calendar of year types.
    pub fn year_kind(self) -> Option<YearKind> {
        match self {
            FieldType::Year => Some(YearKind::Calendar),
            FieldType::AcademicYear => Some(YearKind::Academic),
            FieldType::FiscalYear => Some(YearKind::Fiscal),
            _ => None,
        }
    }
}
