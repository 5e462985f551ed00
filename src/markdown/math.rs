//! TeX formulas as MathML, made at build time: pages need no script for them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay, PrettyPrint};

use super::escape::decoded;
use super::tags::each_tag;
use crate::text::small::{grouped, parts_from, scripted};

static CONVERTER: LazyLock<Option<LatexToMathML>> = LazyLock::new(|| {
    LatexToMathML::new(MathCoreConfig { pretty_print: PrettyPrint::Never, ..MathCoreConfig::default() }).ok()
});

/// Elements of MathML Core that show something.
pub(super) const TAGS: [&str; 27] = [
    "math",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "menclose",
];
const ATTRIBUTES: [&str; 20] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "symmetric",
    "largeop",
    "movablelimits",
    "fence",
    "separator",
    "form",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "accent",
    "accentunder",
    "linethickness",
    "width",
    "height",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let attributes: HashMap<&str, HashSet<&str>> = TAGS.into_iter().map(|tag| (tag, ATTRIBUTES.into())).collect();
    builder.tags(TAGS.into()).tag_attributes(attributes);
    builder
});

/// Whether the converter may write this element and attribute.
pub(super) fn allowed(tag: &str, attribute: Option<&str>) -> bool {
    TAGS.contains(&tag) && attribute.is_none_or(|a| ATTRIBUTES.contains(&a))
}

/// Levels that a formula may be deep: the converter calls itself for each, and its stack is not endless.
const DEEPEST: usize = 100;

/// Whether a formula is deeper than can be converted: what stands in braces, brackets and environments, and commands that
/// take what follows (`\sqrt\sqrt x`).
fn is_deep(tex: &str) -> bool {
    // What is open, with the levels outside it. Each sign closes its own kind alone: the converter reads others as letters.
    let mut around: Vec<(&str, usize, usize)> = Vec::new();
    // Levels of the group that is open, and with the commands before this place. A command may take more than one group:
    // what follows a group is as deep as the group was.
    let (mut own, mut now) = (0usize, 0usize);
    let mut at = 0;
    while let Some(c) = tex[at..].chars().next() {
        let rest = &tex[at + c.len_utf8()..];
        let name =
            if c == '\\' { rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len() } else { 0 };
        at += c.len_utf8() + name;
        let closing = match (c, &rest[..name]) {
            ('{', _) => Some("}"),
            ('[', _) => Some("]"),
            ('\\', "left") => Some("right"),
            ('\\', "begin") => Some("end"),
            _ => None,
        };
        if let Some(closing) = closing {
            around.push((closing, own, now));
            own = now + 1;
            now = own;
            if now > DEEPEST {
                return true;
            }
            continue;
        }
        match (c, &rest[..name]) {
            ('}', _) | (']', _) | ('\\', "right" | "end") => {
                let sign = if name > 0 {
                    &rest[..name]
                } else if c == '}' {
                    "}"
                } else {
                    "]"
                };
                // A bracket inside braces that nothing closes is a letter.
                let open = around.iter().rposition(|(closing, ..)| *closing != "]" || sign == "]");
                if let Some(open) = open.filter(|open| around[*open].0 == sign) {
                    (_, own, now) = around[open];
                    around.truncate(open);
                } else if sign == "]" {
                    now = own;
                }
            }
            ('\\', "") => {
                at += rest.chars().next().map_or(0, char::len_utf8);
                now = own;
            }
            ('\\' | '^' | '_', _) => now += 1,
            (c, _) if c.is_whitespace() => {}
            _ => now = own,
        }
        if now > DEEPEST {
            return true;
        }
    }
    false
}

/// A formula in MathML; none where it is no TeX that can be read, or deeper than anybody writes.
pub(crate) fn mathml(tex: &str, block: bool) -> Option<String> {
    if is_deep(tex) {
        return None;
    }
    let display = if block { MathDisplay::Block } else { MathDisplay::Inline };
    let made = CONVERTER.as_ref()?.convert_with_local_state(tex, display).ok()?;
    // The entity is one of HTML alone: readers of XML do not know it. A line above letters is no mark that belongs below one.
    Some(
        CLEANER
            .clean(&made.mathml)
            .to_string()
            .replace("&nbsp;", "\u{a0}")
            .replace("\u{332}</mo></mover>", "¯</mo></mover>")
            .replace("\u{332}</mo></munder>", "_</mo></munder>"),
    )
}

