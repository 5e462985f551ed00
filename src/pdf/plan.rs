//! The data of the PDFs that somebody requests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::assets::PdfAssets;
use super::job::{Date, Job, Paper, Problem};
use super::layout;
use super::prepare::DROPPED;
use super::requests::{self, Request, place};
use super::template_words;
use super::views::{address, rows_about, with_blocks};
use crate::html::{self, Files, Input};
use crate::model::value::Value as Content;
use crate::model::{FieldType, Lang};
use crate::site::Site;
use crate::text::collate;
use crate::theme::Theme;

/// Lined pages at the end of a booklet.
const NOTES: usize = 2;

/// A job and the entry whose page links to its PDF.
#[derive(Debug, Clone)]
pub struct Planned {
    /// What is printed.
    pub job: Job,
    /// The entry whose own handout it is.
    pub entry: Option<usize>,
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
    let schema = &site.public.schema;
    let mut words: BTreeSet<String> = schema.protected.iter().cloned().collect();
    for vocabulary in schema.vocabularies.values() {
        let labels = vocabulary.terms.iter().map(|term| term.label.get(site.main()));
        words.extend(labels.filter(|label| (4..=32).contains(&label.chars().count())).map(str::to_owned));
    }
    for entry in &site.public.entries {
        if schema.kinds[entry.kind].protect_titles && entry.title.chars().count() <= 40 {
            words.insert(entry.title.clone());
        }
    }
    assets.words = words.into_iter().collect();
    Ok(assets)
}

fn is_inside(root: &Path, folder: &Path) -> bool {
    matches!((root.canonicalize(), folder.canonicalize()), (Ok(root), Ok(folder)) if folder.starts_with(root.join("themes")))
}

