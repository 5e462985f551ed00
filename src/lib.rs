//! Sala (ศาลา): a static site generator for knowledge portals, Thai first.
//!
//! A portal goes through five steps, each a module:
//!
//! 1. [`load`]: files → [`model::Portal`] and [`diag::Diagnostic`]s;
//! 2. [`check`]: rules over the whole portal;
//! 3. [`gate`]: what is public, the only door to all output;
//! 4. [`mod@derive`]: backlinks, facets, related entries, roll-ups; [`figure`]: tables and charts of the synthesis;
//! 5. [`render`] (pure) and [`publish`] (the swap of the output folder).
//!
//! [`markdown`] and [`thai`] are used by several steps; [`search`] and [`handout`] are further outputs;
//! [`author`] helps people to write; [`cli`] is the only place that prints.

pub mod author;
pub mod build;
pub mod bundle;
pub mod check;
pub mod cli;
pub mod derive;
pub mod diag;
pub mod figure;
pub mod gate;
pub mod handout;
pub mod load;
pub mod markdown;
pub mod model;
pub mod publish;
pub mod render;
pub mod search;
pub mod serve;
pub mod thai;
