//! Charts and maps as templates draw them: marks in per cent of a scale, rows with their links.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Map, Value as Shape};

use super::builder::Context;
use super::once::number;
use super::paging;
use super::place::Place;
use super::value::{list, map};
use crate::html::open_data::safe_cell;
use crate::model::drawing::ChartDef;
use crate::model::value::Row;
use crate::model::{EntryId, FieldDef, KindDef, KindId, Lang, Value};
use crate::site::display;
use crate::theme::minify;
use crate::views::chart::{self, Datum};
use crate::views::drawn::{Bar, Chart, Line, Mark};
use crate::views::{Block, map as tiles, picture};

/// What a data address need not write in per cent.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b',')
    .remove(b':')
    .remove(b'/')
    .remove(b';')
    .remove(b'=')
    .remove(b'(')
    .remove(b')');

/// A small file inside the page, which a link with `download` saves. Letters beyond ASCII stay as they are: in per cent
/// they would be three times as long.
pub(super) fn data_address(media: &str, text: &str) -> String {
    let mut out = format!("data:{media};charset=utf-8,");
    for c in text.chars() {
        if c.is_alphabetic() || crate::text::chars::is_mark(c) {
            out.push(c);
        } else {
            out.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), PLAIN));
        }
    }
    out
}

fn mark(mark: &Mark) -> Map {
    map! { "text": mark.text.as_str(), "share": number(mark.share) }
}

fn maybe(found: Option<&Mark>) -> Shape {
    found.map_or_else(Shape::none, |m| Shape::from(mark(m)))
}

/// The segments and points of a line, in per cent from the top left corner.
fn line(line: &Line, positions: &[Mark]) -> Shape {
    let points: Vec<(f64, f64, &str)> = line
        .marks
        .iter()
        .zip(positions)
        .filter_map(|(mark, at)| {
            mark.as_ref().map(|m| (at.share, (10_000.0 - m.share * 100.0).round() / 100.0, &*m.text))
        })
        .collect();
    let segments = points.windows(2).map(|pair| {
        Shape::from(
            map! { "x1": number(pair[0].0), "y1": number(pair[0].1), "x2": number(pair[1].0), "y2": number(pair[1].1) },
        )
    });
    let segments: Vec<Shape> = segments.collect();
    let end = |point: Option<&(f64, f64, &str)>| point.map_or(String::new(), |p| p.2.to_owned());
    Shape::from(map! {
        "label": line.label.as_str(),
        "segments": segments,
        "first": end(points.first()),
        "last": end(points.last()),
        "texts": line.marks.iter().map(|m| m.as_ref().map_or("–", |m| &m.text)).collect::<Vec<_>>(),
        "points": points.into_iter().map(|(x, y, text)| Shape::from(map! { "x": number(x), "y": number(y), "text": text })).collect::<Vec<_>>(),
    })
}

