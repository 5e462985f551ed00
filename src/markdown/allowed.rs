//! What HTML may hold: the list of elements and attributes that the writer and the sanitiser may leave.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::dest::{Dest, classify, clean_href};
use super::ids::safe_id;
use super::tags::{Depth, HtmlTag, MAX_TAGS, each_tag, is_foreign};

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
    "stack",
    "lines",
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
    if !is_kept(tag) {
        return super::math::allowed(tag, attribute);
    }
    attribute.is_none_or(|a| {
        GENERIC.contains(&a)
            || tag_attributes().get(tag).is_some_and(|set| set.contains(a))
            || (tag == "a" && a == "rel")
    })
}

/// Whether the sanitiser leaves an element of an author.
pub(super) fn is_kept(tag: &str) -> bool {
    TAGS.contains(&tag)
}

fn tag_attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    [
        ("a", &["href"][..]),
        ("img", &["src", "alt", "width", "height", "loading", "decoding"]),
        ("ol", &["start", "reversed", "type"]),
        ("li", &["value", "type"]),
        ("td", &["colspan", "rowspan", "headers", "data-label"]),
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
        .clean_content_tags(super::elements::ELEMENTS.into())
        .generic_attributes(GENERIC.iter().copied().collect())
        .tag_attributes(tag_attributes())
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough)
        .strip_comments(true)
        .link_rel(None)
        .attribute_filter(filter);
    builder
});

fn is_class(class: &str) -> bool {
    CLASSES.contains(&class) || super::highlight::ALL.contains(&class) || class.starts_with("language-")
}

fn is_short_number(value: &str) -> bool {
    !value.is_empty() && value.len() < 10 && value.bytes().all(|b| b.is_ascii_digit())
}

fn filter<'v>(tag: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match attribute {
        "id" => safe_id(value).then_some(Cow::Borrowed(value)),
        "class" => {
            let kept: Vec<&str> = value.split_ascii_whitespace().filter(|c| is_class(c)).collect();
            (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
        }
        "role" => ROLES.contains(&value).then_some(Cow::Borrowed(value)),
        "tabindex" => (value == "0").then_some(Cow::Borrowed(value)),
        "width" | "height" | "span" | "colspan" | "rowspan" => is_short_number(value).then_some(Cow::Borrowed(value)),
        "start" | "value" => {
            let value = value.trim();
            is_short_number(value.strip_prefix('-').unwrap_or(value)).then_some(Cow::Borrowed(value))
        }
        "type" => matches!(value, "1" | "a" | "A" | "i" | "I").then_some(Cow::Borrowed(value)),
        // Nothing is loaded from elsewhere.
        "src" => (!value.is_empty() && matches!(classify(value), Dest::Relative(_))).then(|| clean_href(value)),
        "href" => {
            let blocked = value.is_empty() || matches!(classify(value), Dest::Blocked(_));
            (!blocked).then(|| clean_href(value))
        }
        "loading" => (value == "lazy").then_some(Cow::Borrowed(value)),
        _ if tag == "a" && attribute == "rel" => None,
        _ => Some(Cow::Borrowed(value)),
    }
}

/// Makes HTML safe by the allow-list. Elements in more than [`MAX_TAGS`] others are taken out: the reader of HTML needs
/// time by the square of the depth.
#[must_use]
pub fn sanitise(html: &str) -> String {
    CLEANER.clean(&shallow(&without_foreign(html))).to_string()
}

/// The HTML without tags of components and of drawings that stand outside one (`<Text>`, `<Filter>`): the sanitiser would
/// take their content for that of a drawing.
fn without_foreign(html: &str) -> Cow<'_, str> {
    let mut inside = 0usize;
    without(html, |tag| {
        if matches!(tag.name.to_ascii_lowercase().as_str(), "svg" | "math") {
            inside = if tag.closing { inside.saturating_sub(1) } else { inside + 1 };
            return false;
        }
        inside == 0 && is_foreign(tag.name)
    })
}

/// The HTML without the tags of elements that are nested too deeply.
fn shallow(html: &str) -> Cow<'_, str> {
    if html.matches('<').nth(MAX_TAGS).is_none() {
        return Cow::Borrowed(html);
    }
    let mut depth = Depth::default();
    without(html, |tag| depth.enter(tag))
}

/// The HTML without some of its tags.
fn without<'h>(html: &'h str, mut goes: impl FnMut(&HtmlTag<'h>) -> bool) -> Cow<'h, str> {
    let (mut out, mut from) = (String::new(), 0);
    for tag in each_tag(html).filter(|tag| goes(tag)) {
        out.push_str(&html[from..tag.range.start]);
        from = tag.range.end;
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[from..]);
    Cow::Owned(out)
}
