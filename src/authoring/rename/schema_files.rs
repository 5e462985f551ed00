//! The files that speak of kinds, fields and terms, beside the pages.

use super::edits::Edits;
use super::file::{Place, SchemaFile, id};
use super::names::Renaming;
use super::request::What;
use super::scan;
use super::walk::{Walk, scalars};
use crate::authoring::target;
use crate::content::files::Reader;
use crate::content::raw::{Data, Node};
use crate::model::{KindId, ids};

/// Edits one file.
pub(super) fn edit(renaming: &Renaming<'_>, reader: &Reader<'_>, file: &SchemaFile, edits: &mut Edits) {
    let schema = &renaming.portal.schema;
    if renaming.owners.contains(&file.name) {
        for item in file.definitions(renaming.what, renaming.table.as_deref()) {
            if id(item) == Some(&renaming.old) {
                define(renaming, file, item, edits);
            }
        }
    }
    let own = |test: &dyn Fn(&crate::model::KindDef) -> bool| -> Vec<KindId> {
        schema.kinds.iter_ids().filter(|(_, kind)| test(kind)).map(|(k, _)| k).collect()
    };
    let (context, pages) = match file.place {
        Place::Kind => (own(&|k| k.id == file.name), Vec::new()),
        Place::Set => (own(&|k| k.fields_from.contains(&file.name)), Vec::new()),
        Place::Import => (own(&|k| file.node.get("kind").and_then(Node::text) == Some(&k.id)), Vec::new()),
        _ => (Vec::new(), shown_by(renaming, &file.name)),
    };
    let speaks_of_kinds = !matches!(file.place, Place::Kind | Place::Set);
    let (path, text) = (file.path.as_str(), file.text.as_str());
    let mut walk = Walk { renaming, path, text, edits, pages, speaks_of_kinds };
    match file.place {
        Place::Vocabulary if renaming.what == What::Term && renaming.owners.contains(&file.name) => {
            for item in file.items("term") {
                ["parent", "replaced_by"].iter().filter_map(|key| item.get(key)).for_each(|node| walk.terms(node));
            }
        }
        Place::Vocabulary => {}
        Place::Import => import(&mut walk, file, &context),
        Place::Table => tables(&mut walk, reader, file),
        Place::Settings => settings(&mut walk, file),
        _ => walk.table(&file.node, &context),
    }
}

/// The kinds whose pages show a figure: those that have it on every page, and those of pages that name it; any, where none
/// does yet.
fn shown_by(renaming: &Renaming<'_>, figure: &str) -> Vec<KindId> {
    let portal = renaming.portal;
    let named = format!("\"{figure}\"");
    let in_pages = portal.entries.iter().filter(|entry| {
        entry.body.is_some() && portal.analysis(entry).outline.queries.iter().any(|(query, _)| query.contains(&named))
    });
    let mut kinds: Vec<KindId> = in_pages.map(|entry| entry.kind).collect();
    let all = || portal.schema.kinds.iter_ids();
    kinds.extend(all().filter(|(_, kind)| kind.figures.iter().any(|f| f == figure)).map(|(k, _)| k));
    if kinds.is_empty() { all().map(|(k, _)| k).collect() } else { kinds }
}

/// The new id, with the old one in `was`.
fn define(renaming: &Renaming<'_>, file: &SchemaFile, item: &Node, edits: &mut Edits) {
    let (path, text) = (file.path.as_str(), file.text.as_str());
    let Some(node) = item.get("id") else { return };
    edits.scalar(path, text, node.span, &renaming.old, &renaming.new);
    let inline = text[item.span.start as usize..].starts_with('{');
    let mut add = |key: &str, behind: &Node, old: &str| {
        let end = behind.span.end as usize;
        match item.get(key) {
            Some(list) => {
                let start = list.span.start as usize + 1;
                let more = if text[start..].trim_start().starts_with(']') { "" } else { ", " };
                edits.replace(path, text, start..start, format!("\"{old}\"{more}"));
            }
            None if inline => edits.replace(path, text, end..end, format!(", {key} = [\"{old}\"]")),
            None => {
                let line = text[end..].find('\n').map_or(text.len(), |n| end + n);
                let line = line - usize::from(text[..line].ends_with('\r'));
                edits.replace(path, text, line..line, format!("\n{key} = [\"{old}\"]"));
            }
        }
    };
    add("was", node, &renaming.old);
    if let (Some((from, to)), Some(folder)) = (&renaming.folder, item.get("folder")) {
        add("former_folders", folder, from);
        edits.scalar(path, text, folder.span, from, to);
    }
}

