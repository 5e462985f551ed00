//! Pages: front matter, query blocks, counts, anchors of sections, links into a folder that moves.

use super::edits::Edits;
use super::names::{Renaming, is_own};
use super::request::What;
use super::scan;
use super::walk::Walk;
use crate::content::front_matter::{Format, parse, split};
use crate::content::raw::{Data, Node};
use crate::model::index::{Index, Target};
use crate::model::{Entry, KindId, SourceFile, ids};
use std::path::Path;

/// Edits every page.
pub(super) fn edit(renaming: &Renaming<'_>, edits: &mut Edits) {
    let portal = renaming.portal;
    let index = Index::new(portal);
    for entry in &portal.entries {
        let Some(body) = entry.body else { continue };
        let source = &portal.sources[body.source.0 as usize];
        front(renaming, entry, source, edits);
        let base = body.span.start as usize;
        let page = Page { renaming, index: &index, entry, source, base };
        page.queries(edits);
        page.links(edits);
        page.headings(edits);
    }
}

fn front(renaming: &Renaming<'_>, entry: &Entry, source: &SourceFile, edits: &mut Edits) {
    let Some((format, text, base)) = split(&source.text).ok().and_then(|parts| parts.front) else { return };
    let Ok(node) = parse(format, text, base) else { return };
    let Data::Map(pairs) = &node.data else { return };
    let kind = &renaming.portal.schema.kinds[entry.kind];
    let own = renaming.has(entry.kind);
    let (path, whole) = (source.path.as_str(), &*source.text);
    let mut walk = Walk { renaming, path, text: whole, edits, pages: Vec::new(), speaks_of_kinds: false };
    for (key, value) in pairs {
        match (renaming.what, &renaming.table) {
            (What::Field, None) if own && key.name == renaming.old => match format {
                Format::Toml => {
                    for range in scan::keys(text, &renaming.old) {
                        let range = base + range.start..base + range.end;
                        walk.edits.replace(path, whole, range, renaming.new.as_str());
                    }
                }
                Format::Yaml => walk.put(key.span, &renaming.old, &renaming.new),
            },
            (What::Field, Some(table)) if own && key.name == *table => {
                for row in rows(value) {
                    if let Data::Map(cells) = &row.data {
                        let cells = cells.iter().filter(|(column, _)| column.name == renaming.old);
                        cells.for_each(|(column, _)| walk.put(column.span, &renaming.old, &renaming.new));
                    }
                }
            }
            (What::Section, _) if own && key.name == "internal_sections" => walk.terms(value),
            (What::Kind, _) if key.name == "kind" => walk.terms(value),
            (What::Term, _) => {
                let Some(field) = kind.field_named(&key.name).map(|f| &kind.fields[f]) else { continue };
                if renaming.takes(field) {
                    walk.terms(value);
                }
                for row in rows(value) {
                    let Data::Map(cells) = &row.data else { continue };
                    for (column, cell) in cells {
                        if field.column_named(&column.name).is_some_and(|c| renaming.takes(&field.columns[c])) {
                            walk.terms(cell);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

fn rows(node: &Node) -> Vec<&Node> {
    match &node.data {
        Data::List(rows) => rows.iter().collect(),
        Data::Map(_) => vec![node],
        Data::Scalar(..) => Vec::new(),
    }
}

struct Page<'a> {
    renaming: &'a Renaming<'a>,
    index: &'a Index,
    entry: &'a Entry,
    source: &'a SourceFile,
    base: usize,
}

impl Page<'_> {
    fn queries(&self, edits: &mut Edits) {
        let facts = self.renaming.portal.analysis(self.entry);
        for (query, offset) in &facts.outline.queries {
            let start = self.base + offset;
            // In a quotation the lines do not stand behind each other.
            let whole = self.source.text.get(start..start + query.len()) == Some(query);
            let Some(node) = whole.then(|| parse(Format::Toml, query, start).ok()).flatten() else { continue };
            let (path, text) = (self.source.path.as_str(), &*self.source.text);
            let pages = vec![self.entry.kind];
            let mut walk = Walk { renaming: self.renaming, path, text, edits, pages, speaks_of_kinds: true };
            walk.table(&node, &[]);
        }
    }

    fn links(&self, edits: &mut Edits) {
        let portal = self.renaming.portal;
        let facts = portal.analysis(self.entry);
        let links = facts.outline.links.iter().map(|l| (&l.dest, l.offset));
        for (dest, offset) in links.chain(facts.outline.images.iter().map(|i| (&i.dest, i.offset))) {
            let new = if let Some(count) = dest.strip_prefix("count:") {
                self.count(count).map(|new| format!("count:{new}"))
            } else if let Some((from, to)) = &self.renaming.folder {
                self.moved(dest, from, to)
            } else {
                self.anchor(dest)
            };
            let (Some(new), Some(at)) = (new, self.find(dest, offset)) else { continue };
            edits.replace(&self.source.path, &self.source.text, at..at + dest.len(), new);
        }
    }

    /// Where a destination is written: behind the place of its link, else in a definition.
    fn find(&self, dest: &str, offset: usize) -> Option<usize> {
        let text = &self.source.text;
        let start = self.base + offset;
        text.get(start..)?.find(dest).map(|i| start + i).or_else(|| text.find(dest))
    }

    /// `kind/table?field=term,term&…`
    fn count(&self, written: &str) -> Option<String> {
        let renaming = self.renaming;
        let (what, query) = written.split_once('?').unwrap_or((written, ""));
        let (kind, table) = what.split_once('/').map_or((what, None), |(kind, table)| (kind, Some(table)));
        let context: Vec<KindId> = renaming.portal.schema.kind(kind).map(|(k, _)| k).into_iter().collect();
        let name = |written: &str| renaming.name(&context, written).unwrap_or_else(|| written.to_string());
        let new_kind = if renaming.what == What::Kind && kind == renaming.old { &renaming.new } else { kind };
        let mut out = new_kind.to_string();
        out.extend(table.map(|table| format!("/{}", name(table))));
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (field, values) = pair.split_once('=').unwrap_or((pair, ""));
            // A column is named without its table where rows are counted.
            let column = table.filter(|t| Some(*t) == renaming.table.as_deref() && field == renaming.old);
            let new_field = if column.is_some() { renaming.new.clone() } else { name(field) };
            let takes = renaming.takes_at(&context, field);
            let own = |v: &str| is_own(v).then(|| renaming.own(&[self.entry.kind], v)).flatten();
            let value = |v: &str| match takes && v.trim() == renaming.old {
                true => renaming.new.clone(),
                false => own(v).unwrap_or_else(|| v.to_string()),
            };
            let values: Vec<String> = values.split(',').map(value).collect();
            format!("{new_field}={}", values.join(","))
        });
        let pairs: Vec<String> = pairs.collect();
        if !pairs.is_empty() {
            out = format!("{out}?{}", pairs.join("&"));
        }
        (out != written).then_some(out)
    }

    /// A link to a section that is renamed.
    fn anchor(&self, dest: &str) -> Option<String> {
        let (path, anchor) = dest.split_once('#')?;
        if self.renaming.what != What::Section || anchor != self.renaming.old {
            return None;
        }
        let (portal, entry) = (self.renaming.portal, self.entry);
        let target = match path.strip_prefix("id:") {
            Some(id) => self.index.entry(portal, id, entry.lang).map(|i| Target::Entry(i, String::new())),
            None => Some(self.index.resolve(portal, entry, dest)),
        };
        match target? {
            Target::Entry(i, _) if self.renaming.has(self.renaming.portal.entries[i].kind) => {
                Some(format!("{path}#{}", self.renaming.new))
            }
            _ => None,
        }
    }

    /// A link into a folder that moves: the part of the path that names the folder.
    fn moved(&self, dest: &str, from: &str, to: &str) -> Option<String> {
        let (path, _) = dest.split_once(['?', '#']).unwrap_or((dest, ""));
        if path.contains(':') || path.is_empty() {
            return None;
        }
        let base = self.source.path.strip_prefix("content/")?;
        ids::join(base, path)?;
        // How deep the link is when it names the folder: at the top of the content.
        let mut depth = if path.starts_with('/') { 0 } else { base.matches('/').count() };
        let mut at = 0;
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => depth = depth.checked_sub(1)?,
                part if depth == 0 && part == from => {
                    return Some(format!("{}{to}{}", &dest[..at], &dest[at + part.len()..]));
                }
                _ => depth += 1,
            }
            at += part.len() + 1;
        }
        None
    }

    /// Headings that carry the id of a section.
    fn headings(&self, edits: &mut Edits) {
        let renaming = self.renaming;
        if renaming.what != What::Section || !renaming.has(self.entry.kind) {
            return;
        }
        let facts = renaming.portal.analysis(self.entry);
        for heading in facts.outline.headings.iter().filter(|h| h.level == 2 && !h.nested) {
            let (start, end) = (self.base + heading.offset, self.base + heading.end);
            let Some(line) = self.source.text.get(start..end) else { continue };
            let mark = format!("#{}", renaming.old);
            let at = match heading.explicit && heading.id == renaming.old {
                true => line.rfind(&mark).map(|i| i + 1),
                false if heading.title.trim() == renaming.old => line.find(&renaming.old),
                false => None,
            };
            if let Some(at) = at {
                let range = start + at..start + at + renaming.old.len();
                edits.replace(&self.source.path, &self.source.text, range, renaming.new.as_str());
            }
        }
    }
}

/// Every file of a kind's folder goes to the new one.
pub(super) fn move_folder(root: &Path, from: &str, to: &str, edits: &mut Edits) {
    let folder = root.join("content").join(from);
    for entry in walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().flatten() {
        if let Ok(rest) = entry.path().strip_prefix(&folder)
            && entry.file_type().is_file()
        {
            let rest = rest.to_string_lossy().replace('\\', "/");
            edits.relocate(format!("content/{from}/{rest}"), format!("content/{to}/{rest}"));
        }
    }
}
