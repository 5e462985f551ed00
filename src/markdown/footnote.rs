//! Footnotes: numbered in order of first reference, listed at the end of the part that cites them.

use super::escape::{escape_attr, escape_text};
use super::notes::Note;
use super::state::Writer;

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
        // Straight behind another mark it would be read as one number with it.
        if self.out.ends_with("</sup>") {
            self.out.push_str(", ");
        }
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
