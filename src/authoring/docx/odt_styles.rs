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
    heading: Option<u8>,
}

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
                self.styles.insert(name.clone(), Style { parent, heading, marks: String::new() });
            }
            "text:list-style" => {
                list = attribute(e, "name").unwrap_or_default();
                name.clear();
            }
            "text:list-level-style-number" | "text:list-level-style-bullet" if !list.is_empty() => {
                let own = self.lists.entry(list.clone()).or_default();
                own.push_str(&level(e));
            }
            "style:text-properties" => {
                if let Some(style) = self.styles.get_mut(&name) {
                    style.marks = marks(e);
                }
            }
            _ => {}
        });
    }

    /// The marks of some styles and of those that they are made after, as properties of a run.
    pub(super) fn marks(&self, names: &[String]) -> String {
        let mut out = String::new();
        for name in names {
            let mut style = self.styles.get(name);
            for _ in 0..8 {
                let Some(own) = style else { break };
                out.push_str(&own.marks);
                style = self.styles.get(&own.parent);
            }
        }
        out
    }

    /// The level of headings of a style; 0 is the title.
    pub(super) fn heading(&self, name: &str) -> Option<u8> {
        let mut style = self.styles.get(name);
        for _ in 0..8 {
            let own = style?;
            if own.heading.is_some() {
                return own.heading;
            }
            style = self.styles.get(&own.parent);
        }
        None
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

/// The look of a style as properties of a run.
fn marks(e: &BytesStart<'_>) -> String {
    let mut out = String::new();
    for a in e.attributes().flatten() {
        let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_default();
        out.push_str(match (a.key.as_ref(), value.as_ref()) {
            ("fo:font-weight" | "style:font-weight-complex", "bold") => "<w:b/>",
            ("fo:font-style" | "style:font-style-complex", "italic") => "<w:i/>",
            ("style:text-line-through-style", style) if style != "none" => "<w:strike/>",
            ("style:text-position", place) if place.starts_with("super") => "<w:vertAlign w:val=\"superscript\"/>",
            ("style:text-position", place) if place.starts_with("sub") => "<w:vertAlign w:val=\"subscript\"/>",
            ("text:display", "none") => "<w:vanish/>",
            _ => "",
        });
    }
    out
}
