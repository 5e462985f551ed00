//! What the page of open data shows.

use super::tables::{Table, tables};
use super::{catalog, package, terms};
use crate::html::context::Place;
use crate::html::input::Input;
use serde_json::{Value, json};

/// `data` of the page: `kinds` with their files, `general` files about all of them.
pub(in crate::html) fn view(input: &Input<'_>, place: &Place) -> Value {
    let site = input.site;
    let all = tables(site);
    let mut kinds: Vec<Value> = Vec::new();
    let word = |key| input.theme.words.word(place.lang, key);
    let mut general = Vec::new();
    for table in all {
        let csv = place.href(&table.path(site));
        let title = table.title(input, place.lang);
        match table {
            Table::Kind(k) => {
                let kind = &site.public.schema.kinds[k];
                kinds.push(json!({
                    "title": title,
                    "about": kind.description.get(place.lang),
                    "rows": table.count(site),
                    "samples": site.samples[k][site.main()],
                    "csv": csv,
                    "json": place.href(&format!("data/{}.json", kind.id)),
                    "tables": [],
                }));
            }
            Table::Rows(k, f) => {
                let title = site.public.schema.kinds[k].fields[f].label.get(place.lang);
                let part = json!({ "title": title, "rows": table.count(site), "csv": csv });
                if let Some(parts) = kinds.last_mut().and_then(|kind| kind["tables"].as_array_mut()) {
                    parts.push(part);
                }
            }
            Table::Terms | Table::Columns => {
                general.push(json!({ "title": title, "name": name(&table.path(site)), "href": csv }));
            }
        }
    }
    for (path, key) in [(package::PATH, "data.package"), (catalog::PATH, "data.catalog"), (terms::PATH, "data.skos")] {
        general.push(json!({ "title": word(key), "name": name(path), "href": place.href(path) }));
    }
    json!({ "kinds": kinds, "general": general })
}

/// Name of a file of the folder.
fn name(path: &str) -> &str {
    path.strip_prefix("data/").unwrap_or(path)
}
