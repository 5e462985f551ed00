//! Handouts: print-ready PDFs of entries, forums and reports.
//!
//! Data flows one way. The page context that also feeds the HTML templates is taken as JSON ([`Job`]), its text is made
//! safe for print ([`prepare`]: glyph coverage, Thai line ends, sentence units), a Typst template of the theme sets it,
//! and the PDF comes back as bytes ([`Pdf`]). Author text never becomes Typst markup: templates read it with `json()`.
//!
//! * [`blocks`]: the block tree of a Markdown body, without markup.
//! * [`events`], [`body`]: how Markdown becomes blocks, by sections.
//! * [`sentences`]: where a Thai text may be shortened.
//! * [`lines`]: where a Thai line must not end.
//! * [`glyphs`]: which characters the fonts hold, and what is printed for the others.
//! * [`qr`]: the code and the short address on each sheet.
//! * [`kit`]: templates, fonts and protected words of the theme and the portal.
//! * [`wants`], [`views`], [`plan`], [`make`]: from the site to the PDFs that the portal asks for.
//! * [`press`], [`fill`], [`typeset`]: Typst itself (cargo feature `pdf`): data in, PDF out.
//! * [`reading`]: text by characters, so that every reader of PDFs finds it.
//! * [`impose`]: pages put on sheets in booklet order.

pub mod blocks;
pub mod body;
pub mod events;
#[cfg(feature = "pdf")]
mod fill;
#[cfg(feature = "pdf")]
mod fonts;
pub mod glyphs;
pub mod impose;
pub mod job;
pub mod kit;
#[cfg(feature = "pdf")]
pub mod lines;
pub mod make;
mod pictures;
pub mod plan;
pub mod prepare;
#[cfg(feature = "pdf")]
pub mod press;
pub mod qr;
mod reach;
#[cfg(feature = "pdf")]
mod reading;
#[cfg(feature = "pdf")]
mod render;
pub mod sentences;
#[cfg(feature = "pdf")]
mod typeset;
pub mod views;
pub mod wants;
#[cfg(feature = "pdf")]
mod world;

#[cfg(not(feature = "pdf"))]
#[path = "no_press.rs"]
pub mod press;

pub use job::{Date, Job, Paper, Pdf, Problem};
pub use kit::Kit;
pub use press::Press;
