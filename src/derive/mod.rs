//! What follows from the public portal: references back, facets, order, related entries, completeness,
//! translations. [`Site`] is what every output is made from.

pub mod completeness;
pub mod display;
pub mod facets;
pub mod links;
pub mod order;
pub mod related;
pub mod via;

use crate::gate::Public;
use crate::model::index::Index;
use crate::model::{Entry, Lang};
use crate::thai::era::Date;
use rayon::prelude::*;

pub use completeness::Completeness;
pub use facets::{Facet, FacetValue};
pub use links::Backlink;

/// The public portal with everything derived from it. Vectors named "per entry" follow
/// [`Portal::entries`](crate::model::Portal::entries).
#[derive(Debug)]
pub struct Site {
    /// The public portal.
    pub public: Public,
    /// Look-up by id, file, address.
    pub index: Index,
    /// Per kind and language (Thai, English): entries in the kind's order.
    pub order: Vec<[Vec<usize>; 2]>,
    /// Per entry: who refers to it.
    pub backlinks: Vec<Vec<Backlink>>,
    /// Per kind and language: its facets with their values; only values that have entries.
    pub facets: Vec<[Vec<Facet>; 2]>,
    /// Per entry: the most similar entries of its kind, best first.
    pub related: Vec<Vec<usize>>,
    /// Per entry: how much of its record is filled in.
    pub completeness: Vec<Completeness>,
    /// Day of the content: `SOURCE_DATE_EPOCH`, else `date` of portal.toml, else the newest date in the content.
    pub date: Option<Date>,
}

/// Position of a language in the pairs of [`Site`].
pub fn lang_index(lang: Lang) -> usize {
    match lang {
        Lang::Th => 0,
        Lang::En => 1,
    }
}

impl Site {
    /// An entry by position.
    pub fn entry(&self, i: usize) -> &Entry {
        &self.public.entries[i]
    }

    /// The entry of the same id in another language, if it is translated.
    pub fn translation(&self, i: usize, lang: Lang) -> Option<usize> {
        let entry = self.entry(i);
        self.index.entries(&entry.id).iter().copied().find(|j| {
            let other = self.entry(*j);
            other.lang == lang && other.kind == entry.kind
        })
    }

    /// The entry of an id as readers of a language get it: the translation where there is one.
    pub fn find(&self, id: &str, lang: Lang) -> Option<usize> {
        self.index.entry(&self.public, id, lang)
    }
}

/// Derives everything. `epoch` is `SOURCE_DATE_EPOCH` in seconds.
pub fn derive(public: Public, epoch: Option<i64>) -> Site {
    let index = Index::new(&public);
    let order = order::order(&public);
    let backlinks = links::backlinks(&public, &index);
    let facets = facets::facets(&public, &order);
    let related = related::related(&public, &facets);
    let completeness = public
        .entries
        .par_iter()
        .map(|e| completeness::of(&public, e))
        .collect();
    let date = date(&public, epoch);
    Site {
        public,
        index,
        order,
        backlinks,
        facets,
        related,
        completeness,
        date,
    }
}

fn date(public: &Public, epoch: Option<i64>) -> Option<Date> {
    if let Some(seconds) = epoch {
        return Date::from_days(seconds.div_euclid(86_400));
    }
    if let Some(text) = &public.config.date {
        return Date::parse(text).ok();
    }
    public
        .entries
        .iter()
        .flat_map(|e| [e.updated, e.published])
        .flatten()
        .max()
}

impl Site {
    /// Findings about the figures that bodies ask for: query blocks and counts in prose.
    pub fn figures(&self) -> Vec<crate::diag::Diagnostic> {
        crate::figure::counts::check(self)
    }
}
