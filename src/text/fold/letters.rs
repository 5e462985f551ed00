//! Single characters: what each folds to, and what it counts as.

/// What a character counts as after folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Thai letters, vowels and marks.
    Thai,
    /// 0–9.
    Digit,
    /// Every other letter.
    Other,
}

/// Base letters of U+00C0–U+017F, in order (a space: not a letter).
pub(super) const LATIN: &str = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// True for a Thai vowel sign or mark that is written on another character.
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}')
}

pub(super) const fn is_tone(c: char) -> bool {
    matches!(c, '\u{0e48}'..='\u{0e4b}')
}

pub(super) const fn is_thai(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0e2e}' | '\u{0e30}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e45}' | '\u{0e47}'..='\u{0e4e}')
}

/// The script of a folded character; `None` for the space.
pub const fn script(c: char) -> Option<Script> {
    match c {
        ' ' => None,
        '0'..='9' => Some(Script::Digit),
        _ if is_thai(c) => Some(Script::Thai),
        _ => Some(Script::Other),
    }
}

/// One source character: removed (`None`), a space, or a folded character.
pub(super) fn single(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{0e50}'..='\u{0e59}' => char::from(b'0' + (c as u32 - 0x0e50) as u8),
        _ if is_thai(c) => c,
        // Invisible, damaged, repetition and abbreviation signs, combining accents.
        '\u{00ad}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{fffd}'
        | '\u{0e2f}'
        | '\u{0e46}'
        | '\u{0300}'..='\u{036f}'
        // Arabic: the stroke that lengthens a word, and vowel signs.
        | '\u{0640}'
        | '\u{064b}'..='\u{065f}'
        | '\u{0670}' => return None,
        // Arabic letters that are written with and without their signs.
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => '\u{0627}',
        '\u{0624}' => '\u{0648}',
        '\u{0626}' | '\u{0649}' => '\u{064a}',
        '\u{0629}' => '\u{0647}',
        // Katakana as hiragana.
        '\u{30a1}'..='\u{30f6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        '\u{00c0}'..='\u{017f}' => char::from(LATIN.as_bytes().get(c as usize - 0xc0).copied().unwrap_or(b' ')),
        // Letters of other scripts stay as written.
        '\u{0370}'..='\u{0dff}'
        | '\u{0e80}'..='\u{1fff}'
        | '\u{2c00}'..='\u{2dff}'
        | '\u{3040}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => c,
        _ => ' ',
    })
}