/// A map of imports: targets on both sides.
fn import(walk: &mut Walk<'_, '_>, file: &SchemaFile, context: &[KindId]) {
    let renaming = walk.renaming;
    let Data::Map(pairs) = &file.node.data else { return };
    for (key, value) in pairs {
        let inner = if let Data::Map(inner) = &value.data { inner.as_slice() } else { &[] };
        match key.name.as_str() {
            "kind" => walk.kinds(value),
            "key" | "template" | "match" => walk.names(value, context),
            "columns" => inner.iter().for_each(|(_, places)| walk.names(places, context)),
            "id" => placeholders(walk, value, context),
            "set" | "values" => {
                for (target, value) in inner {
                    if let Some(new) = renaming.name(context, &target.name) {
                        walk.put(target.span, &target.name, &new);
                    }
                    if takes_target(renaming, context, &target.name) {
                        match &value.data {
                            Data::Map(words) => words.iter().for_each(|(_, term)| walk.terms(term)),
                            _ => walk.terms(value),
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn takes_target(renaming: &Renaming<'_>, context: &[KindId], written: &str) -> bool {
    context.iter().any(|k| {
        let kind = &renaming.portal.schema.kinds[*k];
        match target::parse(kind, written) {
            Some(target::Target::Field(f)) => renaming.takes(&kind.fields[f]),
            Some(target::Target::Cell(f, _, c)) => renaming.takes(&kind.fields[f].columns[c]),
            _ => false,
        }
    })
}

/// `{target}` in a pattern.
fn placeholders(walk: &mut Walk<'_, '_>, node: &Node, context: &[KindId]) {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let text = walk.text;
    let mut at = start;
    while let Some(open) = text[at..end].find('{').map(|i| at + i + 1) {
        let Some(close) = text[open..end].find('}').map(|i| open + i) else { return };
        if let Some(new) = walk.renaming.name(context, &text[open..close]) {
            walk.edits.replace(walk.path, text, open..close, new);
        }
        at = close;
    }
}

/// A map of a table: fields that rows set, terms that are written in it, and cells that are terms.
fn tables(walk: &mut Walk<'_, '_>, reader: &Reader<'_>, file: &SchemaFile) {
    let renaming = walk.renaming;
    let mut columns: Vec<String> = Vec::new();
    for block in file.items("entries") {
        let named = block.get("kind").and_then(Node::text);
        let context: Vec<KindId> =
            named.and_then(|id| renaming.portal.schema.kind(id)).map(|(k, _)| k).into_iter().collect();
        block.get("kind").into_iter().for_each(|kind| walk.kinds(kind));
        for part in ["set", "append"].iter().filter_map(|key| block.get(key)) {
            let Data::Map(pairs) = &part.data else { continue };
            for (field, value) in pairs {
                if let Some(new) = renaming.name(&context, &field.name) {
                    walk.put(field.span, &field.name, &new);
                }
                if !renaming.takes_at(&context, &field.name) {
                    continue;
                }
                walk.terms(value);
                let pattern = value.text().unwrap_or("");
                columns.extend(pattern.strip_prefix('{').and_then(|p| p.strip_suffix('}')).map(str::to_string));
            }
        }
    }
    for block in file.items("entries") {
        if let Some(Data::Map(pairs)) = block.get("when").map(|n| &n.data) {
            pairs.iter().filter(|(k, _)| columns.contains(&k.name)).for_each(|(_, value)| walk.terms(value));
        }
    }
    let csv = file.node.get("file").and_then(Node::text).and_then(|name| ids::join(&file.path, name));
    let Some(source) = csv.filter(|_| !columns.is_empty()).and_then(|path| reader.text(&path, &mut Vec::new())) else {
        return;
    };
    for range in columns.iter().flat_map(|column| scan::cells(&source.text, column)) {
        if source.text[range.clone()] == renaming.old {
            walk.edits.replace(&source.path, &source.text, range, renaming.new.as_str());
        }
    }
}

/// `portal.toml`: kinds, and the facets of the search page.
fn settings(walk: &mut Walk<'_, '_>, file: &SchemaFile) {
    walk.table(&file.node, &[]);
    let renaming = walk.renaming;
    if renaming.what != What::Field || renaming.table.is_some() {
        return;
    }
    let others = renaming.portal.schema.kinds.iter_ids();
    let shared = others.filter(|(k, _)| !renaming.has(*k)).any(|(_, kind)| kind.field_index(&renaming.old).is_some());
    let facets = file.node.get("search").and_then(|search| search.get("facets"));
    for (span, text) in facets.map(scalars).unwrap_or_default() {
        if text == renaming.old && shared {
            let end = span.end as usize;
            walk.edits.replace(walk.path, walk.text, end..end, format!(", \"{}\"", renaming.new));
        } else if text == renaming.old {
            let new = renaming.new.clone();
            walk.put(span, text, &new);
        }
    }
}
