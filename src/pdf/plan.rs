//! The data of the PDFs that somebody requests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::assets::PdfAssets;
use super::bound;
use super::job::{Date, FileKind, Job, Problem};
use super::layout;
use super::prepare::DROPPED;
use super::requests::{Of, Request, place};
use super::template_words;
use super::views::{address, entries_about, rows_about, with_blocks};
use crate::html::{self, Files, Input};
use crate::model::product::ProductDef;
use crate::model::value::Value as Content;
use crate::model::{EntryId, FieldType, KindId, Label, Lang};
use crate::site::{Site, display};
use crate::text::collate;
use crate::theme::Theme;

/// A job and the page that links to its PDF.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What is printed.
    pub job: Job,
    /// Address of the page that links to it: of its entry, or the list of its kind.
    pub page: String,
    /// The product's name, where it is not what the entry is printed as.
    pub label: Option<Label>,
    /// About how many handouts it holds: what takes longest is made first.
    pub weight: usize,
}

/// Templates, fonts, words and pictures of a portal.
///
/// # Errors
/// A file that cannot be read.
pub fn assets(root: &Path, site: &Site) -> Result<PdfAssets, Problem> {
    // What is amiss with the line of themes was told when the theme was loaded.
    let themes = crate::theme::line(root, site.public.config.theme_name(), &mut Vec::new());
    let themes = themes.into_iter().map(|name| root.join("themes").join(name)).filter(|folder| is_inside(root, folder));
    let folders: Vec<PathBuf> = themes.chain([root.to_owned()]).collect();
    let mut assets = PdfAssets::load(&folders)?;
    assets.media = vec![root.to_owned()];
    // Screens do without the terms: each would be an element, and pages are weighed.
    let terms = site.public.schema.vocabularies.values().flat_map(|v| &v.terms).map(|term| term.label.get(site.main()));
    let terms = terms.filter(|label| (4..=32).contains(&label.chars().count()));
    let words: BTreeSet<&str> = site.whole_words().into_iter().chain(terms).collect();
    assets.words = words.into_iter().map(str::to_owned).collect();
    Ok(assets)
}

fn is_inside(root: &Path, folder: &Path) -> bool {
    matches!((root.canonicalize(), folder.canonicalize()), (Ok(root), Ok(folder)) if folder.starts_with(root.join("themes")))
}

/// The jobs of the requested files, in order. `people` are the rows of a list of people, for products made from one.
///
/// # Errors
/// A theme whose templates do not compile.
pub fn jobs(
    site: &Site,
    theme: &Theme,
    files: &dyn Files,
    assets: &PdfAssets,
    requests: &[Request],
    people: &Value,
) -> Result<Vec<Planned>, Problem> {
    let planner = Planner::new(site, theme, files, assets, requests)?;
    Ok(requests.iter().filter_map(|request| planner.job(*request, people)).collect())
}

/// Takes out what no handout reads, wherever it stands.
fn drop_unread(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(drop_unread),
        Value::Object(map) => {
            map.retain(|key, _| !DROPPED.contains(&key.as_str()));
            map.values_mut().for_each(drop_unread);
        }
        _ => {}
    }
}

/// Views of all entries that the requested PDFs show, each in the language of the PDF: an entry that is not translated has its
/// own texts there, but terms, days and labels that its readers know.
struct Planner<'a> {
    site: &'a Site,
    views: BTreeMap<(EntryId, Lang), Value>,
    problems: BTreeMap<EntryId, Vec<Problem>>,
    words: template_words::Words,
}

impl<'a> Planner<'a> {
    fn new(
        site: &'a Site,
        theme: &Theme,
        files: &dyn Files,
        assets: &PdfAssets,
        requests: &[Request],
    ) -> Result<Self, Problem> {
        let mut planner =
            Self { site, views: BTreeMap::new(), problems: BTreeMap::new(), words: template_words::of(assets) };
        let mut needed = BTreeSet::new();
        for request in requests {
            match request.of {
                Of::Entry(i) => {
                    let lang = site.entry(i).lang;
                    needed.insert((i, lang));
                    let product = planner.product(*request);
                    if product.is_some_and(|p| p.with_refs) {
                        needed.extend(planner.refs(i).into_iter().flat_map(|(_, list)| list).map(|i| (i, lang)));
                    }
                    let compared = product.map(|p| planner.compared(p, i)).unwrap_or_default();
                    needed.extend(compared.into_iter().map(|i| (i, lang)));
                }
                Of::Kind(k) => needed.extend(planner.of_kind(k).into_iter().map(|i| (i, site.main()))),
            }
        }
        let handouts = BTreeMap::new();
        let input = Input { site, theme, files, handouts: &handouts, search: false };
        let list: Vec<(EntryId, Lang)> = needed.into_iter().collect();
        let views = html::entry_views(&input, &list).map_err(|found| {
            Problem::error(
                "handout-template",
                found.file.clone(),
                found.message.get(Lang::TH),
                found.message.get(Lang::EN),
            )
        })?;
        for ((i, lang), mut view) in list.into_iter().zip(views) {
            let mut found = with_blocks(site, i, lang, &mut view);
            view["rows_about"] = rows_about(site, i, lang);
            view["layout"] = layout::of(site, i, lang, &view, theme.words.word(lang, "entry.details"));
            let kind = &site.public.schema.kinds[site.entry(i).kind];
            view["kind_id"] = json!(kind.id);
            view["kind_label"] = json!(kind.label.get(lang));
            view["address"] = json!(address(site, i));
            view["short"] = json!(super::qr::short(&address(site, i)));
            drop_unread(&mut view);
            found.extend(bound::bound(&mut view, site.public.config.limits.printed_rows, site.source_path(i)));
            planner.problems.insert(i, found);
            planner.views.insert((i, lang), view);
        }
        Ok(planner)
    }

