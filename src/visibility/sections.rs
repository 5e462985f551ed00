//! Sections of a body: how headings answer to the schema, and which stretches of a body are internal.
//!
//! A heading opens an internal section however it is written: in other case, with numbers, punctuation or emphasis, at
//! any level, in a quotation, a list or HTML. What is only nearly such a heading is cut as well, and is an error: the
//! author decides, not the program.

use super::loose::{Loose, Place, bold_lines, ids_in_tags, loose_headings};
use super::pairs::Pairs;
use crate::content::{is_internal_note, says_internal};
use crate::markdown::{Heading, Outline};
use crate::model::held::kinds_meant;
use crate::model::{Entry, KindDef, Portal, SectionDef, Visibility};
use crate::text::plain::{is_letter, plain};
use crate::text::stamp::{OPPOSITES, is_paired, is_stamp};
use std::collections::{BTreeSet, HashSet};

/// The schema's section that a heading opens: by explicit id, else by label in either language; former ids and headings
/// count where no present one does.
pub(crate) fn of_heading<'a>(kind: &'a KindDef, heading: &Heading) -> Option<&'a SectionDef> {
    if heading.level != 2 || heading.nested {
        return None;
    }
    let title = heading.title.trim();
    let now = |section: &&SectionDef| {
        (heading.explicit && section.id == heading.id)
            || section.label.texts().any(|label| label.eq_ignore_ascii_case(title))
            || section.id == title
    };
    let before = |section: &&SectionDef| {
        section.was.iter().any(|was| was.eq_ignore_ascii_case(title) || (heading.explicit && *was == heading.id))
    };
    kind.sections.iter().find(now).or_else(|| kind.sections.iter().find(before))
}

/// The id by which a section is known on its page: the schema's, else the anchor.
pub(crate) fn id_of<'a>(kind: &'a KindDef, heading: &'a Heading) -> &'a str {
    of_heading(kind, heading).map_or(&heading.id, |s| &s.id)
}

/// The ids under which the headings of a page are shown as sections, each its own. A section of the schema that has several
/// headings is the first one that is beyond doubt; the others stand beside it.
pub(crate) fn ids_of(kind: &KindDef, headings: &[Heading]) -> Vec<String> {
    let known: Vec<Option<&str>> = headings.iter().map(|h| of_heading(kind, h).map(|s| s.id.as_str())).collect();
    let mut given: HashSet<String> = HashSet::new();
    let own = |(at, heading): (usize, &Heading)| {
        // A heading that is no more than called as a section by its anchor leaves the place to one that is the section.
        let is_first = |id: &str| match known[at] {
            Some(_) => !known[..at].contains(&Some(id)),
            None => !known.contains(&Some(id)),
        };
        let id = known[at].unwrap_or(&heading.id);
        let others = (2..).map(|n| format!("{}-{n}", heading.id));
        let free = |id: &String| !given.contains(id) && !kind.sections.iter().any(|s| s.id == *id);
        let first = (is_first(id) && !given.contains(id)).then(|| id.to_owned());
        let id = first.or_else(|| [heading.id.clone()].into_iter().chain(others).find(free)).unwrap_or_default();
        given.insert(id.clone());
        id
    };
    headings.iter().enumerate().map(own).collect()
}

/// A stretch of a body that stays internal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    /// First byte in the body.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Whether the heading is only nearly that of an internal section, or stands where sections do not begin.
    pub doubtful: bool,
    /// Label of the internal section that is meant.
    pub name: String,
    /// Headings in it that were perhaps meant to end it: the section goes on behind them.
    pub passed: Vec<usize>,
}

/// The names of an entry's internal sections.
#[derive(Debug, Default)]
pub(crate) struct Internal {
    names: Vec<Name>,
    /// Plain names of public sections: a heading that is one of these is not taken for another.
    public: Vec<String>,
    /// Words in brackets at the ends of headings whose opposite stands so at another heading of the page: they tell two
    /// things apart, as in `จุดอ่อน (ภายใน)` and `โอกาส (ภายนอก)`.
    opposed: Vec<&'static str>,
    /// Plain names of the headings of the page.
    titles: Vec<String>,
}

