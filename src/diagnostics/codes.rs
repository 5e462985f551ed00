//! Every diagnostic code with its severity and an explanation in both languages.

use crate::model::Label;
use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing has to change.
    Note,
    /// The site is built; `--strict` makes it an error.
    Warning,
    /// The site is not published.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $id:literal $severity:ident $th:literal $en:literal $why_th:literal $why_en:literal;)*) => {
        /// A diagnostic code. Codes never change their meaning; retired ones are not used again.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $en] $variant,)*
        }

        impl Code {
            /// All codes in the order of their ids.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The printed id, e.g. `S201`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// Severity unless a rule says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Short name of the finding.
            pub fn title(self) -> Label {
                match self { $(Code::$variant => Label::new($th, $en),)* }
            }

            /// Why it matters and how to mend it.
            pub fn explanation(self) -> Label {
                match self { $(Code::$variant => Label::new($why_th, $why_en),)* }
            }
        }
    };
}

include!("codes_table.rs");

impl Code {
    /// The code of a printed id, ignoring case.
    pub fn parse(id: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|c| c.id().eq_ignore_ascii_case(id.trim()))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_texts_complete() {
        let mut ids: Vec<_> = Code::ALL.iter().map(|c| c.id()).collect();
        let sorted = ids.clone();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids, sorted, "codes must be unique and listed in order");
        for code in Code::ALL {
            assert!(code.explanation().th.chars().count() > 20, "{} needs a Thai explanation", code.id());
            assert!(code.explanation().en.len() > 20, "{} needs an English explanation", code.id());
        }
    }
}
