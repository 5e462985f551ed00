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
    pub use crate::cache::{Fingerprint, Store};
}
pub mod check {
    pub use crate::check::{check, check_files};
}
pub mod cli {
    pub use crate::cli::fix;
}
pub mod content {
    pub use crate::content::{front_matter, load, markdown_file, raw, schema};
}
pub mod diagnostics {
    pub use crate::diagnostics::Diagnostic;
}
pub mod html {
    pub use crate::html::{Files, Input, media, render};
}
pub mod markdown {
    pub use crate::markdown::{
        Dest, FindingKind, Labels, Links, Options, PlainLinks, Resolved, ResolvedImage, classify, code_ranges,
        html_allowed, plain_text, render, sanitise, scan, without_hidden,
    };
}
pub mod model {
    pub use crate::model::schema::{KindDef, Vocabulary};
    pub use crate::model::{KindId, Lang, Portal, Schema, SourceFile, SourceId};
}
pub mod output {
    pub use crate::output::{
        MANIFEST, MemorySink, ProtectedPaths, PublishError, Report, Sink, Staging, Target, UnsafeFolder,
    };
}
pub mod pdf {
    pub use crate::pdf::{Date, FileKind, Job, Paper, Pdf, PdfAssets, Typesetter, body, make, plan, sentences};
}
pub mod pipeline {
    pub use crate::pipeline::{ContentFiles, Options, handouts, index, prepare, publish, render_into, silent};
}
pub mod preview {
    pub use crate::preview::{Event, Options, guard, listen, live, run};
}
pub mod search {
    pub use crate::search::{
        Answer, Facet, Index, Piece, Query, SearchDoc, Section, Settings, Sort, build, documents, export, pack, query,
    };
}
pub mod site {
    pub use crate::site::{Site, derive};
}
pub mod text {
    pub use crate::text::{chars, clean, collate, digits, era, fold, lint, personal, repair, segment, slug, words};
}
pub mod theme {
    pub use crate::theme::built_in;
}
pub mod views {
    use crate::model::EntryId;
    pub use crate::views::VIEWS;
    use crate::views::{counts, make, spec};

    /// Reads a text as a query block and as a count; whether either can be made.
    pub fn reads(site: &crate::site::Site, text: &str) -> bool {
        let parsed = spec::parse(text, &site.public.schema.figures);
        let made =
            parsed.is_ok_and(|parsed| make(site, &parsed, Some(EntryId::default()), crate::model::Lang::EN).is_ok());
        made | counts::count(site, text, None).is_ok()
    }
}
pub mod visibility {
    pub use crate::visibility::{Options, is_public, open};
}
