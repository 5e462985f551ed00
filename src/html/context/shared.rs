//! `t` and `site`: the same for every page of a language, apart from the way to the root.

use tera::{Map, Value};

use super::builder::{Context, DEPTHS};
use super::place::{Place, has_list};
use super::value::{key, list, map, set};
use crate::html::open_data;
use crate::model::{Id, KindId, Lang, Visibility};

impl Context<'_> {
    pub(crate) fn words(&self, lang: Lang) -> Value {
        self.words[lang].clone()
    }

    /// `site` for a page; `current` is the kind whose navigation item is marked.
    pub(crate) fn site_value(&self, place: &Place, current: Option<KindId>) -> Value {
        let depth = place.root.len() / 3;
        let kinds = self.site.public.schema.kinds.len();
        if place.root != "../".repeat(depth) || depth >= DEPTHS {
            return self.build_site(place, current);
        }
        let slot = depth * (kinds + 1) + current.map_or(0, |k| k.index() + 1);
        self.sites[place.lang][slot].get_or_init(|| self.build_site(place, current)).clone()
    }

    fn build_site(&self, place: &Place, current: Option<KindId>) -> Value {
        if let Some(kind) = current {
            // All but the navigation is the same as without a current kind.
            if let Some(mut map) = self.site_value(place, None).into_map() {
                set(&mut map, "nav", self.nav(place, Some(kind)));
                return Value::from(map);
            }
        }
        let lang = place.lang;
        let config = &self.site.public.config;
        let mut assets = Map::default();
        for (path, address) in &self.assets.addresses {
            assets.insert(key(path), Value::from(place.href(address)));
        }
        let date = self.site.date;
        let base = !config.base_url.is_empty();
        let search = map! {
            "enabled": self.input.search,
            "router": if self.input.search { place.href(&crate::html::input::router_path(place.lang)) } else { String::new() },
            "href": place.own("search.html"),
        };
        Value::from(map! {
            "title": config.title.get(lang),
            "title_html": self.unsplit(config.title.get(lang)),
            "subtitle": config.subtitle.get(lang),
            "description": config.description.get(lang),
            "base_url": config.base_url.as_str(),
            "publisher": config.publisher.get(lang),
            "contact": config.contact.get(lang),
            "licence": config.licence.as_str(),
            "licence_url": config.licence_url.as_str(),
            "version_date": date.map_or(String::new(), |d| crate::site::display::date(self.site, &d, lang)),
            "version_iso": date.map_or(String::new(), |d| d.iso()),
            "main_language": config.main().code(),
            "languages": config.languages().iter().map(|l| l.code()).collect::<Vec<_>>(),
            "nav": self.nav(place, None),
            "pages": self.top_pages(place),
            "kinds": self.kinds_value(place),
            "assets": assets,
            "search": search,
            "updates": place.own("updates.html"),
            "data": if open_data::exist(self.site) { place.own("data/index.html") } else { String::new() },
            "manifest": if base { place.own("site.webmanifest") } else { String::new() },
            "opensearch": if base && self.input.search { place.own("opensearch.xml") } else { String::new() },
            "feed": if base { place.own("feed.xml") } else { String::new() },
            "browse": if self.browse(lang).is_empty() { String::new() } else { place.own("browse/index.html") },
            "offline": if config.offline.withdraw { "withdraw" } else if config.offline.enabled { "on" } else { "" },
            "part": config.part.get(lang),
            "help": "",
            "vocabularies": self.vocabularies_value(place),
        })
    }

    fn nav(&self, place: &Place, current: Option<KindId>) -> Value {
        let schema = &self.site.public.schema;
        let mut kinds: Vec<(u32, KindId)> = schema
            .kinds
            .iter_ids()
            .filter(|(k, kind)| has_list(kind) && self.site.count(*k, place.lang) > 0)
            .filter_map(|(k, kind)| kind.nav.map(|n| (n, k)))
            .collect();
        kinds.sort_unstable();
        let items = kinds.into_iter().map(|(_, k)| {
            let kind = &schema.kinds[k];
            Value::from(map! {
                "label": kind.plural().get(place.lang),
                "href": place.own(&format!("{}/index.html", kind.folder)),
                "current": current == Some(k),
                "kind": kind.id.as_str(),
            })
        });
        list(items.collect())
    }

    fn kinds_value(&self, place: &Place) -> Value {
        let kinds = self.site.public.schema.kinds.iter_ids().filter(|(_, k)| has_list(k));
        list(kinds.map(|(k, _)| Value::from(self.kind_map(place, k))).collect())
    }

    /// `kind` as entry and list pages see it, without its fields.
    pub(crate) fn kind_map(&self, place: &Place, k: KindId) -> Map {
        let kind = &self.site.public.schema.kinds[k];
        let lang = place.lang;
        let count = self.site.count(k, lang);
        let compare = !kind.compare.is_empty() && has_list(kind) && count > 0;
        // A kind without entries in this language is read in the first that has some.
        let config = &self.site.public.config;
        let other = config.languages().into_iter().find(|l| self.site.count(k, *l) > 0);
        let elsewhere = other.filter(|_| count == 0 && has_list(kind)).map(|l| {
            let href = place.href(&super::paging::list_path(&config.folder(l), kind, 0));
            Value::from(map! { "lang": l.code(), "href": href, "count": self.site.count(k, l) })
        });
        map! {
            "id": kind.id.as_str(),
            "label": kind.label.get(lang),
            "plural": kind.plural().get(lang),
            "description": kind.description.get(lang),
            "description_html": self.unsplit(kind.description.get(lang)),
            "href": if has_list(kind) && count > 0 { place.own(&format!("{}/index.html", kind.folder)) } else { String::new() },
            "count": count,
            "samples": self.site.samples[k][lang],
            "folder": kind.folder.as_str(),
            "compare": compare,
            "matrix_href": if compare { place.own(&format!("{}/compare.html", kind.folder)) } else { String::new() },
            "elsewhere": elsewhere,
        }
    }

    /// `kind` with its fields.
    pub(crate) fn kind_value(&self, place: &Place, k: KindId) -> Value {
        let mut map = self.kind_map(place, k);
        let lang = place.lang;
        let public = self.site.public.schema.kinds[k].fields.iter().filter(|f| f.visibility == Visibility::Public);
        let fields = public.map(|f| {
            Value::from(map! {
                "id": f.id.as_str(),
                "label": f.label.get(lang),
                "help": f.help.get(lang),
                "type": f.ty.name(),
                "facet": f.facet,
            })
        });
        set(&mut map, "fields", fields.collect::<Vec<Value>>());
        Value::from(map)
    }
}
