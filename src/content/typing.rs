//! What reading values takes and what it finds.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Label, Schema, SourceFile, SourceId};

/// Reads values of one source file.
pub struct Typing<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The file the nodes came from.
    pub source: &'a SourceFile,
    /// Its number.
    pub source_id: SourceId,
    /// Findings so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Typing<'_> {
    /// Adds a diagnostic at a span of this file.
    pub fn report(
        &mut self,
        code: Code,
        span: crate::model::Span,
        th: impl Into<String>,
        en: impl Into<String>,
        hint: Option<Label>,
    ) {
        self.diagnostics.push(Diagnostic::at(code, self.source, span, th, en).maybe_hint(hint));
    }
}
