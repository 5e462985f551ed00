//! What a text refers to and what can be referred to in it.

use super::code::is_within;
use super::hidden;
use super::types::{Finding, FindingKind, Heading};

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRef {
    /// Destination as written.
    pub dest: String,
    /// Shown text (what a checked count is compared with).
    pub text: String,
    /// Byte offset.
    pub offset: usize,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRef {
    /// Address as written.
    pub dest: String,
    /// Alternative text.
    pub alt: String,
    /// Byte offset.
    pub offset: usize,
}

/// What a text refers to and what can be referred to in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Every anchor: headings, ids in raw HTML, and the headings' anchors on GitHub where they differ.
    pub anchors: Vec<String>,
    /// Links, with those of raw HTML.
    pub links: Vec<LinkRef>,
    /// Images, with those of raw HTML.
    pub images: Vec<ImageRef>,
    /// Query blocks: TOML text and its byte offset.
    pub queries: Vec<(String, usize)>,
    /// Problems in the Markdown itself.
    pub findings: Vec<Finding>,
    /// Whether the text holds what nobody is shown ([`super::without_hidden`]).
    pub hidden: bool,
}

impl Outline {
    /// Text of the first heading of level 1, or else of the first heading.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        let first = self.headings.iter().find(|h| h.level == 1);
        first.map(|h| h.title.trim().to_string()).filter(|t| !t.is_empty())
    }

    /// Tells once that text is struck through.
    pub(super) fn struck(&mut self, offset: usize, what: &str) {
        if !self.findings.iter().any(|f| f.kind == FindingKind::Struck) {
            self.findings.push(Finding { offset, kind: FindingKind::Struck, what: what.to_owned() });
        }
    }

    /// Takes out what is in hidden stretches.
    pub(super) fn forget(&mut self, hidden: &[hidden::Hidden]) {
        self.hidden = !hidden.is_empty();
        if self.hidden {
            let ranges: Vec<_> = hidden.iter().map(|h| h.range.clone()).collect();
            let shown = |offset: usize| !is_within(&ranges, offset);
            self.headings.iter_mut().for_each(|heading| heading.nested |= !shown(heading.offset));
            self.links.retain(|link| shown(link.offset));
            self.images.retain(|image| shown(image.offset));
            self.queries.retain(|(_, offset)| shown(*offset));
            // That an element was taken out is reported, whatever was in it.
            self.findings.retain(|f| shown(f.offset) || f.kind == FindingKind::RemovedHtml);
        }
    }
}
