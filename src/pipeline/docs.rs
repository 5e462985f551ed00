//! What search is given: the text of every public page, with its fields and facets.

use crate::html::TextSink;
use crate::markdown::TextPart;
use crate::model::{FieldDef, FieldType, Lang, Value, Visibility};
use crate::search::{Collector, Facet, SearchDoc, SearchError, Section, Settings, Stock};
use crate::site::{Site, display, lang_index};
use indexmap::IndexMap;
use std::path::PathBuf;

/// Greatest weight of a field in search.
const MOST_WEIGHT: u8 = 8;

/// Takes the text of pages while they are rendered, and makes the index of each language from it. A page's text is
/// let go as soon as its terms are counted.
#[derive(Debug)]
pub struct Texts<'a> {
    site: &'a Site,
    /// Per entry its language (position in `indexes`) and number there; none for what is not searched.
    places: Vec<Option<(usize, usize)>>,
    indexes: Vec<Searched>,
}

/// The index of a language being made.
#[derive(Debug)]
struct Searched {
    lang: Lang,
    entries: Vec<usize>,
    collector: Collector,
}

impl<'a> Texts<'a> {
    /// For all languages of a site; `folder` tells where the index of each is kept.
    ///
    /// # Errors
    /// A folder that cannot be made.
    pub fn new(site: &'a Site, folder: impl Fn(Lang) -> PathBuf) -> Result<Texts<'a>, SearchError> {
        let mut texts = Texts { site, places: vec![None; site.public.entries.len()], indexes: Vec::new() };
        for (l, lang) in site.public.config.languages().into_iter().enumerate() {
            let entries: Vec<usize> = (0..site.public.entries.len()).filter(|&i| is_searched(site, i, lang)).collect();
            for (number, &i) in entries.iter().enumerate() {
                texts.places[i] = Some((l, number));
            }
            let ids = entries.iter().map(|&i| &*site.entry(i).id);
            let collector = Collector::new(&folder(lang), &settings(site, lang), ids)?;
            texts.indexes.push(Searched { lang, entries, collector });
        }
        Ok(texts)
    }

    /// The finished indexes; pages that were not rendered have no text.
    ///
    /// # Errors
    /// A failing machine.
    pub fn finish(self) -> Result<Vec<(Lang, Stock)>, SearchError> {
        let site = self.site;
        let finish = |index: Searched| {
            let missing = |number: usize| doc(site, index.entries[number], Vec::new());
            let is_new = index.collector.is_new();
            let stock = index.collector.finish(missing)?;
            // Where pages were taken over the segment waits for the next search on the command line.
            if is_new {
                stock.write_segment()?;
            }
            Ok((index.lang, stock))
        };
        self.indexes.into_iter().map(finish).collect()
    }
}

impl TextSink for Texts<'_> {
    fn text(&self, entry: usize, parts: Vec<TextPart>) {
        if let Some((l, number)) = self.places[entry] {
            let doc = doc(self.site, entry, parts);
            self.indexes[l].collector.put(number, doc);
        }
    }
}

fn is_searched(site: &Site, i: usize, lang: Lang) -> bool {
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    entry.lang == lang && !site.public.config.search.exclude_kinds.contains(&kind.id)
}

fn doc(site: &Site, i: usize, parts: Vec<TextPart>) -> SearchDoc {
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    let lang = entry.lang;
    let mut doc = SearchDoc {
        id: entry.id.to_string(),
        kind: kind.id.clone(),
        lang: lang.code().into(),
        url: entry.path(),
        title: entry.title.clone(),
        names: entry.names.clone(),
        summary: entry.summary.clone(),
        breadcrumb: kind.plural().get(lang).to_string(),
        sections: parts
            .into_iter()
            .map(|p| Section { anchor: p.id, heading: p.title, text: p.text })
            .filter(|s| !s.heading.is_empty() || !s.text.is_empty())
            .collect(),
        ..SearchDoc::default()
    };
    if !entry.title_en.is_empty() && entry.title_en != entry.title {
        doc.names.push(entry.title_en.clone());
    }
    doc.facets.push(("kind".into(), kind.id.clone()));
    if !entry.tags.is_empty() {
        doc.fields.push((1, entry.tags.join(" ")));
    }
    for (f, field) in kind.fields.iter().enumerate() {
        if field.visibility == Visibility::Internal {
            continue;
        }
        let Some(value) = entry.value(f) else {
            continue;
        };
        if field.facet {
            let keys = value.items().into_iter().filter_map(Value::key);
            doc.facets.extend(keys.map(|key| (field.id.clone(), key)));
        }
        moments(value, &mut doc, lang);
        let weight = field.search_weight();
        if weight > 0 {
            let text = words(site, field, value, lang);
            if !text.is_empty() {
                doc.fields.push((weight.min(MOST_WEIGHT), text));
            }
        }
    }
    doc.year = doc.years.first().copied();
    doc
}

