//! Writing in the browser: forms of the portal's pages, for the person at this machine.
//!
//! [`Editing::answer`] takes what was asked and gives what is shown; [`super::http`] alone knows HTTP. Checks, values
//! and files are those of [`crate::authoring::form`]; [`shape`] is what templates see of a form.

mod picture;
mod shape;

use crate::authoring::files::undo;
use crate::authoring::form::{Answers, Filled, Page, Unusable, inputs};
use crate::authoring::names::{NameIndex, fold};
use crate::content::{files::Changed, last_load::LastLoad, load_with};
use crate::html::own::OwnTemplates;
use crate::model::{Entry, KindDef, KindId, Label, Lang, Portal, Visibility};
use crate::preview::live::Live;
use serde_json::{Map, Value as Json, json};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const WORDS: &str = include_str!("words.toml");
const TEMPLATES: [(&str, &str); 4] = [
    ("base.html", include_str!("base.html")),
    ("home.html", include_str!("home.html")),
    ("list.html", include_str!("list.html")),
    ("form.html", include_str!("form.html")),
];
/// What stays as it is in an address.
const KEPT: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');
/// Most pages that a list shows.
const LISTED: usize = 200;

/// The forms of a portal.
pub(crate) struct Editing {
    root: PathBuf,
    live: Arc<Live>,
    lang: Lang,
    /// What a request that changes something must name: a page of another site cannot read it.
    token: String,
    /// The last load, and the number of the build that it is of.
    last: Mutex<(LastLoad, u64)>,
    /// Held from the look at what is there until it is written: of two who save the same page, one is told.
    changing: Mutex<()>,
    templates: OwnTemplates,
    words: Json,
}

/// What is asked.
pub(crate) struct Ask<'a> {
    /// Address below the forms' own.
    pub path: &'a str,
    /// Parameters of the address.
    pub query: Vec<(String, String)>,
    /// Fields of a form that was sent; none where a page is asked for.
    pub form: Option<Vec<(String, String)>>,
    /// A file that was sent.
    pub file: &'a [u8],
}

