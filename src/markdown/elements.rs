//! Elements that their author hides, by an attribute, a style, a class or a condition: from the tag that hides to the one
//! that ends the element, which may stand in another block.

use std::ops::Range;

use pulldown_cmark::Event;

use super::hiding::{hides, unseen};
use super::prepared::{Prepared, Spanned};
use super::tags::{HtmlTag, each_tag, end_of_tag, is_empty, tags};

/// Elements whose content is not shown.
pub(super) const ELEMENTS: [&str; 17] = [
    "script", "style", "template", "noscript", "iframe", "object", "noembed", "noframes", "title", "svg", "dialog",
    "datalist", "canvas", "audio", "video", "meter", "progress",
];

/// The elements of HTML in which headings stand.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The open ones: name and byte offset of the tag.
    open: Vec<(String, usize)>,
}

impl Around {
    /// Open elements among which the one is looked for that a tag ends.
    const MOST: usize = 256;

    /// Takes the next HTML; `place` gives the offset in the source of a place in it.
    pub(super) fn look(&mut self, html: &str, place: impl Fn(usize) -> usize) {
        for tag in each_tag(html) {
            let name = tag.name.to_ascii_lowercase();
            if !tag.closing {
                if !is_whole(&tag) {
                    self.open.push((name, place(tag.range.start)));
                }
                continue;
            }
            let opened = self.open.iter().rev().take(Self::MOST).position(|(open, _)| *open == name);
            if let Some(inner) = opened {
                self.open.truncate(self.open.len() - 1 - inner);
            }
        }
    }

    /// Where the tag of the innermost element stands that is open, also of one that nothing ends.
    pub(super) fn innermost(&self) -> Option<usize> {
        self.open.last().map(|(_, start)| *start)
    }
}

/// Where an element ends.
pub(super) enum Ends {
    At(usize),
    /// Behind this HTML: its tag ends at `opened`, and `depth` elements of its name are open.
    Later {
        opened: usize,
        depth: usize,
    },
}

/// Tags that are looked at in search of the end of one hidden element, and of all in a text; an element with more is not
/// taken out but told.
const MOST_TAGS: usize = 1000;
pub(super) const MOST_LOOKS: usize = 200_000;
/// Bytes of a hidden element.
const MOST_BYTES: usize = 1 << 16;

/// Bytes of the tag at the beginning of some HTML; a bracket within quotes does not end it, but a quote that is never closed
/// quotes nothing.
pub(super) fn tag_length(html: &str) -> usize {
    let end = 1 + end_of_tag(&html[1..]);
    if end < html.len() { end + 1 } else { html.find('>').map_or(html.len(), |end| end + 1) }
}

/// The tag at the beginning of some HTML, where it hides its element: whether browsers do so too, and what hides. `ground`
/// is the colour on which it stands.
pub(super) fn hiding(html: &str, ground: Option<&str>) -> Option<(bool, String)> {
    let opening = tags(&html[..tag_length(html)]);
    let first = opening.first().filter(|tag| tag.range.start == 0)?;
    let what = hides(first, ground)?;
    Some((unseen(first), what))
}

/// Where the element ends that the tag at the beginning of some HTML hides (`hidden`, `display: none`, `v-if`), and what
/// hides it where browsers do not. None where the end is in doubt: nothing else in it may open or close elements of the
/// same name out of turn.
pub(super) fn hidden_element(html: &str, ground: Option<&str>) -> Option<(Ends, Option<String>)> {
    let (unseen, what) = hiding(html, ground)?;
    let foreign = (!unseen).then_some(what);
    let (mut depth, mut opened) = (0usize, None);
    for (looks, tag) in each_tag(html).enumerate() {
        if looks >= MOST_TAGS {
            return None;
        }
        let opened = *opened.get_or_insert(tag.range.end);
        if !named_alike(html, tag.name) {
            continue;
        }
        depth = if tag.closing { depth.checked_sub(1)? } else { depth + usize::from(!is_whole(&tag)) };
        if depth == 0 {
            let whole = tag.range.end == opened || is_plain(&html[..tag.range.end]);
            return whole.then_some((Ends::At(tag.range.end), foreign));
        }
    }
    opened.map(|opened| (Ends::Later { opened, depth }, foreign))
}

/// Whether a tag is a whole element: one that has no content, or a component `<Name />`. To browsers `<div />` is open.
fn is_whole(tag: &HtmlTag<'_>) -> bool {
    is_empty(tag) || tag.attributes.ends_with('/') && tag.name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether some HTML begins with a tag of this name.
fn named_alike(html: &str, name: &str) -> bool {
    html.get(1..=name.len()).is_some_and(|first| first.eq_ignore_ascii_case(name))
        && !html[1 + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.')
}

/// Whether nothing in an element takes tags for text.
fn is_plain(element: &str) -> bool {
    let inside = element.to_ascii_lowercase();
    element.len() <= MOST_BYTES
        && !inside.contains("<!")
        && !ELEMENTS.iter().any(|name| inside.contains(&format!("<{name}")))
}

/// Where an element ends whose opening `tag` stands in other HTML than its closing one; `depth` elements of its name are
/// open at `from`.
pub(super) fn end_of_element(
    prepared: &Prepared<'_>,
    events: &[Spanned<'_>],
    tag: &Range<usize>,
    from: usize,
    mut depth: usize,
    left: &mut usize,
) -> Option<usize> {
    let (first, opening) = (tag.start, prepared.slice(tag.clone()));
    let mut most = MOST_TAGS;
    for (event, range) in events {
        if !matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            continue;
        }
        let start = range.start.max(from);
        for tag in each_tag(prepared.slice(start..range.end.max(start))) {
            (most, *left) = (most.checked_sub(1)?, left.checked_sub(1)?);
            if !named_alike(opening, tag.name) {
                continue;
            }
            depth = if tag.closing { depth.checked_sub(1)? } else { depth + usize::from(!is_whole(&tag)) };
            if depth == 0 {
                let end = start + tag.range.end;
                return is_plain(prepared.slice(first..end)).then_some(end);
            }
        }
    }
    None
}
