//! Styles of the cells of a workbook: number formats, and how letters are seen.

use super::format::{Format, built_in};
use crate::authoring::symbols::Font;
use crate::authoring::unseen::{Colour, Look, WHITE};
use crate::authoring::xml::{attribute, each, is_on};
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// Format and look of a style.
pub(super) struct Style {
    pub(super) format: Format,
    pub(super) look: Look,
}

/// Colours that workbooks name by number alone, from 8 on (ECMA-376 part 1, 18.8.27).
#[rustfmt::skip]
const PALETTE: [u32; 56] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF,
    0x800000, 0x008000, 0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080,
    0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF,
    0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF,
    0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99,
    0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696,
    0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
];

/// The colour of a number.
pub(super) fn numbered(index: usize) -> Colour {
    match index {
        64 => Colour::of(0),
        65 => WHITE,
        0..8 => Colour::of(PALETTE[index]),
        n => PALETTE.get(n - 8).map_or(Colour::Open, |number| Colour::of(*number)),
    }
}

/// The colours of a theme in the order in which cells name them.
pub(super) fn colours(xml: &str) -> Vec<Colour> {
    let mut out = Vec::new();
    let mut inside = false;
    each(xml, |e| match e.local_name().as_ref() {
        "clrScheme" => inside = true,
        "fontScheme" => inside = false,
        "sysClr" | "srgbClr" if inside => {
            let value = attribute(e, "lastClr").or_else(|| attribute(e, "val")).unwrap_or_default();
            out.push(Colour::hex(&value));
        }
        _ => {}
    });
    // Dark and light are named the other way round.
    if out.len() > 3 {
        out.swap(0, 1);
        out.swap(2, 3);
    }
    out
}

fn colour(e: &BytesStart<'_>, theme: &[Colour]) -> Colour {
    let number = |name: &str| attribute(e, name).and_then(|v| v.parse::<usize>().ok());
    let own = match (attribute(e, "rgb"), number("theme"), number("indexed")) {
        (Some(rgb), ..) => Colour::hex(&rgb),
        (_, Some(at), _) => theme.get(at).copied().unwrap_or(if at == 0 { WHITE } else { Colour::Open }),
        (.., Some(index)) => numbered(index),
        _ => Colour::Open,
    };
    own.tinted(attribute(e, "tint").and_then(|t| t.parse().ok()).unwrap_or(0.0))
}

/// Takes colour, size, font and striking out of letters from an element of a font.
pub(super) fn letters(look: &mut Look, e: &BytesStart<'_>, theme: &[Colour]) {
    match e.local_name().as_ref() {
        "sz" => look.sizes[0] = attribute(e, "val").and_then(|size| size.parse().ok()),
        // A run says all of its look: without the mark it is not struck out.
        "rPr" => look.struck = Some(false),
        "vertAlign" => {
            look.raised = match attribute(e, "val").as_deref() {
                Some("superscript") => Some(true),
                Some("subscript") => Some(false),
                _ => None,
            }
        }
        "strike" => look.struck = Some(attribute(e, "val").is_none() || is_on(e, "val")),
        "color" => look.colour = Some(colour(e, theme)),
        "name" | "rFont" => look.font = attribute(e, "val").map(|name| Font::named(&name)),
        _ => {}
    }
}

/// The styles that cells name, in their order.
pub(super) fn styles(xml: &str, theme: &[Colour]) -> Vec<Style> {
    let mut own: HashMap<u32, String> = HashMap::new();
    let (mut fonts, mut fills, mut out): (Vec<Look>, Vec<Option<Colour>>, Vec<Style>) = Default::default();
    let (mut part, mut solid) = (String::new(), false);
    each(xml, |e| match (part.as_str(), e.local_name().as_ref()) {
        (
            _,
            name @ ("numFmts" | "fonts" | "fills" | "borders" | "cellStyleXfs" | "cellXfs" | "cellStyles" | "dxfs"),
        ) => {
            part = name.to_string();
        }
        ("numFmts", "numFmt") => {
            let id = attribute(e, "numFmtId").and_then(|v| v.parse().ok());
            // Excel takes no longer ones.
            let code = attribute(e, "formatCode").filter(|code| code.chars().count() <= 255);
            if let (Some(id), Some(code)) = (id, code) {
                own.entry(id).or_insert(code);
            }
        }
        ("fonts", "font") => fonts.push(Look::default()),
        ("fonts", _) => fonts.iter_mut().last().into_iter().for_each(|look| letters(look, e, theme)),
        ("fills", "fill") => fills.push(None),
        ("fills", "gradientFill") => fills.iter_mut().last().into_iter().for_each(|fill| *fill = Some(Colour::Open)),
        ("fills", "patternFill") => {
            let kind = attribute(e, "patternType").unwrap_or_default();
            let none = kind.is_empty() || kind == "none";
            fills.iter_mut().last().into_iter().for_each(|fill| *fill = (!none).then_some(Colour::Open));
            solid = kind == "solid";
        }
        ("fills", "fgColor") if solid => {
            fills.iter_mut().last().into_iter().for_each(|fill| *fill = Some(colour(e, theme)));
        }
        ("cellXfs", "xf") => {
            let number = |name: &str| attribute(e, name).and_then(|v| v.parse::<usize>().ok()).unwrap_or(0);
            let id = number("numFmtId") as u32;
            let code = own.get(&id).map(String::as_str).or_else(|| built_in(id));
            let font = fonts.get(number("fontId")).cloned().unwrap_or_default();
            let look = Look { fill: fills.get(number("fillId")).copied().flatten(), ..font };
            out.push(Style { format: Format::new(code.unwrap_or("General")), look });
        }
        _ => {}
    });
    out
}
