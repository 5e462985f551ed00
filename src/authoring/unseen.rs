//! Letters that are no part of what a file says: in the colour of what is behind them, too small to be read, hidden, or
//! struck out.

use super::symbols::Font;
use super::xml::attribute;
use crate::text::small::{self, small};
use quick_xml::events::BytesStart;
use std::borrow::Cow;

/// Smallest letters that are read, in points.
const READABLE: f32 = 3.0;
/// Contrast (as WCAG counts it) below which letters are not told from what is behind them.
const CONTRAST: f32 = 1.1;

/// A colour, as far as a file says it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Colour {
    Known([u8; 3]),
    /// Chosen by the program, or not known: letters are seen then.
    Open,
}

pub(crate) const WHITE: Colour = Colour::Known([255; 3]);

impl Colour {
    /// `FFFFFF`, `#ffffff`, `FFFFFFFF` with opacity before it; anything else is open.
    pub(crate) fn hex(text: &str) -> Colour {
        let text = text.split(' ').next().unwrap_or_default().trim_start_matches('#');
        let text = if text.len() == 8 { text.get(2..).unwrap_or_default() } else { text };
        let number = u32::from_str_radix(text, 16).ok().filter(|_| text.len() == 6);
        number.map_or(Colour::Open, Colour::of)
    }

    pub(crate) fn of(number: u32) -> Colour {
        let [_, red, green, blue] = number.to_be_bytes();
        Colour::Known([red, green, blue])
    }

    /// Nearer to white (above zero) or to black, as workbooks say it.
    pub(crate) fn tinted(self, tint: f32) -> Colour {
        let one = |c: u8| {
            let c = f32::from(c);
            if tint < 0.0 { c * (1.0 + tint) } else { c + (255.0 - c) * tint }.round().clamp(0.0, 255.0) as u8
        };
        match self {
            Colour::Known(parts) => Colour::Known(parts.map(one)),
            Colour::Open => Colour::Open,
        }
    }

