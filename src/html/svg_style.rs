//! Functions in the styles of drawings: only those stay that are known to fetch nothing.

use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::LazyLock;

use super::svg_look::{ATTRIBUTE, piece};
use crate::text::pattern::constant;

static CALL: LazyLock<Regex> = LazyLock::new(|| constant(r"([\w-]+)\("));

/// Functions of colours, numbers, shapes, movements and filters, and those of selectors. The addresses in `url(…)` have been
/// looked at.
const HARMLESS: &str = "url var calc min max clamp abs sign round mod rem sin cos tan sqrt pow hypot exp log \
    rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark \
    linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient \
    matrix matrix3d translate translate3d translatex translatey translatez scale scale3d scalex scaley scalez rotate rotate3d \
    rotatex rotatey rotatez skew skewx skewy perspective cubic-bezier steps linear \
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia \
    circle ellipse inset polygon path rect xywh local format counter counters attr \
    not is where has nth-child nth-last-child nth-of-type nth-last-of-type lang dir";

/// A drawing whose styles call such functions alone; others become none.
pub(super) fn harmless(svg: &str) -> String {
    let (mut out, mut rest, mut in_style) = (String::with_capacity(svg.len()), svg, false);
    while !rest.is_empty() {
        let here = piece(rest);
        rest = &rest[here.len()..];
        let name = here.strip_prefix('<').filter(|_| !here.starts_with("<!"));
        match name {
            None if in_style => out.push_str(&calls(here)),
            None => out.push_str(here),
            Some(name) => {
                let name = name.trim_start_matches('/').split(|c: char| c.is_whitespace() || "/>".contains(c)).next();
                let is_style = name.and_then(|name| name.rsplit(':').next()) == Some("style");
                in_style = is_style && !here.starts_with("</") && !here.ends_with("/>");
                out.push_str(&ATTRIBUTE.replace_all(here, |found: &Captures<'_>| match says_words(&found[1]) {
                    true => found[0].to_owned(),
                    false => calls(&found[0]).into_owned(),
                }));
            }
        }
    }
    out
}

/// Whether an attribute holds words or names, and no style.
fn says_words(name: &str) -> bool {
    name.starts_with("aria-") || matches!(name, "id" | "class" | "href" | "xlink:href")
}

fn calls(style: &str) -> Cow<'_, str> {
    let known = |name: &str| HARMLESS.split_whitespace().any(|word| word.eq_ignore_ascii_case(name));
    CALL.replace_all(style, |found: &Captures<'_>| match known(&found[1]) {
        true => found[0].to_owned(),
        false => "none(".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_may_fetch_something_are_none() {
        for (written, read) in [
            ("<g style=\"mask:image-set(&quot;//x/y&quot; 1x)\"/>", "<g style=\"mask:none(&quot;//x/y&quot; 1x)\"/>"),
            (
                "<style>a{--x:\"//x\";b:Image-Set(var(--x) 1x)}</style>",
                "<style>a{--x:\"//x\";b:none(var(--x) 1x)}</style>",
            ),
            ("<s:style><![CDATA[a{b:src('//x')}]]></s:style>", "<s:style><![CDATA[a{b:none('//x')}]]></s:style>"),
            ("<g mask='-webkit-image-set(\"//x\" 1x)'/>", "<g mask='none(\"//x\" 1x)'/>"),
            ("<g cursor=\"image('//x')\"/>", "<g cursor=\"none('//x')\"/>"),
        ] {
            assert_eq!(harmless(written), read);
        }
        for same in [
            "<g transform=\"translate(1 2) rotate(3)\" style=\"fill:url(#a);filter:blur(2px)\" aria-label=\"ปี(2566)\"/>",
            "<style>g:not(.a):nth-child(2){fill:rgb(1 2 3)}@media (min-width: 1px){b{c:d}}</style><text>f(x)</text>",
        ] {
            assert_eq!(harmless(same), same);
        }
    }
}