impl Ask<'_> {
    fn query(&self, name: &str) -> &str {
        self.query.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// What was sent besides the answers; its name begins with a colon, which no field's does.
    fn sent(&self, name: &str) -> &str {
        self.form.iter().flatten().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
}

/// What is answered.
pub(crate) enum Reply {
    /// A page; whether what was sent was taken.
    Page(String, bool),
    /// Data for the script.
    Data(Json),
    /// Another address.
    Go(String),
    /// The token is not this server's.
    Refused,
    /// There is no such page.
    Missing,
}

impl Editing {
    /// For the portal in `root`.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub(crate) fn new(root: &Path, live: Arc<Live>, lang: Lang) -> std::io::Result<Editing> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        let templates = OwnTemplates::new(&TEMPLATES).map_err(std::io::Error::other)?;
        let lang = if lang == Lang::TH { Lang::TH } else { Lang::EN };
        let words: Json = toml::from_str(WORDS).map_err(std::io::Error::other)?;
        Ok(Editing {
            root: root.to_path_buf(),
            live,
            lang,
            token: bytes.iter().map(|b| format!("{b:02x}")).collect(),
            last: Mutex::new((LastLoad::remembering(), 0)),
            changing: Mutex::default(),
            templates,
            words: words[lang.code()].clone(),
        })
    }

    /// The address of the form of a site's page; none where it has no file.
    pub(crate) fn address_of(&self, path: &str) -> Option<String> {
        let status = self.live.status();
        let public = &status.generation.as_ref()?.prepared.site.public;
        let entry = public.entries.iter().find(|e| e.main && e.row_of.is_none() && e.path() == path)?;
        let body = entry.body?;
        Some(address(&public.sources[body.source.0 as usize].path))
    }

    /// Answers.
    pub(crate) fn answer(&self, ask: &Ask<'_>) -> Reply {
        if ask.form.is_some() && ask.sent(":token") != self.token {
            return Reply::Refused;
        }
        let changes = ask.form.is_some() && ask.path != "/check";
        let _changing = changes.then(|| {
            let guard = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
            // What another program wrote a moment ago the preview may not have noticed yet.
            self.forget();
            guard
        });
        match (ask.path, ask.form.is_some()) {
            ("" | "/", false) => self.home(ask),
            ("/list", false) => self.list(ask),
            ("/page", _) => self.page(ask),
            ("/check", true) => self.check(ask),
            ("/picture", true) => self.picture(ask),
            ("/undo", true) => self.undo(),
            _ => Reply::Missing,
        }
    }

    /// The portal as it is now.
    fn portal(&self) -> Portal {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let number = self.live.status().number;
        if last.1 == number && number > 0 {
            last.0.changed(HashSet::new());
        }
        let (portal, _) = load_with(&self.root, &mut last.0);
        last.1 = number;
        portal
    }

    /// After a change of our own, which the preview may not have noticed yet.
    fn forget(&self) {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).1 = 0;
    }

    fn show(&self, template: &str, taken: bool, mut shape: Map<String, Json>) -> Reply {
        for (key, nothing) in [
            ("kind", json!(null)),
            ("title", json!("")),
            ("file", json!(null)),
            ("site", json!(null)),
            ("draft", json!(false)),
            ("unusable", json!("")),
            ("saved", json!("")),
            ("refused", json!("")),
            ("reason", json!("")),
            ("errors", json!(0)),
            ("told", json!([])),
            ("notes", json!([])),
            ("names", json!([])),
            ("groups", json!([])),
            ("state", json!("")),
            ("query", json!("")),
        ] {
            shape.entry(key).or_insert(nothing);
        }
        shape.insert("t".into(), self.words.clone());
        shape.insert("lang".into(), json!(self.lang.code()));
        shape.insert("token".into(), json!(self.token));
        match self.templates.render(template, &shape) {
            Ok(html) => Reply::Page(html, taken),
            Err(error) => {
                let mut page = String::from("<!doctype html>\n<title>Sala</title>\n<pre>");
                crate::markdown::escape_text(&error, &mut page);
                Reply::Page(page, false)
            }
        }
    }

    fn home(&self, ask: &Ask<'_>) -> Reply {
        let portal = self.portal();
        let kinds = portal.schema.kinds.iter_ids().map(|(k, kind)| {
            let own: Vec<&Entry> = editable(&portal, k).map(|(e, _)| e).collect();
            let mut shape = self.kind(kind);
            shape["count"] = json!(own.len());
            shape["drafts"] = json!(own.iter().filter(|e| e.draft).count());
            shape["internal"] = json!(kind.visibility == Visibility::Internal);
            shape["nav"] = json!(kind.nav);
            shape
        });
        let mut kinds: Vec<Json> = kinds.collect();
        // As the site's menu has them, then those that have pages.
        kinds.sort_by_key(|k| (k["nav"].as_u64().unwrap_or(u64::MAX), k["count"] == 0));
        let mut shape = Map::new();
        shape.insert("kinds".into(), json!(kinds));
        shape.insert("portal".into(), json!(portal.config.title.get(self.lang)));
        shape.insert("undone".into(), json!(ask.query("undone")));
        shape.insert("held".into(), json!(self.held(&portal)));
        self.show("home.html", true, shape)
    }

    /// Pages that the site does not take as they are.
    fn held(&self, portal: &Portal) -> Vec<Json> {
        let status = self.live.status();
        let Some(generation) = &status.generation else {
            return Vec::new();
        };
        let held = generation.prepared.held.pages.iter().map(|page| page.file.as_str());
        let named = held.filter_map(|file| editable_file(portal, file).map(|e| (file, e)));
        named.map(|(file, e)| json!({ "title": e.title, "address": address(file) })).collect()
    }

    fn list(&self, ask: &Ask<'_>) -> Reply {
        let portal = self.portal();
        let Some((k, kind)) = portal.schema.kind(ask.query("kind")) else {
            return Reply::Missing;
        };
        let wanted = fold(ask.query("q"));
        let matches = |e: &Entry| wanted.is_empty() || fold(&format!("{} {}", e.title, e.id)).contains(&wanted);
        let all: Vec<(&Entry, &str)> = editable(&portal, k).filter(|(e, _)| matches(e)).collect();
        let pages: Vec<Json> = all
            .iter()
            .take(LISTED)
            .map(|(e, file)| {
                json!({ "title": e.title, "id": &*e.id, "address": address(file), "draft": e.draft,
                        "internal": e.visibility == Visibility::Internal, "illustrative": e.illustrative })
            })
            .collect();
        let mut shape = Map::new();
        shape.insert("kind".into(), self.kind(kind));
        shape.insert("q".into(), json!(ask.query("q")));
        shape.insert("more".into(), json!(all.len().saturating_sub(LISTED)));
        shape.insert("pages".into(), json!(pages));
        self.show("list.html", true, shape)
    }

    /// The page that an address names, or why it has no form.
    fn opened(&self, portal: &Portal, ask: &Ask<'_>) -> Result<Page, Option<Unusable>> {
        match ask.query("new") {
            "" => Page::open(&NameIndex::new(portal), ask.query("file")).map_err(Some),
            kind => portal.schema.kind(kind).map(|(k, _)| Page::blank(k)).ok_or(None),
        }
    }

    fn page(&self, ask: &Ask<'_>) -> Reply {
        let mut portal = self.portal();
        let page = match self.opened(&portal, ask) {
            Ok(page) => page,
            Err(None | Some(Unusable::Unknown)) => return Reply::Missing,
            Err(Some(why)) => return self.unusable(ask, why),
        };
        let answers = Answers::new(ask.form.iter().flatten().cloned());
        let mut shape = self.shape(&portal, &page, &answers);
        let Some(_) = &ask.form else {
            if page.path.is_some() {
                let was_draft = page.current.texts.get("draft").is_some_and(|d| d == "true");
                let filled = page.fill(&mut portal, &answers, was_draft);
                self.tell(&mut shape, &filled);
            }
            shape.insert("saved".into(), json!(ask.query("saved")));
            return self.show("form.html", true, shape);
        };
        let more = ask.sent(":more");
        if !more.is_empty() {
            return self.show("form.html", true, shape);
        }
        let as_draft = ask.sent(":save") == "draft";
        let filled = page.fill(&mut portal, &answers, as_draft);
        let changed_elsewhere = page.path.is_some() && ask.sent(":state") != page.state();
        if changed_elsewhere || !(as_draft || filled.is_sound()) {
            self.tell(&mut shape, &filled);
            shape.insert("refused".into(), json!(if changed_elsewhere { "elsewhere" } else { "wrong" }));
            return self.show("form.html", false, shape);
        }
        match page.save(&self.root, &filled) {
            Ok(()) => {
                self.forget();
                Reply::Go(format!("{}&saved={}", address(&filled.path), if as_draft { "draft" } else { "public" }))
            }
            Err(error) => {
                self.tell(&mut shape, &filled);
                let is_elsewhere = Changed::of(&error).is_some();
                shape.insert("refused".into(), json!(if is_elsewhere { "elsewhere" } else { "system" }));
                shape.insert("reason".into(), json!(error.to_string()));
                self.show("form.html", false, shape)
            }
        }
    }

    fn kind(&self, kind: &KindDef) -> Json {
        let say = |label: &Label| label.get(self.lang).to_string();
        json!({ "id": kind.id, "label": say(kind.plural()), "one": say(&kind.label), "help": say(&kind.description) })
    }

    fn unusable(&self, ask: &Ask<'_>, why: Unusable) -> Reply {
        let mut shape = Map::new();
        shape.insert("file".into(), json!(ask.query("file")));
        shape.insert("unusable".into(), json!(if why == Unusable::Yaml { "yaml" } else { "unreadable" }));
        self.show("form.html", false, shape)
    }

    /// What is wrong with the answers so far, by input.
    fn check(&self, ask: &Ask<'_>) -> Reply {
        let mut portal = self.portal();
        let Ok(page) = self.opened(&portal, ask) else {
            return Reply::Missing;
        };
        let answers = Answers::new(ask.form.iter().flatten().cloned());
        let filled = page.fill(&mut portal, &answers, false);
        Reply::Data(json!(filled.findings.iter().map(|f| shape::finding(f, self.lang)).collect::<Vec<_>>()))
    }

    fn undo(&self) -> Reply {
        self.forget();
        match undo(&self.root) {
            Ok(Some(report)) if report.kept.is_empty() => Reply::Go("/.sala/edit/?undone=yes".into()),
            Ok(Some(_)) => Reply::Go("/.sala/edit/?undone=kept".into()),
            _ => Reply::Go("/.sala/edit/?undone=nothing".into()),
        }
    }

    /// The form with what its inputs hold.
    fn shape(&self, portal: &Portal, page: &Page, answers: &Answers) -> Map<String, Json> {
        let kind = &portal.schema.kinds[page.kind];
        let texts = answers.over(&page.current);
        let groups = inputs::groups(&portal.schema, page.kind, page.path.is_none());
        let mut form = shape::Form::new(portal, &page.current, &texts, self.lang);
        let groups: Vec<Json> = groups.iter().map(|group| form.group(group)).collect();
        let mut shape = Map::new();
        shape.insert("groups".into(), json!(groups));
        shape.insert("names".into(), json!(form.names()));
        shape.insert("kind".into(), json!({ "id": kind.id, "one": kind.label.get(self.lang), "label": kind.plural().get(self.lang), "help": kind.description.get(self.lang) }));
        shape.insert("notes".into(), json!(page.current.notes));
        shape.insert("state".into(), json!(page.state()));
        shape.insert("title".into(), json!(texts.get("title").cloned().unwrap_or_default()));
        match &page.path {
            Some(file) => {
                let entry = editable_file(portal, file);
                shape.insert("file".into(), json!(file));
                shape.insert("draft".into(), json!(entry.is_some_and(|e| e.draft)));
                let shown = entry.filter(|e| e.visibility == Visibility::Public);
                shape.insert("site".into(), json!(shown.map(|e| format!("/{}", e.path()))));
                shape.insert("query".into(), json!(address(file).trim_start_matches("/.sala/edit/page")));
            }
            None => {
                shape.insert("query".into(), json!(format!("?new={}", kind.id)));
            }
        }
        shape
    }

    fn tell(&self, shape: &mut Map<String, Json>, filled: &Filled) {
        let told: Vec<Json> = filled.findings.iter().map(|f| shape::finding(f, self.lang)).collect();
        shape.insert("errors".into(), json!(filled.findings.iter().filter(|f| f.is_error).count()));
        if let Some(groups) = shape.get_mut("groups") {
            shape::place(groups, &told);
        }
        shape.insert("told".into(), json!(told));
    }
}

/// The address of a file's form.
fn address(file: &str) -> String {
    format!("/.sala/edit/page?file={}", percent_encoding::utf8_percent_encode(file, KEPT))
}

/// Pages of a kind that have a file of their own, with it.
fn editable(portal: &Portal, kind: KindId) -> impl Iterator<Item = (&Entry, &str)> {
    let own = portal.entries.iter().filter(move |e| e.kind == kind && e.main && e.row_of.is_none());
    own.filter_map(|e| Some((e, portal.sources.get(e.body?.source.0 as usize)?.path.as_str())))
}

fn editable_file<'a>(portal: &'a Portal, file: &str) -> Option<&'a Entry> {
    portal.schema.kinds.ids().flat_map(|k| editable(portal, k)).find(|(_, path)| *path == file).map(|(e, _)| e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_both_languages() {
        let words: toml::Table = toml::from_str(WORDS).unwrap();
        let keys = |lang: &str| words[lang].as_table().unwrap().keys().cloned().collect::<HashSet<String>>();
        assert_eq!(keys("th"), keys("en"));
        assert!(OwnTemplates::new(&TEMPLATES).is_ok());
    }
}
