//! What search is given: every public page of a language with its text, its fields and its facets. It follows from the
//! site alone.

use crate::html::lists::{ListPage, list_pages};
use crate::markdown::{self, Dest, Labels, Links, Options, Resolved, ResolvedImage};
use crate::model::index::Target;
use crate::model::{Entry, EntryId, FieldDef, FieldType, KindDef, Lang, Role, Value, Visibility};
use crate::search::ranking::{KIND_WEIGHT, MOST_FIELD_WEIGHT};
use crate::search::{Index, SearchDoc, SearchError, SearchKind, Section, Settings, facets};
use crate::site::{Site, display};

/// The pages of a language as search sees them, in the order of the site. Each is made when it is asked for: the texts
/// of a large portal need not be in memory at once.
#[derive(Debug)]
pub struct Documents<'a> {
    site: &'a Site,
    lang: Lang,
    entries: Vec<EntryId>,
    /// Pages that list others, after the entries.
    lists: Vec<ListPage>,
}

/// Ids of the kinds of pages that list others: lists of kinds, and those of terms.
const LIST: &str = "list";
const TERM: &str = "term";
const TERM_WEIGHT: u8 = 4;
/// Facts shown of a page, and the longest value of one.
const FACTS: usize = 3;
const LONGEST_FACT: usize = 40;
/// Weight of such a page: what is named so itself comes first.
const LIST_WEIGHT: u8 = 6;

/// What search is given of a language.
pub fn documents(site: &Site, lang: Lang) -> Documents<'_> {
    let entries = site.public.entries.ids().filter(|&i| is_searched(site, i, lang)).collect();
    let excluded = &site.public.config.search.exclude_kinds;
    let mut lists = list_pages(site, lang);
    lists.retain(|page| page.kind.is_none_or(|kind| !excluded.contains(&site.public.schema.kinds[kind].id)));
    Documents { site, lang, entries, lists }
}

impl Documents<'_> {
    /// Number of pages.
    pub fn len(&self) -> usize {
        self.entries.len() + self.lists.len()
    }

    /// A page by its number.
    pub fn get(&self, number: usize) -> SearchDoc {
        let Some(&entry) = self.entries.get(number) else {
            return self.list(number - self.entries.len());
        };
        let mut doc = document(self.site, entry);
        let weight = |i: EntryId| weight(&self.site.public.schema.kinds[self.site.entry(i).kind]);
        let links = self.site.backlinks[entry].iter();
        let lighter = links.filter(|link| link.field.is_some() && weight(link.from) < weight(entry));
        doc.referrers = lighter.filter_map(|link| Some(self.entries.binary_search(&link.from).ok()? as u32)).collect();
        doc.referrers.dedup();
        doc
    }

    /// A page that lists others.
    fn list(&self, at: usize) -> SearchDoc {
        let page = &self.lists[at];
        let number = |at: &usize| (self.entries.len() + at) as u32;
        SearchDoc {
            id: page.path.trim_end_matches("/index.html").trim_end_matches(".html").to_owned(),
            kind: if page.whole { LIST } else { TERM }.into(),
            lang: self.lang.code().into(),
            url: page.path.clone(),
            title: page.title.clone(),
            names: page.names.clone(),
            summary: page.description.clone(),
            breadcrumb: list_label(self.lang).into(),
            referrers: page.parts.iter().map(number).collect(),
            ..SearchDoc::default()
        }
    }

    /// Facets, synonyms and words of the language.
    pub fn settings(&self) -> Settings {
        settings(self.site, self.lang)
    }

    /// The index of these pages.
    ///
    /// # Errors
    /// Tantivy's.
    pub fn index(&self) -> Result<Index, SearchError> {
        super::build(self.len(), |number| self.get(number), &self.settings())
    }

    /// The files of the static search of these pages: gives all but the router to `put`, and returns the router.
    pub(crate) fn export_to(&self, put: &(dyn Fn(String, Vec<u8>) + Sync)) -> Vec<u8> {
        super::export_to(self.len(), |number| self.get(number), &self.settings(), put)
    }
}

fn list_label(lang: Lang) -> &'static str {
    match lang {
        Lang::TH => "รายการ",
        _ => "List",
    }
}

fn weight(kind: &KindDef) -> u8 {
    kind.search.weight.unwrap_or(KIND_WEIGHT).min(9)
}

/// Links as far as they are text: a link without a text of its own shows the title of its target.
struct LinkTexts<'a> {
    site: &'a Site,
    entry: EntryId,
    lang: Lang,
}

