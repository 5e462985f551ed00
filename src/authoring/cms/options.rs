//! Lists of choices, each written once.

use crate::model::{Lang, Portal};
use crate::visibility::{Options, is_public};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Lists of options that are once in the file and are referred to afterwards.
pub(super) struct Shared<'a> {
    portal: &'a Portal,
    used: BTreeSet<String>,
}

impl<'a> Shared<'a> {
    /// No list yet.
    pub(super) fn new(portal: &'a Portal) -> Shared<'a> {
        Shared { portal, used: BTreeSet::new() }
    }

    /// The portal of the lists.
    pub(super) fn portal(&self) -> &'a Portal {
        self.portal
    }

    /// The language of labels, hints and messages: the portal's main one.
    pub(super) fn lang(&self) -> Lang {
        self.portal.config.main()
    }

    /// The text in the language of the form; English where it is neither.
    pub(super) fn say(&self, th: &'static str, en: &'static str) -> &'static str {
        if self.lang() == Lang::TH { th } else { en }
    }

    fn list(&mut self, name: String, make: impl Fn(&Portal) -> Vec<Value>) -> Value {
        if self.used.insert(name.clone()) {
            json!({ "&": name, "list": make(self.portal) })
        } else {
            json!({ "*": name })
        }
    }

    /// The terms of a vocabulary.
    pub(super) fn terms(&mut self, id: &str) -> Value {
        self.list(format!("terms-{id}"), |portal| {
            let vocabulary = portal.schema.vocabularies.get(id);
            vocabulary.map_or_else(Vec::new, |v| {
                // A retired term stays: a form that lacks it would drop it from old entries.
                let kept = v.terms.iter().filter(|t| t.replaced_by.is_none());
                kept.map(|t| json!({ "label": t.label.get(portal.config.main()), "value": t.id })).collect()
            })
        })
    }

    /// Public entries of the kinds; they may come from tables, where the editor could not find them. The set-up may stand
    /// on a web host: it names nothing internal.
    pub(super) fn entries(&mut self, kinds: &[String]) -> Value {
        self.list(format!("entries-{}", kinds.join("-")), |portal| {
            portal
                .entries
                .iter()
                .filter(|e| is_public(e, Options::default()))
                .filter(|e| e.main && kinds.contains(&portal.schema.kinds[e.kind].id))
                .map(|e| json!({ "label": format!("{} · {}", e.title, e.id), "value": &*e.id }))
                .collect()
        })
    }

    /// Whether entries of the kind come from tables.
    pub(super) fn tabled(&self, kind: &str) -> bool {
        let portal = self.portal;
        portal.entries.iter().any(|e| {
            portal.schema.kinds[e.kind].id == kind && !portal.sources[e.source.0 as usize].path.ends_with(".md")
        })
    }
}