/// A formula in one line of plain text: x² + (a + b)/c. One that cannot be read is as it was written.
pub(super) fn in_line(tex: &str) -> String {
    mathml(tex, false).map_or_else(|| tex.trim().to_owned(), |made| line_of(&made))
}

/// The same of its MathML.
pub(crate) fn line_of(mathml: &str) -> String {
    let mut open: Vec<(&str, &str, Vec<Part>)> = vec![("", "", Vec::new())];
    let mut from = 0;
    for tag in each_tag(mathml) {
        let text = decoded(mathml[from..tag.range.start].trim());
        from = tag.range.end;
        let add = |open: &mut Vec<(&str, &str, Vec<Part>)>, part: Part| {
            if let Some((.., parts)) = open.last_mut() {
                parts.push(part);
            }
        };
        if !text.is_empty() {
            add(&mut open, Part { text, fraction: false });
        }
        if !tag.closing {
            open.push((tag.name, tag.attributes, Vec::new()));
        }
        if (tag.closing || tag.attributes.ends_with('/')) && open.len() > 1 {
            let (name, attributes, list) = open.pop().unwrap_or_default();
            add(&mut open, element_in_line(name, attributes, &list));
        }
    }
    open.first().map(|(.., parts)| row(parts).trim().to_owned()).unwrap_or_default()
}

/// What an element says in one line.
#[derive(Default)]
struct Part {
    text: String,
    /// Whether it is a fraction, which a figure beside it would change: 2 1/3.
    fraction: bool,
}

fn element_in_line(name: &str, attributes: &str, parts: &[Part]) -> Part {
    let part = |k: usize| parts.get(k).map_or("", |part| part.text.as_str());
    let (a, b, c) = (part(0), part(1), part(2));
    let all = || parts.iter().map(|part| part.text.as_str());
    let text = match name {
        "mo" if matches!(a, "=" | "≤" | "≥" | "<" | ">" | "≠" | "≈" | "+" | "−" | "×" | "→" | "±") => {
            format!(" {a} ")
        }
        // One number above another without a line: so many out of so many.
        "mfrac" if attributes.contains("linethickness=\"0") => format!("{a}, {b}"),
        "mfrac" => format!("{}/{}", grouped(a), grouped(b)),
        "msqrt" => format!("√{}", grouped(&row(parts))),
        "mroot" => format!("{}√{}", scripted(b, true), grouped(a)),
        "mover" if accent(b).is_some() => {
            let accent = accent(b).unwrap_or_default();
            a.chars().flat_map(|c| std::iter::once(c).chain((!c.is_whitespace()).then_some(accent))).collect()
        }
        "msub" | "munder" => format!("{a}{}", scripted(b, false)),
        "msup" | "mover" => format!("{a}{}", scripted(b, true)),
        "msubsup" | "munderover" => format!("{a}{}{}", scripted(b, false), scripted(c, true)),
        "mtr" => all().collect::<Vec<_>>().join(", "),
        "mtable" => all().collect::<Vec<_>>().join("; "),
        _ => row(parts),
    };
    let alone = name == "mfrac" || parts.len() == 1 && parts[0].fraction;
    Part { fraction: alone && text.contains('/'), text }
}

/// Parts beside each other. A sign at the beginning is a sign of its own (−3), and a fraction stays one beside figures and
/// letters (2 1/3) and behind a stroke.
fn row(parts: &[Part]) -> String {
    let mut out = String::new();
    let mut fraction = false;
    // A gap is no part of its own: 1/2 kg.
    for (k, part) in parts.iter().filter(|part| !part.text.is_empty()).enumerate() {
        let text = if k == 0 { part.text.trim() } else { &part.text };
        if part.fraction && out.ends_with('/') {
            out.push_str(&grouped(text));
        } else {
            if (part.fraction || fraction) && parts_from(&out, text) {
                out.push(' ');
            }
            out.push_str(text);
        }
        fraction = part.fraction;
    }
    out
}

