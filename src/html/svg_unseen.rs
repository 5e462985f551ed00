//! What a drawing holds and does not draw: hidden layers, remarks in styles, data of drawing programs. It is taken out.

use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::pattern::constant;

static DATA: LazyLock<Regex> = LazyLock::new(|| constant(r#"\sdata-[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*')"#));
static REMARK: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)/\*.*?\*/"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| constant(r##"#([^"'\s)]+)"##));
static HIDING: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"\s(display|visibility|opacity|style)\s*=\s*("[^"]*"|'[^']*')"#));
static STYLE: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)<style[^>]*>(.*?)</style>"));
static RULE: LazyLock<Regex> = LazyLock::new(|| constant(r"([^{}]*)\{([^{}]*)\}"));
static SELECTOR: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"([.#]?)([\p{L}\p{M}_][\p{L}\p{M}\p{N}_-]*)|\[\s*([\w:-]+)"#));
static CLASS: LazyLock<Regex> = LazyLock::new(|| constant(r#"\sclass\s*=\s*["']([^"']*)["']"#));
static ID: LazyLock<Regex> = LazyLock::new(|| constant(r#"\sid\s*=\s*["']([^"']+)["']"#));

/// A hidden element that is being passed.
struct Hidden {
    /// Where the text stood before it.
    start: usize,
    /// Elements that are open in it, itself among them.
    depth: usize,
}

/// The drawing, as the filter has written it, without what it does not show. Shapes of a hidden element that others name
/// stay, without their words.
pub(super) fn without(text: &str) -> String {
    let named: HashSet<&str> = NAMED.captures_iter(text).filter_map(|c| Some(c.get(1)?.as_str())).collect();
    let hiding = Hiding::of(text);
    let is_named = |raw: &str| ID.captures_iter(raw).any(|id| named.contains(&id[1]));
    let mut out = String::with_capacity(text.len());
    let (mut hidden, mut style, mut from): (Option<Hidden>, bool, usize) = (None, false, 0);
    while from < text.len() {
        let raw = piece(&text[from..]);
        from += raw.len();
        let tag = raw.starts_with('<') && !raw.starts_with("<!") && !raw.starts_with("<?");
        if tag && raw.starts_with("</") {
            style = false;
            out.push_str(raw);
            if let Some(open) = &mut hidden {
                open.depth -= 1;
                if open.depth == 0 {
                    if !is_named(&out[open.start..]) {
                        out.truncate(open.start);
                    }
                    hidden = None;
                }
            }
        } else if tag {
            let opens = !raw.ends_with("/>");
            style = opens && raw.starts_with("<style");
            match &mut hidden {
                Some(hidden) => hidden.depth += usize::from(opens),
                None if !is_hidden(raw) && !hiding.hides(raw) => {}
                None if opens => hidden = Some(Hidden { start: out.len(), depth: 1 }),
                None if !is_named(raw) => continue,
                None => {}
            }
            out.push_str(&DATA.replace_all(raw, ""));
        } else if style {
            out.push_str(&REMARK.replace_all(raw, ""));
        } else if hidden.is_none() {
            out.push_str(raw);
        }
    }
    out
}

/// The first tag or text of some XML.
fn piece(text: &str) -> &str {
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

/// Whether an element is drawn nowhere: `display="none"`, `visibility="hidden"`, as attributes or in its style.
fn is_hidden(tag: &str) -> bool {
    HIDING.captures_iter(tag).any(|found| {
        let value = found[2].trim_matches(['"', '\'']).to_lowercase();
        match &found[1] {
            "style" => declares_hidden(&value),
            name => declares_hidden(&format!("{name}:{value}")),
        }
    })
}

/// Whether declarations of a style hide what they are for.
fn declares_hidden(declarations: &str) -> bool {
    let plain: String = REMARK.replace_all(declarations, "").chars().filter(|c| !c.is_whitespace()).collect();
    plain.to_lowercase().split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let value = value.strip_suffix("!important").unwrap_or(value);
        match name {
            "display" => value == "none",
            "visibility" => value == "hidden" || value == "collapse",
            "opacity" => value.trim_end_matches('%').parse() == Ok(0.0),
            _ => false,
        }
    })
}

/// Selectors of the drawing's own style sheets whose rules hide: a drawing program writes hidden layers so
/// (`.st1 { display: none }`). Of a selector of several parts the last one counts.
#[derive(Debug, Default)]
struct Hiding(Vec<Vec<(Part, String)>>);

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Element,
    Class,
    Id,
    Attribute,
}

impl Hiding {
    fn of(text: &str) -> Hiding {
        let mut found = Vec::new();
        for sheet in STYLE.captures_iter(text) {
            let sheet = REMARK.replace_all(&sheet[1], "");
            for rule in RULE.captures_iter(&sheet).filter(|rule| declares_hidden(&rule[2])) {
                let last = |selector: &str| {
                    selector.split([' ', '>', '+', '~', '\n', '\t']).rfind(|s| !s.is_empty()).map(parts)
                };
                found.extend(rule[1].split(',').filter_map(last).filter(|parts| !parts.is_empty()));
            }
        }
        Hiding(found)
    }

    fn hides(&self, tag: &str) -> bool {
        self.0.iter().any(|parts| parts.iter().all(|(part, name)| has(tag, part, name)))
    }
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

fn has(tag: &str, part: &Part, name: &str) -> bool {
    match part {
        Part::Element => tag[1..]
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || "/>".contains(c))),
        Part::Class => CLASS.captures(tag).is_some_and(|found| found[1].split_whitespace().any(|class| class == name)),
        Part::Id => ID.captures(tag).is_some_and(|found| &found[1] == name),
        Part::Attribute => tag.contains(&format!(" {name}=")),
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
            "<g display=\"none\"><path id=\"p\" d=\"M0 0\"/><text>SECRET</text></g><use href=\"#p\"/>",
        ] {
            let text = format!("<svg><rect id=\"r\"/>{inside}<path d=\"M1 1\"/></svg>");
            let out = without(&text);
            assert!(!out.contains("SECRET") && out.contains("M1 1") && out.contains("id=\"r\""), "{text}: {out}");
            assert_eq!(out.contains("M0 0"), inside.contains("#p"), "{out}");
        }
        let shown = "<svg><text display=\"inline\">a</text><style>.a{fill:red} .b{opacity:.5} text.c{display:none}</style><g class=\"a b c\" opacity=\"0.5\"/></svg>";
        assert_eq!(without(shown), shown);
    }
}
