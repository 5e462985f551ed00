//! Why a figure cannot be made.

use crate::diagnostics::nearest_hint;
use crate::model::{KindDef, Label};

/// Why a figure cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Problem {
    /// What is wrong.
    pub message: Label,
    /// What to do.
    pub hint: Option<Label>,
    /// A key is missing that a query which uses the figure may add.
    pub unfinished: bool,
}

impl Problem {
    /// A problem in both languages.
    pub(crate) fn new(th: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { message: Label::new(th, en), hint: None, unfinished: false }
    }

    /// Adds a hint where there is one.
    pub(crate) fn hint(mut self, hint: Option<Label>) -> Problem {
        self.hint = hint;
        self
    }

    pub(super) fn missing(key: &str, view: &str) -> Problem {
        let problem = Problem::new(format!("มุมมอง {view} ต้องมี {key}"), format!("view `{view}` needs `{key}`"));
        Problem { unfinished: true, ..problem }
    }

    /// A name that a kind does not have; the part that is unknown is near one of those known.
    pub(super) fn unknown_field<'a>(
        kind: &KindDef,
        name: &str,
        part: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Problem {
        Problem::new(format!("ชนิด “{}” ไม่มีช่อง “{name}”", kind.id), format!("kind `{}` has no field `{name}`", kind.id))
            .hint(nearest_hint(part, known))
    }
}
