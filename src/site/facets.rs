//! Facets: for every facet field of a kind, the values that occur and the entries that have them.

use crate::model::index::Index;
use crate::model::{ByEntry, ByKind, ByLang, Entry, EntryId, FieldDef, FieldType, Label, Lang};
use crate::text::collate::sort_key;
use crate::text::era::Date;
use crate::text::locale;
use crate::visibility::Public;
use std::collections::{HashMap, HashSet};

/// A facet of a kind in one language.
#[derive(Debug, Clone)]
pub struct Facet {
    /// Position of the field in the kind.
    pub field: usize,
    /// Values in the vocabulary's order, years from the newest, others by Thai collation.
    pub values: Vec<FacetValue>,
    /// Their parts of the address.
    slugs: HashSet<String>,
}

impl Facet {
    /// Whether a value has this part of the address.
    pub(crate) fn has(&self, slug: &str) -> bool {
        self.slugs.contains(slug)
    }
}

/// A value of a facet.
#[derive(Debug, Clone)]
pub struct FacetValue {
    /// Term id, entry id, year, `true`/`false` or text.
    pub key: String,
    /// Part of the address of the value's page.
    pub slug: String,
    /// Label in both languages.
    pub label: Label,
    /// Shorter label.
    pub short: Label,
    /// What the value means.
    pub description: Label,
    /// Entries that have it, in the kind's order.
    pub entries: Vec<EntryId>,
}

/// Per kind and language, its facets.
pub(crate) fn facets(
    public: &Public,
    index: &Index,
    order: &ByKind<ByLang<Vec<EntryId>>>,
) -> ByKind<ByLang<Vec<Facet>>> {
    let languages = public.config.languages();
    public
        .schema
        .kinds
        .iter()
        .zip(order)
        .map(|(kind, langs)| {
            ByLang::new(&languages, |lang| {
                let entries = &langs[lang];
                kind.fields
                    .iter()
                    .enumerate()
                    .filter(|(_, f)| f.facet && f.visibility == crate::model::Visibility::Public)
                    .map(|(i, field)| facet(public, index, i, field, entries))
                    .filter(|f| !f.values.is_empty())
                    .collect()
            })
        })
        .collect()
}

fn facet(public: &Public, index: &Index, position: usize, field: &FieldDef, entries: &[EntryId]) -> Facet {
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut values: Vec<FacetValue> = Vec::new();
    let vocabulary = public.schema.vocabulary_of(field);
    for i in entries {
        let Some(value) = public.entries[*i].value(position) else {
            continue;
        };
        for item in value.items() {
            // A term counts for its broader terms too.
            let mut next = item.key().filter(|k| !k.is_empty());
            while let Some(key) = next {
                let place = *at.entry(key.clone()).or_insert_with(|| {
                    values.push(describe(public, index, field, &key));
                    values.len() - 1
                });
                // What is above a term that the entry has counted, it has counted as well; so circles end, too.
                if values[place].entries.last() == Some(i) {
                    break;
                }
                values[place].entries.push(*i);
                next = vocabulary.and_then(|v| v.term(&key)).and_then(|term| term.parent.clone());
            }
        }
    }
    sort(public, field, &mut values);
    let slugs = values.iter().map(|v| v.slug.clone()).collect();
    Facet { field: position, values, slugs }
}

/// Per entry, the facet values it has: positions of facet and value of its kind and language.
pub(crate) fn members(public: &Public, facets: &[ByLang<Vec<Facet>>]) -> ByEntry<Vec<(u32, u32)>> {
    let mut out = ByEntry::from(vec![Vec::new(); public.entries.len()]);
    for facets in facets.iter().flat_map(ByLang::iter) {
        for (f, facet) in facets.iter().enumerate() {
            for (v, value) in facet.values.iter().enumerate() {
                for entry in &value.entries {
                    out[*entry].push((f as u32, v as u32));
                }
            }
        }
    }
    out
}

fn describe(public: &Public, index: &Index, field: &FieldDef, key: &str) -> FacetValue {
    let mut value = FacetValue {
        key: key.to_string(),
        slug: crate::model::ids::path_part(key),
        label: label(public, index, field, key),
        short: Label::default(),
        description: Label::default(),
        entries: Vec::new(),
    };
    if let Some(term) = public.schema.vocabulary_of(field).and_then(|v| v.term(key)) {
        value.short = term.short.clone();
        value.description = term.description.clone();
    }
    value
}

/// What a value is called.
pub(crate) fn label(public: &Public, index: &Index, field: &FieldDef, key: &str) -> Label {
    match field.ty {
        FieldType::Term => public
            .schema
            .vocabulary_of(field)
            .and_then(|v| v.term(key))
            .map_or_else(|| Label::new(key, ""), |t| t.label.clone()),
        FieldType::Ref => {
            let of_id = || index.entries(key).iter().map(|i| &public.entries[*i]);
            let original = of_id().find(|e| *e.id == *key && e.main);
            let told = |lang, original: &Entry| {
                of_id().find(|e| e.lang == lang && e.kind == original.kind).map(|e| e.title.clone())
            };
            let title = |lang| match original {
                Some(original) => told(lang, original).unwrap_or_else(|| original.title_in(lang).to_string()),
                None => key.to_string(),
            };
            Label::in_each(&public.config.languages(), title)
        }
        FieldType::Date => {
            let day = Date::parse(key);
            let calendar = |lang| public.config.calendar(lang);
            let shown = |lang: Lang| day.as_ref().map(|day| locale::date(lang.code(), calendar(lang), day));
            Label::in_each(&public.config.languages(), |lang| shown(lang).unwrap_or_else(|_| key.to_string()))
        }
        FieldType::Bool if key == "true" => Label::new("ใช่", "Yes"),
        FieldType::Bool => Label::new("ไม่ใช่", "No"),
        FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear => {
            let config = &public.config;
            let shown =
                |lang| key.parse().map_or_else(|_| key.to_string(), |be| config.year_number(lang, be).to_string());
            Label::in_each(&config.languages(), shown)
        }
        ty if ty.is_number() => {
            let unit = |lang| if ty == FieldType::Percent { "" } else { field.unit_in(lang) };
            let sign = if ty == FieldType::Percent { "%" } else { "" };
            let shown = |lang: Lang| format!("{}{sign} {}", locale::number(lang.code(), key), unit(lang));
            Label::in_each(&public.config.languages(), |lang| shown(lang).trim_end().to_owned())
        }
        _ => Label::new(key, ""),
    }
}

fn sort(public: &Public, field: &FieldDef, values: &mut [FacetValue]) {
    let main = public.config.main();
    match (field.ty, public.schema.vocabulary_of(field)) {
        (FieldType::Term, Some(vocabulary)) => values.sort_by_key(|v| (vocabulary.position(&v.key), v.key.clone())),
        (FieldType::Year | FieldType::AcademicYear | FieldType::FiscalYear, _) => {
            values.sort_by(|a, b| b.key.cmp(&a.key));
        }
        (FieldType::Integer | FieldType::Decimal | FieldType::Money | FieldType::Percent, _) => {
            values.sort_by(|a, b| a.key.parse::<f64>().unwrap_or(0.0).total_cmp(&b.key.parse::<f64>().unwrap_or(0.0)))
        }
        _ => values.sort_by_cached_key(|v| (sort_key(main.code(), v.label.get(main)), v.key.clone())),
    }
}
