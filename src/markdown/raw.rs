//! Raw HTML: found, its addresses resolved, what will be taken out reported. The sanitiser is in
//! [`mod@allowed`](super::allowed).

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag};
use regex::Regex;

use super::allowed::is_kept;
use super::dest::{Dest, classify, clean_href};
use super::elements::ELEMENTS;
use super::escape::{escape_attr, escape_text, unquote};
use super::grounds::Grounds;
use super::hidden::Hidden;
use super::hiding::hides;
use super::ids::safe_id;
use super::outline::{ImageRef, LinkRef, Outline};
use super::prepared::{Prepared, SLOT, Spanned};
use super::tags::{Depth, HtmlTag, is_element, tags};
use super::types::{Finding, FindingKind, Links};
use crate::text::pattern::constant;

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

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?i)(\s(href|src)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)"#));
static NAMED: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?i)\s(?:id|name)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"#));
static TITLE: LazyLock<Regex> = LazyLock::new(|| constant(r"(?i)(</?h)1\b"));
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?:^|\s|["'/])([a-zA-Z]+)\s*="#));
static MEASURE: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?i)\s(width|height|loading)\s*=\s*["']?([\w%.]*)"#));
static ALT: LazyLock<Regex> = LazyLock::new(|| constant(r#"(?i)\salt\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"#));

/// Copies raw HTML with its relative addresses resolved; `place` gives the offset in the source. The sanitiser has the last word.
pub(super) fn rewrite_addresses(html: &str, links: &dyn Links, place: &dyn Fn(usize) -> usize, out: &mut String) {
    // The page's own title is the only h1.
    let html = TITLE.replace_all(html, "${1}2");
    let mut from = 0;
    for found in ADDRESS.captures_iter(&html) {
        let (Some(name), Some(value)) = (found.get(2), found.get(3)) else {
            continue;
        };
        if value.start() < from {
            continue;
        }
        let dest = unquote(value.as_str());
        let place = place(value.start());
        let mut size = None;
        let is_src = name.as_str().eq_ignore_ascii_case("src");
        let target = match classify(&dest) {
            // Nothing is loaded from elsewhere: the alternative text stands for the picture.
            Dest::Web(_) if is_src => {
                let (start, end) = around(&html, value.start(), value.end());
                out.push_str(&html[from.min(start)..start]);
                let text = ALT.captures(&html[start..end]).and_then(|c| c.get(1));
                escape_text(&text.map_or(Cow::Borrowed(""), |v| unquote(v.as_str())), out);
                from = end;
                continue;
            }
            Dest::Web(_) | Dest::Contact(_) => continue,
            Dest::Blocked(_) | Dest::Count(_) => None,
            Dest::Relative(path) if is_src => {
                let found = links.image(&path, place);
                size = found.size;
                found.src
            }
            _ => links.link(&dest, place).href,
        };
        out.push_str(&html[from..value.start()]);
        out.push('"');
        escape_attr(&clean_href(target.as_deref().unwrap_or("")), out);
        out.push('"');
        if is_src {
            let (start, end) = around(&html, value.start(), value.end());
            picture_attributes(&html[start..end], size, out);
        }
        from = value.end();
    }
    out.push_str(&html[from..]);
}

/// What a picture's tag does not say itself: its size in pixels, and that it is loaded when it comes into view.
fn picture_attributes(tag: &str, size: Option<(u32, u32)>, out: &mut String) {
    let said =
        |name: &str| MEASURE.captures_iter(tag).find(|c| c[1].eq_ignore_ascii_case(name)).map(|c| c[2].to_owned());
    match (size, said("width"), said("height")) {
        (Some((width, height)), None, None) => out.push_str(&format!(" width=\"{width}\" height=\"{height}\"")),
        (Some((width, height)), Some(wish), None) if width > 0 => {
            if let Ok(wish) = wish.parse::<u32>() {
                out.push_str(&format!(" height=\"{}\"", u64::from(height) * u64::from(wish) / u64::from(width)));
            }
        }
        _ => {}
    }
    if said("loading").is_none() {
        out.push_str(" loading=\"lazy\"");
    }
}

/// The tag around a stretch of HTML.
fn around(html: &str, start: usize, end: usize) -> (usize, usize) {
    let tag = html[..start].rfind('<').unwrap_or(0);
    (tag, html[end..].find('>').map_or(html.len(), |e| end + e + 1))
}

/// Tells what the sanitiser will take out, each name once a page.
#[derive(Debug, Default)]
pub(super) struct Removed {
    reported: HashSet<String>,
    depth: Depth,
    deep: bool,
    grounds: Grounds,
}

impl Removed {
    /// Looks at a piece of raw HTML; `place` gives the offset in the source.
    pub(super) fn look(&mut self, html: &str, place: &dyn Fn(usize) -> usize, outline: &mut Outline) {
        for tag in tags(html) {
            if self.depth.enter(&tag) && !std::mem::replace(&mut self.deep, true) {
                let offset = place(tag.range.start);
                outline.findings.push(Finding { offset, kind: FindingKind::TooDeep, what: String::new() });
            }
            let name = tag.name.to_ascii_lowercase();
            let gone = !tag.closing && !is_kept(&name) && !IN_PASSING.contains(&name.as_str());
            if let Some(what) = hides(&tag, self.grounds.behind(&tag)) {
                outline.findings.push(Finding { offset: place(tag.range.start), kind: FindingKind::HidesText, what });
            }
            self.grounds.take(&tag);
            if !tag.closing && matches!(&*name, "del" | "s" | "strike") {
                outline.struck(place(tag.range.start), &name);
            }
            let whats = gone.then(|| if is_element(&name) { name.clone() } else { tag.name.to_owned() });
            for what in whats.into_iter().chain(unsafe_attributes(&tag)) {
                if self.reported.insert(what.clone()) {
                    let offset = place(tag.range.start);
                    outline.findings.push(Finding { offset, kind: FindingKind::RemovedHtml, what });
                }
            }
        }
    }
}

impl Removed {
    /// Takes a block of Markdown.
    pub(super) fn take_block(&mut self) {
        self.grounds.take_block();
    }

    /// Tells of elements that are cut with their content and were not seen as HTML, as parts of components.
    pub(super) fn tell_of(&mut self, source: &str, hidden: &[Hidden], outline: &mut Outline) {
        for start in hidden.iter().map(|hidden| hidden.range.start) {
            let name = source[start..].strip_prefix('<').unwrap_or_default();
            let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
            if ELEMENTS.contains(&name.as_str()) && self.reported.insert(name.clone()) {
                outline.findings.push(Finding { offset: start, kind: FindingKind::RemovedHtml, what: name });
            }
        }
    }
}

/// Elements that go while everything that they stand for stays.
const IN_PASSING: [&str; 6] = ["body", "h1", "head", "html", "picture", "source"];

/// Styles and event attributes of a tag.
fn unsafe_attributes<'a>(tag: &'a HtmlTag<'_>) -> impl Iterator<Item = String> + 'a {
    let names = ATTRIBUTE.captures_iter(tag.attributes);
    names.filter_map(|found| {
        let name = found.get(1)?.as_str().to_ascii_lowercase();
        (name == "style" || name.starts_with("on") && name.len() > 4).then_some(name)
    })
}

/// Adds anchors, links and images of raw HTML to an outline; `place` gives the offset in the source.
pub(super) fn outline(html: &str, place: &dyn Fn(usize) -> usize, outline: &mut Outline) {
    for found in NAMED.captures_iter(html) {
        if let Some(id) = found.get(1).map(|v| unquote(v.as_str())).filter(|id| safe_id(id)) {
            outline.anchors.push(id.into_owned());
        }
    }
    for found in ADDRESS.captures_iter(html) {
        let (Some(name), Some(value)) = (found.get(2), found.get(3)) else {
            continue;
        };
        let (tag, end) = around(html, value.start(), value.end());
        // What only a removed element names is not on the page.
        if tags(&html[tag..end]).first().is_some_and(|tag| !is_kept(&tag.name.to_ascii_lowercase())) {
            continue;
        }
        let dest = unquote(value.as_str()).into_owned();
        let offset = place(value.start());
        if name.as_str().eq_ignore_ascii_case("src") {
            let text = ALT.captures(&html[tag..end]).and_then(|c| c.get(1));
            let alt = text.map_or(String::new(), |v| unquote(v.as_str()).into_owned());
            outline.images.push(ImageRef { dest, alt, offset });
        } else {
            outline.links.push(LinkRef { dest, text: String::new(), offset });
        }
    }
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
