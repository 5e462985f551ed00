//! `FieldView` and `Item`: the fields of an entry, of every type alike.

use tera::{Map, Value as Shape};

use super::builder::Context;
use super::display;
use super::once::{columns, number};
use super::place::Place;
use super::value::{html, key, list, map, set};
use crate::model::value::Row;
use crate::model::{EntryId, FieldDef, FieldType, Value, rows};
use crate::site::display as texts;

/// Letters that all columns but the longest have on a phone beside it.
const SHORT: usize = 18;

fn raw(value: &Value) -> Shape {
    match value {
        Value::Bool(b) => Shape::from(*b),
        Value::Period(from, to) => match to {
            Some(to) => Shape::from(format!("{}/{}", from.iso(), to.iso())),
            None => Shape::from(format!("{}/", from.iso())),
        },
        other => match other.number() {
            Some(n) => number(n),
            None => other.key().map_or(Shape::none(), Shape::from),
        },
    }
}

impl Context<'_> {
    /// One value.
    pub(crate) fn item(&self, place: &Place, i: EntryId, field: &FieldDef, value: &Value) -> Shape {
        let shown = display::on_page(self, place, i, field, value);
        let mut item = map! {
            "text": shown.text.as_str(),
            "html": html(&self.value_html(place, i, field, value, &shown)),
            "href": shown.href.as_str(),
            "hreflang": shown.hreflang,
            "raw": raw(value),
            "term": "",
            "ref": "",
            "label": shown.text.as_str(),
            "description": "",
            "value": (),
            "src": "",
            "alt": "",
            "caption": "",
            "card": (),
            "present": true,
        };
        match value {
            Value::Term(id) => {
                set(&mut item, "term", id.as_str());
                if let Some(term) = self.site.public.schema.vocabulary_of(field).and_then(|v| v.term(id)) {
                    set(&mut item, "description", term.description.get(place.lang));
                    set(&mut item, "value", term.value.map(number));
                }
            }
            Value::Ref(id) => {
                set(&mut item, "ref", id.as_str());
                if let Some(target) = self.site.find(id, place.lang) {
                    set(&mut item, "card", self.card(place, target));
                }
            }
            Value::Image { alt, caption, .. } => {
                set(&mut item, "src", shown.href.as_str());
                set(&mut item, "alt", alt.as_str());
                set(&mut item, "caption", caption.as_str());
            }
            Value::File { .. } => set(&mut item, "src", shown.href.as_str()),
            _ => {}
        }
        Shape::from(item)
    }

    /// The view of a field of an entry.
    pub(crate) fn field(&self, place: &Place, i: EntryId, f: usize) -> Shape {
        let entry = self.site.entry(i);
        let absent = self.absent(place.lang, entry.kind, f);
        let Some(value) = entry.value(f) else {
            return absent.clone();
        };
        let field = &self.site.public.schema.kinds[entry.kind].fields[f];
        let Some(mut view) = absent.clone().into_map() else {
            return absent.clone();
        };
        set(&mut view, "present", true);
        if let Value::Table(rows) = value {
            self.table(place, i, field, rows, &mut view);
            return Shape::from(view);
        }
        let items: Vec<Shape> = value.items().into_iter().map(|v| self.item(place, i, field, v)).collect();
        let join = |name: &str, separator: &str| {
            let parts: Vec<&str> = items.iter().filter_map(|item| item.as_map()?.get(&key(name))?.as_str()).collect();
            parts.join(separator)
        };
        set(&mut view, "text", join("text", ", "));
        let separator = if field.ty == FieldType::Markdown { "\n" } else { ", " };
        // A line may end after the span of a word: the comma goes into it.
        let joined = join("html", separator).replace("</span>, ", ",</span> ");
        set(&mut view, "html", html(&joined));
        if value.years().is_some() {
            let text = texts::text(self.site, field, value, place.lang);
            set(&mut view, "html", self.unsplit(&text));
            set(&mut view, "text", text);
        }
        if let Some(first) = value.items().first() {
            set(&mut view, "raw", raw(first));
        }
        set(&mut view, "items", items);
        Shape::from(view)
    }

    fn table(&self, place: &Place, i: EntryId, field: &FieldDef, table: &[Row], view: &mut Map) {
        let filled = |c: usize| table.iter().any(|r| r.cells.get(c).is_some_and(Option::is_some));
        let used = |c: usize| filled(c) && !says_nothing(&field.columns[c], c, table);
        let mut shown = Vec::with_capacity(table.len());
        let mut records = Vec::with_capacity(table.len());
        for (n, row) in in_time(field, table) {
            let own = self.entry_of_row(place, i, field, n, row);
            let mut cells = Vec::with_capacity(field.columns.len());
            let mut record = Map::default();
            for (c, column) in field.columns.iter().enumerate() {
                let item = match (row.cells.get(c).and_then(Option::as_ref), own) {
                    (Some(cell), Some((title, target))) if title == c => {
                        self.title_of_row(place, i, column, &cell.value, target)
                    }
                    (Some(cell), _) => self.cell(place, i, column, &cell.value),
                    (None, _) => Shape::from(empty_item()),
                };
                record.insert(key(&column.id), item.clone());
                if used(c) {
                    cells.push(item);
                }
            }
            shown.push(list(cells));
            records.push(Shape::from(record));
        }
        if let Some(chart) = &field.chart {
            let samples = if self.site.entry(i).illustrative { texts::sample(place.lang) } else { "" };
            let (charts, picture) = self.field_charts(place, field, chart, table, samples);
            set(view, "charts", charts);
            set(view, "picture", picture);
            set(view, "when", chart.when.as_deref().unwrap_or_default());
            set(view, "heads", chart.label.clone());
        }
        set(view, "narrow", is_narrow(&shown));
        set(view, "columns", columns(field, place.lang, self.input.theme, used));
        set(view, "rows", shown);
        set(view, "records", records);
    }

    /// The column that is the title of a row's own entry, and that entry.
    pub(crate) fn entry_of_row(
        &self,
        place: &Place,
        i: EntryId,
        field: &FieldDef,
        n: usize,
        row: &Row,
    ) -> Option<(usize, EntryId)> {
        let kind = field.entries.as_deref()?;
        let target = self.site.find(&rows::id(&self.site.entry(i).id, kind, field, n, row), place.lang)?;
        let title = field.columns.iter().position(|c| c.id != "id")?;
        let text = row.cells.get(title)?.as_ref()?.value.key()?;
        (self.site.entry(target).title == text).then_some((title, target))
    }

    /// The title of a row as a link to the row's own entry.
    fn title_of_row(&self, place: &Place, i: EntryId, column: &FieldDef, value: &Value, target: EntryId) -> Shape {
        let path = self.site.entry(target).path();
        let mut shown = display::on_page(self, place, i, column, value);
        shown.href = place.href(&path);
        shown.hreflang = place.other(&path).unwrap_or("");
        let Some(mut item) = self.item(place, i, column, value).into_map() else { return Shape::none() };
        set(&mut item, "html", html(&self.value_html(place, i, column, value, &shown)));
        set(&mut item, "href", shown.href);
        set(&mut item, "hreflang", shown.hreflang);
        Shape::from(item)
    }

    /// A table cell: lists are joined into one item.
    fn cell(&self, place: &Place, i: EntryId, column: &FieldDef, value: &Value) -> Shape {
        let items = value.items();
        if let [only] = items[..] {
            return self.item(place, i, column, only);
        }
        let items: Vec<Shape> = items.into_iter().map(|v| self.item(place, i, column, v)).collect();
        let join = |name: &str| {
            let parts: Vec<&str> = items.iter().filter_map(|item| item.as_map()?.get(&key(name))?.as_str()).collect();
            parts.join(", ")
        };
        let mut joined = empty_item();
        set(&mut joined, "text", join("text"));
        set(&mut joined, "label", join("text"));
        set(&mut joined, "html", html(&join("html")));
        set(&mut joined, "present", !items.is_empty());
        Shape::from(joined)
    }
}

