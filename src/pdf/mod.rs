//! Handouts: print-ready PDFs of entries, forums and reports.
//!
//! Data flows one way. The page context that also feeds the HTML templates is taken as JSON ([`Job`]), its text is made
//! safe for print ([`prepare`]: glyph coverage, Thai line ends, sentence units), a Typst template of the theme sets it,
//! and the PDF comes back as bytes ([`Pdf`]). Author text never becomes Typst markup: templates read it with `json()`.
//!
//! * [`blocks`]: the block tree of a Markdown body, without markup.
//! * [`events`], `containers`, [`body`]: how Markdown becomes blocks, by sections.
//! * [`sentences`]: where a Thai text may be shortened.
//! * [`lines`]: where a Thai line must not end.
//! * [`glyphs`]: which characters the fonts hold, and what is printed for the others.
//! * [`qr`]: the code and the short address on each sheet.
//! * [`assets`]: templates, fonts and protected words of the theme and the portal.
//! * [`requests`], [`views`], `layout`, [`plan`], [`make`]: from the site to the PDFs that the portal asks for.
//! * [`typesetter`], [`fill`], [`typeset`]: Typst itself (cargo feature `pdf`): data in, PDF out.
//! * [`reading`]: text by characters, so that every reader of PDFs finds it.
//! * [`impose`]: pages put on sheets in booklet order.

pub mod assets;
pub mod blocks;
pub mod body;
mod containers;
pub mod events;
#[cfg(feature = "pdf")]
mod fill;
#[cfg(feature = "pdf")]
mod fonts;
pub mod glyphs;
pub mod impose;
pub mod job;
mod layout;
#[cfg(feature = "pdf")]
pub mod lines;
pub mod make;
mod pictures;
pub mod plan;
pub mod prepare;
pub mod qr;
#[cfg(feature = "pdf")]
mod reading;
#[cfg(feature = "pdf")]
mod render;
pub mod requests;
pub mod sentences;
mod template_words;
#[cfg(feature = "pdf")]
mod typeset;
#[cfg(feature = "pdf")]
pub mod typesetter;
pub mod views;
#[cfg(feature = "pdf")]
mod world;

#[cfg(not(feature = "pdf"))]
#[path = "disabled.rs"]
pub mod typesetter;

pub use assets::PdfAssets;
pub use job::{Date, Job, Paper, Pdf, Problem};
pub use typesetter::Typesetter;
