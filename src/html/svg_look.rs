//! How a drawing shows an element: colours, size and place, by attributes, style and the drawing's own sheets.

use regex::Regex;
use std::sync::LazyLock;

use crate::markdown::colourless;
use crate::text::pattern::constant;

static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| constant(r#"\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')"#));
pub(super) static REMARK: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)/\*.*?\*/"));
static STYLE: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)<style[^>]*>(.*?)</style>"));
static RULE: LazyLock<Regex> = LazyLock::new(|| constant(r"([^{}]*)\{([^{}]*)\}"));
static SELECTOR: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"([.#]?)([\p{L}\p{M}_][\p{L}\p{M}\p{N}_-]*)|\[\s*([\w:-]+)"#));
static MOVED: LazyLock<Regex> = LazyLock::new(|| constant(r"translate\(([^)]*)\)"));
static NAME: LazyLock<Regex> = LazyLock::new(|| constant(r#"url\(["']?#([^"')]+)"#));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| constant(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"));

/// The numbers in a text.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    NUMBER.find_iter(text).filter_map(|found| found.as_str().parse().ok()).collect()
}

/// The value of an attribute of a tag.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut all = ATTRIBUTE.captures_iter(tag).filter(|found| &found[1] == name);
    all.next().and_then(|found| Some(found.get(2).or(found.get(3))?.as_str()))
}

/// The first number of an attribute.
pub(super) fn measure(tag: &str, name: &str) -> Option<f64> {
    attribute(tag, name).and_then(|value| numbers(value).first().copied())
}

/// A stretch of the canvas.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub(super) fn covers(&self, other: &Area) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }

    pub(super) fn meets(&self, other: &Area) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
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
    /// How far it is moved; none where it is turned or sized.
    pub moved: Option<(f64, f64)>,
    /// Where a line of text begins.
    pub at: (f64, f64),
    /// What it is cut out by.
    pub cut_by: Vec<String>,
    opacity: f64,
}

impl Default for Look {
    fn default() -> Look {
        let (fill, anchor) = ("#000".to_owned(), "start".to_owned());
        let (moved, at) = (Some((0.0, 0.0)), (0.0, 0.0));
        let cut_by = Vec::new();
        Look { hidden: false, fill, stroked: false, solid: true, size: 16.0, anchor, moved, at, cut_by, opacity: 1.0 }
    }
}

impl Look {
    /// The look of an element in another.
    pub(super) fn of(above: &Look, tag: &str, name: &str, sheet: &Sheet) -> Look {
        let mut look = above.clone();
        let mut seen_through = false;
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
                "transform" => {
                    look.hidden |= value.contains("scale(0)") || value.contains("scale(0,0)");
                    let only = MOVED.replace_all(&value, "").is_empty();
                    let by = MOVED.captures_iter(&value).map(|found| numbers(&found[1]));
                    look.moved = look.moved.filter(|_| only).map(|from| {
                        by.fold(from, |(x, y), by| (x + by.first().unwrap_or(&0.0), y + by.get(1).unwrap_or(&0.0)))
                    });
                }
                "writing-mode" => look.moved = None,
                "filter" => look.hidden |= value.contains("opacity(0"),
                "clip-path" | "mask" => {
                    look.hidden |= value.starts_with("inset(100%") || value.starts_with("circle(0");
                    look.cut_by.extend(NAME.captures(&value).map(|found| found[1].to_owned()));
                }
                _ => {}
            }
        }
        if matches!(name, "text" | "tspan") {
            let (from, own) = (if name == "text" { (0.0, 0.0) } else { above.at }, |name| measure(tag, name));
            let by = (own("dx").unwrap_or(0.0), own("dy").unwrap_or(0.0));
            let part = |name| attribute(tag, name).is_some_and(|value| value.contains(['%', 'e']));
            look.moved = look.moved.filter(|_| !part("x") && !part("y"));
            look.at = (own("x").unwrap_or(from.0) + by.0, own("y").unwrap_or(from.1) + by.1);
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
        let (dx, dy) = self.moved?;
        let least = |of: &[f64]| of.iter().copied().reduce(f64::min);
        let most = |of: &[f64]| of.iter().copied().reduce(f64::max);
        Some(Area { left: least(x)? + dx, top: least(y)? + dy, right: most(x)? + dx, bottom: most(y)? + dy })
    }

    /// About where a line of so many letters stands: less than it takes.
    pub(super) fn line(&self, letters: usize) -> Option<Area> {
        let width = letters as f64 * self.size * 0.4;
        let left = self.at.0
            - width
                * f64::from(match self.anchor.as_str() {
                    "middle" => 0.5_f32,
                    "end" => 1.0,
                    _ => 0.0,
                });
        self.area(&[left, left + width], &[self.at.1 - self.size * 0.5, self.at.1])
    }
}

/// Properties and their values.
type Declared = Vec<(String, String)>;

/// The rules of the drawing's own sheets. Of a selector of several parts the last one counts.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: Vec<(Vec<(Part, String)>, Declared)>,
    /// Whether a rule holds on a condition only, or something moves: colours may be others.
    pub changes: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Element,
    Class,
    Id,
    Attribute,
}

impl Sheet {
    pub(super) fn of(text: &str) -> Sheet {
        let mut sheet = Sheet::default();
        for found in STYLE.captures_iter(text) {
            let rules = REMARK.replace_all(&found[1], "");
            sheet.changes |= rules.contains("@media") || rules.contains(":hover");
            for rule in RULE.captures_iter(&rules) {
                let last = |selector: &str| {
                    selector.split([' ', '>', '+', '~', '\n', '\t']).rfind(|s| !s.is_empty()).map(parts)
                };
                let parts = rule[1].split(',').filter_map(last).filter(|parts| !parts.is_empty());
                sheet.rules.extend(parts.map(|parts| (parts, declared(&rule[2]))));
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
        let has = |part: &Part, name: &str| match part {
            Part::Element => tag[1..]
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || "/>".contains(c))),
            Part::Class => class.split_whitespace().any(|class| class == name),
            Part::Id => id == Some(name),
            Part::Attribute => tag.contains(&format!(" {name}=")),
        };
        let rules = self.rules.iter().filter(|(parts, _)| parts.iter().all(|(part, name)| has(part, name)));
        all.extend(rules.flat_map(|(_, declared)| declared.clone()));
        all.extend(attribute(tag, "style").into_iter().flat_map(declared));
        all
    }
}

/// The declarations of a style.
fn declared(style: &str) -> Declared {
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
    SELECTOR.captures_iter(before).map(part).collect()
}
