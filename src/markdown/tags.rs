//! What looks like a tag and is none.
//!
//! To CommonMark everything in angle brackets that begins with a letter is HTML, and what the sanitiser does not know
//! disappears: `<username>`, `Vec<T>`. Elements such as `<title>` and `<script>` swallow the text up to their end,
//! which a sentence about them does not have. Both become text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::prepared::{Edit, Spanned};

/// How often a text is looked at again: text behind one such tag may hold the next.
pub(super) const ROUNDS: usize = 8;

/// Most elements in each other.
pub(super) const MAX_TAGS: usize = 128;

/// How deep HTML is at a place, by its tags as they are written.
#[derive(Debug, Default)]
pub(super) struct Depth(usize);

impl Depth {
    /// Takes the next tag; whether it opens an element in [`MAX_TAGS`] others.
    pub(super) fn enter(&mut self, tag: &HtmlTag<'_>) -> bool {
        if tag.closing {
            self.0 = self.0.saturating_sub(1);
        } else if !is_empty(tag) && !tag.attributes.ends_with('/') {
            self.0 += 1;
            return self.0 > MAX_TAGS;
        }
        false
    }
}

/// A tag in raw HTML.
pub(super) struct HtmlTag<'a> {
    /// Name as written.
    pub name: &'a str,
    /// `</name>`.
    pub closing: bool,
    /// Everything between the name and the closing bracket.
    pub attributes: &'a str,
    /// Bytes of the tag.
    pub range: Range<usize>,
}

/// Elements without content.
const EMPTY: [&str; 12] =
    ["br", "hr", "img", "wbr", "col", "input", "source", "area", "embed", "link", "meta", "track"];

pub(super) fn is_empty(tag: &HtmlTag<'_>) -> bool {
    EMPTY.iter().any(|name| tag.name.eq_ignore_ascii_case(name))
}

/// The tags of a piece of HTML; comments are passed over.
pub(super) fn tags(html: &str) -> Vec<HtmlTag<'_>> {
    each_tag(html).collect()
}

/// The tags of a piece of HTML, one by one.
pub(super) fn each_tag(html: &str) -> impl Iterator<Item = HtmlTag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(start) = html[at..].find('<').map(|i| at + i) {
            at = start + 1;
            let rest = &html[at..];
            if rest.starts_with("!--") {
                at = rest.find("-->").map_or(html.len(), |end| at + end + 3);
                continue;
            }
            let closing = rest.starts_with('/');
            let from = at + usize::from(closing);
            let length = html[from..]
                .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '"' | '\'' | '='))
                .unwrap_or(html.len() - from);
            let name = &html[from..from + length];
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let inside = &html[from + length..];
            let end = end_of_tag(inside);
            at = (from + length + end + 1).min(html.len());
            return Some(HtmlTag { name, closing, attributes: &inside[..end], range: start..at });
        }
        None
    })
}

