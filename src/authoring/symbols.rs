//! Characters that office programs take from fonts of pictures.

use std::borrow::Cow;

/// A font, as far as it says what a character shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Font {
    /// Letters are letters.
    Letters,
    Wingdings,
    Wingdings2,
    Wingdings3,
    Webdings,
    Symbol,
}

/// Letters of Symbol from `A` and from `a` on.
const GREEK: [&str; 2] = ["ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"];
/// Signs of Symbol from 0xA1 on; a blank where no letter shows the sign.
const SIGNS: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";
/// Figures in circles, white and black.
const CIRCLED: [&str; 2] = ["⓪①②③④⑤⑥⑦⑧⑨⑩", "⓿❶❷❸❹❺❻❼❽❾❿"];

impl Font {
    /// The font of a name.
    pub(crate) fn named(name: &str) -> Font {
        let name = name.to_ascii_lowercase();
        match name.trim() {
            name if name.starts_with("wingdings 2") => Font::Wingdings2,
            name if name.starts_with("wingdings 3") => Font::Wingdings3,
            name if name.starts_with("wingdings") => Font::Wingdings,
            name if name.starts_with("webdings") => Font::Webdings,
            "symbol" | "symbol mt" | "standard symbols ps" => Font::Symbol,
            _ => Font::Letters,
        }
    }

    /// What a character shows; none where no letter of Unicode does.
    pub(crate) fn symbol(self, code: u32) -> Option<char> {
        let code = code & 0xFF;
        let nth = |line: &str, from: u32| line.chars().nth(code.checked_sub(from)? as usize).filter(|c| *c != ' ');
        let found = match (self, code) {
            (Font::Letters, _) => return None,
            (_, 0x20 | 0xA0) => ' ',
            (Font::Symbol, 0x41..=0x5A) => return nth(GREEK[0], 0x41),
            (Font::Symbol, 0x61..=0x7A) => return nth(GREEK[1], 0x61),
            (Font::Symbol, 0xA1..=0xE5) => return nth(SIGNS, 0xA1),
            (Font::Symbol, 0x22) => '∀',
            (Font::Symbol, 0x24) => '∃',
            (Font::Symbol, 0x27) => '∋',
            (Font::Symbol, 0x2A) => '∗',
            (Font::Symbol, 0x2D) => '−',
            (Font::Symbol, 0x40) => '≅',
            (Font::Symbol, 0x5C) => '∴',
            (Font::Symbol, 0x5E) => '⊥',
            (Font::Symbol, 0x7E) => '∼',
            (Font::Symbol, 0xF1) => '〉',
            (Font::Symbol, 0xF2) => '∫',
            (Font::Symbol, 0x21..=0x7D) => return char::from_u32(code),
            (Font::Wingdings, 0x80..=0x8A) => return nth(CIRCLED[0], 0x80),
            (Font::Wingdings, 0x8B..=0x95) => return nth(CIRCLED[1], 0x8B),
            (Font::Wingdings2, 0x69..=0x73) => return nth(CIRCLED[0], 0x69),
            (Font::Wingdings2, 0x74..=0x7E) => return nth(CIRCLED[1], 0x74),
            (Font::Wingdings2, 0x4F) => '✗',
            (Font::Wingdings2, 0x50) => '✓',
            (Font::Wingdings2, 0x52) => '☑',
            (Font::Wingdings2, 0x51 | 0x53 | 0x54) => '☒',
            (Font::Wingdings2, 0x2A | 0x30 | 0xA3) => '☐',
            (Font::Wingdings2, 0xA2) => '■',
            (Font::Wingdings2, 0x95..=0x99) => '•',
            (Font::Wingdings3, 0x66) => '←',
            (Font::Wingdings3, 0x67 | 0x7D) => '→',
            (Font::Wingdings3, 0x68) => '↑',
            (Font::Wingdings3, 0x69) => '↓',
            (Font::Wingdings3, 0x70) => '▲',
            (Font::Wingdings3, 0x71) => '▼',
            (Font::Wingdings3, 0x74) => '◀',
            (Font::Wingdings3, 0x75) => '▶',
            (Font::Webdings, 0x61) => '✔',
            (Font::Webdings, 0x72) => '✗',
            (Font::Webdings, 0x63) => '☐',
            (Font::Webdings, 0x67) => '■',
            (Font::Webdings, 0x6E | 0x3D) => '●',
            (Font::Webdings, 0x59) => '♥',
            (Font::Wingdings, 0xFE) => '☑',
            (Font::Wingdings, 0xFD | 0x78) => '☒',
            (Font::Wingdings, 0x6F..=0x72 | 0xA8) => '☐',
            (Font::Wingdings, 0xFC) => '✓',
            (Font::Wingdings, 0xFB) => '✗',
            (Font::Wingdings, 0x6C | 0x9F | 0xB7) => '•',
            (Font::Wingdings, 0x9E) => '·',
            (Font::Wingdings, 0x6E | 0xA7) => '▪',
            (Font::Wingdings, 0xA1) => '○',
            (Font::Wingdings, 0xA4) => '◉',
            (Font::Wingdings, 0xA5) => '◎',
            (Font::Wingdings, 0x73..=0x75 | 0x77) => '◆',
            (Font::Wingdings, 0x76) => '❖',
            (Font::Wingdings, 0xAA) => '✦',
            (Font::Wingdings, 0xAB | 0xB6) => '★',
            (Font::Wingdings, 0xB5) => '✪',
            (Font::Wingdings, 0xD8 | 0xF0 | 0xE8) => '➢',
            (Font::Wingdings, 0xDF | 0xEF) => '←',
            (Font::Wingdings, 0xE0 | 0xE6) => '→',
            (Font::Wingdings, 0xE1 | 0xF1) => '↑',
            (Font::Wingdings, 0xE2 | 0xF2) => '↓',
            (Font::Wingdings, 0x22) => '✂',
            (Font::Wingdings, 0x36) => '⌛',
            (Font::Wingdings, 0x3F) => '✍',
            (Font::Wingdings, 0x41) => '✌',
            (Font::Wingdings, 0x43) => '👍',
            (Font::Wingdings, 0x44) => '👎',
            (Font::Wingdings, 0x45) => '☜',
            (Font::Wingdings, 0x46) => '☞',
            (Font::Wingdings, 0x47) => '☝',
            (Font::Wingdings, 0x4A) => '☺',
            (Font::Wingdings, 0x4C) => '☹',
            (Font::Wingdings, 0x51) => '✈',
            (Font::Wingdings, 0x52) => '☼',
            (Font::Wingdings, 0x28) => '☎',
            (Font::Wingdings, 0x29) => '✆',
            (Font::Wingdings, 0x2A) => '✉',
            (Font::Wingdings, 0x21) => '✏',
            _ => return None,
        };
        Some(found)
    }

