//! Questions about the events that follow.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::prepared::Spanned;

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

/// Whether a block of Markdown begins that is an element of its own; HTML is as it is written.
pub(super) fn is_block_start(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::HtmlBlock) && is_block_end(&tag.to_end())
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

/// For a paragraph that holds one image and nothing else: where the image starts and ends.
pub(super) fn lone_image(events: &[Spanned<'_>], paragraph: usize) -> Option<usize> {
    if !matches!(events.get(paragraph + 1)?.0, Event::Start(Tag::Image { .. })) {
        return None;
    }
    let end = closing(events, paragraph + 2);
    matches!(events.get(end + 1)?.0, Event::End(TagEnd::Paragraph)).then_some(end)
}