/// Place of the bracket that ends a tag; one within quotes does not.
pub(super) fn end_of_tag(inside: &str) -> usize {
    let mut quote = None;
    for (i, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return i,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    inside.len()
}

/// Whether a text can hold such a tag at all.
pub(super) fn possible(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|two| two[0] == b'<' && matches!(two[1], b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?'))
}

/// Places where `<` is text.
pub(super) fn edits(text: &str, events: &[Spanned<'_>]) -> Vec<Edit> {
    let mut found: Vec<usize> = Vec::new();
    let mut block_end = text.len();
    let mut ends = Ends::of(text);
    // Names of the elements that the text so far has opened.
    let mut opened: HashSet<String> = HashSet::new();
    let mut pairs = Pairs { page: text, known: HashMap::new() };
    for (event, range) in events {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                let html = &text[range.clone()];
                found.extend(endless(html).chain(pairs.shown(html)).map(|i| range.start + i));
            }
            Event::Start(tag @ (Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::Item)) => {
                block_end = range.end;
                if matches!(tag, Tag::Paragraph) {
                    opened.clear();
                }
            }
            Event::InlineHtml(_) => {
                let html = &text[range.clone()];
                let here = tags(html);
                let rest = range.end..block_end.max(range.end);
                let endless =
                    here.first().is_some_and(|t| !t.closing && swallows(t.name) && !ends.are_in(rest.clone(), t.name));
                // The end of an element that is text itself is text.
                let stray = here
                    .first()
                    .is_some_and(|t| t.closing && swallows(t.name) && !opened.contains(&t.name.to_ascii_lowercase()));
                opened.extend(here.iter().filter(|t| !t.closing).map(|t| t.name.to_ascii_lowercase()));
                if endless || stray {
                    found.push(range.start);
                } else {
                    found.extend(pairs.shown(html).into_iter().map(|i| range.start + i));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => block_end = text.len(),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|at| (at..at + 1, "&lt;".into())).collect()
}

/// Where elements end, each looked for once.
struct Ends<'t> {
    text: &'t str,
    /// The next end by the name and by the end of the stretch, none where there is no more.
    next: HashMap<(String, usize), Option<usize>>,
}

impl<'t> Ends<'t> {
    fn of(text: &'t str) -> Ends<'t> {
        Ends { text, next: HashMap::new() }
    }

    /// Whether an element ends in a stretch; of stretches with one end, they are asked for in their order.
    fn are_in(&mut self, stretch: Range<usize>, name: &str) -> bool {
        let key = (name.to_ascii_lowercase(), stretch.end);
        match self.next.get(&key) {
            Some(None) => false,
            Some(Some(at)) if *at >= stretch.start => true,
            _ => {
                let next = next_end(&self.text[stretch.clone()], name).map(|at| stretch.start + at);
                self.next.insert(key, next);
                next.is_some()
            }
        }
    }
}

/// Places in a block of HTML that begin something whose end is nowhere: it would reach to the end of the page.
fn endless(html: &str) -> impl Iterator<Item = usize> {
    let text = html.trim_start();
    let start = html.len() - text.len();
    let ends_with = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
    let whole = ends_with.into_iter().find(|(begin, _)| text.starts_with(begin));
    let whole = whole.filter(|(begin, end)| !text[begin.len()..].contains(end)).map(|_| start);
    let mut ends = Ends::of(html);
    let open = tags(html)
        .into_iter()
        .filter(|t| !t.closing && swallows(t.name) && !ends.are_in(t.range.end..html.len(), t.name));
    let open: Vec<usize> = open.map(|t| t.range.start).collect();
    whole.into_iter().chain(open)
}

/// Where the first closing tag of an element begins, in whatever letters.
fn next_end(html: &str, name: &str) -> Option<usize> {
    let closes = |at: &usize| {
        html.as_bytes()[at + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
    };
    html.match_indices("</").map(|(at, _)| at).find(closes)
}

/// End of the first closing tag of an element, in whatever letters.
pub(super) fn end_of(html: &str, name: &str) -> Option<usize> {
    let at = next_end(html, name)?;
    Some(html[at..].find('>').map_or(html.len(), |end| at + end + 1))
}

/// Which tags have their other half on the page, each name looked for once.
struct Pairs<'t> {
    page: &'t str,
    known: HashMap<String, bool>,
}

impl Pairs<'_> {
    /// Places of tags in a piece of HTML that are no HTML.
    fn shown(&mut self, html: &str) -> Vec<usize> {
        tags(html).into_iter().filter(|tag| self.is_text(tag)).map(|tag| tag.range.start).collect()
    }

    /// An unknown name is markup of another program where it has attributes, ends in itself or is closed somewhere on the
    /// page; otherwise it is text. So is one of a drawing (`<path>`), and an element that is taken out with its content.
    fn is_text(&mut self, tag: &HtmlTag<'_>) -> bool {
        if is_element(tag.name) && !is_of_drawing(tag.name) && !takes_content(tag.name)
            || tag.attributes.contains('=')
            || tag.attributes.trim_end().ends_with('/')
        {
            return false;
        }
        let other = if tag.closing { format!("<{}", tag.name) } else { format!("</{}", tag.name) };
        let page = self.page;
        let is_there = self.known.entry(other).or_insert_with_key(|other| {
            let ends = |c: char| c == '>' || c == '/' || c.is_whitespace();
            page.match_indices(other).any(|(at, _)| page[at + other.len()..].starts_with(ends))
        });
        !*is_there
    }
}

/// Elements of drawings, which stand for nothing outside one.
fn is_of_drawing(name: &str) -> bool {
    const NAMES: [&str; 15] = [
        "circle", "defs", "desc", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "symbol", "text",
        "tspan", "use", "image",
    ];
    NAMES.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Elements of HTML that are no text where nothing ends them, and would take what follows with them.
fn takes_content(name: &str) -> bool {
    const NAMES: [&str; 7] = ["audio", "canvas", "datalist", "dialog", "meter", "progress", "video"];
    NAMES.iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// Whether a tag outside drawings and formulas stands for nothing: its content is that of the text around it.
pub(super) fn is_foreign(name: &str) -> bool {
    !is_element(name) || is_of_drawing(name)
}

/// Elements that make text of everything up to their end, or take the page apart.
fn swallows(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "plaintext",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
    ];
    NAMES.contains(&name.to_ascii_lowercase().as_str()) || name.eq_ignore_ascii_case("xmp")
}

/// Whether a name is that of an element of HTML (also of one that is out of use), or of a common one of SVG and MathML.
pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// Sorted.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "circle",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "defs",
    "del",
    "desc",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "ellipse",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "line",
    "link",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "mfrac",
    "mi",
    "mn",
    "mo",
    "mrow",
    "msub",
    "msup",
    "nav",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "path",
    "picture",
    "plaintext",
    "polygon",
    "polyline",
    "pre",
    "progress",
    "q",
    "rect",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "symbol",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tspan",
    "tt",
    "u",
    "ul",
    "use",
    "var",
    "video",
    "wbr",
    "xmp",
];

#[cfg(test)]
mod tests {
    use super::super::prepared::Prepared;
    use super::*;

    #[test]
    fn elements_are_sorted() {
        assert!(ELEMENTS.is_sorted());
    }

    #[test]
    fn what_never_ends_takes_linear_time() {
        let started = std::time::Instant::now();
        for text in ["<select>", "</select>", "a <select> ", "a </select> ", "<script>\n\n", "a <title>b"] {
            let prepared =
                Prepared { text: text.repeat(60_000).into(), maps: Vec::new(), marked: false, boxes: Vec::new() };
            let _ = edits(&prepared.text, &prepared.raw_events());
        }
        assert_eq!(endless("<select></SELECT><select><style>").count(), 2);
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }

    #[test]
    fn tags_are_found() {
        let found = tags("<a href=\"x>y\">z</a> <!-- <b> --> < c <Foo/>");
        let names: Vec<_> = found.iter().map(|t| (t.name, t.closing)).collect();
        assert_eq!(names, [("a", false), ("a", true), ("Foo", false)]);
        assert_eq!(found[0].attributes, " href=\"x>y\"");
    }
}
