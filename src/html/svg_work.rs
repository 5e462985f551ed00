//! How much of a drawing is drawn where what its parts refer to is drawn at each of them: clip paths, patterns, marks and
//! copies may name each other, and a few of them become more than anybody can wait for.

use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::svg_look::{ATTRIBUTE, REMARK, attribute, piece};
use crate::text::pattern::constant;

static NAMED: LazyLock<Regex> = LazyLock::new(|| constant(r##"#([^"'\s);]+)"##));
static WORD: LazyLock<Regex> = LazyLock::new(|| constant(r"[\p{L}\p{M}\p{N}_-]+"));

/// Most elements that are drawn, and how deep what is named may name others.
const MOST: u64 = 1_000_000;
const DEEPEST: usize = 256;

/// Whether a drawing draws more than can be waited for. Too much is counted rather than too little.
pub(crate) fn is_endless(svg: &str) -> bool {
    let mut work = Work { rules: rules(svg), ..Work::default() };
    work.read(svg);
    work.drawn("", 0).is_none_or(|drawn| drawn.elements > MOST)
}

/// Words of selectors, and what their rules name. Without words a rule holds for all.
type Rules = Vec<(Vec<String>, Vec<String>)>;

/// The rules of the drawing's sheets that name something.
fn rules(svg: &str) -> Rules {
    let (mut out, mut rest, mut in_style) = (Vec::new(), svg, false);
    while !rest.is_empty() {
        let here = piece(rest);
        rest = &rest[here.len()..];
        if !here.starts_with('<') || here.starts_with("<![CDATA[") {
            let plain = if in_style { REMARK.replace_all(here, "") } else { "".into() };
            for (selector, declared) in plain.split('}').filter_map(|rule| rule.rsplit_once('{')) {
                let named: Vec<String> = named(declared).map(str::to_owned).collect();
                let words = WORD.find_iter(selector).map(|word| word.as_str().to_owned());
                let words = if selector.contains(['*', ':']) { Vec::new() } else { words.collect() };
                out.extend((!named.is_empty()).then_some((words, named)));
            }
        } else {
            in_style = here.trim_start_matches('<').starts_with("style") && !here.ends_with("/>");
        }
    }
    out
}

fn named(value: &str) -> impl Iterator<Item = &str> {
    NAMED.captures_iter(value).filter_map(|found| Some(found.get(1)?.as_str()))
}

/// An element that is open.
struct Open<'a> {
    /// The next named element around what is in it, itself included.
    owner: &'a str,
    named: Vec<String>,
    /// Elements in it and itself.
    size: u64,
}

/// What is drawn with a part: elements, and how deep what it names names others.
#[derive(Clone, Copy, Default)]
struct Drawn {
    elements: u64,
    deep: usize,
}

#[derive(Default)]
struct Work<'a> {
    rules: Rules,
    /// Elements of each named part that are in no other one.
    own: HashMap<&'a str, u64>,
    /// What a named part draws besides, and how often.
    parts: HashMap<&'a str, HashMap<String, u64>>,
    /// What is drawn with each part; none while it is counted.
    known: HashMap<String, Option<Drawn>>,
}

