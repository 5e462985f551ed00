//! `entry.layout`: the blocks of a page in their order. Templates draw what is listed here; they choose how a block looks,
//! not which blocks there are.

use tera::{Context as TeraContext, Map, Value as Shape};

use super::body::Body;
use super::builder::Context;
use super::place::Place;
use super::value::{heading, html, key, list, map, set};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::model::arrangement::{COUNT, Part, Placed};
use crate::model::{EntryId, FieldType, KindDef};
use crate::views::flow;

/// The look that draws the tables of a group as boxes and arrows.
const FLOW: &str = "flow";
/// The look that sets the fields of a group side by side.
const COLUMNS: &str = "columns";

/// The template of a look.
fn shape_file(name: &str) -> String {
    format!("shapes/{name}.html")
}

/// One entry while its blocks are made.
struct Maker<'a> {
    context: &'a Context<'a>,
    place: &'a Place,
    entry: EntryId,
    kind: &'a KindDef,
    body: &'a Body,
    /// Views of the fields by position; `None` for fields that readers do not see.
    fields: &'a [Option<Shape>],
}

fn text<'a>(shape: &'a Shape, name: &str) -> &'a str {
    shape.as_map().and_then(|map| map.get(&key(name))?.as_str()).unwrap_or_default()
}

fn is_present(shape: &Shape) -> bool {
    shape.as_map().and_then(|map| map.get(&key("present"))?.as_bool()).unwrap_or_default()
}

impl Context<'_> {
    /// Tells of looks that the theme does not have; what asks for one is drawn plainly.
    pub(in crate::html) fn report_unknown_looks(&self) {
        let known = |name: &str| name == COUNT || self.templates.has(&shape_file(name));
        for kind in &self.site.public.schema.kinds {
            let layout = &kind.layout;
            let items = layout.facts.iter().flatten().chain(&layout.side).chain(&layout.body).chain(&layout.foot);
            let items = items.chain(kind.groups.iter().flat_map(|g| &g.items));
            for shape in items.map(|item| &item.shape).filter(|shape| !shape.is_empty() && !known(shape)) {
                let th = format!("ธีมนี้ไม่มีรูปแบบ “{shape}” (templates/shapes/{shape}.html) จึงแสดงแบบธรรมดา");
                let en =
                    format!("the theme has no look “{shape}” (templates/shapes/{shape}.html); it is drawn plainly");
                let file = format!("content/_schema/kinds/{}.toml", kind.id);
                let found = Diagnostic::new(Code::TemplateError, file, th, en).severity(Severity::Warning);
                self.report(found);
            }
        }
    }

    /// `entry.layout`: facts, the first button, the side, the text, what follows it, and the list of contents.
    pub(super) fn layout(&self, place: &Place, entry: EntryId, body: &Body, fields: &[Option<Shape>]) -> Map {
        let k = self.site.entry(entry).kind;
        let kind = &self.site.public.schema.kinds[k];
        let arranged = &self.arranged[k];
        let maker = Maker { context: self, place, entry, kind, body, fields };
        let (main, foot) = (maker.blocks(&arranged.body), maker.blocks(&arranged.foot));
        let top = |block: &&Shape| block.as_map().and_then(|map| map.get(&key("level"))) == Some(&Shape::from(2u64));
        let contents = |blocks: &[Shape]| -> Vec<Shape> {
            let headed = blocks.iter().filter(|block| top(block) && !text(block, "label").is_empty());
            headed.map(|b| Shape::from(map! { "id": text(b, "id"), "label": text(b, "label") })).collect()
        };
        let (contents, closing) = (contents(&main), contents(&foot));
        map! {
            "facts": arranged.facts.iter().filter_map(|p| maker.fact(p)).collect::<Vec<_>>(),
            "counts": kind.layout.counts,
            "completeness": kind.layout.completeness,
            "act": arranged.act.iter().find_map(|p| maker.act(p)),
            "side": maker.blocks(&arranged.side),
            "body": main,
            "foot": foot,
            "contents": contents,
            "closing": closing,
        }
    }
}

