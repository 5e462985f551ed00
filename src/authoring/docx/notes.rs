//! Foot- and endnotes of a report: the number that each mark shows in Word is its name in the draft.

use super::numbering::spelled;
use crate::authoring::xml::{attribute, each};
use std::collections::{HashMap, HashSet};

/// How notes of one sort are numbered in a part of the document.
#[derive(Debug, Clone)]
struct Style {
    format: String,
    first: u32,
    /// Whether the numbers begin again with each part.
    restarts: bool,
}

/// How foot- and endnotes are numbered, by part of the document.
#[derive(Debug, Default)]
pub(super) struct NoteStyles(Vec<[Style; 2]>);

fn usual() -> [Style; 2] {
    ["decimal", "lowerRoman"].map(|format| Style { format: format.into(), first: 1, restarts: false })
}

impl NoteStyles {
    /// Reads what the settings say of the document and the document of its parts.
    pub(super) fn new(settings: &str, document: &str) -> NoteStyles {
        let mut whole = usual();
        let mut sort = None;
        each(settings, |e| take(&mut whole, &mut sort, e.local_name().as_ref(), attribute(e, "val")));
        let mut parts: Vec<[Style; 2]> = Vec::new();
        // A part's properties before a change that was tracked stand within the present ones.
        let mut former = false;
        each(document, |e| match e.local_name().as_ref() {
            "sectPrChange" => former = true,
            "sectPr" if !std::mem::take(&mut former) => {
                sort = None;
                parts.push(whole.clone());
            }
            name => parts.iter_mut().last().into_iter().for_each(|p| take(p, &mut sort, name, attribute(e, "val"))),
        });
        parts.push(whole);
        NoteStyles(parts)
    }
}

fn take(styles: &mut [Style; 2], sort: &mut Option<usize>, name: &str, value: Option<String>) {
    match (name, *sort) {
        ("footnotePr", _) => *sort = Some(0),
        ("endnotePr", _) => *sort = Some(1),
        ("numFmt", Some(s)) => styles[s].format = value.unwrap_or_default(),
        ("numStart", Some(s)) => styles[s].first = value.and_then(|v| v.parse().ok()).unwrap_or(1),
        ("numRestart", Some(s)) => styles[s].restarts = value.as_deref() == Some("eachSect"),
        ("footnote" | "endnote", _) => {}
        _ => *sort = None,
    }
}

/// Which mark of a document is told of: at the foot of a page (false) or at the end (true), and its id.
pub(super) type NoteId = (bool, String);

/// The numbers that were given so far.
#[derive(Debug, Default)]
pub(super) struct NoteNumbers {
    part: usize,
    last: [Option<u32>; 2],
    names: HashMap<NoteId, String>,
    given: HashSet<String>,
}

impl NoteNumbers {
    /// The name of the note that a mark leads to. A mark of the writer's own, such as a star, takes no number.
    pub(super) fn name(&mut self, styles: &NoteStyles, note: &NoteId, own_mark: bool) -> String {
        if let Some(name) = self.names.get(note) {
            return name.clone();
        }
        let sort = usize::from(note.0);
        let [foot, end] = styles.0.get(self.part).cloned().unwrap_or_else(usual);
        let style = if note.0 { end } else { foot };
        let shown = if own_mark {
            "note".to_string()
        } else {
            let number = self.last[sort].map_or(style.first, |last| last.saturating_add(1));
            self.last[sort] = Some(number);
            let shown = spelled(number, &style.format);
            // Stars and daggers are no names in Markdown.
            let plain = !shown.is_empty() && shown.chars().all(char::is_alphanumeric);
            if plain { shown } else { number.to_string() }
        };
        // Numbers that begin again, and marks of one's own, get a further one behind: each note has a name of its own.
        let mut names = (usize::from(own_mark)..).map(|n| match n {
            0 => shown.clone(),
            n => format!("{shown}-{}", n + usize::from(!own_mark)),
        });
        let name = names.find(|name| !self.given.contains(&name.to_lowercase())).unwrap_or_default();
        self.given.insert(name.to_lowercase());
        self.names.insert(note.clone(), name.clone());
        name
    }

    /// A part of the document has ended.
    pub(super) fn end_part(&mut self, styles: &NoteStyles) {
        self.part += 1;
        for (sort, last) in self.last.iter_mut().enumerate() {
            if styles.0.get(self.part).is_some_and(|styles| styles[sort].restarts) {
                *last = None;
            }
        }
    }
}
