//! How a drawing shows an element: colours, size and place, by attributes, style and the drawing's own sheets.

use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::svg_place::{Area, Matrix, NUMBER, numbers};
use crate::markdown::colourless;
use crate::text::pattern::constant;

pub(super) static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')"#));
pub(super) static REMARK: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)/\*.*?\*/"));
static STYLE: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)<style[^>]*>(.*?)</style>"));
static RULE: LazyLock<Regex> = LazyLock::new(|| constant(r"([^{}]*)\{([^{}]*)\}"));
static SELECTOR: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"([.#]?)([\p{L}\p{M}_][\p{L}\p{M}\p{N}_-]*)|\[\s*([\w:-]+)"#));
static NAME: LazyLock<Regex> = LazyLock::new(|| constant(r#"url\(["']?#([^"')]+)"#));

/// A path of straight lines between given places.
static STRAIGHT: LazyLock<Regex> = LazyLock::new(|| constant(r"^[MLHVZz\d\s.,-]+$"));
static STEP: LazyLock<Regex> = LazyLock::new(|| constant(r"([MLHV])([^MLHVZz]*)"));

/// The value of an attribute of a tag.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut all = ATTRIBUTE.captures_iter(tag).filter(|found| &found[1] == name);
    all.next().and_then(|found| Some(found.get(2).or(found.get(3))?.as_str()))
}

/// The first number of an attribute.
pub(super) fn measure(tag: &str, name: &str) -> Option<f64> {
    attribute(tag, name).and_then(|value| numbers(value).first().copied())
}

/// What an element hands on to those in it, and has itself.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub hidden: bool,
    /// Colour of letters and shapes; as good as none where it is see-through.
    pub fill: String,
    pub stroked: bool,
    /// Whether it covers what is below it.
    pub solid: bool,
    pub size: f64,
    pub anchor: String,
    /// How it is moved, turned and sized; none where that cannot be told.
    pub place: Option<Matrix>,
    /// Where it is cut off, by the frame of a drawing in the drawing.
    pub window: Option<Area>,
    /// What `currentColor` stands for.
    colour: String,
    /// Where a line of text begins.
    pub at: (f64, f64),
    /// What it is itself cut out by, and how the coordinates of that are to be read.
    pub cut_by: Vec<(String, Option<Matrix>)>,
    opacity: f64,
}

impl Default for Look {
    fn default() -> Look {
        let (fill, anchor) = ("#000".to_owned(), "start".to_owned());
        Look {
            hidden: false,
            colour: fill.clone(),
            fill,
            stroked: false,
            solid: true,
            size: 16.0,
            anchor,
            place: Some(Matrix::NONE),
            window: None,
            at: (0.0, 0.0),
            cut_by: Vec::new(),
            opacity: 1.0,
        }
    }
}

impl Look {
    /// The look of an element in another.
    pub(super) fn of(above: &Look, tag: &str, name: &str, sheet: &Sheet) -> Look {
        let mut look = above.clone();
        let (mut seen_through, mut cut_by) = (false, Vec::new());
        for (property, value) in sheet.declarations(tag) {
            let number = || numbers(&value).first().copied();
            let part = || number().map(|n| if value.ends_with('%') { n / 100.0 } else { n });
            match property.as_str() {
                "display" => look.hidden |= value == "none",
                "visibility" => look.hidden |= value == "hidden" || value == "collapse",
                "opacity" => look.opacity *= part().unwrap_or(1.0),
                "fill-opacity" => seen_through |= part().is_some_and(|n| n < 0.05),
                "fill" => look.fill = value.clone(),
                "stroke" => look.stroked = value != "none" && !colourless(&value),
                "font-size" | "font" => {
                    let found = NUMBER.find(&value).map(|m| (m.as_str().parse::<f64>(), &value[m.end()..]));
                    if let Some((Ok(n), unit)) = found {
                        let of: f64 = if unit.starts_with("em") { look.size } else { 1.0 };
                        look.size = if unit.starts_with('%') { look.size * n / 100.0 } else { n * of };
                    }
                }
                "text-anchor" => look.anchor = value.clone(),
                "color" => look.colour = value.clone(),
                "transform" => {
                    let own = Matrix::read(&value);
                    look.hidden |= own.is_some_and(|own| own.scale() == 0.0);
                    look.place = look.place.and_then(|place| Some(place.then(own?)));
                }
                "writing-mode" | "transform-origin" | "translate" | "scale" => look.place = None,
                "requiredExtensions" => look.hidden |= !value.is_empty(),
                "filter" => look.hidden |= value.contains("opacity(0"),
                "clip-path" | "mask" => {
                    look.hidden |= value.starts_with("inset(100%") || value.starts_with("circle(0");
                    cut_by.extend(NAME.captures(&value).map(|found| found[1].to_owned()));
                }
                _ => {}
            }
        }
        if matches!(name, "text" | "tspan") {
            let (from, own) = (if name == "text" { (0.0, 0.0) } else { above.at }, |name| measure(tag, name));
            let by = (own("dx").unwrap_or(0.0), own("dy").unwrap_or(0.0));
            let part = |name| attribute(tag, name).is_some_and(|value| value.contains(['%', 'e']));
            look.place = look.place.filter(|_| !part("x") && !part("y"));
            look.at = (own("x").unwrap_or(from.0) + by.0, own("y").unwrap_or(from.1) + by.1);
        }
        look.cut_by = cut_by.into_iter().map(|name| (name, look.place)).collect();
        if look.fill == "currentcolor" {
            look.fill.clone_from(&look.colour);
        }
        look.hidden |= look.opacity < 0.05;
        look.solid = look.opacity > 0.95 && !seen_through && look.fill != "none" && !look.fill.contains("url(");
        if seen_through {
            look.fill = "transparent".to_owned();
        }
        look
    }

