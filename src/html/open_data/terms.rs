//! The vocabularies as SKOS (<https://www.w3.org/TR/skos-reference/>), in JSON-LD.

use super::tables::vocabularies;
use crate::html::context::absolute;
use crate::model::Label;
use crate::model::schema::{Term, Vocabulary};
use crate::site::Site;
use serde_json::{Value, json};

/// Address in the site.
pub(super) const PATH: &str = "data/vocabularies.jsonld";

/// Every vocabulary of the tables as a concept scheme, every term as a concept.
pub(super) fn terms(site: &Site) -> Value {
    let all = vocabularies(site);
    let graph: Vec<Value> =
        all.iter().flat_map(|v| std::iter::once(scheme(site, v)).chain(concepts(site, v))).collect();
    json!({
        "@context": {
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "dct": "http://purl.org/dc/terms/",
            "owl": "http://www.w3.org/2002/07/owl#",
            "schema": "https://schema.org/",
        },
        "@graph": graph,
    })
}

/// Name of a scheme or a concept: an address in this file.
fn name(site: &Site, vocabulary: &Vocabulary, term: Option<&str>) -> Value {
    let file = absolute(&site.public.config.base_url, PATH);
    let part = term.map_or(String::new(), |term| format!("/{term}"));
    json!({ "@id": format!("{file}#{}{part}", vocabulary.id) })
}

/// A label in every language that has one.
pub(super) fn texts(site: &Site, label: &Label) -> Value {
    let languages = site.public.config.languages();
    let mut out: Vec<Value> = Vec::new();
    for lang in languages {
        let text = label.get(lang);
        // A language without a text of its own shows that of another.
        if !text.is_empty() && out.iter().all(|other| other["@value"] != text) {
            out.push(json!({ "@value": text, "@language": lang.code() }));
        }
    }
    out.into()
}

fn scheme(site: &Site, vocabulary: &Vocabulary) -> Value {
    let mut out = name(site, vocabulary, None);
    out["@type"] = json!("skos:ConceptScheme");
    out["dct:title"] = texts(site, &vocabulary.label);
    put(&mut out, "dct:description", texts(site, &vocabulary.description));
    put(&mut out, "dct:source", json!(vocabulary.source));
    let url = &site.public.config.licence_url;
    put(&mut out, "dct:license", if url.is_empty() { json!("") } else { json!({ "@id": url }) });
    let top = vocabulary.terms.iter().filter(|term| term.parent.is_none());
    put(&mut out, "skos:hasTopConcept", top.map(|term| name(site, vocabulary, Some(&term.id))).collect());
    out
}

fn concepts(site: &Site, vocabulary: &Vocabulary) -> impl Iterator<Item = Value> {
    vocabulary.terms.iter().map(move |term| concept(site, vocabulary, term))
}

fn concept(site: &Site, vocabulary: &Vocabulary, term: &Term) -> Value {
    let mut out = name(site, vocabulary, Some(&term.id));
    out["@type"] = json!("skos:Concept");
    out["skos:inScheme"] = name(site, vocabulary, None);
    out["skos:notation"] = json!(term.id);
    out["skos:prefLabel"] = texts(site, &term.label);
    let main = site.main().code();
    let mut other: Vec<Value> = term.synonyms.iter().map(|s| json!({ "@value": s, "@language": main })).collect();
    // A word may be the preferred one or another one, not both.
    other.retain(|word| !out["skos:prefLabel"].as_array().is_some_and(|all| all.contains(word)));
    put(&mut out, "skos:altLabel", json!(other));
    put(&mut out, "skos:definition", texts(site, &term.description));
    match &term.parent {
        Some(parent) => out["skos:broader"] = name(site, vocabulary, Some(parent)),
        None => out["skos:topConceptOf"] = name(site, vocabulary, None),
    }
    if let Some(value) = term.value {
        out["schema:value"] = json!(value);
    }
    if !term.is_offered() {
        out["owl:deprecated"] = json!(true);
    }
    if let Some(next) = &term.replaced_by {
        out["dct:isReplacedBy"] = name(site, vocabulary, Some(next));
    }
    out
}

/// Puts what is not empty.
pub(super) fn put(node: &mut Value, key: &str, value: Value) {
    let empty = value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
    if let Some(node) = node.as_object_mut().filter(|_| !empty) {
        node.insert(key.to_owned(), value);
    }
}
