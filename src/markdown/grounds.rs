//! The colour on which a place in HTML stands: of the innermost element that has one.

use super::hiding::ground;
use super::tags::{HtmlTag, each_tag, is_empty};

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
        // Cells, rows and items end where the next one begins.
        const NEXT: [&str; 6] = ["td", "th", "tr", "li", "p", "dd"];
        let name = tag.name.to_ascii_lowercase();
        if tag.closing {
            if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                self.open.truncate(at);
            }
        } else if !is_empty(tag) && !tag.attributes.ends_with('/') {
            let cell = |name: &str| matches!(name, "td" | "th");
            let ends = |open: &str| open == name && NEXT.contains(&open) || cell(open) && (cell(&name) || name == "tr");
            while self.open.last().is_some_and(|(open, _)| ends(open)) {
                self.open.pop();
            }
            if self.open.len() < Self::MOST {
                self.open.push((name, ground(tag)));
            }
        }
    }

    /// The colour behind what comes next; none where that is as good as white.
    pub(super) fn here(&self) -> Option<&str> {
        self.open.iter().rev().find_map(|(_, ground)| ground.as_ref()).and_then(|ground| ground.as_deref())
    }
}
