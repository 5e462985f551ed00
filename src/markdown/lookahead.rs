//! Questions about the events that follow.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::prepared::{Prepared, Spanned};

/// Whether the end tag closes a block.
pub(super) fn is_block_end(end: &TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Index of the event that closes the element whose content starts at `from`.
pub(super) fn closing(events: &[Spanned<'_>], from: usize) -> usize {
    let mut depth = 0usize;
    for (at, (event, _)) in events.iter().enumerate().skip(from) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return at,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    events.len()
}

/// Visible text of the events (a heading, an image's alternative text).
pub(super) fn text_of(prepared: &Prepared<'_>, events: &[Spanned<'_>]) -> String {
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                out.push_str(&prepared.clean(text));
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// For a paragraph that holds one image and nothing else: where the image starts and ends.
pub(super) fn lone_image(events: &[Spanned<'_>], paragraph: usize) -> Option<usize> {
    if !matches!(events.get(paragraph + 1)?.0, Event::Start(Tag::Image { .. })) {
        return None;
    }
    let end = closing(events, paragraph + 2);
    matches!(events.get(end + 1)?.0, Event::End(TagEnd::Paragraph)).then_some(end)
}