/// One internal section.
#[derive(Debug)]
struct Name {
    /// As the schema or the entry writes it.
    written: String,
    /// Whether the entry names it in `internal_sections`.
    listed: bool,
    /// Whether it is a section of another kind, whose folder the page lies in or nearly does.
    foreign: bool,
    /// Anchors.
    ids: Vec<String>,
    /// Labels without what writers vary, and the ids.
    plain: Vec<String>,
    /// Of these the ones by which it is called beyond doubt: all but the id of the schema.
    sure: Vec<String>,
}

/// Places of a section that are told of where it may have been meant to end.
const MOST_PASSED: usize = 20;

/// Sections of a body that are looked at one by one; behind them nothing is published.
const MOST_CUTS: usize = 1000;

/// How a heading answers to an internal section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    Near,
}

impl Internal {
    /// What the schema and the entry itself keep internal.
    pub(crate) fn of(portal: &Portal, entry: &Entry) -> Internal {
        let kinds = &portal.schema.kinds;
        let own = &kinds[entry.kind];
        // A page without front matter in the folder of a kind has the sections of the kind.
        let path = &portal.sources[entry.source.0 as usize].path;
        let path = path.strip_prefix("content/").unwrap_or(path);
        let home = own.plain.then(|| portal.schema.kind_at(path)).flatten();
        let kind = home.map_or(own, |k| &kinds[k]);
        let mut internal = Internal::default();
        for section in &kind.sections {
            let listed = entry.internal_sections.iter().any(|name| names(section, name));
            if section.visibility == Visibility::Internal || listed {
                internal.names.push(Name { listed, ..Name::of(section) });
            } else {
                internal.public.extend(section.plain_names().iter().cloned());
            }
        }
        // In the folder of another kind, or nearly there, a page keeps what that kind keeps.
        let others = kinds_meant(&portal.schema, path, kind).flat_map(|kind| &kind.sections);
        for section in others.filter(|section| section.visibility == Visibility::Internal) {
            if !section.plain_names().iter().any(|name| internal.public.contains(name)) {
                internal.names.push(Name { foreign: true, ..Name::of(section) });
            }
        }
        for name in &entry.internal_sections {
            if !kind.sections.iter().any(|section| names(section, name)) {
                let (written, ids) = (name.clone(), vec![name.trim().trim_start_matches('#').to_string()]);
                let plain = vec![plain(name)];
                internal.names.push(Name { foreign: false, written, listed: true, ids, sure: plain.clone(), plain });
            }
        }
        if !internal.is_empty() {
            let analysis = portal.analysis(entry);
            internal.titles = analysis.outline.headings.iter().map(|heading| plain(&heading.title)).collect();
            let titles = || analysis.outline.headings.iter().filter_map(|heading| in_brackets(&heading.title));
            let beside = |other: &str| titles().any(|(_, word)| plain(word) == other);
            internal.opposed = OPPOSITES.into_iter().filter(|(_, other)| beside(other)).map(|(word, _)| word).collect();
        }
        internal
    }

    /// Whether no section is internal.
    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Names in `internal_sections` that no heading of the body answers to.
    pub(crate) fn unmatched<'a>(&'a self, outline: &'a Outline) -> impl Iterator<Item = &'a str> {
        let there = |name: &Name| outline.headings.iter().any(|h| name.fit(&h.title, Some(h), &[]) == Some(Fit::Same));
        self.names.iter().filter(|n| n.listed).filter(move |n| !there(n)).map(|n| n.written.as_str())
    }

