//! Sala (ศาลา): a static site generator for knowledge portals, Thai first.
//!
//! A portal is a folder with a `portal.toml`, its schema and its content. [`Portal`] opens, checks, builds and searches
//! it, as the commands `sala check`, `sala build` and `sala search` do; [`main`] is the command itself.
//!
//! ```
//! use sala::{Lang, Options, Portal};
//!
//! # let folder = tempfile::tempdir()?;
//! # let dir = folder.path().join("portal");
//! let portal = Portal::create(&dir)?; // the sample of `sala init`; `Portal::open` for one that exists
//! for finding in portal.check() {
//!     eprintln!("{finding}");
//! }
//! let built = portal.build(&Options::default())?;
//! assert!(built.counts.pages > 3 && dir.join("public/index.html").is_file());
//!
//! let answer = portal.search("อ่าน", Lang::TH, 10)?;
//! assert_eq!(answer.hits[0].id, "inn-reading-corner");
//! # Ok::<(), sala::Error>(())
//! ```
//!
//! Everything else is private. `docs/architecture.md` is the map of it; `cargo doc --document-private-items` shows its
//! documentation.

#![warn(unreachable_pub)]

mod api;
mod authoring;
mod bundle;
mod cache;
mod check;
mod cli;
mod content;
mod diagnostics;
mod html;
#[doc(hidden)]
pub mod internals;
mod markdown;
mod model;
mod output;
mod pdf;
mod pipeline;
mod preview;
mod search;
mod site;
mod text;
mod theme;
mod views;
mod visibility;

pub use api::{Error, Options, Portal};
pub use cli::main;
pub use diagnostics::{Code, Diagnostic, Excerpt, Severity};
pub use html::Counts;
pub use model::{Label, Lang};
pub use output::Report;
pub use pipeline::{BuildError, Built};
pub use search::{Answer, FacetCount, Hit, Piece, Reading, SubHit};
