//! `matrix`: all entries of a kind side by side on the rows that its schema names.

use crate::model::{EntryId, KindId, Visibility};
use tera::{Map, Value as Shape};

use super::builder::Context;
use super::place::Place;
use super::value::{key, list, map};
use crate::site::display;

impl Context<'_> {
    /// The comparison of all entries of a kind.
    pub(crate) fn matrix(&self, place: &Place, k: KindId) -> Map {
        let kind = &self.site.public.schema.kinds[k];
        let entries = &self.site.order[k][place.lang];
        let needs_bodies = kind.compare.iter().any(|row| kind.section(row).is_some());
        let bodies: Vec<Option<Map>> = entries
            .iter()
            .map(|i| if needs_bodies { self.body(place, *i).sections.into_map() } else { None })
            .collect();
        let rows = kind.compare.iter().filter_map(|row| {
            let (label, help, cells): (_, _, Vec<Shape>) = if let Some(f) = kind.field_index(row) {
                let field = Some(&kind.fields[f]).filter(|field| field.visibility == Visibility::Public)?;
                let cells = entries.iter().map(|i| self.matrix_cell(place, *i, f)).collect();
                (field.label.get(place.lang), field.help.get(place.lang), cells)
            } else {
                let section = kind.section(row).filter(|section| section.visibility == Visibility::Public)?;
                let cells = bodies.iter().map(|body| {
                    let found = body.as_ref().and_then(|b| b.get(&key(row))).and_then(Shape::as_map);
                    let part = |name| found.and_then(|s| s.get(&key(name))).cloned();
                    Shape::from(map! {
                        "html": part("html").unwrap_or_else(|| Shape::from("")),
                        "text": "",
                        "unit": "",
                        "present": part("present").unwrap_or_else(|| Shape::from(false)),
                    })
                });
                (section.label.get(place.lang), section.help.get(place.lang), cells.collect())
            };
            Some(Shape::from(map! { "id": row.as_str(), "label": label, "help": help, "cells": cells }))
        });
        let rows: Vec<Shape> = rows.collect();
        map! { "columns": self.cards(place, entries.iter().copied()), "rows": list(rows) }
    }

    fn matrix_cell(&self, place: &Place, i: EntryId, f: usize) -> Shape {
        let view = self.field(place, i, f);
        let part = |name| view.as_map().and_then(|m| m.get(&key(name))).cloned().unwrap_or_else(Shape::none);
        let mut text = part("text");
        let mut shown = part("html");
        let kind = &self.site.public.schema.kinds[self.site.entry(i).kind];
        if let Some(said) = text.as_str().filter(|_| kind.fields[f].ty.year_kind().is_some()) {
            let said = display::under(&kind.fields[f], said.to_owned(), place.lang);
            shown = self.unsplit(&said);
            text = Shape::from(said);
        }
        // A table is identified by the first column of its rows that has words: their numbers say nothing.
        if let Some(rows) = view.as_map().and_then(|m| m.get(&key("rows"))).and_then(Shape::as_array)
            && !rows.is_empty()
        {
            let said = |row: &Shape| {
                let cells = row.as_array()?.iter().filter_map(|cell| cell.as_map()?.get(&key("text"))?.as_str());
                let mut cells = cells.filter(|text| !text.is_empty()).peekable();
                let first = cells.peek().copied();
                let worded = cells.find(|text| text.chars().any(char::is_alphabetic));
                worded.or(first).map(str::to_owned)
            };
            let firsts: Vec<String> = rows.iter().filter_map(said).collect();
            let joined = firsts.join(" · ");
            shown = self.unsplit(&joined);
            text = Shape::from(joined);
        }
        Shape::from(map! { "html": shown, "text": text, "unit": part("unit"), "present": part("present") })
    }
}