    fn luminance(parts: [u8; 3]) -> f32 {
        let linear = parts.map(|c| {
            let c = f32::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Whether letters of this colour are lost on another.
    fn is_lost_on(self, behind: Colour) -> bool {
        let (Colour::Known(letters), Colour::Known(behind)) = (self, behind) else { return false };
        let (a, b) = (Colour::luminance(letters) + 0.05, Colour::luminance(behind) + 0.05);
        // Of two strong colours as light as each other the hue is seen.
        let near = letters.iter().zip(behind).all(|(a, b)| a.abs_diff(b) < 32);
        near && a.max(b) / a.min(b) < CONTRAST
    }
}

/// How letters look; what is not said is as the style below says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Look {
    pub(crate) hidden: Option<bool>,
    pub(crate) struck: Option<bool>,
    pub(crate) colour: Option<Colour>,
    pub(crate) fill: Option<Colour>,
    /// Points of Latin letters, and of those of other scripts, such as Thai, where they have a size of their own.
    pub(crate) sizes: [Option<f32>; 2],
    /// The font, as far as it says what characters show.
    pub(crate) font: Option<Font>,
    /// Above (true) or below the line.
    pub(crate) raised: Option<bool>,
}

impl Look {
    /// This look on top of another.
    pub(crate) fn over(&self, below: &Look) -> Look {
        Look {
            hidden: self.hidden.or(below.hidden),
            struck: self.struck.or(below.struck),
            colour: self.colour.or(below.colour),
            fill: self.fill.or(below.fill),
            sizes: [self.sizes[0].or(below.sizes[0]), self.sizes[1].or(below.sizes[1])],
            font: self.font.or(below.font),
            raised: self.raised.or(below.raised),
        }
    }

    /// A text as such letters show it.
    pub(crate) fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.font.unwrap_or(Font::Letters).shown(text)
    }

    /// A stretch of a plain text behind another: what stands above or below the line there stays so, as 2 in 10².
    pub(crate) fn beside<'a>(&self, before: &str, text: &'a str) -> Cow<'a, str> {
        let shown = self.shown(text);
        match self.raised.filter(|_| !text.trim().is_empty()) {
            Some(above) => small(&shown, above).unwrap_or_else(|| small::beside(before, &shown, above)).into(),
            None => shown,
        }
    }

    /// Whether such letters say nothing on a ground.
    pub(crate) fn is_unseen(&self, behind: Colour) -> bool {
        self.is_off() || self.colour.is_some_and(|colour| colour.is_lost_on(self.fill.unwrap_or(behind)))
    }

    /// Whether such letters say nothing on any ground.
    pub(crate) fn is_off(&self) -> bool {
        let mut sizes = self.sizes.iter().flatten().peekable();
        let tiny = sizes.peek().is_some() && sizes.all(|size| *size < READABLE);
        self.hidden == Some(true) || self.struck == Some(true) || tiny
    }

    /// Takes a property of a run of WordprocessingML, or the shading of a paragraph, cell or table.
    pub(crate) fn take_word(&mut self, e: &BytesStart<'_>) {
        let value = attribute(e, "val");
        let given = || value.clone().unwrap_or_default();
        let half_points = || given().parse::<f32>().ok().map(|half| half / 2.0);
        let on = || Some(!matches!(value.as_deref(), Some("0" | "false" | "off" | "none")));
        match e.local_name().as_ref() {
            "vanish" => self.hidden = on(),
            "strike" | "dstrike" => self.struck = self.struck.filter(|struck| *struck).or(on()),
            "color" => self.colour = Some(Colour::hex(&given())),
            "sz" => self.sizes[0] = half_points(),
            "szCs" => self.sizes[1] = half_points(),
            "highlight" => self.fill = highlight(&given()).or(self.fill),
            "shd" => {
                let fill = attribute(e, if given() == "solid" { "color" } else { "fill" }).unwrap_or_default();
                self.fill = match given().as_str() {
                    "clear" | "nil" | "" if fill == "auto" || fill.is_empty() => self.fill,
                    "clear" | "nil" | "" | "solid" => Some(Colour::hex(&fill)),
                    _ => Some(Colour::Open),
                };
            }
            _ => {}
        }
    }
}

/// The colours of a highlighter by name.
fn highlight(name: &str) -> Option<Colour> {
    let number = match name {
        "none" => return None,
        "black" => 0x00_0000,
        "white" => 0xFF_FFFF,
        "yellow" => 0xFF_FF00,
        "lightGray" => 0xC0_C0C0,
        "darkGray" => 0x80_8080,
        "red" => 0xFF_0000,
        "green" => 0x00_FF00,
        "blue" => 0x00_00FF,
        _ => return Some(Colour::Open),
    };
    Some(Colour::of(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_lost_in_their_own_colour_and_when_tiny() {
        let look = |colour: &str, fill: &str, size: f32| Look {
            colour: Some(Colour::hex(colour)),
            fill: (!fill.is_empty()).then(|| Colour::hex(fill)),
            sizes: [Some(size), None],
            ..Look::default()
        };
        for (colour, fill, size, unseen) in [
            ("FFFFFF", "", 16.0, true),
            ("fffffe", "", 16.0, true),
            ("FFFFFF", "003366", 16.0, false),
            ("FF0000", "#ff0000", 16.0, true),
            ("000000", "000000", 16.0, true),
            ("auto", "000000", 16.0, false),
            ("D9D9D9", "", 16.0, false),
            ("FFFF00", "", 16.0, false),
            ("000000", "", 1.0, true),
            ("000000", "", 4.0, false),
        ] {
            assert_eq!(look(colour, fill, size).is_unseen(WHITE), unseen, "{colour} on {fill}, {size}");
        }
        let thai = Look { sizes: [Some(1.0), Some(16.0)], ..Look::default() };
        assert!(!thai.is_unseen(WHITE), "letters of Thai have their own size");
    }
}
