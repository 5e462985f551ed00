//! What reading values takes and what it finds.

use crate::diagnostics::{Code, Diagnostic};
use crate::model::schema::Term;
use crate::model::{Label, Schema, SourceFile, SourceId};

/// Reads values of one source file.
pub(crate) struct Typing<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The file the nodes came from.
    pub source: &'a SourceFile,
    /// Its number.
    pub source_id: SourceId,
    /// Whether its readers count years by the Buddhist era.
    pub buddhist: bool,
    /// Findings so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Typing<'_> {
    /// Adds a diagnostic at a span of this file.
    pub(crate) fn report(
        &mut self,
        code: Code,
        span: crate::model::Span,
        th: impl Into<String>,
        en: impl Into<String>,
        hint: Option<Label>,
    ) {
        self.diagnostics.push(Diagnostic::at(code, self.source, span, th, en).maybe_hint(hint));
    }

    /// Notes a term that is kept for old entries.
    pub(crate) fn retired(&mut self, span: crate::model::Span, term: &Term) {
        self.report(
            Code::RetiredTerm,
            span,
            format!("คำ “{}” เลิกใช้แล้ว ยังแสดงตามเดิม", term.id),
            format!("term `{}` is retired; it is shown as before", term.id),
            None,
        );
    }

    /// Notes a former name: what it stands for is read.
    pub(crate) fn former(&mut self, span: crate::model::Span, old: &str, new: &str) {
        self.report(
            Code::FormerName,
            span,
            format!("“{old}” เป็นชื่อเดิม อ่านเป็น “{new}”"),
            format!("`{old}` is a former name, read as `{new}`"),
            None,
        );
    }
}
