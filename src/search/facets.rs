//! Facets of the search: fields that say the same sort of thing under one id, over all kinds.

use super::Facet;
use crate::model::{FieldDef, FieldType, KindDef, KindId, Lang, Schema, Visibility};
use crate::site::Site;
use indexmap::IndexMap;
use std::collections::HashSet;

/// What the values of a field are: terms of a vocabulary, pages, or values that speak for themselves.
fn sort(field: &FieldDef) -> &str {
    match field.ty {
        FieldType::Term => field.vocabulary.as_deref().unwrap_or_default(),
        FieldType::Ref => "ref",
        _ => "value",
    }
}

/// The facet that a field belongs to. Two kinds may call what differs by one id, such as a topic and the page that a page
/// is about: those are two facets, and the one of terms has the plain id.
pub(super) fn id(schema: &Schema, field: &FieldDef) -> String {
    let same = |f: &&FieldDef| f.facet && f.id == field.id && f.visibility == Visibility::Public;
    let first = schema.kinds.iter().flat_map(|k| &k.fields).filter(same).min_by_key(|f| f.ty != FieldType::Term);
    match first.is_none_or(|first| sort(first) == sort(field)) {
        true => field.id.clone(),
        false => format!("{}-{}", field.id, sort(field)),
    }
}

/// All facets of the kinds, in the order of the kinds: that of kinds first.
pub(super) fn all(site: &Site, kinds: &[(KindId, &KindDef)], lang: Lang) -> Vec<Facet> {
    let schema = &site.public.schema;
    let wanted = &site.public.config.search.facets;
    let label = match lang {
        Lang::TH => "ชนิด",
        _ => "Kind",
    };
    let terms = kinds.iter().map(|(_, kind)| (kind.id.clone(), kind.plural().get(lang).to_string())).collect();
    let mut facets: IndexMap<String, Facet> = IndexMap::new();
    let mut seen: HashSet<(String, &str)> = HashSet::new();
    facets.insert("kind".into(), Facet { field: "kind".into(), label: label.into(), terms });
    for (k, kind) in kinds {
        for facet in &site.facets[*k][lang] {
            let field = &kind.fields[facet.field];
            let id = id(schema, field);
            let merged = facets.entry(id.clone()).or_insert_with(|| Facet {
                field: id.clone(),
                label: field.label.get(lang).to_string(),
                terms: Vec::new(),
            });
            for value in &facet.values {
                if seen.insert((id.clone(), value.key.as_str())) {
                    merged.terms.push((value.key.clone(), value.label.get(lang).to_string()));
                }
            }
        }
    }
    if !wanted.is_empty() {
        let place = |id: &str| wanted.iter().position(|w| named(id, w));
        facets.retain(|id, _| id == "kind" || place(id).is_some());
        facets.sort_by_key(|id, _| place(id).map_or(0, |p| p + 1));
    }
    facets.into_values().collect()
}

/// Whether a facet is of fields with an id.
fn named(facet: &str, field: &str) -> bool {
    facet.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The facet of fields with an id that holds a term; the id itself where none does.
pub(crate) fn of_term(facets: &[Facet], field: &str, term: &str) -> String {
    let holds = |f: &&Facet| named(&f.field, field) && f.terms.iter().any(|(id, _)| id == term);
    let own = facets.iter().filter(holds).min_by_key(|f| f.field != field);
    own.map_or_else(|| field.to_owned(), |f| f.field.clone())
}
