//! By what a tag hides its content in a browser: an attribute, a style, a class, or a condition of another program.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::classes::{hiding_among, is_held, never_shown};
use super::escape::unquote;
use super::tags::HtmlTag;
use crate::text::pattern::constant;

static QUOTED: LazyLock<Regex> = LazyLock::new(|| constant(r#""[^"]*"|'[^']*'|“[^”]*”"#));
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    constant(
        r#"(?i)(?:^|[\s"'/])(style|class(?:name)?|color|bgcolor|display|(?:data-)?(?:audience|visibility|access|role))\s*=\s*("[^"]*"|'[^']*'|“[^”]*”|[^\s"'>]+)"#,
    )
});
static SPACE: LazyLock<Regex> = LazyLock::new(|| constant(r" ?([:;,!()/]) ?"));
static REMARK: LazyLock<Regex> = LazyLock::new(|| constant(r"(?s)/\*.*?\*/"));
/// A letter as style sheets may write it: `\69` is i.
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| constant(r"\\([0-9a-fA-F]{1,6})\s?"));
/// A style that is an expression of a program: `style={{ display: 'none' }}`.
static EXPRESSION: LazyLock<Regex> = LazyLock::new(|| {
    constant(r#"(?i)style\s*=\s*\{[^>]*(?:display['"]?\s*:\s*['"]none|visibility['"]?\s*:\s*['"]hidden)"#)
});

/// Attributes with which programs show an element to some readers only, besides those that say so by name.
const ATTRIBUTES: [&str; 15] = [
    "inert",
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
    "ngif",
    "if",
    "unless",
    "remove",
];
/// What programs put before the name of an attribute that they set: `:hidden`, `*ngIf`, `th:if`.
const BEFORE: [&str; 7] = ["v-bind:", "th:", "x-bind:", "c:", "s:", ":", "*"];
/// Declarations that hide, as their letters alone.
const DECLARATIONS: [&str; 2] = ["displaynone", "visibilityhidden"];
/// Elements within a line, whose ground is drawn behind words.
const INLINE: [&str; 12] = ["span", "font", "mark", "b", "i", "u", "s", "strong", "em", "small", "code", "a"];
/// Components that show their content to some people only, or on a condition.
const COMPONENTS: [&str; 12] = [
    "if",
    "elseif",
    "when",
    "show",
    "unless",
    "admin",
    "protected",
    "authenticated",
    "authorized",
    "signedin",
    "loggedin",
    "todo",
];
/// Colours by name that nobody sees on paper.
const WHITE: [&str; 7] = ["white", "snow", "ivory", "ghostwhite", "whitesmoke", "floralwhite", "azure"];
/// Parts of a colour from which on it is as good as white.
const PALE: f64 = 0.96;

/// What in a tag hides the content of its element, if anything does. `around` is the colour on which the element stands,
/// where that is not as good as white.
pub(super) fn hides(tag: &HtmlTag<'_>, around: Option<&str>) -> Option<String> {
    let is_component = tag.name.starts_with(|c: char| c.is_ascii_uppercase());
    let conditional = || is_component && COMPONENTS.contains(&tag.name.to_ascii_lowercase().as_str());
    if !tag.closing && (is_held(tag.name) || conditional()) {
        return Some(tag.name.to_owned());
    }
    if tag.closing || tag.attributes.is_empty() {
        return None;
    }
    if let Some(name) = attributes(tag.attributes).next() {
        return Some(name);
    }
    if EXPRESSION.is_match(tag.attributes) {
        return Some("style".to_owned());
    }
    let own = ground(tag);
    let ground = own.as_ref().map_or(around, |own| own.as_deref());
    VALUE.captures_iter(tag.attributes).find_map(|found| {
        let value = unquote(found.get(2)?.as_str());
        match found[1].to_ascii_lowercase().as_str() {
            "bgcolor" => None,
            "color" => is_unseen(&value.to_ascii_lowercase(), ground).then(|| format!("color={value}")),
            "style" => unseen_rule(&value, ground).or_else(|| {
                let inline = INLINE.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
                inline.then(|| barred(&value)).flatten()
            }),
            name => said_by(name, &value),
        }
    })
}

/// What in a list of attributes says by its words that its text is not for everybody. Colours and places are not asked: these need
/// what is around them. Bare names are asked where `has_names`.
pub(super) fn says_hidden(list: &str, has_names: bool) -> Option<String> {
    let names = || attributes(list).next().filter(|_| has_names);
    let values = || {
        VALUE.captures_iter(list).find_map(|found| {
            let value = unquote(found.get(2)?.as_str());
            match found[1].to_ascii_lowercase().as_str() {
                "bgcolor" | "color" => None,
                "style" => slip(&normal(&value)),
                name => said_by(name, &value),
            }
        })
    };
    names().or_else(values)
}

/// What an attribute says by its value: a class, who may see the text, a style as an attribute.
fn said_by(name: &str, value: &str) -> Option<String> {
    if let "class" | "classname" = name {
        return hiding_among(value.split_whitespace()).map(str::to_owned);
    }
    let told = || format!("{name}={value}");
    if name == "display" {
        return slip(&told()).map(|_| told());
    }
    let value = value.to_lowercase();
    // `data-audience="team"` is for the team only; a role tells what the element is.
    let people = !name.ends_with("role") && is_held(&format!("{value}only"));
    (is_held(&value) || people).then(told)
}

/// The colour that a tag puts behind the text of its element; none within where that is as good as white.
pub(super) fn ground(tag: &HtmlTag<'_>) -> Option<Option<String>> {
    /// What leaves the ground as it is.
    const LEAVE: [&str; 5] = ["none", "inherit", "initial", "unset", "transparent"];
    let lower = tag.attributes.to_ascii_lowercase();
    if !lower.contains("background") && !lower.contains("bgcolor") {
        return None;
    }
    let of = |name: &str| {
        let found = VALUE.captures_iter(tag.attributes).find(|found| found[1].eq_ignore_ascii_case(name))?;
        Some(normal(&unquote(found.get(2)?.as_str())))
    };
    let styled = of("style").and_then(|style| {
        let of_ground = |name: &str| matches!(name, "background" | "background-color" | "background-image");
        let found = rules(&style).find(|(name, value)| of_ground(name) && !LEAVE.contains(value));
        found.map(|(_, value)| value.to_owned())
    });
    let value = styled.or_else(|| of("bgcolor"))?;
    let pale = colourless(&value) || value.split(' ').next().is_some_and(colourless);
    Some((!pale).then_some(value))
}

/// Whether nobody sees letters of a colour on a ground.
fn is_unseen(value: &str, ground: Option<&str>) -> bool {
    ground.map_or_else(
        || colourless(value),
        |ground| {
            let of = parts(named(ground));
            ground == value || of.is_some() && of == parts(named(value)) || value == "transparent"
        },
    )
}

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
        "style" => unseen_rule(&value, None).is_some_and(|rule| rule.starts_with("display:none")),
        "class" | "classname" => never_shown(&value),
        _ => false,
    };
    attributes(tag.attributes).any(|name| name == "hidden") || values.any(unseen)
}

