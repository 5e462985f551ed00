//! How much of a drawing is drawn where what its parts refer to is drawn at each of them: clip paths, patterns, marks and
//! copies may name each other, and a few of them become more than anybody can wait for.
//!
//! Elements, sheets and references are read as the SVG reader of Typst reads them.

use roxmltree::{Document, Node, NodeId, ParsingOptions};
use simplecss::{AttributeOperator, DeclarationTokenizer, Element, PseudoClass, StyleSheet};
use std::collections::HashMap;
use std::rc::Rc;

/// Most that is drawn, counted in simple shapes: some seconds.
const MOST: u64 = 3_000_000;
/// Most elements, copies included: the reader takes no more either.
const MOST_READ: usize = 1_000_000;
/// How deep elements stand in each other, copies and what they refer to included; a part counts as some of them.
const DEEPEST: usize = 1024;
const DEPTH_OF_PART: usize = 4;
/// Letters of a path that are as much work as a shape.
const LETTERS: usize = 32;

/// What refers to parts, and the parts that it may refer to. The first five hold for what is within as well.
const PROPERTIES: [(&str, &str); 7] = [
    ("fill", "pattern"),
    ("stroke", "pattern"),
    ("marker-start", "marker"),
    ("marker-mid", "marker"),
    ("marker-end", "marker"),
    ("clip-path", "clipPath"),
    ("mask", "mask"),
];
const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
const PAINT: std::ops::Range<usize> = 0..2;
const MARKERS: std::ops::Range<usize> = 2..5;
const MARKER_MID: usize = 3;
const INHERITED: std::ops::Range<usize> = 0..5;
const CLIP: usize = 5;
const MASK: usize = 6;

/// Whether a drawing draws more than can be waited for, or parts that name each other in a ring which the reader follows.
pub(super) fn is_endless(svg: &str) -> bool {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    // What is no XML is not drawn.
    let Ok(xml) = Document::parse_with_options(svg, options) else { return false };
    let mut work = Work::of(&xml);
    let root = xml.root_element();
    work.copies(root, root, 0).is_none()
        || work.drawn(root, &Look::default(), 0, false).is_none_or(|drawn| drawn > MOST)
}

/// What an element refers to, by property.
#[derive(Clone, Copy, Default)]
struct Look<'a>([Option<Named<'a>>; PROPERTIES.len()]);

/// A part that is referred to.
#[derive(Clone, Copy)]
struct Named<'a> {
    name: &'a str,
    /// Whether that is said outside of the part whose content is looked at.
    outside: bool,
}

/// A part that is being counted.
struct Open {
    id: NodeId,
    /// The property that led to it, where the reader sees that it does.
    by: Option<usize>,
    is_marker: bool,
}

struct Work<'a> {
    sheet: StyleSheet<'a>,
    ids: HashMap<&'a str, Vec<Node<'a, 'a>>>,
    patterns: Vec<Node<'a, 'a>>,
    declared: HashMap<NodeId, Rc<Vec<(usize, &'a str)>>>,
    /// What each part draws.
    known: HashMap<NodeId, u64>,
    open: Vec<Open>,
    /// The outermost open part that something in it would have led back to.
    back_to: usize,
    copied: usize,
    read: usize,
}