/// The jobs of the requested PDFs, in order.
///
/// # Errors
/// A theme whose templates do not compile.
pub fn jobs(
    site: &Site,
    theme: &Theme,
    files: &dyn Files,
    assets: &PdfAssets,
    requests: &[Request],
) -> Result<Vec<Planned>, Problem> {
    let planner = Planner::new(site, theme, files, assets, requests)?;
    Ok(requests.iter().filter_map(|request| planner.job(*request)).collect())
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

/// Views of all entries that the requested PDFs show.
struct Planner<'a> {
    site: &'a Site,
    views: BTreeMap<usize, Value>,
    problems: BTreeMap<usize, Vec<Problem>>,
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
            match *request {
                Request::TypstWorld(i, _) => {
                    needed.insert(i);
                }
                Request::Booklet(i, _) | Request::Slides(i) => {
                    needed.insert(i);
                    needed.extend(planner.refs(i).into_iter().flat_map(|(_, list)| list));
                    needed.extend(planner.compared(i));
                }
                Request::Poster(k) => needed.extend(planner.of_kind(k)),
            }
        }
        let handouts = BTreeMap::new();
        let input = Input { site, theme, files, handouts: &handouts, search: false };
        let list: Vec<usize> = needed.into_iter().collect();
        let views = html::entry_views(&input, &list).map_err(|found| {
            Problem::error(
                "handout-template",
                found.file.clone(),
                found.message.get(Lang::TH),
                found.message.get(Lang::EN),
            )
        })?;
        for (i, mut view) in list.into_iter().zip(views) {
            let found = with_blocks(site, i, &mut view);
            if !found.is_empty() {
                planner.problems.insert(i, found);
            }
            view["rows_about"] = rows_about(site, i);
            view["layout"] = layout::of(site, i, &view, theme.words.word(site.entry(i).lang, "entry.details"));
            let kind = &site.public.schema.kinds[site.entry(i).kind];
            view["kind_id"] = json!(kind.id);
            view["kind_label"] = json!(kind.label.get(site.entry(i).lang));
            view["address"] = json!(address(site, i));
            view["short"] = json!(super::qr::short(&address(site, i)));
            drop_unread(&mut view);
            planner.views.insert(i, view);
        }
        Ok(planner)
    }

    /// What the parts of a booklet are made from: the fields of an entry that refer to many others, with those.
    fn refs(&self, i: usize) -> Vec<(&'a str, Vec<usize>)> {
        let entry = self.site.entry(i);
        let kind = &self.site.public.schema.kinds[entry.kind];
        let many = kind.fields.iter().enumerate().filter(|(_, f)| f.ty == FieldType::Ref && f.many);
        let id = |item: &Content| if let Content::Ref(id) = item { self.site.find(id, entry.lang) } else { None };
        many.filter_map(|(f, field)| {
            Some((field.id.as_str(), entry.value(f)?.items().into_iter().filter_map(id).collect()))
        })
        .collect()
    }

    fn of_kind(&self, k: usize) -> Vec<usize> {
        self.site.order[k][self.site.main()].clone()
    }

    /// What a booklet compares: the entries of a kind with posters that its entry refers to, else all of these kinds.
    fn compared(&self, i: usize) -> Vec<usize> {
        let posters = self.site.public.config.handout.posters.iter();
        let kinds: Vec<usize> = posters.filter_map(|id| Some(self.site.public.schema.kind(id)?.0)).collect();
        let all = self.refs(i).into_iter().flat_map(|(_, list)| list);
        let mut own: Vec<usize> = all.filter(|e| kinds.contains(&self.site.entry(*e).kind)).collect();
        // Kinds have different rows: those of the first one's kind are compared.
        let kind = own.first().map(|m| self.site.entry(*m).kind);
        own.retain(|m| Some(self.site.entry(*m).kind) == kind);
        if own.len() > 1 { own } else { kinds.into_iter().flat_map(|k| self.of_kind(k)).collect() }
    }

    /// Rows of the comparison of a kind: those that its schema names.
    fn rows(&self, list: &[usize]) -> Value {
        let Some(first) = list.first() else {
            return json!([]);
        };
        let kind = &self.site.public.schema.kinds[self.site.entry(*first).kind];
        let fields = kind.compare.iter().filter_map(|id| kind.fields.iter().find(|def| def.id == *id));
        let lang = self.site.entry(*first).lang;
        fields.map(|def| json!({ "id": def.id, "label": def.label.get(lang) })).collect()
    }

    /// What a template reads of an entry: the keys that it, or a file that it imports, names.
    fn view(&self, template: &str, i: usize) -> Value {
        let words = self.words.get(template);
        let Some(Value::Object(view)) = self.views.get(&i) else {
            return Value::Null;
        };
        let named = |key: &str| key == "id" || words.is_none_or(|words| words.contains(key));
        let kept = view.iter().filter(|(key, _)| named(key));
        Value::Object(kept.map(|(k, v)| (k.clone(), v.clone())).collect())
    }

    fn views(&self, template: &str, list: &[usize]) -> Value {
        list.iter().map(|i| self.view(template, *i)).collect()
    }

    /// What was found about these entries while their data was gathered.
    fn found(&self, list: &[usize]) -> Vec<Problem> {
        list.iter().filter_map(|i| self.problems.get(i)).flatten().cloned().collect()
    }

    fn date(&self, i: Option<usize>) -> Date {
        let own = i.and_then(|i| self.site.entry(i).updated);
        own.or(self.site.date).and_then(|date| Date::parse(&date.iso())).unwrap_or(Date {
            year: 1970,
            month: 1,
            day: 1,
        })
    }

    fn job(&self, request: Request) -> Option<Planned> {
        let config = &self.site.public.config;
        let lang = match request {
            Request::TypstWorld(i, _) | Request::Booklet(i, _) | Request::Slides(i) => self.site.entry(i).lang,
            Request::Poster(_) => self.site.main(),
        };
        let site = json!({ "title": config.title.get(lang), "publisher": config.publisher.get(lang) });
        let mut data = json!({ "site": site });
        let mut printed: Vec<usize> = Vec::new();
        let (entry, template, paper) = match request {
            Request::TypstWorld(i, paper) => {
                let kind = &self.site.public.schema.kinds[self.site.entry(i).kind];
                let template = kind.handout.as_deref().unwrap_or("page");
                (Some(i), if paper == Paper::A3 { requests::wall(template) } else { template.to_owned() }, paper)
            }
            Request::Booklet(i, paper) => {
                let compared = self.compared(i);
                printed = self.referred("booklet", i, &mut data);
                data["index"] = self.index(&printed);
                printed.extend(&compared);
                data["rows"] = self.rows(&compared);
                data["compared"] = self.views("booklet", &compared);
                data["notes"] = json!(NOTES);
                (Some(i), "booklet".to_owned(), paper)
            }
            Request::Slides(i) => {
                printed = self.referred("slides", i, &mut data);
                (Some(i), "slides".to_owned(), Paper::Slides)
            }
            Request::Poster(k) => {
                let list = self.of_kind(k);
                let kind = &self.site.public.schema.kinds[k];
                if list.len() < 2 {
                    return None;
                }
                data["rows"] = self.rows(&list);
                data["entries"] = self.views("poster", &list);
                data["entry"] = json!({ "title": kind.plural().get(lang) });
                let (output, _) = place(self.site, request);
                let job = Job {
                    template: "poster".to_owned(),
                    data,
                    source: "portal.toml".to_owned(),
                    problems: self.found(&list),
                    id: output.clone(),
                    output,
                    paper: Paper::A3,
                    title: kind.plural().get(lang).to_owned(),
                    lang: lang.code().to_owned(),
                    date: self.date(None),
                    address: format!("{}{}/compare.html", config.base_url, kind.folder),
                };
                return Some(Planned { job, entry: None, weight: 1 });
            }
        };
        let i = entry?;
        printed.push(i);
        let shown = self.site.entry(i);
        data["entry"] = self.view(&template, i);
        let (output, own) = place(self.site, request);
        let job = Job {
            template,
            source: self.site.source_path(i).to_owned(),
            problems: self.found(&printed),
            data,
            id: output.clone(),
            output,
            paper,
            title: shown.title.clone(),
            lang: shown.lang.code().to_owned(),
            date: self.date(Some(i)),
            address: address(self.site, i),
        };
        let weight = printed.len();
        Some(Planned { job, entry: own, weight })
    }

    /// Puts the entries that entry `i` refers to into the data, by field: `refs`.
    fn referred(&self, template: &str, i: usize, data: &mut Value) -> Vec<usize> {
        let refs = self.refs(i);
        data["refs"] = refs.iter().map(|(field, list)| ((*field).to_owned(), self.views(template, list))).collect();
        refs.into_iter().flat_map(|(_, list)| list).collect()
    }

    /// Terms of the entries of a booklet with the ids that they belong to, in Thai order.
    fn index(&self, list: &[usize]) -> Value {
        let mut terms: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for i in list {
            let Some(view) = self.views.get(i) else {
                continue;
            };
            for field in &self.site.public.config.handout.index {
                for item in view["fields"][field]["items"].as_array().into_iter().flatten() {
                    if let Some(text) = item["text"].as_str().filter(|text| !text.is_empty()) {
                        terms.entry(text.to_owned()).or_default().push(view["id"].clone());
                    }
                }
            }
        }
        let mut list: Vec<(String, Vec<Value>)> = terms.into_iter().collect();
        collate::sort_by_text(self.site.main().code(), &mut list, |(term, _)| term);
        list.into_iter().map(|(term, ids)| json!({ "term": term, "ids": ids })).collect()
    }
}
