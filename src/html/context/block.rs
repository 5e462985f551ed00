//! Generated figures in bodies and on pages of a kind, and the addresses of checked counts.

use tera::{Context as TeraContext, Value as Shape};

use super::builder::Context;
use super::place::Place;
use super::value::{list, map};
use crate::model::{EntryId, Lang};
use crate::views::{self, Block, Cell, spec};

impl Context<'_> {
    /// HTML of a query block; what cannot be made is reported by the check and shows nothing.
    pub(crate) fn query(&self, place: &Place, entry: impl Into<Option<EntryId>>, toml: &str) -> String {
        let Ok(parsed) = spec::parse(toml, &self.site.public.schema.figures) else {
            return String::new();
        };
        match views::make(self.site, &parsed, entry.into(), place.lang) {
            Ok(block) => self.block(place, &block, &parsed),
            Err(_) => String::new(),
        }
    }

    /// The figures that a kind has on every page: id and HTML.
    pub(crate) fn figures_of(&self, place: &Place, entry: EntryId) -> Shape {
        let kind = &self.site.public.schema.kinds[self.site.entry(entry).kind];
        self.named_figures(place, Some(entry), &kind.figures)
    }

    /// Figures of `content/_schema/figures` by name: id and HTML; what the portal does not have is left out.
    pub(crate) fn named_figures(&self, place: &Place, entry: Option<EntryId>, names: &[String]) -> Shape {
        let known = names.iter().filter(|name| self.site.public.schema.figures.contains_key(*name));
        let made = known.filter_map(|name| {
            let html = self.query(place, entry, &spec::named(name));
            let label = self.site.public.schema.figures[name].get("title").and_then(|t| t.get(place.lang.code()));
            let label = label.and_then(toml::Value::as_str).unwrap_or_default();
            (!html.trim().is_empty())
                .then(|| Shape::from(map! { "id": name.as_str(), "label": label, "html": super::value::html(&html) }))
        });
        list(made.collect())
    }

    fn block(&self, place: &Place, block: &Block, spec: &spec::Spec) -> String {
        let name = format!("blocks/{}.html", block.view);
        let template = if self.templates.has(&name) { name.as_str() } else { "blocks/table.html" };
        let mut context = TeraContext::new();
        context.insert("lang", place.lang.code());
        context.insert("root", &place.root);
        context.insert("t", &self.words[place.lang]);
        context.insert("block", &self.block_shape(place, block, spec));
        match self.templates.render(template, &context, &place.path) {
            Ok(bytes) => String::from_utf8(bytes).unwrap_or_default(),
            Err(found) => {
                self.report(*found);
                String::new()
            }
        }
    }

    fn block_shape(&self, place: &Place, block: &Block, spec: &spec::Spec) -> Shape {
        let kind = self.site.public.schema.kind(&spec.kind);
        let head = |n: usize| block.columns.get(n).map_or("", |c| &c.label);
        // Target and actual number stand in this order in their table.
        let names = if block.view == "targets" { ["", head(1), head(0)] } else { ["", head(0), ""] };
        let csv = if block.charts.is_empty() { String::new() } else { self.block_csv(block, place.lang) };
        let columns = block.columns.iter().map(|c| {
            let (href, hreflang) = self.target(place, c.target);
            Shape::from(map! {
                "id": c.id.as_str(), "label": c.label.as_str(), "type": c.ty, "href": href, "hreflang": hreflang,
            })
        });
        // Where all are samples it is said once, else at each link to one.
        let marked = !block.samples.only();
        let rows = block.rows.iter().map(|r| {
            let cells = list(r.cells.iter().map(|c| self.cell_shape(place, c, marked)).collect());
            let (href, hreflang) = self.target(place, r.target);
            Shape::from(map! {
                "label": self.unsplit(&r.label), "href": href, "hreflang": hreflang, "cells": cells,
                "illustrative": marked && self.is_sample(r.target),
            })
        });
        Shape::from(map! {
            "view": block.view.as_str(),
            "title": block.title.as_str(),
            "name": self.name_of(block, spec, place.lang),
            "note": block.note.as_str(),
            "open": spec.open,
            "count": block.count as u64,
            "file": block.file.as_deref().map(|path| place.href(path)).unwrap_or_default(),
            "charts": self.charts(place, &block.charts, names),
            "csv": csv,
            "picture": self.chart_picture(place, &block.title, &block.samples.told(place.lang), &block.charts, names),
            "places": self.places(place, block, kind, spec.rows.as_deref().unwrap_or_default()),
            "columns": list(columns.collect()),
            "rows": list(rows.collect()),
            "cards": self.cards(place, block.entries.iter().copied()),
        })
    }

    /// What a figure is called where it is not seen: its title, else that of what it counts.
    fn name_of<'b>(&'b self, block: &'b Block, spec: &spec::Spec, lang: Lang) -> &'b str {
        let named = [Some(&spec.kind), spec.subjects.as_ref(), spec.checks.first().map(|check| &check.kind)];
        let kind = named.into_iter().flatten().find_map(|name| self.site.public.schema.kind(name));
        match kind {
            Some((_, kind)) if block.title.is_empty() => kind.plural().get(lang),
            _ => &block.title,
        }
    }

    fn is_sample(&self, target: Option<EntryId>) -> bool {
        target.is_some_and(|i| self.site.entry(i).illustrative)
    }

    fn cell_shape(&self, place: &Place, cell: &Cell, marked: bool) -> Shape {
        let items = cell.items.iter().map(|(text, target)| {
            let (href, hreflang) = self.target(place, *target);
            Shape::from(map! {
                "text": self.unsplit(text), "href": href, "hreflang": hreflang,
                "illustrative": marked && self.is_sample(*target),
            })
        });
        let items = list(items.collect());
        let (href, hreflang) = self.target(place, cell.target);
        Shape::from(map! {
            "text": self.unsplit(&cell.text),
            "href": href,
            "hreflang": hreflang,
            "illustrative": marked && self.is_sample(cell.target),
            "value": cell.value.unwrap_or(0.0),
            "items": items,
        })
    }

    /// Address of an entry from here, and its language where it is another one; empty for none.
    pub(super) fn target(&self, place: &Place, target: Option<EntryId>) -> (String, &'static str) {
        target.map_or((String::new(), ""), |i| {
            let path = self.site.entry(self.in_language(i, place.lang)).path();
            (place.href(&path), place.other(&path).unwrap_or(""))
        })
    }

    /// The list that a count on a page counts (`kind?field=term&…`), and its language where it is another one; nothing
    /// where the list cannot be filtered so.
    pub(crate) fn count_href(
        &self,
        place: &Place,
        spec: &str,
        page: EntryId,
    ) -> Option<(String, Option<&'static str>)> {
        let conditions = views::counts::filters(self.site, spec, Some(page))?;
        let (what, _) = spec.split_once('?').unwrap_or((spec, ""));
        let kind = what.split('/').next().unwrap_or(what);
        let (k, kind) = self.site.public.schema.kind(kind)?;
        if kind.folder.is_empty() {
            return None;
        }
        // Counts are over all entries: the list of a language that lacks some of them would show another number.
        let path = format!("{}/index.html", kind.folder);
        let [all, own] = [self.site.main(), place.lang].map(|l| self.site.count(k, l));
        let path = if own == all { format!("{}{path}", place.folder) } else { path };
        let address = place.href(&path);
        let address = if conditions.is_empty() { address } else { format!("{address}?{conditions}") };
        Some((address, place.other(&path)))
    }
}
