//! Untyped front matter with positions: one tree for TOML, YAML and table rows.

use crate::model::Span;

/// A value of front matter as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it is in the source file.
    pub span: Span,
    /// What it is.
    pub data: Data,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// A single value.
    Scalar(String, Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// Keys and values in the order written.
    Map(Vec<(Key, Node)>),
}

/// How a single value was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Quoted, or text that can be nothing else.
    Text,
    /// Unquoted number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Unquoted date.
    Date,
    /// Nothing (YAML null, empty table cell).
    Null,
    /// Without quotes in YAML or from a table: may be read as any type.
    Plain,
}

/// A key with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Name.
    pub name: String,
    /// Where it is.
    pub span: Span,
}

/// Why front matter could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// The parser's words.
    pub message: String,
    /// Whether it is a key that occurs twice.
    pub repeated_key: bool,
    /// Whether the nesting goes beyond [`MAX_DEPTH`].
    pub too_deep: bool,
}

/// Greatest depth of nesting.
pub const MAX_DEPTH: usize = 32;

impl SyntaxError {
    /// A plain syntax error.
    pub fn new(span: Span, message: impl Into<String>) -> SyntaxError {
        SyntaxError { span, message: message.into(), repeated_key: false, too_deep: false }
    }

    /// Nesting beyond [`MAX_DEPTH`].
    pub fn deep(span: Span) -> SyntaxError {
        SyntaxError { too_deep: true, ..SyntaxError::new(span, "nested too deeply") }
    }
}

impl Node {
    /// A scalar node. Control characters, which escapes can write (`\u0007`), are no text: calendars, tables and lists of
    /// references may not hold them.
    pub fn scalar(span: Span, text: impl Into<String>, kind: Scalar) -> Node {
        let mut text = text.into();
        text.retain(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
        Node { span, data: Data::Scalar(text, kind) }
    }

    /// Value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.data {
            Data::Map(pairs) => pairs.iter().find(|(k, _)| k.name == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(text, kind) if *kind != Scalar::Null => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        matches!(&self.data, Data::Scalar(_, Scalar::Null))
    }

    /// What was written, in words for a message.
    pub fn describe(&self) -> (&'static str, &'static str) {
        match &self.data {
            Data::Scalar(_, Scalar::Text | Scalar::Plain) => ("ข้อความ", "text"),
            Data::Scalar(_, Scalar::Number) => ("ตัวเลข", "a number"),
            Data::Scalar(_, Scalar::Bool) => ("ค่าใช่/ไม่ใช่", "true/false"),
            Data::Scalar(_, Scalar::Date) => ("วันที่", "a date"),
            Data::Scalar(_, Scalar::Null) => ("ค่าว่าง", "nothing"),
            Data::List(_) => ("รายการ", "a list"),
            Data::Map(_) => ("กลุ่มของคีย์", "a table of keys"),
        }
    }
}
