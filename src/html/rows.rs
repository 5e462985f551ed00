//! The entries of long lists as data. A list in several pages loads them when a reader filters it: the filter then
//! works over all entries, and also from files (the data is a script, like that of search).

use serde_json::{Value, json};

use super::context::{Context, has_list, paging};
use crate::model::{KindDef, KindId, Lang};
use crate::site::Site;

/// Address of the data of a kind's list, below the folder of its language.
pub(super) fn path(kind: &KindDef) -> String {
    format!("{}/list.js", kind.folder)
}

/// The lists that are longer than a page: address of the data, language and kind.
pub(super) fn paths(site: &Site) -> Vec<(String, (Lang, KindId))> {
    let mut found = Vec::new();
    for lang in site.public.config.languages() {
        for (k, kind) in site.public.schema.kinds.iter_ids() {
            if has_list(kind) && paging::pages(site.count(k, lang)) > 1 {
                found.push((format!("{}{}", site.public.config.folder(lang), path(kind)), (lang, k)));
            }
        }
    }
    found
}

/// The data of a list:
/// `salaList({fields: [[field, [terms]]], entries: [[title, address, facts, badges, [[positions of terms]]]]})`.
/// Addresses are relative to the folder of the kind.
pub(super) fn make(context: &Context<'_>, lang: Lang, k: KindId) -> Vec<u8> {
    format!("salaList({});\n", data(context, lang, k)).into_bytes()
}

fn data(context: &Context<'_>, lang: Lang, k: KindId) -> Value {
    let site = context.site;
    let kind = &site.public.schema.kinds[k];
    let facets = &site.facets[k][lang];
    let fields: Vec<Value> = facets
        .iter()
        .map(|facet| {
            let terms: Vec<&str> = facet.values.iter().map(|v| v.slug.as_str()).collect();
            json!([kind.fields[facet.field].id, terms])
        })
        .collect();
    let folder = format!("{}{}/", site.public.config.folder(lang), kind.folder);
    let entries: Vec<Value> = site.order[k][lang]
        .iter()
        .map(|i| {
            let entry = site.entry(*i);
            let address = entry.path();
            let address = address.strip_prefix(&folder).unwrap_or(&address);
            let mut terms = vec![Vec::new(); facets.len()];
            for (f, v) in &site.members[*i] {
                terms[*f as usize].push(*v);
            }
            let (facts, badges) = context.row(lang, *i);
            json!([entry.title_in(lang), address, facts, badges, terms])
        })
        .collect();
    json!({ "fields": fields, "entries": entries })
}