/// Years and dates of a value.
fn moments(value: &Value, doc: &mut SearchDoc, lang: Lang) {
    match value {
        Value::Year(year) if !doc.years.contains(&year.be) => doc.years.push(year.be),
        Value::Date(date) => doc.dates.push(display::date(date, lang)),
        Value::Period(from, to) => {
            doc.dates.push(display::date(from, lang));
            doc.dates.extend(to.map(|to| display::date(&to, lang)));
        }
        Value::List(items) => items.iter().for_each(|i| moments(&i.value, doc, lang)),
        _ => {}
    }
}

/// The words of a value, those of table cells too.
fn words(site: &Site, field: &FieldDef, value: &Value, lang: Lang) -> String {
    let Value::Table(rows) = value else {
        return display::text(site, field, value, lang);
    };
    let mut words = Vec::new();
    for row in rows {
        for (column, cell) in field.columns.iter().zip(&row.cells) {
            let worded = matches!(column.ty, FieldType::Text | FieldType::Markdown | FieldType::Term | FieldType::Ref);
            if let Some(cell) = cell
                && worded
                && column.search != Some(0)
            {
                words.push(display::text(site, column, &cell.value, lang));
            }
        }
    }
    words.join("\n")
}

/// Facets, synonyms and vocabulary of a language's index.
fn settings(site: &Site, lang: Lang) -> Settings {
    let schema = &site.public.schema;
    let wanted = &site.public.config.search.facets;
    let mut facets: IndexMap<String, Facet> = IndexMap::new();
    let kinds = schema.kinds.iter().enumerate().filter(|(k, _)| !site.order[*k][lang_index(lang)].is_empty());
    let kind_label = match lang {
        Lang::Th => "ชนิด",
        Lang::En => "Kind",
    };
    let mut ordered: Vec<_> = kinds.collect();
    ordered.sort_by_key(|(_, k)| (k.nav.unwrap_or(u32::MAX), k.id.clone()));
    let terms = ordered.iter().map(|(_, kind)| (kind.id.clone(), kind.plural().get(lang).to_string())).collect();
    facets.insert("kind".into(), Facet { field: "kind".into(), label: kind_label.into(), terms });
    for (k, kind) in &ordered {
        for facet in &site.facets[*k][lang_index(lang)] {
            let field = &kind.fields[facet.field];
            let merged = facets.entry(field.id.clone()).or_insert_with(|| Facet {
                field: field.id.clone(),
                label: field.label.get(lang).to_string(),
                terms: Vec::new(),
            });
            for value in &facet.values {
                if !merged.terms.iter().any(|(id, _)| *id == value.key) {
                    merged.terms.push((value.key.clone(), value.label.get(lang).to_string()));
                }
            }
        }
    }
    if !wanted.is_empty() {
        facets.retain(|id, _| id == "kind" || wanted.contains(id));
        facets.sort_by_key(|id, _| wanted.iter().position(|w| w == id).map_or(0, |p| p + 1));
    }
    let words = schema
        .vocabularies
        .values()
        .flat_map(|v| &v.terms)
        .flat_map(|t| std::iter::once(t.label.get(lang).to_string()).chain(t.synonyms.iter().cloned()));
    let mut synonyms = schema.synonyms.clone();
    for term in schema.vocabularies.values().flat_map(|v| &v.terms).filter(|t| !t.synonyms.is_empty()) {
        let mut group = vec![term.label.get(lang).to_string()];
        group.extend(term.synonyms.iter().cloned());
        synonyms.push(group);
    }
    Settings {
        lang: lang.code().into(),
        facets: facets.into_values().collect(),
        synonyms,
        vocabulary: words.chain(schema.protected.iter().cloned()).collect(),
    }
}
