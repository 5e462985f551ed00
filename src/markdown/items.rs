//! Numbers of the items of a list of HTML: `<ol start="3" type="a" reversed>`, `<li value="7">`.

use super::pieces::attribute;
use super::tags::{HtmlTag, each_tag};
use crate::text::digits::roman;

/// A list that is read.
#[derive(Debug, Default)]
pub(super) struct Items {
    start: Option<i64>,
    reversed: bool,
    style: Option<char>,
    /// Where each item begins among the events, with its number and style where it says so itself.
    items: Vec<(usize, Option<i64>, Option<char>)>,
}

impl Items {
    /// A list of this tag.
    pub(super) fn of(tag: &HtmlTag<'_>) -> Items {
        Items { start: number(tag, "start"), reversed: has(tag, "reversed"), style: style(tag), items: Vec::new() }
    }

    /// The number of the first item, where items are counted from it.
    pub(super) fn first(&self) -> u64 {
        self.start.and_then(|start| u64::try_from(start).ok()).unwrap_or(1)
    }

    /// Adds the item of this tag, which begins at this event.
    pub(super) fn add(&mut self, at: usize, tag: &HtmlTag<'_>) {
        self.items.push((at, number(tag, "value"), style(tag)));
    }

    /// What stands before the items, each with its place; nothing where they are counted from the first one.
    pub(super) fn numbers(self) -> Vec<(usize, String)> {
        let counted = |style: Option<char>| style.is_none_or(|style| style == '1');
        let negative = self.start.is_some_and(|start| start < 0);
        let plain = !self.reversed && !negative && counted(self.style);
        if plain && self.items.iter().all(|(_, value, style)| value.is_none() && counted(*style)) {
            return Vec::new();
        }
        let step = if self.reversed { -1 } else { 1 };
        let count = i64::try_from(self.items.len()).unwrap_or(i64::MAX);
        let mut next = self.start.unwrap_or(if self.reversed { count } else { 1 });
        let numbered = self.items.into_iter().map(|(at, value, style)| {
            let n = value.unwrap_or(next);
            next = n.saturating_add(step);
            (at, format!("{}.", written(n, style.or(self.style))))
        });
        numbered.collect()
    }
}

/// HTML in which lists that are not numbered from their first item on have their numbers as text, for those who know no
/// other lists.
pub(crate) fn with_numbers(html: &str) -> String {
    // The lists that are open; of numbered ones the place of their name.
    let mut open: Vec<Option<(usize, Items)>> = Vec::new();
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for tag in each_tag(html) {
        let name = tag.range.start + 1 + usize::from(tag.closing);
        match (tag.name, tag.closing) {
            ("ol", false) => open.push(Some((name, Items::of(&tag)))),
            ("ul" | "menu", false) => open.push(None),
            ("li", false) => {
                if let Some(Some((_, items))) = open.last_mut() {
                    let paragraph = html[tag.range.end..].starts_with("<p>");
                    items.add(tag.range.end + if paragraph { "<p>".len() } else { 0 }, &tag);
                }
            }
            ("ol" | "ul" | "menu", true) => {
                let Some(Some((begin, items))) = open.pop() else { continue };
                let numbers = items.numbers();
                if !numbers.is_empty() {
                    edits.extend([begin, name].map(|at| (at, "ol".len(), "ul".to_owned())));
                    edits.extend(numbers.into_iter().map(|(at, number)| (at, 0, format!("{number} "))));
                }
            }
            _ => {}
        }
    }
    edits.sort();
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for (at, length, text) in edits {
        out.push_str(&html[done..at]);
        out.push_str(&text);
        done = at + length;
    }
    out + &html[done..]
}

fn number(tag: &HtmlTag<'_>, name: &str) -> Option<i64> {
    attribute(tag, name)?.trim().parse::<i32>().ok().map(i64::from)
}

fn style(tag: &HtmlTag<'_>) -> Option<char> {
    attribute(tag, "type")?.parse().ok().filter(|style| matches!(style, '1' | 'a' | 'A' | 'i' | 'I'))
}

/// Whether a tag has an attribute, with a value or without.
fn has(tag: &HtmlTag<'_>, name: &str) -> bool {
    let mut quote = None;
    let outside = tag.attributes.chars().map(|c| match (quote, c) {
        (Some(open), _) => {
            quote = quote.filter(|_| c != open);
            '_'
        }
        (None, '"' | '\'') => {
            quote = Some(c);
            '_'
        }
        (None, c) => c,
    });
    let outside: String = outside.collect();
    let mut names = outside.split([' ', '\t', '\n', '\r', '/']).map(|word| word.split('=').next().unwrap_or(word));
    names.any(|word| word.eq_ignore_ascii_case(name))
}

/// A number as browsers write it before an item.
fn written(n: i64, style: Option<char>) -> String {
    let small = match (style.map(|style| style.to_ascii_lowercase()), u32::try_from(n)) {
        (Some('a'), Ok(n @ 1..)) => letters(n),
        (Some('i'), Ok(n @ 1..4000)) => roman(n),
        _ => return n.to_string(),
    };
    if style.is_some_and(|style| style.is_ascii_uppercase()) { small.to_ascii_uppercase() } else { small }
}

/// a, b … z, aa, ab.
fn letters(mut n: u32) -> String {
    let mut out = Vec::new();
    while n > 0 {
        out.push(char::from(b'a' + u8::try_from((n - 1) % 26).unwrap_or(0)));
        n = (n - 1) / 26;
    }
    out.into_iter().rev().collect()
}