impl<'a> Work<'a> {
    fn of(xml: &'a Document<'a>) -> Work<'a> {
        let (mut sheet, mut ids, mut patterns) = (StyleSheet::new(), HashMap::<_, Vec<_>>::new(), Vec::new());
        for node in xml.descendants().filter(Node::is_element) {
            if let Some(id) = node.attributes().find(|of| of.name() == "id") {
                ids.entry(id.value()).or_default().push(node);
            }
            match (node.tag_name().name(), node.text()) {
                ("style", Some(text)) if node.attribute("type").is_none_or(|kind| kind == "text/css") => {
                    sheet.parse_more(text);
                }
                ("pattern", _) => patterns.push(node),
                _ => {}
            }
        }
        let (declared, known, open) = (HashMap::new(), HashMap::new(), Vec::new());
        Work { sheet, ids, patterns, declared, known, open, back_to: usize::MAX, copied: 0, read: 0 }
    }

    /// Counts the elements with all copies of them, drawn or not; none where they are too many or have no end.
    fn copies(&mut self, node: Node<'a, 'a>, origin: Node<'a, 'a>, depth: usize) -> Option<()> {
        self.copied += 1;
        if depth > DEEPEST || self.copied > MOST_READ {
            return None;
        }
        if node.tag_name().name() == "use" {
            match self.copied_by(node, origin)? {
                Some(target) => self.copies(target, node, depth + 2),
                None => Some(()),
            }
        } else {
            node.children().filter(Node::is_element).try_for_each(|child| self.copies(child, origin, depth + 1))
        }
    }

    /// What a `use` copies. The reader leaves out what leads back to itself in one or two steps.
    fn copied_by(&mut self, node: Node<'a, 'a>, origin: Node<'a, 'a>) -> Option<Option<Node<'a, 'a>>> {
        let target = self.target(node).filter(|target| *target != node && *target != origin);
        let within = target.into_iter().flat_map(|target| target.descendants().skip(1));
        for copy in within {
            self.reads()?;
            let leads_to = if copy.tag_name().name() == "use" { self.target(copy) } else { None };
            if leads_to.is_some_and(|to| to == node || Some(to) == target) {
                return Some(None);
            }
        }
        Some(target)
    }

    fn target(&self, node: Node<'a, 'a>) -> Option<Node<'a, 'a>> {
        let link = node.attribute((XLINK, "href")).or_else(|| node.attribute("href"))?;
        let id = link.trim().strip_prefix('#')?;
        self.ids.get(id)?.iter().find(|node| node.attribute("id") == Some(id)).copied()
    }

    /// One more element is looked at; none where it is one too many.
    fn reads(&mut self) -> Option<()> {
        self.read += 1;
        (self.read <= 5 * MOST_READ).then_some(())
    }

    /// What is drawn with an element; none where that has no end.
    fn drawn(&mut self, node: Node<'a, 'a>, above: &Look<'a>, depth: usize, clips: bool) -> Option<u64> {
        self.reads()?;
        if depth > DEEPEST {
            return None;
        }
        let look = self.look(node, above);
        let (paint, cut) = if clips { (0..0, CLIP..MASK) } else { (PAINT, CLIP..MASK + 1) };
        let own = match node.tag_name().name() {
            "g" | "a" | "svg" | "switch" | "symbol" => self.within(node, &look, depth, clips)?,
            "use" => {
                // The reader follows its paint too.
                self.parts(&look, paint.clone(), depth)?;
                match self.copied_by(node, node)? {
                    Some(target) => self.drawn(target, &look, depth + 2, clips)?,
                    None => 0,
                }
            }
            "text" | "tspan" | "textPath" | "tref" => {
                let letters = node.children().filter(Node::is_text).filter_map(|text| text.text());
                let letters = letters.map(|text| text.chars().count() as u64).sum();
                let painted = self.parts(&look, paint, depth)?.saturating_add(1);
                self.within(node, &look, depth, clips)?.saturating_add(painted.saturating_mul(letters))
            }
            "rect" | "circle" | "ellipse" => self.parts(&look, paint, depth)?,
            "line" | "polyline" | "polygon" | "path" => self.line(node, &look, depth, clips)?,
            "image" => 0,
            _ => return Some(0),
        };
        Some(own.saturating_add(1).saturating_add(self.parts(&look, cut, depth)?))
    }

    fn within(&mut self, node: Node<'a, 'a>, look: &Look<'a>, depth: usize, clips: bool) -> Option<u64> {
        let children = node.children().filter(Node::is_element);
        children
            .map(|child| self.drawn(child, look, depth + 1, clips))
            .try_fold(0u64, |all, of| Some(all.saturating_add(of?)))
    }

    /// A line of any shape: its marks stand at its corners.
    fn line(&mut self, node: Node<'a, 'a>, look: &Look<'a>, depth: usize, clips: bool) -> Option<u64> {
        let shape = node.attribute("d").or_else(|| node.attribute("points")).unwrap_or_default();
        let length = (shape.len() / LETTERS) as u64;
        if clips {
            return Some(length);
        }
        let mut all = self.parts(look, PAINT, depth)?.saturating_add(length);
        for marker in MARKERS.filter(|marker| look.0[*marker].is_some()) {
            let times = if marker == MARKER_MID { corners(shape) } else { 1 };
            all = all.saturating_add(self.parts(look, marker..marker + 1, depth)?.saturating_mul(times));
        }
        Some(all)
    }

    /// What is drawn with the parts that some properties refer to.
    fn parts(&mut self, look: &Look<'a>, properties: std::ops::Range<usize>, depth: usize) -> Option<u64> {
        let mut all = 0u64;
        for property in properties {
            let Some(named) = look.0[property] else { continue };
            let taken = named.name.starts_with("context-");
            let of = if taken { Some(self.patterns.clone()) } else { self.ids.get(named.name).cloned() };
            // The reader takes one of those with the same id.
            let mut most = 0;
            for part in of.unwrap_or_default() {
                let is_open = || self.open.iter().any(|open| open.id == part.id());
                if part.tag_name().name() == PROPERTIES[property].1 && !(taken && is_open()) {
                    let by = Some(property).filter(|_| !named.outside);
                    most = most.max(self.part(part, by, depth + DEPTH_OF_PART)?);
                }
            }
            all = all.saturating_add(most);
        }
        Some(all)
    }

    /// What is drawn with a part.
    fn part(&mut self, part: Node<'a, 'a>, by: Option<usize>, depth: usize) -> Option<u64> {
        self.reads()?;
        if let Some(known) = self.known.get(&part.id()) {
            return Some(*known);
        }
        let is_marker = part.tag_name().name() == "marker";
        if let Some(at) = self.open.iter().rposition(|open| open.id == part.id()) {
            let ring = &self.open[at + 1..];
            let seen = ring.len() < 2 && by.is_some() && ring.iter().all(|open| open.by == by);
            self.back_to = self.back_to.min(at);
            if is_marker || seen {
                return Some(0);
            }
            // A mark is not drawn within itself, so that a ring which holds one ends.
            if !ring.iter().any(|open| open.is_marker) {
                return None;
            }
        }
        let (around, at) = (std::mem::replace(&mut self.back_to, usize::MAX), self.open.len());
        self.open.push(Open { id: part.id(), by, is_marker });
        let drawn = self.inside(part, depth);
        self.open.pop();
        if self.back_to >= at {
            self.known.extend(drawn.map(|drawn| (part.id(), drawn)));
        }
        self.back_to = self.back_to.min(around);
        drawn
    }

    fn inside(&mut self, part: Node<'a, 'a>, depth: usize) -> Option<u64> {
        let (name, tag) = (part.attributes().find(|of| of.name() == "href"), part.tag_name());
        if let Some(name) = name.filter(|_| tag.name() == "pattern" && !part.has_children()) {
            // A pattern may take the content of another one.
            let others = self.ids.get(name.value().trim().trim_start_matches('#')).cloned().unwrap_or_default();
            let mut others = others.into_iter().filter(|other| other.tag_name() == tag);
            return others.try_fold(0, |most, other| Some(self.part(other, None, depth + DEPTH_OF_PART)?.max(most)));
        }
        let mut look = Look::default();
        let mut around: Vec<_> = part.ancestors().skip(1).filter(Node::is_element).collect();
        while let Some(node) = around.pop() {
            look = self.look(node, &look);
        }
        look.0.iter_mut().flatten().for_each(|named| named.outside = true);
        let look = self.look(part, &look);
        let (clips, cut) = match tag.name() {
            "clipPath" => (true, CLIP..MASK),
            "mask" => (false, MASK..MASK + 1),
            "marker" => (false, CLIP..MASK + 1),
            _ => (false, 0..0),
        };
        let drawn = self.within(part, &look, depth, clips)?;
        Some(drawn.saturating_add(1).saturating_add(self.parts(&look, cut, depth)?))
    }

    /// What an element refers to.
    fn look(&mut self, node: Node<'a, 'a>, above: &Look<'a>) -> Look<'a> {
        let mut look = Look::default();
        look.0[INHERITED].copy_from_slice(&above.0[INHERITED]);
        for (property, value) in self.declared(node).iter() {
            look.0[*property] = match *value {
                "inherit" => above.0[*property],
                value => named(value).map(|name| Named { name, outside: false }),
            };
        }
        look
    }

    /// What holds for an element: later ones win, important ones before others.
    fn declared(&mut self, node: Node<'a, 'a>) -> Rc<Vec<(usize, &'a str)>> {
        if let Some(known) = self.declared.get(&node.id()) {
            return known.clone();
        }
        let mut all: [Option<(&str, bool)>; PROPERTIES.len()] = Default::default();
        let mut declare = |name: &str, value: &'a str, important: bool| {
            for (of, (property, _)) in all.iter_mut().zip(PROPERTIES) {
                let holds = name == property || name == "marker" && property.starts_with("marker-");
                if holds && !of.is_some_and(|(_, important)| important) {
                    *of = Some((value, important));
                }
            }
        };
        // Of attributes the first one holds. Those of programs are not read, nor is `marker`.
        let read = |space: &str| [SVG, XLINK, XML].contains(&space);
        let attributes = node.attributes().rev().filter(|of| of.name() != "marker" && of.namespace().is_none_or(read));
        attributes.for_each(|of| declare(of.name(), of.value(), false));
        let rules = self.sheet.rules.iter().filter(|rule| rule.selector.matches(&Selected(node)));
        rules.flat_map(|rule| &rule.declarations).for_each(|of| declare(of.name, of.value, of.important));
        let own = node.attribute("style").into_iter().flat_map(DeclarationTokenizer::from);
        own.for_each(|of| declare(of.name, of.value, of.important));
        let all = all.iter().enumerate().filter_map(|(property, of)| Some((property, (*of)?.0)));
        let all = Rc::new(all.collect::<Vec<_>>());
        self.declared.insert(node.id(), all.clone());
        all
    }
}