/// The names of attributes that hide, and what was meant as a style. Values are none, with and without quotes: `href=/private/x`.
fn attributes(list: &str) -> impl Iterator<Item = String> {
    let bare = QUOTED.replace_all(list, "\"\" ").to_lowercase();
    let of_part = |part: &str| {
        let names = part.split('=').next().unwrap_or_default().split('/').filter_map(hiding_attribute);
        names.map(str::to_owned).chain(slip(part)).collect::<Vec<_>>()
    };
    bare.split_whitespace().flat_map(of_part).collect::<Vec<_>>().into_iter()
}

/// The name of an attribute without what programs put before it, where it hides.
fn hiding_attribute(name: &str) -> Option<&str> {
    let own = BEFORE.iter().find_map(|before| name.strip_prefix(before));
    // `if` is a condition where a program sets it.
    let is_bare = own.is_none() && ["if", "unless", "remove"].contains(&name);
    let name = own.unwrap_or(name);
    let hides = is_held(name.strip_prefix("data-").unwrap_or(name)) || ATTRIBUTES.contains(&name) && !is_bare;
    hides.then_some(name)
}

/// Whether nobody sees letters of a colour on white: it is as good as white, or transparent.
pub(crate) fn colourless(value: &str) -> bool {
    if value == "transparent" || WHITE.contains(&value) {
        return true;
    }
    let Some((colour, alpha)) = parts(value) else { return false };
    alpha < 0.05 || colour.iter().all(|part| *part >= PALE)
}

