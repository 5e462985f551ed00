//! Raw HTML: found, its addresses resolved, and the whole part sanitised by an allow-list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, Tag};
use regex::Regex;

use super::Links;
use super::dest::{Dest, classify, clean_href};
use super::escape::escape_attr;
use super::ids::safe_id;
use super::lookahead::Spanned;
use super::scan::{ImageRef, LinkRef, Outline};
use super::source::{Prepared, SLOT};

/// Whether the events hold raw HTML other than comments.
pub(super) fn has_raw(prepared: &Prepared<'_>, events: &[Spanned<'_>]) -> bool {
    let mut skip_to = 0;
    for (event, range) in events {
        match event {
            Event::Start(Tag::HtmlBlock) if is_comment(prepared.slice(range.clone())) => {
                skip_to = range.end;
            }
            Event::InlineHtml(html) if is_comment(html) => {}
            Event::Html(_) | Event::InlineHtml(_) if range.start >= skip_to => return true,
            _ => {}
        }
    }
    false
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.strip_prefix("<!--").and_then(|rest| rest.find("-->").map(|at| at + 3 == rest.len())).unwrap_or(false)
}

static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)(\s(href|src)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)"#).ok());
static NAMED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)\s(?:id|name)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"#).ok());
static ALT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)\salt\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"#).ok());

fn unquote(value: &str) -> Cow<'_, str> {
    let value = value.trim_matches(['"', '\'']);
    if value.contains("&amp;") { Cow::Owned(value.replace("&amp;", "&")) } else { Cow::Borrowed(value) }
}

/// Copies raw HTML with its relative addresses resolved. The sanitiser has the last word.
pub(super) fn rewrite_addresses(html: &str, links: &dyn Links, offset: usize, out: &mut String) {
    let Some(pattern) = ADDRESS.as_ref() else {
        return;
    };
    let mut from = 0;
    for found in pattern.captures_iter(html) {
        let (Some(name), Some(value)) = (found.get(2), found.get(3)) else {
            continue;
        };
        let dest = unquote(value.as_str());
        let place = offset + value.start();
        let target = match classify(&dest) {
            Dest::Web(_) | Dest::Contact(_) => continue,
            Dest::Blocked(_) | Dest::Count(_) => None,
            Dest::Relative(path) if name.as_str().eq_ignore_ascii_case("src") => links.image(&path, place).src,
            _ => links.link(&dest, place).href,
        };
        out.push_str(&html[from..value.start()]);
        out.push('"');
        escape_attr(&clean_href(target.as_deref().unwrap_or("")), out);
        out.push('"');
        from = value.end();
    }
    out.push_str(&html[from..]);
}

/// Adds anchors, links and images of raw HTML to an outline.
pub(super) fn outline(html: &str, offset: usize, outline: &mut Outline) {
    let (Some(address), Some(named), Some(alt)) = (ADDRESS.as_ref(), NAMED.as_ref(), ALT.as_ref()) else {
        return;
    };
    for found in named.captures_iter(html) {
        if let Some(id) = found.get(1).map(|v| unquote(v.as_str())).filter(|id| safe_id(id)) {
            outline.anchors.push(id.into_owned());
        }
    }
    for found in address.captures_iter(html) {
        let (Some(name), Some(value)) = (found.get(2), found.get(3)) else {
            continue;
        };
        let dest = unquote(value.as_str()).into_owned();
        let offset = offset + value.start();
        if name.as_str().eq_ignore_ascii_case("src") {
            let tag = html[..value.start()].rfind('<').unwrap_or(0);
            let end = html[value.end()..].find('>').map_or(html.len(), |e| value.end() + e);
            let text = alt.captures(&html[tag..end]).and_then(|c| c.get(1));
            let alt = text.map_or(String::new(), |v| unquote(v.as_str()).into_owned());
            outline.images.push(ImageRef { dest, alt, offset });
        } else {
            outline.links.push(LinkRef { dest, text: String::new(), offset });
        }
    }
}

/// Text of raw HTML outside its tags, for search.
pub(super) fn visible(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    out.push_str(rest);
    out.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];