    /// A text as the font shows it. Where no letter shows one of its characters, it stays as it is: the font was set on words.
    pub(crate) fn shown(self, text: &str) -> Cow<'_, str> {
        if self == Font::Letters {
            return text.into();
        }
        let one = |c: char| match u32::from(c) {
            code @ (0x20..=0xFF | 0xF020..=0xF0FF) => self.symbol(code),
            _ => Some(c),
        };
        text.chars().map(one).collect::<Option<String>>().map_or(text.into(), Cow::Owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_picture_fonts_are_what_they_show() {
        for (font, text, shown) in [
            ("Wingdings", "ü û þ", "✓ ✗ ☑"),
            ("Wingdings", "\u{f0fc}", "✓"),
            ("Wingdings 2", "P R £", "✓ ☑ ☐"),
            ("Wingdings 2", "\u{69}\u{6a}", "⓪①"),
            ("Webdings", "a", "✔"),
            ("Symbol", "abW £ ³", "αβΩ ≤ ≥"),
            ("Wingdings", "ครู ü", "ครู ✓"),
            ("Webdings", "add text", "add text"),
            ("TH Sarabun New", "ü P", "ü P"),
        ] {
            assert_eq!(Font::named(font).shown(text), shown, "{font}");
        }
        assert_eq!(Font::Symbol.symbol(0xF0D6), Some('√'));
        assert_eq!(Font::Symbol.symbol(0xF0E5), Some('∑'));
        assert_eq!((Font::Letters.symbol(0x41), Font::Webdings.symbol(0x41)), (None, None));
    }
}
