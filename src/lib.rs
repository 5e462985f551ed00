//! Sala (ศาลา): a static site generator for knowledge portals, Thai first.
//!
//! A portal goes through five steps, each a module:
//!
//! 1. [`content`]: files → [`model::Portal`] and [`diagnostics::Diagnostic`]s;
//! 2. [`check`]: rules over the whole portal;
//! 3. [`visibility`]: what is public, the only door to all output;
//! 4. [`site`]: backlinks, facets, related entries, roll-ups; [`views`]: tables and charts of the synthesis;
//! 5. [`html`] (pure) and [`output`] (the swap of the output folder).
//!
//! [`markdown`] and [`text`] are used by several steps; [`search`] and [`pdf`] are further outputs;
//! [`authoring`] helps people to write; [`cli`] is the only place that prints.

pub mod authoring;
pub mod bundle;
pub mod cache;
pub mod check;
pub mod cli;
pub mod content;
pub mod diagnostics;
pub mod html;
pub mod markdown;
pub mod model;
pub mod output;
pub mod pdf;
pub mod pipeline;
pub mod preview;
pub mod search;
pub mod site;
pub mod text;
pub mod theme;
pub mod views;
pub mod visibility;
