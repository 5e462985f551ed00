//! The public gate: the one place that decides what is published.
//!
//! [`open`] takes the loaded portal and gives a [`Public`] one, from which internal entries, drafts, internal
//! fields, columns and sections, references to any of them, and files that no public page names are gone.
//! Everything after it (site, pages, search, handouts, data files, bundles) takes a [`Public`], and nothing
//! else can make one. What is looked up or counted is so behind the gate: a value is as public as the strictest of its
//! file, entry, field, column and section, of its original where it is translated, and of every entry that it was
//! looked up through.

mod aggregates;
mod bodies;
mod derived;
pub(crate) mod groups;
mod loose;
pub(crate) mod media;
mod options;
mod pairs;
pub(crate) mod sections;
mod shares;
mod told_by;
mod via;

pub(crate) use aggregates::{Aggregate, Samples};
pub(crate) use bodies::{cut_ranges, unnamed_sections};
pub(crate) use media::{files_of, keeps_metadata};
pub use options::{Options, is_public};
pub(crate) use shares::Share;

use crate::model::entry::Visibility;
use crate::model::index::Index;
use crate::model::schema::ShareDef;
use crate::model::{Entry, FieldDef, Lang, Located, Portal, Value};
use sections::Internal;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Deref;

/// A portal that holds public things only.
#[derive(Debug)]
pub struct Public {
    portal: Portal,
    aggregates: Vec<Aggregate>,
    shares: Vec<Share>,
    hidden: HashSet<String>,
}

impl Deref for Public {
    type Target = Portal;

    fn deref(&self) -> &Portal {
        &self.portal
    }
}

impl Public {
    /// Released counts of internal entries.
    pub fn aggregates(&self) -> &[Aggregate] {
        &self.aggregates
    }

    /// Released shares, internal entries counted.
    pub fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// Whether an entry of this id was cut. For messages to writers alone: a page may name it, and nothing is told of it.
    pub(crate) fn hides(&self, id: &str) -> bool {
        self.hidden.contains(&id.to_lowercase())
    }
}

/// Cuts everything that is not public.
pub fn open(portal: Portal, options: Options) -> Public {
    open_part(portal, options, None)
}

/// As [`open`], and of the public entries only those of a part, by their ids in lower case. What the schema releases of
/// internal entries is that of the whole: a part that counted the other public entries as internal would tell of these few.
pub(crate) fn open_part(mut portal: Portal, options: Options, part: Option<&BTreeSet<String>>) -> Public {
    let originals: HashMap<&str, &Entry> =
        portal.entries.iter().filter(|e| e.main && e.body.is_some()).map(|e| (&*e.id, e)).collect();
    let names_its_sections = |e: &Entry| bodies::names_its_sections(&portal, e, originals.get(&*e.id).copied());
    let shown = |e: &Entry| is_public(e, options) && names_its_sections(e) && !bodies::hides(&portal, e);
    let mut keep: Vec<bool> = portal.entries.iter().map(shown).collect();
    hide_rows(&portal, &mut keep);
    let (aggregates, shares) = shares::counted(&mut portal, &keep);
    if let Some(part) = part {
        portal.entries.iter().zip(&mut keep).for_each(|(e, keep)| *keep &= part.contains(&e.id.to_lowercase()));
        hide_rows(&portal, &mut keep);
    }
    let mut hidden = ids(&portal, &keep, false);
    if !hidden.is_empty() {
        // An id with a public translation is public.
        let shown = ids(&portal, &keep, true);
        hidden.retain(|id| !shown.contains(id));
    }
    let mut at = 0;
    portal.entries.retain(|_| {
        at += 1;
        keep[at - 1]
    });
    let kinds = portal.schema.kinds.clone();
    let internal: Vec<Internal> = portal.entries.iter().map(|e| Internal::of(&portal, e)).collect();
    for (entry, internal) in portal.entries.iter_mut().zip(&internal) {
        for (field, slot) in kinds[entry.kind].fields.iter().zip(&mut entry.fields) {
            *slot = slot.take().and_then(|located| public_value(field, located, &hidden, internal));
        }
    }
    via::fill(&mut portal);
    told_by::fill(&mut portal);
    bodies::cut(&mut portal);
    forget_sources(&mut portal);
    forget_vocabularies(&mut portal);
    let named = media::named(&portal, &Index::new(&portal));
    portal.media.retain(|m| named.contains(&m.path));
    Public { portal, aggregates, shares, hidden }
}