/// Whether rows stay readable as a table on a phone: at most one column of sentences, the others short.
fn is_narrow(rows: &[Shape]) -> bool {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows.iter().filter_map(Shape::as_array) {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row.iter()) {
            let text = cell.as_map().and_then(|m| m.get(&key("text"))).and_then(Shape::as_str).unwrap_or_default();
            *width = (*width).max(text.chars().filter(|c| !crate::text::chars::is_mark(*c)).count());
        }
    }
    let longest = widths.iter().copied().max().unwrap_or(0);
    widths.iter().map(|w| (*w).max(4)).sum::<usize>() - longest.max(4) <= SHORT
}

fn empty_item() -> Map {
    map! {
        "text": "", "html": "", "href": "", "hreflang": "", "raw": (), "term": "", "ref": "", "label": "", "description": "",
        "value": (), "src": "", "alt": "", "caption": "", "card": (), "present": false,
    }
}

/// Whether a column says yes in every one of several rows: it parts none of them from another.
fn says_nothing(column: &FieldDef, c: usize, table: &[Row]) -> bool {
    let yes = |row: &Row| {
        row.cells.get(c).and_then(Option::as_ref).is_some_and(|cell| matches!(cell.value, Value::Bool(true)))
    };
    column.ty == FieldType::Bool && table.len() > 1 && table.iter().all(yes)
}

/// Rows with their place in the file; those of a time line in the order of its days or years, without one at the end.
fn in_time<'t>(field: &FieldDef, table: &'t [Row]) -> Vec<(usize, &'t Row)> {
    let mut rows: Vec<(usize, &Row)> = table.iter().enumerate().collect();
    let when = field.chart.as_ref().and_then(|chart| chart.when.as_deref());
    let timed = |c: &FieldDef| matches!(c.ty, FieldType::Date | FieldType::FiscalYear | FieldType::AcademicYear);
    let column = field.columns.iter().position(|c| Some(c.id.as_str()) == when && timed(c));
    if let Some(c) = column {
        let time = |row: &Row| row.cells.get(c).and_then(Option::as_ref).and_then(|cell| cell.value.key());
        rows.sort_by_cached_key(|(_, row)| time(row).map_or((true, String::new()), |time| (false, time)));
    }
    rows
}
