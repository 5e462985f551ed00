//! What follows from the public portal: references back, facets, order, related entries, completeness,
//! translations. [`Site`] is what every output is made from.

pub(crate) mod completeness;
pub(crate) mod display;
pub(crate) mod facets;
pub(crate) mod links;
pub(crate) mod order;
pub(crate) mod related;
pub(crate) mod tree;

use crate::model::index::{Index, Target};
use crate::model::{ByEntry, ByKind, ByLang, Entry, EntryId, FieldDef, KindId, Label, Lang};
use crate::text::era::Date;
use crate::visibility::Public;
use rayon::prelude::*;
use std::collections::BTreeSet;

pub(crate) use completeness::Completeness;
pub(crate) use facets::Facet;
pub(crate) use links::Backlink;
pub(crate) use tree::Tree;

/// The public portal with everything derived from it. Vectors named "per entry" follow
/// [`Portal::entries`](crate::model::Portal::entries).
#[derive(Debug)]
pub struct Site {
    /// The public portal.
    pub public: Public,
    /// Look-up by id, file, address.
    index: Index,
    /// Per kind and language: entries in the kind's order.
    pub order: ByKind<ByLang<Vec<EntryId>>>,
    /// Per entry: who refers to it.
    pub backlinks: ByEntry<Vec<Backlink>>,
    /// Per kind and language: its facets with their values; only values that have entries.
    pub facets: ByKind<ByLang<Vec<Facet>>>,
    /// Per language: its plain pages as a tree.
    pub trees: ByLang<Tree>,
    /// Per entry: the facet values it has, as positions of facet and value of its kind and language.
    pub members: ByEntry<Vec<(u32, u32)>>,
    /// Per entry: the most similar entries of its kind, best first.
    pub related: ByEntry<Vec<EntryId>>,
    /// Per entry: how much of its record is filled in.
    pub completeness: ByEntry<Completeness>,
    /// Per kind and language: how many entries are samples.
    pub samples: ByKind<ByLang<usize>>,
    /// Day of the content: `SOURCE_DATE_EPOCH`, else `date` of portal.toml, else the newest `published` or `updated`.
    pub date: Option<Date>,
}

impl Site {
    /// The title that the page of an entry shows: that of the portal on its first page, that of the kind above its list.
    pub fn shown_title<'a>(&'a self, entry: &'a Entry, lang: Lang) -> &'a str {
        let list = entry.address.strip_suffix("/index.html");
        let kind = || self.public.schema.kinds.iter().find(|kind| !kind.plain && Some(kind.folder.as_str()) == list);
        match kind() {
            _ if entry.address == "index.html" => self.public.config.title.get(lang),
            Some(kind) => kind.plural().get(lang),
            None => &entry.title,
        }
    }

    /// The main language: that of the originals, of which there are all.
    pub fn main(&self) -> Lang {
        self.public.config.main()
    }

    /// An entry by its id.
    pub fn entry(&self, i: EntryId) -> &Entry {
        &self.public.entries[i]
    }

    /// What a value of a field is called.
    pub(crate) fn facet_label(&self, field: &FieldDef, key: &str) -> Label {
        facets::label(&self.public, &self.index, field, key)
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.public.entries.len()
    }

    /// Whether nothing is public.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The Markdown of an entry's body.
    pub fn body(&self, i: EntryId) -> &str {
        self.public.body(&self.public.entries[i])
    }

    /// The file that an entry is written in, relative to the portal's folder.
    pub fn source_path(&self, i: EntryId) -> &str {
        &self.public.sources[self.entry(i).source.0 as usize].path
    }

    /// Number of entries of a kind in a language.
    pub fn count(&self, kind: KindId, lang: Lang) -> usize {
        self.order[kind][lang].len()
    }

    /// How many of these entries are samples.
    pub fn samples_of(&self, entries: &[EntryId]) -> usize {
        entries.iter().filter(|i| self.entry(**i).illustrative).count()
    }

    /// Every entry of an id: its translations.
    pub fn of_id(&self, id: &str) -> &[EntryId] {
        self.index.entries(id)
    }

    /// The entry whose page has this address in the site.
    pub fn at_path(&self, path: &str) -> Option<EntryId> {
        self.index.at_path(path)
    }

    /// Where a relative link on an entry's page leads.
    pub fn resolve(&self, i: EntryId, written: &str) -> Target {
        match self.index.resolve(&self.public, self.entry(i), written) {
            Target::Page(page, _) if self.is_empty_list(&page) => Target::Missing,
            target => target,
        }
    }