    /// Headings of internal sections that the original has and a translation does not, where one of its own may be theirs: one
    /// of no known section, and not below those of the original; or a line all in bold.
    pub(crate) fn untranslated<'a>(
        &'a self,
        kind: &'a KindDef,
        original: &'a Outline,
        (own, body): (&'a Outline, &'a str),
    ) -> impl Iterator<Item = &'a str> {
        let of = |outline: &'a Outline, name: &Name| {
            let same = |h: &&Heading| name.fit(&h.title, Some(h), &[]) == Some(Fit::Same);
            outline.headings.iter().find(same)
        };
        let unknown = |most: u8| {
            let tops = own.headings.iter().filter(|h| !h.nested && (2..=most.max(2)).contains(&h.level));
            let known = |h: &Heading| of_heading(kind, h).is_some() || self.fit(&h.title, Some(h)).is_some();
            let is_known = |title: &str| self.public.contains(&plain(title)) || self.fit(title, None).is_some();
            tops.into_iter().any(|h| !known(h)) || bold_lines(body).any(|title| !is_known(title))
        };
        let missing = move |name: &Name| of(original, name).filter(|h| of(own, name).is_none() && unknown(h.level));
        self.names.iter().filter(|name| !name.listed).filter_map(missing).map(|heading| heading.title.as_str())
    }

    /// The internal stretches of a body in their order, without overlap. A section ends at the next heading of its own
    /// level or above that is one beyond doubt.
    pub(crate) fn cuts(&self, body: &str, outline: &Outline) -> Vec<Cut> {
        if self.is_empty() {
            return Vec::new();
        }
        // A schema that has more is refused: nothing is compared, and nothing is published.
        if self.names.len() > 2 * SectionDef::MOST_INTERNAL {
            return vec![Cut { start: 0, end: body.len(), doubtful: false, name: String::new(), passed: Vec::new() }];
        }
        let tops: Vec<(&Heading, bool)> =
            outline.headings.iter().filter(|h| !h.nested).map(|h| (h, is_marked(body, h))).collect();
        let pairs = Pairs::of(body);
        let cut = |start: usize, after: usize, level: u8, doubtful: bool, name: &Name| {
            let below = &tops[tops.partition_point(|(h, _)| h.offset <= after)..];
            let (mut end, mut passed) = (body.len(), Vec::new());
            let mut is_open = pairs.open_behind(start);
            for (heading, is_marked) in below.iter().filter(|(h, _)| h.level <= level) {
                let inside = heading.within.is_some_and(|around| around >= start);
                if *is_marked && !inside && !is_open(heading.offset) {
                    end = heading.offset;
                    break;
                }
                if passed.len() < MOST_PASSED {
                    passed.push(heading.offset);
                }
            }
            Cut { start, end, doubtful, name: name.written.clone(), passed }
        };
        let mut found: Vec<Cut> = Vec::new();
        // Where the last one begins that goes on to the end: nothing is left behind it.
        let mut last = body.len();
        let mut add = |start: usize, after: usize, level: u8, doubtful: bool, name: &Name| {
            if start >= last {
                return;
            }
            let cut = match found.len() {
                ..MOST_CUTS => cut(start, after, level, doubtful, name),
                _ => Cut { start, end: body.len(), doubtful: true, name: name.written.clone(), passed: Vec::new() },
            };
            if cut.end == body.len() {
                last = start;
            }
            found.push(cut);
        };
        for heading in &outline.headings {
            let called = || self.called(body.get(heading.offset..heading.end)?);
            if let Some((name, fit)) = self.fit(&heading.title, Some(heading)).or_else(called) {
                let line = body[..heading.offset].rfind('\n').map_or(0, |i| i + 1);
                let start = if heading.nested { line } else { heading.offset };
                let doubtful = fit == Fit::Near || heading.nested || name.foreign;
                add(start, heading.offset, heading.level, doubtful, name);
            }
        }
        for line in loose_headings(body) {
            let known = |h: &Heading| h.offset >= line.start && h.offset < line.end;
            if !outline.headings.iter().any(known)
                && let Some(name) = self.meant(&line)
            {
                add(line.start, line.start, line.level, true, name);
            }
        }
        found.sort_by_key(|cut| (cut.start, std::cmp::Reverse(cut.end)));
        let mut cuts: Vec<Cut> = Vec::new();
        for cut in found {
            match cuts.last_mut() {
                // Within a section that is cut as it was meant nothing is doubtful.
                Some(last) if cut.start < last.end => {
                    last.passed.extend(cut.passed.iter().filter(|_| cut.end > last.end));
                    last.end = last.end.max(cut.end);
                }
                _ => cuts.push(cut),
            }
        }
        cuts
    }

    /// The name of an internal section that a heading speaks of which opens none.
    pub(crate) fn spoken_of(&self, heading: &Heading) -> Option<&str> {
        let (own, title) = (plain(&heading.title), &heading.title);
        let of = |name: &&Name| name.sure.iter().any(|l| holds(l, &own, title) && is_of_words(l, &own, title));
        if self.public.contains(&own) || self.fit(title, Some(heading)).is_some() {
            return None;
        }
        self.names.iter().find(of).map(|name| name.written.as_str())
    }

    fn fit(&self, title: &str, heading: Option<&Heading>) -> Option<(&Name, Fit)> {
        let fits = self.names.iter().filter_map(|name| Some((name, name.fit(title, heading, &self.public)?)));
        // A heading within a page that says itself that it is not for everybody.
        let says = |_: &&Name| {
            let own = plain(title);
            let opposed = in_brackets(title).is_some_and(|(name, word)| {
                // Remarks and notes that are internal are so whatever stands beside them.
                let is_note = says_internal(&format!("internal {name}")) || says_internal(&format!("{name}ภายใน"));
                self.opposed.contains(&&*plain(word)) && !is_note
            });
            let is_note = is_internal_note(title) || is_internal_note(&own);
            let is_beside = || is_paired(&own, |other| self.titles.iter().any(|title| title == other));
            let opposed = opposed || !is_note && is_beside();
            heading.is_some_and(|h| h.level > 1) && !opposed && !self.public.contains(&own) && says_internal(title)
        };
        fits.min_by_key(|(_, fit)| *fit == Fit::Near).or_else(|| Some((self.names.first().filter(says)?, Fit::Near)))
    }

    /// The section whose id a tag in a heading has.
    fn called(&self, heading: &str) -> Option<(&Name, Fit)> {
        let of = |id: &str| self.names.iter().find(|name| name.ids.iter().any(|own| own == id));
        ids_in_tags(heading).find_map(of).map(|name| (name, Fit::Near))
    }

    /// The section that a line which is no heading means. What may be an ordinary text has to be about as long as the name, and
    /// a label in bold to hold the whole name.
    fn meant(&self, line: &Loose) -> Option<&Name> {
        let holds = |name: &Name| name.sure.iter().any(|label| holds(label, &plain(&line.title), &line.title));
        let found = self.fit(&line.title, None).filter(|(name, fit)| match (fit, line.place) {
            (Fit::Same, _) | (_, Place::Heading) => true,
            (Fit::Near, Place::Label) => holds(name),
            (Fit::Near, Place::Text) => name.sure.iter().any(|label| is_about(label, &plain(&line.title))),
        });
        found.or_else(|| self.fits_all(&line.title)).map(|(name, _)| name)
    }

    /// The section that a title of several names means, all of which are its own: `บันทึกภายใน (Internal notes)`.
    fn fits_all(&self, title: &str) -> Option<(&Name, Fit)> {
        let mut parts =
            title.split(['(', ')', '/', '–', '—', ':']).filter(|part| part.chars().any(is_letter)).peekable();
        let first = self.fit(parts.peek()?, None)?;
        parts.all(|part| self.fit(part, None).is_some_and(|(_, fit)| fit == Fit::Same)).then_some(first)
    }
}

