//! Styles of OpenDocument: what looks how, what is a heading, how lists are numbered.

use crate::authoring::xml::{attribute, each};
use quick_xml::escape::escape;
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// The styles of a report.
#[derive(Default)]
pub(super) struct Looks {
    styles: HashMap<String, Style>,
    /// Levels of list styles, as numbering.xml has them.
    pub(super) lists: HashMap<String, String>,
}

/// How text of a style looks.
#[derive(Debug, Clone, Default)]
struct Style {
    parent: String,
    marks: String,
    /// Colour behind paragraphs, cells or tables of the style.
    ground: String,
    heading: Option<u8>,
    /// Whether pictures of the style are cut.
    cut: bool,
    /// Whether headings of the style have no numbers, where it says so.
    bare: Option<bool>,
}

/// The name under which the numbers of headings are kept beside those of lists.
pub(super) const OUTLINE: &str = "\u{0}outline";

impl Looks {
    /// Reads the styles of a part.
    pub(super) fn read(&mut self, xml: &str) {
        let (mut name, mut list) = (String::new(), String::new());
        each(xml, |e| match e.name().as_ref() {
            "style:style" => {
                name = attribute(e, "name").unwrap_or_default();
                let level = attribute(e, "default-outline-level").and_then(|l| l.parse().ok());
                let heading = if name == "Title" { Some(0) } else { level.filter(|l| (1..=9).contains(l)) };
                let parent = attribute(e, "parent-style-name").unwrap_or_default();
                let bare = attribute(e, "list-style-name").map(|list| list.is_empty());
                self.styles.insert(name.clone(), Style { parent, heading, bare, ..Style::default() });
            }
            "text:list-style" => {
                list = attribute(e, "name").unwrap_or_default();
                name.clear();
            }
            "text:outline-style" => {
                list = OUTLINE.to_string();
                name.clear();
            }
            "text:list-level-style-number" | "text:list-level-style-bullet" | "text:outline-level-style"
                if !list.is_empty() =>
            {
                let own = self.lists.entry(list.clone()).or_default();
                own.push_str(&level(e));
            }
            "style:text-properties" => {
                if let Some(style) = self.styles.get_mut(&name) {
                    style.marks = marks(e);
                }
            }
            "style:graphic-properties" => {
                let whole = |clip: &str| clip == "auto" || !clip.contains(|c: char| ('1'..='9').contains(&c));
                if let Some((style, clip)) = self.styles.get_mut(&name).zip(attribute(e, "clip")) {
                    style.cut = !whole(&clip);
                }
            }
            "style:paragraph-properties" | "style:table-cell-properties" | "style:table-properties" => {
                if let Some((style, own)) = self.styles.get_mut(&name).zip(attribute(e, "background-color")) {
                    style.ground = shade(&own);
                }
            }
            _ => {}
        });
    }

    /// A style and those that it is made after, the nearest first.
    fn line(&self, name: &str) -> impl Iterator<Item = &Style> {
        std::iter::successors(self.styles.get(name), |style| self.styles.get(&style.parent)).take(8)
    }

    /// The marks of some styles and of those that they are made after, as properties of a run: the nearest last.
    pub(super) fn marks(&self, names: &[String]) -> String {
        let marks = names.iter().flat_map(|name| {
            let mut line: Vec<&str> = self.line(name).map(|style| style.marks.as_str()).collect();
            line.reverse();
            line
        });
        marks.collect()
    }

    /// The shading of a style of paragraphs, cells or tables.
    pub(super) fn ground(&self, name: &str) -> &str {
        self.line(name).map(|style| style.ground.as_str()).find(|ground| !ground.is_empty()).unwrap_or_default()
    }

    /// Whether a picture of a style is cut: how much of it, only its size in the document says.
    pub(super) fn is_cut(&self, name: &str) -> bool {
        self.styles.get(name).is_some_and(|style| style.cut)
    }

    /// Whether headings of a style have the numbers of the outline.
    pub(super) fn is_numbered(&self, name: &str) -> bool {
        self.lists.contains_key(OUTLINE) && self.line(name).find_map(|style| style.bare) != Some(true)
    }

    /// The level of headings of a style; 0 is the title.
    pub(super) fn heading(&self, name: &str) -> Option<u8> {
        self.line(name).find_map(|style| style.heading)
    }
}

/// A level of a list style as numbering.xml has it.
fn level(e: &BytesStart<'_>) -> String {
    let given = |name: &str| attribute(e, name).unwrap_or_default();
    let number = given("level").parse().unwrap_or(1usize).max(1);
    let format = match given("num-format").as_str() {
        _ if e.name().as_ref() == "text:list-level-style-bullet" => "bullet",
        "1" => "decimal",
        "i" => "lowerRoman",
        "I" => "upperRoman",
        "a" => "lowerLetter",
        "A" => "upperLetter",
        "" => "none",
        f if f.starts_with('๑') => "thaiNumbers",
        f if f.starts_with('ก') => "thaiLetters",
        _ => "decimal",
    };
    let shown = given("display-levels").parse().unwrap_or(1usize).clamp(1, number);
    let places: Vec<String> = (number + 1 - shown..=number).map(|n| format!("%{n}")).collect();
    let text = format!("{}{}{}", given("num-prefix"), places.join("."), given("num-suffix"));
    let text = if matches!(format, "bullet" | "none") { String::new() } else { text };
    let start = given("start-value").parse().unwrap_or(1u32);
    format!(
        "<w:lvl w:ilvl=\"{}\"><w:start w:val=\"{start}\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{}\"/></w:lvl>",
        number - 1,
        escape(&text)
    )
}

/// A colour behind letters.
fn shade(colour: &str) -> String {
    let colour = colour.strip_prefix('#').unwrap_or("auto");
    format!("<w:shd w:val=\"clear\" w:fill=\"{}\"/>", escape(colour))
}

/// The look of a style as properties of a run.
fn marks(e: &BytesStart<'_>) -> String {
    let mut out = String::new();
    for a in e.attributes().flatten() {
        let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
        let points = || value.strip_suffix("pt").and_then(|pt| pt.parse::<f32>().ok()).map(|pt| pt * 2.0);
        match (a.key.as_ref(), points()) {
            ("fo:color", _) => out.push_str(&format!("<w:color w:val=\"{}\"/>", escape(value.as_ref()))),
            ("fo:background-color", _) => out.push_str(&shade(&value)),
            ("fo:font-size", Some(half)) => out.push_str(&format!("<w:sz w:val=\"{half}\"/>")),
            ("style:font-size-complex", Some(half)) => out.push_str(&format!("<w:szCs w:val=\"{half}\"/>")),
            _ => {}
        }
        out.push_str(match (a.key.as_ref(), value.as_ref()) {
            ("style:use-window-font-color", "true") => "<w:color w:val=\"auto\"/>",
            ("text:display", "true") => "<w:vanish w:val=\"0\"/>",
            ("fo:font-weight" | "style:font-weight-complex", "bold") => "<w:b/>",
            ("fo:font-style" | "style:font-style-complex", "italic") => "<w:i/>",
            ("style:text-line-through-style" | "style:text-line-through-type", "none") => "<w:strike w:val=\"0\"/>",
            ("style:text-line-through-style" | "style:text-line-through-type", _) => "<w:strike/>",
            ("style:text-position", place) if place.starts_with("super") => "<w:vertAlign w:val=\"superscript\"/>",
            ("style:text-position", place) if place.starts_with("sub") => "<w:vertAlign w:val=\"subscript\"/>",
            ("text:display", "none") => "<w:vanish/>",
            _ => "",
        });
    }
    out
}
