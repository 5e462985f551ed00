//! One row to one page: what cannot be taken is reported, and the page is checked as the loader will read it.

use super::planner::{Planned, Planner, Read, Reading};
use super::report::Refusal;
use crate::authoring::draft::{Draft, check};
use crate::authoring::target::{RESERVED, Target, label};
use crate::authoring::value::Out;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Label, Lang};

/// Rounds in which values that the loader refuses are taken out.
const ROUNDS: usize = 8;

impl Planner<'_> {
    pub(super) fn finish(&self, reading: Reading<'_>, id: String, refusal: Option<Refusal>) -> Read {
        let schema = &self.portal.schema;
        let Reading { number, made, failures, key, sure, .. } = reading;
        let mut draft = Draft { kind: self.kind, id, keys: made.keys, sections: made.sections, ..Draft::default() };
        // What the page cannot do without, and what is only left out.
        let (mut fatal, mut dropped): (Vec<Refusal>, Vec<Refusal>) =
            failures.into_iter().partition(|f| f.target.as_ref().is_some_and(|t| self.needs(t, &draft.id)));
        fatal.extend(refusal);
        let reported: Vec<&Label> = fatal.iter().filter_map(|r| r.place.as_ref()).collect();
        fatal.extend(self.lacking(number, &draft, &reported));
        let mut text = String::new();
        for _ in 0..ROUNDS {
            if !fatal.is_empty() {
                if !self.drafts {
                    break;
                }
                self.unfinished(&mut draft, number, fatal.iter().chain(&dropped));
            }
            text = draft.plain(schema);
            let (_, found) = check(schema, &draft.path(schema), &text);
            let wrong: Vec<&Diagnostic> = found.iter().filter(|d| d.is_error()).collect();
            if wrong.is_empty() {
                break;
            }
            // From the end, so that rows of tables keep their numbers.
            for finding in wrong.into_iter().rev() {
                let (refusal, needed) = self.take_out(&mut draft, number, &text, finding);
                if needed { fatal.push(refusal) } else { dropped.push(refusal) }
            }
            text.clear();
        }
        let unfinished = !fatal.is_empty();
        let entry = (!text.is_empty() && (!unfinished || self.drafts)).then_some(Planned {
            row: number,
            key,
            sure,
            draft,
            text,
        });
        let left = dropped.len();
        fatal.append(&mut dropped);
        Read { dropped: if entry.is_some() { left } else { 0 }, entry, unfinished, refusals: fatal }
    }

    /// Marks a page as a draft that says at its top what is to be done.
    fn unfinished<'r>(&self, draft: &mut Draft, number: usize, refusals: impl Iterator<Item = &'r Refusal>) {
        draft.notes = refusals.map(Refusal::note).collect();
        draft.keys.retain(|(key, _)| key != "draft");
        draft.keys.push(("draft".into(), Out::Bare("true".into())));
        if !draft.keys.iter().any(|(key, _)| key == "title") {
            draft.keys.insert(0, ("title".into(), Out::Text(format!("(ยังไม่มีชื่อเรื่อง) แถว {number}"))));
        }
    }

    /// Whether a page cannot stand without the target, or would show what its writer kept back.
    fn needs(&self, target: &Target, id: &str) -> bool {
        let kind = &self.portal.schema.kinds[self.kind];
        let base = self.converter.names.entry(self.kind, id);
        match target {
            Target::Reserved(i) => matches!(RESERVED[*i].key, "title" | "visibility" | "draft"),
            Target::Field(f) | Target::Part(f, _) => {
                kind.fields[*f].required && base.is_none_or(|b| b.value(*f).is_none())
            }
            Target::Cell(f, _, c) => kind.fields[*f].required && kind.fields[*f].columns[*c].required,
            Target::Section(s) => kind.sections[*s].required,
            Target::Id => false,
        }
    }

    /// Takes the value that a finding of the loader is about out of the draft; says whether the page needs it.
    fn take_out(&self, draft: &mut Draft, number: usize, text: &str, finding: &Diagnostic) -> (Refusal, bool) {
        let kind = &self.portal.schema.kinds[self.kind];
        let Some(place) = place_of(text, finding.line) else {
            let mut refusal = Refusal::of_row(number, finding.message.clone(), finding.hint.clone());
            // A text that reads as front matter does not belong into the page.
            let line = text.lines().nth(finding.line.saturating_sub(1)).unwrap_or_default();
            if let Some(at) = draft.sections.iter().position(|(_, own)| own.lines().any(|l| l == line)) {
                let (id, written) = draft.sections.remove(at);
                let target = kind.sections.iter().position(|s| s.id == id).map(Target::Section);
                refusal.place = target.as_ref().map(|target| label(kind, target));
                (refusal.target, refusal.written) = (target, written);
            }
            return (refusal, true);
        };
        let field = kind.field_index(&place.key);
        let mut target = match field {
            Some(f) => Some(Target::Field(f)),
            None => RESERVED.iter().position(|r| r.key == place.key).map(Target::Reserved),
        };
        let mut written = String::new();
        let at = draft.keys.iter().position(|(key, _)| *key == place.key);
        let whole_row = finding.code == Code::MissingField;
        match (at.map(|i| &mut draft.keys[i].1), place.row) {
            (Some(Out::Rows(rows)), Some(r)) if r < rows.len() => {
                let column = place.column.filter(|_| !whole_row);
                match column.and_then(|c| rows[r].iter().position(|(key, _)| *key == c)) {
                    Some(c) => {
                        let (key, value) = rows[r].remove(c);
                        written = value.shown();
                        let c = field.and_then(|f| kind.fields[f].columns.iter().position(|d| d.id == key));
                        target = field.zip(c).map(|(f, c)| Target::Cell(f, r, c)).or(target);
                    }
                    None => {
                        let row = rows.remove(r);
                        written = row.iter().map(|(_, v)| v.shown()).collect::<Vec<_>>().join(" | ");
                    }
                }
                if rows.is_empty() {
                    draft.keys.retain(|(key, _)| *key != place.key);
                }
            }
            (Some(value), _) => {
                written = value.shown();
                draft.keys.retain(|(key, _)| *key != place.key);
            }
            (None, _) => {}
        }
        let needed = target.as_ref().is_none_or(|t| match t {
            Target::Field(f) if kind.fields[*f].ty == crate::model::FieldType::Table => {
                kind.fields[*f].required && !draft.keys.iter().any(|(key, _)| *key == place.key)
            }
            t => self.needs(t, &draft.id),
        });
        let columns: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, c)| c.targets.iter().any(|t| Some(t) == target.as_ref() || same_row(t, field, place.row)))
            .map(|(i, _)| i + 1)
            .collect();
        let mut refusal = Refusal {
            row: number,
            column: columns.first().copied().unwrap_or(0),
            place: target.as_ref().map(|t| label(kind, t)),
            target,
            message: finding.message.clone(),
            hint: finding.hint.clone(),
            written,
        };
        refusal.speak(kind);
        (refusal, needed)
    }

    /// The required fields and sections that the row leaves empty and no existing entry has.
    fn lacking(&self, number: usize, draft: &Draft, reported: &[&Label]) -> Option<Refusal> {
        let kind = &self.portal.schema.kinds[self.kind];
        let base = self.converter.names.entry(self.kind, &draft.id);
        let given = |id: &str| draft.keys.iter().any(|(key, _)| key == id);
        let mut lacks: Vec<(Label, &str)> = Vec::new();
        if !given("title") && base.is_none_or(|b| b.title.is_empty()) {
            lacks.push((Label::new("ชื่อเรื่อง", "Title"), "title"));
        }
        for (i, field) in kind.fields.iter().enumerate() {
            let known = given(&field.id) || base.is_some_and(|b| b.value(i).is_some());
            if field.required && field.via.is_none() && field.default.is_none() && !known {
                lacks.push((field.label.clone(), &field.id));
            }
        }
        // A draft that an earlier import left may lack its sections still.
        let written = base.is_some_and(|b| !b.draft);
        for section in kind.sections.iter().filter(|s| s.required) {
            if !written && !draft.sections.iter().any(|(id, _)| *id == section.id) {
                lacks.push((section.label.clone(), &section.id));
            }
        }
        // What could not be read has been reported.
        lacks.retain(|(name, _)| !reported.contains(&name));
        if lacks.is_empty() {
            return None;
        }
        let list = |lang: Lang| {
            let names: Vec<String> = lacks.iter().map(|(name, id)| format!("“{}” ({id})", name.get(lang))).collect();
            names.join(", ")
        };
        let hint = (!self.drafts).then(|| {
            Label::new(
                "เติมในตาราง บอกแผนที่คอลัมน์ว่าอยู่คอลัมน์ใด หรือใช้ --drafts เพื่อรับเป็นฉบับร่างไปกรอกต่อ",
                "fill it in, tell the map which column holds it, or take such rows as drafts with --drafts",
            )
        });
        let message = Label::new(format!("ขาด {}", list(Lang::TH)), format!("lacks {}", list(Lang::EN)));
        Some(Refusal::of_row(number, message, hint))
    }
}

