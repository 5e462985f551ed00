//! The outline of a text: headings, anchors, links and images with offsets. No output is made.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::as_written::hidden_as_written;
use super::code::is_within;
use super::dest::is_embedded_page;
use super::dest::{Dest, classify};
use super::elements::Around;
use super::ids::{IdSet, heading_ids};
use super::lookahead::{closing, is_block_start};
use super::names::hiding_names;
use super::outline::{ImageRef, LinkRef, Outline};
use super::plain::text_of;
use super::prepared::Prepared;
use super::types::{Finding, FindingKind, Heading, MAX_DEPTH};
use super::{hidden, math, raw, unshown};

/// Names that seem to hide a text and are told: one is enough to hold the page back.
const MOST_NAMED: usize = 100;

/// What in the words of a query block its author took for hidden: its title and notes are shown as they are written.
fn hidden_in_words(query: &str) -> Option<String> {
    let mut values: Vec<toml::Value> = toml::from_str::<toml::Table>(query).ok()?.into_iter().map(|(_, v)| v).collect();
    while let Some(value) = values.pop() {
        match value {
            toml::Value::String(text) => match hidden_as_written(&text) {
                None => {}
                found => return found,
            },
            toml::Value::Array(items) => values.extend(items),
            toml::Value::Table(table) => values.extend(table.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    None
}

/// Comments that nothing ends, and ends of comments that were over before, as that of one with another in it: the text between
/// would be shown.
fn open_comments(source: &str, hidden: &[hidden::Hidden]) -> Vec<Finding> {
    if !source.contains("<!--") && !source.contains("-->") {
        return Vec::new();
    }
    let code = super::code_ranges(source);
    let hidden: Vec<_> = hidden.iter().map(|h| h.range.clone()).collect();
    let open = source.match_indices("<!--").map(|(offset, _)| offset).filter(|at| {
        let known = is_within(&hidden, *at) || is_within(&code, *at);
        !known && !source[..*at].ends_with('\\') && !source[*at..].starts_with("<!---->")
    });
    // Behind each comment the first such end is looked at.
    let mut looked = 0;
    let mut is_stray = |at: usize| {
        let before = source[..at].trim_end_matches([' ', '\t', '>']);
        let behind = source[at + 3..].trim_start_matches([' ', '\t']);
        let alone =
            (before.is_empty() || before.ends_with('\n')) && (behind.is_empty() || behind.starts_with(['\n', '\r']));
        let known = hidden.partition_point(|range| range.end <= at);
        let nested = known > std::mem::replace(&mut looked, known) && {
            let last = &hidden[known - 1];
            let comment = &source[last.clone()];
            let inner = comment.rfind("<!--").is_some_and(|inner| inner > 0);
            // Browsers end these at once.
            (inner || matches!(comment, "<!-->" | "<!--->")) && !source[last.end..at].contains("<!--")
        };
        alone || nested
    };
    let shown = |at: &usize| !is_within(&hidden, *at) && !is_within(&code, *at);
    let stray = source.match_indices("-->").map(|(offset, _)| offset).filter(shown).filter(|at| is_stray(*at));
    let told = |what: &'static str| move |offset| Finding { offset, kind: FindingKind::HidesText, what: what.into() };
    open.map(told("<!--")).chain(stray.take(MOST_NAMED).map(told("-->"))).collect()
}

/// Reads the outline of a text.
#[must_use]
pub fn scan(source: &str) -> Outline {
    let mut outline = Outline::default();
    if source.is_empty() {
        return outline;
    }
    let prepared = Prepared::new(source);
    let events = prepared.parse().events;
    let mut ids = heading_ids(&prepared, &events, "", &mut IdSet::default());
    // Anchors of their own come before GitHub's forms of them: hints and lists name those.
    let others: Vec<String> = ids.iter().filter_map(|given| given.other.clone()).collect();
    let mut removed = raw::Removed::default();
    let (mut around, mut box_around) = (Around::default(), prepared.box_around());
    let (mut depth, mut deep) = (0usize, false);
    for (at, (event, range)) in events.iter().enumerate() {
        let offset = prepared.original(range.start);
        match event {
            Event::Start(tag) => {
                depth += 1;
                if is_block_start(tag) {
                    removed.take_block();
                }
                if depth > MAX_DEPTH && !std::mem::replace(&mut deep, true) {
                    outline.findings.push(Finding { offset, kind: FindingKind::TooDeep, what: String::new() });
                }
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let Some(given) = ids.pop_front() else { continue };
                if let Some((kind, what)) = given.finding() {
                    outline.findings.push(Finding { offset, kind, what });
                }
                outline.anchors.push(given.id.clone());
                outline.headings.push(Heading {
                    level: *level as u8,
                    id: given.id,
                    explicit: given.explicit,
                    nested: depth > 1,
                    within: around.innermost().max(box_around(offset)),
                    title: given.title,
                    offset,
                    end: prepared.original(range.end),
                });
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let end = closing(&events, at + 1);
                let mut dest = prepared.clean(dest_url).into_owned();
                if *link_type == LinkType::Email {
                    dest.insert_str(0, "mailto:");
                }
                if let Dest::Blocked(what) = classify(&dest) {
                    outline.findings.push(Finding { offset, kind: FindingKind::Scheme, what });
                }
                let text = text_of(&prepared, &events[at + 1..end]);
                outline.links.push(LinkRef { dest, text, offset });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let end = closing(&events, at + 1);
                let dest = prepared.clean(dest_url).into_owned();
                let alt = text_of(&prepared, &events[at + 1..end]);
                if is_embedded_page(&dest) {
                    outline.links.push(LinkRef { dest, text: alt, offset });
                    continue;
                }
                if alt.trim().is_empty() {
                    let what = dest.clone();
                    outline.findings.push(Finding { offset, kind: FindingKind::MissingAlt, what });
                }
                if let Dest::Blocked(what) = classify(&dest) {
                    outline.findings.push(Finding { offset, kind: FindingKind::Scheme, what });
                }
                outline.images.push(ImageRef { dest, alt, offset });
            }
            Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(info)))
                if info.split([' ', ',', '{', '\t']).next() == Some("query") =>
            {
                let end = closing(&events, at + 1);
                let toml: String = events[at + 1..end]
                    .iter()
                    .filter_map(|(event, _)| match event {
                        Event::Text(text) => Some(prepared.clean(text)),
                        _ => None,
                    })
                    .collect();
                let start = prepared.original(events.get(at + 1).map_or(range.start, |(_, r)| r.start));
                if let Some(what) = hidden_in_words(&toml) {
                    let offset = start + toml.find(&what).unwrap_or(0);
                    outline.findings.push(Finding { offset, kind: FindingKind::HidesText, what });
                }
                outline.queries.push((toml, start));
            }
            Event::InlineMath(tex) | Event::DisplayMath(tex) if math::mathml(&prepared.clean(tex), false).is_none() => {
                let what = prepared.clean(tex).into_owned();
                outline.findings.push(Finding { offset, kind: FindingKind::BadFormula, what });
            }
            Event::Start(Tag::Strikethrough) => outline.struck(offset, "~~"),
            Event::Html(html) | Event::InlineHtml(html) => {
                let place = prepared.original_inside(range.start, html);
                let html = prepared.clean(html);
                around.look(&html, &place);
                removed.look(&html, &place, &mut outline);
                raw::outline(&html, &place, &mut outline);
            }
            _ => {}
        }
    }
    let hidden = hidden::ranges(source);
    outline.forget(&hidden);
    outline.findings.extend(open_comments(source, &hidden));
    removed.tell_of(source, &hidden, &mut outline);
    outline.findings.extend(unshown::findings(source, &prepared, &events, &hidden));
    let foreign = hidden.iter().filter_map(|h| Some((h.range.start, h.foreign.clone()?)));
    let cut: Vec<_> = hidden.iter().map(|h| h.range.clone()).collect();
    let named = hiding_names(source, || super::code_ranges(source)).into_iter();
    let told = |offset: usize| {
        outline.findings.iter().any(|found| found.offset == offset && found.kind == FindingKind::HidesText)
    };
    // Where the mark alone is cut, as `{% ภายใน %}`, what it names is not.
    let alone = |at: &Range<usize>| source[at.start..].starts_with("{%") && cut.contains(at);
    let shown = |at: &Range<usize>| (!is_within(&cut, at.start) || alone(at)) && !told(at.start);
    let named = named.filter(|c| shown(&c.range)).map(|c| (c.range.start, c.mark));
    let named: Vec<_> = named.take(MOST_NAMED).collect();
    let finding = |kind| move |(offset, what)| Finding { offset, kind, what };
    outline.findings.extend(foreign.map(finding(FindingKind::ForeignComment)));
    outline.findings.extend(named.into_iter().map(finding(FindingKind::HidesText)));
    outline.anchors.extend(others);
    outline
}
