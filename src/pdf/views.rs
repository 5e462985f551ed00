//! From the public site to the data of a sheet: the page context of an entry, with its body as blocks.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::blocks::{Block, Run};
use super::body;
use super::job::Problem;
use crate::markdown::{self, Dest, Heading, LinkRef};
use crate::model::index::Target;
use crate::model::{EntryId, FieldDef, FieldType, KindId, Lang, Value as Content};
use crate::site::links::Backlink;
use crate::site::{Site, display, links};
use crate::views::{self, spec};
use crate::visibility::sections;

/// Most terms of a vocabulary that is shown as a ladder.
const MOST_STEPS: usize = 7;

/// Puts the body of entry `i` into its view as blocks: `lead_blocks`, and `blocks` of each section. Returns what a reader
/// of the build log should know about it.
pub(crate) fn with_blocks(site: &Site, i: EntryId, lang: Lang, view: &mut Value) -> Vec<Problem> {
    let entry = site.entry(i);
    let kind = &site.public.schema.kinds[entry.kind];
    let source = site.public.body(entry);
    let outline = markdown::scan(source);
    let heads: Vec<_> = outline.headings.iter().filter(|h| h.level == 2 && !h.nested).collect();
    let lead_end = heads.first().map_or(source.len(), |h| h.offset);
    let lead_start = outline.headings.iter().find(|h| h.level == 1 && h.end <= lead_end).map_or(0, |h| h.end);
    let places: Vec<(usize, usize)> = heads.iter().map(|h| (h.offset, h.end)).collect();
    let mut body = body::read(source, lead_start, &places);
    resolve(site, i, &mut body.lead);
    view["lead_blocks"] = json!(body.lead);
    let mut list: Vec<(usize, Value)> = Vec::new();
    let heads: Vec<Heading> = heads.into_iter().cloned().collect();
    let ids = sections::ids_of(kind, &heads);
    for ((head, id), mut blocks) in heads.iter().zip(ids).zip(body.sections) {
        let label = sections::of_heading(kind, head).map_or(head.title.as_str(), |s| s.label.get(entry.lang));
        resolve(site, i, &mut blocks);
        let section = json!({ "id": id, "label": label, "title": head.title, "present": true, "blocks": blocks });
        let order = kind.sections.iter().position(|s| s.id == id).unwrap_or(usize::MAX);
        view["sections"][&id] = section.clone();
        list.push((order, section));
    }
    add_texts(site, i, view);
    media_paths(view);
    add_ranges(site, i, lang, view);
    view["counted"] = counted(site, lang, &outline.links);
    list.sort_by_key(|(order, _)| *order);
    view["section_list"] = list.into_iter().map(|(_, section)| section).collect();
    let place = |at: usize| match entry.body {
        Some(body) => {
            let file = &site.public.sources[body.source.0 as usize];
            format!("{}:{}", file.path, file.line_col(body.span.start as usize + at).0)
        }
        None => site.source_path(i).to_owned(),
    };
    let deep = body.deep.map(|at| {
        let th = "รายการหรือข้อความยกซ้อนกันลึกเกินกว่าที่ใบพิมพ์จัดหน้าได้ จึงพิมพ์ส่วนที่ลึกเป็นข้อความธรรมดา ให้ลดชั้นลง";
        let en = "lists or quotations are nested deeper than paper can show; the deepest print as plain text: use fewer levels";
        Problem::warning("handout-deep", place(at), th, en)
    });
    let long = body.long.map(|at| {
        let th = "เนื้อหายาวเกินกว่าที่พิมพ์ได้ในฉบับเดียว ตั้งแต่บรรทัดนี้จึงไม่พิมพ์ ใบพิมพ์บอกที่อ่านต่อ ให้แยกเป็นหลายหน้า";
        let en = "the text is longer than one print can hold; from this line on it is left off and the print says where to read on: part it into several pages";
        Problem::warning("handout-long", place(at), th, en)
    });
    deep.into_iter().chain(long).collect()
}

/// The blocks of fields that hold Markdown.
fn add_texts(site: &Site, i: EntryId, view: &mut Value) {
    let entry = site.entry(i);
    for (f, field) in site.public.schema.kinds[entry.kind].fields.iter().enumerate() {
        let texts = entry.value(f).into_iter().flat_map(Content::items);
        let texts = texts.filter_map(|item| if let Content::Markdown(text) = item { Some(text) } else { None });
        let mut blocks: Vec<Block> = texts.flat_map(|text| body::read(text, 0, &[]).lead).collect();
        if blocks.is_empty() {
            continue;
        }
        resolve(site, i, &mut blocks);
        let blocks = json!(blocks);
        let listed = view["field_list"].as_array_mut().into_iter().flatten();
        for shown in listed.filter(|shown| shown["id"] == field.id) {
            shown["blocks"] = blocks.clone();
        }
        if let Some(shown) = view["fields"].get_mut(&field.id) {
            shown["blocks"] = blocks;
        }
    }
}

