//! Handouts: print-ready PDFs of entries, forums and reports.
//!
//! Data flows one way. The page context that also feeds the HTML templates is taken as JSON ([`Job`]), its text is made
//! safe for print ([`prepare`]: glyph coverage, Thai line ends, sentence units), a Typst template of the theme sets it,
//! and the PDF comes back as bytes ([`Pdf`]). Author text never becomes Typst markup: templates read it with `json()`.
//!
//! * [`blocks`]: the block tree of a Markdown body, without markup.
//! * [`events`], `containers`, [`body`]: how Markdown becomes blocks, by sections.
//! * [`sentences`]: where a Thai text may be shortened.
//! * `pictures`, `svg_work`: pictures of authors, and how much work their drawings are.
//! * [`lines`]: where a Thai line must not end.
//! * [`glyphs`]: which characters the fonts hold, and what is printed for the others.
//! * [`qr`]: the code and the short address on each sheet.
//! * [`assets`]: templates, fonts and protected words of the theme and the portal.
//! * [`requests`], [`views`], `layout`, [`plan`], [`make`]: from the site to the PDFs that the portal asks for.
//! * [`typesetter`], [`fill`], [`typeset`]: Typst itself (cargo feature `pdf`): data in, PDF out.
//! * `template_functions`: what templates ask of every text. `template_texts`: line ends of the words of templates.
//! * [`reading`]: text by characters, so that every reader of PDFs finds it.
//! * `office`, `picture`: the same data as files for offices and as a picture.
//! * [`impose`]: pages put on sheets in booklet order.

pub(crate) mod assets;
pub(crate) mod blocks;
pub mod body;
mod bound;
mod containers;
pub(crate) mod events;
#[cfg(feature = "pdf")]
mod fill;
#[cfg(feature = "pdf")]
mod fonts;
pub(crate) mod glyphs;
pub(crate) mod impose;
pub(crate) mod job;
mod layout;
#[cfg(feature = "pdf")]
pub(crate) mod lines;
pub mod make;
#[cfg(feature = "pdf")]
mod office;
#[cfg(feature = "pdf")]
mod picture;
mod pictures;
pub mod plan;
pub(crate) mod prepare;
pub(crate) mod qr;
#[cfg(feature = "pdf")]
mod reading;
#[cfg(feature = "pdf")]
mod render;
pub(crate) mod requests;
pub mod sentences;
mod svg_work;
#[cfg(feature = "pdf")]
mod template_functions;
#[cfg(feature = "pdf")]
mod template_texts;
mod template_words;
#[cfg(feature = "pdf")]
mod typeset;
#[cfg(feature = "pdf")]
pub(crate) mod typesetter;
pub(crate) mod views;
#[cfg(feature = "pdf")]
mod world;

#[cfg(not(feature = "pdf"))]
#[path = "disabled.rs"]
pub mod typesetter;

pub use assets::PdfAssets;
pub(crate) use job::Problem;
pub use job::{Date, FileKind, Job, Paper, Pdf};
pub use typesetter::Typesetter;