impl Context<'_> {
    /// Charts with the names of their marks: before, value, goal.
    pub(super) fn charts(&self, place: &Place, charts: &[Chart], names: [&str; 3]) -> Shape {
        let shapes = charts.iter().map(|chart| {
            let bars = chart.bars.iter().map(|b| self.bar(place, b));
            let (bars, any): (Vec<Shape>, _) = (bars.collect(), |f: fn(&Bar) -> bool| chart.bars.iter().any(f));
            Shape::from(map! {
                "unit": chart.unit.as_str(),
                "ticks": chart.ticks.iter().map(|m| Shape::from(mark(m))).collect::<Vec<_>>(),
                "bars": bars,
                "positions": chart.positions.iter().map(|m| Shape::from(mark(m))).collect::<Vec<_>>(),
                "lines": chart.lines.iter().map(|l| line(l, &chart.positions)).collect::<Vec<_>>(),
                "before": if any(|b| b.before.is_some()) { names[0] } else { "" },
                "value": names[1],
                "goal": if any(|b| b.goal.is_some()) { names[2] } else { "" },
            })
        });
        list(shapes.collect())
    }

    fn bar(&self, place: &Place, bar: &Bar) -> Shape {
        let (href, hreflang) = self.target(place, bar.target);
        Shape::from(map! {
            "label": self.unsplit(&bar.label),
            "href": href,
            "hreflang": hreflang,
            "note": self.unsplit(&bar.note),
            "before": maybe(bar.before.as_ref()),
            "value": maybe(bar.value.as_ref()),
            "goal": maybe(bar.goal.as_ref()),
        })
    }

    /// Charts as one picture that a link saves; empty for none.
    pub(super) fn chart_picture(
        &self,
        place: &Place,
        title: &str,
        samples: &str,
        charts: &[Chart],
        marks: [&str; 3],
    ) -> String {
        if charts.is_empty() {
            return String::new();
        }
        let (site, unit) = (self.site.public.config.title.get(place.lang), self.word(place.lang, "chart.unit"));
        let source = format!("{site} {}", self.absolute(&place.path));
        let style = self.input.theme.assets.get("css/_picture.css").map(|bytes| String::from_utf8_lossy(bytes));
        let style = minify::style(&style.unwrap_or_default());
        let words = picture::Words { title, marks, unit, samples, source: &source, style: &style };
        data_address("image/svg+xml", &picture::svg(charts, &words))
    }

    /// The charts of a table field, by what its schema says of its columns, and their picture.
    pub(super) fn field_charts(
        &self,
        place: &Place,
        field: &FieldDef,
        def: &ChartDef,
        rows: &[Row],
        samples: &str,
    ) -> (Shape, String) {
        let column = |name: Option<&String>| field.columns.iter().position(|c| Some(&c.id) == name);
        let names: Vec<usize> = def.label.iter().filter_map(|name| column(Some(name))).collect();
        let [value, before, goal, unit] = [&def.value, &def.before, &def.goal, &def.unit].map(|n| column(n.as_ref()));
        let cell = |row: &Row, c: usize| row.cells.get(c).and_then(Option::as_ref).map(|cell| cell.value.clone());
        let numeric = |row: &Row, c: Option<usize>| cell(row, c?).and_then(|v| v.number());
        let text =
            |row: &Row, c: usize| cell(row, c).map(|v| display::text(self.site, &field.columns[c], &v, place.lang));
        // A unit that every number has without saying so: of its column, or of its type.
        let own = value.map(|c| &field.columns[c]).map_or(String::new(), |c| self.unit_of(c, place));
        let data = rows.iter().map(|row| Datum {
            label: names.iter().filter_map(|c| text(row, *c)).collect::<Vec<_>>().join(" · "),
            target: names.iter().find_map(|c| match cell(row, *c) {
                Some(Value::Ref(id)) => self.site.find(&id, place.lang),
                _ => None,
            }),
            note: String::new(),
            unit: unit.and_then(|c| text(row, c)).unwrap_or_else(|| own.clone()),
            before: numeric(row, before),
            value: numeric(row, value),
            goal: numeric(row, goal),
        });
        let charts = chart::bars(&data.collect::<Vec<_>>(), place.lang);
        let name = |c: Option<usize>| c.map_or("", |c| field.columns[c].label.get(place.lang));
        let names = [name(before), name(value), name(goal)];
        let title = field.label.get(place.lang);
        (self.charts(place, &charts, names), self.chart_picture(place, title, samples, &charts, names))
    }

    fn unit_of(&self, column: &FieldDef, place: &Place) -> String {
        use crate::model::FieldType;
        match (column.ty, place.lang) {
            (FieldType::Percent, Lang::TH) if column.unit.is_empty() => "ร้อยละ".to_owned(),
            (FieldType::Percent, _) if column.unit.is_empty() => "%".to_owned(),
            _ => column.unit_in(place.lang).to_owned(),
        }
    }

    /// The rows of a chart as a CSV file that a link saves.
    pub(super) fn block_csv(&self, block: &Block, lang: Lang) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        // The file leaves the page: its corner says that the numbers are samples.
        let corner = safe_cell(&block.samples.told(lang));
        let head = std::iter::once(corner).chain(block.columns.iter().map(|c| safe_cell(&c.label)));
        let rows = block.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|c| c.value.map_or_else(|| safe_cell(&c.text), |n| n.to_string()));
            std::iter::once(safe_cell(&row.label)).chain(cells).collect::<Vec<_>>()
        });
        for record in std::iter::once(head.collect::<Vec<_>>()).chain(rows) {
            // Rows of unequal length are what a table may hold.
            if writer.write_record(&record).is_err() {
                return String::new();
            }
        }
        let bytes = writer.into_inner().unwrap_or_default();
        // Excel reads UTF-8 by its mark only.
        data_address("text/csv", &format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
    }

    /// The places of a map with the lists that they lead to.
    pub(super) fn places(&self, place: &Place, block: &Block, kind: Option<(KindId, &KindDef)>, field: &str) -> Shape {
        let regions = block.places.iter().map(|region| {
            let places = region.places.iter().map(|p| {
                let list =
                    kind.filter(|_| p.count > 0).and_then(|(k, kind)| self.value_list(place, k, kind, field, &p.key));
                let (href, lang) = list.unwrap_or((String::new(), place.lang));
                Shape::from(map! {
                    "label": p.label.as_str(),
                    "mark": p.mark.as_str(),
                    "column": p.at.0,
                    "row": p.at.1,
                    "count": p.count,
                    "step": p.step,
                    "href": href,
                    "hreflang": if lang == place.lang { "" } else { lang.code() },
                })
            });
            let places: Vec<Shape> = places.collect();
            Shape::from(map! { "label": region.label.as_str(), "count": region.count, "places": places })
        });
        list(regions.collect())
    }

    /// Address of the list of a facet's value, in the language whose list holds all entries, and that language.
    fn value_list(&self, place: &Place, k: KindId, kind: &KindDef, field: &str, key: &str) -> Option<(String, Lang)> {
        let main = self.site.main();
        let [all, own] = [main, place.lang].map(|l| self.site.count(k, l));
        let lang = if own == all { place.lang } else { main };
        let folder = self.site.public.config.folder(lang);
        let facets = &self.site.facets[k][lang];
        let facet = facets.iter().find(|f| kind.fields[f.field].id == field)?;
        let value = facet.values.iter().find(|v| v.key == key)?;
        super::has_list(kind).then(|| (place.href(&paging::facet_path(&folder, kind, field, &value.slug, 0)), lang))
    }

    /// Where an entry is, on a small map: its first field whose vocabulary has tiles. None where it has none.
    pub(super) fn locator(&self, place: &Place, i: EntryId) -> Shape {
        let entry = self.site.entry(i);
        let schema = &self.site.public.schema;
        let found = schema.kinds[entry.kind].fields.iter().enumerate().find_map(|(f, field)| {
            let vocabulary = schema.vocabulary_of(field).filter(|v| v.terms.iter().any(|t| t.tile.is_some()))?;
            Some((field, vocabulary, entry.value(f)?))
        });
        let Some((field, vocabulary, value)) = found else {
            return Shape::none();
        };
        let keys = value.items().into_iter().filter_map(Value::key);
        let terms: Vec<_> = keys.filter_map(|key| vocabulary.term(&key)).collect();
        let here: String = terms.iter().filter_map(|t| t.tile.as_ref()).map(tiles::square).collect();
        if here.is_empty() {
            return Shape::none();
        }
        let (outline, width, height) = tiles::outline(vocabulary);
        let names: Vec<&str> = terms.iter().map(|t| t.label.get(place.lang)).collect();
        Shape::from(map! {
            "label": format!("{}: {}", field.label.get(place.lang), names.join(", ")),
            "outline": outline,
            "here": here,
            "width": width,
            "height": height,
        })
    }
}