impl Name {
    fn of(section: &SectionDef) -> Name {
        Name {
            written: label_of(section),
            listed: false,
            foreign: false,
            ids: [&section.id].into_iter().chain(&section.was).cloned().collect(),
            plain: section.plain_names().to_vec(),
            sure: section.label.texts().chain(section.was.iter().map(String::as_str)).map(plain).collect(),
        }
    }

    fn fit(&self, title: &str, heading: Option<&Heading>, public: &[String]) -> Option<Fit> {
        let own = plain(title);
        let id = heading.map_or("", |h| h.id.as_str());
        let explicit = heading.is_some_and(|h| h.explicit);
        let by_anchor = self.ids.iter().any(|i| i == id) || self.plain.contains(&own);
        let by_id = self.ids.iter().any(|i| explicit && i == id || *i == title.trim());
        if by_id || self.sure.contains(&own) || self.listed && by_anchor {
            return Some(Fit::Same);
        }
        // `## Findings`, where the section is called otherwise and `findings` is its id.
        if by_anchor {
            return Some(Fit::Near);
        }
        if explicit && self.ids.iter().any(|i| plain(i) == plain(id)) {
            return Some(Fit::Near);
        }
        if public.contains(&own) {
            return None;
        }
        // A heading may be a sentence about what a label names, but no bold line, nor one that holds the section's id too.
        let words: BTreeSet<String> = title.split(' ').map(plain).filter(|word| self.plain.contains(word)).collect();
        let sentence = heading.is_some() && words.len() < 2;
        let near = |label: &String| is_near(label, &own, title) || !sentence && holds(label, &own, title);
        self.sure.iter().any(near).then_some(Fit::Near)
    }
}