impl LinkTexts<'_> {
    fn title(&self, target: EntryId) -> Resolved {
        let own =
            if self.site.entry(target).lang == self.lang { None } else { self.site.translation(target, self.lang) };
        let title = self.site.entry(own.unwrap_or(target)).title_in(self.lang);
        Resolved { text: Some(title.to_owned()), ..Resolved::default() }
    }
}

impl Links for LinkTexts<'_> {
    fn link(&self, dest: &str, _: usize) -> Resolved {
        match markdown::classify(dest) {
            Dest::Id(id) => {
                let id = id.split('#').next().unwrap_or(&id);
                self.site.find(id, self.lang).map_or_else(Resolved::default, |target| self.title(target))
            }
            Dest::Relative(path) => match self.site.resolve(self.entry, &path) {
                Target::Entry(target, _) => self.title(target),
                Target::Media(path) => {
                    let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
                    Resolved { text: Some(name), ..Resolved::default() }
                }
                Target::Page(..) | Target::Missing => Resolved::default(),
            },
            _ => Resolved::default(),
        }
    }

    fn image(&self, _: &str, _: usize) -> ResolvedImage {
        ResolvedImage::default()
    }

    fn query(&self, _: &str, _: usize) -> String {
        String::new()
    }

    fn count(&self, _: &str, _: &str, _: usize) -> Resolved {
        Resolved::default()
    }
}

/// Where a page stands, and whether it is made up.
fn breadcrumb(kind: &KindDef, entry: &Entry, lang: Lang) -> String {
    let place = kind.plural().get(lang);
    if entry.illustrative { format!("{place} · {}", display::sample(lang)) } else { place.to_string() }
}

/// The text of an entry's page by heading. Generated tables and charts are not part of it: what they show is found on
/// the pages that it comes from.
fn sections(site: &Site, i: EntryId) -> Vec<Section> {
    let entry = site.entry(i);
    let options = Options {
        labels: Labels::of(entry.lang.code()),
        sectioned: !site.public.schema.kinds[entry.kind].plain,
        title: Some(site.shown_title(entry, entry.lang)),
        id_prefix: "",
        protected: None,
    };
    let links = LinkTexts { site, entry: i, lang: entry.lang };
    let text = markdown::render(site.body(i), &options, &links).text.into_iter();
    text.map(|part| Section { anchor: part.id, heading: part.title, text: part.text })
        .filter(|section| !section.heading.is_empty() || !section.text.is_empty())
        .collect()
}

fn is_searched(site: &Site, i: EntryId, lang: Lang) -> bool {
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    entry.lang == lang && !site.public.config.search.exclude_kinds.contains(&kind.id)
}

fn document(site: &Site, i: EntryId) -> SearchDoc {
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
        breadcrumb: breadcrumb(kind, entry, lang),
        sample: entry.illustrative,
        sections: sections(site, i),
        ..SearchDoc::default()
    };
    if !entry.title_en.is_empty() && entry.title_en != entry.title {
        doc.names.push(entry.title_en.clone());
    }
    // A name is asked for without its kind too: "โรงเรียน" before the name of a school.
    let labels = [&kind.label, kind.plural()].into_iter().map(|label| label.get(lang));
    let labels = labels.chain(kind.search.words.iter().map(String::as_str));
    for label in labels.filter(|label| !label.is_empty()) {
        let rest = entry.title.strip_prefix(label).map(|rest| rest.trim_start_matches([' ', ':', '-']));
        if let Some(rest) = rest.filter(|rest| rest.chars().count() > 2) {
            doc.shorts.push(rest.to_owned());
        }
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
            let facet = facets::id(&site.public.schema, field);
            doc.facets.extend(keys.map(|key| (facet.clone(), key)));
        }
        moments(site, value, &mut doc, lang);
        doc.year = doc.year.or_else(|| last_year(value));
        let weight = field.search_weight();
        if weight > 0 {
            let text = words(site, i, field, value, lang);
            if !text.is_empty() {
                doc.fields.push((weight.min(MOST_FIELD_WEIGHT), text));
            }
        }
    }
    doc.facts = facts(site, entry, kind);
    doc.strength = strength(site, entry, kind);
    doc
}

/// The last year of a value; none of a value that is no year.
fn last_year(value: &Value) -> Option<i32> {
    value.items().into_iter().filter_map(|item| if let Value::Year(year) = item { Some(year.be) } else { None }).max()
}

