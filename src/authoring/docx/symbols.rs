//! Characters that Word takes from fonts of pictures, and small letters above and below the line.

/// What a character of Wingdings, Wingdings 2 or Symbol shows; none where no letter of Unicode does.
pub fn symbol(font: &str, code: u32) -> Option<char> {
    let code = code & 0xFF;
    let font = font.to_ascii_lowercase();
    let found = if font.contains("wingdings 2") {
        match code {
            0x4F | 0x51 | 0x54 => '☒',
            0x50 => '✓',
            0x52 | 0x53 => '☑',
            0x2A | 0x30 | 0xA3 => '☐',
            0x97 | 0x98 => '•',
            _ => return None,
        }
    } else if font.contains("wingdings") || font.contains("webdings") {
        match code {
            0xFE => '☑',
            0xFD | 0x78 => '☒',
            0x6F | 0x70 | 0x71 | 0x72 | 0xA8 => '☐',
            0xFC => '✓',
            0xFB => '✗',
            0x6C | 0x9F | 0xB7 => '•',
            0x6E | 0xA7 => '▪',
            0xA1 => '○',
            0x75 | 0x77 => '◆',
            0xAB | 0xB6 => '★',
            0xD8 | 0xF0 | 0xE8 => '➢',
            0xDF | 0xEF => '←',
            0xE0 | 0xE6 => '→',
            0xE1 => '↑',
            0xE2 => '↓',
            0x4A => '☺',
            0x46 => '☞',
            0x28 => '☎',
            0x2A => '✉',
            0x21 => '✏',
            _ => return None,
        }
    } else {
        match code {
            0xB7 => '•',
            0xAE => '→',
            0xAC => '←',
            0xA3 => '≤',
            0xB3 => '≥',
            0xB9 => '≠',
            0xB1 => '±',
            0xB4 => '×',
            0xB8 => '÷',
            0xB0 => '°',
            0xA5 => '∞',
            0xD6 => '√',
            0xE5 => '∑',
            0x61 => 'α',
            0x62 => 'β',
            0x6D => 'μ',
            0x70 => 'π',
            0x73 => 'σ',
            _ => return None,
        }
    };
    Some(found)
}

/// A text above (`2` as in m²) or below the line, in letters that exist small; else as HTML.
pub fn raised(text: &str, above: bool) -> String {
    let small = |c: char| {
        let pairs: &[(char, char)] = if above {
            &[
                ('0', '⁰'),
                ('1', '¹'),
                ('2', '²'),
                ('3', '³'),
                ('4', '⁴'),
                ('5', '⁵'),
                ('6', '⁶'),
                ('7', '⁷'),
                ('8', '⁸'),
                ('9', '⁹'),
                ('+', '⁺'),
                ('-', '⁻'),
                ('(', '⁽'),
                (')', '⁾'),
                ('n', 'ⁿ'),
                (' ', ' '),
            ]
        } else {
            &[
                ('0', '₀'),
                ('1', '₁'),
                ('2', '₂'),
                ('3', '₃'),
                ('4', '₄'),
                ('5', '₅'),
                ('6', '₆'),
                ('7', '₇'),
                ('8', '₈'),
                ('9', '₉'),
                ('+', '₊'),
                ('-', '₋'),
                ('(', '₍'),
                (')', '₎'),
                (' ', ' '),
            ]
        };
        pairs.iter().find(|(plain, _)| *plain == c).map(|(_, small)| *small)
    };
    text.chars().map(small).collect::<Option<String>>().unwrap_or_else(|| {
        let tag = if above { "sup" } else { "sub" };
        format!("<{tag}>{}</{tag}>", super::text::escape(text, true))
    })
}