/// Whether a heading is one beyond doubt: text behind `#` marks. What is underlined may be a text above a rule.
fn is_marked(body: &str, heading: &Heading) -> bool {
    let line = body[heading.offset..].trim_start_matches(' ');
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    marks == usize::from(heading.level)
        && line[marks..].starts_with([' ', '\t'])
        && heading.title.chars().any(char::is_alphanumeric)
}

/// The label of a section, as messages call it.
fn label_of(section: &SectionDef) -> String {
    section.label.texts().next().unwrap_or(&section.id).to_owned()
}

/// Whether a name of `internal_sections` means a section of the schema.
fn names(section: &SectionDef, name: &str) -> bool {
    let own = plain(name);
    section.id == *name
        || own.is_empty() && section.names().any(|n| plain(n).is_empty())
        || section.plain_names().contains(&own)
}

/// A title in two: its name, and the word in brackets behind it.
fn in_brackets(title: &str) -> Option<(&str, &str)> {
    let (name, word) = title.trim().strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
    Some((name.trim(), word))
}

/// Letters below which a label is too common a word to be looked for within headings.
const LONG: usize = 8;

/// Whether a heading is nearly a label: a few letters apart, the label with more words, or most of the label.
fn is_near(label: &str, heading: &str, title: &str) -> bool {
    let (label_length, length) = (label.chars().count(), heading.chars().count());
    let most = label_length >= 3 && length >= 3 && label.contains(heading) && length * 10 >= label_length * 6;
    most || holds(label, heading, title) && !is_of_words(label, heading, title)
}

/// Whether a heading is a sentence about what a label of one word names (`Findings by subject`, `Summary of findings`), where
/// the word does not say that it is not for everybody.
fn is_of_words(label: &str, heading: &str, title: &str) -> bool {
    const WORDS: usize = 3;
    let words: Vec<&str> = title.split(' ').filter(|word| word.chars().any(is_letter)).collect();
    let is_plain = title.chars().all(|c| is_letter(c) || c == ' ');
    let is_one = words.iter().any(|word| plain(word) == label) && label.is_ascii();
    let rest: String = words.iter().filter(|word| plain(word) != label).copied().collect();
    let held = is_stamp(label) || says_internal(label) || says_internal(title) || is_stamp(&plain(&rest));
    is_one && is_plain && words.len() >= WORDS && heading.len() > label.len() && !held
}