    /// Where a shape whose corners have these coordinates lies; none where that is not known.
    pub(super) fn area(&self, x: &[f64], y: &[f64]) -> Option<Area> {
        let least = |of: &[f64]| of.iter().copied().reduce(f64::min);
        let most = |of: &[f64]| of.iter().copied().reduce(f64::max);
        self.place?.exactly(&Area { left: least(x)?, top: least(y)?, right: most(x)?, bottom: most(y)? })
    }

    /// About where a line of so many letters stands: less than it takes.
    pub(super) fn line(&self, letters: usize) -> Option<Area> {
        let width = letters as f64 * self.size * 0.4;
        let before = match self.anchor.as_str() {
            "middle" => 0.5,
            "end" => 1.0,
            _ => 0.0,
        };
        let left = self.at.0 - width * before;
        let (top, bottom) = (self.at.1 - self.size * 0.5, self.at.1);
        self.place?.around(&Area { left, top, right: left + width, bottom })
    }
}

/// Properties and their values.
type Declared = Vec<(String, String)>;

/// Parts of a selector and what they name.
type Selector = Vec<(Part, String)>;

/// The rules of the drawing's own sheets. Of a selector of several parts the last one counts.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<(Vec<Selector>, Declared)>,
    /// Whether a rule holds on a condition only, or something moves: colours may be others.
    pub changes: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Any,
    Element,
    Class,
    Id,
    Attribute,
}

impl Sheet {
    pub(super) fn of(text: &str) -> Sheet {
        let mut sheet = Sheet::default();
        for found in STYLE.captures_iter(text) {
            // The filter writes `>` as XML has it in texts.
            let rules = REMARK.replace_all(&found[1], "").replace("&gt;", ">");
            sheet.changes |= rules.contains("@media") || rules.contains(":hover");
            for rule in RULE.captures_iter(&rules) {
                let last = |selector: &str| {
                    selector.split([' ', '>', '+', '~', '\n', '\t']).rfind(|s| !s.is_empty()).map(parts)
                };
                let selectors = rule[1].split(',').filter_map(last).filter(|parts| !parts.is_empty());
                sheet.rules.push((selectors.collect(), declared(&rule[2])));
            }
        }
        sheet.changes |= text.contains("<animate") || text.contains("<set");
        sheet
    }

    /// What holds for an element: later ones win.
    pub(super) fn declarations(&self, tag: &str) -> Declared {
        let plain = |value: &str| value.trim().to_lowercase();
        let value = |found: &regex::Captures<'_>| plain(found.get(2).or(found.get(3)).map_or("", |m| m.as_str()));
        let mut all: Declared =
            ATTRIBUTE.captures_iter(tag).map(|found| (found[1].to_owned(), value(&found))).collect();
        let (class, id) = (attribute(tag, "class").unwrap_or_default(), attribute(tag, "id"));
        let classes: HashSet<&str> = class.split_whitespace().collect();
        let has = |part: &Part, name: &str| match part {
            Part::Any => true,
            Part::Element => tag[1..]
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || "/>".contains(c))),
            Part::Class => classes.contains(name),
            Part::Id => id == Some(name),
            Part::Attribute => tag.contains(&format!(" {name}=")),
        };
        let fits = |parts: &Vec<(Part, String)>| parts.iter().all(|(part, name)| has(part, name));
        let rules = self.rules.iter().filter(|(selectors, _)| selectors.iter().any(fits));
        all.extend(rules.flat_map(|(_, declared)| declared.clone()));
        all.extend(attribute(tag, "style").into_iter().flat_map(declared));
        all
    }
}

/// The declarations of a style. One of more than anybody writes shows nothing.
fn declared(style: &str) -> Declared {
    const MOST: usize = 256;
    if style.bytes().filter(|b| *b == b';').nth(MOST).is_some() {
        return vec![("display".to_owned(), "none".to_owned())];
    }
    let plain = REMARK.replace_all(style, "").to_lowercase();
    let pairs = plain.split(';').filter_map(|rule| rule.split_once(':'));
    let value = |value: &str| value.trim().trim_end_matches("!important").trim().to_owned();
    pairs.map(|(name, of)| (name.trim().to_owned(), value(of))).collect()
}