/// A row of a table is hidden with the entry that it stands in, for whatever reason that is.
fn hide_rows(portal: &Portal, keep: &mut [bool]) {
    let of = |e: &Entry| (e.row_of.is_none()).then(|| (e.id.to_lowercase(), e.lang));
    let hidden: HashSet<(String, Lang)> =
        portal.entries.iter().zip(&*keep).filter(|(_, keep)| !**keep).filter_map(|(e, _)| of(e)).collect();
    for (entry, keep) in portal.entries.iter().zip(keep) {
        *keep &= entry.row_of.as_ref().is_none_or(|id| !hidden.contains(&(id.to_lowercase(), entry.lang)));
    }
}

fn ids(portal: &Portal, keep: &[bool], kept: bool) -> HashSet<String> {
    let entries = portal.entries.iter().zip(keep).filter(|(_, k)| **k == kept);
    entries.map(|(e, _)| e.id.to_lowercase()).collect()
}

fn public_value(field: &FieldDef, located: Located, hidden: &HashSet<String>, internal: &Internal) -> Option<Located> {
    if field.visibility == Visibility::Internal {
        return None;
    }
    let shown = |value: &Value| !matches!(value, Value::Ref(id) if hidden.contains(&id.to_lowercase()));
    let value = match located.value {
        Value::List(mut items) => {
            items.retain(|i| shown(&i.value));
            for item in &mut items {
                if let Value::Markdown(text) = &mut item.value
                    && let Some(visible) = bodies::public_text(internal, text)
                {
                    *text = visible;
                }
            }
            Value::List(items)
        }
        Value::Table(mut rows) => {
            for row in &mut rows {
                for (column, cell) in field.columns.iter().zip(&mut row.cells) {
                    *cell = cell.take().and_then(|c| public_value(column, c, hidden, internal));
                }
            }
            rows.retain(|r| r.cells.iter().any(Option::is_some));
            Value::Table(rows)
        }
        Value::Markdown(text) => Value::Markdown(bodies::public_text(internal, &text).unwrap_or(text)),
        value if shown(&value) => value,
        _ => return None,
    };
    Some(Located { value, ..located })
}

/// Vocabularies that only internal kinds, fields and columns use are internal as well, but for what is released in counts.
fn forget_vocabularies(portal: &mut Portal) {
    let mut used: HashSet<String> = HashSet::new();
    for kind in &portal.schema.kinds {
        let released = |field: &FieldDef| {
            let by = |share: &ShareDef| share.field == field.id || share.by.contains(&field.id);
            kind.aggregates.contains(&field.id) || kind.shares.iter().any(by)
        };
        let shown = kind.visibility == Visibility::Public;
        for field in kind.fields.iter().filter(|f| shown && f.visibility == Visibility::Public || released(f)) {
            let columns = field.columns.iter().filter(|c| c.visibility == Visibility::Public);
            used.extend([field].into_iter().chain(columns).filter_map(|f| f.vocabulary.clone()));
        }
    }
    portal.schema.vocabularies.retain(|id, _| used.contains(id));
}

/// Source texts that no public body needs are emptied, so that nothing after the gate can reach them.
fn forget_sources(portal: &mut Portal) {
    let used: HashSet<u32> = portal.entries.iter().filter_map(|e| e.body.map(|b| b.source.0)).collect();
    for (i, source) in portal.sources.iter_mut().enumerate() {
        if !used.contains(&(i as u32)) {
            source.text = "".into();
            source.analysis = None;
        }
    }
}
