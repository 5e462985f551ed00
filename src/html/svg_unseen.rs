//! What a drawing holds and does not draw: hidden layers, words in stores that nothing uses, in the colour of their
//! ground, beside the canvas, under a shape or too small to see; remarks in styles, data of drawing programs. It goes.

use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::svg_look::{Look, REMARK, Sheet, attribute, enter, frame, measure, piece, rect, side, straight, view};
use super::svg_place::{Area, Matrix};
use crate::markdown::colourless;
use crate::text::pattern::constant;

static DATA: LazyLock<Regex> = LazyLock::new(|| constant(r#"\sdata-[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*')"#));
static NAMED: LazyLock<Regex> = LazyLock::new(|| constant(r##"#([^"'\s)]+)"##));

/// Elements whose content is drawn where something names it.
const STORES: [&str; 6] = ["defs", "symbol", "clipPath", "mask", "pattern", "marker"];
/// How far what is drawn is followed from one store to the next.
const MOST_STEPS: usize = 12;
const SHAPES: [&str; 9] = ["rect", "path", "circle", "ellipse", "polygon", "polyline", "line", "image", "use"];

struct Element<'a> {
    tag: &'a str,
    name: &'a str,
    id: Option<&'a str>,
    above: Option<usize>,
    look: Look,
}

/// A tag or a text, with the number of its element or of the one that it is in.
struct Piece<'a> {
    raw: &'a str,
    of: Option<usize>,
    text: bool,
}

/// A shape that lies over what comes before it and under what comes after it.
struct Ground {
    number: usize,
    /// None: somewhere.
    area: Option<Area>,
    fill: String,
    solid: bool,
}

#[derive(Default)]
struct Drawing<'a> {
    pieces: Vec<Piece<'a>>,
    elements: Vec<Element<'a>>,
    sheet: Sheet,
    canvas: Option<Area>,
    grounds: Vec<Ground>,
    /// Names that something drawn uses.
    used: HashSet<&'a str>,
    /// Clip paths and masks that let nothing through.
    shut: HashSet<&'a str>,
    /// What other clip paths let through.
    openings: HashMap<&'a str, Area>,
}

/// Elements whose words are read though they stand in no text.
const SPOKEN: [&str; 4] = ["title", "desc", "style", "foreignObject"];

/// The drawing, as the filter has written it, without what it does not show. Shapes of a hidden element that others name
/// stay, without their words.
pub(super) fn without(text: &str) -> String {
    let drawing = Drawing::of(text);
    let gone = drawing.gone(&names(text).collect());
    let mut out = String::with_capacity(text.len());
    for Piece { raw, of, text } in &drawing.pieces {
        let is_style = of.is_some_and(|of| drawing.elements[of].name == "style");
        match of {
            Some(of) if gone[*of] => {}
            _ if *text && is_style => out.push_str(&REMARK.replace_all(raw, "")),
            Some(of) if *text && !drawing.shows(*of, raw) => {}
            _ if *text => out.push_str(raw),
            _ => out.push_str(&DATA.replace_all(raw, "")),
        }
    }
    out
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    NAMED.captures_iter(text).filter_map(|found| Some(found.get(1)?.as_str()))
}

/// Whether nobody sees a colour on another.
fn alike(one: &str, other: &str) -> bool {
    one == other || colourless(one) && colourless(other)
}

impl<'a> Drawing<'a> {
    fn of(text: &'a str) -> Drawing<'a> {
        let mut drawing = Drawing { sheet: Sheet::of(text), ..Drawing::default() };
        let (mut open, mut from): (Vec<usize>, usize) = (Vec::new(), 0);
        while from < text.len() {
            let raw = piece(&text[from..]);
            from += raw.len();
            let of = open.last().copied();
            let is_tag = raw.starts_with('<') && !raw.starts_with("<!") && !raw.starts_with("<?");
            let of = match is_tag {
                true if raw.starts_with("</") => open.pop(),
                true => {
                    let number = drawing.elements.len();
                    drawing.add(raw, of);
                    if !raw.ends_with("/>") {
                        open.push(number);
                    }
                    Some(number)
                }
                false => of,
            };
            drawing.pieces.push(Piece { raw, of, text: !is_tag });
        }
        drawing.find_used(text);
        drawing.shut = drawing.all_shut();
        drawing.openings = drawing.all_openings();
        drawing
    }

    fn add(&mut self, tag: &'a str, above: Option<usize>) {
        let end = tag.find(|c: char| c.is_whitespace() || "/>".contains(c) && c != '<').unwrap_or(tag.len());
        let name = &tag[1..end.max(1)];
        let outer = above.map_or_else(Look::default, |above| self.elements[above].look.clone());
        let mut look = Look::of(&outer, tag, name, &self.sheet);
        let number = self.elements.len();
        if above.is_none() {
            self.canvas = view(tag).or_else(|| Some(frame(0.0, 0.0, side(tag, "width")?, side(tag, "height")?)));
            let ground = self.sheet.declarations(tag).into_iter().find(|(name, _)| name.starts_with("background"));
            let ground = ground.map(|(_, fill)| Ground { number, area: None, fill, solid: false });
            self.grounds.extend(ground);
        } else if name == "svg" {
            enter(&mut look, tag);
        } else if name == "textPath" || name == "tspan" && attribute(tag, "x").is_none() {
            // Where it stands depends on the words before it; further away than the canvas is large, it is beside it.
            let large = self.canvas.map(|canvas| canvas.right - canvas.left + canvas.bottom - canvas.top);
            let sized = look.place.is_some_and(|place| place.scale() >= 1.0);
            let is_far = |name| measure(tag, name).is_some_and(|by| large.is_some_and(|large| by.abs() > large));
            look.hidden |= sized && ["dx", "dy", "y"].into_iter().any(is_far);
            look.place = None;
        }
        let stored = above.is_some_and(|above| self.around(above).any(|e| STORES.contains(&e.name)));
        if SHAPES.contains(&name) && !look.hidden && !stored {
            self.grounds.extend(self.ground(number, tag, name, &look));
        }
        let id = attribute(tag, "id");
        self.elements.push(Element { tag, name, id, above, look });
    }

    fn ground(&self, number: usize, tag: &str, name: &str, look: &Look) -> Option<Ground> {
        let thick = measure(tag, "stroke-width").is_some_and(|width| width >= 8.0);
        if (name == "line" || matches!(&*look.fill, "none" | "transparent")) && !(look.stroked && thick) {
            return None;
        }
        let side = |name| measure(tag, name).unwrap_or(0.0);
        let part =
            ["x", "y", "width", "height"].iter().any(|name| attribute(tag, name).is_some_and(|v| v.contains('%')));
        let path = attribute(tag, "d").filter(|_| name == "path");
        let area = match name {
            "rect" if side("width") == 100.0 && part => self.canvas.filter(|_| look.place == Some(Matrix::NONE)),
            "rect" | "image" => rect(tag, look),
            _ => path.and_then(|path| straight(path, look)),
        };
        let (fill, solid) = (look.fill.clone(), look.solid && name != "image" && name != "use");
        Some(Ground { number, area, fill: if solid { fill } else { format!("{name}{fill}") }, solid })
    }

    /// The elements that one is in, itself first.
    fn around(&self, number: usize) -> impl Iterator<Item = &Element<'a>> {
        let next = |number: &usize| self.elements[*number].above;
        std::iter::successors(Some(number), next).map(|number| &self.elements[number])
    }

    /// Whether an element is drawn: it lies in no store, or something names it there.
    fn is_drawn(&self, number: usize) -> bool {
        let named = |element: &Element| element.id.is_some_and(|id| self.used.contains(id));
        !self.around(number).any(|e| STORES.contains(&e.name)) || self.around(number).any(named)
    }

    fn find_used(&mut self, text: &'a str) {
        let sheets = self.pieces.iter().filter(|p| p.text && p.of.is_some_and(|of| self.elements[of].name == "style"));
        self.used = sheets.flat_map(|p| names(p.raw)).collect();
        if !text.contains('#') {
            return;
        }
        for _ in 0..MOST_STEPS {
            let drawn = (0..self.elements.len()).filter(|e| !self.elements[*e].look.hidden && self.is_drawn(*e));
            let used: HashSet<&str> = drawn.flat_map(|e| names(self.elements[e].tag)).collect();
            if used.is_subset(&self.used) {
                return;
            }
            self.used.extend(used);
        }
        // A chain that no drawing has: all of it counts as drawn.
        self.used.extend(names(text));
    }

    fn all_shut(&self) -> HashSet<&'a str> {
        let cuts = |e: &&Element| e.name == "clipPath" || e.name == "mask";
        let mut shut: HashSet<&str> = self.elements.iter().filter(cuts).filter_map(|e| e.id).collect();
        for (number, element) in self.elements.iter().enumerate() {
            let shape = SHAPES.contains(&element.name) || element.name == "text";
            let empty =
                element.name == "rect" && ["width", "height"].iter().any(|s| measure(element.tag, s) == Some(0.0));
            let within = self.around(number).find(cuts);
            let black =
                matches!(&*element.look.fill, "#000" | "black" | "#000000") && within.is_some_and(|e| e.name == "mask");
            if shape && !empty && !black {
                let id = within.and_then(|e| e.id);
                id.map(|id| shut.remove(id));
            }
        }
        shut
    }

    /// Where an element is seen, of clip paths that are made of known rectangles.
    fn cuts(&self, number: usize) -> impl Iterator<Item = Area> {
        let all = self.around(number).flat_map(|e| &e.look.cut_by);
        all.filter_map(|(id, place)| place.and_then(|place| place.around(self.openings.get(&**id)?)))
    }

    /// What each clip path of rectangles lets through at most, in its own coordinates.
    fn all_openings(&self) -> HashMap<&'a str, Area> {
        let mut found: HashMap<&str, Option<Area>> = HashMap::new();
        for (number, element) in self.elements.iter().enumerate() {
            let Some(path) = self.around(number).find(|e| e.name == "clipPath") else { continue };
            let Some(id) = path.id.filter(|_| element.name != "clipPath") else { continue };
            let own = path.look.place == Some(Matrix::NONE) && !path.tag.contains("objectBoundingBox");
            let rect = (own && element.name == "rect").then(|| rect(element.tag, &element.look)).flatten();
            let all = match found.get(id) {
                Some(known) => known.and_then(|known| Some(known.with(&rect?))),
                None => rect,
            };
            found.insert(id, all);
        }
        found.into_iter().filter_map(|(id, area)| Some((id, area?))).collect()
    }

    /// Elements that are taken out whole: those that hide, where nothing names a part of them.
    fn gone(&self, named: &HashSet<&str>) -> Vec<bool> {
        let mut kept = vec![false; self.elements.len()];
        for number in (0..self.elements.len()).filter(|e| self.elements[*e].look.hidden) {
            if self.elements[number].id.is_some_and(|id| named.contains(id)) {
                let mut next = Some(number);
                while let Some(at) = next.filter(|at| self.elements[*at].look.hidden) {
                    kept[at] = true;
                    next = self.elements[at].above;
                }
            }
        }
        let mut gone: Vec<bool> = Vec::with_capacity(kept.len());
        for (number, element) in self.elements.iter().enumerate() {
            let above = element.above.filter(|above| self.elements[*above].look.hidden);
            gone.push(element.look.hidden && above.map_or(!kept[number], |above| gone[above]));
        }
        gone
    }

    /// Whether readers see the text of an element.
    fn shows(&self, number: usize, words: &str) -> bool {
        let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
        let look = &self.elements[number].look;
        let is_line = self.around(number).any(|e| e.name == "text");
        if letters == 0 {
            return true;
        }
        let is_shut = |e: &Element| e.look.cut_by.iter().any(|(id, _)| self.shut.contains(&**id));
        if look.hidden || !self.is_drawn(number) || self.around(number).any(is_shut) {
            return false;
        }
        if !is_line {
            // Words between shapes are no text of the drawing: programs keep their own there.
            return self.around(number).any(|e| SPOKEN.contains(&e.name));
        }
        if self.around(number).any(|e| STORES.contains(&e.name)) {
            return look.size > 0.0;
        }
        // The shapes stand in the order in which they are drawn.
        let (before, behind) = self.grounds.split_at(self.grounds.partition_point(|ground| ground.number <= number));
        let before = || before.iter().filter(|ground| ground.number < number).rev();
        let Some(line) = look.line(letters) else {
            let dark = || before().any(|ground| !colourless(&ground.fill));
            return look.size > 0.0
                && (self.sheet.changes || look.stroked || !colourless(&look.fill) && look.fill != "none" || dark());
        };
        let across = self.canvas.map_or(0.0, |c| (c.right - c.left).max(c.bottom - c.top));
        let size = look.size * look.place.map_or(1.0, Matrix::scale);
        let tiny = size <= across / 600.0 || across > 100.0 && size <= 1.0;
        let mut frames = self.canvas.into_iter().chain(look.window).chain(self.cuts(number));
        if tiny || frames.any(|frame| !frame.meets(&line)) {
            return false;
        }
        if self.sheet.changes {
            return true;
        }
        let is_covered = behind.iter().any(|ground| ground.solid && ground.area.is_some_and(|a| a.covers(&line)));
        if !is_covered && look.stroked {
            return true;
        }
        if look.fill == "none" || is_covered {
            return false;
        }
        for ground in before() {
            match ground.area {
                Some(area) if area.covers(&line) => return !alike(&look.fill, &ground.fill),
                Some(area) if !area.meets(&line) => {}
                _ if alike(&look.fill, &ground.fill) => {}
                _ => return true,
            }
        }
        !colourless(&look.fill)
    }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn what_is_not_drawn_goes() {
        for inside in [
            "<g display=\"none\"><text>SECRET</text><g><text>SECRET</text></g></g>",
            "<g style=\"fill:red; display : none\"><text>SECRET</text></g>",
            "<text visibility=\"hidden\">SECRET</text>",
            "<text display=\"none\" aria-label=\"SECRET\"/>",
            "<g data-name=\"SECRET\"/>",
            "<style>.a{fill:red}/* SECRET */</style>",
            "<text opacity=\"0\">SECRET</text>",
            "<style>.st0{fill:red} .st1{display:none;}</style><g class=\"st0 st1\"><text>SECRET</text></g>",
            "<style>.a, #x .b { visibility : hidden !important }</style><text class='b'>SECRET</text>",
            "<style>#x{opacity:0}</style><g id=\"x\"><text>SECRET</text></g>",
            "<style>text.z{display:none}</style><text class=\"z\">SECRET</text>",
            "<style>@media print{text[role]{display:none}}</style><text role=\"a\">SECRET</text>",
            "<defs><text>SECRET</text></defs>",
            "<defs><g id=\"a\"><text>SECRET</text></g><g><use href=\"#a\"/></g></defs>",
            "<symbol id=\"s\"><title>SECRET</title><text>SECRET</text></symbol>",
            "<clipPath id=\"c\"/><g clip-path=\"url(#c)\"><text x=\"1\" y=\"9\">SECRET</text></g>",
            "<mask id=\"m\"><rect width=\"9\" height=\"9\"/></mask><text mask=\"url(#m)\" y=\"20\">SECRET</text>",
            "<text x=\"10\" y=\"20\" fill=\"white\">SECRET</text>",
            "<rect width=\"100%\" height=\"100%\" fill=\"#FFF\"/><text x=\"10\" y=\"20\" style=\"fill:#ffffff\">SECRET</text>",
            "<text y=\"20\" fill=\"none\">SECRET</text>",
            "<g fill-opacity=\"0\"><text y=\"20\">SECRET</text></g>",
            "<style>.w{fill:#fefefe}</style><text y=\"20\" class=\"w\">SECRET</text>",
            "<rect y=\"5\" width=\"90\" height=\"30\" fill=\"#036\"/><text y=\"20\" fill=\"#036\">SECRET</text>",
            "<text y=\"20\">SECRET</text><rect width=\"300\" height=\"40\" fill=\"#fff\"/>",
            "<text y=\"20\">SECRET</text><path d=\"M0,0H300V40H0Z\"/>",
            "<text x=\"-900\" y=\"20\">SECRET</text>",
            "<g transform=\"translate(0, 5000)\"><text y=\"20\">SECRET</text></g>",
            "<text y=\"20\" transform=\"rotate(180)\">SECRET</text>",
            "<text x=\"9\" y=\"20\" transform=\"matrix(1 0 0 1 500 0)\">SECRET</text>",
            "<text y=\"20\" transform=\"scale(-1 1)\">SECRET</text>",
            "<g transform=\"scale(0.01)\"><text y=\"20\">SECRET</text></g>",
            "<g transform=\"translate(9 9) scale(100)\"><text x=\"9\" y=\"20\">SECRET</text></g>",
            "<text y=\"20\" style=\"transform:rotate(180deg)\">SECRET</text>",
            "<text y=\"20\" transform=\"scale(1,0)\">SECRET</text>",
            "<svg x=\"9\" y=\"9\" width=\"9\" height=\"9\"><text y=\"90\">SECRET</text></svg>",
            "<svg width=\"9\" height=\"9\" viewBox=\"0 0 9000 9000\"><text y=\"90\">SECRET</text></svg>",
            "<clipPath id=\"c\"><rect width=\"9\" height=\"9\"/></clipPath><g clip-path=\"url(#c)\"><text y=\"90\">SECRET</text></g>",
            "<rect width=\"199\" height=\"199\" fill=\"red\" transform=\"translate(1 1)\"/><text x=\"90\" y=\"90\" fill=\"red\" transform=\"rotate(9)\">SECRET</text>",
            "<text y=\"20\" color=\"#fff\" fill=\"currentColor\">SECRET</text>",
            "<g requiredExtensions=\"http://x.example/\"><text y=\"20\">SECRET</text></g>",
            "<text y=\"20\" font-size=\"0\">SECRET</text>",
            "<text y=\"20\" style=\"font: 0.5px Sarabun\">SECRET</text>",
            "<text y=\"20\" opacity=\"0.01\">SECRET</text>",
            "<g opacity=\"0.1\"><text y=\"20\" opacity=\"0.1\">SECRET</text></g>",
            "<text y=\"20\">ก<tspan fill=\"#fff\">SECRET</tspan></text>",
            "<g>SECRET</g>",
            "SECRET",
            "<style>g&gt;text{display:none}</style><g><text y=\"20\">SECRET</text></g>",
            "<style>*.a{visibility:hidden}</style><text class=\"a\" y=\"20\">SECRET</text>",
            "<text x=\"5\" y=\"20\">ก<tspan dx=\"900\">SECRET</tspan></text>",
            "<text x=\"5\" y=\"20\">ก<tspan dy=\"900\">SECRET</tspan></text>",
            "<text x=\"5\" y=\"20\">ก<tspan y=\"-900\">SECRET</tspan></text>",
            "<g display=\"none\"><path id=\"p\" d=\"M0 0\"/><text>SECRET</text></g><use href=\"#p\"/>",
        ] {
            let text = format!("<svg viewBox=\"0 0 200 200\"><line id=\"r\"/>{inside}<path d=\"M1 1\"/></svg>");
            let out = without(&text);
            assert!(!out.contains("SECRET") && out.contains("M1 1") && out.contains("id=\"r\""), "{text}: {out}");
            assert_eq!(out.contains("M0 0"), inside.contains("#p"), "{out}");
        }
        for shown in [
            "<text display=\"inline\" y=\"20\">a</text><style>.a{fill:red} .b{opacity:.5} text.c{display:none}</style><g class=\"a b c\" opacity=\"0.5\"/>",
            "<defs><g id=\"a\"><text>ก</text></g></defs><use href=\"#a\"/>",
            "<rect width=\"90\" height=\"30\" fill=\"#036\"/><text x=\"10\" y=\"20\" fill=\"white\">ก</text>",
            "<circle r=\"9\"/><text y=\"20\" fill=\"white\">ก</text>",
            "<g transform=\"scale(2)\"><path d=\"M0 0C1 1 2 2 3 3\"/><text y=\"20\" fill=\"#fff\">ก</text></g>",
            "<style>@media (prefers-color-scheme: dark){text{fill:#fff}}</style><text y=\"20\">ก</text>",
            "<text y=\"20\">ก</text><rect y=\"40\" width=\"300\" height=\"40\"/>",
            "<text y=\"20\">ก</text><rect width=\"300\" height=\"40\" fill=\"none\" stroke=\"#000\"/>",
            "<text x=\"50%\" y=\"50%\" text-anchor=\"middle\">ก</text><text x=\"199\" y=\"20\" text-anchor=\"end\">ข</text>",
            "<text y=\"20\" fill=\"white\" stroke=\"black\">ก</text>",
            "<clipPath id=\"c\"><rect width=\"9\" height=\"9\"/></clipPath><text y=\"9\" clip-path=\"url(#c)\">ก</text>",
            "<text y=\"20\" transform=\"rotate(-90) translate(-90 20)\">ก</text>",
            "<text y=\"-20\" transform=\"scale(1 -1)\">ก</text>",
            "<text y=\"20\" transform=\"rotate(1turn)\">ก</text>",
            "<svg x=\"9\" y=\"9\" width=\"90\" height=\"90\" viewBox=\"0 0 900 900\"><text y=\"200\">ก</text></svg>",
            "<svg width=\"50%\" height=\"9\"><text y=\"90\">ก</text></svg>",
            "<rect width=\"199\" height=\"199\" transform=\"rotate(45)\" fill=\"#fff\"/><text y=\"20\" fill=\"#fff\" x=\"500\" transform=\"translate(-450)\" stroke=\"red\">ก</text>",
            "<clipPath id=\"c\"><rect width=\"9\" height=\"9\"/><path d=\"M0 0C1 1 2 2 3 3\"/></clipPath><text y=\"90\" clip-path=\"url(#c)\">ก</text>",
            "<text x=\"5\" y=\"20\">ก<tspan dx=\"9\" dy=\"-4\">ข</tspan></text>",
            "<title>ก</title><desc>ข</desc><text y=\"20\">ก <tspan fill=\"red\">ข</tspan></text>",
        ] {
            let shown = format!("<svg viewBox=\"0 0 200 200\">{shown}</svg>");
            assert_eq!(without(&shown), shown);
        }
    }
}