/// The part that a value names: `url(#…)`, or the paint of what a mark or copy belongs to.
fn named(value: &str) -> Option<&str> {
    let value = value.trim();
    if matches!(value, "context-fill" | "context-stroke") {
        return Some(value);
    }
    let inside = value.strip_prefix("url(")?.split(')').next()?;
    inside.trim().trim_matches(['"', '\'']).trim().strip_prefix('#')
}

/// About how many corners a line has, rather too many.
fn corners(shape: &str) -> u64 {
    let bytes = shape.as_bytes();
    let starts = bytes.windows(2).filter(|two| !two[0].is_ascii_digit() && two[1].is_ascii_digit()).count();
    let closed = bytes.iter().filter(|byte| matches!(byte, b'z' | b'Z')).count();
    (1 + starts + closed) as u64
}

/// An element as selectors see it.
struct Selected<'a>(Node<'a, 'a>);

impl Element for Selected<'_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Selected)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Selected)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.prev_sibling_element().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">{inside}</svg>"
        )
    }

    /// Parts, each made of some that are the one before it, and a shape that the last one is drawn with.
    fn nested(part: &dyn Fn(usize) -> String) -> String {
        let last = "#m39)\" mask=\"url(#m39)\" fill=\"url(#p39)\"/>";
        (1..40).map(part).collect::<String>() + "<rect width=\"9\" height=\"9\" clip-path=\"url(" + last
    }

    #[test]
    fn parts_that_name_each_other_again_and_again_are_endless() {
        let rect = "<rect width=\"9\" height=\"9\"";
        for inside in [
            nested(&|n| {
                format!(
                    "<clipPath id=\"m{n}\" clip-path=\"url(#m{0})\">{rect} clip-path=\"url(#m{0})\"/></clipPath>",
                    n - 1
                )
            }),
            nested(&|n| {
                format!("<pattern id=\"p{n}\">{}</pattern>", format!("{rect} fill=\"url(#p{})\"/>", n - 1).repeat(2))
            }),
            nested(&|n| {
                format!(
                    "<pattern id=\"p{n}\"><g style=\"fill:url('#p{}')\">{}</g></pattern>",
                    n - 1,
                    format!("{rect}/>").repeat(2)
                )
            }),
            nested(&|n| format!("<g id=\"a{n}\"><use href=\"#a{0}\"/><use xlink:href=\"#a{0}\"/></g>", n - 1)),
            nested(&|n| {
                format!(
                    "<style>/* x */.c{n}{{mask:url(#m{})}}</style><mask id=\"m{n}\">{rect} class=\"c{n}\"/>{rect} class=\"x c{n}\"/></mask>",
                    n - 1
                )
            }),
            format!(
                "<pattern id=\"p\">{}</pattern><g fill=\"url(#p)\">{}</g>",
                format!("{rect}/>").repeat(2_000),
                format!("{rect}/>").repeat(2_000)
            ),
            (0..300)
                .map(|n| format!("<mask id=\"m{n}\">{rect} mask=\"url(#m{})\"/></mask>", n + 1))
                .collect::<String>()
                + rect
                + " mask=\"url(#m0)\"/>",
            // Rings that the reader follows.
            (0..3)
                .map(|n| format!("<clipPath id=\"c{n}\">{rect} clip-path=\"url(#c{})\"/></clipPath>", (n + 1) % 3))
                .collect::<String>()
                + rect
                + " clip-path=\"url(#c0)\"/>",
            (0..3).map(|n| format!("<g id=\"u{n}\"><use href=\"#u{}\"/></g>", (n + 1) % 3)).collect(),
            format!(
                "<pattern id=\"p\">{rect} mask=\"url(#m)\"/></pattern><mask id=\"m\">{rect} fill=\"url(#p)\"/></mask>{rect} fill=\"url(#p)\"/>"
            ),
            format!("<g fill=\"url(#p)\"><pattern id=\"p\">{rect}/></pattern>{rect}/></g>"),
            format!(
                "<pattern id=\"p\" href=\"#q\"/><pattern id=\"q\">{rect} fill=\"url(#p)\"/></pattern>{rect} fill=\"url(#p)\"/>"
            ),
            // Much of one kind: marks at each corner, a long path again and again, copies that nobody sees.
            format!(
                "<marker id=\"k\">{}</marker><path marker-mid=\"url(#k)\" d=\"M0 0{}\"/>",
                format!("{rect}/>").repeat(900),
                " 1 1".repeat(9_000)
            ),
            format!(
                "<style>.c{{clip-path:url(#c)}}</style><clipPath id=\"c\"><path d=\"M0 0{}\"/></clipPath>{}",
                " 1 1".repeat(99_000),
                format!("{rect} class=\"c\"/>").repeat(900)
            ),
            format!(
                "<defs>{}</defs>",
                nested(&|n| format!("<g id=\"a{n}\">{}</g>", format!("<use href=\"#a{}\"/>", n - 1).repeat(2)))
            ),
        ] {
            assert!(is_endless(&drawing(&inside)), "{}", &inside[..inside.len().min(300)]);
        }
    }

    #[test]
    fn drawings_of_people_are_drawn() {
        let (rect, path) = ("<rect width=\"9\" height=\"9\"", "<path d=\"M0 0h1v1z\"/>");
        let icons: String = (0..3_000).map(|n| format!("<use href=\"#pin\" x=\"{n}\"/>")).collect();
        let paths: String =
            (0..20_000).map(|n| format!("<path class=\"c{}\" d=\"M0 0h1\" fill=\"#fff\"/>", n % 9)).collect();
        for inside in [
            format!("<defs><symbol id=\"pin\">{}</symbol></defs>{icons}", "<path d=\"M0 0h1\"/>".repeat(40)),
            format!(
                "<style>.c1{{fill:url(#g)}}.c2{{clip-path:url(#c)}}*{{stroke:#123}}</style><linearGradient id=\"g\"><stop/><stop/></linearGradient>\
                 <clipPath id=\"c\"><rect width=\"9\" height=\"9\"/></clipPath><g clip-path=\"url(#c)\"><g clip-path=\"url(#c)\">{paths}</g></g>"
            ),
            // Classes and elements called like what they name, conditions, and rings of one or two that are not followed.
            format!(
                "<style>.c{{clip-path:url(#c)}}</style><clipPath id=\"c\">{rect}/></clipPath><g class=\"c\">{rect}/></g>"
            ),
            format!(
                "<style>*,.a:hover,:root,rect:nth-child(2n){{fill:url(#p)}}</style><pattern id=\"p\">{rect}/></pattern>{rect}/>"
            ),
            format!(
                "<style>rect{{fill:url(#p)}}path{{marker-end:url(#k)}}</style><pattern id=\"p\">{rect}/></pattern><marker id=\"k\">{path}</marker>{rect}/>{path}"
            ),
            format!(
                "<style>path{{marker-start:url(#k);marker-end:url(#l)}}</style><marker id=\"k\">{path}</marker><marker id=\"l\">{path}</marker>{path}"
            ),
            format!(
                "<mask id=\"m\">{rect} mask=\"url(#n)\"/></mask><mask id=\"n\">{rect} mask=\"url(#m)\"/></mask>{rect} mask=\"url(#m)\"/>"
            ),
            "<linearGradient id=\"a\" xlink:href=\"#a\"><stop/></linearGradient><rect fill=\"url(#a)\"/>".to_owned(),
            // Ids that come twice, are colours, or are named where nothing is drawn.
            format!("<g id=\"Page-1\"><g id=\"Group\"><g id=\"Page-1\">{rect} id=\"Group\"/></g></g></g>"),
            format!("<g id=\"abc\">{rect} id=\"123\" fill=\"#abc\" stroke=\"#123\"/><set to=\"#abc\"/></g>"),
            // Large but soon drawn: a part is drawn once for a group.
            format!(
                "<clipPath id=\"c\">{}</clipPath><g clip-path=\"url(#c)\">{paths}</g>",
                format!("{rect}/>").repeat(100)
            ),
            format!(
                "<pattern id=\"p\">{}</pattern>{}",
                path.repeat(60),
                format!("{rect} fill=\"url(#p)\"/>").repeat(20_000)
            ),
            "<g id=\"top\"><a href=\"#top\"><text>up</text></a></g>".to_owned(),
        ] {
            assert!(!is_endless(&drawing(&inside)), "{}", &inside[..inside.len().min(300)]);
        }
    }
}
