//! From the public site to the data of a sheet: the page context of an entry, with its body as blocks.

use serde_json::{Value, json};

use super::blocks::{Block, Run};
use super::events::from_events;
use crate::markdown::{self, Dest};
use crate::model::Lang;
use crate::model::index::Target;
use crate::site::Site;
use crate::views::{self, spec};
use crate::visibility::sections;

/// Puts the body of entry `i` into its view as blocks: `lead_blocks`, and `blocks` of each section.
pub fn with_blocks(site: &Site, i: usize, view: &mut Value) {
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    let source = site.public.body(entry);
    let outline = markdown::scan(source);
    let heads: Vec<_> = outline.headings.iter().filter(|h| h.level == 2 && !h.nested).collect();
    let lead_end = heads.first().map_or(source.len(), |h| h.offset);
    let lead_start = outline.headings.iter().find(|h| h.level == 1 && h.end <= lead_end).map_or(0, |h| h.end);
    let blocks = |from: usize, to: usize| json!(tree(site, i, source.get(from..to).unwrap_or_default()));
    view["lead_blocks"] = blocks(lead_start, lead_end);
    let mut list: Vec<(usize, Value)> = Vec::new();
    for (k, head) in heads.iter().enumerate() {
        let end = heads.get(k + 1).map_or(source.len(), |h| h.offset);
        let id = sections::id_of(kind, head);
        let label = sections::of_heading(kind, head).map_or(head.title.as_str(), |s| s.label.get(entry.lang));
        let section =
            json!({ "id": id, "label": label, "title": head.title, "present": true, "blocks": blocks(head.end, end) });
        let order = kind.sections.iter().position(|s| s.id == id).unwrap_or(usize::MAX);
        view["sections"][id] = section.clone();
        list.push((order, section));
    }
    media_paths(view);
    list.sort_by_key(|(order, _)| *order);
    view["section_list"] = list.into_iter().map(|(_, section)| section).collect();
}

/// Turns the pages' relative addresses of pictures into paths below the content folder.
fn media_paths(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(media_paths),
        Value::Object(map) => {
            for (key, item) in map.iter_mut() {
                match item.as_str().filter(|_| key == "src").and_then(|src| src.split_once("media/")) {
                    Some((up, path)) if up.split('/').all(|part| part.is_empty() || part == "..") => {
                        *item = Value::String(path.to_owned())
                    }
                    _ => media_paths(item),
                }
            }
        }
        _ => {}
    }
}

/// The block tree of a stretch of Markdown on the page of an entry, with links and figures of the site.
fn tree(site: &Site, entry: usize, source: &str) -> Vec<Block> {
    let mut blocks = markdown::with_events(source, |events| from_events(events));
    resolve(site, entry, &mut blocks);
    blocks
}

fn resolve(site: &Site, entry: usize, blocks: &mut Vec<Block>) {
    for block in blocks.iter_mut() {
        match block {
            Block::P { runs } | Block::H { runs, .. } => resolve_runs(site, entry, runs),
            Block::List { items, .. } => items.iter_mut().for_each(|item| resolve(site, entry, &mut item.blocks)),
            Block::Quote { blocks, .. } | Block::Note { blocks, .. } => resolve(site, entry, blocks),
            Block::Table { head, rows, .. } => {
                head.iter_mut().for_each(|runs| resolve_runs(site, entry, runs));
                rows.iter_mut().flatten().for_each(|runs| resolve_runs(site, entry, runs));
            }
            Block::Figure { src, .. } => {
                *src = site.media_path(entry, src).unwrap_or_default();
            }
            Block::Code { info, text } if info.trim() == "query" => {
                *block = chart(site, entry, text).unwrap_or(Block::P { runs: Vec::new() });
            }
            Block::Code { .. } | Block::Chart { .. } | Block::Rule => {}
        }
    }
    blocks.retain(|block| !matches!(block, Block::P { runs } if runs.is_empty()));
}

/// Links become full addresses where the site has one; a link without text gets the title of its target.
fn resolve_runs(site: &Site, entry: usize, runs: &mut [Run]) {
    let lang = site.entry(entry).lang;
    for run in runs.iter_mut().filter(|run| !run.href.is_empty()) {
        let target = match markdown::classify(&run.href) {
            Dest::Id(id) => site.find(id.split_once('#').map_or(&*id, |(id, _)| id), lang),
            Dest::Relative(path) => match site.resolve(entry, &path) {
                Target::Entry(i, _) => Some(i),
                _ => None,
            },
            _ => None,
        };
        if let Some(i) = target {
            if run.t.is_empty() {
                run.t = site.entry(i).title_in(lang).to_owned();
            }
            run.href = address(site, i);
        }
        if !run.href.starts_with("http") {
            run.href.clear();
        }
    }
}

/// Address of an entry's page: full where the portal has a base address, else its path in the site.
pub fn address(site: &Site, i: usize) -> String {
    format!("{}{}", site.public.config.base_url, site.entry(i).path())
}

/// A generated figure as picture and table.
fn chart(site: &Site, entry: usize, toml: &str) -> Option<Block> {
    let spec = spec::parse(toml, &site.public.schema.figures).ok()?;
    let lang = site.entry(entry).lang;
    let made = views::make(site, &spec, Some(entry), lang).ok()?;
    if made.view == "count" {
        return Some(Block::P {
            runs: vec![Run { t: format!("{} {}", made.title, made.count).trim().to_owned(), ..Run::default() }],
        });
    }
    if !made.entries.is_empty() && made.rows.is_empty() {
        let items = made.entries.iter().map(|&i| {
            let run = Run { t: site.entry(i).title_in(lang).to_owned(), href: address(site, i), ..Run::default() };
            super::blocks::ListItem { done: None, blocks: vec![Block::P { runs: vec![run] }] }
        });
        return Some(Block::List { start: None, items: items.collect() });
    }
    let head = std::iter::once(String::new()).chain(made.columns.iter().map(|c| c.label.clone())).collect();
    let rows: Vec<Vec<String>> = made
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter().map(|cell| {
                if cell.text.is_empty() {
                    cell.items.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(", ")
                } else {
                    cell.text.clone()
                }
            });
            std::iter::once(row.label.clone()).chain(cells).collect()
        })
        .collect();
    let values = made.rows.iter().map(|row| row.cells.iter().map(|cell| cell.value).collect()).collect();
    let alt =
        [made.title.as_str(), made.note.as_str()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(": ");
    Some(Block::Chart {
        title: if made.title.is_empty() { label_of(lang).to_owned() } else { made.title },
        view: made.view,
        alt: if alt.is_empty() { label_of(lang).to_owned() } else { alt },
        head,
        rows,
        values,
    })
}

fn label_of(lang: Lang) -> &'static str {
    match lang {
        Lang::Th => "ข้อมูลจากคลัง",
        Lang::En => "Figures from the portal",
    }
}