/// The parts of a simple selector: `g.st1#layer[data-x]`.
fn parts(selector: &str) -> Vec<(Part, String)> {
    let part = |found: regex::Captures<'_>| match (found.get(1).map(|m| m.as_str()), found.get(3)) {
        (_, Some(name)) => (Part::Attribute, name.as_str().to_owned()),
        (Some("."), _) => (Part::Class, found[2].to_owned()),
        (Some("#"), _) => (Part::Id, found[2].to_owned()),
        _ => (Part::Element, found[2].to_owned()),
    };
    let before = selector.split(':').next().unwrap_or(selector);
    let any = before.starts_with('*').then(|| (Part::Any, String::new()));
    any.into_iter().chain(SELECTOR.captures_iter(before).map(part)).collect()
}

/// A measure of a tag that is one of the drawing's own.
pub(super) fn side(tag: &str, name: &str) -> Option<f64> {
    attribute(tag, name)?.trim().trim_end_matches("px").parse().ok()
}

pub(super) fn frame(x: f64, y: f64, width: f64, height: f64) -> Area {
    Area { left: x, top: y, right: x + width, bottom: y + height }
}

/// What `viewBox` says.
pub(super) fn view(tag: &str) -> Option<Area> {
    match numbers(attribute(tag, "viewBox")?)[..] {
        [x, y, width, height] => Some(frame(x, y, width, height)),
        _ => None,
    }
}

/// Where a rectangle lies.
pub(super) fn rect(tag: &str, look: &Look) -> Option<Area> {
    let or_none = |name| if attribute(tag, name).is_some() { side(tag, name) } else { Some(0.0) };
    let (x, y) = (or_none("x")?, or_none("y")?);
    look.area(&[x, x + or_none("width")?], &[y, y + or_none("height")?])
}

/// Goes into a drawing in the drawing: its coordinates are others, and what lies beside its frame is cut off.
pub(super) fn enter(look: &mut Look, tag: &str) {
    let or_none = |name| if attribute(tag, name).is_some() { side(tag, name) } else { Some(0.0) };
    let sides = || Some(frame(or_none("x")?, or_none("y")?, side(tag, "width")?, side(tag, "height")?));
    let (Some(place), Some(area)) = (look.place, sides()) else {
        look.place = None;
        return;
    };
    if attribute(tag, "overflow").is_none() && attribute(tag, "style").is_none() {
        look.window = place.around(&area).or(look.window);
    }
    let moved = place.then(Matrix::moved(area.left, area.top));
    look.place = match view(tag) {
        Some(view) if attribute(tag, "preserveAspectRatio").is_none() => {
            let (width, height) = (view.right - view.left, view.bottom - view.top);
            let scale = ((area.right - area.left) / width).min((area.bottom - area.top) / height);
            let middle = |side: f64, of: f64| (side - of * scale) / 2.0;
            let (x, y) = (middle(area.right - area.left, width), middle(area.bottom - area.top, height));
            let sized = moved.then(Matrix::moved(x, y)).then(Matrix::sized(scale, scale));
            Some(sized.then(Matrix::moved(-view.left, -view.top)))
        }
        Some(_) => None,
        None => Some(moved),
    };
}

/// Where a rectangle lies that is drawn as a path.
pub(super) fn straight(path: &str, look: &Look) -> Option<Area> {
    if !STRAIGHT.is_match(path) {
        return None;
    }
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for step in STEP.captures_iter(path) {
        let all = numbers(&step[2]);
        match &step[1] {
            "H" => x.extend(all),
            "V" => y.extend(all),
            _ => all.chunks(2).for_each(|place| {
                x.extend(place.first());
                y.extend(place.get(1));
            }),
        }
    }
    let sides = |of: &[f64]| {
        let mut all = of.to_vec();
        all.sort_by(f64::total_cmp);
        all.dedup();
        all.len() == 2
    };
    (sides(&x) && sides(&y)).then(|| look.area(&x, &y)).flatten()
}

/// The first tag or text of some XML.
pub(super) fn piece(text: &str) -> &str {
    let until = |mark: &str| text.find(mark).map_or(text.len(), |at| at + mark.len());
    let end = match text {
        _ if text.starts_with("<!--") => until("-->"),
        _ if text.starts_with("<![CDATA[") => until("]]>"),
        _ if text.starts_with("<?") => until("?>"),
        _ if text.starts_with('<') => {
            let mut quote = None;
            let end = text.bytes().position(|b| match (quote, b) {
                (None, b'"' | b'\'') => {
                    quote = Some(b);
                    false
                }
                (Some(open), b) if open == b => {
                    quote = None;
                    false
                }
                (quote, b) => quote.is_none() && b == b'>',
            });
            end.map_or(text.len(), |end| end + 1)
        }
        _ => text.find('<').unwrap_or(text.len()),
    };
    &text[..end]
}
