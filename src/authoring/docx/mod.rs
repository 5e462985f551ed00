//! Reports of a word processor (.docx) to Markdown drafts.
//!
//! A .docx is a zip of XML. The Rust libraries for it are writers whose readers know a part of the format and bring an
//! image stack along; what a draft needs (headings, runs, lists, tables, images) is read here from the XML with
//! quick-xml and zip, which the workbook reader uses as well.
//!
//! * [`parts`]: styles, numbering, relations, and the parts of the archive within limits;
//! * `odt`: a report of OpenDocument as those parts;
//! * [`reader`]: the document as blocks;
//! * `picture`: what of pictures comes along;
//! * [`draft`]: blocks as the draft of an entry, its Thai repaired where that is certain.

mod closing;
mod document;
pub mod draft;
mod fields;
mod notes;
pub mod numbering;
mod odt;
mod odt_styles;
pub mod parts;
mod picture;
pub mod reader;
mod shape;
pub(super) mod text;
