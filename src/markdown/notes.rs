//! The footnotes of one text.

use std::collections::{HashMap, HashSet};

use super::escape::escape_attr;
use super::types::Options;

#[derive(Debug)]
pub(super) struct Note {
    pub label: String,
    pub number: usize,
    pub part: usize,
    pub id: String,
    pub reference: String,
}

/// The footnotes of one text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub cited: Vec<Note>,
    pub index: HashMap<String, usize>,
    pub defined: HashMap<String, String>,
    pub part: usize,
}

impl Notes {
    pub(super) fn define(&mut self, label: String, html: String) {
        self.defined.entry(label).or_insert(html);
    }

    pub(super) fn next_part(&mut self) {
        self.part += 1;
    }

    /// Appends the notes first cited in a part, and those cited inside these notes.
    pub(super) fn append(&self, part: usize, options: &Options<'_>, out: &mut String) {
        let mut seen = HashSet::new();
        let notes: Vec<&Note> = self
            .cited
            .iter()
            .filter(|n| n.part == part && self.defined.contains_key(&n.label) && seen.insert(&n.label))
            .collect();
        if notes.is_empty() {
            return;
        }
        out.push_str("<section class=\"footnotes\" aria-label=\"");
        escape_attr(&options.labels.footnotes, out);
        out.push_str("\">\n<ol start=\"");
        out.push_str(&notes[0].number.to_string());
        out.push_str("\">\n");
        for note in notes {
            out.push_str("<li id=\"");
            escape_attr(&note.id, out);
            out.push_str("\">");
            out.push_str(&self.defined[&note.label]);
            out.push_str("<a class=\"footnote-back\" href=\"#");
            escape_attr(&note.reference, out);
            out.push_str("\" aria-label=\"");
            escape_attr(&options.labels.footnote_back, out);
            out.push_str(&format!(" {}", note.number));
            out.push_str("\">↩</a></li>\n");
        }
        out.push_str("</ol>\n</section>\n");
    }
}
