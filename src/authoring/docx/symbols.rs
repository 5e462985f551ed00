//! Characters that Word takes from fonts of pictures.

/// What a character of Wingdings, Wingdings 2 or Symbol shows; none where no letter of Unicode does.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
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