/// The two colours that people write by name, as numbers.
fn named(colour: &str) -> &str {
    match colour {
        "black" => "#000",
        "white" => "#fff",
        colour => colour,
    }
}

/// Red, green and blue of a colour from 0 to 1, and how solid it is. Of `hsl` and its like all three are the lightness.
fn parts(value: &str) -> Option<([f64; 3], f64)> {
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Vec<u32> = hex.chars().map(|c| c.to_digit(16)).collect::<Option<_>>()?;
        let of = |two: &[u32]| f64::from(two.iter().fold(0, |sum, digit| sum * 16 + digit));
        let most = if digits.len() > 4 { 255.0 } else { 15.0 };
        let size = if digits.len() > 4 { 2 } else { 1 };
        let all: Vec<f64> = digits.chunks(size).map(|part| of(part) / most).collect();
        return Some(([*all.first()?, *all.get(1)?, *all.get(2)?], all.get(3).copied().unwrap_or(1.0)));
    }
    let (name, inside) = value.strip_suffix(')')?.split_once('(')?;
    let all: Vec<&str> = inside.split([',', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let part = |at: usize, whole: f64| {
        let text = *all.get(at)?;
        let whole = if text.ends_with('%') { 100.0 } else { whole };
        Some(number(text)? / whole)
    };
    let colour = match name {
        "rgb" | "rgba" => [part(0, 255.0)?, part(1, 255.0)?, part(2, 255.0)?],
        "hsl" | "hsla" => [part(2, 100.0)?; 3],
        "hwb" => [part(1, 100.0)?; 3],
        "oklch" | "oklab" => [part(0, 1.0)?; 3],
        "lch" | "lab" => [part(0, 100.0)?; 3],
        _ => return None,
    };
    Some((colour, part(3, 1.0).unwrap_or(1.0)))
}

/// A style without remarks, escapes and capitals, with one space between words: `rgb(0 0 0 / 0)`.
fn normal(style: &str) -> String {
    let plain = REMARK.replace_all(style, "");
    let letter = |found: &regex::Captures<'_>| {
        u32::from_str_radix(&found[1], 16).ok().and_then(char::from_u32).map(String::from).unwrap_or_default()
    };
    let plain = ESCAPE.replace_all(&plain, letter).to_lowercase();
    let words: Vec<&str> = plain.split_whitespace().collect();
    SPACE.replace_all(&words.join(" "), "$1").into_owned()
}

/// The rules of a style as [`normal`] has it.
fn rules(plain: &str) -> impl Iterator<Item = (&str, &str)> {
    let rules = plain.split(';').filter_map(|rule| rule.split_once(':'));
    rules.map(|(name, value)| (name, value.strip_suffix("!important").unwrap_or(value)))
}