    /// What the parts of a booklet are made from: the fields of an entry that refer to many others, with those.
    fn refs(&self, i: EntryId) -> Vec<(&'a str, Vec<EntryId>)> {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let many = kind.fields.iter().enumerate().filter(|(_, f)| f.ty == FieldType::Ref && f.many);
        let id = |item: &Content| if let Content::Ref(id) = item { self.site.find(id, entry.lang) } else { None };
        many.filter_map(|(f, field)| {
            Some((field.id.as_str(), entry.value(f)?.items().into_iter().filter_map(id).collect()))
        })
        .collect()
    }

    fn of_kind(&self, k: KindId) -> Vec<EntryId> {
        self.site.order[k][self.site.main()].clone()
    }

    fn product(&self, request: Request) -> Option<&'a ProductDef> {
        Some(&self.site.public.schema.print[request.product?])
    }

    /// What a product compares: the entries of its kind that the entry refers to, else all of the kind.
    fn compared(&self, product: &ProductDef, i: EntryId) -> Vec<EntryId> {
        let kind = product.compares.as_ref().and_then(|id| self.site.public.schema.kind(id));
        let Some((k, _)) = kind else { return Vec::new() };
        let all = self.refs(i).into_iter().flat_map(|(_, list)| list);
        let own: Vec<EntryId> = all.filter(|e| self.site.entry(*e).kind == k).collect();
        if own.len() > 1 { own } else { self.of_kind(k) }
    }

    /// Rows of the comparison of a kind: those that its schema names.
    fn rows(&self, list: &[EntryId]) -> Value {
        let Some(first) = list.first() else {
            return json!([]);
        };
        let kind = &self.site.public.schema.kinds[self.site.entry(*first).kind];
        let fields = kind.compare.iter().filter_map(|id| kind.fields.iter().find(|def| def.id == *id));
        let lang = self.site.entry(*first).lang;
        fields.map(|def| json!({ "id": def.id, "label": def.label.get(lang) })).collect()
    }

    /// What a template reads of an entry: the keys that it, or a file that it imports, names.
    fn view(&self, template: &str, i: EntryId, lang: Lang) -> Value {
        let words = self.words.get(template);
        let Some(Value::Object(view)) = self.views.get(&(i, lang)) else {
            return Value::Null;
        };
        let named = |key: &str| key == "id" || words.is_none_or(|words| words.contains(key));
        let kept = view.iter().filter(|(key, _)| named(key));
        let mut kept: serde_json::Map<String, Value> = kept.map(|(k, v)| (k.clone(), v.clone())).collect();
        if words.is_some_and(|words| words.contains("entries_about")) {
            kept.insert("entries_about".into(), entries_about(self.site, i, lang));
        }
        Value::Object(kept)
    }

    fn views(&self, template: &str, list: &[EntryId], lang: Lang) -> Value {
        list.iter().map(|i| self.view(template, *i, lang)).collect()
    }

    /// What was found about these entries while their data was gathered.
    fn found(&self, list: &[EntryId]) -> Vec<Problem> {
        list.iter().filter_map(|i| self.problems.get(i)).flatten().cloned().collect()
    }

    /// The day of an edition: that of its entry, and no earlier than that of anything else printed in it.
    fn edition(&self, i: EntryId, printed: &[EntryId]) -> Date {
        let days = |i: &EntryId| self.site.entry(*i).updated.or(self.site.entry(*i).published);
        let own = self.site.entry(i).updated;
        self.date(own.map(|own| printed.iter().filter_map(days).fold(own, std::cmp::max)))
    }

    fn date(&self, own: Option<crate::text::era::Date>) -> Date {
        own.or(self.site.date).and_then(|date| Date::parse(&date.iso())).unwrap_or(Date {
            year: 1970,
            month: 1,
            day: 1,
        })
    }

    fn job(&self, request: Request, people: &Value) -> Option<Planned> {
        let product = self.product(request);
        let (kind, lang) = match request.of {
            Of::Entry(i) => (self.site.entry(i).kind, self.site.entry(i).lang),
            Of::Kind(k) => (k, self.site.main()),
        };
        let (config, kind) = (&self.site.public.config, &self.site.public.schema.kinds[kind]);
        let template = product.and_then(|p| p.template.as_deref()).or(kind.handout.as_deref()).unwrap_or("page");
        let site = json!({ "title": config.title.get(lang), "publisher": config.publisher.get(lang) });
        let mut data = json!({ "site": site });
        let mut printed: Vec<EntryId> = Vec::new();
        let (title, source, date, address) = match request.of {
            Of::Entry(i) => {
                if let Some(product) = product {
                    printed = self.gathered(product, template, i, &mut data);
                    if !product.people.is_empty() {
                        data["people"] = people.clone();
                    }
                }
                printed.push(i);
                data["entry"] = self.view(template, i, lang);
                let entry = self.site.entry(i);
                (
                    entry.title.clone(),
                    self.site.source_path(i).to_owned(),
                    self.edition(i, &printed),
                    address(self.site, i),
                )
            }
            Of::Kind(k) => {
                printed = self.of_kind(k);
                if printed.len() < 2 {
                    return None;
                }
                data["rows"] = self.rows(&printed);
                data["entries"] = self.views(template, &printed, lang);
                let title = kind.plural().get(lang).to_owned();
                data["entry"] = json!({ "title": title });
                let address = format!("{}{}/compare.html", config.base_url, kind.folder);
                let named =
                    product.map_or("portal.toml".to_owned(), |p| format!("content/_schema/print/{}.toml", p.id));
                (title, named, self.date(None), address)
            }
        };
        let place = place(self.site, request);
        let job = Job {
            template: template.to_owned(),
            data,
            source,
            problems: self.found(&printed),
            id: place.path.clone(),
            output: place.path,
            paper: request.paper,
            file: product.map_or(FileKind::Pdf, |p| p.file),
            title,
            lang: lang.code().to_owned(),
            date,
            address,
        };
        let label = product.filter(|_| !place.own).map(|p| p.label.clone());
        Some(Planned { job, page: place.page, label, weight: printed.len() })
    }

    /// Puts what a product shows beside its entry into the data; these are the entries.
    fn gathered(&self, product: &ProductDef, template: &str, i: EntryId, data: &mut Value) -> Vec<EntryId> {
        let mut printed = if product.with_refs { self.referred(template, i, data) } else { Vec::new() };
        if !product.index.is_empty() {
            data["index"] = self.index(product, &printed, self.site.entry(i).lang);
        }
        let compared = self.compared(product, i);
        if !compared.is_empty() {
            data["rows"] = self.rows(&compared);
            data["compared"] = self.views(template, &compared, self.site.entry(i).lang);
            printed.extend(compared);
        }
        data["notes"] = json!(product.notes);
        printed
    }

    /// Puts the entries that entry `i` refers to into the data, by field: `refs`.
    fn referred(&self, template: &str, i: EntryId, data: &mut Value) -> Vec<EntryId> {
        let (refs, lang) = (self.refs(i), self.site.entry(i).lang);
        data["refs"] =
            refs.iter().map(|(field, list)| ((*field).to_owned(), self.views(template, list, lang))).collect();
        refs.into_iter().flat_map(|(_, list)| list).collect()
    }

    /// Terms of entries with the ids that they belong to, in the language of what names them: also those of entries that are
    /// not translated.
    fn index(&self, product: &ProductDef, list: &[EntryId], lang: Lang) -> Value {
        let mut terms: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for i in list {
            let Some(view) = self.views.get(&(*i, lang)) else {
                continue;
            };
            let entry = self.site.entry(*i);
            let fields = &self.site.public.schema.kinds[entry.kind].fields;
            for id in &product.index {
                let Some(f) = fields.iter().position(|field| field.id == *id) else { continue };
                for item in entry.value(f).into_iter().flat_map(|value| value.items()) {
                    let text = display::text(self.site, &fields[f], item, lang);
                    if !text.is_empty() {
                        terms.entry(text).or_default().push(view["id"].clone());
                    }
                }
            }
        }
        let mut list: Vec<(String, Vec<Value>)> = terms.into_iter().collect();
        collate::sort_by_text(lang.code(), &mut list, |(term, _)| term);
        list.into_iter().map(|(term, ids)| json!({ "title": term, "ids": ids })).collect()
    }
}