/// Whether a heading is a label but for a few letters, or holds it beside more words.
fn holds(label: &str, heading: &str, title: &str) -> bool {
    let (label_length, length) = (label.chars().count(), heading.chars().count());
    if label_length < 3 || length < 3 {
        return false;
    }
    let word = || title.split(|c: char| !is_letter(c)).any(|word| plain(word) == label);
    is_about(label, heading) || heading.contains(label) && (label_length >= LONG || word())
}

/// Whether a line is a label but for a few letters, or with a word behind it.
fn is_about(label: &str, line: &str) -> bool {
    let (label_length, length) = (label.chars().count(), line.chars().count());
    let edits = (label_length / 5).max(usize::from(label_length > 3));
    label_length >= 3
        && (label_length.abs_diff(length) <= edits
            && strsim::damerau_levenshtein(label, line) <= edits
            && !is_other(label, line)
            || line.starts_with(label) && label_length * 10 >= length * 6)
}

/// Whether two lines differ in one place by letters that have nothing in common: in another word, not by a slip of the pen
/// (`Internal notes`, `External notes`; `ภายใน`, `ภายนอก`).
fn is_other(one: &str, other: &str) -> bool {
    let (mut one, mut other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    for _ in 0..2 {
        let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
        one.truncate(one.len() - same);
        other.truncate(other.len() - same);
        one.reverse();
        other.reverse();
    }
    let most = one.len().max(other.len());
    one.len().min(other.len()) > 1 && strsim::generic_damerau_levenshtein(&one, &other) == most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_about_a_label_is_shown_as_a_heading_alone() {
        let names = |plain: &[&str]| Name {
            written: "Pupils".to_owned(),
            listed: false,
            foreign: false,
            ids: Vec::new(),
            plain: plain.iter().chain(plain).map(|name| (*name).to_owned()).collect(),
            sure: vec!["pupils".to_owned()],
        };
        let section = names(&["pupils", "names"]);
        let outline = crate::markdown::scan("## x");
        let fit = |title: &str, heading: bool| section.fit(title, outline.headings.first().filter(|_| heading), &[]);
        assert_eq!([fit("Work of our pupils", true), fit("Work of our pupils", false)], [None, Some(Fit::Near)]);
        assert_eq!([fit("Names of pupils", true), fit("Pupils staff only", true)], [Some(Fit::Near); 2]);
        assert_eq!([fit("Work of our school", true), fit("Work of our school", false)], [None; 2]);
    }

    #[test]
    fn slips_of_the_pen_are_near_and_other_words_are_not() {
        let near = |label: &str, title: &str| is_near(&plain(label), &plain(title), title);
        for (label, title) in [
            ("Internal notes", "Intrenal notes"),
            ("Internal notes", "Internal note"),
            ("Internal notes", "Internl notes"),
            ("Internal notes", "Internal notes of the team"),
            ("บันทึกภายใน", "บันทึกภายไน"),
            ("บันทึกภายใน", "บันทืกภายไน"),
            ("Findings", "Finding"),
            ("Findings", "Findings (more)"),
            ("Findings", "Findings 2"),
            ("Findings", "Our findings"),
            ("Findings", "Findings staff only"),
            ("Findings", "Findings for internal use"),
            ("Notes", "Notes for the team only"),
            ("ผู้ให้ข้อมูล", "รายชื่อผู้ให้ข้อมูลทั้งหมด"),
            ("Names of sources", "All names of sources we have"),
        ] {
            assert!(near(label, title), "{label}: {title}");
        }
        for (label, title) in [
            ("Internal notes", "External notes"),
            ("บันทึกภายในของทีม", "บันทึกภายนอกของทีม"),
            ("Findings by student", "Findings by subject"),
            ("Findings", "Findings by subject"),
            ("Findings", "Summary of findings"),
        ] {
            assert!(!near(label, title), "{label}: {title}");
        }
    }
}