impl<'a> Work<'a> {
    fn read(&mut self, svg: &'a str) {
        let (mut open, mut rest): (Vec<Open<'a>>, _) = (Vec::new(), svg);
        while !rest.is_empty() {
            let here = piece(rest);
            rest = &rest[here.len()..];
            if here.starts_with("</") {
                self.close(&mut open);
            } else if here.starts_with('<') && !here.starts_with("<!") && !here.starts_with("<?") {
                let around = open.last().map_or("", |open| open.owner);
                open.push(self.element(here, around));
                if here.ends_with("/>") {
                    self.close(&mut open);
                }
            }
        }
        while !open.is_empty() {
            self.close(&mut open);
        }
    }

    fn element(&mut self, tag: &'a str, around: &'a str) -> Open<'a> {
        let id = attribute(tag, "id");
        if let Some(id) = id {
            *self.parts.entry(around).or_default().entry(id.to_owned()).or_default() += 1;
        }
        let owner = id.unwrap_or(around);
        *self.own.entry(owner).or_default() += 1;
        let name = tag[1..].split(|c: char| c.is_whitespace() || "/>".contains(c)).next().unwrap_or_default();
        let draws = |attribute: &str| {
            let is_link = name == "a" && attribute.ends_with("href");
            !is_link && !matches!(attribute, "id" | "class") && !attribute.starts_with("aria-")
        };
        let values = ATTRIBUTE.captures_iter(tag).filter(|found| draws(&found[1]));
        let mut refers: Vec<String> =
            values.flat_map(|found| named(&found[0]).map(str::to_owned).collect::<Vec<_>>()).collect();
        let of_rules = if self.rules.is_empty() { "" } else { tag };
        let words: HashSet<&str> = WORD.find_iter(of_rules).map(|word| word.as_str()).collect();
        let holds = |selector: &Vec<String>| selector.is_empty() || selector.iter().any(|word| words.contains(&**word));
        let rules = self.rules.iter().filter(|(selector, _)| holds(selector));
        refers.extend(rules.flat_map(|(_, named)| named.clone()));
        Open { owner, named: refers, size: 1 }
    }

    /// What an element refers to may be drawn at each one in it.
    fn close(&mut self, open: &mut Vec<Open<'a>>) {
        let Some(Open { owner, named, size }) = open.pop() else { return };
        if let Some(around) = open.last_mut() {
            around.size += size;
        }
        let parts = self.parts.entry(owner).or_default();
        named.into_iter().for_each(|name| *parts.entry(name).or_default() += size);
    }

    /// What is drawn with a part; none where it draws itself, or others too deep in each other.
    fn drawn(&mut self, name: &str, depth: usize) -> Option<Drawn> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        if depth > DEEPEST {
            return None;
        }
        self.known.insert(name.to_owned(), None);
        let mut all = Drawn { elements: self.own.get(name).copied().unwrap_or_default(), deep: 0 };
        for (part, times) in self.parts.get(name).cloned().unwrap_or_default() {
            let drawn = self.drawn(&part, depth + 1)?;
            all.elements = all.elements.saturating_add(drawn.elements.saturating_mul(times));
            all.deep = all.deep.max(drawn.deep + 1);
        }
        let all = Some(all).filter(|all| all.deep <= DEEPEST);
        self.known.insert(name.to_owned(), all);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(inside: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>")
    }

    /// Forty parts, each made of some that are the one before it.
    fn nested(part: &dyn Fn(usize) -> String) -> String {
        (1..40).map(part).collect()
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
            format!("<pattern id=\"p\">{rect} fill=\"url(#p)\"/></pattern>{rect} fill=\"url(#p)\"/>"),
            (0..300).map(|n| format!("<mask id=\"m{n}\">{rect} mask=\"url(#m{})\"/></mask>", n + 1)).collect(),
        ] {
            assert!(is_endless(&drawing(&inside)), "{}", &inside[..inside.len().min(300)]);
        }
    }

    #[test]
    fn drawings_of_people_are_drawn() {
        let icons: String = (0..3_000).map(|n| format!("<use href=\"#pin\" x=\"{n}\"/>")).collect();
        let paths: String =
            (0..20_000).map(|n| format!("<path class=\"c{}\" d=\"M0 0h1\" fill=\"#fff\"/>", n % 9)).collect();
        for inside in [
            format!("<defs><symbol id=\"pin\">{}</symbol></defs>{icons}", "<path d=\"M0 0h1\"/>".repeat(40)),
            format!(
                "<style>.c1{{fill:url(#g)}}.c2{{clip-path:url(#c)}}*{{stroke:#123}}</style><linearGradient id=\"g\"><stop/><stop/></linearGradient>\
                 <clipPath id=\"c\"><rect width=\"9\" height=\"9\"/></clipPath><g clip-path=\"url(#c)\"><g clip-path=\"url(#c)\">{paths}</g></g>"
            ),
            "<g id=\"top\"><a href=\"#top\"><text>up</text></a></g>".to_owned(),
        ] {
            assert!(!is_endless(&drawing(&inside)), "{}", &inside[..inside.len().min(300)]);
        }
    }
}