const GENERIC: &[&str] = &["id", "class", "lang", "dir", "title", "role", "aria-label", "tabindex"];
const CLASSES: &[&str] = &[
    "ta-r",
    "ta-c",
    "table-wrap",
    "callout",
    "callout-note",
    "callout-tip",
    "callout-important",
    "callout-warning",
    "callout-caution",
    "callout-title",
    "external",
    "task",
    "task-done",
    "footnotes",
    "footnote-ref",
    "footnote-back",
];
const ROLES: &[&str] = &["region", "note", "img"];

/// Whether the writer or the sanitiser may leave this element and attribute in the output. For
/// tests and for checks of other producers.
#[must_use]
pub fn html_allowed(tag: &str, attribute: Option<&str>) -> bool {
    if !TAGS.contains(&tag) {
        return false;
    }
    attribute.is_none_or(|a| {
        GENERIC.contains(&a)
            || tag_attributes().get(tag).is_some_and(|set| set.contains(a))
            || (tag == "a" && a == "rel")
    })
}

fn tag_attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    [
        ("a", &["href"][..]),
        ("img", &["src", "alt", "width", "height", "loading", "decoding"]),
        ("ol", &["start", "reversed"]),
        ("td", &["colspan", "rowspan", "headers"]),
        ("th", &["colspan", "rowspan", "headers", "scope"]),
        ("col", &["span"]),
        ("colgroup", &["span"]),
        ("details", &["open"]),
        ("time", &["datetime"]),
    ]
    .into_iter()
    .map(|(tag, names)| (tag, names.iter().copied().collect()))
    .collect()
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(["script", "style", "template", "noscript", "iframe", "object"].into())
        .generic_attributes(GENERIC.iter().copied().collect())
        .tag_attributes(tag_attributes())
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough)
        .strip_comments(true)
        .link_rel(None)
        .attribute_filter(filter);
    builder
});

fn filter<'v>(tag: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match attribute {
        "id" => safe_id(value).then_some(Cow::Borrowed(value)),
        "class" => {
            let kept: Vec<&str> = value
                .split_ascii_whitespace()
                .filter(|c| CLASSES.contains(c) || c.starts_with("language-") && c.is_ascii())
                .collect();
            (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
        }
        "role" => ROLES.contains(&value).then_some(Cow::Borrowed(value)),
        "tabindex" => (value == "0").then_some(Cow::Borrowed(value)),
        "width" | "height" | "start" | "span" | "colspan" | "rowspan" => {
            let short = !value.is_empty() && value.len() < 6;
            (short && value.bytes().all(|b| b.is_ascii_digit())).then_some(Cow::Borrowed(value))
        }
        // Nothing is loaded from elsewhere.
        "src" => (!value.is_empty() && matches!(classify(value), Dest::Relative(_))).then_some(Cow::Borrowed(value)),
        "href" => {
            let blocked = value.is_empty() || matches!(classify(value), Dest::Blocked(_));
            (!blocked).then(|| clean_href(value))
        }
        "loading" => (value == "lazy").then_some(Cow::Borrowed(value)),
        _ if tag == "a" && attribute == "rel" => None,
        _ => Some(Cow::Borrowed(value)),
    }
}

/// Makes HTML safe by the allow-list.
#[must_use]
pub fn sanitise(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// Puts the HTML of query blocks into their slots; only where the slot is text, never in a tag.
pub(super) fn fill_slots(html: &str, slots: &[String]) -> String {
    if !html.contains(SLOT) {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let (mut in_tag, mut in_value) = (false, false);
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let width = c.len_utf8();
        if c == SLOT {
            let end = rest[width..].find(SLOT);
            let number = end.and_then(|e| rest[width..width + e].parse::<usize>().ok());
            if let (Some(slot), false) = (number.and_then(|n| slots.get(n)), in_tag) {
                out.push_str(slot);
            }
            rest = end.map_or("", |e| &rest[width + e + width..]);
            continue;
        }
        match c {
            '"' if in_tag => in_value = !in_value,
            '<' if !in_tag => in_tag = true,
            '>' if in_tag && !in_value => in_tag = false,
            _ => {}
        }
        out.push(c);
        rest = &rest[width..];
    }
    out
}
