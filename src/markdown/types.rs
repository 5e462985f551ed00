//! What goes into rendering and what comes out.

use super::labels::Labels;
use super::protect::Protected;

/// Deepest nesting of blocks and inlines that is written as tags; deeper levels keep their text.
pub(super) const MAX_DEPTH: usize = 48;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Level 1–6 as written.
    pub level: u8,
    /// Anchor, the same as [`super::render`] writes with an empty id prefix.
    pub id: String,
    /// Whether the author chose the anchor (`{#id}`).
    pub explicit: bool,
    /// Inside a quotation, list or footnote, or of a comment of another program: opens no section.
    pub nested: bool,
    /// Byte offset of the innermost element of HTML, container, tab or pair of shortcodes that it stands in.
    pub within: Option<usize>,
    /// Plain text.
    pub title: String,
    /// Byte offset of the heading.
    pub offset: usize,
    /// Byte offset of the end of the heading's line.
    pub end: usize,
}

/// Where a link leads, as decided by the caller of [`super::render`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Address to write; `None` leaves the text without a link.
    pub href: Option<String>,
    /// Text for a link written without one (`[](id:nw-001)`): usually the title of the target.
    pub text: Option<String>,
    /// Leads to another site: gets `rel` and a class.
    pub external: bool,
    /// Language of the target where it is not the page's own (`th`, `en`).
    pub lang: Option<&'static str>,
}

/// Where an image is, as decided by the caller of [`super::render`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolvedImage {
    /// Address to write; `None` shows the alternative text instead.
    pub src: Option<String>,
    /// Width and height in pixels, when known.
    pub size: Option<(u32, u32)>,
    /// Address and width of the same picture for small screens.
    pub small: Option<(String, u32)>,
}

/// What a page's links, images, counts and query blocks become. Offsets are bytes of the source.
pub trait Links {
    /// A relative address, `#anchor` or `id:` link. Other schemes never get here.
    fn link(&self, dest: &str, offset: usize) -> Resolved;
    /// A relative image address.
    fn image(&self, dest: &str, offset: usize) -> ResolvedImage;
    /// A fenced `query` block (its TOML text): safe HTML.
    fn query(&self, toml: &str, offset: usize) -> String;
    /// A checked count `[12](count:spec)`: where the counted list is.
    fn count(&self, spec: &str, shown: &str, offset: usize) -> Resolved;
}

/// Leaves every address as written, drops query blocks. For tests and single values.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainLinks;

impl Links for PlainLinks {
    fn link(&self, dest: &str, _: usize) -> Resolved {
        Resolved { href: Some(dest.to_owned()), ..Resolved::default() }
    }
    fn image(&self, dest: &str, _: usize) -> ResolvedImage {
        ResolvedImage { src: Some(dest.to_owned()), ..ResolvedImage::default() }
    }
    fn query(&self, _: &str, _: usize) -> String {
        String::new()
    }
    fn count(&self, _: &str, _: &str, _: usize) -> Resolved {
        Resolved::default()
    }
}

/// How to render one text.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Words of the interface that Markdown output needs (callout names, footnotes).
    pub labels: &'a Labels,
    /// Split at level-2 headings into parts whose heading is not in their HTML (typed entries).
    pub sectioned: bool,
    /// The title that the template shows: the first level-1 heading is left out where it says the same.
    pub title: Option<&'a str>,
    /// Put in front of every generated id (single values on a page that has other Markdown).
    pub id_prefix: &'a str,
    /// Words that no line end may split.
    pub protected: Option<&'a Protected>,
}

impl Options<'static> {
    /// Thai labels, one part, everything shown.
    #[must_use]
    pub fn plain() -> Self {
        Options { labels: Labels::thai(), sectioned: false, title: None, id_prefix: "", protected: None }
    }
}

/// One stretch of a page: the text before the first level-2 heading, or a level-2 section.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Anchor of the heading; empty for the first part.
    pub id: String,
    /// Plain text of the heading; empty for the first part.
    pub title: String,
    /// Safe HTML. Without the heading itself when [`Options::sectioned`].
    pub html: String,
    /// Byte offset of the heading in the source.
    pub offset: usize,
    /// Whether the author chose the anchor (`{#id}`).
    pub explicit: bool,
}

/// Plain text under one heading, for search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextPart {
    /// Heading level 1–6; 0 for text before the first heading.
    pub level: u8,
    /// Anchor of the heading.
    pub id: String,
    /// Plain text of the heading.
    pub title: String,
    /// Text without markup; blocks are separated by a line feed.
    pub text: String,
}

/// A line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocItem {
    /// Heading level 1–6.
    pub level: u8,
    /// Anchor.
    pub id: String,
    /// Plain text.
    pub title: String,
}

/// Something the author should know; the caller turns it into a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Byte offset in the source.
    pub offset: usize,
    /// What was found.
    pub kind: FindingKind,
    /// The text concerned (address, id, tag).
    pub what: String,
}

/// Kinds of [`Finding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// A link or image with a scheme that is not allowed; shown as text.
    Scheme,
    /// A heading's `{#id}` holds characters that are not allowed; a slug is used.
    HeadingId,
    /// Two headings ask for the same `{#id}`.
    DuplicateId,
    /// An image without alternative text.
    MissingAlt,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// A formula that is no TeX.
    BadFormula,
    /// An element, event attribute or style of raw HTML that is taken out.
    RemovedHtml,
    /// What its author meant to hide and what would be shown: a comment that is not closed, an element with `hidden`.
    HidesText,
    /// What another program hides, by what opens it: it is taken off the page.
    ForeignComment,
    /// Text that is struck through: everybody reads it.
    Struck,
    /// A cell beyond the head of its table, which Markdown drops.
    CellBeyond,
    /// A line that Markdown takes for the definition of a link and that is none, by its label.
    UnusedDefinition,
    /// A footnote that no visible text cites, by its label.
    UncitedNote,
}

/// Everything one text becomes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// At least one part; exactly one without [`Options::sectioned`].
    pub parts: Vec<Part>,
    /// Headings in order, without the dropped title.
    pub toc: Vec<TocItem>,
    /// Text for search, by heading.
    pub text: Vec<TextPart>,
    /// What the author should know.
    pub findings: Vec<Finding>,
    /// Text of the first heading of level 1.
    pub title: Option<String>,
    /// Some code is in colours: the page needs their style sheet.
    pub highlighted: bool,
    /// Number of characters of text.
    pub chars: usize,
    /// The source held raw HTML (the output was sanitised as a whole).
    pub raw_html: bool,
}

impl Rendered {
    /// HTML of everything before the first section.
    #[must_use]
    pub fn lead(&self) -> &str {
        self.parts.first().map_or("", |p| p.html.as_str())
    }

    /// The HTML of the whole text, for texts that are not sectioned.
    #[must_use]
    pub fn into_html(self) -> String {
        let mut parts = self.parts.into_iter();
        let mut html = parts.next().unwrap_or_default().html;
        for part in parts {
            html.push_str(&part.html);
        }
        html
    }
}