/// Whether a target is a cell of a table's row.
fn same_row(target: &Target, field: Option<usize>, row: Option<usize>) -> bool {
    matches!(target, Target::Cell(f, r, _) if Some(*f) == field && Some(*r) == row)
}

/// A place in front matter that was written here: a key, or a cell of a table's row.
struct Place {
    key: String,
    row: Option<usize>,
    column: Option<String>,
}

/// What is on a line (from 1) of a page.
fn place_of(text: &str, line: usize) -> Option<Place> {
    let mut place: Option<Place> = None;
    let mut quoted = false;
    for (number, written) in text.lines().enumerate().take(line) {
        if number > 0 && written == "+++" {
            return None;
        }
        if !quoted {
            if let Some(key) = written.strip_prefix("[[").and_then(|k| k.strip_suffix("]]")) {
                let row = match &place {
                    Some(Place { key: before, row: Some(row), .. }) if before == key => row + 1,
                    _ => 0,
                };
                place = Some(Place { key: key.into(), row: Some(row), column: None });
            } else if let Some((key, _)) = written.split_once(" = ").filter(|(k, _)| !k.contains([' ', '#'])) {
                match &mut place {
                    Some(Place { row: Some(_), column, .. }) => *column = Some(key.into()),
                    _ => place = Some(Place { key: key.into(), row: None, column: None }),
                }
            }
        }
        // Texts of several lines are between triple quotes, in which quotes are escaped.
        quoted ^= written.matches("\"\"\"").count() % 2 == 1;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_front_matter_are_found_again() {
        let text =
            "+++\ntitle = \"ก\"\nnote = \"\"\"\nx = 1\n\"\"\"\n\n[[rows]]\na = 1\n\n[[rows]]\na = 2\nb = 3\n+++\n";
        let at = |line| place_of(text, line).map(|p| (p.key, p.row, p.column));
        assert_eq!(at(2), Some(("title".into(), None, None)));
        assert_eq!(at(4), Some(("note".into(), None, None)));
        assert_eq!(at(8), Some(("rows".into(), Some(0), Some("a".into()))));
        assert_eq!(at(12), Some(("rows".into(), Some(1), Some("b".into()))));
        assert_eq!(at(10), Some(("rows".into(), Some(1), None)));
    }
}