/// The rule of a style with which nobody sees a text that stands on a ground.
fn unseen_rule(style: &str, ground: Option<&str>) -> Option<String> {
    let plain = normal(style);
    let rules: Vec<(&str, &str)> = rules(&plain).collect();
    let value_of = |name: &str| rules.iter().find(|(n, _)| *n == name).map(|(_, value)| *value);
    let has = |start: &str, part: &str| rules.iter().any(|(n, v)| n.starts_with(start) && v.contains(part));
    let (clipped, placed) = (has("overflow", "hidden") || has("overflow", "clip"), value_of("position").is_some());
    let hides = |(name, value): &&(&str, &str)| match *name {
        "display" => *value == "none",
        "visibility" => matches!(*value, "hidden" | "collapse"),
        "content-visibility" => *value == "hidden",
        "opacity" | "zoom" => {
            let value = value.trim_start_matches("calc(");
            number(value).is_some_and(|n| n < 0.05)
        }
        "font-size" => tiny(value),
        "font" => value.split([' ', '/']).any(|part| number(part) == Some(0.0)),
        "color" | "-webkit-text-fill-color" => is_unseen(value, ground),
        "text-indent" | "left" | "right" | "top" | "bottom" | "inset" | "margin-left" | "margin-top" | "margin" => {
            number(value).is_some_and(|n| n <= -99.0)
        }
        "height" | "max-height" | "width" | "max-width" => tiny(value) && clipped,
        "transform" | "scale" | "translate" => {
            let numbers = || value.split(|c: char| !(c.is_ascii_digit() || ".-".contains(c))).filter_map(number);
            (value.contains("scale") || *name == "scale") && numbers().any(|n| n.abs() < 0.05)
                || value.contains("rotatex(90")
                || value.contains("rotatey(90")
                || (value.contains("translate") || *name == "translate") && numbers().any(|n| n.abs() >= 999.0)
        }
        "filter" => value.contains("opacity(0"),
        "clip" => value.starts_with("rect(") && placed,
        "clip-path" => value.contains("inset(100%") || value.contains("inset(50%") || value.contains("circle(0"),
        "z-index" => number(value).is_some_and(|n| n < 0.0),
        _ => false,
    };
    rules.iter().find(hides).map(|(name, value)| format!("{name}:{value}")).or_else(|| slip(&plain))
}

/// The declaration of a style that hides, also with slips of the pen: `dispaly:none`, `display=none`.
fn slip(style: &str) -> Option<String> {
    const MOST: usize = 2;
    let is_near = |rule: &&str| {
        let letters: String = rule.trim_end_matches("!important").chars().filter(|c| c.is_alphanumeric()).collect();
        let near = |whole: &&str| {
            letters.len().abs_diff(whole.len()) <= MOST && strsim::damerau_levenshtein(&letters, whole) <= MOST
        };
        DECLARATIONS.iter().any(near)
    };
    style.split(';').find(is_near).map(str::to_owned)
}

/// The ground of a style that is black as the letters on it, which have no colour of their own: a bar over words.
fn barred(style: &str) -> Option<String> {
    let style: String = style.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let rules = || style.split(';').filter_map(|rule| rule.split_once(':'));
    let black = |value: &str| parts(named(value)).is_some_and(|(c, alpha)| alpha > 0.9 && c.iter().all(|c| *c < 0.1));
    let (name, value) = rules().find(|(name, value)| name.starts_with("background") && black(value))?;
    (!rules().any(|(name, _)| name == "color")).then(|| format!("{name}:{value}"))
}

