//! The colour on which a place in HTML stands: of the innermost element that has one.

use super::hiding::ground;
use super::tags::{HtmlTag, each_tag, is_empty};

/// Elements that end a paragraph where they begin.
const BLOCKS: &str = "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer \
    form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul";

/// Whether a name is among some.
fn is_in(names: &str, name: &str) -> bool {
    names.split(' ').any(|one| one == name)
}

/// The open elements at a place, each with the colour that it puts behind its text.
#[derive(Debug, Default)]
pub(super) struct Grounds {
    open: Vec<(String, Option<Option<String>>)>,
}

impl Grounds {
    /// Open elements that are kept: of more, the outer ones.
    const MOST: usize = 256;

    /// Takes the next tags.
    pub(super) fn look(&mut self, html: &str) {
        each_tag(html).for_each(|tag| self.take(&tag));
    }

    /// Takes the next tag.
    pub(super) fn take(&mut self, tag: &HtmlTag<'_>) {
        let name = tag.name.to_ascii_lowercase();
        if tag.closing {
            if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                self.open.truncate(at);
            }
            return;
        }
        self.end_before(&name);
        if !is_empty(tag) && !tag.attributes.ends_with('/') && self.open.len() < Self::MOST {
            self.open.push((name, ground(tag)));
        }
    }

    /// The colour behind the element that a tag opens, its own apart.
    pub(super) fn behind(&mut self, tag: &HtmlTag<'_>) -> Option<&str> {
        if !tag.closing {
            self.end_before(&tag.name.to_ascii_lowercase());
        }
        self.here()
    }

    /// Takes a block of Markdown, which ends a paragraph of HTML.
    pub(super) fn take_block(&mut self) {
        self.end_before("p");
    }

    /// Ends what browsers end by themselves where an element of a name begins: cells, rows, items, paragraphs.
    fn end_before(&mut self, name: &str) {
        const LISTS: &str = "ul ol menu dl table td th";
        const PARTS: &str = "caption colgroup thead tbody tfoot";
        const CELLS: &str = "td th button object";
        let (ends, within) = match name {
            "li" => ("li", LISTS),
            "dd" | "dt" => ("dd dt", LISTS),
            "td" | "th" => ("td th", "table"),
            "tr" => ("td th tr", "table"),
            _ if is_in(PARTS, name) => ("td th tr caption colgroup thead tbody tfoot", "table"),
            _ => ("", ""),
        };
        self.end(ends, within);
        if is_in(BLOCKS, name) {
            self.end("p", CELLS);
        }
    }

    /// Ends the outermost of some elements that is open within the innermost of others, and what is open in it.
    fn end(&mut self, ends: &str, within: &str) {
        let inside = self.open.iter().rposition(|(open, _)| is_in(within, open)).map_or(0, |at| at + 1);
        if let Some(at) = self.open[inside..].iter().position(|(open, _)| is_in(ends, open)) {
            self.open.truncate(inside + at);
        }
    }

    /// The colour behind what comes next; none where that is as good as white.
    fn here(&self) -> Option<&str> {
        self.open.iter().rev().find_map(|(_, ground)| ground.as_ref()).and_then(|ground| ground.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tags::tags;
    use super::*;

    /// Whether the last tag of some HTML stands on a dark ground.
    fn is_dark(html: &str) -> bool {
        let mut grounds = Grounds::default();
        let tags = tags(html);
        let (last, before) = tags.split_last().expect("a tag");
        before.iter().for_each(|tag| grounds.take(tag));
        grounds.behind(last).is_some()
    }

    #[test]
    fn elements_end_where_browsers_end_them() {
        for html in [
            "<ul><li style='background:#036'>a<li>",
            "<ul><li style='background:#036'><b>a<li>",
            "<p style='background:#036'>a<p>",
            "<p style='background:#036'><i>a<div>",
            "<p style='background:#036'>a<ul>",
            "<dl><dt style='background:#036'>a<dd>",
            "<table><td style='background:#036'><b>a<td>",
            "<table><tr style='background:#036'><td>a<tr>",
            "<table><thead bgcolor=navy><tr><th>a<tbody>",
            "<div style='background:#036'>a</div><p>",
        ] {
            assert!(!is_dark(html), "{html}");
        }
        for html in [
            "<ul style='background:#036'><li>a<li>",
            "<ul><li style='background:#036'>a<ul><li>",
            "<ul><li style='background:#036'>a<p>b<p>",
            "<p style='background:#036'>a<span>",
            "<div style='background:#036'><p>a<p>",
            "<table><tr style='background:#036'><td>a<td>",
            "<table><td style='background:#036'>a<table><td>",
            "<table><tbody style='background:#036'><tr><td>a<tr>",
            "<dl style='background:#036'><dt>a<dd>",
            "<table><td style='background:#036'><ul><li>a<li>",
        ] {
            assert!(is_dark(html), "{html}");
        }
    }

    #[test]
    fn a_block_of_markdown_ends_a_paragraph_of_html() {
        let after = |html: &str| {
            let mut grounds = Grounds::default();
            grounds.look(html);
            grounds.take_block();
            grounds.here().is_some()
        };
        assert!(!after("<p style='background:#036'>a") && after("<div style='background:#036'><p>a"));
    }
}