    /// Whether a page is the list of a kind that has no public entry: it is not made.
    fn is_empty_list(&self, page: &str) -> bool {
        let folder = page.strip_suffix("/index.html");
        let kind = self.public.schema.kinds.position(|kind| Some(kind.folder.as_str()) == folder);
        kind.is_some_and(|k| self.order[k].iter().all(Vec::is_empty))
    }

    /// The content path of a media file named on an entry's page.
    pub fn media_path(&self, i: EntryId, written: &str) -> Option<String> {
        self.index.media_path(&self.public, self.entry(i), written)
    }

    /// The content path of a file named in a field of an entry.
    pub fn field_file(&self, i: EntryId, name: &str) -> Option<String> {
        self.index.field_file(&self.public, self.entry(i), name)
    }

    /// Whether a file of the content folder is published.
    pub fn has_media(&self, path: &str) -> bool {
        self.index.has_media(path)
    }

    /// The title of an entry in a language: that of its translation, else the one that it gives itself.
    pub fn title(&self, i: EntryId, lang: Lang) -> &str {
        self.translation(i, lang).map_or_else(|| self.entry(i).title_in(lang), |other| &self.entry(other).title)
    }

    /// An entry as a language tells it: its translation, else itself.
    pub(crate) fn told(&self, i: EntryId, lang: Lang) -> &Entry {
        self.entry(self.translation(i, lang).unwrap_or(i))
    }

    /// The entry of the same id in another language, if it is translated.
    pub fn translation(&self, i: EntryId, lang: Lang) -> Option<EntryId> {
        let entry = self.entry(i);
        self.of_id(&entry.id).iter().copied().find(|j| {
            let other = self.entry(*j);
            other.lang == lang && other.kind == entry.kind
        })
    }

    /// Words that no line end splits, on screens and on paper: those of the schema, and titles of the kinds whose titles are
    /// names.
    pub fn whole_words(&self) -> BTreeSet<&str> {
        let schema = &self.public.schema;
        let named = self.public.entries.iter().filter(|e| schema.kinds[e.kind].protect_titles);
        let own = schema.protected.iter().map(String::as_str);
        own.chain(named.flat_map(|e| whole_names(&e.title))).collect()
    }

    /// The entry of an id as readers of a language get it: the translation where there is one.
    pub fn find(&self, id: &str, lang: Lang) -> Option<EntryId> {
        self.index.entry(&self.public, id, lang)
    }
}

/// What no line end splits of a name: all of it, or where it is long the parts between its spaces.
fn whole_names(title: &str) -> Vec<&str> {
    let short = |name: &str| (1..=40).contains(&name.chars().count());
    if short(title) {
        return vec![title];
    }
    let parts = title.split(' ').map(|part| part.trim_matches(['(', ')']));
    parts.filter(|part| short(part) && part.chars().count() > 7).collect()
}

/// Derives everything. `epoch` is `SOURCE_DATE_EPOCH` in seconds.
pub fn derive(public: Public, epoch: Option<i64>) -> Site {
    let index = Index::new(&public);
    let order = order::order(&public);
    let backlinks = links::backlinks(&public, &index);
    let facets = facets::facets(&public, &index, &order);
    let related = related::related(&public, &facets, &backlinks);
    let members = facets::members(&public, &facets);
    let completeness = public.entries.par_iter().map(|e| completeness::of(&public, e)).collect();
    let trees = ByLang::new(&public.config.languages(), |lang| tree::tree(&public, &index, lang));
    let date = date(&public, epoch);
    let made_up = |all: &Vec<EntryId>| all.iter().filter(|i| public.entries[**i].illustrative).count();
    let languages = public.config.languages();
    let samples = order.iter().map(|by| ByLang::new(&languages, |lang| made_up(&by[lang]))).collect();
    Site { samples, index, order, trees, backlinks, facets, members, related, completeness, date, public }
}

fn date(public: &Public, epoch: Option<i64>) -> Option<Date> {
    if let Some(seconds) = epoch {
        return Date::from_days(seconds.div_euclid(86_400));
    }
    if let Some(text) = &public.config.date {
        return Date::parse(text).ok();
    }
    public.entries.iter().flat_map(|e| [e.updated, e.published]).flatten().max()
}

#[cfg(test)]
mod tests {
    use super::whole_names;

    #[test]
    fn the_words_of_a_long_name_stay_whole() {
        assert_eq!(whole_names("โรงเรียนบ้านหนองแวง"), ["โรงเรียนบ้านหนองแวง"]);
        let long = "โรงเรียนอนุบาลลำปาง (เขลางค์รัตน์อนุสรณ์) ป.2";
        assert_eq!(whole_names(long), ["โรงเรียนอนุบาลลำปาง", "เขลางค์รัตน์อนุสรณ์"]);
    }
}
