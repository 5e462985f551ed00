//! The pages that list others, as search finds them: lists of kinds, terms of vocabularies, and the two together.

use super::context::{browse, has_list, paging};
use crate::model::{FieldType, KindId, Lang};
use crate::site::Site;

/// Fewest entries on a page of a kind and a term that is worth finding.
const WORTH: usize = 2;

/// A page that lists others.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListPage {
    /// The kind that it lists; `None` for several.
    pub kind: Option<KindId>,
    /// Whether it lists all of that kind.
    pub whole: bool,
    /// Address in the site.
    pub path: String,
    /// Title, plain.
    pub title: String,
    /// What else people call it.
    pub names: Vec<String>,
    /// One sentence; may be empty.
    pub description: String,
    /// Positions of the pages that list parts of it.
    pub parts: Vec<usize>,
}

/// The first pages of the lists of a language: of kinds, of kinds by term, of terms over all kinds.
pub(crate) fn list_pages(site: &Site, lang: Lang) -> Vec<ListPage> {
    let mut out: Vec<ListPage> = Vec::new();
    let schema = &site.public.schema;
    let (languages, folder) = (site.public.config.languages(), &site.public.config.folder(lang));
    // Per kind, facet and value the position of its page.
    let mut of_value = std::collections::HashMap::new();
    for (k, kind) in schema.kinds.iter_ids().filter(|(k, kind)| has_list(kind) && site.count(*k, lang) > 0) {
        let (plural, label) = (kind.plural().get(lang), kind.label.get(lang));
        let names = languages.iter().flat_map(|lang| [kind.plural().get(*lang), kind.label.get(*lang)]);
        let mut names: Vec<String> =
            names.chain(kind.search.words.iter().map(String::as_str)).map(str::to_owned).collect();
        names.retain(|name| name != plural && !name.is_empty());
        names.dedup();
        out.push(ListPage {
            kind: Some(k),
            whole: true,
            path: paging::list_path(folder, kind, 0),
            title: plural.to_owned(),
            names,
            description: kind.description.get(lang).to_owned(),
            parts: Vec::new(),
        });
        let own = out.len() - 1;
        for (f, facet) in site.facets[k][lang].iter().enumerate() {
            let field = &kind.fields[facet.field];
            for (v, value) in facet.values.iter().enumerate() {
                if field.ty != FieldType::Term || value.entries.len() < WORTH {
                    continue;
                }
                let term = value.label.get(lang);
                of_value.insert((k, f, v), out.len());
                let position = out.len();
                out[own].parts.push(position);
                out.push(ListPage {
                    kind: Some(k),
                    whole: false,
                    path: paging::facet_path(folder, kind, &field.id, &value.slug, 0),
                    title: format!("{plural}: {term}"),
                    names: if label == plural { Vec::new() } else { vec![format!("{label} {term}")] },
                    description: format!("{plural} · {}: {term}", field.label.get(lang)),
                    parts: Vec::new(),
                });
            }
        }
    }
    for field in browse(site, lang) {
        for term in field.terms.values() {
            let vocabulary = schema.vocabularies.get(&field.vocabulary);
            let synonyms = vocabulary.and_then(|v| v.term(&term.key)).map(|t| t.synonyms.clone()).unwrap_or_default();
            let mut names: Vec<String> = languages.iter().map(|lang| term.label.get(*lang).to_owned()).collect();
            names.extend(synonyms);
            names.retain(|name| !name.is_empty());
            names.dedup();
            out.push(ListPage {
                kind: None,
                whole: false,
                path: super::plan::term(folder, &field.field, &term.slug),
                title: format!("{}: {}", field.label.get(lang), term.label.get(lang)),
                names,
                description: term.description.get(lang).to_owned(),
                parts: term.groups.iter().filter_map(|group| of_value.get(group).copied()).collect(),
            });
        }
    }
    out
}
