//! Raw HTML in pieces: its tags, and the text between them that a page shows.

use std::sync::LazyLock;

use regex::Regex;

use super::elements::ELEMENTS;
use super::escape::{decoded, unquote};
use super::tags::{HtmlTag, each_tag};
use crate::text::pattern::constant;

/// Elements within a line: their tags part no word from the next.
const IN_LINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var",
];

/// Whether tags of this name (in small letters) begin or end a line.
pub(super) fn parts_lines(name: &str) -> bool {
    !IN_LINE.contains(&name) && name != "wbr"
}

static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"(?:^|[\s"'/])([a-zA-Z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"#));

/// The value of an attribute of a tag.
pub(super) fn attribute(tag: &HtmlTag<'_>, name: &str) -> Option<String> {
    let mut all = ATTRIBUTE.captures_iter(tag.attributes);
    let found = all.find(|found| found[1].eq_ignore_ascii_case(name))?;
    Some(unquote(&found[2]).into_owned())
}

/// A piece of HTML.
pub(super) enum Piece<'a> {
    /// Text as it is read, with the white space of its source.
    Text(String),
    /// A tag, with its name in small letters.
    Tag(&'a str, HtmlTag<'a>),
}

/// Reads HTML that comes in stretches, such as the lines of a block: a tag or comment may end in a later one.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// What has begun and not ended.
    rest: String,
    /// The element whose content no page shows, until its end.
    unseen: Option<String>,
}

impl Pieces {
    /// Forgets what has not ended in the block before.
    pub(super) fn begin(&mut self) {
        self.rest.clear();
    }

    /// Whether what stands here is content of an element that no page shows.
    pub(super) fn is_unseen(&self) -> bool {
        self.unseen.is_some()
    }

    /// Gives the pieces of the next stretch.
    pub(super) fn read(&mut self, html: &str, mut take: impl FnMut(Piece<'_>)) {
        let html = std::mem::take(&mut self.rest) + html;
        let mut from = 0;
        for tag in each_tag(&html) {
            self.text(&html[from..tag.range.start], &mut take);
            from = tag.range.end;
            if from == html.len() && !html.ends_with('>') {
                self.rest = html[tag.range.start..].to_owned();
                return;
            }
            let name = tag.name.to_ascii_lowercase();
            match &self.unseen {
                Some(unseen) if tag.closing && *unseen == name => self.unseen = None,
                Some(_) => {}
                None if ELEMENTS.contains(&name.as_str()) => {
                    let open = !tag.closing && !tag.attributes.ends_with('/');
                    self.unseen = open.then_some(name);
                }
                None => take(Piece::Tag(&name, tag)),
            }
        }
        self.text(&html[from..], &mut take);
    }

    /// Text between tags, without comments and declarations.
    fn text(&mut self, html: &str, take: &mut impl FnMut(Piece<'_>)) {
        let (mut shown, mut rest) = (String::new(), html);
        while let Some(at) = rest.find("<!").or_else(|| rest.find("<?")) {
            shown.push_str(&rest[..at]);
            let end = if rest[at..].starts_with("<!--") { "-->" } else { ">" };
            let Some(length) = rest[at..].find(end) else {
                self.rest = rest[at..].to_owned();
                rest = "";
                break;
            };
            rest = &rest[at + length + end.len()..];
        }
        shown.push_str(rest);
        if self.unseen.is_none() && !shown.is_empty() {
            take(Piece::Text(decoded(&shown)));
        }
    }
}