/// Numbers of entries that the text itself gives, each checked against the data: the first of each kind, with the kind.
fn counted(site: &Site, lang: Lang, links: &[LinkRef]) -> Value {
    let mut found: Vec<(&str, Value)> = Vec::new();
    for link in links {
        let Dest::Count(spec) = markdown::classify(&link.dest) else { continue };
        let kind = site.public.schema.kind(spec.split('?').next().unwrap_or_default());
        let Some((_, kind)) = kind.filter(|(_, kind)| found.iter().all(|(id, _)| *id != kind.id)) else { continue };
        found.push((&kind.id, json!({ "text": kind.plural().get(lang), "count": link.text.trim() })));
    }
    found.into_iter().map(|(_, number)| number).collect()
}

/// What a value says by its place: of a term, its vocabulary as a `ladder` where that has few steps, or the map of equal
/// `tiles` that it stands on; of references, how many lead to each kind (`kinds`).
///
/// Terms that readers must know of before they read on are `notices` of the entry.
fn add_ranges(site: &Site, i: EntryId, lang: Lang, view: &mut Value) {
    let entry = site.entry(i);
    let mut notices = Vec::new();
    for field in &site.public.schema.kinds[entry.kind].fields {
        let Some(shown) = view["fields"].get_mut(&field.id).filter(|shown| shown["items"].is_array()) else {
            continue;
        };
        let items = shown["items"].as_array().cloned().unwrap_or_default();
        if let Some(vocabulary) = site.public.schema.vocabulary_of(field) {
            let here = |id: &str| items.iter().any(|item| item["term"] == id);
            for term in vocabulary.terms.iter().filter(|term| term.notice && here(&term.id)) {
                let (label, text) = (field.label.get(lang), term.label.get(lang));
                notices.push(json!({ "id": field.id, "label": label, "text": text }));
            }
            let terms = || vocabulary.terms.iter().filter(|term| !term.retired && term.replaced_by.is_none());
            let tiles: Vec<Value> = terms()
                .filter_map(|term| Some((term, term.tile.as_ref()?)))
                .map(|(term, tile)| json!({ "column": tile.column, "row": tile.row, "here": here(&term.id) }))
                .collect();
            if !tiles.is_empty() {
                shown["tiles"] = json!(tiles);
            } else if terms().count() <= MOST_STEPS {
                shown["ladder"] =
                    terms().map(|term| json!({ "text": term.label.get(lang), "here": here(&term.id) })).collect();
            }
        }
        let mut kinds: BTreeMap<KindId, usize> = BTreeMap::new();
        for other in items.iter().filter_map(|item| site.find(item["ref"].as_str()?, entry.lang)) {
            *kinds.entry(site.entry(other).kind).or_default() += 1;
        }
        if !kinds.is_empty() {
            let label = |kind: KindId| site.public.schema.kinds[kind].plural.get(lang);
            shown["kinds"] = kinds.iter().map(|(&kind, &n)| json!({ "text": label(kind), "count": n })).collect();
        }
    }
    view["notices"] = json!(notices);
}

/// Rows of other entries' tables that refer to entry `i`: the field, the entry, and the texts of the row by column.
pub(crate) fn rows_about(site: &Site, i: EntryId, lang: Lang) -> Value {
    let id = site.entry(i).id.to_string();
    let mut found = Vec::new();
    for link in site.backlinks[i].iter() {
        let Some((f, Some(column))) = link.field else {
            continue;
        };
        let from = site.entry(link.from);
        let field = &site.public.schema.kinds[from.kind].fields[f];
        let Some(Content::Table(rows)) = from.value(f) else {
            continue;
        };
        for row in rows {
            let about = row.cells.get(column).and_then(Option::as_ref).is_some_and(|cell| {
                let mut same = false;
                links::references(&field.columns[column], &cell.value, &mut |other, _| same |= other == id);
                same
            });
            if about {
                let cells = field.columns.iter().zip(&row.cells);
                let texts =
                    cells.filter_map(|(c, cell)| Some((c.id.clone(), shown(site, c, &cell.as_ref()?.value, lang))));
                found.push(json!({
                    "field": field.id, "label": field.label.get(lang), "kind": site.public.schema.kinds[from.kind].id,
                    "id": &*from.id, "title": from.title_in(lang), "cells": texts.collect::<serde_json::Map<_, _>>(),
                }));
            }
        }
    }
    json!(found)
}

