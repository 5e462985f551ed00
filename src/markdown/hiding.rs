//! By what a tag hides its content in a browser: an attribute, a style, a class, or a condition of another program.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::escape::unquote;
use super::tags::HtmlTag;
use crate::text::pattern::constant;

static QUOTED: LazyLock<Regex> = LazyLock::new(|| constant(r#""[^"]*"|'[^']*'"#));
static VALUE: LazyLock<Regex> =
    LazyLock::new(|| constant(r#"(?i)(?:^|[\s"'/])(style|class|color)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"#));
static REMARK: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)/\*.*?\*/"));
/// A style that is an expression of a program: `style={{ display: 'none' }}`.
static EXPRESSION: LazyLock<Regex> = LazyLock::new(|| {
    constant(r#"(?i)style\s*=\s*\{[^>]*(?:display['"]?\s*:\s*['"]none|visibility['"]?\s*:\s*['"]hidden)"#)
});

/// Attributes that hide an element, or show it only where a program says so.
const ATTRIBUTES: [&str; 12] = [
    "hidden",
    "popover",
    "v-if",
    "v-else-if",
    "v-else",
    "v-show",
    "x-show",
    "x-if",
    "ng-if",
    "ng-show",
    "ng-hide",
    "*ngif",
];
/// Classes with which other programs hide a text.
const CLASSES: [&str; 11] = [
    "hidden",
    "hide",
    "invisible",
    "d-none",
    "display-none",
    "is-hidden",
    "is-invisible",
    "internal",
    "private",
    "secret",
    "draft",
];
/// White, which nobody sees on paper.
const WHITE: [&str; 8] =
    ["white", "#fff", "#ffff", "#ffffff", "#ffffffff", "rgb(255,255,255)", "rgba(255,255,255,1)", "hsl(0,0%,100%)"];

/// What in a tag hides the content of its element, if anything does.
pub(super) fn hides(tag: &HtmlTag<'_>) -> Option<String> {
    if tag.closing || tag.attributes.is_empty() {
        return None;
    }
    if let Some(name) = attribute(tag.attributes) {
        return Some(name.to_owned());
    }
    if EXPRESSION.is_match(tag.attributes) {
        return Some("style".to_owned());
    }
    VALUE.captures_iter(tag.attributes).find_map(|found| {
        let value = unquote(found.get(2)?.as_str());
        match found[1].to_ascii_lowercase().as_str() {
            "class" => value.split_whitespace().find(|class| CLASSES.contains(class)).map(str::to_owned),
            "color" => colourless(&value.to_ascii_lowercase()).then(|| format!("color={value}")),
            _ => unseen_rule(&value),
        }
    })
}

/// Classes with which common style sheets (Tailwind, Bootstrap, Bulma) hide an element everywhere.
const NEVER_SHOWN: [&str; 3] = ["hidden", "d-none", "is-hidden"];

/// Whether browsers show nothing of the element that a tag opens, whatever stands around it: `hidden`, `display: none`, a
/// class that common style sheets hide.
pub(super) fn unseen(tag: &HtmlTag<'_>) -> bool {
    if tag.closing || tag.attributes.is_empty() {
        return false;
    }
    let mut values = VALUE
        .captures_iter(tag.attributes)
        .filter_map(|found| Some((found.get(1)?.as_str().to_ascii_lowercase(), unquote(found.get(2)?.as_str()))));
    let unseen = |(name, value): (String, Cow<'_, str>)| match name.as_str() {
        "style" => unseen_rule(&value).is_some_and(|rule| rule.starts_with("display:none")),
        "class" => value.split_whitespace().any(|class| NEVER_SHOWN.contains(&class)),
        _ => false,
    };
    attribute(tag.attributes) == Some("hidden") || values.any(unseen)
}

/// The name of an attribute that hides; words within quotes are none.
fn attribute(attributes: &str) -> Option<&'static str> {
    let bare = QUOTED.replace_all(attributes, "\"\"");
    let mut names = bare.split(|c: char| c.is_whitespace() || c == '/').filter_map(|part| part.split('=').next());
    names.find_map(|name| ATTRIBUTES.into_iter().find(|hiding| name.eq_ignore_ascii_case(hiding)))
}

fn colourless(value: &str) -> bool {
    value == "transparent" || WHITE.contains(&value) || value.starts_with("rgba(") && value.ends_with(",0)")
}

/// The rule of a style with which nobody sees a text.
fn unseen_rule(style: &str) -> Option<String> {
    let plain = REMARK.replace_all(style, "");
    let plain: String = plain.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let rules: Vec<(&str, &str)> = plain
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .map(|(name, value)| (name, value.strip_suffix("!important").unwrap_or(value)))
        .collect();
    let has = |start: &str, part: &str| rules.iter().any(|(n, v)| n.starts_with(start) && v.contains(part));
    let hides = |(name, value): &&(&str, &str)| match *name {
        "display" => *value == "none",
        "visibility" => matches!(*value, "hidden" | "collapse"),
        "content-visibility" => *value == "hidden",
        "opacity" | "font-size" => number(value) == Some(0.0),
        "color" => colourless(value) && !rules.iter().any(|(name, _)| name.starts_with("background")),
        "text-indent" | "left" | "right" | "top" | "margin-left" | "margin-top" => {
            number(value).is_some_and(|n| n <= -99.0)
        }
        "height" | "max-height" | "width" | "max-width" => number(value) == Some(0.0) && has("overflow", "hidden"),
        "transform" => value.contains("scale(0)"),
        "filter" => value.contains("opacity(0"),
        "clip-path" => value.contains("inset(100%") || value.contains("inset(50%") || value.contains("circle(0"),
        _ => false,
    };
    rules.iter().find(hides).map(|(name, value)| format!("{name}:{value}"))
}

/// The number at the start of a value.
fn number(value: &str) -> Option<f64> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(value.len());
    value[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::tags::tags;
    use super::*;

    #[test]
    fn what_hides_is_seen() {
        let hiding = |html: &str| tags(html).first().and_then(hides);
        for html in [
            "<P HIDDEN>",
            "<b hidden=\"until-found\">",
            "<div popover>",
            "<p v-if='a'>",
            "<p class=\"x hide\">",
            "<p style=\"display:/**/none\">",
            "<p style=\"display&#58;none\">",
            "<p style='DISPLAY : none !important'>",
            "<p style={{display: 'none'}}>",
            "<p style=\"visibility:collapse\">",
            "<p style=\"opacity:.0\">",
            "<p style=\"opacity: 0%\">",
            "<p style=\"font-size:0em\">",
            "<p style=\"color:#FFFFFF\">",
            "<p style=\"color: rgb(255, 255, 255)\">",
            "<p style=\"color:rgba(0,0,0,0)\">",
            "<font color=white>",
            "<p style=\"position:absolute;left:-9999px\">",
            "<p style=\"text-indent:-999em\">",
            "<p style=\"height:0;overflow:hidden\">",
            "<p style=\"transform: scale(0)\">",
            "<p style=\"clip-path:inset(100%)\">",
        ] {
            assert!(hiding(html).is_some(), "{html}");
        }
        for html in [
            "<img alt=\"the hidden lake\">",
            "<a title='a hidden x' href=x>",
            "<p style=\"background-color: white\">",
            "<p style=\"color:white;background:#036\">",
            "<p style=\"opacity:0.5\">",
            "<p style=\"font-size:0.9em\">",
            "<p style=\"margin-left:-2em\">",
            "<p style=\"height:0\">",
            "<p class=\"hidden-lake\">",
            "</p hidden>",
        ] {
            assert_eq!(hiding(html), None, "{html}");
        }
        let unseen = |html: &str| tags(html).first().is_some_and(unseen);
        assert!(unseen("<p hidden>") && unseen("<p style='display: none'>") && unseen("<p class=\"hidden\">"));
        assert!(!unseen("<a title=\"a hidden x\">") && !unseen("<p class=\"hidden-lake\">"));
    }
}