impl Maker<'_> {
    /// The view of a field that has something to tell: a value that is not the title of the page once more.
    fn telling(&self, f: usize) -> Option<&Shape> {
        let entry = self.context.site.entry(self.entry);
        let told = |view: &Shape| {
            let text = text(view, "text");
            text == entry.title || !entry.title_en.is_empty() && text == entry.title_en
        };
        self.fields[f].as_ref().filter(|view| is_present(view) && !told(view))
    }

    /// The blocks of a list of parts; what the entry does not have is left out.
    fn blocks(&self, list: &[Placed]) -> Vec<Shape> {
        let mut out = Vec::with_capacity(list.len());
        for placed in list {
            if placed.part == Part::Others {
                let known = |id: &str| self.kind.sections.iter().any(|s| s.id == id);
                let sections = self.body.section_list.as_array().into_iter().flatten();
                let others = sections.filter(|section| !known(text(section, "id")));
                out.extend(others.map(|section| Shape::from(self.section(section, placed, 2))));
            } else {
                out.extend(self.block(placed, 2));
            }
        }
        out
    }

    fn block(&self, placed: &Placed, level: u8) -> Option<Shape> {
        let block = match placed.part {
            Part::Section(s) => {
                let section = self.body.sections.as_map()?.get(&key(&self.kind.sections[s].id))?;
                if !is_present(section) {
                    return None;
                }
                self.section(section, placed, level)
            }
            Part::Field(f) => {
                let view = self.telling(f)?;
                let mut block = self.head(placed, level, &format!("f-{}", self.kind.fields[f].id), text(view, "label"));
                set(&mut block, "field", view.clone());
                block
            }
            Part::Group(g) => {
                let group = &self.kind.groups[g];
                let label = group.label.get(self.place.lang);
                let mut block = self.group(placed, level, &format!("g-{}", group.id), label, group.missing)?;
                set(&mut block, "help", group.help.get(self.place.lang));
                block
            }
            Part::Loose => {
                let label = self.context.word(self.place.lang, "entry.details").to_owned();
                // No group of a schema can have this id.
                self.group(placed, level, "g.details", &label, false)?
            }
            Part::Others => return None,
        };
        Some(self.looks(block, placed))
    }

    /// What every block has. `rows` are short fields one below the other; `blocks` are the parts of a group.
    fn head(&self, placed: &Placed, level: u8, id: &str, label: &str) -> Map {
        let item = &placed.item;
        let own = item.label.get(self.place.lang);
        let label = if own.is_empty() { label } else { own };
        map! {
            "id": id,
            "label": if item.bare { "" } else { label },
            "label_html": heading(&self.context.protected, if item.bare { "" } else { label }),
            "level": u64::from(if item.level == 0 { level } else { item.level }),
            "as": item.shape.as_str(),
            "icon": item.icon.as_str(),
            "help": "",
            "section": (),
            "field": (),
            "rows": list(Vec::new()),
            "blocks": list(Vec::new()),
            "svg": "",
            "html": "",
        }
    }

    fn section(&self, section: &Shape, placed: &Placed, level: u8) -> Map {
        let mut block = self.head(placed, level, text(section, "id"), text(section, "label"));
        set(&mut block, "section", section.clone());
        block
    }

    /// A group: its short fields in rows, everything else as a block of its own.
    fn group(&self, placed: &Placed, level: u8, id: &str, label: &str, missing: bool) -> Option<Map> {
        let mut block = self.head(placed, level, id, label);
        let below = level.max(placed.item.level) + 1;
        let mut blocks: Vec<Shape> = Vec::new();
        let mut rows: Vec<Shape> = Vec::new();
        let end = |rows: &mut Vec<Shape>, blocks: &mut Vec<Shape>| {
            if !rows.is_empty() {
                let plain =
                    Placed { part: Part::Loose, item: crate::model::layout::Item::default(), parts: Vec::new() };
                let mut of_rows = self.head(&plain, below, "", "");
                set(&mut of_rows, "rows", std::mem::take(rows));
                blocks.push(Shape::from(of_rows));
            }
        };
        for part in &placed.parts {
            match part.part {
                Part::Field(f) if self.is_row(part, f) && placed.item.shape != COLUMNS => {
                    let absent = || self.fields[f].as_ref().filter(|view| missing && !is_present(view));
                    let view = self.telling(f).or_else(absent);
                    rows.extend(view.map(|view| self.named(view, part)));
                }
                _ => {
                    if let Some(made) = self.block(part, below) {
                        end(&mut rows, &mut blocks);
                        blocks.push(made);
                    }
                }
            }
        }
        end(&mut rows, &mut blocks);
        if blocks.is_empty() {
            return None;
        }
        set(&mut block, "blocks", blocks);
        Some(block)
    }

    /// Whether a field of a group stands in a row: a table does not, nor a field with a look or a level of its own.
    fn is_row(&self, placed: &Placed, f: usize) -> bool {
        let item = &placed.item;
        self.kind.fields[f].ty != FieldType::Table
            && item.shape.is_empty()
            && item.icon.is_empty()
            && item.level == 0
            && !item.bare
    }

    /// The view of a field under the label that the layout gives it.
    fn named(&self, view: &Shape, placed: &Placed) -> Shape {
        let own = placed.item.label.get(self.place.lang);
        match view.clone().into_map() {
            Some(mut view) if !own.is_empty() => {
                set(&mut view, "label", own);
                set(&mut view, "label_html", self.context.unsplit(own));
                Shape::from(view)
            }
            _ => view.clone(),
        }
    }

    /// A fact of the strip; `note` is the text of another field, with its unit.
    fn fact(&self, placed: &Placed) -> Option<Shape> {
        let Part::Field(f) = placed.part else {
            return None;
        };
        let view = self.telling(f)?;
        let note = self.kind.field_index(&placed.item.note).and_then(|n| self.fields[n].as_ref());
        let note = note.map_or(String::new(), |n| format!("{} {}", text(n, "text"), text(n, "unit")).trim().to_owned());
        let mut fact = self.named(view, placed).into_map()?;
        set(&mut fact, "note", note);
        if placed.item.shape == COUNT {
            let items = fact.get(&key("items")).and_then(Shape::as_array).map_or(0, |items| items.len());
            set(&mut fact, "text", items.to_string());
            set(&mut fact, "html", "");
            set(&mut fact, "items", list(Vec::new()));
        }
        Some(Shape::from(fact))
    }

    fn act(&self, placed: &Placed) -> Option<Shape> {
        let block = self.block(placed, 2)?;
        Some(Shape::from(map! { "href": format!("#{}", text(&block, "id")), "label": text(&block, "label") }))
    }

    /// A look that the theme has as `shapes/NAME.html` is drawn with it; the others are known to `entry.html`.
    fn looks(&self, mut block: Map, placed: &Placed) -> Shape {
        let (shape, entry) = (&placed.item.shape, self.context.site.entry(self.entry));
        if shape == FLOW {
            let of_field = |p: &Placed| if let Part::Field(f) = p.part { Some(f) } else { None };
            let fields: Vec<usize> = placed.parts.iter().filter_map(of_field).collect();
            set(&mut block, "svg", html(&flow::of(self.kind, entry, &fields)));
        }
        let template = shape_file(shape);
        if shape.is_empty() || !self.context.templates.has(&template) {
            return Shape::from(block);
        }
        let place = self.place;
        let mut context = TeraContext::new();
        context.insert_value("lang", Shape::from(place.lang.code()));
        context.insert_value("t", self.context.words(place.lang));
        context.insert_value("home", Shape::from(place.own("index.html")));
        context.insert_value("title", Shape::from(entry.title.as_str()));
        context.insert_value("block", Shape::from(block.clone()));
        match self.context.templates.render(&template, &context, &place.path) {
            Ok(bytes) => set(&mut block, "html", html(&String::from_utf8_lossy(&bytes))),
            Err(found) => self.context.report(*found),
        }
        Shape::from(block)
    }
}
