//! Footnotes: numbered in order of first reference, listed at the end of the part that cites them.

use std::collections::{HashMap, HashSet};

use super::Options;
use super::escape::{escape_attr, escape_text};
use super::writer::Writer;

#[derive(Debug)]
struct Note {
    label: String,
    number: usize,
    part: usize,
    id: String,
    reference: String,
}

/// The footnotes of one text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    cited: Vec<Note>,
    index: HashMap<String, usize>,
    defined: HashMap<String, String>,
    part: usize,
}

impl Notes {
    pub fn define(&mut self, label: String, html: String) {
        self.defined.entry(label).or_insert(html);
    }

    pub fn next_part(&mut self) {
        self.part += 1;
    }

    /// Appends the notes first cited in a part, and those cited inside these notes.
    pub fn append(&self, part: usize, options: &Options<'_>, out: &mut String) {
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

impl Writer<'_> {
    pub(super) fn note_reference(&mut self, label: &str) {
        let label = self.prepared.clean(label).into_owned();
        let first = !self.notes.index.contains_key(&label);
        if first {
            let number = self.notes.cited.len() + 1;
            let prefix = self.options.id_prefix;
            let id = self.ids.take(&format!("{prefix}fn-{number}")).0;
            let reference = self.ids.take(&format!("{prefix}fnref-{number}")).0;
            self.notes.index.insert(label.clone(), self.notes.cited.len());
            self.notes.cited.push(Note { label: label.clone(), number, part: self.notes.part, id, reference });
        }
        let note = &self.notes.cited[self.notes.index[&label]];
        self.out.push_str("<sup class=\"footnote-ref\"><a href=\"#");
        escape_attr(&note.id, &mut self.out);
        if first {
            self.out.push_str("\" id=\"");
            escape_attr(&note.reference, &mut self.out);
        }
        self.out.push_str("\" aria-label=\"");
        escape_attr(&self.options.labels.footnotes, &mut self.out);
        self.out.push_str(&format!(" {}\">", note.number));
        escape_text(&note.number.to_string(), &mut self.out);
        self.out.push_str("</a></sup>");
    }
}
