//! Help for people who write: new files, imports of tables and reports, editor set-up, forms in the browser.
//!
//! * [`names`] and [`terms`]: find entries and terms by what people call them;
//! * [`convert`]: cells and answers to typed values; [`value`]: values as TOML text;
//! * [`target`] and [`assemble`]: which value goes where;
//! * [`draft`]: a new Markdown file with its help comments; [`starter`]: a new portal;
//! * [`form`]: a page in a form, for the preview;
//! * [`import`]: workbooks and tables; [`docx`]: reports of a word processor;
//! * [`mend`]: what `sala fix` mends besides damaged Thai; [`files`]: all files of a command or none, and back again;
//! * [`rename`]: other ids for fields, sections, terms and kinds, in every file;
//! * `unseen`: letters that nobody sees in them; `symbols`: letters of picture fonts; `listing`: numbers of lists;
//! * [`json_schema`], [`editor`], [`kind_docs`]: what is made from the schema for editors and
//!   readers; [`generated`]: where it goes;
//! * [`cms`]: a form-based editor in the browser.
//!
//! Everything here ends in ordinary Markdown files that the loader reads like hand-written ones.

pub(crate) mod assemble;
pub mod cms;
pub mod convert;
pub mod docx;
pub mod draft;
pub mod editor;
pub(crate) mod files;
mod fold;
pub(crate) mod form;
pub(crate) mod generated;
pub(crate) mod import;
mod journal;
pub mod json_schema;
pub mod kind_docs;
mod listing;
pub(crate) mod mend;
pub mod names;
pub(crate) mod rename;
pub mod starter;
mod symbols;
pub mod target;
pub(crate) mod terms;
mod unseen;
pub mod value;
pub(crate) mod xml;

use crate::model::Label;

/// Why a value cannot be taken, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What is wrong.
    pub message: Label,
    /// What to write instead.
    pub hint: Option<Label>,
}

impl Reason {
    /// A reason without a hint.
    pub fn new(th: impl Into<String>, en: impl Into<String>) -> Reason {
        Reason { message: Label::new(th, en), hint: None }
    }

    /// Adds a hint where there is one.
    pub fn maybe_hint(mut self, hint: Option<Label>) -> Reason {
        self.hint = hint.or(self.hint);
        self
    }
}
