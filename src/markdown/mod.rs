//! Markdown to safe HTML, plain text for search, and an outline for checks.
//!
//! Three steps, each in its own file:
//! 1. [`mod@source`] prepares the text (notes of other tools, emphasis next to Thai letters, text in angle brackets), and
//!    [`mod@events`] makes of the parser's events, with byte offsets of the original file, those that everybody reads;
//! 2. [`scan`] walks the events for checks (headings, anchors, links), without output;
//! 3. [`render`] writes HTML through an allow-list of its own. Pages without raw HTML are safe by
//!    construction; a page with raw HTML goes through a sanitiser as a whole ([`mod@raw`]).
//!
//! Invariants: never panics whatever the input; no scheme outside the allow-list becomes a link;
//! no `style`, no event handler, no script in the output; the same input gives the same bytes.

mod allowed;
mod as_written;
mod attributes;
mod autolink;
mod between;
mod block;
mod blocks_of_html;
mod classes;
mod code;
mod comments;
mod components;
mod containers;
mod definitions;
mod dest;
mod elements;
mod escape;
mod events;
mod footnote;
mod grounds;
mod hidden;
mod hiding;
mod highlight;
mod ids;
mod inline;
mod items;
mod labels;
mod lookahead;
mod marks;
mod math;
mod money;
mod names;
mod notes;
mod outline;
mod pieces;
mod plain;
mod prepared;
mod programs;
mod protect;
mod raw;
mod remarks;
mod scan;
mod seeming;
mod source;
mod state;
mod table_of_html;
mod tags;
mod text;
mod types;
mod unshown;
mod wiki;
mod writer;

pub use allowed::{html_allowed, sanitise};
pub(crate) use attributes::without_icons;
pub(crate) use classes::hiding_among;
pub use code::code_ranges;
pub(crate) use code::is_within;
pub(crate) use definitions::without_definitions;
pub use dest::{Dest, classify};
pub(crate) use dest::{clean_href, file_href};
pub(crate) use escape::{decoded, escape_attr, escape_text};
pub use hidden::without_hidden;
pub(crate) use hiding::colourless;
pub(crate) use items::with_numbers;
pub use labels::Labels;
pub(crate) use math::{line_of, mathml};
pub(crate) use outline::{LinkRef, Outline};
pub use plain::plain_text;
pub(crate) use protect::Protected;
pub use scan::scan;
pub(crate) use seeming::seems_hidden;
pub(crate) use types::Rendered;
pub(crate) use types::{Finding, Heading, Part};
pub use types::{FindingKind, Links, Options, PlainLinks, Resolved, ResolvedImage};
pub use writer::render;

/// The events of a body for outputs other than HTML, each with the byte offset where it begins. Emphasis next to Thai
/// letters works as in [`render`], raw HTML is what it would be in Markdown; texts may hold noncharacters (U+FDD0 and after)
/// that the caller drops.
pub(crate) fn with_events<T>(
    source: &str,
    then: impl FnOnce(&mut dyn Iterator<Item = (pulldown_cmark::Event<'_>, usize)>) -> T,
) -> T {
    let prepared = prepared::Prepared::new(source);
    then(&mut blocks_of_html::events(&prepared, prepared.parse().events).into_iter())
}