/// The step of the evidence on its ladder, from 1; 0 for none.
fn strength(site: &Site, entry: &Entry, kind: &KindDef) -> u32 {
    let Some(f) = kind.role_index(Role::Evidence).filter(|f| kind.fields[*f].visibility == Visibility::Public) else {
        return 0;
    };
    match (entry.value(f), site.public.schema.vocabulary_of(&kind.fields[f])) {
        (Some(Value::Term(id)), Some(vocabulary)) => vocabulary.position(id) as u32 + 1,
        _ => 0,
    }
}

/// What decides: evidence and cost, then the first facts of the card that are short.
fn facts(site: &Site, entry: &Entry, kind: &KindDef) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let roles = [Role::Evidence, Role::Cost].into_iter().filter_map(|role| kind.role(role)).map(|field| &field.id);
    let mut ids: Vec<&String> = roles.chain(&kind.card).collect();
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    for id in ids {
        let Some(f) = kind.field_index(id).filter(|f| kind.fields[*f].visibility == Visibility::Public) else {
            continue;
        };
        let field = &kind.fields[f];
        let told = entry.value(f).filter(|_| field.ty == FieldType::Term);
        let text = told.map(|value| display::text(site, field, value, entry.lang)).unwrap_or_default();
        if !text.is_empty() && text.chars().count() <= LONGEST_FACT && out.len() < FACTS {
            out.push((field.label.get(entry.lang).to_owned(), text));
        }
    }
    out
}

/// Years and dates of a value.
fn moments(site: &Site, value: &Value, doc: &mut SearchDoc, lang: Lang) {
    match value {
        Value::Year(year) if !doc.years.contains(&year.be) => doc.years.push(year.be),
        Value::Date(date) => doc.dates.push(display::date(site, date, lang)),
        Value::Period(from, to) => {
            doc.dates.push(display::date(site, from, lang));
            doc.dates.extend(to.map(|to| display::date(site, &to, lang)));
        }
        Value::List(items) => items.iter().for_each(|i| moments(site, &i.value, doc, lang)),
        _ => {}
    }
}

/// The words of a value as its page shows them, those of table cells too.
fn words(site: &Site, i: EntryId, field: &FieldDef, value: &Value, lang: Lang) -> String {
    let shown = |field: &FieldDef, value: &Value| {
        let text = display::text(site, field, value, lang);
        if field.has(Role::Schema) { display::label(site, i, &text, lang) } else { text }
    };
    let Value::Table(rows) = value else {
        return shown(field, value);
    };
    let mut words = Vec::new();
    for row in rows {
        for (column, cell) in field.columns.iter().zip(&row.cells) {
            let worded = matches!(column.ty, FieldType::Text | FieldType::Markdown | FieldType::Term | FieldType::Ref);
            if let Some(cell) = cell
                && worded
                && column.search != Some(0)
            {
                words.push(shown(column, &cell.value));
            }
        }
    }
    words.join("\n")
}

/// Facets, synonyms and vocabulary of a language's index.
fn settings(site: &Site, lang: Lang) -> Settings {
    let schema = &site.public.schema;
    let kinds = schema.kinds.iter_ids().filter(|(k, _)| !site.order[*k][lang].is_empty());
    let mut ordered: Vec<_> = kinds.collect();
    ordered.sort_by_key(|(_, k)| (k.nav.unwrap_or(u32::MAX), k.id.clone()));
    let facets = facets::all(site, &ordered, lang);
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
    let languages = site.public.config.languages();
    let mut search_kinds: Vec<SearchKind> = ordered
        .iter()
        .map(|(k, kind)| {
            let names = [&kind.label, kind.plural()]
                .into_iter()
                .flat_map(|label| languages.iter().map(|lang| label.get(*lang)));
            SearchKind {
                id: kind.id.clone(),
                label: kind.plural().get(lang).to_string(),
                weight: weight(kind),
                words: match kind.plain {
                    true => kind.search.words.clone(),
                    false => names.map(str::to_owned).chain(kind.search.words.iter().cloned()).collect(),
                },
                answers: kind.search.answers.clone(),
                lists: false,
                facets: site.facets[*k][lang].iter().map(|f| facets::id(schema, &kind.fields[f.field])).collect(),
            }
        })
        .collect();
    for (id, weight) in [(LIST, LIST_WEIGHT), (TERM, TERM_WEIGHT)] {
        let label = list_label(lang).to_owned();
        search_kinds.push(SearchKind { id: id.into(), label, weight, lists: true, ..SearchKind::default() });
    }
    Settings {
        lang: lang.code().into(),
        kinds: search_kinds,
        facets,
        synonyms,
        vocabulary: words.chain(schema.protected.iter().cloned()).collect(),
    }
}
