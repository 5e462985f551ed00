//! What the tests and measurements of this repository look into; no part of the interface, and free to change.
//!
//! Tests of `tests/suite` are a crate of their own, because they need the finished program (`CARGO_BIN_EXE_sala`). Most
//! run it or use the interface; these are the parts that they test directly: text, search against the browser's script,
//! Typst's output, imports. A test that needs one more part adds it here.

pub mod authoring {
    pub use crate::authoring::{
        cms, convert, docx, draft, editor, json_schema, kind_docs, names, starter, target, value,
    };
    pub mod import {
        pub use crate::authoring::import::{guard, manifest, map, plan, sheet, suggest, template, write};
    }
}
pub mod cache {
    pub use crate::cache::Store;
}
pub mod check {
    pub use crate::check::check;
}
pub mod cli {
    pub use crate::cli::fix;
}
pub mod content {
    pub use crate::content::{front_matter, load, raw};
}
pub mod diagnostics {
    pub use crate::diagnostics::Diagnostic;
}
pub mod html {
    pub use crate::html::{Files, Input, render};
}
pub mod markdown {
    pub use crate::markdown::{
        Dest, FindingKind, Labels, Links, Options, PlainLinks, Resolved, ResolvedImage, classify, html_allowed, render,
        sanitise, scan,
    };
}
pub mod model {
    pub use crate::model::{Lang, Portal, SourceFile};
}
pub mod output {
    pub use crate::output::{
        MANIFEST, MemorySink, ProtectedPaths, PublishError, Report, Sink, Staging, Target, UnsafeFolder,
    };
}
pub mod pdf {
    pub use crate::pdf::{Date, Job, Paper, Pdf, PdfAssets, Typesetter, make, plan};
}
pub mod pipeline {
    pub use crate::pipeline::{ContentFiles, Options, handouts, index, prepare, publish, render_into, silent};
}
pub mod preview {
    pub use crate::preview::{Event, Options, listen, live, run};
}
pub mod search {
    pub use crate::search::{
        Answer, Facet, Index, Piece, Query, SearchDoc, Section, Settings, Sort, build, documents, export, pack, query,
    };
}
pub mod site {
    pub use crate::site::derive;
}
pub mod text {
    pub use crate::text::{chars, clean, collate, digits, era, fold, lint, personal, repair, segment, slug, words};
}
pub mod theme {
    pub use crate::theme::built_in;
}
pub mod views {
    pub use crate::views::VIEWS;
}
pub mod visibility {
    pub use crate::visibility::{Options, open};
}
