//! Pages with errors, held back like drafts so that the rest can be shown.

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::markdown::{self, Dest};
use crate::model::index::{Index, Target};
use crate::model::{Entry, EntryId, Portal, Value, Visibility};
use crate::visibility;
use std::collections::{BTreeMap, BTreeSet};

/// A page that is held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPage {
    /// Id in lower case.
    pub id: String,
    /// Address in the site, where it would stand.
    pub path: String,
    /// Its file.
    pub file: String,
    /// Whether it would be public without its errors.
    pub public: bool,
    /// Whether it says that it is a draft.
    pub draft: bool,
    /// Whether it could not be read, and nothing in it speaks of drafts or of what is internal.
    pub unread: bool,
    /// Ids, in lower case, of the entries that name it.
    pub named_by: BTreeSet<String>,
}

/// What is held back, and why.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// The pages.
    pub pages: Vec<HeldPage>,
    /// Files, or rows of tables, whose errors stop nothing; line 0: the whole file.
    places: BTreeSet<(String, usize)>,
    /// Errors that were found behind the gate at an earlier attempt.
    late: Vec<Diagnostic>,
}

impl Held {
    /// Whether a finding is about something that is held back.
    pub fn covers(&self, found: &Diagnostic) -> bool {
        let at = |line: usize| self.places.contains(&(found.file.clone(), line));
        at(0) || (found.line > 0 && at(found.line))
    }

    /// Errors found earlier, behind the gate.
    pub(super) fn late(&self) -> &[Diagnostic] {
        &self.late
    }

    /// Keeps errors that were found behind the gate, for another attempt; whether there are any that were not known.
    pub(super) fn learn(&mut self, found: &[Diagnostic]) -> bool {
        let new: Vec<Diagnostic> = found.iter().filter(|d| d.is_error() && !self.late.contains(d)).cloned().collect();
        let learnt = !new.is_empty();
        self.late.extend(new);
        learnt
    }

    /// The findings as a build tells them: what is held back is a warning, unless it guards people or secrets.
    pub fn told(&self, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let told = |d: &Diagnostic| match d.is_error() && self.covers(d) && !guards(d) {
            true => d.clone().severity(Severity::Warning),
            false => d.clone(),
        };
        found.iter().map(told).collect()
    }
}

/// Whether an error is about visibility or personal data: a build that meets one does not end well, even where the page
/// is held back.
pub(crate) fn guards(found: &Diagnostic) -> bool {
    use Code::{
        BadAllowance, BadVisibility, DoubtfulHeading, FileRefused, FrontMatterUnmarked, LearnerName, LineId,
        NationalId, PhoneNumber, PrivateEmail,
    };
    matches!(
        found.code,
        BadAllowance
            | BadVisibility
            | DoubtfulHeading
            | FileRefused
            | FrontMatterUnmarked
            | LearnerName
            | LineId
            | NationalId
            | PhoneNumber
            | PrivateEmail
    )
}

/// Makes every entry with an error internal.
pub(super) fn hold(portal: &mut Portal, found: &[Diagnostic], held: &mut Held) {
    held.pages.clear();
    held.places.clear();
    let errors: Vec<&Diagnostic> = found.iter().filter(|d| d.is_error()).collect();
    if errors.is_empty() {
        return;
    }
    let by_place = by_place(portal);
    let mut broken: BTreeSet<EntryId> = BTreeSet::new();
    let mut files: Vec<&Diagnostic> = Vec::new();
    for error in errors {
        let entries =
            [0, error.line].iter().find_map(|line| Some((*line, by_place.get(&(error.file.as_str(), *line))?)));
        match entries {
            Some((line, entries)) => {
                broken.extend(entries);
                held.places.insert((error.file.clone(), line));
            }
            // A page that could not even be read makes no entry; the row of a table that it may hide is held back with it.
            None if error.file.starts_with("content/") && error.file.ends_with(".md") => {
                held.places.insert((error.file.clone(), 0));
                broken.extend(of_name(portal, &error.file));
            }
            None => files.push(error),
        }
    }
    named_files(portal, &files, held, &mut broken);
    // A translation says what its original says.
    let originals: BTreeSet<String> =
        broken.iter().map(|i| &portal.entries[*i]).filter(|e| e.main).map(|e| e.id.to_lowercase()).collect();
    let all = portal.entries.iter_ids();
    broken.extend(all.filter(|(_, e)| originals.contains(&e.id.to_lowercase())).map(|(i, _)| i));
    held.pages = pages(portal, &broken);
    for i in broken {
        let entry = &mut portal.entries[i];
        entry.visibility = Visibility::Internal;
        // As a draft: nothing that the schema releases of internal entries counts it.
        entry.draft = true;
    }
}

