//! Stretches of a text that are code, or that no reader sees.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::prepared::Prepared;

/// Bytes of code spans, code and query blocks, and HTML comments, in order.
#[must_use]
pub fn code_ranges(source: &str) -> Vec<Range<usize>> {
    let prepared = Prepared::new(source);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    for (event, range) in prepared.raw_events() {
        let (start, end) = (prepared.original(range.start), prepared.original(range.end));
        match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => ranges.push(start..end),
            Event::Html(_) | Event::InlineHtml(_) => comments(&source[start..end], start, &mut open, &mut ranges),
            Event::End(pulldown_cmark::TagEnd::HtmlBlock) => {
                // A comment that nobody closes reaches to the end of its block.
                ranges.extend(open.take().map(|from| from..start));
            }
            _ => {}
        }
    }
    ranges
}

/// Whether a place is in one of many ranges, which are in order and apart.
pub(crate) fn is_within(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= at);
    next > 0 && at < ranges[next - 1].end
}

/// Bytes of the comment at the beginning of some HTML, where it ends there. Browsers end `<!-->` and `<!--->` at once.
pub(super) fn comment_length(html: &str) -> Option<usize> {
    let inside = html.strip_prefix("<!--")?;
    let short = [">", "->"].into_iter().find(|short| inside.starts_with(short)).map(str::len);
    Some(4 + short.or_else(|| Some(inside.find("-->")? + 3))?)
}

/// Comments of one piece of HTML; `open` is where one began that has not ended.
fn comments(html: &str, base: usize, open: &mut Option<usize>, ranges: &mut Vec<Range<usize>>) {
    let mut at = 0;
    loop {
        match *open {
            Some(from) => match html[at..].find("-->") {
                Some(end) => {
                    at += end + 3;
                    ranges.push(from..base + at);
                    *open = None;
                }
                None => return,
            },
            None => {
                let Some(start) = html[at..].find("<!--") else { return };
                at += start;
                let length = comment_length(&html[at..]);
                match length {
                    Some(length) => ranges.push(base + at..base + at + length),
                    None => *open = Some(base + at),
                }
                at += length.unwrap_or(4);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_comments_alone() {
        let text = "ก `a` ข\n\n```\nb\n```\n\n    c\n\n<!-- d\n\ne --> ฉ <b>f</b>\n\nช <!-- g --> ซ\n";
        let shown: Vec<&str> = code_ranges(text).into_iter().map(|r| text[r].trim()).collect();
        assert_eq!(shown, ["`a`", "```\nb\n```", "c", "<!-- d\n\ne -->", "<!-- g -->"]);
    }
}