/// The mark that a letter has above it, as it stands in a line.
fn accent(over: &str) -> Option<char> {
    Some(match over {
        "¯" | "‾" | "\u{304}" | "\u{305}" | "\u{332}" | "_" | "―" | "─" => '\u{304}',
        "^" | "ˆ" | "\u{302}" => '\u{302}',
        "~" | "˜" | "\u{303}" => '\u{303}',
        "˙" | "\u{307}" => '\u{307}',
        "→" | "\u{20d7}" => '\u{20d7}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{in_line, mathml};

    #[test]
    fn formulas_become_mathml() {
        let made = mathml(r"\frac{a}{b} \le x_1^2", false).unwrap();
        assert!(made.starts_with("<math><mfrac>") && made.contains("<msubsup>"), "{made}");
        assert!(mathml(r"\sum_{i=1}^n i", true).unwrap().starts_with("<math display=\"block\">"));
        assert!(mathml(r"\frac{a", false).is_none());
        let lines = [r"x^2 + \frac{a+b}{c}", r"\sqrt{2k} \le x_1", r"\frac{1}{2}", r"e^{-3x}", r"\frac{a"].map(in_line);
        assert_eq!(lines, ["x² + (a + b)/c", "√(2k) ≤ x₁", "1/2", "e^(−3x)", r"\frac{a"]);
        let numbers = [
            (r"2\frac{1}{3}", "2 1/3"),
            (r"12\tfrac{1}{2}\%", "12 1/2%"),
            (r"\frac12\frac34", "1/2 3/4"),
            (r"\frac{1}{2}x", "1/2 x"),
            (r"a/\frac{b}{c}", "a/(b/c)"),
            (r"3 - \frac{1}{2}", "3 − 1/2"),
            (r"\binom{10}{3} = 120", "(10, 3) = 120"),
            (r"\bar{x} = 4.52", "x\u{304} = 4.52"),
            (r"\overline{X}", "X\u{304}"),
            (r"\overline{AB}", "A\u{304}B\u{304}"),
            (r"\hat{y}", "y\u{302}"),
            (r"\frac{1}{2}\,\text{kg}", "1/2 kg"),
            (r"\frac12\;3", "1/2 3"),
        ];
        for (tex, line) in numbers {
            assert_eq!(in_line(tex), line, "{:?}", mathml(tex, false));
        }
        let deep: [(&str, &str, &str); 8] = [
            ("{", "x", "}"),
            (r"\sqrt", " x", ""),
            (r"\frac{1}{", "x", "}"),
            (r"\left(", "x", r"\right)"),
            ("x^{", "x", "}"),
            (r"\begin{matrix}", "x", r"\end{matrix}"),
            (r"\sqrt[", "x", "]x"),
            (r"\overset{a}", "x", ""),
        ];
        for (open, inside, close) in deep {
            let tex = |times: usize| format!("{}{inside}{}", open.repeat(times), close.repeat(times));
            assert_eq!(mathml(&tex(5_000), false), None, "{open}");
            assert!(mathml(&tex(8), false).is_some() || close == "]x", "{open}");
        }
        // A sign of another kind closes nothing.
        for open in ["{]", "x^{]", r"\sqrt{]", r"\frac{1}{]", r"\left(]", r"\begin{matrix}]", r"{\right)", r"\sqrt[{]"]
        {
            assert_eq!(mathml(&open.repeat(5_000), false), None, "{open}");
            let deep = format!("{}x{}", open.repeat(3_000), "}".repeat(3_000));
            assert_eq!(mathml(&deep, false), None, "{open}");
        }
        assert!(mathml(&"[0,1) + ]0,1] + ".repeat(30), true).is_some());
        assert!(mathml(&r"\alpha + x_1^2 \\ ".repeat(200), true).is_some());
        let hostile = mathml(r"\text{<script>x</script>}", false).unwrap_or_default();
        assert!(!hostile.contains("<script"), "{hostile}");
    }
}