/// Entries that refer to entry `i` by a field of their own: that field, the entry, and the texts of its other fields.
pub(crate) fn entries_about(site: &Site, i: EntryId, lang: Lang) -> Value {
    let fields = |link: &Backlink| link.field.filter(|(_, column)| column.is_none()).map(|(f, _)| (f, link.from));
    let found = site.backlinks[i].iter().filter_map(fields).map(|(f, from)| {
        let entry = site.entry(from);
        let kind = &site.public.schema.kinds[entry.kind];
        let others = kind.fields.iter().enumerate().filter(|(k, field)| *k != f && field.ty != FieldType::Table);
        let texts = others.filter_map(|(k, field)| Some((field.id.clone(), shown(site, field, entry.value(k)?, lang))));
        json!({
            "field": kind.fields[f].id, "kind": kind.id, "id": &*entry.id, "title": entry.title_in(lang),
            "illustrative": entry.illustrative, "cells": texts.collect::<serde_json::Map<_, _>>(),
        })
    });
    found.collect()
}

fn shown(site: &Site, field: &FieldDef, value: &Content, lang: Lang) -> Value {
    json!(display::text(site, field, value, lang))
}

/// Turns the pages' relative addresses of pictures into paths below the content folder.
fn media_paths(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(media_paths),
        Value::Object(map) => {
            for (key, item) in map.iter_mut() {
                match item.as_str().filter(|_| key == "src").and_then(|src| src.split_once("media/")) {
                    Some((up, path)) if up.split('/').all(|part| part.is_empty() || part == "..") => {
                        // The page has the file's address; its name is wanted.
                        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
                        *item = Value::String(path);
                    }
                    _ => media_paths(item),
                }
            }
        }
        _ => {}
    }
}

/// Links and figures of blocks on the page of an entry, as the site has them.
fn resolve(site: &Site, entry: EntryId, blocks: &mut Vec<Block>) {
    let made = std::mem::take(blocks).into_iter().flat_map(|block| match block {
        Block::Code { info, text } if info.trim() == "query" => figure(site, entry, &text),
        other => vec![other],
    });
    *blocks = made.collect();
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
            Block::Code { .. } | Block::Chart { .. } | Block::Rule | Block::Cut => {}
        }
    }
    blocks.retain(|block| !matches!(block, Block::P { runs } if runs.is_empty()));
}

/// Links become full addresses where the site has one; a link without text gets the title of its target.
fn resolve_runs(site: &Site, entry: EntryId, runs: &mut [Run]) {
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
pub(crate) fn address(site: &Site, i: EntryId) -> String {
    format!("{}{}", site.public.config.base_url, site.entry(i).path())
}

/// A generated figure as picture and table, or as a list under its title; what the page says below it stands below it here
/// too.
fn figure(site: &Site, entry: EntryId, toml: &str) -> Vec<Block> {
    let lang = site.entry(entry).lang;
    let spec = spec::parse(toml, &site.public.schema.figures).ok();
    let Some(made) = spec.and_then(|spec| views::make(site, &spec, Some(entry), lang).ok()) else { return Vec::new() };
    let text = |t: String| Block::P { runs: vec![Run { t, ..Run::default() }] };
    if made.view == "count" {
        let note = if made.note.is_empty() { String::new() } else { format!(" ({})", made.note) };
        return vec![text(format!("{} {}{note}", made.title, made.count).trim().to_owned())];
    }
    if !made.entries.is_empty() && made.rows.is_empty() {
        // A sheet of a sample has its mark.
        let marked = !site.entry(entry).illustrative;
        let items = made.entries.iter().map(|&i| {
            let i = site.translation(i, lang).unwrap_or(i);
            let mut t = site.entry(i).title_in(lang).to_owned();
            if marked && site.entry(i).illustrative {
                t.push_str(&format!(" ({})", display::sample(lang)));
            }
            let run = Run { t, href: address(site, i), ..Run::default() };
            super::blocks::ListItem { done: None, number: None, blocks: vec![Block::P { runs: vec![run] }] }
        });
        let list = Block::List { start: None, items: items.collect() };
        let head = Block::H { level: 3, runs: vec![Run { t: made.title.clone(), ..Run::default() }] };
        let head = (!made.title.is_empty()).then_some(head);
        let note = (!made.note.is_empty()).then(|| text(made.note.clone()));
        return head.into_iter().chain([list]).chain(note).collect();
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
    vec![Block::Chart {
        title: if made.title.is_empty() { label_of(lang).to_owned() } else { made.title },
        note: made.note,
        view: made.view,
        alt: if alt.is_empty() { label_of(lang).to_owned() } else { alt },
        head,
        rows,
        values,
    }]
}

fn label_of(lang: Lang) -> &'static str {
    match lang {
        Lang::TH => "ข้อมูลจากคลัง",
        _ => "Figures from the portal",
    }
}