/// The entries that a file may be about: those whose id is its name, with or without a language.
fn of_name<'p>(portal: &'p Portal, file: &str) -> impl Iterator<Item = EntryId> + use<'p> {
    let name = file.rsplit('/').next().unwrap_or(file).to_lowercase();
    let stem = name.strip_suffix(".md").unwrap_or(&name).to_owned();
    let short = stem.split('.').next().unwrap_or(&stem).to_owned();
    portal.entries.iter_ids().filter_map(move |(i, entry)| {
        let id = entry.id.to_lowercase();
        let last = id.rsplit('/').next().unwrap_or(&id);
        (last == stem || last == short).then_some(i)
    })
}

/// Entries by file, and by file and line where they are rows of a table.
fn by_place(portal: &Portal) -> BTreeMap<(&str, usize), Vec<EntryId>> {
    let mut found: BTreeMap<(&str, usize), Vec<EntryId>> = BTreeMap::new();
    for (i, entry) in portal.entries.iter_ids() {
        let mut add = |source: crate::model::SourceId, at: u32| {
            let source = &portal.sources[source.0 as usize];
            let line = if source.path.ends_with(".md") { 0 } else { source.line_col(at as usize).0 };
            let entries = found.entry((source.path.as_str(), line)).or_default();
            if entries.last() != Some(&i) {
                entries.push(i);
            }
        };
        add(entry.source, entry.span.start);
        for value in entry.fields.iter().flatten().filter(|v| v.source != entry.source) {
            add(value.source, value.span.start);
        }
    }
    found
}

/// Holds back the pages that name a file with an error: a file that nobody names is not published.
fn named_files(portal: &Portal, errors: &[&Diagnostic], held: &mut Held, broken: &mut BTreeSet<EntryId>) {
    let media = |d: &&Diagnostic| {
        let path = d.file.strip_prefix("content/")?;
        portal.media.iter().any(|m| m.path == path).then(|| path.to_string())
    };
    let wanted: BTreeSet<String> = errors.iter().filter_map(media).collect();
    if wanted.is_empty() {
        return;
    }
    let index = Index::new(portal);
    for (i, entry) in portal.entries.iter_ids() {
        if visibility::files_of(portal, &index, entry).iter().any(|path| wanted.contains(path)) {
            broken.insert(i);
            held.places.insert((portal.sources[entry.source.0 as usize].path.clone(), 0));
        }
    }
    held.places.extend(wanted.into_iter().map(|path| (format!("content/{path}"), 0)));
}

fn pages(portal: &Portal, broken: &BTreeSet<EntryId>) -> Vec<HeldPage> {
    let index = Index::new(portal);
    let mut named_by: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in &portal.entries {
        for id in names(portal, &index, entry) {
            named_by.entry(id).or_default().insert(entry.id.to_lowercase());
        }
    }
    let page = |i: &EntryId| {
        let entry = &portal.entries[*i];
        let id = entry.id.to_lowercase();
        let source = &portal.sources[entry.source.0 as usize];
        let file = source.path.clone();
        let public = visibility::is_public(entry, visibility::Options { drafts: true });
        let speaks = |word: &&str| source.text.contains(*word);
        let of_kind = portal.schema.kinds[entry.kind].visibility;
        let unread = entry.keys.is_empty()
            && of_kind == Visibility::Public
            && !["visibility", "draft", "internal", "ภายใน", "ร่าง"].iter().any(speaks);
        HeldPage {
            public,
            draft: entry.draft,
            unread,
            named_by: named_by.remove(&id).unwrap_or_default(),
            id,
            path: entry.path(),
            file,
        }
    };
    let mut page = page;
    broken.iter().map(&mut page).collect()
}

/// Ids, in lower case, of the entries that an entry refers or links to.
fn names(portal: &Portal, index: &Index, entry: &Entry) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut values: Vec<&Value> = entry.fields.iter().flatten().map(|l| &l.value).collect();
    while let Some(value) = values.pop() {
        match value {
            Value::Ref(id) => drop(found.insert(id.to_lowercase())),
            Value::List(items) => values.extend(items.iter().map(|i| &i.value)),
            Value::Table(rows) => values.extend(rows.iter().flat_map(|r| r.cells.iter().flatten()).map(|c| &c.value)),
            _ => {}
        }
    }
    for link in &portal.analysis(entry).outline.links {
        match markdown::classify(&link.dest) {
            Dest::Id(id) => drop(found.insert(id.to_lowercase())),
            Dest::Relative(path) => {
                if let Target::Entry(i, _) = index.resolve(portal, entry, &path) {
                    found.insert(portal.entries[i].id.to_lowercase());
                }
            }
            _ => {}
        }
    }
    found
}
