//! Fields that readers browse by over all kinds.

use indexmap::IndexMap;

use crate::model::{FieldType, KindId, Label, Lang};
use crate::site::Site;

/// A field that several kinds may share, with its terms.
#[derive(Debug, Clone)]
pub(crate) struct BrowseField {
    /// Field id, also the folder under `browse/`.
    pub field: String,
    /// Name.
    pub label: Label,
    /// What it classifies.
    pub description: Label,
    /// Vocabulary id; empty for years.
    pub vocabulary: String,
    /// Terms that have entries, in order, by the last part of the address.
    pub terms: IndexMap<String, BrowseTerm>,
}

/// A term with the places where entries have it.
#[derive(Debug, Clone)]
pub(crate) struct BrowseTerm {
    /// Last part of the address.
    pub slug: String,
    /// Key of the value.
    pub key: String,
    /// Name.
    pub label: Label,
    /// What it means.
    pub description: Label,
    /// Kind, facet and value positions in [`Site::facets`] of the language.
    pub groups: Vec<(KindId, usize, usize)>,
    /// Entries of all kinds.
    pub count: usize,
    /// Samples among them.
    pub samples: usize,
}

/// Fields with terms over all kinds, from the entries of a language.
#[must_use]
pub(crate) fn browse(site: &Site, lang: Lang) -> Vec<BrowseField> {
    let mut fields: IndexMap<String, BrowseField> = IndexMap::new();
    for (k, kind) in site.public.schema.kinds.iter_ids() {
        for (f, facet) in site.facets[k][lang].iter().enumerate() {
            let field = &kind.fields[facet.field];
            if field.ty != FieldType::Term && field.ty.year_kind().is_none() {
                continue;
            }
            let vocabulary = site.public.schema.vocabulary_of(field);
            let shared = fields.entry(field.id.clone()).or_insert_with(|| BrowseField {
                field: field.id.clone(),
                label: field.label.clone(),
                description: vocabulary.map(|v| v.description.clone()).unwrap_or_default(),
                vocabulary: field.vocabulary.clone().unwrap_or_default(),
                terms: IndexMap::new(),
            });
            // Kinds that call the field by different names share the name of its vocabulary.
            if let Some(vocabulary) = vocabulary.filter(|_| shared.label != field.label) {
                shared.label = vocabulary.label.clone();
            }
            for (v, value) in facet.values.iter().enumerate() {
                let place = (k, f, v);
                let samples = site.samples_of(&value.entries);
                match shared.terms.get_mut(&value.slug) {
                    Some(term) => {
                        term.groups.push(place);
                        term.count += value.entries.len();
                        term.samples += samples;
                    }
                    None => {
                        let term = BrowseTerm {
                            slug: value.slug.clone(),
                            key: value.key.clone(),
                            label: value.label.clone(),
                            description: value.description.clone(),
                            groups: vec![place],
                            count: value.entries.len(),
                            samples,
                        };
                        shared.terms.insert(value.slug.clone(), term);
                    }
                }
            }
        }
    }
    for field in fields.values_mut() {
        match site.public.schema.vocabularies.get(&field.vocabulary) {
            Some(vocabulary) => field.terms.sort_by_cached_key(|_, t| vocabulary.position(&t.key)),
            None => field.terms.sort_by(|_, a, _, b| b.key.cmp(&a.key)),
        }
    }
    let mut fields: Vec<BrowseField> = fields.into_values().collect();
    tell_apart(site, &mut fields);
    // What parts most of the portal comes first.
    let kinds = |field: &BrowseField| {
        let mut kinds: Vec<KindId> = field.terms.values().flat_map(|t| t.groups.iter().map(|g| g.0)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len()
    };
    fields.sort_by_cached_key(|f| (std::cmp::Reverse(kinds(f)), f.field.clone()));
    fields
}

/// Fields of one name that belong to one kind each are told apart by their kinds.
fn tell_apart(site: &Site, fields: &mut [BrowseField]) {
    let names: Vec<Label> = fields.iter().map(|f| f.label.clone()).collect();
    for (at, field) in fields.iter_mut().enumerate() {
        let Some(first) = field.terms.first().and_then(|(_, t)| t.groups.first()).map(|g| g.0) else {
            continue;
        };
        if !field.terms.values().all(|t| t.groups.iter().all(|g| g.0 == first)) {
            continue;
        }
        // Two names may be one in a language and differ in another.
        let kind = &site.public.schema.kinds[first].label;
        let name = |lang: Lang| {
            let own = field.label.get(lang);
            let repeated = names.iter().enumerate().any(|(other, name)| other != at && name.get(lang) == own);
            if repeated { format!("{own} ({})", kind.get(lang)) } else { own.to_owned() }
        };
        field.label = Label::in_each(&site.public.config.languages(), name);
    }
}
