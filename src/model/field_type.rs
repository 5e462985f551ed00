//! Types of fields.

use crate::text::era::YearKind;
use serde::Deserialize;

/// Types of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum FieldType {
    #[default]
    Text,
    Markdown,
    Integer,
    Decimal,
    Money,
    Percent,
    Bool,
    Year,
    AcademicYear,
    FiscalYear,
    Date,
    Period,
    Url,
    Term,
    Ref,
    Image,
    File,
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