/// Whether a length is nothing or next to nothing; `.1em` is.
fn tiny(value: &str) -> bool {
    let limit = if value.ends_with("px") || value.ends_with("pt") {
        2.0
    } else if value.ends_with('%') {
        5.0
    } else {
        0.1
    };
    number(value).is_some_and(|n| n <= limit)
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
        let hiding = |html: &str| tags(html).first().and_then(|tag| hides(tag, None));
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
            "<p class=\"HIDDEN\">",
            "<StaffOnly>",
            "<p class=\"x ภายใน\">",
            "<p class='ใช้ภายในเท่านั้น'>",
            "<p class=\"ลับ-มาก\">",
            "<p class=\"x staff-only\">",
            "<p class=\"TeamOnly\">",
            "<p inert>",
            "<p style=\"color:#0000\">",
            "<p style=\"color: rgb(0 0 0 / 0)\">",
            "<p style=\"color:hsla(0, 0%, 0%, 0%)\">",
            "<p style=\"color: hsl(120 50% 99%)\">",
            "<font color=\"#fefefe\">",
            "<p style=\"color:#036; background: #036\">",
            "<p style=\"-webkit-text-fill-color: transparent\">",
            "<p style=\"font-size: 1px\">",
            "<p style=\"transform: translateX(-9999px)\">",
            "<p style=\"transform: scaleY(0)\">",
            "<p style=\"scale: 0\">",
            "<p style=\"position:absolute; clip: rect(0, 0, 0, 0)\">",
            "<p style=\"inset: -9999px\">",
            "<p style=\"width:1px;height:1px;overflow:hidden\">",
            "<p style=\"max-height: 0; overflow: clip\">",
            "<p style=\"zoom:0\">",
            "<p :hidden=\"true\">",
            "<p *ngIf=\"a\">",
            "<p th:if=\"a\">",
            "<p data-visibility=\"private\">",
            "<section audience=internal>",
            "<div role=\"internal\">",
            "<Show when={x}>",
            "<Protected>",
            "<p style=\"d\\69splay:none\">",
            "<p style=\"font:0/0 a\">",
            "<p style=\"opacity:calc(0)\">",
            "<p style=\"color:black;background-color:#000\">",
            "<span style=\"background:#000\">",
            "<span style='background-color: rgb(0, 0, 0)'>",
            "<div className=\"hidden\">",
            "<Note internal>",
            "<Card private title=\"x\">",
            "<p style=\"color:white;background:transparent\">",
            "<p style=\"color:white;background-size:cover\">",
            "<td bgcolor=\"#036\" style=\"color:#036\">",
            "<div/internal>",
            "<div id=\"a\"/internal>",
            "<div internal>",
            "<span private>",
            "<div draft=\"true\">",
            "<div ภายใน>",
            "<div staff-only>",
            "<div data-confidential>",
            "<p hiden>",
            "<p hdiden>",
            "<p hidded>",
            "<p class=\"x hiden\">",
            "<p class=“x hidden”>",
            "<p class=\"!hidden\">",
            "<p class=\"hidden!\">",
            "<p display:none>",
            "<p display=none>",
            "<p display=\"none\">",
            "<p style=\"dispaly:none\">",
            "<p style=\"color: red; display=none\">",
            "<p style=\"display none\">",
            "<p style=“display: none”>",
            "<span style=\"visiblity:hidden\">",
            "<span style=\"visibilty: hiden !important\">",
        ] {
            assert!(hiding(html).is_some(), "{html}");
        }
        for html in [
            "<img alt=\"the hidden lake\">",
            "<a title='a hidden x' href=x>",
            "<p style=\"background-color: white\">",
            "<p style=\"color:white;background:#036\">",
            "<td bgcolor=\"#003366\" style=\"color:#fff\">",
            "<font color=white style=\"background:navy\">",
            "<div class=\"hidden md:block\">",
            "<p style=\"opacity:0.5\">",
            "<p style=\"font-size:0.9em\">",
            "<p style=\"margin-left:-2em\">",
            "<p style=\"height:0\">",
            "<p class=\"hidden-lake\">",
            "<p class=\"read-only common-only\">",
            "<p style=\"color: #eee; background: #333\">",
            "<p style=\"color: rgb(0 80 160 / 90%)\">",
            "<p style=\"color: hsl(210, 50%, 40%)\">",
            "<p style=\"font-size: 12px; transform: rotate(3deg)\">",
            "<p style=\"width: 1px\">",
            "<p if=\"a\">",
            "<a title=“a private view” href=x>",
            "<a href=/private/x>",
            "<img alt=\"a\" src=https://example.org/internal/draft>",
            "<div data-school=\"private\">",
            "<p class=\"harden widen garden hides-toc\">",
            "<p class=\"teacher public\" data-public>",
            "<p style=\"display:inline\">",
            "<p style=\"display: inline-block; visibility: visible\">",
            "<p display=\"block\">",
            "<div style=\"background:#000\">",
            "<span style=\"background:#000;color:#fff\">",
            "<p data-audience=\"public\">",
            "<Message role=\"teacher\">",
            "<div role=\"note\">",
            "<show>",
            "<p style=\"font: 12px Sarabun; color: black; background: white\">",
            "<p style=\"transform: translate(-50%, -50%)\">",
            "</p hidden>",
        ] {
            assert_eq!(hiding(html), None, "{html}");
        }
        let unseen = |html: &str| tags(html).first().is_some_and(unseen);
        assert!(unseen("<p hidden>") && unseen("<p style='display: none'>") && unseen("<p class=\"hidden\">"));
        assert!(!unseen("<a title=\"a hidden x\">") && !unseen("<p class=\"hidden-lake\">"));
    }
}
